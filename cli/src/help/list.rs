//! `rome help list`.

use super::{
	args::ListArgs,
	desk::{state, Desk, Request},
	texts::value,
};
use crate::{
	accounts,
	args::Global,
	content::values::shorten,
	failure::Failure,
	output::{printable, table, Output},
};
use rome_client::{directory::PAGE, Account, Chain};
use rome_primitives::content::{
	select::{Comparison, Condition, Field, Order, OrderBy, Term},
	ByteString, Scalar,
};
use serde_json::json;

/// A question, and how many answers it has.
type Counted = (Request, usize);

/// Lists questions, the newest first.
pub(super) async fn list(args: &ListArgs, global: &Global, output: Output) -> Result<(), Failure> {
	let mine = if args.mine { Some(accounts::one(global)?) } else { None };
	let chain = Chain::connect(&global.url, output.json).await?;
	let desk = Desk::find(&chain).await?;
	let condition = condition(args, mine.as_ref(), &desk)?;
	let (found, more) = gather(args, condition, &desk).await?;
	let next = found.last().filter(|_| more).map(|(request, _)| request.id.to_string());
	let list: Vec<_> = found.iter().map(|(request, answers)| request.json(*answers)).collect();
	output.result(json!({ "requests": list, "next": next }), || people(&found, next.as_deref()));
	Ok(())
}

/// What the chain picks the questions by. Whether they have answers is in another class, and not part of it.
fn condition(
	args: &ListArgs,
	mine: Option<&Account>,
	desk: &Desk<'_>,
) -> Result<Condition, Failure> {
	let mut tests = Vec::new();
	if let Some(written) = &args.after {
		let id = desk.request_id(written)?;
		tests.push(Term::Compare(Field::Id, Comparison::Less, Scalar::Reference(id)));
	}
	if let Some(account) = mine {
		let owner = Scalar::Bytes(ByteString::truncate_from(account.id().0.to_vec()));
		tests.push(Term::Compare(Field::Owner, Comparison::Equal, owner));
	}
	if let Some(language) = &args.language {
		let property = desk.requests.need("inLanguage")?;
		let (field, wanted) = (Field::Property(property.id), value(property, language)?);
		tests.push(Term::Compare(field, Comparison::Equal, wanted));
	}
	// In postfix order: all of the tests.
	let joints = tests.len().saturating_sub(1);
	tests.extend(std::iter::repeat_n(Term::And, joints));
	tests.try_into().map_err(|_| Failure::new("there are too many conditions"))
}

/// As many questions as are wanted, and whether there are more.
async fn gather(
	args: &ListArgs,
	condition: Condition,
	desk: &Desk<'_>,
) -> Result<(Vec<Counted>, bool), Failure> {
	let wanted = |answers: usize| (!args.open || answers == 0) && (!args.answered || answers > 0);
	let newest_first = Order { by: OrderBy::Id, descending: true };
	let limit = args.limit as usize;
	let mut found = Vec::<Counted>::new();
	let mut after = None;
	loop {
		// One more than is wanted tells whether there are more.
		let missing = args.limit.saturating_sub(found.len() as u32).saturating_add(1);
		let page = if args.open || args.answered { PAGE } else { missing.min(PAGE) };
		let (requests, next) = desk.requests(condition.clone(), newest_first, after, page).await?;
		let ids: Vec<_> = requests.iter().map(|request| request.id).collect();
		let counts = desk.answer_counts(&ids).await?;
		for request in requests {
			let answers = counts.get(&request.id).copied().unwrap_or_default();
			if !wanted(answers) {
				continue;
			}
			if found.len() == limit {
				return Ok((found, true));
			}
			found.push((request, answers));
		}
		after = next;
		if after.is_none() {
			return Ok((found, false));
		}
	}
}

fn people(found: &[Counted], next: Option<&str>) -> String {
	if found.is_empty() {
		return "no questions to list".into();
	}
	let mut rows = table(&["id", "state", "language", "subject", "asked by"]);
	for (request, answers) in found {
		let owner: String = request.owner.to_string().chars().take(8).collect();
		rows.add_row([
			request.id.to_string(),
			state(*answers).to_string(),
			printable(request.language.as_deref().unwrap_or_default()),
			shorten(&printable(&request.subject)).replace('\n', " "),
			format!("{owner}..."),
		]);
	}
	let next = next.map_or_else(String::new, |id| format!("; the ones before: --after {id}"));
	format!("{}\n{} shown{next}", rows.trim_fmt(), found.len())
}
