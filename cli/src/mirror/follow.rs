//! Carrying the database from one block to a later one.
//!
//! What the blocks in between say by their events is read again, once, as it is after the last of them; so is
//! what depends on it. When something has not been read at all yet - everything at first or when the node has
//! forgotten what happened since, a class when it has a new version - it is read in pages. That may take longer
//! than a node keeps a block's state, so between pages the database is carried on to later blocks, all that
//! has been read of it: at any time, what has been read is as it is after one block. Only when there is nothing
//! left to read do other readers of the file see it, all at once.

use super::{
	catalogue::{live_versions, Catalogue},
	database::{self, Database, Place},
	progress::Progress,
	source::{spans, Found, Snapshot, AT_ONCE},
	store,
	touched::Touched,
	Trouble,
};
use crate::schema::lookup::text;
use futures::{stream, StreamExt, TryStreamExt};
use rome_client::{directory::ClassInfo, Chain, Hash, Runtime};
use rome_primitives::content::{ClassId, EntityId};
use rusqlite::Connection;
use std::{
	collections::{BTreeMap, BTreeSet},
	time::{Duration, Instant},
};

/// Most blocks that are gone over at a time.
const BLOCKS: u64 = 1_024;

/// Blocks whose events are asked for together.
const TOGETHER: u64 = 32;

/// When so many entities were touched, no more blocks are gone over at a time.
const ENTITIES: usize = 5_000;

/// How long pages are read before looking at what has happened meanwhile: short against the time for which
/// even a node that keeps few blocks' states keeps one.
const READING: Duration = Duration::from_millis(100);

/// Follows the chain.
pub(super) struct Follower<'a> {
	pub chain: &'a Chain,
	pub database: &'a Database,
	pub progress: &'a Progress,
	/// Entities in a page.
	pub page: u32,
	runtime: Option<(u32, Runtime)>,
}

/// A final block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
	pub number: u64,
	pub hash: Hash,
}

/// The database while it is being changed.
struct Work<'d> {
	db: &'d Connection,
	catalogue: Catalogue,
	place: Place,
	/// Classes that are not read to their end, with the last entity that was.
	unread: BTreeMap<ClassId, Option<EntityId>>,
	/// Classes whose older entities are being given entries.
	building: BTreeSet<ClassId>,
	/// Classes of which that was so while something was unread.
	built: BTreeSet<ClassId>,
	/// Entities that were read.
	read: u64,
}

impl Work<'_> {
	fn is_unread(&self, id: EntityId) -> bool {
		self.unread.get(&id.class).is_some_and(|last| last.is_none_or(|last| id > last))
	}
}

impl<'a> Follower<'a> {
	pub(super) fn new(
		chain: &'a Chain,
		database: &'a Database,
		progress: &'a Progress,
		page: u32,
	) -> Self {
		Self { chain, database, progress, page, runtime: None }
	}

	/// The newest final block.
	pub(super) async fn head(&self) -> Result<Head, Trouble> {
		let hash = self.chain.rpc.finalized_hash().await?;
		let header = self.chain.rpc.header(hash).await?.ok_or(Trouble::Gone)?;
		Ok(Head { number: header.number, hash })
	}

	/// Carries the database on from `place` towards `head`. Gives where it is then, and how many entities
	/// were read.
	pub(super) async fn advance(
		&mut self,
		place: Place,
		head: Head,
	) -> Result<(Place, u64), Trouble> {
		let changes = self.database.begin()?;
		let catalogue = self.database.catalogue()?;
		let mut work = Work {
			db: &changes,
			catalogue,
			place,
			unread: BTreeMap::new(),
			building: store::building(&changes)?,
			built: BTreeSet::new(),
			read: 0,
		};
		self.step(&mut work, head).await?;
		self.finish(&mut work).await?;
		let (to, read) = (work.place, work.read);
		self.database.commit(changes, Some(place), to)?;
		Ok((to, read))
	}

	/// Reads everything anew.
	pub(super) async fn read_all(&mut self, from: Option<Place>) -> Result<(Place, u64), Trouble> {
		let changes = self.database.begin()?;
		let genesis = self.chain.rpc.genesis().await?;
		let head = self.head().await?;
		let mut work = Work {
			db: &changes,
			catalogue: Catalogue::default(),
			place: Place { genesis, number: head.number, hash: head.hash, runtime: 0 },
			unread: BTreeMap::new(),
			building: BTreeSet::new(),
			built: BTreeSet::new(),
			read: 0,
		};
		self.start_over(&mut work, head).await?;
		self.finish(&mut work).await?;
		let (to, read) = (work.place, work.read);
		self.database.commit(changes, from, to)?;
		Ok((to, read))
	}

