//! Tranches, slots and capacity.

use super::*;
use crate::types::{capacity, Roster, Seat, Standing};
use rome_primitives::storage::limits::MAX_SLOTS;

fn roster(of: &[(u32, u8)]) -> Roster {
	let seats = of.iter().enumerate().map(|(id, (operator, slots))| Seat {
		provider: id as u32,
		slots: *slots,
		domain: domain(*operator, *operator),
		standing: Standing::Placed,
		away: false,
		full: false,
	});
	BoundedVec::truncate_from(seats.collect())
}

#[test]
fn capacity_gives_each_operator_one_replica() {
	let of = |seats: &[(u32, u8)], coverage| capacity(&roster(seats), coverage, 10, false);
	assert_eq!(of(&[(1, 2), (2, 2), (3, 2)], 3), 20);
	// The smallest decides where every operator is needed.
	assert_eq!(of(&[(1, 9), (2, 9), (3, 1)], 3), 10);
	// One operator's machines are one place.
	assert_eq!(of(&[(1, 9), (1, 9), (3, 1)], 3), 0);
	assert_eq!(of(&[(1, 1), (1, 1), (2, 2), (3, 2)], 3), 20);
	assert_eq!(of(&[(1, 16), (2, 1), (3, 1)], 2), 20);
	assert_eq!(of(&[(1, 4), (2, 4), (3, 4)], 2), 60);
	let less = |seats: &[(u32, u8)], coverage| capacity(&roster(seats), coverage, 10, true);
	assert_eq!(less(&[(1, 16), (2, 2), (3, 2)], 2), 20);
	assert_eq!(less(&[(1, 2), (2, 2)], 2), 0);
}

#[test]
fn capacity_is_never_more_than_a_plan_can_fill() {
	// Against a slow search: so many objects of one unit, each to the operators with most room left.
	let mut dice = rome_dice::Dice::new(1);
	for _ in 0..300 {
		let coverage = 1 + dice.below(4) as u8;
		let operators = 1 + dice.below(6);
		let seats = (0..operators).map(|of| (of, 1 + dice.below(9) as u8)).collect::<Vec<_>>();
		let mut left = seats.iter().map(|(_, slots)| u64::from(*slots)).collect::<Vec<_>>();
		let mut objects = 0;
		while left.iter().filter(|room| **room > 0).count() >= coverage.into() {
			left.sort_unstable_by(|a, b| b.cmp(a));
			left.iter_mut().take(coverage.into()).for_each(|room| *room -= 1);
			objects += 1;
		}
		assert_eq!(capacity(&roster(&seats), coverage, 1, false), objects, "{seats:?} {coverage}");
	}
}

#[test]
fn create_and_update_tranche() {
	run(|| {
		let create = |coverage, slot| Storage::create_tranche(signed(council()), coverage, slot);
		assert_noop!(create(0, MIB), Error::BadCoverage);
		assert_noop!(create(6, MIB), Error::BadCoverage);
		assert_noop!(create(3, MIB - 1), Error::BadSlotSize);
		assert_noop!(
			Storage::create_tranche(signed(alice()), 3, MIB),
			sp_runtime::DispatchError::BadOrigin
		);
		assert_ok!(create(2, MIB));
		assert_eq!(crate::Accepting::<Test>::get().to_vec(), [0, 1]);
		assert_ok!(Storage::update_tranche(signed(council()), 1, Some(false), Some(1)));
		assert_eq!(crate::Accepting::<Test>::get().to_vec(), [0]);
		assert_eq!(crate::Tranches::<Test>::get(1).unwrap().coverage, 1);
		let missing = Storage::update_tranche(signed(council()), 7, None, None);
		assert_noop!(missing, Error::TrancheNotFound);
	});
}

#[test]
fn join_needs_slots_storage_stake_and_an_active_provider() {
	run(|| {
		let applied = apply();
		let join =
			|id, tranche, slots| Storage::join_tranche(signed(owner(id)), id, tranche, slots);
		assert_noop!(join(applied, 0, 1), Error::WrongState);
		let id = provider();
		assert_noop!(join(id, 1, 1), Error::TrancheNotFound);
		assert_noop!(join(id, 0, 0), Error::BadSlots);
		assert_noop!(join(id, 0, MAX_SLOTS + 1), Error::BadSlots);
		assert_noop!(Storage::join_tranche(signed(bob()), id, 0, 1), Error::NotTheOwner);
		StakePerGib::set(STAKE);
		assert_noop!(join(id, 0, 1), Error::StakeTooSmall);
		StakePerGib::set(0);
		assert_ok!(join(id, 0, 1));
		assert_noop!(join(id, 0, 1), Error::AlreadyMember);
		assert_eq!(member(id), Default::default());
	});
}

