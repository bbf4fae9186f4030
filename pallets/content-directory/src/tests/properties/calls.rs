//! Random calls: most of them make sense where the chain stands, some do not.

use super::{
	drafts::{roll_draft, roll_follower},
	*,
};
use crate::{CuratorGroups, NextCuratorGroupId, Sweeps};
use frame_support::{traits::Hooks, weights::Weight};
use rome_primitives::content::{
	CuratorGroup, Moderation, Operation, Schema, SchemaProperty, SuggestionStatus, Target, CREATED,
};

type Call = crate::Call<Test>;

/// What a step does.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
	Suggest,
	Endorse,
	WithdrawEndorsement,
	WithdrawSuggestion,
	Approve,
	Reject,
	Activate,
	Retire,
	Create,
	Update,
	Remove,
	Offer,
	Accept,
	SetReferenceable,
	UpdateClass,
	SetStatus,
	SetQuota,
	SetDefaultQuota,
	Migrate,
	MigrateClass,
	CancelMigration,
	Transact,
	CreateGroup,
	UpdateGroup,
	SetVisibility,
	/// No call: a class's next version, through suggestion, approval and activation.
	Upgrade,
	/// No call: the end of a block with some room.
	Idle,
	/// No call: another price of entities.
	ChangePrice,
}

impl Kind {
	pub fn any() -> impl Strategy<Value = Self> {
		prop_oneof![
			6 => Just(Self::Suggest),
			3 => Just(Self::Endorse),
			3 => Just(Self::WithdrawEndorsement),
			2 => Just(Self::WithdrawSuggestion),
			5 => Just(Self::Approve),
			2 => Just(Self::Reject),
			5 => Just(Self::Activate),
			3 => Just(Self::Retire),
			35 => Just(Self::Create),
			30 => Just(Self::Update),
			12 => Just(Self::Remove),
			10 => Just(Self::Offer),
			10 => Just(Self::Accept),
			10 => Just(Self::SetReferenceable),
			2 => Just(Self::UpdateClass),
			4 => Just(Self::SetStatus),
			3 => Just(Self::SetQuota),
			2 => Just(Self::SetDefaultQuota),
			25 => Just(Self::Migrate),
			6 => Just(Self::Upgrade),
			3 => Just(Self::MigrateClass),
			1 => Just(Self::CancelMigration),
			15 => Just(Self::Transact),
			2 => Just(Self::CreateGroup),
			3 => Just(Self::UpdateGroup),
			8 => Just(Self::SetVisibility),
			10 => Just(Self::Idle),
			1 => Just(Self::ChangePrice),
		]
	}
}

/// Every entity, in order of id.
pub fn entities() -> Vec<EntityId> {
	let mut all = Entities::<Test>::iter_keys()
		.map(|(class, serial)| EntityId { class, serial: u32::from_be_bytes(serial) })
		.collect::<Vec<_>>();
	all.sort();
	all
}

fn roll_account(dice: &mut Dice) -> AccountId {
	// The poor one comes less often: it fails at most things.
	dice.one_of([ALICE, ALICE, BOB, BOB, CHARLIE, CHARLIE, POOR])
}

fn roll_class(dice: &mut Dice) -> ClassId {
	dice.below_or_at(NextClassId::<Test>::get(), 10)
}

/// A suggestion: mostly an open one of that status.
fn roll_suggestion(status: SuggestionStatus, dice: &mut Dice) -> SuggestionId {
	let open = Suggestions::<Test>::iter()
		.filter(|(_, suggestion)| suggestion.status == status)
		.map(|(id, _)| id)
		.collect::<Vec<_>>();
	let any = dice.below(NextSuggestionId::<Test>::get() + 1);
	dice.pick(&open).filter(|_| dice.chance(85)).unwrap_or(any)
}

/// An entity, and who acts on it: mostly its owner.
fn roll_entity(dice: &mut Dice) -> (AccountId, EntityId) {
	let stranger = roll_account(dice);
	match dice.pick(&entities()) {
		Some(id) if dice.chance(97) => {
			(if dice.chance(92) { stored(id).owner } else { stranger }, id)
		},
		_ => (stranger, EntityId { class: roll_class(dice), serial: dice.below(100) }),
	}
}

