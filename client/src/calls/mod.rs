//! Calls, as bytes: what one account signs, a motion proposes and a batch holds are composed of each other.

mod directory;
mod proposals;
mod storage;

pub use storage::{PinRequest, ProviderChanges};

use crate::{AccountId, Balance, Error, Hash, Result};
use codec::{Compact, Encode};
use subxt::{
	ext::{
		scale_encode::{self, EncodeAsFields, FieldIter},
		scale_type_resolver::TypeResolver,
	},
	metadata::Metadata,
	tx::Payload,
};

/// Arguments that are encoded already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arguments(Vec<u8>);

impl EncodeAsFields for Arguments {
	fn encode_as_fields_to<R: TypeResolver>(
		&self,
		_: &mut dyn FieldIter<'_, R::TypeId>,
		_: &R,
		out: &mut Vec<u8>,
	) -> std::result::Result<(), scale_encode::Error> {
		out.extend_from_slice(&self.0);
		Ok(())
	}
}

/// A call: which, and with which arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
	pallet: &'static str,
	name: &'static str,
	arguments: Arguments,
}

impl Payload for Call {
	type CallData = Arguments;

	fn pallet_name(&self) -> &str {
		self.pallet
	}

	fn call_name(&self) -> &str {
		self.name
	}

	fn call_data(&self) -> &Arguments {
		&self.arguments
	}
}

impl Call {
	/// A call by its name, with its arguments in order.
	pub fn new(pallet: &'static str, name: &'static str, arguments: impl Encode) -> Self {
		Self { pallet, name, arguments: Arguments(arguments.encode()) }
	}

	/// The call's bytes on the chain that `metadata` describes.
	pub fn encode(&self, metadata: &Metadata) -> Result<Vec<u8>> {
		let missing = || Error::Missing(format!("call {}.{}", self.pallet, self.name));
		let pallet = metadata.pallet_by_name(self.pallet).ok_or_else(missing)?;
		let call = pallet.call_variant_by_name(self.name).ok_or_else(missing)?;
		let mut bytes = vec![pallet.call_index(), call.index];
		bytes.extend_from_slice(&self.arguments.0);
		Ok(bytes)
	}

	/// All of `calls`, or none.
	pub fn batch_all(calls: &[Self], metadata: &Metadata) -> Result<Self> {
		Self::batch("batch_all", calls, metadata)
	}

	/// Each of `calls` that works.
	pub fn force_batch(calls: &[Self], metadata: &Metadata) -> Result<Self> {
		Self::batch("force_batch", calls, metadata)
	}

	fn batch(name: &'static str, calls: &[Self], metadata: &Metadata) -> Result<Self> {
		let mut arguments = Compact(calls.len() as u32).encode();
		for call in calls {
			arguments.extend(call.encode(metadata)?);
		}
		Ok(Self { pallet: "Utility", name, arguments: Arguments(arguments) })
	}

	/// Sends an amount to another account, and keeps the sender's alive.
	pub fn transfer(to: &AccountId, amount: Balance) -> Self {
		// An address of the first kind: an account's id.
		Self::new("Balances", "transfer_keep_alive", (0u8, to, Compact(amount)))
	}

	/// `call`, by root.
	pub fn sudo(call: &Self, metadata: &Metadata) -> Result<Self> {
		Ok(Self { pallet: "Sudo", name: "sudo", arguments: Arguments(call.encode(metadata)?) })
	}

	/// A motion of the council to carry out the call in `call`.
	pub fn propose(threshold: u32, call: &[u8]) -> Self {
		let mut arguments = Compact(threshold).encode();
		arguments.extend_from_slice(call);
		Compact(call.len() as u32).encode_to(&mut arguments);
		Self { pallet: "Council", name: "propose", arguments: Arguments(arguments) }
	}

	/// A vote for a motion.
	pub fn vote(motion: Hash, index: u32) -> Self {
		Self::new("Council", "vote", (motion, Compact(index), true))
	}

	/// Closes a motion, and carries it out if it has its majority.
	pub fn close(motion: Hash, index: u32, weight: (u64, u64), length: u32) -> Self {
		let weight = (Compact(weight.0), Compact(weight.1));
		Self::new("Council", "close", (motion, Compact(index), weight, Compact(length)))
	}
}
