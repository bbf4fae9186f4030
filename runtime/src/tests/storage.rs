//! Storage on the composed chain: real transactions, from an application to a stored object that the directory
//! uses.

use super::{run, sign, Chain};
use crate::{
	AccountId, AllPalletsWithSystem, Balances, Runtime, RuntimeCall, StorageTranches, System,
	TxExtension, UncheckedExtrinsic, ROME,
};
use frame_support::traits::PalletsInfoAccess;
use rome_primitives::{
	actors::{ActorState, Declared, Endpoint, FailureDomain},
	content::DataObjects,
	signing::{self, Heartbeat, Message, OperatorConsent, RESERVED_PALLET_INDICES},
	slices::{self, OutboardBuilder},
	storage::{challenge, Confirmation, ObjectKey, ObjectState, ProviderId},
};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{generic::Era, BoundedVec, MultiSignature};

type Call = pallet_storage_tranches::Call<Runtime>;

/// Owners and the keys of their daemons.
const PROVIDERS: [(Sr25519Keyring, Sr25519Keyring); 3] =
	[(Alice, Dave), (Bob, Eve), (Charlie, Ferdie)];

const BYTES: &[u8] = b"what is kept";

pub fn signature<M: Message>(by: Sr25519Keyring, message: &M) -> MultiSignature {
	MultiSignature::Sr25519(by.sign(&signing::payload(&System::block_hash(0).0, message)))
}

/// An unsigned transaction, as daemons send their heartbeats.
pub fn general(call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	let extension: TxExtension = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		frame_system::CheckNonce::from(0),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	UncheckedExtrinsic::new_transaction(call.into(), extension)
}

fn sudo(chain: &mut Chain, call: Call) {
	let call = Box::new(RuntimeCall::from(call));
	chain.apply(Alice, pallet_sudo::Call::sudo { call });
}

/// Three active members of the tranche of genesis.
fn providers(chain: &mut Chain) {
	// The genesis block's hash is what signatures are for; the first block stores it.
	chain.block(Vec::new());
	for (id, (owner, operator)) in (0..).zip(PROVIDERS) {
		let message =
			OperatorConsent { owner: owner.to_account_id(), operator: operator.to_account_id() };
		let address = format!("http://localhost:{}", 7070 + id);
		let apply = Call::apply {
			operator: operator.to_account_id(),
			consent: signature(operator, &message),
			endpoint: Endpoint::Http(BoundedVec::truncate_from(address.into_bytes())),
			declared: Declared { storage: 1 << 40, download: 1 << 20, upload: 1 << 20 },
			stake: 1_000 * ROME,
		};
		chain.apply(owner, apply);
		let domain = FailureDomain { operator: id, zone: id };
		sudo(chain, Call::activate { id, domain });
		chain.apply(owner, Call::join_tranche { id, tranche: 0, slots: 2 });
	}
}

fn heartbeat(id: ProviderId) -> UncheckedExtrinsic {
	let window = StorageTranches::api_provider(id).expect("it exists").heartbeat_window;
	let signature = signature(PROVIDERS[id as usize].1, &Heartbeat { provider: id, window });
	general(Call::heartbeat { id, window, signature })
}

fn key() -> (ObjectKey, Vec<u8>) {
	let size = BYTES.len() as u64;
	let mut builder = OutboardBuilder::new(size);
	builder.update(BYTES).expect("as long as announced");
	let (hash, outboard) = builder.finish().expect("as long as announced");
	(ObjectKey { hash, size }, outboard)
}

fn confirmation(id: ProviderId) -> Confirmation {
	let (key, outboard) = key();
	let (height, _) = challenge::anchor(System::block_number() + 1);
	let index = challenge::chunk_to_open(&System::block_hash(height).0, &key, id);
	let chunk = slices::prove_chunk(&key, index, &mut &outboard[..], BYTES).expect("its own");
	Confirmation { key, chunk: chunk.clone(), last: Some(chunk) }
}

fn free(who: &AccountId) -> u128 {
	Balances::free_balance(who)
}

