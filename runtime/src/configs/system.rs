//! Blocks: their size, their weight and what an extrinsic is made of.

use crate::{
	AccountId, Balance, Block, Hash, Nonce, PalletInfo, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeOrigin, RuntimeTask, TxExtension, UncheckedExtrinsic, SS58_PREFIX, VERSION,
};
use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::{ConstU32, Contains, InsideBoth},
	weights::{
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_SECOND},
		Weight,
	},
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_runtime::{generic::Era, Perbill};
use sp_version::RuntimeVersion;

/// How long a full block may take to execute: a third of the slot.
pub const MAX_BLOCK_WEIGHT: Weight = Weight::from_parts(2 * WEIGHT_REF_TIME_PER_SECOND, u64::MAX);

/// What ordinary transactions may take of a block; the rest is kept for operational ones.
pub const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);

/// The length of a full block, in bytes.
pub const MAX_BLOCK_LENGTH: u32 = 5 * 1024 * 1024;

parameter_types! {
	/// The version that transactions are signed for.
	pub const Version: RuntimeVersion = VERSION;
	/// See [`MAX_BLOCK_WEIGHT`].
	pub RuntimeBlockWeights: BlockWeights =
		BlockWeights::with_sensible_defaults(MAX_BLOCK_WEIGHT, NORMAL_DISPATCH_RATIO);
	/// See [`MAX_BLOCK_LENGTH`].
	pub RuntimeBlockLength: BlockLength = BlockLength::builder()
		.max_length(MAX_BLOCK_LENGTH)
		.modify_max_length_for_class(DispatchClass::Normal, |length| {
			*length = NORMAL_DISPATCH_RATIO * MAX_BLOCK_LENGTH
		})
		.build();
	/// See [`SS58_PREFIX`].
	pub const SS58Prefix: u16 = SS58_PREFIX;
}

/// Keeps candidacy closed. Without slashing, whoever pays for a third of the seats could stop
/// finality at no loss; so validators are only named by the council or root, and not even the
/// council can open candidacy without an upgrade of the runtime that has thought of slashing.
pub struct ClosedCandidacy;

impl Contains<RuntimeCall> for ClosedCandidacy {
	fn contains(call: &RuntimeCall) -> bool {
		use pallet_collator_selection::Call;
		!matches!(
			call,
			RuntimeCall::CollatorSelection(
				Call::register_as_candidate { .. }
					| Call::take_candidate_slot { .. }
					| Call::set_desired_candidates { .. }
					| Call::set_candidacy_bond { .. }
			)
		)
	}
}

/// Keeps the council's own motions to emergencies. The council decides by proposals, with reasons, a grace and
/// a record; a motion knows none of that, and is there for what cannot wait: it stops things, and does nothing
/// else. See [`is_emergency`].
pub struct EmergencyMotions;

impl Contains<RuntimeCall> for EmergencyMotions {
	fn contains(call: &RuntimeCall) -> bool {
		use pallet_collective::Call;
		match call {
			RuntimeCall::Council(Call::propose { proposal, .. }) => is_emergency(proposal),
			// By a single member, without a vote: nothing there needs no more than that.
			RuntimeCall::Council(Call::execute { .. }) => false,
			_ => true,
		}
	}
}

/// Whether a motion may carry `call`: it vetoes a proposal, stops a grant, a class, a migration or what is
/// scheduled, rejects a schema, or removes a validator.
pub fn is_emergency(call: &RuntimeCall) -> bool {
	use rome_primitives::content::ClassStatus;
	match call {
		RuntimeCall::Proposals(call) => matches!(
			call,
			pallet_proposals::Call::veto { .. } | pallet_proposals::Call::stop_grant { .. }
		),
		RuntimeCall::ContentDirectory(call) => matches!(
			call,
			pallet_content_directory::Call::reject_schema { .. }
				| pallet_content_directory::Call::cancel_migration { .. }
				| pallet_content_directory::Call::set_class_status {
					status: ClassStatus::Paused,
					..
				}
		),
		RuntimeCall::CollatorSelection(call) => {
			matches!(call, pallet_collator_selection::Call::remove_invulnerable { .. })
		},
		RuntimeCall::Scheduler(call) => matches!(
			call,
			pallet_scheduler::Call::cancel { .. } | pallet_scheduler::Call::cancel_named { .. }
		),
		_ => false,
	}
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type BaseCallFilter = InsideBoth<ClosedCandidacy, EmergencyMotions>;
	type Block = Block;
	type BlockWeights = RuntimeBlockWeights;
	type BlockLength = RuntimeBlockLength;
	// Four hours: how long a signed transaction can at most stay valid.
	type BlockHashCount = ConstU32<2400>;
	type AccountId = AccountId;
	type Nonce = Nonce;
	type Hash = Hash;
	type DbWeight = ParityDbWeight;
	type Version = Version;
	type AccountData = pallet_balances::AccountData<Balance>;
	type SS58Prefix = SS58Prefix;
	type MaxConsumers = ConstU32<64>;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
}

impl<LocalCall> frame_system::offchain::CreateTransactionBase<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<LocalCall> frame_system::offchain::CreateTransaction<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	type Extension = TxExtension;

	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_transaction(call, extension)
	}
}

// Probers send what is due by extrinsics that authorise themselves.
impl<LocalCall> frame_system::offchain::CreateAuthorizedTransaction<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	fn create_extension() -> TxExtension {
		(
			frame_system::AuthorizeCall::new(),
			frame_system::CheckNonZeroSender::new(),
			frame_system::CheckSpecVersion::new(),
			frame_system::CheckTxVersion::new(),
			frame_system::CheckGenesis::new(),
			frame_system::CheckEra::from(Era::Immortal),
			frame_system::CheckNonce::from(0),
			frame_system::CheckWeight::new(),
			pallet_transaction_payment::ChargeTransactionPayment::from(0),
			frame_metadata_hash_extension::CheckMetadataHash::new(false),
			frame_system::WeightReclaim::new(),
		)
	}
}

// GRANDPA reports equivocations by an extrinsic without a signature.
impl<LocalCall> frame_system::offchain::CreateBare<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}
