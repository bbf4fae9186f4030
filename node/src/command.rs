//! From the command line to what it asks for.

use crate::{
	chain_spec,
	cli::{Cli, Subcommand},
	service, shutdown,
};
use rome_runtime::opaque::Block;
use sc_cli::{ChainSpec, Result, SubstrateCli, TransactionPoolType};
use sc_network::{config::NetworkBackendType, Litep2pNetworkBackend, NetworkWorker};
use sc_service::PartialComponents;
use std::path::Path;

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Rome Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		"Validator and full node of Rome".into()
	}

	fn author() -> String {
		"the authors of Rome".into()
	}

	fn support_url() -> String {
		"docs/validator.md".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> std::result::Result<Box<dyn ChainSpec>, String> {
		Ok(Box::new(chain_spec::load(id)?))
	}
}

/// Do what the command line asks for.
pub fn run() -> Result<()> {
	let mut cli = Cli::from_args();
	if cli.sealing.is_some() {
		// There are no forks to be aware of, and the fork-aware pool sometimes keeps a transaction to
		// itself while block follows block within milliseconds: instant sealing then waits for ever.
		cli.run.pool_config.pool_type = TransactionPoolType::SingleState;
	}
	match &cli.subcommand {
		None => {
			let runner = cli.create_runner(&cli.run)?;
			let sealing = cli.sealing;
			let database = runner.config().database.path().map(Path::to_owned);
			// A start that failed has no database to wait for: the lock may be another process's.
			let mut started = false;
			let started_here = &mut started;
			let ended = runner.run_node_until_exit(|config| async move {
				let tasks = match config.network.network_backend {
					NetworkBackendType::Litep2p => {
						service::new_full::<Litep2pNetworkBackend>(config, sealing)
					},
					NetworkBackendType::Libp2p => {
						service::new_full::<NetworkWorker<_, _>>(config, sealing)
					},
				}
				.map_err(sc_cli::Error::Service)?;
				*started_here = true;
				Ok(tasks)
			});
			if let (true, Some(database)) = (started, database) {
				shutdown::wait_until_closed(&database);
			}
			ended
		},
		Some(Subcommand::Key(cmd)) => cmd.run(&cli),
		Some(Subcommand::ExportChainSpec(cmd)) => cmd.run(cli.load_spec(&cmd.chain)?),
		Some(Subcommand::BuildSpec(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run(config.chain_spec, config.network))
		},
		Some(Subcommand::CheckBlock(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, import_queue, .. } =
				service::new_partial(&config)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Some(Subcommand::ImportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, import_queue, .. } =
				service::new_partial(&config)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Some(Subcommand::ExportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, .. } = service::new_partial(&config)?;
			Ok((cmd.run(client, config.database), task_manager))
		}),
		Some(Subcommand::ExportState(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, .. } = service::new_partial(&config)?;
			Ok((cmd.run(client, config.chain_spec), task_manager))
		}),
		Some(Subcommand::Revert(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, task_manager, backend, .. } =
				service::new_partial(&config)?;
			let revert_finality = Box::new(|client, _, blocks| {
				sc_consensus_grandpa::revert(client, blocks)?;
				Ok(())
			});
			Ok((cmd.run(client, backend, Some(revert_finality)), task_manager))
		}),
		Some(Subcommand::PurgeChain(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run(config.database))
		},
		Some(Subcommand::ChainInfo(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run::<Block>(&config))
		},
	}
}
