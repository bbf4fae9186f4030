//! The accounts that sign.

use crate::{AccountId, Error, Result};
use sp_runtime::MultiSignature;
use std::{fmt, str::FromStr};
use subxt_signer::{sr25519::Keypair, SecretUri};

/// An account that signs, with an sr25519 key.
#[derive(Clone)]
pub struct Account {
	/// Its keys.
	pub keypair: Keypair,
}

impl Account {
	/// Its id.
	pub fn id(&self) -> AccountId {
		self.keypair.public_key().to_account_id()
	}

	/// The account of a secret: a seed phrase, a seed of 64 hexadecimal digits after `0x`, or a development
	/// account such as `//Alice`.
	///
	/// [`Error::NoSecret`] if it is none of these. The error does not repeat what was given.
	pub fn from_phrase(phrase: &str) -> Result<Self> {
		let uri = SecretUri::from_str(phrase.trim()).map_err(|_| Error::NoSecret)?;
		let keypair = Keypair::from_uri(&uri).map_err(|_| Error::NoSecret)?;
		Ok(Self { keypair })
	}

	/// The account of a seed. [`Error::NoSecret`] if it is not usable.
	pub fn from_seed(seed: [u8; 32]) -> Result<Self> {
		let keypair = Keypair::from_secret_key(seed).map_err(|_| Error::NoSecret)?;
		Ok(Self { keypair })
	}

	/// Its signature of `message`.
	pub fn sign(&self, message: &[u8]) -> MultiSignature {
		let signature = self.keypair.sign(message);
		MultiSignature::Sr25519(sp_core::sr25519::Signature::from_raw(signature.0))
	}
}

impl fmt::Debug for Account {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "Account({})", self.id())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::traits::Verify;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const SEED: &str = "e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a";

	#[test]
	fn secrets_in_every_form() {
		assert_eq!(Account::from_phrase(" //Alice\n").unwrap().id().to_string(), ALICE);
		let written = Account::from_phrase(&format!("0x{SEED}")).unwrap();
		assert_eq!(written.id().to_string(), ALICE);
		let seed = <[u8; 32]>::try_from(hex::decode(SEED).unwrap()).unwrap();
		assert_eq!(Account::from_seed(seed).unwrap().id().to_string(), ALICE);
		let error = Account::from_phrase("correct horse battery staple").unwrap_err();
		assert!(matches!(error, Error::NoSecret) && !error.to_string().contains("horse"));
	}

	#[test]
	fn the_chain_takes_its_signatures() {
		let alice = Account::from_phrase("//Alice").unwrap();
		let signature = alice.sign(b"message");
		let id = sp_runtime::AccountId32::new(alice.id().0);
		assert!(signature.verify(&b"message"[..], &id));
		assert!(!signature.verify(&b"another"[..], &id));
		assert!(!format!("{alice:?}").contains("secret"));
	}
}
