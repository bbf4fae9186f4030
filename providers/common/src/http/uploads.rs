//! Uploads: who may, how many at once, and one pass from the network to the disk.

use super::{
	context::{Context, Progress},
	routes::{hash_in, respond_json, respond_refusal, About, Who},
	Refusal,
};
use crate::{
	auth::{check_token, now, tokens, Nonces, Spend},
	limits::{Buffer, Buffers},
	metrics::Kind,
	store::{Incoming, StoreError},
};
use axum::{
	body::Body,
	extract::{Request, State},
	http::header,
	response::Response,
};
use http_body_util::BodyExt;
use rome_primitives::{
	signing::{Signed, UploadReceipt, UploadToken},
	storage::ObjectKey,
};
use serde_json::json;
use std::{
	collections::{HashMap, HashSet},
	net::{IpAddr, Ipv6Addr},
	sync::{Arc, Mutex, MutexGuard},
};
use tokio::{
	task::{spawn_blocking, JoinHandle},
	time::timeout_at,
};

/// Bytes that are hashed and written at once.
const BUFFER: usize = 512 * 1024;

#[derive(Default)]
struct Under {
	each: HashMap<IpAddr, usize>,
	objects: HashSet<[u8; 32]>,
	total: usize,
}

/// Uploads under way.
pub struct Uploads {
	most: usize,
	most_each: usize,
	state: Arc<Mutex<Under>>,
	buffers: Arc<Buffers>,
}

/// An upload under way.
struct UnderWay {
	state: Arc<Mutex<Under>>,
	client: IpAddr,
	hash: [u8; 32],
}

fn lock(state: &Mutex<Under>) -> MutexGuard<'_, Under> {
	state.lock().unwrap_or_else(|bad| bad.into_inner())
}

impl Uploads {
	/// At most `most` at once, and `most_each` of one client.
	pub fn new(most: usize, most_each: usize) -> Self {
		// Each fills one buffer while another is written.
		let buffers = Buffers::new(2 * most, BUFFER);
		Self { most, most_each, state: Arc::default(), buffers }
	}

	/// How many there are.
	pub fn count(&self) -> usize {
		lock(&self.state).total
	}

	fn begin(&self, client: IpAddr, hash: [u8; 32]) -> Result<UnderWay, Refusal> {
		let mut state = lock(&self.state);
		if state.objects.contains(&hash) {
			return Err(Refusal::new(409, "under_way", "an upload of this object is under way")
				.hint("wait for it to end")
				.retry_after(2));
		}
		if state.total >= self.most {
			return Err(Refusal::busy("too many uploads are under way", 5));
		}
		let mine = state.each.entry(client).or_default();
		if *mine >= self.most_each {
			return Err(Refusal::too_many(5));
		}
		*mine += 1;
		state.total += 1;
		state.objects.insert(hash);
		Ok(UnderWay { state: self.state.clone(), client, hash })
	}
}

impl Drop for UnderWay {
	fn drop(&mut self) {
		let mut state = lock(&self.state);
		state.total = state.total.saturating_sub(1);
		state.objects.remove(&self.hash);
		let left = state.each.get(&self.client).copied().unwrap_or(0).saturating_sub(1);
		if left == 0 {
			state.each.remove(&self.client);
		} else {
			state.each.insert(self.client, left);
		}
	}
}

/// What an upload has to show before its body is looked at.
struct Claim {
	token: Signed<UploadToken>,
	client: IpAddr,
}

pub(crate) async fn object(State(context): State<Arc<Context>>, request: Request) -> Response {
	match upload_object(&context, request).await {
		Ok(response) => response,
		Err(refusal) => respond_refusal(&refusal),
	}
}

pub(crate) async fn probe(State(context): State<Arc<Context>>, request: Request) -> Response {
	match upload_probe(&context, request).await {
		Ok(response) => response,
		Err(refusal) => respond_refusal(&refusal),
	}
}

/// Checks all that needs no chain.
fn claim(context: &Context, request: &Request) -> Result<Claim, Refusal> {
	let hash = hash_in(request.uri().path(), 2)?;
	let headers = request.headers();
	let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
	let no_length = || {
		Refusal::new(411, "no_length", "an upload says its length beforehand")
			.hint("send Content-Length, and no Transfer-Encoding")
	};
	if headers.contains_key(header::TRANSFER_ENCODING) {
		return Err(no_length());
	}
	let length = text(header::CONTENT_LENGTH).and_then(|text| text.parse::<u64>().ok());
	let length = length.ok_or_else(no_length)?;
	let identity = &context.identity;
	let token =
		check_token(text(header::AUTHORIZATION), &identity.genesis, &identity.key.id(), &hash)?;
	tokens::check_length(length, &token.message.key)?;
	if length == 0 {
		return Err(Refusal::new(422, "wrong_size", "an object has at least one byte"));
	}
	let spent = |nonces: &Nonces| nonces.is_spent(token.signer.as_ref(), &token.message.nonce);
	if spent(&context.nonces) || spent(&context.probe_nonces) {
		return Err(used());
	}
	let who = request.extensions().get::<Who>();
	let client = who.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |who| who.client);
	Ok(Claim { token, client })
}

