//! What the chain says at one block.

use super::{catalogue::Catalogue, Trouble};
use futures::{stream, StreamExt, TryStreamExt};
use rome_client::{
	directory::{ClassInfo, EntityInfo, ReadInfo},
	Chain, Error, Hash,
};
use rome_primitives::content::{
	api::{Maintenance, Page, ReadError, Reading, SchemaView},
	ClassId, EntityId, Migrated, Schema, SchemaVersion,
};
use std::collections::BTreeMap;

/// How many questions a node is asked at a time.
pub(super) const AT_ONCE: usize = 8;

/// Ids that lie this near each other are read together.
const NEAR: u32 = 4;

/// An entity, and how each later version reads it.
#[derive(Debug)]
pub(super) struct Found {
	pub info: EntityInfo,
	pub later: BTreeMap<SchemaVersion, Migrated>,
}

/// Some of a class's ids.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Span {
	pub class: ClassId,
	pub first: u32,
	pub last: u32,
}

/// Stretches of at most `longest` ids that hold all of `ids`, which are in order.
pub(super) fn spans(ids: impl Iterator<Item = EntityId>, longest: u32) -> Vec<Span> {
	let mut spans = Vec::<Span>::new();
	for EntityId { class, serial } in ids {
		match spans.last_mut() {
			Some(span)
				if span.class == class
					&& serial.saturating_sub(span.last) <= NEAR
					&& serial.saturating_sub(span.first) < longest =>
			{
				span.last = serial;
			},
			_ => spans.push(Span { class, first: serial, last: serial }),
		}
	}
	spans
}

/// The chain after one block.
#[derive(Clone, Copy)]
pub(super) struct Snapshot<'a> {
	pub chain: &'a Chain,
	pub hash: Hash,
	/// Entities in a page.
	pub page: u32,
}

impl<'a> Snapshot<'a> {
	async fn ask<T: codec::Decode>(
		&self,
		function: &str,
		arguments: impl codec::Encode,
	) -> Result<T, Trouble> {
		Ok(self.chain.read_at(Some(self.hash), function, arguments).await?)
	}

	/// All classes, in order.
	pub(super) async fn classes(&self) -> Result<Vec<ClassInfo>, Trouble> {
		let mut all = Vec::<ClassInfo>::new();
		let mut after = None::<ClassId>;
		loop {
			let page: Page<ClassInfo, ClassId> = self.ask("classes", (after, self.page)).await?;
			for info in page.items {
				let before = all.last().map(|last| last.id);
				if before.is_some_and(|before| info.id <= before) {
					return Err(unbelievable("classes", "classes are not in order"));
				}
				all.push(info);
			}
			match page.next {
				None => return Ok(all),
				Some(next) if after.is_some_and(|after| next <= after) => {
					return Err(unbelievable("classes", "a page leads back"));
				},
				Some(next) => after = Some(next),
			}
		}
	}

	/// All versions of a class's schema, free-form documents' included.
	pub(super) async fn schemas(
		&self,
		class: ClassId,
	) -> Result<BTreeMap<SchemaVersion, Schema>, Trouble> {
		let mut all = BTreeMap::from([(0, Schema::free_form())]);
		let mut after = None::<SchemaVersion>;
		loop {
			// Schemas may be as large as entities.
			let arguments = (class, after, self.page);
			let page: Page<SchemaView, SchemaVersion> = self.ask("schemas", arguments).await?;
			for view in page.items {
				if view.class != class || all.insert(view.version, view.schema).is_some() {
					return Err(unbelievable("schemas", "another class's, or one twice"));
				}
			}
			match page.next {
				None => return Ok(all),
				Some(next) if after.is_some_and(|after| next <= after) => {
					return Err(unbelievable("schemas", "a page leads back"));
				},
				Some(next) => after = Some(next),
			}
		}
	}

	/// Whether a class's older entities are being given entries.
	pub(super) async fn is_building(&self, class: ClassId) -> Result<bool, Trouble> {
		let maintenance: Maintenance = self.ask("maintenance", class).await?;
		Ok(maintenance.build.is_some())
	}

