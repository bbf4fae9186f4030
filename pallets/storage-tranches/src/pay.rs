//! Money: fees and their parts, stakes, bounties, claims.

use crate::{
	types::{BalanceOf, CreditOf, Object, Pay, Repair, GIB, PAY, STAKE},
	Config, Earned, Error, Event, FeePots, Objects, Pallet, Payouts, Providers, Repairs,
};
use alloc::vec::Vec;
use frame_support::{
	traits::{
		fungible::{Balanced, BalancedHold, Inspect, Mutate, MutateHold},
		tokens::{Fortitude, Precision, Preservation, Restriction},
		Get, Imbalance, OnUnbalanced,
	},
	BoundedVec,
};
use rome_primitives::storage::{EraIndex, ObjectKey, ProviderId, TrancheId};
use sp_runtime::{
	traits::{AccountIdConversion, CheckedDiv, SaturatedConversion, Saturating, Zero},
	DispatchResult,
};

impl<T: Config> Pallet<T> {
	/// The account that pay waits in.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Gives that account its existence, so that everything else in it is what it owes.
	pub(crate) fn found_account() {
		let (account, least) = (Self::account_id(), T::Currency::minimum_balance());
		let missing = least.saturating_sub(T::Currency::balance(&account));
		if !missing.is_zero() && T::Currency::mint_into(&account, missing).is_err() {
			log::error!(target: "runtime::storage", "the account of pay cannot be founded");
		}
	}

	// Fees

	/// What an object of `size` bytes costs for an era.
	pub(crate) fn fee_per_era(size: u64) -> BalanceOf<T> {
		let per_gib = T::FeePerGib::get();
		let gib: BalanceOf<T> = size.checked_div(GIB).unwrap_or(0).saturated_into();
		let rest: BalanceOf<T> = size.checked_rem(GIB).unwrap_or(0).saturated_into();
		let unit: BalanceOf<T> = GIB.saturated_into();
		let part = per_gib
			.saturating_mul(rest)
			.saturating_add(unit.saturating_sub(1u32.into()))
			.checked_div(&unit)
			.unwrap_or_else(Zero::zero);
		T::FeePerObject::get().saturating_add(per_gib.saturating_mul(gib)).saturating_add(part)
	}

	/// What an object of `size` bytes costs for some eras.
	pub(crate) fn fee(size: u64, eras: u32) -> BalanceOf<T> {
		Self::fee_per_era(size).saturating_mul(eras.into())
	}

	/// Held for a pin: it pays the grace.
	pub(crate) fn deposit(size: u64) -> BalanceOf<T> {
		T::PinDeposit::get().saturating_add(Self::fee(size, T::GraceEras::get()))
	}

	/// Takes a fee from `payer`, and has it wait for whom it is for.
	pub(crate) fn take_fee(
		payer: &T::AccountId,
		key: &ObjectKey,
		object: &Object,
		first: EraIndex,
		eras: u32,
		fee: BalanceOf<T>,
	) -> DispatchResult {
		if !fee.is_zero() {
			T::Currency::transfer_and_hold(
				&PAY.into(),
				payer,
				&Self::account_id(),
				fee,
				Precision::Exact,
				Preservation::Preserve,
				Fortitude::Polite,
			)?;
		}
		Self::split_fee(key, object, first, eras, fee);
		Ok(())
	}

	/// Divides a fee that is held in the pallet's account.
	pub(crate) fn split_fee(
		key: &ObjectKey,
		object: &Object,
		first: EraIndex,
		eras: u32,
		fee: BalanceOf<T>,
	) {
		let distribution = T::DistributionShare::get().mul_floor(fee);
		let probing = T::ProbingShare::get().mul_floor(fee).min(fee.saturating_sub(distribution));
		FeePots::<T>::mutate(object.tranche, |pots| {
			pots.distribution = pots.distribution.saturating_add(distribution);
			pots.probing = pots.probing.saturating_add(probing);
		});
		let holders = fee.saturating_sub(distribution).saturating_sub(probing);
		Self::add_pay(key, object, first, eras, holders);
	}

	/// Has an amount paid to an object's holders, over some eras from `first` on.
	fn add_pay(key: &ObjectKey, object: &Object, first: EraIndex, eras: u32, amount: BalanceOf<T>) {
		Self::settle(key, object);
		let era = Self::era();
		let mut pay = Payouts::<T>::get(key)
			.unwrap_or_else(|| Pay { from: era, amounts: Default::default() });
		let parts: BalanceOf<T> = eras.max(1).into();
		let each = amount.checked_div(&parts).unwrap_or_else(Zero::zero);
		// What does not divide is paid in the first of the eras.
		let mut rest = amount.saturating_sub(each.saturating_mul(eras.into()));
		let mut left_over = BalanceOf::<T>::zero();
		for era in first..first.saturating_add(eras) {
			let index = era.saturating_sub(pay.from) as usize;
			while pay.amounts.len() <= index && pay.amounts.try_push(Zero::zero()).is_ok() {}
			let due = each.saturating_add(core::mem::replace(&mut rest, Zero::zero()));
			match pay.amounts.get_mut(index) {
				Some(amount) => *amount = amount.saturating_add(due),
				None => left_over = left_over.saturating_add(due),
			}
		}
		left_over = left_over.saturating_add(rest);
		if !pay.amounts.is_empty() {
			Payouts::<T>::insert(key, pay);
		}
		Self::pot_to_fund(left_over);
	}

