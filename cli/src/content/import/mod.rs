//! `rome content import`: many records at once.
//!
//! Everything is checked before anything is sent. Which entries are there already is read from the chain,
//! by the mapping's key (or, for free-form documents, by comparing them), so an import that was interrupted
//! goes on where it stopped when it is run again.

mod document;
mod journal;
mod legacy;
mod mapping;
mod plan;
mod reader;
mod submit;

pub(crate) use document::document_values;

use crate::{
	accounts,
	advice::Advice,
	args::{Global, ImportArgs},
	failure::{did_you_mean, Failure},
	output::{count, print_line, Output},
	schema::lookup::{active_schema, name_of, Classes},
};
use codec::Encode;
use futures::{stream, StreamExt, TryStreamExt};
use indicatif::{ProgressBar, ProgressStyle};
use mapping::{Lookup, LookupTarget, Mapping};
use plan::{Existing, Found, Plan, Refused, There};
use rome_client::{
	directory::{ClassInfo, EntityInfo, PAGE},
	Account, Chain,
};
use rome_primitives::content::{ClassId, EntityValues, Scalar, Schema};
use serde_json::json;
use std::{collections::HashMap, fs, path::Path, time::Duration};
use submit::{Outcome, Progress, Report, Settings, Submitter};
use subxt::utils::AccountId32;
use tokio::time::{sleep, Instant};

/// How long an import goes on looking for a node when all are away.
const PATIENCE: Duration = Duration::from_secs(600);

/// How long to wait for what an earlier run left in the node's pool.
const LEFT_OVER: Duration = Duration::from_secs(90);

/// What an import came to.
#[derive(Debug, Default)]
struct Summary {
	records: usize,
	created: usize,
	unchanged: Vec<There>,
	changed: Vec<There>,
	foreign: Vec<There>,
	refused: Vec<Refused>,
	/// Entries that were not sent.
	unsent: usize,
	seconds: f64,
}

/// Runs an import.
pub(crate) async fn run(args: &ImportArgs, global: &Global, output: Output) -> Result<(), Failure> {
	match (&args.mapping, &args.class) {
		(Some(mapping), _) => mapped(args, mapping, global, output).await,
		(None, Some(class)) => legacy::run(args, class, global, output).await,
		(None, None) => Err(Failure::usage("say where values come from")
			.hint("give --mapping FILE, or --legacy --class CLASS")),
	}
}

/// The mapping in a file.
fn read_mapping(path: &Path) -> Result<Mapping, Failure> {
	let name = path.display().to_string();
	let text = fs::read_to_string(path)
		.map_err(|error| Failure::new(format!("cannot read the mapping {name}: {error}")))?;
	Mapping::parse(&text, &name)
}

