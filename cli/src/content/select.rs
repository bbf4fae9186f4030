//! `rome content select`: entries by a query.

use super::{
	show::{columns, Reader},
	values::shorten,
};
use crate::{
	failure::{did_you_mean, Failure},
	output::{table, Output},
	schema::lookup::{active_schema, name_of, schema_of, text},
};
use rome_client::{directory::PAGE, Chain};
use rome_content_query::{
	error::QueryError,
	explain::{plan_json, plan_text},
	json,
	parser::{parse_query, Query},
	resolve::Context,
};
use rome_primitives::content::{
	api::EntityAs,
	select::{Position, Select, SelectError},
	Schema, SchemaProperty, SchemaVersion,
};
use serde_json::{json, Value as Json};
use subxt::utils::AccountId32;

/// What is asked.
pub(crate) struct Selection<'a> {
	pub text: &'a str,
	pub explain: bool,
	pub limit: Option<u32>,
	pub after: Option<&'a str>,
}

/// Entries shown unless another number is asked for.
const USUAL: u32 = 20;

/// Answers a query, or says how it would be answered.
pub(crate) async fn select(
	chain: &Chain,
	selection: &Selection<'_>,
	output: Output,
) -> Result<(), Failure> {
	let at = |error: QueryError| {
		Failure::usage(error.shown_in(selection.text)).hint(
			"for example: name from video where datePublished >= 1966 order by datePublished desc",
		)
	};
	let mut query = parse_query(selection.text).map_err(at)?;
	let limit = selection.limit.or(query.limit).unwrap_or(USUAL);
	query.limit = Some(limit);
	let after = selection.after.map(json::parse_position).transpose().map_err(Failure::usage)?;
	let mut reader = Reader::new(chain).await?;
	let (class, version, schema) = source(&reader, &query, &at).await?;
	let name = query.class.text.clone();
	let context = Context { class, name: &name, version, schema: &schema, names: &reader.classes };
	let mut asked = context.select(&query, after).map_err(at)?;
	let refused = |error: SelectError| Failure::new(context.describe(&error));
	if selection.explain {
		let plan = chain.explain_select(&asked).await?.map_err(refused)?;
		output.result(plan_json(&plan, &context), || plan_text(&plan, &context));
		return Ok(());
	}
	let (mut entries, mut next) = (Vec::new(), after);
	while let Some(left) = limit.checked_sub(entries.len() as u32).filter(|left| *left > 0) {
		asked.limit = left.min(PAGE);
		let page = chain.select(&asked).await?.map_err(refused)?;
		entries.extend(page.items);
		(asked.after, next) = (page.next, page.next);
		if next.is_none() {
			break;
		}
	}
	if output.json {
		let list: Vec<_> =
			entries.iter().map(|it| json::entity_as(it, &schema, &reader.classes)).collect();
		let next = next.as_ref().map(json::position);
		output.result(json!({ "entries": list, "next": next }), String::new);
		return Ok(());
	}
	let people = people(&mut reader, &asked, &schema, &entries, next).await?;
	output.result(Json::Null, || people);
	Ok(())
}

/// Class, version and schema that a query is about.
async fn source(
	reader: &Reader<'_>,
	query: &Query,
	at: &impl Fn(QueryError) -> Failure,
) -> Result<(u32, SchemaVersion, Schema), Failure> {
	let spot = &query.class;
	let info = reader.classes.by_name(&spot.text).ok_or_else(|| {
		let names: Vec<_> = reader.classes.0.iter().map(|info| text(&info.class.name)).collect();
		let meant = did_you_mean(&spot.text, names.iter().map(String::as_str));
		let message = format!("there is no class `{}`{meant}", shorten(&spot.text));
		at(QueryError::new(spot.column, message))
	})?;
	let (version, schema) = match query.version {
		None => active_schema(reader.chain, info).await?,
		Some(0) => (0, Schema::free_form()),
		Some(version) => (version, schema_of(reader.chain, info.id, version).await?),
	};
	Ok((info.id, version, schema))
}

/// The entries for people.
async fn people(
	reader: &mut Reader<'_>,
	asked: &Select,
	schema: &Schema,
	entries: &[EntityAs<AccountId32>],
	next: Option<Position>,
) -> Result<String, Failure> {
	let columns: Vec<SchemaProperty> = match &asked.properties {
		None => columns(schema),
		Some(ids) => ids.iter().filter_map(|id| schema.property(*id)).cloned().collect(),
	};
	let mut head = vec!["id".to_string()];
	head.extend(columns.iter().map(|property| name_of(&property.property)));
	let mut rows = table(&head.iter().map(String::as_str).collect::<Vec<_>>());
	for entry in entries {
		let mut row = vec![entry.id.to_string()];
		for property in &columns {
			row.push(match entry.values.value(property.id) {
				None => String::new(),
				Some(value) => shorten(&reader.shown(&property.property.kind, value).await?),
			});
		}
		rows.add_row(row);
	}
	let more = next.map_or_else(String::new, |next| {
		format!(", perhaps not all; the next ones: --after {}", json::position(&next))
	});
	Ok(match entries.len() {
		0 => format!("no entries{more}"),
		shown => format!("{}\n{shown} shown{more}", rows.trim_fmt()),
	})
}
