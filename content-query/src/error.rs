//! What is wrong with a query's text, and where.

use std::fmt;

/// An error at a place in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueryError {
	/// The character at which it is, counted from 1.
	pub column: usize,
	/// What is wrong there.
	pub message: String,
}

impl QueryError {
	/// An error at `column`.
	pub fn new(column: usize, message: impl Into<String>) -> Self {
		Self { column, message: message.into() }
	}

	/// The error, and below it the text with a mark under the place.
	pub fn shown_in(&self, text: &str) -> String {
		// What stands in several lines is shown in one, so that the mark stays below its place.
		let line: String =
			text.chars().map(|one| if one.is_whitespace() { ' ' } else { one }).collect();
		format!("{self}\n  {}\n  {}^", line.trim_end(), " ".repeat(self.column.saturating_sub(1)))
	}
}

impl fmt::Display for QueryError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "column {}: {}", self.column, self.message)
	}
}

impl std::error::Error for QueryError {}
