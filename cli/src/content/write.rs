//! Creates and changes entries.

use super::{
	show::{need_property, Reader},
	values::{describe_error, describe_type, list, scalar_from_text, value_from_json},
};
use crate::{
	accounts::parse_account,
	args::Global,
	failure::Failure,
	output::{amount, parse_amount, Output},
	schema::lookup::{active_schema, name_of, Classes},
};
use rome_client::{Account, Call, Chain};
use rome_primitives::content::{
	EntityId, EntityValues, PropertyId, PropertyType, Schema, Value, ValueChanges, ValueError,
};
use serde_json::{json, Value as Json};
use std::{fs, io::Read, path::Path};
use subxt::utils::AccountId32;

/// Everything that writing takes.
pub(crate) struct Writer<'a> {
	pub chain: Chain,
	pub account: Account,
	pub global: &'a Global,
	pub output: Output,
}

/// Values given as `PROPERTY=VALUE`, by property, in the order of the schema's ids.
pub(crate) fn parse_values(
	written: &[String],
	class: &str,
	schema: &Schema,
	classes: &Classes,
) -> Result<Vec<(PropertyId, Value)>, Failure> {
	let mut texts = Vec::<(PropertyId, Vec<&str>)>::new();
	for pair in written {
		let (name, value) = pair.split_once('=').ok_or_else(|| {
			Failure::usage(format!("`{pair}` is no value")).hint("write PROPERTY=VALUE")
		})?;
		let property = need_property(schema, class, name)?;
		match texts.iter_mut().find(|(id, _)| *id == property.id) {
			Some((_, values)) => values.push(value),
			None => texts.push((property.id, vec![value])),
		}
	}
	let mut problems = Vec::new();
	let mut values = Vec::new();
	for (id, texts) in texts {
		let Some(property) = schema.property(id) else { continue };
		let kind = &property.property.kind;
		let read = |text: &&str| scalar_from_text(kind.scalar(), text, classes);
		let value = match (kind, texts.as_slice()) {
			(PropertyType::List { .. }, texts) => list(texts.iter().map(read)),
			(PropertyType::Single(_), [text]) => read(text).map(Value::Single),
			(PropertyType::Single(_), _) => {
				Err("it is given more than once, and is no list".into())
			},
		};
		match value {
			Ok(value) => values.push((id, value)),
			Err(why) => problems.push(format!("`{}`: {why}", name_of(&property.property))),
		}
	}
	refuse(problems)?;
	Ok(values)
}

/// Values in a JSON object.
pub(crate) fn parse_object(
	json: &Json,
	class: &str,
	schema: &Schema,
	classes: &Classes,
) -> Result<Vec<(PropertyId, Value)>, Failure> {
	let object = json.as_object().ok_or_else(|| {
		Failure::new("the values are no JSON object").hint("write {\"PROPERTY\": VALUE, ...}")
	})?;
	let mut problems = Vec::new();
	let mut values = Vec::new();
	for (name, json) in object {
		let property = need_property(schema, class, name)?;
		if json.is_null() {
			continue;
		}
		match value_from_json(&property.property.kind, json, classes) {
			Ok(value) => values.push((property.id, value)),
			Err(why) => problems.push(format!("`{name}`: {why}")),
		}
	}
	refuse(problems)?;
	Ok(values)
}

fn refuse(problems: Vec<String>) -> Result<(), Failure> {
	if problems.is_empty() {
		return Ok(());
	}
	Err(Failure::new(problems.join("; ")).hint("correct the values; nothing was sent"))
}

/// What a schema's check found.
pub(crate) fn misfit(schema: &Schema, (id, error): (Option<PropertyId>, ValueError)) -> Failure {
	let property = id.and_then(|id| schema.property(id));
	let what = describe_error(error, property.map(|property| &property.property.kind));
	let message = match property {
		Some(property) => format!("`{}`: {what}", name_of(&property.property)),
		None => what,
	};
	Failure::new(message).hint("correct the values; nothing was sent")
}

pub(crate) fn read_json(path: &Path) -> Result<Json, Failure> {
	let failed =
		|error: std::io::Error| Failure::new(format!("cannot read {}: {error}", path.display()));
	let text = if path.as_os_str() == "-" {
		let mut text = String::new();
		std::io::stdin().read_to_string(&mut text).map_err(failed)?;
		text
	} else {
		fs::read_to_string(path).map_err(failed)?
	};
	serde_json::from_str(&text).map_err(|error| {
		let at = format!("{}:{}:{}", path.display(), error.line(), error.column());
		let why = error.to_string();
		let why = why.split(" at line ").next().unwrap_or_default().to_string();
		Failure::new(format!("{at}: error: this is no JSON: {why}"))
	})
}

/// Makes sure that the account that signs is the entry's owner.
pub(crate) fn must_own(
	account: &Account,
	owner: &AccountId32,
	id: EntityId,
) -> Result<(), Failure> {
	if *owner == account.id() {
		return Ok(());
	}
	Err(Failure::new(format!("{id} belongs to {owner}, not to the account that signs"))
		.hint("sign with the owner's account (--suri or --keystore)"))
}

