//! Money: balances, fees and the treasury.

use crate::{
	fees::FeesToTreasuryAndAuthor, origins::RootOrCouncilMajority, AccountId, Balance, Balances,
	BlockNumber, Runtime, RuntimeEvent, RuntimeFreezeReason, RuntimeHoldReason, System, Treasury,
	DAYS, MICROROME, MILLIROME,
};
use frame_support::{
	parameter_types,
	traits::{
		tokens::{PayFromAccount, UnityAssetBalanceConversion},
		ConstU32, ConstU8, VariantCountOf,
	},
	weights::ConstantMultiplier,
	PalletId,
};
use frame_system::EnsureNever;
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{traits::AccountIdLookup, FixedPointNumber, Permill, Perquintill};

/// The least that keeps an account alive.
pub const EXISTENTIAL_DEPOSIT: Balance = 10 * MILLIROME;

parameter_types! {
	/// See [`EXISTENTIAL_DEPOSIT`].
	pub const ExistentialDeposit: Balance = EXISTENTIAL_DEPOSIT;
}

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
	type Balance = Balance;
	type DustRemoval = ();
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type DoneSlashHandler = ();
}

parameter_types! {
	/// The price of computing: 50 plancks for a picosecond of weight, so that a transfer, at about
	/// 0.2 ms, costs about 0.01 ROME and a block full of transactions about 75 ROME.
	pub const WeightPrice: Balance = 50;
	/// The price of a byte of an extrinsic: 10 microROME, so 0.01 ROME for a kilobyte.
	pub const BytePrice: Balance = 10 * MICROROME;
	/// The fullness of blocks at which the price stays what it is.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast the price follows demand: by at most 30 % a day.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// The prices above are the floor.
	pub MinimumMultiplier: Multiplier = Multiplier::saturating_from_integer(1);
	/// A ceiling that a wallet can name.
	pub MaximumMultiplier: Multiplier = Multiplier::saturating_from_integer(1_000);
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = FungibleAdapter<Balances, FeesToTreasuryAndAuthor>;
	type WeightToFee = ConstantMultiplier<Balance, WeightPrice>;
	type LengthToFee = ConstantMultiplier<Balance, BytePrice>;
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Self,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// How often the treasury looks for what to spend: it finds nothing.
	pub const SpendPeriod: BlockNumber = DAYS;
	/// How long a spend could be claimed, if there were any.
	pub const PayoutPeriod: BlockNumber = 30 * DAYS;
	/// What is not spent stays.
	pub const Burn: Permill = Permill::zero();
	/// Where the treasury's account comes from.
	pub const TreasuryPalletId: PalletId = PalletId(*b"rm/trsry");
	/// The treasury's account.
	pub TreasuryAccount: AccountId = Treasury::account_id();
}

impl pallet_treasury::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type RejectOrigin = RootOrCouncilMajority;
	// Nobody spends through this pallet: what the fund pays, proposals pay, which hold what is promised.
	type SpendOrigin = EnsureNever<Balance>;
	type SpendPeriod = SpendPeriod;
	type Burn = Burn;
	type BurnDestination = ();
	type PalletId = TreasuryPalletId;
	type SpendFunds = ();
	type MaxApprovals = ConstU32<100>;
	type AssetKind = ();
	type Beneficiary = AccountId;
	type BeneficiaryLookup = AccountIdLookup<AccountId, ()>;
	type Paymaster = PayFromAccount<Balances, TreasuryAccount>;
	type BalanceConverter = UnityAssetBalanceConversion;
	type PayoutPeriod = PayoutPeriod;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_treasury::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}
