//! Random calls: most of them make sense where the chain stands, some do not.

use super::*;
use crate::{types::Standing, NextProviderId, NextSlash, NextTrancheId, Time};
use frame_support::pallet_prelude::TransactionSource;
use frame_system::RawOrigin;
use rome_primitives::{
	actors::Declared,
	content::{DataObjects, EntityId},
	signing::{self, Heartbeat},
	storage::TrancheId,
};
use sp_core::Pair;
use sp_runtime::MultiSignature;

type Call = crate::Call<Test>;

/// What a step does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	Apply,
	Update,
	Cancel,
	Activate,
	Heartbeat,
	BeginMaintenance,
	EndMaintenance,
	BeginLeaving,
	FinishLeaving,
	Suspend,
	Reinstate,
	Evict,
	SweepPins,
	CreateTranche,
	UpdateTranche,
	CloseTranche,
	Join,
	ChangeSlots,
	Pin,
	Renew,
	Unpin,
	Confirm,
	Release,
	Lose,
	Sweep,
	Move,
	Block,
	Unblock,
	Claim,
	Attest,
	Slash,
	CancelSlash,
	BackClass,
	BackObjects,
	/// No call: an entity uses an object, or no longer.
	Use,
	/// No call: some blocks.
	Blocks,
}

impl Kind {
	pub fn any() -> impl Strategy<Value = Self> {
		prop_oneof![
			2 => Just(Self::Apply),
			1 => Just(Self::Update),
			1 => Just(Self::Cancel),
			4 => Just(Self::Activate),
			2 => Just(Self::Heartbeat),
			2 => Just(Self::BeginMaintenance),
			1 => Just(Self::EndMaintenance),
			3 => Just(Self::BeginLeaving),
			3 => Just(Self::FinishLeaving),
			1 => Just(Self::Suspend),
			2 => Just(Self::Reinstate),
			1 => Just(Self::Evict),
			2 => Just(Self::SweepPins),
			1 => Just(Self::CreateTranche),
			1 => Just(Self::UpdateTranche),
			1 => Just(Self::CloseTranche),
			6 => Just(Self::Join),
			4 => Just(Self::ChangeSlots),
			12 => Just(Self::Pin),
			3 => Just(Self::Renew),
			3 => Just(Self::Unpin),
			50 => Just(Self::Confirm),
			10 => Just(Self::Release),
			4 => Just(Self::Lose),
			3 => Just(Self::Sweep),
			2 => Just(Self::Move),
			1 => Just(Self::Block),
			1 => Just(Self::Unblock),
			3 => Just(Self::Claim),
			3 => Just(Self::Attest),
			1 => Just(Self::Slash),
			1 => Just(Self::CancelSlash),
			1 => Just(Self::BackClass),
			3 => Just(Self::BackObjects),
			4 => Just(Self::Use),
			20 => Just(Self::Blocks),
		]
	}
}

const SIZES: [u64; 3] = [700, SIZE, 150_000];
const OBJECTS: u32 = 14;

/// Two tranches and members, so that objects come early.
pub fn set_the_stage() {
	Storage::create_tranche(RuntimeOrigin::root(), 2, MIB).unwrap();
	// Short enough for notices to run out.
	LeavingNotice::set(12);
	// To be added to pay; some of it at a time, so that it runs out.
	let pot = Storage::account_id();
	Balances::transfer_keep_alive(signed(alice()), pot, 5_000).unwrap();
	for id in members(5, 2) {
		if id % 2 == 0 {
			join(id, 1, 1);
		}
	}
	next_block();
}

fn some_provider(dice: &mut Dice) -> ProviderId {
	dice.below_or_at(NextProviderId::<Test>::get(), 3)
}

/// One in a state that is wanted, mostly.
fn provider_where(dice: &mut Dice, wanted: impl Fn(&ActorState) -> bool) -> ProviderId {
	let fitting = Providers::<Test>::iter()
		.filter(|(_, provider)| wanted(&provider.state))
		.map(|(id, _)| id)
		.collect::<Vec<_>>();
	match dice.pick(&fitting) {
		Some(id) if dice.chance(85) => id,
		_ => some_provider(dice),
	}
}

/// Seats of a standing, of providers that are not on their way out altogether.
fn seats(standing: Standing) -> Vec<(TrancheId, ProviderId)> {
	crate::Rosters::<Test>::iter()
		.flat_map(|(tranche, roster)| roster.into_iter().map(move |seat| (tranche, seat)))
		.filter(|(_, seat)| seat.standing == standing && state(seat.provider) == ActorState::Active)
		.map(|(tranche, seat)| (tranche, seat.provider))
		.collect()
}

