//! Contributions, entries, judgement, prizes.

use super::*;
use crate::{Contributions, Entries, Prizes};

fn contribute(who: AccountId, id: BountyId, amount: Balance) {
	assert_ok!(Proposals::fund_bounty(signed(who), id, amount));
}

fn refund(who: AccountId, id: BountyId) -> Result<(), DispatchError> {
	Proposals::withdraw_contribution(signed(EVE), id, who)
}

fn claim(who: AccountId, id: BountyId) -> Result<(), DispatchError> {
	Proposals::claim_prize(signed(EVE), id, who)
}

/// Takes everything from an account.
fn empty(who: AccountId) {
	use frame_support::traits::tokens::{Fortitude, Precision, Preservation};
	let (all, force) = (free(who), Fortitude::Force);
	assert_ok!(Balances::burn_from(&who, all, Preservation::Expendable, Precision::Exact, force));
}

/// Everything of a bounty that has ended is paid or given back.
fn assert_empty(id: BountyId) {
	assert_eq!(bounty(id).held, 0);
	assert_eq!(held(HoldReason::Bounties, FUND), 0);
	assert_eq!(Contributions::<Test>::iter().count() + Prizes::<Test>::iter().count(), 0);
}

#[test]
fn bounty_from_opening_to_prizes() {
	run(|| {
		let issued = total();
		let id = opened(by_charlie(), 1_000);
		assert_noop!(Proposals::enter(signed(DAVE), id), Error::JudgeMissing);
		assert_noop!(Proposals::accept_judging(signed(DAVE), id), Error::NotTheJudge);
		assert_ok!(Proposals::accept_judging(signed(CHARLIE), id));
		assert_noop!(Proposals::accept_judging(signed(CHARLIE), id), Error::JudgeAccepted);
		assert_eq!(held(HoldReason::Judge, CHARLIE), 500);
		contribute(BOB, id, 500);
		contribute(BOB, id, 100);
		assert_eq!(held(HoldReason::Bounties, FUND), 1_600);
		assert_noop!(Proposals::fund_bounty(signed(BOB), id, 19), Error::ContributionTooSmall);
		assert_noop!(Proposals::enter(signed(CHARLIE), id), Error::JudgeEnters);
		work(DAVE, id);
		work(EVE, id);
		assert_noop!(Proposals::enter(signed(DAVE), id), Error::AlreadyEntered);
		assert_noop!(Proposals::submit_work(signed(ALICE), id, text("x")), Error::EntryNotFound);
		let both = verdict(&[(DAVE, 60), (EVE, 40)]);
		assert_noop!(Proposals::judge(signed(CHARLIE), id, both.clone()), Error::BountyNotJudging);
		wait(20);
		assert!(matches!(bounty(id).state, BountyState::Judging { .. }));
		assert_noop!(Proposals::enter(signed(ALICE), id), Error::BountyNotOpen);
		assert_noop!(Proposals::fund_bounty(signed(BOB), id, 50), Error::BountyNotOpen);
		assert_noop!(Proposals::withdraw_entry(signed(DAVE), id, DAVE), Error::BountyNotEnded);
		assert_noop!(Proposals::judge(signed(ALICE), id, both.clone()), Error::NotTheJudge);
		assert_noop!(Proposals::judge(signed(MAJORITY), id, both.clone()), Error::NotTheJudge);
		assert_noop!(claim(DAVE, id), Error::PrizeNotFound);
		assert_noop!(refund(BOB, id), Error::BountyNotEnded);
		assert_ok!(Proposals::judge(signed(CHARLIE), id, both));
		assert_eq!(held(HoldReason::Judge, CHARLIE), 0);
		assert_eq!(bounty(id).prizes, 1_600);

		for (who, prize) in [(CHARLIE, 100), (DAVE, 900), (EVE, 600)] {
			let before = free(who);
			assert_ok!(claim(who, id));
			assert_eq!(free(who), before + prize);
			assert_noop!(claim(who, id), Error::PrizeNotFound);
		}
		// Bob gets nothing back, and his record goes.
		assert_ok!(refund(BOB, id));
		assert_eq!(free(BOB), RICH - 600);
		assert_noop!(refund(BOB, id), Error::ContributionNotFound);
		for who in [DAVE, EVE] {
			assert_ok!(Proposals::withdraw_entry(signed(ALICE), id, who));
		}
		assert_eq!(held(HoldReason::Entry, DAVE) + held(HoldReason::Entry, EVE), 0);
		assert_empty(id);
		assert_eq!(total(), issued);
	});
}

