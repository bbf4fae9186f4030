//! Tables and rows together, in a database that is not kept.

use super::{
	catalogue::ClassTables,
	depends::{references, stakes},
	names::class_labels,
	rows::row,
	shape::Table,
	source::Found,
};
use rome_client::directory::EntityInfo;
use rome_primitives::content::{
	Carry, Cast, Entity, EntityId, EntityValues, Migrated, Property, PropertyId, PropertyType,
	Rule, Scalar, ScalarType, Schema, SchemaProperty, SchemaStatus, Value, Visibility,
};
use rusqlite::{params_from_iter, types::Value as Cell, Connection};
use std::collections::BTreeMap;
use subxt::utils::AccountId32;

fn property(id: PropertyId, name: &str, kind: ScalarType) -> SchemaProperty {
	let property = Property {
		name: name.as_bytes().to_vec().try_into().unwrap(),
		description: Default::default(),
		kind: PropertyType::Single(kind),
		required: false,
		unique: false,
		indexed: false,
		locked: false,
	};
	SchemaProperty { id, property, rule: None, unique_entries: false, index_entries: false }
}

fn list(id: PropertyId, name: &str, item: ScalarType) -> SchemaProperty {
	let mut property = property(id, name, item.clone());
	property.property.kind = PropertyType::List { item, max_items: 9 };
	property
}

fn schema(base: u16, properties: Vec<SchemaProperty>) -> Schema {
	Schema { status: SchemaStatus::Active, base, properties: properties.try_into().unwrap() }
}

fn text(word: &str) -> Scalar {
	Scalar::Text(word.as_bytes().to_vec().try_into().unwrap())
}

fn values(mut all: Vec<(PropertyId, Value)>) -> EntityValues {
	all.sort_by_key(|(id, _)| *id);
	EntityValues(all.try_into().unwrap())
}

const TEXT: ScalarType = ScalarType::Text { max_length: 99 };
const ANY: ScalarType = ScalarType::Reference { class: None, same_owner: false };

/// A table with the ends of references that need nothing more.
fn database(table: &Table) -> Connection {
	let db = Connection::open_in_memory().unwrap();
	db.execute_batch(
		"PRAGMA foreign_keys = true; CREATE TABLE entities (id TEXT PRIMARY KEY) STRICT",
	)
	.unwrap();
	db.execute_batch("INSERT INTO entities VALUES ('3-1'), ('0-7')").unwrap();
	for statement in table.create() {
		db.execute_batch(&statement).unwrap();
	}
	db
}

fn put(db: &Connection, table: &Table, schema: &Schema, all: &EntityValues, asked: &[PropertyId]) {
	let id = EntityId { class: 3, serial: 1 };
	let row = row(table, schema, id, 1, all, asked).unwrap();
	db.execute(&table.insert(), params_from_iter(row.cells)).unwrap();
	for (at, items) in row.lists {
		for (position, item) in items.into_iter().enumerate() {
			let mut cells = vec![Cell::from(id.to_string()), Cell::from(position as i64)];
			cells.extend(item);
			db.execute(&table.insert_item(&table.columns[at]), params_from_iter(cells)).unwrap();
		}
	}
}

fn first(db: &Connection, query: &str) -> Vec<Cell> {
	let mut statement = db.prepare(query).unwrap();
	let columns = statement.column_count();
	statement
		.query_row([], |row| (0..columns).map(|at| row.get(at)).collect::<Result<_, _>>())
		.unwrap()
}

#[test]
fn every_type_has_its_column() {
	let variants = vec![b"dr'ama".to_vec().try_into().unwrap()].try_into().unwrap();
	let schema = schema(
		0,
		vec![
			property(0, "on", ScalarType::Bool),
			property(1, "size", ScalarType::Int { min: None, max: None }),
			property(2, "price", ScalarType::Decimal { scale: 2 }),
			property(3, "title", TEXT),
			property(4, "raw", ScalarType::Bytes { max_length: 9 }),
			property(5, "hash", ScalarType::Hash32),
			property(6, "at", ScalarType::Timestamp),
			property(7, "kind", ScalarType::Enum { variants }),
			property(8, "of", ANY),
			property(9, "object", ScalarType::DataObject),
			list(10, "prices", ScalarType::Decimal { scale: 1 }),
			list(11, "tags", TEXT),
		],
	);
	let table = Table::new("clip", 1, &schema);
	let db = database(&table);
	let prices = vec![Scalar::Decimal(15), Scalar::Decimal(-1)].try_into().unwrap();
	let of = EntityId { class: 0, serial: 7 };
	let all = values(vec![
		(0, Scalar::Bool(true).into()),
		(1, Scalar::Int(i64::MIN).into()),
		(2, Scalar::Decimal(i64::MAX).into()),
		(3, text("a\0b'").into()),
		(4, Scalar::Bytes(vec![0, 255].try_into().unwrap()).into()),
		(5, Scalar::Hash32([5; 32]).into()),
		(6, Scalar::Timestamp(-1).into()),
		(7, Scalar::Enum(0).into()),
		(8, Scalar::Reference(of).into()),
		(9, Scalar::DataObject([9; 32]).into()),
		(10, Value::List(prices)),
		(11, Value::List(Default::default())),
	]);
	put(&db, &table, &schema, &all, &[]);
	let expected = vec![
		Cell::Text("3-1".into()),
		Cell::Integer(1),
		Cell::Null,
		Cell::Integer(1),
		Cell::Integer(i64::MIN),
		Cell::Real(92_233_720_368_547_758.07),
		Cell::Text("92233720368547758.07".into()),
		Cell::Text("a\0b'".into()),
		Cell::Blob(vec![0, 255]),
		Cell::Blob(vec![5; 32]),
		Cell::Integer(-1),
		Cell::Text("dr'ama".into()),
		Cell::Text("0-7".into()),
		Cell::Blob(vec![9; 32]),
		Cell::Integer(2),
		Cell::Integer(0),
	];
	assert_eq!(first(&db, "SELECT * FROM clip_v1"), expected);
	let item = first(&db, "SELECT * FROM clip_v1__prices WHERE position = 1");
	let expected =
		[Cell::Text("3-1".into()), Cell::Integer(1), Cell::Real(-0.1), Cell::Text("-0.1".into())];
	assert_eq!(item, expected);
	// Items go with their entity.
	db.execute(&table.delete(), ["3-1"]).unwrap();
	assert_eq!(first(&db, "SELECT count(*) FROM clip_v1__prices"), [Cell::Integer(0)]);
}

