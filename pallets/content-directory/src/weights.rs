//! Weights of `pallet_content_directory`, measured. Written by `scripts/weights`: change the benchmarks, not this file.
//!
//! 2026-11-23; 50 steps, 20 repeats, Compiled Wasm.

#![allow(unused_parens, unused_imports, missing_docs, clippy::all)]

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
	fn create_entity(b: u32) -> Weight;
	fn create_entity_unique(u: u32) -> Weight;
	fn create_entity_indexed(i: u32) -> Weight;
	fn create_entity_references(r: u32) -> Weight;
	fn update_entity(b: u32) -> Weight;
	fn update_entity_unique(u: u32) -> Weight;
	fn update_entity_indexed(i: u32) -> Weight;
	fn update_entity_references(r: u32) -> Weight;
	fn remove_entity(b: u32) -> Weight;
	fn remove_entity_unique(u: u32) -> Weight;
	fn remove_entity_indexed(i: u32) -> Weight;
	fn remove_entity_references(r: u32) -> Weight;
	fn offer_transfer() -> Weight;
	fn accept_transfer(b: u32) -> Weight;
	fn accept_transfer_references(r: u32) -> Weight;
	fn set_referenceable() -> Weight;
	fn update_class() -> Weight;
	fn set_class_status() -> Weight;
	fn set_quota() -> Weight;
	fn set_default_quota() -> Weight;
	fn migrate_entity(b: u32) -> Weight;
	fn migrate_entity_unique(u: u32) -> Weight;
	fn migrate_entity_indexed(i: u32) -> Weight;
	fn migrate_entity_references(r: u32) -> Weight;
	fn migrate_entity_steps(s: u32) -> Weight;
	fn migrate_class() -> Weight;
	fn cancel_migration() -> Weight;
	fn transact() -> Weight;
	fn create_curator_group() -> Weight;
	fn update_curator_group() -> Weight;
	fn set_visibility() -> Weight;
	fn look_at_creator_groups(g: u32) -> Weight;
	fn maintain() -> Weight;
	fn load_schemas(s: u32) -> Weight;
	fn build_entity() -> Weight;
	fn sweep_past() -> Weight;
}

