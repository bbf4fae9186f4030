//! What a schema file says, before names become numbers.

use super::{rules, walk::Position};
use rome_primitives::content::{
	Category, ClassId, CuratorGroupId, DraftProperty, EnumVariants, Property, PropertyType,
	ScalarType, Schema, SchemaDraft, SchemaError, SchemaStatus, SchemaVersion,
};
use serde_json::Value as Json;

/// Something said in a file, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Spanned<T> {
	pub value: T,
	pub at: Position,
}

impl<T> Spanned<T> {
	/// Something that comes from no file.
	pub(crate) fn nowhere(value: T) -> Self {
		Self { value, at: Position { line: 1, column: 1 } }
	}
}

/// Something wrong with a file, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Issue {
	pub at: Position,
	pub message: String,
}

impl Issue {
	pub(crate) fn new(at: Position, message: impl Into<String>) -> Self {
		Self { at, message: message.into() }
	}
}

/// Who may create entities, as a file says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Creation {
	Anyone,
	Allowed(Vec<[u8; 32]>),
	/// Members of these curator groups.
	Curators(Vec<Spanned<Group>>),
}

/// A curator group, as a file says it. A name makes the file good for every chain that has such a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Group {
	Number(CuratorGroupId),
	Named(String),
}

/// The class's settings. A version after the first may leave them out: they belong to the class.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Settings {
	pub description: Option<String>,
	pub category: Option<Category>,
	pub creation: Option<Creation>,
	pub default_quota: Option<u32>,
	pub max_entities: Option<u32>,
	/// Whether free-form documents, version 0, may be created.
	pub free_form: Option<bool>,
}

/// The type of a single value, with a class by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Scalar {
	Bool,
	Int { min: Option<i64>, max: Option<i64> },
	Decimal { scale: u8 },
	Text { max_length: u32 },
	Bytes { max_bytes: u32 },
	Hash32,
	Timestamp,
	Enum { variants: Vec<String> },
	Reference { class: Option<Spanned<String>>, same_owner: bool },
	DataObject,
}

/// The type of a property.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
	Single(Scalar),
	List { item: Scalar, max_items: u16 },
}

impl Kind {
	pub(crate) fn scalar(&self) -> &Scalar {
		match self {
			Self::Single(scalar) | Self::List { item: scalar, .. } => scalar,
		}
	}
}

/// Where a property's value comes from in entities of the version before, with that property by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum RuleFrom {
	Carry(Spanned<String>),
	/// With a table, the texts and the variants that they become.
	Cast {
		from: Spanned<String>,
		table: Vec<(String, Spanned<String>)>,
	},
	Default(Spanned<Json>),
	Ask,
}

/// A property as a file has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct FileProperty {
	pub name: Spanned<String>,
	pub description: String,
	pub kind: Kind,
	pub required: bool,
	pub unique: bool,
	pub indexed: bool,
	pub locked: bool,
	pub rule: Option<Spanned<RuleFrom>>,
}

/// A schema file: one version of one class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SchemaFile {
	pub class: Spanned<String>,
	pub version: Spanned<SchemaVersion>,
	pub settings: Settings,
	pub properties: Vec<FileProperty>,
}

impl SchemaFile {
	/// The classes that its references name, its own left out.
	pub(crate) fn referenced_classes(&self) -> impl Iterator<Item = &Spanned<String>> {
		self.properties.iter().filter_map(|property| match property.kind.scalar() {
			Scalar::Reference { class: Some(class), .. } if class.value != self.class.value => {
				Some(class)
			},
			_ => None,
		})
	}

	/// The schema as a suggestion carries it: `class_id` knows the numbers of classes, `before` is the
	/// version that the rules start from, where it is known.
	pub(crate) fn draft(
		&self,
		class_id: &dyn Fn(&str) -> Option<ClassId>,
		before: Option<&Schema>,
	) -> Result<SchemaDraft, Vec<Issue>> {
		let mut issues = Vec::new();
		let mut properties = Vec::new();
		for property in &self.properties {
			match self.draft_property(property, class_id, before) {
				Ok(property) => properties.push(property),
				Err(issue) => issues.push(issue),
			}
		}
		if !issues.is_empty() {
			return Err(issues);
		}
		let at = self.class.at;
		let too_many = |_| vec![Issue::new(at, describe(SchemaError::TooLarge))];
		let draft = SchemaDraft { properties: properties.try_into().map_err(too_many)? };
		draft
			.check(class_id(&self.class.value), before)
			.map_err(|error| vec![self.locate(error)])?;
		Ok(draft)
	}

