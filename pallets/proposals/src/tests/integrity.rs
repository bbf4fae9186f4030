//! The integrity test accepts a sound configuration and rejects others.

use super::*;
use frame_support::{traits::Hooks, weights::Weight};

fn check() {
	<Proposals as Hooks<u64>>::integrity_test()
}

#[test]
fn integrity_test_accepts_a_sound_configuration() {
	check();
}

#[test]
#[should_panic(expected = "root's authority comes too early")]
fn integrity_test_rejects_a_short_grace_for_root() {
	MinRootGrace::set(21);
	check();
}

#[test]
#[should_panic(expected = "asks for a share of the votes that ties reach")]
fn integrity_test_rejects_thresholds_that_ties_reach() {
	DefaultThreshold::set(Perbill::from_percent(50));
	check();
}

#[test]
#[should_panic(expected = "costs nothing to propose")]
fn integrity_test_rejects_proposals_for_nothing() {
	DefaultStake::set(0);
	check();
}

#[test]
#[should_panic(expected = "the council has more seats than votes fit")]
fn integrity_test_rejects_too_large_councils() {
	Seats::set(MAX_COUNCIL + 1);
	check();
}

#[test]
#[should_panic(expected = "forgotten while it can be retried")]
fn integrity_test_rejects_forgetting_too_early() {
	Retention::set(RetryPeriod::get() - 1);
	check();
}

#[test]
#[should_panic(expected = "too small to be given back")]
fn integrity_test_rejects_contributions_that_cannot_be_given_back() {
	MinContribution::set(ED - 1);
	check();
}

#[test]
#[should_panic(expected = "posts cost nothing")]
fn integrity_test_rejects_posts_for_nothing() {
	PostDepositBase::set(0);
	check();
}

#[test]
#[should_panic(expected = "at its limits takes too much of a block")]
fn integrity_test_rejects_blocks_too_small_for_the_calls() {
	BlockWeights::set(frame_system::limits::BlockWeights::simple_max(Weight::from_parts(
		1_000_000_000,
		u64::MAX,
	)));
	check();
}

#[test]
#[should_panic(expected = "the heaviest call that a proposal can make does not fit a block")]
fn integrity_test_rejects_calls_that_fit_no_block() {
	MaxDispatchWeight::set(BlockWeights::get().max_block);
	check();
}