/// Mostly one that has left a tranche behind and goes on in others, if there is any.
fn half_out(dice: &mut Dice) -> Option<ProviderId> {
	let behind = seats(Standing::Void);
	dice.pick(&behind).map(|(_, id)| id).filter(|_| dice.chance(80))
}

fn some_tranche(dice: &mut Dice) -> TrancheId {
	dice.below_or_at(NextTrancheId::<Test>::get(), 3)
}

fn some_seed(dice: &mut Dice) -> (u32, u64) {
	let seed = dice.below(OBJECTS);
	(seed, SIZES[seed as usize % SIZES.len()])
}

fn some_key(dice: &mut Dice) -> ObjectKey {
	let (seed, size) = some_seed(dice);
	key(seed, size)
}

fn some_keys(dice: &mut Dice, from: Vec<ObjectKey>) -> crate::Keys {
	let mut all = Vec::new();
	for _ in 0..=dice.below(4) {
		match dice.pick(&from) {
			Some(key) if dice.chance(95) => all.push(key),
			_ => all.push(some_key(dice)),
		}
	}
	all.dedup();
	keys(&all)
}

fn holdings(id: ProviderId) -> Vec<ObjectKey> {
	crate::Holdings::<Test>::iter_key_prefix(id).collect()
}

fn publisher(dice: &mut Dice) -> AccountId {
	match dice.below(12) {
		0 => poor(),
		n if n < 7 => alice(),
		_ => bob(),
	}
}

fn by_owner(dice: &mut Dice, id: ProviderId) -> RuntimeOrigin {
	signed(if dice.chance(96) { owner(id) } else { bob() })
}

fn by_operator(dice: &mut Dice, id: ProviderId) -> RuntimeOrigin {
	signed(if dice.chance(97) { operator(id) } else { owner(id) })
}

fn by(dice: &mut Dice, who: AccountId) -> RuntimeOrigin {
	signed(if dice.chance(95) { who } else { bob() })
}

fn declared(dice: &mut Dice) -> Declared {
	let storage = dice.one_of([2, 8, 64, 128]) * MIB;
	Declared { storage, ..DECLARED }
}

