//! Releases replicas that are surplus, and deletes files that nobody needs here.
//!
//! What cannot be undone is done only where two endpoints, which are different nodes, agree about the state
//! at the same final block. An endpoint that lies makes it do nothing; with a single endpoint everything is
//! kept, which the log and a metric say.

use super::Shared;
use crate::node::View;
use rome_client::{Call, Chain, Hash};
use rome_primitives::{
	actors::ActorState,
	storage::{api::ObjectView, limits::MAX_BATCH, ObjectKey, ObjectState, ProviderId},
};
use std::{io, sync::Arc, time::Duration};
use tokio::{task::spawn_blocking, time::timeout};

/// How often it looks for something to do.
const EVERY: Duration = Duration::from_secs(30);
/// How long an endpoint may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is to be done about a replica.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
	/// Nothing.
	Keep,
	/// It counts and is surplus: give it back.
	Release,
	/// It does not count, and nobody waits for it: delete the file.
	Delete,
}

pub(crate) async fn run(shared: Arc<Shared>) {
	let mut told = None;
	while shared.rest(EVERY).await {
		let (Some(view), Some(chain)) = (shared.node.view(), shared.node.chain()) else { continue };
		// Who failed or is not active any more has data that the network may still need.
		let at_work = is_at_work(&view.me.state);
		let candidates: Vec<ObjectKey> = {
			let mut work = shared.work.lock();
			if !at_work || !work.settled {
				continue;
			}
			work.surplus.drain().collect()
		};
		let candidates = old_enough(&shared, candidates).await;
		if candidates.is_empty() {
			continue;
		}
		let metric = &shared.node.metrics.release_blocked;
		match two(&chain).await {
			Ok(witnesses) => {
				metric.set(0);
				told = None;
				if let Err(error) = witnesses.confirm_identity(&view).await {
					shared.node.metrics.disagreements.inc();
					tracing::error!(%error, "nothing is released or deleted");
					continue;
				}
				for batch in candidates.chunks(MAX_BATCH as usize) {
					if let Err(error) = decide(&shared, &view, &witnesses, batch).await {
						shared.node.metrics.disagreements.inc();
						tracing::error!(%error, "nothing is released or deleted");
						break;
					}
				}
			},
			Err(error) => {
				metric.set(1);
				if told.as_ref() != Some(&error) {
					tracing::warn!(%error, candidates = candidates.len(), "nothing is released or deleted");
					told = Some(error);
				}
			},
		}
	}
}

/// Those whose files are there long enough: what was uploaded a moment ago may be for a pin that is not
/// final yet.
async fn old_enough(shared: &Arc<Shared>, keys: Vec<ObjectKey>) -> Vec<ObjectKey> {
	let age = Duration::from_secs(shared.config.duties.release_after_seconds);
	let store = shared.store.clone();
	let looked = spawn_blocking(move || {
		keys.into_iter().filter(|key| store.is_older(&key.hash, age)).collect()
	});
	looked.await.unwrap_or_default()
}

fn is_at_work(state: &ActorState) -> bool {
	matches!(state, ActorState::Active | ActorState::Suspended { .. } | ActorState::Leaving { .. })
}

/// Two endpoints that are different nodes, with a block that both have as final.
pub struct Witnesses {
	chains: [Chain; 2],
	block: Hash,
}

