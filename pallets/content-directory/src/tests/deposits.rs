//! Deposits: how much is held from whom, and what becomes of it.

use super::*;
use crate::Suggestions;
use codec::Encode;
use frame_support::{assert_noop, assert_ok, traits::fungible::Mutate};
use sp_runtime::TokenError;

/// Base, per byte, per entry: as the mock begins with.
fn price(values: &EntityValues, entries: u64) -> Balance {
	100 + values.encoded_size() as Balance + 10 * entries
}

fn entity_hold(who: AccountId) -> Balance {
	held(HoldReason::Entity, who)
}

/// A unique, an indexed property, one that is both, references and one that is nothing.
fn all_kinds() -> (ClassId, EntityId) {
	let target = create(BOB, simple_class(), values([int(1)]));
	assert_ok!(ContentDirectory::set_referenceable(signed(BOB), target, true));
	let properties = [
		one("unique", INT).unique(),
		one("indexed", INT).indexed(),
		one("both", INT).unique().indexed(),
		list("references", to_class(target.class), 5),
		one("text", TEXT),
	];
	(class("Kinds", &properties), target)
}

#[test]
fn create_entity_holds_by_size_and_entries() {
	run(|| {
		let (class, target) = all_kinds();
		let before = free(ALICE);
		let mut sum = 0;
		let cases: [(EntityValues, u64); 6] = [
			(values([]), 0),
			(values([int(1)]), 1),
			(some(&[(1, int(1))]), 1),
			(some(&[(2, int(1))]), 2),
			(some(&[(3, many(&[to(target), to(target)]))]), 2),
			(some(&[(4, text("abc"))]), 0),
		];
		for (values, entries) in cases {
			let expected = price(&values, entries);
			let id = create(ALICE, class, values);
			assert_eq!(stored(id).deposit, expected);
			sum += expected;
			assert_eq!(entity_hold(ALICE), sum);
			assert_eq!(free(ALICE), before - sum);
		}
	});
}

#[test]
fn update_entity_lets_the_deposit_follow() {
	run(|| {
		let (class, target) = all_kinds();
		let before = free(ALICE);
		let id = create(ALICE, class, values([]));
		let assert_price = |entries| {
			let entity = stored(id);
			assert_eq!(entity.deposit, price(&entity.values, entries));
			assert_eq!(entity_hold(ALICE), entity.deposit);
			assert_eq!(free(ALICE), before - entity.deposit);
		};
		assert_price(0);
		assert_ok!(set(ALICE, id, 2, int(1)));
		assert_price(2);
		assert_ok!(set(ALICE, id, 3, many(&[to(target), to(target), to(target)])));
		assert_price(5);
		assert_ok!(set(ALICE, id, 4, text(&"x".repeat(100))));
		assert_price(5);
		assert_ok!(set(ALICE, id, 3, many(&[to(target)])));
		assert_price(3);
		assert_ok!(try_update::<Value>(ALICE, id, &[(2, None), (3, None), (4, None)]));
		assert_price(0);
		assert_ok!(remove(ALICE, id));
		assert_eq!((entity_hold(ALICE), free(ALICE)), (0, before));
	});
}

#[test]
fn create_entity_fails_for_owner_too_poor() {
	run(|| {
		let class = simple_class();
		let poor = |values| try_create(POOR, class, values);
		assert_noop!(poor(values([])), TokenError::FundsUnavailable);
		let (empty, full) = (values([]), values([int(1)]));
		// What keeps the account alive is not held.
		let minimum = <Balances as frame_support::traits::Currency<_>>::minimum_balance();
		assert_ok!(Balances::mint_into(&POOR, price(&empty, 0) + minimum - free(POOR)));
		assert_noop!(poor(full), TokenError::FundsUnavailable);
		let id = create(POOR, class, empty);
		assert_eq!(free(POOR), minimum);
		assert_noop!(set(POOR, id, 0, int(1)), TokenError::FundsUnavailable);
		assert_ok!(Balances::mint_into(&POOR, 12));
		assert_ok!(set(POOR, id, 0, int(1)));
		assert_ok!(remove(POOR, id));
	});
}

