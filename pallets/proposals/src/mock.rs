//! A runtime of proposals with balances and preimages, a council that tests elect, and an oracle that says
//! what they let it.

use crate as pallet_proposals;
use codec::Encode;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, EitherOfDiverse, Hooks},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSignedBy};
use rome_primitives::{
	content::SuggestionId,
	governance::{
		BenchmarkCondition, Council, Kind, KindParameters, MilestoneOracle, SchemaDecisions,
	},
};
use sp_runtime::{traits::Convert, BuildStorage, DispatchError, DispatchResult, Perbill};

pub type AccountId = u64;
pub type Balance = u64;

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
pub const DAVE: AccountId = 4;
pub const EVE: AccountId = 5;
/// Has hardly anything.
pub const POOR: AccountId = 9;
/// Has nothing.
pub const NOBODY: AccountId = 10;
/// The fund.
pub const FUND: AccountId = 200;
/// Stands for more than half of the council, where its origin is asked for.
pub const MAJORITY: AccountId = 300;
/// The least that keeps an account alive.
pub const ED: Balance = 10;
/// What the rich accounts and the fund have at first.
pub const RICH: Balance = 1_000_000;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Test>;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances::Pallet<Test>;
	#[runtime::pallet_index(2)]
	pub type Preimage = pallet_preimage::Pallet<Test>;
	#[runtime::pallet_index(3)]
	pub type Proposals = pallet_proposals::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<Balance>;
	type BlockWeights = BlockWeights;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = frame_support::traits::ConstU64<ED>;
}

impl pallet_preimage::Config for Test {
	type WeightInfo = ();
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type Consideration = ();
}

parameter_types! {
	pub static BlockWeights: frame_system::limits::BlockWeights =
		frame_system::limits::BlockWeights::simple_max(Weight::from_parts(
			2_000_000_000_000,
			u64::MAX,
		));
	pub static MaxDispatchWeight: Weight = Weight::from_parts(500_000_000_000, u64::MAX);
	pub static MinRootGrace: u32 = 20;
	pub static RetryPeriod: u32 = 50;
	pub static Retention: u32 = 100;
	pub static MilestoneGrace: u32 = 10;
	pub static MinContribution: Balance = 20;
	pub static PostDepositBase: Balance = 10;
	pub static Issuance: Balance = 0;
	pub static Seats: u32 = 5;
	pub static DefaultThreshold: Perbill = Perbill::from_percent(51);
	pub static DefaultStake: Balance = 100;
	/// What the oracle says.
	pub static Met: bool = false;
	/// Schemas that were approved and activated, with the approvals and the size of the council.
	pub static Schemas: Vec<(bool, SuggestionId, (u32, u32))> = Vec::new();
}

/// The members, in storage: what a failed call changes is taken back.
#[frame_support::storage_alias]
type Members = StorageValue<Mock, Vec<AccountId>>;

/// The council that [`elect`] elected.
pub struct Elected;

impl Council<AccountId> for Elected {
	fn members() -> Vec<AccountId> {
		Members::get().unwrap_or_default()
	}

	fn seats() -> u32 {
		Seats::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_members(members: &[AccountId]) {
		elect(members)
	}
}

/// Makes these the members.
pub fn elect(members: &[AccountId]) {
	Members::put(members.to_vec());
}

/// The authority of approvals: an account that tells how many of how many.
pub struct Approved;

impl Convert<(u32, u32), RuntimeOrigin> for Approved {
	fn convert((approvals, members): (u32, u32)) -> RuntimeOrigin {
		RuntimeOrigin::signed(approved(approvals, members))
	}
}

/// The account that stands for that many approvals.
pub fn approved(approvals: u32, members: u32) -> AccountId {
	1_000_000 + AccountId::from(approvals) * 1_000 + AccountId::from(members)
}

/// Notes what is decided.
pub struct Directory;

impl SchemaDecisions<RuntimeOrigin> for Directory {
	fn approve(origin: RuntimeOrigin, suggestion: SuggestionId) -> DispatchResult {
		note(true, origin, suggestion)
	}

	fn activate(origin: RuntimeOrigin, suggestion: SuggestionId) -> DispatchResult {
		note(false, origin, suggestion)
	}

