//! `rome proposal submit`, and what proposes grants and bounties.

use super::{
	actions::{call_text, Context},
	args::{BountyArgs, GrantArgs, SubmitCommand, TextArgs},
	decisions::{need_proposal, Matter},
	show::{proposal_json, proposal_text},
	terms::grant_terms,
	text::{parse_hash32, read_text, rome, within, Clock},
};
use crate::{
	accounts::{self, parse_account},
	args::Global,
	failure::Failure,
	output::{amount, Output},
	schema::lookup::{need_suggestion, target_of, Classes},
};
use rome_client::{governance::Action, AccountId, Balance, Call, Chain};
use rome_primitives::governance::{
	limits::{MAX_LIST, MAX_TEXT_BYTES, MAX_TITLE_BYTES},
	AccountList, BountyTerms, Entrants, Judge, ProposalId,
};
use std::fs;

/// Submits a proposal.
pub(super) async fn submit(
	command: SubmitCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let account = accounts::one(global)?;
	let chain = Chain::connect(&global.url, output.json).await?;
	let matter = matter(&chain, command).await?;
	let calls = matter.submission(&chain).await?;
	let call = match calls.as_slice() {
		[call] => call.clone(),
		calls => Call::batch_all(calls, &*chain.runtime().await?)?,
	};
	let sent = chain.send(&call, &account, global.wait).await?;
	let id: ProposalId = sent.event_of("Proposals", "ProposalSubmitted")?;
	let view = need_proposal(&chain, id).await?;
	let context = Context::of(&chain, &view).await?;
	let value = proposal_json(&view, &context);
	output.result(value, || {
		format!(
			"proposal {id} is submitted; {} is held as its stake\n{}\nmembers of the council vote with: rome \
			 proposal vote {id} approve --reason TEXT --suri SURI",
			amount(view.proposal.stake),
			proposal_text(&view, &context),
		)
	});
	Ok(())
}

/// What is to be decided on.
async fn matter(chain: &Chain, command: SubmitCommand) -> Result<Matter, Failure> {
	let clock = Clock::read(chain).await?;
	match command {
		SubmitCommand::Signal { text } => {
			let said = Said::of(&text)?;
			Ok(said.put(Matter::action(Action::Signal, said.title()?)))
		},
		SubmitCommand::Grant { text, grant } => grant_matter(&text, &grant, &clock),
		SubmitCommand::Bounty { text, bounty } => {
			let said = Said::of(&text)?;
			let (terms, amount) = bounty_terms(&bounty, &clock)?;
			Ok(said.put(Matter::action(Action::Bounty { terms, amount }, said.title()?)))
		},
		SubmitCommand::Spend { text, to, amount } => {
			let said = Said::of(&text)?;
			let action = Action::Spend { beneficiary: parse_account(&to)?, amount: rome(&amount)? };
			Ok(said.put(Matter::action(action, said.title()?)))
		},
		SubmitCommand::ApproveSchema { suggestion, text } => {
			let said = Said::of(&text)?;
			let default = schema_title(chain, "Approve", suggestion).await?;
			let action = Action::ApproveSchema { suggestion };
			Ok(said.put(Matter::action(action, said.title.clone().unwrap_or(default))))
		},
		SubmitCommand::ActivateSchema { suggestion, text } => {
			let said = Said::of(&text)?;
			let default = schema_title(chain, "Activate", suggestion).await?;
			let action = Action::ActivateSchema { suggestion };
			Ok(said.put(Matter::action(action, said.title.clone().unwrap_or(default))))
		},
		SubmitCommand::Dispatch { text, call, call_file, hash, len, root } => {
			let said = Said::of(&text)?;
			let title = said.title()?;
			let bytes = match (&call, &call_file) {
				(Some(call), _) => Some(call_bytes(call)?),
				(None, Some(path)) => Some(fs::read(path).map_err(|error| {
					Failure::usage(format!("cannot read {}: {error}", path.display()))
				})?),
				(None, None) => None,
			};
			let Some(bytes) = bytes else {
				let hash = parse_hash32(&hash.unwrap_or_default())?;
				let action = Action::Dispatch { hash, len: len.unwrap_or_default(), root };
				return Ok(said.put(Matter::action(action, title)));
			};
			if call_text(&bytes, &*chain.runtime().await?).is_none() {
				return Err(Failure::new("these bytes are no call of this chain").hint(
					"give the encoded call alone, as polkadot.js shows it under \"encoded call data\"",
				));
			}
			Ok(said.put(Matter::bytes(bytes, root, title)))
		},
	}
}

/// What a proposal about a suggested schema is called: `Approve video version 2 (suggestion 7)`.
pub(crate) async fn schema_title(
	chain: &Chain,
	verb: &str,
	suggestion: u32,
) -> Result<String, Failure> {
	let info = need_suggestion(chain, suggestion).await?;
	let (class, version) = target_of(&info, &Classes::fetch(chain).await?);
	Ok(format!("{verb} {class} version {version} (suggestion {suggestion})"))
}

fn grant_matter(text: &TextArgs, grant: &GrantArgs, clock: &Clock) -> Result<Matter, Failure> {
	let terms = grant_terms(grant, clock)?;
	let mut said = Said::of(text)?;
	// What stands on the command line outdoes the file.
	said.title = said.title.or(terms.title.map(|it| title_of(&it)).transpose()?);
	said.text = said.text.or(terms.text.map(|it| text_of(&it)).transpose()?);
	let action = Action::Grant { beneficiary: terms.beneficiary, milestones: terms.milestones };
	Ok(said.put(Matter::action(action, said.title()?)))
}

