//! Who is verified, for what, and for how long.

use super::*;
use rome_primitives::{
	actors::{CapacityOracle, Declared},
	benchmark::{
		api::{Shortfall, VerificationState},
		hooks::ServiceRecord,
		Role, Thresholds,
	},
};

fn state(actor: Actor) -> VerificationState {
	Verifications::<Test>::get(actor).expect("it was asked for").state
}

fn request(id: u32) -> sp_runtime::DispatchResult {
	Oracle::request_verification(signed(actor_owner(id)), Actor::storage(id))
}

/// Blocks until a verification is over, in which probers see what they see.
fn decide(ids: &[ProberId], actor: Actor, rate: &dyn Fn(ProberId, Actor) -> u64) {
	for _ in 0..200 {
		if state(actor) != VerificationState::Running {
			return;
		}
		act(ids, rate);
		next_block();
	}
	panic!("it does not end");
}

#[test]
fn who_keeps_its_word_passes() {
	run(|| {
		let ids = probers(5);
		let actor = actor(0, false);
		assert_ok!(request(0));
		assert_eq!(held(HoldReason::Fee, actor_owner(0)), VerificationFee::get());
		assert_happened(Event::VerificationBegan { actor, from: 2, rounds: 3, fee: 500 });
		assert_eq!(StorageCapacity::<Test>::verified_until(0, &DECLARED), None);
		let pot = free(Oracle::account_id());
		decide(&ids, actor, &honest);
		let VerificationState::Passed { until } = state(actor) else {
			panic!("{:?}", state(actor))
		};
		// It was decided in the block before.
		assert_eq!(until, System::block_number() - 1 + VerificationTerm::get());
		assert_eq!(verified(), [(actor, until)]);
		assert_eq!(StorageCapacity::<Test>::verified_until(0, &DECLARED), Some(until));
		let more = Declared { upload: DECLARED.upload + 1, ..DECLARED };
		assert_eq!(StorageCapacity::<Test>::verified_until(0, &more), None);
		assert_eq!(DistributionCapacity::<Test>::verified_until(0, &DECLARED), None);
		assert_eq!(held(HoldReason::Fee, actor_owner(0)), 0);
		assert!(free(Oracle::account_id()) > pot, "the fee pays probers");
		// Three rounds, all of them successes: far from sure, and it says so.
		let view = Oracle::api_verification(actor).unwrap();
		assert_eq!((view.settled, view.successes, view.bound), (3, 3, Some(368_403)));
		assert!(!view.calibrated);
	});
}

#[test]
fn half_of_what_was_declared_fails() {
	run(|| {
		let ids = probers(5);
		let actor = actor(0, false);
		assert_ok!(request(0));
		let half = |_: ProberId, _: Actor| DECLARED.download / 2;
		decide(&ids, actor, &half);
		let VerificationState::Failed { shortfall, outcome, retry_at } = state(actor) else {
			panic!("{:?}", state(actor))
		};
		assert_eq!((shortfall, outcome), (Shortfall::Download, Outcome::Ok));
		assert!(verified().is_empty());
		// Again at once is refused, and later it pays again.
		assert_noop!(request(0), Error::VerificationTooSoon);
		while System::block_number() < retry_at {
			next_block();
		}
		assert_ok!(request(0));
		assert_eq!(held(HoldReason::Fee, actor_owner(0)), VerificationFee::get());
	});
}

#[test]
fn who_dies_half_way_fails_for_that_reason() {
	run(|| {
		let ids = probers(5);
		let actor = actor(0, false);
		assert_ok!(request(0));
		let from = Verifications::<Test>::get(actor).unwrap().from;
		// Good for a round, then gone: what is probed in a round is reported in the next one.
		let dying = |_: ProberId, _: Actor| if round() <= from + 1 { RATE } else { 0 };
		decide(&ids, actor, &dying);
		assert!(matches!(
			state(actor),
			VerificationState::Failed {
				shortfall: Shortfall::Availability,
				outcome: Outcome::Unreachable,
				..
			}
		));
	});
}

#[test]
fn slow_first_bytes_and_low_upload_fail_by_their_names() {
	for (thresholds, expected) in [
		(
			Thresholds { availability: 0, download: 0, upload: 0, first_byte: 999, declared: 0 },
			Shortfall::FirstByte,
		),
		(
			Thresholds {
				availability: 0,
				download: 0,
				upload: RATE,
				first_byte: 1_000,
				declared: 0,
			},
			Shortfall::Upload,
		),
	] {
		run(|| {
			let ids = probers(5);
			let actor = actor(0, false);
			assert_ok!(Oracle::set_thresholds(signed(council()), Role::Storage, thresholds));
			assert_ok!(request(0));
			decide(&ids, actor, &honest);
			let VerificationState::Failed { shortfall, .. } = state(actor) else { panic!() };
			assert_eq!(shortfall, expected);
		});
	}
}

