//! Queries: which entities of a class are wanted, in which order, and what of them.
//!
//! Everything is about the values *as one version* has them, whatever version an entity is stored as: what
//! a migration asks for has no value. A property without a value is *empty*; so is a list without items. An
//! empty property fulfils no comparison, [`Comparison::NotEqual`] neither, but [`Term::Empty`]. Every term
//! is true or false, so [`Term::Not`] is true wherever what it negates is not.
//!
//! A condition is a flat list in postfix order, so that neither decoding nor evaluating it can run deeper
//! than its length allows.

mod plan;
mod ranges;

pub use plan::{plan, Access, Facts, Plan, Unused};
pub use ranges::KeyRange;

use super::{
	api::ReadError, limits::MAX_PROPERTIES, ByteString, ClassId, EntityId, EntityValues,
	EnumVariants, IndexKey, PropertyId, PropertyType, Scalar, ScalarType, Schema, SchemaVersion,
	Value, Visibility,
};
use alloc::{borrow::Cow, vec::Vec};
use codec::{Decode, Encode};
use core::cmp::Ordering;
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// Most terms of one condition.
pub const MAX_TERMS: u32 = 64;
/// Most values of one [`Term::In`].
pub const MAX_CHOICES: u32 = 128;
/// Most values in a whole condition: each may cost a look at an index.
pub const MAX_OPERANDS: u32 = 256;
/// Largest encoded query, in bytes.
pub const MAX_QUERY_BYTES: u32 = 16 * 1024;
/// How many bytes of values one call looks at before it ends its page, however few entities those were.
pub const MAX_BYTES_LOOKED_AT: u32 = 2 * 1024 * 1024;

/// The names of [`Visibility`]'s variants, as conditions know them.
pub const VISIBILITIES: [&str; 3] = ["visible", "hidden", "frozen"];

/// What a term is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum Field {
	/// A property.
	#[codec(index = 0)]
	Property(PropertyId),
	/// The entity's id, as [`Scalar::Reference`].
	#[codec(index = 1)]
	Id,
	/// Its owner's encoded account, as [`Scalar::Bytes`].
	#[codec(index = 2)]
	Owner,
	/// The version that it is stored as, as [`Scalar::Int`].
	#[codec(index = 3)]
	Version,
	/// The position of its visibility in [`VISIBILITIES`], as [`Scalar::Enum`].
	#[codec(index = 4)]
	Visibility,
}

impl Field {
	/// The type of its values; `None` if the schema has no such property.
	pub fn kind<'a>(&self, schema: &'a Schema) -> Option<Cow<'a, PropertyType>> {
		let scalar = match self {
			Self::Property(id) => {
				return schema.property(*id).map(|found| Cow::Borrowed(&found.property.kind))
			},
			Self::Id => ScalarType::Reference { class: None, same_owner: false },
			Self::Owner => ScalarType::Bytes { max_length: 32 },
			Self::Version => ScalarType::Int { min: Some(0), max: Some(SchemaVersion::MAX.into()) },
			Self::Visibility => {
				let names = VISIBILITIES.map(|name| BoundedVec::truncate_from(name.into()));
				ScalarType::Enum { variants: EnumVariants::truncate_from(names.into()) }
			},
		};
		Some(Cow::Owned(PropertyType::Single(scalar)))
	}
}

/// How two values compare: numbers by size, moments by time, texts and bytes byte by byte, variants by
/// their positions, entities by id.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum Comparison {
	/// `=`
	#[codec(index = 0)]
	Equal,
	/// `!=`
	#[codec(index = 1)]
	NotEqual,
	/// `<`
	#[codec(index = 2)]
	Less,
	/// `<=`
	#[codec(index = 3)]
	AtMost,
	/// `>`
	#[codec(index = 4)]
	Greater,
	/// `>=`
	#[codec(index = 5)]
	AtLeast,
}

impl Comparison {
	fn holds(self, ordering: Ordering) -> bool {
		match self {
			Self::Equal => ordering.is_eq(),
			Self::NotEqual => ordering.is_ne(),
			Self::Less => ordering.is_lt(),
			Self::AtMost => ordering.is_le(),
			Self::Greater => ordering.is_gt(),
			Self::AtLeast => ordering.is_ge(),
		}
	}
}

