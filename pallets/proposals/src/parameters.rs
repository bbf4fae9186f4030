//! What kinds of proposals cost and need.

use crate::{types::BalanceOf, Config, Error, Event, Kinds, Pallet};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use rome_primitives::governance::{
	voting::{VotingRule, MIN_THRESHOLD},
	Council, Kind, KindParameters,
};
use sp_runtime::{traits::Convert, Perbill};

impl<T: Config> Pallet<T> {
	/// What a kind costs and needs now.
	pub fn parameters(kind: Kind) -> KindParameters<BalanceOf<T>> {
		Kinds::<T>::get(kind).unwrap_or_else(|| T::KindDefaults::convert(kind))
	}

	/// What a kind asks of the votes now.
	pub(crate) fn rule(kind: Kind) -> VotingRule {
		let parameters = Self::parameters(kind);
		VotingRule {
			threshold: parameters.threshold,
			quorum: parameters.quorum,
			unanimous: (kind == Kind::RootDispatch).then(T::Council::seats),
		}
	}

	/// Fails if `parameters` are not allowed for `kind` beside those of the others.
	pub(crate) fn check_parameters(
		kind: Kind,
		parameters: &KindParameters<BalanceOf<T>>,
	) -> DispatchResult {
		let all = Perbill::from_percent(100);
		let graces = || Kind::ALL.iter().map(|kind| (*kind, Self::parameters(*kind).grace));
		// Root's authority comes after the longest grace of all.
		let grace = if kind == Kind::RootDispatch {
			parameters.grace >= T::MinRootGrace::get()
				&& graces().all(|(other, grace)| other == kind || grace <= parameters.grace)
		} else {
			parameters.grace <= Self::parameters(Kind::RootDispatch).grace
		};
		let sound = parameters.threshold >= MIN_THRESHOLD
			&& parameters.threshold <= all
			&& parameters.quorum <= all
			&& parameters.voting_period > 0
			&& grace;
		ensure!(sound, Error::<T>::BadParameters);
		Ok(())
	}

	pub(crate) fn do_set_kind_parameters(
		kind: Kind,
		parameters: KindParameters<BalanceOf<T>>,
	) -> DispatchResult {
		Self::check_parameters(kind, &parameters)?;
		Kinds::<T>::insert(kind, parameters);
		Self::deposit_event(Event::KindParametersSet { kind });
		Ok(())
	}
}