#[test]
fn an_operator_keeps_to_one_zone_in_a_tranche() {
	run(|| {
		let ids = [apply(), apply(), apply()];
		activate(ids[0], domain(1, 1));
		activate(ids[1], domain(1, 2));
		activate(ids[2], domain(1, 1));
		join(ids[0], 0, 1);
		let other = Storage::join_tranche(signed(owner(ids[1])), ids[1], 0, 1);
		assert_noop!(other, Error::TwoZones);
		join(ids[2], 0, 1);
	});
}

#[test]
fn room_is_kept_for_the_largest_operators_copies() {
	run(|| {
		members(3, 2);
		let view = || Storage::api_tranche(0).unwrap();
		// Only as many operators as the coverage: takes objects, and says that it has no spare.
		assert_eq!((view().capacity, view().free, view().has_spare), (2 * MIB, 2 * MIB, false));
		let large = provider();
		join(large, 0, 4);
		assert_eq!((view().capacity, view().free, view().has_spare), (3 * MIB, 2 * MIB, true));
		MaxPendingBytes::set(u64::MAX);
		let pin = |seed, size| {
			let key = rome_primitives::storage::ObjectKey { hash: [seed; 32], size };
			try_pin(alice(), key, 1)
		};
		assert_ok!(pin(1, 2 * MIB - 10));
		assert_noop!(pin(2, 11), Error::NoRoom);
		assert_ok!(pin(3, 10));
		assert!(view().has_spare);
		assert_ok!(Storage::change_slots(signed(owner(large)), large, 0, 0));
		assert!(!view().has_spare);
	});
}

#[test]
fn a_full_member_blocks_nobody() {
	run(|| {
		let ids = members(5, 1);
		MaxPendingBytes::set(u64::MAX);
		let size = MIB / 100 * 96;
		let key = rome_primitives::storage::ObjectKey { hash: [1; 32], size };
		assert_ok!(try_pin(alice(), key, 1));
		let full = |id: ProviderId| {
			crate::Rosters::<Test>::get(0).iter().any(|seat| seat.provider == id && seat.full)
		};
		let first = crate::Objects::<Test>::get(key).unwrap().assigned.to_vec();
		assert_eq!(first.len(), 3);
		assert!(first.iter().all(|id| full(*id)));
		// The others go on without them, as far as there are any.
		let spare = ids.into_iter().filter(|id| !first.contains(id)).collect::<Vec<_>>();
		let second = pin(alice(), 2, 1);
		let mut assigned = crate::Objects::<Test>::get(second).unwrap().assigned.to_vec();
		assigned.sort();
		assert_eq!(assigned, spare);
		// The third replica is made up for by what a full member keeps back.
		confirm_all(2);
		let holders = view(2).holders;
		assert_eq!(holders.len(), 3);
		assert_eq!(holders.iter().filter(|id| first.contains(id)).count(), 1);
		assert_ok!(Storage::suspend(signed(conductor()), spare[0], reason("slow")));
		assert_noop!(try_pin(alice(), super::super::mock::key(3, SIZE), 1), Error::NoRoom);
		// With room again they are full no more.
		assert_ok!(Storage::unpin(signed(alice()), BoundedVec::truncate_from(vec![key.hash])));
		assert!(first.iter().all(|id| !full(*id)));
	});
}

#[test]
fn fewer_slots_than_what_is_held_are_refused() {
	run(|| {
		members(3, 2);
		MaxPendingBytes::set(u64::MAX);
		let key = rome_primitives::storage::ObjectKey { hash: [1; 32], size: MIB + 1 };
		assert_ok!(try_pin(alice(), key, 1));
		let change = |slots| Storage::change_slots(signed(owner(0)), 0, 0, slots);
		assert_noop!(change(1), Error::SlotsInUse);
		assert_ok!(change(3));
		assert_ok!(change(2));
		assert_noop!(Storage::change_slots(signed(owner(0)), 0, 1, 2), Error::NotAMember);
	});
}
