//! The mapping file: which class, and which property comes from which field of a record.

use crate::{
	content::values::{
		describe_type, list, scalar_from_json, scalar_from_text, shorten, value_from_json,
	},
	failure::{did_you_mean, Failure},
	schema::lookup::{name_of, text, Classes},
};
use rome_primitives::content::{
	ClassId, PropertyId, PropertyType, Scalar, ScalarType, Schema, SchemaProperty, Value,
};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// A mapping file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
	/// The class's name.
	pub class: String,
	/// The unique property that says which entry a record is. Imports take one.
	pub key: Option<String>,
	/// Whether entries of other owners may refer to the new ones.
	#[serde(default)]
	pub referenceable: bool,
	/// Where each property comes from.
	pub properties: Map<String, Json>,
}

/// Where a property comes from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
	/// A field of the record; a dotted path leads into objects within it.
	from: Option<String>,
	/// The same value for every record.
	value: Option<Json>,
	/// A unique property of the class referred to: the field holds that property's value.
	lookup: Option<String>,
	/// What separates the items of a list in a text.
	split: Option<String>,
}

/// A unique property of a class that is referred to.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct LookupTarget {
	pub class: ClassId,
	pub property: PropertyId,
}

/// How references are found.
#[derive(Clone, Debug)]
pub(crate) struct Lookup {
	pub target: LookupTarget,
	pub kind: ScalarType,
	/// `CLASS.PROPERTY`, for messages.
	pub label: String,
}

/// Where a property's value comes from, ready to use.
#[derive(Clone, Debug)]
pub(crate) struct Column {
	pub property: SchemaProperty,
	pub name: String,
	from: Option<String>,
	value: Option<Json>,
	split: Option<String>,
	pub lookup: Option<Lookup>,
}

/// What a record says for a property.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Cell {
	/// Nothing.
	Empty,
	/// A value.
	Value(Value),
	/// Entries to be found by these values.
	Lookup(Vec<Scalar>),
}

impl Mapping {
	/// The mapping in `text`.
	pub(crate) fn parse(text: &str, name: &str) -> Result<Self, Failure> {
		let mapping: Self = serde_json::from_str(text).map_err(|error| {
			let at = format!("{name}:{}:{}", error.line(), error.column());
			let message = error.to_string();
			let message = message.split(" at line ").next().unwrap_or_default().to_string();
			Failure::new(format!("{at}: error: {message}")).hint(
				"a mapping looks like {\"class\": \"audio\", \"key\": \"identifier\", \"properties\": \
				 {\"identifier\": {\"from\": \"id\"}}}",
			)
		})?;
		for (property, source) in &mapping.properties {
			mapping.source(property, source).map_err(|why| {
				Failure::new(format!("{name}: property `{property}`: {why}"))
					.hint("write {\"from\": \"FIELD\"} or {\"value\": ...}")
			})?;
		}
		Ok(mapping)
	}

	fn source(&self, property: &str, json: &Json) -> Result<Source, String> {
		let source: Source =
			serde_json::from_value(json.clone()).map_err(|error| error.to_string())?;
		match (&source.from, &source.value) {
			(None, None) => Err("it says neither `from` nor `value`".into()),
			(Some(_), Some(_)) => Err("it says both `from` and `value`".into()),
			(Some(from), None) if from.is_empty() => Err("`from` is empty".into()),
			_ if source.split.as_deref() == Some("") => Err("`split` is empty".into()),
			_ if self.key.as_deref() == Some(property) && source.lookup.is_some() => {
				Err("the key cannot be looked up".into())
			},
			_ => Ok(source),
		}
	}

	/// The columns, checked against the class's schema, with the key and all that is required among them.
	/// `lookup` finds the type of a unique property of another class.
	pub(crate) fn columns(
		&self,
		class: ClassId,
		schema: &Schema,
		lookup: &dyn Fn(ClassId, &str) -> Result<Lookup, String>,
	) -> Result<Vec<Column>, Vec<String>> {
		let (columns, mut problems) = match self.some_columns(class, schema, lookup) {
			Ok(columns) => (columns, Vec::new()),
			Err(problems) => (Vec::new(), problems),
		};
		problems.extend(self.missing(schema));
		if problems.is_empty() {
			Ok(columns)
		} else {
			Err(problems)
		}
	}