/// Runs an import through a mapping.
async fn mapped(
	args: &ImportArgs,
	path: &Path,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let start = Instant::now();
	let name = path.display().to_string();
	let mapping = read_mapping(path)?;
	let records = reader::read(&args.file)?;
	let account = accounts::one(global)?;
	let chain = Chain::connect(&global.url, output.json).await?;
	chain.rpc.set_patience(PATIENCE);

	let classes = Classes::fetch(&chain).await?;
	let class = classes.need(&mapping.class)?;
	let (version, schema) = active_schema(&chain, class).await?;
	let lookups = lookups(&chain, &classes, class.id, &schema, &mapping).await?;
	let found = mapping.columns(class.id, &schema, &|class, by| find(&lookups, class, by));
	let columns = found.map_err(|problems| {
		Failure::new(format!("{name}: error: {}", problems.join(&format!("\n{name}: error: "))))
	})?;
	let key = mapping.key.as_ref().and_then(|key| schema.property_by_name(key.as_bytes()));
	let Some(key) = key.map(|property| property.id) else {
		return Err(Failure::new(format!("{name}: the class has no such key")));
	};

	let (prepared, refused) = plan::prepare(&records, &columns, key, &classes);
	settle_left_overs(&chain, &account, output).await?;
	let wanted = plan::wanted(&prepared, &columns, class.id);
	let found = find_all(&chain, wanted).await?;
	let owner = account.id();
	let into = plan::Into { schema: &schema, class: class.id, key, owner };
	let Plan { create, unchanged, changed, foreign, refused } =
		plan::plan(prepared, refused, &columns, &into, &found);
	let mut summary = Summary {
		records: records.len(),
		unchanged,
		changed,
		foreign,
		refused,
		..Summary::default()
	};
	let held_back = !summary.refused.is_empty() && !args.skip_refused;
	if args.dry_run || held_back || create.is_empty() {
		summary.unsent = create.len();
		summary.seconds = start.elapsed().as_secs_f64();
		return conclude(&summary, args, held_back, None, output);
	}
	check_quota(&chain, class.id, &mapping.class, owner, create.len()).await?;
	let settings = Settings::new(args, class.id, version, mapping.referenceable);
	let values = create.iter().map(|entry| &entry.values);
	let Report { outcomes, stopped } =
		submit_all(&chain, &account, settings, values, output).await?;
	for (position, entry) in create.iter().enumerate() {
		match outcomes.get(&position) {
			Some(Outcome::Created(_)) => summary.created += 1,
			// Somebody was faster: an earlier run of ours, or another account.
			Some(Outcome::Refused(refusal)) if refusal.is_duplicate() => {
				let there = chain.entity_by_unique(class.id, key, &entry.key).await?;
				let there = there.map(|info| {
					let there =
						There { line: entry.line, key: entry.key_text.clone(), id: info.id };
					(info.entity.owner == owner, info.entity.values == entry.values, there)
				});
				match there {
					Some((true, true, there)) => summary.unchanged.push(there),
					Some((true, false, there)) => summary.changed.push(there),
					Some((false, _, there)) => summary.foreign.push(there),
					None => summary.refused.push(refused_by_chain(entry, &refusal.sentence)),
				}
			},
			Some(Outcome::Refused(refusal)) => {
				let advice = refusal.advice().map_or_else(String::new, |it| format!("; {it}"));
				let reason = format!("{}{advice}", refusal.sentence);
				summary.refused.push(refused_by_chain(entry, &reason));
			},
			None => summary.unsent += 1,
		}
	}
	summary.refused.sort_by_key(|refused| refused.line);
	summary.seconds = start.elapsed().as_secs_f64();
	conclude(&summary, args, false, stopped.map(Failure::from), output)
}

/// Makes sure that the account may own so many entries more.
async fn check_quota(
	chain: &Chain,
	class: ClassId,
	name: &str,
	owner: AccountId32,
	more: usize,
) -> Result<(), Failure> {
	let (owned, quota) = chain.quota(class, owner).await?;
	match quota.filter(|quota| u64::from(*quota) < u64::from(owned) + more as u64) {
		None => Ok(()),
		Some(quota) => Err(Failure::new(format!(
			"the account's quota in `{name}` is {quota} entries, it has {owned}, and the import would add \
			 {more}"
		))
		.hint("ask the council for a higher quota, import less, or use another account")),
	}
}

/// Sends entries with these values, and shows how far it is.
async fn submit_all<'v>(
	chain: &Chain,
	account: &Account,
	settings: Settings,
	values: impl ExactSizeIterator<Item = &'v EntityValues>,
	output: Output,
) -> Result<Report, Failure> {
	let progress = Bar::new(values.len(), output);
	let submitter = Submitter::new(chain, account, settings, values).await?;
	let report = tokio::select! {
		report = submitter.run(&progress) => report?,
		_ = tokio::signal::ctrl_c() => {
			progress.bar.abandon();
			return Err(Failure::new("interrupted: some entries may be in blocks, others not").hint(
				"run the same command again: it finds what is there and sends the rest",
			));
		},
	};
	progress.bar.finish_and_clear();
	Ok(report)
}

fn refused_by_chain(entry: &plan::Entry, reason: &str) -> Refused {
	Refused { line: entry.line, key: Some(entry.key_text.clone()), reason: reason.to_string() }
}

/// Unique properties that entries are looked up by, or why they cannot be.
type Lookups = HashMap<(ClassId, String), Result<Lookup, String>>;

/// The property of `class` that entries are looked up by.
fn find(lookups: &Lookups, class: ClassId, by: &str) -> Result<Lookup, String> {
	match lookups.get(&(class, by.to_string())) {
		Some(Ok(lookup)) => Ok(lookup.clone()),
		Some(Err(why)) => Err(why.clone()),
		None => Err(format!("there is no property `{by}` to look up by")),
	}
}

