//! Every type of value, on the chain: what is taken, what is refused with which error, and the limits.
//! The rules themselves are tested in `rome-primitives`.

use super::*;
use frame_support::{assert_noop, assert_ok};
use rome_primitives::content::limits::{
	MAX_ENTITY_BYTES, MAX_LIST_ITEMS, MAX_OBJECTS, MAX_PROPERTIES, MAX_REFERENCES, MAX_STRING_BYTES,
};

/// Of each type one value.
fn of_each_type(target: EntityId) -> Vec<(ScalarType, Scalar)> {
	vec![
		(BOOL, Scalar::Bool(true)),
		(INT, int(-5)),
		(DECIMAL, Scalar::Decimal(-1_999)),
		(TEXT, text("Straße")),
		(BYTES, Scalar::Bytes(bounded(&[0xff, 0]))),
		(HASH32, Scalar::Hash32(hash(7))),
		(TIMESTAMP, Scalar::Timestamp(-1)),
		(variants(&["a", "b"]), Scalar::Enum(1)),
		(to_class(target.class), to(target)),
		(OBJECT, object(1)),
	]
}

#[test]
fn every_type_takes_its_values_and_no_others() {
	run(|| {
		let target = create(ALICE, simple_class(), values([int(1)]));
		pin(ALICE, hash(1));
		let all = of_each_type(target);
		let properties = all.iter().enumerate().flat_map(|(number, (kind, _))| {
			[
				one(&format!("one{number}"), kind.clone()),
				list(&format!("list{number}"), kind.clone(), 2),
			]
		});
		let class = class("All", &properties.collect::<Vec<_>>());
		for (number, (_, value)) in (0..).zip(&all) {
			let (single, several) = (2 * number, 2 * number + 1);
			let id = create(ALICE, class, some(&[(single, value.clone())]));
			assert_eq!(stored(id).values.value(single), Some(&Value::Single(value.clone())));
			assert_ok!(set(ALICE, id, several, many(&[value.clone(), value.clone()])));
			assert_ok!(set(ALICE, id, several, many(&[])));
			for (other, (_, wrong)) in (0..).zip(&all) {
				if other != number {
					assert_noop!(set(ALICE, id, single, wrong.clone()), Error::WrongType);
					let mixed = many(&[value.clone(), wrong.clone()]);
					assert_noop!(set(ALICE, id, several, mixed), Error::WrongType);
				}
			}
			assert_noop!(
				set(ALICE, id, single, many(core::slice::from_ref(value))),
				Error::WrongType
			);
			assert_noop!(set(ALICE, id, several, value.clone()), Error::WrongType);
			let three = many(&[value.clone(), value.clone(), value.clone()]);
			assert_noop!(set(ALICE, id, several, three), Error::TooManyItems);
		}
	});
}

/// Creates with `good`, then sees `bad` refused by both creation and update.
fn assert_border(name: &str, kind: ScalarType, good: &[Scalar], bad: &[Scalar], error: Error) {
	let error = sp_runtime::DispatchError::from(error);
	let class = class(name, &[one("a", kind)]);
	for value in good {
		create(ALICE, class, values([value.clone()]));
	}
	let id = create(ALICE, class, values([]));
	for value in bad {
		assert_noop!(try_create(ALICE, class, values([value.clone()])), error);
		assert_noop!(set(ALICE, id, 0, value.clone()), error);
	}
}

#[test]
fn create_entity_fails_for_out_of_range() {
	run(|| {
		let range = ScalarType::Int { min: Some(-1), max: Some(1) };
		let (good, bad) = ([int(-1), int(1)], [int(-2), int(2), int(i64::MIN), int(i64::MAX)]);
		assert_border("Both", range, &good, &bad, Error::OutOfRange);
		let from = ScalarType::Int { min: Some(0), max: None };
		assert_border("From", from, &[int(0), int(i64::MAX)], &[int(-1)], Error::OutOfRange);
		let until = ScalarType::Int { min: None, max: Some(0) };
		assert_border("Until", until, &[int(0), int(i64::MIN)], &[int(1)], Error::OutOfRange);
		assert_border("Any", INT, &[int(i64::MIN), int(i64::MAX)], &[], Error::OutOfRange);
	});
}

#[test]
fn create_entity_fails_for_too_long() {
	run(|| {
		let three = ScalarType::Text { max_length: 3 };
		// Characters count, not bytes.
		let (good, bad) = ([text(""), text("äöü"), text("🎬🎬🎬")], [text("abcd"), text("äöüß")]);
		assert_border("Text", three, &good, &bad, Error::TooLong);
		let longest = ScalarType::Text { max_length: MAX_STRING_BYTES };
		let full = raw_text(&[b'x'; MAX_STRING_BYTES as usize]);
		assert_border("Long", longest, &[full], &[], Error::TooLong);
		let bytes = |length| Scalar::Bytes(bounded(&vec![0; length]));
		let three = ScalarType::Bytes { max_length: 3 };
		assert_border("Bytes", three, &[bytes(0), bytes(3)], &[bytes(4)], Error::TooLong);
	});
}

#[test]
fn create_entity_fails_for_not_utf8() {
	run(|| {
		let bad = [raw_text(&[0xff]), raw_text(b"caf\xc3"), raw_text(&[0xed, 0xa0, 0x80])];
		assert_border("Text", TEXT, &[text("café"), text("\0")], &bad, Error::NotUtf8);
	});
}

