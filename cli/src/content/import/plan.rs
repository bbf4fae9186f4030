//! What an import would do, worked out before anything is sent.

use super::{
	mapping::{Cell, Column, LookupTarget},
	reader::Record,
};
use crate::{
	content::values::{describe_error, scalar_to_text, shorten},
	schema::lookup::Classes,
};
use codec::Encode;
use rome_primitives::content::{EntityId, EntityValues, PropertyId, Scalar, Schema, Value};
use std::collections::{HashMap, HashSet};
use subxt::utils::AccountId32;

/// A record that will not be imported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Refused {
	pub line: usize,
	/// The record's key, where it has one.
	pub key: Option<String>,
	pub reason: String,
}

/// A record whose values have been read, with what is to be looked up still open.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
	pub line: usize,
	pub key: Scalar,
	key_text: String,
	cells: Vec<(PropertyId, Cell)>,
}

/// An entry to be created.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
	pub line: usize,
	pub key: Scalar,
	pub key_text: String,
	pub values: EntityValues,
}

/// What is on chain under a unique value.
#[derive(Clone, Debug)]
pub(crate) struct Existing {
	pub id: EntityId,
	pub owner: AccountId32,
	pub values: EntityValues,
}

/// A value, as a key of a map.
pub(crate) type Encoded = Vec<u8>;

/// Entities by the values of unique properties, as far as they were looked for.
pub(crate) type Found = HashMap<(LookupTarget, Encoded), Existing>;

/// A key that is on chain already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct There {
	pub line: usize,
	pub key: String,
	pub id: EntityId,
}

/// What an import does.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
	pub create: Vec<Entry>,
	/// On chain already, with the same values.
	pub unchanged: Vec<There>,
	/// On chain already, with other values.
	pub changed: Vec<There>,
	/// On chain already, owned by somebody else.
	pub foreign: Vec<There>,
	pub refused: Vec<Refused>,
}

/// Reads all records, and says which cannot be used.
pub(crate) fn prepare(
	records: &[Record],
	columns: &[Column],
	key: PropertyId,
	classes: &Classes,
) -> (Vec<Prepared>, Vec<Refused>) {
	let mut prepared = Vec::new();
	let mut refused = Vec::new();
	// Where each unique value was first seen.
	let mut seen = HashMap::<(PropertyId, Encoded), usize>::new();
	for record in records {
		match prepare_one(record, columns, key, classes, &mut seen) {
			Ok(it) => prepared.push(it),
			Err(it) => refused.push(it),
		}
	}
	(prepared, refused)
}

fn prepare_one(
	record: &Record,
	columns: &[Column],
	key: PropertyId,
	classes: &Classes,
	seen: &mut HashMap<(PropertyId, Encoded), usize>,
) -> Result<Prepared, Refused> {
	let line = record.line;
	let refuse = |key: Option<String>, reason: String| Refused { line, key, reason };
	let fields = record.fields.as_ref().map_err(|reason| refuse(None, reason.clone()))?;
	let key_column = columns.iter().find(|column| column.property.id == key);
	let key_cell = key_column.map(|column| column.read(fields, classes));
	let key_scalar = match key_cell {
		Some(Ok(Cell::Value(Value::Single(scalar)))) => Some(scalar),
		_ => None,
	};
	let key_text = key_column
		.zip(key_scalar.as_ref())
		.map(|(column, scalar)| scalar_to_text(column.property.property.kind.scalar(), scalar));
	let mut problems = Vec::new();
	let mut cells = Vec::new();
	for column in columns {
		match column.read(fields, classes) {
			Ok(Cell::Empty) if column.property.property.required => {
				problems.push(format!("`{}` is missing, and it is required", column.name));
			},
			Ok(Cell::Empty) if column.property.id == key => {
				problems.push(format!("`{}` is missing, and it is the key", column.name));
			},
			Ok(Cell::Empty) => {},
			Ok(cell) => cells.push((column.property.id, cell)),
			Err(why) => problems.push(format!("`{}`: {why}", column.name)),
		}
	}
	let Some(key_scalar) = key_scalar.filter(|_| problems.is_empty()) else {
		return Err(refuse(key_text, problems.join("; ")));
	};
	for column in columns.iter().filter(|column| column.property.property.unique) {
		let cell = cells.iter().find(|(id, _)| *id == column.property.id);
		let Some((_, Cell::Value(Value::Single(scalar)))) = cell else { continue };
		if let Some(first) = seen.get(&(column.property.id, scalar.encode())) {
			problems.push(format!("`{}` is the same as on line {first}", column.name));
		}
	}
	if !problems.is_empty() {
		return Err(refuse(key_text, problems.join("; ")));
	}
	for column in columns.iter().filter(|column| column.property.property.unique) {
		let cell = cells.iter().find(|(id, _)| *id == column.property.id);
		if let Some((_, Cell::Value(Value::Single(scalar)))) = cell {
			seen.insert((column.property.id, scalar.encode()), line);
		}
	}
	let key_text = key_text.unwrap_or_default();
	Ok(Prepared { line, key: key_scalar, key_text, cells })
}

