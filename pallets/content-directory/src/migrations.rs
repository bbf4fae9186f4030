//! Reading entities as later versions, and moving them there.

use crate::{
	entities::EntityOf,
	entries::{value_error, Holder, NewReferences, Typed},
	types::ValueCounts,
	Classes, Config, Error, Event, Pallet, Schemas, Stats, Sweeps, UniqueEntries,
};
use alloc::{collections::BTreeMap, vec::Vec};
use core::cell::RefCell;
use frame_support::{dispatch::DispatchResult, ensure};
use rome_primitives::content::{
	api::ReadError, limits::MAX_MIGRATION_STEPS, ClassId, CuratorGroupId, EntityId, EntityValues,
	Migrated, PropertyId, Scalar, ScalarType, Schema, SchemaProperty, SchemaStatus, SchemaVersion,
	StateCheck, Sweep, Value, ValueChanges,
};
use sp_runtime::DispatchError;

/// The schema versions of a class on the way to one of them.
pub(crate) struct Chain {
	class: ClassId,
	/// In the order in which they follow each other; the last is the version to read as.
	pub(crate) versions: Vec<(SchemaVersion, Schema)>,
}

impl Chain {
	/// The version to read as.
	pub(crate) fn version(&self) -> SchemaVersion {
		self.versions.last().map_or(0, |(version, _)| *version)
	}

	/// The schema to read as.
	pub(crate) fn schema(&self) -> Option<&Schema> {
		self.versions.last().map(|(_, schema)| schema)
	}

	/// How many versions were read.
	pub(crate) fn len(&self) -> u32 {
		self.versions.len() as u32
	}

	fn position(&self, version: SchemaVersion) -> Option<usize> {
		self.versions.iter().position(|(other, _)| *other == version)
	}

	/// How many versions lie between `version` and the one to read as.
	pub(crate) fn steps(&self, version: SchemaVersion) -> u32 {
		let position = self.position(version).map_or(0, |at| at.saturating_add(1));
		self.versions.len().saturating_sub(position) as u32
	}

	/// `entity` as the chain's last version.
	pub(crate) fn read<T: Config>(
		&self,
		id: EntityId,
		entity: &EntityOf<T>,
	) -> Result<Migrated, ReadError> {
		let target = self.schema().ok_or(ReadError::SchemaNotFound)?;
		if entity.version == 0 && self.version() != 0 {
			return Ok(target.migrate_free_form());
		}
		if entity.version > self.version() {
			return Err(ReadError::StoredLater);
		}
		let at = self.position(entity.version).ok_or(ReadError::TooManySteps)?;
		// Several versions may ask the same of the same entities.
		let owners = RefCell::new(BTreeMap::new());
		let belongs = |target: EntityId| {
			let mut owners = owners.borrow_mut();
			let owner = owners
				.entry(target)
				.or_insert_with(|| Pallet::<T>::get_entity(target).map(|target| target.owner));
			owner.as_ref() == Some(&entity.owner)
		};
		let holds = |property: &SchemaProperty, value: &Value, check: StateCheck| match check {
			StateCheck::Unique => Pallet::<T>::is_free(id, property, value),
			StateCheck::Reference => leads_right(id.class, property, value, belongs),
		};
		let mut migrated = Migrated::from(entity.values.clone());
		let steps = self.versions.get(at..).unwrap_or_default();
		for ((_, before), (_, schema)) in steps.iter().zip(steps.iter().skip(1)) {
			migrated = schema.migrate(self.class, before, &migrated, holds);
		}
		Ok(migrated)
	}
}

impl<T: Config> Pallet<T> {
	/// The versions from the oldest that has entities to `version`.
	pub(crate) fn chain_to(class: ClassId, version: SchemaVersion) -> Result<Chain, ReadError> {
		let oldest = Stats::<T>::get(class)
			.by_version
			.iter()
			.filter(|(live, entities)| *live != 0 && *entities > 0 && *live <= version)
			.map(|(live, _)| *live)
			.min();
		Self::chain_between(class, oldest.unwrap_or(version), version)
	}

