//! The content directory.

use crate::{
	configs::parameters::dynamic_params::content,
	fees::ToTreasury,
	origins::{CouncilMajority, RootOrCouncilMajority, RootOrCouncilTwoThirds},
	Balances, Proposals, Runtime, RuntimeHoldReason, StorageTranches,
};

impl pallet_content_directory::Config for Runtime {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type ApproveOrigin = CouncilMajority;
	type ActivateOrigin = RootOrCouncilTwoThirds;
	type AdminOrigin = RootOrCouncilMajority;
	type DataObjects = StorageTranches;
	type OnSchemaActivated = Proposals;
	type OnSlash = ToTreasury;
	type EntityDepositBase = content::EntityDepositBase;
	type EntityDepositPerByte = content::EntityDepositPerByte;
	type EntityDepositPerEntry = content::EntityDepositPerEntry;
	type SuggestionDepositBase = content::SuggestionDepositBase;
	type SuggestionDepositPerByte = content::SuggestionDepositPerByte;
	type MinEndorsement = content::MinEndorsement;
	type WeightInfo = pallet_content_directory::weights::SubstrateWeight<Runtime>;
}
