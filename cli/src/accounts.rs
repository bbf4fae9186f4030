//! The accounts that sign.

use crate::{args::Global, failure::Failure};
use rome_client::Account;
use std::{fs, str::FromStr};
use subxt::utils::AccountId32;
use subxt_signer::polkadot_js_compat;

/// The one account that signs.
pub(crate) fn one(global: &Global) -> Result<Account, Failure> {
	let mut all = all(global)?;
	match (all.pop(), all.is_empty()) {
		(Some(account), true) => Ok(account),
		_ => Err(Failure::usage("this takes one account that signs, not several")
			.hint("give --suri once")),
	}
}

/// All accounts that sign: at least one.
pub(crate) fn all(global: &Global) -> Result<Vec<Account>, Failure> {
	// A keystore given on the command line outdoes a phrase that was set in the environment.
	let phrases: &[String] = if global.keystore.is_some() { &[] } else { &global.suri };
	let mut accounts = Vec::new();
	for phrase in phrases {
		accounts.push(from_phrase(phrase)?);
	}
	if global.keystore.is_some() {
		accounts.push(from_keystore(global)?);
	}
	if accounts.is_empty() {
		return Err(Failure::usage("this is signed, and no account was given").hint(
			"give --suri (a development chain has //Alice) or --keystore FILE.json, or set ROME_SURI",
		));
	}
	Ok(accounts)
}

fn from_phrase(phrase: &str) -> Result<Account, Failure> {
	// What was given is never printed: it may be a secret.
	Account::from_phrase(phrase).map_err(|_| {
		Failure::usage("what --suri (or ROME_SURI) holds is no secret key").hint(
			"write a seed phrase of 12 or 24 words, a seed of 64 hexadecimal digits after 0x, or a \
			 development account such as //Alice",
		)
	})
}

fn from_keystore(global: &Global) -> Result<Account, Failure> {
	let Some(path) = &global.keystore else {
		return Err(Failure::usage("no keystore was given"));
	};
	let json = fs::read_to_string(path).map_err(|error| {
		Failure::usage(format!("cannot read the keystore {}: {error}", path.display()))
	})?;
	let password = match &global.password_file {
		Some(file) => fs::read_to_string(file)
			.map(|text| text.trim_end_matches(['\r', '\n']).to_string())
			.map_err(|error| {
				Failure::usage(format!("cannot read the password in {}: {error}", file.display()))
			})?,
		None => rpassword::prompt_password(format!("Password of {}: ", path.display())).map_err(
			|error| {
				Failure::usage(format!("cannot ask for the keystore's password: {error}"))
					.hint("give --password-file FILE where there is no terminal")
			},
		)?,
	};
	// The decoder takes for granted that the encoded part holds at least its 68 bytes of parameters.
	let long_enough = serde_json::from_str::<serde_json::Value>(&json)
		.ok()
		.and_then(|value| value.get("encoded")?.as_str().map(str::len))
		.is_some_and(|length| length >= 92);
	let decoded = long_enough.then(|| polkadot_js_compat::decrypt_json(&json, &password));
	let keypair = decoded.and_then(Result::ok).ok_or_else(|| {
		Failure::new(format!("the keystore {} cannot be opened", path.display())).hint(
			"check the password, and that the file is an account of type sr25519 that polkadot.js \
			 exported as JSON",
		)
	})?;
	Ok(Account { keypair })
}

/// The account that `text` names.
pub(crate) fn parse_account(text: &str) -> Result<AccountId32, Failure> {
	let hex = text.strip_prefix("0x").and_then(|digits| hex::decode(digits).ok());
	if let Some(bytes) = hex.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) {
		return Ok(AccountId32(bytes));
	}
	if text.starts_with("//") {
		if let Ok(account) = Account::from_phrase(text) {
			return Ok(account.id());
		}
	}
	AccountId32::from_str(text).map_err(|error| {
		Failure::new(format!("`{text}` is no account: {error}")).hint(
			"write its address (5...), its public key (0x...) or a development account such as //Bob",
		)
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	#[test]
	fn reads_accounts_in_every_form() {
		let alice = AccountId32::from_str(ALICE).unwrap();
		assert_eq!(parse_account(ALICE).unwrap(), alice);
		assert_eq!(parse_account("//Alice").unwrap(), alice);
		assert_eq!(parse_account(&format!("0x{}", hex::encode(alice.0))).unwrap(), alice);
		for wrong in ["", "Alice", "5Grwva", "0x12", &ALICE.replace('Y', "Z")] {
			assert!(parse_account(wrong).is_err(), "{wrong}");
		}
	}

	#[test]
	fn a_bad_secret_is_not_repeated() {
		let failure = from_phrase("correct horse battery staple").err().unwrap();
		assert!(!failure.to_string().contains("horse"));
		assert_eq!(failure.exit_code(), 2);
		assert_eq!(from_phrase("//Alice").ok().unwrap().id().to_string(), ALICE);
	}
}
