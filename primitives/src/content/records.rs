//! Records: what the directory keeps about classes, entities and suggestions.

use super::{
	limits::{
		MAX_ALLOWED_CREATORS, MAX_CREATOR_GROUPS, MAX_CURATED_CLASSES, MAX_CURATORS,
		MAX_LIVE_VERSIONS, MAX_PROPERTIES,
	},
	ClassId, CuratorGroupId, Description, EntityValues, Name, PropertyId, SchemaDraft,
	SchemaVersion,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// What a class is about, for people who look for something.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Category {
	/// Moving pictures.
	#[codec(index = 0)]
	Video,
	/// Sound and music.
	#[codec(index = 1)]
	Audio,
	/// Books, articles and other texts.
	#[codec(index = 2)]
	WrittenMedia,
	/// Still pictures.
	#[codec(index = 3)]
	Image,
	/// People.
	#[codec(index = 4)]
	Person,
	/// Organizations.
	#[codec(index = 5)]
	Organization,
	/// Series, albums, play lists.
	#[codec(index = 6)]
	Collection,
	/// Requests for help.
	#[codec(index = 7)]
	Help,
	/// Anything else.
	#[codec(index = 8)]
	Other,
}

impl Category {
	/// Every category, in order.
	pub const ALL: [Self; 9] = [
		Self::Video,
		Self::Audio,
		Self::WrittenMedia,
		Self::Image,
		Self::Person,
		Self::Organization,
		Self::Collection,
		Self::Help,
		Self::Other,
	];
}

/// Who may create entities of a class.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum CreationPolicy<AccountId> {
	/// Everyone.
	#[codec(index = 0)]
	Anyone,
	/// The accounts listed.
	#[codec(index = 1)]
	Allowed(BoundedVec<AccountId, ConstU32<MAX_ALLOWED_CREATORS>>),
	/// The members of these curator groups, while they are active.
	#[codec(index = 2)]
	Curators(BoundedVec<CuratorGroupId, ConstU32<MAX_CREATOR_GROUPS>>),
}

impl<AccountId> CreationPolicy<AccountId> {
	/// How many curator groups have to be looked at to tell whether someone may.
	pub fn groups(&self) -> u32 {
		match self {
			Self::Anyone | Self::Allowed(_) => 0,
			Self::Curators(groups) => groups.len() as u32,
		}
	}
}

/// What can be said and changed about a class besides its schemas.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ClassConfig<AccountId> {
	/// What the class is for.
	pub description: Description,
	/// What it is about.
	pub category: Category,
	/// Who may create entities.
	pub creation: CreationPolicy<AccountId>,
	/// Most entities that the class may have; `None` for no limit.
	pub max_entities: Option<u32>,
	/// Most entities that one account may own, where no quota of its own is set; `None` for no limit.
	pub default_quota: Option<u32>,
	/// Whether free-form documents (version 0) may be created in it.
	pub free_form: bool,
}

/// Whether a class takes entities.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ClassStatus {
	/// Entities are created, changed and handed over.
	#[codec(index = 0)]
	Open,
	/// For the time being no entity is created, changed or handed over; reading, offering and removing
	/// go on.
	#[codec(index = 1)]
	Paused,
	/// No new entities; those that exist are still changed, handed over and removed.
	#[codec(index = 2)]
	Retired,
}

/// A class: a table of the directory.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Class<AccountId> {
	/// Its name, unlike every other class's.
	pub name: Name,
	/// What its administration may change.
	pub config: ClassConfig<AccountId>,
	/// Whether it takes entities.
	pub status: ClassStatus,
	/// The version with which entities are created.
	pub active_version: Option<SchemaVersion>,
	/// The newest version, active or not.
	pub latest_version: SchemaVersion,
	/// The id that the next new property takes.
	pub next_property: PropertyId,
}

/// What changes in a class with every entity that comes or goes.
#[derive(
	Clone,
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
pub struct ClassStats {
	/// The number that the next entity takes.
	pub next_serial: u32,
	/// Entities stored.
	pub entities: u32,
	/// Entities stored, by version. Holds every version that is not retired, and 0 once there was a
	/// free-form document.
	pub by_version: BoundedVec<(SchemaVersion, u32), ConstU32<MAX_LIVE_VERSIONS>>,
}

