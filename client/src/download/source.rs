//! One source: how it is asked, and when it is given up.

use super::{
	queue::{Claim, Queue},
	Batch, Source, Tuning, Watch,
};
use reqwest::{header::RETRY_AFTER, Response, StatusCode};
use rome_primitives::{
	slices::{SliceDecoder, SliceRange, Verified, GROUP_BYTES},
	storage::ObjectKey,
};
use std::{
	sync::{
		atomic::{AtomicU32, AtomicU64, Ordering},
		Arc, Mutex, PoisonError,
	},
	time::Duration,
};
use tokio::{
	sync::{mpsc, Semaphore},
	time::{sleep, timeout, Instant},
};

/// Bytes that are handed on together.
const BATCH: usize = 256 * 1024;

/// The longest pause that a source can ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What went wrong with a request.
#[derive(Debug)]
enum Trouble {
	/// It may go better another time.
	Passing { why: String, pause: Option<Duration> },
	/// It will not.
	Lasting(String),
}

fn passing(why: impl Into<String>) -> Trouble {
	Trouble::Passing { why: why.into(), pause: None }
}

/// One source at work.
pub(super) struct Worker {
	pub http: reqwest::Client,
	pub key: ObjectKey,
	pub number: usize,
	pub source: Source,
	pub queue: Arc<Queue>,
	pub tuning: Tuning,
	pub watch: Arc<dyn Watch>,
	pub send: mpsc::Sender<Batch>,
	pub record: Arc<Record>,
}

/// What all requests to a source know of it.
#[derive(Default)]
pub(super) struct Record {
	failures: AtomicU32,
	bytes: AtomicU64,
	out: Mutex<Option<String>>,
}

impl Record {
	/// Why it was given up, if it was.
	pub(super) fn out(&self) -> Option<String> {
		self.out.lock().unwrap_or_else(PoisonError::into_inner).clone()
	}

	/// The bytes that it gave.
	pub(super) fn bytes(&self) -> u64 {
		self.bytes.load(Ordering::Relaxed)
	}
}

impl Worker {
	/// Fetches until there is nothing left, or the source is given up.
	pub(super) async fn run(self, turns: Arc<Semaphore>) {
		// Who answers first is used first.
		while self.record.out().is_none() {
			match self.probe().await {
				Ok(()) => break,
				Err(trouble) => self.note(trouble).await,
			}
		}
		if let (None, Ok(_turn)) = (self.record.out(), turns.acquire().await) {
			self.queue.at_work(self.number, true);
			let streams = (0..self.tuning.streams.max(1)).map(|_| self.stream());
			futures::future::join_all(streams).await;
			self.queue.at_work(self.number, false);
		}
	}

	fn address(&self) -> String {
		format!("{}/objects/{}", self.source.base, hex::encode(self.key.hash))
	}

	/// Asks whether it has the object.
	async fn probe(&self) -> Result<(), Trouble> {
		let answer = timeout(self.tuning.first_byte, self.http.head(self.address()).send()).await;
		check(
			answer
				.map_err(|_| passing("it does not answer"))?
				.map_err(|error| passing(reason(&error)))?,
		)?;
		Ok(())
	}

	async fn stream(&self) {
		while self.record.out().is_none() {
			let Some(claim) = self.queue.claim(self.number).await else { return };
			let outcome = match self.record.out() {
				None => self.fetch(&claim).await,
				Some(_) => Ok(()),
			};
			self.queue.finish(&claim);
			if let Err(trouble) = outcome {
				self.note(trouble).await;
			}
		}
	}

	/// Notes what went wrong, gives the source up if need be, or waits a while.
	async fn note(&self, trouble: Trouble) {
		let record = &self.record;
		let failures = record.failures.fetch_add(1, Ordering::Relaxed) + 1;
		let (why, pause, out) = match trouble {
			Trouble::Lasting(why) => (why, None, true),
			Trouble::Passing { why, pause } => (why, pause, failures >= self.tuning.failures),
		};
		if out {
			let mut slot = record.out.lock().unwrap_or_else(PoisonError::into_inner);
			if slot.is_some() {
				return;
			}
			*slot = Some(why.clone());
		}
		self.watch.trouble(&self.source.name, &why, out);
		if !out {
			let usual = self.tuning.pause.saturating_mul(1 << (failures - 1).min(8));
			sleep(pause.unwrap_or(usual).min(LONGEST_PAUSE)).await;
		}
	}

