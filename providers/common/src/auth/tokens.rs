//! Upload tokens, as far as they can be judged without the chain.

use super::now;
use crate::http::Refusal;
use rome_primitives::{
	signing::{Signed, Stale, UploadToken, Validity},
	storage::ObjectKey,
};
use sp_runtime::AccountId32;

/// How far ahead a token may expire, in milliseconds: nonces are remembered until then.
pub const MAX_LIFETIME: u64 = 3_600_000;
/// How far clocks may differ, in milliseconds.
pub(crate) const SKEW: u64 = 5_000;

/// Checks the token of a request: its form, whom and what it is for, its time and its signature.
pub fn check_token(
	header: Option<&str>,
	genesis: &[u8; 32],
	operator: &AccountId32,
	hash: &[u8; 32],
) -> Result<Signed<UploadToken>, Refusal> {
	let Some(header) = header else {
		return Err(Refusal::new(401, "no_token", "an upload needs a token")
			.hint("send `Authorization: Rome TOKEN`; `rome publish` makes tokens"));
	};
	let malformed = || {
		Refusal::new(401, "bad_token", "the upload token cannot be read").hint(
			"it is `Rome ` and the base64url form, without padding, of the signed UploadToken",
		)
	};
	let text = header.strip_prefix("Rome ").ok_or_else(malformed)?;
	let token = Signed::<UploadToken>::from_header(text.trim()).map_err(|_| malformed())?;
	let message = &token.message;
	if message.provider != *operator {
		return Err(Refusal::new(401, "other_provider", "the token is for another provider")
			.hint(format!("this provider's operator is {operator}: sign a token that names it")));
	}
	if message.key.hash != *hash {
		return Err(Refusal::new(403, "other_object", "the token is for another object")
			.hint(format!("it allows {} alone", hex::encode(message.key.hash))));
	}
	let validity = Validity { now: now(), skew: SKEW, longest: MAX_LIFETIME };
	match validity.check_expires(message.expires) {
		Ok(()) => {},
		Err(Stale::Expired { at }) => {
			return Err(Refusal::new(401, "expired_token", "the token has expired").hint(format!(
				"it expired {} s ago: sign a new one, and check your clock",
				validity.now.saturating_sub(at) / 1_000
			)))
		},
		Err(Stale::TooFarAhead { .. }) => {
			return Err(Refusal::new(401, "token_lifetime", "the token lives too long")
				.hint("let it expire within one hour, and check your clock"))
		},
	}
	if !token.verify(genesis) {
		return Err(Refusal::new(401, "bad_signature", "the token's signature is wrong")
			.hint("sign for this chain (its genesis hash is part of what is signed), as the account named"));
	}
	Ok(token)
}

/// The refusal of a body whose length is not the object's.
pub(crate) fn check_length(length: u64, key: &ObjectKey) -> Result<(), Refusal> {
	let message = format!("the body has {length} bytes and the object {}", key.size);
	if length > key.size {
		return Err(Refusal::new(413, "too_long", message).hint("send the object's bytes alone"));
	}
	if length < key.size {
		return Err(Refusal::new(422, "wrong_size", message).hint("send the whole object at once"));
	}
	Ok(())
}
