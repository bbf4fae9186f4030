//! Reads a schema file: JSON Schema 2020-12, with `x-rome` for what that lacks.

use super::{
	model::{
		Creation, FileProperty, Group, Issue, Kind, RuleFrom, Scalar, SchemaFile, Settings, Spanned,
	},
	rules,
	types::{list, rome_of, scalar},
	walk::{parse_json, Walk},
};
use crate::failure::did_you_mean;
use jsonc_parser::ast::{Object, ObjectProp, Value};
use rome_primitives::content::{
	is_name,
	limits::{
		MAX_ALLOWED_CREATORS, MAX_CREATOR_GROUPS, MAX_DESCRIPTION_BYTES, MAX_INDEXED,
		MAX_NAME_BYTES, MAX_PROPERTIES, MAX_UNIQUE,
	},
	Category,
};
use std::str::FromStr;
use subxt::utils::AccountId32;

/// The dialect that schema files are written in.
pub(crate) const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

const TOP: [&str; 9] = [
	"$schema",
	"$comment",
	"title",
	"description",
	"type",
	"x-rome",
	"properties",
	"required",
	"additionalProperties",
];
const TOP_ROME: [&str; 7] =
	["class", "category", "version", "creation", "defaultQuota", "maxEntities", "freeForm"];
const PROPERTY: [&str; 12] = [
	"$comment",
	"title",
	"description",
	"type",
	"maxLength",
	"minimum",
	"maximum",
	"enum",
	"items",
	"maxItems",
	"format",
	"x-rome",
];
const PROPERTY_ROME: [&str; 12] = [
	"type",
	"scale",
	"maxBytes",
	"class",
	"sameOwner",
	"unique",
	"indexed",
	"locked",
	"carry",
	"cast",
	"default",
	"ask",
];

/// A category as files write it.
pub(crate) fn category_name(category: Category) -> &'static str {
	match category {
		Category::Video => "video",
		Category::Audio => "audio",
		Category::WrittenMedia => "writtenMedia",
		Category::Image => "image",
		Category::Person => "person",
		Category::Organization => "organization",
		Category::Collection => "collection",
		Category::Help => "help",
		Category::Other => "other",
	}
}

/// The category written `name`, in capitals or not.
pub(crate) fn category_by_name(name: &str) -> Option<Category> {
	Category::ALL.into_iter().find(|category| category_name(*category).eq_ignore_ascii_case(name))
}

/// Why a keyword of JSON Schema that Rome does not have cannot be used.
pub(crate) fn refused(keyword: &str) -> Option<&'static str> {
	Some(match keyword {
		"uniqueItems" => "is not checked by the chain: leave it out",
		"pattern" | "patternProperties" | "propertyNames" | "contains" | "minItems"
		| "minLength" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" | "const"
		| "not" | "minProperties" | "maxProperties" | "dependentRequired" | "dependentSchemas"
		| "if" | "then" | "else" => "is not something that the chain checks: leave it out",
		"$ref" | "$defs" | "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
			"is not supported: write each property's type where it stands"
		},
		"default" => {
			"does not stand here: what older entries get in a migration stands in `x-rome`"
		},
		_ => return None,
	})
}

/// The schema file in `text`, or everything that is wrong with it.
pub(crate) fn parse(text: &str) -> Result<SchemaFile, Vec<Issue>> {
	let value = parse_json(text).map_err(|issue| vec![issue])?;
	let walk = Walk::new(text);
	let file = walk.object(&value, "a schema").and_then(|object| schema(&walk, object));
	match file {
		Some(file) if !walk.has_issues() => Ok(file),
		_ => Err(walk.into_issues()),
	}
}

fn schema(walk: &Walk, top: &Object) -> Option<SchemaFile> {
	walk.members(top, "a schema", &TOP, &refused);
	if let Some(dialect) = walk.text_of(top, "$schema") {
		if dialect.value.trim_end_matches('#') != DIALECT {
			complain_at(walk, top, "$schema", format!("the dialect of schema files is {DIALECT}"));
		}
	}
	if let Some(kind) = walk.text_of(top, "type") {
		if kind.value != "object" {
			complain_at(walk, top, "type", "entities are objects: write \"object\"".into());
		}
	}
	if let Some(member) = top.get("additionalProperties") {
		if member.value.as_boolean_lit().is_none_or(|literal| literal.value) {
			walk.complain(
				&member.value,
				"entities hold what the schema names and nothing else: write false",
			);
		}
	}
	let rome = walk.need(top, "x-rome", "it says which class and version this is");
	let rome = rome.and_then(|member| walk.object(&member.value, "`x-rome`"));
	let head = rome.and_then(|rome| class(walk, top, rome));
	let properties = walk.need(top, "properties", "it lists what an entity holds")?;
	let properties = walk.object(&properties.value, "`properties`")?;
	let required = required(walk, top, properties);
	let properties: Vec<_> = properties
		.properties
		.iter()
		.enumerate()
		.filter_map(|(position, member)| {
			let earlier = properties.properties.iter().take(position);
			if earlier.clone().any(|other| other.name.as_str() == member.name.as_str()) {
				walk.complain(member, "there is another property of this name");
			}
			property(walk, member, &required)
		})
		.collect();
	let (class, version, settings) = head?;
	let file = SchemaFile { class, version, settings, properties };
	if !walk.has_issues() {
		check_whole(walk, top, &file);
	}
	Some(file)
}

