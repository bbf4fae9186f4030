//! A runtime of storage alone, and short ways to providers, tranches and objects in it.

use crate as pallet_storage_tranches;
use core::cell::RefCell;
use frame_support::{
	derive_impl, parameter_types,
	traits::{EitherOfDiverse, Hooks},
	weights::Weight,
	Blake2_128Concat, PalletId,
};
use frame_system::{EnsureRoot, EnsureSignedBy};
use rome_primitives::{
	actors::{Declared, Endpoint, FailureDomain},
	content::{EntityId, EntityObjects, ObjectHash},
	governance::OnProviderActivated,
	signing::{self, OperatorConsent},
	slices::{self, OutboardBuilder},
	storage::{challenge, Confirmation, ObjectKey, ProviderId, TrancheId},
};
use sp_core::{sr25519, Pair};
use sp_runtime::{AccountId32, BoundedVec, BuildStorage, MultiSignature, Perbill};
use std::collections::BTreeMap;

pub type AccountId = AccountId32;
pub type Balance = u128;

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
	pub type Storage = pallet_storage_tranches::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Lookup = sp_runtime::traits::IdentityLookup<AccountId>;
	type Block = frame_system::mocking::MockBlockU32<Test>;
	type BlockHashCount = frame_support::traits::ConstU32<250>;
	type AccountData = pallet_balances::AccountData<Balance>;
	type BlockWeights = BlockWeights;
	type BlockLength = BlockLength;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
}

/// An account that only has money.
pub fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

pub const RICH: Balance = 1_000_000_000_000;

pub fn alice() -> AccountId {
	account(1)
}
pub fn bob() -> AccountId {
	account(2)
}
/// Has hardly any money.
pub fn poor() -> AccountId {
	account(9)
}
/// Stands for the council.
pub fn council() -> AccountId {
	account(100)
}
/// Stands for the conductor.
pub fn conductor() -> AccountId {
	account(101)
}
/// Where slashes go.
pub fn fund() -> AccountId {
	account(200)
}
/// Who stands for the provider of a number.
pub fn owner(id: ProviderId) -> AccountId {
	account(20 + id as u8)
}
/// The daemon's key of the provider of a number.
pub fn operator_pair(id: ProviderId) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[50 + id as u8; 32])
}
pub fn operator(id: ProviderId) -> AccountId {
	AccountId::new(operator_pair(id).public().0)
}

pub struct Councillors;
impl frame_support::traits::SortedMembers<AccountId> for Councillors {
	fn sorted_members() -> Vec<AccountId> {
		vec![council()]
	}
}
pub struct Conductors;
impl frame_support::traits::SortedMembers<AccountId> for Conductors {
	fn sorted_members() -> Vec<AccountId> {
		vec![conductor()]
	}
}

/// Pays slashes to [`fund`].
pub struct ToFund;
impl frame_support::traits::OnUnbalanced<crate::types::CreditOf<Test>> for ToFund {
	fn on_nonzero_unbalanced(credit: crate::types::CreditOf<Test>) {
		use frame_support::traits::fungible::Balanced;
		assert!(Balances::resolve(&fund(), credit).is_ok());
	}
}

/// What entities hold, and whose they are. In the chain's storage, as with a real directory.
#[frame_support::storage_alias]
pub type Holders = StorageMap<StorageMock, Blake2_128Concat, (EntityId, ObjectHash), AccountId>;

/// A directory whose entities hold what [`Holders`] says.
pub struct Directory;
impl EntityObjects<AccountId> for Directory {
	fn owner_of_holding(entity: EntityId, object: &ObjectHash) -> Option<AccountId> {
		Holders::get((entity, *object))
	}

	fn weight() -> Weight {
		Weight::from_parts(1_000, 0)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn make_holding(owner: &AccountId, object: &ObjectHash) -> EntityId {
		let entity = EntityId { class: 0, serial: 0 };
		Holders::insert((entity, *object), owner);
		entity
	}
}

/// A mebibyte: the slots of the tests.
pub const MIB: u64 = 1 << 20;

/// Notes what it is told.
pub struct Activations;

impl OnProviderActivated<AccountId32> for Activations {
	fn on_provider_activated(owner: &AccountId32, operator: u32) {
		Activated::mutate(|all| all.push((owner.clone(), operator)));
	}

