//! Each invariant, broken on purpose: the check must see it, and say which one it was.

use super::*;
use crate::{
	types::{entity_key, Holding, ReferenceCount},
	ClassNames, Endorsements, Holdings, IndexEntries, OwnedEntities, References, Schemas, Stats,
	Suggestions, TransferOffers, UniqueEntries,
};
use frame_support::{assert_ok, traits::fungible::MutateHold};
use rome_primitives::content::{index_key, SchemaStatus};
use sp_runtime::TryRuntimeError;

/// Class 0 has numbers, class 1 has entities with a unique name, an indexed size, and references to class
/// 0: any and own. Of each there is one of Alice's, the first being referred to by the second both ways;
/// one suggestion is endorsed.
fn broken(expected: &'static str, damage: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let targets = simple_class();
		let properties = [
			one("name", TEXT).unique(),
			one("size", INT).indexed(),
			one("any", to_class(targets)),
			one("own", to_own(targets)),
		];
		class("Refers", &properties);
		let target = create_referenceable(ALICE, targets, values([int(1)]));
		create(ALICE, 1, values([text("a"), int(1), to(target), to(target)]));
		let suggestion = suggest(ALICE, new_class("Other"), &[one("a", INT)]);
		assert_ok!(ContentDirectory::endorse_schema(signed(BOB), suggestion, 50));
		assert_ok!(ContentDirectory::do_try_state());
		damage();
		assert_eq!(ContentDirectory::do_try_state(), Err(TryRuntimeError::Other(expected)));
	});
}

const TARGET: EntityId = EntityId { class: 0, serial: 0 };
const REFERS: EntityId = EntityId { class: 1, serial: 0 };
const NEVER: EntityId = EntityId { class: 0, serial: 7 };
/// The number of the suggestion that is open.
const OPEN: SuggestionId = 2;

fn change_class(change: impl FnOnce(&mut Class<AccountId>)) {
	Classes::<Test>::mutate(0, |class| change(class.as_mut().unwrap()));
}

fn change_schema(
	version: SchemaVersion,
	change: impl FnOnce(&mut rome_primitives::content::Schema),
) {
	Schemas::<Test>::mutate(0, version, |schema| change(schema.as_mut().unwrap()));
}

fn change_entity(id: EntityId, change: impl FnOnce(&mut Entity<AccountId, Balance>)) {
	Entities::<Test>::mutate(id.class, id.serial.to_be_bytes(), |entity| {
		change(entity.as_mut().unwrap())
	});
}

/// Changes what is counted of class 0.
fn change_stats(change: impl FnOnce(&mut rome_primitives::content::ClassStats)) {
	Stats::<Test>::mutate(0, change);
}

#[test]
fn try_state_detects_a_class_without_a_name() {
	broken("a class has no name or a name no class", || {
		ClassNames::<Test>::remove(stored_class(0).name)
	});
}

#[test]
fn try_state_detects_a_name_without_a_class() {
	broken("a class has no name or a name no class", || {
		ClassNames::<Test>::insert(bounded::<u8, _>(b"Nothing"), 0)
	});
}

#[test]
fn try_state_detects_a_class_number_not_given_out() {
	broken("a class's number was not given out", || NextClassId::<Test>::put(1));
}

#[test]
fn try_state_detects_a_name_that_leads_elsewhere() {
	broken("a class's name is not its own", || ClassNames::<Test>::insert(stored_class(0).name, 1));
}

#[test]
fn try_state_detects_an_active_version_that_is_not() {
	let expected = "a class's active version is not the one active version";
	broken(expected, || change_class(|class| class.active_version = None));
	broken(expected, || change_schema(1, |schema| schema.status = SchemaStatus::Superseded));
	// Two of them.
	broken(expected, || {
		upgrade(0, &[one("a", INT)]);
		change_schema(1, |schema| schema.status = SchemaStatus::Active);
	});
}

