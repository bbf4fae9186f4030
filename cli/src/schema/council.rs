//! Motions of the council, from the motion to its end.

use crate::{accounts, args::Global, failure::Failure, output::Output};
use codec::{Decode, Encode};
use rome_client::{decode_result, Account, Call, Chain, Event, Hash};
use subxt::utils::AccountId32;

/// How many of the council have to agree.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Share {
	/// More than half.
	Majority,
	/// Two thirds.
	TwoThirds,
}

impl Share {
	fn of(self, members: usize) -> u32 {
		let needed = match self {
			Self::Majority => members / 2 + 1,
			Self::TwoThirds => (members * 2).div_ceil(3),
		};
		u32::try_from(needed).unwrap_or(u32::MAX)
	}
}

/// A motion's votes, as the council's pallet keeps them.
#[derive(Clone, Debug, Decode)]
struct Votes {
	index: u32,
	threshold: u32,
	ayes: Vec<AccountId32>,
	nays: Vec<AccountId32>,
	#[allow(dead_code)]
	end: u32,
}

/// How a motion stands after we did what we could.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
	/// Carried out.
	Done,
	/// More votes are needed.
	Open { ayes: usize, needed: u32 },
}

struct Motion {
	call: Vec<u8>,
	hash: Hash,
}

/// Moves `calls`, votes for them with every one of `accounts` that is in the council, and closes the
/// motions that have their majority. Tells how each stands, in the order of `calls`.
///
/// Motions that are there already are taken up: several members run the same command in turn.
pub(crate) async fn decide(
	chain: &Chain,
	calls: &[Call],
	share: Share,
	accounts: &[Account],
	output: Output,
) -> Result<Vec<Standing>, Failure> {
	let runtime = chain.runtime().await?;
	let members: Vec<AccountId32> = chain.value("Council", "Members").await?.unwrap_or_default();
	let ours: Vec<&Account> =
		accounts.iter().filter(|account| members.contains(&account.id())).collect();
	let Some(first) = ours.first().copied() else {
		let names: Vec<_> = members.iter().map(ToString::to_string).collect();
		return Err(Failure::new("none of the accounts given is in the council").hint(format!(
			"sign with a member's account; the members are {}",
			if names.is_empty() { "none".into() } else { names.join(", ") }
		)));
	};
	let needed = share.of(members.len());
	let mut motions = Vec::new();
	for call in calls {
		let call = call.encode(&runtime)?;
		let hash = Hash::from(sp_crypto_hashing::blake2_256(&call));
		motions.push(Motion { call, hash });
	}

	// With a single vote needed the council's pallet carries out the proposal at once.
	if needed < 2 {
		let proposals: Vec<_> =
			motions.iter().map(|motion| Call::propose(needed, &motion.call)).collect();
		let sent = chain.send(&Call::batch_all(&proposals, &runtime)?, first, false).await?;
		check_results(&sent.events, &runtime)?;
		return Ok(vec![Standing::Done; motions.len()]);
	}

	let mut proposals = Vec::new();
	for motion in &motions {
		if votes(chain, motion).await?.is_none() {
			proposals.push(Call::propose(needed, &motion.call));
		}
	}
	if !proposals.is_empty() {
		chain.send(&Call::batch_all(&proposals, &runtime)?, first, false).await?;
		output.note(&format!("{} moved in the council", count(proposals.len(), "motion")));
	}

	let mut ballots = Vec::new();
	for account in &ours {
		let mut own = Vec::new();
		for motion in &motions {
			let Some(votes) = votes(chain, motion).await? else { continue };
			// One vote too many would cost a fee and change nothing.
			let before = votes.ayes.len() + ballots_for(&ballots, motion.hash);
			if !votes.ayes.contains(&account.id()) && before < votes.threshold as usize {
				own.push((motion.hash, Call::vote(motion.hash, votes.index)));
			}
		}
		if !own.is_empty() {
			ballots.push((*account, own));
		}
	}
	let mut batches = Vec::new();
	for (account, own) in &ballots {
		let calls: Vec<_> = own.iter().map(|(_, call)| call.clone()).collect();
		batches.push((Call::batch_all(&calls, &runtime)?, (*account).clone()));
	}
	if !batches.is_empty() {
		for outcome in chain.send_all(&batches, false).await? {
			outcome?;
		}
		output.note(&format!("{} voted aye", count(batches.len(), "member")));
	}

	let mut closing = Vec::new();
	let mut standings = Vec::new();
	for motion in &motions {
		let Some(votes) = votes(chain, motion).await? else {
			standings.push(Standing::Done);
			continue;
		};
		if votes.ayes.len() >= votes.threshold as usize {
			let weight = chain.call_weight(&motion.call).await?;
			let length = u32::try_from(motion.call.len()).unwrap_or(u32::MAX);
			closing.push(Call::close(motion.hash, votes.index, weight, length));
			standings.push(Standing::Done);
		} else {
			if !votes.nays.is_empty() {
				output.note(&format!("{} against", count(votes.nays.len(), "member")));
			}
			standings.push(Standing::Open { ayes: votes.ayes.len(), needed: votes.threshold });
		}
	}
	if !closing.is_empty() {
		let sent = chain.send(&Call::batch_all(&closing, &runtime)?, first, false).await?;
		check_results(&sent.events, &runtime)?;
	}
	Ok(standings)
}

