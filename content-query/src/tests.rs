//! The textual query: its grammar, what it means in a schema, and the places that errors point at.

use super::*;
use crate::{
	error::QueryError,
	explain::{plan_json, plan_text},
	json::{parse_position, position},
	lexer::MAX_TEXT_BYTES,
	parser::{parse_condition, parse_order, parse_query, Item, MAX_DEPTH},
	resolve::Context,
};
use proptest::prelude::*;
use rome_primitives::content::{
	select::{
		plan, Access, Comparison, Facts, Field, KeyRange, OrderBy, Plan, Position, Select, Term,
		Unused, MAX_TERMS,
	},
	DraftProperty, EntityId, EnumVariants, Property, PropertyType, Scalar, ScalarType, Schema,
	SchemaDraft, SchemaStatus,
};

/// The class `video` has the number 7, `person` 8; Alice is all ones.
struct Known;

impl Names for Known {
	fn class_id(&self, name: &str) -> Option<ClassId> {
		match name {
			"video" => Some(7),
			"person" => Some(8),
			_ => None,
		}
	}

	fn class_name(&self, id: ClassId) -> Option<String> {
		(id == 7).then(|| "video".into())
	}

	fn account(&self, written: &str) -> Option<[u8; 32]> {
		(written == "//Alice").then_some([1; 32])
	}
}

fn property(name: &str, kind: PropertyType, indexed: bool, unique: bool) -> DraftProperty {
	let property = Property {
		name: name.as_bytes().to_vec().try_into().unwrap(),
		description: Default::default(),
		kind,
		required: false,
		unique,
		indexed,
		locked: false,
	};
	DraftProperty { property, rule: None }
}

fn schema() -> Schema {
	let text = || ScalarType::Text { max_length: 100 };
	let one = PropertyType::Single;
	let names = ["Short", "Feature film"].map(|name| name.as_bytes().to_vec().try_into().unwrap());
	let variants: EnumVariants = names.to_vec().try_into().unwrap();
	let person = ScalarType::Reference { class: Some(8), same_owner: false };
	let properties = vec![
		property("identifier", one(text()), false, true),
		property("name", one(text()), true, false),
		property("duration", one(ScalarType::Int { min: None, max: None }), true, false),
		property("published", one(ScalarType::Timestamp), true, false),
		property("price", one(ScalarType::Decimal { scale: 2 }), false, false),
		property("kind", one(ScalarType::Enum { variants }), false, false),
		property("director", one(person), false, false),
		property("tags", PropertyType::List { item: text(), max_items: 5 }, false, false),
		property("owner", one(text()), false, false),
		property("where", one(text()), false, false),
	];
	let draft = SchemaDraft { properties: properties.try_into().unwrap() };
	let (properties, _) = draft.with_ids(0).unwrap();
	Schema { status: SchemaStatus::Active, base: 0, properties }
}

fn select(text: &str) -> Result<Select, QueryError> {
	let schema = schema();
	let context = Context { class: 7, name: "video", version: 3, schema: &schema, names: &Known };
	context.select(&parse_query(text)?, None)
}

fn terms(condition: &str) -> Vec<Term> {
	select(&format!("video where {condition}")).unwrap().condition.into_inner()
}

#[track_caller]
fn wrong(text: &str, column: usize, words: &str) {
	let error = select(text).expect_err("it is refused");
	assert_eq!(error.column, column, "{text}: {error}");
	assert!(error.message.contains(words), "{text}: {error}");
}

fn string(value: &str) -> Scalar {
	Scalar::Text(value.as_bytes().to_vec().try_into().unwrap())
}

fn is(id: u16, comparison: Comparison, value: Scalar) -> Term {
	Term::Compare(Field::Property(id), comparison, value)
}

#[test]
fn a_class_alone_is_a_query() {
	let all = select("video").unwrap();
	assert_eq!((all.class, all.version, all.condition.len()), (7, Some(3), 0));
	assert_eq!((all.order, all.properties), (None, None));
}

