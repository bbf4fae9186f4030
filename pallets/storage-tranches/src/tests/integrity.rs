//! The integrity test accepts a sound configuration and rejects others.

use super::*;
use frame_support::{traits::Hooks, weights::Weight};
use sp_runtime::Perbill;

fn check() {
	<Storage as Hooks<u32>>::integrity_test()
}

#[test]
fn integrity_test_accepts_a_sound_configuration() {
	check();
}

#[test]
#[should_panic(expected = "pin at its limits takes too much of a block")]
fn integrity_test_rejects_blocks_too_small_for_the_heaviest_calls() {
	let small = Weight::from_parts(10_000_000_000, u64::MAX);
	BlockWeights::set(frame_system::limits::BlockWeights::simple_max(small));
	check();
}

#[test]
#[should_panic(expected = "takes too much of a block's length")]
fn integrity_test_rejects_blocks_too_short_for_confirmations() {
	BlockLength::set(frame_system::limits::BlockLength::builder().max_length(300 * 1024).build());
	check();
}

#[test]
#[should_panic(expected = "every block would count as full")]
fn integrity_test_rejects_that_every_block_is_full() {
	FullBlock::set(Perbill::zero());
	check();
}

#[test]
#[should_panic(expected = "a block with room has none for a heartbeat")]
fn integrity_test_rejects_that_no_block_is_full() {
	FullBlock::set(Perbill::one());
	check();
}
