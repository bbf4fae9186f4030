//! Downloads an object from several providers at once, none of which is trusted.
//!
//! Every group of 16 KiB is checked against the object's hash as it comes in, so a source that lies or breaks
//! is noticed within one group: what was verified is kept, and the rest comes from another source. Sources
//! begin in the order in which they answered first; fast ones take over from slow ones what those have not
//! done yet. Nothing that a server says about sizes or other addresses is believed.

mod partial;
mod queue;
mod source;
#[cfg(test)]
mod tests;

pub use partial::Partial;
pub(crate) use source::reason;

use queue::Queue;
use rome_primitives::{
	slices::{Node, GROUP_BYTES},
	storage::ObjectKey,
};
use source::{Record, Worker};
use std::{collections::BTreeMap, io, ops::Range, sync::Arc, time::Duration};
use tokio::{
	sync::{mpsc, Semaphore},
	task::{spawn_blocking, JoinSet},
};

/// Where an object can be fetched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
	/// What it is called when something is told about it.
	pub name: String,
	/// Its base address, with no slash at its end.
	pub base: String,
}

/// How patient a download is, and how much it does at a time.
#[derive(Clone, Debug)]
pub struct Tuning {
	/// How long a source may take to begin an answer.
	pub first_byte: Duration,
	/// How long it may be silent in between.
	pub silence: Duration,
	/// Over how long its rate is looked at.
	pub window: Duration,
	/// Fewer bytes in a window are too slow, where there are other sources.
	pub least: u64,
	/// Failures in a row after which a source is used no more. A wrong byte is enough by itself.
	pub failures: u32,
	/// The pause after a failure; doubled by each further one.
	pub pause: Duration,
	/// Sources that are used at a time.
	pub sources: usize,
	/// Requests to one source at a time.
	pub streams: usize,
	/// Groups that are asked for together.
	pub span: u64,
	/// How many groups may be fetched ahead of the first one that is missing, where they are written in order.
	pub ahead: u64,
}

impl Default for Tuning {
	fn default() -> Self {
		Self {
			first_byte: Duration::from_secs(15),
			silence: Duration::from_secs(10),
			window: Duration::from_secs(10),
			least: 256 * 1024,
			failures: 4,
			pause: Duration::from_millis(500),
			sources: 4,
			streams: 2,
			span: 512,
			ahead: 2_048,
		}
	}
}

/// Who is told how a download goes.
pub trait Watch: Send + Sync {
	/// So many bytes more are verified.
	fn verified(&self, bytes: u64);
	/// Something is wrong with a source; `out`: it is used no more.
	fn trouble(&self, source: &str, why: &str, out: bool);
}

/// Verified bytes of an object, with nodes of its tree.
#[derive(Debug, Default)]
pub struct Batch {
	/// Where the bytes begin.
	pub offset: u64,
	/// The bytes, whole groups.
	pub bytes: Vec<u8>,
	/// Nodes of the outboard, with their places.
	pub nodes: Vec<(u64, Node)>,
}

/// Where verified bytes go.
pub trait Sink: Send {
	/// Whether bytes have to come in order.
	fn in_order(&self) -> bool;
	/// Takes bytes.
	fn take(&mut self, batch: &Batch) -> io::Result<()>;
}

/// Bytes written one after the other, as into a pipe.
pub struct Stream<Writer>(pub Writer);

impl<Writer: io::Write + Send> Sink for Stream<Writer> {
	fn in_order(&self) -> bool {
		true
	}

	fn take(&mut self, batch: &Batch) -> io::Result<()> {
		self.0.write_all(&batch.bytes)
	}
}

/// Why a download ended early. What was verified is in the sink.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
	/// No source gives what is missing; each with the reason.
	#[error("no source gives the object: {}", .0.iter().map(|(name, why)| format!("{name}: {why}")).collect::<Vec<_>>().join("; "))]
	NoSource(Vec<(String, String)>),
	/// What came cannot be written.
	#[error("what was downloaded cannot be written: {0}")]
	Write(#[from] io::Error),
}

/// Fetches the groups in `missing` of an object into `sink`, which comes back together with the number of bytes
/// that each source gave.
///
/// Give a client made by [`crate::http::builder`].
pub async fn download<S: Sink + 'static>(
	http: &reqwest::Client,
	key: &ObjectKey,
	sources: &[Source],
	missing: Vec<Range<u64>>,
	sink: S,
	tuning: &Tuning,
	watch: Arc<dyn Watch>,
) -> (S, Result<Vec<(String, u64)>, DownloadError>) {
	let ahead = if sink.in_order() { tuning.ahead } else { u64::MAX };
	let queue = Arc::new(Queue::new(missing, ahead, tuning.span));
	let (send, receive) = mpsc::channel(16);
	let writer = spawn_blocking({
		let queue = queue.clone();
		move || write(sink, receive, &queue)
	});
	let turns = Arc::new(Semaphore::new(tuning.sources.max(1)));
	let mut workers = JoinSet::new();
	let mut records = Vec::new();
	for (number, source) in sources.iter().enumerate() {
		let record = Arc::new(Record::default());
		records.push((source.name.clone(), record.clone()));
		let worker = Worker {
			http: http.clone(),
			key: *key,
			number,
			source: source.clone(),
			queue: queue.clone(),
			tuning: tuning.clone(),
			watch: watch.clone(),
			send: send.clone(),
			record,
		};
		workers.spawn(worker.run(turns.clone()));
	}
	drop(send);
	// Those that still wait for an answer, or for their turn, are not waited for.
	tokio::select! {
		() = queue.ended() => {},
		() = async { while workers.join_next().await.is_some() {} } => {},
	}
	workers.shutdown().await;
	let given = records.iter().map(|(name, record)| (name.clone(), record.bytes()));
	let given = given.filter(|(_, bytes)| *bytes > 0).collect();
	let reasons = records.iter().filter_map(|(name, record)| Some((name.clone(), record.out()?)));
	match writer.await {
		Ok((sink, written)) => {
			let outcome = match written {
				Err(error) => Err(error.into()),
				Ok(()) if queue.is_done() => Ok(given),
				Ok(()) => Err(DownloadError::NoSource(reasons.collect())),
			};
			(sink, outcome)
		},
		// The sink panicked, and so do we.
		Err(error) => std::panic::resume_unwind(error.into_panic()),
	}
}

/// Writes what comes, until nothing comes any more.
fn write<S: Sink>(
	mut sink: S,
	mut receive: mpsc::Receiver<Batch>,
	queue: &Queue,
) -> (S, io::Result<()>) {
	let mut early = BTreeMap::<u64, Batch>::new();
	while let Some(batch) = receive.blocking_recv() {
		let mut ready = vec![batch];
		if sink.in_order() {
			early.extend(ready.drain(..).map(|batch| (batch.offset, batch)));
			let mut next = queue.first_missing() * GROUP_BYTES;
			while let Some(batch) = early.remove(&next) {
				next += batch.bytes.len() as u64;
				ready.push(batch);
			}
		}
		for batch in ready {
			if let Err(error) = sink.take(&batch) {
				queue.stop();
				return (sink, Err(error));
			}
			let first = batch.offset / GROUP_BYTES;
			queue.written(first..first + (batch.bytes.len() as u64).div_ceil(GROUP_BYTES));
		}
	}
	(sink, Ok(()))
}

/// All groups of an object.
pub fn everything(key: &ObjectKey) -> Vec<Range<u64>> {
	std::iter::once(0..rome_primitives::slices::group_count(key.size)).collect()
}
