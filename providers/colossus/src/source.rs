//! What is served: the store, without what is blocked.

use rome_primitives::storage::ObjectKey;
use rome_provider::{
	http::{Found, Refusal, Source},
	store::{manifest::write_whole, parse_hash, Opened, Store},
};
use serde::{Deserialize, Serialize};
use std::{
	collections::HashMap,
	fs, io,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc, RwLock,
	},
};

const FILE: &str = "blocked.json";

/// The store, and the part of the take-down list that concerns it. It is kept on disk as well: what is blocked
/// is not served either before a node answers after a start.
pub struct Shelf {
	/// The store.
	pub store: Arc<Store>,
	/// By hash and size: anybody may register a hash with a wrong size, and a block of that object is none of
	/// the one that is here.
	blocked: RwLock<HashMap<ObjectKey, String>>,
	changed: AtomicBool,
}

#[derive(Serialize, Deserialize)]
struct Blocked {
	hash: String,
	size: u64,
	reason: String,
}

impl Shelf {
	/// With what was blocked when the daemon ran last. Blocks on the disk.
	pub fn open(store: Arc<Store>) -> io::Result<Self> {
		let path = store.root().join(FILE);
		let list: Vec<Blocked> = match fs::read(&path) {
			Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
				let what = format!(
					"{} is damaged ({error}): remove it, and the chain says again what is blocked",
					path.display()
				);
				io::Error::new(io::ErrorKind::InvalidData, what)
			})?,
			Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
			Err(error) => return Err(error),
		};
		let known = list.into_iter().filter_map(|blocked| {
			Some((
				ObjectKey { hash: parse_hash(&blocked.hash)?, size: blocked.size },
				blocked.reason,
			))
		});
		Ok(Self { store, blocked: RwLock::new(known.collect()), changed: AtomicBool::new(false) })
	}

	/// Sets or lifts a block.
	pub fn set_blocked(&self, key: ObjectKey, reason: Option<&[u8]>) {
		let reason = reason.map(|reason| String::from_utf8_lossy(reason).into_owned());
		let mut blocked = self.blocked.write().unwrap_or_else(|bad| bad.into_inner());
		if blocked.get(&key) == reason.as_ref() {
			return;
		}
		match reason {
			Some(reason) => blocked.insert(key, reason),
			None => blocked.remove(&key),
		};
		self.changed.store(true, Ordering::Relaxed);
	}

	/// Writes the list down, if it changed, as far as it is about objects that are here. Blocks on the disk.
	pub fn save(&self) -> io::Result<()> {
		if !self.changed.swap(false, Ordering::Relaxed) {
			return Ok(());
		}
		let blocked = self.blocked.read().unwrap_or_else(|bad| bad.into_inner()).clone();
		let mut here: Vec<_> = blocked.into_iter().filter(|(key, _)| self.store.has(key)).collect();
		here.sort_unstable();
		let list = here.into_iter().map(|(key, reason)| Blocked {
			hash: hex::encode(key.hash),
			size: key.size,
			reason,
		});
		let list: Vec<_> = list.collect();
		let bytes = serde_json::to_vec_pretty(&list)?;
		write_whole(self.store.root(), FILE, &bytes)
			.inspect_err(|_| self.changed.store(true, Ordering::Relaxed))
	}
}

impl Source for Shelf {
	fn find(&self, hash: &[u8; 32]) -> Found {
		let opened = match self.store.get(hash) {
			Ok(Some(opened)) => opened,
			Ok(None) => return Found::Refused(Refusal::not_here()),
			Err(error) => {
				return Found::Refused(Refusal::internal("an object cannot be opened", &error))
			},
		};
		let blocked = self.blocked.read().unwrap_or_else(|bad| bad.into_inner());
		match blocked.get(&ObjectKey { hash: *hash, size: opened.size }) {
			Some(reason) => Found::Refused(Refusal::blocked(reason)),
			None => Found::Here(opened),
		}
	}

	fn tree(&self, hash: &[u8; 32]) -> io::Result<Option<Opened>> {
		self.store.tree(hash)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use rome_provider::store::Manifest;

	#[test]
	fn a_block_is_one_objects_of_this_size() {
		let folder = tempfile::tempdir().unwrap();
		Store::create(folder.path(), &Manifest::new("colossus", "operator".into())).unwrap();
		let shelf = Shelf::open(Arc::new(Store::open(folder.path(), 0).unwrap())).unwrap();
		let hash = [0xab; 32];
		let path = shelf.store.path(&hash);
		std::fs::create_dir_all(path.parent().unwrap()).unwrap();
		std::fs::write(path, b"8 bytes!").unwrap();
		let key = ObjectKey { hash, size: 8 };
		let other = ObjectKey { hash, size: 9 };
		let status = |shelf: &Shelf| match shelf.find(&hash) {
			Found::Here(_) => 200,
			Found::Refused(refusal) => refusal.status,
		};
		shelf.set_blocked(other, Some(b"another object"));
		assert_eq!(status(&shelf), 200);
		shelf.set_blocked(key, Some(b"illegal"));
		// News of the other one lift nothing.
		shelf.set_blocked(other, None);
		assert_eq!(status(&shelf), 451);
		shelf.set_blocked(key, None);
		assert_eq!(status(&shelf), 200);

		// It holds over a restart, before anybody asked the chain.
		shelf.set_blocked(key, Some(b"illegal"));
		shelf.set_blocked(other, Some(b"is not here"));
		shelf.save().unwrap();
		let again = Shelf::open(shelf.store.clone()).unwrap();
		assert_eq!(status(&again), 451);
		assert_eq!(again.blocked.read().unwrap().len(), 1);
		again.set_blocked(key, None);
		again.save().unwrap();
		assert_eq!(status(&Shelf::open(again.store.clone()).unwrap()), 200);
		fs::write(folder.path().join(FILE), b"[").unwrap();
		let error = Shelf::open(shelf.store.clone()).err().unwrap();
		assert!(error.to_string().contains("remove it"), "{error}");
	}
}
