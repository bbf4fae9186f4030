//! Curator groups, and what their members decide about entities.

use crate::{
	entities::EntityOf, Classes, Config, CuratorGroups, Error, Event, NextCuratorGroupId, Pallet,
};
use frame_support::{dispatch::DispatchResult, ensure};
use rome_primitives::content::{
	ClassId, CreationPolicy, CuratorGroup, CuratorGroupId, Description, EntityId, Moderation,
	Visibility,
};
use sp_runtime::ArithmeticError;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create_curator_group(group: CuratorGroup<T::AccountId>) -> DispatchResult {
		Self::check_group(&group)?;
		let id = NextCuratorGroupId::<T>::get();
		NextCuratorGroupId::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		CuratorGroups::<T>::insert(id, group);
		Self::deposit_event(Event::CuratorGroupCreated { group: id });
		Ok(())
	}

	pub(crate) fn do_update_curator_group(
		id: CuratorGroupId,
		group: CuratorGroup<T::AccountId>,
	) -> DispatchResult {
		Self::check_group(&group)?;
		ensure!(CuratorGroups::<T>::contains_key(id), Error::<T>::CuratorGroupNotFound);
		CuratorGroups::<T>::insert(id, group);
		Self::deposit_event(Event::CuratorGroupUpdated { group: id });
		Ok(())
	}

	fn check_group(group: &CuratorGroup<T::AccountId>) -> DispatchResult {
		ensure!(core::str::from_utf8(&group.name).is_ok(), Error::<T>::BadDescription);
		ensure!(group.classes.iter().all(Classes::<T>::contains_key), Error::<T>::ClassNotFound);
		Ok(())
	}

	/// Makes sure that `who` may act for `group` in `class`.
	pub(crate) fn ensure_curator(
		who: &T::AccountId,
		group: CuratorGroupId,
		class: ClassId,
	) -> DispatchResult {
		let group = CuratorGroups::<T>::get(group).ok_or(Error::<T>::CuratorGroupNotFound)?;
		ensure!(group.active && group.members.contains(who), Error::<T>::NotACurator);
		ensure!(group.classes.contains(&class), Error::<T>::ClassNotCurated);
		Ok(())
	}

	/// Whether `policy` lets `who` create entities. Looks at eight groups at most.
	pub(crate) fn may_create(policy: &CreationPolicy<T::AccountId>, who: &T::AccountId) -> bool {
		match policy {
			CreationPolicy::Anyone => true,
			CreationPolicy::Allowed(accounts) => accounts.contains(who),
			CreationPolicy::Curators(groups) => groups
				.iter()
				.filter_map(CuratorGroups::<T>::get)
				.any(|group| group.active && group.members.contains(who)),
		}
	}

	pub(crate) fn do_set_visibility(
		who: T::AccountId,
		id: EntityId,
		group: CuratorGroupId,
		action: Moderation,
		reason: Description,
	) -> DispatchResult {
		let mut entity = Self::get_entity(id).ok_or(Error::<T>::EntityNotFound)?;
		Self::ensure_curator(&who, group, id.class)?;
		ensure!(!reason.is_empty(), Error::<T>::ReasonMissing);
		ensure!(core::str::from_utf8(&reason).is_ok(), Error::<T>::BadDescription);
		entity.visibility = match action {
			Moderation::Show => Visibility::Visible,
			Moderation::Hide => Visibility::Hidden { group, reason: reason.clone() },
			Moderation::Freeze => Visibility::Frozen { group, reason: reason.clone() },
		};
		Self::put_entity(id, &entity);
		Self::deposit_event(Event::VisibilitySet { entity: id, group, action, reason });
		Ok(())
	}

	pub(crate) fn ensure_not_frozen(entity: &EntityOf<T>) -> DispatchResult {
		ensure!(!matches!(entity.visibility, Visibility::Frozen { .. }), Error::<T>::EntityFrozen);
		Ok(())
	}
}
