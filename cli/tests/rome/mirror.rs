//! `rome content mirror` against the chain, after random histories.

mod equal;
mod history;
mod wallet;

use crate::support::{finish, said, Node};
use equal::{differences, Labels};
use history::{clips, others, History};
use rusqlite::Connection;
use serde_json::{json, Value};
use std::{
	fs,
	path::Path,
	thread::sleep,
	time::{Duration, Instant},
};

/// Another class has the second one's name but for its case.
const LABELS: Labels = &[("Clip", "Clip$1")];

/// The histories' seed: another one with `ROME_MIRROR_SEED`.
fn seed() -> u64 {
	std::env::var("ROME_MIRROR_SEED").map_or(1, |seed| seed.parse().unwrap())
}

fn file_of(node: &Node, name: &str) -> String {
	node.folder.path().join(name).display().to_string()
}

/// Carries the mirror on to the newest final block.
#[track_caller]
fn once(node: &Node, file: &str, page: &str) -> Value {
	node.json(&["content", "mirror", file, "--once", "--page", page])
}

#[track_caller]
fn assert_equal(node: &Node, file: &str, when: &str) {
	let found = differences(node, file, LABELS);
	assert!(found.is_empty(), "seed {}, {when}:\n{}", seed(), found.join("\n"));
}

/// The number of the block that the mirror is equal to.
fn block_of(file: &str) -> u64 {
	let db = Connection::open(file).unwrap();
	let number = db.query_row("SELECT number FROM mirror_state", [], |row| row.get::<_, i64>(0));
	number.unwrap_or(0) as u64
}

fn newest(node: &Node) -> u64 {
	let hash = node.result("chain_getFinalizedHead", json!([]));
	let header = node.result("chain_getHeader", json!([hash]));
	let number = header["number"].as_str().unwrap().trim_start_matches("0x");
	u64::from_str_radix(number, 16).unwrap()
}

#[test]
fn after_any_history_the_mirror_is_equal_to_the_chain() {
	let node = Node::start_with(&["--sealing", "instant"]);
	let mut history = History::new(&node, seed());
	history.begin();
	let file = file_of(&node, "mirror.sqlite");
	let (mut killed, mut removed) = (0, 0);
	for round in 0..16 {
		history.go_on(20);
		match round {
			3 | 6 | 11 => {
				let version = [3, 6, 11].iter().position(|it| *it == round).unwrap() + 1;
				history.publish(&format!("clip.{}.json", version + 1), &clips()[version]);
			},
			8 => history.publish("other.2.json", &others()[1]),
			_ => {},
		}
		// Ended as by a power failure, anywhere.
		if history.dice.chance(50) {
			let arguments = ["content", "mirror", &file, "--once", "--page", "3"];
			let mut child = node.spawn(&arguments);
			sleep(Duration::from_millis(20 + u64::from(history.dice.below(120))));
			if child.try_wait().unwrap().is_none() {
				killed += 1;
			}
			child.kill().unwrap();
			child.wait().unwrap();
			if block_of(&file) > 0 {
				assert_equal(&node, &file, &format!("killed in round {round}"));
			}
		} else {
			once(&node, &file, "7");
			assert_equal(&node, &file, &format!("round {round}"));
			removed += removed_ends(&file);
		}
	}
	assert!(killed > 0, "none of the mirrors was ended before its end");
	assert!(removed > 0, "seed {}: no reference ever led to a removed entry", seed());
	once(&node, &file, "200");
	assert_equal(&node, &file, "at the end");
	let anew = file_of(&node, "anew.sqlite");
	once(&node, &anew, "200");
	assert_equal(&node, &anew, "read anew");
	every_case_came_up(&file);
	the_comparison_notices(&node, &file);
}

/// How many removed entries something refers to.
fn removed_ends(file: &str) -> i64 {
	let query = "SELECT count(*) FROM entities WHERE removed = 1";
	Connection::open(file).unwrap().query_row(query, [], |row| row.get(0)).unwrap()
}