/// Finds two endpoints that are different nodes and agree about the last block that both have as final.
pub async fn two(chain: &Chain) -> Result<Witnesses, String> {
	let mut found: Vec<(String, Chain, u64)> = Vec::new();
	let mut away = Vec::new();
	for one in chain.each() {
		let url = one.rpc.urls().first().cloned().unwrap_or_default();
		let asked = timeout(PATIENCE, async {
			// The same node under two names is no second opinion.
			let name: String = one.rpc.ask("system_localPeerId", serde_json::json!([])).await?;
			Ok::<_, rome_client::Error>((name, one.finalized().await?.number))
		});
		match asked.await {
			Ok(Ok((name, number))) => {
				if !found.iter().any(|(known, ..)| *known == name) {
					found.push((name, one, number));
				}
			},
			Ok(Err(error)) => away.push(format!("{url}: {error}")),
			Err(_) => away.push(format!("{url}: no answer")),
		}
		if found.len() == 2 {
			break;
		}
	}
	let Ok([(_, first, a), (_, second, b)]) = <[_; 2]>::try_from(found) else {
		let mut why = String::from(
			"two endpoints that are different nodes are needed, and fewer answer; give more in `rpc`",
		);
		if !away.is_empty() {
			why = format!("{why} ({})", away.join("; "));
		}
		return Err(why);
	};
	let number = a.min(b);
	let block = |chain: Chain| async move {
		let found = timeout(PATIENCE, chain.block_at(number)).await;
		(chain, found.ok().and_then(Result::ok).flatten().map(|head| head.hash))
	};
	let ((first, a), (second, b)) = (block(first).await, block(second).await);
	match (a, b) {
		(Some(a), Some(b)) if a == b => Ok(Witnesses { chains: [first, second], block: a }),
		(Some(_), Some(_)) => Err(format!(
			"two endpoints have different blocks {number} as final: one of them lies or follows a dead fork"
		)),
		_ => Err(format!("an endpoint does not give its final block {number}")),
	}
}

impl Witnesses {
	/// Fails unless both say at the final block that this daemon's key belongs to the provider that it takes
	/// itself for, and that this one is at work: one endpoint alone could give it a number that holds nothing.
	async fn confirm_identity(&self, view: &View) -> Result<(), String> {
		for chain in &self.chains {
			let storage = chain.storage_at(self.block);
			let provider = match timeout(PATIENCE, storage.provider_of(&view.me.operator)).await {
				Ok(provider) => provider.map_err(|error| error.to_string())?,
				Err(_) => return Err("an endpoint does not answer".to_owned()),
			};
			let agrees = provider
				.as_ref()
				.is_some_and(|provider| provider.id == view.me.id && is_at_work(&provider.state));
			if !agrees {
				return Err(format!(
					"two endpoints do not agree that this key is that of provider {}, at work",
					view.me.id
				));
			}
		}
		Ok(())
	}

	/// What both say about an object, at the final block and at the best one. An error where they differ
	/// about the final one.
	async fn ask(&self, key: &ObjectKey) -> Result<[Option<ObjectView>; 3], String> {
		let read = |chain: usize, block: Option<Hash>| async move {
			let chain = &self.chains[chain];
			let storage = match block {
				Some(block) => chain.storage_at(block),
				None => chain.storage(),
			};
			match timeout(PATIENCE, storage.object(key)).await {
				Ok(object) => object.map_err(|error| error.to_string()),
				Err(_) => Err("an endpoint does not answer".to_owned()),
			}
		};
		let block = Some(self.block);
		let (a, b) = (read(0, block).await?, read(1, block).await?);
		if a != b {
			return Err(format!(
				"two endpoints give different answers about {} at the same final block",
				hex::encode(key.hash)
			));
		}
		Ok([a, read(0, None).await?, read(1, None).await?])
	}
}

/// What is to be done about a replica, by what one state says. `None`: the chain knows no such object.
pub fn judge(me: ProviderId, object: Option<&ObjectView>) -> Verdict {
	let Some(object) = object else { return Verdict::Delete };
	if object.holders.contains(&me) {
		return if object.surplus.contains(&me) { Verdict::Release } else { Verdict::Keep };
	}
	// Perhaps this file is the last one that there is.
	let alone = object.state == ObjectState::Stored && object.holders.is_empty();
	if object.assigned.contains(&me) || alone {
		return Verdict::Keep;
	}
	Verdict::Delete
}

