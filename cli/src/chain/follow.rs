//! Follows the chain's best blocks, and says which of our transactions are in them.
//!
//! Works from block to block rather than from subscriptions: it does not matter which node answers, or
//! whether one was away for a while, and a block that loses its place takes its transactions' outcomes
//! along.

use super::{
	client::Chain,
	errors::{Error, Result},
	events::Event,
	rpc::Hash,
};
use std::collections::{HashMap, HashSet};

/// A transaction that is in a block.
#[derive(Clone, Debug)]
pub(crate) struct Included {
	pub number: u64,
	pub events: Vec<Event>,
}

struct Seen {
	number: u64,
	hash: Hash,
	transactions: Vec<Hash>,
}

/// Follows transactions.
pub(crate) struct Tracker {
	seen: Vec<Seen>,
	wanted: HashSet<Hash>,
	included: HashMap<Hash, Included>,
}

impl Tracker {
	/// Follows the chain from its present best block on.
	pub(crate) async fn start(chain: &Chain) -> Result<Self> {
		let hash = chain.best_hash().await?;
		let header = chain.rpc.header(hash).await?;
		let number = header.map_or(0, |header| header.number);
		let first = Seen { number, hash, transactions: Vec::new() };
		Ok(Self { seen: vec![first], wanted: HashSet::new(), included: HashMap::new() })
	}

	/// Looks for this transaction from the next block on.
	pub(crate) fn want(&mut self, transaction: Hash) {
		self.wanted.insert(transaction);
	}

	/// Where a transaction is.
	pub(crate) fn included(&self, transaction: &Hash) -> Option<&Included> {
		self.included.get(transaction)
	}

	/// The best block's number.
	pub(crate) fn best(&self) -> u64 {
		self.seen.last().map_or(0, |seen| seen.number)
	}

	/// Takes in what is new. Returns whether anything is.
	pub(crate) async fn advance(&mut self, chain: &Chain) -> Result<bool> {
		let best = chain.best_hash().await?;
		if self.seen.last().is_some_and(|seen| seen.hash == best) {
			return Ok(false);
		}
		let Some(first) = self.seen.first().map(|seen| seen.number) else { return Ok(false) };
		let mut path = Vec::new();
		let mut at = best;
		// Back to a block that we know.
		let known = loop {
			if let Some(position) = self.seen.iter().rposition(|seen| seen.hash == at) {
				break Some(position);
			}
			let Some(header) = chain.rpc.header(at).await? else {
				return Err(Error::unreadable(
					"chain_getHeader",
					format!("there is no block {at:?}"),
				));
			};
			if header.number <= first {
				// Even the block that we started from lost its place: everything from there on is new.
				if header.number == first {
					path.push((header.number, at));
				}
				break None;
			}
			path.push((header.number, at));
			at = header.parent_hash;
		};
		for lost in self.seen.drain(known.map_or(0, |position| position + 1)..) {
			for transaction in lost.transactions {
				self.included.remove(&transaction);
			}
		}
		for (number, hash) in path.into_iter().rev() {
			let transactions = self.look_into(chain, number, hash).await?;
			self.seen.push(Seen { number, hash, transactions });
		}
		Ok(true)
	}

	async fn look_into(&mut self, chain: &Chain, number: u64, hash: Hash) -> Result<Vec<Hash>> {
		let extrinsics = chain.rpc.extrinsics(hash).await?;
		let mut ours = HashMap::new();
		for (index, bytes) in extrinsics.iter().enumerate() {
			let transaction = Hash::from(sp_crypto_hashing::blake2_256(bytes));
			if self.wanted.contains(&transaction) {
				ours.insert(index as u32, transaction);
			}
		}
		if ours.is_empty() {
			return Ok(Vec::new());
		}
		let mut events = HashMap::<u32, Vec<Event>>::new();
		for (index, event) in chain.events(hash).await? {
			if ours.contains_key(&index) {
				events.entry(index).or_default().push(event);
			}
		}
		for (index, transaction) in &ours {
			let events = events.remove(index).unwrap_or_default();
			self.included.insert(*transaction, Included { number, events });
		}
		Ok(ours.into_values().collect())
	}

	/// Whether the block of this number that we saw is final.
	pub(crate) async fn is_final(&self, chain: &Chain, number: u64) -> Result<bool> {
		let last = chain.rpc.finalized_hash().await?;
		let Some(header) = chain.rpc.header(last).await? else { return Ok(false) };
		if header.number < number {
			return Ok(false);
		}
		// The chain that was made final has to be the one that we followed.
		let ours = self.seen.iter().rev().find(|seen| seen.number == number).map(|seen| seen.hash);
		let canonical = chain.rpc.block_hash(Some(number)).await?;
		Ok(ours.is_some() && ours == canonical)
	}
}
