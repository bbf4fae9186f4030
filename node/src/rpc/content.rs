//! `contentDirectory_*`: reads the content directory in plain JSON, for `curl` and for programs without a
//! client library.
//!
//! Parameters go by name, as the one object or as `params` itself, or in the order of the table in
//! `docs/rpc.md`. Every method takes the hash of a block as `at`; without it, the best block answers.

use jsonrpsee::{
	core::RegisterMethodError,
	types::{
		error::{INTERNAL_ERROR_CODE, INVALID_PARAMS_CODE},
		ErrorObjectOwned, Params,
	},
	RpcModule,
};
use rome_content_query::{
	error::QueryError,
	explain::plan_json,
	json,
	lexer::MAX_TEXT_BYTES,
	parser::{parse_condition, parse_order, parse_query, Query, Spot},
	resolve::Context,
	text,
	values::{parse_id, scalar_from_json},
	words::{did_you_mean, shorten},
	Names,
};
use rome_primitives::content::{
	api::{ClassView, ContentDirectoryApi, EntityView, ReadError},
	limits::MAX_PAGE,
	select::Select,
	Category, ClassId, EntityId, Schema, SchemaProperty, SchemaVersion, SuggestionStatus,
};
use rome_runtime::{opaque::Block, AccountId, Balance, Hash};
use serde::{de::DeserializeOwned, Deserialize};
use serde_json::{json, Map, Value as Json};
use sp_api::{ApiError, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_core::crypto::Ss58Codec;
use std::{
	cell::OnceCell,
	collections::hash_map::{Entry, HashMap},
	sync::Arc,
};

/// Entries in a page unless another number is asked for.
const USUAL: u32 = 20;

/// Most entries in a page of a list: few enough that the largest ones fit into an answer. `select` has a
/// bound in bytes instead.
const MOST: u32 = 100;

type Answer = Result<Json, ErrorObjectOwned>;

/// The methods.
pub fn module<Client>(client: Arc<Client>) -> Result<RpcModule<Arc<Client>>, RegisterMethodError>
where
	Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync + 'static,
	Client::Api: ContentDirectoryApi<Block, AccountId, Balance>,
{
	let mut module = RpcModule::new(client);
	macro_rules! method {
		($name:literal, $names:expr, $answer:expr) => {
			module.register_blocking_method($name, |params, client, _| -> Answer {
				let arguments = arguments(&params, $names)?;
				let at = block(client.as_ref().as_ref(), &arguments)?;
				let reader = Reader::new(client.as_ref().as_ref(), at);
				$answer(&reader, typed(arguments)?)
			})?;
		};
	}
	method!("contentDirectory_classes", &["after", "limit"], Reader::classes);
	method!("contentDirectory_schemas", &["class", "after", "limit"], Reader::schemas);
	method!(
		"contentDirectory_suggestions",
		&["category", "status", "after", "limit"],
		Reader::suggestions
	);
	method!("contentDirectory_entity", &["id", "asVersion"], Reader::entity);
	method!(
		"contentDirectory_entities",
		&["class", "after", "limit", "asVersion"],
		Reader::entities
	);
	method!(
		"contentDirectory_entitiesOf",
		&["owner", "class", "after", "limit", "asVersion"],
		Reader::entities_of
	);
	method!("contentDirectory_byUnique", &["class", "property", "value"], Reader::by_unique);
	method!(
		"contentDirectory_byIndex",
		&["class", "property", "value", "after", "limit"],
		Reader::by_index
	);
	method!("contentDirectory_select", SELECT, Reader::select);
	method!("contentDirectory_explain", SELECT, Reader::explain);
	Ok(module)
}

/// The parameters of `select`, in order: most will be given by name.
const SELECT: &[&str] = &["query", "after", "limit"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClassesArguments {
	after: Option<ClassId>,
	limit: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SchemasArguments {
	class: String,
	after: Option<SchemaVersion>,
	limit: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SuggestionsArguments {
	category: Option<String>,
	status: Option<String>,
	after: Option<u32>,
	limit: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EntityArguments {
	id: String,
	as_version: Option<SchemaVersion>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EntitiesArguments {
	class: String,
	after: Option<String>,
	limit: Option<u32>,
	as_version: Option<SchemaVersion>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EntitiesOfArguments {
	owner: String,
	class: Option<String>,
	after: Option<String>,
	limit: Option<u32>,
	as_version: Option<SchemaVersion>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct FindArguments {
	class: String,
	property: String,
	value: Json,
	after: Option<String>,
	limit: Option<u32>,
}

/// A query: in one text, or in parts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SelectArguments {
	query: Option<String>,
	class: Option<String>,
	properties: Option<Vec<String>>,
	#[serde(rename = "where")]
	condition: Option<String>,
	order_by: Option<String>,
	as_version: Option<SchemaVersion>,
	after: Option<String>,
	limit: Option<u32>,
}

impl SelectArguments {
	/// The query, whichever way it was given.
	fn query(&self) -> Result<Query, ErrorObjectOwned> {
		let in_parts = self.properties.is_some()
			|| self.condition.is_some()
			|| self.order_by.is_some()
			|| self.as_version.is_some();
		let mut query = match (&self.query, &self.class) {
			(Some(text), None) if !in_parts => {
				parse_query(text).map_err(|error| misread("query", &error))?
			},
			(None, Some(class)) => Query {
				properties: self.properties.as_deref().map(spots),
				class: Spot { text: class.clone(), column: 1 },
				version: self.as_version,
				condition: parse_condition(self.condition.as_deref().unwrap_or_default())
					.map_err(|error| misread("where", &error))?,
				order: match &self.order_by {
					Some(text) => Some(parse_order(text).map_err(|error| misread("orderBy", &error))?),
					None => None,
				},
				limit: None,
			},
			_ => {
				return Err(refused(
					"give the whole query as `query`, or its parts: `class`, and perhaps `properties`, \
					 `where`, `orderBy` and `asVersion`",
				))
			},
		};
		query.limit = Some(self.limit.or(query.limit).unwrap_or(USUAL));
		Ok(query)
	}

	/// The query as the chain takes it. Each part says itself what is wrong with it.
	fn resolve(&self, query: &Query, context: &Context) -> Result<Select, ErrorObjectOwned> {
		let after = self.after.as_deref().map(json::parse_position).transpose().map_err(refused)?;
		if self.query.is_some() {
			return context.select(query, after).map_err(|error| misread("query", &error));
		}
		let part = |properties, condition, order| {
			let class = query.class.clone();
			Query { properties, class, condition, order, version: None, limit: query.limit }
		};
		let check = |name, part: Query| {
			context.select(&part, None).map(|_| ()).map_err(|error| misread(name, &error))
		};
		check("properties", part(query.properties.clone(), Vec::new(), None))?;
		check("where", part(None, query.condition.clone(), None))?;
		context.select(query, after).map_err(|error| misread("orderBy", &error))
	}
}

fn spots(names: &[String]) -> Vec<Spot> {
	names.iter().map(|name| Spot { text: name.clone(), column: 1 }).collect()
}

/// Parameters by name. The one object may stand in a list, as some clients have it.
fn arguments(params: &Params, names: &[&str]) -> Result<Map<String, Json>, ErrorObjectOwned> {
	let text = params.as_str().unwrap_or("null");
	// Values of strings are at most as long as an entity; nothing longer can be meant.
	if text.len() > 4 * MAX_TEXT_BYTES {
		return Err(refused("the parameters are too long"));
	}
	let given = serde_json::from_str(text).map_err(|error| refused(error.to_string()))?;
	let list = match given {
		Json::Null => Vec::new(),
		Json::Object(named) => return Ok(named),
		Json::Array(mut list) => match list.as_mut_slice() {
			[Json::Object(named)] => return Ok(std::mem::take(named)),
			_ => list,
		},
		_ => return Err(refused("parameters are a list or an object")),
	};
	// Whatever a method takes, the block may come last.
	if list.len() > names.len() + 1 {
		return Err(refused(format!(
			"there are at most {}: {}, at",
			names.len() + 1,
			names.join(", ")
		)));
	}
	let names = names.iter().chain([&"at"]).map(ToString::to_string);
	Ok(names.zip(list).filter(|(_, value)| !value.is_null()).collect())
}

fn typed<T: DeserializeOwned>(mut arguments: Map<String, Json>) -> Result<T, ErrorObjectOwned> {
	arguments.remove("at");
	serde_json::from_value(arguments.into()).map_err(|error| refused(error.to_string()))
}

/// The block that answers.
fn block<Client: HeaderBackend<Block>>(
	client: &Client,
	arguments: &Map<String, Json>,
) -> Result<Hash, ErrorObjectOwned> {
	match arguments.get("at") {
		None | Some(Json::Null) => Ok(client.info().best_hash),
		Some(at) => {
			serde_json::from_value(at.clone()).map_err(|_| refused("`at` is a block's hash"))
		},
	}
}

/// The parameters are wrong.
fn refused(why: impl Into<String>) -> ErrorObjectOwned {
	ErrorObjectOwned::owned(INVALID_PARAMS_CODE, why, None::<()>)
}

/// A part of a query is wrong, and where.
fn misread(part: &str, error: &QueryError) -> ErrorObjectOwned {
	let message = format!("`{part}`, {error}");
	let place = json!({ "part": part, "column": error.column, "message": error.message });
	ErrorObjectOwned::owned(INVALID_PARAMS_CODE, message, Some(place))
}

/// The runtime could not be asked: there is no such block, or its state is gone.
fn failed(error: ApiError) -> ErrorObjectOwned {
	ErrorObjectOwned::owned(INTERNAL_ERROR_CODE, error.to_string(), None::<()>)
}

fn unreadable(error: ReadError) -> ErrorObjectOwned {
	refused(match error {
		ReadError::EntityNotFound => "there is no such entry",
		ReadError::SchemaNotFound => "the class has no such version",
		ReadError::StoredLater => "the entry is stored as a later version",
		ReadError::TooManySteps => "too many versions lie between",
	})
}

/// Reads at one block.
struct Reader<'a, Client> {
	client: &'a Client,
	at: Hash,
	classes: OnceCell<Vec<ClassView<AccountId>>>,
}

impl<Client> Names for Reader<'_, Client>
where
	Client: ProvideRuntimeApi<Block>,
	Client::Api: ContentDirectoryApi<Block, AccountId, Balance>,
{
	fn class_id(&self, name: &str) -> Option<ClassId> {
		let classes = self.known_classes().iter();
		let mut found = classes.filter(|view| view.class.name.as_slice() == name.as_bytes());
		found.next().map(|view| view.id)
	}

	fn class_name(&self, id: ClassId) -> Option<String> {
		let mut found = self.known_classes().iter().filter(|view| view.id == id);
		found.next().map(|view| text(&view.class.name))
	}

	fn account(&self, written: &str) -> Option<[u8; 32]> {
		let account = match written.strip_prefix("0x") {
			Some(_) => written.parse().ok()?,
			None => AccountId::from_ss58check(written).ok()?,
		};
		Some(account.into())
	}
}

impl<'a, Client> Reader<'a, Client>
where
	Client: ProvideRuntimeApi<Block>,
	Client::Api: ContentDirectoryApi<Block, AccountId, Balance>,
{
	fn new(client: &'a Client, at: Hash) -> Self {
		Self { client, at, classes: OnceCell::new() }
	}

	/// All classes, for their names. Each one was approved by the council, so there are few.
	fn known_classes(&self) -> &[ClassView<AccountId>] {
		self.classes.get_or_init(|| {
			let mut all = Vec::new();
			let mut after = None;
			loop {
				let page = self.client.runtime_api().classes(self.at, after, MAX_PAGE);
				let Ok(page) = page else { return all };
				all.extend(page.items);
				after = page.next;
				if after.is_none() {
					return all;
				}
			}
		})
	}

	/// The class called `name`.
	fn class(&self, name: &str) -> Result<ClassView<AccountId>, ErrorObjectOwned> {
		let found = self.client.runtime_api().class_by_name(self.at, name.into());
		found.map_err(failed)?.ok_or_else(|| {
			let names: Vec<_> =
				self.known_classes().iter().map(|view| text(&view.class.name)).collect();
			let meant = did_you_mean(name, names.iter().map(String::as_str));
			refused(format!("there is no class `{}`{meant}", shorten(name)))
		})
	}

	fn schema(&self, class: ClassId, version: SchemaVersion) -> Result<Schema, ErrorObjectOwned> {
		if version == 0 {
			return Ok(Schema::free_form());
		}
		let found = self.client.runtime_api().schema(self.at, class, version).map_err(failed)?;
		found.map(|view| view.schema).ok_or_else(|| refused("the class has no such version"))
	}

	fn active(
		&self,
		class: &ClassView<AccountId>,
	) -> Result<(SchemaVersion, Schema), ErrorObjectOwned> {
		let version = class.class.active_version.ok_or_else(|| {
			refused(format!("the class `{}` has no active version", text(&class.class.name)))
		})?;
		Ok((version, self.schema(class.id, version)?))
	}

	fn id(&self, written: &str) -> Result<EntityId, ErrorObjectOwned> {
		parse_id(written, self).map_err(refused)
	}

	fn after(&self, written: Option<&String>) -> Result<Option<EntityId>, ErrorObjectOwned> {
		written.map(|written| self.id(written)).transpose()
	}

	/// Entities as they are stored.
	fn views(
		&self,
		views: Vec<EntityView<AccountId, Balance>>,
	) -> Result<Vec<Json>, ErrorObjectOwned> {
		let mut schemas = HashMap::new();
		let mut list = Vec::new();
		for view in views {
			let key = (view.id.class, view.entity.version);
			let schema = match schemas.entry(key) {
				Entry::Occupied(known) => known.into_mut(),
				Entry::Vacant(new) => new.insert(self.schema(key.0, key.1)?),
			};
			list.push(json::entity(&view, schema, self));
		}
		Ok(list)
	}

	fn classes(&self, arguments: ClassesArguments) -> Answer {
		let limit = limit(arguments.limit);
		let page = self.client.runtime_api().classes(self.at, arguments.after, limit);
		let page = page.map_err(failed)?;
		let classes: Vec<_> = page.items.iter().map(json::class).collect();
		Ok(json!({ "classes": classes, "next": page.next }))
	}

	fn schemas(&self, arguments: SchemasArguments) -> Answer {
		let class = self.class(&arguments.class)?;
		let limit = limit(arguments.limit);
		let page = self.client.runtime_api().schemas(self.at, class.id, arguments.after, limit);
		let page = page.map_err(failed)?;
		let schemas: Vec<_> = page.items.iter().map(|view| json::schema(view, self)).collect();
		Ok(json!({ "schemas": schemas, "next": page.next }))
	}

	fn suggestions(&self, arguments: SuggestionsArguments) -> Answer {
		let category = match &arguments.category {
			None => None,
			Some(name) => Some(category(name)?),
		};
		let status = match arguments.status.as_deref() {
			None => None,
			Some("suggested") => Some(SuggestionStatus::Suggested),
			Some("approved") => Some(SuggestionStatus::Approved),
			Some(other) => {
				return Err(refused(format!(
					"`{}` is no status: suggested or approved",
					shorten(other)
				)))
			},
		};
		let api = self.client.runtime_api();
		let limit = limit(arguments.limit);
		let page = api.suggestions(self.at, category, status, arguments.after, limit);
		let page = page.map_err(failed)?;
		let list: Vec<_> = page.items.iter().map(|view| json::suggestion(view, self)).collect();
		Ok(json!({ "suggestions": list, "next": page.next }))
	}

	fn entity(&self, arguments: EntityArguments) -> Answer {
		let id = self.id(&arguments.id)?;
		let api = self.client.runtime_api();
		match arguments.as_version {
			None => {
				let found = api.entity(self.at, id).map_err(failed)?;
				Ok(self.views(found.into_iter().collect())?.pop().unwrap_or_default())
			},
			Some(version) => match api.entity_as(self.at, id, version).map_err(failed)? {
				Ok(view) => Ok(json::entity_as(&view, &self.schema(id.class, version)?, self)),
				Err(ReadError::EntityNotFound) => Ok(Json::Null),
				Err(error) => Err(unreadable(error)),
			},
		}
	}

	fn entities(&self, arguments: EntitiesArguments) -> Answer {
		let class = self.class(&arguments.class)?.id;
		let after = self.after(arguments.after.as_ref())?;
		let (api, limit) = (self.client.runtime_api(), limit(arguments.limit));
		match arguments.as_version {
			None => {
				let page = api.entities(self.at, class, after, limit).map_err(failed)?;
				Ok(page_json(self.views(page.items)?, page.next))
			},
			Some(version) => {
				let page =
					api.entities_as(self.at, class, version, after, limit).map_err(failed)?;
				let page = page.map_err(unreadable)?;
				let schema = self.schema(class, version)?;
				let views = page.items.iter().map(|view| json::entity_as(view, &schema, self));
				Ok(page_json(views.collect(), page.next))
			},
		}
	}

	fn entities_of(&self, arguments: EntitiesOfArguments) -> Answer {
		let owner = self
			.account(&arguments.owner)
			.ok_or_else(|| refused(format!("`{}` is no account", shorten(&arguments.owner))))?;
		let class = match &arguments.class {
			Some(name) => Some(self.class(name)?.id),
			None => None,
		};
		let after = self.after(arguments.after.as_ref())?;
		let (api, limit) = (self.client.runtime_api(), limit(arguments.limit));
		let page = api.entities_of(self.at, owner.into(), class, after, limit).map_err(failed)?;
		let views = match (arguments.as_version, class) {
			(None, _) => self.views(page.items)?,
			(Some(_), None) => return Err(refused("`asVersion` needs a `class`")),
			(Some(version), Some(class)) => {
				let schema = self.schema(class, version)?;
				let mut views = Vec::new();
				for view in page.items {
					match api.entity_as(self.at, view.id, version).map_err(failed)? {
						Ok(view) => views.push(json::entity_as(&view, &schema, self)),
						// What cannot be read as that version is left out.
						Err(_) => continue,
					}
				}
				views
			},
		};
		Ok(page_json(views, page.next))
	}

	/// Class, property and value that something is looked for by.
	fn sought(
		&self,
		arguments: &FindArguments,
	) -> Result<(ClassId, SchemaProperty, rome_primitives::content::Scalar), ErrorObjectOwned> {
		let class = self.class(&arguments.class)?;
		let (_, schema) = self.active(&class)?;
		let found = schema.property_by_name(arguments.property.as_bytes()).ok_or_else(|| {
			let names: Vec<_> =
				schema.properties.iter().map(|it| text(&it.property.name)).collect();
			let meant = did_you_mean(&arguments.property, names.iter().map(String::as_str));
			let (class, property) = (&arguments.class, shorten(&arguments.property));
			refused(format!("`{class}` has no property `{property}`{meant}"))
		})?;
		let value = scalar_from_json(found.property.kind.scalar(), &arguments.value, self);
		let value = value.map_err(|why| refused(format!("`{}`: {why}", arguments.property)))?;
		Ok((class.id, found.clone(), value))
	}

	fn by_unique(&self, arguments: FindArguments) -> Answer {
		let (class, property, value) = self.sought(&arguments)?;
		if !property.property.unique {
			return Err(refused(format!("`{}` is not unique", arguments.property)));
		}
		let found = self.client.runtime_api().entity_by_unique(self.at, class, property.id, value);
		let found = found.map_err(failed)?;
		Ok(self.views(found.into_iter().collect())?.pop().unwrap_or_default())
	}

	fn by_index(&self, arguments: FindArguments) -> Answer {
		let (class, property, value) = self.sought(&arguments)?;
		if !property.property.indexed {
			return Err(refused(format!("`{}` is not indexed", arguments.property)));
		}
		let after = self.after(arguments.after.as_ref())?;
		let (api, limit) = (self.client.runtime_api(), limit(arguments.limit));
		let page = api.entities_by_index(self.at, class, property.id, value, after, limit);
		let page = page.map_err(failed)?;
		Ok(page_json(self.views(page.items)?, page.next))
	}

	fn select(&self, arguments: SelectArguments) -> Answer {
		self.asked(&arguments, |context, select| {
			let page = self.client.runtime_api().select(self.at, select).map_err(failed)?;
			let page = page.map_err(|error| refused(context.describe(&error)))?;
			let views = page.items.iter().map(|view| json::entity_as(view, context.schema, self));
			let next = page.next.as_ref().map(json::position);
			Ok(json!({ "entities": views.collect::<Vec<_>>(), "next": next }))
		})
	}

	fn explain(&self, arguments: SelectArguments) -> Answer {
		self.asked(&arguments, |context, select| {
			let plan = self.client.runtime_api().explain_select(self.at, select).map_err(failed)?;
			let plan = plan.map_err(|error| refused(context.describe(&error)))?;
			Ok(plan_json(&plan, context))
		})
	}

	/// Does `answer` with the query that was asked.
	fn asked(
		&self,
		arguments: &SelectArguments,
		answer: impl FnOnce(&Context, Select) -> Answer,
	) -> Answer {
		let query = arguments.query()?;
		let class = self.class(&query.class.text)?;
		let (version, schema) = match query.version {
			Some(version) => (version, self.schema(class.id, version)?),
			None => self.active(&class)?,
		};
		let name = text(&class.class.name);
		let context =
			Context { class: class.id, name: &name, version, schema: &schema, names: self };
		let select = arguments.resolve(&query, &context)?;
		answer(&context, select)
	}
}

fn limit(asked: Option<u32>) -> u32 {
	asked.unwrap_or(USUAL).clamp(1, MOST)
}

fn page_json(entities: Vec<Json>, next: Option<EntityId>) -> Json {
	json!({ "entities": entities, "next": next.map(|id| id.to_string()) })
}

fn category(name: &str) -> Result<Category, ErrorObjectOwned> {
	let called = |category: &Category| format!("{category:?}");
	let found = Category::ALL.into_iter().find(|it| called(it).eq_ignore_ascii_case(name));
	found.ok_or_else(|| {
		let names = Category::ALL.map(|it| called(&it));
		let meant = did_you_mean(name, names.iter().map(String::as_str));
		refused(format!("`{}` is no category{meant}", shorten(name)))
	})
}
