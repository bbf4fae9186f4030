//! The content directory's calls.

use super::Call;
use crate::AccountId;
use codec::{Compact, Encode};
use rome_primitives::content::{
	ClassId, CuratorGroup, CuratorGroupId, Description, EntityId, EntityValues, Moderation,
	SchemaDraft, SchemaVersion, SuggestionId, SuggestionTarget, ValueChanges,
};

impl Call {
	fn directory(name: &'static str, arguments: impl Encode) -> Self {
		Self::new("ContentDirectory", name, arguments)
	}

	/// Suggests a schema.
	pub fn suggest_schema(target: &SuggestionTarget<AccountId>, schema: &SchemaDraft) -> Self {
		Self::directory("suggest_schema", (target, schema))
	}

	/// Supports a suggestion with a deposit.
	pub fn endorse_schema(suggestion: SuggestionId, amount: u128) -> Self {
		Self::directory("endorse_schema", (suggestion, Compact(amount)))
	}

	/// Takes an endorsement back.
	pub fn withdraw_endorsement(suggestion: SuggestionId, endorser: AccountId) -> Self {
		Self::directory("withdraw_endorsement", (suggestion, endorser))
	}

	/// Takes a suggestion back.
	pub fn withdraw_suggestion(suggestion: SuggestionId) -> Self {
		Self::directory("withdraw_suggestion", suggestion)
	}

	/// Council: approves a suggestion.
	pub fn approve_schema(suggestion: SuggestionId) -> Self {
		Self::directory("approve_schema", suggestion)
	}

	/// Council: rejects a suggestion; as spam, if so.
	pub fn reject_schema(suggestion: SuggestionId, spam: bool) -> Self {
		Self::directory("reject_schema", (suggestion, spam))
	}

	/// Council or root: makes an approved suggestion its class's active version.
	pub fn activate_schema(suggestion: SuggestionId) -> Self {
		Self::directory("activate_schema", suggestion)
	}

	/// Council or root: retires a version that no entity uses.
	pub fn retire_schema(class: ClassId, version: SchemaVersion) -> Self {
		Self::directory("retire_schema", (class, version))
	}

	/// Creates an entity.
	pub fn create_entity(
		class: ClassId,
		version: SchemaVersion,
		values: &EntityValues,
		referenceable: bool,
	) -> Self {
		Self::directory("create_entity", (class, version, values, referenceable))
	}

	/// Owner: changes an entity's values.
	pub fn update_entity(entity: EntityId, changes: &ValueChanges) -> Self {
		Self::directory("update_entity", (entity, changes))
	}

	/// Owner: removes an entity.
	pub fn remove_entity(entity: EntityId) -> Self {
		Self::directory("remove_entity", entity)
	}

	/// Owner: offers an entity to another account, or to nobody any more.
	pub fn offer_transfer(entity: EntityId, to: Option<AccountId>) -> Self {
		Self::directory("offer_transfer", (entity, to))
	}

	/// Takes an entity that is offered, if no more than `max_deposit` is to be held for it.
	pub fn accept_transfer(entity: EntityId, max_deposit: u128) -> Self {
		Self::directory("accept_transfer", (entity, Compact(max_deposit)))
	}

	/// Owner: says whether entities of others may refer to an entity.
	pub fn set_referenceable(entity: EntityId, referenceable: bool) -> Self {
		Self::directory("set_referenceable", (entity, referenceable))
	}

	/// Owner, or a member of `group`: makes an entity one of another version.
	pub fn migrate_entity(
		entity: EntityId,
		version: SchemaVersion,
		supplied: &ValueChanges,
		group: Option<CuratorGroupId>,
	) -> Self {
		Self::directory("migrate_entity", (entity, version, supplied, group))
	}

	/// Council: makes all of a class's entities ones of another version.
	pub fn migrate_class(class: ClassId, version: SchemaVersion) -> Self {
		Self::directory("migrate_class", (class, version))
	}

	/// Council: ends a class's migration.
	pub fn cancel_migration(class: ClassId) -> Self {
		Self::directory("cancel_migration", class)
	}

	/// Council: creates a curator group.
	pub fn create_curator_group(group: &CuratorGroup<AccountId>) -> Self {
		Self::directory("create_curator_group", group)
	}

	/// Council: changes a curator group.
	pub fn update_curator_group(id: CuratorGroupId, group: &CuratorGroup<AccountId>) -> Self {
		Self::directory("update_curator_group", (id, group))
	}

	/// Curator of `group`: shows, hides or freezes an entity.
	pub fn set_visibility(
		entity: EntityId,
		group: CuratorGroupId,
		action: Moderation,
		reason: &Description,
	) -> Self {
		Self::directory("set_visibility", (entity, group, action, reason))
	}
}
