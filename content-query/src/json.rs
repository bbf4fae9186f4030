//! What the directory holds, for programs: names instead of numbers, values as they are written.

use crate::{
	text,
	values::{describe_type, value_to_json},
	Names,
};
use codec::{Decode, Encode};
use rome_primitives::content::{
	api::{ClassView, EntityAs, EntityView, Reading, SchemaView, SuggestionView},
	select::Position,
	ClassStatus, CreationPolicy, EntityValues, Property, PropertyType, ScalarType, Schema,
	SchemaStatus, SuggestionStatus, SuggestionTarget, Visibility,
};
use serde_json::{json, Map, Value as Json};
use std::fmt::Display;

/// An entity's values by their properties' names.
pub fn values(schema: &Schema, values: &EntityValues) -> Map<String, Json> {
	let found = schema.properties.iter().filter_map(|property| {
		let value = values.value(property.id)?;
		Some((text(&property.property.name), value_to_json(&property.property.kind, value)))
	});
	found.collect()
}

/// How far an entity is seen, in one word.
pub fn visibility(visibility: &Visibility) -> &'static str {
	match visibility {
		Visibility::Visible => "visible",
		Visibility::Hidden { .. } => "hidden",
		Visibility::Frozen { .. } => "frozen",
	}
}

/// Why an entity is not seen by everyone, or not changed by its owner.
pub fn visibility_reason(visibility: &Visibility) -> Json {
	match visibility {
		Visibility::Visible => Json::Null,
		Visibility::Hidden { reason, .. } | Visibility::Frozen { reason, .. } => {
			text(reason).into()
		},
	}
}

/// An entity as it is stored.
pub fn entity<A: Display, B: Display>(
	view: &EntityView<A, B>,
	schema: &Schema,
	names: &dyn Names,
) -> Json {
	json!({
		"id": view.id.to_string(),
		"class": names.class_name(view.id.class),
		"version": view.entity.version,
		"owner": view.entity.owner.to_string(),
		"referenceable": view.entity.referenceable,
		"visibility": visibility(&view.entity.visibility),
		"visibilityReason": visibility_reason(&view.entity.visibility),
		"deposit": view.entity.deposit.to_string(),
		"offeredTo": view.offered_to.as_ref().map(ToString::to_string),
		"values": values(schema, &view.entity.values),
		"removedReferences": ids(&view.removed_references),
		"expiredObjects": hashes(&view.expired_objects),
	})
}

/// An entity read as a version.
pub fn entity_as<A: Display>(view: &EntityAs<A>, schema: &Schema, names: &dyn Names) -> Json {
	let (reading, asks) = match &view.reading {
		Reading::Complete => ("complete", Vec::new()),
		Reading::Later => ("later", Vec::new()),
		Reading::Asks(asked) => ("asks", asked.clone()),
	};
	let asked = schema.properties.iter().filter(|property| asks.contains(&property.id));
	json!({
		"id": view.id.to_string(),
		"class": names.class_name(view.id.class),
		"version": view.version,
		"stored": view.stored,
		"reading": reading,
		"asks": asked.map(|property| text(&property.property.name)).collect::<Vec<_>>(),
		"owner": view.owner.to_string(),
		"referenceable": view.referenceable,
		"visibility": visibility(&view.visibility),
		"visibilityReason": visibility_reason(&view.visibility),
		"values": values(schema, &view.values),
		"removedReferences": ids(&view.removed_references),
		"expiredObjects": hashes(&view.expired_objects),
	})
}

fn ids(ids: &[rome_primitives::content::EntityId]) -> Vec<String> {
	ids.iter().map(ToString::to_string).collect()
}

fn hashes(hashes: &[rome_primitives::content::ObjectHash]) -> Vec<String> {
	hashes.iter().map(hex::encode).collect()
}

/// A class.
pub fn class<A: Display>(view: &ClassView<A>) -> Json {
	let config = &view.class.config;
	let creation = match &config.creation {
		CreationPolicy::Anyone => json!("anyone"),
		CreationPolicy::Allowed(accounts) => {
			json!({ "accounts": accounts.iter().map(ToString::to_string).collect::<Vec<_>>() })
		},
		CreationPolicy::Curators(groups) => json!({ "curatorGroups": groups.to_vec() }),
	};
	json!({
		"id": view.id,
		"name": text(&view.class.name),
		"description": text(&config.description),
		"category": word(format!("{:?}", config.category)),
		"status": match view.class.status {
			ClassStatus::Open => "open",
			ClassStatus::Paused => "paused",
			ClassStatus::Retired => "retired",
		},
		"activeVersion": view.class.active_version,
		"latestVersion": view.class.latest_version,
		"entities": view.stats.entities,
		"entitiesByVersion": view.stats.by_version.iter()
			.map(|(version, entities)| (version.to_string(), json!(entities)))
			.collect::<Map<_, _>>(),
		"creation": creation,
		"maxEntities": config.max_entities,
		"defaultQuota": config.default_quota,
		"freeForm": config.free_form,
	})
}

