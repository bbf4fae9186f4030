//! Whether a mirror is equal to the chain: everything in it, compared with what the node's JSON methods say.

use crate::support::Node;
use rome_content_query::values::parse_moment;
use rusqlite::{types::Value as Cell, Connection, OpenFlags};
use serde_json::{json, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Rows by their columns, in no order.
type Rows = BTreeSet<String>;

/// What the tables of a class begin with, where that is not its name.
pub type Labels = &'static [(&'static str, &'static str)];

/// What is different; nothing, if they are equal.
pub fn differences(node: &Node, file: &str, labels: Labels) -> Vec<String> {
	let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
	let at: String = db.query_row("SELECT hash FROM mirror_state", [], |row| row.get(0)).unwrap();
	let label = |name: &str, labels: Labels| {
		labels.iter().find(|(from, _)| *from == name).map_or(name, |(_, to)| *to).to_string()
	};
	let mut found = Vec::new();
	let mut compare = |what: &str, expected: Rows, there: Rows| {
		let show = |rows: Vec<&String>| {
			rows.iter().take(3).map(|row| format!("\n    {row}")).collect::<String>()
		};
		let missing: Vec<_> = expected.difference(&there).collect();
		let surplus: Vec<_> = there.difference(&expected).collect();
		if !missing.is_empty() || !surplus.is_empty() {
			found.push(format!(
				"{what}: {} rows are missing:{}\n  {} do not belong there:{}",
				missing.len(),
				show(missing),
				surplus.len(),
				show(surplus)
			));
		}
	};

	let classes = node.result("contentDirectory_classes", json!({ "limit": 100, "at": at }));
	let mut entities = Rows::new();
	let mut removed = Rows::new();
	let mut expected_tables = BTreeSet::new();
	let mut class_rows = Rows::new();
	for class in classes["classes"].as_array().unwrap() {
		let name = class["name"].as_str().unwrap();
		class_rows.insert(format!(
			"{} {name} {} {} {} {}",
			class["id"],
			class["status"].as_str().unwrap(),
			class["activeVersion"],
			class["entities"],
			class["freeForm"]
		));
		for entry in pages(node, json!({ "class": name, "at": at })) {
			let of = |field: &str| entry[field].as_str().map_or("NULL".into(), quote);
			entities.insert(format!(
				"{} {} {} {} {} {} {} {}",
				of("id"),
				entry["version"],
				of("owner"),
				u8::from(entry["referenceable"].as_bool().unwrap()),
				of("visibility"),
				of("visibilityReason"),
				of("deposit"),
				of("offeredTo")
			));
			let gone = entry["removedReferences"].as_array().unwrap().iter();
			removed.extend(gone.map(|id| quote(id.as_str().unwrap())));
		}
		let schemas = schemas(node, name, &at);
		let mut live: BTreeSet<u16> = class["entitiesByVersion"]
			.as_object()
			.unwrap()
			.keys()
			.map(|it| it.parse().unwrap())
			.collect();
		if class["freeForm"] == json!(true) {
			live.insert(0);
		}
		for version in live {
			let table = format!("{}_v{version}", label(name, labels));
			let schema = &schemas[&version];
			let lists: Vec<_> =
				schema.iter().filter(|property| property["list"] == json!(true)).collect();
			let mut rows = Rows::new();
			let mut items = BTreeMap::<String, Rows>::new();
			for property in &lists {
				items.insert(
					format!("{table}__{}", property["name"].as_str().unwrap()),
					Rows::new(),
				);
			}
			for entry in pages(node, json!({ "class": name, "asVersion": version, "at": at })) {
				if entry["reading"] == json!("later") {
					continue;
				}
				let id = quote(entry["id"].as_str().unwrap());
				let asks = &entry["asks"];
				let missing =
					if asks == &json!([]) { "NULL".into() } else { quote(&asks.to_string()) };
				let mut row = vec![id.clone(), entry["stored"].to_string(), missing];
				for property in schema {
					let value = &entry["values"][property["name"].as_str().unwrap()];
					if property["list"] == json!(false) {
						row.extend(cells(property, value));
						continue;
					}
					let Some(values) = value.as_array() else {
						row.push("NULL".into());
						continue;
					};
					row.push(values.len().to_string());
					let list = format!("{table}__{}", property["name"].as_str().unwrap());
					for (at, value) in values.iter().enumerate() {
						let item = cells(property, value).join(" ");
						items.get_mut(&list).unwrap().insert(format!("{id} {at} {item}"));
					}
				}
				rows.insert(row.join(" "));
			}
			compare(&table, rows, select(&db, &format!("SELECT * FROM \"{table}\"")));
			expected_tables.insert(table);
			for (list, rows) in items {
				compare(&list, rows, select(&db, &format!("SELECT * FROM \"{list}\"")));
				expected_tables.insert(list);
			}
		}
	}
	let own = "SELECT id, version, owner, referenceable, visibility, visibility_reason, deposit, \
		offered_to FROM entities WHERE removed = 0";
	compare("entities", entities, select(&db, own));
	compare("removed entities", removed, select(&db, "SELECT id FROM entities WHERE removed = 1"));
	let of_classes = "SELECT format('%d %s %s %s %d %s', id, name, status, \
		coalesce(active_version, 'null'), entities, iif(free_form, 'true', 'false')) FROM classes";
	let mut there = Rows::new();
	let mut statement = db.prepare(of_classes).unwrap();
	for row in statement.query_map([], |row| row.get::<_, String>(0)).unwrap() {
		there.insert(row.unwrap());
	}
	compare("classes", class_rows, there);
	let mut tables = db
		.prepare(
			"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('mirror_state', \
			 'mirror_references', 'mirror_stakes', 'classes', 'schemas', 'properties', 'entities')",
		)
		.unwrap();
	let tables: Rows =
		tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
	compare("tables", expected_tables, tables);
	let violations = select(&db, "PRAGMA foreign_key_check");
	compare("foreign keys", Rows::new(), violations);
	compare("integrity", [quote("ok")].into(), select(&db, "PRAGMA integrity_check"));
	found
}

/// All entries of a list of entities.
fn pages(node: &Node, mut parameters: Value) -> Vec<Value> {
	let mut all = Vec::new();
	parameters["limit"] = json!(100);
	loop {
		let page = node.result("contentDirectory_entities", parameters.clone());
		all.extend(page["entities"].as_array().unwrap().iter().cloned());
		parameters["after"] = page["next"].clone();
		if page["next"].is_null() {
			return all;
		}
	}
}

/// The properties of each version of a class.
fn schemas(node: &Node, class: &str, at: &str) -> BTreeMap<u16, Vec<Value>> {
	let document = json!({ "name": "document", "type": "text", "list": false });
	let mut all = BTreeMap::from([(0, vec![document])]);
	let schemas =
		node.result("contentDirectory_schemas", json!({ "class": class, "limit": 100, "at": at }));
	for schema in schemas["schemas"].as_array().unwrap() {
		let version = schema["version"].as_u64().unwrap() as u16;
		all.insert(version, schema["properties"].as_array().unwrap().clone());
	}
	all
}

fn quote(text: &str) -> String {
	format!("'{text}'")
}

/// A value of JSON as the columns that it takes.
fn cells(property: &Value, value: &Value) -> Vec<String> {
	let kind = property["type"].as_str().unwrap();
	if value.is_null() {
		return vec!["NULL".into(); if kind == "decimal" { 2 } else { 1 }];
	}
	let text = || value.as_str().unwrap();
	vec![match kind {
		"boolean" => u8::from(value.as_bool().unwrap()).to_string(),
		"integer" => value.as_i64().unwrap().to_string(),
		"timestamp" => parse_moment(text()).unwrap().to_string(),
		"bytes" => format!("x{}", quote(text().trim_start_matches("0x"))),
		"hash32" | "dataObject" => format!("x{}", quote(text())),
		"decimal" => {
			return vec![format!("{:e}", text().parse::<f64>().unwrap()), quote(text())];
		},
		_ => quote(text()),
	}]
}

fn select(db: &Connection, query: &str) -> Rows {
	let mut statement = db.prepare(query).unwrap();
	let columns = statement.column_count();
	let mut rows = statement.query([]).unwrap();
	let mut all = Rows::new();
	while let Some(row) = rows.next().unwrap() {
		let cells = (0..columns).map(|at| match row.get(at).unwrap() {
			Cell::Null => "NULL".into(),
			Cell::Integer(value) => value.to_string(),
			Cell::Real(value) => format!("{value:e}"),
			Cell::Text(text) => quote(&text),
			Cell::Blob(bytes) => format!("x{}", quote(&hex::encode(bytes))),
		});
		assert!(all.insert(cells.collect::<Vec<_>>().join(" ")), "a row twice: {query}");
	}
	all
}
