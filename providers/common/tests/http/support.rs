//! A server, the chain's answers, and a client that says exactly what it is told to.

use futures::future::BoxFuture;
use rome_primitives::{
	actors::Endpoint,
	signing::{Signed, UploadToken},
	storage::ObjectKey,
};
use rome_provider::{
	auth::now,
	authority::{AccountBytes, Authority, Cached, ObjectFacts, Unavailable},
	http::{routes, server, Context, Found, Identity, Limits, Parts, Refusal, Source},
	key::OperatorKey,
	metrics::Metrics,
	store::{Manifest, Opened, Store},
};
use sp_runtime::AccountId32;
use std::{
	collections::{HashMap, HashSet},
	io::{self, BufRead, BufReader, Write},
	net::{SocketAddr, TcpStream},
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	sync::{
		atomic::{AtomicU64, Ordering},
		Arc, Mutex,
	},
	time::Duration,
};
use tempfile::TempDir;
use tokio::{net::TcpListener, runtime::Runtime, task::JoinHandle};
use tokio_util::sync::CancellationToken;

pub const GENESIS: [u8; 32] = [0xab; 32];

pub fn key(name: &str) -> OperatorKey {
	OperatorKey::from_secret(&format!("//{name}")).unwrap()
}

/// The operator.
pub fn operator() -> OperatorKey {
	key("Operator")
}

/// The chain's answers.
#[derive(Default)]
pub struct Answers {
	pub objects: HashMap<ObjectKey, ObjectFacts>,
	pub uploaders: HashSet<AccountBytes>,
	pub funded: HashSet<AccountBytes>,
	pub peers: HashSet<AccountBytes>,
	pub away: bool,
	/// Everything is allowed.
	pub open: bool,
}

pub struct Fixture(pub Mutex<Answers>);

impl Fixture {
	fn answer<T: Send + 'static>(
		&self,
		answer: impl FnOnce(&Answers) -> T,
	) -> BoxFuture<'_, Result<T, Unavailable>> {
		let answers = self.0.lock().unwrap();
		let answer =
			if answers.away { Err(Unavailable("away".into())) } else { Ok(answer(&answers)) };
		Box::pin(async move { answer })
	}
}

impl Authority for Fixture {
	fn object(&self, key: ObjectKey) -> BoxFuture<'_, Result<Option<ObjectFacts>, Unavailable>> {
		self.answer(|answers| {
			let ours = answers.open.then_some(ObjectFacts { ours: true, blocked: None });
			answers.objects.get(&key).cloned().or(ours)
		})
	}

	fn may_upload(
		&self,
		account: AccountBytes,
		_: ObjectKey,
	) -> BoxFuture<'_, Result<bool, Unavailable>> {
		self.answer(|answers| answers.open || answers.uploaders.contains(&account))
	}

	fn is_funded(&self, account: AccountBytes) -> BoxFuture<'_, Result<bool, Unavailable>> {
		self.answer(|answers| answers.open || answers.funded.contains(&account))
	}

	fn is_peer(&self, operator: AccountBytes) -> BoxFuture<'_, Result<bool, Unavailable>> {
		self.answer(|answers| answers.peers.contains(&operator))
	}
}

struct Shelf(Arc<Store>);

impl Source for Shelf {
	fn find(&self, hash: &[u8; 32]) -> Found {
		match self.0.get(hash) {
			Ok(Some(opened)) => Found::Here(opened),
			Ok(None) => Found::Refused(Refusal::not_here()),
			Err(error) => Found::Refused(Refusal::internal("unreadable", &error)),
		}
	}

	fn tree(&self, hash: &[u8; 32]) -> io::Result<Option<Opened>> {
		self.0.tree(hash)
	}
}

/// A server in this process.
pub struct Server {
	pub address: SocketAddr,
	pub chain: Arc<Fixture>,
	pub context: Arc<Context>,
	pub store: Arc<Store>,
	stop: CancellationToken,
	running: Option<JoinHandle<()>>,
	runtime: Option<Runtime>,
}

impl Server {
	pub fn start(folder: &Path, limits: Limits) -> Self {
		Self::with_reserve(folder, limits, 0)
	}

