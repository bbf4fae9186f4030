//! Random calls of everybody and random blocks: the invariants hold after each, a call that fails changes
//! nothing, leaving lowers no coverage without being paid for, money is conserved; in the end every leaver
//! gets out and everything that was held goes back.

mod calls;

use super::*;
use crate::{Earned, FeePots, Objects, Pins, Providers, Uses};
use calls::{next_call, Kind};
use core::cell::RefCell;
use frame_support::{
	dispatch::{GetDispatchInfo, PostDispatchInfo},
	traits::{GetCallName, UnfilteredDispatchable},
};
use proptest::{
	prelude::*,
	test_runner::{Config, TestRunner},
};
use rome_dice::Dice;
use rome_primitives::{actors::ActorState, content::ObjectHash};
use sp_runtime::{DispatchError, StateVersion};
use std::collections::{BTreeMap, BTreeSet};

const SEQUENCES: u32 = 120;
const STEPS: usize = 200;

/// What happened over all sequences: successes and failures of each call, and which errors and events.
#[derive(Default)]
pub struct Seen {
	calls: BTreeMap<&'static str, (u32, u32)>,
	errors: BTreeSet<&'static str>,
	events: BTreeSet<String>,
}

/// What the chain does not know.
#[derive(Default)]
pub struct Model {
	/// Whose daemons are off.
	pub silent: BTreeSet<ProviderId>,
	/// What the directory has claimed.
	pub uses: BTreeMap<(AccountId, ObjectHash), u32>,
}

fn state_root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

/// Replicas that count, of each object that had its coverage.
fn coverage() -> BTreeMap<ObjectKey, (usize, usize)> {
	Objects::<Test>::iter()
		.filter(|(_, object)| object.filled && !object.blocked)
		.map(|(key, object)| {
			let count = object.holders.iter().filter(|holder| Storage::counts(holder)).count();
			(key, (count, usize::from(object.coverage)))
		})
		.collect()
}

/// What of the stakes of all providers is left.
fn stakes() -> BTreeMap<ProviderId, Balance> {
	Providers::<Test>::iter().map(|(id, provider)| (id, provider.stake)).collect()
}

/// Objects that are below their coverage now and had more before.
fn lowered(before: &BTreeMap<ObjectKey, (usize, usize)>) -> Vec<ObjectKey> {
	let after = coverage();
	before
		.iter()
		.filter(|(key, (count, _))| {
			after.get(key).is_some_and(|(now, coverage)| now < count && now < coverage)
		})
		.map(|(key, _)| *key)
		.collect()
}

fn assert_invariants(model: &Model, what: &str) {
	if let Err(error) = Storage::do_try_state() {
		panic!("after {what}: {error:?}");
	}
	let uses = Uses::<Test>::iter().map(|(a, h, n)| ((a, h), n)).collect::<BTreeMap<_, _>>();
	assert_eq!(uses, model.uses, "after {what}");
}

/// A block with some heartbeats and some room for duties. Only who fails or is past the notice may lower
/// a coverage.
fn block(dice: &mut Dice, model: &mut Model, seen: &mut Seen) {
	use frame_support::weights::Weight;
	if dice.chance(12) {
		let id = dice.below(crate::NextProviderId::<Test>::get().max(1));
		if !model.silent.remove(&id) {
			model.silent.insert(id);
		}
	}
	let before = coverage();
	let silent = model.silent.iter().copied().collect::<Vec<_>>();
	beat_all(&silent);
	if dice.chance(10) {
		let full = BlockWeights::get().max_block;
		System::set_block_consumed_resources(full, 0);
	}
	let room = match dice.below(5) {
		0 => Weight::zero(),
		1 => Weight::from_parts(3_000_000_000, u64::MAX),
		_ => Weight::MAX,
	};
	let failed = |id: &ProviderId| {
		Providers::<Test>::get(id)
			.is_some_and(|provider| matches!(provider.state, ActorState::Failed { .. }))
	};
	let were = Providers::<Test>::iter_keys().filter(failed).count();
	System::reset_events();
	// What happens at the block's end is seen before the next one begins.
	if room.any_gt(Weight::zero()) {
		use frame_support::traits::Hooks;
		let used = Storage::on_idle(System::block_number(), room);
		assert!(used.all_lte(room), "duties take more than there is");
	}
	note_events(seen);
	let are = Providers::<Test>::iter_keys().filter(failed).count();
	assert!(
		lowered(&before).is_empty() || are > were,
		"coverage fell in a block in which nobody failed"
	);
	next_block_with(Weight::zero());
	assert_invariants(model, "a block");
}

