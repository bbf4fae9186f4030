//! Carrying out what has passed.

use crate::{types::ProposalOf, Config, Error, Event, Pallet, Proposals, WeightInfo};
use codec::DecodeLimit;
use frame_support::{
	dispatch::{extract_actual_weight, GetDispatchInfo},
	ensure,
	storage::with_storage_layer,
	traits::{Get, QueryPreimage},
	weights::Weight,
};
use rome_primitives::governance::{
	Action, Failure, Kind, ProposalId, ProposalState, RewardKind, SchemaDecisions,
};
use sp_core::H256;
use sp_runtime::{
	traits::{Convert, Dispatchable},
	DispatchError,
};

/// How deep a call may nest, as in any transaction.
const CALL_DEPTH: u32 = 256;

/// What came of an attempt.
enum Attempt {
	/// It was carried out.
	Done,
	/// It failed.
	Failed(Failure),
	/// The call weighs more than may be used now, and less than a call may.
	TooHeavyNow,
}

impl<T: Config> Pallet<T> {
	/// Most that carrying out a proposal weighs, but for its call.
	pub(crate) fn execute_weight() -> Weight {
		T::WeightInfo::execute()
			.saturating_add(T::Schemas::weight())
			.saturating_add(T::WeightInfo::reward())
	}

	/// Does what is due for a proposal. Tells what that weighed.
	pub(crate) fn do_execute(id: ProposalId, limit: Weight) -> Result<Weight, DispatchError> {
		let proposal = Self::proposal(id)?;
		match &proposal.state {
			ProposalState::Active { .. } => {
				let members = Self::members();
				let outcome =
					Self::due_outcome(id, &proposal, &members).ok_or(Error::<T>::NotDue)?;
				Self::decide(id, proposal, outcome, &members)?;
				Ok(Self::decide_weight())
			},
			ProposalState::Approved { execute_at } => {
				ensure!(Self::now() >= *execute_at, Error::<T>::NotDue);
				Self::attempt(id, proposal, limit).map_err(|_| Error::<T>::WeightBoundTooLow.into())
			},
			ProposalState::ExecutionFailed { at, failure } => {
				let until = at.saturating_add(T::RetryPeriod::get());
				let retry = failure.can_be_retried() && Self::now() < until;
				ensure!(retry, Error::<T>::NotDue);
				Self::attempt(id, proposal, limit).map_err(|_| Error::<T>::WeightBoundTooLow.into())
			},
			_ => Err(Error::<T>::NotDue.into()),
		}
	}

	/// Does a proposal's step. Tells what that weighed; nothing happens where a call does not fit `limit`.
	pub(crate) fn serve_proposal(id: ProposalId, limit: Weight) -> Weight {
		let Some(proposal) = Proposals::<T>::get(id) else { return Weight::zero() };
		match proposal.state {
			ProposalState::Active { .. } => {
				let members = Self::members();
				let Some(outcome) = Self::due_outcome(id, &proposal, &members) else {
					return Weight::zero();
				};
				let decided = with_storage_layer(|| Self::decide(id, proposal, outcome, &members));
				frame_support::defensive_assert!(decided.is_ok(), "a due proposal is decided");
				Self::decide_weight()
			},
			ProposalState::Approved { .. } => {
				Self::attempt(id, proposal, limit).unwrap_or_else(|looked_up| looked_up)
			},
			_ => {
				Self::prune(id, &proposal);
				T::WeightInfo::prune()
			},
		}
	}

	/// Carries a proposal out and records what came of it. Tells what that weighed; as an error, where
	/// nothing has changed because its call does not fit `limit`.
	fn attempt(
		id: ProposalId,
		mut proposal: ProposalOf<T>,
		limit: Weight,
	) -> Result<Weight, Weight> {
		let before = proposal.state.clone();
		let kind = proposal.action.kind();
		let at = Self::now();
		// First of all it counts as done: a call that leads back here finds nothing to do.
		let mut done = proposal.clone();
		done.state = ProposalState::Executed { at };
		Proposals::<T>::insert(id, &done);

		let (attempt, call_weight) = Self::carry_out(id, &proposal, limit);
		let state = match attempt {
			Attempt::TooHeavyNow => {
				Proposals::<T>::insert(id, proposal);
				return Err(call_weight.saturating_add(T::WeightInfo::prune()));
			},
			Attempt::Done => {
				Self::tally_proposal(kind, |tally| &mut tally.executed);
				Self::deposit_event(Event::ProposalExecuted { proposal: id });
				ProposalState::Executed { at }
			},
			Attempt::Failed(failure) => {
				Self::tally_proposal(kind, |tally| &mut tally.failed);
				Self::deposit_event(Event::ProposalExecutionFailed {
					proposal: id,
					failure: failure.clone(),
				});
				// The time for another attempt does not begin anew.
				let at = match before {
					ProposalState::ExecutionFailed { at, .. } => at,
					_ => at,
				};
				ProposalState::ExecutionFailed { at, failure }
			},
		};
		let executed = matches!(state, ProposalState::Executed { .. });
		Self::set_state(id, &mut proposal, state);
		let proposer = proposal.proposer.clone();
		let outside = !proposal.by_member && !Self::members().contains(&proposer);
		Proposals::<T>::insert(id, proposal);
		if executed && outside && kind != Kind::Signal {
			Self::reward(RewardKind::ProposalExecuted, &proposer, None);
		}
		Ok(Self::execute_weight().saturating_add(call_weight))
	}

