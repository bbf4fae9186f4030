//! How far something is, on a terminal.

use crate::output::{printable, Output};
use indicatif::{ProgressBar, ProgressStyle};
use rome_client::download::Watch;
use std::{sync::Mutex, time::Duration};

/// A bar that counts bytes, drawn on a terminal only.
pub(super) struct Bytes {
	bar: ProgressBar,
	output: Output,
	troubles: Mutex<Vec<(String, String)>>,
}

impl Bytes {
	/// For so many bytes; `what` is done with them.
	pub(super) fn new(bytes: u64, what: &str, output: Output) -> Self {
		let bar = if output.json { ProgressBar::hidden() } else { ProgressBar::new(bytes) };
		let style = "{msg} {bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
		if let Ok(style) = ProgressStyle::with_template(style) {
			bar.set_style(style);
		}
		bar.set_message(what.to_string());
		bar.enable_steady_tick(Duration::from_millis(500));
		Self { bar, output, troubles: Mutex::default() }
	}

	/// So many bytes more are done.
	pub(super) fn add(&self, bytes: u64) {
		self.bar.inc(bytes);
	}

	/// There are so many bytes more to be done.
	pub(super) fn more(&self, bytes: u64) {
		self.bar.inc_length(bytes);
	}

	/// Tells people something.
	pub(super) fn tell(&self, text: &str) {
		self.bar.suspend(|| self.output.note(text));
	}

	/// Takes the bar away.
	pub(super) fn end(&self) {
		self.bar.finish_and_clear();
	}

	/// What was told of sources, with who they are.
	pub(super) fn troubles(&self) -> Vec<(String, String)> {
		self.troubles.lock().map(|list| list.clone()).unwrap_or_default()
	}
}

impl Watch for Bytes {
	fn verified(&self, bytes: u64) {
		self.add(bytes);
	}

	fn trouble(&self, source: &str, why: &str, out: bool) {
		// Strangers have a say in this: no more of it is kept than is of use.
		const MOST: usize = 100;
		let Ok(mut troubles) = self.troubles.lock() else { return };
		let told = (source.to_string(), why.to_string());
		if troubles.len() >= MOST || troubles.contains(&told) {
			return;
		}
		troubles.push(told);
		let what = if out { "is used no more" } else { "is asked again later" };
		self.tell(&format!("{source} {what}: {}", printable(why)));
	}
}
