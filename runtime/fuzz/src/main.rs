//! Fuzzes the runtime for as long as wanted. Inputs that break something are written to
//! `runtime/fuzz/found`, where the tests run them again from then on.

use clap::Parser;
use rome_runtime_fuzz::{run, Fuzzer, Target};
use std::{
	fs,
	path::{Path, PathBuf},
	process::ExitCode,
	time::{Duration, Instant},
};

#[derive(Parser)]
#[command(about = "Random bytes as calls, in the runtime")]
struct Arguments {
	/// What is fuzzed
	#[arg(long, value_enum, default_value_t = Target::Directory)]
	target: Target,
	/// How long
	#[arg(long, default_value_t = 600)]
	seconds: u64,
	/// What the random choices follow from; otherwise the time
	#[arg(long)]
	seed: Option<u64>,
	/// Where inputs that break something are written to
	#[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/found"))]
	found: PathBuf,
	/// Run these inputs instead of making some; a name that begins with a target's says which it is for
	inputs: Vec<PathBuf>,
}

fn main() -> ExitCode {
	let arguments = Arguments::parse();
	let mut failed = false;
	for path in &arguments.inputs {
		match fs::read(path) {
			Err(error) => {
				eprintln!("error: {} cannot be read: {error}", path.display());
				failed = true;
			},
			Ok(input) => match run(target_of(path, arguments.target), &input) {
				Ok(outcomes) => println!("{}: {outcomes:?}", path.display()),
				Err(finding) => {
					println!("{}: {}", path.display(), finding.violation);
					failed = true;
				},
			},
		}
	}
	if !arguments.inputs.is_empty() {
		return if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS };
	}
	let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
	let seed = arguments.seed.unwrap_or_else(|| now.map_or(0, |now| now.as_secs()));
	let target = arguments.target;
	let mut fuzzer = Fuzzer::new(target, seed);
	let (began, mut told) = (Instant::now(), Instant::now());
	while began.elapsed() < Duration::from_secs(arguments.seconds) {
		if let Err(finding) = fuzzer.step() {
			let path =
				arguments.found.join(format!("{}-{seed}-{}.bin", target.name(), fuzzer.inputs));
			if let Err(error) = fs::write(&path, &finding.input) {
				eprintln!("error: {} cannot be written: {error}", path.display());
			}
			println!("{}: {}", path.display(), finding.violation);
			failed = true;
		}
		if told.elapsed() > Duration::from_secs(10) {
			told = Instant::now();
			report(seed, &fuzzer, began.elapsed());
		}
	}
	report(seed, &fuzzer, began.elapsed());
	if failed {
		ExitCode::FAILURE
	} else {
		ExitCode::SUCCESS
	}
}

fn target_of(path: &Path, otherwise: Target) -> Target {
	let name = path.file_name().unwrap_or_default().to_string_lossy();
	Target::of_file(&name).unwrap_or(otherwise)
}

fn report(seed: u64, fuzzer: &Fuzzer, elapsed: Duration) {
	println!(
		"seed {seed}: {} inputs and {} calls in {} s, {} pairs of outcomes",
		fuzzer.inputs,
		fuzzer.calls,
		elapsed.as_secs(),
		fuzzer.outcomes(),
	);
}
