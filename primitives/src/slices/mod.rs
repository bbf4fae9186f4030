//! BLAKE3's tree: one pass that hashes an object and keeps its tree, slices that prove themselves against
//! the object's hash alone, and proofs of single chunks, small enough for a block.
//!
//! BLAKE3 cuts its input into chunks of [`CHUNK_BYTES`] and hashes them up a binary tree whose left
//! subtrees are always full: a node over `n` chunks has the largest power of two below `n` of them on its
//! left. The hash of the input is the tree's root, marked as such. So any part of an object can be checked
//! against the object's hash by the nodes between it and the root.
//!
//! # Outboard
//!
//! An object is kept with the part of its tree above groups of 16 chunks ([`GROUP_BYTES`]): 64 bytes a
//! group, 1/256 of the object. The format is Bao's, without the length before it: each parent node is the
//! hashes of its two children, left then right ([`NODE_BYTES`]); the nodes stand in pre-order: parent, left
//! subtree, right subtree. An object of one group has an empty outboard.
//!
//! A node's place follows from the size alone. A subtree over `n` groups has `n - 1` nodes; if its root is
//! the node at place `p` and `l` of its groups are on the left, then the left child is the node at `p + 1`
//! and the right child the one at `p + l`. Places times 64 are offsets in the file. So a reader finds the
//! nodes above any group by going down from the root, in as many steps as the tree is deep ([`Path`]), and
//! never reads the rest.
//!
//! # Slices
//!
//! A slice is the Bao encoding of a range of bytes, widened to whole groups: the same nodes in the same
//! order, of the outboard only those above groups of the range, and each group's bytes where the group
//! stands. There is no length before it either: a decoder knows hash and size from the chain. A range ends
//! with the object at the latest; one that is empty or begins beyond the end is refused ([`RangeError`]),
//! because a slice of nothing would prove nothing.
//! What comes out stands in the object where the decoder says; that the object ends where its size says, only
//! a slice with its last group proves.
//!
//! - [`SliceRange`] says how long a slice is and what it consists of ([`SliceItem`]).
//! - `encode_slice` writes one (with the feature `std`).
//! - [`SliceDecoder`] checks one while it comes in. It holds one group and one hash for each level of the
//!   tree, and gives out no byte that is not proved.
//!
//! # Chunk proofs
//!
//! [`prove_chunk`] opens one chunk: its bytes and the hashes beside the path to the root. [`verify_chunk`]
//! costs one chunk's hashing and one compression for each level: at most about 60 compressions. The size is
//! part of what is known beforehand and decides the tree's shape, but a proof of a chunk in the middle
//! alone does not prove it. A proof of the *last* chunk does: a chunk's number goes into its hash, and the
//! only chunk that right turns alone lead to is the last one.
//!
//! Outboards, slices and proofs are those of the crates `bao` and `bao-tree` (with groups of 16 KiB).

mod decode;
mod encode;
mod geometry;
mod hash;
mod outboard;
mod proof;
#[cfg(test)]
mod tests;

pub use self::{
	decode::{DecodeError, SliceDecoder, Verified},
	encode::{RangeError, SliceItem, SliceItems, SliceRange},
	geometry::{chunk_count, group_count, group_of_chunk, outboard_bytes, Path, Step},
	outboard::{MissingNode, Outboard, OutboardBuilder, SizeError, TreeHasher},
	proof::{prove_chunk, verify_chunk, ChunkProof, ProofError},
};
#[cfg(feature = "std")]
pub use self::{encode::encode_slice, outboard::SeekOutboard};

/// Bytes of a chunk, the leaf of BLAKE3's tree. Only the last one may be shorter.
pub const CHUNK_BYTES: u64 = 1_024;
/// Bytes of a group of chunks, the leaf of outboards and slices. Only the last one may be shorter.
pub const GROUP_BYTES: u64 = 16 * CHUNK_BYTES;
/// Bytes of a parent node: the hashes of its two children.
pub const NODE_BYTES: usize = 64;
/// The most levels above a chunk that a proof can have: enough for an object of 2^50 bytes.
pub const MAX_PROOF_DEPTH: u32 = 40;

/// A hash, or the chaining value of a subtree.
pub type Hash = [u8; 32];
/// A parent node: the chaining values of its left and its right child.
pub type Node = [u8; NODE_BYTES];
