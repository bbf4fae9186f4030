//! Inputs in which every call of proposals succeeds: what the others grow from.

use super::{noted, Call, BLOCKS, COUNCIL, ELECTION, NEWS, NOTE, ROOT};
use crate::{seeds::bounded, Record};
use codec::Encode;
use frame_support::weights::Weight;
use rome_primitives::governance::{
	Action, BenchmarkCondition, BenchmarkTarget, BountyTerms, Condition, Entrants, Judge, Kind,
	KindParameters, Metric, MilestoneTerms, RewardKind, StandingReward, ThreadMode, Verdict, Vote,
};
use rome_runtime::{AccountId, Balance, ROME};
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Eve, Ferdie, One};
use sp_runtime::Perbill;

const ALICE: u8 = 0;
const BOB: u8 = 1;
const CHARLIE: u8 = 2;
const DAVE: u8 = 3;
const EVE: u8 = 4;
const FERDIE: u8 = 5;
/// So much time that milestones and bounties do not end by themselves in between, in blocks.
const LONG: u32 = 50;

fn call(origin: u8, call: Call) -> Record {
	Record { origin, call: call.encode() }
}

/// Two to the power of so many blocks, the last one with all the room.
fn blocks(power: u8) -> Record {
	Record { origin: BLOCKS, call: vec![power, 255] }
}

/// The same, the last one with none.
fn busy_blocks(power: u8) -> Record {
	Record { origin: BLOCKS, call: vec![power, 0] }
}

/// The accounts of these bits are elected.
fn election(bits: u8) -> Record {
	Record { origin: ELECTION, call: vec![bits] }
}

fn note(which: usize) -> Record {
	Record { origin: NOTE, call: vec![which as u8] }
}

fn submit(origin: u8, action: Action<AccountId, Balance>) -> Record {
	call(origin, Call::submit { title: bounded(b"title"), text: bounded(b"text"), action })
}

fn vote(origin: u8, proposal: u32, vote: Vote) -> Record {
	// Long enough to count as a reason.
	let reason = bounded(b"because it helps those who come after us");
	call(origin, Call::vote { proposal, vote, reason })
}

fn approved_by(members: &[u8], proposal: u32) -> Vec<Record> {
	members.iter().map(|member| vote(*member, proposal, Vote::Approve)).collect()
}

/// A proposal that the first two members pass.
fn passed(proposal: u32, action: Action<AccountId, Balance>) -> Vec<Record> {
	let mut records = vec![submit(DAVE, action)];
	records.extend(approved_by(&[ALICE, BOB], proposal));
	records
}

fn spend() -> Action<AccountId, Balance> {
	Action::Spend { beneficiary: One.to_account_id(), amount: 10 * ROME }
}

fn milestone(amount: Balance) -> MilestoneTerms<Balance> {
	MilestoneTerms { amount, due: LONG, condition: Condition::Council }
}

fn measured(amount: Balance) -> MilestoneTerms<Balance> {
	let condition = BenchmarkCondition {
		target: BenchmarkTarget::AllStorage,
		metric: Metric::Download,
		threshold: 1,
		rounds: 3,
	};
	MilestoneTerms { condition: Condition::Benchmark(condition), ..milestone(amount) }
}

fn record(member: u8, to: Sr25519Keyring, milestones: &[MilestoneTerms<Balance>]) -> Record {
	let record = Call::record_grant {
		title: bounded(b"agreed"),
		beneficiary: to.to_account_id(),
		milestones: bounded(milestones),
		link: bounded(b"https://forum.example/1"),
		hash: [7; 32],
	};
	call(member, record)
}

fn release(origin: u8, grant: u32, milestone: u32) -> Record {
	call(origin, Call::release_milestone { grant, milestone })
}

