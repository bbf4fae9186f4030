//! How the formats' limits, the weights and the block relate. Checked once for every runtime.

use crate::{
	types::{
		accept_weight, create_weight, max_migrate_weight, remove_weight, update_weight, ValueCounts,
	},
	Config, Pallet,
};
use codec::MaxEncodedLen;
use frame_support::{dispatch::DispatchClass, traits::Get};
use rome_primitives::content::{
	limits::{
		MAX_ENTITY_BYTES, MAX_INDEXED, MAX_PROPERTIES, MAX_REFERENCES, MAX_SCHEMA_BYTES,
		MAX_STRING_BYTES, MAX_UNIQUE,
	},
	EntityId, SchemaDraft,
};

/// How many of the heaviest calls must fit a block together: one never keeps all others out.
const CALLS_PER_BLOCK: u64 = 10;

impl<T: Config> Pallet<T> {
	/// Panics, saying why, if this runtime's configuration cannot work.
	pub(crate) fn check_integrity() {
		assert!(
			MAX_UNIQUE.saturating_add(MAX_INDEXED) <= MAX_PROPERTIES,
			"a schema with all its searchable properties has too many properties"
		);
		let references = (EntityId::max_encoded_len() as u32).saturating_mul(MAX_REFERENCES);
		assert!(
			references <= MAX_ENTITY_BYTES && MAX_STRING_BYTES <= MAX_ENTITY_BYTES,
			"one value at its limit does not fit an entity"
		);

		let limits = T::BlockWeights::get();
		let normal = limits.get(DispatchClass::Normal);
		let most = normal.max_extrinsic.unwrap_or(limits.max_block);
		for (call, weight) in [
			("create_entity", create_weight::<T>(&ValueCounts::MAX)),
			("update_entity", update_weight::<T>(&ValueCounts::MAX)),
			("remove_entity", remove_weight::<T>(&ValueCounts::MAX)),
			("migrate_entity", max_migrate_weight::<T>()),
			("accept_transfer", accept_weight::<T>(&ValueCounts::MAX)),
		] {
			assert!(
				weight.saturating_mul(CALLS_PER_BLOCK).all_lte(most),
				"{call} at its limits takes too much of a block: {weight:?}"
			);
		}
		let longest = *T::BlockLength::get().max.get(DispatchClass::Normal);
		let bytes =
			MAX_SCHEMA_BYTES.max(MAX_ENTITY_BYTES).max(SchemaDraft::max_encoded_len() as u32);
		assert!(
			u64::from(bytes).saturating_mul(CALLS_PER_BLOCK) <= u64::from(longest),
			"a schema or an entity at its limit takes too much of a block's length"
		);
	}
}
