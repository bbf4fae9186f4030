//! What a daemon says of itself.

use super::{
	context::Context,
	object::{Payload, Reply},
	routes::{respond, respond_json, respond_refusal},
	Refusal,
};
use crate::{auth::now, store::parse_hash};
use axum::{
	extract::{Request, State},
	response::Response,
};
use rome_primitives::signing::StatusAnswer;
use serde_json::json;
use sp_runtime::BoundedVec;
use std::sync::{atomic::Ordering, Arc};

/// The description of the interface.
pub const OPENAPI: &str = include_str!("openapi.json");

pub(crate) async fn greeting(State(context): State<Arc<Context>>) -> Response {
	let text = format!(
		"{}\noperator {}\n/openapi.json describes what is served here\n",
		context.identity.version,
		context.identity.key.id()
	);
	plain("text/plain; charset=utf-8", text)
}

fn plain(kind: &str, text: String) -> Response {
	let headers = vec![
		("content-type", kind.to_owned()),
		("content-length", text.len().to_string()),
		("cache-control", "no-store".to_owned()),
	];
	respond(Reply::new(200, headers, Payload::Bytes(text.into_bytes())), None)
}

pub(crate) async fn status(State(context): State<Arc<Context>>, request: Request) -> Response {
	match answer(&context, request.uri().query().unwrap_or_default()) {
		Ok(answer) => respond_json(200, &answer),
		Err(refusal) => respond_refusal(&refusal),
	}
}

fn answer(context: &Context, query: &str) -> Result<serde_json::Value, Refusal> {
	let nonce = query.split('&').find_map(|pair| pair.strip_prefix("nonce=")).and_then(parse_hash);
	let nonce = nonce.ok_or_else(|| {
		Refusal::new(400, "bad_nonce", "the status is signed together with a nonce")
			.hint("/status?nonce= and 64 lower-case hexadecimal digits, chosen at random")
	})?;
	let facts = &context.facts;
	let endpoint = facts.endpoint.read().ok().and_then(|endpoint| endpoint.clone());
	let endpoint = endpoint.ok_or_else(|| {
		Refusal::new(503, "not_registered", "this operator key stands for no provider on chain yet")
			.hint("`rome provider apply` registers it; the daemon looks at every block")
			.retry_after(10)
	})?;
	let identity = &context.identity;
	let (objects, bytes) = context.store.counts();
	let free = context.store.free().unwrap_or(0);
	let finalized = facts.finalized.load(Ordering::Relaxed);
	let message = StatusAnswer {
		operator: identity.key.id(),
		endpoint,
		nonce,
		version: BoundedVec::truncate_from(identity.version.clone().into_bytes()),
		time: now(),
		finalized,
		objects,
		bytes,
		free,
	};
	let rome_primitives::actors::Endpoint::Http(address) = &message.endpoint;
	Ok(json!({
		"operator": message.operator.to_string(),
		"endpoint": String::from_utf8_lossy(address),
		"nonce": hex::encode(nonce),
		"version": identity.version,
		"time": message.time,
		"finalized": finalized,
		"objects": objects,
		"bytes": bytes,
		"free": free,
		"signed": identity.key.sign(&identity.genesis, message).to_header(),
	}))
}

pub(crate) async fn health(State(context): State<Arc<Context>>) -> Response {
	let heard = context.facts.chain_heard.load(Ordering::Relaxed);
	let since = now().saturating_sub(heard) / 1_000;
	let chain = match heard {
		0 => "never heard",
		_ if since > 60 => "away",
		_ => "connected",
	};
	if context.stop.is_cancelled() {
		return respond_refusal(&Refusal::busy("stopping", 10));
	}
	if let Err(error) = context.store.disk() {
		return respond_refusal(&Refusal::internal("the disk does not answer", &error));
	}
	// Without the chain it serves on: that alone makes nobody take it out of service.
	respond_json(
		200,
		&json!({ "status": "ok", "chain": chain, "version": context.identity.version }),
	)
}

pub(crate) async fn metrics(State(context): State<Arc<Context>>) -> Response {
	let metrics = &context.metrics;
	let (objects, bytes) = context.store.counts();
	metrics.objects.set(objects as i64);
	metrics.bytes.set(bytes as i64);
	metrics.free.set(context.store.free().unwrap_or(0) as i64);
	metrics.probes.set(context.probes.counts().0 as i64);
	metrics.uploads.set(context.uploads_under_way() as i64);
	plain("application/openmetrics-text; version=1.0.0; charset=utf-8", metrics.text())
}

pub(crate) async fn openapi() -> Response {
	plain("application/json", OPENAPI.to_owned())
}
