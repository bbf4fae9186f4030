//! Stored objects: publishing and fetching them, pins, providers and tranches.

pub(crate) mod args;
mod backing;
mod get;
mod object;
mod pin;
mod progress;
mod provider;
mod publish;
mod text;
mod tranche;
mod upload;

pub(crate) use backing::run as backing;
pub(crate) use get::get;
pub(crate) use object::run as object;
pub(crate) use pin::run as pin;
pub(crate) use provider::run as provider;
pub(crate) use publish::publish;
pub(crate) use text::{parse_size, size};
pub(crate) use tranche::run as tranche;
