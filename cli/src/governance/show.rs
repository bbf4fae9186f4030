//! Proposals with their votes, for people and programs.

use super::{
	actions::{action_json, action_text, Context},
	decisions::{approvals_needed, rule_of},
	text::{
		failure_word, kind_text, kind_word, line, outcome_text, outcome_word, share, state_block,
		state_text, state_word, tally_json, tally_text, vote_word, written, Clock,
	},
};
use crate::output::{amount, count, table};
use rome_client::{
	governance::{KindParameters, ProposalInfo, ProposalSummary},
	AccountId, Balance,
};
use rome_primitives::governance::{
	voting::{Outcome, Tally},
	Kind, Proposal, ProposalState, ThreadMode,
};
use serde_json::{json, Value as Json};

/// A line of a list for programs: what is stored, and the votes.
pub(super) fn line_json(line: &ProposalSummary) -> Json {
	let mut value = stored_json(line.id, &line.proposal, &line.tally, None);
	value["nextStep"] = json!(line.next_step);
	value
}

fn stored_json(
	id: u32,
	proposal: &Proposal<AccountId, Balance>,
	tally: &Tally,
	call: Option<&str>,
) -> Json {
	let failure = match &proposal.state {
		ProposalState::ExecutionFailed { failure, .. } => Some(failure),
		_ => None,
	};
	json!({
		"id": id,
		"kind": kind_word(proposal.action.kind()),
		"title": written(&proposal.title),
		"text": written(&proposal.text),
		"proposer": proposal.proposer.to_string(),
		"byMember": proposal.by_member,
		"stake": proposal.stake.to_string(),
		"submitted": proposal.submitted,
		"state": state_word(&proposal.state),
		"stateBlock": state_block(&proposal.state),
		"failure": failure.map(failure_word),
		"canBeRetried": failure.map(|failure| failure.can_be_retried()),
		"action": action_json(&proposal.action, call),
		"tally": tally_json(tally),
	})
}

/// What a kind of proposal costs and needs, for programs.
pub(super) fn parameters_json(parameters: &KindParameters) -> Json {
	json!({
		"threshold": parameters.threshold.deconstruct(),
		"quorum": parameters.quorum.deconstruct(),
		"votingPeriod": parameters.voting_period,
		"grace": parameters.grace,
		"stake": parameters.stake.to_string(),
	})
}

/// A proposal for programs.
pub(super) fn proposal_json(view: &ProposalInfo, context: &Context) -> Json {
	let call = context.call.as_deref();
	let mut value = stored_json(view.id, &view.proposal, &view.tally, call);
	value["nextStep"] = json!(view.next_step);
	value["members"] = json!(view.members);
	value["outcome"] = json!(outcome_word(view.outcome));
	value["parameters"] = parameters_json(&view.parameters);
	value["approvalsNeeded"] = json!(needed(view, context));
	let votes = view.votes.iter().map(|vote| {
		json!({
			"member": vote.member.to_string(),
			"vote": vote_word(vote.record.vote),
			"reason": written(&vote.record.reason),
			"at": vote.record.at,
			"counts": vote.counts,
		})
	});
	value["votes"] = json!(votes.collect::<Vec<_>>());
	value["thread"] = view.thread.as_ref().map_or(Json::Null, |thread| {
		json!({
			"opener": thread.opener.to_string(),
			"posts": thread.posts,
			"mode": mode_json(&thread.mode),
		})
	});
	value
}

/// Who may post, for programs.
pub(super) fn mode_json(mode: &ThreadMode<AccountId>) -> Json {
	match mode {
		ThreadMode::Open => json!("open"),
		ThreadMode::Closed(list) => {
			json!({ "closed": list.iter().map(ToString::to_string).collect::<Vec<_>>() })
		},
	}
}

/// How many approvals in all decide a proposal that is voted on.
fn needed(view: &ProposalInfo, context: &Context) -> Option<u32> {
	if !matches!(view.proposal.state, ProposalState::Active { .. }) {
		return None;
	}
	let rule = rule_of(view.proposal.action.kind(), &view.parameters, context.seats);
	approvals_needed(&rule, &view.tally, view.members)
}

