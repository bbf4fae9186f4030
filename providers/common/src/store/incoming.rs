//! An object on its way in: hashed and written in one pass, and there only when it is whole and synced.

use super::{
	tree::{TreeBuilder, WriteNodes},
	Store, StoreError,
};
use rome_primitives::{slices::GROUP_BYTES, storage::ObjectKey};
use std::{
	fs::{self, File},
	io,
	os::{fd::AsRawFd, unix::fs::FileExt},
	path::PathBuf,
	sync::Arc,
};

/// How much is written before the kernel is told to begin with it: the sync at the end then waits for the
/// last piece alone.
const WRITE_BACK: u64 = 8 * 1024 * 1024;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
	Objects,
	Probes,
}

/// An object on its way in. Dropped before [`Incoming::finish`], it leaves nothing behind. Everything here
/// blocks on the disk.
pub struct Incoming {
	store: Arc<Store>,
	key: ObjectKey,
	place: Place,
	file: File,
	tree: Option<TreeBuilder<WriteNodes>>,
	path: PathBuf,
	tree_path: PathBuf,
	written: u64,
	started: u64,
	promised: bool,
}

impl Incoming {
	pub(crate) fn begin(
		store: Arc<Store>,
		key: ObjectKey,
		place: Place,
	) -> Result<Self, StoreError> {
		store.promise(key.size)?;
		let path = store.temporary();
		let tree_path = store.temporary();
		let made = File::create_new(&path).and_then(|file| {
			let tree = File::create_new(&tree_path)?;
			Ok((file, tree))
		});
		let (file, tree) = match made {
			Ok(made) => made,
			Err(error) => {
				let _ = fs::remove_file(&path);
				store.fulfil(key.size);
				return Err(error.into());
			},
		};
		let mut incoming = Self {
			store,
			key,
			place,
			file,
			tree: Some(TreeBuilder::new(key.size, WriteNodes(tree))),
			path,
			tree_path,
			written: 0,
			started: 0,
			promised: true,
		};
		incoming.allocate()?;
		Ok(incoming)
	}

	/// Takes the space from the disk at once, where the file system can: a disk that fills up meanwhile
	/// then does not matter.
	fn allocate(&mut self) -> Result<(), StoreError> {
		let flags = rustix::fs::FallocateFlags::empty();
		match rustix::fs::fallocate(&self.file, flags, 0, self.key.size.max(1)) {
			Ok(()) => {
				self.file.set_len(self.key.size)?;
				self.store.fulfil(self.key.size);
				self.promised = false;
				Ok(())
			},
			Err(rustix::io::Errno::NOSPC) => {
				Err(StoreError::NoSpace { need: self.key.size, free: self.store.free()? })
			},
			// Not on this file system: the promise stands until the end.
			Err(_) => Ok(()),
		}
	}

	/// Bytes that came so far.
	pub fn written(&self) -> u64 {
		self.written
	}

	/// Writes and hashes the next bytes.
	pub fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
		let found = self.written + bytes.len() as u64;
		if found > self.key.size {
			return Err(StoreError::WrongSize { expected: self.key.size, found });
		}
		self.file.write_all_at(bytes, self.written)?;
		if let Some(tree) = &mut self.tree {
			tree.update(bytes)?;
		}
		self.written = found;
		if self.written - self.started >= WRITE_BACK {
			write_back(&self.file, self.started, self.written - self.started);
			self.started = self.written;
		}
		Ok(())
	}

	/// Checks size and hash, syncs, and puts the object in its place.
	pub fn finish(mut self) -> Result<(), StoreError> {
		if self.written != self.key.size {
			return Err(StoreError::WrongSize { expected: self.key.size, found: self.written });
		}
		let Some(tree) = self.tree.take() else { return Ok(()) };
		let (hash, WriteNodes(tree)) = tree.finish();
		let found = hash.map_err(io::Error::other)?;
		if found != self.key.hash {
			return Err(StoreError::WrongHash { found: hex::encode(found) });
		}
		self.file.sync_data()?;
		if self.key.size > GROUP_BYTES {
			tree.sync_data()?;
		}
		match self.place {
			Place::Objects => self.store.adopt(&self.key, &self.path, &self.tree_path)?,
			Place::Probes => {
				let folder = self.store.root().join("probes");
				let name = hex::encode(self.key.hash);
				fs::rename(&self.tree_path, folder.join(format!("{name}.tree")))?;
				fs::rename(&self.path, folder.join(name))?;
				File::open(folder)?.sync_all()?;
			},
		}
		Ok(())
	}
}

impl Drop for Incoming {
	fn drop(&mut self) {
		// Nothing is left under these names once the object is in its place.
		let _ = fs::remove_file(&self.path);
		let _ = fs::remove_file(&self.tree_path);
		if self.promised {
			self.store.fulfil(self.key.size);
		}
	}
}

/// Begins to write part of a file to the disk, without waiting.
fn write_back(file: &File, offset: u64, length: u64) {
	// SAFETY: the call takes a descriptor that `file` keeps open, and numbers; it touches no memory of ours.
	// Its result does not matter: the sync at the end is what counts.
	unsafe {
		libc::sync_file_range(
			file.as_raw_fd(),
			offset as libc::off64_t,
			length as libc::off64_t,
			libc::SYNC_FILE_RANGE_WRITE,
		);
	}
}

/// So that `io` errors of `sync_data` and friends read the same everywhere.
impl From<StoreError> for io::Error {
	fn from(error: StoreError) -> Self {
		match error {
			StoreError::Io(error) => error,
			other => Self::other(other.to_string()),
		}
	}
}
