//! Confirming, releasing and losing replicas.

use crate::{
	objects::Gone,
	types::{seat, Object, Standing},
	Config, Error, Event, Members, Objects, Pallet, ProvedSizes, Rosters,
};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{ensure, storage::with_storage_layer, traits::Get};
use rome_primitives::{
	actors::lifecycle,
	storage::{challenge, Confirmation, ObjectKey, ObjectState, ProviderId, TrancheId},
};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchError, DispatchResult,
};

impl<T: Config> Pallet<T> {
	/// Gives back how many counted.
	pub(crate) fn do_confirm_replicas(
		operator: T::AccountId,
		id: ProviderId,
		confirmations: Vec<Confirmation>,
	) -> Result<u32, DispatchError> {
		let provider = Self::operated(&operator, id)?;
		ensure!(lifecycle::is_placed(&provider.state), Error::<T>::WrongState);
		let anchors = Self::anchors();
		let mut good = 0u32;
		for confirmation in confirmations {
			let key = confirmation.key;
			match with_storage_layer(|| Self::confirm(id, confirmation, &anchors)) {
				Ok(()) => good = good.saturating_add(1),
				Err(error) => {
					Self::deposit_event(Event::ConfirmationFailed { provider: id, key, error })
				},
			}
		}
		Ok(good)
	}

	/// The hashes that choose chunks now.
	fn anchors() -> Vec<[u8; 32]> {
		let (current, previous) = challenge::anchor(Self::now());
		[Some(current), previous]
			.into_iter()
			.flatten()
			.filter_map(|height| {
				let hash = frame_system::Pallet::<T>::block_hash(Self::block(height));
				hash.encode().try_into().ok()
			})
			// A block so long ago that its hash is gone chooses nothing.
			.filter(|hash| *hash != [0; 32])
			.collect()
	}

	fn confirm(id: ProviderId, confirmation: Confirmation, anchors: &[[u8; 32]]) -> DispatchResult {
		let key = confirmation.key;
		let before = Self::object(&key)?;
		ensure!(!before.blocked, Error::<T>::ObjectBlocked);
		let mut object = before.clone();
		Self::refresh(&key, &mut object);
		if let ObjectState::Pending { expires } = object.state {
			ensure!(Self::now() < expires, Error::<T>::Expired);
		}
		let here = |holder: &crate::types::Holder| {
			holder.provider == id && holder.tranche == object.tranche
		};
		ensure!(!object.holders.iter().any(here), Error::<T>::NotAssigned);
		ensure!(Self::assigned_now(&key, &object).contains(&id), Error::<T>::NotAssigned);
		if !object.assigned.contains(&id) {
			let tranche = Self::tranche(object.tranche)?;
			let roster = Rosters::<T>::get(object.tranche);
			let seat = seat(&roster, id).ok_or(Error::<T>::NotAMember)?;
			let space = Self::has_space(&tranche, object.tranche, seat, key.size);
			ensure!(space, Error::<T>::NoSpace);
		}
		let opens = anchors.iter().any(|anchor| confirmation.answers(anchor, id));
		ensure!(opens, Error::<T>::WrongChunk);
		if !object.size_proved {
			ensure!(confirmation.proves_size(), Error::<T>::SizeNotProved);
			object.size_proved = true;
			ProvedSizes::<T>::insert(key.hash, key.size);
		}
		Self::add_holder(&key, &mut object, id)?;
		Self::put_object(&key, Some(&before), Some(&object));
		Self::deposit_event(Event::ReplicaConfirmed { provider: id, key });
		Ok(())
	}

	pub(crate) fn do_release_replicas(
		operator: T::AccountId,
		id: ProviderId,
		keys: Vec<ObjectKey>,
	) -> DispatchResult {
		Self::operated(&operator, id)?;
		for key in keys {
			let before = Self::object(&key)?;
			let mut object = before.clone();
			Self::refresh(&key, &mut object);
			ensure!(object.position(id).is_some(), Error::<T>::NotAHolder);
			ensure!(Self::surplus(&object).contains(&id), Error::<T>::WouldUncover);
			Self::drop_holder(&key, &mut object, id, Gone::Released, Zero::zero());
			Self::put_object(&key, Some(&before), Some(&object));
			Self::deposit_event(Event::ReplicaReleased { provider: id, key });
		}
		Ok(())
	}

	pub(crate) fn do_report_lost(
		operator: T::AccountId,
		id: ProviderId,
		keys: Vec<ObjectKey>,
	) -> DispatchResult {
		Self::operated(&operator, id)?;
		for key in keys {
			let Some(before) = Objects::<T>::get(key) else { continue };
			let Some(position) = before.position(id) else { continue };
			let Some(holder) = before.holders.get(position).copied() else { continue };
			if Self::standing(holder.tranche, id) == Some(Standing::Void) {
				// It counts no more and has been paid for; the sweep takes it away.
				continue;
			}
			let mut object: Object = before.clone();
			let share = Members::<T>::get(holder.tranche, id).unwrap_or_default().share;
			// What its share exceeds the fee by is for those who take over.
			let fee = Self::fine(id, |_| T::LossFee::get());
			let bounty = Self::forfeit(id, share.saturating_sub(fee), 1);
			Self::drop_holder(&key, &mut object, id, Gone::Lost, bounty);
			Self::put_object(&key, Some(&before), Some(&object));
			if share.is_zero() {
				Self::note_lost(holder.tranche, id);
			}
			let charged = fee.saturating_add(bounty);
			Self::deposit_event(Event::ReplicaLost { provider: id, key, charged });
		}
		Ok(())
	}

	/// Notes that a member without notice has lost a replica.
	fn note_lost(tranche: TrancheId, id: ProviderId) {
		let (now, notice) = (Self::now(), T::LeavingNotice::get());
		Members::<T>::mutate(tranche, id, |member| {
			if let Some(member) = member.as_mut() {
				let recent = now.saturating_sub(member.lost_at) <= notice;
				let before = if recent { member.lost } else { 0 };
				(member.lost, member.lost_at) = (before.saturating_add(1), now);
			}
		});
	}

	/// What a member has lost within a notice's time before it gives notice, which the caller charges: once.
	pub(crate) fn take_lost(tranche: TrancheId, id: ProviderId) -> u32 {
		let recent = Self::now().saturating_sub(T::LeavingNotice::get());
		Members::<T>::mutate(tranche, id, |member| {
			let Some(member) = member.as_mut() else { return 0 };
			let lost = core::mem::take(&mut member.lost);
			if member.lost_at >= recent {
				lost
			} else {
				0
			}
		})
	}
}
