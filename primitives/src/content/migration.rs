//! What a later schema version makes of an entity's values.
//!
//! The same function answers who reads an old entity as a new one, who migrates it, and the sweep over a
//! whole class, so that all three agree. It is total: whatever a rule cannot turn into a value that fits is
//! asked for, by property.

use super::{
	limits::{MAX_ENTITY_BYTES, MAX_OBJECTS, MAX_PROPERTIES, MAX_REFERENCES, MAX_STRING_BYTES},
	schema::check_value,
	value::ListItems,
	Carry, Cast, CastTable, ClassId, EntityValues, PropertyId, PropertyType, Rule, Scalar,
	ScalarType, Schema, SchemaProperty, Value, ValueChanges, ValueError,
};
use alloc::{
	format,
	string::{String, ToString},
	vec::Vec,
};
use codec::Encode;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// An entity's values as a later version has them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Migrated {
	/// The values that are known. They fit the version, but for what is asked.
	pub values: EntityValues,
	/// The properties that have to be supplied, in ascending order. None of them has a value.
	pub asked: Vec<PropertyId>,
}

impl From<EntityValues> for Migrated {
	fn from(values: EntityValues) -> Self {
		Self { values, asked: Vec::new() }
	}
}

/// What only the chain's state can say about a value that a rule yields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StateCheck {
	/// Whether no other entity holds it.
	Unique,
	/// Whether the entity that it refers to is of the class, and of the owner if that must be the same.
	/// Only for references that the version before held to less.
	Reference,
}

impl Schema {
	/// What this version makes of values that `before`, the version that its rules start from, has.
	/// Both are versions of `class`. `holds` says whether a value passes a check against the chain's
	/// state.
	pub fn migrate(
		&self,
		class: ClassId,
		before: &Schema,
		values: &Migrated,
		holds: impl Fn(&SchemaProperty, &Value, StateCheck) -> bool,
	) -> Migrated {
		let step = Step { class, before, values, holds };
		let mut result = Builder::default();
		// What is carried cannot grow, so it comes first: whatever else there is room for does not depend
		// on the order of the properties. Default and cast values follow as far as there is room.
		let carried = |property: &&SchemaProperty| matches!(property.rule, Some(Rule::Carry(_)));
		for property in self.properties.iter().filter(carried) {
			result.add(property, step.value_for(property), false);
		}
		for property in self.properties.iter().filter(|property| !carried(property)) {
			result.add(property, step.value_for(property), true);
		}
		result.finish()
	}

	/// What this version makes of a free-form document: nothing, so that everything is asked for.
	pub fn migrate_free_form(&self) -> Migrated {
		let mut result = Builder::default();
		for property in self.properties.iter() {
			result.add(property, Yield::Asked, false);
		}
		result.finish()
	}

	/// `migrated` with what its owner or a curator supplies: a value, or `None` for an optional property
	/// that stays empty. Each property asked for must be supplied and nothing else; with `free_form`,
	/// optional ones may also be left out. The result fits this version.
	pub fn supply(
		&self,
		migrated: Migrated,
		supplied: ValueChanges,
		free_form: bool,
	) -> Result<EntityValues, (Option<PropertyId>, ValueError)> {
		let Migrated { values: mut result, asked } = migrated;
		let mut given = BoundedVec::<PropertyId, ConstU32<MAX_PROPERTIES>>::new();
		for (id, value) in supplied {
			let fail = |error| (Some(id), error);
			if self.property(id).is_none() {
				return Err(fail(ValueError::UnknownProperty));
			}
			if given.contains(&id) || given.try_push(id).is_err() {
				return Err(fail(ValueError::DuplicateProperty));
			}
			if !asked.contains(&id) {
				return Err(fail(ValueError::NotAsked));
			}
			if let Some(value) = value {
				result.0.try_push((id, value)).map_err(|_| fail(ValueError::UnknownProperty))?;
			}
		}
		let may_miss = |id: &PropertyId| {
			free_form && self.property(*id).is_some_and(|property| !property.property.required)
		};
		if let Some(missing) = asked.iter().find(|id| !given.contains(id) && !may_miss(id)) {
			return Err((Some(*missing), ValueError::NotSupplied));
		}
		result.sort();
		self.check_values(&result)?;
		Ok(result)
	}
}

/// What a rule yields for one property.
enum Yield {
	Value(Value),
	Empty,
	Asked,
}

/// One step from a version to the next.
struct Step<'a, Holds> {
	class: ClassId,
	before: &'a Schema,
	values: &'a Migrated,
	holds: Holds,
}

