//! What is in a data directory, one after the other.

use super::parse_hash;
use std::{fs, io, path::Path};

pub(super) fn each_object(
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
		// The mark stands beside them.
		if outer.len() != 2 {
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

pub(super) fn sorted(folder: &Path) -> io::Result<Vec<String>> {
	let mut names = Vec::new();
	for entry in fs::read_dir(folder)? {
		if let Ok(name) = entry?.file_name().into_string() {
			names.push(name);
		}
	}
	names.sort_unstable();
	Ok(names)
}
