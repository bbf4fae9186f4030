//! Writes a schema as the file that it could have come from.

use super::{
	model::{Creation, FileProperty, Group, Kind, Scalar, SchemaFile, Settings, Spanned},
	parse::{category_name, DIALECT},
	rules,
};
use rome_primitives::content::{
	ClassConfig, ClassId, CreationPolicy, DraftProperty, PropertyId, PropertyType, ScalarType,
	SchemaVersion,
};
use serde_json::{json, Map, Value};
use subxt::utils::AccountId32;

/// A version of a class as it is on chain.
pub(crate) struct Live<'a> {
	pub class: &'a [u8],
	pub config: &'a ClassConfig<AccountId32>,
	pub version: SchemaVersion,
	pub properties: &'a [DraftProperty],
}

/// What is on chain, as a file would say it. `class_name` knows the names of classes, `old_name` those of
/// the properties of the version before.
pub(crate) fn to_file(
	live: &Live,
	class_name: &dyn Fn(ClassId) -> Option<String>,
	old_name: &dyn Fn(PropertyId) -> Option<String>,
) -> SchemaFile {
	let config = live.config;
	let settings = Settings {
		description: Some(text(&config.description)).filter(|text| !text.is_empty()),
		category: Some(config.category),
		creation: match &config.creation {
			CreationPolicy::Anyone => Some(Creation::Anyone),
			CreationPolicy::Allowed(accounts) => {
				Some(Creation::Allowed(accounts.iter().map(|account| account.0).collect()))
			},
			CreationPolicy::Curators(groups) => {
				let groups = groups.iter().copied().map(Group::Number);
				Some(Creation::Curators(groups.map(Spanned::nowhere).collect()))
			},
		},
		default_quota: config.default_quota,
		max_entities: config.max_entities,
		free_form: config.free_form.then_some(true),
	};
	let properties = live.properties.iter().map(|draft| {
		let property = &draft.property;
		FileProperty {
			name: Spanned::nowhere(text(&property.name)),
			description: text(&property.description),
			kind: match &property.kind {
				PropertyType::Single(scalar) => Kind::Single(to_scalar(scalar, class_name)),
				PropertyType::List { item, max_items } => {
					Kind::List { item: to_scalar(item, class_name), max_items: *max_items }
				},
			},
			required: property.required,
			unique: property.unique,
			indexed: property.indexed,
			locked: property.locked,
			rule: draft.rule.as_ref().map(|rule| rules::to_file(rule, &property.kind, old_name)),
		}
	});
	SchemaFile {
		class: Spanned::nowhere(text(live.class)),
		version: Spanned::nowhere(live.version),
		settings,
		properties: properties.collect(),
	}
}

fn to_scalar(scalar: &ScalarType, class_name: &dyn Fn(ClassId) -> Option<String>) -> Scalar {
	match scalar {
		ScalarType::Bool => Scalar::Bool,
		ScalarType::Int { min, max } => Scalar::Int { min: *min, max: *max },
		ScalarType::Decimal { scale } => Scalar::Decimal { scale: *scale },
		ScalarType::Text { max_length } => Scalar::Text { max_length: *max_length },
		ScalarType::Bytes { max_length } => Scalar::Bytes { max_bytes: *max_length },
		ScalarType::Hash32 => Scalar::Hash32,
		ScalarType::Timestamp => Scalar::Timestamp,
		ScalarType::DataObject => Scalar::DataObject,
		ScalarType::Enum { variants } => {
			Scalar::Enum { variants: variants.iter().map(|variant| text(variant)).collect() }
		},
		ScalarType::Reference { class, same_owner } => Scalar::Reference {
			class: class.map(|id| {
				Spanned::nowhere(class_name(id).unwrap_or_else(|| format!("class_{id}")))
			}),
			same_owner: *same_owner,
		},
	}
}

fn text(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}

