//! `rome content migrate ENTRY`: shows what a later version makes of an entry, and moves it there.

use super::{
	import::document_values,
	reading::{asked, asked_lines, asked_names, unreadable},
	show::{need_property, Reader},
	write::{misfit, must_own, parse_values},
};
use crate::{
	accounts,
	args::{Global, MigrateArgs},
	failure::Failure,
	output::{print_line, table, Output},
	schema::lookup::name_of,
};
use rome_client::{
	directory::{EntityInfo, ReadInfo},
	Call, Chain,
};
use rome_content_query::json::values as values_json;
use rome_primitives::content::{
	Carry, Cast, EntityValues, Migrated, PropertyId, Rule, Scalar, Schema, SchemaProperty,
	SchemaVersion, Value, ValueChange, ValueChanges, DOCUMENT,
};
use serde_json::{json, Value as Json};
use std::io::{self, Write};

/// Migrates one entry.
pub(crate) async fn migrate(
	args: &MigrateArgs,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let (Some(written), Some(version)) = (&args.id, args.to) else {
		return Err(Failure::usage("name an entry, and with --to the version that it becomes"));
	};
	let account = accounts::one(global)?;
	let chain = Chain::connect(&global.url, output.json).await?;
	let mut reader = Reader::new(&chain).await?;
	let info = reader.need(written).await?;
	if args.group.is_none() {
		must_own(&account, &info.entity.owner, info.id)?;
	}
	if info.entity.version >= version {
		return Err(Failure::new(format!(
			"{} is stored as version {} already",
			info.id, info.entity.version
		)));
	}
	let step = Step::read(&mut reader, &info, version).await?;
	let supplied = supplied(&reader, &info, &step, args).await?;
	let missing = step.missing(&supplied);
	if !missing.is_empty() {
		let lacks = asked_lines(&step.schema, &missing);
		return Err(Failure::new(format!(
			"{} lacks, as version {version}:\n{lacks}",
			info.id
		))
		.hint(
			"give each with --set PROPERTY=VALUE, or leave optional ones empty with --clear PROPERTY; \
			 nothing was sent",
		));
	}
	let too_many = |_| Failure::new("there are too many values");
	let changes: ValueChanges = supplied.clone().try_into().map_err(too_many)?;
	let values = step
		.schema
		.supply(step.migrated(), changes.clone(), step.is_document())
		.map_err(|error| misfit(&step.schema, error))?;
	if !output.json {
		print_line(&step.people(&mut reader, &info, &values, &supplied).await?);
	}
	if !args.yes && !confirmed(&format!("Migrate {} to version {version}?", info.id)) {
		return Err(Failure::new("not confirmed; nothing was sent").hint("answer y, or give --yes"));
	}
	let call = Call::migrate_entity(info.id, version, &changes, args.group);
	let sent = chain.send(&call, &account, global.wait).await?;
	let value = json!({
		"id": info.id.to_string(),
		"from": info.entity.version,
		"to": version,
		"before": values_json(&step.stored, &info.entity.values),
		"values": values_json(&step.schema, &values),
		"dropped": step.dropped(&info.entity.values).iter().map(|it| name_of(&it.property))
			.collect::<Vec<_>>(),
		"block": sent.number,
	});
	output.result(value, || {
		format!("{} is migrated to version {version} in block {}", info.id, sent.number)
	});
	Ok(())
}

