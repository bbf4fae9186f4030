//! The runtime's Wasm: what a chain starts with, and what it is upgraded to. `build.rs` compiles it.

#![allow(missing_docs, dead_code)]

include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
