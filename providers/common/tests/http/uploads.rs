//! Uploads, and every way in which one is refused.

use crate::support::*;
use rome_primitives::signing::UploadReceipt;
use rome_provider::{auth::now, authority::ObjectFacts, http::Limits};
use std::{
	fs,
	io::{BufReader, Read, Write},
	sync::Arc,
	thread::{sleep, spawn},
	time::{Duration, Instant},
};
use tempfile::TempDir;

fn server() -> (TempDir, Server) {
	let folder = TempDir::new().unwrap();
	let server = Server::start(folder.path(), Limits::default());
	(folder, server)
}

fn temporaries(server: &Server) -> usize {
	fs::read_dir(server.store.root().join("temporary")).unwrap().count()
}

#[test]
fn an_upload_is_stored_receipted_and_served() {
	let (_folder, server) = server();
	for length in [1, 1_024, 16_384, 16_385, 524_288, 524_289, 3_000_000] {
		let bytes = sample(length as u64, length);
		let object = server.register(&bytes);
		let answer = server.upload(&object, &token(&object), &bytes);
		assert_eq!(answer.status, 201, "{answer:?}");
		let json = answer.json();
		assert_eq!(json["hash"], hex::encode(object.hash));
		assert_eq!(json["size"], length);
		let receipt = signed::<UploadReceipt>(json["receipt"].as_str().unwrap());
		let said = receipt.by(&GENESIS, &operator().id()).expect("signed by the operator");
		assert_eq!((said.key, &said.uploader), (object, &key("Alice").id()));
		assert!(now().abs_diff(said.at) < 60_000);
		let again = server.upload(&object, &token(&object), &bytes);
		assert_eq!(again.status, 200, "it was there");
		assert_eq!(server.get(&format!("/objects/{}", hex::encode(object.hash))).body, bytes);
		let health = server.store.verify(&object.hash, |_| true).unwrap();
		assert_eq!(health, Some(rome_provider::store::Health::Sound));
	}
	assert_eq!(temporaries(&server), 0);
	assert_eq!(server.store.counts().0, 7);
}

#[test]
fn tokens_that_do_not_count() {
	let (_folder, server) = server();
	let bytes = sample(1, 50_000);
	let object = server.register(&bytes);
	let other = server.register(&sample(2, 50_000));
	let (alice, us, later) = (key("Alice"), operator().id(), now() + 60_000);
	let path = hex::encode(object.hash);
	let bare = ask(
		server.address,
		format!("PUT /objects/{path} HTTP/1.1\r\nhost: t\r\ncontent-length: 50000\r\n\r\n"),
	);
	assert_eq!((bare.status, bare.refusal().as_str()), (401, "no_token"));
	let good = token(&object);
	let mut tampered = good.clone().into_bytes();
	let last = tampered.len() - 30;
	tampered[last] = if tampered[last] == b'A' { b'B' } else { b'A' };
	let other_chain = alice
		.sign(
			&[1; 32],
			rome_primitives::signing::UploadToken {
				provider: us.clone(),
				key: object,
				nonce: nonce(),
				expires: later,
			},
		)
		.to_header();
	for (token, status, code) in [
		("nonsense".to_owned(), 401, "bad_token"),
		(String::from_utf8(tampered).unwrap(), 401, "bad_signature"),
		(other_chain, 401, "bad_signature"),
		(token_of(&key("Mallory"), us.clone(), object, later, nonce()), 403, "not_allowed"),
		(token_of(&alice, key("Bob").id(), object, later, nonce()), 401, "other_provider"),
		(token_of(&alice, us.clone(), other, later, nonce()), 403, "other_object"),
		(token_of(&alice, us.clone(), object, now() - 10_000, nonce()), 401, "expired_token"),
		(token_of(&alice, us, object, now() + 2 * 3_600_000, nonce()), 401, "token_lifetime"),
	] {
		let answer = server.upload(&object, &token, &bytes);
		assert_eq!((answer.status, answer.refusal().as_str()), (status, code));
		assert_eq!(server.get(&format!("/objects/{path}")).status, 404);
	}
	assert_eq!(temporaries(&server), 0);
	assert_eq!(server.upload(&object, &good, &bytes).status, 201);
}

#[test]
fn a_token_counts_once_also_after_a_restart() {
	let (folder, server) = server();
	let bytes = sample(1, 20_000);
	let object = server.register(&bytes);
	let once = token(&object);
	// Even an upload that fails uses its token up.
	let mut wrong = bytes.clone();
	wrong[7] ^= 1;
	assert_eq!(server.upload(&object, &once, &wrong).refusal(), "wrong_hash");
	let again = server.upload(&object, &once, &bytes);
	assert_eq!((again.status, again.refusal().as_str()), (409, "used_token"));
	server.stop();
	let server = Server::start(folder.path(), Limits::default());
	server.register(&bytes);
	assert_eq!(server.upload(&object, &once, &bytes).refusal(), "used_token");
	assert_eq!(server.upload(&object, &token(&object), &bytes).status, 201);
}

