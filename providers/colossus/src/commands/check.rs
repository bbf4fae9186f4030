//! `colossus check`: whether all is in place, with what to do where it is not.

use crate::config::Config;
use rome_client::{http, AccountId, Chain, Settings};
use rome_primitives::{
	actors::Endpoint,
	signing::{Signed, StatusAnswer},
};
use rome_provider::{
	auth::now,
	key::OperatorKey,
	store::{self, Manifest},
};
use serde_json::json;
use std::{collections::HashSet, path::Path, time::Duration};
use tokio::time::timeout;

/// How far the clock may be from the chain's, in milliseconds: a block's time and some.
const CLOCK: u64 = 30_000;

struct Report {
	lines: Vec<(&'static str, Result<String, String>)>,
}

impl Report {
	fn add(&mut self, what: &'static str, outcome: Result<String, String>) {
		self.lines.push((what, outcome));
	}
}

/// Prints one line for each check. An error if one failed.
pub async fn run(path: &Path, as_json: bool) -> Result<(), String> {
	let mut report = Report { lines: Vec::new() };
	check(path, &mut report).await;
	let failed = report.lines.iter().filter(|(_, outcome)| outcome.is_err()).count();
	if as_json {
		let lines: Vec<_> = report
			.lines
			.iter()
			.map(|(what, outcome)| match outcome {
				Ok(said) => json!({ "check": what, "ok": true, "message": said }),
				Err(said) => json!({ "check": what, "ok": false, "message": said }),
			})
			.collect();
		println!("{:#}", json!({ "ok": failed == 0, "checks": lines }));
	} else {
		for (what, outcome) in &report.lines {
			match outcome {
				Ok(said) => println!("ok    {what:<14} {said}"),
				Err(said) => println!("FAIL  {what:<14} {said}"),
			}
		}
	}
	match failed {
		0 => Ok(()),
		_ => Err(format!("{failed} checks failed")),
	}
}

async fn check(path: &Path, report: &mut Report) {
	let config = match Config::read(path) {
		Ok(config) => config,
		Err(error) => return report.add("configuration", Err(error)),
	};
	report.add("configuration", Ok(path.display().to_string()));
	let key = OperatorKey::read(&config.key);
	report.add("key", key.as_ref().map(|key| key.id().to_string()).map_err(Clone::clone));
	let manifest = Manifest::read(&config.data);
	report.add("data", data(&config, &manifest, key.as_ref().ok()));
	report.add("disk", disk(&config));
	let chain = endpoints(&config, manifest.ok(), report).await;
	let (Some(chain), Ok(key)) = (chain, key) else { return };
	report.add("clock", clock(&chain).await);
	let registered = registered(&chain, &key, report).await;
	if let Some(endpoint) = registered {
		report.add("reachable", reachable(&chain, &key, endpoint).await);
	}
}

fn data(
	config: &Config,
	manifest: &Result<Manifest, store::StoreError>,
	key: Option<&OperatorKey>,
) -> Result<String, String> {
	let manifest = manifest.as_ref().map_err(ToString::to_string)?;
	if key.is_some_and(|key| manifest.operator != key.id().to_string()) {
		return Err(format!("it is that of another operator, {}", manifest.operator));
	}
	let owner = store::owner(&config.data);
	let owner = owner.map_or("no daemon runs".to_owned(), |process| format!("process {process}"));
	Ok(format!("{}, {owner}", config.data.display()))
}

fn disk(config: &Config) -> Result<String, String> {
	let found = store::survey(&config.data).map_err(|error| error.to_string())?;
	let free = found.free.saturating_sub(config.reserve_bytes);
	let said = format!("{} MiB free beyond the reserve", free >> 20);
	if free == 0 {
		return Err(format!("{said}: uploads are refused; make room or lower `reserve_bytes`"));
	}
	Ok(said)
}

async fn endpoints(
	config: &Config,
	manifest: Option<Manifest>,
	report: &mut Report,
) -> Option<Chain> {
	let mut nodes = HashSet::new();
	let mut good = Vec::new();
	for url in &config.rpc {
		let asked = async {
			let settings = Settings::new(std::slice::from_ref(url)).patience(Duration::ZERO);
			let chain = Chain::open(settings).await.map_err(|error| error.to_string())?;
			let genesis = chain.genesis().await.map_err(|error| error.to_string())?;
			let name: String = chain
				.rpc
				.ask("system_localPeerId", json!([]))
				.await
				.map_err(|error| error.to_string())?;
			let final_block = chain.finalized().await.map_err(|error| error.to_string())?.number;
			Ok::<_, String>((hex::encode(genesis.0), name, final_block))
		};
		let asked = timeout(Duration::from_secs(20), asked).await;
		let outcome = asked.unwrap_or_else(|_| Err("no answer within 20 s".into()));
		let known = manifest.as_ref().and_then(|manifest| manifest.genesis.clone());
		let outcome = outcome.and_then(|(genesis, name, block)| match known {
			Some(known) if known != genesis => {
				Err(format!("it is of the chain {genesis}, and the data is of {known}"))
			},
			_ => Ok((name, block)),
		});
		match outcome {
			Ok((name, block)) => {
				nodes.insert(name);
				good.push(url.clone());
				report.add("endpoint", Ok(format!("{url}: final block {block}")));
			},
			Err(error) => report.add("endpoint", Err(format!("{url}: {error}"))),
		}
	}
	report.add(
		"two endpoints",
		if nodes.len() > 1 {
			Ok(format!("{} different nodes", nodes.len()))
		} else {
			Err("fewer than two different nodes answer: nothing will be released or deleted; add another \
			     operator's node to `rpc`"
				.into())
		},
	);
	if good.is_empty() {
		return None;
	}
	Chain::open(Settings::new(&good)).await.ok()
}

async fn clock(chain: &Chain) -> Result<String, String> {
	let time: Option<u64> =
		chain.value("Timestamp", "Now").await.map_err(|error| error.to_string())?;
	let time = time.ok_or("the chain has no time yet")?;
	let apart = now().abs_diff(time);
	let said = format!("{:.1} s from the last block's time", apart as f64 / 1_000.0);
	if apart > CLOCK {
		return Err(format!(
			"{said}: set the clock (chrony, systemd-timesyncd), unless the chain stands still"
		));
	}
	Ok(said)
}

async fn registered(chain: &Chain, key: &OperatorKey, report: &mut Report) -> Option<Endpoint> {
	let id = AccountId::from(<[u8; 32]>::from(key.id()));
	let found = match chain.storage().provider_of(&id).await {
		Ok(found) => found,
		Err(error) => {
			report.add("registered", Err(error.to_string()));
			return None;
		},
	};
	let money = chain.account(&id).await.map(|(_, free)| free);
	report.add(
		"money",
		match money {
			Ok(0) => {
				Err("the operator's account is empty: it needs a little for the deposits of its \
			              transactions' fees, which are returned"
					.into())
			},
			Ok(free) => Ok(format!("the operator's account has {free}")),
			Err(error) => Err(error.to_string()),
		},
	);
	match found {
		Some(me) => {
			report.add("registered", Ok(format!("provider {}, {:?}", me.id, me.state)));
			Some(me.endpoint)
		},
		None => {
			report.add(
				"registered",
				Err("this operator key stands for no provider; `rome provider apply` registers it"
					.into()),
			);
			None
		},
	}
}

/// Asks the registered endpoint for its status, as anybody does, and checks that it is this daemon.
async fn reachable(chain: &Chain, key: &OperatorKey, endpoint: Endpoint) -> Result<String, String> {
	let Endpoint::Http(base) = &endpoint;
	let base = String::from_utf8_lossy(base).into_owned();
	let mut nonce = [0; 32];
	getrandom::fill(&mut nonce).map_err(|error| error.to_string())?;
	let client = http::builder().map_err(|error| error.to_string())?;
	let client = client.build().map_err(|error| error.to_string())?;
	let advice =
		"is the daemon running, and does the way to it lead here (DNS, firewall, reverse proxy)?";
	let mut answer = client
		.get(format!("{base}/status?nonce={}", hex::encode(nonce)))
		.timeout(Duration::from_secs(15))
		.send()
		.await
		.map_err(|error| format!("{base} does not answer: {error}; {advice}"))?;
	let status = answer.status();
	let mut body = Vec::new();
	while let Some(bytes) = answer.chunk().await.map_err(|error| error.to_string())? {
		body.extend_from_slice(&bytes);
		if body.len() > 4_096 {
			return Err(format!(
				"{base} answers with more than 4 KiB: that is no provider; {advice}"
			));
		}
	}
	if !status.is_success() {
		return Err(format!("{base} answers {status}: {}", String::from_utf8_lossy(&body)));
	}
	let body: serde_json::Value = serde_json::from_slice(&body)
		.map_err(|error| format!("{base} answers something else: {error}; {advice}"))?;
	let signed = Signed::<StatusAnswer>::from_header(body["signed"].as_str().unwrap_or_default())
		.map_err(|error| format!("{base}: {error}"))?;
	let genesis = chain.genesis().await.map_err(|error| error.to_string())?.0;
	let said = signed.by(&genesis, &key.id()).ok_or_else(|| {
		format!("{base} is another provider: its status is signed by {}", signed.signer)
	})?;
	if said.nonce != nonce || said.endpoint != endpoint {
		return Err(format!("{base} answers with an old status, or for another endpoint"));
	}
	Ok(format!("{base} is this provider, {}", String::from_utf8_lossy(&said.version)))
}