/// The values that [`Term::In`] chooses from.
pub type Choices = BoundedVec<Scalar, ConstU32<MAX_CHOICES>>;

/// Part of a condition.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum Term {
	/// Whether a single value compares so with this one.
	#[codec(index = 0)]
	Compare(Field, Comparison, Scalar),
	/// Whether a single value is one of these.
	#[codec(index = 1)]
	In(Field, Choices),
	/// Whether a text has this in it, or a list this item.
	#[codec(index = 2)]
	Contains(Field, Scalar),
	/// Whether there is no value.
	#[codec(index = 3)]
	Empty(Field),
	/// Whether both of the two before hold.
	#[codec(index = 4)]
	And,
	/// Whether at least one of the two before holds.
	#[codec(index = 5)]
	Or,
	/// Whether the one before does not hold.
	#[codec(index = 6)]
	Not,
}

impl Term {
	/// What it is about, if it is about anything by itself.
	pub fn field(&self) -> Option<Field> {
		match self {
			Self::Compare(field, ..)
			| Self::In(field, _)
			| Self::Contains(field, _)
			| Self::Empty(field) => Some(*field),
			Self::And | Self::Or | Self::Not => None,
		}
	}

	fn operands(&self) -> usize {
		match self {
			Self::Compare(..) | Self::Contains(..) => 1,
			Self::In(_, choices) => choices.len(),
			Self::Empty(_) | Self::And | Self::Or | Self::Not => 0,
		}
	}

	/// Whether it makes sense for values of its field's type.
	fn check(&self, schema: &Schema) -> Result<(), SelectError> {
		let Some(field) = self.field() else { return Ok(()) };
		let kind = match (field.kind(schema), field) {
			(Some(kind), _) => kind,
			(None, Field::Property(id)) => return Err(SelectError::UnknownProperty(id)),
			(None, _) => return Err(SelectError::Malformed),
		};
		let typed = |scalar: &Scalar| {
			is_of(kind.scalar(), scalar).then_some(()).ok_or(SelectError::WrongType(field))
		};
		let single = matches!(*kind, PropertyType::Single(_));
		let text = matches!(kind.scalar(), ScalarType::Text { .. });
		match self {
			Self::Compare(_, _, scalar) if single => typed(scalar),
			Self::In(_, choices) if single => choices.iter().try_for_each(typed),
			Self::Contains(_, scalar) if text || !single => typed(scalar),
			Self::Empty(_) => Ok(()),
			_ => Err(SelectError::WrongOperator(field)),
		}
	}

	/// Whether it holds for `candidate`. Of a connective: what it makes of the two before it, the later
	/// one first.
	fn holds(&self, candidate: &Candidate, mut before: impl FnMut() -> bool) -> bool {
		match self {
			Self::Compare(field, comparison, scalar) => candidate
				.single(*field)
				.and_then(|value| compare(value, scalar))
				.is_some_and(|ordering| comparison.holds(ordering)),
			Self::In(field, choices) => {
				candidate.single(*field).is_some_and(|value| choices.contains(value))
			},
			Self::Contains(Field::Property(id), wanted) => {
				candidate.values.value(*id).is_some_and(|value| contains(value, wanted))
			},
			Self::Contains(..) => false,
			Self::Empty(Field::Property(id)) => {
				candidate.values.value(*id).is_none_or(|value| value.scalars().is_empty())
			},
			Self::Empty(_) => false,
			Self::And => {
				let (second, first) = (before(), before());
				first && second
			},
			Self::Or => {
				let (second, first) = (before(), before());
				first || second
			},
			Self::Not => !before(),
		}
	}
}

/// Which entities are wanted: terms in postfix order. Without any, all are.
pub type Condition = BoundedVec<Term, ConstU32<MAX_TERMS>>;

/// What entities are put in order by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum OrderBy {
	/// Their ids.
	#[codec(index = 0)]
	Id,
	/// The values of an indexed property, texts and byte strings by their first 32 bytes; those that are
	/// equal in this, by id. What has no value there is left out.
	#[codec(index = 1)]
	Property(PropertyId),
}

/// The order in which entities are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Order {
	/// What decides.
	pub by: OrderBy,
	/// Whether the largest comes first.
	pub descending: bool,
}

