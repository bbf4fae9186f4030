//! The tables are what their definitions say, computed here in other ways than by the script that wrote them.

use super::super::{
	bound::lower_bound,
	limits::{MAX_HISTORY, MAX_ROUNDS},
	risk::{is_covered, RISKS},
	RoundParameters, Thresholds,
};

/// The chance of at least so many successes, each term from the one before.
fn tail(successes: u32, trials: u32, ratio: f64) -> f64 {
	let mut term = (1.0 - ratio).powi(trials as i32);
	let mut sum = 0.0;
	for count in 0..=trials {
		if count >= successes {
			sum += term;
		}
		term *= f64::from(trials - count) / f64::from(count + 1) * ratio / (1.0 - ratio);
	}
	sum
}

#[test]
fn bounds_are_the_largest_ratios_that_are_unlikely_enough() {
	for trials in 1..=MAX_ROUNDS {
		assert_eq!(lower_bound(0, trials), Some(0));
		for successes in 1..=trials {
			let bound = lower_bound(successes, trials).expect("in the table");
			let at = |millionths: u32| tail(successes, trials, f64::from(millionths) / 1e6);
			assert!(at(bound) <= 0.05 + 1e-10, "{successes} of {trials}");
			assert!(at(bound + 1) > 0.05 - 1e-10, "{successes} of {trials}");
			assert!(Some(bound) > lower_bound(successes - 1, trials));
		}
	}
	// Published in tables of the method: 0.05^(1/5), and 9 of 10.
	assert_eq!(lower_bound(5, 5), Some(549_280));
	assert_eq!(lower_bound(9, 10), Some(605_836));
	for (successes, trials) in [(0, 0), (2, 1), (0, MAX_ROUNDS + 1)] {
		assert_eq!(lower_bound(successes, trials), None);
	}
}

fn poisson(mean: f64, most: usize) -> Vec<f64> {
	let mut term = (-mean).exp();
	(0..most)
		.map(|count| {
			let this = term;
			term *= mean / (count + 1) as f64;
			this
		})
		.collect()
}

#[test]
fn risks_are_those_of_poisson_committees() {
	for (place, risk) in RISKS.iter().enumerate() {
		let committee = place as u32 + 1;
		assert_eq!(risk.committee, committee);
		let (honest, colluding) = (
			poisson(f64::from(committee) * 2.0 / 3.0, 200),
			poisson(f64::from(committee) / 3.0, 200),
		);
		let (mut settled, mut captured) = (0.0, 0.0);
		for (c, chance_c) in colluding.iter().enumerate() {
			for (h, chance_h) in honest.iter().enumerate() {
				if c + h >= committee.div_ceil(2) as usize {
					settled += chance_c * chance_h;
					captured += if c >= h { chance_c * chance_h } else { 0.0 };
				}
			}
		}
		let round = captured / settled;
		assert!((f64::from(risk.round) - round * 1e9).abs() < 2.0, "{committee}");
		let decisive = if risk.rounds == 0 { 31 } else { risk.rounds };
		let decision = tail(decisive.div_ceil(2), decisive, round);
		assert!((f64::from(risk.decision) - decision * 1e9).abs() < 2.0, "{committee}");
		assert_eq!(risk.rounds > 0, decision < 1e-5);
	}
}

#[test]
fn only_what_the_table_covers_may_decide() {
	assert!(is_covered(21, 15) && is_covered(11, 31) && is_covered(100, 9));
	assert!(
		!is_covered(21, 13) && !is_covered(11, 29) && !is_covered(10, 31) && !is_covered(0, 31)
	);
	assert!(!is_covered(21, 16), "half of an even number is enough to capture it");
	let parameters = |committee, decisive_rounds| RoundParameters {
		length: 5,
		committee,
		min_revealers: 1,
		decisive_rounds,
		slots: 0,
	};
	assert!(parameters(21, 15).are_calibrated() && !parameters(3, 5).are_calibrated());
	assert!(parameters(21, 15).are_sound() && parameters(1, MAX_HISTORY).are_sound());
	for wrong in [
		parameters(0, 5),
		parameters(33, 5),
		parameters(3, 0),
		parameters(3, MAX_HISTORY + 1),
		RoundParameters { length: 0, ..parameters(3, 5) },
		RoundParameters { min_revealers: 0, ..parameters(3, 5) },
		RoundParameters { min_revealers: 4, ..parameters(3, 5) },
		RoundParameters { slots: u32::MAX, ..parameters(3, 5) },
	] {
		assert!(!wrong.are_sound(), "{wrong:?}");
	}
}

#[test]
fn a_quorum_is_half_of_those_to_be_expected() {
	let parameters = RoundParameters {
		length: 5,
		committee: 21,
		min_revealers: 3,
		decisive_rounds: 15,
		slots: 0,
	};
	assert_eq!(
		[0, 1, 4, 6, 8, 21, 100].map(|probers| parameters.quorum(probers)),
		[3, 3, 3, 3, 4, 11, 11]
	);
}

#[test]
fn bars_are_the_roles_or_a_share_of_what_was_declared() {
	let thresholds = Thresholds {
		availability: 900_000,
		download: 100,
		upload: 50,
		first_byte: 1_000,
		declared: 800_000,
	};
	assert_eq!(
		[0, 100, 1_000, u64::MAX].map(|declared| thresholds.bar(100, declared))[..3],
		[100, 100, 800]
	);
	assert!(thresholds.bar(100, u64::MAX) > u64::MAX / 2);
	assert!(thresholds.are_sound());
	assert!(!Thresholds { declared: 1_000_001, ..thresholds }.are_sound());
	assert!(!Thresholds { availability: 1_000_001, ..thresholds }.are_sound());
	assert!(!Thresholds { first_byte: 0, ..thresholds }.are_sound());
}
