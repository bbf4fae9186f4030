//! Sends the entries of an import, and sees every one of them into a block.
//!
//! Nothing here relies on having sent something once: a transaction may be handed in again, its nonce may
//! be taken by another one, a node may forget it or restart. What holds is that a nonce is used once, that
//! a transaction is dead when its lifetime is over, and that the chain takes each key once, where there is
//! one: free-form documents have none.

use crate::args::ImportArgs;
use codec::{Compact, Decode, Encode};
use rome_client::{
	Account, Call, Chain, Error, Event, Included, Refusal, Result, Tracker, Transaction, LOOK,
};
use rome_primitives::content::{ClassId, EntityId, EntityValues, SchemaVersion};
use std::{
	collections::{HashMap, VecDeque},
	time::Duration,
};
use tokio::time::{sleep, Instant};

/// How long nothing may get into a block before we hand in again what waits.
const STALLED: Duration = Duration::from_secs(20);

/// How long nothing may get into a block before we give up.
const HOPELESS: Duration = Duration::from_secs(900);

/// What happened to an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
	Created(EntityId),
	Refused(Refusal),
}

/// How to send.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
	pub class: ClassId,
	pub version: SchemaVersion,
	pub referenceable: bool,
	pub batch_size: Option<u32>,
	pub in_flight: usize,
	pub rate: Option<u32>,
	pub finality: bool,
}

impl Settings {
	/// How `args` want entries of this class and version sent.
	pub(crate) fn new(
		args: &ImportArgs,
		class: ClassId,
		version: SchemaVersion,
		referenceable: bool,
	) -> Self {
		Self {
			class,
			version,
			referenceable,
			batch_size: args.batch_size,
			in_flight: args.in_flight as usize,
			rate: args.rate,
			finality: !args.no_finality,
		}
	}
}

/// Bounds of one transaction.
#[derive(Clone, Copy, Debug)]
struct Bounds {
	entries: usize,
	bytes: usize,
	/// Reference time and proof size.
	weight: (u64, u64),
}

struct Batch {
	entries: Vec<usize>,
	signed: Transaction,
	nonce: u64,
}

/// What is told as things go on.
pub(crate) trait Progress {
	/// So many entries are in blocks.
	fn done(&self, entries: usize);
	/// Something people may want to know.
	fn note(&self, text: &str);
}

/// Sends entries.
pub(crate) struct Submitter<'a> {
	chain: &'a Chain,
	account: &'a Account,
	settings: Settings,
	calls: Vec<Call>,
	queue: VecDeque<usize>,
	waiting: Vec<Batch>,
	landed: Vec<Batch>,
	tracker: Tracker,
	nonce: u64,
	/// Whether the nonce has to be asked for again.
	nonce_unsure: bool,
	/// How many entries probably fit one transaction.
	guess: usize,
	/// Why nothing more is sent.
	stopped: Option<Error>,
}

/// What became of the entries, by their position.
pub(crate) struct Report {
	pub outcomes: HashMap<usize, Outcome>,
	/// Why some were not sent.
	pub stopped: Option<Error>,
}