fn admin(dice: &mut Dice) -> RuntimeOrigin {
	match dice.below(10) {
		0 => signed(ALICE),
		1..=4 => council(),
		_ => root(),
	}
}

fn roll_text(dice: &mut Dice) -> Scalar {
	let number = dice.below(12);
	match dice.below(4) {
		0 => text(&format!("{}{number}", "long".repeat(10))),
		1 => text(&"\0".repeat(number as usize)),
		_ => text(&format!("t{number}")),
	}
}

/// An entity of `class` to refer to: mostly one that `who` may refer to.
fn roll_target(
	who: AccountId,
	class: ClassId,
	same_owner: bool,
	dice: &mut Dice,
) -> Option<EntityId> {
	if dice.chance(4) {
		return Some(EntityId { class, serial: dice.below(50) });
	}
	let anything = dice.chance(4);
	let fits = |id: &EntityId| {
		let entity = stored(*id);
		id.class == class
			&& (anything || entity.owner == who || (!same_owner && entity.referenceable))
	};
	dice.pick(&entities().into_iter().filter(fits).collect::<Vec<_>>())
}

fn roll_scalar(who: AccountId, own: ClassId, kind: &ScalarType, dice: &mut Dice) -> Option<Scalar> {
	if dice.chance(1) {
		return Some(dice.one_of([
			int(999),
			Scalar::Enum(9),
			raw_text(&[0xff]),
			text(&"x".repeat(101)),
			Scalar::Decimal(1),
		]));
	}
	Some(match kind {
		ScalarType::Bool => Scalar::Bool(dice.chance(50)),
		ScalarType::Int { .. } => int(dice.below(31).into()),
		ScalarType::Decimal { .. } => Scalar::Decimal(dice.below(9).into()),
		ScalarType::Text { .. } => roll_text(dice),
		ScalarType::Bytes { .. } => Scalar::Bytes(bounded(&vec![7; dice.below(60) as usize])),
		ScalarType::Hash32 => Scalar::Hash32(hash(dice.below(9) as u8)),
		ScalarType::Timestamp => Scalar::Timestamp(i64::from(dice.below(20)) - 10),
		ScalarType::Enum { .. } => Scalar::Enum(dice.below(3) as u8),
		ScalarType::Reference { class, same_owner } => {
			to(roll_target(who, class.unwrap_or(own), *same_owner, dice)?)
		},
		// Four are pinned for everyone.
		ScalarType::DataObject => object(dice.below_or_at(4, 10) as u8),
	})
}

pub fn roll_value(
	who: AccountId,
	own: ClassId,
	property: &SchemaProperty,
	dice: &mut Dice,
) -> Option<Value> {
	if property.id == rome_primitives::content::DOCUMENT {
		let documents = ["{\"title\": \"t1\"}", "[]", "1", "{"];
		return dice.pick(&documents).map(|document| text(document).into());
	}
	match &property.property.kind {
		PropertyType::Single(kind) => roll_scalar(who, own, kind, dice).map(Into::into),
		PropertyType::List { item, max_items } => {
			let items = 0..dice.below_or_at(u32::from(*max_items) + 1, 3);
			Some(many(&items.filter_map(|_| roll_scalar(who, own, item, dice)).collect::<Vec<_>>()))
		},
	}
}

fn schema_of(class: ClassId, version: SchemaVersion) -> Option<Schema> {
	ContentDirectory::schema(class, version)
}

fn create_call(dice: &mut Dice) -> (RuntimeOrigin, Call) {
	let (who, class) = (roll_account(dice), roll_class(dice));
	create_call_in(who, class, dice)
}