	// Pay

	/// Credits the past eras of an object to those who held it throughout with heartbeats kept, in equal
	/// parts and to nobody more than one replica's. To be called before the holders change: since the last
	/// time nobody has gone, and who has come since has a later era. What nobody has earned goes to the fund.
	pub(crate) fn settle(key: &ObjectKey, object: &Object) {
		let era = Self::era();
		let Some(mut pay) = Payouts::<T>::get(key) else { return };
		if pay.from >= era {
			return;
		}
		let past = (era.saturating_sub(pay.from) as usize).min(pay.amounts.len());
		let due: Vec<BalanceOf<T>> = pay.amounts.iter().take(past).copied().collect();
		let rest: Vec<BalanceOf<T>> = pay.amounts.iter().skip(past).copied().collect();
		let mut credits = object
			.holders
			.iter()
			.map(|holder| (holder, Self::heart(holder.provider, era), BalanceOf::<T>::zero()))
			.collect::<Vec<_>>();
		let mut unearned = BalanceOf::<T>::zero();
		for (era, amount) in (pay.from..).zip(due) {
			let held = credits.iter().filter(|(holder, _, _)| holder.since <= era).count();
			let parts: BalanceOf<T> = (held.max(usize::from(object.coverage)).max(1) as u32).into();
			let each = amount.checked_div(&parts).unwrap_or_else(Zero::zero);
			let mut left = amount;
			for (holder, heart, credit) in credits.iter_mut() {
				if holder.since <= era && heart.is_some_and(|heart| heart.has_kept(era)) {
					*credit = credit.saturating_add(each);
					left = left.saturating_sub(each);
				}
			}
			unearned = unearned.saturating_add(left);
		}
		for (holder, _, credit) in credits {
			Self::credit(holder.provider, credit);
		}
		if rest.is_empty() {
			Payouts::<T>::remove(key);
		} else {
			pay.from = era;
			pay.amounts = BoundedVec::truncate_from(rest);
			Payouts::<T>::insert(key, pay);
		}
		Self::pot_to_fund(unearned);
	}

	/// What is left of an object's pay goes to the fund: nobody can earn it any more.
	pub(crate) fn forfeit_pay(key: &ObjectKey) {
		if let Some(pay) = Payouts::<T>::take(key) {
			let all = pay
				.amounts
				.iter()
				.fold(BalanceOf::<T>::zero(), |sum, amount| sum.saturating_add(*amount));
			Self::pot_to_fund(all);
		}
	}

	fn credit(id: ProviderId, amount: BalanceOf<T>) {
		if !amount.is_zero() {
			Earned::<T>::mutate(id, |earned| *earned = earned.saturating_add(amount));
		}
	}

	/// What waits in the pallet's account and is nobody's goes to the fund.
	pub(crate) fn pot_to_fund(amount: BalanceOf<T>) {
		if !amount.is_zero() {
			let (credit, _) = T::Currency::slash(&PAY.into(), &Self::account_id(), amount);
			T::OnSlash::on_unbalanced(credit);
		}
	}

	/// What was taken from a stake or a deposit waits in the pallet's account.
	pub(crate) fn to_pot(credit: CreditOf<T>) -> BalanceOf<T> {
		let (account, amount) = (Self::account_id(), credit.peek());
		match T::Currency::resolve(&account, credit) {
			Ok(()) => {
				if T::Currency::hold(&PAY.into(), &account, amount).is_ok() {
					return amount;
				}
				Zero::zero()
			},
			Err(credit) => {
				T::OnSlash::on_unbalanced(credit);
				Zero::zero()
			},
		}
	}

	pub(crate) fn do_claim_pay(id: ProviderId, keys: Vec<ObjectKey>) -> DispatchResult {
		let provider = Self::provider(id)?;
		for key in keys {
			if let Some(object) = Objects::<T>::get(key) {
				Self::settle(&key, &object);
			}
		}
		let amount = Earned::<T>::take(id);
		if !amount.is_zero() {
			T::Currency::transfer_on_hold(
				&PAY.into(),
				&Self::account_id(),
				&provider.owner,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Polite,
			)?;
		}
		Self::deposit_event(Event::PayClaimed { provider: id, amount });
		Ok(())
	}

	// Stakes

	/// Takes from a provider's stake for the fund: as much of what `amount` makes of the stake as there is.
	pub(crate) fn fine(
		id: ProviderId,
		amount: impl FnOnce(BalanceOf<T>) -> BalanceOf<T>,
	) -> BalanceOf<T> {
		let (credit, taken) = Self::cut_stake(id, amount);
		T::OnSlash::on_unbalanced(credit);
		taken
	}

