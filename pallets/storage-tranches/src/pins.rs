//! Pins, the take-down list, and what the directory asks.

use crate::{
	types::{
		BalanceOf, Duty, Object, Pin, PinOf, PinRequest, Reason, MAX_EXTENSIONS, MAX_PENDING_PINS,
		PIN,
	},
	Blocked, Config, Error, Event, Expiring, LatePins, Objects, Pallet, Pending, PendingPins, Pins,
	Tasks, Uploaders, Uses, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::{
		fungible::{BalancedHold, MutateHold},
		tokens::{Fortitude, Precision, Preservation},
		Get,
	},
	weights::Weight,
	BoundedVec,
};
use rome_primitives::{
	content::{DataObjects, ObjectHash},
	storage::{
		limits::{MAX_OBJECT_BYTES, MAX_TERM},
		ObjectKey, ObjectState,
	},
};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchError, DispatchResult,
};

impl<T: Config> Pallet<T> {
	/// The most eras that a pin is paid for in advance.
	pub(crate) fn max_term() -> u32 {
		T::MaxTerm::get().clamp(1, MAX_TERM)
	}

	pub(crate) fn do_pin(
		account: T::AccountId,
		requests: Vec<PinRequest<T::AccountId>>,
		max_fee: BalanceOf<T>,
		max_deposit: BalanceOf<T>,
	) -> DispatchResult {
		let (mut fees, mut deposits) = (BalanceOf::<T>::zero(), BalanceOf::<T>::zero());
		for request in requests {
			let (fee, deposit) = Self::pin_one(&account, request)?;
			fees = fees.saturating_add(fee);
			deposits = deposits.saturating_add(deposit);
		}
		ensure!(fees <= max_fee, Error::<T>::FeeTooHigh);
		ensure!(deposits <= max_deposit, Error::<T>::DepositTooHigh);
		Ok(())
	}

	fn pin_one(
		account: &T::AccountId,
		request: PinRequest<T::AccountId>,
	) -> Result<(BalanceOf<T>, BalanceOf<T>), DispatchError> {
		let PinRequest { key, tranche, eras, uploader } = request;
		ensure!(key.size > 0, Error::<T>::EmptyObject);
		ensure!(key.size <= MAX_OBJECT_BYTES, Error::<T>::ObjectTooLarge);
		ensure!(eras > 0 && eras <= Self::max_term(), Error::<T>::BadTerm);
		ensure!(!Pins::<T>::contains_key(account, key.hash), Error::<T>::AlreadyPinned);
		ensure!(!Blocked::<T>::contains_key(key), Error::<T>::ObjectBlocked);

		let before = Objects::<T>::get(key);
		let mut object = match &before {
			Some(object) => {
				let same = tranche.is_none_or(|tranche| tranche == object.tranche);
				ensure!(same, Error::<T>::WrongTranche);
				object.clone()
			},
			None => Self::register(&key, tranche)?,
		};
		object.pins = object.pins.checked_add(1).ok_or(Error::<T>::Untakeable)?;
		if let ObjectState::Pending { expires } = object.state {
			ensure!(expires > Self::now(), Error::<T>::Expired);
			Self::add_pending(account, &key)?;
			if before.is_some() && object.extended < MAX_EXTENSIONS {
				// Whoever comes later has as much time to upload as the first.
				Expiring::<T>::remove(expires, key);
				let expires = Self::now().saturating_add(T::PendingBlocks::get().max(1));
				Expiring::<T>::insert(expires, key, ());
				object.state = ObjectState::Pending { expires };
				object.extended = object.extended.saturating_add(1);
			}
		}
		Self::put_object(&key, before.as_ref(), Some(&object));

		let era = Self::era();
		let first = era.saturating_add(1);
		let until = first.saturating_add(eras);
		let (fee, deposit) = (Self::fee(key.size, eras), Self::deposit(key.size));
		Self::take_fee(account, &key, &object, first, eras, fee)?;
		T::Currency::hold(&PIN.into(), account, deposit)?;
		if let Some(uploader) = &uploader {
			Uploaders::<T>::mutate(key, uploader, |pins| *pins = pins.saturating_add(1));
		}
		Tasks::<T>::insert(until, Duty::Pin(account.clone(), key.hash), ());
		let pin = Pin { key, uploader, until, due: until, deposit, graced: false };
		Pins::<T>::insert(account, key.hash, pin);
		Self::deposit_event(Event::Pinned { account: account.clone(), key, until, fee, deposit });
		Ok((fee, deposit))
	}

