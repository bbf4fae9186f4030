//! Reads records: JSON, NDJSON or CSV.

use crate::failure::Failure;
use jsonc_parser::common::Ranged;
use serde_json::{Map, Value as Json};
use std::{fs, path::Path};

/// A record, or why it cannot be read.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Record {
	/// The line on which it starts.
	pub line: usize,
	pub fields: Result<Json, String>,
}

/// A record's text, or why it cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Document {
	/// The line on which it starts.
	pub line: usize,
	pub text: Result<String, String>,
}

/// The records in a file of JSON, as they are written there.
pub(crate) fn documents(path: &Path) -> Result<Vec<Document>, Failure> {
	let checked =
		|line, text: &str| Document { line, text: object(text).map(|_| text.to_string()) };
	let bytes = load(path)?;
	match extension(path).as_deref() {
		Some("ndjson" | "jsonl") => {
			let lines = lines(&bytes).map(|(line, text)| match text {
				Ok(text) => checked(line, text.trim()),
				Err(why) => Document { line, text: Err(why) },
			});
			Ok(lines.collect())
		},
		Some("json") => {
			Ok(elements(&bytes, path)?.iter().map(|(line, text)| checked(*line, text)).collect())
		},
		_ => Err(Failure::new(format!("{} holds no documents of JSON", path.display()))
			.hint("name it .json (a list of records) or .ndjson (one record a line)")),
	}
}

fn load(path: &Path) -> Result<Vec<u8>, Failure> {
	fs::read(path).map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))
}

fn extension(path: &Path) -> Option<String> {
	path.extension().map(|it| it.to_string_lossy().to_lowercase())
}

/// The records in a file.
pub(crate) fn read(path: &Path) -> Result<Vec<Record>, Failure> {
	let bytes = load(path)?;
	match extension(path).as_deref() {
		Some("ndjson" | "jsonl") => Ok(ndjson(&bytes)),
		Some("csv") => csv(&bytes, path),
		Some("json") => json(&bytes, path),
		_ => Err(Failure::new(format!("what {} holds cannot be told by its name", path.display()))
			.hint("name it .json (a list of records), .ndjson (one record a line) or .csv")),
	}
}

fn object(text: &str) -> Result<Json, String> {
	match serde_json::from_str(text) {
		Ok(Json::Object(fields)) => Ok(Json::Object(fields)),
		Ok(_) => Err("the record is no object: { ... }".into()),
		Err(error) => {
			let why = error.to_string();
			let why = why.split(" at line ").next().unwrap_or_default();
			Err(format!("this is no JSON: {why} (column {})", error.column()))
		},
	}
}

/// The lines that are not empty, with their numbers.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, Result<&str, String>)> {
	let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
	let lines = bytes.split(|byte| *byte == b'\n').enumerate();
	lines.filter(|(_, line)| !line.trim_ascii().is_empty()).map(|(number, line)| {
		let text = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8".to_string());
		(number + 1, text)
	})
}

fn ndjson(bytes: &[u8]) -> Vec<Record> {
	lines(bytes).map(|(line, text)| Record { line, fields: text.and_then(object) }).collect()
}

fn utf8<'a>(bytes: &'a [u8], path: &Path) -> Result<&'a str, Failure> {
	let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
	std::str::from_utf8(bytes).map_err(|error| {
		let line = bytes
			.get(..error.valid_up_to())
			.map_or(0, |start| start.iter().filter(|byte| **byte == b'\n').count() + 1);
		Failure::new(format!("{}:{line}: error: the file is not UTF-8", path.display()))
	})
}

fn json(bytes: &[u8], path: &Path) -> Result<Vec<Record>, Failure> {
	let elements = elements(bytes, path)?.into_iter();
	Ok(elements.map(|(line, text)| Record { line, fields: object(text) }).collect())
}

/// The texts of a list's items, with the lines on which they start.
fn elements<'a>(bytes: &'a [u8], path: &Path) -> Result<Vec<(usize, &'a str)>, Failure> {
	let text = utf8(bytes, path)?;
	let failed = |message: String| Failure::new(format!("{}:{message}", path.display()));
	let value = crate::schema::parse_json(text)
		.map_err(|issue| failed(format!("{}: error: {}", issue.at, issue.message)))?;
	let list = value.as_array().ok_or_else(|| {
		failed("1:1: error: the file holds no list of records".into())
			.hint("write [ { ... }, { ... } ], or one record a line and name the file .ndjson")
	})?;
	let mut line = 1;
	let mut counted = 0;
	let mut records = Vec::new();
	for element in &list.elements {
		let range = element.range();
		line += text.get(counted..range.start).map_or(0, |part| part.matches('\n').count());
		counted = range.start;
		records.push((line, text.get(range.start..range.end).unwrap_or_default()));
	}
	Ok(records)
}

