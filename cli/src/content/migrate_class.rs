//! `rome content migrate --class`: the migration of all entries of a class.

use super::reading::{asked, asked_names, unreadable};
use crate::{
	accounts,
	args::{Global, MigrateArgs},
	failure::Failure,
	governance::{administer, Measure},
	output::{table, Output},
	schema::lookup::{name_of, schema_of, Classes},
};
use rome_client::{
	directory::{ClassInfo, ReadInfo, PAGE},
	Call, Chain,
};
use rome_primitives::content::{api::Maintenance, Schema, SchemaVersion};
use serde_json::{json, Value as Json};

/// How many entries that ask for something are shown to people.
const MOST: usize = 50;

/// Starts, shows or ends a class's migration.
pub(crate) async fn migrate_class(
	args: &MigrateArgs,
	name: &str,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	if !args.status {
		accounts::all(global)?;
	}
	let chain = Chain::connect(&global.url, output.json).await?;
	let classes = Classes::fetch(&chain).await?;
	let class = classes.need(name)?;
	if args.status {
		return status(&chain, class, name, args.to, output).await;
	}
	let (measure, value, done) = match args.to.filter(|_| !args.cancel) {
		None => {
			let value = json!({ "class": name, "status": "cancelled" });
			let done = format!("the migration of `{name}` is cancelled; what was moved stays so");
			(Measure::emergency(Call::cancel_migration(class.id)), value, done)
		},
		Some(version) => {
			schema_of(&chain, class.id, version).await?;
			let value = json!({ "class": name, "version": version, "status": "started" });
			let done = format!(
				"the migration of `{name}` to version {version} has begun; how far it is: \
				 rome content migrate --class {name} --status --to {version}"
			);
			let title = format!("Migrate {name} to version {version}");
			(Measure::new(Call::migrate_class(class.id, version), title), value, done)
		},
	};
	let standing = administer(&chain, measure, args.council, global, output).await?;
	if let Some(votes) = standing.open() {
		output.result(standing.add_to(json!({ "class": name })), || votes);
		return Ok(());
	}
	output.result(value, || done);
	Ok(())
}

async fn status(
	chain: &Chain,
	class: &ClassInfo,
	name: &str,
	wanted: Option<SchemaVersion>,
	output: Output,
) -> Result<(), Failure> {
	let Maintenance { build, sweep } = chain.maintenance(class.id).await?;
	let version = wanted
		.or(sweep.as_ref().map(|sweep| sweep.version))
		.or(class.class.active_version)
		.ok_or_else(|| Failure::new(format!("the class `{name}` has no active version")))?;
	let schema = schema_of(chain, class.id, version).await?;
	let most = if output.json { usize::MAX } else { MOST };
	let (asking, more) = asking(chain, class, name, version, most).await?;
	let count = |wanted: &dyn Fn(SchemaVersion) -> bool| -> u32 {
		let live = class.stats.by_version.iter().filter(|(version, _)| wanted(*version));
		live.map(|(_, entities)| *entities).sum()
	};
	let (there, older) = (count(&|other| other >= version), count(&|other| other < version));
	if output.json {
		let names = |view: &ReadInfo| -> Vec<String> {
			let properties = asked(&view.reading).iter().filter_map(|id| schema.property(*id));
			properties.map(|it| name_of(&it.property)).collect()
		};
		let value = json!({
			"class": name,
			"version": version,
			"migration": sweep.as_ref().map(|sweep| json!({
				"version": sweep.version,
				"next": sweep.next,
				"end": sweep.end,
				"moved": sweep.moved,
				"asking": sweep.asking,
			})),
			"build": build.as_ref().map(|build| json!({ "next": build.next, "end": build.end })),
			"migrated": there,
			"older": older,
			"asking": asking.iter().map(|view| json!({
				"id": view.id.to_string(),
				"stored": view.stored,
				"asks": names(view),
			})).collect::<Vec<_>>(),
		});
		output.result(value, String::new);
		return Ok(());
	}
	let mut lines = vec![match &sweep {
		None => format!("no migration of `{name}` is going on"),
		Some(sweep) => format!(
			"`{name}` is being migrated to version {}: entry {} of {}, {} moved, {} ask for something",
			sweep.version, sweep.next, sweep.end, sweep.moved, sweep.asking
		),
	}];
	if let Some(build) = build {
		let (next, end) = (build.next, build.end);
		lines.push(format!("older entries are being indexed: entry {next} of {end}"));
	}
	lines.push(format!("version {version} or later: {there} entries; older: {older}"));
	lines.extend(asking_table(&schema, &asking));
	if more {
		lines.push("and perhaps more; --json lists all".into());
	}
	output.result(Json::Null, || lines.join("\n"));
	Ok(())
}

/// Entries that ask for something before they become `version`, and whether there may be more.
async fn asking(
	chain: &Chain,
	class: &ClassInfo,
	name: &str,
	version: SchemaVersion,
	most: usize,
) -> Result<(Vec<ReadInfo>, bool), Failure> {
	let mut asking = Vec::new();
	let mut after = None;
	loop {
		let page = chain.entities_asking(class.id, version, after, PAGE).await?;
		let page = page.map_err(|error| unreadable(error, name, version))?;
		asking.extend(page.items);
		after = page.next;
		if after.is_none() || asking.len() >= most {
			let more = after.is_some() || asking.len() > most;
			asking.truncate(most);
			return Ok((asking, more));
		}
	}
}

fn asking_table(schema: &Schema, asking: &[ReadInfo]) -> Option<String> {
	if asking.is_empty() {
		return None;
	}
	let mut rows = table(&["entry", "stored", "asks for", "owner"]);
	for view in asking {
		rows.add_row([
			view.id.to_string(),
			view.stored.to_string(),
			asked_names(schema, &view.reading),
			view.owner.to_string(),
		]);
	}
	Some(rows.trim_fmt())
}
