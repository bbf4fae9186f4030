//! What the runtime API answers. Work per call is bounded by the page size.

use crate::{
	entities::EntityOf,
	migrations::Chain,
	types::{entity_key, entity_of_key, BalanceOf},
	weights::WeightInfo,
	Builds, ClassNames, Classes, Config, CuratorGroups, Entities, Holdings, IndexEntries,
	NextClassId, NextCuratorGroupId, NextSuggestionId, OwnedEntities, Pallet, References, Stats,
	Suggestions, Sweeps, Tallies, TransferOffers, UniqueEntries,
};
use alloc::vec::Vec;
use frame_support::weights::Weight;
use rome_primitives::content::{
	api::{
		ClassView, CuratorGroupView, EntityAs, EntityView, Maintenance, Page, ReadError, Reading,
		SchemaView, SuggestionView,
	},
	index_key,
	limits::{MAX_ENTITY_BYTES, MAX_PAGE},
	Category, ClassId, CuratorGroupId, DataObjects, EntityId, EntityObjects, EntityValues,
	Migrated, Name, ObjectHash, PropertyId, Scalar, SchemaVersion, SuggestionId, SuggestionStatus,
	SuggestionTally, Value, Visibility,
};

type EntityViewOf<T> = EntityView<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
type SuggestionViewOf<T> = SuggestionView<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

/// Looks at no more than [`MAX_PAGE`] candidates, in order, and keeps up to `limit` of what `view` makes
/// of them.
fn page<Cursor: Copy, Item>(
	mut candidates: impl Iterator<Item = Cursor>,
	limit: u32,
	view: impl Fn(Cursor) -> Option<Item>,
) -> Page<Item, Cursor> {
	let limit = limit.clamp(1, MAX_PAGE) as usize;
	let mut items = Vec::new();
	let mut last = None;
	for cursor in candidates.by_ref().take(MAX_PAGE as usize) {
		last = Some(cursor);
		items.extend(view(cursor));
		if items.len() == limit {
			break;
		}
	}
	Page { items, next: last.filter(|_| candidates.next().is_some()) }
}

impl<T: Config> Pallet<T> {
	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_classes(
		after: Option<ClassId>,
		limit: u32,
	) -> Page<ClassView<T::AccountId>, ClassId> {
		let first = after.map_or(0, |after| after.saturating_add(1));
		page(first..NextClassId::<T>::get(), limit, Self::class_view)
	}

