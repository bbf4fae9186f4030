//! # Storage tranches
//!
//! Keeps objects: bytes that are known by their BLAKE3 hash and size. Everything is read through the runtime
//! API [`StorageTranchesApi`](rome_primitives::storage::api::StorageTranchesApi); no indexer is needed.
//!
//! ## Who keeps what
//!
//! A *provider* puts up a stake and runs a daemon. A *tranche* is a group of providers that together keep a
//! share of all objects; a *member* has 1 to 16 slots in it. Which members keep an object follows from the
//! object alone ([`rome_primitives::storage::placement`]). An object has `coverage` replicas.
//!
//! An account has an object kept with a *pin*: a deposit, and a fee for whole eras. Many accounts may pin the
//! same bytes, which are stored once. The object goes with its last pin.
//!
//! ## Coverage that holds
//!
//! An object is stored once the upload quorum has confirmed it, each by opening a chunk that a recent block
//! chooses; from then on members fill it up among themselves. Whoever leaves keeps what it has until others
//! have confirmed it, or pays a share of its stake when the notice runs out. Whoever is silent for too long
//! fails: its replicas are counted as `unswept` at once, and a metered sweep sorts the objects, so that at
//! every block the true number of degraded ones lies between `degraded` and `degraded + unswept`.
//!
//! ## Time
//!
//! *Windows* are what heartbeats are due in; only blocks that were not full count. *Eras* are a number of
//! blocks, and what is paid by. A change of an era's length concerns the one that runs.
//!
//! ## Money
//!
//! Stakes are held from owners, deposits from pinning accounts. What pins have paid and nobody has claimed
//! yet is held from the pallet's own account, of which [`Pay`], [`Earned`], [`Pots`], [`Repairs`] and the
//! shares of void members say whose it is.
//!
//! ## Where to find what
//!
//! | file | duty |
//! | --- | --- |
//! | `storage` | what is kept in the state |
//! | `providers` | application, verification, activation |
//! | `lifecycle` | maintenance, notice, failure, eviction, and what a change of state brings along |
//! | `clock` | windows, eras, heartbeats |
//! | `tranches` | tranches and their members |
//! | `placing` | who is to have an object |
//! | `objects` | an object's replicas and everything that counts them |
//! | `replicas` | confirming, releasing and losing replicas |
//! | `pins` | pins, the take-down list, what the directory asks |
//! | `pay` | fees, stakes, bounties, claims |
//! | `backing` | what is added to pay for what the council's classes hold |
//! | `slashes` | slashes for cause |
//! | `duties` | sweeps, moves, what falls due: a part in every block |
//! | `queries` | what the runtime API answers |
//! | `try_state` | the invariants |
//! | `integrity` | how limits, weights and the block relate |

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]

extern crate alloc;

pub use pallet::*;
pub use types::{PinRequest, Reason};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

mod backing;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod clock;
mod duties;
mod errors;
mod events;
#[cfg(any(feature = "std", test))]
mod integrity;
mod lifecycle;
#[cfg(test)]
mod mock;
mod objects;
mod pay;
mod pins;
mod placing;
mod providers;
mod queries;
mod replicas;
mod slashes;
mod storage;
#[cfg(test)]
mod tests;
mod tranches;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

