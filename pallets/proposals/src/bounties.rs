//! Bounties: contributions, entries, judgement, prizes.
//!
//! Everything that is given for a bounty lies on the fund's account, held for bounties: what the fund gave
//! and what others did. [`Bounty::held`](rome_primitives::governance::Bounty::held) says how much of that
//! hold is this bounty's, and only what is paid or given back lessens it.

use crate::{
	fund::share_of,
	types::{BalanceOf, BountyOf, Step},
	Bounties, Config, Contributions, Entries, Error, Event, HoldReason, NextBountyId, Pallet,
	Prizes,
};
use codec::Encode;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungible::{Mutate, MutateHold},
		tokens::Preservation,
		Get,
	},
};
use rome_primitives::governance::{
	limits::MAX_ENTRIES, voting::majority, Bounty, BountyId, BountyState, BountyTerms, Entrants,
	Entry, Hash32, Judge, ProposalId, Text, Title, Verdict,
};
use sp_runtime::{
	traits::{CheckedAdd, Saturating, Zero},
	ArithmeticError, DispatchError, Perbill, SaturatedConversion,
};

type VerdictOf<T> = Verdict<<T as frame_system::Config>::AccountId>;

impl<T: Config> Pallet<T> {
	/// Fails if a bounty on these terms could never end well.
	pub(crate) fn check_terms(
		terms: &BountyTerms<T::AccountId, BalanceOf<T>>,
		amount: BalanceOf<T>,
	) -> DispatchResult {
		ensure!(terms.work_period > 0 && terms.judge_period > 0, Error::<T>::BadPeriod);
		if let Judge::Account { who, fee, .. } = &terms.judge {
			ensure!(*who != T::FundAccount::get(), Error::<T>::ToTheFund);
			ensure!(*fee <= amount, Error::<T>::FeeTooHigh);
		}
		Ok(())
	}

	pub(crate) fn open_bounty(
		proposal: ProposalId,
		title: Title,
		terms: BountyTerms<T::AccountId, BalanceOf<T>>,
		amount: BalanceOf<T>,
	) -> DispatchResult {
		Self::earmark(HoldReason::Bounties, amount)?;
		let id = NextBountyId::<T>::get();
		NextBountyId::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		let until = Self::now().saturating_add(terms.work_period);
		let bounty = Bounty {
			title,
			proposal,
			terms,
			state: BountyState::Open { until },
			judge_stake: None,
			from_fund: amount,
			contributed: Zero::zero(),
			refunds: Zero::zero(),
			sharing: Zero::zero(),
			prizes: Zero::zero(),
			held: amount,
			paid: Zero::zero(),
			entries: 0,
			submitted: 0,
			verdicts: Default::default(),
		};
		Bounties::<T>::insert(id, bounty);
		Self::schedule(Step::Bounty(id), until);
		Self::deposit_event(Event::BountyOpened { bounty: id, proposal, amount });
		Ok(())
	}

	fn bounty(id: BountyId) -> Result<BountyOf<T>, DispatchError> {
		Bounties::<T>::get(id).ok_or_else(|| Error::<T>::BountyNotFound.into())
	}

	/// A bounty that takes contributions, entries and work.
	fn open(id: BountyId) -> Result<BountyOf<T>, DispatchError> {
		let bounty = Self::bounty(id)?;
		let open = matches!(bounty.state, BountyState::Open { until } if Self::now() < until);
		ensure!(open, Error::<T>::BountyNotOpen);
		Ok(bounty)
	}

	/// Until when a bounty that has ended waits for those who cannot be paid.
	fn claim_until(bounty: &BountyOf<T>) -> Option<u32> {
		match bounty.state {
			BountyState::Judged { claim_until, .. } | BountyState::Failed { claim_until, .. } => {
				Some(claim_until)
			},
			BountyState::Open { .. } | BountyState::Judging { .. } => None,
		}
	}

	pub(crate) fn do_fund_bounty(
		who: T::AccountId,
		id: BountyId,
		amount: BalanceOf<T>,
	) -> DispatchResult {
		let mut bounty = Self::open(id)?;
		ensure!(amount >= T::MinContribution::get(), Error::<T>::ContributionTooSmall);
		let fund = T::FundAccount::get();
		ensure!(who != fund, Error::<T>::ToTheFund);
		T::Currency::transfer(&who, &fund, amount, Preservation::Preserve)?;
		T::Currency::hold(&HoldReason::Bounties.into(), &fund, amount)?;
		let own = Contributions::<T>::get(id, &who).unwrap_or_default();
		let own = own.checked_add(&amount).ok_or(ArithmeticError::Overflow)?;
		Contributions::<T>::insert(id, &who, own);
		bounty.contributed =
			bounty.contributed.checked_add(&amount).ok_or(ArithmeticError::Overflow)?;
		bounty.held = bounty.held.checked_add(&amount).ok_or(ArithmeticError::Overflow)?;
		Bounties::<T>::insert(id, bounty);
		Self::deposit_event(Event::BountyFunded { bounty: id, contributor: who, amount });
		Ok(())
	}

