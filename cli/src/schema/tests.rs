//! Tests of schema files.

use super::{
	model::{as_draft, as_schema, Creation, Kind, Scalar, SchemaFile},
	parse::parse,
	render::{render, to_file, Live},
	starter::starter,
};
use proptest::prelude::*;
use rome_primitives::content::{
	Category, ClassConfig, ClassId, CreationPolicy, Schema, SchemaDraft,
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
	for class in
		["article", "audio", "book", "license", "organization", "person", "series", "video"]
	{
		assert!(names.contains(&format!("{class}.v1.json").as_str()), "{class} is missing");
	}
	for (name, text) in files {
		let file = parse(&text).unwrap_or_else(|issues| panic!("{name}: {issues:?}"));
		assert_eq!(name, format!("{}.v{}.json", file.class.value, file.version.value));
		assert_eq!(render(&through_chain(&file)), text, "{name}");
	}
}

const CLASSES: [&str; 4] = ["license", "organization", "person", "series"];

fn class_id(name: &str) -> Option<ClassId> {
	CLASSES.iter().position(|class| *class == name).map(|at| at as ClassId)
}

fn class_name(id: ClassId) -> Option<String> {
	CLASSES.get(id as usize).map(|name| name.to_string())
}

/// The file as it comes back when its schema has been activated.
fn through_chain(file: &SchemaFile) -> SchemaFile {
	let draft = file.draft(&class_id, None).unwrap_or_else(|issues| panic!("{issues:?}"));
	let schema: Schema = as_schema(draft, None).unwrap();
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
	to_file(&live, &class_name, &|_| None)
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

fn files() -> impl Strategy<Value = SchemaFile> {
	let property = (kinds(), "\\PC{0,40}", any::<[bool; 4]>());
	let properties = proptest::collection::vec(property, 1..12);
	let settings = (
		proptest::option::of("\\PC{1,40}"),
		0..Category::ALL.len(),
		proptest::option::of(proptest::collection::vec(any::<[u8; 32]>(), 0..3)),
		proptest::option::of(any::<u32>()),
		proptest::option::of(any::<u32>()),
	);
	(properties, settings).prop_map(|(properties, settings)| {
		let at = super::walk::Position { line: 1, column: 1 };
		let (description, category, creation, default_quota, max_entities) = settings;
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
				creation: Some(creation.map_or(Creation::Anyone, Creation::Allowed)),
				default_quota,
				max_entities,
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
