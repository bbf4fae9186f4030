//! `rome grant`: sums that are set aside for someone and paid by milestones.

use super::{
	args::{GrantArgs, GrantCommand, SubmitCommand},
	council::{administer, of_the_council, Measure},
	signing::each_signs,
	submit::{submit, title_of},
	terms::{condition_json, condition_text, grant_terms},
	text::{line, parse_hash32, within, written, Clock},
};
use crate::{
	accounts,
	args::Global,
	failure::Failure,
	output::{amount, count, table, Output},
};
use rome_client::{
	governance::{GrantInfo, GrantNumbers},
	Account, Balance, Call, Chain,
};
use rome_primitives::governance::{
	limits::MAX_LINK_BYTES, GrantId, GrantSource, GrantState, GrantTally, Hash32, MilestoneState,
};
use serde_json::{json, Value as Json};
use std::{fs, path::PathBuf};

/// What a member is told whose signature came after the last that was needed.
const SETTLED: &[&str] = &[
	"Proposals::GrantNotRecorded",
	"Proposals::MilestoneNotOpen",
	"Proposals::AlreadyReleased",
	"Proposals::AlreadySigned",
];

/// Runs a command.
pub(crate) async fn run(
	command: GrantCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	use GrantCommand as Command;
	let online = Online { global, output };
	match command {
		Command::List => online.list().await,
		Command::Show { id } => online.show(id).await,
		Command::Propose { text, grant } => {
			submit(SubmitCommand::Grant { text, grant }, global, output).await
		},
		Command::Record { title, grant, link, hash, hash_of } => {
			let hash = decision_hash(hash.as_deref(), hash_of)?;
			online.record(title, &grant, &link, hash).await
		},
		Command::Countersign { id } => {
			online.sign(id, Call::countersign_grant(id), "is countersigned").await
		},
		Command::Release { id, milestone } => {
			let call = Call::release_milestone(id, milestone);
			online.sign(id, call, &format!("milestone {milestone} is signed")).await
		},
		Command::Claim { id, milestone } => {
			let account = accounts::one(global)?;
			let chain = online.connect().await?;
			need_grant(&chain, id).await?;
			chain.send(&Call::claim_milestone(id, milestone), &account, global.wait).await?;
			online.conclude(&chain, id, &format!("milestone {milestone} is paid")).await
		},
		Command::Stop { id, council } => online.stop(id, council).await,
		Command::Report => online.report().await,
	}
}

/// The hash of a decision: as it is given, or of a copy of the decision.
fn decision_hash(hash: Option<&str>, copy: Option<PathBuf>) -> Result<Hash32, Failure> {
	match (hash, copy) {
		(Some(text), _) => parse_hash32(text),
		(None, Some(path)) => {
			let bytes = fs::read(&path).map_err(|error| {
				Failure::usage(format!("cannot read {}: {error}", path.display()))
			})?;
			Ok(sp_crypto_hashing::blake2_256(&bytes))
		},
		(None, None) => Err(Failure::usage("the decision's hash is missing").hint("give --hash")),
	}
}

/// The grant of that number, or what to do instead.
async fn need_grant(chain: &Chain, id: GrantId) -> Result<GrantInfo, Failure> {
	chain.governance().grant(id).await?.ok_or_else(|| {
		Failure::new(format!("there is no grant {id}, or not any more"))
			.hint("`rome grant list` shows them")
	})
}

fn state_word(state: &GrantState) -> &'static str {
	match state {
		GrantState::Recorded { .. } => "recorded",
		GrantState::Active => "active",
		GrantState::Ended { .. } => "ended",
		GrantState::Stopped { .. } => "stopped",
	}
}

fn state_text(info: &GrantInfo, clock: &Clock) -> String {
	match info.grant.state {
		GrantState::Recorded { until } => format!(
			"on record, {} of {} signatures; it expires {}",
			info.signatures,
			info.needed,
			clock.at(until)
		),
		GrantState::Active => "in effect".into(),
		GrantState::Ended { at } => format!("ended {}", clock.at(at)),
		GrantState::Stopped { at } => format!("stopped {}", clock.at(at)),
	}
}

