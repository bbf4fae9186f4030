//! `rome content mirror`: the directory as an SQLite database, for plain SQL. What is in it, and what it promises,
//! is in `docs/mirror.md`.

mod catalogue;
mod database;
mod depends;
mod follow;
mod names;
mod progress;
mod rows;
mod shape;
mod source;
mod store;
#[cfg(test)]
mod tests;
mod touched;

use crate::{
	args::{Global, MirrorArgs},
	failure::Failure,
	output::Output,
};
use database::{Database, Place};
use follow::Follower;
use progress::Progress;
use rome_client::Chain;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// How often the chain is looked at once the database is where it is.
const LOOK: Duration = Duration::from_millis(500);

/// How often a node may have forgotten what was to be read, before that is taken for its nature.
const GONE: u32 = 10;

/// Why the database could not be carried on.
#[derive(Debug)]
enum Trouble {
	/// The node has not got the state of a block, or no more.
	Gone,
	/// Something that does not pass.
	Failed(Failure),
}

impl From<Failure> for Trouble {
	fn from(failure: Failure) -> Self {
		Self::Failed(failure)
	}
}

impl From<Trouble> for Failure {
	fn from(trouble: Trouble) -> Self {
		match trouble {
			Trouble::Failed(failure) => failure,
			Trouble::Gone => Self::new("the node forgets blocks before they can be read")
				.hint("run it against a node that keeps more of them (--state-pruning)"),
		}
	}
}

/// Makes or carries on the mirror.
pub(crate) async fn run(args: &MirrorArgs, global: &Global, output: Output) -> Result<(), Failure> {
	let chain = Chain::connect(&global.url, output.json).await?;
	let database = Database::open(&args.file)?;
	if !args.once {
		// Nodes come back.
		chain.rpc.set_patience(Duration::from_secs(u64::from(u32::MAX)));
	}
	let progress = Progress::new(output);
	let start = Instant::now();
	let mut follower = Follower::new(&chain, &database, &progress, args.page);
	let done = tokio::select! {
		done = follow(&mut follower, args.once) => done.map(Some),
		_ = tokio::signal::ctrl_c() => Ok(None),
	};
	progress.end();
	let read = done?.unwrap_or(0);
	let name = database.name();
	let Some(place) = database.place()? else {
		output.note(&format!("{name} is empty: nothing was read to its end"));
		return Ok(());
	};
	let (classes, entities) = database.counts()?;
	let seconds = (start.elapsed().as_secs_f64() * 10.0).round() / 10.0;
	let value = json!({
		"file": name,
		"block": place.number,
		"hash": place.hash,
		"classes": classes,
		"entities": entities,
		"read": read,
		"seconds": seconds,
	});
	output.result(value, || {
		let Place { number, hash, .. } = place;
		format!("{name} is at block {number} ({hash:?}): {entities} entries in {classes} classes")
	});
	Ok(())
}

/// Follows the chain for ever, or up to its newest final block. Gives how many entities were read.
async fn follow(follower: &mut Follower<'_>, once: bool) -> Result<u64, Trouble> {
	let mut read = 0u64;
	let mut gone = 0u32;
	loop {
		match look(follower, gone).await {
			Ok(Look::Moved(entities)) => {
				read = read.saturating_add(entities);
				gone = 0;
			},
			Ok(Look::There) => {
				gone = 0;
				if once {
					return Ok(read);
				}
				sleep(LOOK).await;
			},
			Ok(Look::Behind(number)) if once => {
				return Err(Failure::new(format!(
					"the node is behind the database, at block {number}"
				))
				.hint("wait until it has come further, or name another node with --url")
				.into());
			},
			Ok(Look::Behind(_)) => sleep(LOOK).await,
			Err(Trouble::Gone) if gone < GONE => {
				gone = gone.saturating_add(1);
				sleep(LOOK).await;
			},
			Err(trouble) => return Err(trouble),
		}
	}
}

/// What became of one look at the chain.
enum Look {
	/// The database was carried on, and so many entities were read.
	Moved(u64),
	/// There is nothing new.
	There,
	/// The node is behind the database, at this block.
	Behind(u64),
}

/// Looks at the chain and carries the database on. `gone` times in a row the node had forgotten what was needed.
async fn look(follower: &mut Follower<'_>, gone: u32) -> Result<Look, Trouble> {
	let Some(place) = follower.database.place()? else {
		let (_, read) = follower.read_all(None).await?;
		return Ok(Look::Moved(read));
	};
	let genesis = follower.chain.rpc.genesis().await?;
	if genesis != place.genesis {
		let there = place.genesis;
		return Err(another_chain(
			follower.database,
			&format!("block 0 is {there:?} there, and {genesis:?} on the node"),
		));
	}
	let head = follower.head().await?;
	follow::ensure_same_chain(follower.chain, follower.database, place, head).await?;
	if head.number < place.number {
		return Ok(Look::Behind(head.number));
	}
	if head.number == place.number {
		return Ok(Look::There);
	}
	follower.progress.at(place.number, head.number);
	// Another node may have taken over that is a little behind, so what is missing is asked for once more.
	let (_, read) = if gone < 2 {
		follower.advance(place, head).await?
	} else {
		let behind = head.number.saturating_sub(place.number);
		follower.progress.note(&format!(
			"the node has forgotten some of the {behind} blocks since; everything is read again"
		));
		follower.read_all(Some(place)).await?
	};
	Ok(Look::Moved(read))
}

/// The file mirrors something else.
fn another_chain(database: &Database, why: &str) -> Trouble {
	Failure::new(format!("{} mirrors another chain than the node's: {why}", database.name()))
		.hint("name a node of that chain with --url, or another file")
		.into()
}
