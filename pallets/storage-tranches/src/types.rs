//! What the pallet stores.

use crate::{Config, Error, HoldReason, Pallet};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::{
		fungible::{Credit, Inspect},
		ConstU32, Get,
	},
	BoundedVec,
};
use frame_system::pallet_prelude::BlockNumberFor;
use rome_primitives::{
	actors::{ActorState, Declared, Endpoint, FailureDomain},
	content::ObjectHash,
	storage::{
		api::TrancheCounts,
		limits::{MAX_COVERAGE, MAX_HOLDERS, MAX_MEMBERS, MAX_MEMBERSHIPS, MAX_TERM},
		EraIndex, ObjectKey, ObjectState, ProviderId, TrancheId,
	},
};
use scale_info::TypeInfo;
use sp_runtime::{traits::SaturatedConversion, DispatchError};

/// An amount of the currency.
pub type BalanceOf<T> =
	<<T as Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;
/// A sum taken away, on its way to somebody else.
pub type CreditOf<T> = Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;
/// A provider of the runtime's.
pub type ProviderOf<T> = Provider<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
/// A pin of the runtime's.
pub type PinOf<T> = Pin<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

/// The longest reason, in bytes.
pub const MAX_REASON_BYTES: u32 = 256;
/// Why something was decided: UTF-8, for everyone to read.
pub type Reason = BoundedVec<u8, ConstU32<MAX_REASON_BYTES>>;
/// The most pins on an object that is not stored yet which count as pending for their accounts. Those that come
/// later do not: the object's room is reserved in any case.
pub const MAX_PENDING_PINS: u32 = 8;
/// The most that is added to an object's pay, in hundredths of the fee.
pub const MAX_ADDED_PERCENT: u16 = 1_000;

/// How often a further pin gives an object more time to be stored.
pub const MAX_EXTENSIONS: u8 = 8;
/// The most tranches that take new objects at the same time.
pub const MAX_ACCEPTING: u32 = 16;
/// The most slashes that wait at the same time.
pub const MAX_SLASHES: u32 = 64;
/// The most members that are remembered to have lost an object while it is below its coverage. Nobody is paid
/// for its repair when there were more.
pub const MAX_GONE: u32 = 16;
/// The bytes of a gibibyte: what fees and stakes are counted by.
pub const GIB: u64 = 1 << 30;

/// A storage provider.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Provider<AccountId, Balance> {
	/// Who stands for it, and is paid.
	pub owner: AccountId,
	/// The key of its daemon.
	pub operator: AccountId,
	/// Where it is reached.
	pub endpoint: Endpoint,
	/// What it can do.
	pub declared: Declared,
	/// What it says that it can do since, and has yet to be verified.
	pub wanted: Option<Declared>,
	/// Held from the owner.
	pub stake: Balance,
	/// Slashes that wait, all together.
	pub slashing: Balance,
	/// How it stands.
	pub state: ActorState,
	/// Whose it is and where, as attested at its activation.
	pub domain: Option<FailureDomain>,
	/// The tranches that it is a member of.
	pub memberships: BoundedVec<TrancheId, ConstU32<MAX_MEMBERSHIPS>>,
	/// The block from which on it may announce maintenance again.
	pub maintenance_after: u32,
}

/// A tranche.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Tranche {
	/// Replicas of each new object.
	pub coverage: u8,
	/// Bytes of a slot.
	pub slot_bytes: u64,
	/// Whether new objects come here.
	pub accepting: bool,
	/// Whether it is being emptied.
	pub closing: bool,
	/// Its numbers.
	pub counts: TrancheCounts,
	/// Bytes of all replicas that its objects are to have.
	pub copies: u128,
	/// Bytes of objects, each at its coverage, that its members could hold.
	pub capacity: u64,
	/// The same, without its largest operator where it has more operators than its coverage.
	pub room: u64,
	/// Operators of its placed members.
	pub operators: u8,
}

impl Tranche {
	/// Bytes of objects that it holds, as if each had the tranche's coverage.
	pub fn used(&self) -> u64 {
		self.copies.div_ceil(u128::from(self.coverage.max(1))).saturated_into()
	}

	/// Whether it keeps its coverage without its largest operator.
	pub fn has_spare(&self) -> bool {
		self.operators > self.coverage && self.used() <= self.room
	}

