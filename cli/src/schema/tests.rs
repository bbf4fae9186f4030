//! Tests of schema files.

use super::{
	model::{as_draft, as_schema, Creation, Group, Kind, Scalar, SchemaFile, Spanned},
	parse::parse,
	render::{render, to_file, Live},
	starter::starter,
};
use proptest::prelude::*;
use rome_primitives::content::{
	self as chain, Carry, Cast, Category, ClassConfig, ClassId, CreationPolicy, Rule, Schema,
	SchemaDraft,
};
use subxt::utils::AccountId32;

fn wrap(properties: &str) -> String {
	format!(
		"{{\n\"x-rome\": {{\"class\": \"thing\", \"category\": \"other\", \"version\": 1}},\n\
		 \"properties\": {{\n{properties}\n}}}}"
	)
}

/// The issues, as `line:column message`.
fn issues(text: &str) -> Vec<String> {
	let issues = parse(text).and_then(|file| file.draft(&|_| Some(7), None)).err();
	let lines = issues.into_iter().flatten();
	lines.map(|issue| format!("{} {}", issue.at, issue.message)).collect()
}

#[track_caller]
fn refused(text: &str, at: &str, message: &str) {
	let issues = issues(text);
	let found =
		issues.iter().any(|issue| issue.starts_with(&format!("{at} ")) && issue.contains(message));
	assert!(found, "{issues:?} do not say {message} at {at}");
}

#[track_caller]
fn refused_property(property: &str, at: &str, message: &str) {
	refused(&wrap(property), at, message);
}

#[test]
fn says_where_the_json_is_broken() {
	refused("", "1:1", "empty");
	refused("{\n  \"a\": 1,\n}", "2:9", "no JSON");
	refused("{ // no\n}", "1:3", "no JSON");
	refused("{'a': 1}", "1:2", "no JSON");
	refused("[]", "1:1", "a schema is an object");
}

#[test]
fn says_what_is_wrong_at_the_top() {
	refused("{}", "1:1", "`x-rome` is missing");
	let top = |more: &str| {
		format!(
			"{{\"x-rome\": {{\"class\": \"a\", \"category\": \"other\", \"version\": 1}},\n\
			 \"properties\": {{\"a\": {{\"type\": \"boolean\"}}}},\n{more}}}"
		)
	};
	assert_eq!(issues(&top("\"type\": \"object\"")), [""; 0]);
	refused(&top("\"type\": \"array\""), "3:9", "entities are objects");
	refused(&top("\"additionalProperties\": true"), "3:25", "write false");
	refused(&top("\"$schema\": \"http://json-schema.org/draft-07/schema#\""), "3:12", "2020-12");
	refused(&top("\"propertes\": {}"), "3:1", "did you mean `properties`?");
	refused(&top("\"type\": \"object\",\n\"type\": \"object\""), "4:1", "there twice");
	refused(&top("\"required\": [\"b\"]"), "3:14", "no property `b` to require; did you mean `a`?");
	refused(&top("\"required\": [\"a\", \"a\"]"), "3:19", "required twice");
	refused(&top("\"required\": true"), "3:13", "is a list");
	refused(&top("\"$defs\": {}"), "3:1", "not supported");
	refused(&top(&format!("\"description\": \"{}\"", "x".repeat(257))), "3:16", "at most 256");
}