	/// What an import lacks.
	fn missing(&self, schema: &Schema) -> Vec<String> {
		let mut problems = Vec::new();
		let key = self.key.as_deref();
		match key.map(|key| (key, schema.property_by_name(key.as_bytes()))) {
			None => problems.push(
				"`key` is missing: it names the property that says which entry a record is".into(),
			),
			Some((key, None)) => {
				problems.push(format!("the class has no property `{key}` to be the key"));
			},
			Some((key, Some(found))) if !found.property.unique => problems.push(format!(
				"the key `{key}` is not unique, so it cannot say which entry a record is"
			)),
			Some((key, _)) if !self.properties.contains_key(key) => {
				problems.push(format!("the key `{key}` is not among the mapped properties"));
			},
			Some(_) => {},
		}
		for property in schema.properties.iter().filter(|it| it.property.required) {
			if !self.properties.contains_key(&name_of(&property.property)) {
				let name = text(&property.property.name);
				problems.push(format!("the property `{name}` is required and not mapped"));
			}
		}
		problems
	}

	/// The columns that are there, checked against the class's schema.
	pub(crate) fn some_columns(
		&self,
		class: ClassId,
		schema: &Schema,
		lookup: &dyn Fn(ClassId, &str) -> Result<Lookup, String>,
	) -> Result<Vec<Column>, Vec<String>> {
		let mut problems = Vec::new();
		let mut columns = Vec::new();
		let names: Vec<_> = schema.properties.iter().map(|it| name_of(&it.property)).collect();
		for (name, json) in &self.properties {
			let Some(property) = schema.property_by_name(name.as_bytes()) else {
				let meant = did_you_mean(name, names.iter().map(String::as_str));
				problems
					.push(format!("the class `{}` has no property `{name}`{meant}", self.class));
				continue;
			};
			let source = match self.source(name, json) {
				Ok(source) => source,
				Err(why) => {
					problems.push(format!("property `{name}`: {why}"));
					continue;
				},
			};
			let found = match (&source.lookup, property.property.kind.scalar()) {
				(None, _) => Ok(None),
				(Some(by), ScalarType::Reference { class: target, .. }) => {
					lookup(target.unwrap_or(class), by).map(Some)
				},
				(Some(_), _) => Err(format!(
					"`lookup` finds entries to refer to, and this takes {}",
					describe_type(&property.property.kind)
				)),
			};
			if source.split.is_some() && matches!(property.property.kind, PropertyType::Single(_)) {
				problems.push(format!("property `{name}`: `split` makes lists, and this is none"));
			}
			match found {
				Ok(lookup) => columns.push(Column {
					property: property.clone(),
					name: name.clone(),
					from: source.from,
					value: source.value,
					split: source.split,
					lookup,
				}),
				Err(why) => problems.push(format!("property `{name}`: {why}")),
			}
		}
		if problems.is_empty() {
			Ok(columns)
		} else {
			Err(problems)
		}
	}
}

impl Column {
	/// What `record` says for this property.
	pub(crate) fn read(&self, record: &Json, classes: &Classes) -> Result<Cell, String> {
		let found = match (&self.from, &self.value) {
			(Some(from), _) => field(record, from),
			(None, value) => value.as_ref(),
		};
		let Some(json) = found.filter(|json| !is_empty(json)) else { return Ok(Cell::Empty) };
		let is_list = matches!(self.property.property.kind, PropertyType::List { .. });
		let items: Vec<Json> = match (json, is_list) {
			(Json::Array(items), true) => {
				items.iter().filter(|item| !is_empty(item)).cloned().collect()
			},
			(Json::Array(_), false) => {
				return Err(format!(
					"a list, where the property holds one value: {}",
					shorten(&json.to_string())
				))
			},
			(Json::String(text), true) => match &self.split {
				Some(separator) => text
					.split(separator.as_str())
					.map(str::trim)
					.filter(|part| !part.is_empty())
					.map(Json::from)
					.collect(),
				None => vec![json.clone()],
			},
			_ => vec![json.clone()],
		};
		if items.is_empty() {
			return Ok(Cell::Empty);
		}
		if let Some(lookup) = &self.lookup {
			let keys = items.iter().map(|item| read_scalar(&lookup.kind, item, classes));
			return keys.collect::<Result<_, _>>().map(Cell::Lookup);
		}
		let kind = self.property.property.kind.scalar();
		let mut scalars = items.iter().map(|item| read_scalar(kind, item, classes));
		if is_list {
			return list(scalars).map(Cell::Value);
		}
		match scalars.next() {
			Some(scalar) => Ok(Cell::Value(Value::Single(scalar?))),
			None => Ok(Cell::Empty),
		}
	}
}

