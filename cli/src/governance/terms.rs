//! What a grant is paid for, as people write it: on the command line, or in a file of TOML or JSON.

use super::{
	args::GrantArgs,
	text::{parse_share, read_text, rome, Clock},
};
use crate::{
	accounts::parse_account,
	failure::Failure,
	storage::{parse_size, size},
};
use rome_client::{AccountId, Balance};
use rome_primitives::governance::{
	limits::MAX_MILESTONES, BenchmarkCondition, BenchmarkTarget, Condition, Metric, MilestoneTerms,
	Milestones,
};
use serde::Deserialize;
use serde_json::{json, Value as Json};
use sp_runtime::Perbill;
use std::path::Path;

/// What a grant is, as it is proposed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct GrantTerms {
	pub title: Option<String>,
	pub text: Option<String>,
	pub beneficiary: AccountId,
	pub milestones: Milestones<Balance>,
}

/// A number with or without quotation marks.
#[derive(Deserialize, Clone, Debug)]
#[serde(untagged)]
enum Written {
	Text(String),
	Whole(u64),
	Part(f64),
}

impl Written {
	fn text(&self) -> String {
		match self {
			Self::Text(text) => text.clone(),
			Self::Whole(number) => number.to_string(),
			Self::Part(number) => number.to_string(),
		}
	}
}

/// A benchmark in one line, or in parts.
#[derive(Deserialize, Clone, Debug)]
#[serde(untagged)]
enum WrittenBenchmark {
	Line(String),
	Parts { target: String, metric: String, threshold: Written, rounds: u32 },
}

#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
struct WrittenMilestone {
	amount: Written,
	due: Written,
	benchmark: Option<WrittenBenchmark>,
}

#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
struct WrittenGrant {
	title: Option<String>,
	text: Option<String>,
	beneficiary: Option<String>,
	#[serde(alias = "milestone")]
	milestones: Vec<WrittenMilestone>,
}

/// Reads what a grant is. Times from now on count from `clock`'s block.
pub(super) fn grant_terms(args: &GrantArgs, clock: &Clock) -> Result<GrantTerms, Failure> {
	let file = args.file.as_deref().map(read_file).transpose()?;
	let mut milestones = Vec::new();
	match &file {
		Some(file) => {
			for (index, written) in file.milestones.iter().enumerate() {
				milestones.push(written_milestone(written, clock).map_err(|failure| {
					let told = Failure::usage(format!("milestone {index}: {failure}"));
					match failure.advice() {
						Some(advice) => told.hint(advice),
						None => told,
					}
				})?);
			}
		},
		None => {
			for line in &args.milestone {
				milestones.push(milestone(line, clock)?);
			}
		},
	}
	if milestones.is_empty() {
		return Err(Failure::usage("a grant needs at least one milestone")
			.hint("give --milestone ROME:DUE, for example --milestone 100:+14d, or --file FILE"));
	}
	let many = milestones.len();
	let milestones = milestones.try_into().map_err(|_| {
		Failure::usage(format!("a grant has at most {MAX_MILESTONES} milestones; these are {many}"))
	})?;
	let beneficiary =
		args.beneficiary.clone().or_else(|| file.as_ref().and_then(|it| it.beneficiary.clone()));
	let beneficiary = beneficiary.ok_or_else(|| {
		Failure::usage("a grant needs a beneficiary").hint("give --beneficiary ACCOUNT")
	})?;
	let (title, text) = file.map_or((None, None), |file| (file.title, file.text));
	Ok(GrantTerms { title, text, beneficiary: parse_account(&beneficiary)?, milestones })
}

fn read_file(path: &Path) -> Result<WrittenGrant, Failure> {
	let text = read_text(path)?;
	let is_json = path.extension().is_some_and(|extension| extension == "json")
		|| text.trim_start().starts_with('{');
	let read = if is_json {
		serde_json::from_str(&text).map_err(|error| error.to_string())
	} else {
		toml::from_str(&text).map_err(|error| error.to_string())
	};
	read.map_err(|error| {
		Failure::usage(format!("{} is no grant: {}", path.display(), error.trim_end())).hint(
			"write TOML or JSON: title, text, beneficiary, and milestones, each with amount, due and, if \
			 so, benchmark",
		)
	})
}

fn written_milestone(
	written: &WrittenMilestone,
	clock: &Clock,
) -> Result<MilestoneTerms<Balance>, Failure> {
	let condition = match &written.benchmark {
		None => Condition::Council,
		Some(WrittenBenchmark::Line(line)) => Condition::Benchmark(benchmark(line)?),
		Some(WrittenBenchmark::Parts { target, metric, threshold, rounds }) => {
			let threshold = threshold.text();
			Condition::Benchmark(benchmark_of(target, metric, &threshold, *rounds)?)
		},
	};
	Ok(MilestoneTerms {
		amount: rome(&written.amount.text())?,
		due: clock.parse_block(&written.due.text())?,
		condition,
	})
}

