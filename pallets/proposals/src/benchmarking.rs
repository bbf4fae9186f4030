//! Benchmarks: every call at the worst of its parameters.
//!
//! Texts are as long as they may be, the council is as large as it may be and all of it has voted, grants have
//! as many milestones as they may, and slots are all but full. Components: `l` bytes of a preimage, `s` steps on
//! the agenda.

use super::*;
use crate::types::BalanceOf;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		EnsureOrigin, Get, StorePreimage,
	},
	weights::{Weight, WeightMeter},
	BoundedVec,
};
use frame_system::RawOrigin;
use rome_primitives::governance::{
	limits::*,
	voting::{majority, Outcome, MIN_THRESHOLD},
	Action, BountyTerms, Condition, Council, Entrants, Failure, Judge, Kind, MilestoneState,
	MilestoneTerms, Milestones, ProposalId, ProposalState, RewardKind, StandingReward, ThreadMode,
	Verdict, Vote,
};
use sp_runtime::{
	traits::{Bounded, Saturating},
	Perbill,
};

/// An amount that is some of everything: enough to live on, and small enough for hundreds of it.
fn some<T: Config>() -> BalanceOf<T> {
	T::Currency::minimum_balance().saturating_mul(1_000u32.into())
}

fn funded<T: Config>(name: &'static str, index: u32) -> T::AccountId {
	let who = account(name, index, 0);
	let _ = T::Currency::mint_into(&who, BalanceOf::<T>::max_value() / 4_096u32.into());
	who
}

fn rich_fund<T: Config>() {
	let _ =
		T::Currency::mint_into(&T::FundAccount::get(), BalanceOf::<T>::max_value() / 16u32.into());
}

/// As many members as there can be, half of whom can go on disagreeing until the last one votes.
fn council<T: Config>() -> Vec<T::AccountId> {
	let mut parameters = Pallet::<T>::parameters(Kind::Grant);
	parameters.threshold = MIN_THRESHOLD;
	Kinds::<T>::insert(Kind::Grant, parameters);
	let members: Vec<_> = (0..MAX_COUNCIL).map(|index| funded::<T>("member", index)).collect();
	T::Council::set_members(&members);
	rich_fund::<T>();
	T::Council::members()
}

fn filled<Bound: Get<u32>>() -> BoundedVec<u8, Bound> {
	let bytes = vec![b'x'; Bound::get() as usize];
	bytes.try_into().ok().unwrap_or_default()
}

fn milestones<T: Config>(condition: Condition) -> Milestones<BalanceOf<T>> {
	let terms = MilestoneTerms { amount: some::<T>(), due: 1_000, condition };
	vec![terms; MAX_MILESTONES as usize].try_into().expect("as many as there may be")
}

fn grant_action<T: Config>() -> Action<T::AccountId, BalanceOf<T>> {
	let beneficiary = funded::<T>("beneficiary", 0);
	Action::Grant { beneficiary, milestones: milestones::<T>(Condition::Council) }
}

/// All slots but one are taken, most of them by the proposer of the next one.
fn fill_slots<T: Config>(proposer: &T::AccountId) {
	Slots::<T>::mutate(|slots| {
		for index in 0..MAX_OPEN_PROPOSALS - 1 {
			let slot = Slot {
				proposal: u32::MAX - index,
				proposer: proposer.clone(),
				kind: Kind::Grant,
				reserved: false,
			};
			let _ = slots.try_push(slot);
		}
	});
}

fn propose<T: Config>(action: Action<T::AccountId, BalanceOf<T>>) -> ProposalId {
	let proposer = funded::<T>("proposer", 0);
	let id = NextProposalId::<T>::get();
	Pallet::<T>::do_submit(proposer.clone(), filled(), filled(), action).expect("it can be made");
	fill_slots::<T>(&proposer);
	id
}

/// Every other one of `members` approves, the rest reject.
fn disagree<T: Config>(id: ProposalId, members: &[T::AccountId]) {
	for (index, member) in members.iter().enumerate() {
		let vote = if index % 2 == 0 { Vote::Approve } else { Vote::Reject };
		Pallet::<T>::do_vote(member.clone(), id, vote, filled()).expect("a member votes");
	}
}

