//! The store: whatever is done to it, what it has is whole.

use proptest::prelude::*;
use rome_primitives::storage::ObjectKey;
use rome_provider::store::{
	owner, partial::PIECE, survey, Health, Incoming, Manifest, Partial, Presence, Store, StoreError,
};
use std::{
	collections::BTreeMap,
	fs::{self, File},
	os::unix::fs::FileExt,
	sync::Arc,
};
use tempfile::TempDir;

fn sample(seed: u64, length: usize) -> Vec<u8> {
	let mut bytes = vec![0; length];
	blake3::Hasher::new().update(&seed.to_le_bytes()).finalize_xof().fill(&mut bytes);
	bytes
}

fn key_of(bytes: &[u8]) -> ObjectKey {
	ObjectKey { hash: *blake3::hash(bytes).as_bytes(), size: bytes.len() as u64 }
}

fn open() -> (TempDir, Arc<Store>) {
	let folder = TempDir::new().unwrap();
	Store::create(folder.path(), &Manifest::new("colossus", "operator".into())).unwrap();
	let store = Arc::new(Store::open(folder.path(), 0).unwrap());
	(folder, store)
}

fn put(store: &Arc<Store>, bytes: &[u8]) -> ObjectKey {
	let key = key_of(bytes);
	let mut incoming = store.begin(key).unwrap();
	incoming.write(bytes).unwrap();
	incoming.finish().unwrap();
	key
}

fn flip(store: &Store, path: &std::path::Path, at: u64) {
	let file = File::options().read(true).write(true).open(path).unwrap();
	let mut byte = [0];
	file.read_exact_at(&mut byte, at).unwrap();
	file.write_all_at(&[byte[0] ^ 0x10], at).unwrap();
	assert!(path.starts_with(store.root()));
}

#[derive(Clone, Debug)]
enum Step {
	Put(u8),
	Wrong(u8),
	Abandon(u8),
	Remove(u8),
	Damage(u8),
	DamageTree(u8),
	Scrub,
	Reopen,
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		4 => (0u8..12).prop_map(Step::Put),
		1 => (0u8..12).prop_map(Step::Wrong),
		1 => (0u8..12).prop_map(Step::Abandon),
		1 => (0u8..12).prop_map(Step::Remove),
		2 => (0u8..12).prop_map(Step::Damage),
		1 => (0u8..12).prop_map(Step::DamageTree),
		1 => Just(Step::Scrub),
		1 => Just(Step::Reopen),
	]
}

