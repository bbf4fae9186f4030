//! Each invariant, broken on purpose: the check must see it, and say which one it was.

use super::*;
use crate::{
	types::{Duty, Holder, Repair, Stock, Sweep},
	*,
};
use frame_support::{
	traits::fungible::{Mutate, MutateHold},
	BoundedVec as Bounded,
};
use sp_runtime::TryRuntimeError;

/// Five members; object 1 sound, 2 degraded with a bounty, 3 pending with an uploader besides, 4 sound and of
/// a void member that is not swept; a slash waits; provider 5 has applied.
fn broken(expected: &'static str, damage: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		members(5, 2);
		[1, 2, 4].into_iter().for_each(|seed| {
			stored(seed, 5);
		});
		let one = PinRequest { uploader: Some(bob()), ..request(key(3, SIZE), 5) };
		let requests = Bounded::truncate_from(vec![one]);
		assert_ok!(Storage::pin(signed(alice()), requests, Balance::MAX, Balance::MAX));
		let loser = view(2).holders.into_iter().find(|id| *id != void()).unwrap();
		lose(loser, &[key(2, SIZE)]);
		assert_ok!(Storage::slash(signed(conductor()), LIVE, 100, reason("late")));
		assert_ok!(Storage::evict(signed(conductor()), void(), reason("bad")));
		apply();
		assert_ok!(Storage::do_try_state());
		damage();
		assert_eq!(Storage::do_try_state(), Err(TryRuntimeError::Other(expected)));
	});
}

/// A provider that is live, and holds object 1.
const LIVE: ProviderId = 0;
/// The provider that has applied.
const APPLIED: ProviderId = 5;

/// The first holder of object 4 that is not [`LIVE`].
fn void() -> ProviderId {
	let holders = Objects::<Test>::get(key(4, SIZE)).unwrap().holders;
	holders.iter().map(|holder| holder.provider).find(|id| *id != LIVE).unwrap()
}

fn sound() -> ObjectKey {
	key(1, SIZE)
}
fn degraded() -> ObjectKey {
	key(2, SIZE)
}
fn pending() -> ObjectKey {
	key(3, SIZE)
}

fn change_provider(id: ProviderId, change: impl FnOnce(&mut types::ProviderOf<Test>)) {
	Providers::<Test>::mutate(id, |provider| change(provider.as_mut().unwrap()));
}
fn change_object(of: ObjectKey, change: impl FnOnce(&mut types::Object)) {
	Objects::<Test>::mutate(of, |object| change(object.as_mut().unwrap()));
}
fn change_tranche(change: impl FnOnce(&mut types::Tranche)) {
	Tranches::<Test>::mutate(0, |tranche| change(tranche.as_mut().unwrap()));
}
fn change_seat(id: ProviderId, change: impl FnOnce(&mut types::Seat)) {
	Rosters::<Test>::mutate(0, |roster| {
		change(roster.iter_mut().find(|seat| seat.provider == id).unwrap())
	});
}
fn change_member(id: ProviderId, change: impl FnOnce(&mut Stock<Balance>)) {
	Members::<Test>::mutate(0, id, |member| change(member.as_mut().unwrap()));
}
fn change_pin(seed: u32, change: impl FnOnce(&mut types::PinOf<Test>)) {
	Pins::<Test>::mutate(alice(), key(seed, SIZE).hash, |pin| change(pin.as_mut().unwrap()));
}

macro_rules! detects {
	($($name:ident: $expected:literal, $damage:expr;)*) => {
		$(#[test]
		fn $name() {
			broken($expected, || { $damage; });
		})*
	};
}

