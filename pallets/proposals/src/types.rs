//! Types of the pallet's own: the agenda's steps, slots, and short names.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::fungible::Inspect;
use rome_primitives::governance::{
	Bounty, BountyId, Grant, GrantId, Kind, Proposal, ProposalId, RewardKind,
};
use scale_info::TypeInfo;

/// Amounts of the currency.
pub type BalanceOf<T> =
	<<T as Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;
/// A proposal.
pub type ProposalOf<T> = Proposal<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
/// A grant.
pub type GrantOf<T> = Grant<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
/// A bounty.
pub type BountyOf<T> = Bounty<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

/// What is to be done in a block.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Step {
	/// The end of a proposal's voting or grace, or of the time for which it can be read.
	#[codec(index = 0)]
	Proposal(ProposalId),
	/// The end of the time to countersign a grant.
	#[codec(index = 1)]
	Record(GrantId),
	/// The lapse of a milestone, or a question to the benchmark oracle.
	#[codec(index = 2)]
	Milestone(GrantId, u32),
	/// The end of the time to submit work for a bounty, or to judge it.
	#[codec(index = 3)]
	Bounty(BountyId),
	/// The end of a standing reward's period.
	#[codec(index = 4)]
	Reward(RewardKind),
}

/// The place of a proposal among those in voting.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Slot<AccountId> {
	/// The proposal.
	pub proposal: ProposalId,
	/// Whose it is.
	pub proposer: AccountId,
	/// Its kind.
	pub kind: Kind,
	/// Whether it takes the slot that is kept for the proposer as a member of the council.
	pub reserved: bool,
}
