//! An object's replicas, and everything that counts them.

use crate::{
	types::{BalanceOf, Holder, Object, PendingUse, Standard, Standing, Tranche},
	BackedEras, ByTranche, Config, Error, Event, Expiring, Holdings, Incomplete, Members, Objects,
	Pallet, Pending, PendingPins, ProvedSizes, Reservations, Sizes, Tranches,
};
use frame_support::{ensure, BoundedVec};
use rome_primitives::storage::{api::TrancheCounts, ObjectKey, ObjectState, ProviderId, TrancheId};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

/// Why a replica goes.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) enum Gone {
	/// It is given up, or the object goes.
	Released,
	/// It is lost, which cost something for those who take over.
	Lost,
	/// Its member is void.
	Void,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn object(key: &ObjectKey) -> Result<Object, DispatchError> {
		Ok(Objects::<T>::get(key).ok_or(Error::<T>::ObjectNotFound)?)
	}

	fn count(tranche: &mut Tranche, key: &ObjectKey, object: &Object, more: bool) {
		let step = |number: &mut u32| {
			*number = match more {
				true => number.saturating_add(1),
				false => number.saturating_sub(1),
			}
		};
		let TrancheCounts { objects, bytes, pending, filling, degraded, .. } = &mut tranche.counts;
		step(objects);
		match object.standard() {
			Standard::Pending => step(pending),
			Standard::Filling => step(filling),
			Standard::Degraded => step(degraded),
			Standard::Sound | Standard::Blocked => {},
		}
		let copies = u128::from(key.size).saturating_mul(object.coverage.into());
		(*bytes, tranche.copies) = match more {
			true => (bytes.saturating_add(key.size), tranche.copies.saturating_add(copies)),
			false => (bytes.saturating_sub(key.size), tranche.copies.saturating_sub(copies)),
		};
	}

	/// Stores what an object has become, and counts it so. None: it goes.
	pub(crate) fn put_object(key: &ObjectKey, before: Option<&Object>, after: Option<&Object>) {
		if let Some(object) = before {
			Tranches::<T>::mutate(object.tranche, |tranche| {
				if let Some(tranche) = tranche.as_mut() {
					Self::count(tranche, key, object, false);
				}
			});
		}
		if let Some(object) = after {
			Tranches::<T>::mutate(object.tranche, |tranche| {
				if let Some(tranche) = tranche.as_mut() {
					Self::count(tranche, key, object, true);
				}
			});
		}
		let tranche = |object: Option<&Object>| object.map(|object| object.tranche);
		if tranche(before) != tranche(after) {
			if let Some(tranche) = tranche(before) {
				ByTranche::<T>::remove(tranche, key);
			}
			if let Some(tranche) = tranche(after) {
				ByTranche::<T>::insert(tranche, key, ());
			}
		}
		let listed =
			|object: Option<&Object>| object.filter(|o| o.is_incomplete()).map(|o| o.tranche);
		if listed(before) != listed(after) {
			if let Some(tranche) = listed(before) {
				Incomplete::<T>::remove(tranche, key);
			}
			if let Some(tranche) = listed(after) {
				Incomplete::<T>::insert(tranche, key, ());
			}
		}
		match after {
			Some(object) => Objects::<T>::insert(key, object),
			None => Objects::<T>::remove(key),
		}
		match (before, after) {
			(None, Some(_)) => Sizes::<T>::insert(key.hash, key.size, ()),
			(Some(before), None) => {
				Sizes::<T>::remove(key.hash, key.size);
				BackedEras::<T>::remove(key);
				if before.size_proved {
					ProvedSizes::<T>::remove(key.hash);
				}
			},
			(Some(before), Some(after)) => {
				let (standard, tranche) = (after.standard(), after.tranche);
				let was = before.standard();
				if was != standard {
					let key = *key;
					match standard {
						Standard::Sound if was != Standard::Blocked => {
							Self::deposit_event(Event::CoverageReached { key, tranche })
						},
						Standard::Degraded => {
							let holders = after.holders.len() as u32;
							Self::deposit_event(Event::CoverageLost { key, tranche, holders })
						},
						_ => {},
					}
				}
			},
			(None, None) => {},
		}
	}

	/// Reserves a member's room for an object.
	pub(crate) fn reserve(key: &ObjectKey, object: &mut Object, id: ProviderId) -> DispatchResult {
		object.assigned.try_push(id).map_err(|_| Error::<T>::Untakeable)?;
		Reservations::<T>::insert(id, key, object.tranche);
		Self::update_member(object.tranche, id, |member| {
			member.reserved = member.reserved.saturating_add(key.size);
			member.reservations = member.reservations.saturating_add(1);
		});
		Ok(())
	}

	/// Gives a member's reserved room back.
	pub(crate) fn unreserve(key: &ObjectKey, object: &mut Object, id: ProviderId) {
		if !object.assigned.contains(&id) {
			return;
		}
		object.assigned.retain(|other| *other != id);
		Reservations::<T>::remove(id, key);
		Self::update_member(object.tranche, id, |member| {
			member.reserved = member.reserved.saturating_sub(key.size);
			member.reservations = member.reservations.saturating_sub(1);
		});
	}

	/// A provider has the object: as a member of the object's tranche, and no longer of another.
	pub(crate) fn add_holder(
		key: &ObjectKey,
		object: &mut Object,
		id: ProviderId,
	) -> DispatchResult {
		Self::settle(key, object);
		let mut since = Self::era().saturating_add(1);
		let had = object.position(id).is_some();
		if let Some(position) = object.position(id) {
			// It holds it since before, as a member of the tranche that the object comes from.
			let former = object.holders.remove(position);
			ensure!(former.tranche != object.tranche, Error::<T>::NotAssigned);
			since = former.since;
			Self::uncount(key, &former, false);
		}
		Self::unreserve(key, object, id);
		let tranche = object.tranche;
		object
			.holders
			.try_push(Holder { provider: id, tranche, since })
			.map_err(|_| Error::<T>::NotAssigned)?;
		Holdings::<T>::insert(id, key, tranche);
		Self::update_member(tranche, id, |member| {
			member.replicas = member.replicas.saturating_add(1);
			member.bytes = member.bytes.saturating_add(key.size);
		});
		if !had {
			Self::note_taker(key, id);
		}
		let quorum = usize::from(object.quorum);
		if matches!(object.state, ObjectState::Pending { .. }) && object.holders.len() >= quorum {
			Self::become_stored(key, object);
		}
		if object.has_coverage() {
			if !object.filled {
				object.filled = true;
				for other in object.assigned.clone() {
					Self::unreserve(key, object, other);
				}
			}
			Self::pay_bounty(key);
		}
		Ok(())
	}

	/// Takes a replica out of its member's counts. Gives back what the member forfeited for it.
	fn uncount(key: &ObjectKey, holder: &Holder, void: bool) -> BalanceOf<T> {
		Holdings::<T>::remove(holder.provider, key);
		let mut share = BalanceOf::<T>::zero();
		Self::update_member(holder.tranche, holder.provider, |member| {
			member.replicas = member.replicas.saturating_sub(1);
			member.bytes = member.bytes.saturating_sub(key.size);
			share = member.share;
		});
		if void {
			Tranches::<T>::mutate(holder.tranche, |tranche| {
				if let Some(tranche) = tranche.as_mut() {
					tranche.counts.unswept = tranche.counts.unswept.saturating_sub(1);
				}
			});
			return share;
		}
		Zero::zero()
	}

	/// Takes a replica away.
	pub(crate) fn drop_holder(
		key: &ObjectKey,
		object: &mut Object,
		id: ProviderId,
		why: Gone,
		bounty: BalanceOf<T>,
	) {
		let Some(position) = object.position(id) else { return };
		Self::settle(key, object);
		let holder = object.holders.remove(position);
		let forfeited = Self::uncount(key, &holder, why == Gone::Void);
		match why {
			Gone::Released => Self::drop_taker(key, id),
			Gone::Lost => Self::blame(key, object, id, bounty),
			Gone::Void => Self::blame(key, object, id, forfeited),
		}
	}

	/// Takes away what void members hold, and the reservations of members that are not placed.
	pub(crate) fn refresh(key: &ObjectKey, object: &mut Object) {
		for holder in object.holders.clone() {
			if !Self::counts(&holder) {
				Self::drop_holder(key, object, holder.provider, Gone::Void, Zero::zero());
				Self::deposit_event(Event::ReplicaSwept { provider: holder.provider, key: *key });
			}
		}
		for id in object.assigned.clone() {
			let placed = Self::seat_in(object.tranche, id).is_some_and(|seat| seat.is_placed());
			if !placed {
				Self::unreserve(key, object, id);
				// The others that are to have it stay as they are; who takes this place gets room.
				let instead = match object.filled {
					true => None,
					false => Self::assigned_now(key, object).into_iter().find(|other| {
						!object.assigned.contains(other) && object.position(*other).is_none()
					}),
				};
				if let Some(other) = instead {
					let _ = Self::reserve(key, object, other);
				}
			}
		}
	}

	fn become_stored(key: &ObjectKey, object: &mut Object) {
		Self::end_pending(key, object);
		object.state = ObjectState::Stored;
		Self::deposit_event(Event::ObjectStored { key: *key, tranche: object.tranche });
	}

	/// An object is pending no more: accounts may register others.
	pub(crate) fn end_pending(
		key: &ObjectKey,
		object: &Object,
	) -> BoundedVec<T::AccountId, frame_support::traits::ConstU32<{ crate::types::MAX_PENDING_PINS }>>
	{
		if let ObjectState::Pending { expires } = object.state {
			Expiring::<T>::remove(expires, key);
		}
		let accounts = PendingPins::<T>::take(key);
		for account in &accounts {
			Self::change_pending(account, key, false);
		}
		accounts
	}

	pub(crate) fn change_pending(account: &T::AccountId, key: &ObjectKey, more: bool) {
		Pending::<T>::mutate_exists(account, |stored| {
			let PendingUse { objects, bytes } = stored.unwrap_or_default();
			let left = match more {
				true => PendingUse {
					objects: objects.saturating_add(1),
					bytes: bytes.saturating_add(key.size),
				},
				false => PendingUse {
					objects: objects.saturating_sub(1),
					bytes: bytes.saturating_sub(key.size),
				},
			};
			*stored = (left != PendingUse::default()).then_some(left);
		});
	}

	/// An object goes: its last pin is gone.
	pub(crate) fn remove_object(key: &ObjectKey, before: Object) {
		let mut object = before.clone();
		Self::settle(key, &object);
		for holder in before.holders.iter() {
			let why = if Self::counts(holder) { Gone::Released } else { Gone::Void };
			Self::drop_holder(key, &mut object, holder.provider, why, Zero::zero());
		}
		for id in before.assigned.iter() {
			Self::unreserve(key, &mut object, *id);
		}
		Self::end_pending(key, &before);
		Self::forfeit_pay(key);
		Self::forfeit_bounty(key);
		let tranche = before.tranche;
		Self::put_object(key, Some(&before), None);
		Self::deposit_event(Event::ObjectRemoved { key: *key, tranche });
	}

	/// The members of the object's former and present tranches that may go: others have enough.
	pub(crate) fn surplus(object: &Object) -> alloc::vec::Vec<ProviderId> {
		let counting = object.holders.iter().filter(|holder| Self::counts(holder));
		let needed = if object.blocked { 0 } else { object.coverage.into() };
		let spare = counting.clone().count().saturating_sub(needed);
		let roster = crate::Rosters::<T>::get(object.tranche);
		// Those that are on their way out first; of the others, whoever came last.
		let mut order: alloc::vec::Vec<(bool, &Holder)> =
			counting.map(|holder| (Self::stays(object, &roster, holder), holder)).collect();
		order.reverse();
		order.sort_by_key(|(stays, _)| *stays);
		order.into_iter().take(spare).map(|(_, holder)| holder.provider).collect()
	}

	/// A member's standing.
	pub(crate) fn standing(tranche: TrancheId, id: ProviderId) -> Option<Standing> {
		Self::seat_in(tranche, id).map(|seat| seat.standing)
	}

	/// Whether a member has anything.
	pub(crate) fn holds_nothing(tranche: TrancheId, id: ProviderId) -> bool {
		Members::<T>::get(tranche, id)
			.is_none_or(|member| member.replicas == 0 && member.reservations == 0)
	}
}
