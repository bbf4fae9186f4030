//! Finds a query's names and values in a schema.

use crate::{
	error::QueryError,
	parser::{Item, OrderText, Query, Question, Spot},
	text,
	values::{describe_scalar, parse_id, scalar_from_text},
	words::{did_you_mean, shorten},
	Names,
};
use rome_primitives::content::{
	limits::MAX_PAGE,
	select::{Field, Order, OrderBy, Position, Select, SelectError, Term, Unused, MAX_CHOICES},
	ByteString, ClassId, PropertyId, PropertyType, Scalar, ScalarType, Schema, SchemaVersion,
};

/// What stands beside the properties in conditions. A property of the same name hides it; with `@` before
/// it is always meant.
pub const FIELDS: [(&str, Field); 4] = [
	("id", Field::Id),
	("owner", Field::Owner),
	("version", Field::Version),
	("visibility", Field::Visibility),
];

/// The class and schema whose names a query uses.
#[derive(Clone, Copy)]
pub struct Context<'a> {
	/// The class's number.
	pub class: ClassId,
	/// The class's name.
	pub name: &'a str,
	/// The version that entities are read as.
	pub version: SchemaVersion,
	/// Its schema.
	pub schema: &'a Schema,
	/// What names stand for.
	pub names: &'a dyn Names,
}