#[test]
fn says_what_is_wrong_with_the_class() {
	let rome =
		|rome: &str| {
			format!("{{\"x-rome\":\n{{{rome}}},\n\"properties\": {{\"a\": {{\"type\": \"boolean\"}}}}}}")
		};
	refused(&rome("\"version\": 1"), "2:1", "`class` is missing");
	refused(&rome("\"class\": \"a\""), "2:1", "`version` is missing");
	refused(&rome("\"class\": \"1a\", \"version\": 1"), "2:11", "a class's name");
	refused(&rome("\"class\": \"a\", \"version\": 0"), "2:27", "from 1 to 65535");
	refused(&rome("\"class\": \"a\", \"version\": 1"), "2:1", "`category` is missing");
	refused(
		&rome("\"class\": \"a\", \"version\": 1, \"category\": \"vidio\""),
		"2:42",
		"did you mean `video`?",
	);
	refused(
		&rome("\"class\": \"a\", \"version\": 1, \"category\": \"video\", \"quota\": 1"),
		"2:51",
		"no keyword of a schema's `x-rome`",
	);
	refused(
		&rome("\"class\": \"a\", \"version\": 1, \"category\": \"video\", \"creation\": [\"x\"]"),
		"2:64",
		"no account's address",
	);
	let creation = |creation: &str| {
		rome(&format!(
			"\"class\": \"a\", \"version\": 1, \"category\": \"video\", \"creation\": {creation}"
		))
	};
	refused(&creation("{\"curatorGroup\": [0]}"), "2:64", "did you mean `curatorGroups`?");
	refused(&creation("{\"curatorGroups\": [true]}"), "2:82", "goes by its number or name");
	refused(&creation("{\"curatorGroups\": [0,1,2,3,4,5,6,7,8]}"), "2:81", "at most 8");
	refused(
		&rome("\"class\": \"a\", \"version\": 1, \"category\": \"video\", \"freeForm\": 1"),
		"2:63",
		"true or false",
	);
	refused(
		&rome("\"class\": \"a\", \"version\": 1, \"category\": \"video\", \"defaultQuota\": -1"),
		"2:67",
		"from 0 to",
	);
}

#[test]
fn says_what_is_wrong_with_a_property() {
	refused_property("\"a\": 1", "4:6", "a property is an object");
	refused_property("\"a b\": {\"type\": \"boolean\"}", "4:1", "a property's name");
	refused_property("\"a\": {}", "4:6", "`type` is missing");
	refused_property("\"a\": {\"type\": \"sring\"}", "4:15", "did you mean `string`?");
	refused_property("\"a\": {\"type\": \"number\"}", "4:15", "decimal");
	refused_property("\"a\": {\"type\": \"string\"}", "4:6", "`maxLength` is missing");
	refused_property(
		"\"a\": {\"type\": \"string\", \"maxlength\": 3}",
		"4:25",
		"did you mean `maxLength`?",
	);
	refused_property("\"a\": {\"type\": \"string\", \"maxLength\": 0}", "4:38", "from 1 to 8192");
	refused_property("\"a\": {\"type\": \"string\", \"maxLength\": 1.5}", "4:38", "whole number");
	refused_property("\"a\": {\"type\": \"string\", \"format\": \"uri\"}", "4:35", "date-time");
	refused_property("\"a\": {\"type\": \"boolean\", \"minimum\": 1}", "4:26", "means nothing");
	refused_property(
		"\"a\": {\"type\": \"integer\", \"minimum\": 2, \"maximum\": 1}",
		"4:37",
		"above `maximum`",
	);
	refused_property(
		"\"a\": {\"type\": \"integer\", \"maximum\": 9223372036854775808}",
		"4:37",
		"of 64 bits",
	);
	refused_property("\"a\": {\"enum\": []}", "4:15", "1 to 128 variants");
	refused_property("\"a\": {\"enum\": [\"x\", \"x\"]}", "4:21", "there twice");
	refused_property("\"a\": {\"enum\": [\"x\", 1]}", "4:21", "a text in quotes");
	refused_property("\"a\": {\"type\": \"integer\", \"enum\": [\"x\"]}", "4:15", "are texts");
	refused_property(
		"\"a\": {\"type\": \"boolean\"},\n\"a\": {\"type\": \"boolean\"}",
		"5:1",
		"another property of this name",
	);
	refused_property("", "3:15", "at least one property");
}

#[test]
fn says_what_is_wrong_with_a_list() {
	let list = |more: &str| format!("\"a\": {{\"type\": \"array\"{more}}}");
	refused_property(&list(", \"items\": {\"type\": \"boolean\"}"), "4:6", "`maxItems` is missing");
	refused_property(&list(", \"maxItems\": 3"), "4:6", "`items` is missing");
	refused_property(
		&list(", \"maxItems\": 129, \"items\": {\"type\": \"boolean\"}"),
		"4:36",
		"1 to 128",
	);
	refused_property(
		&list(", \"maxItems\": 3, \"uniqueItems\": true"),
		"4:39",
		"not checked by the chain",
	);
	refused_property(
		&list(", \"maxItems\": 3, \"items\": {\"type\": \"array\"}"),
		"4:48",
		"list of lists",
	);
	refused_property(
		&list(
			", \"maxItems\": 3, \"items\": {\"type\": \"boolean\"}, \"x-rome\": {\"unique\": true}",
		),
		"4:1",
		"neither unique nor indexed",
	);
	refused_property(
		&list(", \"maxItems\": 3, \"items\": {\"type\": \"boolean\"}, \"x-rome\": {\"type\": \"bytes\"}"),
		"4:80",
		"write it there",
	);
}

