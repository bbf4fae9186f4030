use super::*;

#[test]
fn the_hash_is_blake3s_however_the_bytes_come() {
	for size in SIZES {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		assert_eq!(key.hash, *blake3::hash(&bytes).as_bytes(), "{size}");
		assert_eq!(outboard.len() as u64, outboard_bytes(size));
		let mut dice = Dice::new(size);
		for _ in 0..4 {
			let most = dice.one_of([10u32, 2_000, 16_384, 70_000]);
			let mut builder = OutboardBuilder::new(size);
			let mut rest = &bytes[..];
			while !rest.is_empty() {
				let (piece, later) = rest.split_at((dice.below(most) as usize).min(rest.len()));
				builder.update(piece).unwrap();
				rest = later;
			}
			assert_eq!(builder.finish().unwrap(), (key.hash, outboard.clone()));
		}
	}
}

#[test]
fn an_empty_object_has_blake3s_hash_of_nothing() {
	let (key, outboard) = build(&[]);
	assert_eq!((key.hash, outboard), (*blake3::hash(&[]).as_bytes(), vec![]));
}

#[test]
fn more_or_fewer_bytes_than_the_size_are_refused() {
	let bytes = object(40_000);
	let mut builder = OutboardBuilder::new(39_999);
	assert_eq!(builder.update(&bytes), Err(SizeError::TooLong { size: 39_999 }));
	// The piece too long was not taken.
	builder.update(&bytes[..39_999]).unwrap();
	assert_eq!(builder.update(&bytes[..1]), Err(SizeError::TooLong { size: 39_999 }));
	assert_eq!(builder.finish().unwrap().0, *blake3::hash(&bytes[..39_999]).as_bytes());

	for received in [0u64, 1, 16_384, 32_768, 39_999] {
		let mut builder = OutboardBuilder::new(40_000);
		builder.update(&bytes[..received as usize]).unwrap();
		assert_eq!(builder.finish(), Err(SizeError::TooShort { size: 40_000, received }));
	}
}

#[test]
fn a_claimed_size_costs_no_memory() {
	let mut builder = OutboardBuilder::new(u64::MAX);
	builder.update(&object(50_000)).unwrap();
	// Three groups: two nodes deep down on the left. 50 levels are above them.
	assert!(builder.nodes.len() <= 64 * 64, "{}", builder.nodes.len());
}

#[test]
fn every_node_is_handed_out_once_in_its_place() {
	for size in SIZES {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		let mut nodes = std::collections::BTreeMap::new();
		let mut hasher = TreeHasher::new(size);
		for piece in bytes.chunks(20_000) {
			hasher
				.update(piece, |place, node| assert_eq!(nodes.insert(place, *node), None))
				.unwrap();
		}
		assert_eq!(hasher.received(), size);
		assert_eq!(hasher.finish(), Ok(key.hash));
		assert!(nodes.keys().copied().eq(0..group_count(size) - 1));
		assert_eq!(nodes.into_values().collect::<Vec<_>>().concat(), outboard);
	}
}

#[test]
fn an_outboard_too_short_is_noticed() {
	let (_, outboard) = build(&object(100_000));
	let last = group_count(100_000) - 2;
	let mut whole = &outboard[..];
	let mut file = SeekOutboard(std::io::Cursor::new(&outboard));
	for place in 0..=last {
		assert_eq!(whole.node(place), Ok(file.node(place).unwrap()));
	}
	for place in [last + 1, u64::MAX / 64, u64::MAX / 64 + 1, u64::MAX] {
		assert_eq!(whole.node(place), Err(MissingNode { place }));
		file.node(place).unwrap_err();
	}
	assert_eq!((&outboard[..outboard.len() - 1]).node(last), Err(MissingNode { place: last }));
}