	/// A new object: where it goes, and who is to have it.
	fn register(key: &ObjectKey, named: Option<u32>) -> Result<Object, DispatchError> {
		let (id, tranche) = Self::choose_tranche(named, key.size, None)?;
		let roster = crate::Rosters::<T>::get(id);
		let coverage = tranche.coverage;
		let assigned = Self::select(key, id, &tranche, &roster, &[], coverage.into());
		// With one full or away it waits for its last replicas; with too few it could never be stored.
		let quorum = Self::quorum(coverage);
		ensure!(assigned.len() >= usize::from(quorum), Error::<T>::NoRoom);
		let expires = Self::now().saturating_add(T::PendingBlocks::get().max(1));
		let mut object = Object {
			tranche: id,
			coverage,
			state: ObjectState::Pending { expires },
			quorum,
			filled: false,
			blocked: false,
			extended: 0,
			size_proved: false,
			pins: 0,
			holders: BoundedVec::new(),
			assigned: BoundedVec::new(),
		};
		for provider in assigned {
			Self::reserve(key, &mut object, provider)?;
		}
		Expiring::<T>::insert(expires, key, ());
		let assigned = object.assigned.clone();
		Self::deposit_event(Event::ObjectRegistered { key: *key, tranche: id, assigned, expires });
		Ok(object)
	}

	fn add_pending(account: &T::AccountId, key: &ObjectKey) -> DispatchResult {
		if PendingPins::<T>::decode_len(key).unwrap_or(0) >= MAX_PENDING_PINS as usize {
			// Nobody keeps a publisher out by being first.
			LatePins::<T>::insert(key, account, ());
			return Ok(());
		}
		let used = Pending::<T>::get(account);
		ensure!(
			used.objects < T::MaxPendingObjects::get()
				&& used.bytes.saturating_add(key.size) <= T::MaxPendingBytes::get(),
			Error::<T>::TooManyPending
		);
		PendingPins::<T>::try_append(key, account.clone()).map_err(|_| Error::<T>::Untakeable)?;
		Self::change_pending(account, key, true);
		Ok(())
	}

	pub(crate) fn do_renew_pin(
		payer: T::AccountId,
		account: T::AccountId,
		hash: ObjectHash,
		eras: u32,
		max_fee: BalanceOf<T>,
	) -> DispatchResult {
		let mut pin = Pins::<T>::get(&account, hash).ok_or(Error::<T>::PinNotFound)?;
		let era = Self::era();
		// What is paid for ends with the term, or with the grace; what comes after it is paid now, the eras
		// included in which nothing was done about it.
		let paid = if pin.graced { pin.due } else { pin.until };
		let first = paid.max(era);
		let until = first.checked_add(eras).ok_or(Error::<T>::BadTerm)?;
		let ahead = until.saturating_sub(era.saturating_add(1));
		ensure!(eras > 0 && ahead <= Self::max_term(), Error::<T>::BadTerm);
		ensure!(!Blocked::<T>::contains_key(pin.key), Error::<T>::ObjectBlocked);
		let object = Self::object(&pin.key)?;
		let fee = Self::fee(pin.key.size, eras.saturating_add(first.saturating_sub(paid)));
		// The next grace is paid from the deposit again.
		let missing = match pin.graced {
			true => Self::deposit(pin.key.size).saturating_sub(pin.deposit),
			false => Zero::zero(),
		};
		ensure!(fee.saturating_add(missing) <= max_fee, Error::<T>::FeeTooHigh);
		Self::take_fee(&payer, &pin.key, &object, first, eras, fee)?;
		if !missing.is_zero() {
			if payer == account {
				T::Currency::hold(&PIN.into(), &account, missing)?;
			} else {
				T::Currency::transfer_and_hold(
					&PIN.into(),
					&payer,
					&account,
					missing,
					Precision::Exact,
					Preservation::Preserve,
					Fortitude::Polite,
				)?;
			}
			pin.deposit = pin.deposit.saturating_add(missing);
		}
		Self::remove_task(&account, hash, &pin);
		(pin.until, pin.due, pin.graced) = (until, until, false);
		Tasks::<T>::insert(until, Duty::Pin(account.clone(), hash), ());
		Pins::<T>::insert(&account, hash, pin);
		let fee = fee.saturating_add(missing);
		Self::deposit_event(Event::PinRenewed { account, hash, until, payer, fee });
		Ok(())
	}

