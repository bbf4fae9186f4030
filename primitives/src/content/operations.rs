//! Batches: several operations on entities in one call, of which all happen or none.

use super::{
	limits::MAX_OPERATIONS, ClassId, CuratorGroupId, Description, EntityId, EntityValues,
	Moderation, SchemaVersion, ValueChanges,
};
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// In the values of a batch, a reference to this class means an entity that the same batch creates: its
/// serial number is the position of the operation that does. No class ever has this number.
pub const CREATED: ClassId = ClassId::MAX;

/// The operations of a batch, in order.
pub type Operations<AccountId, Balance> =
	BoundedVec<Operation<AccountId, Balance>, ConstU32<MAX_OPERATIONS>>;

/// An entity that an operation is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Target {
	/// One that exists.
	#[codec(index = 0)]
	Entity(EntityId),
	/// The one that the operation at this position, earlier in the batch, creates.
	#[codec(index = 1)]
	Created(u32),
}

/// What one step of a batch does: the call of the same name.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Operation<AccountId, Balance> {
	/// Creates an entity.
	#[codec(index = 0)]
	Create {
		/// The class.
		class: ClassId,
		/// The version.
		version: SchemaVersion,
		/// Its values.
		values: EntityValues,
		/// Whether entities of others may refer to it.
		referenceable: bool,
	},
	/// Changes the properties named.
	#[codec(index = 1)]
	Update {
		/// The entity.
		entity: Target,
		/// The changes.
		changes: ValueChanges,
	},
	/// Removes an entity.
	#[codec(index = 2)]
	Remove {
		/// The entity.
		entity: Target,
	},
	/// Offers an entity to an account, or no longer to anyone.
	#[codec(index = 3)]
	OfferTransfer {
		/// The entity.
		entity: Target,
		/// To whom.
		to: Option<AccountId>,
	},
	/// Takes over an entity that is offered to the caller.
	#[codec(index = 4)]
	AcceptTransfer {
		/// The entity.
		entity: EntityId,
		/// Most that may be held for it.
		max_deposit: Balance,
	},
	/// Says whether entities of other owners may refer to it.
	#[codec(index = 5)]
	SetReferenceable {
		/// The entity.
		entity: Target,
		/// Whether they may.
		referenceable: bool,
	},
	/// Shows, hides or freezes an entity as a curator.
	#[codec(index = 6)]
	SetVisibility {
		/// The entity.
		entity: Target,
		/// The caller's curator group.
		group: CuratorGroupId,
		/// What to do.
		action: Moderation,
		/// Why.
		reason: Description,
	},
	/// Moves an entity to a later version.
	#[codec(index = 7)]
	Migrate {
		/// The entity.
		entity: Target,
		/// The version.
		version: SchemaVersion,
		/// The properties that the migration asks for.
		supplied: ValueChanges,
		/// The caller's curator group, if it is not the owner.
		group: Option<CuratorGroupId>,
	},
}
