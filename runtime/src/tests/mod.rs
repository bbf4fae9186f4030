//! Tests of the composed runtime: blocks of signed extrinsics, executed as the node would.

mod benchmark;
mod extrinsics;
mod genesis;
mod limits;
mod metadata;
mod proposals;
mod storage;
mod validators;

use crate::{
	configs::governance::CouncilCollective, genesis_config_presets::get_preset, AccountId, Balance,
	BlockNumber, Executive, Hash, Header, Runtime, RuntimeCall, RuntimeGenesisConfig, SessionKeys,
	SignedPayload, System, TxExtension, UncheckedExtrinsic, SLOT_MILLIS,
};
use codec::Encode;
use rome_primitives::governance::{Action, ProposalId, ProposalState, Vote};
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
	run_from(preset_config(preset), test)
}

/// A chain at this genesis, with a keystore. Checks every pallet's invariants at the end.
pub fn run_from(genesis: RuntimeGenesisConfig, test: impl FnOnce(&mut Chain)) {
	let storage = genesis.build_storage().expect("genesis builds");
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

	/// Let `who` submit a proposal. Tells its number.
	pub fn submit(
		&mut self,
		who: Sr25519Keyring,
		action: Action<AccountId, Balance>,
	) -> ProposalId {
		let id = pallet_proposals::NextProposalId::<Runtime>::get();
		let title = b"a proposal".to_vec().try_into().expect("short");
		let text = b"with a text".to_vec().try_into().expect("short");
		self.apply(who, pallet_proposals::Call::submit { title, text, action });
		id
	}

	/// Let `members` approve a proposal.
	pub fn approve(&mut self, proposal: ProposalId, members: &[Sr25519Keyring]) {
		for member in members {
			let reason = b"because it is good".to_vec().try_into().expect("short");
			let vote = Vote::Approve;
			self.apply(*member, pallet_proposals::Call::vote { proposal, vote, reason });
		}
	}

	/// Note `call` as a preimage, if it is not, and tell what a proposal to make it looks like.
	pub fn dispatch(
		&mut self,
		who: Sr25519Keyring,
		call: impl Into<RuntimeCall>,
		root: bool,
	) -> Action<AccountId, Balance> {
		let bytes = call.into().encode();
		let hash = sp_runtime::traits::BlakeTwo256::hash(&bytes);
		let len = bytes.len() as u32;
		if <crate::Preimage as frame_support::traits::QueryPreimage>::len(&hash).is_none() {
			self.apply(who, pallet_preimage::Call::note_preimage { bytes });
		}
		Action::Dispatch { hash: hash.0, len, root }
	}

	/// Let the council pass `call`: Alice proposes, Alice and Bob approve. Tells how the proposal ended.
	pub fn pass(&mut self, call: impl Into<RuntimeCall>) -> ProposalState {
		let action = self.dispatch(Sr25519Keyring::Alice, call, false);
		let id = self.submit(Sr25519Keyring::Alice, action);
		self.approve(id, &[Sr25519Keyring::Alice, Sr25519Keyring::Bob]);
		let waits = |state: &ProposalState| {
			matches!(state, ProposalState::Active { .. } | ProposalState::Approved { .. })
		};
		self.run_until(|| !waits(&proposal_state(id)));
		proposal_state(id)
	}
}

/// How a proposal stands.
pub fn proposal_state(id: ProposalId) -> ProposalState {
	pallet_proposals::Proposals::<Runtime>::get(id).expect("there is such a proposal").state
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
