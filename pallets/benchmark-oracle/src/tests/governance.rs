//! Conductors, parameters, reports, pruning.

use super::*;
use frame_support::{dispatch::Pays, traits::EnsureOrigin};
use rome_primitives::benchmark::{Role, RoundParameters, Target, Thresholds};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn conductors_are_appointed_and_dismissed() {
	run(|| {
		let ensure = |who| EnsureConductor::<Test>::try_origin(signed(who)).ok();
		assert_noop!(Oracle::appoint_conductor(signed(alice()), alice()), BadOrigin);
		assert_eq!(ensure(alice()), None);
		assert_ok!(Oracle::appoint_conductor(signed(council()), alice()));
		assert_eq!(ensure(alice()), Some(alice()));
		assert!(EnsureConductor::<Test>::try_origin(RuntimeOrigin::root()).is_err());
		assert_noop!(
			Oracle::appoint_conductor(RuntimeOrigin::root(), alice()),
			Error::AlreadyConductor
		);
		assert_noop!(Oracle::dismiss_conductor(signed(alice()), alice()), BadOrigin);
		assert_noop!(Oracle::dismiss_conductor(signed(council()), bob()), Error::NotConductor);
		assert_ok!(Oracle::dismiss_conductor(signed(council()), alice()));
		assert_happened(Event::ConductorDismissed { account: alice() });
		assert_eq!(ensure(alice()), None);
		for number in 0..MAX_CONDUCTORS as u8 {
			assert_ok!(Oracle::appoint_conductor(signed(council()), account(number)));
		}
		assert_noop!(Oracle::appoint_conductor(signed(council()), bob()), Error::AlreadyConductor);
		assert_noop!(
			Oracle::appoint_conductor(signed(council()), account(99)),
			Error::TooManyConductors
		);
	});
}

#[test]
fn parameters_are_sound_and_hold_from_the_next_round_on() {
	run(|| {
		let longer = RoundParameters { length: 4, committee: 3, ..PARAMETERS };
		assert_noop!(Oracle::set_round(signed(alice()), longer), BadOrigin);
		let wrong = RoundParameters { length: 0, ..PARAMETERS };
		assert_noop!(Oracle::set_round(signed(council()), wrong), Error::BadParameters);
		until_round(3);
		assert_ok!(Oracle::set_round(signed(council()), longer));
		assert_happened(Event::RoundParametersSet { parameters: longer });
		assert_eq!(Rounds::<Test>::get(3).unwrap().committee, 5);
		until_round(4);
		assert_eq!(Rounds::<Test>::get(4).unwrap().committee, 3);
		let began = System::block_number();
		until_round(5);
		assert_eq!(System::block_number() - began, 4);
		assert!(!Oracle::api_clock().calibrated);
	});
}

#[test]
fn thresholds_are_sound() {
	run(|| {
		let bars =
			Thresholds { availability: 1, download: 2, upload: 3, first_byte: 4, declared: 5 };
		assert_noop!(Oracle::set_thresholds(signed(alice()), Role::Storage, bars), BadOrigin);
		let wrong = Thresholds { declared: 1_000_001, ..bars };
		assert_noop!(
			Oracle::set_thresholds(signed(council()), Role::Storage, wrong),
			Error::BadThresholds
		);
		assert_ok!(Oracle::set_thresholds(signed(council()), Role::Distribution, bars));
		assert_eq!(Oracle::api_thresholds(Role::Distribution), bars);
		assert_ne!(Oracle::api_thresholds(Role::Storage), bars);
	});
}

#[test]
fn reports_are_on_record_against_a_deposit_and_change_nothing_else() {
	run(|| {
		let target = Target::Group(Role::Storage, 3);
		assert_noop!(Oracle::record_report(signed(alice()), target, text("")), Error::BadReport);
		let binary = BoundedVec::truncate_from(vec![0xff]);
		assert_noop!(Oracle::record_report(signed(alice()), target, binary), Error::BadReport);
		assert_ok!(Oracle::record_report(signed(alice()), target, text("{}")));
		assert_happened(Event::ReportRecorded { target, account: alice(), conductor: false });
		assert_ok!(Oracle::record_report(signed(alice()), target, text("[]")));
		assert_eq!(held(HoldReason::Report, alice()), ReportDeposit::get());
		assert_eq!(Oracle::api_reports(target), [(alice(), 1, b"[]".to_vec())]);
		assert_ok!(Oracle::appoint_conductor(signed(council()), bob()));
		assert_ok!(Oracle::record_report(signed(bob()), target, text("ok")));
		assert_happened(Event::ReportRecorded { target, account: bob(), conductor: true });
		assert_noop!(
			Oracle::record_report(signed(poor()), target, text("x")),
			sp_runtime::TokenError::FundsUnavailable
		);
	});
}

#[test]
fn what_is_old_is_pruned_for_nothing() {
	run(|| {
		let target = Target::All(Role::Storage);
		assert_ok!(Oracle::record_report(signed(alice()), target, text("x")));
		let old = Stale::Report(target, alice());
		assert_noop!(Oracle::prune(signed(bob()), old.clone()), Error::NothingToPrune);
		assert_noop!(Oracle::prune(RuntimeOrigin::root(), old.clone()), BadOrigin);
		blocks(ReportTerm::get());
		let info = Oracle::prune(signed(bob()), old.clone()).unwrap();
		assert_eq!(info.pays_fee, Pays::No);
		assert_happened(Event::Pruned { what: old.clone() });
		assert_eq!(free(alice()), RICH);
		assert_noop!(Oracle::prune(signed(bob()), old), Error::NothingToPrune);
	});
}

#[test]
fn figures_are_pruned_when_they_are_old_or_their_actor_is_gone() {
	run(|| {
		let ids = probers(3);
		let actor = actor(0, true);
		work_until(8, &ids, &honest);
		let day = Stale::Day(actor, 0);
		assert_noop!(Oracle::prune(signed(bob()), day.clone()), Error::NothingToPrune);
		assert_noop!(Oracle::prune(signed(bob()), Stale::Actor(actor)), Error::NothingToPrune);
		change_actor(actor, |about| (about.at_work, about.verifiable) = (false, false));
		assert_ok!(Oracle::prune(signed(bob()), Stale::Actor(actor)));
		assert!(Results::<Test>::get(actor).is_empty());
		assert_ok!(Oracle::prune(signed(bob()), day));
		assert_eq!(Days::<Test>::iter().count(), 0);
		assert_noop!(Oracle::prune(signed(bob()), Stale::Actor(actor)), Error::NothingToPrune);
	});
}
