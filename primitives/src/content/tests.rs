//! Tests of the model's pure rules.

mod index;
mod migration;
mod names;
mod schemas;
mod select;
mod sizes;
mod values;

use super::*;
use sp_runtime::traits::Get;

fn bounded<Item: Clone, Bound: Get<u32>>(items: &[Item]) -> BoundedVec<Item, Bound> {
	items.to_vec().try_into().ok().expect("within the bound")
}

fn text(value: &str) -> Scalar {
	Scalar::Text(bounded(value.as_bytes()))
}

fn reference(class: ClassId, serial: u32) -> Scalar {
	Scalar::Reference(EntityId { class, serial })
}

/// An optional property that is nothing else.
fn property(name: &str, kind: PropertyType) -> Property {
	Property {
		name: bounded(name.as_bytes()),
		description: Default::default(),
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

fn list(name: &str, item: ScalarType, max_items: u16) -> Property {
	property(name, PropertyType::List { item, max_items })
}

fn variants(names: &[&[u8]]) -> ScalarType {
	let variants = names.iter().map(|name| bounded(name)).collect::<Vec<_>>();
	ScalarType::Enum { variants: bounded(&variants) }
}

fn draft(properties: &[Property]) -> SchemaDraft {
	let drafts = properties
		.iter()
		.map(|property| DraftProperty { property: property.clone(), rule: None })
		.collect::<Vec<_>>();
	SchemaDraft { properties: bounded(&drafts) }
}

/// A schema whose ids count from 0.
fn schema(properties: &[Property]) -> Schema {
	let (properties, _) = draft(properties).with_ids(0).expect("enough ids");
	Schema { status: SchemaStatus::Active, base: 0, properties }
}

fn entity_values(values: &[(PropertyId, Value)]) -> EntityValues {
	EntityValues(bounded(values))
}

const INT: ScalarType = ScalarType::Int { min: None, max: None };
const TEXT: ScalarType = ScalarType::Text { max_length: 100 };