fn used() -> Refusal {
	Refusal::new(409, "used_token", "the token was used before").hint("sign one with a new nonce")
}

async fn upload_object(context: &Arc<Context>, request: Request) -> Result<Response, Refusal> {
	let claim = claim(context, &request)?;
	let key = claim.token.message.key;
	let no_chain = |error| Refusal::no_chain(&error);
	let facts = context.authority.object(key).await.map_err(no_chain)?.ok_or_else(|| {
		Refusal::new(404, "unknown_object", "nobody has a pin on this object").hint(
			"register it first (`rome publish` does), and check its size; a new pin takes seconds",
		)
	})?;
	if let Some(reason) = &facts.blocked {
		return Err(Refusal::blocked(reason));
	}
	let signer: [u8; 32] = claim.token.signer.clone().into();
	if !context.authority.may_upload(signer, key).await.map_err(no_chain)? {
		return Err(Refusal::new(
			403,
			"not_allowed",
			"the token's signer may not upload this object",
		)
		.hint("sign it as the owner of a pin on the object, or as the uploader that a pin names"));
	}
	if !facts.ours {
		return Err(Refusal::new(421, "not_assigned", "this object is not for this provider")
			.hint("`rome publish` asks the chain for whom it is"));
	}
	let store = context.store.clone();
	// Not only looked at: what is deleted in this moment would have a receipt.
	if blocking(move || Ok(store.renew(&key)?)).await? {
		spend(&context.nonces, &claim).await?;
		return Ok(receipt(context, &claim, 200));
	}
	let uploads = &context.uploads;
	let under_way = begin(context, uploads, &claim)?;
	let store = context.store.clone();
	let incoming = blocking(move || store.begin(key)).await?;
	spend(&context.nonces, &claim).await?;
	let told = context.clone();
	let done = move || {
		tracing::info!(object = %hex::encode(key.hash), size = key.size, "an object was uploaded");
		told.facts.arrived.notify_one();
		drop(under_way);
	};
	receive(context, uploads, request.into_body(), incoming, done).await?;
	Ok(receipt(context, &claim, 201))
}

async fn upload_probe(context: &Arc<Context>, request: Request) -> Result<Response, Refusal> {
	let claim = claim(context, &request)?;
	let key = claim.token.message.key;
	let largest = context.probes.bounds().object;
	if key.size > largest {
		return Err(Refusal::new(413, "too_long", "the probe object is too large")
			.hint(format!("a probe object has at most {largest} bytes")));
	}
	let signer: [u8; 32] = claim.token.signer.clone().into();
	let funded = context.authority.is_funded(signer).await;
	if !funded.map_err(|error| Refusal::no_chain(&error))? {
		return Err(Refusal::new(
			403,
			"not_funded",
			"the token's signer has no money on this chain",
		)
		.hint("sign with an account that has"));
	}
	if context.probes.get(&key.hash).is_ok_and(|there| there.is_some()) {
		spend(&context.probe_nonces, &claim).await?;
		return Ok(receipt(context, &claim, 200));
	}
	let uploads = &context.probe_uploads;
	let under_way = begin(context, uploads, &claim)?;
	let mut account = [0; 16];
	account.copy_from_slice(&signer[..16]);
	let account = IpAddr::V6(account.into());
	for (budget, who) in
		[(&context.probe_clients, claim.client), (&context.probe_accounts, account)]
	{
		if let Err(wait) = budget.take(who, key.size) {
			return Err(Refusal::too_many(wait.as_secs() + 1));
		}
	}
	let asked = context.clone();
	let (incoming, arrival) = blocking(move || asked.probes.begin(key)).await?;
	spend(&context.probe_nonces, &claim).await?;
	let done = move || {
		arrival.keep();
		drop(under_way);
	};
	receive(context, uploads, request.into_body(), incoming, done).await?;
	Ok(receipt(context, &claim, 201))
}

fn begin(context: &Context, uploads: &Uploads, claim: &Claim) -> Result<UnderWay, Refusal> {
	uploads.begin(claim.client, claim.token.message.key.hash).inspect_err(|_| {
		context.metrics.turned_away.get_or_create(&Kind { kind: "uploads" }).inc();
	})
}

/// Uses the token up.
async fn spend(nonces: &Arc<Nonces>, claim: &Claim) -> Result<(), Refusal> {
	let nonces = nonces.clone();
	let signer: [u8; 32] = claim.token.signer.clone().into();
	let nonce = claim.token.message.nonce;
	let until = claim.token.message.expires.saturating_add(tokens::SKEW + 1);
	let spent = spawn_blocking(move || nonces.spend(&signer, &nonce, until)).await;
	match spent {
		Ok(Ok(Spend::Fresh)) => Ok(()),
		Ok(Ok(Spend::Used)) => Err(used()),
		Ok(Ok(Spend::Full)) => Err(Refusal::too_many(60)),
		Ok(Err(error)) => Err(Refusal::internal("the token cannot be noted as used", &error)),
		Err(error) => Err(Refusal::internal("the token cannot be noted as used", &error)),
	}
}

