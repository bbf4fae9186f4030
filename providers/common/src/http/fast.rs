//! The fast path: plain requests for objects, answered with `sendfile`.
//!
//! Plain means: GET or HEAD, HTTP/1.1, `/objects/` and a hash and nothing else in the path, no body, no
//! signature. Everything else, malformed requests included, is left to the routes.

use super::{
	context::{Class, Context, Found, Progress},
	object::{ObjectRequest, Payload, Reply},
	server::MAX_HEAD,
	Refusal,
};
use crate::{
	limits::{client_behind, client_of},
	store::parse_hash,
};
use bytes::{Buf, BytesMut};
use rustix::net::SendFlags;
use std::{
	cell::RefCell,
	fs::File,
	io::{self, IoSliceMut},
	net::{IpAddr, SocketAddr},
	ops::Range,
	sync::Arc,
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::{
	io::Interest,
	net::TcpStream,
	task::block_in_place,
	time::{sleep, timeout_at, Instant},
};

/// Bytes sent at once: enough to keep a fast link busy, few enough to let other connections have a turn.
const PIECE: u64 = 1024 * 1024;
/// The same where a rate limits.
const PACED_PIECE: u64 = 64 * 1024;

/// What happens to the connection.
pub(crate) enum Next {
	/// The request at the start of the buffer is for the routes, and so is what follows.
	Routes,
	/// It is over.
	Close,
}

/// A plain request for an object; texts as ranges of the buffer.
#[derive(Default)]
struct Plain {
	length: usize,
	head: bool,
	hash: Range<usize>,
	range: Option<Range<usize>>,
	if_range: Option<Range<usize>>,
	if_none_match: Option<Range<usize>>,
	if_match: Option<Range<usize>>,
	forwarded: Option<Range<usize>>,
	close: bool,
}

enum Head {
	Partial,
	Plain(Plain),
	Other,
}

fn parse(buffer: &[u8]) -> Head {
	let mut headers = [httparse::EMPTY_HEADER; 32];
	let mut request = httparse::Request::new(&mut headers);
	let length = match request.parse(buffer) {
		Ok(httparse::Status::Complete(length)) => length,
		Ok(httparse::Status::Partial) => return Head::Partial,
		Err(_) => return Head::Other,
	};
	let place = |part: &[u8]| {
		let start = part.as_ptr() as usize - buffer.as_ptr() as usize;
		start..start + part.len()
	};
	let head = match request.method {
		Some("GET") => false,
		Some("HEAD") => true,
		_ => return Head::Other,
	};
	let hash = request.path.and_then(|path| path.strip_prefix("/objects/"));
	let Some(hash) = hash.filter(|hash| request.version == Some(1) && parse_hash(hash).is_some())
	else {
		return Head::Other;
	};
	let mut plain = Plain { length, head, hash: place(hash.as_bytes()), ..Default::default() };
	for header in request.headers.iter() {
		let is = |name: &str| header.name.eq_ignore_ascii_case(name);
		let slot = match header.name.len() {
			5 if is("range") => &mut plain.range,
			8 if is("if-range") => &mut plain.if_range,
			8 if is("if-match") => &mut plain.if_match,
			13 if is("if-none-match") => &mut plain.if_none_match,
			15 if is("x-forwarded-for") => &mut plain.forwarded,
			10 if is("connection") => {
				if header.value.eq_ignore_ascii_case(b"close") {
					plain.close = true;
				} else if !header.value.eq_ignore_ascii_case(b"keep-alive") {
					return Head::Other;
				}
				continue;
			},
			14 if is("content-length") => return Head::Other,
			17 if is("transfer-encoding") => return Head::Other,
			6 if is("expect") => return Head::Other,
			7 if is("upgrade") => return Head::Other,
			9 if is(crate::auth::HEADER) => return Head::Other,
			_ => continue,
		};
		let text = header.value.iter().all(|byte| (0x20..0x7f).contains(byte) || *byte == b'\t');
		if slot.is_some() || !text {
			return Head::Other;
		}
		*slot = Some(place(header.value));
	}
	Head::Plain(plain)
}

/// Serves plain requests until there is another one, or the connection ends.
pub(crate) async fn serve(
	context: &Arc<Context>,
	stream: &TcpStream,
	address: SocketAddr,
	buffer: &mut BytesMut,
) -> io::Result<Next> {
	let mut looked = 0;
	loop {
		let head = if has_end(buffer, looked) { parse(buffer) } else { Head::Partial };
		match head {
			Head::Other => return Ok(Next::Routes),
			Head::Partial if buffer.len() >= MAX_HEAD => {
				let refusal =
					Refusal::new(431, "huge_head", "the head of the request is too large")
						.hint(format!("send at most {MAX_HEAD} bytes"));
				context.metrics.answered("other", 431);
				let reply = Reply::refusal(&refusal, false);
				send(context, stream, address.ip(), reply, true).await?;
				return Ok(Next::Close);
			},
			Head::Partial => {
				looked = buffer.len();
				if !read_more(context, stream, buffer).await? {
					return Ok(Next::Close);
				}
			},
			Head::Plain(plain) => {
				let (client, reply) = answer(context, address, buffer, &plain).await;
				let close = plain.close || context.stop.is_cancelled();
				buffer.advance(plain.length);
				looked = 0;
				send(context, stream, client, reply, close).await?;
				if close {
					return Ok(Next::Close);
				}
			},
		}
	}
}

/// Whether a head may end in what came after the first `looked` bytes: spares parsing it again and again
/// for someone who sends it byte by byte.
fn has_end(buffer: &[u8], looked: usize) -> bool {
	let new = &buffer[looked.saturating_sub(3)..];
	new.windows(2).any(|pair| pair == b"\n\n") || new.windows(3).any(|three| three == b"\n\r\n")
}

/// Reads more of a head. Gives `false` where the connection ended, or was idle for too long.
async fn read_more(
	context: &Context,
	stream: &TcpStream,
	buffer: &mut BytesMut,
) -> io::Result<bool> {
	let limits = &context.limits;
	let idle = buffer.is_empty();
	if idle {
		// A new head: what the buffer held before has been answered.
		buffer.reserve(2 * 1024);
	}
	let start = Instant::now();
	let deadline = if idle {
		start + Duration::from_secs(limits.idle_seconds)
	} else {
		start + Duration::from_secs(limits.head_seconds)
	};
	loop {
		if buffer.capacity() == buffer.len() {
			buffer.reserve(2 * 1024);
		}
		match stream.try_read_buf(buffer) {
			Ok(0) => return Ok(false),
			Ok(_) if idle => return Ok(true),
			// A head that has begun has to end in time, however often a byte of it comes.
			Ok(_) if buffer.len() >= MAX_HEAD || ends(buffer) => return Ok(true),
			Ok(_) => {},
			Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
				tokio::select! {
					ready = timeout_at(deadline, stream.readable()) => match ready {
						Ok(ready) => ready?,
						Err(_) if idle => return Ok(false),
						Err(_) => return Err(io::ErrorKind::TimedOut.into()),
					},
					() = context.stop.cancelled(), if idle => return Ok(false),
				}
			},
			Err(error) => return Err(error),
		}
	}
}