/// A value of a record: files such as CSV have texts only, so a text may stand for any type.
fn read_scalar(kind: &ScalarType, json: &Json, classes: &Classes) -> Result<Scalar, String> {
	match (kind, json) {
		(_, Json::String(text)) => scalar_from_text(kind, text, classes),
		(ScalarType::Text { .. }, Json::Number(_) | Json::Bool(_)) => {
			scalar_from_text(kind, &json.to_string(), classes)
		},
		_ => match value_from_json(&PropertyType::Single(kind.clone()), json, classes)? {
			Value::Single(scalar) => Ok(scalar),
			Value::List(_) => scalar_from_json(kind, json, classes),
		},
	}
}

/// Missing, null or an empty text: left out.
fn is_empty(json: &Json) -> bool {
	match json {
		Json::Null => true,
		Json::String(text) => text.trim().is_empty(),
		_ => false,
	}
}

/// The field at a dotted path. A field whose own name has dots comes first.
fn field<'a>(record: &'a Json, path: &str) -> Option<&'a Json> {
	if let Some(found) = record.get(path) {
		return Some(found);
	}
	let (first, rest) = path.split_once('.')?;
	let inner = match first.parse::<usize>() {
		Ok(index) if record.is_array() => record.get(index),
		_ => record.get(first),
	};
	match (inner?, rest.parse::<usize>()) {
		(Json::Array(items), Ok(index)) => items.get(index),
		(inner, _) => field(inner, rest),
	}
}

#[cfg(test)]
pub(crate) mod tests {
	use super::*;
	use crate::schema::{model::as_schema, parse::parse};
	use serde_json::json;