#[test]
fn what_winners_leave_goes_back_to_those_who_gave_it() {
	run(|| {
		let id = opened(by_council(), 1_000);
		contribute(BOB, id, 100);
		contribute(CHARLIE, id, 203);
		work(DAVE, id);
		wait(20);
		let third = verdict(&[(DAVE, 33)]);
		assert_ok!(Proposals::judge(signed(ALICE), id, third.clone()));
		assert!(matches!(bounty(id).state, BountyState::Judging { .. }));
		assert_ok!(Proposals::judge(signed(BOB), id, third));
		// 33 % of 1303 rounded down; the rest by what was given.
		let prize = 429;
		assert_eq!(bounty(id).prizes, prize);
		let back = (1_303 - prize) * 303 / 1_303;
		assert_eq!(bounty(id).refunds, back);
		assert_eq!(free(FUND) + held(HoldReason::Bounties, FUND), RICH + 303);
		assert_ok!(refund(BOB, id));
		assert_ok!(refund(CHARLIE, id));
		assert_eq!(free(BOB) + free(CHARLIE), 2 * RICH - 303 + back);
		assert_ok!(claim(DAVE, id));
		assert_empty(id);
	});
}

#[test]
fn bounty_without_work_fails_and_refunds() {
	run(|| {
		let id = opened(by_charlie(), 1_000);
		assert_ok!(Proposals::accept_judging(signed(CHARLIE), id));
		contribute(BOB, id, 500);
		assert_ok!(Proposals::enter(signed(DAVE), id));
		wait(20);
		assert!(matches!(bounty(id).state, BountyState::Failed { .. }));
		// There was nothing to judge.
		assert_eq!(held(HoldReason::Judge, CHARLIE), 0);
		assert_eq!(free(FUND), RICH);
		assert_ok!(refund(BOB, id));
		assert_eq!(free(BOB), RICH);
		// Dave entered and delivered nothing.
		assert_ok!(Proposals::withdraw_entry(signed(EVE), id, DAVE));
		assert_eq!((free(DAVE), free(FUND)), (RICH - 50, RICH + 50));
		assert_empty(id);
	});
}

#[test]
fn entrants_may_leave_while_it_is_open() {
	run(|| {
		let id = opened(by_council(), 1_000);
		work(DAVE, id);
		assert_noop!(Proposals::withdraw_entry(signed(EVE), id, DAVE), Error::NotTheEntrant);
		assert_ok!(Proposals::withdraw_entry(signed(DAVE), id, DAVE));
		assert_noop!(Proposals::withdraw_entry(signed(DAVE), id, DAVE), Error::EntryNotFound);
		assert_eq!((bounty(id).entries, bounty(id).submitted), (0, 0));
		assert_eq!(free(DAVE), RICH);
		wait(20);
		assert!(matches!(bounty(id).state, BountyState::Failed { .. }));
	});
}

#[test]
fn judge_that_misses_the_deadline_loses_the_stake_to_the_fund() {
	run(|| {
		let id = opened(by_charlie(), 1_000);
		assert_ok!(Proposals::accept_judging(signed(CHARLIE), id));
		work(DAVE, id);
		wait(20 + 10);
		assert_eq!(held(HoldReason::Judge, CHARLIE), 0);
		assert_eq!(free(CHARLIE), RICH - 500);
		assert!(happened(Event::JudgeMissed { bounty: id, stake: 500 }));
		// The council judges in its place, without a fee.
		assert_eq!(bounty(id).terms.judge, Judge::Council);
		let all = verdict(&[(DAVE, 100)]);
		assert_noop!(Proposals::judge(signed(DAVE), id, all.clone()), Error::NotAMember);
		assert_ok!(Proposals::judge(signed(ALICE), id, all.clone()));
		assert_ok!(Proposals::judge(signed(BOB), id, all));
		assert_ok!(claim(DAVE, id));
		assert_eq!(free(DAVE), RICH - 50 + 1_000);
		assert_empty(id);
	});
}

#[test]
fn council_that_misses_the_deadline_fails_the_bounty() {
	run(|| {
		let id = opened(by_council(), 1_000);
		contribute(BOB, id, 500);
		work(DAVE, id);
		wait(20);
		assert_ok!(Proposals::judge(signed(ALICE), id, verdict(&[(DAVE, 100)])));
		System::set_block_number(System::block_number() + 10);
		assert_noop!(
			Proposals::judge(signed(BOB), id, verdict(&[(DAVE, 100)])),
			Error::BountyNotJudging
		);
		wait(1);
		assert!(matches!(bounty(id).state, BountyState::Failed { .. }));
		assert_ok!(refund(BOB, id));
		// Whoever delivered has the stake back.
		assert_ok!(Proposals::withdraw_entry(signed(EVE), id, DAVE));
		assert_eq!(free(DAVE), RICH);
		assert_empty(id);
	});
}

