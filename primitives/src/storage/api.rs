//! The runtime API of storage: what daemons and clients need to know, with no indexer.
//!
//! Lists come in pages: give `after` the `next` of the page before. A page holds at most
//! [`MAX_PAGE`](super::limits::MAX_PAGE) entries, may hold fewer than `limit` and still have a next one.
//! Each kind of page is a type of its own, because clients name types by their path alone.

use super::{EraIndex, ObjectKey, ObjectState, ProviderId, TrancheId};
use crate::{
	actors::{ActorState, Declared, Endpoint, FailureDomain},
	content::{ClassId, ObjectHash},
};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A storage provider as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProviderView<AccountId, Balance> {
	/// Its number.
	pub id: ProviderId,
	/// Who stands for it, with stake, and is paid.
	pub owner: AccountId,
	/// The key that signs for its daemon: an sr25519 public key, and the account of its transactions.
	pub operator: AccountId,
	/// Where it is reached.
	pub endpoint: Endpoint,
	/// How it stands.
	pub state: ActorState,
	/// Whose it is and where, as the conductor attested at activation.
	pub domain: Option<FailureDomain>,
	/// What it says it can do.
	pub declared: Declared,
	/// What it says that it can do since, and has yet to be verified.
	pub wanted: Option<Declared>,
	/// Held from the owner.
	pub stake: Balance,
	/// Earned and not yet claimed.
	pub earned: Balance,
	/// Its tranches, with its slots in each.
	pub memberships: Vec<(TrancheId, u8)>,
	/// Objects that it has confirmed and that count.
	pub replicas: u32,
	/// Their bytes.
	pub bytes: u64,
	/// The block of its last heartbeat.
	pub last_heartbeat: u32,
	/// Whether a heartbeat is due now.
	pub heartbeat_due: bool,
	/// The number of the heartbeat window that is open now: what a heartbeat signs.
	pub heartbeat_window: u32,
}

/// A member of a tranche as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct MemberView<AccountId> {
	/// The provider.
	pub provider: ProviderId,
	/// The key of its daemon.
	pub operator: AccountId,
	/// Where it is reached.
	pub endpoint: Endpoint,
	/// How it stands.
	pub state: ActorState,
	/// Whose it is and where.
	pub domain: FailureDomain,
	/// Its weight in placement, and how many slots' bytes it reserves.
	pub slots: u8,
	/// Whether placement ranks it at all: not when it is leaving, failed or evicted.
	pub placed: bool,
	/// Whether it is given new replicas: not when it is full or suspended.
	pub takes_new: bool,
	/// Whether its slots are nearly full.
	pub full: bool,
	/// Replicas that it has confirmed here.
	pub replicas: u32,
	/// Their bytes.
	pub bytes: u64,
	/// Bytes reserved for objects in the making.
	pub reserved: u64,
	/// Of its replicas, those that a sweep still has to take away.
	pub unswept: u32,
}

/// What a tranche has, in numbers.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct TrancheCounts {
	/// Objects, pending ones included.
	pub objects: u32,
	/// Their bytes, each object counted once.
	pub bytes: u64,
	/// Objects that are not stored yet.
	pub pending: u32,
	/// Stored objects on the way from the quorum to the coverage for the first time.
	pub filling: u32,
	/// Stored objects that had their coverage and are below it, or that are below the quorum that they were
	/// stored with. Not those that are taken down.
	pub degraded: u32,
	/// Replicas of failed members that have not been swept: the true number of degraded objects lies
	/// between `degraded` and `degraded + unswept`.
	pub unswept: u32,
}

/// A tranche as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct TrancheView<AccountId> {
	/// Its number.
	pub id: TrancheId,
	/// Replicas of each object.
	pub coverage: u8,
	/// Bytes of a slot.
	pub slot_bytes: u64,
	/// Whether new objects come here.
	pub accepting: bool,
	/// Whether it is being emptied.
	pub closing: bool,
	/// Its numbers.
	pub counts: TrancheCounts,
	/// Bytes of objects that its members could hold, each at its coverage.
	pub capacity: u64,
	/// Bytes of new objects that it takes.
	pub free: u64,
	/// Whether it keeps its coverage when its largest operator goes away.
	pub has_spare: bool,
	/// Its members, in order of number.
	pub members: Vec<MemberView<AccountId>>,
}

/// An object as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ObjectView {
	/// What it is known by.
	pub key: ObjectKey,
	/// Where it is kept.
	pub tranche: TrancheId,
	/// How far it has come.
	pub state: ObjectState,
	/// Who has confirmed it, and counts.
	pub holders: Vec<ProviderId>,
	/// Who is to hold it and has not confirmed: from them alone is a confirmation taken.
	pub assigned: Vec<ProviderId>,
	/// Holders that may release it now.
	pub surplus: Vec<ProviderId>,
	/// Pins on it.
	pub pins: u32,
	/// Whether its size has been proved by opening its last chunk.
	pub size_proved: bool,
	/// Why it is on the take-down list, if it is.
	pub blocked: Option<Vec<u8>>,
}

