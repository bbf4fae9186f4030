//! Pins: what they cost, how long they last, and what the directory asks of them.

use super::*;
use crate::{PinRequest, Uses};
use rome_primitives::{
	content::{DataObjects, ObjectHash},
	storage::limits::MAX_OBJECT_BYTES,
};

fn unpin(who: AccountId, hash: ObjectHash) -> sp_runtime::DispatchResult {
	Storage::unpin(signed(who), BoundedVec::truncate_from(vec![hash]))
}

fn renew(
	payer: AccountId,
	hash: ObjectHash,
	eras: u32,
	most: Balance,
) -> sp_runtime::DispatchResult {
	Storage::renew_pin(signed(payer), alice(), hash, eras, most)
}

fn exists(key: ObjectKey) -> bool {
	crate::Objects::<Test>::contains_key(key)
}

#[test]
fn pin_takes_the_quoted_fee_and_holds_the_quoted_deposit() {
	run(|| {
		members(4, 2);
		let quote = Storage::api_quote(SIZE, 3);
		assert_eq!(quote.tranche, Some(0));
		assert_eq!(quote.fee, 3 * Storage::fee_per_era(SIZE));
		let key = pin(alice(), 1, 3);
		assert_eq!(held(HoldReason::Pin, alice()), quote.deposit);
		assert_eq!(free(alice()), RICH - quote.fee - quote.deposit);
		assert_eq!(held(HoldReason::Pay, Storage::account_id()), quote.fee);
		let (distribution, probing) = Storage::fee_pots(0);
		assert_eq!(distribution, DistributionShare::get().mul_floor(quote.fee));
		assert_eq!(probing, ProbingShare::get().mul_floor(quote.fee));
		let view = Storage::api_pin(alice(), key.hash).unwrap();
		assert_eq!((view.until, view.deposit, view.overdue), (4, quote.deposit, false));
		assert_ok!(unpin(alice(), key.hash));
		assert_eq!((held(HoldReason::Pin, alice()), exists(key)), (0, false));
		// The fee does not come back, however early the pin goes.
		assert_eq!(free(alice()), RICH - quote.fee);
		assert_eq!(free(fund()), 1 + quote.fee - distribution - probing);
	});
}

#[test]
fn fees_grow_with_size_and_are_rounded_up() {
	run(|| {
		FeePerGib::set(1_000);
		let fee = Storage::fee_per_era;
		assert_eq!(fee(1), FeePerObject::get() + 1);
		assert_eq!(fee(1 << 30), FeePerObject::get() + 1_000);
		assert_eq!(fee((1 << 30) + 1), FeePerObject::get() + 1_001);
		assert_eq!(fee(MAX_OBJECT_BYTES), FeePerObject::get() + 1_024_000);
	});
}

#[test]
fn a_change_of_price_is_refused_beyond_what_the_caller_expects() {
	run(|| {
		members(4, 2);
		let quote = Storage::api_quote(SIZE, 1);
		let pin = |most_fee, most_deposit| {
			let requests = BoundedVec::truncate_from(vec![request(key(1, SIZE), 1)]);
			Storage::pin(signed(alice()), requests, most_fee, most_deposit)
		};
		assert_noop!(pin(quote.fee - 1, Balance::MAX), Error::FeeTooHigh);
		assert_noop!(pin(Balance::MAX, quote.deposit - 1), Error::DepositTooHigh);
		assert_ok!(pin(quote.fee, quote.deposit));
		assert_noop!(renew(bob(), key(1, SIZE).hash, 1, quote.fee - 1), Error::FeeTooHigh);
		assert_ok!(renew(bob(), key(1, SIZE).hash, 1, quote.fee));
	});
}

#[test]
fn requests_that_make_no_sense_are_refused() {
	run(|| {
		members(4, 2);
		let key = key(1, SIZE);
		assert_noop!(try_pin(alice(), ObjectKey { size: 0, ..key }, 1), Error::EmptyObject);
		let large = ObjectKey { size: MAX_OBJECT_BYTES + 1, ..key };
		assert_noop!(try_pin(alice(), large, 1), Error::ObjectTooLarge);
		assert_noop!(try_pin(alice(), key, 0), Error::BadTerm);
		assert_noop!(try_pin(alice(), key, MaxTerm::get() + 1), Error::BadTerm);
		assert_ok!(try_pin(alice(), key, MaxTerm::get()));
		assert_noop!(try_pin(alice(), key, 1), Error::AlreadyPinned);
		let other = ObjectKey { size: 1, ..key };
		assert_noop!(try_pin(alice(), other, 1), Error::AlreadyPinned);
		let pin = |tranche| {
			let one = PinRequest { tranche: Some(tranche), ..request(key, 1) };
			let requests = BoundedVec::truncate_from(vec![one]);
			Storage::pin(signed(bob()), requests, Balance::MAX, Balance::MAX)
		};
		assert_noop!(pin(1), Error::WrongTranche);
		assert_ok!(pin(0));
		assert!(matches!(
			try_pin(poor(), super::super::mock::key(2, SIZE), 1),
			Err(sp_runtime::DispatchError::Token(_))
		));
	});
}

