//! Curator groups, and what their members decide.

use super::*;
use crate::{CuratorGroups, NextCuratorGroupId};
use frame_support::{assert_noop, assert_ok};
use rome_primitives::content::{
	CuratorGroup, CuratorGroupId, Description, Moderation, Operation, Target, Visibility,
};
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

fn group(members: &[AccountId], classes: &[ClassId]) -> CuratorGroup<AccountId> {
	CuratorGroup {
		name: bounded(b"Curators"),
		members: bounded(members),
		classes: bounded(classes),
		active: true,
	}
}

fn create_group(members: &[AccountId], classes: &[ClassId]) -> CuratorGroupId {
	let id = NextCuratorGroupId::<Test>::get();
	let group = group(members, classes);
	assert_ok!(ContentDirectory::create_curator_group(council(), group));
	id
}

fn moderate(
	who: AccountId,
	id: EntityId,
	group: CuratorGroupId,
	action: Moderation,
) -> DispatchResult {
	let reason: Description = bounded(b"because");
	ContentDirectory::set_visibility(signed(who), id, group, action, reason)
}

#[test]
fn curator_groups_are_created_and_changed() {
	run(|| {
		let class = simple_class();
		let id = create_group(&[BOB], &[class]);
		assert_last(Event::CuratorGroupCreated { group: id });
		let changed = CuratorGroup { active: false, ..group(&[CHARLIE], &[]) };
		assert_ok!(ContentDirectory::update_curator_group(root(), id, changed.clone()));
		assert_last(Event::CuratorGroupUpdated { group: id });
		assert_eq!(CuratorGroups::<Test>::get(id), Some(changed.clone()));
		let listed = ContentDirectory::api_curator_groups(None, 10);
		assert_eq!((listed.items[0].id, &listed.items[0].group), (id, &changed));
	});
}

#[test]
fn curator_group_calls_fail_for_each_reason() {
	run(|| {
		let class = simple_class();
		let good = group(&[BOB], &[class]);
		let missing = group(&[BOB], &[class, class + 1]);
		let named = CuratorGroup { name: bounded(&[0xff]), ..good.clone() };
		for origin in strangers() {
			let create = ContentDirectory::create_curator_group(origin.clone(), good.clone());
			assert_noop!(create, BadOrigin);
			let update = ContentDirectory::update_curator_group(origin, 0, good.clone());
			assert_noop!(update, BadOrigin);
		}
		let create = |group: &CuratorGroup<AccountId>| {
			ContentDirectory::create_curator_group(root(), group.clone())
		};
		let update = |group: &CuratorGroup<AccountId>| {
			ContentDirectory::update_curator_group(root(), 0, group.clone())
		};
		assert_noop!(create(&missing), Error::ClassNotFound);
		assert_noop!(update(&missing), Error::ClassNotFound);
		assert_noop!(create(&named), Error::BadDescription);
		assert_noop!(update(&named), Error::BadDescription);
		assert_noop!(
			ContentDirectory::update_curator_group(root(), 0, good),
			Error::CuratorGroupNotFound
		);
	});
}

#[test]
fn entities_are_hidden_frozen_and_shown() {
	run(|| {
		let class = simple_class();
		let curators = create_group(&[BOB], &[class]);
		let id = create(ALICE, class, values([int(1)]));
		let reason: Description = bounded(b"because");
		assert_ok!(moderate(BOB, id, curators, Moderation::Hide));
		let (entity, action) = (id, Moderation::Hide);
		assert_last(Event::VisibilitySet {
			entity,
			group: curators,
			action,
			reason: reason.clone(),
		});
		let hidden = Visibility::Hidden { group: curators, reason: reason.clone() };
		assert_eq!(stored(id).visibility, hidden);
		// Its owner may mend it.
		assert_ok!(set(ALICE, id, 0, int(2)));
		assert_eq!(stored(id).visibility, hidden);

		assert_ok!(moderate(BOB, id, curators, Moderation::Freeze));
		assert_eq!(stored(id).visibility, Visibility::Frozen { group: curators, reason });
		assert_ok!(moderate(BOB, id, curators, Moderation::Show));
		assert_eq!(stored(id).visibility, Visibility::Visible);
		assert_ok!(remove(ALICE, id));
	});
}

