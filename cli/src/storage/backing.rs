//! `rome backing`: what is added to providers' pay for what the entries of some classes hold.

use super::{args::BackingCommand, provider::reason_of};
use crate::{
	accounts,
	args::Global,
	content::Reader,
	failure::Failure,
	governance::{administer, Measure},
	output::{amount, count, table, Output},
	schema::lookup::Classes,
};
use codec::Decode;
use rome_client::{Balance, Call, Chain, Event, Refusal};
use rome_primitives::{
	content::{EntityId, ObjectHash},
	storage::{limits::MAX_BATCH, EraIndex, ObjectKey},
};
use serde_json::json;
use subxt::metadata::ArcMetadata;

/// The most that can be added, in hundredths of the fee.
const MOST: u16 = 1_000;

/// Runs a command; without one, shows what there is.
pub(crate) async fn run(
	command: Option<BackingCommand>,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let connect = || async { Ok::<_, Failure>(Chain::connect(&global.url, output.json).await?) };
	match command {
		None => show(&connect().await?, output).await,
		Some(BackingCommand::Class { class, percent, reason, council }) => {
			let reason = reason_of(&reason)?;
			if percent > MOST {
				return Err(Failure::usage(format!("{percent} is more than can be added"))
					.hint(format!("give hundredths of the fee, at most {MOST}")));
			}
			let chain = connect().await?;
			let id = Classes::fetch(&chain).await?.need(&class)?.id;
			let verb = if percent == 0 { "Stop adding" } else { "Add" };
			let title = format!("{verb} to the pay for what {class} holds: {percent} % of the fee");
			let measure = Measure::new(Call::back_class(id, percent, reason), title);
			let standing = administer(&chain, measure, council, global, output).await?;
			if let Some(votes) = standing.open() {
				output.result(standing.add_to(json!({ "class": class })), || votes);
				return Ok(());
			}
			show(&chain, output).await
		},
		Some(BackingCommand::Add { entries }) => add(&entries, global, output).await,
	}
}

async fn show(chain: &Chain, output: Output) -> Result<(), Failure> {
	let info = chain.storage().backing().await?;
	let classes = Classes::fetch(chain).await?;
	let name = |id| classes.name(id).unwrap_or_else(|| format!("class {id}"));
	if output.json {
		let rows = info.classes.iter();
		let rows = rows.map(|(id, percent)| json!({ "class": name(*id), "percent": percent }));
		let value = json!({
			"account": info.account.to_string(),
			"free": info.free.to_string(),
			"classes": rows.collect::<Vec<_>>(),
		});
		output.result(value, String::new);
		return Ok(());
	}
	let mut rows = table(&["class", "added to the fee"]);
	for (id, percent) in &info.classes {
		rows.add_row([name(*id), format!("{percent} %")]);
	}
	output.result(json!(null), || {
		let there = format!(
			"{} to add; whoever wants to sends more to {}",
			amount(info.free),
			info.account
		);
		if info.classes.is_empty() {
			format!("{there}\nno class is backed")
		} else {
			format!("{there}\n{}", rows.trim_fmt())
		}
	});
	Ok(())
}

async fn add(entries: &[String], global: &Global, output: Output) -> Result<(), Failure> {
	let account = accounts::one(global)?;
	let chain = Chain::connect(&global.url, output.json).await?;
	let mut held = Vec::new();
	let reader = Reader::new(&chain).await?;
	for written in entries {
		let info = reader.need(written).await?;
		let mut objects: Vec<ObjectHash> = info.entity.values.objects().collect();
		if objects.is_empty() {
			return Err(Failure::new(format!("{} holds no stored object", info.id))
				.hint(format!("`rome content show {}` shows what it holds", info.id)));
		}
		objects.sort_unstable();
		objects.dedup();
		held.extend(objects.into_iter().map(|object| (info.id, object)));
	}
	let runtime = chain.runtime().await?;
	let (mut sum, mut added, mut troubles) = (0, Vec::new(), Vec::new());
	for batch in held.chunks(MAX_BATCH as usize) {
		let sent = chain.send(&Call::back_objects(batch), &account, global.wait).await?;
		for event in &sent.events {
			if event.is("StorageTranches", "ObjectBacked") {
				let (key, _, _, amount) =
					event.first::<(ObjectKey, EntityId, EraIndex, Balance)>()?;
				sum += amount;
				added.push((key.hash, amount));
			} else if event.is("StorageTranches", "BackingFailed") {
				troubles.push(trouble(event, &runtime.metadata)?);
			}
		}
	}
	let value = json!({
		"added": added.iter().map(|(hash, amount)| json!({
			"hash": hex::encode(hash), "amount": amount.to_string(),
		})).collect::<Vec<_>>(),
		"sum": sum.to_string(),
		"troubles": troubles.iter().map(|(entity, hash, why)| json!({
			"entry": entity.to_string(), "hash": hex::encode(hash), "reason": why,
		})).collect::<Vec<_>>(),
	});
	if added.is_empty() {
		let (entity, _, why) = troubles.first().ok_or_else(|| Failure::new("nothing was added"))?;
		return Err(Failure::new(format!("nothing was added for {entity}: {why}"))
			.hint("`rome backing` shows which classes are backed, and what there is to add"));
	}
	output.result(value, || {
		let mut told = format!("{} added for {}", amount(sum), count(added.len(), "object"));
		for (entity, hash, why) in &troubles {
			told += &format!("\nnot for {} of {entity}: {why}", hex::encode(hash));
		}
		told
	});
	Ok(())
}

/// What was named in vain, and why.
fn trouble(
	event: &Event,
	metadata: &ArcMetadata,
) -> Result<(EntityId, ObjectHash, String), Failure> {
	let fields = &mut event.fields.as_slice();
	let (entity, object) = <(EntityId, ObjectHash)>::decode(fields)
		.map_err(|error| Failure::new(format!("an event cannot be read: {error}")))?;
	Ok((entity, object, Refusal::decode(fields, metadata).sentence))
}
