//! Which schemas can be suggested.

use super::*;
use limits::*;
use SchemaError::*;

/// The class whose next version is suggested.
const OWN: ClassId = 7;

fn check(properties: &[Property]) -> Result<(), SchemaError> {
	draft(properties).check(None, None)
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
		// By its number as well, once the class has one.
		let own = ScalarType::Reference { class: Some(OWN), same_owner };
		let own = draft(&[required(one("a", own))]);
		assert_eq!(own.check(Some(OWN), None), Err(RequiresItself(0)));
		assert_eq!(own.check(Some(OWN + 1), None), Ok(()));
	}
}

fn carry(from: PropertyId, property: Property) -> DraftProperty {
	DraftProperty { property, rule: Some(Rule::Carry(Carry { from })) }
}

fn follows(before: Option<&Schema>, drafts: &[DraftProperty]) -> Result<(), SchemaError> {
	SchemaDraft { properties: bounded(drafts) }.check(Some(OWN), before)
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

	// Limits change, and what was not unique or indexed becomes so.
	for good in [
		one("name", ScalarType::Text { max_length: 1 }),
		one("name", ScalarType::Text { max_length: MAX_STRING_BYTES }),
		Property { unique: true, ..one("name", TEXT) },
		Property { indexed: true, ..one("name", TEXT) },
	] {
		assert_eq!(follows(old, &[carry(0, good)]), Ok(()));
	}
	for bad in [one("name", INT), list("name", TEXT, 1)] {
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

fn ruled(rule: Rule, property: Property) -> DraftProperty {
	DraftProperty { property, rule: Some(rule) }
}

fn choice_of(names: &[&str]) -> ScalarType {
	let names = names.iter().map(|name| bounded(name.as_bytes())).collect::<Vec<_>>();
	ScalarType::Enum { variants: bounded(&names) }
}

#[test]
fn carried_kinds_are_those_whose_values_mean_the_same() {
	let single = |kind: &ScalarType| PropertyType::Single(kind.clone());
	let reference = |class, same_owner| ScalarType::Reference { class, same_owner };
	let carries = |old: &ScalarType, new: &ScalarType| single(old).carries(&single(new));
	for (old, new) in [
		(INT, ScalarType::Int { min: Some(0), max: Some(1) }),
		(ScalarType::Bytes { max_length: 1 }, ScalarType::Bytes { max_length: 2 }),
		(choice_of(&["a", "b"]), choice_of(&["a"])),
		(choice_of(&["a"]), choice_of(&["a", "b"])),
		(reference(None, false), reference(Some(3), true)),
	] {
		assert!(carries(&old, &new) && carries(&new, &old), "{old:?} {new:?}");
	}
	for (old, new) in [
		(ScalarType::Decimal { scale: 1 }, ScalarType::Decimal { scale: 2 }),
		(choice_of(&["a", "b"]), choice_of(&["b", "a"])),
		(INT, ScalarType::Timestamp),
		(ScalarType::Hash32, ScalarType::DataObject),
		(TEXT, ScalarType::Bytes { max_length: 1 }),
	] {
		assert!(!carries(&old, &new) && !carries(&new, &old), "{old:?} {new:?}");
	}
}

#[test]
fn casts_are_those_that_there_are_conversions_for() {
	let old = schema(&[one("int", INT), one("text", TEXT), list("texts", TEXT, 3)]);
	let old = Some(&old);
	let table: CastTable = bounded(&[(bounded(b"yes"), 0), (bounded(b"no"), 1)]);
	let choice = choice_of(&["yes", "no"]);
	let cast = |from, table: &CastTable| Rule::Cast(Cast { from, table: table.clone() });
	let plain = |from| cast(from, &Default::default());
	for (rule, property) in [
		(plain(0), one("a", ScalarType::Decimal { scale: 2 })),
		(plain(0), one("a", TEXT)),
		(plain(0), one("a", INT)),
		(plain(0), list("a", INT, 1)),
		(plain(0), list("a", TEXT, 1)),
		(plain(2), list("a", TEXT, 1)),
		(cast(1, &table), one("a", choice.clone())),
		(cast(1, &table), list("a", choice.clone(), 1)),
	] {
		assert_eq!(follows(old, &[ruled(rule, property)]), Ok(()));
	}
	for (rule, property, error) in [
		(plain(3), one("a", INT), BadCarry(0)),
		(plain(0), one("a", ScalarType::Timestamp), BadCast(0)),
		(plain(1), one("a", INT), BadCast(0)),
		(plain(2), one("a", TEXT), BadCast(0)),
		(plain(1), one("a", choice.clone()), BadTable(0)),
		(cast(1, &table), one("a", TEXT), BadTable(0)),
		(cast(1, &table), one("a", choice_of(&["yes"])), BadTable(0)),
		(
			cast(1, &bounded(&[(bounded(b"x"), 0), (bounded(b"x"), 1)])),
			one("a", choice.clone()),
			BadTable(0),
		),
		(cast(1, &bounded(&[(bounded(&[0xff]), 0)])), one("a", choice.clone()), NotUtf8(0)),
	] {
		assert_eq!(follows(old, &[ruled(rule, property)]), Err(error));
	}
	// One source may be cast as often as wanted, also besides being carried.
	let both =
		[carry(0, one("a", INT)), ruled(plain(0), one("b", TEXT)), ruled(plain(0), one("c", TEXT))];
	assert_eq!(follows(old, &both), Ok(()));
}

#[test]
fn defaults_fit_and_choose_nothing_for_anyone() {
	let old = schema(&[one("int", INT)]);
	let old = Some(&old);
	let value = |scalar: Scalar| Rule::Default(scalar.into());
	let to = ScalarType::Reference { class: None, same_owner: false };
	assert_eq!(follows(old, &[ruled(value(Scalar::Int(1)), one("a", INT))]), Ok(()));
	for (rule, property) in [
		(value(Scalar::Bool(true)), one("a", INT)),
		(value(Scalar::Int(2)), one("a", ScalarType::Int { min: None, max: Some(1) })),
		(value(Scalar::Int(1)), Property { unique: true, ..one("a", INT) }),
		(value(reference(0, 0)), one("a", to)),
		(value(Scalar::DataObject([1; 32])), one("a", ScalarType::DataObject)),
	] {
		assert_eq!(follows(old, &[ruled(rule, property)]), Err(BadDefault(0)));
	}
}

#[test]
fn first_version_has_nothing_for_rules_to_start_from() {
	let default = ruled(Rule::Default(Scalar::Int(1).into()), one("a", INT));
	assert_eq!(follows(None, &[default]), Err(RuleWithoutBase(0)));
	assert_eq!(follows(None, &[ruled(Rule::Ask, one("a", INT))]), Err(RuleWithoutBase(0)));
	let cast = Rule::Cast(Cast { from: 0, table: Default::default() });
	assert_eq!(follows(None, &[ruled(cast, one("a", TEXT))]), Err(BadCarry(0)));
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
