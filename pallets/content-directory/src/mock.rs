//! A runtime of the directory alone, with storage that knows which objects are pinned.

use crate as pallet_content_directory;
use core::cell::RefCell;
use frame_support::{derive_impl, parameter_types, traits::EitherOfDiverse, Blake2_128Concat};
use frame_system::{EnsureRoot, EnsureSignedBy};
use rome_primitives::content::{
	Category, ClassId, DataObjects, ObjectHash, OnSchemaActivated, SchemaVersion,
};
use sp_runtime::{BuildStorage, DispatchError, DispatchResult, Weight};
use std::collections::BTreeMap;

pub type AccountId = u64;
pub type Balance = u64;

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
pub const POOR: AccountId = 9;
/// Stands for the council.
pub const COUNCIL: AccountId = 100;
/// Where slashed deposits go.
pub const FUND: AccountId = 200;

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
	pub type ContentDirectory = pallet_content_directory::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<Balance>;
	type BlockWeights = BlockWeights;
	type BlockLength = BlockLength;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
}

thread_local! {
	/// Activations that the hook was told of.
	static ACTIVATIONS: RefCell<Vec<(AccountId, ClassId, SchemaVersion, Category)>> =
		RefCell::default();
}

/// Pins by owner and object, with how often entities use them. In the chain's storage, so that a call
/// that fails takes back what it claimed, as it does with real storage pallets.
#[frame_support::storage_alias]
type PinUses = StorageMap<Mock, Blake2_128Concat, (AccountId, ObjectHash), u32>;

/// Storage that holds what [`pin`] was called for.
pub struct Pins;

impl DataObjects<AccountId> for Pins {
	fn claim(owner: &AccountId, object: &ObjectHash) -> DispatchResult {
		PinUses::try_mutate((*owner, *object), |uses| {
			*uses.as_mut().ok_or(DispatchError::Other("no pin"))? += 1;
			Ok(())
		})
	}

	fn release(owner: &AccountId, object: &ObjectHash) {
		PinUses::mutate((*owner, *object), |uses| {
			let uses = uses.as_mut().expect("only what was claimed is released");
			*uses = uses.checked_sub(1).expect("released as often as claimed");
		})
	}

	fn is_available(owner: &AccountId, object: &ObjectHash) -> bool {
		PinUses::contains_key((*owner, *object))
	}

	fn weight() -> Weight {
		Weight::from_parts(1_000, 0)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn make_claimable(owner: &AccountId, object: &ObjectHash) {
		pin(*owner, *object)
	}
}

/// Gives `owner` a pin on `object`.
pub fn pin(owner: AccountId, object: ObjectHash) {
	PinUses::mutate((owner, object), |uses| *uses = Some(uses.unwrap_or_default()));
}

/// Takes `owner`'s pin on `object` away, as if it had run out, and its uses with it.
pub fn unpin(owner: AccountId, object: ObjectHash) {
	PinUses::remove((owner, object));
}

/// Counts one use of `object` that was forgotten.
pub fn restore_use(owner: AccountId, object: ObjectHash) {
	PinUses::mutate((owner, object), |uses| *uses = uses.map(|uses| uses.saturating_add(1)));
}

/// How often entities of `owner` use `object`.
pub fn uses(owner: AccountId, object: ObjectHash) -> u32 {
	PinUses::get((owner, object)).unwrap_or_default()
}

/// How often entities use objects, by owner and object, unused pins left out.
pub fn all_uses() -> BTreeMap<(AccountId, ObjectHash), u32> {
	PinUses::iter().filter(|(_, uses)| *uses > 0).collect()
}

/// Notes what it is told.
pub struct Activations;

impl OnSchemaActivated<AccountId> for Activations {
	fn on_schema_activated(
		proposer: &AccountId,
		class: ClassId,
		version: SchemaVersion,
		category: Category,
	) {
		ACTIVATIONS.with_borrow_mut(|all| all.push((*proposer, class, version, category)));
	}

	fn weight() -> Weight {
		Weight::from_parts(1_000, 0)
	}
}

/// What the activation hook was told.
pub fn activations() -> Vec<(AccountId, ClassId, SchemaVersion, Category)> {
	ACTIVATIONS.with_borrow(Clone::clone)
}

/// Pays slashed deposits to [`FUND`].
pub struct ToFund;

impl frame_support::traits::OnUnbalanced<crate::types::CreditOf<Test>> for ToFund {
	fn on_nonzero_unbalanced(credit: crate::types::CreditOf<Test>) {
		use frame_support::traits::fungible::Balanced;
		assert!(Balances::resolve(&FUND, credit).is_ok());
	}
}

parameter_types! {
	pub static BlockWeights: frame_system::limits::BlockWeights = Default::default();
	pub static BlockLength: frame_system::limits::BlockLength = Default::default();
	pub static EntityDepositBase: Balance = 100;
	pub static EntityDepositPerByte: Balance = 1;
	pub static EntityDepositPerEntry: Balance = 10;
	pub static SuggestionDepositBase: Balance = 1_000;
	pub static SuggestionDepositPerByte: Balance = 1;
	pub static MinEndorsement: Balance = 50;
}

type ByCouncil = EnsureSignedBy<AsSet, AccountId>;

/// The council as the set that `EnsureSignedBy` asks for.
pub struct AsSet;

impl frame_support::traits::SortedMembers<AccountId> for AsSet {
	fn sorted_members() -> Vec<AccountId> {
		vec![COUNCIL]
	}
}

impl pallet_content_directory::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type ApproveOrigin = ByCouncil;
	type ActivateOrigin = EnsureRoot<AccountId>;
	type AdminOrigin = EitherOfDiverse<EnsureRoot<AccountId>, ByCouncil>;
	type DataObjects = Pins;
	type OnSchemaActivated = Activations;
	type OnSlash = ToFund;
	type EntityDepositBase = EntityDepositBase;
	type EntityDepositPerByte = EntityDepositPerByte;
	type EntityDepositPerEntry = EntityDepositPerEntry;
	type SuggestionDepositBase = SuggestionDepositBase;
	type SuggestionDepositPerByte = SuggestionDepositPerByte;
	type MinEndorsement = MinEndorsement;
	type WeightInfo = ();
}

/// A fresh chain. [`ALICE`], [`BOB`] and [`CHARLIE`] have funds, [`POOR`] has hardly any.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let rich = 1_000_000_000;
	pallet_balances::GenesisConfig::<Test> {
		balances: vec![(ALICE, rich), (BOB, rich), (CHARLIE, rich), (POOR, 60)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		ACTIVATIONS.with_borrow_mut(Vec::clear);
		System::set_block_number(1);
	});
	ext
}

/// Runs `test` on a fresh chain, and the invariants after it.
pub fn run(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		ContentDirectory::do_try_state().expect("the invariants hold after every test");
	});
}
