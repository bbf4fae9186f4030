//! What every request is answered from.

use super::{Refusal, Uploads};
use crate::{
	auth::{Nonces, Peers},
	authority::Cached,
	key::OperatorKey,
	limits::{Admission, Buckets, Rate, Shares},
	metrics::Metrics,
	store::{probes::Probes, Opened, Store},
};
use rome_primitives::{actors::Endpoint, signing::GenesisHash};
use serde::{Deserialize, Serialize};
use std::{
	io,
	net::IpAddr,
	sync::{
		atomic::{AtomicU32, AtomicU64},
		Arc, Mutex, RwLock,
	},
	time::{Duration, Instant},
};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// Who serves.
pub struct Identity {
	/// The chain's genesis hash.
	pub genesis: GenesisHash,
	/// The operator key.
	pub key: OperatorKey,
	/// Program and version.
	pub version: String,
}

/// What is found under a hash.
pub enum Found {
	/// The object.
	Here(Opened),
	/// Why it is not served.
	Refused(Refusal),
}

/// Where the served objects are.
pub trait Source: Send + Sync + 'static {
	/// Looks an object up. May block on the disk for the time of opening a file.
	fn find(&self, hash: &[u8; 32]) -> Found;

	/// The tree above the groups of an object that was found.
	fn tree(&self, hash: &[u8; 32]) -> io::Result<Option<Opened>>;
}

/// Limits of the HTTP side. Times are seconds; rates are per second; none is no limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
	/// Connections at once.
	pub connections: usize,
	/// Connections of one client (an address, or an IPv6 network of 64 bits) at once.
	pub connections_per_client: usize,
	/// Requests of one client.
	pub requests_per_second: Option<u64>,
	/// Bytes sent to one client.
	pub bytes_per_second: Option<u64>,
	/// Bytes sent to one peer that signs its requests.
	pub peer_bytes_per_second: Option<u64>,
	/// Bytes sent to all together. Peers come first: the others stop while less than a quarter is left.
	pub total_bytes_per_second: Option<u64>,
	/// Uploads at once.
	pub uploads: usize,
	/// Uploads of one client at once.
	pub uploads_per_client: usize,
	/// Slices that are being sent at once; peers have as many of their own.
	pub slices: usize,
	/// Slices that are being sent to one client at once; peers are not held to it.
	pub slices_per_client: usize,
	/// How long a connection may be idle between requests.
	pub idle_seconds: u64,
	/// How long the head of a request may take.
	pub head_seconds: u64,
	/// How long 64 KiB of an answer, or of an upload, may take.
	pub slow_seconds: u64,
	/// How long requests under way may go on after the signal to stop.
	pub stop_seconds: u64,
	/// Proxies of ours, whose X-Forwarded-For is believed.
	pub trusted_proxies: Vec<IpAddr>,
	/// Uploads of probe objects at once; they take none of the others' room.
	pub probe_uploads: usize,
	/// Uploads of probe objects of one client at once.
	pub probe_uploads_per_client: usize,
	/// Bytes of one probe object.
	pub probe_bytes: u64,
	/// Bytes of all probe objects that are kept.
	pub probes_total_bytes: u64,
	/// Probe bytes that one account, and one client, may upload in ten minutes.
	pub probe_budget_bytes: u64,
	/// How long a probe object is kept.
	pub probe_seconds: u64,
}

impl Default for Limits {
	fn default() -> Self {
		Self {
			connections: 4_096,
			connections_per_client: 128,
			requests_per_second: Some(500),
			bytes_per_second: None,
			peer_bytes_per_second: None,
			total_bytes_per_second: None,
			uploads: 64,
			uploads_per_client: 16,
			slices: 256,
			slices_per_client: 64,
			idle_seconds: 60,
			head_seconds: 10,
			slow_seconds: 30,
			stop_seconds: 30,
			trusted_proxies: Vec::new(),
			probe_uploads: 16,
			probe_uploads_per_client: 4,
			probe_bytes: 256 << 20,
			probes_total_bytes: 4 << 30,
			probe_budget_bytes: 1 << 30,
			probe_seconds: 600,
		}
	}
}

