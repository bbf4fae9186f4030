//! A commitment binds to every observation, and each can be opened on its own.

use super::{super::commitment::*, observation, Observation, Report};
use crate::benchmark::limits::{MAX_OBSERVATIONS, MAX_TREE_DEPTH};
use proptest::prelude::*;
use sp_runtime::BoundedVec;

fn observations(count: u32) -> Vec<Observation> {
	(0..count).map(observation).collect()
}

#[test]
fn every_observation_opens_in_trees_of_all_sizes() {
	for count in (0..40).chain([MAX_OBSERVATIONS - 1, MAX_OBSERVATIONS]) {
		let all = observations(count);
		let root = root(&all);
		for (index, one) in (0u32..).zip(&all) {
			let proof = prove(&all, index).expect("it is there");
			assert!(verify(&root, count, index, one, &proof), "{index} of {count}");
			assert!(!verify(&root, count + 1, index, one, &proof));
			assert!(!verify(&root, count, index + 1, one, &proof));
			let mut other = one.clone();
			other.lasted += 1;
			assert!(!verify(&root, count, index, &other, &proof));
			let mut longer = proof.clone();
			if longer.try_push([0; 32]).is_ok() {
				assert!(!verify(&root, count, index, one, &longer), "a proof has no rest");
			}
			let mut shorter = proof.clone();
			if shorter.pop().is_some() {
				assert!(!verify(&root, count, index, one, &shorter));
			}
		}
		assert_eq!(prove(&all, count), None);
	}
}

#[test]
fn trees_of_other_contents_have_other_roots() {
	let four = observations(4);
	assert_ne!(root(&four), root(&four[..3]));
	assert_ne!(root(&[]), root(&four[..1]));
	let mut swapped = four.clone();
	swapped.swap(0, 1);
	assert_ne!(root(&four), root(&swapped));
	let observed = Report::Observed(BoundedVec::truncate_from(four.clone()));
	assert_eq!(root_of(&observed), root(&four));
	assert_ne!(root_of(&Report::NoControl), root_of(&Report::Observed(Default::default())));
}

#[test]
fn a_commitment_is_for_one_prober_round_and_chain() {
	let root = root(&observations(2));
	let of = |genesis, prober, round, salt| {
		commitment(&[genesis; 32], prober, round, &[salt; 32], &root)
	};
	let one = of(1, 2, 3, 4);
	assert_eq!(one, of(1, 2, 3, 4));
	for other in [of(0, 2, 3, 4), of(1, 0, 3, 4), of(1, 2, 0, 4), of(1, 2, 3, 0)] {
		assert_ne!(one, other);
	}
	assert_ne!(one, commitment(&[1; 32], 2, 3, &[4; 32], &NO_CONTROL));
}

proptest! {
	#[test]
	fn damaged_proofs_do_not_open(count in 2u32..40, at in any::<(u32, usize, usize, u8)>()) {
		let (index, sibling, byte, flip) = at;
		prop_assume!(flip != 0);
		let all = observations(count);
		let index = index % count;
		let proof = prove(&all, index).expect("it is there");
		prop_assert!(proof.len() <= MAX_TREE_DEPTH as usize);
		let mut damaged = proof.into_inner();
		let sibling = sibling % damaged.len();
		damaged[sibling][byte % 32] ^= flip;
		let damaged = BoundedVec::truncate_from(damaged);
		prop_assert!(!verify(&root(&all), count, index, &all[index as usize], &damaged));
	}
}

#[test]
fn observations_that_contradict_themselves_are_not_consistent() {
	let sound = observation(1);
	assert!(sound.is_consistent());
	let failed = Observation {
		outcome: super::Outcome::Timeout,
		successes: 0,
		download: None,
		upload: None,
		first_byte: None,
		receipt: None,
		lasted: 0,
		..sound.clone()
	};
	assert!(failed.is_consistent());
	for wrong in [
		Observation { trials: 0, ..sound.clone() },
		Observation { successes: 2, ..sound.clone() },
		Observation { successes: 0, ..sound.clone() },
		Observation { lasted: 0, ..sound.clone() },
		Observation { streams: 0, ..sound.clone() },
		Observation { receipt: None, ..sound.clone() },
		Observation { successes: 1, ..failed.clone() },
		Observation { first_byte: Some(1), ..failed.clone() },
		Observation { upload: sound.upload, ..failed.clone() },
	] {
		assert!(!wrong.is_consistent(), "{wrong:?}");
	}
}
