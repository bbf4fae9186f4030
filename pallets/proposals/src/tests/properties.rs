//! Random sequences of everything: the invariants hold after each step, no money comes or goes, nothing is paid
//! twice, and when everything has ended nothing is left behind.

use super::*;
use crate::{Agenda, Contributions, Entries, NextProposalId, Posts, Prizes};
use core::cell::RefCell;
use frame_support::{dispatch::DispatchResultWithPostInfo, weights::Weight};
use proptest::{
	prelude::any,
	test_runner::{Config, TestRunner},
};
use rome_dice::Dice;
use rome_primitives::{
	content::{Category, OnSchemaActivated},
	governance::OnProviderActivated,
};
use std::collections::BTreeMap;

/// How many sequences, and how long each is at most.
const SEQUENCES: u32 = 200;
const STEPS: usize = 180;

/// Who does things; the last two have little and nothing.
const ACCOUNTS: [AccountId; 9] = [ALICE, BOB, CHARLIE, DAVE, EVE, 6, 7, POOR, NOBODY];

/// What was seen in all sequences: how often each kind of step went well and failed.
type Seen = BTreeMap<String, (u32, u32)>;

fn amount(dice: &mut Dice) -> Balance {
	// Around the existential deposit, ordinary, and all that the fund has.
	match dice.below(8) {
		0 => Balance::from(dice.below(2 * ED as u32)),
		1 => RICH / 2 + Balance::from(dice.below(RICH as u32)),
		_ => Balance::from(dice.below(5_000)),
	}
}

fn action(dice: &mut Dice) -> Action<AccountId, Balance> {
	let beneficiary = dice.one_of(ACCOUNTS);
	match dice.below(9) {
		0 => Action::Signal,
		1..=2 => {
			let milestones = (0..1 + dice.below(4))
				.map(|_| {
					let due = now() + dice.below(40);
					let amount = amount(dice);
					if dice.chance(30) {
						measured(amount, due)
					} else {
						milestone(amount, due)
					}
				})
				.collect();
			Action::Grant { beneficiary, milestones: list(milestones) }
		},
		3..=4 => {
			let amount = amount(dice);
			let judge = if dice.chance(50) {
				let (fee, stake) = (amount / 10, Balance::from(dice.below(300)));
				Judge::Account { who: dice.one_of(ACCOUNTS), fee, stake }
			} else {
				Judge::Council
			};
			let entrants = if dice.chance(20) {
				Entrants::List(list(vec![dice.one_of(ACCOUNTS), dice.one_of(ACCOUNTS)]))
			} else {
				Entrants::Open
			};
			let entry_stake = Balance::from(dice.below(60));
			let (work_period, judge_period) = (5 + dice.below(15), 5 + dice.below(15));
			let terms = BountyTerms { judge, entrants, entry_stake, work_period, judge_period };
			Action::Bounty { terms, amount }
		},
		5..=6 => Action::Spend { beneficiary, amount: amount(dice) },
		7 => Action::ApproveSchema { suggestion: dice.one_of([1, u32::MAX]) },
		_ => {
			let call: RuntimeCall = match dice.below(4) {
				0 => frame_system::Call::remark { remark: vec![1] }.into(),
				1 => pallet_balances::Call::force_transfer {
					source: FUND,
					dest: beneficiary,
					value: amount(dice),
				}
				.into(),
				2 => pallet_balances::Call::force_set_balance { who: FUND, new_free: 0 }.into(),
				_ => crate::Call::stop_grant { grant: dice.below(4) }.into(),
			};
			let (hash, len) = note_call(call);
			Action::Dispatch { hash, len, root: dice.chance(50) }
		},
	}
}

fn elect_some(dice: &mut Dice) {
	let mut members: Vec<AccountId> =
		ACCOUNTS.into_iter().filter(|_| dice.chance(50)).take(5).collect();
	if members.len() < 2 && dice.chance(80) {
		members = vec![ALICE, BOB, CHARLIE];
	}
	elect(&members);
}

/// A member in most cases.
fn voter(dice: &mut Dice) -> AccountId {
	use rome_primitives::governance::Council;
	match dice.pick(&Elected::members()) {
		Some(member) if dice.chance(85) => member,
		_ => dice.one_of(ACCOUNTS),
	}
}

/// One of the last few numbers that were given out, in most cases.
fn below(dice: &mut Dice, end: u32) -> u32 {
	match dice.below(10) {
		0 => dice.below_or_at(end, 50),
		_ => end.saturating_sub(1 + dice.below(4)),
	}
}

