//! What a schema file is suggested for.

use super::{
	check::report,
	lookup::{schema_of, Classes},
	model::{Creation, Issue, SchemaFile},
};
use crate::{
	chain::{api::ClassInfo, Chain},
	failure::Failure,
};
use rome_primitives::content::{
	Category, ClassConfig, CreationPolicy, SchemaDraft, SuggestionTarget,
};
use std::path::Path;
use subxt::utils::AccountId32;

/// What a file's schema is suggested for, and the schema itself.
pub(crate) async fn target(
	chain: &Chain,
	classes: &Classes,
	path: &Path,
	file: &SchemaFile,
) -> Result<(SuggestionTarget<AccountId32>, SchemaDraft), Failure> {
	let class_id = |name: &str| classes.id(name);
	let failed = |issues: Vec<Issue>| Failure::new(report(path, &issues));
	let issue = |at, message: String| failed(vec![Issue::new(at, message)]);
	let name = &file.class.value;
	let Some(info) = classes.by_name(name) else {
		if file.version.value != 1 {
			let message = format!("there is no class `{name}` yet: its first version is 1");
			return Err(issue(file.version.at, message));
		}
		let draft = file.draft(&class_id, None).map_err(failed)?;
		let bad = |_| Failure::new("a name or description is too long");
		let config = config(file)?;
		let name = name.as_bytes().to_vec().try_into().map_err(bad)?;
		return Ok((SuggestionTarget::New { name, config }, draft));
	};
	let base = info.class.latest_version;
	if u32::from(file.version.value) != u32::from(base) + 1 {
		let next = u32::from(base) + 1;
		let message = format!("`{name}` is at version {base}: the next one is {next}");
		return Err(issue(file.version.at, message));
	}
	if let Some(setting) = different_setting(file, info) {
		let message = format!(
			"{setting} differs from the class's: settings belong to the class, not to a version; leave \
			 it out, or have the council change it with `update_class`"
		);
		return Err(issue(file.class.at, message));
	}
	let before = if base == 0 { None } else { Some(schema_of(chain, info.id, base).await?) };
	let draft = file.draft(&class_id, before.as_ref()).map_err(failed)?;
	Ok((SuggestionTarget::Existing { class: info.id, base }, draft))
}

fn config(file: &SchemaFile) -> Result<ClassConfig<AccountId32>, Failure> {
	let settings = &file.settings;
	let bad = || Failure::new("a description or list of accounts or groups is too long");
	let description = settings.description.clone().unwrap_or_default().into_bytes();
	Ok(ClassConfig {
		description: description.try_into().map_err(|_| bad())?,
		category: settings.category.unwrap_or(Category::Other),
		creation: policy(settings.creation.as_ref()).ok_or_else(bad)?,
		max_entities: settings.max_entities,
		default_quota: settings.default_quota,
		free_form: settings.free_form.unwrap_or(false),
	})
}

fn policy(creation: Option<&Creation>) -> Option<CreationPolicy<AccountId32>> {
	Some(match creation {
		None | Some(Creation::Anyone) => CreationPolicy::Anyone,
		Some(Creation::Allowed(accounts)) => {
			let accounts: Vec<_> = accounts.iter().copied().map(AccountId32).collect();
			CreationPolicy::Allowed(accounts.try_into().ok()?)
		},
		Some(Creation::Curators(groups)) => {
			CreationPolicy::Curators(groups.clone().try_into().ok()?)
		},
	})
}

/// A setting that a later version's file names and that the class has otherwise.
fn different_setting(file: &SchemaFile, info: &ClassInfo) -> Option<&'static str> {
	let (settings, config) = (&file.settings, &info.class.config);
	let description = settings.description.as_deref();
	if description.is_some_and(|text| text.as_bytes() != config.description.as_slice()) {
		return Some("`description`");
	}
	if settings.category.is_some_and(|category| category != config.category) {
		return Some("`category`");
	}
	let creation = settings.creation.as_ref();
	if creation.is_some() && policy(creation).as_ref() != Some(&config.creation) {
		return Some("`creation`");
	}
	if settings.default_quota.is_some() && settings.default_quota != config.default_quota {
		return Some("`defaultQuota`");
	}
	if settings.max_entities.is_some() && settings.max_entities != config.max_entities {
		return Some("`maxEntities`");
	}
	if settings.free_form.is_some_and(|free_form| free_form != config.free_form) {
		return Some("`freeForm`");
	}
	None
}