/// Where a page ended. It fits the same query alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, TypeInfo)]
pub enum Position {
	/// At this serial number.
	#[codec(index = 0)]
	Serial(u32),
	/// At this place in a property's index: the key, then the serial number.
	#[codec(index = 1)]
	Entry(PropertyId, IndexKey, u32),
}

/// A query.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Select {
	/// Whose entities.
	pub class: ClassId,
	/// As which version they are read; `None` is the active one.
	pub version: Option<SchemaVersion>,
	/// Which of them. Hidden ones only if some term is about [`Field::Visibility`].
	pub condition: Condition,
	/// In which order; `None` leaves that to the plan.
	pub order: Option<Order>,
	/// Which properties of them; `None` is all.
	pub properties: Option<BoundedVec<PropertyId, ConstU32<MAX_PROPERTIES>>>,
	/// Behind which position: the `next` of the page before.
	pub after: Option<Position>,
	/// How many at most.
	pub limit: u32,
}

/// Why a query is not answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum SelectError {
	/// There is no such class.
	#[codec(index = 0)]
	ClassNotFound,
	/// The class has no active version, and no other was named.
	#[codec(index = 1)]
	NoActiveVersion,
	/// The version cannot be read.
	#[codec(index = 2)]
	Unreadable(ReadError),
	/// The query is larger than [`MAX_QUERY_BYTES`] or has more than [`MAX_OPERANDS`] values.
	#[codec(index = 3)]
	TooLarge,
	/// The terms are no condition: a connective lacks what it connects, or something is left over.
	#[codec(index = 4)]
	Malformed,
	/// The version has no such property.
	#[codec(index = 5)]
	UnknownProperty(PropertyId),
	/// A value is of another type than what it is compared with.
	#[codec(index = 6)]
	WrongType(Field),
	/// The comparison is none for values of this type.
	#[codec(index = 7)]
	WrongOperator(Field),
	/// Entities can be put in order by indexed properties alone.
	#[codec(index = 8)]
	OrderNotIndexed(PropertyId),
	/// The index of the property to order by does not have every entity.
	#[codec(index = 9)]
	OrderUnavailable(PropertyId, Unused),
	/// The position to go on behind is none of this query's, or the way to find its entities has changed
	/// meanwhile: begin anew.
	#[codec(index = 10)]
	OtherPosition,
}

impl Select {
	/// Whether this is a query that entities of `schema` can be asked.
	pub fn check(&self, schema: &Schema) -> Result<(), SelectError> {
		let operands = self.condition.iter().map(Term::operands).sum::<usize>();
		if self.encoded_size() > MAX_QUERY_BYTES as usize || operands > MAX_OPERANDS as usize {
			return Err(SelectError::TooLarge);
		}
		// How many results wait for a connective.
		let mut waiting = 0u32;
		for term in &self.condition {
			term.check(schema)?;
			let (takes, gives) = match term {
				Term::And | Term::Or => (2, 1),
				Term::Not => (1, 1),
				_ => (0, 1),
			};
			let rest = waiting.checked_sub(takes).ok_or(SelectError::Malformed)?;
			waiting = rest.saturating_add(gives);
		}
		if waiting > 1 {
			return Err(SelectError::Malformed);
		}
		let ordered = match self.order {
			Some(Order { by: OrderBy::Property(id), .. }) => Some(id),
			_ => None,
		};
		let named = self.properties.iter().flatten().copied().chain(ordered);
		named.into_iter().try_for_each(|id| {
			schema.property(id).map(|_| ()).ok_or(SelectError::UnknownProperty(id))
		})
	}

	/// Whether `candidate` is wanted.
	pub fn wants(&self, candidate: &Candidate) -> bool {
		if candidate.is_hidden() && !self.mentions(Field::Visibility) {
			return false;
		}
		if let Some(Order { by: OrderBy::Property(id), .. }) = self.order {
			if candidate.values.value(id).is_none() {
				return false;
			}
		}
		let mut results = Vec::with_capacity(self.condition.len());
		for term in &self.condition {
			let result = term.holds(candidate, || results.pop().unwrap_or(false));
			results.push(result);
		}
		results.pop().unwrap_or(true)
	}

	/// What of an entity's values is wanted.
	pub fn project(&self, values: EntityValues) -> EntityValues {
		match &self.properties {
			None => values,
			Some(wanted) => {
				let mut values = values;
				values.0.retain(|(id, _)| wanted.contains(id));
				values
			},
		}
	}

