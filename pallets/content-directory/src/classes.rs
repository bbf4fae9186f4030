//! Class administration and quotas.

use crate::{Classes, Config, Error, Event, Holdings, Pallet};
use frame_support::dispatch::DispatchResult;
use frame_support::ensure;
use rome_primitives::content::{Class, ClassConfig, ClassId, ClassStatus};

use crate::types::Holding;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_update_class(
		class: ClassId,
		config: ClassConfig<T::AccountId>,
	) -> DispatchResult {
		Self::check_config(&config)?;
		Self::mutate_class(class, |record| record.config = config)?;
		Self::deposit_event(Event::ClassUpdated { class });
		Ok(())
	}

	pub(crate) fn do_set_class_status(class: ClassId, status: ClassStatus) -> DispatchResult {
		Self::mutate_class(class, |record| record.status = status)?;
		Self::deposit_event(Event::ClassStatusSet { class, status });
		Ok(())
	}

	pub(crate) fn do_set_default_quota(class: ClassId, quota: Option<u32>) -> DispatchResult {
		Self::mutate_class(class, |record| record.config.default_quota = quota)?;
		Self::deposit_event(Event::DefaultQuotaSet { class, quota });
		Ok(())
	}

	pub(crate) fn do_set_quota(
		class: ClassId,
		account: T::AccountId,
		quota: Option<u32>,
	) -> DispatchResult {
		ensure!(Classes::<T>::contains_key(class), Error::<T>::ClassNotFound);
		Self::mutate_holding(class, &account, |holding| holding.quota = quota);
		Self::deposit_event(Event::QuotaSet { class, account, quota });
		Ok(())
	}

	fn mutate_class(
		class: ClassId,
		change: impl FnOnce(&mut Class<T::AccountId>),
	) -> DispatchResult {
		Classes::<T>::try_mutate(class, |record| {
			change(record.as_mut().ok_or(Error::<T>::ClassNotFound)?);
			Ok(())
		})
	}

	/// Changes what `account` has of `class`, and keeps no item that says nothing.
	pub(crate) fn mutate_holding<R>(
		class: ClassId,
		account: &T::AccountId,
		change: impl FnOnce(&mut Holding) -> R,
	) -> R {
		Holdings::<T>::mutate_exists(class, account, |stored| {
			let mut holding = stored.unwrap_or_default();
			let result = change(&mut holding);
			*stored = (holding != Holding::default()).then_some(holding);
			result
		})
	}
}
