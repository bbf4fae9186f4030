//! What an entity's values cause elsewhere: unique and index entries, reference counts, uses of stored
//! objects, and the deposit for all of it.

use crate::{
	types::{BalanceOf, ReferenceCount, UniqueKey, ValueCounts},
	Config, Entities, Error, HoldReason, IndexEntries, Pallet, References, UniqueEntries,
};
use codec::Encode;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{fungible::MutateHold, tokens::Precision, Get},
};
use rome_primitives::content::{
	index_key, ClassId, DataObjects, EntityId, EntityValues, PropertyId, Scalar, ScalarType,
	Schema, SchemaProperty, Value, ValueError,
};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchError,
};

/// Who holds values.
pub(crate) struct Holder<'a, AccountId> {
	pub id: EntityId,
	pub owner: &'a AccountId,
}

/// Values and the schema that they fit.
#[derive(Clone, Copy)]
pub(crate) struct Typed<'a> {
	pub schema: &'a Schema,
	pub values: &'a EntityValues,
}

impl<'a> Typed<'a> {
	fn get(&self, id: PropertyId) -> (Option<&'a SchemaProperty>, Option<&'a Value>) {
		(self.schema.property(id), self.values.value(id))
	}
}

/// Which references are looked at before they are counted.
#[derive(Clone, Copy)]
pub(crate) enum NewReferences<'a> {
	/// All that were not there before.
	Check,
	/// All of these properties, also those that were there: they may have been asked for because they do
	/// not do any more. A migration has looked at the others.
	CheckOnly(&'a [PropertyId]),
}

/// One property's part in a replacement of values.
struct Replaced<'a> {
	old: Option<&'a SchemaProperty>,
	new: Option<&'a SchemaProperty>,
	before: Option<&'a Value>,
	after: Option<&'a Value>,
}

impl Replaced<'_> {
	/// Unique and index entries belong to the property's identity: where two versions have it, they agree.
	fn has(&self, entries: fn(&SchemaProperty) -> bool) -> bool {
		self.old.is_some_and(entries) || self.new.is_some_and(entries)
	}

	fn before(&self) -> &[Scalar] {
		self.before.map(Value::scalars).unwrap_or_default()
	}

	fn after(&self) -> &[Scalar] {
		self.after.map(Value::scalars).unwrap_or_default()
	}
}

fn asks_same_owner(property: Option<&SchemaProperty>) -> bool {
	matches!(
		property.map(|property| property.property.kind.scalar()),
		Some(ScalarType::Reference { same_owner: true, .. })
	)
}

impl<T: Config> Pallet<T> {
	/// Where the holder of a unique value is noted.
	pub(crate) fn unique_key(class: ClassId, property: PropertyId, value: &Scalar) -> UniqueKey {
		(class, property, value).using_encoded(sp_io::hashing::blake2_256)
	}

	/// Makes entries, references and object uses follow from `old` to `new` values, which may fit another
	/// schema of the class. Fails if a value that was not there before breaks a rule; the caller then
	/// undoes everything.
	pub(crate) fn replace_values(
		holder: &Holder<T::AccountId>,
		old: Typed,
		new: Typed,
		references: NewReferences,
	) -> DispatchResult {
		let one_schema = core::ptr::eq(old.schema, new.schema);
		let ids = old.schema.properties.iter().map(|property| property.id);
		let added = new.schema.properties.iter().map(|property| property.id);
		let added = added.filter(|id| !one_schema && old.schema.property(*id).is_none());
		for id in ids.chain(added) {
			let ((old, before), (new, after)) = (old.get(id), new.get(id));
			if one_schema && before == after {
				continue;
			}
			let replaced = Replaced { old, new, before, after };
			if replaced.has(|property| property.unique_entries) {
				Self::replace_unique(holder, id, &replaced)?;
			}
			if replaced.has(|property| property.index_entries) {
				Self::replace_index(holder, id, &replaced);
			}
			// The kind stays with the identity.
			match new.or(old).map(|property| property.property.kind.scalar()) {
				Some(ScalarType::Reference { .. }) => {
					Self::replace_references(holder, id, &replaced, references)?
				},
				Some(ScalarType::DataObject) if before != after => {
					Self::replace_objects(holder.owner, replaced.before(), replaced.after())?
				},
				_ => {},
			}
		}
		Ok(())
	}

