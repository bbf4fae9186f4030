//! The file: opening it, and where it stands.

use super::{catalogue::Catalogue, Trouble};
use crate::failure::Failure;
use codec::Decode;
use rome_client::{Error, Hash};
use rome_primitives::content::{ClassId, Schema, SchemaVersion};
use rusqlite::{
	params, Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	path::Path,
	time::Duration,
};

/// Marks the file as a mirror: "Rome".
const APPLICATION: i32 = 0x526f_6d65;

/// Of the tables that do not follow from schemas. Another one cannot be carried on.
const FORMAT: i64 = 1;

/// The tables that every mirror has.
const TABLES: &str = "
CREATE TABLE mirror_state (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	format INTEGER NOT NULL,
	genesis TEXT NOT NULL,
	number INTEGER NOT NULL,
	hash TEXT NOT NULL,
	runtime INTEGER NOT NULL
) STRICT;
CREATE TABLE classes (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	label TEXT NOT NULL UNIQUE,
	description TEXT NOT NULL,
	category TEXT NOT NULL,
	status TEXT NOT NULL,
	active_version INTEGER,
	latest_version INTEGER NOT NULL,
	entities INTEGER NOT NULL,
	creation TEXT NOT NULL,
	max_entities INTEGER,
	default_quota INTEGER,
	free_form INTEGER NOT NULL CHECK (free_form IN (0, 1)),
	building INTEGER NOT NULL CHECK (building IN (0, 1))
) STRICT;
CREATE TABLE schemas (
	class INTEGER NOT NULL REFERENCES classes (id) DEFERRABLE INITIALLY DEFERRED,
	version INTEGER NOT NULL,
	status TEXT NOT NULL,
	base INTEGER NOT NULL,
	table_name TEXT,
	definition BLOB NOT NULL,
	PRIMARY KEY (class, version)
) STRICT;
CREATE TABLE properties (
	class INTEGER NOT NULL,
	version INTEGER NOT NULL,
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	description TEXT NOT NULL,
	column_name TEXT,
	list_table TEXT,
	type TEXT NOT NULL,
	required INTEGER NOT NULL CHECK (required IN (0, 1)),
	is_unique INTEGER NOT NULL CHECK (is_unique IN (0, 1)),
	indexed INTEGER NOT NULL CHECK (indexed IN (0, 1)),
	locked INTEGER NOT NULL CHECK (locked IN (0, 1)),
	PRIMARY KEY (class, version, id),
	FOREIGN KEY (class, version) REFERENCES schemas (class, version) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE entities (
	id TEXT NOT NULL PRIMARY KEY,
	class INTEGER NOT NULL REFERENCES classes (id) DEFERRABLE INITIALLY DEFERRED,
	serial INTEGER NOT NULL,
	removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
	version INTEGER,
	owner TEXT,
	referenceable INTEGER CHECK (referenceable IN (0, 1)),
	visibility TEXT CHECK (visibility IN ('visible', 'hidden', 'frozen')),
	visibility_group INTEGER,
	visibility_reason TEXT,
	deposit TEXT,
	offered_to TEXT,
	UNIQUE (class, serial),
	CHECK (removed = (owner IS NULL))
) STRICT;
CREATE INDEX entities_by_owner ON entities (owner);
CREATE INDEX entities_removed ON entities (id) WHERE removed = 1;
CREATE TABLE mirror_references (
	source TEXT NOT NULL,
	target TEXT NOT NULL,
	PRIMARY KEY (source, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror_references_by_target ON mirror_references (target);
CREATE TABLE mirror_stakes (
	entity TEXT NOT NULL,
	stake BLOB NOT NULL,
	class INTEGER NOT NULL,
	PRIMARY KEY (entity, stake)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror_stakes_by_stake ON mirror_stakes (class, stake);
";

/// Those that are filled from the chain, in an order in which they can be dropped.
const FILLED: [&str; 6] =
	["mirror_stakes", "mirror_references", "entities", "properties", "schemas", "classes"];

/// The block that the database is equal to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
	pub genesis: Hash,
	pub number: u64,
	pub hash: Hash,
	/// The version of the runtime after it.
	pub runtime: u32,
}

/// A mirror's file.
pub(super) struct Database {
	connection: Connection,
	name: String,
}

impl Database {
	/// Opens the mirror at `path`, or makes one.
	pub(super) fn open(path: &Path) -> Result<Self, Failure> {
		let name = path.display().to_string();
		let flags = OpenFlags::default() - OpenFlags::SQLITE_OPEN_URI;
		let opened = Connection::open_with_flags(path, flags).and_then(|connection| {
			connection.busy_timeout(Duration::from_secs(10))?;
			connection.pragma_update(None, "foreign_keys", true)?;
			let application: i32 =
				connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
			let tables: u32 =
				connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
			Ok((connection, application, tables))
		});
		let unusable = |error: rusqlite::Error| {
			Failure::new(format!("{name} cannot be used: {error}"))
				.hint("name a mirror made by this command, or a file that is not there yet")
		};
		let (connection, application, tables) = opened.map_err(unusable)?;
		if application != APPLICATION && (application, tables) != (0, 0) {
			return Err(Failure::new(format!("{name} is a database, but no mirror"))
				.hint("name a mirror made by this command, or a file that is not there yet"));
		}
		let prepare = || {
			// People read while the mirror writes.
			connection.pragma_update(None, "journal_mode", "WAL")?;
			connection.pragma_update(None, "synchronous", "NORMAL")?;
			if tables == 0 {
				let all = Transaction::new_unchecked(&connection, TransactionBehavior::Immediate)?;
				all.pragma_update(None, "application_id", APPLICATION)?;
				all.execute_batch(TABLES)?;
				all.commit()?;
			}
			connection
				.query_row("SELECT format FROM mirror_state", [], |row| row.get::<_, i64>(0))
				.optional()
		};
		let format = prepare().map_err(unusable)?;
		if let Some(format) = format.filter(|format| *format != FORMAT) {
			return Err(Failure::new(format!(
				"{name} has the format {format}, and this `rome` writes the format {FORMAT}"
			))
			.hint("delete the file, or name another one, and everything is read again"));
		}
		Ok(Self { connection, name })
	}

	/// The file's name.
	pub(super) fn name(&self) -> &str {
		&self.name
	}

	/// Begins changes that readers see all at once.
	pub(super) fn begin(&self) -> Result<Transaction<'_>, Trouble> {
		Ok(Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?)
	}

	/// Ends changes: the database, which was equal to the block `from`, is now equal to `to`.
	pub(super) fn commit(
		&self,
		changes: Transaction<'_>,
		from: Option<Place>,
		to: Place,
	) -> Result<(), Trouble> {
		if place(&changes)? != from {
			return Err(Failure::new(format!("another process writes {} too", self.name))
				.hint("let one of them end, or give them different files")
				.into());
		}
		changes
			.prepare(
				"INSERT OR REPLACE INTO mirror_state (only, format, genesis, number, hash, runtime) \
			 VALUES (1, ?1, ?2, ?3, ?4, ?5)",
			)?
			.execute(params![
				FORMAT,
				hex(to.genesis),
				to.number as i64,
				hex(to.hash),
				to.runtime
			])?;
		Ok(changes.commit()?)
	}

	/// The block that it is equal to; none if nothing was read yet.
	pub(super) fn place(&self) -> Result<Option<Place>, Trouble> {
		place(&self.connection)
	}

	/// The classes and versions that its tables are made for.
	pub(super) fn catalogue(&self) -> Result<Catalogue, Trouble> {
		catalogue(&self.connection)
	}

	/// How many classes and entities it has.
	pub(super) fn counts(&self) -> Result<(u64, u64), Trouble> {
		let counts = "SELECT (SELECT count(*) FROM classes), \
			(SELECT count(*) FROM entities WHERE removed = 0)";
		let counts = self.connection.query_row(counts, [], |row| {
			Ok((row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as u64))
		})?;
		Ok(counts)
	}
}

fn hex(hash: Hash) -> String {
	format!("{hash:?}")
}

fn place(connection: &Connection) -> Result<Option<Place>, Trouble> {
	let row = connection
		.query_row("SELECT genesis, number, hash, runtime FROM mirror_state", [], |row| {
			let hashes = (row.get::<_, String>(0)?, row.get::<_, String>(2)?);
			Ok((hashes, row.get::<_, i64>(1)?, row.get(3)?))
		})
		.optional()?;
	let Some(((genesis, hash), number, runtime)) = row else { return Ok(None) };
	let (Ok(genesis), Ok(hash), Ok(number)) =
		(genesis.parse(), hash.parse(), u64::try_from(number))
	else {
		return Err(damaged("mirror_state"));
	};
	Ok(Some(Place { genesis, number, hash, runtime }))
}

fn catalogue(connection: &Connection) -> Result<Catalogue, Trouble> {
	let mut names = connection.prepare("SELECT id, name FROM classes")?;
	let names = names.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
	let mut classes = BTreeMap::new();
	for row in names {
		let (id, name): (ClassId, String) = row?;
		classes.insert(id, name.into_bytes());
	}
	let mut schemas = BTreeMap::<ClassId, BTreeMap<SchemaVersion, Schema>>::new();
	let mut live = BTreeMap::<ClassId, BTreeSet<SchemaVersion>>::new();
	let mut rows = connection
		.prepare("SELECT class, version, definition, table_name IS NOT NULL FROM schemas")?;
	let rows = rows.query_map([], |row| {
		Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?, row.get::<_, bool>(3)?))
	})?;
	for row in rows {
		let (class, version, definition, has_table): (ClassId, SchemaVersion, _, _) = row?;
		let schema = Schema::decode(&mut definition.as_slice()).map_err(|_| damaged("schemas"))?;
		schemas.entry(class).or_default().insert(version, schema);
		if has_table {
			live.entry(class).or_default().insert(version);
		}
	}
	Ok(Catalogue::new(&classes, schemas, &live))
}

/// Takes everything out.
pub(super) fn clear(connection: &Connection) -> Result<(), Trouble> {
	for class in catalogue(connection)?.classes.values() {
		for table in class.tables.values() {
			super::store::drop_table(connection, table)?;
		}
	}
	for table in FILLED {
		connection.execute_batch(&format!("DELETE FROM {table}"))?;
	}
	Ok(())
}

pub(super) fn damaged(table: &str) -> Trouble {
	Failure::new(format!(
		"the table `{table}` of the mirror cannot be read: something else changed it"
	))
	.hint("delete the file, or name another one, and everything is read again")
	.into()
}

impl From<rusqlite::Error> for Trouble {
	fn from(error: rusqlite::Error) -> Self {
		let hint = match error.sqlite_error_code() {
			Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
				"another process writes the file: let one of them end"
			},
			Some(rusqlite::ErrorCode::DiskFull) => "make room on the disk, and run it again",
			_ => "if something else changed the file, delete it, and everything is read again",
		};
		Failure::new(format!("the database refused: {error}")).hint(hint).into()
	}
}

impl From<Error> for Trouble {
	fn from(error: Error) -> Self {
		if error.is_state_gone() {
			Self::Gone
		} else {
			Self::Failed(error.into())
		}
	}
}