#[test]
fn a_captured_round_refuses_nobody() {
	run(|| {
		let ids = probers(5);
		let actor = actor(0, false);
		assert_ok!(request(0));
		let captured = Verifications::<Test>::get(actor).unwrap().from + 1;
		let see = |_: ProberId, _: Actor| if round() == captured + 1 { 0 } else { RATE };
		decide(&ids, actor, &see);
		assert!(matches!(state(actor), VerificationState::Passed { .. }));
	});
}

#[test]
fn rounds_that_are_not_settled_decide_nothing_and_the_fee_goes_back() {
	run(|| {
		let ids = probers(5);
		let actor = actor(0, false);
		assert_ok!(request(0));
		decide(&ids[..1], actor, &honest);
		assert_eq!(state(actor), VerificationState::Undecided);
		assert_eq!(free(actor_owner(0)), RICH);
		assert_ok!(request(0));
	});
}

#[test]
fn the_owner_and_the_conductor_may_ask() {
	run(|| {
		let actor = actor(0, false);
		assert_noop!(Oracle::request_verification(signed(alice()), actor), Error::MayNotVerify);
		let unknown = Actor::storage(9);
		assert_noop!(Oracle::request_verification(signed(alice()), unknown), Error::ActorNotFound);
		assert_ok!(Oracle::appoint_conductor(signed(council()), alice()));
		assert_ok!(Oracle::request_verification(signed(alice()), actor));
		assert_eq!(held(HoldReason::Fee, actor_owner(0)), 0);
		assert_noop!(request(0), Error::AlreadyVerifying);
		change_actor(self::actor(1, false), |about| about.verifiable = false);
		assert_noop!(request(1), Error::ActorNotFound);
	});
}

#[test]
fn an_actor_at_work_is_verified_for_more_while_it_works() {
	run(|| {
		let ids = probers(5);
		let actor = actor(0, true);
		assert_ok!(request(0));
		decide(&ids, actor, &honest);
		assert!(matches!(state(actor), VerificationState::Passed { .. }));
		let until = StorageCapacity::<Test>::verified_until(0, &DECLARED);
		// A later failure does not take back what was passed: it runs out.
		change_actor(actor, |about| about.declared.download = RATE * 10);
		assert_ok!(request(0));
		decide(&ids, actor, &honest);
		assert!(matches!(state(actor), VerificationState::Failed { .. }));
		assert_eq!(StorageCapacity::<Test>::verified_until(0, &DECLARED), until);
	});
}

#[test]
fn there_is_an_end_to_verifications_and_who_goes_makes_room() {
	run(|| {
		let gone = actor(0, false);
		assert_ok!(request(0));
		let other = actor(1, false);
		let ask = || Oracle::request_verification(RuntimeOrigin::root(), other);
		Verifying::<Test>::put(MAX_VERIFYING);
		assert_noop!(ask(), Error::TooManyVerifying);
		Verifying::<Test>::put(MAX_VERIFYING - CONDUCTORS_ROOM);
		assert_noop!(request(1), Error::TooManyVerifying);
		assert_ok!(ask());
		Verifications::<Test>::remove(other);
		Verifying::<Test>::put(1);
		assert_noop!(Oracle::prune(signed(alice()), Stale::Actor(gone)), Error::NothingToPrune);
		remove_actor(gone);
		assert_ok!(Oracle::prune(signed(alice()), Stale::Actor(gone)));
		assert_eq!(Verifying::<Test>::get(), 0);
		assert_eq!(held(HoldReason::Fee, actor_owner(0)), 0);
		assert_eq!(free(actor_owner(0)), RICH - VerificationFee::get(), "it does not get it back");
	});
}

#[test]
fn the_fee_rises_with_the_number_that_runs() {
	run(|| {
		let fees = [0, 7, 8, 16, 239].map(Oracle::verification_fee);
		assert_eq!(fees, [1, 1, 2, 3, 30].map(|times| times * VerificationFee::get()));
	});
}

#[test]
fn the_record_is_of_the_decisive_rounds() {
	run(|| {
		let ids = probers(5);
		let actor = actor(0, true);
		work_until(7, &ids, &honest);
		assert_eq!(Oracle::meets_bar(&actor), None, "two rounds are not enough");
		work_until(9, &ids, &honest);
		assert_eq!(Oracle::meets_bar(&actor), Some(true));
		let slow = |_: ProberId, _: Actor| DECLARED.download / 2;
		work_until(13, &ids, &slow);
		assert_eq!(Oracle::meets_bar(&actor), Some(false));
		work_until(17, &ids, &honest);
		assert_eq!(Oracle::meets_bar(&actor), Some(true));
	});
}
