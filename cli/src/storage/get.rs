//! `rome get`: an object, from whoever has it, verified.

use super::{
	args::GetArgs,
	progress::Bytes,
	text::{base, hash_of, key_text, need_object, size},
};
use crate::{
	args::Global,
	content::Reader,
	failure::Failure,
	output::{printable, Output},
	schema::lookup::name_of,
};
use rome_client::{
	download::{download, everything, DownloadError, Partial, Source, Stream, Tuning},
	http,
	upload::hash_file,
	Chain,
};
use rome_primitives::{
	actors::ActorState,
	content::{ObjectHash, Scalar},
	storage::{api::ObjectView, ObjectKey, ObjectState},
};
use serde_json::json;
use std::{
	io::{self, Write},
	path::{Path, PathBuf},
	sync::Arc,
};
use tokio::{task::spawn_blocking, time::Instant};

/// Runs the command.
pub(crate) async fn get(args: &GetArgs, global: &Global, output: Output) -> Result<(), Failure> {
	let chain = Chain::connect(&global.url, output.json).await?;
	let hash = match hash_of(&args.what) {
		Some(hash) => hash,
		None => hash_of_entry(&chain, &args.what, args.property.as_deref()).await?,
	};
	let object = need_object(&chain, &hash).await?;
	let key = object.key;
	if let Some(reason) = &object.blocked {
		let reason = printable(&String::from_utf8_lossy(reason));
		return Err(Failure::new(format!("{} is on the take-down list: {reason}", key_text(&key))));
	}
	let piped = args.output.as_deref() == Some(Path::new("-"));
	let target = args.output.clone().unwrap_or_else(|| PathBuf::from(hex::encode(hash)));
	if !piped && target.exists() && is_there(&target, &key, args.force, output).await? {
		return Ok(());
	}
	let sources = sources(&chain, &object).await?;
	let start = Instant::now();
	let client = http::builder().ok().and_then(|builder| builder.build().ok());
	let client =
		client.ok_or_else(|| Failure::new("no HTTP client can be made on this machine"))?;
	let bar = Arc::new(Bytes::new(key.size, "downloading", output));
	let tuning = Tuning::default();
	let (there, outcome) = if piped {
		let sink = Stream(io::stdout());
		let (mut sink, outcome) =
			download(&client, &key, &sources, everything(&key), sink, &tuning, bar.clone()).await;
		let flushed = sink.0.flush().map_err(DownloadError::from);
		(0, outcome.and_then(|given| flushed.map(|()| given)))
	} else {
		let (partial, there) = take_up(&target, key, bar.clone()).await?;
		let (mut partial, missing) = partial;
		let outcome = if missing.is_empty() {
			Ok(Vec::new())
		} else {
			let (sink, outcome) =
				download(&client, &key, &sources, missing, partial, &tuning, bar.clone()).await;
			partial = sink;
			outcome
		};
		let outcome = match outcome {
			Ok(given) => partial.finish(args.force).map(|()| given).map_err(DownloadError::from),
			failed => failed,
		};
		(there, outcome)
	};
	bar.end();
	if let Err(DownloadError::Write(error)) = &outcome {
		// A reader that went away (`rome get ... -o - | head`) is no error.
		if piped && error.kind() == io::ErrorKind::BrokenPipe {
			return Ok(());
		}
	}
	let given = outcome.map_err(|error| {
		let failure = Failure::new(printable(&error.to_string()));
		match (&error, piped) {
			(DownloadError::NoSource(_), false) => failure.hint(
				"what has come is kept in FILE.part: run the same command again later, and it goes on there",
			),
			(DownloadError::NoSource(_), true) => failure.hint("try again later"),
			(DownloadError::Write(error), false) if error.kind() == io::ErrorKind::AlreadyExists => {
				failure.hint(
					"something else got that name meanwhile; what has come is kept in FILE.part: choose another \
					 file with -o, or replace it with --force",
				)
			},
			(DownloadError::Write(_), _) => failure.hint("make room, or write to another place with -o"),
		}
	})?;
	if piped {
		return Ok(());
	}
	let seconds = start.elapsed().as_secs_f64();
	let value = json!({
		"hash": hex::encode(hash),
		"size": key.size,
		"file": target.display().to_string(),
		"there": there,
		"sources": given.iter().map(|(name, bytes)| json!({ "source": name, "bytes": bytes })).collect::<Vec<_>>(),
		"troubles": bar.troubles().iter().map(|(name, why)| json!({ "source": name, "reason": why })).collect::<Vec<_>>(),
		"seconds": (seconds * 10.0).round() / 10.0,
	});
	output.result(value, || {
		let from: Vec<_> =
			given.iter().map(|(name, bytes)| format!("{} from {name}", size(*bytes))).collect();
		let from = if from.is_empty() { "all of it was there".into() } else { from.join(", ") };
		format!("{}\n{} in {seconds:.1} s: {from}", target.display(), size(key.size))
	});
	Ok(())
}

