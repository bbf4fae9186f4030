//! Work on whole classes, a part in every block that has room: the entries of properties that became unique
//! or indexed, and the migration of entities. Each goes by serial number and keeps its place in storage, so
//! that neither a restart nor a new runtime loses it.

use crate::{
	entities::EntityOf,
	migrations::Chain,
	types::{max_migrate_weight, migrate_weight, BalanceOf, ValueCounts},
	Builds, Config, Entities, Event, IndexEntries, Pallet, Schemas, Stats, Sweeps, WeightInfo,
};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{
	storage::with_storage_layer,
	weights::{Weight, WeightMeter},
};
use rome_primitives::content::{
	index_key, limits::MAX_MIGRATION_STEPS, Build, ClassId, Entity, EntityId, Migrated, PropertyId,
	Schema, SchemaVersion, Sweep, Value,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Does as much as `meter` has room for.
	pub(crate) fn maintain(meter: &mut WeightMeter) {
		// Both lists are looked at, mostly to find them empty.
		if meter.try_consume(T::WeightInfo::maintain()).is_err() {
			return;
		}
		while let Some((class, build)) = Builds::<T>::iter().next() {
			if !Self::continue_build(class, build, meter) {
				return;
			}
		}
		while let Some((class, sweep)) = Sweeps::<T>::iter().next() {
			if !Self::continue_sweep(class, sweep, meter) {
				return;
			}
		}
	}

	/// The entities of `class` from `next` on that were there before `end`.
	pub(crate) fn entities_from(
		class: ClassId,
		next: u32,
		end: u32,
	) -> impl Iterator<Item = (EntityId, Entity<T::AccountId, BalanceOf<T>>)> {
		let entities = match next.checked_sub(1) {
			Some(before) => Entities::<T>::iter_prefix_from(
				class,
				Entities::<T>::hashed_key_for(class, before.to_be_bytes()),
			),
			None => Entities::<T>::iter_prefix(class),
		};
		entities
			.map(move |(serial, entity)| {
				(EntityId { class, serial: u32::from_be_bytes(serial) }, entity)
			})
			.take_while(move |(id, _)| id.serial < end)
	}

	/// Gives older entities their entries. Whether it is done with the class.
	fn continue_build(class: ClassId, mut build: Build, meter: &mut WeightMeter) -> bool {
		let start = T::WeightInfo::load_schemas(Stats::<T>::get(class).by_version.len() as u32);
		let step = T::WeightInfo::build_entity();
		if !meter.can_consume(start.saturating_add(step)) {
			return false;
		}
		meter.consume(start);
		let schemas = Self::live_schemas(class);
		let mut entities = Self::entities_from(class, build.next, build.end);
		loop {
			if !meter.can_consume(step) {
				Builds::<T>::insert(class, build);
				return false;
			}
			meter.consume(step);
			let Some((id, entity)) = entities.next() else { break };
			if let Some(schema) = schemas.get(&entity.version) {
				Self::add_entries(id, &entity, schema, &build.properties);
			}
			build.next = id.serial.saturating_add(1);
		}
		Builds::<T>::remove(class);
		Self::deposit_event(Event::EntriesBuilt { class, properties: build.properties });
		true
	}

	/// The schemas of the versions that have entities.
	fn live_schemas(class: ClassId) -> BTreeMap<SchemaVersion, Schema> {
		Stats::<T>::get(class)
			.by_version
			.iter()
			.filter(|(_, entities)| *entities > 0)
			.filter_map(|(version, _)| Some((*version, Schemas::<T>::get(class, version)?)))
			.collect()
	}

	/// Adds the entries of those of an entity's values that `properties` names, where they are missing.
	pub(crate) fn add_entries(
		id: EntityId,
		entity: &EntityOf<T>,
		schema: &Schema,
		properties: &[PropertyId],
	) {
		for property in properties.iter().filter_map(|id| schema.property(*id)) {
			let Some(value) = entity.values.value(property.id).and_then(Value::single) else {
				continue;
			};
			if property.unique_entries {
				if let Err(holder) = Self::claim_unique(id, property.id, value) {
					let property = property.id;
					Self::deposit_event(Event::UniqueTaken { entity: id, property, holder });
				}
			}
			if property.index_entries {
				let serial = id.serial.to_be_bytes();
				let key = ((id.class, property.id), index_key(value), serial);
				IndexEntries::<T>::insert(key, ());
			}
		}
	}

	/// Moves older entities to the version of `sweep`. Whether it is done with the class.
	fn continue_sweep(class: ClassId, mut sweep: Sweep, meter: &mut WeightMeter) -> bool {
		let most = max_migrate_weight::<T>();
		let start = T::WeightInfo::load_schemas(u32::from(MAX_MIGRATION_STEPS).saturating_add(1));
		if !meter.can_consume(start.saturating_add(most)) {
			return false;
		}
		let version = sweep.version;
		let Ok(chain) = Self::chain_to(class, version) else {
			// Versions are not removed, and live ones lie near each other: never so.
			Sweeps::<T>::remove(class);
			let moved = sweep.moved;
			Self::deposit_event(Event::MigrationCancelled { class, version, moved });
			return true;
		};
		meter.consume(T::WeightInfo::load_schemas(chain.len()));
		let mut entities = Self::entities_from(class, sweep.next, sweep.end);
		let done = loop {
			if !meter.can_consume(most) {
				break false;
			}
			let Some((id, entity)) = entities.next() else { break true };
			sweep.next = id.serial.saturating_add(1);
			if entity.version >= version {
				meter.consume(T::WeightInfo::sweep_past());
				continue;
			}
			let (weight, asked) = Self::sweep_entity(&chain, id, entity);
			meter.consume(weight);
			match asked {
				None => sweep.moved = sweep.moved.saturating_add(1),
				Some(properties) => {
					sweep.asking = sweep.asking.saturating_add(1);
					Self::deposit_event(Event::EntityAsks { entity: id, version, properties });
				},
			}
		};
		let Sweep { next, moved, asking, .. } = sweep;
		if done {
			Sweeps::<T>::remove(class);
			Self::deposit_event(Event::MigrationFinished { class, version, moved, asking });
		} else {
			Sweeps::<T>::insert(class, sweep);
			Self::deposit_event(Event::MigrationProgressed { class, version, next, moved, asking });
		}
		done
	}

	/// Moves one entity. Gives what that weighed, and, if it stays, the properties that it asks for: none
	/// if something other than a rule keeps it, a stored object whose pin has run out for example.
	fn sweep_entity(
		chain: &Chain,
		id: EntityId,
		entity: EntityOf<T>,
	) -> (Weight, Option<Vec<PropertyId>>) {
		let steps = chain.steps(entity.version);
		let weigh = |counts: &ValueCounts| migrate_weight::<T>(counts, steps);
		let looked_at = weigh(&ValueCounts::of_arguments(&entity.values));
		match chain.read::<T>(id, &entity) {
			Ok(Migrated { values, asked }) if asked.is_empty() => {
				let moved: Result<ValueCounts, DispatchError> =
					with_storage_layer(|| Self::move_entity(id, entity, chain, values, &[], false));
				match moved {
					Ok(counts) => (weigh(&counts), None),
					Err(_) => (max_migrate_weight::<T>(), Some(Vec::new())),
				}
			},
			Ok(Migrated { asked, .. }) => (looked_at, Some(asked)),
			Err(_) => (looked_at, Some(Vec::new())),
		}
	}
}