	fn cut_stake(
		id: ProviderId,
		amount: impl FnOnce(BalanceOf<T>) -> BalanceOf<T>,
	) -> (CreditOf<T>, BalanceOf<T>) {
		let Some(mut provider) = Providers::<T>::get(id) else {
			return (CreditOf::<T>::zero(), Zero::zero());
		};
		let amount = amount(provider.stake).min(provider.stake);
		if amount.is_zero() {
			return (CreditOf::<T>::zero(), amount);
		}
		let (credit, missing) = T::Currency::slash(&STAKE.into(), &provider.owner, amount);
		let taken = amount.saturating_sub(missing);
		provider.stake = provider.stake.saturating_sub(taken);
		Providers::<T>::insert(id, provider);
		(credit, taken)
	}

	/// Takes `share` for each of so many replicas from a provider's stake, for those who take over. Gives back
	/// what there is for each; what does not divide goes to the fund.
	pub(crate) fn forfeit(id: ProviderId, share: BalanceOf<T>, replicas: u32) -> BalanceOf<T> {
		if share.is_zero() || replicas == 0 {
			return Zero::zero();
		}
		let (credit, _) = Self::cut_stake(id, |_| share.saturating_mul(replicas.into()));
		let waiting = Self::to_pot(credit);
		let each = waiting.checked_div(&replicas.into()).unwrap_or_else(Zero::zero);
		Self::pot_to_fund(waiting.saturating_sub(each.saturating_mul(replicas.into())));
		each
	}

	/// Gives back what no slash waits for.
	pub(crate) fn return_stake(id: ProviderId) -> Result<BalanceOf<T>, sp_runtime::DispatchError> {
		let mut provider = Self::provider(id)?;
		let amount = provider.stake.saturating_sub(provider.slashing);
		if !amount.is_zero() {
			T::Currency::release(&STAKE.into(), &provider.owner, amount, Precision::Exact)
				.map_err(|_| Error::<T>::WrongState)?;
			provider.stake = provider.stake.saturating_sub(amount);
			Providers::<T>::insert(id, provider);
		}
		Ok(amount)
	}

	// Bounties

	/// A replica of `id` is gone by somebody's fault, and cost `bounty`, which waits in the pallet's account.
	/// If the object lacks it, whoever brings it back gets that, and `id` nothing of it.
	pub(crate) fn blame(key: &ObjectKey, object: &Object, id: ProviderId, bounty: BalanceOf<T>) {
		if object.has_coverage() {
			Self::pot_to_fund(bounty);
			return;
		}
		Repairs::<T>::mutate(key, |stored| {
			let repair = stored.get_or_insert_with(|| Repair {
				bounty: Zero::zero(),
				takers: Default::default(),
				gone: Default::default(),
			});
			repair.bounty = repair.bounty.saturating_add(bounty);
			repair.takers.retain(|taker| *taker != id);
			if !repair.gone.contains(&id) && repair.gone.try_push(id).is_err() {
				// More than can be remembered: nobody is paid.
				repair.takers.clear();
			}
		});
	}

	/// A provider has confirmed an object.
	pub(crate) fn note_taker(key: &ObjectKey, id: ProviderId) {
		if Repairs::<T>::contains_key(key) {
			Repairs::<T>::mutate(key, |stored| {
				let Some(repair) = stored.as_mut() else { return };
				let forgetful = repair.gone.is_full();
				if !forgetful && !repair.gone.contains(&id) && !repair.takers.contains(&id) {
					let _ = repair.takers.try_push(id);
				}
			});
		}
	}

	/// A replica of a taker is gone without fault: it takes nothing.
	pub(crate) fn drop_taker(key: &ObjectKey, id: ProviderId) {
		if Repairs::<T>::contains_key(key) {
			Repairs::<T>::mutate(key, |stored| {
				if let Some(repair) = stored.as_mut() {
					repair.takers.retain(|taker| *taker != id);
				}
			});
		}
	}

	/// The object is back at its coverage: whoever brought it there is paid.
	pub(crate) fn pay_bounty(key: &ObjectKey) {
		let Some(repair) = Repairs::<T>::take(key) else { return };
		let takers = repair.takers.len() as u32;
		let each = repair.bounty.checked_div(&takers.into()).unwrap_or_else(Zero::zero);
		let paid = each.saturating_mul(takers.into());
		for taker in repair.takers {
			Self::credit(taker, each);
		}
		Self::pot_to_fund(repair.bounty.saturating_sub(paid));
		if !paid.is_zero() {
			Self::deposit_event(Event::BountyPaid { key: *key, amount: paid, takers });
		}
	}

	/// Nobody will bring the object back.
	pub(crate) fn forfeit_bounty(key: &ObjectKey) {
		if let Some(repair) = Repairs::<T>::take(key) {
			Self::pot_to_fund(repair.bounty);
		}
	}

	/// What is put aside by tranche.
	pub fn fee_pots(tranche: TrancheId) -> (BalanceOf<T>, BalanceOf<T>) {
		let pots = FeePots::<T>::get(tranche);
		(pots.distribution, pots.probing)
	}
}
