//! Rome's runtime: the pallets, their configuration, and nothing else.
//!
//! - [`configs`]: one file a theme.
//! - [`origins`]: who may decide what, named once.
//! - [`validators`]: how the invulnerables become the validator set, and what an equivocation costs.
//! - [`fees`]: where the fees go.
//! - [`genesis_config_presets`]: the `development` and `local_testnet` chains.

#![cfg_attr(not(feature = "std"), no_std)]
// `construct_runtime`'s successor nests one type per pallet.
#![recursion_limit = "512"]
// `#[frame_support::runtime]` writes undocumented items.
#![allow(missing_docs)]

extern crate alloc;

pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
pub mod configs;
pub mod fees;
pub mod genesis_config_presets;
pub mod origins;
#[cfg(test)]
mod tests;
pub mod validators;

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{
	generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

pub use configs::parameters::{dynamic_params, RuntimeParameters};

/// The token's symbol, for chain specs and offline signers.
pub const TOKEN_SYMBOL: &str = "ROME";
/// How many decimals the token has: 1 ROME is 10^12 plancks.
pub const TOKEN_DECIMALS: u8 = 12;
/// The SS58 prefix of addresses.
pub const SS58_PREFIX: u16 = 42;

/// 1 ROME.
pub const ROME: Balance = 1_000_000_000_000;
/// A thousandth of a ROME.
pub const MILLIROME: Balance = ROME / 1_000;
/// A millionth of a ROME.
pub const MICROROME: Balance = MILLIROME / 1_000;

/// The time between two blocks, in milliseconds. Cannot be changed while the chain runs.
pub const SLOT_MILLIS: u64 = 6_000;
/// A minute, in blocks.
pub const MINUTES: BlockNumber = 60_000 / (SLOT_MILLIS as BlockNumber);
/// An hour, in blocks.
pub const HOURS: BlockNumber = MINUTES * 60;
/// A day, in blocks.
pub const DAYS: BlockNumber = HOURS * 24;

/// A signature of one of the three usual kinds.
pub type Signature = MultiSignature;
/// An account: a public key or the hash of one.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// An amount of plancks.
pub type Balance = u128;
/// How many transactions an account has sent.
pub type Nonce = u32;
/// A hash of anything.
pub type Hash = sp_core::H256;
/// The height of a block.
pub type BlockNumber = u32;
/// An account as extrinsics name it.
pub type Address = MultiAddress<AccountId, ()>;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block with its finality proof.
pub type SignedBlock = generic::SignedBlock<Block>;
/// The name of a block: its hash or height.
pub type BlockId = generic::BlockId<Block>;

/// What every signed transaction is checked for and charged with, in this order. Clients derive the
/// signed payload from it: an extension with data of its own would break wallets.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// An extrinsic as it arrives.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What the signer of a transaction signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// Executes blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// Types that a node can use without knowing the runtime: blocks whose extrinsics are bytes.
pub mod opaque {
	use super::*;

	/// An extrinsic that nobody has decoded.
	pub type UncheckedExtrinsic = sp_runtime::OpaqueExtrinsic;
	/// A block's header.
	pub type Header = super::Header;
	/// A block of opaque extrinsics.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;
	/// A block's hash.
	pub type Hash = super::Hash;
}

impl_opaque_keys! {
	/// The keys of a validator: one to author blocks, one to vote on finality.
	pub struct SessionKeys {
		/// Block production.
		pub aura: Aura,
		/// Finality.
		pub grandpa: Grandpa,
	}
}

// The attribute reads the version as it is written here, so it has to be a literal.
macro_rules! runtime_version {
	($spec_version:tt) => {
		/// This runtime's version.
		#[sp_version::runtime_version]
		pub const VERSION: RuntimeVersion = RuntimeVersion {
			spec_name: Cow::Borrowed("rome"),
			impl_name: Cow::Borrowed("rome-node"),
			authoring_version: 1,
			spec_version: $spec_version,
			impl_version: 1,
			apis: apis::RUNTIME_API_VERSIONS,
			transaction_version: 1,
			system_version: 1,
		};
	};
}

#[cfg(not(feature = "next-version"))]
runtime_version!(1);

// What the end-to-end test of an upgrade upgrades to: above every version that there will be.
#[cfg(feature = "next-version")]
runtime_version!(1_000_000);

/// The pallets.
///
/// Indices are part of every encoded call, event and error: one is never reused or moved. Themes
/// start at round numbers and leave gaps for what is still to come. The hooks run in this order, and
/// the genesis state is built in it, hence:
///
/// - authorship before session: the author of a block is found among the validators of the session
///   that the block began in;
/// - collator-selection before session: the first validators are read from it;
/// - council before elections: the elected members are installed in it.
#[frame_support::runtime]
#[allow(missing_docs)]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	// 0 to 9: the foundations.
	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Runtime>;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp::Pallet<Runtime>;
	#[runtime::pallet_index(2)]
	pub type Parameters = pallet_parameters::Pallet<Runtime>;

	// 10 to 19: money.
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances::Pallet<Runtime>;
	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment::Pallet<Runtime>;
	#[runtime::pallet_index(12)]
	pub type Treasury = pallet_treasury::Pallet<Runtime>;

	// 20 to 29: validators and consensus.
	#[runtime::pallet_index(20)]
	pub type Aura = pallet_aura::Pallet<Runtime>;
	#[runtime::pallet_index(21)]
	pub type Authorship = pallet_authorship::Pallet<Runtime>;
	#[runtime::pallet_index(22)]
	pub type CollatorSelection = pallet_collator_selection::Pallet<Runtime>;
	#[runtime::pallet_index(23)]
	pub type Session = pallet_session::Pallet<Runtime>;
	#[runtime::pallet_index(24)]
	pub type Historical = pallet_session::historical::Pallet<Runtime>;
	#[runtime::pallet_index(25)]
	pub type Grandpa = pallet_grandpa::Pallet<Runtime>;
	#[runtime::pallet_index(26)]
	pub type Offences = pallet_offences::Pallet<Runtime>;

	// 30 to 39: who decides, and when.
	#[runtime::pallet_index(30)]
	pub type Sudo = pallet_sudo::Pallet<Runtime>;
	#[runtime::pallet_index(31)]
	pub type Council = pallet_collective::Pallet<Runtime, Instance1>;
	#[runtime::pallet_index(32)]
	pub type Elections = pallet_elections_phragmen::Pallet<Runtime>;
	#[runtime::pallet_index(33)]
	pub type Preimage = pallet_preimage::Pallet<Runtime>;
	#[runtime::pallet_index(34)]
	pub type Scheduler = pallet_scheduler::Pallet<Runtime>;
	#[runtime::pallet_index(35)]
	pub type Proposals = pallet_proposals::Pallet<Runtime>;

	// 40 to 49: accounts and their convenience.
	#[runtime::pallet_index(40)]
	pub type Utility = pallet_utility::Pallet<Runtime>;
	#[runtime::pallet_index(41)]
	pub type Multisig = pallet_multisig::Pallet<Runtime>;
	#[runtime::pallet_index(42)]
	pub type Proxy = pallet_proxy::Pallet<Runtime>;
	#[runtime::pallet_index(43)]
	pub type Identity = pallet_identity::Pallet<Runtime>;

	// 50 to 59: content.
	#[runtime::pallet_index(50)]
	pub type ContentDirectory = pallet_content_directory::Pallet<Runtime>;
	#[runtime::pallet_index(51)]
	pub type StorageTranches = pallet_storage_tranches::Pallet<Runtime>;
	#[runtime::pallet_index(53)]
	pub type BenchmarkOracle = pallet_benchmark_oracle::Pallet<Runtime>;
}
