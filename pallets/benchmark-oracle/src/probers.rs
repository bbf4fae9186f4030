//! Who probes: registration, hash chains, leaving, and what a bond is for.

use crate::{
	types::{BalanceOf, Chains, Clock, InARow, Prober, ProberOf, Standing, BOND},
	Config, Error, Event, NextProberId, Pallet, ProberByKey, ProberChains, Probers, Scores,
	Streaks, Time,
};
use codec::Encode;
use frame_support::{
	ensure,
	pallet_prelude::{
		InvalidTransaction, TransactionSource, TransactionValidityWithRefund, ValidTransaction,
	},
	traits::{
		fungible::{BalancedHold, Inspect, Mutate, MutateHold},
		tokens::Precision,
		Contains, Get, OnUnbalanced,
	},
	weights::Weight,
};
use rome_primitives::{
	benchmark::{
		chain::Chain,
		limits::{MAX_CHAIN, MAX_PROBERS},
		Hash, ProberId, RoundIndex,
	},
	signing::{self, ProberChain, ProberConsent},
};
use sp_runtime::{
	traits::{AccountIdConversion, Saturating, Zero},
	transaction_validity::TransactionPriority,
	DispatchError, DispatchResult, MultiSignature, Perbill,
};

/// The first round from now whose seed nobody can know.
const CHAIN_NOTICE: u32 = 2;

impl<T: Config> Pallet<T> {
	pub(crate) fn prober(id: ProberId) -> Result<ProberOf<T>, DispatchError> {
		Ok(Probers::<T>::get(id).ok_or(Error::<T>::ProberNotFound)?)
	}

	/// Where probers are paid from.
	pub(crate) fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Makes the account exist, so that any amount can come in.
	pub(crate) fn found_account() {
		let (account, least) = (Self::account_id(), T::Currency::minimum_balance());
		let missing = least.saturating_sub(T::Currency::balance(&account));
		if !missing.is_zero() && T::Currency::mint_into(&account, missing).is_err() {
			log::error!(target: "runtime::benchmark", "the account of probers' pay cannot be founded");
		}
	}

	/// A chain for rounds whose seeds nobody knows yet, and that are not too far away.
	fn fresh_chain(from: RoundIndex, length: u32, end: Hash) -> Option<Chain> {
		let now = Self::round();
		let first = now.checked_add(CHAIN_NOTICE)?;
		let last = now.checked_add(MAX_CHAIN)?;
		Chain::new(from, length, end).filter(|_| (first..=last).contains(&from))
	}

	pub(crate) fn do_register(
		owner: T::AccountId,
		key: T::AccountId,
		consent: MultiSignature,
		from: RoundIndex,
		length: u32,
		end: Hash,
	) -> DispatchResult {
		let message = ProberConsent { owner: owner.clone(), key: key.clone() };
		ensure!(
			signing::verify(&Self::genesis(), &message, &consent, &key),
			Error::<T>::BadConsent
		);
		ensure!(Self::fresh_chain(from, length, end).is_some(), Error::<T>::BadChain);
		let admitted = T::Validators::contains(&owner);
		Self::add_prober(owner, key, from, length, end, admitted)
	}

	pub(crate) fn add_prober(
		owner: T::AccountId,
		key: T::AccountId,
		from: RoundIndex,
		length: u32,
		end: Hash,
		admitted: bool,
	) -> DispatchResult {
		ensure!(owner != key, Error::<T>::KeyIsOwner);
		ensure!(!ProberByKey::<T>::contains_key(&key), Error::<T>::KeyTaken);
		ensure!(Probers::<T>::count() < MAX_PROBERS, Error::<T>::TooManyProbers);
		let current = Chain::new(from, length, end).ok_or(Error::<T>::BadChain)?;
		let id = NextProberId::<T>::get();
		NextProberId::<T>::put(id.checked_add(1).ok_or(Error::<T>::Untakeable)?);
		let bond = T::Bond::get();
		T::Currency::hold(&BOND.into(), &owner, bond)?;
		let standing = if admitted { Standing::Active } else { Standing::Applied };
		let prober = Prober { owner: owner.clone(), key: key.clone(), bond, standing, since: from };
		Probers::<T>::insert(id, prober);
		ProberByKey::<T>::insert(&key, id);
		ProberChains::<T>::insert(id, Chains { current, next: None });
		Self::deposit_event(Event::ProberRegistered { prober: id, owner, key });
		if admitted {
			Self::deposit_event(Event::ProberAdmitted { prober: id });
		}
		Ok(())
	}

	pub(crate) fn do_admit(id: ProberId) -> DispatchResult {
		let mut prober = Self::prober(id)?;
		ensure!(prober.standing == Standing::Applied, Error::<T>::WrongStanding);
		prober.standing = Standing::Active;
		// The round after this one is being planned without it.
		prober.since = prober.since.max(Self::round().saturating_add(CHAIN_NOTICE));
		Probers::<T>::insert(id, prober);
		Self::deposit_event(Event::ProberAdmitted { prober: id });
		Ok(())
	}

