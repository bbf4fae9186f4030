//! Which values fit a schema.

use super::*;
use limits::*;
use ValueError::*;

/// Checks one value of one property.
fn check(kind: PropertyType, value: impl Into<Value>) -> Result<(), ValueError> {
	let result = schema(&[property("a", kind)]).check_values(&entity_values(&[(0, value.into())]));
	result.map_err(|(property, error)| {
		assert_eq!(property, Some(0), "the property at fault comes along");
		error
	})
}

fn check_one(kind: ScalarType, scalar: Scalar) -> Result<(), ValueError> {
	let alone = check(PropertyType::Single(kind.clone()), scalar.clone());
	let listed = Value::List(bounded(&[scalar]));
	assert_eq!(alone, check(PropertyType::List { item: kind, max_items: 1 }, listed));
	alone
}

fn of_each_type() -> [(ScalarType, Scalar); 10] {
	[
		(ScalarType::Bool, Scalar::Bool(false)),
		(INT, Scalar::Int(1)),
		(ScalarType::Decimal { scale: 2 }, Scalar::Decimal(1)),
		(TEXT, text("a")),
		(ScalarType::Bytes { max_length: 9 }, Scalar::Bytes(bounded(b"a"))),
		(ScalarType::Hash32, Scalar::Hash32([1; 32])),
		(ScalarType::Timestamp, Scalar::Timestamp(1)),
		(variants(&[b"a", b"b"]), Scalar::Enum(1)),
		(ScalarType::Reference { class: None, same_owner: false }, reference(1, 1)),
		(ScalarType::DataObject, Scalar::DataObject([1; 32])),
	]
}

#[test]
fn each_type_takes_its_own_values_alone() {
	for (at, (kind, _)) in of_each_type().into_iter().enumerate() {
		for (other, (_, value)) in of_each_type().into_iter().enumerate() {
			let expected = if at == other { Ok(()) } else { Err(WrongType) };
			assert_eq!(check_one(kind.clone(), value.clone()), expected);
			// A list is no single value, and the reverse.
			let listed = Value::List(bounded(core::slice::from_ref(&value)));
			assert_eq!(check(PropertyType::Single(kind.clone()), listed), Err(WrongType));
			let list = PropertyType::List { item: kind.clone(), max_items: 5 };
			assert_eq!(check(list, value), Err(WrongType));
		}
	}
}

#[test]
fn numbers_stay_in_range() {
	let range = |min, max| move |value| check_one(ScalarType::Int { min, max }, Scalar::Int(value));
	let both = range(Some(-1), Some(1));
	assert_eq!([-2, -1, 1, 2].map(both), [Err(OutOfRange), Ok(()), Ok(()), Err(OutOfRange)]);
	assert_eq!([i64::MIN, 0].map(range(Some(0), None)), [Err(OutOfRange), Ok(())]);
	assert_eq!([0, i64::MAX].map(range(None, Some(0))), [Ok(()), Err(OutOfRange)]);
	assert_eq!([i64::MIN, i64::MAX].map(range(None, None)), [Ok(()), Ok(())]);
}

#[test]
fn texts_are_utf8_and_counted_in_characters() {
	let three =
		|value: &[u8]| check_one(ScalarType::Text { max_length: 3 }, Scalar::Text(bounded(value)));
	for good in ["", "abc", "äöü", "🎬🎬🎬", "\0\0\0"] {
		assert_eq!(three(good.as_bytes()), Ok(()));
	}
	for long in ["abcd", "äöüß", "e\u{301}e\u{301}"] {
		assert_eq!(three(long.as_bytes()), Err(TooLong));
	}
	for bad in [&[0xff][..], &[0xc3], &[0xed, 0xa0, 0x80], &[0xc0, 0x80], b"abcdef\xff"] {
		assert_eq!(three(bad), Err(NotUtf8));
	}
	let full = [b'x'; MAX_STRING_BYTES as usize];
	let longest = ScalarType::Text { max_length: MAX_STRING_BYTES };
	assert_eq!(check_one(longest, Scalar::Text(bounded(&full))), Ok(()));
}

