//! Activation and retirement.

use super::*;
use crate::{Schemas, Stats, Suggestions, Tallies};
use frame_support::{assert_noop, assert_ok};
use rome_primitives::content::{Schema, SchemaStatus};
use sp_runtime::DispatchError::BadOrigin;

fn schema(class: ClassId, version: SchemaVersion) -> Schema {
	Schemas::<Test>::get(class, version).expect("the version exists")
}

fn status(class: ClassId, version: SchemaVersion) -> SchemaStatus {
	schema(class, version).status
}

fn ids(class: ClassId, version: SchemaVersion) -> Vec<PropertyId> {
	schema(class, version).properties.iter().map(|property| property.id).collect()
}

#[test]
fn activate_schema_works_for_a_new_class() {
	run(|| {
		let mut settings = config();
		settings.category = Category::Video;
		settings.max_entities = Some(7);
		let target = SuggestionTarget::New { name: bounded(b"Film"), config: settings.clone() };
		let id = suggest_approved(target, &[one("name", TEXT), one("year", INT)]);
		System::reset_events();
		assert_ok!(ContentDirectory::activate_schema(root(), id));
		let events = System::events().into_iter().map(|record| record.event).collect::<Vec<_>>();
		assert_eq!(
			events,
			[
				Event::ClassCreated { class: 0, name: bounded(b"Film") }.into(),
				Event::SchemaActivated { suggestion: id, class: 0, version: 1 }.into(),
			]
		);
		let record = stored_class(0);
		assert_eq!(record.name.as_slice(), b"Film");
		assert_eq!(record.config, settings);
		assert_eq!(record.status, ClassStatus::Open);
		assert_eq!(record.active_version, Some(1));
		assert_eq!(record.latest_version, 1);
		assert_eq!(record.next_property, 2);
		assert_eq!(Stats::<Test>::get(0).by_version.as_slice(), [(1, 0)]);
		assert_eq!((schema(0, 1).base, status(0, 1)), (0, SchemaStatus::Active));
		assert_eq!(ids(0, 1), [0, 1]);
		assert!(!Suggestions::<Test>::contains_key(id));
		assert_eq!(Tallies::<Test>::get(Category::Video).activated, 1);
		assert_eq!(activations(), [(PROPOSER, 0, 1, Category::Video)]);
	});
}

#[test]
fn activate_schema_works_for_a_further_version() {
	run(|| {
		let class = class("Film", &[one("name", TEXT).unique(), one("year", INT)]);
		let old = create(ALICE, class, values([text("a"), int(1)]));
		let version = upgrade(
			class,
			&[one("length", INT), one("title", TEXT).unique().required().carries(0)],
		);
		assert_eq!(version, 2);
		// A carried property keeps its id; one that is dropped takes its own with it.
		assert_eq!(ids(class, 2), [2, 0]);
		assert_eq!(schema(class, 2).base, 1);
		assert_eq!(stored_class(class).next_property, 3);
		assert_eq!(
			(status(class, 1), status(class, 2)),
			(SchemaStatus::Superseded, SchemaStatus::Active)
		);
		assert_eq!(Stats::<Test>::get(class).by_version.as_slice(), [(1, 1), (2, 0)]);

		// Old entities are edited by their own rules, new ones are created by the new ones.
		assert_ok!(set(ALICE, old, 1, int(2)));
		assert_noop!(set(ALICE, old, 2, int(2)), Error::UnknownProperty);
		assert_ok!(clear(ALICE, old, 0));
		assert_ok!(set(ALICE, old, 0, text("a")));
		assert_noop!(try_create(ALICE, class, some(&[(2, int(3))])), Error::MissingRequired);
		// Unique belongs to the property, whatever the version.
		assert_noop!(try_create(BOB, class, some(&[(0, text("a"))])), Error::DuplicateUnique);
		let new = create(BOB, class, some(&[(0, text("b"))]));
		assert_eq!(stored(new).version, 2);
		assert_noop!(set(ALICE, old, 0, text("b")), Error::DuplicateUnique);
	});
}

#[test]
fn activate_schema_fails_for_wrong_origin() {
	run(|| {
		let id = suggest_approved(new_class("Film"), &[one("a", INT)]);
		for origin in strangers().into_iter().chain([council()]) {
			assert_noop!(ContentDirectory::activate_schema(origin, id), BadOrigin);
		}
	});
}

