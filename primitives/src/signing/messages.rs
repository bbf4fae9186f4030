//! What is said: one type for each purpose.
//!
//! A field is never taken away or changed in meaning; a message that has to change becomes another purpose.

use super::{Message, Nonce, UnixMillis};
use crate::{
	actors::Endpoint,
	benchmark::{ProberId, RoundIndex},
	storage::{ObjectKey, ProviderId},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, AccountId32, BoundedVec};

/// The longest version of a daemon's program, in bytes.
pub const MAX_VERSION_BYTES: u32 = 64;

macro_rules! message {
	($purpose:literal, $(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* }) => {
		$(#[$doc])*
		#[derive(
			Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
		)]
		pub struct $name {
			$($(#[$field_doc])* pub $field: $kind,)*
		}

		impl Message for $name {
			const PURPOSE: &'static str = $purpose;
		}
	};
}

message! {
	"upload",
	/// Somebody who may upload an object lets whoever shows this do so, once, at one provider. Purpose
	/// `upload`.
	UploadToken {
		/// The operator key of the provider.
		provider: AccountId32,
		/// The object.
		key: ObjectKey,
		/// Chosen at random; counts once at that provider.
		nonce: Nonce,
		/// Until when it counts.
		expires: UnixMillis,
	}
}

message! {
	"receipt",
	/// A provider's operator says that it has taken an object. Purpose `receipt`.
	UploadReceipt {
		/// The operator key of the provider.
		provider: AccountId32,
		/// Who signed the token.
		uploader: AccountId32,
		/// The object.
		key: ObjectKey,
		/// The token's.
		nonce: Nonce,
		/// When the object was safely on disk.
		at: UnixMillis,
	}
}

message! {
	"status",
	/// A provider's operator says how it stands, to one who asked with a nonce. Purpose `status`.
	StatusAnswer {
		/// The operator key.
		operator: AccountId32,
		/// The endpoint as registered: an answer that was handed on names another.
		endpoint: Endpoint,
		/// The asker's.
		nonce: [u8; 32],
		/// The daemon's program and version, UTF-8.
		version: BoundedVec<u8, ConstU32<MAX_VERSION_BYTES>>,
		/// When it was made.
		time: UnixMillis,
		/// The height of the last finalized block that it knows.
		finalized: u32,
		/// How many objects it has.
		objects: u64,
		/// Their bytes.
		bytes: u64,
		/// Bytes that it can still take.
		free: u64,
	}
}

message! {
	"peer-request",
	/// One operator asks another for something. Purpose `peer-request`.
	PeerRequest {
		/// The asker's operator key.
		from: AccountId32,
		/// The operator key of who is asked.
		to: AccountId32,
		/// Of what is asked: [`request_digest`].
		digest: [u8; 32],
		/// Chosen at random; counts once.
		nonce: Nonce,
		/// Until when it counts.
		expires: UnixMillis,
	}
}

message! {
	"peer-answer",
	/// An operator stands by its answer to another's request. Purpose `peer-answer`.
	PeerAnswer {
		/// The operator key of who answers.
		from: AccountId32,
		/// The asker's operator key.
		to: AccountId32,
		/// The request's.
		nonce: Nonce,
		/// The HTTP status.
		status: u16,
		/// The object that it is about.
		key: Option<ObjectKey>,
		/// BLAKE3 of the body, if the body does not prove itself.
		body: Option<[u8; 32]>,
		/// When it was made.
		at: UnixMillis,
	}
}

message! {
	"heartbeat",
	/// An operator says that its provider is there. Goes to the chain. Purpose `heartbeat`.
	Heartbeat {
		/// The provider.
		provider: ProviderId,
		/// The heartbeat window: it counts in that one alone.
		window: u32,
	}
}

message! {
	"consent",
	/// A key's holder agrees to be the operator key of an owner's provider. Goes to the chain. Purpose
	/// `consent`.
	///
	/// It has no end: the owner may use it again as long as the key signs for no other provider. It gives
	/// the owner no power over the key, and the key none over the owner's stake.
	OperatorConsent {
		/// The provider's owner.
		owner: AccountId32,
		/// The key.
		operator: AccountId32,
	}
}

message! {
	"prober-consent",
	/// A key's holder agrees to be the key of an owner's prober. Goes to the chain. Purpose `prober-consent`.
	///
	/// As with [`OperatorConsent`], the owner may use it again, and it gives neither power over the other's funds.
	ProberConsent {
		/// The prober's owner.
		owner: AccountId32,
		/// The key.
		key: AccountId32,
	}
}

message! {
	"prober-chain",
	/// A prober commits its next hash chain. Goes to the chain. Purpose `prober-chain`.
	ProberChain {
		/// The prober.
		prober: ProberId,
		/// The first round that it is for.
		from: RoundIndex,
		/// For so many rounds.
		length: u32,
		/// The chain's end.
		end: [u8; 32],
	}
}

message! {
	"prober-commitment",
	/// A prober commits to what it saw in a round. Goes to the chain. Purpose `prober-commitment`.
	ProberCommitment {
		/// The prober.
		prober: ProberId,
		/// The round.
		round: RoundIndex,
		/// The commitment.
		commitment: [u8; 32],
	}
}

message! {
	"probe-receipt",
	/// An actor's operator says that it has sent a range of an object to a prober, after the last byte. Purpose
	/// `probe-receipt`.
	ProbeReceipt {
		/// The prober's key.
		prober: AccountId32,
		/// The round.
		round: RoundIndex,
		/// The prober's, as it draws it for this actor and round.
		nonce: Nonce,
		/// The object.
		key: ObjectKey,
		/// Where the range begins.
		offset: u64,
		/// How many bytes it has.
		length: u64,
		/// BLAKE3 of its bytes.
		digest: [u8; 32],
		/// When the first byte was sent.
		started: UnixMillis,
		/// When the last byte was sent.
		ended: UnixMillis,
	}
}

/// BLAKE3 of what a request asks for: the lengths of method and path, 4 bytes each, little-endian, then both.
/// The path is as it stands in the request's first line, with its query.
pub fn request_digest(method: &str, path: &str) -> [u8; 32] {
	let mut hasher = blake3::Hasher::new();
	for part in [method, path] {
		hasher.update(&(part.len() as u32).to_le_bytes());
	}
	hasher.update(method.as_bytes()).update(path.as_bytes());
	*hasher.finalize().as_bytes()
}
