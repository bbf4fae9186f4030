//! The invariants. Each function checks one and says which it is when it fails.

use crate::{
	types::{entity_key, entity_of_key, BalanceOf, ReferenceCount, ValueCounts},
	Builds, ClassNames, Classes, Config, CuratorGroups, Endorsements, Entities, HoldReason,
	Holdings, IndexEntries, NextClassId, NextCuratorGroupId, NextSuggestionId, OwnedEntities,
	Pallet, References, Schemas, Stats, Suggestions, Sweeps, TransferOffers, UniqueEntries,
};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::Encode;
use frame_support::{ensure, traits::fungible::InspectHold};
use rome_primitives::content::{
	index_key, ClassId, EntityId, PropertyId, ScalarType, Schema, SchemaStatus, SchemaVersion,
	Value,
};
use sp_runtime::{
	traits::{Saturating, Zero},
	TryRuntimeError,
};

type EntityOf<T> = crate::entities::EntityOf<T>;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the directory against everything stored.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let free_form = Classes::<T>::iter_keys().map(|class| ((class, 0), Schema::free_form()));
		let schemas: BTreeMap<(ClassId, SchemaVersion), Schema> = Schemas::<T>::iter()
			.map(|(class, version, schema)| ((class, version), schema))
			.chain(free_form)
			.collect();
		let entities: Vec<(EntityId, EntityOf<T>)> = Entities::<T>::iter()
			.map(|(class, serial, entity)| {
				(EntityId { class, serial: u32::from_be_bytes(serial) }, entity)
			})
			.collect();
		Self::try_state_classes(&schemas)?;
		Self::try_state_counts(&entities)?;
		Self::try_state_owners(&entities)?;
		Self::try_state_values(&schemas, &entities)?;
		Self::try_state_unique(&schemas, &entities)?;
		Self::try_state_index(&schemas, &entities)?;
		Self::try_state_references(&schemas, &entities)?;
		Self::try_state_deposits(&schemas, &entities)?;
		Self::try_state_suggestions()?;
		Self::try_state_curators()?;
		Self::try_state_maintenance(&schemas)?;
		Self::try_state_offers()
	}

	/// Class names and classes are one to one; at most one version of a class is active, and the class
	/// knows which; exactly the versions that are not retired are counted.
	fn try_state_classes(
		schemas: &BTreeMap<(ClassId, SchemaVersion), Schema>,
	) -> Result<(), TryRuntimeError> {
		ensure!(
			Classes::<T>::iter().count() == ClassNames::<T>::iter().count(),
			"a class has no name or a name no class"
		);
		for (id, class) in Classes::<T>::iter() {
			ensure!(id < NextClassId::<T>::get(), "a class's number was not given out");
			ensure!(ClassNames::<T>::get(&class.name) == Some(id), "a class's name is not its own");
			ensure!(!Schemas::<T>::contains_key(id, 0), "version 0 has a schema of its own");
			let versions =
				|| schemas.iter().filter(|((of, version), _)| *of == id && *version != 0);
			let active = versions()
				.filter(|(_, schema)| schema.status == SchemaStatus::Active)
				.map(|((_, version), _)| *version)
				.collect::<Vec<_>>();
			ensure!(
				active == class.active_version.into_iter().collect::<Vec<_>>(),
				"a class's active version is not the one active version"
			);
			ensure!(
				versions().all(|((_, version), schema)| {
					*version >= 1
						&& *version <= class.latest_version
						&& schema.base < *version
						&& schema
							.properties
							.iter()
							.all(|property| property.id < class.next_property)
				}),
				"a schema's version, base or property ids were not given out"
			);
			let live = versions()
				.filter(|(_, schema)| schema.status != SchemaStatus::Retired)
				.map(|((_, version), _)| *version);
			let mut counted = Stats::<T>::get(id)
				.by_version
				.iter()
				.map(|(version, _)| *version)
				.filter(|version| *version != 0)
				.collect::<Vec<_>>();
			counted.sort();
			ensure!(live.eq(counted), "the versions counted are not those that are not retired");
			Self::try_state_identities(versions().map(|(_, schema)| schema).collect())?;
		}
		Ok(())
	}

	/// Unique and indexed belong to a property's identity: what one version says of it, all say that are
	/// not retired, and a version that declares it has it.
	fn try_state_identities(versions: Vec<&Schema>) -> Result<(), TryRuntimeError> {
		let mut entries = BTreeMap::new();
		for schema in versions.iter().filter(|schema| schema.status != SchemaStatus::Retired) {
			for property in &schema.properties {
				let has = (property.unique_entries, property.index_entries);
				ensure!(
					*entries.entry(property.id).or_insert(has) == has,
					"two versions disagree on whether a property has entries"
				);
				ensure!(
					(has.0 || !property.property.unique) && (has.1 || !property.property.indexed),
					"a property that is unique or indexed has no entries"
				);
			}
		}
		Ok(())
	}

	/// Curator groups were given out, and look after classes that exist.
	fn try_state_curators() -> Result<(), TryRuntimeError> {
		for (id, group) in CuratorGroups::<T>::iter() {
			ensure!(
				id < NextCuratorGroupId::<T>::get(),
				"a curator group's number was not given out"
			);
			ensure!(
				group.classes.iter().all(Classes::<T>::contains_key),
				"a curator group looks after a class that does not exist"
			);
		}
		Ok(())
	}

	/// Cursors point at live classes and versions, and have not passed their ends.
	fn try_state_maintenance(
		schemas: &BTreeMap<(ClassId, SchemaVersion), Schema>,
	) -> Result<(), TryRuntimeError> {
		let ends_in = |class: ClassId, next: u32, end: u32| {
			next <= end && end <= Stats::<T>::get(class).next_serial
		};
		for (class, build) in Builds::<T>::iter() {
			ensure!(Classes::<T>::contains_key(class), "a build's class does not exist");
			ensure!(ends_in(class, build.next, build.end), "a build has passed its end");
		}
		for (class, sweep) in Sweeps::<T>::iter() {
			let schema = schemas.get(&(class, sweep.version));
			ensure!(
				schema.is_some_and(|schema| schema.status != SchemaStatus::Retired),
				"a migration leads to a version that is not live"
			);
			ensure!(ends_in(class, sweep.next, sweep.end), "a migration has passed its end");
		}
		Ok(())
	}

	/// Whether the entity may still lack entries of the property.
	fn is_unbuilt(id: EntityId, property: PropertyId) -> bool {
		Builds::<T>::get(id.class).is_some_and(|build| {
			build.properties.contains(&property) && (build.next..build.end).contains(&id.serial)
		})
	}

	/// Counts of entities by class, version and owner are those of the entities stored.
	fn try_state_counts(entities: &[(EntityId, EntityOf<T>)]) -> Result<(), TryRuntimeError> {
		let mut by_version = BTreeMap::<(ClassId, SchemaVersion), u32>::new();
		let mut by_owner = BTreeMap::<(ClassId, T::AccountId), u32>::new();
		for (id, entity) in entities {
			by_version.entry((id.class, entity.version)).or_default().saturating_inc();
			by_owner.entry((id.class, entity.owner.clone())).or_default().saturating_inc();
			ensure!(
				id.serial < Stats::<T>::get(id.class).next_serial,
				"an entity's number was not given out"
			);
		}
		for (class, stats) in Stats::<T>::iter() {
			for (version, count) in &stats.by_version {
				let stored = by_version.remove(&(class, *version)).unwrap_or_default();
				ensure!(*count == stored, "a version's count is not that of its entities");
			}
			let sum =
				stats.by_version.iter().fold(0u32, |sum, (_, count)| sum.saturating_add(*count));
			ensure!(stats.entities == sum, "a class's count is not that of its versions");
		}
		ensure!(by_version.is_empty(), "an entity's version is not counted");
		for (class, owner, holding) in Holdings::<T>::iter() {
			let stored = by_owner.remove(&(class, owner)).unwrap_or_default();
			ensure!(holding.entities == stored, "an owner's count is not that of its entities");
		}
		ensure!(by_owner.is_empty(), "an owner's entities are not counted");
		Ok(())
	}

	/// Each entity is listed for its owner, and nothing else is listed.
	fn try_state_owners(entities: &[(EntityId, EntityOf<T>)]) -> Result<(), TryRuntimeError> {
		ensure!(
			entities.iter().all(|(id, entity)| OwnedEntities::<T>::contains_key(
				&entity.owner,
				entity_key(*id)
			)),
			"an entity is not listed for its owner"
		);
		ensure!(
			OwnedEntities::<T>::iter_keys().count() == entities.len(),
			"something is listed that its owner does not own"
		);
		for (owner, key) in OwnedEntities::<T>::iter_keys() {
			let entity = Self::get_entity(entity_of_key(key));
			ensure!(
				entity.is_some_and(|entity| entity.owner == owner),
				"something is listed that its owner does not own"
			);
		}
		Ok(())
	}

	/// Every entity is valid under its own schema, which is not retired.
	fn try_state_values(
		schemas: &BTreeMap<(ClassId, SchemaVersion), Schema>,
		entities: &[(EntityId, EntityOf<T>)],
	) -> Result<(), TryRuntimeError> {
		for (id, entity) in entities {
			let schema =
				schemas.get(&(id.class, entity.version)).ok_or("an entity has no schema")?;
			ensure!(schema.status != SchemaStatus::Retired, "an entity's schema is retired");
			ensure!(
				schema.check_values(&entity.values).is_ok(),
				"an entity's values do not fit its schema"
			);
		}
		Ok(())
	}

	/// Every unique value has its entry, and every entry its value. An entity of a version from before the
	/// property became unique may have come too late, and hold what another is noted for or was.
	fn try_state_unique(
		schemas: &BTreeMap<(ClassId, SchemaVersion), Schema>,
		entities: &[(EntityId, EntityOf<T>)],
	) -> Result<(), TryRuntimeError> {
		let mut entries = UniqueEntries::<T>::iter().collect::<BTreeMap<_, _>>();
		for (id, entity) in entities {
			for property in Self::properties(schemas, *id, entity).filter(|p| p.unique_entries) {
				if let Some(value) = entity.values.value(property.id).and_then(Value::single) {
					let key = Self::unique_key(id.class, property.id, value);
					if entries.get(&key) == Some(id) {
						entries.remove(&key);
					} else {
						ensure!(
							!property.property.unique,
							"a unique value's entry is missing or another entity's"
						);
					}
				}
			}
		}
		ensure!(entries.is_empty(), "a unique entry has no value");
		Ok(())
	}

	/// Every indexed value has its entry, and every entry its value.
	fn try_state_index(
		schemas: &BTreeMap<(ClassId, SchemaVersion), Schema>,
		entities: &[(EntityId, EntityOf<T>)],
	) -> Result<(), TryRuntimeError> {
		let mut expected = 0usize;
		for (id, entity) in entities {
			for property in Self::properties(schemas, *id, entity).filter(|p| p.index_entries) {
				if let Some(value) = entity.values.value(property.id).and_then(Value::single) {
					let key = ((id.class, property.id), index_key(value), id.serial.to_be_bytes());
					if IndexEntries::<T>::contains_key(key) {
						expected.saturating_inc();
					} else {
						ensure!(
							Self::is_unbuilt(*id, property.id),
							"an indexed value has no entry"
						);
					}
				}
			}
		}
		ensure!(IndexEntries::<T>::iter_keys().count() == expected, "an index entry has no value");
		Ok(())
	}

	/// Reference counts are those of the references that exist; each reference leads to an entity of the
	/// right class that exists or has been removed, and of the same owner where its property asks for it.
	fn try_state_references(
		schemas: &BTreeMap<(ClassId, SchemaVersion), Schema>,
		entities: &[(EntityId, EntityOf<T>)],
	) -> Result<(), TryRuntimeError> {
		let mut counts = BTreeMap::<(EntityId, T::AccountId), ReferenceCount>::new();
		for (id, entity) in entities {
			let schema =
				schemas.get(&(id.class, entity.version)).ok_or("an entity has no schema")?;
			for (property, target) in entity.values.references() {
				let kind =
					schema.property(property).map(|property| property.property.kind.scalar());
				let Some(ScalarType::Reference { class, same_owner }) = kind else {
					return Err("a reference's property takes none".into());
				};
				ensure!(
					target.class == class.unwrap_or(id.class),
					"a reference leads to another class"
				);
				ensure!(
					target.serial < Stats::<T>::get(target.class).next_serial,
					"a reference leads to an entity that never was"
				);
				ensure!(
					!*same_owner
						|| Self::get_entity(target)
							.is_some_and(|target| target.owner == entity.owner),
					"a reference leads to another owner"
				);
				let count = counts.entry((target, entity.owner.clone())).or_default();
				count.total.saturating_inc();
				count.same_owner.saturating_accrue((*same_owner).into());
			}
		}
		for (target, owner, count) in References::<T>::iter() {
			ensure!(
				counts.remove(&(target, owner)) == Some(count),
				"a reference count is not that of the references"
			);
		}
		ensure!(counts.is_empty(), "references are not counted");
		Ok(())
	}

	/// What is held is the sum of what entities, suggestions and endorsements say.
	fn try_state_deposits(
		schemas: &BTreeMap<(ClassId, SchemaVersion), Schema>,
		entities: &[(EntityId, EntityOf<T>)],
	) -> Result<(), TryRuntimeError> {
		let sums = |deposits: Vec<(T::AccountId, BalanceOf<T>)>| {
			let mut sums = BTreeMap::<T::AccountId, BalanceOf<T>>::new();
			for (account, deposit) in deposits {
				sums.entry(account).or_default().saturating_accrue(deposit);
			}
			sums
		};
		let of_entities =
			entities.iter().map(|(_, entity)| (entity.owner.clone(), entity.deposit)).collect();
		let of_suggestions = Suggestions::<T>::iter_values()
			.map(|suggestion| (suggestion.proposer, suggestion.deposit))
			.collect();
		let of_endorsements =
			Endorsements::<T>::iter().map(|(_, endorser, amount)| (endorser, amount)).collect();
		for (reason, deposits) in [
			(HoldReason::Entity, sums(of_entities)),
			(HoldReason::Suggestion, sums(of_suggestions)),
			(HoldReason::Endorsement, sums(of_endorsements)),
		] {
			let reason = reason.into();
			for account in frame_system::Account::<T>::iter_keys() {
				let expected = deposits.get(&account).copied().unwrap_or_default();
				ensure!(
					T::Currency::balance_on_hold(&reason, &account) == expected,
					"what is held is not the sum of the deposits"
				);
			}
			let known = |(account, deposit): (&T::AccountId, &BalanceOf<T>)| {
				deposit.is_zero() || frame_system::Account::<T>::contains_key(account)
			};
			ensure!(deposits.iter().all(known), "a deposit's account does not exist");
		}
		for (id, entity) in entities {
			let schema =
				schemas.get(&(id.class, entity.version)).ok_or("an entity has no schema")?;
			let counts = ValueCounts::of(schema, &entity.values);
			ensure!(
				counts.bytes as usize == entity.values.encoded_size(),
				"an entity is larger than the format allows"
			);
		}
		Ok(())
	}

	/// What a suggestion says of its endorsements is their sum.
	fn try_state_suggestions() -> Result<(), TryRuntimeError> {
		for (id, suggestion) in Suggestions::<T>::iter() {
			ensure!(id < NextSuggestionId::<T>::get(), "a suggestion's number was not given out");
			let amounts = Endorsements::<T>::iter_prefix_values(id).collect::<Vec<_>>();
			let sum = amounts
				.iter()
				.fold(BalanceOf::<T>::zero(), |sum, amount| sum.saturating_add(*amount));
			ensure!(
				suggestion.endorsers as usize == amounts.len() && suggestion.endorsed == sum,
				"a suggestion's endorsements are not those that exist"
			);
		}
		ensure!(
			Endorsements::<T>::iter_keys().all(|(id, _)| id < NextSuggestionId::<T>::get()),
			"an endorsement's suggestion never was"
		);
		Ok(())
	}

	/// Only entities that exist are offered, and not to their owners.
	fn try_state_offers() -> Result<(), TryRuntimeError> {
		for (id, to) in TransferOffers::<T>::iter() {
			let entity = Self::get_entity(id).ok_or("an entity is offered that does not exist")?;
			ensure!(entity.owner != to, "an entity is offered to its owner");
		}
		Ok(())
	}

	fn properties<'a>(
		schemas: &'a BTreeMap<(ClassId, SchemaVersion), Schema>,
		id: EntityId,
		entity: &EntityOf<T>,
	) -> impl Iterator<Item = &'a rome_primitives::content::SchemaProperty> {
		schemas
			.get(&(id.class, entity.version))
			.into_iter()
			.flat_map(|schema| schema.properties.iter())
	}
}