#[test]
fn says_what_is_wrong_with_x_rome() {
	let rome = |rome: &str| format!("\"a\": {{\"type\": \"string\", \"x-rome\": {{{rome}}}}}");
	refused_property(&rome("\"type\": \"hash\""), "4:44", "no `x-rome` type");
	refused_property(&rome("\"type\": \"decimal\""), "4:35", "`scale` is missing");
	refused_property(&rome("\"type\": \"decimal\", \"scale\": 19"), "4:64", "from 0 to 18");
	refused_property(&rome("\"type\": \"bytes\""), "4:35", "`maxBytes` is missing");
	refused_property(&rome("\"type\": \"hash32\", \"scale\": 1"), "4:54", "means nothing");
	refused_property(&rome("\"scale\": 1"), "4:36", "add \"type\" beside it");
	refused_property(&rome("\"uniqe\": true"), "4:36", "did you mean `unique`?");
	refused_property(&rome("\"unique\": 1"), "4:46", "true or false");
	refused_property(
		"\"a\": {\"type\": \"boolean\", \"x-rome\": {\"carry\": \"b\"}}",
		"4:1",
		"`a`: the first version has nothing to start from: leave `carry` out",
	);
	refused_property(
		"\"a\": {\"type\": \"integer\", \"x-rome\": {\"type\": \"decimal\", \"scale\": 1}}",
		"4:15",
		"written as texts",
	);
	let unique = |name: &str| {
		format!("\"{name}\": {{\"type\": \"boolean\", \"x-rome\": {{\"unique\": true}}}}")
	};
	let five: Vec<_> = ["a", "b", "c", "d", "e"].map(unique).to_vec();
	refused_property(&five.join(",\n"), "8:1", "at most 4");
}

#[test]
fn carries_by_name() {
	let first = wrap("\"a\": {\"type\": \"boolean\"}, \"b\": {\"type\": \"integer\"}");
	let first = parse(&first).and_then(|file| file.draft(&|_| None, None)).unwrap();
	let first = as_schema(first, None).unwrap();
	let second = |properties: &str| {
		let text = wrap(properties).replace("\"version\": 1", "\"version\": 2");
		parse(&text).and_then(|file| file.draft(&|_| None, Some(&first)))
	};
	let carried = second("\"c\": {\"type\": \"integer\", \"x-rome\": {\"carry\": \"b\"}}").unwrap();
	let schema = as_schema(carried, Some(&first)).unwrap();
	assert_eq!(schema.properties[0].id, 1);
	let issue = |properties: &str| second(properties).unwrap_err().remove(0).message;
	let carry = |from: &str| {
		format!("\"c\": {{\"type\": \"integer\", \"x-rome\": {{\"carry\": \"{from}\"}}}}")
	};
	assert!(issue(&carry("bb")).contains("did you mean `b`?"));
	assert!(issue(&carry("a")).contains("keeps its type"));
	let twice = format!("{}, {}", carry("b"), carry("b").replace("\"c\"", "\"d\""));
	assert!(issue(&twice).contains("carried to another property already"));
}

/// A first version with something of everything that rules start from.
fn first() -> Schema {
	let text = wrap(
		"\"name\": {\"type\": \"string\", \"maxLength\": 20, \"x-rome\": {\"unique\": true}},\n\
		 \"size\": {\"type\": \"integer\", \"x-rome\": {\"indexed\": true}},\n\
		 \"kind\": {\"type\": \"string\", \"maxLength\": 20},\n\
		 \"made\": {\"type\": \"string\", \"format\": \"date-time\"},\n\
		 \"tags\": {\"type\": \"array\", \"maxItems\": 3, \"items\": {\"type\": \"integer\"}}",
	);
	as_schema(parse(&text).and_then(|file| file.draft(&|_| None, None)).unwrap(), None).unwrap()
}