/// A list for people.
pub(super) fn list_text(lines: &[ProposalSummary], clock: &Clock) -> String {
	let mut rows = table(&["proposal", "kind", "title", "state", "votes", "time left", "stake"]);
	for line_of in lines {
		let proposal = &line_of.proposal;
		rows.add_row([
			line_of.id.to_string(),
			kind_text(proposal.action.kind()).into(),
			line(&proposal.title),
			state_text(&proposal.state).into(),
			tally_text(&line_of.tally),
			line_of.next_step.map_or_else(|| "-".into(), |block| clock.left(block)),
			super::text::amount_or_none(proposal.stake),
		]);
	}
	rows.trim_fmt()
}

/// What kinds of proposals cost and need, for people.
pub(super) fn kinds_text(kinds: &[(Kind, KindParameters)], clock: &Clock) -> String {
	let mut rows = table(&["kind", "approvals", "quorum", "voting", "grace", "stake"]);
	for (kind, parameters) in kinds {
		rows.add_row([
			kind_text(*kind).into(),
			match kind {
				Kind::RootDispatch => "every member".into(),
				_ => format!("{} of those who take a side", share(parameters.threshold)),
			},
			share(parameters.quorum),
			clock.blocks(parameters.voting_period),
			match parameters.grace {
				0 => "none".into(),
				blocks => clock.blocks(blocks),
			},
			amount(parameters.stake),
		]);
	}
	rows.trim_fmt()
}

/// A proposal for people.
pub(super) fn proposal_text(view: &ProposalInfo, context: &Context) -> String {
	let clock = &context.clock;
	let proposal = &view.proposal;
	let kind = proposal.action.kind();
	let mut lines = vec![
		format!("proposal {}: {} ({})", view.id, line(&proposal.title), kind_text(kind)),
		format!(
			"by {}{}, submitted {}{}",
			proposal.proposer,
			if proposal.by_member { " (council)" } else { "" },
			clock.at(proposal.submitted),
			match proposal.stake {
				0 => String::new(),
				stake => format!("; its stake is {}", amount(stake)),
			},
		),
		format!("state: {}", standing_text(&proposal.state, clock)),
		action_text(&proposal.action, context.call.as_deref(), clock),
		format!("votes of {}: {}", count(view.members as usize, "member"), tally_text(&view.tally)),
	];
	lines.extend(rule_text(view, context));
	if !view.votes.is_empty() {
		let mut rows = table(&["member", "vote", "block", "reason"]);
		for vote in &view.votes {
			let said = vote_word(vote.record.vote);
			rows.add_row([
				vote.member.to_string(),
				if vote.counts { said.into() } else { format!("{said} (has left)") },
				vote.record.at.to_string(),
				line(&vote.record.reason),
			]);
		}
		lines.push(rows.trim_fmt());
	}
	if let Some(thread) = &view.thread {
		let posts = count(thread.posts as usize, "post");
		lines.push(format!("discussion: {posts} (`rome proposal thread {} list`)", view.id));
	}
	if !proposal.text.is_empty() {
		lines.push(format!("\n{}", written(&proposal.text)));
	}
	lines.join("\n")
}

fn standing_text(state: &ProposalState, clock: &Clock) -> String {
	let told = state_text(state);
	let at = clock.at(state_block(state));
	match state {
		ProposalState::Active { .. } => format!("{told}; it ends at the latest {at}"),
		ProposalState::Approved { .. } => format!("{told}; it is carried out {at}"),
		_ => format!("{told} {at}"),
	}
}

/// What it takes to pass, while a proposal is voted on.
fn rule_text(view: &ProposalInfo, context: &Context) -> Vec<String> {
	if !matches!(view.proposal.state, ProposalState::Active { .. }) {
		return Vec::new();
	}
	let needs = match view.proposal.action.kind() {
		Kind::RootDispatch => {
			format!("it needs every member, and two thirds of the {} seats filled", context.seats)
		},
		_ => format!(
			"it needs {} of those who take a side, and {} of the council to vote",
			share(view.parameters.threshold),
			share(view.parameters.quorum),
		),
	};
	let open = match needed(view, context) {
		Some(needed) => match needed.saturating_sub(view.tally.approve) {
			0 => format!(
				"; nothing can change that it passes: `rome proposal execute {}` decides it",
				view.id
			),
			1 => "; one more approval decides".into(),
			more => format!("; {more} more approvals decide"),
		},
		None if view.members < 2 => "; a council of fewer than two decides nothing".into(),
		None => "; approvals alone do not decide it any more".into(),
	};
	let now = match view.outcome {
		Outcome::Passed => "as it stands, it passes".to_string(),
		outcome => format!("as it stands, {}", outcome_text(outcome)),
	};
	vec![format!("{needs}{open}"), now]
}

