//! Random schemas.

use super::*;
use rome_primitives::content::{Cast, ScalarType, Schema, SchemaProperty};

fn scalar_type(dice: &mut Dice) -> ScalarType {
	// One class too many now and then.
	let class = dice.below_or_at(NextClassId::<Test>::get(), 5);
	let same_owner = dice.chance(40);
	match dice.below(10) {
		0 => BOOL,
		1 => ScalarType::Int { min: Some(0), max: Some(30) },
		2 => ScalarType::Text { max_length: 50 },
		3 => BYTES,
		4 => variants(&["a", "b", "c"]),
		5 => OBJECT,
		6 => TIMESTAMP,
		7 => ScalarType::Reference { class: None, same_owner },
		_ => ScalarType::Reference { class: Some(class), same_owner },
	}
}

/// Whether entities of `own` may be made to keep such a reference: only if no circle can come of it, which
/// nobody could remove.
fn may_last(kind: &ScalarType, own: ClassId) -> bool {
	match kind {
		ScalarType::Reference { class, .. } => class.is_some_and(|class| class < own),
		_ => true,
	}
}

/// Rolls the flags that versions may change.
fn roll_flags(property: &mut Property, own: ClassId, dice: &mut Dice) {
	let lasts = may_last(property.kind.scalar(), own);
	property.required = lasts && dice.chance(20);
	property.locked = lasts && dice.chance(15);
}

fn new_property(own: ClassId, dice: &mut Dice) -> DraftProperty {
	let (name, kind) = (format!("p{}", dice.below(1_000)), scalar_type(dice));
	let mut draft = if dice.chance(30) {
		list(&name, kind, 1 + dice.below(3) as u16)
	} else {
		let mut draft = one(&name, kind);
		draft.property.unique = dice.chance(25);
		draft.property.indexed = dice.chance(35);
		draft
	};
	roll_flags(&mut draft.property, own, dice);
	draft
}

fn carried(old: &SchemaProperty, own: ClassId, dice: &mut Dice) -> DraftProperty {
	let mut draft = DraftProperty { property: old.property.clone(), rule: None }.carries(old.id);
	if dice.chance(20) {
		draft.property.name = bounded(format!("p{}", dice.below(1_000)).as_bytes());
	}
	if dice.chance(20) {
		roll_flags(&mut draft.property, own, dice);
	}
	if dice.chance(40) {
		draft.property.kind = changed_limits(draft.property.kind, own, dice);
	}
	if matches!(draft.property.kind, PropertyType::Single(_)) {
		draft.property.unique |= dice.chance(10);
		draft.property.indexed |= dice.chance(10);
	}
	draft
}

/// The same kind with other limits, mostly narrower ones.
fn changed_limits(kind: PropertyType, own: ClassId, dice: &mut Dice) -> PropertyType {
	let scalar = |kind: ScalarType, dice: &mut Dice| match kind {
		ScalarType::Int { .. } => {
			ScalarType::Int { min: Some(dice.below(12).into()), max: Some(30) }
		},
		ScalarType::Text { .. } => ScalarType::Text { max_length: dice.one_of([2, 30, 50]) },
		ScalarType::Bytes { .. } => ScalarType::Bytes { max_length: dice.one_of([30, 100]) },
		ScalarType::Enum { .. } => {
			dice.one_of([variants(&["a"]), variants(&["a", "b"]), variants(&["a", "b", "c"])])
		},
		ScalarType::Reference { class, same_owner } => {
			// Never to the own class or a later one, where none led before: circles would stay.
			let other = dice.below(own.max(1));
			let class = if class.is_some_and(|class| class < own) && dice.chance(30) {
				Some(other)
			} else {
				class
			};
			ScalarType::Reference { class, same_owner: same_owner != dice.chance(50) }
		},
		other => other,
	};
	match kind {
		PropertyType::Single(kind) => PropertyType::Single(scalar(kind, dice)),
		PropertyType::List { item, max_items } => {
			let item = scalar(item, dice);
			PropertyType::List { item, max_items: dice.one_of([1, max_items, 3]) }
		},
	}
}