fn ballots_for(ballots: &[(&Account, Vec<(Hash, Call)>)], motion: Hash) -> usize {
	ballots.iter().flat_map(|(_, own)| own).filter(|(hash, _)| *hash == motion).count()
}

/// "1 motion", "2 motions".
pub(crate) fn count(number: usize, what: &str) -> String {
	format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

async fn votes(chain: &Chain, motion: &Motion) -> Result<Option<Votes>, Failure> {
	Ok(chain.map_value("Council", "Voting", &motion.hash.encode()).await?)
}

/// Has root carry out `calls`, all or none, signed with the chain's sudo account.
pub(crate) async fn sudo(chain: &Chain, calls: &[Call], global: &Global) -> Result<(), Failure> {
	let account = accounts::one(global)?;
	let key: Option<AccountId32> = chain.value("Sudo", "Key").await?;
	if key != Some(account.id()) {
		let key = key.map_or_else(|| "there is none".into(), |key| format!("it is {key}"));
		return Err(Failure::new("the account that signs is not the chain's sudo account")
			.hint(format!("{key}; the council can do this as well: add --council")));
	}
	let runtime = chain.runtime().await?;
	let call = match calls {
		[call] => call.clone(),
		calls => Call::batch_all(calls, &runtime)?,
	};
	let sent = chain.send(&Call::sudo(&call, &runtime)?, &account, global.wait).await?;
	check_results(&sent.events, &runtime)
}

/// Has a call of the directory's administration carried out: by the council's majority, or by sudo.
pub(crate) async fn administer(
	chain: &Chain,
	call: Call,
	council: bool,
	global: &Global,
	output: Output,
) -> Result<Standing, Failure> {
	let calls = [call];
	if !council {
		sudo(chain, &calls, global).await?;
		return Ok(Standing::Done);
	}
	let accounts = accounts::all(global)?;
	let standings = decide(chain, &calls, Share::Majority, &accounts, output).await?;
	Ok(standings.into_iter().next().unwrap_or(Standing::Done))
}

impl Standing {
	/// The votes that an open motion has and needs; nothing if it is carried out.
	pub(crate) fn open(&self) -> Option<String> {
		match self {
			Self::Done => None,
			Self::Open { ayes, needed } => Some(format!(
				"{ayes} of {needed} votes; other members of the council vote by running the same \
				 command with their accounts"
			)),
		}
	}
}

/// Fails if what a motion or sudo carried out did not work.
fn check_results(events: &[Event], metadata: &subxt::metadata::ArcMetadata) -> Result<(), Failure> {
	for event in events {
		let result = if event.is("Council", "Executed") || event.is("Council", "MemberExecuted") {
			event.fields.get(32..)
		} else if event.is("Sudo", "Sudid") {
			Some(event.fields.as_slice())
		} else {
			None
		};
		if let Some(Err(refusal)) = result.map(|bytes| decode_result(bytes, metadata)) {
			return Err(rome_client::Error::Dispatch(refusal).into());
		}
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn shares_of_a_council() {
		let majority: Vec<_> = (1..=7).map(|members| Share::Majority.of(members)).collect();
		assert_eq!(majority, [1, 2, 2, 3, 3, 4, 4]);
		let two_thirds: Vec<_> = (1..=7).map(|members| Share::TwoThirds.of(members)).collect();
		assert_eq!(two_thirds, [1, 2, 2, 3, 4, 4, 5]);
	}
}
