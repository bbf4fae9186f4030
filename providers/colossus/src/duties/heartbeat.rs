//! Says that the provider is there, once in each window, as soon as it opens.

use super::Shared;
use rome_client::{Call, Chain, Error};
use rome_primitives::signing::Heartbeat;
use std::{sync::Arc, time::Duration};
use tokio::time::{timeout, Instant};

/// Blocks after which a heartbeat that is in none of them is sent again.
const BLOCKS: u64 = 4;
/// How long heartbeats wait for the report of what is missing.
const REPORTING: Duration = Duration::from_secs(60);
/// How long a block may let a heartbeat wait.
const SENDING: Duration = Duration::from_secs(60);
/// How long one of the other endpoints may take to accept it.
const ACCEPTING: Duration = Duration::from_secs(20);

/// The last heartbeat that a block had, or will have if all goes well.
#[derive(Clone, Copy)]
struct Given {
	window: u32,
	block: u64,
}

impl Given {
	/// Whether what is due at a block is this one: the block may be one before it. Some blocks later it is not
	/// there any more, since its block lost its place.
	fn covers(&self, window: u32, head: u64) -> bool {
		self.window == window && head < self.block.saturating_add(BLOCKS)
	}
}

pub(crate) async fn run(shared: Arc<Shared>) {
	let mut views = shared.node.views();
	let started = Instant::now();
	let mut last: Option<Given> = None;
	loop {
		tokio::select! {
			() = shared.stop.cancelled() => return,
			changed = views.changed() => if changed.is_err() { return },
		}
		let view = views.borrow_and_update().clone();
		let Some(view) = view.filter(|view| view.me.heartbeat_due) else { continue };
		let (provider, window) = (view.me.id, view.me.heartbeat_window);
		if last.is_some_and(|last| last.covers(window, view.head.number)) {
			continue;
		}
		// What is missing is reported first: a heartbeat would claim that all is well. But a report that
		// cannot be made, for want of money perhaps, shall not make the provider fall silent.
		if !shared.work.is_settled() && started.elapsed() < REPORTING {
			continue;
		}
		let Some(chain) = shared.node.chain() else { continue };
		let signed = shared.node.key.sign(&shared.genesis, Heartbeat { provider, window });
		let call = Call::heartbeat(provider, window, &signed.signature);
		let (failure, dropped) =
			match timeout(SENDING, chain.send_general(&call, BLOCKS, false)).await {
				Ok(Ok(sent)) => {
					shared.node.metrics.heartbeats.inc();
					tracing::debug!(window, block = sent.number, "heartbeat");
					last = Some(Given { window, block: sent.number });
					continue;
				},
				Ok(Err(error)) => (error.to_string(), matches!(error, Error::Expired(_))),
				Err(_) => (format!("no block took it within {} s", SENDING.as_secs()), true),
			};
		shared.node.metrics.heartbeats_failed.inc();
		tracing::warn!(window, %failure, "a heartbeat failed; it is sent again in a later block");
		if dropped && chain.rpc.urls().len() > 1 {
			// A node that takes transactions and gives them to nobody answers all else as it should.
			let took = through_all(&chain, &call).await;
			tracing::info!(window, endpoints = took, "the heartbeat was given to every endpoint");
			last = Some(Given { window, block: view.head.number.saturating_add(BLOCKS) })
				.filter(|_| took > 0);
			chain.rpc.leave("a heartbeat that was given to it is in no block").await;
		}
	}
}

/// Gives a heartbeat to every endpoint. Gives how many took it.
async fn through_all(chain: &Chain, call: &Call) -> usize {
	let each = chain.each();
	let given = each.iter().map(|one| async move {
		let sent = timeout(ACCEPTING, async {
			let transaction = one.general(call, BLOCKS).await?;
			one.rpc.submit(&transaction.bytes).await
		});
		match sent.await {
			Ok(Ok(_)) => true,
			Ok(Err(error)) => error.is_already_known(),
			Err(_) => false,
		}
	});
	futures::future::join_all(given).await.into_iter().filter(|took| *took).count()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_window_has_one_heartbeat_unless_its_block_is_gone() {
		let given = Given { window: 7, block: 100 };
		assert!(given.covers(7, 99), "seen at a block before it");
		assert!(given.covers(7, 100 + BLOCKS - 1));
		assert!(!given.covers(7, 100 + BLOCKS), "it should have counted by now");
		assert!(!given.covers(8, 100));
	}
}
