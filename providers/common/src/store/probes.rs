//! What guests upload to measure: written and synced like objects, kept apart, capped, and dropped soon.

use super::{incoming::Place, parse_hash, Incoming, Opened, Store, StoreError};
use rome_primitives::storage::ObjectKey;
use std::{
	collections::HashMap,
	fs::{self, File},
	io,
	sync::{Arc, Mutex, MutexGuard},
	time::{Duration, SystemTime},
};

/// Bounds of the probe objects.
#[derive(Clone, Copy, Debug)]
pub struct ProbeBounds {
	/// Bytes of one.
	pub object: u64,
	/// Bytes of all that are kept.
	pub total: u64,
	/// How many are kept.
	pub count: usize,
	/// How long one is kept.
	pub keep: Duration,
}

/// The probe objects.
pub struct Probes {
	store: Arc<Store>,
	bounds: ProbeBounds,
	kept: Arc<Mutex<Ledger>>,
}

type Ledger = HashMap<[u8; 32], Kept>;

struct Kept {
	size: u64,
	/// When it is dropped; none while it arrives, however long that takes.
	until: Option<SystemTime>,
}

fn lock(kept: &Mutex<Ledger>) -> MutexGuard<'_, Ledger> {
	kept.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// A probe object that arrives. It counts as one that is kept; dropped before [`Arrival::keep`], no more.
pub struct Arrival {
	kept: Arc<Mutex<Ledger>>,
	hash: [u8; 32],
	keep: Duration,
}

impl Arrival {
	/// It is there: its time begins.
	pub fn keep(self) {
		if let Some(kept) = lock(&self.kept).get_mut(&self.hash) {
			kept.until = Some(SystemTime::now() + self.keep);
		}
	}
}

impl Drop for Arrival {
	fn drop(&mut self) {
		let mut kept = lock(&self.kept);
		if kept.get(&self.hash).is_some_and(|kept| kept.until.is_none()) {
			kept.remove(&self.hash);
		}
	}
}

impl Probes {
	/// Finds those that an earlier process left.
	pub fn open(store: Arc<Store>, bounds: ProbeBounds) -> io::Result<Self> {
		let mut kept = HashMap::new();
		let folder = store.root().join("probes");
		for entry in fs::read_dir(&folder)? {
			let entry = entry?;
			let Some(hash) = entry.file_name().to_str().and_then(parse_hash) else { continue };
			let found = entry.metadata()?;
			let until = Some(found.modified()? + bounds.keep);
			kept.insert(hash, Kept { size: found.len(), until });
		}
		let probes = Self { store, bounds, kept: Arc::new(Mutex::new(kept)) };
		probes.expire();
		Ok(probes)
	}

	/// The bounds.
	pub fn bounds(&self) -> ProbeBounds {
		self.bounds
	}

	/// How many there are, and their bytes.
	pub fn counts(&self) -> (usize, u64) {
		let kept = lock(&self.kept);
		(kept.len(), kept.values().map(|kept| kept.size).sum())
	}

	/// Starts to take one in, if there is room and it is not arriving already.
	pub fn begin(&self, key: ObjectKey) -> Result<(Incoming, Arrival), StoreError> {
		self.expire();
		let arrival = {
			let mut kept = lock(&self.kept);
			if kept.get(&key.hash).is_some_and(|kept| kept.until.is_none()) {
				return Err(StoreError::Unusable("this probe object is arriving already".into()));
			}
			let used: u64 = kept.values().map(|kept| kept.size).sum();
			let free = self.bounds.total.saturating_sub(used);
			if key.size > free || kept.len() >= self.bounds.count {
				return Err(StoreError::NoSpace { need: key.size, free });
			}
			// Counted from now on, so that many at once do not all find room.
			kept.insert(key.hash, Kept { size: key.size, until: None });
			Arrival { kept: self.kept.clone(), hash: key.hash, keep: self.bounds.keep }
		};
		let incoming = Incoming::begin(self.store.clone(), key, Place::Probes)?;
		Ok((incoming, arrival))
	}

