//! What the tests share: short ways to proposals, grants and bounties.

mod agenda;
mod bounties;
mod discussion;
mod elections;
mod execution;
mod fund;
mod grants;
mod integrity;
mod parameters;
mod properties;
mod proposals;
mod queries;
mod rewards;
mod try_state;

use crate::{
	mock::*, Bounties, Grants, HoldReason, NextBountyId, NextGrantId, NextProposalId,
	Proposals as Stored,
};
use frame_support::{
	assert_noop, assert_ok,
	traits::fungible::{Inspect, InspectHold, Mutate},
};
use rome_primitives::governance::{
	limits::*, Action, BenchmarkCondition, BenchmarkTarget, Bounty, BountyId, BountyState,
	BountyTerms, Condition, Entrants, Failure, Grant, GrantId, GrantState, Judge, Kind, Metric,
	MilestoneState, MilestoneTerms, Milestones, Proposal, ProposalId, ProposalState, RewardKind,
	StandingReward, ThreadMode, Verdict, Vote,
};
use sp_runtime::{traits::Get, BoundedVec, DispatchError, Perbill, TokenError};

type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

fn text<Bound: Get<u32>>(text: &str) -> BoundedVec<u8, Bound> {
	text.as_bytes().to_vec().try_into().expect("within the bound")
}

fn list<Item, Bound: Get<u32>>(items: Vec<Item>) -> BoundedVec<Item, Bound> {
	items.try_into().ok().expect("within the bound")
}

fn now() -> u32 {
	System::block_number() as u32
}

fn free(who: AccountId) -> Balance {
	Balances::balance(&who)
}

fn held(reason: HoldReason, who: AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), &who)
}

fn stored(id: ProposalId) -> Proposal<AccountId, Balance> {
	Stored::<Test>::get(id).expect("there is such a proposal")
}

fn state(id: ProposalId) -> ProposalState {
	stored(id).state
}

fn grant(id: GrantId) -> Grant<AccountId, Balance> {
	Grants::<Test>::get(id).expect("there is such a grant")
}

fn bounty(id: BountyId) -> Bounty<AccountId, Balance> {
	Bounties::<Test>::get(id).expect("there is such a bounty")
}

/// What is free and set aside in all: nothing is made or lost.
fn total() -> Balance {
	Balances::total_issuance()
}

fn submit(who: AccountId, action: Action<AccountId, Balance>) -> ProposalId {
	let id = NextProposalId::<Test>::get();
	assert_ok!(Proposals::submit(signed(who), text("title"), text("text"), action));
	id
}

fn vote(who: AccountId, id: ProposalId, vote: Vote) {
	assert_ok!(Proposals::vote(signed(who), id, vote, text("")));
}

fn approve(id: ProposalId, members: &[AccountId]) {
	for member in members {
		vote(*member, id, Vote::Approve);
	}
}

/// Submits a proposal, approves it and waits until it was carried out or failed.
fn pass(action: Action<AccountId, Balance>) -> ProposalId {
	let id = submit(DAVE, action);
	approve(id, &[ALICE, BOB]);
	wait(2);
	id
}

fn spend(amount: Balance) -> Action<AccountId, Balance> {
	Action::Spend { beneficiary: EVE, amount }
}

fn milestone(amount: Balance, due: u32) -> MilestoneTerms<Balance> {
	MilestoneTerms { amount, due, condition: Condition::Council }
}

fn measured(amount: Balance, due: u32) -> MilestoneTerms<Balance> {
	let condition = Condition::Benchmark(BenchmarkCondition {
		target: BenchmarkTarget::AllStorage,
		metric: Metric::Download,
		threshold: 1,
		rounds: 3,
	});
	MilestoneTerms { amount, due, condition }
}

/// A grant by vote that is in effect.
fn granted(beneficiary: AccountId, milestones: Vec<MilestoneTerms<Balance>>) -> GrantId {
	let id = NextGrantId::<Test>::get();
	pass(Action::Grant { beneficiary, milestones: list(milestones) });
	assert_eq!(grant(id).state, GrantState::Active);
	id
}

fn record(who: AccountId, beneficiary: AccountId, amount: Balance) -> GrantId {
	let id = NextGrantId::<Test>::get();
	let milestones: Milestones<Balance> = list(vec![milestone(amount, now() + 20)]);
	assert_ok!(Proposals::record_grant(
		signed(who),
		text("agreed"),
		beneficiary,
		milestones,
		text("https://forum.example/1"),
		[7; 32],
	));
	id
}

fn by_council() -> BountyTerms<AccountId, Balance> {
	BountyTerms {
		judge: Judge::Council,
		entrants: Entrants::Open,
		entry_stake: 50,
		work_period: 20,
		judge_period: 10,
	}
}

fn by_charlie() -> BountyTerms<AccountId, Balance> {
	BountyTerms { judge: Judge::Account { who: CHARLIE, fee: 100, stake: 500 }, ..by_council() }
}

/// A bounty that is open.
fn opened(terms: BountyTerms<AccountId, Balance>, amount: Balance) -> BountyId {
	let id = NextBountyId::<Test>::get();
	pass(Action::Bounty { terms, amount });
	assert!(matches!(bounty(id).state, BountyState::Open { .. }));
	id
}

/// Enters a bounty and submits work.
fn work(who: AccountId, id: BountyId) {
	assert_ok!(Proposals::enter(signed(who), id));
	assert_ok!(Proposals::submit_work(signed(who), id, text("done")));
}

fn verdict(winners: &[(AccountId, u32)]) -> Verdict<AccountId> {
	let winners =
		winners.iter().map(|(who, percent)| (*who, Perbill::from_percent(*percent))).collect();
	Verdict { winners: list(winners) }
}

fn last_event() -> Event {
	match System::events().pop().expect("there was an event").event {
		RuntimeEvent::Proposals(event) => event,
		other => panic!("another pallet's event: {other:?}"),
	}
}

fn happened(event: Event) -> bool {
	System::events().iter().any(|record| record.event == RuntimeEvent::Proposals(event.clone()))
}
