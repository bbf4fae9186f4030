//! Files that are published and fetched: `rome`, a node and real storage providers.

use crate::support::{finish, said, Colossus, Node};
use serde_json::{json, Value};
use std::{fs, path::Path, thread::sleep, time::Duration};

const ALICE: [&str; 2] = ["--suri", "//Alice"];
const BOB: [&str; 2] = ["--suri", "//Bob"];

/// A node with the classes of films, and so many providers in tranche 0.
fn network(providers: usize) -> (Node, Vec<Colossus>) {
	let node = Node::start();
	// What is referred to comes first.
	for classes in [&["license", "organization", "person"][..], &["series"], &["video"]] {
		let files: Vec<_> = classes.iter().map(|class| Node::schema(class)).collect();
		node.publish(&files.iter().map(String::as_str).collect::<Vec<_>>());
	}
	let mut running = Vec::new();
	for number in 0..providers {
		let provider = Colossus::start(&node);
		let applied = node.json(
			&[
				&["provider", "apply", "--endpoint", &provider.endpoint(), "--stake", "10000"][..],
				&["--fund", "10"],
				&["--storage", "2GB", "--download", "100MB", "--upload", "100MB"],
				&["--operator", &provider.operator, "--consent", &provider.consent],
				&ALICE,
			]
			.concat(),
		);
		let id = applied["id"].to_string();
		assert_eq!(id, number.to_string());
		let own = ["--operator", &(number + 1).to_string(), "--zone", "1"].map(String::from);
		let own: Vec<_> = own.iter().map(String::as_str).collect();
		node.ok(&[&["provider", "activate", &id], own.as_slice(), &ALICE].concat());
		node.ok(&[&["tranche", "join", "0", "--provider", &id], &ALICE[..]].concat());
		running.push(provider);
	}
	(node, running)
}

/// Writes a file of so many bytes that nobody else has.
fn film(node: &Node, name: &str, size: usize, seed: u64) -> String {
	let mut state = seed | 1;
	let bytes: Vec<u8> = std::iter::repeat_with(|| {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		state as u8
	})
	.take(size)
	.collect();
	let path = node.folder.path().join(name);
	fs::write(&path, bytes).unwrap();
	path.display().to_string()
}

fn meta(node: &Node, identifier: &str) -> String {
	let values = json!({ "identifier": identifier, "name": identifier });
	node.file(&format!("{identifier}.json"), &values.to_string())
}

fn pins(node: &Node, account: [&str; 2]) -> Vec<Value> {
	let listed = node.json(&[&["pin", "list"], &account[..]].concat());
	listed.as_array().unwrap().clone()
}