	/// The versions from `oldest` to `version`.
	pub(crate) fn chain_between(
		class: ClassId,
		oldest: SchemaVersion,
		version: SchemaVersion,
	) -> Result<Chain, ReadError> {
		if version == 0 {
			let known = Classes::<T>::contains_key(class);
			let versions = alloc::vec![(0, Schema::free_form())];
			return known.then_some(Chain { class, versions }).ok_or(ReadError::SchemaNotFound);
		}
		let mut versions = Vec::new();
		let mut next = version;
		// One more version than steps between them.
		for _ in 0..=MAX_MIGRATION_STEPS {
			let schema = Schemas::<T>::get(class, next).ok_or(ReadError::SchemaNotFound)?;
			let base = schema.base;
			versions.push((next, schema));
			if next <= oldest || base == 0 {
				versions.reverse();
				return Ok(Chain { class, versions });
			}
			next = base;
		}
		Err(ReadError::TooManySteps)
	}

	/// Whether no other entity than `id` is noted for a unique value.
	fn is_free(id: EntityId, property: &SchemaProperty, value: &Value) -> bool {
		value.single().is_none_or(|scalar| {
			let key = Self::unique_key(id.class, property.id, scalar);
			UniqueEntries::<T>::get(key).is_none_or(|holder| holder == id)
		})
	}

	/// Moves an entity to a later version. `who` is `None` for root; it is the owner, or acts for the
	/// curator group that comes along. Gives the larger of each count before and after, and the steps.
	pub(crate) fn do_migrate_entity(
		who: Option<(T::AccountId, Option<CuratorGroupId>)>,
		id: EntityId,
		version: SchemaVersion,
		supplied: ValueChanges,
	) -> Result<(ValueCounts, u32), DispatchError> {
		let entity = Self::get_entity(id).ok_or(Error::<T>::EntityNotFound)?;
		let mut by_owner = false;
		match who {
			None => {},
			Some((who, Some(group))) => Self::ensure_curator(&who, group, id.class)?,
			Some((who, None)) => {
				ensure!(entity.owner == who, Error::<T>::NotTheOwner);
				Self::ensure_not_frozen(&entity)?;
				by_owner = true;
			},
		}
		Self::writable_class(id.class)?;
		let chain = Self::chain_to_migrate(id.class, entity.version, version)?;
		let free_form = entity.version == 0;
		let migrated = chain.read::<T>(id, &entity).map_err(read_error::<T>)?;
		let schema = chain.schema().ok_or(Error::<T>::SchemaNotFound)?;
		let named = supplied.iter().map(|(property, _)| *property).collect::<Vec<_>>();
		let values = schema.supply(migrated, supplied, free_form).map_err(value_error::<T>)?;
		let steps = chain.steps(entity.version);
		let counts = Self::move_entity(id, entity, &chain, values, &named, by_owner)?;
		Ok((counts, steps))
	}

	/// The versions from `from` to `to`, to which entities may be moved.
	pub(crate) fn chain_to_migrate(
		class: ClassId,
		from: SchemaVersion,
		to: SchemaVersion,
	) -> Result<Chain, DispatchError> {
		ensure!(to > from, Error::<T>::NotALaterVersion);
		let oldest = if from == 0 { to } else { from };
		let chain = Self::chain_between(class, oldest, to).map_err(read_error::<T>)?;
		let retired = chain.schema().is_none_or(|schema| schema.status == SchemaStatus::Retired);
		ensure!(!retired, Error::<T>::SchemaAlreadyRetired);
		Ok(chain)
	}

