//! Creation, update and removal, apart from what values and references add to them.

use super::*;
use crate::{Holdings, OwnedEntities, Stats, TransferOffers};
use frame_support::{assert_noop, assert_ok};
use rome_primitives::content::Visibility;
use sp_runtime::DispatchError::BadOrigin;

fn two() -> ClassId {
	class("Two", &[one("a", INT).required(), one("b", TEXT)])
}

const NOWHERE: EntityId = EntityId { class: 0, serial: 99 };

#[test]
fn create_entity_works() {
	run(|| {
		let class = two();
		// In whatever order they come.
		let unordered = some(&[(1, text("x")), (0, int(5))]);
		assert_ok!(ContentDirectory::create_entity(signed(ALICE), class, 1, unordered, true));
		let id = EntityId { class, serial: 0 };
		assert_last(Event::EntityCreated { entity: id, owner: ALICE, version: 1 });
		let entity = stored(id);
		assert_eq!((entity.version, entity.owner, entity.referenceable), (1, ALICE, true));
		assert_eq!(entity.visibility, Visibility::Visible);
		assert_eq!(entity.values, values([int(5), text("x")]));
		let stats = Stats::<Test>::get(class);
		assert_eq!((stats.next_serial, stats.entities), (1, 1));
		assert_eq!(stats.by_version.as_slice(), [(1, 1)]);
		assert_eq!(Holdings::<Test>::get(class, ALICE).entities, 1);
		assert_eq!(OwnedEntities::<Test>::iter_prefix(ALICE).count(), 1);
		assert!(!stored(create(BOB, class, values([int(5)]))).referenceable);
	});
}

#[test]
fn create_entity_fails_for_class_missing() {
	run(|| {
		assert_noop!(
			ContentDirectory::create_entity(signed(ALICE), 0, 1, values([int(1)]), false),
			Error::ClassNotFound
		);
	});
}

#[test]
fn create_entity_fails_for_schema_not_active() {
	run(|| {
		let class = two();
		let create = |version| {
			ContentDirectory::create_entity(signed(ALICE), class, version, values([int(1)]), false)
		};
		for version in [2, SchemaVersion::MAX] {
			assert_noop!(create(version), Error::SchemaNotActive);
		}
		upgrade(class, &[one("a", INT).carries(0)]);
		assert_noop!(create(1), Error::SchemaNotActive);
		assert_ok!(create(2));
	});
}

#[test]
fn create_entity_fails_for_wrong_origin() {
	run(|| {
		let class = two();
		for origin in [root(), RuntimeOrigin::none()] {
			assert_noop!(
				ContentDirectory::create_entity(origin, class, 1, values([int(1)]), false),
				BadOrigin
			);
		}
	});
}

#[test]
fn update_entity_works() {
	run(|| {
		let class = two();
		let id = create(ALICE, class, values([int(1), text("x")]));
		assert_ok!(set(ALICE, id, 0, int(2)));
		assert_last(Event::EntityUpdated { entity: id });
		assert_eq!(stored(id).values, values([int(2), text("x")]));
		assert_ok!(clear(ALICE, id, 1));
		assert_eq!(stored(id).values, values([int(2)]));
		// Clearing what is not there, and changing nothing at all, are no errors.
		assert_ok!(clear(ALICE, id, 1));
		assert_ok!(try_update::<Value>(ALICE, id, &[]));
		assert_ok!(try_update(ALICE, id, &[(1, Some(text("y"))), (0, Some(int(3)))]));
		assert_eq!(stored(id).values, values([int(3), text("y")]));
	});
}

#[test]
fn update_entity_fails_for_each_reason() {
	run(|| {
		let class = two();
		let id = create(ALICE, class, values([int(1)]));
		assert_noop!(set(ALICE, NOWHERE, 0, int(1)), Error::EntityNotFound);
		assert_noop!(set(BOB, id, 0, int(1)), Error::NotTheOwner);
		for origin in [root(), RuntimeOrigin::none()] {
			assert_noop!(
				ContentDirectory::update_entity(origin, id, Default::default()),
				BadOrigin
			);
		}
		assert_noop!(clear(ALICE, id, 0), Error::MissingRequired);
		assert_noop!(set(ALICE, id, 2, int(1)), Error::UnknownProperty);
		assert_noop!(clear(ALICE, id, 2), Error::UnknownProperty);
		assert_noop!(
			try_update(ALICE, id, &[(0, Some(int(1))), (0, Some(int(2)))]),
			Error::DuplicateProperty
		);
		// The first change is fine by itself, and is not made.
		assert_noop!(
			try_update(ALICE, id, &[(0, Some(int(2))), (1, Some(int(2)))]),
			Error::WrongType
		);
	});
}

