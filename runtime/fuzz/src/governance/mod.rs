//! Proposals, grants, bounties and the fund on a chain of the development preset: calls of everyone, elections,
//! blocks with and without room, and news of what is rewarded.
//!
//! The invariants hold after each record. After the last one everything is let end, and nothing may be left:
//! nothing held, nothing set aside, nothing paid twice, no money made.

pub mod seeds;

use crate::{
	chain::{dispatch, genesis},
	Outcome, Record,
};
use codec::Encode;
use frame_support::{
	traits::{fungible::InspectHold, Get, Hooks, QueryPreimage},
	weights::Weight,
};
use pallet_proposals::{
	Agenda, Bounties, Contributions, Entries, Event, Grants, HoldReason, OffChainGrants, Posts,
	Prizes, Slots, Threads, VotedGrants,
};
use rome_primitives::{
	content::{Category, OnSchemaActivated},
	governance::{
		BountyId, GrantId, GrantState, Hash32, OnProviderActivated, ProposalId, RewardKind,
	},
};
use rome_runtime::{
	configs::{governance::CouncilCollective, system::MAX_BLOCK_WEIGHT},
	AccountId, Balance, Balances, Preimage, Proposals, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeHoldReason, RuntimeOrigin, System, Treasury, DAYS, ROME,
};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::traits::{BlakeTwo256, Hash};
use std::collections::{BTreeMap, BTreeSet};

/// A call of proposals.
pub type Call = pallet_proposals::Call<Runtime>;

/// Who calls: by the origin's number. The last one has nothing at first.
pub const ACCOUNTS: [Sr25519Keyring; 7] = [
	Sr25519Keyring::Alice,
	Sr25519Keyring::Bob,
	Sr25519Keyring::Charlie,
	Sr25519Keyring::Dave,
	Sr25519Keyring::Eve,
	Sr25519Keyring::Ferdie,
	Sr25519Keyring::One,
];
/// The origin of root.
pub const ROOT: u8 = 7;
/// The origin of the whole council.
pub const COUNCIL: u8 = 8;
/// No call but blocks that pass: two to the power of the first byte, and the last of them with so much room that
/// the second byte, of 255, says.
pub const BLOCKS: u8 = 9;
/// No call but an election: the bits of the first byte say which accounts are the council.
pub const ELECTION: u8 = 10;
/// No call but one of [`calls`] that is noted as a preimage; from 128 on, one that is no longer.
pub const NOTE: u8 = 11;
/// No call but news: of the account that the first byte says, an activated schema or provider.
pub const NEWS: u8 = 12;
const ORIGINS: u8 = 13;

/// Grants whose milestones would lapse later than this after everything else are stopped at the end.
const PATIENCE: u32 = 60 * DAYS;
/// More steps than any input leaves to be done.
const MAX_TURNS: u32 = 20_000;

/// The calls that proposals can make. Bytes of an input's own would not do: root's authority over all calls is
/// also that to break everything.
pub fn calls() -> Vec<RuntimeCall> {
	let fund = Treasury::account_id();
	let one = Sr25519Keyring::One.to_account_id();
	vec![
		frame_system::Call::<Runtime>::remark { remark: vec![1] }.into(),
		pallet_balances::Call::<Runtime>::force_transfer {
			source: fund.clone().into(),
			dest: one.into(),
			value: 10 * ROME,
		}
		.into(),
		pallet_balances::Call::<Runtime>::force_set_balance { who: fund.into(), new_free: 0 }
			.into(),
		Call::stop_grant { grant: 0 }.into(),
		Call::stop_grant { grant: 1 }.into(),
		Call::veto { proposal: 0 }.into(),
		Call::execute { proposal: 0, weight_bound: Weight::MAX }.into(),
	]
}

/// The hash and the length of one of [`calls`].
pub fn noted(which: usize) -> (Hash32, u32) {
	let bytes = calls()[which].encode();
	(BlakeTwo256::hash(&bytes).0, bytes.len() as u32)
}

fn account(number: u8) -> AccountId {
	ACCOUNTS[usize::from(number) % ACCOUNTS.len()].to_account_id()
}

fn origin(number: u8) -> RuntimeOrigin {
	match number {
		ROOT => RuntimeOrigin::root(),
		COUNCIL => {
			let all = pallet_collective::RawOrigin::<AccountId, CouncilCollective>::Members(3, 3);
			all.into()
		},
		account_number => RuntimeOrigin::signed(account(account_number)),
	}
}

/// What was paid and done, by the events: beside what the pallet itself writes down.
#[derive(Default)]
struct Ledger {
	milestones: BTreeSet<(GrantId, u32)>,
	grants: Balance,
	prizes: BTreeMap<BountyId, Balance>,
	executed: BTreeSet<ProposalId>,
	spent: BTreeSet<ProposalId>,
}

