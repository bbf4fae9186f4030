//! `rome` against a node: what the council decides on, and what the community fund pays.

use crate::support::{said, Node};
use serde_json::{json, Value};

const ALICE: [&str; 2] = ["--suri", "//Alice"];
const BOB: [&str; 2] = ["--suri", "//Bob"];
const CHARLIE: [&str; 2] = ["--suri", "//Charlie"];
const DAVE: [&str; 2] = ["--suri", "//Dave"];
const EVE: [&str; 2] = ["--suri", "//Eve"];

/// What an account that nobody has used before is paid.
fn rome(amount: u64) -> Value {
	json!((u128::from(amount) * 1_000_000_000_000).to_string())
}

/// Votes to approve a proposal.
#[track_caller]
fn approve(node: &Node, id: &str, accounts: &[&str]) -> Value {
	let vote = ["proposal", "vote", id, "approve", "--reason", "The network needs it."];
	node.json(&[&vote[..], accounts].concat())
}

/// Waits until a proposal is carried out.
#[track_caller]
fn executed(node: &Node, id: &str) -> Value {
	node.settled(&["proposal", "show", id], |it| {
		let state = it["state"].as_str().unwrap();
		assert!(matches!(state, "active" | "approved" | "executed"), "{it}");
		state == "executed"
	})
}

#[track_caller]
fn id_of(value: &Value) -> String {
	value["id"].as_u64().unwrap().to_string()
}

#[test]
fn a_grant_is_proposed_voted_on_and_paid() {
	let node = Node::start();
	let kinds = node.json(&["proposal", "kinds"]);
	let words: Vec<_> =
		kinds.as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
	assert_eq!(words.len(), 8);
	assert_eq!((words[0], words[7]), ("signal", "rootDispatch"));
	assert!(node.ok(&["proposal", "kinds"]).contains("66.67 %"));
	node.refused(&["proposal", "show", "0"], &["no proposal 0", "rome proposal list"]);

	let terms = ["--beneficiary", "//Eve//grant", "--milestone", "100:+14d", "--milestone"];
	let propose = ["grant", "propose", "--title", "Subtitles", "--text", "For silent films."];
	let propose =
		[&propose[..], &terms, &["50:+200:provider/3,download,100MB/s,4"], &DAVE].concat();
	let proposed = node.json(&propose);
	let id = id_of(&proposed);
	assert_eq!((&proposed["state"], &proposed["byMember"]), (&json!("active"), &json!(false)));
	assert_eq!(proposed["action"]["total"], rome(150));
	assert_eq!(proposed["action"]["milestones"][1]["condition"]["target"], "provider/3");
	assert_ne!(proposed["stake"], "0");

	let vote = ["proposal", "vote", &id, "approve", "--reason", "x"];
	node.refused(&[&vote[..], &EVE].concat(), &["none of the accounts", "members are"]);
	let first = approve(&node, &id, &ALICE);
	assert_eq!((&first["tally"]["approve"], &first["approvalsNeeded"]), (&json!(1), &json!(2)));
	let people = node.ok(&["proposal", "show", &id]);
	for words in
		["one more approval decides", "The network needs it.", "as it stands", "For silent"]
	{
		assert!(people.contains(words), "`{words}` is not in {people}");
	}
	// A vote is changed, taken back, and cast again.
	let reject = ["proposal", "vote", &id, "reject", "--reason", "Too much."];
	let changed = node.json(&[&reject[..], &ALICE].concat());
	assert_eq!(
		(&changed["votes"][0]["vote"], &changed["tally"]["approve"]),
		(&json!("reject"), &json!(0))
	);
	node.ok(&[&["proposal", "unvote", &id], &ALICE[..]].concat());
	node.refused(&[&["proposal", "unvote", &id], &ALICE[..]].concat(), &["has not voted"]);
	node.refused(
		&[&["proposal", "cancel", &id], &EVE[..]].concat(),
		&["Only who made the proposal"],
	);
	let open = node.json(&["proposal", "list", "--state", "active", "--kind", "grant"]);
	assert_eq!(open.as_array().unwrap().len(), 1);

	// All members at once: the third vote comes after the decision, or not.
	approve(&node, &id, &[ALICE, BOB, CHARLIE].concat());
	executed(&node, &id);
	assert_eq!(node.json(&["proposal", "list", "--state", "open"]), json!([]));
	let grant = node.json(&["grant", "show", "0"]);
	assert_eq!((&grant["state"], &grant["open"]), (&json!("active"), &rome(150)));
	assert_eq!(grant["source"], json!({ "kind": "vote", "proposal": id.parse::<u32>().unwrap() }));

	let claim = ["grant", "claim", "0", "0"];
	node.refused(&[&claim[..], &EVE].concat(), &["waits for the council's release"]);
	let release = ["grant", "release", "0", "0"];
	node.refused(&[&release[..], &EVE].concat(), &["none of the accounts"]);
	let signed = node.json(&[&release[..], &ALICE].concat());
	assert_eq!(signed["milestones"][0]["releasedBy"].as_array().unwrap().len(), 1);
	node.refused(&[&release[..], &ALICE].concat(), &["signed already"]);
	let paid = node.json(&[&release[..], &CHARLIE].concat());
	assert_eq!((&paid["milestones"][0]["state"], &paid["paid"]), (&json!("paid"), &rome(100)));
	let measured = ["grant", "release", "0", "1"];
	node.refused(&[&measured[..], &ALICE].concat(), &["waits for a benchmark"]);

	let report = node.json(&["grant", "report"]);
	assert_eq!(report["text"], "1 grant approved, 0 off chain and 1 by vote");
	assert_eq!((&report["paid"], &report["earmarked"]), (&rome(100), &rome(50)));
	let people = node.ok(&["grant", "report"]);
	assert!(people.contains("100 ROME paid, 50 ROME still earmarked"), "{people}");
	assert!(node.ok(&["grant", "show", "0"]).contains("measured: provider/3"));
}