	/// Forgets everything, and sets out to read it after `head`.
	async fn start_over(&mut self, work: &mut Work<'_>, head: Head) -> Result<(), Trouble> {
		database::clear(work.db)?;
		work.catalogue = Catalogue::default();
		work.unread.clear();
		work.building.clear();
		let runtime = self.chain.rpc.runtime_version(Some(head.hash)).await?.spec_version;
		let snapshot = self.at(head.hash);
		let infos = snapshot.classes().await?;
		let all = infos.iter().map(|info| info.id).collect();
		self.change_classes(work, snapshot, &infos, &all).await?;
		work.unread = infos.iter().map(|info| (info.id, None)).collect();
		work.built.extend(&work.building);
		work.place = Place { number: head.number, hash: head.hash, runtime, ..work.place };
		let entities = infos.iter().map(|info| u64::from(info.stats.entities)).sum();
		self.progress.reading(entities);
		work.read = 0;
		Ok(())
	}

	/// Reads what is unread, and what happens meanwhile.
	async fn finish(&mut self, work: &mut Work<'_>) -> Result<(), Trouble> {
		let was_unread = !work.unread.is_empty();
		while !work.unread.is_empty() {
			let start = Instant::now();
			while !work.unread.is_empty() && start.elapsed() < READING {
				self.read_page(work).await?;
			}
			let head = self.head().await?;
			if head.number > work.place.number {
				self.step(work, head).await?;
			}
		}
		if was_unread {
			// Entries given while not all who have a stake were known.
			let mut again = BTreeSet::new();
			for class in &work.built {
				again.extend(store::contenders(work.db, *class)?);
			}
			self.read_again(work, self.at(work.place.hash), &again).await?;
		}
		store::forget_unreferenced(work.db)
	}

	async fn read_page(&self, work: &mut Work<'_>) -> Result<(), Trouble> {
		let Some((class, after)) = work.unread.first_key_value() else { return Ok(()) };
		let (class, after) = (*class, *after);
		let snapshot = self.at(work.place.hash);
		let (found, next) = snapshot.page(&work.catalogue, class, after, self.page).await?;
		for found in &found {
			store::put_entity(work.db, &work.catalogue, found)?;
		}
		self.count(work, found.len());
		match next {
			Some(next) => work.unread.insert(class, Some(next)),
			None => work.unread.remove(&class),
		};
		Ok(())
	}

	/// Carries on what has been read to a block between here and `head`.
	async fn step(&mut self, work: &mut Work<'_>, head: Head) -> Result<(), Trouble> {
		let (touched, to) = self.touched(work.place, head).await?;
		let runtime = self.chain.rpc.runtime_version(Some(to.hash)).await?.spec_version;
		let everything = match &touched.everything {
			None if runtime != work.place.runtime => Some("the chain has a new runtime"),
			why => why.as_deref(),
		};
		if let Some(why) = everything {
			self.progress.note(&format!("{why}: everything is read again"));
			return self.start_over(work, to).await;
		}
		if !touched.is_nothing() || !work.building.is_empty() {
			self.apply(work, &touched, to).await?;
		}
		work.place = Place { number: to.number, hash: to.hash, ..work.place };
		Ok(())
	}

	/// What blocks after `place` touched, and the last block that was gone over.
	async fn touched(&mut self, place: Place, head: Head) -> Result<(Touched, Head), Trouble> {
		let chain = self.chain;
		let last = head.number.min(place.number.saturating_add(BLOCKS));
		let mut touched = Touched::default();
		let mut at = Head { number: place.number, hash: place.hash };
		while at.number < last && touched.entities.len() < ENTITIES {
			let first = at.number.saturating_add(1);
			let until = last.min(at.number.saturating_add(TOGETHER));
			let hashes: Vec<Hash> = stream::iter(first..=until)
				.map(|number| self.hash_of(number, head))
				.buffered(AT_ONCE)
				.try_collect()
				.await?;
			let Some(end) = hashes.last().copied() else { break };
			let Some(runtime) = self.runtime(place.runtime, end).await? else {
				// Whatever the events say, everything is read again at this block.
				return Ok((touched, Head { number: until, hash: end }));
			};
			let events = stream::iter(hashes).map(|hash| chain.all_events(hash, runtime));
			let mut events = events.buffered(AT_ONCE);
			while let Some(events) = events.next().await {
				for (_, event) in events? {
					touched.note(&event)?;
				}
			}
			at = Head { number: until, hash: end };
		}
		Ok((touched, at))
	}

	async fn hash_of(&self, number: u64, head: Head) -> Result<Hash, Trouble> {
		if number == head.number {
			return Ok(head.hash);
		}
		self.chain.rpc.block_hash(Some(number)).await?.ok_or(Trouble::Gone)
	}

	/// The runtime `version`, if it is still that after `block`. Versions only rise, so it has then carried out
	/// all blocks before.
	async fn runtime(&mut self, version: u32, block: Hash) -> Result<Option<&Runtime>, Trouble> {
		let now = self.chain.rpc.runtime_version(Some(block)).await?.spec_version;
		if now != version {
			return Ok(None);
		}
		if self.runtime.as_ref().is_none_or(|(known, _)| *known != version) {
			self.runtime = Some((version, self.chain.runtime_at(Some(block)).await?));
		}
		Ok(self.runtime.as_ref().map(|(_, runtime)| runtime))
	}

