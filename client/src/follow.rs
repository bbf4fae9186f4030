//! Follows the chain's best blocks, and says which of our transactions are in them.
//!
//! Works from block to block rather than from subscriptions: it does not matter which node answers, or
//! whether one was away for a while, and a block that loses its place takes its transactions' outcomes
//! along.

use crate::{Chain, Error, Event, Hash, Result};
use std::collections::{HashMap, HashSet};

/// A transaction that is in a block.
#[derive(Clone, Debug)]
pub struct Included {
	/// The block's height.
	pub number: u64,
	/// What it did, in order.
	pub events: Vec<Event>,
}

struct Seen {
	number: u64,
	hash: Hash,
	transactions: Vec<Hash>,
}

/// Follows transactions.
pub struct Tracker {
	seen: Vec<Seen>,
	wanted: HashSet<Hash>,
	included: HashMap<Hash, Included>,
}

impl Tracker {
	/// Follows the chain from its present best block on.
	pub async fn start(chain: &Chain) -> Result<Self> {
		let hash = chain.best_hash().await?;
		let header = chain.rpc.header(hash).await?;
		let number = header.map_or(0, |header| header.number);
		let first = Seen { number, hash, transactions: Vec::new() };
		Ok(Self { seen: vec![first], wanted: HashSet::new(), included: HashMap::new() })
	}

	/// Looks for this transaction from the next block on.
	pub fn want(&mut self, transaction: Hash) {
		self.wanted.insert(transaction);
	}

	/// Where a transaction is.
	pub fn included(&self, transaction: &Hash) -> Option<&Included> {
		self.included.get(transaction)
	}

	/// The best block's number.
	pub fn best(&self) -> u64 {
		self.seen.last().map_or(0, |seen| seen.number)
	}

	/// Takes in what is new. Returns whether anything is.
	pub async fn advance(&mut self, chain: &Chain) -> Result<bool> {
		let best = chain.best_hash().await?;
		if self.seen.last().is_some_and(|seen| seen.hash == best) {
			return Ok(false);
		}
		let (keep, new) = match self.gather(chain, best).await {
			Ok(news) => news,
			// Another node took over meanwhile and does not have this block yet: look again later.
			Err(Error::Unreadable { .. } | Error::Refused { .. }) => return Ok(false),
			Err(error) => return Err(error),
		};
		for lost in self.seen.drain(keep..) {
			for transaction in lost.transactions {
				self.included.remove(&transaction);
			}
		}
		for (seen, included) in new {
			self.seen.push(seen);
			self.included.extend(included);
		}
		Ok(true)
	}

	/// How many of the blocks that we saw lead to `best`, and those that come after them.
	async fn gather(
		&self,
		chain: &Chain,
		best: Hash,
	) -> Result<(usize, Vec<(Seen, HashMap<Hash, Included>)>)> {
		let first = self.seen.first().map_or(0, |seen| seen.number);
		let mut path = Vec::new();
		let mut at = best;
		let keep = loop {
			if let Some(position) = self.seen.iter().rposition(|seen| seen.hash == at) {
				break position + 1;
			}
			let Some(header) = chain.rpc.header(at).await? else {
				let why = format!("there is no block {at:?}");
				return Err(Error::unreadable("chain_getHeader", why));
			};
			path.push((header.number, at));
			if header.number <= first {
				// Even the block that we started from lost its place, or the node forgot it when it
				// crashed: we start from here.
				break 0;
			}
			at = header.parent_hash;
		};
		let mut new = Vec::new();
		for (number, hash) in path.into_iter().rev() {
			let included = self.look_into(chain, number, hash).await?;
			let transactions = included.keys().copied().collect();
			new.push((Seen { number, hash, transactions }, included));
		}
		Ok((keep, new))
	}

	/// Those of our transactions that are in a block.
	async fn look_into(
		&self,
		chain: &Chain,
		number: u64,
		hash: Hash,
	) -> Result<HashMap<Hash, Included>> {
		let extrinsics = chain.rpc.extrinsics(hash).await?;
		let mut ours = HashMap::new();
		for (index, bytes) in extrinsics.iter().enumerate() {
			let transaction = Hash::from(sp_crypto_hashing::blake2_256(bytes));
			if self.wanted.contains(&transaction) {
				ours.insert(index as u32, transaction);
			}
		}
		if ours.is_empty() {
			return Ok(HashMap::new());
		}
		let mut events = HashMap::<u32, Vec<Event>>::new();
		for (index, event) in chain.events(hash).await? {
			if ours.contains_key(&index) {
				events.entry(index).or_default().push(event);
			}
		}
		let included = ours.into_iter().map(|(index, transaction)| {
			let events = events.remove(&index).unwrap_or_default();
			(transaction, Included { number, events })
		});
		Ok(included.collect())
	}

	/// Whether the block of this number that we saw is final.
	pub async fn is_final(&self, chain: &Chain, number: u64) -> Result<bool> {
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
