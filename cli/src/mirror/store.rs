//! Writing what was read.

use super::{
	catalogue::Catalogue,
	database::damaged,
	depends::{self, Stake},
	names,
	rows::{self, Row},
	shape::Table,
	source::Found,
	Trouble,
};
use crate::schema::lookup::text;
use codec::Encode;
use rome_client::{directory::ClassInfo, Error};
use rome_content_query::{json, values::describe_type};
use rome_primitives::content::{
	ClassId, EntityId, EntityValues, PropertyId, Schema, SchemaStatus, SchemaVersion, Visibility,
};
use rusqlite::{params, params_from_iter, Connection};
use serde_json::Value as Json;
use std::{
	collections::{BTreeMap, BTreeSet},
	str::FromStr,
};

/// Makes tables and records follow from `old` to `new`, whose classes are `infos`. Gives the classes whose
/// entities have to be read again, for tables that are new.
pub(super) fn change_catalogue(
	db: &Connection,
	old: &Catalogue,
	new: &Catalogue,
	infos: &[ClassInfo],
	building: &BTreeSet<ClassId>,
) -> Result<BTreeSet<ClassId>, Trouble> {
	let mut again = BTreeSet::new();
	for info in infos {
		let Some(class) = new.classes.get(&info.id) else { continue };
		put_class(db, info, &class.label, building.contains(&info.id))?;
		let before = old.classes.get(&info.id);
		for (version, table) in &class.tables {
			let made = before.and_then(|before| before.tables.get(version));
			if made.is_some_and(|made| made.create() == table.create()) {
				continue;
			}
			if let Some(made) = made {
				drop_table(db, made)?;
			}
			for statement in table.create() {
				db.execute_batch(&statement)?;
			}
			// The first free-form document of a class is among what has changed.
			if *version != 0 || made.is_some() {
				again.insert(info.id);
			}
		}
		for (version, table) in before.iter().flat_map(|before| &before.tables) {
			if !class.tables.contains_key(version) {
				drop_table(db, table)?;
			}
		}
		if before.is_none_or(|before| before.schemas != class.schemas)
			|| before.is_none_or(|it| !it.tables.keys().eq(class.tables.keys()))
		{
			put_schemas(db, info.id, &class.schemas, &class.tables)?;
		}
	}
	Ok(again)
}

/// Drops a version's table and those of its lists.
pub(super) fn drop_table(db: &Connection, table: &Table) -> Result<(), Trouble> {
	let lists = table.columns.iter().filter(|column| column.is_list());
	for name in lists.map(|column| table.list(column)).chain([table.name.clone()]) {
		db.execute_batch(&format!("DROP TABLE {}", names::quoted(&name)))?;
	}
	Ok(())
}

fn put_class(
	db: &Connection,
	info: &ClassInfo,
	label: &str,
	building: bool,
) -> Result<(), Trouble> {
	let shown = json::class(info);
	let field = |name: &str| shown.get(name).and_then(Json::as_str).unwrap_or_default();
	let creation = match shown.get("creation") {
		Some(Json::String(word)) => word.clone(),
		other => other.map(Json::to_string).unwrap_or_default(),
	};
	let config = &info.class.config;
	db.prepare(
		"INSERT INTO classes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
		 ON CONFLICT (id) DO UPDATE SET description = ?4, category = ?5, status = ?6, \
		 active_version = ?7, latest_version = ?8, entities = ?9, creation = ?10, \
		 max_entities = ?11, default_quota = ?12, free_form = ?13, building = ?14",
	)?
	.execute(params![
		info.id,
		text(&info.class.name),
		label,
		field("description"),
		field("category"),
		field("status"),
		info.class.active_version,
		info.class.latest_version,
		info.stats.entities,
		creation,
		config.max_entities,
		config.default_quota,
		config.free_form,
		building,
	])?;
	Ok(())
}

