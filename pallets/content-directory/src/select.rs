//! Answers queries. Work per call is bounded by [`MAX_PAGE`] candidates and [`MAX_BYTES_LOOKED_AT`] of their
//! values, besides the schemas and the query itself.

use crate::{
	entities::EntityOf,
	migrations::Chain,
	types::{entity_key, entity_of_key, EntityKey, SerialKey},
	walk::{walk, Key, StorageKeys},
	Builds, Classes, Config, Entities, IndexEntries, OwnedEntities, Pallet, Stats, UniqueEntries,
};
use alloc::{boxed::Box, vec::Vec};
use codec::{Decode, Encode};
use rome_primitives::content::{
	api::{EntityAs, Page, Reading},
	limits::MAX_PAGE,
	select::{
		plan, Access, Candidate, Facts, KeyRange, Plan, Position, Select, SelectError,
		MAX_BYTES_LOOKED_AT,
	},
	ClassId, EntityId, IndexKey, PropertyId, Scalar, INDEX_KEY_BYTES,
};

/// Where candidates stand and which they are, in the order of a plan.
type Candidates = Box<dyn Iterator<Item = (Position, u32)>>;

/// Serial numbers in the order of a plan.
type Serials = Box<dyn Iterator<Item = u32>>;

/// Length of an index entry's key behind class and property: the value's key, then the serial number.
const ENTRY_BYTES: usize = INDEX_KEY_BYTES + size_of::<SerialKey>();

