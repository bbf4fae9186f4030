//! From the submission to the decision.

use super::*;
use crate::{ProposalTallies, Slots, Votes};

#[test]
fn submit_holds_a_stake_and_takes_a_slot() {
	run(|| {
		let id = submit(DAVE, spend(10));
		assert_eq!(held(HoldReason::ProposalStake, DAVE), 100);
		assert_eq!(Slots::<Test>::get().len(), 1);
		assert_eq!(state(id), ProposalState::Active { until: 11 });
		assert_eq!(ProposalTallies::<Test>::get(Kind::Spend).submitted, 1);
		let event = Event::ProposalSubmitted { proposal: id, proposer: DAVE, kind: Kind::Spend };
		assert_eq!(last_event(), event);
	});
}

#[test]
fn submit_fails_for_what_could_never_be_carried_out() {
	run(|| {
		let submit = |title: &str, action| {
			Proposals::submit(signed(DAVE), text(title), text("text"), action)
		};
		assert_noop!(submit("", spend(1)), Error::TitleMissing);
		assert_noop!(submit("t", spend(0)), Error::ZeroAmount);
		let to_fund = Action::Spend { beneficiary: FUND, amount: 1 };
		assert_noop!(submit("t", to_fund), Error::ToTheFund);
		let missing = Action::Dispatch { hash: [1; 32], len: 5, root: false };
		assert_noop!(submit("t", missing), Error::PreimageMissing);
		let (hash, len) = note_call(frame_system::Call::remark { remark: vec![] });
		let wrong = Action::Dispatch { hash, len: len + 1, root: false };
		assert_noop!(submit("t", wrong), Error::PreimageMissing);
		let empty = Action::Grant { beneficiary: EVE, milestones: list(vec![]) };
		assert_noop!(submit("t", empty), Error::NoMilestones);
		let free = Action::Grant { beneficiary: EVE, milestones: list(vec![milestone(0, 5)]) };
		assert_noop!(submit("t", free), Error::ZeroAmount);
		let too_much = list(vec![milestone(Balance::MAX, 5), milestone(1, 5)]);
		assert_noop!(
			submit("t", Action::Grant { beneficiary: EVE, milestones: too_much }),
			sp_runtime::ArithmeticError::Overflow
		);
		let never = BountyTerms { work_period: 0, ..by_council() };
		assert_noop!(submit("t", Action::Bounty { terms: never, amount: 5 }), Error::BadPeriod);
		assert_noop!(
			submit("t", Action::Bounty { terms: by_charlie(), amount: 99 }),
			Error::FeeTooHigh
		);
		let title = list(vec![0xff]);
		assert_noop!(
			Proposals::submit(signed(DAVE), title, text(""), Action::Signal),
			Error::NotUtf8
		);
		assert_noop!(
			Proposals::submit(signed(NOBODY), text("t"), text(""), Action::Signal),
			TokenError::FundsUnavailable
		);
		assert_noop!(
			Proposals::submit(root(), text("t"), text(""), Action::Signal),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn stakes_rise_by_proposer_and_kind() {
	run(|| {
		for (who, action, stake) in [
			(DAVE, spend(1), 100),
			(DAVE, spend(1), 200),
			(DAVE, spend(1), 300),
			(DAVE, Action::Signal, 100),
			(EVE, spend(1), 100),
		] {
			let id = submit(who, action);
			assert_eq!(stored(id).stake, stake);
		}
		// What has ended counts no more.
		assert_ok!(Proposals::cancel(signed(DAVE), 0));
		assert_eq!(stored(submit(DAVE, spend(1))).stake, 300);
	});
}

#[test]
fn a_few_cannot_stall_the_council() {
	run(|| {
		DefaultStake::set(1);
		for _ in 0..MAX_OPEN_PROPOSALS {
			submit(DAVE, spend(1));
		}
		for who in [DAVE, EVE] {
			assert_noop!(
				Proposals::submit(signed(who), text("t"), text(""), spend(1)),
				Error::NoFreeSlot
			);
		}
		// Every member has one more, and one only.
		for who in [ALICE, BOB, CHARLIE] {
			submit(who, spend(1));
			assert_noop!(
				Proposals::submit(signed(who), text("t"), text(""), spend(1)),
				Error::NoFreeSlot
			);
		}
		// So has every member of the next council, whatever the one before has left open.
		elect(&[DAVE, EVE, BOB]);
		submit(EVE, spend(1));
		submit(DAVE, spend(1));
		assert_noop!(
			Proposals::submit(signed(BOB), text("t"), text(""), spend(1)),
			Error::NoFreeSlot
		);
		DefaultStake::set(100);
	});
}

#[test]
fn cancel_returns_the_stake() {
	run(|| {
		let id = submit(DAVE, spend(1));
		assert_noop!(Proposals::cancel(signed(EVE), id), Error::NotTheProposer);
		assert_noop!(Proposals::cancel(signed(EVE), 9), Error::ProposalNotFound);
		assert_ok!(Proposals::cancel(signed(DAVE), id));
		assert_eq!(state(id), ProposalState::Canceled { at: 1 });
		assert_eq!(free(DAVE), RICH);
		assert!(Slots::<Test>::get().is_empty());
		assert_noop!(Proposals::cancel(signed(DAVE), id), Error::ProposalDecided);
		assert_noop!(
			Proposals::vote(signed(ALICE), id, Vote::Approve, text("")),
			Error::ProposalDecided
		);
	});
}

#[test]
fn votes_decide_early_or_when_the_time_is_up() {
	run(|| {
		// Two of three approve: nothing changes that any more.
		let early = submit(DAVE, spend(10));
		approve(early, &[ALICE]);
		assert!(matches!(state(early), ProposalState::Active { .. }));
		approve(early, &[BOB]);
		assert_eq!(state(early), ProposalState::Approved { execute_at: 3 });
		let decided = stored(early);
		assert_eq!((decided.tally.approve, decided.members), (2, 3));
		assert_eq!(held(HoldReason::ProposalStake, DAVE), 0);

		// One approval, one abstention: a quorum, and not enough, at the end.
		let late = submit(DAVE, spend(10));
		vote(ALICE, late, Vote::Approve);
		vote(BOB, late, Vote::Abstain);
		wait(9);
		assert!(matches!(state(late), ProposalState::Active { .. }));
		wait(1);
		assert_eq!(state(late), ProposalState::Rejected { at: 11 });

		// One vote is no quorum.
		let few = submit(DAVE, spend(10));
		vote(ALICE, few, Vote::Approve);
		wait(10);
		assert_eq!(state(few), ProposalState::NoQuorum { at: 21 });
		assert_eq!(free(DAVE), RICH);
		let tally = ProposalTallies::<Test>::get(Kind::Spend);
		assert_eq!((tally.approved, tally.rejected, tally.no_quorum), (1, 1, 1));
		assert_eq!(tally.executed, 1);
	});
}

#[test]
fn slashing_takes_the_stake_from_two_thirds() {
	run(|| {
		let fund = free(FUND);
		let id = submit(DAVE, spend(10));
		vote(ALICE, id, Vote::Slash);
		vote(BOB, id, Vote::Reject);
		assert!(matches!(state(id), ProposalState::Active { .. }));
		vote(CHARLIE, id, Vote::Slash);
		assert_eq!(state(id), ProposalState::Slashed { at: 1 });
		assert_eq!((free(DAVE), free(FUND)), (RICH - 100, fund + 100));
		assert_eq!(held(HoldReason::ProposalStake, DAVE), 0);
		assert!(happened(Event::StakeSlashed { proposal: id, amount: 100 }));
		// One that slashes only rejects.
		let id = submit(DAVE, spend(10));
		vote(ALICE, id, Vote::Slash);
		vote(BOB, id, Vote::Reject);
		vote(CHARLIE, id, Vote::Reject);
		assert_eq!(state(id), ProposalState::Rejected { at: 1 });
		assert_eq!(free(DAVE), RICH - 100);
	});
}

#[test]
fn votes_can_be_changed_and_taken_back_until_decided() {
	run(|| {
		let id = submit(DAVE, spend(10));
		vote(ALICE, id, Vote::Approve);
		vote(ALICE, id, Vote::Reject);
		assert_eq!(Votes::<Test>::get(id, ALICE).unwrap().vote, Vote::Reject);
		assert_eq!(stored(id).voters.len(), 1);
		assert_ok!(Proposals::remove_vote(signed(ALICE), id));
		assert_noop!(Proposals::remove_vote(signed(ALICE), id), Error::VoteNotFound);
		assert!(stored(id).voters.is_empty());
		approve(id, &[BOB, CHARLIE]);
		assert_noop!(Proposals::remove_vote(signed(BOB), id), Error::ProposalDecided);
		assert_noop!(
			Proposals::vote(signed(ALICE), id, Vote::Reject, text("")),
			Error::ProposalDecided
		);
	});
}

#[test]
fn only_members_vote_and_only_in_time() {
	run(|| {
		let id = submit(DAVE, spend(10));
		assert_noop!(Proposals::vote(signed(DAVE), id, Vote::Approve, text("")), Error::NotAMember);
		assert_noop!(
			Proposals::vote(root(), id, Vote::Approve, text("")),
			DispatchError::BadOrigin
		);
		assert_noop!(
			Proposals::vote(signed(ALICE), id, Vote::Approve, list(vec![0xff])),
			Error::NotUtf8
		);
		// The time is up, and the chain was too full to say so.
		System::set_block_number(11);
		assert_noop!(
			Proposals::vote(signed(ALICE), id, Vote::Approve, text("")),
			Error::ProposalDecided
		);
		wait(1);
		assert!(matches!(state(id), ProposalState::NoQuorum { .. }));
	});
}

#[test]
fn veto_ends_what_is_voted_on_or_waits() {
	run(|| {
		let voted = submit(DAVE, spend(10));
		assert_noop!(Proposals::veto(signed(ALICE), voted), DispatchError::BadOrigin);
		assert_ok!(Proposals::veto(root(), voted));
		assert_eq!(state(voted), ProposalState::Vetoed { at: 1 });
		assert_eq!(free(DAVE), RICH);
		let waiting = submit(DAVE, spend(10));
		approve(waiting, &[ALICE, BOB]);
		assert_ok!(Proposals::veto(root(), waiting));
		assert_noop!(Proposals::veto(root(), waiting), Error::NothingToVeto);
		wait(10);
		assert_eq!(free(EVE), RICH);
		assert_eq!(ProposalTallies::<Test>::get(Kind::Spend).vetoed, 2);
	});
}

#[test]
fn decided_proposals_are_forgotten_in_time() {
	run(|| {
		let id = pass(spend(10));
		assert_eq!(state(id), ProposalState::Executed { at: 3 });
		wait(99);
		assert_eq!(stored(id).voters.len(), 2);
		wait(1);
		assert!(Stored::<Test>::get(id).is_none());
		assert_eq!(Votes::<Test>::iter().count(), 0);
		assert_eq!(crate::Agenda::<Test>::iter().count(), 0);
		assert!(happened(Event::ProposalPruned { proposal: id }));
	});
}
