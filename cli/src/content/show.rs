//! Reads entries, and shows them.

use super::{
	moderate::visibility_text,
	values::{describe_type, parse_id, scalar_from_text, scalar_to_text, shorten, value_to_json},
};
use crate::{
	accounts::parse_account,
	failure::{did_you_mean, Failure},
	output::{amount, table, Output},
	schema::lookup::{active_schema, name_of, text, Classes, Schemas},
};
use rome_client::{
	directory::{EntityInfo, PAGE},
	Chain,
};
use rome_content_query::json::{visibility, visibility_reason};
use rome_primitives::content::{
	EntityId, PropertyType, Scalar, ScalarType, Schema, SchemaProperty, Value, DOCUMENT,
};
use serde_json::{json, Map, Value as Json};
use std::collections::BTreeMap;

/// Reads entries with all that it takes to show them.
pub(crate) struct Reader<'a> {
	pub chain: &'a Chain,
	pub classes: Classes,
	pub schemas: Schemas,
	/// What references lead to: the name of the entry there, or that there is none.
	names: BTreeMap<EntityId, Option<String>>,
}

impl<'a> Reader<'a> {
	pub(crate) async fn new(chain: &'a Chain) -> Result<Self, Failure> {
		let classes = Classes::fetch(chain).await?;
		Ok(Self { chain, classes, schemas: Schemas::default(), names: BTreeMap::new() })
	}

	/// The entry that `written` names.
	pub(crate) async fn need(&self, written: &str) -> Result<EntityInfo, Failure> {
		let id = parse_id(written, &self.classes).map_err(Failure::new)?;
		self.chain.entity(id).await?.ok_or_else(|| {
			let class = self.classes.by_id(id.class);
			let failure = match class {
				None => Failure::new(format!(
					"there is no entry {id}: no class has the number {}",
					id.class
				)),
				Some(class) if id.serial < class.stats.next_serial => {
					Failure::new(format!("there is no entry {id}: it has been removed"))
				},
				Some(class) => Failure::new(format!(
					"there is no entry {id}: `{}` has none of that number yet",
					text(&class.class.name)
				)),
			};
			failure.hint("`rome content list CLASS` shows what there is")
		})
	}

	/// The entry found by `CLASS.PROPERTY=VALUE`.
	pub(crate) async fn by_unique(&self, written: &str) -> Result<EntityInfo, Failure> {
		let usage = || {
			Failure::usage(format!("`{written}` does not say what to look for"))
				.hint("write CLASS.PROPERTY=VALUE, for example video.identifier=blender:sintel")
		};
		let (path, value) = written.split_once('=').ok_or_else(usage)?;
		let (class, property) = path.split_once('.').ok_or_else(usage)?;
		let info = self.classes.need(class)?;
		let (_, schema) = active_schema(self.chain, info).await?;
		let found = need_property(&schema, class, property)?;
		if !found.property.unique {
			return Err(Failure::new(format!("`{property}` of `{class}` is not unique")).hint(
				format!(
					"rome content list {class} --where {property}=VALUE finds by indexed values"
				),
			));
		}
		let scalar = scalar_from_text(found.property.kind.scalar(), value, &self.classes)
			.map_err(Failure::new)?;
		self.chain.entity_by_unique(info.id, found.id, &scalar).await?.ok_or_else(|| {
			Failure::new(format!("no entry of `{class}` has {property}={}", shorten(value)))
				.hint(format!("`rome content list {class}` shows what there is"))
		})
	}

	/// The schema that an entry is stored with.
	pub(crate) async fn schema(&mut self, info: &EntityInfo) -> Result<Schema, Failure> {
		Ok(self.schemas.get(self.chain, info.id.class, info.entity.version).await?.clone())
	}

	/// The name of the entry that a reference leads to; `None` if it was removed.
	async fn name(&mut self, id: EntityId) -> Result<Option<String>, Failure> {
		if let Some(name) = self.names.get(&id) {
			return Ok(name.clone());
		}
		let name = match self.chain.entity(id).await? {
			None => None,
			Some(info) => {
				let schema =
					self.schemas.get(self.chain, info.id.class, info.entity.version).await?;
				Some(entry_name(&info, schema).unwrap_or_default())
			},
		};
		self.names.insert(id, name.clone());
		Ok(name)
	}

	/// A value for people: references with the names of what they lead to.
	pub(crate) async fn shown(
		&mut self,
		kind: &PropertyType,
		value: &Value,
	) -> Result<String, Failure> {
		let mut parts = Vec::new();
		for scalar in value.scalars() {
			let part = scalar_to_text(kind.scalar(), scalar);
			parts.push(match scalar {
				Scalar::Reference(id) => match self.name(*id).await? {
					None => format!("{part} (removed)"),
					Some(name) if name.is_empty() => part,
					Some(name) => format!("{part} ({name})"),
				},
				_ => part,
			});
		}
		let separator = if matches!(kind.scalar(), ScalarType::Text { .. }) { "; " } else { ", " };
		Ok(parts.join(separator))
	}

