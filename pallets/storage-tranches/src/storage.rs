//! What the pallet keeps in the chain's state.

use frame_support::pallet_macros::pallet_section;

/// Becomes part of the pallet.
#[pallet_section]
mod storage {
	// In all maps below, Twox64Concat stands only where the chain itself gives out the key; what accounts can
	// choose, hashes included, goes through Blake2.

	/// Where time stands.
	#[pallet::storage]
	pub type Time<T> = StorageValue<_, Clock, ValueQuery>;

	/// Whether the block that is being made had room for more. Never outlives it.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type HadRoom<T> = StorageValue<_, bool, ValueQuery>;

	/// The first window that opened in each of the last eras.
	#[pallet::storage]
	pub type FirstWindows<T> = StorageMap<_, Twox64Concat, EraIndex, u32>;

	/// The number that the next provider takes.
	#[pallet::storage]
	pub type NextProviderId<T> = StorageValue<_, ProviderId, ValueQuery>;

	/// The providers. Applications are bounded by their stakes; those that were activated stay, and each was
	/// attested by the conductor.
	#[pallet::storage]
	pub type Providers<T: Config> = StorageMap<_, Twox64Concat, ProviderId, ProviderOf<T>>;

	/// The providers by the keys of their daemons, while they are not gone.
	#[pallet::storage]
	pub type ProviderByOperator<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, ProviderId>;

	/// The heartbeats of providers that are live, or of whom something remains to be swept.
	#[pallet::storage]
	pub type Hearts<T> = StorageMap<_, Twox64Concat, ProviderId, Heart>;

	/// The last heart that was looked at for silence; none before the first one.
	#[pallet::storage]
	pub type WatchCursor<T> = StorageValue<_, (u32, Option<ProviderId>), ValueQuery>;

	/// What the list verifies. One for each provider that root has looked at.
	#[pallet::storage]
	pub type Attestations<T> = StorageMap<_, Twox64Concat, ProviderId, Attestation>;

	/// The number that the next tranche takes.
	#[pallet::storage]
	pub type NextTrancheId<T> = StorageValue<_, TrancheId, ValueQuery>;

	/// The tranches. Never removed; each was created by the administration.
	#[pallet::storage]
	pub type Tranches<T> = StorageMap<_, Twox64Concat, TrancheId, Tranche>;

	/// The tranches that take new objects.
	#[pallet::storage]
	pub type Accepting<T> =
		StorageValue<_, BoundedVec<TrancheId, ConstU32<MAX_ACCEPTING>>, ValueQuery>;

	/// The tranches' members: read whole by placement, written when members change.
	#[pallet::storage]
	pub type Rosters<T> = StorageMap<_, Twox64Concat, TrancheId, Roster, ValueQuery>;

	/// What members hold. As many as there are seats.
	#[pallet::storage]
	pub type Members<T: Config> =
		StorageDoubleMap<_, Twox64Concat, TrancheId, Twox64Concat, ProviderId, Stock<BalanceOf<T>>>;

	/// The objects. Bounded by the deposits of their pins, as are all maps by object below.
	#[pallet::storage]
	pub type Objects<T> = StorageMap<_, Blake2_128Concat, ObjectKey, Object>;

	/// The sizes that objects are registered with, by hash.
	#[pallet::storage]
	pub type Sizes<T> =
		StorageDoubleMap<_, Blake2_128Concat, ObjectHash, Blake2_128Concat, u64, ()>;

	/// The size that bytes of a hash have, once it is proved: no two sizes can be.
	#[pallet::storage]
	pub type ProvedSizes<T> = StorageMap<_, Blake2_128Concat, ObjectHash, u64>;

	/// Each tranche's objects.
	#[pallet::storage]
	pub type ByTranche<T> =
		StorageDoubleMap<_, Twox64Concat, TrancheId, Blake2_128Concat, ObjectKey, ()>;

	/// Each tranche's objects that are not stored or below their coverage.
	#[pallet::storage]
	pub type Incomplete<T> =
		StorageDoubleMap<_, Twox64Concat, TrancheId, Blake2_128Concat, ObjectKey, ()>;

	/// What providers have confirmed, and as members of which tranche.
	#[pallet::storage]
	pub type Holdings<T> =
		StorageDoubleMap<_, Twox64Concat, ProviderId, Blake2_128Concat, ObjectKey, TrancheId>;

	/// What providers have room reserved for, and as members of which tranche.
	#[pallet::storage]
	pub type Reservations<T> =
		StorageDoubleMap<_, Twox64Concat, ProviderId, Blake2_128Concat, ObjectKey, TrancheId>;

