//! `rome`: the command line of publishers, conductors and everyone else.

mod accounts;
mod advice;
mod args;
mod content;
mod curators;
mod failure;
mod governance;
mod help;
mod mirror;
mod output;
mod schema;
mod storage;

use args::{Cli, Command};
use clap::Parser;
use failure::Failure;
use output::Output;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
	let cli = Cli::parse();
	let output = Output { json: cli.global.json };
	let done = match cli.command {
		Command::Schema(command) => schema::commands::run(command, &cli.global, output).await,
		Command::Content(command) => content::commands::run(command, &cli.global, output).await,
		Command::Help { command } => help::run(command, &cli.global, output).await,
		Command::Publish(args) => storage::publish(&args, &cli.global, output).await,
		Command::Get(args) => storage::get(&args, &cli.global, output).await,
		Command::Pin(command) => storage::pin(command, &cli.global, output).await,
		Command::Provider(command) => storage::provider(command, &cli.global, output).await,
		Command::Tranche(command) => storage::tranche(command, &cli.global, output).await,
		Command::Backing { command } => storage::backing(command, &cli.global, output).await,
		Command::Object(command) => storage::object(command, &cli.global, output).await,
		Command::Curator(command) => curators::run(command, &cli.global, output).await,
		Command::Proposal(command) => governance::proposal(command, &cli.global, output).await,
		Command::Grant(command) => governance::grant(command, &cli.global, output).await,
		Command::Bounty(command) => governance::bounty(command, &cli.global, output).await,
		Command::Fund { command } => governance::fund(command, &cli.global, output).await,
	};
	match done {
		Ok(()) => ExitCode::SUCCESS,
		Err(failure) => {
			report(&failure, output);
			ExitCode::from(failure.exit_code())
		},
	}
}

fn report(failure: &Failure, output: Output) {
	if output.json {
		let error = serde_json::json!({ "error": failure.to_string(), "hint": failure.advice() });
		eprintln!("{error:#}");
		return;
	}
	let what = failure.to_string();
	// What a file's checks found stands for itself, as with a compiler.
	if what.contains(": error: ") {
		eprintln!("{what}");
	} else {
		eprintln!("error: {what}");
	}
	if let Some(advice) = failure.advice() {
		eprintln!("hint: {advice}");
	}
}
