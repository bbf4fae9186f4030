//! Requests that daemons sign for each other.

use crate::support::*;
use rome_provider::{
	auth::{check_answer, sign_request, HEADER},
	http::Limits,
};
use tempfile::TempDir;

#[test]
fn requests_are_signed_both_ways() {
	let folder = TempDir::new().unwrap();
	let server = Server::start(folder.path(), Limits::default());
	let object = server.put(&sample(1, 100_000));
	let peer = key("Peer");
	server.answers().peers.insert(peer.id().into());
	let path = format!("/objects/{}/slice?offset=0&length=16384", hex::encode(object.hash));
	let send = |header: &str, path: &str| {
		ask(server.address, format!("GET {path} HTTP/1.1\r\nhost: t\r\n{HEADER}: {header}\r\n\r\n"))
	};
	let us = operator().id();
	let number = nonce();
	let header = sign_request(&peer, &GENESIS, us.clone(), "GET", &path, number);
	let answer = send(&header, &path);
	assert_eq!(answer.status, 200);
	let proof = answer.header(HEADER);
	assert!(check_answer(proof, &GENESIS, &peer.id(), &us, &number, 200, None));
	let about = |key| check_answer(proof, &GENESIS, &peer.id(), &us, &number, 200, Some(key));
	assert!(about(&object) && !about(&key_of(b"another")));
	// For somebody else, another request, another status or chain it proves nothing.
	assert!(!check_answer(proof, &GENESIS, &key("Bob").id(), &us, &number, 200, None));
	assert!(!check_answer(proof, &GENESIS, &peer.id(), &key("Bob").id(), &number, 200, None));
	assert!(!check_answer(proof, &GENESIS, &peer.id(), &us, &nonce(), 200, None));
	assert!(!check_answer(proof, &GENESIS, &peer.id(), &us, &number, 404, None));
	assert!(!check_answer(proof, &[1; 32], &peer.id(), &us, &number, 200, None));
	assert!(!check_answer(None, &GENESIS, &peer.id(), &us, &number, 200, None));

	let again = send(&header, &path);
	assert_eq!((again.status, again.refusal().as_str()), (401, "used_request"));
	let fresh = |signer: &str, to: &str, method: &str, path: &str| {
		sign_request(&key(signer), &GENESIS, key(to).id(), method, path, nonce())
	};
	for (header, status, code) in [
		("nonsense".to_owned(), 401, "bad_peer"),
		(fresh("Peer", "Bob", "GET", &path), 401, "other_request"),
		(fresh("Peer", "Operator", "PUT", &path), 401, "other_request"),
		(fresh("Peer", "Operator", "GET", "/health"), 401, "other_request"),
		(fresh("Stranger", "Operator", "GET", &path), 403, "no_peer"),
		(sign_request(&peer, &[1; 32], us.clone(), "GET", &path, nonce()), 401, "bad_signature"),
	] {
		let answer = send(&header, &path);
		assert_eq!((answer.status, answer.refusal().as_str()), (status, code));
		assert!(answer.header(HEADER).is_none());
	}
	// A refusal to a peer is signed as well.
	let absent = format!("/objects/{}/slice", "0".repeat(64));
	let number = nonce();
	let answer = send(&sign_request(&peer, &GENESIS, us.clone(), "GET", &absent, number), &absent);
	assert_eq!(answer.status, 404);
	assert!(check_answer(answer.header(HEADER), &GENESIS, &peer.id(), &us, &number, 404, None));
}

#[test]
fn peers_are_not_held_to_what_strangers_get() {
	let folder = TempDir::new().unwrap();
	let limits = Limits { requests_per_second: Some(5), ..Limits::default() };
	let server = Server::start(folder.path(), limits);
	let peer = key("Peer");
	server.answers().peers.insert(peer.id().into());
	let signed = || {
		let header = sign_request(&peer, &GENESIS, operator().id(), "GET", "/health", nonce());
		ask(
			server.address,
			format!("GET /health HTTP/1.1\r\nhost: t\r\n{HEADER}: {header}\r\n\r\n"),
		)
	};
	assert_eq!(signed().status, 200);
	let mut last = 0;
	for _ in 0..30 {
		last = server.get("/health").status;
	}
	assert_eq!(last, 429, "strangers from that address have used their share");
	for _ in 0..30 {
		assert_eq!(signed().status, 200);
	}
}
