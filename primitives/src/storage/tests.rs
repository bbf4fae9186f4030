//! Tests of storage's pure rules.

mod challenge;
mod load;
mod placement;

use super::{
	placement::{assign, expected_load, rank, Member},
	ObjectKey,
};
use crate::{actors::FailureDomain, content::ObjectHash};
use rome_dice::Dice;
use std::collections::{BTreeMap, BTreeSet};

fn member(provider: u32, slots: u8, operator: u32, zone: u32) -> Member {
	Member { provider, slots, domain: FailureDomain { operator, zone } }
}

/// Members of operators of their own, with these slots in these zones.
fn members(slots_and_zones: &[(u8, u32)]) -> Vec<Member> {
	let numbered = slots_and_zones.iter().zip(0u32..);
	numbered.map(|((slots, zone), n)| member(n, *slots, 100 + n, *zone)).collect()
}

/// Any tranche that the pallet would allow: every operator in one zone.
fn any_members(dice: &mut Dice, most: u32) -> Vec<Member> {
	let (operators, zones) = (1 + dice.below(most), 1 + dice.below(8));
	(0..1 + dice.below(most))
		.map(|provider| {
			let operator = dice.below(operators);
			member(provider * 7, 1 + dice.below(16) as u8, operator, operator % zones)
		})
		.collect()
}

fn key(n: u64) -> ObjectKey {
	let hash: ObjectHash = *blake3::hash(&n.to_le_bytes()).as_bytes();
	ObjectKey { hash, size: 1 + n }
}

/// How many of so many objects each member keeps.
fn kept(members: &[Member], coverage: u8, objects: u64) -> BTreeMap<u32, u64> {
	let mut kept: BTreeMap<u32, u64> = members.iter().map(|member| (member.provider, 0)).collect();
	for n in 0..objects {
		for provider in assign(&key(n), 1, members, coverage, |_| false) {
			*kept.entry(provider).or_default() += 1;
		}
	}
	kept
}