fn source_text(source: &GrantSource) -> String {
	match source {
		GrantSource::Vote { proposal } => format!("by vote (proposal {proposal})"),
		GrantSource::OffChain { .. } => "off chain".into(),
	}
}

fn milestone_text(state: &MilestoneState, clock: &Clock) -> String {
	match state {
		MilestoneState::Pending => "open".into(),
		MilestoneState::Released => "released; `rome grant claim` pays it".into(),
		MilestoneState::Paid { at } => format!("paid {}", clock.at(*at)),
		MilestoneState::Lapsed { at } => format!("lapsed {}", clock.at(*at)),
		MilestoneState::Stopped { at } => format!("stopped {}", clock.at(*at)),
	}
}

/// How a milestone stands, and when it came to, for programs.
fn milestone_json(state: &MilestoneState) -> (&'static str, Option<u32>) {
	match state {
		MilestoneState::Pending => ("pending", None),
		MilestoneState::Released => ("released", None),
		MilestoneState::Paid { at } => ("paid", Some(*at)),
		MilestoneState::Lapsed { at } => ("lapsed", Some(*at)),
		MilestoneState::Stopped { at } => ("stopped", Some(*at)),
	}
}

/// A grant for programs.
fn grant_json(info: &GrantInfo) -> Json {
	let grant = &info.grant;
	let names = |accounts: &[rome_client::AccountId]| -> Vec<String> {
		accounts.iter().map(ToString::to_string).collect()
	};
	let source = match &grant.source {
		GrantSource::Vote { proposal } => json!({ "kind": "vote", "proposal": proposal }),
		GrantSource::OffChain { link, hash } => json!({
			"kind": "offChain",
			"link": written(link),
			"hash": format!("0x{}", hex::encode(hash)),
		}),
	};
	let milestones = grant.milestones.iter().map(|milestone| {
		let (state, at) = milestone_json(&milestone.state);
		json!({
			"amount": milestone.terms.amount.to_string(),
			"due": milestone.terms.due,
			"condition": condition_json(&milestone.terms.condition),
			"state": state,
			"at": at,
			"lapses": milestone.lapses,
			"releasedBy": names(&milestone.released_by),
		})
	});
	json!({
		"id": info.id,
		"title": written(&grant.title),
		"beneficiary": grant.beneficiary.to_string(),
		"source": source,
		"state": state_word(&grant.state),
		"total": grant.total.to_string(),
		"paid": grant.paid.to_string(),
		"open": grant.open.to_string(),
		"recordedBy": grant.recorded_by.map(|who| who.to_string()),
		"signedBy": names(&grant.signed_by),
		"signatures": info.signatures,
		"needed": info.needed,
		"milestones": milestones.collect::<Vec<_>>(),
	})
}

/// A grant for people.
fn grant_text(info: &GrantInfo, clock: &Clock) -> String {
	let grant = &info.grant;
	let mut lines = vec![
		format!("grant {}: {}, {}", info.id, line(&grant.title), source_text(&grant.source)),
		format!("to {}", grant.beneficiary),
		format!("state: {}", state_text(info, clock)),
		format!(
			"{} in all, {} paid, {} set aside",
			amount(grant.total),
			amount(grant.paid),
			amount(grant.open)
		),
	];
	if let GrantSource::OffChain { link, hash } = &grant.source {
		lines.push(format!("decided at {} (hash 0x{})", line(link), hex::encode(hash)));
		let signers: Vec<_> = grant.signed_by.iter().map(ToString::to_string).collect();
		lines.push(format!("signed by {}", signers.join(", ")));
	}
	let mut rows = table(&["milestone", "amount", "due", "state", "signatures", "condition"]);
	for (index, milestone) in grant.milestones.iter().enumerate() {
		let signatures = match milestone.released_by.len() {
			0 => "-".into(),
			some => format!("{some} of {}", info.needed),
		};
		rows.add_row([
			index.to_string(),
			amount(milestone.terms.amount),
			clock.at(milestone.terms.due),
			milestone_text(&milestone.state, clock),
			signatures,
			condition_text(&milestone.terms.condition),
		]);
	}
	lines.push(rows.trim_fmt());
	lines.join("\n")
}

