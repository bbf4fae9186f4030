//! Random calls of everybody and random blocks: the invariants hold after each, a call that fails changes nothing,
//! what is authorised works, money is conserved; in the end everything that was held goes back.

use super::*;
use core::cell::RefCell;
use frame_support::{
	dispatch::{GetDispatchInfo, PostDispatchInfo},
	traits::{GetCallName, Hooks, UnfilteredDispatchable},
	weights::Weight,
};
use frame_system::RawOrigin;
use proptest::{
	prelude::*,
	test_runner::{Config, TestRunner},
};
use rome_dice::Dice;
use rome_primitives::benchmark::{
	api::VerificationState, Report, Role, RoundParameters, Target, Thresholds,
};
use sp_runtime::{DispatchError, StateVersion};
use std::collections::{BTreeMap, BTreeSet};

type Call = crate::Call<Test>;

const SEQUENCES: u32 = 60;
const STEPS: usize = 160;
const ACTORS: u32 = 6;

/// What happened over all sequences: successes and failures of each call, and which errors and events.
#[derive(Default)]
struct Seen {
	calls: BTreeMap<&'static str, (u32, u32)>,
	errors: BTreeSet<&'static str>,
	events: BTreeSet<String>,
}

/// What a step does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
	Register,
	Admit,
	Remove,
	CommitChain,
	Commit,
	Reveal,
	Open,
	Request,
	Order,
	Cancel,
	Record,
	SetThresholds,
	SetRound,
	Appoint,
	Dismiss,
	Prune,
	Announce,
	/// No call: an actor comes, goes, or changes.
	World,
	/// No call: probers do what is due, and some blocks pass.
	Work,
	/// No call: some blocks.
	Blocks,
}

impl Kind {
	fn any() -> impl Strategy<Value = Self> {
		prop_oneof![
			4 => Just(Self::Register),
			4 => Just(Self::Admit),
			2 => Just(Self::Remove),
			4 => Just(Self::CommitChain),
			12 => Just(Self::Commit),
			12 => Just(Self::Reveal),
			8 => Just(Self::Open),
			5 => Just(Self::Request),
			5 => Just(Self::Order),
			2 => Just(Self::Cancel),
			3 => Just(Self::Record),
			1 => Just(Self::SetThresholds),
			1 => Just(Self::SetRound),
			2 => Just(Self::Appoint),
			1 => Just(Self::Dismiss),
			4 => Just(Self::Prune),
			3 => Just(Self::Announce),
			5 => Just(Self::World),
			40 => Just(Self::Work),
			12 => Just(Self::Blocks),
		]
	}
}

fn state_root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

fn assert_invariants(what: &str) {
	if let Err(error) = Oracle::do_try_state() {
		panic!("after {what}: {error:?}");
	}
}

fn note_events(seen: &mut Seen) {
	for record in System::events() {
		if let RuntimeEvent::Oracle(event) = record.event {
			let name = format!("{event:?}");
			let name = name.trim_start_matches("Event::");
			seen.events.insert(name.split([' ', '{']).next().unwrap_or_default().into());
		}
	}
}

fn some_prober(dice: &mut Dice) -> ProberId {
	dice.below_or_at(NextProberId::<Test>::get().max(1), 4)
}

fn some_actor(dice: &mut Dice) -> Actor {
	let actor = Actor::storage(dice.below_or_at(ACTORS, 5));
	if dice.chance(3) {
		Actor::distribution(actor.id)
	} else {
		actor
	}
}

fn some_target(dice: &mut Dice) -> Target {
	dice.one_of([
		Target::All(Role::Storage),
		Target::Group(Role::Storage, 1),
		Target::Actor(Actor::storage(0)),
	])
}

/// What a prober sees: mostly the same; a few are liars, and a few actors are down.
fn rate(id: ProberId, actor: Actor) -> u64 {
	match (id % 4, actor.id) {
		(3, _) => RATE * 50,
		(_, 5) => 0,
		(_, id) => RATE + u64::from(id),
	}
}

