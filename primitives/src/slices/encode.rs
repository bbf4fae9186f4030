//! What a slice consists of, and writing one.

use super::{
	geometry::{group_count, left_count},
	GROUP_BYTES, NODE_BYTES,
};
use alloc::vec::Vec;
use core::fmt;

/// Why a range of bytes has no slice.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum RangeError {
	/// It has no bytes.
	Empty,
	/// It begins at the object's end or beyond.
	BeyondEnd {
		/// The object's size.
		size: u64,
	},
}

impl fmt::Display for RangeError {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Empty => write!(out, "the range has no bytes; ask for at least one"),
			Self::BeyondEnd { size } => {
				write!(out, "the range begins beyond the object's end at {size} bytes")
			},
		}
	}
}

impl core::error::Error for RangeError {}

/// A range of an object's bytes, widened to whole groups.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct SliceRange {
	size: u64,
	/// The first group.
	first: u64,
	/// The first group that is not in it. More than `first`, at most the number of groups.
	end: u64,
}

impl SliceRange {
	/// The groups with the bytes `[offset, offset + length)` of an object of `size` bytes. What lies beyond
	/// the object's end is left out, so `u64::MAX` as length means: up to the end.
	pub fn new(size: u64, offset: u64, length: u64) -> Result<Self, RangeError> {
		if offset >= size {
			return Err(RangeError::BeyondEnd { size });
		}
		if length == 0 {
			return Err(RangeError::Empty);
		}
		let end = offset.saturating_add(length).min(size);
		Ok(Self { size, first: offset / GROUP_BYTES, end: end.div_ceil(GROUP_BYTES) })
	}

	/// The whole object.
	pub fn whole(size: u64) -> Result<Self, RangeError> {
		Self::new(size, 0, u64::MAX)
	}

	/// The object's size.
	pub fn size(&self) -> u64 {
		self.size
	}

	/// Where the first group begins in the object.
	pub fn start(&self) -> u64 {
		self.first * GROUP_BYTES
	}

	/// Where the last group ends in the object.
	pub fn end(&self) -> u64 {
		self.end.saturating_mul(GROUP_BYTES).min(self.size)
	}

	/// How many bytes the slice has. Takes as many steps as the tree is deep.
	///
	/// Saturates: the slice of an object of nearly 2^64 bytes has more than `u64` can say.
	pub fn encoded_bytes(&self) -> u64 {
		let nodes = nodes_above(group_count(self.size), self.first, self.end);
		(self.end() - self.start()).saturating_add(nodes * NODE_BYTES as u64)
	}

	/// What the slice consists of, in order.
	pub fn items(&self) -> SliceItems {
		let whole = Subtree { place: 0, start: 0, count: group_count(self.size) };
		SliceItems { range: *self, waiting: alloc::vec![whole] }
	}

	fn touches(&self, subtree: &Subtree) -> bool {
		subtree.start < self.end && subtree.start + subtree.count > self.first
	}
}

/// How many nodes of a tree over `count` groups are above the groups `[first, end)`.
fn nodes_above(count: u64, first: u64, end: u64) -> u64 {
	if first >= end || count < 2 {
		return 0;
	}
	if first == 0 && end >= count {
		return count - 1;
	}
	let left = left_count(count);
	let on_left = nodes_above(left, first.min(left), end.min(left));
	let on_right = nodes_above(count - left, first.saturating_sub(left), end.saturating_sub(left));
	1 + on_left + on_right
}

/// A part of a slice.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum SliceItem {
	/// A parent node.
	Node {
		/// Its place in the outboard.
		place: u64,
		/// Whether the slice goes on into its left subtree.
		left: bool,
		/// Whether the slice goes on into its right subtree.
		right: bool,
	},
	/// A group of chunks.
	Group {
		/// Where it begins in the object.
		offset: u64,
		/// How many bytes it has: from 1 to [`GROUP_BYTES`].
		length: usize,
	},
}

#[derive(Clone, Debug)]
struct Subtree {
	place: u64,
	start: u64,
	count: u64,
}

/// The parts of a slice, in order. Holds one entry for each level of the tree at most.
#[derive(Clone, Debug)]
pub struct SliceItems {
	range: SliceRange,
	waiting: Vec<Subtree>,
}

impl Iterator for SliceItems {
	type Item = SliceItem;

	fn next(&mut self) -> Option<SliceItem> {
		let Subtree { place, start, count } = self.waiting.pop()?;
		if count < 2 {
			let offset = start * GROUP_BYTES;
			let length = GROUP_BYTES.min(self.range.size - offset) as usize;
			return Some(SliceItem::Group { offset, length });
		}
		let half = left_count(count);
		let left = Subtree { place: place + 1, start, count: half };
		let right = Subtree { place: place + half, start: start + half, count: count - half };
		let (on_left, on_right) = (self.range.touches(&left), self.range.touches(&right));
		// The last one pushed is the next one out.
		if on_right {
			self.waiting.push(right);
		}
		if on_left {
			self.waiting.push(left);
		}
		Some(SliceItem::Node { place, left: on_left, right: on_right })
	}
}

/// Writes the slice of a range of an object, from its bytes and its outboard.
///
/// Verifies nothing: whoever reads the slice does. Holds one group at a time. Servers that do not wait for
/// their disk go through [`SliceRange::items`] themselves.
#[cfg(feature = "std")]
pub fn encode_slice<Data, Nodes, Sink>(
	range: &SliceRange,
	data: &mut Data,
	outboard: &mut Nodes,
	sink: &mut Sink,
) -> std::io::Result<()>
where
	Data: std::io::Read + std::io::Seek,
	Nodes: super::Outboard,
	Nodes::Error: Into<std::io::Error>,
	Sink: std::io::Write,
{
	let mut group = alloc::vec![0; GROUP_BYTES as usize];
	// The groups of a range follow each other, so their bytes are read through.
	data.seek(std::io::SeekFrom::Start(range.start()))?;
	for item in range.items() {
		match item {
			SliceItem::Node { place, .. } => {
				sink.write_all(&outboard.node(place).map_err(Into::into)?)?;
			},
			SliceItem::Group { length, .. } => {
				let bytes = &mut group[..length];
				data.read_exact(bytes)?;
				sink.write_all(bytes)?;
			},
		}
	}
	Ok(())
}
