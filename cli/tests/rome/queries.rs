//! Queries, by `rome content select` and by plain JSON-RPC.

use crate::support::Node;
use serde_json::{json, Value};

const ALICE: [&str; 2] = ["--suri", "//Alice"];
const BOB: [&str; 2] = ["--suri", "//Bob"];

fn film() -> String {
	let file = json!({
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"description": "Films.",
		"x-rome": { "class": "film", "category": "video", "version": 1, "creation": "anyone" },
		"type": "object",
		"properties": {
			"identifier": { "type": "string", "maxLength": 32, "x-rome": { "unique": true } },
			"name": { "type": "string", "maxLength": 60, "x-rome": { "indexed": true } },
			"duration": { "type": "integer", "x-rome": { "indexed": true } },
			"published": { "type": "string", "format": "date-time" },
			"genre": { "type": "string", "enum": ["drama", "science fiction"] },
			"keywords": { "type": "array", "items": { "type": "string", "maxLength": 9 }, "maxItems": 3 }
		},
		"required": ["identifier"],
		"additionalProperties": false
	});
	format!("{file:#}\n")
}

/// A node with twelve films: `f0` to `f11`, of 60, 65, ... minutes, every third one a drama of 1927.
fn with_films() -> Node {
	let node = Node::start();
	node.publish(&[&node.file("film.v1.json", &film())]);
	let films = (0..12).map(|at| {
		let drama = at % 3 == 0;
		json!({
			"id": format!("f{at}"),
			"name": format!("Film {:02}", 11 - at),
			"minutes": 60 + 5 * at,
			"year": if drama { "1927" } else { "1968" },
			"genre": if drama { "drama" } else { "science fiction" },
			"tags": if at < 2 { vec!["silent"] } else { vec![] },
		})
		.to_string()
	});
	let records = node.file("films.ndjson", &films.collect::<Vec<_>>().join("\n"));
	let mapping = json!({
		"class": "film",
		"key": "identifier",
		"properties": {
			"identifier": { "from": "id" },
			"name": { "from": "name" },
			"duration": { "from": "minutes" },
			"published": { "from": "year" },
			"genre": { "from": "genre" },
			"keywords": { "from": "tags" }
		}
	});
	let mapping = node.file("mapping.json", &mapping.to_string());
	let import = ["content", "import", &records, "--mapping", &mapping, "--no-finality"];
	node.ok(&[&import[..], &ALICE].concat());
	node
}

fn keys(list: &Value) -> Vec<String> {
	let list = list.as_array().unwrap();
	list.iter().map(|it| it["values"]["identifier"].as_str().unwrap().to_string()).collect()
}

