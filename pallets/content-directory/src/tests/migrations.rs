//! Reading entities as later versions, and moving them there.

use super::*;
use crate::{IndexEntries, References, Stats, UniqueEntries};
use frame_support::{assert_noop, assert_ok};
use rome_primitives::content::{
	api::{EntityAs, ReadError, Reading},
	limits::{MAX_MIGRATION_STEPS, MAX_UNIQUE},
	SchemaStatus, DOCUMENT,
};
use sp_runtime::{DispatchError::BadOrigin, TokenError};

fn read(id: EntityId, version: SchemaVersion) -> EntityAs<AccountId> {
	ContentDirectory::api_entity_as(id, version).expect("it can be read as that")
}

fn read_values(id: EntityId, version: SchemaVersion) -> EntityValues {
	let view = read(id, version);
	assert_eq!(view.reading, Reading::Complete);
	view.values
}

fn asked(id: EntityId, version: SchemaVersion) -> Vec<PropertyId> {
	match read(id, version).reading {
		Reading::Asks(asked) => asked,
		other => panic!("{other:?}"),
	}
}

fn counts(class: ClassId) -> Vec<(SchemaVersion, u32)> {
	Stats::<Test>::get(class).by_version.into_inner()
}

fn document(text: &str) -> EntityValues {
	some(&[(DOCUMENT, super::text(text))])
}

fn create_document(owner: AccountId, class: ClassId, text: &str) -> EntityId {
	let serial = Stats::<Test>::get(class).next_serial;
	assert_ok!(ContentDirectory::create_entity(signed(owner), class, 0, document(text), false));
	EntityId { class, serial }
}

/// A class with three versions: a number; besides its text; and at last a list of one, and a title that has
/// to be supplied.
fn class_of_three() -> (ClassId, [EntityId; 3]) {
	let class = class("Three", &[one("size", INT)]);
	let first = create(ALICE, class, values([int(7)]));
	upgrade(class, &[one("size", INT).carries(0), one("text", TEXT).casts(0)]);
	let second = create(BOB, class, some(&[(0, int(8)), (1, text("eight"))]));
	upgrade(class, &[list("sizes", INT, 3).casts(0), one("text", TEXT).indexed().carries(1)]);
	let third = create(CHARLIE, class, some(&[(2, many(&[int(9)])), (1, text("x").into())]));
	(class, [first, second, third])
}

#[test]
fn mixed_versions_are_listed_as_one() {
	run(|| {
		let (class, [first, second, third]) = class_of_three();
		configure(class, |config| config.free_form = true);
		let free = create_document(ALICE, class, "{\"size\": 1}");
		let page = ContentDirectory::api_entities_as(class, 3, None, 10).unwrap();
		let stored = page.items.iter().map(|view| view.stored).collect::<Vec<_>>();
		assert_eq!(stored, [1, 2, 3, 0]);
		assert!(page.items.iter().all(|view| view.version == 3));
		let sizes = |view: &EntityAs<AccountId>| view.values.value(2).cloned();
		let expected = |size| Some(many(&[int(size)]));
		let all = page.items.iter().map(sizes).collect::<Vec<_>>();
		assert_eq!(all, [expected(7), expected(8), expected(9), None]);
		assert_eq!(read_values(first, 3), some(&[(1, text("7").into()), (2, many(&[int(7)]))]));
		assert_eq!(read_values(second, 2), stored_values(second));
		assert_eq!(page.items[3].reading, Reading::Asks(vec![1, 2]));
		let asking = ContentDirectory::api_entities_asking(class, 3, None, 10).unwrap();
		assert_eq!(asking.items.iter().map(|view| view.id).collect::<Vec<_>>(), [free]);

		// As an earlier version, what is stored later has nothing to show.
		let page = ContentDirectory::api_entities_as(class, 2, Some(first), 1).unwrap();
		assert_eq!((page.items[0].id, page.next), (second, Some(second)));
		let page = ContentDirectory::api_entities_as(class, 2, page.next, 1).unwrap();
		assert_eq!((page.items[0].id, &page.items[0].reading), (third, &Reading::Later));
		let error = |id, version| ContentDirectory::api_entity_as(id, version).unwrap_err();
		assert_eq!(error(third, 2), ReadError::StoredLater);
		assert_eq!(error(third, 4), ReadError::SchemaNotFound);
		assert_eq!(error(EntityId { class, serial: 9 }, 3), ReadError::EntityNotFound);
		let pages = ContentDirectory::api_entities_as(class, 4, None, 1);
		assert_eq!(pages.unwrap_err(), ReadError::SchemaNotFound);
		assert_eq!(read(free, 0).values, document("{\"size\": 1}"));
	});
}