	fn draft_property(
		&self,
		property: &FileProperty,
		class_id: &dyn Fn(&str) -> Option<ClassId>,
		before: Option<&Schema>,
	) -> Result<DraftProperty, Issue> {
		let too_long = |_| Issue::new(property.name.at, "a name or description is too long");
		let kind = match &property.kind {
			Kind::Single(scalar) => PropertyType::Single(self.draft_scalar(scalar, class_id)?),
			Kind::List { item, max_items } => PropertyType::List {
				item: self.draft_scalar(item, class_id)?,
				max_items: *max_items,
			},
		};
		let new = Property {
			name: property.name.value.as_bytes().to_vec().try_into().map_err(too_long)?,
			description: property.description.as_bytes().to_vec().try_into().map_err(too_long)?,
			kind,
			required: property.required,
			unique: property.unique,
			indexed: property.indexed,
			locked: property.locked,
		};
		let rule = rules::draft(property, &new, before)?;
		Ok(DraftProperty { property: new, rule })
	}

	fn draft_scalar(
		&self,
		scalar: &Scalar,
		class_id: &dyn Fn(&str) -> Option<ClassId>,
	) -> Result<ScalarType, Issue> {
		Ok(match scalar {
			Scalar::Bool => ScalarType::Bool,
			Scalar::Int { min, max } => ScalarType::Int { min: *min, max: *max },
			Scalar::Decimal { scale } => ScalarType::Decimal { scale: *scale },
			Scalar::Text { max_length } => ScalarType::Text { max_length: *max_length },
			Scalar::Bytes { max_bytes } => ScalarType::Bytes { max_length: *max_bytes },
			Scalar::Hash32 => ScalarType::Hash32,
			Scalar::Timestamp => ScalarType::Timestamp,
			Scalar::DataObject => ScalarType::DataObject,
			Scalar::Enum { variants } => {
				let too_long =
					|_| Issue::new(self.class.at, "an enumeration's variant is too long");
				let many = |_| Issue::new(self.class.at, "an enumeration has too many variants");
				let variants: Result<Vec<_>, Issue> = variants
					.iter()
					.map(|variant| variant.as_bytes().to_vec().try_into().map_err(too_long))
					.collect();
				ScalarType::Enum { variants: EnumVariants::try_from(variants?).map_err(many)? }
			},
			Scalar::Reference { class, same_owner } => ScalarType::Reference {
				class: match class {
					Some(class) if class.value != self.class.value => {
						Some(class_id(&class.value).ok_or_else(|| {
							Issue::new(
								class.at,
								format!(
									"there is no class `{}` to refer to: activate its schema first",
									class.value
								),
							)
						})?)
					},
					// Its own class, named or not: the number that it will have is not known yet.
					_ => None,
				},
				same_owner: *same_owner,
			},
		})
	}

	/// The issue that the chain's own check found, with its place in the file.
	fn locate(&self, error: SchemaError) -> Issue {
		let property = |at: u32| self.properties.get(at as usize);
		let (at, name) = match error {
			SchemaError::BadName(at)
			| SchemaError::DuplicateName(at)
			| SchemaError::NotUtf8(at)
			| SchemaError::EmptyRange(at)
			| SchemaError::BadScale(at)
			| SchemaError::BadLimit(at)
			| SchemaError::BadVariants(at)
			| SchemaError::ListNotSearchable(at)
			| SchemaError::RequiresItself(at) => (property(at).map(|it| it.name.at), None),
			SchemaError::BadCarry(at)
			| SchemaError::CarryChanges(at)
			| SchemaError::BadCast(at)
			| SchemaError::BadTable(at)
			| SchemaError::BadDefault(at)
			| SchemaError::RuleWithoutBase(at) => {
				let rule = property(at).and_then(|it| it.rule.as_ref()).map(|rule| rule.at);
				(rule, property(at).map(|it| &it.name.value))
			},
			SchemaError::Empty
			| SchemaError::TooLarge
			| SchemaError::TooManyUnique
			| SchemaError::TooManyIndexed => (None, None),
		};
		let what = describe(error);
		let message = name.map_or_else(|| what.clone(), |name| format!("`{name}`: {what}"));
		Issue::new(at.unwrap_or(self.class.at), message)
	}
}

