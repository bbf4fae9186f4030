//! What the benchmarks start from: probers, actors and rounds as large as they may be.

use crate::{
	types::{
		Chains, Evidence, History, Opening, Order, Prober, ProberOf, Revealed, Round, Samples,
		Standing, Targets, Verification, BOND, FEE,
	},
	*,
};
use alloc::vec::Vec;
use frame_benchmarking::account;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate, MutateHold},
		Get,
	},
	BoundedVec,
};
use rome_primitives::{
	actors::{Declared, Endpoint, MAX_ENDPOINT_BYTES},
	benchmark::{
		api::{RoundResult, VerificationState},
		assignment,
		chain::{self, Chain},
		commitment,
		hooks::{ProbedActor, ProbedActors},
		limits::{MAX_CHAIN, MAX_HISTORY, MAX_ROUNDS, MAX_SAMPLES, MAX_TARGETS},
		receipt,
		settlement::{Figure, Sample, Settled},
		Actor, Hash, Observation, Outcome, ProberId, Reading, RoundIndex,
	},
	signing::{self, Message, ProbeReceipt},
	slices::{self, OutboardBuilder},
	storage::ObjectKey,
};
use sp_core::{crypto::KeyTypeId, sr25519};
use sp_runtime::{
	traits::{Bounded, Saturating},
	AccountId32, MultiSignature,
};

const KEYS: KeyTypeId = KeyTypeId(*b"prob");
/// The secret start of every chain.
const SECRET: Hash = [3; 32];
/// The size of the object that is opened.
const SIZE: u64 = 40_000;
/// The rounds are far enough from the first one for everything to have happened.
pub(super) const NOW: RoundIndex = 2_000;

pub(super) fn funded<T: Config>(name: &'static str, index: u32) -> T::AccountId {
	let who: T::AccountId = account(name, index, 0);
	let amount = T::Currency::minimum_balance()
		.saturating_mul(1_000_000u32.into())
		.saturating_add(T::Bond::get().saturating_mul(1_000u32.into()))
		.min(types::BalanceOf::<T>::max_value() / 1_000u32.into());
	T::Currency::set_balance(&who, amount);
	who
}

fn key_pair(number: u32) -> sr25519::Public {
	let seed = alloc::format!("//{number}").into_bytes();
	sp_io::crypto::sr25519_generate(KEYS, Some(seed))
}

pub(super) fn key(number: u32) -> AccountId32 {
	AccountId32::new(key_pair(number).0)
}

pub(super) fn sign<T: Config, M: Message>(number: u32, message: &M) -> MultiSignature {
	let payload = signing::payload(&Pallet::<T>::genesis(), message);
	let signature = sp_io::crypto::sr25519_sign(KEYS, &key_pair(number), &payload)
		.expect("the key was generated");
	MultiSignature::Sr25519(signature)
}

pub(super) fn longest_endpoint() -> Endpoint {
	let mut text = b"http://".to_vec();
	text.resize(MAX_ENDPOINT_BYTES as usize, b'e');
	Endpoint::Http(BoundedVec::truncate_from(text))
}

/// An actor of the number; its operator's key is that of 1,000 and the number.
pub(super) fn actor<T: Config>(id: u32) -> Actor {
	let actor = Actor::storage(id);
	let about = ProbedActor {
		owner: funded::<T>("actor", id),
		operator: key(1_000 + id),
		endpoint: longest_endpoint(),
		declared: Declared { storage: 1, download: 1, upload: 1 },
		at_work: true,
		verifiable: true,
	};
	T::Actors::insert(&actor, about);
	actor
}

/// The chain of every prober: it ends with the round whose reveal is due now, none of it revealed.
pub(super) fn longest_chain() -> Chain {
	let from = NOW - types::REVEAL_LAG + 1 - MAX_CHAIN;
	Chain::new(from, MAX_CHAIN, chain::end(&SECRET, MAX_CHAIN)).expect("it is as long as it may be")
}

