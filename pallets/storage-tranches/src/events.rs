//! What storage tells of what it did.

use frame_support::pallet_macros::pallet_section;

/// Becomes part of the pallet.
#[pallet_section]
mod events {
	/// What happened. Indices are never reused.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Somebody applies to be a storage provider.
		#[codec(index = 0)]
		ProviderApplied {
			/// The provider.
			provider: ProviderId,
			/// Who stands for it.
			owner: T::AccountId,
			/// The key of its daemon.
			operator: T::AccountId,
		},
		/// A provider's endpoint, operator key, declaration or stake changed.
		#[codec(index = 1)]
		ProviderUpdated {
			/// The provider.
			provider: ProviderId,
		},
		/// An application was taken back.
		#[codec(index = 2)]
		ApplicationCancelled {
			/// The provider.
			provider: ProviderId,
		},
		/// A provider is verified for what it declares, until a block.
		#[codec(index = 3)]
		ProviderVerified {
			/// The provider.
			provider: ProviderId,
			/// The block.
			until: u32,
		},
		/// A provider is at work.
		#[codec(index = 4)]
		ProviderActivated {
			/// The provider.
			provider: ProviderId,
			/// Whose it is and where.
			domain: FailureDomain,
		},
		/// A provider has sent its heartbeat.
		#[codec(index = 5)]
		HeartbeatReceived {
			/// The provider.
			provider: ProviderId,
			/// The window it was for.
			window: u32,
		},
		/// A provider is suspended.
		#[codec(index = 6)]
		ProviderSuspended {
			/// The provider.
			provider: ProviderId,
			/// Why.
			cause: Suspension,
			/// Until this block, if it ends by itself.
			until: Option<u32>,
		},
		/// A provider is at work again.
		#[codec(index = 7)]
		ProviderReinstated {
			/// The provider.
			provider: ProviderId,
		},
		/// A provider was silent for too long: what it held counts no more.
		#[codec(index = 8)]
		ProviderFailed {
			/// The provider.
			provider: ProviderId,
			/// What it lost of its stake.
			slashed: BalanceOf<T>,
		},
		/// A provider has given notice.
		#[codec(index = 9)]
		LeavingBegan {
			/// The provider.
			provider: ProviderId,
			/// From this block on it may go whatever is left.
			deadline: u32,
			/// Bytes of replicas that the other members have no room for.
			shortfall: u64,
		},
		/// A provider is gone by its own will.
		#[codec(index = 10)]
		ProviderLeft {
			/// The provider.
			provider: ProviderId,
			/// What the replicas that nobody had taken over cost it.
			forfeited: BalanceOf<T>,
			/// What it got back of its stake.
			returned: BalanceOf<T>,
		},
		/// A provider was thrown out.
		#[codec(index = 11)]
		ProviderEvicted {
			/// The provider.
			provider: ProviderId,
			/// Why.
			reason: Reason,
		},
		/// The conductor's reason for suspending a provider.
		#[codec(index = 12)]
		SuspensionReason {
			/// The provider.
			provider: ProviderId,
			/// Why.
			reason: Reason,
		},
		/// The rest of a stake went back to the owner.
		#[codec(index = 13)]
		StakeReturned {
			/// The provider.
			provider: ProviderId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A tranche came to be.
		#[codec(index = 14)]
		TrancheCreated {
			/// The tranche.
			tranche: TrancheId,
			/// Replicas of each object.
			coverage: u8,
			/// Bytes of a slot.
			slot_bytes: u64,
		},
		/// A tranche's settings changed.
		#[codec(index = 15)]
		TrancheUpdated {
			/// The tranche.
			tranche: TrancheId,
			/// Replicas of each new object.
			coverage: u8,
			/// Whether new objects come here.
			accepting: bool,
		},
		/// A tranche is being emptied.
		#[codec(index = 16)]
		TrancheClosing {
			/// The tranche.
			tranche: TrancheId,
		},
		/// A closing tranche has no objects any more.
		#[codec(index = 17)]
		TrancheEmptied {
			/// The tranche.
			tranche: TrancheId,
		},
		/// A provider became a member of a tranche.
		#[codec(index = 18)]
		MemberJoined {
			/// The provider.
			provider: ProviderId,
			/// The tranche.
			tranche: TrancheId,
			/// Its slots.
			slots: u8,
		},
		/// A member's slots changed.
		#[codec(index = 19)]
		SlotsChanged {
			/// The provider.
			provider: ProviderId,
			/// The tranche.
			tranche: TrancheId,
			/// Its slots.
			slots: u8,
		},
		/// A member has given notice in one tranche.
		#[codec(index = 20)]
		MemberLeaving {
			/// The provider.
			provider: ProviderId,
			/// The tranche.
			tranche: TrancheId,
			/// From this block on it may go whatever is left.
			deadline: u32,
		},
		/// A provider is no member of a tranche any more.
		#[codec(index = 21)]
		MemberGone {
			/// The provider.
			provider: ProviderId,
			/// The tranche.
			tranche: TrancheId,
		},
		/// A member's slots are nearly full, or no longer.
		#[codec(index = 22)]
		MemberFull {
			/// The provider.
			provider: ProviderId,
			/// The tranche.
			tranche: TrancheId,
			/// Whether they are.
			full: bool,
		},
		/// A new object is to be stored: by these members.
		#[codec(index = 23)]
		ObjectRegistered {
			/// The object.
			key: ObjectKey,
			/// The tranche.
			tranche: TrancheId,
			/// Who is to have it.
			assigned: BoundedVec<ProviderId, ConstU32<MAX_COVERAGE>>,
			/// The block from which on it may be removed if it is not stored.
			expires: u32,
		},
		/// An account has an object kept.
		#[codec(index = 24)]
		Pinned {
			/// Whose pin it is.
			account: T::AccountId,
			/// The object.
			key: ObjectKey,
			/// The first era that is not paid for.
			until: EraIndex,
			/// What it paid.
			fee: BalanceOf<T>,
			/// What is held for it.
			deposit: BalanceOf<T>,
		},
		/// A pin's term was extended.
		#[codec(index = 25)]
		PinRenewed {
			/// Whose pin it is.
			account: T::AccountId,
			/// The object's hash.
			hash: ObjectHash,
			/// The first era that is not paid for.
			until: EraIndex,
			/// Who paid.
			payer: T::AccountId,
			/// How much.
			fee: BalanceOf<T>,
		},
		/// A pin is gone, and its deposit went back.
		#[codec(index = 26)]
		Unpinned {
			/// Whose pin it is.
			account: T::AccountId,
			/// The object's hash.
			hash: ObjectHash,
			/// How much.
			deposit: BalanceOf<T>,
		},
		/// A pin's term has ended: the grace is paid from its deposit.
		#[codec(index = 27)]
		PinOverdue {
			/// Whose pin it is.
			account: T::AccountId,
			/// The object's hash.
			hash: ObjectHash,
			/// How much.
			charged: BalanceOf<T>,
		},
		/// A pin is gone because nobody renewed it.
		#[codec(index = 28)]
		PinExpired {
			/// Whose pin it is.
			account: T::AccountId,
			/// The object's hash.
			hash: ObjectHash,
			/// What went back.
			deposit: BalanceOf<T>,
		},
		/// A provider has an object.
		#[codec(index = 29)]
		ReplicaConfirmed {
			/// The provider.
			provider: ProviderId,
			/// The object.
			key: ObjectKey,
		},
		/// A confirmation counted nothing; others of the call may have.
		#[codec(index = 30)]
		ConfirmationFailed {
			/// The provider.
			provider: ProviderId,
			/// The object.
			key: ObjectKey,
			/// Why.
			error: DispatchError,
		},
		/// An object is stored: enough have confirmed it.
		#[codec(index = 31)]
		ObjectStored {
			/// The object.
			key: ObjectKey,
			/// The tranche.
			tranche: TrancheId,
		},
		/// An object has all its replicas.
		#[codec(index = 32)]
		CoverageReached {
			/// The object.
			key: ObjectKey,
			/// The tranche.
			tranche: TrancheId,
		},
		/// An object has fewer replicas than it had.
		#[codec(index = 33)]
		CoverageLost {
			/// The object.
			key: ObjectKey,
			/// The tranche.
			tranche: TrancheId,
			/// How many are left.
			holders: u32,
		},
		/// A provider no longer has to keep an object.
		#[codec(index = 34)]
		ReplicaReleased {
			/// The provider.
			provider: ProviderId,
			/// The object.
			key: ObjectKey,
		},
		/// A provider has lost an object and says so.
		#[codec(index = 35)]
		ReplicaLost {
			/// The provider.
			provider: ProviderId,
			/// The object.
			key: ObjectKey,
			/// What that cost.
			charged: BalanceOf<T>,
		},
		/// A replica of a void member was taken away.
		#[codec(index = 36)]
		ReplicaSwept {
			/// The provider.
			provider: ProviderId,
			/// The object.
			key: ObjectKey,
		},
		/// An object moved to another tranche.
		#[codec(index = 37)]
		ObjectMoved {
			/// The object.
			key: ObjectKey,
			/// Where it was.
			from: TrancheId,
			/// Where it is.
			to: TrancheId,
		},
		/// An object is gone with its last pin.
		#[codec(index = 38)]
		ObjectRemoved {
			/// The object.
			key: ObjectKey,
			/// The tranche.
			tranche: TrancheId,
		},
		/// An object was not stored in time: its pins are gone, their fees forfeited.
		#[codec(index = 39)]
		RegistrationExpired {
			/// The object.
			key: ObjectKey,
			/// The tranche.
			tranche: TrancheId,
		},
		/// Nothing of a member remains to be swept.
		#[codec(index = 40)]
		SweepFinished {
			/// The provider.
			provider: ProviderId,
			/// The tranche.
			tranche: TrancheId,
		},
		/// Those who brought an object back to its coverage share what others forfeited.
		#[codec(index = 41)]
		BountyPaid {
			/// The object.
			key: ObjectKey,
			/// How much, all together.
			amount: BalanceOf<T>,
			/// How many they are.
			takers: u32,
		},
		/// An object is on the take-down list.
		#[codec(index = 42)]
		ObjectBlocked {
			/// The object.
			key: ObjectKey,
			/// Why.
			reason: Reason,
		},
		/// An object is no longer on the take-down list.
		#[codec(index = 43)]
		ObjectUnblocked {
			/// The object.
			key: ObjectKey,
		},
		/// What a provider has earned was paid to its owner.
		#[codec(index = 44)]
		PayClaimed {
			/// The provider.
			provider: ProviderId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A provider's stake is to be slashed, unless the council cancels it.
		#[codec(index = 45)]
		SlashProposed {
			/// The slash.
			index: u32,
			/// The provider.
			provider: ProviderId,
			/// How much.
			amount: BalanceOf<T>,
			/// The era in which it falls due.
			due: EraIndex,
			/// Why.
			reason: Reason,
		},
		/// A slash was cancelled.
		#[codec(index = 46)]
		SlashCancelled {
			/// The slash.
			index: u32,
			/// The provider.
			provider: ProviderId,
		},
		/// A provider's stake was slashed.
		#[codec(index = 47)]
		ProviderSlashed {
			/// The provider.
			provider: ProviderId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A new era runs.
		#[codec(index = 48)]
		EraBegan {
			/// The era.
			era: EraIndex,
		},
		/// What the entities of a class hold is paid for beyond what its pins pay, or no longer.
		#[codec(index = 49)]
		ClassBacked {
			/// The class.
			class: ClassId,
			/// Hundredths of the fee that are added; 0 for none.
			percent: u16,
			/// Why.
			reason: Reason,
		},
		/// An object's pay was added to.
		#[codec(index = 50)]
		ObjectBacked {
			/// The object.
			key: ObjectKey,
			/// The entity that holds it.
			entity: EntityId,
			/// For which era.
			era: EraIndex,
			/// How much, before it is divided as fees are.
			amount: BalanceOf<T>,
		},
		/// An object's pay was not added to.
		#[codec(index = 51)]
		BackingFailed {
			/// The entity named.
			entity: EntityId,
			/// The object named.
			object: ObjectHash,
			/// Why.
			error: DispatchError,
		},
		/// An era's part of the yearly issuance was minted to be added to pay.
		#[codec(index = 52)]
		PayIssued {
			/// The era that began.
			era: EraIndex,
			/// How much.
			amount: BalanceOf<T>,
		},
	}
}
