//! Who probes whom in a round.
//!
//! ```text
//! prober p probes actor a in round r  iff  H(seed_r, r, p, s_r, a) < threshold
//! ```
//!
//! `s_r` is the prober's preimage for the round ([`chain`](super::chain)), `seed_r` follows from the preimages
//! that others revealed in the round before. The prober fixed `s_r` before the seed was known and cannot choose
//! the outcome; nobody but the prober knows `s_r` and can tell the outcome. When, and of what, follows from
//! `s_r` as well ([`Draw`]). Revealing it proves all of that.
//!
//! The seed of a round is hashed from the seed before and the *mix* of the preimages that came in meanwhile.
//! The mix does not depend on their order, which the authors of blocks choose. Whoever withholds a preimage
//! chooses between two seeds, and pays for it with bond.

use super::{Actor, Hash, ProberId, RoundIndex};

/// The key of the hash that assigns actors.
pub const ASSIGNMENT_KEY: &[u8; 32] = b"rome/benchmark/assignment/v1....";
/// The key of the hash that draws what a probe is like.
pub const PROBE_KEY: &[u8; 32] = b"rome/benchmark/probe/v1.........";
/// The key of the hash of seeds.
pub const SEED_KEY: &[u8; 32] = b"rome/benchmark/seed/v1..........";
/// The key of the hash of what goes into the mix.
pub const MIX_KEY: &[u8; 32] = b"rome/benchmark/mix/v1...........";
/// The key of the hash that chooses what is opened.
pub const OPENING_KEY: &[u8; 32] = b"rome/benchmark/opening/v1.......";

/// Below which the draws lie that assign: from 0, never, to 2^64, always.
pub type Threshold = u128;

fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> blake3::Hasher {
	let mut hasher = blake3::Hasher::new_keyed(key);
	for part in parts {
		hasher.update(part);
	}
	hasher
}

/// The first 8 bytes of a hash, little-endian.
fn number(hash: &blake3::Hash) -> u64 {
	let [a, b, c, d, e, f, g, h, ..] = *hash.as_bytes();
	u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// The threshold by which `committee` of `probers` are expected to probe an actor: all of them, if there are not
/// more.
pub fn threshold(committee: u32, probers: u32) -> Threshold {
	if committee >= probers {
		return 1 << 64;
	}
	// Below 2^64, as the committee is smaller.
	(u128::from(committee) << 64).checked_div(probers.into()).unwrap_or(0)
}

/// Whether a prober probes an actor in a round: the first 8 bytes, read little-endian, of keyed BLAKE3 under
/// [`ASSIGNMENT_KEY`] over the seed (32 bytes), the round (4, little-endian), the prober (4), its preimage (32),
/// and the actor (1 byte of the role, 4 of the number) are below the threshold.
pub fn is_assigned(
	seed: &Hash,
	round: RoundIndex,
	prober: ProberId,
	preimage: &Hash,
	actor: &Actor,
	threshold: Threshold,
) -> bool {
	let parts: [&[u8]; 5] =
		[seed, &round.to_le_bytes(), &prober.to_le_bytes(), preimage, &actor.bytes()];
	Threshold::from(number(&keyed(ASSIGNMENT_KEY, &parts).finalize())) < threshold
}

/// What goes into the mix for a preimage that was revealed.
pub fn contribution(prober: ProberId, preimage: &Hash) -> Hash {
	*keyed(MIX_KEY, &[&prober.to_le_bytes(), preimage]).finalize().as_bytes()
}

/// The mix with one contribution more. Their order makes no difference.
pub fn mixed(mix: &Hash, contribution: &Hash) -> Hash {
	let mut mix = *mix;
	for (byte, other) in mix.iter_mut().zip(contribution) {
		*byte ^= other;
	}
	mix
}

/// The seed of `round`: from the one before, and the mix of what was revealed in the round before.
pub fn next_seed(seed: &Hash, round: RoundIndex, mix: &Hash) -> Hash {
	*keyed(SEED_KEY, &[seed, &round.to_le_bytes(), mix]).finalize().as_bytes()
}

/// Which of its `count` observations of `round` a prober has to open, by the seed that was drawn after they
/// were revealed. 0 if there are none.
pub fn opening(seed: &Hash, round: RoundIndex, prober: ProberId, count: u32) -> u32 {
	let parts: [&[u8]; 3] = [seed, &round.to_le_bytes(), &prober.to_le_bytes()];
	let drawn = number(&keyed(OPENING_KEY, &parts).finalize());
	// Below a u32.
	drawn.checked_rem(count.into()).map_or(0, |index| index as u32)
}

/// What a probe is like, as a prober's preimage draws it.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Draw {
	/// When, from 0 to 2^32 of the time that there is.
	pub moment: u32,
	/// Which object, by the byte that it has among those of all objects that the actor has to have.
	object: u64,
	/// Where its range begins.
	offset: u64,
	/// Which chunk of the range the prober keeps for opening.
	chunk: u64,
	/// What the actor's receipt is for.
	pub nonce: [u8; 16],
}

/// What a prober's probe of an actor is like: 44 bytes of keyed BLAKE3 under [`PROBE_KEY`] over the preimage and
/// the actor; moment (4 bytes), object, offset and chunk (8 each, little-endian), nonce (16).
pub fn draw(preimage: &Hash, actor: &Actor) -> Draw {
	let mut bytes = [0; 44];
	keyed(PROBE_KEY, &[preimage, &actor.bytes()]).finalize_xof().fill(&mut bytes);
	let mut rest = bytes.into_iter();
	let mut take = |count: usize| {
		rest.by_ref()
			.take(count)
			.enumerate()
			.fold(0u128, |value, (place, byte)| value | u128::from(byte) << (place * 8))
	};
	Draw {
		moment: take(4) as u32,
		object: take(8) as u64,
		offset: take(8) as u64,
		chunk: take(8) as u64,
		nonce: take(16).to_le_bytes(),
	}
}

impl Draw {
	/// The moment, in milliseconds from the beginning of a span of so many.
	pub fn moment_in(&self, millis: u64) -> u64 {
		scaled(u64::from(self.moment) << 32, millis)
	}

	/// The byte that points at the object, among so many bytes of all of them: larger ones are drawn more often.
	pub fn object_among(&self, bytes: u64) -> u64 {
		scaled(self.object, bytes)
	}

	/// Where a range of `length` bytes begins in an object of `size`. 0 if it is not longer than the range.
	pub fn offset_in(&self, size: u64, length: u64) -> u64 {
		scaled(self.offset, size.saturating_sub(length).saturating_add(1))
	}

	/// The number of the chunk to keep, among those of the object that begin in a range.
	pub fn chunk_of(&self, offset: u64, length: u64) -> u64 {
		let first = offset.div_ceil(crate::slices::CHUNK_BYTES);
		let last = offset.saturating_add(length).div_ceil(crate::slices::CHUNK_BYTES);
		first.saturating_add(scaled(self.chunk, last.saturating_sub(first)))
	}
}

/// A number of 2^64 scaled to one below `end`; 0 if that is 0.
fn scaled(drawn: u64, end: u64) -> u64 {
	// The product of two u64, shifted back into one.
	(u128::from(drawn).saturating_mul(end.into()) >> 64) as u64
}

/// When a prober's transfers begin on a chain with numbered slots, in milliseconds from the beginning of a span.
pub fn slot_moment(prober: ProberId, slots: u32, millis: u64) -> u64 {
	let slot = prober.checked_rem(slots).unwrap_or(0);
	let before = u128::from(slot).saturating_mul(millis.into());
	before.checked_div(slots.into()).map_or(0, |moment| moment as u64)
}
