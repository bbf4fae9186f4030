//! Who decides, and when: sudo, the council, its election, and the agenda. What the council decides on is in
//! [`proposals`](super::proposals).

use crate::{
	configs::{
		parameters::TermDuration,
		system::{RuntimeBlockWeights, MAX_BLOCK_WEIGHT},
	},
	fees::TreasuryOnSlash,
	origins::RootOrCouncilTwoThirds,
	AccountId, Balance, Balances, BlockNumber, Council, OriginCaller, Preimage, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeHoldReason, RuntimeOrigin, System, DAYS, MICROROME,
	MILLIROME, ROME,
};
use frame_support::{
	parameter_types,
	traits::{
		fungible::HoldConsideration, ConstU32, EqualPrivilegeOnly, LinearStoragePrice,
		LockIdentifier,
	},
	weights::Weight,
};
use frame_system::{EnsureNever, EnsureRoot};
use sp_runtime::{traits::Convert, Perbill};

impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}

/// The council, among the collectives that may come.
pub type CouncilCollective = pallet_collective::Instance1;

/// The most members that the council can have.
pub const MAX_COUNCIL_MEMBERS: u32 = 32;

parameter_types! {
	/// A motion that has not passed by then is closed.
	pub const MotionDuration: BlockNumber = 3 * DAYS;
	/// The heaviest call that a motion can carry.
	pub MaxProposalWeight: Weight = Perbill::from_percent(50) * MAX_BLOCK_WEIGHT;
	/// Names the hold for a motion.
	pub const CouncilProposalHold: RuntimeHoldReason =
		RuntimeHoldReason::Council(pallet_collective::HoldReason::ProposalSubmission);
}

/// How many motions can be open at a time.
pub const MAX_PROPOSALS: u32 = 100;

/// What the proposer of a motion holds, by how many others are open: nothing for the first two, then
/// 20 ROME more each time, so that a single member can fill the list only at a price.
pub struct ProposalDeposit;

impl Convert<u32, Balance> for ProposalDeposit {
	fn convert(open: u32) -> Balance {
		Balance::from(open.saturating_sub(1)).saturating_mul(20 * ROME)
	}
}

impl pallet_collective::Config<CouncilCollective> for Runtime {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = MotionDuration;
	type MaxProposals = ConstU32<MAX_PROPOSALS>;
	type MaxMembers = ConstU32<MAX_COUNCIL_MEMBERS>;
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	// Only the elections install members; root can remove one through them.
	type SetMembersOrigin = EnsureNever<()>;
	type MaxProposalWeight = MaxProposalWeight;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Consideration =
		HoldConsideration<AccountId, Balances, CouncilProposalHold, ProposalDeposit, u32>;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// Names the lock on a voter's stake.
	pub const ElectionsLock: LockIdentifier = *b"rm/elect";
	/// Held from a candidate, and lost by one that nobody elects.
	pub const CandidacyBond: Balance = 1_000 * ROME;
	/// Held from a voter. An election with more than [`MaxVoters`] voters does not happen, so this is
	/// what it costs to stop one: see the integrity tests.
	pub const VotingBondBase: Balance = 10 * ROME;
	/// Held for each vote of a voter.
	pub const VotingBondFactor: Balance = 100 * MILLIROME;
	/// Seats in the council.
	pub const DesiredMembers: u32 = 7;
	/// Who steps in when a member leaves.
	pub const DesiredRunnersUp: u32 = 7;
	/// The most candidates in an election.
	pub const MaxCandidates: u32 = 100;
	/// The most voters in an election.
	pub const MaxVoters: u32 = 10_000;
	/// The most votes of a voter.
	pub const MaxVotesPerVoter: u32 = 16;
}

impl pallet_elections_phragmen::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type PalletId = ElectionsLock;
	type Currency = Balances;
	type ChangeMembers = Council;
	type InitializeMembers = Council;
	type CurrencyToVote = sp_staking::currency_to_vote::U128CurrencyToVote;
	type CandidacyBond = CandidacyBond;
	type VotingBondBase = VotingBondBase;
	type VotingBondFactor = VotingBondFactor;
	type LoserCandidate = TreasuryOnSlash;
	type KickedMember = TreasuryOnSlash;
	type DesiredMembers = DesiredMembers;
	type DesiredRunnersUp = DesiredRunnersUp;
	type TermDuration = TermDuration;
	type MaxCandidates = MaxCandidates;
	type MaxVoters = MaxVoters;
	type MaxVotesPerVoter = MaxVotesPerVoter;
	type WeightInfo = pallet_elections_phragmen::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// Names the hold for a preimage.
	pub const PreimageHold: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
	/// Held for a preimage, whatever its size.
	pub const PreimageBaseDeposit: Balance = ROME;
	/// Held for each byte of a preimage.
	pub const PreimageByteDeposit: Balance = 100 * MICROROME;
}

impl pallet_preimage::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	// A preimage's footprint counts one item, so that the price of its bytes is paid once.
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHold,
		LinearStoragePrice<PreimageBaseDeposit, PreimageByteDeposit, Balance>,
	>;
	type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// What the agenda may take of a block.
	pub MaximumSchedulerWeight: Weight =
		Perbill::from_percent(80) * RuntimeBlockWeights::get().max_block;
}

impl pallet_scheduler::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type MaximumWeight = MaximumSchedulerWeight;
	type ScheduleOrigin = RootOrCouncilTwoThirds;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	type MaxScheduledPerBlock = ConstU32<50>;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
}
