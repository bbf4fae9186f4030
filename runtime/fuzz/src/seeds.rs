//! Inputs in which every call of the content directory succeeds: what the others grow from.

use crate::{
	chain::{Call, COUNCIL, END_OF_BLOCK, ROOT},
	Record,
};
use codec::Encode;
use frame_support::{traits::Get, BoundedVec};
use rome_primitives::content::{
	Carry, Cast, Category, ClassConfig, ClassStatus, CreationPolicy, CuratorGroup, DraftProperty,
	EntityId, EntityValues, Moderation, Operation, Property, PropertyId, PropertyType, Rule,
	Scalar, ScalarType, SchemaDraft, SuggestionTarget, Target, Value, CREATED, DOCUMENT,
};
use rome_runtime::AccountId;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};

const ALICE: u8 = 0;
const BOB: u8 = 1;
const CHARLIE: u8 = 2;
/// More than what any entity is held for.
const MUCH: u128 = 1_000_000_000_000_000;

pub(crate) fn bounded<Item: Clone, Bound: Get<u32>>(items: &[Item]) -> BoundedVec<Item, Bound> {
	items.to_vec().try_into().ok().expect("within the bound")
}

fn call(origin: u8, call: Call) -> Record {
	Record { origin, call: call.encode() }
}

fn end_of_block() -> Record {
	Record { origin: END_OF_BLOCK, call: vec![0xff, 0xff] }
}

fn property(name: &str, kind: PropertyType) -> Property {
	Property {
		name: bounded(name.as_bytes()),
		description: bounded(b"what it is"),
		kind,
		required: false,
		unique: false,
		indexed: false,
		locked: false,
	}
}

fn one(name: &str, kind: ScalarType) -> Property {
	property(name, PropertyType::Single(kind))
}

const INT: ScalarType = ScalarType::Int { min: None, max: None };
const TEXT: ScalarType = ScalarType::Text { max_length: 50 };

fn variants() -> ScalarType {
	ScalarType::Enum { variants: bounded(&[bounded(b"spoken"), bounded(b"sung")]) }
}

fn schema(properties: &[(Property, Option<Rule>)]) -> SchemaDraft {
	let drafts = properties
		.iter()
		.map(|(property, rule)| DraftProperty { property: property.clone(), rule: rule.clone() })
		.collect::<Vec<_>>();
	SchemaDraft { properties: bounded(&drafts) }
}

fn config() -> ClassConfig<AccountId> {
	ClassConfig {
		description: bounded(b"a class"),
		category: Category::Video,
		creation: CreationPolicy::Anyone,
		max_entities: None,
		default_quota: None,
		free_form: true,
	}
}

fn first_version() -> SchemaDraft {
	let to = ScalarType::Reference { class: None, same_owner: false };
	schema(&[
		(one("name", TEXT), None),
		(Property { unique: true, ..one("code", INT) }, None),
		(Property { indexed: true, ..one("size", INT) }, None),
		(one("kind", TEXT), None),
		(property("next", PropertyType::List { item: to, max_items: 4 }), None),
		(one("when", ScalarType::Timestamp), None),
	])
}

fn second_version() -> SchemaDraft {
	let carry = |from| Some(Rule::Carry(Carry { from }));
	let own = ScalarType::Reference { class: None, same_owner: true };
	let table = bounded(&[(bounded(b"a"), 0), (bounded(b"b"), 1)]);
	schema(&[
		(Property { unique: true, ..one("name", ScalarType::Text { max_length: 20 }) }, carry(0)),
		(Property { unique: true, indexed: true, ..one("code", INT) }, carry(1)),
		(
			Property { indexed: true, ..one("size", ScalarType::Int { min: Some(0), max: None }) },
			carry(2),
		),
		(one("kind", variants()), Some(Rule::Cast(Cast { from: 3, table }))),
		(property("next", PropertyType::List { item: own, max_items: 2 }), carry(4)),
		(one("words", TEXT), Some(Rule::Cast(Cast { from: 5, table: Default::default() }))),
		(one("stars", INT), Some(Rule::Default(Scalar::Int(3).into()))),
		(one("rating", INT), Some(Rule::Ask)),
	])
}

fn text(value: &str) -> Value {
	Scalar::Text(bounded(value.as_bytes())).into()
}

fn int(value: i64) -> Value {
	Scalar::Int(value).into()
}

fn to(class: u32, serials: &[u32]) -> Value {
	let items = serials.iter().map(|serial| Scalar::Reference(EntityId { class, serial: *serial }));
	Value::List(bounded(&items.collect::<Vec<_>>()))
}

fn values(of: &[(PropertyId, Value)]) -> EntityValues {
	EntityValues(bounded(of))
}

fn id(serial: u32) -> EntityId {
	EntityId { class: 0, serial }
}

fn create(origin: u8, version: u16, of: &[(PropertyId, Value)]) -> Record {
	let values = values(of);
	call(origin, Call::create_entity { class: 0, version, values, referenceable: true })
}

fn activate(
	suggestion: u32,
	target: SuggestionTarget<AccountId>,
	schema: SchemaDraft,
) -> Vec<Record> {
	vec![
		call(CHARLIE, Call::suggest_schema { target, schema }),
		call(COUNCIL, Call::approve_schema { suggestion }),
		call(ROOT, Call::activate_schema { suggestion }),
	]
}

