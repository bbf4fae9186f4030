//! Puts tokens together by the grammar:
//!
//! ```text
//! query      = [ ( "*" | name { "," name } ) "from" ] name [ "as" number ] [ "where" condition ]
//!              [ "order" "by" order ] [ "limit" number ]
//! order      = name [ "asc" | "desc" ]
//! condition  = all { "or" all }
//! all        = one { "and" one }
//! one        = "not" one | "(" condition ")" | test
//! test       = name ( comparison value | [ "not" ] "in" "(" value { "," value } ")"
//!                   | [ "not" ] "contains" value | "is" [ "not" ] "empty" )
//! comparison = "=" | "!=" | "<" | "<=" | ">" | ">="
//! name       = word | "`" any characters "`"
//! value      = word | "'" any characters "'" | '"' any characters '"'
//! ```
//!
//! Keywords are read in any case. A word is made of letters, digits and `_.:+-@/#`.

use crate::{
	error::QueryError,
	lexer::{tokens, Kind, Token},
};
use rome_primitives::content::{
	select::{Comparison, MAX_TERMS},
	SchemaVersion,
};

/// Deepest nesting of parentheses and negations.
pub const MAX_DEPTH: usize = 32;

/// A name or value, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
	/// What it says.
	pub text: String,
	/// The character at which it begins, counted from 1.
	pub column: usize,
}

/// What a test asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Question {
	/// How it compares with a value.
	Compare(Comparison, Spot),
	/// Whether it is one of these.
	In(Vec<Spot>),
	/// Whether this is in it.
	Contains(Spot),
	/// Whether there is no value.
	Empty,
}

/// Part of a condition, in postfix order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
	/// A question about a field; where its operator stands.
	Test(Spot, Question, usize),
	/// Both before.
	And,
	/// One of the two before.
	Or,
	/// Not the one before.
	Not,
}

/// What entities are put in order by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderText {
	/// The field.
	pub by: Spot,
	/// Whether the largest comes first.
	pub descending: bool,
}

/// A query, with names instead of numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
	/// The properties wanted; `None` for all.
	pub properties: Option<Vec<Spot>>,
	/// The class.
	pub class: Spot,
	/// The version to read entities as; `None` for the active one.
	pub version: Option<SchemaVersion>,
	/// Which entities. Empty for all.
	pub condition: Vec<Item>,
	/// In which order.
	pub order: Option<OrderText>,
	/// How many at most.
	pub limit: Option<u32>,
}

/// The query that a text says.
pub fn parse_query(text: &str) -> Result<Query, QueryError> {
	let mut parser = Parser::of(text)?;
	let query = parser.query()?;
	parser.end("`where`, `order by` or `limit`")?;
	Ok(query)
}

/// The condition that a text says. Nothing, for an empty one.
pub fn parse_condition(text: &str) -> Result<Vec<Item>, QueryError> {
	let mut parser = Parser::of(text)?;
	if parser.peek().kind != Kind::End {
		parser.condition(0)?;
	}
	parser.end("`and` or `or`")?;
	Ok(parser.condition)
}

/// The order that a text says: a name, and perhaps `asc` or `desc`.
pub fn parse_order(text: &str) -> Result<OrderText, QueryError> {
	let mut parser = Parser::of(text)?;
	let order = parser.order()?;
	parser.end("`asc` or `desc`")?;
	Ok(order)
}

struct Parser {
	/// The tokens that are left, the next one last; [`Kind::End`] stays.
	left: Vec<Token>,
	/// What has been read of the condition.
	condition: Vec<Item>,
}

impl Parser {
	fn of(text: &str) -> Result<Self, QueryError> {
		let mut left = tokens(text)?;
		left.reverse();
		Ok(Self { left, condition: Vec::new() })
	}

	fn peek(&self) -> Token {
		let end = || Token { kind: Kind::End, text: String::new(), column: 1 };
		self.left.last().cloned().unwrap_or_else(end)
	}

	fn take(&mut self) -> Token {
		let next = self.peek();
		if next.kind != Kind::End {
			self.left.pop();
		}
		next
	}

	fn take_word(&mut self, word: &str) -> bool {
		let found = self.peek().is_word(word);
		if found {
			self.take();
		}
		found
	}

	fn take_symbol(&mut self, symbol: &str) -> bool {
		let found = self.peek().is_symbol(symbol);
		if found {
			self.take();
		}
		found
	}

	/// What comes next is not what must come.
	fn expected<T>(&self, what: &str) -> Result<T, QueryError> {
		let found = self.peek();
		Err(QueryError::new(found.column, format!("expected {what}, found {}", found.named())))
	}

	fn end(&self, alternatives: &str) -> Result<(), QueryError> {
		match self.peek().kind {
			Kind::End => Ok(()),
			_ => self.expected(&format!("{alternatives}, or nothing more")),
		}
	}

	fn query(&mut self) -> Result<Query, QueryError> {
		let (properties, class) = self.head()?;
		let version = match self.take_word("as") {
			true => Some(self.number("the version's number")?),
			false => None,
		};
		if self.take_word("where") {
			self.condition(0)?;
		}
		let order = match self.take_word("order") {
			true if !self.take_word("by") => return self.expected("`by`"),
			true => Some(self.order()?),
			false => None,
		};
		let limit = match self.take_word("limit") {
			true => Some(self.number("a number of entries")?),
			false => None,
		};
		let condition = std::mem::take(&mut self.condition);
		Ok(Query { properties, class, version, condition, order, limit })
	}