#[test]
fn update_entity_takes_the_price_of_its_day() {
	run(|| {
		let class = simple_class();
		let before = free(ALICE);
		let id = create(ALICE, class, values([int(1)]));
		EntityDepositBase::set(1_000);
		EntityDepositPerByte::set(5);
		// Nothing changes by itself.
		assert_eq!(entity_hold(ALICE), price(&values([int(1)]), 0));
		assert_ok!(set(ALICE, id, 0, int(2)));
		let bytes = values([int(2)]).encoded_size() as Balance;
		assert_eq!(entity_hold(ALICE), 1_000 + 5 * bytes);
		EntityDepositBase::set(0);
		assert_ok!(set(ALICE, id, 0, int(3)));
		assert_eq!(entity_hold(ALICE), 5 * bytes);
		// What was held is what goes back, whatever the price is by then.
		EntityDepositPerByte::set(1_000);
		assert_ok!(remove(ALICE, id));
		assert_eq!((entity_hold(ALICE), free(ALICE)), (0, before));
	});
}

#[test]
fn accept_transfer_replaces_the_deposit() {
	run(|| {
		let class = simple_class();
		let (alice, bob) = (free(ALICE), free(BOB));
		let id = create(ALICE, class, values([int(1)]));
		let old = entity_hold(ALICE);
		offer(ALICE, id, BOB);
		EntityDepositBase::set(500);
		let new = old + 400;
		assert_noop!(
			ContentDirectory::accept_transfer(signed(BOB), id, new - 1),
			Error::DepositTooHigh
		);
		assert_ok!(ContentDirectory::accept_transfer(signed(BOB), id, new));
		assert_eq!((entity_hold(ALICE), entity_hold(BOB)), (0, new));
		assert_eq!((free(ALICE), free(BOB)), (alice, bob - new));
		assert_eq!(stored(id).deposit, new);
	});
}

#[test]
fn accept_transfer_fails_for_taker_too_poor() {
	run(|| {
		let id = create(ALICE, simple_class(), values([int(1)]));
		offer(ALICE, id, POOR);
		assert_noop!(accept(POOR, id), TokenError::FundsUnavailable);
		assert_ok!(Balances::mint_into(&POOR, 1_000));
		assert_ok!(accept(POOR, id));
	});
}

#[test]
fn suggest_schema_holds_by_size() {
	run(|| {
		let before = free(ALICE);
		let (target, properties) = (new_class("Song"), [one("name", TEXT), one("year", INT)]);
		let bytes = (target.encoded_size() + draft(&properties).encoded_size()) as Balance;
		let id = suggest(ALICE, target, &properties);
		let deposit = Suggestions::<Test>::get(id).unwrap().deposit;
		assert_eq!(deposit, 1_000 + bytes);
		assert_eq!(held(HoldReason::Suggestion, ALICE), deposit);
		assert_eq!(free(ALICE), before - deposit);
		// Each of one's suggestions has its own.
		let second = suggest(ALICE, new_class("Song"), &properties);
		assert_eq!(held(HoldReason::Suggestion, ALICE), 2 * deposit);
		SuggestionDepositBase::set(5);
		assert_ok!(ContentDirectory::reject_schema(council(), id, true));
		assert_eq!(held(HoldReason::Suggestion, ALICE), deposit);
		assert_eq!(free(FUND), deposit);
		assert_ok!(ContentDirectory::reject_schema(council(), second, false));
		assert_eq!(held(HoldReason::Suggestion, ALICE), 0);
		assert_eq!(free(ALICE), before - deposit);
	});
}

#[test]
fn suggest_schema_fails_for_proposer_too_poor() {
	run(|| {
		assert_noop!(
			ContentDirectory::suggest_schema(
				signed(POOR),
				new_class("Song"),
				draft(&[one("a", INT)])
			),
			TokenError::FundsUnavailable
		);
	});
}

#[test]
fn endorse_schema_takes_the_least_amount_of_its_day() {
	run(|| {
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		MinEndorsement::set(7);
		assert_noop!(
			ContentDirectory::endorse_schema(signed(BOB), id, 6),
			Error::EndorsementTooSmall
		);
		assert_ok!(ContentDirectory::endorse_schema(signed(BOB), id, 7));
	});
}
