//! Gets an object onto as many providers as make it stored.

use super::{
	progress::Bytes,
	text::{base, key_text},
};
use crate::{
	failure::Failure,
	output::{printable, Output},
};
use futures::{stream::FuturesUnordered, StreamExt};
use rome_client::{
	http,
	upload::{Target, UploadError, Uploader},
	Account, Chain,
};
use rome_primitives::storage::{api::ObjectView, ObjectKey, ObjectState, ProviderId};
use std::{
	collections::{BTreeMap, BTreeSet},
	path::Path,
	sync::Arc,
	time::Duration,
};
use tokio::time::{sleep, timeout, Instant};

/// How long providers may take to confirm before another one is given the object as well.
const ENCOURAGE: Duration = Duration::from_secs(120);

/// How long they may take before we give up.
const HOPELESS: Duration = Duration::from_secs(1_200);

/// How often everything is tried with all providers.
const ROUNDS: u32 = 3;

/// How often the chain is asked.
const LOOK: Duration = Duration::from_millis(500);

/// How long a provider may take to say whether it has the object.
const ANSWER: Duration = Duration::from_secs(5);

/// An object that is to be stored.
pub(super) struct Mission<'a> {
	pub chain: &'a Chain,
	pub account: &'a Account,
	pub file: &'a Path,
	pub key: ObjectKey,
	pub output: Output,
}

/// What has been done so far.
#[derive(Default)]
struct Progress {
	/// Who has the object.
	done: BTreeSet<ProviderId>,
	/// Who did not take it, and why.
	failed: BTreeMap<ProviderId, String>,
}

impl Mission<'_> {
	/// Uploads the object to as many of its providers as make it stored, those at once that lack it, and waits until
	/// the chain says that it is stored. Gives the object as it is then.
	pub(super) async fn store(&self) -> Result<ObjectView, Failure> {
		let parameters = self.chain.storage().parameters().await?;
		let genesis = self.chain.genesis().await?.0;
		let client = |built: Result<rome_client::reqwest::ClientBuilder, _>| {
			let built = built.ok().and_then(|builder| builder.build().ok());
			built.ok_or_else(|| Failure::new("no HTTP client can be made on this machine"))
		};
		let uploader =
			Uploader { account: self.account.clone(), genesis, http: client(http::uploads())? };
		let asker = client(http::builder())?;
		let mut progress = Progress::default();
		let mut wanted = usize::from(parameters.upload_quorum);
		let mut rounds = 0;
		let start = Instant::now();
		let mut since = start;
		let mut told = false;
		loop {
			let object = self.object().await?;
			if object.state == ObjectState::Stored {
				return Ok(object);
			}
			let have = object.holders.len()
				+ object.assigned.iter().filter(|id| progress.done.contains(id)).count();
			if have < wanted {
				let left =
					self.upload(&uploader, &asker, &object, wanted - have, &mut progress).await?;
				since = Instant::now();
				if left > 0 && wanted - left < usize::from(parameters.upload_quorum) {
					rounds += 1;
					if rounds == ROUNDS {
						return Err(self.nobody(&progress));
					}
					progress.failed.clear();
					sleep(Duration::from_secs(2)).await;
				}
				continue;
			}
			if !told {
				told = true;
				self.output.note("uploaded; waiting until the providers confirm it on chain");
			}
			if since.elapsed() > ENCOURAGE && wanted < object.holders.len() + object.assigned.len()
			{
				wanted += 1;
			}
			if start.elapsed() > HOPELESS {
				return Err(Failure::new(format!(
					"{} is uploaded, and not confirmed by enough providers yet",
					key_text(&self.key)
				))
				.hint("run the same command again later: it goes on where this one ended"));
			}
			sleep(LOOK).await;
		}
	}

	async fn object(&self) -> Result<ObjectView, Failure> {
		let object = self.chain.storage().object(&self.key).await?.ok_or_else(|| {
			Failure::new(format!("{} is not registered (any more)", key_text(&self.key)))
				.hint("pin it: `rome pin add FILE`, or run `rome publish` again")
		})?;
		match &object.blocked {
			None => Ok(object),
			Some(reason) => Err(Failure::new(format!(
				"{} is on the network's take-down list: {}",
				key_text(&self.key),
				printable(&String::from_utf8_lossy(reason))
			))),
		}
	}

	fn nobody(&self, progress: &Progress) -> Failure {
		let reasons: Vec<_> =
			progress.failed.iter().map(|(id, why)| format!("provider {id}: {why}")).collect();
		let reasons =
			if reasons.is_empty() { "none is assigned".into() } else { reasons.join("; ") };
		Failure::new(format!("too few providers take the object: {reasons}")).hint(
			"what is paid stays paid: run the same command again later, before the registration expires",
		)
	}

	/// Uploads to `need` of those that lack it. Gives how many are still needed.
	async fn upload(
		&self,
		uploader: &Uploader,
		asker: &rome_client::reqwest::Client,
		object: &ObjectView,
		mut need: usize,
		progress: &mut Progress,
	) -> Result<usize, Failure> {
		let lacks =
			|id: &&ProviderId| !progress.done.contains(id) && !progress.failed.contains_key(id);
		let candidates: Vec<_> = object.assigned.iter().filter(lacks).copied().collect();
		let mut targets = Vec::new();
		for id in candidates {
			let Some(info) = self.chain.storage().provider(id).await? else { continue };
			match base(&info.endpoint) {
				Some(base) => {
					let name = format!("provider {id}");
					targets.push((id, Target { name, base, operator: info.operator.0 }));
				},
				None => {
					progress.failed.insert(id, "its endpoint is no web address".into());
				},
			}
		}
		// Some may have it from an earlier run, and be about to confirm it.
		let asked = targets.iter().map(|(id, target)| async move {
			let address = format!("{}/objects/{}", target.base, hex::encode(self.key.hash));
			let answer = timeout(ANSWER, asker.head(address).send()).await;
			let has = answer.is_ok_and(|it| it.is_ok_and(|it| it.status().is_success()));
			has.then_some(*id)
		});
		let there: BTreeSet<_> =
			futures::future::join_all(asked).await.into_iter().flatten().collect();
		need = need.saturating_sub(there.len());
		progress.done.extend(&there);
		let mut targets = targets.into_iter().filter(|(id, _)| !there.contains(id));
		let bar = Arc::new(Bytes::new(0, "uploading", self.output));
		let send = |(id, target): (ProviderId, Target)| {
			bar.more(self.key.size);
			let bar = bar.clone();
			async move {
				let outcome = uploader.upload(self.file, &self.key, &target, bar).await;
				(id, target, outcome)
			}
		};
		let mut running = FuturesUnordered::new();
		running.extend(targets.by_ref().take(need).map(send));
		while let Some((id, target, outcome)) = running.next().await {
			match outcome {
				Ok(_) => {
					progress.done.insert(id);
					need = need.saturating_sub(1);
				},
				Err(UploadError::Read(error)) => {
					return Err(Failure::new(format!(
						"cannot read {}: {error}",
						self.file.display()
					)));
				},
				Err(UploadError::Changed) => {
					return Err(Failure::new(format!(
						"{} has changed since it was hashed",
						self.file.display()
					))
					.hint("run the command again when nothing writes to it"));
				},
				Err(error) => {
					let why = printable(&error.to_string());
					bar.tell(&format!("{} did not take it: {why}", target.name));
					progress.failed.insert(id, why);
					running.extend(targets.next().map(send));
				},
			}
		}
		bar.end();
		Ok(need)
	}
}
