//! Classes and schemas on chain, by name.

use crate::{
	accounts::parse_account,
	failure::{did_you_mean, Failure},
};
use rome_client::{
	directory::{ClassInfo, SuggestionInfo},
	Chain,
};
pub(crate) use rome_content_query::text;
use rome_content_query::Names;
use rome_primitives::content::{
	ClassId, DraftProperty, Property, Schema, SchemaProperty, SchemaVersion, SuggestionTarget,
};
use std::collections::HashMap;

/// All classes, for their names.
pub(crate) struct Classes(pub Vec<ClassInfo>);

impl Classes {
	pub(crate) async fn fetch(chain: &Chain) -> Result<Self, Failure> {
		Ok(Self(chain.classes().await?))
	}

	pub(crate) fn by_name(&self, name: &str) -> Option<&ClassInfo> {
		self.0.iter().find(|info| info.class.name.as_slice() == name.as_bytes())
	}

	pub(crate) fn by_id(&self, id: ClassId) -> Option<&ClassInfo> {
		self.0.iter().find(|info| info.id == id)
	}

	pub(crate) fn id(&self, name: &str) -> Option<ClassId> {
		self.by_name(name).map(|info| info.id)
	}

	pub(crate) fn name(&self, id: ClassId) -> Option<String> {
		self.by_id(id).map(|info| text(&info.class.name))
	}

	/// The class called `name`, or what to do instead.
	pub(crate) fn need(&self, name: &str) -> Result<&ClassInfo, Failure> {
		self.by_name(name).ok_or_else(|| {
			let names: Vec<_> = self.0.iter().map(|info| text(&info.class.name)).collect();
			let meant = did_you_mean(name, names.iter().map(String::as_str));
			Failure::new(format!("there is no class `{name}`{meant}"))
				.hint("`rome schema list` shows the classes")
		})
	}
}

impl Names for Classes {
	fn class_id(&self, name: &str) -> Option<ClassId> {
		self.id(name)
	}

	fn class_name(&self, id: ClassId) -> Option<String> {
		self.name(id)
	}

	fn account(&self, written: &str) -> Option<[u8; 32]> {
		parse_account(written).ok().map(|account| account.0)
	}
}

/// The active version of a class's schema.
pub(crate) async fn active_schema(
	chain: &Chain,
	class: &ClassInfo,
) -> Result<(SchemaVersion, Schema), Failure> {
	let name = text(&class.class.name);
	let Some(version) = class.class.active_version else {
		return Err(Failure::new(format!("the class `{name}` has no active version"))
			.hint("`rome schema list` shows which suggestions for it are open"));
	};
	Ok((version, schema_of(chain, class.id, version).await?))
}

/// A version of a class's schema.
pub(crate) async fn schema_of(
	chain: &Chain,
	class: ClassId,
	version: SchemaVersion,
) -> Result<Schema, Failure> {
	let view = chain.schema(class, version).await?;
	view.map(|view| view.schema).ok_or_else(|| {
		Failure::new(format!("the class has no version {version}"))
			.hint("`rome schema list` shows the classes and their versions")
	})
}

/// Schemas that were read, by class and version.
#[derive(Default)]
pub(crate) struct Schemas(HashMap<(ClassId, SchemaVersion), Schema>);

impl Schemas {
	pub(crate) async fn get(
		&mut self,
		chain: &Chain,
		class: ClassId,
		version: SchemaVersion,
	) -> Result<&Schema, Failure> {
		match self.0.entry((class, version)) {
			std::collections::hash_map::Entry::Occupied(entry) => Ok(entry.into_mut()),
			std::collections::hash_map::Entry::Vacant(entry) => {
				Ok(entry.insert(schema_of(chain, class, version).await?))
			},
		}
	}
}

/// An open suggestion, or what to do instead.
pub(crate) async fn need_suggestion(chain: &Chain, id: u32) -> Result<SuggestionInfo, Failure> {
	chain.suggestion(id).await?.ok_or_else(|| {
		Failure::new(format!(
			"there is no open suggestion {id}: it was activated, rejected or withdrawn, or never made"
		))
		.hint("`rome schema list` shows the open ones")
	})
}

/// The properties of a schema as a draft has them.
pub(crate) fn draft_properties(schema: &Schema) -> Vec<DraftProperty> {
	let properties = schema.properties.iter();
	properties
		.map(|SchemaProperty { property, rule, .. }| DraftProperty {
			property: property.clone(),
			rule: rule.clone(),
		})
		.collect()
}

/// The class that a suggestion is for, by name, with the version that it would be.
pub(crate) fn target_of(info: &SuggestionInfo, classes: &Classes) -> (String, u32) {
	match &info.suggestion.target {
		SuggestionTarget::New { name, .. } => (text(name), 1),
		SuggestionTarget::Existing { class, base } => {
			let name = classes.name(*class).unwrap_or_else(|| format!("class {class}"));
			(name, u32::from(*base) + 1)
		},
	}
}

/// A property's name.
pub(crate) fn name_of(property: &Property) -> String {
	text(&property.name)
}
