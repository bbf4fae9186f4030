//! Kinds, states, shares and times, as people write and read them.

use crate::{
	advice::Advice,
	failure::Failure,
	output::{amount, parse_amount, printable},
};
use codec::Encode;
use rome_client::{Chain, Refusal};
use rome_primitives::governance::{
	voting::{Outcome, Tally},
	Failure as ExecutionFailure, Hash32, Kind, ProposalState, RewardKind, Vote,
};
use serde_json::{json, Value as Json};
use sp_runtime::Perbill;
use std::{fs, io::Read, path::Path};
use subxt::metadata::ArcMetadata;

/// What time it is on chain, and how fast it goes by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
	/// The best block.
	pub now: u32,
	/// How long a block takes.
	pub millis: u64,
}

impl Clock {
	/// The time by the best block.
	pub(crate) async fn read(chain: &Chain) -> Result<Self, Failure> {
		let now = u32::try_from(chain.best().await?.number).unwrap_or(u32::MAX);
		Ok(Self { now, millis: chain.block_millis().await? })
	}

	/// So many blocks for people: `120 blocks (12 min)`.
	pub(super) fn blocks(&self, blocks: u32) -> String {
		let unit = if blocks == 1 { "block" } else { "blocks" };
		format!("{blocks} {unit} ({})", self.span(blocks))
	}

	/// How long so many blocks take.
	pub(super) fn span(&self, blocks: u32) -> String {
		let seconds = u64::from(blocks).saturating_mul(self.millis) / 1_000;
		let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
		let two = |large: u64, unit: &str, small: u64, part: &str| match small {
			0 => format!("{large} {unit}"),
			_ => format!("{large} {unit} {small} {part}"),
		};
		if days > 0 {
			two(days, "d", hours, "h")
		} else if hours > 0 {
			two(hours, "h", minutes, "min")
		} else if minutes > 0 {
			two(minutes, "min", seconds % 60, "s")
		} else {
			format!("{seconds} s")
		}
	}

	/// A block for people, with how far away it is: `at block 240: in 120 blocks (12 min)`.
	pub(super) fn at(&self, block: u32) -> String {
		match block.checked_sub(self.now) {
			Some(0) => format!("at block {block}: now"),
			Some(left) => format!("at block {block}: in {}", self.blocks(left)),
			None => format!("at block {block}: {} ago", self.blocks(self.now - block)),
		}
	}

	/// What is left until a block, for tables.
	pub(super) fn left(&self, block: u32) -> String {
		match block.saturating_sub(self.now) {
			0 => "due".into(),
			left => self.blocks(left),
		}
	}

	/// The block that `text` names: by its number, or from now on as in `+100` (blocks), `+2h` and `+14d`.
	pub(super) fn parse_block(&self, text: &str) -> Result<u32, Failure> {
		match text.trim().strip_prefix('+') {
			Some(later) => Ok(self.now.saturating_add(self.parse_span(later)?)),
			None => text.trim().parse().map_err(|_| {
				Failure::usage(format!("`{text}` is no block")).hint(
					"write its number, or how far away it is: +100 (blocks), +90min, +12h or +14d",
				)
			}),
		}
	}

	/// The number of blocks that `text` says: as such, or as a time.
	pub(super) fn parse_span(&self, text: &str) -> Result<u32, Failure> {
		let wrong = || {
			Failure::usage(format!("`{text}` is no time"))
				.hint("write a number of blocks, or a time: 90s, 90min, 12h, 14d")
		};
		let text = text.trim();
		let split = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
		let (number, unit) = text.split_at(split);
		let number: u64 = number.parse().map_err(|_| wrong())?;
		let seconds: u64 = match unit.trim() {
			"" | "blocks" => return u32::try_from(number).map_err(|_| wrong()),
			"s" => 1,
			"m" | "min" => 60,
			"h" => 3_600,
			"d" => 86_400,
			"w" => 7 * 86_400,
			_ => return Err(wrong()),
		};
		let millis = number.checked_mul(seconds * 1_000).ok_or_else(wrong)?;
		u32::try_from(millis.div_ceil(self.millis.max(1))).map_err(|_| wrong())
	}
}

