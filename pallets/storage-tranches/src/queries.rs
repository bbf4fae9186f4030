//! What the runtime API answers.

use crate::{
	types::{BalanceOf, Object, ProviderOf, Roster, Standing, Stock},
	Backed, Blocked, Config, Earned, Hearts, Holdings, Incomplete, Members, Objects, Pallet, Pins,
	ProvedSizes, ProviderByOperator, Providers, Rosters, Sizes, Time, Tranches, Uploaders, Uses,
};
use alloc::vec::Vec;
use frame_support::traits::Get;
use rome_primitives::{
	actors::lifecycle,
	content::ObjectHash,
	storage::{
		api::{
			BackingView, MemberView, ObjectView, ObjectsPage, PinQuote, PinView, PinsPage,
			ProviderView, ProvidersPage, StorageParameters, TrancheView, TranchesPage,
		},
		limits::MAX_PAGE,
		ObjectKey, ProviderId, TrancheId,
	},
};

type ProviderViewOf<T> = ProviderView<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
type PinViewOf<T> = PinView<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
type ProvidersPageOf<T> = ProvidersPage<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
type PinsPageOf<T> = PinsPage<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

/// A page's entries, and the last key if there may be more.
fn page<Key: Copy, Item>(
	keys: impl Iterator<Item = Key>,
	limit: u32,
	read: impl Fn(Key) -> Option<Item>,
) -> (Vec<Item>, Option<Key>) {
	let mut keys = keys.peekable();
	let (mut items, mut last) = (Vec::new(), None);
	for _ in 0..limit.min(MAX_PAGE) {
		let Some(key) = keys.next() else { break };
		items.extend(read(key));
		last = Some(key);
	}
	let more = keys.peek().is_some();
	(items, last.filter(|_| more))
}

/// The numbers after one.
fn numbers(after: Option<u32>, end: u32) -> core::ops::Range<u32> {
	after.map_or(0, |after| after.saturating_add(1))..end
}

/// See [`StorageTranchesApi`](rome_primitives::storage::api::StorageTranchesApi) for all of these.
#[allow(missing_docs)]
impl<T: Config> Pallet<T> {
	pub fn api_parameters() -> StorageParameters {
		StorageParameters {
			upload_quorum: T::UploadQuorum::get(),
			heartbeat_interval: T::HeartbeatInterval::get(),
			missed_to_suspend: T::MissedToSuspend::get(),
			missed_to_fail: T::MissedToFail::get(),
			era: Self::era(),
			max_term: Self::max_term(),
			pending_blocks: T::PendingBlocks::get(),
		}
	}

	pub fn api_provider(id: ProviderId) -> Option<ProviderViewOf<T>> {
		Providers::<T>::get(id).map(|provider| Self::provider_view(id, provider))
	}

	pub fn api_provider_of(operator: T::AccountId) -> Option<ProviderViewOf<T>> {
		Self::api_provider(ProviderByOperator::<T>::get(operator)?)
	}

	pub fn api_providers(after: Option<ProviderId>, limit: u32) -> ProvidersPageOf<T> {
		let ids = numbers(after, crate::NextProviderId::<T>::get());
		let (items, next) = page(ids, limit, Self::api_provider);
		ProvidersPage { items, next }
	}

	fn provider_view(id: ProviderId, provider: ProviderOf<T>) -> ProviderViewOf<T> {
		let window = Time::<T>::get().window;
		let heart = Hearts::<T>::get(id);
		let live = lifecycle::is_live(&provider.state);
		let (mut replicas, mut bytes) = (0u32, 0u64);
		let mut memberships = Vec::new();
		for tranche in &provider.memberships {
			let (Some(seat), Some(member)) =
				(Self::seat_in(*tranche, id), Members::<T>::get(tranche, id))
			else {
				continue;
			};
			memberships.push((*tranche, seat.slots));
			if seat.standing != Standing::Void {
				replicas = replicas.saturating_add(member.replicas);
				bytes = bytes.saturating_add(member.bytes);
			}
		}
		ProviderView {
			id,
			owner: provider.owner,
			operator: provider.operator,
			endpoint: provider.endpoint,
			state: provider.state,
			domain: provider.domain,
			declared: provider.declared,
			wanted: provider.wanted,
			stake: provider.stake,
			earned: Earned::<T>::get(id),
			memberships,
			replicas,
			bytes,
			last_heartbeat: heart.map_or(0, |heart| heart.at),
			heartbeat_due: live && heart.is_some_and(|heart| heart.is_due(window)),
			heartbeat_window: window,
		}
	}

	pub fn api_tranche(id: TrancheId) -> Option<TrancheView<T::AccountId>> {
		let tranche = Tranches::<T>::get(id)?;
		let roster = Rosters::<T>::get(id);
		Some(TrancheView {
			id,
			coverage: tranche.coverage,
			slot_bytes: tranche.slot_bytes,
			accepting: tranche.accepting,
			closing: tranche.closing,
			counts: tranche.counts.clone(),
			capacity: tranche.capacity,
			free: match tranche.accepting {
				true => tranche.room.saturating_sub(tranche.used()),
				false => 0,
			},
			has_spare: tranche.has_spare(),
			members: Self::member_views(id, &roster),
		})
	}