/// A new property that is cast from an old one.
fn cast(old: &SchemaProperty, dice: &mut Dice) -> DraftProperty {
	let name = format!("p{}", dice.below(1_000));
	let table = bounded(&[(bounded(b"t1"), 0), (bounded(b"t2"), 1), (bounded(b"t3"), 1)]);
	let (kind, table) = match old.property.kind.scalar() {
		ScalarType::Text { .. } if dice.chance(50) => (variants(&["a", "b"]), table),
		// Two digits before the point, and four: some numbers overflow.
		ScalarType::Int { .. } if dice.chance(60) => {
			(ScalarType::Decimal { scale: dice.one_of([1, 18]) }, Default::default())
		},
		_ if dice.chance(60) => {
			(ScalarType::Text { max_length: dice.one_of([1, 4, 100]) }, Default::default())
		},
		same => (same.clone(), Default::default()),
	};
	let mut draft = match old.property.kind {
		PropertyType::Single(_) if dice.chance(70) => one(&name, kind),
		PropertyType::Single(_) => list(&name, kind, 1),
		PropertyType::List { .. } => list(&name, old.property.kind.scalar().clone(), 2),
	};
	let by_table = matches!(
		(old.property.kind.scalar(), draft.property.kind.scalar()),
		(ScalarType::Text { .. }, ScalarType::Enum { .. })
	);
	let table = if by_table { table } else { Default::default() };
	draft.rule = Some(Rule::Cast(Cast { from: old.id, table }));
	let single = matches!(draft.property.kind, PropertyType::Single(_));
	draft.property.unique = single && dice.chance(15);
	draft.property.indexed = single && dice.chance(15);
	draft
}

/// A rule for a property that no old one becomes.
fn roll_rule(property: &Property, dice: &mut Dice) -> Option<Rule> {
	let scalar = match property.kind.scalar() {
		ScalarType::Bool => Scalar::Bool(true),
		ScalarType::Int { .. } => int(20),
		ScalarType::Text { .. } => text("t"),
		ScalarType::Timestamp => Scalar::Timestamp(5),
		_ => return dice.chance(50).then_some(Rule::Ask),
	};
	match dice.below(3) {
		0 => Some(Rule::Ask),
		1 if !property.unique => Some(Rule::Default(match property.kind {
			PropertyType::Single(_) => scalar.into(),
			PropertyType::List { .. } => many(&[scalar]),
		})),
		_ => None,
	}
}

/// A schema for entities of `own` that follows `before`, with a flaw now and then.
pub fn roll_draft(own: ClassId, before: Option<&Schema>, dice: &mut Dice) -> Vec<DraftProperty> {
	let mut drafts = roll_properties(own, before, dice);
	if dice.chance(15) {
		spoil(&mut drafts, dice);
	}
	drafts
}

/// A schema without a flaw, but for what chance may bring, that follows `before`.
pub fn roll_follower(own: ClassId, before: &Schema, dice: &mut Dice) -> Vec<DraftProperty> {
	let mut drafts = roll_properties(own, Some(before), dice);
	drafts.truncate(12);
	for (position, draft) in drafts.iter_mut().enumerate() {
		draft.property.name = bounded(format!("p{position}").as_bytes());
	}
	drafts
}

fn roll_properties(own: ClassId, before: Option<&Schema>, dice: &mut Dice) -> Vec<DraftProperty> {
	let mut drafts = Vec::new();
	for old in before.map(|schema| schema.properties.as_slice()).unwrap_or_default() {
		if dice.chance(80) {
			drafts.push(carried(old, own, dice));
		}
	}
	for old in before.map(|schema| schema.properties.as_slice()).unwrap_or_default() {
		if dice.chance(12) {
			drafts.push(cast(old, dice));
		}
	}
	for _ in 0..1 + dice.below(3) {
		let mut draft = new_property(own, dice);
		if before.is_some() {
			draft.rule = roll_rule(&draft.property, dice);
		}
		drafts.push(draft);
	}
	drafts
}

fn spoil(drafts: &mut Vec<DraftProperty>, dice: &mut Dice) {
	match dice.below(7) {
		0 => drafts.clear(),
		1 => drafts.push(drafts[0].clone()),
		2 => drafts[0].property.name = bounded(b"not a name"),
		3 => drafts[0].rule = Some(Rule::Carry(Carry { from: 5_000 })),
		4 => drafts[0].property.indexed = !drafts[0].property.indexed,
		5 => drafts[0].property.kind = PropertyType::Single(ScalarType::Decimal { scale: 19 }),
		_ => drafts[0].property.description = bounded(&[0xff]),
	}
}
