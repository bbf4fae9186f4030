//! Standing rewards: what they pay, and what they cannot be made to.

use super::*;
use rome_primitives::{
	content::{Category, OnSchemaActivated},
	governance::OnProviderActivated,
};

const TERMS: StandingReward<Balance> =
	StandingReward { amount: 100, budget: 350, account_cap: 250, period: 50 };

fn set(kind: RewardKind, terms: StandingReward<Balance>) {
	assert_ok!(Proposals::set_standing_reward(root(), kind, Some(terms)));
}

fn activate(proposer: AccountId, class: u32, version: u16) {
	Proposals::on_schema_activated(&proposer, class, version, Category::Video);
}

fn long_reason() -> String {
	"x".repeat(MIN_INFORMED_BYTES as usize)
}

#[test]
fn budget_is_set_aside_each_period() {
	run(|| {
		set(RewardKind::SchemaActivated, TERMS);
		assert_eq!(held(HoldReason::Rewards, FUND), 350);
		activate(EVE, 0, 1);
		assert_eq!((free(EVE), held(HoldReason::Rewards, FUND)), (RICH + 100, 250));
		wait(50);
		assert_eq!(held(HoldReason::Rewards, FUND), 350);
		assert_ok!(Proposals::set_standing_reward(root(), RewardKind::SchemaActivated, None));
		assert_eq!(held(HoldReason::Rewards, FUND), 0);
		assert_eq!(free(FUND), RICH - 100);
		activate(EVE, 1, 1);
		assert_eq!(free(EVE), RICH + 100);
		assert_noop!(
			Proposals::set_standing_reward(root(), RewardKind::SchemaActivated, None),
			Error::RewardNotSet
		);
	});
}

#[test]
fn poor_fund_sets_aside_what_it_has() {
	run(|| {
		set(RewardKind::SchemaActivated, StandingReward { budget: 2 * RICH, ..TERMS });
		assert_eq!(held(HoldReason::Rewards, FUND), RICH - ED);
		assert_ok!(Proposals::top_up(signed(DAVE), 500));
		wait(50);
		assert_eq!(held(HoldReason::Rewards, FUND), RICH - ED + 500);
	});
}

