//! Has the council decide something by proposals: from the submission to the votes of those who sign.

use super::{
	council::{of_the_council, Standing},
	text::{failure_text, Clock},
};
use crate::{
	args::Global,
	failure::Failure,
	output::{count, Output},
};
use rome_client::{
	governance::{Action, ProposalInfo},
	Account, Call, Chain, Hash, LOOK,
};
use rome_primitives::governance::{
	limits::MAX_TITLE_BYTES,
	voting::{Outcome, Tally, VotingRule},
	Kind, KindParameters, ProposalId, ProposalState, Vote,
};
use std::time::Duration;
use subxt::metadata::Metadata;
use tokio::time::{sleep, Instant};

/// Proposals that are put to the vote at a time: stakes rise with each one of a kind, and come back when it
/// is decided.
const ROUND: usize = 16;

/// How long a proposal that is due may wait for room in a block before we tell that it waits.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the council is to decide on.
pub(crate) struct Matter {
	/// What the proposal is called.
	pub title: String,
	/// What it says.
	pub text: String,
	/// What it does.
	pub action: Action,
	/// The call that it makes, if it makes one that may have to be noted.
	pub call: Option<Vec<u8>>,
}

impl Matter {
	/// An action that is no call.
	pub(crate) fn action(action: Action, title: impl Into<String>) -> Self {
		Self { title: shortened(title.into()), text: String::new(), action, call: None }
	}

	/// A call with the council's authority.
	pub(crate) fn call(call: &Call, metadata: &Metadata, title: String) -> Result<Self, Failure> {
		Ok(Self::bytes(call.encode(metadata)?, false, title))
	}

	/// A call that is encoded, with the council's authority or root's.
	pub(super) fn bytes(call: Vec<u8>, root: bool, title: String) -> Self {
		let hash = sp_crypto_hashing::blake2_256(&call);
		let len = u32::try_from(call.len()).unwrap_or(u32::MAX);
		let action = Action::Dispatch { hash, len, root };
		Self { call: Some(call), ..Self::action(action, title) }
	}

	/// The calls that submit it: its call is noted with it where it is not yet.
	///
	/// What is noted stays as long as the proposal waits for it, also once the deposit is taken back: so that
	/// is done at once, and nothing is left behind.
	pub(super) async fn submission(&self, chain: &Chain) -> Result<Vec<Call>, Failure> {
		let submit = Call::submit_proposal(&self.title, &self.text, &self.action);
		let (Action::Dispatch { hash, len, .. }, Some(call)) = (&self.action, &self.call) else {
			return Ok(vec![submit]);
		};
		let hash = Hash::from(*hash);
		if chain.preimage(hash, *len).await?.is_some() {
			return Ok(vec![submit]);
		}
		Ok(vec![Call::note_preimage(call), submit, Call::unnote_preimage(hash)])
	}
}

/// A title that is not too long: its end is cut off.
fn shortened(mut title: String) -> String {
	const MORE: &str = "...";
	let most = MAX_TITLE_BYTES as usize;
	if title.len() > most {
		let room = most - MORE.len();
		let end = (0..=room).rev().find(|at| title.is_char_boundary(*at)).unwrap_or(0);
		title.truncate(end);
		title.push_str(MORE);
	}
	title
}

/// The rule by which a proposal is decided. `seats` of the council matter to root's authority alone.
pub(super) fn rule_of<Balance>(
	kind: Kind,
	parameters: &KindParameters<Balance>,
	seats: u32,
) -> VotingRule {
	VotingRule {
		threshold: parameters.threshold,
		quorum: parameters.quorum,
		unanimous: (kind == Kind::RootDispatch).then_some(seats),
	}
}

/// How many approvals in all decide that a proposal passes, if nobody changes a vote; `None` if they cannot.
pub(super) fn approvals_needed(rule: &VotingRule, tally: &Tally, members: u32) -> Option<u32> {
	let most = members.saturating_sub(tally.total()).saturating_add(tally.approve);
	let passes = |approve: &u32| {
		rule.early(&Tally { approve: *approve, ..*tally }, members) == Some(Outcome::Passed)
	};
	(tally.approve..=most).find(passes)
}

