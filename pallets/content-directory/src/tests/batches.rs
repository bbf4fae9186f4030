//! Batches: all happens or nothing.

use super::*;
use crate::{types::BalanceOf, Stats};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{GetDispatchInfo, PostDispatchInfo},
};
use rome_primitives::content::{Operation, Target, CREATED};
use sp_runtime::{
	traits::Dispatchable, DispatchError, DispatchErrorWithPostInfo, DispatchResult, Weight,
};

type Operation_ = Operation<AccountId, BalanceOf<Test>>;

fn create_in(class: ClassId, values: EntityValues) -> Operation_ {
	Operation::Create { class, version: 1, values, referenceable: false }
}

fn update(entity: Target, property: PropertyId, value: Scalar) -> Operation_ {
	Operation::Update { entity, changes: bounded(&[(property, Some(value.into()))]) }
}

fn transact(who: AccountId, operations: &[Operation_]) -> DispatchResult {
	let result = ContentDirectory::transact(signed(who), bounded(operations));
	result.map(|_| ()).map_err(|failed| failed.error)
}

/// A reference to what the operation at a position creates.
fn created(position: u32) -> Scalar {
	to(EntityId { class: CREATED, serial: position })
}

/// Announced and actual weight of a batch, and what came of it.
fn weigh(who: AccountId, operations: &[Operation_]) -> (Weight, Weight, Result<(), DispatchError>) {
	let call = RuntimeCall::from(crate::Call::<Test>::transact { operations: bounded(operations) });
	let announced = call.get_dispatch_info().call_weight;
	let (info, result) = match call.dispatch(signed(who)) {
		Ok(info) => (info, Ok(())),
		Err(DispatchErrorWithPostInfo { post_info, error }) => (post_info, Err(error)),
	};
	let PostDispatchInfo { actual_weight, .. } = info;
	let actual = actual_weight.expect("it says what it weighed");
	assert!(actual.all_lte(announced), "{actual} of {announced}");
	(announced, actual, result)
}

fn linked() -> ClassId {
	class("Linked", &[one("size", INT), one("next", TO_ITSELF), list("all", TO_ITSELF, 4)])
}

#[test]
fn later_operations_refer_to_what_earlier_ones_create() {
	run(|| {
		let class = linked();
		let id = |serial| EntityId { class, serial };
		let all = many(&[created(1), created(0)]);
		assert_ok!(transact(
			ALICE,
			&[
				create_in(class, values([int(1)])),
				create_in(class, values([int(2), created(0)])),
				create_in(class, some(&[(2, all)])),
				update(Target::Created(0), 1, created(2)),
				Operation::SetReferenceable { entity: Target::Created(1), referenceable: true },
				Operation::OfferTransfer { entity: Target::Created(2), to: Some(BOB) },
			],
		));
		assert_eq!(stored(id(0)).values, values([int(1), to(id(2))]));
		assert_eq!(stored(id(1)).values, values([int(2), to(id(0))]));
		assert_eq!(stored(id(2)).values, some(&[(2, many(&[to(id(1)), to(id(0))]))]));
		assert!(stored(id(1)).referenceable);
		assert_eq!(crate::TransferOffers::<Test>::get(id(2)), Some(BOB));
	});
}

#[test]
fn every_operation_does_what_its_call_does() {
	run(|| {
		let class = simple_class();
		let mine = create(ALICE, class, values([int(1)]));
		let gone = create(ALICE, class, values([int(2)]));
		let theirs = create(BOB, class, values([int(3)]));
		offer(BOB, theirs, ALICE);
		upgrade(class, &[one("size", INT).carries(0)]);
		let migrate = Operation::Migrate {
			entity: Target::Entity(mine),
			version: 2,
			supplied: Default::default(),
			group: None,
		};
		assert_ok!(transact(
			ALICE,
			&[
				migrate,
				update(Target::Entity(mine), 0, int(9)),
				Operation::Remove { entity: Target::Entity(gone) },
				Operation::AcceptTransfer { entity: theirs, max_deposit: Balance::MAX },
			],
		));
		assert_eq!((stored(mine).version, stored(mine).values), (2, values([int(9)])));
		assert!(!exists(gone));
		assert_eq!(stored(theirs).owner, ALICE);
	});
}

