//! What a round amounts to, and who is paid or fined for it.

use crate::{
	types::{BalanceOf, Day, InARow, ProberOf, Standing, Targets, FEE, OPEN_LAG, REVEAL_LAG},
	Commitments, Config, Days, Event, GroupResults, Orders, Pallet, Probers, Results, Reveals,
	RoundTargets, Rounds, Scores, Streaks, Time, Waiting, WeightInfo,
};
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate, MutateHold},
		tokens::{Fortitude, Precision, Preservation, Restriction},
		Get,
	},
	weights::WeightMeter,
};
use rome_primitives::benchmark::{
	api::{GroupResult, RoundResult},
	hooks::ProbedActors,
	settlement::{settle, sum_up, Settled},
	Actor, ProberId, RoundIndex, Target,
};
use sp_runtime::{traits::Zero, Saturating};

/// Rounds between one that is probed in and the one in which it can be settled.
const SETTLE_LAG: u32 = REVEAL_LAG + 1;
/// Rounds between one that is probed in and the one in which it can be closed.
const CLOSE_LAG: u32 = OPEN_LAG + 1;

impl<T: Config> Pallet<T> {
	/// Settles the actors of the rounds that nothing more is revealed of.
	pub(crate) fn settle_rounds(meter: &mut WeightMeter) {
		let mut time = Time::<T>::get();
		let before = time.round.saturating_add(1).saturating_sub(SETTLE_LAG);
		let started = time.to_settle;
		while time.to_settle < before {
			if !Self::settle_round(time.to_settle, meter) {
				break;
			}
			time.to_settle = time.to_settle.saturating_add(1);
		}
		if time.to_settle != started {
			Time::<T>::put(time);
		}
	}

	/// Whether it has come to the round's end.
	fn settle_round(index: RoundIndex, meter: &mut WeightMeter) -> bool {
		let Some(mut round) = Rounds::<T>::get(index) else { return true };
		let targets: Targets = RoundTargets::<T>::get(index);
		let mut done = false;
		while meter.try_consume(T::WeightInfo::settle()).is_ok() {
			if let Some((actor, _)) = targets.get(round.settled as usize) {
				let settled = match round.run.as_mut() {
					Some((_, total)) => Self::settle_member(index, actor, round.quorum, total),
					None => Self::settle_actor(index, actor, round.quorum),
				};
				round.results = round.results.saturating_add(settled.into());
				round.settled = round.settled.saturating_add(1);
				continue;
			}
			// Orders for actors that were not probed after all.
			let Some(actor) = Orders::<T>::iter_key_prefix(index).next() else {
				done = true;
				break;
			};
			Self::end_order(index, &actor, false);
		}
		if done {
			if let Some((target, total)) = round.run {
				Self::settle_group(target, total);
			}
			Self::deposit_event(Event::RoundSettled { round: index, results: round.results });
		}
		Rounds::<T>::insert(index, round);
		done
	}

	/// Adds what a member of a group delivered to all at once: whether enough probers pulled. Its own record is of
	/// individual probes alone.
	fn settle_member(
		index: RoundIndex,
		actor: &Actor,
		quorum: u32,
		total: &mut GroupResult,
	) -> bool {
		let samples = Waiting::<T>::take(index, actor);
		Self::end_order(index, actor, false);
		let Some((download, upload)) = sum_up(&samples, quorum) else { return false };
		total.measured = total.measured.saturating_add(1);
		for (sum, more) in [(&mut total.download, download), (&mut total.upload, upload)] {
			*sum = sum.plus(more.value, more.at_least, more.readings);
		}
		true
	}

	/// Keeps a run over a group.
	fn settle_group(target: Target, mut total: GroupResult) {
		if total.measured == 0 {
			return;
		}
		let partial = total.measured < total.members;
		total.download.at_least |= partial;
		total.upload.at_least |= partial;
		GroupResults::<T>::mutate(target, |runs| {
			if runs.is_full() {
				runs.remove(0);
			}
			// There is room.
			let _ = runs.try_push(total);
		});
		Self::deposit_event(Event::GroupSettled { target, result: total });
	}

