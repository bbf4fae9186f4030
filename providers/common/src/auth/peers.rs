//! Requests that one daemon signs for another, and the answers.

use super::{now, Nonces, Spend};
use crate::{authority::Cached, http::Refusal, key::OperatorKey};
use rome_primitives::{
	signing::{request_digest, GenesisHash, PeerAnswer, PeerRequest, Signed, UnixMillis, Validity},
	storage::ObjectKey,
};
use sp_runtime::AccountId32;

/// How far ahead a request may expire, in milliseconds.
const LONGEST: u64 = 60_000;
const SKEW: u64 = 5_000;

/// The header of signed requests and of their answers.
pub const HEADER: &str = "rome-peer";

/// Who signed a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Peer {
	/// Its operator key.
	pub operator: AccountId32,
	/// The request's nonce, which the answer repeats.
	pub nonce: [u8; 16],
}

/// Recognises peers.
pub struct Peers {
	nonces: Nonces,
}

impl Default for Peers {
	fn default() -> Self {
		Self { nonces: Nonces::in_memory() }
	}
}

impl Peers {
	/// Who signed a request. `path` is that of the request's first line, with its query.
	pub async fn recognise(
		&self,
		header: &str,
		method: &str,
		path: &str,
		genesis: &GenesisHash,
		us: &AccountId32,
		authority: &Cached,
	) -> Result<Peer, Refusal> {
		let refuse = |code, message: &str| {
			Refusal::new(401, code, message)
				.hint("leave the Rome-Peer header out to ask as anybody, or sign the request anew")
		};
		let signed = Signed::<PeerRequest>::from_header(header)
			.map_err(|error| refuse("bad_peer", &error.to_string()))?;
		let request = &signed.message;
		if request.to != *us || request.digest != request_digest(method, path) {
			return Err(refuse("other_request", "the signature is for another request"));
		}
		let validity = Validity { now: now(), skew: SKEW, longest: LONGEST };
		validity
			.check_expires(request.expires)
			.map_err(|stale| refuse("stale_request", &stale.to_string()))?;
		if signed.by(genesis, &request.from).is_none() {
			return Err(refuse("bad_signature", "the request's signature is wrong"));
		}
		let known = authority.is_peer(request.from.clone().into()).await;
		if !known.map_err(|error| Refusal::no_chain(&error))? {
			return Err(Refusal::new(
				403,
				"no_peer",
				"no provider or distributor has this operator key",
			)
			.hint("leave the Rome-Peer header out to ask as anybody"));
		}
		let signer: &[u8; 32] = request.from.as_ref();
		let spent = self.nonces.spend(signer, &request.nonce, request.expires + SKEW);
		match spent {
			Ok(Spend::Fresh) => Ok(Peer { operator: request.from.clone(), nonce: request.nonce }),
			Ok(Spend::Used) => Err(refuse("used_request", "the request was made before")),
			_ => Err(Refusal::too_many(10)),
		}
	}
}

/// The header with which a request is signed.
pub fn sign_request(
	key: &OperatorKey,
	genesis: &GenesisHash,
	to: AccountId32,
	method: &str,
	path: &str,
	nonce: [u8; 16],
) -> String {
	let digest = request_digest(method, path);
	let request = PeerRequest { from: key.id(), to, digest, nonce, expires: now() + LONGEST / 2 };
	key.sign(genesis, request).to_header()
}

/// The header of an answer to a peer.
pub fn sign_answer(
	key: &OperatorKey,
	genesis: &GenesisHash,
	peer: &Peer,
	status: u16,
	object: Option<ObjectKey>,
	body: Option<[u8; 32]>,
	at: UnixMillis,
) -> String {
	let answer = PeerAnswer {
		from: key.id(),
		to: peer.operator.clone(),
		nonce: peer.nonce,
		status,
		key: object,
		body,
		at,
	};
	key.sign(genesis, answer).to_header()
}

/// Whether an answer's header is that of the operator who was asked, for this request; where `about` is
/// given, about that object.
#[allow(clippy::too_many_arguments)]
pub fn check_answer(
	header: Option<&str>,
	genesis: &GenesisHash,
	us: &AccountId32,
	them: &AccountId32,
	nonce: &[u8; 16],
	status: u16,
	about: Option<&ObjectKey>,
) -> bool {
	let Some(signed) = header.and_then(|text| Signed::<PeerAnswer>::from_header(text).ok()) else {
		return false;
	};
	signed.by(genesis, them).is_some_and(|answer| {
		answer.from == *them
			&& answer.to == *us
			&& answer.nonce == *nonce
			&& answer.status == status
			&& about.is_none_or(|key| answer.key.as_ref() == Some(key))
	})
}
