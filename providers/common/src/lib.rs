//! What the daemons of storage providers and distributors share.
//!
//! - [`http`]: serving objects, slices, uploads and the daemon's state.
//! - [`store`]: objects on disk.
//! - [`auth`]: upload tokens, and requests between daemons.
//! - [`authority`]: what HTTP asks the chain, behind a narrow trait.
//! - [`key`]: the operator key.
//! - [`limits`]: what keeps clients within bounds.
//! - [`metrics`]: Prometheus metrics.

pub mod auth;
pub mod authority;
pub mod http;
pub mod key;
pub mod limits;
pub mod metrics;
pub mod store;
