//! What goes wrong between here and the chain, in words that say what to do.

use super::rpc::Hash;
use crate::failure::Failure;
use subxt::{error::DispatchError, ext::codec, metadata::ArcMetadata};

/// Result of talking to the chain.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Why something about the chain failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
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
	#[error("this chain has no {0}: it runs another version than this `rome` was made for")]
	Missing(String),
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
pub(crate) struct Refusal {
	/// `Pallet::Error`, or what else it is called.
	pub name: String,
	/// What that means.
	pub sentence: String,
}

impl Refusal {
	/// What the chain's error in `bytes` means.
	pub(crate) fn decode(bytes: &[u8], metadata: &ArcMetadata) -> Self {
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
	pub(crate) fn is_duplicate(&self) -> bool {
		self.name == "ContentDirectory::DuplicateUnique"
	}

	/// What to do about it.
	pub(crate) fn advice(&self) -> Option<&'static str> {
		let name = self.name.rsplit("::").next().unwrap_or(&self.name);
		Some(match name {
			"ClassNotFound" | "SchemaNotFound" | "SuggestionNotFound" => {
				"`rome schema list` shows classes and open suggestions"
			},
			"ClassNameTaken" => "give the file the class's next version number and suggest it again",
			"ClassPaused" => "wait until the council opens the class again (`rome schema list`)",
			"ClassRetired" => "use another class (`rome schema list`)",
			"ClassFull" | "QuotaReached" => {
				"remove entries that are no longer needed, or ask the class's administration (council) \
				 for a higher limit"
			},
			"CreationNotAllowed" => {
				"the class's settings say who may (`rome schema show CLASS`): the council puts accounts on \
				 its list, or into its curator groups (`rome curator list`)"
			},
			"SchemaNotActive" => "read the class's active version with `rome schema show CLASS`",
			"SchemaInUse" => "its entries have to be moved to another version or removed first",
			"TooManyLiveVersions" => "`rome schema retire` an old version that has no entries",
			"NotTheProposer" | "NotTheEndorser" | "NotTheOwner" => {
				"sign with the account that it belongs to (--suri or --keystore)"
			},
			"SuggestionDecided" => "`rome schema list` shows where it stands",
			"SuggestionNotApproved" => "the council approves it first, its members with: `rome schema approve ID --suri SURI`",
			"SuggestionOutdated" => {
				"withdraw it, raise the file's version and suggest it again, based on the newest version"
			},
			"EndorsementTooSmall" => "endorse with a higher --amount",
			"MissingRequired" | "WrongType" | "OutOfRange" | "TooLong" | "UnknownVariant"
			| "TooManyItems" | "UnknownProperty" => "`rome schema show CLASS` says what the class takes",
			"Locked" => "the value was fixed at creation: remove the entry and create it anew",
			"DuplicateUnique" => {
				"find the entry that holds it: `rome content show --by CLASS.PROPERTY=VALUE`"
			},
			"DanglingReference" => "the entry referred to was removed or never existed: look it up again",
			"NotReferenceable" => {
				"ask its owner to run `rome content edit ID --referenceable true`, or refer to an own entry"
			},
			"ObjectNotPinned" => "upload and pin the object first",
			"StillReferenced" => {
				"remove or edit the entries that refer to it, or switch off --referenceable where others do"
			},
			"BoundToOwner" => "clear the references that must stay within one owner first",
			"NotACurator" | "ClassNotCurated" | "CuratorGroupNotFound" => {
				"`rome curator list` shows the groups, their members and their classes"
			},
			"EntityFrozen" => "`rome content show ID` says who froze it and why: ask that curator group",
			"MigrationRunning" => {
				"`rome content migrate --class CLASS --status` shows how far it is; --cancel ends it"
			},
			"NotSupplied" | "NotAsked" => "`rome content migrate ID --to VERSION` shows what is asked for",
			"NoFreeForm" => "the class's settings have to say \"freeForm\": true (council, `update_class`)",
			"NotOffered" => "its owner offers it with `rome content transfer ID --to ACCOUNT`",
			"DepositTooHigh" => "accept with a higher --max-deposit",
			"FundsUnavailable" | "InsufficientBalance" => {
				"the account cannot pay the deposit: send ROME to it, or remove entries that are no \
				 longer needed"
			},
			"RequireSudo" => "sign with the chain's sudo account (on a development chain: --suri //Alice)",
			"NotMember" => "sign with the account of a council member (on a development chain: //Alice, //Bob, //Charlie)",
			"BadOrigin" => "this takes the council or root: sign with the account of a member or of sudo (`--suri` or ROME_SURI)",
			_ => return None,
		})
	}
}

