//! Hash chains: a prober's secrets for many rounds, all fixed by one hash.
//!
//! The *end* of a chain of length `n` is its secret start hashed `n` times. The first round uses the preimage
//! of the end, the next one the preimage of that, and so on: whoever knows a preimage can check that it
//! belongs to the chain, and nobody can tell the next one. Each round has its own place in the chain, whether
//! rounds before it were used or not, so that a prober has no choice of preimages.

use super::{limits::MAX_CHAIN, model, Hash, RoundIndex};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The key of the chains' hash: 32 bytes of ASCII.
pub const CHAIN_KEY: &[u8; 32] = b"rome/benchmark/hash-chain/v1....";

/// The next value on the way to the end: keyed BLAKE3 under [`CHAIN_KEY`].
pub fn step(value: &Hash) -> Hash {
	*blake3::keyed_hash(CHAIN_KEY, value).as_bytes()
}

/// The value after so many steps.
pub fn advance(value: &Hash, steps: u32) -> Hash {
	let mut value = *value;
	for _ in 0..steps {
		value = step(&value);
	}
	value
}

model! {
	/// A chain as it was committed, and how far it has been revealed.
	#[derive(Copy)]
	pub struct Chain {
		/// The first round that it is for.
		pub from: RoundIndex,
		/// For so many rounds.
		pub length: u32,
		/// The last value that is known: the end, or what was revealed last.
		pub known: Hash,
		/// The rounds, from the first on, that are revealed or passed by.
		pub used: u32,
	}
}

impl Chain {
	/// A chain of which only the end is known; none if it is for no round or for too many.
	pub fn new(from: RoundIndex, length: u32, end: Hash) -> Option<Self> {
		let fits = (1..=MAX_CHAIN).contains(&length) && from.checked_add(length).is_some();
		fits.then_some(Chain { from, length, known: end, used: 0 })
	}

	/// The first round after it.
	pub fn until(&self) -> RoundIndex {
		self.from.saturating_add(self.length)
	}

	/// Whether it has a preimage for that round.
	pub fn covers(&self, round: RoundIndex) -> bool {
		(self.from..self.until()).contains(&round)
	}

	/// The chain with that round's preimage known; none if it is not its preimage, or the round was used.
	/// Costs a hash for each round since the last one that was revealed, at most [`MAX_CHAIN`].
	pub fn reveal(&self, round: RoundIndex, preimage: &Hash) -> Option<Self> {
		if !self.covers(round) {
			return None;
		}
		let used = round.checked_sub(self.from)?.checked_add(1)?;
		let steps = used.checked_sub(self.used)?;
		if steps == 0 || advance(preimage, steps) != self.known {
			return None;
		}
		Some(Chain { known: *preimage, used, ..*self })
	}
}

/// The preimage for the round number `place` of a chain of `length` rounds, counted from 0, by its secret
/// start; none if the chain is shorter. Costs a hash for each round that comes after.
pub fn preimage(secret: &Hash, length: u32, place: u32) -> Option<Hash> {
	let after = length.checked_sub(place)?.checked_sub(1)?;
	Some(advance(secret, after))
}

/// The end of a chain of `length` rounds, by its secret start: what is committed.
pub fn end(secret: &Hash, length: u32) -> Hash {
	advance(secret, length)
}
