//! Weights of `pallet_content_directory`, measured. Written by `scripts/weights`: change the benchmarks, not this file.
//!
//! 2026-11-22; 25 steps, 12 repeats, Compiled Wasm.

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
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18853), added: 21328, mode: `MaxEncodedLen`)
	fn suggest_schema() -> Weight {
		// Proof size, in bytes: measured 146, estimated 6012.
		// Minimum execution time: 136_373_000 picoseconds.
		Weight::from_parts(161_421_000, 6012)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18853), added: 21328, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Endorsements` (r:1 w:1)
	/// Proof: `ContentDirectory::Endorsements` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	fn endorse_schema() -> Weight {
		// Proof size, in bytes: measured 19129, estimated 22318.
		// Minimum execution time: 86_159_000 picoseconds.
		Weight::from_parts(90_806_000, 22318)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `ContentDirectory::Endorsements` (r:1 w:1)
	/// Proof: `ContentDirectory::Endorsements` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18853), added: 21328, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	fn withdraw_endorsement() -> Weight {
		// Proof size, in bytes: measured 19262, estimated 22318.
		// Minimum execution time: 77_005_000 picoseconds.
		Weight::from_parts(80_881_000, 22318)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18853), added: 21328, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Tallies` (r:1 w:1)
	/// Proof: `ContentDirectory::Tallies` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	fn withdraw_suggestion() -> Weight {
		// Proof size, in bytes: measured 19180, estimated 22318.
		// Minimum execution time: 68_141_000 picoseconds.
		Weight::from_parts(73_099_000, 22318)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18853), added: 21328, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Tallies` (r:1 w:1)
	/// Proof: `ContentDirectory::Tallies` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	fn approve_schema() -> Weight {
		// Proof size, in bytes: measured 19180, estimated 22318.
		// Minimum execution time: 75_693_000 picoseconds.
		Weight::from_parts(80_730_000, 22318)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18853), added: 21328, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Tallies` (r:1 w:1)
	/// Proof: `ContentDirectory::Tallies` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	fn reject_schema() -> Weight {
		// Proof size, in bytes: measured 19320, estimated 22318.
		// Minimum execution time: 69_213_000 picoseconds.
		Weight::from_parts(77_225_000, 22318)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `ContentDirectory::Suggestions` (r:1 w:1)
	/// Proof: `ContentDirectory::Suggestions` (`max_values`: None, `max_size`: Some(18853), added: 21328, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2406), added: 4881, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:2)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16537), added: 19012, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Tallies` (r:1 w:1)
	/// Proof: `ContentDirectory::Tallies` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	fn activate_schema() -> Weight {
		// Proof size, in bytes: measured 35728, estimated 22318.
		// Minimum execution time: 91_096_000 picoseconds.
		Weight::from_parts(103_805_000, 22318)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2406), added: 4881, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:1)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16537), added: 19012, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	fn retire_schema() -> Weight {
		// Proof size, in bytes: measured 19214, estimated 20002.
		// Minimum execution time: 74_702_000 picoseconds.
		Weight::from_parts(79_679_000, 20002)
			.saturating_add(T::DbWeight::get().reads(3_u64))
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
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16452), added: 18927, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2406), added: 4881, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16537), added: 19012, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::UniqueEntries` (r:4 w:8)
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
	fn update_entity(_b: u32, u: u32, i: u32, r: u32) -> Weight {
		// Proof size, in bytes: measured 36321 + b * (1 ±0) + r * (83 ±0) + u * (30 ±0), estimated 20002 + r * (18927 ±0) + u * (2515 ±0).
		// Minimum execution time: 161_501_000 picoseconds.
		Weight::from_parts(726_631_260, 20002)
			// Standard error: 584_808.
			.saturating_add(Weight::from_parts(17_665_990, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(i.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 18927).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16452), added: 18927, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16537), added: 19012, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::References` (r:66 w:64)
	/// Proof: `ContentDirectory::References` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::IndexEntries` (r:8 w:8)
	/// Proof: `ContentDirectory::IndexEntries` (`max_values`: None, `max_size`: Some(50), added: 2525, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::UniqueEntries` (r:4 w:4)
	/// Proof: `ContentDirectory::UniqueEntries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Stats` (r:1 w:1)
	/// Proof: `ContentDirectory::Stats` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::OwnedEntities` (r:0 w:1)
	/// Proof: `ContentDirectory::OwnedEntities` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:0 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 16384]`.
	/// The range of component `u` is `[0, 4]`.
	/// The range of component `i` is `[0, 8]`.
	/// The range of component `r` is `[0, 64]`.
	fn remove_entity(_b: u32, u: u32, i: u32, r: u32) -> Weight {
		// Proof size, in bytes: measured 17308 + b * (1 ±0) + i * (56 ±0) + r * (80 ±0) + u * (50 ±0), estimated 20002 + i * (2525 ±0) + r * (2547 ±0) + u * (2515 ±0).
		// Minimum execution time: 150_675_000 picoseconds.
		Weight::from_parts(137_483_900, 20002)
			// Standard error: 1_883_693.
			.saturating_add(Weight::from_parts(18_673_373, 0).saturating_mul(i.into()))
			// Standard error: 246_061.
			.saturating_add(Weight::from_parts(8_856_648, 0).saturating_mul(r.into()))
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
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16452), added: 18927, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:0 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn offer_transfer() -> Weight {
		// Proof size, in bytes: measured 16702, estimated 19917.
		// Minimum execution time: 14_301_000 picoseconds.
		Weight::from_parts(19_920_000, 19917)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16452), added: 18927, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::TransferOffers` (r:1 w:1)
	/// Proof: `ContentDirectory::TransferOffers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2406), added: 4881, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Schemas` (r:1 w:0)
	/// Proof: `ContentDirectory::Schemas` (`max_values`: None, `max_size`: Some(16537), added: 19012, mode: `MaxEncodedLen`)
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
	fn accept_transfer(_b: u32, r: u32) -> Weight {
		// Proof size, in bytes: measured 19781 + b * (1 ±0) + r * (81 ±0), estimated 20002 + r * (5094 ±0).
		// Minimum execution time: 164_145_000 picoseconds.
		Weight::from_parts(745_288_519, 20002)
			// Standard error: 2_097_528.
			.saturating_add(Weight::from_parts(12_025_470, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(10_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 5094).saturating_mul(r.into()))
	}
	/// Storage: `ContentDirectory::Entities` (r:1 w:1)
	/// Proof: `ContentDirectory::Entities` (`max_values`: None, `max_size`: Some(16452), added: 18927, mode: `MaxEncodedLen`)
	fn set_referenceable() -> Weight {
		// Proof size, in bytes: measured 16702, estimated 19917.
		// Minimum execution time: 18_728_000 picoseconds.
		Weight::from_parts(22_423_000, 19917)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2406), added: 4881, mode: `MaxEncodedLen`)
	fn update_class() -> Weight {
		// Proof size, in bytes: measured 2670, estimated 5871.
		// Minimum execution time: 13_099_000 picoseconds.
		Weight::from_parts(17_315_000, 5871)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2406), added: 4881, mode: `MaxEncodedLen`)
	fn set_class_status() -> Weight {
		// Proof size, in bytes: measured 2670, estimated 5871.
		// Minimum execution time: 13_761_000 picoseconds.
		Weight::from_parts(29_434_000, 5871)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:0)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2406), added: 4881, mode: `MaxEncodedLen`)
	/// Storage: `ContentDirectory::Holdings` (r:1 w:1)
	/// Proof: `ContentDirectory::Holdings` (`max_values`: None, `max_size`: Some(69), added: 2544, mode: `MaxEncodedLen`)
	fn set_quota() -> Weight {
		// Proof size, in bytes: measured 363, estimated 5871.
		// Minimum execution time: 14_191_000 picoseconds.
		Weight::from_parts(27_041_000, 5871)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ContentDirectory::Classes` (r:1 w:1)
	/// Proof: `ContentDirectory::Classes` (`max_values`: None, `max_size`: Some(2406), added: 4881, mode: `MaxEncodedLen`)
	fn set_default_quota() -> Weight {
		// Proof size, in bytes: measured 2670, estimated 5871.
		// Minimum execution time: 12_199_000 picoseconds.
		Weight::from_parts(15_683_000, 5871)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn migrate_entity(b: u32, u: u32, i: u32, r: u32, s: u32) -> Weight {
		Weight::from_parts(400_000_000, 20002)
			.saturating_add(Weight::from_parts(20_000, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(u.into()))
			.saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(i.into()))
			.saturating_add(Weight::from_parts(40_000_000, 0).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(300_000_000, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn migrate_class() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn cancel_migration() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn transact() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn create_curator_group() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn update_curator_group() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn set_visibility() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn look_at_creator_groups(g: u32) -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(g.into()))
	}
	fn maintain() -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn load_schemas(s: u32) -> Weight {
		Weight::from_parts(100_000_000, 20002)
			.saturating_add(Weight::from_parts(100_000_000, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn build_entity() -> Weight {
		Weight::from_parts(300_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn sweep_past() -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

/// The same for mocks, whose database weights are those of ParityDB.
impl WeightInfo for () {
	fn suggest_schema() -> Weight {
		Weight::from_parts(161_421_000, 6012)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn endorse_schema() -> Weight {
		Weight::from_parts(90_806_000, 22318)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn withdraw_endorsement() -> Weight {
		Weight::from_parts(80_881_000, 22318)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn withdraw_suggestion() -> Weight {
		Weight::from_parts(73_099_000, 22318)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn approve_schema() -> Weight {
		Weight::from_parts(80_730_000, 22318)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn reject_schema() -> Weight {
		Weight::from_parts(77_225_000, 22318)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn activate_schema() -> Weight {
		Weight::from_parts(103_805_000, 22318)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn retire_schema() -> Weight {
		Weight::from_parts(79_679_000, 20002)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
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
	fn update_entity(_b: u32, u: u32, i: u32, r: u32) -> Weight {
		Weight::from_parts(726_631_260, 20002)
			.saturating_add(Weight::from_parts(17_665_990, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().reads((3_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(u.into())))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(i.into())))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 18927).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 2515).saturating_mul(u.into()))
	}
	fn remove_entity(_b: u32, u: u32, i: u32, r: u32) -> Weight {
		Weight::from_parts(137_483_900, 20002)
			.saturating_add(Weight::from_parts(18_673_373, 0).saturating_mul(i.into()))
			.saturating_add(Weight::from_parts(8_856_648, 0).saturating_mul(r.into()))
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
		Weight::from_parts(19_920_000, 19917)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn accept_transfer(_b: u32, r: u32) -> Weight {
		Weight::from_parts(745_288_519, 20002)
			.saturating_add(Weight::from_parts(12_025_470, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 5094).saturating_mul(r.into()))
	}
	fn set_referenceable() -> Weight {
		Weight::from_parts(22_423_000, 19917)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn update_class() -> Weight {
		Weight::from_parts(17_315_000, 5871)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_class_status() -> Weight {
		Weight::from_parts(29_434_000, 5871)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_quota() -> Weight {
		Weight::from_parts(27_041_000, 5871)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_default_quota() -> Weight {
		Weight::from_parts(15_683_000, 5871)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn migrate_entity(b: u32, u: u32, i: u32, r: u32, s: u32) -> Weight {
		Weight::from_parts(400_000_000, 20002)
			.saturating_add(Weight::from_parts(20_000, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(u.into()))
			.saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(i.into()))
			.saturating_add(Weight::from_parts(40_000_000, 0).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(300_000_000, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn migrate_class() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn cancel_migration() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn transact() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn create_curator_group() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn update_curator_group() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn set_visibility() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn look_at_creator_groups(g: u32) -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(g.into()))
	}
	fn maintain() -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn load_schemas(s: u32) -> Weight {
		Weight::from_parts(100_000_000, 20002)
			.saturating_add(Weight::from_parts(100_000_000, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn build_entity() -> Weight {
		Weight::from_parts(300_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn sweep_past() -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
}
