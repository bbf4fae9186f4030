//! The fund: what comes in, and that nothing is promised twice.

use super::*;
use crate::fund::share_of;

#[test]
fn anyone_tops_up() {
	run(|| {
		assert_ok!(Proposals::top_up(signed(EVE), 500));
		assert_eq!(free(FUND), RICH + 500);
		assert_eq!(last_event(), Event::FundToppedUp { who: EVE, amount: 500 });
		assert_noop!(Proposals::top_up(signed(EVE), 0), Error::ZeroAmount);
		assert_noop!(Proposals::top_up(signed(NOBODY), 5), TokenError::FundsUnavailable);
	});
}

#[test]
fn what_is_set_aside_is_not_promised_again() {
	run(|| {
		let id = granted(EVE, vec![milestone(RICH - 100, 50)]);
		assert_eq!(Proposals::api_fund().free, 100 - ED);
		let failed = pass(spend(100));
		assert!(matches!(state(failed), ProposalState::ExecutionFailed { .. }));
		let failed =
			pass(Action::Grant { beneficiary: EVE, milestones: list(vec![milestone(91, 50)]) });
		assert!(matches!(state(failed), ProposalState::ExecutionFailed { .. }));
		let failed = pass(Action::Bounty { terms: by_council(), amount: 91 });
		assert!(matches!(state(failed), ProposalState::ExecutionFailed { .. }));
		assert_ok!(Proposals::stop_grant(root(), id));
		assert_eq!(Proposals::api_fund().free, RICH - ED);
	});
}

#[test]
fn issuance_comes_each_period() {
	run(|| {
		wait(200);
		assert_eq!(free(FUND), RICH);
		Issuance::set(70);
		wait(200);
		assert_eq!(free(FUND), RICH + 140);
		assert!(happened(Event::Issued { amount: 70 }));
	});
}

#[test]
fn shares_round_down_and_never_overflow() {
	assert_eq!(share_of(100u64, 1, 3), 33);
	assert_eq!(share_of(u64::MAX, u64::MAX, u64::MAX), u64::MAX);
	assert_eq!(share_of(u128::MAX, u128::MAX / 2, u128::MAX), u128::MAX / 2);
	assert_eq!(share_of(5u64, 5, 0), 0);
}
