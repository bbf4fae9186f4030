//! Benchmarks: every call at the worst of its parameters.
//!
//! Schemas are as large as they may be, references lead to entities as large as they may be, the class
//! lets in a full list of accounts of which the caller is the last, and quotas are set.
//!
//! Components: `b` bytes of values, `u` unique and `i` indexed values, `r` references. Where a call
//! replaces values, it replaces that many by that many others.

use super::*;
use crate::types::BalanceOf;
use alloc::vec::Vec;
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		EnsureOrigin, Get,
	},
	weights::WeightMeter,
};
use frame_system::RawOrigin;
use rome_primitives::content::{
	limits::*, ByteString, Carry, Category, ClassConfig, ClassId, ClassStatus, CreationPolicy,
	CuratorGroup, Description, DraftProperty, EntityId, EntityValues, ListItems, Moderation, Name,
	Property, PropertyId, PropertyType, Rule, Scalar, ScalarType, SchemaDraft, SchemaVersion,
	SuggestionId, SuggestionTarget, Value, ValueChanges, Visibility,
};
use sp_runtime::traits::{Bounded, Saturating};

/// Ids of the benchmark schema's properties: unique ones, then indexed ones, then these.
const REFERENCES: PropertyId = (MAX_UNIQUE + MAX_INDEXED) as PropertyId;
const FILLERS: [PropertyId; 3] = [REFERENCES + 1, REFERENCES + 2, REFERENCES + 3];

fn bytes<const N: u32>(
	byte: u8,
	length: usize,
) -> frame_support::BoundedVec<u8, frame_support::traits::ConstU32<N>> {
	alloc::vec![byte; length].try_into().expect("callers stay within the bound")
}

