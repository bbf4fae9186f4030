//! The chain, as the command line and the daemons use it: a connection that survives the loss of a node,
//! reads through the runtime APIs, calls as bytes, and transactions that are followed until they are in a
//! block.
//!
//! - [`Chain`]: connects to one of several nodes and moves to the next when it goes away. [`Settings`] say
//!   how long it goes on looking. [`Chain::each`] gives every node as a chain of its own, for questions that
//!   two of them must agree on.
//! - [`directory`], [`governance`] and [`storage`]: typed reads of the runtime APIs, at the best block or at a
//!   given one.
//! - [`Call`]: the calls; see [`calls`].
//! - [`Account`]: signs. [`Chain::send`] signs, sends and follows; [`Chain::send_general`] does so with a call
//!   that needs no signer because the runtime authorises it.
//! - [`Heads`]: one new block after the other. [`Chain::events_at`] gives what happened in one.
//! - [`http`]: the client of the providers' HTTP interfaces, set up for servers that are not trusted.
//!
//! Nothing here is printed, except by [`Chain::connect`] on demand: errors say what was wrong and leave what
//! to do about it to the program.

mod account;
mod blocks;
pub mod calls;
mod chain;
pub mod directory;
pub mod download;
mod error;
mod events;
mod follow;
mod general;
pub mod governance;
pub mod http;
mod pages;
mod rpc;
mod send;
pub mod storage;
pub mod upload;

pub use account::Account;
pub use blocks::{Head, Heads};
pub use calls::Call;
pub use chain::{Birth, Chain, Runtime, Transaction, LIFETIME};
pub use error::{Error, Refusal, Result};
pub use events::{decode_result, Event};
pub use follow::{Included, Tracker};
pub use reqwest;
pub use rpc::{Hash, Header, Notices, Rpc, RuntimeVersion, Settings};
pub use send::{Sent, LOOK};
pub use subxt::events::Phase;

/// An account's id, as the reads have it: 32 bytes.
pub type AccountId = subxt::utils::AccountId32;
/// An amount, in the smallest unit.
pub type Balance = u128;
