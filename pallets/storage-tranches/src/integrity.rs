//! How the formats' limits, the weights and the block relate. Checked once for every runtime.

use crate::{types::PinRequest, Config, Pallet, WeightInfo};
use codec::MaxEncodedLen;
use frame_support::{dispatch::DispatchClass, traits::Get};
use rome_primitives::{
	actors::heart::REMEMBERED_ERAS,
	storage::{
		limits::{CHALLENGE_WINDOW, MAX_BATCH, MAX_COVERAGE, MAX_HOLDERS, MAX_MEMBERS, MAX_TERM},
		Confirmation,
	},
};
use sp_runtime::{traits::SaturatedConversion, PerThing, Perbill};

/// How many of the heaviest calls must fit a block together: one never keeps all others out.
const CALLS_PER_BLOCK: u64 = 3;

impl<T: Config> Pallet<T> {
	/// Panics, saying why, if this runtime's configuration cannot work.
	pub(crate) fn check_integrity() {
		assert!(
			MAX_HOLDERS >= MAX_COVERAGE.saturating_mul(2),
			"successors would not find room among an object's holders"
		);
		assert!(MAX_MEMBERS <= u8::MAX.into(), "a tranche has more operators than it can count");
		assert!(
			REMEMBERED_ERAS > MAX_TERM.saturating_add(1),
			"pay falls due for eras whose heartbeats are forgotten"
		);
		let hashes: u32 = <T as frame_system::Config>::BlockHashCount::get().saturated_into();
		assert!(
			hashes > CHALLENGE_WINDOW.saturating_mul(2),
			"the hashes that choose chunks are forgotten too early"
		);
		assert!(
			T::FullBlock::get() > Perbill::zero() && T::FullBlock::get() <= Perbill::one(),
			"every block would count as full"
		);

		let limits = T::BlockWeights::get();
		let normal = limits.get(DispatchClass::Normal);
		let most = normal.max_extrinsic.unwrap_or(limits.max_block);
		for (call, weight) in [
			("pin", T::WeightInfo::pin(MAX_BATCH)),
			("unpin", T::WeightInfo::unpin(MAX_BATCH)),
			("confirm_replicas", T::WeightInfo::confirm_replicas(MAX_BATCH)),
			("release_replicas", T::WeightInfo::release_replicas(MAX_BATCH)),
			("report_lost", T::WeightInfo::report_lost(MAX_BATCH)),
			("claim_pay", T::WeightInfo::claim_pay(MAX_BATCH)),
			(
				"back_objects",
				T::WeightInfo::back_objects(MAX_BATCH).saturating_add(Self::looking_up(MAX_BATCH)),
			),
			("sweep", T::WeightInfo::sweep(MAX_BATCH)),
			("sweep_pins", T::WeightInfo::sweep_pins(MAX_BATCH)),
			("move_objects", T::WeightInfo::move_objects(MAX_BATCH)),
		] {
			assert!(
				weight.saturating_mul(CALLS_PER_BLOCK).all_lte(most),
				"{call} at its limits takes too much of a block: {weight:?}"
			);
		}
		// A block that is not full has room for a heartbeat.
		let operational = limits.get(DispatchClass::Operational);
		let one = T::WeightInfo::heartbeat()
			.saturating_add(T::WeightInfo::authorize_heartbeat())
			.saturating_add(operational.base_extrinsic);
		let room = T::FullBlock::get().left_from_one().mul_floor(limits.max_block.ref_time());
		assert!(one.ref_time() <= room, "a block with room has none for a heartbeat");

		let longest = *T::BlockLength::get().max.get(DispatchClass::Normal);
		let bytes = Confirmation::max_encoded_len()
			.max(PinRequest::<T::AccountId>::max_encoded_len())
			.saturating_mul(MAX_BATCH as usize);
		assert!(
			(bytes as u64).saturating_mul(CALLS_PER_BLOCK) <= longest.into(),
			"a call at its limits takes too much of a block's length"
		);
	}
}