/// The bytes that a number stands for: of lengths around the edges of groups.
fn bytes_of(number: u8) -> Vec<u8> {
	let length = match number % 4 {
		0 => 1 + usize::from(number),
		1 => 16_384,
		2 => 16_385 + usize::from(number),
		_ => 70_000 + usize::from(number) * 16_384,
	};
	sample(number.into(), length)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]
	#[test]
	fn any_sequence_leaves_only_whole_objects(steps in proptest::collection::vec(step(), 1..40)) {
		let (folder, mut store) = open();
		// What has to be there, and whether its bytes or its tree are damaged.
		let mut model: BTreeMap<[u8; 32], (u64, bool, bool)> = BTreeMap::new();
		for step in steps {
			match step {
				Step::Put(number) => {
					let key = put(&store, &bytes_of(number));
					model.insert(key.hash, (key.size, false, false));
				},
				Step::Wrong(number) => {
					let mut bytes = bytes_of(number);
					let key = key_of(&bytes);
					let last = bytes.len() - 1;
					bytes[last] ^= 1;
					let mut incoming = store.begin(key).unwrap();
					incoming.write(&bytes).unwrap();
					let refused = matches!(incoming.finish(), Err(StoreError::WrongHash { .. }));
					prop_assert!(refused);
				},
				Step::Abandon(number) => {
					let bytes = bytes_of(number);
					let mut incoming: Incoming = store.begin(key_of(&bytes)).unwrap();
					incoming.write(&bytes[..bytes.len() / 2]).unwrap();
				},
				Step::Remove(number) => {
					let hash = key_of(&bytes_of(number)).hash;
					prop_assert_eq!(store.remove(&hash).unwrap(), model.remove(&hash).is_some());
				},
				Step::Damage(number) => {
					let key = key_of(&bytes_of(number));
					if let Some((size, damaged, _)) = model.get_mut(&key.hash) {
						if !*damaged {
							flip(&store, &store.path(&key.hash), *size / 2);
							*damaged = true;
						}
					}
				},
				Step::DamageTree(number) => {
					let key = key_of(&bytes_of(number));
					if let Some((size, _, damaged)) = model.get_mut(&key.hash) {
						if *size > 16_384 && !*damaged {
							flip(&store, &store.tree_path(&key.hash), 5);
							*damaged = true;
						}
					}
				},
				Step::Scrub => {
					let mut all = Vec::new();
					store.each(|hash, _| { all.push(hash); true }).unwrap();
					for hash in all {
						let (_, damaged, tree) = model[&hash];
						let expected = match (damaged, tree) {
							(true, _) => Health::Damaged,
							(false, true) => Health::TreeMended,
							(false, false) => Health::Sound,
						};
						prop_assert_eq!(store.verify(&hash, |_| true).unwrap(), Some(expected));
						if damaged {
							store.quarantine(&hash).unwrap();
							model.remove(&hash);
						} else if let Some((_, _, tree)) = model.get_mut(&hash) {
							*tree = false;
						}
					}
				},
				Step::Reopen => {
					drop(store);
					fs::write(folder.path().join("temporary/torn"), b"half of something").unwrap();
					store = Arc::new(Store::open(folder.path(), 0).unwrap());
				},
			}
			let mut there = BTreeMap::new();
			store.each(|hash, size| { there.insert(hash, size); true }).unwrap();
			let expected: BTreeMap<_, _> =
				model.iter().map(|(hash, (size, ..))| (*hash, *size)).collect();
			prop_assert_eq!(&there, &expected);
			let bytes: u64 = expected.values().sum();
			prop_assert_eq!(store.counts(), (expected.len() as u64, bytes));
			prop_assert_eq!(fs::read_dir(folder.path().join("temporary")).unwrap().count(), 0);
			let found = survey(folder.path()).unwrap();
			prop_assert_eq!((found.objects, found.bytes), (expected.len() as u64, bytes));
		}
	}

	#[test]
	fn a_walk_can_be_resumed_anywhere(count in 1usize..40, stops in any::<u64>()) {
		let (_folder, store) = open();
		let mut all: Vec<_> = (0..count as u64).map(|seed| put(&store, &sample(seed, 10)).hash).collect();
		all.sort_unstable();
		let mut found: Vec<[u8; 32]> = Vec::new();
		let mut stops = stops | 1 << 63;
		loop {
			let mut any = false;
			store.each_from(found.last().copied(), |hash, _| {
				any = true;
				found.push(hash);
				stops = stops.rotate_left(1);
				stops & 1 == 0
			}).unwrap();
			if !any { break; }
		}
		prop_assert_eq!(found, all);
	}
}

#[test]
fn every_flipped_bit_is_found() {
	let (_folder, store) = open();
	let bytes = sample(1, 50_000);
	let key = put(&store, &bytes);
	for at in [0, 1, 16_383, 16_384, 32_768, 49_999] {
		flip(&store, &store.path(&key.hash), at);
		assert_eq!(store.verify(&key.hash, |_| true).unwrap(), Some(Health::Damaged), "{at}");
		flip(&store, &store.path(&key.hash), at);
	}
	assert_eq!(store.verify(&key.hash, |_| true).unwrap(), Some(Health::Sound));
	let file = File::options().write(true).open(store.path(&key.hash)).unwrap();
	file.set_len(49_000).unwrap();
	assert_eq!(store.verify(&key.hash, |_| true).unwrap(), Some(Health::Damaged));
	assert!(matches!(store.presence(&key), Presence::Missing));
	fs::remove_file(store.tree_path(&key.hash)).unwrap();
	fs::write(store.path(&key.hash), &bytes).unwrap();
	assert_eq!(store.verify(&key.hash, |_| true).unwrap(), Some(Health::TreeMended));
	assert_eq!(store.verify(&key.hash, |_| false).unwrap(), None, "it can be told to stop");
	let missing = store.verify(&[0; 32], |_| true).unwrap();
	assert_eq!(missing, Some(Health::Missing));
}

