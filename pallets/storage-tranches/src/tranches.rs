//! Tranches and their members.

use crate::{
	types::{
		capacity, operators, seat, BalanceOf, Move, ProviderOf, Roster, Seat, Standing, Stock,
		Sweep, Tranche, GIB,
	},
	Accepting, Config, Error, Event, Members, Moves, NextTrancheId, Pallet, Providers, Rosters,
	Sweeps, Tranches,
};
use frame_support::{ensure, traits::Get};
use rome_primitives::{
	actors::ActorState,
	storage::{
		limits::{MAX_COVERAGE, MAX_SLOTS},
		ProviderId, TrancheId,
	},
};
use sp_runtime::{
	traits::{SaturatedConversion, Saturating},
	DispatchError, DispatchResult, Perbill,
};

/// The smallest slot: a mebibyte.
const MIN_SLOT_BYTES: u64 = 1 << 20;
/// The largest slot: 64 TiB.
const MAX_SLOT_BYTES: u64 = 1 << 46;
/// A member with as much taken of its slots is full.
const FULL: Perbill = Perbill::from_percent(95);
/// A full member with less than this taken is full no more.
const FULL_NO_MORE: Perbill = Perbill::from_percent(90);

impl<T: Config> Pallet<T> {
	pub(crate) fn tranche(id: TrancheId) -> Result<Tranche, DispatchError> {
		Ok(Tranches::<T>::get(id).ok_or(Error::<T>::TrancheNotFound)?)
	}

	pub(crate) fn seat_in(tranche: TrancheId, provider: ProviderId) -> Option<Seat> {
		seat(&Rosters::<T>::get(tranche), provider).copied()
	}

	/// Stores a roster, and what follows from it.
	fn put_roster(id: TrancheId, roster: Roster) {
		Self::set_capacity(id, &roster);
		Rosters::<T>::insert(id, roster);
	}

	fn set_capacity(id: TrancheId, roster: &Roster) {
		Tranches::<T>::mutate(id, |tranche| {
			let Some(tranche) = tranche.as_mut() else { return };
			let (coverage, slot) = (tranche.coverage, tranche.slot_bytes);
			tranche.operators = operators(roster).len().saturated_into();
			tranche.capacity = capacity(roster, coverage, slot, false);
			tranche.room = match tranche.operators > coverage {
				true => capacity(roster, coverage, slot, true),
				false => tranche.capacity,
			};
		});
	}

	/// Changes a seat.
	pub(crate) fn update_seat(
		tranche: TrancheId,
		provider: ProviderId,
		change: impl FnOnce(&mut Seat),
	) {
		let mut roster = Rosters::<T>::get(tranche);
		if let Some(seat) = roster.iter_mut().find(|seat| seat.provider == provider) {
			let before = *seat;
			change(seat);
			if *seat != before {
				Self::put_roster(tranche, roster);
			}
		}
	}

	/// Changes what a member holds, and with it whether it is full.
	pub(crate) fn update_member(
		tranche: TrancheId,
		provider: ProviderId,
		change: impl FnOnce(&mut Stock<BalanceOf<T>>),
	) {
		let Some(mut member) = Members::<T>::get(tranche, provider) else { return };
		change(&mut member);
		Members::<T>::insert(tranche, provider, member);
		Self::update_full(tranche, provider, &member);
	}

	fn update_full(tranche: TrancheId, provider: ProviderId, member: &Stock<BalanceOf<T>>) {
		let Some(seat) = Self::seat_in(tranche, provider) else { return };
		let slot_bytes = Tranches::<T>::get(tranche).map_or(0, |tranche| tranche.slot_bytes);
		let all = slot_bytes.saturating_mul(seat.slots.into());
		let full = match seat.full {
			false => member.used() >= FULL.mul_floor(all),
			true => member.used() >= FULL_NO_MORE.mul_floor(all),
		};
		if full != seat.full {
			Self::update_seat(tranche, provider, |seat| seat.full = full);
			Self::deposit_event(Event::MemberFull { provider, tranche, full });
		}
	}

