//! Hashes an object while it is written, and keeps the tree above its 16 KiB groups at the same time.
//!
//! The tree of an object of 1 TiB takes 4 GiB, so it is never held in memory: nodes go to their places as
//! soon as they are known.

use rome_primitives::slices::{Node, SizeError, TreeHasher, NODE_BYTES};
use std::{fs::File, io, os::unix::fs::FileExt};

/// Where nodes go.
pub trait Nodes {
	/// Takes nodes that follow one another, the first at `place`.
	fn put(&mut self, place: u64, nodes: &[u8]) -> io::Result<()>;
}

/// Writes nodes to a file.
pub struct WriteNodes(pub File);

impl Nodes for WriteNodes {
	fn put(&mut self, place: u64, nodes: &[u8]) -> io::Result<()> {
		self.0.write_all_at(nodes, place * NODE_BYTES as u64)
	}
}

/// Compares nodes with a file's.
pub struct CompareNodes {
	/// The file.
	pub file: File,
	/// Whether one differed or was missing.
	pub differs: bool,
}

impl Nodes for CompareNodes {
	fn put(&mut self, place: u64, nodes: &[u8]) -> io::Result<()> {
		let mut there = vec![0; nodes.len()];
		match self.file.read_exact_at(&mut there, place * NODE_BYTES as u64) {
			Ok(()) => self.differs |= there != nodes,
			// Missing or unreadable: it is made anew.
			Err(_) => self.differs = true,
		}
		Ok(())
	}
}

/// Hashes an object whose size is known, and passes its tree on.
pub struct TreeBuilder<N> {
	hasher: TreeHasher,
	ready: Vec<(u64, Node)>,
	run: Vec<u8>,
	nodes: N,
}

impl<N: Nodes> TreeBuilder<N> {
	/// For an object of `size` bytes.
	pub fn new(size: u64, nodes: N) -> Self {
		Self { hasher: TreeHasher::new(size), ready: Vec::new(), run: Vec::new(), nodes }
	}

	/// Takes the next bytes. Fastest with many whole groups at a time.
	pub fn update(&mut self, bytes: &[u8]) -> io::Result<()> {
		let ready = &mut self.ready;
		self.hasher
			.update(bytes, |place, node| ready.push((place, *node)))
			.map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
		// Parents come after their children and stand before them: sorted, they make a few long runs.
		self.ready.sort_unstable_by_key(|(place, _)| *place);
		let mut first = 0;
		for (place, node) in self.ready.drain(..) {
			if !self.run.is_empty() && place != first + (self.run.len() / NODE_BYTES) as u64 {
				self.nodes.put(first, &self.run)?;
				self.run.clear();
			}
			if self.run.is_empty() {
				first = place;
			}
			self.run.extend_from_slice(&node);
		}
		if !self.run.is_empty() {
			self.nodes.put(first, &self.run)?;
			self.run.clear();
		}
		Ok(())
	}

	/// The hash, if as many bytes came as were announced, and what took the nodes.
	pub fn finish(self) -> (Result<[u8; 32], SizeError>, N) {
		(self.hasher.finish(), self.nodes)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use rome_primitives::slices::{outboard_bytes, OutboardBuilder};

	fn sample(length: usize) -> Vec<u8> {
		(0..length)
			.map(|index| (index as u64).wrapping_mul(2_654_435_761).to_le_bytes()[1])
			.collect()
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(48))]
		#[test]
		fn hash_and_tree_do_not_depend_on_the_pieces(
			length in 1usize..600_000,
			pieces in proptest::collection::vec(1usize..90_000, 1..6),
		) {
			let bytes = sample(length);
			let file = tempfile::tempfile().unwrap();
			let mut builder =
				TreeBuilder::new(length as u64, WriteNodes(file.try_clone().unwrap()));
			let mut rest = bytes.as_slice();
			for piece in pieces.iter().cycle() {
				let (part, tail) = rest.split_at((*piece).min(rest.len()));
				builder.update(part).unwrap();
				rest = tail;
				if rest.is_empty() {
					break;
				}
			}
			prop_assert_eq!(builder.finish().0.unwrap(), *blake3::hash(&bytes).as_bytes());
			let mut whole = OutboardBuilder::new(length as u64);
			whole.update(&bytes).unwrap();
			let outboard = whole.finish().unwrap().1;
			prop_assert_eq!(outboard.len() as u64, outboard_bytes(length as u64));
			let mut written = vec![0; outboard.len()];
			file.read_exact_at(&mut written, 0).unwrap();
			prop_assert_eq!(file.metadata().unwrap().len(), outboard.len() as u64);
			prop_assert!(written == outboard);

			let compare = CompareNodes { file: file.try_clone().unwrap(), differs: false };
			let mut builder = TreeBuilder::new(length as u64, compare);
			builder.update(&bytes).unwrap();
			prop_assert!(!builder.finish().1.differs);
			if !outboard.is_empty() {
				file.write_all_at(&[written[0] ^ 1], 0).unwrap();
				let compare = CompareNodes { file, differs: false };
				let mut builder = TreeBuilder::new(length as u64, compare);
				builder.update(&bytes).unwrap();
				prop_assert!(builder.finish().1.differs);
			}
		}
	}

	#[test]
	fn too_many_or_too_few_bytes_have_no_hash() {
		let mut builder = TreeBuilder::new(3, WriteNodes(tempfile::tempfile().unwrap()));
		assert!(builder.update(b"four").is_err());
		builder.update(b"ab").unwrap();
		assert!(builder.finish().0.is_err());
	}
}
