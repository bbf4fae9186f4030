//! `colossus` where no node answers.

use std::{
	fs,
	net::TcpListener,
	path::Path,
	process::{Command, Output, Stdio},
	thread::sleep,
	time::{Duration, Instant},
};

fn colossus(folder: &Path, arguments: &[&str]) -> Output {
	let command = env!("CARGO_BIN_EXE_colossus");
	Command::new(command).current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn it_serves_and_rereads_without_a_chain() {
	let folder = tempfile::tempdir().unwrap();
	let folder = folder.path();
	let made = colossus(folder, &["init", "--rpc", "ws://127.0.0.1:1"]);
	assert!(made.status.success(), "{made:?}");
	let again = colossus(folder, &["init", "--rpc", "ws://127.0.0.1:1"]);
	let address = |output: &Output| {
		let text = String::from_utf8(output.stdout.clone()).unwrap();
		text.lines().find(|line| line.starts_with("operator  ")).unwrap().to_owned()
	};
	assert_eq!(address(&made), address(&again), "the key is made once");
	let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
	let replace = |file: &str, from: &str, to: &str| {
		let text = fs::read_to_string(folder.join(file)).unwrap();
		assert!(text.contains(from), "{text}");
		fs::write(folder.join(file), text.replace(from, to)).unwrap();
	};
	replace("colossus.toml", "0.0.0.0:7070", &format!("127.0.0.1:{port}"));
	// As after a first connection.
	replace("data/manifest.json", "null", &format!("\"{}\"", "ab".repeat(32)));
	let mut daemon = Command::new(env!("CARGO_BIN_EXE_colossus"))
		.current_dir(folder)
		.arg("run")
		.stderr(Stdio::null())
		.spawn()
		.unwrap();
	let start = Instant::now();
	while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
		assert!(start.elapsed() < Duration::from_secs(30));
		sleep(Duration::from_millis(50));
	}
	let second = colossus(folder, &["run"]);
	assert!(String::from_utf8_lossy(&second.stderr).contains("in use by process"), "{second:?}");
	// Twice: the first pass may be one that the daemon began by itself.
	for _ in 0..2 {
		let scrubbed = colossus(folder, &["scrub"]);
		assert!(scrubbed.status.success(), "{scrubbed:?}");
	}
	assert!(daemon.try_wait().unwrap().is_none(), "the daemon ended");
	let check = colossus(folder, &["check"]);
	let said = String::from_utf8(check.stdout).unwrap();
	assert!(!check.status.success() && said.contains("FAIL  endpoint"), "{said}");
	let pid = rustix::process::Pid::from_child(&daemon);
	rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
	let start = Instant::now();
	assert!(daemon.wait().unwrap().success());
	assert!(start.elapsed() < Duration::from_secs(20), "it took long to stop");
	let alone = colossus(folder, &["scrub"]);
	assert!(String::from_utf8_lossy(&alone.stdout).contains("no daemon runs"), "{alone:?}");
}
