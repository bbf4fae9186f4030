//! Values as people and programs write them, and back.

use crate::{
	text,
	words::{did_you_mean, shorten},
	Names,
};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rome_primitives::content::{
	limits::MAX_LIST_ITEMS, EntityId, PropertyType, Scalar, ScalarType, Value, ValueError,
};
use serde_json::Value as Json;
use std::str::FromStr;

/// The id that `written` names: `3-17`, or with the class by name, `video-17`.
pub fn parse_id(written: &str, names: &dyn Names) -> Result<EntityId, String> {
	if let Ok(id) = EntityId::from_str(written) {
		return Ok(id);
	}
	if let Some((name, serial)) = written.split_once('-') {
		if let (Some(class), Ok(serial)) = (names.class_id(name), serial.parse()) {
			return Ok(EntityId { class, serial });
		}
	}
	Err(format!(
		"`{written}` is no entry's id: write its class, a hyphen and its number, for example 3-17"
	))
}

/// What a type takes, in words.
pub fn describe_type(kind: &PropertyType) -> String {
	match kind {
		PropertyType::Single(scalar) => describe_scalar(scalar),
		PropertyType::List { item, max_items } => {
			format!("a list of at most {max_items} items, each {}", describe_scalar(item))
		},
	}
}

/// What a single value's type takes, in words.
pub fn describe_scalar(kind: &ScalarType) -> String {
	match kind {
		ScalarType::Bool => "true or false".into(),
		ScalarType::Int { min: None, max: None } => "a whole number".into(),
		ScalarType::Int { min: Some(min), max: None } => format!("a whole number from {min} on"),
		ScalarType::Int { min: None, max: Some(max) } => format!("a whole number up to {max}"),
		ScalarType::Int { min: Some(min), max: Some(max) } => {
			format!("a whole number from {min} to {max}")
		},
		ScalarType::Decimal { scale } => {
			format!("a number with at most {scale} digits after the point")
		},
		ScalarType::Text { max_length } => format!("a text of at most {max_length} characters"),
		ScalarType::Bytes { max_length } => {
			format!("at most {max_length} bytes in hexadecimal, for example 0x00ff")
		},
		ScalarType::Hash32 => "32 bytes in hexadecimal (64 digits)".into(),
		ScalarType::Timestamp => {
			"a moment: 2024-01-31T12:00:00Z, or a day (2024-01-31), month or year alone".into()
		},
		ScalarType::Enum { variants } => {
			let names: Vec<_> = variants.iter().map(|variant| text(variant)).collect();
			format!("one of {}", names.join(", "))
		},
		ScalarType::Reference { .. } => "an entry's id, for example 3-17".into(),
		ScalarType::DataObject => "a stored object's hash: 64 hexadecimal digits".into(),
	}
}

/// The value that `written` says, for a single value of type `kind`.
pub fn scalar_from_text(
	kind: &ScalarType,
	written: &str,
	names: &dyn Names,
) -> Result<Scalar, String> {
	let wrong = || format!("`{}` is not {}", shorten(written), describe_scalar(kind));
	let trimmed = written.trim();
	Ok(match kind {
		ScalarType::Bool => Scalar::Bool(match trimmed {
			"true" => true,
			"false" => false,
			_ => return Err(wrong()),
		}),
		ScalarType::Int { .. } => Scalar::Int(trimmed.parse().map_err(|_| wrong())?),
		ScalarType::Decimal { scale } => {
			Scalar::Decimal(parse_decimal(trimmed, *scale).ok_or_else(wrong)?)
		},
		ScalarType::Text { max_length } => {
			Scalar::Text(written.as_bytes().to_vec().try_into().map_err(|_| {
				format!(
					"this text has {} bytes, and at most {max_length} characters fit",
					written.len()
				)
			})?)
		},
		ScalarType::Bytes { .. } => {
			let bytes = parse_hex(trimmed).ok_or_else(wrong)?;
			Scalar::Bytes(bytes.try_into().map_err(|_| wrong())?)
		},
		ScalarType::Hash32 => Scalar::Hash32(parse_hash(trimmed).ok_or_else(wrong)?),
		ScalarType::DataObject => Scalar::DataObject(parse_hash(trimmed).ok_or_else(wrong)?),
		ScalarType::Timestamp => Scalar::Timestamp(parse_moment(trimmed).ok_or_else(wrong)?),
		ScalarType::Enum { variants } => {
			let found =
				variants.iter().position(|variant| variant.as_slice() == written.as_bytes());
			let number = found.and_then(|at| u8::try_from(at).ok());
			Scalar::Enum(number.ok_or_else(|| {
				let names: Vec<_> = variants.iter().map(|variant| text(variant)).collect();
				let meant = did_you_mean(written, names.iter().map(String::as_str));
				format!("{}{meant}", wrong())
			})?)
		},
		ScalarType::Reference { .. } => Scalar::Reference(parse_id(trimmed, names)?),
	})
}

