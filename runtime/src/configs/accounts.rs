//! Accounts and their convenience: batches, shared accounts, proxies, names.

use crate::{
	fees::TreasuryOnSlash, origins::RootOrCouncilMajority, Balance, Balances, BlockNumber,
	OriginCaller, Runtime, RuntimeCall, RuntimeEvent, Signature, System, DAYS, MILLIROME, ROME,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use pallet_identity::legacy::IdentityInfo;
use scale_info::TypeInfo;
use sp_runtime::traits::{BlakeTwo256, Verify};

/// What an item in storage holds, beyond its bytes.
pub const ITEM_DEPOSIT: Balance = ROME;
/// What a byte in storage holds.
pub const BYTE_DEPOSIT: Balance = MILLIROME;

/// What `items` in storage with `bytes` in all hold.
pub const fn deposit(items: u32, bytes: u32) -> Balance {
	items as Balance * ITEM_DEPOSIT + bytes as Balance * BYTE_DEPOSIT
}

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// An open call of a shared account: its key and value, without the approvals.
	pub const MultisigDepositBase: Balance = deposit(1, 88);
	/// Each approval.
	pub const MultisigDepositFactor: Balance = deposit(0, 32);
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<100>;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
}

/// What a proxy may do. Indices are never reused.
#[derive(
	Copy,
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	#[codec(index = 0)]
	Any,
	/// Everything that moves no money and hands nothing to others.
	#[codec(index = 1)]
	NonTransfer,
	/// The council, elections, proposals and the treasury.
	#[codec(index = 2)]
	Governance,
	/// A validator's session keys.
	#[codec(index = 3)]
	Validator,
	/// The content directory, and pins.
	#[codec(index = 4)]
	Content,
	/// Storage: providers, tranches, pins.
	#[codec(index = 5)]
	Storage,
}

/// Whether the call has to do with pins alone: what publishers need besides the directory.
fn is_pinning(call: &RuntimeCall) -> bool {
	use pallet_storage_tranches::Call;
	matches!(
		call,
		RuntimeCall::StorageTranches(
			Call::pin { .. } | Call::renew_pin { .. } | Call::unpin { .. }
		)
	)
}

/// Whether `call` is one of proposals that gives nobody's money away: stakes and deposits come back.
fn governs(call: &RuntimeCall) -> bool {
	use pallet_proposals::Call;
	matches!(call, RuntimeCall::Proposals(call)
		if !matches!(call, Call::top_up { .. } | Call::fund_bounty { .. } | Call::__Ignore(..)))
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		// What is only a wrapper is judged by what it wraps: the proxied call's origin carries this
		// filter on.
		let wrapper = matches!(call, RuntimeCall::Utility(_));
		match self {
			ProxyType::Any => true,
			ProxyType::NonTransfer => {
				wrapper
					|| is_pinning(call)
					|| matches!(
						call,
						RuntimeCall::System(_)
							| RuntimeCall::Session(_)
							| RuntimeCall::Council(_)
							| RuntimeCall::Elections(_)
							| RuntimeCall::Treasury(_)
							| RuntimeCall::Preimage(_)
							| RuntimeCall::Identity(_)
							| RuntimeCall::ContentDirectory(_)
					) || governs(call)
			},
			ProxyType::Governance => {
				wrapper
					|| matches!(
						call,
						RuntimeCall::Council(_)
							| RuntimeCall::Elections(_)
							| RuntimeCall::Treasury(_)
							| RuntimeCall::Preimage(_)
					) || governs(call)
			},
			ProxyType::Validator => wrapper || matches!(call, RuntimeCall::Session(_)),
			ProxyType::Content => {
				wrapper || is_pinning(call) || matches!(call, RuntimeCall::ContentDirectory(_))
			},
			ProxyType::Storage => wrapper || matches!(call, RuntimeCall::StorageTranches(_)),
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(a, b) if a == b => true,
			(ProxyType::Any, _) => true,
			(_, ProxyType::Any) => false,
			(
				ProxyType::NonTransfer,
				ProxyType::Governance | ProxyType::Validator | ProxyType::Content,
			) => true,
			_ => false,
		}
	}
}

parameter_types! {
	/// An account that has proxies.
	pub const ProxyDepositBase: Balance = deposit(1, 8);
	/// Each proxy.
	pub const ProxyDepositFactor: Balance = deposit(0, 33);
	/// An account that has announced calls.
	pub const AnnouncementDepositBase: Balance = deposit(1, 8);
	/// Each announcement.
	pub const AnnouncementDepositFactor: Balance = deposit(0, 66);
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type MaxProxies = ConstU32<32>;
	type MaxPending = ConstU32<32>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// An identity, whatever its size.
	pub const IdentityBasicDeposit: Balance = deposit(1, 17);
	/// Each byte of an identity.
	pub const IdentityByteDeposit: Balance = deposit(0, 1);
	/// A username.
	pub const UsernameDeposit: Balance = deposit(0, 32);
	/// An account named below another one.
	pub const SubAccountDeposit: Balance = deposit(1, 53);
	/// How long an offered username can be accepted.
	pub const PendingUsernameExpiration: BlockNumber = 7 * DAYS;
	/// How long a username stays after its authority takes it back.
	pub const UsernameGracePeriod: BlockNumber = 30 * DAYS;
}

impl pallet_identity::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type BasicDeposit = IdentityBasicDeposit;
	type ByteDeposit = IdentityByteDeposit;
	type UsernameDeposit = UsernameDeposit;
	type SubAccountDeposit = SubAccountDeposit;
	type MaxSubAccounts = ConstU32<100>;
	type IdentityInformation = IdentityInfo<ConstU32<100>>;
	type MaxRegistrars = ConstU32<20>;
	type Slashed = TreasuryOnSlash;
	type ForceOrigin = RootOrCouncilMajority;
	type RegistrarOrigin = RootOrCouncilMajority;
	type OffchainSignature = Signature;
	type SigningPublicKey = <Signature as Verify>::Signer;
	type UsernameAuthorityOrigin = RootOrCouncilMajority;
	type PendingUsernameExpiration = PendingUsernameExpiration;
	type UsernameGracePeriod = UsernameGracePeriod;
	type MaxSuffixLength = ConstU32<7>;
	type MaxUsernameLength = ConstU32<32>;
	type WeightInfo = pallet_identity::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}