/// A pin as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PinView<AccountId, Balance> {
	/// Whose it is.
	pub account: AccountId,
	/// The object.
	pub key: ObjectKey,
	/// Who may upload besides.
	pub uploader: Option<AccountId>,
	/// The first era that it is not paid for.
	pub until: EraIndex,
	/// Held for it.
	pub deposit: Balance,
	/// Entries of the directory that use it.
	pub uses: u32,
	/// Whether its term has ended.
	pub overdue: bool,
}

/// What a pin would cost.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PinQuote<Balance> {
	/// Paid for the whole term.
	pub fee: Balance,
	/// Held until the pin goes.
	pub deposit: Balance,
	/// Where a new object of that size would go; none if no tranche takes it.
	pub tranche: Option<TrancheId>,
	/// The era now.
	pub era: EraIndex,
}

/// The numbers that daemons and clients go by.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct StorageParameters {
	/// Confirmations that make an object stored.
	pub upload_quorum: u8,
	/// Blocks between two heartbeats.
	pub heartbeat_interval: u32,
	/// Heartbeats in a row whose absence suspends.
	pub missed_to_suspend: u32,
	/// Heartbeats in a row whose absence fails.
	pub missed_to_fail: u32,
	/// The era now.
	pub era: EraIndex,
	/// The most eras that a pin is paid for in advance.
	pub max_term: u32,
	/// Blocks in which a registered object has to be stored.
	pub pending_blocks: u32,
}

/// What is added to the pay for what the entities of some classes hold.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct BackingView<AccountId, Balance> {
	/// The account that it is taken from: whoever wants to add sends it there.
	pub account: AccountId,
	/// What there is to add.
	pub free: Balance,
	/// The classes, with the hundredths of the fee that are added for each era.
	pub classes: Vec<(ClassId, u16)>,
}

/// One page of providers.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProvidersPage<AccountId, Balance> {
	/// The entries.
	pub items: Vec<ProviderView<AccountId, Balance>>,
	/// What to give as `after` for the next page; `None` if this was the last.
	pub next: Option<ProviderId>,
}

/// One page of tranches.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct TranchesPage<AccountId> {
	/// The entries.
	pub items: Vec<TrancheView<AccountId>>,
	/// What to give as `after` for the next page; `None` if this was the last.
	pub next: Option<TrancheId>,
}

/// One page of objects.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ObjectsPage {
	/// The entries.
	pub items: Vec<ObjectView>,
	/// What to give as `after` for the next page; `None` if this was the last.
	pub next: Option<ObjectKey>,
}

/// One page of pins.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PinsPage<AccountId, Balance> {
	/// The entries.
	pub items: Vec<PinView<AccountId, Balance>>,
	/// What to give as `after` for the next page; `None` if this was the last.
	pub next: Option<ObjectHash>,
}

sp_api::decl_runtime_apis! {
	/// Reads the storage tranches.
	pub trait StorageTranchesApi<AccountId, Balance>
	where
		AccountId: Codec,
		Balance: Codec,
	{
		/// The numbers that daemons and clients go by.
		fn parameters() -> StorageParameters;

		/// One provider.
		fn provider(id: ProviderId) -> Option<ProviderView<AccountId, Balance>>;

		/// The provider whose daemon signs with this key.
		fn provider_of(operator: AccountId) -> Option<ProviderView<AccountId, Balance>>;

		/// The providers, in order of number.
		fn providers(after: Option<ProviderId>, limit: u32) -> ProvidersPage<AccountId, Balance>;

		/// One tranche with all its members.
		fn tranche(id: TrancheId) -> Option<TrancheView<AccountId>>;

		/// The tranches, in order of number.
		fn tranches(after: Option<TrancheId>, limit: u32) -> TranchesPage<AccountId>;

		/// One object.
		fn object(key: ObjectKey) -> Option<ObjectView>;

		/// The objects registered under a hash: at most one of them can ever be stored. Stored ones come
		/// first.
		fn objects_of(hash: ObjectHash) -> Vec<ObjectView>;

		/// A tranche's objects that lack replicas, pending ones included: what its members may have to do.
		fn incomplete(tranche: TrancheId, after: Option<ObjectKey>, limit: u32) -> ObjectsPage;

		/// The objects that a provider has confirmed.
		fn holdings(provider: ProviderId, after: Option<ObjectKey>, limit: u32) -> ObjectsPage;

		/// An account's pin on a hash.
		fn pin(account: AccountId, hash: ObjectHash) -> Option<PinView<AccountId, Balance>>;

		/// An account's pins.
		fn pins(
			account: AccountId,
			after: Option<ObjectHash>,
			limit: u32,
		) -> PinsPage<AccountId, Balance>;

		/// Whether an account may upload an object: as the owner of a pin on it, or named by one.
		fn may_upload(account: AccountId, key: ObjectKey) -> bool;

		/// What a pin of an object of `size` bytes for `eras` eras costs now.
		fn quote(size: u64, eras: u32) -> PinQuote<Balance>;

		/// What is added to pay, and for which classes.
		fn backing() -> BackingView<AccountId, Balance>;
	}
}