pub fn create_call_in(who: AccountId, class: ClassId, dice: &mut Dice) -> (RuntimeOrigin, Call) {
	let record = Classes::<Test>::get(class);
	let active = record.and_then(|record| record.active_version).unwrap_or(1);
	let active = if dice.chance(8) { 0 } else { active };
	let version = if dice.chance(3) { active + 1 } else { active };
	let mut values = Vec::new();
	for property in schema_of(class, active).iter().flat_map(|schema| &schema.properties) {
		if dice.chance(if property.property.required { 98 } else { 60 }) {
			values.extend(roll_value(who, class, property, dice).map(|value| (property.id, value)));
		}
	}
	if dice.chance(2) {
		values.push((values.first().map_or(77, |(id, _)| *id), int(1).into()));
	}
	if dice.chance(1) {
		values.push((7_777, int(1).into()));
	}
	let referenceable = dice.chance(50);
	(signed(who), Call::create_entity { class, version, values: some(&values), referenceable })
}

fn update_call(dice: &mut Dice) -> (RuntimeOrigin, Call) {
	let (who, entity) = roll_entity(dice);
	update_call_of(who, entity, dice)
}

fn update_call_of(who: AccountId, entity: EntityId, dice: &mut Dice) -> (RuntimeOrigin, Call) {
	let schema = exists(entity).then(|| stored(entity).version);
	let schema = schema.and_then(|version| schema_of(entity.class, version));
	let mut changes = Vec::new();
	for _ in 0..1 + dice.below(3) {
		let properties = schema.iter().flat_map(|schema| &schema.properties).collect::<Vec<_>>();
		let Some(property) = dice.pick(&properties) else { continue };
		// A property named twice comes by itself.
		let cleared = dice.chance(25);
		let value = roll_value(who, entity.class, property, dice).filter(|_| !cleared);
		changes.push((property.id, value));
	}
	if dice.chance(2) {
		changes.push((7_777, None));
	}
	(signed(who), Call::update_entity { entity, changes: bounded(&changes) })
}

/// What a migration of `entity` to `version` asks for, mostly.
fn roll_supplied(entity: EntityId, version: SchemaVersion, dice: &mut Dice) -> ValueChanges {
	let Ok(view) = ContentDirectory::api_entity_as(entity, version) else {
		return Default::default();
	};
	let Some(schema) = schema_of(entity.class, version) else { return Default::default() };
	let mut supplied = Vec::new();
	if let Reading::Asks(asked) = view.reading {
		for property in asked.iter().filter_map(|id| schema.property(*id)) {
			if dice.chance(97) {
				let value = roll_value(view.owner, entity.class, property, dice);
				supplied.push((property.id, value));
			}
		}
	}
	if dice.chance(3) {
		supplied.extend(schema.properties.first().map(|property| (property.id, None)));
	}
	bounded(&supplied)
}

fn roll_group(dice: &mut Dice) -> u32 {
	dice.below_or_at(NextCuratorGroupId::<Test>::get().max(1), 10)
}

/// A curator and its group, mostly.
fn roll_curator(dice: &mut Dice) -> (AccountId, u32) {
	let group = roll_group(dice);
	let members = CuratorGroups::<Test>::get(group).map(|group| group.members.into_inner());
	let member = members.and_then(|members| dice.pick(&members)).filter(|_| dice.chance(90));
	(member.unwrap_or_else(|| roll_account(dice)), group)
}

/// A version after that of `entity`, mostly.
fn roll_later(entity: EntityId, dice: &mut Dice) -> SchemaVersion {
	let latest = Classes::<Test>::get(entity.class).map_or(1, |record| record.latest_version);
	let version = if exists(entity) { stored(entity).version } else { 0 };
	if dice.chance(10) {
		return dice.below(u32::from(latest) + 2) as SchemaVersion;
	}
	let later = (version + 1..=latest).collect::<Vec<_>>();
	dice.pick(&later).unwrap_or(latest)
}

fn migrate_call(dice: &mut Dice) -> (RuntimeOrigin, Call) {
	let (who, entity) = roll_entity(dice);
	let version = roll_later(entity, dice);
	let supplied = roll_supplied(entity, version, dice);
	let call = |group| Call::migrate_entity { entity, version, supplied, group };
	match dice.below(10) {
		0 | 1 => (root(), call(None)),
		2..=4 => {
			let (who, group) = roll_curator(dice);
			(signed(who), call(Some(group)))
		},
		_ => (signed(who), call(None)),
	}
}

