//! Signed messages as text.

use super::{Message, Signed};
use alloc::{string::String, vec::Vec};
use codec::{DecodeAll, Encode};
use core::fmt;
use data_encoding::BASE64URL_NOPAD;

/// The longest text that is read as a signed message, in bytes. Every message is shorter by far.
pub const MAX_HEADER_BYTES: usize = 4_096;

/// Why a text is not a signed message.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum HeaderError {
	/// It has more than [`MAX_HEADER_BYTES`].
	TooLong,
	/// It is not base64url without padding.
	NotBase64,
	/// Its bytes are not those of the message that is expected here.
	NotTheMessage,
}

impl fmt::Display for HeaderError {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::TooLong => write!(out, "a signed message has at most {MAX_HEADER_BYTES} bytes"),
			Self::NotBase64 => write!(
				out,
				"a signed message is base64url text with no padding and no spaces (RFC 4648, section 5)"
			),
			Self::NotTheMessage => write!(
				out,
				"the text does not decode as the message that is expected here; it may be of another kind \
				 or another version"
			),
		}
	}
}

impl core::error::Error for HeaderError {}

impl<M: Message> Signed<M> {
	/// As text for a header: only letters, digits, `-` and `_`.
	pub fn to_header(&self) -> String {
		BASE64URL_NOPAD.encode(&self.encode())
	}

	/// From the text of a header. Checks no signature.
	///
	/// Never allocates more than a small multiple of [`MAX_HEADER_BYTES`], whatever the text.
	pub fn from_header(text: impl AsRef<[u8]>) -> Result<Self, HeaderError> {
		let text = text.as_ref();
		if text.len() > MAX_HEADER_BYTES {
			return Err(HeaderError::TooLong);
		}
		let bytes: Vec<u8> = BASE64URL_NOPAD.decode(text).map_err(|_| HeaderError::NotBase64)?;
		let signed = Self::decode_all(&mut &bytes[..]).map_err(|_| HeaderError::NotTheMessage)?;
		// Whatever a message's own decoding lets pass.
		if signed.encode() != bytes {
			return Err(HeaderError::NotTheMessage);
		}
		Ok(signed)
	}
}
