//! What is on chain, as schema files.

use super::{
	lookup::{draft_properties, need_suggestion, schema_of, text, Classes},
	model::SchemaFile,
	render::{to_file, Live},
};
use crate::failure::Failure;
use rome_client::Chain;
use rome_primitives::content::{PropertyId, Schema, SuggestionId, SuggestionTarget};

/// The file of a live schema: `CLASS` or `CLASS@VERSION`.
pub(crate) async fn live_file(
	chain: &Chain,
	classes: &Classes,
	which: &str,
) -> Result<SchemaFile, Failure> {
	let (name, version) = match which.split_once('@') {
		None => (which, None),
		Some((name, version)) => {
			let version = version.trim_start_matches('v').parse().map_err(|_| {
				Failure::usage(format!("`{version}` is no version"))
					.hint("write CLASS@VERSION, for example video@1")
			})?;
			(name, Some(version))
		},
	};
	let info = classes.need(name)?;
	let version = match version.or(info.class.active_version) {
		Some(version) => version,
		None => {
			return Err(Failure::new(format!("the class `{name}` has no active version"))
				.hint(format!("name one: {name}@{}", info.class.latest_version)))
		},
	};
	let schema = schema_of(chain, info.id, version).await?;
	let base = match schema.base {
		0 => None,
		base => Some(schema_of(chain, info.id, base).await?),
	};
	let properties = draft_properties(&schema);
	let live = Live {
		class: &info.class.name,
		config: &info.class.config,
		version,
		properties: &properties,
	};
	Ok(to_file(&live, &|id| classes.name(id), &|id| old_name(base.as_ref(), id)))
}

/// The file of a suggestion.
pub(crate) async fn suggested_file(
	chain: &Chain,
	classes: &Classes,
	id: SuggestionId,
) -> Result<SchemaFile, Failure> {
	let info = need_suggestion(chain, id).await?;
	let properties = &info.suggestion.schema.properties;
	let name_of = |id| classes.name(id);
	match &info.suggestion.target {
		SuggestionTarget::New { name, config } => {
			let live = Live { class: name, config, version: 1, properties };
			Ok(to_file(&live, &name_of, &|_| None))
		},
		SuggestionTarget::Existing { class, base } => {
			let found = classes.by_id(*class);
			let found = found.ok_or_else(|| Failure::new(format!("there is no class {class}")))?;
			let before = match base {
				0 => None,
				base => Some(schema_of(chain, *class, *base).await?),
			};
			let live = Live {
				class: &found.class.name,
				config: &found.class.config,
				version: base.saturating_add(1),
				properties,
			};
			Ok(to_file(&live, &name_of, &|id| old_name(before.as_ref(), id)))
		},
	}
}

fn old_name(base: Option<&Schema>, id: PropertyId) -> Option<String> {
	base.and_then(|schema| schema.property(id)).map(|property| text(&property.property.name))
}
