//! Tests of the tree, against the reference implementations `blake3` and `bao-tree`.

mod decoding;
mod geometry;
mod interop;
mod outboards;
mod proofs;

use super::*;
use crate::storage::ObjectKey;
use rome_dice::Dice;

/// Sizes around every edge: chunks, groups, full and uneven trees.
const SIZES: [u64; 25] = [
	1, 2, 1_023, 1_024, 1_025, 2_048, 5_000, 15_360, 16_383, 16_384, 16_385, 17_408, 32_767,
	32_768, 32_769, 49_151, 49_152, 49_153, 65_536, 65_537, 100_000, 131_073, 262_144, 300_001,
	1_000_000,
];

/// Bytes that do not repeat within an object.
fn object(size: u64) -> Vec<u8> {
	let mut dice = Dice::new(size);
	let mut bytes = Vec::with_capacity(size as usize + 8);
	while (bytes.len() as u64) < size {
		bytes.extend_from_slice(&dice.number().to_le_bytes());
	}
	bytes.truncate(size as usize);
	bytes
}

fn build(bytes: &[u8]) -> (ObjectKey, Vec<u8>) {
	let mut builder = OutboardBuilder::new(bytes.len() as u64);
	builder.update(bytes).unwrap();
	let (hash, outboard) = builder.finish().unwrap();
	(ObjectKey { hash, size: bytes.len() as u64 }, outboard)
}

fn encode(bytes: &[u8], outboard: &[u8], range: &SliceRange) -> Vec<u8> {
	let mut slice = Vec::new();
	let mut nodes = outboard;
	encode_slice(range, &mut std::io::Cursor::new(bytes), &mut nodes, &mut slice).unwrap();
	slice
}

/// Feeds a slice in pieces of the lengths that `piece` gives, and puts together what comes out.
fn decode(
	hash: &Hash,
	range: SliceRange,
	slice: &[u8],
	mut piece: impl FnMut() -> usize,
) -> Result<Vec<u8>, DecodeError> {
	let mut decoder = SliceDecoder::new(hash, range);
	let mut out = Vec::new();
	let mut rest = slice;
	while !rest.is_empty() {
		let (mut input, later) = rest.split_at(piece().clamp(1, rest.len()));
		rest = later;
		while let Some(part) = decoder.push(&mut input)? {
			if let Verified::Group { offset, bytes } = part {
				assert_eq!(offset, range.start() + out.len() as u64);
				out.extend_from_slice(bytes);
			}
		}
		assert!(input.is_empty());
	}
	decoder.finish()?;
	Ok(out)
}

/// Ranges of an object that begin and end around its edges, and some in between.
fn ranges(size: u64) -> Vec<SliceRange> {
	let mut dice = Dice::new(size);
	let mut ranges = vec![SliceRange::whole(size).unwrap()];
	for offset in [0, 1, 1_023, 16_383, 16_384, size / 2, size.saturating_sub(16_385), size - 1] {
		for length in [1, 1_024, 16_384, 16_385, size, u64::MAX] {
			ranges.extend(SliceRange::new(size, offset, length));
		}
	}
	for _ in 0..10 {
		ranges.extend(SliceRange::new(size, dice.number() % size, 1 + dice.number() % size));
	}
	ranges
}
