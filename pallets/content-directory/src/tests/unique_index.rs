//! Unique and index entries.

use super::*;
use crate::{IndexEntries, UniqueEntries};
use frame_support::{assert_noop, assert_ok};
use rome_primitives::content::index_key;

fn named() -> ClassId {
	class(
		"Named",
		&[one("name", TEXT).unique(), one("other", TEXT).unique(), one("size", INT).indexed()],
	)
}

fn holder(class: ClassId, property: PropertyId, value: Scalar) -> Option<EntityId> {
	UniqueEntries::<Test>::get(ContentDirectory::unique_key(class, property, &value))
}

fn indexed(id: EntityId, property: PropertyId, value: Scalar) -> bool {
	let key = ((id.class, property), index_key(&value), id.serial.to_be_bytes());
	IndexEntries::<Test>::contains_key(key)
}

fn entries() -> (usize, usize) {
	(UniqueEntries::<Test>::iter().count(), IndexEntries::<Test>::iter().count())
}

#[test]
fn unique_entries_follow_values() {
	run(|| {
		let class = named();
		let id = create(ALICE, class, values([text("a")]));
		assert_eq!(holder(class, 0, text("a")), Some(id));
		assert_ok!(set(ALICE, id, 0, text("b")));
		assert_eq!((holder(class, 0, text("a")), holder(class, 0, text("b"))), (None, Some(id)));
		// Two properties may hold the same value.
		assert_ok!(set(ALICE, id, 1, text("b")));
		assert_eq!(entries(), (2, 0));
		// Properties that hold nothing do not compete for it.
		assert_ok!(clear(ALICE, id, 0));
		create(BOB, class, values([]));
		create(BOB, class, values([]));
		assert_eq!(entries(), (1, 0));
		assert_ok!(remove(ALICE, id));
		assert_eq!(entries(), (0, 0));
	});
}

#[test]
fn create_entity_fails_for_duplicate_unique() {
	run(|| {
		let class = named();
		let id = create(ALICE, class, values([text("a"), text("b")]));
		let other = create(BOB, class, values([text("c"), text("a")]));
		for who in [ALICE, BOB] {
			assert_noop!(try_create(who, class, values([text("a")])), Error::DuplicateUnique);
		}
		assert_noop!(set(BOB, other, 0, text("a")), Error::DuplicateUnique);
		// To say again what it holds is no conflict with itself.
		assert_ok!(try_update(ALICE, id, &[(0, Some(text("a"))), (2, Some(int(1)))]));
		// The whole value counts: its case, its end, what an index would cut off.
		create(BOB, class, values([text("A")]));
		create(BOB, class, values([text("a\0")]));
		let long = "x".repeat(50);
		create(BOB, class, values([text(&format!("{long}1"))]));
		create(BOB, class, values([text(&format!("{long}2"))]));
		let again = values([text(&format!("{long}2"))]);
		assert_noop!(try_create(BOB, class, again), Error::DuplicateUnique);
		// Free again after the removal; and never taken in another class.
		create(BOB, super::class("Other", &[one("name", TEXT).unique()]), values([text("a")]));
		assert_ok!(remove(ALICE, id));
		create(BOB, class, values([text("a")]));
	});
}

#[test]
fn unique_holds_for_every_type_that_is_no_list() {
	run(|| {
		let target = create(ALICE, simple_class(), values([int(1)]));
		pin(ALICE, hash(1));
		let all = [
			(BOOL, Scalar::Bool(true)),
			(INT, int(1)),
			(DECIMAL, Scalar::Decimal(1)),
			(TEXT, text("1")),
			(BYTES, Scalar::Bytes(bounded(&[1]))),
			(HASH32, Scalar::Hash32(hash(1))),
			(TIMESTAMP, Scalar::Timestamp(1)),
			(variants(&["a", "b"]), Scalar::Enum(1)),
			(to_class(target.class), to(target)),
			(OBJECT, object(1)),
		];
		for (number, (kind, value)) in all.into_iter().enumerate() {
			let class = class(&format!("Class{number}"), &[one("a", kind).unique().indexed()]);
			let id = create(ALICE, class, values([value.clone()]));
			assert_noop!(try_create(ALICE, class, values([value.clone()])), Error::DuplicateUnique);
			assert_eq!(holder(class, 0, value.clone()), Some(id));
			assert!(indexed(id, 0, value));
		}
	});
}

#[test]
fn index_entries_follow_values() {
	run(|| {
		let class = named();
		let id = create(ALICE, class, some(&[(2, int(1))]));
		let other = create(ALICE, class, some(&[(2, int(1))]));
		assert!(indexed(id, 2, int(1)) && indexed(other, 2, int(1)));
		assert_ok!(set(ALICE, id, 2, int(-1)));
		assert!(!indexed(id, 2, int(1)) && indexed(id, 2, int(-1)) && indexed(other, 2, int(1)));
		assert_ok!(clear(ALICE, id, 2));
		assert_eq!(entries(), (0, 1));
		assert_ok!(remove(ALICE, other));
		assert_eq!(entries(), (0, 0));
	});
}

#[test]
fn index_entry_stays_where_long_texts_share_their_place() {
	run(|| {
		let class = class("Long", &[one("text", TEXT).indexed()]);
		let prefix = "x".repeat(32);
		let id = create(ALICE, class, values([text(&format!("{prefix}1"))]));
		assert_ok!(set(ALICE, id, 0, text(&format!("{prefix}2"))));
		assert!(indexed(id, 0, text(&prefix)));
		assert_eq!(entries(), (0, 1));
		assert_ok!(remove(ALICE, id));
		assert_eq!(entries(), (0, 0));
	});
}

#[test]
fn entries_outlive_a_version_that_drops_the_property() {
	run(|| {
		let class = named();
		let id = create(ALICE, class, values([text("a"), text("b"), int(1)]));
		upgrade(class, &[one("name", TEXT).unique()]);
		assert_eq!(entries(), (2, 1));
		// The new property is another one, whatever it is called.
		create(BOB, class, some(&[(3, text("a"))]));
		assert_ok!(remove(ALICE, id));
		assert_eq!(entries(), (1, 0));
	});
}

#[test]
fn transfer_leaves_entries_alone() {
	run(|| {
		let class = named();
		let id = create(ALICE, class, values([text("a"), text("b"), int(1)]));
		offer(ALICE, id, BOB);
		assert_ok!(accept(BOB, id));
		assert_eq!(holder(class, 0, text("a")), Some(id));
		assert!(indexed(id, 2, int(1)));
		assert_noop!(try_create(ALICE, class, values([text("a")])), Error::DuplicateUnique);
	});
}