#[test]
fn bytes_are_counted() {
	let three = |value: &[u8]| {
		check_one(ScalarType::Bytes { max_length: 3 }, Scalar::Bytes(bounded(value)))
	};
	assert_eq!(three(&[]), Ok(()));
	assert_eq!(three(&[0xff; 3]), Ok(()));
	assert_eq!(three(&[0xff; 4]), Err(TooLong));
}

#[test]
fn variants_are_those_defined() {
	let check = |number| check_one(variants(&[b"a", b"b"]), Scalar::Enum(number));
	assert_eq!(
		[0, 1, 2, 255].map(check),
		[Ok(()), Ok(()), Err(UnknownVariant), Err(UnknownVariant)]
	);
	let names = (0..MAX_VARIANTS).map(|number| number.to_string()).collect::<Vec<_>>();
	let most = variants(&names.iter().map(|name| name.as_bytes()).collect::<Vec<_>>());
	assert_eq!(check_one(most.clone(), Scalar::Enum(MAX_VARIANTS as u8 - 1)), Ok(()));
	assert_eq!(check_one(most, Scalar::Enum(MAX_VARIANTS as u8)), Err(UnknownVariant));
}

#[test]
fn lists_have_a_longest_length() {
	let check = |max_items, count: usize| {
		let items = vec![Scalar::Int(1); count];
		check(PropertyType::List { item: INT, max_items }, Value::List(bounded(&items)))
	};
	assert_eq!(check(2, 0), Ok(()));
	assert_eq!(check(2, 2), Ok(()));
	assert_eq!(check(2, 3), Err(TooManyItems));
	assert_eq!(check(MAX_LIST_ITEMS as u16, MAX_LIST_ITEMS as usize), Ok(()));
}

#[test]
fn properties_are_known_and_named_once_and_in_order() {
	let schema = schema(&[one("a", INT), one("b", INT)]);
	let check = |ids: &[PropertyId]| {
		let values = ids.iter().map(|id| (*id, Scalar::Int(1).into())).collect::<Vec<_>>();
		schema.check_values(&entity_values(&values))
	};
	assert_eq!(check(&[]), Ok(()));
	assert_eq!(check(&[0, 1]), Ok(()));
	assert_eq!(check(&[1]), Ok(()));
	assert_eq!(check(&[0, 2]), Err((Some(2), UnknownProperty)));
	assert_eq!(check(&[0, 0]), Err((Some(0), DuplicateProperty)));
	assert_eq!(check(&[1, 0]), Err((Some(0), DuplicateProperty)));
	let mut unordered = entity_values(&[(1, Scalar::Int(1).into()), (0, Scalar::Int(0).into())]);
	unordered.sort();
	assert_eq!(schema.check_values(&unordered), Ok(()));
	assert_eq!(unordered.value(0), Some(&Scalar::Int(0).into()));
	assert_eq!(unordered.value(2), None);
}

#[test]
fn required_properties_are_there() {
	let required = |property| Property { required: true, ..property };
	let schema = schema(&[one("a", INT), required(one("b", INT)), required(list("c", INT, 1))]);
	let (b, c) = ((1, Scalar::Int(1).into()), (2, Value::List(Default::default())));
	assert_eq!(schema.check_values(&entity_values(&[b.clone(), c.clone()])), Ok(()));
	assert_eq!(schema.check_values(&entity_values(&[c])), Err((Some(1), MissingRequired)));
	assert_eq!(schema.check_values(&entity_values(&[b])), Err((Some(2), MissingRequired)));
}

#[test]
fn entities_have_a_largest_size() {
	use codec::Encode;
	let long = ScalarType::Bytes { max_length: MAX_STRING_BYTES };
	let schema = schema(&[one("a", long.clone()), one("b", long)]);
	let of = |second: usize| {
		let bytes = |length| Value::from(Scalar::Bytes(bounded(&vec![0; length])));
		entity_values(&[(0, bytes(MAX_STRING_BYTES as usize)), (1, bytes(second))])
	};
	let room = MAX_ENTITY_BYTES as usize - of(100).encoded_size() + 100;
	assert_eq!(of(room).encoded_size(), MAX_ENTITY_BYTES as usize);
	assert_eq!(schema.check_values(&of(room)), Ok(()));
	assert_eq!(schema.check_values(&of(room + 1)), Err((None, EntityTooLarge)));
}

