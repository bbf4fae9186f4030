//! Types of the pallet's own: keys, counts, and what they cost.

use crate::{Config, WeightInfo};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::fungible::{Credit, Inspect},
	weights::Weight,
};
use rome_primitives::content::{
	limits::{
		MAX_CREATOR_GROUPS, MAX_ENTITY_BYTES, MAX_INDEXED, MAX_MIGRATION_STEPS, MAX_OBJECTS,
		MAX_REFERENCES, MAX_UNIQUE,
	},
	DataObjects, EntityId, EntityValues, Operation, Schema,
};
use scale_info::TypeInfo;

/// Amounts of the currency.
pub type BalanceOf<T> =
	<<T as Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;

/// One step of a batch.
pub type OperationOf<T> = Operation<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

/// Funds taken from someone and not yet given to anyone.
pub type CreditOf<T> = Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;

/// An entity's serial number, most significant byte first, so that keys sort as numbers do.
pub type SerialKey = [u8; 4];

/// An entity's id as class and serial number, most significant byte first.
pub type EntityKey = [u8; 8];

/// Hash of class, property and unique value.
pub type UniqueKey = [u8; 32];

/// `id` as a key that sorts as ids do.
pub fn entity_key(id: EntityId) -> EntityKey {
	((u64::from(id.class) << 32) | u64::from(id.serial)).to_be_bytes()
}

/// The id of which `key` is the key.
pub fn entity_of_key(key: EntityKey) -> EntityId {
	let joined = u64::from_be_bytes(key);
	EntityId { class: (joined >> 32) as u32, serial: (joined & u64::from(u32::MAX)) as u32 }
}

/// What an account has of a class.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Holding {
	/// Entities that it owns.
	pub entities: u32,
	/// Entities that it may own; `None` is the class's default.
	pub quota: Option<u32>,
}

/// How often one account's entities refer to an entity.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ReferenceCount {
	/// In all.
	pub total: u32,
	/// Through properties that ask for the same owner.
	pub same_owner: u32,
}

/// How much of everything a set of values has: what deposits and weights follow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ValueCounts {
	/// Encoded size, in bytes.
	pub bytes: u32,
	/// Unique entries.
	pub unique: u32,
	/// Index entries.
	pub indexed: u32,
	/// References.
	pub references: u32,
	/// Stored objects.
	pub objects: u32,
	/// Curator groups that were looked at for whether the account may own it.
	pub groups: u32,
}

impl ValueCounts {
	/// The most that an entity can have.
	pub const MAX: Self = Self {
		bytes: MAX_ENTITY_BYTES,
		unique: MAX_UNIQUE,
		indexed: MAX_INDEXED,
		references: MAX_REFERENCES,
		objects: MAX_OBJECTS,
		groups: MAX_CREATOR_GROUPS,
	};

	/// What `values` have under `schema`. No groups: those are the class's.
	pub fn of(schema: &Schema, values: &EntityValues) -> Self {
		let (mut unique, mut indexed) = (0u32, 0u32);
		for (id, _) in values.iter() {
			if let Some(property) = schema.property(*id) {
				unique = unique.saturating_add(property.unique_entries.into());
				indexed = indexed.saturating_add(property.index_entries.into());
			}
		}
		Self { unique, indexed, groups: 0, ..Self::of_arguments(values) }
	}

	/// The most that `values` can have, when the schema is not known yet.
	pub fn of_arguments(values: &EntityValues) -> Self {
		let properties = values.len() as u32;
		// Values that exceed a limit are refused before anything is done with them.
		let at_most = |count: usize, limit: u32| (count as u32).min(limit);
		Self {
			bytes: at_most(values.encoded_size(), MAX_ENTITY_BYTES),
			unique: properties.min(MAX_UNIQUE),
			indexed: properties.min(MAX_INDEXED),
			references: at_most(values.references().count(), MAX_REFERENCES),
			objects: at_most(values.objects().count(), MAX_OBJECTS),
			groups: MAX_CREATOR_GROUPS,
		}
	}

	/// The larger of each count.
	pub fn max(self, other: Self) -> Self {
		Self {
			bytes: self.bytes.max(other.bytes),
			unique: self.unique.max(other.unique),
			indexed: self.indexed.max(other.indexed),
			references: self.references.max(other.references),
			objects: self.objects.max(other.objects),
			groups: self.groups.max(other.groups),
		}
	}

	fn objects_weight<T: Config>(&self) -> Weight {
		T::DataObjects::weight().saturating_mul(self.objects.into())
	}

