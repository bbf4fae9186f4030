//! Objects on disk.
//!
//! ```text
//! manifest.json              what this directory is
//! lock                       held by the process that works here; its number
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

pub use incoming::Incoming;
pub use manifest::Manifest;
pub use partial::Partial;

use rome_primitives::slices::outboard_bytes;
use rome_primitives::storage::ObjectKey;
use rustix::fs::{openat2, FlockOperation, Mode, OFlags, ResolveFlags};
use std::{
	fs::{self, File},
	io::{self, Read, Seek, Write},
	os::unix::fs::FileExt,
	path::{Path, PathBuf},
	sync::{
		atomic::{AtomicU64, Ordering},
		Arc, Mutex,
	},
	time::Duration,
};
use tree::{CompareNodes, TreeBuilder};

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
		let new = !place.exists();
		if outboard_bytes(key.size) > 0 {
			fs::rename(tree, self.tree_path(&key.hash))?;
		} else {
			fs::remove_file(tree)?;
		}
		fs::rename(bytes, &place)?;
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

	/// Rereads an object. `pause` is told after every piece how many bytes were read, and says whether to
	/// go on; where it says no, the answer is `None`.
	pub fn verify(
		&self,
		hash: &[u8; 32],
		mut pause: impl FnMut(u64) -> bool,
	) -> io::Result<Option<Health>> {
		let Some(opened) = self.get(hash)? else { return Ok(Some(Health::Missing)) };
		let tree = File::options()
			.read(true)
			.open(self.tree_path(hash))
			.or_else(|_| File::open("/dev/null"))?;
		let mut builder =
			TreeBuilder::new(opened.size, CompareNodes { file: tree, differs: false });
		let mut buffer = vec![0; 256 * 1024];
		let mut at = 0;
		while at < opened.size {
			let want = buffer.len().min((opened.size - at) as usize);
			let piece = &mut buffer[..want];
			match opened.file.read_exact_at(piece, at) {
				Ok(()) => {},
				// Unreadable sectors are damage, and nothing else to us.
				Err(error) => {
					tracing::error!(object = %hex::encode(hash), %error, "an object cannot be read");
					return Ok(Some(Health::Damaged));
				},
			}
			builder.update(piece)?;
			at += want as u64;
			// What is only checked shall not push what is served out of the cache.
			let _ = rustix::fs::fadvise(
				&opened.file,
				at - want as u64,
				std::num::NonZeroU64::new(want as u64),
				rustix::fs::Advice::NoReuse,
			);
			if !pause(want as u64) {
				return Ok(None);
			}
		}
		let (found, nodes) = builder.finish();
		if found.as_ref().ok() != Some(hash) {
			return Ok(Some(Health::Damaged));
		}
		if nodes.differs {
			self.make_tree(hash, &opened)?;
			return Ok(Some(Health::TreeMended));
		}
		Ok(Some(Health::Sound))
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

	/// Makes an object's tree anew from its bytes.
	fn make_tree(&self, hash: &[u8; 32], opened: &Opened) -> io::Result<()> {
		let path = self.temporary();
		let file = File::create_new(&path)?;
		let mut builder = TreeBuilder::new(opened.size, tree::WriteNodes(file.try_clone()?));
		hash_file(&opened.file, opened.size, &mut builder)?;
		let (found, _) = builder.finish();
		if found.ok().as_ref() != Some(hash) {
			fs::remove_file(&path)?;
			return Err(io::Error::new(
				io::ErrorKind::InvalidData,
				"the object changed while it was read",
			));
		}
		file.sync_all()?;
		let place = self.tree_path(hash);
		fs::rename(&path, &place)?;
		File::open(place.parent().unwrap_or(&self.root))?.sync_all()
	}
}

fn each_object(
	root: &Path,
	after: Option<[u8; 32]>,
	mut look: impl FnMut([u8; 32], u64) -> bool,
) -> io::Result<()> {
	let after = after.map(hex::encode).unwrap_or_default();
	let objects = root.join("objects");
	for outer in sorted(&objects)? {
		if after.get(..2).is_some_and(|start| outer.as_str() < start) {
			continue;
		}
		let folder = objects.join(&outer);
		for inner in sorted(&folder)? {
			if after.get(..4).is_some_and(|start| format!("{outer}{inner}").as_str() < start) {
				continue;
			}
			let folder = folder.join(&inner);
			for name in sorted(&folder)? {
				let Some(hash) = parse_hash(&name) else { continue };
				if name <= after {
					continue;
				}
				// It may have been removed meanwhile.
				let Ok(found) = fs::symlink_metadata(folder.join(&name)) else { continue };
				if found.is_file() && !look(hash, found.len()) {
					return Ok(());
				}
			}
		}
	}
	Ok(())
}

/// What is in a data directory, seen from outside.
#[derive(Clone, Copy, Default, Debug)]
pub struct Survey {
	/// Objects.
	pub objects: u64,
	/// Their bytes.
	pub bytes: u64,
	/// Damaged objects that are put aside.
	pub quarantined: u64,
	/// Objects of which parts are there.
	pub partial: u64,
	/// Bytes of the disk that are free, the reserve included.
	pub free: u64,
}

/// Counts what is in a data directory, whether or not a daemon works there.
pub fn survey(root: &Path) -> io::Result<Survey> {
	let mut found = Survey::default();
	each_object(root, None, |_, size| {
		found.objects += 1;
		found.bytes += size;
		true
	})?;
	found.quarantined = sorted(&root.join("quarantine"))?.len() as u64;
	let partial = sorted(&root.join("partial"))?;
	found.partial = partial.iter().filter(|name| !name.ends_with(".pieces")).count() as u64;
	let disk = rustix::fs::statvfs(root)?;
	found.free = disk.f_bavail.saturating_mul(disk.f_frsize);
	Ok(found)
}

/// Feeds a whole file to a builder.
fn hash_file<N: tree::Nodes>(
	file: &File,
	size: u64,
	builder: &mut TreeBuilder<N>,
) -> io::Result<()> {
	let mut buffer = vec![0; 256 * 1024];
	let mut at = 0;
	while at < size {
		let want = buffer.len().min((size - at) as usize);
		file.read_exact_at(&mut buffer[..want], at)?;
		builder.update(&buffer[..want])?;
		at += want as u64;
	}
	Ok(())
}

fn remove_if_there(path: &Path) -> io::Result<()> {
	match fs::remove_file(path) {
		Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
		_ => Ok(()),
	}
}

fn sorted(folder: &Path) -> io::Result<Vec<String>> {
	let mut names = Vec::new();
	for entry in fs::read_dir(folder)? {
		if let Ok(name) = entry?.file_name().into_string() {
			names.push(name);
		}
	}
	names.sort_unstable();
	Ok(names)
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
