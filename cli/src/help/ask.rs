//! `rome help ask`.

use super::{
	desk::Desk,
	texts::{first_line, most, value},
};
use crate::{
	accounts,
	args::Global,
	content::{misfit, Reader},
	failure::Failure,
	output::Output,
};
use rome_client::{Call, Chain};
use rome_primitives::content::{EntityId, EntityValues, Value};
use serde_json::json;

/// What is asked.
pub(super) struct Question<'a> {
	pub subject: Option<&'a str>,
	pub text: &'a str,
	pub language: Option<&'a str>,
	pub about: Option<&'a str>,
	pub contact: Option<&'a str>,
}

/// Asks a question.
pub(super) async fn ask(
	question: &Question<'_>,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let account = accounts::one(global)?;
	let chain = Chain::connect(&global.url, output.json).await?;
	let desk = Desk::find(&chain).await?;
	let about = match question.about {
		Some(written) => Some(Reader::new(&chain).await?.need(written).await?.id.to_string()),
		None => None,
	};
	let part = &desk.requests;
	let subject = match question.subject {
		Some(subject) => subject.trim().to_string(),
		None => first_line(question.text, most(part.need("subject")?)),
	};
	let said = [
		("subject", Some(subject.as_str())),
		("text", Some(question.text)),
		("inLanguage", question.language),
		("about", about.as_deref()),
		("contact", question.contact),
	];
	let mut values = EntityValues::default();
	for (name, text) in said {
		let Some(text) = text else { continue };
		let property = part.need(name)?;
		let pair = (property.id, Value::Single(value(property, text)?));
		values.0.try_push(pair).map_err(|_| Failure::new("there are too many values"))?;
	}
	values.sort();
	part.schema.check_values(&values).map_err(|error| misfit(&part.schema, error))?;
	// Answers refer to it, and belong to others.
	let referenceable = true;
	let call = Call::create_entity(part.class(), part.version, &values, referenceable);
	let sent = chain.send(&call, &account, global.wait).await?;
	let id: EntityId = sent.event("EntityCreated")?;
	output.result(json!({ "id": id.to_string() }), || {
		format!(
			"{id} is asked in block {}\nwhat is answered: rome help show {id}; to take it back: rome \
			 content remove {id}",
			sent.number
		)
	});
	Ok(())
}
