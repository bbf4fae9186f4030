//! `rome object`: what the chain knows of an object, and the take-down list.

use super::{
	args::ObjectCommand,
	provider::reason_of,
	text::{address, key_text, need_object, object_json, parse_hash, state},
};
use crate::{
	args::Global,
	failure::Failure,
	governance::{administer, Measure},
	output::{count, printable, table, Output},
};
use rome_client::{Call, Chain};
use rome_primitives::storage::{api::ObjectView, ObjectState};
use serde_json::json;

/// Runs a command.
pub(crate) async fn run(
	command: ObjectCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let connect = || async { Ok::<_, Failure>(Chain::connect(&global.url, output.json).await?) };
	let (hash, call, council): (_, fn(&ObjectView, &str) -> Call, _) = match &command {
		ObjectCommand::Show { hash } => return show(&connect().await?, hash, output).await,
		ObjectCommand::Block { hash, council, .. } => {
			(hash, |object, reason| Call::block_object(&object.key, reason), *council)
		},
		ObjectCommand::Unblock { hash, council } => {
			(hash, |object, _| Call::unblock_object(&object.key), *council)
		},
	};
	let reason = match &command {
		ObjectCommand::Block { reason, .. } => reason_of(reason)?,
		_ => "",
	};
	let hash = parse_hash(hash)?;
	let chain = connect().await?;
	let object = need_object(&chain, &hash).await?;
	let verb = if matches!(command, ObjectCommand::Block { .. }) { "Block" } else { "Unblock" };
	let title = format!("{verb} the object {}", hex::encode(hash));
	let measure = Measure::new(call(&object, reason), title);
	let standing = administer(&chain, measure, council, global, output).await?;
	if let Some(votes) = standing.open() {
		output.result(standing.add_to(json!({ "hash": hex::encode(hash) })), || votes);
		return Ok(());
	}
	let object = need_object(&chain, &hash).await?;
	output.result(object_json(&object), || {
		let state = match &object.blocked {
			Some(_) => "is on the take-down list",
			None => "is not on the take-down list any more",
		};
		format!("{} {state}", key_text(&object.key))
	});
	Ok(())
}

async fn show(chain: &Chain, hash: &str, output: Output) -> Result<(), Failure> {
	let object = need_object(chain, &parse_hash(hash)?).await?;
	if output.json {
		output.result(object_json(&object), String::new);
		return Ok(());
	}
	let stands = match object.state {
		ObjectState::Pending { expires } => {
			format!("registered, not stored; the registration expires at block {expires}")
		},
		ObjectState::Stored => "stored".into(),
	};
	let mut rows = table(&["provider", "", "state", "endpoint"]);
	let roles = [(&object.holders, "holds it"), (&object.assigned, "is to hold it")];
	for (ids, role) in roles {
		for id in ids {
			let role = if object.surplus.contains(id) { "holds it, may release it" } else { role };
			let info = chain.storage().provider(*id).await?;
			let (state, endpoint) =
				info.map_or_else(Default::default, |it| (state(&it.state), address(&it.endpoint)));
			rows.add_row([id.to_string(), role.into(), state, endpoint]);
		}
	}
	let blocked = object.blocked.as_ref().map_or_else(String::new, |reason| {
		format!("\non the take-down list: {}", printable(&String::from_utf8_lossy(reason)))
	});
	let pins = count(object.pins as usize, "pin");
	output.result(json!(null), || {
		format!(
			"{}\n{stands}, tranche {}, {pins}{blocked}\n{}",
			key_text(&object.key),
			object.tranche,
			rows.trim_fmt()
		)
	});
	Ok(())
}
