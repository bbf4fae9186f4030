//! The help desk, from a network that has none to answers that only its members give.

use crate::support::{command, finish, refused_by, Node};
use serde_json::{json, Value};
use std::{io::Write, process::Stdio};

const ALICE: [&str; 2] = ["--suri", "//Alice"];
/// A helper.
const DAVE: [&str; 2] = ["--suri", "//Dave"];
const EVE: [&str; 2] = ["--suri", "//Eve"];
const FERDIE: [&str; 2] = ["--suri", "//Ferdie"];

/// A network whose help desk is Dave. Group 0 is another, so that numbers are not right by chance.
fn with_help_desk() -> Node {
	let node = Node::start();
	let ask = [&["help", "ask", "Is anyone there?"], &EVE[..]].concat();
	node.refused(&ask, &["no help desk", "`helpRequest`", "docs/help-desk.md"]);
	let (questions, answers) = (Node::schema("helpRequest"), Node::schema("helpAnswer"));
	node.ok(&[&["curator", "create", "Film", "--member", "//Eve"], &ALICE[..]].concat());
	let suggested = node.ok(&[&["schema", "suggest", &questions], &ALICE[..]].concat());
	assert!(suggested.contains("rome schema approve 0 --suri SURI"), "{suggested}");
	let council = [&ALICE[..], &["--suri", "//Bob"]].concat();
	let approved = node.ok(&[&["schema", "approve", "0"], &council[..]].concat());
	assert!(approved.contains("rome schema activate 0 --suri SURI"), "{approved}");
	node.ok(&[&["schema", "activate", "0"], &ALICE[..]].concat());
	let suggest = [&["schema", "suggest", &answers], &ALICE[..]].concat();
	node.refused(&suggest, &["no curator group `Help desk`", "rome curator create \"Help desk\""]);
	node.ok(&[&["curator", "create", "Help desk", "--member", "//Dave"], &ALICE[..]].concat());
	node.publish(&[&answers]);
	let shown = node.ok(&["schema", "show", "helpAnswer"]);
	let file = std::fs::read_to_string(&answers).unwrap();
	assert_eq!(shown, file.replace("\"Help desk\"", "1"));
	let classes = ["--add-class", "helpRequest", "--add-class", "helpAnswer"];
	node.ok(&[&["curator", "update", "1"], &classes[..], &ALICE[..]].concat());
	node
}

fn ids(listed: &Value) -> Vec<String> {
	let list = listed["requests"].as_array().unwrap();
	list.iter().map(|it| it["id"].as_str().unwrap().to_string()).collect()
}

