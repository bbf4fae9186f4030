//! Who becomes a prober, with which chains, and what happens to its bond.

use super::*;
use frame_support::pallet_prelude::InvalidTransaction;
use rome_primitives::benchmark::{chain, limits::MAX_CHAIN};

#[test]
fn register_prober_works() {
	run(|| {
		assert_eq!(prober(), 0);
		assert_eq!(held(HoldReason::Bond, owner(0)), Bond::get());
		assert_happened(Event::ProberRegistered { prober: 0, owner: owner(0), key: key(0) });
		// A validator.
		assert_happened(Event::ProberAdmitted { prober: 0 });
		assert_eq!(standing(0), Standing::Active);
		assert_eq!(ProberByKey::<Test>::get(key(0)), Some(0));
	});
}

fn register(id: ProberId, from: RoundIndex, length: u32) -> sp_runtime::DispatchResult {
	let end = chain::end(&secret(id, from), length);
	Oracle::register_prober(signed(owner(id)), key(id), consent(id), from, length, end)
}

#[test]
fn register_prober_fails_for_bad_chains() {
	run(|| {
		until_round(5);
		let now = round();
		let bad = [
			(now, 9),
			(now + 1, 9),
			(now + MAX_CHAIN + 1, 9),
			(now + 2, 0),
			(now + 2, MAX_CHAIN + 1),
		];
		for (from, length) in bad {
			assert_noop!(register(0, from, length), Error::BadChain);
		}
		assert_ok!(register(0, now + MAX_CHAIN, MAX_CHAIN));
	});
}

#[test]
fn register_prober_fails_without_consent_key_or_money() {
	run(|| {
		prober();
		assert_noop!(register(0, 2, 9), Error::KeyTaken);
		let end = [0; 32];
		assert_noop!(
			Oracle::register_prober(signed(alice()), key(1), consent(1), 2, 9, end),
			Error::BadConsent
		);
		let both = rome_primitives::signing::ProberConsent { owner: key(1), key: key(1) };
		let consent = sign(&key_pair(1), &both);
		assert_noop!(
			Oracle::register_prober(signed(key(1)), key(1), consent, 2, 9, end),
			Error::KeyIsOwner
		);
		let message = rome_primitives::signing::ProberConsent { owner: poor(), key: key(1) };
		let consent = sign(&key_pair(1), &message);
		assert_noop!(
			Oracle::register_prober(signed(poor()), key(1), consent, 2, 9, end),
			sp_runtime::TokenError::FundsUnavailable
		);
	});
}

#[test]
fn there_is_an_end_to_probers() {
	run(|| {
		let last = rome_primitives::benchmark::limits::MAX_PROBERS;
		for id in 0..last {
			let key = AccountId::new([id as u8; 32]);
			// What only counts is there.
			Probers::<Test>::insert(
				id,
				Prober { owner: alice(), key, bond: 0, standing: Standing::Applied, since: 0 },
			);
		}
		assert_noop!(register(1, 2, 9), Error::TooManyProbers);
		let _ = Probers::<Test>::clear(u32::MAX, None);
	});
}

#[test]
fn who_is_no_validator_waits_for_admission() {
	run(|| {
		prober();
		assert_ok!(register(1, 2, 50));
		assert_eq!(standing(1), Standing::Applied);
		until_round(4);
		assert_eq!(Rounds::<Test>::get(4).unwrap().probers, 1);
		assert_noop!(
			Oracle::admit_prober(signed(owner(1)), 1),
			sp_runtime::DispatchError::BadOrigin
		);
		assert_noop!(Oracle::admit_prober(signed(council()), 7), Error::ProberNotFound);
		assert_ok!(Oracle::admit_prober(signed(council()), 1));
		assert_noop!(Oracle::admit_prober(signed(council()), 1), Error::WrongStanding);
		until_round(6);
		let probers = |index| Rounds::<Test>::get(index).unwrap().probers;
		assert_eq!((probers(5), probers(6)), (1, 2));
	});
}

#[test]
fn a_chain_follows_when_half_of_the_last_one_is_over() {
	run(|| {
		ChainLength::set(8);
		let id = prober();
		let far = || chain_call(id, 10);
		assert_eq!(check(&far()), Err(InvalidTransaction::Stale), "the first one is hardly begun");
		work_until(6, &[id], &honest);
		// The chain of 2 to 9 is half over.
		assert_eq!(check(&chain_call(id, 9)), Err(InvalidTransaction::Call), "it overlaps");
		let Call::commit_chain { from, length, end, .. } = far() else { panic!() };
		let message = rome_primitives::signing::ProberChain { prober: id, from, length, end };
		let signature = sign(&key_pair(5), &message);
		let forged = Call::<Test>::commit_chain { id, from, length, end, signature };
		assert_eq!(check(&forged), Err(InvalidTransaction::BadProof));
		assert_eq!(check(&far()).unwrap().provides.len(), 1);
		assert_eq!(send(far()), Ok(()));
		assert_eq!(send(far()), Err(InvalidTransaction::Stale), "one is enough");
		// The prober goes from one to the other without a gap.
		work_until(16, &[id], &honest);
		for round in 6..12 {
			assert!(Reveals::<Test>::contains_key(round, id), "nothing revealed of {round}");
		}
		assert_eq!(score(id).missed, 0);
		assert_eq!(ProberChains::<Test>::get(id).unwrap().current.from, 10);
	});
}

