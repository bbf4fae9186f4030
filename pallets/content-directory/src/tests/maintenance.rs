//! Work on whole classes: entries for older entities, and migrations.

use super::*;
use crate::{types::max_migrate_weight, Builds, IndexEntries, Stats, Sweeps, UniqueEntries};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};
use rome_primitives::content::{
	limits::{MAX_ENTITY_BYTES, MAX_REFERENCES, MAX_STRING_BYTES},
	Sweep,
};
use sp_runtime::DispatchError::BadOrigin;

/// Room for so many entities at their largest, and for what comes before them.
fn idle_for(entities: u64) -> Weight {
	use crate::WeightInfo;
	type W = <Test as crate::Config>::WeightInfo;
	let before = W::maintain().saturating_add(W::load_schemas(17));
	let room = before.saturating_add(max_migrate_weight::<Test>().saturating_mul(entities));
	let used = ContentDirectory::on_idle(1, room);
	assert!(used.all_lte(room), "{used} of {room}");
	used
}

fn migrate_class(class: ClassId, version: SchemaVersion) {
	assert_ok!(ContentDirectory::migrate_class(root(), class, version));
}

fn sweep(class: ClassId) -> Option<Sweep> {
	Sweeps::<Test>::get(class)
}

fn versions(class: ClassId) -> Vec<SchemaVersion> {
	let mut entities = Entities::<Test>::iter_prefix(class).collect::<Vec<_>>();
	entities.sort_by_key(|(serial, _)| *serial);
	entities.into_iter().map(|(_, entity)| entity.version).collect()
}

fn class_of(count: u32) -> ClassId {
	let class = class("Swept", &[one("size", INT)]);
	(0..count).for_each(|number| {
		create(ALICE, class, values([int(number.into())]));
	});
	upgrade(class, &[one("size", ScalarType::Int { min: Some(2), max: None }).carries(0)]);
	class
}

fn events() -> Vec<Event> {
	System::read_events_for_pallet::<Event>()
}

#[test]
fn migrate_class_moves_what_asks_for_nothing() {
	run(|| {
		let class = class_of(5);
		System::reset_events();
		migrate_class(class, 2);
		assert_last(Event::MigrationStarted { class, version: 2 });
		System::reset_events();
		idle();
		assert_eq!(versions(class), [1, 1, 2, 2, 2]);
		let id = |serial| EntityId { class, serial };
		let asks =
			|serial| Event::EntityAsks { entity: id(serial), version: 2, properties: vec![0] };
		let moved = |serial| Event::EntityMigrated { entity: id(serial), from: 1, to: 2 };
		let finished = Event::MigrationFinished { class, version: 2, moved: 3, asking: 2 };
		assert_eq!(events(), [asks(0), asks(1), moved(2), moved(3), moved(4), finished]);
		assert_eq!(sweep(class), None);
	});
}

#[test]
fn migration_goes_on_block_by_block_while_users_write() {
	run(|| {
		let class = class_of(8);
		migrate_class(class, 2);
		while sweep(class).is_some_and(|sweep| sweep.next < 3) {
			idle_for(1);
		}
		let at = sweep(class).unwrap().next;
		assert!((3..8).contains(&at), "{at}");
		assert!(matches!(
			events().last(),
			Some(Event::MigrationProgressed { class: of, next, .. }) if *of == class && *next == at
		));
		// Those before and behind the cursor change, go and come, and another version is activated.
		let id = |serial| EntityId { class, serial };
		assert_ok!(set(ALICE, id(2), 0, int(20)));
		assert_ok!(remove(ALICE, id(6)));
		assert_ok!(set(ALICE, id(7), 0, int(0)));
		assert_ok!(migrate(root(), id(5), 2));
		create(BOB, class, values([int(9)]));
		upgrade(class, &[one("size", INT).carries(0)]);
		create(BOB, class, values([int(1)]));
		for _ in 0..20 {
			idle_for(1);
		}
		assert_eq!(versions(class), [1, 1, 2, 2, 2, 2, 1, 2, 3]);
		assert_eq!(sweep(class), None);
		// And on to the next. What asked for something on the way does so still.
		migrate_class(class, 3);
		idle();
		assert_eq!(versions(class), [1, 1, 3, 3, 3, 3, 1, 3, 3]);
	});
}