#[test]
fn unsound_terms_are_refused() {
	run(|| {
		for terms in [
			StandingReward { amount: 0, ..TERMS },
			StandingReward { amount: 351, ..TERMS },
			StandingReward { account_cap: 0, ..TERMS },
			StandingReward { account_cap: 351, ..TERMS },
			StandingReward { period: 9, ..TERMS },
		] {
			assert_noop!(
				Proposals::set_standing_reward(root(), RewardKind::SchemaActivated, Some(terms)),
				Error::BadReward
			);
		}
		assert_noop!(
			Proposals::set_standing_reward(signed(ALICE), RewardKind::InformedVoting, Some(TERMS)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn repeated_activations_are_not_rewarded() {
	run(|| {
		set(RewardKind::SchemaActivated, TERMS);
		for version in 1..=20 {
			activate(EVE, 0, version);
		}
		assert_eq!(free(EVE), RICH + 100);
		// Nor for another account.
		activate(DAVE, 0, 21);
		assert_eq!(free(DAVE), RICH);
		// An account has its cap over all classes.
		for class in 1..10 {
			activate(EVE, class, 1);
		}
		assert_eq!(free(EVE), RICH + 250);
		wait(50);
		activate(EVE, 0, 22);
		assert_eq!(free(EVE), RICH + 350);
	});
}

#[test]
fn fresh_accounts_get_no_more_than_the_budget() {
	run(|| {
		set(RewardKind::SchemaActivated, TERMS);
		for class in 0..20 {
			activate(5_000 + AccountId::from(class), class, 1);
		}
		let paid: Balance = (0..20).map(|class| free(5_000 + class)).sum();
		assert_eq!(paid, 350);
		assert_eq!(held(HoldReason::Rewards, FUND), 0);
	});
}

#[test]
fn accounts_that_cannot_hold_a_reward_do_not_get_it() {
	run(|| {
		set(RewardKind::SchemaActivated, StandingReward { amount: ED - 1, ..TERMS });
		activate(NOBODY, 0, 1);
		let kind = RewardKind::SchemaActivated;
		assert_eq!(last_event(), Event::RewardNotPaid { reward: kind, account: NOBODY });
		assert_eq!(held(HoldReason::Rewards, FUND), 350);
	});
}

#[test]
fn operator_is_rewarded_once_however_many_accounts_it_has() {
	run(|| {
		Proposals::on_provider_activated(&EVE, 7);
		set(RewardKind::ProviderActivated, TERMS);
		Proposals::on_provider_activated(&EVE, 7);
		assert_eq!(free(EVE), RICH + 100);
		wait(50);
		for who in [EVE, DAVE, 5_000] {
			Proposals::on_provider_activated(&who, 7);
		}
		assert_eq!((free(EVE), free(DAVE), free(5_000)), (RICH + 100, RICH, 0));
		Proposals::on_provider_activated(&DAVE, 8);
		assert_eq!(free(DAVE), RICH + 100);
	});
}

#[test]
fn executed_proposals_of_others_are_rewarded() {
	run(|| {
		set(RewardKind::ProposalExecuted, TERMS);
		pass(spend(10));
		assert_eq!(free(DAVE), RICH + 100);
		// Neither texts, nor what failed, nor the council's own.
		pass(Action::Signal);
		pass(spend(10 * RICH));
		let id = submit(ALICE, spend(10));
		approve(id, &[BOB, CHARLIE]);
		wait(2);
		assert_eq!((free(DAVE), free(ALICE)), (RICH + 100, RICH));
		// Nor those of who was in the council, or is.
		let id = submit(ALICE, spend(10));
		elect(&[BOB, CHARLIE, EVE]);
		approve(id, &[BOB, CHARLIE]);
		let id = submit(DAVE, spend(10));
		approve(id, &[BOB, CHARLIE]);
		elect(&[DAVE, CHARLIE, EVE]);
		wait(2);
		assert!(matches!(state(id), ProposalState::Executed { .. }));
		assert_eq!((free(DAVE), free(ALICE)), (RICH + 100, RICH));
	});
}

#[test]
fn retried_proposal_is_rewarded_once() {
	run(|| {
		set(RewardKind::ProposalExecuted, TERMS);
		let id = pass(Action::Spend { beneficiary: NOBODY, amount: ED - 1 });
		assert_eq!(free(DAVE), RICH);
		assert_ok!(Balances::mint_into(&NOBODY, ED));
		for _ in 0..3 {
			let _ = Proposals::execute(signed(EVE), id, frame_support::weights::Weight::MAX);
		}
		assert_eq!(free(DAVE), RICH + 100);
	});
}

#[test]
fn informed_voters_share() {
	run(|| {
		set(RewardKind::InformedVoting, TERMS);
		let vote = |who, id, vote, reason: &str| {
			assert_ok!(Proposals::vote(signed(who), id, vote, text(reason)));
		};
		let id = submit(DAVE, spend(10));
		vote(ALICE, id, Vote::Reject, &long_reason());
		vote(BOB, id, Vote::Approve, "why not");
		vote(CHARLIE, id, Vote::Approve, &long_reason());
		assert!(matches!(state(id), ProposalState::Approved { .. }));
		// Whichever side they took; a reason that is none does not count.
		assert_eq!((free(ALICE), free(BOB), free(CHARLIE)), (RICH + 50, RICH, RICH + 50));

		// Empty proposals give nothing: texts, those that are taken back or vetoed, those without a quorum.
		let id = submit(DAVE, Action::Signal);
		vote(ALICE, id, Vote::Approve, &long_reason());
		vote(CHARLIE, id, Vote::Approve, &long_reason());
		let id = submit(DAVE, spend(10));
		vote(ALICE, id, Vote::Approve, &long_reason());
		assert_ok!(Proposals::cancel(signed(DAVE), id));
		let id = submit(DAVE, spend(10));
		vote(ALICE, id, Vote::Approve, &long_reason());
		wait(10);
		assert!(matches!(state(id), ProposalState::NoQuorum { .. }));
		assert_eq!((free(ALICE), free(CHARLIE)), (RICH + 50, RICH + 50));

		// However many are decided, an account has its cap and the period its budget.
		for _ in 0..20 {
			let id = submit(DAVE, spend(1));
			vote(ALICE, id, Vote::Reject, &long_reason());
			vote(CHARLIE, id, Vote::Reject, &long_reason());
		}
		let gained = free(ALICE) + free(CHARLIE) - 2 * RICH;
		assert_eq!(gained, 350);
		assert!(free(ALICE) - RICH <= 250 && free(CHARLIE) - RICH <= 250);
	});
}
