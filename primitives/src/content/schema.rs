//! Schemas: which properties the entities of a class have, and which values those take.

mod draft;

pub use draft::{DraftProperty, SchemaDraft, SchemaError};

use super::{
	limits::{
		MAX_DESCRIPTION_BYTES, MAX_ENTITY_BYTES, MAX_OBJECTS, MAX_PROPERTIES, MAX_REFERENCES,
		MAX_STRING_BYTES, MAX_VARIANTS,
	},
	value::is_json,
	ClassId, EntityValues, Name, PropertyId, Scalar, SchemaVersion, Value, ValueChanges,
	ValueError,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// The property that a free-form document of version 0 stands under. Never given to another.
pub const DOCUMENT: PropertyId = PropertyId::MAX;

/// A sentence or two for people, in UTF-8.
pub type Description = BoundedVec<u8, ConstU32<MAX_DESCRIPTION_BYTES>>;

/// The names of an enumeration's variants, in UTF-8. A value stores its variant's position.
pub type EnumVariants = BoundedVec<Description, ConstU32<MAX_VARIANTS>>;

/// The type of a single value.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum ScalarType {
	/// True or false.
	#[codec(index = 0)]
	Bool,
	/// A whole number.
	#[codec(index = 1)]
	Int {
		/// Smallest value allowed.
		min: Option<i64>,
		/// Largest value allowed.
		max: Option<i64>,
	},
	/// A decimal number.
	#[codec(index = 2)]
	Decimal {
		/// Digits after the point.
		scale: u8,
	},
	/// A text in UTF-8.
	#[codec(index = 3)]
	Text {
		/// Most characters (Unicode scalar values) allowed.
		max_length: u32,
	},
	/// Bytes of any kind.
	#[codec(index = 4)]
	Bytes {
		/// Most bytes allowed.
		max_length: u32,
	},
	/// A hash, or another 32 bytes.
	#[codec(index = 5)]
	Hash32,
	/// A moment, in milliseconds.
	#[codec(index = 6)]
	Timestamp,
	/// One of named variants.
	#[codec(index = 7)]
	Enum {
		/// The variants' names.
		variants: EnumVariants,
	},
	/// Another entity.
	#[codec(index = 8)]
	Reference {
		/// Class of that entity; `None` is the property's own class.
		class: Option<ClassId>,
		/// Whether that entity must belong to the same owner.
		same_owner: bool,
	},
	/// A stored object.
	#[codec(index = 9)]
	DataObject,
}

/// The type of a property.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum PropertyType {
	/// One value.
	#[codec(index = 0)]
	Single(ScalarType),
	/// Several values of one type, in order.
	#[codec(index = 1)]
	List {
		/// The items' type.
		item: ScalarType,
		/// Most items allowed.
		max_items: u16,
	},
}

impl PropertyType {
	/// The type of the single values in it.
	pub fn scalar(&self) -> &ScalarType {
		match self {
			Self::Single(scalar) => scalar,
			Self::List { item, .. } => item,
		}
	}

	/// Whether a property of this type may be carried to one of `new`: the kind is the same, and a value
	/// that fits both means the same in both. Limits may widen or narrow; an enumeration may gain or lose
	/// variants at its end.
	pub fn carries(&self, new: &Self) -> bool {
		match (self, new) {
			(Self::Single(old), Self::Single(new))
			| (Self::List { item: old, .. }, Self::List { item: new, .. }) => old.carries(new),
			_ => false,
		}
	}

	/// Whether a property of this type may be cast to one of `new`: as [`Self::carries`] has it, under
	/// another identity; Int to Decimal; any single value to Text; Text to Enum by a table; and a single
	/// value to a list of one.
	pub fn casts(&self, new: &Self) -> bool {
		match (self, new) {
			(Self::Single(old), Self::Single(new) | Self::List { item: new, .. }) => {
				old.carries(new)
					|| matches!(
						(old, new),
						(ScalarType::Int { .. }, ScalarType::Decimal { .. })
							| (_, ScalarType::Text { .. })
							| (ScalarType::Text { .. }, ScalarType::Enum { .. })
					)
			},
			_ => self.carries(new),
		}
	}

	/// Whether the cast from `old` to `new` goes by a table.
	fn casts_by_table(old: &Self, new: &Self) -> bool {
		matches!((old.scalar(), new.scalar()), (ScalarType::Text { .. }, ScalarType::Enum { .. }))
	}
}

impl ScalarType {
	fn carries(&self, new: &Self) -> bool {
		match (self, new) {
			(Self::Bool, Self::Bool)
			| (Self::Int { .. }, Self::Int { .. })
			| (Self::Text { .. }, Self::Text { .. })
			| (Self::Bytes { .. }, Self::Bytes { .. })
			| (Self::Hash32, Self::Hash32)
			| (Self::Timestamp, Self::Timestamp)
			| (Self::Reference { .. }, Self::Reference { .. })
			| (Self::DataObject, Self::DataObject) => true,
			(Self::Decimal { scale: old }, Self::Decimal { scale: new }) => old == new,
			// Values and index entries hold positions.
			(Self::Enum { variants: old }, Self::Enum { variants: new }) => {
				old.iter().zip(new.iter()).all(|(old, new)| old == new)
			},
			_ => false,
		}
	}
}

