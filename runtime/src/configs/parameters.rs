//! Numbers that two thirds of the council can change without an upgrade of the runtime.
//!
//! What is read from here is clamped where a wrong value would stop the chain.

use crate::{
	origins::RootOrCouncilTwoThirds, Balance, BlockNumber, Runtime, RuntimeEvent, DAYS, HOURS,
	MILLIROME, MINUTES, ROME,
};
use frame_support::{
	dynamic_params::{dynamic_pallet_params, dynamic_params},
	traits::{AsEnsureOriginWithArg, Get},
};
use sp_runtime::{Perbill, Permill};

/// The numbers, by theme. Codec indices are never reused.
#[dynamic_params(RuntimeParameters, pallet_parameters::Parameters::<Runtime>)]
#[allow(missing_docs)]
pub mod dynamic_params {
	use super::*;

	/// Deposits of the content directory.
	#[dynamic_pallet_params]
	#[codec(index = 0)]
	pub mod content {
		/// Held for an entity, whatever its size.
		#[codec(index = 0)]
		pub static EntityDepositBase: Balance = 10 * MILLIROME;

		/// Held for each byte of an entity's values.
		#[codec(index = 1)]
		pub static EntityDepositPerByte: Balance = MILLIROME / 100;

		/// Held for each entry that an entity takes in an index.
		#[codec(index = 2)]
		pub static EntityDepositPerEntry: Balance = MILLIROME;

		/// Held for a suggested schema, whatever its size.
		#[codec(index = 3)]
		pub static SuggestionDepositBase: Balance = 100 * ROME;

		/// Held for each byte of a suggested schema.
		#[codec(index = 4)]
		pub static SuggestionDepositPerByte: Balance = 10 * MILLIROME;

		/// The least that an endorsement of a suggestion holds.
		#[codec(index = 5)]
		pub static MinEndorsement: Balance = 10 * ROME;
	}

	/// Where the fees go.
	#[dynamic_pallet_params]
	#[codec(index = 1)]
	pub mod fees {
		/// The part of each fee that goes to the treasury; the author of the block gets the rest,
		/// and all of the tip.
		#[codec(index = 0)]
		pub static TreasuryShare: Permill = Permill::from_percent(80);
	}

	/// The council.
	#[dynamic_pallet_params]
	#[codec(index = 2)]
	pub mod council {
		/// The time between two elections, in blocks. At least [`super::MIN_COUNCIL_TERM`].
		#[codec(index = 0)]
		pub static TermDuration: BlockNumber = 7 * DAYS;

		// Index 1 was the most that a motion could spend.
	}

	/// The validators.
	#[dynamic_pallet_params]
	#[codec(index = 3)]
	pub mod validators {
		/// The length of a session, in blocks. At least [`super::MIN_SESSION_LENGTH`]. A new
		/// validator is active after two session changes.
		#[codec(index = 0)]
		pub static SessionLength: BlockNumber = 10 * MINUTES;
	}

	/// Storage.
	#[dynamic_pallet_params]
	#[codec(index = 4)]
	pub mod storage {
		/// Confirmations that make an object stored.
		#[codec(index = 0)]
		pub static UploadQuorum: u8 = 2;

		/// Blocks between two heartbeats. Short, so that a failure shows within minutes; a large network
		/// sets more.
		#[codec(index = 1)]
		pub static HeartbeatInterval: BlockNumber = 10;

		/// Heartbeats in a row whose absence suspends a provider.
		#[codec(index = 2)]
		pub static MissedToSuspend: u32 = 3;

		/// Heartbeats in a row whose absence fails a provider.
		#[codec(index = 3)]
		pub static MissedToFail: u32 = 10;

		/// The part of an era's heartbeats that it takes to be paid for it.
		#[codec(index = 4)]
		pub static KeptShare: Perbill = Perbill::from_percent(90);

		/// Blocks in an era: what pins are paid by, and for.
		#[codec(index = 5)]
		pub static EraLength: BlockNumber = 7 * DAYS;

		/// The most eras that a pin is paid for in advance.
		#[codec(index = 6)]
		pub static MaxTerm: u32 = 64;

		/// Blocks in which a registered object has to be stored.
		#[codec(index = 7)]
		pub static PendingBlocks: BlockNumber = DAYS;

		/// The most objects that an account may have registered and not stored.
		#[codec(index = 8)]
		pub static MaxPendingObjects: u32 = 256;

		/// The most bytes that an account may have registered and not stored.
		#[codec(index = 9)]
		pub static MaxPendingBytes: u64 = 1 << 40;

		/// The stake of a provider, whatever its slots.
		#[codec(index = 10)]
		pub static MinStake: Balance = 100 * ROME;

		/// The stake of a provider for each GiB of its slots.
		#[codec(index = 11)]
		pub static StakePerGib: Balance = 100 * MILLIROME;

		/// The fee for an object for an era, whatever its size.
		#[codec(index = 12)]
		pub static FeePerObject: Balance = MILLIROME;

		/// The fee for each GiB of an object for an era.
		#[codec(index = 13)]
		pub static FeePerGib: Balance = 10 * MILLIROME;

		/// The part of fees that is for those who distribute.
		#[codec(index = 14)]
		pub static DistributionShare: Perbill = Perbill::from_percent(20);

		/// The part of fees that is for those who probe.
		#[codec(index = 15)]
		pub static ProbingShare: Perbill = Perbill::from_percent(5);

		/// Held for a pin, besides what its grace costs.
		#[codec(index = 16)]
		pub static PinDeposit: Balance = 50 * MILLIROME;

		/// Eras that a pin stays after its term, paid from its deposit.
		#[codec(index = 17)]
		pub static GraceEras: u32 = 1;

