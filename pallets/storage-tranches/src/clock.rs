//! Windows and eras, and the heartbeats that are due in them.

use crate::{
	types::Clock, Config, Event, FirstWindows, Hearts, Pallet, Providers, Time, WatchCursor,
	WeightInfo,
};
use codec::Encode;
use frame_support::{
	dispatch::DispatchClass,
	pallet_prelude::{
		InvalidTransaction, TransactionSource, TransactionValidityWithRefund, ValidTransaction,
	},
	traits::Get,
	weights::{Weight, WeightMeter},
};
use rome_primitives::{
	actors::{
		heart::{Eras, REMEMBERED_ERAS},
		lifecycle, Heart,
	},
	signing::{self, Heartbeat},
	storage::{EraIndex, ProviderId},
};
use sp_runtime::{
	transaction_validity::TransactionPriority, DispatchResult, MultiSignature, Perbill,
};

/// The windows' lengths for which a heartbeat stays in the pool at most.
const HEARTBEAT_LONGEVITY: u64 = 64;

/// How many windows opened in past eras.
pub(crate) struct PastEras<T>(core::marker::PhantomData<T>);

impl<T> Default for PastEras<T> {
	fn default() -> Self {
		Self(Default::default())
	}
}

impl<T: Config> Eras for PastEras<T> {
	fn windows(&self, era: u32) -> u32 {
		let first = |era| FirstWindows::<T>::get(era);
		match (first(era), first(era.saturating_add(1))) {
			(Some(this), Some(next)) => next.saturating_sub(this),
			_ => 0,
		}
	}

	fn bar(&self) -> Perbill {
		T::KeptShare::get()
	}
}

impl<T: Config> Pallet<T> {
	/// The era that runs.
	pub(crate) fn era() -> EraIndex {
		Time::<T>::get().era
	}

	/// Whether a heartbeat could have been in this block. What `on_idle` does comes after and is not counted.
	pub fn has_room() -> bool {
		let share = T::FullBlock::get();
		let limits = T::BlockWeights::get();
		let used = frame_system::Pallet::<T>::block_weight();
		let below = |used: Weight, limit: Weight| {
			used.ref_time() < share.mul_floor(limit.ref_time())
				&& (limit.proof_size() == u64::MAX
					|| used.proof_size() < share.mul_floor(limit.proof_size()))
		};
		let normal = limits.get(DispatchClass::Normal).max_total.unwrap_or(limits.max_block);
		let longest = *T::BlockLength::get().max.get(DispatchClass::Normal);
		below(*used.get(DispatchClass::Normal), normal)
			&& below(used.total(), limits.max_block)
			&& frame_system::Pallet::<T>::block_size() < share.mul_floor(longest)
	}

	/// The end of a block: windows and eras go on.
	pub(crate) fn tick(had_room: bool) {
		let mut time = Time::<T>::get();
		if had_room {
			time.open_blocks = time.open_blocks.saturating_add(1);
			if time.open_blocks >= T::HeartbeatInterval::get().max(1) {
				time.window = time.window.saturating_add(1);
				time.open_blocks = 0;
			}
		}
		let next = Self::now().saturating_add(1);
		if next.saturating_sub(time.era_start) >= T::EraLength::get().max(1) {
			time.era = time.era.saturating_add(1);
			time.era_start = next;
			// The window that is open opened in the era before.
			FirstWindows::<T>::insert(time.era, time.window.saturating_add(1));
			if let Some(forgotten) = time.era.checked_sub(REMEMBERED_ERAS.saturating_add(2)) {
				FirstWindows::<T>::remove(forgotten);
			}
			Self::deposit_event(Event::EraBegan { era: time.era });
			Self::issue(time.era);
		}
		Time::<T>::put(time);
	}

	/// The first block.
	pub(crate) fn begin() {
		let time = Clock::default();
		FirstWindows::<T>::insert(time.era, time.window);
		Time::<T>::put(time);
		Self::found_account();
	}

	/// A provider's heart, its past eras closed.
	pub(crate) fn heart(id: ProviderId, era: EraIndex) -> Option<Heart> {
		let mut heart = Hearts::<T>::get(id)?;
		heart.roll(era, &PastEras::<T>::default());
		Some(heart)
	}

	/// Whether a heartbeat may come into a block.
	pub(crate) fn authorize_heartbeat(
		_: TransactionSource,
		id: &ProviderId,
		window: &u32,
		signature: &MultiSignature,
	) -> TransactionValidityWithRefund {
		let time = Time::<T>::get();
		if *window > time.window {
			return Err(InvalidTransaction::Future.into());
		}
		if *window < time.window {
			return Err(InvalidTransaction::Stale.into());
		}
		let heart = Hearts::<T>::get(id).ok_or(InvalidTransaction::Call)?;
		if !heart.is_due(*window) {
			return Err(InvalidTransaction::Stale.into());
		}
		let provider = Providers::<T>::get(id).ok_or(InvalidTransaction::Call)?;
		if !lifecycle::is_live(&provider.state) {
			return Err(InvalidTransaction::Call.into());
		}
		let message = Heartbeat { provider: *id, window: *window };
		if !signing::verify(&Self::genesis(), &message, signature, &provider.operator) {
			return Err(InvalidTransaction::BadProof.into());
		}
		let validity = ValidTransaction::with_tag_prefix("rome/storage/heartbeat")
			.priority(TransactionPriority::MAX)
			.and_provides((*id, *window).encode())
			// Full blocks make a window as long as they like, and keep heartbeats out: it is the next window
			// that ends one, as stale.
			.longevity(
				u64::from(T::HeartbeatInterval::get().max(1)).saturating_mul(HEARTBEAT_LONGEVITY),
			)
			.propagate(true)
			.build()?;
		Ok((validity, Weight::zero()))
	}

	/// The genesis block's hash: what signatures are for.
	pub(crate) fn genesis() -> [u8; 32] {
		let hash = frame_system::Pallet::<T>::block_hash(Self::block(0)).encode();
		let mut genesis = [0; 32];
		for (to, from) in genesis.iter_mut().zip(hash) {
			*to = from;
		}
		genesis
	}

	/// See [`heartbeat`](Pallet::heartbeat), which was authorised.
	pub(crate) fn do_heartbeat(id: ProviderId, window: u32) -> DispatchResult {
		let time = Time::<T>::get();
		Hearts::<T>::mutate(id, |heart| {
			if let Some(heart) = heart.as_mut() {
				heart.beat(window, Self::now(), time.era, &PastEras::<T>::default());
			}
		});
		Self::deposit_event(Event::HeartbeatReceived { provider: id, window });
		Self::beat(id);
		Ok(())
	}

	/// Looks for silent providers, all of them once a window.
	pub(crate) fn watch(meter: &mut WeightMeter) {
		let time = Time::<T>::get();
		let (mut window, mut last) = WatchCursor::<T>::get();
		if window >= time.window {
			return;
		}
		loop {
			if meter.try_consume(T::WeightInfo::watch()).is_err() {
				break;
			}
			let mut rest = match last {
				Some(last) => Hearts::<T>::iter_from(Hearts::<T>::hashed_key_for(last)),
				None => Hearts::<T>::iter(),
			};
			let Some((id, heart)) = rest.next() else {
				(window, last) = (time.window, None);
				break;
			};
			last = Some(id);
			Self::watch_one(id, heart.missed(time.window));
		}
		WatchCursor::<T>::put((window, last));
	}
}