fn ends(buffer: &[u8]) -> bool {
	has_end(buffer, buffer.len().saturating_sub(4_096))
}

async fn answer(
	context: &Context,
	address: SocketAddr,
	buffer: &[u8],
	plain: &Plain,
) -> (IpAddr, Reply) {
	let text = |range: &Option<Range<usize>>| {
		range.clone().and_then(|range| std::str::from_utf8(buffer.get(range)?).ok())
	};
	let client = if context.limits.trusted_proxies.is_empty() {
		client_of(address.ip())
	} else {
		client_behind(address.ip(), text(&plain.forwarded), &context.limits.trusted_proxies)
	};
	let request = ObjectRequest {
		head: plain.head,
		range: text(&plain.range),
		if_range: text(&plain.if_range),
		if_none_match: text(&plain.if_none_match),
		if_match: text(&plain.if_match),
	};
	let name = text(&Some(plain.hash.clone())).unwrap_or_default();
	let reply = match context.requests.take(client, 1) {
		Err(wait) => Reply::refusal(&Refusal::too_many(wait.as_secs() + 1), plain.head),
		Ok(()) => find(context, name, &request),
	};
	if reply.status == 200 {
		context.metrics.fast_ok.inc();
	} else {
		context.metrics.answered("/objects/{hash}", reply.status);
	}
	(client, reply)
}

/// The answer to a request for the object of this name; the same for both ways.
pub(crate) fn find(context: &Context, name: &str, request: &ObjectRequest) -> Reply {
	let Some(hash) = parse_hash(name) else {
		return Reply::refusal(&Refusal::bad_hash(), request.head);
	};
	match context.source.find(&hash) {
		Found::Here(opened) => Reply::object(name, opened, request),
		Found::Refused(refusal) => Reply::refusal(&refusal, request.head),
	}
}

/// The date as HTTP has it. Made once a second.
fn date() -> String {
	thread_local! {
		static DATE: RefCell<(u64, String)> = const { RefCell::new((0, String::new())) };
	}
	let now = SystemTime::now();
	let second = now.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
	DATE.with_borrow_mut(|(of, text)| {
		if *of != second {
			*of = second;
			*text = httpdate::fmt_http_date(now);
		}
		text.clone()
	})
}