impl<T: Config> Pallet<T> {
	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_select(
		query: Select,
	) -> Result<Page<EntityAs<T::AccountId>, Position>, SelectError> {
		let (chain, plan) = Self::plan_of(&query)?;
		let mut candidates = Self::candidates(&query, &plan)?;
		let limit = query.limit.clamp(1, MAX_PAGE) as usize;
		let (mut items, mut last, mut bytes) = (Vec::new(), None, 0u32);
		for (position, serial) in candidates.by_ref().take(MAX_PAGE as usize) {
			last = Some(position);
			let id = EntityId { class: query.class, serial };
			if let Some(entity) = Self::get_entity(id) {
				bytes = bytes.saturating_add(entity.values.encoded_size() as u32);
				items.extend(Self::wanted(&query, &chain, id, entity));
			}
			if items.len() == limit || bytes >= MAX_BYTES_LOOKED_AT {
				break;
			}
		}
		Ok(Page { items, next: last.filter(|_| candidates.next().is_some()) })
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_explain_select(query: Select) -> Result<Plan, SelectError> {
		Self::plan_of(&query).map(|(_, plan)| plan)
	}

	fn plan_of(query: &Select) -> Result<(Chain, Plan), SelectError> {
		let class = Classes::<T>::get(query.class).ok_or(SelectError::ClassNotFound)?;
		let version = query.version.or(class.active_version).ok_or(SelectError::NoActiveVersion)?;
		let chain = Self::chain_to(query.class, version).map_err(SelectError::Unreadable)?;
		query.check(chain.schema().ok_or(SelectError::Malformed)?)?;
		let building = Builds::<T>::get(query.class).map(|build| build.properties);
		let facts = Facts {
			versions: &chain.versions,
			stored: &Stats::<T>::get(query.class).by_version,
			building: building.as_ref().map_or(&[], |properties| properties.as_slice()),
		};
		let plan = plan(query, &facts)?;
		Ok((chain, plan))
	}

	/// What of an entity answers the query, if it does.
	fn wanted(
		query: &Select,
		chain: &Chain,
		id: EntityId,
		entity: EntityOf<T>,
	) -> Option<EntityAs<T::AccountId>> {
		let read = chain.read::<T>(id, &entity).ok()?;
		let owner = entity.owner.encode();
		let candidate = Candidate::new(id, owner, entity.version, &entity.visibility, &read.values);
		if !query.wants(&candidate) {
			return None;
		}
		let values = query.project(read.values);
		let reading = match read.asked.is_empty() {
			true => Reading::Complete,
			false => Reading::Asks(read.asked),
		};
		Some(EntityAs {
			id,
			stored: entity.version,
			version: chain.version(),
			reading,
			removed_references: Self::removed_references(&values),
			expired_objects: Self::expired_objects(&entity.owner, &values),
			values,
			owner: entity.owner,
			referenceable: entity.referenceable,
			visibility: entity.visibility,
		})
	}

	/// The candidates of a plan, behind the query's position.
	fn candidates(query: &Select, plan: &Plan) -> Result<Candidates, SelectError> {
		let (class, down) = (query.class, plan.descending);
		if let Access::Index { property, ranges } = &plan.access {
			let after = match query.after {
				None => None,
				Some(Position::Entry(of, key, serial)) if of == *property => Some((key, serial)),
				Some(_) => return Err(SelectError::OtherPosition),
			};
			return Ok(Self::entries(class, *property, ranges, after, down));
		}
		let after = match query.after {
			None => None,
			Some(Position::Serial(serial)) => Some(serial),
			Some(Position::Entry(..)) => return Err(SelectError::OtherPosition),
		};
		let serials = match &plan.access {
			Access::Unique { property, values } => {
				Self::holders(class, *property, values, after, down)
			},
			Access::Owner { owner } => Self::owned(class, owner, after, down),
			Access::Walk { ranges } => Self::entities_in(class, ranges, after, down),
			Access::Nothing | Access::Index { .. } => Box::new(core::iter::empty()),
		};
		Ok(Box::new(serials.map(|serial| (Position::Serial(serial), serial))))
	}

	/// Those that hold one of `values`.
	fn holders(
		class: ClassId,
		property: PropertyId,
		values: &[Scalar],
		after: Option<u32>,
		down: bool,
	) -> Serials {
		let keys = values.iter().map(|value| Self::unique_key(class, property, value));
		let holders = keys.filter_map(UniqueEntries::<T>::get).map(|id| id.serial);
		let mut serials = holders
			.filter(|serial| match after {
				None => true,
				Some(after) if down => *serial < after,
				Some(after) => *serial > after,
			})
			.collect::<Vec<_>>();
		serials.sort();
		if down {
			serials.reverse();
		}
		Box::new(serials.into_iter())
	}

	/// Those of one owner.
	fn owned(class: ClassId, owner: &[u8], after: Option<u32>, down: bool) -> Serials {
		let Ok(owner) = T::AccountId::decode(&mut &*owner) else {
			// No account, and so no owner of anything.
			return Box::new(core::iter::empty());
		};
		let full = OwnedEntities::<T>::hashed_key_for(owner, EntityKey::default());
		let keys = StorageKeys::beside::<{ size_of::<EntityKey>() }>(full);
		let key = |serial| entity_key(EntityId { class, serial });
		let found = walk(move || keys.clone(), [(key(0), key(u32::MAX))], after.map(key), down);
		Box::new(found.map(|key| entity_of_key(key).serial))
	}

	/// Those with the serial numbers in `ranges`.
	fn entities_in(
		class: ClassId,
		ranges: &[(u32, u32)],
		after: Option<u32>,
		down: bool,
	) -> Serials {
		let full = Entities::<T>::hashed_key_for(class, SerialKey::default());
		let keys = StorageKeys::beside::<{ size_of::<SerialKey>() }>(full);
		let ranges = ranges.iter().map(|(from, to)| (from.to_be_bytes(), to.to_be_bytes()));
		let found = walk(move || keys.clone(), ranges, after.map(u32::to_be_bytes), down);
		Box::new(found.map(u32::from_be_bytes))
	}

	/// Those in `ranges` of a property's index.
	fn entries(
		class: ClassId,
		property: PropertyId,
		ranges: &[KeyRange],
		after: Option<(IndexKey, u32)>,
		down: bool,
	) -> Candidates {
		let parts = ((class, property), IndexKey::default(), SerialKey::default());
		let keys = StorageKeys::beside::<ENTRY_BYTES>(IndexEntries::<T>::hashed_key_for(parts));
		let ranges = ranges.iter().map(|range| (join((range.from, 0)), join((range.to, u32::MAX))));
		let found = walk(move || keys.clone(), ranges, after.map(join), down);
		Box::new(found.map(move |entry| {
			let (key, serial) = split(entry);
			(Position::Entry(property, key, serial), serial)
		}))
	}
}

fn join((key, serial): (IndexKey, u32)) -> Key<ENTRY_BYTES> {
	let mut joined = [0; ENTRY_BYTES];
	for (slot, byte) in joined.iter_mut().zip(key.into_iter().chain(serial.to_be_bytes())) {
		*slot = byte;
	}
	joined
}

fn split(entry: Key<ENTRY_BYTES>) -> (IndexKey, u32) {
	let (mut key, mut serial) = (IndexKey::default(), SerialKey::default());
	for (slot, byte) in key.iter_mut().chain(serial.iter_mut()).zip(entry) {
		*slot = byte;
	}
	(key, u32::from_be_bytes(serial))
}