	/// Whether an object of `size` bytes comes into it, and its copies fit: as many as `coverage`, or as the
	/// tranche's objects have; each with an operator of its own.
	pub fn takes(&self, size: u64, coverage: Option<u8>) -> bool {
		let coverage = coverage.unwrap_or(self.coverage);
		let copies = u128::from(size).saturating_mul(coverage.into());
		let room = u128::from(self.room).saturating_mul(self.coverage.into());
		self.accepting
			&& !self.closing
			&& self.operators >= coverage
			&& self.copies.saturating_add(copies) <= room
	}
}

/// Whether a member's replicas count, and whether it stays.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Standing {
	/// It is ranked in placement.
	Placed,
	/// It has given notice: what it holds counts until others have taken over.
	Leaving,
	/// What it holds counts no more, and is swept away.
	Void,
}

/// A member of a tranche, as placement needs it: what changes seldom.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Seat {
	/// The provider.
	pub provider: ProviderId,
	/// Its weight, and the slots that it reserves.
	pub slots: u8,
	/// Whose it is and where.
	pub domain: FailureDomain,
	/// Whether it counts and stays.
	pub standing: Standing,
	/// Whether it is suspended.
	pub away: bool,
	/// Whether its slots are nearly full.
	pub full: bool,
}

impl Seat {
	/// Whether it ranks.
	pub fn is_placed(&self) -> bool {
		self.standing == Standing::Placed
	}

	/// Whether it is given new replicas.
	pub fn takes_new(&self) -> bool {
		self.is_placed() && !self.away && !self.full
	}
}

/// All members of a tranche, in order of number.
pub type Roster = BoundedVec<Seat, ConstU32<MAX_MEMBERS>>;

/// The seat of a provider.
pub fn seat(roster: &Roster, provider: ProviderId) -> Option<&Seat> {
	roster.iter().find(|seat| seat.provider == provider)
}

/// What a member holds in a tranche: what changes often.
#[derive(Copy, Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Stock<Balance> {
	/// Replicas that it has confirmed.
	pub replicas: u32,
	/// Their bytes.
	pub bytes: u64,
	/// Bytes reserved for objects in the making.
	pub reserved: u64,
	/// How many objects these are.
	pub reservations: u32,
	/// Once it has given notice: the block from which on it may go whatever is left.
	pub deadline: Option<u32>,
	/// Once it has given notice: what each replica costs that is left, lost or failed.
	pub share: Balance,
	/// Replicas that it has reported lost of late, before it gave notice.
	pub lost: u32,
	/// The block of the last such report.
	pub lost_at: u32,
}

impl<Balance> Stock<Balance> {
	/// Bytes that are taken.
	pub fn used(&self) -> u64 {
		self.bytes.saturating_add(self.reserved)
	}
}

/// Who has a replica.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Holder {
	/// The provider.
	pub provider: ProviderId,
	/// As a member of this tranche: another one than the object's while the object moves.
	pub tranche: TrancheId,
	/// The first era that it holds it from beginning to end.
	pub since: EraIndex,
}

/// An object.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Object {
	/// Where it is kept.
	pub tranche: TrancheId,
	/// Replicas that it is to have: the tranche's coverage when it was registered.
	pub coverage: u8,
	/// How far it has come.
	pub state: ObjectState,
	/// Confirmations that make it stored: the upload quorum when it was registered.
	pub quorum: u8,
	/// Whether it has had its coverage once.
	pub filled: bool,
	/// Whether it is on the take-down list.
	pub blocked: bool,
	/// How often a pin has given it more time while it was in the making.
	pub extended: u8,
	/// Whether its size has been proved.
	pub size_proved: bool,
	/// Pins on it.
	pub pins: u32,
	/// Who has a replica. Those of void members are still to be swept.
	pub holders: BoundedVec<Holder, ConstU32<MAX_HOLDERS>>,
	/// Until it has had its coverage: who is to have it, with room reserved.
	pub assigned: BoundedVec<ProviderId, ConstU32<MAX_COVERAGE>>,
}

/// What an object is counted as.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Standard {
	/// Not stored.
	Pending,
	/// Stored, and not yet at its coverage for the first time.
	Filling,
	/// Below the coverage that it had, or below the quorum that it was stored with.
	Degraded,
	/// Stored and taken down: nobody is to keep it.
	Blocked,
	/// At its coverage.
	Sound,
}

