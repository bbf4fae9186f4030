//! What the benchmarks start from: tranches and objects as large as they may be.

use crate::{
	types::{Duty, Object, Pay, Provider, Reason, Stock, MAX_ACCEPTING, MAX_REASON_BYTES, STAKE},
	*,
};
use alloc::vec::Vec;
use frame_benchmarking::account;
use frame_support::{
	traits::fungible::{Inspect, Mutate, MutateHold},
	BoundedVec,
};
use rome_primitives::{
	actors::{
		lifecycle::ActorStore, ActorState, Declared, Endpoint, FailureDomain, Heart,
		MAX_ENDPOINT_BYTES,
	},
	signing::{self, Message, OperatorConsent},
	slices::{self, OutboardBuilder},
	storage::{
		challenge,
		limits::{CHALLENGE_WINDOW, MAX_COVERAGE, MAX_MEMBERS, MAX_MEMBERSHIPS},
		Confirmation, ObjectKey, ObjectState, ProviderId, TrancheId,
	},
};
use sp_core::{crypto::KeyTypeId, sr25519};
use sp_runtime::{
	traits::{Bounded, Saturating, Zero},
	AccountId32, MultiSignature,
};

/// Bytes of a slot.
pub(super) const SLOT: u64 = 1 << 30;
/// What providers declare.
pub(super) const DECLARED: Declared = Declared { storage: 64 * SLOT, download: 1, upload: 1 };
/// The size of an object whose chunks are opened: more than one group.
const SIZE: u64 = 40_000;
const KEYS: KeyTypeId = KeyTypeId(*b"stor");

pub(super) fn funded<T: Config>(name: &'static str, index: u32) -> T::AccountId {
	let who: T::AccountId = account(name, index, 0);
	let amount = T::Currency::minimum_balance()
		.saturating_mul(1_000_000_000u32.into())
		.saturating_add(stake::<T>().saturating_mul(1_000u32.into()))
		.min(types::BalanceOf::<T>::max_value() / 1_000u32.into());
	T::Currency::set_balance(&who, amount);
	who
}

fn stake<T: Config>() -> types::BalanceOf<T> {
	Pallet::<T>::stake_for(DECLARED.storage).max(10_000u32.into())
}

pub(super) fn longest_endpoint(byte: u8) -> Endpoint {
	let mut text = b"http://".to_vec();
	text.resize(MAX_ENDPOINT_BYTES as usize, byte);
	Endpoint::Http(BoundedVec::truncate_from(text))
}

pub(super) fn longest_reason() -> Reason {
	BoundedVec::truncate_from(alloc::vec![b'r'; MAX_REASON_BYTES as usize])
}

fn key_pair(number: u32) -> sr25519::Public {
	let seed = alloc::format!("//{number}").into_bytes();
	sp_io::crypto::sr25519_generate(KEYS, Some(seed))
}

fn sign_by<T: Config, M: Message>(number: u32, message: &M) -> MultiSignature {
	let payload = signing::payload(&Pallet::<T>::genesis(), message);
	let signature = sp_io::crypto::sr25519_sign(KEYS, &key_pair(number), &payload)
		.expect("the key was generated");
	MultiSignature::Sr25519(signature)
}

/// An operator key and its consent.
pub(super) fn operator<T: Config>(
	owner: &T::AccountId,
	number: u32,
) -> (T::AccountId, MultiSignature) {
	let operator = AccountId32::new(key_pair(number).0);
	let message = OperatorConsent { owner: owner.clone(), operator: operator.clone() };
	(operator, sign_by::<T, _>(number, &message))
}

/// Signs as the operator of a provider.
pub(super) fn sign<T: Config, M: Message>(id: ProviderId, message: &M) -> MultiSignature {
	let public = AccountId32::new(key_pair(id).0);
	Providers::<T>::mutate(id, |provider| {
		if let Some(provider) = provider {
			ProviderByOperator::<T>::remove(&provider.operator);
			provider.operator = public.clone();
			ProviderByOperator::<T>::insert(public, id);
		}
	});
	sign_by::<T, _>(id, message)
}

/// An active provider of the number, of an operator of its own.
pub(super) fn provider<T: Config>(id: ProviderId) -> ProviderId {
	let owner = funded::<T>("owner", id);
	let operator: T::AccountId = account("operator", id, 0);
	T::Currency::hold(&STAKE.into(), &owner, stake::<T>()).expect("the owner has money");
	ProviderByOperator::<T>::insert(&operator, id);
	Providers::<T>::insert(
		id,
		Provider {
			owner,
			operator,
			endpoint: longest_endpoint(b'e'),
			declared: DECLARED,
			wanted: None,
			stake: stake::<T>(),
			slashing: Zero::zero(),
			state: ActorState::Active,
			domain: Some(FailureDomain { operator: id, zone: id % 8 }),
			memberships: Default::default(),
			maintenance_after: 0,
		},
	);
	NextProviderId::<T>::put(id + 1);
	Hearts::<T>::insert(id, Heart { kept: u128::MAX, ..Heart::start(0, 0, 0) });
	id
}

