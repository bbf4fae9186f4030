//! Medians, counts, overlaps and quorums.

use super::{super::settlement::*, sample, Outcome, Reading};
use proptest::prelude::*;

fn exact(value: u64) -> Reading {
	Reading { value, at_least: false }
}

fn bound(value: u64) -> Reading {
	Reading { value, at_least: true }
}

/// Samples that do not overlap.
fn samples(rates: &[u64]) -> Vec<Sample> {
	(0u32..)
		.zip(rates)
		.map(|(prober, rate)| sample(prober, *rate, u64::from(prober) * 100))
		.collect()
}

fn failing(prober: u32, outcome: Outcome) -> Sample {
	let mut sample = sample(prober, 0, 0);
	(sample.outcome, sample.successes) = (outcome, 0);
	(sample.download, sample.upload, sample.first_byte) = (None, None, None);
	sample
}

#[test]
fn the_lower_median_is_the_smaller_of_the_two_in_the_middle() {
	assert_eq!(lower_median::<u64>(&mut []), None);
	assert_eq!(lower_median(&mut [5]), Some(5));
	assert_eq!(lower_median(&mut [9, 1]), Some(1));
	assert_eq!(lower_median(&mut [9, 1, 4]), Some(4));
	assert_eq!(lower_median(&mut [9, 1, 4, 5]), Some(4));
}

#[test]
fn ratios_are_of_what_was_tried() {
	assert_eq!(
		[ratio(0, 0), ratio(1, 3), ratio(3, 3), ratio(9, 3)],
		[0, 333_333, 1_000_000, 1_000_000]
	);
}

#[test]
fn a_bound_above_the_median_changes_nothing() {
	let figure = |readings: &[Reading]| median_of_readings(&mut readings.to_vec()).expect("some");
	assert!(!figure(&[exact(1), exact(2), bound(3)]).at_least);
	assert!(figure(&[exact(1), bound(2), exact(3)]).at_least);
	assert!(figure(&[bound(1), exact(2), exact(3)]).at_least);
	// Equal ones: which of them is in the middle is arbitrary.
	assert!(figure(&[exact(1), exact(2), bound(2), exact(3), exact(4)]).at_least);
	assert_eq!(median_of_readings(&mut []), None);
}

#[test]
fn rounds_with_too_few_say_nothing() {
	let three = samples(&[10, 20, 30]);
	assert_eq!(settle(&three, 4), None);
	let settled = settle(&three, 3).expect("enough");
	assert_eq!((settled.revealers, settled.successes, settled.trials), (3, 3, 3));
	assert_eq!(settled.download.map(|figure| (figure.value, figure.readings)), Some((20, 3)));
	assert_eq!((settled.outcome, settled.availability), (Outcome::Ok, 1_000_000));
	assert_eq!(settle(&[], 0), None);
}

#[test]
fn who_could_not_transfer_saw_a_rate_of_zero() {
	let mut all = samples(&[10, 20]);
	all.extend((2..5).map(|prober| failing(prober, Outcome::Stalled)));
	let settled = settle(&all, 3).expect("enough");
	assert_eq!(settled.download.map(|figure| figure.value), Some(0));
	assert_eq!((settled.availability, settled.outcome), (0, Outcome::Stalled));
	// What never came has no time, and two times are fewer than three.
	assert_eq!(settled.first_byte, None);
	let all = (0..3).map(|prober| failing(prober, Outcome::Unreachable)).collect::<Vec<_>>();
	assert_eq!(settle(&all, 3).expect("enough").upload.map(|figure| figure.value), Some(0));
}

#[test]
fn what_nobody_measured_is_not_zero() {
	let mut all = samples(&[10, 20]);
	all.iter_mut().for_each(|sample| sample.upload = None);
	all.extend((2..5).map(|prober| failing(prober, Outcome::Stalled)));
	assert_eq!(settle(&all, 3).expect("enough").upload, None);
}