/// Puts `matters` to the vote and approves each with every one of `accounts` that is in the council, giving
/// `reason`. Tells how each stands, in their order.
///
/// Proposals that are there already are taken up: several members run the same command in turn.
pub(crate) async fn decide(
	chain: &Chain,
	matters: &[Matter],
	reason: &str,
	accounts: &[Account],
	global: &Global,
	output: Output,
) -> Result<Vec<Standing>, Failure> {
	let (members, ours) = of_the_council(chain, accounts).await?;
	if members.len() < 2 {
		return Err(Failure::new("a council of one member decides nothing")
			.hint("until an election fills it, sudo does it: leave --council out"));
	}
	let open = chain
		.governance()
		.newest_proposals(usize::MAX, |line| {
			use ProposalState::{Active, Approved};
			matches!(line.proposal.state, Active { .. } | Approved { .. })
		})
		.await?;
	let mut standings = Vec::new();
	for matters in matters.chunks(ROUND) {
		let mut ids: Vec<Option<ProposalId>> = Vec::new();
		let mut new = Vec::new();
		for matter in matters {
			let found = open.iter().find(|line| line.proposal.action == matter.action);
			ids.push(found.map(|line| line.id));
			if found.is_none() {
				new.push(matter);
			}
		}
		let mut submitted = submit(chain, &new, &ours, global, output).await?.into_iter();
		let ids: Vec<_> =
			ids.into_iter().filter_map(|id| id.or_else(|| submitted.next())).collect();
		approve(chain, &ids, reason, &ours, global, output).await?;
		for id in ids {
			standings.push(standing(chain, id).await?);
		}
	}
	Ok(standings)
}

/// Submits what is not there yet, by the first account. Gives the numbers in order.
async fn submit(
	chain: &Chain,
	matters: &[&Matter],
	ours: &[&Account],
	global: &Global,
	output: Output,
) -> Result<Vec<ProposalId>, Failure> {
	let Some(first) = ours.first().filter(|_| !matters.is_empty()) else { return Ok(Vec::new()) };
	let mut calls = Vec::new();
	for matter in matters {
		calls.extend(matter.submission(chain).await?);
	}
	let runtime = chain.runtime().await?;
	let sent = chain.send(&Call::batch_all(&calls, &runtime)?, first, global.wait).await?;
	let mut ids = Vec::new();
	for event in &sent.events {
		if event.is("Proposals", "ProposalSubmitted") {
			ids.push(event.first()?);
		}
	}
	if ids.len() != matters.len() {
		let missing =
			rome_client::Error::Missing("event ProposalSubmitted where it was due".into());
		return Err(missing.into());
	}
	output.note(&format!("{} submitted to the council", count(ids.len(), "proposal")));
	Ok(ids)
}

/// Votes for proposals with each account, as far as that changes anything.
async fn approve(
	chain: &Chain,
	ids: &[ProposalId],
	reason: &str,
	ours: &[&Account],
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let mut ballots: Vec<(&Account, Vec<Call>)> =
		ours.iter().map(|account| (*account, Vec::new())).collect();
	for id in ids {
		let view = need_proposal(chain, *id).await?;
		if !matches!(view.proposal.state, ProposalState::Active { .. }) {
			continue;
		}
		let mut tally = view.tally;
		let rule = rule_of(view.proposal.action.kind(), &view.parameters, view.members);
		// In a council that has shrunk, the votes there are may be enough.
		if let (true, Some((_, calls))) =
			(rule.early(&tally, view.members).is_some(), ballots.first_mut())
		{
			calls.push(Call::execute_proposal(*id, (0, 0)));
			continue;
		}
		for (account, calls) in &mut ballots {
			// One vote too many would be refused, for the proposal is decided.
			if rule.early(&tally, view.members).is_some() {
				break;
			}
			let cast = view.votes.iter().find(|vote| vote.counts && vote.member == account.id());
			match cast.map(|vote| vote.record.vote) {
				Some(Vote::Approve) => continue,
				Some(Vote::Reject) => tally.reject = tally.reject.saturating_sub(1),
				Some(Vote::Abstain) => tally.abstain = tally.abstain.saturating_sub(1),
				Some(Vote::Slash) => tally.slash = tally.slash.saturating_sub(1),
				None => {},
			}
			tally.count(Vote::Approve);
			calls.push(Call::vote_on_proposal(*id, Vote::Approve, reason));
		}
	}
	ballots.retain(|(_, calls)| !calls.is_empty());
	let runtime = chain.runtime().await?;
	let mut batches = Vec::new();
	for (account, calls) in ballots {
		let call = match calls.as_slice() {
			[call] => call.clone(),
			// Other members may decide one of them meanwhile, which is no reason not to vote on the rest.
			calls => Call::force_batch(calls, &runtime)?,
		};
		batches.push((call, account.clone()));
	}
	if batches.is_empty() {
		return Ok(());
	}
	for outcome in chain.send_all(&batches, global.wait).await? {
		match outcome {
			Err(rome_client::Error::Dispatch(refusal))
				if refusal.name == "Proposals::ProposalDecided" => {},
			outcome => drop(outcome?),
		}
	}
	output.note(&format!("{} voted aye", count(batches.len(), "member")));
	Ok(())
}