detects! {
	provider_number: "a provider's number was not given out", NextProviderId::<Test>::put(1);
	operator_not_noted: "an operator key is not noted for its provider alone",
		ProviderByOperator::<Test>::remove(operator(LIVE));
	operator_of_one_gone: "an operator key is not noted for its provider alone",
		ProviderByOperator::<Test>::insert(operator(void()), void());
	operator_of_nobody: "an operator key is noted for a provider that does not have it",
		ProviderByOperator::<Test>::insert(bob(), LIVE);
	no_heart: "a live provider has no heart", Hearts::<Test>::remove(LIVE);
	heart_of_an_application: "a heart belongs to nobody live",
		Hearts::<Test>::insert(APPLIED, rome_primitives::actors::Heart::start(0, 0, 0));
	heart_of_nobody: "a heart belongs to nobody live",
		Hearts::<Test>::insert(99, rome_primitives::actors::Heart::start(0, 0, 0));
	no_domain: "a live provider has no failure domain",
		change_provider(LIVE, |provider| provider.domain = None);
	membership_of_nothing: "a provider's memberships are not those that it has",
		change_provider(LIVE, |provider| provider.memberships.try_push(7).unwrap());
	membership_twice: "a provider's memberships are not those that it has",
		change_provider(LIVE, |provider| provider.memberships.try_push(0).unwrap());
	slashing: "slashes that wait are not those of the provider",
		change_provider(LIVE, |provider| provider.slashing += 1);

	roster_of_nothing: "a roster has no tranche", {
		let roster = Rosters::<Test>::get(0);
		Rosters::<Test>::insert(7, roster)
	};
	seats_out_of_order: "seats are not in order",
		Rosters::<Test>::mutate(0, |roster| roster.iter_mut().next_back().unwrap().provider = 0);
	seat_without_member: "a seat has no member", {
		change_provider(LIVE, |provider| provider.memberships.clear());
		Members::<Test>::remove(0, LIVE)
	};
	seat_of_no_member: "a seat's provider is not a member",
		change_provider(LIVE, |provider| provider.memberships.clear());
	seat_elsewhere: "a seat is in another domain", change_seat(LIVE, |seat| seat.domain.zone += 50);
	two_zones: "an operator is in two zones of a tranche", {
		for (id, zone) in [(LIVE, 77), (void(), 78)] {
			change_seat(id, |seat| seat.domain = domain(77, zone));
			change_provider(id, |provider| provider.domain = Some(domain(77, zone)));
		}
	};
	placed_though_void: "a seat's standing does not follow from its provider's state",
		change_seat(void(), |seat| seat.standing = types::Standing::Placed);
	away_though_active: "a seat is away and its provider is not, or the other way round",
		change_seat(LIVE, |seat| seat.away = true);
	too_much: "a member holds more than its slots", change_seat(LIVE, |seat| seat.slots = 0);
	no_deadline: "a leaving member has no deadline",
		change_seat(LIVE, |seat| seat.standing = types::Standing::Leaving);
	member_without_seat: "a member has no seat",
		Members::<Test>::insert(0, 99, Stock::<Balance>::default());

	tranche_number: "a tranche's number was not given out", NextTrancheId::<Test>::put(0);
	not_accepting: "a tranche is not listed as accepting", Accepting::<Test>::kill();
	closing_and_accepting: "a closing tranche takes objects",
		change_tranche(|tranche| tranche.closing = true);
	accepting_nothing: "a tranche is listed as accepting that is not",
		Accepting::<Test>::mutate(|all| all.try_push(9).unwrap());
	unswept: "unswept is not what remains to be swept",
		change_tranche(|tranche| tranche.counts.unswept += 1);
	objects_counted: "a tranche's counts are not those of its objects",
		change_tranche(|tranche| tranche.counts.objects += 1);
	bytes_counted: "a tranche's counts are not those of its objects",
		change_tranche(|tranche| tranche.counts.bytes += 1);
	pending_counted: "a tranche's counts are not those of its objects",
		change_tranche(|tranche| tranche.counts.pending += 1);
	filling_counted: "a tranche's counts are not those of its objects",
		change_tranche(|tranche| tranche.counts.filling += 1);
	degraded_counted: "a tranche's counts are not those of its objects",
		change_tranche(|tranche| tranche.counts.degraded -= 1);
	copies: "a tranche's copies are not those of its objects",
		change_tranche(|tranche| tranche.copies += 1);
	capacity: "a tranche's capacity is not that of its members",
		change_tranche(|tranche| tranche.capacity += 1);
	room: "a tranche's capacity is not that of its members",
		change_tranche(|tranche| tranche.room += 1);

	not_in_tranche: "an object is not listed in its tranche",
		ByTranche::<Test>::remove(0, sound());
	size_not_listed: "an object's size is not listed",
		Sizes::<Test>::remove(sound().hash, sound().size);
	holder_twice: "an object has a holder twice", change_object(sound(), |object| {
		let holder = object.holders[0];
		object.holders.try_push(holder).unwrap();
	});
	holder_assigned: "a holder is still assigned", change_object(degraded(), |object| {
		let id = object.holders[0].provider;
		object.assigned.try_push(id).unwrap();
	});
	assigned_after_coverage: "an object that had its coverage still stores assignments",
		change_object(sound(), |object| object.assigned.try_push(99).unwrap());
	coverage_never_had: "an object has its coverage and never had it",
		change_object(sound(), |object| object.filled = false);
	size_not_proved: "an object is held whose size is not proved",
		change_object(sound(), |object| object.size_proved = false);
	quorum_not_stored: "an object has its quorum and is not stored", {
		let state = ObjectState::Pending { expires: 9 };
		change_object(degraded(), |object| object.state = state);
		change_tranche(|tranche| {
			tranche.counts.pending += 1;
			tranche.counts.degraded -= 1;
		})
	};
	proved_not_noted: "a size is proved that is not noted",
		ProvedSizes::<Test>::remove(sound().hash);
	proved_of_nothing: "an object is listed that does not exist",
		ProvedSizes::<Test>::insert([9; 32], 1);
	blocked_not_known: "an object does not know whether it is taken down",
		Blocked::<Test>::insert(sound(), reason("no"));
	operator_twice: "an operator has an object twice", {
		let holders = Objects::<Test>::get(sound()).unwrap().holders;
		let placed = |id: &ProviderId| *id != void();
		for id in holders.iter().map(|holder| holder.provider).filter(placed) {
			change_provider(id, |provider| provider.domain = Some(domain(77, 77)));
			Storage::update_seat(0, id, |seat| seat.domain = domain(77, 77));
		}
	};
	incomplete_not_listed: "the objects listed as incomplete are not those that are",
		Incomplete::<Test>::remove(0, degraded());
	complete_listed: "the objects listed as incomplete are not those that are",
		Incomplete::<Test>::insert(0, sound(), ());
	nothing_listed: "an object is listed that does not exist",
		ByTranche::<Test>::insert(0, key(9, SIZE), ());

	holding_not_listed: "a replica is not listed for its holder", {
		let id = Objects::<Test>::get(sound()).unwrap().holders[0].provider;
		Holdings::<Test>::remove(id, sound())
	};
	reservation_not_listed: "a reservation is not listed for its member", {
		let id = Objects::<Test>::get(pending()).unwrap().assigned[0];
		Reservations::<Test>::remove(id, pending())
	};
	holding_of_nothing: "a replica is listed that nobody holds",
		Holdings::<Test>::insert(99, sound(), 0);
	reservation_of_nothing: "a reservation is listed that is none",
		Reservations::<Test>::insert(99, sound(), 0);
	replicas_counted: "what a member holds is not the sum of its replicas",
		change_member(LIVE, |member| member.replicas += 1);
	replica_bytes_counted: "what a member holds is not the sum of its replicas",
		change_member(LIVE, |member| member.bytes += 1);
	reserved_counted: "what a member has reserved is not the sum of its reservations",
		change_member(LIVE, |member| member.reserved += 1);
	reservations_counted: "what a member has reserved is not the sum of its reservations",
		change_member(LIVE, |member| member.reservations += 1);
	member_of_replica: "a replica's member does not exist", {
		let holder = Holder { provider: 99, tranche: 0, since: 0 };
		change_object(sound(), |object| object.holders.try_push(holder).unwrap());
		Holdings::<Test>::insert(99, sound(), 0)
	};

	pin_of_another_hash: "a pin is of another hash", {
		let pin = Pins::<Test>::get(alice(), sound().hash).unwrap();
		Pins::<Test>::insert(alice(), [9; 32], pin)
	};
	pin_never_due: "a pin does not fall due", change_pin(1, |pin| pin.due += 1);
	pins_counted: "an object's pins are not those that it has",
		change_object(sound(), |object| object.pins += 1);
	pin_of_nothing: "a pin's object does not exist", {
		let other = key(9, SIZE);
		let pin = Pins::<Test>::get(alice(), sound().hash).unwrap();
		Tasks::<Test>::insert(pin.due, Duty::Pin(alice(), other.hash), ());
		Pins::<Test>::insert(alice(), other.hash, types::Pin { key: other, ..pin })
	};
	uploader_of_no_pin: "an uploader is named by no pin",
		Uploaders::<Test>::insert(sound(), bob(), 1);
	uploader_not_noted: "a pin's uploader is not noted",
		Uploaders::<Test>::remove(pending(), bob());

	pending_though_stored: "a stored object is still pending for an account",
		PendingPins::<Test>::try_append(sound(), alice()).unwrap();
	pending_accounts: "the accounts of a pending object are not those of its pins",
		PendingPins::<Test>::remove(pending());
	pending_of_another: "the accounts of a pending object are not those of its pins",
		PendingPins::<Test>::mutate(pending(), |accounts| accounts[0] = bob());
	pending_sum: "what accounts have pending is not the sum of it",
		Pending::<Test>::remove(alice());
	never_expires: "the registrations that run out are not those that are pending", {
		let ObjectState::Pending { expires } = Objects::<Test>::get(pending()).unwrap().state
		else {
			panic!("it is pending");
		};
		Expiring::<Test>::remove(expires, pending())
	};
	pending_of_nothing: "an object is pending that does not exist",
		PendingPins::<Test>::try_append(key(9, SIZE), alice()).unwrap();

	late_pin_of_nothing: "a late pin does not exist",
		LatePins::<Test>::insert(sound(), bob(), ());

	expiry_passed: "a registration runs out where nobody looks any more",
		ExpiredUntil::<Test>::mutate(|cursor| cursor.block = 1_000);
	task_passed: "something falls due where nobody looks any more",
		TasksUntil::<Test>::mutate(|cursor| cursor.era = 1_000);
	sweep_of_nobody: "a sweep has no member", Sweeps::<Test>::insert(0, 99, Sweep::default());
	void_not_swept: "a void member is not swept", Sweeps::<Test>::remove(0, void());
	closing_not_moved: "a closing tranche is not emptied", {
		Accepting::<Test>::kill();
		change_tranche(|tranche| (tranche.accepting, tranche.closing) = (false, true))
	};
	moved_though_open: "a tranche is emptied that is not closing",
		Moves::<Test>::insert(0, types::Move::default());
	slash_never_due: "a slash does not fall due", {
		let due = Slashes::<Test>::get(0).unwrap().due;
		Tasks::<Test>::remove(due, Duty::Slash(0))
	};
	task_of_nothing: "something falls due that does not exist",
		Tasks::<Test>::insert(9, Duty::Slash(9), ());

	pay_of_nothing: "pay waits for an object that does not exist", {
		let pay = Payouts::<Test>::get(sound()).unwrap();
		Payouts::<Test>::insert(key(9, SIZE), pay)
	};
	pay_in_the_future: "pay begins in the future",
		Payouts::<Test>::mutate(sound(), |pay| pay.as_mut().unwrap().from = 9);
	bounty_of_nothing: "a bounty waits for an object that does not exist",
		Repairs::<Test>::insert(key(9, SIZE), no_repair());
	bounty_at_coverage: "a bounty waits for an object at its coverage",
		Repairs::<Test>::insert(sound(), no_repair());
	bounty_of_the_loser: "a bounty goes to who lost the object",
		Repairs::<Test>::mutate(degraded(), |repair| {
			let repair = repair.as_mut().unwrap();
			let loser = repair.gone[0];
			repair.takers.try_push(loser).unwrap();
		});
	bounty_of_no_holder: "a bounty goes to who does not hold the object",
		Repairs::<Test>::mutate(degraded(), |repair| {
			repair.as_mut().unwrap().takers.try_push(99).unwrap()
		});
	earned_by_nobody: "pay was earned by nobody", Earned::<Test>::insert(99, 1);

	stakes: "what is held as stake is not the sum of the stakes",
		change_provider(LIVE, |provider| provider.stake -= 1);
	stake_of_nobody: "what is held as stake is not the sum of the stakes",
		Balances::hold(&HoldReason::Stake.into(), &bob(), 1).unwrap();
	deposits: "what is held for pins is not the sum of their deposits",
		change_pin(1, |pin| pin.deposit -= 1);
	pay: "what is held as pay is not what waits to be paid", Earned::<Test>::insert(LIVE, 1);
	pots: "what is held as pay is not what waits to be paid",
		FeePots::<Test>::mutate(0, |pots| pots.probing += 1);
	shares: "what is held as pay is not what waits to be paid",
		change_member(void(), |member| member.share += 1);
	pay_of_nobody: "what is held as pay is not what waits to be paid", {
		Balances::mint_into(&Storage::account_id(), 9).unwrap();
		Balances::hold(&HoldReason::Pay.into(), &Storage::account_id(), 1).unwrap()
	};
}

