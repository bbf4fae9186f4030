//! How the entities of a query are found.

use super::{
	ranges::{KeyRange, Keys, Points},
	Field, Order, OrderBy, Select, SelectError,
};
use crate::content::{
	index_key, ClassId, EntityId, PropertyId, Rule, Scalar, Schema, SchemaProperty, SchemaVersion,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// Where the candidates of a query come from. Each of them is checked against the whole condition.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum Access {
	/// The condition contradicts itself: there are none.
	#[codec(index = 0)]
	Nothing,
	/// The holders of these values of a unique property, in order of id.
	#[codec(index = 1)]
	Unique {
		/// The property.
		property: PropertyId,
		/// The values.
		values: Vec<Scalar>,
	},
	/// A property's index, in order of key and then of id.
	#[codec(index = 2)]
	Index {
		/// The property.
		property: PropertyId,
		/// The stretches of it that are walked.
		ranges: Vec<KeyRange>,
	},
	/// The entities of one owner, in order of id.
	#[codec(index = 3)]
	Owner {
		/// The encoded account.
		owner: Vec<u8>,
	},
	/// The entities of the class, in order of id.
	#[codec(index = 4)]
	Walk {
		/// First and last serial number of each stretch.
		ranges: Vec<(u32, u32)>,
	},
}

/// Why a property's unique or index entries were not used, although the condition is about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum Unused {
	/// Older entities are still being given their entries.
	#[codec(index = 0)]
	Building,
	/// Some entities are stored as versions in which the property has no entries, or another source of its
	/// value.
	#[codec(index = 1)]
	OlderVersions,
	/// The entities are wanted in another order.
	#[codec(index = 2)]
	Order,
	/// The condition does not bound the property's value.
	#[codec(index = 3)]
	Unbounded,
}

/// How a query is answered.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Plan {
	/// The version that entities are read as.
	pub version: SchemaVersion,
	/// Where the candidates come from.
	pub access: Access,
	/// Whether their order is turned round.
	pub descending: bool,
	/// What the condition is about, and could not be found by.
	pub unused: Vec<(PropertyId, Unused)>,
	/// Versions whose entities cannot be read as the one wanted and are left out.
	pub left_out: Vec<SchemaVersion>,
}

/// What a plan depends on besides the query.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
	/// The versions from the oldest that has entities to the one that they are read as, which is the last.
	pub versions: &'a [(SchemaVersion, Schema)],
	/// How many entities are stored as each version.
	pub stored: &'a [(SchemaVersion, u32)],
	/// The properties whose entries are being built.
	pub building: &'a [PropertyId],
}

impl Facts<'_> {
	fn is_live(&self, version: SchemaVersion) -> bool {
		self.stored.iter().any(|(stored, entities)| *stored == version && *entities > 0)
	}

	/// Whether every entity with a value in the property has an entry: of those whose version has the
	/// property, that version must pass `has`; in the others the property must be empty.
	fn complete(
		&self,
		id: PropertyId,
		has: impl Fn(&SchemaProperty) -> bool,
	) -> Result<(), Unused> {
		if self.building.contains(&id) {
			return Err(Unused::Building);
		}
		let mut older_entities = false;
		let mut known = false;
		for (version, schema) in self.versions {
			let live = self.is_live(*version);
			let Some(property) = schema.property(id) else {
				older_entities |= live;
				continue;
			};
			let new_value = matches!(property.rule, Some(Rule::Default(_) | Rule::Cast(_)));
			if (!known && older_entities && new_value) || (live && !has(property)) {
				return Err(Unused::OlderVersions);
			}
			known = true;
		}
		Ok(())
	}

	/// Whether the property's index has every entity with a value.
	fn index_complete(&self, id: PropertyId) -> Result<(), Unused> {
		self.complete(id, |property| property.index_entries)
	}

	/// Whether every value of a property has its unique entry. What came before the property was unique may
	/// have come too late for one.
	fn unique_complete(&self, id: PropertyId) -> Result<(), Unused> {
		self.complete(id, |property| property.unique_entries && property.property.unique)
	}
}

/// The best way to answer `select`, which has been checked against the last of the versions.
pub fn plan(select: &Select, facts: &Facts) -> Result<Plan, SelectError> {
	let (version, schema) = facts.versions.last().ok_or(SelectError::Malformed)?;
	let reachable = |stored: SchemaVersion| {
		stored == 0
			|| (stored <= *version && facts.versions.iter().any(|(other, _)| *other == stored))
	};
	let stored = facts.stored.iter().filter(|(_, entities)| *entities > 0);
	let left_out = stored.map(|(stored, _)| *stored).filter(|stored| !reachable(*stored));
	let mut planner = Planner { select, facts, options: Vec::new(), unused: Vec::new() };
	let access = planner.choose(schema)?;
	Ok(Plan {
		version: *version,
		access,
		descending: select.order.is_some_and(|order| order.descending),
		unused: planner.unused,
		left_out: left_out.collect(),
	})
}

/// How good a way to find entities is: the better, the fewer candidates it should yield.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
	Points,
	IndexPoints,
	Owner,
	IndexBetween,
	IndexBeyond,
	Walk,
}