/// The proposal of that number, or what to do instead.
pub(super) async fn need_proposal(chain: &Chain, id: ProposalId) -> Result<ProposalInfo, Failure> {
	chain.governance().proposal(id).await?.ok_or_else(|| {
		Failure::new(format!("there is no proposal {id}, or not any more"))
			.hint("`rome proposal list` shows them")
	})
}

/// How a proposal stands. Waits a little for one that is due.
async fn standing(chain: &Chain, id: ProposalId) -> Result<Standing, Failure> {
	let start = Instant::now();
	loop {
		let view = need_proposal(chain, id).await?;
		let ended = |how: &str| {
			Err(Failure::new(format!("proposal {id} {how}"))
				.hint(format!("`rome proposal show {id}` tells the votes and their reasons")))
		};
		return match &view.proposal.state {
			ProposalState::Executed { .. } => Ok(Standing::Done),
			ProposalState::Active { .. } => {
				let rule = rule_of(view.proposal.action.kind(), &view.parameters, view.members);
				let needed = approvals_needed(&rule, &view.tally, view.members);
				let ayes = view.tally.approve;
				let needed = needed.unwrap_or(view.members).max(ayes);
				Ok(Standing::Open { proposal: Some(id), ayes, needed })
			},
			ProposalState::Approved { execute_at } => {
				let clock = Clock::read(chain).await?;
				if clock.now >= *execute_at && start.elapsed() < PATIENCE {
					sleep(LOOK).await;
					continue;
				}
				let when = clock.at(*execute_at);
				Ok(Standing::Passed { proposal: id, execute_at: *execute_at, when })
			},
			ProposalState::ExecutionFailed { failure, .. } => {
				let runtime = chain.runtime().await?;
				let (why, advice) = failure_text(failure, &runtime);
				let told = format!("proposal {id} has passed, but could not be carried out: {why}");
				let again = format!("once that is put right: rome proposal execute {id}");
				Err(Failure::new(told).hint(match advice {
					Some(advice) => format!("{advice}; {again}"),
					None if failure.can_be_retried() => again,
					None => "submit it anew, put right".into(),
				}))
			},
			ProposalState::Rejected { .. } => ended("was rejected"),
			ProposalState::Slashed { .. } => ended("was rejected, and its stake is lost"),
			ProposalState::NoQuorum { .. } => ended("ended without a quorum"),
			ProposalState::Canceled { .. } => ended("was taken back"),
			ProposalState::Vetoed { .. } => ended("was vetoed"),
		};
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::Perbill;

	#[test]
	fn titles_are_cut_between_signs() {
		assert_eq!(shortened("short".into()), "short");
		let cut = shortened("é".repeat(100));
		assert!(cut.len() <= 128 && cut.ends_with("é..."), "{cut}");
	}

	#[test]
	fn approvals_that_decide() {
		let parameters = |threshold, quorum| KindParameters {
			threshold,
			quorum,
			voting_period: 1,
			grace: 0,
			stake: 0u128,
		};
		let majority = parameters(Perbill::from_percent(51), Perbill::from_percent(60));
		let two_thirds =
			parameters(Perbill::from_rational(2u32, 3), Perbill::from_rational(2u32, 3));
		let needed = |parameters, tally, members| {
			approvals_needed(&rule_of(Kind::Dispatch, parameters, 7), &tally, members)
		};
		let none = Tally::default();
		assert_eq!(needed(&majority, none, 3), Some(2));
		assert_eq!(needed(&two_thirds, none, 3), Some(2));
		assert_eq!(needed(&two_thirds, none, 7), Some(5));
		assert_eq!(needed(&majority, Tally { approve: 1, abstain: 1, ..none }, 3), Some(2));
		assert_eq!(needed(&majority, Tally { reject: 2, ..none }, 3), None);
		let all = parameters(Perbill::from_percent(100), Perbill::from_percent(100));
		let rule = rule_of(Kind::RootDispatch, &all, 3);
		assert_eq!(approvals_needed(&rule, &none, 3), Some(3));
	}
}
