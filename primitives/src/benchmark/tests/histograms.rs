//! Buckets are narrow, percentiles come from them, and they merge.

use super::super::{
	histogram::{bucket, floor, Histogram},
	limits::MAX_BUCKETS,
};
use proptest::prelude::*;

#[test]
fn buckets_begin_where_they_say() {
	for value in (0..100_000).chain([u64::MAX, u64::MAX - 1, 1 << 63, (1 << 63) - 1]) {
		let bucket = bucket(value);
		assert!(floor(bucket) <= value, "{value}");
		assert!(value - floor(bucket) <= floor(bucket) / 16, "{value} in {}", floor(bucket));
	}
	assert_eq!((0..32).map(bucket).collect::<Vec<_>>(), (0..32).collect::<Vec<_>>());
}

#[test]
fn percentiles_are_of_the_counts() {
	let mut histogram = Histogram::default();
	assert_eq!(histogram.percentile(50), None);
	(1..=20).for_each(|value| histogram.record(value));
	let of = |percent| histogram.percentile(percent);
	assert_eq!([0, 5, 50, 95, 100, 200].map(of), [1, 1, 10, 19, 20, 20].map(Some));
}

#[test]
fn values_beyond_the_last_bucket_count_in_the_nearest() {
	let mut histogram = Histogram::default();
	(0..1_000u64).for_each(|value| histogram.record(value * value * 1_000));
	assert_eq!(histogram.count(), 1_000);
	assert_eq!(histogram.buckets().len(), MAX_BUCKETS as usize);
}

proptest! {
	#[test]
	fn buckets_are_in_the_order_of_values(one in any::<u64>(), other in any::<u64>()) {
		prop_assert!((one <= other) == (bucket(one) <= bucket(other)) || bucket(one) == bucket(other));
		prop_assert_eq!(bucket(floor(bucket(one))), bucket(one));
	}

	#[test]
	fn what_is_merged_is_as_if_recorded_together(
		values in proptest::collection::vec(1_000_000u64..4_000_000, 0..60),
		cut in any::<usize>(),
	) {
		let recorded = |values: &[u64]| {
			let mut histogram = Histogram::default();
			values.iter().for_each(|value| histogram.record(*value));
			histogram
		};
		let (first, second) = values.split_at(cut % (values.len() + 1));
		let mut merged = recorded(first);
		merged.merge(&recorded(second));
		prop_assert_eq!(merged, recorded(&values));
	}

	#[test]
	fn percentiles_are_within_a_bucket_of_the_truth(
		values in proptest::collection::vec(1_000_000u64..4_000_000, 1..60),
		percent in 1u32..=100,
	) {
		let mut histogram = Histogram::default();
		values.iter().for_each(|value| histogram.record(*value));
		let mut sorted = values.clone();
		sorted.sort_unstable();
		let rank = (values.len() * percent as usize).div_ceil(100).max(1);
		let truth = sorted[rank - 1];
		let read = histogram.percentile(percent).expect("some");
		prop_assert!(read <= truth && truth - read <= truth / 16);
	}
}
