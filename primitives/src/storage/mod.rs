//! Storage's model: providers, tranches, objects and pins, as chain, daemons and command line see them.
//!
//! - [`api`]: the runtime API that serves them.
//! - [`limits`]: what bounds them.
//! - [`placement`]: which members of a tranche keep which object.
//! - [`challenge`]: which chunk a provider opens to confirm a replica.

pub mod api;
pub mod challenge;
pub mod limits;
pub mod placement;
#[cfg(test)]
mod tests;

use crate::{
	content::ObjectHash,
	slices::{chunk_count, verify_chunk, ChunkProof},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A storage provider's number. Never reused.
pub type ProviderId = u32;
/// A tranche's number. Never reused.
pub type TrancheId = u32;
/// An era's number, counted from the start of the chain: some number of blocks, and what pins are paid by.
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

/// A provider's word that it has an object, with a chunk of it opened.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Confirmation {
	/// The object.
	pub key: ObjectKey,
	/// The chunk that [`challenge::chunk_to_open`] names.
	pub chunk: ChunkProof,
	/// The object's last chunk, as long as nobody has proved its size.
	pub last: Option<ChunkProof>,
}

impl Confirmation {
	/// Whether `chunk` opens the chunk that the provider is to open by the hash of that anchor block.
	pub fn answers(&self, anchor_hash: &[u8; 32], provider: ProviderId) -> bool {
		let index = challenge::chunk_to_open(anchor_hash, &self.key, provider);
		verify_chunk(&self.key, index, &self.chunk)
	}

	/// Whether it proves the object's size, by `last` alone.
	pub fn proves_size(&self) -> bool {
		let Some(index) = chunk_count(self.key.size).checked_sub(1) else { return false };
		self.last.as_ref().is_some_and(|last| verify_chunk(&self.key, index, last))
	}
}
