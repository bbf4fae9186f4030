//! Weights. Provisional until measured by `scripts/weights`.

#![allow(missing_docs, clippy::all)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What the calls cost.
pub trait WeightInfo {
	fn suggest_schema() -> Weight;
	fn endorse_schema() -> Weight;
	fn withdraw_endorsement() -> Weight;
	fn withdraw_suggestion() -> Weight;
	fn approve_schema() -> Weight;
	fn reject_schema() -> Weight;
	fn activate_schema() -> Weight;
	fn retire_schema() -> Weight;
	fn offer_transfer() -> Weight;
	fn set_referenceable() -> Weight;
	fn update_class() -> Weight;
	fn set_class_status() -> Weight;
	fn set_quota() -> Weight;
	fn set_default_quota() -> Weight;
	fn create_entity(b: u32, u: u32, i: u32, r: u32) -> Weight;
	fn update_entity(b: u32, u: u32, i: u32, r: u32) -> Weight;
	fn remove_entity(b: u32, u: u32, i: u32, r: u32) -> Weight;
	fn accept_transfer(b: u32, r: u32) -> Weight;
}

/// Measured weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn suggest_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn endorse_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn withdraw_endorsement() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn withdraw_suggestion() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn approve_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn reject_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn activate_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn retire_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn set_referenceable() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn update_class() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn set_class_status() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn set_quota() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn set_default_quota() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}
	fn create_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(Weight::from_parts(2_000, 1).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 1).saturating_mul((u + i).into()))
			.saturating_add(T::DbWeight::get().reads_writes(2, 1).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads_writes(8, 8))
	}
	fn update_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(Weight::from_parts(2_000, 1).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 1).saturating_mul((u + i).into()))
			.saturating_add(T::DbWeight::get().reads_writes(2, 1).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads_writes(8, 8))
	}
	fn remove_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(Weight::from_parts(2_000, 1).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 1).saturating_mul((u + i).into()))
			.saturating_add(T::DbWeight::get().reads_writes(2, 1).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads_writes(8, 8))
	}
	fn accept_transfer(b: u32, r: u32) -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(Weight::from_parts(2_000, 1).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads_writes(2, 1).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads_writes(8, 8))
	}
}
impl WeightInfo for () {
	fn suggest_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn endorse_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn withdraw_endorsement() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn withdraw_suggestion() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn approve_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn reject_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn activate_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn retire_schema() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn set_referenceable() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn update_class() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn set_class_status() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn set_quota() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn set_default_quota() -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(ParityDbWeight::get().reads_writes(6, 6))
	}
	fn create_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(Weight::from_parts(2_000, 1).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(1, 1).saturating_mul((u + i).into()))
			.saturating_add(ParityDbWeight::get().reads_writes(2, 1).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(8, 8))
	}
	fn update_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(Weight::from_parts(2_000, 1).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(1, 1).saturating_mul((u + i).into()))
			.saturating_add(ParityDbWeight::get().reads_writes(2, 1).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(8, 8))
	}
	fn remove_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(Weight::from_parts(2_000, 1).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(1, 1).saturating_mul((u + i).into()))
			.saturating_add(ParityDbWeight::get().reads_writes(2, 1).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(8, 8))
	}
	fn accept_transfer(b: u32, r: u32) -> Weight {
		Weight::from_parts(100_000_000, 40_000)
			.saturating_add(Weight::from_parts(2_000, 1).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(2, 1).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(8, 8))
	}
}
