//! Reads proposals, grants, bounties and the community fund through their runtime API.

use crate::{pages::Pages, AccountId, Balance, Chain, Hash, Result};
use codec::{Decode, Encode};
use rome_primitives::governance::{
	self as model,
	api::{
		BountiesPage, BountyView, FundView, GrantCounts, GrantView, GrantsPage, PostView,
		PostsPage, ProposalLine, ProposalView, ProposalsPage,
	},
	BountyId, GrantId, Kind, PostId, ProposalId, RewardKind,
};

/// A proposal with its votes, as it is read here.
pub type ProposalInfo = ProposalView<AccountId, Balance>;
/// A line of a list of proposals, as it is read here.
pub type ProposalSummary = ProposalLine<AccountId, Balance>;
/// What a proposal does, as it is read and submitted here.
pub type Action = model::Action<AccountId, Balance>;
/// What a kind of proposal costs and needs, as it is read here.
pub type KindParameters = model::KindParameters<Balance>;
/// A grant as it is read here.
pub type GrantInfo = GrantView<AccountId, Balance>;
/// All grants in numbers, as they are read here.
pub type GrantNumbers = GrantCounts<Balance>;
/// A bounty as it is read here.
pub type BountyInfo = BountyView<AccountId, Balance>;
/// The community fund as it is read here.
pub type FundInfo = FundView<AccountId, Balance>;
/// A post as it is read here.
pub type PostInfo = PostView<AccountId, Balance>;
/// A standing reward as it is read here.
pub type RewardInfo = model::RewardPool<Balance>;

/// Entries of a page: well below what the runtime gives at most, for proposals are long.
pub const PAGE: u32 = 100;

/// Proposals and what follows from them, at a block or at the best one. Made by [`Chain::governance`] and
/// [`Chain::governance_at`].
///
/// Every read fails where no node answers, and where the chain has no proposals. Reads at a block fail with an
/// error that [`Error::is_state_gone`](crate::Error::is_state_gone) knows when the node keeps its state no
/// more.
#[derive(Clone, Copy)]
pub struct Governance<'a> {
	chain: &'a Chain,
	block: Option<Hash>,
}

impl Chain {
	/// Proposals and what follows from them, at the best block.
	pub fn governance(&self) -> Governance<'_> {
		Governance { chain: self, block: None }
	}

	/// Proposals and what follows from them, at this block.
	pub fn governance_at(&self, block: Hash) -> Governance<'_> {
		Governance { chain: self, block: Some(block) }
	}

	/// The members of the council at the best block.
	pub async fn council(&self) -> Result<Vec<AccountId>> {
		Ok(self.value("Council", "Members").await?.unwrap_or_default())
	}

	/// The bytes that are noted as the preimage of a hash, at the best block.
	pub async fn preimage(&self, hash: Hash, len: u32) -> Result<Option<Vec<u8>>> {
		self.map_value("Preimage", "PreimageFor", &(hash, len).encode()).await
	}

	/// How long a block takes, in milliseconds.
	pub async fn block_millis(&self) -> Result<u64> {
		self.read_api(None, "AuraApi", "slot_duration", ()).await
	}
}

impl Governance<'_> {
	async fn read<T: Decode>(&self, function: &str, arguments: impl Encode) -> Result<T> {
		self.chain.read_api(self.block, "ProposalsApi", function, arguments).await
	}

	/// The proposals, the newest first, one page: those before a number.
	pub async fn proposals(
		&self,
		before: Option<ProposalId>,
		limit: u32,
	) -> Result<ProposalsPage<AccountId, Balance>> {
		self.read("proposals", (before, limit)).await
	}

	/// At least so many proposals of which `wanted` holds, the newest first; all there are, if they are fewer.
	pub async fn newest_proposals(
		&self,
		most: usize,
		wanted: impl Fn(&ProposalSummary) -> bool,
	) -> Result<Vec<ProposalSummary>> {
		let mut pages = Pages::default();
		loop {
			let page = self.proposals(pages.after, PAGE).await?;
			let items = page.items.into_iter().filter(|line| wanted(line)).collect();
			if !pages.add("proposals", items, page.next)? || pages.items.len() >= most {
				return Ok(pages.items);
			}
		}
	}

	/// One proposal with its votes.
	pub async fn proposal(&self, id: ProposalId) -> Result<Option<ProposalInfo>> {
		self.read("proposal", id).await
	}

	/// What each kind of proposal costs and needs.
	pub async fn kinds(&self) -> Result<Vec<(Kind, KindParameters)>> {
		self.read("kinds", ()).await
	}

	/// The grants, one page, and how many there are of each kind.
	pub async fn grants(
		&self,
		after: Option<GrantId>,
		limit: u32,
	) -> Result<GrantsPage<AccountId, Balance>> {
		self.read("grants", (after, limit)).await
	}

	/// All grants, in order of number.
	pub async fn all_grants(&self) -> Result<Vec<GrantInfo>> {
		let mut pages = Pages::default();
		loop {
			let page = self.grants(pages.after, PAGE).await?;
			if !pages.add("grants", page.items, page.next)? {
				return Ok(pages.items);
			}
		}
	}

	/// How many grants there are of each kind.
	pub async fn grant_counts(&self) -> Result<GrantNumbers> {
		Ok(self.grants(None, 0).await?.counts)
	}

	/// One grant.
	pub async fn grant(&self, id: GrantId) -> Result<Option<GrantInfo>> {
		self.read("grant", id).await
	}

	/// All bounties, in order of number.
	pub async fn bounties(&self) -> Result<Vec<BountyInfo>> {
		let mut pages = Pages::default();
		loop {
			let page: BountiesPage<AccountId, Balance> =
				self.read("bounties", (pages.after, PAGE)).await?;
			if !pages.add("bounties", page.items, page.next)? {
				return Ok(pages.items);
			}
		}
	}

	/// One bounty.
	pub async fn bounty(&self, id: BountyId) -> Result<Option<BountyInfo>> {
		self.read("bounty", id).await
	}

	/// What an account has contributed to a bounty and not got back.
	pub async fn contribution(&self, bounty: BountyId, account: &AccountId) -> Result<Balance> {
		self.read("contribution", (bounty, account)).await
	}

	/// The community fund.
	pub async fn fund(&self) -> Result<FundInfo> {
		self.read("fund", ()).await
	}

	/// All posts on a proposal, in order of number.
	pub async fn posts(&self, proposal: ProposalId) -> Result<Vec<PostInfo>> {
		let mut pages = Pages::<PostInfo, PostId>::default();
		loop {
			let page: PostsPage<AccountId, Balance> =
				self.read("posts", (proposal, pages.after, PAGE)).await?;
			if !pages.add("posts", page.items, page.next)? {
				return Ok(pages.items);
			}
		}
	}

	/// The standing rewards that are set up.
	pub async fn standing_rewards(&self) -> Result<Vec<(RewardKind, RewardInfo)>> {
		self.read("standing_rewards", ()).await
	}
}