#[test]
fn little_room_does_little_and_none_nothing() {
	run(|| {
		let class = class_of(3);
		migrate_class(class, 2);
		let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
		assert_eq!(ContentDirectory::on_idle(1, Weight::zero()), Weight::zero());
		assert!(idle_for(0).all_lte(max_migrate_weight::<Test>()));
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
	});
}

#[test]
fn one_entity_at_its_largest_stays_within_what_is_set_aside_for_it() {
	run(|| {
		let long = || one("a", ScalarType::Bytes { max_length: MAX_STRING_BYTES });
		let target = simple_class();
		let references = list("references", to_class(target), MAX_REFERENCES as u16);
		let class = class("Large", &[long(), long_named("b"), references.clone()]);
		let own = create(ALICE, target, values([]));
		let bytes = |length: usize| Scalar::Bytes(bounded(&vec![1; length]));
		let all = some(&[
			(0, Value::from(bytes(8_000))),
			(1, bytes(7_600).into()),
			(2, many(&vec![to(own); 64])),
		]);
		assert!(codec::Encode::encoded_size(&all) as u32 > MAX_ENTITY_BYTES - 300);
		let entities = (0..3).map(|_| create(ALICE, class, all.clone())).collect::<Vec<_>>();
		let tightened = list("references", to_own(target), MAX_REFERENCES as u16);
		upgrade(class, &[long().carries(0), long_named("b").carries(1), tightened.carries(2)]);
		migrate_class(class, 2);
		let mut blocks = 0;
		while sweep(class).is_some() {
			idle_for(1);
			blocks += 1;
			assert!(blocks < 10);
		}
		// Each block had room for one and moved no more.
		assert!(blocks >= 3, "{blocks}");
		assert!(entities.iter().all(|id| stored(*id).version == 2));
	});
}

fn long_named(name: &str) -> DraftProperty {
	one(name, ScalarType::Bytes { max_length: MAX_STRING_BYTES })
}

#[test]
fn migrate_class_and_cancel_migration_fail_for_each_reason() {
	run(|| {
		let class = class_of(2);
		for origin in strangers() {
			assert_noop!(ContentDirectory::migrate_class(origin.clone(), class, 2), BadOrigin);
			assert_noop!(ContentDirectory::cancel_migration(origin, class), BadOrigin);
		}
		let start = |class, version| ContentDirectory::migrate_class(council(), class, version);
		assert_noop!(start(class + 1, 1), Error::ClassNotFound);
		assert_noop!(start(class, 3), Error::SchemaNotFound);
		assert_noop!(start(class, 0), Error::SchemaNotFound);
		assert_noop!(ContentDirectory::cancel_migration(root(), class), Error::MigrationNotRunning);
		assert_ok!(start(class, 2));
		assert_noop!(start(class, 2), Error::MigrationRunning);
		assert_noop!(ContentDirectory::retire_schema(root(), class, 2), Error::MigrationRunning);
		assert_ok!(ContentDirectory::cancel_migration(council(), class));
		assert_last(Event::MigrationCancelled { class, version: 2, moved: 0 });
		idle();
		assert_eq!(versions(class), [1, 1]);
		upgrade(class, &[one("size", INT).carries(0)]);
		assert_ok!(ContentDirectory::retire_schema(root(), class, 2));
		assert_noop!(start(class, 2), Error::SchemaAlreadyRetired);
	});
}

#[test]
fn what_a_pin_keeps_stays() {
	run(|| {
		let class = class("Files", &[one("file", OBJECT), one("size", INT)]);
		pin(ALICE, hash(1));
		let id = create(ALICE, class, values([object(1)]));
		upgrade(class, &[one("file", OBJECT).carries(0), list("files", OBJECT, 1).casts(0)]);
		unpin(ALICE, hash(1));
		migrate_class(class, 2);
		idle();
		assert_eq!(stored(id).version, 1);
		let asks = Event::EntityAsks { entity: id, version: 2, properties: vec![] };
		assert!(events().contains(&asks));
		pin(ALICE, hash(1));
		restore_use(ALICE, hash(1));
	});
}