/// A bounty in a state of that kind, if there is any.
fn bounty_that(dice: &mut Dice, holds: impl Fn(&BountyState) -> bool) -> BountyId {
	let all: Vec<_> = Bounties::<Test>::iter()
		.filter(|(_, bounty)| holds(&bounty.state))
		.map(|(id, _)| id)
		.collect();
	match dice.pick(&all) {
		Some(id) if dice.chance(85) => id,
		_ => below(dice, crate::NextBountyId::<Test>::get()),
	}
}

fn is_open(state: &BountyState) -> bool {
	matches!(state, BountyState::Open { .. })
}

/// One of `keys`, or something that is not there.
fn one_of_keys(dice: &mut Dice, keys: Vec<(BountyId, AccountId)>) -> (BountyId, AccountId) {
	match dice.pick(&keys) {
		Some(key) if dice.chance(85) => key,
		_ => (dice.below(5), dice.one_of(ACCOUNTS)),
	}
}

/// A council that agrees on something, as it does now and then.
fn agree(dice: &mut Dice) {
	use rome_primitives::governance::Council;
	if Elected::members().len() < 2 {
		elect(&[ALICE, BOB, CHARLIE]);
	}
	let id = NextProposalId::<Test>::get();
	let who = dice.one_of([DAVE, EVE, 6, 7]);
	if Proposals::submit(signed(who), text("title"), text("text"), action(dice)).is_ok() {
		if dice.chance(50) {
			assert_ok!(Proposals::open_thread(signed(who), id, ThreadMode::Open));
			for who in [DAVE, EVE, 6, 7] {
				let _ = Proposals::post(signed(who), id, text("what do you think?"));
			}
		}
		for member in Elected::members() {
			// The last ones find it decided.
			let _ = Proposals::vote(signed(member), id, Vote::Approve, text(""));
		}
		if dice.chance(60) {
			wait(3);
		}
	}
}

/// A proposal in voting in most cases, else one of the last few.
fn recent(dice: &mut Dice) -> ProposalId {
	let voted: Vec<_> = crate::Slots::<Test>::get().iter().map(|slot| slot.proposal).collect();
	match dice.pick(&voted) {
		Some(id) if dice.chance(85) => id,
		_ => NextProposalId::<Test>::get().saturating_sub(1 + dice.below(4)),
	}
}

/// A proposal with a thread, if there is any.
fn discussed(dice: &mut Dice) -> ProposalId {
	let all: Vec<_> = crate::Threads::<Test>::iter_keys().collect();
	dice.pick(&all).unwrap_or_else(|| recent(dice))
}

/// A proposal for which something is due or could be tried again, if there is any.
fn due(dice: &mut Dice) -> ProposalId {
	let due = |proposal: &Proposal<AccountId, Balance>| match proposal.state {
		ProposalState::Active { until } => until <= now(),
		ProposalState::Approved { execute_at } => execute_at <= now(),
		ProposalState::ExecutionFailed { .. } => true,
		_ => false,
	};
	let all: Vec<_> =
		Stored::<Test>::iter().filter(|(_, proposal)| due(proposal)).map(|(id, _)| id).collect();
	dice.pick(&all).unwrap_or_else(|| recent(dice))
}

/// A bounty as it goes when everyone does their part, as they do more often than not.
fn run_bounty(dice: &mut Dice) {
	let id = bounty_that(dice, is_open);
	let Some(bounty) = Bounties::<Test>::get(id) else { return };
	let judge = match bounty.terms.judge {
		Judge::Account { who, .. } => signed(who),
		Judge::Council => signed(MAJORITY),
	};
	let _ = Proposals::accept_judging(judge.clone(), id);
	let mut workers = Vec::new();
	for who in [dice.one_of(ACCOUNTS), dice.one_of(ACCOUNTS), dice.one_of(ACCOUNTS)] {
		let _ = Proposals::fund_bounty(signed(who), id, amount(dice));
		let _ = Proposals::enter(signed(who), id);
		let submits = dice.chance(80) && !workers.contains(&who);
		if submits && Proposals::submit_work(signed(who), id, text("work")).is_ok() {
			workers.push(who);
		}
	}
	wait(u64::from(bounty.terms.work_period));
	if dice.chance(70) {
		let winners: Vec<_> = workers.into_iter().map(|who| (who, 1 + dice.below(33))).collect();
		let _ = Proposals::judge(judge, id, verdict(&winners));
	}
}