	/// Gives an entity `values` under the chain's last version. `named` are the properties whose values
	/// did not come from its old ones. Only `by_owner` its deposit may rise.
	pub(crate) fn move_entity(
		id: EntityId,
		mut entity: EntityOf<T>,
		chain: &Chain,
		values: EntityValues,
		named: &[PropertyId],
		by_owner: bool,
	) -> Result<ValueCounts, DispatchError> {
		let (from, to) = (entity.version, chain.version());
		let schema = chain.schema().ok_or(Error::<T>::SchemaNotFound)?;
		// A chain that reaches the entity begins with its version, except from version 0.
		let free_form = Schema::free_form();
		let before = match chain.versions.iter().find(|(version, _)| *version == from) {
			Some((_, before)) => before,
			None => &free_form,
		};
		let holder = Holder { id, owner: &entity.owner };
		let old = Typed { schema: before, values: &entity.values };
		let new = Typed { schema, values: &values };
		Self::replace_values(&holder, old, new, NewReferences::CheckOnly(named))?;

		let counts = ValueCounts::of(schema, &values);
		let larger = counts.max(ValueCounts::of(before, &entity.values));
		let mut deposit = Self::deposit_for(&counts);
		if !by_owner {
			deposit = deposit.min(entity.deposit);
		}
		Self::adjust_deposit(&entity.owner, entity.deposit, deposit)?;
		entity.deposit = deposit;
		entity.version = to;
		entity.values = values;
		Self::put_entity(id, &entity);
		Stats::<T>::mutate(id.class, |stats| {
			Self::count_version(stats, from, |entities| *entities = entities.saturating_sub(1));
			Self::count_version(stats, to, |entities| *entities = entities.saturating_add(1));
		});
		Self::lapse_offer(id);
		Self::deposit_event(Event::EntityMigrated { entity: id, from, to });
		Ok(larger)
	}

	/// Starts moving every entity of a class to `version`.
	pub(crate) fn do_migrate_class(class: ClassId, version: SchemaVersion) -> DispatchResult {
		ensure!(Classes::<T>::contains_key(class), Error::<T>::ClassNotFound);
		ensure!(!Sweeps::<T>::contains_key(class), Error::<T>::MigrationRunning);
		let schema = Schemas::<T>::get(class, version).ok_or(Error::<T>::SchemaNotFound)?;
		ensure!(schema.status != SchemaStatus::Retired, Error::<T>::SchemaAlreadyRetired);
		let end = Stats::<T>::get(class).next_serial;
		Sweeps::<T>::insert(class, Sweep { version, next: 0, end, moved: 0, asking: 0 });
		Self::deposit_event(Event::MigrationStarted { class, version });
		Ok(())
	}

	/// Stops moving the entities of a class. Those that were moved stay moved.
	pub(crate) fn do_cancel_migration(class: ClassId) -> DispatchResult {
		let sweep = Sweeps::<T>::take(class).ok_or(Error::<T>::MigrationNotRunning)?;
		let version = sweep.version;
		Self::deposit_event(Event::MigrationCancelled { class, version, moved: sweep.moved });
		Ok(())
	}
}

/// Whether the references in `value`, of an entity of `class`, lead where `property` wants them.
fn leads_right(
	class: ClassId,
	property: &SchemaProperty,
	value: &Value,
	belongs: impl Fn(EntityId) -> bool,
) -> bool {
	let ScalarType::Reference { class: wanted, same_owner } = property.property.kind.scalar()
	else {
		return false;
	};
	value.scalars().iter().all(|scalar| match scalar {
		Scalar::Reference(target) => {
			target.class == wanted.unwrap_or(class) && (!same_owner || belongs(*target))
		},
		_ => false,
	})
}

/// The pallet's error for a version that cannot be reached.
fn read_error<T: Config>(error: ReadError) -> DispatchError {
	match error {
		ReadError::EntityNotFound => Error::<T>::EntityNotFound,
		ReadError::StoredLater => Error::<T>::NotALaterVersion,
		// Live versions are never so many steps apart.
		ReadError::SchemaNotFound | ReadError::TooManySteps => Error::<T>::SchemaNotFound,
	}
	.into()
}
