//! The benchmark oracle on the composed chain: real transactions of a prober, from a provider's application to its
//! activation by a conductor, with nobody's list to stand on.

use super::{
	run, sign,
	storage::{general, signature},
	Chain,
};
use crate::{
	AccountId, Balances, BenchmarkOracle, Runtime, RuntimeCall, StorageTranches, System,
	UncheckedExtrinsic, ROME,
};
use pallet_benchmark_oracle::{Evidence, HoldReason, Opening};
use rome_primitives::{
	actors::{ActorState, CapacityOracle, Declared, Endpoint, FailureDomain},
	benchmark::{
		api::VerificationState, assignment::draw, chain, commitment, receipt, Actor, Hash,
		Observation, Outcome, Reading, Report, RoundIndex,
	},
	signing::{OperatorConsent, ProbeReceipt, ProberCommitment, ProberConsent},
	slices::{self, OutboardBuilder},
	storage::ObjectKey,
};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve};
use sp_runtime::{traits::Get, BoundedVec};
use std::collections::BTreeMap;

type Call = pallet_benchmark_oracle::Call<Runtime>;
type Storage = pallet_storage_tranches::Call<Runtime>;

/// Signs for the prober of [`Alice`], a validator.
const KEY: Sr25519Keyring = Dave;
/// Signs for the provider of [`Charlie`].
const OPERATOR: Sr25519Keyring = Eve;

const SECRET: Hash = [42; 32];
const LENGTH: u32 = 200;
const FROM: RoundIndex = 2;
const DECLARED: Declared = Declared { storage: 1 << 40, download: 4_000_000, upload: 2_000_000 };
const BYTES: &[u8] = b"what is probed";

fn sudo(chain: &mut Chain, call: impl Into<RuntimeCall>) {
	let call = Box::new(call.into());
	chain.apply(Alice, pallet_sudo::Call::sudo { call });
}

/// What the prober keeps of a round.
struct Kept {
	report: Report,
	evidence: Evidence,
}

fn preimage(round: RoundIndex) -> Hash {
	chain::preimage(&SECRET, LENGTH, round - FROM).expect("within the chain")
}

/// A probe of the provider in a round, at a rate.
fn probe(round: RoundIndex, rate: u64) -> Kept {
	let actor = Actor::storage(0);
	let drawn = draw(&preimage(round), &actor);
	let size = BYTES.len() as u64;
	let mut builder = OutboardBuilder::new(size);
	builder.update(BYTES).expect("as long as announced");
	let (hash, outboard) = builder.finish().expect("as long as announced");
	let key = ObjectKey { hash, size };
	let chunk = slices::prove_chunk(&key, 0, &mut &outboard[..], BYTES).expect("its own bytes");
	let started = 1_000_000 * u64::from(round);
	let receipt = ProbeReceipt {
		prober: KEY.to_account_id(),
		round,
		nonce: drawn.nonce,
		key,
		offset: 0,
		length: size,
		digest: *blake3(BYTES),
		started,
		ended: started + 20,
	};
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
	let signature = signature(OPERATOR, &receipt);
	Kept {
		report: Report::Observed(BoundedVec::truncate_from(vec![seen])),
		evidence: Evidence { receipt, signature, chunk },
	}
}

fn blake3(bytes: &[u8]) -> Box<Hash> {
	let mut builder = OutboardBuilder::new(bytes.len() as u64);
	builder.update(bytes).expect("as long as announced");
	Box::new(builder.finish().expect("as long as announced").0)
}

/// What the prober's node sends in this block.
fn due(sent: &mut BTreeMap<RoundIndex, Kept>, rate: u64) -> Vec<UncheckedExtrinsic> {
	let clock = BenchmarkOracle::api_clock();
	let genesis = System::block_hash(0).0;
	let salt = [7; 32];
	let mut calls = Vec::new();
	// The first block of a round will do.
	if clock.open_blocks > 0 {
		return Vec::new();
	}
	if let Some(round) = clock.round.checked_sub(1).filter(|round| *round >= FROM) {
		let mut kept = probe(round, rate);
		let targets = BenchmarkOracle::api_round(round).expect("it is kept").targets;
		if targets.is_empty() {
			kept.report = Report::Observed(Default::default());
		}
		let root = commitment::root_of(&kept.report);
		let commitment = commitment::commitment(&genesis, 0, round, &salt, &root);
		let signature = signature(KEY, &ProberCommitment { prober: 0, round, commitment });
		calls.push(Call::commit { id: 0, round, commitment, signature });
		sent.insert(round, kept);
	}
	if let Some(round) = clock.round.checked_sub(2) {
		if let Some(kept) = sent.get(&round) {
			let report = kept.report.clone();
			calls.push(Call::reveal { id: 0, round, salt, preimage: preimage(round), report });
		}
	}
	if let Some(round) = clock.round.checked_sub(3) {
		if let Some(Kept { report: Report::Observed(all), evidence }) = sent.get(&round) {
			if let Some(seen) = all.first() {
				let opening = Opening {
					observation: seen.clone(),
					proof: commitment::prove(all, 0).expect("it is there"),
					evidence: Some(evidence.clone()),
				};
				calls.push(Call::open { id: 0, round, opening: Box::new(opening) });
			}
		}
	}
	calls.into_iter().map(general).collect()
}

