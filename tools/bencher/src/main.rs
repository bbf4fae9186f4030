//! Measures a runtime's weights from its Wasm, so that the node needs no command for it.
//!
//! `scripts/weights` builds this and the runtime, and calls it with the right arguments; what they mean
//! is told by `rome-bencher --help`.

use clap::Parser;
use frame_benchmarking_cli::PalletCmd;
use sc_cli::LoggerBuilder;
use sp_runtime::traits::BlakeTwo256;

/// The command line: that of `benchmark pallet`, and nothing else.
#[derive(Parser, Debug)]
#[command(name = "rome-bencher", version, about = "Measures a runtime's weights from its Wasm")]
struct Bencher {
	#[command(flatten)]
	benchmark: PalletCmd,
}

fn main() -> sc_cli::Result<()> {
	let benchmark = Bencher::parse().benchmark;
	LoggerBuilder::new(benchmark.shared_params.log_filters().join(",")).init()?;
	// The runtime calls no host functions beyond those that every Substrate node has.
	benchmark.run_with_spec::<BlakeTwo256, ()>(None)
}
