//! # Content directory
//!
//! A typed database on chain. A *class* is a table, a *property* a column, a *schema version* the table's
//! definition at one time, and an *entity* a row. Everything is read through the runtime API
//! [`ContentDirectoryApi`](rome_primitives::content::api::ContentDirectoryApi); no indexer is needed.
//!
//! ## How a schema comes to be
//!
//! Anyone suggests one for a deposit ([`Pallet::suggest_schema`]), for a class that exists or together
//! with a new one. Others put up deposits to endorse it. The council approves or rejects it, and root or
//! two thirds of the council activate it: from then on entities are created with it. The version before
//! is superseded: its entities stay readable and editable. A version without entities can be retired.
//!
//! ## Old, new and mixed
//!
//! Each version says how it follows from the one before, by rules that are total
//! ([`Rule`](rome_primitives::content::Rule)). So an entity of any version reads as any later one, but for
//! the properties that have to be supplied by hand. It is moved there by its owner, a curator or root
//! ([`Pallet::migrate_entity`]), or with its whole class ([`Pallet::migrate_class`]). Free-form documents
//! are entities of version 0.
//!
//! ## Entities
//!
//! An entity belongs to an account, which pays a deposit for what it occupies and gets it back with the
//! removal. Its values are checked against its schema version by
//! [`Schema::check_values`](rome_primitives::content::Schema::check_values); what only the chain's state
//! can tell is checked here: that unique values are unique, that references lead to entities of the right
//! class and owner, and that stored objects are there.
//!
//! A reference keeps its target from being removed if both have the same owner, or if the target's owner
//! has made it referenceable. Otherwise the target can go, and the reference reads as removed: numbers
//! are never reused.
//!
//! ## Where to find what
//!
//! | file | duty |
//! | --- | --- |
//! | `suggestions` | the life of a suggested schema, up to the decision |
//! | `schemas` | activation and retirement of schema versions |
//! | `classes` | class administration, quotas |
//! | `entities` | creation, update, removal |
//! | `transfers` | handing an entity over |
//! | `batches` | several operations of which all happen or none |
//! | `curators` | curator groups, and what their members decide |
//! | `migrations` | reading entities as later versions, and moving them there |
//! | `maintenance` | work on whole classes, a part in every block |
//! | `entries` | unique and index entries, references, object uses: what values cause elsewhere |
//! | `queries` | what the runtime API answers |
//! | `select`, `walk` | queries, and the walks through storage that answer them |
//! | `try_state` | the invariants |
//! | `integrity` | how limits, weights and the block relate |

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]

extern crate alloc;

pub use pallet::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

mod batches;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod classes;
mod curators;
mod entities;
mod entries;
mod errors;
mod events;
#[cfg(any(feature = "std", test))]
mod integrity;
mod maintenance;
mod migrations;
#[cfg(test)]
mod mock;
mod queries;
mod schemas;
mod select;
mod suggestions;
#[cfg(test)]
mod tests;
mod transfers;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
mod walk;
pub mod weights;

pub use types::{
	accept_weight, create_weight, max_migrate_weight, remove_weight, update_weight, ValueCounts,
};