#[cfg(test)]
mod tests {
	use super::*;
	use rome_client::governance::Action;
	use rome_primitives::governance::{api::VoteView, Vote, VoteRecord};
	use sp_runtime::Perbill;

	fn view(tally: Tally, state: ProposalState) -> ProposalInfo {
		let who = AccountId::from([1; 32]);
		let record = VoteRecord {
			vote: Vote::Approve,
			reason: b"good\x1b[2J".to_vec().try_into().unwrap(),
			at: 9,
		};
		ProposalInfo {
			id: 4,
			proposal: Proposal {
				proposer: who,
				by_member: true,
				title: b"Pay\nEve".to_vec().try_into().unwrap(),
				text: Default::default(),
				action: Action::Spend { beneficiary: who, amount: 5_000_000_000_000 },
				stake: 50_000_000_000_000,
				submitted: 5,
				state,
				voters: Default::default(),
				tally: Default::default(),
				members: 0,
			},
			parameters: KindParameters {
				threshold: Perbill::from_rational(2u32, 3),
				quorum: Perbill::from_percent(60),
				voting_period: 100,
				grace: 3,
				stake: 50_000_000_000_000,
			},
			votes: vec![VoteView { member: who, record, counts: true }],
			tally,
			members: 3,
			outcome: Outcome::NoQuorum,
			next_step: Some(105),
			thread: None,
		}
	}

	#[test]
	fn tells_what_it_takes_to_pass() {
		let clock = Clock { now: 95, millis: 6_000 };
		let mut context = Context { clock, call: None, seats: 7 };
		let tally = Tally { approve: 1, ..Default::default() };
		let mut info = view(tally, ProposalState::Active { until: 105 });
		let text = proposal_text(&info, &context);
		for words in [
			"proposal 4: Pay Eve (spend)",
			"(council), submitted at block 5",
			"its stake is 50 ROME",
			"voting; it ends at the latest at block 105: in 10 blocks (1 min)",
			"pays 5 ROME to",
			"votes of 3 members: 1 approve",
			"66.67 % of those who take a side, and 60 % of the council",
			"one more approval decides",
			"as it stands, it has no quorum",
		] {
			assert!(text.contains(words), "`{words}` is not in {text}");
		}
		assert!(!text.contains('\x1b'));
		let value = proposal_json(&info, &context);
		assert_eq!((&value["approvalsNeeded"], &value["state"]), (&json!(2), &json!("active")));
		assert_eq!(value["action"]["kind"], "spend");

		let done = view(tally, ProposalState::Executed { at: 90 });
		let text = proposal_text(&done, &context);
		assert!(text.contains("executed at block 90: 5 blocks (30 s) ago"), "{text}");
		assert!(!text.contains("it needs"));

		// Three members fill too few of seven seats for root's authority.
		info.proposal.action = Action::Dispatch { hash: [1; 32], len: 4, root: true };
		info.parameters.quorum = Perbill::from_percent(100);
		assert_eq!(proposal_json(&info, &context)["approvalsNeeded"], Json::Null);
		context.call = Some("System(remark)".into());
		let text = proposal_text(&info, &context);
		assert!(
			text.contains("two thirds of the 7 seats") && text.contains("System(remark)"),
			"{text}"
		);
		context.seats = 4;
		assert_eq!(proposal_json(&info, &context)["approvalsNeeded"], 3);
	}

	#[test]
	fn tables_tell_the_time_left() {
		let clock = Clock { now: 95, millis: 6_000 };
		let info = view(Tally::default(), ProposalState::Active { until: 105 });
		let line = ProposalSummary {
			id: 4,
			proposal: info.proposal,
			tally: info.tally,
			next_step: info.next_step,
		};
		let text = list_text(&[line], &clock);
		assert!(text.contains("10 blocks (1 min)") && text.contains("none"), "{text}");
		let text = kinds_text(&[(Kind::Spend, info.parameters)], &clock);
		assert!(text.contains("66.67 %") && text.contains("3 blocks (18 s)"), "{text}");
	}
}
