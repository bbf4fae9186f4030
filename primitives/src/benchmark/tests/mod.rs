//! What the tests share.

mod assignment;
mod chains;
mod commitments;
mod dishonest;
mod histograms;
mod receipts;
mod settlement;
mod tables;

use super::{settlement::Sample, *};

/// An observation in which everything was as it should be.
pub fn observation(id: u32) -> Observation {
	Observation {
		actor: Actor::storage(id),
		outcome: Outcome::Ok,
		trials: 1,
		successes: 1,
		download: Some(Reading { value: 1_000_000, at_least: false }),
		upload: Some(Reading { value: 500_000, at_least: false }),
		first_byte: Some(900),
		first_byte_miss: None,
		started: 1_000_000,
		lasted: 2_000,
		streams: 4,
		receipt: Some([7; 32]),
	}
}

/// A sample that began at a time.
pub fn sample(prober: ProberId, download: u64, started: u64) -> Sample {
	let mut seen = observation(0);
	seen.download = Some(Reading { value: download, at_least: false });
	seen.started = started;
	seen.lasted = 10;
	Sample::new(prober, &seen)
}
