//! Motions of the council, from the motion to its end. They are for emergencies: the chain lets them stop
//! things, and do nothing else. Everything else is decided by proposals; see [`decide`](super::decide).

use super::{
	council::{of_the_council, Standing},
	root::check_results,
};
use crate::{
	failure::Failure,
	output::{count, Output},
};
use codec::{Decode, Encode};
use rome_client::{Account, Call, Chain, Hash};
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

struct Motion {
	call: Vec<u8>,
	hash: Hash,
}

/// Moves `calls`, votes for them with every one of `accounts` that is in the council, and closes the
/// motions that have their majority. Tells how each stands, in the order of `calls`.
///
/// Motions that are there already are taken up: several members run the same command in turn.
pub(crate) async fn move_and_vote(
	chain: &Chain,
	calls: &[Call],
	share: Share,
	accounts: &[Account],
	output: Output,
) -> Result<Vec<Standing>, Failure> {
	let runtime = chain.runtime().await?;
	let (members, ours) = of_the_council(chain, accounts).await?;
	let Some(first) = ours.first().copied() else { return Ok(Vec::new()) };
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
			standings.push(Standing::Open {
				proposal: None,
				ayes: u32::try_from(votes.ayes.len()).unwrap_or(u32::MAX),
				needed: votes.threshold,
			});
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

async fn votes(chain: &Chain, motion: &Motion) -> Result<Option<Votes>, Failure> {
	Ok(chain.map_value("Council", "Voting", &motion.hash.encode()).await?)
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
