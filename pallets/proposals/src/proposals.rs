//! From the submission of a proposal to its decision.

use crate::{
	types::{BalanceOf, ProposalOf, Slot, Step},
	Config, Error, Event, HoldReason, NextProposalId, Pallet, ProposalTallies, Proposals, Slots,
	Threads, Votes, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{fungible::MutateHold, Get, QueryPreimage},
	weights::Weight,
};
use rome_primitives::governance::{
	limits::{MAX_COUNCIL, MAX_OPEN_PROPOSALS},
	voting::{Outcome, Tally},
	Action, Kind, Proposal, ProposalId, ProposalState, ProposalTally, Reason, Text, Title, Vote,
	VoteRecord,
};
use sp_core::H256;
use sp_runtime::{
	traits::{Saturating, Zero},
	ArithmeticError, DispatchError, SaturatedConversion,
};

/// The block of the next step of a proposal that is in `state`.
pub(crate) fn next_step(state: &ProposalState, retention: u32) -> u32 {
	match state {
		ProposalState::Active { until } => *until,
		ProposalState::Approved { execute_at } => *execute_at,
		ProposalState::Executed { at }
		| ProposalState::ExecutionFailed { at, .. }
		| ProposalState::Rejected { at }
		| ProposalState::Slashed { at }
		| ProposalState::NoQuorum { at }
		| ProposalState::Canceled { at }
		| ProposalState::Vetoed { at } => at.saturating_add(retention),
	}
}