fn class() -> Vec<Record> {
	let target = SuggestionTarget::New { name: bounded(b"Video"), config: config() };
	let mut records = activate(0, target, first_version());
	records.extend([
		create(ALICE, 1, &[(0, text("one")), (1, int(1)), (2, int(5)), (3, text("a"))]),
		create(BOB, 1, &[(0, text("one")), (1, int(2)), (2, int(-5)), (4, to(0, &[0]))]),
		create(
			ALICE,
			1,
			&[(0, text("two")), (4, to(0, &[0, 1])), (5, Scalar::Timestamp(0).into())],
		),
		create(ALICE, 0, &[(DOCUMENT, text("{\"title\": \"old\"}"))]),
	]);
	records
}

fn upgraded() -> Vec<Record> {
	let mut records = class();
	let target = SuggestionTarget::Existing { class: 0, base: 1 };
	records.extend(activate(1, target, second_version()));
	records.push(create(BOB, 2, &[(0, text("three")), (1, int(3)), (2, int(1))]));
	records
}

fn group() -> CuratorGroup<AccountId> {
	CuratorGroup {
		name: bounded(b"curators"),
		members: bounded(&[Bob.to_account_id()]),
		classes: bounded(&[0]),
		active: true,
	}
}

fn suggestions() -> Vec<Record> {
	let target = |name: &[u8]| SuggestionTarget::New { name: bounded(name), config: config() };
	let suggest =
		|name| call(ALICE, Call::suggest_schema { target: target(name), schema: first_version() });
	vec![
		suggest(b"A"),
		suggest(b"B"),
		suggest(b"C"),
		call(BOB, Call::endorse_schema { suggestion: 0, amount: MUCH }),
		call(BOB, Call::withdraw_endorsement { suggestion: 0, endorser: Bob.to_account_id() }),
		call(ALICE, Call::withdraw_suggestion { suggestion: 0 }),
		call(COUNCIL, Call::reject_schema { suggestion: 1, spam: true }),
		call(COUNCIL, Call::approve_schema { suggestion: 2 }),
		call(COUNCIL, Call::reject_schema { suggestion: 2, spam: false }),
	]
}

fn entities() -> Vec<Record> {
	let mut records = class();
	records.extend([
		call(
			ALICE,
			Call::update_entity {
				entity: id(0),
				changes: bounded(&[(2, Some(int(7))), (3, None)]),
			},
		),
		call(ALICE, Call::offer_transfer { entity: id(2), to: Some(Charlie.to_account_id()) }),
		call(CHARLIE, Call::accept_transfer { entity: id(2), max_deposit: MUCH }),
		call(ALICE, Call::set_referenceable { entity: id(0), referenceable: false }),
		call(CHARLIE, Call::remove_entity { entity: id(2) }),
		call(ROOT, Call::update_class { class: 0, config: config() }),
		call(ROOT, Call::set_class_status { class: 0, status: ClassStatus::Open }),
		call(ROOT, Call::set_quota { class: 0, account: Alice.to_account_id(), quota: Some(9) }),
		call(ROOT, Call::set_default_quota { class: 0, quota: Some(9) }),
	]);
	records
}

fn migrations() -> Vec<Record> {
	let mut records = upgraded();
	let supplied = |of: &[(PropertyId, Option<Value>)]| bounded(of);
	records.extend([
		end_of_block(),
		call(
			ALICE,
			Call::migrate_entity {
				entity: id(0),
				version: 2,
				supplied: supplied(&[(9, None)]),
				group: None,
			},
		),
		call(
			ROOT,
			Call::migrate_entity {
				entity: id(3),
				version: 2,
				supplied: supplied(&[(0, Some(text("old")))]),
				group: None,
			},
		),
		call(ROOT, Call::migrate_class { class: 0, version: 2 }),
		call(ROOT, Call::cancel_migration { class: 0 }),
		call(ROOT, Call::migrate_class { class: 0, version: 2 }),
		end_of_block(),
		end_of_block(),
	]);
	let target = SuggestionTarget::Existing { class: 0, base: 2 };
	let third = schema(&[(one("name", TEXT), None)]);
	records.extend(activate(2, target, third));
	records.push(call(ROOT, Call::retire_schema { class: 0, version: 3 }));
	records
}

fn curators() -> Vec<Record> {
	let mut records = class();
	let visibility = |action| {
		let reason = bounded(b"because");
		call(BOB, Call::set_visibility { entity: id(0), group: 0, action, reason })
	};
	records.extend([
		call(ROOT, Call::create_curator_group { group: group() }),
		call(ROOT, Call::update_curator_group { id: 0, group: group() }),
		visibility(Moderation::Hide),
		visibility(Moderation::Freeze),
		visibility(Moderation::Show),
	]);
	records
}

fn batches() -> Vec<Record> {
	let mut records = class();
	let create =
		|of| Operation::Create { class: 0, version: 1, values: values(of), referenceable: false };
	let operations = [
		create(&[(0, text("x"))]),
		create(&[(0, text("y")), (4, to(CREATED, &[0]))]),
		Operation::Update {
			entity: Target::Created(0),
			changes: bounded(&[(4, Some(to(CREATED, &[1])))]),
		},
		Operation::SetReferenceable { entity: Target::Created(1), referenceable: true },
		Operation::OfferTransfer { entity: Target::Entity(id(2)), to: Some(Bob.to_account_id()) },
		Operation::Update { entity: Target::Entity(id(2)), changes: bounded(&[(4, None)]) },
		Operation::Remove { entity: Target::Entity(id(2)) },
	];
	records.push(call(ALICE, Call::transact { operations: bounded(&operations) }));
	records
}

/// The inputs.
pub fn seeds() -> Vec<Vec<Record>> {
	vec![suggestions(), entities(), migrations(), curators(), batches()]
}