	fn weight() -> Weight {
		Weight::from_parts(1_000, 0)
	}
}

parameter_types! {
	pub const StoragePalletId: PalletId = PalletId(*b"rome/sto");
	pub static BlockWeights: frame_system::limits::BlockWeights = Default::default();
	pub static BlockLength: frame_system::limits::BlockLength = Default::default();
	pub static FullBlock: Perbill = Perbill::from_percent(75);
	/// Owners and operators that the hook was told of.
	pub static Activated: Vec<(AccountId32, u32)> = Vec::new();
	pub static UploadQuorum: u8 = 2;
	pub static HeartbeatInterval: u32 = 5;
	pub static MissedToSuspend: u32 = 2;
	pub static MissedToFail: u32 = 4;
	pub static KeptShare: Perbill = Perbill::from_percent(90);
	pub static EraLength: u32 = 20;
	pub static MaxTerm: u32 = 30;
	pub static PendingBlocks: u32 = 30;
	pub static MaxPendingObjects: u32 = 20;
	pub static MaxPendingBytes: u64 = 10 * MIB;
	pub static MinStake: Balance = 10_000;
	pub static StakePerGib: Balance = 1_000;
	pub static FeePerObject: Balance = 100;
	pub static FeePerGib: Balance = 1 << 20;
	pub static DistributionShare: Perbill = Perbill::from_percent(20);
	pub static ProbingShare: Perbill = Perbill::from_percent(10);
	pub static PinDeposit: Balance = 50;
	pub static GraceEras: u32 = 1;
	pub static LeavingNotice: u32 = 40;
	pub static ForfeitShare: Perbill = Perbill::from_percent(10);
	pub static FailureSlash: Perbill = Perbill::from_percent(20);
	pub static LossFee: Balance = 7;
	pub static SlashCap: Perbill = Perbill::from_percent(50);
	pub static SlashDeferral: u32 = 2;
	pub static MaxMaintenance: u32 = 50;
	pub static MaintenanceGap: u32 = 30;
	pub static YearlyIssuance: Perbill = Perbill::zero();
	pub const BlocksPerYear: u32 = 1_000;
}

impl pallet_storage_tranches::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type ConductorOrigin = EnsureSignedBy<Conductors, AccountId>;
	type AdminOrigin =
		EitherOfDiverse<EnsureRoot<AccountId>, EnsureSignedBy<Councillors, AccountId>>;
	type AttestOrigin = EnsureRoot<AccountId>;
	type CapacityOracle = Storage;
	type OnProviderActivated = Activations;
	type OnSlash = ToFund;
	type PalletId = StoragePalletId;
	type FullBlock = FullBlock;
	type UploadQuorum = UploadQuorum;
	type HeartbeatInterval = HeartbeatInterval;
	type MissedToSuspend = MissedToSuspend;
	type MissedToFail = MissedToFail;
	type KeptShare = KeptShare;
	type EraLength = EraLength;
	type MaxTerm = MaxTerm;
	type PendingBlocks = PendingBlocks;
	type MaxPendingObjects = MaxPendingObjects;
	type MaxPendingBytes = MaxPendingBytes;
	type MinStake = MinStake;
	type StakePerGib = StakePerGib;
	type FeePerObject = FeePerObject;
	type FeePerGib = FeePerGib;
	type DistributionShare = DistributionShare;
	type ProbingShare = ProbingShare;
	type PinDeposit = PinDeposit;
	type GraceEras = GraceEras;
	type LeavingNotice = LeavingNotice;
	type ForfeitShare = ForfeitShare;
	type FailureSlash = FailureSlash;
	type LossFee = LossFee;
	type SlashCap = SlashCap;
	type SlashDeferral = SlashDeferral;
	type MaxMaintenance = MaxMaintenance;
	type MaintenanceGap = MaintenanceGap;
	type Entities = Directory;
	type YearlyIssuance = YearlyIssuance;
	type BlocksPerYear = BlocksPerYear;
	type WeightInfo = ();
}

/// A fresh chain with one tranche of coverage 3 and slots of a mebibyte. The accounts above have money,
/// [`poor`] has hardly any.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let rich = [alice(), bob()].into_iter().chain((0..20).flat_map(|id| [owner(id), operator(id)]));
	pallet_balances::GenesisConfig::<Test> {
		balances: rich.map(|who| (who, RICH)).chain([(poor(), 60), (fund(), 1)]).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	crate::GenesisConfig::<Test> {
		tranches: vec![(3, MIB)],
		attestations: vec![],
		_config: Default::default(),
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		let genesis = sp_core::H256([7; 32]);
		frame_system::BlockHash::<Test>::insert(0, genesis);
		begin_block(1);
	});
	ext
}

/// Runs `test` on a fresh chain, and the invariants after it.
pub fn run(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Storage::do_try_state().expect("the invariants hold after every test");
	});
}