/// The verdict on which all states agree, or none.
pub fn agreed(me: ProviderId, states: &[Option<ObjectView>]) -> Verdict {
	let mut verdicts = states.iter().map(|state| judge(me, state.as_ref()));
	let first = verdicts.next().unwrap_or(Verdict::Keep);
	if verdicts.all(|verdict| verdict == first) {
		first
	} else {
		Verdict::Keep
	}
}

async fn decide(
	shared: &Arc<Shared>,
	view: &View,
	witnesses: &Witnesses,
	batch: &[ObjectKey],
) -> Result<(), String> {
	let me = view.me.id;
	let mut release = Vec::new();
	for key in batch {
		match agreed(me, &witnesses.ask(key).await?) {
			Verdict::Keep => {},
			Verdict::Release => release.push(*key),
			Verdict::Delete => delete(shared, key).await,
		}
	}
	if release.is_empty() {
		return Ok(());
	}
	// The files stay until the chain says, finally and through both, that they do not count any more.
	match shared.send(&Call::release_replicas(me, &release)).await {
		Ok(_) => {
			shared.node.metrics.released.inc_by(release.len() as u64);
			tracing::info!(replicas = release.len(), "released");
			let mut work = shared.work.lock();
			work.surplus.extend(release);
		},
		Err(error) => {
			tracing::warn!(%error, "the chain does not take a release; it is tried again")
		},
	}
	Ok(())
}

async fn delete(shared: &Arc<Shared>, key: &ObjectKey) {
	let (store, hash) = (shared.store.clone(), key.hash);
	let name = hex::encode(hash);
	// It may have been uploaded since it was looked at: then it is young again.
	let age = Duration::from_secs(shared.config.duties.release_after_seconds);
	match spawn_blocking(move || store.remove_older(&hash, age)).await {
		Ok(Ok(true)) => {
			shared.node.metrics.deleted.inc();
			tracing::info!(object = %name, size = key.size, "deleted: it does not count here any more");
		},
		Ok(Ok(false)) => {},
		Ok(Err(error)) => tracing::error!(object = %name, %error, "an object cannot be deleted"),
		Err(error) => {
			tracing::error!(object = %name, error = %io::Error::other(error), "an object cannot be deleted")
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const ME: ProviderId = 7;

	fn object(holders: &[u32], assigned: &[u32], surplus: &[u32]) -> Option<ObjectView> {
		Some(ObjectView {
			key: ObjectKey { hash: [1; 32], size: 1 },
			tranche: 0,
			state: ObjectState::Stored,
			holders: holders.to_vec(),
			assigned: assigned.to_vec(),
			surplus: surplus.to_vec(),
			pins: 1,
			size_proved: true,
			blocked: None,
		})
	}

	#[test]
	fn one_state_that_differs_keeps_everything() {
		let gone = object(&[1, 2, 3], &[], &[]);
		let spare = object(&[ME, 1, 2, 3], &[], &[ME]);
		let held = object(&[ME, 1, 2], &[], &[]);
		for (states, verdict) in [
			([gone.clone(), gone.clone(), gone.clone()], Verdict::Delete),
			([None, None, None], Verdict::Delete),
			([spare.clone(), spare.clone(), spare.clone()], Verdict::Release),
			([held.clone(), held.clone(), held.clone()], Verdict::Keep),
			([gone.clone(), gone.clone(), held.clone()], Verdict::Keep),
			([None, held.clone(), None], Verdict::Keep),
			([None, gone.clone(), None], Verdict::Delete),
			([spare.clone(), held, spare.clone()], Verdict::Keep),
			([gone.clone(), spare, gone], Verdict::Keep),
		] {
			assert_eq!(agreed(ME, &states), verdict, "{states:?}");
		}
	}

	#[test]
	fn what_is_assigned_or_the_last_copy_is_kept() {
		assert_eq!(judge(ME, object(&[1], &[ME], &[]).as_ref()), Verdict::Keep);
		assert_eq!(judge(ME, object(&[], &[1, 2], &[]).as_ref()), Verdict::Keep);
		assert_eq!(agreed(ME, &[]), Verdict::Keep);
	}
}