#[test]
fn too_few_operators_take_no_objects() {
	run(|| {
		members(2, 2);
		assert_noop!(try_pin(alice(), key(1, SIZE), 1), Error::NoRoom);
		members(1, 2);
		assert_ok!(try_pin(alice(), key(1, SIZE), 1));
	});
}

#[test]
fn an_object_goes_with_its_last_pin() {
	run(|| {
		members(4, 2);
		let key = stored(1, 2);
		assert_ok!(try_pin(bob(), key, 1));
		assert_eq!(view(1).pins, 2);
		assert_ok!(unpin(alice(), key.hash));
		assert!(exists(key));
		assert_ok!(unpin(bob(), key.hash));
		assert!(!exists(key));
		assert_happened(Event::ObjectRemoved { key, tranche: 0 });
		assert_eq!(counts(), Default::default());
		assert!((0..4).all(|id| member(id) == Default::default()));
		assert_noop!(unpin(bob(), key.hash), Error::PinNotFound);
	});
}

#[test]
fn a_registration_that_is_not_stored_in_time_forfeits_its_fee() {
	run(|| {
		members(4, 2);
		let key = pin(alice(), 1, 5);
		assert_ok!(try_pin(bob(), key, 5));
		let confirmed = view(1).assigned[0];
		assert!(try_confirm(1, confirmed));
		blocks(PendingBlocks::get());
		assert!(exists(key));
		assert_noop!(try_pin(owner(0), key, 5), Error::Expired);
		blocks(1);
		assert!(!exists(key));
		for who in [alice(), bob()] {
			assert!(Storage::api_pin(who.clone(), key.hash).is_none());
			assert_eq!(held(HoldReason::Pin, who.clone()), 0);
			assert_eq!(free(who), RICH - Storage::fee(SIZE, 5));
		}
		assert_eq!(member(confirmed), Default::default());
		assert_eq!(crate::Pending::<Test>::iter().count(), 0);
	});
}

#[test]
fn an_expired_registration_is_not_confirmed_any_more() {
	run(|| {
		members(4, 2);
		pin(alice(), 1, 5);
		for _ in 0..PendingBlocks::get() {
			beat_all(&[]);
			next_block_with(frame_support::weights::Weight::zero());
		}
		let assigned = view(1).assigned[0];
		assert!(!try_confirm(1, assigned));
		assert_ok!(Storage::sweep_pins(signed(bob()), 64));
		assert!(!exists(key(1, SIZE)));
	});
}

#[test]
fn pending_use_is_capped_per_account() {
	run(|| {
		members(4, 16);
		MaxPendingObjects::set(2);
		pin(alice(), 1, 1);
		pin(alice(), 2, 1);
		assert_noop!(try_pin(alice(), key(3, SIZE), 1), Error::TooManyPending);
		pin(bob(), 3, 1);
		confirm_all(1);
		pin(alice(), 4, 1);
		MaxPendingObjects::set(99);
		MaxPendingBytes::set(3 * SIZE);
		pin(alice(), 5, 1);
		assert_noop!(try_pin(alice(), key(6, SIZE), 1), Error::TooManyPending);
		assert_ok!(unpin(alice(), key(5, SIZE).hash));
		pin(alice(), 6, 1);
	});
}

#[test]
fn nobody_keeps_a_publisher_out_of_an_object_in_the_making() {
	run(|| {
		members(4, 2);
		let key = key(1, SIZE);
		for id in 0..crate::types::MAX_PENDING_PINS + 3 {
			assert_ok!(try_pin(owner(id), key, 1));
		}
		assert_ok!(try_pin(bob(), key, 1));
		assert!(Storage::api_may_upload(bob(), key));
		assert_ok!(Storage::do_try_state());
		assert_ok!(unpin(bob(), key.hash));
		assert_ok!(try_pin(bob(), key, 1));
		frame_support::hypothetically!({
			confirm_all(1);
			assert_ok!(Storage::claim(&bob(), &key.hash));
			assert_ok!(Storage::do_try_state());
			Storage::release(&bob(), &key.hash);
			assert_ok!(unpin(bob(), key.hash));
			assert_ok!(Storage::do_try_state());
		});
		frame_support::hypothetically!({
			// The late ones are left over.
			for id in 0..crate::types::MAX_PENDING_PINS {
				assert_ok!(unpin(owner(id), key.hash));
			}
			assert_ok!(Storage::do_try_state());
			blocks(PendingBlocks::get() + 1);
			assert!(!exists(key));
			assert_ok!(Storage::do_try_state());
		});
		blocks(PendingBlocks::get());
		// One after the other, and the object with the last.
		assert_ok!(Storage::sweep_pins(signed(alice()), 64));
		assert!(!exists(key));
		assert_eq!(crate::Pins::<Test>::iter().count(), 0);
		assert_eq!(crate::LatePins::<Test>::iter().count(), 0);
		assert_eq!(held(HoldReason::Pin, bob()), 0);
	});
}