	/// Does what the proposal is about: all of it or nothing. Tells what its call weighed.
	fn carry_out(id: ProposalId, proposal: &ProposalOf<T>, limit: Weight) -> (Attempt, Weight) {
		let origin = || T::ApprovedOrigin::convert((proposal.tally.approve, proposal.members));
		let result = match &proposal.action {
			Action::Signal => Ok(()),
			Action::Grant { beneficiary, milestones } => with_storage_layer(|| {
				Self::grant_by_vote(id, proposal.title.clone(), beneficiary.clone(), milestones)
			}),
			Action::Bounty { terms, amount } => with_storage_layer(|| {
				Self::open_bounty(id, proposal.title.clone(), terms.clone(), *amount)
			}),
			Action::Spend { beneficiary, amount } => {
				with_storage_layer(|| Self::spend(id, beneficiary, *amount))
			},
			Action::ApproveSchema { suggestion } => {
				with_storage_layer(|| T::Schemas::approve(origin(), *suggestion))
			},
			Action::ActivateSchema { suggestion } => {
				with_storage_layer(|| T::Schemas::activate(origin(), *suggestion))
			},
			Action::Dispatch { hash, len, root } => {
				let origin = if *root { frame_system::RawOrigin::Root.into() } else { origin() };
				return Self::dispatch(origin, H256(*hash), *len, limit);
			},
		};
		let attempt = match result {
			Ok(()) => Attempt::Done,
			Err(error) => Attempt::Failed(Failure::Refused(error)),
		};
		(attempt, Weight::zero())
	}

	/// Makes the call whose preimage has this hash.
	fn dispatch(
		origin: T::RuntimeOrigin,
		hash: H256,
		len: u32,
		limit: Weight,
	) -> (Attempt, Weight) {
		let most = T::MaxDispatchWeight::get();
		let lookup = T::WeightInfo::lookup(len);
		let failed = |failure, weight| (Attempt::Failed(failure), weight);
		if lookup.any_gt(most) {
			return failed(Failure::TooHeavy, Weight::zero());
		}
		if lookup.any_gt(limit) {
			return (Attempt::TooHeavyNow, Weight::zero());
		}
		let Ok(bytes) = T::Preimages::fetch(&hash, Some(len)) else {
			return failed(Failure::PreimageMissing, lookup);
		};
		let Ok(call) = T::DispatchCall::decode_all_with_depth_limit(CALL_DEPTH, &mut &bytes[..])
		else {
			return failed(Failure::NotACall, lookup);
		};
		let info = call.get_dispatch_info();
		let weight = info.call_weight.saturating_add(lookup);
		if weight.any_gt(most) {
			return failed(Failure::TooHeavy, lookup);
		}
		if weight.any_gt(limit) {
			return (Attempt::TooHeavyNow, lookup);
		}
		let was_sound = Self::is_sound();
		let mut used = info.call_weight;
		let mut kills = false;
		let result = with_storage_layer(|| {
			let result = call.dispatch(origin);
			used = extract_actual_weight(&result, &info);
			result.map_err(|error| error.error)?;
			kills = was_sound && !Self::is_sound();
			if kills {
				return Err(DispatchError::Other("the fund's account"));
			}
			Ok(())
		});
		let attempt = match result {
			Ok(()) => Attempt::Done,
			Err(_) if kills => Attempt::Failed(Failure::KillsFund),
			Err(error) => Attempt::Failed(Failure::Refused(error)),
		};
		(attempt, used.saturating_add(lookup))
	}
}
