//! The operator key: signs a daemon's answers, heartbeats and transactions. It cannot move stake.

use rome_client::Account;
use rome_primitives::signing::{GenesisHash, Message, Signed};
use sp_runtime::AccountId32;
use std::{
	fs::{self, File, OpenOptions},
	io::{self, Write},
	os::unix::fs::{OpenOptionsExt, PermissionsExt},
	path::Path,
};
use subxt_signer::bip39::Mnemonic;

/// An operator's key pair.
#[derive(Clone, Debug)]
pub struct OperatorKey {
	account: Account,
}

impl OperatorKey {
	/// From a secret: words, a seed in hexadecimal digits, or `//Name` on a development chain. The error does
	/// not repeat the secret.
	pub fn from_secret(secret: &str) -> Result<Self, String> {
		let account = Account::from_phrase(secret)
			.map_err(|_| "the operator key is no secret phrase, seed or derivation")?;
		Ok(Self { account })
	}

	/// Makes a new key and writes its words to a file that only its owner can read. Never overwrites one.
	pub fn create(path: &Path, entropy: [u8; 16]) -> Result<Self, String> {
		let words =
			Mnemonic::from_entropy(&entropy).map_err(|error| error.to_string())?.to_string();
		let key = Self::from_secret(&words)?;
		let failed = |error: io::Error| format!("{} cannot be written: {error}", path.display());
		write_new(path, format!("{words}\n").as_bytes()).map_err(failed)?;
		Ok(key)
	}

	/// Reads a key. Refuses a file that others can read.
	pub fn read(path: &Path) -> Result<Self, String> {
		let unreadable =
			|error: std::io::Error| format!("{} cannot be read: {error}", path.display());
		let mode = fs::metadata(path).map_err(unreadable)?.permissions().mode();
		if mode & 0o077 != 0 {
			let path = path.display();
			return Err(format!("{path} can be read by others: `chmod 600 {path}`"));
		}
		Self::from_secret(&fs::read_to_string(path).map_err(unreadable)?)
	}

	/// As the chain client takes it.
	pub fn account(&self) -> &Account {
		&self.account
	}

	/// The public key.
	pub fn id(&self) -> AccountId32 {
		AccountId32::new(self.account.id().0)
	}

	/// Signs a message for the chain with this genesis hash.
	pub fn sign<M: Message>(&self, genesis: &GenesisHash, message: M) -> Signed<M> {
		Signed::new(genesis, message, self.id(), |bytes| self.account.sign(bytes))
	}
}

/// Writes a file that only its owner can read, whole or not at all, and never over another one.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
	let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
	let folder = folder.unwrap_or(Path::new("."));
	let mut name = path.file_name().unwrap_or_default().to_owned();
	name.push(format!(".new-{}", std::process::id()));
	let new = folder.join(name);
	let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
	let written = file.write_all(bytes).and_then(|()| file.sync_all());
	// A link is refused where the name is taken; a rename would replace what has it.
	let placed = written.and_then(|()| fs::hard_link(&new, path));
	fs::remove_file(&new)?;
	placed?;
	File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_new_key_is_its_owners_alone() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("operator.key");
		let key = OperatorKey::create(&path, [7; 16]).unwrap();
		assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
		assert_eq!(OperatorKey::read(&path).unwrap().id(), key.id());
		assert!(OperatorKey::create(&path, [8; 16]).is_err());
		assert_eq!(OperatorKey::read(&path).unwrap().id(), key.id());
		assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
		fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
		assert!(OperatorKey::read(&path).unwrap_err().contains("chmod 600"));
	}

	#[test]
	fn a_bad_secret_is_not_repeated() {
		let error = OperatorKey::from_secret("correct horse battery").unwrap_err();
		assert!(!error.contains("horse"));
	}
}
