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
/// After how long an object that could not be read is tried a second time.
const AGAIN: Duration = Duration::from_secs(2);
/// So many objects in a row that cannot be read are not all damaged: it is the disk.
const IN_A_ROW: u32 = 3;
/// How long an object that turned out to be sound is not suspected again.
const CLEARED: Duration = Duration::from_secs(600);
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
	/// Objects in a row that could not be read.
	pub unreadable: u32,
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
	let Some(health) = reread(store, &key.hash, &mut pause)? else { return Ok(None) };
	conclude(store, pass, key, health).map(Some)
}

/// Takes note of how an object was found, and puts it aside if it is damaged. An error passes over nothing: the
/// object comes up again.
fn conclude(
	store: &Store,
	pass: &mut Pass,
	key: ObjectKey,
	health: Health,
) -> io::Result<Option<ObjectKey>> {
	let damaged = is_damage(store, &mut pass.unreadable, health)?;
	if damaged {
		store.quarantine(&key.hash)?;
		if pass.damaged.len() < 1_000 {
			pass.damaged.push(hex::encode(key.hash));
		}
	}
	pass.after = Some(hex::encode(key.hash));
	pass.objects += 1;
	pass.bytes += key.size;
	pass.trees_mended += u64::from(health == Health::TreeMended);
	Ok(damaged.then_some(key))
}

/// Whether an object is to be put aside. An error where it looks as if the disk as a whole cannot be read;
/// `row` counts how many objects could not be.
fn is_damage(store: &Store, row: &mut u32, health: Health) -> io::Result<bool> {
	if health != Health::Unreadable {
		*row = 0;
		return Ok(health == Health::Damaged);
	}
	// The whole disk may be gone, and then nothing is known of any object.
	store.answers()?;
	*row = row.saturating_add(1).min(IN_A_ROW);
	if *row < IN_A_ROW {
		return Ok(true);
	}
	Err(io::Error::other(format!(
		"{IN_A_ROW} objects in a row cannot be read, which looks like the disk and not like them: no more are put \
		 aside. Look at the disk (smartctl, dmesg)"
	)))
}

/// Rereads an object; one that cannot be read a second time: a reset of the disk's controller is no damage.
fn reread(
	store: &Store,
	hash: &[u8; 32],
	mut pause: impl FnMut(u64) -> bool,
) -> io::Result<Option<Health>> {
	let health = store.verify(hash, &mut pause)?;
	if health != Some(Health::Unreadable) {
		return Ok(health);
	}
	std::thread::sleep(AGAIN);
	store.verify(hash, pause)
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
				() = shared.work.suspect.notified() => {
					suspects(&shared, &mut pass, &mut unreported).await;
					report(&shared, &mut unreported).await;
					continue;
				},
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
			suspects(&shared, &mut pass, &mut unreported).await;
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
					tracing::error!(%error, "the scrubber stops, and tries again in a minute");
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
		let mended = pass.trees_mended;
		let found = step(&shared.store, &mut pass, |bytes| pace(&shared, bytes));
		shared.node.metrics.trees_mended.inc_by(pass.trees_mended - mended);
		(pass, found)
	});
	looked.await.unwrap_or_else(|error| (before, Err(io::Error::other(error))))
}

/// Keeps the rate, on a thread that may block. Gives whether to go on.
fn pace(shared: &Shared, bytes: u64) -> bool {
	let speed = shared.config.duties.scrub_bytes_per_second.max(1) as f64;
	shared.node.metrics.scrubbed_bytes.inc_by(bytes);
	std::thread::sleep(Duration::from_secs_f64(bytes as f64 / speed));
	!shared.stop.is_cancelled()
}