#[test]
fn a_damaged_object_is_aside_until_it_is_replaced() {
	let (folder, store) = open();
	let bytes = sample(1, 40_000);
	let key = put(&store, &bytes);
	flip(&store, &store.path(&key.hash), 7);
	store.quarantine(&key.hash).unwrap();
	assert!(store.get(&key.hash).unwrap().is_none());
	assert!(!store.has(&key));
	store.tidy(std::time::Duration::from_secs(60)).unwrap();
	assert_eq!(survey(folder.path()).unwrap().quarantined, 1);
	put(&store, &bytes);
	assert_eq!(survey(folder.path()).unwrap().quarantined, 0);
	assert_eq!(store.verify(&key.hash, |_| true).unwrap(), Some(Health::Sound));
	store.quarantine(&key.hash).unwrap();
	std::thread::sleep(std::time::Duration::from_millis(20));
	store.tidy(std::time::Duration::from_millis(1)).unwrap();
	assert_eq!(survey(folder.path()).unwrap().quarantined, 0);
}

#[test]
fn pieces_come_in_any_order_and_survive_a_restart() {
	let (folder, store) = open();
	let bytes = sample(1, 2 * PIECE as usize + 12_345);
	let key = key_of(&bytes);
	let place = |partial: &mut Partial, piece: u64| {
		let (start, length) = partial.range(piece);
		let part = &bytes[start as usize..(start + length) as usize];
		partial.writer().unwrap().write_all_at(part, start).unwrap();
		partial.mark(piece).unwrap();
	};
	let mut partial = Partial::open(&store, key).unwrap();
	assert_eq!(partial.missing(), [0, 1, 2]);
	place(&mut partial, 2);
	place(&mut partial, 0);
	drop(partial);
	drop(store);
	let store = Arc::new(Store::open(folder.path(), 0).unwrap());
	assert_eq!(store.partials().unwrap(), [key]);
	let mut partial = Partial::open(&store, key).unwrap();
	assert_eq!(partial.missing(), [1]);
	place(&mut partial, 1);
	partial.finish().unwrap();
	assert_eq!(store.verify(&key.hash, |_| true).unwrap(), Some(Health::Sound));
	assert_eq!(fs::read_dir(folder.path().join("partial")).unwrap().count(), 0);
	// What a crash damaged on the way is found at the end, and thrown away.
	let other = sample(2, PIECE as usize + 5);
	let key = key_of(&other);
	let mut partial = Partial::open(&store, key).unwrap();
	let writer = partial.writer().unwrap();
	writer.write_all_at(&other, 0).unwrap();
	writer.write_all_at(&[other[100] ^ 1], 100).unwrap();
	partial.mark(0).unwrap();
	partial.mark(1).unwrap();
	assert!(matches!(partial.finish(), Err(StoreError::WrongHash { .. })));
	assert!(store.partials().unwrap().is_empty());
	assert!(!store.has(&key));
}

#[test]
fn marks_without_their_bytes_are_no_pieces() {
	let (_folder, store) = open();
	let bytes = sample(3, 2 * PIECE as usize + 9);
	let key = key_of(&bytes);
	let mut partial = Partial::open(&store, key).unwrap();
	partial.writer().unwrap().write_all_at(&bytes, 0).unwrap();
	for piece in 0..3 {
		partial.mark(piece).unwrap();
	}
	let file = partial.writer().unwrap();
	drop(partial);
	// A power cut: the marks are there, and of the bytes one and a half pieces.
	file.set_len(PIECE + PIECE / 2).unwrap();
	let partial = Partial::open(&store, key).unwrap();
	assert_eq!(partial.missing(), [1, 2]);
	drop(partial);
	file.set_len(3 * PIECE).unwrap();
	let mut partial = Partial::open(&store, key).unwrap();
	assert_eq!(partial.missing(), [1, 2], "the marks themselves are taken back");
	partial.writer().unwrap().write_all_at(&bytes, 0).unwrap();
	partial.mark(1).unwrap();
	partial.mark(2).unwrap();
	partial.finish().unwrap();
	assert_eq!(store.verify(&key.hash, |_| true).unwrap(), Some(Health::Sound));
}

#[test]
fn a_fetch_that_can_never_be_whole_starts_anew() {
	let (_folder, store) = open();
	let bytes = sample(4, 100);
	let key = key_of(&bytes);
	let mut partial = Partial::open(&store, key).unwrap();
	partial.writer().unwrap().write_all_at(&bytes[..50], 0).unwrap();
	partial.mark(0).unwrap();
	assert!(matches!(partial.finish(), Err(StoreError::WrongSize { .. })));
	assert_eq!(Partial::open(&store, key).unwrap().missing(), [0]);
}

