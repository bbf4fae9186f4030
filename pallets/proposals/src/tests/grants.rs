//! Grants and their milestones.

use super::*;
use crate::{NextGrantId, OffChainGrants, Records, VotedGrants};

fn release(id: GrantId, index: u32) {
	assert_ok!(Proposals::release_milestone(signed(ALICE), id, index));
	assert_ok!(Proposals::release_milestone(signed(BOB), id, index));
}

fn claim(id: GrantId, index: u32) -> Result<(), DispatchError> {
	Proposals::claim_milestone(signed(EVE), id, index)
}

#[test]
fn grant_by_vote_is_set_aside_and_paid_by_milestones() {
	run(|| {
		let id = granted(EVE, vec![milestone(300, 50), milestone(200, 60)]);
		assert_eq!((held(HoldReason::Grants, FUND), grant(id).open), (500, 500));
		assert_noop!(claim(id, 0), Error::NotReleased);
		assert_ok!(Proposals::release_milestone(signed(ALICE), id, 0));
		assert_eq!(free(EVE), RICH);
		assert_noop!(Proposals::release_milestone(signed(ALICE), id, 0), Error::AlreadySigned);
		assert_noop!(Proposals::release_milestone(signed(DAVE), id, 0), Error::NotAMember);
		assert_ok!(Proposals::release_milestone(signed(BOB), id, 0));
		assert_eq!((free(EVE), grant(id).paid, grant(id).open), (RICH + 300, 300, 200));
		// Once.
		assert_noop!(claim(id, 0), Error::MilestoneNotOpen);
		assert_noop!(Proposals::release_milestone(signed(CHARLIE), id, 0), Error::MilestoneNotOpen);
		assert_noop!(claim(id, 2), Error::MilestoneNotFound);
		assert_noop!(claim(9, 0), Error::GrantNotFound);
		// By the council's origin at once.
		assert_ok!(Proposals::release_milestone(signed(MAJORITY), id, 1));
		assert_eq!(grant(id).state, GrantState::Ended { at: now() });
		assert_eq!(held(HoldReason::Grants, FUND), 0);
		let tally = VotedGrants::<Test>::get();
		assert_eq!((tally.approved, tally.ended, tally.paid), (1, 1, 500));
	});
}

#[test]
fn grants_of_both_kinds_are_counted_apart() {
	run(|| {
		for _ in 0..3 {
			let id = record(ALICE, EVE, 100);
			assert_ok!(Proposals::countersign_grant(signed(BOB), id));
		}
		for _ in 0..2 {
			granted(EVE, vec![milestone(100, 50)]);
		}
		record(CHARLIE, EVE, 100);
		let counts = Proposals::api_grants(None, 1).counts;
		assert_eq!(counts.approved, 5);
		assert_eq!((counts.off_chain.approved, counts.by_vote.approved), (3, 2));
		assert_eq!(counts.recorded, 1);
		assert_eq!(held(HoldReason::Grants, FUND), 500);
	});
}

#[test]
fn record_takes_effect_with_a_majority() {
	run(|| {
		assert_noop!(
			Proposals::record_grant(
				signed(DAVE),
				text("t"),
				EVE,
				list(vec![milestone(5, 50)]),
				text(""),
				[0; 32]
			),
			Error::NotAMember
		);
		let id = record(ALICE, EVE, 100);
		assert_eq!(held(HoldReason::Grants, FUND), 0);
		assert_noop!(Proposals::countersign_grant(signed(ALICE), id), Error::AlreadySigned);
		assert_noop!(Proposals::countersign_grant(signed(DAVE), id), Error::NotAMember);
		assert_noop!(claim(id, 0), Error::MilestoneNotOpen);
		assert_ok!(Proposals::countersign_grant(signed(BOB), id));
		assert_eq!(held(HoldReason::Grants, FUND), 100);
		assert_eq!(Records::<Test>::get(ALICE), 0);
		assert_noop!(Proposals::countersign_grant(signed(CHARLIE), id), Error::GrantNotRecorded);
		assert_noop!(Proposals::countersign_grant(signed(CHARLIE), 7), Error::GrantNotFound);
		release(id, 0);
		assert_eq!(free(EVE), RICH + 100);
		assert_eq!(OffChainGrants::<Test>::get().paid, 100);
	});
}

