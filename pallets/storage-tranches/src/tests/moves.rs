//! Tranches that close.

use super::*;

/// Three members of both tranches, and one object in the first.
fn two_tranches() -> ObjectKey {
	members(3, 4);
	let key = stored(1, 20);
	assert_ok!(Storage::create_tranche(signed(council()), 3, MIB));
	(0..3).for_each(|id| join(id, 1, 4));
	key
}

#[test]
fn objects_of_a_closing_tranche_move_and_nobody_is_counted_twice() {
	run(|| {
		let key = two_tranches();
		let one =
			crate::PinRequest { tranche: Some(0), ..request(super::super::mock::key(2, SIZE), 20) };
		let requests = BoundedVec::truncate_from(vec![one]);
		assert_ok!(Storage::pin(signed(alice()), requests, Balance::MAX, Balance::MAX));
		let before = free(owner(0));
		assert_ok!(Storage::close_tranche(signed(council()), 0));
		assert_noop!(Storage::close_tranche(signed(council()), 0), Error::TrancheClosing);
		blocks(1);
		assert_eq!(view(1).tranche, 1);
		// Not below its coverage for a moment.
		assert_eq!(view(1).holders.len(), 3);
		let degraded = |id| crate::Tranches::<Test>::get(id).unwrap().counts.degraded;
		assert_eq!((degraded(0), degraded(1)), (0, 0));
		assert_eq!(view(1).assigned.len(), 3);
		// The same providers confirm as members of the other tranche.
		confirm_all(1);
		assert_eq!(view(1).holders.len(), 3);
		assert_eq!(member(0).replicas, 0);
		assert_eq!(crate::Members::<Test>::get(1, 0).unwrap().replicas, 1);
		// The one that was not stored moves when it is.
		assert_eq!(view(2).tranche, 0);
		confirm_all(2);
		blocks(2);
		assert_eq!(view(2).tranche, 1);
		confirm_all(2);
		assert!(!crate::Moves::<Test>::contains_key(0));
		assert_eq!(crate::Tranches::<Test>::get(0).unwrap().counts, Default::default());
		// Held all the time: the era counts.
		until_era(2);
		assert_ok!(Storage::claim_pay(signed(bob()), 0, keys(&[key])));
		assert!(free(owner(0)) > before);
		assert_ok!(Storage::change_slots(signed(owner(0)), 0, 0, 0));
		assert!(!Storage::has_seat(0, 0));
	});
}

#[test]
fn holders_of_the_old_tranche_go_when_others_have_it() {
	run(|| {
		members(3, 4);
		let key = stored(1, 20);
		assert_ok!(Storage::create_tranche(signed(council()), 3, MIB));
		let new = (0..3).map(|_| provider()).collect::<Vec<_>>();
		new.iter().for_each(|id| join(*id, 1, 4));
		assert_ok!(Storage::close_tranche(signed(council()), 0));
		assert_ok!(Storage::move_objects(signed(bob()), 0, 5));
		let first = view(1).assigned[0];
		assert!(try_confirm(1, first));
		assert_eq!(view(1).surplus.len(), 1);
		assert_noop!(release(first, &[key]), Error::WouldUncover);
		confirm_all(1);
		let mut surplus = view(1).surplus;
		surplus.sort();
		assert_eq!(surplus, [0, 1, 2]);
		for id in 0..3 {
			assert_ok!(release(id, &[key]));
		}
		assert_eq!(view(1).holders.len(), 3);
		assert!((0..3).all(|id| member(id).replicas == 0));
	});
}

#[test]
fn moving_stops_where_no_tranche_has_room_and_goes_on_later() {
	run(|| {
		members(3, 4);
		stored(1, 20);
		assert_ok!(Storage::close_tranche(signed(council()), 0));
		assert_noop!(try_pin(bob(), key(5, SIZE), 1), Error::NoRoom);
		blocks(3);
		assert_eq!(view(1).tranche, 0);
		assert_ok!(Storage::create_tranche(signed(council()), 2, MIB));
		(0..3).for_each(|id| join(id, 1, 4));
		// Looked at once a block, whoever asks how often.
		assert_ok!(Storage::move_objects(signed(bob()), 0, 64));
		assert_eq!(view(1).tranche, 1);
		assert_noop!(Storage::move_objects(signed(bob()), 1, 64), Error::TrancheNotClosing);
		assert_eq!(crate::Objects::<Test>::get(key(1, SIZE)).unwrap().coverage, 3);
		confirm_all(1);
		blocks(1);
	});
}

