//! A runtime of the oracle alone, and short ways to probers, actors and rounds in it.

use crate as pallet_benchmark_oracle;
use crate::{
	types::{Evidence, Opening, OPEN_LAG},
	Call, Reveals, Time,
};
use core::cell::RefCell;
use frame_support::{
	derive_impl,
	pallet_prelude::{InvalidTransaction, TransactionSource},
	parameter_types,
	traits::{Authorize, EitherOfDiverse, Hooks, UnfilteredDispatchable},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSignedBy, RawOrigin};
use rome_primitives::{
	actors::{Declared, Endpoint},
	benchmark::{
		assignment, chain, commitment,
		hooks::{BlockRoom, OnVerified, ProbedActor, ProbedActors},
		receipt, Actor, Hash, Observation, Outcome, ProberId, Reading, Report, Role, RoundIndex,
		RoundParameters,
	},
	signing::{self, Message, ProbeReceipt, ProberChain, ProberCommitment, ProberConsent},
	slices::{self, OutboardBuilder},
	storage::ObjectKey,
};
use sp_core::{sr25519, Pair};
use sp_runtime::{
	transaction_validity::{TransactionValidityError, ValidTransaction},
	AccountId32, BoundedVec, BuildStorage, MultiSignature, Perbill,
};
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
	pub type Oracle = pallet_benchmark_oracle::Pallet<Test>;
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

/// What the off-chain worker sends.
pub type Extrinsic = sp_runtime::testing::TestXt<RuntimeCall, ()>;

impl frame_system::offchain::CreateTransactionBase<Call<Test>> for Test {
	type Extrinsic = Extrinsic;
	type RuntimeCall = RuntimeCall;
}

impl frame_system::offchain::CreateTransaction<Call<Test>> for Test {
	type Extension = ();

	fn create_transaction(call: RuntimeCall, extension: ()) -> Extrinsic {
		Extrinsic::new_transaction(call, extension)
	}
}

impl frame_system::offchain::CreateAuthorizedTransaction<Call<Test>> for Test {
	fn create_extension() {}
}

/// An account that only has money.
pub fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

pub const RICH: Balance = 1_000_000_000;

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
/// Where slashes go.
pub fn fund() -> AccountId {
	account(200)
}
/// Who stands for the actor of a number.
pub fn actor_owner(id: u32) -> AccountId {
	account(20u8.wrapping_add(id as u8))
}
/// Who stands for the prober of a number.
pub fn owner(id: ProberId) -> AccountId {
	account(120 + id as u8)
}

pub fn actor_pair(id: u32) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[60u8.wrapping_add(id as u8); 32])
}
pub fn key_pair(id: ProberId) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[150 + id as u8; 32])
}
pub fn key(id: ProberId) -> AccountId {
	AccountId::new(key_pair(id).public().0)
}

pub fn sign<M: Message>(pair: &sr25519::Pair, message: &M) -> MultiSignature {
	MultiSignature::Sr25519(pair.sign(&signing::payload(&Oracle::genesis(), message)))
}