/// Checks that take more than one property; the chain checks them as well, but knows no lines.
fn check_whole(walk: &Walk, top: &Object, file: &SchemaFile) {
	let Some(properties) = top.get_object("properties") else { return };
	let member = |name: &str| properties.properties.iter().find(|it| it.name.as_str() == name);
	if file.properties.is_empty() {
		walk.complain(properties, "a schema needs at least one property");
	}
	if file.properties.len() > MAX_PROPERTIES as usize {
		walk.complain(properties, format!("a schema has at most {MAX_PROPERTIES} properties"));
	}
	let extra = |flag: fn(&FileProperty) -> bool, most: u32, what: &str| {
		for property in file.properties.iter().filter(|it| flag(it)).skip(most as usize) {
			if let Some(member) = member(&property.name.value) {
				walk.complain(member, format!("at most {most} properties of a schema are {what}"));
			}
		}
	};
	extra(|property| property.unique, MAX_UNIQUE, "unique");
	extra(|property| property.indexed, MAX_INDEXED, "indexed");
	let mut carried = Vec::new();
	for property in &file.properties {
		let Some(rule) = &property.rule else { continue };
		let name = &property.name.value;
		let Some(member) = member(name) else { continue };
		if file.version.value < 2 {
			let (keyword, _) = rules::render(&rule.value);
			walk.complain(
				member,
				format!(
					"`{name}`: the first version has nothing to start from: leave `{keyword}` out"
				),
			);
		}
		let RuleFrom::Carry(from) = &rule.value else { continue };
		if carried.contains(&&from.value) {
			walk.complain(
				member,
				format!("`{name}`: `{}` is carried to another property already", from.value),
			);
		}
		carried.push(&from.value);
	}
	if file.version.value == 1 && file.settings.category.is_none() {
		complain_at(
			walk,
			top,
			"x-rome",
			"`category` is missing: it says what the class is about, for example \"video\"".into(),
		);
	}
}

pub(crate) fn complain_at(walk: &Walk, object: &Object, key: &str, message: String) {
	match object.get(key) {
		Some(member) => walk.complain(&member.value, message),
		None => walk.complain(object, message),
	}
}

type Head = (Spanned<String>, Spanned<u16>, Settings);

fn class(walk: &Walk, top: &Object, rome: &Object) -> Option<Head> {
	walk.members(rome, "a schema's `x-rome`", &TOP_ROME, &|_| None);
	walk.need(rome, "class", "it names the class");
	walk.need(rome, "version", "1 for a new class, 2 for the version after that, ...");
	let name = walk.text_of(rome, "class");
	if name.as_ref().is_some_and(|name| !is_name(name.value.as_bytes())) {
		complain_at(walk, rome, "class", bad_name("class"));
	}
	let version = walk.number_of::<u16>(rome, "version", 1, i64::from(u16::MAX));
	let category = walk.text_of(rome, "category").and_then(|name| {
		let found = Category::ALL.into_iter().find(|it| category_name(*it) == name.value);
		if found.is_none() {
			let all = Category::ALL.map(category_name);
			let message = format!(
				"`{}` is no category{}; there are {}",
				name.value,
				did_you_mean(&name.value, all),
				all.join(", ")
			);
			complain_at(walk, rome, "category", message);
		}
		found
	});
	let description = description(walk, top, MAX_DESCRIPTION_BYTES);
	let limit = |key: &str| {
		rome.get(key).filter(|member| member.value.as_null_keyword().is_none())?;
		Some(walk.number_of::<u32>(rome, key, 0, i64::from(u32::MAX))?.value)
	};
	let settings = Settings {
		description,
		category,
		creation: rome.get("creation").and_then(|member| creation(walk, &member.value)),
		default_quota: limit("defaultQuota"),
		max_entities: limit("maxEntities"),
		free_form: rome.get("freeForm").map(|_| walk.flag_of(rome, "freeForm")),
	};
	Some((name?, version?, settings))
}

pub(crate) fn bad_name(what: &str) -> String {
	format!(
		"a {what}'s name is an ASCII letter, then ASCII letters, digits and underscores, at most \
		 {MAX_NAME_BYTES} in all"
	)
}

