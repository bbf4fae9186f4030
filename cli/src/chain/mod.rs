//! The chain, as the commands use it: a connection that survives the loss of a node, reads through the
//! runtime API, and transactions that are followed until they are in a block.

pub(crate) mod accounts;
pub(crate) mod api;
pub(crate) mod calls;
pub(crate) mod client;
mod errors;
mod events;
mod follow;
mod rpc;
mod send;

pub(crate) use accounts::Account;
pub(crate) use calls::Call;
pub(crate) use client::{Chain, Signed};
pub(crate) use errors::{Error, Refusal, Result};
pub(crate) use events::{decode_result, Event};
pub(crate) use follow::{Included, Tracker};
pub(crate) use rpc::Hash;
pub(crate) use send::{Sent, LOOK};