pub struct Councillors;
impl frame_support::traits::SortedMembers<AccountId> for Councillors {
	fn sorted_members() -> Vec<AccountId> {
		vec![council()]
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

/// The owners of probers of even numbers are validators.
pub struct EvenOnes;
impl frame_support::traits::Contains<AccountId> for EvenOnes {
	fn contains(who: &AccountId) -> bool {
		(0..60).step_by(2).any(|id| owner(id) == *who)
	}
}

/// Actors as the tests want them.
pub struct World;

thread_local! {
	static ACTORS: RefCell<BTreeMap<Actor, ProbedActor>> = RefCell::default();
	static VERIFIED: RefCell<Vec<(Actor, u32)>> = RefCell::default();
	static SENT: RefCell<BTreeMap<(RoundIndex, ProberId), Sent>> = RefCell::default();
}

impl ProbedActors for World {
	fn actor(actor: &Actor) -> Option<ProbedActor> {
		ACTORS.with_borrow(|actors| actors.get(actor).cloned())
	}

	fn next(role: Role, after: Option<u32>) -> Option<u32> {
		ACTORS.with_borrow(|actors| {
			let mut ids = actors.keys().filter(|actor| actor.role == role).map(|actor| actor.id);
			ids.find(|id| after.is_none_or(|after| *id > after))
		})
	}

	/// Even ones are in group 0, odd ones in group 1.
	fn is_member(actor: &Actor, group: u32) -> bool {
		actor.id % 2 == group
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn insert(actor: &Actor, about: ProbedActor) {
		ACTORS.with_borrow_mut(|actors| actors.insert(*actor, about));
	}
}

impl OnVerified for World {
	fn on_verified(actor: &Actor, _: &Declared, until: u32) {
		VERIFIED.with_borrow_mut(|verified| verified.push((*actor, until)));
	}
}

/// Who was told to be verified.
pub fn verified() -> Vec<(Actor, u32)> {
	VERIFIED.with_borrow(Clone::clone)
}

pub struct Room;
impl BlockRoom for Room {
	fn has_room() -> bool {
		HasRoom::get()
	}
}

parameter_types! {
	pub const OraclePalletId: PalletId = PalletId(*b"rome/ben");
	pub static BlockWeights: frame_system::limits::BlockWeights = Default::default();
	pub static BlockLength: frame_system::limits::BlockLength = Default::default();
	pub static HasRoom: bool = true;
	pub static BlocksPerDay: u32 = 50;
	pub static KeptDays: u32 = 3;
	pub static Bond: Balance = 10_000;
	pub static PayPerRound: Balance = 10;
	pub static WithheldSlash: Perbill = Perbill::from_percent(20);
	pub static VoidSlash: Perbill = Perbill::from_percent(10);
	pub static FaultsAllowed: u32 = 2;
	pub static MissedToIdle: u32 = 4;
	pub static NoControlAllowed: u32 = 2;
	pub static TrialFee: Balance = 100;
	pub static TargetShare: Perbill = Perbill::from_percent(40);
	pub static VerificationFee: Balance = 500;
	pub static VerificationTerm: u32 = 300;
	pub static RetryDelay: u32 = 40;
	pub static ReportDeposit: Balance = 70;
	pub static ReportTerm: u32 = 60;
	/// Rounds of the chains that probers of the tests commit.
	pub static ChainLength: u32 = 500;
}

impl pallet_benchmark_oracle::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AdminOrigin =
		EitherOfDiverse<EnsureRoot<AccountId>, EnsureSignedBy<Councillors, AccountId>>;
	type ConductorOrigin = EitherOfDiverse<EnsureRoot<AccountId>, crate::EnsureConductor<Test>>;
	type Validators = EvenOnes;
	type Actors = World;
	type OnVerified = World;
	type BlockRoom = Room;
	type OnSlash = ToFund;
	type PalletId = OraclePalletId;
	type BlocksPerDay = BlocksPerDay;
	type KeptDays = KeptDays;
	type Bond = Bond;
	type PayPerRound = PayPerRound;
	type WithheldSlash = WithheldSlash;
	type VoidSlash = VoidSlash;
	type FaultsAllowed = FaultsAllowed;
	type MissedToIdle = MissedToIdle;
	type NoControlAllowed = NoControlAllowed;
	type TrialFee = TrialFee;
	type TargetShare = TargetShare;
	type VerificationFee = VerificationFee;
	type VerificationTerm = VerificationTerm;
	type RetryDelay = RetryDelay;
	type ReportDeposit = ReportDeposit;
	type ReportTerm = ReportTerm;
	type WeightInfo = ();
}

/// Two blocks a round, committees of five, three rounds decide.
pub const PARAMETERS: RoundParameters =
	RoundParameters { length: 2, committee: 5, min_revealers: 2, decisive_rounds: 3, slots: 0 };

/// A fresh chain with no probers and no actors. [`poor`] has hardly any money, everybody else has.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let rich =
		[alice(), bob()].into_iter().chain((0..60).map(owner)).chain((0..30).map(actor_owner));
	pallet_balances::GenesisConfig::<Test> {
		balances: rich.map(|who| (who, RICH)).chain([(poor(), 60), (fund(), 1)]).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	crate::GenesisConfig::<Test> { parameters: Some((2, 5, 2, 3, 0)), probers: vec![] }
		.assimilate_storage(&mut storage)
		.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ACTORS.take();
	VERIFIED.take();
	SENT.take();
	ext.execute_with(|| {
		frame_system::BlockHash::<Test>::insert(0, sp_core::H256([7; 32]));
		begin_block(1);
	});
	ext
}

/// Runs `test` on a fresh chain, and the invariants after it.
pub fn run(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Oracle::do_try_state().expect("the invariants hold after every test");
	});
}