/// Asks on the terminal, or whatever else standard input is.
fn confirmed(question: &str) -> bool {
	eprint!("{question} [y/N] ");
	let _ = io::stderr().flush();
	let mut answer = String::new();
	let read = io::stdin().read_line(&mut answer);
	read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

/// What is supplied: of the document through the mapping, and what was written, which goes first.
async fn supplied(
	reader: &Reader<'_>,
	info: &EntityInfo,
	step: &Step,
	args: &MigrateArgs,
) -> Result<Vec<ValueChange>, Failure> {
	let (schema, classes) = (&step.schema, &reader.classes);
	let class = classes.name(info.id.class).unwrap_or_default();
	let mut supplied = Vec::<ValueChange>::new();
	for (id, value) in parse_values(&args.set, &class, schema, classes)? {
		supplied.push((id, Some(value)));
	}
	for name in &args.clear {
		let id = need_property(schema, &class, name)?.id;
		if supplied.iter().any(|(other, _)| *other == id) {
			return Err(Failure::usage(format!("`{name}` is both set and cleared")));
		}
		supplied.push((id, None));
	}
	step.only_asked(&supplied)?;
	let Some(path) = &args.mapping else { return Ok(supplied) };
	if !step.is_document() {
		return Err(Failure::usage(format!(
			"--mapping reads free-form documents, and {} is stored as version {}",
			info.id, info.entity.version
		))
		.hint("leave it out, and give what is asked for with --set PROPERTY=VALUE"));
	}
	let Some(class) = classes.by_id(info.id.class) else { return Ok(supplied) };
	let document = document(&info.entity.values)?;
	let mapped = document_values(reader.chain, classes, class, schema, path, &document).await?;
	for (id, value) in mapped {
		if !supplied.iter().any(|(other, _)| *other == id) {
			supplied.push((id, Some(value)));
		}
	}
	Ok(supplied)
}

fn document(values: &EntityValues) -> Result<Json, Failure> {
	let document = match values.value(DOCUMENT) {
		Some(Value::Single(Scalar::Text(document))) => serde_json::from_slice(document).ok(),
		_ => None,
	};
	document.ok_or_else(|| Failure::new("the entry's document cannot be read"))
}

/// An entry on its way to a later version.
struct Step {
	/// What it is stored as.
	stored: Schema,
	/// The versions between, newest first.
	between: Vec<Schema>,
	/// What it becomes.
	schema: Schema,
	/// What that makes of it.
	view: ReadInfo,
}

impl Step {
	async fn read(
		reader: &mut Reader<'_>,
		info: &EntityInfo,
		version: SchemaVersion,
	) -> Result<Self, Failure> {
		let (chain, class, from) = (reader.chain, info.id.class, info.entity.version);
		let schema = reader.schemas.get(chain, class, version).await?.clone();
		let view = chain.entity_as(info.id, version).await?;
		let view = view.map_err(|error| unreadable(error, &info.id.to_string(), version))?;
		let stored = reader.schema(info).await?;
		let mut between = Vec::new();
		let mut base = schema.base;
		// A document comes from no version.
		while from != 0 && base > from {
			let schema = reader.schemas.get(chain, class, base).await?.clone();
			base = schema.base;
			between.push(schema);
		}
		Ok(Self { stored, between, schema, view })
	}

	fn is_document(&self) -> bool {
		self.view.stored == 0
	}

	fn asked(&self) -> &[PropertyId] {
		asked(&self.view.reading)
	}

	fn migrated(&self) -> Migrated {
		Migrated { values: self.view.values.clone(), asked: self.asked().to_vec() }
	}

	/// What is asked for and not supplied. Of a document's properties, optional ones need not be.
	fn missing(&self, supplied: &[ValueChange]) -> Vec<PropertyId> {
		let needed = |id: &PropertyId| {
			!self.is_document()
				|| self.schema.property(*id).is_some_and(|property| property.property.required)
		};
		let given = |id: &PropertyId| supplied.iter().any(|(other, _)| other == id);
		self.asked().iter().copied().filter(|id| needed(id) && !given(id)).collect()
	}

	/// Makes sure that nothing is supplied that the version knows.
	fn only_asked(&self, supplied: &[ValueChange]) -> Result<(), Failure> {
		let extra = supplied.iter().find(|(id, _)| !self.asked().contains(id));
		let Some(property) = extra.and_then(|(id, _)| self.schema.property(*id)) else {
			return Ok(());
		};
		let asks = asked_names(&self.schema, &self.view.reading);
		let asks = if asks.is_empty() { "nothing".into() } else { asks };
		let (name, id) = (name_of(&property.property), self.view.id);
		Err(Failure::new(format!(
			"`{name}` is not asked for: its value follows from the migration's rules"
		))
		.hint(format!(
			"{id} asks for {asks}; other values are changed afterwards: rome content edit {id}"
		)))
	}

	/// The property, as it is stored, that a later one starts from, and in which way.
	fn origin(&self, later: &SchemaProperty) -> Option<(&SchemaProperty, &'static str)> {
		let mut how = "carried";
		let mut rule = later.rule.as_ref();
		let mut found = None;
		for schema in self.between.iter().chain([&self.stored]) {
			let from = match rule? {
				Rule::Carry(Carry { from }) => *from,
				Rule::Cast(Cast { from, .. }) => {
					how = "cast";
					*from
				},
				Rule::Default(_) | Rule::Ask => return None,
			};
			let property = schema.property(from)?;
			rule = property.rule.as_ref();
			found = Some(property);
		}
		found.map(|property| (property, how))
	}

	/// The properties whose values nothing takes over.
	fn dropped(&self, values: &EntityValues) -> Vec<&SchemaProperty> {
		let kept: Vec<_> = self
			.schema
			.properties
			.iter()
			.filter_map(|property| Some(self.origin(property)?.0.id))
			.collect();
		let stored = self.stored.properties.iter();
		stored.filter(|it| values.value(it.id).is_some() && !kept.contains(&it.id)).collect()
	}

	/// What becomes of each property, for people.
	async fn people(
		&self,
		reader: &mut Reader<'_>,
		info: &EntityInfo,
		values: &EntityValues,
		supplied: &[ValueChange],
	) -> Result<String, Failure> {
		let (from, to) = (format!("version {}", self.view.stored), self.view.version);
		let old = &info.entity.values;
		let mut rows = table(&["property", &from, &format!("version {to}"), ""]);
		for property in &self.schema.properties {
			let origin = self.origin(property).filter(|(origin, _)| old.value(origin.id).is_some());
			let before = match origin {
				Some((origin, _)) => shown(reader, origin, old).await?,
				None => String::new(),
			};
			let after = shown(reader, property, values).await?;
			let given = supplied.iter().find(|(id, _)| *id == property.id);
			let how = match (given, origin) {
				(Some((_, Some(_))), _) => "given",
				(Some((_, None)), _) => "left empty",
				(None, Some((_, how))) => how,
				(None, None) if after.is_empty() => "empty",
				(None, None) => "default",
			};
			let mut name = name_of(&property.property);
			if let Some((origin, _)) = origin {
				let was = name_of(&origin.property);
				if was != name {
					name.push_str(&format!(" (was {was})"));
				}
			}
			rows.add_row([name, before, after, how.to_string()]);
		}
		for property in self.dropped(old) {
			let before = shown(reader, property, old).await?;
			let name = name_of(&property.property);
			rows.add_row([name, before, String::new(), "dropped".into()]);
		}
		let class = reader.classes.name(info.id.class).unwrap_or_default();
		Ok(format!("{} {class}, from {from} to version {to}\n{}", info.id, rows.trim_fmt()))
	}
}

/// What an entry holds for a property, for people.
async fn shown(
	reader: &mut Reader<'_>,
	property: &SchemaProperty,
	values: &EntityValues,
) -> Result<String, Failure> {
	match values.value(property.id) {
		None => Ok(String::new()),
		Some(value) => reader.shown(&property.property.kind, value).await,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::schema::{model::as_schema, parse::parse};
	use rome_primitives::content::{api::Reading, EntityId, Visibility};
	use subxt::utils::AccountId32;

	/// Versions of a class, each following the one before.
	fn versions(properties: &[&str]) -> Vec<Schema> {
		let mut schemas = Vec::<Schema>::new();
		for (at, properties) in properties.iter().enumerate() {
			let text = format!(
				"{{\"x-rome\": {{\"class\": \"thing\", \"category\": \"other\", \"version\": {}}}, \
				 \"properties\": {{{properties}}}, \"required\": [\"name\"]}}",
				at + 1
			);
			let before = schemas.last();
			let draft = parse(&text).and_then(|file| file.draft(&|_| None, before)).unwrap();
			let mut schema = as_schema(draft, before).unwrap();
			schema.base = at as SchemaVersion;
			schemas.push(schema);
		}
		schemas
	}

	fn step(stored: SchemaVersion, asked: &[&str]) -> Step {
		let text = "\"type\": \"string\", \"maxLength\": 9";
		let mut schemas = versions(&[
			&format!(
				"\"name\": {{{text}}}, \"size\": {{\"type\": \"integer\"}}, \"old\": {{{text}}}"
			),
			&format!(
				"\"name\": {{{text}, \"x-rome\": {{\"carry\": \"name\"}}}}, \
				 \"length\": {{{text}, \"x-rome\": {{\"cast\": \"size\"}}}}"
			),
			&format!(
				"\"name\": {{{text}, \"x-rome\": {{\"carry\": \"name\"}}}}, \
				 \"span\": {{{text}, \"x-rome\": {{\"carry\": \"length\"}}}}, \
				 \"state\": {{{text}, \"x-rome\": {{\"default\": \"new\"}}}}, \
				 \"author\": {{{text}, \"x-rome\": {{\"ask\": true}}}}"
			),
		]);
		let schema = schemas.pop().unwrap();
		let asked = asked.iter().map(|name| schema.property_by_name(name.as_bytes()).unwrap().id);
		let view = ReadInfo {
			id: EntityId { class: 0, serial: 0 },
			stored,
			version: 3,
			reading: Reading::Asks(asked.collect()),
			values: EntityValues::default(),
			owner: AccountId32([0; 32]),
			referenceable: false,
			visibility: Visibility::Visible,
			removed_references: Vec::new(),
			expired_objects: Vec::new(),
		};
		let between = schemas.pop().unwrap();
		let (stored, between) = match stored {
			0 => (Schema::free_form(), Vec::new()),
			_ => (schemas.remove(0), vec![between]),
		};
		Step { stored, between, schema, view }
	}

	#[test]
	fn follows_values_through_the_versions() {
		let step = step(1, &["author"]);
		let origin = |name: &str| {
			let property = step.schema.property_by_name(name.as_bytes()).unwrap();
			step.origin(property).map(|(origin, how)| (name_of(&origin.property), how))
		};
		assert_eq!(origin("name"), Some(("name".into(), "carried")));
		assert_eq!(origin("span"), Some(("size".into(), "cast")));
		assert_eq!(origin("state"), None);
		assert_eq!(origin("author"), None);
		let text =
			|text: &str| Value::Single(Scalar::Text(text.as_bytes().to_vec().try_into().unwrap()));
		let id = |name: &str| step.stored.property_by_name(name.as_bytes()).unwrap().id;
		let values = vec![(id("name"), text("a")), (id("old"), text("b"))];
		let mut values = EntityValues(values.try_into().unwrap());
		values.sort();
		let dropped: Vec<_> =
			step.dropped(&values).iter().map(|it| name_of(&it.property)).collect();
		assert_eq!(dropped, ["old"]);
	}

	#[test]
	fn says_what_is_missing_and_what_is_too_much() {
		let step = step(1, &["author"]);
		let id = |name: &str| step.schema.property_by_name(name.as_bytes()).unwrap().id;
		assert_eq!(step.missing(&[]), [id("author")]);
		assert!(step.missing(&[(id("author"), None)]).is_empty());
		assert!(step.only_asked(&[(id("author"), None)]).is_ok());
		let error = step.only_asked(&[(id("state"), None)]).unwrap_err();
		assert!(error.to_string().contains("`state` is not asked for"), "{error}");
		assert!(error.advice().unwrap().contains("asks for author;"), "{:?}", error.advice());
		let lines = asked_lines(&step.schema, &[id("name"), id("author")]);
		assert_eq!(
			lines,
			"  name (required): a text of at most 9 characters\n  author (optional): a text of at \
			 most 9 characters"
		);
	}

	#[test]
	fn optional_properties_of_a_document_may_be_left_out() {
		let step = step(0, &["name", "span", "state", "author"]);
		let name = step.schema.property_by_name(b"name").unwrap().id;
		assert_eq!(step.missing(&[]), [name]);
	}
}