/// A milestone in one line: `ROME:DUE[:BENCHMARK]`.
fn milestone(line: &str, clock: &Clock) -> Result<MilestoneTerms<Balance>, Failure> {
	let mut parts = line.splitn(3, ':');
	let (Some(amount), Some(due)) = (parts.next(), parts.next()) else {
		return Err(Failure::usage(format!("`{line}` is no milestone")).hint(
			"write how much in ROME and until when: 100:+14d, and what the benchmark oracle has to \
			 measure if it releases it: 100:+14d:provider/3,download,100MB/s,4",
		));
	};
	let condition = match parts.next() {
		None => Condition::Council,
		Some(line) => Condition::Benchmark(benchmark(line)?),
	};
	Ok(MilestoneTerms { amount: rome(amount)?, due: clock.parse_block(due)?, condition })
}

/// What the benchmark oracle has to measure, in one line: `TARGET,METRIC,THRESHOLD,ROUNDS`.
fn benchmark(line: &str) -> Result<BenchmarkCondition, Failure> {
	let parts: Vec<_> = line.split(',').map(str::trim).collect();
	let [target, metric, threshold, rounds] = parts.as_slice() else {
		return Err(Failure::usage(format!("`{line}` is no benchmark"))
			.hint("write target, metric, threshold and rounds: provider/3,download,100MB/s,4"));
	};
	let rounds = rounds.parse().map_err(|_| {
		Failure::usage(format!("`{rounds}` is no number of rounds"))
			.hint("write in how many settled rounds in a row it is measured")
	})?;
	benchmark_of(target, metric, threshold, rounds)
}

fn benchmark_of(
	target: &str,
	metric: &str,
	threshold: &str,
	rounds: u32,
) -> Result<BenchmarkCondition, Failure> {
	let metric = match metric {
		"download" => Metric::Download,
		"upload" => Metric::Upload,
		"firstByte" | "first-byte" => Metric::FirstByte,
		"availability" => Metric::Availability,
		other => {
			return Err(Failure::usage(format!("`{other}` is no metric"))
				.hint("there are download, upload, firstByte and availability"))
		},
	};
	let threshold = match metric {
		Metric::Download | Metric::Upload => parse_size(threshold)?,
		Metric::FirstByte => micros(threshold)?,
		Metric::Availability => parse_share(threshold)?.deconstruct().into(),
	};
	if rounds == 0 {
		return Err(Failure::usage("a benchmark takes at least one round"));
	}
	Ok(BenchmarkCondition { target: target_of(target)?, metric, threshold, rounds })
}

fn target_of(text: &str) -> Result<BenchmarkTarget, Failure> {
	let numbered = |number: &str, of: fn(u32) -> BenchmarkTarget| number.parse().ok().map(of);
	let found = match text.split_once('/') {
		Some(("provider", number)) => numbered(number, BenchmarkTarget::Provider),
		Some(("distributor", number)) => numbered(number, BenchmarkTarget::Distributor),
		Some(("tranche", number)) => numbered(number, BenchmarkTarget::Tranche),
		Some(("group", number)) => numbered(number, BenchmarkTarget::Group),
		None if text == "storage" => Some(BenchmarkTarget::AllStorage),
		None if text == "distribution" => Some(BenchmarkTarget::AllDistribution),
		_ => None,
	};
	found.ok_or_else(|| {
		Failure::usage(format!("`{text}` is nothing that is measured")).hint(
			"there are provider/N, distributor/N, tranche/N, group/N, storage and distribution",
		)
	})
}

/// A time in microseconds.
fn micros(text: &str) -> Result<u64, Failure> {
	let wrong = || Failure::usage(format!("`{text}` is no time")).hint("write 200ms, 800us or 2s");
	let text = text.trim();
	let split = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
	let (number, unit) = text.split_at(split);
	let factor: u64 = match unit.trim() {
		"us" | "µs" => 1,
		"ms" => 1_000,
		"s" => 1_000_000,
		_ => return Err(wrong()),
	};
	let number: u64 = number.parse().map_err(|_| wrong())?;
	number.checked_mul(factor).ok_or_else(wrong)
}

fn target_text(target: &BenchmarkTarget) -> String {
	match target {
		BenchmarkTarget::Provider(id) => format!("provider/{id}"),
		BenchmarkTarget::Distributor(id) => format!("distributor/{id}"),
		BenchmarkTarget::Tranche(id) => format!("tranche/{id}"),
		BenchmarkTarget::Group(id) => format!("group/{id}"),
		BenchmarkTarget::AllStorage => "storage".into(),
		BenchmarkTarget::AllDistribution => "distribution".into(),
	}
}

fn metric_word(metric: Metric) -> &'static str {
	match metric {
		Metric::Download => "download",
		Metric::Upload => "upload",
		Metric::FirstByte => "firstByte",
		Metric::Availability => "availability",
	}
}

