//! Downloads: both ways of answering give the same, and hostile requests get nowhere.

use crate::support::*;
use rome_primitives::slices::{SliceDecoder, SliceRange, Verified};
use rome_provider::http::Limits;
use std::{
	io::{BufReader, Read, Write},
	thread::sleep,
	time::Duration,
};
use tempfile::TempDir;

fn served(length: usize) -> (TempDir, Server, String, Vec<u8>) {
	let folder = TempDir::new().unwrap();
	let server = Server::start(folder.path(), Limits::default());
	let bytes = sample(9, length);
	let key = server.put(&bytes);
	(folder, server, hex::encode(key.hash), bytes)
}

/// Sends one request the fast way, and the same through the routes: a body of no bytes makes it one that
/// the fast path leaves alone.
fn both(server: &Server, method: &str, path: &str, headers: &str) -> (Answer, Answer) {
	let fast = ask(server.address, format!("{method} {path} HTTP/1.1\r\nhost: t\r\n{headers}\r\n"));
	let routed = ask(
		server.address,
		format!("{method} {path} HTTP/1.1\r\nhost: t\r\ncontent-length: 0\r\n{headers}\r\n"),
	);
	(fast, routed)
}

#[test]
fn both_ways_give_the_same_answers() {
	let (_folder, server, hash, bytes) = served(300_000);
	let object = format!("/objects/{hash}");
	let absent = format!("/objects/{}", "0".repeat(64));
	let tag = format!("\"{hash}\"");
	let mut seen = std::collections::BTreeSet::new();
	for method in ["GET", "HEAD"] {
		for path in [&object, &absent] {
			for headers in [
				String::new(),
				"range: bytes=0-0\r\n".into(),
				"range: bytes=1000-\r\n".into(),
				"range: bytes=-77\r\n".into(),
				"range: bytes=299999-400000\r\n".into(),
				"range: bytes=300000-\r\n".into(),
				"range: bytes=5-4\r\n".into(),
				"range: bytes=0-1,3-4\r\n".into(),
				"range: rows=0-1\r\n".into(),
				"range: bytes=0-1\r\nrange: bytes=5-6\r\n".into(),
				format!("if-none-match: {tag}\r\n"),
				"if-none-match: *\r\n".into(),
				"if-none-match: \"x\"\r\n".into(),
				format!("if-match: {tag}\r\n"),
				"if-match: \"x\"\r\n".into(),
				format!("if-range: {tag}\r\nrange: bytes=3-9\r\n"),
				"if-range: \"x\"\r\nrange: bytes=3-9\r\n".into(),
				"connection: close\r\n".into(),
				"connection: keep-alive\r\n".into(),
				"accept-encoding: gzip\r\nuser-agent: x\r\n".into(),
			] {
				let (mut fast, mut routed) = both(&server, method, path, &headers);
				assert!(fast.header("date").is_some() && routed.header("date").is_some());
				for answer in [&mut fast, &mut routed] {
					answer.headers.retain(|(name, _)| name != "date");
					answer.headers.sort();
				}
				assert_eq!(fast, routed, "{method} {path} {headers}");
				seen.insert(fast.status);
			}
		}
	}
	assert_eq!(seen.into_iter().collect::<Vec<_>>(), [200, 206, 304, 404, 412, 416]);
	let whole = server.get(&object);
	assert_eq!((whole.status, &whole.body), (200, &bytes));
	assert_eq!(whole.header("etag"), Some(tag.as_str()));
	assert_eq!(whole.header("cache-control"), Some("public, max-age=31536000, immutable"));
	assert_eq!(whole.header("accept-ranges"), Some("bytes"));
	assert_eq!(whole.header("access-control-allow-origin"), Some("*"));
	let (part, _) = both(&server, "GET", &object, "range: bytes=1000-1999\r\n");
	assert_eq!((part.status, part.body.as_slice()), (206, &bytes[1_000..2_000]));
	assert_eq!(part.header("content-range"), Some("bytes 1000-1999/300000"));
	let (none, _) = both(&server, "GET", &object, "range: bytes=300000-\r\n");
	assert_eq!(none.header("content-range"), Some("bytes */300000"));
}

