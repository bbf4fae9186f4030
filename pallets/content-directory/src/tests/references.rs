//! References: where they may lead, what they keep, what is left of them.

use super::*;
use crate::{types::ReferenceCount, References};
use frame_support::{assert_noop, assert_ok};

/// A class of targets, and one whose entities refer: one and several of any owner, one of the same owner.
fn classes() -> (ClassId, ClassId) {
	let targets = simple_class();
	let properties = [
		one("one", to_class(targets)),
		list("some", to_class(targets), 5),
		one("own", to_own(targets)),
	];
	(targets, class("Refers", &properties))
}

fn count(target: EntityId, owner: AccountId) -> (u32, u32) {
	let ReferenceCount { total, same_owner } = References::<Test>::get(target, owner);
	(total, same_owner)
}

fn view(id: EntityId) -> rome_primitives::content::api::EntityView<AccountId, Balance> {
	ContentDirectory::api_entity(id).expect("the entity exists")
}

#[test]
fn references_are_counted_by_owner() {
	run(|| {
		let (targets, class) = classes();
		let target = create_referenceable(ALICE, targets, values([int(1)]));
		let all =
			[(0, to(target).into()), (1, many(&[to(target), to(target)])), (2, to(target).into())];
		let alices = create(ALICE, class, some(&all));
		assert_eq!(count(target, ALICE), (4, 1));
		assert_eq!((view(target).own_references, view(target).foreign_references), (4, false));
		let bobs = create(BOB, class, some(&all[..2]));
		assert_eq!((count(target, ALICE), count(target, BOB)), ((4, 1), (3, 0)));
		assert_eq!(view(target).own_references, 4);
		assert!(view(target).foreign_references);

		assert_ok!(clear(ALICE, alices, 2));
		assert_ok!(set(BOB, bobs, 1, many(&[to(target)])));
		assert_eq!((count(target, ALICE), count(target, BOB)), ((3, 0), (2, 0)));
		assert_ok!(remove(ALICE, alices));
		assert_ok!(remove(BOB, bobs));
		assert_eq!(References::<Test>::iter().count(), 0);
		assert!(!view(target).foreign_references);
		assert_ok!(remove(ALICE, target));
	});
}

#[test]
fn references_move_with_an_update() {
	run(|| {
		let (targets, class) = classes();
		let [first, second, third] = [0; 3].map(|_| create(ALICE, targets, values([int(1)])));
		let id = create(ALICE, class, some(&[(1, many(&[to(first), to(second)]))]));
		assert_ok!(set(ALICE, id, 1, many(&[to(third), to(second), to(third)])));
		assert_eq!(count(first, ALICE), (0, 0));
		assert_eq!(count(second, ALICE), (1, 0));
		assert_eq!(count(third, ALICE), (2, 0));
		assert_ok!(remove(ALICE, first));
	});
}

#[test]
fn create_entity_fails_for_dangling_reference() {
	run(|| {
		let (targets, class) = classes();
		let never = EntityId { class: targets, serial: 0 };
		assert_noop!(try_create(ALICE, class, values([to(never)])), Error::DanglingReference);
		let target = create(ALICE, targets, values([int(1)]));
		assert_ok!(remove(ALICE, target));
		assert_noop!(try_create(ALICE, class, values([to(target)])), Error::DanglingReference);
		let id = create(ALICE, class, values([]));
		assert_noop!(set(ALICE, id, 0, to(target)), Error::DanglingReference);
		// One bad item spoils the list.
		let good = create(ALICE, targets, values([int(1)]));
		assert_noop!(set(ALICE, id, 1, many(&[to(good), to(target)])), Error::DanglingReference);
	});
}

#[test]
fn create_entity_fails_for_wrong_reference_class() {
	run(|| {
		let (targets, class) = classes();
		let id = create(ALICE, class, values([]));
		assert_noop!(try_create(ALICE, class, values([to(id)])), Error::WrongReferenceClass);
		assert_noop!(set(ALICE, id, 1, many(&[to(id)])), Error::WrongReferenceClass);
		let nowhere = EntityId { class: 99, serial: 0 };
		assert_noop!(set(ALICE, id, 0, to(nowhere)), Error::WrongReferenceClass);
		let own = super::class("Own", &[one("next", TO_ITSELF)]);
		let target = create(ALICE, targets, values([int(1)]));
		assert_noop!(try_create(ALICE, own, values([to(target)])), Error::WrongReferenceClass);
	});
}

