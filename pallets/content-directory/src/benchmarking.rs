//! Benchmarks: every call at the worst of its parameters.
//!
//! Schemas are as large as they may be, references lead to entities as large as they may be, the class
//! lets in a full list of accounts of which the caller is the last, and quotas are set.
//!
//! Components: `b` bytes of values, `u` unique and `i` indexed values, `r` references, `s` versions. Where a
//! call replaces values, it replaces that many by that many others. Each component has a benchmark of its own,
//! with the others at nothing: beside 64 references to entities of 16 KiB, measured together, what a unique
//! value costs is lost in the noise. `types.rs` adds up what each costs more than none of it.

mod setup;

use super::*;
use crate::types::BalanceOf;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungible::Mutate, EnsureOrigin, Get},
	weights::WeightMeter,
};
use frame_system::RawOrigin;
use rome_primitives::content::{
	limits::*, Category, ClassId, ClassStatus, CreationPolicy, Description, Moderation,
	SchemaVersion, SuggestionTarget, Visibility,
};
use setup::*;
use sp_runtime::traits::Bounded;

#[benchmarks(where T::Currency: Mutate<T::AccountId>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn suggest_schema() {
		let caller = funded::<T>("caller", 0);
		let target = new_class::<T>(caller.clone());
		let schema = largest_schema(false);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), target, schema);
		assert!(Suggestions::<T>::contains_key(0));
	}

	#[benchmark]
	fn endorse_schema() {
		let caller = funded::<T>("caller", 0);
		let id = suggest::<T>(new_class::<T>(caller.clone()), largest_schema(false));
		let amount = T::MinEndorsement::get();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, amount);
		assert_eq!(Suggestions::<T>::get(id).map(|s| s.endorsed), Some(amount));
	}

	#[benchmark]
	fn withdraw_endorsement() -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller", 0);
		let id = suggest::<T>(new_class::<T>(caller.clone()), largest_schema(false));
		Pallet::<T>::do_endorse_schema(caller.clone(), id, T::MinEndorsement::get())?;
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), id, caller.clone());
		assert!(!Endorsements::<T>::contains_key(id, caller));
		Ok(())
	}

	#[benchmark]
	fn withdraw_suggestion() {
		let proposer = funded::<T>("proposer", 0);
		let id = suggest::<T>(new_class::<T>(proposer.clone()), largest_schema(false));
		#[extrinsic_call]
		_(RawOrigin::Signed(proposer), id);
		assert!(!Suggestions::<T>::contains_key(id));
	}

	#[benchmark]
	fn approve_schema() -> Result<(), BenchmarkError> {
		let origin =
			T::ApproveOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = suggest::<T>(new_class::<T>(account("last", 0, 0)), largest_schema(false));
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);
		assert_eq!(Tallies::<T>::get(Category::Video).approved, 1);
		Ok(())
	}

	#[benchmark]
	fn reject_schema() -> Result<(), BenchmarkError> {
		let origin =
			T::ApproveOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = suggest::<T>(new_class::<T>(account("last", 0, 0)), largest_schema(false));
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, true);
		assert!(!Suggestions::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn activate_schema() -> Result<(), BenchmarkError> {
		let origin =
			T::ActivateOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		// The next version of a class with as many live ones as there may be, all of whose properties
		// become unique or indexed: all of them are written.
		let last: T::AccountId = funded::<T>("last", 0);
		let class = activate_with::<T>(last.clone(), schema_with(false, false, false));
		create::<T>(&last, class, values(MAX_ENTITY_BYTES, 0, 0, &[], 1));
		let base = MAX_MIGRATION_STEPS;
		for version in 1..base {
			let target = SuggestionTarget::Existing { class, base: version };
			next_version::<T>(target, schema_with(true, false, false));
		}
		let target = SuggestionTarget::Existing { class, base };
		let id = suggest::<T>(target, largest_schema(true));
		Pallet::<T>::do_approve_schema(id)?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);
		assert_eq!(Builds::<T>::get(class).map(|build| build.end), Some(1));
		Ok(())
	}

	#[benchmark]
	fn retire_schema() -> Result<(), BenchmarkError> {
		let origin =
			T::ActivateOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let class = activate::<T>(account("last", 0, 0));
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, class, 1);
		assert_eq!(Classes::<T>::get(class).and_then(|class| class.active_version), None);
		Ok(())
	}

	#[benchmark]
	fn create_entity(b: Linear<0, MAX_ENTITY_BYTES>) {
		let (caller, class, values) = to_create::<T>(b, 0, 0, 0);
		let before = Stats::<T>::get(class).entities;
		#[extrinsic_call]
		create_entity(RawOrigin::Signed(caller), class, 1, values, true);
		assert_eq!(Stats::<T>::get(class).entities, before + 1);
	}

	#[benchmark]
	fn create_entity_unique(u: Linear<0, MAX_UNIQUE>) {
		let (caller, class, values) = to_create::<T>(0, u, 0, 0);
		let before = Stats::<T>::get(class).entities;
		#[extrinsic_call]
		create_entity(RawOrigin::Signed(caller), class, 1, values, true);
		assert_eq!(Stats::<T>::get(class).entities, before + 1);
	}

	#[benchmark]
	fn create_entity_indexed(i: Linear<0, MAX_INDEXED>) {
		let (caller, class, values) = to_create::<T>(0, 0, i, 0);
		let before = Stats::<T>::get(class).entities;
		#[extrinsic_call]
		create_entity(RawOrigin::Signed(caller), class, 1, values, true);
		assert_eq!(Stats::<T>::get(class).entities, before + 1);
	}

	#[benchmark]
	fn create_entity_references(r: Linear<0, MAX_REFERENCES>) {
		let (caller, class, values) = to_create::<T>(0, 0, 0, r);
		let before = Stats::<T>::get(class).entities;
		#[extrinsic_call]
		create_entity(RawOrigin::Signed(caller), class, 1, values, true);
		assert_eq!(Stats::<T>::get(class).entities, before + 1);
	}

	#[benchmark]
	fn update_entity(b: Linear<0, MAX_ENTITY_BYTES>) {
		let (caller, id, new, changes) = to_update::<T>(b, 0, 0, 0);
		#[extrinsic_call]
		update_entity(RawOrigin::Signed(caller), id, changes);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.values), Some(new));
	}

	#[benchmark]
	fn update_entity_unique(u: Linear<0, MAX_UNIQUE>) {
		let (caller, id, new, changes) = to_update::<T>(0, u, 0, 0);
		#[extrinsic_call]
		update_entity(RawOrigin::Signed(caller), id, changes);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.values), Some(new));
	}

	#[benchmark]
	fn update_entity_indexed(i: Linear<0, MAX_INDEXED>) {
		let (caller, id, new, changes) = to_update::<T>(0, 0, i, 0);
		#[extrinsic_call]
		update_entity(RawOrigin::Signed(caller), id, changes);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.values), Some(new));
	}

	#[benchmark]
	fn update_entity_references(r: Linear<0, MAX_REFERENCES>) {
		let (caller, id, new, changes) = to_update::<T>(0, 0, 0, r);
		#[extrinsic_call]
		update_entity(RawOrigin::Signed(caller), id, changes);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.values), Some(new));
	}

	#[benchmark]
	fn remove_entity(b: Linear<0, MAX_ENTITY_BYTES>) {
		let (caller, id) = to_remove::<T>(b, 0, 0, 0);
		#[extrinsic_call]
		remove_entity(RawOrigin::Signed(caller), id);
		assert!(Pallet::<T>::get_entity(id).is_none());
	}

	#[benchmark]
	fn remove_entity_unique(u: Linear<0, MAX_UNIQUE>) {
		let (caller, id) = to_remove::<T>(0, u, 0, 0);
		#[extrinsic_call]
		remove_entity(RawOrigin::Signed(caller), id);
		assert!(Pallet::<T>::get_entity(id).is_none());
	}

	#[benchmark]
	fn remove_entity_indexed(i: Linear<0, MAX_INDEXED>) {
		let (caller, id) = to_remove::<T>(0, 0, i, 0);
		#[extrinsic_call]
		remove_entity(RawOrigin::Signed(caller), id);
		assert!(Pallet::<T>::get_entity(id).is_none());
	}

	#[benchmark]
	fn remove_entity_references(r: Linear<0, MAX_REFERENCES>) {
		let (caller, id) = to_remove::<T>(0, 0, 0, r);
		#[extrinsic_call]
		remove_entity(RawOrigin::Signed(caller), id);
		assert!(Pallet::<T>::get_entity(id).is_none());
	}

	#[benchmark]
	fn offer_transfer() {
		let caller = funded::<T>("caller", 0);
		let class = activate::<T>(caller.clone());
		let id = create::<T>(&caller, class, values(MAX_ENTITY_BYTES, 0, 0, &[], 1));
		let to: T::AccountId = account("taker", 0, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, Some(to.clone()));
		assert_eq!(TransferOffers::<T>::get(id), Some(to));
	}

	#[benchmark]
	fn accept_transfer(b: Linear<0, MAX_ENTITY_BYTES>) {
		let (taker, id) = to_accept::<T>(b, 0);
		#[extrinsic_call]
		accept_transfer(RawOrigin::Signed(taker.clone()), id, BalanceOf::<T>::max_value());
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.owner), Some(taker));
	}

	#[benchmark]
	fn accept_transfer_references(r: Linear<0, MAX_REFERENCES>) {
		let (taker, id) = to_accept::<T>(0, r);
		#[extrinsic_call]
		accept_transfer(RawOrigin::Signed(taker.clone()), id, BalanceOf::<T>::max_value());
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.owner), Some(taker));
	}

	#[benchmark]
	fn set_referenceable() {
		let caller = funded::<T>("caller", 0);
		let class = activate::<T>(caller.clone());
		let id = create::<T>(&caller, class, values(MAX_ENTITY_BYTES, 0, 0, &[], 1));
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, false);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.referenceable), Some(false));
	}

	#[benchmark]
	fn update_class() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let class = activate::<T>(account("last", 0, 0));
		let config = largest_config::<T>(account("other", 0, 0));
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, class, config.clone());
		assert_eq!(Classes::<T>::get(class).map(|class| class.config), Some(config));
		Ok(())
	}

	#[benchmark]
	fn set_class_status() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let class = activate::<T>(account("last", 0, 0));
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, class, ClassStatus::Paused);
		assert_eq!(Classes::<T>::get(class).map(|class| class.status), Some(ClassStatus::Paused));
		Ok(())
	}

	#[benchmark]
	fn set_quota() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let class = activate::<T>(account("last", 0, 0));
		let who: T::AccountId = account("who", 0, 0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, class, who.clone(), Some(7));
		assert_eq!(Holdings::<T>::get(class, who).quota, Some(7));
		Ok(())
	}

	#[benchmark]
	fn set_default_quota() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let class = activate::<T>(account("last", 0, 0));
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, class, Some(7));
		assert_eq!(Classes::<T>::get(class).map(|class| class.config.default_quota), Some(Some(7)));
		Ok(())
	}

	#[benchmark]
	fn migrate_entity(b: Linear<0, MAX_ENTITY_BYTES>) {
		let (caller, id, version) = to_migrate::<T>(b, 0, 0, 0, 1);
		#[extrinsic_call]
		migrate_entity(RawOrigin::Signed(caller), id, version, Default::default(), None);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.version), Some(version));
	}

	#[benchmark]
	fn migrate_entity_unique(u: Linear<0, MAX_UNIQUE>) {
		let (caller, id, version) = to_migrate::<T>(0, u, 0, 0, 1);
		#[extrinsic_call]
		migrate_entity(RawOrigin::Signed(caller), id, version, Default::default(), None);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.version), Some(version));
	}

	#[benchmark]
	fn migrate_entity_indexed(i: Linear<0, MAX_INDEXED>) {
		let (caller, id, version) = to_migrate::<T>(0, 0, i, 0, 1);
		#[extrinsic_call]
		migrate_entity(RawOrigin::Signed(caller), id, version, Default::default(), None);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.version), Some(version));
	}

	#[benchmark]
	fn migrate_entity_references(r: Linear<0, MAX_REFERENCES>) {
		let (caller, id, version) = to_migrate::<T>(0, 0, 0, r, 1);
		#[extrinsic_call]
		migrate_entity(RawOrigin::Signed(caller), id, version, Default::default(), None);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.version), Some(version));
	}

	/// An entity as large as may be: all its values go through every version.
	#[benchmark]
	fn migrate_entity_steps(s: Linear<1, { MAX_MIGRATION_STEPS as u32 }>) {
		let (caller, id, version) =
			to_migrate::<T>(MAX_ENTITY_BYTES, MAX_UNIQUE, MAX_INDEXED, MAX_REFERENCES, s);
		#[extrinsic_call]
		migrate_entity(RawOrigin::Signed(caller), id, version, Default::default(), None);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.version), Some(version));
	}

	#[benchmark]
	fn migrate_class() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let class = activate::<T>(account("last", 0, 0));
		more_versions::<T>(class, 2);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, class, 2);
		assert!(Sweeps::<T>::contains_key(class));
		Ok(())
	}

	#[benchmark]
	fn cancel_migration() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let class = activate::<T>(account("last", 0, 0));
		more_versions::<T>(class, 2);
		Pallet::<T>::do_migrate_class(class, 2)?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, class);
		assert!(!Sweeps::<T>::contains_key(class));
		Ok(())
	}

	/// What a batch weighs besides its operations.
	#[benchmark]
	fn transact() {
		let caller = funded::<T>("caller", 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), Default::default());
	}

	#[benchmark]
	fn create_curator_group() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let class = activate::<T>(account("last", 0, 0));
		let record = Classes::<T>::get(class).expect("it was just activated");
		let mut group = largest_group::<T>(account("last", 0, 0), class);
		for (position, other) in group.classes.iter_mut().enumerate() {
			*other = class + position as ClassId;
			Classes::<T>::insert(*other, record.clone());
		}
		let id = NextCuratorGroupId::<T>::get();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, group.clone());
		assert_eq!(CuratorGroups::<T>::get(id), Some(group));
		Ok(())
	}

	#[benchmark]
	fn update_curator_group() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let class = activate::<T>(account("last", 0, 0));
		let record = Classes::<T>::get(class).expect("it was just activated");
		CuratorGroups::<T>::insert(0, largest_group::<T>(account("last", 0, 0), class));
		let mut group = largest_group::<T>(account("member", 0, 0), class);
		for (position, other) in group.classes.iter_mut().enumerate() {
			*other = class + position as ClassId;
			Classes::<T>::insert(*other, record.clone());
		}
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, 0, group.clone());
		assert_eq!(CuratorGroups::<T>::get(0), Some(group));
		Ok(())
	}

	#[benchmark]
	fn set_visibility() {
		let caller = funded::<T>("caller", 0);
		let class = activate::<T>(caller.clone());
		let id = create::<T>(&caller, class, values(MAX_ENTITY_BYTES, 0, 0, &[], 1));
		CuratorGroups::<T>::insert(0, largest_group::<T>(caller.clone(), class));
		let reason: Description = bytes(b'r', MAX_DESCRIPTION_BYTES as usize);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, 0, Moderation::Hide, reason);
		assert!(Pallet::<T>::get_entity(id).is_some_and(|e| e.visibility != Visibility::Visible));
	}

	/// Whether someone is in one of `g` groups, and in the last only.
	#[benchmark]
	fn look_at_creator_groups(g: Linear<0, MAX_CREATOR_GROUPS>) {
		let last: T::AccountId = account("last", 0, 0);
		let groups = (0..g).collect::<Vec<_>>();
		for id in &groups {
			let member = if id + 1 == g { last.clone() } else { account("other", *id, 0) };
			CuratorGroups::<T>::insert(id, largest_group::<T>(member, ClassId::MAX));
		}
		let policy = CreationPolicy::Curators(groups.try_into().expect("8 groups"));
		let allowed;
		#[block]
		{
			allowed = Pallet::<T>::may_create(&policy, &last);
		}
		assert_eq!(allowed, g > 0);
	}

	/// Looking for work on whole classes and finding none.
	#[benchmark]
	fn maintain() {
		#[block]
		{
			Pallet::<T>::maintain(&mut WeightMeter::new());
		}
		assert_eq!(Builds::<T>::iter().count(), 0);
	}

	/// Reading the schemas of `s` versions.
	#[benchmark]
	fn load_schemas(s: Linear<1, { MAX_LIVE_VERSIONS - 1 }>) {
		let last = funded::<T>("last", 0);
		let class = activate::<T>(last.clone());
		create::<T>(&last, class, values(0, 0, 0, &[], 1));
		more_versions::<T>(class, s);
		let read;
		#[block]
		{
			read = Pallet::<T>::chain_to(class, s as SchemaVersion).map_or(0, |chain| chain.len());
		}
		assert_eq!(read, s);
	}

	/// Giving one entity all the entries that it can lack.
	#[benchmark]
	fn build_entity() {
		let last = funded::<T>("last", 0);
		let class = activate_with::<T>(last.clone(), schema_with(false, false, false));
		let id =
			create::<T>(&last, class, values(MAX_ENTITY_BYTES, MAX_UNIQUE, MAX_INDEXED, &[], 1));
		next_version::<T>(SuggestionTarget::Existing { class, base: 1 }, largest_schema(true));
		let schema = Schemas::<T>::get(class, 1).expect("it is superseded");
		let properties = Builds::<T>::get(class).expect("it has begun").properties;
		#[block]
		{
			if let Some((id, entity)) = Pallet::<T>::entities_from(class, 0, 1).next() {
				Pallet::<T>::add_entries(id, &entity, &schema, &properties);
			}
			Builds::<T>::mutate(class, |build| build.as_mut().map(|build| build.next = 1));
		}
		assert_eq!(IndexEntries::<T>::iter().count() as u32, MAX_INDEXED);
		assert_eq!(UniqueEntries::<T>::iter().filter(|(_, holder)| *holder == id).count(), 4);
	}

	/// Passing by an entity that has the version already.
	#[benchmark]
	fn sweep_past() {
		let last = funded::<T>("last", 0);
		let class = activate::<T>(last.clone());
		create::<T>(&last, class, values(MAX_ENTITY_BYTES, 0, 0, &[], 1));
		let found;
		#[block]
		{
			found = Pallet::<T>::entities_from(class, 0, 1).next();
		}
		assert!(found.is_some());
	}

	/// Ten properties: one unique, one indexed, one reference, seven plain. For comparison with other
	/// pallets, like the two that follow.
	#[benchmark(extra)]
	fn create_entity_of_ten() {
		let (caller, class, values) = ten_properties::<T>(1, 1, 1);
		#[extrinsic_call]
		create_entity(RawOrigin::Signed(caller.clone()), class, 1, values, true);
		assert_eq!(Holdings::<T>::get(class, caller).entities, 1);
	}

	/// Ten plain properties.
	#[benchmark(extra)]
	fn create_entity_of_ten_plain() {
		let (caller, class, values) = ten_properties::<T>(0, 0, 0);
		#[extrinsic_call]
		create_entity(RawOrigin::Signed(caller.clone()), class, 1, values, true);
		assert_eq!(Holdings::<T>::get(class, caller).entities, 1);
	}

	/// Ten properties, five of them indexed.
	#[benchmark(extra)]
	fn create_entity_of_ten_five_indexed() {
		let (caller, class, values) = ten_properties::<T>(0, 5, 0);
		#[extrinsic_call]
		create_entity(RawOrigin::Signed(caller.clone()), class, 1, values, true);
		assert_eq!(Holdings::<T>::get(class, caller).entities, 1);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