/// Does one thing. Tells what, and what came of it.
fn act(dice: &mut Dice) -> (String, DispatchResultWithPostInfo) {
	use crate::Call;
	let who = dice.one_of(ACCOUNTS);
	let grants = crate::NextGrantId::<Test>::get();
	let any = signed(who);
	let host = || if who % 4 == 0 { signed(MAJORITY) } else { signed(who) };
	// Bounties go through more hands than anything else before they end.
	let what = match dice.below(100) {
		what @ 0..=59 => what,
		more => 42 + more % 15,
	};
	let (origin, call): (_, Call<Test>) = match what {
		0..=5 => {
			let (title, text) = (text("title"), text("text"));
			(any, Call::submit { title, text, action: action(dice) })
		},
		6 => {
			let proposal = recent(dice);
			let proposer = Stored::<Test>::get(proposal).map(|proposal| proposal.proposer);
			let who = if dice.chance(30) { proposer.unwrap_or(who) } else { who };
			(signed(who), Call::cancel { proposal })
		},
		7 => (root(), Call::veto { proposal: recent(dice) }),
		8..=20 => {
			let vote = match dice.below(10) {
				0 => Vote::Reject,
				1 => Vote::Abstain,
				2 => Vote::Slash,
				_ => Vote::Approve,
			};
			let reason = text(&"y".repeat(dice.below(64) as usize));
			(signed(voter(dice)), Call::vote { proposal: recent(dice), vote, reason })
		},
		21 => {
			let voted = crate::Slots::<Test>::get();
			let all: Vec<_> = crate::Votes::<Test>::iter_keys()
				.filter(|(id, _)| voted.iter().any(|slot| slot.proposal == *id))
				.collect();
			let (proposal, member) = dice.pick(&all).unwrap_or((0, who));
			(signed(member), Call::remove_vote { proposal })
		},
		22..=23 => {
			let weight_bound = dice.one_of([Weight::zero(), Weight::MAX]);
			(any, Call::execute { proposal: due(dice), weight_bound })
		},
		24 => {
			let mode = dice.one_of([ThreadMode::Open, ThreadMode::Closed(list(vec![EVE]))]);
			let opens = dice.chance(60);
			let proposal = if opens { recent(dice) } else { discussed(dice) };
			let proposer = Stored::<Test>::get(proposal).map(|proposal| proposal.proposer);
			let who = signed(proposer.unwrap_or(who));
			if opens {
				(who, Call::open_thread { proposal, mode })
			} else {
				(who, Call::set_thread_mode { proposal, mode })
			}
		},
		25..=26 => {
			let body = text(&"z".repeat(dice.below(50) as usize));
			(any, Call::post { proposal: discussed(dice), body })
		},
		27..=28 => {
			let all: Vec<_> = Posts::<Test>::iter()
				.filter(|(id, _, post)| post.body.is_some() && Stored::<Test>::contains_key(id))
				.map(|(id, post, stored)| (id, post, stored.author))
				.collect();
			let (proposal, post, author) = dice.pick(&all).unwrap_or((0, 0, who));
			let author = if dice.chance(80) { signed(author) } else { host() };
			if dice.chance(50) {
				let body = text(&"w".repeat(dice.below(50) as usize));
				(author, Call::edit_post { proposal, post, body })
			} else {
				(author, Call::delete_post { proposal, post })
			}
		},
		29..=30 => {
			let (beneficiary, due) = (who, now() + dice.below(30));
			let call = Call::record_grant {
				title: text("agreed"),
				beneficiary,
				milestones: list(vec![milestone(amount(dice), due)]),
				link: text("https://forum.example"),
				hash: [1; 32],
			};
			(signed(voter(dice)), call)
		},
		31..=33 => (signed(voter(dice)), Call::countersign_grant { grant: below(dice, grants) }),
		34..=35 => {
			Met::set(dice.chance(50));
			let payable = |milestone: &rome_primitives::governance::Milestone<_, _>| {
				let measured = matches!(milestone.terms.condition, Condition::Benchmark(_));
				milestone.state == MilestoneState::Released
					|| measured && milestone.state == MilestoneState::Pending
			};
			let all: Vec<(GrantId, u32)> = Grants::<Test>::iter()
				.flat_map(|(id, grant)| {
					let indices = (0u32..).zip(grant.milestones);
					indices
						.filter(move |(_, milestone)| payable(milestone))
						.map(move |(index, _)| (id, index))
						.collect::<Vec<_>>()
				})
				.collect();
			let (grant, milestone) = match dice.pick(&all) {
				Some(claim) if dice.chance(85) => claim,
				_ => (below(dice, grants), dice.below(4)),
			};
			(any, Call::claim_milestone { grant, milestone })
		},
		36..=39 => {
			let call =
				Call::release_milestone { grant: below(dice, grants), milestone: dice.below(4) };
			(if dice.chance(30) { signed(MAJORITY) } else { signed(voter(dice)) }, call)
		},
		40 => (host(), Call::stop_grant { grant: below(dice, grants) }),
		41 => (any, Call::top_up { amount: amount(dice) }),
		42..=43 => {
			(any, Call::fund_bounty { bounty: bounty_that(dice, is_open), amount: amount(dice) })
		},
		44 => {
			let keys = Contributions::<Test>::iter_keys().collect();
			let (bounty, contributor) = one_of_keys(dice, keys);
			(signed(EVE), Call::withdraw_contribution { bounty, contributor })
		},
		45..=46 => {
			let bounty = bounty_that(dice, is_open);
			let judge = Bounties::<Test>::get(bounty).and_then(|bounty| match bounty.terms.judge {
				Judge::Account { who, .. } => Some(who),
				Judge::Council => None,
			});
			(signed(judge.unwrap_or(who)), Call::accept_judging { bounty })
		},
		47..=49 => (any, Call::enter { bounty: bounty_that(dice, is_open) }),
		50 => {
			let (bounty, entrant) = one_of_keys(dice, Entries::<Test>::iter_keys().collect());
			let who = if dice.chance(50) { entrant } else { who };
			(signed(who), Call::withdraw_entry { bounty, entrant })
		},
		51..=53 => {
			let bounty = bounty_that(dice, is_open);
			let entrants: Vec<_> =
				Entries::<Test>::iter_prefix(bounty).map(|(who, _)| who).collect();
			let who = dice.pick(&entrants).unwrap_or(who);
			(signed(who), Call::submit_work { bounty, work: text("work") })
		},
		54..=55 => {
			let bounty = bounty_that(dice, |state| matches!(state, BountyState::Judging { .. }));
			let workers: Vec<_> = Entries::<Test>::iter_prefix(bounty)
				.filter(|(_, entry)| entry.work.is_some())
				.map(|(who, _)| who)
				.collect();
			let mut left = 100;
			let winners: Vec<_> = workers
				.into_iter()
				.take(3)
				.map(|who| {
					let share = 1 + dice.below(left + 1);
					left = left.saturating_sub(share);
					(who, share)
				})
				.collect();
			let judge = match Bounties::<Test>::get(bounty).map(|bounty| bounty.terms.judge) {
				Some(Judge::Account { who, .. }) => signed(who),
				_ if dice.chance(50) => signed(MAJORITY),
				_ => signed(voter(dice)),
			};
			(judge, Call::judge { bounty, verdict: verdict(&winners) })
		},
		56 => {
			let (bounty, account) = one_of_keys(dice, Prizes::<Test>::iter_keys().collect());
			(signed(EVE), Call::claim_prize { bounty, account })
		},
		57 => {
			let kind = Kind::ALL[dice.position(Kind::ALL.len())];
			let mut parameters = Proposals::parameters(kind);
			parameters.threshold = Perbill::from_percent(45 + dice.below(56));
			parameters.quorum = Perbill::from_percent(dice.below(101));
			// Mostly short: what passes should come to something.
			parameters.grace = if dice.chance(90) { dice.below(4) } else { dice.below(22) };
			if kind == Kind::RootDispatch {
				parameters.grace = 18 + dice.below(5);
			}
			(root(), Call::set_kind_parameters { kind, parameters })
		},
		_ => {
			let reward = RewardKind::ALL[dice.position(RewardKind::ALL.len())];
			let amount = Balance::from(dice.below(60));
			let terms = dice.chance(80).then_some(StandingReward {
				amount,
				budget: 4 * amount + Balance::from(dice.below(20)),
				account_cap: 2 * amount,
				period: 8 + dice.below(30),
			});
			(root(), Call::set_standing_reward { reward, terms })
		},
	};
	use frame_support::traits::{GetCallName, UnfilteredDispatchable};
	(call.get_call_name().to_string(), call.dispatch_bypass_filter(origin))
}