	pub(crate) fn do_accept_judging(who: T::AccountId, id: BountyId) -> DispatchResult {
		let mut bounty = Self::open(id)?;
		let stake = match &bounty.terms.judge {
			Judge::Account { who: judge, stake, .. } if *judge == who => *stake,
			_ => return Err(Error::<T>::NotTheJudge.into()),
		};
		ensure!(bounty.judge_stake.is_none(), Error::<T>::JudgeAccepted);
		T::Currency::hold(&HoldReason::Judge.into(), &who, stake)?;
		bounty.judge_stake = Some(stake);
		Bounties::<T>::insert(id, bounty);
		Self::deposit_event(Event::JudgeAccepted { bounty: id, judge: who, stake });
		Ok(())
	}

	pub(crate) fn do_enter(who: T::AccountId, id: BountyId) -> DispatchResult {
		let mut bounty = Self::open(id)?;
		if let Judge::Account { who: judge, .. } = &bounty.terms.judge {
			ensure!(bounty.judge_stake.is_some(), Error::<T>::JudgeMissing);
			ensure!(*judge != who, Error::<T>::JudgeEnters);
		}
		if let Entrants::List(list) = &bounty.terms.entrants {
			ensure!(list.contains(&who), Error::<T>::NotOnTheList);
		}
		ensure!(who != T::FundAccount::get(), Error::<T>::ToTheFund);
		ensure!(!Entries::<T>::contains_key(id, &who), Error::<T>::AlreadyEntered);
		ensure!(bounty.entries < MAX_ENTRIES, Error::<T>::TooManyEntries);
		let stake = bounty.terms.entry_stake;
		T::Currency::hold(&HoldReason::Entry.into(), &who, stake)?;
		Entries::<T>::insert(id, &who, Entry { stake, work: None });
		bounty.entries.saturating_inc();
		Bounties::<T>::insert(id, bounty);
		Self::deposit_event(Event::Entered { bounty: id, entrant: who });
		Ok(())
	}

	pub(crate) fn do_withdraw_entry(
		who: T::AccountId,
		id: BountyId,
		entrant: T::AccountId,
	) -> DispatchResult {
		let mut bounty = Self::bounty(id)?;
		let entry = Entries::<T>::take(id, &entrant).ok_or(Error::<T>::EntryNotFound)?;
		let ended = match bounty.state {
			BountyState::Open { until } if Self::now() < until => {
				ensure!(who == entrant, Error::<T>::NotTheEntrant);
				false
			},
			// The judge's work is under way: nobody leaves now.
			BountyState::Open { .. } | BountyState::Judging { .. } => {
				return Err(Error::<T>::BountyNotEnded.into());
			},
			BountyState::Judged { .. } | BountyState::Failed { .. } => true,
		};
		let mut slashed = Zero::zero();
		if ended && entry.work.is_none() {
			slashed = Self::slash(HoldReason::Entry, &entrant, entry.stake);
		} else {
			Self::give_back(HoldReason::Entry, &entrant, entry.stake)?;
		}
		bounty.entries.saturating_dec();
		if entry.work.is_some() {
			bounty.submitted.saturating_dec();
		}
		Bounties::<T>::insert(id, bounty);
		Self::deposit_event(Event::EntryWithdrawn { bounty: id, entrant, slashed });
		Ok(())
	}

	pub(crate) fn do_submit_work(who: T::AccountId, id: BountyId, work: Text) -> DispatchResult {
		let mut bounty = Self::open(id)?;
		Self::ensure_text(&work)?;
		let mut entry = Entries::<T>::get(id, &who).ok_or(Error::<T>::EntryNotFound)?;
		if entry.work.is_none() {
			bounty.submitted.saturating_inc();
			Bounties::<T>::insert(id, bounty);
		}
		entry.work = Some(work);
		Entries::<T>::insert(id, &who, entry);
		Self::deposit_event(Event::WorkSubmitted { bounty: id, entrant: who });
		Ok(())
	}