/// A few operations; some on entities that earlier ones create.
fn transact_call(dice: &mut Dice) -> (RuntimeOrigin, Call) {
	let (who, _) = roll_entity(dice);
	let mut operations = Vec::new();
	let mut created = Vec::<(u32, ClassId)>::new();
	for position in 0..1 + dice.below(4) {
		let (_, of) = roll_entity(dice);
		let own = entities().into_iter().filter(|id| stored(*id).owner == who).collect::<Vec<_>>();
		let entity = dice.pick(&own).filter(|_| dice.chance(95)).unwrap_or(of);
		let target = match dice.pick(&created) {
			Some((position, _)) if dice.chance(30) => Target::Created(position),
			_ => Target::Entity(entity),
		};
		operations.push(match dice.below(9) {
			0 | 1 => {
				let (_, call) = create_call(dice);
				let Call::create_entity { class, version, mut values, referenceable } = call else {
					unreachable!("that is what it makes")
				};
				// References to what came before in the batch, and now and then to what did not.
				for (_, value) in values.0.iter_mut() {
					let refers = match value {
						Value::Single(Scalar::Reference(target)) => Some(target),
						_ => None,
					};
					if let Some(target) = refers {
						let of_class = created
							.iter()
							.filter(|(_, class)| *class == target.class)
							.map(|(position, _)| *position)
							.collect::<Vec<_>>();
						if let Some(position) = dice.pick(&of_class) {
							*target = EntityId { class: CREATED, serial: position };
						} else if dice.chance(5) {
							*target = EntityId { class: CREATED, serial: dice.below(6) };
						}
					}
				}
				created.push((position, class));
				Operation::Create { class, version, values, referenceable }
			},
			2 | 3 => {
				let (_, call) = update_call_of(who, entity, dice);
				let Call::update_entity { changes, .. } = call else {
					unreachable!("that is what it makes")
				};
				Operation::Update { entity: target, changes }
			},
			4 => Operation::Remove { entity: target },
			5 => Operation::OfferTransfer { entity: target, to: Some(roll_account(dice)) },
			6 => {
				let (_, call) = accept_call(dice);
				let Call::accept_transfer { entity, max_deposit } = call else {
					unreachable!("that is what it makes")
				};
				Operation::AcceptTransfer { entity, max_deposit }
			},
			7 => Operation::SetReferenceable { entity: target, referenceable: dice.chance(50) },
			_ => {
				let version = roll_later(entity, dice);
				let supplied = roll_supplied(entity, version, dice);
				Operation::Migrate { entity: target, version, supplied, group: None }
			},
		});
	}
	(signed(who), Call::transact { operations: bounded(&operations) })
}

fn curator_call(kind: Kind, dice: &mut Dice) -> (RuntimeOrigin, Call) {
	if let Kind::SetVisibility = kind {
		let (who, group) = roll_curator(dice);
		let (_, entity) = roll_entity(dice);
		let action =
			dice.one_of([Moderation::Show, Moderation::Show, Moderation::Hide, Moderation::Freeze]);
		let reason = if dice.chance(95) { bounded(b"why") } else { Default::default() };
		return (signed(who), Call::set_visibility { entity, group, action, reason });
	}
	let classes = (0..NextClassId::<Test>::get()).filter(|_| dice.chance(60)).collect::<Vec<_>>();
	let mut group = CuratorGroup {
		name: bounded(if dice.chance(95) { b"group" } else { &[0xff] }),
		members: bounded(&[roll_account(dice), roll_account(dice)]),
		classes: bounded(&classes),
		active: dice.chance(85),
	};
	if dice.chance(5) {
		group.classes = bounded(&[77]);
	}
	let origin = admin(dice);
	match kind {
		Kind::CreateGroup => (origin, Call::create_curator_group { group }),
		_ => (origin, Call::update_curator_group { id: roll_group(dice), group }),
	}
}

