//! Confirms what is here and not confirmed: one chunk of each object, drawn by a recent block, is opened on
//! chain. Tried again until the chain lists this provider as a holder.

use super::Shared;
use crate::node::View;
use codec::Decode;
use rome_client::{Call, Chain};
use rome_primitives::{
	slices::{chunk_count, group_of_chunk, prove_chunk, ChunkProof, ProofError, SeekOutboard},
	storage::{challenge, limits::MAX_BATCH, Confirmation, ObjectKey, ProviderId},
};
use rome_provider::store::Store;
use std::{collections::HashMap, io, os::unix::fs::FileExt, sync::Arc, time::Duration};
use tokio::{
	task::spawn_blocking,
	time::{sleep, Instant},
};

/// How long a confirmation that the chain took may be missing from its state before it is sent again.
const AGAIN: Duration = Duration::from_secs(30);

pub(crate) async fn run(shared: Arc<Shared>) {
	let mut sent: HashMap<ObjectKey, Instant> = HashMap::new();
	loop {
		tokio::select! {
			() = shared.stop.cancelled() => return,
			() = shared.work.confirm.notified() => {},
			() = sleep(Duration::from_secs(10)) => {},
		}
		if !shared.work.is_settled() {
			continue;
		}
		let (Some(view), Some(chain)) = (shared.node.view(), shared.node.chain()) else { continue };
		sent.retain(|_, at| at.elapsed() < AGAIN);
		let mut open: Vec<(ObjectKey, bool)> = {
			let work = shared.work.lock();
			let open = work.unconfirmed.iter().filter(|(key, _)| !sent.contains_key(*key));
			open.map(|(key, proved)| (*key, *proved)).collect()
		};
		open.retain(|(key, _)| !shared.work.is_suspect(key));
		// The same order for everybody who looks at the log.
		open.sort_unstable();
		for batch in open.chunks(MAX_BATCH as usize) {
			if shared.stop.is_cancelled() {
				return;
			}
			match confirm(&shared, &chain, &view, batch).await {
				Ok(count) => {
					let now = Instant::now();
					sent.extend(batch.iter().map(|(key, _)| (*key, now)));
					shared.node.metrics.confirmed.inc_by(count);
					if count > 0 {
						tracing::info!(replicas = count, "confirmed");
					}
				},
				Err(error) => {
					shared.node.metrics.confirmations_failed.inc();
					tracing::warn!(%error, "a confirmation failed; it is tried again");
					if !shared.rest(Duration::from_secs(3)).await {
						return;
					}
				},
			}
		}
	}
}

async fn confirm(
	shared: &Arc<Shared>,
	chain: &Chain,
	view: &View,
	batch: &[(ObjectKey, bool)],
) -> Result<u64, String> {
	// Another comparison may be some blocks old; what the chain would not count costs a fee.
	let batch = still_open(chain, view.me.id, batch).await?;
	if batch.is_empty() {
		return Ok(0);
	}
	// The transaction is in the next block at the earliest.
	let next = chain.best().await.map_err(|error| error.to_string())?.number.saturating_add(1);
	let (height, _) = challenge::anchor(next.min(u32::MAX.into()) as u32);
	let anchor = chain.block_at(height.into()).await.map_err(|error| error.to_string())?;
	let anchor = anchor.ok_or_else(|| format!("the endpoint has no block {height}"))?.hash;
	let (store, id, wanted) = (shared.store.clone(), view.me.id, batch);
	let opened = spawn_blocking(move || open(&store, &wanted, &anchor.0, id));
	let (confirmations, damaged) = opened.await.map_err(|error| error.to_string())?;
	for key in damaged {
		shared.work.suspect(key);
	}
	if confirmations.is_empty() {
		return Ok(0);
	}
	let sent = shared.send(&Call::confirm_replicas(id, &confirmations)).await?;
	let mut counted = 0;
	for event in &sent.events {
		if event.is("StorageTranches", "ReplicaConfirmed") {
			counted += 1;
		} else if event.is("StorageTranches", "ConfirmationFailed") {
			shared.node.metrics.confirmations_failed.inc();
			let fields = &mut event.fields.as_slice();
			if let Ok((_, key)) = <(ProviderId, ObjectKey)>::decode(fields) {
				let object = hex::encode(key.hash);
				tracing::warn!(%object, error = %hex::encode(fields), "a confirmation did not count");
			}
		}
	}
	Ok(counted)
}

/// Those for which the chain waits at this moment, and whether their size is proved.
async fn still_open(
	chain: &Chain,
	me: ProviderId,
	batch: &[(ObjectKey, bool)],
) -> Result<Vec<(ObjectKey, bool)>, String> {
	let mut open = Vec::new();
	for (key, _) in batch {
		let object = chain.storage().object(key).await.map_err(|error| error.to_string())?;
		let object =
			object.filter(|object| object.assigned.contains(&me) && !object.holders.contains(&me));
		open.extend(object.map(|object| (object.key, object.size_proved)));
	}
	Ok(open)
}

/// Opens one chunk of each object, and its last one where its size is not proved yet. Gives besides those
/// that cannot be opened so: a broken tree is mended when they are reread, broken bytes are put aside.
pub(crate) fn open(
	store: &Store,
	wanted: &[(ObjectKey, bool)],
	anchor: &[u8; 32],
	id: ProviderId,
) -> (Vec<Confirmation>, Vec<ObjectKey>) {
	let mut confirmations = Vec::new();
	let mut damaged = Vec::new();
	for (key, proved) in wanted {
		let opening = || -> Result<Confirmation, ProofError<io::Error>> {
			let chunk = prove(store, key, challenge::chunk_to_open(anchor, key, id))?;
			let last = match proved {
				true => None,
				false => Some(prove(store, key, chunk_count(key.size).saturating_sub(1))?),
			};
			Ok(Confirmation { key: *key, chunk, last })
		};
		match opening() {
			Ok(confirmation) => confirmations.push(confirmation),
			Err(error) => {
				tracing::error!(object = %hex::encode(key.hash), %error, "a chunk cannot be opened");
				damaged.push(*key);
			},
		}
	}
	(confirmations, damaged)
}

fn prove(store: &Store, key: &ObjectKey, chunk: u64) -> Result<ChunkProof, ProofError<io::Error>> {
	let gone = || ProofError::Outboard(io::ErrorKind::NotFound.into());
	let opened = store.get(&key.hash).map_err(ProofError::Outboard)?.ok_or_else(gone)?;
	let range = group_of_chunk(key.size, chunk);
	let mut group = vec![0; (range.end - range.start) as usize];
	opened.file.read_exact_at(&mut group, range.start).map_err(ProofError::Outboard)?;
	match store.tree(&key.hash).map_err(ProofError::Outboard)? {
		Some(tree) => prove_chunk(key, chunk, &mut SeekOutboard(&*tree.file), &group),
		None => prove_chunk(key, chunk, &mut SeekOutboard(io::Cursor::new([])), &group),
	}
}
