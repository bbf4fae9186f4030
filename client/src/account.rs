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
		let phrase = phrase.trim();
		if !names_a_secret(phrase) {
			return Err(Error::NoSecret);
		}
		let uri = SecretUri::from_str(phrase).map_err(|_| Error::NoSecret)?;
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

/// Whether it begins with a secret, or is a development account. Where the words are missing, the development
/// phrase, which everybody knows, stands in for them: good for `//Alice`, and a trap for an empty file, or for
/// a path or a password whose words were forgotten.
fn names_a_secret(phrase: &str) -> bool {
	match phrase.strip_prefix('/') {
		None => !phrase.is_empty(),
		Some(rest) => {
			let name = rest.strip_prefix('/').unwrap_or_default();
			!name.is_empty() && !name.starts_with('/') && !name.contains("///")
		},
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
	fn what_lacks_its_words_is_no_secret() {
		for text in [
			"",
			" \n",
			"/",
			"//",
			"///",
			"/soft",
			"///password",
			"/soft//hard",
			"//Alice///password",
		] {
			assert!(matches!(Account::from_phrase(text), Err(Error::NoSecret)), "`{text}`");
		}
		let words = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
		for text in [words, &format!("{words}//Alice"), "//Alice//stash", "//Alice/soft"] {
			assert!(Account::from_phrase(text).is_ok(), "`{text}`");
		}
		let hidden = Account::from_phrase(&format!("{words}///password")).unwrap();
		assert_ne!(hidden.id(), Account::from_phrase(words).unwrap().id());
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