fn accept_call(dice: &mut Dice) -> (RuntimeOrigin, Call) {
	let offers = TransferOffers::<Test>::iter().collect::<Vec<_>>();
	let (entity, to) = match dice.pick(&offers) {
		Some(offer) if dice.chance(90) => offer,
		_ => (roll_entity(dice).1, roll_account(dice)),
	};
	let who = if dice.chance(95) { to } else { roll_account(dice) };
	let max_deposit = if dice.chance(90) { Balance::MAX } else { dice.below(300).into() };
	(signed(who), Call::accept_transfer { entity, max_deposit })
}

fn suggest_call(dice: &mut Dice) -> (RuntimeOrigin, Call) {
	let next = NextClassId::<Test>::get();
	let class = roll_class(dice);
	let (target, schema) = if dice.chance(25) {
		let name = dice.one_of(["A", "C", "D", "not a name"]);
		(new_class(name), roll_draft(next, None, dice))
	} else {
		let latest = Classes::<Test>::get(class).map_or(0, |record| record.latest_version);
		let base = if dice.chance(95) { latest } else { latest + 1 };
		let before = schema_of(class, base);
		let target = SuggestionTarget::Existing { class, base };
		(target, roll_draft(class, before.as_ref(), dice))
	};
	(signed(roll_account(dice)), Call::suggest_schema { target, schema: draft(&schema) })
}

fn endorsement_calls(kind: Kind, dice: &mut Dice) -> (RuntimeOrigin, Call) {
	if let Kind::Endorse = kind {
		let amount = (40 + dice.below(100)).into();
		let suggestion = roll_suggestion(SuggestionStatus::Suggested, dice);
		return (signed(roll_account(dice)), Call::endorse_schema { suggestion, amount });
	}
	let all = Endorsements::<Test>::iter_keys().collect::<Vec<_>>();
	let (suggestion, endorser) =
		dice.pick(&all).unwrap_or_else(|| (dice.below(9), roll_account(dice)));
	let who = if dice.chance(60) { endorser } else { roll_account(dice) };
	(signed(who), Call::withdraw_endorsement { suggestion, endorser })
}

fn decision_call(kind: Kind, dice: &mut Dice) -> (RuntimeOrigin, Call) {
	let wanted = match kind {
		Kind::Activate => SuggestionStatus::Approved,
		_ => SuggestionStatus::Suggested,
	};
	let suggestion = roll_suggestion(wanted, dice);
	let stranger = dice.chance(7);
	let by = |usual| if stranger { signed(BOB) } else { usual };
	match kind {
		Kind::WithdrawSuggestion => {
			let proposer = Suggestions::<Test>::get(suggestion).map(|stored| stored.proposer);
			let who = proposer.filter(|_| dice.chance(80)).unwrap_or(BOB);
			(signed(who), Call::withdraw_suggestion { suggestion })
		},
		Kind::Approve => (by(council()), Call::approve_schema { suggestion }),
		Kind::Reject => (by(council()), Call::reject_schema { suggestion, spam: dice.chance(50) }),
		_ => (by(root()), Call::activate_schema { suggestion }),
	}
}

fn class_call(kind: Kind, dice: &mut Dice) -> (RuntimeOrigin, Call) {
	let (origin, class) = (admin(dice), roll_class(dice));
	let quota = dice.chance(50).then(|| dice.below(6));
	let call = match kind {
		Kind::UpdateClass => {
			let mut config = config();
			config.max_entities = dice.chance(30).then(|| dice.below(30));
			config.default_quota = quota;
			if dice.chance(30) {
				config.creation = CreationPolicy::Allowed(bounded(&[ALICE, BOB]));
			}
			if dice.chance(20) {
				config.creation = CreationPolicy::Curators(bounded(&[0, 1]));
			}
			config.free_form = dice.chance(80);
			if dice.chance(10) {
				config.description = bounded(&[0xff]);
			}
			Call::update_class { class, config }
		},
		Kind::SetStatus => {
			let open = ClassStatus::Open;
			let status = dice.one_of([open, open, open, ClassStatus::Paused, ClassStatus::Retired]);
			Call::set_class_status { class, status }
		},
		Kind::SetQuota => Call::set_quota { class, account: roll_account(dice), quota },
		Kind::Retire => {
			let stats = crate::Stats::<Test>::get(class);
			let unused = stats.by_version.iter().filter(|(_, entities)| *entities == 0);
			let unused = unused.map(|(version, _)| *version).collect::<Vec<_>>();
			let version = match dice.pick(&unused) {
				Some(version) if dice.chance(60) => version,
				_ => dice.below(4) as SchemaVersion,
			};
			let origin = if dice.chance(90) { root() } else { council() };
			return (origin, Call::retire_schema { class, version });
		},
		Kind::MigrateClass => {
			let latest = Classes::<Test>::get(class).map_or(1, |record| record.latest_version);
			let version = if dice.chance(70) { latest } else { dice.below(6) as SchemaVersion };
			Call::migrate_class { class, version }
		},
		Kind::CancelMigration => {
			let running = Sweeps::<Test>::iter_keys().collect::<Vec<_>>();
			Call::cancel_migration { class: dice.pick(&running).unwrap_or(class) }
		},
		_ => Call::set_default_quota { class, quota },
	};
	(origin, call)
}

