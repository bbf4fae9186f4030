//! Benchmarks: every call at the worst of its parameters, every step of what blocks do.
//!
//! `n` is the number of a report's observations. Rounds have as many targets as they can, chains are as long as
//! they can be and revealed at their end.

// They run nowhere but where weights are measured.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod setup;

use super::*;
use crate::types::{Chains, Plan, Stage, Standing, Targets, MAX_CONDUCTORS, OPEN_LAG, REVEAL_LAG};
use alloc::{boxed::Box, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::TransactionSource,
	traits::{Authorize, EnsureOrigin},
	weights::WeightMeter,
	BoundedVec,
};
use frame_system::RawOrigin;
use rome_primitives::{
	benchmark::{
		api::VerificationState,
		chain::Chain,
		commitment,
		limits::{MAX_CHAIN, MAX_OBSERVATIONS, MAX_PROBERS, MAX_REPORT_BYTES, MAX_TARGETS},
		Actor, Report, Role, Target, Thresholds,
	},
	signing::{ProberChain, ProberCommitment, ProberConsent},
};
use setup::*;

fn admin<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

fn allow<T: Config>(call: &Call<T>) -> Result<(), BenchmarkError> {
	call.authorize(TransactionSource::External)
		.ok_or("the call is authorised")?
		.map_err(|_| "the call is due and right")?;
	Ok(())
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_prober() {
		let owner = funded::<T>("owner", 0);
		let message = ProberConsent { owner: owner.clone(), key: key(7) };
		let consent = sign::<T, _>(7, &message);
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), key(7), consent, 2, MAX_CHAIN, [1; 32]);
		assert!(Probers::<T>::contains_key(0));
	}

	#[benchmark]
	fn admit_prober() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		let mut prober = prober::<T>(0);
		prober.standing = Standing::Applied;
		Probers::<T>::insert(0, prober);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, 0);
		assert_eq!(Probers::<T>::get(0).map(|prober| prober.standing), Some(Standing::Active));
		Ok(())
	}

	#[benchmark]
	fn remove_prober() {
		clock::<T>();
		let mut prober = prober::<T>(0);
		prober.standing = Standing::Leaving(NOW - 100);
		Probers::<T>::insert(0, prober.clone());
		#[extrinsic_call]
		_(RawOrigin::Signed(prober.owner), 0);
		assert!(!Probers::<T>::contains_key(0));
	}

	fn idle<T: Config>() -> (u32, sp_runtime::MultiSignature) {
		clock::<T>();
		let mut prober = prober::<T>(0);
		prober.standing = Standing::Idle;
		Probers::<T>::insert(0, prober);
		let from = NOW + 2;
		let message = ProberChain { prober: 0, from, length: MAX_CHAIN, end: [1; 32] };
		(from, sign::<T, _>(0, &message))
	}

	#[benchmark]
	fn commit_chain() {
		let (from, signature) = idle::<T>();
		#[extrinsic_call]
		_(RawOrigin::Authorized, 0, from, MAX_CHAIN, [1; 32], signature);
		assert!(ProberChains::<T>::get(0).is_some_and(|chains| chains.covering(from).is_some()));
	}

	#[benchmark]
	fn authorize_commit_chain() -> Result<(), BenchmarkError> {
		let (from, signature) = idle::<T>();
		let call =
			Call::<T>::commit_chain { id: 0, from, length: MAX_CHAIN, end: [1; 32], signature };
		#[block]
		{
			allow(&call)?;
		}
		Ok(())
	}

	fn commitment_of_now<T: Config>() -> sp_runtime::MultiSignature {
		clock::<T>();
		prober::<T>(0);
		let next = Chain::new(NOW - 1, 9, [1; 32]);
		ProberChains::<T>::insert(0, Chains { current: longest_chain(), next });
		sign::<T, _>(0, &ProberCommitment { prober: 0, round: NOW - 1, commitment: [2; 32] })
	}

	#[benchmark]
	fn commit() {
		let signature = commitment_of_now::<T>();
		#[extrinsic_call]
		_(RawOrigin::Authorized, 0, NOW - 1, [2; 32], signature);
		assert!(Commitments::<T>::contains_key(NOW - 1, 0));
	}

	#[benchmark]
	fn authorize_commit() -> Result<(), BenchmarkError> {
		let signature = commitment_of_now::<T>();
		let call = Call::<T>::commit { id: 0, round: NOW - 1, commitment: [2; 32], signature };
		#[block]
		{
			allow(&call)?;
		}
		Ok(())
	}

	/// A report of `n` observations that is committed to.
	fn committed<T: Config>(n: u32) -> Report {
		clock::<T>();
		let round = NOW - REVEAL_LAG;
		prober::<T>(0);
		targets::<T>(round, n);
		let report = Report::Observed(BoundedVec::truncate_from(observations(n)));
		let root = commitment::root_of(&report);
		let commitment = commitment::commitment(&Pallet::<T>::genesis(), 0, round, &[4; 32], &root);
		Commitments::<T>::insert(round, 0, commitment);
		for id in 0..n {
			Waiting::<T>::insert(round, Actor::storage(id), nearly_full_samples(1));
		}
		report
	}

	#[benchmark]
	fn reveal(n: Linear<0, { MAX_OBSERVATIONS }>) {
		let report = committed::<T>(n);
		let round = NOW - REVEAL_LAG;
		#[extrinsic_call]
		_(RawOrigin::Authorized, 0, round, [4; 32], last_preimage(), report);
		assert!(Reveals::<T>::contains_key(round, 0));
	}

	#[benchmark]
	fn authorize_reveal(n: Linear<0, { MAX_OBSERVATIONS }>) -> Result<(), BenchmarkError> {
		let report = committed::<T>(n);
		let (round, preimage) = (NOW - REVEAL_LAG, last_preimage());
		let call = Call::<T>::reveal { id: 0, round, salt: [4; 32], preimage, report };
		#[block]
		{
			allow(&call)?;
		}
		Ok(())
	}

	#[benchmark]
	fn open() {
		clock::<T>();
		let opening = opening::<T>();
		let round = NOW - OPEN_LAG;
		#[extrinsic_call]
		_(RawOrigin::Authorized, 0, round, Box::new(opening));
		assert!(Reveals::<T>::get(round, 0).is_some_and(|revealed| revealed.opened));
	}

	#[benchmark]
	fn authorize_open() -> Result<(), BenchmarkError> {
		clock::<T>();
		let opening = opening::<T>();
		let call = Call::<T>::open { id: 0, round: NOW - OPEN_LAG, opening: Box::new(opening) };
		#[block]
		{
			allow(&call)?;
		}
		Ok(())
	}

	#[benchmark]
	fn request_verification() {
		let actor = actor::<T>(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("actor", 0)), actor);
		assert_eq!(Verifying::<T>::get(), 1);
	}

	#[benchmark]
	fn order_measurement() {
		clock::<T>();
		let actor = actor::<T>(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("orderer", 0)), actor, NOW + 2, 1);
		assert!(Orders::<T>::contains_key(NOW + 2, actor));
	}

	#[benchmark]
	fn cancel_order() -> Result<(), BenchmarkError> {
		clock::<T>();
		let actor = actor::<T>(0);
		let orderer = funded::<T>("orderer", 0);
		Pallet::<T>::do_order(orderer.clone(), actor, NOW + 2, 1)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(orderer), actor, NOW + 2);
		assert!(!Orders::<T>::contains_key(NOW + 2, actor));
		Ok(())
	}

	#[benchmark]
	fn record_report() {
		let text = BoundedVec::truncate_from(alloc::vec![b'r'; MAX_REPORT_BYTES as usize]);
		let target = Target::All(Role::Storage);
		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("reporter", 0)), target, text);
		assert_eq!(Reports::<T>::iter_prefix(target).count(), 1);
	}

	#[benchmark]
	fn set_thresholds() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		let thresholds =
			Thresholds { availability: 1, download: 1, upload: 1, first_byte: 1, declared: 1 };
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Role::Storage, thresholds);
		assert_eq!(Bars::<T>::get(Role::Storage), thresholds);
		Ok(())
	}

	#[benchmark]
	fn set_round() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		let mut parameters = Parameters::<T>::get();
		parameters.length = 77;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, parameters);
		assert_eq!(Parameters::<T>::get().length, 77);
		Ok(())
	}

	fn conductors<T: Config>(count: u32) {
		let all = (0..count).map(|index| account("conductor", index, 0)).collect::<Vec<_>>();
		Conductors::<T>::put(BoundedVec::truncate_from(all));
	}

	#[benchmark]
	fn appoint_conductor() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		conductors::<T>(MAX_CONDUCTORS - 1);
		let new: T::AccountId = account("conductor", MAX_CONDUCTORS, 0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, new);
		assert_eq!(Conductors::<T>::get().len(), MAX_CONDUCTORS as usize);
		Ok(())
	}

	#[benchmark]
	fn dismiss_conductor() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		conductors::<T>(MAX_CONDUCTORS);
		let last: T::AccountId = account("conductor", MAX_CONDUCTORS - 1, 0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, last);
		assert_eq!(Conductors::<T>::get().len(), MAX_CONDUCTORS as usize - 1);
		Ok(())
	}

	#[benchmark]
	fn prune() {
		// An actor that is gone, with a verification that still runs.
		let actor = Actor::storage(7);
		verification::<T>(actor, 63);
		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("anyone", 0)), Stale::Actor(actor));
		assert_eq!(Verifying::<T>::get(), 0);
	}

	#[benchmark]
	fn announce_run() -> Result<(), BenchmarkError> {
		let origin =
			T::ConductorOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		clock::<T>();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Target::Group(Role::Storage, 0), NOW + 4);
		assert!(Runs::<T>::contains_key(NOW + 4));
		Ok(())
	}

	#[benchmark]
	fn tick() {
		#[block]
		{
			Pallet::<T>::tick(true);
		}
		assert!(Time::<T>::get().open_blocks > 0 || Time::<T>::get().round > 0);
	}

	#[benchmark]
	fn turn() {
		clock::<T>();
		let targets = (0..MAX_TARGETS).map(|id| (Actor::storage(id), 0)).collect::<Vec<_>>();
		NextRound::<T>::put(Plan {
			round: NOW + 1,
			stage: Stage::Done,
			probers: 1,
			targets: Targets::truncate_from(targets),
		});
		#[block]
		{
			Pallet::<T>::turn(NOW + 1, 1);
		}
		assert_eq!(RoundTargets::<T>::get(NOW + 1).len(), MAX_TARGETS as usize);
	}

	#[benchmark]
	fn duties() {
		clock::<T>();
		Time::<T>::mutate(|time| time.to_close = time.to_settle);
		let targets = (0..MAX_TARGETS).map(|id| (Actor::storage(id), 0)).collect::<Vec<_>>();
		NextRound::<T>::put(Plan {
			round: NOW + 1,
			stage: Stage::Done,
			probers: 1,
			targets: Targets::truncate_from(targets),
		});
		self::targets::<T>(NOW - REVEAL_LAG, MAX_TARGETS);
		self::targets::<T>(NOW - OPEN_LAG, MAX_TARGETS);
		// Enough to begin everything, and to do nothing.
		let mut meter = WeightMeter::with_limit(T::WeightInfo::duties());
		#[block]
		{
			Pallet::<T>::do_duties(&mut meter);
		}
	}

	#[benchmark]
	fn plan() {
		clock::<T>();
		let actor = actor::<T>(0);
		verification::<T>(actor, 63);
		let mut next =
			Plan { round: NOW + 1, stage: Stage::Actors(Role::Storage, None), ..Plan::default() };
		let others = (1..MAX_TARGETS / 2).map(|id| (Actor::storage(id), 0)).collect::<Vec<_>>();
		next.targets = Targets::truncate_from(others);
		NextRound::<T>::put(next);
		let mut meter = WeightMeter::with_limit(T::WeightInfo::plan());
		#[block]
		{
			Pallet::<T>::plan(&mut meter);
		}
		assert_eq!(NextRound::<T>::get().targets.len(), MAX_TARGETS as usize / 2);
	}

	#[benchmark]
	fn settle() {
		clock::<T>();
		let round = NOW - REVEAL_LAG - 1;
		Time::<T>::mutate(|time| time.to_settle = round);
		let actor = busiest_actor::<T>(round);
		targets::<T>(round, MAX_TARGETS);
		let mut meter = WeightMeter::with_limit(T::WeightInfo::settle());
		#[block]
		{
			Pallet::<T>::settle_rounds(&mut meter);
		}
		assert_eq!(Rounds::<T>::get(round).map(|round| round.results), Some(1));
		assert!(Verifications::<T>::get(actor)
			.is_some_and(|last| last.state != VerificationState::Running));
	}

	#[benchmark]
	fn close() {
		clock::<T>();
		for id in 0..MAX_PROBERS.min(8) {
			prober::<T>(id);
		}
		let round = NOW - OPEN_LAG - 1;
		Time::<T>::mutate(|time| time.to_close = round);
		let first = Probers::<T>::iter_keys().next().expect("there are some");
		// It withheld, and loses bond.
		Commitments::<T>::insert(round, first, [0; 32]);
		let mut meter = WeightMeter::with_limit(T::WeightInfo::close());
		#[block]
		{
			Pallet::<T>::close_rounds(&mut meter);
		}
		assert_eq!(Scores::<T>::get(first).withheld, 1);
	}

	#[benchmark]
	fn forget() {
		clock::<T>();
		opening::<T>();
		let round = NOW - OPEN_LAG;
		Time::<T>::mutate(|time| {
			time.to_forget = round;
			time.round = NOW + 100;
			time.to_close = NOW;
			time.to_settle = NOW;
		});
		let mut meter = WeightMeter::with_limit(T::WeightInfo::forget());
		#[block]
		{
			Pallet::<T>::forget(&mut meter);
		}
		assert!(!Reveals::<T>::contains_key(round, 0));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_bench_ext(), crate::mock::Test);
}
