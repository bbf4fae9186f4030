//! What the tests share: builders for schemas and values, and short ways to a class and an entity.

mod batches;
mod classes;
mod curators;
mod deposits;
mod entities;
mod integrity;
mod maintenance;
mod migrations;
mod objects;
mod properties;
mod queries;
mod quotas;
mod references;
mod schemas;
mod select;
mod suggestions;
mod transfers;
mod try_state;
mod unique_index;
mod values;
mod weights;

use crate::{mock::*, Classes, Entities, HoldReason, NextClassId, NextSuggestionId};
use frame_support::{
	assert_ok, dispatch::DispatchResultWithPostInfo, traits::fungible::InspectHold,
};
use rome_primitives::content::{
	Carry, Cast, Category, Class, ClassConfig, ClassId, ClassStatus, CreationPolicy, DraftProperty,
	Entity, EntityId, EntityValues, ObjectHash, Property, PropertyId, PropertyType, Rule, Scalar,
	ScalarType, SchemaDraft, SchemaVersion, SuggestionId, SuggestionTarget, Value, ValueChanges,
};
use sp_runtime::{traits::Get, BoundedVec};

type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

/// Who suggests the schemas of [`activate`].
const PROPOSER: AccountId = CHARLIE;

fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

fn council() -> RuntimeOrigin {
	signed(COUNCIL)
}

/// Origins that are neither root nor the council.
fn strangers() -> [RuntimeOrigin; 2] {
	[signed(ALICE), RuntimeOrigin::none()]
}

fn bounded<Item: Clone, Bound: Get<u32>>(items: &[Item]) -> BoundedVec<Item, Bound> {
	items.to_vec().try_into().ok().expect("within the bound")
}

// Types

const BOOL: ScalarType = ScalarType::Bool;
const INT: ScalarType = ScalarType::Int { min: None, max: None };
const DECIMAL: ScalarType = ScalarType::Decimal { scale: 2 };
const HASH32: ScalarType = ScalarType::Hash32;
const TIMESTAMP: ScalarType = ScalarType::Timestamp;
const OBJECT: ScalarType = ScalarType::DataObject;
const TEXT: ScalarType = ScalarType::Text { max_length: 100 };
const BYTES: ScalarType = ScalarType::Bytes { max_length: 100 };

fn variants(names: &[&str]) -> ScalarType {
	let variants = names.iter().map(|name| bounded(name.as_bytes())).collect::<Vec<_>>();
	ScalarType::Enum { variants: bounded(&variants) }
}

/// A reference to entities of `class`, of any owner.
fn to_class(class: ClassId) -> ScalarType {
	ScalarType::Reference { class: Some(class), same_owner: false }
}

/// A reference to entities of `class` of the same owner.
fn to_own(class: ClassId) -> ScalarType {
	ScalarType::Reference { class: Some(class), same_owner: true }
}

/// A reference to entities of the property's own class.
const TO_ITSELF: ScalarType = ScalarType::Reference { class: None, same_owner: false };

// Schemas

/// An optional property that is nothing else.
fn plain(name: &str, kind: PropertyType) -> DraftProperty {
	let property = Property {
		name: bounded(name.as_bytes()),
		description: Default::default(),
		kind,
		required: false,
		unique: false,
		indexed: false,
		locked: false,
	};
	DraftProperty { property, rule: None }
}

fn one(name: &str, kind: ScalarType) -> DraftProperty {
	plain(name, PropertyType::Single(kind))
}

fn list(name: &str, item: ScalarType, max_items: u16) -> DraftProperty {
	plain(name, PropertyType::List { item, max_items })
}

/// Turns a plain property into another.
trait Flags: Sized {
	fn required(self) -> Self;
	fn unique(self) -> Self;
	fn indexed(self) -> Self;
	fn locked(self) -> Self;
	fn carries(self, from: PropertyId) -> Self;
	fn ruled(self, rule: Rule) -> Self;
	fn casts(self, from: PropertyId) -> Self;
}

impl Flags for DraftProperty {
	fn required(mut self) -> Self {
		self.property.required = true;
		self
	}

	fn unique(mut self) -> Self {
		self.property.unique = true;
		self
	}

	fn indexed(mut self) -> Self {
		self.property.indexed = true;
		self
	}