pub fn next_call(kind: Kind, dice: &mut Dice, model: &mut Model) -> Option<(RuntimeOrigin, Call)> {
	let who = publisher(dice);
	let is_active = |state: &ActorState| *state == ActorState::Active;
	Some(match kind {
		Kind::Apply => {
			let id = NextProviderId::<Test>::get();
			if id >= 12 {
				return None;
			}
			let signer = if dice.chance(90) { id } else { id + 1 };
			let message = signing::OperatorConsent { owner: owner(id), operator: operator(id) };
			let payload = signing::payload(&Storage::genesis(), &message);
			let call = Call::apply {
				operator: operator(if dice.chance(95) { id } else { 0 }),
				consent: MultiSignature::Sr25519(operator_pair(signer).sign(&payload)),
				endpoint: endpoint(dice.one_of([
					"http://a:1",
					"https://b.example/x",
					"ftp://c",
					"http://d",
				])),
				declared: declared(dice),
				stake: dice.one_of([1, STAKE, STAKE, 2 * STAKE, STAKE / 2]),
			};
			(signed(owner(id)), call)
		},
		Kind::Update => {
			let id = half_out(dice).unwrap_or_else(|| some_provider(dice));
			let change = dice.chance(30);
			let call = Call::update_provider {
				id,
				endpoint: dice.chance(40).then(|| endpoint("http://new:1")),
				declared: dice.chance(70).then(|| declared(dice)),
				operator: change.then(|| (operator(id), consent(owner(id), id))),
				add_stake: dice.one_of([0, 0, 1, 50_000, 20 * STAKE]),
			};
			(by_owner(dice, id), call)
		},
		Kind::Cancel => {
			let id = provider_where(dice, |state| {
				matches!(state, ActorState::Applied | ActorState::Verified { .. })
			});
			(by_owner(dice, id), Call::cancel_application { id })
		},
		Kind::Activate => {
			let id = provider_where(dice, |state| {
				matches!(
					state,
					ActorState::Applied | ActorState::Verified { .. } | ActorState::Failed { .. }
				)
			});
			let operator = dice.below(6);
			let zone = if dice.chance(85) { operator % 3 } else { dice.below(3) };
			(by(dice, conductor()), Call::activate { id, domain: domain(operator, zone) })
		},
		Kind::Heartbeat => {
			let id = some_provider(dice);
			let window = Time::<Test>::get().window - dice.below(2).min(1);
			let signer = if dice.chance(90) { id } else { id + 1 };
			let payload =
				signing::payload(&Storage::genesis(), &Heartbeat { provider: id, window });
			let signature = MultiSignature::Sr25519(operator_pair(signer).sign(&payload));
			let call = Call::heartbeat { id, window, signature };
			use frame_support::traits::Authorize;
			let authorised = call
				.authorize(TransactionSource::External)
				.is_some_and(|validity| validity.is_ok());
			match authorised {
				true => (RawOrigin::Authorized.into(), call),
				false => (signed(operator(id)), call),
			}
		},
		Kind::BeginMaintenance => {
			let id = provider_where(dice, is_active);
			let blocks = dice.one_of([1, 10, 20, 60]);
			(by_operator(dice, id), Call::begin_maintenance { id, blocks })
		},
		Kind::EndMaintenance => {
			let id = provider_where(dice, |state| matches!(state, ActorState::Suspended { .. }));
			(by_operator(dice, id), Call::end_maintenance { id })
		},
		Kind::BeginLeaving => {
			let id = half_out(dice).unwrap_or_else(|| provider_where(dice, is_active));
			(by_owner(dice, id), Call::begin_leaving { id })
		},
		Kind::FinishLeaving => {
			let id = provider_where(dice, |state| !is_active(state));
			(by_owner(dice, id), Call::finish_leaving { id })
		},
		Kind::Suspend => {
			let id = provider_where(dice, is_active);
			(by(dice, conductor()), Call::suspend { id, reason: reason("slow") })
		},
		Kind::Reinstate => {
			let id = provider_where(dice, |state| matches!(state, ActorState::Suspended { .. }));
			(by(dice, conductor()), Call::reinstate { id })
		},
		Kind::Evict => {
			let id = some_provider(dice);
			let why = dice.one_of(["bad", "worse", ""]);
			(by(dice, conductor()), Call::evict { id, reason: reason(why) })
		},
		Kind::SweepPins => {
			let origin = if dice.chance(95) { signed(who) } else { RuntimeOrigin::root() };
			(origin, Call::sweep_pins { limit: dice.below(10) })
		},
		Kind::CreateTranche => {
			if NextTrancheId::<Test>::get() >= 5 {
				return None;
			}
			let call = Call::create_tranche {
				coverage: dice.below(5) as u8,
				slot_bytes: dice.one_of([1, MIB]),
			};
			(by(dice, council()), call)
		},
		Kind::UpdateTranche => {
			let call = Call::update_tranche {
				id: some_tranche(dice),
				accepting: dice.chance(50).then(|| dice.chance(80)),
				coverage: dice.chance(40).then(|| dice.below(5) as u8),
			};
			(by(dice, council()), call)
		},
		Kind::CloseTranche => {
			if dice.chance(60) {
				return None;
			}
			(by(dice, council()), Call::close_tranche { id: some_tranche(dice) })
		},
		Kind::Join => {
			let id = provider_where(dice, is_active);
			let call =
				Call::join_tranche { id, tranche: some_tranche(dice), slots: dice.below(5) as u8 };
			(by_owner(dice, id), call)
		},
		Kind::ChangeSlots => {
			let leaving = seats(Standing::Leaving);
			if let Some((tranche, id)) = dice.pick(&leaving).filter(|_| dice.chance(50)) {
				return Some((by_owner(dice, id), Call::change_slots { id, tranche, slots: 0 }));
			}
			let id = provider_where(dice, is_active);
			let slots = dice.below(4) as u8;
			(by_owner(dice, id), Call::change_slots { id, tranche: some_tranche(dice), slots })
		},
		Kind::Pin => {
			let mut requests = Vec::new();
			for _ in 0..=dice.below(2) {
				requests.push(crate::PinRequest {
					key: some_key(dice),
					tranche: dice.chance(20).then(|| some_tranche(dice)),
					eras: dice.below(5),
					uploader: dice.chance(20).then(bob),
				});
			}
			let most = if dice.chance(95) { Balance::MAX } else { 10 };
			let call = Call::pin {
				requests: BoundedVec::truncate_from(requests),
				max_fee: most,
				max_deposit: Balance::MAX,
			};
			(signed(who), call)
		},
		Kind::Renew => {
			let pins = Pins::<Test>::iter_keys().collect::<Vec<_>>();
			let pin = dice.pick(&pins);
			let (account, hash) = pin.unwrap_or_else(|| (alice(), some_key(dice).hash));
			let call =
				Call::renew_pin { account, hash, eras: dice.below(9), max_fee: Balance::MAX };
			(signed(who), call)
		},
		Kind::Unpin => {
			let own = Pins::<Test>::iter_key_prefix(&who).collect::<Vec<_>>();
			let own = dice.pick(&own);
			let hash = own.unwrap_or_else(|| some_key(dice).hash);
			(signed(who), Call::unpin { hashes: BoundedVec::truncate_from(vec![hash]) })
		},
		Kind::Confirm => {
			let id = provider_where(dice, is_active);
			let mut confirmations = Vec::new();
			for seed in 0..OBJECTS {
				let size = SIZES[seed as usize % SIZES.len()];
				let wanted = Storage::api_object(key(seed, size))
					.is_some_and(|object| object.assigned.contains(&id));
				if (wanted && dice.chance(80)) || dice.chance(2) {
					let asked = if dice.chance(97) { id } else { id + 1 };
					confirmations.push(confirmation(seed, size, asked));
				}
			}
			let confirmations = BoundedVec::truncate_from(confirmations);
			(by_operator(dice, id), Call::confirm_replicas { id, confirmations })
		},
		Kind::Release => {
			let id = provider_where(dice, |state| {
				is_active(state) || matches!(state, ActorState::Leaving { .. })
			});
			let surplus = holdings(id)
				.into_iter()
				.filter(|key| {
					Storage::api_object(*key).is_some_and(|object| object.surplus.contains(&id))
				})
				.collect::<Vec<_>>();
			let from = if surplus.is_empty() || dice.chance(5) { holdings(id) } else { surplus };
			let keys = some_keys(dice, from);
			(by_operator(dice, id), Call::release_replicas { id, keys })
		},
		Kind::Lose => {
			let id = some_provider(dice);
			let keys = some_keys(dice, holdings(id));
			(by_operator(dice, id), Call::report_lost { id, keys })
		},
		Kind::Sweep => {
			let id = provider_where(dice, |state| {
				matches!(state, ActorState::Failed { .. } | ActorState::Evicted)
			});
			(signed(who), Call::sweep { id, limit: dice.below(5) })
		},
		Kind::Move => {
			let tranche = some_tranche(dice);
			(signed(who), Call::move_objects { tranche, limit: dice.below(5) })
		},
		Kind::Block => {
			let call = Call::block_object { key: some_key(dice), reason: reason("no") };
			(by(dice, council()), call)
		},
		Kind::Unblock => {
			let blocked = crate::Blocked::<Test>::iter_keys().collect::<Vec<_>>();
			let key = dice.pick(&blocked).unwrap_or_else(|| some_key(dice));
			(by(dice, council()), Call::unblock_object { key })
		},
		Kind::Claim => {
			// There is nothing else that it can fail with.
			let id = dice.below_or_at(NextProviderId::<Test>::get(), 15);
			(signed(who), Call::claim_pay { id, keys: some_keys(dice, holdings(id)) })
		},
		Kind::Attest => {
			let id = some_provider(dice);
			let until = dice.one_of([0, u32::MAX, u32::MAX]);
			let origin = if dice.chance(95) { RuntimeOrigin::root() } else { signed(who) };
			let seen = Providers::<Test>::get(id)
				.map(|provider| provider.wanted.unwrap_or(provider.declared))
				.filter(|_| dice.chance(90))
				.unwrap_or(DECLARED);
			(origin, Call::attest { id, declared: seen, until })
		},
		Kind::Slash => {
			let id = some_provider(dice);
			let amount = dice.one_of([0, 100, 10_000, 1_000_000]);
			(by(dice, conductor()), Call::slash { id, amount, reason: reason("late") })
		},
		Kind::CancelSlash => {
			let index = dice.below_or_at(NextSlash::<Test>::get(), 30);
			(by(dice, council()), Call::cancel_slash { index })
		},
		Kind::BackClass => {
			let percent = dice.one_of([0, 50, 250, 1_000, 1_001]);
			let call = Call::back_class { class: dice.below(3), percent, reason: reason("films") };
			(by(dice, council()), call)
		},
		Kind::BackObjects => {
			let named = (0..1 + dice.below(3)).map(|_| {
				let entity = EntityId { class: dice.below(3), serial: dice.below(4) };
				let pins = Pins::<Test>::iter_keys().collect::<Vec<_>>();
				match dice.pick(&pins) {
					Some((account, hash)) => {
						if dice.chance(80) {
							Holders::insert((entity, hash), account);
						}
						(entity, hash)
					},
					None => (entity, some_key(dice).hash),
				}
			});
			let objects = BoundedVec::truncate_from(named.collect());
			// There is nothing else that the call itself can fail with.
			let origin = if dice.chance(90) { signed(who) } else { RuntimeOrigin::root() };
			(origin, Call::back_objects { objects })
		},
		Kind::Use => {
			let key = some_key(dice);
			if dice.chance(60) {
				if Storage::claim(&who, &key.hash).is_ok() {
					*model.uses.entry((who, key.hash)).or_default() += 1;
				}
			} else if let Some(uses) = model.uses.get_mut(&(who.clone(), key.hash)) {
				Storage::release(&who, &key.hash);
				*uses -= 1;
				if *uses == 0 {
					model.uses.remove(&(who, key.hash));
				}
			}
			return None;
		},
		Kind::Blocks => return None,
	})
}
