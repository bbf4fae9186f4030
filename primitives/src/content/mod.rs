//! The content directory's model: what a class, a schema and an entity are, and the pure rules that say
//! which values fit which schema.
//!
//! The pallet stores these types and applies these rules; the command line applies the same rules before
//! it sends anything. Their SCALE encoding is the chain's storage and call format: never reorder variants
//! or fields, never reuse a codec index.

pub mod api;
mod hooks;
mod index;
pub mod limits;
mod migration;
mod operations;
mod records;
mod schema;
pub mod select;
mod value;

pub use hooks::{DataObjects, EntityObjects, OnSchemaActivated};
pub use index::{index_key, IndexKey, INDEX_KEY_BYTES};
pub use migration::{scalar_text, Migrated, StateCheck};
pub use operations::{Operation, Operations, Target, CREATED};
pub use records::{
	Build, Category, Class, ClassConfig, ClassStats, ClassStatus, CreationPolicy, CuratorGroup,
	Entity, Moderation, Suggestion, SuggestionStatus, SuggestionTally, SuggestionTarget, Sweep,
	Visibility,
};
pub use schema::{
	Carry, Cast, CastTable, Description, DraftProperty, EnumVariants, Property, PropertyType, Rule,
	ScalarType, Schema, SchemaDraft, SchemaError, SchemaProperty, SchemaStatus, DOCUMENT,
};
pub use value::{
	ByteString, EntityValues, ListItems, Scalar, Value, ValueChange, ValueChanges, ValueError,
};

use alloc::string::{String, ToString};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// Number of a class, in the order in which classes came to be.
pub type ClassId = u32;

/// Number of a schema version within its class. Versions start at 1; 0 is free-form metadata that never
/// had a schema ([`Schema::free_form`]).
pub type SchemaVersion = u16;

/// A property's identity within its class. It stays with the property through every version that
/// carries it, renamed or not, and is never given to another.
pub type PropertyId = u16;

/// Number of a curator group, in the order in which groups came to be.
pub type CuratorGroupId = u32;

/// Number of a suggestion, in the order in which suggestions were made.
pub type SuggestionId = u32;

/// BLAKE3 hash of a stored object: its address.
pub type ObjectHash = [u8; 32];

/// A name: an ASCII letter, then letters, digits and underscores ([`is_name`]).
pub type Name = BoundedVec<u8, ConstU32<{ limits::MAX_NAME_BYTES }>>;

/// What one entity is called everywhere: its class and its number within that class.
///
/// Numbers are given out in order and never reused, so an id below the class's next number that is not
/// stored belonged to an entity that has been removed. Written `CLASS-SERIAL`, for example `3-17`.
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
pub struct EntityId {
	/// The class that the entity belongs to.
	pub class: ClassId,
	/// Its number within the class, starting at 0.
	pub serial: u32,
}

impl fmt::Display for EntityId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}-{}", self.class, self.serial)
	}
}

impl FromStr for EntityId {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let parsed = text.split_once('-').and_then(|(class, serial)| {
			Some(Self { class: class.parse().ok()?, serial: serial.parse().ok()? })
		});
		parsed.ok_or_else(|| {
			let mut message = "`".to_string();
			message.push_str(text);
			message.push_str("` is no entity id: write the class's number, a hyphen and the entry's number, for example 3-17");
			message
		})
	}
}

/// Whether `bytes` may name a class, a property or a variant of an enumeration's like: an ASCII letter,
/// then ASCII letters, digits and underscores, at most [`limits::MAX_NAME_BYTES`] in all.
pub fn is_name(bytes: &[u8]) -> bool {
	bytes.len() <= limits::MAX_NAME_BYTES as usize
		&& bytes.first().is_some_and(u8::is_ascii_alphabetic)
		&& bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

#[cfg(test)]
mod tests;
