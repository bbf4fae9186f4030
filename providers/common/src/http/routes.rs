//! The routes, and what every request passes on its way to them.

use super::{
	context::{Class, Context},
	fast::find,
	object::{ObjectRequest, Payload, Reply, COMMON},
	server::{PeerAddress, MAX_HEAD},
	slices, status, uploads, Refusal,
};
use crate::{
	auth::{self, sign_answer, Peer},
	limits::client_behind,
	metrics::Kind,
	store::parse_hash,
};
use axum::{
	body::Body,
	extract::{MatchedPath, Request, State},
	http::{header, request::Parts, HeaderValue, Method, StatusCode},
	middleware::{from_fn_with_state, Next},
	response::Response,
	routing::{any, get, put},
	Router,
};
use bytes::Bytes;
use futures::stream;
use rome_primitives::storage::ObjectKey;
use std::{
	fs::File,
	io,
	net::{IpAddr, Ipv4Addr},
	os::unix::fs::FileExt,
	sync::Arc,
	time::Duration,
};

/// Every route: its methods and path.
pub const ROUTES: [(&[&str], &str); 9] = [
	(&["get", "head", "put"], "/objects/{hash}"),
	(&["get"], "/objects/{hash}/slice"),
	(&["get", "head", "put"], "/probes/{hash}"),
	(&["get"], "/probes/{hash}/slice"),
	(&["get"], "/status"),
	(&["get"], "/health"),
	(&["get"], "/metrics"),
	(&["get"], "/openapi.json"),
	(&["get"], "/"),
];

/// Bytes of a file that are read at once.
const PIECE: u64 = 128 * 1024;

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Who {
	pub client: IpAddr,
	pub class: Class,
}

/// The object that an answer is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About(pub ObjectKey);

/// The router of a storage provider.
pub fn provider(context: Arc<Context>) -> Router {
	Router::new()
		.route("/objects/{hash}", get(object).put(uploads::object))
		.route("/objects/{hash}/slice", get(slices::object))
		.route("/probes/{hash}", put(uploads::probe).get(probe))
		.route("/probes/{hash}/slice", get(slices::probe))
		.merge(common())
		.fallback(any(unknown))
		.method_not_allowed_fallback(wrong_method)
		.layer(from_fn_with_state(context.clone(), gate))
		.with_state(context)
}

/// What every daemon answers.
fn common() -> Router<Arc<Context>> {
	Router::new()
		.route("/", get(status::greeting))
		.route("/status", get(status::status))
		.route("/health", get(status::health))
		.route("/metrics", get(status::metrics))
		.route("/openapi.json", get(status::openapi))
}

async fn unknown() -> Response {
	respond_refusal(
		&Refusal::new(404, "no_such_path", "there is nothing under this path")
			.hint("/openapi.json describes what there is"),
	)
}

async fn wrong_method() -> Response {
	respond_refusal(
		&Refusal::new(405, "wrong_method", "this path does not take this method")
			.hint("/openapi.json describes what there is"),
	)
}

/// What every request passes: limits, and who asks.
async fn gate(State(context): State<Arc<Context>>, request: Request, next: Next) -> Response {
	let (mut parts, body) = request.into_parts();
	let route = parts
		.extensions
		.get::<MatchedPath>()
		.and_then(|path| ROUTES.iter().find(|(_, known)| *known == path.as_str()))
		.map_or("other", |(_, path)| *path);
	let address = parts
		.extensions
		.get::<PeerAddress>()
		.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.0.ip());
	// A proxy may add a line of its own to those that the client sent: the last one is what it saw.
	let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back();
	let forwarded = forwarded.and_then(|text| text.to_str().ok());
	let client = client_behind(address, forwarded, &context.limits.trusted_proxies);
	let admitted = admit(&context, &parts, client).await;
	let (mut response, peer) = match admitted {
		Err(refusal) => (respond_refusal(&refusal), None),
		Ok(_) if parts.method == Method::OPTIONS => (preflight(), None),
		Ok(peer) => {
			let class = if peer.is_some() { Class::Peer } else { Class::Anonymous };
			parts.extensions.insert(Who { client, class });
			(next.run(Request::from_parts(parts, body)).await, peer)
		},
	};
	if let Some(peer) = peer {
		let key = response.extensions().get::<About>().map(|about| about.0);
		let identity = &context.identity;
		let status = response.status().as_u16();
		let signed =
			sign_answer(&identity.key, &identity.genesis, &peer, status, key, None, auth::now());
		if let Ok(value) = HeaderValue::from_str(&signed) {
			response.headers_mut().insert(auth::HEADER, value);
		}
	}
	context.metrics.answered(route, response.status().as_u16());
	response
}

