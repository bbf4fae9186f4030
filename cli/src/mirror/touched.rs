//! What blocks changed, by their events.

use rome_client::{Error, Event};
use rome_primitives::content::{ClassId, EntityId, SuggestionId};
use std::collections::BTreeSet;

const PALLET: &str = "ContentDirectory";

/// What has to be read again.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Touched {
	/// Entities that were created, changed or removed.
	pub entities: BTreeSet<EntityId>,
	/// Those of them that may have another owner, or none any more.
	pub moved: BTreeSet<EntityId>,
	/// Classes with another set of versions.
	pub schemas: BTreeSet<ClassId>,
	/// Classes whose older entities were given entries.
	pub built: BTreeSet<ClassId>,
	/// Whether settings of classes changed.
	pub classes: bool,
	/// Why everything has to be read again.
	pub everything: Option<String>,
}

impl Touched {
	/// Whether the database stays as it is.
	pub(super) fn is_nothing(&self) -> bool {
		*self == Self::default()
	}

	/// Takes an event into account.
	pub(super) fn note(&mut self, event: &Event) -> Result<(), Error> {
		if event.is("System", "CodeUpdated") {
			self.everything = Some("the chain has a new runtime".into());
		}
		if event.pallet != PALLET {
			return Ok(());
		}
		match event.name.as_str() {
			"EntityCreated" | "EntityUpdated" | "TransferOffered" | "ReferenceableSet"
			| "EntityMigrated" | "UniqueTaken" | "VisibilitySet" => {
				self.entities.insert(event.first()?);
			},
			"TransferAccepted" | "EntityRemoved" => {
				let entity = event.first()?;
				self.entities.insert(entity);
				self.moved.insert(entity);
			},
			"ClassCreated" => {
				self.schemas.insert(event.first()?);
			},
			"SchemaActivated" => {
				let (_, class): (SuggestionId, ClassId) = event.first()?;
				self.schemas.insert(class);
			},
			"SchemaRetired" => {
				self.schemas.insert(event.first()?);
			},
			"ClassUpdated" | "ClassStatusSet" | "DefaultQuotaSet" => self.classes = true,
			"EntriesBuilt" => {
				self.built.insert(event.first()?);
			},
			"SchemaSuggested"
			| "SchemaEndorsed"
			| "EndorsementWithdrawn"
			| "SuggestionWithdrawn"
			| "SchemaApproved"
			| "SchemaRejected"
			| "QuotaSet"
			| "MigrationStarted"
			| "MigrationProgressed"
			| "MigrationFinished"
			| "MigrationCancelled"
			| "EntityAsks"
			| "CuratorGroupCreated"
			| "CuratorGroupUpdated" => {},
			other => {
				self.everything = Some(format!("this `rome` does not know the event `{other}`"));
			},
		}
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	fn event(name: &str, fields: impl Encode) -> Event {
		Event { pallet: PALLET.into(), name: name.into(), fields: fields.encode() }
	}

	#[test]
	fn events_say_what_to_read() {
		let id = |serial| EntityId { class: 3, serial };
		let mut touched = Touched::default();
		for event in [
			event("SchemaSuggested", (1u32, [0u8; 32], 0u8)),
			event("QuotaSet", (1u32, [0u8; 32], None::<u32>)),
			event("EntityAsks", (id(9), 1u16, vec![2u16])),
		] {
			touched.note(&event).unwrap();
		}
		assert!(touched.is_nothing());
		for event in [
			event("EntityUpdated", id(1)),
			event("TransferAccepted", (id(2), [0u8; 32], [1u8; 32])),
			event("EntityMigrated", (id(1), 1u16, 2u16)),
			event("SchemaActivated", (7u32, 4u32, 2u16)),
			event("EntriesBuilt", (5u32, vec![1u16])),
		] {
			touched.note(&event).unwrap();
		}
		let expected = Touched {
			entities: [id(1), id(2)].into(),
			moved: [id(2)].into(),
			schemas: [4].into(),
			built: [5].into(),
			..Default::default()
		};
		assert_eq!(touched, expected);
	}

	#[test]
	fn what_is_not_known_makes_everything_new() {
		let mut touched = Touched::default();
		touched.note(&event("EntitiesShuffled", 3u32)).unwrap();
		assert!(touched.everything.unwrap().contains("EntitiesShuffled"));
		assert!(Touched::default().note(&event("EntityUpdated", 1u8)).is_err());
	}
}
