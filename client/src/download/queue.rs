//! What is still to be fetched, and by whom.

use std::{
	collections::{BTreeMap, BTreeSet, HashMap},
	ops::Range,
	sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// Fewer groups than this are not taken over from somebody who is at them.
const WORTH_STEALING: u64 = 32;

/// A stretch of groups that somebody fetches.
#[derive(Debug)]
struct Span {
	source: usize,
	next: u64,
	end: u64,
}

#[derive(Debug, Default)]
struct State {
	/// Stretches that nobody is at, by their first group.
	waiting: BTreeMap<u64, u64>,
	fetching: HashMap<u64, Span>,
	/// What is not written yet, by its first group.
	unwritten: BTreeMap<u64, u64>,
	/// Sources that fetch, or wait for something to fetch.
	at_work: BTreeSet<usize>,
	number: u64,
	stopped: bool,
}

/// What is still to be fetched.
#[derive(Debug)]
pub(super) struct Queue {
	state: Mutex<State>,
	changed: Notify,
	ahead: u64,
	span: u64,
}

/// A stretch that was claimed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Claim {
	number: u64,
	pub groups: Range<u64>,
}

impl Queue {
	/// `ahead`: how far behind the first group that is not written something may be fetched. `span`: how many
	/// groups are claimed at most.
	pub(super) fn new(missing: Vec<Range<u64>>, ahead: u64, span: u64) -> Self {
		let missing = missing.into_iter().filter(|range| !range.is_empty());
		let waiting: BTreeMap<_, _> = missing.map(|range| (range.start, range.end)).collect();
		let state = State { unwritten: waiting.clone(), waiting, ..State::default() };
		Self { state: Mutex::new(state), changed: Notify::new(), ahead, span: span.max(1) }
	}

