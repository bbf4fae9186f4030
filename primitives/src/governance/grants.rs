//! Grants: sums set aside for someone and paid by milestones.

use super::{Hash32, Link, ProposalId, Signatures, Title};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// What is measured.
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
pub enum BenchmarkTarget {
	/// A storage provider.
	#[codec(index = 0)]
	Provider(u32),
	/// A distributor.
	#[codec(index = 1)]
	Distributor(u32),
	/// A tranche.
	#[codec(index = 2)]
	Tranche(u32),
	/// A distribution group.
	#[codec(index = 3)]
	Group(u32),
	/// All storage.
	#[codec(index = 4)]
	AllStorage,
	/// All distribution.
	#[codec(index = 5)]
	AllDistribution,
}

/// What is measured of it.
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
pub enum Metric {
	/// Download capacity, in bytes a second: at least the threshold.
	#[codec(index = 0)]
	Download,
	/// Upload capacity, in bytes a second: at least the threshold.
	#[codec(index = 1)]
	Upload,
	/// Time to first byte, in microseconds: at most the threshold.
	#[codec(index = 2)]
	FirstByte,
	/// Availability, in parts of a billion: at least the threshold.
	#[codec(index = 3)]
	Availability,
}

/// What the benchmark oracle has to have settled.
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
pub struct BenchmarkCondition {
	/// What is measured.
	pub target: BenchmarkTarget,
	/// What of it.
	pub metric: Metric,
	/// How good it has to be.
	pub threshold: u64,
	/// In how many settled rounds in a row.
	pub rounds: u32,
}

/// When a milestone is paid.
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
pub enum Condition {
	/// Once a majority of the council has released it.
	#[codec(index = 0)]
	Council,
	/// Once the benchmark oracle says so, and by nobody's discretion.
	#[codec(index = 1)]
	Benchmark(BenchmarkCondition),
}

/// A milestone as it is proposed.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct MilestoneTerms<Balance> {
	/// How much is paid.
	pub amount: Balance,
	/// By which block it is due. It lapses a while after that.
	pub due: u32,
	/// What it is paid for.
	pub condition: Condition,
}

/// The milestones of a grant, as they are proposed.
pub type Milestones<Balance> =
	BoundedVec<MilestoneTerms<Balance>, ConstU32<{ super::limits::MAX_MILESTONES }>>;

/// How a milestone stands.
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
pub enum MilestoneState {
	/// Waits for its condition.
	#[codec(index = 0)]
	Pending,
	/// Can be paid, and the payment was not possible yet.
	#[codec(index = 1)]
	Released,
	/// Was paid.
	#[codec(index = 2)]
	Paid {
		/// When.
		at: u32,
	},
	/// Was not paid in time: its amount is free again.
	#[codec(index = 3)]
	Lapsed {
		/// When.
		at: u32,
	},
	/// Was stopped: its amount is free again.
	#[codec(index = 4)]
	Stopped {
		/// When.
		at: u32,
	},
}

impl MilestoneState {
	/// Whether its amount is still set aside.
	pub fn is_open(&self) -> bool {
		matches!(self, Self::Pending | Self::Released)
	}
}

/// A milestone of a grant.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Milestone<AccountId, Balance> {
	/// What was agreed.
	pub terms: MilestoneTerms<Balance>,
	/// From this block on it lapses.
	pub lapses: u32,
	/// In this block it is looked at next, while it is open and its grant in effect.
	pub next: u32,
	/// How it stands.
	pub state: MilestoneState,
	/// Members of the council that have released it. Some may have left the council.
	pub released_by: Signatures<AccountId>,
}

/// How a grant was agreed.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum GrantSource {
	/// By a proposal.
	#[codec(index = 0)]
	Vote {
		/// The proposal.
		proposal: ProposalId,
	},
	/// Elsewhere: in a forum, say.
	#[codec(index = 1)]
	OffChain {
		/// Where it is read.
		link: Link,
		/// The hash of what is read there.
		hash: Hash32,
	},
}

/// How a grant stands.
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
pub enum GrantState {
	/// On record, and not countersigned by a majority. Nothing is set aside.
	#[codec(index = 0)]
	Recorded {
		/// In this block the record expires.
		until: u32,
	},
	/// Its open milestones are set aside.
	#[codec(index = 1)]
	Active,
	/// Every milestone is paid or has lapsed.
	#[codec(index = 2)]
	Ended {
		/// When.
		at: u32,
	},
	/// What was not paid was stopped.
	#[codec(index = 3)]
	Stopped {
		/// When.
		at: u32,
	},
}

/// A grant.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Grant<AccountId, Balance> {
	/// What it is called.
	pub title: Title,
	/// Who is paid.
	pub beneficiary: AccountId,
	/// How it was agreed.
	pub source: GrantSource,
	/// How it stands.
	pub state: GrantState,
	/// Who put it on record; nobody where it was agreed by a proposal.
	pub recorded_by: Option<AccountId>,
	/// Members of the council that signed it; none where it was agreed by a proposal. Some may have left the
	/// council.
	pub signed_by: Signatures<AccountId>,
	/// All that was agreed.
	pub total: Balance,
	/// Paid.
	pub paid: Balance,
	/// Set aside and not paid.
	pub open: Balance,
	/// What it is paid for, in order.
	pub milestones:
		BoundedVec<Milestone<AccountId, Balance>, ConstU32<{ super::limits::MAX_MILESTONES }>>,
}

/// How many grants there are, by how they were agreed.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct GrantTally<Balance> {
	/// Approved, in all: those that took effect.
	pub approved: u32,
	/// Of those, the ones with open milestones.
	pub active: u32,
	/// Of those, the ones whose milestones are all paid or lapsed.
	pub ended: u32,
	/// Of those, the ones that were stopped.
	pub stopped: u32,
	/// What was approved, in all.
	pub total: Balance,
	/// What was paid, in all.
	pub paid: Balance,
}
