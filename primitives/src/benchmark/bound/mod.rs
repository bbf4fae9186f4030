//! The exact lower bound on a ratio of successes, of Clopper and Pearson, at 95 %, one-sided: a true ratio below
//! it gives as many successes in as many trials by chance in at most one case of twenty. From a table of whole
//! numbers that `scripts/benchmark-tables` writes and says how.

mod table;

use super::{limits::MAX_ROUNDS, Millionths};

/// The lower bound; none for no trials, for more than [`MAX_ROUNDS`], or for more successes than trials.
pub fn lower_bound(successes: u32, trials: u32) -> Option<Millionths> {
	if trials == 0 || trials > MAX_ROUNDS || successes > trials {
		return None;
	}
	// Before the row of n trials, there are those of 1 to n - 1, of 2 to n entries.
	let before = trials.checked_sub(1)?.checked_mul(trials.checked_add(2)?)? / 2;
	table::LOWER.get(before.checked_add(successes)? as usize).copied()
}
