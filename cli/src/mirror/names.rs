//! What tables and columns are called.
//!
//! The chain's names are letters, digits and `_`, and differ by letter; SQLite's do not differ in upper and lower
//! case, and some mean something. So whatever would clash, now or with a class that comes later, has a `$` and a
//! number behind it, which no name on chain has: SQLite takes that without quotes. A name depends on nothing
//! that changes: classes on those before them, columns on their version alone.

use rome_primitives::content::{ClassId, PropertyId, SchemaVersion};
use std::collections::BTreeMap;

/// Columns that every version's table has.
pub(super) const OWN_COLUMNS: [&str; 3] = ["id", "stored", "missing"];

/// `name` as SQL takes it, whatever it is.
pub(super) fn quoted(name: &str) -> String {
	format!("\"{}\"", name.replace('"', "\"\""))
}

/// The table of a class's version.
pub(super) fn table(label: &str, version: SchemaVersion) -> String {
	format!("{label}_v{version}")
}

/// The table of a list's items.
pub(super) fn list_table(table: &str, column: &str) -> String {
	format!("{table}__{column}")
}

/// The column with a decimal number as it is written.
pub(super) fn exact(column: &str) -> String {
	format!("{column}$exact")
}

/// An index.
pub(super) fn index(table: &str, what: &str) -> String {
	// No table's name has two `$`s with letters between them.
	format!("{table}$by${what}")
}

/// What the tables of each class begin with. `classes` are all of them.
pub(super) fn class_labels(classes: &BTreeMap<ClassId, Vec<u8>>) -> BTreeMap<ClassId, String> {
	labels(classes.iter().map(|(id, name)| (u64::from(*id), name.as_slice())), is_taken)
		.into_iter()
		.zip(classes.keys())
		.map(|(label, id)| (*id, label))
		.collect()
}

/// The columns of a version's properties, given in order of id.
pub(super) fn columns<'a>(
	properties: impl Iterator<Item = (PropertyId, &'a [u8])>,
) -> Vec<(PropertyId, String)> {
	let properties: Vec<_> = properties.collect();
	let own = |name: &str| OWN_COLUMNS.iter().any(|own| own.eq_ignore_ascii_case(name));
	let names = labels(properties.iter().map(|(id, name)| (u64::from(*id), *name)), own);
	properties.iter().map(|(id, _)| *id).zip(names).collect()
}

/// Whether tables of a class of this name could be taken for those of another: what looks like a version and
/// a list is one.
fn is_taken(name: &str) -> bool {
	let name = format!("{}_v", name.to_ascii_lowercase());
	name.match_indices("_v").any(|(at, found)| {
		let rest = name.get(at.saturating_add(found.len())..).unwrap_or_default();
		let after = rest.trim_start_matches(|it: char| it.is_ascii_digit());
		after.len() < rest.len() && after.starts_with("__")
	})
}

fn labels<'a>(
	names: impl Iterator<Item = (u64, &'a [u8])>,
	is_taken: impl Fn(&str) -> bool,
) -> Vec<String> {
	let mut seen = Vec::<String>::new();
	let mut labels = Vec::new();
	for (id, bytes) in names {
		let plain = plain(bytes);
		let lower = plain.to_ascii_lowercase();
		let exact = plain.as_bytes() == bytes;
		let label = if exact && !seen.contains(&lower) && !is_taken(&plain) {
			plain
		} else {
			format!("{plain}${id}")
		};
		seen.push(lower);
		labels.push(label);
	}
	labels
}

