//! Storage's model: providers, tranches, objects and pins, as chain, daemons and command line see them.
//!
//! - [`api`]: the runtime API that serves them.
//! - [`limits`]: what bounds them.

pub mod api;
pub mod limits;

use crate::content::ObjectHash;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A storage provider's number. Never reused.
pub type ProviderId = u32;
/// A tranche's number. Never reused.
pub type TrancheId = u32;
/// A number of whole sessions, counted from the start of the chain: what pins are paid by.
pub type EraIndex = u32;

/// What an object is known by: the BLAKE3 hash of its bytes, as `b3sum` prints it, and how many they are.
///
/// The size is part of the key, so that somebody who registers a hash with a wrong size registers another
/// object, which nobody can ever store.
#[derive(
	Copy,
	Clone,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ObjectKey {
	/// BLAKE3 of the bytes.
	pub hash: ObjectHash,
	/// How many bytes. Never zero.
	pub size: u64,
}

/// How far an object has come.
#[derive(
	Copy,
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ObjectState {
	/// Registered; fewer than the upload quorum have confirmed it.
	#[codec(index = 0)]
	Pending {
		/// The block from which on it may be swept away.
		expires: u32,
	},
	/// At least the upload quorum has confirmed it once.
	#[codec(index = 1)]
	Stored,
}