/// Whether a proposal in `state` may still make its call.
pub(crate) fn wants_preimage(state: &ProposalState) -> bool {
	match state {
		ProposalState::Active { .. } | ProposalState::Approved { .. } => true,
		ProposalState::ExecutionFailed { failure, .. } => failure.can_be_retried(),
		_ => false,
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn proposal(id: ProposalId) -> Result<ProposalOf<T>, DispatchError> {
		Proposals::<T>::get(id).ok_or_else(|| Error::<T>::ProposalNotFound.into())
	}

	/// A proposal that is voted on.
	fn active(id: ProposalId) -> Result<ProposalOf<T>, DispatchError> {
		let proposal = Self::proposal(id)?;
		ensure!(
			matches!(proposal.state, ProposalState::Active { .. }),
			Error::<T>::ProposalDecided
		);
		Ok(proposal)
	}

	/// Counts one more of what `count` picks.
	pub(crate) fn tally_proposal(kind: Kind, count: fn(&mut ProposalTally) -> &mut u32) {
		ProposalTallies::<T>::mutate(kind, |tally| count(tally).saturating_inc());
	}

	pub(crate) fn do_submit(
		proposer: T::AccountId,
		title: Title,
		text: Text,
		action: Action<T::AccountId, BalanceOf<T>>,
	) -> DispatchResult {
		ensure!(!title.is_empty(), Error::<T>::TitleMissing);
		Self::ensure_text(&title)?;
		Self::ensure_text(&text)?;
		Self::check_action(&action)?;

		let kind = action.kind();
		let parameters = Self::parameters(kind);
		let members = Self::members();
		let by_member = members.contains(&proposer);
		let mut slots = Slots::<T>::get();
		let own = || slots.iter().filter(|slot| slot.proposer == proposer);
		let reserved = by_member && !own().any(|slot| slot.reserved);
		let same = own().filter(|slot| slot.kind == kind).count() as u32;
		// What was reserved for a member who left counts as anybody's.
		let anybodys =
			slots.iter().filter(|slot| !slot.reserved || !members.contains(&slot.proposer)).count()
				as u32;
		ensure!(reserved || anybodys < MAX_OPEN_PROPOSALS, Error::<T>::NoFreeSlot);

		let stake = parameters.stake.saturating_mul(same.saturating_add(1).saturated_into());
		T::Currency::hold(&HoldReason::ProposalStake.into(), &proposer, stake)?;
		let id = NextProposalId::<T>::get();
		NextProposalId::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		slots
			.try_push(Slot { proposal: id, proposer: proposer.clone(), kind, reserved })
			.map_err(|_| Error::<T>::NoFreeSlot)?;
		Slots::<T>::put(slots);
		if let Action::Dispatch { hash, .. } = &action {
			T::Preimages::request(&H256(*hash));
		}

		let now = Self::now();
		let until = now.saturating_add(parameters.voting_period);
		let proposal = Proposal {
			proposer: proposer.clone(),
			by_member,
			title,
			text,
			action,
			stake,
			submitted: now,
			state: ProposalState::Active { until },
			voters: Default::default(),
			tally: Default::default(),
			members: 0,
		};
		Proposals::<T>::insert(id, proposal);
		Self::schedule(Step::Proposal(id), until);
		Self::tally_proposal(kind, |tally| &mut tally.submitted);
		Self::deposit_event(Event::ProposalSubmitted { proposal: id, proposer, kind });
		Ok(())
	}

	/// Fails if `action` could never be carried out.
	fn check_action(action: &Action<T::AccountId, BalanceOf<T>>) -> DispatchResult {
		match action {
			Action::Signal | Action::ApproveSchema { .. } | Action::ActivateSchema { .. } => Ok(()),
			Action::Grant { beneficiary, milestones } => {
				Self::check_milestones(beneficiary, milestones).map(|_| ())
			},
			Action::Bounty { terms, amount } => Self::check_terms(terms, *amount),
			Action::Spend { beneficiary, amount } => {
				ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
				ensure!(*beneficiary != T::FundAccount::get(), Error::<T>::ToTheFund);
				Ok(())
			},
			Action::Dispatch { hash, len, .. } => {
				let noted = T::Preimages::len(&H256(*hash)) == Some(*len);
				ensure!(noted, Error::<T>::PreimageMissing);
				Ok(())
			},
		}
	}

	pub(crate) fn do_cancel(who: T::AccountId, id: ProposalId) -> DispatchResult {
		let proposal = Self::active(id)?;
		ensure!(proposal.proposer == who, Error::<T>::NotTheProposer);
		Self::tally_proposal(proposal.action.kind(), |tally| &mut tally.canceled);
		Self::close(id, proposal, ProposalState::Canceled { at: Self::now() })?;
		Self::deposit_event(Event::ProposalCanceled { proposal: id });
		Ok(())
	}

	pub(crate) fn do_veto(id: ProposalId) -> DispatchResult {
		let mut proposal = Self::proposal(id)?;
		let kind = proposal.action.kind();
		let vetoed = ProposalState::Vetoed { at: Self::now() };
		match proposal.state {
			ProposalState::Active { .. } => Self::close(id, proposal, vetoed)?,
			ProposalState::Approved { .. } => {
				Self::set_state(id, &mut proposal, vetoed);
				Proposals::<T>::insert(id, proposal);
			},
			_ => return Err(Error::<T>::NothingToVeto.into()),
		}
		Self::tally_proposal(kind, |tally| &mut tally.vetoed);
		Self::deposit_event(Event::ProposalVetoed { proposal: id });
		Ok(())
	}

	/// Tells whether the vote decided the proposal.
	pub(crate) fn do_vote(
		who: T::AccountId,
		id: ProposalId,
		vote: Vote,
		reason: Reason,
	) -> Result<bool, DispatchError> {
		let members = Self::ensure_member(&who)?;
		Self::ensure_text(&reason)?;
		let mut proposal = Self::active(id)?;
		let now = Self::now();
		if let ProposalState::Active { until } = proposal.state {
			ensure!(now < until, Error::<T>::ProposalDecided);
		}
		if !proposal.voters.contains(&who) {
			if proposal.voters.len() >= MAX_COUNCIL as usize {
				Self::drop_strangers(id, &mut proposal, &members);
			}
			proposal.voters.try_push(who.clone()).map_err(|_| Error::<T>::NotAMember)?;
		}
		Votes::<T>::insert(id, &who, VoteRecord { vote, reason, at: now });
		Self::deposit_event(Event::Voted { proposal: id, member: who, vote });

		let tally = Self::count(id, &proposal, &members);
		let early =
			Self::rule(proposal.action.kind()).early(&tally, members.len().saturated_into());
		match early {
			Some(outcome) => Self::decide(id, proposal, outcome, &members)?,
			None => Proposals::<T>::insert(id, proposal),
		}
		Ok(early.is_some())
	}

	pub(crate) fn do_remove_vote(who: T::AccountId, id: ProposalId) -> DispatchResult {
		let mut proposal = Self::active(id)?;
		ensure!(Votes::<T>::take(id, &who).is_some(), Error::<T>::VoteNotFound);
		proposal.voters.retain(|voter| *voter != who);
		Proposals::<T>::insert(id, proposal);
		Self::deposit_event(Event::VoteRemoved { proposal: id, member: who });
		Ok(())
	}

	/// The votes of those who are members.
	pub(crate) fn count(
		id: ProposalId,
		proposal: &ProposalOf<T>,
		members: &[T::AccountId],
	) -> Tally {
		let mut tally = Tally::default();
		for voter in proposal.voters.iter().filter(|voter| members.contains(voter)) {
			if let Some(record) = Votes::<T>::get(id, voter) {
				tally.count(record.vote);
			}
		}
		tally
	}

	/// Drops the votes of those who are no longer members.
	fn drop_strangers(id: ProposalId, proposal: &mut ProposalOf<T>, members: &[T::AccountId]) {
		proposal.voters.retain(|voter| {
			let stays = members.contains(voter);
			if !stays {
				Votes::<T>::remove(id, voter);
			}
			stays
		});
	}

	/// Most that a decision weighs.
	pub(crate) fn decide_weight() -> Weight {
		T::WeightInfo::decide()
			.saturating_add(T::WeightInfo::reward().saturating_mul(MAX_COUNCIL.into()))
	}

	/// What is due for a proposal in voting: its outcome, if the time is up or nothing can change it.
	pub(crate) fn due_outcome(
		id: ProposalId,
		proposal: &ProposalOf<T>,
		members: &[T::AccountId],
	) -> Option<Outcome> {
		let ProposalState::Active { until } = proposal.state else { return None };
		let tally = Self::count(id, proposal, members);
		let rule = Self::rule(proposal.action.kind());
		let size = members.len().saturated_into();
		if Self::now() >= until {
			Some(rule.outcome(&tally, size))
		} else {
			rule.early(&tally, size)
		}
	}

	/// Ends the voting.
	pub(crate) fn decide(
		id: ProposalId,
		mut proposal: ProposalOf<T>,
		outcome: Outcome,
		members: &[T::AccountId],
	) -> DispatchResult {
		let kind = proposal.action.kind();
		let at = Self::now();
		Self::drop_strangers(id, &mut proposal, members);
		let tally = Self::count(id, &proposal, members);
		let size = members.len().saturated_into();
		proposal.tally = tally;
		proposal.members = size;
		let informed = Self::informed(id, &proposal);
		if outcome == Outcome::Slashed {
			let amount = Self::slash(HoldReason::ProposalStake, &proposal.proposer, proposal.stake);
			proposal.stake = Zero::zero();
			Self::deposit_event(Event::StakeSlashed { proposal: id, amount });
		}
		let (state, counter): (_, fn(&mut ProposalTally) -> &mut u32) = match outcome {
			Outcome::Passed => {
				let execute_at = at.saturating_add(Self::parameters(kind).grace);
				(ProposalState::Approved { execute_at }, |tally| &mut tally.approved)
			},
			Outcome::Rejected => (ProposalState::Rejected { at }, |tally| &mut tally.rejected),
			Outcome::Slashed => (ProposalState::Slashed { at }, |tally| &mut tally.slashed),
			Outcome::NoQuorum => (ProposalState::NoQuorum { at }, |tally| &mut tally.no_quorum),
		};
		Self::tally_proposal(kind, counter);
		Self::close(id, proposal, state)?;
		Self::deposit_event(Event::ProposalDecided { proposal: id, outcome, tally, members: size });
		if kind != Kind::Signal && outcome != Outcome::NoQuorum {
			Self::reward_voters(&informed);
		}
		Ok(())
	}

	/// Gives back the stake and the slot of a proposal in voting, and puts it into `state`.
	fn close(id: ProposalId, mut proposal: ProposalOf<T>, state: ProposalState) -> DispatchResult {
		Self::give_back(HoldReason::ProposalStake, &proposal.proposer, proposal.stake)?;
		proposal.stake = Zero::zero();
		Slots::<T>::mutate(|slots| slots.retain(|slot| slot.proposal != id));
		Self::set_state(id, &mut proposal, state);
		Proposals::<T>::insert(id, proposal);
		Ok(())
	}

	/// Puts `proposal` into `state`: its step on the agenda, and its claim to a preimage, follow. The caller
	/// stores it.
	pub(crate) fn set_state(id: ProposalId, proposal: &mut ProposalOf<T>, state: ProposalState) {
		let retention = T::Retention::get();
		Self::unschedule(Step::Proposal(id), next_step(&proposal.state, retention));
		Self::schedule(Step::Proposal(id), next_step(&state, retention));
		if wants_preimage(&proposal.state) && !wants_preimage(&state) {
			Self::drop_preimage(proposal);
		}
		proposal.state = state;
	}

	fn drop_preimage(proposal: &ProposalOf<T>) {
		if let Action::Dispatch { hash, .. } = &proposal.action {
			let hash = H256(*hash);
			// Root can have withdrawn the request; then there is nothing to withdraw.
			if T::Preimages::is_requested(&hash) {
				T::Preimages::unrequest(&hash);
			}
		}
	}

	/// Forgets a proposal, its votes and, if nobody posted, its thread.
	pub(crate) fn prune(id: ProposalId, proposal: &ProposalOf<T>) {
		for voter in &proposal.voters {
			Votes::<T>::remove(id, voter);
		}
		if wants_preimage(&proposal.state) {
			Self::drop_preimage(proposal);
		}
		if Threads::<T>::get(id).is_some_and(|thread| thread.posts == 0) {
			Threads::<T>::remove(id);
		}
		Self::unschedule(Step::Proposal(id), next_step(&proposal.state, T::Retention::get()));
		Proposals::<T>::remove(id);
		Self::deposit_event(Event::ProposalPruned { proposal: id });
	}

	/// The voters who gave a reason.
	fn informed(id: ProposalId, proposal: &ProposalOf<T>) -> Vec<T::AccountId> {
		use rome_primitives::governance::limits::MIN_INFORMED_BYTES;
		let informed = |voter: &&T::AccountId| {
			Votes::<T>::get(id, voter)
				.is_some_and(|record| record.reason.len() >= MIN_INFORMED_BYTES as usize)
		};
		proposal.voters.iter().filter(informed).cloned().collect()
	}
}
