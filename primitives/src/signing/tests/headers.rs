use super::*;
use codec::Compact;
use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;

#[test]
fn a_signed_message_travels_as_text() {
	for (account, sign) in signers() {
		let signed = Signed::new(&GENESIS, status(), account, sign);
		let text = signed.to_header();
		assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
		let read = Signed::<StatusAnswer>::from_header(&text).unwrap();
		assert_eq!(read, signed);
		assert!(read.verify(&GENESIS));
	}
}

#[test]
fn even_the_longest_message_fits() {
	let (account, sign) = alice();
	let longest = StatusAnswer {
		endpoint: Endpoint::Http(vec![b'x'; 256].try_into().unwrap()),
		version: vec![b'x'; 64].try_into().unwrap(),
		..status()
	};
	let text = Signed::new(&GENESIS, longest, account, sign).to_header();
	assert!(text.len() < 1_000, "{}", text.len());
	assert!(Signed::<StatusAnswer>::from_header(text).is_ok());
}

#[test]
fn one_message_has_one_text() {
	let (account, sign) = alice();
	let signed = Signed::new(&GENESIS, token(), account, sign);
	let text = signed.to_header();
	let read = |text: &str| Signed::<UploadToken>::from_header(text);
	assert_eq!(read(&text), Ok(signed.clone()));
	for (wrong, why) in [
		(format!("{text}="), HeaderError::NotBase64),
		(format!(" {text}"), HeaderError::NotBase64),
		(format!("{text}\n"), HeaderError::NotBase64),
		(text[1..].to_string(), HeaderError::NotBase64),
		(BASE64URL_NOPAD.encode(&[signed.encode(), vec![0]].concat()), HeaderError::NotTheMessage),
		(BASE64URL_NOPAD.encode(&signed.encode()[1..]), HeaderError::NotTheMessage),
		(String::new(), HeaderError::NotTheMessage),
		("A".repeat(MAX_HEADER_BYTES), HeaderError::NotTheMessage),
		("A".repeat(MAX_HEADER_BYTES + 1), HeaderError::TooLong),
	] {
		assert_eq!(read(&wrong), Err(why), "{wrong}");
	}
	// Another message does not decode, or at least is not signed.
	assert_eq!(Signed::<Heartbeat>::from_header(&text), Err(HeaderError::NotTheMessage));
}

/// A message with a list that nothing bounds.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
struct Listed(Vec<u8>);

impl Message for Listed {
	const PURPOSE: &'static str = "listed";
}

#[test]
fn a_scheme_that_does_not_exist_is_refused() {
	let (account, sign) = alice();
	let mut bytes = Signed::new(&GENESIS, token(), account, sign).encode();
	let tag = bytes.len() - 65;
	bytes[tag] = 9;
	let read = Signed::<UploadToken>::from_header(BASE64URL_NOPAD.encode(&bytes));
	assert_eq!(read, Err(HeaderError::NotTheMessage));
}

/// A message that decodes from every byte and encodes as one of two.
#[derive(PartialEq, Debug)]
struct Loose(bool);

impl Encode for Loose {
	fn encode(&self) -> Vec<u8> {
		vec![u8::from(self.0)]
	}
}

impl Decode for Loose {
	fn decode<I: codec::Input>(input: &mut I) -> Result<Self, codec::Error> {
		Ok(Self(input.read_byte()? != 0))
	}
}

impl Message for Loose {
	const PURPOSE: &'static str = "loose";
}

#[test]
fn bytes_that_are_not_those_of_the_message_are_refused() {
	let (account, sign) = alice();
	let signed = Signed::new(&GENESIS, Loose(true), account, sign);
	let mut bytes = signed.encode();
	assert_eq!(Signed::<Loose>::from_header(signed.to_header()), Ok(signed));
	// The same message by another byte, with a signature that is right.
	bytes[0] = 2;
	let read = Signed::<Loose>::from_header(BASE64URL_NOPAD.encode(&bytes));
	assert_eq!(read, Err(HeaderError::NotTheMessage));
}

#[test]
fn a_length_that_lies_costs_nothing() {
	// A list of 2^30 - 1 bytes, of which none follow.
	let text = BASE64URL_NOPAD.encode(&Compact(u32::MAX >> 2).encode());
	assert_eq!(Signed::<Listed>::from_header(&text), Err(HeaderError::NotTheMessage));
	assert_eq!(Signed::<StatusAnswer>::from_header(&text), Err(HeaderError::NotTheMessage));
}

proptest! {
	#[test]
	fn noise_is_refused_or_is_its_own_text(noise: Vec<u8>, text: String) {
		for text in [text, BASE64URL_NOPAD.encode(&noise)] {
			if let Ok(signed) = Signed::<PeerAnswer>::from_header(&text) {
				prop_assert_eq!(signed.to_header(), text);
				prop_assert!(!signed.verify(&GENESIS));
			}
		}
	}

	#[test]
	fn a_changed_text_is_not_signed(place: usize, letter in "[A-Za-z0-9_-]") {
		let (account, sign) = alice();
		let text = Signed::new(&GENESIS, token(), account.clone(), sign).to_header();
		let place = place % text.len();
		let changed = format!("{}{letter}{}", &text[..place], &text[place + 1..]);
		if let Ok(signed) = Signed::<UploadToken>::from_header(&changed) {
			prop_assert_eq!(signed.verify(&GENESIS), changed == text);
		}
	}
}
