//! Fetches what this provider is to hold from those who hold it: in verified slices, from several of them
//! at once, resumed where it stopped. Wrong bytes are noticed within one group of 16 KiB, and whoever sent
//! them is asked no more.

use super::Shared;
use crate::node::is_there;
use futures::StreamExt;
use rome_client::{http, reqwest};
use rome_primitives::{
	actors::Endpoint,
	slices::{SliceDecoder, SliceRange, Verified},
	storage::{ObjectKey, ProviderId},
};
use rome_provider::{
	auth::{check_answer, sign_request, HEADER},
	store::{Partial, StoreError},
};
use sp_runtime::AccountId32;
use std::{
	collections::HashMap,
	fs::File,
	os::unix::fs::FileExt,
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};
use tokio::{
	task::{spawn_blocking, JoinSet},
	time::{sleep, timeout, timeout_at},
};

/// How long nobody asks a provider that sent wrong bytes.
const BANNED: Duration = Duration::from_secs(3_600);
/// The same after a failure of another kind; doubled with each one in a row.
const PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(600);
/// How long one piece may take.
const PIECE_TIME: Duration = Duration::from_secs(600);
/// How long so many bytes of a piece may take: who is slower holds up what somebody else could give.
const LEAST: (u64, Duration) = (256 * 1024, Duration::from_secs(30));
/// Verified bytes that are written at once.
const WRITE: usize = 256 * 1024;

/// A provider that can be asked.
#[derive(Clone, Debug)]
pub struct PeerSource {
	/// Its number.
	pub id: ProviderId,
	/// Its operator key.
	pub operator: AccountId32,
	/// Its address.
	pub base: String,
}

/// Why a piece did not come.
#[derive(Debug, thiserror::Error)]
pub enum PieceError {
	/// Bytes that do not match the hash.
	#[error("wrong bytes: {0}")]
	WrongBytes(String),
	/// The answer is not what was asked for.
	#[error("refused: {0}")]
	Refused(String),
	/// No answer, or none to the end.
	#[error("unreachable: {0}")]
	Network(String),
	/// Our own disk.
	#[error("the disk failed: {0}")]
	Disk(#[from] std::io::Error),
}

/// Who is not asked, until when, and after how many failures in a row.
#[derive(Default)]
pub struct Standing(Mutex<HashMap<ProviderId, (Instant, u32)>>);

impl Standing {
	fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ProviderId, (Instant, u32)>> {
		self.0.lock().unwrap_or_else(|bad| bad.into_inner())
	}

	/// Whether a provider may be asked.
	pub fn is_good(&self, id: ProviderId) -> bool {
		self.lock().get(&id).is_none_or(|(until, _)| *until <= Instant::now())
	}

	/// Wrong bytes: a long time.
	pub fn ban(&self, id: ProviderId) {
		self.lock().insert(id, (Instant::now() + BANNED, 0));
	}

	/// Another failure: some time.
	pub fn pause(&self, id: ProviderId) {
		let mut all = self.lock();
		let failures = all.get(&id).map_or(0, |(_, failures)| *failures).saturating_add(1);
		let pause = PAUSE.saturating_mul(1 << failures.min(10)).min(LONGEST_PAUSE);
		all.insert(id, (Instant::now() + pause, failures));
	}