fn csv(bytes: &[u8], path: &Path) -> Result<Vec<Record>, Failure> {
	let text = utf8(bytes, path)?;
	let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
	let headers = reader
		.headers()
		.map_err(|error| Failure::new(format!("{}:1: error: {error}", path.display())))?
		.clone();
	let mut records = Vec::new();
	for row in reader.records() {
		match row {
			Ok(row) => {
				let line = row.position().map_or(0, |position| position.line() as usize);
				let fields = if row.len() == headers.len() {
					let fields = headers.iter().zip(row.iter());
					Ok(Json::Object(
						fields
							.map(|(name, cell)| (name.to_string(), Json::from(cell)))
							.collect::<Map<_, _>>(),
					))
				} else {
					let (has, heads) = (row.len(), headers.len());
					Err(format!("the row has {has} fields, and the head names {heads}"))
				};
				records.push(Record { line, fields });
			},
			Err(error) => {
				let line = error.position().map_or(0, |position| position.line() as usize);
				records.push(Record { line, fields: Err(error.to_string()) });
			},
		}
	}
	Ok(records)
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	fn read_as(name: &str, bytes: &[u8]) -> Result<Vec<Record>, String> {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join(name);
		fs::write(&path, bytes).unwrap();
		read(&path).map_err(|failure| failure.to_string())
	}

	fn lines(records: &[Record]) -> Vec<(usize, bool)> {
		records.iter().map(|record| (record.line, record.fields.is_ok())).collect()
	}

	#[test]
	fn reads_ndjson_line_by_line() {
		let records = read_as("a.ndjson", b"{\"a\": 1}\n\n[1]\n{\"a\":\n\xff\n{\"a\": 2}").unwrap();
		assert_eq!(lines(&records), [(1, true), (3, false), (4, false), (5, false), (6, true)]);
		assert_eq!(records[0].fields, Ok(json!({ "a": 1 })));
		assert!(records[2].fields.clone().unwrap_err().contains("no JSON"));
		assert!(records[3].fields.clone().unwrap_err().contains("UTF-8"));
	}

	#[test]
	fn reads_a_list_and_knows_its_lines() {
		let records =
			read_as("a.json", b"[\n  {\"a\": 1}, {\"a\": 2},\n  3,\n  {\"a\": 4}\n]").unwrap();
		assert_eq!(lines(&records), [(2, true), (2, true), (3, false), (4, true)]);
		assert!(read_as("a.json", b"{}").unwrap_err().contains("no list of records"));
		assert!(read_as("a.json", b"[{]")
			.unwrap_err()
			.contains("a.json:1:3: error: this is no JSON"));
		assert!(read_as("a.json", b"[\n\xff]").unwrap_err().contains("a.json:2: error"));
	}

	#[test]
	fn documents_are_as_they_are_written() {
		let folder = tempfile::tempdir().unwrap();
		let read = |name: &str, bytes: &[u8]| {
			let path = folder.path().join(name);
			fs::write(&path, bytes).unwrap();
			documents(&path)
		};
		let texts = |documents: Vec<Document>| {
			documents.into_iter().map(|it| (it.line, it.text.ok())).collect::<Vec<_>>()
		};
		let ndjson = read("a.ndjson", b" {\"b\" : 1.50,\"a\":[]} \r\n\n[1]\n\xff").unwrap();
		let first = Some("{\"b\" : 1.50,\"a\":[]}".to_string());
		assert_eq!(texts(ndjson), [(1, first), (3, None), (4, None)]);
		let json = read("a.json", b"[\n {\"a\":\n 1}, 2]").unwrap();
		assert_eq!(texts(json), [(2, Some("{\"a\":\n 1}".to_string())), (3, None)]);
		assert!(read("a.csv", b"a\n1\n").unwrap_err().to_string().contains("no documents"));
	}

	#[test]
	fn reads_rows() {
		let rows = b"\xef\xbb\xbfid,name\n1,\"a, b\"\n2\n3,\"x\ny\"\n4,z\n";
		let records = read_as("a.csv", rows).unwrap();
		assert_eq!(lines(&records), [(2, true), (3, false), (4, true), (6, true)]);
		assert_eq!(records[0].fields, Ok(json!({ "id": "1", "name": "a, b" })));
		assert!(records[1].fields.clone().unwrap_err().contains("1 fields"));
	}

	#[test]
	fn asks_for_a_name_that_tells() {
		assert!(read_as("records", b"").unwrap_err().contains("cannot be told"));
		assert!(read(Path::new("/no/such.csv")).is_err());
	}
}