	fn locked(mut self) -> Self {
		self.property.locked = true;
		self
	}

	fn carries(self, from: PropertyId) -> Self {
		self.ruled(Rule::Carry(Carry { from }))
	}

	fn ruled(mut self, rule: Rule) -> Self {
		self.rule = Some(rule);
		self
	}

	fn casts(self, from: PropertyId) -> Self {
		self.ruled(Rule::Cast(Cast { from, table: Default::default() }))
	}
}

fn draft(properties: &[DraftProperty]) -> SchemaDraft {
	SchemaDraft { properties: bounded(properties) }
}

fn config() -> ClassConfig<AccountId> {
	ClassConfig {
		description: Default::default(),
		category: Category::Other,
		creation: CreationPolicy::Anyone,
		max_entities: None,
		default_quota: None,
		free_form: false,
	}
}

fn new_class(name: &str) -> SuggestionTarget<AccountId> {
	SuggestionTarget::New { name: bounded(name.as_bytes()), config: config() }
}

/// The next version of a class.
fn next_version(class: ClassId) -> SuggestionTarget<AccountId> {
	SuggestionTarget::Existing { class, base: stored_class(class).latest_version }
}

fn suggest(
	who: AccountId,
	target: SuggestionTarget<AccountId>,
	properties: &[DraftProperty],
) -> SuggestionId {
	let id = NextSuggestionId::<Test>::get();
	assert_ok!(ContentDirectory::suggest_schema(signed(who), target, draft(properties)));
	id
}

fn suggest_approved(
	target: SuggestionTarget<AccountId>,
	properties: &[DraftProperty],
) -> SuggestionId {
	let id = suggest(PROPOSER, target, properties);
	assert_ok!(ContentDirectory::approve_schema(council(), id));
	id
}

/// Takes a schema through suggestion, approval and activation.
fn activate(
	target: SuggestionTarget<AccountId>,
	properties: &[DraftProperty],
) -> (ClassId, SchemaVersion) {
	let class = match &target {
		SuggestionTarget::Existing { class, .. } => *class,
		SuggestionTarget::New { .. } => NextClassId::<Test>::get(),
	};
	let id = suggest_approved(target, properties);
	assert_ok!(ContentDirectory::activate_schema(root(), id));
	(class, stored_class(class).latest_version)
}

/// A new class with the first version of its schema; ids count from 0 in order.
fn class(name: &str, properties: &[DraftProperty]) -> ClassId {
	activate(new_class(name), properties).0
}

/// A new class of one optional property.
fn simple_class() -> ClassId {
	class("Simple", &[one("size", INT)])
}

/// A further version of `class`.
fn upgrade(class: ClassId, properties: &[DraftProperty]) -> SchemaVersion {
	activate(next_version(class), properties).1
}

fn stored_class(class: ClassId) -> Class<AccountId> {
	Classes::<Test>::get(class).expect("the class exists")
}

fn set_status(class: ClassId, status: ClassStatus) {
	assert_ok!(ContentDirectory::set_class_status(root(), class, status));
}

fn configure(class: ClassId, change: impl FnOnce(&mut ClassConfig<AccountId>)) {
	let mut config = stored_class(class).config;
	change(&mut config);
	assert_ok!(ContentDirectory::update_class(root(), class, config));
}

// Values

fn int(value: i64) -> Scalar {
	Scalar::Int(value)
}

fn text(value: &str) -> Scalar {
	Scalar::Text(bounded(value.as_bytes()))
}

fn raw_text(value: &[u8]) -> Scalar {
	Scalar::Text(bounded(value))
}

fn object(number: u8) -> Scalar {
	Scalar::DataObject(hash(number))
}

fn hash(number: u8) -> ObjectHash {
	[number; 32]
}

fn to(target: EntityId) -> Scalar {
	Scalar::Reference(target)
}

fn many(items: &[Scalar]) -> Value {
	Value::List(bounded(items))
}

/// Values for the properties 0, 1, 2 and so on.
fn values<const COUNT: usize>(of: [Scalar; COUNT]) -> EntityValues {
	let numbered = (0..).zip(of).map(|(id, scalar)| (id, Value::Single(scalar)));
	EntityValues(bounded(&numbered.collect::<Vec<_>>()))
}

