//! What rounds amount to, and what they bring probers.

use super::*;
use frame_support::weights::Weight;
use rome_primitives::benchmark::{api::VerificationState, Report};

#[test]
fn an_actor_is_settled_by_those_who_saw_it() {
	run(|| {
		let ids = probers(5);
		let actor = actor(0, true);
		work_until(6, &ids, &honest);
		let result = last(actor);
		let settled = result.settled;
		assert_eq!((settled.revealers, settled.successes, settled.trials), (5, 5, 5));
		assert_eq!((settled.availability, settled.outcome), (1_000_000, Outcome::Ok));
		assert_eq!(settled.download.unwrap().value, RATE);
		assert_eq!(settled.upload.unwrap().value, RATE / 2);
		assert_eq!(settled.first_byte.unwrap().value, 1_000);
		let rounds =
			Results::<Test>::get(actor).iter().map(|result| result.round).collect::<Vec<_>>();
		assert_eq!(rounds, [2]);
		assert_eq!(Days::<Test>::get(actor, 0).unwrap().rounds, 1);
		assert_eq!(Waiting::<Test>::iter_prefix(2).count(), 0);
	});
}

#[test]
fn fewer_than_the_quorum_say_nothing() {
	run(|| {
		MissedToIdle::set(100);
		let ids = probers(5);
		let actor = actor(0, true);
		// Three of five are the quorum.
		work_until(9, &ids[..2], &honest);
		assert!(Results::<Test>::get(actor).is_empty());
		assert_eq!(Time::<Test>::get().to_settle, 6);
		work_until(14, &ids[..3], &honest);
		assert_eq!(last(actor).settled.revealers, 3);
	});
}

#[test]
fn a_third_that_lies_moves_no_result_out_of_what_is_honest() {
	let lies: [fn(ProberId) -> u64; 2] = [|_| RATE * 1_000, |_| 1];
	for lie in lies {
		run(|| {
			let ids = probers(5);
			let actor = actor(0, true);
			let see = |id: ProberId, _: Actor| match id {
				0 | 1 => lie(id),
				_ => RATE + u64::from(id),
			};
			work_until(9, &ids, &see);
			for result in Results::<Test>::get(actor) {
				let value = result.settled.download.unwrap().value;
				assert!((RATE..=RATE + 5).contains(&value), "{value}");
			}
		});
	}
}

#[test]
fn a_round_without_network_changes_nobodys_record() {
	run(|| {
		let ids = probers(5);
		let actor = actor(0, true);
		for _ in 0..20 {
			for id in &ids {
				let last = round().saturating_sub(1);
				if let Some(mut sent) = report_on(*id, last, &honest) {
					sent.report = Report::NoControl;
					let _ = send(commit_call(*id, last, sent));
				}
				if let Some(call) =
					round().checked_sub(2).and_then(|before| reveal_call(*id, before))
				{
					let _ = send(call);
				}
			}
			next_block();
		}
		assert!(Results::<Test>::get(actor).is_empty());
		assert!(ids.iter().all(|id| held(HoldReason::Bond, owner(*id)) == Bond::get()));
		// It is excused for a while only.
		assert!(ids.iter().any(|id| score(*id).missed > 0));
	});
}

#[test]
fn who_settles_and_opens_is_paid() {
	run(|| {
		endow();
		let ids = probers(5);
		actor(0, true);
		work_until(12, &ids, &honest);
		let rounds = Time::<Test>::get().to_close - 2;
		for id in ids {
			assert_eq!(score(id).opened, rounds);
			assert_eq!(
				free(owner(id)),
				RICH - Bond::get() + Balance::from(rounds) * PayPerRound::get()
			);
		}
	});
}

#[test]
fn copying_the_last_result_earns_nothing_extra() {
	run(|| {
		endow();
		let ids = probers(5);
		actor(0, true);
		let see = |id: ProberId, _: Actor| if id == 0 { RATE } else { RATE + 100 * u64::from(id) };
		work_until(14, &ids, &see);
		let earned =
			ids.iter().map(|id| free(owner(*id))).collect::<std::collections::BTreeSet<_>>();
		assert_eq!(earned.len(), 1, "distance from the median makes no difference");
	});
}

#[test]
fn nobody_is_paid_from_an_empty_account() {
	run(|| {
		let ids = probers(5);
		actor(0, true);
		let before = free(Oracle::account_id());
		assert_eq!(before, 1, "it exists");
		work_until(12, &ids, &honest);
		assert_eq!(free(Oracle::account_id()), before);
		assert!(score(0).opened > 0);
	});
}

