use super::{super::challenge::*, *};
use crate::{
	slices::{chunk_count, prove_chunk, OutboardBuilder},
	storage::{limits::CHALLENGE_WINDOW, Confirmation},
};

#[test]
fn anchors_are_the_last_multiples_below() {
	for (now, current, previous) in [
		(0, 0, None),
		(1, 0, None),
		(16, 0, None),
		(17, 16, Some(0)),
		(24, 16, Some(0)),
		(25, 16, None),
		(32, 16, None),
		(33, 32, Some(16)),
		(u32::MAX, u32::MAX - 15, None),
	] {
		assert_eq!(anchor(now), (current, previous), "{now}");
	}
	for now in 1..200 {
		let (current, previous) = anchor(now);
		assert!(
			current < now && now - current <= CHALLENGE_WINDOW && current % CHALLENGE_WINDOW == 0
		);
		let first_half = now - current <= CHALLENGE_WINDOW / 2 && current > 0;
		assert_eq!(previous, first_half.then(|| current - CHALLENGE_WINDOW));
	}
}

#[test]
fn a_confirmation_has_at_least_half_a_window_to_arrive() {
	for made_after in 0..200 {
		let answered = anchor(made_after + 1).0;
		for wait in 1..=CHALLENGE_WINDOW / 2 {
			let (current, previous) = anchor(made_after + wait);
			assert!(answered == current || Some(answered) == previous, "{made_after} {wait}");
		}
	}
}

#[test]
fn chunks_are_chosen_evenly_and_by_everything() {
	let key = ObjectKey { size: 10 * 1_024, ..key(1) };
	let mut chosen = [0u32; 10];
	for provider in 0..10_000 {
		chosen[chunk_to_open(&[7; 32], &key, provider) as usize] += 1;
	}
	assert!(chosen.iter().all(|times| (850..1_150).contains(times)), "{chosen:?}");

	let large = ObjectKey { size: 1 << 40, ..key };
	let first = chunk_to_open(&[7; 32], &large, 1);
	let mut other_hash = large;
	other_hash.hash[31] ^= 1;
	assert_ne!(first, chunk_to_open(&[8; 32], &large, 1));
	assert_ne!(first, chunk_to_open(&[7; 32], &large, 2));
	assert_ne!(first, chunk_to_open(&[7; 32], &other_hash, 1));
	// Not even sizes of equally many chunks.
	assert_ne!(first, chunk_to_open(&[7; 32], &ObjectKey { size: (1 << 40) - 1, ..key }, 1));
}

#[test]
fn every_size_has_a_chunk_to_open() {
	for size in [0, 1, 1_024, 1_025, u64::MAX] {
		for provider in 0..50 {
			let chunk = chunk_to_open(&[1; 32], &ObjectKey { size, ..key(1) }, provider);
			assert!(chunk < chunk_count(size).max(1));
		}
	}
}

#[test]
fn a_confirmation_answers_one_anchor_for_one_provider() {
	let bytes: Vec<u8> = (0..200_000u32).map(|n| (n % 251) as u8).collect();
	let mut builder = OutboardBuilder::new(bytes.len() as u64);
	builder.update(&bytes).unwrap();
	let (hash, outboard) = builder.finish().unwrap();
	let key = ObjectKey { hash, size: bytes.len() as u64 };
	let open = |index| {
		let group = crate::slices::group_of_chunk(key.size, index);
		let group = &bytes[group.start as usize..group.end as usize];
		prove_chunk(&key, index, &mut &outboard[..], group).unwrap()
	};
	let anchor = [3; 32];
	let last = chunk_count(key.size) - 1;
	let confirmation =
		Confirmation { key, chunk: open(chunk_to_open(&anchor, &key, 1)), last: Some(open(last)) };
	assert!(confirmation.answers(&anchor, 1) && confirmation.proves_size());
	let answered = |provider| confirmation.answers(&anchor, provider);
	let same_chunk =
		|provider: &u32| chunk_to_open(&anchor, &key, *provider) == chunk_to_open(&anchor, &key, 1);
	assert!((2..100).filter(|id| !same_chunk(id)).all(|provider| !answered(provider)));
	assert!(!confirmation.answers(&[4; 32], 1));

	assert!(!Confirmation { last: None, ..confirmation.clone() }.proves_size());
	assert!(!Confirmation { last: Some(open(last - 1)), ..confirmation.clone() }.proves_size());
	// Another size, even with the same number of chunks, or none at all.
	for size in [key.size - 1, key.size + 1, 1, 0] {
		let claim = Confirmation { key: ObjectKey { size, ..key }, ..confirmation.clone() };
		assert!(!claim.proves_size());
	}
}
