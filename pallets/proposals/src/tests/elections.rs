//! Elections in the middle of things: they write nothing here, and reject nothing.

use super::*;

#[test]
fn election_in_the_middle_of_a_vote_keeps_it_going() {
	run(|| {
		let id = submit(DAVE, spend(10));
		vote(ALICE, id, Vote::Approve);
		let before = stored(id);
		elect(&[DAVE, EVE, BOB]);
		assert_eq!(stored(id), before);
		// Alice's vote falls away; two of the new three are needed.
		vote(BOB, id, Vote::Approve);
		assert!(matches!(state(id), ProposalState::Active { .. }));
		vote(EVE, id, Vote::Approve);
		assert!(matches!(state(id), ProposalState::Approved { .. }));
		assert_eq!((stored(id).tally.approve, stored(id).members), (2, 3));
		assert_eq!(stored(id).voters, vec![BOB, EVE]);
	});
}

#[test]
fn vote_of_a_member_who_comes_back_counts_again() {
	run(|| {
		let id = submit(DAVE, spend(10));
		vote(ALICE, id, Vote::Approve);
		elect(&[DAVE, EVE, BOB]);
		elect(&[ALICE, EVE, BOB]);
		vote(BOB, id, Vote::Approve);
		assert!(matches!(state(id), ProposalState::Approved { .. }));
	});
}

#[test]
fn shrinking_council_counts_with_its_size() {
	run(|| {
		elect(&[ALICE, BOB, CHARLIE, DAVE, EVE]);
		let id = submit(POOR, Action::Signal);
		approve(id, &[ALICE, BOB]);
		assert!(matches!(state(id), ProposalState::Active { .. }));
		// Nothing is decided by the election itself, but by whoever asks.
		elect(&[ALICE, BOB, CHARLIE]);
		assert!(matches!(state(id), ProposalState::Active { .. }));
		assert_ok!(Proposals::execute(signed(EVE), id, Default::default()));
		assert!(matches!(state(id), ProposalState::Approved { .. }));
		assert_eq!(stored(id).members, 3);
	});
}

#[test]
fn council_of_one_decides_nothing() {
	run(|| {
		let id = submit(DAVE, spend(10));
		elect(&[ALICE]);
		vote(ALICE, id, Vote::Approve);
		assert!(matches!(state(id), ProposalState::Active { .. }));
		wait(10);
		assert!(matches!(state(id), ProposalState::NoQuorum { .. }));
		elect(&[]);
		let id = submit(DAVE, spend(10));
		wait(10);
		assert!(matches!(state(id), ProposalState::NoQuorum { .. }));
	});
}

#[test]
fn election_in_the_middle_of_a_grace_leaves_the_decision() {
	run(|| {
		let id = submit(DAVE, Action::ApproveSchema { suggestion: 5 });
		approve(id, &[ALICE, BOB]);
		elect(&[DAVE, EVE, CHARLIE, POOR, NOBODY]);
		wait(2);
		assert!(matches!(state(id), ProposalState::Executed { .. }));
		// With the authority of those who decided.
		assert_eq!(Schemas::get(), vec![(true, 5, (2, 3))]);
	});
}

#[test]
fn election_in_the_middle_of_a_judgement_changes_who_judges() {
	run(|| {
		let id = opened(by_council(), 1_000);
		work(DAVE, id);
		wait(20);
		let all = verdict(&[(DAVE, 100)]);
		assert_ok!(Proposals::judge(signed(ALICE), id, all.clone()));
		elect(&[BOB, CHARLIE, EVE]);
		assert_noop!(Proposals::judge(signed(ALICE), id, all.clone()), Error::NotAMember);
		assert_ok!(Proposals::judge(signed(BOB), id, all.clone()));
		// Alice's verdict is none any more.
		assert!(matches!(bounty(id).state, BountyState::Judging { .. }));
		assert_ok!(Proposals::judge(signed(EVE), id, all));
		assert!(matches!(bounty(id).state, BountyState::Judged { .. }));
	});
}

#[test]
fn election_in_the_middle_of_countersigning_and_release() {
	run(|| {
		let id = record(ALICE, EVE, 100);
		elect(&[BOB, CHARLIE, DAVE]);
		assert_ok!(Proposals::countersign_grant(signed(BOB), id));
		assert!(matches!(grant(id).state, GrantState::Recorded { .. }));
		assert_ok!(Proposals::countersign_grant(signed(CHARLIE), id));
		assert_eq!(grant(id).state, GrantState::Active);

		assert_ok!(Proposals::release_milestone(signed(BOB), id, 0));
		elect(&[ALICE, CHARLIE, DAVE]);
		assert_ok!(Proposals::release_milestone(signed(ALICE), id, 0));
		assert_eq!(grant(id).milestones[0].state, MilestoneState::Pending);
		assert_ok!(Proposals::release_milestone(signed(DAVE), id, 0));
		assert!(matches!(grant(id).milestones[0].state, MilestoneState::Paid { .. }));
	});
}

#[test]
fn many_councils_do_not_fill_a_proposal() {
	run(|| {
		let id = submit(EVE, spend(10));
		// Each council a new one, of three: never decided by one vote.
		for round in 0..2 * u64::from(MAX_COUNCIL) {
			let voter = 10_000 + round;
			elect(&[voter, 9_998, 9_999]);
			vote(voter, id, Vote::Abstain);
			assert!(stored(id).voters.len() <= MAX_COUNCIL as usize);
		}
		assert!(matches!(state(id), ProposalState::Active { .. }));
	});
}
