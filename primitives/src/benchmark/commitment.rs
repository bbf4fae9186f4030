//! What a prober commits to before anyone reveals, and the tree by which it later opens single observations.
//!
//! The tree is binary. Leaf `i` is keyed BLAKE3 under [`LEAF_KEY`] over `i` (4 bytes, little-endian) and the
//! SCALE bytes of the observation, a node under [`NODE_KEY`] over its children; a last one without a sibling
//! goes up as it is. The root is under [`ROOT_KEY`] over the number of leaves (4 bytes) and the top, which is
//! 32 zeros if there are none. So neither a node passes for a leaf, nor a tree for one of another size.

use super::{
	limits::{MAX_OBSERVATIONS, MAX_TREE_DEPTH},
	Hash, Observation, ProberId, Report, RoundIndex,
};
use alloc::vec::Vec;
use codec::Encode;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// The key of the hash of commitments.
pub const COMMITMENT_KEY: &[u8; 32] = b"rome/benchmark/commitment/v1....";
/// The key of the hash of leaves.
pub const LEAF_KEY: &[u8; 32] = b"rome/benchmark/tree/leaf/v1.....";
/// The key of the hash of nodes.
pub const NODE_KEY: &[u8; 32] = b"rome/benchmark/tree/node/v1.....";
/// The key of the hash of roots.
pub const ROOT_KEY: &[u8; 32] = b"rome/benchmark/tree/root/v1.....";

/// Stands for the root where a prober had no control over what it saw.
pub const NO_CONTROL: Hash = *b"rome/benchmark/no-control/v1....";

const _: () = assert!(1u32 << MAX_TREE_DEPTH >= MAX_OBSERVATIONS);

/// The hashes beside the way from a leaf up.
pub type TreeProof = BoundedVec<Hash, ConstU32<MAX_TREE_DEPTH>>;

/// Keeps a commitment from being guessed.
pub type Salt = [u8; 32];

/// What a prober commits to: keyed BLAKE3 under [`COMMITMENT_KEY`] over the genesis hash, the prober and the
/// round (4 bytes each, little-endian), the salt and the report's root.
pub fn commitment(
	genesis: &Hash,
	prober: ProberId,
	round: RoundIndex,
	salt: &Salt,
	root: &Hash,
) -> Hash {
	let mut hasher = blake3::Hasher::new_keyed(COMMITMENT_KEY);
	hasher
		.update(genesis)
		.update(&prober.to_le_bytes())
		.update(&round.to_le_bytes())
		.update(salt)
		.update(root);
	*hasher.finalize().as_bytes()
}

/// A report's root: of the tree over its observations, or [`NO_CONTROL`].
pub fn root_of(report: &Report) -> Hash {
	match report {
		Report::NoControl => NO_CONTROL,
		Report::Observed(observations) => root(observations),
	}
}

fn leaf(index: u32, observation: &Observation) -> Hash {
	let mut hasher = blake3::Hasher::new_keyed(LEAF_KEY);
	hasher.update(&index.to_le_bytes()).update(&observation.encode());
	*hasher.finalize().as_bytes()
}

fn node(left: &Hash, right: &Hash) -> Hash {
	let mut hasher = blake3::Hasher::new_keyed(NODE_KEY);
	hasher.update(left).update(right);
	*hasher.finalize().as_bytes()
}

fn seal(count: u32, top: &Hash) -> Hash {
	let mut hasher = blake3::Hasher::new_keyed(ROOT_KEY);
	hasher.update(&count.to_le_bytes()).update(top);
	*hasher.finalize().as_bytes()
}

fn leaves(observations: &[Observation]) -> Vec<Hash> {
	(0u32..).zip(observations).map(|(index, observation)| leaf(index, observation)).collect()
}

/// The level above one.
fn above(level: &[Hash]) -> Vec<Hash> {
	level
		.chunks(2)
		.map(|pair| match pair {
			[left, right] => node(left, right),
			[alone, ..] => *alone,
			[] => Hash::default(),
		})
		.collect()
}

/// The root of the tree over some observations.
pub fn root(observations: &[Observation]) -> Hash {
	let mut level = leaves(observations);
	while level.len() > 1 {
		level = above(&level);
	}
	let top = level.first().copied().unwrap_or_default();
	seal(observations.len() as u32, &top)
}

/// The proof of the observation number `index`; none if there is no such, or there are too many.
pub fn prove(observations: &[Observation], index: u32) -> Option<TreeProof> {
	let mut place = index as usize;
	if place >= observations.len() {
		return None;
	}
	let mut level = leaves(observations);
	let mut proof = Vec::new();
	while level.len() > 1 {
		proof.extend(level.get(place ^ 1).copied());
		level = above(&level);
		place >>= 1;
	}
	proof.try_into().ok()
}

/// Whether an observation is the one with that number among the `count` that a root stands for. Costs a hash for
/// each level.
pub fn verify(
	root: &Hash,
	count: u32,
	index: u32,
	observation: &Observation,
	proof: &TreeProof,
) -> bool {
	if index >= count {
		return false;
	}
	let mut value = leaf(index, observation);
	let mut siblings = proof.iter();
	let (mut place, mut width) = (index, count);
	while width > 1 {
		// The last one of a level of odd length has no sibling.
		if place ^ 1 < width {
			let Some(sibling) = siblings.next() else { return false };
			value = if place & 1 == 0 { node(&value, sibling) } else { node(sibling, &value) };
		}
		place >>= 1;
		width = width.div_ceil(2);
	}
	siblings.next().is_none() && seal(count, &value) == *root
}