/// What the duties know and the answers tell.
#[derive(Default)]
pub struct Facts {
	/// The endpoint as registered on chain, once known.
	pub endpoint: RwLock<Option<Endpoint>>,
	/// The height of the last finalized block.
	pub finalized: AtomicU32,
	/// Told when an object has arrived.
	pub arrived: tokio::sync::Notify,
	/// When the chain was last heard, in Unix milliseconds; 0 for never.
	pub chain_heard: AtomicU64,
}

/// What a context is made of.
pub struct Parts {
	/// Who serves.
	pub identity: Identity,
	/// Where the objects are.
	pub source: Arc<dyn Source>,
	/// The store that uploads go to.
	pub store: Arc<Store>,
	/// The chain's word.
	pub authority: Cached,
	/// The limits.
	pub limits: Limits,
	/// The metrics.
	pub metrics: Metrics,
	/// Ends it all.
	pub stop: CancellationToken,
}

/// What every request is answered from.
pub struct Context {
	/// Who serves.
	pub identity: Identity,
	/// Where the objects are.
	pub source: Arc<dyn Source>,
	/// The store that uploads go to.
	pub store: Arc<Store>,
	/// What guests uploaded.
	pub probes: Probes,
	/// The chain's word.
	pub authority: Cached,
	/// The limits.
	pub limits: Limits,
	/// The metrics.
	pub metrics: Metrics,
	/// What the duties know.
	pub facts: Facts,
	/// Ends it all.
	pub stop: CancellationToken,
	pub(crate) admission: Arc<Admission>,
	pub(crate) requests: Buckets,
	pub(crate) peers: Peers,
	pub(crate) nonces: Arc<Nonces>,
	/// Apart: guests' tokens shall not crowd out those of uploads.
	pub(crate) probe_nonces: Arc<Nonces>,
	pub(crate) uploads: Uploads,
	pub(crate) probe_uploads: Uploads,
	pub(crate) probe_accounts: Buckets,
	pub(crate) probe_clients: Buckets,
	pub(crate) slices: [Arc<Semaphore>; 2],
	pub(crate) slice_shares: Arc<Shares>,
	pub(crate) cold: Semaphore,
	pace: Pace,
}

/// Reads of files that are not in memory, at once.
const COLD: usize = 64;

/// In which class a request is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
	/// Anybody.
	Anonymous,
	/// A provider or distributor that signed.
	Peer,
}

impl Class {
	/// Its name in metrics.
	pub fn name(self) -> &'static str {
		match self {
			Self::Anonymous => "anonymous",
			Self::Peer => "peer",
		}
	}
}

struct Pace {
	limited: bool,
	clients: Buckets,
	peers: Buckets,
	total: Option<u64>,
	level: Mutex<(f64, Instant)>,
}

impl Pace {
	fn new(limits: &Limits) -> Self {
		let rate = |per_second: Option<u64>| {
			Buckets::new(Rate { per_second, burst: per_second.unwrap_or(0) })
		};
		let all =
			[limits.bytes_per_second, limits.peer_bytes_per_second, limits.total_bytes_per_second];
		Self {
			limited: all.iter().any(Option::is_some),
			clients: rate(limits.bytes_per_second),
			peers: rate(limits.peer_bytes_per_second),
			total: limits.total_bytes_per_second,
			level: Mutex::new((limits.total_bytes_per_second.unwrap_or(0) as f64, Instant::now())),
		}
	}

	/// Counts bytes that were sent, and says how long to rest before sending more.
	fn sent(&self, class: Class, client: IpAddr, bytes: u64) -> Duration {
		if !self.limited {
			return Duration::ZERO;
		}
		let own = match class {
			Class::Anonymous => self.clients.debit(client, bytes),
			Class::Peer => self.peers.debit(client, bytes),
		};
		let Some(speed) = self.total else { return own };
		let speed = speed as f64;
		let mut level = self.level.lock().unwrap_or_else(|bad| bad.into_inner());
		let now = Instant::now();
		let filled = (level.0 + now.duration_since(level.1).as_secs_f64() * speed).min(speed);
		let left = (filled - bytes as f64).max(-4.0 * speed);
		*level = (left, now);
		let keep = match class {
			Class::Peer => 0.0,
			Class::Anonymous => speed / 4.0,
		};
		own.max(Duration::from_secs_f64(((keep - left) / speed).max(0.0)))
	}
}