/// Whether the file at `target` is the object already. An error if it is something else that is to be kept.
async fn is_there(
	target: &Path,
	key: &ObjectKey,
	force: bool,
	output: Output,
) -> Result<bool, Failure> {
	let path = target.to_path_buf();
	let length = path.metadata().map_or(0, |it| if it.is_file() { it.len() } else { 0 });
	let same = length == key.size && {
		let found = spawn_blocking(move || hash_file(&path, |_| {})).await;
		matches!(found, Ok(Ok(found)) if found == *key)
	};
	if same {
		let file = target.display().to_string();
		let value = json!({
			"hash": hex::encode(key.hash), "size": key.size, "file": file, "there": key.size,
			"sources": [], "troubles": [], "seconds": 0.0,
		});
		output.result(value, || format!("{file} is there already, and right"));
		return Ok(true);
	}
	if target.is_dir() {
		return Err(
			Failure::usage(format!("{} is a folder", target.display())).hint("name a file with -o")
		);
	}
	if !force {
		return Err(Failure::new(format!("{} is there, and is something else", target.display()))
			.hint("choose another file with -o, or replace it with --force"));
	}
	Ok(false)
}

/// A file that is taken up, with the groups that are missing, and how many bytes of it are there.
type TakenUp = ((Partial, Vec<std::ops::Range<u64>>), u64);

/// Takes up the download into `target`, or begins it.
async fn take_up(target: &Path, key: ObjectKey, bar: Arc<Bytes>) -> Result<TakenUp, Failure> {
	let path = target.to_path_buf();
	let opened = spawn_blocking(move || {
		let mut there = 0;
		let mut partial = Partial::open(&path, &key)?;
		let missing = partial.missing(|bytes| {
			there += bytes;
			bar.add(bytes);
		})?;
		Ok::<_, io::Error>(((partial, missing), there))
	});
	let opened = opened.await.map_err(|error| Failure::new(error.to_string()))?;
	opened.map_err(|error| match error.kind() {
		io::ErrorKind::WouldBlock => {
			Failure::new(format!("{} is being downloaded by another command", target.display()))
				.hint("wait for it, or write to another file with -o")
		},
		_ => Failure::new(format!("cannot write {}.part: {error}", target.display()))
			.hint("write to another place with -o"),
	})
}

/// The object that an entry holds.
async fn hash_of_entry(
	chain: &Chain,
	written: &str,
	property: Option<&str>,
) -> Result<ObjectHash, Failure> {
	let mut reader = Reader::new(chain).await?;
	let info = reader.need(written).await?;
	let schema = reader.schema(&info).await?;
	let mut found = Vec::new();
	for known in &schema.properties {
		let value = info.entity.values.value(known.id);
		for scalar in value.iter().flat_map(|value| value.scalars()) {
			if let Scalar::DataObject(hash) = scalar {
				found.push((name_of(&known.property), *hash));
			}
		}
	}
	let names: Vec<_> = found.iter().map(|(name, _)| name.clone()).collect();
	if let Some(property) = property {
		found.retain(|(name, _)| name == property);
	} else if found.len() > 1 && names.iter().any(|name| name == super::publish::USUAL) {
		found.retain(|(name, _)| name == super::publish::USUAL);
	}
	match (found.as_slice(), property) {
		([(_, hash)], _) => Ok(*hash),
		([], Some(property)) => {
			Err(Failure::new(format!("{} holds no stored object in `{property}`", info.id))
				.hint(format!("it holds some in: {}", names.join(", "))))
		},
		([], None) => Err(Failure::new(format!("{} holds no stored object", info.id))
			.hint(format!("`rome content show {}` shows what it holds", info.id))),
		(_, None) => Err(Failure::new(format!("{} holds several stored objects", info.id))
			.hint(format!("choose one with --property: {}", names.join(", ")))),
		(several, Some(_)) => {
			let list: Vec<_> = several.iter().map(|(_, hash)| hex::encode(hash)).collect();
			Err(Failure::new("that property holds several stored objects")
				.hint(format!("name one by its hash: {}", list.join(", "))))
		},
	}
}

/// Who has an object, and can be reached.
async fn sources(chain: &Chain, object: &ObjectView) -> Result<Vec<Source>, Failure> {
	let mut sources = Vec::new();
	for id in &object.holders {
		let Some(info) = chain.storage().provider(*id).await? else { continue };
		let gone = matches!(
			info.state,
			ActorState::Failed { .. } | ActorState::Left | ActorState::Evicted
		);
		if let Some(base) = base(&info.endpoint).filter(|_| !gone) {
			sources.push(Source { name: format!("provider {id} ({base})"), base });
		}
	}
	if !sources.is_empty() {
		return Ok(sources);
	}
	let key = key_text(&object.key);
	Err(match object.state {
		ObjectState::Pending { .. } => {
			Failure::new(format!("{key} is registered, and not stored yet"))
				.hint("who pinned it uploads it with `rome pin upload FILE` or `rome publish`")
		},
		ObjectState::Stored => Failure::new(format!("no provider that has {key} can be reached"))
			.hint("`rome object show HASH` shows who holds it; try again later"),
	})
}