#[test]
fn grants_that_were_agreed_elsewhere_are_countersigned_and_stopped() {
	let node = Node::start();
	let copy = node.file("decision.html", "We agree.");
	let record =
		["grant", "record", "--beneficiary", "//Eve//grant", "--link", "https://forum.example/1"];
	let record =
		[&record[..], &["--hash-of", &copy, "--title", "A player", "--milestone", "10:+1d"]]
			.concat();
	node.refused(&[&record[..], &EVE].concat(), &["none of the accounts"]);
	let both = node.json(&[&record[..], &ALICE, &BOB].concat());
	assert_eq!((&both["id"], &both["state"]), (&json!(0), &json!("active")));
	let one = node.json(&[&record[..], &ALICE].concat());
	assert_eq!(
		(&one["state"], &one["signatures"], &one["needed"]),
		(&json!("recorded"), &json!(1), &json!(2))
	);
	let countersign = ["grant", "countersign", "1"];
	node.refused(&[&countersign[..], &ALICE].concat(), &["signed already", "other members"]);
	let report = node.json(&["grant", "report"]);
	assert_eq!((&report["approved"], &report["recorded"]), (&json!(1), &json!(1)));
	let active = node.json(&[&countersign[..], &CHARLIE].concat());
	assert_eq!(active["state"], "active");
	assert!(node.ok(&["grant", "list"]).contains("off chain"));

	let stop = ["grant", "stop", "1"];
	node.refused(&[&stop[..], &BOB].concat(), &["not the chain's sudo account", "--council"]);
	let open = node.json(&[&stop[..], &["--council"], &BOB].concat());
	assert_eq!(
		(&open["status"], &open["ayes"], &open["needed"]),
		(&json!("open"), &json!(1), &json!(2))
	);
	let stopped = node.json(&[&stop[..], &["--council"], &CHARLIE].concat());
	assert_eq!((&stopped["state"], &stopped["open"]), (&json!("stopped"), &json!("0")));
	node.ok(&[&["grant", "stop", "0"], &ALICE[..]].concat());
	let report = node.json(&["grant", "report"]);
	assert_eq!((&report["offChain"]["stopped"], &report["earmarked"]), (&json!(2), &json!("0")));

	// From a file, which says what is wrong with it.
	let bad = node.file("bad.toml", "title = \"x\"\n[[milestones]]\namount = 1\n");
	let output = node.rome(&[&["grant", "propose", "--file", &bad], &DAVE[..]].concat());
	assert_eq!(output.status.code(), Some(2));
	assert!(
		said(&output).contains("bad.toml") && said(&output).contains("due"),
		"{}",
		said(&output)
	);
}

