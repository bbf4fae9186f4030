//! The benchmark oracle: who is probed, and what its results are good for.

use crate::{
	configs::parameters::dynamic_params::benchmark,
	fees::ToTreasury,
	origins::{Conductor, RootOrCouncilMajority},
	AccountId, Balances, Runtime, RuntimeHoldReason, RuntimeOrigin, StorageTranches, DAYS,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, Contains},
	PalletId,
};
use pallet_benchmark_oracle::StorageCapacity;
use pallet_storage_tranches::{Providers, Rosters};
use rome_primitives::{
	actors::{lifecycle, ActorState, CapacityOracle, Declared, Suspension},
	benchmark::{
		hooks::{BlockRoom, OnVerified, ProbedActor, ProbedActors},
		Actor, Role,
	},
};

parameter_types! {
	/// Names the account that probers are paid from.
	pub const BenchmarkPalletId: PalletId = PalletId(*b"rome/ben");
}

/// The validators of the session.
pub struct Validators;

impl Contains<AccountId> for Validators {
	fn contains(who: &AccountId) -> bool {
		pallet_session::Validators::<Runtime>::get().contains(who)
	}
}

/// The storage providers. Distributors come with their own pallet.
pub struct Actors;

impl ProbedActors for Actors {
	fn actor(actor: &Actor) -> Option<ProbedActor> {
		match actor.role {
			Role::Storage => {
				let provider = Providers::<Runtime>::get(actor.id)?;
				let away = matches!(
					provider.state,
					ActorState::Suspended { cause: Suspension::Maintenance, .. }
				);
				Some(ProbedActor {
					owner: provider.owner,
					operator: provider.operator,
					endpoint: provider.endpoint,
					declared: provider.wanted.unwrap_or(provider.declared),
					at_work: lifecycle::is_live(&provider.state) && !away,
					verifiable: !matches!(provider.state, ActorState::Left | ActorState::Evicted),
				})
			},
			Role::Distribution => None,
		}
	}

	fn next(role: Role, after: Option<u32>) -> Option<u32> {
		match (role, after) {
			(Role::Storage, None) => Providers::<Runtime>::iter_keys().next(),
			(Role::Storage, Some(last)) => {
				let key = Providers::<Runtime>::hashed_key_for(last);
				Providers::<Runtime>::iter_keys_from(key).next()
			},
			(Role::Distribution, _) => None,
		}
	}

	fn is_member(actor: &Actor, group: u32) -> bool {
		match actor.role {
			Role::Storage => Rosters::<Runtime>::get(group)
				.iter()
				.any(|seat| seat.provider == actor.id && seat.is_placed()),
			Role::Distribution => false,
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn insert(actor: &Actor, about: ProbedActor) {
		let provider = pallet_storage_tranches::types::Provider {
			owner: about.owner,
			operator: about.operator,
			endpoint: about.endpoint,
			declared: about.declared,
			wanted: None,
			stake: 0,
			slashing: 0,
			state: if about.at_work { ActorState::Active } else { ActorState::Applied },
			domain: None,
			memberships: Default::default(),
			maintenance_after: 0,
		};
		Providers::<Runtime>::insert(actor.id, provider);
	}
}

/// Puts who has passed on storage's own list.
pub struct Attest;

impl OnVerified for Attest {
	fn on_verified(actor: &Actor, declared: &Declared, until: u32) {
		match actor.role {
			// Refused where the provider is gone, or declares otherwise by now.
			Role::Storage => {
				let root = RuntimeOrigin::root();
				let _ = StorageTranches::attest(root, actor.id, *declared, until);
			},
			Role::Distribution => {},
		}
	}
}

/// Blocks that heartbeats could be in are those that probers' transactions could be in.
pub struct SameRoom;

impl BlockRoom for SameRoom {
	fn has_room() -> bool {
		StorageTranches::has_room()
	}
}

/// Verified by the oracle, or by root's list, whichever counts for longer.
pub struct OracleOrList;

impl CapacityOracle for OracleOrList {
	fn verified_until(actor: u32, declared: &Declared) -> Option<u32> {
		StorageCapacity::<Runtime>::verified_until(actor, declared)
			.max(StorageTranches::verified_until(actor, declared))
	}
}

impl pallet_benchmark_oracle::Config for Runtime {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AdminOrigin = RootOrCouncilMajority;
	type ConductorOrigin = Conductor;
	type Validators = Validators;
	type Actors = Actors;
	type OnVerified = Attest;
	type BlockRoom = SameRoom;
	type OnSlash = ToTreasury;
	type PalletId = BenchmarkPalletId;
	type BlocksPerDay = ConstU32<DAYS>;
	type KeptDays = ConstU32<32>;
	type Bond = benchmark::Bond;
	type PayPerRound = benchmark::PayPerRound;
	type WithheldSlash = benchmark::WithheldSlash;
	type VoidSlash = benchmark::VoidSlash;
	type FaultsAllowed = benchmark::FaultsAllowed;
	type MissedToIdle = benchmark::MissedToIdle;
	type NoControlAllowed = benchmark::NoControlAllowed;
	type TrialFee = benchmark::TrialFee;
	type TargetShare = benchmark::TargetShare;
	type VerificationFee = benchmark::VerificationFee;
	type VerificationTerm = benchmark::VerificationTerm;
	type RetryDelay = benchmark::RetryDelay;
	type ReportDeposit = benchmark::ReportDeposit;
	type ReportTerm = benchmark::ReportTerm;
	type WeightInfo = pallet_benchmark_oracle::weights::SubstrateWeight<Runtime>;
}