#[test]
fn paths_that_are_no_objects() {
	let (_folder, server, hash, _) = served(10);
	let upper = hash.to_uppercase();
	for (path, statuses) in [
		("/objects/..", [404, 400]),
		("/objects/../manifest.json", [404, 400]),
		("/objects/..%2f..%2fmanifest.json", [400, 404]),
		("/objects/%2e%2e/%2e%2e/lock", [404, 400]),
		("/../../../etc/passwd", [404, 400]),
		("//etc/passwd", [404, 400]),
		("/objects/", [404, 400]),
		("/objects", [404, 400]),
		("/objects/abc", [400, 404]),
		(&format!("/objects/{upper}"), [400, 404]),
		(&format!("/objects/{hash}0"), [400, 404]),
		(&format!("/objects/{hash}/"), [404, 400]),
		(&format!("/objects/{hash}.tree"), [400, 404]),
		(
			&format!(
				"/objects/{}",
				hash.replacen(&hash[..1], &format!("%{:02x}", hash.as_bytes()[0]), 1)
			),
			[400, 404],
		),
		(&format!("/objects/{hash}%00"), [400, 404]),
		(&format!("/objects/{}", "a".repeat(5_000)), [400, 404]),
		("/objects/%ff%fe", [400, 404]),
		("/probes/../objects", [404, 400]),
	] {
		for method in ["GET", "HEAD", "PUT"] {
			let answer = ask(
				server.address,
				format!("{method} {path} HTTP/1.1\r\nhost: t\r\ncontent-length: 0\r\n\r\n"),
			);
			assert!(statuses.contains(&answer.status), "{method} {path}: {}", answer.status);
			if method == "GET" {
				answer.refusal();
			}
		}
	}
	assert_eq!(server.get(&format!("/objects/{hash}?download=1")).status, 200);
	for (request, status) in [
		("DELETE /objects/x HTTP/1.1\r\nhost: t\r\n\r\n", 405),
		("POST /status HTTP/1.1\r\nhost: t\r\ncontent-length: 0\r\n\r\n", 405),
		("GARBAGE\r\n\r\n", 400),
		("GET /health HTTP/9.9\r\n\r\n", 400),
		("GET /he alth HTTP/1.1\r\n\r\n", 400),
	] {
		assert_eq!(ask(server.address, request).status, status, "{request}");
	}
	let preflight = ask(
		server.address,
		format!("OPTIONS /objects/{hash} HTTP/1.1\r\nhost: t\r\norigin: https://a\r\naccess-control-request-method: PUT\r\n\r\n"),
	);
	assert_eq!(preflight.status, 204);
	assert!(preflight.header("access-control-allow-methods").unwrap().contains("PUT"));
	assert!(preflight.header("access-control-allow-headers").unwrap().contains("authorization"));
}

#[test]
fn requests_in_one_packet_and_in_many() {
	let (_folder, server, hash, bytes) = served(50_000);
	let get = |extra: &str| format!("GET /objects/{hash} HTTP/1.1\r\nhost: t\r\n{extra}\r\n");
	// Pipelined: fast, fast with a range, routed, fast again, and an upload after all of them.
	let new = sample(77, 30_000);
	let object = server.register(&new);
	let mut request = get("") + &get("range: bytes=10-19\r\n");
	request += "GET /health HTTP/1.1\r\nhost: t\r\n\r\n";
	request += &get("");
	request += &put_head("objects", &object, &token(&object), new.len());
	let mut all = request.into_bytes();
	all.extend_from_slice(&new);
	let mut stream = connect(server.address);
	stream.write_all(&all).unwrap();
	let mut reader = BufReader::new(stream);
	assert_eq!(read_answer(&mut reader, false).unwrap().body, bytes);
	assert_eq!(read_answer(&mut reader, false).unwrap().body, &bytes[10..20]);
	assert_eq!(read_answer(&mut reader, false).unwrap().status, 200);
	assert_eq!(read_answer(&mut reader, false).unwrap().body, bytes);
	assert_eq!(read_answer(&mut reader, false).unwrap().status, 201);
	// Byte by byte, twice on one connection.
	let mut stream = connect(server.address);
	for _ in 0..2 {
		for byte in get("x-padding: 1\r\n").bytes() {
			stream.write_all(&[byte]).unwrap();
		}
		let answer = read_answer(&mut BufReader::new(&mut stream), false).unwrap();
		assert_eq!((answer.status, &answer.body), (200, &bytes));
	}
	// `Connection: close` is honoured on both ways.
	for extra in ["connection: close\r\n", "connection: close\r\ncontent-length: 0\r\n"] {
		let mut stream = connect(server.address);
		stream.write_all(get(extra).as_bytes()).unwrap();
		let mut answer = Vec::new();
		stream.read_to_end(&mut answer).unwrap();
		assert!(answer.ends_with(&bytes));
	}
	// HTTP/1.0, as some proxies speak.
	let old = ask(server.address, format!("GET /objects/{hash} HTTP/1.0\r\n\r\n"));
	assert_eq!((old.status, old.body), (200, bytes));
}

