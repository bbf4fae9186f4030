//! Weights of `pallet_storage_tranches`, estimated. `scripts/weights` writes this file anew from measurements.

#![allow(unused_parens, unused_imports, missing_docs, clippy::all)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What the calls cost.
pub trait WeightInfo {
	fn apply() -> Weight;
	fn update_provider() -> Weight;
	fn cancel_application() -> Weight;
	fn activate() -> Weight;
	fn heartbeat() -> Weight;
	fn authorize_heartbeat() -> Weight;
	fn begin_maintenance() -> Weight;
	fn end_maintenance() -> Weight;
	fn begin_leaving() -> Weight;
	fn finish_leaving() -> Weight;
	fn suspend() -> Weight;
	fn reinstate() -> Weight;
	fn evict() -> Weight;
	fn sweep_pins(n: u32) -> Weight;
	fn create_tranche() -> Weight;
	fn update_tranche() -> Weight;
	fn close_tranche() -> Weight;
	fn join_tranche() -> Weight;
	fn change_slots() -> Weight;
	fn pin(n: u32) -> Weight;
	fn renew_pin() -> Weight;
	fn unpin(n: u32) -> Weight;
	fn confirm_replicas(n: u32) -> Weight;
	fn release_replicas(n: u32) -> Weight;
	fn report_lost(n: u32) -> Weight;
	fn block_object() -> Weight;
	fn unblock_object() -> Weight;
	fn sweep(n: u32) -> Weight;
	fn move_objects(n: u32) -> Weight;
	fn claim_pay(n: u32) -> Weight;
	fn attest() -> Weight;
	fn slash() -> Weight;
	fn cancel_slash() -> Weight;
	fn back_class() -> Weight;
	fn back_objects(n: u32) -> Weight;
	fn claim_use() -> Weight;
	fn tick() -> Weight;
	fn duties() -> Weight;
	fn watch() -> Weight;
}

