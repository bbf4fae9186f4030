//! `rome bounty`: sums set aside for whoever does a piece of work best.

use super::{
	actions::{terms_json, terms_text},
	args::{BountyCommand, SubmitCommand},
	council::of_the_council,
	signing::each_signs,
	submit::submit,
	text::{line, parse_share, rome, share, written, Clock},
	thread::body_of,
};
use crate::{
	accounts::{self, parse_account},
	args::Global,
	failure::Failure,
	output::{amount, count, table, Output},
};
use rome_client::{governance::BountyInfo, Account, AccountId, Call, Chain};
use rome_primitives::governance::{limits::MAX_WINNERS, BountyId, BountyState, Judge, Verdict};
use serde_json::{json, Value as Json};
use sp_runtime::Perbill;

/// What a member is told whose verdict came after the last that was needed.
const SETTLED: &[&str] = &["Proposals::BountyNotJudging"];

/// Runs a command.
pub(crate) async fn run(
	command: BountyCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	use BountyCommand as Command;
	let online = Online { global, output };
	match command {
		Command::List => online.list().await,
		Command::Show { id } => online.show(id).await,
		Command::Propose { text, bounty } => {
			submit(SubmitCommand::Bounty { text, bounty }, global, output).await
		},
		Command::Fund { id, amount: text } => {
			let given = rome(&text)?;
			let told = format!("{} added", amount(given));
			online.own(id, Call::fund_bounty(id, given), &told).await
		},
		Command::Withdraw { id, contributor } => {
			let who = online.someone(contributor.as_deref())?;
			let call = Call::withdraw_contribution(id, &who);
			online.own(id, call, &format!("{who} has back what was due")).await
		},
		Command::Enter { id } => {
			online.own(id, Call::enter_bounty(id), "the account has entered").await
		},
		Command::WithdrawEntry { id, entrant } => {
			let who = online.someone(entrant.as_deref())?;
			let call = Call::withdraw_entry(id, &who);
			online.own(id, call, &format!("the entry of {who} is ended")).await
		},
		Command::Submit { id, body } => {
			let call = Call::submit_work(id, &body_of(&body)?);
			online.own(id, call, "the work is submitted").await
		},
		Command::Accept { id } => {
			online.own(id, Call::accept_judging(id), "the judge has accepted").await
		},
		Command::Judge { id, winner, none } => {
			online.judge(id, &verdict(if none { &[] } else { &winner })?).await
		},
		Command::Claim { id, account } => {
			let who = online.someone(account.as_deref())?;
			online.own(id, Call::claim_prize(id, &who), &format!("{who} is paid")).await
		},
	}
}

/// The bounty of that number, or what to do instead.
async fn need_bounty(chain: &Chain, id: BountyId) -> Result<BountyInfo, Failure> {
	chain.governance().bounty(id).await?.ok_or_else(|| {
		Failure::new(format!("there is no bounty {id}")).hint("`rome bounty list` shows them")
	})
}

/// What the judge says, as people write it: `//Eve=60%`.
fn verdict(written: &[String]) -> Result<Verdict<AccountId>, Failure> {
	let mut winners = Vec::new();
	let mut all = 0u64;
	for text in written {
		let (account, part) = text.rsplit_once('=').ok_or_else(|| {
			Failure::usage(format!("`{text}` is no winner with a share"))
				.hint("write account and share: //Eve=60%, or //Eve=1/3")
		})?;
		let part = parse_share(part)?;
		all += u64::from(part.deconstruct());
		winners.push((parse_account(account)?, part));
	}
	if all > u64::from(Perbill::from_percent(100).deconstruct()) {
		return Err(Failure::usage("the winners' shares are more than all there is")
			.hint("what they leave goes back to those who gave it"));
	}
	let winners = winners
		.try_into()
		.map_err(|_| Failure::usage(format!("a bounty has at most {MAX_WINNERS} winners")))?;
	Ok(Verdict { winners })
}

fn state_word(state: &BountyState) -> &'static str {
	match state {
		BountyState::Open { .. } => "open",
		BountyState::Judging { .. } => "judging",
		BountyState::Judged { .. } => "judged",
		BountyState::Failed { .. } => "failed",
	}
}

fn state_text(info: &BountyInfo, clock: &Clock) -> String {
	let council = matches!(info.bounty.terms.judge, Judge::Council);
	match info.bounty.state {
		BountyState::Open { until } if !council && info.bounty.judge_stake.is_none() => {
			format!(
				"waits for its judge to accept; it is open until work is due {}",
				clock.at(until)
			)
		},
		BountyState::Open { until } => format!("open; work is due {}", clock.at(until)),
		BountyState::Judging { until } => {
			let who = if council { "the council" } else { "its judge" };
			format!("{who} judges; the verdict is due {}", clock.at(until))
		},
		BountyState::Judged { at, .. } => format!("judged {}", clock.at(at)),
		BountyState::Failed { at, .. } => {
			format!("failed {}: everyone gets back what they gave", clock.at(at))
		},
	}
}

