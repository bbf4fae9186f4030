//! What a later version makes of an entity's values.

use super::*;
use limits::*;
use proptest::prelude::*;

const CLASS: ClassId = 7;

fn follow(before: &Schema, drafts: &[(Property, Option<Rule>)]) -> Schema {
	let drafts = drafts
		.iter()
		.map(|(property, rule)| DraftProperty { property: property.clone(), rule: rule.clone() })
		.collect::<Vec<_>>();
	let draft = SchemaDraft { properties: bounded(&drafts) };
	assert_eq!(draft.check(Some(CLASS), Some(before)), Ok(()));
	let (properties, _) = draft.with_ids(100).expect("enough ids");
	Schema { status: SchemaStatus::Active, base: 1, properties }
}

fn carry(from: PropertyId) -> Option<Rule> {
	Some(Rule::Carry(Carry { from }))
}

fn cast(from: PropertyId) -> Option<Rule> {
	Some(Rule::Cast(Cast { from, table: Default::default() }))
}

fn required(property: Property) -> Property {
	Property { required: true, ..property }
}

/// What the new version makes of the values; every check against the chain's state gives `state`.
fn migrate_where(
	before: &Schema,
	new: &Schema,
	values: &[(PropertyId, Value)],
	state: bool,
) -> (Vec<(PropertyId, Value)>, Vec<PropertyId>) {
	let migrated = new.migrate(CLASS, before, &entity_values(values).into(), |_, _, _| state);
	let Migrated { values, asked } = migrated;
	assert!(asked.iter().all(|id| values.value(*id).is_none()));
	(values.0.into_inner(), asked)
}

/// One property that follows from one: its value, or that it is asked for.
fn single(
	old: ScalarType,
	new: Property,
	rule: Option<Rule>,
	value: Option<Scalar>,
) -> Result<Option<Value>, PropertyId> {
	let before = schema(&[one("old", old)]);
	let after = follow(&before, &[(new, rule)]);
	let values = value.map(|value| (0, value.into())).into_iter().collect::<Vec<_>>();
	match migrate_where(&before, &after, &values, true) {
		(values, asked) if asked.is_empty() => {
			Ok(values.into_iter().next().map(|(_, value)| value))
		},
		(values, asked) => {
			assert_eq!((values.len(), asked.len()), (0, 1));
			Err(asked[0])
		},
	}
}

#[test]
fn what_is_carried_stays_or_is_asked_for() {
	let narrow = ScalarType::Int { min: Some(0), max: Some(9) };
	let carried = |new: Property, value| single(INT, new, carry(0), value);
	let int = |value| Some(Scalar::Int(value));
	assert_eq!(carried(one("a", narrow.clone()), int(9)), Ok(Some(Scalar::Int(9).into())));
	assert_eq!(carried(one("a", narrow.clone()), int(10)), Err(0));
	assert_eq!(carried(one("a", narrow.clone()), int(-1)), Err(0));
	assert_eq!(carried(one("a", narrow), None), Ok(None));
	assert_eq!(carried(required(one("a", INT)), None), Err(0));

	let text = |value: &str| Some(super::text(value));
	let short = || one("a", ScalarType::Text { max_length: 3 });
	// Characters count, not bytes.
	assert_eq!(single(TEXT, short(), carry(0), text("äöü")), Ok(text("äöü").map(Value::from)));
	assert_eq!(single(TEXT, short(), carry(0), text("abcd")), Err(0));

	let old = ScalarType::Enum { variants: bounded(&[bounded(b"a"), bounded(b"b")]) };
	let fewer = one("a", ScalarType::Enum { variants: bounded(&[bounded(b"a")]) });
	let variant = |value| Some(Scalar::Enum(value));
	assert_eq!(
		single(old.clone(), fewer.clone(), carry(0), variant(0)),
		Ok(Some(Scalar::Enum(0).into()))
	);
	assert_eq!(single(old, fewer, carry(0), variant(1)), Err(0));
}

#[test]
fn shorter_lists_ask() {
	let before = schema(&[list("old", INT, 3)]);
	let after = follow(&before, &[(list("new", INT, 2), carry(0))]);
	let items = |count: i64| Value::List(bounded(&(0..count).map(Scalar::Int).collect::<Vec<_>>()));
	let two = vec![(0, items(2))];
	assert_eq!(migrate_where(&before, &after, &two, true), (two.clone(), vec![]));
	assert_eq!(migrate_where(&before, &after, &[(0, items(3))], true), (vec![], vec![0]));
}