fn stored_values(id: EntityId) -> EntityValues {
	stored(id).values
}

#[test]
fn migrate_entity_works_for_owner_and_root() {
	run(|| {
		let (class, [first, second, _]) = class_of_three();
		idle();
		offer(ALICE, first, BOB);
		let expected = read_values(first, 3);
		assert_ok!(migrate(signed(ALICE), first, 3));
		assert_last(Event::EntityMigrated { entity: first, from: 1, to: 3 });
		assert_eq!((stored(first).version, stored(first).values), (3, expected.clone()));
		assert_eq!(counts(class), [(1, 0), (2, 1), (3, 2)]);
		assert!(crate::TransferOffers::<Test>::get(first).is_none());
		assert_eq!(IndexEntries::<Test>::iter().count(), 3);
		let counts_of_first =
			crate::types::ValueCounts::of(&ContentDirectory::schema(class, 3).unwrap(), &expected);
		assert_eq!(stored(first).deposit, ContentDirectory::deposit_for(&counts_of_first));

		// Only the owner's own call raises the deposit.
		let before = stored(second).deposit;
		assert_ok!(migrate(root(), second, 3));
		assert_eq!(stored(second).deposit, before);
	});
}

#[test]
fn migrate_entity_fails_for_each_reason() {
	run(|| {
		let (class, [first, second, third]) = class_of_three();
		assert_noop!(migrate(RuntimeOrigin::none(), first, 3), BadOrigin);
		assert_noop!(migrate(signed(BOB), first, 3), Error::NotTheOwner);
		assert_noop!(migrate(root(), EntityId { class, serial: 9 }, 3), Error::EntityNotFound);
		assert_noop!(migrate(root(), first, 4), Error::SchemaNotFound);
		assert_noop!(migrate(root(), third, 3), Error::NotALaterVersion);
		assert_noop!(migrate(root(), third, 1), Error::NotALaterVersion);
		let supplied = |property| [(property, Some(text("x")))];
		assert_noop!(try_migrate(root(), first, 3, &supplied(1)), Error::NotAsked);
		assert_noop!(try_migrate(root(), first, 3, &supplied(0)), Error::UnknownProperty);
		set_status(class, ClassStatus::Paused);
		assert_noop!(migrate(signed(ALICE), first, 3), Error::ClassPaused);
		set_status(class, ClassStatus::Retired);
		assert_ok!(migrate(root(), second, 3));
		assert_ok!(ContentDirectory::retire_schema(root(), class, 2));
		assert_noop!(migrate(root(), first, 2), Error::SchemaAlreadyRetired);
		// By way of a retired version it still comes to a live one.
		assert_ok!(migrate(signed(ALICE), first, 3));
	});
}

#[test]
fn migration_that_the_owner_cannot_pay_for_fails() {
	run(|| {
		let class = class("Growing", &[one("size", INT)]);
		EntityDepositBase::set(1);
		EntityDepositPerByte::set(0);
		let id = create(POOR, class, values([int(1)]));
		upgrade(class, &[one("size", INT).indexed().carries(0)]);
		EntityDepositPerEntry::set(1_000);
		assert_noop!(migrate(signed(POOR), id, 2), TokenError::FundsUnavailable);
		assert_ok!(migrate(root(), id, 2));
		assert_eq!(stored(id).deposit, 1);
		idle();
	});
}

#[test]
fn what_is_asked_for_is_supplied() {
	run(|| {
		let class = class("Asking", &[one("old", TEXT)]);
		let id = create(ALICE, class, values([text("long text")]));
		upgrade(
			class,
			&[
				one("new", ScalarType::Text { max_length: 4 }).carries(0).required(),
				one("rating", INT).ruled(Rule::Ask),
				one("target", to_class(class)).ruled(Rule::Ask),
				one("kind", INT).ruled(Rule::Default(int(3).into())),
			],
		);
		assert_eq!(asked(id, 2), [0, 1, 2]);
		let give = |value: &str, target| {
			let target = Value::from(to(target));
			[(0, Some(text(value).into())), (1, None), (2, Some(target))]
		};
		let missing = |changes: &[(PropertyId, Option<Value>)]| {
			try_migrate(signed(ALICE), id, 2, changes).unwrap_err().error
		};
		assert_eq!(missing(&[]), Error::NotSupplied.into());
		assert_eq!(missing(&give("short", id)), Error::TooLong.into());
		let nothing = EntityId { class, serial: 5 };
		assert_eq!(missing(&give("yes", nothing)), Error::DanglingReference.into());
		assert_eq!(missing(&[(0, None), (1, None), (2, None)]), Error::MissingRequired.into());
		let twice = [(0, None::<Value>), (0, None)];
		assert_eq!(missing(&twice), Error::DuplicateProperty.into());
		assert_ok!(try_migrate(signed(ALICE), id, 2, &give("yes", id)));
		let expected = some(&[(0, text("yes")), (2, to(id)), (3, int(3))]);
		assert_eq!(stored(id).values, expected);
		assert_eq!(References::<Test>::get(id, ALICE).total, 1);
	});
}

