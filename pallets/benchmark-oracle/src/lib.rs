//! # Benchmark oracle
//!
//! What each storage provider and distributor really delivers, measured by several independent *probers* and
//! settled on chain, for other pallets to act on. Everything is read through the runtime API
//! [`BenchmarkOracleApi`](rome_primitives::benchmark::api::BenchmarkOracleApi); no indexer is needed.
//!
//! ## A round
//!
//! A *round* is a number of blocks; those that were full do not count. While round `r` is open, probers probe in
//! it, commit to what they saw in round `r - 1`, reveal round `r - 2` and open an observation of round `r - 3`.
//!
//! 1. Who probes whom in a round follows from the round's seed and each prober's next hash chain preimage
//!    ([`rome_primitives::benchmark::assignment`]): nobody but the prober knows before it reveals.
//! 2. A *commitment* binds the prober before anybody reveals.
//! 3. A *reveal* shows preimage and observations, one for each actor that was assigned, neither more nor fewer.
//! 4. A round is *settled*, actor by actor, as counts and lower medians
//!    ([`rome_primitives::benchmark::settlement`]); with fewer observations than the quorum it says nothing.
//! 5. The seed that follows the reveals picks the observation that each prober must *open*: the actor's receipt and
//!    a chunk of what was transferred. It proves a transfer, not its speed against an actor that colludes; rates
//!    rest on the median.
//! 6. The round is *closed*: who settled and opened is paid; who withheld a reveal loses bond, who does not open
//!    loses pay, then score, then bond. How near a prober came to the result counts nowhere.
//!
//! Decisions rest on the median of several rounds, never on one ([`rome_primitives::benchmark::risk`]).
//!
//! ## Verification
//!
//! Rounds decide whether an actor does what it declares: as many settled ones as decide, fixed when it is asked
//! for, judged once at their end. A round that was not settled counts neither way.
//!
//! ## Money
//!
//! Bonds, fees and deposits are held from whoever pays them, until it is decided. Fees end in the pallet's own
//! account, from which probers are paid as long as it has anything.
//!
//! ## Where to find what
//!
//! | file | duty |
//! | --- | --- |
//! | `storage` | what is kept in the state |
//! | `clock` | rounds: planning, beginning, forgetting |
//! | `probers` | registration, chains, leaving, bonds |
//! | `rounds` | commitments, reveals, openings |
//! | `settlement` | what a round amounts to, and who is paid or fined for it |
//! | `verification` | verifications, and what other pallets ask |
//! | `orders` | extra trials, runs over groups |
//! | `governance` | conductors, thresholds, parameters, reports, pruning |
//! | `worker` | what a prober's node does by itself |
//! | `queries` | what the runtime API answers |
//! | `try_state` | the invariants |
//! | `integrity` | how limits, weights and the block relate |

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]

extern crate alloc;

pub use governance::EnsureConductor;
pub use pallet::*;
pub use types::{Evidence, Opening, ReportText, Stale};
pub use verification::{DistributionCapacity, StorageCapacity};
pub use weights::WeightInfo;
pub use worker::KEY_TYPE;

use frame_support::pallet_macros::import_section;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod clock;
mod errors;
mod events;
mod governance;
#[cfg(any(feature = "std", test))]
mod integrity;
#[cfg(test)]
mod mock;
mod orders;
mod probers;
mod queries;
mod rounds;
mod settlement;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
mod verification;
pub mod weights;
mod worker;