/// Blocks in which the prober does its work, until `condition` holds.
fn work_until(chain: &mut Chain, rate: u64, condition: impl Fn() -> bool) {
	let mut sent = BTreeMap::new();
	for _ in 0..200 {
		if condition() {
			return;
		}
		// What is due follows from the state after the last block.
		let calls = due(&mut sent, rate);
		for result in chain.block(calls) {
			result.expect("what is due is valid").expect("and works");
		}
	}
	panic!("it never happened");
}

/// A provider has applied, nobody's list verifies it, Bob is a conductor, and Alice's prober is registered.
fn set_the_stage(chain: &mut Chain) {
	chain.block(Vec::new());
	let consent =
		OperatorConsent { owner: Charlie.to_account_id(), operator: OPERATOR.to_account_id() };
	let apply = Storage::apply {
		operator: OPERATOR.to_account_id(),
		consent: signature(OPERATOR, &consent),
		endpoint: Endpoint::Http(BoundedVec::truncate_from(b"http://localhost:7070".to_vec())),
		declared: DECLARED,
		stake: 1_000 * ROME,
	};
	chain.apply(Charlie, apply);
	pallet_storage_tranches::Attestations::<Runtime>::remove(0);
	sudo(chain, Call::appoint_conductor { account: Bob.to_account_id() });
	let consent = ProberConsent { owner: Alice.to_account_id(), key: KEY.to_account_id() };
	let register = Call::register_prober {
		key: KEY.to_account_id(),
		consent: signature(KEY, &consent),
		from: FROM,
		length: LENGTH,
		end: chain::end(&SECRET, LENGTH),
	};
	assert_eq!(BenchmarkOracle::api_clock().round, 0, "early enough");
	chain.apply(Alice, register);
	let view = BenchmarkOracle::api_prober(0).expect("it is registered");
	assert!(view.active, "a validator is not asked");
}

fn state() -> ActorState {
	StorageTranches::api_provider(0).expect("it applied").state
}

fn held(who: Sr25519Keyring, reason: HoldReason) -> u128 {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&reason.into(), &who.to_account_id())
}

fn verification() -> VerificationState {
	BenchmarkOracle::api_verification(Actor::storage(0)).expect("it was asked for").state
}

#[test]
fn a_provider_is_verified_by_its_rounds_and_activated_by_a_conductor() {
	run("development", |chain| {
		set_the_stage(chain);
		let activate =
			|| Storage::activate { id: 0, domain: FailureDomain { operator: 1, zone: 1 } };
		let refused = chain.block(vec![sign(Bob, 0, activate())]);
		assert!(matches!(refused[..], [Ok(Err(_))]), "not verified: {refused:?}");

		chain.apply(Charlie, Call::request_verification { actor: Actor::storage(0) });
		assert!(held(Charlie, HoldReason::Fee) > 0);
		work_until(chain, 4_000_000, || verification() != VerificationState::Running);
		let VerificationState::Passed { until } = verification() else {
			panic!("{:?}", BenchmarkOracle::api_verification(Actor::storage(0)))
		};
		assert_eq!(state(), ActorState::Verified { until });
		assert_eq!(held(Charlie, HoldReason::Fee), 0);
		type Either = <Runtime as pallet_storage_tranches::Config>::CapacityOracle;
		assert_eq!(Either::verified_until(0, &DECLARED), Some(until));

		let nonce = System::account_nonce(Bob.to_account_id());
		let done = chain.block(vec![sign(Bob, nonce, activate())]);
		assert_eq!(done, [Ok(Ok(()))]);
		assert_eq!(state(), ActorState::Active);
		let record = BenchmarkOracle::api_record(Actor::storage(0));
		assert_eq!((record.rounds, record.meets_bar), (5, Some(true)));
		assert_eq!(record.download.expect("measured").value, 4_000_000);
	});
}

#[test]
fn a_provider_at_half_of_its_word_is_refused() {
	run("development", |chain| {
		set_the_stage(chain);
		chain.apply(Charlie, Call::request_verification { actor: Actor::storage(0) });
		work_until(chain, 2_000_000, || verification() != VerificationState::Running);
		assert!(matches!(verification(), VerificationState::Failed { .. }));
		assert_eq!(state(), ActorState::Applied);
	});
}

#[test]
fn conductors_are_whom_root_and_council_appoint() {
	run("development", |chain| {
		chain.block(Vec::new());
		let who: AccountId = Bob.to_account_id();
		chain.pass(Call::appoint_conductor { account: who.clone() });
		assert!(pallet_benchmark_oracle::Conductors::<Runtime>::get().contains(&who));
		sudo(chain, Call::dismiss_conductor { account: who });
		assert!(pallet_benchmark_oracle::Conductors::<Runtime>::get().is_empty());
	});
}

#[test]
fn development_runs_short_rounds_and_says_that_they_are_not_calibrated() {
	run("development", |_| {
		let clock = BenchmarkOracle::api_clock();
		assert_eq!(clock.parameters.length, crate::genesis_config_presets::ROUNDS.0);
		assert!(!clock.calibrated);
		let standard = <pallet_benchmark_oracle::StandardParameters as Get<_>>::get();
		let standard: rome_primitives::benchmark::RoundParameters = standard;
		assert!(standard.are_sound() && standard.are_calibrated());
	});
}