/// A signed call, or a free one.
fn next_call(kind: Kind, dice: &mut Dice) -> Option<(RuntimeOrigin, Call)> {
	let admin = if dice.chance(90) { signed(council()) } else { signed(alice()) };
	let someone = dice.one_of([alice(), bob(), poor()]);
	let id = some_prober(dice);
	let now = round();
	let authorized: RuntimeOrigin = RawOrigin::Authorized.into();
	Some(match kind {
		Kind::Register => {
			let id = if dice.chance(90) { NextProberId::<Test>::get() } else { id };
			let from = now + 1 + dice.below(4);
			let end = rome_primitives::benchmark::chain::end(&secret(id, from), ChainLength::get());
			let by = if dice.chance(95) { owner(id) } else { bob() };
			let length = ChainLength::get();
			(
				signed(by),
				Call::register_prober { key: key(id), consent: consent(id), from, length, end },
			)
		},
		Kind::Admit => (admin, Call::admit_prober { id }),
		Kind::Remove => {
			let by = if dice.chance(80) { signed(owner(id)) } else { admin };
			(by, Call::remove_prober { id })
		},
		Kind::CommitChain => {
			let until = ProberChains::<Test>::get(id).map_or(0, |chains| chains.until());
			let from = if dice.chance(50) { until.max(now + 2) } else { now + dice.below(6) };
			(authorized, chain_call(id, from))
		},
		Kind::Commit => {
			let of = now.checked_sub(dice.one_of([1, 1, 1, 0, 2]))?;
			let mut sent = report_on(id, of, &rate)?;
			if dice.chance(10) {
				sent.report = Report::NoControl;
			} else if dice.chance(10) {
				// What it could not have seen.
				if let Report::Observed(all) = &mut sent.report {
					all.pop();
				}
			}
			if sent_before(id, of) {
				return None;
			}
			(authorized, commit_call(id, of, sent))
		},
		Kind::Reveal => {
			let of = now.checked_sub(dice.one_of([2, 2, 2, 1, 3]))?;
			(authorized, reveal_call(id, of)?)
		},
		Kind::Open => {
			let of = now.checked_sub(dice.one_of([3, 3, 3, 4]))?;
			let mut call = open_call(id, of)?;
			if let Call::open { opening, .. } = &mut call {
				if dice.chance(20) {
					opening.observation.lasted = opening.observation.lasted.wrapping_add(1);
				}
			}
			(authorized, call)
		},
		Kind::Request => {
			let actor = some_actor(dice);
			let by = if dice.chance(80) { signed(actor_owner(actor.id)) } else { signed(someone) };
			(by, Call::request_verification { actor })
		},
		Kind::Order => {
			let (actor, round) = (some_actor(dice), now + 1 + dice.below(5));
			(signed(someone), Call::order_measurement { actor, round, trials: dice.below(5) })
		},
		Kind::Cancel => {
			let open = Orders::<Test>::iter().collect::<Vec<_>>();
			let (round, actor, order) = dice.pick(&open)?;
			let by = if dice.chance(80) { order.account } else { bob() };
			(signed(by), Call::cancel_order { actor, round })
		},
		Kind::Record => {
			let text = text(dice.one_of(["{}", "fast", ""]));
			(signed(someone), Call::record_report { target: some_target(dice), text })
		},
		Kind::SetThresholds => {
			let declared = dice.below_or_at(1_000_000, 30);
			let bars = Thresholds {
				availability: dice.below(1_000_001),
				download: RATE / 2,
				upload: RATE / 4,
				first_byte: dice.one_of([0, 500, 5_000, 5_000]),
				declared,
			};
			(admin, Call::set_thresholds { role: Role::Storage, thresholds: bars })
		},
		Kind::SetRound => {
			let parameters = RoundParameters {
				length: dice.below(4),
				committee: 2 + dice.below(5),
				min_revealers: 1 + dice.below(2),
				decisive_rounds: 1 + dice.below(5),
				slots: dice.below(3),
			};
			(admin, Call::set_round { parameters })
		},
		Kind::Appoint => (admin, Call::appoint_conductor { account: someone }),
		Kind::Dismiss => (admin, Call::dismiss_conductor { account: someone }),
		Kind::Prune => {
			let actor = some_actor(dice);
			let what = match dice.below(3) {
				0 => Stale::Actor(actor),
				1 => Stale::Day(actor, dice.below(4)),
				_ => Stale::Report(some_target(dice), someone),
			};
			(signed(bob()), Call::prune { what })
		},
		Kind::Announce => {
			let by = if dice.chance(70) { RuntimeOrigin::root() } else { signed(someone) };
			let round = (now + 2).next_multiple_of(4) + dice.below_or_at(1, 30);
			(by, Call::announce_run { target: some_target(dice), round })
		},
		Kind::World | Kind::Work | Kind::Blocks => return None,
	})
}

