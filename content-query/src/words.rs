//! Words that were probably meant, and the beginnings of long ones.

/// The name in `known` that was probably meant by `word`.
pub fn similar<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
	let word = word.to_lowercase();
	known
		.into_iter()
		.map(|name| (strsim::damerau_levenshtein(&word, &name.to_lowercase()), name))
		.filter(|(distance, name)| *distance <= 1 + name.len().min(word.len()) / 4)
		.min_by_key(|(distance, _)| *distance)
		.map(|(_, name)| name)
}

/// "; did you mean `x`?", where there is something close.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
	similar(word, known).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

/// The beginning of what somebody wrote, for a message.
pub fn shorten(written: &str) -> String {
	const MOST: usize = 60;
	if written.chars().count() <= MOST {
		return written.to_string();
	}
	let start: String = written.chars().take(MOST).collect();
	format!("{start}...")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn finds_what_was_meant() {
		let known = ["maxLength", "maximum", "minimum", "description"];
		assert_eq!(similar("maxlenght", known), Some("maxLength"));
		assert_eq!(similar("minmum", known), Some("minimum"));
		assert_eq!(similar("colour", known), None);
		assert_eq!(did_you_mean("decription", known), "; did you mean `description`?");
	}
}