async fn admit(
	context: &Context,
	request: &Parts,
	client: IpAddr,
) -> Result<Option<Peer>, Refusal> {
	let head: usize =
		request.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
	if head + request.uri.to_string().len() > MAX_HEAD {
		return Err(Refusal::new(431, "huge_head", "the head of the request is too large")
			.hint(format!("send at most {MAX_HEAD} bytes")));
	}
	let signed = request.headers.get(auth::HEADER);
	// A known peer's address is not held to what strangers get: repair comes first.
	if signed.is_none() || !context.admission.knows_peer(client) {
		let cost = if request.method == Method::PUT { 5 } else { 1 };
		if let Err(wait) = context.requests.take(client, cost) {
			context.metrics.turned_away.get_or_create(&Kind { kind: "requests" }).inc();
			return Err(Refusal::too_many(wait.as_secs() + 1));
		}
	}
	let Some(signed) = signed else { return Ok(None) };
	let path = request.uri.path_and_query().map_or("/", |path| path.as_str());
	let identity = &context.identity;
	let peer = context
		.peers
		.recognise(
			signed.to_str().unwrap_or_default(),
			request.method.as_str(),
			path,
			&identity.genesis,
			&identity.key.id(),
			&context.authority,
		)
		.await?;
	context.admission.is_peer(client);
	Ok(Some(peer))
}

fn preflight() -> Response {
	let headers = vec![
		("access-control-allow-methods", "GET, HEAD, PUT, OPTIONS".to_owned()),
		(
			"access-control-allow-headers",
			"authorization, content-type, if-match, if-none-match, if-range, range".to_owned(),
		),
		("access-control-max-age", "86400".to_owned()),
	];
	respond(Reply::new(204, headers, Payload::Bytes(Vec::new())), None)
}

/// The last part of a path, as it was sent: what was escaped in it is no hash.
pub(crate) fn hash_in(path: &str, position: usize) -> Result<[u8; 32], Refusal> {
	path.split('/').nth(position).and_then(parse_hash).ok_or_else(Refusal::bad_hash)
}

fn object_request<'a>(request: &'a Request) -> ObjectRequest<'a> {
	let text = |name| request.headers().get(name).and_then(|text: &HeaderValue| text.to_str().ok());
	ObjectRequest {
		head: request.method() == Method::HEAD,
		range: text(header::RANGE),
		if_range: text(header::IF_RANGE),
		if_none_match: text(header::IF_NONE_MATCH),
		if_match: text(header::IF_MATCH),
	}
}

async fn object(State(context): State<Arc<Context>>, request: Request) -> Response {
	let name = request.uri().path().split('/').nth(2).unwrap_or_default();
	let reply = find(&context, name, &object_request(&request));
	let who = request.extensions().get::<Who>().cloned();
	respond(reply, who.map(|who| (context.clone(), who)))
}