	fn replace_unique(
		holder: &Holder<T::AccountId>,
		property: PropertyId,
		replaced: &Replaced,
	) -> DispatchResult {
		let (before, after) =
			(replaced.before.and_then(Value::single), replaced.after.and_then(Value::single));
		if let Some(value) = before.filter(|_| before != after) {
			let key = Self::unique_key(holder.id.class, property, value);
			// Of two older entities with one value, only the first has the entry.
			if UniqueEntries::<T>::get(key) == Some(holder.id) {
				UniqueEntries::<T>::remove(key);
			}
		}
		if let Some(value) = after {
			// What came too late stays so in every version from before the property became unique.
			let keeps = before == after && !replaced.new.is_some_and(|new| new.property.unique);
			let claimed = Self::claim_unique(holder.id, property, value);
			ensure!(keeps || claimed.is_ok(), Error::<T>::DuplicateUnique);
		}
		Ok(())
	}

	/// Notes that `entity` holds a unique value, unless another does, which comes back.
	pub(crate) fn claim_unique(
		entity: EntityId,
		property: PropertyId,
		value: &Scalar,
	) -> Result<(), EntityId> {
		let key = Self::unique_key(entity.class, property, value);
		match UniqueEntries::<T>::get(key) {
			Some(holder) if holder != entity => Err(holder),
			Some(_) => Ok(()),
			None => {
				UniqueEntries::<T>::insert(key, entity);
				Ok(())
			},
		}
	}

	fn replace_index(holder: &Holder<T::AccountId>, property: PropertyId, replaced: &Replaced) {
		let key = |value: Option<&Value>| {
			let value = value.and_then(Value::single)?;
			Some(((holder.id.class, property), index_key(value), holder.id.serial.to_be_bytes()))
		};
		let (before, after) = (key(replaced.before), key(replaced.after));
		// Long texts may differ and still share their place.
		if let Some(key) = before.filter(|_| before != after) {
			IndexEntries::<T>::remove(key);
		}
		if let Some(key) = after {
			IndexEntries::<T>::insert(key, ());
		}
	}

	fn replace_references(
		holder: &Holder<T::AccountId>,
		id: PropertyId,
		replaced: &Replaced,
		references: NewReferences,
	) -> DispatchResult {
		let unchecked = |scalar: &Scalar| match references {
			// What was there may have been removed since.
			NewReferences::Check => replaced.before().contains(scalar),
			NewReferences::CheckOnly(properties) => !properties.contains(&id),
		};
		let (bound_before, bound_after) =
			(asks_same_owner(replaced.old), asks_same_owner(replaced.new));
		if replaced.before == replaced.after
			&& bound_before == bound_after
			&& replaced.after().iter().all(unchecked)
		{
			return Ok(());
		}
		for scalar in replaced.after() {
			if let (Scalar::Reference(target), Some(property)) = (scalar, replaced.new) {
				if !unchecked(scalar) {
					Self::check_reference(holder, property, *target)?;
				}
				Self::mutate_references(*target, holder.owner, |count| {
					count.total.saturating_inc();
					count.same_owner.saturating_accrue(bound_after.into());
				});
			}
		}
		for scalar in replaced.before() {
			if let Scalar::Reference(target) = scalar {
				Self::mutate_references(*target, holder.owner, |count| {
					count.total.saturating_dec();
					count.same_owner.saturating_reduce(bound_before.into());
				});
			}
		}
		Ok(())
	}

	fn check_reference(
		holder: &Holder<T::AccountId>,
		property: &SchemaProperty,
		target: EntityId,
	) -> DispatchResult {
		let ScalarType::Reference { class, same_owner } = property.property.kind.scalar() else {
			return Err(Error::<T>::WrongType.into());
		};
		ensure!(target.class == class.unwrap_or(holder.id.class), Error::<T>::WrongReferenceClass);
		let entity = Entities::<T>::get(target.class, target.serial.to_be_bytes())
			.ok_or(Error::<T>::DanglingReference)?;
		if entity.owner != *holder.owner {
			ensure!(!same_owner, Error::<T>::ReferenceNotSameOwner);
			ensure!(entity.referenceable, Error::<T>::NotReferenceable);
		}
		Ok(())
	}

