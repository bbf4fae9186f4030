//! Downloads from real servers on this machine, some of which misbehave.

use super::*;
use axum::{
	body::{Body, Bytes},
	extract::{Query, State},
	http::{header, HeaderMap, StatusCode},
	response::{IntoResponse, Redirect, Response},
	routing::get,
	Router,
};
use futures::{stream, StreamExt};
use rome_primitives::slices::{encode_slice, OutboardBuilder, SliceRange};
use std::{
	collections::HashMap,
	fs,
	io::Cursor,
	path::Path,
	sync::{
		atomic::{AtomicUsize, Ordering},
		Mutex,
	},
};
use tokio::net::TcpListener;

/// An object and its outboard.
struct Object {
	key: ObjectKey,
	bytes: Vec<u8>,
	outboard: Vec<u8>,
}

impl Object {
	fn new(size: usize) -> Arc<Self> {
		let bytes: Vec<u8> = (0..size).map(|at| (at * 31 + at / 977) as u8).collect();
		let mut builder = OutboardBuilder::new(size as u64);
		builder.update(&bytes).unwrap();
		let (hash, outboard) = builder.finish().unwrap();
		Arc::new(Self { key: ObjectKey { hash, size: size as u64 }, bytes, outboard })
	}

	fn slice(&self, offset: u64, length: u64) -> Vec<u8> {
		let range = SliceRange::new(self.key.size, offset, length).unwrap();
		let mut slice = Vec::new();
		let mut data = Cursor::new(&self.bytes);
		encode_slice(&range, &mut data, &mut &self.outboard[..], &mut slice).unwrap();
		slice
	}
}

/// How a server behaves.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Manner {
	Honest,
	/// The byte at this place of every slice is wrong.
	Lies(usize),
	/// Closes the connection after so many bytes.
	Resets(usize),
	/// Falls silent after so many bytes.
	Stalls(usize),
	/// A few bytes at a time.
	Trickles,
	Lacks,
	Redirects,
	/// Answers the first so many requests with 503.
	Busy(usize),
	/// Goes on after the slice's end.
	Babbles,
}

struct Server {
	object: Arc<Object>,
	manner: Manner,
	slices: AtomicUsize,
}

async fn head(State(server): State<Arc<Server>>) -> StatusCode {
	match server.manner {
		Manner::Lacks => StatusCode::NOT_FOUND,
		_ => StatusCode::OK,
	}
}

async fn slice(
	State(server): State<Arc<Server>>,
	Query(query): Query<HashMap<String, u64>>,
) -> Response {
	let number = server.slices.fetch_add(1, Ordering::Relaxed);
	let mut slice = server.object.slice(query["offset"], query["length"]);
	let pieces = |slice: Vec<u8>, size: usize| {
		let pieces: Vec<_> = slice.chunks(size).map(Bytes::copy_from_slice).collect();
		stream::iter(pieces).map(Ok::<_, std::io::Error>)
	};
	match server.manner {
		Manner::Honest | Manner::Lacks => slice.into_response(),
		Manner::Lies(at) => {
			let at = at.min(slice.len() - 1);
			slice[at] ^= 1;
			slice.into_response()
		},
		Manner::Resets(after) => {
			slice.truncate(after);
			// What came before it is to be on its way, not in the server's buffers.
			let broken = stream::once(async {
				tokio::time::sleep(Duration::from_millis(50)).await;
				Err(std::io::Error::other("gone"))
			});
			Body::from_stream(pieces(slice, 4096).chain(broken)).into_response()
		},
		Manner::Stalls(after) => {
			slice.truncate(after);
			Body::from_stream(pieces(slice, 4096).chain(stream::pending())).into_response()
		},
		Manner::Trickles => {
			let slow = pieces(slice, 64).then(|piece| async move {
				tokio::time::sleep(Duration::from_millis(20)).await;
				piece
			});
			Body::from_stream(slow).into_response()
		},
		Manner::Redirects => Redirect::temporary("http://127.0.0.1:1/").into_response(),
		Manner::Busy(times) if number < times => {
			let mut headers = HeaderMap::new();
			headers.insert(header::RETRY_AFTER, "0".parse().unwrap());
			(StatusCode::SERVICE_UNAVAILABLE, headers).into_response()
		},
		Manner::Busy(_) => slice.into_response(),
		Manner::Babbles => {
			slice.extend([7; 100_000]);
			Body::from_stream(pieces(slice, 8192)).into_response()
		},
	}
}