#[test]
fn proposals_are_discussed_vetoed_and_taken_back() {
	let node = Node::start();
	let signal = ["proposal", "submit", "signal", "--title", "We like films", "--text", "Much."];
	let id = id_of(&node.json(&[&signal[..], &DAVE].concat()));
	let thread = |arguments: &[&str]| -> Vec<String> {
		let all = [&["proposal", "thread", &id], arguments].concat();
		all.iter().map(ToString::to_string).collect()
	};
	let json = |arguments: &[&str]| {
		let all = thread(arguments);
		node.json(&all.iter().map(String::as_str).collect::<Vec<_>>())
	};
	let refused = |arguments: &[&str], words: &[&str]| {
		let all = thread(arguments);
		node.refused(&all.iter().map(String::as_str).collect::<Vec<_>>(), words);
	};
	refused(&["list"], &["no discussion yet", "open"]);
	refused(&["open", "--suri", "//Eve"], &["Only members of the council"]);
	json(&["open", "--closed", "--allow", "//Ferdie", "--suri", "//Dave"]);
	refused(&["post", "Me too", "--suri", "//Eve"], &["does not list this account", "--allow"]);
	assert_eq!(json(&["post", "Me too", "--suri", "//Ferdie"])["post"], 0);
	assert_eq!(json(&["mode", "--suri", "//Bob"])["mode"], "open");
	assert_eq!(json(&["post", "Why?", "--suri", "//Eve"])["post"], 1);
	refused(&["edit", "1", "Because", "--suri", "//Ferdie"], &["Only the post's author"]);
	json(&["edit", "1", "Why not?", "--suri", "//Eve"]);
	json(&["delete", "0", "--suri", "//Ferdie"]);
	let posts = json(&["list"]);
	assert_eq!((&posts[0]["body"], &posts[1]["body"]), (&Value::Null, &json!("Why not?")));
	assert_eq!(posts[1]["revisions"], 1);
	let people = node.ok(&["proposal", "thread", &id, "list"]);
	assert!(people.contains("(deleted)") && people.contains("edited"), "{people}");

	let taken_back = node.json(&[&["proposal", "cancel", &id], &DAVE[..]].concat());
	assert_eq!((&taken_back["state"], &taken_back["stake"]), (&json!("canceled"), &json!("0")));
	let again = ["proposal", "vote", &id, "approve", "--reason", "x"];
	node.refused(&[&again[..], &ALICE].concat(), &["not voted on any more", "rome proposal show"]);

	let spend =
		["proposal", "submit", "spend", "--title", "A gift", "--to", "//Eve", "--amount", "10"];
	let council = [&["--council"], &BOB[..], &CHARLIE[..]].concat();
	for veto in [&ALICE[..], &council] {
		let id = id_of(&node.json(&[&spend[..], &DAVE].concat()));
		let vetoed = node.json(&[&["proposal", "veto", &id], veto].concat());
		assert_eq!(vetoed["state"], "vetoed");
	}
	let slashed = id_of(&node.json(&[&spend[..], &DAVE].concat()));
	let slash = ["proposal", "vote", &slashed, "slash", "--reason", "Again."];
	let ended = node.json(&[&slash[..], &ALICE, &BOB].concat());
	assert_eq!((&ended["state"], &ended["outcome"]), (&json!("slashed"), &json!("slashed")));
	let listed = node.json(&["proposal", "list", "--state", "ended"]);
	assert_eq!(listed.as_array().unwrap().len(), 4);
}

#[test]
fn calls_are_made_with_the_authority_that_was_voted() {
	let node = Node::start();
	let submit = ["proposal", "submit", "dispatch", "--title", "A remark", "--call"];
	node.refused(&[&submit[..], &["0x0000"], &DAVE].concat(), &["no call of this chain"]);
	// system.remark("a")
	let call = "0x00000461";
	let id = id_of(&node.json(&[&submit[..], &[call], &DAVE].concat()));
	let shown = node.json(&["proposal", "show", &id]);
	let said = shown["action"]["call"].as_str().unwrap();
	assert!(said.contains("System") && said.contains("remark") && said.contains("0x61"), "{said}");
	assert_eq!(approve(&node, &id, &[ALICE, BOB].concat())["tally"]["approve"], 2);
	executed(&node, &id);
	node.refused(&[&["proposal", "execute", &id], &EVE[..]].concat(), &["Nothing is due"]);

	// Root's authority takes everyone, and more members than the three of this council.
	let root = node.json(&[&submit[..], &[call, "--root"], &DAVE].concat());
	assert_eq!(root["kind"], "rootDispatch");
	let id = id_of(&root);
	let two = approve(&node, &id, &[ALICE, BOB].concat());
	assert_eq!((&two["state"], &two["approvalsNeeded"]), (&json!("active"), &Value::Null));
	node.ok(&[&["proposal", "cancel", &id], &DAVE[..]].concat());
}

