//! What is decided by people: conductors, thresholds, parameters; reports, and what is pruned.

use crate::{
	types::{RecordedReport, ReportText, Stale, REPORT},
	Bars, Conductors, Config, Days, Error, Event, Pallet, Parameters, Passed, Reports, Results,
	Verifications,
};
use core::marker::PhantomData;
use frame_support::{
	ensure,
	traits::{fungible::MutateHold, tokens::Precision, EnsureOrigin, Get, OriginTrait},
};
use rome_primitives::benchmark::{
	api::VerificationState, hooks::ProbedActors, Actor, Role, RoundParameters, Target, Thresholds,
};
use sp_runtime::DispatchResult;

/// A conductor, as council or root have appointed it.
pub struct EnsureConductor<T>(PhantomData<T>);

impl<T: Config> EnsureOrigin<T::RuntimeOrigin> for EnsureConductor<T> {
	type Success = T::AccountId;

	fn try_origin(origin: T::RuntimeOrigin) -> Result<T::AccountId, T::RuntimeOrigin> {
		let conductor =
			origin.as_signer().filter(|account| Conductors::<T>::get().contains(account)).cloned();
		conductor.ok_or(origin)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<T::RuntimeOrigin, ()> {
		let conductor = Conductors::<T>::get().first().cloned().ok_or(())?;
		Ok(frame_system::RawOrigin::Signed(conductor).into())
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_appoint(account: T::AccountId) -> DispatchResult {
		Conductors::<T>::try_mutate(|conductors| {
			ensure!(!conductors.contains(&account), Error::<T>::AlreadyConductor);
			conductors.try_push(account.clone()).map_err(|_| Error::<T>::TooManyConductors)
		})?;
		Self::deposit_event(Event::ConductorAppointed { account });
		Ok(())
	}

	pub(crate) fn do_dismiss(account: T::AccountId) -> DispatchResult {
		Conductors::<T>::try_mutate(|conductors| {
			let before = conductors.len();
			conductors.retain(|other| *other != account);
			ensure!(conductors.len() < before, Error::<T>::NotConductor);
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::ConductorDismissed { account });
		Ok(())
	}

	pub(crate) fn do_set_thresholds(role: Role, thresholds: Thresholds) -> DispatchResult {
		ensure!(thresholds.are_sound(), Error::<T>::BadThresholds);
		Bars::<T>::insert(role, thresholds);
		Self::deposit_event(Event::ThresholdsSet { role, thresholds });
		Ok(())
	}

	pub(crate) fn do_set_round(parameters: RoundParameters) -> DispatchResult {
		ensure!(parameters.are_sound(), Error::<T>::BadParameters);
		Parameters::<T>::put(parameters);
		Self::deposit_event(Event::RoundParametersSet { parameters });
		Ok(())
	}

	pub(crate) fn do_record_report(
		account: T::AccountId,
		target: Target,
		text: ReportText,
	) -> DispatchResult {
		let readable = core::str::from_utf8(&text).is_ok();
		ensure!(readable && !text.is_empty(), Error::<T>::BadReport);
		let before = Reports::<T>::get(target, &account);
		let deposit = match before {
			Some(before) => before.deposit,
			None => {
				let deposit = T::ReportDeposit::get();
				T::Currency::hold(&REPORT.into(), &account, deposit)?;
				deposit
			},
		};
		let report = RecordedReport { at: Self::now(), deposit, text };
		Reports::<T>::insert(target, &account, report);
		let conductor = Conductors::<T>::get().contains(&account);
		Self::deposit_event(Event::ReportRecorded { target, account, conductor });
		Ok(())
	}

	/// Whether nothing is expected of the actor any more.
	fn is_gone(actor: &Actor) -> bool {
		T::Actors::actor(actor).is_none_or(|about| !about.at_work && !about.verifiable)
	}

	/// Removes all there is of an actor. One that went while it was being verified does not get its fee back: or
	/// it could keep others from being verified for nothing.
	fn remove_actor(actor: &Actor) {
		Results::<T>::remove(actor);
		Passed::<T>::remove(actor);
		let Some(mut last) = Verifications::<T>::take(actor) else { return };
		if last.state == VerificationState::Running {
			Self::collect(&last.account, core::mem::take(&mut last.fee));
			last.state = VerificationState::Undecided;
			Self::end_verification(actor, &mut last);
		}
	}

	pub(crate) fn do_prune(what: Stale) -> DispatchResult {
		let gone = match &what {
			Stale::Day(actor, day) => {
				let old = day.saturating_add(T::KeptDays::get()) <= Self::day(Self::now());
				(old || Self::is_gone(actor)) && Days::<T>::take(actor, day).is_some()
			},
			Stale::Actor(actor) => {
				let there = Results::<T>::contains_key(actor)
					|| Passed::<T>::contains_key(actor)
					|| Verifications::<T>::contains_key(actor);
				let gone = there && Self::is_gone(actor);
				if gone {
					Self::remove_actor(actor);
				}
				gone
			},
			Stale::Report(target, account) => {
				let over = |report: &RecordedReport<_>| {
					report.at.saturating_add(T::ReportTerm::get()) <= Self::now()
				};
				match Reports::<T>::get(target, account).filter(over) {
					Some(report) => {
						T::Currency::release(
							&REPORT.into(),
							account,
							report.deposit,
							Precision::Exact,
						)?;
						Reports::<T>::remove(target, account);
						true
					},
					None => false,
				}
			},
		};
		ensure!(gone, Error::<T>::NothingToPrune);
		Self::deposit_event(Event::Pruned { what });
		Ok(())
	}
}