impl Writer<'_> {
	async fn send(&self, call: &Call) -> Result<rome_client::Sent, Failure> {
		Ok(self.chain.send(call, &self.account, self.global.wait).await?)
	}

	fn told(&self, id: EntityId, what: &str) {
		self.output.result(json!({ "id": id.to_string() }), || format!("{id} {what}"));
	}

	/// Creates an entry.
	pub(crate) async fn create(
		&self,
		class: &str,
		written: &[String],
		file: Option<&Path>,
		referenceable: bool,
	) -> Result<(), Failure> {
		let classes = Classes::fetch(&self.chain).await?;
		let info = classes.need(class)?;
		let (version, schema) = active_schema(&self.chain, info).await?;
		let values = match file {
			Some(path) => parse_object(&read_json(path)?, class, &schema, &classes)?,
			None => parse_values(written, class, &schema, &classes)?,
		};
		if values.is_empty() {
			let required = schema.properties.iter().filter(|it| it.property.required);
			let required: Vec<_> = required
				.map(|it| {
					format!("{} ({})", name_of(&it.property), describe_type(&it.property.kind))
				})
				.collect();
			let required = if required.is_empty() { "none".into() } else { required.join("; ") };
			return Err(Failure::usage("no values were given").hint(format!(
				"write PROPERTY=VALUE or --file FILE; required by `{class}`: {required}"
			)));
		}
		let too_many = |_| Failure::new("there are too many values");
		let mut values = EntityValues(values.try_into().map_err(too_many)?);
		values.sort();
		schema.check_values(&values).map_err(|error| misfit(&schema, error))?;
		let call = Call::create_entity(info.id, version, &values, referenceable);
		let sent = self.send(&call).await?;
		let id: EntityId = sent.event("EntityCreated")?;
		self.told(id, &format!("is created in block {}", sent.number));
		Ok(())
	}

	/// Changes an entry.
	pub(crate) async fn edit(
		&self,
		written: &str,
		values: &[String],
		clear: &[String],
		referenceable: Option<bool>,
	) -> Result<(), Failure> {
		if values.is_empty() && clear.is_empty() && referenceable.is_none() {
			return Err(Failure::usage("nothing is to be changed")
				.hint("write PROPERTY=VALUE, --clear PROPERTY or --referenceable true"));
		}
		let mut reader = Reader::new(&self.chain).await?;
		let info = reader.need(written).await?;
		must_own(&self.account, &info.entity.owner, info.id)?;
		let schema = reader.schema(&info).await?;
		let class = reader.classes.name(info.id.class).unwrap_or_default();
		let mut calls = Vec::new();
		let mut changes = Vec::new();
		for (id, value) in parse_values(values, &class, &schema, &reader.classes)? {
			changes.push((id, Some(value)));
		}
		for name in clear {
			changes.push((need_property(&schema, &class, name)?.id, None));
		}
		if !changes.is_empty() {
			let too_many = |_| Failure::new("there are too many changes");
			let changes: ValueChanges = changes.try_into().map_err(too_many)?;
			schema
				.apply_changes(&info.entity.values, changes.clone())
				.map_err(|error| misfit(&schema, error))?;
			calls.push(Call::update_entity(info.id, &changes));
		}
		if let Some(referenceable) = referenceable {
			calls.push(Call::set_referenceable(info.id, referenceable));
		}
		let runtime = self.chain.runtime().await?;
		let call = match calls.as_slice() {
			[call] => call.clone(),
			calls => Call::batch_all(calls, &runtime)?,
		};
		let sent = self.send(&call).await?;
		self.told(info.id, &format!("is changed in block {}", sent.number));
		Ok(())
	}

	/// Removes an entry.
	pub(crate) async fn remove(&self, written: &str) -> Result<(), Failure> {
		let reader = Reader::new(&self.chain).await?;
		let info = reader.need(written).await?;
		must_own(&self.account, &info.entity.owner, info.id)?;
		self.send(&Call::remove_entity(info.id)).await?;
		let deposit = amount(info.entity.deposit);
		self.told(info.id, &format!("is removed; its deposit of {deposit} is back"));
		Ok(())
	}

	/// Offers an entry, or takes the offer back.
	pub(crate) async fn transfer(&self, written: &str, to: Option<&str>) -> Result<(), Failure> {
		let reader = Reader::new(&self.chain).await?;
		let info = reader.need(written).await?;
		must_own(&self.account, &info.entity.owner, info.id)?;
		let to = to.map(parse_account).transpose()?;
		self.send(&Call::offer_transfer(info.id, to)).await?;
		match to {
			Some(to) => self.told(
				info.id,
				&format!(
					"is offered to {to}; they accept it with: rome content accept {}",
					info.id
				),
			),
			None => self.told(info.id, "is no longer offered"),
		}
		Ok(())
	}

	/// Accepts an entry.
	pub(crate) async fn accept(&self, written: &str, most: Option<&str>) -> Result<(), Failure> {
		let reader = Reader::new(&self.chain).await?;
		let info = reader.need(written).await?;
		if info.offered_to != Some(self.account.id()) {
			return Err(Failure::new(format!(
				"{} is not offered to the account that signs",
				info.id
			))
			.hint(format!(
				"its owner {} offers it with: rome content transfer {} --to {}",
				info.entity.owner,
				info.id,
				self.account.id()
			)));
		}
		let most = match most {
			Some(text) => parse_amount(text).map_err(Failure::usage)?,
			None => info.entity.deposit,
		};
		self.send(&Call::accept_transfer(info.id, most)).await?;
		self.told(info.id, "is yours");
		Ok(())
	}
}
