//! How many entities an account may own.

use super::*;
use crate::{types::Holding, Holdings};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

fn set_quota(class: ClassId, who: AccountId, quota: Option<u32>) {
	assert_ok!(ContentDirectory::set_quota(root(), class, who, quota));
}

fn quota(class: ClassId, who: AccountId) -> (u32, Option<u32>) {
	ContentDirectory::api_quota(class, who)
}

#[test]
fn set_quota_works() {
	run(|| {
		let class = simple_class();
		for (origin, limit) in [(root(), Some(1)), (council(), Some(2))] {
			assert_ok!(ContentDirectory::set_quota(origin, class, ALICE, limit));
			assert_last(Event::QuotaSet { class, account: ALICE, quota: limit });
		}
		create(ALICE, class, values([int(1)]));
		create(ALICE, class, values([int(1)]));
		assert_noop!(try_create(ALICE, class, values([int(1)])), Error::QuotaReached);
		assert_eq!(quota(class, ALICE), (2, Some(2)));
		assert_eq!(quota(class, BOB), (0, None));
		// It is the account's own, and the class's own.
		create(BOB, class, values([int(1)]));
		let other = super::class("Other", &[one("a", INT)]);
		create(ALICE, other, values([int(1)]));
	});
}

#[test]
fn set_quota_works_below_what_there_is() {
	run(|| {
		let class = simple_class();
		let first = create(ALICE, class, values([int(1)]));
		let second = create(ALICE, class, values([int(1)]));
		set_quota(class, ALICE, Some(1));
		assert_noop!(try_create(ALICE, class, values([int(1)])), Error::QuotaReached);
		assert_ok!(set(ALICE, first, 0, int(3)));
		assert_ok!(remove(ALICE, first));
		assert_noop!(try_create(ALICE, class, values([int(1)])), Error::QuotaReached);
		assert_ok!(remove(ALICE, second));
		create(ALICE, class, values([int(1)]));
	});
}

#[test]
fn set_quota_works_with_none_left_behind() {
	run(|| {
		let class = simple_class();
		set_quota(class, ALICE, Some(0));
		assert_noop!(try_create(ALICE, class, values([int(1)])), Error::QuotaReached);
		assert_eq!(Holdings::<Test>::get(class, ALICE), Holding { entities: 0, quota: Some(0) });
		set_quota(class, ALICE, None);
		assert_eq!(Holdings::<Test>::iter().count(), 0);
		let id = create(ALICE, class, values([int(1)]));
		assert_eq!(Holdings::<Test>::get(class, ALICE), Holding { entities: 1, quota: None });
		assert_ok!(remove(ALICE, id));
		assert_eq!(Holdings::<Test>::iter().count(), 0);
	});
}

#[test]
fn set_quota_fails_for_each_reason() {
	run(|| {
		let class = simple_class();
		for origin in strangers() {
			assert_noop!(ContentDirectory::set_quota(origin, class, ALICE, Some(9)), BadOrigin);
		}
		assert_noop!(
			ContentDirectory::set_quota(root(), class + 1, ALICE, None),
			Error::ClassNotFound
		);
	});
}

#[test]
fn set_default_quota_works() {
	run(|| {
		let class = simple_class();
		for origin in [root(), council()] {
			assert_ok!(ContentDirectory::set_default_quota(origin, class, Some(1)));
			assert_last(Event::DefaultQuotaSet { class, quota: Some(1) });
		}
		set_quota(class, BOB, Some(2));
		set_quota(class, CHARLIE, Some(0));
		create(ALICE, class, values([int(1)]));
		assert_noop!(try_create(ALICE, class, values([int(1)])), Error::QuotaReached);
		// One's own quota counts, be it higher or lower.
		create(BOB, class, values([int(1)]));
		create(BOB, class, values([int(1)]));
		assert_noop!(try_create(BOB, class, values([int(1)])), Error::QuotaReached);
		assert_noop!(try_create(CHARLIE, class, values([int(1)])), Error::QuotaReached);
		assert_eq!(quota(class, ALICE), (1, Some(1)));
		assert_eq!(quota(class, BOB), (2, Some(2)));
		assert_eq!(quota(class, CHARLIE), (0, Some(0)));

		set_quota(class, CHARLIE, None);
		assert_eq!(quota(class, CHARLIE), (0, Some(1)));
		assert_ok!(ContentDirectory::set_default_quota(root(), class, None));
		assert_eq!(quota(class, ALICE), (1, None));
		create(ALICE, class, values([int(1)]));
	});
}

#[test]
fn set_default_quota_fails_for_each_reason() {
	run(|| {
		let class = simple_class();
		for origin in strangers() {
			assert_noop!(ContentDirectory::set_default_quota(origin, class, Some(1)), BadOrigin);
		}
		assert_noop!(
			ContentDirectory::set_default_quota(root(), class + 1, None),
			Error::ClassNotFound
		);
	});
}

#[test]
fn accept_transfer_fails_for_quota_reached() {
	run(|| {
		let class = simple_class();
		let id = create(ALICE, class, values([int(1)]));
		let bobs = create(BOB, class, values([int(1)]));
		assert_ok!(ContentDirectory::set_default_quota(root(), class, Some(1)));
		offer(ALICE, id, BOB);
		assert_noop!(accept(BOB, id), Error::QuotaReached);
		assert_ok!(remove(BOB, bobs));
		assert_ok!(accept(BOB, id));
		// The giver has room again.
		create(ALICE, class, values([int(1)]));
	});
}

#[test]
fn quota_of_a_class_that_is_missing_is_unlimited_and_unused() {
	run(|| assert_eq!(quota(7, ALICE), (0, None)));
}
