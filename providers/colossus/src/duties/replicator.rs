//! Compares the chain's state with the disk: what is missing is reported, what is assigned is fetched or
//! confirmed, what is surplus is put forward for release.

use super::{Shared, SURPLUS, WANTED};
use crate::node::View;
use rome_client::{storage::PAGE, Call, Chain, Hash};
use rome_primitives::{
	actors::ActorState,
	storage::{
		api::{ObjectView, TrancheCounts},
		limits::MAX_BATCH,
		ObjectKey, ProviderId, TrancheId,
	},
};
use rome_provider::store::{Presence, Store};
use std::{
	collections::{HashMap, HashSet},
	io,
	path::Path,
	sync::{atomic::Ordering, Arc},
	time::Duration,
};
use tokio::{task::spawn_blocking, time::Instant};

/// Blocks after which a tranche is looked through even if its numbers are what they were.
const AT_LEAST_EVERY: u64 = 20;

/// What a comparison of one tranche depended on.
#[derive(PartialEq)]
struct Seen {
	counts: TrancheCounts,
	members: Vec<(ProviderId, ActorState, u8)>,
}

pub(crate) async fn run(shared: Arc<Shared>) {
	let mut views = shared.node.views();
	let mut last_full: Option<Instant> = None;
	let mut seen: HashMap<TrancheId, (Seen, u64)> = HashMap::new();
	let mut handovers = Handovers::default();
	loop {
		let mut touched = false;
		tokio::select! {
			() = shared.stop.cancelled() => return,
			changed = views.changed() => if changed.is_err() { return },
			() = shared.work.compare.notified() => touched = true,
			() = shared.http.facts.arrived.notified() => touched = true,
		}
		let Some(view) = views.borrow_and_update().clone() else { continue };
		let Some(chain) = shared.node.chain() else { continue };
		let every = Duration::from_secs(shared.config.duties.compare_seconds);
		if last_full.is_none_or(|last| last.elapsed() >= every) {
			match full(&shared, &chain, &view).await {
				Ok(()) => last_full = Some(Instant::now()),
				Err(error) => {
					tracing::warn!(%error, "the comparison with the chain broke off; it starts anew");
					if !shared.rest(Duration::from_secs(2)).await {
						return;
					}
					shared.work.compare.notify_one();
					continue;
				},
			}
			touched = true;
		}
		let looked = async {
			touched |= handovers.look(&shared, &chain, &view).await?;
			incomplete(&shared, &chain, &view, &mut seen, &handovers, touched).await
		};
		if let Err(error) = looked.await {
			// The state of that block may be gone: the next block comes soon.
			tracing::debug!(%error, "a tranche could not be looked through");
		}
	}
}

/// Compares all that the chain says is held here with the disk.
async fn full(shared: &Arc<Shared>, chain: &Chain, view: &View) -> Result<(), String> {
	let at = view.head.hash;
	let mut listed = HashSet::<[u8; 16]>::new();
	let mut missing = Vec::new();
	let mut after = None;
	loop {
		let page = chain
			.storage_at(at)
			.holdings(view.me.id, after, PAGE)
			.await
			.map_err(|error| error.to_string())?;
		let (objects, found) = look_up(shared, page.items).await;
		for (object, presence) in objects.iter().zip(found) {
			listed.insert(short(&object.key.hash));
			shared.shelf.set_blocked(object.key, object.blocked.as_deref());
			match presence {
				Presence::Whole => {
					if object.surplus.contains(&view.me.id) {
						surplus(shared, object.key);
					}
				},
				Presence::Missing => missing.push(object.key),
				Presence::Unknown(error) => {
					let hash = hex::encode(object.key.hash);
					tracing::error!(object = %hash, %error, "the disk does not say whether an object is there");
				},
			}
		}
		if page.next.is_none() || page.next == after {
			break;
		}
		after = page.next;
	}
	save_blocked(shared).await;
	shared.node.metrics.missing.set(missing.len() as i64);
	let marked = on_disk(shared, |store| store.is_marked()).await?;
	if !marked && !missing.is_empty() && !shared.disk_lost.load(Ordering::Relaxed) {
		let why = unknown_disk(missing.len(), &shared.config.data);
		shared.attendance.give_up(why.clone());
		return Err(why);
	}
	report_lost(shared, view.me.id, &missing).await?;
	if !marked {
		on_disk(shared, |store| store.mark()).await?;
	}
	// It is about the disk as it was at the start, and about no later one.
	shared.disk_lost.store(false, Ordering::Relaxed);
	if !std::mem::replace(&mut shared.work.lock().settled, true) {
		let (objects, bytes) = shared.store.counts();
		tracing::info!(objects, bytes, held = listed.len(), "compared with the chain");
	}
	orphans(shared, listed).await;
	Ok(())
}

