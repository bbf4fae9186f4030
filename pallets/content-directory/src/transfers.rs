//! Handing an entity over: one side offers, the other accepts.

use crate::{
	types::{entity_key, BalanceOf, ValueCounts},
	Config, Error, Event, OwnedEntities, Pallet, References, TransferOffers,
};
use frame_support::{dispatch::DispatchResult, ensure};
use rome_primitives::content::{DataObjects, EntityId, ScalarType, Schema};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchError,
};

use crate::entities::EntityOf;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_offer_transfer(
		who: T::AccountId,
		id: EntityId,
		to: Option<T::AccountId>,
	) -> DispatchResult {
		Self::own_entity(&who, id)?;
		ensure!(to.as_ref() != Some(&who), Error::<T>::AlreadyTheOwner);
		TransferOffers::<T>::set(id, to.clone());
		Self::deposit_event(Event::TransferOffered { entity: id, to });
		Ok(())
	}

	pub(crate) fn do_accept_transfer(
		taker: T::AccountId,
		id: EntityId,
		max_deposit: BalanceOf<T>,
	) -> Result<ValueCounts, DispatchError> {
		let mut entity = Self::get_entity(id).ok_or(Error::<T>::EntityNotFound)?;
		Self::ensure_not_frozen(&entity)?;
		let offered = TransferOffers::<T>::take(id);
		ensure!(offered.as_ref() == Some(&taker), Error::<T>::NotOffered);
		let record = Self::writable_class(id.class)?;
		let schema = Self::get_schema(id.class, entity.version)?;
		ensure!(!Self::is_bound(id, &entity, &schema), Error::<T>::BoundToOwner);
		let groups = record.config.creation.groups();
		let counts = ValueCounts { groups, ..ValueCounts::of(&schema, &entity.values) };
		let deposit = Self::deposit_for(&counts);
		ensure!(deposit <= max_deposit, Error::<T>::DepositTooHigh);

		Self::add_holding(&record, id.class, &taker)?;
		Self::adjust_deposit(&taker, Zero::zero(), deposit)?;
		for object in entity.values.objects() {
			T::DataObjects::claim(&taker, &object).map_err(|_| Error::<T>::ObjectNotPinned)?;
		}

		let giver = core::mem::replace(&mut entity.owner, taker.clone());
		for object in entity.values.objects() {
			T::DataObjects::release(&giver, &object);
		}
		Self::adjust_deposit(&giver, entity.deposit, Zero::zero())?;
		Self::mutate_holding(id.class, &giver, |holding| holding.entities.saturating_dec());
		Self::hand_over_references(&entity.values, &giver, &taker);
		OwnedEntities::<T>::remove(&giver, entity_key(id));
		OwnedEntities::<T>::insert(&taker, entity_key(id), ());
		entity.deposit = deposit;
		Self::put_entity(id, &entity);
		Self::deposit_event(Event::TransferAccepted { entity: id, from: giver, to: taker });
		Ok(counts)
	}

	/// Whether a reference from or to the entity asks for the same owner at both ends.
	fn is_bound(id: EntityId, entity: &EntityOf<T>, schema: &Schema) -> bool {
		let binds = |property| {
			schema.property(property).is_some_and(|property| {
				matches!(
					property.property.kind.scalar(),
					ScalarType::Reference { same_owner: true, .. }
				)
			})
		};
		entity.values.references().any(|(property, _)| binds(property))
			|| !References::<T>::get(id, &entity.owner).same_owner.is_zero()
	}
}
