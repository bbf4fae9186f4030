//! Calls, as bytes: what one account signs, a motion proposes and a batch holds are composed of each other.

use super::{
	errors::{Error, Result},
	rpc::Hash,
};
use codec::{Compact, Encode};
use rome_primitives::content::{
	ClassId, CuratorGroup, CuratorGroupId, Description, EntityId, EntityValues, Moderation,
	SchemaDraft, SchemaVersion, SuggestionId, SuggestionTarget, ValueChanges,
};
use subxt::{
	ext::{
		scale_encode::{self, EncodeAsFields, FieldIter},
		scale_type_resolver::TypeResolver,
	},
	metadata::Metadata,
	tx::Payload,
	utils::AccountId32,
};

/// Arguments that are encoded already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Arguments(Vec<u8>);

impl EncodeAsFields for Arguments {
	fn encode_as_fields_to<R: TypeResolver>(
		&self,
		_: &mut dyn FieldIter<'_, R::TypeId>,
		_: &R,
		out: &mut Vec<u8>,
	) -> std::result::Result<(), scale_encode::Error> {
		out.extend_from_slice(&self.0);
		Ok(())
	}
}

/// A call: which, and with which arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Call {
	pallet: &'static str,
	name: &'static str,
	arguments: Arguments,
}

impl Payload for Call {
	type CallData = Arguments;

	fn pallet_name(&self) -> &str {
		self.pallet
	}

	fn call_name(&self) -> &str {
		self.name
	}

	fn call_data(&self) -> &Arguments {
		&self.arguments
	}
}

impl Call {
	fn new(pallet: &'static str, name: &'static str, arguments: impl Encode) -> Self {
		Self { pallet, name, arguments: Arguments(arguments.encode()) }
	}

	fn directory(name: &'static str, arguments: impl Encode) -> Self {
		Self::new("ContentDirectory", name, arguments)
	}

	/// The call's bytes on the chain that `metadata` describes.
	pub(crate) fn encode(&self, metadata: &Metadata) -> Result<Vec<u8>> {
		let missing = || Error::Missing(format!("call {}.{}", self.pallet, self.name));
		let pallet = metadata.pallet_by_name(self.pallet).ok_or_else(missing)?;
		let call = pallet.call_variant_by_name(self.name).ok_or_else(missing)?;
		let mut bytes = vec![pallet.call_index(), call.index];
		bytes.extend_from_slice(&self.arguments.0);
		Ok(bytes)
	}

	pub(crate) fn suggest_schema(
		target: &SuggestionTarget<AccountId32>,
		schema: &SchemaDraft,
	) -> Self {
		Self::directory("suggest_schema", (target, schema))
	}

	pub(crate) fn endorse_schema(suggestion: SuggestionId, amount: u128) -> Self {
		Self::directory("endorse_schema", (suggestion, Compact(amount)))
	}

	pub(crate) fn withdraw_endorsement(suggestion: SuggestionId, endorser: AccountId32) -> Self {
		Self::directory("withdraw_endorsement", (suggestion, endorser))
	}

	pub(crate) fn withdraw_suggestion(suggestion: SuggestionId) -> Self {
		Self::directory("withdraw_suggestion", suggestion)
	}

	pub(crate) fn approve_schema(suggestion: SuggestionId) -> Self {
		Self::directory("approve_schema", suggestion)
	}

	pub(crate) fn reject_schema(suggestion: SuggestionId, spam: bool) -> Self {
		Self::directory("reject_schema", (suggestion, spam))
	}

	pub(crate) fn activate_schema(suggestion: SuggestionId) -> Self {
		Self::directory("activate_schema", suggestion)
	}

	pub(crate) fn retire_schema(class: ClassId, version: SchemaVersion) -> Self {
		Self::directory("retire_schema", (class, version))
	}

	pub(crate) fn create_entity(
		class: ClassId,
		version: SchemaVersion,
		values: &EntityValues,
		referenceable: bool,
	) -> Self {
		Self::directory("create_entity", (class, version, values, referenceable))
	}

