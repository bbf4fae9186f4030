//! What the oracle tells of what it did.

use frame_support::pallet_macros::pallet_section;

/// Becomes part of the pallet.
#[pallet_section]
mod events {
	/// What happened. Indices are never reused.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Somebody offers to probe.
		#[codec(index = 0)]
		ProberRegistered {
			/// The prober.
			prober: ProberId,
			/// Who stands for it.
			owner: T::AccountId,
			/// The key that signs for it.
			key: T::AccountId,
		},
		/// A prober takes part, or again.
		#[codec(index = 1)]
		ProberAdmitted {
			/// The prober.
			prober: ProberId,
		},
		/// A prober was silent for too long and takes part no more, until it commits a new chain.
		#[codec(index = 2)]
		ProberIdle {
			/// The prober.
			prober: ProberId,
		},
		/// A prober takes part no more.
		#[codec(index = 3)]
		ProberLeaving {
			/// The prober.
			prober: ProberId,
		},
		/// A prober is gone, and its bond went back.
		#[codec(index = 4)]
		ProberRemoved {
			/// The prober.
			prober: ProberId,
			/// What was left of the bond.
			returned: BalanceOf<T>,
		},
		/// A prober lost bond: it withheld what it had committed to, or did not open too often.
		#[codec(index = 5)]
		ProberSlashed {
			/// The prober.
			prober: ProberId,
			/// For this round.
			round: RoundIndex,
			/// What it lost.
			amount: BalanceOf<T>,
		},
		/// A prober has committed its next hash chain.
		#[codec(index = 6)]
		ChainCommitted {
			/// The prober.
			prober: ProberId,
			/// The first round that it is for.
			from: RoundIndex,
			/// The first round after it.
			until: RoundIndex,
		},
		/// A round began.
		#[codec(index = 7)]
		RoundBegan {
			/// The round.
			round: RoundIndex,
			/// Probers that take part.
			probers: u32,
			/// Actors that are probed.
			targets: u32,
		},
		/// A prober has committed to what it saw.
		#[codec(index = 8)]
		Committed {
			/// The prober.
			prober: ProberId,
			/// The round.
			round: RoundIndex,
		},
		/// A prober has revealed what it saw.
		#[codec(index = 9)]
		Revealed {
			/// The prober.
			prober: ProberId,
			/// The round.
			round: RoundIndex,
			/// Observations; none if it had no control.
			observations: Option<u32>,
		},
		/// A prober has opened an observation.
		#[codec(index = 10)]
		Opened {
			/// The prober.
			prober: ProberId,
			/// The round.
			round: RoundIndex,
		},
		/// A round's result for an actor.
		#[codec(index = 11)]
		ActorSettled {
			/// The actor.
			actor: Actor,
			/// The round.
			round: RoundIndex,
			/// The result.
			settled: Settled,
		},
		/// All actors of a round are settled.
		#[codec(index = 12)]
		RoundSettled {
			/// The round.
			round: RoundIndex,
			/// Actors with a result.
			results: u32,
		},
		/// A prober was paid for a round.
		#[codec(index = 13)]
		ProberPaid {
			/// The prober.
			prober: ProberId,
			/// The round.
			round: RoundIndex,
			/// What.
			amount: BalanceOf<T>,
		},
		/// An actor is being verified.
		#[codec(index = 14)]
		VerificationBegan {
			/// The actor.
			actor: Actor,
			/// The first round that counts.
			from: RoundIndex,
			/// So many settled rounds decide.
			rounds: u32,
			/// What it costs, if it is decided.
			fee: BalanceOf<T>,
		},
		/// A verification has ended.
		#[codec(index = 15)]
		VerificationEnded {
			/// The actor.
			actor: Actor,
			/// How.
			state: VerificationState,
		},
		/// Extra trials were ordered.
		#[codec(index = 16)]
		MeasurementOrdered {
			/// The actor.
			actor: Actor,
			/// The round.
			round: RoundIndex,
			/// Probers that are expected besides the committee.
			trials: u32,
			/// What it costs, if the round is settled.
			fee: BalanceOf<T>,
		},
		/// An order was taken back, or its round was not settled; the fee is free again.
		#[codec(index = 17)]
		OrderReturned {
			/// The actor.
			actor: Actor,
			/// The round.
			round: RoundIndex,
		},
		/// A report was put on record.
		#[codec(index = 18)]
		ReportRecorded {
			/// What it is about.
			target: Target,
			/// Whose it is.
			account: T::AccountId,
			/// Whether that is a conductor.
			conductor: bool,
		},
		/// A role's thresholds changed.
		#[codec(index = 19)]
		ThresholdsSet {
			/// The role.
			role: Role,
			/// The thresholds.
			thresholds: Thresholds,
		},
		/// Rounds are run by other parameters, from the next one on.
		#[codec(index = 20)]
		RoundParametersSet {
			/// The parameters.
			parameters: RoundParameters,
		},
		/// An account is a conductor.
		#[codec(index = 21)]
		ConductorAppointed {
			/// The account.
			account: T::AccountId,
		},
		/// An account is a conductor no more.
		#[codec(index = 22)]
		ConductorDismissed {
			/// The account.
			account: T::AccountId,
		},
		/// Something was removed that nobody needs.
		#[codec(index = 23)]
		Pruned {
			/// What.
			what: Stale,
		},
		/// A group is measured in a round to come, and single actors are not.
		#[codec(index = 24)]
		RunAnnounced {
			/// The group.
			target: Target,
			/// The round.
			round: RoundIndex,
		},
		/// What a group delivered in a run.
		#[codec(index = 25)]
		GroupSettled {
			/// The group.
			target: Target,
			/// The run.
			result: GroupResult,
		},
	}
}
