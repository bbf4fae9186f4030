//! A query's plan, for people and for programs.

use crate::{
	resolve::{unused, Context},
	text,
	values::scalar_to_text,
	words::shorten,
};
use rome_primitives::content::{
	select::{Access, KeyRange, Plan},
	EntityId, PropertyId, Scalar, ScalarType, INDEX_KEY_BYTES,
};
use serde_json::{json, Value as Json};

/// The plan in words, a line each for where entries come from, for their order and for what else is to be
/// said.
pub fn plan_text(plan: &Plan, context: &Context) -> String {
	let down = if plan.descending { ", from the last to the first" } else { "" };
	let (from, order) = match &plan.access {
		Access::Nothing => ("nothing: no value can fulfil the condition".to_string(), ""),
		Access::Unique { property, values } => {
			let name = context.property_name(*property);
			let count = match values.len() {
				1 => "its value".to_string(),
				count => format!("{count} values"),
			};
			(format!("the unique entries of `{name}`, by {count}"), "by id")
		},
		Access::Index { property, ranges } => {
			let name = context.property_name(*property);
			let parts = ranges.iter().map(|range| stretch(range, kind_of(*property, context)));
			let listed = shortened(parts.collect());
			(format!("the index of `{name}`, {listed}"), "by its value, then by id")
		},
		Access::Owner { .. } => ("the owner's entries".to_string(), "by id"),
		Access::Walk { ranges } if ranges.as_slice() == [(0, u32::MAX)] => {
			("all entries of the class, one after the other".to_string(), "by id")
		},
		Access::Walk { ranges } => {
			let parts = ranges.iter().map(|(from, to)| match (from, to) {
				(from, to) if from == to => format!("{from}"),
				(from, &u32::MAX) => format!("from {from} on"),
				(from, to) => format!("{from} to {to}"),
			});
			(format!("the entries with the numbers {}", shortened(parts.collect())), "by id")
		},
	};
	let mut lines = vec![format!("from: {from}")];
	if !order.is_empty() {
		lines.push(format!("order: {order}{down}"));
	}
	lines.push(format!("read as: version {} of `{}`", plan.version, context.name));
	for (property, why) in &plan.unused {
		lines.push(format!("not used: `{}`, {}", context.property_name(*property), unused(*why)));
	}
	if !plan.left_out.is_empty() {
		let versions: Vec<_> = plan.left_out.iter().map(ToString::to_string).collect();
		lines.push(format!(
			"left out: entries stored as version {}, which cannot be read as version {}",
			versions.join(", "),
			plan.version
		));
	}
	lines.join("\n")
}

/// The plan for programs.
pub fn plan_json(plan: &Plan, context: &Context) -> Json {
	let mut json = json!({
		"class": context.name,
		"version": plan.version,
		"descending": plan.descending,
	});
	match &plan.access {
		Access::Nothing => json["access"] = "nothing".into(),
		Access::Unique { property, values } => {
			let kind = kind_of(*property, context);
			json["access"] = "unique".into();
			json["property"] = context.property_name(*property).into();
			json["values"] = values
				.iter()
				.map(|value| {
					Json::from(kind.map_or_else(String::new, |it| scalar_to_text(it, value)))
				})
				.collect();
		},
		Access::Index { property, ranges } => {
			let kind = kind_of(*property, context);
			json["access"] = "index".into();
			json["property"] = context.property_name(*property).into();
			json["ranges"] = ranges
				.iter()
				.map(|range| {
					let (from, to) = bounds(range, kind);
					json!({ "from": from, "to": to })
				})
				.collect();
		},
		Access::Owner { owner } => {
			json["access"] = "owner".into();
			json["owner"] = format!("0x{}", hex::encode(owner)).into();
		},
		Access::Walk { ranges } => {
			json["access"] = "walk".into();
			json["ranges"] =
				ranges.iter().map(|(from, to)| json!({ "from": from, "to": to })).collect();
		},
	}
	json["notUsed"] = plan
		.unused
		.iter()
		.map(
			|(property, why)| json!({ "property": context.property_name(*property), "why": unused(*why) }),
		)
		.collect();
	json["leftOutVersions"] = plan.left_out.iter().copied().map(Json::from).collect();
	json["text"] = plan_text(plan, context).into();
	json
}

fn kind_of<'a>(property: PropertyId, context: &Context<'a>) -> Option<&'a ScalarType> {
	context.schema.property(property).map(|found| found.property.kind.scalar())
}

fn shortened(parts: Vec<String>) -> String {
	const MOST: usize = 5;
	match parts.len().checked_sub(MOST) {
		None | Some(0) => parts.join("; "),
		Some(more) => {
			let shown: Vec<_> = parts.into_iter().take(MOST).collect();
			format!("{}; and {more} more", shown.join("; "))
		},
	}
}

/// A stretch of an index in words.
fn stretch(range: &KeyRange, kind: Option<&ScalarType>) -> String {
	match bounds(range, kind) {
		(None, None) => "all of it".into(),
		(Some(from), Some(to)) if range.is_point() && from == to => {
			format!("at {}", shorten(&from))
		},
		(Some(from), Some(to)) => format!("from {} to {}", shorten(&from), shorten(&to)),
		(Some(from), None) => format!("from {} on", shorten(&from)),
		(None, Some(to)) => format!("up to {}", shorten(&to)),
	}
}

/// The values at the ends of a stretch of an index, where it has ends; texts as far as keys hold them.
fn bounds(range: &KeyRange, kind: Option<&ScalarType>) -> (Option<String>, Option<String>) {
	let shown = |key: &[u8; INDEX_KEY_BYTES]| kind.and_then(|kind| key_text(kind, key));
	let from = (range.from != KeyRange::ALL.from).then(|| shown(&range.from)).flatten();
	let to = (range.to != KeyRange::ALL.to).then(|| shown(&range.to)).flatten();
	(from, to)
}

/// The value of which this is the key, as far as the key holds it.
fn key_text(kind: &ScalarType, key: &[u8; INDEX_KEY_BYTES]) -> Option<String> {
	let trimmed = || {
		let length = key.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
		key.get(..length).unwrap_or_default()
	};
	let first: [u8; 8] = key.get(..8)?.try_into().ok()?;
	let number = || {
		let [sign, rest @ ..] = first;
		let [a, b, c, d, e, f, g] = rest;
		i64::from_be_bytes([sign ^ 0x80, a, b, c, d, e, f, g])
	};
	let scalar = match kind {
		ScalarType::Text { .. } => return Some(text(trimmed())),
		ScalarType::Bytes { .. } => return Some(format!("0x{}", hex::encode(trimmed()))),
		ScalarType::Bool => Scalar::Bool(key.first() != Some(&0)),
		ScalarType::Int { .. } => Scalar::Int(number()),
		ScalarType::Decimal { .. } => Scalar::Decimal(number()),
		ScalarType::Timestamp => Scalar::Timestamp(number()),
		ScalarType::Hash32 => Scalar::Hash32(*key),
		ScalarType::DataObject => Scalar::DataObject(*key),
		ScalarType::Enum { .. } => Scalar::Enum(*key.first()?),
		ScalarType::Reference { .. } => {
			let joined = u64::from_be_bytes(first);
			let (class, serial) = ((joined >> 32) as u32, joined as u32);
			Scalar::Reference(EntityId { class, serial })
		},
	};
	Some(scalar_to_text(kind, &scalar))
}