impl Ledger {
	/// Takes in what happened since the last time. Tells the number of the last event.
	fn take(&mut self) -> Result<Option<u8>, String> {
		let mut last = None;
		for record in System::events() {
			let RuntimeEvent::Proposals(event) = record.event else { continue };
			last = event.encode().first().copied();
			let first_time = match &event {
				Event::MilestonePaid { grant, milestone, amount } => {
					self.grants += *amount;
					self.milestones.insert((*grant, *milestone))
				},
				Event::PrizePaid { bounty, amount, .. } => {
					*self.prizes.entry(*bounty).or_default() += *amount;
					true
				},
				Event::SpendPaid { proposal, .. } => self.spent.insert(*proposal),
				Event::ProposalExecuted { proposal } => self.executed.insert(*proposal),
				_ => true,
			};
			if !first_time {
				return Err(format!("happened twice: {event:?}"));
			}
		}
		System::reset_events();
		Ok(last)
	}

	/// Fails unless the pallet says the same.
	fn check(&self) -> Result<(), String> {
		let told = OffChainGrants::<Runtime>::get().paid + VotedGrants::<Runtime>::get().paid;
		if told != self.grants {
			return Err(format!("grants have paid {}, not {told}", self.grants));
		}
		for (id, bounty) in Bounties::<Runtime>::iter() {
			let paid = self.prizes.get(&id).copied().unwrap_or_default();
			if bounty.paid != paid {
				return Err(format!("bounty {id} has paid {paid}, not {}", bounty.paid));
			}
		}
		Ok(())
	}
}

/// Runs `records` on a fresh chain and lets everything end. Gives what came of each call that could be decoded,
/// or what was violated.
pub fn execute(records: &[Record]) -> Result<Vec<Outcome>, String> {
	TestExternalities::new(genesis()).execute_with(|| {
		System::set_block_number(1);
		let issued = Balances::total_issuance();
		let mut ledger = Ledger::default();
		let mut outcomes = Vec::new();
		for record in records {
			outcomes.extend(step(record, &mut ledger)?);
			invariants()?;
		}
		end(&mut ledger)?;
		ledger.check()?;
		if Balances::total_issuance() > issued {
			return Err("money was made".into());
		}
		let wealth: Balance = frame_system::Account::<Runtime>::iter_values()
			.map(|account| account.data.free + account.data.reserved)
			.sum();
		if wealth != Balances::total_issuance() {
			return Err(format!("accounts have {wealth} of {}", Balances::total_issuance()));
		}
		Ok(outcomes)
	})
}

fn invariants() -> Result<(), String> {
	Proposals::do_try_state().map_err(|error| format!("{error:?}"))
}

fn step(record: &Record, ledger: &mut Ledger) -> Result<Option<Outcome>, String> {
	let byte = |index: usize| record.call.get(index).copied().unwrap_or_default();
	match record.origin % ORIGINS {
		BLOCKS => {
			pass(1 << (byte(0) % 22));
			let room = MAX_BLOCK_WEIGHT.ref_time() / 255 * u64::from(byte(1));
			serve(Weight::from_parts(room, u64::MAX))?;
		},
		ELECTION => elect(byte(0)),
		NOTE => note(byte(0)),
		NEWS => news(account(byte(0)), byte(1)),
		caller => {
			let outcome = dispatch::<Call>(&record.call, origin(caller))?;
			ledger.take()?;
			return Ok(outcome);
		},
	}
	let call = ledger.take()?.map_or(Outcome::MAINTENANCE, |event| Outcome::EVENTS | event);
	Ok(Some(Outcome { call, error: None }))
}

fn pass(blocks: u32) {
	System::set_block_number(System::block_number().saturating_add(blocks));
}

/// The end of a block with this much room.
fn serve(room: Weight) -> Result<(), String> {
	let used = Proposals::on_idle(System::block_number(), room);
	if used.any_gt(room) {
		return Err(format!("the end of the block took {used} of {room}"));
	}
	Ok(())
}

fn elect(bits: u8) {
	let elected = |number: &u8| (bits >> number) & 1 == 1;
	let numbers = 0..ACCOUNTS.len() as u8;
	let mut members: Vec<AccountId> = numbers.filter(elected).map(account).collect();
	members.sort();
	pallet_collective::Members::<Runtime, CouncilCollective>::put(members);
}

fn note(which: u8) {
	let calls = calls();
	let bytes = calls[usize::from(which) % calls.len()].encode();
	let noter = RuntimeOrigin::signed(Sr25519Keyring::Ferdie.to_account_id());
	// Both fail where there is nothing to do.
	let _ = if which < 128 {
		Preimage::note_preimage(noter, bytes).map(|_| ()).map_err(|failed| failed.error)
	} else {
		Preimage::unnote_preimage(noter, BlakeTwo256::hash(&bytes))
	};
}