impl Object {
	/// What it is counted as.
	pub fn standard(&self) -> Standard {
		match self.state {
			ObjectState::Pending { .. } => Standard::Pending,
			ObjectState::Stored if self.blocked => Standard::Blocked,
			ObjectState::Stored if self.has_coverage() => Standard::Sound,
			ObjectState::Stored if self.falls_short(self.holders.len()) => Standard::Degraded,
			ObjectState::Stored => Standard::Filling,
		}
	}

	/// Whether so many replicas are fewer than it had once.
	pub fn falls_short(&self, replicas: usize) -> bool {
		let had = if self.filled { self.coverage } else { self.quorum };
		replicas < usize::from(had)
	}

	/// Whether it is listed as one that needs replicas.
	pub fn is_incomplete(&self) -> bool {
		!matches!(self.standard(), Standard::Sound | Standard::Blocked)
	}

	/// Whether it has as many replicas as it is to have, those not swept yet included.
	pub fn has_coverage(&self) -> bool {
		self.holders.len() >= usize::from(self.coverage)
	}

	/// Where among the holders a provider is.
	pub fn position(&self, provider: ProviderId) -> Option<usize> {
		self.holders.iter().position(|holder| holder.provider == provider)
	}
}

/// What pins have paid for an object's holders: an amount for each era.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Pay<Balance> {
	/// The era of the first amount.
	pub from: EraIndex,
	/// The amounts: that of the era that runs, and of as many as can be paid for in advance.
	pub amounts: BoundedVec<Balance, ConstU32<{ MAX_TERM + 1 }>>,
}

/// An object that is below its coverage after somebody was to blame.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Repair<Balance> {
	/// What those get who bring it back to its coverage.
	pub bounty: Balance,
	/// Who has confirmed it since.
	pub takers: BoundedVec<ProviderId, ConstU32<MAX_HOLDERS>>,
	/// Who has lost it since, and gets nothing.
	pub gone: BoundedVec<ProviderId, ConstU32<MAX_GONE>>,
}

/// An account's claim on an object.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Pin<AccountId, Balance> {
	/// The object.
	pub key: ObjectKey,
	/// Who may upload besides.
	pub uploader: Option<AccountId>,
	/// The first era that it is not paid for.
	pub until: EraIndex,
	/// The era in which something has to be done about it: `until`, or the end of its grace.
	pub due: EraIndex,
	/// Held for it.
	pub deposit: Balance,
	/// Whether the grace after its term has been taken out of the deposit.
	pub graced: bool,
}

/// A wish to have an object kept.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct PinRequest<AccountId> {
	/// The object.
	pub key: ObjectKey,
	/// Where it is to be kept, if it is new; the chain chooses otherwise.
	pub tranche: Option<TrancheId>,
	/// For how many whole eras; the rest of the one that runs comes on top.
	pub eras: u32,
	/// Who may upload besides the account.
	pub uploader: Option<AccountId>,
}

/// What an account has registered that is not stored yet.
#[derive(Copy, Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PendingUse {
	/// Objects.
	pub objects: u32,
	/// Their bytes.
	pub bytes: u64,
}

/// Where time stands.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Clock {
	/// The heartbeat window that is open.
	pub window: u32,
	/// Its blocks that were not full.
	pub open_blocks: u32,
	/// The era that runs.
	pub era: EraIndex,
	/// Its first block.
	pub era_start: u32,
}

impl Default for Clock {
	fn default() -> Self {
		Clock { window: 1, open_blocks: 0, era: 0, era_start: 0 }
	}
}

/// What falls due in an era.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Duty<AccountId> {
	/// A pin's term ends, or its grace.
	#[codec(index = 0)]
	Pin(AccountId, ObjectHash),
	/// A slash.
	#[codec(index = 1)]
	Slash(u32),
}

/// How far the tasks of past eras have been worked off.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct TaskCursor<AccountId> {
	/// All eras before it are done.
	pub era: EraIndex,
	/// The last task of it that was done.
	pub last: Option<Duty<AccountId>>,
}

impl<AccountId> Default for TaskCursor<AccountId> {
	fn default() -> Self {
		TaskCursor { era: 0, last: None }
	}
}