#[test]
fn who_has_no_chain_does_not_count_and_may_come_back() {
	run(|| {
		ChainLength::set(3);
		let id = prober();
		until_round(8);
		let probers = |index| Rounds::<Test>::get(index).unwrap().probers;
		assert_eq!([2, 4, 5, 7].map(probers), [1, 1, 0, 0]);
		assert_eq!(send(chain_call(id, 10)), Ok(()));
		until_round(10);
		assert_eq!(probers(10), 1);
	});
}

#[test]
fn silence_ends_in_idleness_and_a_new_chain_ends_that() {
	run(|| {
		let id = prober();
		while standing(id) == Standing::Active {
			next_block();
		}
		assert_eq!((score(id).missed, score(id).committed), (MissedToIdle::get(), 0));
		assert_eq!(held(HoldReason::Bond, owner(id)), Bond::get(), "silence costs nothing");
		let now = round();
		until_round(now + 2);
		assert_eq!(Rounds::<Test>::get(now + 2).unwrap().probers, 0);
		// It takes the place of what is left of the old one.
		let from = round() + 2;
		assert_eq!(send(chain_call(id, from)), Ok(()));
		assert_eq!(standing(id), Standing::Active);
		work_until(from + 8, &[id], &honest);
		assert_eq!(standing(id), Standing::Active);
		assert!(score(id).opened > 0 || score(id).revealed > 3);
	});
}

#[test]
fn a_chain_that_is_cut_still_reveals_what_was_committed() {
	run(|| {
		let id = prober();
		until_round(7);
		// Committed to late, and idle for what it missed before.
		let sent = report_on(id, 6, &honest).unwrap();
		assert_eq!(send(commit_call(id, 6, sent)), Ok(()));
		while standing(id) == Standing::Active && round() < 8 {
			next_block();
		}
		Probers::<Test>::mutate(id, |prober| prober.as_mut().unwrap().standing = Standing::Idle);
		assert_eq!(send(chain_call(id, round() + 2)), Ok(()));
		until_round(8);
		assert_eq!(send(reveal_call(id, 6).unwrap()), Ok(()));
	});
}

#[test]
fn remove_prober_takes_two_steps() {
	run(|| {
		let id = prober();
		work_until(5, &[id], &honest);
		assert_noop!(Oracle::remove_prober(signed(alice()), id), Error::NotTheOwner);
		assert_noop!(Oracle::remove_prober(signed(alice()), 9), Error::ProberNotFound);
		assert_ok!(Oracle::remove_prober(signed(owner(id)), id));
		assert_happened(Event::ProberLeaving { prober: id });
		assert_noop!(Oracle::remove_prober(signed(owner(id)), id), Error::RoundsOpen);
		// It may commit no more, and its last rounds are closed as ever.
		let sent = report_on(id, 4, &honest).unwrap();
		let late = commit_call(id, 4, sent);
		assert_eq!(check(&late), Err(InvalidTransaction::Call));
		until_round(9);
		let before = free(owner(id));
		let left = Probers::<Test>::get(id).unwrap().bond;
		assert_ok!(Oracle::remove_prober(signed(owner(id)), id));
		assert_eq!(free(owner(id)), before + left);
		assert_happened(Event::ProberRemoved { prober: id, returned: left });
		assert_eq!(ProberByKey::<Test>::get(key(id)), None);
	});
}

#[test]
fn who_was_never_admitted_leaves_at_once_and_the_council_puts_out() {
	run(|| {
		prober();
		assert_ok!(register(1, 2, 50));
		assert_ok!(Oracle::remove_prober(signed(owner(1)), 1));
		assert_eq!(held(HoldReason::Bond, owner(1)), 0);
		assert_ok!(Oracle::remove_prober(signed(council()), 0));
		assert_eq!(standing(0), Standing::Leaving(0));
	});
}

#[test]
fn withholding_costs_bond_and_in_the_end_the_place() {
	run(|| {
		let id = prober();
		let mut slashed = 0;
		while standing(id) == Standing::Active {
			let last = round().saturating_sub(1);
			if let Some(sent) = report_on(id, last, &honest) {
				let _ = send(commit_call(id, last, sent));
			}
			next_block();
			slashed = Bond::get() - held(HoldReason::Bond, owner(id));
		}
		// A fifth each time, until less than half is left.
		assert_eq!(slashed, Bond::get() * 3 / 5);
		assert_eq!(free(fund()), 1 + slashed);
		assert_eq!((score(id).withheld, score(id).faults), (3, 3));
	});
}

#[test]
fn genesis_has_probers_and_parameters() {
	use sp_runtime::BuildStorage;
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: vec![(owner(0), RICH)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	crate::GenesisConfig::<Test> {
		parameters: Some((2, 5, 2, 3, 0)),
		probers: vec![(owner(0), key(0), 9, [9; 32])],
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	sp_io::TestExternalities::new(storage).execute_with(|| {
		assert_eq!(Parameters::<Test>::get(), PARAMETERS);
		assert_eq!((standing(0), Rounds::<Test>::get(0).unwrap().quorum), (Standing::Active, 2));
		assert_eq!(held(HoldReason::Bond, owner(0)), Bond::get());
		assert_eq!(ProberChains::<Test>::get(0).unwrap().current.until(), 9);
		assert_ok!(Oracle::do_try_state());
	});
}

#[test]
#[should_panic(expected = "the parameters of genesis are sound")]
fn genesis_rejects_unsound_parameters() {
	use sp_runtime::BuildStorage;
	let config =
		crate::GenesisConfig::<Test> { parameters: Some((0, 5, 2, 3, 0)), probers: vec![] };
	let _ = config.build_storage();
}
