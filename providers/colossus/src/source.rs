//! What is served: the store, without what is blocked.

use rome_primitives::storage::ObjectKey;
use rome_provider::{
	http::{Found, Refusal, Source},
	store::{Opened, Store},
};
use std::{
	collections::HashMap,
	io,
	sync::{Arc, RwLock},
};

/// The store, and the part of the take-down list that concerns it.
pub struct Shelf {
	/// The store.
	pub store: Arc<Store>,
	/// By hash and size: anybody may register a hash with a wrong size, and a block of that object is none of
	/// the one that is here.
	blocked: RwLock<HashMap<ObjectKey, String>>,
}

impl Shelf {
	/// Nothing is blocked.
	pub fn new(store: Arc<Store>) -> Self {
		Self { store, blocked: RwLock::default() }
	}

	/// Sets or lifts a block.
	pub fn set_blocked(&self, key: ObjectKey, reason: Option<&[u8]>) {
		let mut blocked = self.blocked.write().unwrap_or_else(|bad| bad.into_inner());
		match reason {
			Some(reason) => {
				blocked.insert(key, String::from_utf8_lossy(reason).into_owned());
			},
			None => {
				blocked.remove(&key);
			},
		}
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
		let shelf = Shelf::new(Arc::new(Store::open(folder.path(), 0).unwrap()));
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
	}
}
