//! Slashes for cause: capped, and deferred so that the council can cancel them.

use crate::{
	types::{BalanceOf, Duty, Reason, Slash, MAX_SLASHES},
	Config, Error, Event, NextSlash, Pallet, Providers, Slashes, Tasks,
};
use frame_support::{ensure, traits::Get};
use rome_primitives::{actors::ActorState, storage::ProviderId};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchResult,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_slash(id: ProviderId, amount: BalanceOf<T>, reason: Reason) -> DispatchResult {
		Self::check_reason(&reason)?;
		let mut provider = Self::provider(id)?;
		ensure!(
			!matches!(
				provider.state,
				ActorState::Applied | ActorState::Verified { .. } | ActorState::Left
			),
			Error::<T>::WrongState
		);
		let waiting = provider.slashing.saturating_add(amount);
		ensure!(
			!amount.is_zero() && waiting <= T::SlashCap::get().mul_floor(provider.stake),
			Error::<T>::SlashTooHigh
		);
		ensure!(Slashes::<T>::count() < MAX_SLASHES, Error::<T>::TooManySlashes);
		let index = NextSlash::<T>::get();
		NextSlash::<T>::put(index.checked_add(1).ok_or(Error::<T>::Untakeable)?);
		let due = Self::era().saturating_add(T::SlashDeferral::get().max(1));
		Slashes::<T>::insert(index, Slash { provider: id, amount, due });
		Tasks::<T>::insert(due, Duty::Slash(index), ());
		provider.slashing = waiting;
		Providers::<T>::insert(id, provider);
		Self::deposit_event(Event::SlashProposed { index, provider: id, amount, due, reason });
		Ok(())
	}

	/// A slash waits no more.
	fn end_slash(index: u32) -> Option<Slash<BalanceOf<T>>> {
		let slash = Slashes::<T>::take(index)?;
		Providers::<T>::mutate(slash.provider, |provider| {
			if let Some(provider) = provider.as_mut() {
				provider.slashing = provider.slashing.saturating_sub(slash.amount);
			}
		});
		Some(slash)
	}

	/// What a provider that is gone left behind for slashes goes back.
	fn return_rest(id: ProviderId) {
		let left =
			Providers::<T>::get(id).is_some_and(|provider| provider.state == ActorState::Left);
		if left {
			if let Ok(amount) = Self::return_stake(id) {
				if !amount.is_zero() {
					Self::deposit_event(Event::StakeReturned { provider: id, amount });
				}
			}
		}
	}

	pub(crate) fn do_cancel_slash(index: u32) -> DispatchResult {
		let slash = Self::end_slash(index).ok_or(Error::<T>::SlashNotFound)?;
		Tasks::<T>::remove(slash.due, Duty::Slash(index));
		Self::return_rest(slash.provider);
		Self::deposit_event(Event::SlashCancelled { index, provider: slash.provider });
		Ok(())
	}

	/// A slash falls due.
	pub(crate) fn slash_falls_due(index: u32) {
		let Some(slash) = Self::end_slash(index) else { return };
		let amount = Self::fine(slash.provider, |_| slash.amount);
		Self::return_rest(slash.provider);
		Self::deposit_event(Event::ProviderSlashed { provider: slash.provider, amount });
	}
}