#[test]
fn every_part_is_read() {
	let text = "name, duration FROM video as 2 where duration > 60 Order By published desc limit 7";
	let parsed = parse_query(text).unwrap();
	assert_eq!((parsed.version, parsed.limit), (Some(2), Some(7)));
	let whole = select(text).unwrap();
	assert_eq!(whole.properties.unwrap().into_inner(), [1, 2]);
	assert_eq!(whole.condition.into_inner(), [is(2, Comparison::Greater, Scalar::Int(60))]);
	let order = whole.order.unwrap();
	assert_eq!((order.by, order.descending), (OrderBy::Property(3), true));
	assert_eq!(select("* from video").unwrap(), select("video").unwrap());
	let order = select("video order by id asc").unwrap().order.unwrap();
	assert_eq!((order.by, order.descending), (OrderBy::Id, false));
	assert!(parse_order("duration desc").unwrap().descending);
	assert_eq!(parse_condition(" ").unwrap(), []);
}

#[test]
fn connectives_bind_as_usual() {
	let test = |id: u16, value| is(id, Comparison::Equal, Scalar::Int(value));
	assert_eq!(
		terms("duration = 1 or duration = 2 and not duration = 3"),
		[test(2, 1), test(2, 2), test(2, 3), Term::Not, Term::And, Term::Or]
	);
	assert_eq!(
		terms("(duration=1 or duration=2)and not(duration=3)"),
		[test(2, 1), test(2, 2), Term::Or, test(2, 3), Term::Not, Term::And]
	);
}

#[test]
fn every_operator_is_read() {
	use Comparison::*;
	for (text, comparison) in [
		("=", Equal),
		("!=", NotEqual),
		("<", Less),
		("<=", AtMost),
		(">", Greater),
		(">=", AtLeast),
	] {
		let expected = [is(2, comparison, Scalar::Int(-5))];
		assert_eq!(terms(&format!("duration {text} -5")), expected);
		assert_eq!(terms(&format!("duration{text}-5")), expected);
	}
	let name = Field::Property(1);
	assert_eq!(terms("name contains 'x'"), [Term::Contains(name, string("x"))]);
	assert_eq!(terms("name not contains x"), [Term::Contains(name, string("x")), Term::Not]);
	assert_eq!(terms("name is empty"), [Term::Empty(name)]);
	assert_eq!(terms("name is not empty"), [Term::Empty(name), Term::Not]);
	let choices = vec![string("a"), string("b c")].try_into().unwrap();
	assert_eq!(terms("name not in (a, 'b c')"), [Term::In(name, choices), Term::Not]);
}

