//! Tests of the composed runtime: blocks of signed extrinsics, executed as the node would.

mod benchmark;
mod extrinsics;
mod genesis;
mod limits;
mod metadata;
mod storage;
mod validators;

use crate::{
	configs::governance::CouncilCollective, genesis_config_presets::get_preset, AccountId, Balance,
	BlockNumber, Executive, Hash, Header, Runtime, RuntimeCall, RuntimeGenesisConfig, SessionKeys,
	SignedPayload, System, TxExtension, UncheckedExtrinsic, SLOT_MILLIS,
};
use codec::Encode;
use frame_support::dispatch::GetDispatchInfo;
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_genesis_builder::PresetId;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	generic::{Digest, DigestItem, Era},
	traits::{Hash as _, Header as _},
	ApplyExtrinsicResult, BuildStorage, MultiAddress, MultiSignature,
};

/// Put what `patch` says over `base`, as chain specifications do with a preset.
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

/// The genesis state of a preset.
pub fn preset_config(preset: &str) -> RuntimeGenesisConfig {
	let patch = get_preset(&PresetId::from(preset)).expect("there is such a preset");
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("serializable");
	merge(&mut config, serde_json::from_slice(&patch).expect("presets are JSON"));
	serde_json::from_value(config).expect("presets name only fields that there are")
}

/// A chain at the genesis of `preset`, with a keystore. Checks every pallet's invariants at the end.
pub fn run(preset: &str, test: impl FnOnce(&mut Chain)) {
	let storage = preset_config(preset).build_storage().expect("genesis builds");
	let mut ext = TestExternalities::new(storage);
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	ext.execute_with(|| {
		let mut chain = Chain { parent: System::block_hash(0), number: 0 };
		chain.check_invariants();
		test(&mut chain);
		chain.check_invariants();
	});
}

/// A chain that grows.
pub struct Chain {
	parent: Hash,
	pub number: BlockNumber,
}

impl Chain {
	/// Every pallet's invariants hold. Only with the feature that compiles them.
	pub fn check_invariants(&self) {
		#[cfg(feature = "try-runtime")]
		<crate::AllPalletsWithSystem as frame_support::traits::TryState<BlockNumber>>::try_state(
			self.number,
			frame_support::traits::TryStateSelect::All,
		)
		.expect("invariants hold");
	}

	/// The slot of the next block.
	pub fn next_slot(&self) -> u64 {
		1_000 + u64::from(self.number)
	}

	/// Make a block of these extrinsics.
	pub fn block(&mut self, extrinsics: Vec<UncheckedExtrinsic>) -> Vec<ApplyExtrinsicResult> {
		let slot = self.next_slot();
		self.number += 1;
		let digest = Digest {
			logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(slot).encode())],
		};
		let header =
			Header::new(self.number, Default::default(), Default::default(), self.parent, digest);
		Executive::initialize_block(&header);
		let now = pallet_timestamp::Call::set { now: slot * SLOT_MILLIS };
		Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(now.into()))
			.expect("the inherent is valid")
			.expect("the inherent works");
		let results = extrinsics.into_iter().map(Executive::apply_extrinsic).collect();
		self.parent = Executive::finalize_block().hash();
		results
	}

	/// Make a block of one extrinsic that must be included and work.
	pub fn apply(&mut self, who: Sr25519Keyring, call: impl Into<RuntimeCall>) {
		let nonce = System::account_nonce(who.to_account_id());
		let results = self.block(vec![sign(who, nonce, call)]);
		results[0].expect("the transaction is valid").expect("the call works");
	}

	/// Make empty blocks until `condition` holds.
	pub fn run_until(&mut self, condition: impl Fn() -> bool) {
		for _ in 0..1_000 {
			if condition() {
				return;
			}
			self.block(Vec::new());
		}
		panic!("it never happened");
	}

	/// Let the council pass `call`: Alice proposes, Alice and Bob vote.
	pub fn pass_motion(&mut self, call: impl Into<RuntimeCall>) {
		let call = call.into();
		let (weight, length) = (call.get_dispatch_info().call_weight, call.encoded_size() as u32);
		let hash = sp_runtime::traits::BlakeTwo256::hash_of(&call);
		let index = pallet_collective::ProposalCount::<Runtime, CouncilCollective>::get();
		let motion = Box::new(call);
		self.apply(
			Sr25519Keyring::Alice,
			pallet_collective::Call::propose {
				threshold: 2,
				proposal: motion,
				length_bound: length,
			},
		);
		for member in [Sr25519Keyring::Alice, Sr25519Keyring::Bob] {
			self.apply(
				member,
				pallet_collective::Call::vote { proposal: hash, index, approve: true },
			);
		}
		self.apply(
			Sr25519Keyring::Alice,
			pallet_collective::Call::close {
				proposal_hash: hash,
				index,
				proposal_weight_bound: weight,
				length_bound: length,
			},
		);
	}
}

/// A signed transaction, with everything that a wallet puts into it.
pub fn sign(who: Sr25519Keyring, nonce: u32, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	sign_with_tip(who, nonce, 0, call)
}

/// A signed transaction with a tip.
pub fn sign_with_tip(
	who: Sr25519Keyring,
	nonce: u32,
	tip: Balance,
	call: impl Into<RuntimeCall>,
) -> UncheckedExtrinsic {
	let call = call.into();
	let extension: TxExtension = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(tip),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	let payload = SignedPayload::new(call.clone(), extension.clone()).expect("can be signed");
	let signature = MultiSignature::Sr25519(payload.using_encoded(|bytes| who.sign(bytes)));
	UncheckedExtrinsic::new_signed(
		call,
		MultiAddress::Id(who.to_account_id()),
		signature,
		extension,
	)
}

/// Session keys that `owner` has just made, and the call that registers them.
pub fn new_session_keys(owner: &AccountId) -> (SessionKeys, pallet_session::Call<Runtime>) {
	let generated = SessionKeys::generate(&owner.encode(), None);
	let call = pallet_session::Call::set_keys {
		keys: generated.keys.clone(),
		proof: generated.proof.encode(),
	};
	(generated.keys, call)
}

/// Who is in the council.
pub fn council_members() -> Vec<AccountId> {
	pallet_collective::Members::<Runtime, CouncilCollective>::get()
}