	/// Whether `size` bytes more fit a member's slots.
	pub(crate) fn has_space(tranche: &Tranche, id: TrancheId, seat: &Seat, size: u64) -> bool {
		let all = tranche.slot_bytes.saturating_mul(seat.slots.into());
		Members::<T>::get(id, seat.provider)
			.is_some_and(|member| member.used().saturating_add(size) <= all)
	}

	/// Bytes of replicas that a tranche's placed members have no room for.
	pub(crate) fn shortfall(id: TrancheId) -> u64 {
		let Some(tranche) = Tranches::<T>::get(id) else { return 0 };
		let bytes = tranche.used().saturating_sub(tranche.capacity);
		bytes.saturating_mul(tranche.coverage.into())
	}

	pub(crate) fn do_create_tranche(coverage: u8, slot_bytes: u64) -> DispatchResult {
		ensure!(coverage > 0 && u32::from(coverage) <= MAX_COVERAGE, Error::<T>::BadCoverage);
		ensure!((MIN_SLOT_BYTES..=MAX_SLOT_BYTES).contains(&slot_bytes), Error::<T>::BadSlotSize);
		let id = NextTrancheId::<T>::get();
		Accepting::<T>::try_append(id).map_err(|_| Error::<T>::TooManyAccepting)?;
		NextTrancheId::<T>::put(id.checked_add(1).ok_or(Error::<T>::Untakeable)?);
		Tranches::<T>::insert(
			id,
			Tranche {
				coverage,
				slot_bytes,
				accepting: true,
				closing: false,
				counts: Default::default(),
				copies: 0,
				capacity: 0,
				room: 0,
				operators: 0,
			},
		);
		Self::deposit_event(Event::TrancheCreated { tranche: id, coverage, slot_bytes });
		Ok(())
	}

	fn set_accepting(id: TrancheId, tranche: &mut Tranche, accepting: bool) -> DispatchResult {
		if tranche.accepting != accepting {
			tranche.accepting = accepting;
			match accepting {
				true => Accepting::<T>::try_append(id).map_err(|_| Error::<T>::TooManyAccepting)?,
				false => Accepting::<T>::mutate(|all| all.retain(|other| *other != id)),
			}
		}
		Ok(())
	}

	pub(crate) fn do_update_tranche(
		id: TrancheId,
		accepting: Option<bool>,
		coverage: Option<u8>,
	) -> DispatchResult {
		let mut tranche = Self::tranche(id)?;
		ensure!(!tranche.closing, Error::<T>::TrancheClosing);
		if let Some(coverage) = coverage {
			ensure!(coverage > 0 && u32::from(coverage) <= MAX_COVERAGE, Error::<T>::BadCoverage);
			tranche.coverage = coverage;
		}
		if let Some(accepting) = accepting {
			Self::set_accepting(id, &mut tranche, accepting)?;
		}
		let (coverage, accepting) = (tranche.coverage, tranche.accepting);
		Tranches::<T>::insert(id, tranche);
		Self::set_capacity(id, &Rosters::<T>::get(id));
		Self::deposit_event(Event::TrancheUpdated { tranche: id, coverage, accepting });
		Ok(())
	}

	pub(crate) fn do_close_tranche(id: TrancheId) -> DispatchResult {
		let mut tranche = Self::tranche(id)?;
		ensure!(!tranche.closing, Error::<T>::TrancheClosing);
		Self::set_accepting(id, &mut tranche, false)?;
		tranche.closing = true;
		let empty = tranche.counts.objects == 0;
		Tranches::<T>::insert(id, tranche);
		Self::deposit_event(Event::TrancheClosing { tranche: id });
		match empty {
			true => Self::deposit_event(Event::TrancheEmptied { tranche: id }),
			false => Moves::<T>::insert(id, Move::default()),
		}
		Ok(())
	}

