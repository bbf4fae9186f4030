//! Rounds: how they are planned, begin and are forgotten.

use crate::{
	types::{
		Clock, Plan, Round, Stage, Standing, KEPT_ROUNDS, MAX_VERIFYING, OPEN_LAG, RUN_COMMITTEE,
		RUN_QUORUM,
	},
	Config, Event, Mix, NextRound, Orders, Pallet, Parameters, ProberChains, Probers, Reveals,
	RoundTargets, Rounds, Runs, Time, Verifications, WeightInfo,
};
use codec::Encode;
use frame_support::weights::{Weight, WeightMeter};
use frame_system::pallet_prelude::BlockNumberFor;
use rome_primitives::benchmark::{
	api::{GroupResult, VerificationState},
	assignment,
	hooks::ProbedActors,
	limits::MAX_TARGETS,
	settlement::Figure,
	Actor, Hash, Role, RoundIndex, Target,
};
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// The block that is being made.
	pub(crate) fn now() -> u32 {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// The genesis block's hash: what signatures and commitments are for.
	pub(crate) fn genesis() -> Hash {
		let first: BlockNumberFor<T> = 0u32.into();
		let hash = frame_system::Pallet::<T>::block_hash(first).encode();
		let mut genesis = [0; 32];
		for (to, from) in genesis.iter_mut().zip(hash) {
			*to = from;
		}
		genesis
	}

	/// The round in which is probed.
	pub(crate) fn round() -> RoundIndex {
		Time::<T>::get().round
	}

	/// The first round. Nobody is probed in it.
	pub(crate) fn begin() {
		let parameters = Parameters::<T>::get();
		Time::<T>::put(Clock::default());
		Rounds::<T>::insert(
			0,
			Round {
				seed: assignment::next_seed(&Hash::default(), 0, &Hash::default()),
				probers: 0,
				committee: parameters.committee,
				quorum: parameters.quorum(0),
				began: 0,
				settled: 0,
				results: 0,
				closed: None,
				run: None,
			},
		);
		Self::found_account();
	}

	/// What a block's end costs: more where a round may end with it.
	pub(crate) fn tick_weight() -> Weight {
		let open_blocks = Time::<T>::get().open_blocks.saturating_add(1);
		if open_blocks >= Parameters::<T>::get().length {
			T::WeightInfo::tick().saturating_add(T::WeightInfo::turn())
		} else {
			T::WeightInfo::tick()
		}
	}

	/// The end of a block.
	pub(crate) fn tick(had_room: bool) {
		if !had_room {
			return;
		}
		let mut time = Time::<T>::get();
		time.open_blocks = time.open_blocks.saturating_add(1);
		if time.open_blocks < Parameters::<T>::get().length.max(1) {
			Time::<T>::put(time);
			return;
		}
		let next = time.round.saturating_add(1);
		(time.round, time.open_blocks, time.began) = (next, 0, Self::now().saturating_add(1));
		Time::<T>::put(time);
		Self::turn(next, time.began);
	}

	/// A round begins: as it was planned, or as the one before if planning has not come to its end.
	pub(crate) fn turn(next: RoundIndex, began: u32) {
		let parameters = Parameters::<T>::get();
		let last = next.saturating_sub(1);
		let before = Rounds::<T>::get(last);
		let seed = before.map(|round| round.seed).unwrap_or_default();
		let plan = NextRound::<T>::take();
		let announced = Runs::<T>::take(next);
		let (probers, targets, run) = if plan.round == next && plan.stage == Stage::Done {
			(plan.probers, plan.targets, announced)
		} else {
			// No trials besides: they were ordered for the round before.
			let mut targets = RoundTargets::<T>::get(last);
			targets.iter_mut().for_each(|(_, trials)| *trials = 0);
			(before.map_or(0, |round| round.probers), targets, None)
		};
		let round = Round {
			seed: assignment::next_seed(&seed, next, &Mix::<T>::take()),
			probers,
			committee: run.map_or(parameters.committee, |_| RUN_COMMITTEE),
			quorum: run.map_or(parameters.quorum(probers), |_| RUN_QUORUM),
			began,
			settled: 0,
			results: 0,
			closed: None,
			run: run.map(|target| {
				let (members, none) = (targets.len() as u16, Figure::none());
				let total =
					GroupResult { round: next, members, measured: 0, download: none, upload: none };
				(target, total)
			}),
		};
		Rounds::<T>::insert(next, round);
		Self::deposit_event(Event::RoundBegan {
			round: next,
			probers,
			targets: targets.len() as u32,
		});
		RoundTargets::<T>::insert(next, targets);
	}

	/// What every block does as far as there is room.
	pub(crate) fn do_duties(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::duties()).is_err() {
			return;
		}
		Self::plan(meter);
		Self::settle_rounds(meter);
		Self::close_rounds(meter);
		Self::forget(meter);
	}

	/// Counts the probers of the next round and lists its actors.
	pub(crate) fn plan(meter: &mut WeightMeter) {
		let next = Self::round().saturating_add(1);
		let mut plan = NextRound::<T>::get();
		if plan.round != next {
			plan = Plan { round: next, ..Plan::default() };
		}
		if plan.stage == Stage::Done {
			return;
		}
		while plan.stage != Stage::Done && meter.try_consume(T::WeightInfo::plan()).is_ok() {
			plan.stage = match plan.stage {
				Stage::Begin => Self::plan_prober(&mut plan, None),
				Stage::Probers(last) => Self::plan_prober(&mut plan, Some(last)),
				Stage::Actors(role, last) => Self::plan_actor(&mut plan, role, last),
				Stage::Done => Stage::Done,
			};
		}
		if plan.stage == Stage::Done {
			plan.targets.sort();
		}
		NextRound::<T>::put(plan);
	}

	fn plan_prober(plan: &mut Plan, last: Option<u32>) -> Stage {
		let mut rest = match last {
			Some(last) => Probers::<T>::iter_from(Probers::<T>::hashed_key_for(last)),
			None => Probers::<T>::iter(),
		};
		let Some((id, prober)) = rest.next() else {
			return Stage::Actors(Role::Storage, None);
		};
		let takes_part = prober.standing == Standing::Active
			&& prober.since <= plan.round
			&& ProberChains::<T>::get(id)
				.is_some_and(|chains| chains.covering(plan.round).is_some());
		plan.probers = plan.probers.saturating_add(takes_part.into());
		Stage::Probers(id)
	}

	fn plan_actor(plan: &mut Plan, role: Role, last: Option<u32>) -> Stage {
		let Some(id) = T::Actors::next(role, last) else {
			return match role {
				Role::Storage => Stage::Actors(Role::Distribution, None),
				Role::Distribution => Stage::Done,
			};
		};
		let actor = Actor { role, id };
		let verifying = Self::is_being_verified(&actor, plan.round);
		// Those that are being verified always find room: there are not more than what is kept for them.
		let room = plan.targets.len() < (MAX_TARGETS.saturating_sub(MAX_VERIFYING)) as usize;
		let at_work = room && T::Actors::actor(&actor).is_some_and(|actor| actor.at_work);
		if let Some(target) = Runs::<T>::get(plan.round) {
			if at_work && Self::is_member(&actor, &target) {
				let _ = plan.targets.try_push((actor, 0));
			}
		} else if at_work || verifying {
			let trials = Orders::<T>::get(plan.round, actor).map_or(0, |order| order.trials);
			let _ = plan.targets.try_push((actor, trials));
		}
		Stage::Actors(role, Some(id))
	}

	fn is_member(actor: &Actor, target: &Target) -> bool {
		match target {
			Target::Actor(other) => actor == other,
			Target::Group(role, group) => {
				actor.role == *role && T::Actors::is_member(actor, *group)
			},
			Target::All(role) => actor.role == *role,
		}
	}

	/// Whether a round counts for the actor's verification.
	pub(crate) fn is_being_verified(actor: &Actor, round: RoundIndex) -> bool {
		Verifications::<T>::get(actor).is_some_and(|verification| {
			verification.state == VerificationState::Running && verification.from <= round
		})
	}

	/// Removes what is kept of rounds that are long closed.
	pub(crate) fn forget(meter: &mut WeightMeter) {
		let mut time = Time::<T>::get();
		let kept = KEPT_ROUNDS.saturating_add(OPEN_LAG);
		let before = time.round.saturating_sub(kept).min(time.to_close);
		let started = time.to_forget;
		while time.to_forget < before && meter.try_consume(T::WeightInfo::forget()).is_ok() {
			let revealed = Reveals::<T>::iter_key_prefix(time.to_forget).next();
			if let Some(id) = revealed {
				Reveals::<T>::remove(time.to_forget, id);
				continue;
			}
			RoundTargets::<T>::remove(time.to_forget);
			Rounds::<T>::remove(time.to_forget);
			time.to_forget = time.to_forget.saturating_add(1);
		}
		if time.to_forget != started {
			Time::<T>::put(time);
		}
	}
}
