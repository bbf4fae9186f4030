//! What the pallet tells of what it did.

use frame_support::pallet_macros::pallet_section;

/// Becomes part of the pallet.
#[pallet_section]
mod events {
	/// What happened. Indices are never reused.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Somebody submitted a proposal.
		#[codec(index = 0)]
		ProposalSubmitted {
			/// The proposal.
			proposal: ProposalId,
			/// Who made it.
			proposer: T::AccountId,
			/// Its kind.
			kind: Kind,
		},
		/// A member of the council voted.
		#[codec(index = 1)]
		Voted {
			/// The proposal.
			proposal: ProposalId,
			/// Who voted.
			member: T::AccountId,
			/// What.
			vote: Vote,
		},
		/// A member took a vote back.
		#[codec(index = 2)]
		VoteRemoved {
			/// The proposal.
			proposal: ProposalId,
			/// Whose vote it was.
			member: T::AccountId,
		},
		/// A proposal was decided.
		#[codec(index = 3)]
		ProposalDecided {
			/// The proposal.
			proposal: ProposalId,
			/// What came of it.
			outcome: Outcome,
			/// By which votes.
			tally: Tally,
			/// The size of the council.
			members: u32,
		},
		/// A proposer took a proposal back.
		#[codec(index = 4)]
		ProposalCanceled {
			/// The proposal.
			proposal: ProposalId,
		},
		/// A proposal was vetoed.
		#[codec(index = 5)]
		ProposalVetoed {
			/// The proposal.
			proposal: ProposalId,
		},
		/// A proposal was carried out.
		#[codec(index = 6)]
		ProposalExecuted {
			/// The proposal.
			proposal: ProposalId,
		},
		/// A proposal could not be carried out.
		#[codec(index = 7)]
		ProposalExecutionFailed {
			/// The proposal.
			proposal: ProposalId,
			/// Why.
			failure: Failure,
		},
		/// A proposer lost a stake to the fund.
		#[codec(index = 8)]
		StakeSlashed {
			/// The proposal.
			proposal: ProposalId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// What became of a proposal is no longer stored.
		#[codec(index = 9)]
		ProposalPruned {
			/// The proposal.
			proposal: ProposalId,
		},
		/// A discussion was opened.
		#[codec(index = 10)]
		ThreadOpened {
			/// The proposal.
			proposal: ProposalId,
			/// Who opened it.
			opener: T::AccountId,
		},
		/// Somebody posted.
		#[codec(index = 11)]
		Posted {
			/// The proposal.
			proposal: ProposalId,
			/// The post.
			post: PostId,
			/// Whose it is.
			author: T::AccountId,
		},
		/// A post says something else.
		#[codec(index = 12)]
		PostEdited {
			/// The proposal.
			proposal: ProposalId,
			/// The post.
			post: PostId,
			/// The hash of everything it said before.
			history: Hash32,
		},
		/// A post was deleted.
		#[codec(index = 13)]
		PostDeleted {
			/// The proposal.
			proposal: ProposalId,
			/// The post.
			post: PostId,
			/// Whether a trace stays.
			trace: bool,
		},
		/// It was said who may post.
		#[codec(index = 14)]
		ThreadModeSet {
			/// The proposal.
			proposal: ProposalId,
		},
		/// A grant agreed elsewhere was put on record.
		#[codec(index = 20)]
		GrantRecorded {
			/// The grant.
			grant: GrantId,
			/// Who did that.
			member: T::AccountId,
		},
		/// A member signed a grant on record.
		#[codec(index = 21)]
		GrantCountersigned {
			/// The grant.
			grant: GrantId,
			/// Who.
			member: T::AccountId,
			/// How many have, that are in the council.
			signatures: u32,
		},
		/// A grant took effect: its milestones are set aside.
		#[codec(index = 22)]
		GrantApproved {
			/// The grant.
			grant: GrantId,
			/// Who is paid.
			beneficiary: T::AccountId,
			/// All of it.
			total: BalanceOf<T>,
		},
		/// A grant on record was not countersigned in time and is gone.
		#[codec(index = 23)]
		GrantExpired {
			/// The grant.
			grant: GrantId,
		},
		/// A member of the council released a milestone.
		#[codec(index = 24)]
		MilestoneSigned {
			/// The grant.
			grant: GrantId,
			/// The milestone.
			milestone: u32,
			/// Who.
			member: T::AccountId,
			/// How many have, that are in the council.
			signatures: u32,
		},
		/// A milestone can be paid.
		#[codec(index = 25)]
		MilestoneReleased {
			/// The grant.
			grant: GrantId,
			/// The milestone.
			milestone: u32,
		},
		/// A milestone was paid.
		#[codec(index = 26)]
		MilestonePaid {
			/// The grant.
			grant: GrantId,
			/// The milestone.
			milestone: u32,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A milestone could not be paid; anyone can have it tried again.
		#[codec(index = 27)]
		MilestonePaymentFailed {
			/// The grant.
			grant: GrantId,
			/// The milestone.
			milestone: u32,
			/// Why.
			error: DispatchError,
		},
		/// A milestone was not paid in time: its amount is free again.
		#[codec(index = 28)]
		MilestoneLapsed {
			/// The grant.
			grant: GrantId,
			/// The milestone.
			milestone: u32,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// What was not paid of a grant is free again.
		#[codec(index = 29)]
		GrantStopped {
			/// The grant.
			grant: GrantId,
			/// How much.
			freed: BalanceOf<T>,
		},
		/// Somebody gave to the fund.
		#[codec(index = 40)]
		FundToppedUp {
			/// Who.
			who: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// The fund paid for a proposal.
		#[codec(index = 41)]
		SpendPaid {
			/// The proposal.
			proposal: ProposalId,
			/// Who is paid.
			beneficiary: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// An amount was issued to the fund.
		#[codec(index = 42)]
		Issued {
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A bounty was opened.
		#[codec(index = 50)]
		BountyOpened {
			/// The bounty.
			bounty: BountyId,
			/// The proposal that opened it.
			proposal: ProposalId,
			/// What the fund gives.
			amount: BalanceOf<T>,
		},
		/// Somebody gave to a bounty.
		#[codec(index = 51)]
		BountyFunded {
			/// The bounty.
			bounty: BountyId,
			/// Who.
			contributor: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A contributor got back what was due.
		#[codec(index = 52)]
		ContributionReturned {
			/// The bounty.
			bounty: BountyId,
			/// Who.
			contributor: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A contributor could not be paid in time: the fund has it.
		#[codec(index = 53)]
		ContributionForfeited {
			/// The bounty.
			bounty: BountyId,
			/// Who.
			contributor: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A judge accepted.
		#[codec(index = 54)]
		JudgeAccepted {
			/// The bounty.
			bounty: BountyId,
			/// Who.
			judge: T::AccountId,
			/// What is held for it.
			stake: BalanceOf<T>,
		},
		/// Somebody entered a bounty.
		#[codec(index = 55)]
		Entered {
			/// The bounty.
			bounty: BountyId,
			/// Who.
			entrant: T::AccountId,
		},
		/// An entry ended.
		#[codec(index = 56)]
		EntryWithdrawn {
			/// The bounty.
			bounty: BountyId,
			/// Whose.
			entrant: T::AccountId,
			/// What was lost for want of work.
			slashed: BalanceOf<T>,
		},
		/// Work was submitted.
		#[codec(index = 57)]
		WorkSubmitted {
			/// The bounty.
			bounty: BountyId,
			/// Whose.
			entrant: T::AccountId,
		},
		/// A bounty waits for its verdict.
		#[codec(index = 58)]
		JudgementDue {
			/// The bounty.
			bounty: BountyId,
			/// Until this block.
			until: u32,
		},
		/// A member of the council gave a verdict.
		#[codec(index = 59)]
		VerdictGiven {
			/// The bounty.
			bounty: BountyId,
			/// Who.
			member: T::AccountId,
			/// Its hash.
			verdict: Hash32,
		},
		/// A bounty has winners.
		#[codec(index = 60)]
		BountyJudged {
			/// The bounty.
			bounty: BountyId,
			/// What they and the judge get.
			prizes: BalanceOf<T>,
		},
		/// A bounty has no winners: everyone gets back what they gave.
		#[codec(index = 61)]
		BountyFailed {
			/// The bounty.
			bounty: BountyId,
		},
		/// A judge missed the deadline and lost the stake: the council judges.
		#[codec(index = 62)]
		JudgeMissed {
			/// The bounty.
			bounty: BountyId,
			/// What was lost.
			stake: BalanceOf<T>,
		},
		/// A prize or fee was paid.
		#[codec(index = 63)]
		PrizePaid {
			/// The bounty.
			bounty: BountyId,
			/// To whom.
			account: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A prize or fee could not be paid in time: the fund has it.
		#[codec(index = 64)]
		PrizeForfeited {
			/// The bounty.
			bounty: BountyId,
			/// To whom it was due.
			account: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A kind of proposal costs and needs something else.
		#[codec(index = 70)]
		KindParametersSet {
			/// Which.
			kind: Kind,
		},
		/// A standing reward was set up, or ended.
		#[codec(index = 71)]
		StandingRewardSet {
			/// Which.
			reward: RewardKind,
			/// What it pays from now on.
			terms: Option<StandingReward<BalanceOf<T>>>,
		},
		/// A reward was paid.
		#[codec(index = 72)]
		Rewarded {
			/// Which.
			reward: RewardKind,
			/// To whom.
			account: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A reward was not paid: the budget or the account's cap is used up, or the account cannot
		/// hold it.
		#[codec(index = 73)]
		RewardNotPaid {
			/// Which.
			reward: RewardKind,
			/// Who would have got it.
			account: T::AccountId,
		},
		/// A standing reward's next period began.
		#[codec(index = 74)]
		RewardPeriodStarted {
			/// Which.
			reward: RewardKind,
			/// What is set aside for it.
			set_aside: BalanceOf<T>,
		},
	}
}