/// A name with nothing but letters, digits and `_`, the first one a letter, and none that SQLite keeps to itself.
fn plain(bytes: &[u8]) -> String {
	let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
	let plain: String =
		bytes.iter().map(|byte| if fits(*byte) { char::from(*byte) } else { '_' }).collect();
	let kept = plain.to_ascii_lowercase().starts_with("sqlite_");
	if !kept && plain.starts_with(|first: char| first.is_ascii_alphabetic()) {
		plain
	} else {
		format!("x{plain}")
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use std::collections::BTreeSet;

	fn of_classes(names: &[&str]) -> Vec<String> {
		let classes = names.iter().zip(0..).map(|(name, id)| (id, name.as_bytes().to_vec()));
		class_labels(&classes.collect()).into_values().collect()
	}

	fn of_properties(names: &[&str]) -> Vec<String> {
		let names = names.iter().zip(0..).map(|(name, id)| (id, name.as_bytes()));
		columns(names).into_iter().map(|(_, name)| name).collect()
	}

	#[test]
	fn plain_names_stay() {
		assert_eq!(of_classes(&["video", "order", "help_v2"]), ["video", "order", "help_v2"]);
		assert_eq!(of_properties(&["name", "select", "owner"]), ["name", "select", "owner"]);
	}

	#[test]
	fn what_clashes_has_its_number() {
		assert_eq!(of_classes(&["video", "Video", "VIDEO"]), ["video", "Video$1", "VIDEO$2"]);
		assert_eq!(of_classes(&["sqlite_stat1"]), ["xsqlite_stat1$0"]);
		assert_eq!(
			of_properties(&["name", "Name", "id", "MISSING"]),
			["name", "Name$1", "id$2", "MISSING$3"]
		);
	}

	#[test]
	fn lists_and_versions_cannot_be_mistaken_for_each_other() {
		// `a_v1__b` is the list `b` of version 1 of `a`, and `a_v1__v1` the list `v1`.
		assert_eq!(
			of_classes(&["a", "a_v1__b", "a_V12__b", "a_v1_"]),
			["a", "a_v1__b$1", "a_V12__b$2", "a_v1_$3"]
		);
		assert_eq!(of_classes(&["a_v1", "a_vb__c"]), ["a_v1", "a_vb__c"]);
	}

	#[test]
	fn names_that_no_chain_should_give_do_no_harm() {
		assert_eq!(of_classes(&["x\"; DROP TABLE y; --"]), ["x___DROP_TABLE_y____$0"]);
		assert_eq!(of_properties(&["", "1", "é"]), ["x$0", "x1$1", "x__$2"]);
		assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
	}

	fn name() -> impl Strategy<Value = String> {
		// Few letters, so that much clashes; and whatever else there may be.
		prop_oneof![4 => "[aA](_?[vV]?[12]?_?){0,4}", 1 => ".{0,6}", 1 => "id|ID|sqlite_a"]
	}

	proptest! {
		#[test]
		fn nothing_is_called_the_same(
			classes in prop::collection::btree_set(name(), 1..8),
			properties in prop::collection::btree_set(name(), 1..6),
			classes_first in any::<bool>(),
		) {
			let mut names: Vec<_> = classes.iter().map(String::as_str).collect();
			if classes_first {
				names.reverse();
			}
			let properties: Vec<_> = properties.iter().map(String::as_str).collect();
			let columns = of_properties(&properties);
			let mut all = BTreeSet::new();
			for label in of_classes(&names) {
				for version in [0, 1, 2, 12] {
					let table = table(&label, version);
					prop_assert!(!table.to_ascii_lowercase().starts_with("sqlite_"));
					prop_assert!(all.insert(table.to_ascii_lowercase()), "{table} twice");
					for column in &columns {
						let list = list_table(&table, column);
						prop_assert!(all.insert(list.to_ascii_lowercase()), "{list} twice");
						let index = index(&table, column);
						prop_assert!(all.insert(index.to_ascii_lowercase()), "{index} twice");
					}
				}
			}
			let mut all = BTreeSet::new();
			for column in OWN_COLUMNS.iter().map(ToString::to_string).chain(columns) {
				prop_assert!(all.insert(exact(&column).to_ascii_lowercase()));
				prop_assert!(all.insert(column.to_ascii_lowercase()), "{column} twice");
			}
		}

		/// A class that comes later leaves the names of those before as they are.
		#[test]
		fn names_last(names in prop::collection::vec(name(), 1..8)) {
			let names: Vec<_> = names.iter().map(String::as_str).collect();
			let all = of_classes(&names);
			let (_, before) = names.split_last().unwrap();
			prop_assert_eq!(of_classes(before), &all[..before.len()]);
		}
	}
}