#[test]
fn huge_heads_are_refused() {
	let (_folder, server, hash, _) = served(10);
	let long = "y".repeat(15_000);
	let fits = format!("GET /objects/{hash} HTTP/1.1\r\nhost: t\r\nx: {long}\r\n\r\n");
	assert_eq!(ask(server.address, fits).status, 200);
	let huge = format!("GET /objects/{hash} HTTP/1.1\r\nhost: t\r\nx: {long}{long}\r\n\r\n");
	assert_eq!(ask(server.address, huge).status, 431);
	let endless = format!("GET /objects/{hash} HTTP/1.1\r\nx: {}", "z".repeat(40_000));
	assert_eq!(ask(server.address, endless).status, 431);
	// The same as a later request, when hyper has the connection.
	let mut stream = connect(server.address);
	let later = format!(
		"GET /health HTTP/1.1\r\nhost: t\r\n\r\nGET /objects/{hash} HTTP/1.1\r\nhost: t\r\nx: {long}{long}\r\n\r\n"
	);
	stream.write_all(later.as_bytes()).unwrap();
	let mut reader = BufReader::new(stream);
	assert_eq!(read_answer(&mut reader, false).unwrap().status, 200);
	assert_eq!(read_answer(&mut reader, false).unwrap().status, 431);
	let many: String = (0..100).map(|number| format!("h{number}: x\r\n")).collect();
	let many = format!("GET /objects/{hash} HTTP/1.1\r\nhost: t\r\n{many}\r\n");
	assert_eq!(ask(server.address, many).status, 431);
}

#[test]
fn slices_prove_themselves() {
	for length in [1usize, 16_384, 16_385, 1_000_000] {
		let (_folder, server, hash, bytes) = served(length);
		let key = key_of(&bytes);
		let size = length as u64;
		let mut ranges = vec![(0, u64::MAX), (0, 1), (size - 1, 1), (size / 2, 20_000)];
		ranges.push((size / 3, size / 3 + 1));
		for (offset, wanted) in ranges {
			let path = format!("/objects/{hash}/slice?offset={offset}&length={wanted}");
			let answer = server.get(&path);
			assert_eq!(answer.status, 200);
			assert_eq!(answer.header("rome-object-size"), Some(size.to_string().as_str()));
			let range = SliceRange::new(size, offset, wanted).unwrap();
			let mut decoder = SliceDecoder::new(&key.hash, range);
			let (mut taken, mut got) = (0, Vec::new());
			loop {
				let mut input = &answer.body[taken..];
				let part = decoder.push(&mut input).unwrap();
				taken = answer.body.len() - input.len();
				match part {
					Some(Verified::Group { bytes, .. }) => got.extend_from_slice(bytes),
					Some(Verified::Node { .. }) => {},
					None => break,
				}
			}
			decoder.finish().unwrap();
			assert_eq!(got, &bytes[range.start() as usize..range.end() as usize]);
		}
		let beyond = server.get(&format!("/objects/{hash}/slice?offset={size}"));
		assert_eq!((beyond.status, beyond.refusal().as_str()), (416, "bad_range"));
		assert_eq!(server.get(&format!("/objects/{hash}/slice?length=0")).status, 400);
		assert_eq!(server.get(&format!("/objects/{hash}/slice?offset=x")).status, 400);
		assert_eq!(server.get(&format!("/objects/{}/slice", "0".repeat(64))).status, 404);
	}
}

#[test]
fn rates_hold_for_each_client() {
	let folder = TempDir::new().unwrap();
	let limits = Limits {
		requests_per_second: Some(20),
		bytes_per_second: Some(1_000_000),
		trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
		..Limits::default()
	};
	let server = Server::start(folder.path(), limits);
	let bytes = sample(1, 2_000_000);
	let key = server.put(&bytes);
	let path = format!("/objects/{}", hex::encode(key.hash));
	let from = |client: &str, extra: &str| {
		ask(
			server.address,
			format!("GET {path} HTTP/1.1\r\nhost: t\r\nx-forwarded-for: {client}\r\n{extra}\r\n"),
		)
	};
	for (client, extra) in [("192.0.2.1", ""), ("192.0.2.2", "content-length: 0\r\n")] {
		let start = std::time::Instant::now();
		assert_eq!(from(client, extra).body, bytes);
		let took = start.elapsed();
		// The first second's worth is there at once.
		assert!(took > Duration::from_millis(700) && took < Duration::from_secs(5), "{took:?}");
	}
	let mut refused = 0;
	for _ in 0..100 {
		let answer = from("192.0.2.3", "range: bytes=0-0\r\n");
		if answer.status == 429 {
			assert!(answer.header("retry-after").is_some());
			refused += 1;
		}
	}
	assert!(refused > 20, "{refused}");
	assert_eq!(
		from("192.0.2.4", "range: bytes=0-0\r\n").status,
		206,
		"another client is not held to it"
	);
	sleep(Duration::from_millis(500));
	assert_eq!(from("192.0.2.3", "range: bytes=0-0\r\n").status, 206);
}
