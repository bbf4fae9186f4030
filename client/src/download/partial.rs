//! A file that is being downloaded.

use super::{Batch, Sink};
use rome_primitives::{
	slices::{
		encode_slice, group_count, outboard_bytes, SeekOutboard, SliceDecoder, SliceRange,
		Verified, GROUP_BYTES, NODE_BYTES,
	},
	storage::ObjectKey,
};
use std::{
	ffi::OsString,
	fs::{self, File, OpenOptions, TryLockError},
	io::{self, Seek, SeekFrom, Write},
	ops::Range,
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

impl Partial {
	/// Takes up or begins the download of an object into the file `target`. Fails with
	/// [`io::ErrorKind::WouldBlock`] while somebody else is at it.
	pub fn open(target: &Path, key: &ObjectKey) -> io::Result<Self> {
		let (path, tree_path) = (beside(target, ".part"), beside(target, ".part.tree"));
		let open = |path: &Path| {
			OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
		};
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

	/// Gives the file its name, when everything is there.
	pub fn finish(self) -> io::Result<()> {
		self.file.sync_all()?;
		fs::rename(&self.path, &self.target)?;
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