	/// Fetches a claim's groups, as far as it stays ours.
	async fn fetch(&self, claim: &Claim) -> Result<(), Trouble> {
		let (start, end) = (claim.groups.start * GROUP_BYTES, claim.groups.end * GROUP_BYTES);
		let range = SliceRange::new(self.key.size, start, end - start)
			.map_err(|error| Trouble::Lasting(error.to_string()))?;
		let length = range.end() - range.start();
		let address = format!("{}/slice?offset={start}&length={length}", self.address());
		let answer = timeout(self.tuning.first_byte, self.http.get(address).send()).await;
		let answer = answer
			.map_err(|_| passing("it does not answer"))?
			.map_err(|error| passing(reason(&error)))?;
		let mut answer = check(answer)?;
		let mut decoder = SliceDecoder::new(&self.key.hash, range);
		let mut batch = Batch { offset: start, ..Batch::default() };
		let mut next = claim.groups.start;
		let (mut since, mut in_window) = (Instant::now(), 0);
		let outcome = loop {
			let piece = match timeout(self.tuning.silence, answer.chunk()).await {
				Err(_) => break Err(passing("it fell silent")),
				Ok(Err(error)) => break Err(passing(reason(&error))),
				Ok(Ok(None)) => {
					break decoder.finish().map_err(|error| passing(error.to_string()));
				},
				Ok(Ok(Some(piece))) => piece,
			};
			let mut input = &piece[..];
			let wrong = loop {
				match decoder.push(&mut input) {
					Ok(None) => break None,
					Ok(Some(Verified::Node { place, node })) => batch.nodes.push((place, node)),
					Ok(Some(Verified::Group { bytes, .. })) => {
						batch.bytes.extend_from_slice(bytes);
						next += 1;
					},
					Err(error) => break Some(error),
				}
			};
			if let Some(error) = wrong {
				break Err(Trouble::Lasting(format!("it sends wrong bytes: {error}")));
			}
			in_window += piece.len() as u64;
			let complete = decoder.is_complete();
			if batch.bytes.len() >= BATCH && !self.hand_on(&mut batch, claim, next).await {
				return Ok(());
			}
			if complete {
				break Ok(());
			}
			if since.elapsed() >= self.tuning.window {
				if in_window < self.tuning.least && self.queue.others_work(self.number) {
					break Err(passing("it is too slow"));
				}
				(since, in_window) = (Instant::now(), 0);
			}
		};
		// What was verified before the trouble is good.
		self.hand_on(&mut batch, claim, next).await;
		outcome
	}

	/// Hands on what is verified: the claim's groups before `next`. Gives whether the claim goes on.
	async fn hand_on(&self, batch: &mut Batch, claim: &Claim, next: u64) -> bool {
		if batch.bytes.is_empty() {
			return true;
		}
		let Some(end) = self.queue.advance(claim, next) else { return false };
		let offset = batch.offset + batch.bytes.len() as u64;
		let mut ready = std::mem::replace(batch, Batch { offset, ..Batch::default() });
		// What somebody else has taken over comes from there.
		let ours = (end * GROUP_BYTES).saturating_sub(ready.offset);
		ready.bytes.truncate(usize::try_from(ours).unwrap_or(usize::MAX));
		let bytes = ready.bytes.len() as u64;
		if bytes > 0 && self.send.send(ready).await.is_err() {
			return false;
		}
		self.record.failures.store(0, Ordering::Relaxed);
		self.record.bytes.fetch_add(bytes, Ordering::Relaxed);
		self.watch.verified(bytes);
		next < end
	}
}

/// Sorts answers.
fn check(answer: Response) -> Result<Response, Trouble> {
	let status = answer.status();
	match status {
		StatusCode::OK | StatusCode::PARTIAL_CONTENT => Ok(answer),
		StatusCode::NOT_FOUND | StatusCode::GONE => {
			Err(Trouble::Lasting("it does not have it".into()))
		},
		StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS => {
			Err(Trouble::Lasting("it is blocked there".into()))
		},
		StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
			let seconds = answer
				.headers()
				.get(RETRY_AFTER)
				.and_then(|value| value.to_str().ok()?.parse().ok());
			Err(Trouble::Passing {
				why: format!("it answers {status}"),
				pause: seconds.map(Duration::from_secs),
			})
		},
		_ if status.is_redirection() => {
			Err(Trouble::Lasting(format!("it answers {status}, and redirects are not followed")))
		},
		_ if status.is_server_error() => Err(passing(format!("it answers {status}"))),
		_ => Err(Trouble::Lasting(format!("it answers {status}"))),
	}
}

/// The innermost reason: the outer ones name the address again.
pub(crate) fn reason(error: &dyn std::error::Error) -> String {
	let mut inner = error;
	while let Some(source) = inner.source() {
		inner = source;
	}
	inner.to_string()
}

#[cfg(test)]
mod tests {
	use super::*;

	struct Nobody;

	impl Watch for Nobody {
		fn verified(&self, _: u64) {}
		fn trouble(&self, _: &str, _: &str, _: bool) {}
	}

	#[tokio::test]
	async fn what_was_taken_over_is_not_handed_on_twice() {
		let all = std::iter::once(0..40);
		let queue = Arc::new(Queue::new(all.collect(), u64::MAX, 1_000));
		let (send, mut receive) = mpsc::channel(4);
		let worker = Worker {
			http: crate::http::builder().unwrap().build().unwrap(),
			key: ObjectKey { hash: [0; 32], size: 40 * GROUP_BYTES },
			number: 0,
			source: Source { name: "slow".into(), base: "http://127.0.0.1:1".into() },
			queue: queue.clone(),
			tuning: Tuning::default(),
			watch: Arc::new(Nobody),
			send,
			record: Arc::default(),
		};
		let mut claims = vec![queue.claim(0).await.unwrap()];
		while claims.last().unwrap().groups.end < 40 {
			claims.push(queue.claim(0).await.unwrap());
		}
		let stolen = queue.claim(1).await.unwrap();
		let victim = claims.iter().find(|it| it.groups.end == stolen.groups.end).unwrap();
		// Everything had been verified when the other one came.
		let (first, end) = (victim.groups.start, victim.groups.end);
		let bytes = vec![7; ((end - first) * GROUP_BYTES) as usize];
		let mut batch = Batch { offset: first * GROUP_BYTES, bytes, nodes: Vec::new() };
		assert!(!worker.hand_on(&mut batch, victim, end).await);
		let sent = receive.recv().await.unwrap();
		assert_eq!(sent.offset, first * GROUP_BYTES);
		assert_eq!(sent.offset + sent.bytes.len() as u64, stolen.groups.start * GROUP_BYTES);
		assert_eq!(worker.record.bytes(), sent.bytes.len() as u64);
	}
}
