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
use frame_support::traits::{
	fungible::{Inspect, Mutate},
	EnsureOrigin, Get,
};
use frame_system::RawOrigin;
use rome_primitives::content::{
	limits::*, ByteString, Carry, Category, ClassConfig, ClassId, ClassStatus, CreationPolicy,
	DraftProperty, EntityId, EntityValues, ListItems, Name, Property, PropertyId, PropertyType,
	Rule, Scalar, ScalarType, SchemaDraft, SuggestionId, SuggestionTarget, Value, ValueChanges,
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

/// A schema as large as one may be. `carried` gives every property's identity to the one before.
fn largest_schema(carried: bool) -> SchemaDraft {
	let mut properties = Vec::new();
	for position in 0..MAX_PROPERTIES {
		let id = position as PropertyId;
		let kind = if id < REFERENCES {
			PropertyType::Single(ScalarType::Text { max_length: 64 })
		} else if id == REFERENCES {
			let item = ScalarType::Reference { class: None, same_owner: false };
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
			unique: position < MAX_UNIQUE,
			indexed: (MAX_UNIQUE..MAX_UNIQUE + MAX_INDEXED).contains(&position),
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
	let suggestion = suggest::<T>(new_class::<T>(creator.clone()), largest_schema(false));
	Pallet::<T>::do_approve_schema(suggestion).expect("it is undecided");
	Pallet::<T>::do_activate_schema(suggestion).expect("it is approved");
	let class = NextClassId::<T>::get() - 1;
	Pallet::<T>::do_set_quota(class, creator, Some(u32::MAX)).expect("the class exists");
	class
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

/// `count` entities of `class`, as large as may be, of another owner, for others to refer to. Each is
/// referred to by someone already, as the most written of them are.
fn targets<T: Config>(class: ClassId, count: u32) -> Vec<EntityId>
where
	T::Currency: Mutate<T::AccountId>,
{
	let owner = funded::<T>("target", 0);
	let config = Classes::<T>::get(class).expect("the class exists").config;
	let open = ClassConfig { creation: CreationPolicy::Anyone, ..config.clone() };
	Pallet::<T>::do_update_class(class, open).expect("the class exists");
	let targets = (0..count)
		.map(|_| create::<T>(&owner, class, values(MAX_ENTITY_BYTES, 0, 0, &[], 0)))
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
		// The next version of a class writes more than a new class does: it supersedes one as large.
		let class = activate::<T>(account("last", 0, 0));
		let target = SuggestionTarget::Existing { class, base: 1 };
		let id = suggest::<T>(target, largest_schema(true));
		Pallet::<T>::do_approve_schema(id)?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);
		assert_eq!(Classes::<T>::get(class).and_then(|class| class.active_version), Some(2));
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

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
