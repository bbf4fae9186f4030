//! Grants and their milestones.
//!
//! What a grant's open milestones come to is held on the fund's account, from the moment at which the grant
//! takes effect until the last of them is paid, has lapsed or was stopped.

use crate::{
	types::{BalanceOf, GrantOf, Step},
	Config, Error, Event, Grants, HoldReason, NextGrantId, OffChainGrants, Pallet, Records,
	VotedGrants,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use rome_primitives::governance::{
	limits::MAX_OPEN_RECORDS, voting::majority, Condition, Grant, GrantId, GrantSource, GrantState,
	GrantTally, Hash32, Link, Milestone, MilestoneOracle, MilestoneState, Milestones, ProposalId,
	Signatures, Title,
};
use sp_runtime::{
	traits::{CheckedAdd, Saturating, Zero},
	ArithmeticError, DispatchError, SaturatedConversion,
};

type MilestoneOf<T> = Milestone<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

impl<T: Config> Pallet<T> {
	/// Fails if these milestones could never be paid. Tells what they come to.
	pub(crate) fn check_milestones(
		beneficiary: &T::AccountId,
		milestones: &Milestones<BalanceOf<T>>,
	) -> Result<BalanceOf<T>, DispatchError> {
		ensure!(!milestones.is_empty(), Error::<T>::NoMilestones);
		ensure!(*beneficiary != T::FundAccount::get(), Error::<T>::ToTheFund);
		let mut total = BalanceOf::<T>::zero();
		for milestone in milestones {
			ensure!(!milestone.amount.is_zero(), Error::<T>::ZeroAmount);
			if let Condition::Benchmark(condition) = &milestone.condition {
				ensure!(condition.rounds > 0, Error::<T>::BadPeriod);
			}
			total = total.checked_add(&milestone.amount).ok_or(ArithmeticError::Overflow)?;
		}
		Ok(total)
	}

	/// A grant that is not in effect yet.
	fn new_grant(
		title: Title,
		beneficiary: T::AccountId,
		source: GrantSource,
		milestones: &Milestones<BalanceOf<T>>,
	) -> Result<(GrantId, GrantOf<T>), DispatchError> {
		let total = Self::check_milestones(&beneficiary, milestones)?;
		let milestones = milestones.iter().map(|terms| Milestone {
			terms: terms.clone(),
			lapses: 0,
			next: 0,
			state: MilestoneState::Pending,
			released_by: Default::default(),
		});
		let grant = Grant {
			title,
			beneficiary,
			source,
			state: GrantState::Active,
			recorded_by: None,
			signed_by: Default::default(),
			total,
			paid: Zero::zero(),
			open: Zero::zero(),
			milestones: milestones
				.collect::<Vec<_>>()
				.try_into()
				.map_err(|_| Error::<T>::NoMilestones)?,
		};
		let id = NextGrantId::<T>::get();
		NextGrantId::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		Ok((id, grant))
	}

	fn tally_grant(grant: &GrantOf<T>, change: impl FnOnce(&mut GrantTally<BalanceOf<T>>)) {
		match grant.source {
			GrantSource::Vote { .. } => VotedGrants::<T>::mutate(change),
			GrantSource::OffChain { .. } => OffChainGrants::<T>::mutate(change),
		}
	}

	/// Sets a grant aside and puts its milestones on the agenda.
	fn take_effect(id: GrantId, mut grant: GrantOf<T>) -> DispatchResult {
		Self::earmark(HoldReason::Grants, grant.total)?;
		let now = Self::now();
		grant.state = GrantState::Active;
		grant.open = grant.total;
		for (index, milestone) in (0u32..).zip(grant.milestones.iter_mut()) {
			milestone.lapses =
				milestone.terms.due.max(now).saturating_add(T::MilestoneGrace::get());
			milestone.next = Self::next_look(now, milestone);
			Self::schedule(Step::Milestone(id, index), milestone.next);
		}
		let total = grant.total;
		Self::tally_grant(&grant, |tally| {
			tally.approved.saturating_inc();
			tally.active.saturating_inc();
			tally.total.saturating_accrue(total);
		});
		let beneficiary = grant.beneficiary.clone();
		Grants::<T>::insert(id, grant);
		Self::deposit_event(Event::GrantApproved { grant: id, beneficiary, total });
		Ok(())
	}

	/// The block in which a milestone is looked at next, if that was done in `now`.
	fn next_look(now: u32, milestone: &MilestoneOf<T>) -> u32 {
		match (&milestone.terms.condition, &milestone.state) {
			(Condition::Benchmark(_), MilestoneState::Pending) => {
				now.saturating_add(T::OracleInterval::get().max(1)).min(milestone.lapses)
			},
			_ => milestone.lapses,
		}
	}

	pub(crate) fn grant_by_vote(
		proposal: ProposalId,
		title: Title,
		beneficiary: T::AccountId,
		milestones: &Milestones<BalanceOf<T>>,
	) -> DispatchResult {
		let source = GrantSource::Vote { proposal };
		let (id, grant) = Self::new_grant(title, beneficiary, source, milestones)?;
		Self::take_effect(id, grant)
	}

	pub(crate) fn do_record_grant(
		who: T::AccountId,
		title: Title,
		beneficiary: T::AccountId,
		milestones: Milestones<BalanceOf<T>>,
		link: Link,
		hash: Hash32,
	) -> DispatchResult {
		Self::ensure_member(&who)?;
		ensure!(!title.is_empty(), Error::<T>::TitleMissing);
		Self::ensure_text(&title)?;
		Self::ensure_text(&link)?;
		let records = Records::<T>::get(&who);
		ensure!(records < MAX_OPEN_RECORDS, Error::<T>::TooManyRecords);
		Records::<T>::insert(&who, records.saturating_add(1));

		let source = GrantSource::OffChain { link, hash };
		let (id, mut grant) = Self::new_grant(title, beneficiary, source, &milestones)?;
		let until = Self::now().saturating_add(T::RecordPeriod::get());
		grant.state = GrantState::Recorded { until };
		grant.recorded_by = Some(who.clone());
		grant.signed_by.try_push(who.clone()).map_err(|_| Error::<T>::NotAMember)?;
		Grants::<T>::insert(id, grant);
		Self::schedule(Step::Record(id), until);
		Self::deposit_event(Event::GrantRecorded { grant: id, member: who });
		Ok(())
	}

	/// How many of `signatures` are of members there are now.
	pub(crate) fn valid(signatures: &Signatures<T::AccountId>, members: &[T::AccountId]) -> u32 {
		signatures.iter().filter(|signer| members.contains(signer)).count().saturated_into()
	}

	/// Adds a member's signature; those of members who left go.
	fn sign(
		signatures: &mut Signatures<T::AccountId>,
		who: &T::AccountId,
		members: &[T::AccountId],
	) -> DispatchResult {
		ensure!(!signatures.contains(who), Error::<T>::AlreadySigned);
		signatures.retain(|signer| members.contains(signer));
		signatures.try_push(who.clone()).map_err(|_| Error::<T>::NotAMember.into())
	}

	pub(crate) fn do_countersign_grant(who: T::AccountId, id: GrantId) -> DispatchResult {
		let members = Self::ensure_member(&who)?;
		let needed = majority(members.len().saturated_into());
		let mut grant = Grants::<T>::get(id).ok_or(Error::<T>::GrantNotFound)?;
		let GrantState::Recorded { until } = grant.state else {
			return Err(Error::<T>::GrantNotRecorded.into());
		};
		let signed = Self::sign(&mut grant.signed_by, &who, &members);
		let signatures = Self::valid(&grant.signed_by, &members);
		// In a council that has shrunk, the signatures there are may be enough.
		if signatures < needed {
			signed?;
		}
		Self::deposit_event(Event::GrantCountersigned { grant: id, member: who, signatures });
		if signatures < needed {
			Grants::<T>::insert(id, grant);
			return Ok(());
		}
		Self::unschedule(Step::Record(id), until);
		Self::forget_record(&grant);
		Self::take_effect(id, grant)
	}

	fn forget_record(grant: &GrantOf<T>) {
		let Some(recorder) = &grant.recorded_by else { return };
		Records::<T>::mutate_exists(recorder, |records| {
			*records = records.map(|records| records.saturating_sub(1)).filter(|left| *left > 0);
		});
	}

	/// Takes a grant off the record that was not countersigned in time.
	pub(crate) fn expire_record(id: GrantId) {
		let Some(grant) = Grants::<T>::get(id) else { return };
		let GrantState::Recorded { until } = grant.state else { return };
		Self::forget_record(&grant);
		Self::unschedule(Step::Record(id), until);
		Grants::<T>::remove(id);
		Self::deposit_event(Event::GrantExpired { grant: id });
	}

	/// A grant in effect and its milestone, which is open.
	fn open_milestone(
		id: GrantId,
		index: u32,
	) -> Result<(GrantOf<T>, MilestoneOf<T>), DispatchError> {
		let grant = Grants::<T>::get(id).ok_or(Error::<T>::GrantNotFound)?;
		let milestone =
			grant.milestones.get(index as usize).ok_or(Error::<T>::MilestoneNotFound)?.clone();
		let open = grant.state == GrantState::Active && milestone.state.is_open();
		ensure!(open, Error::<T>::MilestoneNotOpen);
		Ok((grant, milestone))
	}

	pub(crate) fn do_claim_milestone(id: GrantId, index: u32) -> DispatchResult {
		let (grant, milestone) = Self::open_milestone(id, index)?;
		let met = match (&milestone.state, &milestone.terms.condition) {
			(MilestoneState::Released, _) => true,
			(_, Condition::Benchmark(condition)) => T::Oracle::is_met(condition),
			_ => false,
		};
		ensure!(met, Error::<T>::NotReleased);
		Self::pay_milestone(id, grant, index, milestone)
	}

	pub(crate) fn do_release_milestone(
		who: Option<T::AccountId>,
		id: GrantId,
		index: u32,
	) -> DispatchResult {
		let members = match &who {
			Some(who) => Self::ensure_member(who)?,
			None => Vec::new(),
		};
		let (mut grant, mut milestone) = Self::open_milestone(id, index)?;
		ensure!(milestone.terms.condition == Condition::Council, Error::<T>::NotForTheCouncil);
		ensure!(milestone.state == MilestoneState::Pending, Error::<T>::AlreadyReleased);
		if let Some(who) = who {
			let needed = majority(members.len().saturated_into());
			let signed = Self::sign(&mut milestone.released_by, &who, &members);
			let signatures = Self::valid(&milestone.released_by, &members);
			if signatures < needed {
				signed?;
			}
			Self::deposit_event(Event::MilestoneSigned {
				grant: id,
				milestone: index,
				member: who,
				signatures,
			});
			if signatures < needed {
				Self::put_milestone(&mut grant, index, milestone);
				Grants::<T>::insert(id, grant);
				return Ok(());
			}
		}
		Self::deposit_event(Event::MilestoneReleased { grant: id, milestone: index });
		Self::release_and_pay(id, grant, index, milestone);
		Ok(())
	}

	/// Pays a milestone that may be paid now, or leaves it to be claimed.
	fn release_and_pay(
		id: GrantId,
		mut grant: GrantOf<T>,
		index: u32,
		mut milestone: MilestoneOf<T>,
	) {
		let paid = Self::pay_milestone(id, grant.clone(), index, milestone.clone());
		let Err(error) = paid else { return };
		let now = Self::now();
		Self::reschedule_milestone(id, index, &mut milestone, |milestone| {
			milestone.state = MilestoneState::Released;
			milestone.lapses = milestone.lapses.max(now.saturating_add(T::MilestoneGrace::get()));
		});
		Self::put_milestone(&mut grant, index, milestone);
		Grants::<T>::insert(id, grant);
		Self::deposit_event(Event::MilestonePaymentFailed { grant: id, milestone: index, error });
	}

	fn put_milestone(grant: &mut GrantOf<T>, index: u32, milestone: MilestoneOf<T>) {
		if let Some(slot) = grant.milestones.get_mut(index as usize) {
			*slot = milestone;
		}
	}

	/// Changes a milestone and moves its step.
	fn reschedule_milestone(
		id: GrantId,
		index: u32,
		milestone: &mut MilestoneOf<T>,
		change: impl FnOnce(&mut MilestoneOf<T>),
	) {
		Self::unschedule(Step::Milestone(id, index), milestone.next);
		change(milestone);
		if milestone.state.is_open() {
			milestone.next = Self::next_look(Self::now(), milestone);
			Self::schedule(Step::Milestone(id, index), milestone.next);
		}
	}

	/// Pays an open milestone, or fails and changes nothing.
	fn pay_milestone(
		id: GrantId,
		mut grant: GrantOf<T>,
		index: u32,
		mut milestone: MilestoneOf<T>,
	) -> DispatchResult {
		let amount = milestone.terms.amount;
		Self::pay(HoldReason::Grants, &grant.beneficiary, amount)?;
		let at = Self::now();
		Self::reschedule_milestone(id, index, &mut milestone, |milestone| {
			milestone.state = MilestoneState::Paid { at };
		});
		Self::put_milestone(&mut grant, index, milestone);
		grant.paid.saturating_accrue(amount);
		Self::tally_grant(&grant, |tally| tally.paid.saturating_accrue(amount));
		Self::close_amount(id, grant, amount);
		Self::deposit_event(Event::MilestonePaid { grant: id, milestone: index, amount });
		Ok(())
	}

	/// `amount` of a grant is not open any more; with the last the grant ends.
	fn close_amount(id: GrantId, mut grant: GrantOf<T>, amount: BalanceOf<T>) {
		grant.open.saturating_reduce(amount);
		if !grant.milestones.iter().any(|milestone| milestone.state.is_open()) {
			grant.state = GrantState::Ended { at: Self::now() };
			Self::tally_grant(&grant, |tally| {
				tally.active.saturating_dec();
				tally.ended.saturating_inc();
			});
		}
		Grants::<T>::insert(id, grant);
	}

	/// Does a milestone's step: asks the oracle, pays what can be paid, lets lapse what is too late.
	pub(crate) fn serve_milestone(id: GrantId, index: u32) {
		let Ok((mut grant, mut milestone)) = Self::open_milestone(id, index) else { return };
		let now = Self::now();
		if let (MilestoneState::Pending, Condition::Benchmark(condition)) =
			(&milestone.state, &milestone.terms.condition)
		{
			if T::Oracle::is_met(condition) {
				Self::deposit_event(Event::MilestoneReleased { grant: id, milestone: index });
				return Self::release_and_pay(id, grant, index, milestone);
			}
			if now < milestone.lapses {
				Self::reschedule_milestone(id, index, &mut milestone, |_| ());
				Self::put_milestone(&mut grant, index, milestone);
				return Grants::<T>::insert(id, grant);
			}
		}
		if now < milestone.lapses {
			return;
		}
		// The last attempt for what was released.
		let released = milestone.state == MilestoneState::Released;
		if released && Self::pay_milestone(id, grant.clone(), index, milestone.clone()).is_ok() {
			return;
		}
		let amount = milestone.terms.amount;
		let freed = Self::unmark(HoldReason::Grants, amount);
		frame_support::defensive_assert!(freed.is_ok(), "open milestones are set aside");
		Self::reschedule_milestone(id, index, &mut milestone, |milestone| {
			milestone.state = MilestoneState::Lapsed { at: now };
		});
		Self::put_milestone(&mut grant, index, milestone);
		Self::close_amount(id, grant, amount);
		Self::deposit_event(Event::MilestoneLapsed { grant: id, milestone: index, amount });
	}

	pub(crate) fn do_stop_grant(id: GrantId) -> DispatchResult {
		let mut grant = Grants::<T>::get(id).ok_or(Error::<T>::GrantNotFound)?;
		let at = Self::now();
		match grant.state {
			GrantState::Recorded { until } => {
				Self::forget_record(&grant);
				Self::unschedule(Step::Record(id), until);
				Grants::<T>::remove(id);
				let freed = Zero::zero();
				Self::deposit_event(Event::GrantStopped { grant: id, freed });
				return Ok(());
			},
			GrantState::Active => {},
			GrantState::Ended { .. } | GrantState::Stopped { .. } => {
				return Err(Error::<T>::GrantEnded.into());
			},
		}
		let freed = grant.open;
		Self::unmark(HoldReason::Grants, freed)?;
		for (index, milestone) in (0u32..).zip(grant.milestones.iter_mut()) {
			if milestone.state.is_open() {
				Self::unschedule(Step::Milestone(id, index), milestone.next);
				milestone.state = MilestoneState::Stopped { at };
			}
		}
		grant.open = Zero::zero();
		grant.state = GrantState::Stopped { at };
		Self::tally_grant(&grant, |tally| {
			tally.active.saturating_dec();
			tally.stopped.saturating_inc();
		});
		Grants::<T>::insert(id, grant);
		Self::deposit_event(Event::GrantStopped { grant: id, freed });
		Ok(())
	}
}