	pub(crate) fn update_entity(entity: EntityId, changes: &ValueChanges) -> Self {
		Self::directory("update_entity", (entity, changes))
	}

	pub(crate) fn remove_entity(entity: EntityId) -> Self {
		Self::directory("remove_entity", entity)
	}

	pub(crate) fn offer_transfer(entity: EntityId, to: Option<AccountId32>) -> Self {
		Self::directory("offer_transfer", (entity, to))
	}

	pub(crate) fn accept_transfer(entity: EntityId, max_deposit: u128) -> Self {
		Self::directory("accept_transfer", (entity, Compact(max_deposit)))
	}

	pub(crate) fn set_referenceable(entity: EntityId, referenceable: bool) -> Self {
		Self::directory("set_referenceable", (entity, referenceable))
	}

	pub(crate) fn migrate_entity(
		entity: EntityId,
		version: SchemaVersion,
		supplied: &ValueChanges,
		group: Option<CuratorGroupId>,
	) -> Self {
		Self::directory("migrate_entity", (entity, version, supplied, group))
	}

	pub(crate) fn migrate_class(class: ClassId, version: SchemaVersion) -> Self {
		Self::directory("migrate_class", (class, version))
	}

	pub(crate) fn cancel_migration(class: ClassId) -> Self {
		Self::directory("cancel_migration", class)
	}

	pub(crate) fn create_curator_group(group: &CuratorGroup<AccountId32>) -> Self {
		Self::directory("create_curator_group", group)
	}

	pub(crate) fn update_curator_group(
		id: CuratorGroupId,
		group: &CuratorGroup<AccountId32>,
	) -> Self {
		Self::directory("update_curator_group", (id, group))
	}

	pub(crate) fn set_visibility(
		entity: EntityId,
		group: CuratorGroupId,
		action: Moderation,
		reason: &Description,
	) -> Self {
		Self::directory("set_visibility", (entity, group, action, reason))
	}

	/// All of `calls`, or none.
	pub(crate) fn batch_all(calls: &[Self], metadata: &Metadata) -> Result<Self> {
		Self::batch("batch_all", calls, metadata)
	}

	/// Each of `calls` that works.
	pub(crate) fn force_batch(calls: &[Self], metadata: &Metadata) -> Result<Self> {
		Self::batch("force_batch", calls, metadata)
	}

	fn batch(name: &'static str, calls: &[Self], metadata: &Metadata) -> Result<Self> {
		let mut arguments = Compact(calls.len() as u32).encode();
		for call in calls {
			arguments.extend(call.encode(metadata)?);
		}
		Ok(Self { pallet: "Utility", name, arguments: Arguments(arguments) })
	}

	/// `call`, by root.
	pub(crate) fn sudo(call: &Self, metadata: &Metadata) -> Result<Self> {
		Ok(Self { pallet: "Sudo", name: "sudo", arguments: Arguments(call.encode(metadata)?) })
	}

	/// A motion of the council to carry out the call in `call`.
	pub(crate) fn propose(threshold: u32, call: &[u8]) -> Self {
		let mut arguments = Compact(threshold).encode();
		arguments.extend_from_slice(call);
		Compact(call.len() as u32).encode_to(&mut arguments);
		Self { pallet: "Council", name: "propose", arguments: Arguments(arguments) }
	}

	/// A vote for a motion.
	pub(crate) fn vote(motion: Hash, index: u32) -> Self {
		Self::new("Council", "vote", (motion, Compact(index), true))
	}

	/// Closes a motion, and carries it out if it has its majority.
	pub(crate) fn close(motion: Hash, index: u32, weight: (u64, u64), length: u32) -> Self {
		let weight = (Compact(weight.0), Compact(weight.1));
		Self::new("Council", "close", (motion, Compact(index), weight, Compact(length)))
	}
}
