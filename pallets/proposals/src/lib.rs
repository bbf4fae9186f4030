//! # Proposals
//!
//! What a council decides on, how, and what follows from it: proposals, grants, bounties, standing rewards,
//! and the community fund that pays them. Everything is read through the runtime API
//! [`ProposalsApi`](rome_primitives::governance::api::ProposalsApi).
//!
//! ## The fund
//!
//! Money lies on one account ([`Config::FundAccount`]). What is promised is *held* there, by reason
//! ([`HoldReason`]): it cannot be promised or spent twice, by anyone. A payment is a transfer out of the hold
//! that happened, or that can be retried.
//!
//! ## How a proposal ends
//!
//! Anyone submits one for a stake. Members of the council vote with reasons, and the votes are counted by
//! [`VotingRule`](rome_primitives::governance::voting::VotingRule): of the members there are at the moment of
//! counting, so an election writes nothing here. A vote that nothing can change any more ends at once. What
//! has passed waits out its grace, in which it can be vetoed, and is carried out with the authority that its
//! approvals give. The decision stands: an election during the grace does not undo it.
//!
//! ## What happens by itself
//!
//! Every deadline is a step on the agenda ([`Agenda`]), done by the first block with room for it. What a full
//! chain leaves undone, anyone can have done: [`Pallet::execute`], [`Pallet::claim_milestone`].
//!
//! ## Where to find what
//!
//! | file | duty |
//! | --- | --- |
//! | `proposals` | from the submission to the decision |
//! | `execution` | carrying out what has passed |
//! | `discussion` | threads and posts |
//! | `grants` | grants and their milestones |
//! | `bounties` | contributions, entries, judgement, prizes |
//! | `rewards` | standing rewards |
//! | `fund` | the account, what is held on it, and payments |
//! | `agenda` | what is due |
//! | `parameters` | what kinds of proposals cost and need |
//! | `queries` | what the runtime API answers |
//! | `try_state` | the invariants |
//! | `integrity` | how limits, weights and the block relate |

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]

extern crate alloc;

pub use pallet::*;
pub use types::{BalanceOf, Slot, Step};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

mod agenda;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bounties;
mod discussion;
mod errors;
mod events;
mod execution;
mod fund;
mod grants;
#[cfg(any(feature = "std", test))]
mod integrity;
#[cfg(test)]
mod mock;
mod parameters;
mod proposals;
mod queries;
mod rewards;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

