//! What a prober's node writes down, in its own database: it lasts over restarts, and is nobody else's.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use rome_primitives::benchmark::{commitment::Salt, Hash, Observation, Report, RoundIndex};
use sp_runtime::offchain::storage::StorageValueRef;

/// What is committed to, until it is opened.
#[derive(Encode, Decode)]
pub(super) struct Kept {
	/// What the commitment was salted with.
	pub salt: Salt,
	/// The round's preimage.
	pub preimage: Hash,
	/// What was seen.
	pub report: Report,
}

/// What is written down for one key on one chain.
pub(super) struct Memory {
	prefix: Vec<u8>,
}

impl Memory {
	pub fn new(genesis: Hash, key: [u8; 32]) -> Self {
		Memory { prefix: [b"rome/prober/".as_slice(), &genesis, &key].concat() }
	}

	fn place(&self, kind: &[u8], round: RoundIndex) -> Vec<u8> {
		[&self.prefix, kind, &round.to_be_bytes()].concat()
	}

	fn get<Value: Decode>(&self, kind: &[u8], round: RoundIndex) -> Option<Value> {
		StorageValueRef::persistent(&self.place(kind, round)).get().ok().flatten()
	}

	fn set(&self, kind: &[u8], round: RoundIndex, value: &impl Encode) {
		StorageValueRef::persistent(&self.place(kind, round)).set(value);
	}

	/// The secret start and the length of the chain that begins with a round.
	pub fn chain(&self, from: RoundIndex) -> Option<(Hash, u32)> {
		self.get(b"chain", from)
	}

	pub fn keep_chain(&self, from: RoundIndex, chain: &(Hash, u32)) {
		self.set(b"chain", from, chain);
	}

	/// What a round's probes saw so far.
	pub fn seen(&self, round: RoundIndex) -> Vec<Observation> {
		self.get(b"seen", round).unwrap_or_default()
	}

	pub fn see(&self, round: RoundIndex, seen: &[Observation]) {
		self.set(b"seen", round, &seen);
	}

	/// What is committed to, or is to be.
	pub fn kept(&self, round: RoundIndex) -> Option<Kept> {
		self.get(b"kept", round)
	}

	pub fn keep(&self, round: RoundIndex, kept: &Kept) {
		self.set(b"kept", round, kept);
	}

	/// A round is long closed.
	pub fn forget(&self, round: RoundIndex) {
		for kind in [b"seen", b"kept"] {
			StorageValueRef::persistent(&self.place(kind, round)).clear();
		}
	}
}
