//! A connection to one of several nodes, which moves to the next when its node goes away.

use super::errors::{Error, Result};
use serde::{de::DeserializeOwned, Deserialize};
use serde_json::{json, Value};
use std::{
	sync::atomic::{AtomicBool, AtomicU64, Ordering},
	time::Duration,
};
use subxt::rpcs::{self, client::RpcParams, RpcClient};
use tokio::{
	sync::Mutex,
	time::{sleep, timeout, Instant},
};

/// A block's or transaction's hash.
pub(crate) type Hash = subxt::utils::H256;

/// The chain's name in its runtime version.
const SPEC_NAME: &str = "rome";

/// How long a node may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a node may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// A block's header, as far as it matters here.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Header {
	#[serde(deserialize_with = "hex_number")]
	pub number: u64,
	pub parent_hash: Hash,
}

fn hex_number<'de, D: serde::Deserializer<'de>>(
	deserializer: D,
) -> std::result::Result<u64, D::Error> {
	let text = String::deserialize(deserializer)?;
	u64::from_str_radix(text.trim_start_matches("0x"), 16).map_err(serde::de::Error::custom)
}

/// A block's body.
#[derive(Debug, Deserialize)]
struct SignedBlock {
	block: Block,
}

#[derive(Debug, Deserialize)]
struct Block {
	extrinsics: Vec<String>,
}

/// What a runtime says of itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RuntimeVersion {
	pub spec_name: String,
	pub spec_version: u32,
	pub transaction_version: u32,
}

#[derive(Clone)]
struct Connection {
	client: RpcClient,
	generation: u64,
}

struct State {
	connection: Option<Connection>,
	/// Which URL is tried next.
	next: usize,
	generation: u64,
	genesis: Option<Hash>,
}

/// A connection to one node of several.
pub(crate) struct Rpc {
	urls: Vec<String>,
	state: Mutex<State>,
	/// How long to go on trying once a connection was lost.
	patience: std::sync::RwLock<Duration>,
	told: AtomicBool,
	opened: AtomicU64,
	quiet: bool,
}

impl Rpc {
	/// Connects to the first of `urls` that answers for Rome's chain.
	pub(crate) async fn connect(urls: &[String], quiet: bool) -> Result<Self> {
		let state = State { connection: None, next: 0, generation: 0, genesis: None };
		let rpc = Self {
			urls: urls.to_vec(),
			state: Mutex::new(state),
			patience: Duration::from_secs(20).into(),
			told: AtomicBool::new(false),
			opened: AtomicU64::new(0),
			quiet,
		};
		rpc.connection(Duration::ZERO).await?;
		Ok(rpc)
	}

	/// How long to go on trying when all nodes are away.
	pub(crate) fn set_patience(&self, patience: Duration) {
		if let Ok(mut slot) = self.patience.write() {
			*slot = patience;
		}
	}

	fn patience(&self) -> Duration {
		self.patience.read().map_or(Duration::from_secs(20), |slot| *slot)
	}

	/// Which connection this is, counted from the first: another number means that a node went away, and
	/// what waited in its pool perhaps with it.
	pub(crate) fn generation(&self) -> u64 {
		self.opened.load(Ordering::Relaxed)
	}

	/// The hash of block 0, which says which chain this is.
	pub(crate) async fn genesis(&self) -> Result<Hash> {
		self.connection(self.patience()).await?;
		let genesis = self.state.lock().await.genesis;
		genesis.ok_or_else(|| Error::unreadable("chain_getBlockHash", "no genesis hash"))
	}

