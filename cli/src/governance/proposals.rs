//! `rome proposal`: what the council decides on.

use super::{
	actions::Context,
	args::{KindName, ProposalCommand, StateName, VoteName},
	council::{of_the_council, Standing},
	decisions::need_proposal,
	motions::{move_and_vote, Share},
	root::sudo,
	show::{kinds_text, line_json, list_text, parameters_json, proposal_json, proposal_text},
	signing::each_signs,
	submit::submit,
	text::{failure_text, kind_word, within, Clock},
	thread::thread,
};
use crate::{accounts, args::Global, failure::Failure, output::Output};
use rome_client::{governance::ProposalSummary, Account, Call, Chain, Hash};
use rome_primitives::governance::{
	limits::MAX_REASON_BYTES, Action, Kind, ProposalId, ProposalState, Vote,
};
use serde_json::json;

/// What a member is told whose vote came after the decision.
const DECIDED: &[&str] = &["Proposals::ProposalDecided"];

/// What carrying a call out may weigh on top of the call, for looking it up: reference time and proof size.
const LOOKUP: (u64, u64) = (20_000_000_000, 16 << 20);

/// Runs a command.
pub(crate) async fn run(
	command: ProposalCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	use ProposalCommand as Command;
	let online = Online { global, output };
	match command {
		Command::List { state, kind, limit } => online.list(state, kind, limit as usize).await,
		Command::Show { id } => online.show(id).await,
		Command::Submit(command) => submit(*command, global, output).await,
		Command::Vote { id, vote, reason } => online.vote(id, vote, &reason).await,
		Command::Unvote { id } => {
			let call = Call::remove_proposal_vote(id);
			online.own(id, call, "the vote is taken back").await
		},
		Command::Cancel { id } => {
			let call = Call::cancel_proposal(id);
			online.own(id, call, "it is taken back; its stake is back").await
		},
		Command::Veto { id, council } => online.veto(id, council).await,
		Command::Execute { id } => online.execute(id).await,
		Command::Kinds => online.kinds().await,
		Command::Thread { id, command } => thread(id, command, global, output).await,
	}
}

impl KindName {
	fn kind(self) -> Kind {
		match self {
			Self::Signal => Kind::Signal,
			Self::Grant => Kind::Grant,
			Self::Bounty => Kind::Bounty,
			Self::Spend => Kind::Spend,
			Self::ApproveSchema => Kind::ApproveSchema,
			Self::ActivateSchema => Kind::ActivateSchema,
			Self::Dispatch => Kind::Dispatch,
			Self::RootDispatch => Kind::RootDispatch,
		}
	}
}

impl StateName {
	fn holds(self, state: &ProposalState) -> bool {
		use ProposalState as State;
		match state {
			State::Active { .. } => matches!(self, Self::Open | Self::Active),
			State::Approved { .. } => matches!(self, Self::Open | Self::Approved),
			State::Executed { .. } => self == Self::Executed,
			State::ExecutionFailed { .. } => self == Self::Failed,
			State::Rejected { .. }
			| State::Slashed { .. }
			| State::NoQuorum { .. }
			| State::Canceled { .. }
			| State::Vetoed { .. } => self == Self::Ended,
		}
	}
}

impl VoteName {
	fn vote(self) -> Vote {
		match self {
			Self::Approve => Vote::Approve,
			Self::Reject => Vote::Reject,
			Self::Abstain => Vote::Abstain,
			Self::Slash => Vote::Slash,
		}
	}
}

/// The reason of a vote, as the chain takes it: it may be left out.
pub(crate) fn vote_reason(text: &str) -> Result<&str, Failure> {
	within(text, MAX_REASON_BYTES, "a reason")
}

/// The same where there has to be one.
fn reason_of(text: &str) -> Result<&str, Failure> {
	let reason = vote_reason(text)?;
	if reason.is_empty() {
		return Err(Failure::usage("this needs a reason").hint("give --reason TEXT"));
	}
	Ok(reason)
}

struct Online<'a> {
	global: &'a Global,
	output: Output,
}