// Blocks

fn begin_block(number: u32) {
	System::set_block_number(number);
	System::reset_events();
	frame_system::BlockWeight::<Test>::kill();
	frame_system::BlockSize::<Test>::kill();
	Storage::on_initialize(number);
}

/// Ends the block with `idle` left for duties, and begins the next one.
pub fn next_block_with(idle: Weight) {
	let number = System::block_number();
	if idle.any_gt(Weight::zero()) {
		Storage::on_idle(number, idle);
	}
	Storage::on_finalize(number);
	let hash = sp_core::H256(sp_io::hashing::blake2_256(&number.to_le_bytes()));
	frame_system::BlockHash::<Test>::insert(number, hash);
	begin_block(number + 1);
}

/// Ends the block with all the room that there is.
pub fn next_block() {
	next_block_with(Weight::MAX);
}

/// Blocks in which every live provider but those of `silent` sends its heartbeats.
pub fn blocks_without(count: u32, silent: &[ProviderId]) {
	for _ in 0..count {
		beat_all(silent);
		next_block();
	}
	beat_all(silent);
}

/// Blocks in which all heartbeats are sent.
pub fn blocks(count: u32) {
	blocks_without(count, &[]);
}

/// Blocks until the era is `era`, all heartbeats sent.
pub fn until_era(era: u32) {
	while Storage::era() < era {
		blocks(1);
	}
}

/// All heartbeats that are due now.
pub fn beat_all(silent: &[ProviderId]) {
	let window = crate::Time::<Test>::get().window;
	for (id, heart) in crate::Hearts::<Test>::iter().collect::<Vec<_>>() {
		let live = crate::Providers::<Test>::get(id)
			.is_some_and(|provider| rome_primitives::actors::lifecycle::is_live(&provider.state));
		if live && heart.is_due(window) && !silent.contains(&id) {
			Storage::do_heartbeat(id, window).unwrap();
		}
	}
}

// Providers

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn consent(owner: AccountId, id: ProviderId) -> MultiSignature {
	let message = OperatorConsent { owner, operator: operator(id) };
	let payload = signing::payload(&Storage::genesis(), &message);
	MultiSignature::Sr25519(operator_pair(id).sign(&payload))
}

pub fn endpoint(text: &str) -> Endpoint {
	Endpoint::Http(BoundedVec::truncate_from(text.as_bytes().to_vec()))
}

pub const STAKE: Balance = 100_000;
pub const DECLARED: Declared = Declared { storage: 64 * MIB, download: 1_000, upload: 1_000 };

/// The provider of the next number applies. Its owner and operator are those of that number.
pub fn apply() -> ProviderId {
	let id = crate::NextProviderId::<Test>::get();
	let consent = consent(owner(id), id);
	let endpoint = endpoint("http://localhost:7070");
	Storage::apply(signed(owner(id)), operator(id), consent, endpoint, DECLARED, STAKE).unwrap();
	id
}

pub fn domain(operator: u32, zone: u32) -> FailureDomain {
	FailureDomain { operator, zone }
}

/// An active provider of an operator of its own.
pub fn provider() -> ProviderId {
	let id = apply();
	activate(id, domain(id, id));
	id
}

/// Root attests what the provider declares, or wants to.
pub fn attest(id: ProviderId, until: u32) {
	let provider = crate::Providers::<Test>::get(id).unwrap();
	let declared = provider.wanted.unwrap_or(provider.declared);
	Storage::attest(RuntimeOrigin::root(), id, declared, until).unwrap();
}

/// Attests and activates.
pub fn activate(id: ProviderId, domain: FailureDomain) {
	attest(id, u32::MAX);
	Storage::activate(signed(conductor()), id, domain).unwrap();
}

/// Active providers with so many slots in tranche 0, each of an operator of its own.
pub fn members(count: u32, slots: u8) -> Vec<ProviderId> {
	(0..count)
		.map(|_| {
			let id = provider();
			join(id, 0, slots);
			id
		})
		.collect()
}

pub fn join(id: ProviderId, tranche: TrancheId, slots: u8) {
	Storage::join_tranche(signed(owner(id)), id, tranche, slots).unwrap();
}

// Objects

/// The bytes of an object of the tests. Different seeds make different objects.
pub fn bytes(seed: u32, size: u64) -> Vec<u8> {
	let mut bytes = seed.to_le_bytes().into_iter().cycle().take(size as usize).collect::<Vec<_>>();
	for (n, byte) in bytes.iter_mut().enumerate() {
		*byte = byte.wrapping_add((n / 1024) as u8);
	}
	bytes
}

