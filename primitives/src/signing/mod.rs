//! Every message of the network that is signed and is not a transaction.
//!
//! # What is signed
//!
//! ```text
//! "rome/" ++ purpose ++ "/v1" ++ genesis hash (32 bytes) ++ SCALE(message)
//! ```
//!
//! - The purpose tells kinds of messages apart: none is the beginning of another, because a purpose has no
//!   slash and one follows it. So no message is read as one of another kind.
//! - The genesis hash tells chains apart.
//! - What the messages hold tells the rest: both parties, a nonce or the hash of what it is about, and how
//!   long it counts. See [`messages`] and [`Validity`].
//!
//! Browser wallets sign bytes only between `<Bytes>` and `</Bytes>`; a signature over that counts as well.
//!
//! # Why it is never a transaction
//!
//! What a transaction's signature covers begins with the encoded call, whose first byte is the index of a
//! pallet in the runtime; if it has more than 256 bytes, or the transaction is of the general kind, it is a
//! hash of 32 bytes instead. A message begins with `r`, or `<` if it is wrapped, and is longer than 32
//! bytes ([`MIN_PAYLOAD_BYTES`]). So as long as the runtime has no pallet with the indices
//! [`RESERVED_PALLET_INDICES`], no signature over a message is one of a transaction, and the other way
//! round. The runtime tests that it has none.
//!
//! # In headers
//!
//! [`Signed`] travels in HTTP headers as the base64url text, with no padding, of its SCALE bytes: message,
//! signer, signature. One message with one signature has one text: whatever else decodes is refused.

mod header;
pub mod messages;
#[cfg(test)]
mod tests;
mod validity;

pub use self::{
	header::{HeaderError, MAX_HEADER_BYTES},
	messages::{
		request_digest, Heartbeat, OperatorConsent, PeerAnswer, PeerRequest, ProbeReceipt,
		ProberChain, ProberCommitment, ProberConsent, StatusAnswer, UploadReceipt, UploadToken,
	},
	validity::{Stale, Validity},
};

use alloc::vec::Vec;
use codec::{Decode, Encode};
use sp_runtime::{traits::Verify, AccountId32, MultiSignature};

/// What every signed message begins with.
pub const PREFIX: &[u8; 5] = b"rome/";
/// What follows the purpose.
pub const VERSION: &[u8; 3] = b"/v1";
/// What wallets put before bytes that they sign.
pub const WRAP_START: &[u8; 7] = b"<Bytes>";
/// What wallets put behind bytes that they sign.
pub const WRAP_END: &[u8; 8] = b"</Bytes>";

/// The indices that no pallet of the runtime may ever have, or a signed message could be a transaction: the
/// first bytes of [`PREFIX`] and [`WRAP_START`], 114 and 60.
pub const RESERVED_PALLET_INDICES: [u8; 2] = [PREFIX[0], WRAP_START[0]];

/// No message's signed bytes are fewer, and so never the 32 bytes that long transactions are signed by.
pub const MIN_PAYLOAD_BYTES: usize = PREFIX.len() + 1 + VERSION.len() + 32;

/// The hash of a chain's first block.
pub type GenesisHash = [u8; 32];
/// A number used once.
pub type Nonce = [u8; 16];
/// Milliseconds since the beginning of 1970, UTC.
pub type UnixMillis = u64;

/// A kind of message that is signed.
pub trait Message: Encode + Decode {
	/// Tells this kind from all others: lower-case letters and hyphens, at least one.
	const PURPOSE: &'static str;
}

/// The bytes that a signature of a message covers, without a wallet's wrapping.
pub fn payload<M: Message>(genesis: &GenesisHash, message: &M) -> Vec<u8> {
	let mut bytes = Vec::with_capacity(MIN_PAYLOAD_BYTES + M::PURPOSE.len() + message.size_hint());
	bytes.extend_from_slice(PREFIX);
	bytes.extend_from_slice(M::PURPOSE.as_bytes());
	bytes.extend_from_slice(VERSION);
	bytes.extend_from_slice(genesis);
	message.encode_to(&mut bytes);
	bytes
}

/// The bytes that a browser wallet signs when it is given a [`payload`].
pub fn wrapped(payload: &[u8]) -> Vec<u8> {
	[&WRAP_START[..], payload, &WRAP_END[..]].concat()
}

/// Whether a signature of a message is that of `signer`, in any of the schemes in which transactions are
/// signed. The wrapped payload is tried second: a wrong signature costs two verifications.
pub fn verify<M: Message>(
	genesis: &GenesisHash,
	message: &M,
	signature: &MultiSignature,
	signer: &AccountId32,
) -> bool {
	let payload = payload(genesis, message);
	signature.verify(&payload[..], signer) || signature.verify(&wrapped(&payload)[..], signer)
}

/// A message with its signature.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Signed<M> {
	/// What is said.
	pub message: M,
	/// Who says so.
	pub signer: AccountId32,
	/// The signature over the message's [`payload`].
	pub signature: MultiSignature,
}

impl<M: Message> Signed<M> {
	/// Signs a message: `sign` makes the signer's signature over the bytes given.
	pub fn new(
		genesis: &GenesisHash,
		message: M,
		signer: AccountId32,
		sign: impl FnOnce(&[u8]) -> MultiSignature,
	) -> Self {
		let signature = sign(&payload(genesis, &message));
		Self { message, signer, signature }
	}

	/// Whether the signature is the signer's, on that chain. Who the signer has to be, and whether the
	/// message still counts, is for the caller to check.
	#[must_use]
	pub fn verify(&self, genesis: &GenesisHash) -> bool {
		verify(genesis, &self.message, &self.signature, &self.signer)
	}

	/// The message, if the signature is right and the signer is `expected`.
	pub fn by(&self, genesis: &GenesisHash, expected: &AccountId32) -> Option<&M> {
		(self.signer == *expected && self.verify(genesis)).then_some(&self.message)
	}
}
