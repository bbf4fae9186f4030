//! What proposals do, for people and programs.

use super::{
	terms::{condition_json, condition_text},
	text::{kind_word, written, Clock},
};
use crate::{
	failure::Failure,
	output::{amount, table},
};
use rome_client::{
	governance::{Action, ProposalInfo},
	AccountId, Balance, Chain, Hash,
};
use rome_primitives::governance::{BountyTerms, Entrants, Judge, Kind, MilestoneTerms};
use serde_json::{json, Value as Json};
use subxt::{
	ext::scale_value::{
		scale,
		stringify::{custom_formatters::format_hex, to_writer_custom},
	},
	metadata::Metadata,
};

/// What has to be known besides a proposal to tell how it stands.
pub(super) struct Context {
	/// What time it is.
	pub clock: Clock,
	/// What the call says that it makes.
	pub call: Option<String>,
	/// How many seats the council has; it matters to root's authority alone.
	pub seats: u32,
}

impl Context {
	/// What has to be known besides this proposal.
	pub(super) async fn of(chain: &Chain, view: &ProposalInfo) -> Result<Self, Failure> {
		let action = &view.proposal.action;
		let seats = match action.kind() {
			Kind::RootDispatch => chain.constant("Elections", "DesiredMembers").await?,
			_ => view.members,
		};
		Ok(Self { clock: Clock::read(chain).await?, call: call_of(chain, action).await?, seats })
	}
}

/// What a proposal does, for programs. `call`: what the call that it makes says.
pub(super) fn action_json(action: &Action, call: Option<&str>) -> Json {
	let mut value = match action {
		Action::Signal => json!({}),
		Action::Grant { beneficiary, milestones } => json!({
			"beneficiary": beneficiary.to_string(),
			"total": total(milestones).to_string(),
			"milestones": milestones.iter().map(milestone_json).collect::<Vec<_>>(),
		}),
		Action::Bounty { terms, amount } => {
			json!({ "amount": amount.to_string(), "terms": terms_json(terms) })
		},
		Action::Spend { beneficiary, amount } => {
			json!({ "beneficiary": beneficiary.to_string(), "amount": amount.to_string() })
		},
		Action::ApproveSchema { suggestion } | Action::ActivateSchema { suggestion } => {
			json!({ "suggestion": suggestion })
		},
		Action::Dispatch { hash, len, root } => {
			json!({ "hash": format!("0x{}", hex::encode(hash)), "len": len, "root": root, "call": call })
		},
	};
	value["kind"] = json!(kind_word(action.kind()));
	value
}

/// What a proposal does, for people.
pub(super) fn action_text(action: &Action, call: Option<&str>, clock: &Clock) -> String {
	match action {
		Action::Signal => "it does nothing by itself: the text is what it is about".into(),
		Action::Grant { beneficiary, milestones } => {
			let mut rows = table(&["milestone", "amount", "due", "condition"]);
			for (index, milestone) in milestones.iter().enumerate() {
				rows.add_row([
					index.to_string(),
					amount(milestone.amount),
					clock.at(milestone.due),
					condition_text(&milestone.condition),
				]);
			}
			let total = amount(total(milestones));
			format!("sets aside a grant of {total} to {beneficiary}\n{}", rows.trim_fmt())
		},
		Action::Bounty { terms, amount: given } => {
			format!(
				"opens a bounty with {} of the fund\n{}",
				amount(*given),
				terms_text(terms, clock)
			)
		},
		Action::Spend { beneficiary, amount: paid } => {
			format!("pays {} to {beneficiary}", amount(*paid))
		},
		Action::ApproveSchema { suggestion } => {
			format!("approves the schema of suggestion {suggestion} (`rome schema show --suggestion {suggestion}`)")
		},
		Action::ActivateSchema { suggestion } => {
			format!("activates the schema of suggestion {suggestion} (`rome schema show --suggestion {suggestion}`)")
		},
		Action::Dispatch { hash, len, root } => {
			let authority = if *root { "root's authority" } else { "the council's authority" };
			let hash = hex::encode(hash);
			match call {
				Some(call) => format!("makes a call with {authority} (0x{hash}):\n{call}"),
				None => format!(
					"makes a call with {authority}, which is not noted any more or cannot be read: \
					 0x{hash}, {len} bytes"
				),
			}
		},
	}
}

fn total(milestones: &[MilestoneTerms<Balance>]) -> Balance {
	milestones.iter().fold(0, |sum: Balance, milestone| sum.saturating_add(milestone.amount))
}

fn milestone_json(milestone: &MilestoneTerms<Balance>) -> Json {
	json!({
		"amount": milestone.amount.to_string(),
		"due": milestone.due,
		"condition": condition_json(&milestone.condition),
	})
}

/// A bounty's terms for programs.
pub(super) fn terms_json(terms: &BountyTerms<AccountId, Balance>) -> Json {
	let judge = match &terms.judge {
		Judge::Council => json!("council"),
		Judge::Account { who, fee, stake } => json!({
			"account": who.to_string(),
			"fee": fee.to_string(),
			"stake": stake.to_string(),
		}),
	};
	let entrants = match &terms.entrants {
		Entrants::Open => json!("open"),
		Entrants::List(list) => json!(list.iter().map(ToString::to_string).collect::<Vec<_>>()),
	};
	json!({
		"judge": judge,
		"entrants": entrants,
		"entryStake": terms.entry_stake.to_string(),
		"workPeriod": terms.work_period,
		"judgePeriod": terms.judge_period,
	})
}

/// A bounty's terms for people.
pub(super) fn terms_text(terms: &BountyTerms<AccountId, Balance>, clock: &Clock) -> String {
	let judge = match &terms.judge {
		Judge::Council => "the council judges".into(),
		Judge::Account { who, fee, stake } => {
			format!("{who} judges, for a fee of {} and a stake of {}", amount(*fee), amount(*stake))
		},
	};
	let entrants = match &terms.entrants {
		Entrants::Open => "everyone may enter".into(),
		Entrants::List(list) => {
			let names: Vec<_> = list.iter().map(ToString::to_string).collect();
			format!("only these may enter: {}", names.join(", "))
		},
	};
	format!(
		"{judge}\n{entrants}, for a stake of {}\nwork can be submitted for {}, then it is judged within {}",
		amount(terms.entry_stake),
		clock.blocks(terms.work_period),
		clock.blocks(terms.judge_period),
	)
}

/// What the call says that a proposal makes, if it makes one that can be read.
async fn call_of(chain: &Chain, action: &Action) -> Result<Option<String>, Failure> {
	let Action::Dispatch { hash, len, .. } = action else { return Ok(None) };
	let Some(bytes) = chain.preimage(Hash::from(*hash), *len).await? else { return Ok(None) };
	Ok(call_text(&bytes, &*chain.runtime().await?))
}

/// A call that is encoded, by its names: `ContentDirectory.migrate_class { class: 1, version: 2 }`.
pub(super) fn call_text(bytes: &[u8], metadata: &Metadata) -> Option<String> {
	let call = metadata.outer_enums().call_enum_ty();
	let rest = &mut &bytes[..];
	let value = scale::decode_as_type(rest, call, metadata.types()).ok()?;
	if !rest.is_empty() {
		return None;
	}
	let mut text = String::new();
	to_writer_custom()
		.compact()
		.add_custom_formatter(|value, writer: &mut &mut String| format_hex(value, writer))
		.write(&value, &mut text)
		.ok()?;
	Some(written(text.as_bytes()))
}