/// The file's text. Reading it gives the same file.
pub(crate) fn render(file: &SchemaFile) -> String {
	let settings = &file.settings;
	let mut rome = Map::new();
	rome.insert("class".into(), json!(file.class.value));
	if let Some(category) = settings.category {
		rome.insert("category".into(), json!(category_name(category)));
	}
	rome.insert("version".into(), json!(file.version.value));
	match &settings.creation {
		None => {},
		Some(Creation::Anyone) => {
			rome.insert("creation".into(), json!("anyone"));
		},
		Some(Creation::Allowed(accounts)) => {
			let accounts: Vec<_> =
				accounts.iter().map(|account| AccountId32(*account).to_string()).collect();
			rome.insert("creation".into(), json!(accounts));
		},
		Some(Creation::Curators(groups)) => {
			let groups: Vec<_> = groups
				.iter()
				.map(|group| match &group.value {
					Group::Number(number) => json!(number),
					Group::Named(name) => json!(name),
				})
				.collect();
			rome.insert("creation".into(), json!({ "curatorGroups": groups }));
		},
	}
	if let Some(quota) = settings.default_quota {
		rome.insert("defaultQuota".into(), json!(quota));
	}
	if let Some(most) = settings.max_entities {
		rome.insert("maxEntities".into(), json!(most));
	}
	if settings.free_form == Some(true) {
		rome.insert("freeForm".into(), json!(true));
	}

	let mut top = Map::new();
	top.insert("$schema".into(), json!(DIALECT));
	if let Some(description) = &settings.description {
		top.insert("description".into(), json!(description));
	}
	top.insert("x-rome".into(), Value::Object(rome));
	top.insert("type".into(), json!("object"));
	let properties = file.properties.iter();
	let properties =
		properties.map(|property| (property.name.value.clone(), render_property(property)));
	top.insert("properties".into(), Value::Object(properties.collect()));
	let required = file.properties.iter().filter(|property| property.required);
	let required: Vec<_> = required.map(|property| property.name.value.as_str()).collect();
	if !required.is_empty() {
		top.insert("required".into(), json!(required));
	}
	top.insert("additionalProperties".into(), json!(false));
	format!("{:#}\n", Value::Object(top))
}

fn render_property(property: &FileProperty) -> Value {
	let mut object = Map::new();
	if !property.description.is_empty() {
		object.insert("description".into(), json!(property.description));
	}
	let mut rome = Map::new();
	match &property.kind {
		Kind::Single(scalar) => render_scalar(scalar, &mut object, &mut rome),
		Kind::List { item, max_items } => {
			object.insert("type".into(), json!("array"));
			let (mut items, mut item_rome) = (Map::new(), Map::new());
			render_scalar(item, &mut items, &mut item_rome);
			if !item_rome.is_empty() {
				items.insert("x-rome".into(), Value::Object(item_rome));
			}
			object.insert("items".into(), Value::Object(items));
			object.insert("maxItems".into(), json!(max_items));
		},
	}
	let flags =
		[("unique", property.unique), ("indexed", property.indexed), ("locked", property.locked)];
	for (name, _) in flags.iter().filter(|(_, set)| *set) {
		rome.insert((*name).into(), json!(true));
	}
	if let Some(rule) = &property.rule {
		let (keyword, value) = rules::render(&rule.value);
		rome.insert(keyword.into(), value);
	}
	if !rome.is_empty() {
		object.insert("x-rome".into(), Value::Object(rome));
	}
	Value::Object(object)
}

fn render_scalar(scalar: &Scalar, object: &mut Map<String, Value>, rome: &mut Map<String, Value>) {
	let kind = match scalar {
		Scalar::Bool => "boolean",
		Scalar::Int { .. } => "integer",
		_ => "string",
	};
	object.insert("type".into(), json!(kind));
	let mut special = |name: &str| rome.insert("type".into(), json!(name));
	match scalar {
		Scalar::Bool => {},
		Scalar::Int { min, max } => {
			if let Some(min) = min {
				object.insert("minimum".into(), json!(min));
			}
			if let Some(max) = max {
				object.insert("maximum".into(), json!(max));
			}
		},
		Scalar::Decimal { scale } => {
			special("decimal");
			rome.insert("scale".into(), json!(scale));
		},
		Scalar::Text { max_length } => {
			object.insert("maxLength".into(), json!(max_length));
		},
		Scalar::Bytes { max_bytes } => {
			special("bytes");
			rome.insert("maxBytes".into(), json!(max_bytes));
		},
		Scalar::Hash32 => {
			special("hash32");
		},
		Scalar::Timestamp => {
			object.insert("format".into(), json!("date-time"));
		},
		Scalar::Enum { variants } => {
			object.insert("enum".into(), json!(variants));
		},
		Scalar::DataObject => {
			special("dataObject");
		},
		Scalar::Reference { class, same_owner } => {
			special("reference");
			if let Some(class) = class {
				rome.insert("class".into(), json!(class.value));
			}
			if *same_owner {
				rome.insert("sameOwner".into(), json!(true));
			}
		},
	}
}
