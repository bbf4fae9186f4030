//! The council as it is now, and how what it decides on stands.

use super::{
	decisions::{decide, Matter},
	motions::{move_and_vote, Share},
	root::sudo,
};
use crate::{accounts, args::Global, failure::Failure, output::Output};
use rome_client::{Account, AccountId, Call, Chain};
use rome_primitives::governance::ProposalId;
use serde_json::{json, Value as Json};

/// The members of the council, and those of `accounts` that are among them: at least one.
pub(super) async fn of_the_council<'a>(
	chain: &Chain,
	accounts: &'a [Account],
) -> Result<(Vec<AccountId>, Vec<&'a Account>), Failure> {
	let members = chain.council().await?;
	let ours: Vec<_> = accounts.iter().filter(|account| members.contains(&account.id())).collect();
	if ours.is_empty() {
		let names: Vec<_> = members.iter().map(ToString::to_string).collect();
		return Err(Failure::new("none of the accounts given is in the council").hint(format!(
			"sign with a member's account; the members are {}",
			if names.is_empty() { "none".into() } else { names.join(", ") }
		)));
	}
	Ok((members, ours))
}

/// How something that the council decides on stands after we did what we could.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
	/// Carried out.
	Done,
	/// Has passed, and is carried out later.
	Passed {
		/// The proposal.
		proposal: ProposalId,
		/// From which block on.
		execute_at: u32,
		/// That block for people.
		when: String,
	},
	/// More votes are needed.
	Open {
		/// The proposal; nothing for a motion.
		proposal: Option<ProposalId>,
		/// Votes for it.
		ayes: u32,
		/// How many of them decide.
		needed: u32,
	},
}

impl Standing {
	/// For programs, on top of what `value` says: nothing if it is carried out.
	pub(crate) fn add_to(&self, mut value: Json) -> Json {
		let more = match self {
			Self::Done => return value,
			Self::Passed { proposal, execute_at, .. } => {
				json!({ "status": "passed", "proposal": proposal, "executeAt": execute_at })
			},
			Self::Open { proposal, ayes, needed } => {
				json!({ "status": "open", "proposal": proposal, "ayes": ayes, "needed": needed })
			},
		};
		if let (Json::Object(value), Json::Object(more)) = (&mut value, more) {
			value.extend(more.into_iter().filter(|(_, it)| !it.is_null()));
		}
		value
	}

	/// What is to be said of something that is not carried out. `again` is the command by which other
	/// members join in.
	pub(crate) fn unfinished(&self, again: &str) -> Option<String> {
		Some(match self {
			Self::Done => return None,
			Self::Passed { proposal, when, .. } => {
				format!("proposal {proposal} has passed, and is carried out {when}")
			},
			Self::Open { proposal: Some(id), ayes, needed } => format!(
				"proposal {id}: {ayes} of {needed} votes; other members of the council vote with: {again}; \
				 or in their own words: rome proposal vote {id} approve --reason TEXT --suri SURI"
			),
			Self::Open { proposal: None, ayes, needed } => {
				format!("{ayes} of {needed} votes; other members of the council vote with: {again}")
			},
		})
	}

	/// What callers say that name no command: the same one again.
	pub(crate) fn open(&self) -> Option<String> {
		self.unfinished("the same command, with their accounts")
	}
}

/// Something that root or the council does by a call.
pub(crate) struct Measure {
	/// The call.
	pub call: Call,
	/// What a proposal of it is called.
	pub title: String,
	/// It stops something, which the council does by a motion: no proposal, no grace.
	pub emergency: bool,
}

impl Measure {
	/// What the council decides on by a proposal.
	pub(crate) fn new(call: Call, title: impl Into<String>) -> Self {
		Self { call, title: title.into(), emergency: false }
	}

	/// What the council decides on by a motion of its majority.
	pub(crate) fn emergency(call: Call) -> Self {
		Self { call, title: String::new(), emergency: true }
	}
}

/// Has a measure carried out: by the council, or by sudo.
pub(crate) async fn administer(
	chain: &Chain,
	measure: Measure,
	council: bool,
	global: &Global,
	output: Output,
) -> Result<Standing, Failure> {
	let Measure { call, title, emergency } = measure;
	if !council {
		sudo(chain, &[call], global).await?;
		return Ok(Standing::Done);
	}
	let accounts = accounts::all(global)?;
	let standings = if emergency {
		move_and_vote(chain, &[call], Share::Majority, &accounts, output).await?
	} else {
		let matters = [Matter::call(&call, &*chain.runtime().await?, title)?];
		decide(chain, &matters, "", &accounts, global, output).await?
	};
	Ok(standings.into_iter().next().unwrap_or(Standing::Done))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_open_is_told() {
		let value = || json!({ "group": 1 });
		assert_eq!(Standing::Done.add_to(value()), value());
		assert_eq!(Standing::Done.open(), None);
		let motion = Standing::Open { proposal: None, ayes: 1, needed: 2 };
		let expected = json!({ "group": 1, "status": "open", "ayes": 1, "needed": 2 });
		assert_eq!(motion.add_to(value()), expected);
		assert!(motion.open().unwrap().starts_with("1 of 2 votes"));
		let when = "at block 9: in 3 blocks (18 s)".to_string();
		let passed = Standing::Passed { proposal: 4, execute_at: 9, when };
		assert_eq!(passed.add_to(value())["executeAt"], 9);
		assert!(passed.open().unwrap().contains("carried out at block 9"));
	}
}
