//! Governance's model: proposals, grants, bounties and standing rewards, as chain, daemons and command line
//! see them.
//!
//! - [`voting`]: how votes are counted.
//! - [`api`]: the runtime API that serves everything.
//! - [`limits`]: what bounds it.
//!
//! Blocks are heights, amounts are in plancks. The SCALE encoding is the chain's storage and call format:
//! never reorder variants or fields, never reuse a codec index.

pub mod api;
mod bounties;
mod grants;
mod hooks;
pub mod limits;
mod proposals;
mod rewards;
pub mod voting;

pub use bounties::{Bounty, BountyState, BountyTerms, Entrants, Entry, Judge, Verdict, Winners};
pub use grants::{
	BenchmarkCondition, BenchmarkTarget, Condition, Grant, GrantSource, GrantState, GrantTally,
	Metric, Milestone, MilestoneState, MilestoneTerms, Milestones,
};
pub use hooks::{Council, MilestoneOracle, OnProviderActivated, SchemaDecisions};
pub use proposals::{
	Action, Failure, Kind, KindParameters, Post, Proposal, ProposalState, ProposalTally, Thread,
	ThreadMode, Vote, VoteRecord,
};
pub use rewards::{RewardKind, RewardPool, StandingReward};

use sp_runtime::{traits::ConstU32, BoundedVec};

/// A proposal's number, in the order in which proposals were submitted. Never reused.
pub type ProposalId = u32;
/// A grant's number. Never reused.
pub type GrantId = u32;
/// A bounty's number. Never reused.
pub type BountyId = u32;
/// A post's number within its thread. Never reused.
pub type PostId = u32;
/// A hash, as the thing hashed has it: 32 bytes.
pub type Hash32 = [u8; 32];

/// A title: UTF-8.
pub type Title = BoundedVec<u8, ConstU32<{ limits::MAX_TITLE_BYTES }>>;
/// A text: UTF-8.
pub type Text = BoundedVec<u8, ConstU32<{ limits::MAX_TEXT_BYTES }>>;
/// The reason of a vote: UTF-8.
pub type Reason = BoundedVec<u8, ConstU32<{ limits::MAX_REASON_BYTES }>>;
/// A link: UTF-8.
pub type Link = BoundedVec<u8, ConstU32<{ limits::MAX_LINK_BYTES }>>;
/// Members of the council that agreed to something, each once.
pub type Signatures<AccountId> = BoundedVec<AccountId, ConstU32<{ limits::MAX_COUNCIL }>>;
/// Accounts that may do something.
pub type AccountList<AccountId> = BoundedVec<AccountId, ConstU32<{ limits::MAX_LIST }>>;

#[cfg(test)]
mod tests;
