//! A free-form document's members as values of a schema, through a mapping file.

use super::{
	find, find_all, lookups,
	mapping::{Cell, Mapping},
	plan::{resolve, wanted_by},
	read_mapping,
};
use crate::{
	failure::Failure,
	schema::lookup::{text, Classes},
};
use rome_client::{directory::ClassInfo, Chain};
use rome_primitives::content::{PropertyId, Schema, Value};
use serde_json::Value as Json;
use std::path::Path;

/// What `document` says for the properties of `schema`, a version of `class`. Members that the mapping does
/// not name, and properties without a member, are left out.
pub(crate) async fn document_values(
	chain: &Chain,
	classes: &Classes,
	class: &ClassInfo,
	schema: &Schema,
	path: &Path,
	document: &Json,
) -> Result<Vec<(PropertyId, Value)>, Failure> {
	let name = path.display().to_string();
	let mapping: Mapping = read_mapping(path)?;
	let own = text(&class.class.name);
	if mapping.class != own {
		return Err(Failure::new(format!(
			"{name}: the mapping is for the class `{}`, and the entry is of `{own}`",
			mapping.class
		)));
	}
	let failed = |problems: Vec<String>| {
		Failure::new(format!("{name}: error: {}", problems.join(&format!("\n{name}: error: "))))
	};
	let lookups = lookups(chain, classes, class.id, schema, &mapping).await?;
	let columns = mapping
		.some_columns(class.id, schema, &|class, by| find(&lookups, class, by))
		.map_err(failed)?;
	let mut cells = Vec::new();
	let mut problems = Vec::new();
	for column in &columns {
		match column.read(document, classes) {
			Ok(Cell::Empty) => {},
			Ok(cell) => cells.push((column.property.id, cell)),
			Err(why) => problems.push(format!("`{}`: {why}", column.name)),
		}
	}
	let refused = |why: String| {
		Failure::new(format!("the document does not fit: {why}"))
			.hint("correct the mapping, or give the values with --set; nothing was sent")
	};
	if !problems.is_empty() {
		return Err(refused(problems.join("; ")));
	}
	let found = find_all(chain, wanted_by(cells.iter(), &columns, class.id)).await?;
	Ok(resolve(&cells, &columns, &found).map_err(refused)?.0.into_inner())
}
