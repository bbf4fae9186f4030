//! Chaining values and roots.

use super::{Hash, Node};
use blake3::{
	hazmat::{merge_subtrees_non_root, merge_subtrees_root, HasherExt, Mode},
	Hasher,
};

/// The hash of a whole input.
pub(super) fn root_of_bytes(bytes: &[u8]) -> Hash {
	*blake3::hash(bytes).as_bytes()
}

/// The chaining value of the subtree over `bytes`, which stand at `offset`, a multiple of their own number
/// of chunks rounded up to a power of two. Not for nothing: an empty subtree does not exist.
pub(super) fn subtree(offset: u64, bytes: &[u8]) -> Hash {
	debug_assert!(!bytes.is_empty());
	Hasher::new().set_input_offset(offset).update(bytes).finalize_non_root()
}

/// The hash of a parent node: the root's, or the chaining value of any other.
pub(super) fn parent(left: &Hash, right: &Hash, is_root: bool) -> Hash {
	if is_root {
		*merge_subtrees_root(left, right, Mode::Hash).as_bytes()
	} else {
		merge_subtrees_non_root(left, right, Mode::Hash)
	}
}

/// The node with these two children.
pub(super) fn join(left: &Hash, right: &Hash) -> Node {
	let mut node = [0; 64];
	node[..32].copy_from_slice(left);
	node[32..].copy_from_slice(right);
	node
}

/// A node's two children.
pub(super) fn split(node: &Node) -> (Hash, Hash) {
	let (mut left, mut right) = ([0; 32], [0; 32]);
	left.copy_from_slice(&node[..32]);
	right.copy_from_slice(&node[32..]);
	(left, right)
}