	/// Does a bounty's step: its time for work, or for judgement, is over.
	pub(crate) fn serve_bounty(id: BountyId) {
		let Some(mut bounty) = Bounties::<T>::get(id) else { return };
		let now = Self::now();
		match bounty.state {
			BountyState::Open { until } if until <= now => {
				Self::unschedule(Step::Bounty(id), until);
				if bounty.submitted == 0 {
					Self::fail(id, bounty);
				} else {
					Self::start_judgement(id, bounty);
				}
			},
			BountyState::Judging { until } if until <= now => {
				Self::unschedule(Step::Bounty(id), until);
				if let (Judge::Account { who, .. }, Some(stake)) =
					(&bounty.terms.judge, bounty.judge_stake)
				{
					let stake = Self::slash(HoldReason::Judge, who, stake);
					bounty.judge_stake = None;
					bounty.terms.judge = Judge::Council;
					Self::deposit_event(Event::JudgeMissed { bounty: id, stake });
					Self::start_judgement(id, bounty);
				} else {
					Self::fail(id, bounty);
				}
			},
			_ => {},
		}
	}

	fn start_judgement(id: BountyId, mut bounty: BountyOf<T>) {
		let until = Self::now().saturating_add(bounty.terms.judge_period);
		bounty.state = BountyState::Judging { until };
		Self::schedule(Step::Bounty(id), until);
		Bounties::<T>::insert(id, bounty);
		Self::deposit_event(Event::JudgementDue { bounty: id, until });
	}

	/// Gives the judge's stake back.
	fn release_judge(bounty: &mut BountyOf<T>) {
		if let (Judge::Account { who, .. }, Some(stake)) =
			(&bounty.terms.judge, bounty.judge_stake.take())
		{
			let released = Self::give_back(HoldReason::Judge, who, stake);
			frame_support::defensive_assert!(released.is_ok(), "a judge's stake is held");
		}
	}

	/// Ends a bounty without winners. Its step is off the agenda.
	fn fail(id: BountyId, mut bounty: BountyOf<T>) {
		Self::release_judge(&mut bounty);
		let at = Self::now();
		let claim_until = at.saturating_add(T::ClaimPeriod::get());
		bounty.state = BountyState::Failed { at, claim_until };
		bounty.verdicts = Default::default();
		bounty.refunds = bounty.contributed;
		bounty.sharing = bounty.contributed;
		let freed = Self::unmark(HoldReason::Bounties, bounty.from_fund);
		frame_support::defensive_assert!(freed.is_ok(), "what the fund gave is set aside");
		bounty.held = bounty.contributed;
		Bounties::<T>::insert(id, bounty);
		Self::deposit_event(Event::BountyFailed { bounty: id });
	}

	/// Takes a verdict of `who`, or of the council's origin.
	pub(crate) fn do_judge(
		who: Option<T::AccountId>,
		id: BountyId,
		verdict: VerdictOf<T>,
	) -> DispatchResult {
		let mut bounty = Self::bounty(id)?;
		let BountyState::Judging { until } = bounty.state else {
			return Err(Error::<T>::BountyNotJudging.into());
		};
		ensure!(Self::now() < until, Error::<T>::BountyNotJudging);
		let decides = match (&bounty.terms.judge, who) {
			(Judge::Account { who: judge, .. }, Some(who)) => {
				ensure!(*judge == who, Error::<T>::NotTheJudge);
				true
			},
			(Judge::Account { .. }, None) => return Err(Error::<T>::NotTheJudge.into()),
			(Judge::Council, None) => true,
			(Judge::Council, Some(who)) => {
				let members = Self::ensure_member(&who)?;
				let hash: Hash32 = sp_io::hashing::blake2_256(&verdict.encode());
				bounty.verdicts.retain(|(member, _)| *member != who && members.contains(member));
				bounty
					.verdicts
					.try_push((who.clone(), hash))
					.map_err(|_| Error::<T>::NotAMember)?;
				let same = bounty.verdicts.iter().filter(|(_, other)| *other == hash).count();
				let verdict = hash;
				Self::deposit_event(Event::VerdictGiven { bounty: id, member: who, verdict });
				same as u32 >= majority(members.len().saturated_into())
			},
		};
		Self::check_verdict(id, &verdict)?;
		if !decides {
			Bounties::<T>::insert(id, bounty);
			return Ok(());
		}
		Self::unschedule(Step::Bounty(id), until);
		if verdict.winners.is_empty() {
			Self::fail(id, bounty);
			return Ok(());
		}
		Self::award(id, bounty, verdict)
	}

	/// Fails unless each winner has submitted work, wins once, and all shares together are no more than one.
	fn check_verdict(id: BountyId, verdict: &VerdictOf<T>) -> DispatchResult {
		let mut shares = 0u64;
		for (index, (winner, share)) in verdict.winners.iter().enumerate() {
			let submitted = Entries::<T>::get(id, winner).is_some_and(|entry| entry.work.is_some());
			let twice = verdict.winners.iter().take(index).any(|(other, _)| other == winner);
			ensure!(submitted && !twice && !share.is_zero(), Error::<T>::NotAWinner);
			shares = shares.saturating_add(share.deconstruct().into());
		}
		let all = Perbill::from_percent(100).deconstruct();
		ensure!(shares <= all.into(), Error::<T>::BadShares);
		Ok(())
	}