	/// An entry for programs.
	pub(crate) async fn json(&mut self, info: &EntityInfo) -> Result<Json, Failure> {
		let schema = self.schema(info).await?;
		let mut values = Map::new();
		let mut references = Map::new();
		for property in &schema.properties {
			if let Some(value) = info.entity.values.value(property.id) {
				values.insert(
					name_of(&property.property),
					value_to_json(&property.property.kind, value),
				);
			}
		}
		for (_, id) in info.entity.values.references() {
			let name = self.name(id).await?;
			references.insert(
				id.to_string(),
				json!({ "name": name.clone().filter(|name| !name.is_empty()), "removed": name.is_none() }),
			);
		}
		Ok(json!({
			"id": info.id.to_string(),
			"class": self.classes.name(info.id.class),
			"version": info.entity.version,
			"owner": info.entity.owner.to_string(),
			"referenceable": info.entity.referenceable,
			"visibility": visibility(&info.entity.visibility),
			"visibilityReason": visibility_reason(&info.entity.visibility),
			"deposit": info.entity.deposit.to_string(),
			"offeredTo": info.offered_to.as_ref().map(ToString::to_string),
			"values": values,
			"references": references,
			"expiredObjects": info.expired_objects.iter().map(hex::encode).collect::<Vec<_>>(),
		}))
	}

	/// An entry for people.
	async fn people(&mut self, info: &EntityInfo) -> Result<String, Failure> {
		let schema = self.schema(info).await?;
		let mut rows = table(&["property", "value"]);
		for property in &schema.properties {
			if let Some(value) = info.entity.values.value(property.id) {
				let shown = self.shown(&property.property.kind, value).await?;
				rows.add_row([name_of(&property.property), shown]);
			}
		}
		let class = self.classes.name(info.id.class).unwrap_or_default();
		let mut head = format!(
			"{} {class} version {}, owner {}, deposit {}",
			info.id,
			info.entity.version,
			info.entity.owner,
			amount(info.entity.deposit)
		);
		if info.entity.referenceable {
			head.push_str(", referenceable");
		}
		if let Some(state) = visibility_text(&info.entity.visibility) {
			head.push_str(&format!("\n{state}"));
		}
		if let Some(to) = &info.offered_to {
			head.push_str(&format!("\noffered to {to}"));
		}
		if info.own_references > 0 {
			head.push_str(&format!(
				"\nreferred to by {} of its owner's references",
				info.own_references
			));
		}
		if info.foreign_references {
			head.push_str("\nreferred to by entries of other owners");
		}
		for hash in &info.expired_objects {
			let hash = hex::encode(hash);
			head.push_str(&format!("\nits owner's pin on {hash} has run out or gone"));
		}
		Ok(format!("{head}\n{}", rows.trim_fmt()))
	}

	/// Shows an entry.
	pub(crate) async fn show(&mut self, info: &EntityInfo, output: Output) -> Result<(), Failure> {
		let value = self.json(info).await?;
		let people = if output.json { String::new() } else { self.people(info).await? };
		output.result(value, || people);
		Ok(())
	}
}

/// The property of a class that `name` names.
pub(crate) fn need_property<'a>(
	schema: &'a Schema,
	class: &str,
	name: &str,
) -> Result<&'a SchemaProperty, Failure> {
	schema.property_by_name(name.as_bytes()).ok_or_else(|| {
		let names: Vec<_> =
			schema.properties.iter().map(|property| name_of(&property.property)).collect();
		let meant = did_you_mean(name, names.iter().map(String::as_str));
		Failure::new(format!("the class `{class}` has no property `{name}`{meant}"))
			.hint(format!("it has {}", names.join(", ")))
	})
}

/// What an entry is called, by what its schema calls a name.
fn entry_name(info: &EntityInfo, schema: &Schema) -> Option<String> {
	["name", "headline", "title", "identifier"].into_iter().find_map(|candidate| {
		let property = schema.property_by_name(candidate.as_bytes())?;
		match info.entity.values.value(property.id)?.single()? {
			Scalar::Text(bytes) => Some(text(bytes)),
			_ => None,
		}
	})
}

/// What is to be listed.
pub(crate) struct Listing<'a> {
	pub class: &'a str,
	pub owner: Option<&'a str>,
	pub filter: Option<&'a str>,
	pub limit: u32,
	pub after: Option<&'a str>,
}

