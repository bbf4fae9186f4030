//! Content from free-form documents to the newest version, and what curators do about it.

use crate::support::{finish, said, Node};
use serde_json::{json, Value};
use std::{
	process::Command,
	thread::sleep,
	time::{Duration, Instant},
};

const ALICE: [&str; 2] = ["--suri", "//Alice"];
const BOB: [&str; 2] = ["--suri", "//Bob"];

fn film(version: u32, properties: Value) -> String {
	let file = json!({
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"description": "Films.",
		"x-rome": {
			"class": "film",
			"category": "video",
			"version": version,
			"creation": "anyone",
			"freeForm": true
		},
		"type": "object",
		"properties": properties,
		"required": ["identifier"],
		"additionalProperties": false
	});
	format!("{file:#}\n")
}

fn first() -> String {
	film(
		1,
		json!({
			"identifier": { "type": "string", "maxLength": 32, "x-rome": { "unique": true } },
			"name": { "type": "string", "maxLength": 60 },
			"minutes": { "type": "integer" },
			"genre": { "type": "string", "maxLength": 20 },
			"remark": { "type": "string", "maxLength": 20 }
		}),
	)
}

/// A shorter name, minutes as text, genres by a table, a default, and something to ask for.
fn second() -> String {
	film(
		2,
		json!({
			"identifier": {
				"type": "string",
				"maxLength": 32,
				"x-rome": { "unique": true, "carry": "identifier" }
			},
			"title": { "type": "string", "maxLength": 10, "x-rome": { "carry": "name" } },
			"duration": { "type": "string", "maxLength": 9, "x-rome": { "cast": "minutes" } },
			"genre": {
				"type": "string",
				"enum": ["drama", "comedy"],
				"x-rome": {
					"cast": { "from": "genre", "table": { "Drama": "drama", "Comic": "comedy" } }
				}
			},
			"state": {
				"type": "string",
				"enum": ["new", "checked"],
				"x-rome": { "default": "new" }
			}
		}),
	)
}

fn documents(count: usize) -> String {
	let lines = (0..count)
		.map(|at| json!({ "key": format!("f{at}"), "title": format!("Film {at}") }).to_string());
	lines.collect::<Vec<_>>().join("\n")
}

fn mapping() -> String {
	json!({
		"class": "film",
		"properties": {
			"identifier": { "from": "key" },
			"name": { "from": "title" },
			"genre": { "value": "Drama" }
		}
	})
	.to_string()
}

fn class(node: &Node) -> Value {
	node.json(&["schema", "list"])["classes"][0].clone()
}

#[track_caller]
fn until(what: &str, holds: impl Fn() -> bool) {
	let start = Instant::now();
	while !holds() {
		assert!(start.elapsed() < Duration::from_secs(120), "{what}");
		sleep(Duration::from_millis(100));
	}
}

