//! The texts of questions and answers, and whether they fit.

use super::args::TextArgs;
use crate::{failure::Failure, schema::lookup::name_of};
use rome_primitives::content::{
	limits::MAX_STRING_BYTES, PropertyType, Scalar, ScalarType, SchemaProperty,
};
use std::{fs, io::Read};

/// The text that is meant, without the line ends behind it.
pub(super) fn read(args: &TextArgs) -> Result<String, Failure> {
	let from_file = |name: &str, error: std::io::Error| {
		Failure::new(format!("cannot read the text from {name}: {error}"))
			.hint("give the text itself, --file with a file in UTF-8, or `-` for standard input")
	};
	let text = match (&args.file, args.text.as_deref()) {
		(Some(path), _) => fs::read_to_string(path)
			.map_err(|error| from_file(&path.display().to_string(), error))?,
		(None, Some("-")) => {
			let mut text = String::new();
			let read = std::io::stdin().read_to_string(&mut text);
			read.map_err(|error| from_file("standard input", error))?;
			text
		},
		(None, text) => text.unwrap_or_default().to_string(),
	};
	let text = text.trim();
	if text.is_empty() {
		return Err(Failure::usage("the text is empty")
			.hint("give the text itself, --file FILE, or `-` for standard input"));
	}
	Ok(text.to_string())
}

/// Most characters that a property takes.
pub(super) fn most(property: &SchemaProperty) -> usize {
	match property.property.kind {
		PropertyType::Single(ScalarType::Text { max_length }) => max_length as usize,
		_ => 0,
	}
}

/// `text` as the property's value, if it fits.
pub(super) fn value(property: &SchemaProperty, text: &str) -> Result<Scalar, Failure> {
	let name = name_of(&property.property);
	let (characters, most) = (text.chars().count(), most(property));
	if characters > most {
		return Err(Failure::new(format!(
			"`{name}` has {characters} characters, and at most {most} fit"
		))
		.hint(
			"shorten it, or put the long part elsewhere and give its address; nothing was sent",
		));
	}
	let bytes = text.as_bytes().to_vec();
	bytes.try_into().map(Scalar::Text).map_err(|bytes: Vec<u8>| {
		Failure::new(format!(
			"`{name}` takes {} bytes in UTF-8, and at most {MAX_STRING_BYTES} fit",
			bytes.len()
		))
		.hint("shorten it; nothing was sent")
	})
}

/// The first line, or as much of it as `most` characters hold.
pub(super) fn first_line(text: &str, most: usize) -> String {
	let line = text.lines().next().unwrap_or_default().trim();
	if line.chars().count() <= most {
		return line.to_string();
	}
	let start: String = line.chars().take(most.saturating_sub(3)).collect();
	format!("{}...", start.trim_end())
}

#[cfg(test)]
mod tests {
	use super::*;
	use rome_primitives::content::Property;

	fn property(max_length: u32) -> SchemaProperty {
		let property = Property {
			name: b"text".to_vec().try_into().unwrap(),
			description: Default::default(),
			kind: PropertyType::Single(ScalarType::Text { max_length }),
			required: true,
			unique: false,
			indexed: false,
			locked: true,
		};
		SchemaProperty { id: 0, property, rule: None, unique_entries: false, index_entries: false }
	}

	#[test]
	fn says_what_does_not_fit() {
		assert_eq!(
			value(&property(3), "äöü").unwrap(),
			Scalar::Text("äöü".as_bytes().to_vec().try_into().unwrap())
		);
		let error = value(&property(3), "four").unwrap_err();
		assert_eq!(error.to_string(), "`text` has 4 characters, and at most 3 fit");
		// Each of these takes three bytes.
		let error = value(&property(8_192), &"€".repeat(4_096)).unwrap_err();
		assert!(error.to_string().contains("12288 bytes"), "{error}");
	}

	#[test]
	fn a_subject_is_a_line() {
		assert_eq!(first_line("How? \nThis way.", 10), "How?");
		assert_eq!(first_line("How do I do this?", 10), "How do...");
		assert_eq!(first_line("Wie geht das?", 13), "Wie geht das?");
	}
}
