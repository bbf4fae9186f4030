//! Against `bao-tree`, with groups of the same size: both ways, byte for byte.

use super::*;
use bao_tree::{
	io::{
		outboard::PreOrderMemOutboard,
		sync::{decode_ranges, encode_ranges_validated},
	},
	BaoTree, BlockSize, ChunkNum, ChunkRanges,
};

const BLOCK: BlockSize = BlockSize::from_chunk_log(4);

fn chunks(range: &SliceRange) -> ChunkRanges {
	ChunkRanges::from(ChunkNum(range.start() / CHUNK_BYTES)..ChunkNum(chunk_count(range.end())))
}

#[test]
fn outboards_are_those_of_bao_tree() {
	for size in SIZES {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		let theirs = PreOrderMemOutboard::create(&bytes, BLOCK);
		assert_eq!(key.hash, *theirs.root.as_bytes());
		assert!(outboard == theirs.data, "{size}");
	}
}

#[test]
fn slices_are_those_of_bao_tree() {
	for size in SIZES {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		let theirs = PreOrderMemOutboard::create(&bytes, BLOCK);
		for range in ranges(size) {
			let ours = encode(&bytes, &outboard, &range);
			let mut slice = Vec::new();
			encode_ranges_validated(&bytes[..], &theirs, &chunks(&range), &mut slice).unwrap();
			assert!(ours == slice, "{range:?}");
			// Theirs here.
			let got = decode(&key.hash, range, &slice, || 9_999).unwrap();
			assert!(got == bytes[range.start() as usize..range.end() as usize]);
			// Ours there.
			let mut data = vec![0; size as usize];
			let mut nodes = PreOrderMemOutboard {
				root: theirs.root,
				tree: BaoTree::new(size, BLOCK),
				data: vec![0; outboard.len()],
			};
			decode_ranges(&ours[..], &chunks(&range), &mut data[..], &mut nodes).unwrap();
			let (start, end) = (range.start() as usize, range.end() as usize);
			assert!(data[start..end] == bytes[start..end]);
		}
	}
}

#[test]
fn bao_tree_refuses_what_is_refused_here() {
	let bytes = object(100_000);
	let (key, outboard) = build(&bytes);
	let range = SliceRange::new(key.size, 30_000, 40_000).unwrap();
	let right = encode(&bytes, &outboard, &range);
	let mut dice = Dice::new(3);
	for _ in 0..200 {
		let mut slice = right.clone();
		let place = dice.position(slice.len());
		slice[place] ^= 1 << dice.below(8);
		let mut data = vec![0; bytes.len()];
		let mut nodes = PreOrderMemOutboard {
			root: key.hash.into(),
			tree: BaoTree::new(key.size, BLOCK),
			data: vec![0; outboard.len()],
		};
		decode_ranges(&slice[..], &chunks(&range), &mut data[..], &mut nodes).unwrap_err();
		decode(&key.hash, range, &slice, || 3_000).unwrap_err();
	}
}
