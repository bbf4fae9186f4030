//! Why a call can fail.

use frame_support::pallet_macros::pallet_section;

/// Becomes part of the pallet.
#[pallet_section]
mod errors {
	/// Why a call changed nothing. Indices are never reused.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no class of this number.
		#[codec(index = 0)]
		ClassNotFound,
		/// A class of this name exists; suggest a new version of its schema instead.
		#[codec(index = 1)]
		ClassNameTaken,
		/// A class's name begins with a letter, followed by letters, digits and underscores.
		#[codec(index = 2)]
		BadClassName,
		/// A description is not UTF-8.
		#[codec(index = 3)]
		BadDescription,
		/// The class is paused: none of its entities is created, changed or handed over.
		#[codec(index = 4)]
		ClassPaused,
		/// The class is retired: it takes no new entities or schemas.
		#[codec(index = 5)]
		ClassRetired,
		/// The class has as many entities as it may.
		#[codec(index = 6)]
		ClassFull,
		/// The class does not let this account create or take over entities.
		#[codec(index = 7)]
		CreationNotAllowed,
		/// The account owns as many entities of this class as its quota allows.
		#[codec(index = 8)]
		QuotaReached,
		/// The class takes no free-form documents (version 0).
		#[codec(index = 9)]
		NoFreeForm,
		/// The class has no schema version of this number.
		#[codec(index = 10)]
		SchemaNotFound,
		/// Entities are created with the class's active version, which this one is not.
		#[codec(index = 11)]
		SchemaNotActive,
		/// The version is retired already.
		#[codec(index = 12)]
		SchemaAlreadyRetired,
		/// The version still has entities.
		#[codec(index = 13)]
		SchemaInUse,
		/// The class's oldest version lies as far behind as it may; retire it first.
		#[codec(index = 14)]
		TooManyLiveVersions,
		/// The class's entities are being migrated: cancel that first, or wait until it is done.
		#[codec(index = 15)]
		MigrationRunning,
		/// The class's entities are not being migrated.
		#[codec(index = 16)]
		MigrationNotRunning,
		/// The entity is stored as this version or a later one.
		#[codec(index = 17)]
		NotALaterVersion,
		/// There is no open suggestion of this number.
		#[codec(index = 20)]
		SuggestionNotFound,
		/// Only who made the suggestion may do this.
		#[codec(index = 21)]
		NotTheProposer,
		/// The suggestion is decided already.
		#[codec(index = 22)]
		SuggestionDecided,
		/// The council has not approved the suggestion.
		#[codec(index = 23)]
		SuggestionNotApproved,
		/// The class has a newer version than the one that the suggestion starts from.
		#[codec(index = 24)]
		SuggestionOutdated,
		/// The endorsement puts up less than it must.
		#[codec(index = 25)]
		EndorsementTooSmall,
		/// The account has not endorsed the suggestion.
		#[codec(index = 26)]
		EndorsementNotFound,
		/// While a suggestion is undecided, only the endorser takes the endorsement back.
		#[codec(index = 27)]
		NotTheEndorser,
		/// A schema needs at least one property.
		#[codec(index = 30)]
		SchemaEmpty,
		/// The schema is larger than the format allows.
		#[codec(index = 31)]
		SchemaTooLarge,
		/// A property's name begins with a letter, followed by letters, digits and underscores.
		#[codec(index = 32)]
		BadPropertyName,
		/// Two properties have the same name.
		#[codec(index = 33)]
		DuplicatePropertyName,
		/// A property's smallest value is above its largest.
		#[codec(index = 34)]
		EmptyRange,
		/// A decimal has more digits after the point than the format allows.
		#[codec(index = 35)]
		BadScale,
		/// A longest length or number of items is zero or above what the format allows.
		#[codec(index = 36)]
		BadLimit,
		/// An enumeration has no variants, an empty one, or one twice.
		#[codec(index = 37)]
		BadVariants,
		/// A list can be neither unique nor indexed.
		#[codec(index = 38)]
		ListNotSearchable,
		/// The schema has more unique properties than the format allows.
		#[codec(index = 39)]
		TooManyUnique,
		/// The schema has more indexed properties than the format allows.
		#[codec(index = 40)]
		TooManyIndexed,
		/// A property requires a reference to its own class, which the first entity could not have.
		#[codec(index = 41)]
		RequiresItself,
		/// A property carries one that the version before does not have, or that is carried already.
		#[codec(index = 42)]
		BadCarry,
		/// A carried property must stay of its kind, unique if it was, and indexed if it was.
		#[codec(index = 43)]
		CarryChangesProperty,
		/// There is no conversion between the types of a property and of the one that it is cast from.
		#[codec(index = 45)]
		BadCast,
		/// The table from texts to variants is missing, has a text twice or a variant that there is not, or
		/// does not belong here.
		#[codec(index = 46)]
		BadTable,
		/// A default does not fit its property, or belongs to a unique one, a reference or a stored object.
		#[codec(index = 47)]
		BadDefault,
		/// A rule in the first version of a class, which has nothing to start from.
		#[codec(index = 48)]
		RuleWithoutBase,
		/// The class has no property ids left.
		#[codec(index = 44)]
		PropertyIdsExhausted,
		/// There is no entity of this id.
		#[codec(index = 50)]
		EntityNotFound,
		/// Only the entity's owner may do this.
		#[codec(index = 51)]
		NotTheOwner,
		/// The schema has no such property.
		#[codec(index = 52)]
		UnknownProperty,
		/// A property is named twice.
		#[codec(index = 53)]
		DuplicateProperty,
		/// A required property has no value.
		#[codec(index = 54)]
		MissingRequired,
		/// A value is of another type than its property.
		#[codec(index = 55)]
		WrongType,
		/// A number is outside its property's range.
		#[codec(index = 56)]
		OutOfRange,
		/// A text or byte string is longer than its property allows.
		#[codec(index = 57)]
		TooLong,
		/// A text is not UTF-8.
		#[codec(index = 58)]
		NotUtf8,
		/// The enumeration has no such variant.
		#[codec(index = 59)]
		UnknownVariant,
		/// A list has more items than its property allows.
		#[codec(index = 60)]
		TooManyItems,
		/// A value was fixed when the entity was created.
		#[codec(index = 61)]
		Locked,
		/// The values are larger together than an entity may be.
		#[codec(index = 62)]
		EntityTooLarge,
		/// The values refer to more entities than they may.
		#[codec(index = 63)]
		TooManyReferences,
		/// The values name more stored objects than they may.
		#[codec(index = 64)]
		TooManyObjects,
		/// Another entity of the class holds this value of a unique property.
		#[codec(index = 65)]
		DuplicateUnique,
		/// A reference leads to an entity that does not exist.
		#[codec(index = 66)]
		DanglingReference,
		/// A reference leads to an entity of another class than its property says.
		#[codec(index = 67)]
		WrongReferenceClass,
		/// A reference must lead to an entity of the same owner.
		#[codec(index = 68)]
		ReferenceNotSameOwner,
		/// The owner of a reference's target has not made it referenceable.
		#[codec(index = 69)]
		NotReferenceable,
		/// An object is not stored, or the entity's owner has no pin on it.
		#[codec(index = 70)]
		ObjectNotPinned,
		/// Other entities refer to this one and keep it from being removed.
		#[codec(index = 71)]
		StillReferenced,
		/// References that must stay within one owner tie this entity to its owner.
		#[codec(index = 72)]
		BoundToOwner,
		/// The entity is not offered to this account.
		#[codec(index = 73)]
		NotOffered,
		/// An entity cannot be offered to its own owner.
		#[codec(index = 74)]
		AlreadyTheOwner,
		/// The deposit would be higher than the taker is willing to put up.
		#[codec(index = 75)]
		DepositTooHigh,
		/// A free-form document is not JSON.
		#[codec(index = 76)]
		NotJson,
		/// The migration asks for a property that is not supplied.
		#[codec(index = 77)]
		NotSupplied,
		/// A property is supplied that the migration does not ask for.
		#[codec(index = 78)]
		NotAsked,
		/// A curator has frozen the entity.
		#[codec(index = 79)]
		EntityFrozen,
		/// There is no curator group of this number.
		#[codec(index = 80)]
		CuratorGroupNotFound,
		/// The account is no member of the curator group, or the group is not active.
		#[codec(index = 81)]
		NotACurator,
		/// The curator group does not look after this class.
		#[codec(index = 82)]
		ClassNotCurated,
		/// What curators decide needs a reason.
		#[codec(index = 83)]
		ReasonMissing,
		/// An operation of a batch names an entity that no earlier one of it created.
		#[codec(index = 84)]
		NotCreated,
	}
}
