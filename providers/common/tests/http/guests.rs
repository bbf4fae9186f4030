//! Probe objects, and what a daemon says of itself.

use crate::support::*;
use rome_primitives::signing::{StatusAnswer, UploadReceipt};
use rome_provider::{
	auth::now,
	http::{routes::ROUTES, Limits},
};
use std::{
	fs,
	io::{BufReader, Read, Write},
	thread::sleep,
	time::{Duration, Instant},
};
use tempfile::TempDir;

#[test]
fn guests_upload_probes_within_a_budget() {
	let folder = TempDir::new().unwrap();
	let limits = Limits {
		probe_bytes: 1_000_000,
		probe_budget_bytes: 1_500_000,
		probe_seconds: 3,
		..Limits::default()
	};
	let server = Server::start(folder.path(), limits);
	let probe = |signer: &str, bytes: &[u8]| {
		let key = key_of(bytes);
		let token = token_of(&key_for(signer), operator().id(), key, now() + 60_000, nonce());
		upload_to(server.address, "probes", &key, &token, bytes)
	};
	fn key_for(name: &str) -> rome_provider::key::OperatorKey {
		key(name)
	}
	let first = sample(1, 900_000);
	let poor = probe("Dave", &first);
	assert_eq!((poor.status, poor.refusal().as_str()), (403, "not_funded"));
	for who in ["Alice", "Bob"] {
		server.answers().funded.insert(key(who).id().into());
	}
	let answer = probe("Alice", &first);
	assert_eq!(answer.status, 201, "{answer:?}");
	let receipt = signed::<UploadReceipt>(answer.json()["receipt"].as_str().unwrap());
	assert!(receipt.by(&GENESIS, &operator().id()).is_some());
	let path = format!("/probes/{}", hex::encode(key_of(&first).hash));
	assert_eq!(server.get(&path).body, first);
	let part = ask(
		server.address,
		format!("GET {path} HTTP/1.1\r\nhost: t\r\nrange: bytes=100000-100099\r\n\r\n"),
	);
	assert_eq!((part.status, part.body.as_slice()), (206, &first[100_000..100_100]));
	assert_eq!(server.get(&format!("{path}/slice?offset=0&length=1")).status, 200);
	// It is no object, neither on disk nor to anybody.
	assert_eq!(server.get(&path.replace("probes", "objects")).status, 404);
	assert_eq!(server.store.counts().0, 0);
	let spent = probe("Alice", &sample(2, 900_000));
	assert_eq!((spent.status, spent.refusal().as_str()), (429, "too_many_requests"));
	let other = probe("Bob", &sample(2, 900_000));
	assert_eq!(other.status, 429, "the address has a budget, too");
	let large = probe("Bob", &sample(3, 1_000_001));
	assert_eq!((large.status, large.refusal().as_str()), (413, "too_long"));
	let mut wrong = sample(4, 100_000);
	let key = key_of(&wrong);
	wrong[0] ^= 1;
	let token = token_of(&key_for("Alice"), operator().id(), key, now() + 60_000, nonce());
	assert_eq!(upload_to(server.address, "probes", &key, &token, &wrong).refusal(), "wrong_hash");
	let bytes = server.context.probes.counts();
	assert_eq!(bytes, (1, 900_000), "what did not arrive counts no more");
	sleep(Duration::from_secs(4));
	assert_eq!(server.get(&path).status, 404);
	server.context.probes.expire();
	assert_eq!(fs::read_dir(folder.path().join("probes")).unwrap().count(), 0);
}