fn root_of_state() -> Vec<u8> {
	sp_io::storage::root(sp_runtime::StateVersion::V1)
}

/// What everything comes to: every account's balance, free and held.
fn wealth() -> Balance {
	frame_system::Account::<Test>::iter_values()
		.map(|account| account.data.free + account.data.reserved)
		.sum()
}

fn step(seed: u64, seen: &RefCell<Seen>) {
	let dice = &mut Dice::new(seed);
	match dice.below(20) {
		0 => elect_some(dice),
		6..=7 => agree(dice),
		8 => run_bounty(dice),
		1..=3 => {
			Met::set(dice.chance(20));
			wait(u64::from(1 + dice.below(6)));
		},
		// Blocks so full that nothing is done by itself.
		4 => System::set_block_number(System::block_number() + u64::from(1 + dice.below(3))),
		5 => {
			let who = dice.one_of(ACCOUNTS);
			Proposals::on_schema_activated(&who, dice.below(3), 1, Category::Video);
			Proposals::on_provider_activated(&who, dice.below(5));
		},
		_ => {
			let before = root_of_state();
			let (name, result) = act(dice);
			let mut seen = seen.borrow_mut();
			let counts = seen.entry(name.clone()).or_default();
			match result {
				Ok(_) => counts.0 += 1,
				Err(_) => {
					counts.1 += 1;
					// Preimages that the attempt noted are not the call's.
					let noted = name == "submit";
					assert!(
						noted || root_of_state() == before,
						"{name} failed and changed something"
					);
				},
			}
		},
	}
	Proposals::do_try_state().expect("the invariants hold after every step");
}