#[test]
fn select_finds_orders_and_explains() {
	let node = with_films();
	let find =
		|query: &str| keys(&node.json(&["content", "select", query, "--limit", "100"])["entries"]);
	assert_eq!(find("film").len(), 12);
	assert_eq!(find("film where identifier = f7"), ["f7"]);
	assert_eq!(find("film where duration = 75"), ["f3"]);
	assert_eq!(find("film where duration >= 100 and duration < 115"), ["f8", "f9", "f10"]);
	assert_eq!(find("film where duration < 90 and genre = drama order by name"), ["f3", "f0"]);
	assert_eq!(
		find("film where published < 1930 order by duration desc"),
		["f9", "f6", "f3", "f0"]
	);
	assert_eq!(find("film where keywords contains silent"), ["f0", "f1"]);
	assert_eq!(find("film where keywords is not empty and not duration = 60"), ["f1"]);
	assert_eq!(
		find("film where name contains '1' order by id desc limit 100"),
		["f10", "f1", "f0"]
	);
	assert_eq!(find("film where id in (3, film-5, 99)"), ["f3", "f5"]);
	assert_eq!(find("film where genre in (drama, 'science fiction') and id < 2"), ["f0", "f1"]);
	assert_eq!(find("film where owner = //Alice and duration > 105"), ["f10", "f11"]);
	assert_eq!(find("film where owner = //Bob").len(), 0);
	assert_eq!(find("film as 1 where version = 1 and visibility != hidden").len(), 12);

	// Pages, by the query's own bound and by the position of the page before.
	let first = node.json(&["content", "select", "film order by duration desc limit 5"]);
	assert_eq!(keys(&first["entries"]), ["f11", "f10", "f9", "f8", "f7"]);
	let next = first["next"].as_str().unwrap();
	let rest = ["content", "select", "film order by duration desc", "--after", next];
	let rest = node.json(&rest);
	assert_eq!(keys(&rest["entries"]), ["f6", "f5", "f4", "f3", "f2", "f1", "f0"]);
	assert_eq!(rest["next"], Value::Null);
	node.refused(
		&["content", "select", "film where name = x", "--after", next],
		&["does not belong to this query"],
	);

	// What is wanted of them, for people.
	let people = node.ok(&["content", "select", "name, duration from film where id = 4"]);
	let lines: Vec<_> = people.lines().map(str::split_whitespace).map(Vec::from_iter).collect();
	assert_eq!(lines[..2], [vec!["id", "name", "duration"], vec!["0-4", "Film", "07", "80"]]);
	assert_eq!(lines[2], ["1", "shown"]);

	// How they are found.
	let explained = |query: &str| node.json(&["content", "select", query, "--explain"]);
	assert_eq!(explained("film where identifier = f7")["access"], "unique");
	let range = explained("film where duration > 80 and genre = drama");
	assert_eq!((&range["access"], &range["property"]), (&json!("index"), &json!("duration")));
	assert_eq!(range["ranges"], json!([{ "from": "80", "to": null }]));
	assert_eq!(explained("film where genre = drama")["access"], "walk");
	let people = node.ok(&["content", "select", "film order by name desc", "--explain"]);
	assert!(people.contains("the index of `name`, all of it"), "{people}");
	assert!(people.contains("from the last to the first"), "{people}");

	// What is wrong, and where.
	let query = "film where durations > 80";
	let output = node.rome(&["content", "select", query]);
	assert_eq!(output.status.code(), Some(2));
	let said = String::from_utf8_lossy(&output.stderr).to_string();
	assert!(said.contains("column 12: `film` has no property `durations`"), "{said}");
	assert!(said.contains("did you mean `duration`?"), "{said}");
	let lines: Vec<_> = said.lines().collect();
	let marked = lines.iter().position(|line| line.contains(query)).unwrap();
	assert_eq!(lines[marked + 1].find('^'), lines[marked].find("durations"));
}