fn no_repair() -> Repair<Balance> {
	Repair { bounty: 0, takers: Default::default(), gone: Default::default() }
}

#[test]
fn degraded_bounds_are_checked_against_what_counts() {
	// The counts follow from the objects, so a wrong bound shows in `unswept` first; both are looked at alone
	// here.
	new_test_ext().execute_with(|| {
		members(5, 2);
		let key = stored(1, 5);
		let id = view(1).holders[0];
		assert_ok!(Storage::evict(signed(conductor()), id, reason("bad")));
		let objects = || Objects::<Test>::iter().collect();
		assert_ok!(Storage::try_state_degraded(&objects()));
		change_tranche(|tranche| tranche.counts.unswept = 0);
		assert_eq!(
			Storage::try_state_degraded(&objects()),
			Err(TryRuntimeError::Other("more objects are degraded than are counted and unswept"))
		);
		change_tranche(|tranche| (tranche.counts.degraded, tranche.counts.unswept) = (2, 0));
		assert_eq!(
			Storage::try_state_degraded(&objects()),
			Err(TryRuntimeError::Other("more objects are counted as degraded than are"))
		);
		assert!(Objects::<Test>::contains_key(key));
	});
}

#[test]
fn sees_an_object_backed_that_is_not_there_or_for_an_era_to_come() {
	broken("an object that does not exist is backed", || {
		BackedEras::<Test>::insert(key(9, SIZE), 0);
	});
	broken("an object is backed for an era to come", || {
		BackedEras::<Test>::insert(sound(), Storage::era() + 1);
	});
}
