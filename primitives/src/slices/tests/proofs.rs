use super::*;

fn prove(key: &ObjectKey, index: u64, outboard: &[u8], bytes: &[u8]) -> ChunkProof {
	let group = group_of_chunk(key.size, index);
	let group = &bytes[group.start as usize..group.end as usize];
	prove_chunk(key, index, &mut &outboard[..], group).unwrap()
}

#[test]
fn every_chunk_is_proved_and_for_no_other_place() {
	for size in SIZES.into_iter().filter(|size| *size <= 131_073) {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		for index in 0..chunk_count(size) {
			let proof = prove(&key, index, &outboard, &bytes);
			let start = (index * CHUNK_BYTES) as usize;
			assert_eq!(proof.bytes[..], bytes[start..bytes.len().min(start + 1_024)]);
			for other in 0..chunk_count(size) + 2 {
				assert_eq!(
					verify_chunk(&key, other, &proof),
					other == index,
					"{size} {index} {other}"
				);
			}
		}
	}
}

#[test]
fn a_proof_of_the_last_chunk_proves_the_size() {
	for size in SIZES {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		let last = chunk_count(size) - 1;
		let proof = prove(&key, last, &outboard, &bytes);
		let near = (size.saturating_sub(3_000)..size + 3_000).chain([
			size * 2,
			size + 16_384,
			size + 32_768,
		]);
		for claimed in near.filter(|claimed| *claimed > 0) {
			let claim = ObjectKey { size: claimed, ..key };
			let proved = verify_chunk(&claim, chunk_count(claimed) - 1, &proof);
			assert_eq!(proved, claimed == size, "{claimed} of {size}");
		}
	}
}

#[test]
fn a_changed_proof_proves_nothing() {
	let mut dice = Dice::new(1);
	for size in SIZES {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		for _ in 0..8 {
			let index = dice.number() % chunk_count(size);
			let proof = prove(&key, index, &outboard, &bytes);
			let mut changed = proof.clone();
			let place = dice.position(proof.bytes.len());
			changed.bytes[place] ^= 1 << dice.below(8);
			assert!(!verify_chunk(&key, index, &changed));

			let mut changed = proof.clone();
			changed.bytes.pop();
			assert!(!verify_chunk(&key, index, &changed));

			let mut changed = proof.clone();
			changed.siblings.try_push([0; 32]).unwrap();
			assert!(!verify_chunk(&key, index, &changed));

			if !proof.siblings.is_empty() {
				let mut changed = proof.clone();
				let place = dice.position(proof.siblings.len());
				changed.siblings[place][dice.position(32)] ^= 1 << dice.below(8);
				assert!(!verify_chunk(&key, index, &changed));

				let mut changed = proof.clone();
				changed.siblings.pop();
				assert!(!verify_chunk(&key, index, &changed));
			}
			let mut other = key;
			other.hash[dice.position(32)] ^= 1;
			assert!(!verify_chunk(&other, index, &proof));
		}
	}
}

#[test]
fn no_proof_is_made_of_damaged_bytes() {
	let bytes = object(300_001);
	let (key, outboard) = build(&bytes);
	let index = 100;
	let range = group_of_chunk(key.size, index);
	let mut group = bytes[range.start as usize..range.end as usize].to_vec();
	let mut nodes = outboard.clone();
	let prove =
		|index, nodes: &[u8], group: &[u8]| prove_chunk(&key, index, &mut &nodes[..], group);
	assert!(prove(index, &nodes, &group).is_ok());
	assert_eq!(prove(index, &nodes, &group[1..]), Err(ProofError::WrongGroup));
	assert_eq!(prove(chunk_count(key.size), &nodes, &group), Err(ProofError::NoSuchChunk));
	assert_eq!(
		prove(index, &nodes[..64], &group),
		Err(ProofError::Outboard(MissingNode { place: 1 }))
	);
	// Anywhere in the group, not just in the chunk itself.
	for place in [0, 5_000, 16_383] {
		group[place] ^= 1;
		assert_eq!(prove(index, &nodes, &group), Err(ProofError::Damaged));
		group[place] ^= 1;
	}
	nodes[40] ^= 1;
	assert_eq!(prove(index, &nodes, &group), Err(ProofError::Damaged));
}

#[test]
fn proofs_go_up_to_a_pebibyte_and_no_further() {
	// A tree of which only the way to one chunk is known: its hash is whatever that gives.
	let bytes: Vec<u8> = object(1_024);
	for (size, depth) in [(1u64 << 40, 30), ((1 << 40) + 1, 31), (1 << 50, 40), ((1 << 50) + 1, 41)]
	{
		let index = size / CHUNK_BYTES / 3;
		let turns: Vec<bool> = Path::new(chunk_count(size), index).map(|step| step.right).collect();
		assert_eq!(turns.len(), depth);
		let mut value = hash::subtree(index * CHUNK_BYTES, &bytes);
		for (level, right) in turns.iter().enumerate().rev() {
			let sibling = [level as u8; 32];
			let (left, right) = if *right { (&sibling, &value) } else { (&value, &sibling) };
			value = hash::parent(left, right, level == 0);
		}
		let siblings: Vec<Hash> = (0..depth).rev().map(|level| [level as u8; 32]).collect();
		let Ok(siblings) = siblings.try_into() else {
			assert_eq!(depth, 41);
			continue;
		};
		let proof = ChunkProof { bytes: bytes.clone().try_into().unwrap(), siblings };
		let key = ObjectKey { hash: value, size };
		assert!(verify_chunk(&key, index, &proof));
		assert!(!verify_chunk(&key, index + 1, &proof));
	}
	// Sizes beyond are no more than refused.
	let proof = ChunkProof { bytes: bytes.try_into().unwrap(), siblings: Default::default() };
	for size in [0, u64::MAX - 1, u64::MAX] {
		for index in [0, 1 << 53, (1 << 54) - 1, u64::MAX] {
			assert!(!verify_chunk(&ObjectKey { hash: [0; 32], size }, index, &proof));
		}
	}
}
