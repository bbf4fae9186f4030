//! Lists of classes and suggestions.

use super::{
	lookup::{target_of, text, Classes},
	parse::category_name,
};
use crate::output::{amount, table};
use rome_client::directory::{ClassInfo, SuggestionInfo};
use serde_json::json;

pub(crate) fn class_json(info: &ClassInfo) -> serde_json::Value {
	let versions = info.stats.by_version.iter();
	json!({
		"id": info.id,
		"name": text(&info.class.name),
		"description": text(&info.class.config.description),
		"category": category_name(info.class.config.category),
		"status": format!("{:?}", info.class.status).to_lowercase(),
		"activeVersion": info.class.active_version,
		"latestVersion": info.class.latest_version,
		"entities": info.stats.entities,
		"entitiesByVersion": versions
			.map(|(version, entities)| (version.to_string(), json!(entities)))
			.collect::<serde_json::Map<_, _>>(),
	})
}

pub(crate) fn class_table(listed: &[&ClassInfo]) -> String {
	let mut rows = table(&["class", "category", "status", "active", "entities", "what it is"]);
	for info in listed {
		let active = info.class.active_version;
		rows.add_row([
			text(&info.class.name),
			category_name(info.class.config.category).into(),
			format!("{:?}", info.class.status).to_lowercase(),
			active.map_or_else(|| "none".into(), |version| format!("version {version}")),
			info.stats.entities.to_string(),
			text(&info.class.config.description),
		]);
	}
	rows.trim_fmt()
}

pub(crate) fn suggestion_json(info: &SuggestionInfo, classes: &Classes) -> serde_json::Value {
	let (class, version) = target_of(info, classes);
	let it = &info.suggestion;
	json!({
		"id": info.id,
		"class": class,
		"version": version,
		"category": category_name(it.category),
		"status": format!("{:?}", it.status).to_lowercase(),
		"proposer": it.proposer.to_string(),
		"endorsers": it.endorsers,
		"endorsed": it.endorsed.to_string(),
	})
}

pub(crate) fn suggestion_table(suggestions: &[SuggestionInfo], classes: &Classes) -> String {
	let mut rows = table(&[
		"suggestion",
		"class",
		"version",
		"category",
		"status",
		"endorsers",
		"endorsed",
		"proposer",
	]);
	for info in suggestions {
		let (class, version) = target_of(info, classes);
		let it = &info.suggestion;
		rows.add_row([
			info.id.to_string(),
			class,
			version.to_string(),
			category_name(it.category).into(),
			format!("{:?}", it.status).to_lowercase(),
			it.endorsers.to_string(),
			amount(it.endorsed),
			it.proposer.to_string(),
		]);
	}
	rows.trim_fmt()
}
