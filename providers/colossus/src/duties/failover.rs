//! Follows the chain, from endpoint to endpoint, and tells the other duties what it says.

use super::Shared;
use crate::node::View;
use rome_client::{AccountId, Chain, Head, Heads};
use rome_primitives::actors::ActorState;
use std::{
	sync::{atomic::Ordering, Arc},
	time::Duration,
};

/// How often a new block is looked for.
const LOOK: Duration = Duration::from_millis(500);

pub(crate) async fn run(shared: Arc<Shared>) {
	let Some(chain) = shared.node.chain() else { return };
	let stalled = Duration::from_secs(shared.config.duties.stalled_seconds);
	let mut heads = Heads::best(LOOK).leave_after(stalled);
	let mut away = false;
	let mut registered = None;
	while !shared.stop.is_cancelled() {
		let head = tokio::select! {
			() = shared.stop.cancelled() => return,
			head = heads.next(&chain) => head,
		};
		let seen = match head {
			Ok(head) => view(&shared, &chain, head).await,
			Err(error) => Err(error),
		};
		shared.node.metrics.rpc_connections.set(chain.rpc.generation() as i64);
		match seen {
			Ok(view) => {
				if std::mem::take(&mut away) {
					tracing::info!("an endpoint answers again; catching up");
				}
				tell(&shared, view, &mut registered);
			},
			Err(error) => {
				if !std::mem::replace(&mut away, true) {
					tracing::warn!(%error, "no endpoint answers; what is here is served meanwhile");
				}
				if !shared.rest(Duration::from_secs(1)).await {
					return;
				}
			},
		}
	}
}

/// What the chain says at a block; none where the operator key stands for no provider.
async fn view(
	shared: &Shared,
	chain: &Chain,
	head: Head,
) -> rome_client::Result<(Head, u64, Option<View>)> {
	let finalized = chain.finalized().await?.number;
	let storage = chain.storage_at(head.hash);
	let key = AccountId::from(<[u8; 32]>::from(shared.node.key.id()));
	let Some(me) = storage.provider_of(&key).await? else { return Ok((head, finalized, None)) };
	let mut tranches = Vec::new();
	for (tranche, _) in &me.memberships {
		tranches.extend(storage.tranche(*tranche).await?);
	}
	let parameters = storage.parameters().await?;
	Ok((head, finalized, Some(View { head, finalized, me, tranches, parameters })))
}

fn tell(
	shared: &Shared,
	(head, finalized, view): (Head, u64, Option<View>),
	registered: &mut Option<Option<ActorState>>,
) {
	let facts = &shared.http.facts;
	let metrics = &shared.node.metrics;
	facts.chain_heard.store(rome_provider::auth::now(), Ordering::Relaxed);
	facts.finalized.store(finalized.min(u32::MAX.into()) as u32, Ordering::Relaxed);
	metrics.best_block.set(head.number as i64);
	metrics.finalized_block.set(finalized as i64);
	let state = view.as_ref().map(|view| view.me.state);
	metrics.provider_active.set(i64::from(state == Some(ActorState::Active)));
	if let Ok(mut endpoint) = facts.endpoint.write() {
		*endpoint = view.as_ref().map(|view| view.me.endpoint.clone());
	}
	if *registered != Some(state) {
		match (&view, state) {
			(Some(view), Some(state)) => tracing::info!(
				provider = view.me.id,
				?state,
				memberships = ?view.me.memberships,
				"this is how the provider stands on chain"
			),
			_ => tracing::warn!(
				operator = %shared.node.key.id(),
				"this operator key stands for no provider on chain; `rome provider apply` registers it"
			),
		}
		*registered = Some(state);
	}
	shared.node.publish(view);
}