	/// Properties and class, or the class alone.
	fn head(&mut self) -> Result<(Option<Vec<Spot>>, Spot), QueryError> {
		if self.take_symbol("*") {
			if !self.take_word("from") {
				return self.expected("`from`");
			}
			return Ok((None, self.name("the class's name")?));
		}
		let mut names = vec![self.name("a class's name, or properties and `from`")?];
		while self.take_symbol(",") {
			names.push(self.name("a property's name")?);
		}
		if self.take_word("from") {
			return Ok((Some(names), self.name("the class's name")?));
		}
		match names.pop() {
			Some(class) if names.is_empty() => Ok((None, class)),
			_ => self.expected("`,` or `from`"),
		}
	}

	fn order(&mut self) -> Result<OrderText, QueryError> {
		let by = self.name("an indexed property's name, or `id`")?;
		let descending = self.take_word("desc");
		if !descending {
			self.take_word("asc");
		}
		Ok(OrderText { by, descending })
	}

	fn name(&mut self, what: &str) -> Result<Spot, QueryError> {
		match self.peek().kind {
			Kind::Word | Kind::Name => {
				let Token { text, column, .. } = self.take();
				Ok(Spot { text, column })
			},
			_ => self.expected(what),
		}
	}

	fn value(&mut self) -> Result<Spot, QueryError> {
		match self.peek().kind {
			Kind::Word | Kind::Text => {
				let Token { text, column, .. } = self.take();
				Ok(Spot { text, column })
			},
			_ => self.expected("a value"),
		}
	}

	fn number<N: std::str::FromStr>(&mut self, what: &str) -> Result<N, QueryError> {
		match (self.peek().kind, self.peek().text.parse()) {
			(Kind::Word, Ok(number)) => {
				self.take();
				Ok(number)
			},
			_ => self.expected(what),
		}
	}

	fn push(&mut self, item: Item, column: usize) -> Result<(), QueryError> {
		if self.condition.len() >= MAX_TERMS as usize {
			let message = format!("the condition has more than {MAX_TERMS} parts");
			return Err(QueryError::new(column, message));
		}
		self.condition.push(item);
		Ok(())
	}

	fn condition(&mut self, depth: usize) -> Result<(), QueryError> {
		self.all(depth)?;
		while self.peek().is_word("or") {
			let column = self.take().column;
			self.all(depth)?;
			self.push(Item::Or, column)?;
		}
		Ok(())
	}

	fn all(&mut self, depth: usize) -> Result<(), QueryError> {
		self.one(depth)?;
		while self.peek().is_word("and") {
			let column = self.take().column;
			self.one(depth)?;
			self.push(Item::And, column)?;
		}
		Ok(())
	}

	fn one(&mut self, depth: usize) -> Result<(), QueryError> {
		let column = self.peek().column;
		if depth >= MAX_DEPTH {
			return Err(QueryError::new(column, "the condition is nested too deeply"));
		}
		if self.take_word("not") {
			self.one(depth + 1)?;
			return self.push(Item::Not, column);
		}
		if self.take_symbol("(") {
			self.condition(depth + 1)?;
			return match self.take_symbol(")") {
				true => Ok(()),
				false => self.expected("`and`, `or` or `)`"),
			};
		}
		self.test()
	}

	fn test(&mut self) -> Result<(), QueryError> {
		let field = self.name("a property's name, `not` or `(`")?;
		let column = self.peek().column;
		let negated = self.take_word("not");
		let (question, negated) = if self.take_word("in") {
			(Question::In(self.choices()?), negated)
		} else if self.take_word("contains") {
			(Question::Contains(self.value()?), negated)
		} else if negated {
			return self.expected("`in` or `contains`");
		} else if self.take_word("is") {
			let negated = self.take_word("not");
			if !self.take_word("empty") {
				return self.expected(if negated { "`empty`" } else { "`empty` or `not empty`" });
			}
			(Question::Empty, negated)
		} else {
			(Question::Compare(self.comparison()?, self.value()?), false)
		};
		self.push(Item::Test(field, question, column), column)?;
		match negated {
			true => self.push(Item::Not, column),
			false => Ok(()),
		}
	}

	fn choices(&mut self) -> Result<Vec<Spot>, QueryError> {
		if !self.take_symbol("(") {
			return self.expected("`(` and values");
		}
		let mut choices = vec![self.value()?];
		while self.take_symbol(",") {
			choices.push(self.value()?);
		}
		match self.take_symbol(")") {
			true => Ok(choices),
			false => self.expected("`,` or `)`"),
		}
	}

	fn comparison(&mut self) -> Result<Comparison, QueryError> {
		let known = [
			("=", Comparison::Equal),
			("!=", Comparison::NotEqual),
			("<", Comparison::Less),
			("<=", Comparison::AtMost),
			(">", Comparison::Greater),
			(">=", Comparison::AtLeast),
		];
		let next = self.peek();
		match known.into_iter().find(|(symbol, _)| next.is_symbol(symbol)) {
			Some((_, comparison)) => {
				self.take();
				Ok(comparison)
			},
			None => self.expected("=, !=, <, <=, >, >=, `in`, `contains` or `is`"),
		}
	}
}
