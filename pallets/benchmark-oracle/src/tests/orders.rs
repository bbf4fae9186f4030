//! Extra trials: who pays, who is paid, and when it goes back.

use super::*;

fn order(id: u32, round: RoundIndex, trials: u32) -> sp_runtime::DispatchResult {
	Oracle::order_measurement(signed(alice()), Actor::storage(id), round, trials)
}

#[test]
fn an_order_is_for_rounds_that_are_not_planned_and_actors_that_are_probed() {
	run(|| {
		actor(0, true);
		actor(1, false);
		until_round(4);
		for round in [0, 4, 5, 4 + MAX_AHEAD + 1] {
			assert_noop!(order(0, round, 1), Error::RoundNotOrderable);
		}
		for trials in [0, PARAMETERS.committee + 1] {
			assert_noop!(order(0, 6, trials), Error::BadTrials);
		}
		assert_noop!(order(1, 6, 1), Error::NotProbed);
		assert_noop!(order(9, 6, 1), Error::NotProbed);
		assert_ok!(order(0, 6, 2));
		assert_eq!(held(HoldReason::Fee, alice()), 2 * TrialFee::get());
		assert_noop!(order(0, 6, 1), Error::AlreadyOrdered);
		until_round(6);
		assert_eq!(RoundTargets::<Test>::get(6).into_inner(), [(Actor::storage(0), 2)]);
	});
}

#[test]
fn an_order_brings_more_probers() {
	run(|| {
		let count = 20;
		let ids = probers(count);
		let actor = actor(0, true);
		assert_ok!(order(0, 4, PARAMETERS.committee));
		work_until(9, &ids, &honest);
		let by_round = |index: RoundIndex| {
			let results = Results::<Test>::get(actor);
			let found = results.iter().find(|result| result.round == index).copied();
			found.map_or(0, |result| result.settled.revealers)
		};
		// Ten are expected, not five; the draws of these rounds are what they are.
		assert!(
			by_round(4) > by_round(3).max(by_round(5)),
			"{:?}",
			(by_round(3), by_round(4), by_round(5))
		);
	});
}

#[test]
fn the_fee_pays_target_and_probers_once_the_round_is_settled() {
	run(|| {
		let ids = probers(5);
		actor(0, true);
		assert_ok!(order(0, 3, 5));
		let pot = free(Oracle::account_id());
		work_until(7, &ids, &honest);
		let fee = 5 * TrialFee::get();
		assert_eq!(free(alice()), RICH - fee);
		assert_eq!(free(actor_owner(0)), RICH + TargetShare::get() * fee);
		assert_eq!(held(HoldReason::Fee, alice()), 0);
		let paid: Balance = ids.iter().map(|id| free(owner(*id)) + Bond::get() - RICH).sum();
		assert_eq!(free(Oracle::account_id()) + paid, pot + fee - TargetShare::get() * fee);
	});
}

#[test]
fn the_fee_goes_back_where_nothing_is_settled() {
	run(|| {
		actor(0, true);
		actor(1, true);
		assert_ok!(order(0, 3, 5));
		assert_ok!(order(1, 4, 5));
		// Not probed after all.
		remove_actor(Actor::storage(1));
		until_round(8);
		assert_eq!(free(alice()), RICH);
		assert_eq!(Orders::<Test>::iter().count(), 0);
	});
}

#[test]
fn an_order_is_cancelled_by_who_made_it_in_time() {
	run(|| {
		let actor = actor(0, true);
		assert_noop!(Oracle::cancel_order(signed(alice()), actor, 4), Error::OrderNotFound);
		assert_ok!(order(0, 4, 1));
		assert_noop!(Oracle::cancel_order(signed(bob()), actor, 4), Error::NotTheOrderer);
		assert_ok!(Oracle::cancel_order(signed(alice()), actor, 4));
		assert_happened(Event::OrderReturned { actor, round: 4 });
		assert_eq!(free(alice()), RICH);
		assert_ok!(order(0, 4, 1));
		until_round(3);
		assert_noop!(Oracle::cancel_order(signed(alice()), actor, 4), Error::RoundNotOrderable);
	});
}
