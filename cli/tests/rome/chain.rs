//! `rome` against a node: the life of schemas and entries, and imports that are interrupted.

use crate::support::{finish, said, Node};
use serde_json::{json, Value};
use std::{
	collections::HashMap,
	process::Command,
	thread::sleep,
	time::{Duration, Instant},
};

const ALICE: [&str; 2] = ["--suri", "//Alice"];
const BOB: [&str; 2] = ["--suri", "//Bob"];
const CHARLIE: [&str; 2] = ["--suri", "//Charlie"];

fn thing(version: u32, properties: Value) -> String {
	let mut file = json!({
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"description": "Things.",
		"x-rome": {
			"class": "thing",
			"category": "other",
			"version": version,
			"creation": "anyone",
			"defaultQuota": 5000
		},
		"type": "object",
		"properties": properties,
		"required": ["identifier"],
		"additionalProperties": false
	});
	if version > 1 {
		file["properties"]["identifier"]["x-rome"]["carry"] = json!("identifier");
	}
	format!("{file:#}\n")
}

fn identifier() -> Value {
	json!({
		"description": "Key.",
		"type": "string",
		"maxLength": 32,
		"x-rome": { "unique": true, "locked": true }
	})
}

fn simple() -> String {
	thing(
		1,
		json!({
			"identifier": identifier(),
			"name": { "type": "string", "maxLength": 20, "x-rome": { "indexed": true } },
			"size": { "type": "integer", "minimum": 0, "maximum": 10 },
			"price": { "type": "string", "x-rome": { "type": "decimal", "scale": 2 } },
			"made": { "type": "string", "format": "date-time" },
			"colour": { "type": "string", "enum": ["red", "green"] },
			"tags": { "type": "array", "items": { "type": "string", "maxLength": 5 }, "maxItems": 3 },
			"partOf": { "type": "string", "x-rome": { "type": "reference" } }
		}),
	)
}

