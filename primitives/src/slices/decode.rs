//! Checking a slice while it comes in.

use super::{
	hash::{parent, root_of_bytes, split, subtree},
	Hash, Node, SliceItem, SliceItems, SliceRange, NODE_BYTES,
};
use alloc::vec::Vec;
use core::fmt;

/// Why a slice is refused.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum DecodeError {
	/// A node is not the one that the object's hash commits to.
	WrongNode {
		/// Its place in the outboard.
		place: u64,
	},
	/// A group's bytes are not those that the object's hash commits to.
	WrongGroup {
		/// Where the group begins in the object.
		offset: u64,
	},
	/// Bytes follow the slice's end.
	TooLong,
	/// The slice ended early.
	TooShort,
}

impl fmt::Display for DecodeError {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::WrongNode { place } => {
				write!(out, "node {place} of the slice does not match the object's hash")
			},
			Self::WrongGroup { offset } => {
				write!(out, "the bytes from {offset} on do not match the object's hash")
			},
			Self::TooLong => write!(out, "bytes follow the slice's end"),
			Self::TooShort => write!(out, "the slice ends early; fetch the rest again"),
		}
	}
}

impl core::error::Error for DecodeError {}

/// A part of a slice that the object's hash commits to.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Verified<'a> {
	/// A parent node, for whoever keeps the outboard.
	Node {
		/// Its place in the outboard.
		place: u64,
		/// The node.
		node: Node,
	},
	/// A group of the object's bytes.
	Group {
		/// Where it begins in the object.
		offset: u64,
		/// The bytes.
		bytes: &'a [u8],
	},
}

/// Checks a slice against an object's hash, in pieces of any length.
///
/// ```
/// use rome_primitives::slices::{OutboardBuilder, SliceDecoder, SliceRange, Verified};
///
/// let object = b"so short that a slice of it is the object itself";
/// let size = object.len() as u64;
/// let mut builder = OutboardBuilder::new(size);
/// builder.update(object).unwrap();
/// let (hash, _) = builder.finish().unwrap();
///
/// let mut decoder = SliceDecoder::new(&hash, SliceRange::whole(size).unwrap());
/// let mut received = Vec::new();
/// for mut piece in object.chunks(7) {
///     while let Some(part) = decoder.push(&mut piece).unwrap() {
///         if let Verified::Group { bytes, .. } = part {
///             received.extend_from_slice(bytes);
///         }
///     }
/// }
/// decoder.finish().unwrap();
/// assert_eq!(received, object);
/// ```
pub struct SliceDecoder {
	range: SliceRange,
	items: SliceItems,
	/// What comes next.
	item: Option<SliceItem>,
	/// The values of the subtrees that are still to come, the next one last. The first is the root's.
	pub(super) expected: Vec<Hash>,
	at_root: bool,
	/// Bytes of the item that is not complete yet.
	pub(super) partial: Vec<u8>,
	/// Whether what is in `partial` was given out and is to be dropped.
	given: bool,
	failed: Option<DecodeError>,
}

impl SliceDecoder {
	/// For the slice of that range of the object with that hash.
	pub fn new(hash: &Hash, range: SliceRange) -> Self {
		let mut items = range.items();
		let item = items.next();
		Self {
			range,
			items,
			item,
			expected: alloc::vec![*hash],
			at_root: true,
			partial: Vec::new(),
			given: false,
			failed: None,
		}
	}

	/// The range.
	pub fn range(&self) -> &SliceRange {
		&self.range
	}

	/// Whether the whole slice has come and is right.
	pub fn is_complete(&self) -> bool {
		self.item.is_none() && self.failed.is_none()
	}

	/// Takes bytes off the front of `input` up to the end of the next part, which it gives back verified;
	/// `None` once `input` is used up. Call it until then.
	///
	/// After an error every call fails with the same one.
	pub fn push<'a, 'input: 'a>(
		&'a mut self,
		input: &mut &'input [u8],
	) -> Result<Option<Verified<'a>>, DecodeError> {
		if let Some(error) = self.failed {
			return Err(error);
		}
		if core::mem::take(&mut self.given) {
			self.partial.clear();
		}
		let Some(item) = self.item else {
			return if input.is_empty() { Ok(None) } else { Err(self.fail(DecodeError::TooLong)) };
		};
		let wanted = match item {
			SliceItem::Node { .. } => NODE_BYTES,
			SliceItem::Group { length, .. } => length,
		};
		let missing = wanted - self.partial.len();
		let (taken, rest) = input.split_at(missing.min(input.len()));
		*input = rest;
		let whole = taken.len() == wanted;
		if !whole {
			self.partial.extend_from_slice(taken);
			if self.partial.len() < wanted {
				return Ok(None);
			}
			self.given = true;
		}
		let checked = {
			let bytes = if whole { taken } else { &self.partial };
			let is_root = core::mem::take(&mut self.at_root);
			check(&item, bytes, is_root, &mut self.expected)
		};
		if let Err(error) = checked {
			return Err(self.fail(error));
		}
		self.item = self.items.next();
		let bytes: &'a [u8] = if whole { taken } else { &self.partial };
		Ok(Some(match item {
			SliceItem::Node { place, .. } => {
				let mut node = [0; NODE_BYTES];
				node.copy_from_slice(bytes);
				Verified::Node { place, node }
			},
			SliceItem::Group { offset, .. } => Verified::Group { offset, bytes },
		}))
	}

	/// To be called when no more bytes come: whether the slice is complete.
	pub fn finish(&self) -> Result<(), DecodeError> {
		match self.failed {
			Some(error) => Err(error),
			None if self.item.is_some() => Err(DecodeError::TooShort),
			None => Ok(()),
		}
	}

	fn fail(&mut self, error: DecodeError) -> DecodeError {
		self.failed = Some(error);
		// Nothing of it is of use to anybody.
		self.partial = Vec::new();
		error
	}
}

/// Checks one whole item against the value that is expected of it, and notes what it makes expected.
fn check(
	item: &SliceItem,
	bytes: &[u8],
	is_root: bool,
	expected: &mut Vec<Hash>,
) -> Result<(), DecodeError> {
	let value = expected.pop();
	match *item {
		SliceItem::Node { place, left, right } => {
			let wrong = DecodeError::WrongNode { place };
			let (left_value, right_value) = split(bytes.try_into().map_err(|_| wrong)?);
			if value != Some(parent(&left_value, &right_value, is_root)) {
				return Err(wrong);
			}
			if right {
				expected.push(right_value);
			}
			if left {
				expected.push(left_value);
			}
		},
		SliceItem::Group { offset, .. } => {
			let found = if is_root { root_of_bytes(bytes) } else { subtree(offset, bytes) };
			if value != Some(found) {
				return Err(DecodeError::WrongGroup { offset });
			}
		},
	}
	Ok(())
}
