//! `colossus`: the daemon of a storage provider.
//!
//! - [`config`]: the configuration file.
//! - [`node`]: the chain, as the duties share it.
//! - [`source`]: what is served.
//! - [`duties`]: what it does by itself.
//! - [`commands`]: `init`, `run`, `check`, `status`, `scrub`.

pub mod commands;
pub mod config;
pub mod duties;
pub mod metrics;
pub mod node;
pub mod source;

/// Program and version, as the status says it.
pub const VERSION: &str = concat!("colossus/", env!("CARGO_PKG_VERSION"));