/// The value that a JSON value says, for a single value of type `kind`.
pub fn scalar_from_json(
	kind: &ScalarType,
	json: &Json,
	names: &dyn Names,
) -> Result<Scalar, String> {
	let wrong = || format!("{} is not {}", shorten(&json.to_string()), describe_scalar(kind));
	match (kind, json) {
		(ScalarType::Bool, Json::Bool(value)) => Ok(Scalar::Bool(*value)),
		(ScalarType::Int { .. }, Json::Number(number)) => {
			number.as_i64().map(Scalar::Int).ok_or_else(wrong)
		},
		(ScalarType::Decimal { .. }, Json::Number(number)) => {
			let written = number.to_string();
			// A number with so many digits may have lost some on its way here.
			if number.is_f64() && written.chars().filter(char::is_ascii_digit).count() > 15 {
				return Err(format!(
					"{written} has too many digits to be exact: write it in quotes"
				));
			}
			scalar_from_text(kind, &written, names)
		},
		// A year alone.
		(ScalarType::Timestamp, Json::Number(number)) => {
			scalar_from_text(kind, &number.to_string(), names)
		},
		(ScalarType::Bool | ScalarType::Int { .. }, Json::String(_)) => Err(wrong()),
		(_, Json::String(written)) => scalar_from_text(kind, written, names),
		_ => Err(wrong()),
	}
}

/// The value that a JSON value says, for a property of type `kind`.
pub fn value_from_json(
	kind: &PropertyType,
	json: &Json,
	names: &dyn Names,
) -> Result<Value, String> {
	match (kind, json) {
		(PropertyType::Single(scalar), json) => {
			scalar_from_json(scalar, json, names).map(Value::Single)
		},
		(PropertyType::List { item, .. }, Json::Array(items)) => {
			list(items.iter().map(|json| scalar_from_json(item, json, names)))
		},
		(PropertyType::List { .. }, _) => Err(format!(
			"{} is not {}: write it in brackets",
			shorten(&json.to_string()),
			describe_type(kind)
		)),
	}
}

/// A list of these items.
pub fn list(items: impl Iterator<Item = Result<Scalar, String>>) -> Result<Value, String> {
	let items: Vec<_> = items.collect::<Result<_, _>>()?;
	let count = items.len();
	let items = items.try_into().map_err(|_| {
		format!("there are {count} items, and at most {MAX_LIST_ITEMS} fit any list")
	})?;
	Ok(Value::List(items))
}

/// A value for programs, as the schema's JSON has it.
pub fn value_to_json(kind: &PropertyType, value: &Value) -> Json {
	match value {
		Value::Single(scalar) => scalar_to_json(kind.scalar(), scalar),
		Value::List(items) => {
			items.iter().map(|scalar| scalar_to_json(kind.scalar(), scalar)).collect()
		},
	}
}

