//! The chains that the node knows by name.

use super::{council_members, preset_config, run};
use crate::{
	genesis_config_presets::{preset_names, COUNCIL, ENDOWMENT},
	AccountId, Balances, Elections, Grandpa, Runtime, Session, Treasury, SS58_PREFIX,
	TOKEN_DECIMALS, TOKEN_SYMBOL,
};
use frame_support::traits::Get;
use sp_keyring::Sr25519Keyring;
use sp_runtime::BuildStorage;

/// The council at genesis, in order.
pub fn council() -> Vec<AccountId> {
	let mut members = COUNCIL.map(|member| member.to_account_id()).to_vec();
	members.sort();
	members
}

#[test]
fn presets_build() {
	let names = preset_names();
	let names = names.iter().map(|name| name.as_ref()).collect::<Vec<&str>>();
	assert_eq!(names, ["development", "local_testnet"]);
	for preset in preset_names() {
		preset_config(preset.as_ref()).build_storage().expect("genesis builds");
	}
}

#[test]
fn presets_are_what_they_say() {
	for (preset, validators) in [("development", 1), ("local_testnet", 4)] {
		// `run` checks every pallet's invariants at genesis and after these blocks.
		run(preset, |chain| {
			assert_eq!(Session::validators().len(), validators);
			assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), validators);
			assert_eq!(Grandpa::grandpa_authorities().len(), validators);
			assert_eq!(
				pallet_collator_selection::Invulnerables::<Runtime>::get().len(),
				validators
			);
			assert_eq!(
				pallet_sudo::Key::<Runtime>::get(),
				Some(Sr25519Keyring::Alice.to_account_id())
			);
			assert_eq!(council_members(), council());
			assert_eq!(
				pallet_elections_phragmen::Members::<Runtime>::get()
					.into_iter()
					.map(|seat| seat.who)
					.collect::<Vec<_>>(),
				council(),
			);
			for account in Sr25519Keyring::well_known() {
				assert_eq!(Balances::free_balance(account.to_account_id()), ENDOWMENT);
			}
			// Fees smaller than the existential deposit must arrive.
			assert!(Balances::free_balance(Treasury::account_id()) > 0);
			for _ in 0..120 {
				chain.block(Vec::new());
			}
			assert_eq!(Session::validators().len(), validators);
			assert!(Session::current_index() >= 1);
		});
	}
}

#[test]
fn token_is_the_same_for_wallets_and_offline_signers() {
	let build = include_str!("../../wasm/build.rs");
	assert!(build.contains(&format!("(\"{TOKEN_SYMBOL}\", {TOKEN_DECIMALS})")));
	assert_eq!(<Runtime as frame_system::Config>::SS58Prefix::get(), SS58_PREFIX);
	assert_eq!(crate::ROME, 10u128.pow(TOKEN_DECIMALS.into()));
}

#[test]
fn first_council_stays_while_nobody_else_runs() {
	run("development", |chain| {
		let term = crate::configs::parameters::TermDuration::get();
		// Straight to the election: the blocks between change nothing that it reads.
		let weight = <Elections as frame_support::traits::Hooks<u32>>::on_initialize(term);
		assert!(weight.ref_time() > 0);
		assert_eq!(council_members(), council());
		chain.block(Vec::new());
	});
}
