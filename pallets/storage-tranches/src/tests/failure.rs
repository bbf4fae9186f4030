//! Failure and eviction: void replicas, sweeps, and the way back.

use super::*;
use frame_support::weights::Weight;
use rome_primitives::actors::ActorState;

fn evict(id: ProviderId) {
	assert_ok!(Storage::evict(signed(conductor()), id, reason("bad")));
}

/// Objects of which fewer count than are to.
fn truly_degraded() -> u32 {
	crate::Objects::<Test>::iter_values()
		.filter(|object| {
			let count = object.holders.iter().filter(|holder| Storage::counts(holder)).count();
			object.filled && count < usize::from(object.coverage)
		})
		.count() as u32
}

#[test]
fn failure_is_counted_at_once_and_swept_by_and_by() {
	run(|| {
		members(5, 4);
		let all = (0..12).map(|seed| stored(seed, 9)).collect::<Vec<_>>();
		let had = member(0).replicas;
		evict(0);
		assert_eq!((counts().degraded, counts().unswept), (0, had));
		assert_eq!(truly_degraded(), had);
		for swept in 1..had {
			// One reservation to look for, and then one replica after another.
			assert_ok!(Storage::sweep(signed(alice()), 0, if swept == 1 { 2 } else { 1 }));
			assert_eq!((counts().degraded, counts().unswept), (swept, had - swept));
			assert_ok!(Storage::do_try_state());
		}
		blocks(1);
		assert_eq!((counts().degraded, counts().unswept), (had, 0));
		assert!(!Storage::has_seat(0, 0));
		assert_happened_ever(0);
		(0..12).for_each(confirm_all);
		assert_eq!(counts().degraded, 0);
		assert_eq!(all.len(), 12);
	});
}

fn assert_happened_ever(id: ProviderId) {
	assert!(crate::Providers::<Test>::get(id).unwrap().memberships.is_empty());
}

#[test]
fn repair_goes_on_while_the_sweep_has_not_come_by() {
	run(|| {
		members(5, 4);
		let key = stored(1, 9);
		let holder = view(1).holders[0];
		evict(holder);
		// Touching the object takes the void replica away.
		confirm_all(1);
		assert_eq!(counts().unswept, 0);
		assert_eq!(view(1).holders.len(), 3);
		assert!(!view(1).holders.contains(&holder));
		assert!(!crate::Holdings::<Test>::contains_key(holder, key));
	});
}

#[test]
fn evicting_whoever_failed_counts_nothing_twice() {
	run(|| {
		members(5, 4);
		(0..8).for_each(|seed| {
			stored(seed, 20);
		});
		let had = member(0).replicas;
		for _ in 0..5 * (MissedToFail::get() + 1) + 1 {
			beat_all(&[0]);
			// Enough to see the silence, not enough to sweep.
			next_block_with(Weight::from_parts(2_500_000_000, u64::MAX));
		}
		assert!(matches!(state(0), ActorState::Failed { .. }));
		let unswept = counts().unswept;
		assert_eq!(unswept + counts().degraded, had);
		evict(0);
		assert_eq!(counts().unswept, unswept);
		assert_eq!(state(0), ActorState::Evicted);
	});
}

#[test]
fn a_failed_provider_comes_back_swept_and_verified_anew() {
	run(|| {
		members(4, 2);
		stored(1, 20);
		let id = view(1).holders[0];
		for _ in 0..5 * (MissedToFail::get() + 1) + 1 {
			beat_all(&[id]);
			next_block_with(Weight::from_parts(2_500_000_000, u64::MAX));
		}
		assert!(matches!(state(id), ActorState::Failed { .. }));
		let back = || Storage::activate(signed(conductor()), id, domain(id, id));
		if Storage::has_seat(0, id) {
			assert_noop!(back(), Error::NotSwept);
		}
		blocks_without(1, &[id]);
		// What it was verified for before it failed says nothing.
		assert_noop!(back(), Error::NotVerified);
		attest(id, u32::MAX);
		assert_ok!(back());
		assert_eq!(state(id), ActorState::Active);
		assert_eq!(crate::Providers::<Test>::get(id).unwrap().memberships.len(), 0);
		join(id, 0, 1);
	});
}

#[test]
fn the_rest_of_a_stake_comes_back_once_swept() {
	run(|| {
		members(4, 2);
		stored(1, 9);
		let id = view(1).holders[0];
		evict(id);
		let finish = || Storage::finish_leaving(signed(owner(id)), id);
		assert_noop!(finish(), Error::NotSwept);
		blocks(1);
		assert_ok!(finish());
		assert_eq!(free(owner(id)), RICH);
		assert_noop!(finish(), Error::WrongState);
		// The key may serve another provider.
		assert!(!crate::ProviderByOperator::<Test>::contains_key(operator(id)));
	});
}

#[test]
fn a_failed_assignment_alone_is_replaced() {
	run(|| {
		members(5, 2);
		pin(alice(), 1, 2);
		let before = view(1).assigned;
		evict(before[1]);
		let after = view(1).assigned;
		assert_eq!((after[0], after[1]), (before[0], before[2]));
		assert!(!before.contains(&after[2]));
		blocks(1);
		assert_eq!(view(1).assigned, after);
		assert_eq!(member(after[2]).reservations, 1);
	});
}

#[test]
fn maintenance_excuses_and_is_rationed() {
	run(|| {
		members(4, 2);
		let begin = |id, blocks| Storage::begin_maintenance(signed(operator(id)), id, blocks);
		assert_noop!(Storage::begin_maintenance(signed(bob()), 0, 9), Error::NotTheOperator);
		assert_noop!(begin(0, 0), Error::TooLong);
		assert_noop!(begin(0, MaxMaintenance::get() + 1), Error::TooLong);
		assert_ok!(begin(0, 50));
		// No more than coverage - quorum operators at once.
		assert_noop!(begin(1, 10), Error::TooManyAway);
		blocks_without(49, &[0]);
		assert!(matches!(state(0), ActorState::Suspended { .. }));
		blocks_without(7, &[0]);
		assert_eq!(state(0), ActorState::Active);
		assert_noop!(begin(0, 10), Error::MaintenanceTooSoon);
		assert_ok!(begin(1, 10));
		assert_ok!(Storage::end_maintenance(signed(owner(1)), 1));
		assert_eq!(state(1), ActorState::Active);
		assert_noop!(Storage::end_maintenance(signed(owner(1)), 1), Error::WrongState);
		assert_eq!((stake(0), stake(1)), (STAKE, STAKE));
	});
}

#[test]
fn who_failed_or_was_evicted_is_verified_no_more() {
	run(|| {
		members(3, 2);
		assert!((0..3).all(crate::Attestations::<Test>::contains_key));
		evict(1);
		blocks_without(5 * (MissedToFail::get() + 1) + 1, &[0]);
		assert!(matches!(state(0), ActorState::Failed { .. }));
		let listed = |id: &ProviderId| crate::Attestations::<Test>::contains_key(*id);
		assert_eq!((0..3).filter(listed).collect::<Vec<_>>(), [2]);
	});
}
