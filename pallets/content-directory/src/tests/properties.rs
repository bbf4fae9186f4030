//! Random calls from several accounts over several classes and schema versions, valid and invalid ones: the
//! invariants hold after each, a call that fails changes nothing, and in the end everything can be removed
//! and every deposit returned.

mod calls;
mod drafts;
mod readings;

use super::*;
use crate::{
	Builds, Endorsements, Holdings, IndexEntries, OwnedEntities, References, Schemas, Suggestions,
	Sweeps, TransferOffers, UniqueEntries,
};
use calls::{next_call, Kind};
use core::cell::RefCell;
use frame_support::{
	assert_ok,
	dispatch::{GetDispatchInfo, PostDispatchInfo},
	traits::{fungible::Mutate, GetCallName, Hooks, UnfilteredDispatchable},
	weights::Weight,
};
use proptest::{
	prelude::*,
	test_runner::{Config, TestRunner},
};
use rome_dice::Dice;
use rome_primitives::content::{
	api::{Page, Reading},
	PropertyType,
};
use sp_runtime::{DispatchError, StateVersion};
use std::collections::{BTreeMap, BTreeSet};

const SEQUENCES: u32 = 100;
const STEPS: usize = 200;
const ACCOUNTS: [AccountId; 4] = [ALICE, BOB, CHARLIE, POOR];

/// What happened over all sequences: successes and failures of each call, and which errors.
#[derive(Default)]
struct Seen {
	calls: BTreeMap<&'static str, (u32, u32)>,
	errors: BTreeSet<&'static str>,
}

fn state_root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

/// Pins are used just as often as entities name objects.
fn assert_uses() {
	let mut expected = BTreeMap::<_, u32>::new();
	for entity in Entities::<Test>::iter_values() {
		for object in entity.values.objects() {
			*expected.entry((entity.owner, object)).or_default() += 1;
		}
	}
	assert_eq!(all_uses(), expected);
}

fn assert_invariants() {
	assert_ok!(ContentDirectory::do_try_state());
	assert_uses();
}

/// Two classes to begin with, so that entities come early.
fn set_the_stage() {
	EntityDepositBase::set(100);
	EntityDepositPerByte::set(1);
	EntityDepositPerEntry::set(10);
	assert_ok!(Balances::mint_into(&POOR, 1_500));
	for who in ACCOUNTS {
		(0..4).for_each(|number| pin(who, hash(number)));
	}
	let first =
		class("A", &[one("name", TEXT).unique(), one("size", INT).indexed(), one("file", OBJECT)]);
	class(
		"B",
		&[
			one("title", TEXT).indexed().required(),
			list("any", to_class(first), 3),
			one("own", to_own(first)),
			one("next", TO_ITSELF),
			list("media", OBJECT, 3),
			one("fixed", INT).locked(),
		],
	);
}

fn step(kind: Kind, seed: u64, seen: &RefCell<Seen>) {
	let mut dice = Dice::new(seed);
	let Some((origin, call)) = next_call(kind, &mut dice) else { return };
	System::reset_events();
	let before = state_root();
	let name = call.get_call_name();
	let announced = call.get_dispatch_info().call_weight;
	let result = call.dispatch_bypass_filter(origin);
	let seen = &mut *seen.borrow_mut();
	let (successes, failures) = seen.calls.entry(name).or_default();
	match result {
		Ok(PostDispatchInfo { actual_weight, .. }) => {
			*successes += 1;
			assert!(actual_weight.unwrap_or(announced).all_lte(announced), "{name} cost more");
			assert!(!System::events().is_empty(), "{name} said nothing");
		},
		Err(error) => {
			*failures += 1;
			seen.errors.insert(match error.error {
				DispatchError::Module(error) => error.message.expect("named"),
				DispatchError::BadOrigin => "BadOrigin",
				DispatchError::Token(_) => "Token",
				other => panic!("{name} failed unexpectedly: {other:?}"),
			});
			assert_eq!(state_root(), before, "{name} failed with {error:?} and changed something");
		},
	}
	assert_invariants();
}

/// Every page of a list.
fn walk<Item, Cursor: Copy>(list: impl Fn(Option<Cursor>) -> Page<Item, Cursor>) -> Vec<Item> {
	let mut page = list(None);
	let mut items = page.items;
	while page.next.is_some() {
		page = list(page.next);
		items.append(&mut page.items);
	}
	items
}

/// Looking up finds what looking at everything finds.
fn assert_reads() {
	let all = calls::entities();
	let ids = |holds: &dyn Fn(EntityId) -> bool| {
		all.iter().copied().filter(|id| holds(*id)).collect::<Vec<_>>()
	};
	for class in 0..NextClassId::<Test>::get() {
		let listed = walk(|after| ContentDirectory::api_entities(class, after, 3));
		let listed = listed.into_iter().map(|view| view.id).collect::<Vec<_>>();
		assert_eq!(listed, ids(&|id| id.class == class));
		for owner in ACCOUNTS {
			let owned =
				walk(|after| ContentDirectory::api_entities_of(owner, Some(class), after, 3));
			let owned = owned.into_iter().map(|view| view.id).collect::<Vec<_>>();
			assert_eq!(owned, ids(&|id| id.class == class && stored(id).owner == owner));
			assert_eq!(ContentDirectory::api_quota(class, owner).0 as usize, owned.len());
		}
	}
	for id in &all {
		let entity = stored(*id);
		let schema = ContentDirectory::schema(id.class, entity.version).unwrap();
		for property in &schema.properties {
			let Some(Value::Single(value)) = entity.values.value(property.id) else { continue };
			let (class, property, flags) = (id.class, property.id, &property.property);
			if flags.unique {
				let found = ContentDirectory::api_entity_by_unique(class, property, value.clone());
				assert_eq!(found.map(|view| view.id), Some(*id));
			}
			if flags.indexed {
				let found = walk(|after| {
					let value = value.clone();
					ContentDirectory::api_entities_by_index(class, property, value, after, 2)
				});
				let found = found.into_iter().map(|view| view.id).collect::<Vec<_>>();
				let wanted = Value::Single(value.clone());
				let holds = |id: EntityId| {
					id.class == class && stored(id).values.value(property) == Some(&wanted)
				};
				assert_eq!(found, ids(&holds));
			}
		}
	}
}

