//! A connection to one of several nodes, which moves to the next when its node goes away.

use crate::{Error, Result};
use serde::{de::DeserializeOwned, Deserialize};
use serde_json::{json, Value};
use std::{
	fmt,
	sync::{
		atomic::{AtomicBool, AtomicU64, Ordering},
		Arc,
	},
	time::Duration,
};
use subxt::rpcs::{self, client::RpcParams, RpcClient};
use tokio::{
	sync::Mutex,
	time::{sleep, timeout, Instant},
};

/// A block's or transaction's hash.
pub type Hash = subxt::utils::H256;

/// The chain's name in its runtime version.
const SPEC_NAME: &str = "rome";

/// How long a node may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a node may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// The longest time between two rounds of looking for a node.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A block's header, as far as it matters here.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
	/// Its height.
	#[serde(deserialize_with = "hex_number")]
	pub number: u64,
	/// The block before it.
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
pub struct RuntimeVersion {
	/// The chain's name.
	pub spec_name: String,
	/// The runtime's version.
	pub spec_version: u32,
	/// The version of its calls' encoding.
	pub transaction_version: u32,
}

#[derive(Clone)]
struct Connection {
	client: RpcClient,
	generation: u64,
	url: String,
}

struct State {
	connection: Option<Connection>,
	/// Which URL is tried next.
	next: usize,
	generation: u64,
}

/// What is told about the connection: that it was lost, and is there again.
pub type Notices = Arc<dyn Fn(&str) + Send + Sync>;

/// How to connect.
#[derive(Clone)]
pub struct Settings {
	urls: Vec<String>,
	patience: Duration,
	wait: bool,
	notices: Notices,
}

impl Settings {
	/// Nodes' websocket addresses, in order of preference. A node that is lost is looked for during 20
	/// seconds; the first connection is not waited for; nothing is told.
	pub fn new(urls: &[String]) -> Self {
		let mut distinct = Vec::<String>::new();
		for url in urls {
			// The same node twice is no second opinion.
			if !distinct
				.iter()
				.any(|known| known.trim_end_matches('/') == url.trim_end_matches('/'))
			{
				distinct.push(url.clone());
			}
		}
		Self {
			urls: distinct,
			patience: Duration::from_secs(20),
			wait: false,
			notices: Arc::new(|_| {}),
		}
	}

	/// How long to go on looking when all nodes are away. `Duration::MAX`: for ever.
	pub fn patience(mut self, patience: Duration) -> Self {
		self.patience = patience;
		self
	}

	/// Waits for the first connection as for a later one. Nodes of another chain alone are not waited for.
	pub fn wait_for_first(mut self) -> Self {
		self.wait = true;
		self
	}

	/// Who is told about the connection.
	pub fn notices(mut self, notices: impl Fn(&str) + Send + Sync + 'static) -> Self {
		self.notices = Arc::new(notices);
		self
	}
}

impl fmt::Debug for Settings {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Settings")
			.field("urls", &self.urls)
			.field("patience", &self.patience)
			.field("wait", &self.wait)
			.finish_non_exhaustive()
	}
}

/// A connection to one node of several.
pub struct Rpc {
	urls: Vec<String>,
	state: Mutex<State>,
	/// How long to go on trying once a connection was lost.
	patience: std::sync::RwLock<Duration>,
	told: AtomicBool,
	opened: AtomicU64,
	notices: Notices,
	/// The chain's block 0, as soon as a node said it.
	genesis: Arc<std::sync::OnceLock<Hash>>,
}

impl Rpc {
	fn new(urls: Vec<String>, patience: Duration, notices: Notices) -> Self {
		Self {
			urls,
			state: Mutex::new(State { connection: None, next: 0, generation: 0 }),
			patience: patience.into(),
			told: AtomicBool::new(false),
			opened: AtomicU64::new(0),
			notices,
			genesis: Arc::default(),
		}
	}

	/// Connects to the first node that answers for Rome's chain.
	pub async fn connect(settings: Settings) -> Result<Self> {
		let Settings { urls, patience, wait, notices } = settings;
		let rpc = Self::new(urls, patience, notices);
		rpc.connection(if wait { patience } else { Duration::ZERO }).await?;
		Ok(rpc)
	}

	/// Each of the nodes on its own, of the same chain, not connected to yet. They are not waited for.
	pub fn each(&self) -> Vec<Self> {
		let alone = |url: &String| Self {
			genesis: self.genesis.clone(),
			..Self::new(vec![url.clone()], Duration::ZERO, Arc::new(|_| {}))
		};
		self.urls.iter().map(alone).collect()
	}

	/// The nodes' addresses.
	pub fn urls(&self) -> &[String] {
		&self.urls
	}

	/// Leaves the present node for the next one, because of `why`.
	pub async fn leave(&self, why: &str) {
		let generation = self.generation();
		self.lost(generation, why).await;
	}

	/// How long to go on trying when all nodes are away.
	pub fn set_patience(&self, patience: Duration) {
		if let Ok(mut slot) = self.patience.write() {
			*slot = patience;
		}
	}

	fn patience(&self) -> Duration {
		self.patience.read().map_or(Duration::from_secs(20), |slot| *slot)
	}

	/// Which connection this is, counted from the first: another number means that a node went away, and
	/// what waited in its pool perhaps with it.
	pub fn generation(&self) -> u64 {
		self.opened.load(Ordering::Relaxed)
	}

