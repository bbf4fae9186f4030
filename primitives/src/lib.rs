//! What two or more of Rome's parts share: identifiers, formats and pure functions on which the chain,
//! the daemons and the command line must agree to the bit.
//!
//! - [`content`]: the content directory's model: classes, schemas, values, and the runtime API that
//!   serves them.
//! - [`actors`]: what storage providers and distributors have in common.
//! - [`governance`]: proposals, grants, bounties, and the rule by which votes are counted.
//! - [`storage`]: storage's model: providers, tranches, objects, pins, and the runtime API that serves
//!   them; which members keep an object, and which chunk they open to show it.
//! - [`slices`]: BLAKE3's tree: outboards, slices that prove themselves, proofs of single chunks.
//! - [`benchmark`]: the benchmark oracle's model: private assignment, commitments, settlement, and the runtime
//!   API that serves it.
//! - [`signing`]: every message that is signed outside of the chain.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod actors;
pub mod benchmark;
pub mod content;
pub mod governance;
pub mod signing;
pub mod slices;
pub mod storage;