#[test]
fn values_of_every_type_are_read() {
	let value = |text: &str| match terms(text).pop() {
		Some(Term::Compare(_, _, value) | Term::Contains(_, value)) => value,
		other => panic!("{other:?}"),
	};
	assert_eq!(value(r#"name = "it's""#), string("it's"));
	assert_eq!(value(r"name = 'a\'b\\c\n\u00e4'"), string("a'b\\c\nä"));
	assert_eq!(value("name = Grüße"), string("Grüße"));
	assert_eq!(value("published < 1970-01-02"), Scalar::Timestamp(86_400_000));
	assert_eq!(value("published < 1970-01-01T00:00:01Z"), Scalar::Timestamp(1_000));
	assert_eq!(value("price = 12.5"), Scalar::Decimal(1_250));
	assert_eq!(value("kind = 'Feature film'"), Scalar::Enum(1));
	let id = |class, serial| Scalar::Reference(EntityId { class, serial });
	assert_eq!(value("director = person-4"), id(8, 4));
	assert_eq!(value("director = 8-4"), id(8, 4));
	assert_eq!(value("tags contains red"), string("red"));
	assert_eq!(value("id = 5"), id(7, 5));
	assert_eq!(value("id = video-5"), id(7, 5));
	assert_eq!(value("version = 2"), Scalar::Int(2));
	assert_eq!(value("visibility = hidden"), Scalar::Enum(1));
	assert_eq!(value("@owner = //Alice"), Scalar::Bytes(vec![1; 32].try_into().unwrap()));
	// A property hides what stands beside the properties.
	assert_eq!(value("owner = //Alice"), string("//Alice"));
	// Backquotes make a name of any word.
	assert_eq!(terms("`where` = x"), [is(9, Comparison::Equal, string("x"))]);
}

#[test]
fn errors_of_grammar_point_at_their_column() {
	wrong("", 1, "expected a class's name");
	wrong("name, from video", 12, "found `video`");
	wrong("name, duration", 15, "expected `,` or `from`");
	wrong("* video", 3, "expected `from`");
	wrong("video were duration > 1", 7, "expected `where`");
	wrong("video where", 12, "found the end");
	wrong("video where duration", 21, "expected =, !=");
	wrong("video where duration == 1", 23, "expected a value");
	wrong("video where duration >", 23, "expected a value");
	wrong("video where duration > 1 name = x", 26, "found `name`");
	wrong("video where (duration > 1", 26, "`and`, `or` or `)`");
	wrong("video where duration > 1)", 25, "found `)`");
	wrong("video where not", 16, "found the end");
	wrong("video where name in a", 21, "`(` and values");
	wrong("video where name in (a b)", 24, "`,` or `)`");
	wrong("video where name is full", 21, "`empty`");
	wrong("video where name not = x", 22, "`in` or `contains`");
	wrong("video where name = 'abc", 20, "never closed");
	wrong(r"video where name = 'ab\u12'", 23, "four hexadecimal digits");
	wrong("video where name = ä;", 21, "`;` has no meaning");
	wrong("video order name", 13, "expected `by`");
	wrong("video limit many", 13, "a number of entries");
	wrong("video limit 5 5", 15, "nothing more");
	wrong("video as two", 10, "version's number");
}

#[test]
fn errors_of_meaning_point_at_their_column() {
	wrong("nam from video", 1, "did you mean `name`?");
	wrong("name, name from video", 7, "twice");
	wrong("name, version from video", 7, "is no property");
	wrong("video where durations > 1", 13, "did you mean `duration`?");
	wrong("video where xyzzy > 1", 13, "it has identifier, name");
	wrong("video where duration > long", 24, "is not a whole number");
	wrong("video where duration in (1, two)", 29, "is not a whole number");
	wrong("video where kind = short", 20, "did you mean `Short`?");
	wrong("video where published > yesterday", 25, "a moment");
	wrong("video where tags = red", 18, "is a list");
	wrong("video where duration contains 1", 22, "neither a text nor a list");
	wrong("video where director = nobody-1", 24, "no entry's id");
	wrong("video where @owner = me", 22, "no account");
	wrong("video order by price", 16, "`name`, `duration`, `published`");
	wrong("video order by @owner", 16, "indexed property");
}

#[test]
fn what_is_wrong_is_shown_in_place() {
	let text = "video where\nname = 'ä' or nam = x";
	let error = select(text).unwrap_err();
	let shown = error.shown_in(text);
	let lines: Vec<_> = shown.lines().collect();
	assert_eq!(lines[1], "  video where name = 'ä' or nam = x");
	assert_eq!(lines[2].find('^'), Some(2 + 26), "{shown}");
}

#[test]
fn texts_are_bounded() {
	let nested = |depth| format!("video where {}name = x{}", "(".repeat(depth), ")".repeat(depth));
	assert!(select(&nested(MAX_DEPTH - 1)).is_ok());
	wrong(&nested(MAX_DEPTH), 13 + MAX_DEPTH, "nested too deeply");
	wrong(&format!("video where {}name = x", "not ".repeat(10_000 / 4)), 141, "nested too deeply");
	let many = |count| format!("video where {}", vec!["name=x"; count].join(" or "));
	let most = MAX_TERMS as usize / 2;
	assert!(select(&many(most)).is_ok());
	assert!(select(&many(most + 1)).unwrap_err().message.contains("more than 64"));
	wrong(&format!("video{}", " ".repeat(MAX_TEXT_BYTES)), 1, "longer than");
	let values = vec!["x"; 129].join(",");
	wrong(&format!("video where name in ({values})"), 18, "more than 128");
}

fn explained(text: &str) -> (Plan, String, serde_json::Value) {
	let schema = schema();
	let select = select(text).unwrap();
	let versions = [(3, schema.clone())];
	let facts = Facts { versions: &versions, stored: &[(3, 9), (4, 1)], building: &[1] };
	let plan = plan(&select, &facts).unwrap();
	let context = Context { class: 7, name: "video", version: 3, schema: &schema, names: &Known };
	let (text, json) = (plan_text(&plan, &context), plan_json(&plan, &context));
	(plan, text, json)
}

#[test]
fn plans_are_told_in_words_and_json() {
	let (plan, text, json) = explained(
		"video where duration >= 60 and duration < 90 and name = x order by duration desc",
	);
	assert_eq!(plan.unused, [(1, Unused::Building)]);
	assert_eq!(
		text,
		"from: the index of `duration`, from 60 to 90\n\
		 order: by its value, then by id, from the last to the first\n\
		 read as: version 3 of `video`\n\
		 not used: `name`, its entries are still being built\n\
		 left out: entries stored as version 4, which cannot be read as version 3"
	);
	assert_eq!(json["access"], "index");
	assert_eq!(json["property"], "duration");
	assert_eq!(json["ranges"], serde_json::json!([{ "from": "60", "to": "90" }]));
	assert_eq!(json["leftOutVersions"], serde_json::json!([4]));
	assert_eq!(json["text"], text);
	let told = |query: &str| explained(query).1.lines().next().unwrap().to_string();
	assert_eq!(told("video"), "from: all entries of the class, one after the other");
	assert_eq!(told("video where id in (1, 5)"), "from: the entries with the numbers 1; 5");
	assert_eq!(told("video where id >= 5"), "from: the entries with the numbers from 5 on");
	assert_eq!(told("video where @owner = //Alice"), "from: the owner's entries");
	assert_eq!(
		told("video where identifier = 'a'"),
		"from: the unique entries of `identifier`, by its value"
	);
	assert_eq!(
		told("video where published > 1970 and published < 1969"),
		"from: nothing: no value can fulfil the condition"
	);
	assert_eq!(
		told("video where published < 1970"),
		"from: the index of `published`, up to 1970-01-01T00:00:00Z"
	);
	assert_eq!(
		told("video where duration in (1,2,3,4,5,6,7)"),
		"from: the index of `duration`, at 1; at 2; at 3; at 4; at 5; and 2 more"
	);
}

#[test]
fn positions_are_words() {
	for place in [Position::Serial(7), Position::Entry(3, [9; 32], 1)] {
		assert_eq!(parse_position(&position(&place)), Ok(place));
	}
	for wrong in ["", "0x", "x", "0x00", "0x000700000000", "0x02"] {
		assert!(parse_position(wrong).is_err(), "{wrong}");
	}
}

#[test]
fn what_comes_from_keys_is_what_went_in() {
	let (_, text, _) = explained("video where name >= 'b' order by duration");
	assert!(text.contains("all of it"), "{text}");
	let whole = KeyRange::ALL;
	assert!(matches!(explained("video order by published").0.access,
		Access::Index { ranges, .. } if ranges == [whole]));
}

fn any_text() -> impl Strategy<Value = String> {
	let words = [
		"video", "from", "where", "name", "duration", "and", "or", "not", "(", ")", ",", "*", "=",
		"!=", "<", ">=", "in", "contains", "is", "empty", "order", "by", "desc", "limit", "as",
		"5", "'x'", "\"", "\\", "`where`", "@owner", "ä", "tags", "kind",
	];
	proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..20)
		.prop_map(|words| words.join(" "))
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	/// Nothing that is written makes the reader panic, errors point into the text or right behind it, and
	/// what is read is a query that the chain takes.
	#[test]
	fn any_text_is_survived(text in prop_oneof![any_text(), "\\PC{0,60}"]) {
		match select(&text) {
			Ok(select) => prop_assert_eq!(select.check(&schema()), Ok(())),
			Err(error) => {
				prop_assert!((1..=text.chars().count() + 1).contains(&error.column), "{}", error);
			},
		}
	}

	/// A parsed condition is complete: each connective has what it connects.
	#[test]
	fn conditions_are_complete(text in any_text()) {
		if let Ok(items) = parse_condition(&text) {
			let mut waiting = 0usize;
			for item in &items {
				match item {
					Item::Test(..) => waiting += 1,
					Item::Not => prop_assert!(waiting >= 1),
					Item::And | Item::Or => {
						prop_assert!(waiting >= 2);
						waiting -= 1;
					},
				}
			}
			prop_assert!(waiting <= 1);
		}
	}
}