#[test]
fn references_and_objects_are_counted_over_all_properties() {
	let to_any = ScalarType::Reference { class: None, same_owner: false };
	let schema = schema(&[
		list("a", to_any.clone(), 128),
		one("b", to_any),
		list("c", ScalarType::DataObject, 128),
		one("d", ScalarType::DataObject),
	]);
	let of = |references: u32, objects: u32| {
		let object = Scalar::DataObject([1; 32]);
		let list = |scalar: Scalar, count| Value::List(bounded(&vec![scalar; count as usize]));
		let values = entity_values(&[
			(0, list(reference(0, 0), references - 1)),
			(1, reference(0, 1).into()),
			(2, list(object.clone(), objects - 1)),
			(3, object.into()),
		]);
		assert_eq!(values.references().count() as u32, references);
		assert_eq!(values.objects().count() as u32, objects);
		schema.check_values(&values)
	};
	assert_eq!(of(MAX_REFERENCES, MAX_OBJECTS), Ok(()));
	assert_eq!(of(MAX_REFERENCES + 1, 1), Err((None, TooManyReferences)));
	assert_eq!(of(1, MAX_OBJECTS + 1), Err((None, TooManyObjects)));
}

type Change = (PropertyId, Option<Scalar>);
type Applied = Result<Vec<(PropertyId, Value)>, (Option<PropertyId>, ValueError)>;

fn apply(schema: &Schema, values: &[(PropertyId, Scalar)], changes: &[Change]) -> Applied {
	let values = values.iter().map(|(id, value)| (*id, value.clone().into())).collect::<Vec<_>>();
	let changes = changes.iter().cloned().map(|(id, value)| (id, value.map(Into::into)));
	let changes: ValueChanges = bounded(&changes.collect::<Vec<_>>());
	schema.apply_changes(&entity_values(&values), changes).map(|values| values.to_vec())
}

fn int(value: i64) -> Scalar {
	Scalar::Int(value)
}

#[test]
fn changes_set_replace_and_clear() {
	let schema = schema(&[one("a", INT), one("b", INT), one("c", INT)]);
	let values = [(0, int(0)), (2, int(2))];
	let expect = |changes: &[Change], expected: &[(PropertyId, i64)]| {
		let expected = expected.iter().map(|(id, value)| (*id, int(*value).into()));
		assert_eq!(apply(&schema, &values, changes), Ok(expected.collect::<Vec<_>>()));
	};
	expect(&[], &[(0, 0), (2, 2)]);
	expect(&[(2, Some(int(5)))], &[(0, 0), (2, 5)]);
	// In order of property, whatever the order of the changes.
	expect(&[(2, Some(int(5))), (1, Some(int(6))), (0, None)], &[(1, 6), (2, 5)]);
	expect(&[(1, None)], &[(0, 0), (2, 2)]);
	expect(&[(0, None), (2, None)], &[]);
}

#[test]
fn changes_that_do_not_fit_are_refused() {
	let locked = |property| Property { locked: true, ..property };
	let required = |property| Property { required: true, ..property };
	let schema = schema(&[locked(one("a", INT)), required(one("b", INT)), locked(one("c", INT))]);
	let values = [(0, int(0)), (1, int(1))];
	let apply = |changes: &[Change]| apply(&schema, &values, changes).map(|_| ());
	assert_eq!(apply(&[(3, None)]), Err((Some(3), UnknownProperty)));
	assert_eq!(apply(&[(1, Some(int(1))), (1, None)]), Err((Some(1), DuplicateProperty)));
	assert_eq!(apply(&[(1, None)]), Err((Some(1), MissingRequired)));
	assert_eq!(apply(&[(1, Some(text("a")))]), Err((Some(1), WrongType)));
	assert_eq!(apply(&[(0, Some(int(1)))]), Err((Some(0), Locked)));
	assert_eq!(apply(&[(0, None)]), Err((Some(0), Locked)));
	assert_eq!(apply(&[(2, Some(int(1)))]), Err((Some(2), Locked)));
	assert_eq!(apply(&[(0, Some(int(0))), (2, None)]), Ok(()));
}
