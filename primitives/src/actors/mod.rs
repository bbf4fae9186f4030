//! What storage providers and distributors have in common: their lifecycle, heartbeats, endpoint and failure
//! domain.
//!
//! - [`lifecycle`]: which state follows from which, as pure functions, and the storage that they go through.
//! - [`heart`]: whether an actor is there, window by window and era by era.

pub mod heart;
pub mod lifecycle;

pub use heart::Heart;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// The longest address of an endpoint, in bytes.
pub const MAX_ENDPOINT_BYTES: u32 = 256;

/// Where an actor is reached. Other ways than HTTP get variants of their own.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Endpoint {
	/// A base address, `http://` or `https://`, with no slash at its end.
	#[codec(index = 0)]
	Http(BoundedVec<u8, ConstU32<MAX_ENDPOINT_BYTES>>),
}

/// Whose machines an actor runs on, and where they stand: what may fail at once.
#[derive(
	Copy,
	Clone,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct FailureDomain {
	/// The operator, as the conductor numbers them.
	pub operator: u32,
	/// The zone, as the conductor numbers them.
	pub zone: u32,
}

/// What an actor says that it can do.
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
pub struct Declared {
	/// Bytes of storage.
	pub storage: u64,
	/// Download capacity, in bytes a second.
	pub download: u64,
	/// Upload capacity, in bytes a second.
	pub upload: u64,
}

impl Declared {
	/// Whether something of it is more than in `other`.
	pub fn exceeds(&self, other: &Declared) -> bool {
		self.storage > other.storage || self.download > other.download || self.upload > other.upload
	}
}

/// Who says that an actor can do what it declares: a list, or a benchmark oracle.
pub trait CapacityOracle {
	/// The block until which the actor is verified for all of `declared`; none if it is not.
	fn verified_until(actor: u32, declared: &Declared) -> Option<u32>;
}

impl CapacityOracle for () {
	fn verified_until(_: u32, _: &Declared) -> Option<u32> {
		Some(u32::MAX)
	}
}

/// Why an actor is suspended.
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
pub enum Suspension {
	/// Announced by the actor; ends by itself.
	#[codec(index = 0)]
	Maintenance,
	/// It missed heartbeats; the next one ends it.
	#[codec(index = 1)]
	Silence,
	/// The conductor's decision; only the conductor ends it.
	#[codec(index = 2)]
	Conductor,
}

/// Where an actor stands. Blocks are heights.
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
pub enum ActorState {
	/// Waits for verification.
	#[codec(index = 0)]
	Applied,
	/// Verified; to be activated before the block.
	#[codec(index = 1)]
	Verified {
		/// The block from which on the verification no longer counts.
		until: u32,
	},
	/// At work.
	#[codec(index = 2)]
	Active,
	/// Away for a while.
	#[codec(index = 3)]
	Suspended {
		/// Since this block.
		since: u32,
		/// Until this block, if it ends by itself.
		until: Option<u32>,
		/// Why.
		cause: Suspension,
	},
	/// On the way out.
	#[codec(index = 4)]
	Leaving {
		/// Since this block.
		since: u32,
		/// From this block on it may go whatever is left, at a price.
		deadline: u32,
	},
	/// Silent for too long: what it held counts no more. Comes back by a new verification.
	#[codec(index = 5)]
	Failed {
		/// Since this block.
		since: u32,
	},
	/// Gone by its own will.
	#[codec(index = 6)]
	Left,
	/// Thrown out.
	#[codec(index = 7)]
	Evicted,
}
