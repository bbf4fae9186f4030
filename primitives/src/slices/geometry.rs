//! Where things stand in the tree. Works for every `u64` size.

use super::{CHUNK_BYTES, GROUP_BYTES, NODE_BYTES};
use core::ops::Range;

/// How many chunks an object of that many bytes has. None has no bytes, so 0 gives 0.
pub const fn chunk_count(size: u64) -> u64 {
	size.div_ceil(CHUNK_BYTES)
}

/// How many groups of chunks an object of that many bytes has.
pub const fn group_count(size: u64) -> u64 {
	size.div_ceil(GROUP_BYTES)
}

/// How many bytes the outboard of an object of that many bytes has.
pub const fn outboard_bytes(size: u64) -> u64 {
	group_count(size).saturating_sub(1) * NODE_BYTES as u64
}

/// The bytes of an object that make up the group in which a chunk is; empty if there is no such chunk.
pub fn group_of_chunk(size: u64, chunk: u64) -> Range<u64> {
	if chunk >= chunk_count(size) {
		return size..size;
	}
	let start = chunk * CHUNK_BYTES / GROUP_BYTES * GROUP_BYTES;
	start..start.saturating_add(GROUP_BYTES).min(size)
}

/// How many of a node's `count` leaves are on its left: the largest power of two below `count`.
///
/// `count` is at least 2: a leaf has no children.
pub(super) const fn left_count(count: u64) -> u64 {
	debug_assert!(count > 1);
	match count.saturating_sub(1).checked_ilog2() {
		Some(log) => 1 << log,
		None => 0,
	}
}

/// One node on the way down to a leaf.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Step {
	/// The node's place in pre-order. Times [`NODE_BYTES`], its offset in the outboard.
	pub place: u64,
	/// Whether the way goes on to the right.
	pub right: bool,
}

/// The nodes from the root down to one leaf, which is a group for an outboard.
#[derive(Clone, Debug)]
pub struct Path {
	leaf: u64,
	start: u64,
	count: u64,
	place: u64,
}

impl Path {
	/// The way to the leaf number `leaf` of a tree of `count` leaves; no step if there is no such leaf.
	pub fn new(count: u64, leaf: u64) -> Self {
		let count = if leaf < count { count } else { 0 };
		Self { leaf, start: 0, count, place: 0 }
	}

	/// The way to the group with that number in the outboard of an object of `size` bytes.
	pub fn to_group(size: u64, group: u64) -> Self {
		Self::new(group_count(size), group)
	}
}

impl Iterator for Path {
	type Item = Step;

	fn next(&mut self) -> Option<Step> {
		if self.count < 2 {
			return None;
		}
		let left = left_count(self.count);
		let step = Step { place: self.place, right: self.leaf - self.start >= left };
		if step.right {
			self.start += left;
			self.count -= left;
			self.place += left;
		} else {
			self.count = left;
			self.place += 1;
		}
		Some(step)
	}
}
