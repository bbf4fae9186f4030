//! The off-chain worker, with a real keystore, database, pool and HTTP as the node gives them to it.

use super::*;
use crate::worker::KEY_TYPE;
use codec::Decode;
use parking_lot::RwLock;
use rome_primitives::{
	actors::Endpoint,
	signing::{Signed, StatusAnswer},
};
use sp_core::{
	offchain::{
		testing::{
			OffchainState, PendingRequest, PoolState, TestOffchainExt, TestTransactionPoolExt,
		},
		OffchainDbExt, OffchainWorkerExt, TransactionPoolExt,
	},
	Pair,
};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use std::sync::Arc;

struct Node {
	http: Arc<RwLock<OffchainState>>,
	pool: Arc<RwLock<PoolState>>,
}

/// A chain with a node that has the key of prober 0, whose owner has registered it with a chain of one round that
/// nobody knows: the worker makes its own.
fn with_node(test: impl FnOnce(&Node)) {
	let (offchain, http) = TestOffchainExt::new();
	let (pool, transactions) = TestTransactionPoolExt::new();
	let keystore = MemoryKeystore::new();
	let seed = format!("0x{}", "96".repeat(32));
	assert_eq!(
		key_pair(0).to_raw_vec(),
		sp_core::sr25519::Pair::from_seed(&[150; 32]).to_raw_vec()
	);
	keystore.insert(KEY_TYPE, &seed, &key_pair(0).public().0).expect("it is kept");
	// More answers are laid out than the tests ask for: what is left of them must not be looked at.
	core::mem::forget(http.clone());
	let mut ext = new_test_ext();
	ext.register_extension(OffchainDbExt::new(offchain.clone()));
	ext.register_extension(OffchainWorkerExt::new(offchain));
	ext.register_extension(TransactionPoolExt::new(pool));
	ext.register_extension(KeystoreExt::new(keystore));
	ext.execute_with(|| {
		// One alone settles.
		Parameters::<Test>::mutate(|parameters| parameters.min_revealers = 1);
		assert_ok!(Oracle::register_prober(signed(owner(0)), key(0), consent(0), 2, 1, [9; 32]));
		test(&Node { http, pool: transactions });
		Oracle::do_try_state().expect("the invariants hold after every test");
	});
}

impl Node {
	/// What the worker has sent since the last time, as calls.
	fn sent(&self) -> Vec<Call<Test>> {
		let all = core::mem::take(&mut self.pool.write().transactions);
		all.into_iter()
			.map(|bytes| {
				let transaction = Extrinsic::decode(&mut &bytes[..]).expect("an extrinsic");
				match transaction.function {
					RuntimeCall::Oracle(call) => call,
					other => panic!("{other:?}"),
				}
			})
			.collect()
	}

	/// The worker runs, what it sends is included, and the block ends.
	fn block(&self) {
		Oracle::work();
		for call in self.sent() {
			assert_eq!(send(call.clone()), Ok(()), "{call:?}");
		}
		next_block();
	}

	fn until(&self, index: RoundIndex) {
		while round() < index {
			self.block();
		}
	}

	/// The next requests to these actors are answered so.
	fn expect(&self, id: u32, times: usize, body: &[u8]) {
		let Endpoint::Http(address) = endpoint(id);
		let address = String::from_utf8(address.to_vec()).unwrap();
		for _ in 0..times {
			// The seed of all that is random here is 0.
			self.http.write().expect_request(PendingRequest {
				method: "GET".into(),
				uri: format!("{address}/status?nonce={}", "00".repeat(32)),
				response: Some(body.to_vec()),
				sent: true,
				..Default::default()
			});
		}
	}
}

fn endpoint(id: u32) -> Endpoint {
	use rome_primitives::benchmark::hooks::ProbedActors;
	World::actor(&Actor::storage(id)).unwrap().endpoint
}

/// What the daemon of an actor answers, if `change` leaves it alone.
fn status(id: u32, change: impl FnOnce(&mut StatusAnswer)) -> Vec<u8> {
	let signer = AccountId::new(actor_pair(id).public().0);
	let mut message = StatusAnswer {
		operator: signer.clone(),
		endpoint: endpoint(id),
		nonce: [0; 32],
		version: BoundedVec::truncate_from(b"colossus/0.1.0".to_vec()),
		time: 1,
		finalized: 1,
		objects: 1,
		bytes: 1,
		free: 1,
	};
	change(&mut message);
	let signed = Signed::new(&Oracle::genesis(), message, signer, |payload| {
		actor_pair(id).sign(payload).into()
	});
	format!("{{\"version\":\"colossus\", \"signed\": \"{}\"}}", signed.to_header()).into_bytes()
}