fn put_schemas(
	db: &Connection,
	class: ClassId,
	schemas: &BTreeMap<SchemaVersion, Schema>,
	tables: &BTreeMap<SchemaVersion, Table>,
) -> Result<(), Trouble> {
	db.execute("DELETE FROM properties WHERE class = ?1", [class])?;
	db.execute("DELETE FROM schemas WHERE class = ?1", [class])?;
	for (version, schema) in schemas {
		let table = tables.get(version);
		let status = match (version, schema.status) {
			(0, _) => "free-form",
			(_, SchemaStatus::Active) => "active",
			(_, SchemaStatus::Superseded) => "superseded",
			(_, SchemaStatus::Retired) => "retired",
		};
		db.prepare("INSERT INTO schemas VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
			class,
			version,
			status,
			schema.base,
			table.map(|table| &table.name),
			schema.encode(),
		])?;
		for property in &schema.properties {
			let column = table.and_then(|table| {
				Some((table, table.columns.iter().find(|it| it.property == property.id)?))
			});
			let id = property.id;
			let list = column.filter(|(_, column)| column.is_list());
			let list = list.map(|(table, column)| table.list(column));
			let property = &property.property;
			db.prepare(
				"INSERT INTO properties VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
			)?
			.execute(params![
				class,
				version,
				id,
				text(&property.name),
				text(&property.description),
				column.map(|(_, column)| &column.name),
				list,
				describe_type(&property.kind),
				property.required,
				property.unique,
				property.indexed,
				property.locked,
			])?;
		}
	}
	Ok(())
}

/// Enters an entity, in place of what was there of it.
pub(super) fn put_entity(
	db: &Connection,
	catalogue: &Catalogue,
	found: &Found,
) -> Result<(), Trouble> {
	let (id, entity) = (found.info.id, &found.info.entity);
	take_rows(db, catalogue, id)?;
	let (visibility, group, reason) = match &entity.visibility {
		Visibility::Visible => ("visible", None, None),
		Visibility::Hidden { group, reason } => ("hidden", Some(group), Some(text(reason))),
		Visibility::Frozen { group, reason } => ("frozen", Some(group), Some(text(reason))),
	};
	db.prepare(
		"INSERT INTO entities VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
		 ON CONFLICT (id) DO UPDATE SET removed = 0, version = ?4, owner = ?5, \
		 referenceable = ?6, visibility = ?7, visibility_group = ?8, visibility_reason = ?9, \
		 deposit = ?10, offered_to = ?11",
	)?
	.execute(params![
		id.to_string(),
		id.class,
		id.serial,
		entity.version,
		entity.owner.to_string(),
		entity.referenceable,
		visibility,
		group,
		reason,
		entity.deposit.to_string(),
		found.info.offered_to.as_ref().map(ToString::to_string),
	])?;
	let Some(class) = catalogue.classes.get(&id.class) else {
		return Err(unreadable("an entity of a class that is not there"));
	};
	for target in depends::references(found) {
		db.prepare("INSERT INTO mirror_references VALUES (?1, ?2)")?
			.execute([id.to_string(), target.to_string()])?;
		// What is gone stays as the end of references; what is not read yet comes over it.
		db.prepare(
			"INSERT INTO entities (id, class, serial, removed) VALUES (?1, ?2, ?3, 1) \
			 ON CONFLICT (id) DO NOTHING",
		)?
		.execute(params![target.to_string(), target.class, target.serial])?;
	}
	for stake in depends::stakes(class, found) {
		db.prepare("INSERT INTO mirror_stakes VALUES (?1, ?2, ?3)")?.execute(params![
			id.to_string(),
			stake,
			id.class
		])?;
	}
	let stored = entity.version;
	if !class.tables.contains_key(&stored) {
		return Err(unreadable(&format!("{id} is stored as version {stored}, which is not live")));
	}
	for (version, table) in &class.tables {
		let read: (&EntityValues, &[PropertyId]) = if *version == stored {
			(&entity.values, &[])
		} else {
			match found.later.get(version) {
				Some(migrated) => (&migrated.values, &migrated.asked),
				None => continue,
			}
		};
		let Some(schema) = class.schemas.get(version) else { continue };
		let row = rows::row(table, schema, id, stored, read.0, read.1)
			.map_err(|misfit| unreadable(&format!("{id} as version {version}: {misfit}")))?;
		put_row(db, table, id, row)?;
	}
	Ok(())
}

fn put_row(db: &Connection, table: &Table, id: EntityId, row: Row) -> Result<(), Trouble> {
	db.prepare(&table.insert())?.execute(params_from_iter(row.cells))?;
	for (at, items) in row.lists {
		let Some(column) = table.columns.get(at) else { continue };
		let mut insert = db.prepare(&table.insert_item(column))?;
		for (item, position) in items.into_iter().zip(0i64..) {
			let mut cells = vec![id.to_string().into(), position.into()];
			cells.extend(item);
			insert.execute(params_from_iter(cells))?;
		}
	}
	Ok(())
}

