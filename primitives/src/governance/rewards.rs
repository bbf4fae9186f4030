//! Standing rewards: small sums for what keeps the network going, paid without a decision each.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What is rewarded.
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
pub enum RewardKind {
	/// A schema that is activated: its suggester, once a class and period.
	#[codec(index = 0)]
	SchemaActivated,
	/// A provider's first activation: its owner, once for each operator that the conductor attested.
	#[codec(index = 1)]
	ProviderActivated,
	/// A proposal that was executed: its proposer, if outside the council. Signals do not count.
	#[codec(index = 2)]
	ProposalExecuted,
	/// A proposal that was decided: shared by the members who voted in time and gave a reason. Signals,
	/// and proposals without a quorum, do not count.
	#[codec(index = 3)]
	InformedVoting,
}

impl RewardKind {
	/// All of them.
	pub const ALL: [Self; 4] = [
		Self::SchemaActivated,
		Self::ProviderActivated,
		Self::ProposalExecuted,
		Self::InformedVoting,
	];
}

/// What a standing reward pays.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct StandingReward<Balance> {
	/// Each time; for informed voting, what the voters share.
	pub amount: Balance,
	/// The most in a period.
	pub budget: Balance,
	/// The most that one account gets in a period.
	pub account_cap: Balance,
	/// The length of a period, in blocks.
	pub period: u32,
}

/// A standing reward and what is left of it.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct RewardPool<Balance> {
	/// What it pays.
	pub terms: StandingReward<Balance>,
	/// The number of the period, counted over all that ever were.
	pub round: u32,
	/// In this block the next period begins.
	pub until: u32,
	/// Set aside for the rest of the period.
	pub left: Balance,
	/// Paid, in all periods.
	pub paid: Balance,
}