#[test]
fn objects_that_are_not_for_us() {
	let (_folder, server) = server();
	let bytes = sample(1, 1_000);
	let object = key_of(&bytes);
	server.register(&sample(2, 10));
	let unknown = server.upload(&object, &token(&object), &bytes);
	assert_eq!((unknown.status, unknown.refusal().as_str()), (404, "unknown_object"));
	sleep(Duration::from_millis(2_100)); // what was unknown a moment ago is asked again
	server.answers().objects.insert(object, ObjectFacts { ours: false, blocked: None });
	let elsewhere = server.upload(&object, &token(&object), &bytes);
	assert_eq!((elsewhere.status, elsewhere.refusal().as_str()), (421, "not_assigned"));
	sleep(Duration::from_millis(2_100));
	let blocked = ObjectFacts { ours: true, blocked: Some("illegal".into()) };
	server.answers().objects.insert(object, blocked);
	let refused = server.upload(&object, &token(&object), &bytes);
	assert_eq!((refused.status, refused.refusal().as_str()), (451, "blocked"));
	assert!(refused.json()["message"].as_str().unwrap().contains("illegal"));
	let other = key_of(&sample(3, 1_000));
	server.answers().away = true;
	let away = server.upload(&other, &token(&other), &sample(3, 1_000));
	assert_eq!((away.status, away.refusal().as_str()), (503, "no_chain"));
	assert!(away.header("retry-after").is_some());
}

#[test]
fn bodies_of_another_length_or_hash() {
	let (_folder, server) = server();
	let bytes = sample(1, 100_000);
	let object = server.register(&bytes);
	let mut long = bytes.clone();
	long.push(0);
	let answer = server.upload(&object, &token(&object), &long);
	assert_eq!((answer.status, answer.refusal().as_str()), (413, "too_long"));
	let answer = server.upload(&object, &token(&object), &bytes[..99_999]);
	assert_eq!((answer.status, answer.refusal().as_str()), (422, "wrong_size"));
	let mut wrong = bytes.clone();
	wrong[99_999] ^= 0x80;
	let answer = server.upload(&object, &token(&object), &wrong);
	assert_eq!((answer.status, answer.refusal().as_str()), (422, "wrong_hash"));
	let path = hex::encode(object.hash);
	for framing in ["", "transfer-encoding: chunked\r\n"] {
		let answer = ask(
			server.address,
			format!(
				"PUT /objects/{path} HTTP/1.1\r\nhost: t\r\nauthorization: Rome {}\r\n{framing}\r\n",
				token(&object)
			),
		);
		assert_eq!((answer.status, answer.refusal().as_str()), (411, "no_length"));
	}
	// The connection ends in the middle.
	let mut stream = connect(server.address);
	stream.write_all(put_head("objects", &object, &token(&object), 100_000).as_bytes()).unwrap();
	stream.write_all(&bytes[..60_000]).unwrap();
	let start = Instant::now();
	while server.context.uploads_under_way() == 0 {
		assert!(start.elapsed() < Duration::from_secs(10));
		sleep(Duration::from_millis(5));
	}
	drop(stream);
	let start = Instant::now();
	while temporaries(&server) > 0 || server.context.uploads_under_way() > 0 {
		assert!(start.elapsed() < Duration::from_secs(10), "something was left behind");
		sleep(Duration::from_millis(20));
	}
	assert_eq!(server.get(&format!("/objects/{path}")).status, 404);
	assert_eq!(server.upload(&object, &token(&object), &bytes).status, 201);
}

#[test]
fn the_body_is_asked_for_only_if_it_is_wanted() {
	let (_folder, server) = server();
	let bytes = sample(1, 40_000);
	let object = server.register(&bytes);
	let path = hex::encode(object.hash);
	let head = |token: &str| {
		format!(
			"PUT /objects/{path} HTTP/1.1\r\nhost: t\r\nauthorization: Rome {token}\r\ncontent-length: 40000\r\n\
			 expect: 100-continue\r\n\r\n"
		)
	};
	let refused = ask(
		server.address,
		head(&token_of(&key("Mallory"), operator().id(), object, now() + 9_000, nonce())),
	);
	assert_eq!(refused.status, 403, "no 100 before it");
	let mut stream = connect(server.address);
	stream.write_all(head(&token(&object)).as_bytes()).unwrap();
	let mut reader = BufReader::new(stream.try_clone().unwrap());
	assert_eq!(read_answer(&mut reader, false).unwrap().status, 100);
	stream.write_all(&bytes).unwrap();
	assert_eq!(read_answer(&mut reader, false).unwrap().status, 201);
}