/// Has the shelf remember what is blocked.
async fn save_blocked(shared: &Shared) {
	let shelf = shared.shelf.clone();
	let saved = spawn_blocking(move || shelf.save()).await;
	if let Err(error) = saved.unwrap_or_else(|error| Err(io::Error::other(error))) {
		tracing::error!(%error, "what is blocked cannot be written down; it is tried again");
	}
}

/// Why a disk on which objects are missing, and which has no mark, is not taken for the right one.
fn unknown_disk(missing: usize, data: &Path) -> String {
	format!(
		"the chain counts {missing} objects here that are not on the disk, and nothing says that {} ever kept any \
		 (it has no objects/in-use): is the right disk mounted? If the old one is lost, start once with \
		 `colossus run --disk-lost`: what is missing is then reported lost, and fetched again",
		data.display()
	)
}

async fn on_disk<T: Send + 'static>(
	shared: &Shared,
	work: impl FnOnce(&Store) -> io::Result<T> + Send + 'static,
) -> Result<T, String> {
	let store = shared.store.clone();
	let done = spawn_blocking(move || work(&store)).await.map_err(|error| error.to_string())?;
	done.map_err(|error| format!("the disk does not answer: {error}"))
}

fn short(hash: &[u8; 32]) -> [u8; 16] {
	let mut short = [0; 16];
	short.copy_from_slice(&hash[..16]);
	short
}

/// Whether objects are on disk.
async fn look_up(
	shared: &Arc<Shared>,
	objects: Vec<ObjectView>,
) -> (Vec<ObjectView>, Vec<Presence>) {
	let store = shared.store.clone();
	let looked = spawn_blocking(move || {
		let found = objects.iter().map(|object| store.presence(&object.key)).collect();
		(objects, found)
	});
	looked.await.unwrap_or_default()
}

/// Tells the chain what is gone. Always accepted, and cheaper than being caught.
pub(crate) async fn report_lost(
	shared: &Shared,
	id: ProviderId,
	keys: &[ObjectKey],
) -> Result<(), String> {
	for batch in keys.chunks(MAX_BATCH as usize) {
		for key in batch {
			tracing::error!(object = %hex::encode(key.hash), size = key.size, "reported lost");
		}
		shared.send(&Call::report_lost(id, batch)).await?;
		shared.node.metrics.lost.inc_by(batch.len() as u64);
	}
	if !keys.is_empty() {
		shared.node.metrics.missing.set(0);
		shared.work.compare.notify_one();
	}
	Ok(())
}

fn surplus(shared: &Shared, key: ObjectKey) {
	let mut work = shared.work.lock();
	if work.surplus.len() < SURPLUS {
		work.surplus.insert(key);
	}
}

/// Puts files forward for deletion that the chain does not list as held here. Whether they are wanted for
/// another reason is looked at one by one, by the releaser.
async fn orphans(shared: &Arc<Shared>, listed: HashSet<[u8; 16]>) {
	let store = shared.store.clone();
	let found = spawn_blocking(move || {
		let mut orphans = Vec::new();
		let looked = store.each(|hash, size| {
			if !listed.contains(&short(&hash)) {
				orphans.push(ObjectKey { hash, size });
			}
			orphans.len() < SURPLUS
		});
		if let Err(error) = looked {
			tracing::error!(%error, "the disk cannot be listed");
		}
		orphans
	});
	for key in found.await.unwrap_or_default() {
		surplus(shared, key);
	}
}

