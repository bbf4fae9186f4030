//! What the duties count.

use prometheus_client::{
	metrics::{counter::Counter, gauge::Gauge},
	registry::Registry,
};

macro_rules! metrics {
	($($field:ident: $kind:ty, $help:literal;)*) => {
		/// Counters and gauges of the duties. They exist from the start, so that an alert on one that is
		/// missing means something.
		#[derive(Clone, Default, Debug)]
		pub struct DutyMetrics {
			$(#[doc = $help] pub $field: $kind,)*
		}

		impl DutyMetrics {
			/// Adds them to a registry.
			pub fn register(&self, registry: &mut Registry) {
				$(registry.register(stringify!($field), $help, self.$field.clone());)*
			}
		}
	};
}

metrics! {
	heartbeats: Counter, "Heartbeats that the chain took";
	heartbeats_failed: Counter, "Heartbeats that it did not take";
	confirmed: Counter, "Replicas confirmed";
	confirmations_failed: Counter, "Transactions with confirmations that failed";
	fetched: Counter, "Objects fetched from other providers";
	fetched_bytes: Counter, "Bytes fetched from other providers";
	fetches_failed: Counter, "Objects that could not be fetched, and are tried again";
	wrong_bytes: Counter, "Answers of other providers that did not match the hash";
	wanted: Gauge, "Objects that are still to be fetched";
	unconfirmed: Gauge, "Objects that are here and not confirmed yet";
	lost: Counter, "Replicas reported lost";
	missing: Gauge, "Objects that the chain lists as held here and that are not on disk";
	released: Counter, "Replicas released";
	deleted: Counter, "Objects deleted";
	release_blocked: Gauge, "1 while nothing is deleted or released for want of two endpoints that agree";
	disagreements: Counter, "Times that two endpoints gave different answers about the same final block";
	scrubbed_bytes: Counter, "Bytes reread by the scrubber";
	scrub_passes: Counter, "Passes of the scrubber over all objects";
	damaged: Counter, "Objects found damaged";
	trees_mended: Counter, "Trees found damaged and made anew";
	rpc_notices: Counter, "Times that the connection to an endpoint was lost or came back";
	rpc_connections: Gauge, "Connections to endpoints opened since the start";
	best_block: Gauge, "Height of the best block";
	finalized_block: Gauge, "Height of the last finalized block";
	provider_active: Gauge, "1 while the chain lists this provider as active";
}
