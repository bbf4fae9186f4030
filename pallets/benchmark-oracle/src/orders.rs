//! Extra trials that somebody pays for, and runs over groups.

use crate::{
	types::{BalanceOf, Order, FEE, MAX_AHEAD, RUN_SPACING},
	Config, Error, Event, Orders, Pallet, Parameters, Runs,
};
use frame_support::{
	ensure,
	traits::{fungible::MutateHold, Get},
};
use rome_primitives::benchmark::{hooks::ProbedActors, Actor, RoundIndex, Target};
use sp_runtime::{traits::Saturating, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Whether a round is not being planned yet.
	fn is_orderable(round: RoundIndex) -> bool {
		let now = Self::round();
		(now.saturating_add(2)..=now.saturating_add(MAX_AHEAD)).contains(&round)
	}

	pub(crate) fn do_order(
		account: T::AccountId,
		actor: Actor,
		round: RoundIndex,
		trials: u32,
	) -> DispatchResult {
		ensure!(Self::is_orderable(round), Error::<T>::RoundNotOrderable);
		let committee = Parameters::<T>::get().committee;
		ensure!((1..=committee).contains(&trials), Error::<T>::BadTrials);
		ensure!(!Orders::<T>::contains_key(round, actor), Error::<T>::AlreadyOrdered);
		let at_work = T::Actors::actor(&actor).is_some_and(|about| about.at_work);
		ensure!(at_work || Self::is_being_verified(&actor, round), Error::<T>::NotProbed);
		let fee: BalanceOf<T> = T::TrialFee::get().saturating_mul(trials.into());
		T::Currency::hold(&FEE.into(), &account, fee)?;
		Orders::<T>::insert(round, actor, Order { account, fee, trials });
		Self::deposit_event(Event::MeasurementOrdered { actor, round, trials, fee });
		Ok(())
	}

	pub(crate) fn do_announce_run(target: Target, round: RoundIndex) -> DispatchResult {
		ensure!(Self::is_orderable(round), Error::<T>::RoundNotOrderable);
		ensure!(target.is_group() && round.is_multiple_of(RUN_SPACING), Error::<T>::BadRun);
		ensure!(!Runs::<T>::contains_key(round), Error::<T>::AlreadyOrdered);
		Runs::<T>::insert(round, target);
		Self::deposit_event(Event::RunAnnounced { target, round });
		Ok(())
	}

	pub(crate) fn do_cancel_order(
		account: T::AccountId,
		actor: Actor,
		round: RoundIndex,
	) -> DispatchResult {
		let order = Orders::<T>::get(round, actor).ok_or(Error::<T>::OrderNotFound)?;
		ensure!(order.account == account, Error::<T>::NotTheOrderer);
		ensure!(Self::is_orderable(round), Error::<T>::RoundNotOrderable);
		Orders::<T>::remove(round, actor);
		Self::give_back(&account, order.fee);
		Self::deposit_event(Event::OrderReturned { actor, round });
		Ok(())
	}
}