#[test]
fn record_waits_for_the_fund() {
	run(|| {
		let id = record(ALICE, EVE, RICH);
		assert_noop!(Proposals::countersign_grant(signed(BOB), id), Error::InsufficientFunds);
		assert_ok!(Proposals::top_up(signed(DAVE), 100));
		assert_ok!(Proposals::countersign_grant(signed(BOB), id));
	});
}

#[test]
fn shrunken_council_needs_no_new_signatures() {
	run(|| {
		elect(&[ALICE, BOB, CHARLIE, DAVE, EVE]);
		let id = record(ALICE, POOR, 100);
		assert_ok!(Proposals::countersign_grant(signed(BOB), id));
		elect(&[ALICE, BOB, CHARLIE]);
		assert_ok!(Proposals::countersign_grant(signed(BOB), id));
		assert_eq!(grant(id).state, GrantState::Active);
	});
}

#[test]
fn records_expire_and_are_bounded() {
	run(|| {
		for _ in 0..MAX_OPEN_RECORDS {
			record(ALICE, EVE, 100);
		}
		assert_noop!(
			Proposals::record_grant(
				signed(ALICE),
				text("t"),
				EVE,
				list(vec![milestone(5, 50)]),
				text(""),
				[0; 32]
			),
			Error::TooManyRecords
		);
		record(BOB, EVE, 100);
		assert_ok!(Proposals::stop_grant(signed(MAJORITY), 0));
		assert_eq!(Records::<Test>::get(ALICE), MAX_OPEN_RECORDS - 1);
		wait(30);
		assert_eq!(Grants::<Test>::iter().count(), 0);
		assert_eq!(Records::<Test>::iter().count(), 0);
		assert_eq!(Proposals::api_grants(None, 10).counts.approved, 0);
	});
}

#[test]
fn milestones_lapse_and_free_what_was_set_aside() {
	run(|| {
		let id = granted(EVE, vec![milestone(300, 20), milestone(200, 60)]);
		run_to(29);
		assert_eq!(held(HoldReason::Grants, FUND), 500);
		run_to(30);
		assert_eq!(held(HoldReason::Grants, FUND), 200);
		assert_eq!(grant(id).milestones[0].state, MilestoneState::Lapsed { at: 30 });
		assert!(happened(Event::MilestoneLapsed { grant: id, milestone: 0, amount: 300 }));
		assert_noop!(Proposals::release_milestone(signed(ALICE), id, 0), Error::MilestoneNotOpen);
		run_to(70);
		assert_eq!(grant(id).state, GrantState::Ended { at: 70 });
		assert_eq!((free(FUND), free(EVE)), (RICH, RICH));
	});
}

#[test]
fn due_dates_that_have_passed_leave_the_time_to_lapse() {
	run(|| {
		let id = granted(EVE, vec![milestone(300, 0)]);
		assert_eq!(grant(id).milestones[0].lapses, now() + MilestoneGrace::get());
		release(id, 0);
		assert_eq!(free(EVE), RICH + 300);
	});
}

#[test]
fn payout_that_is_not_possible_can_be_retried() {
	run(|| {
		let small = ED - 1;
		let id = granted(NOBODY, vec![milestone(small, 20)]);
		release(id, 0);
		assert_eq!(grant(id).milestones[0].state, MilestoneState::Released);
		let error = TokenError::CannotCreate.into();
		assert_eq!(last_event(), Event::MilestonePaymentFailed { grant: id, milestone: 0, error });
		assert_noop!(claim(id, 0), TokenError::CannotCreate);
		assert_noop!(Proposals::release_milestone(signed(CHARLIE), id, 0), Error::AlreadyReleased);
		assert_eq!(held(HoldReason::Grants, FUND), small);
		assert_ok!(Balances::mint_into(&NOBODY, ED));
		assert_ok!(claim(id, 0));
		assert_eq!(free(NOBODY), ED + small);
	});
}

