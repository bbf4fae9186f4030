//! What the directory tells of what it did.

use frame_support::pallet_macros::pallet_section;

/// Becomes part of the pallet.
#[pallet_section]
mod events {
	/// What happened. Indices are never reused.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Somebody suggested a schema.
		#[codec(index = 0)]
		SchemaSuggested {
			/// The suggestion.
			suggestion: SuggestionId,
			/// Who made it.
			proposer: T::AccountId,
			/// The category of its class.
			category: Category,
		},
		/// Somebody put up a deposit for a suggestion.
		#[codec(index = 1)]
		SchemaEndorsed {
			/// The suggestion.
			suggestion: SuggestionId,
			/// Who endorsed it.
			endorser: T::AccountId,
			/// How much was put up for it.
			amount: BalanceOf<T>,
		},
		/// An endorsement's deposit went back.
		#[codec(index = 2)]
		EndorsementWithdrawn {
			/// The suggestion.
			suggestion: SuggestionId,
			/// Who endorsed it.
			endorser: T::AccountId,
			/// How much was put up for it.
			amount: BalanceOf<T>,
		},
		/// A proposer took a suggestion back.
		#[codec(index = 3)]
		SuggestionWithdrawn {
			/// The suggestion.
			suggestion: SuggestionId,
		},
		/// The council approved a suggestion.
		#[codec(index = 4)]
		SchemaApproved {
			/// The suggestion.
			suggestion: SuggestionId,
		},
		/// The council rejected a suggestion; as spam, `slashed` is what its proposer lost.
		#[codec(index = 5)]
		SchemaRejected {
			/// The suggestion.
			suggestion: SuggestionId,
			/// What its proposer lost.
			slashed: BalanceOf<T>,
		},
		/// A class came to be.
		#[codec(index = 6)]
		ClassCreated {
			/// The class.
			class: ClassId,
			/// Its name.
			name: Name,
		},
		/// Entities of `class` are from now on created with `version`.
		#[codec(index = 7)]
		SchemaActivated {
			/// The suggestion.
			suggestion: SuggestionId,
			/// The class.
			class: ClassId,
			/// The version.
			version: SchemaVersion,
		},
		/// A version was retired.
		#[codec(index = 8)]
		SchemaRetired {
			/// The class.
			class: ClassId,
			/// The version.
			version: SchemaVersion,
		},
		/// An entity was created.
		#[codec(index = 9)]
		EntityCreated {
			/// The entity.
			entity: EntityId,
			/// Whose it is.
			owner: T::AccountId,
			/// The version.
			version: SchemaVersion,
		},
		/// An entity's values changed.
		#[codec(index = 10)]
		EntityUpdated {
			/// The entity.
			entity: EntityId,
		},
		/// An entity was removed and its deposit returned.
		#[codec(index = 11)]
		EntityRemoved {
			/// The entity.
			entity: EntityId,
			/// Whose it is.
			owner: T::AccountId,
		},
		/// An entity is offered to an account, or no longer to anyone.
		#[codec(index = 12)]
		TransferOffered {
			/// The entity.
			entity: EntityId,
			/// Who gets it.
			to: Option<T::AccountId>,
		},
		/// An entity changed hands.
		#[codec(index = 13)]
		TransferAccepted {
			/// The entity.
			entity: EntityId,
			/// Who had it.
			from: T::AccountId,
			/// Who gets it.
			to: T::AccountId,
		},
		/// Entities of other owners may, or may no longer, refer to an entity.
		#[codec(index = 14)]
		ReferenceableSet {
			/// The entity.
			entity: EntityId,
			/// Whether they may.
			referenceable: bool,
		},
		/// A class's settings changed.
		#[codec(index = 15)]
		ClassUpdated {
			/// The class.
			class: ClassId,
		},
		/// A class was opened, paused or retired.
		#[codec(index = 16)]
		ClassStatusSet {
			/// The class.
			class: ClassId,
			/// What it is now.
			status: ClassStatus,
		},
		/// An account's quota in a class changed; `None` is the class's default.
		#[codec(index = 17)]
		QuotaSet {
			/// The class.
			class: ClassId,
			/// The account.
			account: T::AccountId,
			/// How many entities it may own.
			quota: Option<u32>,
		},
		/// A class's default quota changed; `None` is no limit.
		#[codec(index = 18)]
		DefaultQuotaSet {
			/// The class.
			class: ClassId,
			/// How many entities an account may own.
			quota: Option<u32>,
		},
		/// An entity was moved to a later version of its schema.
		#[codec(index = 19)]
		EntityMigrated {
			/// The entity.
			entity: EntityId,
			/// The version that it had.
			from: SchemaVersion,
			/// The version that it has.
			to: SchemaVersion,
		},
		/// The entities of a class are being migrated, some in every block.
		#[codec(index = 20)]
		MigrationStarted {
			/// The class.
			class: ClassId,
			/// The version that they become.
			version: SchemaVersion,
		},
		/// A class's migration has done its part for this block.
		#[codec(index = 21)]
		MigrationProgressed {
			/// The class.
			class: ClassId,
			/// The version that its entities become.
			version: SchemaVersion,
			/// Serial number of the entity that comes next.
			next: u32,
			/// Entities moved until now.
			moved: u32,
			/// Entities that stayed because they ask for something.
			asking: u32,
		},
		/// A class's migration has come to its end.
		#[codec(index = 22)]
		MigrationFinished {
			/// The class.
			class: ClassId,
			/// The version that its entities became.
			version: SchemaVersion,
			/// Entities moved.
			moved: u32,
			/// Entities that stayed because they ask for something.
			asking: u32,
		},
		/// A class's migration was cancelled. What was moved stays moved.
		#[codec(index = 23)]
		MigrationCancelled {
			/// The class.
			class: ClassId,
			/// The version that its entities were to become.
			version: SchemaVersion,
			/// Entities moved.
			moved: u32,
		},
		/// A class's migration has left an entity where it is.
		#[codec(index = 24)]
		EntityAsks {
			/// The entity.
			entity: EntityId,
			/// The version that it was to become.
			version: SchemaVersion,
			/// What has to be supplied; nothing, if something other than a rule kept it.
			properties: Vec<PropertyId>,
		},
		/// An older entity holds a value that became unique and that another entity was noted for first.
		#[codec(index = 25)]
		UniqueTaken {
			/// The entity.
			entity: EntityId,
			/// The property.
			property: PropertyId,
			/// The entity that has the value to itself.
			holder: EntityId,
		},
		/// Older entities have their entries of properties that became unique or indexed.
		#[codec(index = 26)]
		EntriesBuilt {
			/// The class.
			class: ClassId,
			/// The properties.
			properties: BoundedVec<PropertyId, ConstU32<MAX_PROPERTIES>>,
		},
		/// A curator group came to be.
		#[codec(index = 27)]
		CuratorGroupCreated {
			/// The group.
			group: CuratorGroupId,
		},
		/// A curator group changed.
		#[codec(index = 28)]
		CuratorGroupUpdated {
			/// The group.
			group: CuratorGroupId,
		},
		/// A curator showed, hid or froze an entity.
		#[codec(index = 29)]
		VisibilitySet {
			/// The entity.
			entity: EntityId,
			/// The curator's group.
			group: CuratorGroupId,
			/// What was done.
			action: Moderation,
			/// Why.
			reason: Description,
		},
	}
}
