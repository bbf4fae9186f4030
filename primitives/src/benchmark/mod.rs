//! The benchmark oracle's model: what probers measure, how it is assigned in private, committed, revealed and
//! settled, as chain, probers and command line see it.
//!
//! - [`chain`]: the hash chains that probers take their secrets from.
//! - [`assignment`]: who probes whom in a round, and when: known to the prober alone until it reveals.
//! - [`commitment`]: what a prober commits to, and the tree over its observations.
//! - [`settlement`]: what a round's observations of one actor amount to.
//! - [`histogram`]: a day's figures in logarithmic buckets.
//! - [`bound`]: the exact lower bound on a ratio of successes.
//! - [`risk`]: how likely colluding probers capture a decision.
//! - [`receipt`]: whether an actor's receipt agrees with what a prober says.
//! - [`hooks`]: what the oracle asks of the rest of the runtime, and tells it.
//! - [`api`]: the runtime API.
//! - [`limits`]: what bounds all of it.

pub mod api;
pub mod assignment;
pub mod bound;
pub mod chain;
pub mod commitment;
pub mod histogram;
pub mod hooks;
pub mod limits;
pub mod receipt;
pub mod risk;
pub mod settlement;
#[cfg(test)]
mod tests;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use limits::MAX_OBSERVATIONS;
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// A prober's number. Never reused.
pub type ProberId = u32;
/// A round's number, counted from the start of the chain.
pub type RoundIndex = u32;
/// A hash, a preimage, a seed.
pub type Hash = [u8; 32];
/// A share in millionths.
pub type Millionths = u32;

/// All of it, in [`Millionths`].
pub const MILLION: Millionths = 1_000_000;

/// What every type of the model is.
macro_rules! model {
	($($item:tt)*) => {
		#[derive(
			Clone,
			PartialEq,
			Eq,
			Debug,
			Encode,
			Decode,
			DecodeWithMemTracking,
			MaxEncodedLen,
			TypeInfo,
		)]
		$($item)*
	};
}
pub(crate) use model;

model! {
	/// What an actor does for the network.
	#[derive(Copy, PartialOrd, Ord)]
	pub enum Role {
		/// Keeps objects.
		#[codec(index = 0)]
		Storage,
		/// Hands them out.
		#[codec(index = 1)]
		Distribution,
	}
}

model! {
	/// A storage provider or a distributor.
	#[derive(Copy, PartialOrd, Ord)]
	pub struct Actor {
		/// Which of the two.
		pub role: Role,
		/// Its number among those.
		pub id: u32,
	}
}

impl Actor {
	/// A storage provider.
	pub const fn storage(id: u32) -> Self {
		Actor { role: Role::Storage, id }
	}

	/// A distributor.
	pub const fn distribution(id: u32) -> Self {
		Actor { role: Role::Distribution, id }
	}

	/// As it goes into hashes: the role's index and the number, little-endian.
	fn bytes(&self) -> [u8; 5] {
		let role = match self.role {
			Role::Storage => 0,
			Role::Distribution => 1,
		};
		let [a, b, c, d] = self.id.to_le_bytes();
		[role, a, b, c, d]
	}
}

model! {
	/// What a figure is about.
	#[derive(Copy, PartialOrd, Ord)]
	pub enum Target {
		/// One provider or distributor.
		#[codec(index = 0)]
		Actor(Actor),
		/// A tranche, or a distribution group.
		#[codec(index = 1)]
		Group(Role, u32),
		/// All storage, or all distribution.
		#[codec(index = 2)]
		All(Role),
	}
}

impl Target {
	/// Whether it is more than one actor.
	pub fn is_group(&self) -> bool {
		!matches!(self, Target::Actor(_))
	}
}

model! {
	/// What is measured.
	#[derive(Copy, PartialOrd, Ord)]
	pub enum Metric {
		/// How much the actor sends, in bytes a second.
		#[codec(index = 0)]
		Download,
		/// How much the actor takes, in bytes a second.
		#[codec(index = 1)]
		Upload,
		/// From request to first byte of what the actor has at hand, in microseconds.
		#[codec(index = 2)]
		FirstByte,
		/// From request to first byte of what a distributor has to fetch first, in microseconds.
		#[codec(index = 3)]
		FirstByteMiss,
		/// Successes among trials, in millionths.
		#[codec(index = 4)]
		Availability,
	}
}

model! {
	/// What came of a probe.
	#[derive(Copy, PartialOrd, Ord)]
	pub enum Outcome {
		/// Everything was as it should be.
		#[codec(index = 0)]
		Ok,
		/// No connection.
		#[codec(index = 1)]
		Unreachable,
		/// Connected, and no answer in time.
		#[codec(index = 2)]
		Timeout,
		/// An answer that began and did not go on.
		#[codec(index = 3)]
		Stalled,
		/// The actor refused what it has to do.
		#[codec(index = 4)]
		Refused,
		/// An answer that says nothing: a wrong code, headers or length.
		#[codec(index = 5)]
		BadStatus,
		/// Not signed by the operator's key, or for another.
		#[codec(index = 6)]
		BadSignature,
		/// Bytes that are not the object's.
		#[codec(index = 7)]
		BadProof,
		/// Announced maintenance: does not count.
		#[codec(index = 8)]
		Maintenance,
		/// The actor has had no time to get the object yet: does not count.
		#[codec(index = 9)]
		NotFilled,
	}
}

impl Outcome {
	/// How many there are.
	pub const COUNT: usize = 10;

	/// Whether it says something about what the actor delivers.
	pub fn counts(&self) -> bool {
		!matches!(self, Outcome::Maintenance | Outcome::NotFilled)
	}