/// A property: a column of the class's table.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Property {
	/// Its name, unlike every other in the schema.
	pub name: Name,
	/// What it means.
	pub description: Description,
	/// Which values it takes.
	pub kind: PropertyType,
	/// Whether every entity must have it.
	pub required: bool,
	/// Whether no two entities of the class may hold the same value.
	pub unique: bool,
	/// Whether entities are found by its value.
	pub indexed: bool,
	/// Whether its value stays what it was when the entity was created.
	pub locked: bool,
}

/// Where a property's value comes from when an entity of the version before is read or migrated.
///
/// Every rule is total: a value that does not fit is asked for, for that entity. A property without a rule
/// is new: empty in older entities if it is optional, asked for if it is required.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Rule {
	/// From the property of that id, whose identity it keeps. Its name, its description, its limits and
	/// its flags may change, but it stays of its kind, unique if it was unique and indexed if it was
	/// indexed ([`PropertyType::carries`]).
	#[codec(index = 0)]
	Carry(Carry),
	/// From the property of that id, as a value of another type ([`PropertyType::casts`]).
	#[codec(index = 1)]
	Cast(Cast),
	/// This value.
	#[codec(index = 2)]
	Default(Value),
	/// By hand, whatever the version before holds.
	#[codec(index = 3)]
	Ask,
}

/// What [`Rule::Cast`] converts.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Cast {
	/// The property of the version before.
	pub from: PropertyId,
	/// From text to the variants of an enumeration: which text becomes which. Otherwise empty.
	pub table: CastTable,
}

/// Texts and the variants that they become.
pub type CastTable = BoundedVec<(Description, u8), ConstU32<MAX_VARIANTS>>;

/// What [`Rule::Carry`] carries.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Carry {
	/// The property of the version before.
	pub from: PropertyId,
}

/// Where a schema version stands in its life.
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
pub enum SchemaStatus {
	/// New entities are created with it. At most one version of a class.
	#[codec(index = 0)]
	Active,
	/// A later version is active; entities of this one stay readable and editable.
	#[codec(index = 1)]
	Superseded,
	/// No entities are left, and none can come.
	#[codec(index = 2)]
	Retired,
}

/// A property with its identity.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct SchemaProperty {
	/// What values are stored under, the same in every version that carries the property.
	pub id: PropertyId,
	/// The property.
	pub property: Property,
	/// Where its value comes from in entities of the version before.
	pub rule: Option<Rule>,
	/// Whether its values have unique entries. That belongs to the property's identity: once a version
	/// has made it unique, the values of older entities have them too, but for those that came too late.
	pub unique_entries: bool,
	/// Whether its values have index entries: those of older entities too, once a version has made it
	/// indexed.
	pub index_entries: bool,
}

/// A schema version of a class.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Schema {
	/// Where it stands in its life.
	pub status: SchemaStatus,
	/// The version that its rules start from; 0 for none.
	pub base: SchemaVersion,
	/// Its properties, in the order in which they are shown.
	pub properties: BoundedVec<SchemaProperty, ConstU32<MAX_PROPERTIES>>,
}

/// A draft's bound, and each property's id and entries.
impl MaxEncodedLen for Schema {
	fn max_encoded_len() -> usize {
		let added = PropertyId::max_encoded_len().saturating_add(2);
		let ids = (MAX_PROPERTIES as usize).saturating_mul(added);
		SchemaStatus::max_encoded_len()
			.saturating_add(SchemaVersion::max_encoded_len())
			.saturating_add(SchemaDraft::max_encoded_len())
			.saturating_add(ids)
	}
}

impl Schema {
	/// The schema of version 0, the same in every class: one JSON document of at most
	/// [`MAX_STRING_BYTES`], under [`DOCUMENT`].
	pub fn free_form() -> Self {
		let property = Property {
			name: Name::truncate_from(b"document".to_vec()),
			description: Default::default(),
			kind: PropertyType::Single(ScalarType::Text { max_length: MAX_STRING_BYTES }),
			required: true,
			unique: false,
			indexed: false,
			locked: false,
		};
		let document = SchemaProperty {
			id: DOCUMENT,
			property,
			rule: None,
			unique_entries: false,
			index_entries: false,
		};
		Self {
			status: SchemaStatus::Superseded,
			base: 0,
			properties: BoundedVec::truncate_from(alloc::vec![document]),
		}
	}

	/// The property of `id`.
	pub fn property(&self, id: PropertyId) -> Option<&SchemaProperty> {
		self.properties.iter().find(|property| property.id == id)
	}

	/// The property called `name`.
	pub fn property_by_name(&self, name: &[u8]) -> Option<&SchemaProperty> {
		self.properties.iter().find(|property| property.property.name.as_slice() == name)
	}

