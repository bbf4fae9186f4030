//! Entries read as one version, whichever they are stored as.

use super::{
	moderate::visibility_text,
	show::{columns, Reader},
	values::{describe_type, parse_id, shorten},
};
use crate::{
	failure::Failure,
	output::{table, Output},
	schema::lookup::name_of,
};
use rome_client::{
	directory::{EntityInfo, ReadInfo, PAGE},
	Chain,
};
use rome_content_query::json;
use rome_primitives::content::{
	api::{ReadError, Reading},
	PropertyId, Schema, SchemaVersion,
};
use serde_json::{json, Value as Json};

/// Why something cannot be read as a version.
pub(crate) fn unreadable(error: ReadError, what: &str, version: SchemaVersion) -> Failure {
	Failure::new(match error {
		ReadError::EntityNotFound => format!("{what} has been removed"),
		ReadError::SchemaNotFound => format!("the class has no version {version}"),
		ReadError::StoredLater => format!("{what} is stored as a later version than {version}"),
		ReadError::TooManySteps => {
			format!("too many versions lie between {version} and what {what} is stored as")
		},
	})
	.hint("`rome schema list` shows the classes and their versions")
}

/// The properties that a reading asks for.
pub(crate) fn asked(reading: &Reading) -> &[PropertyId] {
	match reading {
		Reading::Asks(asked) => asked,
		Reading::Complete | Reading::Later => &[],
	}
}

/// The properties asked for, by name with their types, a line each.
pub(crate) fn asked_lines(schema: &Schema, asked: &[PropertyId]) -> String {
	let properties = asked.iter().filter_map(|id| schema.property(*id));
	let lines = properties.map(|it| {
		let need = if it.property.required { "required" } else { "optional" };
		format!("  {} ({need}): {}", name_of(&it.property), describe_type(&it.property.kind))
	});
	lines.collect::<Vec<_>>().join("\n")
}

/// The names of the properties that a reading asks for.
pub(crate) fn asked_names(schema: &Schema, reading: &Reading) -> String {
	let properties = asked(reading).iter().filter_map(|id| schema.property(*id));
	properties.map(|it| name_of(&it.property)).collect::<Vec<_>>().join(", ")
}

/// Shows an entry as `version` has it.
pub(crate) async fn show_as(
	reader: &mut Reader<'_>,
	info: &EntityInfo,
	version: SchemaVersion,
	output: Output,
) -> Result<(), Failure> {
	let schema = reader.schemas.get(reader.chain, info.id.class, version).await?.clone();
	let view = reader.chain.entity_as(info.id, version).await?;
	let view = view.map_err(|error| unreadable(error, &info.id.to_string(), version))?;
	if output.json {
		output.result(json::entity_as(&view, &schema, &reader.classes), String::new);
		return Ok(());
	}
	let mut rows = table(&["property", "value"]);
	for property in &schema.properties {
		if let Some(value) = view.values.value(property.id) {
			let shown = reader.shown(&property.property.kind, value).await?;
			rows.add_row([name_of(&property.property), shown]);
		}
	}
	let class = reader.classes.name(view.id.class).unwrap_or_default();
	let mut people = format!(
		"{} {class} stored as version {}, read as version {version}, owner {}",
		view.id, view.stored, view.owner
	);
	if let Some(state) = visibility_text(&view.visibility) {
		people.push_str(&format!("\n{state}"));
	}
	people.push_str(&format!("\n{}", rows.trim_fmt()));
	let asks = asked(&view.reading);
	if !asks.is_empty() {
		people.push_str(&format!("\nit lacks, as version {version}:\n"));
		people.push_str(&asked_lines(&schema, asks));
	}
	output.result(Json::Null, || people);
	Ok(())
}

/// Lists a class's entries as `version` has them.
pub(crate) async fn list_as(
	chain: &Chain,
	name: &str,
	version: SchemaVersion,
	limit: u32,
	after: Option<&str>,
	output: Output,
) -> Result<(), Failure> {
	let mut reader = Reader::new(chain).await?;
	let class = reader.classes.need(name)?.id;
	let schema = reader.schemas.get(chain, class, version).await?.clone();
	let mut after = match after {
		None => None,
		Some(written) => Some(parse_id(written, &reader.classes).map_err(Failure::usage)?),
	};
	let mut items = Vec::<ReadInfo>::new();
	let mut next = None;
	while let Some(left) = limit.checked_sub(items.len() as u32).filter(|left| *left > 0) {
		let page = chain.entities_as(class, version, after, left.min(PAGE)).await?;
		let page = page.map_err(|error| unreadable(error, name, version))?;
		items.extend(page.items);
		(after, next) = (page.next, page.next);
		if next.is_none() {
			break;
		}
	}
	if output.json {
		let entries = items.iter().map(|it| json::entity_as(it, &schema, &reader.classes));
		let entries: Vec<_> = entries.collect();
		let next = next.map(|id| id.to_string());
		output.result(json!({ "entries": entries, "next": next }), String::new);
		return Ok(());
	}
	let columns = columns(&schema);
	let mut head = vec!["id".to_string()];
	head.extend(columns.iter().map(|property| name_of(&property.property)));
	head.extend(["stored".to_string(), String::new()]);
	let mut rows = table(&head.iter().map(String::as_str).collect::<Vec<_>>());
	for view in &items {
		let mut row = vec![view.id.to_string()];
		for property in &columns {
			row.push(match view.values.value(property.id) {
				None => String::new(),
				Some(value) => shorten(&reader.shown(&property.property.kind, value).await?),
			});
		}
		row.push(view.stored.to_string());
		let mut notes = Vec::from_iter(visibility_text(&view.visibility));
		match &view.reading {
			Reading::Complete => {},
			Reading::Later => notes.push("stored as a later version".into()),
			reading => notes.push(format!("lacks {}", asked_names(&schema, reading))),
		}
		row.push(notes.join("; "));
		rows.add_row(row);
	}
	let people = match (items.len(), next) {
		(0, _) => format!("no entries of `{name}` to list"),
		(shown, None) => format!("{}\n{shown} shown", rows.trim_fmt()),
		(shown, Some(next)) => {
			format!("{}\n{shown} shown; the next ones: --after {next}", rows.trim_fmt())
		},
	};
	output.result(Json::Null, || people);
	Ok(())
}
