//! Handing entities over.

use super::*;
use crate::{types::ReferenceCount, Holdings, References, TransferOffers};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn offer_transfer_works() {
	run(|| {
		let id = create(ALICE, simple_class(), values([int(1)]));
		for to in [Some(BOB), Some(CHARLIE), None] {
			assert_ok!(ContentDirectory::offer_transfer(signed(ALICE), id, to));
			assert_last(Event::TransferOffered { entity: id, to });
			assert_eq!(TransferOffers::<Test>::get(id), to);
			assert_eq!(ContentDirectory::api_entity(id).unwrap().offered_to, to);
		}
		assert_eq!(stored(id).owner, ALICE);
	});
}

#[test]
fn offer_transfer_fails_for_each_reason() {
	run(|| {
		let id = create(ALICE, simple_class(), values([int(1)]));
		let offer = |origin, id, to| ContentDirectory::offer_transfer(origin, id, Some(to));
		let nowhere = EntityId { serial: 9, ..id };
		assert_noop!(offer(signed(ALICE), nowhere, BOB), Error::EntityNotFound);
		assert_noop!(offer(signed(BOB), id, CHARLIE), Error::NotTheOwner);
		assert_noop!(offer(signed(ALICE), id, ALICE), Error::AlreadyTheOwner);
		assert_noop!(offer(root(), id, BOB), BadOrigin);
	});
}

#[test]
fn accept_transfer_works() {
	run(|| {
		let class = simple_class();
		let id = create_referenceable(ALICE, class, values([int(1)]));
		let before = stored(id);
		offer(ALICE, id, BOB);
		assert_ok!(ContentDirectory::accept_transfer(signed(BOB), id, before.deposit));
		assert_last(Event::TransferAccepted { entity: id, from: ALICE, to: BOB });
		assert_eq!(stored(id), Entity { owner: BOB, ..before });
		assert!(!TransferOffers::<Test>::contains_key(id));
		assert!(!Holdings::<Test>::contains_key(class, ALICE));
		assert_eq!(Holdings::<Test>::get(class, BOB).entities, 1);
		assert_noop!(set(ALICE, id, 0, int(2)), Error::NotTheOwner);
		assert_ok!(set(BOB, id, 0, int(2)));
		// And back.
		offer(BOB, id, ALICE);
		assert_ok!(accept(ALICE, id));
	});
}

#[test]
fn accept_transfer_fails_for_each_reason() {
	run(|| {
		let class = simple_class();
		let id = create(ALICE, class, values([int(1)]));
		assert_noop!(accept(BOB, EntityId { serial: 9, ..id }), Error::EntityNotFound);
		assert_noop!(accept(BOB, id), Error::NotOffered);
		offer(ALICE, id, BOB);
		for who in [ALICE, CHARLIE] {
			assert_noop!(accept(who, id), Error::NotOffered);
		}
		assert_noop!(ContentDirectory::accept_transfer(root(), id, 0), BadOrigin);
		let deposit = stored(id).deposit;
		assert_noop!(
			ContentDirectory::accept_transfer(signed(BOB), id, deposit - 1),
			Error::DepositTooHigh
		);
		assert_ok!(ContentDirectory::offer_transfer(signed(ALICE), id, None));
		assert_noop!(accept(BOB, id), Error::NotOffered);
	});
}

#[test]
fn accept_transfer_works_once() {
	run(|| {
		let id = create(ALICE, simple_class(), values([int(1)]));
		offer(ALICE, id, BOB);
		assert_ok!(accept(BOB, id));
		offer(BOB, id, ALICE);
		assert_ok!(accept(ALICE, id));
		assert_noop!(accept(BOB, id), Error::NotOffered);
	});
}

/// How often `owner` refers to `target`.
fn count(target: EntityId, owner: AccountId) -> u32 {
	References::<Test>::get(target, owner).total
}

#[test]
fn accept_transfer_hands_over_references() {
	run(|| {
		let targets = simple_class();
		let class = class("Refers", &[list("some", to_class(targets), 5), one("next", TO_ITSELF)]);
		let closed = create(ALICE, targets, values([int(1)]));
		let open = create_referenceable(ALICE, targets, values([int(1)]));
		let id = create(ALICE, class, some(&[(0, many(&[to(closed), to(open), to(open)]))]));
		assert_ok!(set(ALICE, id, 1, to(id)));
		offer(ALICE, id, BOB);
		assert_ok!(accept(BOB, id));
		assert_eq!([closed, open, id].map(|target| count(target, ALICE)), [0; 3]);
		assert_eq!([closed, open, id].map(|target| count(target, BOB)), [1, 2, 1]);
		// They were the giver's own and are foreign now: only what is referenceable is kept.
		assert_noop!(remove(ALICE, open), Error::StillReferenced);
		assert_ok!(remove(ALICE, closed));
		assert_eq!(ContentDirectory::api_entity(id).unwrap().removed_references, [closed]);
		assert_ok!(remove(BOB, id));
		assert_ok!(remove(ALICE, open));
		assert_eq!(References::<Test>::iter().count(), 0);
	});
}

#[test]
fn accept_transfer_of_a_target_keeps_the_counts() {
	run(|| {
		let targets = simple_class();
		let class = class("Refers", &[one("one", to_class(targets))]);
		let target = create_referenceable(ALICE, targets, values([int(1)]));
		let alices = create(ALICE, class, values([to(target)]));
		let bobs = create(BOB, class, values([to(target)]));
		offer(ALICE, target, BOB);
		assert_ok!(accept(BOB, target));
		assert_eq!((count(target, ALICE), count(target, BOB)), (1, 1));
		// What was foreign is the own and the reverse.
		assert_ok!(ContentDirectory::set_referenceable(signed(BOB), target, false));
		assert_noop!(remove(BOB, target), Error::StillReferenced);
		assert_ok!(remove(BOB, bobs));
		assert_ok!(remove(BOB, target));
		assert_ok!(remove(ALICE, alices));
	});
}

#[test]
fn accept_transfer_fails_for_bound_to_owner() {
	run(|| {
		let targets = simple_class();
		let class = class("Refers", &[one("own", to_own(targets)), one("any", to_class(targets))]);
		let target = create(ALICE, targets, values([int(1)]));
		let id = create(ALICE, class, values([to(target), to(target)]));
		assert_eq!(
			References::<Test>::get(target, ALICE),
			ReferenceCount { total: 2, same_owner: 1 }
		);
		for end in [id, target] {
			offer(ALICE, end, BOB);
			assert_noop!(accept(BOB, end), Error::BoundToOwner);
		}
		assert_ok!(clear(ALICE, id, 0));
		// The update has ended the offer of one end alone.
		assert_noop!(accept(BOB, id), Error::NotOffered);
		assert_ok!(accept(BOB, target));
		offer(ALICE, id, BOB);
		assert_ok!(accept(BOB, id));
		assert_ok!(set(BOB, id, 0, to(target)));
	});
}