#[test]
fn hostile_names_make_tables() {
	let drop = "a\"); DROP TABLE entities; --";
	let named = vec![
		property(0, "select", TEXT),
		property(1, "ID", TEXT),
		property(2, "Select", TEXT),
		property(3, "missing", ScalarType::Decimal { scale: 2 }),
		list(4, "order", ANY),
		property(5, drop, TEXT),
		list(6, drop, TEXT),
	];
	let schema = schema(0, named);
	let label = &class_labels(&BTreeMap::from([(8, drop.as_bytes().to_vec())]))[&8];
	let table = Table::new(label, 3, &schema);
	let db = database(&table);
	put(&db, &table, &schema, &values(vec![(0, text("x").into())]), &[1, 5]);
	let row = first(&db, &format!("SELECT \"select\", missing, \"ID$1\" FROM \"{label}_v3\""));
	let asked = serde_json::json!(["ID", drop]).to_string();
	assert_eq!(row, [Cell::Text("x".into()), Cell::Text(asked), Cell::Null]);
	assert_eq!(first(&db, "SELECT count(*) FROM entities"), [Cell::Integer(2)]);
}

#[test]
fn values_of_other_types_are_refused() {
	let schema = schema(0, vec![property(0, "size", TEXT), list(1, "tags", TEXT)]);
	let table = Table::new("clip", 1, &schema);
	let id = EntityId { class: 3, serial: 1 };
	for wrong in [
		(0, Scalar::Int(1).into()),
		(0, Scalar::Text(vec![255].try_into().unwrap()).into()),
		(0, Value::List(Default::default())),
		(1, text("x").into()),
	] {
		assert!(row(&table, &schema, id, 1, &values(vec![wrong]), &[]).is_err());
	}
}

fn found(version: u16, all: EntityValues, later: BTreeMap<u16, Migrated>) -> Found {
	let entity = Entity {
		version,
		owner: AccountId32([1; 32]),
		referenceable: false,
		visibility: Visibility::Visible,
		deposit: 0,
		values: all,
	};
	let info = EntityInfo {
		id: EntityId { class: 3, serial: 1 },
		entity,
		offered_to: None,
		own_references: 0,
		foreign_references: false,
		removed_references: Vec::new(),
		expired_objects: Vec::new(),
	};
	Found { info, later }
}

/// An entity of version 1 whose number becomes a unique text in version 2 has a stake in that, whether it is
/// free or not; and so has the entity of version 2 that holds it.
#[test]
fn who_may_stand_in_whose_way_is_known() {
	let first = schema(0, vec![property(0, "size", ScalarType::Int { min: None, max: None })]);
	let mut label = property(1, "label", TEXT);
	label.rule = Some(Rule::Cast(Cast { from: 0, table: Default::default() }));
	(label.property.unique, label.unique_entries) = (true, true);
	let second = schema(1, vec![label.clone()]);
	label.rule = Some(Rule::Carry(Carry { from: 1 }));
	let third = schema(2, vec![label]);
	let schemas = BTreeMap::from([(0, Schema::free_form()), (1, first), (2, second), (3, third)]);
	let class = ClassTables { label: "clip".into(), schemas, tables: BTreeMap::new() };
	let old = || values(vec![(0, Scalar::Int(12).into())]);
	let new = values(vec![(1, text("12").into())]);
	let holder = stakes(&class, &found(2, new.clone(), BTreeMap::new()));
	assert_eq!(holder.len(), 1);
	let free = Migrated::from(new);
	let refused = Migrated { asked: vec![1], ..Default::default() };
	for second in [free, refused] {
		let found = found(1, old(), BTreeMap::from([(2, second.clone()), (3, second)]));
		assert_eq!(stakes(&class, &found), holder);
	}
	let other = found(1, values(vec![(0, Scalar::Int(13).into())]), BTreeMap::new());
	assert!(stakes(&class, &other).is_disjoint(&holder));
	assert!(references(&other).is_empty());
}
