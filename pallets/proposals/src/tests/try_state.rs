//! Each invariant is broken on purpose, and detected.

use super::*;
use crate::{
	Agenda, Contributions, Entries, NextBountyId, NextGrantId, NextProposalId, OffChainGrants,
	Posts, Prizes, Records, RewardPools, Slots, Step, Threads, Votes,
};
use frame_support::traits::{
	fungible::MutateHold,
	tokens::{Fortitude, Precision, Restriction},
};
use rome_primitives::governance::{Entry, VoteRecord};

/// A chain with something of everything, on which `spoil` is detected as `message`.
#[track_caller]
fn detects(message: &str, spoil: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		granted(EVE, vec![milestone(300, 500), milestone(200, 600)]);
		record(ALICE, EVE, 50);
		opened(by_charlie(), 1_000);
		assert_ok!(Proposals::accept_judging(signed(CHARLIE), 0));
		assert_ok!(Proposals::fund_bounty(signed(BOB), 0, 100));
		work(DAVE, 0);
		let terms = StandingReward { amount: 5, budget: 50, account_cap: 20, period: 100 };
		assert_ok!(Proposals::set_standing_reward(root(), RewardKind::InformedVoting, Some(terms)));
		let id = submit(DAVE, spend(1));
		vote(ALICE, id, Vote::Approve);
		assert_ok!(Proposals::open_thread(signed(DAVE), id, ThreadMode::Open));
		assert_ok!(Proposals::post(signed(EVE), id, text("hello")));
		Proposals::do_try_state().expect("everything is in order");
		spoil();
		let error = Proposals::do_try_state().expect_err("it is not any more");
		assert_eq!(error, sp_runtime::TryRuntimeError::Other(leak(message)));
	});
}

fn leak(message: &str) -> &'static str {
	Box::leak(message.to_string().into_boxed_str())
}

/// The proposal in voting.
fn active() -> ProposalId {
	NextProposalId::<Test>::get() - 1
}

fn change_proposal(id: ProposalId, change: impl FnOnce(&mut Proposal<AccountId, Balance>)) {
	Stored::<Test>::mutate(id, |proposal| change(proposal.as_mut().unwrap()));
}

fn change_grant(change: impl FnOnce(&mut Grant<AccountId, Balance>)) {
	Grants::<Test>::mutate(0, |grant| change(grant.as_mut().unwrap()));
}

fn change_bounty(change: impl FnOnce(&mut Bounty<AccountId, Balance>)) {
	Bounties::<Test>::mutate(0, |bounty| change(bounty.as_mut().unwrap()));
}

#[test]
fn try_state_detects_numbers_that_were_not_given_out() {
	detects("a proposal's number was not given out", || NextProposalId::<Test>::put(1));
	detects("a grant's number was not given out", || NextGrantId::<Test>::put(0));
	detects("a bounty's number was not given out", || NextBountyId::<Test>::put(0));
	detects("a post's number was not given out", || {
		Threads::<Test>::mutate(active(), |thread| thread.as_mut().unwrap().next_post = 0)
	});
}

#[test]
fn try_state_detects_stakes_of_decided_proposals() {
	detects("a decided proposal has a stake", || change_proposal(0, |proposal| proposal.stake = 1));
}

#[test]
fn try_state_detects_tallies_that_are_not_of_the_votes() {
	detects("a tally is not that of the votes", || {
		change_proposal(0, |proposal| proposal.tally.approve = 3)
	});
	detects("more votes than members", || change_proposal(0, |proposal| proposal.members = 1));
	detects("a proposal in voting has the tally of a decision", || {
		change_proposal(active(), |proposal| proposal.tally.approve = 1)
	});
}

#[test]
fn try_state_detects_votes_that_are_nobodys() {
	let record = VoteRecord { vote: Vote::Approve, reason: text(""), at: 1 };
	detects("a vote is of nobody who voted", || Votes::<Test>::insert(active(), BOB, record));
	detects("a voter has no vote", || Votes::<Test>::remove(active(), ALICE));
	detects("a member votes twice", || {
		change_proposal(active(), |proposal| proposal.voters.try_push(ALICE).unwrap())
	});
}

#[test]
fn try_state_detects_slots_that_are_not_of_proposals_in_voting() {
	let message = "the slots are not those of the proposals in voting";
	detects(message, Slots::<Test>::kill);
	detects(message, || {
		Slots::<Test>::mutate(|slots| {
			let slot = slots[0].clone();
			slots.try_push(slot).unwrap();
		})
	});
	detects("an account has two reserved slots", || {
		submit(DAVE, spend(1));
		Slots::<Test>::mutate(|slots| slots.iter_mut().for_each(|slot| slot.reserved = true))
	});
}

#[test]
fn try_state_detects_grants_that_do_not_add_up() {
	detects("a grant's milestones are not its total", || change_grant(|grant| grant.total += 1));
	detects("a grant has paid something else than its paid milestones", || {
		change_grant(|grant| grant.paid += 1)
	});
	let open = "an active grant's open milestones are not what is open of it";
	detects(open, || change_grant(|grant| grant.open -= 1));
	detects(open, || {
		change_grant(|grant| grant.milestones[0].state = MilestoneState::Lapsed { at: 1 })
	});
	detects("a grant that is over has something open", || {
		change_grant(|grant| grant.state = GrantState::Ended { at: 1 })
	});
	detects("a grant on record has something open or paid", || {
		Grants::<Test>::mutate(1, |grant| grant.as_mut().unwrap().open = 1)
	});
}

