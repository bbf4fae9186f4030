//! What people and programs write to read the content directory, and how they read its answers: values, the
//! textual query, and entities and plans as JSON. Node and command line share it, so that both take and print
//! the same.
//!
//! A query's text goes through three hands: [`lexer`] cuts it into tokens, [`parser`] puts these together by
//! the grammar, and [`resolve`] finds the names and values in a schema. Each of them says the column of what
//! it cannot use.

pub mod error;
pub mod explain;
pub mod json;
pub mod lexer;
pub mod parser;
pub mod resolve;
pub mod values;
pub mod words;

use rome_primitives::content::ClassId;

/// What names in a text stand for.
pub trait Names {
	/// The class of this name.
	fn class_id(&self, name: &str) -> Option<ClassId>;

	/// The name of this class.
	fn class_name(&self, id: ClassId) -> Option<String>;

	/// The account that somebody wrote.
	fn account(&self, written: &str) -> Option<[u8; 32]>;
}

/// Text that the chain keeps as bytes.
pub fn text(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests;
