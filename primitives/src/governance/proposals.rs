//! What is proposed, how it stands, who voted, and what was said about it.

use super::{
	voting::Tally, AccountList, BountyTerms, Hash32, Milestones, PostId, Reason, Signatures, Text,
	Title,
};
use crate::content::SuggestionId;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::{DispatchError, Perbill};

/// The kinds of proposals, each with parameters of its own.
#[derive(
	Clone,
	Copy,
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
	Serialize,
	Deserialize,
)]
pub enum Kind {
	/// A text that the council agrees to.
	#[codec(index = 0)]
	Signal,
	/// A grant with milestones.
	#[codec(index = 1)]
	Grant,
	/// A bounty.
	#[codec(index = 2)]
	Bounty,
	/// A payment at once.
	#[codec(index = 3)]
	Spend,
	/// Approval of a suggested schema.
	#[codec(index = 4)]
	ApproveSchema,
	/// Activation of an approved schema.
	#[codec(index = 5)]
	ActivateSchema,
	/// A call with the council's authority.
	#[codec(index = 6)]
	Dispatch,
	/// A call with root's authority: of a unanimous council.
	#[codec(index = 7)]
	RootDispatch,
}

impl Kind {
	/// All of them.
	pub const ALL: [Self; 8] = [
		Self::Signal,
		Self::Grant,
		Self::Bounty,
		Self::Spend,
		Self::ApproveSchema,
		Self::ActivateSchema,
		Self::Dispatch,
		Self::RootDispatch,
	];
}

/// What a kind of proposal costs and needs.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct KindParameters<Balance> {
	/// The share of approvals among those who take a side: at least
	/// [`MIN_THRESHOLD`](super::voting::MIN_THRESHOLD).
	pub threshold: Perbill,
	/// The share of the council that has to vote.
	pub quorum: Perbill,
	/// How long is voted, at most.
	pub voting_period: u32,
	/// How long a passed proposal waits.
	pub grace: u32,
	/// Held from the proposer, times one more for each proposal of the kind that the proposer has in voting.
	pub stake: Balance,
}

/// What a proposal does once it has passed.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Action<AccountId, Balance> {
	/// Nothing: the text is what it is about.
	#[codec(index = 0)]
	Signal,
	/// Sets aside a grant.
	#[codec(index = 1)]
	Grant {
		/// Who is paid.
		beneficiary: AccountId,
		/// What for.
		milestones: Milestones<Balance>,
	},
	/// Opens a bounty.
	#[codec(index = 2)]
	Bounty {
		/// What it is about.
		terms: BountyTerms<AccountId, Balance>,
		/// What the fund gives.
		amount: Balance,
	},
	/// Pays.
	#[codec(index = 3)]
	Spend {
		/// Who is paid.
		beneficiary: AccountId,
		/// How much.
		amount: Balance,
	},
	/// Approves a suggested schema.
	#[codec(index = 4)]
	ApproveSchema {
		/// The suggestion.
		suggestion: SuggestionId,
	},
	/// Activates an approved schema.
	#[codec(index = 5)]
	ActivateSchema {
		/// The suggestion.
		suggestion: SuggestionId,
	},
	/// Makes a call.
	#[codec(index = 6)]
	Dispatch {
		/// The hash of the call, noted as a preimage.
		hash: Hash32,
		/// The call's length, in bytes.
		len: u32,
		/// With root's authority.
		root: bool,
	},
}

impl<AccountId, Balance> Action<AccountId, Balance> {
	/// The kind that it is of.
	pub fn kind(&self) -> Kind {
		match self {
			Self::Signal => Kind::Signal,
			Self::Grant { .. } => Kind::Grant,
			Self::Bounty { .. } => Kind::Bounty,
			Self::Spend { .. } => Kind::Spend,
			Self::ApproveSchema { .. } => Kind::ApproveSchema,
			Self::ActivateSchema { .. } => Kind::ActivateSchema,
			Self::Dispatch { root: false, .. } => Kind::Dispatch,
			Self::Dispatch { root: true, .. } => Kind::RootDispatch,
		}
	}
}

/// Why a proposal that passed did nothing.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Failure {
	/// What it does returned this error. Can be retried.
	#[codec(index = 0)]
	Refused(DispatchError),
	/// The call's preimage is not there. Can be retried, once it has been noted again.
	#[codec(index = 1)]
	PreimageMissing,
	/// The preimage is no call of this runtime. Final.
	#[codec(index = 2)]
	NotACall,
	/// The call weighs more than a proposal's may. Final.
	#[codec(index = 3)]
	TooHeavy,
	/// The call would have taken from the fund what keeps its account alive, or what is set aside. Final.
	#[codec(index = 4)]
	KillsFund,
}

