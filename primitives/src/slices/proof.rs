//! Opening a single chunk.

use super::{
	geometry::{chunk_count, group_of_chunk, left_count, Path},
	hash::{parent, root_of_bytes, split, subtree},
	Hash, Outboard, CHUNK_BYTES, GROUP_BYTES, MAX_PROOF_DEPTH,
};
use crate::storage::ObjectKey;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// One chunk of an object, with what proves it against the object's hash.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ChunkProof {
	/// The chunk's bytes.
	pub bytes: BoundedVec<u8, ConstU32<{ CHUNK_BYTES as u32 }>>,
	/// The chaining values beside the way from the chunk up to the root.
	pub siblings: BoundedVec<Hash, ConstU32<MAX_PROOF_DEPTH>>,
}

/// Whether a proof opens the chunk number `index` of the object with that key.
///
/// A proof of the chunk number `chunk_count(size) - 1` proves the size as well. Costs the hashing of one
/// chunk and one compression for each sibling.
pub fn verify_chunk(key: &ObjectKey, index: u64, proof: &ChunkProof) -> bool {
	let chunks = chunk_count(key.size);
	if index >= chunks {
		return false;
	}
	let offset = index * CHUNK_BYTES;
	if proof.bytes.len() as u64 != CHUNK_BYTES.min(key.size - offset) {
		return false;
	}
	let turns: Vec<bool> = Path::new(chunks, index).map(|step| step.right).collect();
	if proof.siblings.len() != turns.len() {
		return false;
	}
	if turns.is_empty() {
		return root_of_bytes(&proof.bytes) == key.hash;
	}
	let mut value = subtree(offset, &proof.bytes);
	for ((level, right), sibling) in turns.iter().enumerate().rev().zip(&proof.siblings) {
		let (left, right) = if *right { (sibling, &value) } else { (&value, sibling) };
		value = parent(left, right, level == 0);
	}
	value == key.hash
}

/// Why a chunk could not be proved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProofError<Error> {
	/// The object has no such chunk.
	NoSuchChunk,
	/// The bytes given are not as many as the chunk's group has.
	WrongGroup,
	/// The object is larger than proofs allow.
	TooLarge,
	/// The outboard could not be read.
	Outboard(Error),
	/// Bytes and outboard do not give the object's hash: one of them is damaged.
	Damaged,
}

impl<Error: fmt::Display> fmt::Display for ProofError<Error> {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::NoSuchChunk => write!(out, "the object has no chunk with that number"),
			Self::WrongGroup => write!(out, "the bytes given are not the chunk's whole group"),
			Self::TooLarge => write!(out, "the object is too large for proofs of its chunks"),
			Self::Outboard(error) => write!(out, "the outboard could not be read: {error}"),
			Self::Damaged => write!(
				out,
				"the object's bytes or its outboard are damaged: they do not give its hash; read the \
				 whole object again, and fetch it from another provider if its hash is wrong"
			),
		}
	}
}

impl<Error: fmt::Debug + fmt::Display> core::error::Error for ProofError<Error> {}

/// Proves the chunk number `index` of an object from its outboard and the bytes of the chunk's group, which
/// are those of [`group_of_chunk`]. Never gives a proof that does not hold.
pub fn prove_chunk<Nodes: Outboard>(
	key: &ObjectKey,
	index: u64,
	outboard: &mut Nodes,
	group: &[u8],
) -> Result<ChunkProof, ProofError<Nodes::Error>> {
	let range = group_of_chunk(key.size, index);
	if range.is_empty() {
		return Err(ProofError::NoSuchChunk);
	}
	if group.len() as u64 != range.end - range.start {
		return Err(ProofError::WrongGroup);
	}
	// From the root down: first what the outboard has, then what is within the group.
	let mut siblings = Vec::new();
	for step in Path::to_group(key.size, range.start / GROUP_BYTES) {
		let node = outboard.node(step.place).map_err(ProofError::Outboard)?;
		let (left, right) = split(&node);
		siblings.push(if step.right { left } else { right });
	}
	let chunk_in_group = index - range.start / CHUNK_BYTES;
	let bytes = within_group(range.start, group, chunk_in_group, &mut siblings);
	siblings.reverse();
	let proof = ChunkProof {
		bytes: BoundedVec::truncate_from(bytes.to_vec()),
		siblings: siblings.try_into().map_err(|_| ProofError::TooLarge)?,
	};
	if verify_chunk(key, index, &proof) {
		Ok(proof)
	} else {
		Err(ProofError::Damaged)
	}
}

/// Pushes the chaining values beside the way from a group's top down to one of its chunks, whose bytes it
/// gives back.
fn within_group<'a>(
	mut offset: u64,
	mut bytes: &'a [u8],
	mut chunk: u64,
	siblings: &mut Vec<Hash>,
) -> &'a [u8] {
	loop {
		let chunks = chunk_count(bytes.len() as u64);
		if chunks < 2 {
			return bytes;
		}
		let left_chunks = left_count(chunks);
		let left_bytes = left_chunks * CHUNK_BYTES;
		let (left, right) = bytes.split_at(left_bytes as usize);
		if chunk < left_chunks {
			siblings.push(subtree(offset + left_bytes, right));
			bytes = left;
		} else {
			siblings.push(subtree(offset, left));
			chunk -= left_chunks;
			offset += left_bytes;
			bytes = right;
		}
	}
}
