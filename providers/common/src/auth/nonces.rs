//! Nonces of tokens that were used: remembered, also over a restart, until the tokens expire.

use super::now;
use std::{
	collections::HashMap,
	fs::{self, File},
	io::{self, Write},
	path::{Path, PathBuf},
	sync::{Mutex, MutexGuard},
};

/// Nonces of all signers that are remembered at once.
const ALL: usize = 262_144;
/// Nonces of one signer that are remembered at once.
const EACH: usize = 16_384;
/// Bytes of a record: an identifier, the signer's first bytes, and the time until which it counts.
const RECORD: usize = 16 + 8 + 8;

/// What came of spending a nonce.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spend {
	/// It was new, and now is used.
	Fresh,
	/// It was used before.
	Used,
	/// Too many are remembered: not now.
	Full,
}

type Id = [u8; 16];
type Signer = [u8; 8];

#[derive(Default)]
struct State {
	spent: HashMap<Id, (Signer, u64)>,
	each: HashMap<Signer, usize>,
}

/// What is on disk.
struct Log {
	folder: PathBuf,
	name: &'static str,
	file: Option<File>,
	records: usize,
}

/// The nonces that were used.
pub struct Nonces {
	/// Held for the disk, and so never by who only looks. Locked before the state, where both are.
	log: Mutex<Option<Log>>,
	state: Mutex<State>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
	mutex.lock().unwrap_or_else(|bad| bad.into_inner())
}

impl Nonces {
	/// Remembered in a file of this name and folder.
	pub fn open(folder: &Path, name: &'static str) -> io::Result<Self> {
		let bytes = match fs::read(folder.join(name)) {
			Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
			read => read?,
		};
		let mut state = State::default();
		let now = now();
		// What a crash left of the last record was never answered for.
		for record in bytes.chunks_exact(RECORD) {
			let (id, rest) = record.split_at(16);
			let (signer, until) = rest.split_at(8);
			let (Ok(id), Ok(signer), Ok(until)) =
				(id.try_into(), signer.try_into(), until.try_into())
			else {
				continue;
			};
			let until = u64::from_le_bytes(until);
			if until > now {
				state.insert(id, signer, until);
			}
		}
		let mut log = Log { folder: folder.to_owned(), name, file: None, records: 0 };
		log.rewrite(&state.records())?;
		Ok(Self { log: Mutex::new(Some(log)), state: Mutex::new(state) })
	}

	/// Remembered by this process alone.
	pub fn in_memory() -> Self {
		Self { log: Mutex::default(), state: Mutex::default() }
	}

	/// Whether a nonce was used, without using it. Waits for no disk.
	pub fn is_spent(&self, signer: &[u8; 32], nonce: &[u8; 16]) -> bool {
		lock(&self.state).spent.contains_key(&identify(signer, nonce).0)
	}

	/// Uses a nonce that counts until `until` (Unix milliseconds). Returns once that is on disk, so that no
	/// crash makes a token good again: blocks.
	pub fn spend(&self, signer: &[u8; 32], nonce: &[u8; 16], until: u64) -> io::Result<Spend> {
		let (id, signer) = identify(signer, nonce);
		// Whatever is in the state is in the log as well when the latter is given free.
		let mut log = lock(&self.log);
		let crowded = {
			let state = lock(&self.state);
			if state.spent.contains_key(&id) {
				return Ok(Spend::Used);
			}
			state.is_full(&signer)
		};
		if crowded || log.as_ref().is_some_and(|log| log.records >= 2 * ALL) {
			let (full, shrunk, records) = {
				let mut state = lock(&self.state);
				let before = state.spent.len();
				state.expire(now());
				(state.is_full(&signer), state.spent.len() < before, state.records())
			};
			// Who has used up a share and goes on asking shall not have it all written again each time.
			if let Some(log) = log.as_mut().filter(|log| shrunk || log.records >= 2 * ALL) {
				log.rewrite(&records)?;
			}
			if full {
				return Ok(Spend::Full);
			}
		}
		lock(&self.state).insert(id, signer, until);
		let Some(log_now) = &mut *log else { return Ok(Spend::Fresh) };
		let file = log_now.append(&record(&id, &signer, until))?;
		drop(log);
		if let Some(file) = file {
			file.sync_data()?;
		}
		Ok(Spend::Fresh)
	}
}

