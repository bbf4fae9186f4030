//! Rome's node: validator, full node and their tools.

// The SDK's own error types are large. Each is made once, right before the node ends.
#![allow(clippy::result_large_err)]

mod chain_spec;
mod cli;
mod command;
mod rpc;
mod sealing;
mod service;
mod shutdown;

fn main() -> sc_cli::Result<()> {
	command::run()
}
