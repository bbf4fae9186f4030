//! What has to be done sooner or later, a part in every block that has room: sweeps, moves, and what falls
//! due. Each keeps its place in storage and goes on from there, so that nothing is looked at twice within a
//! block: what was removed in a block is skipped one by one by whoever looks for it again.

use crate::{
	types::{Duty, ExpiryCursor, Sweep, TaskCursor},
	ByTranche, Config, Error, Event, ExpiredUntil, Expiring, Holdings, LatePins, MoveCursor, Moves,
	Objects, Pallet, Reservations, Sweeps, Tasks, TasksUntil, Tranches, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get, weights::WeightMeter};
use rome_primitives::storage::{ObjectKey, ObjectState, ProviderId, TrancheId};
use sp_runtime::DispatchError;

/// What one step did.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Step {
	/// Something.
	Done,
	/// Nothing, and there is more to look at.
	Nothing,
	/// There is nothing more.
	End,
}

impl<T: Config> Pallet<T> {
	/// Does as much as `meter` has room for.
	pub(crate) fn do_duties(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::duties()).is_err() {
			return;
		}
		Self::watch(meter);
		// Each gets its turn first in one of three blocks, so that none keeps the others waiting for long.
		let first = Self::now().checked_rem(3).unwrap_or(0);
		for duty in 0..3u32 {
			match first.saturating_add(duty).checked_rem(3).unwrap_or(0) {
				0 => Self::sweep_some_pins(meter),
				1 => Self::sweep_some_members(meter),
				_ => Self::move_some_objects(meter),
			}
		}
	}

	fn sweep_some_pins(meter: &mut WeightMeter) {
		let step = T::WeightInfo::sweep_pins(1);
		while meter.try_consume(step).is_ok() {
			if Self::next_due() == Step::End {
				return;
			}
		}
	}

	fn sweep_some_members(meter: &mut WeightMeter) {
		let step = T::WeightInfo::sweep(1);
		while let Some((tranche, id, mut sweep)) = Sweeps::<T>::iter().next() {
			loop {
				if meter.try_consume(step).is_err() {
					return;
				}
				if Self::sweep_next(tranche, id, &mut sweep) == Step::End {
					break;
				}
			}
		}
	}

	fn move_some_objects(meter: &mut WeightMeter) {
		let step = T::WeightInfo::move_objects(1);
		let turn = T::DbWeight::get().reads_writes(3, 1);
		let mut seen = Vec::new();
		while meter.can_consume(turn.saturating_add(step)) {
			meter.consume(turn);
			let Some(tranche) = Self::next_closing() else { return };
			if seen.contains(&tranche) {
				return;
			}
			seen.push(tranche);
			loop {
				if meter.try_consume(step).is_err() {
					return;
				}
				if Self::move_next(tranche) == Step::End {
					break;
				}
			}
		}
	}

	/// The closing tranche after the one that had its turn last, around: one whose objects find no room keeps
	/// no other waiting.
	fn next_closing() -> Option<TrancheId> {
		let after = MoveCursor::<T>::get()
			.and_then(|last| Moves::<T>::iter_keys_from(Moves::<T>::hashed_key_for(last)).next());
		let next = after.or_else(|| Moves::<T>::iter_keys().next())?;
		MoveCursor::<T>::put(next);
		Some(next)
	}

	// What falls due

	/// Gives back how often it looked, and how often there was something.
	pub(crate) fn do_sweep_pins(limit: u32) -> (u32, u32) {
		let (mut looked, mut done) = (0u32, 0u32);
		for _ in 0..limit {
			looked = looked.saturating_add(1);
			match Self::next_due() {
				Step::Done => done = done.saturating_add(1),
				Step::Nothing => {},
				Step::End => break,
			}
		}
		(looked, done)
	}

	/// One registration that has run out, or else one pin or slash that falls due.
	fn next_due() -> Step {
		match Self::next_expired() {
			Step::End => Self::next_task(),
			step => step,
		}
	}

	fn next_expired() -> Step {
		let mut cursor = ExpiredUntil::<T>::get();
		if cursor.block > Self::now() {
			return Step::End;
		}
		let mut rest = match cursor.last {
			Some(last) => Expiring::<T>::iter_key_prefix_from(
				cursor.block,
				Expiring::<T>::hashed_key_for(cursor.block, last),
			),
			None => Expiring::<T>::iter_key_prefix(cursor.block),
		};
		let Some(key) = rest.next() else {
			let block = cursor.block.saturating_add(1);
			cursor = ExpiryCursor { block, ..Default::default() };
			ExpiredUntil::<T>::put(cursor);
			return Step::Nothing;
		};
		// Pins that came late go one by one, and the object with the others.
		let late = match cursor.pin {
			Some((of, last)) if of == key => {
				LatePins::<T>::iter_key_prefix_from(key, LatePins::<T>::hashed_key_for(key, last))
			},
			_ => LatePins::<T>::iter_key_prefix(key),
		}
		.next();
		match late {
			Some(account) => {
				cursor.pin = Some((key, account.clone()));
				ExpiredUntil::<T>::put(cursor);
				Self::expire_pin(&account, &key);
			},
			None => {
				(cursor.last, cursor.pin) = (Some(key), None);
				ExpiredUntil::<T>::put(cursor);
				Self::expire_object(&key);
			},
		}
		Step::Done
	}

	fn next_task() -> Step {
		let mut cursor = TasksUntil::<T>::get();
		if cursor.era > Self::era() {
			return Step::End;
		}
		let mut rest = match &cursor.last {
			Some(last) => Tasks::<T>::iter_key_prefix_from(
				cursor.era,
				Tasks::<T>::hashed_key_for(cursor.era, last),
			),
			None => Tasks::<T>::iter_key_prefix(cursor.era),
		};
		let Some(task) = rest.next() else {
			cursor = TaskCursor { era: cursor.era.saturating_add(1), last: None };
			TasksUntil::<T>::put(cursor);
			return Step::Nothing;
		};
		let era = cursor.era;
		cursor.last = Some(task.clone());
		TasksUntil::<T>::put(cursor);
		Tasks::<T>::remove(era, &task);
		match task {
			Duty::Pin(account, hash) => Self::pin_falls_due(account, hash),
			Duty::Slash(index) => Self::slash_falls_due(index),
		}
		Step::Done
	}

	// Sweeps

	/// Gives back how often it looked, and how often there was something.
	pub(crate) fn do_sweep(id: ProviderId, limit: u32) -> Result<(u32, u32), DispatchError> {
		let provider = Self::provider(id)?;
		let (mut looked, mut done) = (0u32, 0u32);
		for tranche in provider.memberships {
			let Some(mut sweep) = Sweeps::<T>::get(tranche, id) else { continue };
			while looked < limit {
				looked = looked.saturating_add(1);
				match Self::sweep_next(tranche, id, &mut sweep) {
					Step::Done => done = done.saturating_add(1),
					Step::Nothing => {},
					Step::End => break,
				}
			}
		}
		Ok((looked, done))
	}

	/// Sorts out one reservation or replica of a member.
	fn sweep_next(tranche: TrancheId, id: ProviderId, sweep: &mut Sweep) -> Step {
		let void = Self::standing(tranche, id) == Some(crate::types::Standing::Void);
		let next = if sweep.reservations_done {
			if void {
				Self::next_holding(id, sweep)
			} else {
				None
			}
		} else {
			Self::next_reservation(id, sweep)
		};
		let Some((key, of)) = next else {
			if !sweep.reservations_done {
				sweep.reservations_done = true;
				Sweeps::<T>::insert(tranche, id, *sweep);
				return Step::Nothing;
			}
			Sweeps::<T>::remove(tranche, id);
			Self::deposit_event(Event::SweepFinished { provider: id, tranche });
			if void && Self::holds_nothing(tranche, id) {
				Self::remove_member(tranche, id);
			}
			return Step::End;
		};
		Sweeps::<T>::insert(tranche, id, *sweep);
		if of != tranche {
			return Step::Nothing;
		}
		if let Some(before) = Objects::<T>::get(key) {
			let mut object = before.clone();
			Self::refresh(&key, &mut object);
			Self::put_object(&key, Some(&before), Some(&object));
		}
		Step::Done
	}

	fn next_reservation(id: ProviderId, sweep: &mut Sweep) -> Option<(ObjectKey, TrancheId)> {
		let next = match sweep.reservation {
			Some(last) => {
				Reservations::<T>::iter_prefix_from(id, Reservations::<T>::hashed_key_for(id, last))
			},
			None => Reservations::<T>::iter_prefix(id),
		}
		.next()?;
		sweep.reservation = Some(next.0);
		Some(next)
	}

	fn next_holding(id: ProviderId, sweep: &mut Sweep) -> Option<(ObjectKey, TrancheId)> {
		let next = match sweep.holding {
			Some(last) => {
				Holdings::<T>::iter_prefix_from(id, Holdings::<T>::hashed_key_for(id, last))
			},
			None => Holdings::<T>::iter_prefix(id),
		}
		.next()?;
		sweep.holding = Some(next.0);
		Some(next)
	}

	// Moves

	/// Gives back how often it looked, and how many objects have moved.
	pub(crate) fn do_move_objects(
		tranche: TrancheId,
		limit: u32,
	) -> Result<(u32, u32), DispatchError> {
		ensure!(Self::tranche(tranche)?.closing, Error::<T>::TrancheNotClosing);
		let (mut looked, mut moved) = (0u32, 0u32);
		for _ in 0..limit {
			looked = looked.saturating_add(1);
			match Self::move_next(tranche) {
				Step::Done => moved = moved.saturating_add(1),
				Step::Nothing => {},
				Step::End => break,
			}
		}
		Ok((looked, moved))
	}

	/// Looks at the next object of a closing tranche.
	fn move_next(tranche: TrancheId) -> Step {
		let now = Self::now();
		let Some(mut at) = Moves::<T>::get(tranche) else { return Step::End };
		if at.ended == now {
			return Step::End;
		}
		let mut rest = match at.last {
			Some(last) => ByTranche::<T>::iter_key_prefix_from(
				tranche,
				ByTranche::<T>::hashed_key_for(tranche, last),
			),
			None => ByTranche::<T>::iter_key_prefix(tranche),
		};
		let Some(key) = rest.next() else {
			let empty =
				Tranches::<T>::get(tranche).is_none_or(|tranche| tranche.counts.objects == 0);
			if empty {
				Moves::<T>::remove(tranche);
				Self::deposit_event(Event::TrancheEmptied { tranche });
			} else {
				(at.last, at.ended) = (None, now);
				Moves::<T>::insert(tranche, at);
			}
			return Step::End;
		};
		at.last = Some(key);
		Moves::<T>::insert(tranche, at);
		match Self::move_object(&key) {
			true => Step::Done,
			false => Step::Nothing,
		}
	}

	/// Moves an object to an accepting tranche that has room for it. Its holders stay until members there have
	/// confirmed it. One that is not stored yet stays, until it is or goes.
	fn move_object(key: &ObjectKey) -> bool {
		let Some(before) = Objects::<T>::get(key) else { return false };
		if before.state != ObjectState::Stored {
			return false;
		}
		let Ok((to, tranche)) = Self::choose_tranche(None, key.size, Some(before.coverage)) else {
			return false;
		};
		let mut object = before.clone();
		for id in before.assigned.iter() {
			Self::unreserve(key, &mut object, *id);
		}
		Self::refresh(key, &mut object);
		object.tranche = to;
		if !object.filled {
			let roster = crate::Rosters::<T>::get(to);
			let count = object.coverage.into();
			for id in Self::select(key, to, &tranche, &roster, &[], count) {
				let _ = Self::reserve(key, &mut object, id);
			}
		}
		Self::put_object(key, Some(&before), Some(&object));
		Self::deposit_event(Event::ObjectMoved { key: *key, from: before.tranche, to });
		true
	}
}
