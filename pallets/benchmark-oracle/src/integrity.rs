//! How the formats' limits, the weights and the block relate. Checked once for every runtime.

use crate::{Config, Opening, Pallet, WeightInfo};
use codec::MaxEncodedLen;
use frame_support::{dispatch::DispatchClass, traits::Get, weights::Weight};
use rome_primitives::benchmark::{
	limits::{
		MAX_CHAIN, MAX_HISTORY, MAX_OBSERVATIONS, MAX_PROBERS, MAX_ROUNDS, MAX_SAMPLES, MAX_TARGETS,
	},
	risk::RISKS,
	Report,
};
use sp_runtime::Perbill;

/// What the transactions of a round, of all probers at their limits, may take together: so many blocks.
const BLOCKS_OF_A_ROUND: u64 = 5;

const _: () = assert!(MAX_HISTORY <= MAX_ROUNDS, "a decision has more rounds than its bound");

impl<T: Config> Pallet<T> {
	/// Panics, saying why, if this runtime's configuration cannot work.
	pub(crate) fn check_integrity() {
		let largest = RISKS.last().map_or(0, |risk| risk.committee);
		assert!(
			largest.saturating_mul(3) <= MAX_SAMPLES,
			"a committee and what is ordered besides would not find room among the samples"
		);
		assert!(
			T::MissedToIdle::get() < MAX_CHAIN,
			"a prober could be silent for longer than its chain is"
		);
		assert!(T::BlocksPerDay::get() > 0 && T::KeptDays::get() > 0, "days have no length");
		assert!(T::VerificationTerm::get() > 0, "verifications would not count");
		let one = Perbill::one();
		assert!(
			T::WithheldSlash::get() <= one && T::WithheldSlash::get() > Perbill::zero(),
			"withholding would cost nothing"
		);
		assert!(
			T::WithheldSlash::get() >= T::VoidSlash::get(),
			"it would be cheaper to withhold than not to open"
		);

		let limits = T::BlockWeights::get();
		let most = limits.get(DispatchClass::Operational).max_extrinsic.unwrap_or(limits.max_block);
		let reveal = T::WeightInfo::reveal(MAX_OBSERVATIONS)
			.saturating_add(T::WeightInfo::authorize_reveal(MAX_OBSERVATIONS));
		let open = T::WeightInfo::open().saturating_add(T::WeightInfo::authorize_open());
		let commit = T::WeightInfo::commit().saturating_add(T::WeightInfo::authorize_commit());
		for (call, weight) in [("reveal", reveal), ("open", open), ("commit", commit)] {
			assert!(
				weight.saturating_mul(3).all_lte(most),
				"{call} at its limits takes too much of a block: {weight:?}"
			);
		}
		let all =
			reveal.saturating_add(open).saturating_add(commit).saturating_mul(MAX_PROBERS.into());
		assert!(
			all.all_lte(limits.max_block.saturating_mul(BLOCKS_OF_A_ROUND)),
			"all probers at their limits do not fit a round: {all:?}"
		);
		// What is settled, closed and planned in a round.
		let settle = T::WeightInfo::settle().saturating_mul(MAX_TARGETS.into());
		let close = T::WeightInfo::close().saturating_mul(MAX_PROBERS.into());
		let plan =
			T::WeightInfo::plan().saturating_mul(MAX_TARGETS.saturating_add(MAX_PROBERS).into());
		let duties: Weight = settle.saturating_add(close).saturating_add(plan);
		assert!(
			duties.all_lte(limits.max_block.saturating_mul(BLOCKS_OF_A_ROUND)),
			"a round's duties do not fit a round: {duties:?}"
		);
		assert!(
			T::WeightInfo::turn().saturating_mul(10).all_lte(limits.max_block),
			"a round's beginning takes too much of a block"
		);

		let longest = u64::from(*T::BlockLength::get().max.get(DispatchClass::Operational));
		let reveals = (Report::max_encoded_len() as u64).saturating_mul(MAX_PROBERS.into());
		let opens = (Opening::max_encoded_len() as u64).saturating_mul(MAX_PROBERS.into());
		assert!(
			reveals.saturating_add(opens) <= longest.saturating_mul(BLOCKS_OF_A_ROUND),
			"what all probers send does not fit the length of a round's blocks"
		);
	}
}