impl Context {
	/// Made of its parts. Blocks on the disk.
	pub fn new(parts: Parts) -> io::Result<Arc<Self>> {
		let Parts { identity, source, store, authority, limits, metrics, stop } = parts;
		let bounds = crate::store::probes::ProbeBounds {
			object: limits.probe_bytes,
			total: limits.probes_total_bytes,
			count: 4_096,
			keep: Duration::from_secs(limits.probe_seconds),
		};
		let budget = || {
			Buckets::new(Rate {
				per_second: Some((limits.probe_budget_bytes / 600).max(1)),
				burst: limits.probe_budget_bytes,
			})
		};
		Ok(Arc::new(Self {
			probes: Probes::open(store.clone(), bounds)?,
			admission: Admission::new(
				limits.connections,
				limits.connections_per_client,
				limits.trusted_proxies.clone(),
			),
			requests: Buckets::new(Rate {
				per_second: limits.requests_per_second,
				burst: limits.requests_per_second.unwrap_or(0).saturating_mul(2),
			}),
			peers: Peers::default(),
			nonces: Arc::new(Nonces::open(store.root(), "nonces")?),
			probe_nonces: Arc::new(Nonces::open(store.root(), "probe-nonces")?),
			uploads: Uploads::new(limits.uploads, limits.uploads_per_client),
			probe_uploads: Uploads::new(limits.probe_uploads, limits.probe_uploads_per_client),
			probe_accounts: budget(),
			probe_clients: budget(),
			slices: [(); 2].map(|()| Arc::new(Semaphore::new(limits.slices))),
			slice_shares: Shares::new(limits.slices_per_client),
			cold: Semaphore::new(COLD),
			pace: Pace::new(&limits),
			facts: Facts::default(),
			identity,
			source,
			store,
			authority,
			limits,
			metrics,
			stop,
		}))
	}

	/// Uploads under way, those of probe objects included.
	pub fn uploads_under_way(&self) -> usize {
		self.uploads.count() + self.probe_uploads.count()
	}

	/// Whether the next piece of an answer should be small because something limits the rate.
	pub(crate) fn is_paced(&self) -> bool {
		self.pace.limited
	}

	/// Counts bytes that were sent, and says how long to rest before sending more.
	pub(crate) fn sent(&self, class: Class, client: IpAddr, bytes: u64) -> Duration {
		match class {
			Class::Anonymous => self.metrics.sent_anonymous.inc_by(bytes),
			Class::Peer => {
				let kind = crate::metrics::Kind { kind: class.name() };
				self.metrics.sent.get_or_create(&kind).inc_by(bytes)
			},
		};
		self.pace.sent(class, client, bytes)
	}

	/// How long 64 KiB may take.
	pub(crate) fn slow(&self) -> Duration {
		Duration::from_secs(self.limits.slow_seconds)
	}
}

/// The progress that a transfer has to make: 64 KiB within a time, again and again.
#[derive(Debug)]
pub(crate) struct Progress {
	since: tokio::time::Instant,
	moved: u64,
	within: Duration,
}

impl Progress {
	const QUANTUM: u64 = 64 * 1024;

	pub(crate) fn new(within: Duration) -> Self {
		Self { since: tokio::time::Instant::now(), moved: 0, within }
	}

	pub(crate) fn moved(&mut self, bytes: u64) {
		self.moved += bytes;
		if self.moved >= Self::QUANTUM {
			self.restart();
		}
	}

	pub(crate) fn restart(&mut self) {
		self.moved = 0;
		self.since = tokio::time::Instant::now();
	}

	pub(crate) fn deadline(&self) -> tokio::time::Instant {
		self.since + self.within
	}
}
