//! What happened when a transaction was carried out.

use crate::{Error, Refusal, Result};
use subxt::metadata::ArcMetadata;

/// An event of a transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
	/// The pallet's name.
	pub pallet: String,
	/// The event's name.
	pub name: String,
	/// Its fields, encoded.
	pub fields: Vec<u8>,
}

impl Event {
	/// Whether it is this one.
	pub fn is(&self, pallet: &str, name: &str) -> bool {
		self.pallet == pallet && self.name == name
	}

	/// Its first fields.
	pub fn first<T: codec::Decode>(&self) -> Result<T> {
		Error::decode(&self.name, &self.fields)
	}
}

/// The `DispatchResult` at the start of `bytes`.
pub fn decode_result(bytes: &[u8], metadata: &ArcMetadata) -> std::result::Result<(), Refusal> {
	match bytes.split_first() {
		Some((0, _)) => Ok(()),
		Some((1, rest)) => Err(Refusal::decode(rest, metadata)),
		_ => Err(Refusal { name: "Unknown".into(), sentence: "an event cannot be read".into() }),
	}
}
