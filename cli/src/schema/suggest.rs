//! What a schema file is suggested for.

use super::{
	check::report,
	lookup::{schema_of, text, Classes},
	model::{Creation, Group, Issue, SchemaFile, Spanned},
};
use crate::failure::{did_you_mean, Failure};
use rome_client::{
	directory::{ClassInfo, GroupInfo},
	Chain,
};
use rome_primitives::content::{
	Category, ClassConfig, CreationPolicy, CuratorGroupId, SchemaDraft, SuggestionTarget,
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
	let creation = file.settings.creation.as_ref();
	let groups = if names_groups(creation) { chain.curator_groups().await? } else { Vec::new() };
	let creation = policy(creation, &groups).map_err(|wrong| failed(vec![wrong]))?;
	let Some(info) = classes.by_name(name) else {
		if file.version.value != 1 {
			let message = format!("there is no class `{name}` yet: its first version is 1");
			return Err(issue(file.version.at, message));
		}
		let draft = file.draft(&class_id, None).map_err(failed)?;
		let bad = |_| Failure::new("a name or description is too long");
		let config = config(file, creation)?;
		let name = name.as_bytes().to_vec().try_into().map_err(bad)?;
		return Ok((SuggestionTarget::New { name, config }, draft));
	};
	let base = info.class.latest_version;
	if u32::from(file.version.value) != u32::from(base) + 1 {
		let next = u32::from(base) + 1;
		let message = format!("`{name}` is at version {base}: the next one is {next}");
		return Err(issue(file.version.at, message));
	}
	if let Some(setting) = different_setting(file, creation.as_ref(), info) {
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

fn config(
	file: &SchemaFile,
	creation: Option<Policy>,
) -> Result<ClassConfig<AccountId32>, Failure> {
	let settings = &file.settings;
	let bad = || Failure::new("the class's description is too long");
	let description = settings.description.clone().unwrap_or_default().into_bytes();
	Ok(ClassConfig {
		description: description.try_into().map_err(|_| bad())?,
		category: settings.category.unwrap_or(Category::Other),
		creation: creation.unwrap_or(CreationPolicy::Anyone),
		max_entities: settings.max_entities,
		default_quota: settings.default_quota,
		free_form: settings.free_form.unwrap_or(false),
	})
}

type Policy = CreationPolicy<AccountId32>;

/// Who may create entries, with the numbers of the curator groups that the file names.
fn policy(creation: Option<&Creation>, groups: &[GroupInfo]) -> Result<Option<Policy>, Issue> {
	// The parser has counted them.
	let bounded = |listed: &str| Issue::new(Spanned::nowhere(()).at, format!("too many {listed}"));
	let Some(creation) = creation else { return Ok(None) };
	Ok(Some(match creation {
		Creation::Anyone => CreationPolicy::Anyone,
		Creation::Allowed(accounts) => {
			let accounts: Vec<_> = accounts.iter().copied().map(AccountId32).collect();
			CreationPolicy::Allowed(accounts.try_into().map_err(|_| bounded("accounts"))?)
		},
		Creation::Curators(named) => {
			let numbers = named.iter().map(|group| group_number(group, groups));
			let numbers = numbers.collect::<Result<Vec<_>, _>>()?;
			CreationPolicy::Curators(numbers.try_into().map_err(|_| bounded("curator groups"))?)
		},
	}))
}

/// The number of the group that a file means. Names are for people, and two groups may share one.
fn group_number(said: &Spanned<Group>, groups: &[GroupInfo]) -> Result<CuratorGroupId, Issue> {
	let name = match &said.value {
		Group::Number(number) => return Ok(*number),
		Group::Named(name) => name,
	};
	let found = groups.iter().filter(|info| info.group.name.as_slice() == name.as_bytes());
	match found.map(|info| info.id).collect::<Vec<_>>().as_slice() {
		[number] => Ok(*number),
		[] => {
			let names: Vec<_> = groups.iter().map(|info| text(&info.group.name)).collect();
			let meant = did_you_mean(name, names.iter().map(String::as_str));
			let message = format!(
				"there is no curator group `{name}`{meant}; sudo or the council makes it first: \
				 rome curator create \"{name}\""
			);
			Err(Issue::new(said.at, message))
		},
		several => {
			let numbers: Vec<_> = several.iter().map(ToString::to_string).collect();
			let numbers = numbers.join(" and ");
			let message = format!("{numbers} are curator groups `{name}`: write the number");
			Err(Issue::new(said.at, message))
		},
	}
}

/// Whether a file calls curator groups by their names, which only the chain can tell the numbers of.
fn names_groups(creation: Option<&Creation>) -> bool {
	let Some(Creation::Curators(groups)) = creation else { return false };
	groups.iter().any(|group| matches!(group.value, Group::Named(_)))
}

/// A setting that a later version's file names and that the class has otherwise.
fn different_setting(
	file: &SchemaFile,
	creation: Option<&Policy>,
	info: &ClassInfo,
) -> Option<&'static str> {
	let (settings, config) = (&file.settings, &info.class.config);
	let description = settings.description.as_deref();
	if description.is_some_and(|text| text.as_bytes() != config.description.as_slice()) {
		return Some("`description`");
	}
	if settings.category.is_some_and(|category| category != config.category) {
		return Some("`category`");
	}
	if creation.is_some_and(|creation| *creation != config.creation) {
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

#[cfg(test)]
mod tests {
	use super::*;
	use rome_primitives::content::CuratorGroup;

	fn group(id: CuratorGroupId, name: &str) -> GroupInfo {
		let name = name.as_bytes().to_vec().try_into().unwrap();
		let (members, classes) = Default::default();
		GroupInfo { id, group: CuratorGroup { name, members, classes, active: true } }
	}

	fn curators(groups: &[Group]) -> Creation {
		Creation::Curators(groups.iter().cloned().map(Spanned::nowhere).collect())
	}

	#[test]
	fn curator_groups_go_by_number_or_name() {
		let groups =
			[group(0, "Film"), group(1, "Music"), group(4, "Music"), group(5, "Help desk")];
		let named = |name: &str| Group::Named(name.into());
		let asked = |list: &[Group]| policy(Some(&curators(list)), &groups);
		let numbers = |list: Vec<CuratorGroupId>| {
			Ok(Some(CreationPolicy::Curators(list.try_into().unwrap())))
		};
		assert_eq!(policy(None, &groups), Ok(None));
		assert_eq!(asked(&[named("Help desk"), Group::Number(9)]), numbers(vec![5, 9]));
		let error = asked(&[named("Musik")]).unwrap_err().message;
		assert!(error.contains("did you mean `Music`?"), "{error}");
		let error = asked(&[Group::Number(0), named("Music")]).unwrap_err().message;
		assert!(error.contains("1 and 4"), "{error}");
		assert!(names_groups(Some(&curators(&[Group::Number(0), named("Film")]))));
		assert!(!names_groups(Some(&curators(&[Group::Number(0)]))));
	}
}
