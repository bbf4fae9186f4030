//! Whether actors do what they declare: verifications, and what other pallets ask.

use crate::{
	types::{
		BalanceOf, Verification, VerificationOf, Verified, CONDUCTORS_ROOM, FEE, FEE_STEP,
		MAX_VERIFYING, VERIFICATION_PATIENCE,
	},
	Bars, Config, Error, Event, Pallet, Parameters, Passed, Results, Verifications, Verifying,
};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::{
	ensure,
	traits::{fungible::MutateHold, Get},
};
use rome_primitives::{
	actors::{CapacityOracle, Declared},
	benchmark::{
		api::{Shortfall, VerificationState},
		hooks::{OnVerified, ProbedActors, ServiceRecord},
		settlement::{lower_median, median_of_figures, Figure, Settled},
		Actor, Millionths, Outcome, RoundIndex, Thresholds,
	},
};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchResult,
};

/// What several settled rounds amount to.
#[derive(Clone, Copy, Default)]
pub(crate) struct Medians {
	pub(crate) availability: Option<Millionths>,
	pub(crate) download: Option<Figure>,
	pub(crate) upload: Option<Figure>,
	pub(crate) first_byte: Option<Figure>,
}

impl Medians {
	pub(crate) fn of<'a>(rounds: impl Iterator<Item = &'a Settled> + Clone) -> Self {
		let mut availability =
			rounds.clone().map(|settled| settled.availability).collect::<Vec<_>>();
		Medians {
			availability: lower_median(&mut availability),
			download: median_of_figures(rounds.clone().filter_map(|settled| settled.download)),
			upload: median_of_figures(rounds.clone().filter_map(|settled| settled.upload)),
			first_byte: median_of_figures(rounds.filter_map(|settled| settled.first_byte)),
		}
	}

	/// The first bar that is not reached by an actor that declares so much.
	fn shortfall(&self, bars: &Thresholds, declared: &Declared) -> Option<Shortfall> {
		let (download, upload) =
			(bars.bar(bars.download, declared.download), bars.bar(bars.upload, declared.upload));
		let below =
			|figure: Option<Figure>, bar: u64| figure.is_none_or(|figure| figure.value < bar);
		// A time that nobody has measured is one that the capacities have judged already.
		let slow = self.first_byte.is_some_and(|figure| figure.value > u64::from(bars.first_byte));
		if self.availability.is_none_or(|share| share < bars.availability) {
			Some(Shortfall::Availability)
		} else if below(self.download, download) {
			Some(Shortfall::Download)
		} else if below(self.upload, upload) {
			Some(Shortfall::Upload)
		} else if slow {
			Some(Shortfall::FirstByte)
		} else {
			None
		}
	}
}

/// Whether a settled round says enough for a verification: both capacities.
fn says_enough(settled: &Settled) -> bool {
	settled.download.is_some() && settled.upload.is_some()
}

impl<T: Config> Pallet<T> {
	/// What a verification costs while so many run.
	pub(crate) fn verification_fee(running: u32) -> BalanceOf<T> {
		let steps = (running / FEE_STEP).saturating_add(1);
		T::VerificationFee::get().saturating_mul(steps.into())
	}

	/// `account`: who asks, if it is not the conductor.
	pub(crate) fn do_request_verification(
		account: Option<T::AccountId>,
		actor: Actor,
	) -> DispatchResult {
		let about = T::Actors::actor(&actor)
			.filter(|about| about.verifiable)
			.ok_or(Error::<T>::ActorNotFound)?;
		let running = Verifying::<T>::get();
		let (fee, room) = match &account {
			Some(account) => {
				ensure!(*account == about.owner, Error::<T>::MayNotVerify);
				(Self::verification_fee(running), MAX_VERIFYING.saturating_sub(CONDUCTORS_ROOM))
			},
			None => (Zero::zero(), MAX_VERIFYING),
		};
		match Verifications::<T>::get(actor).map(|last| last.state) {
			Some(VerificationState::Running) => return Err(Error::<T>::AlreadyVerifying.into()),
			Some(VerificationState::Failed { retry_at, .. }) => {
				ensure!(Self::now() >= retry_at, Error::<T>::VerificationTooSoon);
			},
			_ => {},
		}
		ensure!(running < room, Error::<T>::TooManyVerifying);
		let account = account.unwrap_or(about.owner);
		T::Currency::hold(&FEE.into(), &account, fee)?;
		Verifying::<T>::put(running.saturating_add(1));
		// The round after this one is being planned.
		let from = Self::round().saturating_add(2);
		let rounds = Parameters::<T>::get().decisive_rounds.max(1);
		let verification = Verification {
			account,
			fee,
			declared: about.declared,
			state: VerificationState::Running,
			from,
			rounds,
			settled: Default::default(),
		};
		Verifications::<T>::insert(actor, verification);
		Self::deposit_event(Event::VerificationBegan { actor, from, rounds, fee });
		Ok(())
	}

