//! Why a call can fail.

use frame_support::pallet_macros::pallet_section;

/// Becomes part of the pallet.
#[pallet_section]
mod errors {
	/// Why a call changed nothing. Indices are never reused.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no prober of this number.
		#[codec(index = 0)]
		ProberNotFound,
		/// Only the prober's owner may do this.
		#[codec(index = 1)]
		NotTheOwner,
		/// The key signs for another prober: each signs for one only.
		#[codec(index = 2)]
		KeyTaken,
		/// Owner and key must be two: the prober's key lies on a server and must not move the bond.
		#[codec(index = 3)]
		KeyIsOwner,
		/// The key has not signed this consent: owner and key, for this chain.
		#[codec(index = 4)]
		BadConsent,
		/// There are as many probers as there can be.
		#[codec(index = 5)]
		TooManyProbers,
		/// The prober cannot do this where it stands.
		#[codec(index = 6)]
		WrongStanding,
		/// The chain is for no round, for too many, or for rounds whose seeds may be known: it begins at the
		/// second round from now at the earliest, and 1,024 rounds from now at the latest.
		#[codec(index = 7)]
		BadChain,
		/// Rounds that the prober has taken part in are not closed yet.
		#[codec(index = 8)]
		RoundsOpen,
		/// There is no such actor, or it cannot be verified any more.
		#[codec(index = 9)]
		ActorNotFound,
		/// A verification of the actor is running.
		#[codec(index = 10)]
		AlreadyVerifying,
		/// The last verification failed a short time ago: wait for the block that its event names.
		#[codec(index = 11)]
		VerificationTooSoon,
		/// As many actors are being verified as can be; wait for one of them.
		#[codec(index = 12)]
		TooManyVerifying,
		/// Only the actor's owner and the conductor may do this.
		#[codec(index = 13)]
		MayNotVerify,
		/// The round is being planned already, or lies too far ahead.
		#[codec(index = 14)]
		RoundNotOrderable,
		/// Somebody has ordered this actor's measurement in that round already.
		#[codec(index = 15)]
		AlreadyOrdered,
		/// An order is of at least one trial, and of no more than a committee.
		#[codec(index = 16)]
		BadTrials,
		/// The actor is not probed: it is not at work and not being verified.
		#[codec(index = 17)]
		NotProbed,
		/// There is no such order.
		#[codec(index = 18)]
		OrderNotFound,
		/// Only who ordered it may cancel it.
		#[codec(index = 19)]
		NotTheOrderer,
		/// The parameters of rounds contradict each other or are out of bounds.
		#[codec(index = 20)]
		BadParameters,
		/// The thresholds ask for what cannot be.
		#[codec(index = 21)]
		BadThresholds,
		/// The account is a conductor.
		#[codec(index = 22)]
		AlreadyConductor,
		/// The account is no conductor.
		#[codec(index = 23)]
		NotConductor,
		/// There are as many conductors as there can be.
		#[codec(index = 24)]
		TooManyConductors,
		/// A report is UTF-8 and not empty.
		#[codec(index = 25)]
		BadReport,
		/// There is nothing to remove, or it is needed still.
		#[codec(index = 26)]
		NothingToPrune,
		/// Numbers have run out.
		#[codec(index = 27)]
		Untakeable,
		/// A run is over a group, in a round whose number is a multiple of four.
		#[codec(index = 28)]
		BadRun,
	}
}