struct Planner<'a> {
	select: &'a Select,
	facts: &'a Facts<'a>,
	options: Vec<(Rank, Access)>,
	unused: Vec<(PropertyId, Unused)>,
}

impl Planner<'_> {
	fn choose(&mut self, schema: &Schema) -> Result<Access, SelectError> {
		let condition = &self.select.condition;
		let ids = Keys::left(condition, Field::Id).within(ids_of(self.select.class));
		if ids.ranges.is_empty() {
			return Ok(Access::Nothing);
		}
		if let Some(Order { by: OrderBy::Property(id), .. }) = self.select.order {
			self.order_by(schema, id)?;
		} else {
			let rank =
				if ids.ranges.iter().all(KeyRange::is_point) { Rank::Points } else { Rank::Walk };
			let ranges = ids.ranges.iter().map(|range| (serial(&range.from), serial(&range.to)));
			self.options.push((rank, Access::Walk { ranges: ranges.collect() }));
			if let Some([Scalar::Bytes(owner)]) = Points::left(condition, Field::Owner).0.as_deref()
			{
				self.options.push((Rank::Owner, Access::Owner { owner: owner.to_vec() }));
			}
		}
		for property in &schema.properties {
			if !property.index_entries && !property.unique_entries {
				continue;
			}
			let keys = Keys::left(condition, Field::Property(property.id));
			if keys.is_nothing() {
				return Ok(Access::Nothing);
			}
			if self.select.mentions(Field::Property(property.id)) {
				self.consider(property, keys);
			}
		}
		// The first of the best.
		let best = self.options.iter().min_by_key(|(rank, _)| *rank);
		let access = best.map(|(_, access)| access.clone()).ok_or(SelectError::Malformed)?;
		let used = match &access {
			Access::Unique { property, .. } | Access::Index { property, .. } => Some(*property),
			_ => None,
		};
		self.unused.retain(|(property, _)| Some(*property) != used);
		Ok(access)
	}

	/// The way by the index of the property to order by, which always serves.
	fn order_by(&mut self, schema: &Schema, id: PropertyId) -> Result<(), SelectError> {
		let indexed = schema.property(id).is_some_and(|property| property.index_entries);
		if !indexed {
			return Err(SelectError::OrderNotIndexed(id));
		}
		self.facts.index_complete(id).map_err(|why| SelectError::OrderUnavailable(id, why))?;
		let ranges = Keys::left(&self.select.condition, Field::Property(id)).ranges;
		self.options.push(match ranges.is_empty() {
			true => (Rank::Points, Access::Nothing),
			false => (rank_of(&ranges), Access::Index { property: id, ranges }),
		});
		Ok(())
	}

	/// Adds the ways by a property's entries, or why there are none.
	fn consider(&mut self, property: &SchemaProperty, keys: Keys) {
		let id = property.id;
		let by = self.select.order.map(|order| order.by);
		let mut why_not = None;
		if property.unique_entries {
			let points = Points::left(&self.select.condition, Field::Property(id)).0;
			match (points, self.facts.unique_complete(id)) {
				(None, _) => why_not = Some(Unused::Unbounded),
				(Some(_), Err(why)) => why_not = Some(why),
				// One alone is in any order.
				(Some(values), Ok(()))
					if values.len() > 1 && matches!(by, Some(OrderBy::Property(_))) =>
				{
					why_not = Some(Unused::Order)
				},
				(Some(values), Ok(())) => {
					self.options.push((Rank::Points, Access::Unique { property: id, values }));
					return;
				},
			}
		}
		if property.index_entries {
			let complete = self.facts.index_complete(id);
			// Within one key, the index is in order of id.
			let one_key = matches!(keys.ranges.as_slice(), [only] if only.is_point());
			let in_order = match by {
				None => true,
				Some(OrderBy::Id) => one_key,
				// That way is among the options.
				Some(OrderBy::Property(other)) if other == id => return,
				Some(OrderBy::Property(_)) => false,
			};
			why_not = if keys.empty || keys.ranges == [KeyRange::ALL] {
				Some(Unused::Unbounded)
			} else if let Err(why) = complete {
				Some(why)
			} else if !in_order {
				Some(Unused::Order)
			} else {
				let ranges = keys.ranges;
				self.options.push((rank_of(&ranges), Access::Index { property: id, ranges }));
				None
			};
		}
		self.unused.extend(why_not.map(|why| (id, why)));
	}
}

fn rank_of(ranges: &[KeyRange]) -> Rank {
	let open = |range: &KeyRange| range.from == KeyRange::ALL.from || range.to == KeyRange::ALL.to;
	if ranges.iter().all(KeyRange::is_point) {
		Rank::IndexPoints
	} else if ranges.iter().any(open) {
		Rank::IndexBeyond
	} else {
		Rank::IndexBetween
	}
}

/// Every id of a class.
fn ids_of(class: ClassId) -> KeyRange {
	let key = |serial| index_key(&Scalar::Reference(EntityId { class, serial }));
	KeyRange { from: key(0), to: key(u32::MAX) }
}

/// The serial number in an id's key.
fn serial(key: &[u8]) -> u32 {
	let mut bytes = [0; 4];
	for (slot, byte) in bytes.iter_mut().zip(key.iter().skip(4)) {
		*slot = *byte;
	}
	u32::from_be_bytes(bytes)
}
