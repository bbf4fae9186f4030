//! Numbers that two thirds of the council can change without an upgrade of the runtime.
//!
//! What is read from here is clamped where a wrong value would stop the chain.

use crate::{
	origins::RootOrCouncilTwoThirds, Balance, BlockNumber, Runtime, RuntimeEvent, DAYS, MILLIROME,
	MINUTES, ROME,
};
use frame_support::{
	dynamic_params::{dynamic_pallet_params, dynamic_params},
	traits::{AsEnsureOriginWithArg, Get},
};
use sp_runtime::Permill;

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