#[test]
fn nobody_joins_a_closing_tranche() {
	run(|| {
		members(3, 4);
		assert_ok!(Storage::close_tranche(signed(council()), 0));
		let id = provider();
		let join = Storage::join_tranche(signed(owner(id)), id, 0, 1);
		assert_noop!(join, Error::TrancheClosing);
		let more = Storage::change_slots(signed(owner(0)), 0, 0, 5);
		assert_noop!(more, Error::TrancheClosing);
		let update = Storage::update_tranche(signed(council()), 0, Some(true), None);
		assert_noop!(update, Error::TrancheClosing);
	});
}

#[test]
fn a_pass_looks_at_each_object_once_a_block() {
	run(|| {
		members(3, 16);
		(0..5).for_each(|seed| {
			stored(seed, 20);
		});
		assert_ok!(Storage::close_tranche(signed(council()), 0));
		let looks = |limit| Storage::do_move_objects(0, limit).unwrap();
		// All five, and the end of the pass; then no more in this block.
		assert_eq!(looks(64), (6, 0));
		assert_eq!(looks(64), (1, 0));
		blocks(1);
		assert_eq!(looks(3), (3, 0));
	});
}

#[test]
fn an_object_moves_where_its_own_coverage_fits() {
	run(|| {
		members(3, 4);
		stored(1, 20);
		assert_ok!(Storage::create_tranche(signed(council()), 1, MIB));
		join(0, 1, 4);
		assert_ok!(Storage::close_tranche(signed(council()), 0));
		blocks(2);
		assert_eq!(view(1).tranche, 0);
		join(1, 1, 4);
		blocks(1);
		assert_eq!(view(1).tranche, 0);
		join(2, 1, 4);
		blocks(1);
		assert_eq!(view(1).tranche, 1);
		confirm_all(1);
		assert_eq!(view(1).holders.len(), 3);
	});
}

#[test]
fn a_tranche_that_finds_no_room_keeps_no_other_waiting() {
	use crate::{Moves, WeightInfo};
	run(|| {
		members(3, 4);
		assert_ok!(Storage::create_tranche(signed(council()), 3, MIB));
		(0..3).for_each(|id| join(id, 1, 4));
		// The one that comes first finds no room for its objects.
		let first = Moves::<Test>::hashed_key_for(0) < Moves::<Test>::hashed_key_for(1);
		let (stuck, other) = if first { (0, 1) } else { (1, 0) };
		let pin_in = |seed, tranche| {
			let one = crate::PinRequest { tranche: Some(tranche), ..request(key(seed, SIZE), 9) };
			let requests = BoundedVec::truncate_from(vec![one]);
			assert_ok!(Storage::pin(signed(alice()), requests, Balance::MAX, Balance::MAX));
		};
		(0..8).for_each(|seed| pin_in(seed, stuck));
		assert_ok!(Storage::update_tranche(signed(council()), other, None, Some(1)));
		pin_in(9, other);
		(0..8).chain([9]).for_each(confirm_all);
		assert_ok!(Storage::create_tranche(signed(council()), 1, MIB));
		join(0, 2, 4);
		for tranche in [stuck, other] {
			assert_ok!(Storage::close_tranche(signed(council()), tranche));
		}
		// Each block has room for a few looks.
		let looks = <() as WeightInfo>::move_objects(1).saturating_mul(6);
		let room = <() as WeightInfo>::duties().saturating_add(looks);
		for _ in 0..9 {
			beat_all(&[]);
			next_block_with(room);
		}
		assert_eq!((view(0).tranche, view(9).tranche), (stuck, 2));
		confirm_all(9);
	});
}

#[test]
fn who_held_it_before_the_move_takes_no_bounty() {
	run(|| {
		let key = two_tranches();
		assert_ok!(Storage::begin_leaving(signed(owner(2)), 2));
		lose(2, &[key]);
		let bounty = crate::Repairs::<Test>::get(key).unwrap().bounty;
		assert!(bounty > 0);
		let new = provider();
		join(new, 1, 4);
		assert_ok!(Storage::close_tranche(signed(council()), 0));
		blocks(1);
		assert_eq!(view(1).tranche, 1);
		// It is still short of one replica when these two confirm what they hold.
		assert!(try_confirm(1, 0) && try_confirm(1, 1) && try_confirm(1, new));
		let earned = |id| crate::Earned::<Test>::get(id);
		assert_eq!((earned(0), earned(1), earned(new)), (0, 0, bounty));
	});
}
