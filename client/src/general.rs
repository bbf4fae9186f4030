//! Transactions that nobody signs: calls that the runtime itself authorises, in "general" transactions.

use crate::{chain::Transaction, follow::Tracker, Call, Chain, Error, Result, Sent};
use codec::{Compact, Encode};
use scale_info::TypeDef;
use subxt::metadata::Metadata;

/// The first byte of a general transaction: version 5 of the format, neither bare nor signed.
const GENERAL: u8 = 0b0100_0101;

/// The version of the transaction extensions that is used.
const EXTENSIONS: u8 = 0;

/// What an extension of a transaction holds when there is no signer and nothing depends on one.
fn unsigned(identifier: &str) -> Option<Vec<u8>> {
	Some(match identifier {
		// Immortal.
		"CheckEra" | "CheckMortality" => vec![0],
		"CheckNonce" => Compact(0u32).encode(),
		// No tip.
		"ChargeTransactionPayment" => Compact(0u128).encode(),
		// Off.
		"CheckMetadataHash" => vec![0],
		_ => return None,
	})
}

/// A general transaction with this call, which is encoded, for a chain with these extensions: their names, and
/// whether they hold nothing.
fn compose<'a>(call: &[u8], extensions: impl Iterator<Item = (&'a str, bool)>) -> Result<Vec<u8>> {
	let mut bytes = vec![GENERAL, EXTENSIONS];
	for (name, empty) in extensions {
		match unsigned(name) {
			Some(value) => bytes.extend(value),
			None if empty => {},
			None => {
				return Err(Error::Unsignable(format!(
					"the chain's transaction extension `{name}` is not known here"
				)));
			},
		}
	}
	bytes.extend_from_slice(call);
	Ok(bytes.encode())
}

/// A general transaction with this call, which is encoded, for the chain that `metadata` describes.
fn encode(call: &[u8], metadata: &Metadata) -> Result<Vec<u8>> {
	let extensions = metadata
		.extrinsic()
		.transaction_extensions_by_version(EXTENSIONS)
		.ok_or_else(|| Error::Missing(format!("transaction extensions of version {EXTENSIONS}")))?;
	let extensions = extensions.map(|it| (it.identifier(), takes_nothing(it.extra_ty(), metadata)));
	compose(call, extensions)
}

/// Whether a type's values are no bytes.
fn takes_nothing(id: u32, metadata: &Metadata) -> bool {
	let Some(found) = metadata.types().resolve(id) else { return false };
	match &found.type_def {
		TypeDef::Composite(fields) => {
			fields.fields.iter().all(|field| takes_nothing(field.ty.id, metadata))
		},
		TypeDef::Tuple(parts) => parts.fields.iter().all(|part| takes_nothing(part.id, metadata)),
		_ => false,
	}
}

impl Chain {
	/// A general transaction with `call`: nobody signs it, the runtime authorises or refuses it. It counts as
	/// dead when it is in none of the next `blocks` blocks.
	pub async fn general(&self, call: &Call, blocks: u64) -> Result<Transaction> {
		let runtime = self.runtime().await?;
		let bytes = encode(&call.encode(&runtime)?, &runtime)?;
		let best = self.best().await?.number;
		let hash = sp_crypto_hashing::blake2_256(&bytes).into();
		Ok(Transaction { bytes, hash, dies_at: best.saturating_add(blocks) })
	}

	/// Sends `call`, which needs no signer because the runtime authorises it, and waits until it is in a
	/// block, or in a final one. [`Error::Expired`] if it is in none of the next `blocks` blocks.
	pub async fn send_general(&self, call: &Call, blocks: u64, wait: bool) -> Result<Sent> {
		let mut tracker = Tracker::start(self).await?;
		let mut transaction = self.general(call, blocks).await?;
		let mut outcome = self.rpc.submit(&transaction.bytes).await;
		if outcome.as_ref().is_err_and(Error::is_other_runtime) {
			self.fetch_runtime().await?;
			transaction = self.general(call, blocks).await?;
			outcome = self.rpc.submit(&transaction.bytes).await;
		}
		match outcome {
			Ok(_) => {},
			Err(error) if error.is_already_known() => {},
			Err(error) => return Err(error),
		}
		tracker.want(transaction.hash);
		let sent = self.wait_for_all(vec![(transaction, None)], tracker, wait).await?.pop();
		sent.unwrap_or_else(|| Err(Error::Missing("outcome of the transaction".into())))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Decode;
	use sp_runtime::{
		generic::{Era, Preamble},
		AccountId32, MultiSignature,
	};

	#[test]
	fn a_runtime_reads_what_is_composed() {
		type Extensions = (Era, Compact<u32>, Compact<u128>, u8);
		let call = [51, 4, 1, 2, 3];
		let extensions = [
			("AuthorizeCall", true),
			("CheckGenesis", true),
			("CheckMortality", false),
			("CheckNonce", false),
			("ChargeTransactionPayment", false),
			("CheckMetadataHash", false),
			("WeightReclaim", true),
		];
		let bytes = compose(&call, extensions.into_iter()).unwrap();
		let inner = Vec::<u8>::decode(&mut &bytes[..]).unwrap();
		let rest = &mut &inner[..];
		let preamble = Preamble::<AccountId32, MultiSignature, Extensions>::decode(rest).unwrap();
		assert_eq!(*rest, call);
		let Preamble::General(extensions) = preamble else { panic!("no general transaction") };
		// Immortal, first nonce, no tip, no metadata hash.
		let expected: Extensions = (Era::Immortal, Compact(0), Compact(0), 0);
		assert_eq!(extensions.encode(), expected.encode());
	}

	#[test]
	fn what_is_not_known_is_not_left_out() {
		let error = compose(&[], [("CheckKindness", false)].into_iter()).unwrap_err();
		assert!(error.to_string().contains("`CheckKindness`"), "{error}");
	}
}