#[test]
fn casts_convert() {
	let decimal = |scale| one("a", ScalarType::Decimal { scale });
	let int = |value| Some(Scalar::Int(value));
	assert_eq!(single(INT, decimal(2), cast(0), int(-7)), Ok(Some(Scalar::Decimal(-700).into())));
	assert_eq!(single(INT, decimal(18), cast(0), int(10)), Err(100), "it overflows");
	assert_eq!(single(INT, decimal(2), cast(0), None), Ok(None));
	assert_eq!(single(INT, required(decimal(2)), cast(0), None), Err(100));
	let listed = Value::List(bounded(&[Scalar::Int(5)]));
	assert_eq!(single(INT, list("a", INT, 4), cast(0), int(5)), Ok(Some(listed)));
	let text_list = Value::List(bounded(&[text("5")]));
	assert_eq!(single(INT, list("a", TEXT, 4), cast(0), int(5)), Ok(Some(text_list)));
	let short = one("a", ScalarType::Text { max_length: 2 });
	assert_eq!(single(INT, short.clone(), cast(0), int(99)), Ok(Some(text("99").into())));
	assert_eq!(single(INT, short, cast(0), int(100)), Err(100));
}

#[test]
fn text_becomes_a_variant_by_the_table() {
	let new = one("a", variants(&[b"spoken", b"sung"]));
	let table = bounded(&[(bounded(b"sp"), 0), (bounded(b"su"), 1), (bounded(b"song"), 1)]);
	let rule = Some(Rule::Cast(Cast { from: 0, table }));
	let cast = |value| single(TEXT, new.clone(), rule.clone(), Some(text(value)));
	assert_eq!(cast("sp"), Ok(Some(Scalar::Enum(0).into())));
	assert_eq!(cast("song"), Ok(Some(Scalar::Enum(1).into())));
	assert_eq!(cast("other"), Err(100));
}