/// The amount that `text` says, in ROME.
pub(super) fn rome(text: &str) -> Result<u128, Failure> {
	parse_amount(text.trim_end_matches("ROME").trim()).map_err(Failure::usage)
}

/// A hash of 32 bytes, as `text` says it.
pub(super) fn parse_hash32(text: &str) -> Result<Hash32, Failure> {
	let digits = text.strip_prefix("0x").unwrap_or(text);
	let bytes = hex::decode(digits).ok().and_then(|bytes| bytes.try_into().ok());
	bytes.ok_or_else(|| {
		Failure::usage(format!("`{text}` is no hash")).hint("write 64 hexadecimal digits")
	})
}

/// A text that is not too long, for `what`.
pub(super) fn within<'a>(text: &'a str, most: u32, what: &str) -> Result<&'a str, Failure> {
	let text = text.trim();
	if text.len() > most as usize {
		return Err(Failure::usage(format!(
			"{what} has at most {most} bytes; this one has {}",
			text.len()
		))
		.hint("put the rest where a link leads to"));
	}
	Ok(text)
}

/// Reads a file of text, or standard input for `-`.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
	let failed = |error: std::io::Error| {
		Failure::usage(format!("cannot read {} as UTF-8 text: {error}", path.display()))
	};
	if path.as_os_str() == "-" {
		let mut text = String::new();
		std::io::stdin().read_to_string(&mut text).map_err(failed)?;
		return Ok(text);
	}
	fs::read_to_string(path).map_err(failed)
}

/// What somebody wrote on chain, fit for a terminal.
pub(super) fn written(bytes: &[u8]) -> String {
	printable(&String::from_utf8_lossy(bytes))
}

/// The same on one line.
pub(super) fn line(bytes: &[u8]) -> String {
	written(bytes).replace(['\n', '\t'], " ")
}

/// A share for people: `60 %`.
pub(super) fn share(share: Perbill) -> String {
	let hundredths = (u64::from(share.deconstruct()) + 50_000) / 100_000;
	match (hundredths / 100, hundredths % 100) {
		(whole, 0) => format!("{whole} %"),
		(whole, part) => format!("{whole}.{} %", format!("{part:02}").trim_end_matches('0')),
	}
}

/// The share that `text` says: `60%`, or a part such as `1/3`.
pub(super) fn parse_share(text: &str) -> Result<Perbill, Failure> {
	let wrong = || {
		Failure::usage(format!("`{text}` is no share"))
			.hint("write 60%, 33.3% or a part such as 1/3")
	};
	let compact: String = text.chars().filter(|sign| *sign != ' ').collect();
	if let Some((part, whole)) = compact.split_once('/') {
		let (part, whole): (u32, u32) =
			(part.parse().map_err(|_| wrong())?, whole.parse().map_err(|_| wrong())?);
		if part > whole || whole == 0 {
			return Err(wrong());
		}
		return Ok(Perbill::from_rational(part, whole));
	}
	let number = compact.strip_suffix('%').ok_or_else(wrong)?;
	let (whole, part) = number.split_once('.').unwrap_or((number, ""));
	let digits = |text: &str| text.chars().all(|digit| digit.is_ascii_digit());
	if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 7 {
		return Err(wrong());
	}
	let parts: u64 = format!("{whole}{part:0<7}").parse().map_err(|_| wrong())?;
	let parts = u32::try_from(parts).map_err(|_| wrong())?;
	if parts > Perbill::from_percent(100).deconstruct() {
		return Err(wrong());
	}
	Ok(Perbill::from_parts(parts))
}

/// A kind for people.
pub(super) fn kind_text(kind: Kind) -> &'static str {
	match kind {
		Kind::Signal => "signal",
		Kind::Grant => "grant",
		Kind::Bounty => "bounty",
		Kind::Spend => "spend",
		Kind::ApproveSchema => "approve schema",
		Kind::ActivateSchema => "activate schema",
		Kind::Dispatch => "dispatch",
		Kind::RootDispatch => "dispatch as root",
	}
}

