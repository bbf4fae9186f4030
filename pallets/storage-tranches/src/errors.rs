//! Why a call can fail.

use frame_support::pallet_macros::pallet_section;

/// Becomes part of the pallet.
#[pallet_section]
mod errors {
	/// Why a call changed nothing, or why one object of several was left out. Indices are never reused.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no provider of this number.
		#[codec(index = 0)]
		ProviderNotFound,
		/// Only the provider's owner may do this.
		#[codec(index = 1)]
		NotTheOwner,
		/// Only the provider's operator key may do this, or its owner where the call says so.
		#[codec(index = 2)]
		NotTheOperator,
		/// The operator key serves another provider: each serves one only.
		#[codec(index = 3)]
		OperatorTaken,
		/// Owner and operator must be two keys: the daemon's key lies on a server and must not move the stake.
		#[codec(index = 4)]
		OperatorIsOwner,
		/// The operator key has not signed this consent: owner and operator, for this chain.
		#[codec(index = 5)]
		BadConsent,
		/// The endpoint is not an http:// or https:// address without a slash at its end, in plain ASCII.
		#[codec(index = 6)]
		BadEndpoint,
		/// The stake is smaller than what the provider's slots ask for; add to it.
		#[codec(index = 7)]
		StakeTooSmall,
		/// The provider cannot do this in its state.
		#[codec(index = 8)]
		WrongState,
		/// The provider is not verified for what it declares, or no longer.
		#[codec(index = 9)]
		NotVerified,
		/// What the provider held has not been swept away yet: call sweep, or wait.
		#[codec(index = 10)]
		NotSwept,
		/// Only an application that was never activated is cancelled.
		#[codec(index = 11)]
		NotAnApplication,
		/// The provider's slots take more storage than this declares; give up slots first.
		#[codec(index = 12)]
		BelowUse,
		/// There is nothing to verify of this provider.
		#[codec(index = 13)]
		NothingToVerify,
		/// The notice runs, and others have yet to take over: release what can be released, or wait.
		#[codec(index = 14)]
		NoticeRunning,
		/// The maintenance is longer than allowed, or of no length.
		#[codec(index = 15)]
		TooLong,
		/// The last maintenance is too recent.
		#[codec(index = 16)]
		MaintenanceTooSoon,
		/// Too many operators of a tranche would be away at once.
		#[codec(index = 17)]
		TooManyAway,
		/// A reason is UTF-8 and not empty.
		#[codec(index = 18)]
		BadReason,
		/// There is no tranche of this number.
		#[codec(index = 19)]
		TrancheNotFound,
		/// The coverage is zero or more than there can be.
		#[codec(index = 20)]
		BadCoverage,
		/// A slot holds at least a mebibyte and at most 64 TiB.
		#[codec(index = 21)]
		BadSlotSize,
		/// The tranche is closing.
		#[codec(index = 22)]
		TrancheClosing,
		/// The tranche is not closing.
		#[codec(index = 23)]
		TrancheNotClosing,
		/// As many tranches take new objects as can; stop one first.
		#[codec(index = 24)]
		TooManyAccepting,
		/// The provider is a member of the tranche.
		#[codec(index = 25)]
		AlreadyMember,
		/// The provider is no member of the tranche.
		#[codec(index = 26)]
		NotAMember,
		/// The tranche has as many members as it can.
		#[codec(index = 27)]
		TooManyMembers,
		/// The provider is a member of as many tranches as it can be.
		#[codec(index = 28)]
		TooManyMemberships,
		/// A member has 1 to 16 slots.
		#[codec(index = 29)]
		BadSlots,
		/// What the member holds needs these slots. Ask for no slots at all to leave the tranche.
		#[codec(index = 30)]
		SlotsInUse,
		/// The provider has declared less storage than its slots would take.
		#[codec(index = 31)]
		StorageTooSmall,
		/// An operator keeps to one zone in a tranche.
		#[codec(index = 32)]
		TwoZones,
		/// The provider has given notice in this tranche.
		#[codec(index = 33)]
		LeavingTranche,
		/// An object has at least one byte.
		#[codec(index = 34)]
		EmptyObject,
		/// The object is larger than objects may be.
		#[codec(index = 35)]
		ObjectTooLarge,
		/// A pin is paid for at least one era and not further ahead than the maximum.
		#[codec(index = 36)]
		BadTerm,
		/// The account has a pin on this hash.
		#[codec(index = 37)]
		AlreadyPinned,
		/// The object is on the take-down list.
		#[codec(index = 38)]
		ObjectBlocked,
		/// No tranche that takes new objects has room for the object's replicas.
		#[codec(index = 39)]
		NoRoom,
		/// The object is kept in another tranche than the request names.
		#[codec(index = 40)]
		WrongTranche,
		/// The account has as much registered as it may that is not stored yet.
		#[codec(index = 41)]
		TooManyPending,
		/// The provider declares something else by now: look at it again.
		#[codec(index = 42)]
		DeclaredOtherwise,
		/// The fee would be higher than the caller is willing to pay.
		#[codec(index = 43)]
		FeeTooHigh,
		/// The deposit would be higher than the caller is willing to put up.
		#[codec(index = 44)]
		DepositTooHigh,
		/// The account has no pin on this hash.
		#[codec(index = 45)]
		PinNotFound,
		/// Entries of the directory use the pin.
		#[codec(index = 46)]
		PinInUse,
		/// There is no such object.
		#[codec(index = 47)]
		ObjectNotFound,
		/// The object is not stored.
		#[codec(index = 48)]
		ObjectNotStored,
		/// The pin's term has ended; renew it.
		#[codec(index = 49)]
		PinOverdue,
		/// The registration has run out.
		#[codec(index = 50)]
		Expired,
		/// The object is not assigned to this provider, or the provider has it.
		#[codec(index = 51)]
		NotAssigned,
		/// The object does not fit the provider's slots.
		#[codec(index = 52)]
		NoSpace,
		/// The opened chunk is not the one asked for, or not of this object.
		#[codec(index = 53)]
		WrongChunk,
		/// The object's last chunk has to be opened once, to prove its size.
		#[codec(index = 54)]
		SizeNotProved,
		/// The provider does not hold the object.
		#[codec(index = 55)]
		NotAHolder,
		/// The object would fall below its coverage.
		#[codec(index = 56)]
		WouldUncover,
		/// The object is on the take-down list.
		#[codec(index = 57)]
		AlreadyBlocked,
		/// The object is not on the take-down list.
		#[codec(index = 58)]
		NotBlocked,
		/// The slashes that wait for this provider would be more than allowed together, or this one is zero.
		#[codec(index = 59)]
		SlashTooHigh,
		/// As many slashes wait as can.
		#[codec(index = 60)]
		TooManySlashes,
		/// No slash of this number waits.
		#[codec(index = 61)]
		SlashNotFound,
		/// The number of pins, replicas or eras cannot be counted any further.
		#[codec(index = 62)]
		Untakeable,
		/// More would be added to pay than the limit allows.
		#[codec(index = 63)]
		TooMuchAdded,
		/// Nothing is added for what the entities of this class hold.
		#[codec(index = 64)]
		ClassNotBacked,
		/// There is no such entity that everyone may see, or it does not hold the object.
		#[codec(index = 65)]
		ObjectNotHeld,
		/// The object's pay for this era has been added to.
		#[codec(index = 66)]
		AlreadyBacked,
		/// There is not enough left to add; whoever wants to sends more to the account of storage.
		#[codec(index = 67)]
		NothingToAdd,
	}
}
