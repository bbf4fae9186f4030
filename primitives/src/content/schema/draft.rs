//! A schema as somebody suggests it, and whether it may become one.

use super::{
	check_value, Carry, Cast, CastTable, EnumVariants, Property, PropertyType, Rule, ScalarType,
	Schema, SchemaProperty,
};
use crate::content::{
	is_name,
	limits::{
		MAX_DECIMAL_SCALE, MAX_INDEXED, MAX_LIST_ITEMS, MAX_PROPERTIES, MAX_SCHEMA_BYTES,
		MAX_STRING_BYTES, MAX_UNIQUE,
	},
	ClassId, PropertyId, Scalar,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// A property as a suggestion has it, before it has an id.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct DraftProperty {
	/// The property.
	pub property: Property,
	/// Where its value comes from in entities of the version before.
	pub rule: Option<Rule>,
}

/// A schema as somebody suggests it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SchemaDraft {
	/// Its properties, in the order in which they are shown.
	pub properties: BoundedVec<DraftProperty, ConstU32<MAX_PROPERTIES>>,
}

/// The bound that [`SchemaDraft::check`] keeps.
impl MaxEncodedLen for SchemaDraft {
	fn max_encoded_len() -> usize {
		MAX_SCHEMA_BYTES as usize
	}
}

/// Why a schema cannot be suggested. Where one property is at fault, its position comes along.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum SchemaError {
	/// There is no property.
	Empty,
	/// All together is larger than [`MAX_SCHEMA_BYTES`].
	TooLarge,
	/// A name is no name ([`is_name`]).
	BadName(u32),
	/// Two properties have the same name.
	DuplicateName(u32),
	/// A description or variant is not UTF-8.
	NotUtf8(u32),
	/// The smallest value allowed is above the largest.
	EmptyRange(u32),
	/// More digits after the point than [`MAX_DECIMAL_SCALE`].
	BadScale(u32),
	/// A longest length or number of items is zero or above what the format allows.
	BadLimit(u32),
	/// The enumeration has no variants, an empty one, or one twice.
	BadVariants(u32),
	/// Lists can be neither unique nor indexed.
	ListNotSearchable(u32),
	/// More than [`MAX_UNIQUE`] unique properties.
	TooManyUnique,
	/// More than [`MAX_INDEXED`] indexed properties.
	TooManyIndexed,
	/// A required reference to an entity of the own class, which the first entity could not have.
	RequiresItself(u32),
	/// A rule names a property that the version before does not have, or carries one that another rule
	/// carries.
	BadCarry(u32),
	/// A rule carries a property to one of another kind, or to one that is no longer unique or indexed.
	CarryChanges(u32),
	/// There is no conversion from the one type to the other.
	BadCast(u32),
	/// The table of a conversion from text to an enumeration is missing, names a text twice or a variant
	/// that there is not; or there is a table where none belongs.
	BadTable(u32),
	/// A default does not fit its property, belongs to a unique one, or is a reference or stored object,
	/// which only an owner can choose.
	BadDefault(u32),
	/// A rule in the first version of a class, which has nothing to start from.
	RuleWithoutBase(u32),
}

impl SchemaDraft {
	/// Whether this is a schema that entities can be written to, following `before` in `class`, which is
	/// `None` if it is still to come.
	pub fn check(
		&self,
		class: Option<ClassId>,
		before: Option<&Schema>,
	) -> Result<(), SchemaError> {
		if self.properties.is_empty() {
			return Err(SchemaError::Empty);
		}
		if self.encoded_size() > MAX_SCHEMA_BYTES as usize {
			return Err(SchemaError::TooLarge);
		}
		for (position, draft) in self.properties.iter().enumerate() {
			let at = position as u32;
			check_property(&draft.property, class, at)?;
			let earlier = self.properties.get(..position).unwrap_or_default();
			if earlier.iter().any(|other| other.property.name == draft.property.name) {
				return Err(SchemaError::DuplicateName(at));
			}
			let Some(rule) = &draft.rule else { continue };
			if matches!(rule, Rule::Carry(_))
				&& earlier.iter().any(|other| other.rule.as_ref() == Some(rule))
			{
				return Err(SchemaError::BadCarry(at));
			}
			check_rule(rule, &draft.property, before, at)?;
		}
		let count = |flag: fn(&Property) -> bool| {
			self.properties.iter().filter(|draft| flag(&draft.property)).count()
		};
		if count(|property| property.unique) > MAX_UNIQUE as usize {
			return Err(SchemaError::TooManyUnique);
		}
		if count(|property| property.indexed) > MAX_INDEXED as usize {
			return Err(SchemaError::TooManyIndexed);
		}
		Ok(())
	}

