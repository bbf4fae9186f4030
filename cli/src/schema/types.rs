//! Reads the type of a property.

use super::{
	model::{Kind, Scalar},
	parse::{bad_name, complain_at, refused},
	walk::Walk,
};
use crate::failure::did_you_mean;
use jsonc_parser::ast::{Object, Value};
use rome_primitives::content::{
	is_name,
	limits::{
		MAX_DECIMAL_SCALE, MAX_DESCRIPTION_BYTES, MAX_LIST_ITEMS, MAX_STRING_BYTES, MAX_VARIANTS,
	},
};

const ITEM: [&str; 9] =
	["$comment", "title", "type", "maxLength", "minimum", "maximum", "enum", "format", "x-rome"];
const TYPE_ROME: [&str; 5] = ["type", "scale", "maxBytes", "class", "sameOwner"];
const ROME_TYPES: [&str; 6] =
	["decimal", "bytes", "hash32", "timestamp", "reference", "dataObject"];

/// A property's `x-rome`, where it has one.
pub(crate) fn rome_of<'b, 'a>(
	walk: &Walk<'a>,
	object: &'b Object<'a>,
	known: &[&str],
) -> Option<&'b Object<'a>> {
	let rome = walk.object(&object.get("x-rome")?.value, "`x-rome`")?;
	walk.members(rome, "a property's `x-rome`", known, &|_| None);
	Some(rome)
}

/// The type of a list.
pub(crate) fn list(walk: &Walk, object: &Object, rome: Option<&Object>) -> Option<Kind> {
	not_for(walk, object, "a list", &["maxLength", "minimum", "maximum", "enum", "format"]);
	if let Some(rome) = rome {
		for key in TYPE_ROME {
			if let Some(member) = rome.get(key) {
				let message = format!("`{key}` belongs to the list's `items`: write it there");
				walk.complain(member, message);
			}
		}
	}
	let most = walk
		.need(object, "maxItems", "it says how many items a list may have")
		.and_then(|_| walk.number_of::<u16>(object, "maxItems", 1, i64::from(MAX_LIST_ITEMS)));
	let items = walk.need(object, "items", "it says what the list holds")?;
	let items = walk.object(&items.value, "`items`")?;
	if items.get_string("type").is_some_and(|kind| kind.value == "array") {
		walk.complain(items, "a list of lists is not supported");
		return None;
	}
	let known: Vec<_> = ITEM.to_vec();
	walk.members(items, "a list's `items`", &known, &|key| match key {
		"description" => Some("belongs to the list itself: write it there"),
		other => refused(other),
	});
	let item = scalar(walk, items, rome_of(walk, items, &TYPE_ROME))?;
	Some(Kind::List { item, max_items: most?.value })
}

/// Complains of keywords that mean nothing for this type.
fn not_for(walk: &Walk, object: &Object, what: &str, keywords: &[&str]) {
	for keyword in keywords {
		if let Some(member) = object.get(keyword) {
			walk.complain(member, format!("`{keyword}` means nothing for {what}: leave it out"));
		}
	}
}

/// The type of a single value.
pub(crate) fn scalar(walk: &Walk, object: &Object, rome: Option<&Object>) -> Option<Scalar> {
	not_for(walk, object, "a single value", &["maxItems", "items"]);
	let override_type = rome.and_then(|rome| walk.text_of(rome, "type"));
	if let (Some(rome), Some(kind)) = (rome, &override_type) {
		return rome_scalar(walk, object, rome, &kind.value);
	}
	if let Some(rome) = rome {
		let also = ["scale", "maxBytes", "class", "sameOwner"];
		let note = "belongs to an `x-rome` type: add \"type\" beside it";
		for member in also.iter().filter_map(|key| rome.get(key)) {
			walk.complain(member, format!("`{}` {note}", member.name.as_str()));
		}
	}
	if let Some(member) = object.get("enum") {
		return variants(walk, object, &member.value);
	}
	let kind = walk.need(object, "type", "it says what the property holds")?;
	let numeric = ["minimum", "maximum"];
	match walk.string(&kind.value, "`type`")? {
		"boolean" => {
			not_for(walk, object, "true or false", &["maxLength", "minimum", "maximum", "format"]);
			Some(Scalar::Bool)
		},
		"integer" => {
			not_for(walk, object, "a number", &["maxLength", "format"]);
			let limit = |key| walk.number_of::<i64>(object, key, i64::MIN, i64::MAX);
			let (min, max) = (limit("minimum"), limit("maximum"));
			if let (Some(min), Some(max)) = (&min, &max) {
				if min.value > max.value {
					let message = "`minimum` is above `maximum`: no value would fit".to_string();
					complain_at(walk, object, "minimum", message);
				}
			}
			Some(Scalar::Int { min: min.map(|it| it.value), max: max.map(|it| it.value) })
		},
		"string" => {
			not_for(walk, object, "a text", &numeric);
			if let Some(format) = walk.text_of(object, "format") {
				if format.value != "date-time" {
					let message = format!(
						"the chain does not check the format `{}`; only \"date-time\" is supported",
						format.value
					);
					complain_at(walk, object, "format", message);
					return None;
				}
				not_for(walk, object, "a moment", &["maxLength"]);
				return Some(Scalar::Timestamp);
			}
			walk.need(object, "maxLength", "it says how many characters a text may have")?;
			let most = i64::from(MAX_STRING_BYTES);
			let max_length = walk.number_of::<u32>(object, "maxLength", 1, most)?.value;
			Some(Scalar::Text { max_length })
		},
		"number" => {
			walk.complain(
				&kind.value,
				"a number has no fixed number of digits: write \"integer\", or \"string\" with \
				 \"x-rome\": {\"type\": \"decimal\", \"scale\": 2}",
			);
			None
		},
		other => {
			let known = ["boolean", "integer", "string", "array"];
			let meant = did_you_mean(other, known);
			walk.complain(
				&kind.value,
				format!(
					"`{other}` is no type of a property{meant}; there are {}",
					known.join(", ")
				),
			);
			None
		},
	}
}