#[test]
fn create_entity_fails_for_unknown_variant() {
	run(|| {
		let kind = variants(&["a", "b", "c"]);
		let (good, bad) =
			([Scalar::Enum(0), Scalar::Enum(2)], [Scalar::Enum(3), Scalar::Enum(255)]);
		assert_border("Enum", kind, &good, &bad, Error::UnknownVariant);
	});
}

#[test]
fn create_entity_fails_for_too_many_items() {
	run(|| {
		let most = MAX_LIST_ITEMS as usize;
		let class = class("Lists", &[list("a", BOOL, 3), list("b", BOOL, MAX_LIST_ITEMS as u16)]);
		let items = |count| many(&vec![Scalar::Bool(true); count]);
		create(ALICE, class, some(&[(0, items(3)), (1, items(most))]));
		assert_noop!(try_create(ALICE, class, some(&[(0, items(4))])), Error::TooManyItems);
		// More than the format has do not even decode.
		let more = vec![Scalar::Bool(true); most + 1];
		assert!(BoundedVec::<Scalar, sp_core::ConstU32<MAX_LIST_ITEMS>>::try_from(more).is_err());
	});
}

#[test]
fn create_entity_fails_for_properties_unknown_or_named_twice_or_missing() {
	run(|| {
		let class =
			class("Some", &[one("a", INT).required(), one("b", INT), list("c", INT, 1).required()]);
		let with = |more: &[(PropertyId, Value)]| {
			let mut all = vec![(0, int(1).into()), (2, many(&[]))];
			all.extend_from_slice(more);
			try_create(ALICE, class, some(&all))
		};
		assert_ok!(with(&[(1, int(1).into())]));
		assert_noop!(with(&[(3, int(1).into())]), Error::UnknownProperty);
		assert_noop!(with(&[(PropertyId::MAX, int(1).into())]), Error::UnknownProperty);
		assert_noop!(with(&[(0, int(1).into())]), Error::DuplicateProperty);
		assert_noop!(with(&[(1, int(1).into()), (1, int(2).into())]), Error::DuplicateProperty);
		assert_noop!(try_create(ALICE, class, values([])), Error::MissingRequired);
		assert_noop!(try_create(ALICE, class, values([int(1), int(1)])), Error::MissingRequired);
	});
}

#[test]
fn create_entity_fails_for_entity_too_large() {
	const LONGEST: usize = MAX_STRING_BYTES as usize;
	run(|| {
		let long = ScalarType::Bytes { max_length: MAX_STRING_BYTES };
		let class = class("Large", &[one("a", long.clone()), one("b", long)]);
		let bytes = |length: usize| Scalar::Bytes(bounded(&vec![0; length]));
		let overhead =
			codec::Encode::encoded_size(&values([bytes(LONGEST), bytes(LONGEST)])) - 2 * LONGEST;
		let rest = MAX_ENTITY_BYTES as usize - overhead - LONGEST;
		let id = create(ALICE, class, values([bytes(LONGEST), bytes(rest)]));
		assert_eq!(codec::Encode::encoded_size(&stored(id).values), MAX_ENTITY_BYTES as usize);
		let larger = values([bytes(LONGEST), bytes(rest + 1)]);
		assert_noop!(try_create(ALICE, class, larger), Error::EntityTooLarge);
		assert_noop!(set(ALICE, id, 1, bytes(rest + 1)), Error::EntityTooLarge);
	});
}

#[test]
fn create_entity_fails_for_too_many_references() {
	run(|| {
		let targets = simple_class();
		let target = create(ALICE, targets, values([int(1)]));
		let class =
			class("Refers", &[list("a", to_class(targets), 128), one("b", to_own(targets))]);
		let most = MAX_REFERENCES as usize;
		let id = create(ALICE, class, some(&[(0, many(&vec![to(target); most]))]));
		assert_noop!(set(ALICE, id, 1, to(target)), Error::TooManyReferences);
		let more = some(&[(0, many(&vec![to(target); most + 1]))]);
		assert_noop!(try_create(ALICE, class, more), Error::TooManyReferences);
	});
}

#[test]
fn create_entity_fails_for_too_many_objects() {
	run(|| {
		pin(ALICE, hash(1));
		let class = class("Media", &[list("a", OBJECT, 128), one("b", OBJECT)]);
		let most = MAX_OBJECTS as usize;
		let id = create(ALICE, class, some(&[(0, many(&vec![object(1); most]))]));
		assert_noop!(set(ALICE, id, 1, object(1)), Error::TooManyObjects);
		let more = some(&[(0, many(&vec![object(1); most + 1]))]);
		assert_noop!(try_create(ALICE, class, more), Error::TooManyObjects);
	});
}

#[test]
fn create_entity_works_with_every_property() {
	run(|| {
		let properties =
			(0..MAX_PROPERTIES).map(|number| one(&format!("p{number}"), INT).required());
		let class = class("Wide", &properties.collect::<Vec<_>>());
		let id = create(ALICE, class, values([(); MAX_PROPERTIES as usize].map(|_| int(1))));
		assert_ok!(set(ALICE, id, 63, int(2)));
		assert_noop!(clear(ALICE, id, 63), Error::MissingRequired);
		// All of an old version's ids are taken, so that a further one finds no room beside them.
		assert_noop!(set(ALICE, id, 64, int(2)), Error::UnknownProperty);
	});
}
