//! Random schemas.

use super::*;
use rome_primitives::content::{ScalarType, Schema, SchemaProperty};

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
	draft
}

/// A schema for entities of `own` that follows `before`, with a flaw now and then.
pub fn roll_draft(own: ClassId, before: Option<&Schema>, dice: &mut Dice) -> Vec<DraftProperty> {
	let mut drafts = Vec::new();
	for old in before.map(|schema| schema.properties.as_slice()).unwrap_or_default() {
		if dice.chance(80) {
			drafts.push(carried(old, own, dice));
		}
	}
	for _ in 0..1 + dice.below(3) {
		drafts.push(new_property(own, dice));
	}
	if dice.chance(15) {
		spoil(&mut drafts, dice);
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
