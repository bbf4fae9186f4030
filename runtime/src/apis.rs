//! What the node and clients can ask the runtime.

// `impl_runtime_apis` writes undocumented items.
#![allow(missing_docs)]

use crate::{
	genesis_config_presets, AccountId, Balance, BenchmarkOracle, Block, ContentDirectory,
	Executive, Grandpa, Historical, InherentDataExt, Nonce, Proposals, Runtime, RuntimeCall,
	RuntimeGenesisConfig, SessionKeys, StorageTranches, System, TransactionPayment, SLOT_MILLIS,
	VERSION,
};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
	genesis_builder_helper::{build_state, get_preset},
	traits::KeyOwnerProofSystem,
	view_functions::{ViewFunctionDispatchError, ViewFunctionId},
	weights::Weight,
};
use rome_primitives::benchmark::{
	api::{
		ClockView, GroupView, PercentilesView, ProberView, ProbersPage, RecordView, RevealView,
		RoundResult, RoundView, SumView, TargetView, VerificationView,
	},
	risk::Risk,
	Actor, Metric, ProberId, Role, RoundIndex, Target, Thresholds,
};
use rome_primitives::content::{
	api::{
		ClassView, CuratorGroupView, EntityAs, EntityView, Maintenance, Page, ReadError,
		SchemaView, SuggestionView,
	},
	select::{Plan, Position, Select, SelectError},
	Category, ClassId, CuratorGroupId, EntityId, ObjectHash, PropertyId, Scalar, SchemaVersion,
	SuggestionId, SuggestionStatus, SuggestionTally,
};
use rome_primitives::governance::{
	api::{
		BountiesPage, BountyView, FundView, GrantView, GrantsPage, PostsPage, ProposalView,
		ProposalsPage,
	},
	BountyId, GrantId, Kind, KindParameters, PostId, ProposalId, RewardKind, RewardPool,
};
use rome_primitives::storage::{
	api::{
		BackingView, ObjectView, ObjectsPage, PinQuote, PinView, PinsPage, ProviderView,
		ProvidersPage, StorageParameters, TrancheView, TranchesPage,
	},
	ObjectKey, ProviderId, TrancheId,
};
use sp_api::impl_runtime_apis;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_core::{crypto::KeyTypeId, OpaqueMetadata};
use sp_inherents::{CheckInherentsResult, InherentData};
use sp_runtime::{
	traits::{Block as BlockT, NumberFor},
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, ExtrinsicInclusionMode,
};
use sp_session::OpaqueGeneratedSessionKeys;
use sp_version::RuntimeVersion;

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block)
		}

		fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
		fn execute_view_function(
			id: ViewFunctionId,
			input: Vec<u8>,
		) -> Result<Vec<u8>, ViewFunctionDispatchError> {
			Runtime::execute_view_function(id, input)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> <Block as BlockT>::Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(data: InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			data.create_extrinsics()
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: InherentData,
		) -> CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			transaction: <Block as BlockT>::Extrinsic,
			block_hash: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, transaction, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &<Block as BlockT>::Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_consensus_aura::AuraApi<Block, AuraId> for Runtime {
		fn slot_duration() -> sp_consensus_aura::SlotDuration {
			sp_consensus_aura::SlotDuration::from_millis(SLOT_MILLIS)
		}

		fn authorities() -> Vec<AuraId> {
			pallet_aura::Authorities::<Runtime>::get().into_inner()
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			Grandpa::grandpa_authorities()
		}

		fn current_set_id() -> sp_consensus_grandpa::SetId {
			Grandpa::current_set_id()
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_grandpa::EquivocationProof<
				<Block as BlockT>::Hash,
				NumberFor<Block>,
			>,
			key_owner_proof: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			let key_owner_proof = key_owner_proof.decode()?;
			Grandpa::submit_unsigned_equivocation_report(equivocation_proof, key_owner_proof)
		}

		fn generate_key_ownership_proof(
			_set_id: sp_consensus_grandpa::SetId,
			authority_id: GrandpaId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			Historical::prove((sp_consensus_grandpa::KEY_TYPE, authority_id))
				.map(|proof| proof.encode())
				.map(sp_consensus_grandpa::OpaqueKeyOwnershipProof::new)
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(
			owner: Vec<u8>,
			seed: Option<Vec<u8>>,
		) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance>
		for Runtime
	{
		fn query_info(
			extrinsic: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(extrinsic, len)
		}

		fn query_fee_details(
			extrinsic: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_fee_details(extrinsic, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<
		Block,
		Balance,
		RuntimeCall,
	> for Runtime
	{
		fn query_call_info(
			call: RuntimeCall,
			len: u32,
		) -> pallet_transaction_payment::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_call_info(call, len)
		}

		fn query_call_fee_details(
			call: RuntimeCall,
			len: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_call_fee_details(call, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			build_state::<RuntimeGenesisConfig>(config)
		}

		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, genesis_config_presets::get_preset)
		}

		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			genesis_config_presets::preset_names()
		}
	}

	impl rome_primitives::content::api::ContentDirectoryApi<Block, AccountId, Balance> for Runtime {
		fn classes(after: Option<ClassId>, limit: u32) -> Page<ClassView<AccountId>, ClassId> {
			ContentDirectory::api_classes(after, limit)
		}

		fn class_by_name(name: Vec<u8>) -> Option<ClassView<AccountId>> {
			ContentDirectory::api_class_by_name(name)
		}

		fn schema(class: ClassId, version: SchemaVersion) -> Option<SchemaView> {
			ContentDirectory::api_schema(class, version)
		}

		fn schemas(
			class: ClassId,
			after: Option<SchemaVersion>,
			limit: u32,
		) -> Page<SchemaView, SchemaVersion> {
			ContentDirectory::api_schemas(class, after, limit)
		}

		fn suggestion(id: SuggestionId) -> Option<SuggestionView<AccountId, Balance>> {
			ContentDirectory::api_suggestion(id)
		}

		fn suggestions(
			category: Option<Category>,
			status: Option<SuggestionStatus>,
			after: Option<SuggestionId>,
			limit: u32,
		) -> Page<SuggestionView<AccountId, Balance>, SuggestionId> {
			ContentDirectory::api_suggestions(category, status, after, limit)
		}

		fn suggestion_tallies() -> Vec<(Category, SuggestionTally)> {
			ContentDirectory::api_suggestion_tallies()
		}

		fn entity(id: EntityId) -> Option<EntityView<AccountId, Balance>> {
			ContentDirectory::api_entity(id)
		}

		fn entity_as(
			id: EntityId,
			version: SchemaVersion,
		) -> Result<EntityAs<AccountId>, ReadError> {
			ContentDirectory::api_entity_as(id, version)
		}

		fn entities_as(
			class: ClassId,
			version: SchemaVersion,
			after: Option<EntityId>,
			limit: u32,
		) -> Result<Page<EntityAs<AccountId>, EntityId>, ReadError> {
			ContentDirectory::api_entities_as(class, version, after, limit)
		}

		fn entities_asking(
			class: ClassId,
			version: SchemaVersion,
			after: Option<EntityId>,
			limit: u32,
		) -> Result<Page<EntityAs<AccountId>, EntityId>, ReadError> {
			ContentDirectory::api_entities_asking(class, version, after, limit)
		}

		fn curator_groups(
			after: Option<CuratorGroupId>,
			limit: u32,
		) -> Page<CuratorGroupView<AccountId>, CuratorGroupId> {
			ContentDirectory::api_curator_groups(after, limit)
		}

		fn maintenance(class: ClassId) -> Maintenance {
			ContentDirectory::api_maintenance(class)
		}

		fn entities(
			class: ClassId,
			after: Option<EntityId>,
			limit: u32,
		) -> Page<EntityView<AccountId, Balance>, EntityId> {
			ContentDirectory::api_entities(class, after, limit)
		}

		fn entities_of(
			owner: AccountId,
			class: Option<ClassId>,
			after: Option<EntityId>,
			limit: u32,
		) -> Page<EntityView<AccountId, Balance>, EntityId> {
			ContentDirectory::api_entities_of(owner, class, after, limit)
		}

		fn entity_by_unique(
			class: ClassId,
			property: PropertyId,
			value: Scalar,
		) -> Option<EntityView<AccountId, Balance>> {
			ContentDirectory::api_entity_by_unique(class, property, value)
		}

		fn entities_by_index(
			class: ClassId,
			property: PropertyId,
			value: Scalar,
			after: Option<EntityId>,
			limit: u32,
		) -> Page<EntityView<AccountId, Balance>, EntityId> {
			ContentDirectory::api_entities_by_index(class, property, value, after, limit)
		}

		fn quota(class: ClassId, account: AccountId) -> (u32, Option<u32>) {
			ContentDirectory::api_quota(class, account)
		}

		fn select(query: Select) -> Result<Page<EntityAs<AccountId>, Position>, SelectError> {
			ContentDirectory::api_select(query)
		}

		fn explain_select(query: Select) -> Result<Plan, SelectError> {
			ContentDirectory::api_explain_select(query)
		}
	}

	impl rome_primitives::governance::api::ProposalsApi<Block, AccountId, Balance> for Runtime {
		fn proposals(
			before: Option<ProposalId>,
			limit: u32,
		) -> ProposalsPage<AccountId, Balance> {
			Proposals::api_proposals(before, limit)
		}

		fn proposal(id: ProposalId) -> Option<ProposalView<AccountId, Balance>> {
			Proposals::api_proposal(id)
		}

		fn kinds() -> Vec<(Kind, KindParameters<Balance>)> {
			Proposals::api_kinds()
		}

		fn grants(after: Option<GrantId>, limit: u32) -> GrantsPage<AccountId, Balance> {
			Proposals::api_grants(after, limit)
		}

		fn grant(id: GrantId) -> Option<GrantView<AccountId, Balance>> {
			Proposals::api_grant(id)
		}

		fn bounties(after: Option<BountyId>, limit: u32) -> BountiesPage<AccountId, Balance> {
			Proposals::api_bounties(after, limit)
		}

		fn bounty(id: BountyId) -> Option<BountyView<AccountId, Balance>> {
			Proposals::api_bounty(id)
		}

		fn contribution(bounty: BountyId, account: AccountId) -> Balance {
			Proposals::api_contribution(bounty, account)
		}

		fn fund() -> FundView<AccountId, Balance> {
			Proposals::api_fund()
		}

		fn posts(
			proposal: ProposalId,
			after: Option<PostId>,
			limit: u32,
		) -> PostsPage<AccountId, Balance> {
			Proposals::api_posts(proposal, after, limit)
		}

		fn standing_rewards() -> Vec<(RewardKind, RewardPool<Balance>)> {
			Proposals::api_standing_rewards()
		}
	}

	impl rome_primitives::storage::api::StorageTranchesApi<Block, AccountId, Balance> for Runtime {
		fn parameters() -> StorageParameters {
			StorageTranches::api_parameters()
		}

		fn provider(id: ProviderId) -> Option<ProviderView<AccountId, Balance>> {
			StorageTranches::api_provider(id)
		}

		fn provider_of(operator: AccountId) -> Option<ProviderView<AccountId, Balance>> {
			StorageTranches::api_provider_of(operator)
		}

		fn providers(
			after: Option<ProviderId>,
			limit: u32,
		) -> ProvidersPage<AccountId, Balance> {
			StorageTranches::api_providers(after, limit)
		}

		fn tranche(id: TrancheId) -> Option<TrancheView<AccountId>> {
			StorageTranches::api_tranche(id)
		}

		fn tranches(after: Option<TrancheId>, limit: u32) -> TranchesPage<AccountId> {
			StorageTranches::api_tranches(after, limit)
		}

		fn object(key: ObjectKey) -> Option<ObjectView> {
			StorageTranches::api_object(key)
		}

		fn objects_of(hash: ObjectHash) -> Vec<ObjectView> {
			StorageTranches::api_objects_of(hash)
		}

		fn incomplete(tranche: TrancheId, after: Option<ObjectKey>, limit: u32) -> ObjectsPage {
			StorageTranches::api_incomplete(tranche, after, limit)
		}

		fn holdings(provider: ProviderId, after: Option<ObjectKey>, limit: u32) -> ObjectsPage {
			StorageTranches::api_holdings(provider, after, limit)
		}

		fn pin(account: AccountId, hash: ObjectHash) -> Option<PinView<AccountId, Balance>> {
			StorageTranches::api_pin(account, hash)
		}

		fn pins(
			account: AccountId,
			after: Option<ObjectHash>,
			limit: u32,
		) -> PinsPage<AccountId, Balance> {
			StorageTranches::api_pins(account, after, limit)
		}

		fn may_upload(account: AccountId, key: ObjectKey) -> bool {
			StorageTranches::api_may_upload(account, key)
		}

		fn quote(size: u64, eras: u32) -> PinQuote<Balance> {
			StorageTranches::api_quote(size, eras)
		}

		fn backing() -> BackingView<AccountId, Balance> {
			StorageTranches::api_backing()
		}
	}

	impl rome_primitives::benchmark::api::BenchmarkOracleApi<Block, AccountId, Balance> for Runtime {
		fn clock() -> ClockView {
			BenchmarkOracle::api_clock()
		}

		fn round(round: RoundIndex) -> Option<RoundView> {
			BenchmarkOracle::api_round(round)
		}

		fn reveals(round: RoundIndex) -> Vec<RevealView> {
			BenchmarkOracle::api_reveals(round)
		}

		fn prober(id: ProberId) -> Option<ProberView<AccountId, Balance>> {
			BenchmarkOracle::api_prober(id)
		}

		fn prober_of(key: AccountId) -> Option<ProberView<AccountId, Balance>> {
			BenchmarkOracle::api_prober_of(key)
		}

		fn probers(after: Option<ProberId>, limit: u32) -> ProbersPage<AccountId, Balance> {
			BenchmarkOracle::api_probers(after, limit)
		}

		fn target(actor: Actor) -> Option<TargetView<AccountId>> {
			BenchmarkOracle::api_target(actor)
		}

		fn results(actor: Actor) -> Vec<RoundResult> {
			BenchmarkOracle::api_results(actor)
		}

		fn record(actor: Actor) -> RecordView {
			BenchmarkOracle::api_record(actor)
		}

		fn sum(role: Role) -> SumView {
			BenchmarkOracle::api_sum(role)
		}

		fn group(target: Target) -> GroupView {
			BenchmarkOracle::api_group(target)
		}

		fn percentiles(actor: Actor, metric: Metric, from_day: u32, to_day: u32) -> PercentilesView {
			BenchmarkOracle::api_percentiles(actor, metric, from_day, to_day)
		}

		fn verification(actor: Actor) -> Option<VerificationView> {
			BenchmarkOracle::api_verification(actor)
		}

		fn thresholds(role: Role) -> Thresholds {
			BenchmarkOracle::api_thresholds(role)
		}

		fn reports(target: Target) -> Vec<(AccountId, u32, Vec<u8>)> {
			BenchmarkOracle::api_reports(target)
		}

		fn risks() -> Vec<Risk> {
			BenchmarkOracle::api_risks()
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(
			extra: bool,
		) -> (
			Vec<frame_benchmarking::BenchmarkList>,
			Vec<frame_support::traits::StorageInfo>,
		) {
			crate::benchmarks::metadata(extra)
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			crate::benchmarks::dispatch(config)
		}
	}

	#[cfg(feature = "try-runtime")]
	impl frame_try_runtime::TryRuntime<Block> for Runtime {
		fn on_runtime_upgrade(
			checks: frame_try_runtime::UpgradeCheckSelect,
		) -> (Weight, Weight) {
			let weight = Executive::try_runtime_upgrade(checks)
				.expect("a failed check is what try-runtime is there to show");
			(weight, crate::configs::system::MAX_BLOCK_WEIGHT)
		}

		fn execute_block(
			block: <Block as BlockT>::LazyBlock,
			state_root_check: bool,
			signature_check: bool,
			select: frame_try_runtime::TryStateSelect,
		) -> Weight {
			Executive::try_execute_block(block, state_root_check, signature_check, select)
				.expect("a failed check is what try-runtime is there to show")
		}
	}
}