/// Values for some properties.
fn some<V: Into<Value> + Clone>(of: &[(PropertyId, V)]) -> EntityValues {
	let of = of.iter().cloned().map(|(id, value)| (id, value.into()));
	EntityValues(bounded(&of.collect::<Vec<_>>()))
}

// Entities

fn try_create(
	owner: AccountId,
	class: ClassId,
	values: EntityValues,
) -> DispatchResultWithPostInfo {
	let version = stored_class(class).active_version.unwrap_or_default();
	ContentDirectory::create_entity(signed(owner), class, version, values, false)
}

fn create(owner: AccountId, class: ClassId, values: EntityValues) -> EntityId {
	let serial = crate::Stats::<Test>::get(class).next_serial;
	assert_ok!(try_create(owner, class, values));
	EntityId { class, serial }
}

/// Creates an entity that others may refer to.
fn create_referenceable(owner: AccountId, class: ClassId, values: EntityValues) -> EntityId {
	let id = create(owner, class, values);
	assert_ok!(ContentDirectory::set_referenceable(signed(owner), id, true));
	id
}

fn try_update<V: Into<Value> + Clone>(
	owner: AccountId,
	id: EntityId,
	changes: &[(PropertyId, Option<V>)],
) -> DispatchResultWithPostInfo {
	let changes =
		changes.iter().cloned().map(|(property, value)| (property, value.map(Into::into)));
	let changes: ValueChanges = bounded(&changes.collect::<Vec<_>>());
	ContentDirectory::update_entity(signed(owner), id, changes)
}

/// Sets one property.
fn set(
	owner: AccountId,
	id: EntityId,
	property: PropertyId,
	value: impl Into<Value> + Clone,
) -> DispatchResultWithPostInfo {
	try_update(owner, id, &[(property, Some(value))])
}

/// Clears one property.
fn clear(owner: AccountId, id: EntityId, property: PropertyId) -> DispatchResultWithPostInfo {
	try_update::<Value>(owner, id, &[(property, None)])
}

fn remove(owner: AccountId, id: EntityId) -> DispatchResultWithPostInfo {
	ContentDirectory::remove_entity(signed(owner), id)
}

fn offer(owner: AccountId, id: EntityId, to: AccountId) {
	assert_ok!(ContentDirectory::offer_transfer(signed(owner), id, Some(to)));
}

/// Takes over an entity whatever the deposit.
fn accept(taker: AccountId, id: EntityId) -> DispatchResultWithPostInfo {
	ContentDirectory::accept_transfer(signed(taker), id, Balance::MAX)
}

fn stored(id: EntityId) -> Entity<AccountId, Balance> {
	Entities::<Test>::get(id.class, id.serial.to_be_bytes()).expect("the entity exists")
}

fn exists(id: EntityId) -> bool {
	Entities::<Test>::contains_key(id.class, id.serial.to_be_bytes())
}

/// Moves an entity to a later version, with what that asks for.
fn try_migrate<V: Into<Value> + Clone>(
	origin: RuntimeOrigin,
	id: EntityId,
	version: SchemaVersion,
	supplied: &[(PropertyId, Option<V>)],
) -> DispatchResultWithPostInfo {
	let supplied = supplied.iter().cloned().map(|(id, value)| (id, value.map(Into::into)));
	let supplied: ValueChanges = bounded(&supplied.collect::<Vec<_>>());
	ContentDirectory::migrate_entity(origin, id, version, supplied, None)
}

/// Moves an entity to a later version that asks for nothing.
fn migrate(
	origin: RuntimeOrigin,
	id: EntityId,
	version: SchemaVersion,
) -> DispatchResultWithPostInfo {
	try_migrate::<Value>(origin, id, version, &[])
}

/// The end of a block with all the room there is.
fn idle() {
	use frame_support::traits::Hooks;
	ContentDirectory::on_idle(1, sp_runtime::Weight::MAX);
}

// Funds

fn held(reason: HoldReason, who: AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), &who)
}

fn free(who: AccountId) -> Balance {
	Balances::free_balance(who)
}

// Events

fn assert_last(event: Event) {
	System::assert_last_event(event.into());
}