#[test]
fn try_state_detects_numbers_of_a_schema_not_given_out() {
	let expected = "a schema's version, base or property ids were not given out";
	broken(expected, || change_class(|class| class.latest_version = 0));
	broken(expected, || change_class(|class| class.next_property = 0));
	broken(expected, || change_schema(1, |schema| schema.base = 1));
	broken("version 0 has a schema of its own", || {
		Schemas::<Test>::insert(0, 0, rome_primitives::content::Schema::free_form());
	});
}

#[test]
fn try_state_detects_versions_that_disagree_on_entries() {
	broken("two versions disagree on whether a property has entries", || {
		upgrade(0, &[one("a", INT).carries(0)]);
		change_schema(1, |schema| schema.properties[0].index_entries = true);
	});
	broken("a property that is unique or indexed has no entries", || {
		change_schema(1, |schema| schema.properties[0].property.indexed = true);
	});
}

#[test]
fn try_state_detects_curator_groups_not_given_out() {
	let group = |classes: &[ClassId]| rome_primitives::content::CuratorGroup {
		name: Default::default(),
		members: Default::default(),
		classes: bounded(classes),
		active: true,
	};
	broken("a curator group's number was not given out", || {
		crate::CuratorGroups::<Test>::insert(0, group(&[]));
	});
	broken("a curator group looks after a class that does not exist", || {
		crate::NextCuratorGroupId::<Test>::put(1);
		crate::CuratorGroups::<Test>::insert(0, group(&[7]));
	});
}

#[test]
fn try_state_detects_cursors_that_point_nowhere() {
	let build =
		|next, end| rome_primitives::content::Build { properties: Default::default(), next, end };
	broken("a build's class does not exist", || {
		crate::Builds::<Test>::insert(7, build(0, 0));
	});
	for (next, end) in [(1, 0), (0, 2)] {
		broken("a build has passed its end", || {
			crate::Builds::<Test>::insert(0, build(next, end));
		});
	}
	let sweep = |version, next, end| rome_primitives::content::Sweep {
		version,
		next,
		end,
		moved: 0,
		asking: 0,
	};
	for (class, version) in [(7, 1), (0, 2)] {
		broken("a migration leads to a version that is not live", || {
			crate::Sweeps::<Test>::insert(class, sweep(version, 0, 0));
		});
	}
	for (next, end) in [(1, 0), (0, 2)] {
		broken("a migration has passed its end", || {
			crate::Sweeps::<Test>::insert(0, sweep(1, next, end));
		});
	}
}

#[test]
fn try_state_detects_versions_not_counted() {
	let expected = "the versions counted are not those that are not retired";
	broken(expected, || {
		upgrade(0, &[one("a", INT)]);
		change_stats(|stats| stats.by_version.retain(|(version, _)| *version == 1));
	});
	broken(expected, || change_stats(|stats| stats.by_version.try_push((2, 0)).unwrap()));
	// A retired version that is still counted.
	broken(expected, || {
		upgrade(0, &[one("a", INT)]);
		change_schema(1, |schema| schema.status = SchemaStatus::Retired);
	});
}

#[test]
fn try_state_detects_an_entity_number_not_given_out() {
	broken("an entity's number was not given out", || change_stats(|stats| stats.next_serial = 0));
}

#[test]
fn try_state_detects_a_wrong_count_of_a_version() {
	broken("a version's count is not that of its entities", || {
		change_stats(|stats| stats.by_version[0].1 = 2)
	});
}

#[test]
fn try_state_detects_a_wrong_count_of_a_class() {
	broken("a class's count is not that of its versions", || {
		change_stats(|stats| stats.entities = 2)
	});
}

#[test]
fn try_state_detects_an_entity_of_a_version_not_counted() {
	broken("an entity's version is not counted", || {
		change_entity(TARGET, |entity| entity.version = 2);
		change_stats(|stats| {
			stats.entities = 0;
			stats.by_version[0].1 = 0;
		});
	});
}

#[test]
fn try_state_detects_a_wrong_count_of_an_owner() {
	let expected = "an owner's count is not that of its entities";
	broken(expected, || {
		Holdings::<Test>::mutate(0, ALICE, |holding| holding.entities = 2);
	});
	broken(expected, || {
		Holdings::<Test>::insert(0, BOB, Holding { entities: 1, quota: None });
	});
}