#[test]
fn schemas_from_suggestion_to_retirement() {
	let node = Node::start();
	let first = node.file("thing.v1.json", &simple());
	let bad = node.file("bad.json", &simple().replace("\"maxLength\": 20", "\"maxLength\": 0"));
	node.refused(
		&[&["schema", "suggest", &bad], &ALICE[..]].concat(),
		&["bad.json:", "from 1 to 8192"],
	);
	let refers = thing(
		1,
		json!({
			"identifier": identifier(),
			"by": { "type": "string", "x-rome": { "type": "reference", "class": "nobody" } }
		}),
	);
	let refers = node.file("refers.json", &refers);
	node.refused(&[&["schema", "suggest", &refers], &ALICE[..]].concat(), &["no class `nobody`"]);

	// Two compete; one is withdrawn, one rejected, one goes on.
	let suggest = [&["schema", "suggest", &first], &ALICE[..]].concat();
	let ids: Vec<_> =
		(0..3).map(|_| node.json(&suggest)[0]["suggestion"].as_u64().unwrap()).collect();
	assert_eq!(ids, [0, 1, 2]);
	node.ok(&[&["schema", "endorse", "0", "--amount", "10"], &BOB[..]].concat());
	let listed = node.json(&["schema", "list", "--category", "other"]);
	assert_eq!(listed["suggestions"][0]["endorsed"], "10000000000000");
	assert_eq!(listed["suggestions"].as_array().unwrap().len(), 3);
	node.refused(
		&[&["schema", "withdraw", "1"], &BOB[..]].concat(),
		&["Only who made the suggestion"],
	);
	node.ok(&[&["schema", "withdraw", "1"], &ALICE[..]].concat());
	node.refused(&[&["schema", "approve", "1"], &ALICE[..]].concat(), &["no open suggestion 1"]);
	node.ok(&[&["schema", "reject", "2", "--spam"], &ALICE[..], &BOB[..]].concat());
	let shown = node.ok(&["schema", "show", "--suggestion", "0"]);
	assert_eq!(shown, simple());

	node.refused(&[&["schema", "activate", "0"], &ALICE[..]].concat(), &["not approved yet"]);
	let dave = ["--suri", "//Dave"];
	node.refused(
		&[&["schema", "approve", "0"], &dave[..]].concat(),
		&["none of the accounts", "members are"],
	);
	let open = node.ok(&[&["schema", "approve", "0"], &BOB[..]].concat());
	assert!(open.contains("1 of 2 votes"), "{open}");
	node.ok(&[&["schema", "approve", "0"], &CHARLIE[..]].concat());
	node.refused(&[&["schema", "approve", "0"], &CHARLIE[..]].concat(), &["approved already"]);
	node.refused(
		&[&["schema", "activate", "0"], &BOB[..]].concat(),
		&["not the chain's sudo account"],
	);
	node.ok(&[&["schema", "activate", "0"], &ALICE[..]].concat());
	assert_eq!(node.ok(&["schema", "show", "thing"]), simple());
	assert_eq!(node.json(&["schema", "list"])["classes"][0]["activeVersion"], 1);

	// The next version: settings may be left out, carried properties keep their identity.
	node.refused(&suggest, &["thing.v1.json:", "the next one is 2"]);
	let second = thing(
		2,
		json!({
			"identifier": identifier(),
			"title": { "type": "string", "maxLength": 20, "x-rome": { "indexed": true, "carry": "name" } },
			"weight": { "type": "integer" }
		}),
	);
	let wrong =
		node.file("wrong.json", &second.replace("\"carry\": \"name\"", "\"carry\": \"nam\""));
	node.refused(&[&["schema", "suggest", &wrong], &ALICE[..]].concat(), &["did you mean `name`?"]);
	let wrong = node.file("wrong.json", &second.replace("5000", "6000"));
	node.refused(
		&[&["schema", "suggest", &wrong], &ALICE[..]].concat(),
		&["`defaultQuota` differs"],
	);
	let file = node.file("thing.v2.json", &second);
	node.ok(&[&["schema", "suggest", &file], &BOB[..]].concat());
	node.ok(&[&["schema", "approve", "3"], &ALICE[..], &BOB[..]].concat());
	let active =
		node.ok(&[&["schema", "activate", "3", "--council"], &ALICE[..], &CHARLIE[..]].concat());
	assert!(active.contains("is active"), "{active}");
	assert_eq!(node.ok(&["schema", "show", "thing"]), second);
	assert_eq!(node.ok(&["schema", "show", "thing@1"]), simple());
	node.refused(&["schema", "show", "thing@3"], &["no version 3"]);
	node.refused(&["schema", "show", "thin"], &["did you mean `thing`?"]);
	node.ok(&[&["schema", "retire", "thing", "1"], &ALICE[..]].concat());
	node.refused(&[&["schema", "retire", "thing", "1"], &ALICE[..]].concat(), &["retired already"]);
}

fn create<'a>(values: &[&'a str]) -> Vec<&'a str> {
	[&["content", "create", "thing"], values, &ALICE[..]].concat()
}

