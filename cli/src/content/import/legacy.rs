//! `rome content import --legacy`: records as free-form documents (version 0), as they are.
//!
//! A document has no key. What is there already is found by comparing: each document of the account in the
//! class stands for one equal record. An entry that has been migrated or edited since holds another document or
//! none; a journal beside the file remembers which record it came from.

use super::{
	check_quota, conclude,
	journal::{digest, Digest, Journal},
	plan::{Refused, There},
	reader::{self, Document},
	settle_left_overs,
	submit::{Outcome, Report, Settings},
	submit_all, Summary, PATIENCE,
};
use crate::{
	accounts,
	advice::Advice,
	args::{Global, ImportArgs},
	content::values::describe_error,
	failure::Failure,
	output::{count, Output},
	schema::lookup::Classes,
};
use rome_client::{
	directory::{EntityInfo, PAGE},
	Chain,
};
use rome_primitives::content::{
	limits::MAX_STRING_BYTES, ByteString, ClassId, EntityId, EntityValues, Scalar, Schema, Value,
	DOCUMENT,
};
use std::collections::{HashMap, VecDeque};
use subxt::utils::AccountId32;
use tokio::time::Instant;

/// Entries by the digests of the documents that they hold or came from.
type Present = HashMap<Digest, VecDeque<EntityId>>;

/// A document to be created.
#[derive(Clone, PartialEq, Eq, Debug)]
struct New {
	line: usize,
	digest: Digest,
	values: EntityValues,
}

/// What an import does.
#[derive(Default, Debug)]
struct Plan {
	create: Vec<New>,
	present: Vec<(Digest, There)>,
	refused: Vec<Refused>,
}

/// Runs an import of documents into the class called `name`.
pub(super) async fn run(
	args: &ImportArgs,
	name: &str,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let start = Instant::now();
	let documents = reader::documents(&args.file)?;
	let records = documents.len();
	let account = accounts::one(global)?;
	let chain = Chain::connect(&global.url, output.json).await?;
	chain.rpc.set_patience(PATIENCE);
	let classes = Classes::fetch(&chain).await?;
	let class = classes.need(name)?;
	if !class.class.config.free_form {
		return Err(Failure::new(format!("the class `{name}` takes no free-form documents")).hint(
			"a class does whose settings say \"freeForm\": true; import these records through a mapping, or \
			 ask the council to change the class",
		));
	}
	let waiting = settle_left_overs(&chain, &account, output).await?;
	if waiting > 0 {
		// Each of them may bring documents that a new one would bring again.
		let many = count(waiting as usize, "transaction");
		return Err(Failure::new(format!("{many} of the account still wait for a block"))
			.hint("run the same command again when they are in blocks"));
	}
	let owner = account.id();
	let mut journal = Journal::read(&args.file, chain.rpc.genesis().await?, &owner)?;
	let present = present(&own_entities(&chain, class.id, owner).await?, &journal);
	let Plan { create, present, refused } = plan(documents, present);
	let mut known: Vec<_> = present.iter().map(|(digest, there)| (*digest, there.id)).collect();
	let unchanged = present.into_iter().map(|(_, there)| there).collect();
	let mut summary = Summary { records, unchanged, refused, ..Summary::default() };
	let held_back = !summary.refused.is_empty() && !args.skip_refused;
	let mut stopped = None;
	if args.dry_run || held_back || create.is_empty() {
		summary.unsent = create.len();
	} else {
		check_quota(&chain, class.id, name, owner, create.len()).await?;
		let settings = Settings::new(args, class.id, 0, false);
		let values = create.iter().map(|new| &new.values);
		let report = submit_all(&chain, &account, settings, values, output).await?;
		let Report { outcomes, stopped: why } = report;
		stopped = why.map(Failure::from);
		for (position, new) in create.iter().enumerate() {
			match outcomes.get(&position) {
				Some(Outcome::Created(id)) => {
					summary.created += 1;
					known.push((new.digest, *id));
				},
				Some(Outcome::Refused(refusal)) => {
					let advice = refusal.advice().map_or_else(String::new, |it| format!("; {it}"));
					let reason = format!("{}{advice}", refusal.sentence);
					summary.refused.push(Refused { line: new.line, key: None, reason });
				},
				None => summary.unsent += 1,
			}
		}
		summary.refused.sort_by_key(|refused| refused.line);
	}
	if !args.dry_run {
		if let Err(error) = journal.add(&known) {
			let path = journal.path.display();
			output.note(&format!(
				"cannot write {path} ({error}): once these entries are migrated, importing the file again \
				 would create them again"
			));
		}
	}
	summary.seconds = start.elapsed().as_secs_f64();
	conclude(&summary, args, held_back, stopped, output)
}

async fn own_entities(
	chain: &Chain,
	class: ClassId,
	owner: AccountId32,
) -> Result<Vec<EntityInfo>, Failure> {
	let mut all = Vec::new();
	let mut after = None;
	loop {
		let page = chain.entities_of(owner, class, after, PAGE).await?;
		all.extend(page.items);
		after = page.next;
		if after.is_none() {
			return Ok(all);
		}
	}
}

