//! The integrity test accepts a sound configuration and rejects others.

use super::*;
use crate::mock::{BlockLength, BlockWeights};
use frame_support::{traits::Hooks, weights::Weight};

fn check() {
	<ContentDirectory as Hooks<u64>>::integrity_test()
}

#[test]
fn integrity_test_accepts_a_sound_configuration() {
	check();
}

#[test]
#[should_panic(expected = "create_entity at its limits takes too much of a block")]
fn integrity_test_rejects_blocks_too_small_for_the_heaviest_entities() {
	BlockWeights::set(frame_system::limits::BlockWeights::simple_max(Weight::from_parts(
		1_000_000_000,
		u64::MAX,
	)));
	check();
}

#[test]
#[should_panic(expected = "takes too much of a block's length")]
fn integrity_test_rejects_blocks_too_short_for_the_largest_schemas() {
	BlockLength::set(frame_system::limits::BlockLength::builder().max_length(100 * 1024).build());
	check();
}