#[import_section(errors::errors)]
#[import_section(events::events)]
#[import_section(storage::storage)]
#[frame_support::pallet]
pub mod pallet {
	use super::{types::*, weights::WeightInfo};
	use alloc::vec::Vec;
	use frame_support::{
		dispatch::PostDispatchInfo,
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, BalancedHold, Inspect, Mutate, MutateHold},
			OnUnbalanced,
		},
		weights::WeightMeter,
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use rome_primitives::{
		actors::{CapacityOracle, Declared, Endpoint, FailureDomain, Heart, Suspension},
		content::{ClassId, EntityId, EntityObjects, ObjectHash},
		governance::OnProviderActivated,
		storage::{
			limits::{MAX_BATCH, MAX_COVERAGE},
			Confirmation, EraIndex, ObjectKey, ProviderId, TrancheId,
		},
	};
	use sp_runtime::{AccountId32, MultiSignature, Perbill};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// Storage.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What storage needs from the runtime.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId32, RuntimeEvent: From<Event<Self>>>
	{
		/// Stakes and deposits are held in this, and pay is paid.
		type Currency: Inspect<Self::AccountId>
			+ Mutate<Self::AccountId>
			+ Balanced<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ BalancedHold<Self::AccountId>;
		/// The runtime's hold reasons, of which ours are some.
		type RuntimeHoldReason: From<HoldReason>;
		/// Who activates, suspends and evicts providers, and slashes for cause.
		type ConductorOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Who creates and closes tranches, takes objects down and cancels slashes.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Who keeps the list that [`Pallet`] answers as a [`CapacityOracle`].
		type AttestOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Says what providers are verified for: the pallet's own list, or a benchmark oracle.
		type CapacityOracle: CapacityOracle;
		/// Told of every provider that is put to work.
		type OnProviderActivated: OnProviderActivated<Self::AccountId>;
		/// Gets slashes and the pay that nobody has earned: the fund.
		type OnSlash: OnUnbalanced<CreditOf<Self>>;
		/// Names the account that pay waits in.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// The part of what ordinary transactions may take of a block, by weight or length, from which on
		/// the block counts as full, and not as one that a heartbeat could have been in.
		type FullBlock: Get<Perbill>;

		/// Confirmations that make an object stored; an object's coverage if that is less.
		type UploadQuorum: Get<u8>;
		/// Blocks that were not full in a heartbeat window.
		type HeartbeatInterval: Get<u32>;
		/// Heartbeats in a row whose absence suspends.
		type MissedToSuspend: Get<u32>;
		/// Heartbeats in a row whose absence fails.
		type MissedToFail: Get<u32>;
		/// The part of an era's heartbeats that takes to be paid for it.
		type KeptShare: Get<Perbill>;
		/// Blocks in an era.
		type EraLength: Get<u32>;
		/// The most eras that a pin is paid for in advance; at most
		/// [`MAX_TERM`](rome_primitives::storage::limits::MAX_TERM).
		type MaxTerm: Get<u32>;
		/// Blocks in which a registered object has to be stored.
		type PendingBlocks: Get<u32>;
		/// The most objects that an account may have registered and not stored.
		type MaxPendingObjects: Get<u32>;
		/// The most bytes that an account may have registered and not stored.
		type MaxPendingBytes: Get<u64>;
		/// A provider's stake, whatever its slots.
		type MinStake: Get<BalanceOf<Self>>;
		/// A provider's stake for each GiB of its slots.
		type StakePerGib: Get<BalanceOf<Self>>;
		/// The fee for an object for an era, whatever its size.
		type FeePerObject: Get<BalanceOf<Self>>;
		/// The fee for each GiB of an object for an era.
		type FeePerGib: Get<BalanceOf<Self>>;
		/// The part of fees that is for those who distribute.
		type DistributionShare: Get<Perbill>;
		/// The part of fees that is for those who probe.
		type ProbingShare: Get<Perbill>;
		/// Held for a pin, besides what its grace costs.
		type PinDeposit: Get<BalanceOf<Self>>;
		/// Eras that a pin stays after its term, paid from its deposit.
		type GraceEras: Get<u32>;
		/// Blocks between a provider's notice and when it may go whatever is left.
		type LeavingNotice: Get<u32>;
		/// The part of the stake that it costs to leave everything behind.
		type ForfeitShare: Get<Perbill>;
		/// The part of the stake that failing costs; at least as much as leaving everything behind.
		type FailureSlash: Get<Perbill>;
		/// What a replica costs that a provider reports lost.
		type LossFee: Get<BalanceOf<Self>>;
		/// The part of the stake that slashes for cause may take together while they wait.
		type SlashCap: Get<Perbill>;
		/// Eras that a slash for cause waits.
		type SlashDeferral: Get<u32>;
		/// The most blocks of announced maintenance.
		type MaxMaintenance: Get<u32>;
		/// Blocks between the end of a maintenance as announced and the next one.
		type MaintenanceGap: Get<u32>;
		/// The directory, whose entities hold objects.
		type Entities: EntityObjects<Self::AccountId>;
		/// The part of the issuance that is minted in a year to be added to pay.
		type YearlyIssuance: Get<Perbill>;
		/// Blocks in a year.
		type BlocksPerYear: Get<u32>;
		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// Why storage holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A provider's stake.
		#[codec(index = 0)]
		Stake,
		/// For a pin, until it goes.
		#[codec(index = 1)]
		Pin,
		/// In the pallet's account: paid by pins, and not paid out yet.
		#[codec(index = 2)]
		Pay,
	}

	/// What there is from the start.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Tranches that take new objects: coverage and bytes of a slot.
		pub tranches: Vec<(u8, u64)>,
		/// Providers, by the numbers that they will have, that are verified for anything, until a block.
		pub attestations: Vec<(ProviderId, u32)>,
		/// Whatever the type needs.
		#[serde(skip)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::begin();
			for (coverage, slot_bytes) in &self.tranches {
				Pallet::<T>::do_create_tranche(*coverage, *slot_bytes)
					.expect("tranches of genesis are within the limits");
			}
			for (id, until) in &self.attestations {
				let declared = Declared { storage: u64::MAX, download: u64::MAX, upload: u64::MAX };
				Attestations::<T>::insert(id, Attestation { until: *until, declared });
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			// What looking at the block and `on_finalize` cost.
			T::WeightInfo::tick()
		}

		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			HadRoom::<T>::put(Self::has_room());
			let mut meter = WeightMeter::with_limit(remaining);
			Self::do_duties(&mut meter);
			meter.consumed()
		}

		fn on_finalize(_: BlockNumberFor<T>) {
			// `on_idle` is left out in a block without any room.
			Self::tick(HadRoom::<T>::take());
		}

		#[cfg(feature = "std")]
		fn integrity_test() {
			Self::check_integrity();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	/// Objects in one call, each with an entity that holds it.
	pub type HeldObjects = BoundedVec<(EntityId, ObjectHash), ConstU32<MAX_BATCH>>;

	/// Several objects in one call.
	pub type Keys = BoundedVec<ObjectKey, ConstU32<MAX_BATCH>>;

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Applies to be a storage provider: with a daemon's key that consents, where it is reached, what it
		/// can do, and a stake, at least `MinStake`.
		///
		/// Anyone may, and becomes the owner. Emits `ProviderApplied`.
		#[pallet::call_index(0)]
		pub fn apply(
			origin: OriginFor<T>,
			operator: T::AccountId,
			consent: MultiSignature,
			endpoint: Endpoint,
			declared: Declared,
			#[pallet::compact] stake: BalanceOf<T>,
		) -> DispatchResult {
			Self::do_apply(ensure_signed(origin)?, operator, consent, endpoint, declared, stake)
		}

		/// Changes what is given, and adds to the stake. What an active provider declares beyond what it was
		/// verified for waits for a new verification.
		///
		/// The owner may; a new operator key must consent. Emits `ProviderUpdated`.
		#[pallet::call_index(1)]
		pub fn update_provider(
			origin: OriginFor<T>,
			id: ProviderId,
			endpoint: Option<Endpoint>,
			declared: Option<Declared>,
			operator: Option<(T::AccountId, MultiSignature)>,
			#[pallet::compact] add_stake: BalanceOf<T>,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_update_provider(owner, id, endpoint, declared, operator, add_stake)
		}

		/// Takes an application back that was never activated, and its stake.
		///
		/// The owner may. Emits `ApplicationCancelled`.
		#[pallet::call_index(2)]
		pub fn cancel_application(origin: OriginFor<T>, id: ProviderId) -> DispatchResult {
			Self::do_cancel_application(ensure_signed(origin)?, id)
		}

		/// Puts a verified provider to work, or one to work again that failed and is swept. `domain`: whose
		/// machines it runs on and where, as the conductor knows.
		///
		/// `ConductorOrigin` may. Emits `ProviderActivated`.
		#[pallet::call_index(3)]
		#[pallet::weight(
			T::WeightInfo::activate().saturating_add(T::OnProviderActivated::weight())
		)]
		pub fn activate(
			origin: OriginFor<T>,
			id: ProviderId,
			domain: FailureDomain,
		) -> DispatchResult {
			T::ConductorOrigin::ensure_origin(origin)?;
			Self::do_activate(id, domain)
		}

		/// A provider's sign of life in `window`: the one that is open, once. Ends a suspension for silence.
		///
		/// Unsigned and free: the operator's signature over provider and window authorises it. Emits
		/// `HeartbeatReceived`.
		#[pallet::call_index(4)]
		#[pallet::weight((T::WeightInfo::heartbeat(), DispatchClass::Operational, Pays::No))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_heartbeat())]
		#[pallet::authorize(Self::authorize_heartbeat)]
		pub fn heartbeat(
			origin: OriginFor<T>,
			id: ProviderId,
			window: u32,
			_signature: MultiSignature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_heartbeat(id, window)
		}

		/// Announces to be away for a number of blocks, at most `MaxMaintenance`: no heartbeats are due.
		/// Refused where more than coverage - quorum operators of a tranche would be away at once, and within
		/// `MaintenanceGap` of the last one.
		///
		/// The owner and the operator may. Emits `ProviderSuspended`.
		#[pallet::call_index(5)]
		pub fn begin_maintenance(
			origin: OriginFor<T>,
			id: ProviderId,
			blocks: u32,
		) -> DispatchResult {
			Self::do_begin_maintenance(ensure_signed(origin)?, id, blocks)
		}

		/// Back before the announced time.
		///
		/// The owner and the operator may. Emits `ProviderReinstated`.
		#[pallet::call_index(6)]
		pub fn end_maintenance(origin: OriginFor<T>, id: ProviderId) -> DispatchResult {
			Self::do_end_maintenance(ensure_signed(origin)?, id)
		}

		/// Gives notice in all tranches. The provider is given nothing new, and keeps what it has until others
		/// have confirmed it and it releases it. What is left, lost or failed after this costs its share of
		/// `ForfeitShare` of the stake.
		///
		/// The owner may, always. Emits `LeavingBegan`.
		#[pallet::call_index(7)]
		pub fn begin_leaving(origin: OriginFor<T>, id: ProviderId) -> DispatchResult {
			Self::do_begin_leaving(ensure_signed(origin)?, id)
		}

		/// Goes, and takes the stake along: with nothing left, or after the notice at the price of what is
		/// left. A failed or evicted provider gets what remains of its stake this way, once it is swept.
		///
		/// The owner may, and anyone may end a notice that leaves nothing behind or has run out: the stake goes
		/// to the owner. Emits `ProviderLeft`.
		#[pallet::call_index(8)]
		pub fn finish_leaving(origin: OriginFor<T>, id: ProviderId) -> DispatchResult {
			Self::do_finish_leaving(ensure_signed(origin)?, id)
		}

		/// Suspends a provider: it keeps what it has and is given nothing new.
		///
		/// `ConductorOrigin` may. Emits `ProviderSuspended` and `SuspensionReason`.
		#[pallet::call_index(9)]
		pub fn suspend(origin: OriginFor<T>, id: ProviderId, reason: Reason) -> DispatchResult {
			T::ConductorOrigin::ensure_origin(origin)?;
			Self::do_suspend(id, reason)
		}

		/// Ends a suspension by the conductor.
		///
		/// `ConductorOrigin` may. Emits `ProviderReinstated`.
		#[pallet::call_index(10)]
		pub fn reinstate(origin: OriginFor<T>, id: ProviderId) -> DispatchResult {
			T::ConductorOrigin::ensure_origin(origin)?;
			Self::do_reinstate(id)
		}

		/// Throws a provider out: what it holds counts no more and is swept away.
		///
		/// `ConductorOrigin` may. Emits `ProviderEvicted`.
		#[pallet::call_index(11)]
		pub fn evict(origin: OriginFor<T>, id: ProviderId, reason: Reason) -> DispatchResult {
			T::ConductorOrigin::ensure_origin(origin)?;
			Self::do_evict(id, reason)
		}

		/// Removes registrations that have run out, and does to pins and slashes what falls due: at most
		/// `limit` of them. The chain does so by itself where blocks have room.
		///
		/// Anyone may; free if there was something to do. Emits `RegistrationExpired`, `PinOverdue`,
		/// `PinExpired` and `ProviderSlashed`.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::sweep_pins((*limit).min(MAX_BATCH)))]
		pub fn sweep_pins(origin: OriginFor<T>, limit: u32) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let (looked, done) = Self::do_sweep_pins(limit.min(MAX_BATCH));
			Ok(free_if(done > 0, T::WeightInfo::sweep_pins(looked)))
		}

		/// Creates a tranche that takes new objects.
		///
		/// `AdminOrigin` may. Emits `TrancheCreated`.
		#[pallet::call_index(13)]
		pub fn create_tranche(
			origin: OriginFor<T>,
			coverage: u8,
			slot_bytes: u64,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_create_tranche(coverage, slot_bytes)
		}

		/// Changes whether new objects come into a tranche, and the coverage that they have. Objects that are
		/// there keep theirs.
		///
		/// `AdminOrigin` may. Emits `TrancheUpdated`.
		#[pallet::call_index(14)]
		pub fn update_tranche(
			origin: OriginFor<T>,
			id: TrancheId,
			accepting: Option<bool>,
			coverage: Option<u8>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_update_tranche(id, accepting, coverage)
		}

		/// Empties a tranche: its objects move to accepting ones, some in every block that has room.
		///
		/// `AdminOrigin` may. Emits `TrancheClosing`, later `ObjectMoved` and `TrancheEmptied`.
		#[pallet::call_index(15)]
		pub fn close_tranche(origin: OriginFor<T>, id: TrancheId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_close_tranche(id)
		}

		/// Makes an active provider a member of a tranche.
		///
		/// The owner may, with storage and stake for the slots. Emits `MemberJoined`.
		#[pallet::call_index(16)]
		pub fn join_tranche(
			origin: OriginFor<T>,
			id: ProviderId,
			tranche: TrancheId,
			slots: u8,
		) -> DispatchResult {
			Self::do_join_tranche(ensure_signed(origin)?, id, tranche, slots)
		}

		/// Changes a member's slots; to none gives notice in the tranche, and asked again ends it: with
		/// nothing left at once, after the notice at the price of what is left. Fewer slots than what the
		/// member holds takes are refused.
		///
		/// The owner may. Emits `SlotsChanged`, `MemberLeaving` or `MemberGone`.
		#[pallet::call_index(17)]
		pub fn change_slots(
			origin: OriginFor<T>,
			id: ProviderId,
			tranche: TrancheId,
			slots: u8,
		) -> DispatchResult {
			Self::do_change_slots(ensure_signed(origin)?, id, tranche, slots)
		}

		/// Has objects kept. One that nobody has pinned before is registered: members are assigned, and it
		/// has to be stored within `PendingBlocks`, or is removed and its fee forfeited.
		///
		/// Anyone may, for at most the fee and deposit given. Emits `Pinned`, and `ObjectRegistered` for new
		/// objects.
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::pin(requests.len() as u32))]
		pub fn pin(
			origin: OriginFor<T>,
			requests: BoundedVec<PinRequest<T::AccountId>, ConstU32<MAX_BATCH>>,
			#[pallet::compact] max_fee: BalanceOf<T>,
			#[pallet::compact] max_deposit: BalanceOf<T>,
		) -> DispatchResult {
			Self::do_pin(ensure_signed(origin)?, requests.into_inner(), max_fee, max_deposit)
		}

		/// Extends the term of `account`'s pin by whole eras.
		///
		/// Anyone may, and pays, at most `max_fee`; with an overdue pin also what its grace took out of the
		/// deposit, and past eras that nobody has paid for. Not of objects that are taken down. Emits `PinRenewed`.
		#[pallet::call_index(19)]
		pub fn renew_pin(
			origin: OriginFor<T>,
			account: T::AccountId,
			hash: ObjectHash,
			eras: u32,
			#[pallet::compact] max_fee: BalanceOf<T>,
		) -> DispatchResult {
			Self::do_renew_pin(ensure_signed(origin)?, account, hash, eras, max_fee)
		}

		/// Takes pins back, and their deposits. Fees are not returned. Refused while entries of the directory
		/// use a pin.
		///
		/// The account of the pins may. Emits `Unpinned`.
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::unpin(hashes.len() as u32))]
		pub fn unpin(
			origin: OriginFor<T>,
			hashes: BoundedVec<ObjectHash, ConstU32<MAX_BATCH>>,
		) -> DispatchResult {
			Self::do_unpin(ensure_signed(origin)?, hashes.into_inner())
		}

		/// Says that the provider has objects that are assigned to it, and opens a chunk of each. What is
		/// wrong with one changes nothing for the others.
		///
		/// The operator may; free if every one counted. Emits `ReplicaConfirmed`, `ConfirmationFailed`,
		/// `ObjectStored` and `CoverageReached`.
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::confirm_replicas(confirmations.len() as u32))]
		pub fn confirm_replicas(
			origin: OriginFor<T>,
			id: ProviderId,
			confirmations: BoundedVec<Confirmation, ConstU32<MAX_BATCH>>,
		) -> DispatchResultWithPostInfo {
			let operator = ensure_signed(origin)?;
			let count = confirmations.len() as u32;
			let good = Self::do_confirm_replicas(operator, id, confirmations.into_inner())?;
			let all = count > 0 && good == count;
			Ok(free_if(all, T::WeightInfo::confirm_replicas(count)))
		}

		/// Gives up replicas that others have taken over. Refused where an object would fall below its
		/// coverage.
		///
		/// The operator may. Emits `ReplicaReleased`.
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::release_replicas(keys.len() as u32))]
		pub fn release_replicas(
			origin: OriginFor<T>,
			id: ProviderId,
			keys: Keys,
		) -> DispatchResult {
			Self::do_release_replicas(ensure_signed(origin)?, id, keys.into_inner())
		}

		/// Says that replicas are lost, before somebody notices. Each costs `LossFee`, after notice was given
		/// at least its share of what leaving everything behind costs. What the provider does not hold is
		/// passed over.
		///
		/// The operator may, always. Emits `ReplicaLost`.
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::report_lost(keys.len() as u32))]
		pub fn report_lost(origin: OriginFor<T>, id: ProviderId, keys: Keys) -> DispatchResult {
			Self::do_report_lost(ensure_signed(origin)?, id, keys.into_inner())
		}

		/// Takes away what a failed, evicted or leaving provider no longer has or gets: at most `limit`
		/// objects. The chain does so by itself where blocks have room.
		///
		/// Anyone may; free if there was something to do. Emits `ReplicaSwept` and `SweepFinished`.
		#[pallet::call_index(24)]
		#[pallet::weight(T::WeightInfo::sweep((*limit).min(MAX_BATCH)))]
		pub fn sweep(
			origin: OriginFor<T>,
			id: ProviderId,
			limit: u32,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let (looked, done) = Self::do_sweep(id, limit.min(MAX_BATCH))?;
			Ok(free_if(done > 0, T::WeightInfo::sweep(looked)))
		}

		/// Moves at most `limit` objects of a closing tranche to accepting ones. The chain does so by itself
		/// where blocks have room.
		///
		/// Anyone may; free if there was something to do. Emits `ObjectMoved` and `TrancheEmptied`.
		#[pallet::call_index(25)]
		#[pallet::weight(T::WeightInfo::move_objects((*limit).min(MAX_BATCH)))]
		pub fn move_objects(
			origin: OriginFor<T>,
			tranche: TrancheId,
			limit: u32,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let (looked, moved) = Self::do_move_objects(tranche, limit.min(MAX_BATCH))?;
			Ok(free_if(moved > 0, T::WeightInfo::move_objects(looked)))
		}

		/// Puts an object on the take-down list: it is neither served nor pinned anew.
		///
		/// `AdminOrigin` may. Emits `ObjectBlocked`.
		#[pallet::call_index(26)]
		pub fn block_object(
			origin: OriginFor<T>,
			key: ObjectKey,
			reason: Reason,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_block_object(key, reason)
		}

		/// Takes an object off the take-down list.
		///
		/// `AdminOrigin` may. Emits `ObjectUnblocked`.
		#[pallet::call_index(27)]
		pub fn unblock_object(origin: OriginFor<T>, key: ObjectKey) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_unblock_object(key)
		}

		/// Settles the past eras of the objects given, for all their holders, and pays the provider's owner
		/// what it has earned until now.
		///
		/// Anyone may. Emits `PayClaimed`.
		#[pallet::call_index(28)]
		#[pallet::weight(T::WeightInfo::claim_pay(keys.len() as u32))]
		pub fn claim_pay(origin: OriginFor<T>, id: ProviderId, keys: Keys) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim_pay(id, keys.into_inner())
		}

		/// Puts a provider on the list of those that are verified for what they declare, until a block. Refused
		/// unless the provider declares, or wants to, just what was looked at.
		///
		/// `AttestOrigin` may. Emits `ProviderVerified`.
		#[pallet::call_index(29)]
		pub fn attest(
			origin: OriginFor<T>,
			id: ProviderId,
			declared: Declared,
			until: u32,
		) -> DispatchResult {
			T::AttestOrigin::ensure_origin(origin)?;
			Self::do_attest(id, declared, until)
		}

		/// Slashes a provider for cause, `SlashDeferral` eras from now. What waits for one provider is at most
		/// `SlashCap` of its stake.
		///
		/// `ConductorOrigin` may. Emits `SlashProposed`, later `ProviderSlashed`.
		#[pallet::call_index(30)]
		pub fn slash(
			origin: OriginFor<T>,
			id: ProviderId,
			#[pallet::compact] amount: BalanceOf<T>,
			reason: Reason,
		) -> DispatchResult {
			T::ConductorOrigin::ensure_origin(origin)?;
			Self::do_slash(id, amount, reason)
		}

		/// Cancels a slash that waits.
		///
		/// `AdminOrigin` may. Emits `SlashCancelled`.
		#[pallet::call_index(31)]
		pub fn cancel_slash(origin: OriginFor<T>, index: u32) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_cancel_slash(index)
		}

		/// Has what the entities of a class hold be paid for beyond what its pins pay: each era so many hundredths
		/// of the fee, at most [`MAX_ADDED_PERCENT`]; 0 ends it.
		///
		/// `AdminOrigin` may. Emits `ClassBacked`.
		#[pallet::call_index(32)]
		pub fn back_class(
			origin: OriginFor<T>,
			class: ClassId,
			percent: u16,
			reason: Reason,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_back_class(class, percent, reason)
		}

		/// Adds to the pay of objects for the era that runs, each named with an entity of a backed class that holds
		/// it, from what lies free in the pallet's account. Once for each object and era. One that fails leaves
		/// the others alone.
		///
		/// Anyone may; free of charge if all of them count. Emits `ObjectBacked` or `BackingFailed` for each.
		#[pallet::call_index(33)]
		#[pallet::weight(
			T::WeightInfo::back_objects(objects.len() as u32)
				.saturating_add(Pallet::<T>::looking_up(objects.len() as u32))
		)]
		pub fn back_objects(
			origin: OriginFor<T>,
			objects: HeldObjects,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let count = objects.len() as u32;
			let good = Self::do_back_objects(objects.into_inner());
			let all = count > 0 && good == count;
			let weight = T::WeightInfo::back_objects(count).saturating_add(Self::looking_up(count));
			Ok(free_if(all, weight))
		}
	}

	/// What a call has cost, and whether the caller pays for it.
	fn free_if(free: bool, weight: Weight) -> PostDispatchInfo {
		let pays_fee = if free { Pays::No } else { Pays::Yes };
		PostDispatchInfo { actual_weight: Some(weight), pays_fee }
	}
}
