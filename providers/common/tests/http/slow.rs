//! Slow clients hold up nobody, and not for ever.

use crate::support::*;
use rome_provider::http::Limits;
use std::{
	io::{BufReader, Read, Write},
	net::{SocketAddr, TcpStream},
	thread::sleep,
	time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::net::TcpSocket;

fn limits() -> Limits {
	Limits { head_seconds: 2, slow_seconds: 2, idle_seconds: 3, ..Limits::default() }
}

/// A connection from another address of the loopback network.
fn connect_from(local: [u8; 4], address: SocketAddr) -> TcpStream {
	let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
	let stream = runtime.block_on(async {
		let socket = TcpSocket::new_v4().unwrap();
		socket.bind(SocketAddr::from((local, 0))).unwrap();
		socket.connect(address).await.unwrap().into_std().unwrap()
	});
	stream.set_nonblocking(false).unwrap();
	stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
	stream
}

/// Whether the other side has closed, within a time.
fn closes(stream: &mut TcpStream, within: Duration) -> bool {
	stream.set_read_timeout(Some(within)).unwrap();
	let mut sink = [0; 65_536];
	let start = Instant::now();
	while start.elapsed() < within {
		match stream.read(&mut sink) {
			Ok(0) => return true,
			Ok(_) => {},
			Err(error) => return error.kind() == std::io::ErrorKind::ConnectionReset,
		}
	}
	false
}

#[test]
fn a_thousand_slow_connections_disturb_nobody() {
	let folder = TempDir::new().unwrap();
	let limits = Limits {
		connections: 4_096,
		connections_per_client: 128,
		head_seconds: 30,
		slow_seconds: 30,
		requests_per_second: None,
		..Limits::default()
	};
	let server = Server::start(folder.path(), limits);
	let bytes = sample(1, 4_000_000);
	let key = server.put(&bytes);
	let path = format!("/objects/{}", hex::encode(key.hash));
	let mut slow = Vec::new();
	for number in 0..1_000u32 {
		// A hundred from each of ten addresses: within what each may have.
		let mut stream = connect_from([127, 0, 1, (number / 100) as u8 + 1], server.address);
		match number % 3 {
			// Begins a head and does not end it.
			0 => stream.write_all(b"GET /objects/").unwrap(),
			// Asks for an object and does not read it.
			1 => stream
				.write_all(format!("GET {path} HTTP/1.1\r\nhost: t\r\n\r\n").as_bytes())
				.unwrap(),
			// Announces an upload and sends nothing of it.
			_ => {
				let other = key_of(&number.to_le_bytes());
				stream
					.write_all(put_head("objects", &other, &token(&other), 4).as_bytes())
					.unwrap();
			},
		}
		slow.push(stream);
	}
	let mut slowest = Duration::ZERO;
	for _ in 0..50 {
		let start = Instant::now();
		assert_eq!(server.get(&path).body, bytes);
		slowest = slowest.max(start.elapsed());
	}
	assert!(slowest < Duration::from_secs(2), "{slowest:?}");
	server.put(&sample(2, 1_000_000));
	assert!(server.context.metrics.connections.get() > 600);
	drop(slow);
}

#[test]
fn one_address_gets_its_share_of_connections() {
	let folder = TempDir::new().unwrap();
	let limits = Limits { connections_per_client: 10, ..Limits::default() };
	let server = Server::start(folder.path(), limits);
	let open: Vec<_> = (0..10).map(|_| connect_from([127, 0, 2, 1], server.address)).collect();
	sleep(Duration::from_millis(200));
	let mut one_more = connect_from([127, 0, 2, 1], server.address);
	let answer = read_answer(&mut BufReader::new(&mut one_more), false).unwrap();
	assert_eq!((answer.status, answer.refusal().as_str()), (503, "busy"));
	assert_eq!(server.get("/health").status, 200, "another address is served");
	drop(open);
	sleep(Duration::from_millis(300));
	let mut again = connect_from([127, 0, 2, 1], server.address);
	again.write_all(b"GET /health HTTP/1.1\r\nhost: t\r\n\r\n").unwrap();
	assert_eq!(read_answer(&mut BufReader::new(again), false).unwrap().status, 200);
}

#[test]
fn heads_that_do_not_end_and_idle_connections_are_closed() {
	let folder = TempDir::new().unwrap();
	let server = Server::start(folder.path(), limits());
	let mut silent = connect(server.address);
	// Sends a byte now and then: a head has to end in time all the same.
	let mut dripping = connect(server.address);
	let start = Instant::now();
	let mut open = true;
	while start.elapsed() < Duration::from_secs(5) && open {
		open = dripping.write_all(b"G").is_ok();
		sleep(Duration::from_millis(200));
	}
	assert!(!open || closes(&mut dripping, Duration::from_secs(2)), "the dripping head went on");
	assert!(closes(&mut silent, Duration::from_secs(5)), "the silent connection stayed open");
	// The same once hyper has the connection.
	let mut routed = connect(server.address);
	routed.write_all(b"GET /health HTTP/1.1\r\nhost: t\r\n\r\nGET /hea").unwrap();
	assert!(closes(&mut routed, Duration::from_secs(8)));
}

#[test]
fn slow_uploads_are_refused() {
	let folder = TempDir::new().unwrap();
	let server = Server::start(folder.path(), limits());
	let bytes = sample(1, 1_000_000);
	let object = server.register(&bytes);
	let mut stream = connect(server.address);
	stream
		.write_all(put_head("objects", &object, &token(&object), bytes.len()).as_bytes())
		.unwrap();
	let mut writer = stream.try_clone().unwrap();
	std::thread::spawn(move || {
		for byte in bytes {
			if writer.write_all(&[byte]).is_err() {
				break;
			}
			sleep(Duration::from_millis(100));
		}
	});
	let start = Instant::now();
	let answer = read_answer(&mut BufReader::new(stream), false).unwrap();
	assert_eq!((answer.status, answer.refusal().as_str()), (408, "too_slow"));
	assert!(start.elapsed() < Duration::from_secs(10));
	assert_eq!(server.context.uploads_under_way(), 0);
}

#[test]
fn who_does_not_read_is_cut_off() {
	let folder = TempDir::new().unwrap();
	let server = Server::start(folder.path(), limits());
	let key = server.put(&sample(1, 64_000_000));
	let hash = hex::encode(key.hash);
	for (path, extra) in [
		(format!("/objects/{hash}"), ""),
		(format!("/objects/{hash}"), "content-length: 0\r\n"),
		(format!("/objects/{hash}/slice"), ""),
	] {
		let before = server.context.metrics.slow.get();
		let mut stream = connect(server.address);
		stream
			.write_all(format!("GET {path} HTTP/1.1\r\nhost: t\r\n{extra}\r\n").as_bytes())
			.unwrap();
		let start = Instant::now();
		while server.context.metrics.slow.get() == before {
			assert!(start.elapsed() < Duration::from_secs(15), "{path} {extra}");
			sleep(Duration::from_millis(50));
		}
		// And who reads slowly, but reads, is not.
		if extra.is_empty() && !path.ends_with("slice") {
			let before = server.context.metrics.slow.get();
			let mut steady = connect(server.address);
			steady.write_all(format!("GET {path} HTTP/1.1\r\nhost: t\r\n\r\n").as_bytes()).unwrap();
			let mut sink = vec![0; 400_000];
			for _ in 0..25 {
				steady.read_exact(&mut sink).unwrap();
				sleep(Duration::from_millis(200));
			}
			assert_eq!(server.context.metrics.slow.get(), before);
		}
	}
}

#[test]
fn a_connection_may_rest_also_after_a_request_to_the_routes() {
	let folder = TempDir::new().unwrap();
	let limits = Limits { head_seconds: 1, idle_seconds: 5, slow_seconds: 5, ..Limits::default() };
	let server = Server::start(folder.path(), limits);
	let mut stream = connect(server.address);
	let mut reader = BufReader::new(stream.try_clone().unwrap());
	let head = b"GET /health HTTP/1.1\r\nhost: t\r\n\r\n";
	for _ in 0..2 {
		stream.write_all(head).unwrap();
		assert_eq!(read_answer(&mut reader, false).unwrap().status, 200);
		sleep(Duration::from_millis(2_500));
	}
	assert_eq!(server.context.metrics.slow.get(), 0);
	// But a head that has begun has to end, however slowly its bytes come.
	let start = Instant::now();
	for byte in head {
		if stream.write_all(&[*byte]).is_err() || start.elapsed() > Duration::from_secs(3) {
			break;
		}
		sleep(Duration::from_millis(200));
	}
	assert!(closes(&mut stream, Duration::from_secs(2)), "a head took longer than it may");
	assert_eq!(server.context.metrics.slow.get(), 1);
	// And nobody rests for ever.
	let mut stream = connect(server.address);
	stream.write_all(head).unwrap();
	read_answer(&mut BufReader::new(stream.try_clone().unwrap()), false).unwrap();
	assert!(closes(&mut stream, Duration::from_secs(8)));
}