/// A bounty for programs.
fn bounty_json(info: &BountyInfo) -> Json {
	let bounty = &info.bounty;
	let (until, at) = match bounty.state {
		BountyState::Open { until } | BountyState::Judging { until } => (Some(until), None),
		BountyState::Judged { at, claim_until } | BountyState::Failed { at, claim_until } => {
			(Some(claim_until), Some(at))
		},
	};
	let entries = info.entries.iter().map(|(who, entry)| {
		json!({
			"entrant": who.to_string(),
			"stake": entry.stake.to_string(),
			"work": entry.work.as_ref().map(|work| written(work)),
		})
	});
	let prizes = info
		.prizes
		.iter()
		.map(|(who, prize)| json!({ "account": who.to_string(), "amount": prize.to_string() }));
	let verdicts = bounty.verdicts.iter().map(|(member, hash)| {
		json!({ "member": member.to_string(), "hash": format!("0x{}", hex::encode(hash)) })
	});
	json!({
		"id": info.id,
		"title": written(&bounty.title),
		"proposal": bounty.proposal,
		"terms": terms_json(&bounty.terms),
		"state": state_word(&bounty.state),
		"until": until,
		"at": at,
		"judgeStake": bounty.judge_stake.map(|stake| stake.to_string()),
		"fromFund": bounty.from_fund.to_string(),
		"contributed": bounty.contributed.to_string(),
		"refunds": bounty.refunds.to_string(),
		"prizes": bounty.prizes.to_string(),
		"held": bounty.held.to_string(),
		"paid": bounty.paid.to_string(),
		"entries": entries.collect::<Vec<_>>(),
		"waitingPrizes": prizes.collect::<Vec<_>>(),
		"verdicts": verdicts.collect::<Vec<_>>(),
	})
}

/// A bounty for people.
fn bounty_text(info: &BountyInfo, clock: &Clock) -> String {
	let bounty = &info.bounty;
	let mut lines = vec![
		format!("bounty {}: {} (proposal {})", info.id, line(&bounty.title), bounty.proposal),
		format!("state: {}", state_text(info, clock)),
		format!(
			"{} of the fund, {} of others; {} set aside, {} paid",
			amount(bounty.from_fund),
			amount(bounty.contributed),
			amount(bounty.held),
			amount(bounty.paid)
		),
		terms_text(&bounty.terms, clock),
	];
	if !bounty.verdicts.is_empty() {
		lines.push(format!("{} of the council given", count(bounty.verdicts.len(), "verdict")));
	}
	if !info.entries.is_empty() {
		let mut rows = table(&["entrant", "stake", "work"]);
		for (who, entry) in &info.entries {
			let work = entry.work.as_ref().map_or_else(|| "(none yet)".into(), |work| line(work));
			rows.add_row([who.to_string(), amount(entry.stake), work]);
		}
		lines.push(rows.trim_fmt());
	}
	if !info.prizes.is_empty() {
		let mut rows = table(&["prize for", "waits to be claimed"]);
		for (who, prize) in &info.prizes {
			rows.add_row([who.to_string(), amount(*prize)]);
		}
		lines.push(rows.trim_fmt());
	}
	if bounty.refunds > 0 {
		lines.push(format!(
			"{} wait for contributors (`rome bounty withdraw {}`)",
			amount(bounty.refunds),
			info.id
		));
	}
	lines.join("\n")
}

fn list_text(bounties: &[BountyInfo], clock: &Clock) -> String {
	let mut rows = table(&[
		"bounty",
		"title",
		"state",
		"time left",
		"of the fund",
		"of others",
		"entries",
		"work",
		"paid",
	]);
	for info in bounties {
		let bounty = &info.bounty;
		let left = match bounty.state {
			BountyState::Open { until } | BountyState::Judging { until } => clock.left(until),
			BountyState::Judged { .. } | BountyState::Failed { .. } => "-".into(),
		};
		rows.add_row([
			info.id.to_string(),
			line(&bounty.title),
			state_word(&bounty.state).into(),
			left,
			amount(bounty.from_fund),
			amount(bounty.contributed),
			bounty.entries.to_string(),
			bounty.submitted.to_string(),
			amount(bounty.paid),
		]);
	}
	rows.trim_fmt()
}

struct Online<'a> {
	global: &'a Global,
	output: Output,
}