/// A proposal on which all members but one have voted, and nothing is decided.
fn nearly_voted<T: Config>(
	members: &[T::AccountId],
	action: Action<T::AccountId, BalanceOf<T>>,
) -> ProposalId {
	let id = propose::<T>(action);
	disagree::<T>(id, &members[1..]);
	id
}

/// A proposal that has passed by the votes of all, and whose grace is over.
fn passed<T: Config>(
	members: &[T::AccountId],
	action: Action<T::AccountId, BalanceOf<T>>,
) -> ProposalId {
	let id = propose::<T>(action);
	let mut proposal = Proposals::<T>::get(id).expect("it was submitted");
	for member in members {
		let record = rome_primitives::governance::VoteRecord {
			vote: Vote::Approve,
			reason: filled(),
			at: 0,
		};
		Votes::<T>::insert(id, member, record);
		let _ = proposal.voters.try_push(member.clone());
	}
	Pallet::<T>::decide(id, proposal, Outcome::Passed, members).expect("it is decided");
	let mut proposal = Proposals::<T>::get(id).expect("it was submitted");
	let execute_at = Pallet::<T>::now();
	Pallet::<T>::set_state(id, &mut proposal, ProposalState::Approved { execute_at });
	Proposals::<T>::insert(id, proposal);
	id
}

fn pool<T: Config>(kind: RewardKind) {
	let terms = StandingReward {
		amount: some::<T>(),
		budget: some::<T>().saturating_mul(100u32.into()),
		account_cap: some::<T>().saturating_mul(10u32.into()),
		period: 100,
	};
	Pallet::<T>::do_set_standing_reward(kind, Some(terms)).expect("the fund is rich");
}

/// A grant on record that all members but one have signed, of a council that has changed so that it has not
/// taken effect.
fn recorded<T: Config>(members: &[T::AccountId]) -> u32 {
	let id = NextGrantId::<T>::get();
	Pallet::<T>::do_record_grant(
		members[0].clone(),
		filled(),
		funded::<T>("beneficiary", 0),
		milestones::<T>(Condition::Council),
		filled(),
		[0; 32],
	)
	.expect("a member records");
	let enough = majority(members.len() as u32).saturating_sub(1) as usize;
	Grants::<T>::mutate(id, |grant| {
		let grant = grant.as_mut().expect("it was recorded");
		grant.signed_by = members[..enough].to_vec().try_into().expect("no more than members");
	});
	id
}

/// A grant in effect, of whose milestones only the last is open.
fn granted<T: Config>() -> u32 {
	let id = NextGrantId::<T>::get();
	let beneficiary = funded::<T>("beneficiary", 0);
	Pallet::<T>::grant_by_vote(0, filled(), beneficiary, &milestones::<T>(Condition::Council))
		.expect("the fund is rich");
	for index in 0..MAX_MILESTONES - 1 {
		Pallet::<T>::do_release_milestone(None, id, index).expect("it is open");
	}
	id
}

fn opened<T: Config>(judge: Judge<T::AccountId, BalanceOf<T>>) -> u32 {
	let id = NextBountyId::<T>::get();
	let list: Vec<_> = (0..MAX_LIST).map(|index| funded::<T>("entrant", index)).collect();
	let terms = BountyTerms {
		judge,
		entrants: Entrants::List(list.try_into().expect("as many as there may be")),
		entry_stake: some::<T>(),
		work_period: 10,
		judge_period: 10,
	};
	Pallet::<T>::open_bounty(0, filled(), terms, some::<T>().saturating_mul(100u32.into()))
		.expect("the fund is rich");
	id
}

fn by_account<T: Config>() -> Judge<T::AccountId, BalanceOf<T>> {
	Judge::Account { who: funded::<T>("judge", 0), fee: some::<T>(), stake: some::<T>() }
}