#[test]
fn a_refusal_arrives_though_the_body_is_being_sent() {
	let (_folder, server) = server();
	let bytes = sample(1, 3_000_000);
	let object = server.register(&bytes);
	for _ in 0..20 {
		let answer = server.upload(
			&object,
			&token_of(&key("Mallory"), operator().id(), object, now() + 9_000, nonce()),
			&bytes,
		);
		assert_eq!(answer.status, 403);
	}
}

#[test]
fn one_upload_of_an_object_at_a_time_and_not_too_many() {
	let folder = TempDir::new().unwrap();
	let limits = Limits { uploads: 3, uploads_per_client: 2, ..Limits::default() };
	let server = Server::start(folder.path(), limits);
	let objects: Vec<_> = (0..4).map(|seed| sample(seed, 10_000)).collect();
	let mut open = Vec::new();
	for bytes in &objects[..2] {
		let object = server.register(bytes);
		let mut stream = connect(server.address);
		stream
			.write_all(put_head("objects", &object, &token(&object), bytes.len()).as_bytes())
			.unwrap();
		stream.write_all(&bytes[..5_000]).unwrap();
		open.push(stream);
	}
	let start = Instant::now();
	while server.context.uploads_under_way() < 2 {
		assert!(start.elapsed() < Duration::from_secs(10));
		sleep(Duration::from_millis(10));
	}
	let first = key_of(&objects[0]);
	let again = server.upload(&first, &token(&first), &objects[0]);
	assert_eq!((again.status, again.refusal().as_str()), (409, "under_way"));
	let third = server.register(&objects[2]);
	let refused = server.upload(&third, &token(&third), &objects[2]);
	assert_eq!((refused.status, refused.refusal().as_str()), (429, "too_many_requests"));
	assert!(refused.header("retry-after").is_some());
	for (stream, bytes) in open.iter_mut().zip(&objects) {
		stream.write_all(&bytes[5_000..]).unwrap();
		let answer = read_answer(&mut BufReader::new(stream), false).unwrap();
		assert_eq!(answer.status, 201);
	}
	assert_eq!(server.upload(&third, &token(&third), &objects[2]).status, 201);
}

#[test]
fn no_space_is_said_before_the_body() {
	let folder = TempDir::new().unwrap();
	let server = Server::with_reserve(folder.path(), Limits::default(), u64::MAX / 2);
	let bytes = sample(1, 10_000);
	let object = server.register(&bytes);
	let once = token(&object);
	let answer = server.upload(&object, &once, &bytes);
	assert_eq!((answer.status, answer.refusal().as_str()), (507, "no_space"));
	assert_eq!(temporaries(&server), 0);
	server.stop();
	// The token was not used up by that.
	let server = Server::start(folder.path(), Limits::default());
	server.register(&bytes);
	assert_eq!(server.upload(&object, &once, &bytes).status, 201);
}

#[test]
fn what_is_under_way_is_finished_at_the_stop() {
	let (folder, server) = server();
	let bytes = sample(1, 2_000_000);
	let object = server.register(&bytes);
	let mut idle = connect(server.address);
	let mut stream = connect(server.address);
	let head = put_head("objects", &object, &token(&object), bytes.len());
	stream.write_all(head.as_bytes()).unwrap();
	stream.write_all(&bytes[..1_000_000]).unwrap();
	while server.context.uploads_under_way() == 0 {
		sleep(Duration::from_millis(5));
	}
	let stopping = spawn(move || server.stop());
	let mut rest = Vec::new();
	assert_eq!(idle.read_to_end(&mut rest).unwrap(), 0, "an idle connection ends at once");
	stream.write_all(&bytes[1_000_000..]).unwrap();
	assert_eq!(read_answer(&mut BufReader::new(stream), false).unwrap().status, 201);
	stopping.join().unwrap();
	let server = Server::start(folder.path(), Limits::default());
	assert_eq!(server.get(&format!("/objects/{}", hex::encode(object.hash))).body, bytes);
}

#[test]
fn many_at_once() {
	let (_folder, server) = server();
	let server = Arc::new(server);
	let threads: Vec<_> = (0..8)
		.map(|seed| {
			let server = server.clone();
			spawn(move || {
				for round in 0..5 {
					let bytes = sample(1_000 * seed + round, 700_000 + seed as usize);
					let key = server.put(&bytes);
					let path = format!("/objects/{}", hex::encode(key.hash));
					assert_eq!(server.get(&path).body, bytes);
				}
			})
		})
		.collect();
	for thread in threads {
		thread.join().unwrap();
	}
	assert_eq!(server.store.counts().0, 40);
}
