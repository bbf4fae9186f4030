//! The fund: its account, what is set aside on it, and every payment.
//!
//! All money that leaves the account leaves it here.

use crate::{types::BalanceOf, Config, Error, Event, HoldReason, Pallet};
use alloc::vec::Vec;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, InspectHold, Mutate, MutateHold},
		tokens::{Fortitude, Precision, Preservation, Restriction},
		Get,
	},
	weights::Weight,
};
use rome_primitives::governance::ProposalId;
use sp_runtime::{
	helpers_128bit::multiply_by_rational_with_rounding,
	traits::{Saturating, Zero},
	DispatchError, Rounding, SaturatedConversion,
};

use crate::WeightInfo;

/// What is set aside on the fund's account.
pub(crate) const EARMARKS: [HoldReason; 3] =
	[HoldReason::Grants, HoldReason::Bounties, HoldReason::Rewards];

/// `amount * part / whole`, rounded down; nothing of nothing.
pub(crate) fn share_of<Balance>(amount: Balance, part: Balance, whole: Balance) -> Balance
where
	Balance: sp_runtime::traits::AtLeast32BitUnsigned + Copy,
{
	let exact = multiply_by_rational_with_rounding(
		amount.saturated_into(),
		part.saturated_into(),
		whole.saturated_into(),
		Rounding::Down,
	);
	exact.unwrap_or_default().saturated_into()
}

impl<T: Config> Pallet<T> {
	/// The block that is being made.
	pub(crate) fn now() -> u32 {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// The members of the council.
	pub(crate) fn members() -> Vec<T::AccountId> {
		use rome_primitives::governance::Council;
		T::Council::members()
	}

	/// Fails if `who` is not a member of the council.
	pub(crate) fn ensure_member(who: &T::AccountId) -> Result<Vec<T::AccountId>, DispatchError> {
		let members = Self::members();
		ensure!(members.contains(who), Error::<T>::NotAMember);
		Ok(members)
	}

	/// Fails if `text` is not UTF-8.
	pub(crate) fn ensure_text(text: &[u8]) -> DispatchResult {
		ensure!(core::str::from_utf8(text).is_ok(), Error::<T>::NotUtf8);
		Ok(())
	}

	/// What can be promised: neither set aside, nor what keeps the account alive.
	pub(crate) fn free() -> BalanceOf<T> {
		T::Currency::reducible_balance(
			&T::FundAccount::get(),
			Preservation::Preserve,
			Fortitude::Polite,
		)
	}

	/// What is set aside for `reason`.
	pub(crate) fn set_aside(reason: HoldReason) -> BalanceOf<T> {
		T::Currency::balance_on_hold(&reason.into(), &T::FundAccount::get())
	}

	/// Sets `amount` aside.
	pub(crate) fn earmark(reason: HoldReason, amount: BalanceOf<T>) -> DispatchResult {
		ensure!(amount <= Self::free(), Error::<T>::InsufficientFunds);
		T::Currency::hold(&reason.into(), &T::FundAccount::get(), amount)
	}

	/// Sets aside what there is of `amount`. Tells how much.
	pub(crate) fn earmark_up_to(reason: HoldReason, amount: BalanceOf<T>) -> BalanceOf<T> {
		let amount = amount.min(Self::free());
		match with_storage_layer(|| Self::earmark(reason, amount)) {
			Ok(()) => amount,
			Err(_) => Zero::zero(),
		}
	}

	/// Gives `amount` back to what is free.
	pub(crate) fn unmark(reason: HoldReason, amount: BalanceOf<T>) -> DispatchResult {
		T::Currency::release(&reason.into(), &T::FundAccount::get(), amount, Precision::Exact)
			.map(|_| ())
	}

	/// Pays `amount` out of what is set aside for `reason`: all of it or, with an error, nothing.
	pub(crate) fn pay(
		reason: HoldReason,
		to: &T::AccountId,
		amount: BalanceOf<T>,
	) -> DispatchResult {
		with_storage_layer(|| {
			T::Currency::transfer_on_hold(
				&reason.into(),
				&T::FundAccount::get(),
				to,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Polite,
			)
			.map(|_| ())
		})
	}

	/// Pays `amount` of what is free.
	pub(crate) fn spend(
		proposal: ProposalId,
		beneficiary: &T::AccountId,
		amount: BalanceOf<T>,
	) -> DispatchResult {
		ensure!(amount <= Self::free(), Error::<T>::InsufficientFunds);
		let fund = T::FundAccount::get();
		T::Currency::transfer(&fund, beneficiary, amount, Preservation::Preserve)?;
		let beneficiary = beneficiary.clone();
		Self::deposit_event(Event::SpendPaid { proposal, beneficiary, amount });
		Ok(())
	}

	/// Takes `amount` of what is held from `who` for `reason` and gives it to the fund. Tells how much that
	/// was.
	pub(crate) fn slash(
		reason: HoldReason,
		who: &T::AccountId,
		amount: BalanceOf<T>,
	) -> BalanceOf<T> {
		let taken = with_storage_layer(|| {
			T::Currency::transfer_on_hold(
				&reason.into(),
				who,
				&T::FundAccount::get(),
				amount,
				Precision::BestEffort,
				Restriction::Free,
				Fortitude::Force,
			)
		});
		taken.unwrap_or_else(|error| {
			frame_support::defensive!("what is held can be taken", error);
			Zero::zero()
		})
	}

	/// Gives back what is held from `who` for `reason`.
	pub(crate) fn give_back(
		reason: HoldReason,
		who: &T::AccountId,
		amount: BalanceOf<T>,
	) -> DispatchResult {
		T::Currency::release(&reason.into(), who, amount, Precision::BestEffort).map(|_| ())
	}

	pub(crate) fn do_top_up(who: T::AccountId, amount: BalanceOf<T>) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
		let fund = T::FundAccount::get();
		T::Currency::transfer(&who, &fund, amount, Preservation::Preserve)?;
		Self::deposit_event(Event::FundToppedUp { who, amount });
		Ok(())
	}

	/// Issues what is due to the fund in this block.
	pub(crate) fn issue() -> Weight {
		if !Self::now().is_multiple_of(T::IssuancePeriod::get().max(1)) {
			return Weight::zero();
		}
		let amount = T::Issuance::get();
		if !amount.is_zero() && T::Currency::mint_into(&T::FundAccount::get(), amount).is_ok() {
			Self::deposit_event(Event::Issued { amount });
		}
		T::WeightInfo::issue()
	}

	/// Whether the fund's account lives and has everything that is set aside on it.
	pub(crate) fn is_sound() -> bool {
		let fund = T::FundAccount::get();
		let mut promised = BalanceOf::<T>::zero();
		for reason in EARMARKS {
			promised.saturating_accrue(Self::set_aside(reason));
		}
		T::Currency::balance(&fund) >= T::Currency::minimum_balance()
			&& T::Currency::total_balance_on_hold(&fund) >= promised
	}
}