	fn class_view(id: ClassId) -> Option<ClassView<T::AccountId>> {
		Some(ClassView { id, class: Classes::<T>::get(id)?, stats: Stats::<T>::get(id) })
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_class_by_name(name: Vec<u8>) -> Option<ClassView<T::AccountId>> {
		Self::class_view(ClassNames::<T>::get(Name::try_from(name).ok()?)?)
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_schema(class: ClassId, version: SchemaVersion) -> Option<SchemaView> {
		Classes::<T>::contains_key(class).then_some(())?;
		let schema = Self::schema(class, version)?;
		let stats = Stats::<T>::get(class);
		let live = stats.by_version.iter().find(|(other, _)| *other == version);
		Some(SchemaView { class, version, schema, entities: live.map_or(0, |(_, count)| *count) })
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_schemas(
		class: ClassId,
		after: Option<SchemaVersion>,
		limit: u32,
	) -> Page<SchemaView, SchemaVersion> {
		let latest = Classes::<T>::get(class).map_or(0, |record| record.latest_version);
		let first = after.map_or(1, |after| after.saturating_add(1));
		page(first..=latest, limit, |version| Self::api_schema(class, version))
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_suggestion(id: SuggestionId) -> Option<SuggestionViewOf<T>> {
		Some(SuggestionView { id, suggestion: Suggestions::<T>::get(id)? })
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_suggestions(
		category: Option<Category>,
		status: Option<SuggestionStatus>,
		after: Option<SuggestionId>,
		limit: u32,
	) -> Page<SuggestionViewOf<T>, SuggestionId> {
		let first = after.map_or(0, |after| after.saturating_add(1));
		page(first..NextSuggestionId::<T>::get(), limit, |id| {
			Self::api_suggestion(id).filter(|SuggestionView { suggestion, .. }| {
				category.is_none_or(|category| suggestion.category == category)
					&& status.is_none_or(|status| suggestion.status == status)
			})
		})
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_suggestion_tallies() -> Vec<(Category, SuggestionTally)> {
		Category::ALL.map(|category| (category, Tallies::<T>::get(category))).to_vec()
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_entity(id: EntityId) -> Option<EntityViewOf<T>> {
		Self::get_entity(id).map(|entity| Self::entity_view(id, entity))
	}

	fn entity_view(id: EntityId, entity: EntityOf<T>) -> EntityViewOf<T> {
		let removed_references = Self::removed_references(&entity.values);
		let expired_objects = Self::expired_objects(&entity.owner, &entity.values);
		EntityView {
			id,
			offered_to: TransferOffers::<T>::get(id),
			own_references: References::<T>::get(id, &entity.owner).total,
			foreign_references: Self::has_foreign_references(id, &entity.owner),
			removed_references,
			expired_objects,
			entity,
		}
	}

	pub(crate) fn removed_references(values: &EntityValues) -> Vec<EntityId> {
		let targets = values.references().map(|(_, target)| target);
		targets
			.filter(|target| {
				!Entities::<T>::contains_key(target.class, target.serial.to_be_bytes())
			})
			.collect()
	}

	pub(crate) fn expired_objects(owner: &T::AccountId, values: &EntityValues) -> Vec<ObjectHash> {
		values.objects().filter(|object| !T::DataObjects::is_available(owner, object)).collect()
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_entities(
		class: ClassId,
		after: Option<EntityId>,
		limit: u32,
	) -> Page<EntityViewOf<T>, EntityId> {
		page(Self::ids_after(class, after), limit, Self::api_entity)
	}

	/// The ids of a class's entities that come after one.
	fn ids_after(class: ClassId, after: Option<EntityId>) -> impl Iterator<Item = EntityId> {
		let serials = match after {
			Some(after) => Entities::<T>::iter_key_prefix_from(
				class,
				Entities::<T>::hashed_key_for(class, after.serial.to_be_bytes()),
			),
			None => Entities::<T>::iter_key_prefix(class),
		};
		serials.map(move |serial| EntityId { class, serial: u32::from_be_bytes(serial) })
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_entity_as(
		id: EntityId,
		version: SchemaVersion,
	) -> Result<EntityAs<T::AccountId>, ReadError> {
		let entity = Self::get_entity(id).ok_or(ReadError::EntityNotFound)?;
		let oldest = if entity.version == 0 { version } else { entity.version };
		let view = Self::entity_as(&Self::chain_between(id.class, oldest, version)?, id, entity);
		match view.reading {
			Reading::Later => Err(ReadError::StoredLater),
			_ => Ok(view),
		}
	}

	fn entity_as(chain: &Chain, id: EntityId, entity: EntityOf<T>) -> EntityAs<T::AccountId> {
		let (reading, values) = match chain.read::<T>(id, &entity) {
			Ok(Migrated { values, asked }) if asked.is_empty() => (Reading::Complete, values),
			Ok(Migrated { values, asked }) => (Reading::Asks(asked), values),
			Err(_) => (Reading::Later, Default::default()),
		};
		EntityAs {
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
		}
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_entities_as(
		class: ClassId,
		version: SchemaVersion,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<Page<EntityAs<T::AccountId>, EntityId>, ReadError> {
		let chain = Self::chain_to(class, version)?;
		Ok(page(Self::ids_after(class, after), limit, |id| {
			Some(Self::entity_as(&chain, id, Self::get_entity(id)?))
		}))
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_entities_asking(
		class: ClassId,
		version: SchemaVersion,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<Page<EntityAs<T::AccountId>, EntityId>, ReadError> {
		let chain = Self::chain_to(class, version)?;
		Ok(page(Self::ids_after(class, after), limit, |id| {
			let view = Self::entity_as(&chain, id, Self::get_entity(id)?);
			matches!(view.reading, Reading::Asks(_)).then_some(view)
		}))
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_curator_groups(
		after: Option<CuratorGroupId>,
		limit: u32,
	) -> Page<CuratorGroupView<T::AccountId>, CuratorGroupId> {
		let first = after.map_or(0, |after| after.saturating_add(1));
		page(first..NextCuratorGroupId::<T>::get(), limit, |id| {
			Some(CuratorGroupView { id, group: CuratorGroups::<T>::get(id)? })
		})
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_maintenance(class: ClassId) -> Maintenance {
		Maintenance { build: Builds::<T>::get(class), sweep: Sweeps::<T>::get(class) }
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_entities_of(
		owner: T::AccountId,
		class: Option<ClassId>,
		after: Option<EntityId>,
		limit: u32,
	) -> Page<EntityViewOf<T>, EntityId> {
		// Keys sort by class, so a class is one stretch of them, which begins behind the last possible id
		// of the class before.
		let start = class
			.and_then(|class| class.checked_sub(1))
			.map(|before| EntityId { class: before, serial: u32::MAX });
		let keys = match after.max(start) {
			Some(after) => OwnedEntities::<T>::iter_key_prefix_from(
				owner.clone(),
				OwnedEntities::<T>::hashed_key_for(owner, entity_key(after)),
			),
			None => OwnedEntities::<T>::iter_key_prefix(owner),
		};
		let ids =
			keys.map(entity_of_key).take_while(|id| class.is_none_or(|class| id.class == class));
		page(ids, limit, Self::api_entity)
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_entity_by_unique(
		class: ClassId,
		property: PropertyId,
		value: Scalar,
	) -> Option<EntityViewOf<T>> {
		Self::api_entity(UniqueEntries::<T>::get(Self::unique_key(class, property, &value))?)
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_entities_by_index(
		class: ClassId,
		property: PropertyId,
		value: Scalar,
		after: Option<EntityId>,
		limit: u32,
	) -> Page<EntityViewOf<T>, EntityId> {
		let prefix = ((class, property), index_key(&value));
		let serials = match after {
			Some(after) => IndexEntries::<T>::iter_key_prefix_from(
				prefix,
				IndexEntries::<T>::hashed_key_for((prefix.0, prefix.1, after.serial.to_be_bytes())),
			),
			None => IndexEntries::<T>::iter_key_prefix(prefix),
		};
		let ids = serials.map(|serial| EntityId { class, serial: u32::from_be_bytes(serial) });
		// A key stands for every value that begins with it, so the value itself decides.
		let wanted = Value::Single(value);
		page(ids, limit, |id| {
			Self::api_entity(id).filter(|view| view.entity.values.value(property) == Some(&wanted))
		})
	}

	/// See [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi).
	pub fn api_quota(class: ClassId, account: T::AccountId) -> (u32, Option<u32>) {
		let holding = Holdings::<T>::get(class, account);
		let default = Classes::<T>::get(class).and_then(|record| record.config.default_quota);
		(holding.entities, holding.quota.or(default))
	}
}

impl<T: Config> EntityObjects<T::AccountId> for Pallet<T> {
	fn owner_of_holding(id: EntityId, object: &ObjectHash) -> Option<T::AccountId> {
		let entity = Self::get_entity(id)?;
		let hidden = matches!(entity.visibility, Visibility::Hidden { .. });
		let holds = entity.values.objects().any(|held| held == *object);
		(holds && !hidden).then_some(entity.owner)
	}

	fn weight() -> Weight {
		// An entity that is as long as one may be is read: less than creating it.
		T::WeightInfo::create_entity(MAX_ENTITY_BYTES)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn make_holding(owner: &T::AccountId, object: &ObjectHash) -> EntityId {
		let id = EntityId { class: 0, serial: u32::MAX };
		let value = Value::Single(Scalar::DataObject(*object));
		let mut values = Self::get_entity(id).map(|entity| entity.values).unwrap_or_default();
		let property = values.0.len() as PropertyId;
		assert!(values.0.try_push((property, value)).is_ok(), "an entity holds a few objects");
		let entity = EntityOf::<T> {
			version: 0,
			owner: owner.clone(),
			referenceable: false,
			visibility: Visibility::Visible,
			deposit: Default::default(),
			values,
		};
		Self::put_entity(id, &entity);
		id
	}
}