#[import_section(errors::errors)]
#[import_section(events::events)]
#[import_section(storage::storage)]
#[frame_support::pallet]
pub mod pallet {
	use super::{types::*, weights::WeightInfo};
	use alloc::{boxed::Box, vec::Vec};
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, BalancedHold, Inspect, Mutate, MutateHold},
			Contains, OnUnbalanced,
		},
		weights::WeightMeter,
		PalletId,
	};
	use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};
	use rome_primitives::benchmark::{
		api::{GroupResult, Score, VerificationState},
		commitment::Salt,
		hooks::{BlockRoom, OnVerified, ProbedActors},
		settlement::Settled,
		Actor, Hash, ProberId, Report, Role, RoundIndex, RoundParameters, Target, Thresholds,
	};
	use sp_runtime::{AccountId32, MultiSignature, Perbill};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The benchmark oracle.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the oracle needs from the runtime.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId32, RuntimeEvent: From<Event<Self>>>
		+ CreateAuthorizedTransaction<Call<Self>>
	{
		/// Bonds, fees and deposits are held in this, and probers are paid.
		type Currency: Inspect<Self::AccountId>
			+ Mutate<Self::AccountId>
			+ Balanced<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ BalancedHold<Self::AccountId>;
		/// The runtime's hold reasons, of which ours are some.
		type RuntimeHoldReason: From<HoldReason>;
		/// Who admits and removes probers, appoints conductors, sets thresholds and parameters.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Who may have any actor verified, for nothing.
		type ConductorOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Who is admitted as a prober without being asked: validators.
		type Validators: Contains<Self::AccountId>;
		/// Who there is to probe.
		type Actors: ProbedActors;
		/// Is told who has passed its verification.
		type OnVerified: OnVerified;
		/// Tells the blocks that count from those that were full.
		type BlockRoom: BlockRoom;
		/// Gets what probers lose.
		type OnSlash: OnUnbalanced<CreditOf<Self>>;
		/// Names the account that probers are paid from.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Blocks of a day: what figures are kept by.
		#[pallet::constant]
		type BlocksPerDay: Get<u32>;
		/// Days for which an actor's figures are kept.
		#[pallet::constant]
		type KeptDays: Get<u32>;

		/// A prober's bond.
		type Bond: Get<BalanceOf<Self>>;
		/// What a prober is paid for a round that it settled and opened, as long as there is anything.
		type PayPerRound: Get<BalanceOf<Self>>;
		/// The part of the bond that a reveal costs that does not come.
		type WithheldSlash: Get<Perbill>;
		/// The part of the bond that an opening costs that does not come, after `FaultsAllowed` of them.
		type VoidSlash: Get<Perbill>;
		/// Faults that cost no bond; each opening makes up for one.
		type FaultsAllowed: Get<u32>;
		/// Rounds in a row without a commitment, after which a prober takes part no more.
		type MissedToIdle: Get<u32>;
		/// Rounds in a row for which no control is excused; more count as missed.
		type NoControlAllowed: Get<u32>;
		/// What an ordered trial costs.
		type TrialFee: Get<BalanceOf<Self>>;
		/// The part of the fee for trials that the target gets.
		type TargetShare: Get<Perbill>;
		/// What a verification costs its owner, as long as few are running.
		type VerificationFee: Get<BalanceOf<Self>>;
		/// Blocks for which a verification counts.
		type VerificationTerm: Get<u32>;
		/// Blocks after a failed verification in which there is no other.
		type RetryDelay: Get<u32>;
		/// Held for a report.
		type ReportDeposit: Get<BalanceOf<Self>>;
		/// Blocks after which anyone may remove a report.
		type ReportTerm: Get<u32>;
		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// Why the oracle holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A prober's bond.
		#[codec(index = 0)]
		Bond,
		/// For a verification or a measurement, until it is decided.
		#[codec(index = 1)]
		Fee,
		/// For a report, until it goes.
		#[codec(index = 2)]
		Report,
	}

	/// Parameters by which rounds are run until others are set.
	pub struct StandardParameters;
	impl Get<RoundParameters> for StandardParameters {
		fn get() -> RoundParameters {
			// An hour, in blocks of six seconds; within the risk table.
			RoundParameters {
				length: 600,
				committee: 21,
				min_revealers: 3,
				decisive_rounds: 15,
				slots: 0,
			}
		}
	}

	/// Thresholds that hold until others are set.
	pub struct StandardBars;
	impl Get<Thresholds> for StandardBars {
		fn get() -> Thresholds {
			Thresholds {
				availability: 900_000,
				download: 1_000_000,
				upload: 500_000,
				first_byte: 2_000_000,
				declared: 800_000,
			}
		}
	}

	/// What there is from the start.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// How rounds are run, if not by the standard: length, committee, least revealers, decisive rounds, slots.
		pub parameters: Option<(u32, u32, u32, u32, u32)>,
		/// Probers: owner, key, rounds of the first chain and its end.
		pub probers: Vec<(T::AccountId, T::AccountId, u32, Hash)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Some((length, committee, min_revealers, decisive_rounds, slots)) =
				self.parameters
			{
				let parameters =
					RoundParameters { length, committee, min_revealers, decisive_rounds, slots };
				assert!(parameters.are_sound(), "the parameters of genesis are sound");
				Parameters::<T>::put(parameters);
			}
			Pallet::<T>::begin();
			for (owner, key, length, end) in &self.probers {
				Pallet::<T>::add_prober(owner.clone(), key.clone(), 0, *length, *end, true)
					.expect("probers of genesis can pay their bonds and have chains");
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			// What `on_finalize` costs.
			Self::tick_weight()
		}

		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			HadRoom::<T>::put(T::BlockRoom::has_room());
			let mut meter = WeightMeter::with_limit(remaining);
			Self::do_duties(&mut meter);
			meter.consumed()
		}

		fn on_finalize(_: BlockNumberFor<T>) {
			// `on_idle` is left out in a block without any room.
			Self::tick(HadRoom::<T>::take());
		}

		fn offchain_worker(_: BlockNumberFor<T>) {
			Self::work();
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

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Offers to probe: with a key that consents, a bond, and a first hash chain of `length` rounds that begins
		/// at round `from`. Whoever is a validator takes part at once, others when they are admitted.
		///
		/// Anyone may, and becomes the owner. Emits `ProberRegistered`, and `ProberAdmitted` for a validator.
		#[pallet::call_index(0)]
		pub fn register_prober(
			origin: OriginFor<T>,
			key: T::AccountId,
			consent: MultiSignature,
			from: RoundIndex,
			length: u32,
			end: Hash,
		) -> DispatchResult {
			Self::do_register(ensure_signed(origin)?, key, consent, from, length, end)
		}

		/// Lets a prober take part.
		///
		/// `AdminOrigin` may. Emits `ProberAdmitted`.
		#[pallet::call_index(1)]
		pub fn admit_prober(origin: OriginFor<T>, id: ProberId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_admit(id)
		}

		/// Ends a prober's part, and, once the rounds that it took part in are closed, removes it and returns what
		/// is left of its bond: called twice, with these rounds between.
		///
		/// The owner and `AdminOrigin` may. Emits `ProberLeaving` or `ProberRemoved`.
		#[pallet::call_index(2)]
		pub fn remove_prober(origin: OriginFor<T>, id: ProberId) -> DispatchResult {
			let owner = match T::AdminOrigin::try_origin(origin) {
				Ok(_) => None,
				Err(origin) => Some(ensure_signed(origin)?),
			};
			Self::do_remove(owner, id)
		}

		/// Commits a prober's next hash chain: due when less than half of the last one is left, or when the prober
		/// is idle, which ends that.
		///
		/// Unsigned and free: the key's signature authorises it. Emits `ChainCommitted`.
		#[pallet::call_index(3)]
		#[pallet::weight((T::WeightInfo::commit_chain(), DispatchClass::Operational, Pays::No))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_commit_chain())]
		#[pallet::authorize(Self::authorize_commit_chain)]
		pub fn commit_chain(
			origin: OriginFor<T>,
			id: ProberId,
			from: RoundIndex,
			length: u32,
			end: Hash,
			_signature: MultiSignature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_commit_chain(id, from, length, end)
		}

		/// Commits to what a prober saw in the round before this one. Once.
		///
		/// Unsigned and free: the key's signature authorises it. Emits `Committed`.
		#[pallet::call_index(4)]
		#[pallet::weight((T::WeightInfo::commit(), DispatchClass::Operational, Pays::No))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_commit())]
		#[pallet::authorize(Self::authorize_commit)]
		pub fn commit(
			origin: OriginFor<T>,
			id: ProberId,
			round: RoundIndex,
			commitment: Hash,
			_signature: MultiSignature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_commit(id, round, commitment)
		}

		/// Reveals what a prober saw in the round before the one before this. Once.
		///
		/// Unsigned and free: only the prober knows what its commitment was made from. Emits `Revealed`.
		#[pallet::call_index(5)]
		#[pallet::weight((
			T::WeightInfo::reveal(observations_of(report)), DispatchClass::Operational, Pays::No
		))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_reveal(observations_of(report)))]
		#[pallet::authorize(Self::authorize_reveal)]
		pub fn reveal(
			origin: OriginFor<T>,
			id: ProberId,
			round: RoundIndex,
			_salt: Salt,
			preimage: Hash,
			report: Report,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_reveal(id, round, preimage, report)
		}

		/// Opens the observation that was drawn of what a prober revealed in the last round. Once.
		///
		/// Unsigned and free: what is opened authorises it. Emits `Opened`.
		#[pallet::call_index(6)]
		#[pallet::weight((T::WeightInfo::open(), DispatchClass::Operational, Pays::No))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_open())]
		#[pallet::authorize(Self::authorize_open)]
		pub fn open(
			origin: OriginFor<T>,
			id: ProberId,
			round: RoundIndex,
			_opening: Box<Opening>,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_open(id, round)
		}

		/// Has an actor verified for what it declares. Costs `VerificationFee`, more when many are being verified,
		/// which goes back if too few rounds are settled; nothing for the conductor.
		///
		/// The actor's owner and `ConductorOrigin` may. Emits `VerificationBegan`.
		#[pallet::call_index(7)]
		pub fn request_verification(origin: OriginFor<T>, actor: Actor) -> DispatchResult {
			let account = match T::ConductorOrigin::try_origin(origin) {
				Ok(_) => None,
				Err(origin) => Some(ensure_signed(origin)?),
			};
			Self::do_request_verification(account, actor)
		}

		/// Orders `trials` more of an actor in a round to come, within the ordinary private assignment. Costs
		/// `TrialFee` for each, shared by target and probers; it goes back if the round does not settle the actor.
		///
		/// Anyone may, one for each actor and round. Emits `MeasurementOrdered`.
		#[pallet::call_index(8)]
		pub fn order_measurement(
			origin: OriginFor<T>,
			actor: Actor,
			round: RoundIndex,
			trials: u32,
		) -> DispatchResult {
			Self::do_order(ensure_signed(origin)?, actor, round, trials)
		}

		/// Takes an order back, as long as its round is not being planned.
		///
		/// Who ordered it may. Emits `OrderReturned`.
		#[pallet::call_index(9)]
		pub fn cancel_order(
			origin: OriginFor<T>,
			actor: Actor,
			round: RoundIndex,
		) -> DispatchResult {
			Self::do_cancel_order(ensure_signed(origin)?, actor, round)
		}

		/// Puts a report on record, in place of one's last one on the target. No gate, pay or milestone reads it.
		///
		/// Anyone may, against a deposit. Emits `ReportRecorded`.
		#[pallet::call_index(10)]
		pub fn record_report(
			origin: OriginFor<T>,
			target: Target,
			text: ReportText,
		) -> DispatchResult {
			Self::do_record_report(ensure_signed(origin)?, target, text)
		}

		/// Sets what the actors of a role have to reach. Verifications that run are judged by it.
		///
		/// `AdminOrigin` may. Emits `ThresholdsSet`.
		#[pallet::call_index(11)]
		pub fn set_thresholds(
			origin: OriginFor<T>,
			role: Role,
			thresholds: Thresholds,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_thresholds(role, thresholds)
		}

		/// Sets how rounds are run. The length holds for the round that is open, the rest from the next one on.
		///
		/// `AdminOrigin` may. Emits `RoundParametersSet`.
		#[pallet::call_index(12)]
		pub fn set_round(origin: OriginFor<T>, parameters: RoundParameters) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_round(parameters)
		}

		/// Makes an account a conductor.
		///
		/// `AdminOrigin` may. Emits `ConductorAppointed`.
		#[pallet::call_index(13)]
		pub fn appoint_conductor(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_appoint(account)
		}

		/// Ends an account's being a conductor.
		///
		/// `AdminOrigin` may. Emits `ConductorDismissed`.
		#[pallet::call_index(14)]
		pub fn dismiss_conductor(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_dismiss(account)
		}

		/// Removes what nobody needs any more. Free if there was something to remove.
		///
		/// Anyone may. Emits `Pruned`.
		#[pallet::call_index(15)]
		pub fn prune(origin: OriginFor<T>, what: Stale) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_prune(what)?;
			Ok(Pays::No.into())
		}

		/// Announces a simultaneous run over a group, in a round that is a multiple of four and is not being planned
		/// yet: all probers pull from its members at once, and single actors are not probed in it.
		///
		/// `ConductorOrigin` may. Emits `RunAnnounced`.
		#[pallet::call_index(16)]
		pub fn announce_run(
			origin: OriginFor<T>,
			target: Target,
			round: RoundIndex,
		) -> DispatchResult {
			T::ConductorOrigin::ensure_origin(origin)?;
			Self::do_announce_run(target, round)
		}
	}

	/// Observations of a report.
	fn observations_of(report: &Report) -> u32 {
		match report {
			Report::NoControl => 0,
			Report::Observed(observations) => observations.len() as u32,
		}
	}
}
