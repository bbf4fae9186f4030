//! Storage's calls.

use super::Call;
use crate::{AccountId, Balance};
use codec::{Compact, Encode};
use rome_primitives::{
	actors::{Declared, Endpoint, FailureDomain},
	content::{ClassId, EntityId, ObjectHash},
	storage::{Confirmation, ObjectKey, ProviderId, TrancheId},
};
use sp_runtime::MultiSignature;

/// A pin that is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Encode)]
pub struct PinRequest {
	/// The object.
	pub key: ObjectKey,
	/// Where it is to go; `None`: wherever there is most room.
	pub tranche: Option<TrancheId>,
	/// For how many whole eras; the rest of the one that runs comes on top.
	pub eras: u32,
	/// Who may upload it besides the pin's owner.
	pub uploader: Option<AccountId>,
}

/// What of a provider is changed; `None` stays as it is.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct ProviderChanges {
	/// Where it is reached.
	pub endpoint: Option<Endpoint>,
	/// What it says it can do.
	pub declared: Option<Declared>,
	/// The key of its daemon, with that key's consent.
	pub operator: Option<(AccountId, MultiSignature)>,
	/// Held from the owner on top.
	pub add_stake: Balance,
}

impl Call {
	fn storage(name: &'static str, arguments: impl Encode) -> Self {
		Self::new("StorageTranches", name, arguments)
	}

	/// Owner: applies with a provider. `consent`: the operator's signature of an `OperatorConsent`.
	pub fn apply_provider(
		operator: &AccountId,
		consent: &MultiSignature,
		endpoint: &Endpoint,
		declared: &Declared,
		stake: Balance,
	) -> Self {
		Self::storage("apply", (operator, consent, endpoint, declared, Compact(stake)))
	}

	/// Owner: changes a provider.
	pub fn update_provider(id: ProviderId, changes: &ProviderChanges) -> Self {
		let ProviderChanges { endpoint, declared, operator, add_stake } = changes;
		Self::storage("update_provider", (id, endpoint, declared, operator, Compact(*add_stake)))
	}

	/// Owner: takes an application back.
	pub fn cancel_application(id: ProviderId) -> Self {
		Self::storage("cancel_application", id)
	}

	/// Conductor: lets a verified provider go to work, and says whose it is and where.
	pub fn activate_provider(id: ProviderId, domain: FailureDomain) -> Self {
		Self::storage("activate", (id, domain))
	}

	/// Operator, unsigned: see [`Chain::send_general`](crate::Chain::send_general).
	pub fn heartbeat(id: ProviderId, window: u32, signature: &MultiSignature) -> Self {
		Self::storage("heartbeat", (id, window, signature))
	}

	/// Owner or operator: away for so many blocks.
	pub fn begin_maintenance(id: ProviderId, blocks: u32) -> Self {
		Self::storage("begin_maintenance", (id, blocks))
	}

	/// Owner or operator: back.
	pub fn end_maintenance(id: ProviderId) -> Self {
		Self::storage("end_maintenance", id)
	}

	/// Owner: begins to leave.
	pub fn begin_leaving(id: ProviderId) -> Self {
		Self::storage("begin_leaving", id)
	}

	/// Owner: is gone.
	pub fn finish_leaving(id: ProviderId) -> Self {
		Self::storage("finish_leaving", id)
	}

	/// Conductor: suspends a provider.
	pub fn suspend_provider(id: ProviderId, reason: &str) -> Self {
		Self::storage("suspend", (id, reason))
	}

	/// Conductor: ends a suspension.
	pub fn reinstate_provider(id: ProviderId) -> Self {
		Self::storage("reinstate", id)
	}

	/// Conductor: throws a provider out.
	pub fn evict_provider(id: ProviderId, reason: &str) -> Self {
		Self::storage("evict", (id, reason))
	}

	/// Anyone: removes at most so many pins whose time is over.
	pub fn sweep_pins(limit: u32) -> Self {
		Self::storage("sweep_pins", limit)
	}

	/// Council: creates a tranche.
	pub fn create_tranche(coverage: u8, slot_bytes: u64) -> Self {
		Self::storage("create_tranche", (coverage, slot_bytes))
	}

