//! What `rome` does without a node.

use crate::support::{command, finish, refused_by, said};

#[track_caller]
fn refused(arguments: &[&str], code: i32, words: &[&str]) {
	let output = finish(command(arguments).spawn().unwrap(), arguments);
	refused_by(&output, code, arguments, words);
}

#[test]
fn usage_errors_end_with_2() {
	refused(&["schema", "shw"], 2, &["unrecognized subcommand", "show"]);
	refused(&["schema", "new", "1st"], 2, &["cannot be a class's name", "hint:"]);
	refused(&["schema", "new", "thing", "--category", "vidio"], 2, &["did you mean `video`?"]);
	let create = ["content", "create", "video", "name=x"];
	refused(&create, 2, &["no account was given", "--suri"]);
	refused(&[&create[..], &["--suri", "not a secret at all"]].concat(), 2, &["no secret key"]);
	refused(
		&[&create[..], &["--keystore", "/no/such.json"]].concat(),
		2,
		&["cannot read the keystore"],
	);
}

#[test]
fn help_is_a_help_desk_and_says_how_commands_are_used() {
	let printed = |arguments: &[&str]| {
		let output = finish(command(arguments).spawn().unwrap(), arguments);
		assert!(output.status.success(), "{}", said(&output));
		String::from_utf8(output.stdout).unwrap()
	};
	for usage in [printed(&["help"]), printed(&["--help"])] {
		for words in ["Usage: rome", "\n  schema ", "\n  help ", "rome help ask"] {
			assert!(usage.contains(words), "{usage}");
		}
	}
	assert!(printed(&["help", "content", "create"]).contains("Usage: rome content create"));
	assert!(printed(&["help", "--help"]).contains("\n  ask "));
	refused(&["help", "contnet"], 2, &["did you mean `content`?", "rome help ask"]);
	refused(&["help", "ask"], 2, &["<TEXT"]);
	refused(&["help", "ask", " \n", "--suri", "//Eve"], 2, &["the text is empty"]);
	refused(&["help", "ask", "Why?"], 2, &["no account was given"]);
	refused(&["help", "list", "--mine"], 2, &["no account was given"]);
	refused(&["help", "list", "--open", "--answered"], 2, &["--answered"]);
	refused(&["help", "ask", "--file", "/no/such", "--suri", "//Eve"], 1, &["/no/such", "UTF-8"]);
}

#[test]
fn imports_and_migrations_say_what_they_take() {
	refused(&["content", "import", "a.ndjson"], 2, &["--mapping"]);
	refused(&["content", "import", "a.ndjson", "--legacy"], 2, &["--class"]);
	refused(&["content", "migrate", "3-17"], 2, &["--to"]);
	refused(&["content", "migrate", "--to", "2"], 2, &["ID"]);
	refused(&["content", "migrate", "3-17", "--to", "2", "--class", "film"], 2, &["--class"]);
	refused(&["content", "hide", "3-17", "--group", "0"], 2, &["--reason"]);
	refused(&["content", "hide", "3-17", "--group", "0", "--reason", " "], 2, &["needs a reason"]);
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("a.csv").display().to_string();
	std::fs::write(&path, "a\n1\n").unwrap();
	refused(
		&["content", "import", "--legacy", &path, "--class", "film"],
		1,
		&["holds no documents of JSON", "hint:"],
	);
}

#[test]
fn publishing_and_fetching_say_what_they_take() {
	let folder = tempfile::tempdir().unwrap();
	let path = |name: &str| folder.path().join(name).display().to_string();
	std::fs::write(path("empty"), "").unwrap();
	std::fs::write(path("film"), "film").unwrap();
	std::fs::write(path("bad.json"), "{").unwrap();
	let publish = |file: &str, meta: &str| {
		let arguments = ["publish", file, "--schema", "video", "--meta", meta, "--suri", "//Bob"];
		arguments.map(String::from)
	};
	let refuse = |arguments: &[String], code: i32, words: &[&str]| {
		let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
		refused(&arguments, code, words);
	};
	refuse(&publish(&path("none"), &path("bad.json")), 2, &["cannot read"]);
	refuse(&publish(&path("empty"), &path("bad.json")), 2, &["is empty", "at least one byte"]);
	refuse(&publish(&path("film"), &path("bad.json")), 1, &["bad.json:1:", "no JSON"]);
	refused(&["publish", &path("film"), "--schema", "video", "--meta", "a"], 2, &["no account"]);
	refused(&["publish", &path("film"), "--meta", "a"], 2, &["--schema"]);
	refused(&["pin", "quote"], 2, &["FILE"]);
	refused(&["pin", "renew", "12", "--eras", "1", "--suri", "//Bob"], 2, &["b3sum"]);
	let apply = ["provider", "apply", "--stake", "1", "--suri", "//Bob", "--endpoint"];
	refused(&[&apply[..], &["ftp://a"]].concat(), 2, &["cannot be an endpoint", "http://"]);
	refused(&[&apply[..], &["http://a"]].concat(), 2, &["--storage 2TB"]);
	refused(&["provider", "maintenance", "0"], 2, &["--blocks"]);
	refused(&["tranche", "create", "--slot", "lots"], 2, &["is no size", "500GB"]);
	refused(&["tranche", "update", "0"], 2, &["nothing changes", "--accepting"]);
	refused(&["object", "block", "12", "--reason", " "], 2, &["needs a reason"]);
}