	fn remove_task(account: &T::AccountId, hash: ObjectHash, pin: &PinOf<T>) {
		Tasks::<T>::remove(pin.due, Duty::Pin(account.clone(), hash));
	}

	pub(crate) fn do_unpin(account: T::AccountId, hashes: Vec<ObjectHash>) -> DispatchResult {
		for hash in hashes {
			let pin = Pins::<T>::get(&account, hash).ok_or(Error::<T>::PinNotFound)?;
			ensure!(Uses::<T>::get(&account, hash) == 0, Error::<T>::PinInUse);
			Self::remove_task(&account, hash, &pin);
			let deposit = Self::remove_pin(&account, hash, pin);
			Self::deposit_event(Event::Unpinned { account: account.clone(), hash, deposit });
		}
		Ok(())
	}

	/// A pin goes, its deposit goes back, and the object goes if this was its last pin. Gives back the
	/// deposit. Its task is left to the caller.
	pub(crate) fn remove_pin(
		account: &T::AccountId,
		hash: ObjectHash,
		pin: PinOf<T>,
	) -> BalanceOf<T> {
		let late = LatePins::<T>::contains_key(pin.key, account);
		Self::forget_pin(account, hash, &pin);
		if let Some(before) = Objects::<T>::get(pin.key) {
			let mut object = before.clone();
			object.pins = object.pins.saturating_sub(1);
			if matches!(object.state, ObjectState::Pending { .. }) && !late {
				PendingPins::<T>::mutate_exists(pin.key, |stored| {
					if let Some(accounts) = stored.as_mut() {
						accounts.retain(|other| other != account);
						if accounts.is_empty() {
							*stored = None;
						}
					}
				});
				Self::change_pending(account, &pin.key, false);
			}
			if object.pins == 0 {
				Self::remove_object(&pin.key, before);
			} else {
				Self::put_object(&pin.key, Some(&before), Some(&object));
			}
		}
		pin.deposit
	}

	/// Removes what is stored of a pin alone, and returns its deposit.
	fn forget_pin(account: &T::AccountId, hash: ObjectHash, pin: &PinOf<T>) {
		Pins::<T>::remove(account, hash);
		LatePins::<T>::remove(pin.key, account);
		if let Some(uploader) = &pin.uploader {
			Uploaders::<T>::mutate_exists(pin.key, uploader, |pins| {
				let left = pins.unwrap_or_default().saturating_sub(1);
				*pins = (left > 0).then_some(left);
			});
		}
		let _ = T::Currency::release(&PIN.into(), account, pin.deposit, Precision::BestEffort);
	}

	/// A registration has run out: one pin goes.
	pub(crate) fn expire_pin(account: &T::AccountId, key: &ObjectKey) {
		if let Some(pin) = Pins::<T>::get(account, key.hash) {
			Self::remove_task(account, key.hash, &pin);
			Self::remove_pin(account, key.hash, pin);
		}
	}

	/// A registration has run out: the object goes, and every pin on it. The fees are forfeited.
	pub(crate) fn expire_object(key: &ObjectKey) {
		let Some(object) = Objects::<T>::get(key) else { return };
		for account in PendingPins::<T>::get(key) {
			if let Some(pin) = Pins::<T>::get(&account, key.hash) {
				Self::remove_task(&account, key.hash, &pin);
				Self::forget_pin(&account, key.hash, &pin);
			}
		}
		let tranche = object.tranche;
		Self::remove_object(key, object);
		Self::deposit_event(Event::RegistrationExpired { key: *key, tranche });
	}

