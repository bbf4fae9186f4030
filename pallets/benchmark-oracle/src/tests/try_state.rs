//! Each invariant, broken on purpose: the check must see it, and say which one it was.

use super::*;
use frame_support::traits::fungible::MutateHold;
use rome_primitives::benchmark::{api::VerificationState, settlement::Sample, Role, Target};
use sp_runtime::TryRuntimeError;

/// Three probers, two actors with results, one that is being verified; commitments, reveals and samples that wait;
/// an order and a report.
fn broken(expected: &'static str, damage: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let ids = probers(3);
		(0..3).for_each(|number| {
			actor(number, number < 2);
		});
		work_until(8, &ids, &honest);
		assert_ok!(Oracle::request_verification(signed(actor_owner(2)), VERIFYING));
		assert_ok!(Oracle::order_measurement(signed(alice()), WORKING, 11, 1));
		assert_ok!(Oracle::record_report(signed(bob()), Target::All(Role::Storage), text("x")));
		assert_ok!(Oracle::appoint_conductor(signed(council()), bob()));
		act(&ids, &honest);
		assert_ok!(Oracle::do_try_state());
		damage();
		assert_eq!(Oracle::do_try_state(), Err(TryRuntimeError::Other(expected)));
	});
}

const WORKING: Actor = Actor::storage(0);
const VERIFYING: Actor = Actor::storage(2);
/// The round whose samples wait.
const WAITING: RoundIndex = 6;

fn change_prober(change: impl FnOnce(&mut ProberOf<Test>)) {
	Probers::<Test>::mutate(0, |prober| change(prober.as_mut().unwrap()));
}
fn change_chains(change: impl FnOnce(&mut Chains)) {
	ProberChains::<Test>::mutate(0, |chains| change(chains.as_mut().unwrap()));
}
fn change_round(index: RoundIndex, change: impl FnOnce(&mut Round)) {
	Rounds::<Test>::mutate(index, |round| change(round.as_mut().unwrap()));
}
fn change_samples(change: impl FnOnce(&mut Vec<Sample>)) {
	Waiting::<Test>::mutate(WAITING, WORKING, |samples| {
		let mut list = samples.to_vec();
		change(&mut list);
		*samples = BoundedVec::truncate_from(list);
	});
}
fn change_verification(change: impl FnOnce(&mut VerificationOf<Test>)) {
	Verifications::<Test>::mutate(VERIFYING, |verification| change(verification.as_mut().unwrap()));
}
fn change_day(change: impl FnOnce(&mut Day)) {
	Days::<Test>::mutate(WORKING, 0, |day| change(day.as_mut().unwrap()));
}
fn change_reveal(change: impl FnOnce(&mut Revealed)) {
	Reveals::<Test>::mutate(WAITING, 0, |revealed| change(revealed.as_mut().unwrap()));
}

macro_rules! detects {
	($($name:ident: $expected:literal, $damage:expr;)*) => {
		$(#[test]
		fn $name() {
			broken($expected, || { $damage; });
		})*
	};
}