/// Lets everything end, and sees nothing left behind.
fn end_everything() {
	Met::set(false);
	for kind in RewardKind::ALL {
		let _ = Proposals::set_standing_reward(root(), kind, None);
	}
	// Longer than any period there is, and than any two in a row.
	for _ in 0..40 {
		wait(10);
		Proposals::do_try_state().expect("the invariants hold while everything ends");
	}
	for (id, who) in Prizes::<Test>::iter_keys().collect::<Vec<_>>() {
		assert_ok!(Proposals::claim_prize(signed(EVE), id, who));
	}
	for (id, who) in Contributions::<Test>::iter_keys().collect::<Vec<_>>() {
		assert_ok!(Proposals::withdraw_contribution(signed(EVE), id, who));
	}
	for (id, who) in Entries::<Test>::iter_keys().collect::<Vec<_>>() {
		assert_ok!(Proposals::withdraw_entry(signed(EVE), id, who));
	}
	for (id, post) in Posts::<Test>::iter().map(|(id, post, _)| (id, post)).collect::<Vec<_>>() {
		assert_ok!(Proposals::delete_post(signed(EVE), id, post));
	}
	Proposals::do_try_state().expect("the invariants hold at the end");

	assert_eq!(Stored::<Test>::iter().count(), 0);
	assert_eq!(Agenda::<Test>::iter().count(), 0);
	assert_eq!(crate::Threads::<Test>::iter().count(), 0);
	assert!(crate::Slots::<Test>::get().is_empty());
	assert!(Bounties::<Test>::iter_values().all(|bounty| bounty.held == 0));
	assert!(Grants::<Test>::iter_values().all(|grant| grant.open == 0));
	for who in frame_system::Account::<Test>::iter_keys() {
		assert_eq!(Balances::total_balance_on_hold(&who), 0, "something of {who} is stranded");
	}
}

fn sequence(seeds: &[u64], seen: &RefCell<Seen>) {
	new_test_ext().execute_with(|| {
		assert_ok!(Balances::mint_into(&6, RICH));
		assert_ok!(Balances::mint_into(&7, RICH));
		let issued = total();
		for seed in seeds {
			step(*seed, seen);
		}
		end_everything();
		// All that is gone is the dust of accounts that were emptied: less than the existential deposit each time.
		assert_eq!(wealth(), total());
		let dust = issued.checked_sub(total()).expect("nothing is issued");
		assert!(dust < ED * seeds.len() as Balance, "{dust} are gone");
	});
}

#[test]
fn random_sequences_keep_the_invariants() {
	let seen = RefCell::new(Seen::default());
	let config = Config {
		cases: SEQUENCES,
		failure_persistence: None,
		max_shrink_iters: 300,
		..Config::default()
	};
	let seeds = proptest::collection::vec(any::<u64>(), STEPS / 2..=STEPS);
	let result = TestRunner::new(config).run(&seeds, |seeds| {
		sequence(&seeds, &seen);
		Ok(())
	});
	if let Err(failure) = result {
		panic!("{failure}");
	}
	// The generators are worth something only if every call has gone well and gone wrong.
	let seen = seen.into_inner();
	println!("{seen:#?}");
	use frame_support::traits::GetCallName;
	for name in crate::Call::<Test>::get_call_names() {
		let (successes, failures) = seen.get(*name).copied().unwrap_or_default();
		assert!(successes > 0, "{name} never succeeded");
		assert!(failures > 0 || *name == "top_up", "{name} never failed");
	}
}