/// Clears every reference that can be cleared. What remains leads from a class to one before it: the drafts
/// require and lock no other references.
fn clear_references(id: EntityId) {
	let entity = stored(id);
	let schema = ContentDirectory::schema(id.class, entity.version).unwrap();
	let clearing = |property: PropertyId| -> Option<Option<Value>> {
		let property = &schema.property(property)?.property;
		match property.kind {
			_ if property.locked => None,
			PropertyType::List { .. } => Some(Some(many(&[]))),
			PropertyType::Single(_) if property.required => None,
			PropertyType::Single(_) => Some(None),
		}
	};
	let changes: BTreeMap<PropertyId, Option<Value>> = entity
		.values
		.references()
		.filter_map(|(property, _)| Some((property, clearing(property)?)))
		.collect();
	assert_ok!(try_update(entity.owner, id, &changes.into_iter().collect::<Vec<_>>()));
}

/// Removes everything that can be removed, and sees nothing left behind.
fn remove_everything() {
	EntityDepositBase::set(0);
	EntityDepositPerByte::set(0);
	EntityDepositPerEntry::set(0);
	for class in 0..NextClassId::<Test>::get() {
		set_status(class, ClassStatus::Open);
	}
	Entities::<Test>::translate_values(|mut entity: Entity<AccountId, Balance>| {
		entity.visibility = Default::default();
		Some(entity)
	});
	let mut all = calls::entities();
	all.iter().copied().for_each(clear_references);
	while let Some(id) = all.pop() {
		assert_ok!(remove(stored(id).owner, id));
	}
	for id in Suggestions::<Test>::iter_keys().collect::<Vec<_>>() {
		assert_ok!(ContentDirectory::reject_schema(council(), id, false));
	}
	for (id, endorser) in Endorsements::<Test>::iter_keys().collect::<Vec<_>>() {
		assert_ok!(ContentDirectory::withdraw_endorsement(signed(ALICE), id, endorser));
	}
	assert_invariants();

	for who in ACCOUNTS {
		for reason in [HoldReason::Entity, HoldReason::Suggestion, HoldReason::Endorsement] {
			assert_eq!(held(reason, who), 0);
		}
	}
	assert_eq!(UniqueEntries::<Test>::iter().count(), 0);
	assert_eq!(IndexEntries::<Test>::iter().count(), 0);
	assert_eq!(References::<Test>::iter().count(), 0);
	assert_eq!(OwnedEntities::<Test>::iter().count(), 0);
	assert_eq!(TransferOffers::<Test>::iter().count(), 0);
	assert!(Holdings::<Test>::iter_values().all(|holding| holding.quota.is_some()));
	assert!(all_uses().is_empty());
}

fn sequence(steps: &[(Kind, u64)], seen: &RefCell<Seen>) {
	new_test_ext().execute_with(|| {
		set_the_stage();
		let issued = Balances::total_issuance();
		for (kind, seed) in steps {
			step(*kind, *seed, seen);
		}
		// An index answers for what it was built for.
		while Sweeps::<Test>::iter().count() + Builds::<Test>::iter().count() > 0 {
			ContentDirectory::on_idle(1, Weight::MAX);
		}
		assert_reads();
		readings::assert_readings(&RefCell::default());
		remove_everything();
		assert_eq!(Balances::total_issuance(), issued);
	});
}

#[test]
fn random_calls_keep_the_invariants() {
	let seen = RefCell::new(Seen::default());
	let config = Config {
		cases: SEQUENCES,
		failure_persistence: None,
		max_shrink_iters: 500,
		..Config::default()
	};
	let steps = proptest::collection::vec((Kind::any(), any::<u64>()), STEPS / 2..=STEPS);
	let result = TestRunner::new(config).run(&steps, |steps| {
		sequence(&steps, &seen);
		Ok(())
	});
	if let Err(failure) = result {
		panic!("{failure}");
	}

	// The generators are worth something only if every call has gone well and gone wrong.
	let seen = seen.into_inner();
	println!("{:#?}\n{:?}", seen.calls, seen.errors);
	for name in crate::Call::<Test>::get_call_names() {
		let (successes, failures) = seen.calls.get(name).copied().unwrap_or_default();
		assert!(successes > 0, "{name} never succeeded");
		assert!(failures > 0, "{name} never failed");
	}
	assert!(seen.errors.len() >= 50, "few errors: {:?}", seen.errors);
}
