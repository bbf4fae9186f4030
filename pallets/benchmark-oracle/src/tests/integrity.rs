//! The integrity test accepts a sound configuration and rejects others.

use super::*;
use frame_support::{traits::Hooks, weights::Weight};
use sp_runtime::Perbill;

fn check() {
	<Oracle as Hooks<u32>>::integrity_test()
}

#[test]
fn integrity_test_accepts_a_sound_configuration() {
	check();
}

#[test]
#[should_panic(expected = "takes too much of a block")]
fn integrity_test_rejects_blocks_too_small_for_a_reveal() {
	let small = Weight::from_parts(20_000_000_000, u64::MAX);
	BlockWeights::set(frame_system::limits::BlockWeights::simple_max(small));
	check();
}

#[test]
#[should_panic(expected = "all probers at their limits do not fit a round")]
fn integrity_test_rejects_blocks_too_small_for_all_probers() {
	let small = Weight::from_parts(300_000_000_000, u64::MAX);
	BlockWeights::set(frame_system::limits::BlockWeights::simple_max(small));
	check();
}

#[test]
#[should_panic(expected = "does not fit the length of a round's blocks")]
fn integrity_test_rejects_blocks_too_short_for_all_reveals() {
	BlockLength::set(frame_system::limits::BlockLength::builder().max_length(500 * 1024).build());
	check();
}

#[test]
#[should_panic(expected = "cheaper to withhold")]
fn integrity_test_rejects_that_withholding_is_cheap() {
	WithheldSlash::set(Perbill::from_percent(1));
	check();
}

#[test]
#[should_panic(expected = "withholding would cost nothing")]
fn integrity_test_rejects_that_withholding_is_free() {
	WithheldSlash::set(Perbill::zero());
	VoidSlash::set(Perbill::zero());
	check();
}

#[test]
#[should_panic(expected = "days have no length")]
fn integrity_test_rejects_days_without_length() {
	BlocksPerDay::set(0);
	check();
}

#[test]
#[should_panic(expected = "silent for longer than its chain is")]
fn integrity_test_rejects_endless_patience() {
	MissedToIdle::set(u32::MAX);
	check();
}
