//! Weights of `pallet_content_directory`, measured. Written by `scripts/weights`: change the benchmarks, not this file.
//!
//! 2026-11-23; 20 steps, 8 repeats, Compiled Wasm. `create_entity` is from a run of 25 steps and 12 repeats,
//! `update_entity` from one of 12 and 8: the others of those two could not tell small entities from large ones.

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
	fn create_entity(b: u32, u: u32, i: u32, r: u32) -> Weight;
	fn update_entity(b: u32, u: u32, i: u32, r: u32) -> Weight;
	fn remove_entity(b: u32, u: u32, i: u32, r: u32) -> Weight;
	fn offer_transfer() -> Weight;
	fn accept_transfer(b: u32, r: u32) -> Weight;
	fn set_referenceable() -> Weight;
	fn update_class() -> Weight;
	fn set_class_status() -> Weight;
	fn set_quota() -> Weight;
	fn set_default_quota() -> Weight;
	fn migrate_entity(b: u32, u: u32, i: u32, r: u32, s: u32) -> Weight;
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
		// Minimum execution time: 157_555_000 picoseconds.
		Weight::from_parts(167_440_000, 6012)
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
		// Minimum execution time: 91_336_000 picoseconds.
		Weight::from_parts(98_637_000, 22319)
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
		// Minimum execution time: 80_049_000 picoseconds.
		Weight::from_parts(85_638_000, 22319)
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
		// Minimum execution time: 71_346_000 picoseconds.
		Weight::from_parts(75_923_000, 22319)
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
		// Minimum execution time: 76_584_000 picoseconds.
		Weight::from_parts(82_533_000, 22319)
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
		// Minimum execution time: 75_492_000 picoseconds.
		Weight::from_parts(103_915_000, 22319)
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
		// Minimum execution time: 770_469_000 picoseconds.
		Weight::from_parts(809_237_000, 307230)
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
		// Minimum execution time: 80_690_000 picoseconds.
		Weight::from_parts(86_889_000, 20130)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2406), added: 4881, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16537), added: 19012, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::UniqueEntries` (r:4 w:4)
	/// Proof: `ContentDirectory::UniqueEntries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Entities` (r:64 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16452), added: 18927, mode: `MaxEncodedLen`)
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
	/// Storage: `ContentDirectory::IndexEntries` (r:0 w:8)
	/// Proof: `ContentDirectory::IndexEntries` (`max_values`: None, `max_size`: Some(50), added: 2525, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 16384]`.
	/// The range of component `u` is `[0, 4]`.
	/// The range of component `i` is `[0, 8]`.
	/// The range of component `r` is `[0, 64]`.
	fn create_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		// Proof size, in bytes: measured 35981 + r * (9 ±0), estimated 20002 + i * (4 ±5) + r * (18929 ±0) + u * (2515 ±11).
		// Minimum execution time: 227_880_000 picoseconds.
		Weight::from_parts(119_646_075, 20002)
			// Standard error: 311.
			.saturating_add(Weight::from_parts(3_298, 0).saturating_mul(b.into()))
			// Standard error: 1_131_822.
			.saturating_add(Weight::from_parts(8_802_712, 0).saturating_mul(u.into()))
			// Standard error: 607_233.
			.saturating_add(Weight::from_parts(5_288_544, 0).saturating_mul(i.into()))
			// Standard error: 79_321.
			.saturating_add(Weight::from_parts(14_425_858, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(i.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 4).saturating_mul(i.into()))
			.saturating_add(Weight::from_parts(0, 18929).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:65 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::UniqueEntries` (r:8 w:8)
	/// Proof: `ContentDirectory::UniqueEntries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:128 w:128)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::IndexEntries` (r:0 w:16)
	/// Proof: `ContentDirectory::IndexEntries` (`max_values`: None, `max_size`: Some(50), added: 2525, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 16384]`.
	/// The range of component `u` is `[0, 4]`.
	/// The range of component `i` is `[0, 8]`.
	/// The range of component `r` is `[0, 64]`.
	fn update_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		// Proof size, in bytes: measured 34584 + b * (1 ±0) + r * (81 ±0) + u * (50 ±0), estimated 20179 + r * (19189 ±0) + u * (5030 ±0).
		// Minimum execution time: 230_173_000 picoseconds.
		Weight::from_parts(255_962_000, 20179)
			// Standard error: 6_946.
			.saturating_add(Weight::from_parts(2_485, 0).saturating_mul(b.into()))
			// Standard error: 26_080_174.
			.saturating_add(Weight::from_parts(56_211_364, 0).saturating_mul(u.into()))
			// Standard error: 1_767_936.
			.saturating_add(Weight::from_parts(19_078_676, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(i.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 19189).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 5030).saturating_mul(u.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::UniqueEntries` (r:4 w:4)
	/// Proof: `ContentDirectory::UniqueEntries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:66 w:64)
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
	/// The range of component `b` is `[0, 16384]`.
	/// The range of component `u` is `[0, 4]`.
	/// The range of component `i` is `[0, 8]`.
	/// The range of component `r` is `[0, 64]`.
	fn remove_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		// Proof size, in bytes: measured 17460 + b * (1 ±0) + i * (56 ±0) + r * (80 ±0) + u * (50 ±0), estimated 20179 + i * (2525 ±0) + r * (2547 ±0) + u * (2515 ±0).
		// Minimum execution time: 160_789_000 picoseconds.
		Weight::from_parts(53_842_724, 20179)
			// Standard error: 596.
			.saturating_add(Weight::from_parts(2_816, 0).saturating_mul(b.into()))
			// Standard error: 2_138_546.
			.saturating_add(Weight::from_parts(12_067_727, 0).saturating_mul(u.into()))
			// Standard error: 1_135_109.
			.saturating_add(Weight::from_parts(6_767_658, 0).saturating_mul(i.into()))
			// Standard error: 151_309.
			.saturating_add(Weight::from_parts(7_903_884, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(i.into())))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(7_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(i.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 2525).saturating_mul(i.into()))
			.saturating_add(Weight::from_parts(0, 2547).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:0)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:0 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn offer_transfer() -> Weight {
		// Proof size, in bytes: measured 16702, estimated 20179.
		// Minimum execution time: 13_670_000 picoseconds.
		Weight::from_parts(17_606_000, 20179)
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
	/// The range of component `b` is `[0, 16384]`.
	/// The range of component `r` is `[0, 64]`.
	fn accept_transfer(b: u32, r: u32) -> Weight {
		// Proof size, in bytes: measured 19850 + b * (1 ±0) + r * (82 ±0), estimated 20179 + r * (5094 ±0).
		// Minimum execution time: 163_464_000 picoseconds.
		Weight::from_parts(155_370_431, 20179)
			// Standard error: 270.
			.saturating_add(Weight::from_parts(252, 0).saturating_mul(b.into()))
			// Standard error: 68_699.
			.saturating_add(Weight::from_parts(10_372_792, 0).saturating_mul(r.into()))
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
		// Minimum execution time: 18_457_000 picoseconds.
		Weight::from_parts(20_751_000, 20179)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	fn update_class() -> Weight {
		// Proof size, in bytes: measured 2671, estimated 5872.
		// Minimum execution time: 13_490_000 picoseconds.
		Weight::from_parts(15_092_000, 5872)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	fn set_class_status() -> Weight {
		// Proof size, in bytes: measured 2671, estimated 5872.
		// Minimum execution time: 12_959_000 picoseconds.
		Weight::from_parts(14_572_000, 5872)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	fn set_quota() -> Weight {
		// Proof size, in bytes: measured 363, estimated 5872.
		// Minimum execution time: 14_091_000 picoseconds.
		Weight::from_parts(15_814_000, 5872)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	fn set_default_quota() -> Weight {
		// Proof size, in bytes: measured 2671, estimated 5872.
		// Minimum execution time: 12_729_000 picoseconds.
		Weight::from_parts(14_291_000, 5872)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
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
	/// The range of component `b` is `[0, 16384]`.
	/// The range of component `u` is `[0, 4]`.
	/// The range of component `i` is `[0, 8]`.
	/// The range of component `r` is `[0, 64]`.
	/// The range of component `s` is `[1, 16]`.
	fn migrate_entity(b: u32, u: u32, i: u32, r: u32, s: u32) -> Weight {
		// Proof size, in bytes: measured 36143 + b * (1 ±0) + r * (86 ±0) + s * (16668 ±0) + u * (50 ±0), estimated 20179 + r * (19189 ±0) + s * (19140 ±0) + u * (2515 ±0).
		// Minimum execution time: 938_219_000 picoseconds.
		Weight::from_parts(969_215_000, 20179)
			// Standard error: 2_022.
			.saturating_add(Weight::from_parts(719, 0).saturating_mul(b.into()))
			// Standard error: 514_159.
			.saturating_add(Weight::from_parts(11_148_683, 0).saturating_mul(r.into()))
			// Standard error: 2_098_118.
			.saturating_add(Weight::from_parts(41_107_696, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(i.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 19189).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 19140).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
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
		// Minimum execution time: 45_978_000 picoseconds.
		Weight::from_parts(51_667_000, 20130)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Sweeps` (r:1 w:1)
	/// Proof: `ContentDirectory::Sweeps` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	fn cancel_migration() -> Weight {
		// Proof size, in bytes: measured 274, estimated 3495.
		// Minimum execution time: 9_654_000 picoseconds.
		Weight::from_parts(12_038_000, 3495)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn transact() -> Weight {
		// Proof size, in bytes: measured 0, estimated 0.
		// Minimum execution time: 1_993_000 picoseconds.
		Weight::from_parts(2_574_000, 0)
	}
	/// Storage: `ContentDirectory::Classes` (r:64 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::NextCuratorGroupId` (r:1 w:1)
	/// Proof: `ContentDirectory::NextCuratorGroupId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::CuratorGroups` (r:0 w:1)
	/// Proof: `ContentDirectory::CuratorGroups` (`max_values`: None, `max_size`: Some(2579), added: 5054, mode: `MaxEncodedLen`)
	fn create_curator_group() -> Weight {
		// Proof size, in bytes: measured 3326, estimated 313438.
		// Minimum execution time: 168_151_000 picoseconds.
		Weight::from_parts(181_521_000, 313438)
			.saturating_add(T::DbWeight::get().reads(65_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:64 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2407), added: 4882, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::CuratorGroups` (r:1 w:1)
	/// Proof: `ContentDirectory::CuratorGroups` (`max_values`: None, `max_size`: Some(2579), added: 5054, mode: `MaxEncodedLen`)
	fn update_curator_group() -> Weight {
		// Proof size, in bytes: measured 3376, estimated 313438.
		// Minimum execution time: 171_585_000 picoseconds.
		Weight::from_parts(184_706_000, 313438)
			.saturating_add(T::DbWeight::get().reads(65_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::CuratorGroups` (r:1 w:0)
	/// Proof: `ContentDirectory::CuratorGroups` (`max_values`: None, `max_size`: Some(2579), added: 5054, mode: `MaxEncodedLen`)
	fn set_visibility() -> Weight {
		// Proof size, in bytes: measured 19304, estimated 20179.
		// Minimum execution time: 23_896_000 picoseconds.
		Weight::from_parts(26_579_000, 20179)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::CuratorGroups` (r:8 w:0)
	/// Proof: `ContentDirectory::CuratorGroups` (`max_values`: None, `max_size`: Some(2579), added: 5054, mode: `MaxEncodedLen`)
	/// The range of component `g` is `[0, 8]`.
	fn look_at_creator_groups(g: u32) -> Weight {
		// Proof size, in bytes: measured 62 + g * (2587 ±0), estimated 990 + g * (5054 ±0).
		// Minimum execution time: 160_000 picoseconds.
		Weight::from_parts(1_336_296, 990)
			// Standard error: 2_771.
			.saturating_add(Weight::from_parts(4_674_575, 0).saturating_mul(g.into()))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(g.into())))
			.saturating_add(Weight::from_parts(0, 5054).saturating_mul(g.into()))
	}
	/// Storage: `ContentDirectory::Builds` (r:1 w:0)
	/// Proof: `ContentDirectory::Builds` (`max_values`: None, `max_size`: Some(150), added: 2625, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Sweeps` (r:1 w:0)
	/// Proof: `ContentDirectory::Sweeps` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	fn maintain() -> Weight {
		// Proof size, in bytes: measured 85, estimated 3615.
		// Minimum execution time: 4_917_000 picoseconds.
		Weight::from_parts(5_388_000, 3615).saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `ContentDirectory::Stats` (r:1 w:0)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:17 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16665), added: 19140, mode: `MaxEncodedLen`)
	/// The range of component `s` is `[1, 17]`.
	fn load_schemas(s: u32) -> Weight {
		// Proof size, in bytes: measured 301 + s * (16669 ±0), estimated 3594 + s * (19140 ±0).
		// Minimum execution time: 33_811_000 picoseconds.
		Weight::from_parts(35_212_000, 3594)
			// Standard error: 152_523.
			.saturating_add(Weight::from_parts(34_517_348, 0).saturating_mul(s.into()))
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
		// Minimum execution time: 57_135_000 picoseconds.
		Weight::from_parts(60_821_000, 39368)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(13_u64))
	}
	/// Storage: `ContentDirectory::Entities` (r:2 w:0)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16714), added: 19189, mode: `MaxEncodedLen`)
	fn sweep_past() -> Weight {
		// Proof size, in bytes: measured 16702, estimated 39368.
		// Minimum execution time: 13_119_000 picoseconds.
		Weight::from_parts(14_732_000, 39368).saturating_add(T::DbWeight::get().reads(2_u64))
	}
}

/// The same for mocks, whose database weights are those of ParityDB.
impl WeightInfo for () {
	fn suggest_schema() -> Weight {
		Weight::from_parts(167_440_000, 6012)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn endorse_schema() -> Weight {
		Weight::from_parts(98_637_000, 22319)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn withdraw_endorsement() -> Weight {
		Weight::from_parts(85_638_000, 22319)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn withdraw_suggestion() -> Weight {
		Weight::from_parts(75_923_000, 22319)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn approve_schema() -> Weight {
		Weight::from_parts(82_533_000, 22319)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn reject_schema() -> Weight {
		Weight::from_parts(103_915_000, 22319)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn activate_schema() -> Weight {
		Weight::from_parts(809_237_000, 307230)
			.saturating_add(ParityDbWeight::get().reads(21_u64))
			.saturating_add(ParityDbWeight::get().writes(22_u64))
	}
	fn retire_schema() -> Weight {
		Weight::from_parts(86_889_000, 20130)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn create_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		Weight::from_parts(119_646_075, 20002)
			.saturating_add(Weight::from_parts(3_298, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(8_802_712, 0).saturating_mul(u.into()))
			.saturating_add(Weight::from_parts(5_288_544, 0).saturating_mul(i.into()))
			.saturating_add(Weight::from_parts(14_425_858, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(i.into())))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 4).saturating_mul(i.into()))
			.saturating_add(Weight::from_parts(0, 18929).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	fn update_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		Weight::from_parts(255_962_000, 20179)
			.saturating_add(Weight::from_parts(2_485, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(56_211_364, 0).saturating_mul(u.into()))
			.saturating_add(Weight::from_parts(19_078_676, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().reads((3_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(i.into())))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 19189).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 5030).saturating_mul(u.into()))
	}
	fn remove_entity(b: u32, u: u32, i: u32, r: u32) -> Weight {
		Weight::from_parts(53_842_724, 20179)
			.saturating_add(Weight::from_parts(2_816, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(12_067_727, 0).saturating_mul(u.into()))
			.saturating_add(Weight::from_parts(6_767_658, 0).saturating_mul(i.into()))
			.saturating_add(Weight::from_parts(7_903_884, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(i.into())))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(i.into())))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 2525).saturating_mul(i.into()))
			.saturating_add(Weight::from_parts(0, 2547).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(17_606_000, 20179)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn accept_transfer(b: u32, r: u32) -> Weight {
		Weight::from_parts(155_370_431, 20179)
			.saturating_add(Weight::from_parts(252, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(10_372_792, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 5094).saturating_mul(r.into()))
	}
	fn set_referenceable() -> Weight {
		Weight::from_parts(20_751_000, 20179)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn update_class() -> Weight {
		Weight::from_parts(15_092_000, 5872)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_class_status() -> Weight {
		Weight::from_parts(14_572_000, 5872)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_quota() -> Weight {
		Weight::from_parts(15_814_000, 5872)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_default_quota() -> Weight {
		Weight::from_parts(14_291_000, 5872)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn migrate_entity(b: u32, u: u32, i: u32, r: u32, s: u32) -> Weight {
		Weight::from_parts(969_215_000, 20179)
			.saturating_add(Weight::from_parts(719, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(11_148_683, 0).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(41_107_696, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(i.into())))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 19189).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 19140).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	fn migrate_class() -> Weight {
		Weight::from_parts(51_667_000, 20130)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn cancel_migration() -> Weight {
		Weight::from_parts(12_038_000, 3495)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn transact() -> Weight {
		Weight::from_parts(2_574_000, 0)
	}
	fn create_curator_group() -> Weight {
		Weight::from_parts(181_521_000, 313438)
			.saturating_add(ParityDbWeight::get().reads(65_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn update_curator_group() -> Weight {
		Weight::from_parts(184_706_000, 313438)
			.saturating_add(ParityDbWeight::get().reads(65_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_visibility() -> Weight {
		Weight::from_parts(26_579_000, 20179)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn look_at_creator_groups(g: u32) -> Weight {
		Weight::from_parts(1_336_296, 990)
			.saturating_add(Weight::from_parts(4_674_575, 0).saturating_mul(g.into()))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(g.into())))
			.saturating_add(Weight::from_parts(0, 5054).saturating_mul(g.into()))
	}
	fn maintain() -> Weight {
		Weight::from_parts(5_388_000, 3615).saturating_add(ParityDbWeight::get().reads(2_u64))
	}
	fn load_schemas(s: u32) -> Weight {
		Weight::from_parts(35_212_000, 3594)
			.saturating_add(Weight::from_parts(34_517_348, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(Weight::from_parts(0, 19140).saturating_mul(s.into()))
	}
	fn build_entity() -> Weight {
		Weight::from_parts(60_821_000, 39368)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(13_u64))
	}
	fn sweep_past() -> Weight {
		Weight::from_parts(14_732_000, 39368).saturating_add(ParityDbWeight::get().reads(2_u64))
	}
}