/// The last one of it.
pub(super) fn last_preimage() -> Hash {
	SECRET
}

/// An active prober with that number and key number.
pub(super) fn prober<T: Config>(id: ProberId) -> ProberOf<T> {
	let owner = funded::<T>("prober", id);
	let bond = T::Bond::get();
	T::Currency::hold(&BOND.into(), &owner, bond).expect("the owner has money");
	let prober = Prober { owner, key: key(id), bond, standing: Standing::Active, since: 0 };
	ProberByKey::<T>::insert(&prober.key, id);
	Probers::<T>::insert(id, prober.clone());
	ProberChains::<T>::insert(id, Chains { current: longest_chain(), next: None });
	NextProberId::<T>::put(id + 1);
	prober
}

/// The clock at [`NOW`], all rounds before settled and closed, those around there.
pub(super) fn clock<T: Config>() {
	Time::<T>::mutate(|time| {
		time.round = NOW;
		time.to_settle = NOW - types::REVEAL_LAG;
		time.to_close = NOW - types::OPEN_LAG;
		time.to_forget = NOW - 10;
	});
	for round in NOW - 10..=NOW {
		Rounds::<T>::insert(
			round,
			Round {
				seed: [round as u8; 32],
				probers: u32::MAX,
				committee: 0,
				quorum: 1,
				began: 0,
				settled: 0,
				results: 0,
				closed: None,
				run: None,
			},
		);
	}
}

/// As many targets as there can be, of which the first `assigned` are everybody's.
pub(super) fn targets<T: Config>(round: RoundIndex, assigned: u32) {
	let all = (0..MAX_TARGETS)
		.map(|id| (Actor::storage(id), if id < assigned { u32::MAX } else { 0 }))
		.collect::<Vec<_>>();
	RoundTargets::<T>::insert(round, Targets::truncate_from(all));
}

pub(super) fn reading(value: u64) -> Option<Reading> {
	Some(Reading { value, at_least: false })
}

pub(super) fn observation(id: u32) -> Observation {
	Observation {
		actor: Actor::storage(id),
		outcome: Outcome::Ok,
		trials: 1,
		successes: 1,
		download: reading(1_000_000 + u64::from(id)),
		upload: reading(1_000_000 + u64::from(id)),
		first_byte: Some(1_000),
		first_byte_miss: Some(2_000),
		started: 1_000_000,
		lasted: 100,
		streams: 4,
		receipt: Some([0; 32]),
	}
}

/// Full but for one.
pub(super) fn nearly_full_samples(places_left: u32) -> Samples {
	let all = (1..=MAX_SAMPLES - places_left)
		.map(|number| {
			let mut sample = Sample::new(10_000 + number, &observation(number));
			sample.started += u64::from(number) * 1_000;
			sample
		})
		.collect::<Vec<_>>();
	Samples::truncate_from(all)
}

pub(super) fn observations(count: u32) -> Vec<Observation> {
	(0..count).map(observation).collect()
}