impl Online<'_> {
	async fn connect(&self) -> Result<Chain, Failure> {
		Ok(Chain::connect(&self.global.url, self.output.json).await?)
	}

	/// Who is named, or else the account that signs.
	fn someone(&self, named: Option<&str>) -> Result<AccountId, Failure> {
		match named {
			Some(text) => parse_account(text),
			None => Ok(accounts::one(self.global)?.id()),
		}
	}

	async fn list(&self) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let bounties = chain.governance().bounties().await?;
		let clock = Clock::read(&chain).await?;
		let list: Vec<_> = bounties.iter().map(bounty_json).collect();
		self.output.result(json!(list), || {
			if bounties.is_empty() {
				return "there are no bounties".into();
			}
			list_text(&bounties, &clock)
		});
		Ok(())
	}

	async fn show(&self, id: BountyId) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let info = need_bounty(&chain, id).await?;
		let clock = Clock::read(&chain).await?;
		self.output.result(bounty_json(&info), || bounty_text(&info, &clock));
		Ok(())
	}

	async fn conclude(&self, chain: &Chain, id: BountyId, told: &str) -> Result<(), Failure> {
		let info = need_bounty(chain, id).await?;
		let clock = Clock::read(chain).await?;
		self.output.result(bounty_json(&info), || {
			format!("bounty {id}: {told}\n{}", bounty_text(&info, &clock))
		});
		Ok(())
	}

	/// Does something that one account may.
	async fn own(&self, id: BountyId, call: Call, told: &str) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let chain = self.connect().await?;
		need_bounty(&chain, id).await?;
		chain.send(&call, &account, self.global.wait).await?;
		self.conclude(&chain, id, told).await
	}

	async fn judge(&self, id: BountyId, verdict: &Verdict<AccountId>) -> Result<(), Failure> {
		let accounts = accounts::all(self.global)?;
		let chain = self.connect().await?;
		let info = need_bounty(&chain, id).await?;
		let call = Call::judge_bounty(id, verdict);
		match &info.bounty.terms.judge {
			Judge::Council => {
				let (_, ours) = of_the_council(&chain, &accounts).await?;
				let ours: Vec<Account> = ours.into_iter().cloned().collect();
				each_signs(&chain, &call, &ours, SETTLED, self.global, self.output).await?;
			},
			Judge::Account { who, .. } => {
				let judge = accounts.iter().find(|account| account.id() == *who);
				let judge = judge.ok_or_else(|| {
					Failure::new(format!("bounty {id} is judged by {who}"))
						.hint("sign with that account (--suri or --keystore)")
				})?;
				chain.send(&call, judge, self.global.wait).await?;
			},
		}
		let told = match verdict.winners.len() {
			0 => "the verdict is given: nobody wins".into(),
			_ => {
				let winners = verdict.winners.iter();
				let names: Vec<_> =
					winners.map(|(who, part)| format!("{who} ({})", share(*part))).collect();
				format!("the verdict is given: {}", names.join(", "))
			},
		};
		self.conclude(&chain, id, &told).await
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use rome_primitives::governance::{Bounty, BountyTerms, Entrants, Entry};

	#[test]
	fn verdicts_are_read() {
		let read = |winners: &[&str]| {
			verdict(&winners.iter().map(ToString::to_string).collect::<Vec<_>>())
		};
		let two = read(&["//Eve=60%", "//Ferdie=1/3"]).unwrap();
		let shares: Vec<_> = two.winners.iter().map(|(_, part)| part.deconstruct()).collect();
		assert_eq!(shares, [600_000_000, 333_333_333]);
		assert!(read(&[]).unwrap().winners.is_empty());
		for wrong in [&["//Eve"][..], &["//Eve=60"], &["//Eve=60%", "//Bob=41%"], &["Eve=1%"]] {
			assert!(read(wrong).is_err(), "{wrong:?}");
		}
	}

	#[test]
	fn bounties_tell_where_they_stand() {
		let clock = Clock { now: 100, millis: 6_000 };
		let who = AccountId::from([1; 32]);
		let entry = Entry { stake: 1_000_000_000_000, work: None };
		let mut info = BountyInfo {
			id: 1,
			bounty: Bounty {
				title: b"A logo".to_vec().try_into().unwrap(),
				proposal: 4,
				terms: BountyTerms {
					judge: Judge::Account { who, fee: 0, stake: 5 },
					entrants: Entrants::Open,
					entry_stake: 1_000_000_000_000,
					work_period: 100,
					judge_period: 50,
				},
				state: BountyState::Open { until: 160 },
				judge_stake: None,
				from_fund: 7_000_000_000_000,
				contributed: 0,
				refunds: 0,
				sharing: 0,
				prizes: 0,
				held: 7_000_000_000_000,
				paid: 0,
				entries: 1,
				submitted: 0,
				verdicts: Default::default(),
			},
			entries: vec![(who, entry)],
			prizes: Vec::new(),
		};
		let text = bounty_text(&info, &clock);
		assert!(text.contains("waits for its judge") && text.contains("(none yet)"), "{text}");
		info.bounty.judge_stake = Some(5);
		let text = bounty_text(&info, &clock);
		assert!(text.contains("open; work is due at block 160: in 60 blocks (6 min)"), "{text}");
		assert!(list_text(std::slice::from_ref(&info), &clock).contains("A logo"));
		info.bounty.state = BountyState::Judged { at: 90, claim_until: 900 };
		info.prizes = vec![(who, 3)];
		let value = bounty_json(&info);
		assert_eq!((&value["state"], &value["until"]), (&json!("judged"), &json!(900)));
		assert_eq!(value["waitingPrizes"][0]["amount"], "3");
	}
}
