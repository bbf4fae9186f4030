use super::*;
use std::collections::BTreeSet;

#[test]
fn the_bytes_are_those_of_the_documentation() {
	let heartbeat = Heartbeat { provider: 0x0102_0304, window: 0x0506_0708 };
	let mut wanted = b"rome/heartbeat/v1".to_vec();
	wanted.extend_from_slice(&GENESIS);
	wanted.extend_from_slice(&[4, 3, 2, 1, 8, 7, 6, 5]);
	assert_eq!(payload(&GENESIS, &heartbeat), wanted);
	let wrapped = wrapped(&wanted);
	assert!(wrapped.starts_with(b"<Bytes>rome/") && wrapped.ends_with(b"\x06\x05</Bytes>"));
	assert_eq!(wrapped.len(), wanted.len() + 15);
}

#[test]
fn every_scheme_signs_plain_and_wrapped() {
	for (account, sign) in signers() {
		let signed = Signed::new(&GENESIS, token(), account.clone(), &sign);
		assert!(signed.verify(&GENESIS));
		assert_eq!(signed.by(&GENESIS, &account), Some(&token()));
		let signature = sign(&wrapped(&payload(&GENESIS, &token())));
		assert!(verify(&GENESIS, &token(), &signature, &account));

		// Neither half a wrapping, nor two, nor another message's bytes.
		let payload = payload(&GENESIS, &token());
		for bytes in [
			[&WRAP_START[..], &payload].concat(),
			[&payload[..], WRAP_END].concat(),
			wrapped(&wrapped(&payload)),
			payload[1..].to_vec(),
			token().encode(),
		] {
			assert!(!verify(&GENESIS, &token(), &sign(&bytes), &account));
		}
	}
}

#[test]
fn a_signature_is_no_other_signers() {
	let signers = signers();
	for (n, (account, sign)) in signers.iter().enumerate() {
		let signature = sign(&payload(&GENESIS, &token()));
		for (m, (other, _)) in signers.iter().enumerate() {
			assert_eq!(verify(&GENESIS, &token(), &signature, other), n == m);
		}
		let signed = Signed { message: token(), signer: account.clone(), signature };
		assert_eq!(signed.by(&GENESIS, &signers[(n + 1) % 3].0), None);
	}
}

#[test]
fn a_signature_counts_on_one_chain() {
	let (account, sign) = alice();
	let signed = Signed::new(&GENESIS, token(), account.clone(), sign);
	let mut other = GENESIS;
	other[31] ^= 1;
	assert!(!signed.verify(&other));
	assert_eq!(signed.by(&other, &account), None);
}

/// A message with the same bytes as a heartbeat.
#[derive(Encode, Decode)]
struct Lookalike(u32, u32);

impl Message for Lookalike {
	const PURPOSE: &'static str = "heart";
}

#[test]
fn a_signature_counts_for_one_purpose() {
	let (account, sign) = alice();
	let heartbeat = Heartbeat { provider: 7, window: 8 };
	let lookalike = Lookalike(7, 8);
	assert_eq!(heartbeat.encode(), lookalike.encode());
	let signature = sign(&payload(&GENESIS, &heartbeat));
	assert!(verify(&GENESIS, &heartbeat, &signature, &account));
	assert!(!verify(&GENESIS, &lookalike, &signature, &account));
}

#[test]
fn purposes_are_distinct_and_have_no_slash() {
	let purposes = [
		UploadToken::PURPOSE,
		UploadReceipt::PURPOSE,
		StatusAnswer::PURPOSE,
		PeerRequest::PURPOSE,
		PeerAnswer::PURPOSE,
		Heartbeat::PURPOSE,
		OperatorConsent::PURPOSE,
		ProberConsent::PURPOSE,
		ProberChain::PURPOSE,
		ProberCommitment::PURPOSE,
		ProbeReceipt::PURPOSE,
	];
	assert_eq!(purposes.iter().collect::<BTreeSet<_>>().len(), purposes.len());
	for purpose in purposes {
		let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
		assert!(!purpose.is_empty() && purpose.bytes().all(plain), "{purpose}");
	}
}

