//! What the benchmarks start from: schemas, groups, settings and entities as large as they may be.

use crate::{types::BalanceOf, Classes, Config, NextClassId, NextSuggestionId, Pallet, Stats};
use alloc::vec::Vec;
use codec::Encode;
use frame_benchmarking::{account, whitelist_account};
use frame_support::traits::fungible::{Inspect, Mutate};
use rome_primitives::content::{
	limits::*, ByteString, Carry, Category, ClassConfig, ClassId, CreationPolicy, CuratorGroup,
	DraftProperty, EntityId, EntityValues, ListItems, Name, Property, PropertyId, PropertyType,
	Rule, Scalar, ScalarType, SchemaDraft, SchemaVersion, SuggestionId, SuggestionTarget, Value,
	ValueChanges,
};
use sp_runtime::traits::{Bounded, Saturating};

/// Ids of the benchmark schema's properties: unique ones, then indexed ones, then these.
const REFERENCES: PropertyId = (MAX_UNIQUE + MAX_INDEXED) as PropertyId;
const FILLERS: [PropertyId; 3] = [REFERENCES + 1, REFERENCES + 2, REFERENCES + 3];

pub(super) fn bytes<const N: u32>(
	byte: u8,
	length: usize,
) -> frame_support::BoundedVec<u8, frame_support::traits::ConstU32<N>> {
	alloc::vec![byte; length].try_into().expect("callers stay within the bound")
}

