//! What guests upload to measure: written and synced like objects, kept apart, capped, and dropped soon.

use super::{incoming::Place, parse_hash, Incoming, Opened, Store, StoreError};
use rome_primitives::storage::ObjectKey;
use std::{
	collections::HashMap,
	fs::{self, File},
	io,
	sync::{Arc, Mutex},
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
	kept: Mutex<HashMap<[u8; 32], Kept>>,
}

struct Kept {
	size: u64,
	until: SystemTime,
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
			let until = found.modified()? + bounds.keep;
			kept.insert(hash, Kept { size: found.len(), until });
		}
		let probes = Self { store, bounds, kept: Mutex::new(kept) };
		probes.expire();
		Ok(probes)
	}

	/// The bounds.
	pub fn bounds(&self) -> ProbeBounds {
		self.bounds
	}

	fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Kept>> {
		self.kept.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
	}

	/// How many there are, and their bytes.
	pub fn counts(&self) -> (usize, u64) {
		let kept = self.lock();
		(kept.len(), kept.values().map(|kept| kept.size).sum())
	}

	/// Starts to take one in, if there is room.
	pub fn begin(&self, key: ObjectKey) -> Result<Incoming, StoreError> {
		self.expire();
		{
			let mut kept = self.lock();
			let used: u64 = kept.values().map(|kept| kept.size).sum();
			let free = self.bounds.total.saturating_sub(used);
			if key.size > free || kept.len() >= self.bounds.count {
				return Err(StoreError::NoSpace { need: key.size, free });
			}
			// Counted from now on, so that many at once do not all find room.
			let until = SystemTime::now() + self.bounds.keep;
			kept.insert(key.hash, Kept { size: key.size, until });
		}
		let begun = Incoming::begin(self.store.clone(), key, Place::Probes);
		if begun.is_err() {
			self.forget(&key.hash);
		}
		begun
	}

	/// One that did not arrive counts no more.
	pub fn forget(&self, hash: &[u8; 32]) {
		self.lock().remove(hash);
	}

	/// One that is there.
	pub fn get(&self, hash: &[u8; 32]) -> io::Result<Option<Opened>> {
		if self.lock().get(hash).is_none_or(|kept| kept.until <= SystemTime::now()) {
			return Ok(None);
		}
		let path = self.store.root().join("probes").join(hex::encode(hash));
		match File::open(path) {
			Ok(file) => {
				let size = file.metadata()?.len();
				Ok(Some(Opened { file: Arc::new(file), size }))
			},
			Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
			Err(error) => Err(error),
		}
	}

	/// The tree of one that is there.
	pub fn tree(&self, hash: &[u8; 32]) -> io::Result<Option<Opened>> {
		let path = self.store.root().join("probes").join(hex::encode(hash) + ".tree");
		match File::open(path) {
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
			let mut kept = self.lock();
			let old = kept.iter().filter(|(_, kept)| kept.until <= now).map(|(hash, _)| *hash);
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
