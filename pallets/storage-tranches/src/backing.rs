//! Additions to pay: the council names classes of the directory, and what their entities hold is paid for
//! beyond what its pins pay.
//!
//! The money is what lies free in the pallet's account, above its existence: anyone sends it there, the council
//! from the fund, and the governed issuance adds to it with each era. Nothing of it is promised before it is
//! claimed for an object and an era, so it can be given to nobody twice; once it is gone the rest waits for more.

use crate::{
	types::{BalanceOf, Reason, MAX_ADDED_PERCENT, PAY},
	Backed, BackedEras, Config, Error, Event, Pallet, Pins,
};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, Mutate, MutateHold},
		tokens::{Fortitude, Preservation},
		Get,
	},
	weights::Weight,
};
use rome_primitives::{
	content::{ClassId, EntityId, EntityObjects, ObjectHash},
	storage::{EraIndex, ObjectState},
};
use sp_runtime::{
	traits::{CheckedDiv, Saturating, Zero},
	DispatchResult, Perbill,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_back_class(class: ClassId, percent: u16, reason: Reason) -> DispatchResult {
		Self::check_reason(&reason)?;
		ensure!(percent <= MAX_ADDED_PERCENT, Error::<T>::TooMuchAdded);
		match percent {
			0 => Backed::<T>::remove(class),
			_ => Backed::<T>::insert(class, percent),
		}
		Self::deposit_event(Event::ClassBacked { class, percent, reason });
		Ok(())
	}

	/// Gives back how many counted.
	pub(crate) fn do_back_objects(named: Vec<(EntityId, ObjectHash)>) -> u32 {
		let mut good = 0u32;
		for (entity, object) in named {
			match with_storage_layer(|| Self::back(entity, object)) {
				Ok(()) => good = good.saturating_add(1),
				Err(error) => Self::deposit_event(Event::BackingFailed { entity, object, error }),
			}
		}
		good
	}

	/// Adds to the pay of an object for the era that runs, once.
	fn back(entity: EntityId, hash: ObjectHash) -> DispatchResult {
		let percent = Backed::<T>::get(entity.class).ok_or(Error::<T>::ClassNotBacked)?;
		let owner =
			T::Entities::owner_of_holding(entity, &hash).ok_or(Error::<T>::ObjectNotHeld)?;
		let pin = Pins::<T>::get(owner, hash).ok_or(Error::<T>::PinNotFound)?;
		let (key, era) = (pin.key, Self::era());
		ensure!(!pin.graced && era < pin.until, Error::<T>::PinOverdue);
		let object = Self::object(&key)?;
		ensure!(object.state == ObjectState::Stored, Error::<T>::ObjectNotStored);
		ensure!(!object.blocked, Error::<T>::ObjectBlocked);
		ensure!(BackedEras::<T>::get(key) != Some(era), Error::<T>::AlreadyBacked);

		let amount = Self::addition(key.size, percent);
		ensure!(!amount.is_zero() && Self::backing() >= amount, Error::<T>::NothingToAdd);
		T::Currency::hold(&PAY.into(), &Self::account_id(), amount)?;
		Self::split_fee(&key, &object, era, 1, amount);
		BackedEras::<T>::insert(key, era);
		Self::deposit_event(Event::ObjectBacked { key, entity, era, amount });
		Ok(())
	}

	/// What is added for an object of `size` bytes for an era.
	pub(crate) fn addition(size: u64, percent: u16) -> BalanceOf<T> {
		let whole: BalanceOf<T> = 100u32.into();
		let times: BalanceOf<T> = u32::from(percent).into();
		let product = Self::fee_per_era(size).saturating_mul(times);
		product.checked_div(&whole).unwrap_or_else(Zero::zero)
	}

	/// What there is to add.
	pub fn backing() -> BalanceOf<T> {
		T::Currency::reducible_balance(
			&Self::account_id(),
			Preservation::Preserve,
			Fortitude::Polite,
		)
	}

	/// An era has begun: its part of the governed issuance.
	pub(crate) fn issue(era: EraIndex) {
		let yearly = T::YearlyIssuance::get();
		if yearly.is_zero() {
			return;
		}
		let year = T::BlocksPerYear::get().max(1);
		let part = Perbill::from_rational(T::EraLength::get().max(1).min(year), year);
		let amount = part.mul_floor(yearly.mul_floor(T::Currency::total_issuance()));
		if amount.is_zero() {
			return;
		}
		match T::Currency::mint_into(&Self::account_id(), amount) {
			Ok(amount) => Self::deposit_event(Event::PayIssued { era, amount }),
			Err(error) => {
				log::error!(target: "runtime::storage", "nothing issued for era {era}: {error:?}")
			},
		}
	}

	/// Most that the directory's part of [`back_objects`](Pallet::back_objects) costs.
	pub(crate) fn looking_up(objects: u32) -> Weight {
		T::Entities::weight().saturating_mul(objects.into())
	}
}