#[test]
fn every_type_has_its_text() {
	let choice = variants(&[b"no", b"yes"]);
	let moment = |value| scalar_text(&ScalarType::Timestamp, &Scalar::Timestamp(value));
	let decimal = |scale, value| {
		scalar_text(&ScalarType::Decimal { scale }, &Scalar::Decimal(value)).expect("it fits")
	};
	for (kind, scalar, expected) in [
		(ScalarType::Bool, Scalar::Bool(true), "true"),
		(INT, Scalar::Int(i64::MIN), "-9223372036854775808"),
		(TEXT, text("ä"), "ä"),
		(ScalarType::Bytes { max_length: 3 }, Scalar::Bytes(bounded(&[0, 0xab])), "0x00ab"),
		(choice.clone(), Scalar::Enum(1), "yes"),
		(ScalarType::Reference { class: None, same_owner: false }, reference(3, 17), "3-17"),
	] {
		assert_eq!(scalar_text(&kind, &scalar).as_deref(), Some(expected));
	}
	assert_eq!(scalar_text(&choice, &Scalar::Enum(2)), None);
	assert_eq!(
		scalar_text(&ScalarType::Hash32, &Scalar::Hash32([0x1f; 32])).unwrap(),
		format!("0x{}", "1f".repeat(32))
	);
	assert_eq!(decimal(0, -12), "-12");
	assert_eq!(decimal(2, -5), "-0.05");
	assert_eq!(decimal(2, 1234), "12.34");
	assert_eq!(decimal(18, i64::MIN), "-9.223372036854775808");
	for (value, expected) in [
		(0, "1970-01-01T00:00:00.000Z"),
		(-1, "1969-12-31T23:59:59.999Z"),
		(951_782_399_999, "2000-02-28T23:59:59.999Z"),
		(951_782_400_000, "2000-02-29T00:00:00.000Z"),
		(4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
		(-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
		(-62_167_219_200_001, "-0001-12-31T23:59:59.999Z"),
		(253_402_300_800_000, "+10000-01-01T00:00:00.000Z"),
	] {
		assert_eq!(moment(value).as_deref(), Some(expected));
	}
	// As bytes they take at most what a text may have.
	let bytes = |length| Scalar::Bytes(bounded(&vec![7; length]));
	let kind = ScalarType::Bytes { max_length: MAX_STRING_BYTES };
	assert_eq!(scalar_text(&kind, &bytes(4_095)).map(|text| text.len()), Some(8_192));
	assert_eq!(scalar_text(&kind, &bytes(4_096)), None);
}

#[test]
fn defaults_asks_and_new_properties() {
	let before = schema(&[one("dropped", INT), one("kept", INT)]);
	let default = Some(Rule::Default(Scalar::Int(5).into()));
	let after = follow(
		&before,
		&[
			(one("default", INT), default),
			(one("asked", INT), Some(Rule::Ask)),
			(one("empty", INT), None),
			(required(one("needed", INT)), None),
			(one("kept", INT), carry(1)),
		],
	);
	let values = [(0, Scalar::Int(1).into()), (1, Scalar::Int(2).into())];
	let expected = (vec![(1, Scalar::Int(2).into()), (100, Scalar::Int(5).into())], vec![101, 103]);
	assert_eq!(migrate_where(&before, &after, &values, true), expected);
}

#[test]
fn what_was_asked_for_is_asked_for_on() {
	let first = schema(&[one("a", INT)]);
	let second = follow(&first, &[(one("a", INT), Some(Rule::Ask)), (one("b", INT), carry(0))]);
	let migrated = second.migrate(
		CLASS,
		&first,
		&entity_values(&[(0, Scalar::Int(1).into())]).into(),
		|_, _, _| true,
	);
	assert_eq!(migrated.asked, [100]);
	let (properties, _) = SchemaDraft {
		properties: bounded(&[
			DraftProperty { property: one("carried", INT), rule: carry(100) },
			DraftProperty { property: one("cast", TEXT), rule: cast(100) },
			DraftProperty {
				property: one("default", INT),
				rule: Some(Rule::Default(Scalar::Int(3).into())),
			},
		]),
	}
	.with_ids(200)
	.unwrap();
	let third = Schema { status: SchemaStatus::Active, base: 2, properties };
	let migrated = third.migrate(CLASS, &second, &migrated, |_, _, _| true);
	assert_eq!(migrated.asked, [100, 200]);
	assert_eq!(migrated.values.0.into_inner(), [(201, Scalar::Int(3).into())]);
}

#[test]
fn state_is_asked_about_unique_values_and_tightened_references_alone() {
	let to = |class, same_owner| ScalarType::Reference { class, same_owner };
	let before = schema(&[
		one("key", INT),
		one("loose", to(None, false)),
		one("tight", to(Some(3), true)),
		one("own", to(None, false)),
		one("plain", INT),
	]);
	let unique = |property| Property { unique: true, ..property };
	let after = follow(
		&before,
		&[
			(unique(one("key", INT)), carry(0)),
			(one("loose", to(None, true)), carry(1)),
			(one("tight", to(Some(3), false)), carry(2)),
			(one("own", to(Some(CLASS), false)), carry(3)),
			(one("plain", INT), carry(4)),
		],
	);
	let values = [
		(0, Scalar::Int(1).into()),
		(1, reference(CLASS, 0).into()),
		(2, reference(3, 0).into()),
		(3, reference(CLASS, 0).into()),
		(4, Scalar::Int(1).into()),
	];
	assert_eq!(migrate_where(&before, &after, &values, true).0, values);
	let (kept, asked) = migrate_where(&before, &after, &values, false);
	assert_eq!(asked, [0, 1]);
	assert_eq!(kept, values[2..]);
	// A reference to another class than before is tightened too.
	let after = follow(&before, &[(one("loose", to(Some(9), false)), carry(1))]);
	assert_eq!(migrate_where(&before, &after, &values, false), (vec![], vec![1]));
}

#[test]
fn what_there_is_no_room_for_is_asked_for() {
	let bytes = |length: usize| Value::from(Scalar::Bytes(bounded(&vec![1; length])));
	let long = ScalarType::Bytes { max_length: MAX_STRING_BYTES };
	let before = schema(&[one("a", long.clone()), one("b", long.clone())]);
	let after = follow(
		&before,
		&[
			// Comes first, and yet after what is carried.
			(one("new", long.clone()), Some(Rule::Default(bytes(100)))),
			(one("small", INT), Some(Rule::Default(Scalar::Int(1).into()))),
			(one("a", long.clone()), carry(0)),
			(one("b", long), carry(1)),
		],
	);
	// One byte for their number; four more than its bytes for each.
	let full = |spare: usize| {
		let most = MAX_ENTITY_BYTES as usize - 1 - 2 * 6 - 8_192 - spare;
		[(0, bytes(8_192)), (1, bytes(most))]
	};
	let exact = entity_values(&full(0));
	assert_eq!(codec::Encode::encoded_size(&exact), MAX_ENTITY_BYTES as usize);
	let asked = |spare| migrate_where(&before, &after, &full(spare), true).1;
	assert_eq!(asked(0), [100, 101]);
	assert_eq!(asked(11), [100, 101]);
	assert_eq!(asked(12), [100]);
	assert_eq!(asked(105), [100]);
	assert_eq!(asked(106), [101]);
	let migrated = after.migrate(CLASS, &before, &entity_values(&full(200)).into(), |_, _, _| true);
	assert!(migrated.asked.is_empty());
	assert_eq!(after.check_values(&migrated.values), Ok(()));
}

#[test]
fn more_references_than_there_may_be_are_asked_for() {
	let to = ScalarType::Reference { class: None, same_owner: false };
	let before = schema(&[list("many", to.clone(), 64)]);
	let after = follow(
		&before,
		&[(list("copy", to.clone(), 64), cast(0)), (list("many", to, 64), carry(0))],
	);
	let items = |count: u32| {
		Value::List(bounded(&(0..count).map(|serial| reference(7, serial)).collect::<Vec<_>>()))
	};
	assert!(migrate_where(&before, &after, &[(0, items(32))], true).1.is_empty());
	assert_eq!(migrate_where(&before, &after, &[(0, items(33))], true).1, [100]);
}

#[test]
fn what_is_asked_for_has_to_be_supplied_and_nothing_else() {
	let before = schema(&[one("a", INT)]);
	let after = follow(
		&before,
		&[
			(one("a", INT), carry(0)),
			(one("optional", INT), Some(Rule::Ask)),
			(required(one("needed", INT)), Some(Rule::Ask)),
		],
	);
	let values = entity_values(&[(0, Scalar::Int(1).into())]);
	let migrated = after.migrate(CLASS, &before, &values.into(), |_, _, _| true);
	let supply = |changes: &[ValueChange], free_form| {
		after.supply(migrated.clone(), bounded(changes), free_form)
	};
	let int = |id, value| (id, Some(Value::from(Scalar::Int(value))));
	let complete = supply(&[int(101, 3), (100, None)], false).unwrap();
	let expected = [(0, Scalar::Int(1).into()), (101, Scalar::Int(3).into())];
	assert_eq!(complete.0.into_inner(), expected);
	for (changes, error) in [
		(vec![int(101, 3)], (Some(100), ValueError::NotSupplied)),
		(vec![(100, None)], (Some(101), ValueError::NotSupplied)),
		(vec![int(101, 3), (100, None), int(0, 1)], (Some(0), ValueError::NotAsked)),
		(vec![int(101, 3), (100, None), int(9, 1)], (Some(9), ValueError::UnknownProperty)),
		(vec![int(101, 3), int(101, 3)], (Some(101), ValueError::DuplicateProperty)),
		(vec![(101, None), (100, None)], (Some(101), ValueError::MissingRequired)),
		(vec![(101, Some(text("x").into())), (100, None)], (Some(101), ValueError::WrongType)),
	] {
		assert_eq!(supply(&changes, false), Err(error));
	}
	// From a free-form document, what is optional may be left out.
	assert!(supply(&[int(101, 3)], true).is_ok());
	assert_eq!(supply(&[], true), Err((Some(101), ValueError::NotSupplied)));
}

#[test]
fn documents_are_json_and_say_nothing_to_a_schema() {
	let free_form = Schema::free_form();
	let document = |text: &str| entity_values(&[(DOCUMENT, super::text(text).into())]);
	// However deep it is: nothing here goes into it.
	let deep = "[".repeat(4_000) + &"]".repeat(4_000);
	for good in ["{}", "null", "[1, \"ä\", {\"a\": 1e9}]", " 1 ", &deep] {
		assert_eq!(free_form.check_values(&document(good)), Ok(()));
	}
	for bad in ["", "{", "{} {}", "{'a': 1}", "NaN", &deep[1..]] {
		assert_eq!(
			free_form.check_values(&document(bad)),
			Err((Some(DOCUMENT), ValueError::NotJson))
		);
	}
	assert_eq!(
		free_form.check_values(&Default::default()),
		Err((Some(DOCUMENT), ValueError::MissingRequired))
	);
	let schema = schema(&[one("a", INT), required(one("b", INT))]);
	let migrated = schema.migrate_free_form();
	assert_eq!((migrated.values, migrated.asked), (Default::default(), vec![0, 1]));
}

proptest! {
	/// The text of a moment is read back by counting days the slow way.
	#[test]
	fn moments_are_written_as_the_calendar_has_them(days in -30_000i64..60_000, of_day in 0i64..86_400_000) {
		let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
		let mut year = 1800;
		let mut left = days + (1970 - 1800) * 365 + (1800..1970).filter(|year| leap(*year)).count() as i64;
		while left >= 365 + i64::from(leap(year)) {
			left -= 365 + i64::from(leap(year));
			year += 1;
		}
		let february = 28 + i64::from(leap(year));
		let mut month = 1;
		for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
			if left < length {
				break;
			}
			left -= length;
			month += 1;
		}
		let text = scalar_text(&ScalarType::Timestamp, &Scalar::Timestamp(days * 86_400_000 + of_day)).unwrap();
		prop_assert!(text.starts_with(&format!("{year:04}-{month:02}-{:02}T", left + 1)), "{text}");
	}
}
