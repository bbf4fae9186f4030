//! What is taken of whom, and when.

use super::*;
use frame_support::{
	pallet_prelude::InvalidTransaction::{self, BadProof, Future, Stale},
	weights::Weight,
};
use rome_primitives::benchmark::{commitment, Observation, Reading, Report};

fn check_commit(id: ProberId, round: RoundIndex) -> Result<(), InvalidTransaction> {
	let sent = report_on(id, round, &honest).expect("the round is known");
	check(&commit_call(id, round, sent)).map(|_| ())
}

#[test]
fn rounds_begin_as_planned_with_seeds_of_their_own() {
	run(|| {
		probers(3);
		actor(0, true);
		actor(1, false);
		actor(2, true);
		until_round(3);
		let rounds = (0..=3).map(|index| Rounds::<Test>::get(index).unwrap()).collect::<Vec<_>>();
		assert_eq!(rounds.iter().map(|round| round.probers).collect::<Vec<_>>(), [0, 0, 3, 3]);
		assert_eq!(rounds.iter().map(|round| round.quorum).collect::<Vec<_>>(), [2; 4]);
		let seeds =
			rounds.iter().map(|round| round.seed).collect::<std::collections::BTreeSet<_>>();
		assert_eq!(seeds.len(), 4);
		let targets = RoundTargets::<Test>::get(3).into_inner();
		assert_eq!(targets, [(Actor::storage(0), 0), (Actor::storage(2), 0)]);
	});
}

#[test]
fn full_blocks_do_not_count() {
	run(|| {
		probers(1);
		until_round(2);
		HasRoom::set(false);
		blocks(20);
		assert_eq!(round(), 2);
		HasRoom::set(true);
		// Nor those that have no room for what is done when they are idle.
		(0..20).for_each(|_| next_block_with(Weight::zero()));
		assert_eq!(round(), 2);
		blocks(2);
		assert_eq!(round(), 3);
	});
}

#[test]
fn a_round_that_could_not_be_planned_is_as_the_one_before() {
	run(|| {
		probers(3);
		actor(0, true);
		until_round(2);
		next_block_with(Weight::from_parts(1, 1));
		actor(1, true);
		next_block_with(Weight::from_parts(1, 1));
		assert_eq!(round(), 3);
		assert_eq!(Rounds::<Test>::get(3).unwrap().probers, 3);
		assert_eq!(RoundTargets::<Test>::get(3).len(), 1);
		until_round(4);
		assert_eq!(RoundTargets::<Test>::get(4).len(), 2);
	});
}

#[test]
fn a_commitment_is_due_in_the_next_round_once() {
	run(|| {
		let id = prober();
		actor(0, true);
		until_round(2);
		assert_eq!(check_commit(id, 2), Err(Future));
		until_round(3);
		let sent = report_on(id, 2, &honest).unwrap();
		let call = commit_call(id, 2, sent);
		let valid = check(&call).unwrap();
		assert_eq!(valid.priority, u64::MAX);
		assert!(valid.propagate && valid.provides.len() == 1);
		assert_eq!(send(call.clone()), Ok(()));
		assert_happened(Event::Committed { prober: id, round: 2 });
		assert_eq!(send(call), Err(Stale));
		until_round(4);
		assert_eq!(check_commit(id, 2), Err(Stale));
		assert_eq!(check_commit(id, 3), Ok(()));
	});
}

#[test]
fn a_commitment_is_taken_of_a_prober_that_takes_part_and_has_signed_it() {
	run(|| {
		let id = prober();
		until_round(3);
		let sent = report_on(id, 2, &honest).unwrap();
		let Call::commit { round, commitment, .. } = commit_call(id, 2, sent) else { panic!() };
		let message = rome_primitives::signing::ProberCommitment { prober: id, round, commitment };
		let signature = sign(&key_pair(7), &message);
		let forged = Call::<Test>::commit { id, round, commitment, signature: signature.clone() };
		assert_eq!(check(&forged), Err(BadProof));
		let nobody =
			Call::<Test>::commit { id: 9, round, commitment, signature: signature.clone() };
		assert_eq!(check(&nobody), Err(InvalidTransaction::Call));
		// Before it took part.
		assert_eq!(Rounds::<Test>::get(1).unwrap().probers, 0);
		let origin = signed(owner(id));
		assert_noop!(
			Oracle::commit(origin, id, round, commitment, signature),
			sp_runtime::DispatchError::BadOrigin
		);
	});
}

/// A prober and three actors, all assigned, in round 4: its report on round 2 is committed to.
fn committed(change: impl FnOnce(&mut Sent)) -> ProberId {
	let id = prober();
	(0..3).for_each(|number| {
		actor(number, true);
	});
	until_round(3);
	let mut sent = report_on(id, 2, &honest).unwrap();
	change(&mut sent);
	assert_eq!(send(commit_call(id, 2, sent)), Ok(()));
	until_round(4);
	id
}