	/// It answered well.
	pub fn clear(&self, id: ProviderId) {
		self.lock().remove(&id);
	}
}

/// Asks providers for slices.
pub struct Fetcher {
	shared: Arc<Shared>,
	client: reqwest::Client,
	standing: Standing,
	spent: Mutex<(f64, Instant)>,
}

pub(crate) async fn run(shared: Arc<Shared>) {
	let client = http::builder().map_err(|error| error.to_string()).and_then(|builder| {
		builder.pool_max_idle_per_host(8).build().map_err(|error| error.to_string())
	});
	let client = match client {
		Ok(client) => client,
		Err(error) => {
			tracing::error!(%error, "nothing can be fetched: the HTTP client cannot be made");
			return;
		},
	};
	let standing = Standing::default();
	let spent = Mutex::new((0.0, Instant::now()));
	let fetcher = Arc::new(Fetcher { shared: shared.clone(), client, standing, spent });
	let mut failures: HashMap<ObjectKey, (u32, Instant)> = HashMap::new();
	let mut running = JoinSet::<(ObjectKey, Result<(), String>)>::new();
	loop {
		while running.len() < shared.config.duties.fetches {
			let Some((key, holders)) = next(&shared, &failures) else { break };
			let fetcher = fetcher.clone();
			running.spawn(async move {
				let done = fetcher.object(key, &holders).await;
				(key, done)
			});
		}
		tokio::select! {
			() = shared.stop.cancelled() => return,
			() = shared.work.fetch.notified() => {},
			() = sleep(Duration::from_secs(2)) => {},
			Some(done) = running.join_next() => match done {
				Ok((key, done)) => finished(&shared, &mut failures, key, done),
				Err(error) => tracing::error!(%error, "a fetch ended badly"),
			},
		}
	}
}

/// The next object to fetch: any that is wanted, not being fetched, and not resting after a failure. Small
/// ones first, so that one large object does not hold up a thousand small ones.
fn next(
	shared: &Shared,
	failures: &HashMap<ObjectKey, (u32, Instant)>,
) -> Option<(ObjectKey, Vec<ProviderId>)> {
	let mut work = shared.work.lock();
	let now = Instant::now();
	let ready = |key: &ObjectKey| failures.get(key).is_none_or(|(_, until)| *until <= now);
	let key = work
		.wanted
		.keys()
		.filter(|key| !work.fetching.contains(*key) && ready(key))
		.min_by_key(|key| (key.size, key.hash))
		.copied()?;
	let holders = work.wanted.get(&key)?.clone();
	work.fetching.insert(key);
	Some((key, holders))
}

fn finished(
	shared: &Shared,
	failures: &mut HashMap<ObjectKey, (u32, Instant)>,
	key: ObjectKey,
	done: Result<(), String>,
) {
	let hash = hex::encode(key.hash);
	let mut work = shared.work.lock();
	work.fetching.remove(&key);
	match done {
		Ok(()) => {
			work.wanted.remove(&key);
			failures.remove(&key);
			drop(work);
			shared.node.metrics.fetched.inc();
			tracing::info!(object = %hash, size = key.size, "fetched");
			shared.work.compare.notify_one();
		},
		Err(error) => {
			failures.retain(|key, _| work.wanted.contains_key(key));
			drop(work);
			let count = failures.get(&key).map_or(0, |(count, _)| *count).saturating_add(1);
			let pause = PAUSE.saturating_mul(1 << count.min(7)).min(LONGEST_PAUSE);
			failures.insert(key, (count, Instant::now() + pause));
			shared.node.metrics.fetches_failed.inc();
			tracing::warn!(object = %hash, %error, "not fetched; tried again in {} s", pause.as_secs());
		},
	}
}

impl Fetcher {
	/// Those of `holders` that can be asked now.
	async fn sources(&self, holders: &[ProviderId]) -> Vec<PeerSource> {
		let Some(view) = self.shared.node.view() else { return Vec::new() };
		let mut sources = Vec::new();
		for id in holders {
			if *id == view.me.id || !self.standing.is_good(*id) {
				continue;
			}
			let member = view
				.tranches
				.iter()
				.flat_map(|tranche| &tranche.members)
				.find(|member| member.provider == *id)
				.map(|member| (member.operator, member.endpoint.clone(), member.state));
			let known = match (member, self.shared.node.chain()) {
				(Some(member), _) => Some(member),
				(None, Some(chain)) => chain
					.storage()
					.provider(*id)
					.await
					.ok()
					.flatten()
					.map(|provider| (provider.operator, provider.endpoint, provider.state)),
				(None, None) => None,
			};
			let Some((operator, Endpoint::Http(base), state)) = known else { continue };
			let Ok(base) = String::from_utf8(base.into_inner()) else { continue };
			if is_there(&state) {
				sources.push(PeerSource { id: *id, operator: AccountId32::new(operator.0), base });
			}
		}
		sources
	}

	/// Fetches an object.
	async fn object(
		self: &Arc<Self>,
		key: ObjectKey,
		holders: &[ProviderId],
	) -> Result<(), String> {
		let sources = self.sources(holders).await;
		if sources.is_empty() {
			return Err("no holder can be asked now".into());
		}
		let store = self.shared.store.clone();
		let opened = spawn_blocking(move || Partial::open(&store, key)).await;
		let partial =
			opened.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
		let partial = self.pieces(key, partial, sources).await?;
		match spawn_blocking(move || partial.finish()).await {
			Ok(Ok(())) => Ok(()),
			Ok(Err(error @ StoreError::WrongHash { .. })) => {
				Err(format!("what was fetched was damaged on disk and is fetched anew: {error}"))
			},
			Ok(Err(error)) => Err(error.to_string()),
			Err(error) => Err(error.to_string()),
		}
	}