	fn state(&self) -> MutexGuard<'_, State> {
		self.state.lock().unwrap_or_else(PoisonError::into_inner)
	}

	/// Waits for something to fetch; `None` when there is nothing left.
	pub(super) async fn claim(&self, source: usize) -> Option<Claim> {
		loop {
			let changed = self.changed.notified();
			tokio::pin!(changed);
			// From here on nothing is missed.
			changed.as_mut().enable();
			{
				let mut state = self.state();
				if state.stopped || state.unwritten.is_empty() {
					return None;
				}
				if let Some(groups) = self.next(&mut state, source) {
					state.number += 1;
					let number = state.number;
					let span = Span { source, next: groups.start, end: groups.end };
					state.fetching.insert(number, span);
					return Some(Claim { number, groups });
				}
			}
			changed.await;
		}
	}

	fn next(&self, state: &mut State, source: usize) -> Option<Range<u64>> {
		let frontier = *state.unwritten.first_key_value()?.0;
		let horizon = frontier.saturating_add(self.ahead);
		if let Some((&start, &end)) = state.waiting.first_key_value() {
			if start >= horizon {
				return None;
			}
			// Smaller ones towards the end, so that nobody waits long for the last.
			let left: u64 = state.waiting.iter().map(|(start, end)| end - start).sum();
			let most = (left / 8).clamp(WORTH_STEALING.min(self.span), self.span);
			let stop = end.min(start + most).min(horizon);
			state.waiting.remove(&start);
			if stop < end {
				state.waiting.insert(stop, end);
			}
			return Some(start..stop);
		}
		let others = state.fetching.values_mut().filter(|span| span.source != source);
		let longest = others.max_by_key(|span| span.end - span.next)?;
		let left = longest.end - longest.next;
		if left < WORTH_STEALING {
			return None;
		}
		let end = longest.end;
		longest.end -= left / 2;
		Some(longest.end..end)
	}

	/// Notes that a claim's groups before `next` are fetched. Gives the claim's present end, as the rest may have
	/// been taken over; `None` if nothing is wanted any more.
	pub(super) fn advance(&self, claim: &Claim, next: u64) -> Option<u64> {
		let mut state = self.state();
		let stopped = state.stopped;
		let span = state.fetching.get_mut(&claim.number)?;
		span.next = next.min(span.end);
		(!stopped).then_some(span.end)
	}

	/// Ends a claim. What was not fetched waits for somebody else.
	pub(super) fn finish(&self, claim: &Claim) {
		let mut state = self.state();
		if let Some(span) = state.fetching.remove(&claim.number) {
			if span.next < span.end {
				state.waiting.insert(span.next, span.end);
			}
		}
		drop(state);
		self.changed.notify_waiters();
	}

	/// Notes that groups are written.
	pub(super) fn written(&self, groups: Range<u64>) {
		let mut state = self.state();
		while let Some((&start, &end)) = state.unwritten.range(..groups.end).next_back() {
			if end <= groups.start {
				break;
			}
			state.unwritten.remove(&start);
			if groups.end < end {
				state.unwritten.insert(groups.end, end);
			}
			if start < groups.start {
				state.unwritten.insert(start, groups.start);
				break;
			}
		}
		drop(state);
		self.changed.notify_waiters();
	}

	/// The first group that is not written.
	pub(super) fn first_missing(&self) -> u64 {
		self.state()
			.unwritten
			.first_key_value()
			.map_or(u64::MAX / super::GROUP_BYTES, |(start, _)| *start)
	}

	/// Whether everything is written.
	pub(super) fn is_done(&self) -> bool {
		self.state().unwritten.is_empty()
	}

	/// Waits until everything is written, or nothing more is to be.
	pub(super) async fn ended(&self) {
		loop {
			let changed = self.changed.notified();
			tokio::pin!(changed);
			changed.as_mut().enable();
			{
				let state = self.state();
				if state.stopped || state.unwritten.is_empty() {
					return;
				}
			}
			changed.await;
		}
	}

	/// Notes that a source begins or ends its work.
	pub(super) fn at_work(&self, source: usize, at_work: bool) {
		let mut state = self.state();
		if at_work {
			state.at_work.insert(source);
		} else {
			state.at_work.remove(&source);
		}
	}

	/// Whether sources other than this are at work.
	pub(super) fn others_work(&self, source: usize) -> bool {
		self.state().at_work.iter().any(|other| *other != source)
	}

	/// Nothing more is to be fetched.
	pub(super) fn stop(&self) {
		self.state().stopped = true;
		self.changed.notify_waiters();
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use futures::FutureExt;

	fn everything(count: u64) -> Vec<Range<u64>> {
		std::iter::once(0..count).collect()
	}

	fn claim(queue: &Queue, source: usize) -> Option<Option<Claim>> {
		queue.claim(source).now_or_never()
	}

	fn groups(queue: &Queue, source: usize) -> Claim {
		claim(queue, source).unwrap().unwrap()
	}

	#[test]
	fn what_is_given_back_is_claimed_again() {
		let queue = Queue::new(vec![3..10, 20..30], u64::MAX, 64);
		let first = groups(&queue, 0);
		assert_eq!(first.groups, 3..10);
		assert_eq!(queue.advance(&first, 5), Some(10));
		queue.finish(&first);
		let second = groups(&queue, 1);
		assert_eq!(second.groups, 5..10);
		assert_eq!(queue.advance(&second, 10), Some(10));
		queue.finish(&second);
		let third = groups(&queue, 1);
		assert_eq!(third.groups, 20..30);
		queue.advance(&third, 30);
		queue.finish(&third);
		// Fetched, and not written yet.
		assert_eq!(claim(&queue, 0), None);
		for range in [3..5, 20..30, 5..10] {
			assert!(!queue.is_done());
			queue.written(range);
		}
		assert!(queue.is_done());
		assert_eq!(claim(&queue, 0), Some(None));
	}

	#[test]
	fn the_idle_take_over_from_others() {
		let queue = Queue::new(everything(400), u64::MAX, 1_000);
		let mut claims = Vec::new();
		while let Some(Some(claim)) = claim(&queue, 0) {
			claims.push(claim);
		}
		let stolen = groups(&queue, 1);
		let victim =
			claims.iter().find(|claim| claim.groups.contains(&stolen.groups.start)).unwrap();
		assert_eq!(stolen.groups.end, victim.groups.end);
		// The victim ends where the thief begins.
		assert_eq!(queue.advance(victim, victim.groups.start + 1), Some(stolen.groups.start));
		queue.stop();
		assert_eq!(queue.advance(victim, victim.groups.start + 2), None);
	}

	#[test]
	fn nobody_runs_far_ahead() {
		let queue = Queue::new(everything(1_000), 10, 64);
		assert_eq!(groups(&queue, 0).groups, 0..10);
		assert_eq!(claim(&queue, 1), None);
		queue.written(0..4);
		assert_eq!(queue.first_missing(), 4);
		assert_eq!(groups(&queue, 1).groups, 10..14);
		queue.stop();
		assert_eq!(claim(&queue, 1), Some(None));
	}
}
