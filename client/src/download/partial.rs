//! A file that is being downloaded.

use super::{Batch, Sink};
use rome_primitives::{
	slices::{
		encode_slice, group_count, outboard_bytes, SeekOutboard, SliceDecoder, SliceRange,
		Verified, GROUP_BYTES, NODE_BYTES,
	},
	storage::ObjectKey,
};
use rustix::{
	fs::{renameat_with, OFlags, RenameFlags, CWD},
	io::Errno,
};
use std::{
	ffi::OsString,
	fs::{self, File, OpenOptions, TryLockError},
	io::{self, Seek, SeekFrom, Write},
	ops::Range,
	os::unix::fs::{MetadataExt, OpenOptionsExt},
	path::{Path, PathBuf},
};

/// Groups that are looked at together when a download is taken up again.
const TOGETHER: u64 = 64;

/// A file that is being downloaded: `FILE.part`, with the object's tree, as far as it is known, in
/// `FILE.part.tree`.
///
/// What of it is there is found by checking the bytes against the object's hash through the tree. So whatever
/// an interruption, a crash or somebody else left in the two files is either right or fetched again.
#[derive(Debug)]
pub struct Partial {
	key: ObjectKey,
	target: PathBuf,
	path: PathBuf,
	tree_path: PathBuf,
	file: File,
	tree: File,
	fresh: bool,
}

fn beside(target: &Path, ending: &str) -> PathBuf {
	let mut name = OsString::from(target);
	name.push(ending);
	name.into()
}

/// Opens a file of ours, or makes it. Whoever may write to the folder could have put a link there, for us to
/// overwrite what it leads to.
fn open(path: &Path) -> io::Result<File> {
	let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
	let opened = OpenOptions::new()
		.read(true)
		.write(true)
		.create(true)
		.truncate(false)
		.custom_flags(flags.bits() as i32)
		.open(path);
	let other = || {
		let what = format!("{} is a link or no file: remove it", path.display());
		io::Error::new(io::ErrorKind::InvalidInput, what)
	};
	match opened {
		Ok(file) => {
			let found = file.metadata()?;
			if found.is_file() && found.nlink() == 1 {
				Ok(file)
			} else {
				Err(other())
			}
		},
		Err(error) if error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) => Err(other()),
		Err(error) => Err(error),
	}
}

fn place(from: &Path, to: &Path, replace: bool) -> io::Result<()> {
	if replace {
		return fs::rename(from, to);
	}
	match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
		// Not every file system can do both in one step.
		Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => match fs::symlink_metadata(to) {
			Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
			Err(_) => fs::rename(from, to),
		},
		placed => Ok(placed?),
	}
}

impl Partial {
	/// Takes up or begins the download of an object into the file `target`. Fails with
	/// [`io::ErrorKind::WouldBlock`] while somebody else is at it.
	pub fn open(target: &Path, key: &ObjectKey) -> io::Result<Self> {
		let (path, tree_path) = (beside(target, ".part"), beside(target, ".part.tree"));
		let file = open(&path)?;
		match file.try_lock() {
			Ok(()) => {},
			Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
			// A file system without locks.
			Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {},
			Err(TryLockError::Error(error)) => return Err(error),
		}
		let tree = open(&tree_path)?;
		let fresh = file.metadata()?.len() == 0;
		file.set_len(key.size)?;
		tree.set_len(outboard_bytes(key.size))?;
		let target = target.to_path_buf();
		Ok(Self { key: *key, target, path, tree_path, file, tree, fresh })
	}

	/// The groups that are not there, found by checking all others. `checked` is told how many bytes are right, as
	/// it goes on.
	pub fn missing(&mut self, mut checked: impl FnMut(u64)) -> io::Result<Vec<Range<u64>>> {
		let count = group_count(self.key.size);
		if self.fresh {
			return Ok(std::iter::once(0..count).collect());
		}
		let mut missing = Vec::<Range<u64>>::new();
		let mut first = 0;
		while first < count {
			let end = (first + TOGETHER).min(count);
			let right = self.right(first..end)?;
			if right > 0 {
				checked((right * GROUP_BYTES).min(self.key.size - first * GROUP_BYTES));
			}
			if first + right < end {
				match missing.last_mut() {
					Some(last) if last.end == first + right => last.end = end,
					_ => missing.push(first + right..end),
				}
			}
			first = end;
		}
		Ok(missing)
	}

	/// How many groups from the first of these on are right.
	fn right(&mut self, groups: Range<u64>) -> io::Result<u64> {
		let length = (groups.end - groups.start) * GROUP_BYTES;
		let range = SliceRange::new(self.key.size, groups.start * GROUP_BYTES, length)
			.map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error.to_string()))?;
		let mut slice = Vec::new();
		encode_slice(&range, &mut self.file, &mut SeekOutboard(&mut self.tree), &mut slice)?;
		let mut decoder = SliceDecoder::new(&self.key.hash, range);
		let mut input = &slice[..];
		let mut right = 0;
		while let Ok(Some(part)) = decoder.push(&mut input) {
			right += u64::from(matches!(part, Verified::Group { .. }));
		}
		Ok(right)
	}

	/// Gives the file its name, when everything is there. Where something else has the name by now, and is not to
	/// be replaced, fails with [`io::ErrorKind::AlreadyExists`] and keeps what came.
	pub fn finish(self, replace: bool) -> io::Result<()> {
		self.file.sync_all()?;
		place(&self.path, &self.target, replace)?;
		if let Some(folder) = self.target.parent() {
			let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
			File::open(folder)?.sync_all()?;
		}
		fs::remove_file(&self.tree_path)
	}
}

impl Sink for Partial {
	fn in_order(&self) -> bool {
		false
	}

	fn take(&mut self, batch: &Batch) -> io::Result<()> {
		for (place, node) in &batch.nodes {
			self.tree.seek(SeekFrom::Start(place * NODE_BYTES as u64))?;
			self.tree.write_all(node)?;
		}
		self.file.seek(SeekFrom::Start(batch.offset))?;
		self.file.write_all(&batch.bytes)
	}
}