/// What to do about what nothing more is known of.
const ASK: &str = "if it is not clear why, ask the network's helpers: rome help ask \"...\"";

impl Error {
	/// The node's answer to `what` could not be read.
	pub(crate) fn unreadable(what: impl Into<String>, why: impl ToString) -> Self {
		Self::Unreadable { what: what.into(), why: why.to_string() }
	}

	/// Decodes an answer.
	pub(crate) fn decode<T: codec::Decode>(what: &str, mut bytes: &[u8]) -> Result<T> {
		T::decode(&mut bytes).map_err(|error| Self::unreadable(what, error))
	}

	/// Whether the pool has the transaction already.
	pub(crate) fn is_already_known(&self) -> bool {
		matches!(self, Self::Refused { code: 1013, .. })
			|| self.refusal_says("already imported")
			|| self.refusal_says("temporarily banned")
	}

	/// Whether the transaction's nonce is used up.
	pub(crate) fn is_stale(&self) -> bool {
		self.refusal_says("outdated") || self.refusal_says("stale")
	}

	/// Whether another transaction with the same nonce waits in the pool.
	pub(crate) fn is_nonce_taken(&self) -> bool {
		matches!(self, Self::Refused { code: 1014, .. })
	}

	/// Whether the pool takes no more for now.
	pub(crate) fn is_pool_full(&self) -> bool {
		matches!(self, Self::Refused { code: 1016, .. })
			|| self.refusal_says("immediately dropped")
			|| self.refusal_says("pool is full")
	}

	/// Whether the transaction was signed for a state that is gone: another runtime version, or an era
	/// that is over.
	pub(crate) fn needs_new_signature(&self) -> bool {
		self.refusal_says("bad signature")
			|| self.refusal_says("ancient birth block")
			|| self.refusal_says("bad proof")
	}

	/// Whether the node has the state of the block no more, or does not have the block.
	pub(crate) fn is_state_gone(&self) -> bool {
		self.refusal_says("state already discarded")
			|| self.refusal_says("unknown block")
			|| self.refusal_says("unknownblock")
	}

	fn refusal_says(&self, words: &str) -> bool {
		matches!(self, Self::Refused { message, .. } if message.to_lowercase().contains(words))
	}

	fn advice(&self) -> Option<String> {
		Some(match self {
			Self::Unreachable(_) => "start a node with `scripts/run` or `rome-node --dev --tmp`, or name \
				 one with --url ws://HOST:PORT (or ROME_URL)"
				.into(),
			Self::WrongChain(_) => "name a node of Rome's chain with --url".into(),
			Self::Refused { .. } if self.refusal_says("inability to pay") => {
				"the account cannot pay the fee: send ROME to it, or sign with another account".into()
			},
			Self::Refused { .. } if self.is_pool_full() => {
				"the node's pool is full: try again in a minute".into()
			},
			Self::Refused { code: 1014, .. } => {
				"another transaction of this account is waiting: try again when it is in a block".into()
			},
			Self::Refused { code: -32601, .. } | Self::Missing(_) => {
				"use the `rome` that belongs to the node's version".into()
			},
			Self::Stuck(_) => {
				"check that the chain makes blocks, then run the command again: nothing is made twice".into()
			},
			Self::AllRefused => "the reasons stand with the records above; once they are gone, run the same \
				 command again"
				.into(),
			Self::NotFinal(_) => "finality takes more than two thirds of the validators: check that they \
				 are there; to end when things are in a block, leave out --wait or give --no-finality"
				.into(),
			Self::Expired(_) => {
				"nothing was changed by it: run the command again".into()
			},
			Self::Dispatch(refusal) => refusal.advice().unwrap_or(ASK).into(),
			_ => return None,
		})
	}
}

impl From<Error> for Failure {
	fn from(error: Error) -> Self {
		let failure = Self::new(error.to_string());
		match error.advice() {
			Some(advice) => failure.hint(advice),
			None => failure,
		}
	}
}
