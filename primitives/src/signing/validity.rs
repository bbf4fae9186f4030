//! Until when a message counts.

use super::UnixMillis;
use core::fmt;

/// Why a message does not count now.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Stale {
	/// Its time is over.
	Expired {
		/// When it was.
		at: UnixMillis,
	},
	/// It would count for longer than is allowed, or comes from a time that is still to come.
	TooFarAhead {
		/// The latest time that is allowed now.
		latest: UnixMillis,
	},
}

impl fmt::Display for Stale {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Expired { at } => {
				write!(out, "expired at {at} (Unix milliseconds); sign a new one, or set the clock")
			},
			Self::TooFarAhead { latest } => write!(
				out,
				"its time is after {latest} (Unix milliseconds), the latest allowed now; sign one for a \
				 shorter time, or set the clock"
			),
		}
	}
}

impl core::error::Error for Stale {}

/// What a reader takes as valid now.
///
/// Whoever refuses nonces that were used before keeps each until `expires + skew`: then the message is
/// refused for its age. As nothing counts for longer than `longest`, what is kept is bounded by the rate of
/// messages.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Validity {
	/// The time now, by the reader's clock.
	pub now: UnixMillis,
	/// How far the clocks of two parties may differ, in milliseconds.
	pub skew: u64,
	/// The longest that a message may count, in milliseconds.
	pub longest: u64,
}

impl Validity {
	/// Checks a time until which a message counts: it is now or later, but not by more than `longest`.
	pub fn check_expires(&self, expires: UnixMillis) -> Result<(), Stale> {
		if expires.saturating_add(self.skew) < self.now {
			return Err(Stale::Expired { at: expires });
		}
		self.not_after(expires, self.now.saturating_add(self.longest))
	}

	/// Checks a time at which a message was made: it is now or earlier, but not by more than `longest`.
	pub fn check_made(&self, at: UnixMillis) -> Result<(), Stale> {
		let expires = at.saturating_add(self.longest);
		if expires.saturating_add(self.skew) < self.now {
			return Err(Stale::Expired { at: expires });
		}
		self.not_after(at, self.now)
	}

	fn not_after(&self, time: UnixMillis, latest: UnixMillis) -> Result<(), Stale> {
		let latest = latest.saturating_add(self.skew);
		if time > latest {
			return Err(Stale::TooFarAhead { latest });
		}
		Ok(())
	}
}