detects! {
	closed_before_settled: "rounds are closed before they are settled, or forgotten before they are closed",
		Time::<Test>::mutate(|time| time.to_close = time.to_settle + 1);
	forgotten_before_closed: "rounds are closed before they are settled, or forgotten before they are closed",
		Time::<Test>::mutate(|time| time.to_forget = time.to_close + 1);
	settled_too_early: "a round is settled that is still revealed",
		Time::<Test>::mutate(|time| time.to_settle = time.round);
	closed_too_early: "a round is closed that is still opened",
		Time::<Test>::mutate(|time| (time.to_settle, time.to_close) = (6, 6));
	forgotten_too_early: "a round is forgotten that is to be kept",
		Time::<Test>::mutate(|time| time.to_forget = 1);
	parameters: "the parameters of rounds are not sound",
		Parameters::<Test>::mutate(|parameters| parameters.length = 0);
	plan: "a round is planned that is not the next one",
		NextRound::<Test>::mutate(|plan| plan.round = 99);

	prober_gone: "a key is not noted for its prober alone", Probers::<Test>::remove(2);
	probers_counted: "probers are counted wrongly", {
		let counter = frame_support::storage::storage_prefix(b"Oracle", b"CounterForProbers");
		frame_support::storage::unhashed::put(&counter, &9u32)
	};
	prober_number: "a prober's number was not given out", NextProberId::<Test>::put(1);
	key_is_owner: "a prober's key is its owner", change_prober(|prober| prober.key = prober.owner.clone());
	no_chain: "a prober has no chain", ProberChains::<Test>::remove(0);
	leaves_later: "a prober leaves in a round to come",
		change_prober(|prober| prober.standing = Standing::Leaving(99));
	key_not_noted: "a key is not noted for its prober alone", ProberByKey::<Test>::remove(key(0));
	key_of_nobody: "a key is not noted for its prober alone", ProberByKey::<Test>::insert(bob(), 7);
	chain_of_nobody: "a chain belongs to nobody", {
		let chains = ProberChains::<Test>::get(0).unwrap();
		ProberChains::<Test>::insert(9, chains)
	};
	score_of_nobody: "a score belongs to nobody", Scores::<Test>::insert(9, Scores::<Test>::get(0));
	streak_of_nobody: "a score belongs to nobody", Streaks::<Test>::insert(9, InARow::default());
	score_sums: "a score does not add up", Scores::<Test>::mutate(0, |score| score.withheld += 1);
	score_parts: "a score does not add up", Scores::<Test>::mutate(0, |score| score.void += 99);
	long_chain: "a chain is longer than it may be, or used beyond its end",
		change_chains(|chains| chains.current.length = 5_000);
	used_up: "a chain is longer than it may be, or used beyond its end",
		change_chains(|chains| chains.current.used = chains.current.length + 1);
	chains_overlap: "the next chain does not come after the one in use",
		change_chains(|chains| chains.next = Some(chains.current));

	gap: "the rounds that are kept are not those since the last one that was forgotten",
		Rounds::<Test>::remove(3);
	round_to_come: "the rounds that are kept are not those since the last one that was forgotten", {
		let round = Rounds::<Test>::get(3).unwrap();
		Rounds::<Test>::insert(99, round)
	};
	not_settled: "a round has not settled what it says", change_round(2, |round| round.settled = 0);
	settled_ahead: "a round has not settled what it says", change_round(7, |round| round.settled = 1);
	more_results: "a round has not settled what it says", change_round(2, |round| round.results = 9);
	closed_ahead: "a round is being closed out of turn", change_round(7, |round| round.closed = Some(0));
	run_begun: "a run is announced for a round that has begun, or is not for runs",
		Runs::<Test>::insert(8, Target::All(Role::Storage));
	run_over_one: "a run is announced for a round that has begun, or is not for runs",
		Runs::<Test>::insert(12, Target::Actor(WORKING));
	runs_in_order: "runs over a group are not in order",
		GroupResults::<Test>::insert(Target::All(Role::Storage), {
			let none = rome_primitives::benchmark::settlement::Figure::none();
			let run = rome_primitives::benchmark::api::GroupResult {
				round: 4, members: 1, measured: 1, download: none, upload: none,
			};
			GroupRuns::truncate_from(vec![run, run])
		});
	targets_of_nothing: "there are targets of a round that is not kept",
		RoundTargets::<Test>::insert(99, Targets::default());
	targets_twice: "targets are not in order, or there twice", RoundTargets::<Test>::mutate(8, |targets| {
		let first = targets[0];
		targets.try_push(first).unwrap();
	});
	reveal_of_nothing: "a reveal is of a round that is not kept", {
		let revealed = Reveals::<Test>::get(WAITING, 0).unwrap();
		Reveals::<Test>::insert(99, 0, revealed)
	};
	reveal_early: "a reveal is of a round that is not revealed yet", {
		let revealed = Reveals::<Test>::get(WAITING, 0).unwrap();
		Reveals::<Test>::insert(7, 0, revealed)
	};
	committed_and_revealed: "what was revealed is still committed to",
		Commitments::<Test>::insert(WAITING, 0, [0; 32]);
	opened_nothing: "a reveal is opened that opens nothing, or the other way round",
		change_reveal(|revealed| (revealed.count, revealed.opened) = (Some(0), false));
	opened_no_control: "a reveal is opened that opens nothing, or the other way round",
		change_reveal(|revealed| (revealed.count, revealed.opened) = (None, true));
	commitment_early: "a commitment is to a round that is closed or not over",
		Commitments::<Test>::insert(8, 0, [0; 32]);
	commitment_late: "a commitment is to a round that is closed or not over",
		Commitments::<Test>::insert(1, 0, [0; 32]);
	commitment_of_nobody: "a commitment is nobody's", Commitments::<Test>::insert(7, 9, [0; 32]);

	samples_late: "samples wait that are settled", {
		let samples = Waiting::<Test>::get(WAITING, WORKING);
		Waiting::<Test>::insert(2, WORKING, samples)
	};
	sample_twice: "a prober has two samples of an actor", change_samples(|samples| samples.push(samples[0]));
	sample_of_nobody: "a sample is of a prober that has not revealed",
		change_samples(|samples| samples[0].prober = 9);
	sample_not_assigned: "a sample is of an actor that was not assigned", {
		let samples = Waiting::<Test>::get(WAITING, WORKING);
		Waiting::<Test>::insert(WAITING, Actor::storage(9), samples)
	};
	more_samples: "there are more samples than revealed",
		change_reveal(|revealed| (revealed.count, revealed.opened) = (Some(1), false));

	results_in_order: "results are not in order", Results::<Test>::mutate(WORKING, |history| {
		let first = history[0];
		history.try_push(first).unwrap();
	});
	result_early: "there is a result of a round that is still revealed",
		Results::<Test>::mutate(WORKING, |history| history.last_mut().unwrap().round = WAITING);
	result_of_nobody: "a result has more successes than trials, or is nobody's",
		Results::<Test>::mutate(WORKING, |history| history[0].settled.revealers = 0);
	more_successes: "a result has more successes than trials, or is nobody's",
		Results::<Test>::mutate(WORKING, |history| history[0].settled.trials = 0);
	day_to_come: "there are figures of a day to come", Days::<Test>::insert(WORKING, 99, Day::default());
	day_counts: "a day does not count its rounds", change_day(|day| day.rounds += 1);
	day_figures: "a day has more figures than rounds",
		change_day(|day| (0..9).for_each(|_| day.upload.record(1)));

	verification_over: "a verification runs that is over", change_verification(|verification| {
		let settled = last(WORKING).settled;
		verification.settled = BoundedVec::truncate_from(vec![settled; 3]);
	});
	verification_long: "a verification has too many rounds", change_verification(|verification| {
		let settled = last(WORKING).settled;
		verification.settled = BoundedVec::truncate_from(vec![settled; 4]);
	});
	passed_for_nothing: "a verification that passed does not count",
		change_verification(|verification| verification.state = VerificationState::Passed { until: 9 });
	fee_left: "a fee is noted for a verification that is over",
		change_verification(|verification| verification.state = VerificationState::Undecided);
	verifying: "verifications are counted wrongly", Verifying::<Test>::put(0);
	order_late: "an order is for a round that is settled", {
		let order = Orders::<Test>::get(11, WORKING).unwrap();
		Orders::<Test>::insert(2, WORKING, order)
	};
	conductor_twice: "a conductor is there twice",
		Conductors::<Test>::mutate(|all| all.try_push(bob()).unwrap());

	bonds: "bonds are not what is held", change_prober(|prober| prober.bond += 1);
	bonds_held: "bonds are not what is held",
		Balances::hold(&HoldReason::Bond.into(), &alice(), 1).unwrap();
	fees: "fees are not what is held", Orders::<Test>::remove(11, WORKING);
	reports: "deposits of reports are not what is held",
		Reports::<Test>::remove(Target::All(Role::Storage), bob());
}
