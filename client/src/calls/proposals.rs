//! The calls of proposals, grants, bounties and the community fund, and those of preimages.

use super::Call;
use crate::{governance::Action, AccountId, Balance, Hash};
use codec::{Compact, Encode};
use rome_primitives::governance::{
	BountyId, GrantId, Hash32, Milestones, PostId, ProposalId, ThreadMode, Verdict, Vote,
};

impl Call {
	fn proposals(name: &'static str, arguments: impl Encode) -> Self {
		Self::new("Proposals", name, arguments)
	}

	/// Submits a proposal, for a stake.
	pub fn submit_proposal(title: &str, text: &str, action: &Action) -> Self {
		Self::proposals("submit", (title, text, action))
	}

	/// Proposer: takes a proposal back.
	pub fn cancel_proposal(id: ProposalId) -> Self {
		Self::proposals("cancel", id)
	}

	/// Root, or two thirds of the council by a motion: ends a proposal.
	pub fn veto_proposal(id: ProposalId) -> Self {
		Self::proposals("veto", id)
	}

	/// Council: votes on a proposal.
	pub fn vote_on_proposal(id: ProposalId, vote: Vote, reason: &str) -> Self {
		Self::proposals("vote", (id, vote, reason))
	}

	/// Council: takes a vote back.
	pub fn remove_proposal_vote(id: ProposalId) -> Self {
		Self::proposals("remove_vote", id)
	}

	/// Anyone: does what is due for a proposal. Its call may weigh so much (reference time, proof size).
	pub fn execute_proposal(id: ProposalId, weight: (u64, u64)) -> Self {
		Self::proposals("execute", (id, (Compact(weight.0), Compact(weight.1))))
	}

	/// Proposer or council: opens the discussion of a proposal.
	pub fn open_thread(proposal: ProposalId, mode: &ThreadMode<AccountId>) -> Self {
		Self::proposals("open_thread", (proposal, mode))
	}

	/// Posts on a proposal.
	pub fn post(proposal: ProposalId, body: &str) -> Self {
		Self::proposals("post", (proposal, body))
	}

	/// Author: replaces what a post says.
	pub fn edit_post(proposal: ProposalId, post: PostId, body: &str) -> Self {
		Self::proposals("edit_post", (proposal, post, body))
	}

	/// Author: deletes a post.
	pub fn delete_post(proposal: ProposalId, post: PostId) -> Self {
		Self::proposals("delete_post", (proposal, post))
	}

	/// Proposer or council: says who may post.
	pub fn set_thread_mode(proposal: ProposalId, mode: &ThreadMode<AccountId>) -> Self {
		Self::proposals("set_thread_mode", (proposal, mode))
	}

	/// Council: puts a grant on record that was agreed elsewhere.
	pub fn record_grant(
		title: &str,
		beneficiary: &AccountId,
		milestones: &Milestones<Balance>,
		link: &str,
		hash: &Hash32,
	) -> Self {
		Self::proposals("record_grant", (title, beneficiary, milestones, link, hash))
	}

	/// Council: signs a grant on record.
	pub fn countersign_grant(id: GrantId) -> Self {
		Self::proposals("countersign_grant", id)
	}

	/// Anyone: has a milestone paid that is released, or whose benchmark is met.
	pub fn claim_milestone(id: GrantId, milestone: u32) -> Self {
		Self::proposals("claim_milestone", (id, milestone))
	}

	/// Council: releases a milestone.
	pub fn release_milestone(id: GrantId, milestone: u32) -> Self {
		Self::proposals("release_milestone", (id, milestone))
	}

	/// Root, or the council's majority by a motion: stops what has not been paid of a grant.
	pub fn stop_grant(id: GrantId) -> Self {
		Self::proposals("stop_grant", id)
	}

	/// Gives to the community fund.
	pub fn top_up_fund(amount: Balance) -> Self {
		Self::proposals("top_up", Compact(amount))
	}

	/// Gives to a bounty.
	pub fn fund_bounty(id: BountyId, amount: Balance) -> Self {
		Self::proposals("fund_bounty", (id, Compact(amount)))
	}

	/// Anyone: gives a contributor back what is due from a bounty that has ended.
	pub fn withdraw_contribution(id: BountyId, contributor: &AccountId) -> Self {
		Self::proposals("withdraw_contribution", (id, contributor))
	}

	/// Judge: accepts to judge a bounty.
	pub fn accept_judging(id: BountyId) -> Self {
		Self::proposals("accept_judging", id)
	}

	/// Enters a bounty.
	pub fn enter_bounty(id: BountyId) -> Self {
		Self::proposals("enter", id)
	}

	/// Ends an entry.
	pub fn withdraw_entry(id: BountyId, entrant: &AccountId) -> Self {
		Self::proposals("withdraw_entry", (id, entrant))
	}

	/// Entrant: submits work.
	pub fn submit_work(id: BountyId, work: &str) -> Self {
		Self::proposals("submit_work", (id, work))
	}

	/// Judge or council: judges a bounty.
	pub fn judge_bounty(id: BountyId, verdict: &Verdict<AccountId>) -> Self {
		Self::proposals("judge", (id, verdict))
	}

	/// Anyone: pays an account its prize, or its fee as judge.
	pub fn claim_prize(id: BountyId, account: &AccountId) -> Self {
		Self::proposals("claim_prize", (id, account))
	}

	/// Notes a call, for a deposit.
	pub fn note_preimage(bytes: &[u8]) -> Self {
		Self::new("Preimage", "note_preimage", bytes)
	}

	/// Takes a preimage's deposit back. It stays where something waits for it, and else goes.
	pub fn unnote_preimage(hash: Hash) -> Self {
		Self::new("Preimage", "unnote_preimage", hash)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// The arguments of a call, encoded.
	fn arguments(call: &Call) -> &[u8] {
		&call.arguments.0
	}

	#[test]
	fn arguments_are_what_the_pallet_reads() {
		let call = Call::submit_proposal("T", "", &Action::Signal);
		assert_eq!(arguments(&call), [4, b'T', 0, 0]);
		let call = Call::vote_on_proposal(7, Vote::Abstain, "so");
		assert_eq!(arguments(&call), [7, 0, 0, 0, 2, 8, b's', b'o']);
		let call = Call::execute_proposal(1, (0, 1));
		assert_eq!(arguments(&call), [1, 0, 0, 0, 0, 4]);
		assert_eq!(arguments(&Call::top_up_fund(1)), [4]);
		assert_eq!(arguments(&Call::note_preimage(&[9])), [4, 9]);
		let who = AccountId::from([3; 32]);
		let closed = ThreadMode::Closed(vec![who].try_into().unwrap());
		assert_eq!(arguments(&Call::open_thread(0, &closed))[4..6], [1, 4]);
	}
}
