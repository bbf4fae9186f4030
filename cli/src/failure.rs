//! What a command ends with when it does not succeed: what was wrong, and what to do about it.

pub(crate) use rome_content_query::words::did_you_mean;

use std::fmt;

/// An error for people: what is wrong, and what to do.
#[derive(Debug)]
pub(crate) struct Failure {
	what: String,
	hint: Option<String>,
	usage: bool,
}

impl Failure {
	/// Something was refused or did not work.
	pub(crate) fn new(what: impl Into<String>) -> Self {
		Self { what: what.into(), hint: None, usage: false }
	}

	/// The command was not given what it needs.
	pub(crate) fn usage(what: impl Into<String>) -> Self {
		Self { what: what.into(), hint: None, usage: true }
	}

	/// Adds what to do about it.
	pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
		self.hint = Some(hint.into());
		self
	}

	/// What to do about it.
	pub(crate) fn advice(&self) -> Option<&str> {
		self.hint.as_deref()
	}

	/// The exit code it calls for.
	pub(crate) fn exit_code(&self) -> u8 {
		if self.usage {
			2
		} else {
			1
		}
	}
}

impl fmt::Display for Failure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.what)
	}
}

impl std::error::Error for Failure {}
