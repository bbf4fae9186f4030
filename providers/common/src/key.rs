//! The operator key: signs a daemon's answers, heartbeats and transactions. It cannot move stake.

use rome_client::Account;
use rome_primitives::signing::{GenesisHash, Message, Signed};
use sp_runtime::AccountId32;
use std::{
	fs::{self, OpenOptions},
	io::Write,
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
		let mut file = OpenOptions::new()
			.write(true)
			.create_new(true)
			.mode(0o600)
			.open(path)
			.map_err(|error| format!("{} cannot be made: {error}", path.display()))?;
		writeln!(file, "{words}")
			.and_then(|()| file.sync_all())
			.map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
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
		fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
		assert!(OperatorKey::read(&path).unwrap_err().contains("chmod 600"));
	}

	#[test]
	fn a_bad_secret_is_not_repeated() {
		let error = OperatorKey::from_secret("correct horse battery").unwrap_err();
		assert!(!error.contains("horse"));
	}
}