	/// The present connection, or a new one. Tries every URL, again and again until `patience` is over.
	async fn connection(&self, patience: Duration) -> Result<Connection> {
		let mut state = self.state.lock().await;
		if let Some(connection) = &state.connection {
			return Ok(connection.clone());
		}
		let start = Instant::now();
		loop {
			let mut tried = Vec::new();
			for _ in 0..self.urls.len() {
				let Some(url) = self.urls.get(state.next % self.urls.len().max(1)) else { break };
				match open(url, state.genesis).await {
					Ok((client, genesis)) => {
						state.generation += 1;
						self.opened.store(state.generation, Ordering::Relaxed);
						state.genesis = Some(genesis);
						let connection = Connection { client, generation: state.generation };
						state.connection = Some(connection.clone());
						if self.told.swap(false, Ordering::Relaxed) && !self.quiet {
							eprintln!("connected again, to {url}");
						}
						return Ok(connection);
					},
					// The wrong chain does not become the right one by waiting, but another node may do.
					Err(error) => tried.push((url.clone(), error)),
				}
				state.next += 1;
			}
			if start.elapsed() >= patience {
				let wrong = tried.iter().all(|(_, error)| matches!(error, Error::WrongChain(_)));
				let mut said: Vec<_> = tried
					.into_iter()
					.map(|(url, error)| match error {
						Error::Unreachable(why) => format!("{url}: {}", why.join("; ")),
						error => format!("{url}: {error}"),
					})
					.collect();
				said.dedup();
				return Err(if wrong && !said.is_empty() {
					Error::WrongChain(said.join("; "))
				} else {
					Error::Unreachable(said)
				});
			}
			sleep(Duration::from_millis(500)).await;
		}
	}

	async fn lost(&self, generation: u64, why: &str) {
		let mut state = self.state.lock().await;
		if state.connection.as_ref().is_some_and(|connection| connection.generation == generation) {
			state.connection = None;
			state.next += 1;
			if !self.told.swap(true, Ordering::Relaxed) && !self.quiet {
				eprintln!("connection lost ({why}); looking for a node that answers");
			}
		}
	}

	/// Asks the node. When the connection is lost, asks the next one: every question here may be asked
	/// twice, since a transaction is taken once however often it is submitted.
	pub(crate) async fn ask<T: DeserializeOwned>(&self, method: &str, params: Value) -> Result<T> {
		let start = Instant::now();
		loop {
			let left = self.patience().saturating_sub(start.elapsed());
			let connection = self.connection(left).await?;
			let why =
				match timeout(ANSWER_TIMEOUT, request(&connection.client, method, &params)).await {
					Ok(Ok(answer)) => {
						return serde_json::from_value(answer)
							.map_err(|error| Error::unreadable(method, error));
					},
					Ok(Err(rpcs::Error::User(error))) => {
						let data = error.data.map(|data| data.get().trim_matches('"').to_string());
						let message = match data {
							Some(data) if !data.is_empty() && data != "null" => {
								format!("{}: {data}", error.message)
							},
							_ => error.message,
						};
						return Err(Error::Refused {
							method: method.into(),
							code: error.code,
							message,
						});
					},
					Ok(Err(rpcs::Error::Deserialization(error))) => {
						return Err(Error::unreadable(method, error));
					},
					Ok(Err(error)) => error.to_string(),
					Err(_) => format!("no answer within {} s", ANSWER_TIMEOUT.as_secs()),
				};
			self.lost(connection.generation, &why).await;
			if start.elapsed() >= self.patience() {
				return Err(Error::Unreachable(vec![why]));
			}
		}
	}

	/// Calls a function of the runtime API at a block, or at the best one.
	pub(crate) async fn state_call(
		&self,
		function: &str,
		arguments: &[u8],
		at: Option<Hash>,
	) -> Result<Vec<u8>> {
		let arguments = format!("0x{}", hex::encode(arguments));
		let answer: String = self.ask("state_call", json!([function, arguments, at])).await?;
		from_hex(function, &answer)
	}

	/// A storage item's bytes.
	pub(crate) async fn storage(&self, key: &[u8], at: Option<Hash>) -> Result<Option<Vec<u8>>> {
		let key = format!("0x{}", hex::encode(key));
		let answer: Option<String> = self.ask("state_getStorage", json!([key, at])).await?;
		answer.map(|answer| from_hex("state_getStorage", &answer)).transpose()
	}

	/// The best block's hash, or that of the block of this number.
	pub(crate) async fn block_hash(&self, number: Option<u64>) -> Result<Option<Hash>> {
		let params = number.map_or(json!([]), |number| json!([number]));
		self.ask("chain_getBlockHash", params).await
	}