/// Every value that has to be looked for on chain: those of references, and those that must be unique.
pub(crate) fn wanted(
	prepared: &[Prepared],
	columns: &[Column],
	class: u32,
) -> HashMap<LookupTarget, Vec<Scalar>> {
	wanted_by(prepared.iter().flat_map(|record| &record.cells), columns, class)
}

/// Every value in `cells` that has to be looked for on chain.
pub(crate) fn wanted_by<'c>(
	cells: impl Iterator<Item = &'c (PropertyId, Cell)>,
	columns: &[Column],
	class: u32,
) -> HashMap<LookupTarget, Vec<Scalar>> {
	let mut wanted = HashMap::<LookupTarget, Vec<Scalar>>::new();
	let mut seen = HashSet::<(LookupTarget, Encoded)>::new();
	for (id, cell) in cells {
		let Some(column) = columns.iter().find(|column| column.property.id == *id) else {
			continue;
		};
		let (target, scalars) = match (cell, &column.lookup) {
			(Cell::Lookup(keys), Some(lookup)) => (lookup.target.clone(), keys.clone()),
			(Cell::Value(Value::Single(scalar)), _) if column.property.property.unique => {
				(LookupTarget { class, property: *id }, vec![scalar.clone()])
			},
			_ => continue,
		};
		for scalar in scalars {
			if seen.insert((target.clone(), scalar.encode())) {
				wanted.entry(target.clone()).or_default().push(scalar);
			}
		}
	}
	wanted
}

/// Where an import goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Into<'a> {
	pub schema: &'a Schema,
	pub class: u32,
	pub key: PropertyId,
	pub owner: AccountId32,
}

/// What is to be done, now that `found` says what is on chain.
pub(crate) fn plan(
	prepared: Vec<Prepared>,
	refused: Vec<Refused>,
	columns: &[Column],
	into: &Into<'_>,
	found: &Found,
) -> Plan {
	let Into { schema, class, key, owner } = *into;
	let mut plan = Plan { refused, ..Plan::default() };
	for record in prepared {
		let line = record.line;
		let target = LookupTarget { class, property: key };
		let existing = found.get(&(target, record.key.encode()));
		let values = match resolve(&record.cells, columns, found) {
			Ok(values) => values,
			Err(reason) => {
				plan.refused.push(Refused { line, key: Some(record.key_text), reason });
				continue;
			},
		};
		if let Some(existing) = existing {
			let there = There { line, key: record.key_text, id: existing.id };
			if existing.owner != owner {
				plan.foreign.push(there);
			} else if existing.values == values {
				plan.unchanged.push(there);
			} else {
				plan.changed.push(there);
			}
			continue;
		}
		let taken = columns
			.iter()
			.filter(|column| column.property.property.unique && column.property.id != key)
			.find_map(|column| {
				let value = values.value(column.property.id)?.single()?;
				let target = LookupTarget { class, property: column.property.id };
				let holder = found.get(&(target, value.encode()))?;
				Some(format!("`{}` is held by {} already", column.name, holder.id))
			});
		let fits = match taken {
			Some(reason) => Err(reason),
			None => schema.check_values(&values).map_err(|(id, error)| {
				let property = id.and_then(|id| schema.property(id));
				let kind = property.map(|property| &property.property.kind);
				let what = describe_error(error, kind);
				match columns.iter().find(|column| Some(column.property.id) == id) {
					Some(column) => format!("`{}`: {what}", column.name),
					None => what,
				}
			}),
		};
		match fits {
			Ok(()) => {
				plan.create.push(Entry { line, key: record.key, key_text: record.key_text, values })
			},
			Err(reason) => {
				plan.refused.push(Refused { line, key: Some(record.key_text), reason });
			},
		}
	}
	plan.refused.sort_by_key(|refused| refused.line);
	plan
}