fn scalar_to_json(kind: &ScalarType, scalar: &Scalar) -> Json {
	match scalar {
		Scalar::Bool(value) => Json::from(*value),
		Scalar::Int(value) => Json::from(*value),
		other => Json::from(scalar_to_text(kind, other)),
	}
}

/// A single value for people.
pub fn scalar_to_text(kind: &ScalarType, scalar: &Scalar) -> String {
	match scalar {
		Scalar::Bool(value) => value.to_string(),
		Scalar::Int(value) => value.to_string(),
		Scalar::Decimal(value) => {
			let scale = if let ScalarType::Decimal { scale } = kind { *scale } else { 0 };
			format_decimal(*value, scale)
		},
		Scalar::Text(bytes) => text(bytes),
		Scalar::Bytes(bytes) => format!("0x{}", hex::encode(bytes)),
		Scalar::Hash32(bytes) | Scalar::DataObject(bytes) => hex::encode(bytes),
		Scalar::Timestamp(moment) => format_moment(*moment),
		Scalar::Enum(variant) => match kind {
			ScalarType::Enum { variants } => variants
				.get(usize::from(*variant))
				.map_or_else(|| variant.to_string(), |name| text(name)),
			_ => variant.to_string(),
		},
		Scalar::Reference(id) => id.to_string(),
	}
}