/// Another report of the same round would take the place of what is to be revealed.
fn sent_before(id: ProberId, of: RoundIndex) -> bool {
	Commitments::<Test>::contains_key(of, id) || Reveals::<Test>::contains_key(of, id)
}

fn change_world(dice: &mut Dice) {
	let id = dice.below(ACTORS);
	match dice.below(5) {
		0 => remove_actor(Actor::storage(id)),
		1 => {
			actor(id, false);
		},
		2 => {
			let gone = actor(id, false);
			change_actor(gone, |about| about.verifiable = false);
		},
		_ => {
			actor(id, true);
		},
	}
}

fn block(dice: &mut Dice, seen: &mut Seen) {
	HasRoom::set(!dice.chance(5));
	let room = match dice.below(6) {
		0 => Weight::zero(),
		1 => Weight::from_parts(3_000_000_000, u64::MAX),
		_ => Weight::MAX,
	};
	System::reset_events();
	if room.any_gt(Weight::zero()) {
		let used = Oracle::on_idle(System::block_number(), room);
		assert!(used.all_lte(room), "duties take more than there is");
	}
	note_events(seen);
	// What `on_idle` has done is done; the block ends.
	let number = System::block_number();
	Oracle::on_finalize(number);
	note_events(seen);
	System::set_block_number(number + 1);
	assert_invariants("a block");
}

fn step(kind: Kind, seed: u64, seen: &RefCell<Seen>) {
	let seen = &mut *seen.borrow_mut();
	let mut dice = Dice::new(seed);
	match kind {
		Kind::World => return change_world(&mut dice),
		Kind::Work => {
			let ids = Probers::<Test>::iter_keys().filter(|_| dice.chance(90)).collect::<Vec<_>>();
			act(&ids, &rate);
			note_events(seen);
			assert_invariants("work");
			(0..=dice.below(2)).for_each(|_| block(&mut dice, seen));
			return;
		},
		Kind::Blocks => return (0..=dice.below(6)).for_each(|_| block(&mut dice, seen)),
		_ => {},
	}
	let Some((origin, call)) = next_call(kind, &mut dice) else { return };
	System::reset_events();
	let before = state_root();
	let name = call.get_call_name();
	let told = format!("{call:?}");
	let free = matches!(kind, Kind::CommitChain | Kind::Commit | Kind::Reveal | Kind::Open);
	let announced = call.get_dispatch_info().call_weight;
	let refused = free && check(&call).is_err();
	let (successes, failures) = seen.calls.entry(name).or_default();
	if refused {
		*failures += 1;
		assert_eq!(state_root(), before, "looking at {told} changed something");
		return;
	}
	match RuntimeCall::from(call).dispatch_bypass_filter(origin) {
		Ok(PostDispatchInfo { actual_weight, .. }) => {
			*successes += 1;
			assert!(actual_weight.unwrap_or(announced).all_lte(announced), "{name} cost more");
		},
		Err(error) => {
			*failures += 1;
			assert!(!free, "{told} was authorised and failed: {error:?}");
			seen.errors.insert(match error.error {
				DispatchError::Module(error) => error.message.expect("named"),
				DispatchError::BadOrigin => "BadOrigin",
				DispatchError::Token(_) => "Token",
				other => panic!("{name} failed unexpectedly: {other:?}"),
			});
			assert_eq!(state_root(), before, "{told} failed with {error:?} and changed something");
		},
	}
	note_events(seen);
	assert_invariants(&told);
}