fn proposals() -> Vec<Record> {
	let closed = ThreadMode::Closed(bounded(&[Eve.to_account_id()]));
	let body = || bounded(b"what do you think?");
	let mut records = vec![
		submit(DAVE, Action::Signal),
		call(DAVE, Call::open_thread { proposal: 0, mode: closed }),
		call(EVE, Call::post { proposal: 0, body: body() }),
		call(EVE, Call::edit_post { proposal: 0, post: 0, body: bounded(b"well?") }),
		call(EVE, Call::delete_post { proposal: 0, post: 0 }),
		call(ALICE, Call::set_thread_mode { proposal: 0, mode: ThreadMode::Open }),
		call(FERDIE, Call::post { proposal: 0, body: body() }),
		vote(ALICE, 0, Vote::Reject),
		call(ALICE, Call::remove_vote { proposal: 0 }),
	];
	records.extend(approved_by(&[ALICE, BOB], 0));
	records.extend([
		blocks(0),
		submit(DAVE, spend()),
		call(DAVE, Call::cancel { proposal: 1 }),
		submit(DAVE, spend()),
		call(ROOT, Call::veto { proposal: 2 }),
	]);
	records.extend(passed(3, spend()));
	records.extend([
		busy_blocks(3),
		call(EVE, Call::execute { proposal: 3, weight_bound: Weight::zero() }),
		submit(DAVE, Action::Signal),
		vote(ALICE, 4, Vote::Slash),
		vote(BOB, 4, Vote::Slash),
	]);
	records.extend(passed(5, Action::ApproveSchema { suggestion: 9 }));
	let parameters = KindParameters {
		threshold: Perbill::from_percent(60),
		quorum: Perbill::from_percent(50),
		voting_period: 20,
		grace: 1,
		stake: ROME,
	};
	records.extend([
		blocks(0),
		call(EVE, Call::execute { proposal: 5, weight_bound: Weight::zero() }),
		call(ROOT, Call::set_kind_parameters { kind: Kind::Signal, parameters }),
		call(EVE, Call::top_up { amount: 5 * ROME }),
		submit(EVE, Action::Signal),
		blocks(5),
	]);
	records
}

fn grants() -> Vec<Record> {
	let mut records = vec![
		record(ALICE, Eve, &[milestone(10 * ROME), milestone(20 * ROME)]),
		call(BOB, Call::countersign_grant { grant: 0 }),
		release(ALICE, 0, 0),
		release(BOB, 0, 0),
		release(COUNCIL, 0, 1),
		record(BOB, Eve, &[milestone(ROME)]),
		call(COUNCIL, Call::stop_grant { grant: 1 }),
		// Too little for an account that has nothing: it is released, and claimed once the account has more.
		record(CHARLIE, One, &[milestone(1), milestone(10 * ROME)]),
		call(ALICE, Call::countersign_grant { grant: 2 }),
		release(COUNCIL, 2, 0),
		release(COUNCIL, 2, 1),
		call(DAVE, Call::claim_milestone { grant: 2, milestone: 0 }),
	];
	let milestones = bounded(&[measured(5 * ROME), milestone(10 * ROME)]);
	records.extend(passed(0, Action::Grant { beneficiary: One.to_account_id(), milestones }));
	records.extend([
		blocks(2),
		release(ALICE, 3, 1),
		election(0b1110),
		release(BOB, 3, 1),
		release(CHARLIE, 3, 1),
		record(DAVE, Ferdie, &[milestone(ROME)]),
		blocks(18),
	]);
	records
}

fn terms(judge: Judge<AccountId, Balance>) -> BountyTerms<AccountId, Balance> {
	BountyTerms {
		judge,
		entrants: Entrants::Open,
		entry_stake: 10 * ROME,
		work_period: LONG,
		judge_period: LONG,
	}
}