pub(super) fn owner_of<T: Config>(id: ProviderId) -> T::AccountId {
	Providers::<T>::get(id).expect("the provider exists").owner
}

pub(super) fn operator_of<T: Config>(id: ProviderId) -> T::AccountId {
	Providers::<T>::get(id).expect("the provider exists").operator
}

/// Sets a state without what it brings along.
pub(super) fn set_state<T: Config>(id: ProviderId, state: ActorState) {
	Providers::<T>::mutate(id, |provider| {
		if let Some(provider) = provider {
			provider.state = state;
			if state == ActorState::Applied {
				provider.domain = None;
			}
		}
	});
}

/// Sets a state with what it brings along; in every tranche there is a notice with a share.
pub(super) fn change_state<T: Config>(id: ProviderId, state: ActorState) {
	let provider = Providers::<T>::get(id).expect("the provider exists");
	for tranche in &provider.memberships {
		Members::<T>::mutate(tranche, id, |member| {
			if let Some(member) = member {
				member.deadline = Some(0);
				member.share = 1u32.into();
			}
		});
	}
	Pallet::<T>::set_state(id, provider.state, state);
}

pub(super) fn attest_all<T: Config>(id: ProviderId) {
	let declared = Declared { storage: u64::MAX, download: u64::MAX, upload: u64::MAX };
	Attestations::<T>::insert(id, types::Attestation { until: u32::MAX, declared });
}

/// A tranche of the highest coverage.
pub(super) fn new_tranche<T: Config>() -> TrancheId {
	let id = NextTrancheId::<T>::get();
	Pallet::<T>::do_create_tranche(MAX_COVERAGE as u8, SLOT).expect("within the limits");
	id
}

pub(super) fn join<T: Config>(id: ProviderId, tranche: TrancheId) {
	Pallet::<T>::do_join_tranche(owner_of::<T>(id), id, tranche, 1).expect("it may join");
}

/// A tranche with so many members, of new providers.
pub(super) fn tranche_of<T: Config>(members: u32) -> TrancheId {
	// Those of genesis would be chosen as well.
	Accepting::<T>::kill();
	let _ = Tranches::<T>::clear(u32::MAX, None);
	NextTrancheId::<T>::put(0);
	let tranche = new_tranche::<T>();
	for id in 0..members {
		provider::<T>(id);
		join::<T>(id, tranche);
	}
	tranche
}

/// A tranche with as many members as there can be.
pub(super) fn full_tranche<T: Config>() -> TrancheId {
	tranche_of::<T>(MAX_MEMBERS)
}

/// Another one, of the same members.
pub(super) fn another_full_tranche<T: Config>() -> TrancheId {
	let tranche = new_tranche::<T>();
	(0..MAX_MEMBERS).for_each(|id| join::<T>(id, tranche));
	tranche
}

/// As many tranches to choose from as there can be; none has room.
pub(super) fn more_accepting<T: Config>() {
	while Accepting::<T>::decode_len().unwrap_or(0) < MAX_ACCEPTING as usize {
		new_tranche::<T>();
	}
}

/// The last member of as many full tranches as a provider can be in, with something held in each.
pub(super) fn busiest<T: Config>() -> ProviderId {
	let first = full_tranche::<T>();
	for _ in 1..MAX_MEMBERSHIPS {
		another_full_tranche::<T>();
	}
	let id = MAX_MEMBERS - 1;
	for tranche in first..MAX_MEMBERSHIPS {
		Members::<T>::insert(
			tranche,
			id,
			Stock { replicas: 10, bytes: 10, reserved: 10, reservations: 1, ..Default::default() },
		);
	}
	id
}

/// Eras have passed, and heartbeats were kept.
pub(super) fn past_eras<T: Config>(eras: u32) {
	Time::<T>::mutate(|time| {
		for _ in 0..eras {
			time.era += 1;
			time.window += 10;
			FirstWindows::<T>::insert(time.era, time.window);
		}
	});
	let era = Pallet::<T>::era();
	Hearts::<T>::translate_values(|mut heart: Heart| {
		(heart.era, heart.kept) = (era, u128::MAX);
		Some(heart)
	});
}

// Objects

/// An object that only has a name.
pub(super) fn small_key(seed: u32) -> ObjectKey {
	ObjectKey { hash: sp_io::hashing::blake2_256(&seed.to_le_bytes()), size: 1_000 }
}

fn pin_one<T: Config>(publisher: &T::AccountId, key: ObjectKey, tranche: TrancheId) {
	let eras = Pallet::<T>::max_term();
	let uploader = Some(publisher.clone());
	let one = PinRequest { key, tranche: Some(tranche), eras, uploader };
	let most = types::BalanceOf::<T>::max_value();
	// Whatever the caps say.
	let _ = Pending::<T>::clear(u32::MAX, None);
	Pallet::<T>::do_pin(publisher.clone(), alloc::vec![one], most, most).expect("it may pin");
}