impl Context<'_> {
	/// `query` as the chain takes it, for the page behind `after`.
	pub fn select(&self, query: &Query, after: Option<Position>) -> Result<Select, QueryError> {
		let properties = match &query.properties {
			None => None,
			Some(names) => Some(self.properties(names)?),
		};
		Ok(Select {
			class: self.class,
			version: Some(self.version),
			condition: self.condition(&query.condition)?.try_into().unwrap_or_default(),
			order: query.order.as_ref().map(|order| self.order(order)).transpose()?,
			properties: properties.map(|ids| ids.try_into().unwrap_or_default()),
			after,
			limit: query.limit.unwrap_or(MAX_PAGE),
		})
	}

	/// The properties of these names.
	pub fn properties(&self, names: &[Spot]) -> Result<Vec<PropertyId>, QueryError> {
		let mut ids = Vec::new();
		for name in names {
			let id = match self.field(name)? {
				Field::Property(id) => id,
				_ => {
					let message =
						format!("`{}` is no property: it is shown with every entry", name.text);
					return Err(QueryError::new(name.column, message));
				},
			};
			if ids.contains(&id) {
				return Err(QueryError::new(
					name.column,
					format!("`{}` is there twice", name.text),
				));
			}
			ids.push(id);
		}
		Ok(ids)
	}

	/// The order that is meant.
	pub fn order(&self, order: &OrderText) -> Result<Order, QueryError> {
		let found = match self.field(&order.by)? {
			Field::Id => Some(OrderBy::Id),
			Field::Property(id) => self
				.schema
				.property(id)
				.filter(|property| property.index_entries)
				.map(|property| OrderBy::Property(property.id)),
			_ => None,
		};
		let by = found.ok_or_else(|| {
			let indexed = self.schema.properties.iter().filter(|it| it.index_entries);
			let names: Vec<_> =
				indexed.map(|it| format!("`{}`", text(&it.property.name))).collect();
			let also = match names.as_slice() {
				[] => "none of this class's".to_string(),
				names => names.join(", "),
			};
			let message = format!(
				"entries are put in order by `id` or an indexed property ({also}), not by `{}`",
				order.by.text
			);
			QueryError::new(order.by.column, message)
		})?;
		Ok(Order { by, descending: order.descending })
	}

	/// The condition that is meant.
	pub fn condition(&self, items: &[Item]) -> Result<Vec<Term>, QueryError> {
		let term = |item: &Item| match item {
			Item::And => Ok(Term::And),
			Item::Or => Ok(Term::Or),
			Item::Not => Ok(Term::Not),
			Item::Test(field, question, column) => self.test(field, question, *column),
		};
		items.iter().map(term).collect()
	}

	fn test(&self, spot: &Spot, question: &Question, column: usize) -> Result<Term, QueryError> {
		let field = self.field(spot)?;
		let Some(kind) = field.kind(self.schema) else {
			return Err(self.unknown(spot));
		};
		let single = matches!(*kind, PropertyType::Single(_));
		let is_text = matches!(kind.scalar(), ScalarType::Text { .. });
		let value = |value: &Spot| self.value(field, kind.scalar(), value);
		match question {
			Question::Empty => Ok(Term::Empty(field)),
			Question::Contains(wanted) if !single || is_text => {
				Ok(Term::Contains(field, value(wanted)?))
			},
			Question::Contains(_) => {
				let message =
					format!("`{}` is neither a text nor a list: compare it with =", spot.text);
				Err(QueryError::new(column, message))
			},
			_ if !single => {
				let message = format!(
					"`{}` is a list: ask whether it `contains` a value, or `is empty`",
					spot.text
				);
				Err(QueryError::new(column, message))
			},
			Question::Compare(comparison, wanted) => {
				Ok(Term::Compare(field, *comparison, value(wanted)?))
			},
			Question::In(choices) => {
				let scalars = choices.iter().map(value).collect::<Result<Vec<_>, _>>()?;
				let choices = scalars.try_into().map_err(|_| {
					QueryError::new(column, format!("there are more than {MAX_CHOICES} values"))
				})?;
				Ok(Term::In(field, choices))
			},
		}
	}

	fn value(&self, field: Field, kind: &ScalarType, spot: &Spot) -> Result<Scalar, QueryError> {
		let wrong = |message: String| QueryError::new(spot.column, message);
		match field {
			Field::Owner => {
				let account = self
					.names
					.account(&spot.text)
					.ok_or_else(|| wrong(format!("`{}` is no account", shorten(&spot.text))))?;
				Ok(Scalar::Bytes(ByteString::truncate_from(account.to_vec())))
			},
			// Of the class asked about, the number alone will do.
			Field::Id => match spot.text.parse() {
				Ok(serial) => Ok(Scalar::Reference(rome_primitives::content::EntityId {
					class: self.class,
					serial,
				})),
				Err(_) => parse_id(&spot.text, self.names).map(Scalar::Reference).map_err(wrong),
			},
			_ => scalar_from_text(kind, &spot.text, self.names).map_err(wrong),
		}
	}

	fn field(&self, spot: &Spot) -> Result<Field, QueryError> {
		if let Some(property) = self.schema.property_by_name(spot.text.as_bytes()) {
			return Ok(Field::Property(property.id));
		}
		let name = spot.text.strip_prefix('@').unwrap_or(&spot.text);
		let found = FIELDS.iter().find(|(known, _)| *known == name);
		found.map(|(_, field)| *field).ok_or_else(|| self.unknown(spot))
	}

	fn unknown(&self, spot: &Spot) -> QueryError {
		let mut names: Vec<_> =
			self.schema.properties.iter().map(|it| text(&it.property.name)).collect();
		names.extend(FIELDS.map(|(name, _)| name.to_string()));
		let mut meant = did_you_mean(&spot.text, names.iter().map(String::as_str));
		if meant.is_empty() {
			meant = format!("; it has {}", names.join(", "));
		}
		let message = format!("`{}` has no property `{}`{meant}", self.name, shorten(&spot.text));
		QueryError::new(spot.column, message)
	}

	/// What a field is called.
	pub fn field_name(&self, field: Field) -> String {
		match field {
			Field::Property(id) => self.property_name(id),
			other => FIELDS
				.iter()
				.find(|(_, field)| *field == other)
				.map_or_else(String::new, |(name, _)| (*name).to_string()),
		}
	}

	/// What a property is called.
	pub fn property_name(&self, id: PropertyId) -> String {
		let found = self.schema.property(id).map(|property| text(&property.property.name));
		found.unwrap_or_else(|| format!("property {id}"))
	}

	/// Why the chain does not answer a query.
	pub fn describe(&self, error: &SelectError) -> String {
		use rome_primitives::content::api::ReadError;
		match error {
			SelectError::ClassNotFound => format!("there is no class `{}`", self.name),
			SelectError::NoActiveVersion => {
				format!("the class `{}` has no active version: name one", self.name)
			},
			SelectError::Unreadable(ReadError::TooManySteps) => format!(
				"too many versions lie between the oldest entries of `{}` and version {}",
				self.name, self.version
			),
			SelectError::Unreadable(_) => {
				format!("`{}` has no version {}", self.name, self.version)
			},
			SelectError::TooLarge => "the query is too large: fewer or shorter values".into(),
			SelectError::Malformed => "the condition is incomplete".into(),
			SelectError::UnknownProperty(id) => {
				format!("`{}` has no {}", self.name, self.property_name(*id))
			},
			SelectError::WrongType(field) => {
				let kind = field.kind(self.schema);
				let takes = kind.map_or_else(String::new, |kind| {
					format!(": it is {}", describe_scalar(kind.scalar()))
				});
				format!(
					"`{}` is compared with a value of another type{takes}",
					self.field_name(*field)
				)
			},
			SelectError::WrongOperator(field) => {
				format!("`{}` cannot be compared like this", self.field_name(*field))
			},
			SelectError::OrderNotIndexed(id) => format!(
				"entries cannot be put in order by `{}`: it is not indexed",
				self.property_name(*id)
			),
			SelectError::OrderUnavailable(id, why) => format!(
				"entries cannot be put in order by `{}` now: {}",
				self.property_name(*id),
				unused(*why)
			),
			SelectError::OtherPosition => {
				"the position to go on from does not belong to this query: begin anew".into()
			},
		}
	}
}

/// Why a property's entries are not used.
pub fn unused(why: Unused) -> &'static str {
	match why {
		Unused::Building => "its entries are still being built",
		Unused::OlderVersions => {
			"entries stored as older versions have their value from elsewhere, or none in the index"
		},
		Unused::Order => "the entries are wanted in another order",
		Unused::Unbounded => "the condition does not bound its value",
	}
}
