//! Activation and retirement of schema versions.

use crate::{
	Builds, ClassNames, Classes, Config, Error, Event, NextClassId, Pallet, Schemas, Stats,
	Suggestions, Sweeps,
};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{dispatch::DispatchResult, ensure};
use rome_primitives::content::{
	limits::{MAX_INDEXED, MAX_MIGRATION_STEPS, MAX_UNIQUE},
	Build, Class, ClassConfig, ClassId, ClassStatus, Name, OnSchemaActivated, PropertyId, Schema,
	SchemaProperty, SchemaStatus, SchemaVersion, Suggestion, SuggestionId, SuggestionStatus,
	SuggestionTarget,
};
use sp_runtime::{ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_activate_schema(id: SuggestionId) -> DispatchResult {
		let suggestion = Suggestions::<T>::take(id).ok_or(Error::<T>::SuggestionNotFound)?;
		ensure!(suggestion.status == SuggestionStatus::Approved, Error::<T>::SuggestionNotApproved);
		let Suggestion { proposer, target, schema, .. } = suggestion;
		let (class, mut record) = match target {
			SuggestionTarget::Existing { class, base } => {
				let record = Classes::<T>::get(class).ok_or(Error::<T>::ClassNotFound)?;
				ensure!(record.status != ClassStatus::Retired, Error::<T>::ClassRetired);
				ensure!(record.latest_version == base, Error::<T>::SuggestionOutdated);
				(class, record)
			},
			SuggestionTarget::New { name, config } => Self::create_class(name, config)?,
		};

		let base = record.latest_version;
		let version = base.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let (properties, next_property) =
			schema.with_ids(record.next_property).ok_or(Error::<T>::PropertyIdsExhausted)?;
		if let Some(active) = record.active_version {
			Self::set_schema_status(class, active, SchemaStatus::Superseded)?;
		}
		Self::extend_entries(class, version, &properties)?;
		Schemas::<T>::insert(
			class,
			version,
			Schema { status: SchemaStatus::Active, base, properties },
		);
		Stats::<T>::try_mutate(class, |stats| stats.by_version.try_push((version, 0)))
			.map_err(|_| Error::<T>::TooManyLiveVersions)?;
		record.latest_version = version;
		record.active_version = Some(version);
		record.next_property = next_property;
		let category = record.config.category;
		Classes::<T>::insert(class, record);

		Self::tally(category, |tally| &mut tally.activated);
		Self::deposit_event(Event::SchemaActivated { suggestion: id, class, version });
		T::OnSchemaActivated::on_schema_activated(&proposer, class, version, category);
		Ok(())
	}

	fn create_class(
		name: Name,
		config: ClassConfig<T::AccountId>,
	) -> Result<(ClassId, Class<T::AccountId>), DispatchError> {
		ensure!(!ClassNames::<T>::contains_key(&name), Error::<T>::ClassNameTaken);
		let class = NextClassId::<T>::get();
		NextClassId::<T>::put(class.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		ClassNames::<T>::insert(&name, class);
		Self::deposit_event(Event::ClassCreated { class, name: name.clone() });
		let record = Class {
			name,
			config,
			status: ClassStatus::Open,
			active_version: None,
			latest_version: 0,
			next_property: 0,
		};
		Ok((class, record))
	}

	pub(crate) fn do_retire_schema(class: ClassId, version: SchemaVersion) -> DispatchResult {
		let mut record = Classes::<T>::get(class).ok_or(Error::<T>::ClassNotFound)?;
		let schema = Schemas::<T>::get(class, version).ok_or(Error::<T>::SchemaNotFound)?;
		ensure!(schema.status != SchemaStatus::Retired, Error::<T>::SchemaAlreadyRetired);
		let target = Sweeps::<T>::get(class).map(|sweep| sweep.version);
		ensure!(target != Some(version), Error::<T>::MigrationRunning);
		Stats::<T>::try_mutate(class, |stats| {
			let unused =
				|(other, entities): &(SchemaVersion, u32)| *other == version && *entities == 0;
			ensure!(stats.by_version.iter().any(unused), Error::<T>::SchemaInUse);
			stats.by_version.retain(|(other, _)| *other != version);
			Ok::<_, DispatchError>(())
		})?;
		Self::set_schema_status(class, version, SchemaStatus::Retired)?;
		if record.active_version == Some(version) {
			record.active_version = None;
			Classes::<T>::insert(class, record);
		}
		Self::deposit_event(Event::SchemaRetired { class, version });
		Ok(())
	}

	/// Unique and indexed belong to a property's identity. Where `properties`, those of the new version,
	/// have become one of them, the versions before become so too, and their entities are given the
	/// entries in the blocks that follow.
	fn extend_entries(
		class: ClassId,
		version: SchemaVersion,
		properties: &[SchemaProperty],
	) -> DispatchResult {
		let stats = Stats::<T>::get(class);
		let live = || stats.by_version.iter().filter(|(live, _)| *live != 0);
		let oldest = live().map(|(live, _)| *live).min().unwrap_or(version);
		ensure!(
			version.saturating_sub(oldest) <= MAX_MIGRATION_STEPS,
			Error::<T>::TooManyLiveVersions
		);
		let mut added = BTreeSet::new();
		for (live, entities) in live() {
			let mut schema = Self::get_schema(class, *live)?;
			let changed = adopt_entries(&mut schema, properties);
			if changed.is_empty() {
				continue;
			}
			let count = |entries: fn(&SchemaProperty) -> bool| {
				schema.properties.iter().filter(|property| entries(property)).count()
			};
			let unique = count(|property| property.unique_entries);
			ensure!(unique <= MAX_UNIQUE as usize, Error::<T>::TooManyUnique);
			let indexed = count(|property| property.index_entries);
			ensure!(indexed <= MAX_INDEXED as usize, Error::<T>::TooManyIndexed);
			Schemas::<T>::insert(class, live, schema);
			if *entities > 0 {
				added.extend(changed);
			}
		}
		if added.is_empty() {
			return Ok(());
		}
		// What a version before this one began is begun anew, together with this: entries that are there
		// are not added twice.
		if let Some(build) = Builds::<T>::get(class) {
			added.extend(build.properties);
		}
		let added = added.into_iter().collect::<Vec<_>>();
		let properties = added.try_into().map_err(|_| Error::<T>::TooManyIndexed)?;
		Builds::<T>::insert(class, Build { properties, next: 0, end: stats.next_serial });
		Ok(())
	}

	fn set_schema_status(
		class: ClassId,
		version: SchemaVersion,
		status: SchemaStatus,
	) -> DispatchResult {
		Schemas::<T>::try_mutate(class, version, |schema| {
			schema.as_mut().ok_or(Error::<T>::SchemaNotFound)?.status = status;
			Ok(())
		})
	}
}

/// Gives an older schema's properties the entries that they have in a newer one. Those that it changed.
fn adopt_entries(older: &mut Schema, newer: &[SchemaProperty]) -> Vec<PropertyId> {
	let mut changed = Vec::new();
	for old in older.properties.iter_mut() {
		let Some(new) = newer.iter().find(|new| new.id == old.id) else { continue };
		let entries = (new.unique_entries, new.index_entries);
		if entries != (old.unique_entries, old.index_entries) {
			(old.unique_entries, old.index_entries) = entries;
			changed.push(old.id);
		}
	}
	changed
}