	pub fn with_reserve(folder: &Path, limits: Limits, reserve: u64) -> Self {
		if Manifest::read(folder).is_err() {
			let manifest = Manifest::new("colossus", operator().id().to_string());
			Store::create(folder, &manifest).unwrap();
		}
		let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
		let store = Arc::new(Store::open(folder, reserve).unwrap());
		let chain = Arc::new(Fixture(Mutex::default()));
		let stop = CancellationToken::new();
		let context = runtime.block_on(async {
			Context::new(Parts {
				identity: Identity { genesis: GENESIS, key: operator(), version: "test/1".into() },
				source: Arc::new(Shelf(store.clone())),
				store: store.clone(),
				authority: Cached::new(chain.clone()),
				limits,
				metrics: Metrics::new("test"),
				stop: stop.clone(),
			})
			.unwrap()
		});
		let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
		let address = listener.local_addr().unwrap();
		let router = routes::provider(context.clone());
		let running = runtime.spawn(server::serve(context.clone(), listener, router));
		Self {
			address,
			chain,
			context,
			store,
			stop,
			running: Some(running),
			runtime: Some(runtime),
		}
	}

	pub fn answers(&self) -> std::sync::MutexGuard<'_, Answers> {
		self.chain.0.lock().unwrap()
	}

	/// Registers an object that this provider is to hold and that Alice may upload.
	pub fn register(&self, bytes: &[u8]) -> ObjectKey {
		let key = key_of(bytes);
		let mut answers = self.answers();
		answers.objects.insert(key, ObjectFacts { ours: true, blocked: None });
		answers.uploaders.insert(super::support::key("Alice").id().into());
		key
	}

	/// Registers and uploads an object.
	pub fn put(&self, bytes: &[u8]) -> ObjectKey {
		let key = self.register(bytes);
		let answer = self.upload(&key, &token(&key), bytes);
		assert_eq!(answer.status, 201, "{answer:?}");
		key
	}

	pub fn upload(&self, key: &ObjectKey, token: &str, bytes: &[u8]) -> Answer {
		upload_to(self.address, "objects", key, token, bytes)
	}

	pub fn get(&self, path: &str) -> Answer {
		ask(self.address, format!("GET {path} HTTP/1.1\r\nhost: test\r\n\r\n"))
	}

	pub fn set_endpoint(&self, endpoint: &str) {
		let endpoint = Endpoint::Http(endpoint.as_bytes().to_vec().try_into().unwrap());
		*self.context.facts.endpoint.write().unwrap() = Some(endpoint);
	}

	/// Stops as on a signal, and waits for it.
	pub fn stop(mut self) {
		self.shut();
	}

	fn shut(&mut self) {
		self.stop.cancel();
		if let (Some(runtime), Some(running)) = (self.runtime.take(), self.running.take()) {
			let _ = runtime.block_on(running);
			runtime.shutdown_timeout(Duration::from_secs(5));
		}
	}
}

impl Drop for Server {
	fn drop(&mut self) {
		self.shut();
	}
}

pub fn key_of(bytes: &[u8]) -> ObjectKey {
	ObjectKey { hash: *blake3::hash(bytes).as_bytes(), size: bytes.len() as u64 }
}

/// Bytes that differ from group to group and from seed to seed.
pub fn sample(seed: u64, length: usize) -> Vec<u8> {
	let mut bytes = vec![0; length];
	blake3::Hasher::new().update(&seed.to_le_bytes()).finalize_xof().fill(&mut bytes);
	bytes
}

pub fn nonce() -> [u8; 16] {
	static NEXT: AtomicU64 = AtomicU64::new(0);
	let number = NEXT.fetch_add(1, Ordering::Relaxed) as u128;
	let start = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
	(start.as_nanos() << 20 | number).to_le_bytes()
}

pub fn token_of(
	signer: &OperatorKey,
	provider: AccountId32,
	key: ObjectKey,
	expires: u64,
	nonce: [u8; 16],
) -> String {
	signer.sign(&GENESIS, UploadToken { provider, key, nonce, expires }).to_header()
}

/// A good token of Alice's.
pub fn token(object: &ObjectKey) -> String {
	token_of(&key("Alice"), operator().id(), *object, now() + 60_000, nonce())
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
	pub status: u16,
	pub headers: Vec<(String, String)>,
	pub body: Vec<u8>,
}

impl Answer {
	pub fn header(&self, name: &str) -> Option<&str> {
		self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
	}

	pub fn json(&self) -> serde_json::Value {
		serde_json::from_slice(&self.body).unwrap()
	}

	/// The code of a refusal, which also has a message and says what to do.
	pub fn refusal(&self) -> String {
		let json = self.json();
		assert!(!json["message"].as_str().unwrap().is_empty());
		json["error"].as_str().unwrap().to_owned()
	}
}

pub fn connect(address: SocketAddr) -> TcpStream {
	let stream = TcpStream::connect(address).unwrap();
	stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
	stream.set_write_timeout(Some(Duration::from_secs(60))).unwrap();
	stream.set_nodelay(true).unwrap();
	stream
}

