//! What the content directory asks of other parts, and what it tells them.

use super::{Category, ClassId, EntityId, ObjectHash, SchemaVersion};
use sp_runtime::{DispatchResult, Weight};

/// Stored objects, as far as entities use them. `()` stands for "no storage here": every object counts
/// as stored.
pub trait DataObjects<AccountId> {
	/// Counts one use of `object` by an entity of `owner`. Fails, changing nothing, if the object is not
	/// stored or `owner` has no pin on it.
	fn claim(owner: &AccountId, object: &ObjectHash) -> DispatchResult;

	/// Takes back one use that [`claim`](Self::claim) counted. Never fails: the entity goes in any case.
	fn release(owner: &AccountId, object: &ObjectHash);

	/// Whether `object` is still kept for `owner`: false once the pin that its entities use has run out. For
	/// reading only.
	fn is_available(owner: &AccountId, object: &ObjectHash) -> bool;

	/// Most that one `claim` or `release` costs.
	fn weight() -> Weight;

	/// Makes a later [`claim`](Self::claim) of `object` by `owner` succeed, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn make_claimable(_owner: &AccountId, _object: &ObjectHash) {}
}

impl<AccountId> DataObjects<AccountId> for () {
	fn claim(_: &AccountId, _: &ObjectHash) -> DispatchResult {
		Ok(())
	}

	fn release(_: &AccountId, _: &ObjectHash) {}

	fn is_available(_: &AccountId, _: &ObjectHash) -> bool {
		true
	}

	fn weight() -> Weight {
		Weight::zero()
	}
}

/// What entities hold, for those who pay for it. `()` stands for "no directory here".
pub trait EntityObjects<AccountId> {
	/// The owner of an entity that holds `object` and that everyone may see.
	fn owner_of_holding(entity: EntityId, object: &ObjectHash) -> Option<AccountId>;

	/// Most that asking once costs.
	fn weight() -> Weight;

	/// Makes an entity of `owner` that holds `object`, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn make_holding(owner: &AccountId, object: &ObjectHash) -> EntityId;
}

impl<AccountId> EntityObjects<AccountId> for () {
	fn owner_of_holding(_: EntityId, _: &ObjectHash) -> Option<AccountId> {
		None
	}

	fn weight() -> Weight {
		Weight::zero()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn make_holding(_: &AccountId, _: &ObjectHash) -> EntityId {
		EntityId { class: 0, serial: 0 }
	}
}

/// Told when a schema version becomes active, for example to reward its proposer.
pub trait OnSchemaActivated<AccountId> {
	/// `proposer`'s schema is now version `version` of `class`.
	fn on_schema_activated(
		proposer: &AccountId,
		class: ClassId,
		version: SchemaVersion,
		category: Category,
	);

	/// Most that one call costs.
	fn weight() -> Weight;
}

impl<AccountId> OnSchemaActivated<AccountId> for () {
	fn on_schema_activated(_: &AccountId, _: ClassId, _: SchemaVersion, _: Category) {}

	fn weight() -> Weight {
		Weight::zero()
	}
}