	/// A pin's term has ended, or its grace.
	pub(crate) fn pin_falls_due(account: T::AccountId, hash: ObjectHash) {
		let Some(mut pin) = Pins::<T>::get(&account, hash) else { return };
		let grace = T::GraceEras::get().min(Self::max_term());
		if pin.graced || grace == 0 {
			let deposit = Self::remove_pin(&account, hash, pin);
			Self::deposit_event(Event::PinExpired { account, hash, deposit });
			return;
		}
		let Some(object) = Objects::<T>::get(pin.key) else { return };
		let fee = Self::fee(pin.key.size, grace).min(pin.deposit);
		let (credit, missing) = T::Currency::slash(&PIN.into(), &account, fee);
		let charged = Self::to_pot(credit);
		pin.deposit = pin.deposit.saturating_sub(fee.saturating_sub(missing));
		let era = Self::era();
		Self::split_fee(&pin.key, &object, era, grace, charged);
		pin.graced = true;
		// A whole grace from now on, however late this comes.
		pin.due = era.saturating_add(grace);
		Tasks::<T>::insert(pin.due, Duty::Pin(account.clone(), hash), ());
		Pins::<T>::insert(&account, hash, pin);
		Self::deposit_event(Event::PinOverdue { account, hash, charged });
	}

	fn is_stored(key: &ObjectKey) -> bool {
		Objects::<T>::get(key).is_some_and(|object| object.state == ObjectState::Stored)
	}

	/// An object, if there is one, knows that it is on the take-down list.
	fn set_blocked(key: &ObjectKey, blocked: bool) {
		if let Some(before) = Objects::<T>::get(key) {
			let after = Object { blocked, ..before.clone() };
			Self::put_object(key, Some(&before), Some(&after));
		}
	}

	pub(crate) fn do_block_object(key: ObjectKey, reason: Reason) -> DispatchResult {
		Self::check_reason(&reason)?;
		ensure!(!Blocked::<T>::contains_key(key), Error::<T>::AlreadyBlocked);
		Blocked::<T>::insert(key, reason.clone());
		Self::set_blocked(&key, true);
		Self::deposit_event(Event::ObjectBlocked { key, reason });
		Ok(())
	}

	pub(crate) fn do_unblock_object(key: ObjectKey) -> DispatchResult {
		ensure!(Blocked::<T>::take(key).is_some(), Error::<T>::NotBlocked);
		Self::set_blocked(&key, false);
		Self::deposit_event(Event::ObjectUnblocked { key });
		Ok(())
	}
}

impl<T: Config> DataObjects<T::AccountId> for Pallet<T> {
	fn claim(owner: &T::AccountId, object: &ObjectHash) -> DispatchResult {
		let pin = Pins::<T>::get(owner, object).ok_or(Error::<T>::PinNotFound)?;
		ensure!(!pin.graced && Self::era() < pin.until, Error::<T>::PinOverdue);
		ensure!(Self::is_stored(&pin.key), Error::<T>::ObjectNotStored);
		ensure!(!Blocked::<T>::contains_key(pin.key), Error::<T>::ObjectBlocked);
		Uses::<T>::try_mutate(owner, object, |uses| {
			*uses = uses.checked_add(1).ok_or(Error::<T>::Untakeable)?;
			Ok(())
		})
	}

	fn release(owner: &T::AccountId, object: &ObjectHash) {
		Uses::<T>::mutate_exists(owner, object, |uses| {
			let left = uses.unwrap_or_default().saturating_sub(1);
			*uses = (left > 0).then_some(left);
		});
	}

	fn is_available(owner: &T::AccountId, object: &ObjectHash) -> bool {
		Pins::<T>::get(owner, object).is_some_and(|pin| Self::is_stored(&pin.key))
	}

	fn weight() -> Weight {
		T::WeightInfo::claim_use()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn make_claimable(owner: &T::AccountId, hash: &ObjectHash) {
		let key = ObjectKey { hash: *hash, size: 1 };
		let object = Object {
			tranche: 0,
			coverage: 1,
			state: ObjectState::Stored,
			quorum: 1,
			filled: true,
			blocked: false,
			extended: 0,
			size_proved: true,
			pins: 1,
			holders: BoundedVec::new(),
			assigned: BoundedVec::new(),
		};
		Objects::<T>::insert(key, object);
		let until = u32::MAX;
		let deposit = Zero::zero();
		let pin = Pin { key, uploader: None, until, due: until, deposit, graced: false };
		Pins::<T>::insert(owner, hash, pin);
	}
}
