//! Fetching from providers that lie.

use rome_client::{http, reqwest};
use rome_colossus::duties::fetch::{slice, PeerSource, PieceError, Standing};
use rome_primitives::{
	signing::{PeerRequest, Signed},
	slices::{encode_slice, OutboardBuilder, SliceRange},
	storage::ObjectKey,
};
use rome_provider::{
	auth::{now, sign_answer, Peer},
	key::OperatorKey,
};
use std::{
	fs::File,
	io::{Cursor, Read},
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpListener,
};

const GENESIS: [u8; 32] = [7; 32];
const GROUP: usize = 16_384;

fn key(name: &str) -> OperatorKey {
	OperatorKey::from_secret(&format!("//{name}")).unwrap()
}

/// How a provider answers.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Manner {
	Honest,
	/// One bit of this byte of the slice is wrong; nothing follows its group, and the connection stays open.
	WrongFrom(usize),
	OtherOperator,
	OtherObject,
	Unsigned,
	OtherSize,
	OtherLength,
	EndsEarly,
	Redirects,
	Refuses,
}

/// A provider that answers one request.
async fn provider(bytes: Vec<u8>, manner: Manner) -> String {
	let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
	let address = listener.local_addr().unwrap();
	tokio::spawn(async move {
		let (mut stream, _) = listener.accept().await.unwrap();
		let mut head = Vec::new();
		while !head.ends_with(b"\r\n\r\n") {
			head.push(stream.read_u8().await.unwrap());
		}
		let head = String::from_utf8(head).unwrap();
		let signed = head.lines().find_map(|line| line.strip_prefix("rome-peer: ")).unwrap();
		let request = Signed::<PeerRequest>::from_header(signed).unwrap();
		assert!(request.by(&GENESIS, &key("Us").id()).is_some());
		let path = head.split(' ').nth(1).unwrap();
		assert_eq!(
			request.message.digest,
			rome_primitives::signing::request_digest("GET", path),
			"what is signed is what is asked"
		);
		let number = |name: &str| -> u64 {
			path.split(['?', '&'])
				.find_map(|pair| pair.strip_prefix(name))
				.unwrap()
				.parse()
				.unwrap()
		};
		let size = bytes.len() as u64;
		let range = SliceRange::new(size, number("offset="), number("length=")).unwrap();
		let mut builder = OutboardBuilder::new(size);
		builder.update(&bytes).unwrap();
		let outboard = builder.finish().unwrap().1;
		let mut body = Vec::new();
		encode_slice(&range, &mut Cursor::new(&bytes), &mut &outboard[..], &mut body).unwrap();
		let status = match manner {
			Manner::Redirects => 302,
			Manner::Refuses => 404,
			_ => 200,
		};
		let signer = if manner == Manner::OtherOperator { "Mallory" } else { "Them" };
		let peer = Peer { operator: key("Us").id(), nonce: request.message.nonce };
		let proof = match manner {
			Manner::Unsigned => String::new(),
			_ => {
				let object = ObjectKey {
					hash: if manner == Manner::OtherObject { [1; 32] } else { hash(&bytes) },
					size,
				};
				let about = Some(object);
				let proof = sign_answer(&key(signer), &GENESIS, &peer, status, about, None, now());
				format!("rome-peer: {proof}\r\n")
			},
		};
		let told = if manner == Manner::OtherSize { size + 1 } else { size };
		let length = body.len() + usize::from(manner == Manner::OtherLength);
		let answer = format!(
			"HTTP/1.1 {status} Any\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: {length}\r\n\
			 rome-object-size: {told}\r\n{proof}\r\n"
		);
		stream.write_all(answer.as_bytes()).await.unwrap();
		match manner {
			Manner::WrongFrom(at) => {
				body[at] ^= 1;
				// To the end of the group that is wrong, and not a byte more.
				stream.write_all(&body[..(at + GROUP).min(body.len())]).await.unwrap();
				let mut sink = [0];
				let _ = stream.read(&mut sink).await;
			},
			Manner::EndsEarly => stream.write_all(&body[..body.len() - 1]).await.unwrap(),
			_ => stream.write_all(&body).await.unwrap(),
		}
	});
	format!("http://{address}")
}

