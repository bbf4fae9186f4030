//! Tells how far it is.

use crate::output::Output;
use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// A line on the terminal, if there is one.
pub(super) struct Progress {
	bar: ProgressBar,
	output: Output,
}

impl Progress {
	pub(super) fn new(output: Output) -> Self {
		let bar = if output.json { ProgressBar::hidden() } else { ProgressBar::no_length() };
		bar.enable_steady_tick(Duration::from_millis(500));
		Self { bar, output }
	}

	/// Everything is being read, about so many entities.
	pub(super) fn reading(&self, entities: u64) {
		self.style("{bar:30} {pos} of {len} entries read, {elapsed}, {eta} left");
		self.bar.reset();
		self.bar.set_length(entities);
	}

	/// So many have been read.
	pub(super) fn read(&self, entities: u64) {
		self.bar.set_position(entities);
	}

	/// The database is at `block`, and the chain at `head`.
	pub(super) fn at(&self, block: u64, head: u64) {
		self.style("{spinner} block {pos} of {len}, {elapsed}");
		self.bar.set_length(head);
		self.bar.set_position(block);
	}

	/// Something that should be seen.
	pub(super) fn note(&self, text: &str) {
		self.bar.suspend(|| self.output.note(text));
	}

	/// It is over.
	pub(super) fn end(&self) {
		self.bar.finish_and_clear();
	}

	fn style(&self, template: &str) {
		if let Ok(style) = ProgressStyle::with_template(template) {
			self.bar.set_style(style);
		}
	}
}