	/// The hash of block 0, which says which chain this is.
	pub async fn genesis(&self) -> Result<Hash> {
		if self.genesis.get().is_none() {
			self.connection(self.patience()).await?;
		}
		self.genesis
			.get()
			.copied()
			.ok_or_else(|| Error::unreadable("chain_getBlockHash", "no genesis hash"))
	}

	/// The present connection, or a new one. Tries every URL, again and again until `patience` is over.
	async fn connection(&self, patience: Duration) -> Result<Connection> {
		let mut state = self.state.lock().await;
		if let Some(connection) = &state.connection {
			return Ok(connection.clone());
		}
		let start = Instant::now();
		let mut pause = Duration::from_millis(500);
		loop {
			let mut tried = Vec::new();
			for _ in 0..self.urls.len() {
				let Some(url) = self.urls.get(state.next % self.urls.len().max(1)) else { break };
				match open(url, self.genesis.get().copied()).await {
					Ok((client, genesis)) => {
						state.generation += 1;
						self.opened.store(state.generation, Ordering::Relaxed);
						// Two connections at once may have found two chains.
						if *self.genesis.get_or_init(|| genesis) != genesis {
							tried.push((url.clone(), other_network()));
							state.next += 1;
							continue;
						}
						let connection =
							Connection { client, generation: state.generation, url: url.clone() };
						state.connection = Some(connection.clone());
						if self.told.swap(false, Ordering::Relaxed) {
							(self.notices)(&format!("connected again, to {url}"));
						}
						return Ok(connection);
					},
					// The wrong chain does not become the right one by waiting, but another node may do.
					Err(error) => tried.push((url.clone(), error)),
				}
				state.next += 1;
			}
			let wrong = tried.iter().all(|(_, error)| matches!(error, Error::WrongChain(_)));
			let hopeless = wrong && self.genesis.get().is_none();
			if start.elapsed() >= patience || hopeless {
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
			sleep(pause.min(patience.saturating_sub(start.elapsed()))).await;
			pause = (pause * 2).min(LONGEST_PAUSE);
		}
	}

	async fn lost(&self, generation: u64, why: &str) {
		let mut state = self.state.lock().await;
		if let Some(connection) = state.connection.take_if(|open| open.generation == generation) {
			state.next += 1;
			if !self.told.swap(true, Ordering::Relaxed) {
				(self.notices)(&format!(
					"connection to {} lost ({why}); looking for a node that answers",
					connection.url
				));
			}
		}
	}

	/// Asks the node. When the connection is lost, asks the next one: every question here may be asked
	/// twice, since a transaction is taken once however often it is submitted.
	pub async fn ask<T: DeserializeOwned>(&self, method: &str, params: Value) -> Result<T> {
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
	pub async fn state_call(
		&self,
		function: &str,
		arguments: &[u8],
		at: Option<Hash>,
	) -> Result<Vec<u8>> {
		let arguments = format!("0x{}", hex::encode(arguments));
		let answer: Result<String> = self.ask("state_call", json!([function, arguments, at])).await;
		let answer = answer.map_err(|error| match error.is_missing_function() {
			true => Error::Missing(format!("function `{function}` in its runtime")),
			false => error,
		})?;
		from_hex(function, &answer)
	}

	/// A storage item's bytes.
	pub async fn storage(&self, key: &[u8], at: Option<Hash>) -> Result<Option<Vec<u8>>> {
		let key = format!("0x{}", hex::encode(key));
		let answer: Option<String> = self.ask("state_getStorage", json!([key, at])).await?;
		answer.map(|answer| from_hex("state_getStorage", &answer)).transpose()
	}

	/// The best block's hash, or that of the block of this number.
	pub async fn block_hash(&self, number: Option<u64>) -> Result<Option<Hash>> {
		let params = number.map_or(json!([]), |number| json!([number]));
		self.ask("chain_getBlockHash", params).await
	}

	/// The newest final block's hash.
	pub async fn finalized_hash(&self) -> Result<Hash> {
		self.ask("chain_getFinalizedHead", json!([])).await
	}

	/// A block's header.
	pub async fn header(&self, hash: Hash) -> Result<Option<Header>> {
		self.ask("chain_getHeader", json!([hash])).await
	}

	/// A block's transactions.
	pub async fn extrinsics(&self, hash: Hash) -> Result<Vec<Vec<u8>>> {
		let block: Option<SignedBlock> = self.ask("chain_getBlock", json!([hash])).await?;
		let Some(block) = block else {
			return Err(Error::unreadable("chain_getBlock", format!("there is no block {hash:?}")));
		};
		block.block.extrinsics.iter().map(|text| from_hex("chain_getBlock", text)).collect()
	}

	/// The version of the runtime after a block, or after the best one.
	pub async fn runtime_version(&self, block: Option<Hash>) -> Result<RuntimeVersion> {
		self.ask("state_getRuntimeVersion", json!([block])).await
	}

	/// The nonce that the account's next transaction takes, after those in the pool.
	pub async fn next_nonce(&self, account: &str) -> Result<u64> {
		self.ask("system_accountNextIndex", json!([account])).await
	}

	/// Puts a transaction into the node's pool.
	pub async fn submit(&self, transaction: &[u8]) -> Result<Hash> {
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
		return Err(other_network());
	}
	Ok((client, found))
}

fn other_network() -> Error {
	Error::WrongChain(
		"this is a node of another network than the one before (block 0 differs)".into(),
	)
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
