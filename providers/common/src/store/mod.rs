//! Objects on disk.
//!
//! ```text
//! manifest.json              what this directory is
//! lock                       held by the process that works here; its number
//! nonces, probe-nonces       tokens that were used, until they expire
//! blocked.json, scrub.json   what is on the take-down list; how far the scrubber is
//! objects/in-use             says that objects are kept here; absent where nothing is mounted
//! objects/ab/cd/HASH         an object's bytes; the name begins with `abcd`
//! objects/ab/cd/HASH.tree    the tree above its 16 KiB groups, if it has more than one
//! temporary/                 objects on their way in; emptied at the start
//! partial/HASH-SIZE          objects being fetched from other providers; resumed after a restart
//! probes/                    what guests uploaded to measure; dropped after some minutes
//! quarantine/                objects found damaged, until they are replaced
//! ```
//!
//! A file under `objects` is whole: its bytes were hashed while they came, synced, and only then renamed;
//! the tree is renamed first. The file system is the only index: what it has, the store has.

mod incoming;
pub mod manifest;
pub mod partial;
pub mod probes;
pub mod slice;
pub mod tree;
mod verify;
mod walk;

pub use incoming::Incoming;
pub use manifest::Manifest;
pub use partial::Partial;
pub use walk::{survey, Survey};

use rome_primitives::slices::outboard_bytes;
use rome_primitives::storage::ObjectKey;
use rustix::fs::{openat2, FlockOperation, Mode, OFlags, ResolveFlags};
use std::{
	fs::{self, File},
	io::{self, Read, Seek, Write},
	path::{Path, PathBuf},
	sync::{
		atomic::{AtomicU64, Ordering},
		Arc, Mutex, MutexGuard,
	},
	time::{Duration, SystemTime},
};
use walk::{each_object, sorted};

const FOLDERS: [&str; 5] = ["objects", "temporary", "partial", "probes", "quarantine"];

/// Why the store did not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
	/// The disk is too full.
	#[error("{need} bytes are needed and {free} are free beyond the reserve")]
	NoSpace {
		/// Bytes that were asked for.
		need: u64,
		/// Bytes that may still be used.
		free: u64,
	},
	/// The bytes are not those of the hash.
	#[error("the bytes have the hash {found}")]
	WrongHash {
		/// What they have, in hexadecimal digits.
		found: String,
	},
	/// More or fewer bytes than announced.
	#[error("{found} bytes came, and {expected} were announced")]
	WrongSize {
		/// Bytes announced.
		expected: u64,
		/// Bytes that came.
		found: u64,
	},
	/// Another process works here.
	#[error("the data directory is in use by process {0}")]
	Locked(String),
	/// The directory is not what it should be.
	#[error("{0}")]
	Unusable(String),
	/// The file system failed.
	#[error(transparent)]
	Io(#[from] io::Error),
}

/// An object that is there.
#[derive(Clone, Debug)]
pub struct Opened {
	/// Its bytes.
	pub file: Arc<File>,
	/// How many.
	pub size: u64,
}

/// How an object's files are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Health {
	/// As they should be.
	Sound,
	/// The bytes are right; the tree was not, and has been made anew.
	TreeMended,
	/// The bytes are wrong.
	Damaged,
	/// The disk does not give the bytes; nobody knows whether they are right.
	Unreadable,
	/// There is no such object.
	Missing,
}

/// Whether an object is on disk.
#[derive(Debug)]
pub enum Presence {
	/// It is, with its size.
	Whole,
	/// It is not. A file of another size counts as none.
	Missing,
	/// The disk does not say.
	Unknown(io::Error),
}

/// A data directory.
#[derive(Debug)]
pub struct Store {
	root: PathBuf,
	handle: File,
	_lock: File,
	reserve: u64,
	/// Bytes that were promised to writers and are not allocated yet.
	promised: Mutex<u64>,
	serial: AtomicU64,
	objects: AtomicU64,
	bytes: AtomicU64,
	/// Held where an object is deleted, and where somebody is told that it stays.
	deleting: Mutex<()>,
}