fn list_text(grants: &[GrantInfo]) -> String {
	let mut rows = table(&[
		"grant",
		"title",
		"agreed",
		"state",
		"total",
		"paid",
		"set aside",
		"milestones",
		"beneficiary",
	]);
	for info in grants {
		let grant = &info.grant;
		let paid =
			grant.milestones.iter().filter(|it| matches!(it.state, MilestoneState::Paid { .. }));
		let state = match grant.state {
			GrantState::Recorded { .. } => {
				format!("recorded, {} of {} signatures", info.signatures, info.needed)
			},
			state => state_word(&state).into(),
		};
		rows.add_row([
			info.id.to_string(),
			line(&grant.title),
			source_text(&grant.source),
			state,
			amount(grant.total),
			amount(grant.paid),
			amount(grant.open),
			format!("{} of {} paid", paid.count(), grant.milestones.len()),
			grant.beneficiary.to_string(),
		]);
	}
	rows.trim_fmt()
}

/// The sentence that tells how many grants there are: `5 grants approved, 3 off chain and 2 by vote`.
fn counted(counts: &GrantNumbers) -> String {
	format!(
		"{} approved, {} off chain and {} by vote",
		count(counts.approved as usize, "grant"),
		counts.off_chain.approved,
		counts.by_vote.approved
	)
}

fn tally_json(tally: &GrantTally<Balance>) -> Json {
	json!({
		"approved": tally.approved,
		"active": tally.active,
		"ended": tally.ended,
		"stopped": tally.stopped,
		"total": tally.total.to_string(),
		"paid": tally.paid.to_string(),
	})
}

/// All grants in numbers, for programs.
fn report_json(counts: &GrantNumbers, earmarked: Balance) -> Json {
	json!({
		"approved": counts.approved,
		"offChain": tally_json(&counts.off_chain),
		"byVote": tally_json(&counts.by_vote),
		"recorded": counts.recorded,
		"total": counts.off_chain.total.saturating_add(counts.by_vote.total).to_string(),
		"paid": counts.off_chain.paid.saturating_add(counts.by_vote.paid).to_string(),
		"earmarked": earmarked.to_string(),
		"text": counted(counts),
	})
}

/// The same for people.
fn report_text(counts: &GrantNumbers, earmarked: Balance) -> String {
	let mut rows = table(&["agreed", "approved", "active", "ended", "stopped", "total", "paid"]);
	for (agreed, tally) in [("off chain", &counts.off_chain), ("by vote", &counts.by_vote)] {
		rows.add_row([
			agreed.to_string(),
			tally.approved.to_string(),
			tally.active.to_string(),
			tally.ended.to_string(),
			tally.stopped.to_string(),
			amount(tally.total),
			amount(tally.paid),
		]);
	}
	let paid = counts.off_chain.paid.saturating_add(counts.by_vote.paid);
	let waiting = match counts.recorded {
		0 => String::new(),
		recorded => format!("; {recorded} on record, not countersigned yet"),
	};
	format!(
		"{}{waiting}\n{} paid, {} still earmarked\n{}",
		counted(counts),
		amount(paid),
		amount(earmarked),
		rows.trim_fmt()
	)
}

struct Online<'a> {
	global: &'a Global,
	output: Output,
}