#[test]
fn questions_are_asked_and_answered() {
	let node = with_help_desk();
	let ask = |text: &[&str], who: &[&str]| -> String {
		let asked = node.json(&[&["help", "ask"], text, who].concat());
		asked["id"].as_str().unwrap().to_string()
	};
	assert_eq!(node.ok(&["help", "list"]).trim(), "no questions to list");
	let first = ["How do I publish?\nI have a film.", "--language", "en", "--contact", "me@rome"];
	assert_eq!(ask(&first, &EVE), "0-0");
	let file = node.file("question.txt", "Wie geht das?\n\n");
	assert_eq!(ask(&["--file", &file, "--language", "de", "--about", "0-0"], &FERDIE), "0-1");
	assert_eq!(ask(&["It does not work.", "--subject", "Import"], &EVE), "0-2");
	let listed = |options: &[&str]| node.json(&[&["help", "list"], options].concat());
	let found = |options: &[&str]| ids(&listed(options));
	assert_eq!(found(&[]), ["0-2", "0-1", "0-0"]);
	assert_eq!(found(&["--open"]), ["0-2", "0-1", "0-0"]);
	assert_eq!(found(&["--language", "de"]), ["0-1"]);
	assert_eq!(found(&["--mine", "--suri", "//Eve"]), ["0-2", "0-0"]);

	// Nobody but a helper answers, neither with this command nor by making the entry by hand.
	let answer = ["help", "answer", "0", "With rome content create video."];
	node.refused(
		&[&answer[..], &EVE].concat(),
		&["is no helper", "1 (Help desk)", "rome curator update 1 --add-member"],
	);
	let forged = ["content", "create", "helpAnswer", "request=0-0", "text=Send me ROME."];
	node.refused(&[&forged[..], &EVE].concat(), &["CreationNotAllowed", "curator groups"]);
	assert_eq!(found(&["--open"]).len(), 3);
	let given = node.json(&[&answer[..], &DAVE].concat());
	assert_eq!(given, json!({ "id": "1-0", "request": "0-0" }));

	// The open ones have become fewer, and everyone reads the answer.
	assert_eq!(found(&["--open"]), ["0-2", "0-1"]);
	assert_eq!(found(&["--answered"]), ["0-0"]);
	assert_eq!(found(&["--open", "--mine", "--suri", "//Eve"]), ["0-2"]);
	let shown = node.json(&["help", "show", "helpRequest-0"]);
	assert_eq!(shown["state"], "answered");
	assert_eq!(shown["subject"], "How do I publish?");
	assert_eq!(shown["text"], "How do I publish?\nI have a film.");
	assert_eq!((&shown["language"], &shown["contact"]), (&json!("en"), &json!("me@rome")));
	assert_eq!(shown["answers"][0]["text"], "With rome content create video.");
	let people = node.ok(&["help", "show", "0-0"]);
	assert!(people.starts_with("0-0 (answered) How do I publish?\nasked by "), "{people}");
	assert!(people.contains("\n\nanswer 1-0 by ") && people.contains("create video."), "{people}");
	assert_eq!(node.json(&["help", "show", "1"])["about"], "0-0");

	// What was asked and answered stays as it was said.
	let rewrite = ["content", "edit", "1-0", "text=Never."];
	node.refused(&[&rewrite[..], &DAVE].concat(), &["fixed when the entry was created"]);
	let rewrite = ["content", "edit", "0-0", "text=Something else."];
	node.refused(&[&rewrite[..], &EVE].concat(), &["fixed when the entry was created"]);

	// A second answer comes behind the first; a hidden one does not count.
	node.ok(&[&["help", "answer", "0-0", "Or by import."], &DAVE[..]].concat());
	let answers = &node.json(&["help", "show", "0"])["answers"];
	assert_eq!((&answers[0]["id"], &answers[1]["id"]), (&json!("1-0"), &json!("1-1")));
	let hide = |id: &str| {
		let why = ["--group", "1", "--reason", "Mistaken."];
		node.ok(&[&["content", "hide", id], &why[..], &DAVE].concat());
	};
	hide("1-0");
	assert_eq!(listed(&["--answered"])["requests"][0]["answerCount"], 1);
	hide("1-1");
	assert_eq!(found(&["--open"]), ["0-2", "0-1", "0-0"]);
	// A hidden question is out of the list, and shown with the reason to who knows its number.
	hide("0-2");
	assert_eq!(found(&[]), ["0-1", "0-0"]);
	assert!(node.ok(&["help", "show", "2"]).contains("hidden by curator group 1: Mistaken."));

	// Pages.
	let page = listed(&["--limit", "1"]);
	assert_eq!((ids(&page), &page["next"]), (vec!["0-1".to_string()], &json!("0-1")));
	let page = listed(&["--limit", "1", "--after", "0-1"]);
	assert_eq!((ids(&page), &page["next"]), (vec!["0-0".to_string()], &Value::Null));
	let people = node.ok(&["help", "list", "--limit", "1"]);
	assert!(people.contains("Wie geht das?") && people.contains("--after 0-1"), "{people}");

	// The asker takes a question back, and gets the deposit.
	node.ok(&[&["content", "remove", "0-1"], &FERDIE[..]].concat());
	node.refused(&["help", "show", "0-1"], &["there is no question 0-1"]);
	node.refused(&[&["help", "answer", "1", "Late."], &DAVE[..]].concat(), &["no question 0-1"]);
}

#[test]
fn what_does_not_fit_is_not_sent() {
	let node = with_help_desk();
	let long = "x".repeat(4_097);
	let ask = [&["help", "ask", &long], &EVE[..]].concat();
	node.refused(&ask, &["`text` has 4097 characters, and at most 4096 fit"]);
	let subject = "x".repeat(121);
	let ask = [&["help", "ask", "Why?", "--subject", &subject], &EVE[..]].concat();
	node.refused(&ask, &["`subject` has 121 characters, and at most 120 fit"]);
	let about = [&["help", "ask", "Why?", "--about", "0-9"], &EVE[..]].concat();
	node.refused(&about, &["there is no entry 0-9"]);
	assert_eq!(node.json(&["help", "list"])["requests"], json!([]));

	// From standard input, with a first line that is too long for a subject.
	let arguments = ["help", "ask", "-", "--suri", "//Eve", "--url", &node.url()];
	let mut child = command(&arguments).stdin(Stdio::piped()).spawn().unwrap();
	let text = format!("{}\nWhy?\n", "y".repeat(200));
	child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
	assert!(finish(child, &arguments).status.success());
	let shown = node.json(&["help", "show", "0"]);
	assert_eq!(shown["subject"], format!("{}...", "y".repeat(117)));
	assert_eq!(shown["text"], text.trim_end());

	// Questions that let nobody refer to them say so to the helper.
	let closed = ["content", "create", "helpRequest", "subject=Hm", "text=Hm?"];
	node.ok(&[&closed[..], &EVE].concat());
	let answer = [&["help", "answer", "1", "So."], &DAVE[..]].concat();
	node.refused(&answer, &["0-1 cannot be answered", "--referenceable true"]);
	let arguments = ["help", "show", "1-0", "--url", &node.url()];
	let output = finish(command(&arguments).spawn().unwrap(), &arguments);
	refused_by(&output, 2, &arguments, &["1-0 is no entry of `helpRequest` but of `helpAnswer`"]);
}
