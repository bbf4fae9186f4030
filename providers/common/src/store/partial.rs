//! An object that is fetched in pieces, in any order, from several sources, and resumed after a restart.

use super::{
	tree::{TreeBuilder, WriteNodes},
	verify::hash_file,
	Store, StoreError,
};
use rome_primitives::storage::ObjectKey;
use std::{
	fs::{self, File},
	io,
	os::unix::fs::FileExt,
	path::PathBuf,
	sync::Arc,
};

/// Bytes of a piece: what is asked of one source at once.
pub const PIECE: u64 = 4 * 1024 * 1024;

/// An object in the making. What is written here was verified when it came; before it becomes an object it
/// is hashed once more as a whole, which also makes its tree, so that nothing has to be synced on the way:
/// a crash can lose pieces, and what it damages is found.
pub struct Partial {
	store: Arc<Store>,
	key: ObjectKey,
	file: File,
	marks: File,
	path: PathBuf,
	marks_path: PathBuf,
	done: Vec<bool>,
	promised: u64,
}

impl Partial {
	/// Starts, or goes on where an earlier process ended.
	pub fn open(store: &Arc<Store>, key: ObjectKey) -> Result<Self, StoreError> {
		let name = format!("{}-{}", hex::encode(key.hash), key.size);
		let path = store.root().join("partial").join(&name);
		let marks_path = store.root().join("partial").join(name + ".pieces");
		let open = |path: &PathBuf| {
			File::options().read(true).write(true).create(true).truncate(false).open(path)
		};
		let (file, marks) = (open(&path)?, open(&marks_path)?);
		let mut length = file.metadata()?.len();
		if length > key.size {
			file.set_len(key.size)?;
			length = key.size;
		}
		let pieces = key.size.div_ceil(PIECE) as usize;
		let mut bytes = vec![0; pieces];
		let known = (marks.metadata()?.len() as usize).min(pieces);
		marks.read_exact_at(&mut bytes[..known], 0)?;
		// Nothing is synced on the way: after a power cut a mark may be there and its bytes not.
		let whole = |piece: usize| (piece as u64 + 1).saturating_mul(PIECE).min(key.size) <= length;
		let done: Vec<bool> =
			bytes.iter().enumerate().map(|(piece, mark)| *mark == 1 && whole(piece)).collect();
		let kept: Vec<u8> = done.iter().map(|done| u8::from(*done)).collect();
		if kept != bytes {
			marks.write_all_at(&kept, 0)?;
		}
		let mut partial =
			Self { store: store.clone(), key, file, marks, path, marks_path, done, promised: 0 };
		let missing = partial.missing().into_iter().map(|piece| partial.range(piece).1);
		let promised = missing.sum();
		store.promise(promised)?;
		partial.promised = promised;
		Ok(partial)
	}

	/// The pieces that are missing, by number.
	pub fn missing(&self) -> Vec<u64> {
		(0..self.done.len() as u64).filter(|index| !self.done[*index as usize]).collect()
	}

	/// Where a piece starts, and its length.
	pub fn range(&self, piece: u64) -> (u64, u64) {
		let start = piece * PIECE;
		(start, PIECE.min(self.key.size.saturating_sub(start)))
	}

	/// Another handle on the bytes, to write verified ones at their place.
	pub fn writer(&self) -> io::Result<File> {
		self.file.try_clone()
	}

	/// Notes that a piece is there.
	pub fn mark(&mut self, piece: u64) -> io::Result<()> {
		let (_, length) = self.range(piece);
		if let Some(done) = self.done.get_mut(piece as usize) {
			if !std::mem::replace(done, true) {
				// It takes space from the disk now, and needs no promise any more.
				let length = length.min(self.promised);
				self.promised -= length;
				self.store.fulfil(length);
			}
		}
		self.marks.write_all_at(&[1], piece)
	}

	/// Makes it an object, if it is whole. Damaged, it is thrown away, and the fetch starts anew.
	pub fn finish(self) -> Result<(), StoreError> {
		let found = self.file.metadata()?.len();
		let complete = self.missing().is_empty();
		if found != self.key.size || !complete {
			if complete {
				// Marks and bytes do not belong together, and never will.
				self.discard_files();
			}
			return Err(StoreError::WrongSize { expected: self.key.size, found });
		}
		let tree_path = self.store.temporary();
		let tree = File::create_new(&tree_path)?;
		let mut builder = TreeBuilder::new(self.key.size, WriteNodes(tree.try_clone()?));
		hash_file(&self.file, self.key.size, &mut builder)?;
		let (hash, _) = builder.finish();
		let hash = hash.map_err(io::Error::other)?;
		if hash != self.key.hash {
			let _ = fs::remove_file(tree_path);
			self.discard_files();
			return Err(StoreError::WrongHash { found: hex::encode(hash) });
		}
		self.file.sync_data()?;
		tree.sync_data()?;
		self.store.adopt(&self.key, &self.path, &tree_path)?;
		let _ = fs::remove_file(&self.marks_path);
		Ok(())
	}

	fn discard_files(&self) {
		let _ = fs::remove_file(&self.path);
		let _ = fs::remove_file(&self.marks_path);
	}

	/// Throws away what there is.
	pub fn discard(self) {
		self.discard_files();
	}
}

impl Drop for Partial {
	fn drop(&mut self) {
		self.store.fulfil(self.promised);
	}
}

impl Store {
	/// The objects of which parts are there.
	pub fn partials(&self) -> io::Result<Vec<ObjectKey>> {
		let names = super::sorted(&self.root().join("partial"))?;
		Ok(names
			.iter()
			.filter_map(|name| {
				let (hash, size) = name.split_once('-')?;
				Some(ObjectKey { hash: super::parse_hash(hash)?, size: size.parse().ok()? })
			})
			.collect())
	}

	/// Throws away the parts of an object.
	pub fn drop_partial(&self, key: &ObjectKey) -> io::Result<()> {
		let name = format!("{}-{}", hex::encode(key.hash), key.size);
		super::remove_if_there(&self.root().join("partial").join(&name))?;
		super::remove_if_there(&self.root().join("partial").join(name + ".pieces"))
	}
}
