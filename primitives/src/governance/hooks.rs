//! What governance asks of other parts, and what it is told by them.

use super::BenchmarkCondition;
use crate::content::SuggestionId;
use alloc::vec::Vec;
use sp_runtime::{DispatchError, DispatchResult, Weight};

/// Who decides.
pub trait Council<AccountId> {
	/// The members now: no account twice, at most [`MAX_COUNCIL`](super::limits::MAX_COUNCIL).
	fn members() -> Vec<AccountId>;

	/// How many seats there are, filled or not.
	fn seats() -> u32;

	/// Makes these the members, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn set_members(_members: &[AccountId]) {}
}

/// Suggested schemas, as far as proposals decide on them. `()` stands for a chain without a directory.
pub trait SchemaDecisions<Origin> {
	/// Approves a suggestion.
	fn approve(origin: Origin, suggestion: SuggestionId) -> DispatchResult;

	/// Activates an approved suggestion.
	fn activate(origin: Origin, suggestion: SuggestionId) -> DispatchResult;

	/// Most that one of them costs.
	fn weight() -> Weight;
}

impl<Origin> SchemaDecisions<Origin> for () {
	fn approve(_: Origin, _: SuggestionId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn activate(_: Origin, _: SuggestionId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn weight() -> Weight {
		Weight::zero()
	}
}

/// The benchmark oracle, as far as milestones wait for it. `()` has measured nothing.
pub trait MilestoneOracle {
	/// Whether the condition is met by what has been settled up to now.
	fn is_met(condition: &BenchmarkCondition) -> bool;

	/// Most that one answer costs.
	fn weight() -> Weight;
}

impl MilestoneOracle for () {
	fn is_met(_: &BenchmarkCondition) -> bool {
		false
	}

	fn weight() -> Weight {
		Weight::zero()
	}
}

/// Told when a provider of storage or distribution becomes active.
pub trait OnProviderActivated<AccountId> {
	/// `owner`'s provider is at work. `operator` is the number under which the conductor attested whose
	/// machines these are: what makes two providers of one operator one.
	fn on_provider_activated(owner: &AccountId, operator: u32);

	/// Most that one call costs.
	fn weight() -> Weight;
}

impl<AccountId> OnProviderActivated<AccountId> for () {
	fn on_provider_activated(_: &AccountId, _: u32) {}

	fn weight() -> Weight {
		Weight::zero()
	}
}