#[test]
fn try_state_detects_an_owner_not_counted() {
	broken("an owner's entities are not counted", || Holdings::<Test>::remove(0, ALICE));
}

#[test]
fn try_state_detects_an_entity_not_listed() {
	broken("an entity is not listed for its owner", || {
		OwnedEntities::<Test>::remove(ALICE, entity_key(TARGET))
	});
}

#[test]
fn try_state_detects_something_listed_for_another() {
	let expected = "something is listed that its owner does not own";
	broken(expected, || OwnedEntities::<Test>::insert(BOB, entity_key(TARGET), ()));
	broken(expected, || OwnedEntities::<Test>::insert(ALICE, entity_key(NEVER), ()));
}

#[test]
fn try_state_detects_an_entity_without_schema() {
	broken("an entity has no schema", || {
		change_entity(TARGET, |entity| entity.version = 2);
		Schemas::<Test>::remove(0, 1);
		change_class(|class| class.active_version = None);
		// Only what is counted is left of the version.
		change_stats(|stats| {
			stats.entities = 0;
			stats.by_version = Default::default();
		});
		// A version that no class knows is counted as nothing else is: by a class that is not there.
		Entities::<Test>::remove(0, TARGET.serial.to_be_bytes());
		OwnedEntities::<Test>::remove(ALICE, entity_key(TARGET));
		Holdings::<Test>::remove(0, ALICE);
		let stray = EntityId { class: 9, serial: 0 };
		Entities::<Test>::insert(9, 0u32.to_be_bytes(), Entity { version: 1, ..stored(REFERS) });
		OwnedEntities::<Test>::insert(ALICE, entity_key(stray), ());
		Holdings::<Test>::insert(9, ALICE, Holding { entities: 1, quota: None });
		Stats::<Test>::insert(
			9,
			rome_primitives::content::ClassStats {
				next_serial: 1,
				entities: 1,
				by_version: bounded(&[(1, 1)]),
			},
		);
	});
}

#[test]
fn try_state_detects_an_entity_of_a_retired_schema() {
	broken("an entity's schema is retired", || {
		// Of a class that is not there, whose versions nobody counts.
		Classes::<Test>::remove(0);
		ClassNames::<Test>::remove(bounded::<u8, _>(b"Simple"));
		change_schema(1, |schema| schema.status = SchemaStatus::Retired);
	});
}

#[test]
fn try_state_detects_values_that_do_not_fit() {
	let expected = "an entity's values do not fit its schema";
	broken(expected, || change_entity(TARGET, |entity| entity.values = values([text("a")])));
	broken(expected, || {
		change_entity(TARGET, |entity| entity.values = some(&[(1, int(1))]));
	});
}

#[test]
fn try_state_detects_a_missing_unique_entry() {
	let expected = "a unique value's entry is missing or another entity's";
	let key = || ContentDirectory::unique_key(1, 0, &text("a"));
	broken(expected, || UniqueEntries::<Test>::remove(key()));
	broken(expected, || UniqueEntries::<Test>::insert(key(), TARGET));
}

#[test]
fn try_state_detects_a_unique_entry_of_nothing() {
	broken("a unique entry has no value", || {
		UniqueEntries::<Test>::insert(ContentDirectory::unique_key(1, 0, &text("b")), REFERS)
	});
}

#[test]
fn try_state_detects_a_missing_index_entry() {
	broken("an indexed value has no entry", || {
		IndexEntries::<Test>::remove(((1, 1), index_key(&int(1)), [0; 4]))
	});
}

#[test]
fn try_state_detects_an_index_entry_of_nothing() {
	broken("an index entry has no value", || {
		IndexEntries::<Test>::insert(((1, 1), index_key(&int(2)), [0; 4]), ())
	});
}

