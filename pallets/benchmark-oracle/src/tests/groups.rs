//! Runs over groups: all pull at once, beside the individual figures.

use super::*;
use rome_primitives::benchmark::{Role, Target};
use sp_runtime::DispatchError::BadOrigin;

/// The actors of even numbers.
const EVEN: Target = Target::Group(Role::Storage, 0);
const ALL: Target = Target::All(Role::Storage);

fn announce(target: Target, round: RoundIndex) -> sp_runtime::DispatchResult {
	Oracle::announce_run(RuntimeOrigin::root(), target, round)
}

#[test]
fn announce_run_fails_for_others_single_actors_and_other_rounds() {
	run(|| {
		assert_noop!(Oracle::announce_run(signed(alice()), EVEN, 4), BadOrigin);
		let one = Target::Actor(actor(0, true));
		assert_noop!(announce(one, 4), Error::BadRun);
		assert_noop!(announce(EVEN, 5), Error::BadRun);
		assert_ok!(announce(EVEN, 4));
		assert_happened(Event::RunAnnounced { target: EVEN, round: 4 });
		assert_noop!(announce(ALL, 4), Error::AlreadyOrdered);
		assert_eq!(Oracle::api_group(EVEN).announced, [4]);
		until_round(3);
		assert_noop!(announce(ALL, 4), Error::RoundNotOrderable);
		until_round(4);
		assert_eq!(Runs::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_run_sums_what_all_pull_from_all_members() {
	run(|| {
		let ids = probers(4);
		let all = (0..3).map(|id| actor(id, true)).collect::<Vec<_>>();
		assert_ok!(announce(EVEN, 4));
		work_until(9, &ids, &honest);
		let view = Oracle::api_round(4).unwrap();
		assert_eq!((view.run, view.targets.len()), (Some(EVEN), 2));
		let [result] = GroupResults::<Test>::get(EVEN).into_inner()[..] else { panic!() };
		assert_eq!((result.round, result.members, result.measured), (4, 2, 2));
		assert_eq!((result.download.value, result.download.readings), (2 * 4 * RATE, 8));
		assert_eq!(result.upload.value, 4 * RATE);
		assert!(!result.download.at_least);
		// It is nobody's own record, and single actors were not probed besides.
		for actor in all {
			let rounds =
				Results::<Test>::get(actor).iter().map(|result| result.round).collect::<Vec<_>>();
			assert_eq!(rounds, [2, 3, 5]);
		}
	});
}

#[test]
fn the_figure_of_a_group_is_the_median_of_five_runs() {
	run(|| {
		let ids = probers(4);
		actor(0, true);
		for round in (4..=24).step_by(4) {
			assert_ok!(announce(ALL, round));
		}
		// What is probed in a round is reported in the next one.
		let growing = |_: ProberId, _: Actor| RATE + u64::from(round().saturating_sub(1));
		work_until(20, &ids, &growing);
		assert_eq!(Oracle::api_group(ALL).download, None);
		work_until(29, &ids, &growing);
		let view = Oracle::api_group(ALL);
		assert_eq!(view.runs.iter().map(|run| run.round).collect::<Vec<_>>(), [8, 12, 16, 20, 24]);
		assert_eq!(view.download.unwrap().value, 4 * (RATE + 16));
		assert_eq!(view.upload.unwrap().value, 4 * ((RATE + 16) / 2));
	});
}

#[test]
fn what_was_not_measured_makes_it_a_lower_bound_or_nothing() {
	run(|| {
		MissedToIdle::set(100);
		let ids = probers(4);
		(0..3).for_each(|id| {
			actor(id, true);
		});
		assert_ok!(announce(EVEN, 4));
		work_until(9, &ids[..2], &honest);
		assert!(GroupResults::<Test>::get(EVEN).is_empty(), "two are fewer than three");
		// One of the members is away for all of them.
		assert_ok!(announce(EVEN, 12));
		work_until(11, &ids, &honest);
		let away = Actor::storage(2);
		while round() < 17 {
			for id in &ids {
				if let Some(mut sent) = report_on(*id, round() - 1, &honest) {
					if let rome_primitives::benchmark::Report::Observed(all) = &mut sent.report {
						for seen in all.iter_mut().filter(|seen| seen.actor == away) {
							*seen = failure(away, Outcome::Maintenance);
						}
					}
					let _ = send(commit_call(*id, round() - 1, sent));
				}
				if let Some(call) = reveal_call(*id, round() - 2) {
					let _ = send(call);
				}
			}
			next_block();
		}
		let [result] = GroupResults::<Test>::get(EVEN).into_inner()[..] else { panic!() };
		assert_eq!((result.members, result.measured), (2, 1));
		assert!(result.download.at_least && result.upload.at_least);
		assert_eq!(result.download.value, 4 * RATE);
	});
}

#[test]
fn verification_goes_on_beside_runs() {
	run(|| {
		let ids = probers(5);
		let actor = actor(0, false);
		assert_ok!(Oracle::request_verification(signed(actor_owner(0)), actor));
		assert_ok!(announce(ALL, 4));
		work_until(9, &ids, &honest);
		// Rounds 2, 3 and 5: it is no member while it applies.
		assert!(Passed::<Test>::contains_key(actor));
	});
}