#[test]
fn everything_is_read_in_plain_json() {
	let node = with_films();
	let ask =
		|method: &str, params: Value| node.result(&format!("contentDirectory_{method}"), params);
	let refused = |method: &str, params: Value| {
		let answer = node.post(&format!("contentDirectory_{method}"), params);
		assert_eq!(answer["error"]["code"], -32602, "{answer}");
		answer["error"].clone()
	};

	let classes = ask("classes", json!([]));
	assert_eq!(classes["classes"][0]["name"], "film");
	assert_eq!(classes["classes"][0]["entities"], 12);
	let schemas = ask("schemas", json!({ "class": "film" }));
	let properties = schemas["schemas"][0]["properties"].as_array().unwrap();
	assert_eq!(properties.len(), 6);
	assert_eq!(properties[2]["type"], "integer");
	assert_eq!(properties[4]["variants"], json!(["drama", "science fiction"]));
	assert_eq!(properties[5]["list"], true);

	let second = node.file("film.v2.json", &film().replace("\"version\": 1", "\"version\": 2"));
	node.ok(&[&["schema", "suggest", &second], &BOB[..]].concat());
	let suggested = ask("suggestions", json!({ "category": "video", "status": "suggested" }));
	assert_eq!(suggested["suggestions"][0]["class"], "film");
	assert_eq!(suggested["suggestions"][0]["version"], 2);
	let none = ask("suggestions", json!(["audio"]));
	assert_eq!(none["suggestions"], json!([]));

	// The values are those that `rome content show --json` prints.
	let shown = node.json(&["content", "show", "0-1"]);
	let entity = ask("entity", json!(["0-1"]));
	assert_eq!(entity["values"], shown["values"]);
	for key in ["id", "class", "version", "owner", "deposit", "referenceable"] {
		assert_eq!(entity[key], shown[key], "{key}");
	}
	assert_eq!(ask("entity", json!(["film-99"])), Value::Null);
	let read = ask("entity", json!({ "id": "film-1", "asVersion": 1 }));
	assert_eq!((&read["reading"], &read["stored"]), (&json!("complete"), &json!(1)));
	assert_eq!(read["values"], shown["values"]);

	let page = ask("entities", json!({ "class": "film", "limit": 5 }));
	assert_eq!(keys(&page["entities"]), ["f0", "f1", "f2", "f3", "f4"]);
	let page = ask("entities", json!(["film", page["next"], 3, 1]));
	assert_eq!(keys(&page["entities"]), ["f5", "f6", "f7"]);
	let alice = shown["owner"].as_str().unwrap();
	let owned = ask("entitiesOf", json!({ "owner": alice, "class": "film" }));
	assert_eq!(owned["entities"].as_array().unwrap().len(), 12);
	let owned = ask("entitiesOf", json!({ "owner": alice, "class": "film", "asVersion": 1 }));
	assert_eq!(owned["entities"][0]["reading"], "complete");
	let found = ask("byUnique", json!(["film", "identifier", "f9"]));
	assert_eq!(found["id"], "0-9");
	assert_eq!(ask("byUnique", json!(["film", "identifier", "none"])), Value::Null);
	let found = ask("byIndex", json!({ "class": "film", "property": "duration", "value": 70 }));
	assert_eq!(keys(&found["entities"]), ["f2"]);

	// A query in parts, or in one text.
	let parts = json!([{
		"class": "film",
		"where": "duration > 60 and genre = \"drama\"",
		"properties": ["name", "identifier"],
		"orderBy": "name desc",
		"limit": 2,
	}]);
	let page = ask("select", parts.clone());
	assert_eq!(keys(&page["entities"]), ["f3", "f6"]);
	assert_eq!(page["entities"][0]["values"], json!({ "identifier": "f3", "name": "Film 08" }));
	let mut next = parts.clone();
	next[0]["after"] = page["next"].clone();
	assert_eq!(keys(&ask("select", next)["entities"]), ["f9"]);
	let text = "film where duration > 60 and genre = drama order by name desc limit 2";
	assert_eq!(keys(&ask("select", json!([text]))["entities"]), ["f3", "f6"]);
	let plan = ask("explain", json!({ "query": text }));
	assert_eq!((&plan["access"], &plan["property"]), (&json!("index"), &json!("name")));
	assert_eq!(plan["descending"], true);
	let at = node.result("chain_getBlockHash", json!([0]));
	let before = node.post("contentDirectory_entities", json!({ "class": "film", "at": at }));
	assert!(before["error"]["message"].as_str().unwrap().contains("no class `film`"), "{before}");

	// Mistakes say where they are.
	let error = refused("select", json!({ "class": "film", "where": "duration > long" }));
	assert_eq!(
		error["data"],
		json!({
			"part": "where",
			"column": 12,
			"message": "`long` is not a whole number"
		})
	);
	let error = refused("select", json!(["film where"]));
	assert_eq!((&error["data"]["part"], &error["data"]["column"]), (&json!("query"), &json!(11)));
	let error = refused("select", json!({ "class": "film", "orderBy": "genre" }));
	assert_eq!(error["data"]["part"], "orderBy");
	let error = refused("select", json!({ "class": "film", "properties": ["nam"] }));
	assert!(error["message"].as_str().unwrap().contains("did you mean `name`?"), "{error}");
	refused("select", json!({ "class": "film", "query": "film" }));
	refused("select", json!({ "class": "film", "wehre": "duration > 5" }));
	refused("entities", json!({ "class": "fil" }));
	refused("entity", json!([]));
	refused("entity", json!(["0-1", 1, null, 5]));
	refused("byUnique", json!(["film", "name", "x"]));
	refused("select", json!([" ".repeat(100_000)]));
}