#[test]
fn entries_from_creation_to_removal() {
	let node = Node::start();
	node.publish(&[&node.file("thing.v1.json", &simple())]);
	node.refused(&create(&["name=x"]), &["`identifier`: the property is required"]);
	node.refused(
		&create(&["identifier=a", "size=11"]),
		&["`size`: the number is out of range", "from 0 to 10"],
	);
	node.refused(
		&create(&["identifier=a", "size=x", "made=now"]),
		&["`size`: `x`", "`made`: `now`"],
	);
	node.refused(&create(&["identifier=a", "nam=x"]), &["did you mean `name`?"]);
	node.refused(&create(&["identifier=a", "colour=blue"]), &["one of red, green"]);
	node.refused(
		&create(&["identifier=a", "partOf=0-7"]),
		&["A reference leads to an entity that does not exist"],
	);

	let values = [
		"identifier=a",
		"name=First",
		"price=12.50",
		"made=1790",
		"colour=green",
		"tags=x",
		"tags=y",
	];
	let created = node.json(&create(&values));
	assert_eq!(created["id"], "0-0");
	let shown = node.json(&["content", "show", "0-0"]);
	assert_eq!(
		shown["values"],
		json!({
			"identifier": "a",
			"name": "First",
			"price": "12.50",
			"made": "1790-01-01T00:00:00Z",
			"colour": "green",
			"tags": ["x", "y"]
		})
	);
	node.refused(
		&create(&["identifier=a"]),
		&["Another entity of the class holds this value", "--by"],
	);
	// What `show` prints can be created again.
	let mut copy = shown["values"].clone();
	copy["identifier"] = json!("b");
	copy["partOf"] = json!("thing-0");
	let file = node.file("copy.json", &copy.to_string());
	node.ok(&create(&["--file", &file, "--referenceable"]));
	let people = node.ok(&["content", "show", "--by", "thing.identifier=b"]);
	assert!(people.contains("0-0 (First)") && people.contains("referenceable"), "{people}");

	node.refused(
		&[&["content", "edit", "0-0", "identifier=z"], &ALICE[..]].concat(),
		&["fixed when the entry was created"],
	);
	node.refused(&[&["content", "edit", "0-0", "name=z"], &BOB[..]].concat(), &["belongs to"]);
	node.ok(&[&["content", "edit", "0-0", "name=Changed", "--clear", "price"], &ALICE[..]].concat());
	let shown = node.json(&["content", "show", "thing-0"]);
	assert_eq!(
		(&shown["values"]["name"], &shown["values"]["price"]),
		(&json!("Changed"), &Value::Null)
	);

	let keys = |arguments: &[&str]| -> Vec<String> {
		let listed = node.json(&[&["content", "list", "thing"], arguments].concat());
		let entries = listed["entries"].as_array().unwrap();
		entries.iter().map(|it| it["values"]["identifier"].as_str().unwrap().to_string()).collect()
	};
	assert_eq!(keys(&[]), ["a", "b"]);
	assert_eq!(keys(&["--limit", "1"]), ["a"]);
	assert_eq!(keys(&["--after", "0-0"]), ["b"]);
	assert_eq!(keys(&["--where", "name=Changed"]), ["a"]);
	// The first address leads nowhere; the node's comes after it.
	assert_eq!(keys(&["--url", "ws://127.0.0.1:1"]), ["a", "b"]);
	assert_eq!(keys(&["--owner", "//Bob"]), [""; 0]);
	node.refused(
		&["content", "list", "thing", "--where", "size=1"],
		&["neither unique nor indexed"],
	);

	node.refused(
		&[&["content", "remove", "0-0"], &ALICE[..]].concat(),
		&["Other entities refer to this one"],
	);
	node.refused(&[&["content", "accept", "0-1"], &BOB[..]].concat(), &["not offered"]);
	node.ok(&[&["content", "transfer", "0-1", "--to", "//Bob"], &ALICE[..]].concat());
	node.ok(&[&["content", "accept", "0-1"], &BOB[..]].concat());
	assert_eq!(keys(&["--owner", "//Bob"]), ["b"]);
	node.ok(&[&["content", "remove", "0-0"], &ALICE[..]].concat());
	node.refused(&["content", "show", "0-0"], &["has been removed"]);
	node.refused(&["content", "show", "0-9"], &["none of that number yet"]);
	let people = node.ok(&["content", "show", "0-1"]);
	assert!(people.contains("0-0 (removed)"), "{people}");
}