/// Estimated, with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn apply() -> Weight {
		Weight::from_parts(57000000, 0).saturating_add(T::DbWeight::get().reads_writes(9, 4))
	}
	fn update_provider() -> Weight {
		Weight::from_parts(57000000, 0).saturating_add(T::DbWeight::get().reads_writes(9, 4))
	}
	fn cancel_application() -> Weight {
		Weight::from_parts(45000000, 0).saturating_add(T::DbWeight::get().reads_writes(5, 2))
	}
	fn activate() -> Weight {
		Weight::from_parts(66000000, 0).saturating_add(T::DbWeight::get().reads_writes(12, 6))
	}
	fn heartbeat() -> Weight {
		Weight::from_parts(54000000, 0).saturating_add(T::DbWeight::get().reads_writes(8, 4))
	}
	fn authorize_heartbeat() -> Weight {
		Weight::from_parts(39000000, 0).saturating_add(T::DbWeight::get().reads_writes(3, 1))
	}
	fn begin_maintenance() -> Weight {
		Weight::from_parts(90000000, 0).saturating_add(T::DbWeight::get().reads_writes(20, 10))
	}
	fn end_maintenance() -> Weight {
		Weight::from_parts(78000000, 0).saturating_add(T::DbWeight::get().reads_writes(16, 8))
	}
	fn begin_leaving() -> Weight {
		Weight::from_parts(102000000, 0).saturating_add(T::DbWeight::get().reads_writes(24, 12))
	}
	fn finish_leaving() -> Weight {
		Weight::from_parts(150000000, 0).saturating_add(T::DbWeight::get().reads_writes(40, 20))
	}
	fn suspend() -> Weight {
		Weight::from_parts(78000000, 0).saturating_add(T::DbWeight::get().reads_writes(16, 8))
	}
	fn reinstate() -> Weight {
		Weight::from_parts(78000000, 0).saturating_add(T::DbWeight::get().reads_writes(16, 8))
	}
	fn evict() -> Weight {
		Weight::from_parts(150000000, 0).saturating_add(T::DbWeight::get().reads_writes(40, 20))
	}
	fn sweep_pins(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(210000000, 0)
					.saturating_add(T::DbWeight::get().reads_writes(60, 20))
					.saturating_mul(n.into()),
			)
	}
	fn create_tranche() -> Weight {
		Weight::from_parts(42000000, 0).saturating_add(T::DbWeight::get().reads_writes(4, 2))
	}
	fn update_tranche() -> Weight {
		Weight::from_parts(42000000, 0).saturating_add(T::DbWeight::get().reads_writes(4, 2))
	}
	fn close_tranche() -> Weight {
		Weight::from_parts(42000000, 0).saturating_add(T::DbWeight::get().reads_writes(4, 2))
	}
	fn join_tranche() -> Weight {
		Weight::from_parts(60000000, 0).saturating_add(T::DbWeight::get().reads_writes(10, 5))
	}
	fn change_slots() -> Weight {
		Weight::from_parts(72000000, 0).saturating_add(T::DbWeight::get().reads_writes(14, 7))
	}
	fn pin(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(210000000, 0)
					.saturating_add(T::DbWeight::get().reads_writes(60, 20))
					.saturating_mul(n.into()),
			)
	}
	fn renew_pin() -> Weight {
		Weight::from_parts(120000000, 0).saturating_add(T::DbWeight::get().reads_writes(30, 15))
	}
	fn unpin(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(210000000, 0)
					.saturating_add(T::DbWeight::get().reads_writes(60, 20))
					.saturating_mul(n.into()),
			)
	}
	fn confirm_replicas(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(240000000, 0)
					.saturating_add(T::DbWeight::get().reads_writes(70, 23))
					.saturating_mul(n.into()),
			)
	}
	fn release_replicas(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(180000000, 0)
					.saturating_add(T::DbWeight::get().reads_writes(50, 16))
					.saturating_mul(n.into()),
			)
	}
	fn report_lost(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(180000000, 0)
					.saturating_add(T::DbWeight::get().reads_writes(50, 16))
					.saturating_mul(n.into()),
			)
	}
	fn block_object() -> Weight {
		Weight::from_parts(36000000, 0).saturating_add(T::DbWeight::get().reads_writes(2, 1))
	}
	fn unblock_object() -> Weight {
		Weight::from_parts(33000000, 0).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
	fn sweep(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(240000000, 0)
					.saturating_add(T::DbWeight::get().reads_writes(70, 23))
					.saturating_mul(n.into()),
			)
	}
	fn move_objects(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(240000000, 0)
					.saturating_add(T::DbWeight::get().reads_writes(70, 23))
					.saturating_mul(n.into()),
			)
	}
	fn claim_pay(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(150000000, 0)
					.saturating_add(T::DbWeight::get().reads_writes(40, 13))
					.saturating_mul(n.into()),
			)
	}
	fn attest() -> Weight {
		Weight::from_parts(39000000, 0).saturating_add(T::DbWeight::get().reads_writes(3, 1))
	}
	fn slash() -> Weight {
		Weight::from_parts(48000000, 0).saturating_add(T::DbWeight::get().reads_writes(6, 3))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(48000000, 0).saturating_add(T::DbWeight::get().reads_writes(6, 3))
	}
	fn back_class() -> Weight {
		Weight::from_parts(30000000, 0).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
	fn back_objects(n: u32) -> Weight {
		Weight::from_parts(30000000, 0)
			.saturating_add(Weight::from_parts(150000000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(2, 1))
			.saturating_add(T::DbWeight::get().reads_writes(26, 14).saturating_mul(n.into()))
	}
	fn claim_use() -> Weight {
		Weight::from_parts(39000000, 0).saturating_add(T::DbWeight::get().reads_writes(3, 1))
	}
	fn tick() -> Weight {
		Weight::from_parts(48000000, 0).saturating_add(T::DbWeight::get().reads_writes(6, 3))
	}
	fn duties() -> Weight {
		Weight::from_parts(54000000, 0).saturating_add(T::DbWeight::get().reads_writes(8, 4))
	}
	fn watch() -> Weight {
		Weight::from_parts(66000000, 0).saturating_add(T::DbWeight::get().reads_writes(12, 6))
	}
}

impl WeightInfo for () {
	fn apply() -> Weight {
		Weight::from_parts(57000000, 0).saturating_add(ParityDbWeight::get().reads_writes(9, 4))
	}
	fn update_provider() -> Weight {
		Weight::from_parts(57000000, 0).saturating_add(ParityDbWeight::get().reads_writes(9, 4))
	}
	fn cancel_application() -> Weight {
		Weight::from_parts(45000000, 0).saturating_add(ParityDbWeight::get().reads_writes(5, 2))
	}
	fn activate() -> Weight {
		Weight::from_parts(66000000, 0).saturating_add(ParityDbWeight::get().reads_writes(12, 6))
	}
	fn heartbeat() -> Weight {
		Weight::from_parts(54000000, 0).saturating_add(ParityDbWeight::get().reads_writes(8, 4))
	}
	fn authorize_heartbeat() -> Weight {
		Weight::from_parts(39000000, 0).saturating_add(ParityDbWeight::get().reads_writes(3, 1))
	}
	fn begin_maintenance() -> Weight {
		Weight::from_parts(90000000, 0).saturating_add(ParityDbWeight::get().reads_writes(20, 10))
	}
	fn end_maintenance() -> Weight {
		Weight::from_parts(78000000, 0).saturating_add(ParityDbWeight::get().reads_writes(16, 8))
	}
	fn begin_leaving() -> Weight {
		Weight::from_parts(102000000, 0).saturating_add(ParityDbWeight::get().reads_writes(24, 12))
	}
	fn finish_leaving() -> Weight {
		Weight::from_parts(150000000, 0).saturating_add(ParityDbWeight::get().reads_writes(40, 20))
	}
	fn suspend() -> Weight {
		Weight::from_parts(78000000, 0).saturating_add(ParityDbWeight::get().reads_writes(16, 8))
	}
	fn reinstate() -> Weight {
		Weight::from_parts(78000000, 0).saturating_add(ParityDbWeight::get().reads_writes(16, 8))
	}
	fn evict() -> Weight {
		Weight::from_parts(150000000, 0).saturating_add(ParityDbWeight::get().reads_writes(40, 20))
	}
	fn sweep_pins(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(210000000, 0)
					.saturating_add(ParityDbWeight::get().reads_writes(60, 20))
					.saturating_mul(n.into()),
			)
	}
	fn create_tranche() -> Weight {
		Weight::from_parts(42000000, 0).saturating_add(ParityDbWeight::get().reads_writes(4, 2))
	}
	fn update_tranche() -> Weight {
		Weight::from_parts(42000000, 0).saturating_add(ParityDbWeight::get().reads_writes(4, 2))
	}
	fn close_tranche() -> Weight {
		Weight::from_parts(42000000, 0).saturating_add(ParityDbWeight::get().reads_writes(4, 2))
	}
	fn join_tranche() -> Weight {
		Weight::from_parts(60000000, 0).saturating_add(ParityDbWeight::get().reads_writes(10, 5))
	}
	fn change_slots() -> Weight {
		Weight::from_parts(72000000, 0).saturating_add(ParityDbWeight::get().reads_writes(14, 7))
	}
	fn pin(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(210000000, 0)
					.saturating_add(ParityDbWeight::get().reads_writes(60, 20))
					.saturating_mul(n.into()),
			)
	}
	fn renew_pin() -> Weight {
		Weight::from_parts(120000000, 0).saturating_add(ParityDbWeight::get().reads_writes(30, 15))
	}
	fn unpin(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(210000000, 0)
					.saturating_add(ParityDbWeight::get().reads_writes(60, 20))
					.saturating_mul(n.into()),
			)
	}
	fn confirm_replicas(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(240000000, 0)
					.saturating_add(ParityDbWeight::get().reads_writes(70, 23))
					.saturating_mul(n.into()),
			)
	}
	fn release_replicas(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(180000000, 0)
					.saturating_add(ParityDbWeight::get().reads_writes(50, 16))
					.saturating_mul(n.into()),
			)
	}
	fn report_lost(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(180000000, 0)
					.saturating_add(ParityDbWeight::get().reads_writes(50, 16))
					.saturating_mul(n.into()),
			)
	}
	fn block_object() -> Weight {
		Weight::from_parts(36000000, 0).saturating_add(ParityDbWeight::get().reads_writes(2, 1))
	}
	fn unblock_object() -> Weight {
		Weight::from_parts(33000000, 0).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn sweep(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(240000000, 0)
					.saturating_add(ParityDbWeight::get().reads_writes(70, 23))
					.saturating_mul(n.into()),
			)
	}
	fn move_objects(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(240000000, 0)
					.saturating_add(ParityDbWeight::get().reads_writes(70, 23))
					.saturating_mul(n.into()),
			)
	}
	fn claim_pay(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(4, 2))
			.saturating_add(
				Weight::from_parts(150000000, 0)
					.saturating_add(ParityDbWeight::get().reads_writes(40, 13))
					.saturating_mul(n.into()),
			)
	}
	fn attest() -> Weight {
		Weight::from_parts(39000000, 0).saturating_add(ParityDbWeight::get().reads_writes(3, 1))
	}
	fn slash() -> Weight {
		Weight::from_parts(48000000, 0).saturating_add(ParityDbWeight::get().reads_writes(6, 3))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(48000000, 0).saturating_add(ParityDbWeight::get().reads_writes(6, 3))
	}
	fn back_class() -> Weight {
		Weight::from_parts(30000000, 0).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn back_objects(n: u32) -> Weight {
		Weight::from_parts(30000000, 0)
			.saturating_add(Weight::from_parts(150000000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(2, 1))
			.saturating_add(ParityDbWeight::get().reads_writes(26, 14).saturating_mul(n.into()))
	}
	fn claim_use() -> Weight {
		Weight::from_parts(39000000, 0).saturating_add(ParityDbWeight::get().reads_writes(3, 1))
	}
	fn tick() -> Weight {
		Weight::from_parts(48000000, 0).saturating_add(ParityDbWeight::get().reads_writes(6, 3))
	}
	fn duties() -> Weight {
		Weight::from_parts(54000000, 0).saturating_add(ParityDbWeight::get().reads_writes(8, 4))
	}
	fn watch() -> Weight {
		Weight::from_parts(66000000, 0).saturating_add(ParityDbWeight::get().reads_writes(12, 6))
	}
}