/// Milliseconds since 1970 of a moment, or of the start of a day, month or year, all in UTC.
pub fn parse_moment(written: &str) -> Option<i64> {
	if let Some(millis) = written.strip_suffix(" ms") {
		return millis.parse().ok();
	}
	if let Ok(moment) = DateTime::parse_from_rfc3339(written) {
		return Some(moment.timestamp_millis());
	}
	let digits = |part: &str, count: usize| {
		part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
	};
	let parts: Vec<_> = written.split('-').collect();
	let (year, month, day) = match parts.as_slice() {
		[year] if digits(year, 4) => (year.parse().ok()?, 1, 1),
		[year, month] if digits(year, 4) && digits(month, 2) => {
			(year.parse().ok()?, month.parse().ok()?, 1)
		},
		[year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
			(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
		},
		_ => return None,
	};
	let start = NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(0, 0, 0)?;
	Some(start.and_utc().timestamp_millis())
}

/// A moment in RFC 3339; one too far away for that in milliseconds.
pub fn format_moment(millis: i64) -> String {
	match DateTime::<Utc>::from_timestamp_millis(millis) {
		Some(moment) if (0..=9999).contains(&chrono::Datelike::year(&moment)) => {
			let format =
				if millis % 1000 == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
			moment.to_rfc3339_opts(format, true)
		},
		_ => format!("{millis} ms"),
	}
}

/// A decimal's digits, without its point.
fn parse_decimal(written: &str, scale: u8) -> Option<i64> {
	let (negative, digits) = match written.strip_prefix('-') {
		Some(rest) => (true, rest),
		None => (false, written),
	};
	let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
	let all_digits =
		|part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
	if !all_digits(whole) || !all_digits(rest) {
		return None;
	}
	// Zeros at the end change nothing.
	let rest = rest.trim_end_matches('0');
	if rest.len() > usize::from(scale) {
		return None;
	}
	let joined = format!("{whole}{rest:0<width$}", width = usize::from(scale));
	let number: i128 = joined.parse().ok()?;
	i64::try_from(if negative { -number } else { number }).ok()
}

fn format_decimal(value: i64, scale: u8) -> String {
	if scale == 0 {
		return value.to_string();
	}
	let width = usize::from(scale) + 1;
	let digits = format!("{:0>width$}", value.unsigned_abs());
	let (whole, rest) = digits.split_at(digits.len() - usize::from(scale));
	format!("{}{whole}.{rest}", if value < 0 { "-" } else { "" })
}

fn parse_hex(written: &str) -> Option<Vec<u8>> {
	hex::decode(written.strip_prefix("0x").unwrap_or(written)).ok()
}

fn parse_hash(written: &str) -> Option<[u8; 32]> {
	parse_hex(written)?.try_into().ok()
}

/// What a value error means for a property of type `kind`.
pub fn describe_error(error: ValueError, kind: Option<&PropertyType>) -> String {
	use rome_primitives::content::limits::*;
	let takes = kind.map_or_else(String::new, |kind| format!(": it takes {}", describe_type(kind)));
	match error {
		ValueError::UnknownProperty => "the class has no such property".into(),
		ValueError::DuplicateProperty => "the property is named twice".into(),
		ValueError::MissingRequired => format!("the property is required{takes}"),
		ValueError::WrongType => format!("the value is of the wrong type{takes}"),
		ValueError::OutOfRange => format!("the number is out of range{takes}"),
		ValueError::TooLong => format!("the value is too long{takes}"),
		ValueError::NotUtf8 => "the text is not UTF-8".into(),
		ValueError::UnknownVariant => format!("there is no such variant{takes}"),
		ValueError::TooManyItems => format!("the list has too many items{takes}"),
		ValueError::NotJson => "the document is not JSON".into(),
		ValueError::NotSupplied => {
			format!("the property has to be supplied, or given up if it is optional{takes}")
		},
		ValueError::NotAsked => {
			"the property is not to be supplied: its value comes from the version before".into()
		},
		ValueError::Locked => "the value was fixed when the entry was created".into(),
		ValueError::EntityTooLarge => {
			format!("the values take more than {MAX_ENTITY_BYTES} bytes together: shorten them")
		},
		ValueError::TooManyReferences => {
			format!("the values refer to more than {MAX_REFERENCES} entries together")
		},
		ValueError::TooManyObjects => {
			format!("the values name more than {MAX_OBJECTS} stored objects together")
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use rome_primitives::content::ClassId;

	/// Nothing has a name.
	struct Nameless;

	impl Names for Nameless {
		fn class_id(&self, _: &str) -> Option<ClassId> {
			None
		}

		fn class_name(&self, _: ClassId) -> Option<String> {
			None
		}

		fn account(&self, _: &str) -> Option<[u8; 32]> {
			None
		}
	}

	fn read(kind: &ScalarType, written: &str) -> Result<Scalar, String> {
		scalar_from_text(kind, written, &Nameless)
	}

	#[test]
	fn moments() {
		assert_eq!(parse_moment("1970"), Some(0));
		assert_eq!(parse_moment("1970-02"), Some(31 * 86_400_000));
		assert_eq!(parse_moment("1969-12-31"), Some(-86_400_000));
		assert_eq!(parse_moment("2024-01-31T12:00:00+02:00"), parse_moment("2024-01-31T10:00:00Z"));
		assert_eq!(parse_moment("1970-01-01T00:00:00.250Z"), Some(250));
		for wrong in ["", "70", "1970-1", "1970-13", "1970-02-30", "yesterday", "+1970", "19700101"]
		{
			assert_eq!(parse_moment(wrong), None, "{wrong}");
		}
		assert_eq!(format_moment(0), "1970-01-01T00:00:00Z");
		assert_eq!(format_moment(250), "1970-01-01T00:00:00.250Z");
		assert_eq!(
			parse_moment("1790").map(format_moment).as_deref(),
			Some("1790-01-01T00:00:00Z")
		);
	}

	#[test]
	fn decimals_are_exact() {
		let kind = ScalarType::Decimal { scale: 2 };
		assert_eq!(read(&kind, "12.5"), Ok(Scalar::Decimal(1250)));
		assert_eq!(read(&kind, "-0.05"), Ok(Scalar::Decimal(-5)));
		assert_eq!(read(&kind, "7"), Ok(Scalar::Decimal(700)));
		assert_eq!(read(&kind, "7.100"), Ok(Scalar::Decimal(710)));
		for wrong in ["", ".5", "5.", "1e3", "0.005", "99999999999999999999", "--1", "1,5"] {
			assert!(read(&kind, wrong).is_err(), "{wrong}");
		}
		assert_eq!(scalar_to_text(&kind, &Scalar::Decimal(-5)), "-0.05");
		let json: Json = serde_json::from_str("0.1").unwrap();
		assert_eq!(
			scalar_from_json(&ScalarType::Decimal { scale: 18 }, &json, &Nameless),
			Ok(Scalar::Decimal(100_000_000_000_000_000))
		);
		let json: Json = serde_json::from_str("1.2345678901234567").unwrap();
		let message = scalar_from_json(&ScalarType::Decimal { scale: 18 }, &json, &Nameless);
		assert!(message.unwrap_err().contains("in quotes"));
	}

	#[test]
	fn says_what_a_value_should_have_been() {
		let variants = vec![b"EBook".to_vec().try_into().unwrap()].try_into().unwrap();
		let book = ScalarType::Enum { variants };
		assert_eq!(read(&book, "EBook"), Ok(Scalar::Enum(0)));
		assert!(read(&book, "Ebook").unwrap_err().contains("did you mean `EBook`?"));
		let int = ScalarType::Int { min: Some(1), max: None };
		assert_eq!(read(&int, "x").unwrap_err(), "`x` is not a whole number from 1 on");
		assert!(read(&ScalarType::Hash32, "0x12").unwrap_err().contains("64 digits"));
		assert!(read(&ScalarType::Bool, "yes").is_err());
		assert!(read(&ScalarType::Reference { class: None, same_owner: false }, "x").is_err());
		assert!(scalar_from_json(&int, &Json::from("5"), &Nameless).is_err());
		assert!(scalar_from_json(&int, &Json::from(1.5), &Nameless).is_err());
	}

	fn scalars() -> impl Strategy<Value = (ScalarType, Scalar)> {
		let bytes = proptest::collection::vec(any::<u8>(), 0..40);
		prop_oneof![
			any::<bool>().prop_map(|it| (ScalarType::Bool, Scalar::Bool(it))),
			any::<i64>().prop_map(|it| (ScalarType::Int { min: None, max: None }, Scalar::Int(it))),
			(any::<i64>(), 0u8..=18)
				.prop_map(|(it, scale)| (ScalarType::Decimal { scale }, Scalar::Decimal(it))),
			"\\PC{0,40}".prop_map(|it| {
				let bytes = it.into_bytes().try_into().unwrap();
				(ScalarType::Text { max_length: 40 }, Scalar::Text(bytes))
			}),
			bytes.prop_map(|it| {
				(ScalarType::Bytes { max_length: 40 }, Scalar::Bytes(it.try_into().unwrap()))
			}),
			any::<[u8; 32]>().prop_map(|it| (ScalarType::Hash32, Scalar::Hash32(it))),
			any::<[u8; 32]>().prop_map(|it| (ScalarType::DataObject, Scalar::DataObject(it))),
			any::<i64>().prop_map(|it| (ScalarType::Timestamp, Scalar::Timestamp(it))),
			(any::<u32>(), any::<u32>()).prop_map(|(class, serial)| {
				let kind = ScalarType::Reference { class: None, same_owner: false };
				(kind, Scalar::Reference(EntityId { class, serial }))
			}),
		]
	}

	proptest! {
		#[test]
		fn any_value_round_trips((kind, scalar) in scalars()) {
			let written = scalar_to_text(&kind, &scalar);
			prop_assert_eq!(read(&kind, &written), Ok(scalar.clone()));
			let kind = PropertyType::Single(kind);
			let json = value_to_json(&kind, &Value::Single(scalar.clone()));
			prop_assert_eq!(value_from_json(&kind, &json, &Nameless), Ok(Value::Single(scalar)));
		}

		#[test]
		fn no_text_makes_a_reader_panic(written in "\\PC{0,40}", (kind, _) in scalars()) {
			let _ = read(&kind, &written);
			let _ = scalar_from_json(&kind, &Json::from(written), &Nameless);
		}
	}
}