// Blocks

fn begin_block(number: u32) {
	System::set_block_number(number);
	System::reset_events();
	frame_system::BlockWeight::<Test>::kill();
	Oracle::on_initialize(number);
}

/// Ends the block with `idle` left for duties, and begins the next one.
pub fn next_block_with(idle: Weight) {
	let number = System::block_number();
	if idle.any_gt(Weight::zero()) {
		Oracle::on_idle(number, idle);
	}
	Oracle::on_finalize(number);
	begin_block(number + 1);
}

pub fn next_block() {
	next_block_with(Weight::MAX);
}

pub fn blocks(count: u32) {
	(0..count).for_each(|_| next_block());
}

pub fn round() -> RoundIndex {
	Time::<Test>::get().round
}

/// Blocks until a round is open, in which nobody does anything.
pub fn until_round(index: RoundIndex) {
	while round() < index {
		next_block();
	}
}

// Actors

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub const DECLARED: Declared =
	Declared { storage: 1 << 30, download: 2_000_000, upload: 1_000_000 };

/// A storage provider, at work or applying.
pub fn actor(id: u32, at_work: bool) -> Actor {
	let actor = Actor::storage(id);
	let about = ProbedActor {
		owner: actor_owner(id),
		operator: AccountId::new(actor_pair(id).public().0),
		endpoint: Endpoint::Http(BoundedVec::truncate_from(b"http://localhost:1".to_vec())),
		declared: DECLARED,
		at_work,
		verifiable: true,
	};
	ACTORS.with_borrow_mut(|actors| actors.insert(actor, about));
	actor
}

pub fn change_actor(actor: Actor, change: impl FnOnce(&mut ProbedActor)) {
	ACTORS.with_borrow_mut(|actors| change(actors.get_mut(&actor).unwrap()));
}

pub fn remove_actor(actor: Actor) {
	ACTORS.with_borrow_mut(|actors| actors.remove(&actor));
}

// Probers

pub fn secret(id: ProberId, from: RoundIndex) -> Hash {
	sp_io::hashing::blake2_256(&[id.to_le_bytes(), from.to_le_bytes()].concat())
}

/// The preimage that a prober has for a round, by the chains that the chain knows.
pub fn preimage(id: ProberId, round: RoundIndex) -> Option<Hash> {
	let chains = crate::ProberChains::<Test>::get(id)?;
	let chain = chains.covering(round)?;
	// One that was cut was longer when it was made.
	chain::preimage(&secret(id, chain.from), ChainLength::get(), round - chain.from)
}

pub fn consent(id: ProberId) -> MultiSignature {
	sign(&key_pair(id), &ProberConsent { owner: owner(id), key: key(id) })
}

