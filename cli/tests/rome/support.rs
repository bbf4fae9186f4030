//! A node of our own, and `rome` run against it.

use serde_json::{json, Value};
use std::{
	fs::{self, File},
	io::{Read, Write},
	net::{TcpListener, TcpStream},
	path::{Path, PathBuf},
	process::{Child, Command, Output, Stdio},
	thread::{sleep, spawn, JoinHandle},
	time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long a command may take.
const PATIENCE: Duration = Duration::from_secs(300);

fn free_port() -> u16 {
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	listener.local_addr().unwrap().port()
}

fn node_binary() -> PathBuf {
	let path = match std::env::var_os("ROME_NODE") {
		Some(path) => PathBuf::from(path),
		None => Path::new(env!("CARGO_BIN_EXE_rome")).with_file_name("rome-node"),
	};
	assert!(
		path.exists(),
		"there is no node at {}: build it with `cargo build --release -p rome-node`, or name one in ROME_NODE",
		path.display()
	);
	path
}

/// A development chain that makes a block every half second, unless it is told otherwise.
pub struct Node {
	pub folder: TempDir,
	options: Vec<String>,
	child: Option<Child>,
	rpc_port: u16,
	port: u16,
}

impl Node {
	pub fn start() -> Self {
		Self::start_with(&["--sealing", "interval=500"])
	}

	pub fn start_with(options: &[&str]) -> Self {
		let mut node = Self {
			folder: tempfile::tempdir().unwrap(),
			options: options.iter().map(ToString::to_string).collect(),
			child: None,
			rpc_port: free_port(),
			port: free_port(),
		};
		node.resume();
		node
	}

	/// Starts the node's process on its database.
	pub fn resume(&mut self) {
		let log = File::create(self.folder.path().join("node.log")).unwrap();
		let child = Command::new(node_binary())
			.args(["--dev", "--no-prometheus", "--no-telemetry"])
			.args(&self.options)
			.arg("--base-path")
			.arg(self.folder.path().join("node"))
			.args(["--rpc-port", &self.rpc_port.to_string(), "--port", &self.port.to_string()])
			.stdout(Stdio::null())
			.stderr(log)
			.spawn()
			.unwrap();
		self.child = Some(child);
		let start = Instant::now();
		while !self.rome(&["schema", "list", "--json"]).status.success() {
			let ended = self.child.as_mut().unwrap().try_wait().unwrap();
			assert!(
				ended.is_none() && start.elapsed() < Duration::from_secs(180),
				"the node did not start: {}",
				fs::read_to_string(self.folder.path().join("node.log")).unwrap_or_default()
			);
			sleep(Duration::from_millis(200));
		}
	}

	/// Ends the node's process as a power failure would.
	pub fn kill(&mut self) {
		if let Some(mut child) = self.child.take() {
			child.kill().unwrap();
			child.wait().unwrap();
		}
	}

	pub fn url(&self) -> String {
		format!("ws://127.0.0.1:{}", self.rpc_port)
	}

	/// Starts `rome`.
	pub fn spawn(&self, arguments: &[&str]) -> Child {
		command(arguments)
			.args(["--url", &self.url()])
			.current_dir(self.folder.path())
			.spawn()
			.unwrap()
	}

	/// Runs `rome` to its end.
	pub fn rome(&self, arguments: &[&str]) -> Output {
		finish(self.spawn(arguments), arguments)
	}

	/// Runs `rome`, which succeeds; what it prints.
	#[track_caller]
	pub fn ok(&self, arguments: &[&str]) -> String {
		let output = self.rome(arguments);
		assert!(output.status.success(), "rome {arguments:?}: {}", said(&output));
		String::from_utf8(output.stdout).unwrap()
	}

	/// Runs `rome --json`, which succeeds; what it prints.
	#[track_caller]
	pub fn json(&self, arguments: &[&str]) -> Value {
		let printed = self.ok(&[arguments, &["--json"]].concat());
		serde_json::from_str(&printed).unwrap()
	}

	/// Runs `rome --json` again and again, until what it prints is as wanted.
	#[track_caller]
	pub fn settled(&self, arguments: &[&str], wanted: impl Fn(&Value) -> bool) -> Value {
		let start = Instant::now();
		loop {
			let printed = self.json(arguments);
			if wanted(&printed) {
				return printed;
			}
			assert!(start.elapsed() < PATIENCE, "rome {arguments:?} stays {printed}");
			sleep(Duration::from_millis(500));
		}
	}

	/// Runs `rome`, which is refused with these words.
	#[track_caller]
	pub fn refused(&self, arguments: &[&str], words: &[&str]) {
		refused_by(&self.rome(arguments), 1, arguments, words);
	}

	/// Asks the node as `curl` would: JSON over HTTP. Its answer, with a result or an error.
	#[track_caller]
	pub fn post(&self, method: &str, params: Value) -> Value {
		let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
		let body = body.to_string();
		let mut stream = TcpStream::connect(("127.0.0.1", self.rpc_port)).unwrap();
		let head = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
			Connection: close\r\n";
		write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
		let mut answer = String::new();
		stream.read_to_string(&mut answer).unwrap();
		let (_, body) = answer.split_once("\r\n\r\n").unwrap();
		serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
	}

	/// What the node answers to a method that succeeds.
	#[track_caller]
	pub fn result(&self, method: &str, params: Value) -> Value {
		let answer = self.post(method, params);
		assert!(answer.get("error").is_none(), "{method}: {answer}");
		answer["result"].clone()
	}

	/// Writes a file next to the node's.
	pub fn file(&self, name: &str, text: &str) -> String {
		let path = self.folder.path().join(name);
		fs::write(&path, text).unwrap();
		path.display().to_string()
	}

	/// Suggests these schemas, and makes them active.
	#[track_caller]
	pub fn publish(&self, files: &[&str]) {
		let alice = ["--suri", "//Alice"];
		let suggested = self.json(&[&["schema", "suggest"], files, &alice].concat());
		let ids: Vec<_> =
			suggested.as_array().unwrap().iter().map(|it| it["suggestion"].to_string()).collect();
		let ids: Vec<_> = ids.iter().map(String::as_str).collect();
		self.ok(&[&["schema", "approve"], ids.as_slice(), &alice, &["--suri", "//Bob"]].concat());
		self.ok(&[&["schema", "activate"], ids.as_slice(), &alice].concat());
	}

	/// A schema published in this repository.
	pub fn schema(class: &str) -> String {
		format!("{}/../schemas/{class}.v1.json", env!("CARGO_MANIFEST_DIR"))
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		self.kill();
	}
}

/// A storage provider's daemon, with a key and a data directory of its own.
pub struct Colossus {
	folder: TempDir,
	child: Option<Child>,
	port: u16,
	/// Its operator key.
	pub operator: String,
	/// That key's consent to be //Alice's.
	pub consent: String,
}

impl Colossus {
	/// Makes a daemon's directory and key, and starts it.
	pub fn start(node: &Node) -> Self {
		let folder = tempfile::tempdir().unwrap();
		let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		let port = free_port();
		let config = folder.path().join("colossus.toml");
		let made = Command::new(Self::binary())
			.arg("--config")
			.arg(&config)
			.args(["init", "--rpc", &node.url(), "--owner", alice])
			.output()
			.unwrap();
		assert!(made.status.success(), "colossus init: {}", said(&made));
		let printed = String::from_utf8(made.stdout).unwrap();
		let value = |name: &str| {
			let line = printed.lines().find(|line| line.starts_with(name));
			let word = line.and_then(|line| line.split_whitespace().nth(1));
			word.unwrap_or_else(|| panic!("no `{name}` in {printed}")).to_string()
		};
		let (operator, consent) = (value("operator  "), value("consent"));
		// Where it serves, and a disk as small as a test machine's.
		let text = fs::read_to_string(&config).unwrap();
		let lines = text.lines().map(|line| match line.split_once(" = ") {
			Some(("listen", _)) => format!("listen = \"127.0.0.1:{port}\""),
			Some(("reserve_bytes", _)) => "reserve_bytes = 1000000".into(),
			_ => line.to_string(),
		});
		fs::write(&config, lines.collect::<Vec<_>>().join("\n")).unwrap();
		let mut daemon = Self { folder, child: None, port, operator, consent };
		daemon.resume(node);
		daemon
	}

	fn binary() -> PathBuf {
		let path = match std::env::var_os("ROME_COLOSSUS") {
			Some(path) => PathBuf::from(path),
			None => Path::new(env!("CARGO_BIN_EXE_rome")).with_file_name("colossus"),
		};
		assert!(
			path.exists(),
			"there is no colossus at {}: build it with `cargo build --release -p rome-colossus`, or name \
			 one in ROME_COLOSSUS",
			path.display()
		);
		path
	}

	/// Starts the daemon's process, and waits until it serves.
	pub fn resume(&mut self, node: &Node) {
		let log = File::create(self.folder.path().join("colossus.log")).unwrap();
		let child = Command::new(Self::binary())
			.arg("--config")
			.arg(self.folder.path().join("colossus.toml"))
			.arg("run")
			.stdout(Stdio::null())
			.stderr(log)
			.spawn()
			.unwrap();
		self.child = Some(child);
		let start = Instant::now();
		while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
			let ended = self.child.as_mut().unwrap().try_wait().unwrap();
			assert!(
				ended.is_none() && start.elapsed() < Duration::from_secs(60),
				"colossus did not start beside {}: {}",
				node.url(),
				fs::read_to_string(self.folder.path().join("colossus.log")).unwrap_or_default()
			);
			sleep(Duration::from_millis(50));
		}
	}

	/// Ends the daemon's process as a power failure would.
	pub fn kill(&mut self) {
		if let Some(mut child) = self.child.take() {
			child.kill().unwrap();
			child.wait().unwrap();
		}
	}

	/// Where it is reached.
	pub fn endpoint(&self) -> String {
		format!("http://127.0.0.1:{}", self.port)
	}
}