	/// Whether some term is about `field`.
	pub fn mentions(&self, field: Field) -> bool {
		self.condition.iter().any(|term| term.field() == Some(field))
	}
}

/// An entity as conditions see it.
pub struct Candidate<'a> {
	id: Scalar,
	owner: Scalar,
	version: Scalar,
	visibility: Scalar,
	values: &'a EntityValues,
}

impl<'a> Candidate<'a> {
	/// An entity that belongs to the account encoded as `owner`, stored as `version`, with `values` as the
	/// version that is asked about has them.
	pub fn new(
		id: EntityId,
		owner: Vec<u8>,
		version: SchemaVersion,
		visibility: &Visibility,
		values: &'a EntityValues,
	) -> Self {
		let visibility = match visibility {
			Visibility::Visible => 0,
			Visibility::Hidden { .. } => 1,
			Visibility::Frozen { .. } => 2,
		};
		Self {
			id: Scalar::Reference(id),
			owner: Scalar::Bytes(ByteString::truncate_from(owner)),
			version: Scalar::Int(version.into()),
			visibility: Scalar::Enum(visibility),
			values,
		}
	}

	fn is_hidden(&self) -> bool {
		self.visibility == Scalar::Enum(1)
	}

	/// The value of `field`, if there is a single one.
	fn single(&self, field: Field) -> Option<&Scalar> {
		match field {
			Field::Property(id) => self.values.value(id).and_then(Value::single),
			Field::Id => Some(&self.id),
			Field::Owner => Some(&self.owner),
			Field::Version => Some(&self.version),
			Field::Visibility => Some(&self.visibility),
		}
	}
}

/// How two values of one type compare; `None` if their types differ.
pub fn compare(one: &Scalar, other: &Scalar) -> Option<Ordering> {
	Some(match (one, other) {
		(Scalar::Bool(one), Scalar::Bool(other)) => one.cmp(other),
		(Scalar::Int(one), Scalar::Int(other))
		| (Scalar::Decimal(one), Scalar::Decimal(other))
		| (Scalar::Timestamp(one), Scalar::Timestamp(other)) => one.cmp(other),
		(Scalar::Text(one), Scalar::Text(other)) | (Scalar::Bytes(one), Scalar::Bytes(other)) => {
			one.as_slice().cmp(other.as_slice())
		},
		(Scalar::Hash32(one), Scalar::Hash32(other))
		| (Scalar::DataObject(one), Scalar::DataObject(other)) => one.cmp(other),
		(Scalar::Enum(one), Scalar::Enum(other)) => one.cmp(other),
		(Scalar::Reference(one), Scalar::Reference(other)) => one.cmp(other),
		_ => return None,
	})
}

/// Whether `value` is a list with the item `wanted`, or a text with `wanted` in it.
fn contains(value: &Value, wanted: &Scalar) -> bool {
	match (value, wanted) {
		(Value::List(items), wanted) => items.contains(wanted),
		// The search for text takes time in proportion to both lengths, whatever they hold.
		(Value::Single(Scalar::Text(text)), Scalar::Text(part)) => {
			match (core::str::from_utf8(text), core::str::from_utf8(part)) {
				(Ok(text), Ok(part)) => text.contains(part),
				_ => false,
			}
		},
		_ => false,
	}
}

/// Whether `scalar` is of type `kind`. Limits are not looked at: nothing is as large as a value beyond
/// them, but everything still compares with it.
fn is_of(kind: &ScalarType, scalar: &Scalar) -> bool {
	match (kind, scalar) {
		(ScalarType::Bool, Scalar::Bool(_))
		| (ScalarType::Int { .. }, Scalar::Int(_))
		| (ScalarType::Decimal { .. }, Scalar::Decimal(_))
		| (ScalarType::Text { .. }, Scalar::Text(_))
		| (ScalarType::Bytes { .. }, Scalar::Bytes(_))
		| (ScalarType::Hash32, Scalar::Hash32(_))
		| (ScalarType::Timestamp, Scalar::Timestamp(_))
		| (ScalarType::Reference { .. }, Scalar::Reference(_))
		| (ScalarType::DataObject, Scalar::DataObject(_)) => true,
		(ScalarType::Enum { variants }, Scalar::Enum(variant)) => {
			usize::from(*variant) < variants.len()
		},
		_ => false,
	}
}