impl Online<'_> {
	async fn connect(&self) -> Result<Chain, Failure> {
		Ok(Chain::connect(&self.global.url, self.output.json).await?)
	}

	async fn list(
		&self,
		state: Option<StateName>,
		kind: Option<KindName>,
		limit: usize,
	) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let wanted = |line: &ProposalSummary| {
			state.is_none_or(|state| state.holds(&line.proposal.state))
				&& kind.is_none_or(|kind| line.proposal.action.kind() == kind.kind())
		};
		let mut lines = chain.governance().newest_proposals(limit, wanted).await?;
		lines.truncate(limit);
		let clock = Clock::read(&chain).await?;
		let list: Vec<_> = lines.iter().map(line_json).collect();
		self.output.result(json!(list), || {
			if lines.is_empty() {
				return "there are no such proposals; `rome proposal submit` makes one".into();
			}
			list_text(&lines, &clock)
		});
		Ok(())
	}

	async fn show(&self, id: ProposalId) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let view = need_proposal(&chain, id).await?;
		let context = Context::of(&chain, &view).await?;
		let mut value = proposal_json(&view, &context);
		let mut text = proposal_text(&view, &context);
		if let ProposalState::ExecutionFailed { failure, .. } = &view.proposal.state {
			let (why, advice) = failure_text(failure, &*chain.runtime().await?);
			value["failureText"] = json!(why);
			text = format!("{text}\nit could not be carried out: {why}");
			if let Some(advice) = advice {
				text = format!("{text} ({advice})");
			}
		}
		self.output.result(value, || text);
		Ok(())
	}

	async fn kinds(&self) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let kinds = chain.governance().kinds().await?;
		let clock = Clock::read(&chain).await?;
		let list: Vec<_> = kinds
			.iter()
			.map(|(kind, parameters)| {
				let mut value = parameters_json(parameters);
				value["kind"] = json!(kind_word(*kind));
				value
			})
			.collect();
		self.output.result(json!(list), || kinds_text(&kinds, &clock));
		Ok(())
	}

	/// Tells how a proposal stands after something was done.
	async fn conclude(&self, chain: &Chain, id: ProposalId, told: &str) -> Result<(), Failure> {
		let view = need_proposal(chain, id).await?;
		let context = Context::of(chain, &view).await?;
		self.output.result(proposal_json(&view, &context), || {
			format!("proposal {id}: {told}\n{}", proposal_text(&view, &context))
		});
		Ok(())
	}

	async fn vote(&self, id: ProposalId, vote: VoteName, reason: &str) -> Result<(), Failure> {
		let reason = reason_of(reason)?;
		let accounts = accounts::all(self.global)?;
		let chain = self.connect().await?;
		need_proposal(&chain, id).await?;
		let (_, ours) = of_the_council(&chain, &accounts).await?;
		let ours: Vec<Account> = ours.into_iter().cloned().collect();
		let call = Call::vote_on_proposal(id, vote.vote(), reason);
		let (global, output) = (self.global, self.output);
		let voted = each_signs(&chain, &call, &ours, DECIDED, global, output).await?;
		self.conclude(&chain, id, &format!("{} cast", crate::output::count(voted, "vote"))).await
	}

	/// Does something that one account may.
	async fn own(&self, id: ProposalId, call: Call, told: &str) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let chain = self.connect().await?;
		need_proposal(&chain, id).await?;
		chain.send(&call, &account, self.global.wait).await?;
		self.conclude(&chain, id, told).await
	}

	async fn veto(&self, id: ProposalId, council: bool) -> Result<(), Failure> {
		let accounts = accounts::all(self.global)?;
		let chain = self.connect().await?;
		need_proposal(&chain, id).await?;
		let calls = [Call::veto_proposal(id)];
		if council {
			let (share, output) = (Share::TwoThirds, self.output);
			let standings = move_and_vote(&chain, &calls, share, &accounts, output).await?;
			let again = format!("rome proposal veto {id} --council --suri SURI");
			let standing = standings.into_iter().next().unwrap_or(Standing::Done);
			if let Some(votes) = standing.unfinished(&again) {
				self.output.result(standing.add_to(json!({ "id": id })), || votes);
				return Ok(());
			}
		} else {
			sudo(&chain, &calls, self.global).await?;
		}
		self.conclude(&chain, id, "it is vetoed; its stake is back").await
	}

	async fn execute(&self, id: ProposalId) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let chain = self.connect().await?;
		let view = need_proposal(&chain, id).await?;
		let active = matches!(view.proposal.state, ProposalState::Active { .. });
		let mut weight = (0, 0);
		if let (false, Action::Dispatch { hash, len, .. }) = (active, &view.proposal.action) {
			weight = LOOKUP;
			if let Some(call) = chain.preimage(Hash::from(*hash), *len).await? {
				let (time, size) = chain.call_weight(&call).await?;
				weight = (weight.0.saturating_add(time), weight.1.saturating_add(size));
			}
		}
		chain.send(&Call::execute_proposal(id, weight), &account, self.global.wait).await?;
		let told = match need_proposal(&chain, id).await?.proposal.state {
			ProposalState::ExecutionFailed { failure, .. } => {
				let (why, advice) = failure_text(&failure, &*chain.runtime().await?);
				let failed = Failure::new(format!("proposal {id} could not be carried out: {why}"));
				return Err(match advice {
					Some(advice) => failed.hint(advice),
					None => failed,
				});
			},
			ProposalState::Executed { .. } => "it is carried out",
			_ => "it is decided",
		};
		self.conclude(&chain, id, told).await
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn states_are_filtered() {
		let active = ProposalState::Active { until: 1 };
		assert!(StateName::Open.holds(&active) && StateName::Active.holds(&active));
		assert!(!StateName::Ended.holds(&active));
		let vetoed = ProposalState::Vetoed { at: 1 };
		assert!(StateName::Ended.holds(&vetoed) && !StateName::Open.holds(&vetoed));
	}

	#[test]
	fn votes_have_reasons() {
		assert_eq!(reason_of(" so ").unwrap(), "so");
		assert!(reason_of(" ").is_err() && reason_of(&"x".repeat(513)).is_err());
	}
}