#[test]
fn proposals_grants_and_bounties_say_what_they_take() {
	refused(&["proposal", "vote", "0", "approve"], 2, &["--reason"]);
	refused(&["proposal", "vote", "0", "aprove", "--reason", "x"], 2, &["approve"]);
	refused(&["proposal", "vote", "0", "approve", "--reason", " "], 2, &["needs a reason"]);
	refused(&["proposal", "submit", "dispatch", "--title", "x"], 2, &["--call"]);
	refused(&["proposal", "submit", "dispatch", "--hash", "0x00"], 2, &["--len"]);
	refused(&["proposal", "thread", "0", "post"], 2, &["TEXT"]);
	refused(&["proposal", "thread", "0", "mode", "--allow", "//Eve"], 2, &["--closed"]);
	refused(&["proposal", "thread", "0", "post", " ", "--suri", "//Eve"], 2, &["is empty"]);
	refused(&["proposal", "submit", "signal", "--title", "x"], 2, &["no account was given"]);
	let record = ["grant", "record", "--beneficiary", "//Eve", "--milestone", "1:+1d"];
	refused(&record, 2, &["--link", "--hash"]);
	let record = [&record[..], &["--link", "https://a", "--hash"]].concat();
	refused(&[&record[..], &["0x12"]].concat(), 2, &["is no hash", "64 hexadecimal digits"]);
	let both = ["grant", "propose", "--milestone", "1:+1d", "--file", "grant.toml"];
	refused(&both, 2, &["cannot be used with"]);
	refused(&["bounty", "propose", "--amount", "1"], 2, &["--work", "--judgement"]);
	refused(&["bounty", "judge", "0"], 2, &["--winner"]);
	refused(&["bounty", "judge", "0", "--winner", "//Eve"], 2, &["//Eve=60%"]);
	refused(&["bounty", "fund", "0", "much"], 2, &["is no amount"]);
	refused(&["fund", "top-up", "0"], 2, &["gives nothing"]);
	refused(&["schema", "activate", "0", "--reason", "x"], 2, &["--council"]);
}

#[test]
fn says_which_nodes_were_tried_and_how_to_start_one() {
	let urls = ["--url", "ws://127.0.0.1:1", "--url", "ws://127.0.0.1:2"];
	refused(
		&[&["schema", "list"], &urls[..]].concat(),
		1,
		&["ws://127.0.0.1:1: ", "ws://127.0.0.1:2: ", "scripts/run", "rome-node --dev"],
	);
	refused(&["schema", "list", "--json", "--url", "nonsense"], 1, &["\"error\":", "\"hint\":"]);
}

#[test]
fn checks_files_without_a_node() {
	let folder = tempfile::tempdir().unwrap();
	let path = |name: &str| folder.path().join(name).display().to_string();
	let new = ["schema", "new", "thing", "--out", &path("thing.json")];
	assert!(finish(command(&new).spawn().unwrap(), &new).status.success());
	refused(&new, 1, &["cannot write", "choose another file"]);
	let check = ["schema", "check", &path("thing.json")];
	assert!(finish(command(&check).spawn().unwrap(), &check).status.success());

	let text = std::fs::read_to_string(path("thing.json")).unwrap();
	std::fs::write(path("bad.json"), text.replace("\"maxLength\": 128", "\"maxLenght\": 128"))
		.unwrap();
	let check = ["schema", "check", &path("thing.json"), &path("bad.json")];
	refused(&check, 1, &["bad.json:16:7: error: `maxLenght`", "did you mean `maxLength`?"]);
	std::fs::write(path("bytes.json"), b"{\xff}").unwrap();
	refused(&["schema", "check", &path("bytes.json")], 1, &["not UTF-8"]);
	refused(&["schema", "check", &path("missing.json")], 1, &["cannot read"]);
}

#[test]
fn published_schemas_are_fine_together() {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas");
	let files: Vec<_> = std::fs::read_dir(folder)
		.unwrap()
		.map(|entry| entry.unwrap().path())
		.filter(|path| path.extension().is_some_and(|extension| extension == "json"))
		.map(|path| path.display().to_string())
		.collect();
	let mut arguments = vec!["schema", "check"];
	arguments.extend(files.iter().map(String::as_str));
	let output = finish(command(&arguments).spawn().unwrap(), &arguments);
	assert!(output.status.success(), "{}", said(&output));
	assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), files.len());
}

#[test]
fn a_closed_pipe_is_no_error() {
	let arguments = ["schema", "new", "thing", "--out", "-"];
	let mut child = command(&arguments).spawn().unwrap();
	drop(child.stdout.take());
	let output = finish(child, &arguments);
	assert!(output.status.success(), "{}", said(&output));
}