fn description(walk: &Walk, object: &Object, most: u32) -> Option<String> {
	let text = walk.text_of(object, "description")?;
	if text.value.len() > most as usize {
		let message =
			format!("a description has at most {most} bytes; this one has {}", text.value.len());
		complain_at(walk, object, "description", message);
	}
	Some(text.value)
}

fn creation(walk: &Walk, value: &Value) -> Option<Creation> {
	match value {
		Value::StringLit(literal) if literal.value == "anyone" => Some(Creation::Anyone),
		Value::Array(accounts) if accounts.elements.len() > MAX_ALLOWED_CREATORS as usize => {
			walk.complain(value, format!("at most {MAX_ALLOWED_CREATORS} accounts can be listed"));
			None
		},
		Value::Array(accounts) => {
			let account = |value: &Value| {
				let text = walk.string(value, "an account")?;
				let account = AccountId32::from_str(text).ok().map(|account| account.0);
				if account.is_none() {
					walk.complain(value, format!("`{text}` is no account's address"));
				}
				account
			};
			accounts.elements.iter().map(account).collect::<Option<Vec<_>>>().map(Creation::Allowed)
		},
		Value::Object(object) => curators(walk, object),
		_ => {
			walk.complain(
				value,
				"`creation` is \"anyone\", a list of accounts' addresses, or {\"curatorGroups\": [0]}",
			);
			None
		},
	}
}

/// Creators by their curator groups.
fn curators(walk: &Walk, object: &Object) -> Option<Creation> {
	walk.members(object, "`creation`", &["curatorGroups"], &|_| None);
	let member = walk.need(object, "curatorGroups", "it lists the groups, by number or name")?;
	let list = walk.array(&member.value, "`curatorGroups`")?;
	if list.elements.len() > MAX_CREATOR_GROUPS as usize {
		walk.complain(list, format!("at most {MAX_CREATOR_GROUPS} curator groups can be listed"));
		return None;
	}
	let group = |value: &Value| {
		let number = value.as_number_lit().and_then(|literal| literal.value.parse().ok());
		let name = value.as_string_lit().map(|literal| literal.value.to_string());
		let found = number.map(Group::Number).or(name.map(Group::Named));
		if found.is_none() {
			walk.complain(value, "a curator group goes by its number or name: `rome curator list`");
		}
		Some(Spanned { value: found?, at: walk.at(value) })
	};
	list.elements.iter().map(group).collect::<Option<Vec<_>>>().map(Creation::Curators)
}

fn required(walk: &Walk, top: &Object, properties: &Object) -> Vec<String> {
	let names = || properties.properties.iter().map(|member| member.name.as_str());
	let Some(member) = top.get("required") else { return Vec::new() };
	let Some(list) = walk.array(&member.value, "`required`") else { return Vec::new() };
	let mut required = Vec::new();
	for element in &list.elements {
		let Some(name) = walk.string(element, "a required property") else { continue };
		if !names().any(|known| known == name) {
			let meant = did_you_mean(name, names());
			walk.complain(element, format!("there is no property `{name}` to require{meant}"));
		} else if required.iter().any(|other| other == name) {
			walk.complain(element, format!("`{name}` is required twice"));
		}
		required.push(name.to_string());
	}
	required
}

fn property(walk: &Walk, member: &ObjectProp, required: &[String]) -> Option<FileProperty> {
	let name = Spanned { value: member.name.as_str().to_string(), at: walk.at(member) };
	if !is_name(name.value.as_bytes()) {
		walk.complain(member, bad_name("property"));
	}
	let object = walk.object(&member.value, "a property")?;
	walk.members(object, "a property", &PROPERTY, &refused);
	let rome = rome_of(walk, object, &PROPERTY_ROME);
	let is_list = object.get_string("type").is_some_and(|kind| kind.value == "array");
	let kind = if is_list {
		list(walk, object, rome)
	} else {
		scalar(walk, object, rome).map(Kind::Single)
	};
	let flag = |key: &str| rome.is_some_and(|rome| walk.flag_of(rome, key));
	let (unique, indexed, locked) = (flag("unique"), flag("indexed"), flag("locked"));
	let rule = rome.and_then(|rome| rules::read(walk, &name.value, rome));
	let property = FileProperty {
		required: required.contains(&name.value),
		name,
		description: description(walk, object, MAX_DESCRIPTION_BYTES).unwrap_or_default(),
		kind: kind?,
		unique,
		indexed,
		locked,
		rule,
	};
	if is_list && (property.unique || property.indexed) {
		walk.complain(member, "a list can be neither unique nor indexed");
	}
	if let Kind::Single(Scalar::Reference { class: None, .. }) = property.kind {
		if property.required {
			let message =
				"a required reference to the own class: the first entity could not have one";
			walk.complain(member, message);
		}
	}
	Some(property)
}