fn note_events(seen: &mut Seen) {
	for record in System::events() {
		if let RuntimeEvent::Storage(event) = record.event {
			let name = format!("{event:?}");
			let name = name.trim_start_matches("Event::");
			seen.events.insert(name.split([' ', '{']).next().unwrap_or_default().into());
		}
	}
}

fn step(kind: Kind, seed: u64, model: &mut Model, seen: &RefCell<Seen>) {
	let seen = &mut *seen.borrow_mut();
	let mut dice = Dice::new(seed);
	if kind == Kind::Blocks {
		for _ in 0..=dice.below(8) {
			block(&mut dice, model, seen);
		}
		return;
	}
	let Some((origin, call)) = next_call(kind, &mut dice, model) else {
		assert_invariants(model, &format!("{kind:?}"));
		return;
	};
	System::reset_events();
	let (before, covered, staked) = (state_root(), coverage(), stakes());
	let name = call.get_call_name();
	let announced = call.get_dispatch_info().call_weight;
	let told = format!("{call:?}");
	let result = call.dispatch_bypass_filter(origin);
	let (successes, failures) = seen.calls.entry(name).or_default();
	match result {
		Ok(PostDispatchInfo { actual_weight, .. }) => {
			*successes += 1;
			assert!(actual_weight.unwrap_or(announced).all_lte(announced), "{name} cost more");
		},
		Err(error) => {
			*failures += 1;
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
	let lowered = lowered(&covered);
	if !lowered.is_empty() {
		match name {
			"report_lost" | "evict" => {},
			// The notice has run out: the stake pays for it.
			"finish_leaving" | "change_slots" => {
				let paid = stakes().iter().any(|(id, now)| *now < staked[id]);
				assert!(paid, "{told} lowered a coverage at no cost");
			},
			_ => panic!("{told} lowered the coverage of {lowered:?}"),
		}
	}
	assert_invariants(model, &told);
}

/// Whoever leaves is out at the end of the notice, whatever the others do.
fn everybody_gets_out(model: &Model) {
	let silent = model.silent.iter().copied().collect::<Vec<_>>();
	for (id, provider) in Providers::<Test>::iter().collect::<Vec<_>>() {
		if matches!(provider.state, ActorState::Active | ActorState::Suspended { .. }) {
			assert_ok!(Storage::begin_leaving(signed(provider.owner), id));
		}
	}
	blocks_without(LeavingNotice::get() + 1, &silent);
	assert_invariants(model, "the notice");
	for (id, provider) in Providers::<Test>::iter().collect::<Vec<_>>() {
		match provider.state {
			ActorState::Applied | ActorState::Verified { .. } => {
				assert_ok!(Storage::cancel_application(signed(provider.owner), id));
			},
			ActorState::Leaving { .. } | ActorState::Failed { .. } => {
				assert_ok!(Storage::finish_leaving(signed(provider.owner), id));
				assert_eq!(state(id), ActorState::Left);
			},
			ActorState::Evicted if provider.stake > 0 => {
				assert_ok!(Storage::finish_leaving(signed(provider.owner), id));
			},
			_ => {},
		}
		assert_invariants(model, "a departure");
	}
}

/// Every pin goes; what nobody claims is paid; what was held is returned.
fn remove_everything(model: &mut Model) {
	use rome_primitives::content::DataObjects;
	for ((account, hash), uses) in core::mem::take(&mut model.uses) {
		(0..uses).for_each(|_| Storage::release(&account, &hash));
	}
	for (account, hash, _) in Pins::<Test>::iter().collect::<Vec<_>>() {
		assert_ok!(Storage::unpin(signed(account), BoundedVec::truncate_from(vec![hash])));
		assert_invariants(model, "unpin");
	}
	// Slashes fall due, sweeps end.
	blocks_without(EraLength::get() * (SlashDeferral::get() + 1) + 1, &[]);
	for id in Providers::<Test>::iter_keys().collect::<Vec<_>>() {
		assert_ok!(Storage::claim_pay(signed(alice()), id, keys(&[])));
	}
	assert_invariants(model, "the end");
	assert_eq!(Objects::<Test>::iter().count(), 0);
	assert_eq!(crate::Holdings::<Test>::iter().count(), 0);
	assert_eq!(crate::Reservations::<Test>::iter().count(), 0);
	assert_eq!(crate::Members::<Test>::iter().count(), 0);
	assert_eq!(crate::Sweeps::<Test>::iter().count(), 0);
	assert_eq!(crate::Payouts::<Test>::iter().count(), 0);
	assert_eq!(crate::Repairs::<Test>::iter().count(), 0);
	assert_eq!(crate::Tasks::<Test>::iter().count(), 0);
	assert_eq!(crate::Slashes::<Test>::iter().count(), 0);
	assert_eq!(crate::Expiring::<Test>::iter().count(), 0);
	assert_eq!(crate::Pending::<Test>::iter().count(), 0);
	assert_eq!(crate::LatePins::<Test>::iter().count(), 0);
	assert_eq!(crate::BackedEras::<Test>::iter().count(), 0);
	assert_eq!(crate::ProvedSizes::<Test>::iter().count(), 0);
	assert_eq!(crate::Uploaders::<Test>::iter().count(), 0);
	assert_eq!(Earned::<Test>::iter().filter(|(_, earned)| *earned > 0).count(), 0);
	let pots: Balance =
		FeePots::<Test>::iter_values().map(|pots| pots.distribution + pots.probing).sum();
	assert_eq!(held(HoldReason::Pay, Storage::account_id()), pots);
	for who in frame_system::Account::<Test>::iter_keys() {
		assert_eq!(held(HoldReason::Pin, who.clone()), 0);
		assert_eq!(held(HoldReason::Stake, who), 0);
	}
}

fn sequence(steps: &[(Kind, u64)], seen: &RefCell<Seen>) {
	new_test_ext().execute_with(|| {
		let mut model = Model::default();
		calls::set_the_stage();
		let issued = Balances::total_issuance();
		for (kind, seed) in steps {
			step(*kind, *seed, &mut model, seen);
			assert_eq!(Balances::total_issuance(), issued);
		}
		everybody_gets_out(&model);
		remove_everything(&mut model);
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
	let steps = proptest::collection::vec((Kind::any(), any::<u64>()), 150..=STEPS);
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
	for name in crate::Call::<Test>::get_call_names() {
		let (successes, failures) = seen.calls.get(name).copied().unwrap_or_default();
		assert!(successes > 0, "{name} never succeeded");
		assert!(failures > 0, "{name} never failed");
	}
	assert!(seen.errors.len() >= 40, "few errors: {:?}", seen.errors);
	for event in [
		"ProviderFailed",
		"ProviderLeft",
		"ReplicaSwept",
		"ObjectMoved",
		"BountyPaid",
		"PinExpired",
		"RegistrationExpired",
		"ProviderSlashed",
		"CoverageLost",
		"ObjectBacked",
		"BackingFailed",
	] {
		assert!(seen.events.contains(event), "no {event} ever: {:?}", seen.events);
	}
}