	/// Changes how often `owner`'s entities refer to `target`, and keeps no item that says nothing.
	fn mutate_references(
		target: EntityId,
		owner: &T::AccountId,
		change: impl FnOnce(&mut ReferenceCount),
	) {
		References::<T>::mutate_exists(target, owner, |stored| {
			let mut count = stored.unwrap_or_default();
			change(&mut count);
			*stored = (count != ReferenceCount::default()).then_some(count);
		});
	}

	/// Counts the references in `values` as those of `to`, no longer of `from`. None of them may ask for
	/// the same owner.
	pub(crate) fn hand_over_references(
		values: &EntityValues,
		from: &T::AccountId,
		to: &T::AccountId,
	) {
		for (_, target) in values.references() {
			Self::mutate_references(target, from, |count| count.total.saturating_dec());
			Self::mutate_references(target, to, |count| count.total.saturating_inc());
		}
	}

	fn replace_objects(
		owner: &T::AccountId,
		before: &[Scalar],
		after: &[Scalar],
	) -> DispatchResult {
		// Claims come first, so that an object that stays is never without a use in between.
		for scalar in after {
			if let Scalar::DataObject(object) = scalar {
				T::DataObjects::claim(owner, object).map_err(|_| Error::<T>::ObjectNotPinned)?;
			}
		}
		for scalar in before {
			if let Scalar::DataObject(object) = scalar {
				T::DataObjects::release(owner, object);
			}
		}
		Ok(())
	}

	/// What an entity with `counts` has held for it.
	pub(crate) fn deposit_for(counts: &ValueCounts) -> BalanceOf<T> {
		let entries =
			counts.unique.saturating_add(counts.indexed).saturating_add(counts.references);
		T::EntityDepositBase::get()
			.saturating_add(T::EntityDepositPerByte::get().saturating_mul(counts.bytes.into()))
			.saturating_add(T::EntityDepositPerEntry::get().saturating_mul(entries.into()))
	}

	/// Makes what is held from `owner` for an entity follow from `old` to `new`.
	pub(crate) fn adjust_deposit(
		owner: &T::AccountId,
		old: BalanceOf<T>,
		new: BalanceOf<T>,
	) -> DispatchResult {
		let reason = HoldReason::Entity.into();
		if new > old {
			T::Currency::hold(&reason, owner, new.saturating_sub(old))?;
		}
		let excess = old.saturating_sub(new);
		if !excess.is_zero() {
			// Whatever took part of the hold elsewhere, the entity must not be stuck for it.
			T::Currency::release(&reason, owner, excess, Precision::BestEffort)?;
		}
		Ok(())
	}
}

/// The pallet's error for a value that does not fit.
pub(crate) fn value_error<T: Config>(
	(_, error): (Option<PropertyId>, ValueError),
) -> DispatchError {
	match error {
		ValueError::UnknownProperty => Error::<T>::UnknownProperty,
		ValueError::DuplicateProperty => Error::<T>::DuplicateProperty,
		ValueError::MissingRequired => Error::<T>::MissingRequired,
		ValueError::WrongType => Error::<T>::WrongType,
		ValueError::OutOfRange => Error::<T>::OutOfRange,
		ValueError::TooLong => Error::<T>::TooLong,
		ValueError::NotUtf8 => Error::<T>::NotUtf8,
		ValueError::UnknownVariant => Error::<T>::UnknownVariant,
		ValueError::TooManyItems => Error::<T>::TooManyItems,
		ValueError::Locked => Error::<T>::Locked,
		ValueError::NotJson => Error::<T>::NotJson,
		ValueError::NotSupplied => Error::<T>::NotSupplied,
		ValueError::NotAsked => Error::<T>::NotAsked,
		ValueError::EntityTooLarge => Error::<T>::EntityTooLarge,
		ValueError::TooManyReferences => Error::<T>::TooManyReferences,
		ValueError::TooManyObjects => Error::<T>::TooManyObjects,
	}
	.into()
}