#[test]
fn verdicts_have_to_make_sense() {
	run(|| {
		let id = opened(by_council(), 1_000);
		work(DAVE, id);
		work(EVE, id);
		assert_ok!(Proposals::enter(signed(POOR), id));
		wait(20);
		let judge =
			|winners: &[(AccountId, u32)]| Proposals::judge(signed(ALICE), id, verdict(winners));
		assert_noop!(judge(&[(POOR, 10)]), Error::NotAWinner);
		assert_noop!(judge(&[(ALICE, 10)]), Error::NotAWinner);
		assert_noop!(judge(&[(DAVE, 10), (DAVE, 10)]), Error::NotAWinner);
		assert_noop!(judge(&[(DAVE, 0)]), Error::NotAWinner);
		assert_noop!(judge(&[(DAVE, 60), (EVE, 41)]), Error::BadShares);
		assert_noop!(Proposals::judge(signed(ALICE), 9, verdict(&[])), Error::BountyNotFound);
		// Two verdicts that differ are no majority, and a member may think again.
		assert_ok!(judge(&[(DAVE, 60)]));
		assert_ok!(Proposals::judge(signed(BOB), id, verdict(&[(DAVE, 50)])));
		assert!(matches!(bounty(id).state, BountyState::Judging { .. }));
		assert_ok!(judge(&[(DAVE, 50)]));
		assert_eq!(bounty(id).prizes, 500);
	});
}

#[test]
fn verdict_without_winners_fails_the_bounty() {
	run(|| {
		let id = opened(by_charlie(), 1_000);
		assert_ok!(Proposals::accept_judging(signed(CHARLIE), id));
		work(DAVE, id);
		wait(20);
		assert_ok!(Proposals::judge(signed(CHARLIE), id, verdict(&[])));
		assert!(matches!(bounty(id).state, BountyState::Failed { .. }));
		// In time, and for nothing.
		assert_eq!(free(CHARLIE), RICH);
		assert_empty(id);
	});
}

#[test]
fn closed_bounties_are_for_those_listed() {
	run(|| {
		let entrants = Entrants::List(list(vec![DAVE]));
		let id = opened(BountyTerms { entrants, ..by_council() }, 100);
		assert_noop!(Proposals::enter(signed(EVE), id), Error::NotOnTheList);
		assert_ok!(Proposals::enter(signed(DAVE), id));
		assert_noop!(Proposals::enter(signed(DAVE), 7), Error::BountyNotFound);
	});
}

#[test]
fn entries_are_bounded() {
	run(|| {
		let id = opened(BountyTerms { entry_stake: 0, ..by_council() }, 100);
		for who in 0..u64::from(MAX_ENTRIES) {
			assert_ok!(Balances::mint_into(&(1_000 + who), ED));
			assert_ok!(Proposals::enter(signed(1_000 + who), id));
		}
		assert_noop!(Proposals::enter(signed(DAVE), id), Error::TooManyEntries);
		assert_eq!(Entries::<Test>::iter().count(), MAX_ENTRIES as usize);
	});
}

#[test]
fn prize_below_the_existential_deposit_waits_and_then_goes_to_the_fund() {
	run(|| {
		let id = opened(BountyTerms { entry_stake: 0, ..by_council() }, ED - 1);
		assert_ok!(Balances::mint_into(&NOBODY, ED));
		work(NOBODY, id);
		empty(NOBODY);
		wait(20);
		assert_ok!(Proposals::judge(signed(MAJORITY), id, verdict(&[(NOBODY, 100)])));
		assert_noop!(claim(NOBODY, id), TokenError::CannotCreate);
		assert_eq!(held(HoldReason::Bounties, FUND), ED - 1);
		wait(39);
		assert_noop!(claim(NOBODY, id), TokenError::CannotCreate);
		wait(1);
		assert_ok!(claim(NOBODY, id));
		assert_eq!(
			last_event(),
			Event::PrizeForfeited { bounty: id, account: NOBODY, amount: ED - 1 }
		);
		assert_eq!((free(FUND), bounty(id).paid), (RICH, 0));
		assert_ok!(Proposals::withdraw_entry(signed(EVE), id, NOBODY));
		assert_empty(id);
	});
}

#[test]
fn refund_below_the_existential_deposit_waits_and_then_goes_to_the_fund() {
	run(|| {
		let id = opened(by_council(), 0);
		contribute(POOR, id, 100);
		work(DAVE, id);
		wait(20);
		assert_ok!(Proposals::judge(signed(MAJORITY), id, verdict(&[(DAVE, 95)])));
		empty(POOR);
		assert_eq!(bounty(id).refunds, 5);
		assert_noop!(refund(POOR, id), TokenError::CannotCreate);
		wait(40);
		assert_ok!(refund(POOR, id));
		assert_eq!(
			last_event(),
			Event::ContributionForfeited { bounty: id, contributor: POOR, amount: 5 }
		);
		assert_eq!(free(FUND), RICH + 5);
		assert_ok!(claim(DAVE, id));
		assert_empty(id);
	});
}