/// The prober of the next number registers, and is admitted.
pub fn prober() -> ProberId {
	let id = crate::NextProberId::<Test>::get();
	let from = round() + 2;
	let length = ChainLength::get();
	let end = chain::end(&secret(id, from), length);
	Oracle::register_prober(signed(owner(id)), key(id), consent(id), from, length, end).unwrap();
	if !id.is_multiple_of(2) {
		Oracle::admit_prober(signed(council()), id).unwrap();
	}
	id
}

pub fn probers(count: u32) -> Vec<ProberId> {
	(0..count).map(|_| prober()).collect()
}

// Transactions

/// Whether the pool and a block take a free call.
pub fn check(call: &Call<Test>) -> Result<ValidTransaction, InvalidTransaction> {
	let validity = call.authorize(TransactionSource::External).expect("it is authorised");
	validity.map(|(validity, _)| validity).map_err(|error| match error {
		TransactionValidityError::Invalid(error) => error,
		other => panic!("{other:?}"),
	})
}

/// Sends a free call.
pub fn send(call: Call<Test>) -> Result<(), InvalidTransaction> {
	check(&call)?;
	let result = RuntimeCall::from(call).dispatch_bypass_filter(RawOrigin::Authorized.into());
	assert!(result.is_ok(), "what is authorised works: {result:?}");
	Ok(())
}

pub fn chain_call(id: ProberId, from: RoundIndex) -> Call<Test> {
	let length = ChainLength::get();
	let end = chain::end(&secret(id, from), length);
	let message = ProberChain { prober: id, from, length, end };
	let signature = sign(&key_pair(id), &message);
	Call::commit_chain { id, from, length, end, signature }
}

/// What a prober keeps of a round until it has opened it.
#[derive(Clone)]
pub struct Sent {
	pub salt: Hash,
	pub preimage: Hash,
	pub report: Report,
	pub evidence: Vec<Option<Evidence>>,
}

const SIZE: u64 = 40_000;

fn object() -> (ObjectKey, Vec<u8>, Vec<u8>) {
	let bytes = (0..SIZE).map(|place| (place / 7) as u8).collect::<Vec<_>>();
	let mut builder = OutboardBuilder::new(SIZE);
	builder.update(&bytes).unwrap();
	let (hash, outboard) = builder.finish().unwrap();
	(ObjectKey { hash, size: SIZE }, bytes, outboard)
}

/// What a prober sees of an actor that delivers `rate`; nothing delivered is unreachable.
pub fn see(
	id: ProberId,
	round: RoundIndex,
	preimage: &Hash,
	actor: Actor,
	rate: u64,
) -> (Observation, Option<Evidence>) {
	let started = 1_000_000 + u64::from(round) * 1_000_000 + u64::from(id) * 10_000;
	if rate == 0 {
		return (failure(actor, Outcome::Unreachable), None);
	}
	let draw = assignment::draw(preimage, &actor);
	let (key, bytes, outboard) = object();
	let (offset, length) = (draw.offset_in(SIZE, 20_000), 20_000);
	let receipt = ProbeReceipt {
		prober: self::key(id),
		round,
		nonce: draw.nonce,
		key,
		offset,
		length,
		digest: [0; 32],
		started,
		ended: started + 10,
	};
	let index = draw.chunk_of(offset, length);
	let range = slices::group_of_chunk(SIZE, index);
	let group = &bytes[range.start as usize..range.end as usize];
	let chunk = slices::prove_chunk(&key, index, &mut &outboard[..], group).unwrap();
	let seen = Observation {
		actor,
		outcome: Outcome::Ok,
		trials: 1,
		successes: 1,
		download: Some(Reading { value: rate, at_least: false }),
		upload: Some(Reading { value: rate / 2, at_least: false }),
		first_byte: Some(1_000),
		first_byte_miss: None,
		started,
		lasted: 100,
		streams: 4,
		receipt: Some(receipt::digest(&receipt)),
	};
	let signature = sign(&actor_pair(actor.id), &receipt);
	(seen, Some(Evidence { receipt, signature, chunk }))
}