impl<'a> Submitter<'a> {
	pub(crate) async fn new<'v>(
		chain: &'a Chain,
		account: &'a Account,
		settings: Settings,
		entries: impl Iterator<Item = &'v EntityValues>,
	) -> Result<Self> {
		let calls: Vec<_> = entries
			.map(|values| {
				let Settings { class, version, referenceable, .. } = settings;
				Call::create_entity(class, version, values, referenceable)
			})
			.collect();
		Ok(Self {
			chain,
			account,
			settings,
			queue: (0..calls.len()).collect(),
			calls,
			waiting: Vec::new(),
			landed: Vec::new(),
			tracker: Tracker::start(chain).await?,
			nonce: chain.rpc.next_nonce(&account.id().to_string()).await?,
			nonce_unsure: false,
			guess: 100,
			stopped: None,
		})
	}

	/// Sends everything and waits for it.
	pub(crate) async fn run(mut self, progress: &dyn Progress) -> Result<Report> {
		let bounds = self.bounds().await?;
		let start = Instant::now();
		let mut sent = 0usize;
		let mut moved = Instant::now();
		let mut handed_in = Instant::now();
		let mut connection = self.chain.rpc.generation();
		loop {
			while self.stopped.is_none()
				&& self.waiting.len() < self.settings.in_flight
				&& !self.queue.is_empty()
			{
				let due =
					self.settings.rate.map(|rate| f64::from(rate) * start.elapsed().as_secs_f64());
				if due.is_some_and(|due| sent as f64 > due) {
					break;
				}
				match self.send_next(bounds).await? {
					0 => break,
					count => sent += count,
				}
			}
			let news = self.tracker.advance(self.chain).await?;
			if news && self.sort_out().await? {
				moved = Instant::now();
				progress.done(self.landed.iter().map(|batch| batch.entries.len()).sum());
			}
			if self.waiting.is_empty() && (self.queue.is_empty() || self.stopped.is_some()) {
				if self.is_settled().await? {
					break;
				}
			} else if connection != self.chain.rpc.generation()
				|| (moved.elapsed() > STALLED && handed_in.elapsed() > STALLED)
			{
				connection = self.chain.rpc.generation();
				handed_in = Instant::now();
				self.hand_in_again(progress).await?;
			}
			if moved.elapsed() > HOPELESS {
				let minutes = HOPELESS.as_secs() / 60;
				let in_blocks = self.waiting.is_empty() && self.queue.is_empty();
				return Err(if in_blocks {
					Error::NotFinal(minutes)
				} else {
					Error::Stuck(minutes)
				});
			}
			sleep(LOOK).await;
		}
		self.report().await
	}

	/// How much goes into one transaction: a fifth of what a block has for it, so that others get in as
	/// well and progress is seen.
	async fn bounds(&self) -> Result<Bounds> {
		const SHARE: u64 = 5;
		let limits: BlockWeights = self.chain.constant("System", "BlockWeights").await?;
		let length: u32 = self.chain.constant("System", "BlockLength").await?;
		let most: u32 = self.chain.constant("Utility", "batched_calls_limit").await?;
		let normal = limits.normal.max_extrinsic.unwrap_or(limits.max_block);
		let wanted = self.settings.batch_size.unwrap_or(1_000);
		Ok(Bounds {
			entries: most.min(wanted).max(1) as usize,
			bytes: (length as usize / SHARE as usize).min(500_000),
			weight: (normal.time.0 / SHARE, normal.size.0 / SHARE),
		})
	}

	/// The next entries that go into one transaction, at most `entries` of them, as a batch.
	async fn compose(&mut self, bounds: Bounds) -> Result<(Vec<usize>, Call)> {
		let runtime = self.chain.runtime().await?;
		let mut entries = bounds.entries.min(self.guess);
		loop {
			let mut batch = Vec::new();
			let mut calls = Vec::new();
			let mut bytes = 0;
			for position in self.queue.iter().take(entries) {
				let Some(call) = self.calls.get(*position) else { continue };
				bytes += call.encode(&runtime)?.len();
				if bytes > bounds.bytes && !batch.is_empty() {
					break;
				}
				batch.push(*position);
				calls.push(call.clone());
			}
			let call = Call::force_batch(&calls, &runtime)?;
			let (time, size) = self.chain.call_weight(&call.encode(&runtime)?).await?;
			// How many times the batch would fit.
			let fits = |limit: u64, used: u64| limit as f64 / used.max(1) as f64;
			let share = fits(bounds.weight.0, time).min(fits(bounds.weight.1, size));
			let scaled = (batch.len() as f64 * share * 0.95) as usize;
			if share >= 1.0 || batch.len() <= 1 {
				// What follows is probably much like this.
				self.guess = scaled.max(1);
				return Ok((batch, call));
			}
			entries = scaled.clamp(1, batch.len() - 1);
		}
	}

	/// Sends one more batch. Returns how many entries are in it; none if the node takes none now.
	async fn send_next(&mut self, bounds: Bounds) -> Result<usize> {
		if std::mem::take(&mut self.nonce_unsure) {
			self.nonce = self.next_nonce().await?;
		}
		let (batch, call) = self.compose(bounds).await?;
		let mut birth = self.chain.birth().await?;
		for _ in 0..5 {
			let signed = self.chain.sign(&call, self.account, self.nonce, birth).await?;
			self.tracker.want(signed.hash);
			match self.chain.rpc.submit(&signed.bytes).await {
				Ok(_) => {},
				Err(error) if error.is_already_known() => {},
				Err(error) if error.is_pool_full() && !self.waiting.is_empty() => return Ok(0),
				Err(error) if error.is_stale() || error.is_nonce_taken() => {
					// Either this one is in a block already, handed in twice because an answer got lost, or
					// the account sent something else meanwhile.
					self.tracker.advance(self.chain).await?;
					if self.tracker.included(&signed.hash).is_none() {
						self.nonce = self.next_nonce().await?;
						continue;
					}
				},
				Err(error) if error.needs_new_signature() => {
					self.chain.fetch_runtime().await?;
					birth = self.chain.birth().await?;
					continue;
				},
				Err(error @ Error::Refused { .. }) => {
					self.stopped = Some(error);
					return Ok(0);
				},
				Err(error) => return Err(error),
			}
			self.queue.drain(..batch.len());
			let count = batch.len();
			self.waiting.push(Batch { entries: batch, signed, nonce: self.nonce });
			self.nonce += 1;
			return Ok(count);
		}
		Ok(0)
	}

	async fn next_nonce(&self) -> Result<u64> {
		self.chain.rpc.next_nonce(&self.account.id().to_string()).await
	}

	/// Moves batches to where they belong after the chain went on. Returns whether one got into a block.
	async fn sort_out(&mut self) -> Result<bool> {
		let runtime = self.chain.runtime().await?;
		let before: Vec<_> = self.landed.iter().map(|batch| batch.signed.hash).collect();
		let mut news = false;
		for batch in self.waiting.drain(..).chain(self.landed.drain(..)).collect::<Vec<_>>() {
			if let Some(included) = self.tracker.included(&batch.signed.hash) {
				if !before.contains(&batch.signed.hash) {
					news = true;
					let outcomes: Vec<_> =
						outcomes_of(included, &runtime).take(batch.entries.len()).collect();
					// More of the same would cost fees for nothing. (Entries that are there already are
					// no reason: an earlier run may have sent them.)
					let useless = |outcome: &Outcome| matches!(outcome, Outcome::Refused(refusal) if !refusal.is_duplicate());
					if outcomes.len() > 1 && outcomes.iter().all(useless) && self.stopped.is_none()
					{
						self.stopped = Some(Error::AllRefused);
					}
				}
				self.landed.push(batch);
			} else if self.tracker.best() > batch.signed.dies_at {
				// Never to be seen again: its entries are sent anew, from the first free nonce on.
				self.queue.extend(batch.entries);
				self.nonce_unsure = true;
			} else {
				self.waiting.push(batch);
			}
		}
		self.waiting.sort_by_key(|batch| batch.nonce);
		Ok(news)
	}

	/// Hands in again what waits, in case the node forgot it.
	async fn hand_in_again(&mut self, progress: &dyn Progress) -> Result<()> {
		let (on_chain, _) = self.chain.account(&self.account.id()).await?;
		self.tracker.advance(self.chain).await?;
		self.sort_out().await?;
		let mut lost = Vec::new();
		for batch in &self.waiting {
			if u64::from(on_chain) > batch.nonce {
				// Another transaction took its nonce: this one can never be.
				lost.push(batch.nonce);
				continue;
			}
			match self.chain.rpc.submit(&batch.signed.bytes).await {
				Err(error @ Error::Refused { .. }) if error.needs_new_signature() => {
					lost.push(batch.nonce);
				},
				Ok(_) | Err(Error::Refused { .. }) => {},
				Err(error) => return Err(error),
			}
		}
		if !lost.is_empty() {
			progress.note("some transactions were lost; their entries are sent again");
			self.chain.fetch_runtime().await?;
			let (gone, kept) =
				self.waiting.drain(..).partition::<Vec<_>, _>(|batch| lost.contains(&batch.nonce));
			self.waiting = kept;
			for batch in gone {
				// What was signed for another runtime may still be the only one with its nonce: a new
				// transaction with the same nonce closes the gap.
				self.queue.extend(batch.entries);
			}
			self.nonce_unsure = true;
		}
		Ok(())
	}

	/// Whether everything that is in blocks stays there.
	async fn is_settled(&mut self) -> Result<bool> {
		if !self.settings.finality {
			return Ok(true);
		}
		let included =
			self.landed.iter().filter_map(|batch| self.tracker.included(&batch.signed.hash));
		match included.map(|included| included.number).max() {
			Some(last) => self.tracker.is_final(self.chain, last).await,
			None => Ok(true),
		}
	}

	async fn report(self) -> Result<Report> {
		let runtime = self.chain.runtime().await?;
		let mut outcomes = HashMap::new();
		for batch in &self.landed {
			let Some(included) = self.tracker.included(&batch.signed.hash) else { continue };
			for (position, outcome) in batch.entries.iter().zip(outcomes_of(included, &runtime)) {
				outcomes.insert(*position, outcome);
			}
		}
		debug_assert!(outcomes.len() <= self.calls.len());
		Ok(Report { outcomes, stopped: self.stopped })
	}
}

