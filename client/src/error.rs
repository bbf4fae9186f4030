//! What goes wrong between here and the chain.

use crate::Hash;
use subxt::{error::DispatchError, ext::codec, metadata::ArcMetadata};

/// Result of talking to the chain.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something about the chain failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// No node could be reached.
	#[error("no node can be reached: {}", .0.join("; "))]
	Unreachable(Vec<String>),
	/// A node is of another chain.
	#[error("{0}")]
	WrongChain(String),
	/// The node answered with an error.
	#[error("the node refused `{method}`: {message} (code {code})")]
	Refused {
		/// What was asked.
		method: String,
		/// JSON-RPC error code.
		code: i32,
		/// What the node said, with its data.
		message: String,
	},
	/// An answer that makes no sense.
	#[error("the node's answer to `{what}` cannot be read: {why}")]
	Unreadable {
		/// What was asked.
		what: String,
		/// Why it cannot be read.
		why: String,
	},
	/// The chain lacks something.
	#[error("this chain has no {0}: it runs another version than this program was made for")]
	Missing(String),
	/// What was given as a secret is none.
	#[error("this is no secret key")]
	NoSecret,
	/// A transaction could not be made.
	#[error("the transaction cannot be made: {0}")]
	Unsignable(String),
	/// A transaction did not get into a block in time.
	#[error("the transaction {0:?} did not get into a block while it was valid")]
	Expired(Hash),
	/// Nothing gets into a block.
	#[error("nothing that was sent got into a block for {0} minutes")]
	Stuck(u64),
	/// What is in blocks does not become final.
	#[error("everything is in blocks, but these have not become final for {0} minutes")]
	NotFinal(u64),
	/// All of a batch was refused.
	#[error("a whole batch was refused, so nothing more was sent")]
	AllRefused,
	/// A transaction was in a block and changed nothing.
	#[error("{}", .0.sentence)]
	Dispatch(Refusal),
}

/// Why the chain refused a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
	/// `Pallet::Error`, or what else it is called.
	pub name: String,
	/// What that means.
	pub sentence: String,
}

impl Refusal {
	/// What the chain's error in `bytes` means.
	pub fn decode(bytes: &[u8], metadata: &ArcMetadata) -> Self {
		match DispatchError::decode_from(bytes.to_vec(), metadata.clone()) {
			Ok(DispatchError::Module(error)) => match error.details() {
				Ok(details) => {
					let docs = details.variant.docs.join(" ");
					let name = format!("{}::{}", details.pallet.name(), details.variant.name);
					let sentence = if docs.trim().is_empty() {
						format!("the chain refused: {name}")
					} else {
						format!("{} ({name})", docs.trim().trim_end_matches('.'))
					};
					Self { name, sentence }
				},
				Err(_) => {
					let name = error.details_string();
					Self { sentence: format!("the chain refused: {name}"), name }
				},
			},
			Ok(error) => {
				let name = match &error {
					DispatchError::Token(token) => format!("Token::{token:?}"),
					other => format!("{other:?}"),
				};
				let what = error.to_string();
				Self { sentence: what.trim_end_matches('.').to_string(), name }
			},
			Err(error) => Self {
				name: "Unknown".into(),
				sentence: format!("the chain refused, for a reason that cannot be read: {error}"),
			},
		}
	}

	/// Whether another entity holds a unique value.
	pub fn is_duplicate(&self) -> bool {
		self.name == "ContentDirectory::DuplicateUnique"
	}
}

impl Error {
	/// The node's answer to `what` could not be read.
	pub fn unreadable(what: impl Into<String>, why: impl ToString) -> Self {
		Self::Unreadable { what: what.into(), why: why.to_string() }
	}

	/// Decodes an answer.
	pub fn decode<T: codec::Decode>(what: &str, mut bytes: &[u8]) -> Result<T> {
		T::decode(&mut bytes).map_err(|error| Self::unreadable(what, error))
	}

	/// Whether the pool has the transaction already.
	pub fn is_already_known(&self) -> bool {
		matches!(self, Self::Refused { code: 1013, .. })
			|| self.refusal_says("already imported")
			|| self.refusal_says("temporarily banned")
	}

	/// Whether the transaction's nonce is used up.
	pub fn is_stale(&self) -> bool {
		self.refusal_says("outdated") || self.refusal_says("stale")
	}

	/// Whether another transaction with the same nonce waits in the pool.
	pub fn is_nonce_taken(&self) -> bool {
		matches!(self, Self::Refused { code: 1014, .. })
	}

	/// Whether the pool takes no more for now.
	pub fn is_pool_full(&self) -> bool {
		matches!(self, Self::Refused { code: 1016, .. })
			|| self.refusal_says("immediately dropped")
			|| self.refusal_says("pool is full")
	}

	/// Whether the transaction was signed for a state that is gone: another runtime version, or an era
	/// that is over.
	pub fn needs_new_signature(&self) -> bool {
		self.refusal_says("bad signature")
			|| self.refusal_says("ancient birth block")
			|| self.refusal_says("bad proof")
	}

	/// Whether the node has the state of the block no more, or does not have the block.
	pub fn is_state_gone(&self) -> bool {
		self.refusal_says("state already discarded")
			|| self.refusal_says("unknown block")
			|| self.refusal_says("unknownblock")
	}

	/// Whether the account that signs cannot pay the fee.
	pub fn is_unaffordable(&self) -> bool {
		self.refusal_says("inability to pay")
	}

	/// Whether a transaction that nobody signs may have been made for another version of the runtime.
	pub(crate) fn is_other_runtime(&self) -> bool {
		self.refusal_says("unable to decode") || self.refusal_says("could not decode")
	}

	/// Whether the runtime lacks the function that was called.
	pub(crate) fn is_missing_function(&self) -> bool {
		self.refusal_says("exported method")
	}

	fn refusal_says(&self, words: &str) -> bool {
		matches!(self, Self::Refused { message, .. } if message.to_lowercase().contains(words))
	}
}
