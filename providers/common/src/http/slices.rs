//! Verified slices: ranges that prove themselves against the hash alone.

use super::{
	context::{Class, Context, Found},
	object::{Payload, Reply},
	routes::{hash_in, pieces, respond, respond_refusal, About, Who},
	Refusal,
};
use crate::store::{slice::SliceReader, Opened};
use axum::{
	extract::{Request, State},
	response::Response,
};
use rome_primitives::{
	slices::{RangeError, SliceRange},
	storage::ObjectKey,
};
use std::{io, sync::Arc};

/// Bytes that are encoded at once.
const PIECE: usize = 128 * 1024;

pub(crate) async fn object(State(context): State<Arc<Context>>, request: Request) -> Response {
	let find = |hash: &[u8; 32]| match context.source.find(hash) {
		Found::Here(opened) => {
			Ok((opened, context.source.tree(hash).map_err(|error| unreadable(&error))?))
		},
		Found::Refused(refusal) => Err(refusal),
	};
	slice(&context, &request, find).unwrap_or_else(|refusal| respond_refusal(&refusal))
}

pub(crate) async fn probe(State(context): State<Arc<Context>>, request: Request) -> Response {
	let find = |hash: &[u8; 32]| {
		let opened = context.probes.get(hash).map_err(|error| unreadable(&error))?;
		let opened = opened.ok_or_else(Refusal::not_here)?;
		Ok((opened, context.probes.tree(hash).map_err(|error| unreadable(&error))?))
	};
	slice(&context, &request, find).unwrap_or_else(|refusal| respond_refusal(&refusal))
}

fn unreadable(error: &io::Error) -> Refusal {
	Refusal::internal("an object cannot be read", error)
}

fn slice(
	context: &Arc<Context>,
	request: &Request,
	find: impl FnOnce(&[u8; 32]) -> Result<(Opened, Option<Opened>), Refusal>,
) -> Result<Response, Refusal> {
	let hash = hash_in(request.uri().path(), 2)?;
	let offset = number(request, "offset")?.unwrap_or(0);
	let length = number(request, "length")?.unwrap_or(u64::MAX);
	let who = request
		.extensions()
		.get::<Who>()
		.cloned()
		.ok_or_else(|| Refusal::new(500, "internal", "nobody asks"))?;
	let (opened, tree) = find(&hash)?;
	let size = opened.size;
	let range = SliceRange::new(size, offset, length).map_err(|error| {
		let status = if error == RangeError::Empty { 400 } else { 416 };
		Refusal::new(status, "bad_range", error.to_string())
			.hint(format!("the object has {size} bytes"))
	})?;
	// A client that has them open and reads slowly shall not have all there are.
	let share = match who.class {
		Class::Peer => None,
		Class::Anonymous => {
			let share = context.slice_shares.take(who.client);
			Some(share.ok_or_else(|| Refusal::too_many(2))?)
		},
	};
	let turns = &context.slices[usize::from(who.class == Class::Peer)];
	let turn = turns
		.clone()
		.try_acquire_owned()
		.map_err(|_| Refusal::busy("too many slices are being sent", 2))?;
	let mut reader = SliceReader::new(range, opened, tree);
	let bytes = reader.encoded_bytes();
	let mut headers = vec![
		("content-type", "application/octet-stream".to_owned()),
		("content-length", bytes.to_string()),
		("rome-object-size", size.to_string()),
		("cache-control", "public, max-age=31536000, immutable".to_owned()),
	];
	if request.uri().path().starts_with("/probes/") {
		headers.pop();
	}
	let mut response = respond(Reply::new(200, headers, Payload::Bytes(Vec::new())), None);
	if request.method() != axum::http::Method::HEAD {
		*response.body_mut() = pieces(Some((context.clone(), who)), move || {
			let _held = (&turn, &share);
			let mut out = Vec::with_capacity(PIECE + 32 * 1024);
			reader.fill(&mut out, PIECE)?;
			Ok(out)
		});
	}
	response.extensions_mut().insert(About(ObjectKey { hash, size }));
	Ok(response)
}

/// A number of the query.
fn number(request: &Request, name: &str) -> Result<Option<u64>, Refusal> {
	let query = request.uri().query().unwrap_or_default();
	let found =
		query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
	let Some((_, text)) = found else { return Ok(None) };
	text.parse().map(Some).map_err(|_| {
		Refusal::new(400, "bad_query", format!("`{name}` is no number"))
			.hint("/objects/{hash}/slice?offset=BYTES&length=BYTES")
	})
}
