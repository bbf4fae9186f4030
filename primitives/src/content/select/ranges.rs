//! Which values a condition leaves to one field: at most those, perhaps fewer.
//!
//! Worked out twice for every term, for where it holds and for where it does not, so that a negation only
//! swaps the two.

use super::{Comparison, Field, Term};
use crate::content::{index_key, IndexKey, Scalar, INDEX_KEY_BYTES};
use alloc::{vec, vec::Vec};
use codec::{Decode, Encode};
use scale_info::TypeInfo;

const FIRST: IndexKey = [0; INDEX_KEY_BYTES];
const LAST: IndexKey = [u8::MAX; INDEX_KEY_BYTES];

/// A stretch of index keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, TypeInfo)]
pub struct KeyRange {
	/// The first.
	pub from: IndexKey,
	/// The last.
	pub to: IndexKey,
}

impl KeyRange {
	/// Every key.
	pub const ALL: Self = Self { from: FIRST, to: LAST };

	/// The key of one value.
	pub fn of(scalar: &Scalar) -> Self {
		let key = index_key(scalar);
		Self { from: key, to: key }
	}

	/// Whether it is one key.
	pub fn is_point(&self) -> bool {
		self.from == self.to
	}

	fn intersection(&self, other: &Self) -> Option<Self> {
		let (from, to) = (self.from.max(other.from), self.to.min(other.to));
		(from <= to).then_some(Self { from, to })
	}
}

/// What is left to a field where a condition holds.
pub(super) trait Left: Sized {
	fn and(self, other: Self) -> Self;
	fn or(self, other: Self) -> Self;
}

/// What `condition` leaves where it holds, if `of` says what a term leaves where it holds and where not.
/// `None` for no condition.
pub(super) fn left<L: Left>(condition: &[Term], of: impl Fn(&Term) -> (L, L)) -> Option<L> {
	let mut waiting = Vec::new();
	for term in condition {
		let next = match term {
			Term::And => {
				let (second, first): ((L, L), (L, L)) = (waiting.pop()?, waiting.pop()?);
				(first.0.and(second.0), first.1.or(second.1))
			},
			Term::Or => {
				let (second, first) = (waiting.pop()?, waiting.pop()?);
				(first.0.or(second.0), first.1.and(second.1))
			},
			Term::Not => {
				let (holds, fails) = waiting.pop()?;
				(fails, holds)
			},
			other => of(other),
		};
		waiting.push(next);
	}
	waiting.pop().map(|(holds, _)| holds)
}

/// Index keys that are left, and whether no value is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Keys {
	/// In order, and apart from each other.
	pub ranges: Vec<KeyRange>,
	pub empty: bool,
}

impl Keys {
	fn all() -> Self {
		Self { ranges: vec![KeyRange::ALL], empty: true }
	}

	/// What `condition` leaves to `field`.
	pub fn left(condition: &[Term], field: Field) -> Self {
		left(condition, |term| Self::of(term, field)).unwrap_or_else(Self::all)
	}

	/// Keys are exact neither for long texts nor for their bounds, so every key that a value may have stays
	/// in.
	fn of(term: &Term, field: Field) -> (Self, Self) {
		if term.field() != Some(field) {
			return (Self::all(), Self::all());
		}
		let with = |ranges| Self { ranges, empty: false };
		let or_empty = |ranges| Self { ranges, empty: true };
		match term {
			Term::Compare(_, comparison, scalar) => {
				let key = index_key(scalar);
				let up_to = || vec![KeyRange { from: FIRST, to: key }];
				let from = || vec![KeyRange { from: key, to: LAST }];
				let point = || vec![KeyRange { from: key, to: key }];
				let any = || vec![KeyRange::ALL];
				match comparison {
					Comparison::Equal => (with(point()), Self::all()),
					Comparison::NotEqual => (with(any()), or_empty(point())),
					Comparison::Less | Comparison::AtMost => (with(up_to()), or_empty(from())),
					Comparison::Greater | Comparison::AtLeast => (with(from()), or_empty(up_to())),
				}
			},
			Term::In(_, choices) => {
				let points = choices.iter().map(KeyRange::of).collect();
				(with(merged(points)), Self::all())
			},
			Term::Contains(..) => (with(vec![KeyRange::ALL]), Self::all()),
			Term::Empty(_) => (or_empty(Vec::new()), with(vec![KeyRange::ALL])),
			Term::And | Term::Or | Term::Not => (Self::all(), Self::all()),
		}
	}

	/// Whether nothing is left.
	pub fn is_nothing(&self) -> bool {
		self.ranges.is_empty() && !self.empty
	}

	/// Those of the keys that lie in `bounds`.
	pub fn within(mut self, bounds: KeyRange) -> Self {
		self.ranges = self.ranges.iter().filter_map(|range| range.intersection(&bounds)).collect();
		self
	}
}

impl Left for Keys {
	fn and(self, other: Self) -> Self {
		let (mut ones, mut others) = (self.ranges.iter(), other.ranges.iter());
		let (mut one, mut another) = (ones.next(), others.next());
		let mut ranges = Vec::new();
		while let (Some(a), Some(b)) = (one, another) {
			ranges.extend(a.intersection(b));
			// Whichever ends first meets nothing more.
			if a.to < b.to {
				one = ones.next();
			} else {
				another = others.next();
			}
		}
		Self { ranges, empty: self.empty && other.empty }
	}

	fn or(mut self, other: Self) -> Self {
		self.ranges.extend(other.ranges);
		Self { ranges: merged(self.ranges), empty: self.empty || other.empty }
	}
}

/// The same keys, in order, and no key twice.
fn merged(mut ranges: Vec<KeyRange>) -> Vec<KeyRange> {
	ranges.sort();
	let mut result = Vec::<KeyRange>::new();
	for range in ranges {
		match result.last_mut() {
			Some(last) if range.from <= last.to => last.to = last.to.max(range.to),
			_ => result.push(range),
		}
	}
	result
}

/// The values that are left, if they are known; `None` for any value, or none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Points(pub Option<Vec<Scalar>>);

impl Points {
	/// What `condition` leaves to `field`.
	pub fn left(condition: &[Term], field: Field) -> Self {
		left(condition, |term| (Self::of(term, field), Self(None))).unwrap_or(Self(None))
	}

	fn of(term: &Term, field: Field) -> Self {
		match term {
			Term::Compare(other, Comparison::Equal, scalar) if *other == field => {
				Self(Some(vec![scalar.clone()]))
			},
			Term::In(other, choices) if *other == field => {
				let mut values = Vec::<Scalar>::new();
				for choice in choices {
					if !values.contains(choice) {
						values.push(choice.clone());
					}
				}
				Self(Some(values))
			},
			_ => Self(None),
		}
	}
}

impl Left for Points {
	fn and(self, other: Self) -> Self {
		Self(match (self.0, other.0) {
			(None, any) | (any, None) => any,
			(Some(mut values), Some(others)) => {
				values.retain(|value| others.contains(value));
				Some(values)
			},
		})
	}

	fn or(self, other: Self) -> Self {
		Self(match (self.0, other.0) {
			(Some(mut values), Some(others)) => {
				let new = others.into_iter().filter(|other| !values.contains(other));
				let new = new.collect::<Vec<_>>();
				values.extend(new);
				Some(values)
			},
			_ => None,
		})
	}
}