#[test]
fn a_round_that_settles_nobody_pays_nobody() {
	run(|| {
		MissedToIdle::set(100);
		endow();
		let ids = probers(5);
		actor(0, true);
		work_until(12, &ids[..2], &honest);
		assert_eq!((score(0).opened, free(owner(0))), (0, RICH - Bond::get()));
		assert_eq!(score(0).faults, 0);
	});
}

#[test]
fn what_is_not_opened_costs_pay_then_score_then_bond() {
	run(|| {
		endow();
		let ids = probers(5);
		actor(0, true);
		let mut bonds = Vec::new();
		while bonds.last() != Some(&(Bond::get() * 9 / 10)) {
			let now = round();
			for id in &ids {
				let reports = now
					.checked_sub(1)
					.and_then(|last| Some((last, report_on(*id, last, &honest)?)));
				let commit = reports.map(|(last, sent)| commit_call(*id, last, sent));
				let reveal = now.checked_sub(2).and_then(|before| reveal_call(*id, before));
				let open = now
					.checked_sub(3)
					.and_then(|before| open_call(*id, before))
					.filter(|_| *id != 1);
				for call in [commit, reveal, open].into_iter().flatten() {
					let _ = send(call);
				}
			}
			next_block();
			bonds.push(held(HoldReason::Bond, owner(1)));
		}
		let score = score(1);
		assert_eq!(
			(score.void, score.faults),
			(FaultsAllowed::get() + 1, FaultsAllowed::get() + 1)
		);
		assert_eq!((score.opened, free(owner(1))), (0, RICH - Bond::get()));
		// The others are paid all the while, and each opening makes up for a fault.
		assert!(super::score(0).opened > 0);
		work_until(round() + 9, &ids, &honest);
		assert!(super::score(1).faults < score.faults);
	});
}

#[test]
fn maintenance_and_outages_are_told_apart() {
	run(|| {
		let ids = probers(5);
		let (down, up) = (actor(0, true), actor(1, true));
		let see = |_: ProberId, of: Actor| if of == down { 0 } else { RATE };
		work_until(8, &ids, &see);
		let settled = last(down).settled;
		assert_eq!((settled.availability, settled.outcome), (0, Outcome::Unreachable));
		assert_eq!(settled.download.unwrap().value, 0);
		assert_eq!(last(up).settled.availability, 1_000_000);
		// Who is not at work is not probed.
		change_actor(down, |about| about.at_work = false);
		let rounds = Results::<Test>::get(down).len();
		work_until(12, &ids, &honest);
		let planned = Results::<Test>::get(down).len();
		work_until(15, &ids, &honest);
		assert_eq!(Results::<Test>::get(down).len(), planned);
		assert!(planned >= rounds);
	});
}

#[test]
fn duties_take_no_more_than_there_is_and_come_to_an_end() {
	run(|| {
		let ids = probers(5);
		(0..6).for_each(|number| {
			actor(number, true);
		});
		let little = <() as WeightInfo>::duties()
			.saturating_add(<() as WeightInfo>::settle())
			.saturating_add(<() as WeightInfo>::plan().saturating_mul(3));
		for _ in 0..60 {
			act(&ids, &honest);
			let mut meter = frame_support::weights::WeightMeter::with_limit(little);
			Oracle::do_duties(&mut meter);
			assert!(meter.consumed().all_lte(little));
			Oracle::do_try_state().unwrap();
			next_block_with(Weight::from_parts(1, 1));
			Oracle::do_try_state().unwrap();
		}
		next_block();
		if Time::<Test>::get().open_blocks == 0 {
			next_block();
		}
		assert_eq!(Time::<Test>::get().to_settle, round() - 2);
		assert_eq!(Time::<Test>::get().to_close, round() - 3);
		assert!(Results::<Test>::iter_keys().count() > 0);
	});
}

#[test]
fn history_and_days_are_bounded() {
	run(|| {
		let ids = probers(3);
		let actor = actor(0, true);
		work_until(120, &ids, &honest);
		let history = Results::<Test>::get(actor);
		assert_eq!(history.len(), 32);
		assert_eq!(history.last().unwrap().round, 116);
		let mut days = Days::<Test>::iter_key_prefix(actor).collect::<Vec<_>>();
		days.sort();
		let today = Oracle::day(System::block_number());
		assert_eq!(days, (today + 1 - KeptDays::get()..=today).collect::<Vec<_>>());
		assert!(
			!Verifications::<Test>::iter_values().any(|v| v.state == VerificationState::Running)
		);
	});
}