	/// Settles an actor's round: whether it has a result.
	fn settle_actor(index: RoundIndex, actor: &Actor, quorum: u32) -> bool {
		let samples = Waiting::<T>::take(index, actor);
		let settled = settle(&samples, quorum);
		if let Some(settled) = settled {
			Self::record(index, actor, settled);
			Self::deposit_event(Event::ActorSettled { actor: *actor, round: index, settled });
		}
		Self::end_order(index, actor, settled.is_some());
		Self::continue_verification(index, actor, settled);
		settled.is_some()
	}

	/// The day that a block is in.
	pub(crate) fn day(block: u32) -> u32 {
		block.checked_div(T::BlocksPerDay::get()).unwrap_or(0)
	}

	/// Keeps a result: in the actor's history, and among the day's figures.
	fn record(index: RoundIndex, actor: &Actor, settled: Settled) {
		Results::<T>::mutate(actor, |history| {
			if history.is_full() {
				history.remove(0);
			}
			// There is room.
			let _ = history.try_push(RoundResult { round: index, settled });
		});
		let today = Self::day(Self::now());
		Days::<T>::mutate(actor, today, |day| {
			let day = day.get_or_insert_with(|| {
				if let Some(old) = today.checked_sub(T::KeptDays::get()) {
					Days::<T>::remove(actor, old);
				}
				Day::default()
			});
			day.rounds = day.rounds.saturating_add(1);
			day.availability.record(settled.availability.into());
			for (histogram, figure) in [
				(&mut day.download, settled.download),
				(&mut day.upload, settled.upload),
				(&mut day.first_byte, settled.first_byte),
				(&mut day.first_byte_miss, settled.first_byte_miss),
			] {
				if let Some(figure) = figure {
					histogram.record(figure.value);
				}
			}
		});
	}

	/// Moves a fee that was held to where probers are paid from.
	pub(crate) fn collect(from: &T::AccountId, amount: BalanceOf<T>) {
		Self::pay_out_of_hold(from, &Self::account_id(), amount);
	}

	fn pay_out_of_hold(from: &T::AccountId, to: &T::AccountId, amount: BalanceOf<T>) {
		let moved = T::Currency::transfer_on_hold(
			&FEE.into(),
			from,
			to,
			amount,
			Precision::BestEffort,
			Restriction::Free,
			Fortitude::Force,
		);
		// What cannot arrive, because it would not keep an account alive, goes back.
		let moved = moved.unwrap_or_else(|_| Zero::zero());
		Self::give_back(from, amount.saturating_sub(moved));
	}

	/// Frees a fee that was held.
	pub(crate) fn give_back(to: &T::AccountId, amount: BalanceOf<T>) {
		if T::Currency::release(&FEE.into(), to, amount, Precision::BestEffort).is_err() {
			frame_support::defensive!("a fee that is noted is held");
		}
	}

	/// An order's round is over.
	fn end_order(index: RoundIndex, actor: &Actor, settled: bool) {
		let Some(order) = Orders::<T>::take(index, actor) else { return };
		if !settled {
			Self::give_back(&order.account, order.fee);
			Self::deposit_event(Event::OrderReturned { actor: *actor, round: index });
			return;
		}
		let share = T::TargetShare::get().mul_floor(order.fee);
		let owner = T::Actors::actor(actor).map(|actor| actor.owner);
		let share = match owner {
			Some(owner) => {
				Self::pay_out_of_hold(&order.account, &owner, share);
				share
			},
			None => Zero::zero(),
		};
		Self::collect(&order.account, order.fee.saturating_sub(share));
	}