	/// A round of the actor's is over, with a result or without.
	pub(crate) fn continue_verification(
		round: RoundIndex,
		actor: &Actor,
		settled: Option<Settled>,
	) {
		let Some(mut verification) = Verifications::<T>::get(actor) else { return };
		if verification.state != VerificationState::Running || round < verification.from {
			return;
		}
		if let Some(settled) = settled.filter(says_enough) {
			// As many as are needed fit.
			let _ = verification.settled.try_push(settled);
		}
		let patience = verification.rounds.saturating_mul(VERIFICATION_PATIENCE);
		let last = verification.from.saturating_add(patience);
		if verification.settled.len() as u32 >= verification.rounds {
			verification.state = Self::judge(actor, &verification);
		} else if round >= last {
			verification.state = VerificationState::Undecided;
		}
		if verification.state != VerificationState::Running {
			Self::end_verification(actor, &mut verification);
		}
		Verifications::<T>::insert(actor, verification);
	}

	/// Ends a verification that its actor has outlived, or that is decided: the fee goes where it belongs.
	pub(crate) fn end_verification(actor: &Actor, verification: &mut VerificationOf<T>) {
		let fee = core::mem::replace(&mut verification.fee, BalanceOf::<T>::zero());
		match verification.state {
			VerificationState::Running | VerificationState::Undecided => {
				Self::give_back(&verification.account, fee)
			},
			_ => Self::collect(&verification.account, fee),
		}
		Verifying::<T>::mutate(|running| *running = running.saturating_sub(1));
		let state = verification.state;
		if let VerificationState::Passed { until } = state {
			let declared = verification.declared;
			Passed::<T>::insert(actor, Verified { declared, until });
			T::OnVerified::on_verified(actor, &declared, until);
		}
		Self::deposit_event(Event::VerificationEnded { actor: *actor, state });
	}

	fn judge(actor: &Actor, verification: &VerificationOf<T>) -> VerificationState {
		let bars = Bars::<T>::get(actor.role);
		let medians = Medians::of(verification.settled.iter());
		match medians.shortfall(&bars, &verification.declared) {
			None => VerificationState::Passed {
				until: Self::now().saturating_add(T::VerificationTerm::get()),
			},
			Some(shortfall) => VerificationState::Failed {
				shortfall,
				outcome: Self::reason(verification, &bars),
				retry_at: Self::now().saturating_add(T::RetryDelay::get()),
			},
		}
	}

	/// What most of the rounds met with that did not reach a bar.
	fn reason(verification: &VerificationOf<T>, bars: &Thresholds) -> Outcome {
		let failing = verification
			.settled
			.iter()
			.filter(|settled| {
				Medians::of(core::iter::once(*settled))
					.shortfall(bars, &verification.declared)
					.is_some()
			})
			.map(|settled| settled.outcome)
			.collect::<Vec<_>>();
		let count = |outcome: &Outcome| failing.iter().filter(|other| *other == outcome).count();
		failing
			.iter()
			.max_by_key(|outcome| (count(outcome), **outcome))
			.copied()
			.unwrap_or(Outcome::Ok)
	}

	/// Settled rounds of a verification that reached the availability that is asked for.
	pub(crate) fn successes(actor: &Actor, verification: &VerificationOf<T>) -> u32 {
		let bar = Bars::<T>::get(actor.role).availability;
		let reached = verification.settled.iter().filter(|settled| settled.availability >= bar);
		reached.count() as u32
	}

	/// What the decisive rounds of an actor amount to, and how many there are.
	pub(crate) fn decisive(actor: &Actor) -> (u32, Medians) {
		let history = Results::<T>::get(actor);
		let wanted = Parameters::<T>::get().decisive_rounds as usize;
		let rounds = history.iter().rev().take(wanted).map(|result| &result.settled);
		(rounds.clone().count() as u32, Medians::of(rounds))
	}

	fn verified_until(actor: Actor, declared: &Declared) -> Option<u32> {
		let passed = Passed::<T>::get(actor)?;
		(!declared.exceeds(&passed.declared)).then_some(passed.until)
	}
}

/// What storage providers are verified for.
pub struct StorageCapacity<T>(PhantomData<T>);

impl<T: Config> CapacityOracle for StorageCapacity<T> {
	fn verified_until(actor: u32, declared: &Declared) -> Option<u32> {
		Pallet::<T>::verified_until(Actor::storage(actor), declared)
	}
}

/// What distributors are verified for.
pub struct DistributionCapacity<T>(PhantomData<T>);

impl<T: Config> CapacityOracle for DistributionCapacity<T> {
	fn verified_until(actor: u32, declared: &Declared) -> Option<u32> {
		Pallet::<T>::verified_until(Actor::distribution(actor), declared)
	}
}

impl<T: Config> ServiceRecord for Pallet<T> {
	fn meets_bar(actor: &Actor) -> Option<bool> {
		let (rounds, medians) = Self::decisive(actor);
		if rounds < Parameters::<T>::get().decisive_rounds {
			return None;
		}
		let declared = T::Actors::actor(actor)?.declared;
		let bars = Bars::<T>::get(actor.role);
		Some(medians.shortfall(&bars, &declared).is_none())
	}
}
