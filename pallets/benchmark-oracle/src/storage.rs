//! What the pallet keeps in the chain's state.

use frame_support::pallet_macros::pallet_section;

/// Becomes part of the pallet.
#[pallet_section]
mod storage {
	// In all maps below, Twox64Concat stands only where the chain itself gives out the key; what accounts can
	// choose goes through Blake2.

	/// Where time stands.
	#[pallet::storage]
	pub type Time<T> = StorageValue<_, Clock, ValueQuery>;

	/// Whether the block that is being made had room for more. Never outlives it.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type HadRoom<T> = StorageValue<_, bool, ValueQuery>;

	/// The mix of the preimages that came in while the round was open: makes the next seed.
	#[pallet::storage]
	pub type Mix<T> = StorageValue<_, Hash, ValueQuery>;

	/// How rounds are run.
	#[pallet::storage]
	pub type Parameters<T> = StorageValue<_, RoundParameters, ValueQuery, StandardParameters>;

	/// What the actors of a role have to reach.
	#[pallet::storage]
	pub type Bars<T> = StorageMap<_, Twox64Concat, Role, Thresholds, ValueQuery, StandardBars>;

	/// The rounds that are kept: [`KEPT_ROUNDS`] that are closed, and those that are not.
	#[pallet::storage]
	pub type Rounds<T> = StorageMap<_, Twox64Concat, RoundIndex, Round>;

	/// Who is probed in the rounds that are kept.
	#[pallet::storage]
	pub type RoundTargets<T> = StorageMap<_, Twox64Concat, RoundIndex, Targets, ValueQuery>;

	/// The next round.
	#[pallet::storage]
	pub type NextRound<T> = StorageValue<_, Plan, ValueQuery>;

	/// The number that the next prober takes.
	#[pallet::storage]
	pub type NextProberId<T> = StorageValue<_, ProberId, ValueQuery>;

	/// The probers. At most [`MAX_PROBERS`](rome_primitives::benchmark::limits::MAX_PROBERS).
	#[pallet::storage]
	pub type Probers<T: Config> = CountedStorageMap<_, Twox64Concat, ProberId, ProberOf<T>>;

	/// The probers by the keys that sign for them.
	#[pallet::storage]
	pub type ProberByKey<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, ProberId>;

	/// The probers' hash chains.
	#[pallet::storage]
	pub type ProberChains<T> = StorageMap<_, Twox64Concat, ProberId, Chains>;

	/// What probers have done.
	#[pallet::storage]
	pub type Scores<T> = StorageMap<_, Twox64Concat, ProberId, Score, ValueQuery>;

	/// What probers have lately not done.
	#[pallet::storage]
	pub type Streaks<T> = StorageMap<_, Twox64Concat, ProberId, InARow, ValueQuery>;

	/// Commitments that are not revealed, until the round is closed.
	#[pallet::storage]
	pub type Commitments<T> =
		StorageDoubleMap<_, Twox64Concat, RoundIndex, Twox64Concat, ProberId, Hash>;

	/// What was revealed of the rounds that are kept.
	#[pallet::storage]
	pub type Reveals<T> =
		StorageDoubleMap<_, Twox64Concat, RoundIndex, Twox64Concat, ProberId, Revealed>;

	/// Observations that wait to be settled.
	#[pallet::storage]
	pub type Waiting<T> =
		StorageDoubleMap<_, Twox64Concat, RoundIndex, Twox64Concat, Actor, Samples, ValueQuery>;

	/// The last results of actors. One for each actor that was ever probed, until it is pruned.
	#[pallet::storage]
	pub type Results<T> = StorageMap<_, Twox64Concat, Actor, History, ValueQuery>;

	/// Figures by actor and day. As many days as `KeptDays` for each actor, until they are pruned.
	#[pallet::storage]
	pub type Days<T> = StorageDoubleMap<_, Twox64Concat, Actor, Twox64Concat, u32, Day>;

	/// Rounds to come in which a group is measured instead of single actors. Each was announced by the conductor.
	#[pallet::storage]
	pub type Runs<T> = StorageMap<_, Twox64Concat, RoundIndex, Target>;

	/// The last runs of groups. One for each that was ever announced.
	#[pallet::storage]
	pub type GroupResults<T> = StorageMap<_, Twox64Concat, Target, GroupRuns, ValueQuery>;

	/// Measurements that are ordered. Bounded by their fees.
	#[pallet::storage]
	pub type Orders<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		RoundIndex,
		Twox64Concat,
		Actor,
		Order<T::AccountId, BalanceOf<T>>,
	>;

	/// The last verification of each actor that ever asked. Each was paid for.
	#[pallet::storage]
	pub type Verifications<T: Config> = StorageMap<_, Twox64Concat, Actor, VerificationOf<T>>;

	/// How many of them are running: at most [`MAX_VERIFYING`].
	#[pallet::storage]
	pub type Verifying<T> = StorageValue<_, u32, ValueQuery>;

	/// What actors have passed. At most one for each verification.
	#[pallet::storage]
	pub type Passed<T> = StorageMap<_, Twox64Concat, Actor, Verified>;

	/// Reports on record: no gate, pay or milestone reads them. Bounded by their deposits.
	#[pallet::storage]
	pub type Reports<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		Target,
		Blake2_128Concat,
		T::AccountId,
		RecordedReport<BalanceOf<T>>,
	>;

	/// The conductors.
	#[pallet::storage]
	pub type Conductors<T: Config> =
		StorageValue<_, BoundedVec<T::AccountId, ConstU32<MAX_CONDUCTORS>>, ValueQuery>;
}