pub(super) fn funded<T: Config>(name: &'static str, index: u32) -> T::AccountId
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
pub(super) fn largest_schema(carried: bool) -> SchemaDraft {
	schema_with(carried, true, false)
}

/// A schema as large as one may be. `carried` gives every property the identity of the one before;
/// `searchable` has the unique and indexed properties be so; `same_owner` is what references ask for.
pub(super) fn schema_with(carried: bool, searchable: bool, same_owner: bool) -> SchemaDraft {
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
pub(super) fn largest_group<T: Config>(
	last: T::AccountId,
	class: ClassId,
) -> CuratorGroup<T::AccountId> {
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

pub(super) fn largest_config<T: Config>(last: T::AccountId) -> ClassConfig<T::AccountId> {
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

pub(super) fn class_name() -> Name {
	bytes(b'c', MAX_NAME_BYTES as usize)
}

pub(super) fn suggest<T: Config>(
	target: SuggestionTarget<T::AccountId>,
	schema: SchemaDraft,
) -> SuggestionId
where
	T::Currency: Mutate<T::AccountId>,
{
	let id = NextSuggestionId::<T>::get();
	let proposer = funded::<T>("proposer", 0);
	Pallet::<T>::do_suggest_schema(proposer, target, schema).expect("the suggestion is valid");
	id
}

pub(super) fn new_class<T: Config>(last: T::AccountId) -> SuggestionTarget<T::AccountId> {
	SuggestionTarget::New { name: class_name(), config: largest_config::<T>(last) }
}

/// A class with the largest schema active, into which `creator` is let last.
pub(super) fn activate<T: Config>(creator: T::AccountId) -> ClassId
where
	T::Currency: Mutate<T::AccountId>,
{
	activate_with::<T>(creator, largest_schema(false))
}

pub(super) fn activate_with<T: Config>(creator: T::AccountId, schema: SchemaDraft) -> ClassId
where
	T::Currency: Mutate<T::AccountId>,
{
	next_version::<T>(new_class::<T>(creator.clone()), schema);
	let class = NextClassId::<T>::get() - 1;
	Pallet::<T>::do_set_quota(class, creator, Some(u32::MAX)).expect("the class exists");
	class
}

pub(super) fn next_version<T: Config>(target: SuggestionTarget<T::AccountId>, schema: SchemaDraft)
where
	T::Currency: Mutate<T::AccountId>,
{
	let suggestion = suggest::<T>(target, schema);
	Pallet::<T>::do_approve_schema(suggestion).expect("it is undecided");
	Pallet::<T>::do_activate_schema(suggestion).expect("it is approved");
}

/// Activates versions up to `last`, which carry everything on. The last one asks for references to the
/// same owner, which those before did not.
pub(super) fn more_versions<T: Config>(class: ClassId, last: u32)
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
pub(super) fn values(b: u32, u: u32, i: u32, targets: &[EntityId], seed: u8) -> EntityValues {
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

pub(super) fn create<T: Config>(
	owner: &T::AccountId,
	class: ClassId,
	values: EntityValues,
) -> EntityId {
	let serial = Stats::<T>::get(class).next_serial;
	Pallet::<T>::do_create_entity(owner.clone(), class, 1, values, true)
		.expect("the entity is valid");
	EntityId { class, serial }
}

/// `count` entities of `class`, as large as may be, of another owner, for others to refer to.
pub(super) fn targets<T: Config>(class: ClassId, count: u32) -> Vec<EntityId>
where
	T::Currency: Mutate<T::AccountId>,
{
	targets_of::<T>(&funded::<T>("target", 0), class, count)
}

pub(super) fn targets_of<T: Config>(
	owner: &T::AccountId,
	class: ClassId,
	count: u32,
) -> Vec<EntityId> {
	let config = Classes::<T>::get(class).expect("the class exists").config;
	let open = ClassConfig { creation: CreationPolicy::Anyone, ..config.clone() };
	Pallet::<T>::do_update_class(class, open).expect("the class exists");
	let targets = (0..count)
		.map(|_| create::<T>(owner, class, values(MAX_ENTITY_BYTES, 0, 0, &[], 0)))
		.collect();
	Pallet::<T>::do_update_class(class, config).expect("the class exists");
	targets
}

pub(super) fn changes(old: &EntityValues, new: &EntityValues) -> ValueChanges {
	let cleared = old.iter().filter(|(id, _)| new.value(*id).is_none()).map(|(id, _)| (*id, None));
	let set = new.iter().map(|(id, value)| (*id, Some(value.clone())));
	cleared.chain(set).collect::<Vec<_>>().try_into().expect("fewer than 64 changes")
}

/// An account, a class that lets it in, and values for an entity of it.
pub(super) fn to_create<T: Config>(
	b: u32,
	u: u32,
	i: u32,
	r: u32,
) -> (T::AccountId, ClassId, EntityValues)
where
	T::Currency: Mutate<T::AccountId>,
{
	let caller = funded::<T>("caller", 0);
	let class = activate::<T>(caller.clone());
	let targets = targets::<T>(class, r);
	(caller, class, values(b, u, i, &targets, 1))
}

/// The owner of an entity that is on offer to another, its new values, and the changes that lead there.
pub(super) fn to_update<T: Config>(
	b: u32,
	u: u32,
	i: u32,
	r: u32,
) -> (T::AccountId, EntityId, EntityValues, ValueChanges)
where
	T::Currency: Mutate<T::AccountId>,
{
	let caller = funded::<T>("caller", 0);
	let class = activate::<T>(caller.clone());
	let targets = targets::<T>(class, 2 * r);
	let (old_targets, new_targets) = targets.split_at(r as usize);
	let old = values(b, u, i, old_targets, 1);
	let new = values(b, u, i, new_targets, 2);
	let changes = changes(&old, &new);
	let id = create::<T>(&caller, class, old);
	offer::<T>(&caller, id, account("taker", 0, 0));
	(caller, id, new, changes)
}

/// The owner of an entity that is on offer to another.
pub(super) fn to_remove<T: Config>(b: u32, u: u32, i: u32, r: u32) -> (T::AccountId, EntityId)
where
	T::Currency: Mutate<T::AccountId>,
{
	let (caller, class, values) = to_create::<T>(b, u, i, r);
	let id = create::<T>(&caller, class, values);
	offer::<T>(&caller, id, account("taker", 0, 0));
	(caller, id)
}

/// An account that an entity is on offer to.
pub(super) fn to_accept<T: Config>(b: u32, r: u32) -> (T::AccountId, EntityId)
where
	T::Currency: Mutate<T::AccountId>,
{
	let taker = funded::<T>("taker", 0);
	let (giver, class, values) = to_create::<T>(b, 0, 0, r);
	let id = create::<T>(&giver, class, values);
	Pallet::<T>::do_update_class(class, largest_config::<T>(taker.clone()))
		.expect("the class exists");
	offer::<T>(&giver, id, taker.clone());
	(taker, id)
}

/// The owner of an entity that is on offer to another, and the version `s` steps after its own.
pub(super) fn to_migrate<T: Config>(
	b: u32,
	u: u32,
	i: u32,
	r: u32,
	s: u32,
) -> (T::AccountId, EntityId, SchemaVersion)
where
	T::Currency: Mutate<T::AccountId>,
{
	let caller = funded::<T>("caller", 0);
	let class = activate::<T>(caller.clone());
	// The last version asks that they be of the same owner.
	let targets = targets_of::<T>(&caller, class, r);
	let id = create::<T>(&caller, class, values(b, u, i, &targets, 1));
	more_versions::<T>(class, s + 1);
	offer::<T>(&caller, id, account("taker", 0, 0));
	(caller, id, (s + 1) as SchemaVersion)
}

fn offer<T: Config>(owner: &T::AccountId, id: EntityId, to: T::AccountId) {
	Pallet::<T>::do_offer_transfer(owner.clone(), id, Some(to)).expect("it is the owner's");
}

/// An account, a class with ten properties that lets anyone in, and values for all ten, of 64 bytes each, as
/// long as the attributes that others are measured with: `u` unique, `i` indexed, `r` references, the others
/// plain.
pub(super) fn ten_properties<T: Config>(
	u: u16,
	i: u16,
	r: u16,
) -> (T::AccountId, ClassId, EntityValues)
where
	T::Currency: Mutate<T::AccountId>,
{
	let caller = funded::<T>("caller", 0);
	// As in the benchmarks that it is compared with: the fee's payment reads and writes it in any case.
	whitelist_account!(caller);
	let config =
		ClassConfig { creation: CreationPolicy::Anyone, ..largest_config::<T>(caller.clone()) };
	let property = |id: PropertyId| Property {
		name: alloc::format!("property{id}").into_bytes().try_into().expect("9 bytes long"),
		description: bytes(b'd', 64),
		kind: PropertyType::Single(if id < r {
			ScalarType::Reference { class: None, same_owner: false }
		} else {
			ScalarType::Text { max_length: 64 }
		}),
		required: false,
		unique: (r..r + u).contains(&id),
		indexed: (r + u..r + u + i).contains(&id),
		locked: false,
	};
	let properties = (0..10)
		.map(|id| DraftProperty { property: property(id), rule: None })
		.collect::<Vec<_>>()
		.try_into()
		.expect("fewer than 64 properties");
	next_version::<T>(
		SuggestionTarget::New { name: class_name(), config },
		SchemaDraft { properties },
	);
	let class = NextClassId::<T>::get() - 1;
	let other = funded::<T>("target", 0);
	let target = create::<T>(&other, class, Default::default());
	let value = |id: PropertyId| {
		let scalar = if id < r { Scalar::Reference(target) } else { Scalar::Text(bytes(b'v', 64)) };
		(id, Value::Single(scalar))
	};
	let values = (0..10).map(value).collect::<Vec<_>>().try_into().expect("fewer than 64 values");
	(caller, class, EntityValues(values))
}