impl Log {
	fn rewrite(&mut self, records: &[u8]) -> io::Result<()> {
		crate::store::manifest::write_whole(&self.folder, self.name, records)?;
		let path = self.folder.join(self.name);
		self.file = Some(File::options().append(true).open(path)?);
		self.records = records.len() / RECORD;
		Ok(())
	}

	/// Adds a record. Gives what is to be synced.
	fn append(&mut self, record: &[u8]) -> io::Result<Option<File>> {
		self.records += 1;
		let Some(file) = &mut self.file else { return Ok(None) };
		file.write_all(record)?;
		file.try_clone().map(Some)
	}
}

fn record(id: &Id, signer: &Signer, until: u64) -> [u8; RECORD] {
	let mut record = [0; RECORD];
	record[..16].copy_from_slice(id);
	record[16..24].copy_from_slice(signer);
	record[24..].copy_from_slice(&until.to_le_bytes());
	record
}

impl State {
	fn is_full(&self, signer: &Signer) -> bool {
		let mine = self.each.get(signer).copied().unwrap_or(0);
		self.spent.len() >= ALL || mine >= EACH
	}

	/// As they are in the file.
	fn records(&self) -> Vec<u8> {
		let mut bytes = Vec::with_capacity(self.spent.len() * RECORD);
		for (id, (signer, until)) in &self.spent {
			bytes.extend_from_slice(&record(id, signer, *until));
		}
		bytes
	}

	fn insert(&mut self, id: Id, signer: Signer, until: u64) {
		if self.spent.insert(id, (signer, until)).is_none() {
			*self.each.entry(signer).or_default() += 1;
		}
	}

	fn expire(&mut self, now: u64) {
		self.spent.retain(|_, (_, until)| *until > now);
		self.each.clear();
		for (signer, _) in self.spent.values() {
			*self.each.entry(*signer).or_default() += 1;
		}
	}
}

fn identify(signer: &[u8; 32], nonce: &[u8; 16]) -> (Id, Signer) {
	let mut hasher = blake3::Hasher::new();
	hasher.update(signer).update(nonce);
	let mut id = [0; 16];
	id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
	let mut first = [0; 8];
	first.copy_from_slice(&signer[..8]);
	(id, first)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_nonce_counts_once_also_after_a_restart() {
		let folder = tempfile::tempdir().unwrap();
		let later = now() + 60_000;
		let nonces = Nonces::open(folder.path(), "nonces").unwrap();
		assert_eq!(nonces.spend(&[1; 32], &[1; 16], later).unwrap(), Spend::Fresh);
		assert_eq!(nonces.spend(&[1; 32], &[1; 16], later).unwrap(), Spend::Used);
		assert_eq!(nonces.spend(&[2; 32], &[1; 16], later).unwrap(), Spend::Fresh);
		assert_eq!(nonces.spend(&[2; 32], &[2; 16], now()).unwrap(), Spend::Fresh);
		drop(nonces);
		let path = folder.path().join("nonces");
		let mut torn = fs::read(&path).unwrap();
		torn.extend_from_slice(&[0xff; 9]);
		fs::write(&path, torn).unwrap();
		let nonces = Nonces::open(folder.path(), "nonces").unwrap();
		assert!(nonces.is_spent(&[1; 32], &[1; 16]));
		assert!(nonces.is_spent(&[2; 32], &[1; 16]));
		assert_eq!(nonces.spend(&[2; 32], &[1; 16], later).unwrap(), Spend::Used);
		assert!(!nonces.is_spent(&[2; 32], &[2; 16]), "it expired");
		assert_eq!(fs::read(&path).unwrap().len(), 2 * RECORD);
	}

	#[test]
	fn who_looks_waits_for_no_disk() {
		let folder = tempfile::tempdir().unwrap();
		let nonces = Nonces::open(folder.path(), "nonces").unwrap();
		// A disk that does not answer: somebody holds the log.
		let _held = nonces.log.lock().unwrap();
		assert!(!nonces.is_spent(&[1; 32], &[1; 16]));
	}

	#[test]
	fn one_signer_cannot_fill_the_memory() {
		let nonces = Nonces::in_memory();
		let later = now() + 60_000;
		for number in 0..EACH as u128 {
			let spent = nonces.spend(&[1; 32], &number.to_le_bytes(), later).unwrap();
			assert_eq!(spent, Spend::Fresh);
		}
		assert_eq!(nonces.spend(&[1; 32], &[0xff; 16], later).unwrap(), Spend::Full);
		assert_eq!(nonces.spend(&[2; 32], &[0xff; 16], later).unwrap(), Spend::Fresh);
	}
}
