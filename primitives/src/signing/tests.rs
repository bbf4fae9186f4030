//! Tests of signed messages, with real keys of every scheme.

mod headers;
mod payloads;
mod validity;

use super::*;
use crate::{actors::Endpoint, storage::ObjectKey};
use sp_core::{ecdsa, ed25519, sr25519, Pair};
use sp_runtime::{traits::IdentifyAccount, MultiSigner};

const GENESIS: GenesisHash = [0xd1; 32];

fn account(n: u8) -> AccountId32 {
	AccountId32::new([n; 32])
}

fn key() -> ObjectKey {
	ObjectKey { hash: [0xab; 32], size: 300_001 }
}

fn token() -> UploadToken {
	UploadToken { provider: account(1), key: key(), nonce: [5; 16], expires: 1_800_000_000_000 }
}

fn status() -> StatusAnswer {
	StatusAnswer {
		operator: account(1),
		endpoint: Endpoint::Http(b"https://one.example:7070".to_vec().try_into().unwrap()),
		nonce: [6; 32],
		version: b"colossus/0.1.0".to_vec().try_into().unwrap(),
		time: 1_800_000_000_000,
		finalized: 1_000,
		objects: 12,
		bytes: 34_567,
		free: 1 << 40,
	}
}

/// A signer of each scheme: the account, and what signs.
type Signer = (AccountId32, Box<dyn Fn(&[u8]) -> MultiSignature>);

fn signers() -> Vec<Signer> {
	let sr = sr25519::Pair::from_string("//Alice", None).unwrap();
	let ed = ed25519::Pair::from_string("//Alice", None).unwrap();
	let ec = ecdsa::Pair::from_string("//Alice", None).unwrap();
	vec![
		(MultiSigner::from(sr.public()).into_account(), Box::new(move |b| sr.sign(b).into())),
		(MultiSigner::from(ed.public()).into_account(), Box::new(move |b| ed.sign(b).into())),
		(MultiSigner::from(ec.public()).into_account(), Box::new(move |b| ec.sign(b).into())),
	]
}

fn alice() -> Signer {
	signers().remove(0)
}
