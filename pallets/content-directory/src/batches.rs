//! Batches: several operations of one account, of which all happen or none.

use crate::{
	types::{
		accept_weight, create_weight, migrate_weight, operation_weight, remove_weight,
		update_weight, OperationOf,
	},
	Config, Error, Pallet, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::weights::Weight;
use rome_primitives::content::{
	EntityId, EntityValues, Operation, Scalar, Target, Value, ValueChanges, CREATED,
};
use sp_runtime::DispatchError;

/// What the operations so far created, by position.
#[derive(Default)]
struct Created(Vec<Option<EntityId>>);

impl Created {
	fn get<T: Config>(&self, position: u32) -> Result<EntityId, DispatchError> {
		let created = self.0.get(position as usize).copied().flatten();
		created.ok_or(Error::<T>::NotCreated.into())
	}

	fn target<T: Config>(&self, target: Target) -> Result<EntityId, DispatchError> {
		match target {
			Target::Entity(id) => Ok(id),
			Target::Created(position) => self.get::<T>(position),
		}
	}

	/// Puts the ids of created entities where `value` refers to them by position.
	fn resolve<T: Config>(&self, value: &mut Value) -> Result<(), DispatchError> {
		let resolve = |scalar: &mut Scalar| match scalar {
			Scalar::Reference(id) if id.class == CREATED => {
				*id = self.get::<T>(id.serial)?;
				Ok(())
			},
			_ => Ok(()),
		};
		match value {
			Value::Single(scalar) => resolve(scalar),
			Value::List(items) => items.iter_mut().try_for_each(resolve),
		}
	}

	fn resolve_values<T: Config>(&self, values: &mut EntityValues) -> Result<(), DispatchError> {
		values.0.iter_mut().try_for_each(|(_, value)| self.resolve::<T>(value))
	}

	fn resolve_changes<T: Config>(&self, changes: &mut ValueChanges) -> Result<(), DispatchError> {
		changes
			.iter_mut()
			.filter_map(|(_, value)| value.as_mut())
			.try_for_each(|value| self.resolve::<T>(value))
	}
}

impl<T: Config> Pallet<T> {
	/// Does `operations` in order and gives what they weighed. After an error, which comes with what was
	/// done until then, the caller undoes everything.
	pub(crate) fn do_transact(
		who: T::AccountId,
		operations: Vec<OperationOf<T>>,
	) -> Result<Weight, (Weight, DispatchError)> {
		let mut created = Created::default();
		let mut weight = T::WeightInfo::transact();
		for operation in operations {
			let most = operation_weight::<T>(&operation);
			let (id, used) = Self::operate(&who, &created, operation)
				.map_err(|error| (weight.saturating_add(most), error))?;
			created.0.push(id);
			weight = weight.saturating_add(used);
		}
		Ok(weight)
	}

	/// Does one operation, and gives the id of what it created and what it weighed.
	fn operate(
		who: &T::AccountId,
		created: &Created,
		operation: OperationOf<T>,
	) -> Result<(Option<EntityId>, Weight), DispatchError> {
		let who = who.clone();
		let weight = match operation {
			Operation::Create { class, version, mut values, referenceable } => {
				created.resolve_values::<T>(&mut values)?;
				let (id, counts) =
					Self::do_create_entity(who, class, version, values, referenceable)?;
				return Ok((Some(id), create_weight::<T>(&counts)));
			},
			Operation::Update { entity, mut changes } => {
				created.resolve_changes::<T>(&mut changes)?;
				let id = created.target::<T>(entity)?;
				update_weight::<T>(&Self::do_update_entity(who, id, changes)?)
			},
			Operation::Remove { entity } => {
				let id = created.target::<T>(entity)?;
				remove_weight::<T>(&Self::do_remove_entity(who, id)?)
			},
			Operation::OfferTransfer { entity, to } => {
				Self::do_offer_transfer(who, created.target::<T>(entity)?, to)?;
				T::WeightInfo::offer_transfer()
			},
			Operation::AcceptTransfer { entity, max_deposit } => {
				accept_weight::<T>(&Self::do_accept_transfer(who, entity, max_deposit)?)
			},
			Operation::SetReferenceable { entity, referenceable } => {
				Self::do_set_referenceable(who, created.target::<T>(entity)?, referenceable)?;
				T::WeightInfo::set_referenceable()
			},
			Operation::SetVisibility { entity, group, action, reason } => {
				let id = created.target::<T>(entity)?;
				Self::do_set_visibility(who, id, group, action, reason)?;
				T::WeightInfo::set_visibility()
			},
			Operation::Migrate { entity, version, mut supplied, group } => {
				created.resolve_changes::<T>(&mut supplied)?;
				let id = created.target::<T>(entity)?;
				let (counts, steps) =
					Self::do_migrate_entity(Some((who, group)), id, version, supplied)?;
				migrate_weight::<T>(&counts, steps)
			},
		};
		Ok((None, weight))
	}
}
