//! What the daemon does by itself: one file a duty.
//!
//! All of them go by the chain's state, never by its events: a daemon that was away, or whose endpoint keeps
//! no old state, compares and has caught up.

pub mod attendance;
pub mod confirmer;
pub mod failover;
pub mod fetch;
pub mod heartbeat;
pub mod releaser;
pub mod replicator;
pub mod scrubber;

use attendance::Attendance;

use crate::{config::Config, node::Node, source::Shelf};
use rome_client::{Call, Sent};
use rome_primitives::{
	signing::GenesisHash,
	storage::{ObjectKey, ProviderId},
};
use rome_provider::{http::Context, store::Store};
use std::{
	collections::{HashMap, HashSet},
	sync::{atomic::AtomicBool, Arc, Mutex, MutexGuard},
	time::{Duration, Instant},
};
use tokio::{sync::Notify, time::timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long a transaction may take to get into a block.
const SENDING: Duration = Duration::from_secs(120);

/// What the duties share.
pub struct Shared {
	/// The chain.
	pub node: Arc<Node>,
	/// The store.
	pub store: Arc<Store>,
	/// What is served.
	pub shelf: Arc<Shelf>,
	/// The HTTP side.
	pub http: Arc<Context>,
	/// The configuration.
	pub config: Config,
	/// The chain's genesis hash.
	pub genesis: GenesisHash,
	/// What there is to do.
	pub work: Work,
	/// The operator says that what is missing is lost, though the disk has no mark that it ever held anything.
	pub disk_lost: AtomicBool,
	/// Who is at work.
	pub attendance: Attendance,
	/// Ends it all.
	pub stop: CancellationToken,
}

/// What there is to do, found by comparing and done by the others.
#[derive(Default)]
pub struct Work {
	state: Mutex<WorkState>,
	/// Something is to be fetched.
	pub fetch: Notify,
	/// Something is to be confirmed.
	pub confirm: Notify,
	/// Something arrived, or was lost: compare again.
	pub compare: Notify,
	/// A pass of the scrubber is asked for.
	pub scrub: Notify,
	/// An object is to be reread.
	pub suspect: Notify,
}

#[derive(Default)]
struct WorkState {
	/// To be fetched, with its holders.
	wanted: HashMap<ObjectKey, Vec<ProviderId>>,
	/// Being fetched now.
	fetching: HashSet<ObjectKey>,
	/// Here and not confirmed; whether the size is proved.
	unconfirmed: HashMap<ObjectKey, bool>,
	/// Those that could not be opened for a confirmation: to be reread, or until when they rest since.
	suspects: HashMap<ObjectKey, Option<Instant>>,
	/// Candidates for being released or deleted.
	surplus: HashSet<ObjectKey>,
	/// Whether what was lost has been reported since the start.
	settled: bool,
}

/// Bounds of what is kept in mind; what is beyond comes up again in a later comparison.
const WANTED: usize = 100_000;
const SURPLUS: usize = 10_000;

impl Work {
	fn lock(&self) -> MutexGuard<'_, WorkState> {
		self.state.lock().unwrap_or_else(|bad| bad.into_inner())
	}

	/// Whether what is missing has been reported since the start: nothing else goes to the chain before.
	pub fn is_settled(&self) -> bool {
		self.lock().settled
	}

	/// Has an object reread, by the scrubber and at its rate.
	pub fn suspect(&self, key: ObjectKey) {
		self.lock().suspects.insert(key, None);
		self.suspect.notify_one();
	}

	/// An object that waits to be reread.
	fn next_suspect(&self) -> Option<ObjectKey> {
		let work = self.lock();
		let waiting = work.suspects.iter().find(|(_, rests)| rests.is_none());
		waiting.map(|(key, _)| *key)
	}

	/// It has been reread, and is left alone for a time.
	fn clear_suspect(&self, key: &ObjectKey, rest: Duration) {
		let now = Instant::now();
		let mut work = self.lock();
		work.suspects.insert(*key, Some(now + rest));
		work.suspects.retain(|_, rests| rests.is_none_or(|until| until > now));
	}

	/// Whether an object is not to be confirmed now.
	fn is_suspect(&self, key: &ObjectKey) -> bool {
		let work = self.lock();
		work.suspects.get(key).is_some_and(|rests| rests.is_none_or(|until| until > Instant::now()))
	}
}

impl Shared {
	/// Sends a transaction of the operator's.
	pub async fn send(&self, call: &Call) -> Result<Sent, String> {
		let chain = self.node.chain().ok_or("no endpoint has answered yet")?;
		let _turn = self.node.sending.lock().await;
		match timeout(SENDING, chain.send(call, self.node.key.account(), false)).await {
			Ok(sent) => sent.map_err(|error| error.to_string()),
			Err(_) => {
				let why = format!("not in a block after {} s", SENDING.as_secs());
				if chain.rpc.urls().len() > 1 {
					// It may take transactions and give them to nobody.
					chain.rpc.leave(&format!("a transaction that was given to it is {why}")).await;
				}
				Err(why)
			},
		}
	}

	/// Waits, unless the daemon stops. Gives whether it goes on.
	pub async fn rest(&self, time: Duration) -> bool {
		tokio::select! {
			() = self.stop.cancelled() => false,
			() = tokio::time::sleep(time) => true,
		}
	}
}

/// Starts the duties that need no chain.
pub fn start_offline(shared: &Arc<Shared>, tasks: &TaskTracker) {
	let attendance = &shared.attendance;
	attendance.start(tasks, "the scrubber", scrubber::run(shared.clone()));
	attendance.start(tasks, "the probes' clearing", clear_probes(shared.clone()));
}

/// Starts the others, once connected.
pub fn start(shared: &Arc<Shared>, tasks: &TaskTracker) {
	let attendance = &shared.attendance;
	attendance.start(tasks, "following the chain", failover::run(shared.clone()));
	attendance.start(tasks, "comparing with the chain", replicator::run(shared.clone()));
	attendance.start(tasks, "heartbeats", heartbeat::run(shared.clone()));
	attendance.start(tasks, "fetching", fetch::run(shared.clone()));
	attendance.start(tasks, "confirming", confirmer::run(shared.clone()));
	attendance.start(tasks, "releasing", releaser::run(shared.clone()));
}

/// Drops probe objects whose time is over.
async fn clear_probes(shared: Arc<Shared>) {
	while shared.rest(Duration::from_secs(30)).await {
		let http = shared.http.clone();
		let _ = tokio::task::spawn_blocking(move || http.probes.expire()).await;
	}
}