/// Measured, with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `ContentDirectory::ClassNames` (r:1 w:0)
	/// Proof: `ContentDirectory::ClassNames` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::NextClassId` (r:1 w:0)
	/// Proof: `ContentDirectory::NextClassId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::NextSuggestionId` (r:1 w:1)
	/// Proof: `ContentDirectory::NextSuggestionId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Tallies` (r:1 w:1)
	/// Proof: `ContentDirectory::Tallies` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Suggestions` (r:0 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18854), added: 21329, mode: `MaxEncodedLen`)
	fn suggest_schema() -> Weight {
		// Proof size, in bytes: measured 146, estimated 6012.
		// Minimum execution time: 134_220_000 picoseconds.
		Weight::from_parts(160_289_000, 6012)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18854), added: 21329, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Endorsements` (r:1 w:1)
	/// Proof: `ContentDirectory::Endorsements` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	fn endorse_schema() -> Weight {
		// Proof size, in bytes: measured 19130, estimated 22319.
		// Minimum execution time: 83_865_000 picoseconds.
		Weight::from_parts(136_174_000, 22319)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `ContentDirectory::Endorsements` (r:1 w:1)
	/// Proof: `ContentDirectory::Endorsements` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18854), added: 21329, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	fn withdraw_endorsement() -> Weight {
		// Proof size, in bytes: measured 19263, estimated 22319.
		// Minimum execution time: 73_801_000 picoseconds.
		Weight::from_parts(78_938_000, 22319)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18854), added: 21329, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Tallies` (r:1 w:1)
	/// Proof: `ContentDirectory::Tallies` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	fn withdraw_suggestion() -> Weight {
		// Proof size, in bytes: measured 19181, estimated 22319.
		// Minimum execution time: 64_837_000 picoseconds.
		Weight::from_parts(71_166_000, 22319)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18854), added: 21329, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Tallies` (r:1 w:1)
	/// Proof: `ContentDirectory::Tallies` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	fn approve_schema() -> Weight {
		// Proof size, in bytes: measured 19181, estimated 22319.
		// Minimum execution time: 73_109_000 picoseconds.
		Weight::from_parts(77_676_000, 22319)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18854), added: 21329, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Tallies` (r:1 w:1)
	/// Proof: `ContentDirectory::Tallies` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	fn reject_schema() -> Weight {
		// Proof size, in bytes: measured 19321, estimated 22319.
		// Minimum execution time: 70_275_000 picoseconds.
		Weight::from_parts(74_551_000, 22319)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18854), added: 21329, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:16 w:17)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Builds` (r:1 w:1)
	/// Proof: `ContentDirectory::Builds` (`max_values`: None, `max_size`: Some(150), added: 2625, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Tallies` (r:1 w:1)
	/// Proof: `ContentDirectory::Tallies` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	fn activate_schema() -> Weight {
		// Proof size, in bytes: measured 285967, estimated 307230.
		// Minimum execution time: 721_446_000 picoseconds.
		Weight::from_parts(802_347_000, 307230)
			.saturating_add(T::DbWeight::get().reads(21_u64))
			.saturating_add(T::DbWeight::get().writes(22_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:1)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Sweeps` (r:1 w:0)
	/// Proof: `ContentDirectory::Sweeps` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	fn retire_schema() -> Weight {
		// Proof size, in bytes: measured 19343, estimated 20130.
		// Minimum execution time: 70_084_000 picoseconds.
		Weight::from_parts(81_091_000, 20130)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::OwnedEntities` (r:0 w:1)
	/// Proof: `ContentDirectory::OwnedEntities` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Entities` (r:0 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 16384]`.
	fn create_entity(b: u32) -> Weight {
		// Proof size, in bytes: measured 19505, estimated 20130.
		// Minimum execution time: 95_272_000 picoseconds.
		Weight::from_parts(110_793_933, 20130)
			// Standard error: 5.
			.saturating_add(Weight::from_parts(358, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::UniqueEntries` (r:4 w:4)
	/// Proof: `ContentDirectory::UniqueEntries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::OwnedEntities` (r:0 w:1)
	/// Proof: `ContentDirectory::OwnedEntities` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Entities` (r:0 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[0, 4]`.
	fn create_entity_unique(u: u32) -> Weight {
		// Proof size, in bytes: measured 19505, estimated 20130 + u * (2515 ±0).
		// Minimum execution time: 102_353_000 picoseconds.
		Weight::from_parts(111_314_925, 20130)
			// Standard error: 32_601.
			.saturating_add(Weight::from_parts(4_942_045, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(u.into())))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::OwnedEntities` (r:0 w:1)
	/// Proof: `ContentDirectory::OwnedEntities` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::IndexEntries` (r:0 w:8)
	/// Proof: `ContentDirectory::IndexEntries` (`max_values`: None, `max_size`: Some(50), added: 2525, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Entities` (r:0 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// The range of component `i` is `[0, 8]`.
	fn create_entity_indexed(i: u32) -> Weight {
		// Proof size, in bytes: measured 19505, estimated 20130.
		// Minimum execution time: 103_063_000 picoseconds.
		Weight::from_parts(109_498_138, 20130)
			// Standard error: 12_844.
			.saturating_add(Weight::from_parts(3_769_757, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(i.into())))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Entities` (r:64 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:64 w:64)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::OwnedEntities` (r:0 w:1)
	/// Proof: `ContentDirectory::OwnedEntities` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// The range of component `r` is `[0, 64]`.
	fn create_entity_references(r: u32) -> Weight {
		// Proof size, in bytes: measured 36269 + r * (14 ±0), estimated 20130 + r * (19191 ±0).
		// Minimum execution time: 104_616_000 picoseconds.
		Weight::from_parts(122_316_612, 20130)
			// Standard error: 58_734.
			.saturating_add(Weight::from_parts(9_565_862, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 19191).saturating_mul(r.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 16384]`.
	fn update_entity(b: u32) -> Weight {
		// Proof size, in bytes: measured 19494 + b * (1 ±0), estimated 20179.
		// Minimum execution time: 62_393_000 picoseconds.
		Weight::from_parts(73_238_670, 20179)
			// Standard error: 25.
			.saturating_add(Weight::from_parts(716, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::UniqueEntries` (r:8 w:8)
	/// Proof: `ContentDirectory::UniqueEntries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[0, 4]`.
	fn update_entity_unique(u: u32) -> Weight {
		// Proof size, in bytes: measured 19498 + u * (120 ±0), estimated 20179 + u * (5030 ±0).
		// Minimum execution time: 61_572_000 picoseconds.
		Weight::from_parts(74_283_483, 20179)
			// Standard error: 257_941.
			.saturating_add(Weight::from_parts(16_599_337, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(u.into())))
			.saturating_add(Weight::from_parts(0, 5030).saturating_mul(u.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::IndexEntries` (r:0 w:16)
	/// Proof: `ContentDirectory::IndexEntries` (`max_values`: None, `max_size`: Some(50), added: 2525, mode: `MaxEncodedLen`)
	/// The range of component `i` is `[0, 8]`.
	fn update_entity_indexed(i: u32) -> Weight {
		// Proof size, in bytes: measured 19528 + i * (70 ±0), estimated 20179.
		// Minimum execution time: 60_600_000 picoseconds.
		Weight::from_parts(71_392_641, 20179)
			// Standard error: 73_099.
			.saturating_add(Weight::from_parts(7_640_201, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(i.into())))
	}
	/// Storage: `ContentDirectory::Entities` (r:65 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:128 w:128)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// The range of component `r` is `[0, 64]`.
	fn update_entity_references(r: u32) -> Weight {
		// Proof size, in bytes: measured 36458 + r * (96 ±0), estimated 20179 + r * (19189 ±0).
		// Minimum execution time: 90_065_000 picoseconds.
		Weight::from_parts(62_110_416, 20179)
			// Standard error: 304_577.
			.saturating_add(Weight::from_parts(22_652_643, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 19189).saturating_mul(r.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:2 w:0)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::OwnedEntities` (r:0 w:1)
	/// Proof: `ContentDirectory::OwnedEntities` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:0 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 16384]`.
	fn remove_entity(_b: u32) -> Weight {
		// Proof size, in bytes: measured 17309 + b * (1 ±0), estimated 20179.
		// Minimum execution time: 95_833_000 picoseconds.
		Weight::from_parts(149_812_130, 20179)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::UniqueEntries` (r:4 w:4)
	/// Proof: `ContentDirectory::UniqueEntries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:2 w:0)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::OwnedEntities` (r:0 w:1)
	/// Proof: `ContentDirectory::OwnedEntities` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:0 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[0, 4]`.
	fn remove_entity_unique(u: u32) -> Weight {
		// Proof size, in bytes: measured 17313 + u * (120 ±0), estimated 20179 + u * (2515 ±0).
		// Minimum execution time: 94_371_000 picoseconds.
		Weight::from_parts(106_811_232, 20179)
			// Standard error: 123_546.
			.saturating_add(Weight::from_parts(6_257_686, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(7_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(u.into())))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:2 w:0)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::IndexEntries` (r:8 w:8)
	/// Proof: `ContentDirectory::IndexEntries` (`max_values`: None, `max_size`: Some(50), added: 2525, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::OwnedEntities` (r:0 w:1)
	/// Proof: `ContentDirectory::OwnedEntities` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:0 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// The range of component `i` is `[0, 8]`.
	fn remove_entity_indexed(i: u32) -> Weight {
		// Proof size, in bytes: measured 17325 + i * (126 ±0), estimated 20179 + i * (2525 ±0).
		// Minimum execution time: 93_579_000 picoseconds.
		Weight::from_parts(115_578_686, 20179)
			// Standard error: 152_265.
			.saturating_add(Weight::from_parts(8_647_821, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(i.into())))
			.saturating_add(T::DbWeight::get().writes(7_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(i.into())))
			.saturating_add(Weight::from_parts(0, 2525).saturating_mul(i.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:66 w:64)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::OwnedEntities` (r:0 w:1)
	/// Proof: `ContentDirectory::OwnedEntities` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:0 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// The range of component `r` is `[0, 64]`.
	fn remove_entity_references(r: u32) -> Weight {
		// Proof size, in bytes: measured 17580 + r * (92 ±0), estimated 20179 + r * (2547 ±0).
		// Minimum execution time: 94_611_000 picoseconds.
		Weight::from_parts(118_247_887, 20179)
			// Standard error: 77_978.
			.saturating_add(Weight::from_parts(6_700_469, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(7_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 2547).saturating_mul(r.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:0)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:0 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn offer_transfer() -> Weight {
		// Proof size, in bytes: measured 16702, estimated 20179.
		// Minimum execution time: 14_352_000 picoseconds.
		Weight::from_parts(16_185_000, 20179)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:1 w:0)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:2 w:2)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::OwnedEntities` (r:0 w:2)
	/// Proof: `ContentDirectory::OwnedEntities` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 16384]`.
	fn accept_transfer(b: u32) -> Weight {
		// Proof size, in bytes: measured 19811 + b * (1 ±0), estimated 20179.
		// Minimum execution time: 143_253_000 picoseconds.
		Weight::from_parts(163_398_792, 20179)
			// Standard error: 27.
			.saturating_add(Weight::from_parts(40, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:129 w:128)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:2 w:2)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::OwnedEntities` (r:0 w:2)
	/// Proof: `ContentDirectory::OwnedEntities` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// The range of component `r` is `[0, 64]`.
	fn accept_transfer_references(r: u32) -> Weight {
		// Proof size, in bytes: measured 20082 + r * (92 ±0), estimated 20179 + r * (5094 ±0).
		// Minimum execution time: 143_925_000 picoseconds.
		Weight::from_parts(152_621_903, 20179)
			// Standard error: 34_412.
			.saturating_add(Weight::from_parts(9_893_228, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(10_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 5094).saturating_mul(r.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	fn set_referenceable() -> Weight {
		// Proof size, in bytes: measured 16702, estimated 20179.
		// Minimum execution time: 17_667_000 picoseconds.
		Weight::from_parts(19_709_000, 20179)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	fn update_class() -> Weight {
		// Proof size, in bytes: measured 2671, estimated 5872.
		// Minimum execution time: 13_099_000 picoseconds.
		Weight::from_parts(14_883_000, 5872)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	fn set_class_status() -> Weight {
		// Proof size, in bytes: measured 2671, estimated 5872.
		// Minimum execution time: 12_379_000 picoseconds.
		Weight::from_parts(19_499_000, 5872)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	fn set_quota() -> Weight {
		// Proof size, in bytes: measured 363, estimated 5872.
		// Minimum execution time: 14_191_000 picoseconds.
		Weight::from_parts(17_205_000, 5872)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	fn set_default_quota() -> Weight {
		// Proof size, in bytes: measured 2671, estimated 5872.
		// Minimum execution time: 12_789_000 picoseconds.
		Weight::from_parts(25_739_000, 5872)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:2 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 16384]`.
	fn migrate_entity(b: u32) -> Weight {
		// Proof size, in bytes: measured 36217 + b * (1 ±0), estimated 39270.
		// Minimum execution time: 105_327_000 picoseconds.
		Weight::from_parts(143_061_870, 39270)
			// Standard error: 137.
			.saturating_add(Weight::from_parts(1_519, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:2 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::UniqueEntries` (r:4 w:0)
	/// Proof: `ContentDirectory::UniqueEntries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[0, 4]`.
	fn migrate_entity_unique(u: u32) -> Weight {
		// Proof size, in bytes: measured 36221 + u * (120 ±0), estimated 39270 + u * (2515 ±0).
		// Minimum execution time: 101_411_000 picoseconds.
		Weight::from_parts(119_534_310, 39270)
			// Standard error: 375_040.
			.saturating_add(Weight::from_parts(11_866_938, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:2 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::IndexEntries` (r:0 w:8)
	/// Proof: `ContentDirectory::IndexEntries` (`max_values`: None, `max_size`: Some(50), added: 2525, mode: `MaxEncodedLen`)
	/// The range of component `i` is `[0, 8]`.
	fn migrate_entity_indexed(i: u32) -> Weight {
		// Proof size, in bytes: measured 36251 + i * (70 ±0), estimated 39270.
		// Minimum execution time: 99_448_000 picoseconds.
		Weight::from_parts(149_162_467, 39270)
			// Standard error: 198_294.
			.saturating_add(Weight::from_parts(1_125_302, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(i.into())))
	}
	/// Storage: `ContentDirectory::Entities` (r:65 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:2 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:64 w:64)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// The range of component `r` is `[0, 64]`.
	fn migrate_entity_references(r: u32) -> Weight {
		// Proof size, in bytes: measured 52846 + r * (102 ±0), estimated 39270 + r * (19189 ±0).
		// Minimum execution time: 103_855_000 picoseconds.
		Weight::from_parts(122_822_486, 39270)
			// Standard error: 95_033.
			.saturating_add(Weight::from_parts(14_925_872, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 19189).saturating_mul(r.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:65 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:17 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::UniqueEntries` (r:4 w:0)
	/// Proof: `ContentDirectory::UniqueEntries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:64 w:64)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::IndexEntries` (r:0 w:8)
	/// Proof: `ContentDirectory::IndexEntries` (`max_values`: None, `max_size`: Some(50), added: 2525, mode: `MaxEncodedLen`)
	/// The range of component `s` is `[1, 16]`.
	fn migrate_entity_steps(s: u32) -> Weight {
		// Proof size, in bytes: measured 58282 + s * (16669 ±0), estimated 1248275 + s * (19140 ±0).
		// Minimum execution time: 1_023_847_000 picoseconds.
		Weight::from_parts(1_141_790_100, 1248275)
			// Standard error: 1_366_464.
			.saturating_add(Weight::from_parts(51_073_788, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(140_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(75_u64))
			.saturating_add(Weight::from_parts(0, 19140).saturating_mul(s.into()))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Sweeps` (r:1 w:1)
	/// Proof: `ContentDirectory::Sweeps` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:0)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	fn migrate_class() -> Weight {
		// Proof size, in bytes: measured 17021, estimated 20130.
		// Minimum execution time: 43_665_000 picoseconds.
		Weight::from_parts(49_474_000, 20130)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Sweeps` (r:1 w:1)
	/// Proof: `ContentDirectory::Sweeps` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	fn cancel_migration() -> Weight {
		// Proof size, in bytes: measured 274, estimated 3495.
		// Minimum execution time: 9_294_000 picoseconds.
		Weight::from_parts(22_273_000, 3495)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn transact() -> Weight {
		// Proof size, in bytes: measured 0, estimated 0.
		// Minimum execution time: 1_953_000 picoseconds.
		Weight::from_parts(2_524_000, 0)
	}
	/// Storage: `ContentDirectory::Classes` (r:64 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::NextCuratorGroupId` (r:1 w:1)
	/// Proof: `ContentDirectory::NextCuratorGroupId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::CuratorGroups` (r:0 w:1)
	/// Proof: `ContentDirectory::CuratorGroups` (`max_values`: None, `max_size`: Some(2579), added: 5054, mode: `MaxEncodedLen`)
	fn create_curator_group() -> Weight {
		// Proof size, in bytes: measured 3326, estimated 313438.
		// Minimum execution time: 157_305_000 picoseconds.
		Weight::from_parts(173_710_000, 313438)
			.saturating_add(T::DbWeight::get().reads(65_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:64 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::CuratorGroups` (r:1 w:1)
	/// Proof: `ContentDirectory::CuratorGroups` (`max_values`: None, `max_size`: Some(2579), added: 5054, mode: `MaxEncodedLen`)
	fn update_curator_group() -> Weight {
		// Proof size, in bytes: measured 3376, estimated 313438.
		// Minimum execution time: 162_121_000 picoseconds.
		Weight::from_parts(177_745_000, 313438)
			.saturating_add(T::DbWeight::get().reads(65_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::CuratorGroups` (r:1 w:0)
	/// Proof: `ContentDirectory::CuratorGroups` (`max_values`: None, `max_size`: Some(2579), added: 5054, mode: `MaxEncodedLen`)
	fn set_visibility() -> Weight {
		// Proof size, in bytes: measured 19304, estimated 20179.
		// Minimum execution time: 23_475_000 picoseconds.
		Weight::from_parts(26_960_000, 20179)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::CuratorGroups` (r:8 w:0)
	/// Proof: `ContentDirectory::CuratorGroups` (`max_values`: None, `max_size`: Some(2579), added: 5054, mode: `MaxEncodedLen`)
	/// The range of component `g` is `[0, 8]`.
	fn look_at_creator_groups(g: u32) -> Weight {
		// Proof size, in bytes: measured 61 + g * (2587 ±0), estimated 990 + g * (5054 ±0).
		// Minimum execution time: 141_000 picoseconds.
		Weight::from_parts(1_198_210, 990)
			// Standard error: 2_318.
			.saturating_add(Weight::from_parts(4_586_957, 0).saturating_mul(g.into()))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(g.into())))
			.saturating_add(Weight::from_parts(0, 5054).saturating_mul(g.into()))
	}
	/// Storage: `ContentDirectory::Builds` (r:1 w:0)
	/// Proof: `ContentDirectory::Builds` (`max_values`: None, `max_size`: Some(150), added: 2625, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Sweeps` (r:1 w:0)
	/// Proof: `ContentDirectory::Sweeps` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	fn maintain() -> Weight {
		// Proof size, in bytes: measured 85, estimated 3615.
		// Minimum execution time: 4_907_000 picoseconds.
		Weight::from_parts(5_419_000, 3615).saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `ContentDirectory::Stats` (r:1 w:0)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:17 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// The range of component `s` is `[1, 17]`.
	fn load_schemas(s: u32) -> Weight {
		// Proof size, in bytes: measured 301 + s * (16669 ±0), estimated 3594 + s * (19140 ±0).
		// Minimum execution time: 33_189_000 picoseconds.
		Weight::from_parts(34_351_000, 3594)
			// Standard error: 153_404.
			.saturating_add(Weight::from_parts(35_477_793, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(Weight::from_parts(0, 19140).saturating_mul(s.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:2 w:0)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::UniqueEntries` (r:4 w:4)
	/// Proof: `ContentDirectory::UniqueEntries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Builds` (r:1 w:1)
	/// Proof: `ContentDirectory::Builds` (`max_values`: None, `max_size`: Some(150), added: 2625, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::IndexEntries` (r:0 w:8)
	/// Proof: `ContentDirectory::IndexEntries` (`max_values`: None, `max_size`: Some(50), added: 2525, mode: `MaxEncodedLen`)
	fn build_entity() -> Weight {
		// Proof size, in bytes: measured 16769, estimated 39368.
		// Minimum execution time: 55_413_000 picoseconds.
		Weight::from_parts(59_488_000, 39368)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(13_u64))
	}
	/// Storage: `ContentDirectory::Entities` (r:2 w:0)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	fn sweep_past() -> Weight {
		// Proof size, in bytes: measured 16702, estimated 39368.
		// Minimum execution time: 12_959_000 picoseconds.
		Weight::from_parts(14_231_000, 39368).saturating_add(T::DbWeight::get().reads(2_u64))
	}
}

/// The same for mocks, whose database weights are those of ParityDB.
impl WeightInfo for () {
	fn suggest_schema() -> Weight {
		Weight::from_parts(160_289_000, 6012)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn endorse_schema() -> Weight {
		Weight::from_parts(136_174_000, 22319)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn withdraw_endorsement() -> Weight {
		Weight::from_parts(78_938_000, 22319)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn withdraw_suggestion() -> Weight {
		Weight::from_parts(71_166_000, 22319)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn approve_schema() -> Weight {
		Weight::from_parts(77_676_000, 22319)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn reject_schema() -> Weight {
		Weight::from_parts(74_551_000, 22319)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn activate_schema() -> Weight {
		Weight::from_parts(802_347_000, 307230)
			.saturating_add(ParityDbWeight::get().reads(21_u64))
			.saturating_add(ParityDbWeight::get().writes(22_u64))
	}
	fn retire_schema() -> Weight {
		Weight::from_parts(81_091_000, 20130)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn create_entity(b: u32) -> Weight {
		Weight::from_parts(110_793_933, 20130)
			.saturating_add(Weight::from_parts(358, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn create_entity_unique(u: u32) -> Weight {
		Weight::from_parts(111_314_925, 20130)
			.saturating_add(Weight::from_parts(4_942_045, 0).saturating_mul(u.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(u.into())))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	fn create_entity_indexed(i: u32) -> Weight {
		Weight::from_parts(109_498_138, 20130)
			.saturating_add(Weight::from_parts(3_769_757, 0).saturating_mul(i.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(i.into())))
	}
	fn create_entity_references(r: u32) -> Weight {
		Weight::from_parts(122_316_612, 20130)
			.saturating_add(Weight::from_parts(9_565_862, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 19191).saturating_mul(r.into()))
	}
	fn update_entity(b: u32) -> Weight {
		Weight::from_parts(73_238_670, 20179)
			.saturating_add(Weight::from_parts(716, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn update_entity_unique(u: u32) -> Weight {
		Weight::from_parts(74_283_483, 20179)
			.saturating_add(Weight::from_parts(16_599_337, 0).saturating_mul(u.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(u.into())))
			.saturating_add(Weight::from_parts(0, 5030).saturating_mul(u.into()))
	}
	fn update_entity_indexed(i: u32) -> Weight {
		Weight::from_parts(71_392_641, 20179)
			.saturating_add(Weight::from_parts(7_640_201, 0).saturating_mul(i.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(i.into())))
	}
	fn update_entity_references(r: u32) -> Weight {
		Weight::from_parts(62_110_416, 20179)
			.saturating_add(Weight::from_parts(22_652_643, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads((3_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 19189).saturating_mul(r.into()))
	}
	fn remove_entity(_b: u32) -> Weight {
		Weight::from_parts(149_812_130, 20179)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn remove_entity_unique(u: u32) -> Weight {
		Weight::from_parts(106_811_232, 20179)
			.saturating_add(Weight::from_parts(6_257_686, 0).saturating_mul(u.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(u.into())))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	fn remove_entity_indexed(i: u32) -> Weight {
		Weight::from_parts(115_578_686, 20179)
			.saturating_add(Weight::from_parts(8_647_821, 0).saturating_mul(i.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(i.into())))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(i.into())))
			.saturating_add(Weight::from_parts(0, 2525).saturating_mul(i.into()))
	}
	fn remove_entity_references(r: u32) -> Weight {
		Weight::from_parts(118_247_887, 20179)
			.saturating_add(Weight::from_parts(6_700_469, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 2547).saturating_mul(r.into()))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(16_185_000, 20179)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn accept_transfer(b: u32) -> Weight {
		Weight::from_parts(163_398_792, 20179)
			.saturating_add(Weight::from_parts(40, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn accept_transfer_references(r: u32) -> Weight {
		Weight::from_parts(152_621_903, 20179)
			.saturating_add(Weight::from_parts(9_893_228, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 5094).saturating_mul(r.into()))
	}
	fn set_referenceable() -> Weight {
		Weight::from_parts(19_709_000, 20179)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn update_class() -> Weight {
		Weight::from_parts(14_883_000, 5872)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_class_status() -> Weight {
		Weight::from_parts(19_499_000, 5872)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_quota() -> Weight {
		Weight::from_parts(17_205_000, 5872)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_default_quota() -> Weight {
		Weight::from_parts(25_739_000, 5872)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn migrate_entity(b: u32) -> Weight {
		Weight::from_parts(143_061_870, 39270)
			.saturating_add(Weight::from_parts(1_519, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn migrate_entity_unique(u: u32) -> Weight {
		Weight::from_parts(119_534_310, 39270)
			.saturating_add(Weight::from_parts(11_866_938, 0).saturating_mul(u.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	fn migrate_entity_indexed(i: u32) -> Weight {
		Weight::from_parts(149_162_467, 39270)
			.saturating_add(Weight::from_parts(1_125_302, 0).saturating_mul(i.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(i.into())))
	}
	fn migrate_entity_references(r: u32) -> Weight {
		Weight::from_parts(122_822_486, 39270)
			.saturating_add(Weight::from_parts(14_925_872, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 19189).saturating_mul(r.into()))
	}
	fn migrate_entity_steps(s: u32) -> Weight {
		Weight::from_parts(1_141_790_100, 1248275)
			.saturating_add(Weight::from_parts(51_073_788, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(140_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(ParityDbWeight::get().writes(75_u64))
			.saturating_add(Weight::from_parts(0, 19140).saturating_mul(s.into()))
	}
	fn migrate_class() -> Weight {
		Weight::from_parts(49_474_000, 20130)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn cancel_migration() -> Weight {
		Weight::from_parts(22_273_000, 3495)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn transact() -> Weight {
		Weight::from_parts(2_524_000, 0)
	}
	fn create_curator_group() -> Weight {
		Weight::from_parts(173_710_000, 313438)
			.saturating_add(ParityDbWeight::get().reads(65_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn update_curator_group() -> Weight {
		Weight::from_parts(177_745_000, 313438)
			.saturating_add(ParityDbWeight::get().reads(65_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_visibility() -> Weight {
		Weight::from_parts(26_960_000, 20179)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn look_at_creator_groups(g: u32) -> Weight {
		Weight::from_parts(1_198_210, 990)
			.saturating_add(Weight::from_parts(4_586_957, 0).saturating_mul(g.into()))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(g.into())))
			.saturating_add(Weight::from_parts(0, 5054).saturating_mul(g.into()))
	}
	fn maintain() -> Weight {
		Weight::from_parts(5_419_000, 3615).saturating_add(ParityDbWeight::get().reads(2_u64))
	}
	fn load_schemas(s: u32) -> Weight {
		Weight::from_parts(34_351_000, 3594)
			.saturating_add(Weight::from_parts(35_477_793, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(Weight::from_parts(0, 19140).saturating_mul(s.into()))
	}
	fn build_entity() -> Weight {
		Weight::from_parts(59_488_000, 39368)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(13_u64))
	}
	fn sweep_past() -> Weight {
		Weight::from_parts(14_231_000, 39368).saturating_add(ParityDbWeight::get().reads(2_u64))
	}
}