	/// Council: changes a tranche.
	pub fn update_tranche(id: TrancheId, accepting: Option<bool>, coverage: Option<u8>) -> Self {
		Self::storage("update_tranche", (id, accepting, coverage))
	}

	/// Council: has a tranche emptied, and ended.
	pub fn close_tranche(id: TrancheId) -> Self {
		Self::storage("close_tranche", id)
	}

	/// Owner: makes a provider a member of a tranche.
	pub fn join_tranche(id: ProviderId, tranche: TrancheId, slots: u8) -> Self {
		Self::storage("join_tranche", (id, tranche, slots))
	}

	/// Owner: changes a member's slots. Without slots it leaves the tranche.
	pub fn change_slots(id: ProviderId, tranche: TrancheId, slots: u8) -> Self {
		Self::storage("change_slots", (id, tranche, slots))
	}

	/// Pins objects. Refused where it costs more than `max_fee`, or more than `max_deposit` is to be held.
	pub fn pin(requests: &[PinRequest], max_fee: Balance, max_deposit: Balance) -> Self {
		Self::storage("pin", (requests, Compact(max_fee), Compact(max_deposit)))
	}

	/// Anyone: pays for an account's pin for more eras.
	pub fn renew_pin(account: &AccountId, hash: &ObjectHash, eras: u32, max_fee: Balance) -> Self {
		Self::storage("renew_pin", (account, hash, eras, Compact(max_fee)))
	}

	/// Gives own pins up.
	pub fn unpin(hashes: &[ObjectHash]) -> Self {
		Self::storage("unpin", hashes)
	}

	/// Operator: confirms replicas.
	pub fn confirm_replicas(id: ProviderId, confirmations: &[Confirmation]) -> Self {
		Self::storage("confirm_replicas", (id, confirmations))
	}

	/// Operator: gives up replicas that are surplus.
	pub fn release_replicas(id: ProviderId, keys: &[ObjectKey]) -> Self {
		Self::storage("release_replicas", (id, keys))
	}

	/// Operator: says which replicas are lost.
	pub fn report_lost(id: ProviderId, keys: &[ObjectKey]) -> Self {
		Self::storage("report_lost", (id, keys))
	}

	/// Anyone: takes away at most so many void replicas of a provider.
	pub fn sweep_provider(id: ProviderId, limit: u32) -> Self {
		Self::storage("sweep", (id, limit))
	}

	/// Anyone: moves at most so many objects of a closing tranche.
	pub fn move_objects(tranche: TrancheId, limit: u32) -> Self {
		Self::storage("move_objects", (tranche, limit))
	}

	/// Council: puts an object on the take-down list.
	pub fn block_object(key: &ObjectKey, reason: &str) -> Self {
		Self::storage("block_object", (key, reason))
	}

	/// Council: takes an object off the take-down list.
	pub fn unblock_object(key: &ObjectKey) -> Self {
		Self::storage("unblock_object", key)
	}

	/// Anyone: has a provider's owner paid for these objects.
	pub fn claim_pay(id: ProviderId, keys: &[ObjectKey]) -> Self {
		Self::storage("claim_pay", (id, keys))
	}

	/// Root: verifies a provider for what it declares, until this block. Refused if it declares something else.
	pub fn attest_provider(id: ProviderId, declared: Declared, until: u32) -> Self {
		Self::storage("attest", (id, declared, until))
	}

	/// Conductor: slashes a provider's stake, later.
	pub fn slash_provider(id: ProviderId, amount: Balance, reason: &str) -> Self {
		Self::storage("slash", (id, Compact(amount), reason))
	}

	/// Council: calls a slash off.
	pub fn cancel_slash(index: u32) -> Self {
		Self::storage("cancel_slash", index)
	}

	/// Council: has what a class's entities hold be paid for beyond what its pins pay; hundredths of the fee.
	pub fn back_class(class: ClassId, percent: u16, reason: &str) -> Self {
		Self::storage("back_class", (class, percent, reason))
	}

	/// Anyone: adds to the pay of objects, each named with an entity that holds it.
	pub fn back_objects(held: &[(EntityId, ObjectHash)]) -> Self {
		Self::storage("back_objects", held)
	}
}
