//! Proposals and the community fund.

use crate::{
	configs::{
		currency::{TreasuryAccount, EXISTENTIAL_DEPOSIT},
		governance::{CouncilCollective, DesiredMembers},
		parameters::dynamic_params::proposals,
		system::MAX_BLOCK_WEIGHT,
	},
	origins::{RootOrCouncilMajority, RootOrCouncilTwoThirds},
	AccountId, Balance, Balances, BlockNumber, ContentDirectory, Preimage, Proposals, Runtime,
	RuntimeCall, RuntimeHoldReason, RuntimeOrigin, DAYS, HOURS, ROME,
};
use alloc::vec::Vec;
use frame_support::{parameter_types, traits::Get, weights::Weight};
use pallet_content_directory::WeightInfo;
use rome_primitives::{
	content::{OnSchemaActivated, SuggestionId},
	governance::{Council, Kind, KindParameters, SchemaDecisions},
};
use sp_runtime::{traits::Convert, DispatchResult, Perbill};

/// The council as the elections installed it.
pub struct ElectedCouncil;

impl Council<AccountId> for ElectedCouncil {
	fn members() -> Vec<AccountId> {
		pallet_collective::Members::<Runtime, CouncilCollective>::get()
	}

	fn seats() -> u32 {
		DesiredMembers::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_members(members: &[AccountId]) {
		let mut members = members.to_vec();
		members.sort();
		pallet_collective::Members::<Runtime, CouncilCollective>::put(members);
	}
}

/// The authority of so many approvals in a council of so many: what a motion with these votes would have.
pub struct ApprovedOrigin;

impl Convert<(u32, u32), RuntimeOrigin> for ApprovedOrigin {
	fn convert((approvals, members): (u32, u32)) -> RuntimeOrigin {
		pallet_collective::RawOrigin::<AccountId, CouncilCollective>::Members(approvals, members)
			.into()
	}
}

/// Suggested schemas in the content directory.
pub struct Directory;

impl SchemaDecisions<RuntimeOrigin> for Directory {
	fn approve(origin: RuntimeOrigin, suggestion: SuggestionId) -> DispatchResult {
		ContentDirectory::approve_schema(origin, suggestion)
	}

	fn activate(origin: RuntimeOrigin, suggestion: SuggestionId) -> DispatchResult {
		ContentDirectory::activate_schema(origin, suggestion)
	}

	fn weight() -> Weight {
		type W = <Runtime as pallet_content_directory::Config>::WeightInfo;
		let activate = W::activate_schema()
			.saturating_add(<Proposals as OnSchemaActivated<AccountId>>::weight());
		W::approve_schema().max(activate)
	}
}

/// What kinds of proposals cost and need until the council says otherwise.
///
/// Where the directory or a call asks for two thirds of the council, two thirds have to approve: a lower
/// threshold would decide such a proposal early, with too little authority to carry it out.
pub struct KindDefaults;

impl Convert<Kind, KindParameters<Balance>> for KindDefaults {
	fn convert(kind: Kind) -> KindParameters<Balance> {
		let majority = Perbill::from_percent(51);
		let most = Perbill::from_percent(60);
		let two_thirds = Perbill::from_rational(2u32, 3);
		let all = Perbill::from_percent(100);
		let (threshold, quorum, voting_period, grace, stake) = match kind {
			Kind::Signal => (majority, most, 3 * DAYS, 0, 20),
			Kind::Grant | Kind::Bounty => (most, most, 5 * DAYS, DAYS, 50),
			Kind::Spend => (two_thirds, two_thirds, 5 * DAYS, DAYS, 50),
			Kind::ApproveSchema => (majority, most, 3 * DAYS, HOURS, 10),
			Kind::ActivateSchema => (two_thirds, two_thirds, 3 * DAYS, HOURS, 10),
			Kind::Dispatch => (two_thirds, two_thirds, 5 * DAYS, DAYS, 100),
			Kind::RootDispatch => (all, all, 7 * DAYS, 7 * DAYS, 500),
		};
		KindParameters { threshold, quorum, voting_period, grace, stake: stake * ROME }
	}
}

/// [`proposals::MinContribution`], clamped: less could not be given back.
pub struct MinContribution;
impl Get<Balance> for MinContribution {
	fn get() -> Balance {
		proposals::MinContribution::get().max(EXISTENTIAL_DEPOSIT)
	}
}

parameter_types! {
	/// The most that a call of a proposal weighs: half of a block, so that a new runtime fits.
	pub MaxDispatchWeight: Weight = Perbill::from_percent(50) * MAX_BLOCK_WEIGHT;
	/// What has root's authority never comes sooner.
	pub const MinRootGrace: BlockNumber = HOURS;
	/// How long a failed execution can be retried.
	pub const RetryPeriod: BlockNumber = 7 * DAYS;
	/// How long what became of a proposal can be read.
	pub const Retention: BlockNumber = 90 * DAYS;
	/// How long a recorded grant can be countersigned.
	pub const RecordPeriod: BlockNumber = 14 * DAYS;
	/// How long after its due date a milestone lapses.
	pub const MilestoneGrace: BlockNumber = 14 * DAYS;
	/// How often the benchmark oracle is asked about a milestone.
	pub const OracleInterval: BlockNumber = HOURS;
	/// How long prizes and refunds wait for whoever cannot be paid.
	pub const ClaimPeriod: BlockNumber = 90 * DAYS;
	/// How often the fund is issued its part.
	pub const IssuancePeriod: BlockNumber = DAYS;
}

impl pallet_proposals::Config for Runtime {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type FundAccount = TreasuryAccount;
	type Council = ElectedCouncil;
	type ApprovedOrigin = ApprovedOrigin;
	type CouncilOrigin = RootOrCouncilMajority;
	type AdminOrigin = RootOrCouncilTwoThirds;
	// Root, and the council itself by an emergency motion: once there is no root, an election in the middle of
	// a grace still ends well.
	type VetoOrigin = RootOrCouncilTwoThirds;
	type DispatchCall = RuntimeCall;
	type Preimages = Preimage;
	type MaxDispatchWeight = MaxDispatchWeight;
	type Schemas = Directory;
	// There is no benchmark oracle yet: it has measured nothing.
	type Oracle = ();
	type KindDefaults = KindDefaults;
	type MinRootGrace = MinRootGrace;
	type RetryPeriod = RetryPeriod;
	type Retention = Retention;
	type RecordPeriod = RecordPeriod;
	type MilestoneGrace = MilestoneGrace;
	type OracleInterval = OracleInterval;
	type ClaimPeriod = ClaimPeriod;
	type MinContribution = MinContribution;
	type PostDepositBase = proposals::PostDepositBase;
	type PostDepositPerByte = proposals::PostDepositPerByte;
	type Issuance = proposals::Issuance;
	type IssuancePeriod = IssuancePeriod;
	type WeightInfo = pallet_proposals::weights::SubstrateWeight<Runtime>;
}
