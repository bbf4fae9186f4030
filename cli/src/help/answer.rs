//! `rome help answer`.

use super::{desk::Desk, texts::value};
use crate::{
	accounts, args::Global, content::misfit, failure::Failure, output::Output,
	schema::lookup::text as name_text,
};
use rome_client::{Call, Chain};
use rome_primitives::content::{
	CreationPolicy, CuratorGroupId, EntityId, EntityValues, Scalar, Value,
};
use serde_json::json;
use subxt::utils::AccountId32;

/// Answers a question.
pub(super) async fn answer(
	written: &str,
	text: &str,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let account = accounts::one(global)?;
	let chain = Chain::connect(&global.url, output.json).await?;
	let desk = Desk::find(&chain).await?;
	must_help(&desk, &account.id()).await?;
	let request = desk.request(written).await?;
	let id = request.id;
	if !request.referenceable && request.owner != account.id() {
		return Err(Failure::new(format!(
			"{id} cannot be answered: its owner lets nobody refer to it"
		))
		.hint(format!(
			"its owner {} changes that with: rome content edit {id} --referenceable true",
			request.owner
		)));
	}
	let part = &desk.answers;
	let (refers, says) = (part.need("request")?, part.need("text")?);
	let values = vec![
		(refers.id, Value::Single(Scalar::Reference(id))),
		(says.id, Value::Single(value(says, text)?)),
	];
	let too_many = |_| Failure::new("there are too many values");
	let mut values = EntityValues(values.try_into().map_err(too_many)?);
	values.sort();
	part.schema.check_values(&values).map_err(|error| misfit(&part.schema, error))?;
	let call = Call::create_entity(part.class(), part.version, &values, false);
	let sent = chain.send(&call, &account, global.wait).await?;
	let answer: EntityId = sent.event("EntityCreated")?;
	let told = json!({ "id": answer.to_string(), "request": id.to_string() });
	output.result(told, || format!("{id} is answered with {answer} in block {}", sent.number));
	Ok(())
}

/// Makes sure that the account is a helper. The chain refuses others as well; this says who helps.
async fn must_help(desk: &Desk<'_>, who: &AccountId32) -> Result<(), Failure> {
	let listed = match &desk.answers.info.class.config.creation {
		CreationPolicy::Anyone => return Ok(()),
		CreationPolicy::Allowed(accounts) if accounts.contains(who) => return Ok(()),
		CreationPolicy::Allowed(_) => {
			return Err(Failure::new(format!(
				"{who} is no helper: it is not on the council's list"
			))
			.hint("sign with a helper's account, or ask the council to list this one"))
		},
		CreationPolicy::Curators(listed) => listed,
	};
	let groups = desk.chain.curator_groups().await?;
	let helping: Vec<_> = groups.iter().filter(|info| listed.contains(&info.id)).collect();
	if helping.iter().any(|info| info.group.active && info.group.members.contains(who)) {
		return Ok(());
	}
	let named = |id: CuratorGroupId| {
		let found = helping.iter().find(|info| info.id == id);
		match found {
			Some(info) if info.group.active => format!("{id} ({})", name_text(&info.group.name)),
			Some(info) => format!("{id} ({}, not active)", name_text(&info.group.name)),
			None => format!("{id} (not there yet)"),
		}
	};
	let names = listed.iter().copied().map(named).collect::<Vec<_>>().join(", ");
	let first = listed.first().map_or_else(|| "ID".to_string(), ToString::to_string);
	Err(Failure::new(format!(
		"{who} is no helper: only members of curator group {names} answer questions"
	))
	.hint(format!(
		"sign with a helper's account (`rome curator list`); the council or sudo adds one with: rome \
		 curator update {first} --add-member {who}"
	)))
}
