//! How limits, weights and the block relate. Checked once for every runtime.

use crate::{agenda::STEPS_PER_BLOCK, types::BalanceOf, Config, Pallet, WeightInfo};
use frame_support::{
	dispatch::DispatchClass,
	traits::{fungible::Inspect, Get},
};
use rome_primitives::governance::{
	limits::{MAX_COUNCIL, MAX_OPEN_PROPOSALS, MAX_SLOTS},
	voting::MIN_THRESHOLD,
	Council, Kind, MilestoneOracle,
};
use sp_runtime::{
	traits::{Convert, Zero},
	Perbill,
};

/// How many of the heaviest calls must fit a block together: one never keeps all others out.
const CALLS_PER_BLOCK: u64 = 10;

impl<T: Config> Pallet<T> {
	/// Panics, saying why, if this runtime's configuration cannot work.
	pub(crate) fn check_integrity() {
		assert!(
			MAX_SLOTS >= MAX_OPEN_PROPOSALS.saturating_add(MAX_COUNCIL),
			"not every member of the council has a slot"
		);
		assert!(T::Council::seats() <= MAX_COUNCIL, "the council has more seats than votes fit");

		let root = T::KindDefaults::convert(Kind::RootDispatch);
		assert!(root.grace >= T::MinRootGrace::get(), "root's authority comes too early");
		for kind in Kind::ALL {
			let parameters = T::KindDefaults::convert(kind);
			assert!(
				parameters.threshold >= MIN_THRESHOLD
					&& parameters.threshold <= Perbill::from_percent(100)
					&& parameters.quorum <= Perbill::from_percent(100),
				"{kind:?} asks for a share of the votes that ties reach, or nobody"
			);
			assert!(parameters.voting_period > 0, "{kind:?} cannot be voted on");
			assert!(
				parameters.grace <= root.grace,
				"{kind:?} waits longer than proposals with root's authority"
			);
			assert!(
				kind == Kind::RootDispatch || !parameters.stake.is_zero(),
				"{kind:?} costs nothing to propose"
			);
		}
		assert!(
			T::Retention::get() >= T::RetryPeriod::get(),
			"a failed execution is forgotten while it can be retried"
		);
		assert!(
			T::MinContribution::get() >= T::Currency::minimum_balance(),
			"a contribution can be too small to be given back"
		);
		assert!(T::PostDepositBase::get() > BalanceOf::<T>::zero(), "posts cost nothing");

		let limits = T::BlockWeights::get();
		let normal = limits.get(DispatchClass::Normal);
		let most = normal.max_extrinsic.unwrap_or(limits.max_block);
		for (call, weight) in [
			("submit", T::WeightInfo::submit()),
			("vote", T::WeightInfo::vote().saturating_add(Self::decide_weight())),
			("execute", Self::execute_weight()),
			("judge", T::WeightInfo::judge()),
			("stop_grant", T::WeightInfo::stop_grant()),
		] {
			assert!(
				weight.saturating_mul(CALLS_PER_BLOCK).all_lte(most),
				"{call} at its limits takes too much of a block: {weight:?}"
			);
		}
		let steps = [
			Self::decide_weight(),
			Self::execute_weight(),
			T::WeightInfo::prune(),
			T::WeightInfo::serve_milestone().saturating_add(T::Oracle::weight()),
			T::WeightInfo::serve_bounty(),
		];
		let heaviest = steps
			.iter()
			.fold(Default::default(), |most: frame_support::weights::Weight, step| most.max(*step));
		let agenda = T::WeightInfo::serve_agenda(STEPS_PER_BLOCK).saturating_add(heaviest);
		assert!(
			agenda.saturating_add(T::MaxDispatchWeight::get()).all_lte(most),
			"the heaviest call that a proposal can make does not fit a block"
		);
	}
}
