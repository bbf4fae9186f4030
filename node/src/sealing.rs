//! When blocks are made on a development chain that does not wait for its slots.
//!
//! Every block takes the next slot, so a chain that seals faster than every six seconds runs ahead of
//! the wall clock. Blocks carry no seal and are finalised at once: such a chain has one node.

use futures::{stream, FutureExt, Stream, StreamExt};
use sc_consensus_manual_seal::EngineCommand;
use sc_transaction_pool_api::TransactionPool;
use sp_blockchain::HeaderBackend;
use sp_runtime::traits::Block as BlockT;
use std::{fmt, str::FromStr, sync::Arc, time::Duration};

/// How long to wait for the pool to have looked at a new block.
const POOL_PATIENCE: Duration = Duration::from_secs(2);

/// How long to wait for a transaction before looking at the pool again: one that had to wait for
/// another becomes ready without being announced.
const PULSE: Duration = Duration::from_millis(250);

/// How many blocks in a row may leave the pool as full as it was. One is normal: no transaction fits
/// into the block that changes the session. More than a few mean that what is left cannot be
/// included at all.
const MAX_FRUITLESS: u32 = 3;

/// When to make a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealing {
	/// As soon as there is a transaction; finalised at once.
	Instant,
	/// At a steady pace, with or without transactions; finalised at once.
	Interval(Duration),
	/// When `engine_createBlock` is called.
	Manual,
}

impl FromStr for Sealing {
	type Err = String;

	fn from_str(mode: &str) -> Result<Self, String> {
		match mode.split_once('=') {
			None if mode == "instant" => Ok(Sealing::Instant),
			None if mode == "manual" => Ok(Sealing::Manual),
			None if mode == "interval" => {
				Err("how often? Write interval=MS, for example interval=1000 for a block a second"
					.to_owned())
			},
			Some(("interval", millis)) => match millis.parse::<u64>() {
				Ok(0) => Err("an interval of 0 ms would never let the node do anything else; \
				              the least is interval=1"
					.to_owned()),
				Ok(millis) => Ok(Sealing::Interval(Duration::from_millis(millis))),
				Err(_) => Err(format!(
					"`{millis}` is not a number of milliseconds; for example interval=1000"
				)),
			},
			_ => Err("the modes are instant, manual and interval=MS".to_owned()),
		}
	}
}

impl fmt::Display for Sealing {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Sealing::Instant => write!(f, "instant"),
			Sealing::Interval(every) => write!(f, "interval={}", every.as_millis()),
			Sealing::Manual => write!(f, "manual"),
		}
	}
}

fn seal<Hash>() -> EngineCommand<Hash> {
	EngineCommand::SealNewBlock {
		// Also for instant sealing: the block that changes the session takes no transaction, and has
		// to be made nonetheless.
		create_empty: true,
		finalize: true,
		parent_hash: None,
		sender: None,
	}
}

/// A block every so often.
pub fn interval<Hash>(every: Duration) -> impl Stream<Item = EngineCommand<Hash>> + Unpin {
	let mut timer = tokio::time::interval(every);
	// A block that took longer than the interval delays the next ones; it does not make a burst.
	timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
	Box::pin(stream::unfold(timer, |mut timer| async move {
		timer.tick().await;
		Some((seal(), timer))
	}))
}

/// A block whenever the pool has a transaction that is ready, and again while it has.
///
/// The stream is asked for the next command when the last block is made, so a burst of transactions
/// ends up in as few blocks as hold them.
pub fn instant<Block, Client, Pool>(
	client: Arc<Client>,
	pool: Arc<Pool>,
) -> impl Stream<Item = EngineCommand<Block::Hash>> + Unpin
where
	Block: BlockT,
	Client: HeaderBackend<Block> + 'static,
	Pool: TransactionPool<Block = Block> + 'static,
{
	struct State<Arrivals> {
		arrivals: Arrivals,
		last_ready: usize,
		fruitless: u32,
	}

	let state = State { arrivals: pool.import_notification_stream(), last_ready: 0, fruitless: 0 };
	Box::pin(stream::unfold(state, move |mut state| {
		let (client, pool) = (client.clone(), pool.clone());
		async move {
			loop {
				// What came while the last block was made is part of what is counted next.
				while let Some(arrival) = state.arrivals.next().now_or_never() {
					arrival?;
					state.fruitless = 0;
				}
				// The pool learns of a block a moment after it is made, and until then still lists
				// what the block included.
				let best = client.info().best_hash;
				let ready = match tokio::time::timeout(POOL_PATIENCE, pool.ready_at(best)).await {
					Ok(ready) => Iterator::count(ready),
					Err(_) => pool.status().ready,
				};
				if ready < state.last_ready {
					state.fruitless = 0;
				}
				state.last_ready = ready;
				if ready > 0 && state.fruitless < MAX_FRUITLESS {
					state.fruitless += 1;
					return Some((seal(), state));
				}
				if let Ok(arrival) = tokio::time::timeout(PULSE, state.arrivals.next()).await {
					arrival?;
					state.fruitless = 0;
				}
			}
		}
	}))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn modes_are_read_as_they_are_written() {
		for mode in ["instant", "manual", "interval=1500"] {
			assert_eq!(mode.parse::<Sealing>().unwrap().to_string(), mode);
		}
		assert_eq!("interval=250".parse(), Ok(Sealing::Interval(Duration::from_millis(250))));
	}

	#[test]
	fn bad_modes_say_what_would_be_right() {
		for (mode, hint) in [
			("interval", "interval=1000"),
			("interval=", "not a number of milliseconds"),
			("interval=fast", "not a number of milliseconds"),
			("interval=-5", "not a number of milliseconds"),
			("interval=0", "the least is interval=1"),
			("instant=5", "the modes are"),
			("never", "the modes are"),
			("", "the modes are"),
		] {
			let message = mode.parse::<Sealing>().unwrap_err();
			assert!(message.contains(hint), "{mode}: {message}");
		}
	}
}