/// A bounty with contributions and as many works as there are winners, that waits for the verdict of the last
/// member of the majority.
fn judging<T: Config>(members: &[T::AccountId]) -> (u32, Verdict<T::AccountId>) {
	let id = opened::<T>(Judge::Council);
	let contributor = funded::<T>("contributor", 0);
	Pallet::<T>::do_fund_bounty(contributor, id, T::MinContribution::get()).expect("it is open");
	let share = Perbill::from_percent(6);
	let winners: Vec<_> = (0..MAX_WINNERS)
		.map(|index| (account::<T::AccountId>("entrant", index, 0), share))
		.collect();
	for (winner, _) in &winners {
		Pallet::<T>::do_enter(winner.clone(), id).expect("it is open");
		Pallet::<T>::do_submit_work(winner.clone(), id, filled()).expect("it is open");
	}
	advance::<T>(10);
	Pallet::<T>::serve_bounty(id);
	let verdict = Verdict { winners: winners.try_into().expect("as many as there may be") };
	let enough = majority(members.len() as u32).saturating_sub(1) as usize;
	for member in &members[..enough] {
		Pallet::<T>::do_judge(Some(member.clone()), id, verdict.clone()).expect("a member judges");
	}
	(id, verdict)
}

fn judged<T: Config>() -> u32 {
	let (id, verdict) = judging::<T>(&council::<T>());
	Pallet::<T>::do_judge(None, id, verdict).expect("it is judged");
	id
}

fn advance<T: Config>(blocks: u32) {
	let now = frame_system::Pallet::<T>::block_number();
	frame_system::Pallet::<T>::set_block_number(now.saturating_add(blocks.into()));
}

fn thread<T: Config>() -> ProposalId {
	let id = propose::<T>(Action::Signal);
	let list: Vec<_> = (0..MAX_LIST).map(|index| funded::<T>("poster", index)).collect();
	let mode = ThreadMode::Closed(list.try_into().expect("as many as there may be"));
	Pallet::<T>::do_open_thread(account("proposer", 0, 0), id, mode).expect("its proposer may");
	id
}