impl Store {
	/// Makes a new data directory. Fails where there is one already.
	pub fn create(root: &Path, manifest: &Manifest) -> Result<(), StoreError> {
		fs::create_dir_all(root)?;
		if root.join("manifest.json").exists() {
			return Err(StoreError::Unusable(format!(
				"{} is a data directory already",
				root.display()
			)));
		}
		for folder in FOLDERS {
			fs::create_dir_all(root.join(folder))?;
		}
		manifest.write(root)
	}

	/// Opens a data directory, of which `reserve` bytes of the disk stay free, for this process alone.
	/// Removes what earlier processes left half-written.
	pub fn open(root: &Path, reserve: u64) -> Result<Self, StoreError> {
		Manifest::read(root)?;
		let lock = lock(root)?;
		for folder in FOLDERS {
			fs::create_dir_all(root.join(folder))?;
		}
		for entry in fs::read_dir(root.join("temporary"))? {
			fs::remove_file(entry?.path())?;
		}
		let store = Self {
			handle: File::open(root)?,
			root: root.to_owned(),
			_lock: lock,
			reserve,
			promised: Mutex::new(0),
			serial: AtomicU64::new(0),
			objects: AtomicU64::new(0),
			bytes: AtomicU64::new(0),
			deleting: Mutex::new(()),
		};
		store.each(|_, size| {
			store.objects.fetch_add(1, Ordering::Relaxed);
			store.bytes.fetch_add(size, Ordering::Relaxed);
			true
		})?;
		Ok(store)
	}

	/// The directory.
	pub fn root(&self) -> &Path {
		&self.root
	}

	/// How many objects there are, and their bytes.
	pub fn counts(&self) -> (u64, u64) {
		(self.objects.load(Ordering::Relaxed), self.bytes.load(Ordering::Relaxed))
	}

	/// Bytes that may still be written, the reserve left alone.
	pub fn free(&self) -> io::Result<u64> {
		let promised = *self.promised.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
		Ok(self.disk()?.0.saturating_sub(self.reserve).saturating_sub(promised))
	}

	/// Bytes of the disk that are free, and that there are.
	pub fn disk(&self) -> io::Result<(u64, u64)> {
		let disk = rustix::fs::fstatvfs(&self.handle)?;
		Ok((
			disk.f_bavail.saturating_mul(disk.f_frsize),
			disk.f_blocks.saturating_mul(disk.f_frsize),
		))
	}

	fn relative(hash: &[u8; 32]) -> String {
		let name = hex::encode(hash);
		format!("objects/{}/{}/{name}", &name[..2], &name[2..4])
	}

	/// Where an object's bytes are or would be.
	pub fn path(&self, hash: &[u8; 32]) -> PathBuf {
		self.root.join(Self::relative(hash))
	}

	/// Where an object's tree is or would be.
	pub fn tree_path(&self, hash: &[u8; 32]) -> PathBuf {
		self.root.join(Self::relative(hash) + ".tree")
	}

	fn open_file(&self, relative: &str) -> io::Result<Option<Opened>> {
		let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
		let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOATIME;
		let open = |resolve, flags| openat2(&self.handle, relative, flags, Mode::empty(), resolve);
		let opened = match open(resolve, flags) {
			// Only a file's owner may leave its access time alone.
			Err(rustix::io::Errno::PERM) => open(resolve, flags - OFlags::NOATIME),
			opened => opened,
		};
		let file = match opened {
			Ok(file) => File::from(file),
			Err(rustix::io::Errno::NOENT) => return Ok(None),
			Err(error) => return Err(error.into()),
		};
		let size = u64::try_from(rustix::fs::fstat(&file)?.st_size).unwrap_or(0);
		Ok(Some(Opened { file: Arc::new(file), size }))
	}

	/// An object's bytes.
	pub fn get(&self, hash: &[u8; 32]) -> io::Result<Option<Opened>> {
		self.open_file(&Self::relative(hash))
	}

	/// An object's tree; one without bytes where the object is a single group.
	pub fn tree(&self, hash: &[u8; 32]) -> io::Result<Option<Opened>> {
		self.open_file(&(Self::relative(hash) + ".tree"))
	}

	/// Whether an object is there, judged by name and size.
	pub fn has(&self, key: &ObjectKey) -> bool {
		fs::symlink_metadata(self.path(&key.hash))
			.is_ok_and(|found| found.is_file() && found.len() == key.size)
	}