	/// What objects' holders are to be paid.
	#[pallet::storage]
	pub type Payouts<T: Config> = StorageMap<_, Blake2_128Concat, ObjectKey, Pay<BalanceOf<T>>>;

	/// Objects below their coverage after somebody was to blame.
	#[pallet::storage]
	pub type Repairs<T: Config> = StorageMap<_, Blake2_128Concat, ObjectKey, Repair<BalanceOf<T>>>;

	/// What providers have earned and not claimed.
	#[pallet::storage]
	pub type Earned<T: Config> = StorageMap<_, Twox64Concat, ProviderId, BalanceOf<T>, ValueQuery>;

	/// What the fees put aside, by tranche.
	#[pallet::storage]
	pub type FeePots<T: Config> =
		StorageMap<_, Twox64Concat, TrancheId, Pots<BalanceOf<T>>, ValueQuery>;

	/// The pins, by account and hash. Bounded by their deposits.
	#[pallet::storage]
	pub type Pins<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Blake2_128Concat, ObjectHash, PinOf<T>>;

	/// How often an account's entities use an object. As many as the directory has. Outlives the pin: what
	/// still uses it reads as expired.
	#[pallet::storage]
	pub type Uses<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Blake2_128Concat,
		ObjectHash,
		u32,
		ValueQuery,
	>;

	/// Who has pinned an object that is not stored yet, the first of them.
	#[pallet::storage]
	pub type PendingPins<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		ObjectKey,
		BoundedVec<T::AccountId, ConstU32<MAX_PENDING_PINS>>,
		ValueQuery,
	>;

	/// Who has pinned an object in the making when [`PendingPins`] had no place left, as long as the pin lasts.
	#[pallet::storage]
	pub type LatePins<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, ObjectKey, Blake2_128Concat, T::AccountId, ()>;

	/// Accounts by pinned object that may upload it though the pin is not theirs, and how many pins say so.
	#[pallet::storage]
	pub type Uploaders<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		ObjectKey,
		Blake2_128Concat,
		T::AccountId,
		u32,
		ValueQuery,
	>;

	/// What accounts have registered that is not stored yet.
	#[pallet::storage]
	pub type Pending<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, PendingUse, ValueQuery>;

	/// Registrations by the block in which they run out.
	#[pallet::storage]
	pub type Expiring<T> = StorageDoubleMap<_, Twox64Concat, u32, Blake2_128Concat, ObjectKey, ()>;

	/// How far expired registrations have been removed.
	#[pallet::storage]
	pub type ExpiredUntil<T: Config> = StorageValue<_, ExpiryCursor<T::AccountId>, ValueQuery>;

	/// What falls due, by era. Bounded by pins and slashes.
	#[pallet::storage]
	pub type Tasks<T: Config> =
		StorageDoubleMap<_, Twox64Concat, EraIndex, Blake2_128Concat, Duty<T::AccountId>, ()>;

	/// How far what fell due has been done.
	#[pallet::storage]
	pub type TasksUntil<T: Config> = StorageValue<_, TaskCursor<T::AccountId>, ValueQuery>;

	/// Members of which something has to be swept.
	#[pallet::storage]
	pub type Sweeps<T> =
		StorageDoubleMap<_, Twox64Concat, TrancheId, Twox64Concat, ProviderId, Sweep>;

	/// Closing tranches that still have objects.
	#[pallet::storage]
	pub type Moves<T> = StorageMap<_, Twox64Concat, TrancheId, Move>;

	/// The closing tranche that was emptied last: the next one comes first in the next block.
	#[pallet::storage]
	pub type MoveCursor<T> = StorageValue<_, TrancheId>;

	/// Classes whose entities' objects are paid for beyond what their pins pay: hundredths of the fee that are
	/// added. Each entry by the administration.
	#[pallet::storage]
	pub type Backed<T> = StorageMap<_, Twox64Concat, ClassId, u16>;

	/// The era for which an object's pay was added to last. Goes with the object.
	#[pallet::storage]
	pub type BackedEras<T> = StorageMap<_, Blake2_128Concat, ObjectKey, EraIndex>;

	/// The take-down list. Each entry by the administration.
	#[pallet::storage]
	pub type Blocked<T> = StorageMap<_, Blake2_128Concat, ObjectKey, Reason>;

	/// The number that the next slash takes.
	#[pallet::storage]
	pub type NextSlash<T> = StorageValue<_, u32, ValueQuery>;

	/// The slashes that wait. At most [`MAX_SLASHES`].
	#[pallet::storage]
	pub type Slashes<T: Config> = CountedStorageMap<_, Twox64Concat, u32, Slash<BalanceOf<T>>>;
}