/// How far an entity is seen and changed.
#[derive(
	Clone,
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
pub enum Visibility {
	/// Seen by everyone, changed by its owner.
	#[codec(index = 0)]
	#[default]
	Visible,
	/// Clients show it to nobody but its owner, who may change it.
	#[codec(index = 1)]
	Hidden {
		/// The group whose member decided it.
		group: CuratorGroupId,
		/// Why, for people, in UTF-8.
		reason: Description,
	},
	/// Seen by everyone, but its owner can neither change nor remove it nor hand it over.
	#[codec(index = 2)]
	Frozen {
		/// The group whose member decided it.
		group: CuratorGroupId,
		/// Why, for people, in UTF-8.
		reason: Description,
	},
}

/// What a curator does about an entity.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Moderation {
	/// Makes it visible again.
	#[codec(index = 0)]
	Show,
	/// Hides it.
	#[codec(index = 1)]
	Hide,
	/// Freezes it.
	#[codec(index = 2)]
	Freeze,
}

/// People who look after the entities of some classes.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct CuratorGroup<AccountId> {
	/// What it is called, for people, in UTF-8.
	pub name: Description,
	/// Its members.
	pub members: BoundedVec<AccountId, ConstU32<MAX_CURATORS>>,
	/// The classes that it looks after.
	pub classes: BoundedVec<ClassId, ConstU32<MAX_CURATED_CLASSES>>,
	/// Whether its members may act.
	pub active: bool,
}

/// The work of giving older entities the entries of properties that became unique or indexed. One for a
/// class; `next` goes from 0 to `end`.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Build {
	/// The properties.
	pub properties: BoundedVec<PropertyId, ConstU32<MAX_PROPERTIES>>,
	/// Serial number of the entity that is looked at next. Those before have their entries.
	pub next: u32,
	/// Serial number of the first entity that came with its entries.
	pub end: u32,
}

/// The migration of a class's entities to `version`, in order of id. One for a class.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Sweep {
	/// The version that entities become.
	pub version: SchemaVersion,
	/// Serial number of the entity that is looked at next.
	pub next: u32,
	/// Serial number of the first entity that came after the sweep began.
	pub end: u32,
	/// Entities moved.
	pub moved: u32,
	/// Entities that ask for something, and stayed.
	pub asking: u32,
}

/// An entity: a row of its class's table.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Entity<AccountId, Balance> {
	/// The schema version that its values fit.
	pub version: SchemaVersion,
	/// Who may change it.
	pub owner: AccountId,
	/// Whether entities of other owners may refer to it, and so keep it from being removed.
	pub referenceable: bool,
	/// How far it is seen and changed.
	pub visibility: Visibility,
	/// What is held from its owner for it.
	pub deposit: Balance,
	/// Its values.
	pub values: EntityValues,
}

/// What a suggested schema is for.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum SuggestionTarget<AccountId> {
	/// A class that exists.
	#[codec(index = 0)]
	Existing {
		/// The class.
		class: ClassId,
		/// The class's newest version when this was suggested, from which the rules start. A suggestion
		/// that another one has overtaken cannot be activated.
		base: SchemaVersion,
	},
	/// A class that comes to be when the schema is activated.
	#[codec(index = 1)]
	New {
		/// The class's name.
		name: Name,
		/// The class's settings.
		config: ClassConfig<AccountId>,
	},
}

/// Where a suggestion stands. One that is rejected, withdrawn or activated is no longer stored.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum SuggestionStatus {
	/// Waiting for the council.
	#[codec(index = 0)]
	Suggested,
	/// Approved, waiting for activation.
	#[codec(index = 1)]
	Approved,
}

/// A suggested schema.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Suggestion<AccountId, Balance> {
	/// Who suggested it.
	pub proposer: AccountId,
	/// What is held from its proposer until the decision.
	pub deposit: Balance,
	/// Where it stands.
	pub status: SuggestionStatus,
	/// Accounts that endorse it.
	pub endorsers: u32,
	/// What they have put up for it, in all.
	pub endorsed: Balance,
	/// What it is for.
	pub target: SuggestionTarget<AccountId>,
	/// The category of the class that it is for.
	pub category: Category,
	/// The schema.
	pub schema: SchemaDraft,
}

/// What became of the suggestions of one category since the chain began.
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
pub struct SuggestionTally {
	/// Suggested.
	pub suggested: u32,
	/// Approved by the council.
	pub approved: u32,
	/// Rejected by the council.
	pub rejected: u32,
	/// Withdrawn by their proposers.
	pub withdrawn: u32,
	/// Activated.
	pub activated: u32,
}
