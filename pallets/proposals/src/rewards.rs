//! Standing rewards.
//!
//! A period's budget is set aside when the period begins, as far as the fund has it; what is left of it at
//! the end counts for the next. Nothing is paid beyond it, nor to one account beyond its cap. Who is paid what
//! depends on things that cost something to bring about: a decision of the council, an operator that the
//! conductor has attested, a stake. Fresh accounts change none of that.

use crate::{
	types::{BalanceOf, Step},
	Config, Error, Event, HoldReason, Pallet, Received, RewardPools, RewardRounds, RewardedClasses,
	RewardedOperators, WeightInfo,
};
use frame_support::{dispatch::DispatchResult, ensure, weights::Weight};
use rome_primitives::{
	content::{Category, ClassId, OnSchemaActivated, SchemaVersion},
	governance::{OnProviderActivated, RewardKind, RewardPool, StandingReward},
};
use sp_runtime::{
	traits::{Saturating, Zero},
	SaturatedConversion,
};

/// The shortest period, in blocks.
pub(crate) const MIN_PERIOD: u32 = 10;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_standing_reward(
		kind: RewardKind,
		terms: Option<StandingReward<BalanceOf<T>>>,
	) -> DispatchResult {
		if let Some(terms) = &terms {
			let sound = !terms.amount.is_zero()
				&& terms.amount <= terms.budget
				&& !terms.account_cap.is_zero()
				&& terms.account_cap <= terms.budget
				&& terms.period >= MIN_PERIOD;
			ensure!(sound, Error::<T>::BadReward);
		}
		let before = RewardPools::<T>::take(kind);
		ensure!(before.is_some() || terms.is_some(), Error::<T>::RewardNotSet);
		let mut paid = Zero::zero();
		if let Some(pool) = before {
			Self::unschedule(Step::Reward(kind), pool.until);
			Self::unmark(HoldReason::Rewards, pool.left)?;
			paid = pool.paid;
		}
		Self::deposit_event(Event::StandingRewardSet { reward: kind, terms });
		if let Some(terms) = terms {
			let pool = RewardPool { terms, round: 0, until: 0, left: Zero::zero(), paid };
			Self::begin(kind, pool);
		}
		Ok(())
	}

	/// Begins a period with what is left of the one before and what there is of the budget.
	fn begin(kind: RewardKind, mut pool: RewardPool<BalanceOf<T>>) {
		let missing = pool.terms.budget.saturating_sub(pool.left);
		pool.left.saturating_accrue(Self::earmark_up_to(HoldReason::Rewards, missing));
		pool.until = Self::now().saturating_add(pool.terms.period);
		pool.round = RewardRounds::<T>::mutate(kind, |round| {
			round.saturating_inc();
			*round
		});
		Self::schedule(Step::Reward(kind), pool.until);
		let set_aside = pool.left;
		RewardPools::<T>::insert(kind, pool);
		Self::deposit_event(Event::RewardPeriodStarted { reward: kind, set_aside });
	}

	/// Does a standing reward's step: its period is over.
	pub(crate) fn start_period(kind: RewardKind) {
		let Some(pool) = RewardPools::<T>::get(kind) else { return };
		if pool.until <= Self::now() {
			Self::unschedule(Step::Reward(kind), pool.until);
			Self::begin(kind, pool);
		}
	}

	/// Pays `who` what the reward gives, or `amount` of it, as far as budget and cap allow.
	pub(crate) fn reward(kind: RewardKind, who: &T::AccountId, amount: Option<BalanceOf<T>>) {
		let Some(mut pool) = RewardPools::<T>::get(kind) else { return };
		let (round, received) = Received::<T>::get(kind, who);
		let received = if round == pool.round { received } else { Zero::zero() };
		let amount = amount
			.unwrap_or(pool.terms.amount)
			.min(pool.left)
			.min(pool.terms.account_cap.saturating_sub(received));
		let account = who.clone();
		if amount.is_zero() || Self::pay(HoldReason::Rewards, who, amount).is_err() {
			Self::deposit_event(Event::RewardNotPaid { reward: kind, account });
			return;
		}
		Received::<T>::insert(kind, who, (pool.round, received.saturating_add(amount)));
		pool.left.saturating_reduce(amount);
		pool.paid.saturating_accrue(amount);
		RewardPools::<T>::insert(kind, pool);
		Self::deposit_event(Event::Rewarded { reward: kind, account, amount });
	}

	/// Shares the reward for informed voting among `voters`.
	pub(crate) fn reward_voters(voters: &[T::AccountId]) {
		let kind = RewardKind::InformedVoting;
		let Some(pool) = RewardPools::<T>::get(kind) else { return };
		let count = voters.len().max(1).saturated_into::<BalanceOf<T>>();
		let share = sp_runtime::traits::CheckedDiv::checked_div(&pool.terms.amount, &count)
			.unwrap_or_default();
		for voter in voters {
			Self::reward(kind, voter, Some(share));
		}
	}
}

impl<T: Config> OnSchemaActivated<T::AccountId> for Pallet<T> {
	fn on_schema_activated(proposer: &T::AccountId, class: ClassId, _: SchemaVersion, _: Category) {
		let kind = RewardKind::SchemaActivated;
		let Some(pool) = RewardPools::<T>::get(kind) else { return };
		// One class, changed again and again, is rewarded once.
		if RewardedClasses::<T>::get(class) == Some(pool.round) {
			return;
		}
		RewardedClasses::<T>::insert(class, pool.round);
		Self::reward(kind, proposer, None);
	}

	fn weight() -> Weight {
		T::WeightInfo::reward()
	}
}

impl<T: Config> OnProviderActivated<T::AccountId> for Pallet<T> {
	fn on_provider_activated(owner: &T::AccountId, operator: u32) {
		let kind = RewardKind::ProviderActivated;
		if !RewardPools::<T>::contains_key(kind) || RewardedOperators::<T>::contains_key(operator) {
			return;
		}
		RewardedOperators::<T>::insert(operator, ());
		Self::reward(kind, owner, None);
	}

	fn weight() -> Weight {
		T::WeightInfo::reward()
	}
}
