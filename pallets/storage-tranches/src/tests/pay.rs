//! Who earns what.

use super::*;
use crate::Earned;

/// The holders' part of a fee.
fn part_of(fee: Balance) -> Balance {
	fee - DistributionShare::get().mul_floor(fee) - ProbingShare::get().mul_floor(fee)
}

/// The holders' part of the fee for an era: the fee of these tests divides without rest.
fn part() -> Balance {
	part_of(Storage::fee_per_era(SIZE))
}

/// A fee that its parts and eras divide.
fn round_fees() {
	FeePerGib::set(0);
	FeePerObject::set(1_000);
}

fn claim(id: ProviderId, all: &[ObjectKey]) {
	assert_ok!(Storage::claim_pay(signed(bob()), id, keys(all)));
}

#[test]
fn holders_earn_each_era_that_they_held_throughout() {
	run(|| {
		round_fees();
		members(3, 2);
		let key = stored(1, 4);
		until_era(1);
		claim(0, &[key]);
		// The era in which it was stored was not paid for.
		assert_eq!(free(owner(0)), RICH - STAKE);
		until_era(3);
		let before = free(owner(0));
		claim(0, &[key]);
		assert_eq!(free(owner(0)) - before, 2 * (part() / 3));
		assert_happened(Event::PayClaimed { provider: 0, amount: 2 * (part() / 3) });
		// The others were settled along, and claim without naming it.
		claim(1, &[]);
		assert_eq!(free(owner(1)), RICH - STAKE + 2 * (part() / 3));
		// Again there is nothing.
		claim(0, &[key]);
		assert_eq!(free(owner(0)) - before, 2 * (part() / 3));
	});
}

#[test]
fn who_misses_heartbeats_does_not_earn_the_era_and_the_fund_gets_it() {
	run(|| {
		round_fees();
		members(3, 2);
		MissedToSuspend::set(100);
		MissedToFail::set(200);
		let key = stored(1, 4);
		until_era(1);
		while Storage::era() < 2 {
			blocks_without(1, &[0]);
		}
		let before = free(fund());
		claim(1, &[key]);
		assert_eq!(Earned::<Test>::get(0), 0);
		assert_eq!(Earned::<Test>::get(2), part() / 3);
		assert_eq!(free(fund()) - before, part() - 2 * (part() / 3));
	});
}

#[test]
fn an_object_pays_one_amount_an_era_whatever_the_number_of_holders() {
	run(|| {
		round_fees();
		members(4, 2);
		let key = stored(1, 8);
		let leaver = view(1).holders[0];
		LeavingNotice::set(1_000);
		assert_ok!(Storage::begin_leaving(signed(owner(leaver)), leaver));
		until_era(1);
		confirm_all(1);
		assert_eq!(view(1).holders.len(), 4);
		until_era(3);
		claim(leaver, &[key]);
		// Era 1: three held it from beginning to end. Era 2: four did, and share.
		let earned = part() / 3 + part() / 4;
		assert_eq!(free(owner(leaver)), RICH - STAKE + earned);
		let other = (0..4).find(|id| {
			*id != leaver && {
				crate::Objects::<Test>::get(key)
					.unwrap()
					.holders
					.iter()
					.any(|holder| holder.provider == *id && holder.since == 2)
			}
		});
		assert_eq!(Earned::<Test>::get(other.unwrap()), part() / 4);
	});
}

#[test]
fn past_eras_are_settled_when_a_replica_goes_whatever_the_reason() {
	// Released, lost, swept, or gone with the object: the past era is earned in any case, once.
	for reason_to_go in 0..5 {
		run(|| {
			round_fees();
			members(5, 2);
			let key = stored(1, 8);
			let id = view(1).holders[0];
			until_era(2);
			let expected = part() / 3;
			match reason_to_go {
				0 => lose(id, &[key]),
				1 => {
					assert_ok!(Storage::evict(signed(conductor()), id, reason("bad")));
					blocks(1);
				},
				2 => {
					assert_ok!(Storage::begin_leaving(signed(owner(id)), id));
					confirm_all(1);
					assert_ok!(release(id, &[key]));
				},
				3 => {
					let hashes = BoundedVec::truncate_from(vec![key.hash]);
					assert_ok!(Storage::unpin(signed(alice()), hashes));
				},
				_ => claim(view(1).holders[1], &[key]),
			}
			assert_eq!(Earned::<Test>::get(id), expected, "case {reason_to_go}");
		});
	}
}

#[test]
fn whoever_comes_in_the_middle_of_an_era_earns_from_the_next() {
	run(|| {
		round_fees();
		members(4, 2);
		let key = stored(1, 8);
		let loser = view(1).holders[0];
		until_era(1);
		blocks(3);
		lose(loser, &[key]);
		confirm_all(1);
		let object = crate::Objects::<Test>::get(key).unwrap();
		assert_eq!(object.holders.last().unwrap().since, 2);
		let taker = object.holders.last().unwrap().provider;
		until_era(2);
		let earned = Earned::<Test>::get(taker);
		claim(view(1).holders[0], &[key]);
		if taker != loser {
			assert_eq!(Earned::<Test>::get(taker), earned);
		}
		assert_eq!(Earned::<Test>::get(view(1).holders[1]), part() / 3);
	});
}

#[test]
fn two_pins_pay_the_same_holders_more() {
	run(|| {
		round_fees();
		members(3, 2);
		let key = stored(1, 2);
		assert_ok!(try_pin(bob(), key, 1));
		until_era(3);
		claim(0, &[key]);
		// Era 1 is paid by both pins, era 2 by one and by the grace of the other.
		let earned = free(owner(0)) - (RICH - STAKE);
		assert_eq!(earned, 2 * (2 * part() / 3));
	});
}

#[test]
fn claiming_from_nobody_is_refused() {
	run(|| {
		assert_noop!(Storage::claim_pay(signed(bob()), 3, keys(&[])), Error::ProviderNotFound);
	});
}