impl<Holds: Fn(&SchemaProperty, &Value, StateCheck) -> bool> Step<'_, Holds> {
	fn value_for(&self, new: &SchemaProperty) -> Yield {
		let found = match &new.rule {
			None => Yield::Empty,
			Some(Rule::Ask) => Yield::Asked,
			Some(Rule::Default(value)) => Yield::Value(value.clone()),
			Some(Rule::Carry(Carry { from })) => self.follow(*from, |_, value| Some(value.clone())),
			Some(Rule::Cast(Cast { from, table })) => self.follow(*from, |old, value| {
				cast(&old.property.kind, value, &new.property.kind, table)
			}),
		};
		match found {
			Yield::Value(value) if !self.fits(new, &value) => Yield::Asked,
			other => other,
		}
	}

	fn follow(
		&self,
		from: PropertyId,
		convert: impl Fn(&SchemaProperty, &Value) -> Option<Value>,
	) -> Yield {
		if self.values.asked.contains(&from) {
			return Yield::Asked;
		}
		match (self.values.values.value(from), self.before.property(from)) {
			(Some(value), Some(old)) => convert(old, value).map_or(Yield::Asked, Yield::Value),
			_ => Yield::Empty,
		}
	}

	fn fits(&self, new: &SchemaProperty, value: &Value) -> bool {
		// Uniqueness belongs to the identity: what is new must not be there already, even if only a later
		// version says so. What is carried may have come too late, and stays until a version minds.
		let unique = match new.rule {
			Some(Rule::Carry(_)) => new.property.unique,
			_ => new.unique_entries,
		};
		check_value(&new.property.kind, value).is_ok()
			&& (!self.tightens(new) || (self.holds)(new, value, StateCheck::Reference))
			&& (!unique || (self.holds)(new, value, StateCheck::Unique))
	}

	/// Whether `new` asks more of a reference than the property that it comes from. What was good enough
	/// before stays so, even where the entity that it refers to has been removed.
	fn tightens(&self, new: &SchemaProperty) -> bool {
		let (Some(Rule::Carry(Carry { from })) | Some(Rule::Cast(Cast { from, .. }))) = &new.rule
		else {
			return false;
		};
		let old = self.before.property(*from).map(|old| old.property.kind.scalar());
		match (old, new.property.kind.scalar()) {
			(
				Some(ScalarType::Reference { class: old_class, same_owner: old_owner }),
				ScalarType::Reference { class, same_owner },
			) => {
				old_class.unwrap_or(self.class) != class.unwrap_or(self.class)
					|| (*same_owner && !old_owner)
			},
			_ => false,
		}
	}
}

/// Gathers values up to the limits of an entity.
#[derive(Default)]
struct Builder {
	values: Vec<(PropertyId, Value)>,
	asked: Vec<PropertyId>,
	bytes: usize,
	references: usize,
	objects: usize,
}

impl Builder {
	fn add(&mut self, property: &SchemaProperty, found: Yield, limited: bool) {
		match found {
			Yield::Value(value) if !limited || self.has_room(property.id, &value) => {
				self.count(property.id, &value);
				self.values.push((property.id, value));
			},
			Yield::Empty if !property.property.required => {},
			_ => self.asked.push(property.id),
		}
	}

	fn count(&mut self, id: PropertyId, value: &Value) {
		self.bytes = self.bytes.saturating_add((id, value).encoded_size());
		self.references = self.references.saturating_add(count(value, is_reference));
		self.objects = self.objects.saturating_add(count(value, is_object));
	}

	fn has_room(&self, id: PropertyId, value: &Value) -> bool {
		// The number of values comes before them, in two bytes from 64 on.
		let length = if self.values.len() < 63 { 1 } else { 2usize };
		let bytes = self.bytes.saturating_add((id, value).encoded_size()).saturating_add(length);
		bytes <= MAX_ENTITY_BYTES as usize
			&& self.references.saturating_add(count(value, is_reference)) <= MAX_REFERENCES as usize
			&& self.objects.saturating_add(count(value, is_object)) <= MAX_OBJECTS as usize
	}

	fn finish(mut self) -> Migrated {
		self.asked.sort();
		// As many at most as the schema has properties, which keeps the same bound.
		let mut values = EntityValues(BoundedVec::truncate_from(self.values));
		values.sort();
		Migrated { values, asked: self.asked }
	}
}

fn count(value: &Value, what: fn(&Scalar) -> bool) -> usize {
	value.scalars().iter().filter(|scalar| what(scalar)).count()
}

fn is_reference(scalar: &Scalar) -> bool {
	matches!(scalar, Scalar::Reference(_))
}

fn is_object(scalar: &Scalar) -> bool {
	matches!(scalar, Scalar::DataObject(_))
}

