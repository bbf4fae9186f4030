//! Blocks: the newest ones, one after the other, and what happened in them.

use crate::{chain::Runtime, events::Event, Chain, Error, Hash, Header, Result};
use std::{sync::Arc, time::Duration};
use subxt::events::Phase;
use tokio::time::{sleep, Instant};

/// A block: its height and hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
	/// Its height.
	pub number: u64,
	/// Its hash.
	pub hash: Hash,
}

fn no_block(hash: Hash) -> Error {
	Error::unreadable("chain_getHeader", format!("there is no block {hash:?}"))
}

impl Chain {
	/// The best block's hash.
	pub async fn best_hash(&self) -> Result<Hash> {
		let hash = self.rpc.block_hash(None).await?;
		hash.ok_or_else(|| Error::unreadable("chain_getBlockHash", "there is no best block"))
	}

	/// The best block.
	pub async fn best(&self) -> Result<Head> {
		let hash = self.best_hash().await?;
		Ok(Head { number: self.header(hash).await?.number, hash })
	}

	/// The newest final block.
	pub async fn finalized(&self) -> Result<Head> {
		let hash = self.rpc.finalized_hash().await?;
		Ok(Head { number: self.header(hash).await?.number, hash })
	}

	/// The block of this height on the best chain; `None` if there is none yet.
	pub async fn block_at(&self, number: u64) -> Result<Option<Head>> {
		Ok(self.rpc.block_hash(Some(number)).await?.map(|hash| Head { number, hash }))
	}

	/// A block's header. An error if the node has no such block.
	pub async fn header(&self, hash: Hash) -> Result<Header> {
		self.rpc.header(hash).await?.ok_or_else(|| no_block(hash))
	}

	/// What happened in a block, in order, also outside transactions; `None` if the node keeps its state no
	/// more, or has no such block.
	pub async fn events_at(&self, block: Hash) -> Result<Option<Vec<(Phase, Event)>>> {
		let Some(header) = self.rpc.header(block).await? else { return Ok(None) };
		// A block is carried out by the runtime that its parent left behind.
		let runtime = match self.runtime_after(header.parent_hash).await {
			Err(error) if error.is_state_gone() => return Ok(None),
			runtime => runtime?,
		};
		match self.all_events(block, &runtime).await {
			Err(error) if error.is_state_gone() => Ok(None),
			events => events.map(Some),
		}
	}

	/// The runtime that carries out what comes after a block. Each version is fetched once.
	pub async fn runtime_after(&self, block: Hash) -> Result<Arc<Runtime>> {
		/// More versions than are ever alive at a time.
		const KEPT: usize = 4;
		let version = self.rpc.runtime_version(Some(block)).await?.spec_version;
		let known = self.runtimes.read().ok().and_then(|runtimes| {
			runtimes.iter().find(|(of, _)| *of == version).map(|(_, runtime)| runtime.clone())
		});
		if let Some(runtime) = known {
			return Ok(runtime);
		}
		let runtime = Arc::new(self.runtime_at(Some(block)).await?);
		if let Ok(mut runtimes) = self.runtimes.write() {
			runtimes.truncate(KEPT - 1);
			runtimes.insert(0, (version, runtime.clone()));
		}
		Ok(runtime)
	}
}

/// Gives one new head after the other. Asks again and again rather than subscribing: it does not matter which
/// node answers, or whether one was away for a while. Heads in between may be left out.
#[derive(Clone, Debug)]
pub struct Heads {
	last: Option<Hash>,
	finalized: bool,
	every: Duration,
	stalled: Option<Duration>,
	since: Instant,
}

impl Heads {
	/// New best blocks, looked for at this interval.
	pub fn best(every: Duration) -> Self {
		Self { last: None, finalized: false, every, stalled: None, since: Instant::now() }
	}

	/// New final blocks, looked for at this interval.
	pub fn finalized(every: Duration) -> Self {
		Self { finalized: true, ..Self::best(every) }
	}

	/// Moves on to the next node when there is no new block for so long: a node may answer and be stuck.
	pub fn leave_after(mut self, stalled: Duration) -> Self {
		self.stalled = Some(stalled);
		self
	}

	/// Waits for the next head: another one than the last one given. The first comes at once.
	pub async fn next(&mut self, chain: &Chain) -> Result<Head> {
		loop {
			let hash = if self.finalized {
				chain.rpc.finalized_hash().await?
			} else {
				chain.best_hash().await?
			};
			if self.last != Some(hash) {
				// `None`: another node took over meanwhile and does not have this block.
				if let Some(header) = chain.rpc.header(hash).await? {
					self.last = Some(hash);
					self.since = Instant::now();
					return Ok(Head { number: header.number, hash });
				}
			}
			if let Some(stalled) = self.stalled.filter(|stalled| self.since.elapsed() > *stalled) {
				self.since = Instant::now();
				chain.rpc.leave(&format!("no new block for {} s", stalled.as_secs())).await;
			}
			sleep(self.every).await;
		}
	}
}