/// A schema version.
pub fn schema(view: &SchemaView, names: &dyn Names) -> Json {
	json!({
		"class": names.class_name(view.class),
		"version": view.version,
		"status": match view.schema.status {
			SchemaStatus::Active => "active",
			SchemaStatus::Superseded => "superseded",
			SchemaStatus::Retired => "retired",
		},
		"entities": view.entities,
		"properties": view.schema.properties.iter()
			.map(|property| self::property(&property.property, names))
			.collect::<Vec<_>>(),
	})
}

/// A suggestion.
pub fn suggestion<A: Display, B: Display>(view: &SuggestionView<A, B>, names: &dyn Names) -> Json {
	let suggestion = &view.suggestion;
	let (class, version) = match &suggestion.target {
		SuggestionTarget::New { name, .. } => (Some(text(name)), 1),
		SuggestionTarget::Existing { class, base } => {
			(names.class_name(*class), u32::from(*base) + 1)
		},
	};
	json!({
		"id": view.id,
		"class": class,
		"version": version,
		"newClass": matches!(suggestion.target, SuggestionTarget::New { .. }),
		"category": word(format!("{:?}", suggestion.category)),
		"status": match suggestion.status {
			SuggestionStatus::Suggested => "suggested",
			SuggestionStatus::Approved => "approved",
		},
		"proposer": suggestion.proposer.to_string(),
		"deposit": suggestion.deposit.to_string(),
		"endorsers": suggestion.endorsers,
		"endorsed": suggestion.endorsed.to_string(),
		"properties": suggestion.schema.properties.iter()
			.map(|draft| property(&draft.property, names))
			.collect::<Vec<_>>(),
	})
}

fn property(property: &Property, names: &dyn Names) -> Json {
	let mut json = json!({
		"name": text(&property.name),
		"description": text(&property.description),
		"type": type_name(property.kind.scalar()),
		"list": matches!(property.kind, PropertyType::List { .. }),
		"takes": describe_type(&property.kind),
		"required": property.required,
		"unique": property.unique,
		"indexed": property.indexed,
		"locked": property.locked,
	});
	match property.kind.scalar() {
		ScalarType::Enum { variants } => {
			json["variants"] = variants.iter().map(|variant| text(variant)).collect();
		},
		ScalarType::Reference { class, same_owner } => {
			json["refersTo"] = class.and_then(|id| names.class_name(id)).into();
			json["sameOwner"] = (*same_owner).into();
		},
		_ => {},
	}
	json
}

fn type_name(kind: &ScalarType) -> &'static str {
	match kind {
		ScalarType::Bool => "boolean",
		ScalarType::Int { .. } => "integer",
		ScalarType::Decimal { .. } => "decimal",
		ScalarType::Text { .. } => "text",
		ScalarType::Bytes { .. } => "bytes",
		ScalarType::Hash32 => "hash32",
		ScalarType::Timestamp => "timestamp",
		ScalarType::Enum { .. } => "enum",
		ScalarType::Reference { .. } => "reference",
		ScalarType::DataObject => "dataObject",
	}
}

/// A variant's name as JSON has names: the first letter small.
fn word(mut name: String) -> String {
	if let Some(first) = name.get_mut(..1) {
		first.make_ascii_lowercase();
	}
	name
}

/// A position as one word.
pub fn position(position: &Position) -> String {
	format!("0x{}", hex::encode(position.encode()))
}

/// The position that a word stands for.
pub fn parse_position(written: &str) -> Result<Position, String> {
	let bytes = hex::decode(written.strip_prefix("0x").unwrap_or(written)).ok();
	let input = bytes.as_deref();
	let found = input.and_then(|mut bytes| {
		let position = Position::decode(&mut bytes).ok()?;
		bytes.is_empty().then_some(position)
	});
	found.ok_or_else(|| {
		format!(
			"`{}` is no position: give the `next` of the page before",
			crate::words::shorten(written)
		)
	})
}