async fn send(
	context: &Context,
	stream: &TcpStream,
	client: IpAddr,
	reply: Reply,
	close: bool,
) -> io::Result<()> {
	let mut progress = Progress::new(context.slow());
	let mut head = reply.head(&date(), close);
	match reply.payload {
		Payload::Bytes(body) => {
			head.extend_from_slice(&body);
			send_bytes(stream, &head, SendFlags::empty(), &mut progress).await
		},
		Payload::File { length: 0, .. } => {
			send_bytes(stream, &head, SendFlags::empty(), &mut progress).await
		},
		Payload::File { file, start, length } => {
			// The head waits in the kernel for the first bytes of the object.
			send_bytes(stream, &head, SendFlags::MORE, &mut progress).await?;
			send_file(context, stream, client, &file, start, length, &mut progress).await
		},
	}
}

async fn send_bytes(
	stream: &TcpStream,
	mut bytes: &[u8],
	flags: SendFlags,
	progress: &mut Progress,
) -> io::Result<()> {
	let flags = flags | SendFlags::NOSIGNAL;
	while !bytes.is_empty() {
		let sent = stream.try_io(Interest::WRITABLE, || {
			rustix::net::send(stream, bytes, flags).map_err(io::Error::from)
		});
		match sent {
			Ok(sent) => {
				bytes = &bytes[sent..];
				progress.moved(sent as u64);
			},
			Err(error) => wait(stream, error, progress).await?,
		}
	}
	Ok(())
}

/// After an error of a write: waits until the connection takes bytes again, if that is all there is to it.
async fn wait(stream: &TcpStream, error: io::Error, progress: &Progress) -> io::Result<()> {
	match error.kind() {
		io::ErrorKind::WouldBlock => match timeout_at(progress.deadline(), stream.writable()).await
		{
			Ok(ready) => ready,
			Err(_) => Err(io::ErrorKind::TimedOut.into()),
		},
		io::ErrorKind::Interrupted => Ok(()),
		_ => Err(error),
	}
}

async fn send_file(
	context: &Context,
	stream: &TcpStream,
	client: IpAddr,
	file: &File,
	start: u64,
	length: u64,
	progress: &mut Progress,
) -> io::Result<()> {
	let piece = if context.is_paced() { PACED_PIECE } else { PIECE };
	let end = start + length;
	let mut at = start;
	// Up to here the file is known to be in memory.
	let mut warm = start;
	while at < end {
		let count = piece.min(end - at);
		let write = || {
			let mut offset = at;
			rustix::fs::sendfile(stream, file, Some(&mut offset), count as usize)
				.map_err(io::Error::from)
		};
		let sent = if at + count <= warm || is_warm(file, at, count) {
			warm = at + count;
			stream.try_io(Interest::WRITABLE, write)
		} else {
			// The disk will be waited for: not on a thread that serves others.
			let Ok(_turn) = context.cold.acquire().await else {
				return Err(io::ErrorKind::Interrupted.into());
			};
			let next = std::num::NonZeroU64::new(2 * count);
			let _ = rustix::fs::fadvise(file, at, next, rustix::fs::Advice::WillNeed);
			block_in_place(|| stream.try_io(Interest::WRITABLE, write))
		};
		match sent {
			Ok(0) => {
				// The file is shorter than it was: the answer cannot be completed.
				return Err(io::ErrorKind::UnexpectedEof.into());
			},
			Ok(sent) => {
				at += sent as u64;
				progress.moved(sent as u64);
				let rest = context.sent(Class::Anonymous, client, sent as u64);
				if rest > Duration::ZERO {
					sleep(rest).await;
					progress.restart();
				} else if at < end {
					tokio::task::consume_budget().await;
				}
			},
			Err(error) => wait(stream, error, progress).await?,
		}
	}
	Ok(())
}

/// Whether a piece of a file is in memory, as far as its ends tell and the kernel can say without waiting.
fn is_warm(file: &File, at: u64, count: u64) -> bool {
	/// What the kernel reads ahead at least: within that, one end stands for the other.
	const NEAR: u64 = 128 * 1024;
	let mut byte = [0];
	let mut there = |place| {
		let read = rustix::io::preadv2(
			file,
			&mut [IoSliceMut::new(&mut byte)],
			place,
			rustix::io::ReadWriteFlags::NOWAIT,
		);
		read.is_ok_and(|read| read == 1)
	};
	there(at + count - 1) && (count <= NEAR || there(at))
}