/// The values that `cells` say, with what was to be looked up.
pub(crate) fn resolve(
	cells: &[(PropertyId, Cell)],
	columns: &[Column],
	found: &Found,
) -> Result<EntityValues, String> {
	let mut values = Vec::new();
	let mut missing = Vec::new();
	for (id, cell) in cells {
		let Some(column) = columns.iter().find(|column| column.property.id == *id) else {
			continue;
		};
		match cell {
			Cell::Empty => {},
			Cell::Value(value) => values.push((*id, value.clone())),
			Cell::Lookup(keys) => {
				let Some(lookup) = &column.lookup else { continue };
				let mut ids = Vec::new();
				for key in keys {
					match found.get(&(lookup.target.clone(), key.encode())) {
						Some(existing) => ids.push(Scalar::Reference(existing.id)),
						None => missing.push(format!(
							"`{}`: no entry has {}=`{}`",
							column.name,
							lookup.label,
							shorten(&scalar_to_text(&lookup.kind, key))
						)),
					}
				}
				if ids.len() < keys.len() {
					continue;
				}
				let is_list = matches!(
					column.property.property.kind,
					rome_primitives::content::PropertyType::List { .. }
				);
				let value = match (is_list, ids.pop()) {
					(false, Some(id)) => Value::Single(id),
					(_, last) => {
						ids.extend(last);
						let items = ids.try_into().map_err(|_| "too many items".to_string())?;
						Value::List(items)
					},
				};
				values.push((*id, value));
			},
		}
	}
	if !missing.is_empty() {
		return Err(missing.join("; "));
	}
	let values = values.try_into().map_err(|_| "too many properties".to_string())?;
	let mut values = EntityValues(values);
	values.sort();
	Ok(values)
}

#[cfg(test)]
mod tests {
	use super::{
		super::mapping::tests::{columns, schema},
		*,
	};
	use serde_json::{json, Value as Json};
	use std::slice::from_ref;

	const OWNER: AccountId32 = AccountId32([1; 32]);

	fn all_columns() -> Vec<Column> {
		columns(json!({
			"identifier": { "from": "id" },
			"name": { "from": "name" },
			"isbn": { "from": "isbn" },
			"year": { "from": "year" },
			"tags": { "from": "tags", "split": "," },
			"license": { "from": "license", "lookup": "identifier" },
			"authors": { "from": "authors", "lookup": "identifier" },
		}))
		.unwrap()
	}

	fn records(records: &[Json]) -> Vec<Record> {
		let records = records.iter().enumerate();
		records.map(|(at, fields)| Record { line: at + 1, fields: Ok(fields.clone()) }).collect()
	}

	fn text(text: &str) -> Scalar {
		Scalar::Text(text.as_bytes().to_vec().try_into().unwrap())
	}

	fn existing(class: u32, serial: u32) -> Existing {
		let values = EntityValues::default();
		Existing { id: EntityId { class, serial }, owner: OWNER, values }
	}

	fn make(input: &[Json], found: &Found) -> Plan {
		let columns = all_columns();
		let classes = Classes(Vec::new());
		let (prepared, refused) = prepare(&records(input), &columns, 0, &classes);
		{
			let into = Into { schema: &schema(), class: 0, key: 0, owner: OWNER };
			plan(prepared, refused, &columns, &into, found)
		}
	}

	fn reasons(plan: &Plan) -> Vec<(usize, String)> {
		plan.refused.iter().map(|refused| (refused.line, refused.reason.clone())).collect()
	}

	fn found(entries: &[(u32, PropertyId, &str, Existing)]) -> Found {
		let entries = entries.iter().map(|(class, property, value, existing)| {
			let target = LookupTarget { class: *class, property: *property };
			((target, text(value).encode()), existing.clone())
		});
		entries.collect()
	}