#[test]
fn activate_schema_fails_for_suggestion_missing_or_not_approved() {
	run(|| {
		let id = suggest(ALICE, new_class("Film"), &[one("a", INT)]);
		assert_noop!(ContentDirectory::activate_schema(root(), id + 1), Error::SuggestionNotFound);
		assert_noop!(ContentDirectory::activate_schema(root(), id), Error::SuggestionNotApproved);
		assert_ok!(ContentDirectory::approve_schema(council(), id));
		assert_ok!(ContentDirectory::activate_schema(root(), id));
		assert_noop!(ContentDirectory::activate_schema(root(), id), Error::SuggestionNotFound);
	});
}

#[test]
fn activate_schema_fails_for_suggestions_overtaken() {
	run(|| {
		let first = suggest_approved(new_class("Film"), &[one("a", INT)]);
		let second = suggest_approved(new_class("Film"), &[one("b", INT)]);
		assert_ok!(ContentDirectory::activate_schema(root(), second));
		assert_noop!(ContentDirectory::activate_schema(root(), first), Error::ClassNameTaken);

		let third = suggest_approved(next_version(0), &[one("c", INT)]);
		let fourth = suggest_approved(next_version(0), &[one("d", INT)]);
		assert_ok!(ContentDirectory::activate_schema(root(), third));
		assert_noop!(ContentDirectory::activate_schema(root(), fourth), Error::SuggestionOutdated);
		// What can no longer be activated is cleared away by rejection.
		assert_ok!(ContentDirectory::reject_schema(council(), first, false));
		assert_ok!(ContentDirectory::reject_schema(council(), fourth, false));
	});
}

#[test]
fn activate_schema_fails_for_class_retired() {
	run(|| {
		let class = simple_class();
		let id = suggest_approved(next_version(class), &[one("a", INT)]);
		set_status(class, ClassStatus::Retired);
		assert_noop!(ContentDirectory::activate_schema(root(), id), Error::ClassRetired);
		set_status(class, ClassStatus::Open);
		assert_ok!(ContentDirectory::activate_schema(root(), id));
	});
}

#[test]
fn activate_schema_fails_for_property_ids_exhausted() {
	run(|| {
		let class = simple_class();
		crate::Classes::<Test>::mutate(class, |record| {
			record.as_mut().unwrap().next_property = PropertyId::MAX - 1
		});
		let two = suggest_approved(next_version(class), &[one("a", INT), one("b", INT)]);
		assert_noop!(ContentDirectory::activate_schema(root(), two), Error::PropertyIdsExhausted);
		let one = suggest_approved(next_version(class), &[one("a", INT), one("b", INT).carries(0)]);
		assert_ok!(ContentDirectory::activate_schema(root(), one));
		assert_eq!(ids(class, 2), [PropertyId::MAX - 1, 0]);
	});
}

#[test]
fn retire_schema_works() {
	run(|| {
		let class = simple_class();
		let old = create(ALICE, class, values([int(1)]));
		upgrade(class, &[one("a", INT)]);
		assert_noop!(ContentDirectory::retire_schema(root(), class, 1), Error::SchemaInUse);
		assert_ok!(remove(ALICE, old));
		assert_ok!(ContentDirectory::retire_schema(root(), class, 1));
		assert_last(Event::SchemaRetired { class, version: 1 });
		assert_eq!(status(class, 1), SchemaStatus::Retired);
		assert_eq!(stored_class(class).active_version, Some(2));
		assert_eq!(Stats::<Test>::get(class).by_version.as_slice(), [(2, 0)]);
	});
}

#[test]
fn retire_schema_works_for_the_active_version() {
	run(|| {
		let class = simple_class();
		assert_ok!(ContentDirectory::retire_schema(root(), class, 1));
		assert_eq!(stored_class(class).active_version, None);
		assert_noop!(
			ContentDirectory::create_entity(signed(ALICE), class, 1, values([int(1)]), false),
			Error::SchemaNotActive
		);
		// The next version starts from it all the same.
		assert_eq!(upgrade(class, &[one("size", INT).carries(0)]), 2);
		create(ALICE, class, values([int(1)]));
	});
}

#[test]
fn retire_schema_fails_for_each_reason() {
	run(|| {
		let class = simple_class();
		for origin in strangers().into_iter().chain([council()]) {
			assert_noop!(ContentDirectory::retire_schema(origin, class, 1), BadOrigin);
		}
		let retire = |class, version| ContentDirectory::retire_schema(root(), class, version);
		assert_noop!(retire(class + 1, 1), Error::ClassNotFound);
		assert_noop!(retire(class, 0), Error::SchemaNotFound);
		assert_noop!(retire(class, 2), Error::SchemaNotFound);
		let id = create(ALICE, class, values([int(1)]));
		assert_noop!(retire(class, 1), Error::SchemaInUse);
		assert_ok!(remove(ALICE, id));
		assert_ok!(retire(class, 1));
		assert_noop!(retire(class, 1), Error::SchemaAlreadyRetired);
	});
}
