//! An actor's way through its states.
//!
//! ```text
//! Applied -> Verified -> Active <-> Suspended
//!                          |            |
//!                          +-> Leaving -+-> Left
//!                          |      |     |
//!                          +------+-----+-> Failed (by silence), Evicted (by the conductor)
//! Failed -> Active by a new verification; Failed and Evicted actors take their leave with `finish`.
//! ```
//!
//! The functions here are pure: from the state and the numbers that matter follows the next state or a
//! [`Refusal`]. [`change`] takes an actor through one of them by way of an [`ActorStore`], which also does
//! what a change brings along.

use super::{ActorState, Suspension};

/// Why a state does not change.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// There is no such actor.
	NotFound,
	/// It cannot happen in this state.
	WrongState,
	/// The actor is not verified, or no longer.
	NotVerified,
	/// What the actor held has not been swept away yet.
	NotSwept,
	/// The notice runs, and there is something left that others have to take over.
	NoticeRunning,
}

/// Whether the actor is part of the network: it has to send heartbeats, or is excused.
pub fn is_live(state: &ActorState) -> bool {
	matches!(state, ActorState::Active | ActorState::Suspended { .. } | ActorState::Leaving { .. })
}

/// Whether placement ranks the actor: it keeps what it has.
pub fn is_placed(state: &ActorState) -> bool {
	matches!(state, ActorState::Active | ActorState::Suspended { .. })
}

/// Whether the actor is given new work.
pub fn takes_new(state: &ActorState) -> bool {
	*state == ActorState::Active
}

/// Whether what the actor has counts no more.
pub fn is_void(state: &ActorState) -> bool {
	matches!(state, ActorState::Failed { .. } | ActorState::Left | ActorState::Evicted)
}

/// An application that can do what it declares, until a block.
pub fn verify(state: ActorState, until: u32) -> Result<ActorState, Refusal> {
	match state {
		ActorState::Applied | ActorState::Verified { .. } => Ok(ActorState::Verified { until }),
		_ => Err(Refusal::WrongState),
	}
}

/// Puts a verified actor to work. A failed one comes back the same way, once it is `swept`.
pub fn activate(
	state: ActorState,
	now: u32,
	verified_until: Option<u32>,
	swept: bool,
) -> Result<ActorState, Refusal> {
	match state {
		ActorState::Applied | ActorState::Verified { .. } => {},
		ActorState::Failed { .. } if swept => {},
		ActorState::Failed { .. } => return Err(Refusal::NotSwept),
		_ => return Err(Refusal::WrongState),
	}
	match verified_until {
		Some(until) if now < until => Ok(ActorState::Active),
		_ => Err(Refusal::NotVerified),
	}
}

/// Announces that the actor is away until a block.
pub fn begin_maintenance(state: ActorState, now: u32, until: u32) -> Result<ActorState, Refusal> {
	match state {
		ActorState::Active => Ok(ActorState::Suspended {
			since: now,
			until: Some(until),
			cause: Suspension::Maintenance,
		}),
		_ => Err(Refusal::WrongState),
	}
}

/// Back from maintenance.
pub fn end_maintenance(state: ActorState) -> Result<ActorState, Refusal> {
	match state {
		ActorState::Suspended { cause: Suspension::Maintenance, .. } => Ok(ActorState::Active),
		_ => Err(Refusal::WrongState),
	}
}

/// Gives notice. Always possible for an actor at work or suspended.
pub fn begin_leaving(state: ActorState, now: u32, notice: u32) -> Result<ActorState, Refusal> {
	match state {
		ActorState::Active | ActorState::Suspended { .. } => {
			Ok(ActorState::Leaving { since: now, deadline: now.saturating_add(notice) })
		},
		_ => Err(Refusal::WrongState),
	}
}

/// Goes for good: with nothing left, or when the notice has run out. `swept`: a failed or evicted actor only
/// goes when what it held has been sorted out.
pub fn finish(
	state: ActorState,
	now: u32,
	empty: bool,
	swept: bool,
) -> Result<ActorState, Refusal> {
	match state {
		ActorState::Leaving { deadline, .. } if empty || now >= deadline => Ok(ActorState::Left),
		ActorState::Leaving { .. } => Err(Refusal::NoticeRunning),
		ActorState::Failed { .. } if swept => Ok(ActorState::Left),
		ActorState::Evicted if swept => Ok(ActorState::Evicted),
		ActorState::Failed { .. } | ActorState::Evicted => Err(Refusal::NotSwept),
		_ => Err(Refusal::WrongState),
	}
}

/// Suspends by the conductor's decision.
pub fn suspend(state: ActorState, now: u32) -> Result<ActorState, Refusal> {
	match state {
		ActorState::Suspended { cause: Suspension::Conductor, .. } => Err(Refusal::WrongState),
		ActorState::Active | ActorState::Suspended { .. } => {
			Ok(ActorState::Suspended { since: now, until: None, cause: Suspension::Conductor })
		},
		_ => Err(Refusal::WrongState),
	}
}