#[test]
fn free_form_documents_are_created_and_migrated() {
	run(|| {
		let class = class("Video", &[one("title", TEXT).required(), one("size", INT)]);
		let create = |text: &str| {
			ContentDirectory::create_entity(signed(ALICE), class, 0, document(text), false)
		};
		assert_noop!(create("{}"), Error::NoFreeForm);
		configure(class, |config| config.free_form = true);
		assert_noop!(create("{"), Error::NotJson);
		assert_ok!(create(&format!("\"{}\"", "x".repeat(8_190))));
		assert_ok!(remove(ALICE, EntityId { class, serial: 0 }));
		assert_noop!(
			ContentDirectory::create_entity(signed(ALICE), class, 0, Default::default(), false),
			Error::MissingRequired
		);
		assert_noop!(
			ContentDirectory::create_entity(signed(ALICE), class, 0, values([text("{}")]), false),
			Error::UnknownProperty
		);
		let id = create_document(ALICE, class, "{\"title\": \"a\"}");
		assert_eq!(counts(class), [(1, 0), (0, 1)]);
		assert_noop!(set(ALICE, id, DOCUMENT, text("x")), Error::NotJson);
		assert_ok!(set(ALICE, id, DOCUMENT, text("[]")));
		configure(class, |config| config.free_form = false);
		assert_noop!(create("{}"), Error::NoFreeForm);

		assert_eq!(asked(id, 1), [0, 1]);
		assert_noop!(migrate(signed(ALICE), id, 1), Error::NotSupplied);
		assert_noop!(
			try_migrate(root(), id, 1, &[(DOCUMENT, None::<Value>)]),
			Error::UnknownProperty
		);
		assert_ok!(try_migrate(signed(ALICE), id, 1, &[(0, Some(text("a")))]));
		assert_eq!((stored(id).version, stored(id).values), (1, values([text("a")])));
		assert_eq!(counts(class), [(1, 1), (0, 0)]);
	});
}

#[test]
fn free_form_documents_skip_versions() {
	run(|| {
		let class = class("Video", &[one("title", TEXT)]);
		configure(class, |config| config.free_form = true);
		let id = create_document(ALICE, class, "1");
		for version in 2..=20u16 {
			upgrade(class, &[one("title", TEXT).carries(0)]);
			assert_ok!(ContentDirectory::retire_schema(root(), class, version - 1));
		}
		assert_ok!(try_migrate(signed(ALICE), id, 20, &[(0, Some(text("a")))]));
		assert_eq!(stored(id).version, 20);
	});
}

#[test]
fn removed_references_are_carried_on_but_not_tightened() {
	run(|| {
		let target = simple_class();
		let class = class("Referring", &[one("a", to_class(target)), one("b", to_class(target))]);
		let gone = create_referenceable(BOB, target, values([]));
		let id = create(ALICE, class, values([to(gone), to(gone)]));
		let own = create(ALICE, target, values([]));
		let other = create(ALICE, class, values([to(own), to(own)]));
		assert_ok!(ContentDirectory::set_referenceable(signed(BOB), gone, false));
		assert_ok!(remove(BOB, gone));
		upgrade(
			class,
			&[one("a", to_class(target)).carries(0), one("b", to_own(target)).carries(1)],
		);
		assert_eq!(asked(id, 2), [1]);
		assert_eq!(read(id, 2).removed_references, [gone]);
		assert_ok!(try_migrate(signed(ALICE), id, 2, &[(1, Some(to(own)))]));
		assert_eq!(stored(id).values, values([to(gone), to(own)]));
		assert_ok!(migrate(root(), other, 2));
		let counted = References::<Test>::get(own, ALICE);
		assert_eq!((counted.total, counted.same_owner), (3, 2));
		// And back to any owner.
		upgrade(class, &[one("b", to_class(target)).carries(1)]);
		assert_ok!(migrate(root(), other, 3));
		let counted = References::<Test>::get(own, ALICE);
		assert_eq!((counted.total, counted.same_owner), (2, 1));
	});
}