/// A checked draft as the schema that it would become: what a later version's rules start from.
pub(crate) fn as_schema(draft: SchemaDraft, before: Option<&Schema>) -> Option<Schema> {
	let next = before
		.and_then(|schema| schema.properties.iter().map(|property| property.id).max())
		.map_or(0, |id| id.saturating_add(1));
	let (properties, _) = draft.with_ids(next)?;
	Some(Schema { status: SchemaStatus::Active, base: 0, properties })
}

/// A schema's properties as the draft that would make them again.
#[cfg(test)]
pub(crate) fn as_draft(schema: &Schema) -> Option<SchemaDraft> {
	let properties: Vec<_> = schema
		.properties
		.iter()
		.map(|it| DraftProperty { property: it.property.clone(), rule: it.rule.clone() })
		.collect();
	Some(SchemaDraft { properties: properties.try_into().ok()? })
}

/// What a schema error means.
pub(crate) fn describe(error: SchemaError) -> String {
	use rome_primitives::content::limits::*;
	match error {
		SchemaError::Empty => "a schema needs at least one property".into(),
		SchemaError::TooLarge => format!(
			"the schema is larger than {MAX_SCHEMA_BYTES} bytes or has more than {MAX_PROPERTIES} \
			 properties: shorten descriptions or move part of it to a class of its own"
		),
		SchemaError::BadName(_) => format!(
			"a name is an ASCII letter, then ASCII letters, digits and underscores, at most \
			 {MAX_NAME_BYTES} in all"
		),
		SchemaError::DuplicateName(_) => "there is another property of this name".into(),
		SchemaError::NotUtf8(_) => "a description or variant is not UTF-8".into(),
		SchemaError::EmptyRange(_) => "`minimum` is above `maximum`: no value would fit".into(),
		SchemaError::BadScale(_) => {
			format!("a decimal has at most {MAX_DECIMAL_SCALE} digits after the point")
		},
		SchemaError::BadLimit(_) => format!(
			"a text or byte string holds 1 to {MAX_STRING_BYTES}, a list 1 to {MAX_LIST_ITEMS} items"
		),
		SchemaError::BadVariants(_) => format!(
			"an enumeration has 1 to {MAX_VARIANTS} variants, none of them empty and none twice"
		),
		SchemaError::ListNotSearchable(_) => "a list can be neither unique nor indexed".into(),
		SchemaError::TooManyUnique => {
			format!("more than {MAX_UNIQUE} properties are unique")
		},
		SchemaError::TooManyIndexed => {
			format!("more than {MAX_INDEXED} properties are indexed")
		},
		SchemaError::RequiresItself(_) => {
			"a required reference to the own class: the first entity could not have one".into()
		},
		SchemaError::BadCarry(_) => {
			"what it starts from is missing from the version before, or carried twice".into()
		},
		SchemaError::CarryChanges(_) => "a carried property keeps its type, and stays unique or \
			 indexed if it was: make a new property for a new type"
			.into(),
		SchemaError::BadCast(_) => "there is no conversion from the one type to the other".into(),
		SchemaError::BadTable(_) => "the table of a conversion from text to an enumeration is \
			 missing, names a text twice or a variant that there is not"
			.into(),
		SchemaError::BadDefault(_) => "the default does not fit the property's limits".into(),
		SchemaError::RuleWithoutBase(_) => {
			"a rule in the first version of a class, which has nothing to start from".into()
		},
	}
}
