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

/// The records in a file.
pub(crate) fn read(path: &Path) -> Result<Vec<Record>, Failure> {
	let bytes = fs::read(path)
		.map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
	let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
	match extension.as_deref() {
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

fn ndjson(bytes: &[u8]) -> Vec<Record> {
	let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
	let lines = bytes.split(|byte| *byte == b'\n').enumerate();
	lines
		.filter(|(_, line)| !line.trim_ascii().is_empty())
		.map(|(number, line)| Record {
			line: number + 1,
			fields: std::str::from_utf8(line)
				.map_err(|_| "the line is not UTF-8".to_string())
				.and_then(object),
		})
		.collect()
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
		records.push(Record {
			line,
			fields: object(text.get(range.start..range.end).unwrap_or_default()),
		});
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