#[test]
fn an_object_is_pinned_confirmed_and_used() {
	run("development", |chain| {
		providers(chain);
		let (key, _) = key();
		let request = pallet_storage_tranches::PinRequest {
			key,
			tranche: None,
			eras: 2,
			uploader: Some(Bob.to_account_id()),
		};
		let requests = BoundedVec::truncate_from(vec![request]);
		chain.apply(Alice, Call::pin { requests, max_fee: ROME, max_deposit: ROME });
		let view = || StorageTranches::api_object(key).expect("it is registered");
		assert_eq!(view().assigned.len(), 3);
		assert!(StorageTranches::api_may_upload(Bob.to_account_id(), key));
		for (id, (_, operator)) in (0..).zip(PROVIDERS) {
			let before = free(&operator.to_account_id());
			let confirmations = BoundedVec::truncate_from(vec![confirmation(id)]);
			chain.apply(operator, Call::confirm_replicas { id, confirmations });
			// Whoever confirms what is asked for pays nothing for it.
			assert_eq!(free(&operator.to_account_id()), before);
		}
		assert_eq!(view().state, ObjectState::Stored);
		assert_eq!(view().holders, [0, 1, 2]);
		// The directory asks this pallet.
		type Objects = <Runtime as pallet_content_directory::Config>::DataObjects;
		assert!(Objects::claim(&Alice.to_account_id(), &key.hash).is_ok());
		assert!(Objects::claim(&Bob.to_account_id(), &key.hash).is_err());
		assert!(!Objects::is_available(&Bob.to_account_id(), &key.hash));
		Objects::release(&Alice.to_account_id(), &key.hash);
	});
}

#[test]
fn heartbeats_are_free_transactions_without_a_sender() {
	run("development", |chain| {
		providers(chain);
		chain.run_until(|| StorageTranches::api_provider(0).is_some_and(|p| p.heartbeat_due));
		let (owner, operator) = PROVIDERS[0];
		let before = [owner, operator].map(|who| free(&who.to_account_id()));
		let beat = heartbeat(0);
		let results = chain.block(vec![beat.clone(), beat]);
		assert!(results[0].is_ok_and(|result| result.is_ok()), "{results:?}");
		// The same again is not let in.
		assert!(results[1].is_err());
		assert!(!StorageTranches::api_provider(0).is_some_and(|p| p.heartbeat_due));
		assert_eq!([owner, operator].map(|who| free(&who.to_account_id())), before);
		// Nor is one of another key, or a signed one.
		let window = StorageTranches::api_provider(1).expect("it exists").heartbeat_window;
		let forged = signature(Alice, &Heartbeat { provider: 1, window });
		let call = Call::heartbeat { id: 1, window, signature: forged };
		assert!(chain.block(vec![general(call.clone())])[0].is_err());
		let nonce = System::account_nonce(Alice.to_account_id());
		let signed = chain.block(vec![sign(Alice, nonce, call)]);
		assert!(!signed[0].is_ok_and(|result| result.is_ok()), "{signed:?}");
	});
}

#[test]
fn providers_that_fall_silent_fail_within_minutes() {
	run("development", |chain| {
		providers(chain);
		let failed = |id| {
			let state = StorageTranches::api_provider(id).expect("it exists").state;
			matches!(state, ActorState::Failed { .. })
		};
		let begun = chain.number;
		while !failed(0) && chain.number < begun + 200 {
			let due = |id: &ProviderId| {
				StorageTranches::api_provider(*id).is_some_and(|provider| provider.heartbeat_due)
			};
			let beats = [1, 2].into_iter().filter(due).map(heartbeat).collect();
			assert!(chain.block(beats).iter().all(|result| result.is_ok()));
		}
		assert!(failed(0) && !failed(1) && !failed(2));
	});
}

#[test]
fn no_pallet_has_an_index_that_signed_messages_start_with() {
	for pallet in AllPalletsWithSystem::infos() {
		assert!(
			!RESERVED_PALLET_INDICES.iter().any(|index| usize::from(*index) == pallet.index),
			"{} has the index {}: its calls could pass for messages of daemons",
			pallet.name,
			pallet.index,
		);
	}
}
