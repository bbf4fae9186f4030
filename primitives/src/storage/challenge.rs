//! Which chunk a provider opens to show that it has an object's bytes when it confirms a replica.
//!
//! The chunk follows from the hash of a recent block, so it is known neither to a provider that has thrown
//! the bytes away nor to one that never had them until it is too late to fetch the object for each of many.
//! It follows from the provider's number too, so that two providers open different chunks and one cannot
//! hand on the other's answer. The author of an anchor block can try a few of its hashes; to confirm what
//! it does not have, a provider would need the luck of that for each object.
//!
//! Anchors are the blocks whose heights are multiples of [`CHALLENGE_WINDOW`]: so a provider that reads its
//! disk and waits for its transaction to get into a block has time to. A confirmation in the first half of
//! a window may answer to the anchor before as well.

use super::{limits::CHALLENGE_WINDOW, ObjectKey, ProviderId};
use crate::slices::chunk_count;

/// The key of the hash that chooses chunks: 32 bytes of ASCII.
pub const CHALLENGE_KEY: &[u8; 32] = b"rome/storage/challenge/chunk/v1.";

/// The heights of the blocks whose hashes count in the block of height `now`: the last multiple of
/// [`CHALLENGE_WINDOW`] below `now`, and in the first half of a window the one before it.
///
/// A block's own hash is not known while it is made, so an anchor counts from the next block on:
/// `anchor(16)` is `(0, None)` and `anchor(17)` is `(16, Some(0))`. Whoever makes a transaction after block
/// `n` asks for `anchor(n + 1)`, the first block that can have it.
pub const fn anchor(now: u32) -> (u32, Option<u32>) {
	let parent = now.saturating_sub(1);
	let current = parent - parent % CHALLENGE_WINDOW;
	let previous = if parent - current < CHALLENGE_WINDOW / 2 {
		current.checked_sub(CHALLENGE_WINDOW)
	} else {
		None
	};
	(current, previous)
}

/// The number of the chunk that a provider opens of an object, by the hash of an anchor block.
///
/// The first 16 bytes, read little-endian, of keyed BLAKE3 under [`CHALLENGE_KEY`] over the anchor's hash
/// (32 bytes), the object's hash (32), its size (8, little-endian) and the provider's number (4,
/// little-endian), modulo the number of chunks. 0 for an object of no bytes, which does not exist.
pub fn chunk_to_open(anchor_hash: &[u8; 32], key: &ObjectKey, provider: ProviderId) -> u64 {
	let mut input = [0; 76];
	input[..32].copy_from_slice(anchor_hash);
	input[32..64].copy_from_slice(&key.hash);
	input[64..72].copy_from_slice(&key.size.to_le_bytes());
	input[72..].copy_from_slice(&provider.to_le_bytes());
	let mut drawn = [0; 16];
	drawn.copy_from_slice(&blake3::keyed_hash(CHALLENGE_KEY, &input).as_bytes()[..16]);
	let chunks = u128::from(chunk_count(key.size)).max(1);
	// Below the number of chunks, which is a u64.
	(u128::from_le_bytes(drawn) % chunks) as u64
}
