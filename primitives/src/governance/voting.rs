//! How votes are counted: a pure function, the same on chain and in the command line.
//!
//! With a council of `n` members *now*, a proposal
//!
//! - is **slashed** if at least two thirds of the members voted for that, at least two of them;
//! - else has **no quorum** if fewer than the quorum's share of the members voted at all, abstentions
//!   included;
//! - else **passes** if at least [`VotingRule::threshold`] of those who took a side approve (a vote to slash
//!   takes the rejecting side), at least two members approve, and at least a third of the members do;
//! - else is **rejected**.
//!
//! A threshold is above one half ([`MIN_THRESHOLD`]), so a tie is a rejection. A council of fewer than two
//! members has no quorum for anything. A council that shrinks counts with its new size: votes of those who
//! left are not in the tally, and `n` is smaller, so shares are of those who are left.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// The least threshold: the share that no tie reaches, and every majority of a council of up to
/// [`MAX_COUNCIL`](super::limits::MAX_COUNCIL) members does.
pub const MIN_THRESHOLD: Perbill = Perbill::from_percent(51);

/// Votes by what they say.
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
pub struct Tally {
	/// For it.
	pub approve: u32,
	/// Against it.
	pub reject: u32,
	/// Present, and on no side.
	pub abstain: u32,
	/// Against it, and its stake is to be lost.
	pub slash: u32,
}

impl Tally {
	/// All votes.
	pub fn total(&self) -> u32 {
		self.approve
			.saturating_add(self.reject)
			.saturating_add(self.abstain)
			.saturating_add(self.slash)
	}
}

/// What a kind of proposal asks of the votes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VotingRule {
	/// The share of approvals among those who took a side. At least [`MIN_THRESHOLD`].
	pub threshold: Perbill,
	/// The share of the members that has to vote.
	pub quorum: Perbill,
	/// Every member has to approve, and the council has to have at least two thirds of this many seats
	/// filled.
	pub unanimous: Option<u32>,
}

/// What the votes say.
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
pub enum Outcome {
	/// It passes.
	#[codec(index = 0)]
	Passed,
	/// It does not.
	#[codec(index = 1)]
	Rejected,
	/// It does not, and its stake is lost.
	#[codec(index = 2)]
	Slashed,
	/// Too few voted.
	#[codec(index = 3)]
	NoQuorum,
}

/// `part` is at least `share` of `whole`. Exact: no rounding.
fn reaches(part: u32, share: Perbill, whole: u32) -> bool {
	u64::from(part).saturating_mul(u64::from(Perbill::from_percent(100).deconstruct()))
		>= u64::from(share.deconstruct()).saturating_mul(u64::from(whole))
}

/// At least two thirds of `whole`.
fn two_thirds(part: u32, whole: u32) -> bool {
	u64::from(part).saturating_mul(3) >= u64::from(whole).saturating_mul(2)
}

impl VotingRule {
	/// What `tally` says if the voting ended now, in a council of `members`. Each vote in the tally is of
	/// another one of them.
	pub fn outcome(&self, tally: &Tally, members: u32) -> Outcome {
		if members < 2 {
			return Outcome::NoQuorum;
		}
		if tally.slash >= 2 && two_thirds(tally.slash, members) {
			return Outcome::Slashed;
		}
		if !reaches(tally.total(), self.quorum, members) {
			return Outcome::NoQuorum;
		}
		if self.passes(tally, members) {
			Outcome::Passed
		} else {
			Outcome::Rejected
		}
	}

	fn passes(&self, tally: &Tally, members: u32) -> bool {
		let decisive = tally.approve.saturating_add(tally.reject).saturating_add(tally.slash);
		let unanimous = self
			.unanimous
			.is_none_or(|seats| tally.approve >= members && two_thirds(members, seats));
		unanimous
			&& reaches(tally.approve, self.threshold, decisive)
			&& tally.approve >= 2
			&& u64::from(tally.approve).saturating_mul(3) >= u64::from(members)
	}

	/// What `tally` says already: the outcome that no vote of a member who has not voted can change, as long
	/// as the council and the votes cast stay. `None` while it is open, and for councils of fewer than two:
	/// those wait for an election.
	pub fn early(&self, tally: &Tally, members: u32) -> Option<Outcome> {
		if members < 2 {
			return None;
		}
		let missing = members.saturating_sub(tally.total());
		let now = self.outcome(tally, members);
		// Each outcome is possible if it is in the completion that favours it most. Nobody else voting
		// favours a missing quorum; everybody approving, rejecting or slashing favours just that, and each of
		// these three fills the quorum.
		let all = |change: fn(&mut Tally, u32)| {
			let mut tally = *tally;
			change(&mut tally, missing);
			self.outcome(&tally, members)
		};
		let same = all(|tally, more| tally.approve = tally.approve.saturating_add(more)) == now
			&& all(|tally, more| tally.reject = tally.reject.saturating_add(more)) == now
			&& all(|tally, more| tally.slash = tally.slash.saturating_add(more)) == now;
		same.then_some(now)
	}
}

/// How many of `members` make a majority that acts without a proposal: more than half, at least two.
pub fn majority(members: u32) -> u32 {
	(members / 2).saturating_add(1).max(2)
}