#[test]
fn reference_that_does_not_do_any_more_is_refused_again() {
	run(|| {
		let target = simple_class();
		let theirs = create_referenceable(BOB, target, values([]));
		let class = class("Referring", &[one("a", to_class(target))]);
		let id = create(ALICE, class, values([to(theirs)]));
		upgrade(class, &[one("a", to_own(target)).carries(0)]);
		upgrade(class, &[one("a", to_class(class)).carries(0)]);
		assert_eq!(asked(id, 2), [0]);
		let again = [(0, Some(to(theirs)))];
		assert_noop!(try_migrate(root(), id, 2, &again), Error::ReferenceNotSameOwner);
		assert_noop!(try_migrate(root(), id, 3, &again), Error::WrongReferenceClass);
	});
}

#[test]
fn dropped_properties_leave_nothing_behind() {
	run(|| {
		let class = class(
			"Full",
			&[
				one("name", TEXT).unique(),
				one("size", INT).indexed(),
				one("next", TO_ITSELF),
				one("file", OBJECT),
				one("kept", INT),
			],
		);
		pin(ALICE, hash(1));
		let target = create(ALICE, class, values([]));
		let all = values([text("a"), int(1), to(target), object(1), int(5)]);
		let id = create(ALICE, class, all);
		upgrade(class, &[one("kept", INT).carries(4)]);
		assert_ok!(migrate(signed(ALICE), id, 2));
		assert_eq!(stored(id).values, some(&[(4, int(5))]));
		assert_eq!(UniqueEntries::<Test>::iter().count(), 0);
		assert_eq!(IndexEntries::<Test>::iter().count(), 0);
		assert_eq!(References::<Test>::iter().count(), 0);
		assert_eq!(uses(ALICE, hash(1)), 0);
	});
}

#[test]
fn objects_are_claimed_once_more_for_what_is_cast() {
	run(|| {
		let class = class("Files", &[one("file", OBJECT)]);
		pin(ALICE, hash(1));
		let id = create(ALICE, class, values([object(1)]));
		upgrade(class, &[one("file", OBJECT).carries(0), list("files", OBJECT, 2).casts(0)]);
		assert_ok!(migrate(root(), id, 2));
		assert_eq!(uses(ALICE, hash(1)), 2);
	});
}

#[test]
fn value_of_another_in_a_unique_property_is_asked_for() {
	run(|| {
		let class = class("Named", &[one("name", TEXT)]);
		let first = create(ALICE, class, values([text("same")]));
		let second = create(BOB, class, values([text("same")]));
		upgrade(class, &[one("name", TEXT).unique().carries(0)]);
		idle();
		// The first by id has it.
		assert_eq!(read_values(first, 2), values([text("same")]));
		assert_eq!(asked(second, 2), [0]);
		assert_noop!(try_create(BOB, class, values([text("same")])), Error::DuplicateUnique);
		assert_noop!(migrate(root(), second, 2), Error::NotSupplied);
		let give = |value: &str| [(0, Some(text(value)))];
		assert_noop!(try_migrate(root(), second, 2, &give("same")), Error::DuplicateUnique);
		assert_ok!(try_migrate(signed(BOB), second, 2, &give("other")));
		assert_ok!(migrate(root(), first, 2));
		assert_eq!(UniqueEntries::<Test>::iter().count(), 2);
	});
}

#[test]
fn one_that_came_too_late_does_not_take_the_entry_along() {
	run(|| {
		let class = class("Named", &[one("name", TEXT), one("size", INT)]);
		let first = create(ALICE, class, values([text("same")]));
		let late = create(BOB, class, values([text("same")]));
		upgrade(class, &[one("name", TEXT).unique().carries(0), one("size", INT).carries(1)]);
		idle();
		let holder = || {
			let found = ContentDirectory::api_entity_by_unique(class, 0, text("same"));
			found.map(|view| view.id)
		};
		// It may change whatever else it holds, and even go.
		assert_ok!(set(BOB, late, 1, int(1)));
		assert_eq!(holder(), Some(first));
		assert_ok!(set(BOB, late, 0, text("other")));
		assert_noop!(set(BOB, late, 0, text("same")), Error::DuplicateUnique);
		let later = create_at_first(CHARLIE, class);
		assert_ok!(remove(BOB, late));
		assert_eq!(holder(), Some(first));
		assert_ok!(remove(CHARLIE, later));
		// Once it is free, who comes next has it.
		assert_ok!(remove(ALICE, first));
		assert_eq!(holder(), None);
		assert_ok!(try_create(BOB, class, values([text("same")])));
	});
}

