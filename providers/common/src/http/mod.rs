//! HTTP serving.
//!
//! Connections are accepted here. The heads of plain requests for objects are read here too, and answered
//! with `sendfile`; a connection with any other request goes to hyper and the routes, with what was read of
//! it ([`server`]). Both ways give the same answers ([`object`]).

mod connection;
mod context;
mod fast;
pub mod object;
pub mod range;
mod refusal;
pub mod routes;
pub mod server;
mod slices;
mod status;
mod uploads;

pub use context::{Context, Facts, Found, Identity, Limits, Parts, Source};
pub use refusal::Refusal;
pub use uploads::Uploads;