/// Reads one answer. `head`: of a request for the head alone.
pub fn read_answer(reader: &mut impl BufRead, head: bool) -> io::Result<Answer> {
	let mut line = String::new();
	let mut next = |line: &mut String| -> io::Result<()> {
		line.clear();
		if reader.read_line(line)? == 0 {
			return Err(io::ErrorKind::UnexpectedEof.into());
		}
		Ok(())
	};
	next(&mut line)?;
	let status = line.split(' ').nth(1).and_then(|text| text.trim().parse().ok());
	let status = status.ok_or_else(|| io::Error::other(format!("no status: {line:?}")))?;
	let mut headers = Vec::new();
	loop {
		next(&mut line)?;
		let text = line.trim_end();
		if text.is_empty() {
			break;
		}
		let (name, value) = text.split_once(':').unwrap();
		headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
	}
	let mut answer = Answer { status, headers, body: Vec::new() };
	let length = answer.header("content-length").map_or(0, |text| text.parse().unwrap());
	if !head && status != 304 && status != 204 && status != 100 {
		answer.body = vec![0; length];
		reader.read_exact(&mut answer.body)?;
	}
	Ok(answer)
}

/// Sends bytes on a connection of their own, and reads one answer.
pub fn ask(address: SocketAddr, request: impl AsRef<[u8]>) -> Answer {
	let request = request.as_ref();
	let mut stream = connect(address);
	// The server may answer and close before it took everything.
	let _ = stream.write_all(request);
	read_answer(&mut BufReader::new(stream), request.starts_with(b"HEAD")).unwrap()
}

pub fn put_head(part: &str, key: &ObjectKey, token: &str, length: usize) -> String {
	format!(
		"PUT /{part}/{} HTTP/1.1\r\nhost: test\r\nauthorization: Rome {token}\r\ncontent-length: {length}\r\n\r\n",
		hex::encode(key.hash)
	)
}

pub fn upload_to(
	address: SocketAddr,
	part: &str,
	key: &ObjectKey,
	token: &str,
	bytes: &[u8],
) -> Answer {
	let mut request = put_head(part, key, token, bytes.len()).into_bytes();
	request.extend_from_slice(bytes);
	ask(address, request)
}

/// A server in a process of its own, where everything is allowed.
pub struct ChildServer {
	pub process: Child,
	pub address: SocketAddr,
}

const CHILD: &str = "ROME_PROVIDER_TEST_CHILD";

impl ChildServer {
	pub fn start(folder: &Path) -> Self {
		let mut process = Command::new(std::env::current_exe().unwrap())
			.args(["--exact", "support::serves_as_a_child", "--nocapture", "--test-threads=1"])
			.env(CHILD, folder)
			.stdout(Stdio::piped())
			.stderr(Stdio::null())
			.spawn()
			.unwrap();
		let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
		let address = loop {
			let line = lines.next().expect("the child ended").unwrap();
			// What libtest prints may stand before it on the line.
			if let Some((_, address)) = line.split_once("serving on ") {
				break address.trim().parse().unwrap();
			}
		};
		// What else it prints has to go somewhere.
		std::thread::spawn(move || lines.for_each(drop));
		Self { process, address }
	}

	/// The most memory that the process ever had, in KiB.
	pub fn peak_memory(&self) -> u64 {
		let status =
			std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
		let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
		line.split_whitespace().nth(1).unwrap().parse().unwrap()
	}
}

impl Drop for ChildServer {
	fn drop(&mut self) {
		let _ = self.process.kill();
		let _ = self.process.wait();
	}
}

/// Started on its own it checks that a server starts and stops; in a child process it serves until it is
/// killed.
#[test]
fn serves_as_a_child() {
	let limits = Limits {
		connections_per_client: 2_000,
		uploads_per_client: 64,
		slices_per_client: 256,
		requests_per_second: None,
		..Limits::default()
	};
	let Some(folder) = std::env::var_os(CHILD).map(PathBuf::from) else {
		let folder = TempDir::new().unwrap();
		let server = Server::start(folder.path(), limits);
		assert_eq!(server.get("/health").status, 200);
		server.stop();
		return;
	};
	let server = Server::start(&folder, limits);
	server.answers().open = true;
	println!("serving on {}", server.address);
	loop {
		std::thread::park();
	}
}

/// A signed message from a header's text.
pub fn signed<M: rome_primitives::signing::Message>(text: &str) -> Signed<M> {
	Signed::from_header(text).unwrap()
}