/// An observation of nothing.
pub fn failure(actor: Actor, outcome: Outcome) -> Observation {
	Observation {
		actor,
		outcome,
		trials: 1,
		successes: 0,
		download: None,
		upload: None,
		first_byte: None,
		first_byte_miss: None,
		started: 0,
		lasted: 0,
		streams: 0,
		receipt: None,
	}
}

/// Makes what a prober reports of a round, by what each actor delivers to it.
pub fn report_on(
	id: ProberId,
	round: RoundIndex,
	rate: &dyn Fn(ProberId, Actor) -> u64,
) -> Option<Sent> {
	let preimage = preimage(id, round)?;
	let actors = Oracle::assigned(round, id, &preimage)?;
	let (seen, evidence): (Vec<_>, Vec<_>) =
		actors.into_iter().map(|actor| see(id, round, &preimage, actor, rate(id, actor))).unzip();
	let report = Report::Observed(BoundedVec::truncate_from(seen));
	Some(Sent { salt: secret(id, !round), preimage, report, evidence })
}

/// Remembers a report, and what commits to it.
pub fn commit_call(id: ProberId, round: RoundIndex, sent: Sent) -> Call<Test> {
	let root = commitment::root_of(&sent.report);
	let commitment = commitment::commitment(&Oracle::genesis(), id, round, &sent.salt, &root);
	let message = ProberCommitment { prober: id, round, commitment };
	SENT.with_borrow_mut(|all| all.insert((round, id), sent));
	let signature = sign(&key_pair(id), &message);
	Call::commit { id, round, commitment, signature }
}

pub fn sent(id: ProberId, round: RoundIndex) -> Option<Sent> {
	SENT.with_borrow(|all| all.get(&(round, id)).cloned())
}

pub fn reveal_call(id: ProberId, round: RoundIndex) -> Option<Call<Test>> {
	let Sent { salt, preimage, report, .. } = sent(id, round)?;
	Some(Call::reveal { id, round, salt, preimage, report })
}

pub fn open_call(id: ProberId, round: RoundIndex) -> Option<Call<Test>> {
	let revealed = Reveals::<Test>::get(round, id)?;
	let index = Oracle::to_open(round, id, &revealed)?;
	let Sent { report: Report::Observed(all), evidence, .. } = sent(id, round)? else {
		return None;
	};
	let opening = Opening {
		observation: all[index as usize].clone(),
		proof: commitment::prove(&all, index)?,
		evidence: evidence[index as usize].clone(),
	};
	Some(Call::open { id, round, opening: Box::new(opening) })
}

/// All that is due of these probers now, as each sees the actors.
pub fn act(ids: &[ProberId], rate: &dyn Fn(ProberId, Actor) -> u64) {
	let now = round();
	for id in ids.iter().copied() {
		if let Some(last) = now.checked_sub(1) {
			if let Some(report) = report_on(id, last, rate) {
				let _ = send(commit_call(id, last, report));
			}
		}
		let reveal = now.checked_sub(2).and_then(|before| reveal_call(id, before));
		let open = now.checked_sub(OPEN_LAG).and_then(|before| open_call(id, before));
		for call in [reveal, open].into_iter().flatten() {
			let _ = send(call);
		}
	}
}

/// Blocks until a round is open, in which these probers do what is due.
pub fn work_until(index: RoundIndex, ids: &[ProberId], rate: &dyn Fn(ProberId, Actor) -> u64) {
	while round() < index {
		act(ids, rate);
		next_block();
	}
}

/// A chain for benchmarks, with keys to sign with.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_bench_ext() -> sp_io::TestExternalities {
	let mut ext = new_test_ext();
	let keystore = sp_keystore::testing::MemoryKeystore::new();
	ext.register_extension(sp_keystore::KeystoreExt::new(keystore));
	ext
}
