//! Which schemas can be suggested.

use super::*;
use limits::*;
use SchemaError::*;

fn check(properties: &[Property]) -> Result<(), SchemaError> {
	draft(properties).check(None)
}

/// Checks a schema whose second property is at fault.
fn second(bad: Property) -> Result<(), SchemaError> {
	check(&[one("first", INT), bad])
}

#[test]
fn schemas_of_every_type_are_fine() {
	let kinds = [
		ScalarType::Bool,
		INT,
		ScalarType::Int { min: Some(i64::MIN), max: Some(i64::MAX) },
		ScalarType::Int { min: Some(7), max: Some(7) },
		ScalarType::Decimal { scale: 0 },
		ScalarType::Decimal { scale: MAX_DECIMAL_SCALE },
		ScalarType::Text { max_length: 1 },
		ScalarType::Text { max_length: MAX_STRING_BYTES },
		ScalarType::Bytes { max_length: 1 },
		ScalarType::Bytes { max_length: MAX_STRING_BYTES },
		ScalarType::Hash32,
		ScalarType::Timestamp,
		variants(&[b"a"]),
		variants(&["ä".as_bytes(), b"A", b"a", b" "]),
		ScalarType::Reference { class: None, same_owner: true },
		ScalarType::Reference { class: Some(9), same_owner: false },
		ScalarType::DataObject,
	];
	for kind in kinds {
		assert_eq!(check(&[one("a", kind.clone())]), Ok(()), "{kind:?}");
		assert_eq!(check(&[list("a", kind.clone(), 1)]), Ok(()), "{kind:?}");
		assert_eq!(check(&[list("a", kind.clone(), MAX_LIST_ITEMS as u16)]), Ok(()), "{kind:?}");
		let searchable = Property { unique: true, indexed: true, ..one("a", kind.clone()) };
		assert_eq!(check(&[searchable]), Ok(()), "{kind:?}");
	}
}

#[test]
fn empty_schema_is_refused() {
	assert_eq!(check(&[]), Err(Empty));
}

#[test]
fn too_large_schema_is_refused() {
	use codec::Encode;
	// Sixty-three properties with room to spare, and one that fills it to the byte.
	let mut properties = (0..63).map(|number| one(&format!("p{number}"), INT)).collect::<Vec<_>>();
	for property in &mut properties {
		property.description = bounded(&[b'x'; 242]);
	}
	properties.push(one("last", INT));
	let room = MAX_SCHEMA_BYTES as usize - draft(&properties).encoded_size();
	assert!((64..256).contains(&room), "{room}");
	// Descriptions of 64 bytes and more have a length of two bytes instead of one.
	properties[63].description = bounded(&vec![b'x'; room - 1]);
	assert_eq!(draft(&properties).encoded_size(), MAX_SCHEMA_BYTES as usize);
	assert_eq!(check(&properties), Ok(()));
	properties[63].description = bounded(&vec![b'x'; room]);
	assert_eq!(check(&properties), Err(TooLarge));
}

#[test]
fn bad_names_are_refused() {
	for bad in ["", "a b", "1", "_", "ä"] {
		assert_eq!(second(one(bad, INT)), Err(BadName(1)), "{bad}");
	}
	assert_eq!(second(one("first", TEXT)), Err(DuplicateName(1)));
	assert_eq!(second(one("First", TEXT)), Ok(()));
}

#[test]
fn texts_not_utf8_are_refused() {
	let bad = Property { description: bounded(&[0xff]), ..one("a", INT) };
	assert_eq!(second(bad), Err(NotUtf8(1)));
	assert_eq!(second(one("a", variants(&[b"a", &[0xc3]]))), Err(NotUtf8(1)));
}

#[test]
fn limits_out_of_reach_are_refused() {
	let both = |kind: ScalarType, error| {
		assert_eq!(second(one("a", kind.clone())), Err(error));
		assert_eq!(second(list("a", kind, 1)), Err(error));
	};
	both(ScalarType::Int { min: Some(1), max: Some(0) }, EmptyRange(1));
	both(ScalarType::Decimal { scale: MAX_DECIMAL_SCALE + 1 }, BadScale(1));
	for max_length in [0, MAX_STRING_BYTES + 1] {
		both(ScalarType::Text { max_length }, BadLimit(1));
		both(ScalarType::Bytes { max_length }, BadLimit(1));
	}
	for max_items in [0, MAX_LIST_ITEMS as u16 + 1] {
		assert_eq!(second(list("a", INT, max_items)), Err(BadLimit(1)));
	}
	both(variants(&[]), BadVariants(1));
	both(variants(&[b"a", b""]), BadVariants(1));
	both(variants(&[b"a", b"b", b"a"]), BadVariants(1));
}

#[test]
fn searchable_lists_are_refused() {
	let unique = Property { unique: true, ..list("a", INT, 1) };
	let indexed = Property { indexed: true, ..list("a", INT, 1) };
	assert_eq!(second(unique), Err(ListNotSearchable(1)));
	assert_eq!(second(indexed), Err(ListNotSearchable(1)));
}