#[test]
fn no_message_is_a_transactions_payload() {
	assert_eq!(RESERVED_PALLET_INDICES, [114, 60]);
	let shortest = payload(&GENESIS, &Heartbeat { provider: 0, window: 0 });
	assert!(shortest.len() > MIN_PAYLOAD_BYTES && MIN_PAYLOAD_BYTES > 32);
	for bytes in [wrapped(&shortest), shortest, payload(&GENESIS, &status())] {
		assert!(RESERVED_PALLET_INDICES.contains(&bytes[0]));
	}
}

/// Every field of a message, changed alone, makes its signature wrong.
macro_rules! each_field_counts {
	($name:ident, $message:expr, $($field:ident = $value:expr),+ $(,)?) => {{
		let (account, sign) = alice();
		let message = $message;
		// Does not compile if one is left out.
		let $name { $($field: _),+ } = &message;
		let signature = sign(&payload(&GENESIS, &message));
		assert!(verify(&GENESIS, &message, &signature, &account));
		$({
			let mut changed = message.clone();
			changed.$field = $value;
			assert_ne!(changed, message);
			assert!(!verify(&GENESIS, &changed, &signature, &account), stringify!($field));
		})+
	}};
}

#[test]
fn each_field_is_signed() {
	let other_key = ObjectKey { size: 300_002, ..key() };
	each_field_counts!(
		UploadToken,
		token(),
		provider = account(9),
		key = other_key,
		nonce = [0; 16],
		expires = 1
	);
	let receipt = UploadReceipt {
		provider: account(1),
		uploader: account(2),
		key: key(),
		nonce: [5; 16],
		at: 9,
	};
	each_field_counts!(
		UploadReceipt,
		receipt,
		provider = account(9),
		uploader = account(9),
		key = other_key,
		nonce = [0; 16],
		at = 1,
	);
	each_field_counts!(
		StatusAnswer,
		status(),
		operator = account(9),
		endpoint = Endpoint::Http(b"https://two.example".to_vec().try_into().unwrap()),
		nonce = [0; 32],
		version = Default::default(),
		time = 1,
		finalized = 1,
		objects = 1,
		bytes = 1,
		free = 1,
	);
	let request = PeerRequest {
		from: account(1),
		to: account(2),
		digest: request_digest("GET", "/objects"),
		nonce: [5; 16],
		expires: 9,
	};
	each_field_counts!(
		PeerRequest,
		request,
		from = account(9),
		to = account(9),
		digest = [0; 32],
		nonce = [0; 16],
		expires = 1,
	);
	let answer = PeerAnswer {
		from: account(1),
		to: account(2),
		nonce: [5; 16],
		status: 200,
		key: Some(key()),
		body: Some([4; 32]),
		at: 9,
	};
	each_field_counts!(
		PeerAnswer,
		answer,
		from = account(9),
		to = account(9),
		nonce = [0; 16],
		status = 404,
		key = None,
		body = None,
		at = 1,
	);
	each_field_counts!(Heartbeat, Heartbeat { provider: 1, window: 2 }, provider = 2, window = 1);
	let consent = OperatorConsent { owner: account(1), operator: account(2) };
	each_field_counts!(OperatorConsent, consent, owner = account(9), operator = account(9));
}

#[test]
fn a_requests_digest_tells_method_and_path_apart() {
	let digests = [
		request_digest("GET", "/objects/1"),
		request_digest("GET", "/objects/1?offset=0"),
		request_digest("GET/", "objects/1"),
		request_digest("HEAD", "/objects/1"),
		request_digest("", ""),
	];
	assert_eq!(digests.iter().collect::<BTreeSet<_>>().len(), digests.len());
}