/// A title that the chain takes.
pub(super) fn title_of(text: &str) -> Result<String, Failure> {
	let title = within(text, MAX_TITLE_BYTES, "a title")?;
	if title.is_empty() {
		return Err(Failure::usage("the title is empty").hint("give --title TEXT"));
	}
	Ok(title.to_string())
}

/// A text that the chain takes.
pub(super) fn text_of(text: &str) -> Result<String, Failure> {
	Ok(within(text, MAX_TEXT_BYTES, "a text")?.to_string())
}

/// What a proposal is called and says, as far as that is given.
struct Said {
	title: Option<String>,
	text: Option<String>,
}

impl Said {
	fn of(args: &TextArgs) -> Result<Self, Failure> {
		let title = args.title.as_deref().map(title_of).transpose()?;
		let text = match (&args.text, &args.text_file) {
			(Some(text), _) => Some(text_of(text)?),
			(None, Some(path)) => Some(text_of(&read_text(path)?)?),
			(None, None) => None,
		};
		Ok(Self { title, text })
	}

	fn title(&self) -> Result<String, Failure> {
		self.title
			.clone()
			.ok_or_else(|| Failure::usage("a proposal needs a title").hint("give --title TEXT"))
	}

	fn put(&self, matter: Matter) -> Matter {
		Matter { text: self.text.clone().unwrap_or_default(), ..matter }
	}
}

fn bounty_terms(
	args: &BountyArgs,
	clock: &Clock,
) -> Result<(BountyTerms<AccountId, Balance>, Balance), Failure> {
	let optional = |text: &Option<String>| text.as_deref().map_or(Ok(0), rome);
	let judge = match &args.judge {
		None => Judge::Council,
		Some(account) => Judge::Account {
			who: parse_account(account)?,
			fee: optional(&args.fee)?,
			stake: optional(&args.judge_stake)?,
		},
	};
	let entrants = if args.entrant.is_empty() {
		Entrants::Open
	} else {
		Entrants::List(account_list(&args.entrant)?)
	};
	let terms = BountyTerms {
		judge,
		entrants,
		entry_stake: rome(&args.entry_stake)?,
		work_period: clock.parse_span(&args.work)?,
		judge_period: clock.parse_span(&args.judgement)?,
	};
	Ok((terms, rome(&args.amount)?))
}

/// A list of accounts, each once.
pub(super) fn account_list(names: &[String]) -> Result<AccountList<AccountId>, Failure> {
	let mut list = Vec::new();
	for name in names {
		let account = parse_account(name)?;
		if !list.contains(&account) {
			list.push(account);
		}
	}
	let many = list.len();
	list.try_into().map_err(|_| {
		Failure::usage(format!("a list has at most {MAX_LIST} accounts; this one has {many}"))
	})
}

fn call_bytes(text: &str) -> Result<Vec<u8>, Failure> {
	let digits = text.trim();
	hex::decode(digits.strip_prefix("0x").unwrap_or(digits)).map_err(|error| {
		Failure::usage(format!("what --call holds is not hexadecimal: {error}"))
			.hint("give the encoded call as polkadot.js shows it: 0x...")
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	const CLOCK: Clock = Clock { now: 1_000, millis: 6_000 };

	#[test]
	fn the_command_line_outdoes_the_file() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("grant.toml");
		let text = "title = \"File\"\ntext = \"Text\"\nbeneficiary = \"//Eve\"\n[[milestones]]\namount = 1\n\
			due = 5\n";
		fs::write(&path, text).unwrap();
		let grant = GrantArgs { file: Some(path), ..Default::default() };
		let matter = grant_matter(&TextArgs::default(), &grant, &CLOCK).unwrap();
		assert_eq!((matter.title.as_str(), matter.text.as_str()), ("File", "Text"));
		let title = TextArgs { title: Some("Own".into()), ..Default::default() };
		let matter = grant_matter(&title, &grant, &CLOCK).unwrap();
		assert_eq!((matter.title.as_str(), matter.text.as_str()), ("Own", "Text"));
	}

	#[test]
	fn bounties_say_who_judges() {
		let mut args = BountyArgs {
			amount: "100".into(),
			work: "30d".into(),
			judgement: "100".into(),
			judge: None,
			fee: None,
			judge_stake: None,
			entry_stake: "1".into(),
			entrant: Vec::new(),
		};
		let (terms, amount) = bounty_terms(&args, &CLOCK).unwrap();
		assert_eq!((terms.judge, terms.entrants), (Judge::Council, Entrants::Open));
		assert_eq!((terms.work_period, terms.judge_period), (432_000, 100));
		assert_eq!(amount, 100_000_000_000_000);
		args.judge = Some("//Dave".into());
		args.fee = Some("2".into());
		args.entrant = vec!["//Eve".into(), "//Eve".into(), "//Ferdie".into()];
		let (terms, _) = bounty_terms(&args, &CLOCK).unwrap();
		let Judge::Account { fee, stake, .. } = terms.judge else { panic!("an account judges") };
		assert_eq!((fee, stake), (2_000_000_000_000, 0));
		let Entrants::List(list) = terms.entrants else { panic!("a list") };
		assert_eq!(list.len(), 2);
		args.work = "soon".into();
		assert!(bounty_terms(&args, &CLOCK).is_err());
	}

	#[test]
	fn titles_and_texts_are_bounded() {
		assert!(title_of(" ").is_err() && title_of(&"x".repeat(129)).is_err());
		assert!(text_of(&"x".repeat(4_097)).is_err());
		assert_eq!(title_of(" T ").unwrap(), "T");
		assert!(call_bytes("0x0g").is_err());
		assert_eq!(call_bytes("0x0102").unwrap(), [1, 2]);
	}
}