fn news(who: AccountId, what: u8) {
	let number = u32::from(what / 2);
	if what % 2 == 0 {
		Proposals::on_schema_activated(&who, number, 1, Category::Video);
	} else {
		Proposals::on_provider_activated(&who, number);
	}
}

/// Lets everything end, and fails if something is left behind.
fn end(ledger: &mut Ledger) -> Result<(), String> {
	let did = |what: &str, result: sp_runtime::DispatchResult| {
		result.map_err(|error| format!("at the end, {what} fails: {error:?}"))
	};
	for kind in RewardKind::ALL {
		// Fails where it is not set up.
		let _ = Proposals::set_standing_reward(RuntimeOrigin::root(), kind, None);
	}
	let mut turns = 0;
	while let Some((due, step)) = Agenda::<Runtime>::iter_keys().next() {
		turns += 1;
		if turns > MAX_TURNS {
			return Err(format!("{step:?} stays on the agenda"));
		}
		let due = u32::from_be_bytes(due);
		System::set_block_number(System::block_number().max(due));
		serve(MAX_BLOCK_WEIGHT)?;
		ledger.take()?;
		for grant in endless() {
			did("stopping a grant", Proposals::stop_grant(RuntimeOrigin::root(), grant))?;
		}
	}
	// Until nobody waits for those who cannot be paid.
	pass(<<Runtime as pallet_proposals::Config>::ClaimPeriod as Get<u32>>::get());
	let anyone = || RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id());
	for (id, who) in Prizes::<Runtime>::iter_keys().collect::<Vec<_>>() {
		did("a claim", Proposals::claim_prize(anyone(), id, who))?;
	}
	for (id, who) in Contributions::<Runtime>::iter_keys().collect::<Vec<_>>() {
		did("a refund", Proposals::withdraw_contribution(anyone(), id, who))?;
	}
	for (id, who) in Entries::<Runtime>::iter_keys().collect::<Vec<_>>() {
		did("leaving", Proposals::withdraw_entry(anyone(), id, who))?;
	}
	for (id, post) in Posts::<Runtime>::iter_keys().collect::<Vec<_>>() {
		did("deleting a post", Proposals::delete_post(anyone(), id, post))?;
	}
	ledger.take()?;
	invariants()?;
	nothing_is_left()
}

/// The grants that nobody would wait for.
fn endless() -> Vec<GrantId> {
	let latest = System::block_number().saturating_add(PATIENCE);
	Grants::<Runtime>::iter()
		.filter(|(_, grant)| grant.state == GrantState::Active)
		.filter(|(_, grant)| {
			let mut open = grant.milestones.iter().filter(|milestone| milestone.state.is_open());
			open.any(|milestone| milestone.lapses > latest)
		})
		.map(|(id, _)| id)
		.collect()
}

fn nothing_is_left() -> Result<(), String> {
	let left = [
		("proposals", pallet_proposals::Proposals::<Runtime>::iter_keys().count()),
		("votes", pallet_proposals::Votes::<Runtime>::iter_keys().count()),
		("slots", Slots::<Runtime>::get().len()),
		("threads", Threads::<Runtime>::iter_keys().count()),
		("posts", Posts::<Runtime>::iter_keys().count()),
		("entries", Entries::<Runtime>::iter_keys().count()),
		("contributions", Contributions::<Runtime>::iter_keys().count()),
		("prizes", Prizes::<Runtime>::iter_keys().count()),
	];
	if let Some((what, count)) = left.iter().find(|(_, count)| *count > 0) {
		return Err(format!("{count} {what} are left at the end"));
	}
	if let Some((id, bounty)) = Bounties::<Runtime>::iter().find(|(_, bounty)| bounty.held > 0) {
		return Err(format!("bounty {id} still holds {}", bounty.held));
	}
	if let Some((id, grant)) = Grants::<Runtime>::iter().find(|(_, grant)| grant.open > 0) {
		return Err(format!("{} of grant {id} are still open", grant.open));
	}
	let reasons = [
		HoldReason::Grants,
		HoldReason::Bounties,
		HoldReason::Rewards,
		HoldReason::ProposalStake,
		HoldReason::Post,
		HoldReason::Entry,
		HoldReason::Judge,
	];
	for who in frame_system::Account::<Runtime>::iter_keys() {
		for reason in &reasons {
			let held = Balances::balance_on_hold(&RuntimeHoldReason::Proposals(*reason), &who);
			if held > 0 {
				return Err(format!("{held} of {who} are held for {reason:?}"));
			}
		}
	}
	let wanted = |call: &RuntimeCall| Preimage::is_requested(&BlakeTwo256::hash_of(call));
	if let Some(call) = calls().iter().find(|call| wanted(call)) {
		return Err(format!("the preimage of {call:?} is still wanted"));
	}
	Ok(())
}
