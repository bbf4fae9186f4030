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

/// Who holds values under which schema: everything that entries depend on.
pub(crate) struct Holder<'a, AccountId> {
	pub id: EntityId,
	pub owner: &'a AccountId,
	pub schema: &'a Schema,
}

impl<T: Config> Pallet<T> {
	/// Where the holder of a unique value is noted.
	pub(crate) fn unique_key(class: ClassId, property: PropertyId, value: &Scalar) -> UniqueKey {
		(class, property, value).using_encoded(sp_io::hashing::blake2_256)
	}

	/// Makes entries, references and object uses follow from `old` to `new` values. Fails if a value that
	/// was not there before breaks a rule; the caller then undoes everything.
	pub(crate) fn replace_values(
		holder: &Holder<T::AccountId>,
		old: &EntityValues,
		new: &EntityValues,
	) -> DispatchResult {
		for property in &holder.schema.properties {
			let (before, after) = (old.value(property.id), new.value(property.id));
			if before == after {
				continue;
			}
			let single = |value: Option<&Value>| value.and_then(Value::single).cloned();
			if property.property.unique {
				Self::replace_unique(holder, property.id, single(before), single(after))?;
			}
			if property.property.indexed {
				Self::replace_index(holder, property.id, single(before), single(after));
			}
			let scalars =
				|value: Option<&'_ Value>| value.map(Value::scalars).unwrap_or_default().to_vec();
			match property.property.kind.scalar() {
				ScalarType::Reference { .. } => {
					Self::replace_references(holder, property, &scalars(before), &scalars(after))?
				},
				ScalarType::DataObject => {
					Self::replace_objects(holder.owner, &scalars(before), &scalars(after))?
				},
				_ => {},
			}
		}
		Ok(())
	}

	fn replace_unique(
		holder: &Holder<T::AccountId>,
		property: PropertyId,
		before: Option<Scalar>,
		after: Option<Scalar>,
	) -> DispatchResult {
		if let Some(value) = before {
			UniqueEntries::<T>::remove(Self::unique_key(holder.id.class, property, &value));
		}
		if let Some(value) = after {
			let key = Self::unique_key(holder.id.class, property, &value);
			ensure!(!UniqueEntries::<T>::contains_key(key), Error::<T>::DuplicateUnique);
			UniqueEntries::<T>::insert(key, holder.id);
		}
		Ok(())
	}

	fn replace_index(
		holder: &Holder<T::AccountId>,
		property: PropertyId,
		before: Option<Scalar>,
		after: Option<Scalar>,
	) {
		let key = |value: &Scalar| {
			((holder.id.class, property), index_key(value), holder.id.serial.to_be_bytes())
		};
		let (before, after) = (before.as_ref().map(key), after.as_ref().map(key));
		// Long texts may differ and still share their place.
		if before == after {
			return;
		}
		if let Some(key) = before {
			IndexEntries::<T>::remove(key);
		}
		if let Some(key) = after {
			IndexEntries::<T>::insert(key, ());
		}
	}

	fn replace_references(
		holder: &Holder<T::AccountId>,
		property: &SchemaProperty,
		before: &[Scalar],
		after: &[Scalar],
	) -> DispatchResult {
		let same_owner = matches!(
			property.property.kind.scalar(),
			ScalarType::Reference { same_owner: true, .. }
		);
		for scalar in after {
			if let Scalar::Reference(target) = scalar {
				// Only what is new is checked: what was there may have been removed since.
				if !before.contains(scalar) {
					Self::check_reference(holder, property, *target)?;
				}
				Self::mutate_references(*target, holder.owner, |count| {
					count.total.saturating_inc();
					count.same_owner.saturating_accrue(same_owner.into());
				});
			}
		}
		for scalar in before {
			if let Scalar::Reference(target) = scalar {
				Self::mutate_references(*target, holder.owner, |count| {
					count.total.saturating_dec();
					count.same_owner.saturating_reduce(same_owner.into());
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
		ValueError::EntityTooLarge => Error::<T>::EntityTooLarge,
		ValueError::TooManyReferences => Error::<T>::TooManyReferences,
		ValueError::TooManyObjects => Error::<T>::TooManyObjects,
	}
	.into()
}