/// A key and the tree above the object's bytes.
type Tree = (ObjectKey, Vec<u8>);

thread_local! {
	/// Objects that were hashed before.
	static TREES: RefCell<BTreeMap<(u32, u64), Tree>> = RefCell::default();
}

/// Its key and the tree above it.
pub fn tree(seed: u32, size: u64) -> (ObjectKey, Vec<u8>) {
	TREES.with_borrow_mut(|trees| {
		trees.entry((seed, size)).or_insert_with(|| grow_tree(seed, size)).clone()
	})
}

fn grow_tree(seed: u32, size: u64) -> (ObjectKey, Vec<u8>) {
	let mut builder = OutboardBuilder::new(size);
	builder.update(&bytes(seed, size)).unwrap();
	let (hash, outboard) = builder.finish().unwrap();
	(ObjectKey { hash, size }, outboard)
}

pub fn key(seed: u32, size: u64) -> ObjectKey {
	tree(seed, size).0
}

fn prove(seed: u32, size: u64, index: u64) -> slices::ChunkProof {
	let (key, outboard) = tree(seed, size);
	let range = slices::group_of_chunk(size, index);
	let group = bytes(seed, size)[range.start as usize..range.end as usize].to_vec();
	slices::prove_chunk(&key, index, &mut &outboard[..], &group).unwrap()
}

/// What a provider that has the object confirms it with now.
pub fn confirmation(seed: u32, size: u64, id: ProviderId) -> Confirmation {
	let key = key(seed, size);
	let (height, _) = challenge::anchor(System::block_number());
	let chunk =
		prove(seed, size, challenge::chunk_to_open(&System::block_hash(height).0, &key, id));
	let last = crate::Objects::<Test>::get(key)
		.is_none_or(|object| !object.size_proved)
		.then(|| prove(seed, size, slices::chunk_count(size) - 1));
	Confirmation { key, chunk, last }
}

/// The size of [`stored`] objects.
pub const SIZE: u64 = 3_000;

pub fn request(key: ObjectKey, eras: u32) -> crate::PinRequest<AccountId> {
	crate::PinRequest { key, tranche: None, eras, uploader: None }
}

/// Pins one object, whatever it costs.
pub fn try_pin(who: AccountId, key: ObjectKey, eras: u32) -> sp_runtime::DispatchResult {
	let requests = BoundedVec::truncate_from(vec![request(key, eras)]);
	Storage::pin(signed(who), requests, Balance::MAX, Balance::MAX)
}

/// Pins an object of [`SIZE`] bytes for some eras.
pub fn pin(who: AccountId, seed: u32, eras: u32) -> ObjectKey {
	let key = key(seed, SIZE);
	try_pin(who, key, eras).unwrap();
	key
}

/// A provider confirms an object of [`SIZE`] bytes. Whether it counted.
pub fn try_confirm(seed: u32, id: ProviderId) -> bool {
	let one = BoundedVec::truncate_from(vec![confirmation(seed, SIZE, id)]);
	Storage::confirm_replicas(signed(operator(id)), id, one)
		.is_ok_and(|info| info.pays_fee == frame_support::dispatch::Pays::No)
}

/// All who are to have the object confirm it, until nobody is left who is to.
pub fn confirm_all(seed: u32) {
	loop {
		let assigned = view(seed).assigned;
		if assigned.is_empty() {
			return;
		}
		for id in assigned {
			assert!(try_confirm(seed, id), "{id} cannot confirm {seed}: {:?}", System::events());
		}
	}
}

/// An object that Alice has pinned for some eras, at its coverage.
pub fn stored(seed: u32, eras: u32) -> ObjectKey {
	let key = pin(alice(), seed, eras);
	confirm_all(seed);
	key
}

pub fn view(seed: u32) -> rome_primitives::storage::api::ObjectView {
	Storage::api_object(key(seed, SIZE)).expect("the object exists")
}

pub fn counts() -> rome_primitives::storage::api::TrancheCounts {
	crate::Tranches::<Test>::get(0).unwrap().counts
}

/// A chain for benchmarks, with keys to sign with.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_bench_ext() -> sp_io::TestExternalities {
	let mut ext = new_test_ext();
	let keystore = sp_keystore::testing::MemoryKeystore::new();
	ext.register_extension(sp_keystore::KeystoreExt::new(keystore));
	ext.execute_with(|| {
		MaxPendingObjects::set(u32::MAX);
		MaxPendingBytes::set(u64::MAX);
		UploadQuorum::set(2);
	});
	ext
}