/// Takes an entity out. As the end of references it stays, until [`forget_unreferenced`].
pub(super) fn remove_entity(
	db: &Connection,
	catalogue: &Catalogue,
	id: EntityId,
) -> Result<(), Trouble> {
	take_rows(db, catalogue, id)?;
	db.prepare(
		"UPDATE entities SET removed = 1, version = NULL, owner = NULL, referenceable = NULL, \
		 visibility = NULL, visibility_group = NULL, visibility_reason = NULL, deposit = NULL, \
		 offered_to = NULL WHERE id = ?1",
	)?
	.execute([id.to_string()])?;
	Ok(())
}

/// Takes out everything that an entity has, but itself.
fn take_rows(db: &Connection, catalogue: &Catalogue, id: EntityId) -> Result<(), Trouble> {
	let name = id.to_string();
	if let Some(class) = catalogue.classes.get(&id.class) {
		for table in class.tables.values() {
			db.prepare(&table.delete())?.execute([&name])?;
		}
	}
	db.prepare("DELETE FROM mirror_references WHERE source = ?1")?.execute([&name])?;
	db.prepare("DELETE FROM mirror_stakes WHERE entity = ?1")?.execute([&name])?;
	Ok(())
}

/// Forgets removed entities that nothing refers to any more.
pub(super) fn forget_unreferenced(db: &Connection) -> Result<(), Trouble> {
	db.prepare(
		"DELETE FROM entities WHERE removed = 1 AND NOT EXISTS \
		 (SELECT 1 FROM mirror_references WHERE target = entities.id)",
	)?
	.execute([])?;
	Ok(())
}

/// The stakes of an entity.
pub(super) fn stakes_of(db: &Connection, id: EntityId) -> Result<Vec<Stake>, Trouble> {
	let mut found = db.prepare("SELECT stake FROM mirror_stakes WHERE entity = ?1")?;
	let found = found.query_map([id.to_string()], |row| row.get(0))?;
	Ok(found.collect::<Result<_, _>>()?)
}

/// The entities that have a stake in a unique value of a class.
pub(super) fn stakeholders(
	db: &Connection,
	class: ClassId,
	stake: &Stake,
) -> Result<Vec<EntityId>, Trouble> {
	let holders = "SELECT entity FROM mirror_stakes WHERE class = ?1 AND stake = ?2";
	ids(db, holders, params![class, stake])
}

/// The entities of a class that have a stake in what others have a stake in, too.
pub(super) fn contenders(db: &Connection, class: ClassId) -> Result<Vec<EntityId>, Trouble> {
	let contested = "SELECT entity FROM mirror_stakes WHERE class = ?1 AND stake IN \
		(SELECT stake FROM mirror_stakes WHERE class = ?1 GROUP BY stake HAVING count(*) > 1)";
	ids(db, contested, params![class])
}

/// The entities that refer to one.
pub(super) fn referrers(db: &Connection, target: EntityId) -> Result<Vec<EntityId>, Trouble> {
	let sources = "SELECT source FROM mirror_references WHERE target = ?1";
	ids(db, sources, params![target.to_string()])
}

/// The classes whose older entities were being given entries.
pub(super) fn building(db: &Connection) -> Result<BTreeSet<ClassId>, Trouble> {
	let mut found = db.prepare("SELECT id FROM classes WHERE building = 1")?;
	let found = found.query_map([], |row| row.get(0))?;
	Ok(found.collect::<Result<_, _>>()?)
}

fn ids(
	db: &Connection,
	select: &str,
	parameters: impl rusqlite::Params,
) -> Result<Vec<EntityId>, Trouble> {
	let mut found = db.prepare(select)?;
	let mut rows = found.query(parameters)?;
	let mut ids = Vec::new();
	while let Some(row) = rows.next()? {
		let id = row.get_ref(0)?.as_str().ok().and_then(|id| EntityId::from_str(id).ok());
		ids.push(id.ok_or_else(|| damaged("entities"))?);
	}
	Ok(ids)
}

fn unreadable(why: &str) -> Trouble {
	Error::unreadable("ContentDirectoryApi_entities", why).into()
}