#[test]
fn a_film_is_published_and_fetched() {
	let (node, mut providers) = network(3);
	let film = film(&node, "film.mp4", 5_000_000, 1);
	let good = meta(&node, "one");
	let publish = |meta: &str, more: &[&str]| -> Vec<String> {
		let arguments = ["publish", &film, "--schema", "video", "--meta", meta];
		arguments.iter().chain(more).chain(&BOB).map(ToString::to_string).collect()
	};
	let refused = |meta: &str, more: &[&str], words: &[&str]| {
		let arguments = publish(meta, more);
		node.refused(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), words);
	};

	// What is wrong is said before anything is paid.
	refused(
		&node.file("bad.json", r#"{"identifier": "x", "nmae": "x"}"#),
		&[],
		&["did you mean `name`"],
	);
	refused(&node.file("few.json", r#"{"name": "x"}"#), &[], &["identifier"]);
	refused(
		&node.file("lost.json", r#"{"identifier": "x", "name": "x", "license": "license-9"}"#),
		&[],
		&["does not exist"],
	);
	refused(&good, &["--property", "name"], &["holds no stored object"]);
	refused(&good, &["--max-fee", "0"], &["--max-fee"]);
	assert!(pins(&node, BOB).is_empty());

	let arguments = publish(&good, &["--dry-run"]);
	let dry = node.json(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
	assert_eq!(dry["tranche"], 0);
	assert!(pins(&node, BOB).is_empty());

	let arguments = publish(&good, &[]);
	let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
	let published = node.json(&arguments);
	let (id, hash) = (published["id"].as_str().unwrap(), published["hash"].as_str().unwrap());
	assert_eq!(published["there"], false);
	assert!(published["links"].as_array().unwrap().len() >= 2, "{published}");
	let again = node.json(&arguments);
	assert_eq!((again["id"].as_str(), &again["there"]), (Some(id), &json!(true)));
	assert_eq!(pins(&node, BOB).len(), 1);
	node.refused(&[&["pin", "remove", hash], &BOB[..]].concat(), &["1 entry", "content remove"]);

	// Every provider comes to hold it, and any of them will do.
	let object =
		node.settled(&["object", "show", hash], |it| it["holders"].as_array().unwrap().len() == 3);
	assert_eq!(object["state"], "stored");
	for (number, provider) in providers.iter_mut().take(2).enumerate() {
		provider.kill();
		let target = node.folder.path().join(format!("copy-{number}"));
		let got = node.json(&["get", id, "-o", &target.display().to_string()]);
		assert_eq!(got["hash"].as_str(), Some(hash));
		assert!(fs::read(&target).unwrap() == fs::read(&film).unwrap());
	}
	let arguments = ["get", hash, "-o", "-"];
	let piped = node.rome(&arguments);
	assert!(
		piped.status.success() && piped.stdout == fs::read(&film).unwrap(),
		"{}",
		said(&piped).len()
	);
	providers[2].kill();
	let target = node.folder.path().join("copy-2").display().to_string();
	node.refused(&["get", id, "-o", &target], &["no source gives the object", ".part"]);
	assert!(!Path::new(&target).exists());
	providers[0].resume(&node);
	node.ok(&["get", id, "-o", &target]);
	assert!(fs::read(&target).unwrap() == fs::read(&film).unwrap());
}

#[test]
fn publishing_that_is_killed_again_and_again_comes_to_one_entry() {
	let (node, _providers) = network(3);
	let film = film(&node, "film.mp4", 20_000_000, 2);
	let meta = meta(&node, "two");
	let arguments = [&["publish", &film, "--schema", "video", "--meta", &meta][..], &BOB].concat();
	// Each run is killed a little later: while it reads, pins, uploads, waits and creates.
	for step in 1..20 {
		let mut child = node.spawn(&arguments);
		sleep(Duration::from_millis(step * 150));
		let _ = child.kill();
		child.wait().unwrap();
	}
	let published = node.json(&arguments);
	assert_eq!(pins(&node, BOB).len(), 1);
	let entries = node.json(&["content", "list", "video"]);
	let entries = entries["entries"].as_array().unwrap();
	assert_eq!(entries.len(), 1);
	assert_eq!(entries[0]["id"], published["id"]);
}

#[test]
fn an_uploader_that_the_pin_names_may_upload_and_nobody_else() {
	let (node, _providers) = network(3);
	let film = film(&node, "film.mp4", 100_000, 3);
	let added = node.json(&[&["pin", "add", &film, "--uploader", "//Charlie"], &BOB[..]].concat());
	assert_eq!(added["state"], "pending");
	node.refused(&["pin", "upload", &film, "--suri", "//Dave"], &["may not upload", "--uploader"]);
	let stored = node.json(&["pin", "upload", &film, "--suri", "//Charlie"]);
	assert_eq!(stored["state"], "stored");
	let hash = stored["hash"].as_str().unwrap();
	node.ok(&[&["pin", "renew", hash, "--eras", "2", "--account", "//Bob"], &ALICE[..]].concat());
	node.ok(&[&["pin", "remove", hash], &BOB[..]].concat());
	assert!(pins(&node, BOB).is_empty());
}

#[test]
fn providers_keep_their_hearts_beating() {
	let (node, providers) = network(1);
	let operator = &providers[0].operator;
	let first = node.json(&["provider", "show", "0"]);
	assert_eq!(first["operator"].as_str(), Some(operator.as_str()));
	assert_eq!(first["state"], "active");
	let before = first["lastHeartbeat"].as_u64().unwrap();
	node.settled(&["provider", "show", "0"], |it| {
		it["lastHeartbeat"].as_u64().unwrap() > before + 10
	});
	node.refused(
		&["provider", "maintenance", "0", "--blocks", "5", "--suri", "//Dave"],
		&["belongs to", "owner's account"],
	);
	let arguments = ["provider", "maintenance", "0", "--blocks", "50"];
	let output = finish(node.spawn(&[&arguments[..], &ALICE].concat()), &arguments);
	assert!(output.status.success(), "{}", said(&output));
	assert_eq!(node.json(&["provider", "show", "0"])["state"], "suspended");
}