async fn blocking<T: Send + 'static>(
	work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Refusal> {
	match spawn_blocking(work).await {
		Ok(done) => done.map_err(refuse),
		Err(error) => Err(Refusal::internal("the store failed", &error)),
	}
}

fn refuse(error: StoreError) -> Refusal {
	let message = error.to_string();
	match error {
		StoreError::NoSpace { .. } => Refusal::new(507, "no_space", message)
			.hint("another provider may have room; the operator has to make some here"),
		StoreError::WrongHash { .. } => Refusal::new(422, "wrong_hash", message)
			.hint("send the bytes whose BLAKE3 hash, as `b3sum` prints it, is in the path"),
		StoreError::WrongSize { .. } => {
			Refusal::new(422, "wrong_size", message).hint("send exactly the object's bytes")
		},
		StoreError::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => {
			Refusal::new(507, "no_space", "the disk is full").hint("try another provider")
		},
		error => Refusal::internal("the object cannot be stored", &error),
	}
}

type Job = JoinHandle<(Incoming, Buffer, Result<(), StoreError>)>;

/// Takes the body: while one buffer is hashed and written, the next one fills. `done` is called when the object
/// is in its place, also if the client has gone away by then and nobody waits for the answer; what it holds is
/// held until then.
async fn receive(
	context: &Context,
	uploads: &Uploads,
	mut body: Body,
	incoming: Incoming,
	done: impl FnOnce() + Send + 'static,
) -> Result<(), Refusal> {
	let gone = || Refusal::busy("stopping", 10);
	let mut progress = Progress::new(context.slow());
	let mut buffer = uploads.buffers.get().await.ok_or_else(gone)?;
	let mut idle = Some(incoming);
	let mut job: Option<Job> = None;
	loop {
		let frame = match timeout_at(progress.deadline(), body.frame()).await {
			Ok(Some(Ok(frame))) => frame,
			Ok(None) => break,
			Ok(Some(Err(error))) => {
				tracing::debug!(%error, "an upload broke off");
				return Err(Refusal::new(400, "broken_off", "the upload broke off")
					.hint("send it again, with a new token"));
			},
			Err(_) => {
				context.metrics.slow.inc();
				return Err(Refusal::new(408, "too_slow", "the upload is too slow")
					.hint(format!("send at least 64 KiB in {} s", context.limits.slow_seconds)));
			},
		};
		let Ok(data) = frame.into_data() else { continue };
		context.metrics.received.inc_by(data.len() as u64);
		progress.moved(data.len() as u64);
		let mut rest = &data[..];
		while !rest.is_empty() {
			let room = BUFFER - buffer.bytes.len();
			let (part, tail) = rest.split_at(room.min(rest.len()));
			buffer.bytes.extend_from_slice(part);
			rest = tail;
			if buffer.bytes.len() == BUFFER {
				let (mut incoming, spare) = match job.take() {
					Some(job) => finished(job).await?,
					None => {
						let incoming = idle.take().ok_or_else(gone)?;
						(incoming, uploads.buffers.get().await.ok_or_else(gone)?)
					},
				};
				let full = std::mem::replace(&mut buffer, spare);
				job = Some(spawn_blocking(move || {
					let written = incoming.write(&full.bytes);
					(incoming, full, written)
				}));
				// Waiting for the disk is not the client's fault.
				progress.restart();
			}
		}
	}
	let mut incoming = match (job, idle) {
		(Some(job), _) => finished(job).await?.0,
		(None, idle) => idle.ok_or_else(gone)?,
	};
	blocking(move || {
		incoming.write(&buffer.bytes)?;
		drop(buffer);
		incoming.finish()?;
		done();
		Ok(())
	})
	.await
}

async fn finished(job: Job) -> Result<(Incoming, Buffer), Refusal> {
	match job.await {
		Ok((incoming, mut buffer, Ok(()))) => {
			buffer.bytes.clear();
			Ok((incoming, buffer))
		},
		Ok((_, _, Err(error))) => Err(refuse(error)),
		Err(error) => Err(Refusal::internal("the store failed", &error)),
	}
}

fn receipt(context: &Context, claim: &Claim, status: u16) -> Response {
	let UploadToken { key, nonce, .. } = claim.token.message;
	let identity = &context.identity;
	let message = UploadReceipt {
		provider: identity.key.id(),
		uploader: claim.token.signer.clone(),
		key,
		nonce,
		at: now(),
	};
	let receipt = identity.key.sign(&identity.genesis, message).to_header();
	let body = json!({ "hash": hex::encode(key.hash), "size": key.size, "receipt": receipt });
	let mut response = respond_json(status, &body);
	response.extensions_mut().insert(About(ObjectKey { ..key }));
	response
}