/// A kind for programs.
pub(super) fn kind_word(kind: Kind) -> &'static str {
	match kind {
		Kind::Signal => "signal",
		Kind::Grant => "grant",
		Kind::Bounty => "bounty",
		Kind::Spend => "spend",
		Kind::ApproveSchema => "approveSchema",
		Kind::ActivateSchema => "activateSchema",
		Kind::Dispatch => "dispatch",
		Kind::RootDispatch => "rootDispatch",
	}
}

/// How a proposal stands, in one word for programs.
pub(super) fn state_word(state: &ProposalState) -> &'static str {
	match state {
		ProposalState::Active { .. } => "active",
		ProposalState::Approved { .. } => "approved",
		ProposalState::Executed { .. } => "executed",
		ProposalState::ExecutionFailed { .. } => "executionFailed",
		ProposalState::Rejected { .. } => "rejected",
		ProposalState::Slashed { .. } => "slashed",
		ProposalState::NoQuorum { .. } => "noQuorum",
		ProposalState::Canceled { .. } => "canceled",
		ProposalState::Vetoed { .. } => "vetoed",
	}
}

/// How a proposal stands, for people.
pub(super) fn state_text(state: &ProposalState) -> &'static str {
	match state {
		ProposalState::Active { .. } => "voting",
		ProposalState::Approved { .. } => "approved, in its grace",
		ProposalState::Executed { .. } => "executed",
		ProposalState::ExecutionFailed { .. } => "execution failed",
		ProposalState::Rejected { .. } => "rejected",
		ProposalState::Slashed { .. } => "rejected, stake slashed",
		ProposalState::NoQuorum { .. } => "no quorum",
		ProposalState::Canceled { .. } => "taken back",
		ProposalState::Vetoed { .. } => "vetoed",
	}
}

/// The block in which a proposal's voting or grace ends, or in which it ended.
pub(super) fn state_block(state: &ProposalState) -> u32 {
	match state {
		ProposalState::Active { until } => *until,
		ProposalState::Approved { execute_at } => *execute_at,
		ProposalState::Executed { at }
		| ProposalState::ExecutionFailed { at, .. }
		| ProposalState::Rejected { at }
		| ProposalState::Slashed { at }
		| ProposalState::NoQuorum { at }
		| ProposalState::Canceled { at }
		| ProposalState::Vetoed { at } => *at,
	}
}

/// An outcome for programs.
pub(super) fn outcome_word(outcome: Outcome) -> &'static str {
	match outcome {
		Outcome::Passed => "passed",
		Outcome::Rejected => "rejected",
		Outcome::Slashed => "slashed",
		Outcome::NoQuorum => "noQuorum",
	}
}

/// An outcome for people.
pub(super) fn outcome_text(outcome: Outcome) -> &'static str {
	match outcome {
		Outcome::Passed => "it passes",
		Outcome::Rejected => "it is rejected",
		Outcome::Slashed => "it is rejected, and its stake lost",
		Outcome::NoQuorum => "it has no quorum",
	}
}

/// A vote, for people and programs.
pub(super) fn vote_word(vote: Vote) -> &'static str {
	match vote {
		Vote::Approve => "approve",
		Vote::Reject => "reject",
		Vote::Abstain => "abstain",
		Vote::Slash => "slash",
	}
}

/// A standing reward, for people and programs.
pub(super) fn reward_word(kind: RewardKind) -> &'static str {
	match kind {
		RewardKind::SchemaActivated => "schemaActivated",
		RewardKind::ProviderActivated => "providerActivated",
		RewardKind::ProposalExecuted => "proposalExecuted",
		RewardKind::InformedVoting => "informedVoting",
	}
}

/// Votes for programs.
pub(super) fn tally_json(tally: &Tally) -> Json {
	json!({
		"approve": tally.approve,
		"reject": tally.reject,
		"abstain": tally.abstain,
		"slash": tally.slash,
	})
}

/// Votes for people: `2 approve, 1 reject`.
pub(super) fn tally_text(tally: &Tally) -> String {
	let counts = [
		(tally.approve, "approve"),
		(tally.reject, "reject"),
		(tally.abstain, "abstain"),
		(tally.slash, "slash"),
	];
	let said: Vec<_> = counts
		.iter()
		.filter(|(count, _)| *count > 0)
		.map(|(count, what)| format!("{count} {what}"))
		.collect();
	if said.is_empty() {
		"none".into()
	} else {
		said.join(", ")
	}
}