	/// Fetches all pieces that are missing.
	async fn pieces(
		self: &Arc<Self>,
		key: ObjectKey,
		mut partial: Partial,
		mut sources: Vec<PeerSource>,
	) -> Result<Partial, String> {
		let mut missing = partial.missing();
		missing.reverse();
		let mut running = JoinSet::new();
		let mut turn = key.hash[0] as usize;
		let mut last = String::from("no holder can be asked now");
		loop {
			while running.len() < self.shared.config.duties.streams && !sources.is_empty() {
				let Some(piece) = missing.pop() else { break };
				turn = turn.wrapping_add(1);
				let source = sources[turn % sources.len()].clone();
				let writer = Arc::new(partial.writer().map_err(|error| error.to_string())?);
				let (start, length) = partial.range(piece);
				let fetcher = self.clone();
				running.spawn(async move {
					let done = fetcher.piece(&source, key, start, length, writer).await;
					(piece, source, done)
				});
			}
			let Some(ended) = running.join_next().await else {
				return if missing.is_empty() { Ok(partial) } else { Err(last) };
			};
			let (piece, source, done) = ended.map_err(|error| error.to_string())?;
			let Err(error) = done else {
				self.standing.clear(source.id);
				partial.mark(piece).map_err(|error| error.to_string())?;
				continue;
			};
			missing.push(piece);
			last = format!("provider {}: {error}", source.id);
			match &error {
				PieceError::Disk(_) => return Err(last),
				PieceError::WrongBytes(_) => {
					self.shared.node.metrics.wrong_bytes.inc();
					self.standing.ban(source.id);
					tracing::error!(
						provider = source.id,
						object = %hex::encode(key.hash),
						%error,
						"a provider sends wrong bytes, and is asked no more for {} s",
						BANNED.as_secs()
					);
				},
				_ => {
					self.standing.pause(source.id);
					tracing::debug!(provider = source.id, %error, "a piece did not come");
				},
			}
			sources.retain(|known| known.id != source.id);
		}
	}

	/// Users come first, and the limit holds.
	async fn wait_for_turn(&self, bytes: u64) {
		let busy = self.shared.config.limits.uploads.div_ceil(2);
		for _ in 0..50 {
			if self.shared.http.uploads_under_way() < busy {
				break;
			}
			sleep(Duration::from_millis(100)).await;
		}
		let Some(speed) = self.shared.config.duties.fetch_bytes_per_second else { return };
		let wait = {
			let mut spent = self.spent.lock().unwrap_or_else(|bad| bad.into_inner());
			let speed = speed.max(1) as f64;
			let left = (spent.0 - spent.1.elapsed().as_secs_f64() * speed).max(0.0);
			*spent = (left + bytes as f64, Instant::now());
			Duration::from_secs_f64((left / speed).min(3_600.0))
		};
		sleep(wait).await;
	}

