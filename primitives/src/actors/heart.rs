//! Whether an actor is there. Time is cut into *windows*, in each of which an actor sends one heartbeat, and
//! into *eras*, for which it is paid if it has sent enough of them. A window closes after a number of blocks
//! that had room for a heartbeat, so that nobody misses one because blocks were full.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// How many past eras a heart remembers.
pub const REMEMBERED_ERAS: u32 = 128;

/// At most so many eras in a row are kept by an actor that has sent nothing because nothing was due.
pub const EXCUSABLE_ERAS: u32 = 8;

/// An actor's heartbeats.
#[derive(
	Copy,
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
pub struct Heart {
	/// The window of the last heartbeat, or the one in which the actor began.
	pub window: u32,
	/// The block of the last heartbeat.
	pub at: u32,
	/// The era that is being counted.
	pub era: u32,
	/// Heartbeats in it.
	pub beats: u32,
	/// The eras before it that were kept: the lowest bit is the one right before.
	pub kept: u128,
}

/// How many windows opened in an era, and what part of them takes a heartbeat to keep it.
pub trait Eras {
	/// Windows that opened in a past era.
	fn windows(&self, era: u32) -> u32;
	/// The part of an era's windows, rounded down, that keeps it.
	fn bar(&self) -> Perbill;
}

impl Heart {
	/// One that begins to beat now. Eras before are not kept.
	pub fn start(window: u32, at: u32, era: u32) -> Self {
		Heart { window, at, era, beats: 0, kept: 0 }
	}

	/// Whether a heartbeat is due while `window` is open.
	pub fn is_due(&self, window: u32) -> bool {
		self.window < window
	}

	/// Windows that have closed without a heartbeat since the last one.
	pub fn missed(&self, window: u32) -> u32 {
		window.saturating_sub(self.window).saturating_sub(1)
	}

	/// Beats in `window` and `era`, which are the current ones.
	pub fn beat(&mut self, window: u32, at: u32, era: u32, eras: &impl Eras) {
		self.roll(era, eras);
		self.window = window;
		self.at = at;
		self.beats = self.beats.saturating_add(1);
	}

	/// Closes the eras before `era`.
	pub fn roll(&mut self, era: u32, eras: &impl Eras) {
		let passed = era.saturating_sub(self.era);
		if passed == 0 {
			return;
		}
		let kept = self.beats >= eras.bar().mul_floor(eras.windows(self.era));
		self.kept = self.kept.checked_shl(passed).unwrap_or(0)
			| u128::from(kept).checked_shl(passed.saturating_sub(1)).unwrap_or(0);
		// The eras after the counted one passed without a heartbeat: kept only if none was due, because all
		// their blocks were full. The last few of them are looked at.
		for back in 0..passed.saturating_sub(1).min(EXCUSABLE_ERAS) {
			let of = era.saturating_sub(1).saturating_sub(back);
			self.kept |= u128::from(eras.windows(of) == 0) << back;
		}
		self.era = era;
		self.beats = 0;
	}

	/// Whether an era was kept. Only eras that are closed and remembered can be.
	pub fn has_kept(&self, era: u32) -> bool {
		let Some(back) = self.era.checked_sub(era).and_then(|back| back.checked_sub(1)) else {
			return false;
		};
		self.kept.checked_shr(back).is_some_and(|kept| kept & 1 == 1)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Ten windows in every era but the seventh, which has none.
	struct Ten;
	impl Eras for Ten {
		fn windows(&self, era: u32) -> u32 {
			if era == 7 {
				0
			} else {
				10
			}
		}
		fn bar(&self) -> Perbill {
			Perbill::from_percent(90)
		}
	}

	fn beats(heart: &mut Heart, era: u32, count: u32) {
		for window in 0..count {
			heart.beat(era * 10 + window, 0, era, &Ten);
		}
	}

	#[test]
	fn an_era_is_kept_with_enough_heartbeats() {
		let mut heart = Heart::start(0, 0, 0);
		beats(&mut heart, 0, 9);
		beats(&mut heart, 1, 8);
		beats(&mut heart, 2, 10);
		heart.roll(3, &Ten);
		assert_eq!([0, 1, 2].map(|era| heart.has_kept(era)), [true, false, true]);
		// The one that runs is not kept yet, nor what is still to come.
		assert!(!heart.has_kept(3) && !heart.has_kept(4));
	}

	#[test]
	fn eras_without_a_heartbeat_are_not_kept() {
		let mut heart = Heart::start(0, 0, 0);
		beats(&mut heart, 0, 10);
		beats(&mut heart, 4, 10);
		heart.roll(5, &Ten);
		let kept = (0..5).filter(|era| heart.has_kept(*era)).collect::<Vec<_>>();
		assert_eq!(kept, [0, 4]);
	}

	#[test]
	fn an_era_without_windows_is_kept_by_who_lived_in_it() {
		let mut heart = Heart::start(70, 0, 7);
		heart.roll(8, &Ten);
		assert!(heart.has_kept(7));
	}

	#[test]
	fn eras_without_windows_are_kept_by_whoever_was_silent_in_them() {
		let mut heart = Heart::start(0, 0, 5);
		beats(&mut heart, 5, 10);
		heart.roll(9, &Ten);
		assert_eq!([5, 6, 7, 8].map(|era| heart.has_kept(era)), [true, false, true, false]);
	}

	#[test]
	fn what_lies_too_far_back_is_forgotten_without_overflow() {
		let mut heart = Heart::start(0, 0, 0);
		beats(&mut heart, 0, 10);
		heart.roll(REMEMBERED_ERAS, &Ten);
		assert!(heart.has_kept(0));
		heart.roll(REMEMBERED_ERAS + 1, &Ten);
		assert!(!heart.has_kept(0));
		heart.roll(u32::MAX, &Ten);
		assert_eq!(heart.kept, 0);
	}

	#[test]
	fn missed_windows_are_those_that_closed_since() {
		let heart = Heart::start(5, 0, 0);
		assert_eq!([4, 5, 6, 7, 9].map(|now| heart.missed(now)), [0, 0, 0, 1, 3]);
		assert_eq!([4, 5, 6].map(|now| heart.is_due(now)), [false, false, true]);
	}
}