	/// Whether an object is there, and whether that is certain: a disk that fails has lost nothing yet.
	pub fn presence(&self, key: &ObjectKey) -> Presence {
		match fs::symlink_metadata(self.path(&key.hash)) {
			Ok(found) if found.is_file() && found.len() == key.size => Presence::Whole,
			Ok(_) => Presence::Missing,
			Err(error) if error.kind() == io::ErrorKind::NotFound => Presence::Missing,
			Err(error) => Presence::Unknown(error),
		}
	}

	/// Calls `look` for every object in order of hash, with its size, until that says `false`.
	pub fn each(&self, look: impl FnMut([u8; 32], u64) -> bool) -> io::Result<()> {
		each_object(&self.root, None, look)
	}

	/// As [`Self::each`], for the objects after `after`.
	pub fn each_from(
		&self,
		after: Option<[u8; 32]>,
		look: impl FnMut([u8; 32], u64) -> bool,
	) -> io::Result<()> {
		each_object(&self.root, after, look)
	}

	/// Takes space for an object, or says how much there is.
	fn promise(&self, size: u64) -> Result<(), StoreError> {
		let need = size.saturating_add(outboard_bytes(size));
		let mut promised = self.promised.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
		let free = self.disk()?.0.saturating_sub(self.reserve).saturating_sub(*promised);
		if need > free {
			return Err(StoreError::NoSpace { need, free });
		}
		*promised += size;
		Ok(())
	}

	fn fulfil(&self, size: u64) {
		let mut promised = self.promised.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
		*promised = promised.saturating_sub(size);
	}

	fn temporary(&self) -> PathBuf {
		let serial = self.serial.fetch_add(1, Ordering::Relaxed);
		self.root.join(format!("temporary/{serial}"))
	}

	/// Starts to take an object in.
	pub fn begin(self: &Arc<Self>, key: ObjectKey) -> Result<Incoming, StoreError> {
		Incoming::begin(self.clone(), key, incoming::Place::Objects)
	}

	/// Takes bytes and tree, both complete and synced, as an object.
	fn adopt(&self, key: &ObjectKey, bytes: &Path, tree: &Path) -> io::Result<()> {
		let place = self.path(&key.hash);
		let inner = place.parent().unwrap_or(&self.root);
		let outer = inner.parent().unwrap_or(&self.root);
		if !inner.exists() {
			fs::create_dir_all(inner)?;
			File::open(outer.parent().unwrap_or(&self.root))?.sync_all()?;
			File::open(outer)?.sync_all()?;
		}
		let turn = self.deletions();
		let new = !place.exists();
		if outboard_bytes(key.size) > 0 {
			fs::rename(tree, self.tree_path(&key.hash))?;
		} else {
			fs::remove_file(tree)?;
		}
		fs::rename(bytes, &place)?;
		drop(turn);
		File::open(inner)?.sync_all()?;
		if new {
			self.objects.fetch_add(1, Ordering::Relaxed);
			self.bytes.fetch_add(key.size, Ordering::Relaxed);
		}
		let _ = fs::remove_file(self.quarantined(&key.hash));
		Ok(())
	}

	fn forget(&self, size: u64) {
		self.objects.fetch_sub(1, Ordering::Relaxed);
		self.bytes.fetch_sub(size, Ordering::Relaxed);
	}

