//! The runtime API of governance: what clients need to know, with no indexer.
//!
//! Lists come in pages: give `after` the `next` of the page before, and at most
//! [`MAX_PAGE`](super::limits::MAX_PAGE) entries come back, however large `limit` is. Each kind of page is a
//! type of its own, because clients name types by their path alone.

use super::{
	voting::{Outcome, Tally},
	Bounty, BountyId, Entry, Grant, GrantId, GrantTally, Kind, KindParameters, Post, PostId,
	Proposal, ProposalId, ProposalTally, RewardKind, RewardPool, Thread, VoteRecord,
};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use scale_info::TypeInfo;

/// A vote as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct VoteView<AccountId> {
	/// Whose it is.
	pub member: AccountId,
	/// The vote and its reason.
	pub record: VoteRecord,
	/// Whether it counts: its member is in the council.
	pub counts: bool,
}

/// A proposal as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProposalView<AccountId, Balance> {
	/// Its number.
	pub id: ProposalId,
	/// What is stored.
	pub proposal: Proposal<AccountId, Balance>,
	/// What its kind asks of the votes.
	pub parameters: KindParameters<Balance>,
	/// The votes.
	pub votes: Vec<VoteView<AccountId>>,
	/// The votes that count now, or by which it was decided.
	pub tally: Tally,
	/// The size of the council now, or of the one that decided.
	pub members: u32,
	/// What the votes say: what would come of it if the voting ended now, or what came of it.
	pub outcome: Outcome,
	/// The block of its next step, if there is one.
	pub next_step: Option<u32>,
	/// Its discussion.
	pub thread: Option<Thread<AccountId>>,
}

/// A line of a list of proposals.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProposalLine<AccountId, Balance> {
	/// Its number.
	pub id: ProposalId,
	/// What is stored.
	pub proposal: Proposal<AccountId, Balance>,
	/// The votes that count now, or by which it was decided.
	pub tally: Tally,
	/// The block of its next step, if there is one.
	pub next_step: Option<u32>,
}

/// One page of proposals, the newest first.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProposalsPage<AccountId, Balance> {
	/// The entries.
	pub items: Vec<ProposalLine<AccountId, Balance>>,
	/// What to give as `before` for the next page; `None` if this was the last.
	pub next: Option<ProposalId>,
	/// What became of all proposals, by kind.
	pub tallies: Vec<(Kind, ProposalTally)>,
}

/// A grant as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct GrantView<AccountId, Balance> {
	/// Its number.
	pub id: GrantId,
	/// What is stored.
	pub grant: Grant<AccountId, Balance>,
	/// Members of the council that signed it and are in the council now.
	pub signatures: u32,
	/// How many are needed.
	pub needed: u32,
}

/// All grants in numbers. `approved` is the sum of both kinds' `approved`.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct GrantCounts<Balance> {
	/// Grants that took effect.
	pub approved: u32,
	/// Those agreed off chain and countersigned.
	pub off_chain: GrantTally<Balance>,
	/// Those by vote.
	pub by_vote: GrantTally<Balance>,
	/// On record, and not countersigned yet.
	pub recorded: u32,
}

/// One page of grants, in order of number.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct GrantsPage<AccountId, Balance> {
	/// The entries.
	pub items: Vec<GrantView<AccountId, Balance>>,
	/// What to give as `after` for the next page; `None` if this was the last.
	pub next: Option<GrantId>,
	/// All grants, not only this page's.
	pub counts: GrantCounts<Balance>,
}

/// A bounty as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct BountyView<AccountId, Balance> {
	/// Its number.
	pub id: BountyId,
	/// What is stored.
	pub bounty: Bounty<AccountId, Balance>,
	/// Its entries.
	pub entries: Vec<(AccountId, Entry<Balance>)>,
	/// Prizes and fee that wait to be claimed.
	pub prizes: Vec<(AccountId, Balance)>,
}

/// One page of bounties, in order of number.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct BountiesPage<AccountId, Balance> {
	/// The entries.
	pub items: Vec<BountyView<AccountId, Balance>>,
	/// What to give as `after` for the next page; `None` if this was the last.
	pub next: Option<BountyId>,
}

/// The community fund.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct FundView<AccountId, Balance> {
	/// Its account.
	pub account: AccountId,
	/// What can be promised now.
	pub free: Balance,
	/// Set aside for grants.
	pub grants: Balance,
	/// Set aside for bounties, contributions of others included.
	pub bounties: Balance,
	/// Set aside for standing rewards.
	pub rewards: Balance,
}

/// A post as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PostView<AccountId, Balance> {
	/// Its number.
	pub id: PostId,
	/// What is stored.
	pub post: Post<AccountId, Balance>,
}

/// One page of posts, in order of number.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PostsPage<AccountId, Balance> {
	/// The entries.
	pub items: Vec<PostView<AccountId, Balance>>,
	/// What to give as `after` for the next page; `None` if this was the last.
	pub next: Option<PostId>,
}

sp_api::decl_runtime_apis! {
	/// Reads proposals, grants, bounties and the fund.
	pub trait ProposalsApi<AccountId, Balance>
	where
		AccountId: Codec,
		Balance: Codec,
	{
		/// The proposals, the newest first.
		fn proposals(before: Option<ProposalId>, limit: u32) -> ProposalsPage<AccountId, Balance>;

		/// One proposal with its votes.
		fn proposal(id: ProposalId) -> Option<ProposalView<AccountId, Balance>>;

		/// What each kind of proposal costs and needs.
		fn kinds() -> Vec<(Kind, KindParameters<Balance>)>;

		/// The grants, and how many there are of each kind.
		fn grants(after: Option<GrantId>, limit: u32) -> GrantsPage<AccountId, Balance>;

		/// One grant.
		fn grant(id: GrantId) -> Option<GrantView<AccountId, Balance>>;

		/// The bounties.
		fn bounties(after: Option<BountyId>, limit: u32) -> BountiesPage<AccountId, Balance>;

		/// One bounty.
		fn bounty(id: BountyId) -> Option<BountyView<AccountId, Balance>>;

		/// What an account has contributed to a bounty and not got back.
		fn contribution(bounty: BountyId, account: AccountId) -> Balance;

		/// The community fund.
		fn fund() -> FundView<AccountId, Balance>;

		/// The posts on a proposal.
		fn posts(
			proposal: ProposalId,
			after: Option<PostId>,
			limit: u32,
		) -> PostsPage<AccountId, Balance>;

		/// The standing rewards that are set up.
		fn standing_rewards() -> Vec<(RewardKind, RewardPool<Balance>)>;
	}
}
