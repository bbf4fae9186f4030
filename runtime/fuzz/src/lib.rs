//! Random bytes as calls, in the runtime: none may panic, none may weigh more than it announced, and the
//! invariants hold after every input. There are several targets ([`Target`]): the content directory, and
//! proposals with all that follows from them.
//!
//! An input is a list of records ([`Record`]). [`Fuzzer`] begins with [`Target::seeds`], which make every
//! call succeed, and changes them at random. What it is guided by is not the code's coverage but what the
//! chain answers: an input that yields an outcome of a call (success, or one of the errors) after an outcome
//! that it was not seen after before is kept and changed further.

mod chain;
mod governance;
mod mutate;
mod record;
mod seeds;

pub use record::{decode, encode, Record};

use clap::ValueEnum;
use mutate::Mutator;
use std::{collections::BTreeSet, panic::catch_unwind};

/// What came of a call: its index, and the error's if it failed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Outcome {
	/// The call; for what is none, [`Outcome::MAINTENANCE`] or from [`Outcome::EVENTS`] on.
	pub call: u8,
	/// `None` for a success.
	pub error: Option<u8>,
}

impl Outcome {
	/// Stands for a block's end.
	pub const MAINTENANCE: u8 = u8::MAX;
	/// From here on, stands for what is no call and ended with the event of the number above this.
	pub const EVENTS: u8 = 1 << 7;
	/// Stands for an error that is not the pallet's.
	pub const FOREIGN: u8 = u8::MAX;

	/// Whether it is a call's.
	pub fn is_call(&self) -> bool {
		self.call < Self::EVENTS
	}
}

/// What is fuzzed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Target {
	/// The content directory.
	Directory,
	/// Proposals, grants, bounties and the fund.
	Governance,
}

impl Target {
	/// All of them.
	pub const ALL: [Self; 2] = [Self::Directory, Self::Governance];

	/// What files with its inputs begin with.
	pub fn name(self) -> &'static str {
		match self {
			Self::Directory => "directory",
			Self::Governance => "governance",
		}
	}

	/// The target of the file called `name`.
	pub fn of_file(name: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|target| name.starts_with(target.name()))
	}

	/// Inputs in which every call succeeds: what the others grow from.
	pub fn seeds(self) -> Vec<Vec<Record>> {
		match self {
			Self::Directory => seeds::seeds(),
			Self::Governance => governance::seeds::seeds(),
		}
	}

	/// Runs records on a fresh chain. Gives what came of each call that could be decoded, or what was violated.
	pub fn execute(self, records: &[Record]) -> Result<Vec<Outcome>, String> {
		match self {
			Self::Directory => chain::execute(records),
			Self::Governance => governance::execute(records),
		}
	}
}

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
	target: Target,
	mutator: Mutator,
	corpus: Vec<Vec<Record>>,
	/// How many of the corpus are the seeds.
	seeds: usize,
	seen: BTreeSet<(Outcome, Outcome)>,
	/// Inputs run.
	pub inputs: u64,
	/// Calls that were decoded and dispatched.
	pub calls: u64,
}

impl Fuzzer {
	/// One whose choices follow from `seed`.
	pub fn new(target: Target, seed: u64) -> Self {
		let (corpus, mutator) = (target.seeds(), Mutator::new(seed));
		let seeds = corpus.len();
		Self { target, mutator, corpus, seeds, seen: BTreeSet::new(), inputs: 0, calls: 0 }
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
			Some(seed) if turn < self.seeds => seed.clone(),
			_ => self.mutator.mutate(&self.corpus),
		};
		self.inputs += 1;
		let outcomes = run(self.target, &encode(&records))?;
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
pub fn run(target: Target, input: &[u8]) -> Result<Vec<Outcome>, Finding> {
	let finding = |violation: String| Finding { input: input.to_vec(), violation };
	let owned = input.to_vec();
	match catch_unwind(move || target.execute(&decode(&owned))) {
		Ok(Ok(outcomes)) => Ok(outcomes),
		Ok(Err(violation)) => Err(finding(violation)),
		Err(panic) => {
			let text = panic.downcast_ref::<String>().cloned();
			let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string()));
			Err(finding(text.unwrap_or_else(|| "a panic without a message".into())))
		},
	}
}