#[benchmarks(where T::Preimages: StorePreimage)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn submit() {
		council::<T>();
		let caller = funded::<T>("proposer", 0);
		fill_slots::<T>(&caller);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), filled(), filled(), grant_action::<T>());
		assert!(Proposals::<T>::contains_key(0));
	}

	#[benchmark]
	fn cancel() {
		let id = propose::<T>(grant_action::<T>());
		#[extrinsic_call]
		_(RawOrigin::Signed(account("proposer", 0, 0)), id);
		assert!(matches!(
			Proposals::<T>::get(id).map(|proposal| proposal.state),
			Some(ProposalState::Canceled { .. })
		));
	}

	#[benchmark]
	fn veto() -> Result<(), BenchmarkError> {
		let origin =
			T::VetoOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = propose::<T>(grant_action::<T>());
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);
		assert!(matches!(
			Proposals::<T>::get(id).map(|proposal| proposal.state),
			Some(ProposalState::Vetoed { .. })
		));
		Ok(())
	}

	/// The vote alone: what it decides is another benchmark.
	#[benchmark]
	fn vote() {
		let members = council::<T>();
		let id = propose::<T>(grant_action::<T>());
		disagree::<T>(id, &members[2..]);
		#[extrinsic_call]
		_(RawOrigin::Signed(members[0].clone()), id, Vote::Abstain, filled());
		assert!(Votes::<T>::contains_key(id, &members[0]));
	}

	#[benchmark]
	fn remove_vote() {
		let members = council::<T>();
		let id = nearly_voted::<T>(&members, grant_action::<T>());
		#[extrinsic_call]
		_(RawOrigin::Signed(members[1].clone()), id);
		assert!(!Votes::<T>::contains_key(id, &members[1]));
	}

	/// Of the actions a grant is the heaviest: each of its milestones comes on the agenda.
	#[benchmark]
	fn execute() {
		let members = council::<T>();
		let id = passed::<T>(&members, grant_action::<T>());
		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("caller", 0)), id, Weight::zero());
		assert!(Grants::<T>::contains_key(0));
	}

	#[benchmark]
	fn open_thread() {
		let members = council::<T>();
		let id = propose::<T>(Action::Signal);
		let list: Vec<_> = (0..MAX_LIST).map(|index| account("poster", index, 0)).collect();
		let mode = ThreadMode::Closed(list.try_into().expect("as many as there may be"));
		#[extrinsic_call]
		_(RawOrigin::Signed(members[31].clone()), id, mode);
		assert!(Threads::<T>::contains_key(id));
	}

	#[benchmark]
	fn post() {
		let members = council::<T>();
		let id = thread::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(members[31].clone()), id, filled());
		assert!(Posts::<T>::contains_key(id, 0));
	}

	#[benchmark]
	fn edit_post() {
		let id = thread::<T>();
		let author = funded::<T>("poster", 0);
		Pallet::<T>::do_post(author.clone(), id, filled()).expect("it is listed");
		#[extrinsic_call]
		_(RawOrigin::Signed(author), id, 0, filled());
		assert_eq!(Posts::<T>::get(id, 0).map(|it| it.revisions), Some(1));
	}

	#[benchmark]
	fn delete_post() {
		let id = thread::<T>();
		let author = funded::<T>("poster", 0);
		Pallet::<T>::do_post(author.clone(), id, filled()).expect("it is listed");
		#[extrinsic_call]
		_(RawOrigin::Signed(author), id, 0);
		assert_eq!(Posts::<T>::get(id, 0).map(|it| it.body.is_some()), Some(false));
	}

	#[benchmark]
	fn set_thread_mode() {
		let members = council::<T>();
		let id = thread::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(members[31].clone()), id, ThreadMode::Open);
		assert_eq!(Threads::<T>::get(id).map(|thread| thread.mode), Some(ThreadMode::Open));
	}

	#[benchmark]
	fn record_grant() {
		let members = council::<T>();
		let beneficiary = funded::<T>("beneficiary", 0);
		let milestones = milestones::<T>(Condition::Council);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(members[31].clone()),
			filled(),
			beneficiary,
			milestones,
			filled(),
			[0; 32],
		);
		assert!(Grants::<T>::contains_key(0));
	}

	#[benchmark]
	fn countersign_grant() {
		let members = council::<T>();
		let id = recorded::<T>(&members);
		#[extrinsic_call]
		_(RawOrigin::Signed(members[31].clone()), id);
		assert_eq!(OffChainGrants::<T>::get().approved, 1);
	}

	#[benchmark]
	fn claim_milestone() {
		rich_fund::<T>();
		let id = granted::<T>();
		let last = MAX_MILESTONES - 1;
		Grants::<T>::mutate(id, |grant| {
			let grant = grant.as_mut().expect("it is there");
			grant.milestones[last as usize].state = MilestoneState::Released;
		});
		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("caller", 0)), id, last);
		assert_eq!(VotedGrants::<T>::get().ended, 1);
	}

	#[benchmark]
	fn release_milestone() {
		let members = council::<T>();
		let id = granted::<T>();
		let last = MAX_MILESTONES - 1;
		let enough = majority(members.len() as u32).saturating_sub(1) as usize;
		for member in &members[..enough] {
			Pallet::<T>::do_release_milestone(Some(member.clone()), id, last).expect("it may");
		}
		#[extrinsic_call]
		_(RawOrigin::Signed(members[31].clone()), id, last);
		assert_eq!(VotedGrants::<T>::get().ended, 1);
	}

	#[benchmark]
	fn stop_grant() -> Result<(), BenchmarkError> {
		let origin =
			T::CouncilOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		rich_fund::<T>();
		let beneficiary = funded::<T>("beneficiary", 0);
		let milestones = milestones::<T>(Condition::Council);
		Pallet::<T>::grant_by_vote(0, filled(), beneficiary, &milestones)?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, 0);
		assert_eq!(VotedGrants::<T>::get().stopped, 1);
		Ok(())
	}

	#[benchmark]
	fn top_up() {
		rich_fund::<T>();
		let before = Pallet::<T>::free();
		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("caller", 0)), some::<T>());
		assert_eq!(Pallet::<T>::free(), before.saturating_add(some::<T>()));
	}

	#[benchmark]
	fn fund_bounty() {
		rich_fund::<T>();
		let id = opened::<T>(Judge::Council);
		let caller = funded::<T>("caller", 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), id, T::MinContribution::get());
		assert!(Contributions::<T>::contains_key(id, caller));
	}

	#[benchmark]
	fn withdraw_contribution() {
		let id = judged::<T>();
		let contributor: T::AccountId = account("contributor", 0, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("caller", 0)), id, contributor.clone());
		assert!(!Contributions::<T>::contains_key(id, contributor));
	}

	#[benchmark]
	fn enter() {
		rich_fund::<T>();
		let id = opened::<T>(by_account::<T>());
		Pallet::<T>::do_accept_judging(account("judge", 0, 0), id).expect("it is open");
		let entrant: T::AccountId = account("entrant", MAX_LIST - 1, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(entrant.clone()), id);
		assert!(Entries::<T>::contains_key(id, entrant));
	}

	#[benchmark]
	fn withdraw_entry() {
		rich_fund::<T>();
		let id = opened::<T>(Judge::Council);
		let entrant: T::AccountId = account("entrant", 0, 0);
		Pallet::<T>::do_enter(entrant.clone(), id).expect("it is open");
		advance::<T>(10);
		Pallet::<T>::serve_bounty(id);
		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("caller", 0)), id, entrant.clone());
		assert!(!Entries::<T>::contains_key(id, entrant));
	}

	#[benchmark]
	fn submit_work() {
		rich_fund::<T>();
		let id = opened::<T>(Judge::Council);
		let entrant: T::AccountId = account("entrant", 0, 0);
		Pallet::<T>::do_enter(entrant.clone(), id).expect("it is open");
		#[extrinsic_call]
		_(RawOrigin::Signed(entrant), id, filled());
		assert_eq!(Bounties::<T>::get(id).map(|bounty| bounty.submitted), Some(1));
	}

	#[benchmark]
	fn judge() {
		let members = council::<T>();
		let (id, verdict) = judging::<T>(&members);
		#[extrinsic_call]
		_(RawOrigin::Signed(members[31].clone()), id, verdict);
		assert_eq!(Prizes::<T>::iter_prefix(id).count(), MAX_WINNERS as usize);
	}

	#[benchmark]
	fn claim_prize() {
		let id = judged::<T>();
		let winner: T::AccountId = account("entrant", 0, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("caller", 0)), id, winner.clone());
		assert!(!Prizes::<T>::contains_key(id, winner));
	}

	#[benchmark]
	fn set_kind_parameters() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let parameters = Pallet::<T>::parameters(Kind::RootDispatch);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Kind::RootDispatch, parameters);
		assert!(Kinds::<T>::contains_key(Kind::RootDispatch));
		Ok(())
	}

	#[benchmark]
	fn set_standing_reward() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		rich_fund::<T>();
		let kind = RewardKind::InformedVoting;
		pool::<T>(kind);
		let terms = RewardPools::<T>::get(kind).map(|pool| pool.terms);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, kind, terms);
		assert_eq!(RewardRounds::<T>::get(kind), 2);
		Ok(())
	}

	#[benchmark]
	fn accept_judging() {
		rich_fund::<T>();
		let id = opened::<T>(by_account::<T>());
		#[extrinsic_call]
		_(RawOrigin::Signed(account("judge", 0, 0)), id);
		assert_eq!(Bounties::<T>::get(id).and_then(|bounty| bounty.judge_stake), Some(some::<T>()));
	}

	/// A decision by votes of a council before, all of which fall away; the rewards are another benchmark.
	#[benchmark]
	fn decide() -> Result<(), BenchmarkError> {
		let members = council::<T>();
		let id = nearly_voted::<T>(&members, grant_action::<T>());
		let proposal = Proposals::<T>::get(id).ok_or(BenchmarkError::Stop("no proposal"))?;
		let others: Vec<T::AccountId> =
			(0..MAX_COUNCIL).map(|index| account("other", index, 0)).collect();
		#[block]
		{
			let tally = Pallet::<T>::count(id, &proposal, &members);
			assert!(tally.total() > 0);
			Pallet::<T>::decide(id, proposal, Outcome::Slashed, &others)?;
		}
		assert_eq!(Votes::<T>::iter_prefix(id).count(), 0);
		Ok(())
	}

	/// Looking up and decoding a call of `l` bytes.
	#[benchmark]
	fn lookup(l: Linear<16, 4_000_000>) -> Result<(), BenchmarkError> {
		let hash = T::Preimages::note(vec![0xff; l as usize].into())?;
		let found;
		#[block]
		{
			use codec::DecodeAll;
			let bytes =
				<T::Preimages as frame_support::traits::QueryPreimage>::fetch(&hash, Some(l))?;
			found = bytes.len() as u32;
			// What decoding costs at most: a call that is mostly one list of bytes.
			let _ = Vec::<u8>::decode_all(&mut &bytes[..]);
		}
		assert_eq!(found, l);
		Ok(())
	}

	#[benchmark]
	fn prune() -> Result<(), BenchmarkError> {
		let members = council::<T>();
		let id = passed::<T>(&members, grant_action::<T>());
		let mut proposal = Proposals::<T>::get(id).ok_or(BenchmarkError::Stop("no proposal"))?;
		let failure = Failure::PreimageMissing;
		Pallet::<T>::set_state(
			id,
			&mut proposal,
			ProposalState::ExecutionFailed { at: 0, failure },
		);
		let mode = ThreadMode::Open;
		Pallet::<T>::do_open_thread(proposal.proposer.clone(), id, mode)?;
		#[block]
		{
			Pallet::<T>::prune(id, &proposal);
		}
		assert!(!Proposals::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn reward() {
		rich_fund::<T>();
		let kind = RewardKind::SchemaActivated;
		pool::<T>(kind);
		let who = funded::<T>("proposer", 0);
		#[block]
		{
			use rome_primitives::content::{Category, OnSchemaActivated};
			Pallet::<T>::on_schema_activated(&who, 0, 1, Category::Video);
		}
		assert_eq!(Received::<T>::get(kind, who), (1, some::<T>()));
	}

	#[benchmark]
	fn issue() {
		rich_fund::<T>();
		frame_system::Pallet::<T>::set_block_number(T::IssuancePeriod::get().into());
		#[block]
		{
			Pallet::<T>::issue();
		}
		assert!(Pallet::<T>::is_sound());
	}

	/// Looking at `s` steps, none of which is done.
	#[benchmark]
	fn serve_agenda(s: Linear<0, 16>) {
		council::<T>();
		for _ in 0..s {
			propose::<T>(grant_action::<T>());
			Slots::<T>::kill();
		}
		advance::<T>(Pallet::<T>::parameters(Kind::Grant).voting_period);
		let mut meter = WeightMeter::with_limit(T::WeightInfo::serve_agenda(16));
		#[block]
		{
			Pallet::<T>::serve_agenda(&mut meter);
		}
		assert_eq!(Agenda::<T>::iter_keys().count(), s as usize);
	}

	#[benchmark]
	fn expire_record() {
		let members = council::<T>();
		let id = recorded::<T>(&members);
		#[block]
		{
			Pallet::<T>::expire_record(id);
		}
		assert!(!Grants::<T>::contains_key(id));
	}

	#[benchmark]
	fn serve_milestone() {
		rich_fund::<T>();
		let id = granted::<T>();
		let last = MAX_MILESTONES - 1;
		Grants::<T>::mutate(id, |grant| {
			let grant = grant.as_mut().expect("it is there");
			grant.milestones[last as usize].state = MilestoneState::Released;
		});
		let lapses = 1_001u32.saturating_add(T::MilestoneGrace::get());
		frame_system::Pallet::<T>::set_block_number(lapses.into());
		#[block]
		{
			Pallet::<T>::serve_milestone(id, last);
		}
		assert_eq!(VotedGrants::<T>::get().ended, 1);
	}

	/// The judge has missed the deadline.
	#[benchmark]
	fn serve_bounty() {
		rich_fund::<T>();
		let id = opened::<T>(by_account::<T>());
		Pallet::<T>::do_accept_judging(account("judge", 0, 0), id).expect("it is open");
		let entrant: T::AccountId = account("entrant", 0, 0);
		Pallet::<T>::do_enter(entrant.clone(), id).expect("it is open");
		Pallet::<T>::do_submit_work(entrant, id, filled()).expect("it is open");
		advance::<T>(10);
		Pallet::<T>::serve_bounty(id);
		advance::<T>(10);
		#[block]
		{
			Pallet::<T>::serve_bounty(id);
		}
		assert_eq!(Bounties::<T>::get(id).map(|bounty| bounty.judge_stake), Some(None));
	}

	#[benchmark]
	fn start_period() {
		rich_fund::<T>();
		let kind = RewardKind::SchemaActivated;
		pool::<T>(kind);
		Pallet::<T>::reward(kind, &funded::<T>("proposer", 0), None);
		advance::<T>(100);
		#[block]
		{
			Pallet::<T>::start_period(kind);
		}
		assert_eq!(RewardRounds::<T>::get(kind), 2);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
