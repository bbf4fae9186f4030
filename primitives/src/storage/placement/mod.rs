//! Which members of a tranche keep which object: rendezvous hashing, the same on chain and off.
//!
//! # Score
//!
//! Each slot of each member draws a number of 64 bits for each object; a member's score is its largest.
//! The numbers are the words, little-endian, of the output stream of keyed BLAKE3 under the key
//! [`PLACEMENT_KEY`], over tranche (4 bytes, little-endian), provider (4 bytes, little-endian) and the
//! object's hash (32 bytes): slot 0 has the first eight bytes, slot 1 the next, and so on. So a member with
//! twice the slots comes first twice as often, and giving it a slot more never lowers its score.
//!
//! Nobody gains much by searching. A provider cannot choose its number, and a stake is held for each.
//! A publisher can choose among many versions of an object the one whose hash suits, as with every
//! placement that anyone can compute beforehand: by trying about as many versions as there are sets of
//! members to choose from, it gets its own object to members of its choice. What that buys is bounded by
//! other rules: it pays for every byte, members that are full are skipped, and it chooses among members
//! that are all bound to serve. It gains no influence on where anybody else's objects go. As BLAKE3 offers
//! no way better than trying, nobody does it faster than that, and no set of numbers is favoured.
//!
//! # Rank
//!
//! Members are sorted by score, the largest first (between equal ones the smaller number). Then:
//!
//! 1. A member's *turn* is the number of members of the same operator before it.
//! 2. Its *zone turn* is the number of members in its zone with the same turn before it.
//! 3. The rank is by turn, then zone turn, then score.
//!
//! So every operator's best member comes before any operator's second: the first `n` have `n` operators
//! whenever there are so many. Among those the best of each zone comes first, then the second best of each,
//! and so on: as every operator keeps to one zone in a tranche, the first `n` are in as many zones as `n`
//! operators can be, and as evenly as the zones' sizes allow.
//!
//! # Stability
//!
//! A member that joins, or gets more slots, takes objects over from others, never makes two others
//! exchange any: each object's assigned set stays or has this member in place of one other. For its score
//! only rises: within its operator, then within its zone, no place in the order gets a smaller score than
//! it had; so the operator, and the zone, has at most one more among the first `n`, by this member. The
//! other way round, a member that leaves or is skipped moves only what it had. So a member that joins
//! moves just what it is to keep, which [`expected_load`] tells.

mod load;

pub use load::expected_load;

use super::{
	limits::{MAX_COVERAGE, MAX_SLOTS},
	ObjectKey, ProviderId, TrancheId,
};
use crate::actors::FailureDomain;
use alloc::vec::Vec;
use codec::{Decode, Encode};
use core::cmp::Reverse;
use scale_info::TypeInfo;

/// The key of the hash that scores members: 32 bytes of ASCII.
pub const PLACEMENT_KEY: &[u8; 32] = b"rome/storage/placement/score/v1.";

/// A member of a tranche, as placement sees it.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Member {
	/// The provider. No two members of a tranche have the same.
	pub provider: ProviderId,
	/// Its weight: from 1 to [`MAX_SLOTS`]. A member with none is never ranked; more count as that many.
	pub slots: u8,
	/// What may fail at once with it. Members of one operator are in one zone; the pallet sees to that.
	pub domain: FailureDomain,
}

impl Member {
	fn weight(&self) -> u8 {
		self.slots.min(MAX_SLOTS)
	}
}

/// The members in the order in which they are to keep an object.
///
/// Costs two compressions of BLAKE3 for each member with more than 8 slots and one for each other; the
/// sorting is less. The order of `members` does not matter.
pub fn rank(key: &ObjectKey, tranche: TrancheId, members: &[Member]) -> Vec<ProviderId> {
	rank_some(key, tranche, members.iter())
}

/// The members that are to keep an object: the first `coverage` in rank of those that are not to be
/// skipped; fewer if there are no more. A coverage above [`MAX_COVERAGE`] counts as that.
pub fn assign(
	key: &ObjectKey,
	tranche: TrancheId,
	members: &[Member],
	coverage: u8,
	skip: impl Fn(ProviderId) -> bool,
) -> Vec<ProviderId> {
	let open = members.iter().filter(|member| !skip(member.provider));
	let mut ranked = rank_some(key, tranche, open);
	ranked.truncate(u32::from(coverage).min(MAX_COVERAGE) as usize);
	ranked
}

fn rank_some<'a>(
	key: &ObjectKey,
	tranche: TrancheId,
	members: impl Iterator<Item = &'a Member>,
) -> Vec<ProviderId> {
	let mut scored: Vec<_> =
		members.filter_map(|member| Some((score(key, tranche, member)?, member))).collect();
	scored.sort_unstable_by_key(|(score, member)| (Reverse(*score), member.provider));

	let mut turns: Vec<(u32, u32, &Member)> = Vec::with_capacity(scored.len());
	for (_, member) in scored {
		let (mut turn, mut zone_turn) = (0u32, 0u32);
		for (_, _, before) in &turns {
			turn += u32::from(before.domain.operator == member.domain.operator);
		}
		for (its_turn, _, before) in &turns {
			zone_turn += u32::from(*its_turn == turn && before.domain.zone == member.domain.zone);
		}
		turns.push((turn, zone_turn, member));
	}
	// Stable: the order by score stays among equal turns.
	turns.sort_by_key(|(turn, zone_turn, _)| (*turn, *zone_turn));
	turns.into_iter().map(|(_, _, member)| member.provider).collect()
}

/// A member's score for an object; none without slots.
fn score(key: &ObjectKey, tranche: TrancheId, member: &Member) -> Option<u64> {
	let mut input = [0; 40];
	input[..4].copy_from_slice(&tranche.to_le_bytes());
	input[4..8].copy_from_slice(&member.provider.to_le_bytes());
	input[8..].copy_from_slice(&key.hash);
	let mut stream = [0; 8 * MAX_SLOTS as usize];
	let drawn = &mut stream[..8 * usize::from(member.weight())];
	blake3::Hasher::new_keyed(PLACEMENT_KEY).update(&input).finalize_xof().fill(drawn);
	drawn.chunks_exact(8).filter_map(|word| word.try_into().ok().map(u64::from_le_bytes)).max()
}