/// Starts a server; what it does, and how it is reached.
async fn serve(object: &Arc<Object>, manner: Manner) -> (Arc<Server>, Source) {
	let server = Arc::new(Server { object: object.clone(), manner, slices: AtomicUsize::new(0) });
	let router = Router::new()
		.route("/objects/{hash}", get(head))
		.route("/objects/{hash}/slice", get(slice))
		.with_state(server.clone());
	let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
	let base = format!("http://{}", listener.local_addr().unwrap());
	tokio::spawn(async move { axum::serve(listener, router).await });
	(server, Source { name: format!("{manner:?}"), base })
}

#[derive(Default)]
struct Log {
	bytes: AtomicUsize,
	troubles: Mutex<Vec<(String, String, bool)>>,
}

impl Watch for Log {
	fn verified(&self, bytes: u64) {
		self.bytes.fetch_add(bytes as usize, Ordering::Relaxed);
	}

	fn trouble(&self, source: &str, why: &str, out: bool) {
		self.troubles.lock().unwrap().push((source.into(), why.into(), out));
	}
}

impl Log {
	#[track_caller]
	fn says(&self, source: Manner, words: &str, given_up: bool) {
		let troubles = self.troubles.lock().unwrap();
		let found = troubles.iter().any(|(name, why, out)| {
			*name == format!("{source:?}") && why.contains(words) && *out == given_up
		});
		assert!(found, "{source:?} {words}: {troubles:?}");
	}
}

fn hasty() -> Tuning {
	Tuning {
		first_byte: Duration::from_secs(2),
		silence: Duration::from_millis(300),
		window: Duration::from_millis(500),
		failures: 3,
		pause: Duration::from_millis(10),
		..Tuning::default()
	}
}

struct Fetched {
	bytes: Vec<u8>,
	outcome: Result<Vec<(String, u64)>, DownloadError>,
	log: Arc<Log>,
}

/// Downloads everything as into a pipe.
async fn fetch(object: &Object, sources: &[Source]) -> Fetched {
	let http = crate::http::builder().unwrap().build().unwrap();
	let log = Arc::new(Log::default());
	let all = everything(&object.key);
	let sink = Stream(Vec::new());
	let (sink, outcome) =
		download(&http, &object.key, sources, all, sink, &hasty(), log.clone()).await;
	Fetched { bytes: sink.0, outcome, log }
}

/// From one that misbehaves and an honest one: all bytes are right, and the trouble is told.
#[track_caller]
fn right(fetched: &Fetched, object: &Object) -> HashMap<String, u64> {
	assert!(fetched.bytes == object.bytes, "wrong bytes: {:?}", fetched.outcome);
	let given: HashMap<_, _> = fetched.outcome.as_ref().unwrap().iter().cloned().collect();
	assert_eq!(given.values().sum::<u64>(), object.key.size);
	assert_eq!(fetched.log.bytes.load(Ordering::Relaxed) as u64, object.key.size);
	given
}

