//! Walks over storage maps whose keys sort as what they stand for, forwards and backwards.
//!
//! Storage knows the next key and no previous one. A walk backwards finds keys by halving the stretch that is
//! left, and keeps those that it comes by for later. Between them it walks forwards, since the key after the one
//! asked for last is found at once, while any other takes a search from the trie's root. So it asks for a few
//! keys for each one that it yields, and for a few hundred more in all, wherever it begins and however many keys
//! there are.

use alloc::{boxed::Box, vec, vec::Vec};

/// The last bytes of a map's keys: what follows the part that all keys of a walk share.
pub(crate) type Key<const N: usize> = [u8; N];

/// Most keys that a walk backwards goes forwards at a time.
const MAX_REACH: usize = 128;

/// Keys in order.
pub(crate) trait Keys<const N: usize> {
	/// The first key after `key`; the very first if that is `None`.
	fn after(&self, key: Option<&Key<N>>) -> Option<Key<N>>;
}

/// The keys of a storage map that begin with a prefix and go on for `N` bytes.
#[derive(Clone)]
pub(crate) struct StorageKeys {
	prefix: Vec<u8>,
}

impl StorageKeys {
	/// The keys that begin as `key` does, of whose end `N` bytes are left away.
	pub(crate) fn beside<const N: usize>(mut key: Vec<u8>) -> Self {
		key.truncate(key.len().saturating_sub(N));
		Self { prefix: key }
	}
}

impl<const N: usize, K: Keys<N>> Keys<N> for &K {
	fn after(&self, key: Option<&Key<N>>) -> Option<Key<N>> {
		(**self).after(key)
	}
}

impl<const N: usize> Keys<N> for StorageKeys {
	fn after(&self, key: Option<&Key<N>>) -> Option<Key<N>> {
		let mut from = self.prefix.clone();
		from.extend(key.into_iter().flatten());
		let next = sp_io::storage::next_key(&from)?;
		next.strip_prefix(self.prefix.as_slice())?.try_into().ok()
	}
}

/// The keys in `ranges`, which are in order and apart from each other; or all of them from the last to the
/// first. Only those that come behind `after`.
pub(crate) fn walk<const N: usize, K: Keys<N> + 'static>(
	keys: impl Fn() -> K + 'static,
	ranges: impl IntoIterator<Item = (Key<N>, Key<N>)>,
	after: Option<Key<N>>,
	down: bool,
) -> Box<dyn Iterator<Item = Key<N>>> {
	let left = ranges.into_iter().filter_map(|(from, to)| match after {
		Some(after) if down => Some((from, to.min(before(after)?))),
		Some(after) => Some((from.max(behind(after)?), to)),
		None => Some((from, to)),
	});
	let mut left = left.filter(|(from, to)| from <= to).collect::<Vec<_>>();
	if down {
		left.reverse();
	}
	Box::new(left.into_iter().flat_map(move |(from, to)| -> Box<dyn Iterator<Item = Key<N>>> {
		match down {
			true => Box::new(descending(keys(), from, to)),
			false => Box::new(ascending(keys(), from, to)),
		}
	}))
}

/// The keys from `from` to `to`, both included.
fn ascending<const N: usize>(
	keys: impl Keys<N>,
	from: Key<N>,
	to: Key<N>,
) -> impl Iterator<Item = Key<N>> {
	let mut last = before(from);
	core::iter::from_fn(move || {
		let next = keys.after(last.as_ref()).filter(|next| *next <= to)?;
		last = Some(next);
		Some(next)
	})
}

