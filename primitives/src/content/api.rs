//! The runtime API of the content directory: everything can be read through it, with no indexer.
//!
//! Lists come in pages: give `after` the `next` of the page before, and at most
//! [`MAX_PAGE`](super::limits::MAX_PAGE) entries come back, however large `limit` is.
//!
//! Parameters are in the metadata by name, and clients generate code with these names: none may be a
//! reserved word of a language that has such clients (`class` is one of TypeScript's).

use super::{
	select::{Plan, Position, Select, SelectError},
	Build, Category, Class, ClassId, ClassStats, CuratorGroup, CuratorGroupId, Entity, EntityId,
	EntityValues, ObjectHash, PropertyId, Scalar, Schema, SchemaVersion, Suggestion, SuggestionId,
	SuggestionStatus, SuggestionTally, Sweep, Visibility,
};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use scale_info::TypeInfo;

/// A class as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ClassView<AccountId> {
	/// Its number.
	pub id: ClassId,
	/// Its name, settings and versions.
	pub class: Class<AccountId>,
	/// Its counts.
	pub stats: ClassStats,
}

/// An entity as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct EntityView<AccountId, Balance> {
	/// Its id.
	pub id: EntityId,
	/// What is stored.
	pub entity: Entity<AccountId, Balance>,
	/// To whom its owner offers it.
	pub offered_to: Option<AccountId>,
	/// References to it from entities of its own owner: they keep it from being removed.
	pub own_references: u32,
	/// Whether entities of other owners refer to it: they keep it from being removed while it is
	/// referenceable.
	pub foreign_references: bool,
	/// Those of its references whose targets have been removed.
	pub removed_references: Vec<EntityId>,
	/// Those of its stored objects that are kept no longer, because nobody renewed the owner's pin.
	pub expired_objects: Vec<ObjectHash>,
}

/// How far an entity could be read as a version.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum Reading {
	/// The values are what the version makes of it.
	#[codec(index = 0)]
	Complete,
	/// These properties have to be supplied before it can be migrated; they have no value here.
	#[codec(index = 1)]
	Asks(Vec<PropertyId>),
	/// It is stored as a later version than asked for, and there are no values here.
	#[codec(index = 2)]
	Later,
}

/// An entity read as one version, whichever it is stored as.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct EntityAs<AccountId> {
	/// Its id.
	pub id: EntityId,
	/// The version that it is stored as.
	pub stored: SchemaVersion,
	/// The version that it is read as.
	pub version: SchemaVersion,
	/// How far that went.
	pub reading: Reading,
	/// The values under that version.
	pub values: EntityValues,
	/// Who may change it.
	pub owner: AccountId,
	/// Whether entities of other owners may refer to it.
	pub referenceable: bool,
	/// How far it is seen and changed.
	pub visibility: Visibility,
	/// Those of the references in `values` whose targets have been removed.
	pub removed_references: Vec<EntityId>,
	/// Those of the stored objects in `values` that are kept no longer, because nobody renewed the owner's
	/// pin.
	pub expired_objects: Vec<ObjectHash>,
}

/// Why nothing can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum ReadError {
	/// There is no such entity.
	#[codec(index = 0)]
	EntityNotFound,
	/// The class has no such version.
	#[codec(index = 1)]
	SchemaNotFound,
	/// It is stored as a later version than asked for.
	#[codec(index = 2)]
	StoredLater,
	/// More than [`MAX_MIGRATION_STEPS`](super::limits::MAX_MIGRATION_STEPS) versions lie between.
	#[codec(index = 3)]
	TooManySteps,
}

/// A curator group as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct CuratorGroupView<AccountId> {
	/// Its number.
	pub id: CuratorGroupId,
	/// What is stored.
	pub group: CuratorGroup<AccountId>,
}

/// What goes on in a class besides calls.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Maintenance {
	/// Entries that older entities are being given.
	pub build: Option<Build>,
	/// The migration of its entities.
	pub sweep: Option<Sweep>,
}

/// A suggestion as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct SuggestionView<AccountId, Balance> {
	/// Its number.
	pub id: SuggestionId,
	/// What is stored.
	pub suggestion: Suggestion<AccountId, Balance>,
}

/// A schema version as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct SchemaView {
	/// The class.
	pub class: ClassId,
	/// The version.
	pub version: SchemaVersion,
	/// The schema.
	pub schema: Schema,
	/// Entities stored with it.
	pub entities: u32,
}

