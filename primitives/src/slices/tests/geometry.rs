use super::*;

#[test]
fn chunks_and_groups_are_counted_for_every_size() {
	for (size, chunks, groups) in [
		(0, 0, 0),
		(1, 1, 1),
		(1_024, 1, 1),
		(1_025, 2, 1),
		(16_384, 16, 1),
		(16_385, 17, 2),
		(1 << 40, 1 << 30, 1 << 26),
		((1 << 40) + 1, (1 << 30) + 1, (1 << 26) + 1),
		(u64::MAX, 1 << 54, 1 << 50),
	] {
		assert_eq!((chunk_count(size), group_count(size)), (chunks, groups), "{size}");
		assert_eq!(outboard_bytes(size), groups.saturating_sub(1) * 64);
	}
}

#[test]
fn a_chunks_group_ends_with_the_object() {
	assert_eq!(group_of_chunk(16_385, 15), 0..16_384);
	assert_eq!(group_of_chunk(16_385, 16), 16_384..16_385);
	assert!(group_of_chunk(16_385, 17).is_empty());
	assert!(group_of_chunk(0, 0).is_empty());
	let last = chunk_count(u64::MAX) - 1;
	assert_eq!(group_of_chunk(u64::MAX, last), u64::MAX - 16_383..u64::MAX);
	assert!(group_of_chunk(u64::MAX, u64::MAX).is_empty());
}

#[test]
fn a_path_leads_where_the_slice_of_one_group_leads() {
	for size in
		SIZES.into_iter().chain([1 << 40, (1 << 40) + 1, (1 << 50) - 1, u64::MAX - 1, u64::MAX])
	{
		let groups = group_count(size);
		for group in [0, 1, groups / 3, groups / 2, groups - 1] {
			let steps: Vec<Step> = Path::to_group(size, group).collect();
			let Ok(range) = SliceRange::new(size, group.saturating_mul(GROUP_BYTES), 1) else {
				assert!(group >= groups && steps.is_empty());
				continue;
			};
			let mut items = range.items();
			for step in &steps {
				let Some(SliceItem::Node { place, left, right }) = items.next() else {
					panic!("a node is missing in the slice of group {group} of {size} bytes");
				};
				assert_eq!((place, left, right), (step.place, !step.right, step.right));
				assert!(place < groups - 1);
			}
			let offset = group * GROUP_BYTES;
			let length = GROUP_BYTES.min(size - offset) as usize;
			assert_eq!(items.next(), Some(SliceItem::Group { offset, length }));
			assert_eq!(items.next(), None);
			assert_eq!(range.encoded_bytes(), steps.len() as u64 * 64 + length as u64);
		}
	}
	assert_eq!(Path::new(5, 5).count(), 0);
	assert_eq!(Path::to_group(0, 0).count(), 0);
}

#[test]
fn ranges_are_widened_to_whole_groups_and_end_with_the_object() {
	let range = |offset, length| {
		SliceRange::new(40_000, offset, length).map(|range| (range.start(), range.end()))
	};
	assert_eq!(range(0, 1), Ok((0, 16_384)));
	assert_eq!(range(16_383, 1), Ok((0, 16_384)));
	assert_eq!(range(16_383, 2), Ok((0, 32_768)));
	assert_eq!(range(16_384, 16_384), Ok((16_384, 32_768)));
	assert_eq!(range(16_384, 16_385), Ok((16_384, 40_000)));
	assert_eq!(range(39_999, u64::MAX), Ok((32_768, 40_000)));
	assert_eq!(range(40_000, 1), Err(RangeError::BeyondEnd { size: 40_000 }));
	assert_eq!(range(u64::MAX, u64::MAX), Err(RangeError::BeyondEnd { size: 40_000 }));
	assert_eq!(range(0, 0), Err(RangeError::Empty));
	assert_eq!(SliceRange::whole(0), Err(RangeError::BeyondEnd { size: 0 }));
}

#[test]
fn a_slices_length_is_told_beforehand_even_of_the_largest_objects() {
	for size in SIZES {
		for range in ranges(size) {
			let told: u64 = range
				.items()
				.map(|item| match item {
					SliceItem::Node { .. } => 64,
					SliceItem::Group { length, .. } => length as u64,
				})
				.sum();
			assert_eq!(range.encoded_bytes(), told, "{range:?}");
		}
	}
	// 2^26 groups: 2^26 - 1 nodes above all of them; 1 node less than that many above all but one.
	let tebibyte = 1u64 << 40;
	let nodes = (1 << 26) - 1;
	assert_eq!(SliceRange::whole(tebibyte).unwrap().encoded_bytes(), tebibyte + nodes * 64);
	let but_one = SliceRange::new(tebibyte, GROUP_BYTES, u64::MAX).unwrap();
	assert_eq!(but_one.encoded_bytes(), tebibyte - GROUP_BYTES + nodes * 64);
	assert_eq!(SliceRange::whole(u64::MAX).unwrap().encoded_bytes(), u64::MAX);
	assert_eq!(SliceRange::new(u64::MAX, u64::MAX - 1, 1).unwrap().items().count(), 51);
}
