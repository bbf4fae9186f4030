//! Why a call can fail.

use frame_support::pallet_macros::pallet_section;

/// Becomes part of the pallet.
#[pallet_section]
mod errors {
	/// Why a call changed nothing. Indices are never reused.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no proposal of this number, or not any more.
		#[codec(index = 0)]
		ProposalNotFound,
		/// Only who made the proposal may do this.
		#[codec(index = 1)]
		NotTheProposer,
		/// Only members of the council may do this.
		#[codec(index = 2)]
		NotAMember,
		/// The proposal is not voted on any more.
		#[codec(index = 3)]
		ProposalDecided,
		/// Nothing is due: the voting or the grace goes on, or the proposal has ended.
		#[codec(index = 4)]
		NotDue,
		/// As many proposals are voted on as there may be; wait until one is decided.
		#[codec(index = 5)]
		NoFreeSlot,
		/// The account has not voted on the proposal.
		#[codec(index = 6)]
		VoteNotFound,
		/// A text is not UTF-8.
		#[codec(index = 7)]
		NotUtf8,
		/// A title is empty.
		#[codec(index = 8)]
		TitleMissing,
		/// The call is not noted as a preimage of this hash and length; note it first.
		#[codec(index = 9)]
		PreimageMissing,
		/// An amount is zero.
		#[codec(index = 10)]
		ZeroAmount,
		/// The fund cannot pay itself.
		#[codec(index = 11)]
		ToTheFund,
		/// The call weighs more than the weight bound allows.
		#[codec(index = 12)]
		WeightBoundTooLow,
		/// A threshold is below 51 % or above all, a quorum above all, a period zero, or a grace
		/// longer than that of proposals with root's authority.
		#[codec(index = 13)]
		BadParameters,
		/// The proposal is neither voted on nor waits out its grace.
		#[codec(index = 14)]
		NothingToVeto,
		/// The proposal has a thread.
		#[codec(index = 20)]
		ThreadExists,
		/// The proposal has no thread.
		#[codec(index = 21)]
		ThreadNotFound,
		/// The thread is closed and does not list this account.
		#[codec(index = 22)]
		NotAllowedToPost,
		/// The thread has as many posts as it may.
		#[codec(index = 23)]
		ThreadFull,
		/// There is no such post, or it is deleted.
		#[codec(index = 24)]
		PostNotFound,
		/// Only the post's author may do this.
		#[codec(index = 25)]
		NotTheAuthor,
		/// There is no grant of this number, or not any more.
		#[codec(index = 30)]
		GrantNotFound,
		/// A grant needs at least one milestone.
		#[codec(index = 31)]
		NoMilestones,
		/// The grant took effect already, or has ended.
		#[codec(index = 32)]
		GrantNotRecorded,
		/// This member has signed already.
		#[codec(index = 33)]
		AlreadySigned,
		/// This member has as many grants on record as it may; wait until they are countersigned or
		/// expire.
		#[codec(index = 34)]
		TooManyRecords,
		/// The grant has no such milestone.
		#[codec(index = 35)]
		MilestoneNotFound,
		/// The milestone is paid, has lapsed or was stopped, or its grant has not taken effect.
		#[codec(index = 36)]
		MilestoneNotOpen,
		/// The milestone waits for the council's release, or for its benchmark.
		#[codec(index = 37)]
		NotReleased,
		/// The milestone waits for a benchmark: nobody releases it.
		#[codec(index = 38)]
		NotForTheCouncil,
		/// The milestone is released: it can be claimed.
		#[codec(index = 39)]
		AlreadyReleased,
		/// Nothing of the grant is left to stop.
		#[codec(index = 40)]
		GrantEnded,
		/// The fund does not have that much that is not set aside.
		#[codec(index = 50)]
		InsufficientFunds,
		/// There is no bounty of this number.
		#[codec(index = 60)]
		BountyNotFound,
		/// The bounty does not take contributions, entries or work any more.
		#[codec(index = 61)]
		BountyNotOpen,
		/// The bounty is not in the time for its judgement.
		#[codec(index = 62)]
		BountyNotJudging,
		/// The bounty has not ended.
		#[codec(index = 63)]
		BountyNotEnded,
		/// The contribution is less than it must be.
		#[codec(index = 64)]
		ContributionTooSmall,
		/// The account has nothing in this bounty.
		#[codec(index = 65)]
		ContributionNotFound,
		/// The bounty's judge has not accepted yet.
		#[codec(index = 66)]
		JudgeMissing,
		/// Only the bounty's judge may do this.
		#[codec(index = 67)]
		NotTheJudge,
		/// The judge has accepted already.
		#[codec(index = 68)]
		JudgeAccepted,
		/// The bounty is for a list of accounts, which does not have this one.
		#[codec(index = 69)]
		NotOnTheList,
		/// The account has entered the bounty.
		#[codec(index = 70)]
		AlreadyEntered,
		/// The account has not entered the bounty.
		#[codec(index = 71)]
		EntryNotFound,
		/// While the bounty is open, only the entrant ends the entry.
		#[codec(index = 72)]
		NotTheEntrant,
		/// The bounty has as many entries as it may.
		#[codec(index = 73)]
		TooManyEntries,
		/// A winner has submitted no work, wins twice, or wins nothing.
		#[codec(index = 74)]
		NotAWinner,
		/// The winners' shares are more than all there is.
		#[codec(index = 75)]
		BadShares,
		/// The account has nothing to claim from this bounty.
		#[codec(index = 76)]
		PrizeNotFound,
		/// A bounty's judge cannot enter it.
		#[codec(index = 77)]
		JudgeEnters,
		/// A period is zero.
		#[codec(index = 78)]
		BadPeriod,
		/// The judge's fee is more than the fund gives.
		#[codec(index = 79)]
		FeeTooHigh,
		/// A reward's amount is zero or above its cap, the cap above the budget, or the period too
		/// short.
		#[codec(index = 80)]
		BadReward,
		/// The standing reward is not set up.
		#[codec(index = 81)]
		RewardNotSet,
	}
}
