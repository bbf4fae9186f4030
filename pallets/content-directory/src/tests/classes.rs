//! Class administration.

use super::*;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn update_class_works() {
	run(|| {
		let class = simple_class();
		let changed = ClassConfig {
			description: bounded("Größen".as_bytes()),
			category: Category::Help,
			creation: CreationPolicy::Allowed(bounded(&[BOB])),
			max_entities: Some(3),
			default_quota: Some(2),
			free_form: false,
		};
		for origin in [root(), council()] {
			assert_ok!(ContentDirectory::update_class(origin, class, changed.clone()));
			assert_last(Event::ClassUpdated { class });
		}
		assert_eq!(stored_class(class).config, changed);
		assert_eq!(stored_class(class).active_version, Some(1));
	});
}

#[test]
fn update_class_fails_for_each_reason() {
	run(|| {
		let class = simple_class();
		for origin in strangers() {
			assert_noop!(ContentDirectory::update_class(origin, class, config()), BadOrigin);
		}
		assert_noop!(
			ContentDirectory::update_class(root(), class + 1, config()),
			Error::ClassNotFound
		);
		let bad = ClassConfig { description: bounded(b"caf\xe9"), ..config() };
		assert_noop!(ContentDirectory::update_class(root(), class, bad), Error::BadDescription);
	});
}

#[test]
fn create_entity_fails_for_creation_not_allowed() {
	run(|| {
		let class = simple_class();
		let alices = create(ALICE, class, values([int(1)]));
		configure(class, |config| config.creation = CreationPolicy::Allowed(bounded(&[BOB])));
		assert_noop!(try_create(ALICE, class, values([int(1)])), Error::CreationNotAllowed);
		let bobs = create(BOB, class, values([int(1)]));
		// Nor is anything taken over that could not have been created; what is there stays editable.
		offer(BOB, bobs, ALICE);
		assert_noop!(accept(ALICE, bobs), Error::CreationNotAllowed);
		assert_ok!(set(ALICE, alices, 0, int(2)));
		assert_ok!(remove(ALICE, alices));
	});
}

#[test]
fn create_entity_fails_for_class_full() {
	run(|| {
		let class = simple_class();
		configure(class, |config| config.max_entities = Some(2));
		let first = create(ALICE, class, values([int(1)]));
		create(BOB, class, values([int(1)]));
		assert_noop!(try_create(CHARLIE, class, values([int(1)])), Error::ClassFull);
		// Handing over adds none.
		offer(ALICE, first, BOB);
		assert_ok!(accept(BOB, first));
		assert_ok!(remove(BOB, first));
		create(CHARLIE, class, values([int(1)]));
		// A limit below what there is removes nothing.
		configure(class, |config| config.max_entities = Some(0));
		assert_noop!(try_create(CHARLIE, class, values([int(1)])), Error::ClassFull);
	});
}

#[test]
fn create_entity_fails_for_numbers_used_up() {
	run(|| {
		let class = simple_class();
		crate::Stats::<Test>::mutate(class, |stats| stats.next_serial = u32::MAX - 1);
		let last = create(ALICE, class, values([int(1)]));
		assert_eq!(last.serial, u32::MAX - 1);
		assert_noop!(try_create(ALICE, class, values([int(1)])), Error::ClassFull);
	});
}

#[test]
fn set_class_status_works() {
	run(|| {
		let class = simple_class();
		for status in [ClassStatus::Paused, ClassStatus::Retired, ClassStatus::Open] {
			for origin in [root(), council()] {
				assert_ok!(ContentDirectory::set_class_status(origin, class, status));
				assert_last(Event::ClassStatusSet { class, status });
				assert_eq!(stored_class(class).status, status);
			}
		}
	});
}

#[test]
fn set_class_status_fails_for_each_reason() {
	run(|| {
		let class = simple_class();
		for origin in strangers() {
			assert_noop!(
				ContentDirectory::set_class_status(origin, class, ClassStatus::Paused),
				BadOrigin
			);
		}
		assert_noop!(
			ContentDirectory::set_class_status(root(), class + 1, ClassStatus::Paused),
			Error::ClassNotFound
		);
	});
}

#[test]
fn paused_class_lets_entities_only_be_removed() {
	run(|| {
		let class = simple_class();
		let id = create(ALICE, class, values([int(1)]));
		offer(ALICE, id, BOB);
		set_status(class, ClassStatus::Paused);
		assert_noop!(try_create(ALICE, class, values([int(1)])), Error::ClassPaused);
		assert_noop!(set(ALICE, id, 0, int(2)), Error::ClassPaused);
		assert_noop!(accept(BOB, id), Error::ClassPaused);
		assert!(ContentDirectory::api_entity(id).is_some());
		assert_ok!(remove(ALICE, id));
	});
}

#[test]
fn retired_class_takes_no_new_entities() {
	run(|| {
		let class = simple_class();
		let id = create(ALICE, class, values([int(1)]));
		offer(ALICE, id, BOB);
		set_status(class, ClassStatus::Retired);
		assert_noop!(try_create(ALICE, class, values([int(1)])), Error::ClassRetired);
		assert_ok!(accept(BOB, id));
		assert_ok!(set(BOB, id, 0, int(2)));
		assert_ok!(remove(BOB, id));
		assert_ok!(ContentDirectory::retire_schema(root(), class, 1));
	});
}