#[test]
fn documents_become_the_newest_version() {
	let node = Node::start();
	node.publish(&[&node.file("film.v1.json", &first())]);
	assert_eq!(node.ok(&["schema", "show", "film"]), first());

	// Documents come in as they are; those that are too long or no JSON are told.
	let long = format!("{{\"key\": \"{}\"}}", "x".repeat(8192));
	let file = node.file("films.ndjson", &format!("{}\n{long}\n{{\n", documents(3)));
	let import = ["content", "import", "--legacy", &file, "--class", "film", "--no-finality"];
	let import = [&import[..], &ALICE].concat();
	node.refused(
		&import,
		&[
			"films.ndjson:4: refused: the document has 8203 bytes, and at most 8192 fit",
			"films.ndjson:5: refused: this is no JSON",
			"nothing was sent",
		],
	);
	node.refused(&[&import[..], &["--skip-refused"]].concat(), &["3 created", "2 refused"]);
	node.refused(&[&import[..], &["--skip-refused"]].concat(), &["0 created", "3 there already"]);
	let shown = node.json(&["content", "show", "0-1"]);
	assert_eq!(shown["version"], 0);
	assert_eq!(shown["values"]["document"], "{\"key\":\"f1\",\"title\":\"Film 1\"}");

	// One by hand to version 1, through the mapping of an import and with one value more.
	let map = node.file("film.mapping.json", &mapping());
	let migrate = ["content", "migrate", "0-0", "--to", "1"];
	node.refused(
		&[&migrate[..], &["--yes"], &ALICE].concat(),
		&["0-0 lacks, as version 1", "identifier (required): a text of at most 32", "--set"],
	);
	let mapped = [&migrate[..], &["--mapping", &map], &ALICE].concat();
	node.refused(&mapped, &["not confirmed; nothing was sent", "Film 0"]);
	let by_bob = [&migrate[..], &["--mapping", &map, "--yes"], &BOB].concat();
	node.refused(&by_bob, &["belongs to"]);
	let sent = node.json(&[&mapped[..], &["--set", "minutes=90", "--yes"]].concat());
	assert_eq!((&sent["from"], &sent["to"]), (&json!(0), &json!(1)));
	assert_eq!(
		node.json(&["content", "show", "0-0"])["values"],
		json!({ "identifier": "f0", "name": "Film 0", "minutes": 90, "genre": "Drama" })
	);
	node.refused(&mapped, &["stored as version 1 already"]);
	// The journal knows where the entry came from.
	node.refused(&[&import[..], &["--skip-refused"]].concat(), &["0 created", "3 there already"]);

	// More of version 1: one whose values all fit version 2, and two that ask for something.
	for values in [
		["identifier=a", "name=Short", "genre=Comic", "remark=seen", "minutes=7"],
		["identifier=b", "name=Much too long for it", "genre=Drama", "remark=x", "minutes=8"],
		["identifier=c", "name=Fine", "genre=Opera", "remark=x", "minutes=9"],
	] {
		node.ok(&[&["content", "create", "film"], &values[..], &ALICE].concat());
	}
	let next = node.file("film.v2.json", &second());
	node.publish(&[&next]);
	assert_eq!(node.ok(&["schema", "show", "film"]), second());

	// Reading old as new, before anything is moved.
	let read = node.json(&["content", "show", "0-3", "--as", "2"]);
	assert_eq!((&read["stored"], &read["reading"]), (&json!(1), &json!("complete")));
	assert_eq!(
		read["values"],
		json!({
			"identifier": "a",
			"title": "Short",
			"duration": "7",
			"genre": "comedy",
			"state": "new"
		})
	);
	let listed = node.json(&["content", "list", "film", "--as", "2"]);
	let asks: Vec<_> = listed["entries"]
		.as_array()
		.unwrap()
		.iter()
		.map(|entry| (entry["id"].as_str().unwrap(), entry["asks"].as_array().unwrap().len()))
		.collect();
	assert_eq!(asks, [("0-0", 0), ("0-1", 5), ("0-2", 5), ("0-3", 0), ("0-4", 1), ("0-5", 1)]);
	let people = node.ok(&["content", "list", "film", "--as", "2"]);
	assert!(people.contains("lacks title") && people.contains("lacks genre"), "{people}");
	node.refused(&["content", "show", "0-0", "--as", "0"], &["stored as a later version than 0"]);

	// The sweep moves what asks for nothing and tells the rest.
	let sweep = ["content", "migrate", "--class", "film"];
	node.refused(
		&[&sweep[..], &["--to", "2"], &BOB].concat(),
		&["not the chain's sudo account", "--council"],
	);
	node.refused(
		&[&sweep[..], &["--cancel"], &ALICE].concat(),
		&["The class's entities are not being migrated"],
	);
	node.ok(&[&sweep[..], &["--to", "2", "--council"], &ALICE, &BOB].concat());
	until("the class is not migrated", || {
		node.json(&[&sweep[..], &["--status"]].concat())["migrated"] == 2
	});
	let status = node.json(&[&sweep[..], &["--status"]].concat());
	assert_eq!((&status["older"], &status["migration"]), (&json!(4), &Value::Null));
	let asking: Vec<_> = status["asking"]
		.as_array()
		.unwrap()
		.iter()
		.map(|entry| (entry["id"].as_str().unwrap(), entry["asks"].clone()))
		.collect();
	assert_eq!(asking[2..], [("0-4", json!(["title"])), ("0-5", json!(["genre"]))]);
	let people = node.ok(&[&sweep[..], &["--status"]].concat());
	assert!(people.contains("no migration of `film` is going on"), "{people}");

	// By hand: what is asked for, and nothing else.
	let migrate = ["content", "migrate", "0-4", "--to", "2", "--yes"];
	let refused = [&migrate[..], &ALICE].concat();
	node.refused(&refused, &["title (optional): a text of at most 10 characters"]);
	node.refused(
		&[&migrate[..], &["--set", "duration=1"], &ALICE].concat(),
		&["`duration` is not asked for", "0-4 asks for title"],
	);
	let people = node.ok(&[&migrate[..], &["--set", "title=Long"], &ALICE].concat());
	for words in ["title (was name)", "Much too long for it", "given", "cast", "dropped", "default"]
	{
		assert!(people.contains(words), "{people}");
	}
	node.ok(&[
		"content", "migrate", "0-5", "--to", "2", "--clear", "genre", "--yes", "--suri", "//Alice",
	]);
	let shown = node.json(&["content", "show", "0-5"])["values"].clone();
	assert_eq!(
		shown,
		json!({ "identifier": "c", "title": "Fine", "duration": "9", "state": "new" })
	);
	assert_eq!(class(&node)["entitiesByVersion"], json!({ "0": 2, "1": 0, "2": 4 }));
}

