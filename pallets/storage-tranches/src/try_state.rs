//! The invariants. Each names what would be wrong.

use crate::{
	types::{BalanceOf, Object, Standard, Standing, Stock, Tranche, PAY, PIN, STAKE},
	Accepting, BackedEras, Blocked, ByTranche, Config, Earned, ExpiredUntil, Expiring, FeePots,
	Hearts, Holdings, Incomplete, LatePins, Members, Moves, NextProviderId, NextSlash,
	NextTrancheId, Objects, Pallet, Payouts, Pending, PendingPins, Pins, ProvedSizes,
	ProviderByOperator, Providers, Repairs, Reservations, Rosters, Sizes, Slashes, Sweeps, Tasks,
	TasksUntil, Tranches, Uploaders,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{ensure, traits::fungible::InspectHold};
use rome_primitives::{
	actors::{lifecycle, ActorState},
	storage::{api::TrancheCounts, ObjectKey, ObjectState, ProviderId, TrancheId},
};
use sp_runtime::{
	traits::{Saturating, Zero},
	TryRuntimeError,
};

type Checked = Result<(), TryRuntimeError>;

impl<T: Config> Pallet<T> {
	/// Checks all invariants.
	pub(crate) fn do_try_state() -> Checked {
		let objects = Objects::<T>::iter().collect::<BTreeMap<_, _>>();
		Self::try_state_providers()?;
		Self::try_state_members()?;
		Self::try_state_tranches(&objects)?;
		Self::try_state_objects(&objects)?;
		Self::try_state_replicas(&objects)?;
		Self::try_state_degraded(&objects)?;
		Self::try_state_pins(&objects)?;
		Self::try_state_pending(&objects)?;
		Self::try_state_duties(&objects)?;
		Self::try_state_pay(&objects)?;
		Self::try_state_money()
	}

	/// Operator keys serve one provider each; who is live has a heart; who is gone is no member.
	fn try_state_providers() -> Checked {
		let mut operators = BTreeMap::new();
		for (id, provider) in Providers::<T>::iter() {
			ensure!(id < NextProviderId::<T>::get(), "a provider's number was not given out");
			let gone = matches!(provider.state, ActorState::Left | ActorState::Evicted);
			let noted = ProviderByOperator::<T>::get(&provider.operator) == Some(id);
			ensure!(noted != gone, "an operator key is not noted for its provider alone");
			if !gone {
				operators.insert(provider.operator.clone(), id);
			}
			let live = lifecycle::is_live(&provider.state);
			let has_heart = Hearts::<T>::contains_key(id);
			ensure!(has_heart || !live, "a live provider has no heart");
			ensure!(
				!has_heart || live || !provider.memberships.is_empty(),
				"a heart belongs to nobody live"
			);
			ensure!(!live || provider.domain.is_some(), "a live provider has no failure domain");
			let mut memberships = provider.memberships.to_vec();
			memberships.sort_unstable();
			memberships.dedup();
			ensure!(
				memberships.len() == provider.memberships.len()
					&& memberships.iter().all(|tranche| Members::<T>::contains_key(tranche, id)),
				"a provider's memberships are not those that it has"
			);
			let mut waiting = BalanceOf::<T>::zero();
			for slash in Slashes::<T>::iter_values().filter(|slash| slash.provider == id) {
				waiting = waiting.saturating_add(slash.amount);
			}
			ensure!(
				waiting == provider.slashing,
				"slashes that wait are not those of the provider"
			);
		}
		ensure!(
			ProviderByOperator::<T>::iter().collect::<BTreeMap<_, _>>() == operators,
			"an operator key is noted for a provider that does not have it"
		);
		ensure!(
			Hearts::<T>::iter_keys().all(Providers::<T>::contains_key),
			"a heart belongs to nobody live"
		);
		Ok(())
	}

	/// Seats and members are one to one; standing follows from the provider's state; slots are enough for what
	/// is held; operators keep to one zone.
	fn try_state_members() -> Checked {
		let mut seats = 0usize;
		for (tranche_id, roster) in Rosters::<T>::iter() {
			let tranche = Tranches::<T>::get(tranche_id).ok_or("a roster has no tranche")?;
			let mut zones = BTreeMap::new();
			ensure!(
				roster.windows(2).all(|pair| match pair {
					[a, b] => a.provider < b.provider,
					_ => false,
				}),
				"seats are not in order"
			);
			for seat in &roster {
				seats = seats.saturating_add(1);
				let member =
					Members::<T>::get(tranche_id, seat.provider).ok_or("a seat has no member")?;
				let provider =
					Providers::<T>::get(seat.provider).ok_or("a seat has no provider")?;
				ensure!(
					provider.memberships.contains(&tranche_id),
					"a seat's provider is not a member"
				);
				ensure!(provider.domain == Some(seat.domain), "a seat is in another domain");
				let zone = *zones.entry(seat.domain.operator).or_insert(seat.domain.zone);
				ensure!(zone == seat.domain.zone, "an operator is in two zones of a tranche");
				ensure!(
					match provider.state {
						state if lifecycle::is_placed(&state) => true,
						ActorState::Leaving { .. } => seat.standing != Standing::Placed,
						_ => seat.standing == Standing::Void,
					},
					"a seat's standing does not follow from its provider's state"
				);
				let away = matches!(provider.state, ActorState::Suspended { .. });
				ensure!(
					!lifecycle::is_placed(&provider.state) || seat.away == away,
					"a seat is away and its provider is not, or the other way round"
				);
				let all = tranche.slot_bytes.saturating_mul(seat.slots.into());
				ensure!(member.used() <= all, "a member holds more than its slots");
				ensure!(
					seat.standing != Standing::Leaving || member.deadline.is_some(),
					"a leaving member has no deadline"
				);
			}
		}
		ensure!(Members::<T>::iter_keys().count() == seats, "a member has no seat");
		Ok(())
	}

	/// Tranches count what they have.
	fn try_state_tranches(objects: &BTreeMap<ObjectKey, Object>) -> Checked {
		let accepting = Accepting::<T>::get();
		for (id, tranche) in Tranches::<T>::iter() {
			ensure!(id < NextTrancheId::<T>::get(), "a tranche's number was not given out");
			ensure!(
				accepting.iter().filter(|other| **other == id).count()
					== usize::from(tranche.accepting),
				"a tranche is not listed as accepting"
			);
			ensure!(!(tranche.accepting && tranche.closing), "a closing tranche takes objects");
			let mut counts = TrancheCounts::default();
			let mut copies = 0u128;
			for (key, object) in objects.iter().filter(|(_, object)| object.tranche == id) {
				counts.objects = counts.objects.saturating_add(1);
				counts.bytes = counts.bytes.saturating_add(key.size);
				copies = copies
					.saturating_add(u128::from(key.size).saturating_mul(object.coverage.into()));
				let count = match object.standard() {
					Standard::Pending => &mut counts.pending,
					Standard::Filling => &mut counts.filling,
					Standard::Degraded => &mut counts.degraded,
					Standard::Sound | Standard::Blocked => continue,
				};
				*count = count.saturating_add(1);
			}
			let roster = Rosters::<T>::get(id);
			for seat in roster.iter().filter(|seat| seat.standing == Standing::Void) {
				let member = Members::<T>::get(id, seat.provider).unwrap_or_default();
				counts.unswept = counts.unswept.saturating_add(member.replicas);
			}
			ensure!(
				tranche.counts.unswept == counts.unswept,
				"unswept is not what remains to be swept"
			);
			ensure!(tranche.counts == counts, "a tranche's counts are not those of its objects");
			ensure!(tranche.copies == copies, "a tranche's copies are not those of its objects");
			Self::try_state_capacity(&tranche, &roster)?;
		}
		let listed = Tranches::<T>::iter().filter(|(_, tranche)| tranche.accepting).count();
		ensure!(accepting.len() == listed, "a tranche is listed as accepting that is not");
		Ok(())
	}

	fn try_state_capacity(tranche: &Tranche, roster: &crate::types::Roster) -> Checked {
		use crate::types::{capacity, operators};
		let usable = crate::tranches::usable(tranche.slot_bytes);
		let of = |less| capacity(roster, tranche.coverage, usable, less);
		let spare = operators(roster).len() > usize::from(tranche.coverage);
		ensure!(
			usize::from(tranche.operators) == operators(roster).len()
				&& tranche.capacity == of(false)
				&& tranche.room == of(spare),
			"a tranche's capacity is not that of its members"
		);
		Ok(())
	}

	/// Objects are listed where they are; nobody holds one twice; assignments end with the coverage; one that
	/// is stored once had its quorum.
	fn try_state_objects(objects: &BTreeMap<ObjectKey, Object>) -> Checked {
		let mut incomplete = BTreeSet::new();
		for (key, object) in objects {
			ensure!(Tranches::<T>::contains_key(object.tranche), "an object has no tranche");
			ensure!(
				ByTranche::<T>::contains_key(object.tranche, key),
				"an object is not listed in its tranche"
			);
			ensure!(Sizes::<T>::contains_key(key.hash, key.size), "an object's size is not listed");
			let mut holders =
				object.holders.iter().map(|holder| holder.provider).collect::<Vec<_>>();
			holders.sort_unstable();
			holders.dedup();
			ensure!(holders.len() == object.holders.len(), "an object has a holder twice");
			ensure!(
				object
					.assigned
					.iter()
					.all(|id| !object.holders.iter().any(|holder| {
						holder.provider == *id && holder.tranche == object.tranche
					})),
				"a holder is still assigned"
			);
			ensure!(
				!object.filled || object.assigned.is_empty(),
				"an object that had its coverage still stores assignments"
			);
			ensure!(
				object.filled || !object.has_coverage(),
				"an object has its coverage and never had it"
			);
			ensure!(
				object.holders.is_empty() || object.size_proved,
				"an object is held whose size is not proved"
			);
			ensure!(
				(ProvedSizes::<T>::get(key.hash) == Some(key.size)) == object.size_proved,
				"a size is proved that is not noted"
			);
			ensure!(
				object.blocked == Blocked::<T>::contains_key(key),
				"an object does not know whether it is taken down"
			);
			Self::try_state_operators(object)?;
			if let ObjectState::Pending { .. } = object.state {
				ensure!(
					object.holders.len() < usize::from(object.quorum) && !object.filled,
					"an object has its quorum and is not stored"
				);
			}
			if object.is_incomplete() {
				incomplete.insert((object.tranche, *key));
			}
		}
		ensure!(
			Incomplete::<T>::iter_keys().collect::<BTreeSet<_>>() == incomplete,
			"the objects listed as incomplete are not those that are"
		);
		ensure!(
			ByTranche::<T>::iter_keys().count() == objects.len()
				&& Sizes::<T>::iter_keys().count() == objects.len()
				&& ProvedSizes::<T>::iter_keys().count()
					== objects.values().filter(|object| object.size_proved).count(),
			"an object is listed that does not exist"
		);
		Ok(())
	}

	/// No operator has two replicas of an object, besides those of members that are on their way out.
	fn try_state_operators(object: &Object) -> Checked {
		let roster = Rosters::<T>::get(object.tranche);
		let held = object.holders.iter().filter(|holder| Self::stays(object, &roster, holder));
		let held = held.map(|holder| holder.provider);
		let assigned = object.assigned.iter().copied();
		let mut operators = BTreeSet::new();
		for id in held.chain(assigned.filter(|id| object.position(*id).is_none())) {
			let Some(seat) = crate::types::seat(&roster, id) else { continue };
			ensure!(
				!seat.is_placed() || operators.insert(seat.domain.operator),
				"an operator has an object twice"
			);
		}
		Ok(())
	}

	/// What members, and with them providers, hold is the sum over confirmed holders and reservations.
	fn try_state_replicas(objects: &BTreeMap<ObjectKey, Object>) -> Checked {
		let mut sums = BTreeMap::<(TrancheId, ProviderId), Stock<()>>::new();
		let (mut held, mut reserved) = (0usize, 0usize);
		for (key, object) in objects {
			for holder in &object.holders {
				let sum = sums.entry((holder.tranche, holder.provider)).or_default();
				sum.replicas = sum.replicas.saturating_add(1);
				sum.bytes = sum.bytes.saturating_add(key.size);
				held = held.saturating_add(1);
				ensure!(
					Holdings::<T>::get(holder.provider, key) == Some(holder.tranche),
					"a replica is not listed for its holder"
				);
			}
			for id in &object.assigned {
				let sum = sums.entry((object.tranche, *id)).or_default();
				sum.reservations = sum.reservations.saturating_add(1);
				sum.reserved = sum.reserved.saturating_add(key.size);
				reserved = reserved.saturating_add(1);
				ensure!(
					Reservations::<T>::get(id, key) == Some(object.tranche),
					"a reservation is not listed for its member"
				);
			}
		}
		ensure!(
			Holdings::<T>::iter_keys().count() == held,
			"a replica is listed that nobody holds"
		);
		ensure!(
			Reservations::<T>::iter_keys().count() == reserved,
			"a reservation is listed that is none"
		);
		for (tranche, id, member) in Members::<T>::iter() {
			let sum = sums.remove(&(tranche, id)).unwrap_or_default();
			ensure!(
				member.replicas == sum.replicas && member.bytes == sum.bytes,
				"what a member holds is not the sum of its replicas"
			);
			ensure!(
				member.reservations == sum.reservations && member.reserved == sum.reserved,
				"what a member has reserved is not the sum of its reservations"
			);
		}
		ensure!(sums.is_empty(), "a replica's member does not exist");
		Ok(())
	}

	/// The true number of degraded objects lies between `degraded` and `degraded + unswept`. While objects move
	/// between tranches, a void member's replicas may be of objects elsewhere: the upper bound is that of all
	/// tranches.
	pub(crate) fn try_state_degraded(objects: &BTreeMap<ObjectKey, Object>) -> Checked {
		let (mut all, mut most) = (0u32, 0u32);
		for (id, tranche) in Tranches::<T>::iter() {
			let degraded = objects
				.values()
				.filter(|object| object.tranche == id && object.state == ObjectState::Stored)
				.filter(|object| !object.blocked)
				.filter(|object| {
					let counting =
						object.holders.iter().filter(|holder| Self::counts(holder)).count();
					object.falls_short(counting)
				})
				.count() as u32;
			ensure!(
				tranche.counts.degraded <= degraded,
				"more objects are counted as degraded than are"
			);
			all = all.saturating_add(degraded);
			most =
				most.saturating_add(tranche.counts.degraded).saturating_add(tranche.counts.unswept);
		}
		ensure!(all <= most, "more objects are degraded than are counted and unswept");
		Ok(())
	}

	/// Objects know how many pins they have; pins fall due when they say.
	fn try_state_pins(objects: &BTreeMap<ObjectKey, Object>) -> Checked {
		let mut pins = BTreeMap::<ObjectKey, u32>::new();
		let mut uploaders = BTreeMap::<(ObjectKey, T::AccountId), u32>::new();
		for (account, hash, pin) in Pins::<T>::iter() {
			ensure!(pin.key.hash == hash, "a pin is of another hash");
			let count = pins.entry(pin.key).or_default();
			*count = count.saturating_add(1);
			if let Some(uploader) = pin.uploader {
				let count = uploaders.entry((pin.key, uploader)).or_default();
				*count = count.saturating_add(1);
			}
			ensure!(
				Tasks::<T>::contains_key(pin.due, crate::types::Duty::Pin(account, hash)),
				"a pin does not fall due"
			);
		}
		for (key, object) in objects {
			ensure!(
				object.pins > 0 && pins.remove(key) == Some(object.pins),
				"an object's pins are not those that it has"
			);
		}
		ensure!(pins.is_empty(), "a pin's object does not exist");
		for (key, account, count) in Uploaders::<T>::iter() {
			ensure!(
				uploaders.remove(&(key, account)) == Some(count),
				"an uploader is named by no pin"
			);
		}
		ensure!(uploaders.is_empty(), "a pin's uploader is not noted");
		Ok(())
	}

	/// What accounts have pending is what they have registered and is not stored; all of it runs out.
	fn try_state_pending(objects: &BTreeMap<ObjectKey, Object>) -> Checked {
		let mut sums = BTreeMap::<T::AccountId, (u32, u64)>::new();
		let mut expiring = BTreeSet::new();
		for (key, object) in objects {
			let accounts = PendingPins::<T>::get(key);
			let ObjectState::Pending { expires } = object.state else {
				ensure!(accounts.is_empty(), "a stored object is still pending for an account");
				continue;
			};
			expiring.insert((expires, *key));
			ensure!(
				accounts.len().saturating_add(LatePins::<T>::iter_key_prefix(key).count())
					== object.pins as usize,
				"the accounts of a pending object are not those of its pins"
			);
			for account in accounts {
				ensure!(
					Pins::<T>::contains_key(&account, key.hash)
						&& !LatePins::<T>::contains_key(key, &account),
					"the accounts of a pending object are not those of its pins"
				);
				let (objects, bytes) = sums.entry(account).or_default();
				*objects = objects.saturating_add(1);
				*bytes = bytes.saturating_add(key.size);
			}
		}
		ensure!(
			LatePins::<T>::iter_keys().all(|(key, account)| Pins::<T>::get(account, key.hash)
				.is_some_and(|pin| pin.key == key)),
			"a late pin does not exist"
		);
		let stored = Pending::<T>::iter()
			.map(|(account, used)| (account, (used.objects, used.bytes)))
			.collect::<BTreeMap<_, _>>();
		ensure!(stored == sums, "what accounts have pending is not the sum of it");
		ensure!(
			Expiring::<T>::iter_keys().collect::<BTreeSet<_>>() == expiring,
			"the registrations that run out are not those that are pending"
		);
		ensure!(
			PendingPins::<T>::iter_keys().all(|key| objects.contains_key(&key)),
			"an object is pending that does not exist"
		);
		Ok(())
	}

	/// Cursors have not passed what is still to be done.
	fn try_state_duties(objects: &BTreeMap<ObjectKey, Object>) -> Checked {
		let done = ExpiredUntil::<T>::get().block;
		ensure!(
			Expiring::<T>::iter_keys().all(|(block, _)| block >= done),
			"a registration runs out where nobody looks any more"
		);
		let done = TasksUntil::<T>::get().era;
		ensure!(
			Tasks::<T>::iter_keys().all(|(era, _)| era >= done),
			"something falls due where nobody looks any more"
		);
		for (tranche, id) in Sweeps::<T>::iter_keys() {
			ensure!(Members::<T>::contains_key(tranche, id), "a sweep has no member");
		}
		for (tranche, roster) in Rosters::<T>::iter() {
			for seat in roster.iter().filter(|seat| seat.standing == Standing::Void) {
				ensure!(
					Sweeps::<T>::contains_key(tranche, seat.provider),
					"a void member is not swept"
				);
			}
		}
		for (id, tranche) in Tranches::<T>::iter() {
			let moves = tranche.closing && tranche.counts.objects > 0;
			ensure!(!moves || Moves::<T>::contains_key(id), "a closing tranche is not emptied");
			ensure!(
				tranche.closing || !Moves::<T>::contains_key(id),
				"a tranche is emptied that is not closing"
			);
		}
		for (index, slash) in Slashes::<T>::iter() {
			ensure!(
				index < NextSlash::<T>::get()
					&& Tasks::<T>::contains_key(slash.due, crate::types::Duty::Slash(index)),
				"a slash does not fall due"
			);
		}
		let tasks = Tasks::<T>::iter_keys().count();
		ensure!(
			tasks == Pins::<T>::iter_keys().count().saturating_add(Slashes::<T>::iter().count()),
			"something falls due that does not exist"
		);
		let _ = objects;
		Ok(())
	}

	/// Pay and bounties belong to objects that exist; a bounty to one below its coverage; nobody takes a bounty
	/// who lost the object.
	fn try_state_pay(objects: &BTreeMap<ObjectKey, Object>) -> Checked {
		let era = Self::era();
		for (key, pay) in Payouts::<T>::iter() {
			ensure!(objects.contains_key(&key), "pay waits for an object that does not exist");
			ensure!(pay.from <= era && !pay.amounts.is_empty(), "pay begins in the future");
		}
		for (key, repair) in Repairs::<T>::iter() {
			let object =
				objects.get(&key).ok_or("a bounty waits for an object that does not exist")?;
			ensure!(!object.has_coverage(), "a bounty waits for an object at its coverage");
			ensure!(
				!repair.takers.iter().any(|taker| repair.gone.contains(taker)),
				"a bounty goes to who lost the object"
			);
			ensure!(
				repair.takers.iter().all(|taker| object.position(*taker).is_some()),
				"a bounty goes to who does not hold the object"
			);
		}
		for (key, backed) in BackedEras::<T>::iter() {
			ensure!(objects.contains_key(&key), "an object that does not exist is backed");
			ensure!(backed <= era, "an object is backed for an era to come");
		}
		for id in Earned::<T>::iter_keys() {
			ensure!(Providers::<T>::contains_key(id), "pay was earned by nobody");
		}
		Ok(())
	}

	/// What is held is the sum of stakes, of deposits, and of what waits to be paid.
	fn try_state_money() -> Checked {
		let mut stakes = BTreeMap::<T::AccountId, BalanceOf<T>>::new();
		for provider in Providers::<T>::iter_values() {
			let sum = stakes.entry(provider.owner).or_default();
			*sum = sum.saturating_add(provider.stake);
		}
		let mut deposits = BTreeMap::<T::AccountId, BalanceOf<T>>::new();
		for (account, _, pin) in Pins::<T>::iter() {
			let sum = deposits.entry(account).or_default();
			*sum = sum.saturating_add(pin.deposit);
		}
		let add = |sum: BalanceOf<T>, amount: BalanceOf<T>| sum.saturating_add(amount);
		let mut waiting = Payouts::<T>::iter_values()
			.flat_map(|pay| pay.amounts.into_inner())
			.fold(BalanceOf::<T>::zero(), add);
		waiting = Earned::<T>::iter_values().fold(waiting, add);
		waiting = Repairs::<T>::iter_values().fold(waiting, |sum, repair| add(sum, repair.bounty));
		waiting = FeePots::<T>::iter_values()
			.fold(waiting, |sum, pots| add(add(sum, pots.distribution), pots.probing));
		for (tranche, roster) in Rosters::<T>::iter() {
			for seat in roster.iter().filter(|seat| seat.standing == Standing::Void) {
				let member = Members::<T>::get(tranche, seat.provider).unwrap_or_default();
				waiting = add(waiting, member.share.saturating_mul(member.replicas.into()));
			}
		}
		let pay = BTreeMap::from([(Self::account_id(), waiting)]);
		for (reason, sums, wrong) in [
			(STAKE, stakes, "what is held as stake is not the sum of the stakes"),
			(PIN, deposits, "what is held for pins is not the sum of their deposits"),
			(PAY, pay, "what is held as pay is not what waits to be paid"),
		] {
			let mut accounts = sums.keys().cloned().collect::<BTreeSet<_>>();
			accounts.extend(frame_system::Account::<T>::iter_keys());
			for account in accounts {
				let expected = sums.get(&account).copied().unwrap_or_default();
				ensure!(T::Currency::balance_on_hold(&reason.into(), &account) == expected, wrong);
			}
		}
		Ok(())
	}

	/// Whether anything is left of a member, for tests.
	#[cfg(test)]
	pub(crate) fn has_seat(tranche: TrancheId, id: ProviderId) -> bool {
		Self::seat_in(tranche, id).is_some()
	}
}
