//! Creation, update and removal of entities.

use crate::{
	entries::{value_error, Holder, NewReferences, Typed},
	types::{entity_key, BalanceOf, ValueCounts},
	Classes, Config, Entities, Error, Event, OwnedEntities, Pallet, References, Schemas, Stats,
	TransferOffers,
};
use frame_support::{dispatch::DispatchResult, ensure};
use rome_primitives::content::{
	Class, ClassId, ClassStats, ClassStatus, Entity, EntityId, EntityValues, Schema, SchemaVersion,
	ValueChanges, Visibility,
};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchError,
};

pub(crate) type EntityOf<T> = Entity<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

impl<T: Config> Pallet<T> {
	/// The entity called `id`.
	pub(crate) fn get_entity(id: EntityId) -> Option<EntityOf<T>> {
		Entities::<T>::get(id.class, id.serial.to_be_bytes())
	}

	pub(crate) fn put_entity(id: EntityId, entity: &EntityOf<T>) {
		Entities::<T>::insert(id.class, id.serial.to_be_bytes(), entity);
	}

	/// The entity called `id`, which must belong to `who` and not be frozen.
	pub(crate) fn own_entity(
		who: &T::AccountId,
		id: EntityId,
	) -> Result<EntityOf<T>, DispatchError> {
		let entity = Self::get_entity(id).ok_or(Error::<T>::EntityNotFound)?;
		ensure!(entity.owner == *who, Error::<T>::NotTheOwner);
		Self::ensure_not_frozen(&entity)?;
		Ok(entity)
	}

	/// The class, if its entities may be changed.
	pub(crate) fn writable_class(class: ClassId) -> Result<Class<T::AccountId>, DispatchError> {
		let record = Classes::<T>::get(class).ok_or(Error::<T>::ClassNotFound)?;
		ensure!(record.status != ClassStatus::Paused, Error::<T>::ClassPaused);
		Ok(record)
	}

	pub(crate) fn get_schema(
		class: ClassId,
		version: SchemaVersion,
	) -> Result<Schema, DispatchError> {
		Self::schema(class, version).ok_or(Error::<T>::SchemaNotFound.into())
	}

	/// A version's schema. That of version 0 is the same in every class.
	pub(crate) fn schema(class: ClassId, version: SchemaVersion) -> Option<Schema> {
		match version {
			0 => Some(Schema::free_form()),
			_ => Schemas::<T>::get(class, version),
		}
	}

	pub(crate) fn do_create_entity(
		owner: T::AccountId,
		class: ClassId,
		version: SchemaVersion,
		mut values: EntityValues,
		referenceable: bool,
	) -> Result<(EntityId, ValueCounts), DispatchError> {
		let record = Self::writable_class(class)?;
		ensure!(record.status != ClassStatus::Retired, Error::<T>::ClassRetired);
		if version == 0 {
			ensure!(record.config.free_form, Error::<T>::NoFreeForm);
		} else {
			ensure!(record.active_version == Some(version), Error::<T>::SchemaNotActive);
		}
		let schema = Self::get_schema(class, version)?;
		values.sort();
		schema.check_values(&values).map_err(value_error::<T>)?;
		Self::add_holding(&record, class, &owner)?;
		let serial = Self::count_in(&record, class, version)?;

		let id = EntityId { class, serial };
		let holder = Holder { id, owner: &owner };
		let none = EntityValues::default();
		let typed = |values| Typed { schema: &schema, values };
		Self::replace_values(&holder, typed(&none), typed(&values), NewReferences::Check)?;
		let groups = record.config.creation.groups();
		let counts = ValueCounts { groups, ..ValueCounts::of(&schema, &values) };
		let deposit = Self::deposit_for(&counts);
		Self::adjust_deposit(&owner, Zero::zero(), deposit)?;
		let entity = Entity {
			version,
			owner: owner.clone(),
			referenceable,
			visibility: Visibility::Visible,
			deposit,
			values,
		};
		Self::put_entity(id, &entity);
		OwnedEntities::<T>::insert(&owner, entity_key(id), ());
		Self::deposit_event(Event::EntityCreated { entity: id, owner, version });
		Ok((id, counts))
	}

	pub(crate) fn do_update_entity(
		who: T::AccountId,
		id: EntityId,
		changes: ValueChanges,
	) -> Result<ValueCounts, DispatchError> {
		let mut entity = Self::own_entity(&who, id)?;
		Self::writable_class(id.class)?;
		let schema = Self::get_schema(id.class, entity.version)?;
		let values = schema.apply_changes(&entity.values, changes).map_err(value_error::<T>)?;

		let holder = Holder { id, owner: &who };
		let typed = |values| Typed { schema: &schema, values };
		Self::replace_values(&holder, typed(&entity.values), typed(&values), NewReferences::Check)?;
		let counts = ValueCounts::of(&schema, &values);
		let larger = counts.max(ValueCounts::of(&schema, &entity.values));
		let deposit = Self::deposit_for(&counts);
		Self::adjust_deposit(&who, entity.deposit, deposit)?;
		entity.deposit = deposit;
		entity.values = values;
		Self::put_entity(id, &entity);
		Self::lapse_offer(id);
		Self::deposit_event(Event::EntityUpdated { entity: id });
		Ok(larger)
	}

