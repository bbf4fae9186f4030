//! Lists that come in pages.

use crate::{Error, Result};

/// What was read of a list in pages.
pub(crate) struct Pages<T, K> {
	/// The entries.
	pub items: Vec<T>,
	/// Where the next page begins.
	pub after: Option<K>,
}

impl<T, K> Default for Pages<T, K> {
	fn default() -> Self {
		Self { items: Vec::new(), after: None }
	}
}

impl<T, K: PartialEq + Copy> Pages<T, K> {
	/// Takes a page in. Gives whether there is another.
	pub(crate) fn add(&mut self, what: &str, items: Vec<T>, next: Option<K>) -> Result<bool> {
		if next.is_some() && next == self.after {
			return Err(Error::unreadable(what, "a page leads to itself"));
		}
		self.items.extend(items);
		self.after = next;
		Ok(next.is_some())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_list_comes_to_an_end() {
		let mut pages = Pages::<u8, u32>::default();
		assert!(pages.add("list", vec![1, 2], Some(2)).unwrap());
		assert!(pages.add("list", vec![], Some(3)).unwrap());
		assert!(pages.add("list", vec![4], Some(3)).is_err());
		assert!(!pages.add("list", vec![5], None).unwrap());
		assert_eq!(pages.items, [1, 2, 5]);
	}
}
