//! Stored objects: entities need their owner's pins, and count as uses of them.

use super::*;
use frame_support::{assert_noop, assert_ok};

/// One object and several.
fn media() -> ClassId {
	class("Media", &[one("file", OBJECT), list("more", OBJECT, 5)])
}

#[test]
fn create_entity_uses_pins() {
	run(|| {
		let class = media();
		for number in 1..4 {
			pin(ALICE, hash(number));
		}
		let first = create(
			ALICE,
			class,
			some(&[(0, object(1).into()), (1, many(&[object(1), object(2), object(2)]))]),
		);
		create(ALICE, class, values([object(1)]));
		assert_eq!([1, 2, 3].map(|number| uses(ALICE, hash(number))), [3, 2, 0]);
		assert_ok!(set(ALICE, first, 1, many(&[object(3), object(2)])));
		assert_eq!([1, 2, 3].map(|number| uses(ALICE, hash(number))), [2, 1, 1]);
		assert_ok!(clear(ALICE, first, 0));
		assert_eq!([1, 2, 3].map(|number| uses(ALICE, hash(number))), [1, 1, 1]);
		assert_ok!(remove(ALICE, first));
		assert_eq!([1, 2, 3].map(|number| uses(ALICE, hash(number))), [1, 0, 0]);
	});
}

#[test]
fn create_entity_fails_for_object_not_pinned() {
	run(|| {
		let class = media();
		pin(ALICE, hash(1));
		pin(BOB, hash(2));
		let id = create(ALICE, class, values([object(1)]));
		for unpinned in [object(2), object(3)] {
			assert_noop!(
				try_create(ALICE, class, values([unpinned.clone()])),
				Error::ObjectNotPinned
			);
			assert_noop!(set(ALICE, id, 0, unpinned.clone()), Error::ObjectNotPinned);
			// What the good one before it claimed is given up again.
			let list = many(&[object(1), unpinned]);
			assert_noop!(set(ALICE, id, 1, list), Error::ObjectNotPinned);
		}
		assert_eq!(uses(ALICE, hash(1)), 1);
	});
}

#[test]
fn failure_for_another_reason_gives_claims_up() {
	run(|| {
		let class = class("Named", &[one("file", OBJECT), one("name", TEXT).unique()]);
		pin(ALICE, hash(1));
		create(ALICE, class, values([object(1), text("a")]));
		assert_noop!(
			try_create(ALICE, class, values([object(1), text("a")])),
			Error::DuplicateUnique
		);
		assert_eq!(uses(ALICE, hash(1)), 1);
	});
}

#[test]
fn accept_transfer_needs_the_takers_pins() {
	run(|| {
		let class = media();
		pin(ALICE, hash(1));
		pin(ALICE, hash(2));
		let of = [(0, object(1).into()), (1, many(&[object(1), object(2)]))];
		let id = create(ALICE, class, some(&of));
		offer(ALICE, id, BOB);
		assert_noop!(accept(BOB, id), Error::ObjectNotPinned);
		pin(BOB, hash(1));
		assert_noop!(accept(BOB, id), Error::ObjectNotPinned);
		pin(BOB, hash(2));
		assert_ok!(accept(BOB, id));
		let uses = |who| [1, 2].map(|number| uses(who, hash(number)));
		assert_eq!((uses(ALICE), uses(BOB)), ([0, 0], [2, 1]));
	});
}

#[test]
fn objects_whose_pin_is_gone_read_as_expired() {
	run(|| {
		let class = media();
		pin(ALICE, hash(1));
		pin(ALICE, hash(2));
		let of = [(0, object(1).into()), (1, many(&[object(1), object(2)]))];
		let id = create(ALICE, class, some(&of));
		let expired = || ContentDirectory::api_entity(id).unwrap().expired_objects;
		assert!(expired().is_empty());
		unpin(ALICE, hash(1));
		assert_eq!(expired(), [hash(1), hash(1)]);
		let read = ContentDirectory::api_entity_as(id, 1).unwrap();
		assert_eq!(read.expired_objects, [hash(1), hash(1)]);
		pin(ALICE, hash(1));
		restore_use(ALICE, hash(1));
		restore_use(ALICE, hash(1));
		assert!(expired().is_empty());
	});
}