/// What happened to each entry of a batch, in order.
fn outcomes_of(
	included: &Included,
	metadata: &subxt::metadata::ArcMetadata,
) -> impl Iterator<Item = Outcome> {
	let unknown = || Refusal {
		name: "Unknown".into(),
		sentence: "the chain's events do not say what became of it".into(),
	};
	let mut outcomes = VecDeque::new();
	let mut created = None;
	for event in &included.events {
		if event.is("ContentDirectory", "EntityCreated") {
			created = event.first::<EntityId>().ok();
		} else if event.is("Utility", "ItemCompleted") {
			outcomes.push_back(match created.take() {
				Some(id) => Outcome::Created(id),
				None => Outcome::Refused(unknown()),
			});
		} else if event.is("Utility", "ItemFailed") {
			created = None;
			outcomes.push_back(Outcome::Refused(Refusal::decode(&event.fields, metadata)));
		}
	}
	// A transaction that failed as a whole did nothing for any of its entries.
	let failed = |event: &&Event| event.is("System", "ExtrinsicFailed");
	let rest = match included.events.iter().find(failed) {
		Some(event) => Refusal::decode(&event.fields, metadata),
		None => unknown(),
	};
	outcomes.into_iter().chain(std::iter::repeat_with(move || Outcome::Refused(rest.clone())))
}

/// A weight, as constants have it.
#[derive(Clone, Copy, Debug, Decode, Encode)]
struct Weight {
	time: Compact<u64>,
	size: Compact<u64>,
}

#[derive(Clone, Copy, Debug, Decode)]
#[allow(dead_code)]
struct ClassWeights {
	base_extrinsic: Weight,
	max_extrinsic: Option<Weight>,
	max_total: Option<Weight>,
	reserved: Option<Weight>,
}

/// The start of `System.BlockWeights`.
#[derive(Clone, Copy, Debug, Decode)]
#[allow(dead_code)]
struct BlockWeights {
	base_block: Weight,
	max_block: Weight,
	normal: ClassWeights,
}