	/// One that is there.
	pub fn get(&self, hash: &[u8; 32]) -> io::Result<Option<Opened>> {
		let there = |kept: &Kept| kept.until.is_some_and(|until| until > SystemTime::now());
		if !lock(&self.kept).get(hash).is_some_and(there) {
			return Ok(None);
		}
		self.read(&hex::encode(hash))
	}

	/// The tree of one that is there.
	pub fn tree(&self, hash: &[u8; 32]) -> io::Result<Option<Opened>> {
		self.read(&(hex::encode(hash) + ".tree"))
	}

	fn read(&self, name: &str) -> io::Result<Option<Opened>> {
		match File::open(self.store.root().join("probes").join(name)) {
			Ok(file) => {
				let size = file.metadata()?.len();
				Ok(Some(Opened { file: Arc::new(file), size }))
			},
			Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
			Err(error) => Err(error),
		}
	}

	/// Drops those whose time is over.
	pub fn expire(&self) {
		let now = SystemTime::now();
		let old: Vec<[u8; 32]> = {
			let mut kept = lock(&self.kept);
			let over = |kept: &Kept| kept.until.is_some_and(|until| until <= now);
			let old = kept.iter().filter(|(_, kept)| over(kept)).map(|(hash, _)| *hash);
			let old: Vec<_> = old.collect();
			for hash in &old {
				kept.remove(hash);
			}
			old
		};
		for hash in old {
			let path = self.store.root().join("probes").join(hex::encode(hash));
			let _ = fs::remove_file(path.with_extension("tree"));
			let _ = fs::remove_file(path);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::Manifest;

	fn probes(keep: Duration) -> (tempfile::TempDir, Probes) {
		let folder = tempfile::tempdir().unwrap();
		Store::create(folder.path(), &Manifest::new("colossus", "operator".into())).unwrap();
		let store = Arc::new(Store::open(folder.path(), 0).unwrap());
		let bounds = ProbeBounds { object: 100, total: 250, count: 8, keep };
		(folder, Probes::open(store, bounds).unwrap())
	}

	fn key(number: u8) -> (ObjectKey, Vec<u8>) {
		let bytes = vec![number; 100];
		(ObjectKey { hash: *blake3::hash(&bytes).as_bytes(), size: 100 }, bytes)
	}

	#[test]
	fn what_arrives_slowly_keeps_its_room_and_its_time() {
		let (_folder, probes) = probes(Duration::from_millis(60));
		let (slow, bytes) = key(1);
		let (mut incoming, arrival) = probes.begin(slow).unwrap();
		std::thread::sleep(Duration::from_millis(80));
		// Longer under way than it would be kept: nothing forgets it, and nobody finds it.
		probes.expire();
		assert_eq!(probes.counts(), (1, 100));
		assert!(probes.get(&slow.hash).unwrap().is_none());
		assert!(probes.begin(slow).is_err(), "it is arriving");
		incoming.write(&bytes).unwrap();
		incoming.finish().unwrap();
		arrival.keep();
		assert_eq!(probes.get(&slow.hash).unwrap().unwrap().size, 100);
		std::thread::sleep(Duration::from_millis(80));
		assert!(probes.get(&slow.hash).unwrap().is_none());
		probes.expire();
		assert_eq!(probes.counts(), (0, 0));
	}

	#[test]
	fn what_breaks_off_gives_its_room_back() {
		let (_folder, probes) = probes(Duration::from_secs(60));
		let first = probes.begin(key(1).0).unwrap();
		let _second = probes.begin(key(2).0).unwrap();
		assert!(matches!(probes.begin(key(3).0), Err(StoreError::NoSpace { .. })));
		drop(first);
		assert!(probes.begin(key(3).0).is_ok());
	}
}