fn variants(walk: &Walk, object: &Object, value: &Value) -> Option<Scalar> {
	if object.get_string("type").map_or(object.get("type").is_some(), |kind| kind.value != "string")
	{
		complain_at(walk, object, "type", "the variants of an `enum` are texts: \"string\"".into());
	}
	not_for(walk, object, "an `enum`", &["maxLength", "minimum", "maximum", "format"]);
	let list = walk.array(value, "`enum`")?;
	if list.elements.is_empty() || list.elements.len() > MAX_VARIANTS as usize {
		walk.complain(value, format!("an `enum` has 1 to {MAX_VARIANTS} variants"));
	}
	let mut variants = Vec::<String>::new();
	for element in &list.elements {
		let Some(variant) = walk.string(element, "a variant") else { continue };
		if variant.is_empty() || variant.len() > MAX_DESCRIPTION_BYTES as usize {
			walk.complain(element, format!("a variant has 1 to {MAX_DESCRIPTION_BYTES} bytes"));
		} else if variants.iter().any(|other| other == variant) {
			walk.complain(element, format!("the variant `{variant}` is there twice"));
		}
		variants.push(variant.to_string());
	}
	Some(Scalar::Enum { variants })
}

fn rome_scalar(walk: &Walk, object: &Object, rome: &Object, kind: &str) -> Option<Scalar> {
	if object.get_string("type").is_none_or(|kind| kind.value != "string") {
		complain_at(
			walk,
			object,
			"type",
			format!(
				"values of the `x-rome` type `{kind}` are written as texts: \"type\": \"string\""
			),
		);
	}
	not_for(walk, object, &format!("`{kind}`"), &["maxLength", "minimum", "maximum", "enum"]);
	if kind != "timestamp" {
		not_for(walk, object, &format!("`{kind}`"), &["format"]);
	}
	let own: &[&str] = match kind {
		"decimal" => &["scale"],
		"bytes" => &["maxBytes"],
		"reference" => &["class", "sameOwner"],
		_ => &[],
	};
	for key in TYPE_ROME.into_iter().filter(|key| *key != "type" && !own.contains(key)) {
		if let Some(member) = rome.get(key) {
			walk.complain(member, format!("`{key}` means nothing for `{kind}`: leave it out"));
		}
	}
	Some(match kind {
		"decimal" => {
			walk.need(rome, "scale", "it says how many digits a decimal has after the point")?;
			let most = i64::from(MAX_DECIMAL_SCALE);
			Scalar::Decimal { scale: walk.number_of::<u8>(rome, "scale", 0, most)?.value }
		},
		"bytes" => {
			walk.need(rome, "maxBytes", "it says how many bytes there may be")?;
			let most = i64::from(MAX_STRING_BYTES);
			Scalar::Bytes { max_bytes: walk.number_of::<u32>(rome, "maxBytes", 1, most)?.value }
		},
		"hash32" => Scalar::Hash32,
		"timestamp" => Scalar::Timestamp,
		"dataObject" => Scalar::DataObject,
		"reference" => {
			let class = walk.text_of(rome, "class");
			if class.as_ref().is_some_and(|class| !is_name(class.value.as_bytes())) {
				complain_at(walk, rome, "class", bad_name("class"));
			}
			Scalar::Reference { class, same_owner: walk.flag_of(rome, "sameOwner") }
		},
		other => {
			let meant = did_you_mean(other, ROME_TYPES);
			let message = format!(
				"`{other}` is no `x-rome` type{meant}; there are {}",
				ROME_TYPES.join(", ")
			);
			complain_at(walk, rome, "type", message);
			return None;
		},
	})
}
