//! Which tables the entities of a class have, as SQL.

use super::names::{self, quoted};
use rome_primitives::content::{
	PropertyId, PropertyType, ScalarType, Schema, SchemaProperty, SchemaVersion,
};

/// The table of one version of a class.
#[derive(Clone, Debug)]
pub(super) struct Table {
	pub name: String,
	pub columns: Vec<Column>,
}

/// The column of a property.
#[derive(Clone, Debug)]
pub(super) struct Column {
	pub property: PropertyId,
	pub name: String,
	pub kind: PropertyType,
	/// Whether it is looked for by its value.
	indexed: bool,
}

impl Column {
	fn new(name: String, property: &SchemaProperty) -> Self {
		Self {
			property: property.id,
			name,
			kind: property.property.kind.clone(),
			indexed: property.unique_entries || property.index_entries,
		}
	}

	/// Whether it has a table of its own for its items.
	pub(super) fn is_list(&self) -> bool {
		matches!(self.kind, PropertyType::List { .. })
	}

	/// The columns of its values, as SQL defines them.
	fn definitions(&self, name: &str) -> Vec<String> {
		let column = quoted(name);
		match self.kind.scalar() {
			ScalarType::Bool => vec![format!("{column} INTEGER CHECK ({column} IN (0, 1))")],
			ScalarType::Int { .. } | ScalarType::Timestamp => vec![format!("{column} INTEGER")],
			ScalarType::Decimal { .. } => {
				vec![format!("{column} REAL"), format!("{} TEXT", quoted(&names::exact(name)))]
			},
			ScalarType::Text { .. } | ScalarType::Enum { .. } => vec![format!("{column} TEXT")],
			ScalarType::Bytes { .. } => vec![format!("{column} BLOB")],
			ScalarType::Hash32 | ScalarType::DataObject => {
				vec![format!("{column} BLOB CHECK (length({column}) = 32)")]
			},
			ScalarType::Reference { .. } => {
				vec![format!(
					"{column} TEXT REFERENCES entities (id) DEFERRABLE INITIALLY DEFERRED"
				)]
			},
		}
	}

	/// How many columns one of its values takes.
	fn width(&self) -> usize {
		match self.kind.scalar() {
			ScalarType::Decimal { .. } => 2,
			_ => 1,
		}
	}

	fn is_reference(&self) -> bool {
		matches!(self.kind.scalar(), ScalarType::Reference { .. })
	}
}

impl Table {
	/// The table of `version` of the class whose tables begin with `label`.
	pub(super) fn new(label: &str, version: SchemaVersion, schema: &Schema) -> Self {
		let mut properties: Vec<_> = schema.properties.iter().collect();
		properties.sort_by_key(|property| property.id);
		let named = properties.iter().map(|it| (it.id, it.property.name.as_slice()));
		let names = names::columns(named);
		let mut columns: Vec<_> = names
			.into_iter()
			.zip(properties)
			.map(|((_, name), property)| Column::new(name, property))
			.collect();
		// Names are given by id, so that they last; columns stand as in the schema.
		let place = |id| schema.properties.iter().position(|property| property.id == id);
		columns.sort_by_key(|column| place(column.property));
		Self { name: names::table(label, version), columns }
	}

	/// The table of a list's items.
	pub(super) fn list(&self, column: &Column) -> String {
		names::list_table(&self.name, &column.name)
	}

	/// The statements that make the table and those of its lists.
	pub(super) fn create(&self) -> Vec<String> {
		let table = quoted(&self.name);
		let mut parts = vec![
			"id TEXT NOT NULL PRIMARY KEY REFERENCES entities (id) DEFERRABLE INITIALLY DEFERRED"
				.to_string(),
			"stored INTEGER NOT NULL".to_string(),
			"missing TEXT".to_string(),
		];
		let (mut lists, mut indices) = (Vec::new(), Vec::new());
		for column in &self.columns {
			let name = quoted(&column.name);
			if column.is_list() {
				parts.push(format!("{name} INTEGER CHECK ({name} >= 0)"));
				let list = self.list(column);
				let value = column.definitions("value").join(", ");
				lists.push(format!(
					"CREATE TABLE {} (id TEXT NOT NULL REFERENCES {table} (id) ON DELETE CASCADE \
					 DEFERRABLE INITIALLY DEFERRED, position INTEGER NOT NULL, {value}, \
					 PRIMARY KEY (id, position)) STRICT",
					quoted(&list)
				));
				if column.is_reference() {
					lists.push(create_index(&list, "value", &["value".into()]));
				}
			} else {
				parts.extend(column.definitions(&column.name));
				// References are looked for when what they lead to goes.
				if column.indexed || column.is_reference() {
					let columns = [column.name.clone()];
					indices.push(create_index(&self.name, &column.property.to_string(), &columns));
				}
			}
		}
		let create = format!("CREATE TABLE {table} ({}) STRICT", parts.join(", "));
		[vec![create], indices, lists].concat()
	}

	/// The statement that enters an entity: its id, the version that it is stored as, what is missing, and
	/// the columns in order.
	pub(super) fn insert(&self) -> String {
		let mut names = names::OWN_COLUMNS.map(String::from).to_vec();
		for column in &self.columns {
			names.push(column.name.clone());
			if column.width() == 2 && !column.is_list() {
				names.push(names::exact(&column.name));
			}
		}
		insert(&self.name, &names)
	}

	/// The statement that enters a list's item: its entity's id, its position and its value.
	pub(super) fn insert_item(&self, column: &Column) -> String {
		let mut names = vec!["id".to_string(), "position".into(), "value".into()];
		if column.width() == 2 {
			names.push(names::exact("value"));
		}
		insert(&self.list(column), &names)
	}

	/// The statement that takes an entity out.
	pub(super) fn delete(&self) -> String {
		format!("DELETE FROM {} WHERE id = ?1", quoted(&self.name))
	}
}

fn insert(table: &str, columns: &[String]) -> String {
	let names: Vec<_> = columns.iter().map(|name| quoted(name)).collect();
	let places = vec!["?"; columns.len()];
	format!("INSERT INTO {} ({}) VALUES ({})", quoted(table), names.join(", "), places.join(", "))
}

fn create_index(table: &str, what: &str, columns: &[String]) -> String {
	let names: Vec<_> = columns.iter().map(|name| quoted(name)).collect();
	format!(
		"CREATE INDEX {} ON {} ({})",
		quoted(&names::index(table, what)),
		quoted(table),
		names.join(", ")
	)
}