/// The unique properties that the mapping looks entries up by.
async fn lookups(
	chain: &Chain,
	classes: &Classes,
	own: ClassId,
	schema: &Schema,
	mapping: &Mapping,
) -> Result<Lookups, Failure> {
	let mut lookups = HashMap::new();
	for (name, source) in &mapping.properties {
		let Some(by) = source.get("lookup").and_then(|by| by.as_str()) else { continue };
		let Some(property) = schema.property_by_name(name.as_bytes()) else { continue };
		let rome_primitives::content::ScalarType::Reference { class, .. } =
			property.property.kind.scalar()
		else {
			continue;
		};
		let class = class.unwrap_or(own);
		if lookups.contains_key(&(class, by.to_string())) {
			continue;
		}
		let Some(info) = classes.by_id(class) else { continue };
		let class_name = classes.name(class).unwrap_or_default();
		let (_, target) = active_schema(chain, info).await?;
		let found = match target.property_by_name(by.as_bytes()) {
			Some(found) if found.property.unique => Ok(Lookup {
				target: LookupTarget { class, property: found.id },
				kind: found.property.kind.scalar().clone(),
				label: format!("{class_name}.{by}"),
			}),
			Some(_) => {
				Err(format!("`{class_name}.{by}` is not unique, so nothing can be looked up by it"))
			},
			None => {
				let names: Vec<_> =
					target.properties.iter().map(|property| name_of(&property.property)).collect();
				let meant = did_you_mean(by, names.iter().map(String::as_str));
				Err(format!("the class `{class_name}` has no property `{by}` to look up by{meant}"))
			},
		};
		lookups.insert((class, by.to_string()), found);
	}
	Ok(lookups)
}

/// Waits for transactions that an earlier run left in the pool, so that what they make is seen. Returns how
/// many are there still.
pub(crate) async fn settle_left_overs(
	chain: &Chain,
	account: &Account,
	output: Output,
) -> Result<u64, Failure> {
	let start = Instant::now();
	let mut told = false;
	loop {
		let next = chain.rpc.next_nonce(&account.id().to_string()).await?;
		let (on_chain, _) = chain.account(&account.id()).await?;
		let waiting = next.saturating_sub(u64::from(on_chain));
		if waiting == 0 || start.elapsed() > LEFT_OVER {
			return Ok(waiting);
		}
		if !told {
			told = true;
			let many = count(waiting as usize, "transaction");
			output.note(&format!("waiting for {many} that the account has sent before"));
		}
		sleep(Duration::from_millis(500)).await;
	}
}

/// Finds what is on chain under these values.
async fn find_all(
	chain: &Chain,
	wanted: HashMap<LookupTarget, Vec<Scalar>>,
) -> Result<Found, Failure> {
	let mut found = Found::new();
	// Counts of now: references may have been imported a moment ago.
	let classes = Classes::fetch(chain).await?;
	for (target, scalars) in wanted {
		let entities =
			classes.by_id(target.class).map_or(0, |info: &ClassInfo| info.stats.entities);
		if entities == 0 {
			continue;
		}
		// Reading the whole class is cheaper than asking for each value, until it is much larger.
		if entities as usize <= scalars.len() * 4 + PAGE as usize {
			let sought: std::collections::HashSet<_> = scalars.iter().map(Encode::encode).collect();
			let mut after = None;
			loop {
				let page = chain.entities(target.class, after, PAGE).await?;
				for info in page.items {
					let value =
						info.entity.values.value(target.property).and_then(|it| it.single());
					let Some(value) = value.map(Encode::encode) else { continue };
					if sought.contains(&value) {
						found.insert((target.clone(), value), existing(info));
					}
				}
				after = page.next;
				if after.is_none() {
					break;
				}
			}
		} else {
			let answers = stream::iter(scalars).map(|scalar| {
				let target = target.clone();
				async move {
					let info =
						chain.entity_by_unique(target.class, target.property, &scalar).await?;
					Ok::<_, Failure>(info.map(|info| ((target, scalar.encode()), existing(info))))
				}
			});
			let answers: Vec<_> = answers.buffer_unordered(16).try_collect().await?;
			found.extend(answers.into_iter().flatten());
		}
	}
	Ok(found)
}

