//! The seeds do what they are for, what was found stays fixed, and a short run finds nothing.

use frame_support::traits::GetCallName;
use rome_runtime::Runtime;
use rome_runtime_fuzz::{decode, encode, run, Fuzzer, Record, Target};
use std::{
	collections::BTreeSet,
	fs,
	path::Path,
	time::{Duration, Instant},
};

fn every_call_succeeds_in_a_seed(target: Target, calls: usize) {
	let mut succeeded = BTreeSet::new();
	for seed in target.seeds() {
		let outcomes = target.execute(&seed).expect("seeds violate nothing");
		assert_eq!(outcomes.len(), seed.len(), "each record is a call");
		for outcome in &outcomes {
			assert_eq!(outcome.error, None, "{outcome:?} in {outcomes:?}");
			if outcome.is_call() {
				succeeded.insert(outcome.call);
			}
		}
	}
	assert_eq!(succeeded.len(), calls, "{succeeded:?}");
}

#[test]
fn every_call_of_the_directory_succeeds_in_a_seed() {
	let calls = pallet_content_directory::Call::<Runtime>::get_call_names().len();
	every_call_succeeds_in_a_seed(Target::Directory, calls);
}

#[test]
fn every_call_of_proposals_succeeds_in_a_seed() {
	let calls = pallet_proposals::Call::<Runtime>::get_call_names().len();
	every_call_succeeds_in_a_seed(Target::Governance, calls);
}

#[test]
fn inputs_are_read_as_they_were_written() {
	for seed in Target::ALL.into_iter().flat_map(Target::seeds) {
		assert_eq!(decode(&encode(&seed)), seed);
	}
	let cut = Record { origin: 1, call: vec![7] };
	assert_eq!(decode(&[1, 9, 0, 7]), [cut]);
	assert_eq!(decode(&[1, 9]), []);
}

#[test]
fn what_was_found_stays_fixed() {
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("found");
	for entry in fs::read_dir(folder).expect("the folder is there") {
		let path = entry.expect("it can be listed").path();
		if path.extension().is_some_and(|extension| extension == "bin") {
			let name = path.file_name().unwrap_or_default().to_string_lossy();
			let target = Target::of_file(&name).expect("its name begins with its target's");
			let input = fs::read(&path).expect("it can be read");
			assert!(run(target, &input).is_ok(), "{}", path.display());
		}
	}
}

fn short_run_finds_nothing(target: Target) {
	let mut fuzzer = Fuzzer::new(target, 1);
	let began = Instant::now();
	while began.elapsed() < Duration::from_secs(20) {
		if let Err(finding) = fuzzer.step() {
			panic!("{}: {:?}", finding.violation, finding.input);
		}
	}
	println!("{} inputs, {} calls, {} pairs", fuzzer.inputs, fuzzer.calls, fuzzer.outcomes());
	// A run that decodes nothing finds nothing either.
	assert!(fuzzer.calls > 2 * fuzzer.inputs, "{} in {}", fuzzer.calls, fuzzer.inputs);
	assert!(fuzzer.outcomes() > 100, "{}", fuzzer.outcomes());
}

#[test]
fn short_run_finds_nothing_in_the_directory() {
	short_run_finds_nothing(Target::Directory);
}

#[test]
fn short_run_finds_nothing_in_proposals() {
	short_run_finds_nothing(Target::Governance);
}