	fn member_views(id: TrancheId, roster: &Roster) -> Vec<MemberView<T::AccountId>> {
		let view = |seat: &crate::types::Seat| {
			let provider = Providers::<T>::get(seat.provider)?;
			let void = seat.standing == Standing::Void;
			let Stock { replicas, bytes, reserved, .. } =
				Members::<T>::get(id, seat.provider).unwrap_or_default();
			Some(MemberView {
				provider: seat.provider,
				operator: provider.operator,
				endpoint: provider.endpoint,
				state: provider.state,
				domain: seat.domain,
				slots: seat.slots,
				placed: seat.is_placed(),
				takes_new: seat.takes_new(),
				full: seat.full,
				replicas: if void { 0 } else { replicas },
				bytes: if void { 0 } else { bytes },
				reserved,
				unswept: if void { replicas } else { 0 },
			})
		};
		roster.iter().filter_map(view).collect()
	}

	pub fn api_tranches(after: Option<TrancheId>, limit: u32) -> TranchesPage<T::AccountId> {
		let ids = numbers(after, crate::NextTrancheId::<T>::get());
		let (items, next) = page(ids, limit, Self::api_tranche);
		TranchesPage { items, next }
	}

	pub fn api_object(key: ObjectKey) -> Option<ObjectView> {
		Objects::<T>::get(key).map(|object| Self::object_view(key, object))
	}

	fn object_view(key: ObjectKey, object: Object) -> ObjectView {
		let holders = object.holders.iter().filter(|holder| Self::counts(holder));
		ObjectView {
			key,
			tranche: object.tranche,
			state: object.state,
			holders: holders.map(|holder| holder.provider).collect(),
			assigned: Self::assigned_now(&key, &Self::without_void(&object)),
			surplus: Self::surplus(&object),
			pins: object.pins,
			size_proved: object.size_proved,
			blocked: Blocked::<T>::get(key).map(|reason| reason.into_inner()),
		}
	}

	/// As a sweep would leave it.
	fn without_void(object: &Object) -> Object {
		let mut object = object.clone();
		object.holders.retain(Self::counts);
		object
	}

	pub fn api_objects_of(hash: ObjectHash) -> Vec<ObjectView> {
		// Anyone may register wrong sizes, as many as they pay for: the one that is proved comes first.
		let proved = ProvedSizes::<T>::get(hash);
		let others = Sizes::<T>::iter_key_prefix(hash).filter(|size| Some(*size) != proved);
		let keys = proved.into_iter().chain(others).map(|size| ObjectKey { hash, size });
		keys.take(MAX_PAGE as usize).filter_map(Self::api_object).collect()
	}

	pub fn api_incomplete(tranche: TrancheId, after: Option<ObjectKey>, limit: u32) -> ObjectsPage {
		let keys = match after {
			Some(after) => Incomplete::<T>::iter_key_prefix_from(
				tranche,
				Incomplete::<T>::hashed_key_for(tranche, after),
			),
			None => Incomplete::<T>::iter_key_prefix(tranche),
		};
		let (items, next) = page(keys, limit, Self::api_object);
		ObjectsPage { items, next }
	}

	pub fn api_holdings(id: ProviderId, after: Option<ObjectKey>, limit: u32) -> ObjectsPage {
		let keys = match after {
			Some(after) => {
				Holdings::<T>::iter_key_prefix_from(id, Holdings::<T>::hashed_key_for(id, after))
			},
			None => Holdings::<T>::iter_key_prefix(id),
		};
		// What a void member still has to be swept of is not confirmed any more.
		let read = |key| Self::api_object(key).filter(|object| object.holders.contains(&id));
		let (items, next) = page(keys, limit, read);
		ObjectsPage { items, next }
	}

	pub fn api_pin(account: T::AccountId, hash: ObjectHash) -> Option<PinViewOf<T>> {
		let pin = Pins::<T>::get(&account, hash)?;
		let uses = Uses::<T>::get(&account, hash);
		Some(PinView {
			account,
			key: pin.key,
			uploader: pin.uploader,
			until: pin.until,
			deposit: pin.deposit,
			uses,
			overdue: pin.graced || Self::era() >= pin.until,
		})
	}

	pub fn api_pins(account: T::AccountId, after: Option<ObjectHash>, limit: u32) -> PinsPageOf<T> {
		let hashes = match after {
			Some(after) => Pins::<T>::iter_key_prefix_from(
				&account,
				Pins::<T>::hashed_key_for(&account, after),
			),
			None => Pins::<T>::iter_key_prefix(&account),
		};
		let read = |hash| Self::api_pin(account.clone(), hash);
		let (items, next) = page(hashes, limit, read);
		PinsPage { items, next }
	}

	pub fn api_may_upload(account: T::AccountId, key: ObjectKey) -> bool {
		let live = Objects::<T>::contains_key(key) && !Blocked::<T>::contains_key(key);
		let own = || Pins::<T>::get(&account, key.hash).is_some_and(|pin| pin.key == key);
		live && (own() || Uploaders::<T>::get(key, &account) > 0)
	}

	pub fn api_backing() -> BackingView<T::AccountId, BalanceOf<T>> {
		// The council names them one by one: there are few.
		let mut classes = Backed::<T>::iter().collect::<Vec<_>>();
		classes.sort_unstable();
		BackingView { account: Self::account_id(), free: Self::backing(), classes }
	}

	pub fn api_quote(size: u64, eras: u32) -> PinQuote<BalanceOf<T>> {
		PinQuote {
			fee: Self::fee(size, eras),
			deposit: Self::deposit(size),
			tranche: Self::choose_tranche(None, size, None).ok().map(|(id, _)| id),
			era: Self::era(),
		}
	}
}