#[test]
fn the_council_administers_by_proposals() {
	let node = Node::start();
	let tranche = ["tranche", "update", "0", "--accepting", "false", "--council"];
	let open = node.json(&[&tranche[..], &ALICE].concat());
	assert_eq!((&open["status"], &open["proposal"]), (&json!("open"), &json!(0)));
	let people = node.ok(&[&tranche[..], &ALICE].concat());
	assert!(people.contains("1 of 2 votes") && people.contains("rome proposal vote 0"), "{people}");
	let done = node.json(&[&tranche[..], &BOB].concat());
	assert_eq!(done["accepting"], false);
	let shown = node.json(&["proposal", "show", "0"]);
	assert_eq!(
		(&shown["title"], &shown["state"]),
		(&json!("Change tranche 0"), &json!("executed"))
	);
	assert!(
		shown["action"]["call"].is_null(),
		"its call is kept no longer than it is needed: {shown}"
	);

	// What fails says why.
	let file = node.file("person.json", &std::fs::read_to_string(Node::schema("person")).unwrap());
	node.ok(&[&["schema", "suggest", &file], &DAVE[..]].concat());
	node.ok(&[&["schema", "suggest", &file], &DAVE[..]].concat());
	let reason = ["--reason", "People are in everything."];
	node.ok(&[&["schema", "approve", "0", "1"], &reason[..], &ALICE, &BOB].concat());
	let votes = node.json(&["proposal", "show", "1"])["votes"].clone();
	assert_eq!(votes[0]["reason"], "People are in everything.");
	node.ok(&[&["schema", "activate", "0", "--council"], &ALICE[..], &CHARLIE[..]].concat());
	let taken = ["schema", "activate", "1", "--council"];
	node.refused(&[&taken[..], &ALICE, &BOB].concat(), &["could not be carried out"]);
}

#[test]
fn a_bounty_is_funded_entered_judged_and_paid() {
	let node = Node::start();
	let terms = ["--amount", "100", "--work", "100", "--judgement", "200", "--entry-stake", "5"];
	let propose = [&["bounty", "propose", "--title", "A logo"], &terms[..], &DAVE].concat();
	let id = id_of(&node.json(&propose));
	approve(&node, &id, &[ALICE, BOB].concat());
	executed(&node, &id);
	let bounty = |what: &str, more: &[&str]| node.json(&[&["bounty", what, "0"], more].concat());
	assert_eq!(bounty("show", &[])["fromFund"], rome(100));
	let funded = bounty("fund", &["20", "--suri", "//Ferdie"]);
	assert_eq!((&funded["contributed"], &funded["held"]), (&rome(20), &rome(120)));
	bounty("enter", &EVE);
	bounty("enter", &DAVE);
	node.refused(&[&["bounty", "enter", "0"], &EVE[..]].concat(), &["has entered"]);
	bounty("withdraw-entry", &DAVE);
	let work = bounty("submit", &["https://example.org/logo", "--suri", "//Eve"]);
	assert_eq!(work["entries"][0]["work"], "https://example.org/logo");
	assert!(node.ok(&["bounty", "list"]).contains("A logo"));
	let judge = ["bounty", "judge", "0", "--winner", "//Eve=50%"];
	node.refused(&[&judge[..], &ALICE].concat(), &["not in the time for its judgement"]);

	node.settled(&["bounty", "show", "0"], |it| it["state"] == "judging");
	node.refused(&[&judge[..], &DAVE].concat(), &["none of the accounts"]);
	let first = node.json(&[&judge[..], &ALICE].concat());
	assert_eq!(first["verdicts"].as_array().unwrap().len(), 1);
	let judged = node.json(&[&judge[..], &BOB].concat());
	// Half of 120; of the rest a sixth goes back to who gave a sixth.
	assert_eq!((&judged["state"], &judged["prizes"]), (&json!("judged"), &rome(60)));
	assert_eq!(judged["refunds"], rome(10));
	bounty("claim", &["--account", "//Eve", "--suri", "//Dave"]);
	bounty("withdraw-entry", &EVE);
	let over = bounty("withdraw", &["--suri", "//Ferdie"]);
	assert_eq!((&over["held"], &over["paid"]), (&json!("0"), &rome(60)));
	node.refused(&[&["bounty", "claim", "0"], &EVE[..]].concat(), &["nothing to claim"]);

	let fund = node.json(&["fund"]);
	assert_eq!((&fund["out"]["bounties"], &fund["earmarked"]["total"]), (&rome(60), &json!("0")));
	let free = |value: &Value| value["free"].as_str().unwrap().parse::<u128>().unwrap();
	let more = node.json(&["fund", "top-up", "5", "--suri", "//Ferdie"]);
	assert!(free(&more) >= free(&fund) + 5_000_000_000_000, "{more}");
	assert!(node.ok(&["fund"]).contains("earmarked for grants"));
}
