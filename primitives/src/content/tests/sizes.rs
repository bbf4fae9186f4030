//! Nothing that passes the checks encodes to more than `MaxEncodedLen` says: storage and weights rely on it.

use super::*;
use codec::{Decode, Encode, MaxEncodedLen};
use limits::*;
use proptest::prelude::*;

fn fits<T: Encode + MaxEncodedLen>(value: &T) -> bool {
	value.encoded_size() <= T::max_encoded_len()
}

/// As large as the types allow, whether a schema takes it or not.
fn largest_property() -> Property {
	let names = (0..MAX_VARIANTS).map(|_| bounded(&[b'x'; 256])).collect::<Vec<_>>();
	Property {
		name: bounded(&[b'x'; MAX_NAME_BYTES as usize]),
		description: bounded(&[b'x'; MAX_DESCRIPTION_BYTES as usize]),
		kind: PropertyType::List {
			item: ScalarType::Enum { variants: bounded(&names) },
			max_items: u16::MAX,
		},
		required: true,
		unique: true,
		indexed: true,
		locked: true,
	}
}

#[test]
fn derived_bounds_are_reached() {
	let property = largest_property();
	assert_eq!(property.encoded_size(), Property::max_encoded_len());
	let scalar = Scalar::Bytes(bounded(&[0; MAX_STRING_BYTES as usize]));
	assert_eq!(scalar.encoded_size(), Scalar::max_encoded_len());
	let value = Value::List(bounded(&vec![scalar; MAX_LIST_ITEMS as usize]));
	assert_eq!(value.encoded_size(), Value::max_encoded_len());
	let config = ClassConfig {
		description: bounded(&[b'x'; 256]),
		category: Category::Other,
		creation: CreationPolicy::Allowed(bounded(&[[0u8; 32]; 64])),
		max_entities: Some(1),
		default_quota: Some(1),
		free_form: false,
	};
	assert_eq!(config.encoded_size(), ClassConfig::<[u8; 32]>::max_encoded_len());
}

/// A draft at the limit, all of whose properties are carried: so much a stored schema takes.
#[test]
fn largest_schema_fits() {
	let mut drafts = (0..63)
		.map(|from| DraftProperty {
			property: Property {
				description: bounded(&[b'x'; 239]),
				..one(&format!("p{from}"), INT)
			},
			rule: Some(Rule::Carry(Carry { from })),
		})
		.collect::<Vec<_>>();
	let of = |drafts: &[DraftProperty]| SchemaDraft { properties: bounded(drafts) };
	drafts.push(DraftProperty { property: one("last", INT), rule: None });
	let room = MAX_SCHEMA_BYTES as usize - of(&drafts).encoded_size();
	drafts[63].property.description = bounded(&vec![b'x'; room - 1]);
	let draft = of(&drafts);
	assert_eq!(draft.encoded_size(), SchemaDraft::max_encoded_len());
	let (properties, _) = draft.with_ids(100).unwrap();
	let schema = Schema { status: SchemaStatus::Superseded, base: 1, properties };
	assert_eq!(schema.encoded_size(), Schema::max_encoded_len());
}

#[test]
fn largest_records_fit() {
	let values = EntityValues::max_encoded_len();
	let entity = Entity::<[u8; 32], u128>::max_encoded_len();
	// Version, owner, referenceable, visibility with group and reason, deposit.
	assert_eq!(entity, values + 2 + 32 + 1 + (1 + 4 + 2 + 256) + 16);
	let stats = ClassStats {
		next_serial: 1,
		entities: 1,
		by_version: bounded(&[(1, 1); MAX_LIVE_VERSIONS as usize]),
	};
	assert!(fits(&stats));
}

fn any_scalar() -> impl Strategy<Value = Scalar> {
	prop_oneof![
		any::<bool>().prop_map(Scalar::Bool),
		any::<i64>().prop_map(Scalar::Int),
		any::<i64>().prop_map(Scalar::Decimal),
		".{0,200}".prop_map(|of| text(&of)),
		proptest::collection::vec(any::<u8>(), 0..3_000).prop_map(|of| Scalar::Bytes(bounded(&of))),
		any::<[u8; 32]>().prop_map(Scalar::Hash32),
		any::<i64>().prop_map(Scalar::Timestamp),
		any::<u8>().prop_map(Scalar::Enum),
		any::<(u32, u32)>().prop_map(|(class, serial)| reference(class, serial)),
		any::<[u8; 32]>().prop_map(Scalar::DataObject),
	]
}

fn any_value() -> impl Strategy<Value = Value> {
	prop_oneof![
		any_scalar().prop_map(Value::Single),
		proptest::collection::vec(any_scalar(), 0..4).prop_map(|of| Value::List(bounded(&of))),
	]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn values_are_read_back_and_fit(of in proptest::collection::vec((0..99u16, any_value()), 0..10)) {
		let values = entity_values(&of);
		prop_assert_eq!(EntityValues::decode(&mut &values.encode()[..]), Ok(values));
		for (_, value) in &of {
			prop_assert!(fits(value));
		}
	}
}