/// Rereads the objects that could not be confirmed.
async fn suspects(shared: &Arc<Shared>, pass: &mut Pass, unreported: &mut Vec<ObjectKey>) {
	while let Some(key) = shared.work.next_suspect() {
		let (job, mut row) = (shared.clone(), pass.unreadable);
		let looked = spawn_blocking(move || {
			let health = reread(&job.store, &key.hash, |bytes| pace(&job, bytes))?;
			let Some(health) = health else { return Ok((row, Ok(None))) };
			let damage = is_damage(&job.store, &mut row, health);
			let done = damage.and_then(|damage| match damage {
				true => job.store.quarantine(&key.hash),
				false => Ok(()),
			});
			io::Result::Ok((row, done.map(|()| Some(health))))
		});
		let object = hex::encode(key.hash);
		let metrics = &shared.node.metrics;
		let looked = looked.await.unwrap_or_else(|error| Err(io::Error::other(error)));
		let found = looked.and_then(|(row, found)| {
			pass.unreadable = row;
			found
		});
		match found {
			Ok(None) => return,
			Ok(Some(Health::TreeMended)) => {
				metrics.trees_mended.inc();
				shared.work.clear_suspect(&key, Duration::ZERO);
			},
			Ok(Some(Health::Damaged | Health::Unreadable)) => {
				metrics.damaged.inc();
				tracing::error!(%object, size = key.size, "an object is damaged, and put aside");
				shared.work.clear_suspect(&key, Duration::ZERO);
				unreported.push(key);
			},
			Ok(Some(Health::Sound | Health::Missing)) => {
				shared.work.clear_suspect(&key, CLEARED);
			},
			Err(error) => {
				tracing::error!(%object, %error, "an object cannot be reread");
				shared.work.clear_suspect(&key, CLEARED);
			},
		}
	}
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

#[cfg(test)]
mod tests {
	use super::*;
	use rome_provider::store::Manifest;

	fn store(count: u8) -> (tempfile::TempDir, Arc<Store>, Vec<ObjectKey>) {
		let folder = tempfile::tempdir().unwrap();
		Store::create(folder.path(), &Manifest::new("colossus", "operator".into())).unwrap();
		let store = Arc::new(Store::open(folder.path(), 0).unwrap());
		for number in 0..count {
			let bytes = [number; 9];
			let mut hasher = rome_primitives::slices::TreeHasher::new(9);
			hasher.update(&bytes, |_, _| {}).unwrap();
			let key = ObjectKey { hash: hasher.finish().unwrap(), size: 9 };
			let mut incoming = store.begin(key).unwrap();
			incoming.write(&bytes).unwrap();
			incoming.finish().unwrap();
		}
		let mut keys = Vec::new();
		store
			.each(|hash, size| {
				keys.push(ObjectKey { hash, size });
				true
			})
			.unwrap();
		(folder, store, keys)
	}

	#[test]
	fn a_disk_that_cannot_be_read_is_not_the_loss_of_everything() {
		let (folder, store, keys) = store(6);
		let mut pass = Pass::default().next();
		for key in &keys[..2] {
			let found = conclude(&store, &mut pass, *key, Health::Unreadable).unwrap();
			assert_eq!(found, Some(*key), "one is damage");
		}
		let before = pass.after.clone();
		let error = conclude(&store, &mut pass, keys[2], Health::Unreadable).unwrap_err();
		assert!(error.to_string().contains("smartctl"), "{error}");
		assert!(conclude(&store, &mut pass, keys[2], Health::Unreadable).is_err(), "and stays so");
		assert!(store.has(&keys[2]) && pass.after == before && pass.damaged.len() == 2);
		// It can be read again: the pass goes on.
		assert_eq!(conclude(&store, &mut pass, keys[2], Health::Sound).unwrap(), None);
		assert_eq!(
			conclude(&store, &mut pass, keys[3], Health::Unreadable).unwrap(),
			Some(keys[3])
		);
		// What is not there as a whole says nothing of an object.
		fs::remove_file(folder.path().join("manifest.json")).unwrap();
		assert!(conclude(&store, &mut pass, keys[4], Health::Unreadable).is_err());
		assert!(store.has(&keys[4]));
	}

	#[test]
	fn what_cannot_be_put_aside_is_not_passed_over() {
		let (folder, store, keys) = store(2);
		let mut pass = Pass::default().next();
		fs::write(store.path(&keys[0].hash), b"differs!!").unwrap();
		fs::remove_dir(folder.path().join("quarantine")).unwrap();
		assert!(step(&store, &mut pass, |_| true).is_err());
		assert_eq!((pass.after.as_deref(), pass.damaged.len()), (None, 0));
		fs::create_dir(folder.path().join("quarantine")).unwrap();
		assert_eq!(step(&store, &mut pass, |_| true).unwrap(), Some(Some(keys[0])));
		assert_eq!(step(&store, &mut pass, |_| true).unwrap(), Some(None));
		assert_eq!(step(&store, &mut pass, |_| true).unwrap(), None);
		assert!(!pass.is_open());
	}
}
