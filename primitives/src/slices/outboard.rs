//! Making an outboard while the object's bytes come by, and reading one.

use super::{
	geometry::{group_count, left_count},
	hash::{join, parent, root_of_bytes, subtree},
	Hash, Node, GROUP_BYTES, NODE_BYTES,
};
use alloc::vec::Vec;
use core::fmt;

/// The bytes of an object were more or fewer than its size.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum SizeError {
	/// More bytes than the size allows. None of the last ones were taken.
	TooLong {
		/// The object's size.
		size: u64,
	},
	/// The bytes ended early.
	TooShort {
		/// The object's size.
		size: u64,
		/// How many bytes there were.
		received: u64,
	},
}

impl fmt::Display for SizeError {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::TooLong { size } => write!(out, "more bytes than the object's {size}"),
			Self::TooShort { size, received } => {
				write!(out, "only {received} of the object's {size} bytes")
			},
		}
	}
}

impl core::error::Error for SizeError {}

/// A node whose left subtree is being hashed, or its right one if the left one's value is there.
struct Open {
	place: u64,
	count: u64,
	left: Option<Hash>,
}

/// Hashes an object of known size in one pass, and hands out the nodes of its outboard as they are made.
///
/// Holds at most one group and one hash for each level of the tree. The nodes come children first; each
/// comes once, with its place, so that a file can be written as they come. [`OutboardBuilder`] collects
/// them in memory.
pub struct TreeHasher {
	size: u64,
	received: u64,
	/// Bytes of the group that is not complete yet.
	partial: Vec<u8>,
	open: Vec<Open>,
	root: Option<Hash>,
}

impl TreeHasher {
	/// For an object of that many bytes.
	pub fn new(size: u64) -> Self {
		let mut hasher =
			Self { size, received: 0, partial: Vec::new(), open: Vec::new(), root: None };
		hasher.descend(group_count(size), 0);
		hasher
	}

	/// How many bytes have been taken.
	pub fn received(&self) -> u64 {
		self.received
	}

	/// Takes the next bytes. `emit` is called with the place and the bytes of each node that they complete.
	///
	/// Fastest with whole groups at a time.
	pub fn update(
		&mut self,
		mut bytes: &[u8],
		mut emit: impl FnMut(u64, &Node),
	) -> Result<(), SizeError> {
		if bytes.len() as u64 > self.size - self.received {
			return Err(SizeError::TooLong { size: self.size });
		}
		while !bytes.is_empty() {
			let start = self.received - self.partial.len() as u64;
			let wanted = GROUP_BYTES.min(self.size - start) as usize;
			let (taken, rest) = bytes.split_at(bytes.len().min(wanted - self.partial.len()));
			bytes = rest;
			self.received += taken.len() as u64;
			if taken.len() == wanted {
				self.leaf(start, taken, &mut emit);
			} else {
				self.partial.extend_from_slice(taken);
				if self.partial.len() == wanted {
					let group = core::mem::take(&mut self.partial);
					self.leaf(start, &group, &mut emit);
					// Its memory serves the next one.
					self.partial = group;
					self.partial.clear();
				}
			}
		}
		Ok(())
	}

	/// The object's hash.
	pub fn finish(self) -> Result<Hash, SizeError> {
		match self.root {
			Some(root) => Ok(root),
			None if self.size == 0 => Ok(root_of_bytes(&[])),
			None => Err(SizeError::TooShort { size: self.size, received: self.received }),
		}
	}

	/// Opens the nodes from one over `count` groups down to its first group.
	fn descend(&mut self, mut count: u64, mut place: u64) {
		while count > 1 {
			self.open.push(Open { place, count, left: None });
			count = left_count(count);
			place += 1;
		}
	}

	/// Takes one whole group, and closes the nodes that end with it.
	fn leaf(&mut self, start: u64, group: &[u8], emit: &mut impl FnMut(u64, &Node)) {
		if self.open.is_empty() {
			self.root = Some(root_of_bytes(group));
			return;
		}
		let mut value = subtree(start, group);
		while let Some(mut node) = self.open.pop() {
			let Some(left) = node.left else {
				node.left = Some(value);
				let (left, right) = (left_count(node.count), node.count - left_count(node.count));
				let place = node.place + left;
				self.open.push(node);
				self.descend(right, place);
				return;
			};
			emit(node.place, &join(&left, &value));
			value = parent(&left, &value, self.open.is_empty());
		}
		self.root = Some(value);
	}
}

/// Hashes an object of known size in one pass and keeps its outboard in memory.
///
/// Besides the outboard (64 bytes a group, as far as bytes have come), it holds what [`TreeHasher`] does.
pub struct OutboardBuilder {
	hasher: TreeHasher,
	pub(super) nodes: Vec<u8>,
}

impl OutboardBuilder {
	/// For an object of that many bytes.
	pub fn new(size: u64) -> Self {
		Self { hasher: TreeHasher::new(size), nodes: Vec::new() }
	}

	/// Takes the next bytes.
	pub fn update(&mut self, bytes: &[u8]) -> Result<(), SizeError> {
		let nodes = &mut self.nodes;
		self.hasher.update(bytes, |place, node| {
			// A place is no more than the number of groups before it and the tree's depth: the vector grows
			// with the bytes that came, not with the size that was claimed.
			let start = place as usize * NODE_BYTES;
			let end = start + NODE_BYTES;
			if nodes.len() < end {
				nodes.resize(end, 0);
			}
			nodes[start..end].copy_from_slice(node);
		})
	}

	/// The object's hash and its outboard.
	pub fn finish(self) -> Result<(Hash, Vec<u8>), SizeError> {
		Ok((self.hasher.finish()?, self.nodes))
	}
}

/// Where the nodes of an outboard are read.
pub trait Outboard {
	/// What can go wrong.
	type Error;

	/// The node at that place in pre-order.
	fn node(&mut self, place: u64) -> Result<Node, Self::Error>;
}

/// An outboard that ends too early.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct MissingNode {
	/// The place of the node that should be there.
	pub place: u64,
}

impl fmt::Display for MissingNode {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(out, "the outboard ends before node {}; make it anew from the object", self.place)
	}
}

impl core::error::Error for MissingNode {}

#[cfg(feature = "std")]
impl From<MissingNode> for std::io::Error {
	fn from(missing: MissingNode) -> Self {
		Self::new(std::io::ErrorKind::UnexpectedEof, missing)
	}
}

impl Outboard for &[u8] {
	type Error = MissingNode;

	fn node(&mut self, place: u64) -> Result<Node, MissingNode> {
		let missing = MissingNode { place };
		let start = usize::try_from(place)
			.ok()
			.and_then(|place| place.checked_mul(NODE_BYTES))
			.ok_or(missing)?;
		let end = start.checked_add(NODE_BYTES).ok_or(missing)?;
		self.get(start..end).and_then(|node| node.try_into().ok()).ok_or(missing)
	}
}

/// An outboard in a file, or in anything else that can be read and sought in.
#[cfg(feature = "std")]
pub struct SeekOutboard<Source>(pub Source);

#[cfg(feature = "std")]
impl<Source: std::io::Read + std::io::Seek> Outboard for SeekOutboard<Source> {
	type Error = std::io::Error;

	fn node(&mut self, place: u64) -> std::io::Result<Node> {
		let start = place.checked_mul(NODE_BYTES as u64).ok_or(MissingNode { place })?;
		self.0.seek(std::io::SeekFrom::Start(start))?;
		let mut node = [0; NODE_BYTES];
		self.0.read_exact(&mut node)?;
		Ok(node)
	}
}
