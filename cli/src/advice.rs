//! What to do about what goes wrong between here and the chain.

use crate::failure::Failure;
use rome_client::{Error, Refusal};

/// What to do about what nothing more is known of.
const ASK: &str = "if it is not clear why, ask the network's helpers: rome help ask \"...\"";

/// Something that goes wrong, and that something can be done about.
pub(crate) trait Advice {
	/// What to do about it.
	fn advice(&self) -> Option<String>;
}

impl Advice for Refusal {
	fn advice(&self) -> Option<String> {
		let name = self.name.rsplit("::").next().unwrap_or(&self.name);
		let advice = match name {
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
			"ObjectNotPinned" => "pin and upload it first: `rome pin add FILE`, `rome pin upload FILE`, or all at once with `rome publish`",
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
			"DepositTooHigh" => "the deposit has gone up: run the command again, or give a higher --max-deposit",
			"FeeTooHigh" => "the price has gone up: run the command again, or give a higher --max-fee",
			"ProviderNotFound" => "`rome provider list` shows the providers",
			"TrancheNotFound" => "`rome tranche list` shows the tranches",
			"PinNotFound" => "`rome pin list` shows the account's pins",
			"PinInUse" => "remove or edit the account's entries that hold the object: `rome content remove ID`",
			"PinOverdue" => "pay for more eras: `rome pin renew HASH --eras N`",
			"AlreadyPinned" => "upload it: `rome pin upload FILE`, or pay for more eras: `rome pin renew HASH --eras N`",
			"NoRoom" => "`rome tranche list` shows how much room there is; try again later",
			"WrongTranche" => "`rome object show HASH` says where it is kept; leave --tranche out",
			"TooManyPending" => "upload what the account has pinned first, or wait until it expires (`rome pin list`)",
			"BadTerm" => "choose other --eras: at least 1, and not further ahead than the network allows",
			"OperatorTaken" => "each provider's daemon has a key of its own: `colossus init` makes one",
			"OperatorIsOwner" => "make a key for the daemon with `colossus init`",
			"BadConsent" => "make it with `colossus init --owner OWNER` or `rome provider consent`, for this owner and network",
			"StakeTooSmall" => "put up more: --stake, or `rome provider update ID --add-stake ROME`",
			"WrongState" => "`rome provider show ID` tells its state",
			"NotVerified" => "it is verified first: `rome provider attest ID` (sudo)",
			"NoticeRunning" | "NotSwept" | "WouldUncover" => {
				"others take over meanwhile: `rome tranche show ID` shows how far that is; try again later"
			},
			"StorageTooSmall" | "BelowUse" => {
				"change what is declared (`rome provider update ID --storage BYTES`), or take fewer slots"
			},
			"TooManyAway" | "MaintenanceTooSoon" => "try again later: `rome tranche show ID` shows who is away",
			"FundsUnavailable" | "InsufficientBalance" => {
				"the account cannot pay the deposit: send ROME to it, or remove entries that are no \
				 longer needed"
			},
			"ProposalNotFound" => "`rome proposal list` shows the proposals",
			"NotAMember" => {
				"sign with the account of a council member (on a development chain: //Alice, //Bob, //Charlie)"
			},
			"ProposalDecided" | "NotDue" | "NothingToVeto" => "`rome proposal show N` tells how it stands, and until when",
			"NoFreeSlot" => "wait until a proposal is decided (`rome proposal list --state active`)",
			"PreimageMissing" => "give the whole call: `rome proposal submit dispatch --call 0x...` notes it",
			"WeightBoundTooLow" => "run the command again: what the call weighs has changed",
			"ThreadExists" => "read it: `rome proposal thread N list`",
			"ThreadNotFound" => {
				"its proposer or a member of the council opens it: `rome proposal thread N open`"
			},
			"NotAllowedToPost" => {
				"the proposer or a member of the council lists accounts: `rome proposal thread N mode --closed \
				 --allow ACCOUNT`"
			},
			"GrantNotFound" | "MilestoneNotFound" => "`rome grant list` and `rome grant show N` tell what there is",
			"GrantNotRecorded" | "MilestoneNotOpen" | "GrantEnded" => "`rome grant show N` tells how it stands",
			"AlreadySigned" => "other members of the council sign with the same command",
			"NotReleased" => {
				"the council releases it (`rome grant release N M`), or the benchmark oracle does once it is met"
			},
			"NotForTheCouncil" => "it is paid once its benchmark is met: `rome grant claim N M`",
			"AlreadyReleased" => "have it paid: `rome grant claim N M`",
			"InsufficientFunds" => {
				"`rome fund` tells what is free; anyone can give: `rome fund top-up ROME`"
			},
			"BountyNotFound" => "`rome bounty list` shows the bounties",
			"BountyNotOpen" | "BountyNotJudging" | "BountyNotEnded" => {
				"`rome bounty show N` tells how it stands, and until when"
			},
			"JudgeMissing" => "its judge accepts first: `rome bounty accept N`",
			"EntryNotFound" => "enter first: `rome bounty enter N`",
			"ContributionTooSmall" => "give more",
			"RequireSudo" => "sign with the chain's sudo account (on a development chain: --suri //Alice)",
			"NotMember" => "sign with the account of a council member (on a development chain: //Alice, //Bob, //Charlie)",
			"BadOrigin" => "this takes the council or root: sign with the account of a member or of sudo (`--suri` or ROME_SURI)",
			_ => return None,
		};
		Some(advice.into())
	}
}

impl Advice for Error {
	fn advice(&self) -> Option<String> {
		Some(match self {
			Self::Unreachable(_) => "start a node with `scripts/run` or `rome-node --dev --tmp`, or name \
				 one with --url ws://HOST:PORT (or ROME_URL)"
				.into(),
			Self::WrongChain(_) => "name a node of Rome's chain with --url".into(),
			Self::Refused { .. } if self.is_unaffordable() => {
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
			Self::Dispatch(refusal) => refusal.advice().unwrap_or_else(|| ASK.into()),
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