#[test]
fn keystores_of_polkadot_js_sign() {
	let node = Node::start();
	let schema = node.file("thing.v1.json", &simple());
	let keystore = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rome/keystore.json");
	let suggest = |keystore: &str, password: &str| {
		let password = node.file("password", password);
		let signer = ["--keystore", keystore, "--password-file", &password];
		node.rome(&[&["schema", "suggest", &schema, "--wait"], &signer[..]].concat())
	};
	let output = suggest(keystore, "wrong");
	assert_eq!(output.status.code(), Some(1));
	assert!(said(&output).contains("check the password"), "{}", said(&output));
	let short = node.file("short.json", "{\"encoded\": \"AAAA\"}");
	assert!(said(&suggest(&short, "x")).contains("cannot be opened"));
	let output = suggest(keystore, "correct horse\n");
	assert!(output.status.success(), "{}", said(&output));
	let proposer = node.json(&["schema", "list"])["suggestions"][0]["proposer"].clone();
	assert_eq!(proposer, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
}

fn mapping() -> String {
	json!({
		"class": "thing",
		"key": "identifier",
		"properties": {
			"identifier": { "from": "id" },
			"name": { "from": "title" },
			"tags": { "from": "tags", "split": "," },
			"colour": { "value": "red" }
		}
	})
	.to_string()
}

fn records(count: usize) -> String {
	let lines = (0..count)
		.map(|at| json!({ "id": format!("r{at}"), "title": format!("T{at}") }).to_string());
	lines.collect::<Vec<_>>().join("\n")
}

fn entities(node: &Node) -> u64 {
	node.json(&["schema", "list"])["classes"][0]["entities"].as_u64().unwrap()
}

/// Every key of `count` records is there, each once.
#[track_caller]
fn each_once(node: &Node, count: usize) {
	let listed = node.json(&["content", "list", "thing", "--limit", "100000"]);
	let mut times = HashMap::<String, usize>::new();
	for entry in listed["entries"].as_array().unwrap() {
		*times.entry(entry["values"]["identifier"].as_str().unwrap().into()).or_default() += 1;
	}
	assert_eq!(times.len(), count);
	for at in 0..count {
		assert_eq!(times.get(&format!("r{at}")), Some(&1), "r{at}");
	}
	assert_eq!(entities(node), count as u64);
}

#[track_caller]
fn until(node: &Node, least: u64) {
	let start = Instant::now();
	while entities(node) < least {
		assert!(start.elapsed() < Duration::from_secs(180), "nothing is imported");
		sleep(Duration::from_millis(100));
	}
}

#[test]
fn an_import_killed_again_and_again_makes_each_entry_once() {
	const COUNT: usize = 400;
	let node = Node::start();
	node.publish(&[&node.file("thing.v1.json", &simple())]);
	let (file, map) = (node.file("r.ndjson", &records(COUNT)), node.file("m.json", &mapping()));
	let import = [&["content", "import", &file, "--mapping", &map], &ALICE[..]].concat();
	let slow = [&import[..], &["--batch-size", "10", "--in-flight", "4"]].concat();
	for (least, signal) in [(1, "-KILL"), (60, "-INT"), (150, "-KILL")] {
		let child = node.spawn(&slow);
		until(&node, least);
		let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
		assert!(sent.success());
		let output = finish(child, &slow);
		assert!(!output.status.success());
		if signal == "-INT" {
			assert!(said(&output).contains("run the same command again"), "{}", said(&output));
		}
	}
	assert!(entities(&node) < COUNT as u64, "it was over before it was interrupted");
	let done = node.json(&import);
	assert_eq!(done["refused"], json!([]));
	assert_eq!(
		done["created"].as_u64().unwrap() + done["unchanged"].as_u64().unwrap(),
		COUNT as u64
	);
	each_once(&node, COUNT);
	let again = node.json(&import);
	assert_eq!((&again["created"], &again["unchanged"]), (&json!(0), &json!(COUNT)));
	each_once(&node, COUNT);
}

#[test]
fn an_import_outlives_its_node() {
	const COUNT: usize = 300;
	let mut node = Node::start();
	node.publish(&[&node.file("thing.v1.json", &simple())]);
	let (file, map) = (node.file("r.ndjson", &records(COUNT)), node.file("m.json", &mapping()));
	let import = [
		&["content", "import", &file, "--mapping", &map, "--batch-size", "10", "--in-flight", "3"],
		&ALICE[..],
	]
	.concat();
	let child = node.spawn(&import);
	until(&node, 40);
	node.kill();
	sleep(Duration::from_secs(2));
	node.resume();
	let output = finish(child, &import);
	assert!(output.status.success(), "{}", said(&output));
	assert!(said(&output).contains("connected again"), "{}", said(&output));
	each_once(&node, COUNT);
}

#[test]
fn an_import_checks_everything_first() {
	let node = Node::start();
	node.publish(&[&node.file("thing.v1.json", &simple())]);
	let map = node.file("m.json", &mapping());
	let rows = node.file(
		"r.csv",
		"id,title,tags\na,A,\"x,y\"\nb,much too long a title for this,\nc,C\na,again,\nd,D,\n",
	);
	let import = [&["content", "import", &rows, "--mapping", &map], &ALICE[..]].concat();
	node.refused(
		&import,
		&[
			"r.csv:3: refused (b): `name`: the value is too long",
			"r.csv:4: refused: the row has 2 fields",
			"r.csv:5: refused (a): `identifier` is the same as on line 2",
			"nothing was sent",
		],
	);
	assert_eq!(entities(&node), 0);
	node.refused(&[&import[..], &["--skip-refused"]].concat(), &["2 created", "3 refused"]);
	assert_eq!(entities(&node), 2);
	let shown = node.json(&["content", "show", "--by", "thing.identifier=a"]);
	assert_eq!(shown["values"]["tags"], json!(["x", "y"]));

	// Somebody else's keys are left alone, own ones with other values as well; both are told.
	let other = node.file("o.ndjson", "{\"id\":\"a\",\"title\":\"Other\"}\n{\"id\":\"e\"}");
	let import = ["content", "import", &other, "--mapping", &map];
	let output = node.rome(&[&import[..], &["--dry-run"], &ALICE[..]].concat());
	assert!(
		output.status.success() && said(&output).contains("with other values"),
		"{}",
		said(&output)
	);
	assert_eq!(entities(&node), 2);
	node.refused(&[&import[..], &BOB[..]].concat(), &["belongs to another account", "1 created"]);
	assert_eq!(entities(&node), 3);

	let rare = simple().replace("\"thing\"", "\"rare\"").replace("5000", "2");
	node.publish(&[&node.file("rare.json", &rare)]);
	let map_rare = node.file("rare.map", &mapping().replace("\"thing\"", "\"rare\""));
	let three = node.file("three.ndjson", &records(3));
	node.refused(
		&[&["content", "import", &three, "--mapping", &map_rare], &ALICE[..]].concat(),
		&["quota in `rare` is 2 entries, it has 0, and the import would add 3"],
	);

	let wrong = node.file("w.json", &mapping().replace("\"name\"", "\"nam\""));
	node.refused(
		&[&["content", "import", &other, "--mapping", &wrong], &ALICE[..]].concat(),
		&["no property `nam`; did you mean `name`?"],
	);
	let wrong = node.file("w.json", &mapping().replace("\"thing\"", "\"thin\""));
	node.refused(
		&[&["content", "import", &other, "--mapping", &wrong], &ALICE[..]].concat(),
		&["no class `thin`; did you mean `thing`?"],
	);
	let poor = ["--suri", "//Nobody//has//given//this//account//anything"];
	node.refused(
		&[&["content", "import", &other, "--mapping", &map, "--skip-refused"], &poor[..]].concat(),
		&["belongs to another account"],
	);
	let fresh = node.file("f.ndjson", "{\"id\":\"new\"}");
	node.refused(
		&[&["content", "import", &fresh, "--mapping", &map], &poor[..]].concat(),
		&["cannot pay the fee"],
	);
}

#[test]
fn published_schemas_come_back_to_the_byte() {
	let node = Node::start();
	let rounds: [&[&str]; 3] = [
		&["license", "person", "organization"],
		&["series"],
		&["video", "audio", "book", "article"],
	];
	for round in rounds {
		let files: Vec<_> = round.iter().map(|class| Node::schema(class)).collect();
		node.publish(&files.iter().map(String::as_str).collect::<Vec<_>>());
		for class in round {
			let file = std::fs::read_to_string(Node::schema(class)).unwrap();
			assert_eq!(node.ok(&["schema", "show", class]), file);
		}
	}
}