/// The keys from `to` back to `from`, both included.
fn descending<const N: usize>(
	keys: impl Keys<N>,
	from: Key<N>,
	to: Key<N>,
) -> impl Iterator<Item = Key<N>> {
	// Keys that come next, with nothing between them and the bound, in order.
	let mut run = vec![];
	// Keys that come later, in order; there may be more between and after them.
	let mut known = vec![];
	// No key that is still to come lies beyond it.
	let mut bound = Some(to);
	// How many keys are walked to find the end of a run. The known keys lie the farther apart the farther they
	// are from the bound, so a run should be twice as long as the one before.
	let mut reach = 1;
	core::iter::from_fn(move || loop {
		if let Some(found) = run.pop() {
			bound = before(found);
			return Some(found);
		}
		let upper = bound?;
		let last = known.last().copied();
		let start = last.map_or(Some(from), behind);
		let mut walk = start.into_iter().flat_map(|start| ascending(&keys, start, upper));
		run.extend(last);
		run.extend(walk.by_ref().take(reach));
		match walk.next() {
			// The run has reached the bound.
			None => {
				known.pop();
				reach = run.len().saturating_mul(2).min(MAX_REACH);
				if run.is_empty() {
					return None;
				}
			},
			Some(beyond) => {
				run.clear();
				known.push(beyond);
				let middle = midpoint(beyond, upper);
				match keys.after(Some(&middle)).filter(|key| *key <= upper) {
					Some(key) => known.push(key),
					None => bound = Some(middle),
				}
				reach = (reach >> 1).max(1);
			},
		}
	})
}

/// The key before `key`, as a number one less; none before the smallest.
fn before<const N: usize>(mut key: Key<N>) -> Option<Key<N>> {
	for byte in key.iter_mut().rev() {
		match byte.checked_sub(1) {
			Some(less) => {
				*byte = less;
				return Some(key);
			},
			None => *byte = u8::MAX,
		}
	}
	None
}

/// The key behind `key`, as a number one more; none behind the largest.
fn behind<const N: usize>(mut key: Key<N>) -> Option<Key<N>> {
	for byte in key.iter_mut().rev() {
		match byte.checked_add(1) {
			Some(more) => {
				*byte = more;
				return Some(key);
			},
			None => *byte = 0,
		}
	}
	None
}