fn existing(info: EntityInfo) -> Existing {
	Existing { id: info.id, owner: info.entity.owner, values: info.entity.values }
}

struct Bar {
	bar: ProgressBar,
}

impl Bar {
	/// Drawn on a terminal only.
	fn new(entries: usize, output: Output) -> Self {
		let bar =
			if output.json { ProgressBar::hidden() } else { ProgressBar::new(entries as u64) };
		let style = "{bar:30} {pos} of {len} entries in blocks, {elapsed}, {eta} left";
		if let Ok(style) = ProgressStyle::with_template(style) {
			bar.set_style(style);
		}
		bar.enable_steady_tick(Duration::from_millis(500));
		Self { bar }
	}
}

impl Progress for Bar {
	fn done(&self, entries: usize) {
		self.bar.set_position(entries as u64);
	}

	fn note(&self, text: &str) {
		self.bar.suspend(|| eprintln!("{text}"));
	}
}

/// Tells what an import came to.
fn conclude(
	summary: &Summary,
	args: &ImportArgs,
	held_back: bool,
	stopped: Option<Failure>,
	output: Output,
) -> Result<(), Failure> {
	let there = |list: &[There]| {
		let list = list.iter();
		list.map(|it| json!({ "line": it.line, "key": it.key, "id": it.id.to_string() }))
			.collect::<Vec<_>>()
	};
	if output.json {
		let value = json!({
			"records": summary.records,
			"created": summary.created,
			"unchanged": summary.unchanged.len(),
			"changed": there(&summary.changed),
			"foreign": there(&summary.foreign),
			"refused": summary.refused.iter().map(|it| {
				json!({ "line": it.line, "key": it.key, "reason": it.reason })
			}).collect::<Vec<_>>(),
			"unsent": summary.unsent,
			"seconds": (summary.seconds * 10.0).round() / 10.0,
		});
		print_line(&format!("{value:#}"));
	} else {
		people(summary, args, output);
	}
	let mut problems = Vec::new();
	if !summary.refused.is_empty() {
		problems.push(count(summary.refused.len(), "record") + " refused");
	}
	if !summary.foreign.is_empty() {
		problems.push(count(summary.foreign.len(), "key") + " held by other accounts");
	}
	if let Some(failure) = stopped {
		return Err(failure);
	}
	if problems.is_empty() {
		return Ok(());
	}
	let failure = Failure::new(problems.join(", "));
	Err(if held_back {
		failure
			.hint("nothing was sent; correct the records, or send the others with --skip-refused")
	} else if summary.refused.is_empty() {
		failure.hint(
			"choose other keys for these records, or sign with the account that owns the entries",
		)
	} else {
		failure.hint("correct these records and run the same command again")
	})
}

fn people(summary: &Summary, args: &ImportArgs, output: Output) {
	const MOST: usize = 50;
	let file = args.file.display();
	for refused in summary.refused.iter().take(MOST) {
		let key = refused.key.as_ref().map_or_else(String::new, |key| format!(" ({key})"));
		output.note(&format!("{file}:{}: refused{key}: {}", refused.line, refused.reason));
	}
	if summary.refused.len() > MOST {
		output.note(&format!("... and {} more; --json lists all", summary.refused.len() - MOST));
	}
	for there in summary.foreign.iter().take(MOST) {
		output.note(&format!(
			"{file}:{}: {} is {} already, and belongs to another account",
			there.line, there.key, there.id
		));
	}
	for there in summary.changed.iter().take(5) {
		output.note(&format!(
			"{file}:{}: {} is {} already, with other values (`rome content edit {}` changes them)",
			there.line, there.key, there.id, there.id
		));
	}
	if summary.changed.len() > 5 {
		output.note(&format!("... and {} more with other values", summary.changed.len() - 5));
	}
	let mut parts = vec![
		count(summary.records, "record"),
		format!("{} created", summary.created),
		format!("{} there already", summary.unchanged.len() + summary.changed.len()),
	];
	if !summary.changed.is_empty() {
		parts.push(format!("{} of them with other values", summary.changed.len()));
	}
	parts.push(format!("{} refused", summary.refused.len()));
	if summary.unsent > 0 {
		parts.push(format!("{} not sent", summary.unsent));
	}
	print_line(&format!("{} ({:.1} s)", parts.join(", "), summary.seconds));
}