impl Online<'_> {
	async fn connect(&self) -> Result<Chain, Failure> {
		Ok(Chain::connect(&self.global.url, self.output.json).await?)
	}

	async fn list(&self) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let grants = chain.governance().all_grants().await?;
		let list: Vec<_> = grants.iter().map(grant_json).collect();
		self.output.result(json!(list), || {
			if grants.is_empty() {
				return "there are no grants".into();
			}
			list_text(&grants)
		});
		Ok(())
	}

	async fn show(&self, id: GrantId) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let info = need_grant(&chain, id).await?;
		let clock = Clock::read(&chain).await?;
		self.output.result(grant_json(&info), || grant_text(&info, &clock));
		Ok(())
	}

	async fn report(&self) -> Result<(), Failure> {
		let chain = self.connect().await?;
		// Both of the same block, so that they belong together.
		let governance = chain.governance_at(chain.best_hash().await?);
		let counts = governance.grant_counts().await?;
		let earmarked = governance.fund().await?.grants;
		let value = report_json(&counts, earmarked);
		self.output.result(value, || report_text(&counts, earmarked));
		Ok(())
	}

	/// Tells how a grant stands after something was done; `gone` if it is not there any more.
	async fn conclude(&self, chain: &Chain, id: GrantId, told: &str) -> Result<(), Failure> {
		let clock = Clock::read(chain).await?;
		match chain.governance().grant(id).await? {
			Some(info) => self.output.result(grant_json(&info), || {
				format!("grant {id}: {told}\n{}", grant_text(&info, &clock))
			}),
			None => self.output.result(json!({ "id": id }), || format!("grant {id}: {told}")),
		}
		Ok(())
	}

	async fn record(
		&self,
		title: Option<String>,
		grant: &GrantArgs,
		link: &str,
		hash: Hash32,
	) -> Result<(), Failure> {
		let accounts = accounts::all(self.global)?;
		let link = within(link, MAX_LINK_BYTES, "a link")?;
		if link.is_empty() {
			return Err(Failure::usage("the link is empty").hint("say where the decision is read"));
		}
		let chain = self.connect().await?;
		let terms = grant_terms(grant, &Clock::read(&chain).await?)?;
		let title = title
			.or(terms.title)
			.ok_or_else(|| Failure::usage("a grant needs a title").hint("give --title TEXT"))?;
		let title = title_of(&title)?;
		let (_, ours) = of_the_council(&chain, &accounts).await?;
		let Some((first, others)) = ours.split_first() else { return Ok(()) };
		let call = Call::record_grant(&title, &terms.beneficiary, &terms.milestones, link, &hash);
		let sent = chain.send(&call, first, self.global.wait).await?;
		let id: GrantId = sent.event_of("Proposals", "GrantRecorded")?;
		if !others.is_empty() {
			let others: Vec<Account> = others.iter().map(|account| (*account).clone()).collect();
			let call = Call::countersign_grant(id);
			each_signs(&chain, &call, &others, SETTLED, self.global, self.output).await?;
		}
		let info = need_grant(&chain, id).await?;
		let told = match info.grant.state {
			GrantState::Recorded { .. } => format!(
				"is on record; other members of the council sign with: rome grant countersign {id} --suri SURI"
			),
			_ => "is on record and in effect".into(),
		};
		self.conclude(&chain, id, &told).await
	}

	/// Has each member that signs sign.
	async fn sign(&self, id: GrantId, call: Call, told: &str) -> Result<(), Failure> {
		let accounts = accounts::all(self.global)?;
		let chain = self.connect().await?;
		need_grant(&chain, id).await?;
		let (_, ours) = of_the_council(&chain, &accounts).await?;
		let ours: Vec<Account> = ours.into_iter().cloned().collect();
		each_signs(&chain, &call, &ours, SETTLED, self.global, self.output).await?;
		self.conclude(&chain, id, told).await
	}

	async fn stop(&self, id: GrantId, council: bool) -> Result<(), Failure> {
		accounts::all(self.global)?;
		let chain = self.connect().await?;
		need_grant(&chain, id).await?;
		let measure = Measure::emergency(Call::stop_grant(id));
		let standing = administer(&chain, measure, council, self.global, self.output).await?;
		let again = format!("rome grant stop {id} --council --suri SURI");
		if let Some(votes) = standing.unfinished(&again) {
			self.output.result(standing.add_to(json!({ "id": id })), || votes);
			return Ok(());
		}
		self.conclude(&chain, id, "is stopped; what was not paid is free again").await
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use rome_client::AccountId;
	use rome_primitives::governance::{Condition, Grant, Milestone, MilestoneTerms};

	const ROME: Balance = 1_000_000_000_000;

	fn numbers() -> GrantNumbers {
		let tally = |approved, paid| GrantTally {
			approved,
			active: 1,
			ended: approved - 1,
			stopped: 0,
			total: 100 * ROME,
			paid,
		};
		GrantNumbers {
			approved: 5,
			off_chain: tally(3, 30 * ROME),
			by_vote: tally(2, 20 * ROME),
			recorded: 1,
		}
	}

	#[test]
	fn the_report_is_one_sentence_and_a_table() {
		let text = report_text(&numbers(), 150 * ROME);
		let mut lines = text.lines();
		let first =
			"5 grants approved, 3 off chain and 2 by vote; 1 on record, not countersigned yet";
		assert_eq!(lines.next(), Some(first));
		assert_eq!(lines.next(), Some("50 ROME paid, 150 ROME still earmarked"));
		let value = report_json(&numbers(), 150 * ROME);
		assert_eq!(value["text"], "5 grants approved, 3 off chain and 2 by vote");
		assert_eq!((&value["approved"], &value["offChain"]["approved"]), (&json!(5), &json!(3)));
		assert_eq!(value["paid"], (50 * ROME).to_string());
	}

	#[test]
	fn grants_tell_what_is_paid_and_what_is_open() {
		let clock = Clock { now: 100, millis: 6_000 };
		let milestone = |state| Milestone {
			terms: MilestoneTerms { amount: 10 * ROME, due: 200, condition: Condition::Council },
			lapses: 300,
			next: 300,
			state,
			released_by: vec![AccountId::from([2; 32])].try_into().unwrap(),
		};
		let milestones =
			vec![milestone(MilestoneState::Paid { at: 90 }), milestone(MilestoneState::Pending)];
		let info = GrantInfo {
			id: 3,
			grant: Grant {
				title: b"Subtitles".to_vec().try_into().unwrap(),
				beneficiary: AccountId::from([1; 32]),
				source: GrantSource::OffChain {
					link: b"https://forum.example.org/1".to_vec().try_into().unwrap(),
					hash: [7; 32],
				},
				state: GrantState::Active,
				recorded_by: None,
				signed_by: Default::default(),
				total: 20 * ROME,
				paid: 10 * ROME,
				open: 10 * ROME,
				milestones: milestones.try_into().unwrap(),
			},
			signatures: 2,
			needed: 2,
		};
		let text = grant_text(&info, &clock);
		for words in [
			"grant 3: Subtitles, off chain",
			"20 ROME in all, 10 ROME paid, 10 ROME set aside",
			"https://forum.example.org/1 (hash 0x0707",
			"paid at block 90",
			"1 of 2",
		] {
			assert!(text.contains(words), "`{words}` is not in {text}");
		}
		assert!(list_text(std::slice::from_ref(&info)).contains("1 of 2 paid"));
		let value = grant_json(&info);
		assert_eq!(value["milestones"][0]["at"], 90);
		assert_eq!(value["source"]["kind"], "offChain");
	}

	#[test]
	fn decisions_are_hashed() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("decision");
		fs::write(&path, "yes").unwrap();
		let hash = decision_hash(None, Some(path)).unwrap();
		assert_eq!(hash, sp_crypto_hashing::blake2_256(b"yes"));
		assert_eq!(decision_hash(Some(&hex::encode(hash)), None).unwrap(), hash);
		assert!(decision_hash(Some("12"), None).is_err());
	}
}
