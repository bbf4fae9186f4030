//! What is served: the store, without what is blocked.

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
	blocked: RwLock<HashMap<[u8; 32], String>>,
}

impl Shelf {
	/// Nothing is blocked.
	pub fn new(store: Arc<Store>) -> Self {
		Self { store, blocked: RwLock::default() }
	}

	/// Sets or lifts a block.
	pub fn set_blocked(&self, hash: [u8; 32], reason: Option<&[u8]>) {
		let mut blocked = self.blocked.write().unwrap_or_else(|bad| bad.into_inner());
		match reason {
			Some(reason) => {
				blocked.insert(hash, String::from_utf8_lossy(reason).into_owned());
			},
			None => {
				blocked.remove(&hash);
			},
		}
	}
}

impl Source for Shelf {
	fn find(&self, hash: &[u8; 32]) -> Found {
		let blocked = self.blocked.read().unwrap_or_else(|bad| bad.into_inner());
		if let Some(reason) = blocked.get(hash) {
			return Found::Refused(Refusal::blocked(reason));
		}
		drop(blocked);
		match self.store.get(hash) {
			Ok(Some(opened)) => Found::Here(opened),
			Ok(None) => Found::Refused(Refusal::not_here()),
			Err(error) => Found::Refused(Refusal::internal("an object cannot be opened", &error)),
		}
	}

	fn tree(&self, hash: &[u8; 32]) -> io::Result<Option<Opened>> {
		self.store.tree(hash)
	}
}