/// Takes a random next version of `class` into use, if it is one that may follow. Whether it did.
pub fn upgrade_at_random(class: ClassId, dice: &mut Dice) -> bool {
	let Some(record) = Classes::<Test>::get(class) else { return false };
	let base = record.latest_version;
	let before = schema_of(class, base).expect("the newest version has a schema");
	let drafts = roll_follower(class, &before, dice);
	let suggestion = NextSuggestionId::<Test>::get();
	let target = SuggestionTarget::Existing { class, base };
	ContentDirectory::suggest_schema(signed(PROPOSER), target, draft(&drafts)).is_ok()
		&& ContentDirectory::approve_schema(council(), suggestion).is_ok()
		&& ContentDirectory::activate_schema(root(), suggestion).is_ok()
}

/// The call that `kind` stands for where the chain is; `None` if it stands for something else.
pub fn next_call(kind: Kind, dice: &mut Dice) -> Option<(RuntimeOrigin, Call)> {
	Some(match kind {
		Kind::Suggest => suggest_call(dice),
		Kind::Endorse | Kind::WithdrawEndorsement => endorsement_calls(kind, dice),
		Kind::WithdrawSuggestion | Kind::Approve | Kind::Reject | Kind::Activate => {
			decision_call(kind, dice)
		},
		Kind::Create => create_call(dice),
		Kind::Update => update_call(dice),
		Kind::Remove => {
			let (who, entity) = roll_entity(dice);
			(signed(who), Call::remove_entity { entity })
		},
		Kind::Offer => {
			let (who, entity) = roll_entity(dice);
			let to = dice.chance(90).then(|| roll_account(dice));
			(signed(who), Call::offer_transfer { entity, to })
		},
		Kind::Accept => accept_call(dice),
		Kind::SetReferenceable => {
			let (who, entity) = roll_entity(dice);
			(signed(who), Call::set_referenceable { entity, referenceable: dice.chance(50) })
		},
		Kind::UpdateClass
		| Kind::SetStatus
		| Kind::SetQuota
		| Kind::SetDefaultQuota
		| Kind::MigrateClass
		| Kind::CancelMigration
		| Kind::Retire => class_call(kind, dice),
		Kind::Migrate => migrate_call(dice),
		Kind::Transact => transact_call(dice),
		Kind::CreateGroup | Kind::UpdateGroup | Kind::SetVisibility => curator_call(kind, dice),
		Kind::Upgrade => {
			upgrade_at_random(roll_class(dice), dice);
			assert_invariants();
			return None;
		},
		Kind::Idle => {
			// From nothing to a few entities.
			let most = crate::types::max_migrate_weight::<Test>();
			let room = most.saturating_mul(dice.below(8).into());
			let room = room.saturating_add(Weight::from_parts(1_000_000_000, 100_000));
			let used = ContentDirectory::on_idle(1, room);
			assert!(used.all_lte(room), "{used} of {room}");
			assert_invariants();
			return None;
		},
		Kind::ChangePrice => {
			EntityDepositBase::set(u64::from(dice.below(200)));
			EntityDepositPerByte::set(u64::from(dice.below(3)));
			return None;
		},
	})
}
