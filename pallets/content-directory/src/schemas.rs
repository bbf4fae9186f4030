//! Activation and retirement of schema versions.

use crate::{
	ClassNames, Classes, Config, Error, Event, NextClassId, Pallet, Schemas, Stats, Suggestions,
};
use frame_support::{dispatch::DispatchResult, ensure};
use rome_primitives::content::{
	Class, ClassConfig, ClassId, ClassStatus, Name, OnSchemaActivated, Schema, SchemaStatus,
	SchemaVersion, Suggestion, SuggestionId, SuggestionStatus, SuggestionTarget,
};
use sp_runtime::{ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_activate_schema(id: SuggestionId) -> DispatchResult {
		let suggestion = Suggestions::<T>::take(id).ok_or(Error::<T>::SuggestionNotFound)?;
		ensure!(suggestion.status == SuggestionStatus::Approved, Error::<T>::SuggestionNotApproved);
		let Suggestion { proposer, target, schema, .. } = suggestion;
		let (class, mut record) = match target {
			SuggestionTarget::Existing { class, base } => {
				let record = Classes::<T>::get(class).ok_or(Error::<T>::ClassNotFound)?;
				ensure!(record.status != ClassStatus::Retired, Error::<T>::ClassRetired);
				ensure!(record.latest_version == base, Error::<T>::SuggestionOutdated);
				(class, record)
			},
			SuggestionTarget::New { name, config } => Self::create_class(name, config)?,
		};

		let base = record.latest_version;
		let version = base.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let (properties, next_property) =
			schema.with_ids(record.next_property).ok_or(Error::<T>::PropertyIdsExhausted)?;
		if let Some(active) = record.active_version {
			Self::set_schema_status(class, active, SchemaStatus::Superseded)?;
		}
		Schemas::<T>::insert(
			class,
			version,
			Schema { status: SchemaStatus::Active, base, properties },
		);
		Stats::<T>::try_mutate(class, |stats| stats.by_version.try_push((version, 0)))
			.map_err(|_| Error::<T>::TooManyLiveVersions)?;
		record.latest_version = version;
		record.active_version = Some(version);
		record.next_property = next_property;
		let category = record.config.category;
		Classes::<T>::insert(class, record);

		Self::tally(category, |tally| &mut tally.activated);
		Self::deposit_event(Event::SchemaActivated { suggestion: id, class, version });
		T::OnSchemaActivated::on_schema_activated(&proposer, class, version, category);
		Ok(())
	}

	fn create_class(
		name: Name,
		config: ClassConfig<T::AccountId>,
	) -> Result<(ClassId, Class<T::AccountId>), DispatchError> {
		ensure!(!ClassNames::<T>::contains_key(&name), Error::<T>::ClassNameTaken);
		let class = NextClassId::<T>::get();
		NextClassId::<T>::put(class.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		ClassNames::<T>::insert(&name, class);
		Self::deposit_event(Event::ClassCreated { class, name: name.clone() });
		let record = Class {
			name,
			config,
			status: ClassStatus::Open,
			active_version: None,
			latest_version: 0,
			next_property: 0,
		};
		Ok((class, record))
	}

	pub(crate) fn do_retire_schema(class: ClassId, version: SchemaVersion) -> DispatchResult {
		let mut record = Classes::<T>::get(class).ok_or(Error::<T>::ClassNotFound)?;
		let schema = Schemas::<T>::get(class, version).ok_or(Error::<T>::SchemaNotFound)?;
		ensure!(schema.status != SchemaStatus::Retired, Error::<T>::SchemaAlreadyRetired);
		Stats::<T>::try_mutate(class, |stats| {
			let unused =
				|(other, entities): &(SchemaVersion, u32)| *other == version && *entities == 0;
			ensure!(stats.by_version.iter().any(unused), Error::<T>::SchemaInUse);
			stats.by_version.retain(|(other, _)| *other != version);
			Ok::<_, DispatchError>(())
		})?;
		Self::set_schema_status(class, version, SchemaStatus::Retired)?;
		if record.active_version == Some(version) {
			record.active_version = None;
			Classes::<T>::insert(class, record);
		}
		Self::deposit_event(Event::SchemaRetired { class, version });
		Ok(())
	}

	fn set_schema_status(
		class: ClassId,
		version: SchemaVersion,
		status: SchemaStatus,
	) -> DispatchResult {
		Schemas::<T>::try_mutate(class, version, |schema| {
			schema.as_mut().ok_or(Error::<T>::SchemaNotFound)?.status = status;
			Ok(())
		})
	}
}
