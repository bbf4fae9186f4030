//! Random histories of a directory: classes that get new versions while their entries are created, changed,
//! migrated, hidden, handed over and removed, by calls of which many are refused.

use super::wallet::{call_api, Call, Wallet};
use crate::support::Node;
use codec::{Compact, Decode};
use rome_dice::Dice;
use rome_primitives::content::{
	api::{EntityAs, EntityView, Page, ReadError, Reading, SchemaView},
	ClassId, EntityId, EntityValues, Moderation, Operation, Operations, PropertyId, PropertyType,
	Scalar, ScalarType, SchemaVersion, Target, Value, ValueChanges, CREATED,
};
use serde_json::{json, Map, Value as Json};
use subxt::utils::AccountId32;

const PEOPLE: [&str; 4] = ["//Alice", "//Bob", "//Dave", "//Eve"];

/// The class whose versions do everything that versions can do.
const CLIP: ClassId = 0;
/// A class of the same name but for a letter's case, with names that mean something in SQL.
const OTHER: ClassId = 1;

fn schema(class: &str, version: u32, properties: Json, required: Json) -> String {
	json!({
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"description": "Made by a test.",
		"x-rome": {
			"class": class,
			"category": "video",
			"version": version,
			"creation": "anyone",
			"freeForm": true
		},
		"type": "object",
		"properties": properties,
		"required": required,
		"additionalProperties": false
	})
	.to_string()
}

fn text(length: u32, rome: Json) -> Json {
	json!({ "type": "string", "maxLength": length, "x-rome": rome })
}

fn reference(rome: Json) -> Json {
	let mut all = Map::from_iter([("type".to_string(), json!("reference"))]);
	all.extend(rome.as_object().unwrap().clone());
	json!({ "type": "string", "x-rome": all })
}

/// The versions of the first class, in order.
pub fn clips() -> [String; 4] {
	let first = json!({
		"code": text(20, json!({})),
		"label": text(20, json!({})),
		"title": text(20, json!({})),
		"size": { "type": "integer" },
		"mood": text(20, json!({})),
		"part": reference(json!({})),
		"price": { "type": "string", "x-rome": { "type": "decimal", "scale": 2 } },
		"raw": { "type": "string", "x-rome": { "type": "bytes", "maxBytes": 9 } },
		"hash": { "type": "string", "x-rome": { "type": "hash32" } },
		"at": { "type": "string", "format": "date-time" },
		"on": { "type": "boolean" },
		"tags": { "type": "array", "maxItems": 4, "items": { "type": "string", "maxLength": 6 } },
		"prices": {
			"type": "array",
			"maxItems": 3,
			"items": { "type": "string", "x-rome": { "type": "decimal", "scale": 1 } }
		},
		"links": { "type": "array", "maxItems": 3, "items": reference(json!({})) }
	});
	// Unique by carrying, shorter, cast, bound to one owner; the rest is dropped.
	let second = json!({
		"code": text(20, json!({ "carry": "code", "unique": true })),
		"label": text(20, json!({ "carry": "label" })),
		"title": text(6, json!({ "carry": "title", "indexed": true })),
		"length": text(4, json!({ "cast": "size" })),
		"mood": {
			"type": "string",
			"enum": ["glad", "sad"],
			"x-rome": { "cast": { "from": "mood", "table": { "a": "glad", "bb": "sad" } } }
		},
		"part": reference(json!({ "sameOwner": true, "carry": "part" })),
		"price": { "type": "string", "x-rome": { "type": "decimal", "scale": 2, "carry": "price" } },
		"tags": {
			"type": "array",
			"maxItems": 2,
			"items": { "type": "string", "maxLength": 6 },
			"x-rome": { "carry": "tags" }
		},
		"links": {
			"type": "array",
			"maxItems": 3,
			"items": reference(json!({})),
			"x-rome": { "carry": "links" }
		},
		"state": text(9, json!({ "default": "new" }))
	});
	// Unique by casting to a new property; links bound to this class by a cast.
	let third = json!({
		"code": text(20, json!({ "carry": "code", "unique": true })),
		"name": text(20, json!({ "cast": "label", "unique": true })),
		"title": text(6, json!({ "carry": "title", "indexed": true })),
		"part": reference(json!({ "sameOwner": true, "carry": "part" })),
		"links": {
			"type": "array",
			"maxItems": 3,
			"items": reference(json!({ "class": "clip" })),
			"x-rome": { "cast": "links" }
		},
		"state": text(9, json!({ "carry": "state" })),
		"sign": text(5, json!({ "ask": true }))
	});
	let fourth = json!({
		"code": text(20, json!({ "carry": "code", "unique": true })),
		"handle": text(20, json!({ "carry": "name", "unique": true })),
		"heading": text(20, json!({ "cast": "title" })),
		"partAsText": text(20, json!({ "cast": "part" })),
		"links": {
			"type": "array",
			"maxItems": 3,
			"items": reference(json!({ "class": "clip" })),
			"x-rome": { "carry": "links" }
		},
		"state": text(9, json!({ "carry": "state", "unique": true }))
	});
	[
		schema("clip", 1, first, json!(["code"])),
		schema("clip", 2, second, json!(["code"])),
		schema("clip", 3, third, json!([])),
		schema("clip", 4, fourth, json!([])),
	]
}