/// Ends the conductor's suspension.
pub fn reinstate(state: ActorState) -> Result<ActorState, Refusal> {
	match state {
		ActorState::Suspended { cause: Suspension::Conductor, .. } => Ok(ActorState::Active),
		_ => Err(Refusal::WrongState),
	}
}

/// Throws an actor out that is at work, suspended, leaving or failed.
pub fn evict(state: ActorState) -> Result<ActorState, Refusal> {
	match state {
		state if is_live(&state) => Ok(ActorState::Evicted),
		ActorState::Failed { .. } => Ok(ActorState::Evicted),
		_ => Err(Refusal::WrongState),
	}
}

/// How many missed heartbeats in a row suspend, and how many fail.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Patience {
	/// As many suspend.
	pub suspend: u32,
	/// As many fail. Taken as at least one more than suspend.
	pub fail: u32,
}

/// What time makes of an actor that has missed some heartbeats in a row; none if nothing changes.
pub fn watch(state: ActorState, now: u32, missed: u32, patience: Patience) -> Option<ActorState> {
	if let ActorState::Suspended { until, cause: Suspension::Maintenance, .. } = state {
		return until.filter(|until| now >= *until).map(|_| ActorState::Active);
	}
	if !is_live(&state) {
		return None;
	}
	let suspend = patience.suspend.max(1);
	if missed >= patience.fail.max(suspend.saturating_add(1)) {
		return Some(ActorState::Failed { since: now });
	}
	(missed >= suspend && state == ActorState::Active).then_some(ActorState::Suspended {
		since: now,
		until: None,
		cause: Suspension::Silence,
	})
}

/// What a heartbeat makes of a state; none if nothing changes.
pub fn beat(state: ActorState) -> Option<ActorState> {
	match state {
		ActorState::Suspended { cause: Suspension::Silence, .. } => Some(ActorState::Active),
		_ => None,
	}
}

/// Where actors' states are kept.
pub trait ActorStore {
	/// An actor's number.
	type Id: Copy;

	/// How an actor stands.
	fn state(id: Self::Id) -> Option<ActorState>;

	/// Stores what it becomes, and does what that brings along.
	fn set_state(id: Self::Id, from: ActorState, to: ActorState);
}

/// Takes an actor to its next state.
pub fn change<S: ActorStore>(
	id: S::Id,
	next: impl FnOnce(ActorState) -> Result<ActorState, Refusal>,
) -> Result<ActorState, Refusal> {
	let from = S::state(id).ok_or(Refusal::NotFound)?;
	let to = next(from)?;
	if to != from {
		S::set_state(id, from, to);
	}
	Ok(to)
}

#[cfg(test)]
mod tests {
	use super::*;
	use core::cell::RefCell;
	use proptest::prelude::*;
	use std::collections::BTreeMap;

	const PATIENCE: Patience = Patience { suspend: 3, fail: 6 };

	fn suspended(cause: Suspension, until: Option<u32>) -> ActorState {
		ActorState::Suspended { since: 1, until, cause }
	}

	fn every_state() -> Vec<ActorState> {
		vec![
			ActorState::Applied,
			ActorState::Verified { until: 100 },
			ActorState::Active,
			suspended(Suspension::Maintenance, Some(50)),
			suspended(Suspension::Silence, None),
			suspended(Suspension::Conductor, None),
			ActorState::Leaving { since: 1, deadline: 80 },
			ActorState::Failed { since: 1 },
			ActorState::Left,
			ActorState::Evicted,
		]
	}

	fn from_where(next: impl Fn(ActorState) -> Result<ActorState, Refusal>) -> Vec<usize> {
		every_state()
			.into_iter()
			.enumerate()
			.filter(|(_, state)| next(*state).is_ok())
			.map(|(number, _)| number)
			.collect()
	}

	#[test]
	fn each_step_starts_from_its_states_alone() {
		assert_eq!(from_where(|state| verify(state, 9)), [0, 1]);
		assert_eq!(from_where(|state| activate(state, 5, Some(6), true)), [0, 1, 7]);
		assert_eq!(from_where(|state| activate(state, 5, Some(6), false)), [0, 1]);
		assert_eq!(from_where(|state| begin_maintenance(state, 5, 9)), [2]);
		assert_eq!(from_where(end_maintenance), [3]);
		assert_eq!(from_where(|state| begin_leaving(state, 5, 9)), [2, 3, 4, 5]);
		assert_eq!(from_where(|state| suspend(state, 5)), [2, 3, 4]);
		assert_eq!(from_where(reinstate), [5]);
		assert_eq!(from_where(evict), [2, 3, 4, 5, 6, 7]);
		assert_eq!(from_where(|state| finish(state, 5, true, true)), [6, 7, 9]);
		assert_eq!(from_where(|state| finish(state, 5, true, false)), [6]);
		assert_eq!(from_where(|state| finish(state, 5, false, true)), [7, 9]);
		assert_eq!(from_where(|state| finish(state, 80, false, false)), [6]);
	}

