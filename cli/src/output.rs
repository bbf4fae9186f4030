//! Tables for people, JSON for programs.

use comfy_table::{presets, ContentArrangement, Table};
use serde_json::Value;
use std::io::{self, Write};

/// Where results go, and in which form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
	pub json: bool,
}

impl Output {
	/// Prints `value` for programs, or what `people` says.
	pub(crate) fn result(self, value: Value, people: impl FnOnce() -> String) {
		let text = if self.json { format!("{value:#}") } else { people() };
		print_line(&text);
	}

	/// Tells people something that programs do not need.
	pub(crate) fn note(self, text: &str) {
		if !self.json {
			eprintln!("{text}");
		}
	}
}

/// Prints a line. A reader that went away (`rome ... | head`) is no error.
pub(crate) fn print_line(text: &str) {
	let mut out = io::stdout().lock();
	let written = writeln!(out, "{}", text.trim_end_matches('\n')).and_then(|()| out.flush());
	if written.is_err() {
		std::process::exit(0);
	}
}

/// What somebody wrote, without what a terminal would obey: control characters but line ends and tabs.
pub(crate) fn printable(text: &str) -> String {
	let kept = |sign: &char| !sign.is_control() || matches!(sign, '\n' | '\t');
	text.chars().filter(kept).collect()
}

/// A table with this head.
pub(crate) fn table(head: &[&str]) -> Table {
	let mut table = Table::new();
	table.load_style(presets::NOTHING);
	table.set_content_arrangement(ContentArrangement::Dynamic);
	table.set_header(head.iter().copied());
	table
}

/// "1 motion", "2 motions".
pub(crate) fn count(number: usize, what: &str) -> String {
	format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Units of the smallest part in one ROME.
const ROME: u128 = 1_000_000_000_000;

/// An amount as people write it: `12.5 ROME`.
pub(crate) fn amount(units: u128) -> String {
	let (whole, rest) = (units / ROME, units % ROME);
	if rest == 0 {
		format!("{whole} ROME")
	} else {
		let rest = format!("{rest:012}");
		format!("{whole}.{} ROME", rest.trim_end_matches('0'))
	}
}

/// The amount that `text` says, in ROME.
pub(crate) fn parse_amount(text: &str) -> Result<u128, String> {
	let wrong = || format!("`{text}` is no amount: write a number of ROME, for example 12.5");
	let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
	let digits = |part: &str| part.chars().all(|digit| digit.is_ascii_digit());
	if whole.is_empty()
		|| !digits(whole)
		|| !digits(rest)
		|| (rest.is_empty() && text.contains('.'))
	{
		return Err(wrong());
	}
	if rest.len() > 12 {
		return Err(format!("`{text}` has more than 12 digits after the point"));
	}
	let whole: u128 = whole.parse().map_err(|_| wrong())?;
	let rest: u128 = format!("{rest:0<12}").parse().map_err(|_| wrong())?;
	whole.checked_mul(ROME).and_then(|units| units.checked_add(rest)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn terminals_are_told_nothing() {
		assert_eq!(printable("a\u{1b}[31mb\r\n\tc\u{9b}0mé\0"), "a[31mb\n\tc0mé");
	}

	#[test]
	fn amounts_round_trip() {
		for (text, units) in [
			("10", 10 * ROME),
			("0.5", ROME / 2),
			("1.000000000001", ROME + 1),
			("12.25", 12 * ROME + ROME / 4),
		] {
			assert_eq!(parse_amount(text), Ok(units));
			assert_eq!(amount(units), format!("{text} ROME"));
		}
		for text in [
			"",
			".",
			"1.",
			"-1",
			"1e3",
			"1.0000000000001",
			"ten",
			"9999999999999999999999999999999999",
		] {
			assert!(parse_amount(text).is_err(), "{text}");
		}
	}
}