/// The versions of the second class.
pub fn others() -> [String; 2] {
	let first = json!({
		"select": text(20, json!({})),
		"order_by": { "type": "array", "maxItems": 2, "items": reference(json!({})) },
		"of": reference(json!({ "class": "clip" }))
	});
	let second = json!({
		"select": text(20, json!({ "carry": "select", "unique": true })),
		"of": reference(json!({ "class": "clip", "sameOwner": true, "carry": "of" })),
		"v1__x": { "type": "integer" }
	});
	[schema("Clip", 1, first, json!([])), schema("Clip", 2, second, json!([]))]
}

/// What a history consists of, once the classes are there.
pub struct History<'a> {
	node: &'a Node,
	wallet: Wallet<'a>,
	pub dice: Dice,
}

impl<'a> History<'a> {
	pub fn new(node: &'a Node, seed: u64) -> Self {
		Self { node, wallet: Wallet::open(node), dice: Dice::new(seed) }
	}

	/// The first version of each class, and curators.
	pub fn begin(&mut self) {
		let clip = self.node.file("clip.1.json", &clips()[0]);
		let other = self.node.file("other.1.json", &others()[0]);
		self.node.publish(&[&clip]);
		self.node.publish(&[&other]);
		let curators = ["curator", "create", "Keepers", "--class", "clip", "--class", "Clip"];
		let bob = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
		let member = ["--member", bob, "--suri", "//Alice"];
		self.node.ok(&[&curators[..], &member].concat());
		self.wallet.forget_nonces();
	}

	/// The next version of a class.
	pub fn publish(&mut self, name: &str, text: &str) {
		let file = self.node.file(name, text);
		self.node.publish(&[&file]);
		self.wallet.forget_nonces();
	}

	/// So many calls.
	pub fn go_on(&mut self, calls: u32) {
		for _ in 0..calls {
			self.call();
		}
	}

	fn one_in(&mut self, count: u32) -> bool {
		self.dice.below(count) == 0
	}

	fn ask<T: Decode>(&self, function: &str, arguments: impl codec::Encode) -> T {
		let function = format!("ContentDirectoryApi_{function}");
		let bytes = call_api(self.node, &function, arguments, None);
		T::decode(&mut bytes.as_slice()).unwrap()
	}

	/// One call or one batch.
	fn call(&mut self) {
		let class = if self.one_in(4) { OTHER } else { CLIP };
		match self.dice.below(100) {
			0..30 => self.create(class),
			30..50 => self.update(class),
			50..58 => self.remove(class),
			58..68 => self.hand_over(class),
			68..72 => self.set_referenceable(class),
			72..86 => self.migrate(class),
			86..92 => self.moderate(class),
			92..96 => {
				let version = self.dice.below(5) as SchemaVersion;
				self.wallet.sudo(&Call::directory("migrate_class", (class, version)));
			},
			96 => self.wallet.sudo(&Call::directory("cancel_migration", class)),
			97 => {
				let version = 1 + self.dice.below(3) as SchemaVersion;
				self.wallet.sudo(&Call::directory("retire_schema", (class, version)));
			},
			_ => {
				let status = u8::from(self.one_in(3));
				self.wallet.sudo(&Call::directory("set_class_status", (class, status)));
			},
		}
	}