/// Looks through the objects of this provider's tranches that lack replicas.
async fn incomplete(
	shared: &Arc<Shared>,
	chain: &Chain,
	view: &View,
	seen: &mut HashMap<TrancheId, (Seen, u64)>,
	handovers: &Handovers,
	touched: bool,
) -> rome_client::Result<()> {
	let now = view.head.number;
	let fresh: HashMap<TrancheId, Seen> = view
		.tranches
		.iter()
		.map(|tranche| {
			let members = tranche.members.iter();
			let members = members.map(|member| (member.provider, member.state, member.slots));
			(tranche.id, Seen { counts: tranche.counts.clone(), members: members.collect() })
		})
		.collect();
	let same = |id: &TrancheId, now_seen: &Seen| {
		seen.get(id).is_some_and(|(before, at)| {
			before == now_seen && now.saturating_sub(*at) < AT_LEAST_EVERY
		})
	};
	let unchanged =
		seen.len() == fresh.len() && fresh.iter().all(|(id, now_seen)| same(id, now_seen));
	if unchanged && !touched {
		return Ok(());
	}
	let mut wanted = HashMap::new();
	let mut unconfirmed = HashMap::new();
	for tranche in fresh.keys() {
		page_through(shared, chain, view, *tranche, &mut wanted, &mut unconfirmed).await?;
	}
	take(shared, view, handovers.objects.clone(), &mut wanted, &mut unconfirmed).await;
	save_blocked(shared).await;
	seen.clear();
	seen.extend(fresh.into_iter().map(|(id, now_seen)| (id, (now_seen, now))));
	let metrics = &shared.node.metrics;
	metrics.wanted.set(wanted.len() as i64);
	metrics.unconfirmed.set(unconfirmed.len() as i64);
	let (fetch, confirm) = (!wanted.is_empty(), !unconfirmed.is_empty());
	{
		let mut work = shared.work.lock();
		work.wanted = wanted;
		work.unconfirmed = unconfirmed;
	}
	if fetch {
		shared.work.fetch.notify_one();
	}
	if confirm {
		shared.work.confirm.notify_one();
	}
	Ok(())
}

async fn page_through(
	shared: &Arc<Shared>,
	chain: &Chain,
	view: &View,
	tranche: TrancheId,
	wanted: &mut HashMap<ObjectKey, Vec<ProviderId>>,
	unconfirmed: &mut HashMap<ObjectKey, bool>,
) -> rome_client::Result<()> {
	let at: Hash = view.head.hash;
	let mut after = None;
	loop {
		let page = chain.storage_at(at).incomplete(tranche, after, PAGE).await?;
		take(shared, view, page.items, wanted, unconfirmed).await;
		if page.next.is_none() || page.next == after {
			return Ok(());
		}
		after = page.next;
	}
}

/// Sorts what is assigned here into what is to be fetched and what is to be confirmed.
async fn take(
	shared: &Arc<Shared>,
	view: &View,
	objects: Vec<ObjectView>,
	wanted: &mut HashMap<ObjectKey, Vec<ProviderId>>,
	unconfirmed: &mut HashMap<ObjectKey, bool>,
) {
	let mine = objects.into_iter().filter(|object| is_for(view.me.id, object));
	let (objects, found) = look_up(shared, mine.collect()).await;
	for (object, presence) in objects.into_iter().zip(found) {
		shared.shelf.set_blocked(object.key, object.blocked.as_deref());
		match presence {
			Presence::Whole => {
				unconfirmed.insert(object.key, object.size_proved);
			},
			Presence::Missing => {
				// What is blocked is not copied; what nobody holds cannot be.
				let fetchable = object.blocked.is_none() && !object.holders.is_empty();
				if fetchable && wanted.len() < WANTED {
					wanted.insert(object.key, object.holders);
				}
			},
			Presence::Unknown(_) => {},
		}
	}
}

fn is_for(me: ProviderId, object: &ObjectView) -> bool {
	object.assigned.contains(&me) && !object.holders.contains(&me)
}

/// Objects that others hold and hand over to this provider: those of members that leave, and of tranches
/// that are closing. They are at their coverage, so no list of what lacks replicas has them.
#[derive(Default)]
struct Handovers {
	objects: Vec<ObjectView>,
	looked: Option<u64>,
}

impl Handovers {
	/// Walks through what those who leave hold, now and then. Gives whether it did and found something.
	async fn look(
		&mut self,
		shared: &Arc<Shared>,
		chain: &Chain,
		view: &View,
	) -> rome_client::Result<bool> {
		let now = view.head.number;
		if self.looked.is_some_and(|at| now.saturating_sub(at) < AT_LEAST_EVERY / 2) {
			return Ok(false);
		}
		let storage = chain.storage_at(view.head.hash);
		let mut from = HashSet::new();
		for tranche in storage.tranches().await? {
			let ours = view.me.memberships.iter().any(|(id, _)| *id == tranche.id);
			let leaving = tranche.members.iter().filter(|member| {
				tranche.closing || (ours && !member.placed && member.replicas > 0)
			});
			from.extend(leaving.map(|member| member.provider));
		}
		from.remove(&view.me.id);
		self.objects.clear();
		for provider in from {
			let mut after = None;
			loop {
				let page = storage.holdings(provider, after, PAGE).await?;
				let mine = page.items.into_iter().filter(|object| is_for(view.me.id, object));
				self.objects.extend(mine.take(WANTED.saturating_sub(self.objects.len())));
				if page.next.is_none() || page.next == after || shared.stop.is_cancelled() {
					break;
				}
				after = page.next;
			}
		}
		self.looked = Some(now);
		Ok(!self.objects.is_empty())
	}
}