	/// What the unique and indexed values and the references add, by the benchmarks of each.
	fn entries_weight(
		&self,
		of_unique: fn(u32) -> Weight,
		of_indexed: fn(u32) -> Weight,
		of_references: fn(u32) -> Weight,
	) -> Weight {
		over(of_unique, 0, self.unique)
			.saturating_add(over(of_indexed, 0, self.indexed))
			.saturating_add(over(of_references, 0, self.references))
	}
}

/// What `count` of something weighs more than `least` of it, by the benchmark of an otherwise small call.
fn over(benchmark: fn(u32) -> Weight, least: u32, count: u32) -> Weight {
	benchmark(count).saturating_sub(benchmark(least))
}

/// Weight of creating an entity.
pub fn create_weight<T: Config>(counts: &ValueCounts) -> Weight {
	T::WeightInfo::create_entity(counts.bytes)
		.saturating_add(counts.entries_weight(
			T::WeightInfo::create_entity_unique,
			T::WeightInfo::create_entity_indexed,
			T::WeightInfo::create_entity_references,
		))
		.saturating_add(T::WeightInfo::look_at_creator_groups(counts.groups))
		.saturating_add(counts.objects_weight::<T>())
}

/// Weight of replacing values: `counts` has the larger of each count before and after.
pub fn update_weight<T: Config>(counts: &ValueCounts) -> Weight {
	T::WeightInfo::update_entity(counts.bytes)
		.saturating_add(counts.entries_weight(
			T::WeightInfo::update_entity_unique,
			T::WeightInfo::update_entity_indexed,
			T::WeightInfo::update_entity_references,
		))
		.saturating_add(counts.objects_weight::<T>().saturating_mul(2))
}

/// Weight of removing an entity.
pub fn remove_weight<T: Config>(counts: &ValueCounts) -> Weight {
	T::WeightInfo::remove_entity(counts.bytes)
		.saturating_add(counts.entries_weight(
			T::WeightInfo::remove_entity_unique,
			T::WeightInfo::remove_entity_indexed,
			T::WeightInfo::remove_entity_references,
		))
		.saturating_add(counts.objects_weight::<T>())
}

/// Weight of moving an entity to a version that lies `steps` after its own: `counts` has the larger of each
/// count before and after.
pub fn migrate_weight<T: Config>(counts: &ValueCounts, steps: u32) -> Weight {
	T::WeightInfo::migrate_entity(counts.bytes)
		.saturating_add(counts.entries_weight(
			T::WeightInfo::migrate_entity_unique,
			T::WeightInfo::migrate_entity_indexed,
			T::WeightInfo::migrate_entity_references,
		))
		.saturating_add(over(T::WeightInfo::migrate_entity_steps, 1, steps))
		.saturating_add(counts.objects_weight::<T>().saturating_mul(2))
}

/// Most that moving any entity to any version weighs.
pub fn max_migrate_weight<T: Config>() -> Weight {
	migrate_weight::<T>(&ValueCounts::MAX, MAX_MIGRATION_STEPS.into())
}

/// Most that a batch weighs: what its operations weigh as calls.
pub fn transact_weight<T: Config>(operations: &[OperationOf<T>]) -> Weight {
	operations
		.iter()
		.map(operation_weight::<T>)
		.fold(T::WeightInfo::transact(), |sum, weight| sum.saturating_add(weight))
}

/// Most that one operation of a batch weighs.
pub fn operation_weight<T: Config>(operation: &OperationOf<T>) -> Weight {
	match operation {
		Operation::Create { values, .. } => create_weight::<T>(&ValueCounts::of_arguments(values)),
		Operation::Update { .. } => update_weight::<T>(&ValueCounts::MAX),
		Operation::Remove { .. } => remove_weight::<T>(&ValueCounts::MAX),
		Operation::OfferTransfer { .. } => T::WeightInfo::offer_transfer(),
		Operation::AcceptTransfer { .. } => accept_weight::<T>(&ValueCounts::MAX),
		Operation::SetReferenceable { .. } => T::WeightInfo::set_referenceable(),
		Operation::SetVisibility { .. } => T::WeightInfo::set_visibility(),
		Operation::Migrate { .. } => max_migrate_weight::<T>(),
	}
}

/// Weight of handing an entity over.
pub fn accept_weight<T: Config>(counts: &ValueCounts) -> Weight {
	T::WeightInfo::accept_transfer(counts.bytes)
		.saturating_add(over(T::WeightInfo::accept_transfer_references, 0, counts.references))
		.saturating_add(T::WeightInfo::look_at_creator_groups(counts.groups))
		.saturating_add(counts.objects_weight::<T>().saturating_mul(2))
}