#[test]
fn try_state_detects_counts_of_grants_that_are_wrong() {
	detects("the grants in numbers are not the grants", || {
		OffChainGrants::<Test>::mutate(|tally| tally.approved += 1)
	});
	detects("the records counted are not those there are", || Records::<Test>::insert(ALICE, 2));
}

#[test]
fn try_state_detects_bounties_that_do_not_hold_what_they_owe() {
	let open = "an open bounty does not hold what was given";
	detects(open, || change_bounty(|bounty| bounty.held -= 1));
	detects(open, || Contributions::<Test>::insert(0, BOB, 99));
	detects(open, || Prizes::<Test>::insert(0, BOB, 99));
	detects("something is owed by no bounty", || Prizes::<Test>::insert(9, BOB, 99));
	detects("a judge that is done has a stake", || {
		change_bounty(|bounty| {
			bounty.state = BountyState::Failed { at: 1, claim_until: 9 };
			bounty.sharing = 100;
			bounty.held = 0;
		})
	});
	detects("a bounty that is over does not hold what it owes", || {
		change_bounty(|bounty| bounty.state = BountyState::Failed { at: 1, claim_until: 9 })
	});
}

#[test]
fn try_state_detects_bounties_that_pay_more_than_was_given() {
	detects("a bounty pays more than was given", || {
		wait(20);
		assert_ok!(Proposals::judge(signed(CHARLIE), 0, verdict(&[(DAVE, 100)])));
		change_bounty(|bounty| bounty.paid = 1);
	});
	detects("a bounty that is over has verdicts", || {
		wait(20);
		assert_ok!(Proposals::judge(signed(CHARLIE), 0, verdict(&[(DAVE, 100)])));
		change_bounty(|bounty| bounty.verdicts.try_push((ALICE, [0; 32])).unwrap());
	});
}

#[test]
fn try_state_detects_entries_that_are_not_counted() {
	let message = "a bounty's entries are not those counted";
	detects(message, || Entries::<Test>::remove(0, DAVE));
	detects(message, || Entries::<Test>::insert(0, DAVE, Entry { stake: 50, work: None }));
	detects("an entry belongs to no bounty", || {
		Entries::<Test>::insert(9, DAVE, Entry { stake: 50, work: None })
	});
}

#[test]
fn try_state_detects_posts_that_are_not_counted() {
	detects("a thread's posts are not counted", || Posts::<Test>::remove(active(), 0));
	detects("a post belongs to no thread", || Threads::<Test>::remove(active()));
	detects("a thread outlives its proposal and its posts", || {
		let mut thread = Threads::<Test>::get(active()).unwrap();
		thread.posts = 0;
		Threads::<Test>::insert(99, thread);
	});
}

#[test]
fn try_state_detects_rewards_beyond_their_budget() {
	let change = |left: Balance, round: u32| {
		RewardPools::<Test>::mutate(RewardKind::InformedVoting, |pool| {
			let pool = pool.as_mut().unwrap();
			(pool.left, pool.round) = (left, round);
		})
	};
	detects("more is left of a reward than its budget", || change(51, 1));
	detects("a reward's period is not the one counted", || change(50, 2));
}

#[test]
fn try_state_detects_an_agenda_that_is_not_what_waits() {
	let message = "the agenda is not what waits for a block";
	detects(message, || {
		let (block, step) = Agenda::<Test>::iter_keys().next().unwrap();
		Agenda::<Test>::remove(block, step);
	});
	detects(message, || Agenda::<Test>::insert(9u32.to_be_bytes(), Step::Proposal(99), ()));
	detects(message, || {
		change_grant(|grant| grant.milestones[0].next += 1);
	});
}

#[test]
fn try_state_detects_promises_that_are_not_set_aside() {
	let message = "what is set aside is not what is promised";
	for reason in [HoldReason::Grants, HoldReason::Bounties, HoldReason::Rewards] {
		detects(message, || {
			assert_ok!(Balances::release(&reason.into(), &FUND, 1, Precision::Exact));
		});
		detects(message, || {
			assert_ok!(Balances::hold(&reason.into(), &FUND, 1));
		});
	}
	detects("the fund does not have what it promised", || {
		frame_system::Account::<Test>::mutate(FUND, |account| account.data.free = 0)
	});
}

#[test]
fn try_state_detects_stakes_that_are_not_held() {
	let message = "what is held from an account is not what it staked";
	for (reason, who) in [
		(HoldReason::ProposalStake, DAVE),
		(HoldReason::Post, EVE),
		(HoldReason::Entry, DAVE),
		(HoldReason::Judge, CHARLIE),
	] {
		detects(message, || {
			assert_ok!(Balances::transfer_on_hold(
				&reason.into(),
				&who,
				&ALICE,
				1,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Force,
			));
		});
	}
}