#[test]
fn payout_that_is_never_possible_lapses() {
	run(|| {
		let id = granted(NOBODY, vec![milestone(ED - 1, 5), milestone(ED - 1, 5)]);
		run_to(14);
		release(id, 0);
		release(id, 1);
		// Released at the last moment, it has its time.
		run_to(23);
		assert_eq!(held(HoldReason::Grants, FUND), 2 * (ED - 1));
		// And a last attempt at its end.
		hypothetically(|| {
			assert_ok!(Balances::mint_into(&NOBODY, ED));
			run_to(24);
			assert_eq!(free(NOBODY), ED + 2 * (ED - 1));
		});
		run_to(24);
		assert_eq!(held(HoldReason::Grants, FUND), 0);
		assert_eq!(grant(id).paid, 0);
	});
}

fn hypothetically(test: impl FnOnce()) {
	let _ = frame_support::storage::with_storage_layer(|| {
		test();
		Err::<(), _>(DispatchError::Other("taken back"))
	});
	System::set_block_number(23);
}

#[test]
fn benchmarked_milestone_pays_itself() {
	run(|| {
		let id = granted(EVE, vec![measured(300, 50)]);
		assert_noop!(Proposals::release_milestone(signed(ALICE), id, 0), Error::NotForTheCouncil);
		assert_noop!(
			Proposals::release_milestone(signed(MAJORITY), id, 0),
			Error::NotForTheCouncil
		);
		assert_noop!(claim(id, 0), Error::NotReleased);
		wait(12);
		assert_eq!(grant(id).open, 300);
		Met::set(true);
		wait(5);
		assert_eq!((free(EVE), grant(id).open), (RICH + 300, 0));
	});
}

#[test]
fn benchmarked_milestone_can_be_claimed_by_anyone_or_lapses() {
	run(|| {
		let id = granted(EVE, vec![measured(300, 20), measured(200, 20)]);
		Met::set(true);
		assert_ok!(Proposals::claim_milestone(signed(POOR), id, 1));
		assert_eq!(free(EVE), RICH + 200);
		Met::set(false);
		run_to(29);
		assert_eq!(grant(id).open, 300);
		run_to(30);
		assert_eq!(grant(id).open, 0);
		assert_eq!(grant(id).state, GrantState::Ended { at: 30 });
	});
}

#[test]
fn benchmarked_milestone_waits_for_an_account_that_can_be_paid() {
	run(|| {
		let id = granted(NOBODY, vec![measured(ED - 1, 20)]);
		Met::set(true);
		wait(5);
		assert_eq!(grant(id).milestones[0].state, MilestoneState::Released);
		// What was measured stays so.
		Met::set(false);
		assert_ok!(Balances::mint_into(&NOBODY, ED));
		assert_ok!(claim(id, 0));
	});
}

#[test]
fn council_stops_what_has_not_been_paid() {
	run(|| {
		let id = granted(EVE, vec![milestone(300, 50), milestone(200, 50), measured(100, 50)]);
		release(id, 0);
		assert_noop!(Proposals::stop_grant(signed(ALICE), id), DispatchError::BadOrigin);
		assert_ok!(Proposals::stop_grant(signed(MAJORITY), id));
		assert_eq!(last_event(), Event::GrantStopped { grant: id, freed: 300 });
		assert_eq!((free(FUND), free(EVE)), (RICH - 300, RICH + 300));
		assert_noop!(Proposals::stop_grant(signed(MAJORITY), id), Error::GrantEnded);
		assert_noop!(Proposals::stop_grant(signed(MAJORITY), 8), Error::GrantNotFound);
		assert_noop!(claim(id, 1), Error::MilestoneNotOpen);
		let tally = VotedGrants::<Test>::get();
		assert_eq!((tally.stopped, tally.active, tally.paid), (1, 0, 300));
		wait(100);
		assert_eq!(free(EVE), RICH + 300);
	});
}

#[test]
fn largest_grant_works() {
	run(|| {
		let milestones = vec![milestone(10, 50); MAX_MILESTONES as usize];
		let id = granted(EVE, milestones);
		for index in 0..MAX_MILESTONES {
			release(id, index);
		}
		assert_eq!(free(EVE), RICH + 10 * Balance::from(MAX_MILESTONES));
		assert_eq!(NextGrantId::<Test>::get(), 1);
	});
}