/// What opens an observation of round `NOW - 3` of prober 0 among as many as there can be.
pub(super) fn opening<T: Config>() -> Opening {
	let round = NOW - types::OPEN_LAG;
	let count = rome_primitives::benchmark::limits::MAX_OBSERVATIONS;
	prober::<T>(0);
	let seed = Rounds::<T>::get(NOW).expect("it is there").seed;
	let index = assignment::opening(&seed, round, 0, count);
	let actor = actor::<T>(index);
	let preimage = [5; 32];
	let draw = assignment::draw(&preimage, &actor);
	let bytes = (0..SIZE).map(|place| place as u8).collect::<Vec<_>>();
	let mut builder = OutboardBuilder::new(SIZE);
	builder.update(&bytes).expect("as long as announced");
	let (hash, outboard) = builder.finish().expect("as long as announced");
	let object = ObjectKey { hash, size: SIZE };
	let (offset, length) = (draw.offset_in(SIZE, 20_000), 20_000);
	let receipt = ProbeReceipt {
		prober: key(0),
		round,
		nonce: draw.nonce,
		key: object,
		offset,
		length,
		digest: [0; 32],
		started: 1_000_000,
		ended: 1_000_010,
	};
	let chunk = draw.chunk_of(offset, length);
	let range = slices::group_of_chunk(SIZE, chunk);
	let group = &bytes[range.start as usize..range.end as usize];
	let chunk =
		slices::prove_chunk(&object, chunk, &mut &outboard[..], group).expect("its own bytes");
	let mut all = observations(count);
	all[index as usize].receipt = Some(receipt::digest(&receipt));
	let revealed =
		Revealed { preimage, root: commitment::root(&all), count: Some(count), opened: false };
	Reveals::<T>::insert(round, 0, revealed);
	// Wrapped, as by a browser: checked second.
	let payload = signing::wrapped(&signing::payload(&Pallet::<T>::genesis(), &receipt));
	let signature = sp_io::crypto::sr25519_sign(KEYS, &key_pair(1_000 + index), &payload)
		.expect("the key was generated");
	Opening {
		observation: all[index as usize].clone(),
		proof: commitment::prove(&all, index).expect("it is there"),
		evidence: Some(Evidence { receipt, signature: MultiSignature::Sr25519(signature), chunk }),
	}
}

pub(super) fn settled() -> Settled {
	let figure = Some(Figure { value: 1_000_000, at_least: false, readings: 21 });
	Settled {
		revealers: 21,
		successes: 21,
		trials: 21,
		availability: 0,
		outcome: Outcome::Timeout,
		download: figure,
		upload: figure,
		first_byte: figure,
		first_byte_miss: figure,
	}
}

/// An actor with everything that settling it concerns: samples, history, a day's figures, an order, and a
/// verification whose last round it is, and that it passes.
pub(super) fn busiest_actor<T: Config>(round: RoundIndex) -> Actor {
	let actor = actor::<T>(0);
	Waiting::<T>::insert(round, actor, nearly_full_samples(0));
	let history =
		(0..MAX_HISTORY).map(|round| RoundResult { round, settled: settled() }).collect::<Vec<_>>();
	Results::<T>::insert(actor, History::truncate_from(history));
	Days::<T>::mutate(actor, Pallet::<T>::day(Pallet::<T>::now()), |day| {
		let day = day.get_or_insert_with(Default::default);
		for histogram in [
			&mut day.download,
			&mut day.upload,
			&mut day.first_byte,
			&mut day.first_byte_miss,
			&mut day.availability,
		] {
			(0..64u64).for_each(|value| histogram.record(1 << value));
		}
		day.rounds = 64;
	});
	let account = funded::<T>("orderer", 0);
	let fee = T::TrialFee::get().max(1_000u32.into());
	T::Currency::hold(&FEE.into(), &account, fee).expect("the orderer has money");
	Orders::<T>::insert(round, actor, Order { account, fee, trials: 1 });
	verification::<T>(actor, MAX_ROUNDS - 1);
	actor
}

/// A verification that runs, with so many rounds settled.
pub(super) fn verification<T: Config>(actor: Actor, rounds: u32) {
	let account = funded::<T>("applicant", 0);
	let fee = T::VerificationFee::get().max(1_000u32.into());
	T::Currency::hold(&FEE.into(), &account, fee).expect("the applicant has money");
	let all = (0..rounds).map(|_| settled()).collect::<Vec<_>>();
	Verifications::<T>::insert(
		actor,
		Verification {
			account,
			fee,
			declared: Declared { storage: 1, download: 1, upload: 1 },
			state: VerificationState::Running,
			from: 0,
			rounds: MAX_ROUNDS,
			settled: BoundedVec::truncate_from(all),
		},
	);
	Verifying::<T>::put(1);
}
