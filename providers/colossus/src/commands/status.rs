//! `colossus status`: how the provider stands on chain, and what is on its disk.

use crate::{config::Config, duties::scrubber::Pass};
use rome_client::{AccountId, Chain, Settings};
use rome_provider::{key::OperatorKey, store};
use serde_json::{json, Value};
use tokio::task::spawn_blocking;

/// Prints it.
pub async fn run(config: &Config, as_json: bool) -> Result<(), String> {
	let key = OperatorKey::read(&config.key)?;
	let disk = disk(config).await?;
	let chain = match on_chain(config, &key).await {
		Ok(chain) => chain,
		Err(error) => json!({ "error": error }),
	};
	let status = json!({ "operator": key.id().to_string(), "disk": disk, "chain": chain });
	if as_json {
		println!("{status:#}");
		return Ok(());
	}
	println!("operator       {}", key.id());
	for (title, part) in [("disk", &status["disk"]), ("chain", &status["chain"])] {
		println!("{title}");
		if let Value::Object(fields) = part {
			for (name, value) in fields {
				let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
				println!("  {name:<21} {value}");
			}
		}
	}
	Ok(())
}

async fn disk(config: &Config) -> Result<Value, String> {
	let (root, reserve) = (config.data.clone(), config.reserve_bytes);
	let looked = spawn_blocking(move || -> Result<Value, String> {
		store::Manifest::read(&root).map_err(|error| error.to_string())?;
		let found = store::survey(&root).map_err(|error| error.to_string())?;
		let pass = Pass::read(&root);
		Ok(json!({
			"data": root.display().to_string(),
			"process": store::owner(&root),
			"objects": found.objects,
			"bytes": found.bytes,
			"quarantined": found.quarantined,
			"partial": found.partial,
			"free_bytes": found.free.saturating_sub(reserve),
			"scrub_started": pass.started,
			"scrub_ended": pass.ended,
			"scrub_damaged": pass.damaged.len(),
		}))
	});
	looked.await.map_err(|error| error.to_string())?
}

async fn on_chain(config: &Config, key: &OperatorKey) -> Result<Value, String> {
	let text = |error: rome_client::Error| error.to_string();
	let chain = Chain::open(Settings::new(&config.rpc)).await.map_err(text)?;
	let head = chain.best().await.map_err(text)?;
	let storage = chain.storage_at(head.hash);
	let id = AccountId::from(<[u8; 32]>::from(key.id()));
	let (_, money) = chain.account(&id).await.map_err(text)?;
	let Some(me) = storage.provider_of(&id).await.map_err(text)? else {
		return Ok(json!({
			"block": head.number,
			"provider": null,
			"operator_balance": money.to_string(),
			"next": "`rome provider apply` registers this operator key",
		}));
	};
	let rome_primitives::actors::Endpoint::Http(endpoint) = &me.endpoint;
	let mut unconfirmed = 0;
	for (tranche, _) in &me.memberships {
		let objects = storage.all_incomplete(*tranche).await.map_err(text)?;
		unconfirmed += objects.iter().filter(|object| object.assigned.contains(&me.id)).count();
	}
	Ok(json!({
		"block": head.number,
		"provider": me.id,
		"owner": me.owner.to_string(),
		"state": format!("{:?}", me.state),
		"endpoint": String::from_utf8_lossy(endpoint),
		"domain": me.domain.map(|domain| format!("operator {}, zone {}", domain.operator, domain.zone)),
		"slots": me.memberships.iter().map(|(tranche, slots)| format!("{slots} in tranche {tranche}")).collect::<Vec<_>>().join(", "),
		"replicas": me.replicas,
		"bytes": me.bytes,
		"to_fetch_or_confirm": unconfirmed,
		"stake": me.stake.to_string(),
		"earned": me.earned.to_string(),
		"operator_balance": money.to_string(),
		"last_heartbeat": me.last_heartbeat,
		"heartbeat_due": me.heartbeat_due,
	}))
}