	async fn piece(
		&self,
		source: &PeerSource,
		key: ObjectKey,
		start: u64,
		length: u64,
		writer: Arc<File>,
	) -> Result<(), PieceError> {
		self.wait_for_turn(length).await;
		let fetch = slice(
			&self.client,
			&self.shared.node.key,
			&self.shared.genesis,
			source,
			key,
			(start, length),
			writer,
			&self.shared.node.metrics.fetched_bytes,
		);
		match timeout(PIECE_TIME, fetch).await {
			Ok(done) => done,
			Err(_) => Err(PieceError::Network("too slow".into())),
		}
	}
}

/// Fetches one range, and writes it to its place as it is verified.
#[allow(clippy::too_many_arguments)]
pub async fn slice(
	client: &reqwest::Client,
	us: &rome_provider::key::OperatorKey,
	genesis: &[u8; 32],
	source: &PeerSource,
	key: ObjectKey,
	(start, length): (u64, u64),
	writer: Arc<File>,
	counter: &prometheus_client::metrics::counter::Counter,
) -> Result<(), PieceError> {
	let refused = |what: &str| PieceError::Refused(what.to_owned());
	let network = |error: reqwest::Error| PieceError::Network(error.without_url().to_string());
	let range =
		SliceRange::new(key.size, start, length).map_err(|error| refused(&error.to_string()))?;
	let path = format!("/objects/{}/slice?offset={start}&length={length}", hex::encode(key.hash));
	let mut nonce = [0; 16];
	getrandom::fill(&mut nonce).map_err(|error| refused(&error.to_string()))?;
	let signed = sign_request(us, genesis, source.operator.clone(), "GET", &path, nonce);
	let answer = client
		.get(format!("{}{path}", source.base))
		.header(HEADER, signed)
		.send()
		.await
		.map_err(network)?;
	let status = answer.status().as_u16();
	let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
	if status != 200 {
		return Err(refused(&format!("status {status}")));
	}
	if !check_answer(
		header(HEADER),
		genesis,
		&us.id(),
		&source.operator,
		&nonce,
		status,
		Some(&key),
	) {
		return Err(refused("the answer is not signed by the provider's operator key"));
	}
	if header("rome-object-size").and_then(|text| text.parse().ok()) != Some(key.size) {
		return Err(PieceError::WrongBytes("the answer is about an object of another size".into()));
	}
	if answer.content_length().is_some_and(|bytes| bytes != range.encoded_bytes()) {
		return Err(PieceError::WrongBytes("the slice has another length".into()));
	}
	let mut decoder = SliceDecoder::new(&key.hash, range);
	let mut place = range.start();
	let mut ready = Vec::with_capacity(WRITE + 32 * 1024);
	let mut stream = answer.bytes_stream();
	let mut progress = Progress::new(LEAST.0, LEAST.1);
	loop {
		let next = timeout_at(progress.deadline, stream.next()).await;
		let next = next.map_err(|_| PieceError::Network("it is too slow".into()))?;
		let Some(bytes) = next else { break };
		let bytes = bytes.map_err(network)?;
		progress.moved(bytes.len() as u64);
		counter.inc_by(bytes.len() as u64);
		let mut taken = 0;
		loop {
			let mut input = &bytes[taken..];
			let pushed = decoder.push(&mut input);
			taken = bytes.len() - input.len();
			match pushed {
				Ok(Some(Verified::Group { bytes, .. })) => ready.extend_from_slice(bytes),
				Ok(Some(Verified::Node { .. })) => {},
				Ok(None) => break,
				Err(error) => return Err(PieceError::WrongBytes(error.to_string())),
			}
		}
		if ready.len() >= WRITE {
			let bytes = std::mem::replace(&mut ready, Vec::with_capacity(WRITE + 32 * 1024));
			let begun = tokio::time::Instant::now();
			place = write(&writer, bytes, place).await?;
			// Our own disk is not the source's fault.
			progress.deadline += begun.elapsed();
		}
	}
	decoder.finish().map_err(|error| PieceError::Network(error.to_string()))?;
	write(&writer, ready, place).await?;
	Ok(())
}

/// The progress that a source has to make, again and again.
struct Progress {
	deadline: tokio::time::Instant,
	moved: u64,
	least: u64,
	within: Duration,
}

impl Progress {
	fn new(least: u64, within: Duration) -> Self {
		Self { deadline: tokio::time::Instant::now() + within, moved: 0, least, within }
	}

	fn moved(&mut self, bytes: u64) {
		self.moved += bytes;
		if self.moved >= self.least {
			*self = Self::new(self.least, self.within);
		}
	}
}

async fn write(file: &Arc<File>, bytes: Vec<u8>, at: u64) -> Result<u64, PieceError> {
	let file = file.clone();
	let next = at + bytes.len() as u64;
	spawn_blocking(move || file.write_all_at(&bytes, at))
		.await
		.map_err(|error| PieceError::Disk(std::io::Error::other(error)))??;
	Ok(next)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_trickle_is_no_progress() {
		let mut progress = Progress::new(100, Duration::from_secs(30));
		let first = progress.deadline;
		for _ in 0..9 {
			std::thread::sleep(Duration::from_millis(1));
			progress.moved(11);
		}
		assert_eq!(progress.deadline, first, "99 bytes are not enough");
		progress.moved(1);
		assert!(progress.deadline > first);
	}
}
