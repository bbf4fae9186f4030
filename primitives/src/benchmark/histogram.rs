//! Figures in logarithmic buckets: 16 to each doubling, so that a bucket is at most 1/16 wide, and percentiles
//! come from counts alone. Histograms of several days merge into one of all of them.

use super::limits::MAX_BUCKETS;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// Buckets to a doubling, as a power of two.
const BITS: u32 = 4;

/// The bucket that a value falls into. Values below 32 have buckets of their own.
pub fn bucket(value: u64) -> u16 {
	let exponent = value.checked_ilog2().unwrap_or(0).saturating_sub(BITS);
	// From 16 to 31, but for the smallest values.
	let leading = value >> exponent;
	// At most 60 * 16 + 31.
	(u64::from(exponent << BITS)).saturating_add(leading) as u16
}

/// The smallest value of a bucket.
pub fn floor(bucket: u16) -> u64 {
	let exponent = (u32::from(bucket) >> BITS).saturating_sub(1);
	let leading = u64::from(bucket).saturating_sub(u64::from(exponent) << BITS);
	leading.checked_shl(exponent).unwrap_or(u64::MAX)
}

/// Counts by bucket.
#[derive(
	Clone,
	Default,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Histogram {
	/// Buckets that are not empty, in order, and how many values fell into each.
	buckets: BoundedVec<(u16, u32), ConstU32<MAX_BUCKETS>>,
}

impl Histogram {
	/// Counts a value. If there is no room for its bucket, it counts in the nearest one that there is.
	pub fn record(&mut self, value: u64) {
		self.add(bucket(value), 1);
	}

	fn add(&mut self, bucket: u16, count: u32) {
		let place = self.buckets.partition_point(|(other, _)| *other < bucket);
		let found = self.buckets.get(place).is_some_and(|(other, _)| *other == bucket);
		if !found && self.buckets.try_insert(place, (bucket, 0)).is_ok() {
			return self.add_at(place, count);
		}
		let nearest = [place.checked_sub(1), Some(place)]
			.into_iter()
			.flatten()
			.filter(|place| *place < self.buckets.len())
			.min_by_key(|place| {
				self.buckets.get(*place).map_or(u16::MAX, |(other, _)| other.abs_diff(bucket))
			});
		self.add_at(nearest.unwrap_or(place), count)
	}

	fn add_at(&mut self, place: usize, count: u32) {
		if let Some((_, counted)) = self.buckets.get_mut(place) {
			*counted = counted.saturating_add(count);
		}
	}

	/// Adds another's counts.
	pub fn merge(&mut self, other: &Histogram) {
		for (bucket, count) in &other.buckets {
			self.add(*bucket, *count);
		}
	}

	/// How many values were counted.
	pub fn count(&self) -> u32 {
		self.buckets.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
	}

	/// The value that a share of all, in percent, do not exceed: the smallest of its bucket. None of none.
	pub fn percentile(&self, percent: u32) -> Option<u64> {
		let rank = u64::from(self.count()).saturating_mul(percent.min(100).into()).div_ceil(100);
		let mut before = 0u64;
		self.buckets
			.iter()
			.find(|(_, count)| {
				before = before.saturating_add((*count).into());
				before >= rank.max(1)
			})
			.map(|(bucket, _)| floor(*bucket))
	}

	/// The buckets that are not empty, in order.
	pub fn buckets(&self) -> &[(u16, u32)] {
		&self.buckets
	}
}