	/// Whether `values`, which are in ascending order of property, fit this schema. An error comes with
	/// the property at fault, if it is one.
	pub fn check_values(
		&self,
		values: &EntityValues,
	) -> Result<(), (Option<PropertyId>, ValueError)> {
		// First, so that nothing below has more to look at than an entity may hold.
		if values.encoded_size() > MAX_ENTITY_BYTES as usize {
			return Err((None, ValueError::EntityTooLarge));
		}
		let mut before: Option<PropertyId> = None;
		for (id, value) in values.iter() {
			if before.is_some_and(|before| before >= *id) {
				return Err((Some(*id), ValueError::DuplicateProperty));
			}
			before = Some(*id);
			let property = self.property(*id).ok_or((Some(*id), ValueError::UnknownProperty))?;
			check_value(&property.property.kind, value).map_err(|error| (Some(*id), error))?;
		}
		for property in self.properties.iter().filter(|property| property.property.required) {
			if values.value(property.id).is_none() {
				return Err((Some(property.id), ValueError::MissingRequired));
			}
		}
		if let Some(Value::Single(Scalar::Text(document))) = values.value(DOCUMENT) {
			if !is_json(document) {
				return Err((Some(DOCUMENT), ValueError::NotJson));
			}
		}
		if values.references().count() > MAX_REFERENCES as usize {
			return Err((None, ValueError::TooManyReferences));
		}
		if values.objects().count() > MAX_OBJECTS as usize {
			return Err((None, ValueError::TooManyObjects));
		}
		Ok(())
	}

	/// `values` after `changes`: a value replaces the property's, `None` clears it. The result fits this
	/// schema.
	pub fn apply_changes(
		&self,
		values: &EntityValues,
		changes: ValueChanges,
	) -> Result<EntityValues, (Option<PropertyId>, ValueError)> {
		let mut result = values.clone();
		let mut changed = BoundedVec::<PropertyId, ConstU32<MAX_PROPERTIES>>::new();
		for (id, change) in changes {
			let fail = |error| (Some(id), error);
			let property = self.property(id).ok_or(fail(ValueError::UnknownProperty))?;
			if changed.contains(&id) || changed.try_push(id).is_err() {
				return Err(fail(ValueError::DuplicateProperty));
			}
			if property.property.locked && values.value(id) != change.as_ref() {
				return Err(fail(ValueError::Locked));
			}
			let position = result.0.binary_search_by_key(&id, |(id, _)| *id);
			match (position, change) {
				(Ok(position), Some(value)) => {
					if let Some(slot) = result.0.get_mut(position) {
						slot.1 = value;
					}
				},
				(Ok(position), None) => {
					result.0.remove(position);
				},
				(Err(position), Some(value)) => result
					.0
					.try_insert(position, (id, value))
					.map_err(|_| fail(ValueError::UnknownProperty))?,
				(Err(_), None) => {},
			}
		}
		self.check_values(&result)?;
		Ok(result)
	}
}

/// Whether `value` fits `kind`, as far as the value itself can say.
pub(super) fn check_value(kind: &PropertyType, value: &Value) -> Result<(), ValueError> {
	match (kind, value) {
		(PropertyType::Single(kind), Value::Single(scalar)) => check_scalar(kind, scalar),
		(PropertyType::List { item, max_items }, Value::List(items)) => {
			if items.len() > usize::from(*max_items) {
				return Err(ValueError::TooManyItems);
			}
			items.iter().try_for_each(|scalar| check_scalar(item, scalar))
		},
		_ => Err(ValueError::WrongType),
	}
}

fn check_scalar(kind: &ScalarType, scalar: &Scalar) -> Result<(), ValueError> {
	let ensure = |holds: bool, error: ValueError| if holds { Ok(()) } else { Err(error) };
	match (kind, scalar) {
		(ScalarType::Bool, Scalar::Bool(_))
		| (ScalarType::Decimal { .. }, Scalar::Decimal(_))
		| (ScalarType::Hash32, Scalar::Hash32(_))
		| (ScalarType::Timestamp, Scalar::Timestamp(_))
		| (ScalarType::DataObject, Scalar::DataObject(_)) => Ok(()),
		// That the target exists, and of which class and owner it is, only the chain's state can say.
		(ScalarType::Reference { .. }, Scalar::Reference(_)) => Ok(()),
		(ScalarType::Int { min, max }, Scalar::Int(value)) => ensure(
			min.is_none_or(|min| *value >= min) && max.is_none_or(|max| *value <= max),
			ValueError::OutOfRange,
		),
		(ScalarType::Text { max_length }, Scalar::Text(bytes)) => {
			let text = core::str::from_utf8(bytes).map_err(|_| ValueError::NotUtf8)?;
			ensure(text.chars().count() <= *max_length as usize, ValueError::TooLong)
		},
		(ScalarType::Bytes { max_length }, Scalar::Bytes(bytes)) => {
			ensure(bytes.len() <= *max_length as usize, ValueError::TooLong)
		},
		(ScalarType::Enum { variants }, Scalar::Enum(variant)) => {
			ensure(usize::from(*variant) < variants.len(), ValueError::UnknownVariant)
		},
		_ => Err(ValueError::WrongType),
	}
}