#[test]
fn who_joins_in_has_time_to_upload() {
	run(|| {
		members(4, 2);
		let key = pin(alice(), 1, 5);
		blocks(PendingBlocks::get() - 1);
		assert_ok!(try_pin(bob(), key, 5));
		blocks(PendingBlocks::get() - 1);
		assert!(exists(key));
		// Not for ever.
		for _ in 0..2 * crate::types::MAX_EXTENSIONS {
			assert_ok!(unpin(bob(), key.hash));
			assert_ok!(try_pin(bob(), key, 5));
		}
		assert_ok!(Storage::do_try_state());
		blocks(1);
		assert_ok!(unpin(bob(), key.hash));
		assert_ok!(try_pin(bob(), key, 5));
		blocks(PendingBlocks::get());
		assert!(!exists(key));
	});
}

#[test]
fn only_what_is_stored_is_available() {
	run(|| {
		members(4, 2);
		let key = pin(alice(), 1, 5);
		assert!(!Storage::is_available(&alice(), &key.hash));
		confirm_all(1);
		assert!(Storage::is_available(&alice(), &key.hash));
		assert!(!Storage::is_available(&bob(), &key.hash));
	});
}

#[test]
fn a_renewal_is_paid_from_where_the_last_term_or_grace_ends() {
	run(|| {
		GraceEras::set(3);
		members(4, 2);
		let key = stored(1, 1);
		let until = || Storage::api_pin(alice(), key.hash).unwrap().until;
		let fee = |eras| Storage::fee(SIZE, eras);
		assert_eq!(until(), 2);
		// The era has begun, and nothing has been done about it yet.
		until_era(2);
		assert_ok!(renew(bob(), key.hash, 2, fee(2)));
		assert_eq!(until(), 4);
		// Its deposit has paid for three eras more.
		until_era(4);
		blocks(1);
		assert_ok!(renew(bob(), key.hash, 1, Balance::MAX));
		assert_eq!(until(), 8);
		// Nobody comes by for two eras: they are paid for all the same.
		until_era(8);
		while Storage::era() < 10 {
			next_block_with(frame_support::weights::Weight::zero());
		}
		assert_noop!(renew(bob(), key.hash, 1, fee(3) - 1), Error::FeeTooHigh);
		assert_ok!(renew(bob(), key.hash, 1, fee(3)));
		assert_eq!(until(), 11);
	});
}

#[test]
fn what_is_taken_down_is_neither_kept_nor_paid_nor_used() {
	run(|| {
		members(4, 2);
		let (key, other) = (stored(1, 2), pin(alice(), 2, 2));
		let first = view(2).assigned[0];
		for key in [key, other] {
			assert_ok!(Storage::block_object(signed(council()), key, reason("court order")));
		}
		assert_noop!(Storage::claim(&alice(), &key.hash), Error::ObjectBlocked);
		assert_noop!(renew(bob(), key.hash, 1, Balance::MAX), Error::ObjectBlocked);
		assert!(view(2).assigned.is_empty());
		assert!(!try_confirm(2, first));
		let holders = view(1).holders;
		assert_eq!(view(1).surplus.len(), 3);
		for id in &holders {
			assert_ok!(release(*id, &[key]));
		}
		assert!(view(1).holders.is_empty());
		assert_eq!(counts().degraded, 0);
		let listed = Storage::api_incomplete(0, None, 10).items;
		assert!(listed.iter().all(|object| object.key != key));
		assert_ok!(Storage::do_try_state());
		for key in [key, other] {
			assert_ok!(Storage::unblock_object(signed(council()), key));
		}
		assert_eq!(counts().degraded, 1);
		assert!(try_confirm(2, first));
		confirm_all(1);
		assert_eq!(counts().degraded, 0);
	});
}