	/// Pays and fines for the rounds of which nothing more is opened.
	pub(crate) fn close_rounds(meter: &mut WeightMeter) {
		let mut time = Time::<T>::get();
		let before = time.round.saturating_add(1).saturating_sub(CLOSE_LAG).min(time.to_settle);
		let started = time.to_close;
		while time.to_close < before {
			if !Self::close_round(time.to_close, meter) {
				break;
			}
			time.to_close = time.to_close.saturating_add(1);
		}
		if time.to_close != started {
			Time::<T>::put(time);
		}
	}

	/// Whether it has come to the round's end.
	fn close_round(index: RoundIndex, meter: &mut WeightMeter) -> bool {
		let Some(mut round) = Rounds::<T>::get(index) else { return true };
		let mut done = false;
		while meter.try_consume(T::WeightInfo::close()).is_ok() {
			let mut rest = match round.closed {
				Some(last) => Probers::<T>::iter_from(Probers::<T>::hashed_key_for(last)),
				None => Probers::<T>::iter(),
			};
			let Some((id, prober)) = rest.next() else {
				done = true;
				break;
			};
			Self::close_prober(index, id, prober, round.results > 0);
			round.closed = Some(id);
		}
		Rounds::<T>::insert(index, round);
		done
	}

	/// What a round brings a prober. `settled`: whether anything came of the round.
	fn close_prober(index: RoundIndex, id: ProberId, mut prober: ProberOf<T>, settled: bool) {
		let withheld = Commitments::<T>::take(index, id).is_some();
		let revealed = Reveals::<T>::get(index, id);
		if !withheld && revealed.is_none() && !Self::takes_part(id, &prober, index) {
			return;
		}
		let mut score = Scores::<T>::get(id);
		let mut streak = Streaks::<T>::get(id);
		let committed = withheld || revealed.is_some();
		score.committed = score.committed.saturating_add(committed.into());
		score.revealed = score.revealed.saturating_add(revealed.is_some().into());
		let mut missed = false;
		match revealed {
			None if withheld => {
				streak = InARow::default();
				score.withheld = score.withheld.saturating_add(1);
				score.faults = score.faults.saturating_add(1);
				Self::fine(id, &mut prober, index, T::WithheldSlash::get());
			},
			None => missed = true,
			Some(revealed) if revealed.count.is_none() => {
				score.no_control = score.no_control.saturating_add(1);
				streak.no_control = streak.no_control.saturating_add(1);
				missed = streak.no_control > T::NoControlAllowed::get();
			},
			Some(revealed) if revealed.opened => {
				streak = InARow::default();
				score.faults = score.faults.saturating_sub(1);
				if settled {
					score.opened = score.opened.saturating_add(1);
					Self::pay(index, id, &prober.owner);
				}
			},
			Some(_) => {
				streak = InARow::default();
				score.void = score.void.saturating_add(1);
				score.faults = score.faults.saturating_add(1);
				if score.faults > T::FaultsAllowed::get() {
					Self::fine(id, &mut prober, index, T::VoidSlash::get());
				}
			},
		}
		if missed {
			score.missed = score.missed.saturating_add(1);
			streak.missed = streak.missed.saturating_add(1);
			if streak.missed >= T::MissedToIdle::get().max(1) && prober.standing == Standing::Active
			{
				prober.standing = Standing::Idle;
				Probers::<T>::insert(id, prober);
				Self::deposit_event(Event::ProberIdle { prober: id });
			}
		}
		Scores::<T>::insert(id, score);
		Streaks::<T>::insert(id, streak);
	}

	fn pay(index: RoundIndex, id: ProberId, owner: &T::AccountId) {
		let pot = Self::account_id();
		let there = T::Currency::reducible_balance(&pot, Preservation::Preserve, Fortitude::Polite);
		let amount = T::PayPerRound::get();
		if amount.is_zero() || there < amount {
			return;
		}
		if T::Currency::transfer(&pot, owner, amount, Preservation::Preserve).is_ok() {
			Self::deposit_event(Event::ProberPaid { prober: id, round: index, amount });
		}
	}
}
