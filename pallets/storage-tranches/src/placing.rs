//! Who is to have an object.

use crate::{
	types::{seat, Holder, Object, Roster, Seat, Standing, Tranche},
	Accepting, Config, Error, Pallet, Rosters, Tranches,
};
use alloc::vec::Vec;
use rome_primitives::storage::{
	placement::{self, Member},
	ObjectKey, ProviderId, TrancheId,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// The tranche that takes an object of `size` bytes: the one with the most room, or the one named. With
	/// `coverage` so many copies, and as many as the tranche says otherwise.
	pub(crate) fn choose_tranche(
		named: Option<TrancheId>,
		size: u64,
		coverage: Option<u8>,
	) -> Result<(TrancheId, Tranche), DispatchError> {
		if let Some(id) = named {
			let tranche = Self::tranche(id)?;
			frame_support::ensure!(tranche.takes(size, coverage), Error::<T>::NoRoom);
			return Ok((id, tranche));
		}
		let open = Accepting::<T>::get()
			.into_iter()
			.filter_map(|id| Some((id, Tranches::<T>::get(id)?)))
			.filter(|(_, tranche)| tranche.takes(size, coverage));
		// The oldest of those with equal room.
		let best = open.reduce(|best, other| {
			let room = |tranche: &Tranche| tranche.room.saturating_sub(tranche.used());
			match room(&other.1) > room(&best.1) {
				true => other,
				false => best,
			}
		});
		Ok(best.ok_or(Error::<T>::NoRoom)?)
	}

	/// Of the tranche's members that take new replicas and have room, the `count` that are to have the object
	/// besides `base`, in rank: those in zones that none of `base` and of those before is in before others.
	/// None of an operator that one of these belongs to: two replicas with one operator go at once.
	pub(crate) fn select(
		key: &ObjectKey,
		id: TrancheId,
		tranche: &Tranche,
		roster: &Roster,
		base: &[ProviderId],
		count: usize,
	) -> Vec<ProviderId> {
		Self::select_of(Seat::takes_new, key, id, tranche, roster, base, count)
	}

	/// The same for what has to be made up for: where the others are too few, full members give what they keep
	/// back. That is what it is kept for: a tranche's room counts all of its slots.
	fn select_to_repair(
		key: &ObjectKey,
		id: TrancheId,
		tranche: &Tranche,
		roster: &Roster,
		base: &[ProviderId],
		count: usize,
	) -> Vec<ProviderId> {
		let mut chosen = Self::select(key, id, tranche, roster, base, count);
		let missing = count.saturating_sub(chosen.len());
		if missing > 0 {
			let base = base.iter().chain(&chosen).copied().collect::<Vec<_>>();
			chosen.extend(Self::select_of(
				Seat::gives_reserve,
				key,
				id,
				tranche,
				roster,
				&base,
				missing,
			));
		}
		chosen
	}

	fn select_of(
		fits: fn(&Seat) -> bool,
		key: &ObjectKey,
		id: TrancheId,
		tranche: &Tranche,
		roster: &Roster,
		base: &[ProviderId],
		count: usize,
	) -> Vec<ProviderId> {
		let mut chosen: Vec<&Seat> = Vec::new();
		if count == 0 {
			return Vec::new();
		}
		let members = roster
			.iter()
			.filter(|seat| fits(seat) && !base.contains(&seat.provider))
			.map(|seat| Member { provider: seat.provider, slots: seat.slots, domain: seat.domain })
			.collect::<Vec<_>>();
		let mut ranked = placement::rank(key, id, &members)
			.into_iter()
			.filter_map(|provider| seat(roster, provider))
			.collect::<Vec<_>>();
		let base = base.iter().filter_map(|provider| seat(roster, *provider)).collect::<Vec<_>>();
		let mut used = base;
		while chosen.len() < count && !ranked.is_empty() {
			ranked.retain(|candidate| {
				used.iter().all(|seat| seat.domain.operator != candidate.domain.operator)
			});
			let clashes = |candidate: &Seat| {
				used.iter().filter(|seat| seat.domain.zone == candidate.domain.zone).count()
			};
			// The first in rank among those that clash least.
			let best = ranked
				.iter()
				.enumerate()
				.min_by_key(|(rank, candidate)| (clashes(candidate), *rank))
				.map(|(rank, _)| rank);
			let Some(best) = best else { break };
			let candidate = ranked.remove(best);
			if Self::has_space(tranche, id, candidate, key.size) {
				used.push(candidate);
				chosen.push(candidate);
			}
		}
		chosen.into_iter().map(|seat| seat.provider).collect()
	}

	/// Whether a holder keeps its replica: it is a placed member of the object's tranche.
	pub(crate) fn stays(object: &Object, roster: &Roster, holder: &Holder) -> bool {
		holder.tranche == object.tranche
			&& seat(roster, holder.provider).is_some_and(Seat::is_placed)
	}

	/// Whether a holder's replica counts: its member is not void.
	pub(crate) fn counts(holder: &Holder) -> bool {
		Self::seat_in(holder.tranche, holder.provider)
			.is_some_and(|seat| seat.standing != Standing::Void)
	}

	/// Who is to have the object and has not confirmed it: with room reserved, and others that stand in for
	/// members that leave or are gone.
	pub(crate) fn assigned_now(key: &ObjectKey, object: &Object) -> Vec<ProviderId> {
		if object.blocked {
			return Vec::new();
		}
		let Some(tranche) = Tranches::<T>::get(object.tranche) else { return Vec::new() };
		let roster = Rosters::<T>::get(object.tranche);
		let mut base = object
			.holders
			.iter()
			.filter(|holder| Self::stays(object, &roster, holder))
			.map(|holder| holder.provider)
			.collect::<Vec<_>>();
		let mut assigned = object
			.assigned
			.iter()
			.copied()
			.filter(|provider| seat(&roster, *provider).is_some_and(Seat::is_placed))
			.collect::<Vec<_>>();
		base.extend(&assigned);
		let missing = usize::from(object.coverage).saturating_sub(base.len());
		assigned.extend(Self::select_to_repair(
			key,
			object.tranche,
			&tranche,
			&roster,
			&base,
			missing,
		));
		assigned
	}
}