	/// Its place among all of them.
	pub fn index(&self) -> usize {
		match self {
			Outcome::Ok => 0,
			Outcome::Unreachable => 1,
			Outcome::Timeout => 2,
			Outcome::Stalled => 3,
			Outcome::Refused => 4,
			Outcome::BadStatus => 5,
			Outcome::BadSignature => 6,
			Outcome::BadProof => 7,
			Outcome::Maintenance => 8,
			Outcome::NotFilled => 9,
		}
	}
}

model! {
	/// A rate as one prober saw it.
	#[derive(Copy)]
	pub struct Reading {
		/// Bytes a second.
		pub value: u64,
		/// Whether the prober itself could not have seen much more: the truth is this or above.
		pub at_least: bool,
	}
}

model! {
	/// What one prober saw of one actor in one round.
	pub struct Observation {
		/// The actor.
		pub actor: Actor,
		/// What came of it, the worst that did.
		pub outcome: Outcome,
		/// How often it was asked.
		pub trials: u8,
		/// How often the answer was as it should be.
		pub successes: u8,
		/// Download capacity.
		pub download: Option<Reading>,
		/// Upload capacity.
		pub upload: Option<Reading>,
		/// From request to first byte of what the actor has at hand, in microseconds.
		pub first_byte: Option<u32>,
		/// From request to first byte of what it has to fetch first, in microseconds.
		pub first_byte_miss: Option<u32>,
		/// When the bulk transfers began, in Unix milliseconds by the prober's clock.
		pub started: u64,
		/// How long they took, in milliseconds.
		pub lasted: u32,
		/// Over how many connections at once.
		pub streams: u8,
		/// [`receipt::digest`] of the actor's receipt for one of the connections of the download.
		pub receipt: Option<Hash>,
	}
}

impl Observation {
	/// Whether it does not contradict itself: what was transferred has a receipt and took time, what failed has
	/// no figures, and there are not more successes than trials.
	pub fn is_consistent(&self) -> bool {
		let ok = self.outcome == Outcome::Ok;
		let transferred = self.download.is_some() || self.upload.is_some();
		let measured = transferred || self.first_byte.is_some() || self.first_byte_miss.is_some();
		let timed = self.lasted > 0 && self.streams > 0;
		self.trials > 0
			&& self.successes <= self.trials
			&& (!ok || self.successes > 0)
			&& (ok || self.successes < self.trials)
			&& (ok || !measured)
			&& (!transferred || timed)
			&& (self.download.is_none() || self.receipt.is_some())
	}
}

/// A prober's observations, in the order of its assignment.
pub type Observations = BoundedVec<Observation, ConstU32<MAX_OBSERVATIONS>>;

model! {
	/// What a prober says of a round.
	pub enum Report {
		/// It had no network itself, as its controls showed: this says nothing about anyone.
		#[codec(index = 0)]
		NoControl,
		/// What it saw of the actors that it was assigned, all of them.
		#[codec(index = 1)]
		Observed(Observations),
	}
}

model! {
	/// What an actor has to reach to be verified, and to be paid in full.
	#[derive(Copy)]
	pub struct Thresholds {
		/// Successes among trials.
		pub availability: Millionths,
		/// Download capacity, in bytes a second.
		pub download: u64,
		/// Upload capacity, in bytes a second.
		pub upload: u64,
		/// From request to first byte of what is at hand, in microseconds, at most.
		pub first_byte: u32,
		/// The share of what it declares that both capacities have to reach besides.
		pub declared: Millionths,
	}
}

impl Thresholds {
	/// Whether they ask for nothing that cannot be.
	pub fn are_sound(&self) -> bool {
		self.availability <= MILLION && self.declared <= MILLION && self.first_byte > 0
	}

	/// The bar for a capacity that is declared as `declared`: the role's, or the share of what was declared.
	pub fn bar(&self, role: u64, declared: u64) -> u64 {
		let share = u128::from(declared).saturating_mul(self.declared.into());
		let share = share.checked_div(MILLION.into()).unwrap_or(0);
		// A millionth of a u64 times at most a million.
		role.max(u64::try_from(share).unwrap_or(u64::MAX))
	}
}

model! {
	/// How rounds are run.
	#[derive(Copy)]
	pub struct RoundParameters {
		/// Blocks of a round, those that were full not counted.
		pub length: u32,
		/// How many probers are expected to probe an actor in a round: k.
		pub committee: u32,
		/// A round settles an actor with so many of them at least; and with at least half of the committee that
		/// is to be expected.
		pub min_revealers: u32,
		/// Decisions rest on the median of so many settled rounds: m.
		pub decisive_rounds: u32,
		/// Transfers of one round begin in numbered slots, so many, by the prober's number, instead of at moments
		/// drawn in private: for chains whose rounds are too short for that. 0 for private moments.
		pub slots: u32,
	}
}

impl RoundParameters {
	/// Whether a chain can be run by them.
	pub fn are_sound(&self) -> bool {
		(1..=100_000).contains(&self.length)
			// The tail of a draw fits what is settled.
			&& (1..=limits::MAX_SAMPLES / 3).contains(&self.committee)
			&& (1..=self.committee).contains(&self.min_revealers)
			&& (1..=limits::MAX_HISTORY).contains(&self.decisive_rounds)
			&& self.slots <= limits::MAX_PROBERS
	}

	/// The fewest revealers that settle an actor, where so many probers take part.
	pub fn quorum(&self, probers: u32) -> u32 {
		self.committee.min(probers).div_ceil(2).max(self.min_revealers).max(1)
	}

	/// Whether the risk table allows decisions by these numbers where a third of the probers collude.
	pub fn are_calibrated(&self) -> bool {
		risk::is_covered(self.committee, self.decisive_rounds)
	}
}