/// Which documents the entries in `owned` hold, or came from.
fn present(owned: &[EntityInfo], journal: &Journal) -> Present {
	let mut present = Present::new();
	for info in owned {
		// What an entry came from counts, even if its owner has edited the document since.
		let digest = journal.digest_of(info.id).or(match info.entity.values.value(DOCUMENT) {
			Some(Value::Single(Scalar::Text(document))) => Some(digest(document)),
			_ => None,
		});
		if let Some(digest) = digest {
			present.entry(digest).or_default().push_back(info.id);
		}
	}
	present
}

fn plan(documents: Vec<Document>, mut present: Present) -> Plan {
	let mut plan = Plan::default();
	for Document { line, text } in documents {
		let read = text.and_then(|text| Ok((digest(text.as_bytes()), values(text)?)));
		let (digest, values) = match read {
			Ok(read) => read,
			Err(reason) => {
				plan.refused.push(Refused { line, key: None, reason });
				continue;
			},
		};
		match present.get_mut(&digest).and_then(VecDeque::pop_front) {
			Some(id) => {
				let there = There { line, key: format!("the document of line {line}"), id };
				plan.present.push((digest, there));
			},
			None => plan.create.push(New { line, digest, values }),
		}
	}
	plan
}

/// The values of an entry that holds this document.
fn values(document: String) -> Result<EntityValues, String> {
	let length = document.len();
	let bytes = ByteString::try_from(document.into_bytes()).map_err(|_| {
		format!("the document has {length} bytes, and at most {MAX_STRING_BYTES} fit")
	})?;
	let values = vec![(DOCUMENT, Value::Single(Scalar::Text(bytes)))];
	let values = EntityValues(values.try_into().map_err(|_| "too many values".to_string())?);
	let fits = Schema::free_form().check_values(&values);
	fits.map_err(|(_, error)| describe_error(error, None))?;
	Ok(values)
}

#[cfg(test)]
mod tests {
	use super::*;
	use rome_client::Hash;
	use rome_primitives::content::{Entity, Visibility};

	fn documents(texts: &[&str]) -> Vec<Document> {
		let texts = texts.iter().enumerate();
		texts.map(|(at, text)| Document { line: at + 1, text: Ok(text.to_string()) }).collect()
	}

	fn id(serial: u32) -> EntityId {
		EntityId { class: 0, serial }
	}

	#[test]
	fn takes_documents_as_they_are_up_to_eight_kibibytes() {
		let long = |bytes: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(bytes - 8));
		let (fits, too_long) = (long(8192), long(8193));
		let plan = plan(documents(&["{ \"a\" : 1 }", &fits, &too_long, "{"]), Present::new());
		let lines: Vec<_> = plan.create.iter().map(|new| new.line).collect();
		assert_eq!(lines, [1, 2]);
		let value = plan.create[0].values.value(DOCUMENT).unwrap();
		let Value::Single(Scalar::Text(text)) = value else { panic!("{value:?}") };
		assert_eq!(text.as_slice(), b"{ \"a\" : 1 }");
		let refused: Vec<_> = plan.refused.iter().map(|it| (it.line, it.reason.as_str())).collect();
		assert_eq!(refused[0].0, 3);
		assert!(refused[0].1.contains("8193 bytes, and at most 8192"), "{refused:?}");
		assert_eq!(refused[1], (4, "the document is not JSON"));
	}

	#[test]
	fn knows_where_migrated_and_edited_entries_came_from() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("a.ndjson");
		let owner = AccountId32([1; 32]);
		let mut journal = Journal::read(&file, Hash::repeat_byte(1), &owner).unwrap();
		let records = ["{\"a\":0}", "{\"a\":1}", "{\"a\":2}"];
		journal.add(&[(digest(records[0].as_bytes()), id(0))]).unwrap();
		journal.add(&[(digest(records[1].as_bytes()), id(1))]).unwrap();
		let entry = |serial: u32, version: u16, values: EntityValues| EntityInfo {
			id: id(serial),
			entity: Entity {
				version,
				owner,
				referenceable: false,
				visibility: Visibility::Visible,
				deposit: 0,
				values,
			},
			offered_to: None,
			own_references: 0,
			foreign_references: false,
			removed_references: Vec::new(),
			expired_objects: Vec::new(),
		};
		let owned = [
			entry(0, 1, EntityValues::default()),
			entry(1, 0, values("{\"edited\":true}".into()).unwrap()),
			entry(2, 0, values(records[2].into()).unwrap()),
			entry(3, 1, EntityValues::default()),
		];
		let plan = plan(documents(&records), present(&owned, &journal));
		let there: Vec<_> = plan.present.iter().map(|(_, there)| there.id).collect();
		assert_eq!(there, [id(0), id(1), id(2)]);
		assert!(plan.create.is_empty());
	}

	#[test]
	fn each_entry_stands_for_one_equal_record() {
		let mut present = Present::new();
		present.entry(digest(b"{\"a\":1}")).or_default().push_back(id(7));
		let plan = plan(documents(&["{\"a\":1}", "{\"a\":1}", "{\"a\": 1}"]), present);
		assert_eq!(plan.present.len(), 1);
		assert_eq!((plan.present[0].1.line, plan.present[0].1.id), (1, id(7)));
		// The second equal record has no entry yet, and spaces make another document.
		assert_eq!(plan.create.iter().map(|new| new.line).collect::<Vec<_>>(), [2, 3]);
	}
}