#[test]
fn try_state_detects_a_reference_to_another_class() {
	broken("a reference leads to another class", || {
		change_entity(REFERS, |entity| {
			entity.values = values([text("a"), int(1), to(REFERS), to(TARGET)])
		})
	});
}

#[test]
fn try_state_detects_a_reference_to_what_never_was() {
	broken("a reference leads to an entity that never was", || {
		change_entity(REFERS, |entity| {
			entity.values = values([text("a"), int(1), to(NEVER), to(TARGET)])
		})
	});
}

#[test]
fn try_state_detects_a_reference_to_another_owner() {
	broken("a reference leads to another owner", || {
		let bobs = create(BOB, 0, values([int(1)]));
		change_entity(REFERS, |entity| {
			entity.values = values([text("a"), int(1), to(TARGET), to(bobs)])
		});
	});
	// What is removed has no owner.
	broken("a reference leads to another owner", || {
		let gone = create(ALICE, 0, values([int(1)]));
		assert_ok!(remove(ALICE, gone));
		change_entity(REFERS, |entity| {
			entity.values = values([text("a"), int(1), to(TARGET), to(gone)])
		});
	});
}

#[test]
fn try_state_detects_a_wrong_reference_count() {
	let expected = "a reference count is not that of the references";
	let count = |total, same_owner| ReferenceCount { total, same_owner };
	broken(expected, || References::<Test>::insert(TARGET, ALICE, count(3, 1)));
	broken(expected, || References::<Test>::insert(TARGET, ALICE, count(2, 2)));
	broken(expected, || References::<Test>::insert(TARGET, BOB, count(1, 0)));
	broken(expected, || References::<Test>::insert(NEVER, ALICE, count(1, 0)));
}

#[test]
fn try_state_detects_references_not_counted() {
	broken("references are not counted", || References::<Test>::remove(TARGET, ALICE));
}

#[test]
fn try_state_detects_holds_that_are_not_the_deposits() {
	let expected = "what is held is not the sum of the deposits";
	for reason in [HoldReason::Entity, HoldReason::Suggestion, HoldReason::Endorsement] {
		broken(expected, || {
			assert_ok!(Balances::hold(&reason.into(), &CHARLIE, 1));
		});
	}
	broken(expected, || change_entity(TARGET, |entity| entity.deposit -= 1));
	broken(expected, || {
		Suggestions::<Test>::mutate(OPEN, |suggestion| suggestion.as_mut().unwrap().deposit += 1)
	});
	broken(expected, || Endorsements::<Test>::insert(OPEN, BOB, 51));
}

#[test]
fn try_state_detects_a_deposit_of_nobody() {
	broken("a deposit's account does not exist", || Endorsements::<Test>::insert(OPEN, 77, 50));
}

#[test]
fn try_state_detects_a_suggestion_number_not_given_out() {
	broken("a suggestion's number was not given out", || NextSuggestionId::<Test>::put(OPEN));
}

#[test]
fn try_state_detects_endorsements_that_do_not_add_up() {
	let expected = "a suggestion's endorsements are not those that exist";
	let change = |change: fn(&mut rome_primitives::content::Suggestion<AccountId, Balance>)| {
		Suggestions::<Test>::mutate(OPEN, |suggestion| change(suggestion.as_mut().unwrap()))
	};
	broken(expected, || change(|suggestion| suggestion.endorsers = 2));
	broken(expected, || change(|suggestion| suggestion.endorsed = 49));
}

#[test]
fn try_state_detects_an_endorsement_of_nothing() {
	broken("an endorsement's suggestion never was", || {
		Endorsements::<Test>::insert(OPEN + 1, CHARLIE, 50);
		assert_ok!(Balances::hold(&HoldReason::Endorsement.into(), &CHARLIE, 50));
	});
}

#[test]
fn try_state_detects_an_offer_of_nothing() {
	broken("an entity is offered that does not exist", || {
		TransferOffers::<Test>::insert(NEVER, BOB)
	});
}

#[test]
fn try_state_detects_an_offer_to_the_owner() {
	broken("an entity is offered to its owner", || TransferOffers::<Test>::insert(TARGET, ALICE));
}
