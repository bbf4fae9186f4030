//! Checks schema files where there is no chain to ask.

use super::{
	model::{as_schema, Issue, SchemaFile},
	parse::parse,
};
use crate::failure::Failure;
use rome_primitives::content::{ClassId, Schema};
use std::{
	collections::HashMap,
	fs,
	path::{Path, PathBuf},
};

/// A schema file that has been read.
pub(crate) struct Checked {
	pub path: PathBuf,
	pub file: SchemaFile,
}

/// A file's text.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
	let bytes = fs::read(path).map_err(|error| {
		Failure::new(format!("cannot read {}: {error}", path.display()))
			.hint("give the path of a schema file; `rome schema new NAME` writes one to start from")
	})?;
	String::from_utf8(bytes).map_err(|error| {
		let at = error.utf8_error().valid_up_to();
		Failure::new(format!("{} is not UTF-8 (from byte {at} on)", path.display()))
			.hint("save the file in UTF-8")
	})
}

/// Issues as compilers write them.
pub(crate) fn report(path: &Path, issues: &[Issue]) -> String {
	let lines = issues
		.iter()
		.map(|issue| format!("{}:{}: error: {}", path.display(), issue.at, issue.message));
	lines.collect::<Vec<_>>().join("\n")
}

/// Reads and checks all files. The error lists everything that is wrong with any of them.
///
/// Classes that references name count as there: only the chain knows. Rules are checked against the
/// version before if it is among the files.
pub(crate) fn check_files(paths: &[PathBuf]) -> Result<Vec<Checked>, Failure> {
	let mut reports = Vec::new();
	let mut checked = Vec::<Checked>::new();
	for path in paths {
		match parse(&read(path)?) {
			Ok(file) => checked.push(Checked { path: path.clone(), file }),
			Err(issues) => reports.push(report(path, &issues)),
		}
	}
	checked.sort_by_key(|it| it.file.version.value);
	let mut schemas = HashMap::<(String, u16), Schema>::new();
	for Checked { path, file } in &checked {
		let (class, version) = (file.class.value.clone(), file.version.value);
		if schemas.contains_key(&(class.clone(), version)) {
			let again = Issue::new(
				file.class.at,
				format!("another file has version {version} of `{class}`"),
			);
			reports.push(report(path, &[again]));
			continue;
		}
		match check_one(
			file,
			version.checked_sub(1).and_then(|before| schemas.get(&(class.clone(), before))),
		) {
			Ok(Some(schema)) => {
				schemas.insert((class, version), schema);
			},
			Ok(None) => {},
			Err(issues) => reports.push(report(path, &issues)),
		}
	}
	// In the order in which they were given.
	checked.sort_by_key(|it| paths.iter().position(|path| *path == it.path));
	if reports.is_empty() {
		Ok(checked)
	} else {
		Err(Failure::new(reports.join("\n")))
	}
}

fn check_one(file: &SchemaFile, before: Option<&Schema>) -> Result<Option<Schema>, Vec<Issue>> {
	// Numbers that stand in for those of classes on chain, which only have to differ.
	let names: Vec<_> = file.referenced_classes().map(|class| class.value.clone()).collect();
	let class_id = |name: &str| -> Option<ClassId> {
		names.iter().position(|known| known == name).and_then(|at| ClassId::try_from(at).ok())
	};
	if before.is_none() && file.properties.iter().any(|property| property.rule.is_some()) {
		let mut without_rules = file.clone();
		without_rules.properties.iter_mut().for_each(|property| property.rule = None);
		without_rules.draft(&class_id, None)?;
		return Ok(None);
	}
	Ok(as_schema(file.draft(&class_id, before)?, before))
}
