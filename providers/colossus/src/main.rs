//! `colossus`: the daemon of a storage provider.

use clap::{Parser, Subcommand};
use rome_colossus::{
	commands::{check, init, run, scrub, status},
	config::Config,
};
use std::{path::PathBuf, process::ExitCode};
use tracing_subscriber::EnvFilter;

/// A storage provider of Rome: keeps objects, serves them, and proves to the chain that it does.
#[derive(Parser)]
#[command(name = "colossus", version, arg_required_else_help = true)]
struct Cli {
	/// The configuration file.
	#[arg(long, short, global = true, default_value = "colossus.toml", env = "COLOSSUS_CONFIG")]
	config: PathBuf,
	/// Log as JSON, one object a line.
	#[arg(long, global = true)]
	log_json: bool,
	#[command(subcommand)]
	command: Command,
}

#[derive(Subcommand)]
enum Command {
	/// Makes data directory, configuration file and operator key, and says what to register on chain.
	Init(init::Arguments),
	/// Serves, until SIGTERM or SIGINT.
	Run(run::Arguments),
	/// Checks configuration, key, disk, clock, endpoints, and whether the world reaches this provider.
	Check {
		/// As JSON.
		#[arg(long)]
		json: bool,
	},
	/// Shows how the provider stands on chain and what is on its disk.
	Status {
		/// As JSON.
		#[arg(long)]
		json: bool,
	},
	/// Rereads every object now: through the daemon if it runs, or by itself.
	Scrub,
}

fn main() -> ExitCode {
	let cli = Cli::parse();
	let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
	let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
	if cli.log_json {
		log.json().init();
	} else {
		log.with_target(false).init();
	}
	let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
		Ok(runtime) => runtime,
		Err(error) => {
			eprintln!("error: {error}");
			return ExitCode::FAILURE;
		},
	};
	let done = runtime.block_on(async {
		match cli.command {
			Command::Init(arguments) => init::run(&cli.config, &arguments).await,
			Command::Run(arguments) => run::run(Config::read(&cli.config)?, arguments).await,
			Command::Check { json } => check::run(&cli.config, json).await,
			Command::Status { json } => status::run(&Config::read(&cli.config)?, json).await,
			Command::Scrub => scrub::run(&Config::read(&cli.config)?).await,
		}
	});
	// What still blocks on a disk that does not answer shall not keep the process.
	runtime.shutdown_timeout(std::time::Duration::from_secs(5));
	match done {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error}");
			ExitCode::FAILURE
		},
	}
}
