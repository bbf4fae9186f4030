//! What the runtime API answers.

use crate::{
	fund::EARMARKS,
	proposals::next_step,
	types::{BalanceOf, BountyOf, GrantOf, ProposalOf},
	Bounties, Config, Contributions, Entries, Grants, NextBountyId, NextGrantId, NextProposalId,
	OffChainGrants, Pallet, Posts, Prizes, ProposalTallies, Proposals, RewardPools, Threads,
	VotedGrants, Votes,
};
use alloc::vec::Vec;
use frame_support::traits::Get;
use rome_primitives::governance::{
	api::{
		BountiesPage, BountyView, FundView, GrantCounts, GrantView, GrantsPage, PostView,
		PostsPage, ProposalLine, ProposalView, ProposalsPage, VoteView,
	},
	limits::MAX_PAGE,
	voting::{majority, Outcome, Tally},
	BountyId, GrantId, Kind, KindParameters, PostId, ProposalId, ProposalState, RewardKind,
	RewardPool,
};
use sp_runtime::SaturatedConversion;

/// How many numbers are tried for one page: most belong to something.
const MAX_LOOKS: u32 = 8 * MAX_PAGE;

fn page_size(limit: u32) -> usize {
	limit.min(MAX_PAGE) as usize
}

/// The entries of one page among `numbers`, and where the next one begins if there is one.
fn page<Item>(
	numbers: impl Iterator<Item = u32>,
	limit: u32,
	get: impl Fn(u32) -> Option<Item>,
) -> (Vec<Item>, Option<u32>) {
	let size = page_size(limit);
	let mut items = Vec::new();
	let mut last = None;
	for (looks, number) in (0u32..).zip(numbers) {
		if items.len() >= size || looks >= MAX_LOOKS {
			return (items, last);
		}
		last = Some(number);
		items.extend(get(number));
	}
	(items, None)
}

fn after(after: Option<u32>, end: u32) -> core::ops::Range<u32> {
	after.map_or(0, |after| after.saturating_add(1))..end
}

impl<T: Config> Pallet<T> {
	/// The votes that count now, or by which it was decided, with the size of that council.
	fn counted(id: ProposalId, proposal: &ProposalOf<T>, members: &[T::AccountId]) -> (Tally, u32) {
		match proposal.state {
			ProposalState::Active { .. } => {
				(Self::count(id, proposal, members), members.len().saturated_into())
			},
			_ => (proposal.tally, proposal.members),
		}
	}

	/// The block of a proposal's next step: not of its end in storage.
	fn step_of(proposal: &ProposalOf<T>) -> Option<u32> {
		match proposal.state {
			ProposalState::Active { .. } | ProposalState::Approved { .. } => {
				Some(next_step(&proposal.state, 0))
			},
			_ => None,
		}
	}

	/// The proposals, the newest first.
	pub fn api_proposals(
		before: Option<ProposalId>,
		limit: u32,
	) -> ProposalsPage<T::AccountId, BalanceOf<T>> {
		let members = Self::members();
		let end = NextProposalId::<T>::get();
		let numbers = (0..before.unwrap_or(end).min(end)).rev();
		let (items, next) = page(numbers, limit, |id| {
			let proposal = Proposals::<T>::get(id)?;
			let (tally, _) = Self::counted(id, &proposal, &members);
			let next_step = Self::step_of(&proposal);
			Some(ProposalLine { id, proposal, tally, next_step })
		});
		let tallies =
			Kind::ALL.iter().map(|kind| (*kind, ProposalTallies::<T>::get(kind))).collect();
		ProposalsPage { items, next, tallies }
	}

	/// One proposal with its votes.
	pub fn api_proposal(id: ProposalId) -> Option<ProposalView<T::AccountId, BalanceOf<T>>> {
		let proposal = Proposals::<T>::get(id)?;
		let now = Self::members();
		let kind = proposal.action.kind();
		let (tally, members) = Self::counted(id, &proposal, &now);
		let active = matches!(proposal.state, ProposalState::Active { .. });
		let votes = proposal.voters.iter().filter_map(|voter| {
			let counts = !active || now.contains(voter);
			Some(VoteView { member: voter.clone(), record: Votes::<T>::get(id, voter)?, counts })
		});
		let outcome = match proposal.state {
			ProposalState::Rejected { .. } => Outcome::Rejected,
			ProposalState::Slashed { .. } => Outcome::Slashed,
			ProposalState::NoQuorum { .. } => Outcome::NoQuorum,
			ProposalState::Approved { .. }
			| ProposalState::Executed { .. }
			| ProposalState::ExecutionFailed { .. } => Outcome::Passed,
			ProposalState::Active { .. }
			| ProposalState::Canceled { .. }
			| ProposalState::Vetoed { .. } => Self::rule(kind).outcome(&tally, members),
		};
		Some(ProposalView {
			id,
			votes: votes.collect(),
			parameters: Self::parameters(kind),
			tally,
			members,
			outcome,
			next_step: Self::step_of(&proposal),
			thread: Threads::<T>::get(id),
			proposal,
		})
	}