/// A second version with these properties, one a line, the first of them on line 4.
fn second(properties: &str) -> Result<SchemaDraft, Vec<String>> {
	let text = wrap(properties).replace("\"version\": 1", "\"version\": 2");
	let before = first();
	let draft = parse(&text).and_then(|file| file.draft(&|_| Some(7), Some(&before)));
	draft.map_err(|issues| {
		issues.iter().map(|issue| format!("{} {}", issue.at, issue.message)).collect()
	})
}

#[test]
fn rules_become_those_of_the_chain() {
	let draft = second(
		"\"title\": {\"type\": \"string\", \"maxLength\": 5, \"x-rome\": \
			{\"unique\": true, \"indexed\": true, \"carry\": \"name\"}},\n\
		 \"price\": {\"type\": \"string\", \"x-rome\": \
			{\"type\": \"decimal\", \"scale\": 2, \"cast\": \"size\"}},\n\
		 \"form\": {\"type\": \"string\", \"enum\": [\"book\", \"film\"], \"x-rome\": \
			{\"cast\": {\"from\": \"kind\", \"table\": {\"movie\": \"film\", \"book\": \"book\"}}}},\n\
		 \"since\": {\"type\": \"string\", \"format\": \"date-time\", \"x-rome\": {\"default\": \"1970\"}},\n\
		 \"marks\": {\"type\": \"array\", \"maxItems\": 3, \"items\": {\"type\": \"integer\"}, \"x-rome\": \
			{\"default\": [1, 2]}},\n\
		 \"owner\": {\"type\": \"boolean\", \"x-rome\": {\"ask\": true}},\n\
		 \"more\": {\"type\": \"boolean\", \"x-rome\": {\"ask\": false}}",
	);
	let rules: Vec<_> = draft.unwrap().properties.into_iter().map(|draft| draft.rule).collect();
	let row = |text: &str, variant: u8| (text.as_bytes().to_vec().try_into().unwrap(), variant);
	let table = vec![row("movie", 1), row("book", 0)].try_into().unwrap();
	let marks = vec![chain::Scalar::Int(1), chain::Scalar::Int(2)].try_into().unwrap();
	assert_eq!(
		rules,
		[
			Some(Rule::Carry(Carry { from: 0 })),
			Some(Rule::Cast(Cast { from: 1, table: Default::default() })),
			Some(Rule::Cast(Cast { from: 2, table })),
			Some(Rule::Default(chain::Scalar::Timestamp(0).into())),
			Some(Rule::Default(chain::Value::List(marks))),
			Some(Rule::Ask),
			None,
		]
	);
}

#[track_caller]
fn refused_second(property: &str, at: &str, message: &str) {
	let issues = second(property).unwrap_err();
	let found = issues.iter().any(|it| it.starts_with(&format!("{at} ")) && it.contains(message));
	assert!(found, "{issues:?} do not say {message} at {at}");
}

