//! A third of the probers lies, in each way that there is. Committees are drawn as the chain draws them and settled
//! as it settles them: no figure of a committee that is not captured leaves the honest range, and no decision flips.

use super::{
	super::{
		assignment::{is_assigned, next_seed, threshold},
		settlement::{median_of_figures, settle, Sample},
		RoundParameters,
	},
	observation, Actor, Outcome, Reading,
};
use rome_dice::Dice;

const PROBERS: u32 = 90;
const TRUTH: u64 = 10_000_000;
/// Honest readings differ by so much from the truth, in percent, at most.
const NOISE: u64 = 5;
const PARAMETERS: RoundParameters =
	RoundParameters { length: 600, committee: 21, min_revealers: 3, decisive_rounds: 15, slots: 0 };

#[derive(Clone, Copy, PartialEq, Debug)]
enum Lie {
	/// A hundred times the truth.
	Inflate,
	/// A hundredth of it.
	Deflate,
	/// Nothing comes at all.
	Fail,
	/// What was settled the last time.
	Copy,
	/// Says nothing.
	Silent,
}

fn secret(prober: u32, round: u32) -> [u8; 32] {
	*blake3::hash(&[prober.to_le_bytes(), round.to_le_bytes(), [7; 4]].concat()).as_bytes()
}

fn reading(value: u64) -> Option<Reading> {
	Some(Reading { value, at_least: false })
}

/// What a prober says; none if it does not.
fn say(prober: u32, lie: Lie, last: u64, dice: &mut Dice) -> Option<Sample> {
	let mut seen = observation(0);
	seen.started = u64::from(prober) * 10_000;
	let noise = TRUTH / 100 * NOISE;
	let honest = TRUTH - noise + dice.number() % (2 * noise);
	let value = match lie {
		_ if prober >= PROBERS / 3 => honest,
		Lie::Inflate => TRUTH * 100,
		Lie::Deflate => TRUTH / 100,
		Lie::Copy => last,
		Lie::Silent => return None,
		Lie::Fail => {
			(seen.outcome, seen.successes) = (Outcome::Timeout, 0);
			(seen.download, seen.upload, seen.first_byte) = (None, None, None);
			return Some(Sample::new(prober, &seen));
		},
	};
	(seen.download, seen.upload) = (reading(value), reading(value));
	Some(Sample::new(prober, &seen))
}

#[test]
fn no_decision_flips_with_a_third_lying() {
	assert!(PARAMETERS.are_sound() && PARAMETERS.are_calibrated());
	let mut dice = Dice::new(1);
	for lie in [Lie::Inflate, Lie::Deflate, Lie::Fail, Lie::Copy, Lie::Silent] {
		let (mut last, mut captured, mut settled_rounds) = (TRUTH, 0, 0);
		let mut figures = Vec::new();
		let mut decisions = 0;
		for round in 0..1_500 {
			let seed = next_seed(&[3; 32], round, &[lie as u8; 32]);
			let limit = threshold(PARAMETERS.committee, PROBERS);
			let samples = (0..PROBERS)
				.filter(|prober| {
					let secret = secret(*prober, round);
					is_assigned(&seed, round, *prober, &secret, &Actor::storage(0), limit)
				})
				.filter_map(|prober| say(prober, lie, last, &mut dice))
				.collect::<Vec<_>>();
			let Some(settled) = settle(&samples, PARAMETERS.quorum(PROBERS)) else { continue };
			settled_rounds += 1;
			let lying = samples.iter().filter(|sample| sample.prober < PROBERS / 3).count();
			let figure = settled.download.expect("measured");
			let noise = TRUTH / 100 * NOISE;
			let honest = (TRUTH - noise..TRUTH + noise).contains(&figure.value);
			if 2 * lying >= samples.len() {
				captured += 1;
			} else {
				assert!(honest, "{lie:?}: {} of {} gave {}", lying, samples.len(), figure.value);
			}
			last = figure.value;
			figures.push(figure);
			if figures.len() == PARAMETERS.decisive_rounds as usize {
				let decided = median_of_figures(figures.drain(..)).expect("some").value;
				assert!((TRUTH - noise..TRUTH + noise).contains(&decided), "{lie:?}: {decided}");
				decisions += 1;
			}
		}
		assert!(decisions > 80 || lie == Lie::Silent && decisions > 60, "{lie:?}: {decisions}");
		// Now and then a committee is captured: that is why it takes several.
		let rate = f64::from(captured) / f64::from(settled_rounds);
		assert!(rate < 0.075, "{lie:?}: {rate}");
	}
}