/// What the history was for is in the database.
fn every_case_came_up(file: &str) {
	let db = Connection::open(file).unwrap();
	let count = |what: &str, query: &str| {
		let count = db.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
		assert!(count > 0, "seed {}: no {what}: {query}", seed());
	};
	count("entries of several versions", "SELECT count(DISTINCT version) > 2 FROM entities");
	count("hidden ones", "SELECT count(*) FROM entities WHERE visibility <> 'visible'");
	count("collisions", "SELECT count(*) FROM clip_v4 WHERE missing LIKE '%handle%'");
	count(
		"references that are bound now",
		"SELECT count(*) FROM clip_v4 WHERE missing LIKE '%partAs%'",
	);
	count("older entries", "SELECT count(*) FROM clip_v4 WHERE stored BETWEEN 1 AND 3");
	count("documents", "SELECT count(*) FROM clip_v4 WHERE stored = 0");
	count("list items", "SELECT count(*) FROM clip_v4__links");
	count("the other class", "SELECT count(*) FROM Clip$1_v2 WHERE \"select\" IS NOT NULL");
	count(
		"unique values that several have a stake in",
		"SELECT count(*) FROM (SELECT 1 FROM mirror_stakes GROUP BY class, stake HAVING count(*) > 1)",
	);
}

/// A comparison that finds nothing whatever is in the file would prove nothing.
fn the_comparison_notices(node: &Node, file: &str) {
	for change in [
		"DELETE FROM clip_v4 WHERE id = (SELECT max(id) FROM clip_v4)",
		"UPDATE clip_v4 SET missing = NULL WHERE id = (SELECT id FROM clip_v4 WHERE missing IS NOT NULL)",
		"UPDATE clip_v4 SET code = code || 'x' WHERE id = (SELECT id FROM clip_v4 WHERE code IS NOT NULL)",
		"UPDATE entities SET offered_to = 'nobody' WHERE id = (SELECT id FROM entities WHERE removed = 0)",
		"UPDATE clip_v4__links SET position = position + 1 WHERE position = \
		 (SELECT max(position) FROM clip_v4__links)",
		"CREATE TABLE surplus_v1 (id TEXT)",
	] {
		let changed = file_of(node, "changed.sqlite");
		let _ = fs::remove_file(&changed);
		Connection::open(file).unwrap().execute("VACUUM INTO ?1", [&changed]).unwrap();
		Connection::open(&changed).unwrap().execute_batch(change).unwrap();
		assert!(!differences(node, &changed, LABELS).is_empty(), "not noticed: {change}");
	}
}

#[test]
fn what_the_node_has_forgotten_is_read_anew() {
	let node = Node::start_with(&["--sealing", "instant", "--state-pruning", "16"]);
	let mut history = History::new(&node, seed().wrapping_add(1));
	history.begin();
	let file = file_of(&node, "mirror.sqlite");
	history.go_on(40);
	once(&node, &file, "200");
	assert_equal(&node, &file, "at first");
	let before = block_of(&file);

	// Long enough for its block's state, and those after it, to be gone; and with another version.
	history.publish("clip.2.json", &clips()[1]);
	while newest(&node) < before + 40 {
		history.go_on(10);
	}
	let hash = node.result("chain_getBlockHash", json!([before + 1]));
	let answer = node.post("state_getRuntimeVersion", json!([hash]));
	assert!(answer.get("error").is_some(), "the state after block {} is there", before + 1);
	let done = once(&node, &file, "5");
	assert!(done["read"].as_u64() >= done["entities"].as_u64(), "{done}");
	assert_equal(&node, &file, "with states gone");

	// First reading and following while blocks come faster than small pages are read.
	for name in ["mirror.sqlite", "second.sqlite"] {
		let file = file_of(&node, name);
		let arguments = ["content", "mirror", &file, "--page", "2"];
		let mut child = node.spawn(&arguments);
		for _ in 0..6 {
			history.go_on(15);
			if name == "second.sqlite" && history.dice.chance(33) {
				history.go_on(25);
			}
		}
		if name == "mirror.sqlite" {
			history.publish("clip.3.json", &clips()[2]);
			history.go_on(10);
		}
		let start = Instant::now();
		let last = newest(&node);
		while !Path::new(&file).exists() || block_of(&file) < last {
			assert!(child.try_wait().unwrap().is_none(), "{}", said(&finish(child, &arguments)));
			assert!(start.elapsed() < Duration::from_secs(60), "{name} does not follow");
			sleep(Duration::from_millis(100));
		}
		assert_equal(&node, &file, &format!("{name} followed"));
		child.kill().unwrap();
		child.wait().unwrap();
	}
}