#[test]
fn says_what_is_wrong_with_a_rule() {
	let text = |rome: &str| {
		format!("\"a\": {{\"type\": \"string\", \"maxLength\": 20,\n\"x-rome\": {{{rome}}}}}")
	};
	let whole = |rome: &str| format!("\"a\": {{\"type\": \"integer\",\n\"x-rome\": {{{rome}}}}}");
	let kind = |rome: &str| format!("\"a\": {{\"enum\": [\"book\"],\n\"x-rome\": {{{rome}}}}}");
	refused_second(
		&text("\"carry\": \"kind\", \"ask\": true"),
		"5:29",
		"`a`: `ask` stands beside `carry`",
	);
	refused_second(&text("\"carry\": \"knd\""), "5:21", "did you mean `kind`?");
	refused_second(&text("\"carry\": \"size\""), "5:12", "`a`: a carried property keeps its type");
	refused_second(&text("\"carry\": \"name\""), "5:12", "write \"unique\": true");
	refused_second(&whole("\"carry\": \"size\""), "5:12", "write \"indexed\": true");
	refused_second(&whole("\"cast\": \"kind\""), "5:12", "`a`: there is no conversion");
	refused_second(&text("\"cast\": 1"), "5:20", "`cast` names a property");
	refused_second(&text("\"cast\": {\"frm\": \"kind\"}"), "5:21", "did you mean `from`?");
	refused_second(&text("\"cast\": \"siz\""), "5:20", "to cast; did you mean `size`?");
	refused_second(
		&text("\"cast\": {\"from\": \"size\", \"table\": {\"1\": \"x\"}}"),
		"5:12",
		"leave it out",
	);
	refused_second(&kind("\"cast\": \"kind\""), "5:12", "it takes a table");
	refused_second(
		&kind("\"cast\": {\"from\": \"kind\", \"table\": {\"x\": \"bok\"}}"),
		"5:52",
		"there is no variant `bok`; did you mean `book`?",
	);
	refused_second(
		&kind("\"cast\": {\"from\": \"kind\", \"table\": {\"x\": \"book\", \"x\": \"book\"}}"),
		"5:60",
		"`x` is in the table twice",
	);
	refused_second(&whole("\"default\": \"x\""), "5:23", "`a`: ");
	refused_second(&whole("\"default\": 1, \"unique\": true"), "5:23", "this is unique");
	refused_second(
		"\"a\": {\"type\": \"integer\", \"maximum\": 3,\n\"x-rome\": {\"default\": 4}}",
		"5:12",
		"`a`: the default does not fit",
	);
	refused_second(
		"\"a\": {\"type\": \"string\",\n\"x-rome\": {\"type\": \"dataObject\", \"default\": \"00\"}}",
		"5:45",
		"only an owner can choose",
	);
	refused_second(&whole("\"ask\": 1"), "5:19", "true or false");
	refused_second("\"a\": {\"type\": \"boolean\", \"default\": true}", "4:26", "`x-rome`");
	for rule in ["\"cast\": \"b\"", "\"default\": 1", "\"ask\": true"] {
		refused_property(&whole(rule), "4:1", "`a`: the first version has nothing to start from");
	}
}

#[test]
fn rules_round_trip() {
	let before = first();
	let properties = [
		"\"title\": {\"type\": \"string\", \"maxLength\": 5, \"x-rome\": \
			{\"unique\": true, \"carry\": \"name\"}}",
		"\"price\": {\"type\": \"string\", \"x-rome\": \
			{\"type\": \"decimal\", \"scale\": 2, \"cast\": \"size\"}}",
		"\"form\": {\"type\": \"string\", \"enum\": [\"book\", \"film\"], \"x-rome\": \
			{\"cast\": {\"from\": \"kind\", \"table\": {\"movie\": \"film\", \"book\": \"book\"}}}}",
		"\"since\": {\"type\": \"string\", \"format\": \"date-time\", \"x-rome\": \
			{\"default\": \"1970-01-01T00:00:00Z\"}}",
		"\"marks\": {\"type\": \"array\", \"items\": {\"type\": \"integer\"}, \"maxItems\": 3, \
			\"x-rome\": {\"default\": [1, 2]}}",
		"\"size\": {\"type\": \"string\", \"x-rome\": \
			{\"type\": \"decimal\", \"scale\": 2, \"default\": \"0.50\"}}",
		"\"known\": {\"type\": \"boolean\", \"x-rome\": {\"default\": false}}",
		"\"owner\": {\"type\": \"boolean\", \"x-rome\": {\"ask\": true}}",
	];
	let text = wrap(&properties.join(",\n")).replace("\"version\": 1", "\"version\": 2");
	let file = parse(&text).unwrap();
	let written = render(&file);
	let old_name = |id: u16| {
		before.property(id).map(|it| String::from_utf8_lossy(&it.property.name).into_owned())
	};
	let again = through_chain_after(&file, Some(&before), &old_name);
	assert_eq!(render(&again), render(&with_anyone(file)));
	// What is written reads as the same again.
	assert_eq!(render(&parse(&written).unwrap()), written);
	for property in properties {
		let value: serde_json::Value = serde_json::from_str(&format!("{{{property}}}")).unwrap();
		let (name, value) = value.as_object().unwrap().iter().next().unwrap();
		let all: serde_json::Value = serde_json::from_str(&written).unwrap();
		assert_eq!(&all["properties"][name], value, "{name}");
	}
}

