//! Walks a JSON text and remembers where everything stands.

use super::model::{Issue, Spanned};
use crate::failure::did_you_mean;
use jsonc_parser::{
	ast::{Array, Object, ObjectProp, Value},
	common::Ranged,
	parse_to_ast, CollectOptions, ParseOptions,
};
use serde_json::Value as Json;
use std::{cell::RefCell, fmt};

/// A place in a file: line and column, both from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Position {
	pub line: usize,
	pub column: usize,
}

impl fmt::Display for Position {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}:{}", self.line, self.column)
	}
}

/// The text's JSON value. Plain JSON only: other programs have to read these files as well.
pub(crate) fn parse_json(text: &str) -> Result<Value<'_>, Issue> {
	let options = ParseOptions {
		allow_comments: false,
		allow_loose_object_property_names: false,
		allow_trailing_commas: false,
		allow_missing_commas: false,
		allow_single_quoted_strings: false,
		allow_hexadecimal_numbers: false,
		allow_unary_plus_numbers: false,
		allow_bare_decimal_point_numbers: false,
		allow_non_finite_numbers: false,
		allow_extended_string_escapes: false,
	};
	let parsed = parse_to_ast(text, &CollectOptions::default(), &options).map_err(|error| {
		let at = Position { line: error.line_display(), column: error.column_display() };
		Issue::new(at, format!("this is no JSON: {}", error.kind()))
	})?;
	parsed.value.ok_or_else(|| Issue::new(Position { line: 1, column: 1 }, "the file is empty"))
}

/// Reads values, and collects what is wrong with them.
pub(crate) struct Walk<'a> {
	text: &'a str,
	issues: RefCell<Vec<Issue>>,
}

impl<'a> Walk<'a> {
	pub(crate) fn new(text: &'a str) -> Self {
		Self { text, issues: RefCell::default() }
	}

	/// What was wrong, in the file's order.
	pub(crate) fn into_issues(self) -> Vec<Issue> {
		let mut issues = self.issues.into_inner();
		issues.sort_by_key(|issue| issue.at);
		issues
	}

	pub(crate) fn has_issues(&self) -> bool {
		!self.issues.borrow().is_empty()
	}

	pub(crate) fn at(&self, node: &impl Ranged) -> Position {
		let before = self.text.get(..node.start()).unwrap_or(self.text);
		let line = before.matches('\n').count() + 1;
		let start = before.rfind('\n').map_or(0, |at| at + 1);
		let column = before.get(start..).map_or(0, |rest| rest.chars().count()) + 1;
		Position { line, column }
	}

	pub(crate) fn complain(&self, node: &impl Ranged, message: impl Into<String>) {
		self.issues.borrow_mut().push(Issue::new(self.at(node), message));
	}

	/// The members of an object, each key of which is in `known` and there once. `refused` says of
	/// further keys why they cannot be used.
	pub(crate) fn members<'b>(
		&self,
		object: &'b Object<'a>,
		of: &str,
		known: &[&str],
		refused: &dyn Fn(&str) -> Option<&'static str>,
	) {
		for (position, member) in object.properties.iter().enumerate() {
			let name = member.name.as_str();
			if object.properties.iter().take(position).any(|other| other.name.as_str() == name) {
				self.complain(member, format!("`{name}` is there twice"));
			} else if let Some(why) = refused(name) {
				self.complain(member, format!("`{name}` {why}"));
			} else if !known.contains(&name) {
				let meant = did_you_mean(name, known.iter().copied());
				self.complain(member, format!("`{name}` is no keyword of {of}{meant}"));
			}
		}
	}

	pub(crate) fn object<'b>(&self, value: &'b Value<'a>, what: &str) -> Option<&'b Object<'a>> {
		let found = value.as_object();
		if found.is_none() {
			self.complain(value, format!("{what} is an object: {{ ... }}"));
		}
		found
	}

	pub(crate) fn array<'b>(&self, value: &'b Value<'a>, what: &str) -> Option<&'b Array<'a>> {
		let found = value.as_array();
		if found.is_none() {
			self.complain(value, format!("{what} is a list: [ ... ]"));
		}
		found
	}

	pub(crate) fn string<'b>(&self, value: &'b Value<'a>, what: &str) -> Option<&'b str> {
		let found = value.as_string_lit().map(|literal| literal.value.as_ref());
		if found.is_none() {
			self.complain(value, format!("{what} is a text in quotes"));
		}
		found
	}

	pub(crate) fn text_of(&self, object: &Object<'a>, key: &str) -> Option<Spanned<String>> {
		let member = object.get(key)?;
		let value = self.string(&member.value, &format!("`{key}`"))?.to_string();
		Some(Spanned { value, at: self.at(&member.value) })
	}

	/// The member `key`, whatever JSON it is.
	pub(crate) fn json_of(&self, object: &Object<'a>, key: &str) -> Option<Spanned<Json>> {
		let value = &object.get(key)?.value;
		let found = self.text.get(value.start()..value.end()).map(serde_json::from_str);
		match found {
			Some(Ok(json)) => Some(Spanned { value: json, at: self.at(value) }),
			_ => {
				self.complain(value, format!("`{key}` cannot be read"));
				None
			},
		}
	}

	pub(crate) fn flag_of(&self, object: &Object<'a>, key: &str) -> bool {
		let Some(member) = object.get(key) else { return false };
		match member.value.as_boolean_lit() {
			Some(literal) => literal.value,
			None => {
				self.complain(&member.value, format!("`{key}` is true or false"));
				false
			},
		}
	}

	/// A whole number from `low` to `high`.
	pub(crate) fn number_of<T: TryFrom<i64>>(
		&self,
		object: &Object<'a>,
		key: &str,
		low: i64,
		high: i64,
	) -> Option<Spanned<T>> {
		let member = object.get(key)?;
		let number = member
			.value
			.as_number_lit()
			.and_then(|literal| literal.value.parse::<i64>().ok())
			.filter(|number| (low..=high).contains(number))
			.and_then(|number| T::try_from(number).ok());
		if number.is_none() {
			let range = if (low, high) == (i64::MIN, i64::MAX) {
				"of 64 bits".to_string()
			} else {
				format!("from {low} to {high}")
			};
			self.complain(&member.value, format!("`{key}` is a whole number {range}"));
		}
		Some(Spanned { value: number?, at: self.at(&member.value) })
	}

	/// Takes the member `key`, and complains if it is missing.
	pub(crate) fn need<'b>(
		&self,
		object: &'b Object<'a>,
		key: &str,
		why: &str,
	) -> Option<&'b ObjectProp<'a>> {
		let found = object.get(key);
		if found.is_none() {
			self.complain(object, format!("`{key}` is missing: {why}"));
		}
		found
	}
}