async fn probe(State(context): State<Arc<Context>>, request: Request) -> Response {
	let asked = object_request(&request);
	let reply = match hash_in(request.uri().path(), 2) {
		Err(refusal) => Reply::refusal(&refusal, asked.head),
		Ok(hash) => match context.probes.get(&hash) {
			Ok(Some(opened)) => {
				let mut reply = Reply::object(&hex::encode(hash), opened, &asked);
				for (name, value) in &mut reply.headers {
					if *name == "cache-control" {
						*value = "no-store".to_owned();
					}
				}
				reply
			},
			Ok(None) => Reply::refusal(&Refusal::not_here(), asked.head),
			Err(error) => Reply::refusal(
				&Refusal::internal("a probe object cannot be read", &error),
				asked.head,
			),
		},
	};
	let who = request.extensions().get::<Who>().cloned();
	respond(reply, who.map(|who| (context.clone(), who)))
}

/// A refusal as a response.
pub(crate) fn respond_refusal(refusal: &Refusal) -> Response {
	respond(Reply::refusal(refusal, false), None)
}

/// JSON as a response.
pub(crate) fn respond_json(status: u16, body: &serde_json::Value) -> Response {
	let mut text = body.to_string().into_bytes();
	text.push(b'\n');
	let headers = vec![
		("content-type", "application/json".to_owned()),
		("content-length", text.len().to_string()),
		("cache-control", "no-store".to_owned()),
	];
	respond(Reply::new(status, headers, Payload::Bytes(text)), None)
}

/// An answer as a response. `paced` counts what is sent, and slows it down where a limit says so.
pub(crate) fn respond(reply: Reply, paced: Option<(Arc<Context>, Who)>) -> Response {
	let body = match reply.payload {
		// It has no length either: that would be the object's.
		Payload::Bytes(_) if reply.status == 304 => {
			Body::from_stream(stream::empty::<io::Result<Bytes>>())
		},
		Payload::Bytes(bytes) => Body::from(bytes),
		Payload::File { file, start, length } => {
			let (mut at, end) = (start, start + length);
			pieces(paced, move || {
				let count = PIECE.min(end - at);
				if count == 0 {
					return Ok(Vec::new());
				}
				let bytes = read(&file, at, count)?;
				at += count;
				Ok(bytes)
			})
		},
	};
	let mut response = Response::new(body);
	*response.status_mut() =
		StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
	for (name, value) in reply.headers {
		if let Ok(value) = HeaderValue::from_str(&value) {
			response.headers_mut().append(name, value);
		}
	}
	debug_assert!(COMMON.iter().all(|(name, _)| response.headers().contains_key(*name)));
	response
}

fn read(file: &File, at: u64, count: u64) -> io::Result<Vec<u8>> {
	let mut bytes = vec![0; count as usize];
	file.read_exact_at(&mut bytes, at)?;
	Ok(bytes)
}

/// A body of pieces, each made on a thread that may block, when the one before it has gone out. An empty one
/// is the end.
pub(crate) fn pieces(
	paced: Option<(Arc<Context>, Who)>,
	make: impl FnMut() -> io::Result<Vec<u8>> + Send + 'static,
) -> Body {
	let stream = stream::unfold((Some(make), Duration::ZERO), move |(make, rest)| {
		let paced = paced.clone();
		async move {
			let mut make = make?;
			if rest > Duration::ZERO {
				tokio::time::sleep(rest).await;
			}
			let made = tokio::task::spawn_blocking(move || {
				let bytes = make();
				(make, bytes)
			});
			match made.await {
				Ok((make, Ok(bytes))) => {
					if bytes.is_empty() {
						return None;
					}
					let rest = paced.map_or(Duration::ZERO, |(context, who)| {
						context.sent(who.class, who.client, bytes.len() as u64)
					});
					Some((Ok(Bytes::from(bytes)), (Some(make), rest)))
				},
				Ok((_, Err(error))) => Some((Err(error), (None, Duration::ZERO))),
				Err(_) => Some((Err(io::ErrorKind::Other.into()), (None, Duration::ZERO))),
			}
		}
	});
	Body::from_stream(stream)
}