	/// A schema with something of everything.
	pub(crate) fn schema() -> Schema {
		let text = r#"{
			"x-rome": {"class": "thing", "category": "other", "version": 1},
			"properties": {
				"identifier": {"type": "string", "maxLength": 20, "x-rome": {"unique": true}},
				"name": {"type": "string", "maxLength": 10},
				"isbn": {"type": "string", "maxLength": 17, "x-rome": {"unique": true}},
				"year": {"type": "integer", "minimum": 0},
				"date": {"type": "string", "format": "date-time"},
				"tags": {"type": "array", "items": {"type": "string", "maxLength": 5}, "maxItems": 3},
				"license": {"type": "string", "x-rome": {"type": "reference", "class": "license"}},
				"authors": {"type": "array", "maxItems": 4,
					"items": {"type": "string", "x-rome": {"type": "reference", "class": "person"}}}
			},
			"required": ["identifier", "name"]
		}"#;
		let draft = parse(text)
			.and_then(|file| file.draft(&|name| Some(if name == "license" { 1 } else { 2 }), None));
		as_schema(draft.unwrap(), None).unwrap()
	}

	pub(crate) fn lookup(class: ClassId, by: &str) -> Result<Lookup, String> {
		if by != "identifier" {
			return Err(format!("class {class} has no unique property `{by}`"));
		}
		Ok(Lookup {
			target: LookupTarget { class, property: 0 },
			kind: ScalarType::Text { max_length: 20 },
			label: format!("class{class}.{by}"),
		})
	}

	pub(crate) fn mapping(properties: Json) -> Mapping {
		let text = json!({ "class": "thing", "key": "identifier", "properties": properties });
		Mapping::parse(&text.to_string(), "mapping.json").unwrap()
	}

	pub(crate) fn columns(properties: Json) -> Result<Vec<Column>, Vec<String>> {
		mapping(properties).columns(0, &schema(), &lookup)
	}

	fn none() -> Classes {
		Classes(Vec::new())
	}

	fn base() -> Json {
		json!({ "identifier": { "from": "id" }, "name": { "from": "title.main" } })
	}

	fn with(name: &str, source: Json) -> Json {
		let mut properties = base();
		properties[name] = source;
		properties
	}

	#[test]
	fn says_what_is_wrong_with_a_mapping() {
		let parse = |text: &str| Mapping::parse(text, "m.json").unwrap_err().to_string();
		assert!(parse("{\n\"class\": 1}").starts_with("m.json:2:10: error: invalid type"));
		assert!(parse("{\"class\": \"a\", \"keys\": 1}").contains("unknown field `keys`"));
		assert!(parse("{\"class\": \"a\", \"key\": \"b\"}").contains("missing field `properties`"));
		let problem = |properties: Json| columns(properties).unwrap_err().join("; ");
		assert!(problem(with("nam", json!({ "from": "x" }))).contains("did you mean `name`?"));
		assert!(problem(json!({ "identifier": { "from": "id" } })).contains("`name` is required"));
		assert!(problem(json!({ "name": { "from": "id" } })).contains("not among the mapped"));
		assert!(problem(with("year", json!({ "from": "y", "lookup": "identifier" })))
			.contains("finds entries to refer to"));
		assert!(problem(with("license", json!({ "from": "y", "lookup": "url" })))
			.contains("no unique property `url`"));
		assert!(problem(with("year", json!({ "from": "y", "split": "," }))).contains("makes lists"));
		let bad = |source: Json| {
			let text = json!({ "class": "a", "key": "b", "properties": { "b": source } });
			Mapping::parse(&text.to_string(), "m.json").unwrap_err().to_string()
		};
		assert!(bad(json!({})).contains("neither `from` nor `value`"));
		assert!(bad(json!({ "from": "a", "value": 1 })).contains("both"));
		assert!(bad(json!({ "form": "a" })).contains("unknown field"));
		assert!(bad(json!({ "from": "a", "lookup": "x" })).contains("key cannot be looked up"));
	}

	fn cell(name: &str, source: Json, record: Json) -> Result<Cell, String> {
		let columns = columns(with(name, source)).unwrap();
		columns.iter().find(|column| column.name == name).unwrap().read(&record, &none())
	}

	fn text_value(text: &str) -> Scalar {
		Scalar::Text(text.as_bytes().to_vec().try_into().unwrap())
	}

	#[test]
	fn reads_cells() {
		let from = || json!({ "from": "x" });
		assert_eq!(cell("year", from(), json!({ "x": 5 })), Ok(Cell::Value(Scalar::Int(5).into())));
		assert_eq!(
			cell("year", from(), json!({ "x": "5" })),
			Ok(Cell::Value(Scalar::Int(5).into()))
		);
		for nothing in [json!({}), json!({ "x": null }), json!({ "x": "" }), json!({ "x": " " })] {
			assert_eq!(cell("year", from(), nothing), Ok(Cell::Empty));
		}
		assert_eq!(
			cell("date", from(), json!({ "x": "1970" })),
			Ok(Cell::Value(Scalar::Timestamp(0).into()))
		);
		assert_eq!(
			cell("date", from(), json!({ "x": 1970 })),
			Ok(Cell::Value(Scalar::Timestamp(0).into()))
		);
		assert_eq!(
			cell("name", from(), json!({ "x": 7 })),
			Ok(Cell::Value(text_value("7").into()))
		);
		let tags = |items: &[&str]| {
			let items: Vec<_> = items.iter().map(|item| text_value(item)).collect();
			Ok(Cell::Value(Value::List(items.try_into().unwrap())))
		};
		assert_eq!(cell("tags", from(), json!({ "x": ["a", "", "b"] })), tags(&["a", "b"]));
		assert_eq!(cell("tags", from(), json!({ "x": "a, b" })), tags(&["a, b"]));
		let split = json!({ "from": "x", "split": "," });
		assert_eq!(cell("tags", split, json!({ "x": "a, ,b" })), tags(&["a", "b"]));
		assert_eq!(cell("tags", from(), json!({ "x": [] })), Ok(Cell::Empty));
		assert_eq!(
			cell("name", json!({ "value": "n" }), json!({})),
			Ok(Cell::Value(text_value("n").into()))
		);
		let by = json!({ "from": "x", "lookup": "identifier" });
		assert_eq!(
			cell("authors", by.clone(), json!({ "x": ["p", "q"] })),
			Ok(Cell::Lookup(vec![text_value("p"), text_value("q")]))
		);
		assert_eq!(
			cell("license", by, json!({ "x": "MIT" })),
			Ok(Cell::Lookup(vec![text_value("MIT")]))
		);
		assert!(cell("year", from(), json!({ "x": "five" })).is_err());
		assert!(cell("year", from(), json!({ "x": [1] })).is_err());
		assert!(cell("name", from(), json!({ "x": {} })).is_err());
	}

	#[test]
	fn follows_paths() {
		let record = json!({ "a": { "b": [{ "c": 1 }, 2] }, "x.y": 3 });
		assert_eq!(field(&record, "a.b.0.c"), Some(&json!(1)));
		assert_eq!(field(&record, "a.b.1"), Some(&json!(2)));
		assert_eq!(field(&record, "x.y"), Some(&json!(3)));
		assert_eq!(field(&record, "a.z"), None);
		assert_eq!(field(&record, "a.b.7"), None);
	}
}
