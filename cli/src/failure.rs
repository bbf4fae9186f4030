//! What a command ends with when it does not succeed: what was wrong, and what to do about it.

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

/// The name in `known` that was probably meant by `word`.
pub(crate) fn similar<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
	let word = word.to_lowercase();
	known
		.into_iter()
		.map(|name| (strsim::damerau_levenshtein(&word, &name.to_lowercase()), name))
		.filter(|(distance, name)| *distance <= 1 + name.len().min(word.len()) / 4)
		.min_by_key(|(distance, _)| *distance)
		.map(|(_, name)| name)
}

/// "; did you mean `x`?", where there is something close.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
	similar(word, known).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn finds_what_was_meant() {
		let known = ["maxLength", "maximum", "minimum", "description"];
		assert_eq!(similar("maxlenght", known), Some("maxLength"));
		assert_eq!(similar("minmum", known), Some("minimum"));
		assert_eq!(similar("colour", known), None);
		assert_eq!(did_you_mean("decription", known), "; did you mean `description`?");
	}
}