#[test]
fn too_many_searchable_properties_are_refused() {
	let some = |count: u32, change: fn(&mut Property)| {
		let mut properties =
			(0..count).map(|number| one(&format!("p{number}"), INT)).collect::<Vec<_>>();
		properties.iter_mut().for_each(change);
		check(&properties)
	};
	assert_eq!(some(MAX_UNIQUE, |property| property.unique = true), Ok(()));
	assert_eq!(some(MAX_UNIQUE + 1, |property| property.unique = true), Err(TooManyUnique));
	assert_eq!(some(MAX_INDEXED, |property| property.indexed = true), Ok(()));
	assert_eq!(some(MAX_INDEXED + 1, |property| property.indexed = true), Err(TooManyIndexed));
	assert_eq!(some(MAX_PROPERTIES, |property| property.required = true), Ok(()));
}

#[test]
fn property_that_requires_its_own_class_is_refused() {
	let required = |property| Property { required: true, ..property };
	for same_owner in [false, true] {
		let itself = ScalarType::Reference { class: None, same_owner };
		assert_eq!(second(required(one("a", itself.clone()))), Err(RequiresItself(1)));
		// An empty list will do.
		assert_eq!(second(required(list("a", itself.clone(), 1))), Ok(()));
		assert_eq!(second(one("a", itself)), Ok(()));
		let other = ScalarType::Reference { class: Some(0), same_owner };
		assert_eq!(second(required(one("a", other))), Ok(()));
	}
}

fn carry(from: PropertyId, property: Property) -> DraftProperty {
	DraftProperty { property, rule: Some(Rule::Carry(Carry { from })) }
}

fn follows(before: Option<&Schema>, drafts: &[DraftProperty]) -> Result<(), SchemaError> {
	SchemaDraft { properties: bounded(drafts) }.check(before)
}

#[test]
fn carry_keeps_what_a_property_is() {
	let old = schema(&[one("name", TEXT), Property { unique: true, ..one("isbn", TEXT) }]);
	let old = Some(&old);
	let changed = Property {
		required: true,
		locked: true,
		description: bounded(b"other"),
		..one("title", TEXT)
	};
	assert_eq!(follows(old, &[carry(0, changed)]), Ok(()));
	let isbn = Property { unique: true, ..one("isbn", TEXT) };
	assert_eq!(follows(old, &[carry(1, isbn.clone()), carry(0, one("name", TEXT))]), Ok(()));

	for bad in [
		one("name", INT),
		one("name", ScalarType::Text { max_length: 101 }),
		list("name", TEXT, 1),
		Property { unique: true, ..one("name", TEXT) },
		Property { indexed: true, ..one("name", TEXT) },
	] {
		assert_eq!(follows(old, &[carry(0, bad)]), Err(CarryChanges(0)));
	}
	assert_eq!(follows(old, &[carry(1, one("isbn", TEXT))]), Err(CarryChanges(0)));
}

#[test]
fn carry_of_nothing_or_twice_is_refused() {
	let old = schema(&[one("name", TEXT)]);
	assert_eq!(follows(Some(&old), &[carry(1, one("name", TEXT))]), Err(BadCarry(0)));
	assert_eq!(follows(None, &[carry(0, one("name", TEXT))]), Err(BadCarry(0)));
	let twice = [carry(0, one("a", TEXT)), carry(0, one("b", TEXT))];
	assert_eq!(follows(Some(&old), &twice), Err(BadCarry(1)));
}

#[test]
fn ids_are_kept_and_given_out_in_order() {
	let drafts = [
		DraftProperty { property: one("a", INT), rule: None },
		carry(2, one("b", INT)),
		DraftProperty { property: one("c", INT), rule: None },
	];
	let draft = SchemaDraft { properties: bounded(&drafts) };
	let (properties, next) = draft.clone().with_ids(7).unwrap();
	assert_eq!(properties.iter().map(|property| property.id).collect::<Vec<_>>(), [7, 2, 8]);
	assert_eq!(next, 9);
	assert_eq!(properties[1].rule, drafts[1].rule);
	// The last number is never given out, since no next one would follow it.
	assert!(draft.clone().with_ids(PropertyId::MAX - 2).is_some());
	assert!(draft.with_ids(PropertyId::MAX - 1).is_none());
}

#[test]
fn referenced_classes_are_those_named_by_number() {
	let to = |class| ScalarType::Reference { class, same_owner: false };
	let draft = draft(&[
		one("a", to(Some(3))),
		one("b", to(None)),
		list("c", to(Some(5)), 2),
		one("d", INT),
		one("e", to(Some(3))),
	]);
	assert_eq!(draft.referenced_classes().collect::<Vec<_>>(), [3, 5, 3]);
}

#[test]
fn properties_are_found_by_id_and_name() {
	let schema = schema(&[one("a", INT), one("b", TEXT)]);
	assert_eq!(schema.property(1).unwrap().property.name.as_slice(), b"b");
	assert_eq!(schema.property_by_name(b"b").unwrap().id, 1);
	assert!(schema.property(2).is_none());
	assert!(schema.property_by_name(b"B").is_none());
}