	/// The next entities of a class, in order; and the last of them, if there are more.
	pub(super) async fn page(
		&self,
		catalogue: &Catalogue,
		class: ClassId,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<(Vec<Found>, Option<EntityId>), Trouble> {
		let arguments = (class, after, limit);
		let page: Page<EntityInfo, EntityId> = self.ask("entities", arguments).await?;
		let mut before = after;
		for info in &page.items {
			if info.id.class != class || before.is_some_and(|before| info.id <= before) {
				return Err(unbelievable("entities", "entities are not in order"));
			}
			before = Some(info.id);
		}
		if page.next.is_some() && (page.next != before || page.items.is_empty()) {
			return Err(unbelievable("entities", "a page does not say where the next one begins"));
		}
		let stored: Vec<_> = page.items.iter().map(|info| info.entity.version).collect();
		let wanted = catalogue.versions_after(class, &stored);
		let readings: Vec<_> = stream::iter(wanted)
			.map(|version| self.readings(class, version, after, limit, &page.items))
			.buffered(AT_ONCE)
			.try_collect()
			.await?;
		let mut found: Vec<_> =
			page.items.into_iter().map(|info| Found { info, later: BTreeMap::new() }).collect();
		for (version, readings) in readings {
			for (found, reading) in found.iter_mut().zip(readings) {
				if let Some(migrated) = reading {
					found.later.insert(version, migrated);
				}
			}
		}
		Ok((found, page.next))
	}

	/// How `version` reads those of a page that are stored as an earlier one.
	async fn readings(
		&self,
		class: ClassId,
		version: SchemaVersion,
		after: Option<EntityId>,
		limit: u32,
		page: &[EntityInfo],
	) -> Result<(SchemaVersion, Vec<Option<Migrated>>), Trouble> {
		type Answer = Result<Page<ReadInfo, EntityId>, ReadError>;
		let arguments = (class, version, after, limit);
		let answer: Answer = self.ask("entities_as", arguments).await?;
		let what = "entities_as";
		let answer = answer.map_err(|error| unbelievable(what, &format!("{error:?}")))?;
		let agrees = |(info, read): (&EntityInfo, &ReadInfo)| {
			info.id == read.id && info.entity.version == read.stored && read.version == version
		};
		if answer.items.len() != page.len() || !page.iter().zip(&answer.items).all(agrees) {
			return Err(unbelievable(what, "the entities are others than those of the class"));
		}
		let readings = answer.items.into_iter().map(|read| {
			let asked = match read.reading {
				Reading::Later => return None,
				Reading::Complete => Vec::new(),
				Reading::Asks(asked) => asked,
			};
			(read.stored < version).then_some(Migrated { values: read.values, asked })
		});
		Ok((version, readings.collect()))
	}

	/// The entities of a span.
	pub(super) async fn span(
		&self,
		catalogue: &Catalogue,
		span: Span,
	) -> Result<(Span, Vec<Found>), Trouble> {
		let Span { class, first, last } = span;
		let after = first.checked_sub(1).map(|serial| EntityId { class, serial });
		let limit = last.saturating_sub(first).saturating_add(1);
		let (mut found, _) = self.page(catalogue, class, after, limit).await?;
		// Where some of the span are gone, the page goes on behind it.
		found.retain(|found| found.info.id.serial <= last);
		Ok((span, found))
	}
}

/// An answer that no node of the chain gives.
fn unbelievable(function: &str, why: &str) -> Trouble {
	Error::unreadable(format!("ContentDirectoryApi_{function}"), why).into()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn near_ids_are_read_together() {
		let ids = [(0, 1), (0, 2), (0, 5), (0, 20), (1, 21), (1, 24), (1, 28), (1, 29)];
		let ids = ids.map(|(class, serial)| EntityId { class, serial });
		let spans: Vec<_> = spans(ids.into_iter(), 8)
			.into_iter()
			.map(|span| (span.class, span.first, span.last))
			.collect();
		assert_eq!(spans, [(0, 1, 5), (0, 20, 20), (1, 21, 28), (1, 29, 29)]);
	}
}
