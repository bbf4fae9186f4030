//! A range of an object as a verified slice, made piece by piece: the reader's pace sets ours, and memory
//! does not grow with the range.

use super::Opened;
use rome_primitives::slices::{
	outboard_bytes, SliceItem, SliceItems, SliceRange, GROUP_BYTES, NODE_BYTES,
};
use std::{io, os::unix::fs::FileExt};

/// Bytes that are read from disk at once, of the object and of its tree.
const DATA_RUN: u64 = 16 * GROUP_BYTES;
const TREE_RUN: u64 = 64 * NODE_BYTES as u64;

/// A window on a file: what follows what was read last is at hand.
struct Window {
	opened: Option<Opened>,
	run: u64,
	end: u64,
	start: u64,
	bytes: Vec<u8>,
}

impl Window {
	fn new(opened: Option<Opened>, run: u64, end: u64) -> Self {
		Self { opened, run, end, start: 0, bytes: Vec::new() }
	}

	fn read(&mut self, at: u64, length: usize) -> io::Result<&[u8]> {
		let inside = at >= self.start && at + length as u64 <= self.start + self.bytes.len() as u64;
		if !inside {
			let missing = || io::Error::new(io::ErrorKind::NotFound, "the object has no tree");
			let file = &self.opened.as_ref().ok_or_else(missing)?.file;
			let wanted = self.run.min(self.end.saturating_sub(at)).max(length as u64);
			self.bytes.resize(wanted as usize, 0);
			self.start = at;
			if let Err(error) = file.read_exact_at(&mut self.bytes, at) {
				self.bytes.clear();
				return Err(error);
			}
		}
		let from = (at - self.start) as usize;
		Ok(&self.bytes[from..from + length])
	}
}

/// Encodes a range.
pub struct SliceReader {
	range: SliceRange,
	items: SliceItems,
	data: Window,
	tree: Window,
}

impl SliceReader {
	/// The slice of a range of an object, from its bytes and its tree.
	pub fn new(range: SliceRange, data: Opened, tree: Option<Opened>) -> Self {
		Self {
			items: range.items(),
			data: Window::new(Some(data), DATA_RUN, range.end()),
			tree: Window::new(tree, TREE_RUN, outboard_bytes(range.size())),
			range,
		}
	}

	/// Bytes of the encoding.
	pub fn encoded_bytes(&self) -> u64 {
		self.range.encoded_bytes()
	}

	/// Appends the next bytes of the encoding to `out`, until that holds at least `limit` or there are no
	/// more. Blocks on the disk.
	pub fn fill(&mut self, out: &mut Vec<u8>, limit: usize) -> io::Result<()> {
		while out.len() < limit {
			match self.items.next() {
				Some(SliceItem::Node { place, .. }) => {
					let at = place * NODE_BYTES as u64;
					out.extend_from_slice(self.tree.read(at, NODE_BYTES)?);
				},
				Some(SliceItem::Group { offset, length }) => {
					out.extend_from_slice(self.data.read(offset, length)?);
				},
				None => return Ok(()),
			}
		}
		Ok(())
	}
}
