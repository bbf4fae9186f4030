//! Weights: what a call turns out to have cost is never above what it announced.

use super::*;
use crate::types::{create_weight, update_weight, ValueCounts};
use frame_support::{
	dispatch::{GetDispatchInfo, Pays},
	weights::Weight,
};
use proptest::prelude::*;
use sp_runtime::traits::Dispatchable;

/// Dispatches a call that must succeed; gives what it announced and what it cost.
fn dispatch(who: AccountId, call: crate::Call<Test>) -> (Weight, Weight) {
	let call = RuntimeCall::from(call);
	let announced = call.get_dispatch_info().call_weight;
	let info = call.dispatch(signed(who)).expect("the call is fine");
	assert_eq!(info.pays_fee, Pays::Yes);
	let cost = info.actual_weight.expect("the call says what it cost");
	assert!(cost.all_lte(announced), "{cost} > {announced}");
	(announced, cost)
}

/// Unique, indexed, texts, references, objects.
fn class_of_everything() -> (ClassId, EntityId) {
	let target = create_referenceable(CHARLIE, simple_class(), values([int(1)]));
	let mut properties = vec![
		list("references", to_class(target.class), 64),
		list("objects", OBJECT, 16),
		one("text", ScalarType::Text { max_length: 8_000 }),
	];
	for number in 0..4 {
		properties.push(one(&format!("unique{number}"), INT).unique());
		properties.push(one(&format!("indexed{number}"), INT).indexed());
		properties.push(one(&format!("both{number}"), INT).indexed());
		properties.push(one(&format!("plain{number}"), INT));
	}
	(class("Everything", &properties), target)
}

type Recipe = (usize, usize, usize, Vec<bool>);

fn any_recipe() -> impl Strategy<Value = Recipe> {
	(0..=64usize, 0..=16usize, 0..=7_000usize, proptest::collection::vec(any::<bool>(), 16))
}

fn everything(
	target: EntityId,
	(references, objects, length, present): &Recipe,
) -> Vec<(u16, Value)> {
	let mut all = vec![
		(0, many(&vec![to(target); *references])),
		(1, many(&vec![object(1); *objects])),
		(2, text(&"x".repeat(*length)).into()),
	];
	all.extend(
		(3..).zip(present).filter(|(_, present)| **present).map(|(id, _)| (id, int(1).into())),
	);
	all
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

	#[test]
	fn cost_is_at_most_what_was_announced(first in any_recipe(), second in any_recipe()) {
		run(|| {
			let (class, target) = class_of_everything();
			pin(ALICE, hash(1));
			pin(BOB, hash(1));
			let values = some(&everything(target, &first));
			let counts = ValueCounts::of_arguments(&values);
			let (announced, _) = dispatch(
				ALICE,
				crate::Call::create_entity { class, version: 1, values, referenceable: false },
			);
			assert!(announced.all_lte(create_weight::<Test>(&ValueCounts::MAX)));
			assert_eq!(announced, create_weight::<Test>(&counts));
			let entity = EntityId { class, serial: 0 };
			let changes = everything(target, &second);
			let changes = changes.into_iter().map(|(id, value)| (id, Some(value)));
			let changes: ValueChanges = bounded(&changes.collect::<Vec<_>>());
			dispatch(ALICE, crate::Call::update_entity { entity, changes });
			offer(ALICE, entity, BOB);
			dispatch(BOB, crate::Call::accept_transfer { entity, max_deposit: Balance::MAX });
			dispatch(BOB, crate::Call::remove_entity { entity });
		});
	}
}

/// What is announced covers values that are not known to be too many before the schema is looked at.
#[test]
fn announced_weight_is_bounded_for_arguments_beyond_the_limits() {
	run(|| {
		let target = EntityId { class: 0, serial: 0 };
		let lists = (0..8).map(|id| (id, many(&vec![to(target); 128]))).collect::<Vec<_>>();
		let values = some(&lists);
		let call = crate::Call::<Test>::create_entity {
			class: 0,
			version: 1,
			values,
			referenceable: false,
		};
		let most = create_weight::<Test>(&ValueCounts::MAX);
		assert!(call.get_dispatch_info().call_weight.all_lte(most));
	});
}

#[test]
fn cost_of_an_update_is_that_of_the_larger_side() {
	run(|| {
		let (class, target) = class_of_everything();
		pin(ALICE, hash(1));
		let schema = crate::Schemas::<Test>::get(class, 1).unwrap();
		// Each side has more of something: references and unique values, or objects and indexed values.
		let one = some(&[(0, many(&vec![to(target); 9])), (1, many(&[])), (3, int(1).into())]);
		let other = some(&[(0, many(&[])), (1, many(&vec![object(1); 9])), (4, int(1).into())]);
		let count = |values| ValueCounts::of(&schema, values);
		let (at_one, at_other) = (count(&one), count(&other));
		let larger = ValueCounts {
			bytes: at_one.bytes.max(at_other.bytes),
			unique: 1,
			indexed: 1,
			references: 9,
			objects: 9,
			groups: 0,
		};
		let entity = create(ALICE, class, one.clone());
		for (from, to) in [(&one, &other), (&other, &one)] {
			let cleared = from.iter().map(|(id, _)| (*id, None));
			let mut changes = cleared.collect::<std::collections::BTreeMap<_, _>>();
			changes.extend(to.iter().map(|(id, value)| (*id, Some(value.clone()))));
			let changes = changes.into_iter().collect::<Vec<_>>();
			let call = crate::Call::update_entity { entity, changes: bounded(&changes) };
			let (_, cost) = dispatch(ALICE, call);
			assert_eq!(stored(entity).values, *to);
			assert_eq!(cost, update_weight::<Test>(&larger));
		}
	});
}

#[test]
fn activation_announces_the_hook_too() {
	run(|| {
		let call = crate::Call::<Test>::activate_schema { suggestion: 0 };
		let own = <() as crate::WeightInfo>::activate_schema();
		let hook =
			<Activations as rome_primitives::content::OnSchemaActivated<AccountId>>::weight();
		assert_eq!(call.get_dispatch_info().call_weight, own.saturating_add(hook));
	});
}
