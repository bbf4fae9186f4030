//! Names and ids.

use super::*;
use proptest::prelude::*;

#[test]
fn names_begin_with_a_letter_and_are_ascii() {
	for good in ["a", "Z", "a1", "snake_case", "camelCase", "x__", "A0_"] {
		assert!(is_name(good.as_bytes()), "{good}");
	}
	for bad in
		["", "1", "_a", "a b", "a-b", "a.b", "ä", "aä", " a", "a ", "a\n", "a\0", "[", "`", "{"]
	{
		assert!(!is_name(bad.as_bytes()), "{bad:?}");
	}
	assert!(!is_name(&[b'a', 0xff]));
}

#[test]
fn names_have_a_longest_length() {
	let longest = limits::MAX_NAME_BYTES as usize;
	assert!(is_name(&vec![b'a'; longest]));
	assert!(!is_name(&vec![b'a'; longest + 1]));
}

#[test]
fn entity_id_is_read_back_and_refused() {
	assert_eq!(EntityId { class: 3, serial: 17 }.to_string(), "3-17");
	assert_eq!("3-17".parse(), Ok(EntityId { class: 3, serial: 17 }));
	let largest = EntityId { class: u32::MAX, serial: u32::MAX };
	assert_eq!("4294967295-4294967295".parse(), Ok(largest));
	for bad in [
		"",
		"3",
		"-",
		"3-",
		"-17",
		"3-17-1",
		"3--17",
		"a-b",
		"3-17 ",
		" 3-17",
		"3 - 17",
		"3/17",
		"0x3-17",
		"4294967296-0",
		"0-4294967296",
		"3-1.5",
	] {
		let message = bad.parse::<EntityId>().expect_err(bad);
		assert!(message.starts_with(&format!("`{bad}` is no entity id")), "{message}");
		assert!(message.contains("3-17"), "says how it is written: {message}");
	}
}

#[test]
fn categories_are_all_listed() {
	use codec::{Decode, Encode};
	for (index, category) in (0u8..).zip(Category::ALL) {
		assert_eq!(category.encode(), [index]);
	}
	assert!(Category::decode(&mut &[Category::ALL.len() as u8][..]).is_err());
}

proptest! {
	#[test]
	fn every_entity_id_is_read_back(class: u32, serial: u32) {
		let id = EntityId { class, serial };
		prop_assert_eq!(id.to_string().parse(), Ok(id));
	}

	#[test]
	fn what_is_read_is_written_the_same_but_for_zeros(text in "[0-9]{1,10}-[0-9]{1,10}") {
		if let Ok(id) = text.parse::<EntityId>() {
			let strip = |part: &str| part.parse::<u64>().unwrap().to_string();
			let (class, serial) = text.split_once('-').unwrap();
			prop_assert_eq!(id.to_string(), format!("{}-{}", strip(class), strip(serial)));
		}
	}
}