#[test]
fn frozen_entities_are_migrated_and_offers_lapse() {
	run(|| {
		let class = class_of(3);
		let id = EntityId { class, serial: 2 };
		offer(ALICE, id, BOB);
		Entities::<Test>::mutate(class, id.serial.to_be_bytes(), |entity| {
			entity.as_mut().unwrap().visibility =
				rome_primitives::content::Visibility::Frozen { group: 0, reason: bounded(b"x") };
		});
		migrate_class(class, 2);
		idle();
		assert_eq!(stored(id).version, 2);
		assert!(crate::TransferOffers::<Test>::get(id).is_none());
	});
}

#[test]
fn entries_are_built_for_older_entities() {
	run(|| {
		let class = class("Built", &[one("name", TEXT), one("size", INT)]);
		let names = ["a", "b", "a", "c", "b"];
		for (number, name) in names.iter().enumerate() {
			create(ALICE, class, values([text(name), int(number as i64)]));
		}
		System::reset_events();
		upgrade(
			class,
			&[one("name", TEXT).unique().carries(0), one("size", INT).indexed().carries(1)],
		);
		let build = Builds::<Test>::get(class).expect("it has begun");
		assert_eq!((build.next, build.end, build.properties.to_vec()), (0, 5, vec![0, 1]));
		// New ones have theirs at once, and may be first.
		let id = |serial| EntityId { class, serial };
		create(BOB, class, values([text("c")]));
		assert_ok!(set(ALICE, id(1), 0, text("d")));
		assert_ok!(remove(ALICE, id(4)));
		idle();
		assert!(!Builds::<Test>::contains_key(class));
		let taken = |entity, holder| Event::UniqueTaken { entity, property: 0, holder };
		let built = Event::EntriesBuilt { class, properties: bounded(&[0, 1]) };
		let events = events();
		assert!(events.contains(&taken(id(2), id(0))) && events.contains(&taken(id(3), id(5))));
		assert_eq!(events.last(), Some(&built));
		assert_eq!(UniqueEntries::<Test>::iter().count(), 3);
		assert_eq!(IndexEntries::<Test>::iter().count(), 4);
	});
}

#[test]
fn builds_begin_again_with_what_a_later_version_adds() {
	run(|| {
		let class = class("Built", &[one("name", TEXT), one("size", INT)]);
		create(ALICE, class, values([text("a"), int(1)]));
		upgrade(class, &[one("name", TEXT).indexed().carries(0), one("size", INT).carries(1)]);
		create(ALICE, class, values([text("b"), int(2)]));
		let both = [one("name", TEXT).indexed().carries(0), one("size", INT).indexed().carries(1)];
		upgrade(class, &both);
		let build = Builds::<Test>::get(class).expect("it has begun");
		assert_eq!((build.end, build.properties.to_vec()), (2, vec![0, 1]));
		idle();
		assert_eq!(IndexEntries::<Test>::iter().count(), 4);
		// Nothing is begun where there is nothing to do.
		upgrade(class, &both);
		assert!(!Builds::<Test>::contains_key(class));
		assert_eq!(Stats::<Test>::get(class).entities, 2);
	});
}

#[test]
fn build_goes_on_block_by_block() {
	run(|| {
		let class = class("Built", &[one("size", INT)]);
		(0..6).for_each(|number| {
			create(ALICE, class, values([int(number)]));
		});
		upgrade(class, &[one("size", INT).indexed().carries(0)]);
		use crate::WeightInfo;
		type W = <Test as crate::Config>::WeightInfo;
		let room = W::maintain()
			.saturating_add(W::load_schemas(2))
			.saturating_add(W::build_entity().saturating_mul(2));
		let mut blocks = 0;
		while Builds::<Test>::contains_key(class) {
			let used = ContentDirectory::on_idle(1, room);
			assert!(used.all_lte(room));
			assert_ok!(ContentDirectory::do_try_state());
			blocks += 1;
			assert!(blocks < 10);
		}
		assert!(blocks >= 3, "{blocks}");
		assert_eq!(IndexEntries::<Test>::iter().count(), 6);
	});
}