/// Changes what is reported.
fn edit(sent: &mut Sent, change: impl FnOnce(&mut Vec<Observation>)) {
	let Report::Observed(all) = &mut sent.report else { panic!("observed") };
	let mut list = all.to_vec();
	change(&mut list);
	*all = BoundedVec::truncate_from(list);
}

#[test]
fn a_reveal_opens_the_commitment_once() {
	run(|| {
		let id = committed(|_| ());
		let call = reveal_call(id, 2).unwrap();
		let Call::reveal { salt, preimage, report, .. } = call.clone() else { panic!() };
		let with =
			|salt, preimage, report| Call::<Test>::reveal { id, round: 2, salt, preimage, report };
		assert_eq!(check(&with([0; 32], preimage, report.clone())), Err(BadProof));
		assert_eq!(check(&with(salt, [0; 32], report.clone())), Err(BadProof));
		assert_eq!(check(&with(salt, preimage, Report::NoControl)), Err(BadProof));
		assert_eq!(send(call.clone()), Ok(()));
		assert_happened(Event::Revealed { prober: id, round: 2, observations: Some(3) });
		assert_eq!(send(call), Err(Stale));
		assert_eq!(Waiting::<Test>::iter().count(), 3);
		assert_eq!(Commitments::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_reveal_has_its_time() {
	run(|| {
		let id = prober();
		until_round(3);
		let sent = report_on(id, 2, &honest).unwrap();
		assert_eq!(send(commit_call(id, 2, sent)), Ok(()));
		let call = reveal_call(id, 2).unwrap();
		assert_eq!(check(&call), Err(Future));
		until_round(5);
		assert_eq!(check(&call), Err(Stale));
	});
}

fn assert_no_reveal(change: impl FnOnce(&mut Vec<Observation>)) {
	run(|| {
		let id = committed(|sent| edit(sent, change));
		assert_eq!(check(&reveal_call(id, 2).unwrap()), Err(InvalidTransaction::Call));
	});
}

#[test]
fn a_reveal_is_complete() {
	assert_no_reveal(|all| all.truncate(2));
	assert_no_reveal(|all| all.swap(0, 1));
	assert_no_reveal(|all| all.push(failure(Actor::storage(7), Outcome::Timeout)));
	assert_no_reveal(|all| all.clear());
	assert_no_reveal(|all| all[0] = failure(Actor::distribution(0), Outcome::Timeout));
}

#[test]
fn a_reveal_does_not_contradict_itself() {
	assert_no_reveal(|all| all[1].successes = 2);
	assert_no_reveal(|all| all[1].outcome = Outcome::BadProof);
	assert_no_reveal(|all| all[1].receipt = None);
}

#[test]
fn who_is_assigned_more_than_it_can_report_on_reports_on_the_first_of_them() {
	use rome_primitives::benchmark::limits::MAX_OBSERVATIONS;
	run(|| {
		let id = prober();
		let all = (0..MAX_OBSERVATIONS + 40).map(|number| actor(number, true)).collect::<Vec<_>>();
		let down = |_: ProberId, _: Actor| 0;
		work_until(5, &[id], &down);
		let revealed = Reveals::<Test>::get(2, id).unwrap();
		assert_eq!(revealed.count, Some(MAX_OBSERVATIONS));
		let waiting = |actor: &Actor| Waiting::<Test>::contains_key(2, actor);
		assert_eq!(all.iter().filter(|actor| waiting(actor)).count(), MAX_OBSERVATIONS as usize);
		assert!(waiting(&all[0]) && !waiting(&all[MAX_OBSERVATIONS as usize]));
		assert_eq!(send(open_call(id, 2).unwrap()), Ok(()));
	});
}

#[test]
fn no_control_says_nothing_of_anyone() {
	run(|| {
		let id = committed(|sent| sent.report = Report::NoControl);
		assert_eq!(send(reveal_call(id, 2).unwrap()), Ok(()));
		assert_eq!(Waiting::<Test>::iter().count(), 0);
		until_round(7);
		assert_eq!(score(id).no_control, 1);
		assert_eq!((score(id).faults, score(id).opened), (0, 0));
		assert!(Results::<Test>::iter().next().is_none());
	});
}

#[test]
fn preimages_make_the_seed_after_them_in_any_order() {
	let seed = |order: [usize; 3]| {
		let mut seed = None;
		run(|| {
			let all = probers(3);
			until_round(3);
			for id in &all {
				let sent = report_on(*id, 2, &honest).unwrap();
				assert_eq!(send(commit_call(*id, 2, sent)), Ok(()));
			}
			until_round(4);
			for place in order {
				if let Some(id) = all.get(place) {
					assert_eq!(send(reveal_call(*id, 2).unwrap()), Ok(()));
				}
			}
			until_round(5);
			seed = Some(Rounds::<Test>::get(5).unwrap().seed);
		});
		seed.unwrap()
	};
	assert_eq!(seed([0, 1, 2]), seed([2, 0, 1]));
	assert_ne!(seed([0, 1, 2]), seed([0, 1, 9]), "who withholds chooses another seed, and pays");
}

/// A prober in round 5 that has an observation of round 2 to open.
fn revealed(change: impl FnOnce(&mut Sent)) -> ProberId {
	let id = committed(change);
	assert_eq!(send(reveal_call(id, 2).unwrap()), Ok(()));
	until_round(5);
	id
}

#[test]
fn what_is_drawn_is_opened_once() {
	run(|| {
		let id = revealed(|_| ());
		let call = open_call(id, 2).unwrap();
		let Call::open { opening, .. } = call.clone() else { panic!() };
		// Another of its observations does not do.
		let Sent { report: Report::Observed(all), evidence, .. } = sent(id, 2).unwrap() else {
			panic!()
		};
		for (index, observation) in (0u32..).zip(all.iter()) {
			let other = Opening {
				observation: observation.clone(),
				proof: commitment::prove(&all, index).unwrap(),
				evidence: evidence[index as usize].clone(),
			};
			let drawn = *observation == opening.observation;
			let checked = check(&Call::open { id, round: 2, opening: Box::new(other) });
			assert_eq!(checked.is_ok(), drawn);
		}
		assert_eq!(send(call.clone()), Ok(()));
		assert_happened(Event::Opened { prober: id, round: 2 });
		assert_eq!(send(call), Err(Stale));
	});
}

#[test]
fn an_opening_has_its_time() {
	run(|| {
		let id = committed(|_| ());
		assert_eq!(send(reveal_call(id, 2).unwrap()), Ok(()));
		let Call::open { opening, .. } = ({
			until_round(5);
			open_call(id, 2).unwrap()
		}) else {
			panic!()
		};
		let early = Call::<Test>::open { id, round: 3, opening: opening.clone() };
		assert_eq!(check(&early), Err(Future));
		until_round(6);
		assert_eq!(check(&Call::open { id, round: 2, opening }), Err(Stale));
	});
}

#[test]
fn what_was_made_up_does_not_open() {
	type Damage = fn(&mut Opening);
	let damages: [Damage; 9] = [
		|opening| opening.evidence = None,
		|opening| opening.observation.download = Some(Reading { value: 1, at_least: false }),
		|opening| opening.evidence.as_mut().unwrap().receipt.length += 1,
		|opening| opening.evidence.as_mut().unwrap().receipt.round += 1,
		|opening| opening.evidence.as_mut().unwrap().receipt.prober = bob(),
		|opening| {
			let evidence = opening.evidence.as_mut().unwrap();
			evidence.signature = sign(&key_pair(0), &evidence.receipt);
		},
		|opening| opening.evidence.as_mut().unwrap().chunk.bytes[0] ^= 1,
		|opening| opening.proof = Default::default(),
		|opening| opening.observation.lasted += 1,
	];
	for damage in damages {
		run(|| {
			let id = revealed(|_| ());
			let Call::open { mut opening, .. } = open_call(id, 2).unwrap() else { panic!() };
			damage(&mut opening);
			assert_eq!(check(&Call::open { id, round: 2, opening }), Err(BadProof));
		});
	}
}

#[test]
fn a_receipt_that_does_not_fit_the_reveal_does_not_open() {
	// The prober says another time than the actor's receipt.
	run(|| {
		let id = revealed(|sent| {
			edit(sent, |all| all.iter_mut().for_each(|seen| seen.started += 60_000));
		});
		assert_eq!(check(&open_call(id, 2).unwrap()), Err(BadProof));
	});
}

#[test]
fn what_failed_opens_with_nothing_but_its_place() {
	run(|| {
		let id = prober();
		actor(0, true);
		let down = |_: ProberId, _: Actor| 0;
		work_until(5, &[id], &down);
		assert_eq!(send(open_call(id, 2).unwrap()), Ok(()));
		// Nor may it come with evidence that it does not speak of.
		until_round(6);
	});
}

#[test]
fn who_was_assigned_nobody_has_nothing_to_open() {
	run(|| {
		let id = prober();
		work_until(8, &[id], &honest);
		let revealed = Reveals::<Test>::get(3, id).unwrap();
		assert_eq!((revealed.count, revealed.opened), (Some(0), true));
		assert_eq!(score(id).void, 0);
	});
}

#[test]
fn old_rounds_are_forgotten() {
	run(|| {
		let ids = probers(2);
		actor(0, true);
		let last = KEPT_ROUNDS + OPEN_LAG + 6;
		work_until(last, &ids, &honest);
		next_block();
		assert!(!Rounds::<Test>::contains_key(4) && !RoundTargets::<Test>::contains_key(4));
		assert_eq!(Reveals::<Test>::iter_prefix(4).count(), 0);
		assert!(Rounds::<Test>::contains_key(8) && Reveals::<Test>::contains_key(8, ids[0]));
	});
}
