//! Rereads objects, and makes their trees anew.

use super::{
	tree::{self, CompareNodes, TreeBuilder},
	Health, Opened, Store,
};
use std::{
	fs::{self, File},
	io,
	os::unix::fs::FileExt,
};

impl Store {
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
				// It is shorter than it was a moment ago.
				Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
					return Ok(Some(Health::Damaged));
				},
				Err(error) => {
					tracing::error!(object = %hex::encode(hash), %error, "an object cannot be read");
					return Ok(Some(Health::Unreadable));
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

/// Feeds a whole file to a builder.
pub(super) fn hash_file<N: tree::Nodes>(
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
