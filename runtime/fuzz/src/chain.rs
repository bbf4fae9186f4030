//! The content directory on a chain of the development preset; and what all targets need of a chain.

use crate::{Outcome, Record};
use codec::{Decode, DecodeLimit};
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{Hooks, UnfilteredDispatchable},
	weights::Weight,
};
use rome_runtime::{
	configs::governance::CouncilCollective, genesis_config_presets::get_preset, AccountId,
	Balances, ContentDirectory, Runtime, RuntimeGenesisConfig, RuntimeOrigin, System,
};
use sp_genesis_builder::PresetId;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{BuildStorage, DispatchError, Storage};
use std::sync::LazyLock;

/// A call of the content directory.
pub type Call = pallet_content_directory::Call<Runtime>;

/// Calls nest in nothing here, but values do in lists: no deeper than this.
const DEPTH: u32 = 16;

/// Who calls: by the origin's number, modulo their count.
const ACCOUNTS: [Sr25519Keyring; 4] =
	[Sr25519Keyring::Alice, Sr25519Keyring::Bob, Sr25519Keyring::Charlie, Sr25519Keyring::Dave];
/// The origin of root.
pub const ROOT: u8 = 4;
/// No call but the end of a block, with as much room as the record's first two bytes say.
pub const END_OF_BLOCK: u8 = 5;
/// The origin of the whole council.
pub const COUNCIL: u8 = 6;
const ORIGINS: u8 = 8;

static GENESIS: LazyLock<Storage> = LazyLock::new(|| {
	let patch = get_preset(&PresetId::from("development")).expect("there is such a preset");
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("serializable");
	merge(&mut config, serde_json::from_slice(&patch).expect("presets are JSON"));
	let config: RuntimeGenesisConfig =
		serde_json::from_value(config).expect("presets name only fields that there are");
	config.build_storage().expect("genesis builds")
});

/// What a chain of the preset begins with.
pub(crate) fn genesis() -> Storage {
	GENESIS.clone()
}

fn merge(base: &mut serde_json::Value, patch: serde_json::Value) {
	match (base, patch) {
		(serde_json::Value::Object(base), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(base.entry(key).or_insert(serde_json::Value::Null), value);
			}
		},
		(base, patch) => *base = patch,
	}
}

fn origin(number: u8) -> RuntimeOrigin {
	match number % ORIGINS {
		ROOT => RuntimeOrigin::root(),
		COUNCIL => {
			let all = pallet_collective::RawOrigin::<AccountId, CouncilCollective>::Members(3, 3);
			all.into()
		},
		account if usize::from(account) < ACCOUNTS.len() => {
			RuntimeOrigin::signed(ACCOUNTS[usize::from(account)].to_account_id())
		},
		_ => RuntimeOrigin::none(),
	}
}

/// Runs `records` on a fresh chain. Gives what came of each call that could be decoded, or what was violated.
pub fn execute(records: &[Record]) -> Result<Vec<Outcome>, String> {
	TestExternalities::new(genesis()).execute_with(|| {
		System::set_block_number(1);
		let issued = Balances::total_issuance();
		let mut outcomes = Vec::new();
		for record in records {
			outcomes.extend(step(record)?);
		}
		ContentDirectory::do_try_state().map_err(|error| format!("{error:?}"))?;
		if Balances::total_issuance() > issued {
			return Err("money was made".into());
		}
		Ok(outcomes)
	})
}

fn step(record: &Record) -> Result<Option<Outcome>, String> {
	if record.origin % ORIGINS == END_OF_BLOCK {
		let room = record.call.iter().take(2).fold(0u64, |sum, byte| sum * 256 + u64::from(*byte));
		// From nothing to a tenth of a second.
		let room = Weight::from_parts(room * 1_500_000, u64::MAX);
		let used = ContentDirectory::on_idle(1, room);
		if used.any_gt(room) {
			return Err(format!("the end of the block took {used} of {room}"));
		}
		return Ok(Some(Outcome { call: Outcome::MAINTENANCE, error: None }));
	}
	dispatch::<Call>(&record.call, origin(record.origin))
}

/// Makes the call of a pallet that `bytes` are, if they are one, and tells what came of it. Fails where it weighed
/// more than it announced.
pub(crate) fn dispatch<C>(bytes: &[u8], origin: RuntimeOrigin) -> Result<Option<Outcome>, String>
where
	C: Decode + GetDispatchInfo + UnfilteredDispatchable<RuntimeOrigin = RuntimeOrigin>,
{
	let mut left = bytes;
	let Ok(call) = C::decode_with_depth_limit(DEPTH, &mut left) else { return Ok(None) };
	let index = bytes.first().copied().unwrap_or_default();
	let announced = call.get_dispatch_info().call_weight;
	let result = call.dispatch_bypass_filter(origin);
	let (info, error) = match result {
		Ok(info) => (info, None),
		Err(failed) => (failed.post_info, Some(failed.error)),
	};
	if info.actual_weight.is_some_and(|actual| actual.any_gt(announced)) {
		return Err(format!("call {index} weighed {info:?} of {announced}"));
	}
	let error = error.map(|error| match error {
		DispatchError::Module(error) => error.error[0],
		_ => Outcome::FOREIGN,
	});
	Ok(Some(Outcome { call: index, error }))
}