	fn weight() -> Weight {
		Weight::from_parts(1_000, 0)
	}
}

fn note(approve: bool, origin: RuntimeOrigin, suggestion: SuggestionId) -> DispatchResult {
	if suggestion == SuggestionId::MAX {
		return Err(DispatchError::Other("no such suggestion"));
	}
	let who = frame_system::ensure_signed(origin)? - 1_000_000;
	let authority = ((who / 1_000) as u32, (who % 1_000) as u32);
	Schemas::mutate(|all| all.push((approve, suggestion, authority)));
	Ok(())
}

/// Says what [`Met`] says.
pub struct Oracle;

impl MilestoneOracle for Oracle {
	fn is_met(_: &BenchmarkCondition) -> bool {
		Met::get()
	}

	fn weight() -> Weight {
		Weight::from_parts(1_000, 0)
	}
}

/// What every kind costs and needs: two blocks of grace after ten of voting.
pub struct Defaults;

impl Convert<Kind, KindParameters<Balance>> for Defaults {
	fn convert(kind: Kind) -> KindParameters<Balance> {
		let threshold = match kind {
			Kind::RootDispatch => Perbill::from_percent(100),
			Kind::Dispatch => Perbill::from_rational(2u32, 3),
			_ => DefaultThreshold::get(),
		};
		KindParameters {
			threshold,
			quorum: Perbill::from_percent(50),
			voting_period: 10,
			grace: if kind == Kind::RootDispatch { 20 } else { 2 },
			stake: DefaultStake::get(),
		}
	}
}

/// The majority as the set that `EnsureSignedBy` asks for.
pub struct AsSet;

impl frame_support::traits::SortedMembers<AccountId> for AsSet {
	fn sorted_members() -> Vec<AccountId> {
		vec![MAJORITY]
	}
}

parameter_types! {
	pub const FundAccount: AccountId = FUND;
}

type ByMajority = EitherOfDiverse<EnsureRoot<AccountId>, EnsureSignedBy<AsSet, AccountId>>;

impl pallet_proposals::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type FundAccount = FundAccount;
	type Council = Elected;
	type ApprovedOrigin = Approved;
	type CouncilOrigin = ByMajority;
	type AdminOrigin = EnsureRoot<AccountId>;
	type VetoOrigin = EnsureRoot<AccountId>;
	type DispatchCall = RuntimeCall;
	type Preimages = Preimage;
	type MaxDispatchWeight = MaxDispatchWeight;
	type Schemas = Directory;
	type Oracle = Oracle;
	type KindDefaults = Defaults;
	type MinRootGrace = MinRootGrace;
	type RetryPeriod = RetryPeriod;
	type Retention = Retention;
	type RecordPeriod = ConstU32<30>;
	type MilestoneGrace = MilestoneGrace;
	type OracleInterval = ConstU32<5>;
	type ClaimPeriod = ConstU32<40>;
	type MinContribution = MinContribution;
	type PostDepositBase = PostDepositBase;
	type PostDepositPerByte = frame_support::traits::ConstU64<1>;
	type Issuance = Issuance;
	type IssuancePeriod = ConstU32<100>;
	type WeightInfo = ();
}

/// A fresh chain with a council of Alice, Bob and Charlie. They, Dave, Eve and the fund are rich.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let mut balances: Vec<_> =
		[ALICE, BOB, CHARLIE, DAVE, EVE, FUND].iter().map(|who| (*who, RICH)).collect();
	balances.push((POOR, 150));
	pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		elect(&[ALICE, BOB, CHARLIE]);
		Met::set(false);
		Schemas::set(Vec::new());
		Issuance::set(0);
	});
	ext
}

/// Runs `test` on a fresh chain, and the invariants after it.
pub fn run(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Proposals::do_try_state().expect("the invariants hold after every test");
	});
}

/// Makes blocks until `block`, each with room for everything.
pub fn run_to(block: u64) {
	while System::block_number() < block {
		System::set_block_number(System::block_number() + 1);
		Proposals::on_initialize(System::block_number());
		Proposals::on_idle(System::block_number(), BlockWeights::get().max_block);
	}
}

/// Makes that many blocks.
pub fn wait(blocks: u64) {
	run_to(System::block_number() + blocks);
}

/// Who notes preimages.
pub const NOTER: AccountId = 400;

/// Notes `call` as a preimage, if it is not. Tells its hash and length.
pub fn note_call(call: impl Into<RuntimeCall>) -> ([u8; 32], u32) {
	note_bytes(call.into().encode())
}

/// Notes these bytes as a preimage, if they are not. Tells their hash and length.
pub fn note_bytes(bytes: Vec<u8>) -> ([u8; 32], u32) {
	let len = bytes.len() as u32;
	let hash = sp_io::hashing::blake2_256(&bytes);
	// Fails if it is noted already.
	let _ = Preimage::note_preimage(RuntimeOrigin::signed(NOTER), bytes);
	(hash, len)
}