	/// A provider's slots in a tranche may become so many.
	fn check_slots(
		id: ProviderId,
		provider: &ProviderOf<T>,
		tranche_id: TrancheId,
		tranche: &Tranche,
		slots: u8,
	) -> DispatchResult {
		ensure!((1..=MAX_SLOTS).contains(&slots), Error::<T>::BadSlots);
		let domain = provider.domain.ok_or(Error::<T>::WrongState)?;
		let roster = Rosters::<T>::get(tranche_id);
		let one_zone = roster.iter().all(|other| {
			other.domain.operator != domain.operator || other.domain.zone == domain.zone
		});
		ensure!(one_zone, Error::<T>::TwoZones);
		let before = seat(&roster, id).map_or(0, |seat| seat.slots);
		let before = tranche.slot_bytes.saturating_mul(before.into());
		let storage = Self::reserved_storage(provider, id)
			.saturating_sub(before)
			.saturating_add(tranche.slot_bytes.saturating_mul(slots.into()));
		ensure!(storage <= provider.declared.storage, Error::<T>::StorageTooSmall);
		let stake = provider.stake.saturating_sub(provider.slashing);
		ensure!(stake >= Self::stake_for(storage), Error::<T>::StakeTooSmall);
		Ok(())
	}

	/// The stake that slots of so many bytes ask for.
	pub(crate) fn stake_for(storage: u64) -> BalanceOf<T> {
		let gib: u32 = storage.div_ceil(GIB).saturated_into();
		T::MinStake::get().saturating_add(T::StakePerGib::get().saturating_mul(gib.into()))
	}

	pub(crate) fn do_join_tranche(
		owner: T::AccountId,
		id: ProviderId,
		tranche_id: TrancheId,
		slots: u8,
	) -> DispatchResult {
		let mut provider = Self::owned(&owner, id)?;
		ensure!(provider.state == ActorState::Active, Error::<T>::WrongState);
		let tranche = Self::tranche(tranche_id)?;
		ensure!(!tranche.closing, Error::<T>::TrancheClosing);
		let mut roster = Rosters::<T>::get(tranche_id);
		ensure!(seat(&roster, id).is_none(), Error::<T>::AlreadyMember);
		Self::check_slots(id, &provider, tranche_id, &tranche, slots)?;
		let new = Seat {
			provider: id,
			slots,
			domain: provider.domain.ok_or(Error::<T>::WrongState)?,
			standing: Standing::Placed,
			away: false,
			full: false,
		};
		let position = roster.iter().take_while(|seat| seat.provider < id).count();
		roster.try_insert(position, new).map_err(|_| Error::<T>::TooManyMembers)?;
		provider.memberships.try_push(tranche_id).map_err(|_| Error::<T>::TooManyMemberships)?;
		Providers::<T>::insert(id, provider);
		Members::<T>::insert(tranche_id, id, Stock::default());
		Self::put_roster(tranche_id, roster);
		Self::deposit_event(Event::MemberJoined { provider: id, tranche: tranche_id, slots });
		Ok(())
	}

	pub(crate) fn do_change_slots(
		owner: T::AccountId,
		id: ProviderId,
		tranche_id: TrancheId,
		slots: u8,
	) -> DispatchResult {
		let provider = Self::owned(&owner, id)?;
		let seat = Self::seat_in(tranche_id, id).ok_or(Error::<T>::NotAMember)?;
		let member = Members::<T>::get(tranche_id, id).ok_or(Error::<T>::NotAMember)?;
		if slots == 0 {
			return Self::leave_tranche(id, &provider, tranche_id, &seat, member);
		}
		ensure!(seat.standing == Standing::Placed, Error::<T>::LeavingTranche);
		let tranche = Self::tranche(tranche_id)?;
		if slots > seat.slots {
			ensure!(provider.state == ActorState::Active, Error::<T>::WrongState);
			ensure!(!tranche.closing, Error::<T>::TrancheClosing);
			Self::check_slots(id, &provider, tranche_id, &tranche, slots)?;
		}
		let all = tranche.slot_bytes.saturating_mul(slots.into());
		ensure!(member.used() <= all, Error::<T>::SlotsInUse);
		Self::update_seat(tranche_id, id, |seat| seat.slots = slots);
		Self::update_full(tranche_id, id, &member);
		Self::deposit_event(Event::SlotsChanged { provider: id, tranche: tranche_id, slots });
		Ok(())
	}