/// The file, saying what the chain says where it says nothing.
fn with_anyone(mut file: SchemaFile) -> SchemaFile {
	file.settings.creation.get_or_insert(Creation::Anyone);
	file
}

#[test]
fn the_starter_is_a_schema_and_written_as_we_write_schemas() {
	let text = starter("thing", Category::Video);
	let file = parse(&text).unwrap();
	assert_eq!(issues(&text), [""; 0]);
	assert_eq!(render(&file), text);
}

fn published() -> Vec<(String, String)> {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas");
	let mut files: Vec<_> = std::fs::read_dir(folder)
		.unwrap()
		.map(|entry| entry.unwrap().path())
		.filter(|path| path.extension().is_some_and(|extension| extension == "json"))
		.map(|path| {
			let name = path.file_name().unwrap().to_string_lossy().into_owned();
			(name, std::fs::read_to_string(path).unwrap())
		})
		.collect();
	files.sort();
	files
}

#[test]
fn published_schemas_round_trip_to_the_byte() {
	let files = published();
	let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
	for class in [
		"article",
		"audio",
		"book",
		"helpAnswer",
		"helpRequest",
		"license",
		"organization",
		"person",
		"series",
		"video",
	] {
		assert!(names.contains(&format!("{class}.v1.json").as_str()), "{class} is missing");
	}
	for (name, text) in files {
		let file = parse(&text).unwrap_or_else(|issues| panic!("{name}: {issues:?}"));
		assert_eq!(name, format!("{}.v{}.json", file.class.value, file.version.value));
		assert_eq!(render(&file), text, "{name}");
		// The chain knows curator groups by their numbers alone.
		let numbered = text.replace("\"Help desk\"", &NUMBERED.to_string());
		assert_eq!(render(&through_chain(&file)), numbered, "{name}");
	}
}

const CLASSES: [&str; 5] = ["helpRequest", "license", "organization", "person", "series"];

/// The number of every curator group that a file names.
const NUMBERED: u32 = 7;

fn class_id(name: &str) -> Option<ClassId> {
	CLASSES.iter().position(|class| *class == name).map(|at| at as ClassId)
}

fn class_name(id: ClassId) -> Option<String> {
	CLASSES.get(id as usize).map(|name| name.to_string())
}

/// The file as it comes back when its schema has been activated.
fn through_chain(file: &SchemaFile) -> SchemaFile {
	through_chain_after(file, None, &|_| None)
}

/// The same, of a version that follows `before`, whose properties `old_name` knows.
fn through_chain_after(
	file: &SchemaFile,
	before: Option<&Schema>,
	old_name: &dyn Fn(u16) -> Option<String>,
) -> SchemaFile {
	let draft = file.draft(&class_id, before).unwrap_or_else(|issues| panic!("{issues:?}"));
	let schema: Schema = as_schema(draft, before).unwrap();
	let draft: SchemaDraft = as_draft(&schema).unwrap();
	let config = ClassConfig {
		description: file
			.settings
			.description
			.clone()
			.unwrap_or_default()
			.into_bytes()
			.try_into()
			.unwrap(),
		category: file.settings.category.unwrap(),
		creation: match file.settings.creation.clone() {
			None | Some(Creation::Anyone) => CreationPolicy::Anyone,
			Some(Creation::Allowed(accounts)) => {
				let accounts: Vec<_> = accounts.into_iter().map(AccountId32).collect();
				CreationPolicy::Allowed(accounts.try_into().unwrap())
			},
			Some(Creation::Curators(groups)) => {
				let groups: Vec<_> = groups
					.iter()
					.map(|group| match &group.value {
						Group::Number(number) => *number,
						Group::Named(_) => NUMBERED,
					})
					.collect();
				CreationPolicy::Curators(groups.try_into().unwrap())
			},
		},
		max_entities: file.settings.max_entities,
		default_quota: file.settings.default_quota,
		free_form: file.settings.free_form.unwrap_or_default(),
	};
	let live = Live {
		class: file.class.value.as_bytes(),
		config: &config,
		version: file.version.value,
		properties: &draft.properties,
	};
	to_file(&live, &class_name, old_name)
}

