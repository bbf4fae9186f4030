//! The classes and schemas that the database's tables follow.

use super::{names, shape::Table};
use rome_client::directory::ClassInfo;
use rome_primitives::content::{ClassId, PropertyId, Schema, SchemaVersion};
use std::collections::{BTreeMap, BTreeSet};

/// All classes.
#[derive(Clone, Debug, Default)]
pub(super) struct Catalogue {
	pub classes: BTreeMap<ClassId, ClassTables>,
}

/// A class and its tables.
#[derive(Clone, Debug)]
pub(super) struct ClassTables {
	/// What its tables begin with.
	pub label: String,
	/// All its versions, retired ones too: older entities are read through them.
	pub schemas: BTreeMap<SchemaVersion, Schema>,
	/// The tables, of the versions that may have entities.
	pub tables: BTreeMap<SchemaVersion, Table>,
}

impl ClassTables {
	/// Properties whose values one entity may have to itself, in any version.
	pub(super) fn unique(&self) -> BTreeSet<PropertyId> {
		let properties = self.schemas.values().flat_map(|schema| schema.properties.iter());
		properties.filter(|it| it.unique_entries || it.property.unique).map(|it| it.id).collect()
	}
}

impl Catalogue {
	/// The catalogue of these classes' names, versions, and which of those have tables.
	pub(super) fn new(
		classes: &BTreeMap<ClassId, Vec<u8>>,
		mut schemas: BTreeMap<ClassId, BTreeMap<SchemaVersion, Schema>>,
		live: &BTreeMap<ClassId, BTreeSet<SchemaVersion>>,
	) -> Self {
		let labels = names::class_labels(classes);
		let none = BTreeSet::new();
		let classes = labels.into_iter().map(|(id, label)| {
			let schemas = schemas.remove(&id).unwrap_or_default();
			let live = live.get(&id).unwrap_or(&none).iter();
			let tables = live
				.filter_map(|version| {
					Some((*version, Table::new(&label, *version, schemas.get(version)?)))
				})
				.collect();
			(id, ClassTables { label, schemas, tables })
		});
		Self { classes: classes.collect() }
	}

	/// The versions as which those of a page have to be read, given what its entities are stored as.
	pub(super) fn versions_after(
		&self,
		class: ClassId,
		stored: &[SchemaVersion],
	) -> Vec<SchemaVersion> {
		let Some(class) = self.classes.get(&class) else { return Vec::new() };
		let oldest = stored.iter().filter(|version| **version > 0).min();
		let documents = stored.contains(&0);
		let versions = class.schemas.keys().filter(|version| **version > 0);
		versions
			.filter(|version| {
				// What lies between tells of which values depend on others', even if it is retired.
				oldest.is_some_and(|oldest| *version > oldest)
					|| (documents && class.tables.contains_key(version))
			})
			.copied()
			.collect()
	}
}

/// The versions of a class that have tables: those that may have entities.
pub(super) fn live_versions(info: &ClassInfo) -> BTreeSet<SchemaVersion> {
	let live = info.stats.by_version.iter().map(|(version, _)| *version);
	live.chain(info.class.config.free_form.then_some(0)).collect()
}
