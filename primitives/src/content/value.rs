//! Values: what an entity holds for a property.

use super::{
	limits::{MAX_ENTITY_BYTES, MAX_LIST_ITEMS, MAX_PROPERTIES, MAX_STRING_BYTES},
	EntityId, ObjectHash, PropertyId,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::ops::Deref;
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// A text's or byte string's bytes.
pub type ByteString = BoundedVec<u8, ConstU32<MAX_STRING_BYTES>>;

/// A list's items.
pub type ListItems = BoundedVec<Scalar, ConstU32<MAX_LIST_ITEMS>>;

/// A single value.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Scalar {
	/// True or false.
	#[codec(index = 0)]
	Bool(bool),
	/// A whole number.
	#[codec(index = 1)]
	Int(i64),
	/// A decimal number, multiplied by ten to the power of its type's scale.
	#[codec(index = 2)]
	Decimal(i64),
	/// A text, in UTF-8.
	#[codec(index = 3)]
	Text(ByteString),
	/// Bytes of any kind.
	#[codec(index = 4)]
	Bytes(ByteString),
	/// A hash, or another 32 bytes.
	#[codec(index = 5)]
	Hash32([u8; 32]),
	/// A moment: milliseconds since 1970-01-01T00:00:00Z, negative before.
	#[codec(index = 6)]
	Timestamp(i64),
	/// The number of an enumeration's variant, in the order of the type's definition.
	#[codec(index = 7)]
	Enum(u8),
	/// Another entity.
	#[codec(index = 8)]
	Reference(EntityId),
	/// A stored object.
	#[codec(index = 9)]
	DataObject(ObjectHash),
}

/// What an entity holds for one property.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Value {
	/// One value.
	#[codec(index = 0)]
	Single(Scalar),
	/// Several values of one type, in order.
	#[codec(index = 1)]
	List(ListItems),
}

impl Value {
	/// The single values in this one.
	pub fn scalars(&self) -> &[Scalar] {
		match self {
			Self::Single(scalar) => core::slice::from_ref(scalar),
			Self::List(items) => items,
		}
	}

	/// The value, if it is no list.
	pub fn single(&self) -> Option<&Scalar> {
		match self {
			Self::Single(scalar) => Some(scalar),
			Self::List(_) => None,
		}
	}
}

impl From<Scalar> for Value {
	fn from(scalar: Scalar) -> Self {
		Self::Single(scalar)
	}
}

/// An entity's values, by property.
///
/// Kept in ascending order of property and at most [`MAX_ENTITY_BYTES`] long by
/// [`Schema::check_values`](super::Schema::check_values), which every value passes on its way into
/// storage.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct EntityValues(pub BoundedVec<(PropertyId, Value), ConstU32<MAX_PROPERTIES>>);

/// The bound that the check keeps, which is far below what the types alone would allow.
impl MaxEncodedLen for EntityValues {
	fn max_encoded_len() -> usize {
		MAX_ENTITY_BYTES as usize
	}
}

impl Deref for EntityValues {
	type Target = [(PropertyId, Value)];

	fn deref(&self) -> &Self::Target {
		&self.0
	}
}

impl EntityValues {
	/// The value of `property`.
	pub fn value(&self, property: PropertyId) -> Option<&Value> {
		let position = self.0.binary_search_by_key(&property, |(id, _)| *id).ok()?;
		self.0.get(position).map(|(_, value)| value)
	}

	/// Puts the values in ascending order of property.
	pub fn sort(&mut self) {
		self.0.sort_by_key(|(property, _)| *property);
	}

	/// Every entity that the values refer to, once for each time.
	pub fn references(&self) -> impl Iterator<Item = (PropertyId, EntityId)> + '_ {
		self.iter().flat_map(|(property, value)| {
			value.scalars().iter().filter_map(move |scalar| match scalar {
				Scalar::Reference(target) => Some((*property, *target)),
				_ => None,
			})
		})
	}

	/// Every stored object that the values name, once for each time.
	pub fn objects(&self) -> impl Iterator<Item = ObjectHash> + '_ {
		self.iter().flat_map(|(_, value)| value.scalars()).filter_map(|scalar| match scalar {
			Scalar::DataObject(object) => Some(*object),
			_ => None,
		})
	}
}

/// Whether `document` is one JSON text (RFC 8259).
pub(super) fn is_json(document: &[u8]) -> bool {
	serde_json::from_slice::<serde::de::IgnoredAny>(document).is_ok()
}

/// A change of one property: its new value, or `None` to clear it.
pub type ValueChange = (PropertyId, Option<Value>);

/// The changes that one update makes.
pub type ValueChanges = BoundedVec<ValueChange, ConstU32<MAX_PROPERTIES>>;

/// Why values do not fit their schema.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum ValueError {
	/// The schema has no property of this id.
	UnknownProperty,
	/// The same property is named twice.
	DuplicateProperty,
	/// The schema requires a property that has no value.
	MissingRequired,
	/// The value is of another type than the property.
	WrongType,
	/// A number is outside the property's range.
	OutOfRange,
	/// A text or byte string is longer than the property allows.
	TooLong,
	/// A text is not UTF-8.
	NotUtf8,
	/// The enumeration has no variant of this number.
	UnknownVariant,
	/// A list has more items than the property allows.
	TooManyItems,
	/// The property's value was fixed when the entity was created.
	Locked,
	/// A document is not JSON.
	NotJson,
	/// The property has to be supplied, or given up if it is optional: the version before has nothing
	/// that fits it.
	NotSupplied,
	/// The property is supplied although the migration knows its value.
	NotAsked,
	/// All values together are larger than [`MAX_ENTITY_BYTES`].
	EntityTooLarge,
	/// The values refer to more than [`MAX_REFERENCES`](super::limits::MAX_REFERENCES) entities.
	TooManyReferences,
	/// The values name more than [`MAX_OBJECTS`](super::limits::MAX_OBJECTS) stored objects.
	TooManyObjects,
}