	#[test]
	fn activation_needs_a_verification_that_still_counts() {
		for verified in [None, Some(0), Some(5)] {
			assert_eq!(activate(ActorState::Applied, 5, verified, true), Err(Refusal::NotVerified));
		}
		assert_eq!(activate(ActorState::Applied, 5, Some(6), true), Ok(ActorState::Active));
	}

	#[test]
	fn silence_suspends_and_then_fails() {
		let watched = |state, missed| watch(state, 10, missed, PATIENCE);
		assert_eq!(watched(ActorState::Active, 2), None);
		let silent = ActorState::Suspended { since: 10, until: None, cause: Suspension::Silence };
		assert_eq!(watched(ActorState::Active, 3), Some(silent));
		assert_eq!(watched(silent, 5), None);
		let failed = Some(ActorState::Failed { since: 10 });
		assert_eq!(watched(silent, 6), failed);
		assert_eq!(watched(ActorState::Active, 6), failed);
		assert_eq!(watched(suspended(Suspension::Conductor, None), 6), failed);
		assert_eq!(watched(ActorState::Leaving { since: 1, deadline: 80 }, 6), failed);
		assert_eq!(watched(ActorState::Leaving { since: 1, deadline: 80 }, 5), None);
		assert_eq!(beat(silent), Some(ActorState::Active));
		assert_eq!(beat(suspended(Suspension::Conductor, None)), None);
	}

	#[test]
	fn maintenance_excuses_until_it_ends() {
		let away = suspended(Suspension::Maintenance, Some(50));
		assert_eq!(watch(away, 49, 1_000, PATIENCE), None);
		assert_eq!(watch(away, 50, 1_000, PATIENCE), Some(ActorState::Active));
	}

	#[test]
	fn failing_takes_longer_than_suspending_whatever_the_numbers() {
		let rash = Patience { suspend: 0, fail: 0 };
		assert_eq!(watch(ActorState::Active, 1, 0, rash), None);
		assert!(matches!(
			watch(ActorState::Active, 1, 1, rash),
			Some(ActorState::Suspended { .. })
		));
		assert!(matches!(watch(ActorState::Active, 1, 2, rash), Some(ActorState::Failed { .. })));
	}

	std::thread_local! {
		static STATES: RefCell<BTreeMap<u32, ActorState>> = const { RefCell::new(BTreeMap::new()) };
		static CHANGES: RefCell<Vec<(ActorState, ActorState)>> = const { RefCell::new(Vec::new()) };
	}

	struct Store;
	impl ActorStore for Store {
		type Id = u32;
		fn state(id: u32) -> Option<ActorState> {
			STATES.with_borrow(|states| states.get(&id).copied())
		}
		fn set_state(id: u32, from: ActorState, to: ActorState) {
			STATES.with_borrow_mut(|states| states.insert(id, to));
			CHANGES.with_borrow_mut(|changes| changes.push((from, to)));
		}
	}

	#[test]
	fn change_goes_through_the_store_once() {
		STATES.with_borrow_mut(|states| states.insert(1, ActorState::Active));
		assert_eq!(change::<Store>(2, evict), Err(Refusal::NotFound));
		assert_eq!(change::<Store>(1, reinstate), Err(Refusal::WrongState));
		assert_eq!(change::<Store>(1, evict), Ok(ActorState::Evicted));
		// Nothing changes: nothing is told.
		assert_eq!(
			change::<Store>(1, |state| finish(state, 1, true, true)),
			Ok(ActorState::Evicted)
		);
		CHANGES.with_borrow(|changes| {
			assert_eq!(*changes, [(ActorState::Active, ActorState::Evicted)])
		});
	}

	proptest! {
		/// Whatever happens in whatever order, only an activation leads out of a state in which nothing
		/// counts, and nothing leads out of Left and Evicted.
		#[test]
		fn nothing_comes_back_without_an_activation(steps in prop::collection::vec(0u8..11, 0..60)) {
			let mut state = ActorState::Applied;
			for (now, step) in (0u32..).zip(steps) {
				let next = match step {
					0 => verify(state, now + 20),
					1 => activate(state, now, Some(now + 1), true),
					2 => begin_maintenance(state, now, now + 3),
					3 => end_maintenance(state),
					4 => begin_leaving(state, now, 5),
					5 => finish(state, now, false, true),
					6 => suspend(state, now),
					7 => reinstate(state),
					8 => evict(state),
					9 => watch(state, now, now % 8, PATIENCE).ok_or(Refusal::WrongState),
					_ => beat(state).ok_or(Refusal::WrongState),
				};
				let Ok(next) = next else { continue };
				if matches!(state, ActorState::Left | ActorState::Evicted) {
					prop_assert_eq!(state, next);
				}
				if is_void(&state) && is_live(&next) {
					prop_assert_eq!(step, 1);
				}
				prop_assert!(!(is_live(&next) && is_void(&next)));
				state = next;
			}
		}
	}
}