#[test]
fn create_entity_fails_for_not_referenceable() {
	run(|| {
		let (targets, class) = classes();
		let target = create(ALICE, targets, values([int(1)]));
		assert_noop!(try_create(BOB, class, values([to(target)])), Error::NotReferenceable);
		// The own ones need no switch.
		create(ALICE, class, values([to(target)]));
		assert_ok!(ContentDirectory::set_referenceable(signed(ALICE), target, true));
		let id = create(BOB, class, values([to(target)]));
		assert_ok!(ContentDirectory::set_referenceable(signed(ALICE), target, false));
		// What is there stays; what is new is refused, in the other property as well.
		assert_ok!(set(BOB, id, 0, to(target)));
		assert_noop!(set(BOB, id, 1, many(&[to(target)])), Error::NotReferenceable);
	});
}

#[test]
fn create_entity_fails_for_reference_not_same_owner() {
	run(|| {
		let (targets, class) = classes();
		let target = create_referenceable(ALICE, targets, values([int(1)]));
		let own = |to| some(&[(2, Scalar::Reference(to))]);
		assert_noop!(try_create(BOB, class, own(target)), Error::ReferenceNotSameOwner);
		create(ALICE, class, own(target));
	});
}

#[test]
fn remove_entity_fails_for_still_referenced() {
	run(|| {
		let (targets, class) = classes();
		let target = create_referenceable(ALICE, targets, values([int(1)]));
		let bobs = create(BOB, class, values([to(target)]));
		assert_noop!(remove(ALICE, target), Error::StillReferenced);
		let alices = create(ALICE, class, values([to(target)]));
		assert_ok!(remove(BOB, bobs));
		assert_noop!(remove(ALICE, target), Error::StillReferenced);
		// One's own keep it, switched on or off.
		assert_ok!(ContentDirectory::set_referenceable(signed(ALICE), target, false));
		assert_noop!(remove(ALICE, target), Error::StillReferenced);
		assert_ok!(clear(ALICE, alices, 0));
		assert_ok!(remove(ALICE, target));
	});
}

#[test]
fn remove_entity_leaves_a_tombstone_for_foreign_references() {
	run(|| {
		let (targets, class) = classes();
		let target = create_referenceable(ALICE, targets, values([int(1)]));
		let other = create_referenceable(ALICE, targets, values([int(2)]));
		let refers = [(0, to(target).into()), (1, many(&[to(target), to(other)]))];
		let id = create(BOB, class, some(&refers));
		let before = stored(id);
		assert_ok!(ContentDirectory::set_referenceable(signed(ALICE), target, false));
		assert_ok!(remove(ALICE, target));
		assert_eq!(stored(id), before);
		assert_eq!(count(target, BOB), (2, 0));
		assert_eq!(view(id).removed_references, [target, target]);

		// The entity stays editable: tombstones can stay, move and go, but not spread.
		assert_ok!(set(BOB, id, 1, many(&[to(other), to(target)])));
		assert_ok!(clear(BOB, id, 0));
		assert_noop!(set(BOB, id, 0, to(target)), Error::DanglingReference);
		assert_eq!(view(id).removed_references, [target]);
		assert_ok!(set(BOB, id, 1, many(&[to(other)])));
		assert!(view(id).removed_references.is_empty());
		assert_eq!(count(target, BOB), (0, 0));
	});
}

#[test]
fn self_reference_does_not_keep_an_entity() {
	run(|| {
		let itself = ScalarType::Reference { class: None, same_owner: true };
		let class = class("Loop", &[one("any", TO_ITSELF), one("own", itself)]);
		// Not at the creation: it is not there yet.
		let first = EntityId { class, serial: 0 };
		assert_noop!(try_create(ALICE, class, values([to(first)])), Error::DanglingReference);
		let id = create(ALICE, class, values([]));
		assert_ok!(set(ALICE, id, 0, to(id)));
		assert_ok!(set(ALICE, id, 1, to(id)));
		assert_eq!(count(id, ALICE), (2, 1));
		assert_ok!(remove(ALICE, id));
		assert_eq!(References::<Test>::iter().count(), 0);
	});
}

#[test]
fn circle_is_opened_by_an_update() {
	run(|| {
		let class = class("Loop", &[one("next", TO_ITSELF)]);
		let first = create(ALICE, class, values([]));
		let second = create(ALICE, class, values([to(first)]));
		assert_ok!(set(ALICE, first, 0, to(second)));
		assert_noop!(remove(ALICE, first), Error::StillReferenced);
		assert_noop!(remove(ALICE, second), Error::StillReferenced);
		assert_ok!(clear(ALICE, first, 0));
		assert_ok!(remove(ALICE, second));
		assert_ok!(remove(ALICE, first));
	});
}

#[test]
fn failed_removal_gives_nothing_up() {
	run(|| {
		let itself = class("Loop", &[one("name", TEXT).unique().indexed(), one("next", TO_ITSELF)]);
		let target = create(ALICE, itself, values([text("a")]));
		create(ALICE, itself, values([text("b"), to(target)]));
		assert_noop!(remove(ALICE, target), Error::StillReferenced);
		assert_noop!(try_create(ALICE, itself, values([text("a")])), Error::DuplicateUnique);
	});
}
