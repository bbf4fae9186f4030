//! Which entries came from which documents, beside the file that they were imported from.
//!
//! Lines of JSON that are only ever added. Each says its chain and owner, so that one file can be imported
//! into several.

use crate::failure::Failure;
use rome_client::Hash;
use rome_primitives::content::EntityId;
use serde::{Deserialize, Serialize};
use std::{
	collections::BTreeMap,
	fs::{self, OpenOptions},
	io::{self, Write},
	path::{Path, PathBuf},
};
use subxt::utils::AccountId32;

/// BLAKE2 hash of a document.
pub(super) type Digest = [u8; 32];

/// The digest of a document.
pub(super) fn digest(document: &[u8]) -> Digest {
	sp_crypto_hashing::blake2_256(document)
}

#[derive(Serialize, Deserialize)]
struct Line {
	chain: String,
	owner: String,
	document: String,
	id: String,
}

/// What is remembered of one account on one chain.
pub(super) struct Journal {
	pub path: PathBuf,
	chain: String,
	owner: String,
	entries: BTreeMap<EntityId, Digest>,
}

impl Journal {
	/// The journal of a file, as far as it is about this chain and account.
	pub(super) fn read(file: &Path, chain: Hash, owner: &AccountId32) -> Result<Self, Failure> {
		let mut name = file.as_os_str().to_owned();
		name.push(".imported");
		let path = PathBuf::from(name);
		let chain = format!("0x{}", hex::encode(chain.0));
		let owner = owner.to_string();
		let text = match fs::read_to_string(&path) {
			Ok(text) => text,
			Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
			Err(error) => {
				return Err(Failure::new(format!("cannot read {}: {error}", path.display())))
			},
		};
		// A line that a crash cut short is none.
		let lines = text.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
		let lines = lines.filter(|line| line.chain == chain && line.owner == owner);
		let entries = lines.filter_map(|line| {
			let digest = hex::decode(&line.document).ok()?.try_into().ok()?;
			Some((line.id.parse().ok()?, digest))
		});
		let entries = entries.collect();
		Ok(Self { path, chain, owner, entries })
	}

	/// The document that an entry came from.
	pub(super) fn digest_of(&self, id: EntityId) -> Option<Digest> {
		self.entries.get(&id).copied()
	}

	/// Adds what is not there yet.
	pub(super) fn add(&mut self, known: &[(Digest, EntityId)]) -> io::Result<()> {
		let mut text = String::new();
		for (digest, id) in known {
			if self.entries.insert(*id, *digest) == Some(*digest) {
				continue;
			}
			let line = Line {
				chain: self.chain.clone(),
				owner: self.owner.clone(),
				document: hex::encode(digest),
				id: id.to_string(),
			};
			text.push_str(&serde_json::to_string(&line)?);
			text.push('\n');
		}
		if text.is_empty() {
			return Ok(());
		}
		let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
		// Ends a line that a crash cut short.
		if file.metadata()?.len() > 0 && !fs::read(&self.path)?.ends_with(b"\n") {
			text.insert(0, '\n');
		}
		file.write_all(text.as_bytes())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn remembers_by_chain_and_owner() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("a.ndjson");
		let (one, other) = (Hash::repeat_byte(1), Hash::repeat_byte(2));
		let (alice, bob) = (AccountId32([1; 32]), AccountId32([2; 32]));
		let id = EntityId { class: 3, serial: 17 };
		let mut journal = Journal::read(&file, one, &alice).unwrap();
		assert_eq!(journal.digest_of(id), None);
		journal.add(&[(digest(b"{}"), id)]).unwrap();
		let length = fs::metadata(&journal.path).unwrap().len();
		journal.add(&[(digest(b"{}"), id)]).unwrap();
		assert_eq!(fs::metadata(&journal.path).unwrap().len(), length, "nothing is there twice");
		let read = |chain, owner| Journal::read(&file, chain, owner).unwrap().digest_of(id);
		assert_eq!(read(one, &alice), Some(digest(b"{}")));
		assert_eq!(read(other, &alice), None);
		assert_eq!(read(one, &bob), None);
	}

	#[test]
	fn outlives_a_line_cut_short() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("a.json");
		let (chain, owner) = (Hash::repeat_byte(1), AccountId32([1; 32]));
		let id = |serial| EntityId { class: 0, serial };
		let mut journal = Journal::read(&file, chain, &owner).unwrap();
		journal.add(&[(digest(b"1"), id(1))]).unwrap();
		let whole = fs::read_to_string(&journal.path).unwrap();
		fs::write(&journal.path, format!("{whole}{{\"chain\": \"0x")).unwrap();
		let mut journal = Journal::read(&file, chain, &owner).unwrap();
		journal.add(&[(digest(b"2"), id(2))]).unwrap();
		let journal = Journal::read(&file, chain, &owner).unwrap();
		assert_eq!(journal.digest_of(id(1)), Some(digest(b"1")));
		assert_eq!(journal.digest_of(id(2)), Some(digest(b"2")));
	}
}