	/// Whom a changed entity was offered to was offered something else.
	pub(crate) fn lapse_offer(id: EntityId) {
		if TransferOffers::<T>::take(id).is_some() {
			Self::deposit_event(Event::TransferOffered { entity: id, to: None });
		}
	}

	pub(crate) fn do_remove_entity(
		who: T::AccountId,
		id: EntityId,
	) -> Result<ValueCounts, DispatchError> {
		let entity = Self::own_entity(&who, id)?;
		let schema = Self::get_schema(id.class, entity.version)?;
		let counts = ValueCounts::of(&schema, &entity.values);
		// Its own references go first: one that leads to itself does not keep it.
		let holder = Holder { id, owner: &who };
		let none = EntityValues::default();
		let typed = |values| Typed { schema: &schema, values };
		Self::replace_values(&holder, typed(&entity.values), typed(&none), NewReferences::Check)?;
		ensure!(!Self::is_kept(id, &entity), Error::<T>::StillReferenced);

		Self::adjust_deposit(&who, entity.deposit, Zero::zero())?;
		Entities::<T>::remove(id.class, id.serial.to_be_bytes());
		OwnedEntities::<T>::remove(&who, entity_key(id));
		TransferOffers::<T>::remove(id);
		Self::mutate_holding(id.class, &who, |holding| holding.entities.saturating_dec());
		Stats::<T>::mutate(id.class, |stats| {
			stats.entities.saturating_dec();
			Self::count_version(stats, entity.version, |entities| entities.saturating_dec());
		});
		Self::deposit_event(Event::EntityRemoved { entity: id, owner: who });
		Ok(counts)
	}

	/// Whether references keep an entity from being removed.
	fn is_kept(id: EntityId, entity: &EntityOf<T>) -> bool {
		References::<T>::contains_key(id, &entity.owner)
			|| (entity.referenceable && Self::has_foreign_references(id, &entity.owner))
	}

	/// Whether entities of others than `owner` refer to an entity. Looks at two keys at most.
	pub(crate) fn has_foreign_references(id: EntityId, owner: &T::AccountId) -> bool {
		References::<T>::iter_key_prefix(id).any(|other| other != *owner)
	}

	pub(crate) fn do_set_referenceable(
		who: T::AccountId,
		id: EntityId,
		referenceable: bool,
	) -> DispatchResult {
		let mut entity = Self::own_entity(&who, id)?;
		entity.referenceable = referenceable;
		Self::put_entity(id, &entity);
		Self::deposit_event(Event::ReferenceableSet { entity: id, referenceable });
		Ok(())
	}

	/// Counts one more entity of `who`, whom class and quota must allow it.
	pub(crate) fn add_holding(
		record: &Class<T::AccountId>,
		class: ClassId,
		who: &T::AccountId,
	) -> DispatchResult {
		ensure!(Self::may_create(&record.config.creation, who), Error::<T>::CreationNotAllowed);
		Self::mutate_holding(class, who, |holding| {
			let quota = holding.quota.or(record.config.default_quota);
			ensure!(quota.is_none_or(|quota| holding.entities < quota), Error::<T>::QuotaReached);
			holding.entities.saturating_inc();
			Ok(())
		})
	}

	/// Counts one more entity of the class and gives its serial number.
	fn count_in(
		record: &Class<T::AccountId>,
		class: ClassId,
		version: SchemaVersion,
	) -> Result<u32, DispatchError> {
		Stats::<T>::try_mutate(class, |stats| {
			let limit = record.config.max_entities.unwrap_or(u32::MAX);
			ensure!(stats.entities < limit, Error::<T>::ClassFull);
			let serial = stats.next_serial;
			stats.next_serial = serial.checked_add(1).ok_or(Error::<T>::ClassFull)?;
			stats.entities.saturating_inc();
			// The first free-form document of the class.
			if version == 0 && !stats.by_version.iter().any(|(other, _)| *other == 0) {
				stats.by_version.try_push((0, 0)).map_err(|_| Error::<T>::TooManyLiveVersions)?;
			}
			Self::count_version(stats, version, |entities| entities.saturating_inc());
			Ok(serial)
		})
	}

	/// Changes how many entities of `version` there are.
	pub(crate) fn count_version(
		stats: &mut ClassStats,
		version: SchemaVersion,
		change: impl Fn(&mut u32),
	) {
		for (_, entities) in stats.by_version.iter_mut().filter(|(other, _)| *other == version) {
			change(entities);
		}
	}
}