/// Part of a list.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Page<Item, Cursor> {
	/// The entries.
	pub items: Vec<Item>,
	/// What to give as `after` for the next page; `None` if this was the last.
	pub next: Option<Cursor>,
}

sp_api::decl_runtime_apis! {
	/// Reads the content directory.
	pub trait ContentDirectoryApi<AccountId, Balance>
	where
		AccountId: Codec,
		Balance: Codec,
	{
		/// The classes, in order of number.
		fn classes(after: Option<ClassId>, limit: u32) -> Page<ClassView<AccountId>, ClassId>;

		/// The class called `name`.
		fn class_by_name(name: Vec<u8>) -> Option<ClassView<AccountId>>;

		/// One version of a class's schema.
		fn schema(class_id: ClassId, version: SchemaVersion) -> Option<SchemaView>;

		/// The versions of a class's schema, in order.
		fn schemas(
			class_id: ClassId,
			after: Option<SchemaVersion>,
			limit: u32,
		) -> Page<SchemaView, SchemaVersion>;

		/// One suggestion.
		fn suggestion(id: SuggestionId) -> Option<SuggestionView<AccountId, Balance>>;

		/// The open suggestions of a category and status, in order of number. A page may hold fewer than
		/// `limit` and still have a next one.
		fn suggestions(
			category: Option<Category>,
			status: Option<SuggestionStatus>,
			after: Option<SuggestionId>,
			limit: u32,
		) -> Page<SuggestionView<AccountId, Balance>, SuggestionId>;

		/// What became of all suggestions, by category.
		fn suggestion_tallies() -> Vec<(Category, SuggestionTally)>;

		/// One entity.
		fn entity(id: EntityId) -> Option<EntityView<AccountId, Balance>>;

		/// One entity, read as `version`: that which it is stored as or a later one.
		fn entity_as(id: EntityId, version: SchemaVersion) -> Result<EntityAs<AccountId>, ReadError>;

		/// A class's entities in order of id, all read as `version`, whichever they are stored as.
		fn entities_as(
			class_id: ClassId,
			version: SchemaVersion,
			after: Option<EntityId>,
			limit: u32,
		) -> Result<Page<EntityAs<AccountId>, EntityId>, ReadError>;

		/// A class's entities that ask for something before they become `version`, in order of id. A page
		/// may hold fewer than `limit` and still have a next one.
		fn entities_asking(
			class_id: ClassId,
			version: SchemaVersion,
			after: Option<EntityId>,
			limit: u32,
		) -> Result<Page<EntityAs<AccountId>, EntityId>, ReadError>;

		/// The curator groups, in order of number.
		fn curator_groups(
			after: Option<CuratorGroupId>,
			limit: u32,
		) -> Page<CuratorGroupView<AccountId>, CuratorGroupId>;

		/// What goes on in a class besides calls.
		fn maintenance(class_id: ClassId) -> Maintenance;

		/// A class's entities, in order of id.
		fn entities(
			class_id: ClassId,
			after: Option<EntityId>,
			limit: u32,
		) -> Page<EntityView<AccountId, Balance>, EntityId>;

		/// An account's entities, of one class or of all, in order of id.
		fn entities_of(
			owner: AccountId,
			class_id: Option<ClassId>,
			after: Option<EntityId>,
			limit: u32,
		) -> Page<EntityView<AccountId, Balance>, EntityId>;

		/// The entity that holds `value` in a unique property.
		fn entity_by_unique(
			class_id: ClassId,
			property: PropertyId,
			value: Scalar,
		) -> Option<EntityView<AccountId, Balance>>;

		/// The entities that hold `value` in an indexed property, in order of id. A page may hold fewer
		/// than `limit` and still have a next one.
		fn entities_by_index(
			class_id: ClassId,
			property: PropertyId,
			value: Scalar,
			after: Option<EntityId>,
			limit: u32,
		) -> Page<EntityView<AccountId, Balance>, EntityId>;

		/// How many entities an account owns in a class, and how many it may own; `None` for no limit.
		fn quota(class_id: ClassId, account: AccountId) -> (u32, Option<u32>);

		/// The entities that a query wants, all read as one version. A page may hold fewer than the query's
		/// limit and still have a next one. Entities that cannot be read as that version are left out.
		fn select(query: Select) -> Result<Page<EntityAs<AccountId>, Position>, SelectError>;

		/// How `select` would find them.
		fn explain_select(query: Select) -> Result<Plan, SelectError>;
	}
}