	/// Gives notice in one tranche, or ends the membership.
	fn leave_tranche(
		id: ProviderId,
		provider: &ProviderOf<T>,
		tranche_id: TrancheId,
		seat: &Seat,
		mut member: Stock<BalanceOf<T>>,
	) -> DispatchResult {
		let empty = member.replicas == 0 && member.reservations == 0;
		match (seat.standing, member.deadline) {
			(Standing::Void, _) => Err(Error::<T>::NotSwept.into()),
			_ if empty => {
				// It may have lost everything first.
				let lost = Self::take_lost(tranche_id, id);
				if lost > 0 {
					let forfeit = Self::forfeit_of(provider, id, tranche_id, seat)?;
					Self::fine(id, |_| forfeit);
				}
				Self::remove_member(tranche_id, id);
				Ok(())
			},
			(Standing::Leaving, Some(deadline)) => {
				ensure!(Self::now() >= deadline, Error::<T>::NoticeRunning);
				Self::make_void(tranche_id, id);
				Ok(())
			},
			_ => {
				let forfeit = Self::forfeit_of(provider, id, tranche_id, seat)?;
				let deadline = Self::now().saturating_add(T::LeavingNotice::get());
				let lost = Self::take_lost(tranche_id, id);
				let share = Self::share_of(forfeit, member.replicas.saturating_add(lost));
				if lost > 0 {
					Self::fine(id, |_| share.saturating_mul(lost.into()));
				}
				member.lost = 0;
				member.share = member.share.max(share);
				member.deadline = Some(deadline);
				Members::<T>::insert(tranche_id, id, member);
				Self::update_seat(tranche_id, id, |seat| seat.standing = Standing::Leaving);
				Self::start_sweep(tranche_id, id);
				let event = Event::MemberLeaving { provider: id, tranche: tranche_id, deadline };
				Self::deposit_event(event);
				Ok(())
			},
		}
	}

	/// A tranche's part of what it costs a provider to leave everything behind.
	fn forfeit_of(
		provider: &ProviderOf<T>,
		id: ProviderId,
		tranche_id: TrancheId,
		seat: &Seat,
	) -> Result<BalanceOf<T>, DispatchError> {
		let all = Self::reserved_storage(provider, id);
		let here = Self::tranche(tranche_id)?.slot_bytes.saturating_mul(seat.slots.into());
		let part = Perbill::from_rational(here, all.max(1));
		Ok(part.mul_ceil(T::ForfeitShare::get().mul_ceil(provider.stake)))
	}

	/// Has the member's reservations, and what it holds if it is void, sorted out.
	pub(crate) fn start_sweep(tranche: TrancheId, provider: ProviderId) {
		if Members::<T>::contains_key(tranche, provider)
			&& !Sweeps::<T>::contains_key(tranche, provider)
		{
			Sweeps::<T>::insert(tranche, provider, Sweep::default());
		}
	}

	/// A member's replicas count no more, from now on. Those that it leaves behind after it has given notice
	/// cost their shares.
	pub(crate) fn make_void(tranche_id: TrancheId, id: ProviderId) {
		let Some(seat) = Self::seat_in(tranche_id, id) else { return };
		if seat.standing == Standing::Void {
			return;
		}
		let Some(mut member) = Members::<T>::get(tranche_id, id) else { return };
		member.share = Self::forfeit(id, member.share, member.replicas);
		Members::<T>::insert(tranche_id, id, member);
		Tranches::<T>::mutate(tranche_id, |tranche| {
			if let Some(tranche) = tranche.as_mut() {
				tranche.counts.unswept = tranche.counts.unswept.saturating_add(member.replicas);
			}
		});
		Self::update_seat(tranche_id, id, |seat| seat.standing = Standing::Void);
		if member.replicas == 0 && member.reservations == 0 {
			Self::remove_member(tranche_id, id);
		} else {
			Self::start_sweep(tranche_id, id);
		}
	}

	/// A member that holds nothing goes.
	pub(crate) fn remove_member(tranche_id: TrancheId, id: ProviderId) {
		let mut roster = Rosters::<T>::get(tranche_id);
		roster.retain(|seat| seat.provider != id);
		Self::put_roster(tranche_id, roster);
		Members::<T>::remove(tranche_id, id);
		Sweeps::<T>::remove(tranche_id, id);
		Providers::<T>::mutate(id, |provider| {
			if let Some(provider) = provider.as_mut() {
				provider.memberships.retain(|other| *other != tranche_id);
			}
		});
		Self::still_heart(id);
		Self::deposit_event(Event::MemberGone { provider: id, tranche: tranche_id });
	}
}