#[test]
fn an_import_of_documents_killed_in_between_makes_each_once() {
	const COUNT: usize = 300;
	let node = Node::start();
	node.publish(&[&node.file("film.v1.json", &first())]);
	let file = node.file("films.ndjson", &documents(COUNT));
	let import = ["content", "import", "--legacy", &file, "--class", "film", "--no-finality"];
	let import = [&import[..], &ALICE].concat();
	let slow = [&import[..], &["--batch-size", "10", "--in-flight", "3"]].concat();
	let child = node.spawn(&slow);
	until("nothing is imported", || class(&node)["entities"].as_u64() >= Some(20));
	let sent = Command::new("kill").args(["-KILL", &child.id().to_string()]).status().unwrap();
	assert!(sent.success());
	finish(child, &slow);
	assert!(class(&node)["entities"].as_u64() < Some(COUNT as u64), "it was over too early");
	let done = node.json(&import);
	let count = |what: &str| done[what].as_u64().unwrap();
	assert_eq!(count("created") + count("unchanged"), COUNT as u64);
	assert_eq!(class(&node)["entities"], COUNT);
	let listed = node.json(&["content", "list", "film", "--limit", "1000"]);
	let entries = listed["entries"].as_array().unwrap();
	let mut documents: Vec<_> =
		entries.iter().map(|entry| entry["values"]["document"].to_string()).collect();
	documents.sort();
	documents.dedup();
	assert_eq!(documents.len(), COUNT);
}

#[test]
fn curators_hide_freeze_and_migrate() {
	let node = Node::start();
	node.publish(&[&node.file("film.v1.json", &first())]);
	node.ok(&[&["content", "create", "film", "identifier=a", "name=A"], &ALICE[..]].concat());
	assert_eq!(node.json(&["curator", "list"]), json!([]));
	let create = ["curator", "create", "Film", "--member", "//Bob", "--class"];
	node.refused(&[&create[..], &["flim"], &ALICE].concat(), &["did you mean `film`?"]);
	let created = node.json(&[&create[..], &["film"], &ALICE].concat());
	assert_eq!(created["group"], 0);

	let hide = ["content", "hide", "0-0", "--group", "0", "--reason", "Not a film."];
	node.refused(&[&hide[..], &ALICE].concat(), &["no member of the curator group"]);
	node.ok(&[&hide[..], &BOB].concat());
	let listed = node.ok(&["content", "list", "film"]);
	assert!(listed.contains("hidden by curator group 0: Not a film."), "{listed}");
	let freeze = ["content", "freeze", "0-0", "--group", "0", "--reason", "Disputed."];
	node.ok(&[&freeze[..], &BOB].concat());
	let shown = node.json(&["content", "show", "0-0"]);
	assert_eq!(
		(&shown["visibility"], &shown["visibilityReason"]),
		(&json!("frozen"), &json!("Disputed."))
	);
	let people = node.ok(&["content", "show", "0-0"]);
	assert!(people.contains("frozen by curator group 0: Disputed."), "{people}");
	node.refused(
		&[&["content", "edit", "0-0", "name=B"], &ALICE[..]].concat(),
		&["A curator has frozen the entity", "ask that curator group"],
	);

	// Curators migrate what they look after, frozen or not.
	node.publish(&[&node.file("film.v2.json", &second())]);
	let migrate = ["content", "migrate", "0-0", "--to", "2", "--yes"];
	node.refused(&[&migrate[..], &BOB].concat(), &["belongs to"]);
	node.ok(&[&migrate[..], &["--group", "0"], &BOB].concat());
	let unhide = ["content", "unhide", "0-0", "--group", "0", "--reason", "Settled."];
	node.ok(&[&unhide[..], &BOB].concat());
	assert_eq!(node.json(&["content", "show", "0-0"])["visibility"], "visible");

	let update = ["curator", "update", "0"];
	node.refused(
		&[&["curator", "update", "1", "--name", "X"], &ALICE[..]].concat(),
		&["no curator group 1"],
	);
	let out = node.rome(&[&update[..], &ALICE].concat());
	assert_eq!(out.status.code(), Some(2), "{}", said(&out));
	let changes = ["--active", "false", "--add-member", "//Charlie", "--remove-class", "film"];
	node.ok(&[&update[..], &changes, &["--council"], &ALICE, &BOB].concat());
	let groups = node.json(&["curator", "list"]);
	assert_eq!(
		(
			&groups[0]["active"],
			&groups[0]["classes"],
			groups[0]["members"].as_array().map(Vec::len)
		),
		(&json!(false), &json!([]), Some(2))
	);
	node.refused(&[&hide[..], &BOB].concat(), &["no member of the curator group"]);
}
