//! The help desk as it is on chain: its two classes, and what is in them.

use crate::{
	content::{unreadable, values::parse_id},
	failure::Failure,
	schema::lookup::{active_schema, text, Classes},
};
use rome_client::{
	directory::{ClassInfo, ReadInfo, PAGE},
	Chain,
};
use rome_content_query::{json::visibility, resolve::Context};
use rome_primitives::content::{
	api::{Page, ReadError},
	select::{Condition, Field, Order, Position, Select, Term, MAX_CHOICES},
	ClassId, EntityId, EntityValues, PropertyId, Scalar, Schema, SchemaProperty, SchemaVersion,
	Value, Visibility,
};
use serde_json::{json, Value as Json};
use std::collections::BTreeMap;
use subxt::utils::AccountId32;

/// The class of questions.
pub(super) const REQUEST: &str = "helpRequest";
/// The class of answers.
const ANSWER: &str = "helpAnswer";

/// A class of the help desk, in its active version.
pub(super) struct Part {
	pub info: ClassInfo,
	pub version: SchemaVersion,
	pub schema: Schema,
}

impl Part {
	async fn find(chain: &Chain, classes: &Classes, name: &str) -> Result<Self, Failure> {
		let found = classes.by_name(name).filter(|info| info.class.active_version.is_some());
		let info = found.cloned().ok_or_else(|| {
			Failure::new(format!("this network has no help desk: there is no class `{name}`")).hint(
				"its council sets one up, as docs/help-desk.md says; `scripts/run` does so on a local network",
			)
		})?;
		let (version, schema) = active_schema(chain, &info).await?;
		Ok(Self { info, version, schema })
	}

	pub(super) fn class(&self) -> ClassId {
		self.info.id
	}

	/// The property of that name, which the help desk cannot do without.
	pub(super) fn need(&self, name: &str) -> Result<&SchemaProperty, Failure> {
		self.schema.property_by_name(name.as_bytes()).ok_or_else(|| {
			let class = text(&self.info.class.name);
			Failure::new(format!("`{class}` has no property `{name}` in version {}", self.version))
				.hint("use the `rome` that belongs to the network's version")
		})
	}

	/// The text under a property, if there is one.
	fn text(&self, values: &EntityValues, name: &str) -> Option<String> {
		let property = self.schema.property_by_name(name.as_bytes())?;
		match values.value(property.id)?.single()? {
			Scalar::Text(bytes) => Some(text(bytes)),
			_ => None,
		}
	}
}

/// A question.
pub(super) struct Request {
	pub id: EntityId,
	pub owner: AccountId32,
	pub subject: String,
	pub text: String,
	pub language: Option<String>,
	pub about: Option<String>,
	pub contact: Option<String>,
	pub visibility: Visibility,
	pub referenceable: bool,
}

impl Request {
	fn read(part: &Part, info: ReadInfo) -> Self {
		let value = |name: &str| part.text(&info.values, name);
		Self {
			id: info.id,
			subject: value("subject").unwrap_or_default(),
			text: value("text").unwrap_or_default(),
			language: value("inLanguage"),
			about: value("about"),
			contact: value("contact"),
			owner: info.owner,
			visibility: info.visibility,
			referenceable: info.referenceable,
		}
	}

	/// For programs, with the number of its answers.
	pub(super) fn json(&self, answers: usize) -> Json {
		json!({
			"id": self.id.to_string(),
			"state": state(answers),
			"subject": self.subject,
			"text": self.text,
			"language": self.language,
			"about": self.about,
			"contact": self.contact,
			"owner": self.owner.to_string(),
			"visibility": visibility(&self.visibility),
			"answerCount": answers,
		})
	}
}

/// Where a question stands that has so many answers.
pub(super) fn state(answers: usize) -> &'static str {
	match answers {
		0 => "open",
		_ => "answered",
	}
}

/// An answer of the help desk.
pub(super) struct Answer {
	pub id: EntityId,
	/// Who holds it: who gave it, unless it was handed over.
	pub owner: AccountId32,
	pub text: String,
}

/// The help desk.
pub(super) struct Desk<'a> {
	pub chain: &'a Chain,
	pub classes: Classes,
	pub requests: Part,
	pub answers: Part,
}

impl<'a> Desk<'a> {
	/// The help desk of the chain, if it has one.
	pub(super) async fn find(chain: &'a Chain) -> Result<Self, Failure> {
		let classes = Classes::fetch(chain).await?;
		let requests = Part::find(chain, &classes, REQUEST).await?;
		let answers = Part::find(chain, &classes, ANSWER).await?;
		Ok(Self { chain, classes, requests, answers })
	}