fn bounties() -> Vec<Record> {
	let charlie = Judge::Account { who: Charlie.to_account_id(), fee: 5 * ROME, stake: 100 * ROME };
	let enter = |who, bounty| call(who, Call::enter { bounty });
	let submit_work =
		|who, bounty| call(who, Call::submit_work { bounty, work: bounded(b"the work") });
	let fund = |who, bounty, amount| call(who, Call::fund_bounty { bounty, amount });
	let leave = |who, bounty, entrant: Sr25519Keyring| {
		call(who, Call::withdraw_entry { bounty, entrant: entrant.to_account_id() })
	};
	let claim = |bounty, account: Sr25519Keyring| {
		call(DAVE, Call::claim_prize { bounty, account: account.to_account_id() })
	};
	let refund = |bounty, contributor: Sr25519Keyring| {
		let contributor = contributor.to_account_id();
		call(DAVE, Call::withdraw_contribution { bounty, contributor })
	};
	let winners = bounded(&[(Eve.to_account_id(), Perbill::from_percent(60))]);
	let mut records = passed(0, Action::Bounty { terms: terms(charlie), amount: 100 * ROME });
	records.extend([
		blocks(2),
		call(CHARLIE, Call::accept_judging { bounty: 0 }),
		fund(EVE, 0, 50 * ROME),
		enter(EVE, 0),
		enter(FERDIE, 0),
		enter(BOB, 0),
		leave(BOB, 0, Bob),
		submit_work(EVE, 0),
		blocks(6),
		call(CHARLIE, Call::judge { bounty: 0, verdict: Verdict { winners } }),
		claim(0, Eve),
		claim(0, Charlie),
		refund(0, Eve),
		leave(DAVE, 0, Ferdie),
		leave(DAVE, 0, Eve),
	]);
	let by_council = Action::Bounty { terms: terms(Judge::Council), amount: 10 * ROME };
	records.extend(passed(1, by_council));
	let none = || Verdict { winners: Default::default() };
	records.extend([
		blocks(2),
		fund(BOB, 1, 5 * ROME),
		enter(DAVE, 1),
		submit_work(DAVE, 1),
		blocks(6),
		call(ALICE, Call::judge { bounty: 1, verdict: none() }),
		call(BOB, Call::judge { bounty: 1, verdict: none() }),
		refund(1, Bob),
	]);
	records
}

fn dispatches() -> Vec<Record> {
	let action = |which, root| {
		let (hash, len) = noted(which);
		Action::Dispatch { hash, len, root }
	};
	let everyone = [ALICE, BOB, CHARLIE, DAVE, EVE, FERDIE];
	let weight_bound = Weight::from_parts(500_000_000_000, u64::MAX / 2);
	let mut records = vec![note(0)];
	records.extend(passed(0, action(0, false)));
	records.extend([blocks(0), note(3)]);
	// There is no such grant.
	records.extend(passed(1, action(3, false)));
	records.extend([blocks(0), call(EVE, Call::execute { proposal: 1, weight_bound })]);
	// A transfer from the fund, and one that would end it, by root's authority.
	records.extend([note(1), note(2), election(0b11_1111)]);
	for (proposal, which) in [(2, 1), (3, 2)] {
		records.push(submit(DAVE, action(which, true)));
		records.extend(approved_by(&everyone, proposal));
	}
	records.push(blocks(17));
	records
}

fn rewards() -> Vec<Record> {
	let set = |reward, terms| call(ROOT, Call::set_standing_reward { reward, terms });
	let terms = StandingReward {
		amount: 10 * ROME,
		budget: 40 * ROME,
		account_cap: 20 * ROME,
		period: 500,
	};
	let news = |who, what| Record { origin: NEWS, call: vec![who, what] };
	let mut records: Vec<_> =
		RewardKind::ALL.into_iter().map(|kind| set(kind, Some(terms))).collect();
	records.extend([news(EVE, 0), news(EVE, 1), news(FERDIE, 1), news(FERDIE, 2)]);
	records.extend(passed(0, spend()));
	records.extend([blocks(2), blocks(10), set(RewardKind::SchemaActivated, None)]);
	records
}

/// The inputs.
pub fn seeds() -> Vec<Vec<Record>> {
	vec![proposals(), grants(), bounties(), dispatches(), rewards()]
}