fn funded<T: Config>(name: &'static str, index: u32) -> T::AccountId
where
	T::Currency: Mutate<T::AccountId>,
{
	let who: T::AccountId = account(name, index, 0);
	let amount = T::Currency::minimum_balance()
		.saturating_mul(1_000_000_000u32.into())
		.min(BalanceOf::<T>::max_value() / 1_000u32.into());
	T::Currency::set_balance(&who, amount);
	who
}

/// A schema as large as one may be, with all its unique and indexed properties.
fn largest_schema(carried: bool) -> SchemaDraft {
	schema_with(carried, true, false)
}

/// A schema as large as one may be. `carried` gives every property the identity of the one before;
/// `searchable` has the unique and indexed properties be so; `same_owner` is what references ask for.
fn schema_with(carried: bool, searchable: bool, same_owner: bool) -> SchemaDraft {
	let mut properties = Vec::new();
	for position in 0..MAX_PROPERTIES {
		let id = position as PropertyId;
		let kind = if id < REFERENCES {
			PropertyType::Single(ScalarType::Text { max_length: 64 })
		} else if id == REFERENCES {
			let item = ScalarType::Reference { class: None, same_owner };
			PropertyType::List { item, max_items: MAX_REFERENCES as u16 }
		} else {
			PropertyType::Single(ScalarType::Bytes { max_length: MAX_STRING_BYTES })
		};
		let name = alloc::format!("property{position:0>56}").into_bytes();
		let property = Property {
			name: name.try_into().expect("64 bytes long"),
			description: Default::default(),
			kind,
			required: false,
			unique: searchable && position < MAX_UNIQUE,
			indexed: searchable && (MAX_UNIQUE..MAX_UNIQUE + MAX_INDEXED).contains(&position),
			locked: false,
		};
		let rule = carried.then_some(Rule::Carry(Carry { from: id }));
		properties.push(DraftProperty { property, rule });
	}
	let mut schema = SchemaDraft { properties: properties.try_into().expect("64 properties") };
	// Descriptions take up what is left.
	for position in 0..MAX_PROPERTIES as usize {
		let left = (MAX_SCHEMA_BYTES as usize).saturating_sub(schema.encoded_size() + 1);
		let length = left.min(MAX_DESCRIPTION_BYTES as usize);
		schema.properties[position].property.description = bytes(b'd', length);
	}
	assert!(schema.encoded_size() + 2 >= MAX_SCHEMA_BYTES as usize);
	assert!(schema.encoded_size() <= MAX_SCHEMA_BYTES as usize);
	schema
}

/// A group as large as one may be, of which `last` is the last member and `class` the last class.
fn largest_group<T: Config>(last: T::AccountId, class: ClassId) -> CuratorGroup<T::AccountId> {
	let mut members = (1..MAX_CURATORS).map(|n| account("curator", n, 0)).collect::<Vec<_>>();
	members.push(last);
	let mut classes = alloc::vec![ClassId::MAX; MAX_CURATED_CLASSES as usize - 1];
	classes.push(class);
	CuratorGroup {
		name: bytes(b'g', MAX_DESCRIPTION_BYTES as usize),
		members: members.try_into().expect("64 members"),
		classes: classes.try_into().expect("64 classes"),
		active: true,
	}
}

fn largest_config<T: Config>(last: T::AccountId) -> ClassConfig<T::AccountId> {
	let mut accounts =
		(1..MAX_ALLOWED_CREATORS).map(|n| account("allowed", n, 0)).collect::<Vec<_>>();
	accounts.push(last);
	ClassConfig {
		description: bytes(b'd', MAX_DESCRIPTION_BYTES as usize),
		category: Category::Video,
		creation: CreationPolicy::Allowed(accounts.try_into().expect("64 accounts")),
		max_entities: Some(u32::MAX),
		default_quota: Some(u32::MAX),
		free_form: true,
	}
}

fn class_name() -> Name {
	bytes(b'c', MAX_NAME_BYTES as usize)
}

fn suggest<T: Config>(target: SuggestionTarget<T::AccountId>, schema: SchemaDraft) -> SuggestionId
where
	T::Currency: Mutate<T::AccountId>,
{
	let id = NextSuggestionId::<T>::get();
	let proposer = funded::<T>("proposer", 0);
	Pallet::<T>::do_suggest_schema(proposer, target, schema).expect("the suggestion is valid");
	id
}

fn new_class<T: Config>(last: T::AccountId) -> SuggestionTarget<T::AccountId> {
	SuggestionTarget::New { name: class_name(), config: largest_config::<T>(last) }
}

/// A class with the largest schema active, into which `creator` is let last.
fn activate<T: Config>(creator: T::AccountId) -> ClassId
where
	T::Currency: Mutate<T::AccountId>,
{
	activate_with::<T>(creator, largest_schema(false))
}

fn activate_with<T: Config>(creator: T::AccountId, schema: SchemaDraft) -> ClassId
where
	T::Currency: Mutate<T::AccountId>,
{
	next_version::<T>(new_class::<T>(creator.clone()), schema);
	let class = NextClassId::<T>::get() - 1;
	Pallet::<T>::do_set_quota(class, creator, Some(u32::MAX)).expect("the class exists");
	class
}

fn next_version<T: Config>(target: SuggestionTarget<T::AccountId>, schema: SchemaDraft)
where
	T::Currency: Mutate<T::AccountId>,
{
	let suggestion = suggest::<T>(target, schema);
	Pallet::<T>::do_approve_schema(suggestion).expect("it is undecided");
	Pallet::<T>::do_activate_schema(suggestion).expect("it is approved");
}

/// Activates versions up to `last`, which carry everything on. The last one asks for references to the
/// same owner, which those before did not.
fn more_versions<T: Config>(class: ClassId, last: u32)
where
	T::Currency: Mutate<T::AccountId>,
{
	for version in 2..=last {
		let target = SuggestionTarget::Existing { class, base: (version - 1) as SchemaVersion };
		next_version::<T>(target, schema_with(true, true, version == last));
	}
}

/// Values with `u` unique, `i` indexed and as many references as `targets`, `b` bytes long as far as
/// that goes. `seed` makes them unlike those of other seeds.
fn values(b: u32, u: u32, i: u32, targets: &[EntityId], seed: u8) -> EntityValues {
	let mut list = Vec::new();
	let texts = (0..u).chain(MAX_UNIQUE..MAX_UNIQUE + i);
	for id in texts {
		let text = Scalar::Text(bytes(b'a' + seed, 64));
		list.push((id as PropertyId, Value::Single(text)));
	}
	if !targets.is_empty() {
		let items = targets.iter().map(|target| Scalar::Reference(*target)).collect::<Vec<_>>();
		let items: ListItems = items.try_into().expect("64 references");
		list.push((REFERENCES, Value::List(items)));
	}
	let mut values = EntityValues(list.try_into().expect("fewer than 64 values"));
	for id in FILLERS {
		// Id, two variants and the length's prefix.
		let left = (b as usize).saturating_sub(values.encoded_size() + 6);
		if left == 0 {
			break;
		}
		let filler: ByteString = bytes(seed, left.min(MAX_STRING_BYTES as usize));
		let value = Value::Single(Scalar::Bytes(filler));
		values.0.try_push((id, value)).expect("fewer than 64 values");
	}
	assert!(values.encoded_size() <= MAX_ENTITY_BYTES as usize);
	values
}

fn create<T: Config>(owner: &T::AccountId, class: ClassId, values: EntityValues) -> EntityId {
	let serial = Stats::<T>::get(class).next_serial;
	Pallet::<T>::do_create_entity(owner.clone(), class, 1, values, true)
		.expect("the entity is valid");
	EntityId { class, serial }
}

/// `count` entities of `class`, as large as may be, of another owner, for others to refer to.
fn targets<T: Config>(class: ClassId, count: u32) -> Vec<EntityId>
where
	T::Currency: Mutate<T::AccountId>,
{
	targets_of::<T>(&funded::<T>("target", 0), class, count)
}

fn targets_of<T: Config>(owner: &T::AccountId, class: ClassId, count: u32) -> Vec<EntityId> {
	let config = Classes::<T>::get(class).expect("the class exists").config;
	let open = ClassConfig { creation: CreationPolicy::Anyone, ..config.clone() };
	Pallet::<T>::do_update_class(class, open).expect("the class exists");
	let targets = (0..count)
		.map(|_| create::<T>(owner, class, values(MAX_ENTITY_BYTES, 0, 0, &[], 0)))
		.collect();
	Pallet::<T>::do_update_class(class, config).expect("the class exists");
	targets
}

fn changes(old: &EntityValues, new: &EntityValues) -> ValueChanges {
	let cleared = old.iter().filter(|(id, _)| new.value(*id).is_none()).map(|(id, _)| (*id, None));
	let set = new.iter().map(|(id, value)| (*id, Some(value.clone())));
	cleared.chain(set).collect::<Vec<_>>().try_into().expect("fewer than 64 changes")
}

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
	fn create_entity(
		b: Linear<0, MAX_ENTITY_BYTES>,
		u: Linear<0, MAX_UNIQUE>,
		i: Linear<0, MAX_INDEXED>,
		r: Linear<0, MAX_REFERENCES>,
	) {
		let caller = funded::<T>("caller", 0);
		let class = activate::<T>(caller.clone());
		let targets = targets::<T>(class, r);
		let values = values(b, u, i, &targets, 1);
		let before = Stats::<T>::get(class).entities;
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), class, 1, values, true);
		assert_eq!(Stats::<T>::get(class).entities, before + 1);
	}

	#[benchmark]
	fn update_entity(
		b: Linear<0, MAX_ENTITY_BYTES>,
		u: Linear<0, MAX_UNIQUE>,
		i: Linear<0, MAX_INDEXED>,
		r: Linear<0, MAX_REFERENCES>,
	) -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller", 0);
		let class = activate::<T>(caller.clone());
		let targets = targets::<T>(class, 2 * r);
		let (old_targets, new_targets) = targets.split_at(r as usize);
		let old = values(b, u, i, old_targets, 1);
		let new = values(b, u, i, new_targets, 2);
		let changes = changes(&old, &new);
		let id = create::<T>(&caller, class, old);
		let offered: T::AccountId = account("taker", 0, 0);
		Pallet::<T>::do_offer_transfer(caller.clone(), id, Some(offered))?;
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, changes);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.values), Some(new));
		Ok(())
	}

	#[benchmark]
	fn remove_entity(
		b: Linear<0, MAX_ENTITY_BYTES>,
		u: Linear<0, MAX_UNIQUE>,
		i: Linear<0, MAX_INDEXED>,
		r: Linear<0, MAX_REFERENCES>,
	) -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller", 0);
		let class = activate::<T>(caller.clone());
		let targets = targets::<T>(class, r);
		let id = create::<T>(&caller, class, values(b, u, i, &targets, 1));
		let offered: T::AccountId = account("taker", 0, 0);
		Pallet::<T>::do_offer_transfer(caller.clone(), id, Some(offered))?;
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id);
		assert!(Pallet::<T>::get_entity(id).is_none());
		Ok(())
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
	fn accept_transfer(
		b: Linear<0, MAX_ENTITY_BYTES>,
		r: Linear<0, MAX_REFERENCES>,
	) -> Result<(), BenchmarkError> {
		let giver = funded::<T>("giver", 0);
		let taker = funded::<T>("taker", 0);
		let class = activate::<T>(giver.clone());
		let targets = targets::<T>(class, r);
		let id = create::<T>(&giver, class, values(b, 0, 0, &targets, 1));
		Pallet::<T>::do_update_class(class, largest_config::<T>(taker.clone()))?;
		Pallet::<T>::do_offer_transfer(giver, id, Some(taker.clone()))?;
		#[extrinsic_call]
		_(RawOrigin::Signed(taker.clone()), id, BalanceOf::<T>::max_value());
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.owner), Some(taker));
		Ok(())
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
	fn migrate_entity(
		b: Linear<0, MAX_ENTITY_BYTES>,
		u: Linear<0, MAX_UNIQUE>,
		i: Linear<0, MAX_INDEXED>,
		r: Linear<0, MAX_REFERENCES>,
		s: Linear<1, { MAX_MIGRATION_STEPS as u32 }>,
	) -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller", 0);
		let class = activate::<T>(caller.clone());
		let targets = targets_of::<T>(&caller, class, r);
		let id = create::<T>(&caller, class, values(b, u, i, &targets, 1));
		more_versions::<T>(class, s + 1);
		let offered: T::AccountId = account("taker", 0, 0);
		Pallet::<T>::do_offer_transfer(caller.clone(), id, Some(offered))?;
		let version = (s + 1) as SchemaVersion;
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, version, Default::default(), None);
		assert_eq!(Pallet::<T>::get_entity(id).map(|entity| entity.version), Some(version));
		Ok(())
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

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
