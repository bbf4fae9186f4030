//! On what else it depends how an entity reads.
//!
//! As the version that it is stored as, an entity reads as its values are. On the way to a later version two
//! things about others count: whether another one holds a value that has become unique, and whom an entity that
//! it refers to belongs to. The first is noted by *stakes*: every entity that holds a unique value, or comes
//! upon one on the way to a version, has a stake in it, and whenever one that has a stake changes, the others
//! are read again. The second is noted by references, which are those of the stored values: no rule makes new
//! ones.

use super::{catalogue::ClassTables, source::Found};
use codec::Encode;
use rome_primitives::content::{
	ClassId, EntityId, Migrated, PropertyId, Scalar, StateCheck, Value,
};
use std::{cell::RefCell, collections::BTreeSet};

/// A unique value, by hash.
pub(super) type Stake = [u8; 16];

fn stake(class: ClassId, property: PropertyId, value: &Scalar) -> Stake {
	sp_crypto_hashing::blake2_128(&(class, property, value).encode())
}

/// The unique values that `found` holds or comes upon.
pub(super) fn stakes(class: &ClassTables, found: &Found) -> BTreeSet<Stake> {
	let (id, entity) = (found.info.id, &found.info.entity);
	let unique = class.unique();
	let mut stakes = BTreeSet::new();
	for (property, value) in entity.values.iter().filter(|(property, _)| unique.contains(property))
	{
		stakes.extend(value.single().map(|value| stake(id.class, *property, value)));
	}
	if entity.version == 0 {
		return stakes;
	}
	// Each step begins with what the chain made of the one before, so the same values are looked at here as
	// there. What comes of it does not matter.
	let met = RefCell::new(Vec::new());
	let stored = Migrated::from(entity.values.clone());
	let later = class.schemas.iter().filter(|(version, _)| **version > entity.version);
	for schema in later.map(|(_, schema)| schema) {
		let before = if schema.base == entity.version {
			Some(&stored)
		} else {
			found.later.get(&schema.base)
		};
		let (Some(values), Some(base)) = (before, class.schemas.get(&schema.base)) else {
			continue;
		};
		schema.migrate(id.class, base, values, |property, value: &Value, check| {
			if let (StateCheck::Unique, Some(value)) = (check, value.single()) {
				met.borrow_mut().push(stake(id.class, property.id, value));
			}
			true
		});
	}
	stakes.extend(met.into_inner());
	stakes
}

/// The entities that `found` refers to.
pub(super) fn references(found: &Found) -> BTreeSet<EntityId> {
	let stored = found.info.entity.values.references();
	let later = found.later.values().flat_map(|migrated| migrated.values.references());
	stored.chain(later).map(|(_, target)| target).collect()
}
