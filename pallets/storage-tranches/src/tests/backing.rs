//! What is added to pay.

use super::*;
use crate::{BackedEras, Earned};
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, Pays},
	traits::fungible::Inspect,
};
use rome_primitives::content::EntityId;
use sp_runtime::{DispatchError, Perbill};

const FILM: EntityId = EntityId { class: 1, serial: 7 };

/// A fee that its parts and eras divide.
fn round_fees() {
	FeePerGib::set(0);
	FeePerObject::set(1_000);
}

/// The holders' part of what is paid for an era.
fn part_of(fee: Balance) -> Balance {
	fee - DistributionShare::get().mul_floor(fee) - ProbingShare::get().mul_floor(fee)
}

fn back(percent: u16) {
	assert_ok!(Storage::back_class(signed(council()), FILM.class, percent, reason("films")));
}

/// Anyone names an object with the film.
fn name(key: ObjectKey) -> DispatchResultWithPostInfo {
	Storage::back_objects(signed(bob()), BoundedVec::truncate_from(vec![(FILM, key.hash)]))
}

/// A stored object that the film holds, and money to add.
fn film(money: Balance) -> ObjectKey {
	round_fees();
	members(3, 2);
	let key = stored(1, 6);
	until_era(1);
	Holders::insert((FILM, key.hash), alice());
	if money > 0 {
		assert_ok!(Balances::transfer_keep_alive(signed(bob()), Storage::account_id(), money));
	}
	key
}

fn failed_with(error: Error) {
	let error = DispatchError::from(error);
	let failed = System::events().into_iter().any(|record| {
		matches!(record.event, RuntimeEvent::Storage(crate::Event::BackingFailed { error: it, .. }) if it == error)
	});
	assert!(failed, "no {error:?} among {:#?}", System::events());
}

#[test]
fn what_a_backed_class_holds_earns_its_holders_more() {
	run(|| {
		let key = film(10_000);
		back(250);
		assert_eq!(name(key).unwrap().pays_fee, Pays::No);
		let amount = 2_500;
		assert_happened(Event::ObjectBacked { key, entity: FILM, era: 1, amount });
		assert_eq!(Storage::backing(), 10_000 - amount);
		until_era(2);
		assert_ok!(Storage::claim_pay(signed(bob()), 0, keys(&[key])));
		assert_eq!(free(owner(0)), RICH - STAKE + part_of(1_000 + amount) / 3);
	});
}

#[test]
fn once_for_each_era() {
	run(|| {
		let key = film(10_000);
		back(100);
		assert_ok!(name(key));
		let left = Storage::backing();
		assert_eq!(name(key).unwrap().pays_fee, Pays::Yes);
		failed_with(Error::AlreadyBacked);
		assert_eq!(Storage::backing(), left);
		until_era(2);
		assert_eq!(name(key).unwrap().pays_fee, Pays::No);
		assert_eq!(Storage::backing(), left - 1_000);
	});
}

#[test]
fn only_what_visible_entities_of_backed_classes_hold() {
	run(|| {
		let key = film(10_000);
		assert_ok!(name(key));
		failed_with(Error::ClassNotBacked);
		back(100);
		let other = stored(2, 6);
		assert_ok!(name(other));
		failed_with(Error::ObjectNotHeld);
		// Held by somebody without a pin.
		Holders::insert((FILM, key.hash), bob());
		assert_ok!(name(key));
		failed_with(Error::PinNotFound);
		back(0);
		Holders::insert((FILM, key.hash), alice());
		System::reset_events();
		assert_ok!(name(key));
		failed_with(Error::ClassNotBacked);
		assert_eq!(Storage::backing(), 10_000);
	});
}

#[test]
fn only_what_is_stored_not_taken_down_and_not_overdue() {
	run(|| {
		let key = film(10_000);
		back(100);
		let pending = pin(alice(), 3, 6);
		Holders::insert((FILM, pending.hash), alice());
		assert_ok!(name(pending));
		failed_with(Error::ObjectNotStored);
		assert_ok!(Storage::block_object(signed(council()), key, reason("no")));
		assert_ok!(name(key));
		failed_with(Error::ObjectBlocked);
		assert_ok!(Storage::unblock_object(signed(council()), key));
		until_era(7);
		assert_ok!(name(key));
		failed_with(Error::PinOverdue);
		assert_eq!(Storage::backing(), 10_000);
	});
}

#[test]
fn no_more_than_there_is() {
	run(|| {
		let key = film(0);
		back(100);
		assert_ok!(name(key));
		failed_with(Error::NothingToAdd);
		// Some is not enough, and the account itself stays.
		let least = Balances::minimum_balance();
		let pot = Storage::account_id();
		assert_ok!(Balances::transfer_keep_alive(signed(bob()), pot.clone(), 999));
		assert_eq!(Storage::backing(), 999);
		System::reset_events();
		assert_ok!(name(key));
		failed_with(Error::NothingToAdd);
		assert!(!BackedEras::<Test>::contains_key(key));
		assert_ok!(Balances::transfer_keep_alive(signed(bob()), pot.clone(), 1));
		assert_ok!(name(key));
		assert_eq!(free(pot), least);
	});
}

#[test]
fn one_that_fails_leaves_the_others_alone_and_the_caller_pays() {
	run(|| {
		let key = film(10_000);
		back(100);
		let both = BoundedVec::truncate_from(vec![(FILM, [9; 32]), (FILM, key.hash)]);
		let done = Storage::back_objects(signed(bob()), both).unwrap();
		assert_eq!(done.pays_fee, Pays::Yes);
		failed_with(Error::ObjectNotHeld);
		assert_eq!(BackedEras::<Test>::get(key), Some(1));
	});
}

#[test]
fn the_council_names_classes_and_within_bounds() {
	run(|| {
		let call = |origin, percent, text| Storage::back_class(origin, 1, percent, reason(text));
		assert_noop!(call(signed(bob()), 100, "mine"), DispatchError::BadOrigin);
		assert_noop!(call(signed(council()), 1_001, "films"), Error::TooMuchAdded);
		assert_ok!(call(signed(council()), 1_000, "films"));
		assert_happened(Event::ClassBacked { class: 1, percent: 1_000, reason: reason("films") });
	});
}

#[test]
fn the_issuance_is_none_by_default_and_a_part_of_it_comes_with_each_era() {
	run(|| {
		let issued = Balances::total_issuance();
		until_era(1);
		assert_eq!(Balances::total_issuance(), issued);
		YearlyIssuance::set(Perbill::from_percent(10));
		until_era(2);
		// A fiftieth of a year.
		let amount = issued / 10 / 50;
		assert_eq!(Balances::total_issuance(), issued + amount);
		assert_eq!(Storage::backing(), amount);
		assert!(Earned::<Test>::iter().next().is_none());
	});
}