	/// Every class that a property refers to by number, once for each time.
	pub fn referenced_classes(&self) -> impl Iterator<Item = ClassId> + '_ {
		self.properties.iter().filter_map(|draft| match draft.property.kind.scalar() {
			ScalarType::Reference { class, .. } => *class,
			_ => None,
		})
	}

	/// The schema's properties with their ids: carried ones keep theirs, new ones take those from
	/// `next_property` on. `None` if the ids run out.
	pub fn with_ids(
		self,
		mut next_property: PropertyId,
	) -> Option<(BoundedVec<SchemaProperty, ConstU32<MAX_PROPERTIES>>, PropertyId)> {
		let mut properties = BoundedVec::new();
		for DraftProperty { property, rule } in self.properties {
			let id = match &rule {
				Some(Rule::Carry(Carry { from })) => *from,
				_ => {
					let id = next_property;
					next_property = next_property.checked_add(1)?;
					id
				},
			};
			let (unique_entries, index_entries) = (property.unique, property.indexed);
			let property = SchemaProperty { id, property, rule, unique_entries, index_entries };
			properties.try_push(property).ok()?;
		}
		Some((properties, next_property))
	}
}

fn check_rule(
	rule: &Rule,
	new: &Property,
	before: Option<&Schema>,
	at: u32,
) -> Result<(), SchemaError> {
	let source = |from: &PropertyId| {
		before.and_then(|schema| schema.property(*from)).ok_or(SchemaError::BadCarry(at))
	};
	let ensure = |holds: bool, error: SchemaError| if holds { Ok(()) } else { Err(error) };
	match rule {
		Rule::Carry(Carry { from }) => {
			let old = &source(from)?.property;
			ensure(
				old.kind.carries(&new.kind)
					&& (new.unique || !old.unique)
					&& (new.indexed || !old.indexed),
				SchemaError::CarryChanges(at),
			)
		},
		Rule::Cast(Cast { from, table }) => {
			let old = &source(from)?.property;
			ensure(old.kind.casts(&new.kind), SchemaError::BadCast(at))?;
			let by_table = PropertyType::casts_by_table(&old.kind, &new.kind);
			ensure(by_table != table.is_empty(), SchemaError::BadTable(at))?;
			check_table(table, new.kind.scalar(), at)
		},
		Rule::Default(value) => {
			ensure(before.is_some(), SchemaError::RuleWithoutBase(at))?;
			let chosen = value
				.scalars()
				.iter()
				.any(|scalar| matches!(scalar, Scalar::Reference(_) | Scalar::DataObject(_)));
			ensure(
				!new.unique && !chosen && check_value(&new.kind, value).is_ok(),
				SchemaError::BadDefault(at),
			)
		},
		Rule::Ask => ensure(before.is_some(), SchemaError::RuleWithoutBase(at)),
	}
}

fn check_table(table: &CastTable, to: &ScalarType, at: u32) -> Result<(), SchemaError> {
	for (position, (text, variant)) in table.iter().enumerate() {
		let twice = table.iter().take(position).any(|(earlier, _)| earlier == text);
		let known =
			matches!(to, ScalarType::Enum { variants } if usize::from(*variant) < variants.len());
		if twice || !known {
			return Err(SchemaError::BadTable(at));
		}
		if core::str::from_utf8(text).is_err() {
			return Err(SchemaError::NotUtf8(at));
		}
	}
	Ok(())
}

fn check_property(property: &Property, class: Option<ClassId>, at: u32) -> Result<(), SchemaError> {
	if !is_name(&property.name) {
		return Err(SchemaError::BadName(at));
	}
	if core::str::from_utf8(&property.description).is_err() {
		return Err(SchemaError::NotUtf8(at));
	}
	if let PropertyType::List { max_items, .. } = property.kind {
		if max_items == 0 || u32::from(max_items) > MAX_LIST_ITEMS {
			return Err(SchemaError::BadLimit(at));
		}
		if property.unique || property.indexed {
			return Err(SchemaError::ListNotSearchable(at));
		}
	}
	match property.kind.scalar() {
		ScalarType::Int { min: Some(min), max: Some(max) } if min > max => {
			Err(SchemaError::EmptyRange(at))
		},
		ScalarType::Decimal { scale } if *scale > MAX_DECIMAL_SCALE => {
			Err(SchemaError::BadScale(at))
		},
		ScalarType::Text { max_length } | ScalarType::Bytes { max_length }
			if *max_length == 0 || *max_length > MAX_STRING_BYTES =>
		{
			Err(SchemaError::BadLimit(at))
		},
		ScalarType::Enum { variants } => check_variants(variants, at),
		ScalarType::Reference { class: target, .. }
			if (target.is_none() || *target == class)
				&& property.required
				&& matches!(property.kind, PropertyType::Single(_)) =>
		{
			Err(SchemaError::RequiresItself(at))
		},
		_ => Ok(()),
	}
}

fn check_variants(variants: &EnumVariants, at: u32) -> Result<(), SchemaError> {
	if variants.is_empty() {
		return Err(SchemaError::BadVariants(at));
	}
	for (position, variant) in variants.iter().enumerate() {
		let earlier = variants.get(..position).unwrap_or_default();
		if variant.is_empty() || earlier.contains(variant) {
			return Err(SchemaError::BadVariants(at));
		}
		if core::str::from_utf8(variant).is_err() {
			return Err(SchemaError::NotUtf8(at));
		}
	}
	Ok(())
}
