//! A node, providers, and who publishes.

use rome_client::{calls::PinRequest, storage::ProviderInfo, Account, Call, Chain, Settings};
use rome_primitives::{
	actors::{Declared, Endpoint, FailureDomain},
	signing::{OperatorConsent, Signed, UploadToken},
	slices::OutboardBuilder,
	storage::{api::ObjectView, ObjectKey, ProviderId},
};
use rome_provider::{auth::now, key::OperatorKey};
use sp_runtime::AccountId32;
use std::{
	fs::{self, File},
	future::Future,
	net::TcpListener,
	os::unix::fs::OpenOptionsExt,
	path::{Path, PathBuf},
	process::{Child, Command, Output, Stdio},
	time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::time::sleep;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(180);
/// The smallest amounts that make one ROME.
const ROME: u128 = 1_000_000_000_000;

fn free_port() -> u16 {
	TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn node_binary() -> PathBuf {
	let path = match std::env::var_os("ROME_NODE") {
		Some(path) => PathBuf::from(path),
		None => Path::new(env!("CARGO_BIN_EXE_colossus")).with_file_name("rome-node"),
	};
	assert!(
		path.exists(),
		"there is no node at {}: build it with `cargo build --release -p rome-node`, or name one in ROME_NODE",
		path.display()
	);
	path
}

/// A development chain that makes a block every half second.
pub struct Node {
	folder: TempDir,
	process: Option<Child>,
	rpc_port: u16,
	port: u16,
}

impl Node {
	pub fn start() -> Self {
		let folder = TempDir::new().unwrap();
		let mut node = Self { folder, process: None, rpc_port: free_port(), port: free_port() };
		node.resume();
		node
	}

	pub fn resume(&mut self) {
		let log = File::create(self.folder.path().join("node.log")).unwrap();
		let process = Command::new(node_binary())
			.args(["--dev", "--no-prometheus", "--no-telemetry", "--sealing", "interval=500"])
			.arg("--base-path")
			.arg(self.folder.path().join("node"))
			.args(["--rpc-port", &self.rpc_port.to_string(), "--port", &self.port.to_string()])
			.stdout(Stdio::null())
			.stderr(log)
			.spawn()
			.unwrap();
		self.process = Some(process);
	}

	pub fn kill(&mut self) {
		if let Some(mut process) = self.process.take() {
			process.kill().unwrap();
			process.wait().unwrap();
		}
	}

	pub fn url(&self) -> String {
		format!("ws://127.0.0.1:{}", self.rpc_port)
	}

	pub async fn chain(&self) -> Chain {
		let settings = Settings::new(&[self.url()]).patience(PATIENCE).wait_for_first();
		Chain::open(settings).await.unwrap()
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		self.kill();
	}
}

/// Asks again and again until there is an answer.
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut ask: impl FnMut() -> F) -> T {
	let start = Instant::now();
	loop {
		if let Some(answer) = ask().await {
			return answer;
		}
		assert!(start.elapsed() < PATIENCE, "still waiting: {what}");
		sleep(Duration::from_millis(250)).await;
	}
}

pub fn account(uri: &str) -> Account {
	Account::from_phrase(uri).unwrap()
}

pub async fn sudo(chain: &Chain, call: &Call) {
	let call = Call::sudo(call, &chain.runtime().await.unwrap()).unwrap();
	let sent = chain.send(&call, &account("//Alice"), false).await.unwrap();
	let done = sent.events.iter().find(|event| event.is("Sudo", "Sudid")).unwrap();
	let metadata = chain.runtime().await.unwrap();
	rome_client::decode_result(&done.fields, &metadata).unwrap();
}

/// A provider: its daemon and its folder.
pub struct Provider {
	pub id: ProviderId,
	pub folder: TempDir,
	pub base: String,
	pub operator: OperatorKey,
	process: Option<Child>,
}

impl Provider {
	/// Applied, activated, a member of tranche 0, and running. `number` makes it another operator's.
	pub async fn start(chain: &Chain, rpc: &[String], owner: &str, number: u32) -> Self {
		let folder = TempDir::new().unwrap();
		let port = free_port();
		let base = format!("http://127.0.0.1:{port}");
		let secret = format!("//Operator{number}");
		let operator = OperatorKey::from_secret(&secret).unwrap();
		let path = folder.path().join("operator.key");
		let mut file = File::options().write(true).create_new(true).mode(0o600).open(path).unwrap();
		std::io::Write::write_all(&mut file, secret.as_bytes()).unwrap();
		let owner = account(owner);
		let mut provider = Self { id: 0, folder, base, operator, process: None };
		let owner_text = owner.id().to_string();
		let mut arguments = vec!["init", "--owner", &owner_text];
		for url in rpc {
			arguments.extend(["--rpc", url]);
		}
		let said = provider.run(&arguments);
		assert!(said.status.success(), "{said:?}");
		let said = String::from_utf8(said.stdout).unwrap();
		let consent = said.lines().find_map(|line| line.strip_prefix("consent        0x")).unwrap();
		let config = provider.folder.path().join("colossus.toml");
		let text = fs::read_to_string(&config).unwrap();
		let text = text
			.replace("0.0.0.0:7070", &format!("127.0.0.1:{port}"))
			.replace("release_after_seconds = 3600", "release_after_seconds = 1")
			.replace("compare_seconds = 900", "compare_seconds = 5");
		fs::write(&config, text).unwrap();

		let id = rome_client::AccountId::from(<[u8; 32]>::from(provider.operator.id()));
		let expected = provider.operator.sign(
			&chain.genesis().await.unwrap().0,
			OperatorConsent {
				owner: AccountId32::new(owner.id().0),
				operator: provider.operator.id(),
			},
		);
		let bytes = hex::decode(consent).unwrap();
		let consent: sp_runtime::MultiSignature = codec::Decode::decode(&mut &bytes[..]).unwrap();
		assert!(Signed { signature: consent.clone(), ..expected }
			.verify(&chain.genesis().await.unwrap().0));
		let money = (0u8, id, codec::Compact(10 * ROME));
		let transfer = Call::new("Balances", "transfer_keep_alive", money);
		chain.send(&transfer, &account("//Alice"), false).await.unwrap();
		let endpoint = Endpoint::Http(provider.base.as_bytes().to_vec().try_into().unwrap());
		let declared = Declared { storage: 100 << 30, download: 1 << 20, upload: 1 << 20 };
		let call = Call::apply_provider(&id, &consent, &endpoint, &declared, 1_000 * ROME);
		chain.send(&call, &owner, false).await.unwrap();
		let me = chain.storage().provider_of(&id).await.unwrap().unwrap();
		provider.id = me.id;
		let until = chain.best().await.unwrap().number as u32 + 10_000;
		sudo(chain, &Call::attest_provider(me.id, declared, until)).await;
		let domain = FailureDomain { operator: number, zone: number };
		sudo(chain, &Call::activate_provider(me.id, domain)).await;
		let call = Call::join_tranche(me.id, 0, 1);
		chain.send(&call, &owner, false).await.unwrap();
		provider.resume();
		provider
	}

	/// Runs `colossus` to its end.
	pub fn run(&self, arguments: &[&str]) -> Output {
		Command::new(env!("CARGO_BIN_EXE_colossus"))
			.current_dir(self.folder.path())
			.args(arguments)
			.output()
			.unwrap()
	}

	pub fn resume(&mut self) {
		let log = self.folder.path().join("log");
		let log = File::options().create(true).append(true).open(log).unwrap();
		let process = Command::new(env!("CARGO_BIN_EXE_colossus"))
			.current_dir(self.folder.path())
			.arg("run")
			.stdout(Stdio::null())
			.stderr(log)
			.spawn()
			.unwrap();
		self.process = Some(process);
	}

	/// Ends it as an operator does.
	pub fn stop(&mut self) {
		if let Some(mut process) = self.process.take() {
			let pid = rustix::process::Pid::from_child(&process);
			rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
			assert!(process.wait().unwrap().success(), "{}", self.log());
		}
	}

	pub fn log(&self) -> String {
		fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
	}

	pub fn path(&self, key: &ObjectKey) -> PathBuf {
		let name = hex::encode(key.hash);
		self.folder.path().join("data/objects").join(&name[..2]).join(&name[2..4]).join(name)
	}

	pub async fn metric(&self, name: &str) -> Option<f64> {
		let text = client().get(format!("{}/metrics", self.base)).send().await.ok()?;
		let text = text.text().await.ok()?;
		let line = text.lines().find(|line| line.split(' ').next() == Some(name))?;
		line.split(' ').nth(1)?.parse().ok()
	}

	pub async fn view(&self, chain: &Chain) -> ProviderInfo {
		chain.storage().provider(self.id).await.unwrap().unwrap()
	}

	pub async fn get(&self, key: &ObjectKey) -> Option<Vec<u8>> {
		let url = format!("{}/objects/{}", self.base, hex::encode(key.hash));
		let answer = client().get(url).send().await.ok()?;
		if !answer.status().is_success() {
			return None;
		}
		Some(answer.bytes().await.ok()?.to_vec())
	}

	/// Uploads as Alice; the status.
	pub async fn upload(&self, chain: &Chain, key: &ObjectKey, bytes: &[u8]) -> Option<u16> {
		let alice = OperatorKey::from_secret("//Alice").unwrap();
		let mut nonce = [0; 16];
		getrandom::fill(&mut nonce).unwrap();
		let token =
			UploadToken { provider: self.operator.id(), key: *key, nonce, expires: now() + 60_000 };
		let token = alice.sign(&chain.genesis().await.unwrap().0, token).to_header();
		let answer = client()
			.put(format!("{}/objects/{}", self.base, hex::encode(key.hash)))
			.header("authorization", format!("Rome {token}"))
			.body(bytes.to_vec())
			.send()
			.await
			.ok()?;
		Some(answer.status().as_u16())
	}
}

impl Drop for Provider {
	fn drop(&mut self) {
		if let Some(mut process) = self.process.take() {
			let _ = process.kill();
			let _ = process.wait();
		}
		if std::thread::panicking() {
			eprintln!("provider {}:\n{}", self.id, self.log());
		}
	}
}

fn client() -> rome_client::reqwest::Client {
	rome_client::http::builder().unwrap().build().unwrap()
}

pub fn sample(seed: u64, length: usize) -> Vec<u8> {
	let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
	(0..length)
		.map(|_| {
			state ^= state << 13;
			state ^= state >> 7;
			state ^= state << 17;
			state as u8
		})
		.collect()
}

/// Pins an object as Alice.
pub async fn pin(chain: &Chain, bytes: &[u8]) -> ObjectKey {
	let size = bytes.len() as u64;
	let mut builder = OutboardBuilder::new(size);
	builder.update(bytes).unwrap();
	let key = ObjectKey { hash: builder.finish().unwrap().0, size };
	let request = PinRequest { key, tranche: Some(0), eras: 4, uploader: None };
	let call = Call::pin(&[request], 1_000 * ROME, 1_000 * ROME);
	chain.send(&call, &account("//Alice"), false).await.unwrap();
	key
}

pub async fn object(chain: &Chain, key: &ObjectKey) -> ObjectView {
	chain.storage().object(key).await.unwrap().unwrap()
}

/// Waits until so many hold an object.
pub async fn held_by(chain: &Chain, key: &ObjectKey, count: usize) -> Vec<ProviderId> {
	until("an object's holders", || async move {
		let holders = object(chain, key).await.holders;
		(holders.len() == count).then_some(holders)
	})
	.await
}
