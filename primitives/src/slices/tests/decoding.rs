use super::*;
use proptest::prelude::*;

#[test]
fn every_range_comes_back_however_the_slice_is_cut() {
	for size in SIZES {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		let mut dice = Dice::new(size);
		for range in ranges(size) {
			let slice = encode(&bytes, &outboard, &range);
			assert_eq!(slice.len() as u64, range.encoded_bytes());
			let wanted = &bytes[range.start() as usize..range.end() as usize];
			let most = dice.one_of([100u32, 20_000, 2_000_000]);
			let got = decode(&key.hash, range, &slice, || dice.below(most) as usize).unwrap();
			assert!(got == wanted, "{range:?}");
		}
	}
}

#[test]
fn a_slice_brings_the_nodes_of_the_outboard() {
	let bytes = object(300_001);
	let (key, outboard) = build(&bytes);
	let range = SliceRange::whole(key.size).unwrap();
	let slice = encode(&bytes, &outboard, &range);
	let mut nodes = vec![0; outboard.len()];
	let mut decoder = SliceDecoder::new(&key.hash, range);
	let mut input = &slice[..];
	while let Some(part) = decoder.push(&mut input).unwrap() {
		if let Verified::Node { place, node } = part {
			nodes[place as usize * 64..][..64].copy_from_slice(&node);
		}
	}
	assert!(decoder.is_complete());
	assert_eq!(nodes, outboard);
}

#[test]
fn what_ends_early_or_late_is_refused() {
	for size in SIZES {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		let range = SliceRange::new(size, size / 2, 20_000).unwrap();
		let mut slice = encode(&bytes, &outboard, &range);
		let short = &slice[..slice.len() - 1];
		assert_eq!(decode(&key.hash, range, short, || 10_000), Err(DecodeError::TooShort));
		assert_eq!(decode(&key.hash, range, &[], || 1), Err(DecodeError::TooShort));
		slice.push(0);
		assert_eq!(decode(&key.hash, range, &slice, || usize::MAX), Err(DecodeError::TooLong));
	}
}

#[test]
fn a_decoder_that_failed_never_recovers() {
	let bytes = object(100_000);
	let (key, outboard) = build(&bytes);
	let range = SliceRange::whole(key.size).unwrap();
	let slice = encode(&bytes, &outboard, &range);
	let mut wrong = slice.clone();
	wrong[10] ^= 1;
	let mut decoder = SliceDecoder::new(&key.hash, range);
	let failure = Err(DecodeError::WrongNode { place: 0 });
	assert_eq!(decoder.push(&mut &wrong[..]), failure);
	assert_eq!(decoder.push(&mut &slice[..]), failure);
	assert_eq!(decoder.push(&mut &[][..]), failure);
	assert_eq!(decoder.finish(), Err(DecodeError::WrongNode { place: 0 }));
	assert!(!decoder.is_complete());
}

#[test]
fn a_decoder_holds_no_more_than_a_group_and_a_path() {
	let bytes = object(1_000_000);
	let (key, outboard) = build(&bytes);
	let range = SliceRange::whole(key.size).unwrap();
	let slice = encode(&bytes, &outboard, &range);
	let mut decoder = SliceDecoder::new(&key.hash, range);
	for mut piece in slice.chunks(1_000) {
		while decoder.push(&mut piece).unwrap().is_some() {}
		// Vectors grow by doubling.
		assert!(decoder.partial.capacity() <= 2 * GROUP_BYTES as usize);
		assert!(decoder.expected.capacity() <= 16 && decoder.expected.len() <= 7);
	}
	decoder.finish().unwrap();
}

