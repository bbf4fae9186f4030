//! Storage: providers, tranches, pins.

use crate::{
	configs::{benchmark::OracleOrList, parameters::dynamic_params::storage},
	fees::ToTreasury,
	origins::{Conductor, RootOrCouncilMajority},
	AccountId, Balances, BlockNumber, ContentDirectory, Proposals, Runtime, RuntimeHoldReason,
	DAYS,
};
use frame_support::{parameter_types, PalletId};
use frame_system::EnsureRoot;
use sp_runtime::Perbill;

parameter_types! {
	/// Names the account that pay waits in.
	pub const StoragePalletId: PalletId = PalletId(*b"rome/sto");
	/// From here on a block counts as full. The heaviest ordinary call takes less than the rest, so that
	/// blocks that ordinary transactions wait for are full.
	pub const FullBlock: Perbill = Perbill::from_percent(75);
	pub const BlocksPerYear: BlockNumber = 365 * DAYS;
}

impl pallet_storage_tranches::Config for Runtime {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type ConductorOrigin = Conductor;
	type AdminOrigin = RootOrCouncilMajority;
	type AttestOrigin = EnsureRoot<AccountId>;
	type CapacityOracle = OracleOrList;
	type OnProviderActivated = Proposals;
	type OnSlash = ToTreasury;
	type PalletId = StoragePalletId;
	type FullBlock = FullBlock;
	type UploadQuorum = storage::UploadQuorum;
	type HeartbeatInterval = storage::HeartbeatInterval;
	type MissedToSuspend = storage::MissedToSuspend;
	type MissedToFail = storage::MissedToFail;
	type KeptShare = storage::KeptShare;
	type EraLength = storage::EraLength;
	type MaxTerm = storage::MaxTerm;
	type PendingBlocks = storage::PendingBlocks;
	type MaxPendingObjects = storage::MaxPendingObjects;
	type MaxPendingBytes = storage::MaxPendingBytes;
	type MinStake = storage::MinStake;
	type StakePerGib = storage::StakePerGib;
	type FeePerObject = storage::FeePerObject;
	type FeePerGib = storage::FeePerGib;
	type DistributionShare = storage::DistributionShare;
	type ProbingShare = storage::ProbingShare;
	type PinDeposit = storage::PinDeposit;
	type GraceEras = storage::GraceEras;
	type LeavingNotice = storage::LeavingNotice;
	type ForfeitShare = storage::ForfeitShare;
	type FailureSlash = storage::FailureSlash;
	type LossFee = storage::LossFee;
	type SlashCap = storage::SlashCap;
	type SlashDeferral = storage::SlashDeferral;
	type MaxMaintenance = storage::MaxMaintenance;
	type MaintenanceGap = storage::MaintenanceGap;
	type Entities = ContentDirectory;
	type YearlyIssuance = storage::YearlyIssuance;
	type BlocksPerYear = BlocksPerYear;
	type WeightInfo = pallet_storage_tranches::weights::SubstrateWeight<Runtime>;
}