#[import_section(errors::errors)]
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
	use super::{types::*, weights::WeightInfo};
	use alloc::vec::Vec;
	use frame_support::{
		dispatch::{DispatchErrorWithPostInfo, PostDispatchInfo},
		pallet_prelude::*,
		traits::{
			fungible::{BalancedHold, Inspect, MutateHold},
			OnUnbalanced,
		},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use rome_primitives::content::{
		limits::MAX_PROPERTIES, Build, Category, Class, ClassConfig, ClassId, ClassStats,
		ClassStatus, CuratorGroup, CuratorGroupId, DataObjects, Description, Entity, EntityId,
		EntityValues, IndexKey, Moderation, Name, OnSchemaActivated, Operations, PropertyId,
		Schema, SchemaDraft, SchemaVersion, Suggestion, SuggestionId, SuggestionTally,
		SuggestionTarget, Sweep, ValueChanges,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The content directory.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the directory needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Deposits are held in this.
		type Currency: Inspect<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ BalancedHold<Self::AccountId>;
		/// The runtime's hold reasons, of which ours are some.
		type RuntimeHoldReason: From<HoldReason>;
		/// Who approves and rejects suggested schemas: the council.
		type ApproveOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Who activates and retires schema versions: root, or more of the council than approves.
		type ActivateOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Who administers classes and quotas.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Stored objects that entities name.
		type DataObjects: DataObjects<Self::AccountId>;
		/// Told of every activated schema.
		type OnSchemaActivated: OnSchemaActivated<Self::AccountId>;
		/// Gets the deposits of suggestions that were spam.
		type OnSlash: OnUnbalanced<CreditOf<Self>>;
		/// Deposit for an entity, before its size is counted.
		type EntityDepositBase: Get<BalanceOf<Self>>;
		/// Deposit for each byte of an entity's encoded values.
		type EntityDepositPerByte: Get<BalanceOf<Self>>;
		/// Deposit for each unique entry, index entry and reference that an entity's values cause.
		type EntityDepositPerEntry: Get<BalanceOf<Self>>;
		/// Deposit for a suggestion, before its size is counted.
		type SuggestionDepositBase: Get<BalanceOf<Self>>;
		/// Deposit for each byte of a suggestion.
		type SuggestionDepositPerByte: Get<BalanceOf<Self>>;
		/// Least amount that an endorsement puts up.
		type MinEndorsement: Get<BalanceOf<Self>>;
		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// Why the directory holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For what entities occupy.
		#[codec(index = 0)]
		Entity,
		/// For a suggested schema, until the decision.
		#[codec(index = 1)]
		Suggestion,
		/// For endorsing a suggested schema.
		#[codec(index = 2)]
		Endorsement,
	}

	// In all maps below, Twox64Concat and Identity stand only where the chain itself gives out the key or
	// where the key is already a hash or bounded in length; what accounts and texts can choose goes through
	// Blake2.

	/// The number that the next class takes.
	#[pallet::storage]
	pub type NextClassId<T> = StorageValue<_, ClassId, ValueQuery>;

	/// The classes. Never removed; each one was approved by the council.
	#[pallet::storage]
	pub type Classes<T: Config> = StorageMap<_, Twox64Concat, ClassId, Class<T::AccountId>>;

	/// The classes by name.
	#[pallet::storage]
	pub type ClassNames<T: Config> = StorageMap<_, Blake2_128Concat, Name, ClassId>;

	/// The classes' counts: apart from [`Classes`], because every entity that comes or goes writes them.
	#[pallet::storage]
	pub type Stats<T: Config> = StorageMap<_, Twox64Concat, ClassId, ClassStats, ValueQuery>;

	/// The schema versions. Never removed; each one was approved by the council.
	#[pallet::storage]
	pub type Schemas<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ClassId, Twox64Concat, SchemaVersion, Schema>;

	/// The number that the next suggestion takes.
	#[pallet::storage]
	pub type NextSuggestionId<T> = StorageValue<_, SuggestionId, ValueQuery>;

	/// The suggestions that wait for decision or activation. Bounded by their deposits.
	#[pallet::storage]
	pub type Suggestions<T: Config> =
		StorageMap<_, Twox64Concat, SuggestionId, Suggestion<T::AccountId, BalanceOf<T>>>;

	/// What accounts have put up for suggestions. Bounded by just that.
	#[pallet::storage]
	pub type Endorsements<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		SuggestionId,
		Blake2_128Concat,
		T::AccountId,
		BalanceOf<T>,
	>;

	/// What became of all suggestions. One item for each category.
	#[pallet::storage]
	pub type Tallies<T: Config> =
		StorageMap<_, Twox64Concat, Category, SuggestionTally, ValueQuery>;

	/// The entities by class and serial number. The number is stored with its most significant byte first
	/// and unhashed, so that a class is walked in order. Bounded by deposits.
	#[pallet::storage]
	pub type Entities<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		ClassId,
		Identity,
		SerialKey,
		Entity<T::AccountId, BalanceOf<T>>,
	>;

	/// Each account's entities, walked in order of id. As many as there are entities.
	#[pallet::storage]
	pub type OwnedEntities<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, EntityKey, ()>;

	/// How many entities an account owns in a class, and its quota if it has one of its own.
	#[pallet::storage]
	pub type Holdings<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		ClassId,
		Blake2_128Concat,
		T::AccountId,
		Holding,
		ValueQuery,
	>;

	/// How often an account's entities refer to an entity. Counted by the owner of those that refer, so
	/// that handing over the target changes nothing here. Outlives the target: what still refers to it
	/// reads as removed.
	#[pallet::storage]
	pub type References<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		EntityId,
		Blake2_128Concat,
		T::AccountId,
		ReferenceCount,
		ValueQuery,
	>;

	/// Who holds a unique value: by the hash of class, property and value.
	#[pallet::storage]
	pub type UniqueEntries<T: Config> = StorageMap<_, Identity, UniqueKey, EntityId>;

	/// Who holds an indexed value: walked in order of value, then of id. The keys are unhashed for that,
	/// and of fixed length, which bounds how deep a stranger's values can make the trie.
	#[pallet::storage]
	pub type IndexEntries<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, (ClassId, PropertyId)>,
			NMapKey<Identity, IndexKey>,
			NMapKey<Identity, SerialKey>,
		),
		(),
	>;

	/// To whom entities are offered.
	#[pallet::storage]
	pub type TransferOffers<T: Config> = StorageMap<_, Twox64Concat, EntityId, T::AccountId>;

	/// The number that the next curator group takes.
	#[pallet::storage]
	pub type NextCuratorGroupId<T> = StorageValue<_, CuratorGroupId, ValueQuery>;

	/// The curator groups. Never removed; each one was created by the administration.
	#[pallet::storage]
	pub type CuratorGroups<T: Config> =
		StorageMap<_, Twox64Concat, CuratorGroupId, CuratorGroup<T::AccountId>>;

	/// The classes whose older entities are being given entries.
	#[pallet::storage]
	pub type Builds<T: Config> = StorageMap<_, Twox64Concat, ClassId, Build>;

	/// The classes whose entities are being migrated.
	#[pallet::storage]
	pub type Sweeps<T: Config> = StorageMap<_, Twox64Concat, ClassId, Sweep>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			Self::maintain(&mut meter);
			meter.consumed()
		}

		#[cfg(feature = "std")]
		fn integrity_test() {
			Self::check_integrity();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Suggests a schema: the next version for a class that exists, or the first one of a new class.
		///
		/// Anyone may. Holds a deposit by size until the council decides. Emits `SchemaSuggested`.
		#[pallet::call_index(0)]
		pub fn suggest_schema(
			origin: OriginFor<T>,
			target: SuggestionTarget<T::AccountId>,
			schema: SchemaDraft,
		) -> DispatchResult {
			Self::do_suggest_schema(ensure_signed(origin)?, target, schema)
		}

		/// Puts up `amount` for a suggestion, on top of what the account has put up for it before.
		///
		/// Anyone may, until the decision; at least `MinEndorsement` a call. Emits `SchemaEndorsed`.
		#[pallet::call_index(1)]
		pub fn endorse_schema(
			origin: OriginFor<T>,
			suggestion: SuggestionId,
			#[pallet::compact] amount: BalanceOf<T>,
		) -> DispatchResult {
			Self::do_endorse_schema(ensure_signed(origin)?, suggestion, amount)
		}

		/// Gives `endorser` back what it put up for a suggestion.
		///
		/// The endorser may at any time; anyone may once the suggestion is decided. Emits
		/// `EndorsementWithdrawn`.
		#[pallet::call_index(2)]
		pub fn withdraw_endorsement(
			origin: OriginFor<T>,
			suggestion: SuggestionId,
			endorser: T::AccountId,
		) -> DispatchResult {
			Self::do_withdraw_endorsement(ensure_signed(origin)?, suggestion, endorser)
		}

		/// Takes a suggestion back and returns its deposit.
		///
		/// Its proposer may, until it is approved. Emits `SuggestionWithdrawn`.
		#[pallet::call_index(3)]
		pub fn withdraw_suggestion(
			origin: OriginFor<T>,
			suggestion: SuggestionId,
		) -> DispatchResult {
			Self::do_withdraw_suggestion(ensure_signed(origin)?, suggestion)
		}

		/// Approves a suggestion and returns its deposit.
		///
		/// `ApproveOrigin` may. Emits `SchemaApproved`.
		#[pallet::call_index(4)]
		pub fn approve_schema(origin: OriginFor<T>, suggestion: SuggestionId) -> DispatchResult {
			T::ApproveOrigin::ensure_origin(origin)?;
			Self::do_approve_schema(suggestion)
		}

		/// Rejects a suggestion, approved ones included. Its deposit goes back, or to the fund if it is
		/// marked as `spam` before it was approved.
		///
		/// `ApproveOrigin` may. Emits `SchemaRejected`.
		#[pallet::call_index(5)]
		pub fn reject_schema(
			origin: OriginFor<T>,
			suggestion: SuggestionId,
			spam: bool,
		) -> DispatchResult {
			T::ApproveOrigin::ensure_origin(origin)?;
			Self::do_reject_schema(suggestion, spam)
		}

		/// Makes an approved suggestion the active version of its class, and the class where it is new.
		/// The version that was active is superseded.
		///
		/// `ActivateOrigin` may. Emits `SchemaActivated`, and `ClassCreated` before it for a new class.
		#[pallet::call_index(6)]
		#[pallet::weight(
			T::WeightInfo::activate_schema().saturating_add(T::OnSchemaActivated::weight())
		)]
		pub fn activate_schema(origin: OriginFor<T>, suggestion: SuggestionId) -> DispatchResult {
			T::ActivateOrigin::ensure_origin(origin)?;
			Self::do_activate_schema(suggestion)
		}

		/// Retires a version that has no entities: none can be created with it any more.
		///
		/// `ActivateOrigin` may. Emits `SchemaRetired`.
		#[pallet::call_index(7)]
		pub fn retire_schema(
			origin: OriginFor<T>,
			class: ClassId,
			version: SchemaVersion,
		) -> DispatchResult {
			T::ActivateOrigin::ensure_origin(origin)?;
			Self::do_retire_schema(class, version)
		}

		/// Creates an entity of `class`. `version` must be the active one: it says which schema the caller
		/// had in mind. `referenceable` is what [`Pallet::set_referenceable`] changes later.
		///
		/// Whom the class lets, up to the quota. Holds a deposit by size and entries. Emits
		/// `EntityCreated`.
		#[pallet::call_index(8)]
		#[pallet::weight(create_weight::<T>(&ValueCounts::of_arguments(values)))]
		pub fn create_entity(
			origin: OriginFor<T>,
			class: ClassId,
			version: SchemaVersion,
			values: EntityValues,
			referenceable: bool,
		) -> DispatchResultWithPostInfo {
			let owner = ensure_signed(origin)?;
			let (_, counts) = Self::do_create_entity(owner, class, version, values, referenceable)?;
			Ok(Some(create_weight::<T>(&counts)).into())
		}

		/// Changes the properties named: to a value, or to none.
		///
		/// The owner may. The deposit follows the size. An offer to another account lapses. Emits
		/// `EntityUpdated`.
		#[pallet::call_index(9)]
		#[pallet::weight(update_weight::<T>(&ValueCounts::MAX))]
		pub fn update_entity(
			origin: OriginFor<T>,
			entity: EntityId,
			changes: ValueChanges,
		) -> DispatchResultWithPostInfo {
			let counts = Self::do_update_entity(ensure_signed(origin)?, entity, changes)?;
			Ok(Some(update_weight::<T>(&counts)).into())
		}

		/// Removes an entity and returns its deposit.
		///
		/// The owner may, unless entities of the same owner refer to it, or entities of others while it is
		/// referenceable. Emits `EntityRemoved`.
		#[pallet::call_index(10)]
		#[pallet::weight(remove_weight::<T>(&ValueCounts::MAX))]
		pub fn remove_entity(origin: OriginFor<T>, entity: EntityId) -> DispatchResultWithPostInfo {
			let counts = Self::do_remove_entity(ensure_signed(origin)?, entity)?;
			Ok(Some(remove_weight::<T>(&counts)).into())
		}

		/// Offers an entity to an account, instead of to any other before; to `None` takes the offer back.
		///
		/// The owner may. Emits `TransferOffered`.
		#[pallet::call_index(11)]
		pub fn offer_transfer(
			origin: OriginFor<T>,
			entity: EntityId,
			to: Option<T::AccountId>,
		) -> DispatchResult {
			Self::do_offer_transfer(ensure_signed(origin)?, entity, to)
		}

		/// Takes over an entity that is offered to the caller, for a deposit of at most `max_deposit`; the
		/// former owner's goes back. Class, quota and pins must allow the caller to own it.
		///
		/// The account that it is offered to may. Emits `TransferAccepted`.
		#[pallet::call_index(12)]
		#[pallet::weight(accept_weight::<T>(&ValueCounts::MAX))]
		pub fn accept_transfer(
			origin: OriginFor<T>,
			entity: EntityId,
			#[pallet::compact] max_deposit: BalanceOf<T>,
		) -> DispatchResultWithPostInfo {
			let counts = Self::do_accept_transfer(ensure_signed(origin)?, entity, max_deposit)?;
			Ok(Some(accept_weight::<T>(&counts)).into())
		}

		/// Says whether entities of other owners may refer to this one, and so keep it from being removed.
		/// Those that refer to it already stay; once it is off, they keep it no longer.
		///
		/// The owner may. Emits `ReferenceableSet`.
		#[pallet::call_index(13)]
		pub fn set_referenceable(
			origin: OriginFor<T>,
			entity: EntityId,
			referenceable: bool,
		) -> DispatchResult {
			Self::do_set_referenceable(ensure_signed(origin)?, entity, referenceable)
		}

		/// Changes a class's settings. Entities that exist stay, whatever the new limits are.
		///
		/// `AdminOrigin` may. Emits `ClassUpdated`.
		#[pallet::call_index(14)]
		pub fn update_class(
			origin: OriginFor<T>,
			class: ClassId,
			config: ClassConfig<T::AccountId>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_update_class(class, config)
		}

		/// Opens, pauses or retires a class.
		///
		/// `AdminOrigin` may. Emits `ClassStatusSet`.
		#[pallet::call_index(15)]
		pub fn set_class_status(
			origin: OriginFor<T>,
			class: ClassId,
			status: ClassStatus,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_class_status(class, status)
		}

		/// Sets how many entities of a class an account may own; `None` returns it to the class's default.
		///
		/// `AdminOrigin` may. Emits `QuotaSet`.
		#[pallet::call_index(16)]
		pub fn set_quota(
			origin: OriginFor<T>,
			class: ClassId,
			account: T::AccountId,
			quota: Option<u32>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_quota(class, account, quota)
		}

		/// Sets how many entities of a class an account without a quota of its own may own; `None` is no
		/// limit.
		///
		/// `AdminOrigin` may. Emits `DefaultQuotaSet`.
		#[pallet::call_index(17)]
		pub fn set_default_quota(
			origin: OriginFor<T>,
			class: ClassId,
			quota: Option<u32>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_default_quota(class, quota)
		}

		/// Moves an entity to a later version of its schema. `supplied` has the properties that the
		/// migration asks for and no others: a value, or `None` for an optional one that stays empty. From
		/// version 0, which is a free-form document, everything is supplied.
		///
		/// The owner may, a member of a curator `group` of the class, and root. Only the owner's own call
		/// raises the deposit. Emits `EntityMigrated`.
		#[pallet::call_index(18)]
		#[pallet::weight(max_migrate_weight::<T>())]
		pub fn migrate_entity(
			origin: OriginFor<T>,
			entity: EntityId,
			version: SchemaVersion,
			supplied: ValueChanges,
			group: Option<CuratorGroupId>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed_or_root(origin)?.map(|who| (who, group));
			let (counts, steps) = Self::do_migrate_entity(who, entity, version, supplied)?;
			Ok(Some(migrate_weight::<T>(&counts, steps)).into())
		}

		/// Starts moving all entities of a class to `version`, some in every block that has room. Those that
		/// ask for something stay, and are listed in events.
		///
		/// `AdminOrigin` may. Emits `MigrationStarted`; later `EntityMigrated`, `EntityAsks`,
		/// `MigrationProgressed` and `MigrationFinished`.
		#[pallet::call_index(19)]
		pub fn migrate_class(
			origin: OriginFor<T>,
			class: ClassId,
			version: SchemaVersion,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_migrate_class(class, version)
		}

		/// Stops moving the entities of a class. Those that were moved stay so.
		///
		/// `AdminOrigin` may. Emits `MigrationCancelled`.
		#[pallet::call_index(20)]
		pub fn cancel_migration(origin: OriginFor<T>, class: ClassId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_cancel_migration(class)
		}

		/// Does several operations on entities in order. All of them happen or none does, events included.
		/// Later ones refer to entities that earlier ones create
		/// ([`Target`](rome_primitives::content::Target), [`CREATED`](rome_primitives::content::CREATED)).
		///
		/// Whom each operation allows. Weighs what its operations weigh; what did not happen is given back.
		#[pallet::call_index(21)]
		#[pallet::weight(transact_weight::<T>(operations))]
		pub fn transact(
			origin: OriginFor<T>,
			operations: Operations<T::AccountId, BalanceOf<T>>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let info = |weight| PostDispatchInfo::from(Some(weight));
			match Self::do_transact(who, operations.into_inner()) {
				Ok(weight) => Ok(info(weight)),
				Err((weight, error)) => {
					Err(DispatchErrorWithPostInfo { post_info: info(weight), error })
				},
			}
		}

		/// Creates a curator group.
		///
		/// `AdminOrigin` may. Emits `CuratorGroupCreated`.
		#[pallet::call_index(22)]
		pub fn create_curator_group(
			origin: OriginFor<T>,
			group: CuratorGroup<T::AccountId>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_create_curator_group(group)
		}

		/// Replaces what a curator group is. What its members decided stays.
		///
		/// `AdminOrigin` may. Emits `CuratorGroupUpdated`.
		#[pallet::call_index(23)]
		pub fn update_curator_group(
			origin: OriginFor<T>,
			id: CuratorGroupId,
			group: CuratorGroup<T::AccountId>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_update_curator_group(id, group)
		}

		/// Shows, hides or freezes an entity, for a reason that everyone can read.
		///
		/// Members of `group` may, while it is active and looks after the entity's class. Emits
		/// `VisibilitySet`.
		#[pallet::call_index(24)]
		pub fn set_visibility(
			origin: OriginFor<T>,
			entity: EntityId,
			group: CuratorGroupId,
			action: Moderation,
			reason: Description,
		) -> DispatchResult {
			Self::do_set_visibility(ensure_signed(origin)?, entity, group, action, reason)
		}
	}
}