#[test]
fn a_slice_of_another_range_or_size_is_refused() {
	let bytes = object(100_000);
	let (key, outboard) = build(&bytes);
	let range = SliceRange::new(key.size, 20_000, 20_000).unwrap();
	let slice = encode(&bytes, &outboard, &range);
	for (size, offset, length) in [
		(100_000, 0, 20_000),
		(100_000, 40_000, 20_000),
		(100_000, 20_000, 40_000),
		(50_000, 20_000, 20_000),
	] {
		let other = SliceRange::new(size, offset, length).unwrap();
		assert!(decode(&key.hash, other, &slice, || 4_000).is_err(), "{size} {offset} {length}");
	}
	// A size that gives the same tree above the groups is not told apart by a slice from the middle.
	let longer = SliceRange::new(key.size + 1, 20_000, 20_000).unwrap();
	assert!(decode(&key.hash, longer, &slice, || 4_000).is_ok());
	let end = SliceRange::new(key.size + 1, 99_999, 1).unwrap();
	let slice = encode(&bytes, &outboard, &SliceRange::new(key.size, 99_999, 1).unwrap());
	assert!(decode(&key.hash, end, &slice, || 4_000).is_err());
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(400))]

	/// Bits flipped, bytes taken out, put in or put elsewhere: nothing wrong comes out, and no wrong slice
	/// is taken for complete.
	#[test]
	fn nothing_wrong_comes_out_of_a_changed_slice(
		size in 1u64..120_000,
		offset in 0u64..120_000,
		length in 1u64..120_000,
		seed: u64,
		kind in 0u8..4,
	) {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		let range = SliceRange::new(size, offset % size, length).unwrap();
		let right = encode(&bytes, &outboard, &range);
		let mut dice = Dice::new(seed);
		let mut slice = right.clone();
		let place = dice.position(slice.len());
		match kind {
			0 => slice[place] ^= 1 << dice.below(8),
			1 => { slice.remove(place); },
			2 => slice.insert(place, dice.number() as u8),
			_ => {
				let other = dice.position(slice.len());
				let count = dice.position(100).min(slice.len() - place.max(other));
				slice.copy_within(other..other + count, place);
			},
		}
		let start = range.start() as usize;
		let mut decoder = SliceDecoder::new(&key.hash, range);
		let mut rest = &slice[..];
		let mut out = 0;
		let mut failed = false;
		'all: while !rest.is_empty() {
			let (mut input, later) = rest.split_at((1 + dice.below(30_000) as usize).min(rest.len()));
			rest = later;
			loop {
				match decoder.push(&mut input) {
					Ok(Some(Verified::Group { offset, bytes: got })) => {
						prop_assert_eq!(offset as usize, start + out);
						prop_assert!(got == &bytes[start + out..][..got.len()]);
						out += got.len();
					},
					Ok(Some(Verified::Node { .. })) => {},
					Ok(None) => break,
					Err(_) => {
						failed = true;
						break 'all;
					},
				}
			}
		}
		prop_assert_eq!(!failed && decoder.finish().is_ok(), slice == right);
	}

	/// A changed byte is noticed before a whole group more has come.
	#[test]
	fn a_wrong_byte_is_noticed_within_one_group(size in 1u64..200_000, seed: u64) {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		let range = SliceRange::whole(size).unwrap();
		let mut slice = encode(&bytes, &outboard, &range);
		let place = Dice::new(seed).position(slice.len());
		slice[place] ^= 1;
		let mut decoder = SliceDecoder::new(&key.hash, range);
		let noticed = slice.chunks(64).position(|mut piece| loop {
			match decoder.push(&mut piece) {
				Ok(Some(_)) => {},
				Ok(None) => break false,
				Err(_) => break true,
			}
		});
		let noticed = noticed.expect("it is noticed") * 64;
		prop_assert!(noticed + 64 > place && noticed < place + GROUP_BYTES as usize);
	}

	/// Bytes at random neither verify nor do any harm.
	#[test]
	fn noise_is_refused(size: u64, offset: u64, length: u64, noise: Vec<u8>, hash: Hash) {
		if let Ok(range) = SliceRange::new(size, offset, length) {
			let mut decoder = SliceDecoder::new(&hash, range);
			let mut input = &noise[..];
			while let Ok(Some(_)) = decoder.push(&mut input) {
				prop_assert!(false, "noise verified");
			}
			prop_assert!(decoder.finish().is_err());
		}
	}
}
