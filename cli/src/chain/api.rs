//! Reads the content directory through its runtime API.

use super::{
	client::Chain,
	errors::{Error, Result},
	rpc::Hash,
};
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
use subxt::utils::AccountId32;

/// A class as it is read here.
pub(crate) type ClassInfo = ClassView<AccountId32>;
/// An entity as it is read here.
pub(crate) type EntityInfo = EntityView<AccountId32, u128>;
/// A suggestion as it is read here.
pub(crate) type SuggestionInfo = SuggestionView<AccountId32, u128>;

/// A curator group as it is read here.
pub(crate) type GroupInfo = CuratorGroupView<AccountId32>;
/// An entity read as a version.
pub(crate) type ReadInfo = EntityAs<AccountId32>;

/// Entries of a page: few enough that even the largest entities fit into a node's answer.
pub(crate) const PAGE: u32 = 200;

/// Suggestions of a page: each comes with a whole schema.
const SUGGESTIONS: u32 = 100;

impl Chain {
	async fn read<T: Decode>(&self, function: &str, arguments: impl Encode) -> Result<T> {
		self.read_at(None, function, arguments).await
	}

	/// What a function of the directory's runtime API gives at a block, or at the best one.
	pub(crate) async fn read_at<T: Decode>(
		&self,
		block: Option<Hash>,
		function: &str,
		arguments: impl Encode,
	) -> Result<T> {
		let function = format!("ContentDirectoryApi_{function}");
		let bytes = self.rpc.state_call(&function, &arguments.encode(), block).await?;
		Error::decode(&function, &bytes)
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
	pub(crate) async fn classes(&self) -> Result<Vec<ClassInfo>> {
		self.read_all("classes", |after: Option<ClassId>| (after, PAGE)).await
	}

	/// A version of a class's schema.
	pub(crate) async fn schema(
		&self,
		class: ClassId,
		version: SchemaVersion,
	) -> Result<Option<SchemaView>> {
		self.read("schema", (class, version)).await
	}

	/// An open suggestion.
	pub(crate) async fn suggestion(&self, id: SuggestionId) -> Result<Option<SuggestionInfo>> {
		self.read("suggestion", id).await
	}

	/// All open suggestions.
	pub(crate) async fn suggestions(
		&self,
		category: Option<Category>,
		status: Option<SuggestionStatus>,
	) -> Result<Vec<SuggestionInfo>> {
		let arguments = |after: Option<SuggestionId>| (category, status, after, SUGGESTIONS);
		self.read_all("suggestions", arguments).await
	}

	/// An entity.
	pub(crate) async fn entity(&self, id: EntityId) -> Result<Option<EntityInfo>> {
		self.read("entity", id).await
	}

	/// Entities of a class, one page.
	pub(crate) async fn entities(
		&self,
		class: ClassId,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<Page<EntityInfo, EntityId>> {
		self.read("entities", (class, after, limit)).await
	}

	/// An account's entities of a class, one page.
	pub(crate) async fn entities_of(
		&self,
		owner: AccountId32,
		class: ClassId,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<Page<EntityInfo, EntityId>> {
		self.read("entities_of", (owner, Some(class), after, limit)).await
	}

	/// The entity with this value in a unique property.
	pub(crate) async fn entity_by_unique(
		&self,
		class: ClassId,
		property: PropertyId,
		value: &Scalar,
	) -> Result<Option<EntityInfo>> {
		self.read("entity_by_unique", (class, property, value)).await
	}

	/// Entities with this value in an indexed property, one page.
	pub(crate) async fn entities_by_index(
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
	pub(crate) async fn entity_as(
		&self,
		id: EntityId,
		version: SchemaVersion,
	) -> Result<std::result::Result<ReadInfo, ReadError>> {
		self.read("entity_as", (id, version)).await
	}

	/// Entities of a class, one page, all read as a version.
	pub(crate) async fn entities_as(
		&self,
		class: ClassId,
		version: SchemaVersion,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<std::result::Result<Page<ReadInfo, EntityId>, ReadError>> {
		self.read("entities_as", (class, version, after, limit)).await
	}

	/// Entities of a class that ask for something before they become a version, one page.
	pub(crate) async fn entities_asking(
		&self,
		class: ClassId,
		version: SchemaVersion,
		after: Option<EntityId>,
		limit: u32,
	) -> Result<std::result::Result<Page<ReadInfo, EntityId>, ReadError>> {
		self.read("entities_asking", (class, version, after, limit)).await
	}

	/// What goes on in a class besides calls.
	pub(crate) async fn maintenance(&self, class: ClassId) -> Result<Maintenance> {
		self.read("maintenance", class).await
	}

	/// All curator groups.
	pub(crate) async fn curator_groups(&self) -> Result<Vec<GroupInfo>> {
		self.read_all("curator_groups", |after: Option<CuratorGroupId>| (after, PAGE)).await
	}

	/// The entities that a query wants, one page; or why the chain does not answer it.
	pub(crate) async fn select(
		&self,
		query: &Select,
	) -> Result<std::result::Result<Page<EntityAs<AccountId32>, Position>, SelectError>> {
		self.read("select", query).await
	}

	/// How a query would be answered.
	pub(crate) async fn explain_select(
		&self,
		query: &Select,
	) -> Result<std::result::Result<Plan, SelectError>> {
		self.read("explain_select", query).await
	}

	/// How many entities an account has in a class, and may have.
	pub(crate) async fn quota(
		&self,
		class: ClassId,
		account: AccountId32,
	) -> Result<(u32, Option<u32>)> {
		self.read("quota", (class, account)).await
	}
}