		/// Blocks between a provider's notice and when it may go whatever is left.
		#[codec(index = 18)]
		pub static LeavingNotice: BlockNumber = 7 * DAYS;

		/// The part of the stake that it costs to leave everything behind.
		#[codec(index = 19)]
		pub static ForfeitShare: Perbill = Perbill::from_percent(10);

		/// The part of the stake that failing costs.
		#[codec(index = 20)]
		pub static FailureSlash: Perbill = Perbill::from_percent(15);

		/// What a replica costs that a provider reports lost.
		#[codec(index = 21)]
		pub static LossFee: Balance = 10 * MILLIROME;

		/// The part of the stake that slashes for cause may take together while they wait.
		#[codec(index = 22)]
		pub static SlashCap: Perbill = Perbill::from_percent(50);

		/// Eras that a slash for cause waits, for the council to look at it.
		#[codec(index = 23)]
		pub static SlashDeferral: u32 = 1;

		/// The most blocks of announced maintenance.
		#[codec(index = 24)]
		pub static MaxMaintenance: BlockNumber = 4 * HOURS;

		/// Blocks between two announced maintenances.
		#[codec(index = 25)]
		pub static MaintenanceGap: BlockNumber = 3 * DAYS;

		/// The part of the issuance that is minted in a year to be added to the pay for what backed classes
		/// hold.
		#[codec(index = 26)]
		pub static YearlyIssuance: Perbill = Perbill::zero();
	}

	/// Proposals and the community fund.
	#[dynamic_pallet_params]
	#[codec(index = 10)]
	pub mod proposals {
		/// Issued to the community fund each day.
		#[codec(index = 0)]
		pub static Issuance: Balance = 0;

		/// The least contribution to a bounty. At least the existential deposit.
		#[codec(index = 1)]
		pub static MinContribution: Balance = ROME;

		/// Held for a post, whatever its size.
		#[codec(index = 2)]
		pub static PostDepositBase: Balance = 100 * MILLIROME;

		/// Held for each byte of a post.
		#[codec(index = 3)]
		pub static PostDepositPerByte: Balance = MILLIROME / 10;
	}

	/// The benchmark oracle.
	#[dynamic_pallet_params]
	#[codec(index = 6)]
	pub mod benchmark {
		/// A prober's bond.
		#[codec(index = 0)]
		pub static Bond: Balance = 1_000 * ROME;

		/// What a prober is paid for a round that it settled and opened, as long as there is anything.
		#[codec(index = 1)]
		pub static PayPerRound: Balance = 10 * MILLIROME;

		/// The part of the bond that a reveal costs that does not come.
		#[codec(index = 2)]
		pub static WithheldSlash: Perbill = Perbill::from_percent(5);

		/// The part of the bond that an opening costs that does not come, after `FaultsAllowed` of them.
		#[codec(index = 3)]
		pub static VoidSlash: Perbill = Perbill::from_percent(2);

		/// Faults that cost no bond; each opening makes up for one.
		#[codec(index = 4)]
		pub static FaultsAllowed: u32 = 3;

		/// Rounds in a row without a commitment, after which a prober takes part no more.
		#[codec(index = 5)]
		pub static MissedToIdle: u32 = 24;

		/// Rounds in a row for which no control is excused.
		#[codec(index = 6)]
		pub static NoControlAllowed: u32 = 24;

		/// What an ordered trial costs.
		#[codec(index = 7)]
		pub static TrialFee: Balance = 100 * MILLIROME;

		/// The part of the fee for trials that the target gets.
		#[codec(index = 8)]
		pub static TargetShare: Perbill = Perbill::from_percent(30);

		/// What a verification costs its owner, as long as few are running.
		#[codec(index = 9)]
		pub static VerificationFee: Balance = 20 * ROME;

		/// Blocks for which a verification counts.
		#[codec(index = 10)]
		pub static VerificationTerm: BlockNumber = 30 * DAYS;

		/// Blocks after a failed verification in which there is no other.
		#[codec(index = 11)]
		pub static RetryDelay: BlockNumber = HOURS;

		/// Held for a report.
		#[codec(index = 12)]
		pub static ReportDeposit: Balance = ROME;

		/// Blocks after which anyone may remove a report.
		#[codec(index = 13)]
		pub static ReportTerm: BlockNumber = 90 * DAYS;
	}
}

/// A session shorter than this would rotate in nearly every block, and no transaction fits into a
/// block that rotates.
pub const MIN_SESSION_LENGTH: BlockNumber = 5;

/// Elections are heavy: not more often than this.
pub const MIN_COUNCIL_TERM: BlockNumber = 10 * MINUTES;

/// [`dynamic_params::validators::SessionLength`], clamped.
pub struct SessionLength;
impl Get<BlockNumber> for SessionLength {
	fn get() -> BlockNumber {
		dynamic_params::validators::SessionLength::get().max(MIN_SESSION_LENGTH)
	}
}

/// [`dynamic_params::council::TermDuration`], clamped.
pub struct TermDuration;
impl Get<BlockNumber> for TermDuration {
	fn get() -> BlockNumber {
		dynamic_params::council::TermDuration::get().max(MIN_COUNCIL_TERM)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl Default for RuntimeParameters {
	fn default() -> Self {
		RuntimeParameters::Fees(dynamic_params::fees::Parameters::TreasuryShare(
			dynamic_params::fees::TreasuryShare,
			Some(Permill::from_percent(80)),
		))
	}
}

impl pallet_parameters::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeParameters = RuntimeParameters;
	type AdminOrigin = AsEnsureOriginWithArg<RootOrCouncilTwoThirds>;
	// The pallet keeps its weights to itself; `()` is those it was published with.
	type WeightInfo = ();
}
