//! Providers' changes of state, and what each brings along.

use crate::{
	types::{BalanceOf, Reason, Standing},
	Attestations, Config, Error, Event, Hearts, Members, Pallet, ProviderByOperator, Providers,
	Rosters, Time, Tranches,
};
use frame_support::{ensure, traits::Get};
use rome_primitives::{
	actors::{
		lifecycle::{self, ActorStore, Patience},
		ActorState, Heart, Suspension,
	},
	storage::{ProviderId, TrancheId},
};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchResult,
};

impl<T: Config> ActorStore for Pallet<T> {
	type Id = ProviderId;

	fn state(id: ProviderId) -> Option<ActorState> {
		Providers::<T>::get(id).map(|provider| provider.state)
	}

	fn set_state(id: ProviderId, from: ActorState, to: ActorState) {
		let Some(mut provider) = Providers::<T>::get(id) else { return };
		provider.state = to;
		let memberships = provider.memberships.clone();
		Providers::<T>::insert(id, provider);
		match to {
			_ if lifecycle::is_void(&to) => {
				// It comes back, if ever, by a verification of what it is then.
				Attestations::<T>::remove(id);
				if !lifecycle::is_void(&from) {
					for tranche in memberships {
						Self::make_void(tranche, id);
					}
				}
				if matches!(to, ActorState::Left | ActorState::Evicted) {
					Self::free_operator(id);
				}
				Self::still_heart(id);
			},
			_ if lifecycle::is_live(&to) => {
				let time = Time::<T>::get();
				if !lifecycle::is_live(&from) {
					Hearts::<T>::insert(id, Heart::start(time.window, Self::now(), time.era));
				}
				if let ActorState::Suspended { cause: Suspension::Maintenance, .. } = from {
					// What it missed was excused.
					Hearts::<T>::mutate(id, |heart| {
						if let Some(heart) = heart.as_mut() {
							heart.window = time.window;
						}
					});
				}
				for tranche in memberships {
					Self::update_seat(tranche, id, |seat| {
						seat.away = matches!(to, ActorState::Suspended { .. });
						if matches!(to, ActorState::Leaving { .. })
							&& seat.standing == Standing::Placed
						{
							seat.standing = Standing::Leaving;
						}
					});
				}
			},
			_ => {},
		}
	}
}

impl<T: Config> Pallet<T> {
	fn free_operator(id: ProviderId) {
		if let Some(provider) = Providers::<T>::get(id) {
			if ProviderByOperator::<T>::get(&provider.operator) == Some(id) {
				ProviderByOperator::<T>::remove(&provider.operator);
			}
		}
	}

	/// Forgets the heart of a provider that is not live, once its pay no longer depends on it.
	pub(crate) fn still_heart(id: ProviderId) {
		let Some(provider) = Providers::<T>::get(id) else { return };
		if !lifecycle::is_live(&provider.state) && provider.memberships.is_empty() {
			Hearts::<T>::remove(id);
		}
	}

	fn change(
		id: ProviderId,
		next: impl FnOnce(ActorState) -> Result<ActorState, lifecycle::Refusal>,
	) -> Result<ActorState, Error<T>> {
		lifecycle::change::<Self>(id, next).map_err(Error::from)
	}

	/// A heartbeat has come in.
	pub(crate) fn beat(id: ProviderId) {
		let next = |state| lifecycle::beat(state).ok_or(lifecycle::Refusal::WrongState);
		if Self::change(id, next).is_ok() {
			Self::deposit_event(Event::ProviderReinstated { provider: id });
		}
	}

