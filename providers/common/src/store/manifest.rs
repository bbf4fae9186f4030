//! What a data directory says of itself, so that a daemon never works in another's, in a directory that is
//! not mounted, or in one of a later version.

use super::StoreError;
use serde::{Deserialize, Serialize};
use std::{
	fs::{self, File},
	io::Write,
	path::Path,
};

/// The version of the layout that this program writes.
pub const LAYOUT: u32 = 1;

const FILE: &str = "manifest.json";

/// A data directory's description.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
	/// The version of the layout.
	pub layout: u32,
	/// Which daemon works here: `colossus` or `distributor`.
	pub kind: String,
	/// The chain's genesis hash, in hexadecimal digits; known from the first connection on.
	pub genesis: Option<String>,
	/// The address of the operator.
	pub operator: String,
}

impl Manifest {
	/// For a new directory.
	pub fn new(kind: &str, operator: String) -> Self {
		Self { layout: LAYOUT, kind: kind.into(), genesis: None, operator }
	}

	/// Reads a directory's.
	pub fn read(root: &Path) -> Result<Self, StoreError> {
		let path = root.join(FILE);
		let text = fs::read_to_string(&path).map_err(|error| {
			StoreError::Unusable(format!(
				"{} cannot be read ({error}); is the data directory mounted? `colossus init` makes a new one",
				path.display()
			))
		})?;
		let manifest: Self = serde_json::from_str(&text).map_err(|error| {
			StoreError::Unusable(format!("{} is damaged: {error}", path.display()))
		})?;
		if manifest.layout != LAYOUT {
			return Err(StoreError::Unusable(format!(
				"the data directory has layout {}, and this program works with layout {LAYOUT}: use the \
				 version that wrote it, or a newer one",
				manifest.layout
			)));
		}
		Ok(manifest)
	}

	/// Writes it, whole or not at all.
	pub fn write(&self, root: &Path) -> Result<(), StoreError> {
		write_whole(root, FILE, &serde_json::to_vec_pretty(self).map_err(std::io::Error::from)?)?;
		Ok(())
	}
}

/// Writes a small file so that a crash leaves either the old one or the new one.
pub fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
	let new = folder.join(format!("{name}.new"));
	let mut file = File::create(&new)?;
	file.write_all(bytes)?;
	file.sync_all()?;
	fs::rename(&new, folder.join(name))?;
	File::open(folder)?.sync_all()
}
