//! The runtime with a higher spec version: what the end-to-end test of a runtime upgrade upgrades to.
//!
//! There is no code here: `build.rs` does it all.
