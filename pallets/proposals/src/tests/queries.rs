//! What the runtime API answers.

use super::*;
use rome_primitives::governance::voting::Outcome;

#[test]
fn proposals_come_in_pages_newest_first() {
	run(|| {
		for _ in 0..5 {
			submit(DAVE, spend(1));
		}
		assert_ok!(Proposals::cancel(signed(DAVE), 2));
		let mut seen = Vec::new();
		let mut before = None;
		loop {
			let page = Proposals::api_proposals(before, 2);
			assert!(page.items.len() <= 2);
			seen.extend(page.items.iter().map(|line| line.id));
			assert_eq!(page.tallies.len(), Kind::ALL.len());
			before = page.next;
			if before.is_none() {
				break;
			}
		}
		assert_eq!(seen, [4, 3, 2, 1, 0]);
		let canceled = Proposals::api_proposals(Some(3), 1);
		assert_eq!(canceled.items[0].next_step, None);
	});
}

#[test]
fn proposal_shows_votes_and_what_they_say() {
	run(|| {
		let id = submit(DAVE, spend(1));
		vote(ALICE, id, Vote::Approve);
		let view = Proposals::api_proposal(id).unwrap();
		assert_eq!((view.tally.approve, view.members, view.votes.len()), (1, 3, 1));
		assert_eq!((view.outcome, view.next_step), (Outcome::NoQuorum, Some(11)));
		elect(&[BOB, CHARLIE]);
		let view = Proposals::api_proposal(id).unwrap();
		assert_eq!((view.tally.approve, view.members, view.votes[0].counts), (0, 2, false));
		elect(&[ALICE, BOB, CHARLIE]);
		vote(BOB, id, Vote::Approve);
		let view = Proposals::api_proposal(id).unwrap();
		assert_eq!((view.tally.approve, view.outcome), (2, Outcome::Passed));
		assert!(Proposals::api_proposal(9).is_none());
	});
}

#[test]
fn fund_shows_what_is_set_aside_for_what() {
	run(|| {
		granted(EVE, vec![milestone(300, 500)]);
		opened(by_council(), 200);
		let terms = StandingReward { amount: 5, budget: 50, account_cap: 20, period: 100 };
		assert_ok!(Proposals::set_standing_reward(root(), RewardKind::InformedVoting, Some(terms)));
		let fund = Proposals::api_fund();
		assert_eq!((fund.grants, fund.bounties, fund.rewards), (300, 200, 50));
		assert_eq!((fund.account, fund.free), (FUND, RICH - 550 - ED));
		assert_eq!(Proposals::api_standing_rewards().len(), 1);
	});
}

#[test]
fn grants_bounties_and_posts_come_in_pages() {
	run(|| {
		for _ in 0..3 {
			granted(EVE, vec![milestone(10, 500)]);
			opened(by_council(), 10);
		}
		let page = Proposals::api_grants(None, 2);
		assert_eq!((page.items.len(), page.next), (2, Some(1)));
		let page = Proposals::api_grants(page.next, 2);
		assert_eq!((page.items[0].id, page.next), (2, None));
		let page = Proposals::api_bounties(Some(0), 9);
		assert_eq!((page.items.len(), page.items[0].id, page.next), (2, 1, None));
		assert_ok!(Proposals::fund_bounty(signed(BOB), 0, 30));
		assert_eq!(Proposals::api_contribution(0, BOB), 30);
		work(DAVE, 0);
		assert_eq!(Proposals::api_bounty(0).unwrap().entries.len(), 1);
		assert_eq!(Proposals::api_grant(0).unwrap().needed, 2);

		let id = submit(DAVE, spend(1));
		assert_ok!(Proposals::open_thread(signed(DAVE), id, ThreadMode::Open));
		for _ in 0..3 {
			assert_ok!(Proposals::post(signed(EVE), id, text("hello")));
		}
		let page = Proposals::api_posts(id, None, 2);
		assert_eq!((page.items.len(), page.next), (2, Some(1)));
		assert_eq!(Proposals::api_posts(id, page.next, 2).items.len(), 1);
		assert_eq!(Proposals::api_kinds().len(), Kind::ALL.len());
		// However much is asked for.
		assert!(Proposals::api_proposals(None, u32::MAX).items.len() <= MAX_PAGE as usize);
	});
}