/// How far expired registrations have been removed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct ExpiryCursor<AccountId> {
	/// All blocks before it are done.
	pub block: u32,
	/// The last object of it that was looked at.
	pub last: Option<ObjectKey>,
	/// The last late pin of the next object that was removed.
	pub pin: Option<(ObjectKey, AccountId)>,
}

impl<AccountId> Default for ExpiryCursor<AccountId> {
	fn default() -> Self {
		ExpiryCursor { block: 0, last: None, pin: None }
	}
}

/// How far a member has been swept.
#[derive(Copy, Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Sweep {
	/// The last reservation that was looked at.
	pub reservation: Option<ObjectKey>,
	/// Whether all reservations have been.
	pub reservations_done: bool,
	/// The last replica that was looked at.
	pub holding: Option<ObjectKey>,
}

/// How far a closing tranche has been emptied.
#[derive(Copy, Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Move {
	/// The last object that was looked at.
	pub last: Option<ObjectKey>,
	/// The block in which the last object of all was looked at. Not again in the same one.
	pub ended: u32,
}

/// A slash that waits.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Slash<Balance> {
	/// Whose stake.
	pub provider: ProviderId,
	/// How much.
	pub amount: Balance,
	/// The era in which it falls due.
	pub due: EraIndex,
}

/// What the fees put aside for those that do not exist yet.
#[derive(Copy, Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Pots<Balance> {
	/// For the groups that serve the tranche.
	pub distribution: Balance,
	/// For probers.
	pub probing: Balance,
}

/// A verification by the list.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Attestation {
	/// The block from which on it does not count.
	pub until: u32,
	/// What is verified.
	pub declared: Declared,
}

/// What the tranche of these seats can hold: bytes of objects at `coverage`, no two replicas with one
/// operator. With `without_largest`, what it could if the operator with the most slots were gone.
pub fn capacity(roster: &Roster, coverage: u8, slot_bytes: u64, without_largest: bool) -> u64 {
	let mut operators = operators(roster);
	operators.sort_unstable_by(|a, b| b.cmp(a));
	let slots = operators.get(usize::from(without_largest)..).unwrap_or_default();
	let coverage = usize::from(coverage.max(1));
	if slots.len() < coverage {
		return 0;
	}
	// Each object takes a replica's room with `coverage` operators. An operator with more room than all
	// objects together have has no use for the rest: if the `n` largest are such, the others share what
	// remains to be held.
	(0..coverage)
		.map(|largest| {
			let others: u64 =
				slots.iter().skip(largest).fold(0, |sum, slots| sum.saturating_add(*slots));
			let replicas = coverage.saturating_sub(largest).max(1) as u64;
			others.saturating_mul(slot_bytes).checked_div(replicas).unwrap_or(0)
		})
		.min()
		.unwrap_or(0)
}

/// The slots of each operator with placed members.
pub fn operators(roster: &Roster) -> Vec<u64> {
	let mut slots = alloc::collections::BTreeMap::<u32, u64>::new();
	for seat in roster.iter().filter(|seat| seat.is_placed()) {
		let sum = slots.entry(seat.domain.operator).or_default();
		*sum = sum.saturating_add(seat.slots.into());
	}
	slots.into_values().collect()
}

impl<T: Config> Pallet<T> {
	/// The height of the block that is being made.
	pub(crate) fn now() -> u32 {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// The block of a height.
	pub(crate) fn block(height: u32) -> BlockNumberFor<T> {
		height.saturated_into()
	}

	/// Confirmations that store an object of this coverage.
	pub(crate) fn quorum(coverage: u8) -> u8 {
		T::UploadQuorum::get().max(1).min(coverage)
	}

	/// A reason is text.
	pub(crate) fn check_reason(reason: &Reason) -> Result<(), DispatchError> {
		let text = core::str::from_utf8(reason).map_err(|_| Error::<T>::BadReason)?;
		frame_support::ensure!(!text.is_empty(), Error::<T>::BadReason);
		Ok(())
	}
}

/// The holds, for readers of the rest.
pub(crate) const STAKE: HoldReason = HoldReason::Stake;
pub(crate) const PIN: HoldReason = HoldReason::Pin;
pub(crate) const PAY: HoldReason = HoldReason::Pay;
