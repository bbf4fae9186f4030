//! Metrics that every daemon has. Duties add their own to the same registry.

use prometheus_client::{
	encoding::{text::encode, EncodeLabelSet},
	metrics::{counter::Counter, family::Family, gauge::Gauge},
	registry::{Registry, Unit},
};
use std::sync::Mutex;

/// Labels of an answered request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Answered {
	/// Which route, without what varies.
	pub route: &'static str,
	/// The status code.
	pub status: u32,
}

/// One label that says what kind something is of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Kind {
	/// The kind.
	pub kind: &'static str,
}

/// The registry and the metrics of HTTP and store.
pub struct Metrics {
	registry: Mutex<Registry>,
	/// Requests answered.
	pub requests: Family<Answered, Counter>,
	/// Answers of the fast path with status 200, without a look-up.
	pub fast_ok: Counter,
	/// Bytes of bodies sent, by class of client.
	pub sent: Family<Kind, Counter>,
	/// The same for anonymous clients.
	pub sent_anonymous: Counter,
	/// Bytes of uploads received.
	pub received: Counter,
	/// Connections at present.
	pub connections: Gauge,
	/// Connections that were turned away, by limit.
	pub turned_away: Family<Kind, Counter>,
	/// Connections closed because the other side was too slow.
	pub slow: Counter,
	/// Uploads at present.
	pub uploads: Gauge,
	/// Objects that are there.
	pub objects: Gauge,
	/// Their bytes.
	pub bytes: Gauge,
	/// Bytes that may still be written.
	pub free: Gauge,
	/// Probe objects that are kept.
	pub probes: Gauge,
}

impl Metrics {
	/// Names begin with `prefix`.
	pub fn new(prefix: &str) -> Self {
		let mut registry = Registry::with_prefix(prefix);
		let requests = Family::<Answered, Counter>::default();
		let sent = Family::<Kind, Counter>::default();
		let turned_away = Family::<Kind, Counter>::default();
		let (received, slow) = (Counter::default(), Counter::default());
		let gauges: [Gauge; 6] = Default::default();
		registry.register("http_requests", "Requests answered", requests.clone());
		registry.register_with_unit(
			"http_sent",
			"Bytes of objects sent, by class of client",
			Unit::Bytes,
			sent.clone(),
		);
		registry.register_with_unit(
			"http_received",
			"Bytes of uploads received",
			Unit::Bytes,
			received.clone(),
		);
		registry.register(
			"http_turned_away",
			"Connections and requests over a limit, by limit",
			turned_away.clone(),
		);
		registry.register(
			"http_slow",
			"Connections closed because the other side was too slow",
			slow.clone(),
		);
		let names = [
			("http_connections", "Connections at present"),
			("http_uploads", "Uploads at present"),
			("store_objects", "Objects on disk"),
			("store_bytes", "Bytes of the objects on disk"),
			("store_free_bytes", "Bytes that may still be written, the reserve left alone"),
			("store_probes", "Probe objects that are kept"),
		];
		for ((name, help), gauge) in names.into_iter().zip(&gauges) {
			registry.register(name, help, gauge.clone());
		}
		let [connections, uploads, objects, bytes, free, probes] = gauges;
		let fast_ok =
			requests.get_or_create(&Answered { route: "/objects/{hash}", status: 200 }).clone();
		let sent_anonymous = sent.get_or_create(&Kind { kind: "anonymous" }).clone();
		Self {
			registry: Mutex::new(registry),
			requests,
			fast_ok,
			sent,
			sent_anonymous,
			received,
			connections,
			turned_away,
			slow,
			uploads,
			objects,
			bytes,
			free,
			probes,
		}
	}

	/// Adds metrics of a daemon's own.
	pub fn register(&self, add: impl FnOnce(&mut Registry)) {
		add(&mut self.registry.lock().unwrap_or_else(|bad| bad.into_inner()));
	}

	/// Counts an answer.
	pub fn answered(&self, route: &'static str, status: u16) {
		self.requests.get_or_create(&Answered { route, status: status.into() }).inc();
	}

	/// All of them in Prometheus' text format.
	pub fn text(&self) -> String {
		let mut text = String::new();
		let registry = self.registry.lock().unwrap_or_else(|bad| bad.into_inner());
		// Writing to a string does not fail.
		let _ = encode(&mut text, &registry);
		text
	}
}