	/// A provider has missed so many heartbeats in a row.
	pub(crate) fn watch_one(id: ProviderId, missed: u32) {
		let patience =
			Patience { suspend: T::MissedToSuspend::get(), fail: T::MissedToFail::get() };
		let Some(state) = Self::state(id) else { return };
		let Some(next) = lifecycle::watch(state, Self::now(), missed, patience) else { return };
		Self::set_state(id, state, next);
		match next {
			ActorState::Failed { .. } => {
				// After what it owes to those who take over.
				let bar = T::FailureSlash::get().max(T::ForfeitShare::get());
				let slashed = Self::fine(id, |stake| bar.mul_floor(stake));
				Self::deposit_event(Event::ProviderFailed { provider: id, slashed });
			},
			ActorState::Suspended { cause, until, .. } => {
				Self::deposit_event(Event::ProviderSuspended { provider: id, cause, until })
			},
			_ => Self::deposit_event(Event::ProviderReinstated { provider: id }),
		}
	}

	pub(crate) fn do_begin_maintenance(
		who: T::AccountId,
		id: ProviderId,
		blocks: u32,
	) -> DispatchResult {
		let mut provider = Self::provider(id)?;
		ensure!(who == provider.owner || who == provider.operator, Error::<T>::NotTheOperator);
		ensure!(blocks > 0 && blocks <= T::MaxMaintenance::get(), Error::<T>::TooLong);
		let now = Self::now();
		let until = now.saturating_add(blocks);
		lifecycle::begin_maintenance(provider.state, now, until).map_err(Error::<T>::from)?;
		ensure!(now >= provider.maintenance_after, Error::<T>::MaintenanceTooSoon);
		for tranche in &provider.memberships {
			Self::check_away(*tranche, id)?;
		}
		provider.maintenance_after = until.saturating_add(T::MaintenanceGap::get());
		Providers::<T>::insert(id, provider);
		Self::change(id, |state| lifecycle::begin_maintenance(state, now, until))?;
		let (cause, until) = (Suspension::Maintenance, Some(until));
		Self::deposit_event(Event::ProviderSuspended { provider: id, cause, until });
		Ok(())
	}

	/// With this one away too, no more operators of the tranche are than can be spared from its coverage.
	fn check_away(tranche: TrancheId, id: ProviderId) -> DispatchResult {
		let Some(coverage) = Tranches::<T>::get(tranche).map(|tranche| tranche.coverage) else {
			return Ok(());
		};
		let roster = Rosters::<T>::get(tranche);
		let mut away = roster
			.iter()
			.filter(|seat| seat.is_placed() && (seat.away || seat.provider == id))
			.map(|seat| seat.domain.operator)
			.collect::<alloc::vec::Vec<_>>();
		away.sort_unstable();
		away.dedup();
		let spared = usize::from(coverage.saturating_sub(Self::quorum(coverage)));
		ensure!(away.len() <= spared, Error::<T>::TooManyAway);
		Ok(())
	}

	pub(crate) fn do_end_maintenance(who: T::AccountId, id: ProviderId) -> DispatchResult {
		let provider = Self::provider(id)?;
		ensure!(who == provider.owner || who == provider.operator, Error::<T>::NotTheOperator);
		Self::change(id, lifecycle::end_maintenance)?;
		Self::deposit_event(Event::ProviderReinstated { provider: id });
		Ok(())
	}

	pub(crate) fn do_suspend(id: ProviderId, reason: Reason) -> DispatchResult {
		Self::check_reason(&reason)?;
		Self::change(id, |state| lifecycle::suspend(state, Self::now()))?;
		let (cause, until) = (Suspension::Conductor, None);
		Self::deposit_event(Event::ProviderSuspended { provider: id, cause, until });
		Self::deposit_event(Event::SuspensionReason { provider: id, reason });
		Ok(())
	}

	pub(crate) fn do_reinstate(id: ProviderId) -> DispatchResult {
		Self::change(id, lifecycle::reinstate)?;
		Self::deposit_event(Event::ProviderReinstated { provider: id });
		Ok(())
	}

	pub(crate) fn do_evict(id: ProviderId, reason: Reason) -> DispatchResult {
		Self::check_reason(&reason)?;
		Self::change(id, lifecycle::evict)?;
		Self::deposit_event(Event::ProviderEvicted { provider: id, reason });
		Ok(())
	}

