//! Reads the content directory through its runtime API.

use crate::{AccountId, Balance, Chain, Hash, Result};
use codec::{Decode, Encode};
use rome_primitives::content::{
	api::{
		ClassView, CuratorGroupView, EntityAs, EntityView, Maintenance, Page, ReadError,
		SchemaView, SuggestionView,
	},
	select::{Plan, Position, Select, SelectError},
	Category, ClassId, CuratorGroupId, EntityId, PropertyId, Scalar, SchemaVersion, SuggestionId,
	SuggestionStatus,
};

/// A class as it is read here.
pub type ClassInfo = ClassView<AccountId>;
/// An entity as it is read here.
pub type EntityInfo = EntityView<AccountId, Balance>;
/// A suggestion as it is read here.
pub type SuggestionInfo = SuggestionView<AccountId, Balance>;

/// A curator group as it is read here.
pub type GroupInfo = CuratorGroupView<AccountId>;
/// An entity read as a version.
pub type ReadInfo = EntityAs<AccountId>;

/// Entries of a page: few enough that even the largest entities fit into a node's answer.
pub const PAGE: u32 = 200;

/// Suggestions of a page: each comes with a whole schema.
const SUGGESTIONS: u32 = 100;

impl Chain {
	async fn read<T: Decode>(&self, function: &str, arguments: impl Encode) -> Result<T> {
		self.read_at(None, function, arguments).await
	}

	/// What a function of the directory's runtime API gives at a block, or at the best one.
	pub async fn read_at<T: Decode>(
		&self,
		block: Option<Hash>,
		function: &str,
		arguments: impl Encode,
	) -> Result<T> {
		self.read_api(block, "ContentDirectoryApi", function, arguments).await
	}

	/// All items of a list that comes in pages: what `arguments` makes of the end of the page before.
	async fn read_all<T: Decode, K: Decode, A: Encode>(
		&self,
		function: &str,
		arguments: impl Fn(Option<K>) -> A,
	) -> Result<Vec<T>> {
		let mut all = Vec::new();
		let mut after = None;
		loop {
			let page: Page<T, K> = self.read(function, arguments(after)).await?;
			all.extend(page.items);
			after = page.next;
			if after.is_none() {
				return Ok(all);
			}
		}
	}

	/// All classes.
	pub async fn classes(&self) -> Result<Vec<ClassInfo>> {
		self.read_all("classes", |after: Option<ClassId>| (after, PAGE)).await
	}

	/// A version of a class's schema.
	pub async fn schema(
		&self,
		class: ClassId,
		version: SchemaVersion,
	) -> Result<Option<SchemaView>> {
		self.read("schema", (class, version)).await
	}

	/// An open suggestion.
	pub async fn suggestion(&self, id: SuggestionId) -> Result<Option<SuggestionInfo>> {
		self.read("suggestion", id).await
	}

	/// All open suggestions.
	pub async fn suggestions(
		&self,
		category: Option<Category>,
		status: Option<SuggestionStatus>,
	) -> Result<Vec<SuggestionInfo>> {
		let arguments = |after: Option<SuggestionId>| (category, status, after, SUGGESTIONS);
		self.read_all("suggestions", arguments).await
	}

	/// An entity.
	pub async fn entity(&self, id: EntityId) -> Result<Option<EntityInfo>> {
		self.read("entity", id).await
	}

	/// Entities of a class, one page.
	pub async fn entities(
		&self,
		class: ClassId,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<Page<EntityInfo, EntityId>> {
		self.read("entities", (class, after, limit)).await
	}

	/// An account's entities of a class, one page.
	pub async fn entities_of(
		&self,
		owner: AccountId,
		class: ClassId,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<Page<EntityInfo, EntityId>> {
		self.read("entities_of", (owner, Some(class), after, limit)).await
	}

	/// The entity with this value in a unique property.
	pub async fn entity_by_unique(
		&self,
		class: ClassId,
		property: PropertyId,
		value: &Scalar,
	) -> Result<Option<EntityInfo>> {
		self.read("entity_by_unique", (class, property, value)).await
	}

	/// Entities with this value in an indexed property, one page.
	pub async fn entities_by_index(
		&self,
		class: ClassId,
		property: PropertyId,
		value: &Scalar,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<Page<EntityInfo, EntityId>> {
		self.read("entities_by_index", (class, property, value, after, limit)).await
	}

	/// An entity, read as a version; or why it cannot be.
	pub async fn entity_as(
		&self,
		id: EntityId,
		version: SchemaVersion,
	) -> Result<std::result::Result<ReadInfo, ReadError>> {
		self.read("entity_as", (id, version)).await
	}

	/// Entities of a class, one page, all read as a version.
	pub async fn entities_as(
		&self,
		class: ClassId,
		version: SchemaVersion,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<std::result::Result<Page<ReadInfo, EntityId>, ReadError>> {
		self.read("entities_as", (class, version, after, limit)).await
	}

	/// Entities of a class that ask for something before they become a version, one page.
	pub async fn entities_asking(
		&self,
		class: ClassId,
		version: SchemaVersion,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<std::result::Result<Page<ReadInfo, EntityId>, ReadError>> {
		self.read("entities_asking", (class, version, after, limit)).await
	}

	/// What goes on in a class besides calls.
	pub async fn maintenance(&self, class: ClassId) -> Result<Maintenance> {
		self.read("maintenance", class).await
	}

	/// All curator groups.
	pub async fn curator_groups(&self) -> Result<Vec<GroupInfo>> {
		self.read_all("curator_groups", |after: Option<CuratorGroupId>| (after, PAGE)).await
	}

	/// The entities that a query wants, one page; or why the chain does not answer it.
	pub async fn select(
		&self,
		query: &Select,
	) -> Result<std::result::Result<Page<EntityAs<AccountId>, Position>, SelectError>> {
		self.read("select", query).await
	}

	/// How a query would be answered.
	pub async fn explain_select(
		&self,
		query: &Select,
	) -> Result<std::result::Result<Plan, SelectError>> {
		self.read("explain_select", query).await
	}

	/// How many entities an account has in a class, and may have.
	pub async fn quota(&self, class: ClassId, account: AccountId) -> Result<(u32, Option<u32>)> {
		self.read("quota", (class, account)).await
	}
}