	/// What each kind of proposal costs and needs.
	pub fn api_kinds() -> Vec<(Kind, KindParameters<BalanceOf<T>>)> {
		Kind::ALL.iter().map(|kind| (*kind, Self::parameters(*kind))).collect()
	}

	fn grant_view(
		id: GrantId,
		grant: GrantOf<T>,
		members: &[T::AccountId],
	) -> GrantView<T::AccountId, BalanceOf<T>> {
		GrantView {
			id,
			signatures: Self::valid(&grant.signed_by, members),
			needed: majority(members.len().saturated_into()),
			grant,
		}
	}

	/// The grants, and how many there are of each kind.
	pub fn api_grants(
		start: Option<GrantId>,
		limit: u32,
	) -> GrantsPage<T::AccountId, BalanceOf<T>> {
		let members = Self::members();
		let numbers = after(start, NextGrantId::<T>::get());
		let (items, next) =
			page(numbers, limit, |id| Some(Self::grant_view(id, Grants::<T>::get(id)?, &members)));
		let (off_chain, by_vote) = (OffChainGrants::<T>::get(), VotedGrants::<T>::get());
		let recorded = crate::Records::<T>::iter_values().fold(0u32, u32::saturating_add);
		let counts = GrantCounts {
			approved: off_chain.approved.saturating_add(by_vote.approved),
			off_chain,
			by_vote,
			recorded,
		};
		GrantsPage { items, next, counts }
	}

	/// One grant.
	pub fn api_grant(id: GrantId) -> Option<GrantView<T::AccountId, BalanceOf<T>>> {
		Some(Self::grant_view(id, Grants::<T>::get(id)?, &Self::members()))
	}

	fn bounty_view(id: BountyId, bounty: BountyOf<T>) -> BountyView<T::AccountId, BalanceOf<T>> {
		BountyView {
			id,
			bounty,
			entries: Entries::<T>::iter_prefix(id).collect(),
			prizes: Prizes::<T>::iter_prefix(id).collect(),
		}
	}

	/// The bounties.
	pub fn api_bounties(
		start: Option<BountyId>,
		limit: u32,
	) -> BountiesPage<T::AccountId, BalanceOf<T>> {
		let numbers = after(start, NextBountyId::<T>::get());
		let (items, next) =
			page(numbers, limit, |id| Some(Self::bounty_view(id, Bounties::<T>::get(id)?)));
		BountiesPage { items, next }
	}

	/// One bounty.
	pub fn api_bounty(id: BountyId) -> Option<BountyView<T::AccountId, BalanceOf<T>>> {
		Some(Self::bounty_view(id, Bounties::<T>::get(id)?))
	}

	/// What an account has contributed to a bounty and not got back.
	pub fn api_contribution(bounty: BountyId, account: T::AccountId) -> BalanceOf<T> {
		Contributions::<T>::get(bounty, account).unwrap_or_default()
	}

	/// The community fund.
	pub fn api_fund() -> FundView<T::AccountId, BalanceOf<T>> {
		let [grants, bounties, rewards] = EARMARKS.map(Self::set_aside);
		FundView { account: T::FundAccount::get(), free: Self::free(), grants, bounties, rewards }
	}

	/// The posts on a proposal.
	pub fn api_posts(
		proposal: ProposalId,
		start: Option<PostId>,
		limit: u32,
	) -> PostsPage<T::AccountId, BalanceOf<T>> {
		let end = Threads::<T>::get(proposal).map(|thread| thread.next_post).unwrap_or_default();
		let (items, next) = page(after(start, end), limit, |id| {
			Some(PostView { id, post: Posts::<T>::get(proposal, id)? })
		});
		PostsPage { items, next }
	}

	/// The standing rewards that are set up.
	pub fn api_standing_rewards() -> Vec<(RewardKind, RewardPool<BalanceOf<T>>)> {
		let pool = |kind: &RewardKind| Some((*kind, RewardPools::<T>::get(kind)?));
		RewardKind::ALL.iter().filter_map(pool).collect()
	}
}
