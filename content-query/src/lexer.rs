//! Cuts a query's text into tokens.

use crate::error::QueryError;

/// Longest text of a query, in bytes.
pub const MAX_TEXT_BYTES: usize = 16 * 1024;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	/// A word without quotes: a name, a keyword, a number, a moment, an id.
	Word,
	/// A text in single or double quotes.
	Text,
	/// A name in backquotes.
	Name,
	/// An operator, a parenthesis, a comma or `*`.
	Symbol,
	/// What comes after the last.
	End,
}

/// A piece of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
	/// What it is.
	pub kind: Kind,
	/// What it says, without its quotes.
	pub text: String,
	/// The character at which it begins, counted from 1.
	pub column: usize,
}

impl Token {
	/// Whether it is this keyword, in whichever case.
	pub fn is_word(&self, word: &str) -> bool {
		self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
	}

	/// Whether it is this symbol.
	pub fn is_symbol(&self, symbol: &str) -> bool {
		self.kind == Kind::Symbol && self.text == symbol
	}

	/// The token as messages name it.
	pub fn named(&self) -> String {
		match self.kind {
			Kind::End => "the end".into(),
			_ => format!("`{}`", crate::words::shorten(&self.text)),
		}
	}
}

const SYMBOLS: [&str; 10] = ["!=", "<=", ">=", "=", "<", ">", "(", ")", ",", "*"];

/// Whether a word may have this character in it: names, numbers, moments, ids, accounts (`//Alice`).
fn in_word(character: char) -> bool {
	character.is_alphanumeric() || "_.:+-@/#".contains(character)
}

/// The tokens of a text, and [`Kind::End`] after them.
pub fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
	if text.len() > MAX_TEXT_BYTES {
		let message = format!("the text is longer than {MAX_TEXT_BYTES} bytes");
		return Err(QueryError::new(1, message));
	}
	let characters: Vec<char> = text.chars().collect();
	let mut rest = characters.as_slice();
	let mut tokens = Vec::new();
	loop {
		let column = characters.len() - rest.len() + 1;
		let mut push = |kind, text| tokens.push(Token { kind, text, column });
		let Some(first) = rest.first() else {
			push(Kind::End, String::new());
			return Ok(tokens);
		};
		let taken = match first {
			space if space.is_whitespace() => 1,
			'"' | '\'' | '`' => {
				let (inner, taken) = quoted(rest, *first, column)?;
				push(if *first == '`' { Kind::Name } else { Kind::Text }, inner);
				taken
			},
			_ => {
				let word: String = rest.iter().take_while(|one| in_word(**one)).collect();
				let symbol = SYMBOLS
					.iter()
					.find(|symbol| rest.iter().take(symbol.len()).copied().eq(symbol.chars()));
				match (word.is_empty(), symbol) {
					(false, _) => {
						let taken = word.chars().count();
						push(Kind::Word, word);
						taken
					},
					(true, Some(symbol)) => {
						push(Kind::Symbol, (*symbol).to_string());
						symbol.len()
					},
					(true, None) => {
						let message = format!(
							"`{first}` has no meaning here: texts with other characters than letters and \
							 digits stand in quotes"
						);
						return Err(QueryError::new(column, message));
					},
				}
			},
		};
		rest = rest.get(taken..).unwrap_or_default();
	}
}

/// What stands between quotes at the beginning of `rest`, and how long that is with them. A backslash takes
/// the next character as it is, but `\n`, `\t` and `\uXXXX`.
fn quoted(rest: &[char], quote: char, column: usize) -> Result<(String, usize), QueryError> {
	let mut inner = String::new();
	let mut at = 1;
	loop {
		let Some(next) = rest.get(at) else {
			return Err(QueryError::new(column, format!("this quote ({quote}) is never closed")));
		};
		at += 1;
		match next {
			'\\' => {
				let escaped = rest.get(at).copied();
				at += 1;
				inner.push(match escaped {
					Some('n') => '\n',
					Some('t') => '\t',
					Some('u') => {
						let digits: String = rest.iter().skip(at).take(4).collect();
						at += 4;
						let number = u32::from_str_radix(&digits, 16).ok();
						let complete = digits.len() == 4 && !digits.starts_with('+');
						number.filter(|_| complete).and_then(char::from_u32).ok_or_else(|| {
							let place = column + at - 6;
							QueryError::new(place, "`\\u` takes four hexadecimal digits")
						})?
					},
					Some(other) => other,
					None => {
						let message = format!("this quote ({quote}) is never closed");
						return Err(QueryError::new(column, message));
					},
				});
			},
			end if *end == quote => return Ok((inner, at)),
			other => inner.push(*other),
		}
	}
}