	fn active(&self, class: ClassId) -> SchemaVersion {
		type Answer = Page<rome_primitives::content::api::ClassView<AccountId32>, ClassId>;
		let page: Answer = self.ask("classes", (None::<ClassId>, 10u32));
		let found = page.items.into_iter().find(|info| info.id == class).unwrap();
		found.class.active_version.unwrap_or(found.class.latest_version)
	}

	fn schema(&self, class: ClassId, version: SchemaVersion) -> SchemaView {
		self.ask::<Option<SchemaView>>("schema", (class, version)).unwrap()
	}

	/// Some entity, if it has not been removed.
	fn some(&mut self, class: ClassId) -> Option<EntityView<AccountId32, u128>> {
		type Answer = Page<EntityView<AccountId32, u128>, EntityId>;
		let after = EntityId { class, serial: self.dice.below(60) };
		let after = (after.serial > 0).then_some(after);
		let page: Answer = self.ask("entities", (class, after, 1u32));
		page.items.into_iter().next()
	}

	fn owner_of(&mut self, entity: &EntityView<AccountId32, u128>) -> &'static str {
		let owner = PEOPLE.into_iter().find(|who| account(who) == entity.entity.owner);
		if self.one_in(20) {
			return self.dice.one_of(PEOPLE);
		}
		owner.unwrap()
	}

	fn set_referenceable(&mut self, class: ClassId) {
		let Some(entity) = self.some(class) else { return self.create(class) };
		let who = self.owner_of(&entity);
		let referenceable = self.one_in(2);
		self.wallet.send(who, Call::directory("set_referenceable", (entity.id, referenceable)));
	}

	fn create(&mut self, class: ClassId) {
		let who = self.dice.one_of(PEOPLE);
		let version = if self.one_in(8) { 0 } else { self.active(class) };
		let count = 1 + self.dice.below(4);
		let mut operations = Operations::<AccountId32, u128>::default();
		for position in 0..count {
			let values = self.values(class, version, position);
			let referenceable = self.one_in(2);
			let create = Operation::Create { class, version, values, referenceable };
			operations.try_push(create).unwrap();
		}
		if self.one_in(4) {
			let target = Target::Created(0);
			operations.try_push(Operation::Remove { entity: target }).unwrap();
		}
		self.wallet.send(who, Call::directory("transact", operations));
	}

	fn update(&mut self, class: ClassId) {
		let Some(entity) = self.some(class) else { return self.create(class) };
		let who = self.owner_of(&entity);
		let schema = self.schema(class, entity.entity.version).schema;
		let mut changes = ValueChanges::default();
		for property in &schema.properties {
			if self.one_in(4) {
				let clears = self.one_in(5) && !property.property.required;
				let value = (!clears).then(|| self.value(&property.property.kind, class, 0));
				changes.try_push((property.id, value)).unwrap();
			}
		}
		self.wallet.send(who, Call::directory("update_entity", (entity.id, changes)));
	}

	/// Removes an entity: one that entities of others refer to, who are not asked, if there is one.
	fn remove(&mut self, class: ClassId) {
		let mut entity = None;
		for _ in 0..6 {
			entity = self.some(class);
			let wanted = |it: &EntityView<_, _>| it.foreign_references && it.own_references == 0;
			if entity.as_ref().is_some_and(wanted) {
				break;
			}
		}
		let Some(entity) = entity else { return self.create(class) };
		let who = self.owner_of(&entity);
		self.wallet.send(who, Call::directory("set_referenceable", (entity.id, false)));
		self.wallet.send(who, Call::directory("remove_entity", entity.id));
	}

	fn hand_over(&mut self, class: ClassId) {
		let Some(entity) = self.some(class) else { return self.create(class) };
		let who = self.owner_of(&entity);
		let to = self.dice.one_of(PEOPLE);
		self.wallet.send(who, Call::directory("offer_transfer", (entity.id, Some(account(to)))));
		if !self.one_in(3) {
			let most = Compact(u128::MAX);
			self.wallet.send(to, Call::directory("accept_transfer", (entity.id, most)));
		}
	}

	fn migrate(&mut self, class: ClassId) {
		let Some(entity) = self.some(class) else { return self.create(class) };
		let who = self.owner_of(&entity);
		let version = entity.entity.version + 1 + self.dice.below(2) as SchemaVersion;
		type Answer = Result<EntityAs<AccountId32>, ReadError>;
		let read: Answer = self.ask("entity_as", (entity.id, version));
		let Ok(read) = read else { return };
		let mut supplied = ValueChanges::default();
		if let Reading::Asks(asked) = read.reading {
			let schema = self.schema(class, version).schema;
			for id in asked {
				let property = &schema.property(id).unwrap().property;
				let value = self.value(&property.kind, class, 0);
				supplied.try_push((id, Some(value))).unwrap();
			}
		}
		let arguments = (entity.id, version, supplied, None::<u32>);
		self.wallet.send(who, Call::directory("migrate_entity", arguments));
	}

	fn moderate(&mut self, class: ClassId) {
		let Some(entity) = self.some(class) else { return self.create(class) };
		let action = self.dice.one_of([Moderation::Show, Moderation::Hide, Moderation::Freeze]);
		let arguments = (entity.id, 0u32, action, b"It's \"so\".".to_vec());
		self.wallet.send("//Bob", Call::directory("set_visibility", arguments));
	}

	/// Values for a new entity; references lead to those that the batch created before `position`, too.
	fn values(&mut self, class: ClassId, version: SchemaVersion, position: u32) -> EntityValues {
		let schema = self.schema(class, version).schema;
		let mut values = Vec::<(PropertyId, Value)>::new();
		for property in &schema.properties {
			if version == 0 {
				let document = format!("{{\"it's\": {}}}", self.dice.below(9)).into_bytes();
				let document = Scalar::Text(document.try_into().unwrap());
				values.push((property.id, document.into()));
			} else if property.property.required || !self.one_in(3) {
				values.push((property.id, self.value(&property.property.kind, class, position)));
			}
		}
		EntityValues(values.try_into().unwrap())
	}

	fn value(&mut self, kind: &PropertyType, class: ClassId, created: u32) -> Value {
		match kind {
			PropertyType::Single(kind) => Value::Single(self.scalar(kind, class, created)),
			PropertyType::List { item, max_items } => {
				let count = self.dice.below(u32::from(*max_items) + 1);
				let items: Vec<_> = (0..count).map(|_| self.scalar(item, class, created)).collect();
				Value::List(items.try_into().unwrap())
			},
		}
	}

	fn scalar(&mut self, kind: &ScalarType, own: ClassId, created: u32) -> Scalar {
		let words = ["a", "bb", "ccc", "'", "\"; --", "long enough", "é", ""];
		match kind {
			ScalarType::Bool => Scalar::Bool(self.one_in(2)),
			ScalarType::Int { .. } => {
				Scalar::Int(self.dice.one_of([0, 7, -7, 1_234_567, i64::MAX, i64::MIN]))
			},
			ScalarType::Decimal { .. } => {
				Scalar::Decimal(self.dice.one_of([0, 1, -1250, i64::MAX, i64::MIN]))
			},
			ScalarType::Text { max_length } => {
				let mut word = self.dice.one_of(words).to_string();
				word.truncate(*max_length as usize);
				Scalar::Text(word.into_bytes().try_into().unwrap())
			},
			ScalarType::Bytes { .. } => {
				let length = self.dice.below(5) as usize;
				Scalar::Bytes(vec![self.dice.number() as u8; length].try_into().unwrap())
			},
			ScalarType::Hash32 => Scalar::Hash32([self.dice.number() as u8; 32]),
			ScalarType::Timestamp => {
				Scalar::Timestamp(self.dice.one_of([0, -1, 1_234_567_890_123, -62_135_596_800_000]))
			},
			ScalarType::Enum { variants } => Scalar::Enum(self.dice.position(variants.len()) as u8),
			ScalarType::Reference { class, .. } => {
				let class = class.unwrap_or_else(|| self.dice.one_of([CLIP, OTHER]));
				if created > 0 && class == own && self.one_in(3) {
					let serial = self.dice.below(created);
					return Scalar::Reference(EntityId { class: CREATED, serial });
				}
				let there = self.some(class).map(|entity| entity.id);
				Scalar::Reference(there.unwrap_or(EntityId { class, serial: 0 }))
			},
			ScalarType::DataObject => Scalar::DataObject([0; 32]),
		}
	}
}

fn account(who: &str) -> AccountId32 {
	use std::str::FromStr;
	let uri = subxt_signer::SecretUri::from_str(who).unwrap();
	let keypair = subxt_signer::sr25519::Keypair::from_uri(&uri).unwrap();
	keypair.public_key().to_account_id()
}
