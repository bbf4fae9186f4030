//! Ranges and preconditions of a request for an object (RFC 9110).

/// What a request gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
	/// Everything.
	Whole,
	/// Some bytes.
	Range {
		/// The first byte.
		start: u64,
		/// How many.
		length: u64,
	},
	/// A range that the object does not have.
	Unsatisfiable,
}

/// What a `Range` header asks of an object of `size` bytes. A header that is malformed, of another unit or
/// of several ranges counts as absent, as the standard allows: the whole object is a right answer to it.
pub fn parse(header: Option<&str>, size: u64) -> Part {
	let Some(set) = header.and_then(|header| {
		let (unit, set) = header.split_once('=')?;
		unit.trim().eq_ignore_ascii_case("bytes").then_some(set.trim())
	}) else {
		return Part::Whole;
	};
	let Some((first, last)) = set.split_once('-') else { return Part::Whole };
	let (first, last) = (first.trim(), last.trim());
	let number = |text: &str| -> Option<u64> {
		let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
		// More than any object has is as good as its end.
		digits.then(|| text.parse().unwrap_or(u64::MAX))
	};
	match (first.is_empty(), number(first), last.is_empty(), number(last)) {
		// The last bytes.
		(true, _, _, Some(0)) => Part::Unsatisfiable,
		(true, _, _, Some(_)) if size == 0 => Part::Unsatisfiable,
		(true, _, _, Some(length)) => {
			let length = length.min(size);
			Part::Range { start: size - length, length }
		},
		(false, Some(start), true, _) if start < size => {
			Part::Range { start, length: size - start }
		},
		(false, Some(start), false, Some(last)) if start > last => Part::Whole,
		(false, Some(start), false, Some(last)) if start < size => {
			Part::Range { start, length: last.min(size - 1) - start + 1 }
		},
		(false, Some(_), true, _) | (false, Some(_), false, Some(_)) => Part::Unsatisfiable,
		_ => Part::Whole,
	}
}

/// Whether an `If-None-Match` header names this tag, or any.
pub fn none_match(header: &str, tag: &str) -> bool {
	header.trim() == "*" || header.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}

/// Whether an `If-Match` header names this tag, or any. Weak tags never match.
pub fn if_match(header: &str, tag: &str) -> bool {
	header.trim() == "*" || header.split(',').any(|one| one.trim() == tag)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn ranges_of_every_form() {
		let range = |start, length| Part::Range { start, length };
		for (header, part) in [
			("bytes=0-9", range(0, 10)),
			("bytes=90-", range(90, 10)),
			("bytes=-10", range(90, 10)),
			("bytes=-1000", range(0, 100)),
			("bytes=99-99", range(99, 1)),
			("bytes=50-1000", range(50, 50)),
			("Bytes = 1 - 2", range(1, 2)),
			("bytes=0-99999999999999999999999", range(0, 100)),
			("bytes=100-", Part::Unsatisfiable),
			("bytes=100-200", Part::Unsatisfiable),
			("bytes=99999999999999999999999-", Part::Unsatisfiable),
			("bytes=-0", Part::Unsatisfiable),
			("bytes=9-0", Part::Whole),
			("bytes=0-1,5-6", Part::Whole),
			("bytes=", Part::Whole),
			("bytes=-", Part::Whole),
			("bytes=a-b", Part::Whole),
			("bytes=+1-2", Part::Whole),
			("items=0-1", Part::Whole),
			("bytes", Part::Whole),
		] {
			assert_eq!(parse(Some(header), 100), part, "{header}");
		}
		assert_eq!(parse(None, 100), Part::Whole);
		assert_eq!(parse(Some("bytes=-1"), 0), Part::Unsatisfiable);
	}

	proptest! {
		#[test]
		fn a_range_lies_within(text in "bytes=[0-9]{0,21}-[0-9]{0,21}", size in any::<u64>()) {
			if let Part::Range { start, length } = parse(Some(&text), size) {
				prop_assert!(length > 0 && start < size && length <= size - start);
			}
		}
	}

	#[test]
	fn tags() {
		assert!(none_match("\"a\", W/\"b\"", "\"b\""));
		assert!(none_match("*", "\"b\""));
		assert!(!none_match("\"a\"", "\"b\""));
		assert!(if_match("\"b\"", "\"b\"") && !if_match("W/\"b\"", "\"b\""));
	}
}