fn scalars() -> impl Strategy<Value = Scalar> {
	let limits = (proptest::option::of(any::<i64>()), proptest::option::of(any::<i64>()));
	let spanned = |class: &str| super::model::Spanned {
		value: class.to_string(),
		at: super::walk::Position { line: 1, column: 1 },
	};
	prop_oneof![
		Just(Scalar::Bool),
		limits.prop_map(|(one, other)| match (one, other) {
			(Some(one), Some(other)) =>
				Scalar::Int { min: Some(one.min(other)), max: Some(one.max(other)) },
			(min, max) => Scalar::Int { min, max },
		}),
		(0u8..=18).prop_map(|scale| Scalar::Decimal { scale }),
		(1u32..=8192).prop_map(|max_length| Scalar::Text { max_length }),
		(1u32..=8192).prop_map(|max_bytes| Scalar::Bytes { max_bytes }),
		Just(Scalar::Hash32),
		Just(Scalar::Timestamp),
		Just(Scalar::DataObject),
		proptest::collection::hash_set("\\PC{1,20}", 1..5)
			.prop_map(|variants| Scalar::Enum { variants: variants.into_iter().collect() }),
		(proptest::option::of(0..CLASSES.len()), any::<bool>()).prop_map(
			move |(class, same_owner)| {
				Scalar::Reference { class: class.map(|at| spanned(CLASSES[at])), same_owner }
			}
		),
	]
}

fn kinds() -> impl Strategy<Value = Kind> {
	prop_oneof![
		3 => scalars().prop_map(Kind::Single),
		1 => (scalars(), 1u16..=128).prop_map(|(item, max_items)| Kind::List { item, max_items }),
	]
}

fn creations() -> impl Strategy<Value = Creation> {
	prop_oneof![
		Just(Creation::Anyone),
		proptest::collection::vec(any::<[u8; 32]>(), 0..3).prop_map(Creation::Allowed),
		proptest::collection::vec(any::<u32>(), 0..8).prop_map(|groups| {
			let groups = groups.into_iter().map(Group::Number);
			Creation::Curators(groups.map(Spanned::nowhere).collect())
		}),
	]
}

fn files() -> impl Strategy<Value = SchemaFile> {
	let property = (kinds(), "\\PC{0,40}", any::<[bool; 4]>());
	let properties = proptest::collection::vec(property, 1..12);
	let settings = (
		proptest::option::of("\\PC{1,40}"),
		0..Category::ALL.len(),
		creations(),
		proptest::option::of(any::<u32>()),
		proptest::option::of(any::<u32>()),
		any::<bool>(),
	);
	(properties, settings).prop_map(|(properties, settings)| {
		let at = super::walk::Position { line: 1, column: 1 };
		let (description, category, creation, default_quota, max_entities, free_form) = settings;
		let properties = properties.into_iter().enumerate().map(|(position, property)| {
			let (kind, description, [required, unique, indexed, locked]) = property;
			let single = matches!(kind, Kind::Single(_));
			let own = matches!(kind, Kind::Single(Scalar::Reference { class: None, .. }));
			super::model::FileProperty {
				name: super::model::Spanned { value: format!("p{position}"), at },
				description,
				kind,
				required: required && !own,
				unique: unique && single && position < 4,
				indexed: indexed && single && position < 8,
				locked,
				rule: None,
			}
		});
		SchemaFile {
			class: super::model::Spanned { value: "thing".into(), at },
			version: super::model::Spanned { value: 1, at },
			settings: super::model::Settings {
				description,
				category: Some(Category::ALL[category]),
				creation: Some(creation),
				default_quota,
				max_entities,
				free_form: free_form.then_some(true),
			},
			properties: properties.collect(),
		}
	})
}

proptest! {
	#[test]
	fn any_schema_round_trips(file in files()) {
		let text = render(&file);
		let read = parse(&text).map_err(|issues| TestCaseError::fail(format!("{issues:?}\n{text}")))?;
		prop_assert_eq!(render(&read), text.clone());
		prop_assert_eq!(render(&through_chain(&read)), text);
	}

	#[test]
	fn no_text_makes_the_reader_panic(text in "\\PC{0,200}") {
		let _ = parse(&text);
	}
}