	/// The id of the question that `written` names: as everywhere, or by its number alone.
	pub(super) fn request_id(&self, written: &str) -> Result<EntityId, Failure> {
		let class = self.requests.class();
		if let Ok(serial) = written.parse() {
			return Ok(EntityId { class, serial });
		}
		let id = parse_id(written, &self.classes).map_err(Failure::usage)?;
		if id.class != class {
			let name = self.classes.name(id.class).map(|name| format!(" but of `{name}`"));
			let message = format!("{id} is no entry of `{REQUEST}`{}", name.unwrap_or_default());
			return Err(Failure::usage(message).hint("`rome help list` shows the questions"));
		}
		Ok(id)
	}

	/// The question that `written` names.
	pub(super) async fn request(&self, written: &str) -> Result<Request, Failure> {
		let id = self.request_id(written)?;
		let info = self.chain.entity_as(id, self.requests.version).await?;
		let info = info.map_err(|error| match error {
			ReadError::EntityNotFound => {
				Failure::new(format!("there is no question {id}: it was removed, or never asked"))
					.hint("`rome help list` shows the questions")
			},
			other => unreadable(other, &id.to_string(), self.requests.version),
		})?;
		Ok(Request::read(&self.requests, info))
	}

	/// Questions that meet a condition, in an order, one page.
	pub(super) async fn requests(
		&self,
		condition: Condition,
		order: Order,
		after: Option<Position>,
		limit: u32,
	) -> Result<(Vec<Request>, Option<Position>), Failure> {
		let page = self.select(&self.requests, condition, Some(order), None, after, limit).await?;
		let read = |info| Request::read(&self.requests, info);
		Ok((page.items.into_iter().map(read).collect(), page.next))
	}

	/// How many answers each of these questions has. Hidden ones do not count.
	pub(super) async fn answer_counts(
		&self,
		requests: &[EntityId],
	) -> Result<BTreeMap<EntityId, usize>, Failure> {
		let request = self.answers.need("request")?.id;
		let mut counts = BTreeMap::new();
		for info in self.answers_to(requests, Some(&[request])).await? {
			if let Some(Scalar::Reference(id)) = info.values.value(request).and_then(Value::single)
			{
				*counts.entry(*id).or_default() += 1;
			}
		}
		Ok(counts)
	}

	/// The answers to a question, the oldest first, without those that curators have hidden.
	pub(super) async fn answers(&self, request: EntityId) -> Result<Vec<Answer>, Failure> {
		let mut found = self.answers_to(&[request], None).await?;
		found.sort_by_key(|info| info.id);
		let read = |info: ReadInfo| Answer {
			id: info.id,
			text: self.answers.text(&info.values, "text").unwrap_or_default(),
			owner: info.owner,
		};
		Ok(found.into_iter().map(read).collect())
	}

	/// The entries of `helpAnswer` that refer to these questions, found by the index of the references.
	async fn answers_to(
		&self,
		requests: &[EntityId],
		properties: Option<&[PropertyId]>,
	) -> Result<Vec<ReadInfo>, Failure> {
		let field = Field::Property(self.answers.need("request")?.id);
		let mut found = Vec::new();
		for some in requests.chunks(MAX_CHOICES as usize) {
			let choices: Vec<_> = some.iter().copied().map(Scalar::Reference).collect();
			let condition: Condition =
				vec![Term::In(field, choices.try_into().unwrap_or_default())]
					.try_into()
					.unwrap_or_default();
			let mut after = None;
			loop {
				let page = self
					.select(&self.answers, condition.clone(), None, properties, after, PAGE)
					.await?;
				found.extend(page.items);
				after = page.next;
				if after.is_none() {
					break;
				}
			}
		}
		Ok(found)
	}

	async fn select(
		&self,
		part: &Part,
		condition: Condition,
		order: Option<Order>,
		properties: Option<&[PropertyId]>,
		after: Option<Position>,
		limit: u32,
	) -> Result<Page<ReadInfo, Position>, Failure> {
		let query = Select {
			class: part.class(),
			version: Some(part.version),
			condition,
			order,
			properties: properties.map(|ids| ids.to_vec().try_into().unwrap_or_default()),
			after,
			limit,
		};
		self.chain.select(&query).await?.map_err(|error| {
			let name = text(&part.info.class.name);
			let context = Context {
				class: part.class(),
				name: &name,
				version: part.version,
				schema: &part.schema,
				names: &self.classes,
			};
			Failure::new(context.describe(&error))
		})
	}
}