#[test]
fn space_of_a_piece_that_came_is_promised_no_more() {
	let (folder, store) = open();
	let (free, _) = store.disk().unwrap();
	drop(store);
	let store = Arc::new(Store::open(folder.path(), free.saturating_sub(256 << 20)).unwrap());
	let key = ObjectKey { hash: [5; 32], size: 128 << 20 };
	let before = store.free().unwrap();
	let mut partial = Partial::open(&store, key).unwrap();
	let promised = before - store.free().unwrap();
	assert!(promised > 100 << 20, "{promised}");
	// Nothing is written here, so that what is free tells of promises alone.
	for piece in 0..24 {
		partial.mark(piece).unwrap();
	}
	let promised = before.saturating_sub(store.free().unwrap());
	assert!(promised < 64 << 20, "{promised}");
}

#[test]
fn what_somebody_was_told_is_here_is_not_deleted() {
	use std::time::Duration;
	let (_folder, store) = open();
	let key = put(&store, &sample(6, 20_000));
	let long_ago = std::time::SystemTime::now() - Duration::from_secs(10_000);
	File::open(store.path(&key.hash)).unwrap().set_modified(long_ago).unwrap();
	let age = Duration::from_secs(3_600);
	assert!(store.is_older(&key.hash, age));
	assert!(store.renew(&key).unwrap());
	assert!(!store.renew(&ObjectKey { size: 1, ..key }).unwrap());
	assert!(!store.remove_older(&key.hash, age).unwrap());
	assert!(store.has(&key));
	File::open(store.path(&key.hash)).unwrap().set_modified(long_ago).unwrap();
	assert!(store.remove_older(&key.hash, age).unwrap());
	assert!(!store.has(&key) && !store.renew(&key).unwrap());
}

#[test]
fn the_mark_is_no_object() {
	let (folder, store) = open();
	assert!(!store.is_marked().unwrap());
	store.mark().unwrap();
	let key = put(&store, b"an object");
	drop(store);
	let store = Store::open(folder.path(), 0).unwrap();
	assert!(store.is_marked().unwrap());
	assert_eq!(store.counts(), (1, key.size));
	assert_eq!(survey(folder.path()).unwrap().objects, 1);
}

#[test]
fn what_the_disk_does_not_give_is_not_called_damaged() {
	let (_folder, store) = open();
	// A folder is opened like a file, and every read of it fails.
	let path = store.path(&[9; 32]);
	fs::create_dir_all(&path).unwrap();
	assert_eq!(store.verify(&[9; 32], |_| true).unwrap(), Some(Health::Unreadable));
}

#[test]
fn a_directory_is_one_daemons_and_of_one_kind() {
	let (folder, store) = open();
	assert_eq!(owner(folder.path()), Some(std::process::id()));
	// flock belongs to the open file: another opening of it is refused in the same process, too.
	assert!(matches!(Store::open(folder.path(), 0), Err(StoreError::Locked(_))));
	drop(store);
	assert_eq!(owner(folder.path()), None);
	assert!(Store::create(folder.path(), &Manifest::new("colossus", "x".into())).is_err());
	let path = folder.path().join("manifest.json");
	let text = fs::read_to_string(&path).unwrap();
	fs::write(&path, text.replace("\"layout\": 1", "\"layout\": 2")).unwrap();
	let error = Store::open(folder.path(), 0).unwrap_err().to_string();
	assert!(error.contains("layout 2"), "{error}");
	fs::remove_file(&path).unwrap();
	let error = Store::open(folder.path(), 0).unwrap_err().to_string();
	assert!(error.contains("mounted"), "{error}");
}

#[test]
fn space_is_promised_once() {
	let (folder, store) = open();
	let (free, _) = store.disk().unwrap();
	drop(store);
	let store = Arc::new(Store::open(folder.path(), free.saturating_sub(64 << 20)).unwrap());
	let key = |number: u8| ObjectKey { hash: [number; 32], size: 24 << 20 };
	let first = store.begin(key(1)).unwrap();
	let second = store.begin(key(2)).unwrap();
	assert!(matches!(store.begin(key(3)), Err(StoreError::NoSpace { .. })));
	drop((first, second));
	assert!(store.begin(key(3)).is_ok());
}