/// Why a proposal could not be carried out, and what to do about it.
pub(super) fn failure_text(
	failure: &ExecutionFailure,
	metadata: &ArcMetadata,
) -> (String, Option<String>) {
	let plain = |text: &str| (text.to_string(), None);
	match failure {
		ExecutionFailure::Refused(error) => {
			let refusal = Refusal::decode(&error.encode(), metadata);
			let advice = refusal.advice();
			(refusal.sentence, advice)
		},
		ExecutionFailure::PreimageMissing => (
			"its call is not noted any more".into(),
			Some("note the call again (`preimage.notePreimage`)".into()),
		),
		ExecutionFailure::NotACall => plain("what is noted is no call of this runtime"),
		ExecutionFailure::TooHeavy => plain("its call weighs more than a proposal's may"),
		ExecutionFailure::KillsFund => {
			plain("its call would have taken from the fund what is promised")
		},
	}
}

/// The same in one word for programs.
pub(super) fn failure_word(failure: &ExecutionFailure) -> &'static str {
	match failure {
		ExecutionFailure::Refused(_) => "refused",
		ExecutionFailure::PreimageMissing => "preimageMissing",
		ExecutionFailure::NotACall => "notACall",
		ExecutionFailure::TooHeavy => "tooHeavy",
		ExecutionFailure::KillsFund => "killsFund",
	}
}

/// An amount that may be nothing, for tables.
pub(super) fn amount_or_none(units: u128) -> String {
	if units == 0 {
		"-".into()
	} else {
		amount(units)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const CLOCK: Clock = Clock { now: 1_000, millis: 6_000 };

	#[test]
	fn times_are_told_for_people() {
		let told = [0, 5, 10, 25, 600, 610, 14_400, 15_000].map(|blocks| CLOCK.span(blocks));
		let expected = ["0 s", "30 s", "1 min", "2 min 30 s", "1 h", "1 h 1 min", "1 d", "1 d 1 h"];
		assert_eq!(told, expected);
		assert_eq!(CLOCK.at(1_010), "at block 1010: in 10 blocks (1 min)");
		assert_eq!(CLOCK.at(999), "at block 999: 1 block (6 s) ago");
		assert_eq!(CLOCK.at(1_000), "at block 1000: now");
		assert_eq!((CLOCK.left(1_000).as_str(), CLOCK.left(999).as_str()), ("due", "due"));
	}

	#[test]
	fn times_are_read_as_people_write_them() {
		for (text, block) in [
			("5000", 5_000),
			("+100", 1_100),
			("+1min", 1_010),
			("+7s", 1_002),
			("+2h", 2_200),
			("+14d", 202_600),
			(" +1w ", 101_800),
		] {
			assert_eq!(CLOCK.parse_block(text).unwrap(), block, "{text}");
		}
		for text in ["", "+", "soon", "-1", "+1y", "1d", "+99999999999d", "4294967296"] {
			assert!(CLOCK.parse_block(text).is_err(), "{text}");
		}
		assert_eq!(CLOCK.parse_span("90min").unwrap(), 900);
	}

	#[test]
	fn shares_and_votes() {
		let shares = [
			Perbill::from_percent(60),
			Perbill::from_rational(2u32, 3),
			Perbill::from_rational(125u32, 1_000),
			Perbill::from_percent(100),
		];
		assert_eq!(shares.map(share), ["60 %", "66.67 %", "12.5 %", "100 %"]);
		for (text, parts) in [
			("60%", 600_000_000),
			("33.3 %", 333_000_000),
			("100%", 1_000_000_000),
			("0.0000001%", 1),
			("1/3", 333_333_333),
		] {
			assert_eq!(parse_share(text).unwrap().deconstruct(), parts, "{text}");
		}
		for text in ["", "%", "60", "101%", "-1%", "2/1", "1/0", "1.%x", "0.00000001%"] {
			assert!(parse_share(text).is_err(), "{text}");
		}
		let tally = Tally { approve: 2, abstain: 1, ..Default::default() };
		assert_eq!(tally_text(&tally), "2 approve, 1 abstain");
		assert_eq!(tally_text(&Tally::default()), "none");
	}
}