	#[test]
	fn refuses_with_line_and_reason() {
		let plan = make(
			&[
				json!({ "id": "a", "name": "A" }),
				json!({ "id": "b" }),
				json!({ "name": "no key" }),
				json!({ "id": "a", "name": "again" }),
				json!({ "id": "c", "name": "much too long a name" }),
				json!({ "id": "d", "name": "D", "year": -1 }),
				json!({ "id": "e", "name": "E", "year": "x" }),
				json!({ "id": "f", "name": "F", "tags": "a,b,c,d" }),
				json!({ "id": "g", "name": "G", "license": "MIT" }),
				json!({ "id": "h", "name": "H", "isbn": "1" }),
				json!({ "id": "i", "name": "I", "isbn": "1" }),
			],
			&Found::new(),
		);
		let created: Vec<_> = plan.create.iter().map(|entry| entry.key_text.as_str()).collect();
		assert_eq!(created, ["a", "h"]);
		let reasons = reasons(&plan);
		let lines: Vec<_> = reasons.iter().map(|(line, _)| *line).collect();
		assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9, 11]);
		for ((_, reason), words) in reasons.iter().zip([
			"`name` is missing, and it is required",
			"`identifier` is missing",
			"`identifier` is the same as on line 1",
			"`name`: the value is too long: it takes a text of at most 10 characters",
			"`year`: the number is out of range",
			"`year`: `x` is not a whole number",
			"`tags`: the list has too many items",
			"`license`: no entry has class1.identifier=`MIT`",
			"`isbn` is the same as on line 10",
		]) {
			assert!(reason.contains(words), "{reason} does not say {words}");
		}
	}

	#[test]
	fn a_refused_record_takes_no_key() {
		let plan = make(
			&[json!({ "id": "a", "name": "A", "year": "x" }), json!({ "id": "a", "name": "A" })],
			&Found::new(),
		);
		assert_eq!(plan.create.len(), 1);
		assert_eq!(plan.refused.len(), 1);
	}

	#[test]
	fn finds_references_in_order() {
		let found = found(&[
			(1, 0, "MIT", existing(1, 7)),
			(2, 0, "p", existing(2, 8)),
			(2, 0, "q", existing(2, 9)),
		]);
		let record = json!({ "id": "a", "name": "A", "license": "MIT", "authors": ["q", "p"] });
		let plan = make(&[record], &found);
		let values = &plan.create[0].values;
		let ids: Vec<_> = values.references().map(|(_, id)| id.to_string()).collect();
		assert_eq!(ids, ["1-7", "2-9", "2-8"]);
		assert!(values.value(7).unwrap().single().is_none(), "authors are a list");
	}

	#[test]
	fn leaves_what_is_there() {
		let record = json!({ "id": "a", "name": "A" });
		let same = make(from_ref(&record), &Found::new()).create[0].values.clone();
		let mut there = existing(0, 3);
		let changed = make(from_ref(&record), &found(&[(0, 0, "a", there.clone())]));
		assert_eq!((changed.create.len(), changed.changed.len()), (0, 1));
		there.values = same;
		let unchanged = make(from_ref(&record), &found(&[(0, 0, "a", there.clone())]));
		assert_eq!((unchanged.create.len(), unchanged.unchanged.len()), (0, 1));
		there.owner = AccountId32([2; 32]);
		let foreign = make(&[record], &found(&[(0, 0, "a", there)]));
		assert_eq!((foreign.create.len(), foreign.foreign.len()), (0, 1));
		let taken = make(
			&[json!({ "id": "b", "name": "B", "isbn": "1" })],
			&found(&[(0, 2, "1", existing(0, 5))]),
		);
		assert!(taken.refused[0].reason.contains("`isbn` is held by 0-5 already"));
	}

	#[test]
	fn looks_for_each_value_once() {
		let input = [
			json!({ "id": "a", "name": "A", "license": "MIT", "authors": ["p", "p"] }),
			json!({ "id": "b", "name": "B", "license": "MIT", "isbn": "1" }),
		];
		let columns = all_columns();
		let (prepared, _) = prepare(&records(&input), &columns, 0, &Classes(Vec::new()));
		let wanted = wanted(&prepared, &columns, 0);
		let count = |class, property| wanted.get(&LookupTarget { class, property }).map(Vec::len);
		assert_eq!(
			(count(0, 0), count(0, 2), count(1, 0), count(2, 0)),
			(Some(2), Some(1), Some(1), Some(1))
		);
	}
}
