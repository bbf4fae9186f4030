//! What a round's observations of one actor amount to.
//!
//! - *Availability* is counted: each prober's successes among its trials; the figure is the lower median of the
//!   ratios, published beside the sums.
//! - *Capacities* are lower medians. A prober that could not transfer at all counts as a rate of zero.
//!   Transfers that overlapped another prober's at the same actor are dropped: they measured half of it each.
//!   A figure is a lower bound if any reading up to the median is one.
//! - *Times* are lower medians of those that there are: what never came has no time.
//!
//! The lower median of an even number is the smaller one of the two in the middle. No figure rests on fewer
//! readings than the quorum, and an actor that fewer probers saw is not settled at all.

use super::{model, Millionths, Observation, Outcome, ProberId, Reading, MILLION};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

model! {
	/// One prober's observation of an actor, as it is settled.
	#[derive(Copy)]
	pub struct Sample {
		/// Whose it is.
		pub prober: ProberId,
		/// What came of it.
		pub outcome: Outcome,
		/// How often the actor was asked.
		pub trials: u8,
		/// How often the answer was as it should be.
		pub successes: u8,
		/// Download capacity.
		pub download: Option<Reading>,
		/// Upload capacity.
		pub upload: Option<Reading>,
		/// Microseconds to the first byte of what was at hand.
		pub first_byte: Option<u32>,
		/// Microseconds to the first byte of what had to be fetched.
		pub first_byte_miss: Option<u32>,
		/// When the transfers began, in Unix milliseconds.
		pub started: u64,
		/// How long they took, in milliseconds.
		pub lasted: u32,
	}
}

impl Sample {
	/// A prober's observation.
	pub fn new(prober: ProberId, seen: &Observation) -> Self {
		Sample {
			prober,
			outcome: seen.outcome,
			trials: seen.trials,
			successes: seen.successes,
			download: seen.download,
			upload: seen.upload,
			first_byte: seen.first_byte,
			first_byte_miss: seen.first_byte_miss,
			started: seen.started,
			lasted: seen.lasted,
		}
	}

	/// Successes among trials.
	pub fn ratio(&self) -> Millionths {
		ratio(self.successes.into(), self.trials.into())
	}

	fn has_transfer(&self) -> bool {
		self.download.is_some() || self.upload.is_some()
	}

	fn ends(&self) -> u64 {
		self.started.saturating_add(self.lasted.into())
	}
}

model! {
	/// What many readings amount to.
	#[derive(Copy)]
	pub struct Figure {
		/// The lower median.
		pub value: u64,
		/// Whether the truth may be above.
		pub at_least: bool,
		/// From so many readings.
		pub readings: u16,
	}
}

impl Figure {
	/// Of no readings.
	pub const fn none() -> Self {
		Figure { value: 0, at_least: false, readings: 0 }
	}

	/// The sum with something more.
	pub fn plus(self, value: u64, at_least: bool, readings: u16) -> Self {
		Figure {
			value: self.value.saturating_add(value),
			at_least: self.at_least || at_least,
			readings: self.readings.saturating_add(readings),
		}
	}
}

model! {
	/// A round's result for one actor.
	#[derive(Copy)]
	pub struct Settled {
		/// From so many probers.
		pub revealers: u16,
		/// Successes of all of them.
		pub successes: u16,
		/// Trials of all of them.
		pub trials: u16,
		/// The lower median of their ratios.
		pub availability: Millionths,
		/// What most of them met with.
		pub outcome: Outcome,
		/// Download capacity, in bytes a second.
		pub download: Option<Figure>,
		/// Upload capacity, in bytes a second.
		pub upload: Option<Figure>,
		/// Microseconds to the first byte of what was at hand.
		pub first_byte: Option<Figure>,
		/// Microseconds to the first byte of what had to be fetched.
		pub first_byte_miss: Option<Figure>,
	}
}

/// Successes among trials; none of none is none.
pub fn ratio(successes: u32, trials: u32) -> Millionths {
	let millionths = u64::from(successes.min(trials)).saturating_mul(MILLION.into());
	// At most a million.
	millionths.checked_div(trials.into()).unwrap_or(0) as Millionths
}

/// The lower median; none of none. Sorts.
pub fn lower_median<Value: Ord + Copy>(values: &mut [Value]) -> Option<Value> {
	values.sort_unstable();
	values.get(values.len().checked_sub(1)? / 2).copied()
}

/// The lower median of rates; a lower bound if any reading up to it is one.
pub fn median_of_readings(readings: &mut [Reading]) -> Option<Figure> {
	readings.sort_unstable_by_key(|reading| (reading.value, reading.at_least));
	let middle = readings.len().checked_sub(1)? / 2;
	let value = readings.get(middle)?.value;
	// Equal ones beyond the middle might as well stand before it.
	let at_least = readings
		.iter()
		.take_while(|reading| reading.value <= value)
		.any(|reading| reading.at_least);
	Some(Figure { value, at_least, readings: readings.len().min(u16::MAX.into()) as u16 })
}