#[test]
fn one_that_came_too_late_moves_on_until_the_property_is_unique() {
	run(|| {
		let class = class("Named", &[one("name", TEXT)]);
		create(ALICE, class, values([text("same")]));
		let late = create(BOB, class, values([text("same")]));
		upgrade(class, &[one("name", TEXT).carries(0)]);
		upgrade(class, &[one("name", TEXT).unique().carries(0)]);
		idle();
		assert_ok!(migrate(signed(BOB), late, 2));
		assert_eq!(asked(late, 3), [0]);
	});
}

/// An entity of version 1, as those that were there before version 2.
fn create_at_first(owner: AccountId, class: ClassId) -> EntityId {
	let id = create(owner, class, values([text("own")]));
	Entities::<Test>::mutate(class, id.serial.to_be_bytes(), |entity| {
		entity.as_mut().expect("it was just created").version = 1;
	});
	Stats::<Test>::mutate(class, |stats| {
		for (version, count) in stats.by_version.iter_mut() {
			match version {
				1 => *count += 1,
				_ => *count -= 1,
			}
		}
	});
	id
}

#[test]
fn older_versions_get_the_entries_of_newer_ones() {
	run(|| {
		let class = class("Named", &[one("name", TEXT)]);
		create(ALICE, class, values([text("a")]));
		upgrade(class, &[one("name", TEXT).indexed().carries(0)]);
		let first = ContentDirectory::schema(class, 1).unwrap();
		assert!(first.properties[0].index_entries && !first.properties[0].property.indexed);
		assert_eq!(first.status, SchemaStatus::Superseded);
		idle();
		// What is written to an older entity keeps its entries.
		let id = EntityId { class, serial: 0 };
		assert_ok!(set(ALICE, id, 0, text("b")));
		let found = ContentDirectory::api_entities_by_index(class, 0, text("b"), None, 9);
		assert_eq!(found.items.len(), 1);
		assert_ok!(clear(ALICE, id, 0));
		assert_eq!(IndexEntries::<Test>::iter().count(), 0);
	});
}

#[test]
fn activate_schema_fails_where_older_versions_cannot_follow() {
	run(|| {
		let named = |from: u16| {
			(0..MAX_UNIQUE as u16)
				.map(|number| one(&format!("p{number}"), TEXT).carries(from + number))
				.collect::<Vec<_>>()
		};
		let old = (0..8).map(|number| one(&format!("p{number}"), TEXT)).collect::<Vec<_>>();
		let class = class("Wide", &old);
		create(ALICE, class, values([text("a")]));
		let unique =
			|drafts: Vec<DraftProperty>| drafts.into_iter().map(Flags::unique).collect::<Vec<_>>();
		let mut second = unique(named(0));
		second.extend((4..8).map(|number| one(&format!("q{number}"), TEXT).carries(number)));
		upgrade(class, &second);
		// The first version would have eight unique properties.
		let third = suggest_approved(next_version(class), &unique(named(4)));
		assert_noop!(ContentDirectory::activate_schema(root(), third), Error::TooManyUnique);
		assert_ok!(migrate(signed(ALICE), EntityId { class, serial: 0 }, 2));
		assert_ok!(ContentDirectory::retire_schema(root(), class, 1));
		assert_noop!(ContentDirectory::activate_schema(root(), third), Error::TooManyUnique);
		idle();
	});
}

#[test]
fn oldest_version_does_not_fall_too_far_behind() {
	run(|| {
		let class = class("Long", &[one("size", INT)]);
		let id = create(ALICE, class, values([int(1)]));
		for _ in 0..MAX_MIGRATION_STEPS {
			upgrade(class, &[one("size", INT).carries(0)]);
		}
		let next = suggest_approved(next_version(class), &[one("size", INT).carries(0)]);
		assert_noop!(ContentDirectory::activate_schema(root(), next), Error::TooManyLiveVersions);
		assert_eq!(read_values(id, MAX_MIGRATION_STEPS + 1), values([int(1)]));
		assert_ok!(migrate(signed(ALICE), id, MAX_MIGRATION_STEPS + 1));
		assert_ok!(ContentDirectory::retire_schema(root(), class, 1));
		assert_ok!(ContentDirectory::activate_schema(root(), next));
	});
}
