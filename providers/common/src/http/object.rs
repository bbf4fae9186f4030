//! The answer to a request for an object, decided in one place for both ways of sending it.

use super::{
	range::{self, Part},
	Refusal,
};
use crate::store::Opened;
use std::{fs::File, sync::Arc};

/// What a request for an object says.
#[derive(Clone, Copy, Debug, Default)]
pub struct ObjectRequest<'a> {
	/// Whether only the head of the answer is wanted.
	pub head: bool,
	/// `Range`.
	pub range: Option<&'a str>,
	/// `If-Range`.
	pub if_range: Option<&'a str>,
	/// `If-None-Match`.
	pub if_none_match: Option<&'a str>,
	/// `If-Match`.
	pub if_match: Option<&'a str>,
}

/// What follows the head of an answer.
#[derive(Clone, Debug)]
pub enum Payload {
	/// Bytes at hand.
	Bytes(Vec<u8>),
	/// Part of a file.
	File {
		/// The file.
		file: Arc<File>,
		/// Where to start.
		start: u64,
		/// How many bytes.
		length: u64,
	},
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
	/// The status code.
	pub status: u16,
	/// Headers, `content-length` included where the answer has one; names in lower case.
	pub headers: Vec<(&'static str, String)>,
	/// What follows; nothing in the answer to HEAD.
	pub payload: Payload,
}

/// Headers of every answer about objects.
pub(crate) const COMMON: [(&str, &str); 3] = [
	("access-control-allow-origin", "*"),
	(
		"access-control-expose-headers",
		"accept-ranges, content-length, content-range, etag, retry-after, rome-object-size, rome-peer",
	),
	("x-content-type-options", "nosniff"),
];

/// Names of status codes that answers have.
pub(crate) fn reason(status: u16) -> &'static str {
	http_name(status).unwrap_or("Unknown")
}

fn http_name(status: u16) -> Option<&'static str> {
	hyper::StatusCode::from_u16(status).ok()?.canonical_reason()
}

impl Reply {
	/// With the common headers and `extra`.
	pub(crate) fn new(status: u16, extra: Vec<(&'static str, String)>, payload: Payload) -> Self {
		let common = COMMON.iter().map(|(name, value)| (*name, (*value).to_owned()));
		Self { status, headers: extra.into_iter().chain(common).collect(), payload }
	}

	/// A refusal; without its body for HEAD.
	pub fn refusal(refusal: &Refusal, head: bool) -> Self {
		let body = refusal.json();
		let mut headers = vec![
			("content-type", "application/json".to_owned()),
			("content-length", body.len().to_string()),
			("cache-control", "no-store".to_owned()),
		];
		if let Some(seconds) = refusal.retry_after {
			headers.push(("retry-after", seconds.to_string()));
		}
		Self::new(refusal.status, headers, Payload::Bytes(if head { Vec::new() } else { body }))
	}

	/// The answer with an object, or with what was asked of it.
	pub fn object(hash: &str, opened: Opened, request: &ObjectRequest) -> Self {
		let tag = format!("\"{hash}\"");
		let size = opened.size;
		let mut headers = vec![
			("accept-ranges", "bytes".to_owned()),
			("etag", tag.clone()),
			("cache-control", "public, max-age=31536000, immutable".to_owned()),
		];
		let nothing = Payload::Bytes(Vec::new());
		if request.if_match.is_some_and(|header| !range::if_match(header, &tag)) {
			let refusal = Refusal::new(412, "precondition", "the object has another tag")
				.hint("an object's tag is its hash in quotes, and never changes");
			return Self::refusal(&refusal, request.head);
		}
		if request.if_none_match.is_some_and(|header| range::none_match(header, &tag)) {
			return Self::new(304, headers, nothing);
		}
		// A range is defined for GET alone, and counts if the object is the one that the client knows.
		let known = request.if_range.is_none_or(|header| header.trim() == tag);
		let wanted = request.range.filter(|_| known && !request.head);
		let (status, start, length) = match range::parse(wanted, size) {
			Part::Whole => (200, 0, size),
			Part::Range { start, length } => {
				let last = start + length - 1;
				headers.push(("content-range", format!("bytes {start}-{last}/{size}")));
				(206, start, length)
			},
			Part::Unsatisfiable => {
				let refusal = Refusal::new(416, "bad_range", "the object has no such range")
					.hint(format!("it has {size} bytes"));
				let mut reply = Self::refusal(&refusal, request.head);
				reply.headers.push(("content-range", format!("bytes */{size}")));
				return reply;
			},
		};
		headers.push(("content-type", "application/octet-stream".to_owned()));
		headers.push(("content-length", length.to_string()));
		let payload =
			if request.head { nothing } else { Payload::File { file: opened.file, start, length } };
		Self::new(status, headers, payload)
	}

	/// The head as it goes over the wire.
	pub(crate) fn head(&self, date: &str, close: bool) -> Vec<u8> {
		let mut head = Vec::with_capacity(640);
		head.extend_from_slice(b"HTTP/1.1 ");
		head.extend_from_slice(self.status.to_string().as_bytes());
		head.push(b' ');
		head.extend_from_slice(reason(self.status).as_bytes());
		head.extend_from_slice(b"\r\n");
		let mut line = |name: &str, value: &str| {
			head.extend_from_slice(name.as_bytes());
			head.extend_from_slice(b": ");
			head.extend_from_slice(value.as_bytes());
			head.extend_from_slice(b"\r\n");
		};
		for (name, value) in &self.headers {
			line(name, value);
		}
		if close {
			line("connection", "close");
		}
		line("date", date);
		head.extend_from_slice(b"\r\n");
		head
	}
}
