//! Values as the database keeps them.

use super::{
	names::OWN_COLUMNS,
	shape::{Column, Table},
};
use crate::schema::lookup::text;
use rome_content_query::values::scalar_to_text;
use rome_primitives::content::{
	EntityId, EntityValues, PropertyId, Scalar, ScalarType, Schema, SchemaVersion, Value,
};
use rusqlite::types::Value as Cell;
use serde_json::json;

/// A value that is not of its property's type: the node's answer is not to be believed.
#[derive(Debug, thiserror::Error)]
#[error("the value of `{0}` is not of its type")]
pub(super) struct Misfit(String);

/// What one entity puts into a version's tables.
#[derive(Debug, PartialEq)]
pub(super) struct Row {
	/// For the table itself.
	pub cells: Vec<Cell>,
	/// For each list by the position of its column, its items in order.
	pub lists: Vec<(usize, Vec<Vec<Cell>>)>,
}

/// An entity's row in `table`. `asked` are the properties that are asked for.
pub(super) fn row(
	table: &Table,
	schema: &Schema,
	id: EntityId,
	stored: SchemaVersion,
	values: &EntityValues,
	asked: &[PropertyId],
) -> Result<Row, Misfit> {
	let mut cells = Vec::with_capacity(table.columns.len().saturating_add(OWN_COLUMNS.len()));
	cells.extend([
		Cell::Text(id.to_string()),
		Cell::Integer(stored.into()),
		missing(schema, asked),
	]);
	let mut lists = Vec::new();
	for (at, column) in table.columns.iter().enumerate() {
		match (values.value(column.property), column.is_list()) {
			(Some(Value::Single(scalar)), false) => cells.extend(scalar_cells(column, scalar)?),
			(Some(Value::List(items)), true) => {
				cells.push(Cell::Integer(items.len() as i64));
				let items = items.iter().map(|item| scalar_cells(column, item));
				lists.push((at, items.collect::<Result<_, _>>()?));
			},
			(None, true) => cells.push(Cell::Null),
			(None, false) => cells.extend(match column.kind.scalar() {
				ScalarType::Decimal { .. } => vec![Cell::Null, Cell::Null],
				_ => vec![Cell::Null],
			}),
			_ => return Err(Misfit(column.name.clone())),
		}
	}
	Ok(Row { cells, lists })
}

/// What is asked for, as a JSON list of names; null if nothing is.
fn missing(schema: &Schema, asked: &[PropertyId]) -> Cell {
	if asked.is_empty() {
		return Cell::Null;
	}
	let asked = schema.properties.iter().filter(|property| asked.contains(&property.id));
	let names: Vec<_> = asked.map(|property| text(&property.property.name)).collect();
	Cell::Text(json!(names).to_string())
}

fn scalar_cells(column: &Column, scalar: &Scalar) -> Result<Vec<Cell>, Misfit> {
	let misfit = || Misfit(column.name.clone());
	let kind = column.kind.scalar();
	Ok(vec![match (kind, scalar) {
		(ScalarType::Bool, Scalar::Bool(value)) => Cell::Integer((*value).into()),
		(ScalarType::Int { .. }, Scalar::Int(value))
		| (ScalarType::Timestamp, Scalar::Timestamp(value)) => Cell::Integer(*value),
		(ScalarType::Decimal { .. }, Scalar::Decimal(_)) => {
			let exact = scalar_to_text(kind, scalar);
			let value = exact.parse().map_err(|_| misfit())?;
			return Ok(vec![Cell::Real(value), Cell::Text(exact)]);
		},
		(ScalarType::Text { .. }, Scalar::Text(bytes)) => {
			Cell::Text(std::str::from_utf8(bytes).map_err(|_| misfit())?.into())
		},
		(ScalarType::Bytes { .. }, Scalar::Bytes(bytes)) => Cell::Blob(bytes.to_vec()),
		(ScalarType::Hash32, Scalar::Hash32(bytes))
		| (ScalarType::DataObject, Scalar::DataObject(bytes)) => Cell::Blob(bytes.to_vec()),
		(ScalarType::Enum { variants }, Scalar::Enum(variant)) => {
			let name = variants.get(usize::from(*variant)).ok_or_else(misfit)?;
			Cell::Text(std::str::from_utf8(name).map_err(|_| misfit())?.into())
		},
		(ScalarType::Reference { .. }, Scalar::Reference(id)) => Cell::Text(id.to_string()),
		_ => return Err(misfit()),
	}])
}