impl Drop for Colossus {
	fn drop(&mut self) {
		self.kill();
	}
}

/// `rome` with nothing of the caller's environment in it.
pub fn command(arguments: &[&str]) -> Command {
	let mut command = Command::new(env!("CARGO_BIN_EXE_rome"));
	command
		.args(arguments)
		.env_remove("ROME_URL")
		.env_remove("ROME_SURI")
		.stdin(Stdio::null())
		.stdout(Stdio::piped())
		.stderr(Stdio::piped());
	command
}

/// Waits for a command, but not for ever.
#[track_caller]
pub fn finish(mut child: Child, arguments: &[&str]) -> Output {
	// Read meanwhile: a full pipe would hold the command up.
	let (stdout, stderr) = (drain(child.stdout.take()), drain(child.stderr.take()));
	let start = Instant::now();
	let mut late = false;
	let status = loop {
		if let Some(status) = child.try_wait().unwrap() {
			break status;
		}
		if start.elapsed() > PATIENCE && !late {
			late = true;
			child.kill().unwrap();
		}
		sleep(Duration::from_millis(20));
	};
	let output = Output { status, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() };
	assert!(!late, "rome {arguments:?} did not end: {}", said(&output));
	output
}

fn drain(stream: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
	spawn(move || {
		let mut bytes = Vec::new();
		if let Some(mut stream) = stream {
			stream.read_to_end(&mut bytes).unwrap();
		}
		bytes
	})
}

pub fn said(output: &Output) -> String {
	format!(
		"{}\n{}\n{}",
		output.status,
		String::from_utf8_lossy(&output.stdout),
		String::from_utf8_lossy(&output.stderr)
	)
}

#[track_caller]
pub fn refused_by(output: &Output, code: i32, arguments: &[&str], words: &[&str]) {
	let said = said(output);
	assert_eq!(output.status.code(), Some(code), "rome {arguments:?}: {said}");
	for words in words {
		assert!(said.contains(words), "rome {arguments:?} does not say `{words}`: {said}");
	}
}
