//! How likely colluding probers capture an actor's round, and a decision, if they are a third of all: by the
//! size of committees and the number of rounds that decide. Written by `scripts/benchmark-tables`, which says how
//! it is computed; that committees are drawn so is tested by drawing them.

mod table;

pub use table::RISKS;

use super::model;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

model! {
	/// The risk of one size of committees. Chances are in billionths.
	#[derive(Copy)]
	pub struct Risk {
		/// The expected size.
		pub committee: u32,
		/// The chance that a settled round is captured.
		pub round: u32,
		/// The fewest rounds by whose median a decision is captured with less than one in 100,000; 0 if even 31
		/// are not enough.
		pub rounds: u32,
		/// The chance that a decision by so many rounds is captured; by 31, if they are not enough.
		pub decision: u32,
	}
}

/// Whether a decision by the median of so many rounds of such committees is captured with less than one in
/// 100,000. An even number is not: half of the rounds are enough to capture its lower median.
pub fn is_covered(committee: u32, rounds: u32) -> bool {
	// Larger committees than the table has are at least as safe as its last.
	let risk = RISKS.iter().rev().find(|risk| risk.committee <= committee);
	risk.is_some_and(|risk| risk.rounds > 0 && rounds >= risk.rounds && rounds % 2 == 1)
}