async fn fetch(
	bytes: &[u8],
	manner: Manner,
	range: (u64, u64),
) -> (Result<(), PieceError>, Vec<u8>, u64) {
	let base = provider(bytes.to_vec(), manner).await;
	let source = PeerSource { id: 1, operator: key("Them").id(), base };
	let object = ObjectKey { hash: hash(bytes), size: bytes.len() as u64 };
	let file = tempfile::NamedTempFile::new().unwrap();
	let writer = Arc::new(file.reopen().unwrap());
	let client: reqwest::Client = http::builder().unwrap().build().unwrap();
	let counter = Default::default();
	let done = slice(&client, &key("Us"), &GENESIS, &source, object, range, writer, &counter).await;
	let mut written = Vec::new();
	File::open(file.path()).unwrap().read_to_end(&mut written).unwrap();
	(done, written, counter.get())
}

fn hash(bytes: &[u8]) -> [u8; 32] {
	let mut builder = OutboardBuilder::new(bytes.len() as u64);
	builder.update(bytes).unwrap();
	builder.finish().unwrap().0
}

fn sample(length: usize) -> Vec<u8> {
	(0..length as u64)
		.flat_map(|number| (number / 8 * 0x9e37_79b9).to_le_bytes())
		.take(length)
		.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn honest_slices_are_written_to_their_place() {
	let bytes = sample(1_000_000);
	let (done, written, received) = fetch(&bytes, Manner::Honest, (0, u64::MAX)).await;
	done.unwrap();
	assert!(written == bytes && received > 1_000_000);
	let (done, written, _) = fetch(&bytes, Manner::Honest, (500_000, 100_000)).await;
	done.unwrap();
	let range = SliceRange::new(1_000_000, 500_000, 100_000).unwrap();
	let (start, end) = (range.start() as usize, range.end() as usize);
	assert_eq!(written.len(), end);
	assert!(written[start..] == bytes[start..end]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_bytes_are_noticed_within_a_group() {
	let bytes = sample(1_000_000);
	for at in [0, 700, 20_000, 300_000, 900_000] {
		let start = Instant::now();
		let (done, written, received) = fetch(&bytes, Manner::WrongFrom(at), (0, u64::MAX)).await;
		assert!(matches!(done, Err(PieceError::WrongBytes(_))), "{at}: {done:?}");
		// The rest never came: it was noticed with what there was.
		assert!(start.elapsed() < Duration::from_secs(5), "{at}");
		assert!(received <= (at + GROUP) as u64);
		assert!(written.len() <= at && written[..] == bytes[..written.len()], "{at}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_not_what_was_asked_for() {
	let bytes = sample(100_000);
	for (manner, wrong) in [
		(Manner::OtherOperator, false),
		(Manner::OtherObject, false),
		(Manner::Unsigned, false),
		(Manner::OtherSize, true),
		(Manner::OtherLength, true),
		(Manner::EndsEarly, false),
		(Manner::Redirects, false),
		(Manner::Refuses, false),
	] {
		let (done, written, _) = fetch(&bytes, manner, (0, u64::MAX)).await;
		let error = done.expect_err("it was taken");
		assert_eq!(matches!(error, PieceError::WrongBytes(_)), wrong, "{manner:?}: {error}");
		assert!(written.len() < bytes.len());
	}
}

#[test]
fn who_lied_is_not_asked_again_soon() {
	let standing = Standing::default();
	assert!(standing.is_good(1));
	standing.ban(1);
	standing.pause(2);
	assert!(!standing.is_good(1) && !standing.is_good(2) && standing.is_good(3));
	standing.clear(2);
	assert!(standing.is_good(2) && !standing.is_good(1));
}
