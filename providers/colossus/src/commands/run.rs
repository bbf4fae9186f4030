//! `colossus run`: serves and does its duties until it is told to stop.

use crate::{
	config::Config,
	duties::{self, attendance::Attendance, Shared, Work},
	metrics::DutyMetrics,
	node::Node,
	source::Shelf,
	VERSION,
};
use rome_provider::{
	authority::Cached,
	http::{routes, server, Context, Identity, Parts},
	key::OperatorKey,
	metrics::Metrics,
	store::{Manifest, Store},
};
use std::{sync::Arc, time::Duration};
use tokio::{
	net::TcpListener,
	signal::unix::{signal, Signal, SignalKind},
	task::spawn_blocking,
	time::timeout,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long the duties may take to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// What `run` is told.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
pub struct Arguments {
	/// Says that the old disk is lost: what the chain counts here and this disk does not have is reported lost.
	/// Needed once, with a new data directory.
	#[arg(long)]
	pub disk_lost: bool,
}

/// Serves until SIGTERM or SIGINT.
pub async fn run(config: Config, arguments: Arguments) -> Result<(), String> {
	let key = OperatorKey::read(&config.key)?;
	// Before anybody can see in the lock that there is a daemon to be told: unheard, the signal would end it.
	let scrub = signal(SignalKind::user_defined1()).map_err(|error| error.to_string())?;
	let (root, reserve) = (config.data.clone(), config.reserve_bytes);
	let opened = spawn_blocking(move || {
		let manifest = Manifest::read(&root)?;
		Ok::<_, rome_provider::store::StoreError>((manifest, Store::open(&root, reserve)?))
	});
	let (mut manifest, store) =
		opened.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
	if manifest.kind != "colossus" {
		return Err(format!("the data directory is that of a {}", manifest.kind));
	}
	if manifest.operator != key.id().to_string() {
		return Err(format!(
			"the data directory is that of operator {}, and the key is that of {}: where the operator key was \
			 changed on chain, write the new address into {}/manifest.json",
			manifest.operator,
			key.id(),
			config.data.display()
		));
	}
	let store = Arc::new(store);
	let (objects, bytes) = store.counts();
	tracing::info!(operator = %key.id(), objects, bytes, "{VERSION}");
	let stop = CancellationToken::new();
	stop_on_signals(&stop)?;
	let duty_metrics = DutyMetrics::default();
	let node = Node::new(key.clone(), duty_metrics.clone());
	let genesis = match known_genesis(&manifest) {
		Some(genesis) => genesis,
		None => {
			tracing::info!("the first start: waits for an endpoint, to learn which chain this is");
			let genesis = tokio::select! {
				() = stop.cancelled() => return Ok(()),
				genesis = node.connect(&config.rpc) => genesis.map_err(|error| error.to_string())?,
			};
			manifest.genesis = Some(hex::encode(genesis));
			manifest.write(&config.data).map_err(|error| error.to_string())?;
			genesis
		},
	};
	let shelf = Arc::new(Shelf::open(store.clone()).map_err(|error| error.to_string())?);
	let metrics = Metrics::new("colossus");
	metrics.register(|registry| duty_metrics.register(registry));
	let http = Context::new(Parts {
		identity: Identity { genesis, key, version: VERSION.into() },
		source: shelf.clone(),
		store: store.clone(),
		authority: Cached::new(node.clone()),
		limits: config.limits.clone(),
		metrics,
		stop: stop.clone(),
	})
	.map_err(|error| error.to_string())?;
	let listener = TcpListener::bind(config.listen)
		.await
		.map_err(|error| format!("{} cannot be listened on: {error}", config.listen))?;
	let address = listener.local_addr().map_err(|error| error.to_string())?;
	tracing::info!(%address, "serving");
	let attendance = Attendance::new(stop.clone());
	let serving = TaskTracker::new();
	let server = server::serve(http.clone(), listener, routes::provider(http.clone()));
	attendance.start(&serving, "serving", server);
	serving.close();
	let shared = Arc::new(Shared {
		node,
		store,
		shelf,
		http,
		config,
		genesis,
		work: Work::default(),
		disk_lost: arguments.disk_lost.into(),
		attendance: attendance.clone(),
		stop: stop.clone(),
	});
	let outcome = duties(&shared, scrub).await;
	stop.cancel();
	serving.wait().await;
	tracing::info!("stopped");
	outcome.and_then(|()| attendance.outcome())
}

/// Connects, if that was not done yet, and does the duties until the stop.
async fn duties(shared: &Arc<Shared>, scrub: Signal) -> Result<(), String> {
	let tasks = TaskTracker::new();
	// What needs no chain begins at once.
	duties::start_offline(shared, &tasks);
	scrub_on_signal(shared, scrub);
	let connected = connect(shared).await;
	match &connected {
		Ok(true) => duties::start(shared, &tasks),
		Ok(false) => {},
		Err(_) => shared.stop.cancel(),
	}
	tasks.close();
	shared.stop.cancelled().await;
	if timeout(PATIENCE, tasks.wait()).await.is_err() {
		tracing::warn!("a duty does not end; stopping without it");
	}
	connected.map(|_| ())
}

/// Connects, if that was not done yet. Gives whether it did, or was told to stop before.
async fn connect(shared: &Shared) -> Result<bool, String> {
	if shared.node.chain().is_none() {
		let found = tokio::select! {
			() = shared.stop.cancelled() => return Ok(false),
			found = shared.node.connect(&shared.config.rpc) => found.map_err(|error| error.to_string())?,
		};
		if found != shared.genesis {
			return Err(format!(
				"the endpoints are of the chain {}, and the data directory is of {}",
				hex::encode(found),
				hex::encode(shared.genesis)
			));
		}
	}
	Ok(true)
}

fn known_genesis(manifest: &Manifest) -> Option<[u8; 32]> {
	let mut genesis = [0; 32];
	hex::decode_to_slice(manifest.genesis.as_deref()?, &mut genesis).ok()?;
	Some(genesis)
}

fn stop_on_signals(stop: &CancellationToken) -> Result<(), String> {
	for kind in [SignalKind::terminate(), SignalKind::interrupt()] {
		let mut signals = signal(kind).map_err(|error| error.to_string())?;
		let stop = stop.clone();
		tokio::spawn(async move {
			if signals.recv().await.is_some() {
				tracing::info!("stopping: what is under way is finished first");
				stop.cancel();
			}
		});
	}
	Ok(())
}

fn scrub_on_signal(shared: &Arc<Shared>, mut signals: Signal) {
	let shared = shared.clone();
	tokio::spawn(async move {
		while signals.recv().await.is_some() {
			shared.work.scrub.notify_one();
		}
	});
}
