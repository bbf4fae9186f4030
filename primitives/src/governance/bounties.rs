//! Bounties: sums set aside for whoever does a piece of work best.

use super::{AccountList, Hash32, ProposalId, Text, Title};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec, Perbill};

/// Who judges the work.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Judge<AccountId, Balance> {
	/// A majority of the council.
	#[codec(index = 0)]
	Council,
	/// An account, once it has accepted.
	#[codec(index = 1)]
	Account {
		/// Which.
		who: AccountId,
		/// Paid to it out of the bounty, if there are winners.
		fee: Balance,
		/// Held from it, and lost if it does not judge in time.
		stake: Balance,
	},
}

/// Who may enter.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Entrants<AccountId> {
	/// Everyone.
	#[codec(index = 0)]
	Open,
	/// These.
	#[codec(index = 1)]
	List(AccountList<AccountId>),
}

/// What a bounty is about.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct BountyTerms<AccountId, Balance> {
	/// Who judges.
	pub judge: Judge<AccountId, Balance>,
	/// Who may enter.
	pub entrants: Entrants<AccountId>,
	/// Held from each entrant, and lost by those who submit nothing.
	pub entry_stake: Balance,
	/// How long work can be submitted, in blocks.
	pub work_period: u32,
	/// How long the judge has after that, in blocks.
	pub judge_period: u32,
}

/// How a bounty stands.
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
pub enum BountyState {
	/// Takes contributions, entries and work.
	#[codec(index = 0)]
	Open {
		/// Until this block.
		until: u32,
	},
	/// Waits for the verdict.
	#[codec(index = 1)]
	Judging {
		/// Until this block.
		until: u32,
	},
	/// Has winners.
	#[codec(index = 2)]
	Judged {
		/// When.
		at: u32,
		/// From this block on, what nobody could be paid goes back to the fund.
		claim_until: u32,
	},
	/// Has none: everyone gets back what they gave.
	#[codec(index = 3)]
	Failed {
		/// When.
		at: u32,
		/// From this block on, what nobody could be paid goes back to the fund.
		claim_until: u32,
	},
}

/// A bounty.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Bounty<AccountId, Balance> {
	/// What it is called.
	pub title: Title,
	/// The proposal that opened it.
	pub proposal: ProposalId,
	/// What it is about. The judge becomes the council where an account misses its deadline.
	pub terms: BountyTerms<AccountId, Balance>,
	/// How it stands.
	pub state: BountyState,
	/// Held from the judge now; nothing before it has accepted.
	pub judge_stake: Option<Balance>,
	/// What the fund gave.
	pub from_fund: Balance,
	/// What others gave, in all.
	pub contributed: Balance,
	/// What they get back, in all, and have not yet.
	pub refunds: Balance,
	/// Contributions that have not been given back, in all: what `refunds` is shared by.
	pub sharing: Balance,
	/// Prizes and fee that have not been paid, in all.
	pub prizes: Balance,
	/// Set aside for it now.
	pub held: Balance,
	/// Paid in prizes and fee.
	pub paid: Balance,
	/// Entries that are stored.
	pub entries: u32,
	/// Of those, the ones with work.
	pub submitted: u32,
	/// Verdicts of members of the council, where it judges: each by its hash.
	pub verdicts: BoundedVec<(AccountId, Hash32), ConstU32<{ super::limits::MAX_COUNCIL }>>,
}

/// An entry.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Entry<Balance> {
	/// Held from the entrant.
	pub stake: Balance,
	/// The work, or where it is; nothing before it is submitted.
	pub work: Option<Text>,
}

/// Who wins, and which share of what the judge's fee leaves.
pub type Winners<AccountId> =
	BoundedVec<(AccountId, Perbill), ConstU32<{ super::limits::MAX_WINNERS }>>;

/// What the judge says.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Verdict<AccountId> {
	/// The winners; with none the bounty has failed.
	pub winners: Winners<AccountId>,
}