#[test]
fn nothing_of_a_failed_batch_stays() {
	run(|| {
		let class = class("Named", &[one("name", TEXT).unique()]);
		create(BOB, class, values([text("b")]));
		System::reset_events();
		let operations = [
			create_in(class, values([text("a")])),
			update(Target::Created(0), 0, text("c")),
			create_in(class, values([text("b")])),
			create_in(class, values([text("d")])),
		];
		assert_noop!(transact(ALICE, &operations), Error::DuplicateUnique);
		assert!(System::events().is_empty());
		assert_eq!(Stats::<Test>::get(class).next_serial, 1);
		assert_ok!(transact(ALICE, &operations[..2]));
	});
}

#[test]
fn transact_fails_for_each_reason_of_its_own() {
	run(|| {
		let class = linked();
		let id = create(ALICE, class, values([int(1)]));
		assert_noop!(
			ContentDirectory::transact(RuntimeOrigin::none(), Default::default()),
			DispatchError::BadOrigin
		);
		for operations in [
			// Later, itself, one that creates nothing.
			vec![create_in(class, values([int(1), created(1)])), create_in(class, values([]))],
			vec![create_in(class, values([int(1), created(0)]))],
			vec![update(Target::Entity(id), 0, int(2)), update(Target::Created(0), 0, int(3))],
			vec![update(Target::Created(u32::MAX), 0, int(3))],
			vec![Operation::Remove { entity: Target::Created(0) }],
		] {
			assert_noop!(transact(ALICE, &operations), Error::NotCreated);
		}
		// Elsewhere, the number is that of no class.
		assert_noop!(set(ALICE, id, 1, created(0)), Error::WrongReferenceClass);
		assert_noop!(transact(BOB, &[update(Target::Entity(id), 0, int(2))]), Error::NotTheOwner);
		// What was created is gone again.
		let twice = [
			create_in(class, values([])),
			Operation::Remove { entity: Target::Created(0) },
			Operation::Remove { entity: Target::Created(0) },
		];
		assert_noop!(transact(ALICE, &twice), Error::EntityNotFound);
	});
}

#[test]
fn empty_batch_does_nothing() {
	run(|| {
		let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
		assert_ok!(transact(ALICE, &[]));
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
	});
}

#[test]
fn batch_weighs_what_its_operations_weigh() {
	run(|| {
		let class = linked();
		let create = create_in(class, values([int(1)]));
		let (none, _, _) = weigh(ALICE, &[]);
		let (one, _, result) = weigh(ALICE, std::slice::from_ref(&create));
		assert_ok!(result);
		let (three, _, result) = weigh(ALICE, &[create.clone(), create.clone(), create.clone()]);
		assert_ok!(result);
		let each = one.saturating_sub(none);
		assert_eq!(three, none.saturating_add(each.saturating_mul(3)));
		let alone = crate::Call::<Test>::create_entity {
			class,
			version: 1,
			values: values([int(1)]),
			referenceable: false,
		};
		assert_eq!(each, RuntimeCall::from(alone).get_dispatch_info().call_weight);

		// What did not happen is given back: the operation that failed counts at its most.
		let missing = update(Target::Created(9), 0, int(1));
		let (announced, actual, result) =
			weigh(ALICE, &[create.clone(), missing.clone(), create.clone(), create]);
		assert_eq!(result, Err(Error::NotCreated.into()));
		let failed = crate::types::operation_weight::<Test>(&missing);
		assert!(actual.all_lte(none.saturating_add(each).saturating_add(failed)));
		assert!(actual.saturating_add(each).all_lte(announced));
	});
}