	/// `owner`: who asks, if it is not the administration.
	pub(crate) fn do_remove(owner: Option<T::AccountId>, id: ProberId) -> DispatchResult {
		let mut prober = Self::prober(id)?;
		ensure!(owner.is_none_or(|owner| owner == prober.owner), Error::<T>::NotTheOwner);
		let Clock { round, to_close, .. } = Time::<T>::get();
		match prober.standing {
			Standing::Active | Standing::Idle => {
				prober.standing = Standing::Leaving(round);
				Probers::<T>::insert(id, prober);
				Self::deposit_event(Event::ProberLeaving { prober: id });
				return Ok(());
			},
			// It has committed to no round from the one on in which it gave notice.
			Standing::Leaving(since) => {
				ensure!(to_close >= since, Error::<T>::RoundsOpen);
			},
			Standing::Applied => {},
		}
		T::Currency::release(&BOND.into(), &prober.owner, prober.bond, Precision::Exact)?;
		Probers::<T>::remove(id);
		ProberByKey::<T>::remove(&prober.key);
		ProberChains::<T>::remove(id);
		Scores::<T>::remove(id);
		Streaks::<T>::remove(id);
		Self::deposit_event(Event::ProberRemoved { prober: id, returned: prober.bond });
		Ok(())
	}

	/// Whether a prober's next chain may come now.
	pub(crate) fn is_chain_due(prober: &ProberOf<T>, chains: &Chains) -> bool {
		match prober.standing {
			Standing::Idle => true,
			Standing::Active => chains.run_short(Self::round()),
			Standing::Applied | Standing::Leaving(_) => false,
		}
	}

	/// The chains with one more; none if it is not for rounds after those that there are.
	pub(crate) fn extended(
		prober: &ProberOf<T>,
		chains: &Chains,
		from: RoundIndex,
		length: u32,
		end: Hash,
	) -> Option<Chains> {
		let chain = Self::fresh_chain(from, length, end)?;
		chains.with(Self::round(), chain, prober.standing == Standing::Idle)
	}

	pub(crate) fn authorize_commit_chain(
		_: TransactionSource,
		id: &ProberId,
		from: &RoundIndex,
		length: &u32,
		end: &Hash,
		signature: &MultiSignature,
	) -> TransactionValidityWithRefund {
		let prober = Probers::<T>::get(id).ok_or(InvalidTransaction::Call)?;
		let chains = ProberChains::<T>::get(id).ok_or(InvalidTransaction::Call)?;
		if !Self::is_chain_due(&prober, &chains) {
			return Err(InvalidTransaction::Stale.into());
		}
		if Self::extended(&prober, &chains, *from, *length, *end).is_none() {
			return Err(InvalidTransaction::Call.into());
		}
		let message = ProberChain { prober: *id, from: *from, length: *length, end: *end };
		if !signing::verify(&Self::genesis(), &message, signature, &prober.key) {
			return Err(InvalidTransaction::BadProof.into());
		}
		Self::valid("rome/benchmark/chain", (*id, chains.until()).encode())
	}

	/// A free transaction that excludes others of its kind and `tag`.
	pub(crate) fn valid(
		kind: &'static str,
		tag: alloc::vec::Vec<u8>,
	) -> TransactionValidityWithRefund {
		let validity = ValidTransaction::with_tag_prefix(kind)
			.priority(TransactionPriority::MAX)
			.and_provides(tag)
			// Full blocks make a round as long as they like: it is the next one that ends it, as stale.
			.longevity(u64::from(crate::Parameters::<T>::get().length).saturating_mul(64))
			.propagate(true)
			.build()?;
		Ok((validity, Weight::zero()))
	}

	pub(crate) fn do_commit_chain(
		id: ProberId,
		from: RoundIndex,
		length: u32,
		end: Hash,
	) -> DispatchResult {
		let mut prober = Self::prober(id)?;
		let chains = ProberChains::<T>::get(id).ok_or(Error::<T>::ProberNotFound)?;
		let chains =
			Self::extended(&prober, &chains, from, length, end).ok_or(Error::<T>::BadChain)?;
		if prober.standing == Standing::Idle {
			(prober.standing, prober.since) = (Standing::Active, from);
			Probers::<T>::insert(id, prober);
			Streaks::<T>::insert(id, InARow::default());
			Self::deposit_event(Event::ProberAdmitted { prober: id });
		}
		let until = chains.until();
		ProberChains::<T>::insert(id, chains);
		Self::deposit_event(Event::ChainCommitted { prober: id, from, until });
		Ok(())
	}

	/// Takes a part of what the bond is to be from a prober. Who is left with less than half of it is put out.
	pub(crate) fn fine(id: ProberId, prober: &mut ProberOf<T>, round: RoundIndex, share: Perbill) {
		let whole = T::Bond::get();
		let amount = share.mul_ceil(whole).min(prober.bond);
		if !amount.is_zero() {
			let (credit, missing) = T::Currency::slash(&BOND.into(), &prober.owner, amount);
			let taken: BalanceOf<T> = amount.saturating_sub(missing);
			prober.bond = prober.bond.saturating_sub(taken);
			T::OnSlash::on_unbalanced(credit);
			Self::deposit_event(Event::ProberSlashed { prober: id, round, amount: taken });
		}
		let two: BalanceOf<T> = 2u32.into();
		let too_little = prober.bond.saturating_mul(two) < whole;
		if too_little && !matches!(prober.standing, Standing::Leaving(_)) {
			prober.standing = Standing::Leaving(Self::round());
			Self::deposit_event(Event::ProberLeaving { prober: id });
		}
		Probers::<T>::insert(id, prober.clone());
	}
}