#[test]
fn the_status_is_signed_and_short() {
	let folder = TempDir::new().unwrap();
	let server = Server::start(folder.path(), Limits::default());
	let path = format!("/status?nonce={}", "5a".repeat(32));
	assert_eq!(server.get(&path).refusal(), "not_registered");
	server.set_endpoint(&format!("https://{}", "a".repeat(248)));
	for wrong in ["/status", "/status?nonce=", "/status?nonce=5A5A", "/status?nonce=zz"] {
		assert_eq!(server.get(wrong).refusal(), "bad_nonce");
	}
	server.put(&sample(1, 5_000));
	let answer = server.get(&path);
	assert_eq!(answer.status, 200);
	assert!(answer.body.len() <= 4_096);
	let json = answer.json();
	let said = signed::<StatusAnswer>(json["signed"].as_str().unwrap());
	let said = said.by(&GENESIS, &operator().id()).expect("signed by the operator");
	assert_eq!(said.nonce, [0x5a; 32]);
	assert_eq!((said.objects, said.bytes), (1, 5_000));
	let rome_primitives::actors::Endpoint::Http(endpoint) = &said.endpoint;
	assert_eq!(json["endpoint"], String::from_utf8(endpoint.to_vec()).unwrap());
	assert!(now().abs_diff(said.time) < 60_000);
}

#[test]
fn guests_take_no_room_of_uploads() {
	let folder = TempDir::new().unwrap();
	let limits = Limits {
		uploads: 1,
		uploads_per_client: 1,
		probe_uploads: 2,
		probe_uploads_per_client: 1,
		..Limits::default()
	};
	let server = Server::start(folder.path(), limits);
	server.answers().funded.insert(key("Alice").id().into());
	let bytes = sample(1, 50_000);
	let probe = key_of(&bytes);
	let mut stream = connect(server.address);
	stream.write_all(put_head("probes", &probe, &token(&probe), bytes.len()).as_bytes()).unwrap();
	stream.write_all(&bytes[..20_000]).unwrap();
	let start = Instant::now();
	while server.context.uploads_under_way() == 0 {
		assert!(start.elapsed() < Duration::from_secs(10));
		sleep(Duration::from_millis(5));
	}
	let second = key_of(&sample(2, 10));
	let refused = upload_to(server.address, "probes", &second, &token(&second), &sample(2, 10));
	assert_eq!((refused.status, refused.refusal().as_str()), (429, "too_many_requests"));
	server.put(&sample(3, 50_000));
	// Nobody finds what is still arriving.
	let path = format!("/probes/{}", hex::encode(probe.hash));
	assert_eq!(server.get(&path).status, 404);
	stream.write_all(&bytes[20_000..]).unwrap();
	assert_eq!(read_answer(&mut BufReader::new(stream), false).unwrap().status, 201);
	assert_eq!(server.get(&path).body, bytes);
}

#[test]
fn a_token_counts_once_for_probes_and_objects_together() {
	let folder = TempDir::new().unwrap();
	let server = Server::start(folder.path(), Limits::default());
	server.answers().funded.insert(key("Alice").id().into());
	for first in ["probes", "objects"] {
		let second = if first == "probes" { "objects" } else { "probes" };
		let bytes = sample(first.len() as u64, 1_000);
		let object = server.register(&bytes);
		let once = token(&object);
		assert_eq!(upload_to(server.address, first, &object, &once, &bytes).status, 201);
		let again = upload_to(server.address, second, &object, &once, &bytes);
		assert_eq!((again.status, again.refusal().as_str()), (409, "used_token"));
	}
}

#[test]
fn one_client_has_its_share_of_slices() {
	let folder = TempDir::new().unwrap();
	let server = Server::start(folder.path(), Limits { slices_per_client: 1, ..Limits::default() });
	let key = server.put(&sample(1, 40_000_000));
	let path = format!("/objects/{}/slice", hex::encode(key.hash));
	let mut slow = connect(server.address);
	slow.write_all(format!("GET {path} HTTP/1.1\r\nhost: t\r\n\r\n").as_bytes()).unwrap();
	slow.read_exact(&mut [0; 100]).unwrap();
	let refused = server.get(&path);
	assert_eq!((refused.status, refused.refusal().as_str()), (429, "too_many_requests"));
	drop(slow);
	let start = Instant::now();
	while server.get(&format!("{path}?length=1")).status != 200 {
		assert!(start.elapsed() < Duration::from_secs(10), "a share is not given back");
		sleep(Duration::from_millis(20));
	}
}