#[test]
fn update_entity_fails_for_locked_property() {
	run(|| {
		let class = class("Locked", &[one("a", INT).locked(), one("b", INT)]);
		let id = create(ALICE, class, values([int(1), int(1)]));
		assert_noop!(set(ALICE, id, 0, int(2)), Error::Locked);
		assert_noop!(clear(ALICE, id, 0), Error::Locked);
		// To say what is so already is no change.
		assert_ok!(try_update(ALICE, id, &[(0, Some(int(1))), (1, Some(int(2)))]));
		// What was empty at the creation stays empty.
		let empty = create(ALICE, class, some(&[(1, int(1))]));
		assert_noop!(set(ALICE, empty, 0, int(2)), Error::Locked);
		assert_ok!(clear(ALICE, empty, 0));
	});
}

#[test]
fn update_entity_ends_an_offer() {
	run(|| {
		let class = two();
		let id = create(ALICE, class, values([int(1)]));
		offer(ALICE, id, BOB);
		System::reset_events();
		assert_ok!(set(ALICE, id, 0, int(2)));
		System::assert_has_event(Event::TransferOffered { entity: id, to: None }.into());
		assert_noop!(accept(BOB, id), Error::NotOffered);
	});
}

#[test]
fn remove_entity_works() {
	run(|| {
		let class = two();
		let id = create(ALICE, class, values([int(1)]));
		offer(ALICE, id, BOB);
		assert_ok!(remove(ALICE, id));
		assert_last(Event::EntityRemoved { entity: id, owner: ALICE });
		assert!(!exists(id));
		assert!(!TransferOffers::<Test>::contains_key(id));
		assert!(!Holdings::<Test>::contains_key(class, ALICE));
		assert_eq!(OwnedEntities::<Test>::iter().count(), 0);
		let stats = Stats::<Test>::get(class);
		assert_eq!((stats.next_serial, stats.entities), (1, 0));
		assert_eq!(stats.by_version.as_slice(), [(1, 0)]);
		// Its number is not given out again.
		assert_eq!(create(ALICE, class, values([int(1)])).serial, 1);
	});
}

#[test]
fn remove_entity_works_for_an_older_version() {
	run(|| {
		let class = two();
		let old = create(ALICE, class, values([int(1)]));
		upgrade(class, &[one("a", INT).carries(0)]);
		create(ALICE, class, values([int(1)]));
		assert_ok!(remove(ALICE, old));
		assert_eq!(Stats::<Test>::get(class).by_version.as_slice(), [(1, 0), (2, 1)]);
	});
}

#[test]
fn remove_entity_fails_for_each_reason() {
	run(|| {
		let class = two();
		let id = create(ALICE, class, values([int(1)]));
		assert_noop!(remove(BOB, id), Error::NotTheOwner);
		assert_noop!(ContentDirectory::remove_entity(root(), id), BadOrigin);
		assert_noop!(remove(ALICE, NOWHERE), Error::EntityNotFound);
		assert_ok!(remove(ALICE, id));
		assert_noop!(remove(ALICE, id), Error::EntityNotFound);
	});
}

#[test]
fn set_referenceable_works() {
	run(|| {
		let class = two();
		let id = create(ALICE, class, values([int(1)]));
		for referenceable in [true, false] {
			assert_ok!(ContentDirectory::set_referenceable(signed(ALICE), id, referenceable));
			assert_last(Event::ReferenceableSet { entity: id, referenceable });
			assert_eq!(stored(id).referenceable, referenceable);
		}
	});
}

#[test]
fn set_referenceable_fails_for_each_reason() {
	run(|| {
		let class = two();
		let id = create(ALICE, class, values([int(1)]));
		let set = |origin, id| ContentDirectory::set_referenceable(origin, id, true);
		assert_noop!(set(signed(ALICE), NOWHERE), Error::EntityNotFound);
		assert_noop!(set(signed(BOB), id), Error::NotTheOwner);
		assert_noop!(set(root(), id), BadOrigin);
	});
}