#[test]
fn a_mirror_of_something_else_is_refused() {
	let node = Node::start();
	let file = file_of(&node, "mirror.sqlite");
	let arguments = ["content", "mirror", &file, "--once"];
	once(&node, &file, "200");
	let change = |sql: &str| Connection::open(&file).unwrap().execute_batch(sql).unwrap();

	let zeros = "0".repeat(64);
	change(&format!("UPDATE mirror_state SET genesis = '0x{zeros}'"));
	let genesis = node.result("chain_getBlockHash", json!([0]));
	let both = [&format!("0x{zeros}"), genesis.as_str().unwrap(), "another file"];
	node.refused(&arguments, &both.map(|it| it as &str));
	change(&format!("UPDATE mirror_state SET genesis = '{}'", genesis.as_str().unwrap()));
	once(&node, &file, "200");

	// Another runtime may read differently.
	change("UPDATE mirror_state SET runtime = runtime + 1");
	while newest(&node) <= block_of(&file) {
		sleep(Duration::from_millis(100));
	}
	let output = node.rome(&arguments);
	assert!(output.status.success() && said(&output).contains("new runtime"), "{}", said(&output));
	assert_equal(&node, &file, "after another runtime");

	change(&format!("UPDATE mirror_state SET hash = '0x{zeros}'"));
	node.refused(&arguments, &["mirrors another chain", &zeros]);
	change("UPDATE mirror_state SET format = 99");
	node.refused(&arguments, &["has the format 99", "delete the file"]);

	let other = file_of(&node, "other.sqlite");
	Connection::open(&other).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
	node.refused(&["content", "mirror", &other, "--once"], &["is a database, but no mirror"]);
	let text = node.file("notes.txt", &"Not a database at all. ".repeat(99));
	node.refused(&["content", "mirror", &text, "--once"], &["cannot be used", "not a database"]);
	assert!(fs::read_to_string(&text).unwrap().starts_with("Not a"));
}

/// The examples of `docs/mirror.md`, in order.
#[test]
fn the_documents_examples_are_right() {
	let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/mirror.md");
	let text = fs::read_to_string(path).unwrap();
	let node = Node::start();
	let mut ran = 0;
	let mut query = None;
	for block in text.split("```").skip(1).step_by(2) {
		let (head, body) = block.split_once('\n').unwrap();
		match head.split_once(' ').map_or((head, ""), |it| it) {
			("json", name) => {
				let file = node.file(name, body);
				node.publish(&[&file]);
			},
			("console", _) => {
				for command in body.lines().filter_map(|line| line.strip_prefix("$ rome ")) {
					let words = shell_words(command);
					node.ok(&words.iter().map(String::as_str).collect::<Vec<_>>());
				}
			},
			("sql", _) => query = Some(body),
			("text", _) => {
				let Some(query) = query.take() else { continue };
				let db = Connection::open(file_of(&node, "directory.sqlite")).unwrap();
				assert_eq!(printed(&db, query), body.trim_end(), "{query}");
				ran += 1;
			},
			_ => {},
		}
	}
	assert!(ran >= 5, "only {ran} queries ran");
	let found = differences(&node, &file_of(&node, "directory.sqlite"), &[]);
	assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A command's words; quotes hold words together.
fn shell_words(command: &str) -> Vec<String> {
	let mut words = vec![String::new()];
	let mut quoted = false;
	for letter in command.chars() {
		match letter {
			'"' => quoted = !quoted,
			' ' if !quoted => words.push(String::new()),
			_ => words.last_mut().unwrap().push(letter),
		}
	}
	words
}

/// What `sqlite3` prints.
fn printed(db: &Connection, query: &str) -> String {
	let mut statement = db.prepare(query).unwrap();
	let columns = statement.column_count();
	let mut rows = statement.query([]).unwrap();
	let mut lines = Vec::new();
	while let Some(row) = rows.next().unwrap() {
		let cells = (0..columns).map(|at| match row.get_ref(at).unwrap() {
			rusqlite::types::ValueRef::Null => String::new(),
			rusqlite::types::ValueRef::Integer(value) => value.to_string(),
			rusqlite::types::ValueRef::Real(value) => format!("{value:?}"),
			rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
			rusqlite::types::ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into(),
		});
		lines.push(cells.collect::<Vec<_>>().join("|"));
	}
	lines.join("\n")
}