#[test]
fn maintenance_says_nothing() {
	let mut all = samples(&[10, 20, 30]);
	all.push(failing(3, Outcome::Maintenance));
	assert_eq!(settle(&all, 3).expect("enough").revealers, 3);
	assert_eq!(settle(&all, 4), None, "it does not count as a revealer");
	all.extend([failing(4, Outcome::NotFilled), failing(5, Outcome::Maintenance)]);
	assert_eq!(settle(&all, 3), None, "as many were excused");
}

#[test]
fn transfers_that_overlap_are_dropped() {
	let at = |times: &[(u64, u32)]| {
		let all = (0u32..)
			.zip(times)
			.map(|(prober, (started, lasted))| Sample {
				lasted: *lasted,
				..sample(prober, 5, *started)
			})
			.collect::<Vec<_>>();
		overlapping(&all)
	};
	assert_eq!(at(&[(0, 10), (10, 10), (20, 10)]), [false; 3], "one after the other");
	assert_eq!(at(&[(20, 10), (0, 10), (9, 2)]), [false, true, true]);
	assert_eq!(at(&[(0, 100), (10, 1), (50, 1), (100, 5)]), [true, true, true, false]);
	assert_eq!(at(&[(0, 10), (0, 10)]), [true, true]);
	assert_eq!(at(&[]), [false; 0]);
	let mut all = samples(&[10, 20, 30, 40]);
	all[3].started = all[0].started + 1;
	let settled = settle(&all, 2).expect("enough");
	assert_eq!(settled.download.map(|figure| (figure.value, figure.readings)), Some((20, 2)));
	assert_eq!(settled.revealers, 4, "it was there all the same");
	assert_eq!(settle(&all, 3).expect("enough").download, None, "too few are left");
}

proptest! {
	#[test]
	fn the_median_is_one_of_those_that_a_majority_of_honest_readings_spans(
		honest in proptest::collection::vec(900u64..1_100, 5..12),
		others in proptest::collection::vec(any::<u64>(), 0..4),
	) {
		let mut all = samples(&honest);
		let first = honest.len() as u32;
		all.extend((first..).zip(&others).map(|(prober, rate)| {
			sample(prober, *rate, u64::from(prober) * 100)
		}));
		let value = settle(&all, 1).and_then(|settled| settled.download).expect("some").value;
		prop_assert!((900..1_100).contains(&value), "{}", value);
	}

	/// Whatever the truth behind the bounds is, the median is never below what is published, and exactly that
	/// where it is not published as a bound.
	#[test]
	fn bounds_bound(
		readings in proptest::collection::vec((0u64..50, any::<bool>(), 0u64..50), 1..15),
	) {
		let mut seen = readings
			.iter()
			.map(|(value, at_least, _)| Reading { value: *value, at_least: *at_least })
			.collect::<Vec<_>>();
		let mut truth = readings
			.iter()
			.map(|(value, at_least, more)| if *at_least { value + more } else { *value })
			.collect::<Vec<_>>();
		let (figure, truth) =
			(median_of_readings(&mut seen).expect("some"), lower_median(&mut truth).expect("some"));
		prop_assert!(figure.value <= truth);
		prop_assert!(figure.at_least || figure.value == truth);
	}

	#[test]
	fn overlaps_are_those_of_every_pair(
		times in proptest::collection::vec((0u64..60, 1u32..9), 0..14),
	) {
		let all = (0u32..)
			.zip(&times)
			.map(|(prober, (started, lasted))| Sample {
				lasted: *lasted,
				..sample(prober, 5, *started)
			})
			.collect::<Vec<_>>();
		let by_pairs = all
			.iter()
			.map(|one| {
				all.iter().any(|other| {
					one.prober != other.prober
						&& one.started < other.started + u64::from(other.lasted)
						&& other.started < one.started + u64::from(one.lasted)
				})
			})
			.collect::<Vec<_>>();
		prop_assert_eq!(overlapping(&all), by_pairs);
	}

	#[test]
	fn the_order_of_samples_makes_no_difference(
		rates in proptest::collection::vec(0u64..1_000, 1..10),
		turn in any::<usize>(),
	) {
		let all = samples(&rates);
		let mut turned = all.clone();
		turned.rotate_left(turn % rates.len());
		prop_assert_eq!(settle(&all, 1), settle(&turned, 1));
	}
}