impl Failure {
	/// Whether another attempt can end otherwise.
	pub fn can_be_retried(&self) -> bool {
		matches!(self, Self::Refused(_) | Self::PreimageMissing)
	}
}

/// How a proposal stands. Those that wait for nothing name the block in which they ended.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum ProposalState {
	/// Is voted on.
	#[codec(index = 0)]
	Active {
		/// In this block the voting ends, if it is not decided before.
		until: u32,
	},
	/// Has passed and waits out its grace.
	#[codec(index = 1)]
	Approved {
		/// From this block on it can be executed.
		execute_at: u32,
	},
	/// Was carried out.
	#[codec(index = 2)]
	Executed {
		/// When.
		at: u32,
	},
	/// Has passed and could not be carried out.
	#[codec(index = 3)]
	ExecutionFailed {
		/// When.
		at: u32,
		/// Why.
		failure: Failure,
	},
	/// Has not passed.
	#[codec(index = 4)]
	Rejected {
		/// When.
		at: u32,
	},
	/// Has not passed, and its stake is lost.
	#[codec(index = 5)]
	Slashed {
		/// When.
		at: u32,
	},
	/// Too few voted.
	#[codec(index = 6)]
	NoQuorum {
		/// When.
		at: u32,
	},
	/// Its proposer took it back.
	#[codec(index = 7)]
	Canceled {
		/// When.
		at: u32,
	},
	/// Was vetoed.
	#[codec(index = 8)]
	Vetoed {
		/// When.
		at: u32,
	},
}

/// A proposal.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Proposal<AccountId, Balance> {
	/// Who made it.
	pub proposer: AccountId,
	/// Whether the proposer was in the council.
	pub by_member: bool,
	/// What it is called.
	pub title: Title,
	/// What it says.
	pub text: Text,
	/// What it does.
	pub action: Action<AccountId, Balance>,
	/// Held from the proposer while it is voted on.
	pub stake: Balance,
	/// When it was submitted.
	pub submitted: u32,
	/// How it stands.
	pub state: ProposalState,
	/// Who has voted, in order of first votes. Some may have left the council.
	pub voters: Signatures<AccountId>,
	/// The votes by which it was decided; nothing before.
	pub tally: Tally,
	/// The size of the council that decided; nothing before.
	pub members: u32,
}

/// What a member of the council says to a proposal.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Vote {
	/// For it.
	#[codec(index = 0)]
	Approve,
	/// Against it.
	#[codec(index = 1)]
	Reject,
	/// Present, and on no side.
	#[codec(index = 2)]
	Abstain,
	/// Against it, and its stake is to be lost.
	#[codec(index = 3)]
	Slash,
}

impl Tally {
	/// Counts one more.
	pub fn count(&mut self, vote: Vote) {
		let count = match vote {
			Vote::Approve => &mut self.approve,
			Vote::Reject => &mut self.reject,
			Vote::Abstain => &mut self.abstain,
			Vote::Slash => &mut self.slash,
		};
		*count = count.saturating_add(1);
	}
}

/// A vote with its reason.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct VoteRecord {
	/// The vote.
	pub vote: Vote,
	/// Why.
	pub reason: Reason,
	/// When.
	pub at: u32,
}

/// What became of all proposals of a kind.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ProposalTally {
	/// Submitted, in all.
	pub submitted: u32,
	/// Passed, in all.
	pub approved: u32,
	/// Carried out.
	pub executed: u32,
	/// Attempts that failed.
	pub failed: u32,
	/// Rejected.
	pub rejected: u32,
	/// Slashed.
	pub slashed: u32,
	/// Without a quorum.
	pub no_quorum: u32,
	/// Taken back.
	pub canceled: u32,
	/// Vetoed.
	pub vetoed: u32,
}

/// Who may post.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum ThreadMode<AccountId> {
	/// Everyone.
	#[codec(index = 0)]
	Open,
	/// The proposer, the council, and these.
	#[codec(index = 1)]
	Closed(AccountList<AccountId>),
}

/// The discussion of a proposal.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Thread<AccountId> {
	/// Who opened it.
	pub opener: AccountId,
	/// Who may post.
	pub mode: ThreadMode<AccountId>,
	/// The number that the next post takes.
	pub next_post: PostId,
	/// Posts that are stored, traces of deleted ones included.
	pub posts: u32,
}

/// A post.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Post<AccountId, Balance> {
	/// Whose it is.
	pub author: AccountId,
	/// What it says; nothing once it is deleted.
	pub body: Option<Text>,
	/// When it was posted.
	pub posted: u32,
	/// How often it was changed, deletion included.
	pub revisions: u32,
	/// Everything it ever said: BLAKE2b-256 of the history before and the text replaced. Zero at first.
	pub history: Hash32,
	/// Held from the author.
	pub deposit: Balance,
}