	/// Reads what was touched, and what depends on it, after `to`.
	async fn apply(&self, work: &mut Work<'_>, touched: &Touched, to: Head) -> Result<(), Trouble> {
		// What entities were like before says whom their change concerns.
		let unread: BTreeSet<_> =
			touched.entities.iter().copied().filter(|id| work.is_unread(*id)).collect();
		self.read_again(work, self.at(work.place.hash), &unread).await?;
		let mut stakes = BTreeSet::new();
		for id in &touched.entities {
			stakes.extend(store::stakes_of(work.db, *id)?.into_iter().map(|it| (id.class, it)));
		}

		let snapshot = self.at(to.hash);
		let mut built: BTreeSet<_> = work.building.union(&touched.built).copied().collect();
		let infos = snapshot.classes().await?;
		let again = self.change_classes(work, snapshot, &infos, &touched.schemas).await?;
		work.unread.extend(again.into_iter().map(|class| (class, None)));
		built.extend(&work.building);

		self.read_again(work, snapshot, &touched.entities).await?;
		for id in &touched.entities {
			stakes.extend(store::stakes_of(work.db, *id)?.into_iter().map(|it| (id.class, it)));
		}
		let mut concerned = BTreeSet::new();
		for (class, stake) in &stakes {
			concerned.extend(store::stakeholders(work.db, *class, stake)?);
		}
		for id in &touched.moved {
			concerned.extend(store::referrers(work.db, *id)?);
		}
		for class in &built {
			concerned.extend(store::contenders(work.db, *class)?);
		}
		concerned.retain(|id| !touched.entities.contains(id) && !work.is_unread(*id));
		self.read_again(work, snapshot, &concerned).await?;
		if !work.unread.is_empty() {
			work.built.extend(built);
		}
		Ok(())
	}

	/// Makes classes and tables follow `infos`. Gives the classes whose entities have to be read again.
	async fn change_classes(
		&self,
		work: &mut Work<'_>,
		snapshot: Snapshot<'_>,
		infos: &[ClassInfo],
		changed: &BTreeSet<ClassId>,
	) -> Result<BTreeSet<ClassId>, Trouble> {
		let mut schemas = BTreeMap::new();
		for info in infos {
			let known = work.catalogue.classes.get(&info.id);
			let known = known.filter(|_| !changed.contains(&info.id));
			let known = match known {
				Some(known) => known.schemas.clone(),
				None => snapshot.schemas(info.id).await?,
			};
			schemas.insert(info.id, known);
			if changed.contains(&info.id) || work.building.contains(&info.id) {
				if snapshot.is_building(info.id).await? {
					work.building.insert(info.id);
				} else {
					work.building.remove(&info.id);
				}
			}
		}
		let name = |info: &ClassInfo| (info.id, text(&info.class.name).into_bytes());
		let names = infos.iter().map(name).collect();
		let live = infos.iter().map(|info| (info.id, live_versions(info))).collect();
		let catalogue = Catalogue::new(&names, schemas, &live);
		let again =
			store::change_catalogue(work.db, &work.catalogue, &catalogue, infos, &work.building)?;
		work.catalogue = catalogue;
		Ok(again)
	}

	/// Reads these entities, and takes out those that are not there.
	async fn read_again(
		&self,
		work: &mut Work<'_>,
		snapshot: Snapshot<'_>,
		ids: &BTreeSet<EntityId>,
	) -> Result<(), Trouble> {
		let catalogue = work.catalogue.clone();
		let known = ids.iter().copied().filter(|id| catalogue.classes.contains_key(&id.class));
		let mut pages = stream::iter(spans(known, self.page))
			.map(|span| snapshot.span(&catalogue, span))
			.buffered(AT_ONCE);
		while let Some(page) = pages.next().await {
			let (span, found) = page?;
			let there: BTreeMap<EntityId, &Found> =
				found.iter().map(|found| (found.info.id, found)).collect();
			let id = |serial| EntityId { class: span.class, serial };
			for id in ids.range(id(span.first)..=id(span.last)) {
				match there.get(id) {
					Some(found) => store::put_entity(work.db, &catalogue, found)?,
					None => store::remove_entity(work.db, &catalogue, *id)?,
				}
			}
			work.read = work.read.saturating_add(there.len() as u64);
		}
		Ok(())
	}

	fn count(&self, work: &mut Work<'_>, read: usize) {
		work.read = work.read.saturating_add(read as u64);
		self.progress.read(work.read);
	}

	fn at(&self, hash: Hash) -> Snapshot<'a> {
		Snapshot { chain: self.chain, hash, page: self.page }
	}
}

/// Whether the database's block is the chain's, too.
pub(super) async fn ensure_same_chain(
	chain: &Chain,
	database: &Database,
	place: Place,
	head: Head,
) -> Result<(), Trouble> {
	let Place { number, hash, .. } = place;
	if number > head.number {
		// A node that is behind. It will come.
		return Ok(());
	}
	match chain.rpc.block_hash(Some(number)).await? {
		Some(found) if found != hash => Err(super::another_chain(
			database,
			&format!("block {number} is {hash:?} there, and {found:?} on the node"),
		)),
		_ => Ok(()),
	}
}