#[test]
fn a_term_ends_with_a_grace_from_the_deposit_and_then_the_pin_goes() {
	run(|| {
		members(4, 2);
		let key = stored(1, 1);
		assert_ok!(Storage::claim(&alice(), &key.hash));
		let view = || Storage::api_pin(alice(), key.hash);
		until_era(2);
		assert!(view().unwrap().overdue);
		assert_noop!(Storage::claim(&alice(), &key.hash), Error::PinOverdue);
		assert!(Storage::is_available(&alice(), &key.hash));
		blocks(1);
		let grace = Storage::fee(SIZE, GraceEras::get());
		assert_eq!(view().unwrap().deposit, PinDeposit::get());
		assert_eq!(held(HoldReason::Pin, alice()), PinDeposit::get());
		assert_happened_in_the_last_era(grace);
		until_era(3);
		blocks(1);
		assert!(view().is_none());
		assert!(!Storage::is_available(&alice(), &key.hash));
		assert_eq!(held(HoldReason::Pin, alice()), 0);
		assert!(!exists(key));
		// The use outlives the pin, and its end is no matter.
		assert_eq!(Uses::<Test>::get(alice(), key.hash), 1);
		Storage::release(&alice(), &key.hash);
		assert_eq!(Uses::<Test>::iter().count(), 0);
		Storage::release(&alice(), &key.hash);
	});
}

fn assert_happened_in_the_last_era(grace: Balance) {
	assert_eq!(free(alice()), RICH - Storage::fee(SIZE, 1) - grace - PinDeposit::get());
}

#[test]
fn anyone_renews_and_an_overdue_pin_costs_its_grace_again() {
	run(|| {
		members(4, 2);
		let key = stored(1, 1);
		let fee = Storage::fee(SIZE, 2);
		assert_ok!(renew(bob(), key.hash, 2, fee));
		assert_eq!(free(bob()), RICH - fee);
		assert_eq!(Storage::api_pin(alice(), key.hash).unwrap().until, 4);
		assert_noop!(renew(bob(), key.hash, 0, fee), Error::BadTerm);
		assert_noop!(renew(bob(), key.hash, MaxTerm::get() - 2, Balance::MAX), Error::BadTerm);
		until_era(4);
		blocks(1);
		let grace = Storage::fee(SIZE, GraceEras::get());
		assert_noop!(renew(bob(), key.hash, 2, fee + grace - 1), Error::FeeTooHigh);
		assert_ok!(renew(bob(), key.hash, 2, fee + grace));
		let view = Storage::api_pin(alice(), key.hash).unwrap();
		assert_eq!((view.overdue, view.until), (false, 7));
		assert_eq!(view.deposit, Storage::deposit(SIZE));
		assert_ok!(Storage::claim(&alice(), &key.hash));
		assert_noop!(renew(bob(), [1; 32], 2, fee), Error::PinNotFound);
	});
}

#[test]
fn claims_need_a_stored_object_and_a_pin_of_the_owners() {
	run(|| {
		members(4, 2);
		let key = pin(alice(), 1, 2);
		let claim = |who: AccountId| Storage::claim(&who, &key.hash);
		assert_noop!(claim(alice()), Error::ObjectNotStored);
		assert_noop!(claim(bob()), Error::PinNotFound);
		confirm_all(1);
		assert_ok!(claim(alice()));
		assert_ok!(claim(alice()));
		assert_noop!(unpin(alice(), key.hash), Error::PinInUse);
		Storage::release(&alice(), &key.hash);
		assert_noop!(unpin(alice(), key.hash), Error::PinInUse);
		Storage::release(&alice(), &key.hash);
		assert_ok!(unpin(alice(), key.hash));
	});
}

#[test]
fn blocked_objects_are_not_pinned_anew() {
	run(|| {
		members(4, 2);
		let key = stored(1, 2);
		let block = |who, why| Storage::block_object(signed(who), key, reason(why));
		assert_noop!(block(alice(), "no"), sp_runtime::DispatchError::BadOrigin);
		assert_noop!(block(council(), ""), Error::BadReason);
		assert_ok!(block(council(), "court order"));
		assert_noop!(block(council(), "again"), Error::AlreadyBlocked);
		assert_eq!(view(1).blocked, Some(b"court order".to_vec()));
		assert_noop!(try_pin(bob(), key, 1), Error::ObjectBlocked);
		assert!(!Storage::api_may_upload(alice(), key));
		assert_ok!(Storage::unblock_object(signed(council()), key));
		assert_noop!(Storage::unblock_object(signed(council()), key), Error::NotBlocked);
		assert_ok!(try_pin(bob(), key, 1));
	});
}

#[test]
fn whom_a_pin_names_may_upload() {
	run(|| {
		members(4, 2);
		let key = key(1, SIZE);
		let one = PinRequest { uploader: Some(bob()), ..request(key, 1) };
		let requests = BoundedVec::truncate_from(vec![one]);
		let may = |who: AccountId| Storage::api_may_upload(who, key);
		assert_ok!(Storage::pin(signed(alice()), requests, Balance::MAX, Balance::MAX));
		assert!(may(alice()) && may(bob()) && !may(poor()));
		assert_ok!(unpin(alice(), key.hash));
		assert!(!may(alice()) && !may(bob()));
	});
}