	/// The newest final block's hash.
	pub(crate) async fn finalized_hash(&self) -> Result<Hash> {
		self.ask("chain_getFinalizedHead", json!([])).await
	}

	/// A block's header.
	pub(crate) async fn header(&self, hash: Hash) -> Result<Option<Header>> {
		self.ask("chain_getHeader", json!([hash])).await
	}

	/// A block's transactions.
	pub(crate) async fn extrinsics(&self, hash: Hash) -> Result<Vec<Vec<u8>>> {
		let block: Option<SignedBlock> = self.ask("chain_getBlock", json!([hash])).await?;
		let Some(block) = block else {
			return Err(Error::unreadable("chain_getBlock", format!("there is no block {hash:?}")));
		};
		block.block.extrinsics.iter().map(|text| from_hex("chain_getBlock", text)).collect()
	}

	/// The version of the runtime after a block, or after the best one.
	pub(crate) async fn runtime_version(&self, block: Option<Hash>) -> Result<RuntimeVersion> {
		self.ask("state_getRuntimeVersion", json!([block])).await
	}

	/// The nonce that the account's next transaction takes, after those in the pool.
	pub(crate) async fn next_nonce(&self, account: &str) -> Result<u64> {
		self.ask("system_accountNextIndex", json!([account])).await
	}

	/// Puts a transaction into the node's pool.
	pub(crate) async fn submit(&self, transaction: &[u8]) -> Result<Hash> {
		let transaction = format!("0x{}", hex::encode(transaction));
		self.ask("author_submitExtrinsic", json!([transaction])).await
	}
}

fn from_hex(what: &str, text: &str) -> Result<Vec<u8>> {
	hex::decode(text.trim_start_matches("0x")).map_err(|error| Error::unreadable(what, error))
}

async fn request(
	client: &RpcClient,
	method: &str,
	params: &Value,
) -> std::result::Result<Value, rpcs::Error> {
	let mut list = RpcParams::new();
	for param in params.as_array().into_iter().flatten() {
		list.push(param)?;
	}
	client.request(method, list).await
}

/// Opens a connection to a node of Rome's chain: the one whose block 0 is `genesis`, where that is known.
async fn open(url: &str, genesis: Option<Hash>) -> Result<(RpcClient, Hash)> {
	let unreachable = |why: String| Error::Unreachable(vec![why]);
	let client = timeout(CONNECT_TIMEOUT, RpcClient::from_insecure_url(url))
		.await
		.map_err(|_| unreachable("no answer".into()))?
		.map_err(|error| unreachable(reason(&error)))?;
	let ask = |method: &'static str, params: Value| {
		let client = client.clone();
		async move {
			timeout(CONNECT_TIMEOUT, request(&client, method, &params))
				.await
				.map_err(|_| unreachable(format!("no answer to `{method}`")))?
				.map_err(|error| unreachable(error.to_string()))
		}
	};
	let version: RuntimeVersion =
		serde_json::from_value(ask("state_getRuntimeVersion", json!([])).await?)
			.map_err(|error| Error::unreadable("state_getRuntimeVersion", error))?;
	if version.spec_name != SPEC_NAME {
		return Err(Error::WrongChain(format!(
			"this is a node of the chain `{}`, not of `{SPEC_NAME}`",
			version.spec_name
		)));
	}
	let found: Hash = serde_json::from_value(ask("chain_getBlockHash", json!([0])).await?)
		.map_err(|error| Error::unreadable("chain_getBlockHash", error))?;
	if genesis.is_some_and(|genesis| genesis != found) {
		return Err(Error::WrongChain(
			"this is a node of another network than the one before (block 0 differs)".into(),
		));
	}
	Ok((client, found))
}

/// The innermost reason: the outer ones repeat each other.
fn reason(error: &dyn std::error::Error) -> String {
	let mut inner: &dyn std::error::Error = error;
	while let Some(source) = inner.source() {
		inner = source;
	}
	let text = inner.to_string();
	text.trim_start_matches("RPC error: client error: ").to_string()
}