/// Everybody goes, everything is decided, and nothing is held any more.
fn wind_up() {
	HasRoom::set(true);
	Parameters::<Test>::put(PARAMETERS);
	for (id, prober) in Probers::<Test>::iter().collect::<Vec<_>>() {
		if !matches!(prober.standing, Standing::Leaving(_)) {
			assert_ok!(Oracle::remove_prober(signed(prober.owner), id));
		}
	}
	(0..ACTORS).for_each(|id| {
		actor(id, true);
	});
	// Patience of the longest verification, and the reports' term.
	blocks(2 * 40 + ReportTerm::get());
	for (id, prober) in Probers::<Test>::iter().collect::<Vec<_>>() {
		assert_ok!(Oracle::remove_prober(signed(prober.owner), id));
	}
	assert_eq!(Orders::<Test>::iter().count(), 0);
	for (actor, verification) in Verifications::<Test>::iter().collect::<Vec<_>>() {
		if verification.state == VerificationState::Running {
			// Of a role of which there is nobody.
			remove_actor(actor);
			assert_ok!(Oracle::prune(signed(bob()), Stale::Actor(actor)));
		}
	}
	for (target, account, _) in Reports::<Test>::iter().collect::<Vec<_>>() {
		assert_ok!(Oracle::prune(signed(bob()), Stale::Report(target, account)));
	}
	assert_invariants("the end");
	assert_eq!(Runs::<Test>::iter().count(), 0);
	assert_eq!(Waiting::<Test>::iter().count(), 0);
	assert_eq!(Commitments::<Test>::iter().count(), 0);
	assert_eq!(Verifying::<Test>::get(), 0);
	for who in frame_system::Account::<Test>::iter_keys() {
		for reason in [HoldReason::Bond, HoldReason::Fee, HoldReason::Report] {
			assert_eq!(held(reason, who.clone()), 0, "{reason:?} of {who:?}");
		}
	}
}

fn sequence(steps: &[(Kind, u64)], seen: &RefCell<Seen>) {
	new_test_ext().execute_with(|| {
		endow();
		ChainLength::set(12);
		probers(4);
		(0..3).for_each(|id| {
			actor(id, true);
		});
		actor(3, false);
		blocks(3);
		let issued = Balances::total_issuance();
		for (kind, seed) in steps {
			step(*kind, *seed, seen);
			assert_eq!(Balances::total_issuance(), issued);
		}
		wind_up();
		assert_eq!(Balances::total_issuance(), issued);
	});
}

#[test]
fn random_calls_and_blocks_keep_the_invariants() {
	let seen = RefCell::new(Seen::default());
	let cases = std::env::var("ROME_SEQUENCES").ok().and_then(|cases| cases.parse().ok());
	let config = Config {
		cases: cases.unwrap_or(SEQUENCES),
		failure_persistence: None,
		max_shrink_iters: 300,
		..Config::default()
	};
	let steps = proptest::collection::vec((Kind::any(), any::<u64>()), 100..=STEPS);
	let result = TestRunner::new(config).run(&steps, |steps| {
		sequence(&steps, &seen);
		Ok(())
	});
	if let Err(failure) = result {
		panic!("{failure}");
	}

	// The generators are worth something only if every call has gone well and gone wrong.
	let seen = seen.into_inner();
	println!("{:#?}\n{:?}\n{:?}", seen.calls, seen.errors, seen.events);
	for name in Call::get_call_names() {
		let (successes, failures) = seen.calls.get(name).copied().unwrap_or_default();
		assert!(successes > 0, "{name} never succeeded");
		assert!(failures > 0, "{name} never failed");
	}
	assert!(seen.errors.len() >= 20, "few errors: {:?}", seen.errors);
	for event in [
		"ActorSettled",
		"RoundSettled",
		"ProberPaid",
		"ProberSlashed",
		"ProberIdle",
		"ProberRemoved",
		"Opened",
		"VerificationEnded",
		"OrderReturned",
		"GroupSettled",
		"Pruned",
	] {
		assert!(seen.events.contains(event), "no {event} ever: {:?}", seen.events);
	}
}