#[test]
fn frozen_entities_cannot_be_touched() {
	run(|| {
		let class = simple_class();
		let curators = create_group(&[BOB], &[class]);
		let id = create(ALICE, class, values([int(1)]));
		offer(ALICE, id, CHARLIE);
		upgrade(class, &[one("size", INT).carries(0)]);
		assert_ok!(moderate(BOB, id, curators, Moderation::Freeze));
		assert_noop!(set(ALICE, id, 0, int(2)), Error::EntityFrozen);
		assert_noop!(remove(ALICE, id), Error::EntityFrozen);
		assert_noop!(
			ContentDirectory::offer_transfer(signed(ALICE), id, None),
			Error::EntityFrozen
		);
		assert_noop!(accept(CHARLIE, id), Error::EntityFrozen);
		assert_noop!(
			ContentDirectory::set_referenceable(signed(ALICE), id, true),
			Error::EntityFrozen
		);
		assert_noop!(migrate(signed(ALICE), id, 2), Error::EntityFrozen);
		assert_ok!(migrate(root(), id, 2));
		assert_ok!(moderate(BOB, id, curators, Moderation::Show));
		assert_ok!(remove(ALICE, id));
	});
}

#[test]
fn set_visibility_fails_for_each_reason() {
	run(|| {
		let class = simple_class();
		let other = super::class("Other", &[one("a", INT)]);
		let curators = create_group(&[BOB], &[class]);
		let elsewhere = create_group(&[BOB], &[other]);
		let id = create(ALICE, class, values([int(1)]));
		let nothing = EntityId { class, serial: 9 };
		let hide = |who, id, group| moderate(who, id, group, Moderation::Hide);
		assert_noop!(hide(BOB, nothing, curators), Error::EntityNotFound);
		assert_noop!(hide(BOB, id, 7), Error::CuratorGroupNotFound);
		assert_noop!(hide(ALICE, id, curators), Error::NotACurator);
		assert_noop!(hide(BOB, id, elsewhere), Error::ClassNotCurated);
		let because = |reason: &[u8]| {
			let reason = bounded(reason);
			ContentDirectory::set_visibility(signed(BOB), id, curators, Moderation::Hide, reason)
		};
		assert_noop!(because(b""), Error::ReasonMissing);
		assert_noop!(because(&[0xff]), Error::BadDescription);
		let inactive = CuratorGroup { active: false, ..group(&[BOB], &[class]) };
		assert_ok!(ContentDirectory::update_curator_group(root(), curators, inactive));
		assert_noop!(hide(BOB, id, curators), Error::NotACurator);
		assert_noop!(
			ContentDirectory::set_visibility(root(), id, curators, Moderation::Hide, bounded(b"x")),
			BadOrigin
		);
	});
}

#[test]
fn curators_migrate_entities_of_their_classes() {
	run(|| {
		let class = simple_class();
		let curators = create_group(&[BOB], &[class]);
		let none = create_group(&[BOB], &[]);
		let id = create(ALICE, class, values([int(1)]));
		upgrade(class, &[one("size", INT).ruled(Rule::Ask).indexed()]);
		let migrate = |who, group| {
			let supplied = bounded(&[(1, Some(Value::from(int(5))))]);
			ContentDirectory::migrate_entity(signed(who), id, 2, supplied, Some(group))
		};
		assert_noop!(migrate(BOB, none), Error::ClassNotCurated);
		assert_noop!(migrate(ALICE, curators), Error::NotACurator);
		let deposit = stored(id).deposit;
		assert_ok!(migrate(BOB, curators));
		assert_eq!(stored(id).values, some(&[(1, int(5))]));
		assert!(stored(id).deposit <= deposit);
		idle();
	});
}

#[test]
fn classes_take_entities_of_curators_alone() {
	run(|| {
		let class = simple_class();
		let first = create_group(&[BOB], &[]);
		let second = create_group(&[CHARLIE], &[]);
		configure(class, |config| {
			config.creation = CreationPolicy::Curators(bounded(&[first, second, 9]));
		});
		assert_noop!(try_create(ALICE, class, values([])), Error::CreationNotAllowed);
		assert_ok!(try_create(BOB, class, values([])));
		let id = create(CHARLIE, class, values([]));
		offer(CHARLIE, id, ALICE);
		assert_noop!(accept(ALICE, id), Error::CreationNotAllowed);
		let inactive = CuratorGroup { active: false, ..group(&[BOB], &[]) };
		assert_ok!(ContentDirectory::update_curator_group(root(), first, inactive));
		assert_noop!(try_create(BOB, class, values([])), Error::CreationNotAllowed);
	});
}

#[test]
fn curators_act_in_batches_too() {
	run(|| {
		let class = simple_class();
		let curators = create_group(&[BOB], &[class]);
		let ids = [1, 2].map(|size| create(ALICE, class, values([int(size)])));
		let freeze = |id| Operation::SetVisibility {
			entity: Target::Entity(id),
			group: curators,
			action: Moderation::Freeze,
			reason: bounded(b"because"),
		};
		assert_ok!(ContentDirectory::transact(signed(BOB), bounded(&ids.map(freeze))));
		assert!(ids.iter().all(|id| stored(*id).visibility != Visibility::Visible));
	});
}