/// Lists entries.
pub(crate) async fn list(
	chain: &Chain,
	listing: &Listing<'_>,
	output: Output,
) -> Result<(), Failure> {
	let mut reader = Reader::new(chain).await?;
	let info = reader.classes.need(listing.class)?;
	let (class, entities) = (info.id, info.stats.entities);
	let active = active_schema(chain, info).await?.1;
	let owner = listing.owner.map(parse_account).transpose()?;
	let mut after = match listing.after {
		None => None,
		Some(written) => Some(parse_id(written, &reader.classes).map_err(Failure::usage)?),
	};
	let filter = match listing.filter {
		None => None,
		Some(written) => Some(parse_filter(written, listing.class, &active, &reader.classes)?),
	};
	let mut items = Vec::new();
	let limit = listing.limit as usize;
	// Whether there are more than `limit`.
	let mut more = None;
	while items.len() < limit {
		let count = PAGE.min((limit - items.len()) as u32);
		let page = match (&filter, owner) {
			(Some((property, value)), _) if property.property.unique => {
				let found = chain.entity_by_unique(class, property.id, value).await?;
				items.extend(found);
				break;
			},
			(Some((property, value)), _) => {
				chain.entities_by_index(class, property.id, value, after, count).await?
			},
			(None, Some(owner)) => chain.entities_of(owner, class, after, count).await?,
			(None, None) => chain.entities(class, after, count).await?,
		};
		items.extend(page.items);
		after = page.next;
		more = page.next;
		if after.is_none() {
			break;
		}
	}
	if output.json {
		let mut list = Vec::new();
		for info in &items {
			list.push(reader.json(info).await?);
		}
		let next = more.map(|id| id.to_string());
		output.result(json!({ "entries": list, "next": next }), String::new);
		return Ok(());
	}
	let columns = columns(&active);
	let documents = items.iter().any(|info| info.entity.version == 0);
	let mut head = vec!["id".to_string()];
	head.extend(columns.iter().map(|property| name_of(&property.property)));
	if documents {
		head.push("document".into());
	}
	head.extend(["version".to_string(), "owner".into(), String::new()]);
	let mut rows = table(&head.iter().map(String::as_str).collect::<Vec<_>>());
	for info in &items {
		let mut row = vec![info.id.to_string()];
		for property in &columns {
			row.push(match info.entity.values.value(property.id) {
				None => String::new(),
				Some(value) => shorten(&reader.shown(&property.property.kind, value).await?),
			});
		}
		if documents {
			let document = info.entity.values.value(DOCUMENT).and_then(Value::single);
			row.push(match document {
				Some(Scalar::Text(document)) => shorten(&text(document)),
				_ => String::new(),
			});
		}
		let owner = info.entity.owner.to_string();
		let start: String = owner.chars().take(8).collect();
		row.push(info.entity.version.to_string());
		row.push(format!("{start}..."));
		row.push(visibility_text(&info.entity.visibility).unwrap_or_default());
		rows.add_row(row);
	}
	let people = match (items.len(), more) {
		(0, _) => format!("no entries of `{}` to list", listing.class),
		(shown, None) => format!("{}\n{shown} shown", rows.trim_fmt()),
		(shown, Some(next)) => format!(
			"{}\n{shown} shown, of {entities} in the class; the next ones: --after {next}",
			rows.trim_fmt()
		),
	};
	output.result(Json::Null, || people);
	Ok(())
}

fn parse_filter(
	written: &str,
	class: &str,
	schema: &Schema,
	classes: &Classes,
) -> Result<(SchemaProperty, Scalar), Failure> {
	let (name, value) = written.split_once('=').ok_or_else(|| {
		Failure::usage(format!("`{written}` does not say what to look for"))
			.hint("write PROPERTY=VALUE, for example datePublished=1966")
	})?;
	let property = need_property(schema, class, name)?;
	if !property.property.unique && !property.property.indexed {
		let found = schema.properties.iter();
		let found = found.filter(|it| it.property.unique || it.property.indexed);
		let names: Vec<_> = found.map(|it| name_of(&it.property)).collect();
		return Err(Failure::new(format!("`{name}` of `{class}` is neither unique nor indexed"))
			.hint(format!("entries are found by {}", names.join(", "))));
	}
	let kind = property.property.kind.scalar();
	let scalar = scalar_from_text(kind, value, classes).map_err(|why| {
		Failure::new(format!("`{name}`: {why}"))
			.hint(format!("it takes {}", describe_type(&property.property.kind)))
	})?;
	Ok((property.clone(), scalar))
}

/// The properties that a list shows: what entries are known by, then a few more.
pub(crate) fn columns(schema: &Schema) -> Vec<SchemaProperty> {
	const MOST: usize = 4;
	let single =
		|property: &&SchemaProperty| matches!(property.property.kind, PropertyType::Single(_));
	let all = || schema.properties.iter().filter(single);
	let mut columns = Vec::<SchemaProperty>::new();
	let known =
		all().filter(|it| it.property.unique || it.property.indexed || it.property.required);
	for property in known.chain(all()) {
		if columns.len() < MOST && !columns.contains(property) {
			columns.push(property.clone());
		}
	}
	columns
}
