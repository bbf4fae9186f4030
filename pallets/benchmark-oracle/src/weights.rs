//! Weights of `pallet_benchmark_oracle`, estimated. `scripts/weights` writes this file anew from measurements.

#![allow(unused_parens, unused_imports, missing_docs, clippy::all)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What the calls cost.
pub trait WeightInfo {
	fn register_prober() -> Weight;
	fn admit_prober() -> Weight;
	fn remove_prober() -> Weight;
	fn commit_chain() -> Weight;
	fn authorize_commit_chain() -> Weight;
	fn commit() -> Weight;
	fn authorize_commit() -> Weight;
	fn reveal(n: u32) -> Weight;
	fn authorize_reveal(n: u32) -> Weight;
	fn open() -> Weight;
	fn authorize_open() -> Weight;
	fn request_verification() -> Weight;
	fn order_measurement() -> Weight;
	fn cancel_order() -> Weight;
	fn record_report() -> Weight;
	fn set_thresholds() -> Weight;
	fn set_round() -> Weight;
	fn appoint_conductor() -> Weight;
	fn dismiss_conductor() -> Weight;
	fn prune() -> Weight;
	fn announce_run() -> Weight;
	fn tick() -> Weight;
	fn turn() -> Weight;
	fn duties() -> Weight;
	fn plan() -> Weight;
	fn settle() -> Weight;
	fn close() -> Weight;
	fn forget() -> Weight;
}

/// Estimated, with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn register_prober() -> Weight {
		Weight::from_parts(90_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(8, 6))
	}
	fn admit_prober() -> Weight {
		Weight::from_parts(40_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(3, 1))
	}
	fn remove_prober() -> Weight {
		Weight::from_parts(70_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(6, 7))
	}
	fn commit_chain() -> Weight {
		Weight::from_parts(45_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(5, 3))
	}
	fn authorize_commit_chain() -> Weight {
		Weight::from_parts(75_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(5, 0))
	}
	fn commit() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(2, 1))
	}
	fn authorize_commit() -> Weight {
		Weight::from_parts(72_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(6, 0))
	}
	fn reveal(n: u32) -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(5, 6))
			.saturating_add(
				Weight::from_parts(4_000_000, 0)
					.saturating_add(T::DbWeight::get().reads_writes(1, 1))
					.saturating_mul(n.into()),
			)
	}
	fn authorize_reveal(n: u32) -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(6, 0))
			.saturating_add(
				Weight::from_parts(2_000_000, 0)
					.saturating_add(T::DbWeight::get().reads_writes(0, 0))
					.saturating_mul(n.into()),
			)
	}
	fn open() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(2, 1))
	}
	fn authorize_open() -> Weight {
		Weight::from_parts(190_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(8, 0))
	}
	fn request_verification() -> Weight {
		Weight::from_parts(60_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(7, 4))
	}
	fn order_measurement() -> Weight {
		Weight::from_parts(55_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(6, 3))
	}
	fn cancel_order() -> Weight {
		Weight::from_parts(45_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(4, 3))
	}
	fn record_report() -> Weight {
		Weight::from_parts(55_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(4, 3))
	}
	fn set_thresholds() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
	fn set_round() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
	fn appoint_conductor() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
	fn dismiss_conductor() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
	fn prune() -> Weight {
		Weight::from_parts(75_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn announce_run() -> Weight {
		Weight::from_parts(30_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(2, 1))
	}
	fn tick() -> Weight {
		Weight::from_parts(12_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(3, 1))
	}
	fn turn() -> Weight {
		Weight::from_parts(60_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn duties() -> Weight {
		Weight::from_parts(40_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(4, 1))
	}
	fn plan() -> Weight {
		Weight::from_parts(18_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(5, 0))
	}
	fn settle() -> Weight {
		Weight::from_parts(260_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(14, 10))
	}
	fn close() -> Weight {
		Weight::from_parts(130_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(9, 8))
	}
	fn forget() -> Weight {
		Weight::from_parts(20_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(3, 3))
	}
}

/// Estimated, with ParityDB's weights.
impl WeightInfo for () {
	fn register_prober() -> Weight {
		Weight::from_parts(90_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(8, 6))
	}
	fn admit_prober() -> Weight {
		Weight::from_parts(40_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(3, 1))
	}
	fn remove_prober() -> Weight {
		Weight::from_parts(70_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(6, 7))
	}
	fn commit_chain() -> Weight {
		Weight::from_parts(45_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(5, 3))
	}
	fn authorize_commit_chain() -> Weight {
		Weight::from_parts(75_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(5, 0))
	}
	fn commit() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(2, 1))
	}
	fn authorize_commit() -> Weight {
		Weight::from_parts(72_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(6, 0))
	}
	fn reveal(n: u32) -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(5, 6))
			.saturating_add(
				Weight::from_parts(4_000_000, 0)
					.saturating_add(ParityDbWeight::get().reads_writes(1, 1))
					.saturating_mul(n.into()),
			)
	}
	fn authorize_reveal(n: u32) -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 0))
			.saturating_add(
				Weight::from_parts(2_000_000, 0)
					.saturating_add(ParityDbWeight::get().reads_writes(0, 0))
					.saturating_mul(n.into()),
			)
	}
	fn open() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(2, 1))
	}
	fn authorize_open() -> Weight {
		Weight::from_parts(190_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(8, 0))
	}
	fn request_verification() -> Weight {
		Weight::from_parts(60_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(7, 4))
	}
	fn order_measurement() -> Weight {
		Weight::from_parts(55_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(6, 3))
	}
	fn cancel_order() -> Weight {
		Weight::from_parts(45_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(4, 3))
	}
	fn record_report() -> Weight {
		Weight::from_parts(55_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(4, 3))
	}
	fn set_thresholds() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn set_round() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn appoint_conductor() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn dismiss_conductor() -> Weight {
		Weight::from_parts(25_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn prune() -> Weight {
		Weight::from_parts(75_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn announce_run() -> Weight {
		Weight::from_parts(30_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(2, 1))
	}
	fn tick() -> Weight {
		Weight::from_parts(12_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(3, 1))
	}
	fn turn() -> Weight {
		Weight::from_parts(60_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn duties() -> Weight {
		Weight::from_parts(40_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(4, 1))
	}
	fn plan() -> Weight {
		Weight::from_parts(18_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(5, 0))
	}
	fn settle() -> Weight {
		Weight::from_parts(260_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads_writes(14, 10))
	}
	fn close() -> Weight {
		Weight::from_parts(130_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(9, 8))
	}
	fn forget() -> Weight {
		Weight::from_parts(20_000_000, 0).saturating_add(ParityDbWeight::get().reads_writes(3, 3))
	}
}
