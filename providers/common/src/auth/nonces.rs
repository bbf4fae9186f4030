//! Nonces of tokens that were used: remembered, also over a restart, until the tokens expire.

use super::now;
use std::{
	collections::HashMap,
	fs::{self, File},
	io::{self, Write},
	path::{Path, PathBuf},
	sync::Mutex,
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

struct State {
	spent: HashMap<Id, (Signer, u64)>,
	each: HashMap<Signer, usize>,
	file: Option<File>,
	records: usize,
}

/// The nonces that were used.
pub struct Nonces {
	path: Option<PathBuf>,
	state: Mutex<State>,
}

impl Nonces {
	/// Remembered in a file of this folder.
	pub fn open(folder: &Path) -> io::Result<Self> {
		let path = folder.join("nonces");
		let bytes = match fs::read(&path) {
			Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
			read => read?,
		};
		let mut state =
			State { spent: HashMap::new(), each: HashMap::new(), file: None, records: 0 };
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
		let nonces = Self { path: Some(path), state: Mutex::new(state) };
		nonces.rewrite(&mut nonces.lock())?;
		Ok(nonces)
	}

	/// Remembered by this process alone.
	pub fn in_memory() -> Self {
		let state = State { spent: HashMap::new(), each: HashMap::new(), file: None, records: 0 };
		Self { path: None, state: Mutex::new(state) }
	}

	fn lock(&self) -> std::sync::MutexGuard<'_, State> {
		self.state.lock().unwrap_or_else(|bad| bad.into_inner())
	}

	fn rewrite(&self, state: &mut State) -> io::Result<()> {
		let Some(path) = &self.path else { return Ok(()) };
		let mut bytes = Vec::with_capacity(state.spent.len() * RECORD);
		for (id, (signer, until)) in &state.spent {
			bytes.extend_from_slice(id);
			bytes.extend_from_slice(signer);
			bytes.extend_from_slice(&until.to_le_bytes());
		}
		let folder = path.parent().unwrap_or(Path::new("."));
		crate::store::manifest::write_whole(folder, "nonces", &bytes)?;
		state.file = Some(File::options().append(true).open(path)?);
		state.records = state.spent.len();
		Ok(())
	}

	/// Whether a nonce was used, without using it.
	pub fn is_spent(&self, signer: &[u8; 32], nonce: &[u8; 16]) -> bool {
		self.lock().spent.contains_key(&identify(signer, nonce).0)
	}

	/// Uses a nonce that counts until `until` (Unix milliseconds). Returns once that is on disk, so that no
	/// crash makes a token good again: blocks.
	pub fn spend(&self, signer: &[u8; 32], nonce: &[u8; 16], until: u64) -> io::Result<Spend> {
		let (id, signer) = identify(signer, nonce);
		let file = {
			let mut state = self.lock();
			if state.spent.contains_key(&id) {
				return Ok(Spend::Used);
			}
			let mine = |state: &State| state.each.get(&signer).copied().unwrap_or(0);
			if state.spent.len() >= ALL || mine(&state) >= EACH || state.records >= 2 * ALL {
				state.expire(now());
				self.rewrite(&mut state)?;
				if state.spent.len() >= ALL || mine(&state) >= EACH {
					return Ok(Spend::Full);
				}
			}
			state.insert(id, signer, until);
			state.records += 1;
			let mut record = [0; RECORD];
			record[..16].copy_from_slice(&id);
			record[16..24].copy_from_slice(&signer);
			record[24..].copy_from_slice(&until.to_le_bytes());
			match &mut state.file {
				Some(file) => {
					file.write_all(&record)?;
					Some(file.try_clone()?)
				},
				None => None,
			}
		};
		if let Some(file) = file {
			file.sync_data()?;
		}
		Ok(Spend::Fresh)
	}
}

impl State {
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
		let nonces = Nonces::open(folder.path()).unwrap();
		assert_eq!(nonces.spend(&[1; 32], &[1; 16], later).unwrap(), Spend::Fresh);
		assert_eq!(nonces.spend(&[1; 32], &[1; 16], later).unwrap(), Spend::Used);
		assert_eq!(nonces.spend(&[2; 32], &[1; 16], later).unwrap(), Spend::Fresh);
		assert_eq!(nonces.spend(&[2; 32], &[2; 16], now()).unwrap(), Spend::Fresh);
		drop(nonces);
		let path = folder.path().join("nonces");
		let mut torn = fs::read(&path).unwrap();
		torn.extend_from_slice(&[0xff; 9]);
		fs::write(&path, torn).unwrap();
		let nonces = Nonces::open(folder.path()).unwrap();
		assert!(nonces.is_spent(&[1; 32], &[1; 16]));
		assert!(nonces.is_spent(&[2; 32], &[1; 16]));
		assert_eq!(nonces.spend(&[2; 32], &[1; 16], later).unwrap(), Spend::Used);
		assert!(!nonces.is_spent(&[2; 32], &[2; 16]), "it expired");
		assert_eq!(fs::read(&path).unwrap().len(), 2 * RECORD);
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
