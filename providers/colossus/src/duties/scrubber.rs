//! Rereads everything in the background, at a bounded rate. A damaged object is put aside, reported lost,
//! and fetched again when the chain assigns it.

use super::{replicator::report_lost, Shared};
use rome_primitives::storage::ObjectKey;
use rome_provider::store::{manifest::write_whole, Health, Store};
use serde::{Deserialize, Serialize};
use std::{
	fs, io,
	path::Path,
	sync::Arc,
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::task::spawn_blocking;

const FILE: &str = "scrub.json";
/// How often the state is written down.
const NOTE: Duration = Duration::from_secs(10);
/// How long damaged objects and abandoned parts are kept.
const LEFTOVERS: Duration = Duration::from_secs(30 * 86_400);

/// How far the scrubber is. Times are Unix seconds.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Pass {
	/// Counts the passes.
	pub number: u64,
	/// When the present pass, or the last one, started.
	pub started: u64,
	/// When it ended; 0 while it runs.
	pub ended: u64,
	/// The hash of the last object looked at.
	pub after: Option<String>,
	/// Objects looked at.
	pub objects: u64,
	/// Their bytes.
	pub bytes: u64,
	/// Objects found damaged, by hash; at most a thousand are named.
	pub damaged: Vec<String>,
	/// Trees found damaged, and made anew.
	pub trees_mended: u64,
}

fn seconds() -> u64 {
	SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

impl Pass {
	/// What is written down; a new one if nothing is, or nothing legible.
	pub fn read(root: &Path) -> Self {
		let text = fs::read_to_string(root.join(FILE)).unwrap_or_default();
		serde_json::from_str(&text).unwrap_or_default()
	}

	/// Writes it down.
	pub fn write(&self, root: &Path) -> io::Result<()> {
		write_whole(root, FILE, &serde_json::to_vec_pretty(self)?)
	}

	/// The one after this.
	pub fn next(&self) -> Self {
		Self { number: self.number + 1, started: seconds(), ..Self::default() }
	}

	/// Whether it runs, or was broken off.
	pub fn is_open(&self) -> bool {
		self.started > 0 && self.ended == 0
	}
}

/// Looks at the next object of a pass. `pause` is told how many bytes were read and says whether to go on.
/// Gives the object that was damaged, if it was; `None` at the end of the pass or when it is to stop.
pub fn step(
	store: &Store,
	pass: &mut Pass,
	mut pause: impl FnMut(u64) -> bool,
) -> io::Result<Option<Option<ObjectKey>>> {
	let after = pass.after.as_deref().and_then(rome_provider::store::parse_hash);
	let mut next = None;
	store.each_from(after, |hash, size| {
		next = Some(ObjectKey { hash, size });
		false
	})?;
	let Some(key) = next else {
		pass.ended = seconds();
		return Ok(None);
	};
	let Some(health) = store.verify(&key.hash, &mut pause)? else { return Ok(None) };
	pass.after = Some(hex::encode(key.hash));
	pass.objects += 1;
	pass.bytes += key.size;
	match health {
		Health::Sound | Health::Missing => Ok(Some(None)),
		Health::TreeMended => {
			pass.trees_mended += 1;
			Ok(Some(None))
		},
		Health::Damaged => {
			if pass.damaged.len() < 1_000 {
				pass.damaged.push(hex::encode(key.hash));
			}
			store.quarantine(&key.hash)?;
			Ok(Some(Some(key)))
		},
	}
}

pub(crate) async fn run(shared: Arc<Shared>) {
	let mut pass = Pass::read(shared.store.root());
	let mut unreported: Vec<ObjectKey> = Vec::new();
	loop {
		if !pass.is_open() {
			let rest = Duration::from_secs(shared.config.duties.scrub_rest_seconds);
			let rested = seconds().saturating_sub(pass.ended);
			tokio::select! {
				() = shared.stop.cancelled() => return,
				() = shared.work.scrub.notified() => {},
				() = tokio::time::sleep(rest.saturating_sub(Duration::from_secs(rested))) => {},
			}
			pass = pass.next();
			note(&shared, &pass);
			let store = shared.store.clone();
			match spawn_blocking(move || store.tidy(LEFTOVERS)).await {
				Ok(Ok(())) => {},
				Ok(Err(error)) => tracing::warn!(%error, "what is left over cannot be thrown away"),
				Err(error) => tracing::warn!(%error, "what is left over cannot be thrown away"),
			}
			tracing::info!("the scrubber begins a pass");
		}
		let mut last_note = Instant::now();
		while pass.is_open() {
			let (next, found) = look(&shared, pass).await;
			pass = next;
			match found {
				Ok(Some(Some(key))) => {
					shared.node.metrics.damaged.inc();
					tracing::error!(object = %hex::encode(key.hash), size = key.size, "an object is damaged, and put aside");
					unreported.push(key);
				},
				Ok(_) => {},
				Err(error) => {
					tracing::error!(%error, "the scrubber cannot read the disk; it goes on in a minute");
					if !shared.rest(Duration::from_secs(60)).await {
						return;
					}
				},
			}
			report(&shared, &mut unreported).await;
			if last_note.elapsed() >= NOTE {
				note(&shared, &pass);
				last_note = Instant::now();
			}
			if shared.stop.is_cancelled() {
				note(&shared, &pass);
				return;
			}
		}
		note(&shared, &pass);
		shared.node.metrics.scrub_passes.inc();
		tracing::info!(
			objects = pass.objects,
			bytes = pass.bytes,
			damaged = pass.damaged.len(),
			"the scrubber ends a pass"
		);
		while !unreported.is_empty() {
			if !shared.rest(Duration::from_secs(5)).await {
				return;
			}
			report(&shared, &mut unreported).await;
		}
	}
}

async fn look(
	shared: &Arc<Shared>,
	mut pass: Pass,
) -> (Pass, io::Result<Option<Option<ObjectKey>>>) {
	let shared = shared.clone();
	let before = pass.clone();
	let looked = spawn_blocking(move || {
		let speed = shared.config.duties.scrub_bytes_per_second.max(1) as f64;
		let metrics = &shared.node.metrics;
		let mended = pass.trees_mended;
		let found = step(&shared.store, &mut pass, |bytes| {
			metrics.scrubbed_bytes.inc_by(bytes);
			std::thread::sleep(Duration::from_secs_f64(bytes as f64 / speed));
			!shared.stop.is_cancelled()
		});
		metrics.trees_mended.inc_by(pass.trees_mended - mended);
		(pass, found)
	});
	looked.await.unwrap_or_else(|error| (before, Err(io::Error::other(error))))
}

fn note(shared: &Shared, pass: &Pass) {
	if let Err(error) = pass.write(shared.store.root()) {
		tracing::warn!(%error, "how far the scrubber is cannot be written down");
	}
}

/// Reports what the chain takes as held here; what it does not is no loss.
async fn report(shared: &Shared, unreported: &mut Vec<ObjectKey>) {
	if unreported.is_empty() {
		return;
	}
	let (Some(view), Some(chain)) = (shared.node.view(), shared.node.chain()) else { return };
	let mut held = Vec::new();
	for key in unreported.iter() {
		match chain.storage().object(key).await {
			Ok(Some(object)) if object.holders.contains(&view.me.id) => held.push(*key),
			Ok(_) => {},
			Err(_) => return,
		}
	}
	match report_lost(shared, view.me.id, &held).await {
		Ok(()) => {
			unreported.clear();
			shared.work.compare.notify_one();
		},
		Err(error) => tracing::warn!(%error, "a loss cannot be reported yet; it is tried again"),
	}
}