#[tokio::test(flavor = "multi_thread")]
async fn objects_of_every_size_come_from_one_source() {
	for size in [1, 1_023, 16_384, 16_385, 49_153, 3_000_000] {
		let object = Object::new(size);
		let (_, honest) = serve(&object, Manner::Honest).await;
		right(&fetch(&object, &[honest]).await, &object);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn several_sources_share_the_work() {
	let object = Object::new(40_000_000);
	let mut sources = Vec::new();
	for _ in 0..3 {
		sources.push(serve(&object, Manner::Honest).await.1);
	}
	for (number, source) in sources.iter_mut().enumerate() {
		source.name = number.to_string();
	}
	let given = right(&fetch(&object, &sources).await, &object);
	assert_eq!(given.len(), 3, "{given:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_liar_is_cut_off_within_one_group_and_named() {
	let object = Object::new(10_000_000);
	let lies = Manner::Lies(200_000);
	let (liar, bad) = serve(&object, lies).await;
	let (_, good) = serve(&object, Manner::Honest).await;
	let fetched = fetch(&object, &[bad, good]).await;
	let given = right(&fetched, &object);
	fetched.log.says(lies, "wrong bytes", true);
	// What came before the lie was kept, and at most one request for each stream was made.
	let kept = given.get(&format!("{lies:?}")).copied().unwrap_or_default();
	assert!(kept > 0 && kept <= 2 * 200_000, "{given:?}");
	assert!(liar.slices.load(Ordering::Relaxed) <= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn sources_that_break_stall_or_lack_it_are_replaced() {
	let object = Object::new(10_000_000);
	for (manner, words, out) in [
		(Manner::Resets(100_000), "", false),
		(Manner::Stalls(100_000), "silent", false),
		(Manner::Trickles, "too slow", false),
		(Manner::Lacks, "does not have it", true),
		(Manner::Redirects, "redirects are not followed", true),
		(Manner::Busy(2), "503", false),
		(Manner::Babbles, "bytes follow the slice's end", true),
	] {
		let (_, bad) = serve(&object, manner).await;
		let (_, good) = serve(&object, Manner::Honest).await;
		let fetched = fetch(&object, &[bad, good]).await;
		right(&fetched, &object);
		// An honest source may have done everything before there was any trouble.
		if !matches!(manner, Manner::Babbles | Manner::Busy(_)) {
			fetched.log.says(manner, words, out);
		}
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_one_who_does_not_answer() {
	let object = Object::new(100_000);
	// Takes connections and says nothing.
	let deaf = TcpListener::bind("127.0.0.1:0").await.unwrap();
	let base = format!("http://{}", deaf.local_addr().unwrap());
	let deaf_source = Source { name: "deaf".into(), base };
	let (_, good) = serve(&object, Manner::Honest).await;
	let start = std::time::Instant::now();
	right(&fetch(&object, &[deaf_source, good]).await, &object);
	assert!(start.elapsed() < hasty().first_byte);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_source_that_breaks_again_and_again_gives_all_in_the_end() {
	let object = Object::new(2_000_000);
	let (_, source) = serve(&object, Manner::Resets(150_000)).await;
	right(&fetch(&object, &[source]).await, &object);
	let (_, source) = serve(&object, Manner::Busy(2)).await;
	right(&fetch(&object, &[source]).await, &object);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_good_source_each_reason_is_given() {
	let object = Object::new(1_000_000);
	let (_, liar) = serve(&object, Manner::Lies(0)).await;
	let (_, silent) = serve(&object, Manner::Stalls(0)).await;
	let nobody = Source { name: "nobody".into(), base: "http://127.0.0.1:1".into() };
	let fetched = fetch(&object, &[liar, silent, nobody]).await;
	let error = fetched.outcome.unwrap_err().to_string();
	for words in ["Lies(0): it sends wrong bytes", "Stalls(0): it fell silent", "nobody: "] {
		assert!(error.contains(words), "{error}");
	}
	assert!(fetched.bytes.is_empty());
}

/// Downloads what is missing of a file.
async fn resume(
	object: &Object,
	target: &Path,
	source: &Source,
) -> (u64, Result<Vec<(String, u64)>, DownloadError>) {
	let mut partial = Partial::open(target, &object.key).unwrap();
	let mut there = 0;
	let missing = partial.missing(|bytes| there += bytes).unwrap();
	let http = crate::http::builder().unwrap().build().unwrap();
	let log = Arc::new(Log::default());
	let sources = std::slice::from_ref(source);
	let (partial, outcome) =
		download(&http, &object.key, sources, missing, partial, &hasty(), log).await;
	if outcome.is_ok() {
		partial.finish(true).unwrap();
	}
	(there, outcome)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_taken_up_again_and_what_was_damaged_is_fetched_again() {
	let folder = tempfile::tempdir().unwrap();
	let target = folder.path().join("film");
	let part = folder.path().join("film.part");
	let object = Object::new(8_000_000);
	let lies = serve(&object, Manner::Lies(3_000_000)).await.1;
	let (there, outcome) = resume(&object, &target, &lies).await;
	assert!(there == 0 && outcome.is_err() && !target.exists());

	// Somebody else is at it.
	let busy = Partial::open(&target, &object.key).unwrap();
	let second = Partial::open(&target, &object.key).unwrap_err();
	assert_eq!(second.kind(), io::ErrorKind::WouldBlock);
	drop(busy);

	// A byte of what is there turns.
	let mut bytes = fs::read(&part).unwrap();
	assert_eq!(bytes[..100_000], object.bytes[..100_000]);
	bytes[20_000] ^= 1;
	fs::write(&part, bytes).unwrap();
	let honest = serve(&object, Manner::Honest).await.1;
	let (there, outcome) = resume(&object, &target, &honest).await;
	assert!(there > 500_000 && there < object.key.size, "{there}");
	let fetched: u64 = outcome.unwrap().iter().map(|(_, bytes)| bytes).sum();
	assert_eq!(fetched + there, object.key.size);
	assert!(fs::read(&target).unwrap() == object.bytes);
	let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
	assert_eq!(left.len(), 1, "{left:?}");

	// What another object left is of no use, and no harm.
	let other = Object::new(5_000_000);
	fs::write(&part, &object.bytes).unwrap();
	let honest = serve(&other, Manner::Honest).await.1;
	let (there, outcome) = resume(&other, &target, &honest).await;
	assert!(there == 0 && outcome.is_ok());
	assert!(fs::read(&target).unwrap() == other.bytes);
}

#[test]
fn nothing_is_written_through_a_planted_link() {
	let folder = tempfile::tempdir().unwrap();
	let key = ObjectKey { hash: [1; 32], size: 40_000 };
	let victim = folder.path().join("victim");
	std::fs::write(&victim, b"precious").unwrap();
	for ending in ["part", "part.tree"] {
		for soft in [true, false] {
			let target = folder.path().join(format!("file-{ending}-{soft}"));
			let planted = folder.path().join(format!("file-{ending}-{soft}.{ending}"));
			match soft {
				true => std::os::unix::fs::symlink(&victim, planted).unwrap(),
				false => std::fs::hard_link(&victim, planted).unwrap(),
			}
			let error = Partial::open(&target, &key).unwrap_err();
			assert!(error.to_string().contains("remove it"), "{error}");
			assert_eq!(std::fs::read(&victim).unwrap(), b"precious");
		}
	}
}

#[test]
fn what_has_the_name_by_then_is_replaced_only_on_demand() {
	let folder = tempfile::tempdir().unwrap();
	let target = folder.path().join("file");
	let key = ObjectKey { hash: [1; 32], size: 3 };
	for (replace, kept) in [(false, true), (true, false)] {
		let partial = Partial::open(&target, &key).unwrap();
		std::fs::write(&target, b"somebody else's").unwrap();
		let finished = partial.finish(replace);
		match kept {
			true => {
				let error = finished.unwrap_err();
				assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
				assert!(folder.path().join("file.part").exists());
			},
			false => finished.unwrap(),
		}
		assert_eq!(std::fs::read(&target).unwrap() == b"somebody else's", kept);
	}
}
