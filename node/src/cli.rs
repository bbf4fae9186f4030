//! The command line.

use crate::sealing::Sealing;
use sc_cli::RunCmd;

/// Rome's node.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// Run a tool instead of the node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// How to run the node.
	#[clap(flatten)]
	pub run: RunCmd,

	/// Make blocks without waiting for their slots: `instant` (when there is a transaction),
	/// `interval=MS` (steadily) or `manual` (by `engine_createBlock`). Only with --dev.
	///
	/// The chain then runs ahead of the wall clock, and its database cannot be opened without this
	/// option again.
	#[arg(long, value_name = "MODE")]
	pub sealing: Option<Sealing>,
}

/// The tools.
#[derive(Debug, clap::Subcommand)]
#[allow(clippy::large_enum_variant)]
pub enum Subcommand {
	/// Make, inspect and store keys.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Write a chain's specification to a file.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// The older form of `export-chain-spec`.
	BuildSpec(sc_cli::BuildSpecCmd),

	/// Execute a block again and check that it is valid.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Write blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Read blocks from a file.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Write the state at a block as a raw chain specification.
	ExportState(sc_cli::ExportStateCmd),

	/// Forget the latest blocks that are not final.
	Revert(sc_cli::RevertCmd),

	/// Delete the whole chain from this node.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Show what the database holds.
	ChainInfo(sc_cli::ChainInfoCmd),
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::{CommandFactory, Parser};
	use sc_cli::SubstrateCli;

	fn parse(arguments: &[&str]) -> Result<Cli, clap::Error> {
		Cli::try_parse_from([&["rome-node"], arguments].concat())
	}

	#[test]
	fn command_line_is_consistent() {
		Cli::command().debug_assert();
		assert!(Cli::executable_name().starts_with("rome"));
	}

	#[test]
	fn sealing_is_read() {
		let cli = parse(&["--dev", "--sealing", "instant"]).unwrap();
		assert_eq!(cli.sealing, Some(Sealing::Instant));
		let message = parse(&["--dev", "--sealing", "interval=soon"]).unwrap_err().to_string();
		assert!(message.contains("not a number of milliseconds"), "{message}");
	}

	#[test]
	fn rocksdb_is_refused() {
		let message = parse(&["--dev", "--database", "rocksdb"]).unwrap_err().to_string();
		assert!(message.contains("paritydb"), "{message}");
		assert!(parse(&["--dev", "--database", "paritydb"]).is_ok());
	}
}
