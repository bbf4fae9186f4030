//! Random bytes as calls of the content directory, in the runtime: none may panic, none may weigh more than
//! it announced, and the invariants hold after every input.
//!
//! An input is a list of records ([`Record`]). [`Fuzzer`] begins with [`seeds::seeds`], which make every
//! call succeed, and changes them at random. What it is guided by is not the code's coverage but what the
//! chain answers: an input that yields an outcome of a call (success, or one of the errors) after an outcome
//! that it was not seen after before is kept and changed further.

mod chain;
mod mutate;
mod record;
pub mod seeds;

pub use chain::{execute, Outcome};
pub use record::{decode, encode, Record};

use mutate::Mutator;
use std::{collections::BTreeSet, panic::catch_unwind};

/// An input that broke something, and how.
#[derive(Clone, Debug)]
pub struct Finding {
	/// The input.
	pub input: Vec<u8>,
	/// What was violated.
	pub violation: String,
}

/// Makes inputs, runs them and keeps those that show something new.
pub struct Fuzzer {
	mutator: Mutator,
	corpus: Vec<Vec<Record>>,
	seen: BTreeSet<(Outcome, Outcome)>,
	/// Inputs run.
	pub inputs: u64,
	/// Calls that were decoded and dispatched.
	pub calls: u64,
}

impl Fuzzer {
	/// One whose choices follow from `seed`.
	pub fn new(seed: u64) -> Self {
		let corpus = seeds::seeds();
		Self { mutator: Mutator::new(seed), corpus, seen: BTreeSet::new(), inputs: 0, calls: 0 }
	}

	/// How many pairs of outcomes were seen one after the other.
	pub fn outcomes(&self) -> usize {
		self.seen.len()
	}

	/// Runs one more input.
	pub fn step(&mut self) -> Result<(), Finding> {
		let turn = usize::try_from(self.inputs).unwrap_or(usize::MAX);
		let records = match self.corpus.get(turn) {
			// The seeds themselves come first.
			Some(seed) if self.seen.is_empty() || turn < seeds::seeds().len() => seed.clone(),
			_ => self.mutator.mutate(&self.corpus),
		};
		self.inputs += 1;
		let outcomes = run(&encode(&records))?;
		self.calls += outcomes.len() as u64;
		let mut new = false;
		for pair in outcomes.windows(2) {
			new |= self.seen.insert((pair[0], pair[1]));
		}
		if new {
			self.corpus.push(records);
		}
		Ok(())
	}
}

/// Runs an input, and turns a panic into a finding.
pub fn run(input: &[u8]) -> Result<Vec<Outcome>, Finding> {
	let finding = |violation: String| Finding { input: input.to_vec(), violation };
	let owned = input.to_vec();
	match catch_unwind(move || execute(&decode(&owned))) {
		Ok(Ok(outcomes)) => Ok(outcomes),
		Ok(Err(violation)) => Err(finding(violation)),
		Err(panic) => {
			let text = panic.downcast_ref::<String>().cloned();
			let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string()));
			Err(finding(text.unwrap_or_else(|| "a panic without a message".into())))
		},
	}
}