	/// Owes the prizes and the fee, and what the winners leave to those who gave it.
	fn award(id: BountyId, mut bounty: BountyOf<T>, verdict: VerdictOf<T>) -> DispatchResult {
		let fee = match &bounty.terms.judge {
			Judge::Account { who, fee, .. } => Some((who.clone(), *fee)),
			Judge::Council => None,
		};
		Self::release_judge(&mut bounty);
		let pot = bounty.held;
		let mut prizes = BalanceOf::<T>::zero();
		let mut owe = |account: &T::AccountId, amount: BalanceOf<T>| {
			if !amount.is_zero() {
				Prizes::<T>::mutate(id, account, |prize| {
					*prize = Some(prize.unwrap_or_default().saturating_add(amount));
				});
				prizes.saturating_accrue(amount);
			}
		};
		let fee_amount = fee.as_ref().map(|(_, fee)| (*fee).min(pot)).unwrap_or_default();
		if let Some((judge, _)) = &fee {
			owe(judge, fee_amount);
		}
		let shared = pot.saturating_sub(fee_amount);
		for (winner, share) in &verdict.winners {
			owe(winner, share.mul_floor(shared));
		}
		let rest = pot.saturating_sub(prizes);
		let back = share_of(rest, bounty.contributed, pot);
		let freed = rest.saturating_sub(back);
		Self::unmark(HoldReason::Bounties, freed)?;
		let at = Self::now();
		bounty.state =
			BountyState::Judged { at, claim_until: at.saturating_add(T::ClaimPeriod::get()) };
		bounty.verdicts = Default::default();
		bounty.prizes = prizes;
		bounty.refunds = back;
		bounty.sharing = bounty.contributed;
		bounty.held = prizes.saturating_add(back);
		Bounties::<T>::insert(id, bounty);
		Self::deposit_event(Event::BountyJudged { bounty: id, prizes });
		Ok(())
	}

	/// Pays `amount` to `who` out of a bounty that has ended. Tells whether that was possible; where it is not
	/// after the time for it, the fund has the amount.
	fn settle(
		bounty: &mut BountyOf<T>,
		who: &T::AccountId,
		amount: BalanceOf<T>,
	) -> Result<bool, DispatchError> {
		let claim_until = Self::claim_until(bounty).ok_or(Error::<T>::BountyNotEnded)?;
		let paid = Self::pay(HoldReason::Bounties, who, amount);
		if let Err(error) = paid {
			ensure!(Self::now() >= claim_until, error);
			Self::unmark(HoldReason::Bounties, amount)?;
		}
		bounty.held.saturating_reduce(amount);
		Ok(paid.is_ok())
	}

	pub(crate) fn do_claim_prize(id: BountyId, account: T::AccountId) -> DispatchResult {
		let mut bounty = Self::bounty(id)?;
		let amount = Prizes::<T>::take(id, &account).ok_or(Error::<T>::PrizeNotFound)?;
		let paid = Self::settle(&mut bounty, &account, amount)?;
		bounty.prizes.saturating_reduce(amount);
		if paid {
			bounty.paid.saturating_accrue(amount);
		}
		Bounties::<T>::insert(id, bounty);
		Self::deposit_event(if paid {
			Event::PrizePaid { bounty: id, account, amount }
		} else {
			Event::PrizeForfeited { bounty: id, account, amount }
		});
		Ok(())
	}

	pub(crate) fn do_withdraw_contribution(
		id: BountyId,
		contributor: T::AccountId,
	) -> DispatchResult {
		let mut bounty = Self::bounty(id)?;
		ensure!(Self::claim_until(&bounty).is_some(), Error::<T>::BountyNotEnded);
		let own =
			Contributions::<T>::take(id, &contributor).ok_or(Error::<T>::ContributionNotFound)?;
		// Of what is left for those who are left: the last one gets what rounding has kept.
		let amount = share_of(bounty.refunds, own, bounty.sharing);
		bounty.sharing.saturating_reduce(own);
		bounty.refunds.saturating_reduce(amount);
		let returned = Self::settle(&mut bounty, &contributor, amount)?;
		Bounties::<T>::insert(id, bounty);
		Self::deposit_event(if returned {
			Event::ContributionReturned { bounty: id, contributor, amount }
		} else {
			Event::ContributionForfeited { bounty: id, contributor, amount }
		});
		Ok(())
	}
}
