//! The invariants. Each function checks one and says which it is when it fails.

use crate::{
	proposals::next_step,
	types::{BalanceOf, Step},
	Agenda, Bounties, Config, Contributions, Entries, Grants, HoldReason, NextBountyId,
	NextGrantId, NextProposalId, OffChainGrants, Pallet, Posts, Prizes, Proposals, Records,
	RewardPools, RewardRounds, Slots, Threads, VotedGrants, Votes,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use rome_primitives::governance::{
	limits::{MAX_ENTRIES, MAX_POSTS},
	voting::Tally,
	BountyState, GrantSource, GrantState, GrantTally, Judge, MilestoneState, ProposalState,
};
use sp_runtime::{
	traits::{Saturating, Zero},
	TryRuntimeError,
};

/// Sums by account.
type ByAccount<T> = BTreeMap<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

impl<T: Config> Pallet<T> {
	/// Checks every invariant against everything stored.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_proposals()?;
		Self::try_state_votes()?;
		Self::try_state_slots()?;
		Self::try_state_grants()?;
		Self::try_state_tallies()?;
		Self::try_state_records()?;
		Self::try_state_bounties()?;
		Self::try_state_entries()?;
		Self::try_state_threads()?;
		Self::try_state_rewards()?;
		Self::try_state_agenda()?;
		Self::try_state_fund()?;
		Self::try_state_stakes()
	}

	/// Proposals have numbers that were given out; only those in voting have a stake.
	fn try_state_proposals() -> Result<(), TryRuntimeError> {
		for (id, proposal) in Proposals::<T>::iter() {
			ensure!(id < NextProposalId::<T>::get(), "a proposal's number was not given out");
			let active = matches!(proposal.state, ProposalState::Active { .. });
			ensure!(active || proposal.stake.is_zero(), "a decided proposal has a stake");
			ensure!(
				!active || proposal.tally == Tally::default(),
				"a proposal in voting has the tally of a decision"
			);
		}
		Ok(())
	}

	/// Each vote is of another voter of a proposal that is there, each voter has a vote, and the tally of a
	/// decision is that of its votes.
	fn try_state_votes() -> Result<(), TryRuntimeError> {
		let mut voters = BTreeSet::new();
		for (id, proposal) in Proposals::<T>::iter() {
			let mut tally = Tally::default();
			for voter in &proposal.voters {
				ensure!(voters.insert((id, voter.clone())), "a member votes twice");
				let record = Votes::<T>::get(id, voter).ok_or("a voter has no vote")?;
				tally.count(record.vote);
			}
			let decided = !matches!(
				proposal.state,
				ProposalState::Active { .. }
					| ProposalState::Canceled { .. }
					| ProposalState::Vetoed { .. }
			);
			ensure!(!decided || proposal.tally == tally, "a tally is not that of the votes");
			ensure!(proposal.tally.total() <= proposal.members, "more votes than members");
		}
		ensure!(
			Votes::<T>::iter_keys().all(|key| voters.contains(&key)),
			"a vote is of nobody who voted"
		);
		Ok(())
	}

	/// The slots are those of the proposals in voting, at most one of each account is reserved.
	fn try_state_slots() -> Result<(), TryRuntimeError> {
		let slots = Slots::<T>::get();
		let active: BTreeSet<_> = Proposals::<T>::iter()
			.filter(|(_, proposal)| matches!(proposal.state, ProposalState::Active { .. }))
			.map(|(id, proposal)| (id, proposal.proposer.clone(), proposal.action.kind()))
			.collect();
		let taken: BTreeSet<_> =
			slots.iter().map(|slot| (slot.proposal, slot.proposer.clone(), slot.kind)).collect();
		ensure!(
			taken.len() == slots.len() && taken == active,
			"the slots are not those of the proposals in voting"
		);
		let mut reserved = BTreeSet::new();
		for slot in slots.iter().filter(|slot| slot.reserved) {
			ensure!(reserved.insert(slot.proposer.clone()), "an account has two reserved slots");
		}
		Ok(())
	}

	/// A grant's sums are those of its milestones, and what is paid and open was approved.
	fn try_state_grants() -> Result<(), TryRuntimeError> {
		for (id, grant) in Grants::<T>::iter() {
			ensure!(id < NextGrantId::<T>::get(), "a grant's number was not given out");
			let sum = |holds: &dyn Fn(&MilestoneState) -> bool| {
				grant
					.milestones
					.iter()
					.filter(|milestone| holds(&milestone.state))
					.fold(BalanceOf::<T>::zero(), |sum, milestone| {
						sum.saturating_add(milestone.terms.amount)
					})
			};
			ensure!(sum(&|_| true) == grant.total, "a grant's milestones are not its total");
			ensure!(
				sum(&|state| matches!(state, MilestoneState::Paid { .. })) == grant.paid,
				"a grant has paid something else than its paid milestones"
			);
			let open = sum(&MilestoneState::is_open);
			match grant.state {
				GrantState::Active => {
					ensure!(
						open == grant.open && !open.is_zero(),
						"an active grant's open milestones are not what is open of it"
					);
				},
				GrantState::Recorded { .. } => {
					ensure!(
						grant.open.is_zero() && grant.paid.is_zero(),
						"a grant on record has something open or paid"
					);
				},
				GrantState::Ended { .. } | GrantState::Stopped { .. } => {
					ensure!(
						grant.open.is_zero() && open.is_zero(),
						"a grant that is over has something open"
					);
				},
			}
			ensure!(
				grant.paid.saturating_add(grant.open) <= grant.total,
				"more is paid and open than was approved"
			);
		}
		Ok(())
	}

	/// The grants in numbers are the grants.
	fn try_state_tallies() -> Result<(), TryRuntimeError> {
		let mut off_chain = GrantTally::<BalanceOf<T>>::default();
		let mut by_vote = off_chain;
		for grant in Grants::<T>::iter_values() {
			let tally = match grant.source {
				GrantSource::Vote { .. } => &mut by_vote,
				GrantSource::OffChain { .. } => &mut off_chain,
			};
			match grant.state {
				GrantState::Recorded { .. } => continue,
				GrantState::Active => tally.active.saturating_inc(),
				GrantState::Ended { .. } => tally.ended.saturating_inc(),
				GrantState::Stopped { .. } => tally.stopped.saturating_inc(),
			}
			tally.approved.saturating_inc();
			tally.total.saturating_accrue(grant.total);
			tally.paid.saturating_accrue(grant.paid);
		}
		ensure!(
			off_chain == OffChainGrants::<T>::get() && by_vote == VotedGrants::<T>::get(),
			"the grants in numbers are not the grants"
		);
		Ok(())
	}

	/// The records of each account are counted.
	fn try_state_records() -> Result<(), TryRuntimeError> {
		let mut records: BTreeMap<T::AccountId, u32> = BTreeMap::new();
		for grant in Grants::<T>::iter_values() {
			if matches!(grant.state, GrantState::Recorded { .. }) {
				let recorder = grant.recorded_by.ok_or("a record is nobody's")?;
				records.entry(recorder).or_default().saturating_inc();
			}
		}
		ensure!(
			Records::<T>::iter().collect::<BTreeMap<_, _>>() == records,
			"the records counted are not those there are"
		);
		Ok(())
	}

	/// What is held for a bounty is what it still owes, to whom it owes it.
	fn try_state_bounties() -> Result<(), TryRuntimeError> {
		let ids: BTreeSet<u32> = Bounties::<T>::iter_keys().collect();
		ensure!(
			Contributions::<T>::iter_keys().all(|(id, _)| ids.contains(&id))
				&& Prizes::<T>::iter_keys().all(|(id, _)| ids.contains(&id)),
			"something is owed by no bounty"
		);
		for (id, bounty) in Bounties::<T>::iter() {
			ensure!(id < NextBountyId::<T>::get(), "a bounty's number was not given out");
			let add = |sum: BalanceOf<T>, amount: BalanceOf<T>| sum.saturating_add(amount);
			let given = Contributions::<T>::iter_prefix_values(id).fold(Zero::zero(), add);
			let prizes = Prizes::<T>::iter_prefix_values(id).fold(Zero::zero(), add);
			match bounty.state {
				BountyState::Open { .. } | BountyState::Judging { .. } => {
					ensure!(
						bounty.held == bounty.from_fund.saturating_add(bounty.contributed)
							&& bounty.contributed == given
							&& prizes.is_zero() && bounty.prizes.is_zero()
							&& bounty.refunds.is_zero()
							&& bounty.paid.is_zero(),
						"an open bounty does not hold what was given"
					);
				},
				BountyState::Judged { .. } | BountyState::Failed { .. } => {
					ensure!(
						bounty.held == bounty.prizes.saturating_add(bounty.refunds)
							&& bounty.prizes == prizes
							&& bounty.sharing == given
							&& bounty.refunds <= bounty.sharing,
						"a bounty that is over does not hold what it owes"
					);
					ensure!(bounty.judge_stake.is_none(), "a judge that is done has a stake");
					ensure!(bounty.verdicts.is_empty(), "a bounty that is over has verdicts");
				},
			}
			ensure!(
				bounty.paid.saturating_add(bounty.held)
					<= bounty.from_fund.saturating_add(bounty.contributed),
				"a bounty pays more than was given"
			);
		}
		Ok(())
	}

	/// The entries of each bounty are counted.
	fn try_state_entries() -> Result<(), TryRuntimeError> {
		let mut counts: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
		for (id, _, entry) in Entries::<T>::iter() {
			let (entries, submitted) = counts.entry(id).or_default();
			entries.saturating_inc();
			if entry.work.is_some() {
				submitted.saturating_inc();
			}
		}
		for (id, bounty) in Bounties::<T>::iter() {
			let count = counts.remove(&id).unwrap_or_default();
			ensure!(
				count == (bounty.entries, bounty.submitted) && bounty.entries <= MAX_ENTRIES,
				"a bounty's entries are not those counted"
			);
		}
		ensure!(counts.is_empty(), "an entry belongs to no bounty");
		Ok(())
	}

	/// The posts of each thread are counted, and no thread outlives both its proposal and its posts.
	fn try_state_threads() -> Result<(), TryRuntimeError> {
		let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
		for (id, post, _) in Posts::<T>::iter() {
			let thread = Threads::<T>::get(id).ok_or("a post belongs to no thread")?;
			ensure!(post < thread.next_post, "a post's number was not given out");
			counts.entry(id).or_default().saturating_inc();
		}
		for (id, thread) in Threads::<T>::iter() {
			let posts = counts.remove(&id).unwrap_or_default();
			ensure!(
				posts == thread.posts && posts <= MAX_POSTS,
				"a thread's posts are not counted"
			);
			ensure!(
				posts > 0 || Proposals::<T>::contains_key(id),
				"a thread outlives its proposal and its posts"
			);
		}
		Ok(())
	}

	/// No standing reward has more left than its budget.
	fn try_state_rewards() -> Result<(), TryRuntimeError> {
		for (kind, pool) in RewardPools::<T>::iter() {
			ensure!(pool.left <= pool.terms.budget, "more is left of a reward than its budget");
			ensure!(
				pool.round == RewardRounds::<T>::get(kind),
				"a reward's period is not the one counted"
			);
		}
		Ok(())
	}

	/// Everything that waits for a block is on the agenda of that block, and nothing else is.
	fn try_state_agenda() -> Result<(), TryRuntimeError> {
		let mut wanted: Vec<(u32, Step)> = Vec::new();
		for (id, proposal) in Proposals::<T>::iter() {
			wanted.push((next_step(&proposal.state, T::Retention::get()), Step::Proposal(id)));
		}
		for (id, grant) in Grants::<T>::iter() {
			if let GrantState::Recorded { until } = grant.state {
				wanted.push((until, Step::Record(id)));
			}
			if grant.state != GrantState::Active {
				continue;
			}
			for (index, milestone) in (0u32..).zip(grant.milestones.iter()) {
				if milestone.state.is_open() {
					wanted.push((milestone.next, Step::Milestone(id, index)));
				}
			}
		}
		for (id, bounty) in Bounties::<T>::iter() {
			if let BountyState::Open { until } | BountyState::Judging { until } = bounty.state {
				wanted.push((until, Step::Bounty(id)));
			}
		}
		for (kind, pool) in RewardPools::<T>::iter() {
			wanted.push((pool.until, Step::Reward(kind)));
		}
		let agenda: BTreeSet<(u32, Step)> = Agenda::<T>::iter_keys()
			.map(|(block, step)| (u32::from_be_bytes(block), step))
			.collect();
		ensure!(
			agenda == wanted.into_iter().collect::<BTreeSet<_>>(),
			"the agenda is not what waits for a block"
		);
		Ok(())
	}

	/// What is held on the fund is exactly what is promised, and the account lives.
	fn try_state_fund() -> Result<(), TryRuntimeError> {
		let add = |sum: BalanceOf<T>, amount: BalanceOf<T>| sum.saturating_add(amount);
		let grants = Grants::<T>::iter_values().map(|grant| grant.open).fold(Zero::zero(), add);
		let bounties =
			Bounties::<T>::iter_values().map(|bounty| bounty.held).fold(Zero::zero(), add);
		let rewards = RewardPools::<T>::iter_values().map(|pool| pool.left).fold(Zero::zero(), add);
		for (reason, promised) in [
			(HoldReason::Grants, grants),
			(HoldReason::Bounties, bounties),
			(HoldReason::Rewards, rewards),
		] {
			ensure!(
				Self::set_aside(reason) == promised,
				"what is set aside is not what is promised"
			);
		}
		let promised = add(add(grants, bounties), rewards);
		ensure!(promised.is_zero() || Self::is_sound(), "the fund does not have what it promised");
		Ok(())
	}

	/// What is held from accounts are the stakes and deposits recorded.
	fn try_state_stakes() -> Result<(), TryRuntimeError> {
		let mut stakes = [ByAccount::<T>::new(), ByAccount::<T>::new(), ByAccount::<T>::new()];
		let [proposals, entries, judges] = &mut stakes;
		let add = |sums: &mut ByAccount<T>, account: T::AccountId, amount: BalanceOf<T>| {
			sums.entry(account).or_default().saturating_accrue(amount);
		};
		for proposal in Proposals::<T>::iter_values() {
			add(proposals, proposal.proposer, proposal.stake);
		}
		for (_, entrant, entry) in Entries::<T>::iter() {
			add(entries, entrant, entry.stake);
		}
		for bounty in Bounties::<T>::iter_values() {
			if let Judge::Account { who, .. } = bounty.terms.judge {
				add(judges, who, bounty.judge_stake.unwrap_or_default());
			}
		}
		let mut posts = ByAccount::<T>::new();
		for (_, _, post) in Posts::<T>::iter() {
			add(&mut posts, post.author, post.deposit);
		}
		let [proposals, entries, judges] = stakes;
		let accounts: BTreeSet<T::AccountId> = frame_system::Account::<T>::iter_keys().collect();
		for (reason, sums) in [
			(HoldReason::ProposalStake, proposals),
			(HoldReason::Post, posts),
			(HoldReason::Entry, entries),
			(HoldReason::Judge, judges),
		] {
			ensure!(
				accounts.iter().all(|account| {
					T::Currency::balance_on_hold(&reason.into(), account)
						== sums.get(account).copied().unwrap_or_default()
				}) && sums.iter().all(|(account, sum)| sum.is_zero() || accounts.contains(account)),
				"what is held from an account is not what it staked"
			);
		}
		Ok(())
	}
}
