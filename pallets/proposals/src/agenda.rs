//! What is due, and doing it.

use crate::{types::Step, Agenda, Config, Pallet, Proposals, WeightInfo};
use alloc::vec::Vec;
use frame_support::{
	traits::Get,
	weights::{Weight, WeightMeter},
};
use rome_primitives::governance::{MilestoneOracle, ProposalState};

/// How many steps are looked at in a block.
pub(crate) const STEPS_PER_BLOCK: u32 = 16;

impl<T: Config> Pallet<T> {
	/// Puts `step` on the agenda of `block`.
	pub(crate) fn schedule(step: Step, block: u32) {
		Agenda::<T>::insert(block.to_be_bytes(), step, ());
	}

	/// Takes `step` off the agenda of `block`.
	pub(crate) fn unschedule(step: Step, block: u32) {
		Agenda::<T>::remove(block.to_be_bytes(), step);
	}

	/// Does what is due and fits. What does not fit this block stays on the agenda.
	pub(crate) fn serve_agenda(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::serve_agenda(STEPS_PER_BLOCK)).is_err() {
			return;
		}
		let now = Self::now();
		let due: Vec<Step> = Agenda::<T>::iter_keys()
			.take_while(|(block, _)| u32::from_be_bytes(*block) <= now)
			.take(STEPS_PER_BLOCK as usize)
			.map(|(_, step)| step)
			.collect();
		for step in due {
			Self::serve(step, meter);
		}
	}

	/// Does one step if it fits.
	fn serve(step: Step, meter: &mut WeightMeter) {
		let weight = Self::step_weight(step);
		if !meter.can_consume(weight) {
			return;
		}
		match step {
			Step::Proposal(id) => {
				// A call may take what the other steps leave.
				let limit = meter.remaining().saturating_sub(weight);
				let used = Self::serve_proposal(id, limit.min(T::MaxDispatchWeight::get()));
				meter.consume(used.min(meter.remaining()));
			},
			Step::Record(grant) => {
				meter.consume(weight);
				Self::expire_record(grant);
			},
			Step::Milestone(grant, milestone) => {
				meter.consume(weight);
				Self::serve_milestone(grant, milestone);
			},
			Step::Bounty(bounty) => {
				meter.consume(weight);
				Self::serve_bounty(bounty);
			},
			Step::Reward(reward) => {
				meter.consume(weight);
				Self::start_period(reward);
			},
		}
	}

	/// Most that a step weighs, but for the call that a proposal makes.
	pub(crate) fn step_weight(step: Step) -> Weight {
		match step {
			Step::Proposal(id) => match Proposals::<T>::get(id).map(|proposal| proposal.state) {
				Some(ProposalState::Active { .. }) => Self::decide_weight(),
				Some(ProposalState::Approved { .. }) => Self::execute_weight(),
				_ => T::WeightInfo::prune(),
			},
			Step::Record(_) => T::WeightInfo::expire_record(),
			Step::Milestone(..) => {
				T::WeightInfo::serve_milestone().saturating_add(T::Oracle::weight())
			},
			Step::Bounty(_) => T::WeightInfo::serve_bounty(),
			Step::Reward(_) => T::WeightInfo::start_period(),
		}
	}
}