/// Half of the sum of two keys as numbers, rounded down.
fn midpoint<const N: usize>(one: Key<N>, other: Key<N>) -> Key<N> {
	let mut sum = [0; N];
	let mut carry = 0;
	for ((slot, one), other) in sum.iter_mut().zip(one).zip(other).rev() {
		let digits = u16::from(one).saturating_add(other.into()).saturating_add(carry);
		let [more, digit] = digits.to_be_bytes();
		(*slot, carry) = (digit, more.into());
	}
	// The sum has one bit more than a key, which halving takes away again.
	let mut above = carry as u8;
	for digit in &mut sum {
		let rest = *digit & 1;
		*digit = (*digit >> 1) | (above << 7);
		above = rest;
	}
	sum
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use std::{cell::Cell, collections::BTreeSet, ops::Bound};

	/// Keys in memory, which count how often they are asked for.
	struct Counted<'a>(&'a BTreeSet<Key<4>>, &'a Cell<usize>);

	impl Keys<4> for Counted<'_> {
		fn after(&self, key: Option<&Key<4>>) -> Option<Key<4>> {
			self.1.set(self.1.get() + 1);
			match key {
				None => self.0.first().copied(),
				Some(key) => {
					self.0.range((Bound::Excluded(*key), Bound::Unbounded)).next().copied()
				},
			}
		}
	}

	struct InMemory(BTreeSet<Key<4>>);

	impl Keys<4> for InMemory {
		fn after(&self, key: Option<&Key<4>>) -> Option<Key<4>> {
			Counted(&self.0, &Cell::new(0)).after(key)
		}
	}

	#[test]
	fn the_first_and_last_keys_are_keys() {
		let keys = BTreeSet::from([[0; 4], [0, 0, 0, 1], [255, 255, 255, 254], [255; 4]]);
		for down in [false, true] {
			let mut expected = keys.iter().copied().collect::<Vec<_>>();
			if down {
				expected.reverse();
			}
			let all = keys.clone();
			let found = walk(move || InMemory(all.clone()), [([0; 4], [255; 4])], None, down);
			assert_eq!(found.collect::<Vec<_>>(), expected);
		}
	}

	#[test]
	fn numbers() {
		assert_eq!(before([0, 0]), None);
		assert_eq!(before([1, 0]), Some([0, 255]));
		assert_eq!(before([0, 1]), Some([0, 0]));
		assert_eq!(behind([0, 255]), Some([1, 0]));
		assert_eq!(behind([255, 255]), None);
		assert_eq!(midpoint([255, 255], [255, 255]), [255, 255]);
		assert_eq!(midpoint([0, 0], [255, 255]), [127, 255]);
		assert_eq!(midpoint([1, 0], [1, 1]), [1, 0]);
	}

	proptest! {
		#[test]
		fn midpoints_are_halves(one in any::<u32>(), other in any::<u32>()) {
			let half = ((u64::from(one) + u64::from(other)) / 2) as u32;
			prop_assert_eq!(midpoint(one.to_be_bytes(), other.to_be_bytes()), half.to_be_bytes());
		}

		/// Any keys, spread and crowded ones, in any stretch: both walks yield just those, in order.
		#[test]
		fn walks_yield_each_key_once(
			spread in proptest::collection::btree_set(any::<u32>(), 0..200),
			crowded in proptest::collection::btree_set(1_000_000u32..1_000_300, 0..200),
			powers in proptest::collection::btree_set((0u32..32).prop_map(|bit| 1 << bit), 0..32),
			one in any::<u32>(),
			other in prop_oneof![any::<u32>(), Just(0), Just(u32::MAX), 1_000_000u32..1_000_300],
		) {
			let keys = spread.into_iter().chain(crowded).chain(powers);
			let keys = keys.map(u32::to_be_bytes).collect::<BTreeSet<_>>();
			let (from, to) = (one.min(other).to_be_bytes(), one.max(other).to_be_bytes());
			let within = keys.range(from..=to).copied().collect::<Vec<_>>();
			let asked = Cell::new(0);
			let up = ascending(Counted(&keys, &asked), from, to).collect::<Vec<_>>();
			prop_assert_eq!(&up, &within);
			prop_assert_eq!(asked.replace(0), within.len() + 1);
			let mut down = descending(Counted(&keys, &asked), from, to).collect::<Vec<_>>();
			down.reverse();
			prop_assert_eq!(&down, &within);
			prop_assert!(asked.get() <= 6 * within.len() + 2 * 32, "{} keys", asked.get());
		}

		/// Pages of any size, one behind the other, yield what one walk does.
		#[test]
		fn pages_join(
			keys in proptest::collection::btree_set(0u32..500, 0..100),
			bounds in proptest::collection::btree_set(0u32..500, 0..8),
			size in 1usize..20,
			down in any::<bool>(),
		) {
			let bounds = bounds.into_iter().map(u32::to_be_bytes).collect::<Vec<_>>();
			let ranges = bounds.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>();
			let keys = keys.into_iter().map(u32::to_be_bytes).collect::<BTreeSet<_>>();
			let within = |key: &Key<4>| ranges.iter().any(|(from, to)| from <= key && key <= to);
			let mut expected = keys.iter().copied().filter(within).collect::<Vec<_>>();
			if down {
				expected.reverse();
			}
			let (mut all, mut after) = (Vec::new(), None);
			loop {
				let keys = keys.clone();
				let page = walk(move || InMemory(keys.clone()), ranges.clone(), after, down);
				let page = page.take(size).collect::<Vec<_>>();
				let Some(last) = page.last() else { break };
				after = Some(*last);
				all.extend(page);
			}
			prop_assert_eq!(all, expected);
		}

		/// The first few keys cost no more than that, and a little for each bit of a key.
		#[test]
		fn a_page_backwards_is_cheap(count in 1usize..50, step in 1u32..4_000) {
			let keys = (0..20_000u32).map(|at| (at * step).to_be_bytes()).collect::<BTreeSet<_>>();
			let asked = Cell::new(0);
			let page = descending(Counted(&keys, &asked), [0; 4], [255; 4]).take(count);
			prop_assert_eq!(page.count(), count);
			prop_assert!(asked.get() <= 4 * count + 6 * 32, "{} keys", asked.get());
		}
	}
}