/// `value` of type `old` as a value of type `new`, if there is one. Whether it fits the new type's limits is
/// not looked at.
fn cast(old: &PropertyType, value: &Value, new: &PropertyType, table: &CastTable) -> Option<Value> {
	match (old, value, new) {
		(PropertyType::Single(from), Value::Single(scalar), PropertyType::Single(to)) => {
			cast_scalar(from, scalar, to, table).map(Value::Single)
		},
		(PropertyType::Single(from), Value::Single(scalar), PropertyType::List { item, .. }) => {
			let scalar = cast_scalar(from, scalar, item, table)?;
			Some(Value::List(ListItems::truncate_from(alloc::vec![scalar])))
		},
		(_, Value::List(_), PropertyType::List { .. }) => Some(value.clone()),
		_ => None,
	}
}

fn cast_scalar(
	from: &ScalarType,
	scalar: &Scalar,
	to: &ScalarType,
	table: &CastTable,
) -> Option<Scalar> {
	match (scalar, to) {
		(Scalar::Int(value), ScalarType::Decimal { scale }) => {
			let unit = 10i64.checked_pow((*scale).into())?;
			value.checked_mul(unit).map(Scalar::Decimal)
		},
		(Scalar::Text(text), ScalarType::Enum { .. }) => table
			.iter()
			.find(|(entry, _)| entry.as_slice() == text.as_slice())
			.map(|(_, variant)| Scalar::Enum(*variant)),
		(Scalar::Text(_), ScalarType::Text { .. }) => Some(scalar.clone()),
		(_, ScalarType::Text { .. }) => {
			scalar_text(from, scalar)?.into_bytes().try_into().ok().map(Scalar::Text)
		},
		_ => Some(scalar.clone()),
	}
}

/// A scalar of type `kind` as people write it: numbers in decimals, moments as RFC 3339 in UTC with
/// milliseconds, bytes in hexadecimals after `0x`, variants by their names, entities by their ids. `None`
/// if it does not fit its type or is longer than any text may be.
pub fn scalar_text(kind: &ScalarType, scalar: &Scalar) -> Option<String> {
	Some(match (kind, scalar) {
		(_, Scalar::Bool(value)) => value.to_string(),
		(_, Scalar::Int(value)) => value.to_string(),
		(ScalarType::Decimal { scale }, Scalar::Decimal(value)) => decimal_text(*value, *scale)?,
		(_, Scalar::Text(bytes)) => core::str::from_utf8(bytes).ok()?.to_string(),
		(_, Scalar::Bytes(bytes)) => hex_text(bytes)?,
		(_, Scalar::Hash32(bytes) | Scalar::DataObject(bytes)) => hex_text(bytes)?,
		(_, Scalar::Timestamp(value)) => timestamp_text(*value),
		(ScalarType::Enum { variants }, Scalar::Enum(variant)) => {
			let name = variants.get(usize::from(*variant))?;
			core::str::from_utf8(name).ok()?.to_string()
		},
		(_, Scalar::Reference(id)) => id.to_string(),
		_ => return None,
	})
}

fn hex_text(bytes: &[u8]) -> Option<String> {
	if bytes.len() > (MAX_STRING_BYTES as usize).saturating_sub(2) / 2 {
		return None;
	}
	let digit = |nibble: u8| char::from_digit(nibble.into(), 16);
	let mut text = String::from("0x");
	for byte in bytes {
		text.push(digit(byte >> 4)?);
		text.push(digit(byte & 15)?);
	}
	Some(text)
}

fn decimal_text(value: i64, scale: u8) -> Option<String> {
	let unit = 10u64.checked_pow(scale.into())?;
	let sign = if value < 0 { "-" } else { "" };
	let magnitude = value.unsigned_abs();
	let whole = magnitude.checked_div(unit)?;
	if scale == 0 {
		return Some(format!("{sign}{whole}"));
	}
	let rest = magnitude.checked_rem(unit)?;
	Some(format!("{sign}{whole}.{rest:0>digits$}", digits = usize::from(scale)))
}

/// RFC 3339 in UTC, with the days counted as in Howard Hinnant's `civil_from_days`: the year begins in
/// March, so that the leap day is its last. Years before 0 and after 9999 have a sign.
fn timestamp_text(milliseconds: i64) -> String {
	// i128, so that nothing below can overflow.
	let milliseconds = i128::from(milliseconds);
	let (days, of_day) = (milliseconds.div_euclid(86_400_000), milliseconds.rem_euclid(86_400_000));
	let shifted = days + 719_468;
	let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
	let year_of_era =
		(day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
	let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	let month_from_march = (5 * day_of_year + 2) / 153;
	let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
	let year = year_of_era + era * 400 + i128::from(month <= 2);
	let year = match year {
		0..=9_999 => format!("{year:0>4}"),
		_ => format!("{year:+05}"),
	};
	let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
	let (second, milli) = (of_day / 1_000 % 60, of_day % 1_000);
	format!("{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}:{second:0>2}.{milli:0>3}Z")
}
