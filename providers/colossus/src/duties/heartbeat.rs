//! Says that the provider is there, once in each window, as soon as it opens.

use super::Shared;
use rome_client::Call;
use rome_primitives::signing::Heartbeat;
use std::{sync::Arc, time::Duration};
use tokio::time::{timeout, Instant};

/// Blocks after which a heartbeat that is in none of them is sent again.
const BLOCKS: u64 = 4;
/// How long heartbeats wait for the report of what is missing.
const REPORTING: Duration = Duration::from_secs(60);

pub(crate) async fn run(shared: Arc<Shared>) {
	let mut views = shared.node.views();
	let started = Instant::now();
	loop {
		tokio::select! {
			() = shared.stop.cancelled() => return,
			changed = views.changed() => if changed.is_err() { return },
		}
		let view = views.borrow_and_update().clone();
		let Some(view) = view.filter(|view| view.me.heartbeat_due) else { continue };
		// What is missing is reported first: a heartbeat would claim that all is well. But a report that
		// cannot be made, for want of money perhaps, shall not make the provider fall silent.
		if !shared.work.is_settled() && started.elapsed() < REPORTING {
			continue;
		}
		let Some(chain) = shared.node.chain() else { continue };
		let (provider, window) = (view.me.id, view.me.heartbeat_window);
		let signed = shared.node.key.sign(&shared.genesis, Heartbeat { provider, window });
		let call = Call::heartbeat(provider, window, &signed.signature);
		let sent = timeout(Duration::from_secs(60), chain.send_general(&call, BLOCKS, false)).await;
		let failure = match sent {
			Ok(Ok(sent)) => {
				shared.node.metrics.heartbeats.inc();
				tracing::debug!(window, block = sent.number, "heartbeat");
				continue;
			},
			Ok(Err(error)) => error.to_string(),
			Err(_) => "no block took it within a minute".to_owned(),
		};
		shared.node.metrics.heartbeats_failed.inc();
		tracing::warn!(window, %failure, "a heartbeat failed; it is sent again in a later block");
	}
}