#[import_section(errors::errors)]
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
	use super::{types::*, weights::WeightInfo};
	use alloc::vec::Vec;
	use frame_support::{
		dispatch::{GetDispatchInfo, PostDispatchInfo},
		pallet_prelude::*,
		traits::{
			fungible::{Inspect, Mutate, MutateHold},
			QueryPreimage,
		},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use rome_primitives::{
		content::ClassId,
		governance::{
			limits::MAX_SLOTS,
			voting::{Outcome, Tally},
			Action, BountyId, Council, Entry, Failure, GrantId, GrantTally, Hash32, Kind,
			KindParameters, Link, MilestoneOracle, Milestones, Post, PostId, ProposalId,
			ProposalTally, Reason, RewardKind, RewardPool, SchemaDecisions, StandingReward, Text,
			Thread, ThreadMode, Title, Verdict, Vote, VoteRecord,
		},
	};
	use sp_runtime::traits::{Convert, Dispatchable};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// Proposals.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What proposals need from the runtime.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>, Hash = sp_core::H256>
	{
		/// The fund's money, stakes and deposits.
		type Currency: Inspect<Self::AccountId>
			+ Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;
		/// The runtime's hold reasons, of which ours are some.
		type RuntimeHoldReason: From<HoldReason>;
		/// The fund's account. Nobody else may spend from it.
		type FundAccount: Get<Self::AccountId>;
		/// Who votes.
		type Council: Council<Self::AccountId>;
		/// The authority of that many approvals in a council of that many members.
		type ApprovedOrigin: Convert<(u32, u32), Self::RuntimeOrigin>;
		/// Who acts for the council where its members' signatures do otherwise: root, or more than half of
		/// the council.
		type CouncilOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Who sets parameters and standing rewards.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Who vetoes.
		type VetoOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The calls that a proposal can make.
		type DispatchCall: Parameter
			+ Dispatchable<RuntimeOrigin = Self::RuntimeOrigin, PostInfo = PostDispatchInfo>
			+ GetDispatchInfo;
		/// Where those calls are noted.
		type Preimages: QueryPreimage<H = Self::Hashing>;
		/// The most that such a call weighs, with looking it up.
		type MaxDispatchWeight: Get<Weight>;
		/// Suggested schemas.
		type Schemas: SchemaDecisions<Self::RuntimeOrigin>;
		/// What milestones wait for.
		type Oracle: MilestoneOracle;
		/// What kinds of proposals cost and need until it is set otherwise.
		type KindDefaults: Convert<Kind, KindParameters<BalanceOf<Self>>>;
		/// The least grace of proposals with root's authority, in blocks.
		type MinRootGrace: Get<u32>;
		/// How long a failed execution can be retried, in blocks.
		type RetryPeriod: Get<u32>;
		/// How long what became of a proposal can be read, in blocks.
		type Retention: Get<u32>;
		/// How long a recorded grant can be countersigned, in blocks.
		type RecordPeriod: Get<u32>;
		/// How long after its due date a milestone lapses, in blocks.
		type MilestoneGrace: Get<u32>;
		/// How often the benchmark oracle is asked about a milestone, in blocks.
		type OracleInterval: Get<u32>;
		/// How long prizes and refunds wait for whoever cannot be paid, in blocks.
		type ClaimPeriod: Get<u32>;
		/// The least contribution to a bounty.
		type MinContribution: Get<BalanceOf<Self>>;
		/// Deposit for a post, before its size is counted.
		type PostDepositBase: Get<BalanceOf<Self>>;
		/// Deposit for each byte of a post.
		type PostDepositPerByte: Get<BalanceOf<Self>>;
		/// What is issued to the fund each [`Config::IssuancePeriod`].
		type Issuance: Get<BalanceOf<Self>>;
		/// How often, in blocks.
		type IssuancePeriod: Get<u32>;
		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// Why funds are held: the first three on the fund's account, for what is promised.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Set aside for grants.
		#[codec(index = 0)]
		Grants,
		/// Set aside for bounties, contributions of others included.
		#[codec(index = 1)]
		Bounties,
		/// Set aside for standing rewards.
		#[codec(index = 2)]
		Rewards,
		/// The stake of a proposal in voting.
		#[codec(index = 3)]
		ProposalStake,
		/// The deposit of a post.
		#[codec(index = 4)]
		Post,
		/// The stake of an entry.
		#[codec(index = 5)]
		Entry,
		/// The stake of a judge.
		#[codec(index = 6)]
		Judge,
	}

	// In all maps below, Twox64Concat and Identity stand only where the chain itself gives out the key; what
	// accounts can choose goes through Blake2.

	/// The number that the next proposal takes.
	#[pallet::storage]
	pub type NextProposalId<T> = StorageValue<_, ProposalId, ValueQuery>;

	/// The proposals. Bounded by stakes and slots while they are voted on, by the council's approval or the
	/// time of [`Config::Retention`] after that.
	#[pallet::storage]
	pub type Proposals<T: Config> = StorageMap<_, Twox64Concat, ProposalId, ProposalOf<T>>;

	/// The proposals in voting: what bounds them.
	#[pallet::storage]
	pub type Slots<T: Config> =
		StorageValue<_, BoundedVec<Slot<T::AccountId>, ConstU32<MAX_SLOTS>>, ValueQuery>;

	/// The votes. At most as many a proposal as the largest council has members.
	#[pallet::storage]
	pub type Votes<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ProposalId, Blake2_128Concat, T::AccountId, VoteRecord>;

	/// What became of all proposals. One item for each kind.
	#[pallet::storage]
	pub type ProposalTallies<T> = StorageMap<_, Twox64Concat, Kind, ProposalTally, ValueQuery>;

	/// What kinds of proposals cost and need, where it was set.
	#[pallet::storage]
	pub type Kinds<T: Config> = StorageMap<_, Twox64Concat, Kind, KindParameters<BalanceOf<T>>>;

	/// What is to be done, by block. The block is stored with its most significant byte first and unhashed,
	/// so that the agenda is walked in order. As many as there are things that wait for something.
	#[pallet::storage]
	pub type Agenda<T> = StorageDoubleMap<_, Identity, [u8; 4], Twox64Concat, Step, ()>;

	/// The discussions. One for each proposal; outlives it while it has posts.
	#[pallet::storage]
	pub type Threads<T: Config> = StorageMap<_, Twox64Concat, ProposalId, Thread<T::AccountId>>;

	/// The posts. Bounded by their deposits.
	#[pallet::storage]
	pub type Posts<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		ProposalId,
		Twox64Concat,
		PostId,
		Post<T::AccountId, BalanceOf<T>>,
	>;

	/// The number that the next grant takes.
	#[pallet::storage]
	pub type NextGrantId<T> = StorageValue<_, GrantId, ValueQuery>;

	/// The grants. Those that took effect are never removed; those on record are bounded by [`Records`].
	#[pallet::storage]
	pub type Grants<T: Config> = StorageMap<_, Twox64Concat, GrantId, GrantOf<T>>;

	/// How many grants an account has on record that wait for countersignatures. Bounded for each member.
	#[pallet::storage]
	pub type Records<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// The grants that were agreed off chain and took effect, in numbers.
	#[pallet::storage]
	pub type OffChainGrants<T: Config> = StorageValue<_, GrantTally<BalanceOf<T>>, ValueQuery>;

	/// The grants by vote, in numbers.
	#[pallet::storage]
	pub type VotedGrants<T: Config> = StorageValue<_, GrantTally<BalanceOf<T>>, ValueQuery>;

	/// The number that the next bounty takes.
	#[pallet::storage]
	pub type NextBountyId<T> = StorageValue<_, BountyId, ValueQuery>;

	/// The bounties. Never removed; each one was approved by the council.
	#[pallet::storage]
	pub type Bounties<T: Config> = StorageMap<_, Twox64Concat, BountyId, BountyOf<T>>;

	/// What accounts have given for bounties. Bounded by [`Config::MinContribution`].
	#[pallet::storage]
	pub type Contributions<T: Config> =
		StorageDoubleMap<_, Twox64Concat, BountyId, Blake2_128Concat, T::AccountId, BalanceOf<T>>;

	/// The entries. Bounded for each bounty.
	#[pallet::storage]
	pub type Entries<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		BountyId,
		Blake2_128Concat,
		T::AccountId,
		Entry<BalanceOf<T>>,
	>;

	/// Prizes and fees that wait to be claimed. Bounded for each bounty.
	#[pallet::storage]
	pub type Prizes<T: Config> =
		StorageDoubleMap<_, Twox64Concat, BountyId, Blake2_128Concat, T::AccountId, BalanceOf<T>>;

	/// The standing rewards that are set up.
	#[pallet::storage]
	pub type RewardPools<T: Config> =
		StorageMap<_, Twox64Concat, RewardKind, RewardPool<BalanceOf<T>>>;

	/// How many periods each standing reward has had.
	#[pallet::storage]
	pub type RewardRounds<T> = StorageMap<_, Twox64Concat, RewardKind, u32, ValueQuery>;

	/// What an account got in which period, the last time that it got something. Bounded by payments.
	#[pallet::storage]
	pub type Received<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		RewardKind,
		Blake2_128Concat,
		T::AccountId,
		(u32, BalanceOf<T>),
		ValueQuery,
	>;

	/// In which period a class's schema was last rewarded. At most one item for each class.
	#[pallet::storage]
	pub type RewardedClasses<T> = StorageMap<_, Twox64Concat, ClassId, u32>;

	/// The operators, as the conductor numbers them, whose first activation was rewarded.
	#[pallet::storage]
	pub type RewardedOperators<T> = StorageMap<_, Blake2_128Concat, u32, ()>;

	/// What kinds of proposals cost and need from the start, where it is not the default.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The kinds with their parameters.
		pub kinds: Vec<(Kind, KindParameters<BalanceOf<T>>)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (kind, parameters) in &self.kinds {
				Kinds::<T>::insert(kind, parameters);
			}
			for (kind, parameters) in &self.kinds {
				assert!(
					Pallet::<T>::check_parameters(*kind, parameters).is_ok(),
					"the parameters of {kind:?} are not allowed: {parameters:?}"
				);
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::issue()
		}

		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			Self::serve_agenda(&mut meter);
			meter.consumed()
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
		/// Submits a proposal.
		///
		/// Anyone may, while there is a slot; each member of the council always has one. Holds the kind's
		/// stake, times one more for each proposal of that kind that the account has in voting. A call has
		/// to be noted as a preimage before. Emits `ProposalSubmitted`.
		#[pallet::call_index(0)]
		pub fn submit(
			origin: OriginFor<T>,
			title: Title,
			text: Text,
			action: Action<T::AccountId, BalanceOf<T>>,
		) -> DispatchResult {
			Self::do_submit(ensure_signed(origin)?, title, text, action)
		}

		/// Takes a proposal back and returns its stake.
		///
		/// Its proposer may, while it is voted on. Emits `ProposalCanceled`.
		#[pallet::call_index(1)]
		pub fn cancel(origin: OriginFor<T>, proposal: ProposalId) -> DispatchResult {
			Self::do_cancel(ensure_signed(origin)?, proposal)
		}

		/// Ends a proposal that is voted on or waits out its grace. Its stake goes back.
		///
		/// `VetoOrigin` may. Emits `ProposalVetoed`.
		#[pallet::call_index(2)]
		pub fn veto(origin: OriginFor<T>, proposal: ProposalId) -> DispatchResult {
			T::VetoOrigin::ensure_origin(origin)?;
			Self::do_veto(proposal)
		}

		/// Votes on a proposal, instead of what the member voted before.
		///
		/// Members of the council may, until it is decided. Emits `Voted`, and `ProposalDecided` where no
		/// other vote can change the result any more.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::vote().saturating_add(Pallet::<T>::decide_weight()))]
		pub fn vote(
			origin: OriginFor<T>,
			proposal: ProposalId,
			vote: Vote,
			reason: Reason,
		) -> DispatchResultWithPostInfo {
			let decided = Self::do_vote(ensure_signed(origin)?, proposal, vote, reason)?;
			Ok((!decided).then(T::WeightInfo::vote).into())
		}

		/// Takes a vote back.
		///
		/// Its member may, until the proposal is decided. Emits `VoteRemoved`.
		#[pallet::call_index(4)]
		pub fn remove_vote(origin: OriginFor<T>, proposal: ProposalId) -> DispatchResult {
			Self::do_remove_vote(ensure_signed(origin)?, proposal)
		}

		/// Does what is due: decides a proposal whose voting has ended, or whose result nothing can change;
		/// carries out one whose grace has passed; retries one whose execution failed. A call may weigh
		/// `weight_bound`, with looking it up; the fee covers that, and what is not used is given back.
		///
		/// Anyone may. Emits `ProposalDecided`, `ProposalExecuted` or `ProposalExecutionFailed`.
		#[pallet::call_index(5)]
		#[pallet::weight(
			Pallet::<T>::decide_weight().max(Pallet::<T>::execute_weight()).saturating_add(*weight_bound)
		)]
		pub fn execute(
			origin: OriginFor<T>,
			proposal: ProposalId,
			weight_bound: Weight,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let used = Self::do_execute(proposal, weight_bound)?;
			Ok(Some(used).into())
		}

		/// Opens the discussion of a proposal.
		///
		/// Its proposer may, and members of the council. Emits `ThreadOpened`.
		#[pallet::call_index(6)]
		pub fn open_thread(
			origin: OriginFor<T>,
			proposal: ProposalId,
			mode: ThreadMode<T::AccountId>,
		) -> DispatchResult {
			Self::do_open_thread(ensure_signed(origin)?, proposal, mode)
		}

		/// Posts on a proposal.
		///
		/// Whom the thread lets; the proposer and the council always. Holds a deposit by size. Emits
		/// `Posted`.
		#[pallet::call_index(7)]
		pub fn post(origin: OriginFor<T>, proposal: ProposalId, body: Text) -> DispatchResult {
			Self::do_post(ensure_signed(origin)?, proposal, body)
		}

		/// Replaces what a post says. Its history keeps the hash of what it said before.
		///
		/// Its author may. The deposit follows the size. Emits `PostEdited`.
		#[pallet::call_index(8)]
		pub fn edit_post(
			origin: OriginFor<T>,
			proposal: ProposalId,
			post: PostId,
			body: Text,
		) -> DispatchResult {
			Self::do_edit_post(ensure_signed(origin)?, proposal, post, body)
		}

		/// Deletes a post. While its proposal is there, a trace stays, with the hash of everything it said
		/// and the deposit for an empty post; after that nothing does, and anyone may delete it.
		///
		/// Its author may, and `CouncilOrigin`. Emits `PostDeleted`.
		#[pallet::call_index(9)]
		pub fn delete_post(
			origin: OriginFor<T>,
			proposal: ProposalId,
			post: PostId,
		) -> DispatchResult {
			let who = match T::CouncilOrigin::try_origin(origin) {
				Ok(_) => None,
				Err(origin) => Some(ensure_signed(origin)?),
			};
			Self::do_delete_post(who, proposal, post)
		}

		/// Says who may post.
		///
		/// The proposer may, and members of the council. Emits `ThreadModeSet`.
		#[pallet::call_index(10)]
		pub fn set_thread_mode(
			origin: OriginFor<T>,
			proposal: ProposalId,
			mode: ThreadMode<T::AccountId>,
		) -> DispatchResult {
			Self::do_set_thread_mode(ensure_signed(origin)?, proposal, mode)
		}

		/// Puts a grant on record that was agreed elsewhere, with a link to the decision and its hash. It
		/// takes effect once a majority of the council has signed; this is the first signature.
		///
		/// Members of the council may. Emits `GrantRecorded`.
		#[pallet::call_index(11)]
		pub fn record_grant(
			origin: OriginFor<T>,
			title: Title,
			beneficiary: T::AccountId,
			milestones: Milestones<BalanceOf<T>>,
			link: Link,
			hash: Hash32,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_record_grant(who, title, beneficiary, milestones, link, hash)
		}

		/// Signs a grant on record. With a majority of the council it takes effect, if the fund has enough.
		///
		/// Members of the council may. Emits `GrantCountersigned`, and `GrantApproved` with the majority.
		#[pallet::call_index(12)]
		pub fn countersign_grant(origin: OriginFor<T>, grant: GrantId) -> DispatchResult {
			Self::do_countersign_grant(ensure_signed(origin)?, grant)
		}

		/// Pays a milestone that is released, or whose benchmark is met.
		///
		/// Anyone may. Emits `MilestonePaid`.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::claim_milestone().saturating_add(T::Oracle::weight()))]
		pub fn claim_milestone(
			origin: OriginFor<T>,
			grant: GrantId,
			milestone: u32,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim_milestone(grant, milestone)
		}

		/// Releases a milestone that waits for the council: with a majority of its members it is paid, or
		/// can be claimed where the payment is not possible yet.
		///
		/// Members of the council may, each once; `CouncilOrigin` at once. Emits `MilestoneSigned`, then
		/// `MilestoneReleased`, and `MilestonePaid` or `MilestonePaymentFailed`.
		#[pallet::call_index(14)]
		pub fn release_milestone(
			origin: OriginFor<T>,
			grant: GrantId,
			milestone: u32,
		) -> DispatchResult {
			let who = match T::CouncilOrigin::try_origin(origin) {
				Ok(_) => None,
				Err(origin) => Some(ensure_signed(origin)?),
			};
			Self::do_release_milestone(who, grant, milestone)
		}

		/// Stops what has not been paid of a grant, or takes it off the record.
		///
		/// `CouncilOrigin` may. Emits `GrantStopped`.
		#[pallet::call_index(15)]
		pub fn stop_grant(origin: OriginFor<T>, grant: GrantId) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Self::do_stop_grant(grant)
		}

		/// Gives to the fund.
		///
		/// Anyone may. Emits `FundToppedUp`.
		#[pallet::call_index(16)]
		pub fn top_up(
			origin: OriginFor<T>,
			#[pallet::compact] amount: BalanceOf<T>,
		) -> DispatchResult {
			Self::do_top_up(ensure_signed(origin)?, amount)
		}

		/// Gives to a bounty. Comes back if the bounty fails, and its share of what the winners leave.
		///
		/// Anyone may, while the bounty is open; at least `MinContribution`. Emits `BountyFunded`.
		#[pallet::call_index(17)]
		pub fn fund_bounty(
			origin: OriginFor<T>,
			bounty: BountyId,
			#[pallet::compact] amount: BalanceOf<T>,
		) -> DispatchResult {
			Self::do_fund_bounty(ensure_signed(origin)?, bounty, amount)
		}

		/// Gives a contributor back what is due from a bounty that has ended.
		///
		/// Anyone may. Emits `ContributionReturned`; `ContributionForfeited` where that is still not possible
		/// after the time for it.
		#[pallet::call_index(18)]
		pub fn withdraw_contribution(
			origin: OriginFor<T>,
			bounty: BountyId,
			contributor: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_withdraw_contribution(bounty, contributor)
		}

		/// Enters a bounty.
		///
		/// Whom the bounty lets, while it is open and its judge has accepted. Holds the bounty's entry
		/// stake. Emits `Entered`.
		#[pallet::call_index(19)]
		pub fn enter(origin: OriginFor<T>, bounty: BountyId) -> DispatchResult {
			Self::do_enter(ensure_signed(origin)?, bounty)
		}

		/// Ends an entry. Its stake goes back, unless the bounty has ended and there was no work.
		///
		/// The entrant may, while the bounty is open; anyone, once it has ended. Emits `EntryWithdrawn`.
		#[pallet::call_index(20)]
		pub fn withdraw_entry(
			origin: OriginFor<T>,
			bounty: BountyId,
			entrant: T::AccountId,
		) -> DispatchResult {
			Self::do_withdraw_entry(ensure_signed(origin)?, bounty, entrant)
		}

		/// Submits work, or says where it is, instead of what was submitted before.
		///
		/// Entrants may, while the bounty is open. Emits `WorkSubmitted`.
		#[pallet::call_index(21)]
		pub fn submit_work(origin: OriginFor<T>, bounty: BountyId, work: Text) -> DispatchResult {
			Self::do_submit_work(ensure_signed(origin)?, bounty, work)
		}

		/// Judges a bounty. Where the council judges, the verdict takes effect once a majority gave it.
		///
		/// The bounty's judge may; where that is the council, its members and `CouncilOrigin`. Emits
		/// `VerdictGiven` for a member's, and `BountyJudged` or `BountyFailed` once it takes effect.
		#[pallet::call_index(22)]
		pub fn judge(
			origin: OriginFor<T>,
			bounty: BountyId,
			verdict: Verdict<T::AccountId>,
		) -> DispatchResult {
			let who = match T::CouncilOrigin::try_origin(origin) {
				Ok(_) => None,
				Err(origin) => Some(ensure_signed(origin)?),
			};
			Self::do_judge(who, bounty, verdict)
		}

		/// Pays an account its prize, or its fee as judge.
		///
		/// Anyone may. Emits `PrizePaid`; `PrizeForfeited` where that is still not possible after the time
		/// for it.
		#[pallet::call_index(23)]
		pub fn claim_prize(
			origin: OriginFor<T>,
			bounty: BountyId,
			account: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim_prize(bounty, account)
		}

		/// Sets what a kind of proposal costs and needs. Counts for proposals in voting, too.
		///
		/// `AdminOrigin` may. Emits `KindParametersSet`.
		#[pallet::call_index(24)]
		pub fn set_kind_parameters(
			origin: OriginFor<T>,
			kind: Kind,
			parameters: KindParameters<BalanceOf<T>>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_kind_parameters(kind, parameters)
		}

		/// Sets up a standing reward, or ends it. A new period begins.
		///
		/// `AdminOrigin` may. Emits `StandingRewardSet`.
		#[pallet::call_index(25)]
		pub fn set_standing_reward(
			origin: OriginFor<T>,
			reward: RewardKind,
			terms: Option<StandingReward<BalanceOf<T>>>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_standing_reward(reward, terms)
		}

		/// Accepts to judge a bounty. Holds the stake that its terms name.
		///
		/// The account that the bounty names may, while the bounty is open. Emits `JudgeAccepted`.
		#[pallet::call_index(26)]
		pub fn accept_judging(origin: OriginFor<T>, bounty: BountyId) -> DispatchResult {
			Self::do_accept_judging(ensure_signed(origin)?, bounty)
		}
	}
}
