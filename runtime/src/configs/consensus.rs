//! Blocks, finality and the validators behind them.

use crate::{
	configs::parameters::SessionLength, origins::RootOrCouncilMajority, validators, AccountId,
	Aura, Balance, Balances, BlockNumber, CollatorSelection, Historical, Offences, Runtime,
	RuntimeEvent, Session, SessionKeys, ROME, SLOT_MILLIS,
};
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32, ConstU64, KeyOwnerProofSystem},
	PalletId,
};
use pallet_session::historical::NoteHistoricalRoot;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_runtime::{
	traits::{ConvertInto, OpaqueKeys},
	KeyTypeId,
};

/// The most validators there can be.
pub const MAX_VALIDATORS: u32 = 100;

/// How many past sessions an equivocation can be proven in: a week of sessions of ten minutes.
pub const HISTORY_DEPTH: u32 = 1_008;

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = Aura;
	type MinimumPeriod = ConstU64<{ SLOT_MILLIS / 2 }>;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl pallet_aura::Config for Runtime {
	type AuthorityId = AuraId;
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type DisabledValidators = Session;
	type AllowMultipleBlocksPerSlot = ConstBool<false>;
	type SlotDuration = ConstU64<SLOT_MILLIS>;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Aura>;
	// Notes who authored when: `collatorSelection.lastAuthoredBlock`.
	type EventHandler = CollatorSelection;
}

parameter_types! {
	/// The account that pays authors. It stays empty: authors get their share of the fees at once.
	pub const PotId: PalletId = PalletId(*b"rm/authr");
}

impl pallet_collator_selection::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type UpdateOrigin = RootOrCouncilMajority;
	type PotId = PotId;
	// Candidacy is closed: see `ClosedCandidacy`.
	type MaxCandidates = ConstU32<0>;
	type MinEligibleCollators = ConstU32<1>;
	type MaxInvulnerables = ConstU32<MAX_VALIDATORS>;
	// Only candidates are kicked.
	type KickThreshold = SessionLength;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ValidatorRegistration = Session;
	type WeightInfo = pallet_collator_selection::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// Sessions begin at multiples of their length.
	pub const SessionOffset: BlockNumber = 0;
	/// Held while an account has session keys: anyone may set some, and they take room.
	pub const KeyDeposit: Balance = 10 * ROME;
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = pallet_session::PeriodicSessions<SessionLength, SessionOffset>;
	type NextSessionRotation = pallet_session::PeriodicSessions<SessionLength, SessionOffset>;
	type SessionManager = NoteHistoricalRoot<Self, validators::Invulnerables>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	// An offender leaves the set with the next one; until then its votes still count for finality.
	type DisablingStrategy = ();
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}

impl pallet_session::historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	// Nothing beyond the account: there are no nominators and no exposures.
	type FullIdentification = ();
	type FullIdentificationOf = validators::NoFurtherIdentification;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = ConstU64<{ HISTORY_DEPTH as u64 }>;
	type KeyOwnerProof = <Historical as KeyOwnerProofSystem<(KeyTypeId, GrandpaId)>>::Proof;
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
}

parameter_types! {
	/// How many blocks an equivocation report stays in the pool.
	pub const ReportLongevity: u64 = 1_000;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = pallet_session::historical::IdentificationTuple<Self>;
	type OnOffenceHandler = validators::DismissOffenders;
}