	pub(crate) fn do_begin_leaving(owner: T::AccountId, id: ProviderId) -> DispatchResult {
		let provider = Self::owned(&owner, id)?;
		let notice = T::LeavingNotice::get();
		let now = Self::now();
		let state = Self::change(id, |state| lifecycle::begin_leaving(state, now, notice))?;
		let ActorState::Leaving { deadline, .. } = state else {
			return Err(Error::<T>::WrongState.into());
		};
		// What it has lost within a notice's time counts as if it had been lost after the notice, or one
		// could lose everything first and leave then.
		let mut lost = 0u32;
		for tranche in &provider.memberships {
			lost = lost.saturating_add(Self::take_lost(*tranche, id));
		}
		let share = Self::set_shares(id, &provider.memberships, lost);
		if lost > 0 {
			Self::fine(id, |_| share.saturating_mul(lost.into()));
		}
		let mut shortfall = 0u64;
		for tranche in &provider.memberships {
			Members::<T>::mutate(tranche, id, |member| {
				if let Some(member) = member.as_mut() {
					member.deadline = Some(member.deadline.unwrap_or(deadline).min(deadline));
				}
			});
			shortfall = shortfall.saturating_add(Self::shortfall(*tranche));
			Self::start_sweep(*tranche, id);
		}
		Self::deposit_event(Event::LeavingBegan { provider: id, deadline, shortfall });
		Ok(())
	}

	/// Sets what each replica of a leaving provider costs that is left, lost or failed.
	fn set_shares(id: ProviderId, memberships: &[TrancheId], lost: u32) -> BalanceOf<T> {
		let stake = Providers::<T>::get(id).map(|provider| provider.stake).unwrap_or_default();
		// What void members left behind has been paid for, and their shares are what waits for it.
		let standing = || {
			memberships
				.iter()
				.filter(|tranche| Self::standing(**tranche, id) != Some(Standing::Void))
		};
		let replicas = standing().fold(lost, |sum, tranche| {
			let member = Members::<T>::get(tranche, id).unwrap_or_default();
			sum.saturating_add(member.replicas)
		});
		let share = Self::share_of(T::ForfeitShare::get().mul_ceil(stake), replicas);
		for tranche in standing() {
			Members::<T>::mutate(tranche, id, |member| {
				if let Some(member) = member.as_mut() {
					member.share = member.share.max(share);
				}
			});
		}
		share
	}

	/// A part of an amount, rounded up.
	pub(crate) fn share_of(amount: BalanceOf<T>, parts: u32) -> BalanceOf<T> {
		use sp_runtime::traits::{CheckedDiv, One};
		let parts: BalanceOf<T> = parts.max(1).into();
		let one = BalanceOf::<T>::one();
		amount
			.saturating_add(parts.saturating_sub(one))
			.checked_div(&parts)
			.unwrap_or_else(Zero::zero)
	}

	pub(crate) fn do_finish_leaving(who: T::AccountId, id: ProviderId) -> DispatchResult {
		let provider = Self::provider(id)?;
		// A notice that has run its course is ended by anyone, or its provider could stay in it for ever.
		let on_notice = matches!(provider.state, ActorState::Leaving { .. });
		ensure!(who == provider.owner || on_notice, Error::<T>::NotTheOwner);
		let before = provider.stake;
		let empty = Self::is_empty(&provider, id);
		let swept = provider.memberships.is_empty();
		let now = Self::now();
		let state = Self::change(id, |state| lifecycle::finish(state, now, empty, swept))?;
		// An evicted provider stays evicted: only its stake goes back, and once.
		ensure!(state == ActorState::Left || !before.is_zero(), Error::<T>::WrongState);
		let stake = Providers::<T>::get(id).map(|provider| provider.stake).unwrap_or_default();
		let forfeited = before.saturating_sub(stake);
		let returned = Self::return_stake(id)?;
		if state == ActorState::Left {
			Self::deposit_event(Event::ProviderLeft { provider: id, forfeited, returned });
		} else {
			Self::deposit_event(Event::StakeReturned { provider: id, amount: returned });
		}
		Ok(())
	}
}
