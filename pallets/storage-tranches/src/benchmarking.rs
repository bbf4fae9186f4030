//! Benchmarks: every call at the worst of its parameters.
//!
//! Tranches have as many members as they may, each of an operator of its own, and the highest coverage;
//! objects have pay of past eras that is settled along; `n` is the number of objects of a call.

mod setup;

use super::*;
use crate::types::{ExpiryCursor, Sweep, TaskCursor};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::TransactionSource,
	traits::{
		fungible::{Inspect, Mutate},
		Authorize, EnsureOrigin, Get,
	},
	weights::WeightMeter,
	BoundedVec,
};
use frame_system::RawOrigin;
use rome_primitives::{
	actors::{ActorState, Declared, FailureDomain, Suspension},
	content::{DataObjects, EntityObjects},
	signing::Heartbeat,
	storage::limits::{MAX_BATCH, MAX_MEMBERS},
};
use setup::*;
use sp_runtime::traits::{Bounded, Saturating, Zero};

type Most<T> = types::BalanceOf<T>;

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn apply() {
		let owner = funded::<T>("owner", 0);
		let (operator, consent) = operator::<T>(&owner, 0);
		let stake = T::MinStake::get().max(1u32.into());
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), operator, consent, longest_endpoint(b'a'), DECLARED, stake);
		assert!(Providers::<T>::contains_key(0));
	}

	#[benchmark]
	fn update_provider() {
		let id = provider::<T>(0);
		let owner = owner_of::<T>(id);
		let (operator, consent) = super::setup::operator::<T>(&owner, 1);
		let more = Declared { storage: u64::MAX, download: u64::MAX, upload: u64::MAX };
		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner),
			id,
			Some(longest_endpoint(b'b')),
			Some(more),
			Some((operator.clone(), consent)),
			1u32.into(),
		);
		assert_eq!(ProviderByOperator::<T>::get(operator), Some(id));
	}

	#[benchmark]
	fn cancel_application() {
		let id = provider::<T>(0);
		set_state::<T>(id, ActorState::Applied);
		#[extrinsic_call]
		_(RawOrigin::Signed(owner_of::<T>(id)), id);
		assert!(!Providers::<T>::contains_key(id));
	}

	#[benchmark]
	fn activate() -> Result<(), BenchmarkError> {
		let origin =
			T::ConductorOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = provider::<T>(0);
		set_state::<T>(id, ActorState::Applied);
		attest_all::<T>(id);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, FailureDomain { operator: 1, zone: 1 });
		assert_eq!(Providers::<T>::get(id).map(|p| p.state), Some(ActorState::Active));
		Ok(())
	}

	#[benchmark]
	fn heartbeat() {
		// It ends a suspension, in all the tranches that a provider can be in.
		let id = busiest::<T>();
		let state = ActorState::Suspended { since: 0, until: None, cause: Suspension::Silence };
		change_state::<T>(id, state);
		past_eras::<T>(1);
		let window = Time::<T>::get().window;
		let signature = sign::<T, _>(id, &Heartbeat { provider: id, window });
		#[extrinsic_call]
		_(RawOrigin::Authorized, id, window, signature);
		assert_eq!(Hearts::<T>::get(id).map(|heart| heart.window), Some(window));
	}

	#[benchmark]
	fn authorize_heartbeat() -> Result<(), BenchmarkError> {
		let id = provider::<T>(0);
		past_eras::<T>(1);
		let window = Time::<T>::get().window;
		let signature = sign::<T, _>(id, &Heartbeat { provider: id, window });
		let call = Call::<T>::heartbeat { id, window, signature };
		#[block]
		{
			call.authorize(TransactionSource::External)
				.ok_or("the call is authorised")?
				.map_err(|_| "the heartbeat is valid")?;
		}
		Ok(())
	}

	#[benchmark]
	fn begin_maintenance() {
		let id = busiest::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner_of::<T>(id)), id, 1);
		assert!(matches!(
			Providers::<T>::get(id).map(|p| p.state),
			Some(ActorState::Suspended { .. })
		));
	}

	#[benchmark]
	fn end_maintenance() {
		let id = busiest::<T>();
		let state =
			ActorState::Suspended { since: 0, until: Some(9), cause: Suspension::Maintenance };
		change_state::<T>(id, state);
		#[extrinsic_call]
		_(RawOrigin::Signed(owner_of::<T>(id)), id);
		assert_eq!(Providers::<T>::get(id).map(|p| p.state), Some(ActorState::Active));
	}

	#[benchmark]
	fn begin_leaving() {
		let id = busiest::<T>();
		for tranche in Providers::<T>::get(id).map(|p| p.memberships).unwrap_or_default() {
			Members::<T>::mutate(tranche, id, |member| {
				if let Some(member) = member {
					(member.lost, member.lost_at) = (9, Pallet::<T>::now());
				}
			});
		}
		#[extrinsic_call]
		_(RawOrigin::Signed(owner_of::<T>(id)), id);
		assert!(matches!(
			Providers::<T>::get(id).map(|p| p.state),
			Some(ActorState::Leaving { .. })
		));
	}

	#[benchmark]
	fn finish_leaving() {
		// After the notice, with something left in every tranche.
		let id = busiest::<T>();
		change_state::<T>(id, ActorState::Leaving { since: 0, deadline: 0 });
		#[extrinsic_call]
		_(RawOrigin::Signed(owner_of::<T>(id)), id);
		assert_eq!(Providers::<T>::get(id).map(|p| p.state), Some(ActorState::Left));
	}

	#[benchmark]
	fn suspend() -> Result<(), BenchmarkError> {
		let origin =
			T::ConductorOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = busiest::<T>();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, longest_reason());
		assert!(matches!(
			Providers::<T>::get(id).map(|p| p.state),
			Some(ActorState::Suspended { .. })
		));
		Ok(())
	}

	#[benchmark]
	fn reinstate() -> Result<(), BenchmarkError> {
		let origin =
			T::ConductorOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = busiest::<T>();
		let state = ActorState::Suspended { since: 0, until: None, cause: Suspension::Conductor };
		change_state::<T>(id, state);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);
		assert_eq!(Providers::<T>::get(id).map(|p| p.state), Some(ActorState::Active));
		Ok(())
	}

	#[benchmark]
	fn evict() -> Result<(), BenchmarkError> {
		let origin =
			T::ConductorOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = busiest::<T>();
		// One that leaves forfeits besides.
		change_state::<T>(id, ActorState::Leaving { since: 0, deadline: 9 });
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, longest_reason());
		assert_eq!(Providers::<T>::get(id).map(|p| p.state), Some(ActorState::Evicted));
		Ok(())
	}

	#[benchmark]
	fn sweep_pins(n: Linear<1, MAX_BATCH>) {
		// Pins whose grace is over, each the last of an object with all its holders.
		let publisher = funded::<T>("publisher", 0);
		let tranche = full_tranche::<T>();
		let keys = stored_objects::<T>(&publisher, tranche, n);
		past_eras::<T>(5);
		for key in &keys {
			overdue::<T>(&publisher, key);
		}
		TasksUntil::<T>::put(TaskCursor { era: Pallet::<T>::era(), last: None });
		ExpiredUntil::<T>::put(ExpiryCursor { block: u32::MAX, ..Default::default() });
		#[extrinsic_call]
		_(RawOrigin::Signed(publisher), n);
		assert!(keys.iter().all(|key| !Objects::<T>::contains_key(key)));
	}

	#[benchmark]
	fn create_tranche() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = NextTrancheId::<T>::get();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, 3, SLOT);
		assert!(Tranches::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn update_tranche() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = full_tranche::<T>();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, Some(false), Some(4));
		assert_eq!(Tranches::<T>::get(id).map(|t| (t.accepting, t.coverage)), Some((false, 4)));
		Ok(())
	}

	#[benchmark]
	fn close_tranche() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let publisher = funded::<T>("publisher", 0);
		let id = full_tranche::<T>();
		stored_objects::<T>(&publisher, id, 1);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);
		assert!(Moves::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn join_tranche() {
		let id = provider::<T>(MAX_MEMBERS);
		let tranche = tranche_of::<T>(MAX_MEMBERS - 1);
		for other in 1..rome_primitives::storage::limits::MAX_MEMBERSHIPS {
			let _ = other;
			let another = new_tranche::<T>();
			join::<T>(id, another);
		}
		#[extrinsic_call]
		_(RawOrigin::Signed(owner_of::<T>(id)), id, tranche, 1);
		assert!(Members::<T>::contains_key(tranche, id));
	}

	#[benchmark]
	fn change_slots() {
		// The end of a notice with something left: what weighs most.
		let id = busiest::<T>();
		let tranche = 0;
		Members::<T>::mutate(tranche, id, |member| {
			if let Some(member) = member {
				member.deadline = Some(0);
				member.share = 1u32.into();
			}
		});
		Pallet::<T>::update_seat(tranche, id, |seat| seat.standing = types::Standing::Leaving);
		#[extrinsic_call]
		_(RawOrigin::Signed(owner_of::<T>(id)), id, tranche, 0);
		assert_eq!(Pallet::<T>::standing(tranche, id), Some(types::Standing::Void));
	}

	#[benchmark]
	fn pin(n: Linear<1, MAX_BATCH>) {
		let publisher = funded::<T>("publisher", 0);
		full_tranche::<T>();
		more_accepting::<T>();
		let requests = (0..n)
			.map(|seed| PinRequest {
				key: small_key(seed),
				tranche: None,
				eras: Pallet::<T>::max_term(),
				uploader: Some(publisher.clone()),
			})
			.collect::<Vec<_>>();
		let requests = BoundedVec::truncate_from(requests);
		let most = Most::<T>::max_value();
		#[extrinsic_call]
		_(RawOrigin::Signed(publisher), requests, most, most);
		assert!(Objects::<T>::contains_key(small_key(n - 1)));
	}

	#[benchmark]
	fn renew_pin() {
		let publisher = funded::<T>("publisher", 0);
		let payer = funded::<T>("payer", 0);
		let tranche = full_tranche::<T>();
		let key = stored_objects::<T>(&publisher, tranche, 1)[0];
		past_eras::<T>(5);
		overdue::<T>(&publisher, &key);
		let (eras, most) = (Pallet::<T>::max_term(), Most::<T>::max_value());
		#[extrinsic_call]
		_(RawOrigin::Signed(payer), publisher.clone(), key.hash, eras, most);
		assert_eq!(Pins::<T>::get(publisher, key.hash).map(|stored| stored.graced), Some(false));
	}

	#[benchmark]
	fn unpin(n: Linear<1, MAX_BATCH>) {
		let publisher = funded::<T>("publisher", 0);
		let tranche = full_tranche::<T>();
		let keys = stored_objects::<T>(&publisher, tranche, n);
		past_eras::<T>(5);
		let hashes = keys.iter().map(|key| key.hash).collect::<Vec<_>>();
		let hashes = BoundedVec::truncate_from(hashes);
		#[extrinsic_call]
		_(RawOrigin::Signed(publisher), hashes);
		assert!(keys.iter().all(|key| !Objects::<T>::contains_key(key)));
	}

	#[benchmark]
	fn confirm_replicas(n: Linear<1, MAX_BATCH>) {
		// Each brings an object back to its coverage: with pay to settle, a void holder to sweep, and a
		// bounty to pay.
		let publisher = funded::<T>("publisher", 0);
		let tranche = full_tranche::<T>();
		let taker = MAX_MEMBERS - 1;
		let confirmations = (0..n)
			.map(|seed| to_confirm::<T>(&publisher, tranche, seed, taker))
			.collect::<Vec<_>>();
		let last = confirmations[n as usize - 1].key;
		let confirmations = BoundedVec::truncate_from(confirmations);
		#[extrinsic_call]
		_(RawOrigin::Signed(operator_of::<T>(taker)), taker, confirmations);
		assert!(Holdings::<T>::contains_key(taker, last));
	}

	#[benchmark]
	fn release_replicas(n: Linear<1, MAX_BATCH>) {
		let publisher = funded::<T>("publisher", 0);
		let tranche = full_tranche::<T>();
		let keys = stored_objects::<T>(&publisher, tranche, n);
		let leaver = MAX_MEMBERS - 1;
		keys.iter().for_each(|key| hold::<T>(key, leaver));
		past_eras::<T>(5);
		Pallet::<T>::update_seat(tranche, leaver, |seat| seat.standing = types::Standing::Leaving);
		let released = BoundedVec::truncate_from(keys);
		#[extrinsic_call]
		_(RawOrigin::Signed(operator_of::<T>(leaver)), leaver, released);
		assert_eq!(Holdings::<T>::iter_key_prefix(leaver).count(), 0);
	}

	#[benchmark]
	fn report_lost(n: Linear<1, MAX_BATCH>) {
		let publisher = funded::<T>("publisher", 0);
		let tranche = full_tranche::<T>();
		let keys = stored_objects::<T>(&publisher, tranche, n);
		past_eras::<T>(5);
		let loser = MAX_MEMBERS - 1;
		keys.iter().for_each(|key| hold::<T>(key, loser));
		Members::<T>::mutate(tranche, loser, |member| {
			if let Some(member) = member {
				member.share = T::LossFee::get().saturating_add(1u32.into());
			}
		});
		let lost = BoundedVec::truncate_from(keys);
		#[extrinsic_call]
		_(RawOrigin::Signed(operator_of::<T>(loser)), loser, lost);
		assert_eq!(Holdings::<T>::iter_key_prefix(loser).count(), 0);
	}

	#[benchmark]
	fn block_object() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let publisher = funded::<T>("publisher", 0);
		let tranche = full_tranche::<T>();
		let key = stored_objects::<T>(&publisher, tranche, 1)[0];
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, key, longest_reason());
		assert!(Blocked::<T>::contains_key(key));
		Ok(())
	}

	#[benchmark]
	fn unblock_object() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let publisher = funded::<T>("publisher", 0);
		let tranche = full_tranche::<T>();
		let key = stored_objects::<T>(&publisher, tranche, 1)[0];
		Pallet::<T>::do_block_object(key, longest_reason())?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, key);
		assert!(!Blocked::<T>::contains_key(key));
		Ok(())
	}

	#[benchmark]
	fn sweep(n: Linear<1, MAX_BATCH>) {
		let publisher = funded::<T>("publisher", 0);
		let tranche = full_tranche::<T>();
		let keys = stored_objects::<T>(&publisher, tranche, n);
		past_eras::<T>(5);
		let failed = MAX_MEMBERS - 1;
		keys.iter().for_each(|key| hold::<T>(key, failed));
		change_state::<T>(failed, ActorState::Failed { since: 0 });
		Sweeps::<T>::insert(
			tranche,
			failed,
			Sweep { reservations_done: true, ..Default::default() },
		);
		#[extrinsic_call]
		_(RawOrigin::Signed(publisher), failed, n);
		assert_eq!(Holdings::<T>::iter_key_prefix(failed).count(), 0);
	}

	#[benchmark]
	fn move_objects(n: Linear<1, MAX_BATCH>) -> Result<(), BenchmarkError> {
		// Objects that still have assignments, to a tranche that is chosen among many.
		let publisher = funded::<T>("publisher", 0);
		let from = full_tranche::<T>();
		let keys = filling_objects::<T>(&publisher, from, n);
		let to = another_full_tranche::<T>();
		more_accepting::<T>();
		Pallet::<T>::do_close_tranche(from)?;
		frame_system::Pallet::<T>::set_block_number(Pallet::<T>::block(Pallet::<T>::now() + 1));
		#[extrinsic_call]
		_(RawOrigin::Signed(publisher), from, n);
		for key in keys {
			assert_eq!(Objects::<T>::get(key).map(|object| object.tranche), Some(to));
		}
		Ok(())
	}

	#[benchmark]
	fn claim_pay(n: Linear<1, MAX_BATCH>) {
		let publisher = funded::<T>("publisher", 0);
		let tranche = full_tranche::<T>();
		let keys = stored_objects::<T>(&publisher, tranche, n);
		past_eras::<T>(Pallet::<T>::max_term());
		let id = Objects::<T>::get(keys[0]).map_or(0, |object| object.holders[0].provider);
		let last = keys[n as usize - 1];
		let claimed = BoundedVec::truncate_from(keys);
		#[extrinsic_call]
		_(RawOrigin::Signed(publisher), id, claimed);
		let era = Pallet::<T>::era();
		assert!(Payouts::<T>::get(last).is_none_or(|pay| pay.from == era));
	}

	#[benchmark]
	fn attest() -> Result<(), BenchmarkError> {
		let origin =
			T::AttestOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = provider::<T>(0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, DECLARED, u32::MAX);
		assert!(Attestations::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn slash() -> Result<(), BenchmarkError> {
		let origin =
			T::ConductorOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = provider::<T>(0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, 1u32.into(), longest_reason());
		assert_eq!(Slashes::<T>::count(), 1);
		Ok(())
	}

	#[benchmark]
	fn cancel_slash() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = provider::<T>(0);
		Pallet::<T>::do_slash(id, 1u32.into(), longest_reason())?;
		// Of one that is gone: the rest goes back.
		set_state::<T>(id, ActorState::Left);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, 0);
		assert_eq!(Slashes::<T>::count(), 0);
		assert!(Providers::<T>::get(id).is_some_and(|provider| provider.stake.is_zero()));
		Ok(())
	}

	#[benchmark]
	fn back_class() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, 7, types::MAX_ADDED_PERCENT, longest_reason());
		assert!(Backed::<T>::contains_key(7));
		Ok(())
	}

	#[benchmark]
	fn back_objects(n: Linear<1, MAX_BATCH>) {
		let publisher = funded::<T>("publisher", 0);
		let tranche = full_tranche::<T>();
		let keys = stored_objects::<T>(&publisher, tranche, n);
		past_eras::<T>(Pallet::<T>::max_term().saturating_sub(1));
		let pot = Pallet::<T>::account_id();
		T::Currency::set_balance(&pot, T::Currency::balance(&publisher));
		let named = keys.iter().map(|key| {
			let entity = T::Entities::make_holding(&publisher, &key.hash);
			Backed::<T>::insert(entity.class, 100);
			(entity, key.hash)
		});
		let objects = BoundedVec::truncate_from(named.collect());
		#[extrinsic_call]
		_(RawOrigin::Signed(publisher), objects);
		assert_eq!(BackedEras::<T>::iter().count(), n as usize);
	}

	#[benchmark]
	fn claim_use() -> Result<(), BenchmarkError> {
		let publisher = funded::<T>("publisher", 0);
		let tranche = full_tranche::<T>();
		let key = stored_objects::<T>(&publisher, tranche, 1)[0];
		#[block]
		{
			<Pallet<T> as DataObjects<_>>::claim(&publisher, &key.hash)?;
		}
		assert_eq!(Uses::<T>::get(publisher, key.hash), 1);
		Ok(())
	}

	#[benchmark]
	fn tick() {
		// The end of an era and of a window.
		past_eras::<T>(rome_primitives::actors::heart::REMEMBERED_ERAS + 3);
		Time::<T>::mutate(|time| {
			time.open_blocks = u32::MAX - 1;
			time.era_start = 0;
		});
		let length = T::EraLength::get().saturating_add(1);
		frame_system::Pallet::<T>::set_block_number(Pallet::<T>::block(length));
		let era = Pallet::<T>::era();
		#[block]
		{
			HadRoom::<T>::put(Pallet::<T>::has_room());
			Pallet::<T>::tick(HadRoom::<T>::take());
		}
		assert_eq!(Pallet::<T>::era(), era + 1);
	}

	#[benchmark]
	fn duties() {
		// Looked at, and there is nothing to do.
		WatchCursor::<T>::put((u32::MAX, None::<u32>));
		ExpiredUntil::<T>::put(ExpiryCursor { block: u32::MAX, ..Default::default() });
		TasksUntil::<T>::put(TaskCursor { era: u32::MAX, last: None });
		let mut meter = WeightMeter::with_limit(T::WeightInfo::duties());
		#[block]
		{
			Pallet::<T>::do_duties(&mut meter);
		}
		assert!(meter.consumed().ref_time() > 0);
	}

	#[benchmark]
	fn watch() {
		// One that fails while it leaves, in all the tranches that it can be in.
		let id = busiest::<T>();
		change_state::<T>(id, ActorState::Leaving { since: 0, deadline: u32::MAX });
		Hearts::<T>::iter_keys().filter(|other| *other != id).for_each(Hearts::<T>::remove);
		Time::<T>::mutate(|time| time.window = u32::MAX);
		let mut meter = WeightMeter::with_limit(T::WeightInfo::watch());
		#[block]
		{
			Pallet::<T>::watch(&mut meter);
		}
		assert!(matches!(
			Providers::<T>::get(id).map(|p| p.state),
			Some(ActorState::Failed { .. })
		));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_bench_ext(), crate::mock::Test);
}