fn change<T: Config>(key: &ObjectKey, change: impl FnOnce(&mut Object)) {
	let before = Objects::<T>::get(key).expect("the object exists");
	let mut object = before.clone();
	change(&mut object);
	Pallet::<T>::put_object(key, Some(&before), Some(&object));
}

/// A provider holds an object, with no questions asked.
pub(super) fn hold<T: Config>(key: &ObjectKey, id: ProviderId) {
	change::<T>(key, |object| {
		object.size_proved = true;
		if object.position(id).is_none() {
			Pallet::<T>::add_holder(key, object, id).expect("there is room among the holders");
		}
	});
}

/// So many objects of a tranche at their coverage. The last member of a full tranche holds none of them.
pub(super) fn stored_objects<T: Config>(
	publisher: &T::AccountId,
	tranche: TrancheId,
	count: u32,
) -> Vec<ObjectKey> {
	let keys = filling_objects::<T>(publisher, tranche, count);
	for key in &keys {
		let coverage = Objects::<T>::get(key).map_or(0, |object| object.coverage.into());
		(0..coverage).for_each(|id| hold::<T>(key, id));
	}
	keys
}

/// So many objects of a tranche that are stored and still have assignments.
pub(super) fn filling_objects<T: Config>(
	publisher: &T::AccountId,
	tranche: TrancheId,
	count: u32,
) -> Vec<ObjectKey> {
	let keys = (0..count).map(small_key).collect::<Vec<_>>();
	for key in &keys {
		pin_one::<T>(publisher, *key, tranche);
		let quorum =
			Objects::<T>::get(key).map_or(0, |object| Pallet::<T>::quorum(object.coverage));
		(0..quorum as u32).for_each(|id| hold::<T>(key, id));
		assert_eq!(Objects::<T>::get(key).map(|object| object.state), Some(ObjectState::Stored));
	}
	keys
}

/// A pin's grace is over.
pub(super) fn overdue<T: Config>(publisher: &T::AccountId, key: &ObjectKey) {
	let era = Pallet::<T>::era();
	Pins::<T>::mutate(publisher, key.hash, |pin| {
		if let Some(pin) = pin {
			Tasks::<T>::remove(pin.due, Duty::Pin(publisher.clone(), key.hash));
			(pin.until, pin.due, pin.graced) = (era, era, true);
		}
	});
	Tasks::<T>::insert(era, Duty::Pin(publisher.clone(), key.hash), ());
}

fn bytes(seed: u32) -> Vec<u8> {
	seed.to_le_bytes().into_iter().cycle().take(SIZE as usize).collect()
}

/// An object that lacks one replica for its coverage, has pay to settle, a void holder and a bounty; and what
/// `taker` confirms it with.
pub(super) fn to_confirm<T: Config>(
	publisher: &T::AccountId,
	tranche: TrancheId,
	seed: u32,
	taker: ProviderId,
) -> Confirmation {
	let bytes = bytes(seed);
	let mut builder = OutboardBuilder::new(SIZE);
	builder.update(&bytes).expect("as long as announced");
	let (hash, outboard) = builder.finish().expect("as long as announced");
	let key = ObjectKey { hash, size: SIZE };
	pin_one::<T>(publisher, key, tranche);
	// The taker is among those that are to have it.
	change::<T>(&key, |object| {
		if !object.assigned.contains(&taker) {
			let first = object.assigned[0];
			Pallet::<T>::unreserve(&key, object, first);
			Pallet::<T>::reserve(&key, object, taker).expect("one has gone");
		}
	});
	let others = Objects::<T>::get(key).map(|object| object.assigned.to_vec()).unwrap_or_default();
	others.iter().filter(|id| **id != taker).for_each(|id| hold::<T>(&key, *id));
	change::<T>(&key, |object| object.size_proved = false);
	Payouts::<T>::mutate(key, |pay| {
		if let Some(Pay { from, .. }) = pay {
			*from = Pallet::<T>::era();
		}
	});
	// Anchors are the last block and the one a window before.
	let height = CHALLENGE_WINDOW;
	frame_system::Pallet::<T>::set_block_number(Pallet::<T>::block(height + 1));
	frame_system::BlockHash::<T>::insert(Pallet::<T>::block(height), anchor::<T>());
	let hash = {
		use codec::Encode;
		anchor::<T>().encode().try_into().expect("a hash of 32 bytes")
	};
	let prove = |index| {
		let range = slices::group_of_chunk(SIZE, index);
		let group = &bytes[range.start as usize..range.end as usize];
		slices::prove_chunk(&key, index, &mut &outboard[..], group).expect("the bytes are its own")
	};
	let chunk = prove(challenge::chunk_to_open(&hash, &key, taker));
	let last = Some(prove(slices::chunk_count(SIZE) - 1));
	Confirmation { key, chunk, last }
}

fn anchor<T: Config>() -> T::Hash {
	use sp_runtime::traits::Hash;
	T::Hashing::hash(b"anchor")
}