#[test]
fn a_client_cannot_speak_for_the_proxy() {
	let folder = TempDir::new().unwrap();
	let limits = Limits {
		requests_per_second: Some(1),
		trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
		..Limits::default()
	};
	let server = Server::start(folder.path(), limits);
	let ask = |said: u8, seen: &str| {
		let lines = format!("x-forwarded-for: 10.0.0.{said}\r\nx-forwarded-for: {seen}\r\n");
		ask(server.address, format!("GET /health HTTP/1.1\r\nhost: t\r\n{lines}\r\n")).status
	};
	let answers: Vec<_> = (0..6).map(|said| ask(said, "192.0.2.7")).collect();
	assert!(answers.contains(&429), "{answers:?}");
	let answers: Vec<_> = (0..6).map(|host| ask(9, &format!("2001:db8::{host}"))).collect();
	assert!(answers.contains(&429), "a customer's network is one client: {answers:?}");
	assert_eq!(ask(0, "192.0.2.8"), 200);
}

#[test]
fn every_route_is_described_and_there() {
	let folder = TempDir::new().unwrap();
	let server = Server::start(folder.path(), Limits::default());
	let description = server.get("/openapi.json").json();
	let paths = description["paths"].as_object().unwrap();
	assert_eq!(paths.len(), ROUTES.len());
	for (methods, path) in ROUTES {
		let described = paths.get(path).unwrap_or_else(|| panic!("{path} is not described"));
		for method in ["get", "head", "put", "post", "delete", "patch"] {
			let known = methods.contains(&method);
			assert_eq!(described.get(method).is_some(), known, "{method} {path}");
			let real = path.replace("{hash}", &"0".repeat(64));
			let name = method.to_uppercase();
			let answer = ask(
				server.address,
				format!("{name} {real} HTTP/1.1\r\nhost: t\r\ncontent-length: 0\r\n\r\n"),
			);
			// axum answers HEAD wherever it answers GET.
			if known {
				assert_ne!(answer.status, 405, "{method} {path}");
				let code = answer.status.to_string();
				assert!(
					described[method]["responses"].get(&code).is_some(),
					"{method} {path}: {code}"
				);
			} else if method != "head" {
				assert_eq!(answer.status, 405, "{method} {path}");
			}
		}
	}
	assert_eq!(server.get("/health").json()["status"], "ok");
}

#[test]
fn metrics_tell_what_happened() {
	let folder = TempDir::new().unwrap();
	let server = Server::start(folder.path(), Limits::default());
	let bytes = sample(1, 70_000);
	let key = server.put(&bytes);
	for _ in 0..3 {
		server.get(&format!("/objects/{}", hex::encode(key.hash)));
	}
	let lines = [
		"test_http_requests_total{route=\"/objects/{hash}\",status=\"200\"} 3",
		"test_http_requests_total{route=\"/objects/{hash}\",status=\"201\"} 1",
		"test_http_sent_bytes_total{kind=\"anonymous\"} 210000",
		"test_http_received_bytes_total 70000",
		"test_store_objects 1",
		"test_store_bytes 70000",
	];
	// What was sent is counted a moment after it has arrived.
	let mut text = String::new();
	for _ in 0..50 {
		text = String::from_utf8(server.get("/metrics").body).unwrap();
		if lines.iter().all(|line| text.lines().any(|known| known == *line)) {
			break;
		}
		sleep(Duration::from_millis(100));
	}
	for line in lines {
		assert!(text.lines().any(|known| known == line), "{line} is missing in\n{text}");
	}
	assert!(text.ends_with("# EOF\n"));
}
