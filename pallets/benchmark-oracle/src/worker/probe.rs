//! Asks actors for a signed status: one GET of a fixed path, with no body, answered within two seconds by at most
//! 4 KiB. Nothing else is sent to an address that has not answered with the registered operator's signature.

use crate::{Config, Pallet};
use alloc::{format, string::String, vec::Vec};
use rome_primitives::{
	actors::Endpoint,
	benchmark::{
		hooks::{ProbedActor, ProbedActors},
		Actor, Hash, Observation, Outcome,
	},
	signing::{Signed, StatusAnswer},
};
use sp_core::offchain::{Duration, Timestamp};
use sp_runtime::offchain::http::{Error, PendingRequest, Request, Response};

/// The longest answer, in bytes.
const LONGEST: usize = 4_096;
/// How long those that are asked at once may take.
const DEADLINE_MILLIS: u64 = 2_000;
/// How many are asked at once.
const AT_ONCE: usize = 32;
/// The most groups of those in one run: what is left waits for the next block.
const GROUPS: usize = 3;
/// How long all of them may take, in milliseconds.
pub(super) const LONGEST_MILLIS: u64 = DEADLINE_MILLIS * GROUPS as u64;

/// Asks these actors, all at once as far as that is few enough. Whoever is left out is not in the answer.
pub(crate) fn ask_all<T: Config>(actors: &[Actor]) -> Vec<Observation> {
	actors.chunks(AT_ONCE).take(GROUPS).flat_map(ask_some::<T>).collect()
}

fn ask_some<T: Config>(actors: &[Actor]) -> Vec<Observation> {
	let deadline = sp_io::offchain::timestamp().add(Duration::from_millis(DEADLINE_MILLIS));
	let asked = actors
		.iter()
		.map(|actor| {
			let about = T::Actors::actor(actor);
			let nonce = sp_io::offchain::random_seed();
			let sent = about.as_ref().and_then(|about| send(about, &nonce, deadline));
			(*actor, about, nonce, sent)
		})
		.collect::<Vec<_>>();
	asked
		.into_iter()
		.map(|(actor, about, nonce, sent)| {
			let outcome = match (about, sent) {
				(Some(about), Some(sent)) => answer::<T>(&about, &nonce, sent, deadline),
				_ => Outcome::Unreachable,
			};
			observation(actor, outcome)
		})
		.collect()
}

fn send(about: &ProbedActor, nonce: &Hash, deadline: Timestamp) -> Option<PendingRequest> {
	let Endpoint::Http(address) = &about.endpoint;
	let address = core::str::from_utf8(address).ok()?;
	let url = format!("{address}/status?nonce={}", hex(nonce));
	Request::get(&url).deadline(deadline).send().ok()
}

fn hex(bytes: &[u8]) -> String {
	bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn answer<T: Config>(
	about: &ProbedActor,
	nonce: &Hash,
	sent: PendingRequest,
	deadline: Timestamp,
) -> Outcome {
	let response = match sent.try_wait(deadline) {
		Err(_) | Ok(Err(Error::DeadlineReached)) => return Outcome::Timeout,
		Ok(Err(_)) => return Outcome::Unreachable,
		Ok(Ok(response)) => response,
	};
	match response.code {
		200 => {},
		429 | 503 => return Outcome::Refused,
		_ => return Outcome::BadStatus,
	}
	let Some(body) = read(&response, deadline) else { return Outcome::Stalled };
	let signed = signed_text(&body).and_then(|text| Signed::<StatusAnswer>::from_header(text).ok());
	let Some(signed) = signed.filter(|_| body.len() <= LONGEST) else { return Outcome::BadStatus };
	match signed.by(&Pallet::<T>::genesis(), &about.operator) {
		Some(said) if said.nonce == *nonce && said.endpoint == about.endpoint => Outcome::Ok,
		_ => Outcome::BadSignature,
	}
}

/// The body, at most one byte more than it may have; none if it stopped.
fn read(response: &Response, deadline: Timestamp) -> Option<Vec<u8>> {
	let mut body = response.body();
	body.deadline(deadline);
	let bytes = body.by_ref().take(LONGEST.saturating_add(1)).collect::<Vec<_>>();
	(body.error().is_none() || bytes.len() > LONGEST).then_some(bytes)
}

/// The text of the field `signed` of a JSON object: letters, digits, `-` and `_`, so that nothing in it is escaped.
fn signed_text(body: &[u8]) -> Option<&[u8]> {
	const NAME: &[u8] = b"\"signed\"";
	let at = body.windows(NAME.len()).position(|window| window == NAME)?;
	let rest = body.get(at.saturating_add(NAME.len())..)?;
	let mut parts = rest.splitn(3, |byte| *byte == b'"');
	let between = parts.next()?;
	let colon = between.iter().filter(|byte| !byte.is_ascii_whitespace());
	colon.eq([b':'].iter()).then(|| parts.next()).flatten()
}

fn observation(actor: Actor, outcome: Outcome) -> Observation {
	Observation {
		actor,
		outcome,
		trials: 1,
		successes: (outcome == Outcome::Ok).into(),
		download: None,
		upload: None,
		first_byte: None,
		first_byte_miss: None,
		started: 0,
		lasted: 0,
		streams: 0,
		receipt: None,
	}
}