	fn deletions(&self) -> MutexGuard<'_, ()> {
		self.deleting.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
	}

	/// Makes an object that is there as young as one that has just come, so that nothing deletes it soon. Gives
	/// whether it is there.
	pub fn renew(&self, key: &ObjectKey) -> io::Result<bool> {
		let _turn = self.deletions();
		match File::options().read(true).open(self.path(&key.hash)) {
			Ok(file) if file.metadata()?.len() == key.size => {
				file.set_modified(SystemTime::now())?;
				Ok(true)
			},
			Ok(_) => Ok(false),
			Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
			Err(error) => Err(error),
		}
	}

	/// Whether an object has been there for so long.
	pub fn is_older(&self, hash: &[u8; 32], age: Duration) -> bool {
		let changed = fs::metadata(self.path(hash)).and_then(|found| found.modified());
		changed.is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|since| since >= age))
	}

	/// Deletes an object that has been there for so long, and no other: whoever brought it meanwhile has been
	/// told that it is here.
	pub fn remove_older(&self, hash: &[u8; 32], age: Duration) -> io::Result<bool> {
		let _turn = self.deletions();
		if self.is_older(hash, age) {
			self.remove(hash)
		} else {
			Ok(false)
		}
	}

	/// Fails where the disk as a whole does not answer, or is not there any more.
	pub fn answers(&self) -> io::Result<()> {
		Manifest::read(&self.root)?;
		fs::read_dir(self.root.join("objects")).map(drop)
	}

	fn mark_path(&self) -> PathBuf {
		self.root.join("objects/in-use")
	}

	/// Whether objects have been kept here before: a new directory, and a mount point on which nothing is
	/// mounted, have no such mark.
	pub fn is_marked(&self) -> io::Result<bool> {
		self.mark_path().try_exists()
	}

	/// Makes the mark.
	pub fn mark(&self) -> io::Result<()> {
		let text: &[u8] = b"Objects are kept here. Without this file the daemon takes the disk for another one.\n";
		manifest::write_whole(&self.root.join("objects"), "in-use", text)
	}

	/// Deletes an object. Who reads it reads on.
	pub fn remove(&self, hash: &[u8; 32]) -> io::Result<bool> {
		let place = self.path(hash);
		let size = match fs::symlink_metadata(&place) {
			Ok(found) => found.len(),
			Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
			Err(error) => return Err(error),
		};
		fs::remove_file(&place)?;
		self.forget(size);
		remove_if_there(&self.tree_path(hash))?;
		Ok(true)
	}

	fn quarantined(&self, hash: &[u8; 32]) -> PathBuf {
		self.root.join("quarantine").join(hex::encode(hash))
	}

	/// Puts a damaged object aside: it is served no more.
	pub fn quarantine(&self, hash: &[u8; 32]) -> io::Result<()> {
		let place = self.path(hash);
		let size = fs::symlink_metadata(&place)?.len();
		fs::rename(&place, self.quarantined(hash))?;
		self.forget(size);
		remove_if_there(&self.tree_path(hash))?;
		File::open(self.root.join("quarantine"))?.sync_all()
	}

	/// Throws away what was put aside longer than `age` ago, and parts of objects that nobody has added to
	/// for so long.
	pub fn tidy(&self, age: Duration) -> io::Result<()> {
		for folder in ["quarantine", "partial"] {
			for entry in fs::read_dir(self.root.join(folder))? {
				let entry = entry?;
				let changed = entry.metadata().and_then(|found| found.modified());
				let since = changed.map(|at| at.elapsed().unwrap_or_default());
				if since.is_ok_and(|since| since > age) {
					remove_if_there(&entry.path())?;
				}
			}
		}
		Ok(())
	}
}

fn remove_if_there(path: &Path) -> io::Result<()> {
	match fs::remove_file(path) {
		Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
		_ => Ok(()),
	}
}

/// The hash that is written as 64 lower-case hexadecimal digits, and in no other way.
pub fn parse_hash(text: &str) -> Option<[u8; 32]> {
	let plain =
		text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
	let mut hash = [0; 32];
	(plain && hex::decode_to_slice(text, &mut hash).is_ok()).then_some(hash)
}

fn lock(root: &Path) -> Result<File, StoreError> {
	let path = root.join("lock");
	let mut file =
		File::options().read(true).write(true).create(true).truncate(false).open(path)?;
	if rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
		let mut owner = String::new();
		file.read_to_string(&mut owner)?;
		return Err(StoreError::Locked(owner.trim().into()));
	}
	file.set_len(0)?;
	file.rewind()?;
	writeln!(file, "{}", std::process::id())?;
	Ok(file)
}

/// The number of the process that works in a data directory, if one does.
pub fn owner(root: &Path) -> Option<u32> {
	let mut file = File::open(root.join("lock")).ok()?;
	if rustix::fs::flock(&file, FlockOperation::NonBlockingLockShared).is_ok() {
		return None;
	}
	let mut text = String::new();
	file.read_to_string(&mut text).ok()?;
	text.trim().parse().ok()
}