/// A condition for people.
pub(super) fn condition_text(condition: &Condition) -> String {
	let Condition::Benchmark(BenchmarkCondition { target, metric, threshold, rounds }) = condition
	else {
		return "released by the council".into();
	};
	let asked = match metric {
		Metric::Download => format!("download of {}/s", size(*threshold)),
		Metric::Upload => format!("upload of {}/s", size(*threshold)),
		Metric::FirstByte => format!("first byte within {} ms", *threshold as f64 / 1_000.0),
		Metric::Availability => {
			let share = Perbill::from_parts(u32::try_from(*threshold).unwrap_or(u32::MAX));
			format!("availability of {}", super::text::share(share))
		},
	};
	let rounds = crate::output::count(*rounds as usize, "round");
	format!("measured: {}, {asked}, {rounds}", target_text(target))
}

/// A condition for programs.
pub(super) fn condition_json(condition: &Condition) -> Json {
	match condition {
		Condition::Council => json!("council"),
		Condition::Benchmark(BenchmarkCondition { target, metric, threshold, rounds }) => json!({
			"target": target_text(target),
			"metric": metric_word(*metric),
			"threshold": threshold,
			"rounds": rounds,
		}),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const CLOCK: Clock = Clock { now: 1_000, millis: 6_000 };
	const ROME: u128 = 1_000_000_000_000;

	fn args(milestones: &[&str], file: Option<&Path>) -> GrantArgs {
		GrantArgs {
			beneficiary: Some("//Eve".into()),
			milestone: milestones.iter().map(ToString::to_string).collect(),
			file: file.map(Path::to_path_buf),
		}
	}

	#[test]
	fn milestones_of_the_command_line() {
		let lines = ["100:5000", "2.5:+1d:provider/3,download,100MB/s,4"];
		let terms = grant_terms(&args(&lines, None), &CLOCK).unwrap();
		let [first, second] = terms.milestones.as_slice() else { panic!("two milestones") };
		assert_eq!((first.amount, first.due), (100 * ROME, 5_000));
		assert_eq!(first.condition, Condition::Council);
		assert_eq!((second.amount, second.due), (5 * ROME / 2, 15_400));
		let told = condition_text(&second.condition);
		assert_eq!(told, "measured: provider/3, download of 100 MB/s, 4 rounds");
		for wrong in [
			"100",
			"100:soon",
			"x:+1d",
			"1:+1d:provider/3",
			"1:+1d:provider/3,speed,1MB,1",
			"1:+1d:provider,download,1MB,1",
			"1:+1d:storage,download,1MB,0",
			"1:+1d:storage,firstByte,1MB,1",
		] {
			assert!(grant_terms(&args(&[wrong], None), &CLOCK).is_err(), "{wrong}");
		}
		assert!(grant_terms(&args(&[], None), &CLOCK).is_err());
		assert!(grant_terms(&args(&["1:+1"; 17], None), &CLOCK).is_err());
	}

	#[test]
	fn all_that_is_measured() {
		for (line, told) in [
			("storage,availability,99.9%,1", "storage, availability of 99.9 %, 1 round"),
			("group/2,firstByte,200ms,3", "group/2, first byte within 200 ms, 3 rounds"),
			("tranche/0,upload,1GB,2", "tranche/0, upload of 1.0 GB/s, 2 rounds"),
			("distribution,download,5MB,2", "distribution, download of 5.0 MB/s, 2 rounds"),
		] {
			let condition = Condition::Benchmark(benchmark(line).unwrap());
			assert_eq!(condition_text(&condition), format!("measured: {told}"));
		}
	}

	#[test]
	fn files_of_both_kinds_say_the_same() {
		let folder = tempfile::tempdir().unwrap();
		let write = |name: &str, text: &str| {
			let path = folder.path().join(name);
			std::fs::write(&path, text).unwrap();
			path
		};
		let toml = write(
			"grant.toml",
			"title = \"Subtitles\"\ntext = \"All.\"\n[[milestones]]\namount = 100\ndue = \"+1d\"\n\
			 [[milestones]]\namount = \"2.5\"\ndue = 5000\n[milestones.benchmark]\ntarget = \"provider/3\"\n\
			 metric = \"download\"\nthreshold = \"100MB/s\"\nrounds = 4\n",
		);
		let json = write(
			"grant.json",
			r#"{"title": "Subtitles", "text": "All.", "milestones": [
				{"amount": "100", "due": "+1d"},
				{"amount": 2.5, "due": 5000, "benchmark": "provider/3,download,100MB/s,4"}
			]}"#,
		);
		let read = |path: &Path| grant_terms(&args(&[], Some(path)), &CLOCK);
		let terms = read(&toml).unwrap();
		assert_eq!(terms, read(&json).unwrap());
		assert_eq!(terms.title.as_deref(), Some("Subtitles"));
		assert_eq!(terms.milestones.len(), 2);
		let wrong = write("wrong.toml", "[[milestones]]\namount = 1\ndu = 5\n");
		assert!(read(&wrong).unwrap_err().to_string().contains("wrong.toml"));
		let wrong = write("far.toml", "[[milestones]]\namount = 1\ndue = \"soon\"\n");
		assert!(read(&wrong).unwrap_err().to_string().contains("milestone 0"));
	}
}