#[test]
fn a_node_takes_its_prober_from_registration_to_settled_rounds() {
	with_node(|node| {
		let actor = actor(0, true);
		node.expect(0, 30, &status(0, |_| ()));
		// The chain of one round is over with round 3, and the one of the worker begins with round 5.
		node.until(14);
		let chains = ProberChains::<Test>::get(0).unwrap();
		assert_eq!(chains.current.from, 5);
		let results = Results::<Test>::get(actor);
		assert!(results.len() >= 5, "{results:?}");
		for result in &results {
			let settled = result.settled;
			assert_eq!((settled.outcome, settled.availability), (Outcome::Ok, 1_000_000));
			// Nothing was transferred, and nothing is said of it.
			assert_eq!((settled.download, settled.upload), (None, None));
		}
		let score = score(0);
		assert!(score.opened >= 4 && score.void == 0 && score.withheld == 0, "{score:?}");
	});
}

#[test]
fn outcomes_are_told_apart() {
	with_node(|node| {
		let cases: [(u32, Vec<u8>, Outcome); 6] = {
			(0..6).for_each(|id| {
				actor(id, true);
			});
			[
				(0, status(0, |_| ()), Outcome::Ok),
				(1, status(1, |said| said.nonce = [1; 32]), Outcome::BadSignature),
				// Another's answer, handed on.
				(2, status(0, |_| ()), Outcome::BadSignature),
				(3, b"{}".to_vec(), Outcome::BadStatus),
				(4, vec![b'x'; 100_000], Outcome::BadStatus),
				(
					5,
					status(5, |said| {
						said.endpoint =
							Endpoint::Http(BoundedVec::truncate_from(b"http://other".to_vec()))
					}),
					Outcome::BadSignature,
				),
			]
		};
		for (id, body, expected) in cases {
			node.expect(id, 1, &body);
			let seen = crate::worker::ask_all::<Test>(&[Actor::storage(id)]);
			assert_eq!(seen.len(), 1);
			assert!(seen[0].is_consistent());
			assert_eq!(seen[0].outcome, expected, "{id}");
		}
	});
}

#[test]
fn a_restart_between_commitment_and_reveal_loses_nothing() {
	with_node(|node| {
		actor(0, true);
		node.expect(0, 20, &status(0, |_| ()));
		node.until(6);
		// Round 5 was probed, and is committed to now. What the node had in memory is gone with the end of each
		// run; only its database is there.
		Oracle::work();
		let first = node.sent();
		assert!(matches!(first[..], [Call::commit { round: 5, .. }]), "{first:?}");
		Oracle::work();
		let again = node.sent();
		let commitment = |calls: &[Call<Test>]| match calls {
			[Call::commit { commitment, .. }] => *commitment,
			other => panic!("{other:?}"),
		};
		assert_eq!(commitment(&first), commitment(&again), "it never commits to two things");
		assert_eq!(send(first[0].clone()), Ok(()));
		next_block();
		node.until(8);
		assert!(Reveals::<Test>::contains_key(5, 0));
	});
}

#[test]
fn a_node_that_was_away_says_that_it_had_no_control() {
	with_node(|node| {
		actor(0, true);
		node.expect(0, 20, &status(0, |_| ()));
		node.until(6);
		// It is off for all of round 6, and misses its commitment to round 5.
		until_round(7);
		node.until(10);
		let revealed = Reveals::<Test>::get(6, 0).expect("it says so");
		assert_eq!(revealed.count, None);
		assert_eq!(score(0).faults, 0);
	});
}

#[test]
fn another_run_and_another_key_do_nothing() {
	with_node(|node| {
		actor(0, true);
		until_round(3);
		{
			use sp_runtime::offchain::storage_lock::{StorageLock, Time as Clocked};
			let mut lock = StorageLock::<Clocked>::new(b"rome/prober/lock");
			let _guard = lock.lock();
			Oracle::work();
			assert!(node.sent().is_empty());
		}
		// Its chain is due.
		Oracle::work();
		assert!(matches!(node.sent()[..], [Call::commit_chain { id: 0, .. }]));
		ProberByKey::<Test>::remove(key(0));
		Oracle::work();
		assert!(node.sent().is_empty());
		ProberByKey::<Test>::insert(key(0), 0);
	});
}
