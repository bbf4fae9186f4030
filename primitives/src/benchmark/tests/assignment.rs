//! Draws are fair, private, and as the risk table assumes.

use super::super::{
	assignment::{
		contribution, draw, is_assigned, mixed, next_seed, opening, slot_moment, threshold,
	},
	risk::RISKS,
	Actor,
};
use crate::slices::CHUNK_BYTES;
use proptest::prelude::*;

fn secret(prober: u32, round: u32) -> [u8; 32] {
	*blake3::hash(&[prober.to_le_bytes(), round.to_le_bytes()].concat()).as_bytes()
}

fn seed(round: u32) -> [u8; 32] {
	next_seed(&[1; 32], round, &[0; 32])
}

/// Who of `probers` is drawn for an actor in a round.
fn committee(probers: u32, expected: u32, round: u32, actor: u32) -> Vec<u32> {
	let limit = threshold(expected, probers);
	(0..probers)
		.filter(|prober| {
			let secret = secret(*prober, round);
			is_assigned(&seed(round), round, *prober, &secret, &Actor::storage(actor), limit)
		})
		.collect()
}

#[test]
fn all_are_drawn_where_there_are_no_more() {
	assert_eq!((threshold(5, 5), threshold(6, 5), threshold(1, 0)), (1 << 64, 1 << 64, 1 << 64));
	assert_eq!(committee(5, 7, 1, 3), [0, 1, 2, 3, 4]);
	assert_eq!(threshold(0, 5), 0);
	assert_eq!(threshold(1, 2), 1 << 63);
	assert!(committee(5, 0, 1, 3).is_empty());
}

#[test]
fn committees_have_the_expected_size_and_are_drawn_anew() {
	let sizes = (0..400).map(|round| committee(90, 15, round, 0).len()).collect::<Vec<_>>();
	let mean = sizes.iter().sum::<usize>() as f64 / sizes.len() as f64;
	assert!((14.0..16.0).contains(&mean), "{mean}");
	assert_ne!(committee(90, 15, 1, 0), committee(90, 15, 2, 0));
	assert_ne!(committee(90, 15, 1, 0), committee(90, 15, 1, 1));
	let drawn = (0..400).filter(|round| committee(90, 15, *round, 0).contains(&7)).count();
	assert!((40..95).contains(&drawn), "{drawn} of 400");
}

/// Draws committees as the chain does, with a third of the probers colluding, and counts those that they capture.
#[test]
fn rounds_are_captured_as_often_as_the_risk_table_says() {
	const PROBERS: u32 = 120;
	for expected in [11u32, 21] {
		let (mut settled, mut captured) = (0u32, 0u32);
		for round in 0..1_500 {
			let members = committee(PROBERS, expected, round, 1);
			if members.len() < expected.div_ceil(2) as usize {
				continue;
			}
			settled += 1;
			let colluding = members.iter().filter(|prober| **prober < PROBERS / 3).count();
			captured += u32::from(2 * colluding >= members.len());
		}
		let rate = f64::from(captured) / f64::from(settled);
		let table = RISKS.iter().find(|risk| risk.committee == expected).expect("in the table");
		let limit = f64::from(table.round) / 1e9;
		// The table is for networks without end; this one is finite, and its sample too.
		assert!(rate < limit * 1.25 && rate > limit * 0.5, "{expected}: {rate}, not {limit}");
	}
}

#[test]
fn the_mix_does_not_depend_on_the_order() {
	let parts = (0..4).map(|prober| contribution(prober, &secret(prober, 0))).collect::<Vec<_>>();
	let forward = parts.iter().fold([0; 32], |mix, part| mixed(&mix, part));
	let backward = parts.iter().rev().fold([0; 32], |mix, part| mixed(&mix, part));
	assert_eq!(forward, backward);
	let without = parts[1..].iter().fold([0; 32], |mix, part| mixed(&mix, part));
	assert_ne!(next_seed(&[1; 32], 5, &forward), next_seed(&[1; 32], 5, &without));
	assert_ne!(contribution(1, &[0; 32]), contribution(2, &[0; 32]));
	assert_ne!(next_seed(&[1; 32], 5, &forward), next_seed(&[1; 32], 6, &forward));
}

#[test]
fn every_observation_may_have_to_be_opened() {
	let drawn = (0..200).map(|round| opening(&seed(round), round, 1, 7)).collect::<Vec<_>>();
	assert!((0..7).all(|index| drawn.contains(&index)));
	assert!(drawn.iter().all(|index| *index < 7));
	assert_eq!(opening(&seed(0), 0, 1, 0), 0);
}

#[test]
fn slots_divide_the_time_among_probers() {
	let moments = (0..5).map(|prober| slot_moment(prober, 4, 1_000)).collect::<Vec<_>>();
	assert_eq!(moments, [0, 250, 500, 750, 0]);
	assert_eq!(slot_moment(3, 0, 1_000), 0);
	assert_eq!(slot_moment(u32::MAX, u32::MAX - 1, u64::MAX), u64::MAX / (u64::from(u32::MAX) - 1));
}

proptest! {
	#[test]
	fn what_is_drawn_lies_within(
		preimage in any::<[u8; 32]>(),
		actor in any::<u32>(),
		size in 1u64..1 << 40,
		length in 1u64..1 << 24,
		span in any::<u64>(),
	) {
		let draw = draw(&preimage, &Actor::distribution(actor));
		prop_assert!(span == 0 || draw.moment_in(span) < span);
		prop_assert!(draw.object_among(size) < size);
		let offset = draw.offset_in(size, length);
		prop_assert!(offset == 0 || offset + length <= size);
		let chunk = draw.chunk_of(offset, length.min(size));
		prop_assert!(chunk * CHUNK_BYTES < size.next_multiple_of(CHUNK_BYTES));
		prop_assert_eq!(draw.object_among(0), 0);
	}
}

#[test]
fn draws_differ_by_prober_and_actor() {
	let one = draw(&[1; 32], &Actor::storage(1));
	assert_ne!(one, draw(&[2; 32], &Actor::storage(1)));
	assert_ne!(one, draw(&[1; 32], &Actor::storage(2)));
	assert_ne!(one.nonce, draw(&[1; 32], &Actor::distribution(1)).nonce);
}
