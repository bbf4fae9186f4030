//! Chains are revealed one place at a time, each place once.

use super::super::{
	chain::{advance, end, preimage, step, Chain},
	limits::MAX_CHAIN,
};
use proptest::prelude::*;

const SECRET: [u8; 32] = [9; 32];

fn chain(length: u32) -> Chain {
	Chain::new(10, length, end(&SECRET, length)).expect("a fitting length")
}

#[test]
fn each_preimage_hashes_to_the_one_before() {
	let all = (0..5).map(|place| preimage(&SECRET, 5, place).expect("within")).collect::<Vec<_>>();
	assert_eq!(step(&all[0]), end(&SECRET, 5));
	assert!(all.windows(2).all(|pair| step(&pair[1]) == pair[0]));
	assert_eq!(all[4], SECRET);
	assert_eq!(preimage(&SECRET, 5, 5), None);
	assert_eq!(advance(&SECRET, 0), SECRET);
}

#[test]
fn a_chain_has_a_length() {
	assert_eq!(Chain::new(0, 0, SECRET), None);
	assert_eq!(Chain::new(0, MAX_CHAIN + 1, SECRET), None);
	assert_eq!(Chain::new(u32::MAX, 1, SECRET), None);
	let chain = chain(5);
	assert_eq!([9, 10, 14, 15].map(|round| chain.covers(round)), [false, true, true, false]);
}

proptest! {
	#[test]
	fn rounds_may_be_passed_by(length in 1u32..200, choice in any::<Vec<bool>>()) {
		let mut chain = chain(length);
		for (place, used) in choice.into_iter().enumerate().take(length as usize) {
			let place = place as u32;
			let right = preimage(&SECRET, length, place).expect("within");
			// Another round's preimage does not do.
			for other in [place.wrapping_sub(1), place + 1] {
				if let Some(wrong) = preimage(&SECRET, length, other) {
					prop_assert_eq!(chain.reveal(10 + place, &wrong), None);
				}
			}
			if used {
				chain = chain.reveal(10 + place, &right).expect("its own");
				prop_assert_eq!(chain.reveal(10 + place, &right), None, "twice");
			}
		}
	}

	#[test]
	fn other_values_do_not_open_it(value in any::<[u8; 32]>(), round in 0u32..40) {
		prop_assume!((0..20).all(|place| preimage(&SECRET, 20, place) != Some(value)));
		prop_assert_eq!(chain(20).reveal(round, &value), None);
	}
}