/// Which of the samples have transfers that overlapped another's: both of a pair.
pub fn overlapping(samples: &[Sample]) -> Vec<bool> {
	let mut order = (0..samples.len()).collect::<Vec<_>>();
	order.retain(|place| samples.get(*place).is_some_and(Sample::has_transfer));
	order.sort_unstable_by_key(|place| samples.get(*place).map(|sample| sample.started));
	let mut overlap = alloc::vec![false; samples.len()];
	// The one of those before that ends last: whoever overlaps any of them overlaps it.
	let mut latest: Option<(usize, u64)> = None;
	for place in order {
		let Some(sample) = samples.get(place) else { continue };
		let hit = latest.filter(|(_, end)| sample.started < *end);
		for other in hit.iter().map(|(other, _)| *other).chain(hit.map(|_| place)) {
			if let Some(flag) = overlap.get_mut(other) {
				*flag = true;
			}
		}
		if latest.is_none_or(|(_, end)| sample.ends() >= end) {
			latest = Some((place, sample.ends()));
		}
	}
	overlap
}

fn figure_of_rates(
	samples: &[Sample],
	dropped: &[bool],
	quorum: usize,
	of: impl Fn(&Sample) -> Option<Reading>,
) -> Option<Figure> {
	let nothing = Reading { value: 0, at_least: false };
	let mut readings = samples
		.iter()
		.zip(dropped)
		.filter(|(_, dropped)| !**dropped)
		.filter_map(|(sample, _)| match sample.outcome {
			Outcome::Ok => of(sample),
			_ => Some(nothing),
		})
		.collect::<Vec<_>>();
	// What nobody has tried to measure is not zero.
	let mut successes = samples.iter().filter(|sample| sample.outcome == Outcome::Ok).peekable();
	let measured = successes.peek().is_none() || successes.any(|sample| of(sample).is_some());
	(measured && readings.len() >= quorum).then(|| median_of_readings(&mut readings)).flatten()
}

fn figure_of_times(
	samples: &[Sample],
	quorum: usize,
	of: impl Fn(&Sample) -> Option<u32>,
) -> Option<Figure> {
	let mut times = samples.iter().filter_map(of).collect::<Vec<_>>();
	let readings = times.len();
	let value = lower_median(&mut times).filter(|_| readings >= quorum)?;
	let readings = readings.min(u16::MAX.into()) as u16;
	Some(Figure { value: value.into(), at_least: false, readings })
}

/// What most of them met with; the more serious of equals.
fn most_frequent(samples: &[Sample]) -> Option<Outcome> {
	let mut counts = [0u32; Outcome::COUNT];
	for sample in samples {
		if let Some(count) = counts.get_mut(sample.outcome.index()) {
			*count = count.saturating_add(1);
		}
	}
	let count = |outcome: &Outcome| counts.get(outcome.index()).copied();
	samples
		.iter()
		.map(|sample| sample.outcome)
		.max_by_key(|outcome| (count(outcome), outcome.index()))
}

/// Settles an actor from a round's samples; none if fewer than `quorum` of them count, or no more of them than
/// of those that do not.
pub fn settle(samples: &[Sample], quorum: u32) -> Option<Settled> {
	let counting =
		samples.iter().filter(|sample| sample.outcome.counts()).copied().collect::<Vec<_>>();
	let excused = samples.len().saturating_sub(counting.len());
	let quorum = quorum.max(1) as usize;
	if counting.len() < quorum || counting.len() <= excused {
		return None;
	}
	let sum = |of: fn(&Sample) -> u8| {
		counting.iter().fold(0u16, |sum, sample| sum.saturating_add(of(sample).into()))
	};
	let mut ratios = counting.iter().map(Sample::ratio).collect::<Vec<_>>();
	let dropped = overlapping(&counting);
	Some(Settled {
		revealers: counting.len().min(u16::MAX.into()) as u16,
		successes: sum(|sample| sample.successes),
		trials: sum(|sample| sample.trials),
		availability: lower_median(&mut ratios)?,
		outcome: most_frequent(&counting)?,
		download: figure_of_rates(&counting, &dropped, quorum, |sample| sample.download),
		upload: figure_of_rates(&counting, &dropped, quorum, |sample| sample.upload),
		first_byte: figure_of_times(&counting, quorum, |sample| sample.first_byte),
		first_byte_miss: figure_of_times(&counting, quorum, |sample| sample.first_byte_miss),
	})
}

/// What a member of a group delivered to all who pulled from it at once: the sums of download and upload. None if
/// fewer than `quorum` of the samples count.
pub fn sum_up(samples: &[Sample], quorum: u32) -> Option<(Figure, Figure)> {
	let counting = samples.iter().filter(|sample| sample.outcome.counts());
	let count = counting.clone().count();
	if count < quorum.max(1) as usize {
		return None;
	}
	let sum = |of: fn(&Sample) -> Option<Reading>| {
		let readings = counting.clone().filter_map(of);
		readings.fold(Figure::none(), |sum, reading| sum.plus(reading.value, reading.at_least, 1))
	};
	Some((sum(|sample| sample.download), sum(|sample| sample.upload)))
}

/// The lower median of a figure over several rounds, those that have none left out; a lower bound if any up to
/// it is one.
pub fn median_of_figures(figures: impl Iterator<Item = Figure>) -> Option<Figure> {
	let mut readings = figures
		.map(|figure| Reading { value: figure.value, at_least: figure.at_least })
		.collect::<Vec<_>>();
	median_of_readings(&mut readings)
}
