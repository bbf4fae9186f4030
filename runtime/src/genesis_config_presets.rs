//! The chains that the node knows by name.
//!
//! - `development`: Alice alone validates.
//! - `local_testnet`: Alice, Bob, Charlie and Dave validate; finality survives one of them.
//!
//! In both, Alice is sudo; Alice, Bob and Charlie are the council; every well-known development
//! account has [`ENDOWMENT`], and so has the community fund. What the council decides takes minutes, not
//! days: see [`kinds`]. There is a tranche of storage, and the first providers count as verified.

use crate::{
	configs::proposals::KindDefaults, AccountId, Balance, BalancesConfig, BenchmarkOracleConfig,
	CollatorSelectionConfig, ElectionsConfig, ProposalsConfig, RuntimeGenesisConfig, SessionConfig,
	SessionKeys, StorageTranchesConfig, SudoConfig, Treasury, MINUTES, ROME,
};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
use rome_primitives::governance::{Kind, KindParameters};
use serde_json::Value;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::traits::Convert;

/// What each well-known account has.
pub const ENDOWMENT: Balance = 1_000_000 * ROME;

/// What each member of the first council stands behind itself with.
pub const COUNCIL_STAKE: Balance = 10_000 * ROME;

/// The coverage of the first tranche.
pub const COVERAGE: u8 = 3;

/// The bytes of a slot of the first tranche: 1 GiB.
pub const SLOT_BYTES: u64 = 1 << 30;

/// As many of the first providers are verified for whatever they declare.
pub const ATTESTED_PROVIDERS: u32 = 16;

/// How rounds of the benchmark oracle are run: blocks, committee, least revealers, rounds that decide, slots. Short
/// and small, to try things out: not within the risk table, as the oracle says itself.
pub const ROUNDS: (u32, u32, u32, u32, u32) = (5, 4, 1, 5, 8);

/// The council of both presets.
pub const COUNCIL: [Sr25519Keyring; 3] =
	[Sr25519Keyring::Alice, Sr25519Keyring::Bob, Sr25519Keyring::Charlie];

/// A validator and the keys that its node finds under the well-known seed.
fn validator(account: Sr25519Keyring, grandpa: Ed25519Keyring) -> (AccountId, SessionKeys) {
	let keys = SessionKeys { aura: account.public().into(), grandpa: grandpa.public().into() };
	(account.to_account_id(), keys)
}

/// What kinds of proposals cost and need here: ten minutes to vote, and a grace of a few blocks for what
/// spends. What has root's authority waits as long as anywhere.
pub fn kinds() -> Vec<(Kind, KindParameters<Balance>)> {
	let short = |kind| {
		let grace = match kind {
			Kind::Grant | Kind::Bounty | Kind::Spend => 3,
			_ => 0,
		};
		let defaults = KindDefaults::convert(kind);
		(kind, KindParameters { voting_period: 10 * MINUTES, grace, ..defaults })
	};
	Kind::ALL.into_iter().filter(|kind| *kind != Kind::RootDispatch).map(short).collect()
}

fn testnet(validators: Vec<(AccountId, SessionKeys)>) -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: Sr25519Keyring::well_known()
				.map(|account| account.to_account_id())
				.chain([Treasury::account_id()])
				.map(|account| (account, ENDOWMENT))
				.collect::<Vec<_>>(),
		},
		collator_selection: CollatorSelectionConfig {
			invulnerables: validators
				.iter()
				.map(|(account, _)| account.clone())
				.collect::<Vec<_>>(),
			desired_candidates: 0,
			// Candidacy is closed; should it ever open, not for nothing.
			candidacy_bond: 10_000 * ROME,
		},
		session: SessionConfig {
			keys: validators
				.into_iter()
				.map(|(account, keys)| (account.clone(), account, keys))
				.collect::<Vec<_>>(),
		},
		elections: ElectionsConfig {
			members: COUNCIL.map(|member| (member.to_account_id(), COUNCIL_STAKE)).to_vec(),
		},
		proposals: ProposalsConfig { kinds: kinds() },
		sudo: SudoConfig { key: Some(Sr25519Keyring::Alice.to_account_id()) },
		storage_tranches: StorageTranchesConfig {
			tranches: vec![(COVERAGE, SLOT_BYTES)],
			attestations: (0..ATTESTED_PROVIDERS).map(|id| (id, u32::MAX)).collect::<Vec<_>>(),
		},
		benchmark_oracle: BenchmarkOracleConfig { parameters: Some(ROUNDS), probers: vec![] },
	})
}

/// One validator.
pub fn development() -> Value {
	testnet(vec![validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice)])
}

/// Four validators.
pub fn local_testnet() -> Value {
	testnet(vec![
		validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice),
		validator(Sr25519Keyring::Bob, Ed25519Keyring::Bob),
		validator(Sr25519Keyring::Charlie, Ed25519Keyring::Charlie),
		validator(Sr25519Keyring::Dave, Ed25519Keyring::Dave),
	])
}

/// The preset called `id`, as JSON.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let preset = match id.as_ref() {
		DEV_RUNTIME_PRESET => development(),
		LOCAL_TESTNET_RUNTIME_PRESET => local_testnet(),
		_ => return None,
	};
	serde_json::to_vec(&preset).ok()
}

/// The names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}
