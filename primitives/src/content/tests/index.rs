//! Index keys sort as values do.

use super::*;
use proptest::prelude::*;

/// Numbers of all sizes: near zero and near the ends as often as anywhere.
fn number() -> impl Strategy<Value = i64> {
	prop_oneof![
		any::<i64>(),
		-300i64..300,
		Just(i64::MIN),
		Just(i64::MAX),
		(0u32..63).prop_map(|bit| 1 << bit),
		(0u32..63).prop_map(|bit| -(1 << bit)),
	]
}

/// Bytes that often share a long beginning, or end in zeros.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
	prop_oneof![
		proptest::collection::vec(any::<u8>(), 0..80),
		(28usize..36, proptest::collection::vec(0u8..3, 0..5)).prop_map(|(length, end)| {
			let mut bytes = vec![b'x'; length];
			bytes.extend(end);
			bytes
		}),
		proptest::collection::vec(0u8..2, 0..5),
	]
}

fn sorts_alike<T: Ord>(one: T, other: T, scalar: impl Fn(&T) -> Scalar) {
	let keys = (index_key(&scalar(&one)), index_key(&scalar(&other)));
	assert_eq!(one.cmp(&other), keys.0.cmp(&keys.1));
}

proptest! {
	#[test]
	fn numbers_sort_as_numbers(one in number(), other in number()) {
		sorts_alike(one, other, |value| Scalar::Int(*value));
		sorts_alike(one, other, |value| Scalar::Decimal(*value));
		sorts_alike(one, other, |value| Scalar::Timestamp(*value));
	}

	#[test]
	fn small_values_sort(one: u8, other: u8) {
		sorts_alike(one, other, |value| Scalar::Enum(*value));
		sorts_alike(one > 127, other > 127, |value| Scalar::Bool(*value));
	}

	#[test]
	fn hashes_sort(one: [u8; 32], other: [u8; 32]) {
		sorts_alike(one, other, |value| Scalar::Hash32(*value));
		sorts_alike(one, other, |value| Scalar::DataObject(*value));
	}

	#[test]
	fn references_sort_by_class_and_serial(one: (u32, u32), other: (u32, u32)) {
		let scalar = |value: &(u32, u32)| reference(value.0, value.1);
		sorts_alike(one, other, scalar);
		sorts_alike((one.0, one.1), (one.0, other.1), scalar);
	}

	/// Never the wrong way round; the same key only for the same beginning.
	#[test]
	fn byte_strings_sort_by_their_beginning(one in bytes(), other in bytes()) {
		let scalar = |bytes: &[u8]| Scalar::Bytes(bounded(bytes));
		let keys = (index_key(&scalar(&one)), index_key(&scalar(&other)));
		if one <= other {
			prop_assert!(keys.0 <= keys.1);
		}
		let beginning = |bytes: &[u8]| {
			let mut beginning = bytes.to_vec();
			beginning.resize(INDEX_KEY_BYTES, 0);
			beginning
		};
		prop_assert_eq!(keys.0 == keys.1, beginning(&one) == beginning(&other));
	}

	#[test]
	fn texts_sort_by_their_beginning(one in ".{0,40}", other in ".{0,40}") {
		let keys = (index_key(&text(&one)), index_key(&text(&other)));
		if one <= other {
			prop_assert!(keys.0 <= keys.1);
		} else {
			prop_assert!(keys.0 >= keys.1);
		}
	}
}

/// The keys are the chain's storage format.
#[test]
fn index_keys_stay_what_they_are() {
	let key = |beginning: &[u8]| {
		let mut key = [0; INDEX_KEY_BYTES];
		key[..beginning.len()].copy_from_slice(beginning);
		key
	};
	assert_eq!(index_key(&Scalar::Bool(true)), key(&[1]));
	assert_eq!(index_key(&Scalar::Int(0)), key(&[0x80]));
	assert_eq!(index_key(&Scalar::Int(-1)), key(&[0x7f, 255, 255, 255, 255, 255, 255, 255]));
	assert_eq!(index_key(&Scalar::Decimal(258)), key(&[0x80, 0, 0, 0, 0, 0, 1, 2]));
	assert_eq!(index_key(&Scalar::Timestamp(i64::MIN)), key(&[]));
	assert_eq!(index_key(&text("Rome")), key(b"Rome"));
	assert_eq!(index_key(&text(&"x".repeat(33))), [b'x'; 32]);
	assert_eq!(index_key(&Scalar::Bytes(bounded(&[1, 2]))), key(&[1, 2]));
	assert_eq!(index_key(&Scalar::Hash32([7; 32])), [7; 32]);
	assert_eq!(index_key(&Scalar::DataObject([7; 32])), [7; 32]);
	assert_eq!(index_key(&Scalar::Enum(9)), key(&[9]));
	assert_eq!(index_key(&reference(1, 258)), key(&[0, 0, 0, 1, 0, 0, 1, 2]));
}
