//! Keys of the indexes: bytes that sort as the values do.

use super::Scalar;

/// Length of an index key, in bytes.
pub const INDEX_KEY_BYTES: usize = 32;

/// A value's place in an index.
pub type IndexKey = [u8; INDEX_KEY_BYTES];

/// The key under which `scalar` stands in its property's index.
///
/// Order-preserving within one type: `a < b` as values implies `index_key(a) <= index_key(b)`. Keys are
/// equal for equal values, and also for texts and byte strings that agree in their first 32 bytes or
/// differ only in trailing zero bytes, so whoever walks an index compares the value itself as well.
///
/// The fixed length bounds how deep into the storage trie a stranger's values can reach.
pub fn index_key(scalar: &Scalar) -> IndexKey {
	let mut key = [0; INDEX_KEY_BYTES];
	let mut put = |bytes: &[u8]| {
		for (slot, byte) in key.iter_mut().zip(bytes) {
			*slot = *byte;
		}
	};
	match scalar {
		Scalar::Bool(value) => put(&[u8::from(*value)]),
		Scalar::Int(value) | Scalar::Decimal(value) | Scalar::Timestamp(value) => {
			put(&ordered(*value))
		},
		Scalar::Text(bytes) | Scalar::Bytes(bytes) => put(bytes),
		Scalar::Hash32(bytes) | Scalar::DataObject(bytes) => put(bytes),
		Scalar::Enum(variant) => put(&[*variant]),
		Scalar::Reference(id) => {
			let joined = (u64::from(id.class) << 32) | u64::from(id.serial);
			put(&joined.to_be_bytes())
		},
	}
	key
}

/// Bytes that sort as signed numbers do: most significant first, the sign turned over so that negative
/// numbers come before positive ones.
fn ordered(value: i64) -> [u8; 8] {
	let mut bytes = value.to_be_bytes();
	bytes[0] ^= 0x80;
	bytes
}
