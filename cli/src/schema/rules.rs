//! The rules of a migration: read from a file, made into the chain's, and back.

use super::{
	model::{FileProperty, Issue, RuleFrom, Spanned},
	walk::Walk,
};
use crate::{
	content::values::{describe_type, value_from_json, value_to_json},
	failure::did_you_mean,
};
use jsonc_parser::ast::Object;
use rome_content_query::{text, Names};
use rome_primitives::content::{
	Carry, Cast, CastTable, ClassId, Description, Property, PropertyId, PropertyType, Rule, Scalar,
	ScalarType, Schema, SchemaProperty, Value,
};
use serde_json::{json, Map, Value as Json};

/// The keywords that say a rule; a property has one of them at most.
pub(crate) const RULES: [&str; 4] = ["carry", "cast", "default", "ask"];

/// The rule in a property's `x-rome`.
pub(crate) fn read(walk: &Walk, name: &str, rome: &Object) -> Option<Spanned<RuleFrom>> {
	let mut found = rome.properties.iter().filter(|member| RULES.contains(&member.name.as_str()));
	let member = found.next()?;
	for other in found {
		let message = format!(
			"`{name}`: `{}` stands beside `{}`: a property has one rule at most",
			other.name.as_str(),
			member.name.as_str()
		);
		walk.complain(other, message);
	}
	let value = match member.name.as_str() {
		"carry" => RuleFrom::Carry(walk.text_of(rome, "carry")?),
		"cast" => read_cast(walk, name, rome)?,
		"default" => RuleFrom::Default(walk.json_of(rome, "default")?),
		_ if !walk.flag_of(rome, "ask") => return None,
		_ => RuleFrom::Ask,
	};
	Some(Spanned { value, at: walk.at(member) })
}

fn read_cast(walk: &Walk, name: &str, rome: &Object) -> Option<RuleFrom> {
	let member = rome.get("cast")?;
	if member.value.as_string_lit().is_some() {
		return Some(RuleFrom::Cast { from: walk.text_of(rome, "cast")?, table: Vec::new() });
	}
	let Some(cast) = member.value.as_object() else {
		let message = format!(
			"`{name}`: `cast` names a property, or it is {{\"from\": \"PROPERTY\", \"table\": \
			 {{\"TEXT\": \"VARIANT\"}}}}"
		);
		walk.complain(&member.value, message);
		return None;
	};
	walk.members(cast, "a `cast`", &["from", "table"], &|_| None);
	walk.need(cast, "from", "it names the property that is converted");
	let mut table = Vec::new();
	if let Some(member) = cast.get("table") {
		let rows = walk.object(&member.value, "`table`")?;
		for (position, row) in rows.properties.iter().enumerate() {
			let old = row.name.as_str();
			let earlier = rows.properties.iter().take(position);
			if earlier.clone().any(|other| other.name.as_str() == old) {
				walk.complain(row, format!("`{name}`: `{old}` is in the table twice"));
			}
			let variant = walk.string(&row.value, "a variant")?.to_string();
			table.push((old.to_string(), Spanned { value: variant, at: walk.at(&row.value) }));
		}
	}
	Some(RuleFrom::Cast { from: walk.text_of(cast, "from")?, table })
}

/// The rule of `property`, which is going to be `new`, as a suggestion carries it. `before` is the version
/// that rules start from.
pub(crate) fn draft(
	property: &FileProperty,
	new: &Property,
	before: Option<&Schema>,
) -> Result<Option<Rule>, Issue> {
	let Some(rule) = &property.rule else { return Ok(None) };
	let name = &property.name.value;
	let issue = |message: String| Issue::new(rule.at, format!("`{name}`: {message}"));
	Ok(Some(match &rule.value {
		RuleFrom::Ask => Rule::Ask,
		RuleFrom::Carry(from) => {
			let old = source(name, from, "carry", before)?;
			carries(&old.property, new).map_err(issue)?;
			Rule::Carry(Carry { from: old.id })
		},
		RuleFrom::Cast { from, table } => {
			let old = source(name, from, "cast", before)?;
			casts(&old.property.kind, &new.kind, table.is_empty()).map_err(issue)?;
			Rule::Cast(Cast { from: old.id, table: draft_table(name, table, &new.kind)? })
		},
		RuleFrom::Default(json) => Rule::Default(
			default(json, new).map_err(|why| Issue::new(json.at, format!("`{name}`: {why}")))?,
		),
	}))
}

fn source<'a>(
	name: &str,
	from: &Spanned<String>,
	verb: &str,
	before: Option<&'a Schema>,
) -> Result<&'a SchemaProperty, Issue> {
	let found = before.and_then(|schema| schema.property_by_name(from.value.as_bytes()));
	found.ok_or_else(|| {
		let names: Vec<_> = before
			.iter()
			.flat_map(|schema| schema.properties.iter())
			.map(|property| text(&property.property.name))
			.collect();
		let meant = did_you_mean(&from.value, names.iter().map(String::as_str));
		let message = format!(
			"`{name}`: the version before has no property `{}` to {verb}{meant}",
			from.value
		);
		Issue::new(from.at, message)
	})
}

fn carries(old: &Property, new: &Property) -> Result<(), String> {
	let from = text(&old.name);
	if !old.kind.carries(&new.kind) {
		return Err(format!(
			"a carried property keeps its type; its limits may change, and an `enum` may gain or lose \
			 variants at its end. `{from}` holds {}, and this {}: `cast` it, or make a new property",
			describe_type(&old.kind),
			describe_type(&new.kind)
		));
	}
	for (flag, was, is) in
		[("unique", old.unique, new.unique), ("indexed", old.indexed, new.indexed)]
	{
		if was && !is {
			return Err(format!(
				"`{from}` is {flag}, and a carried property stays so: write \"{flag}\": true"
			));
		}
	}
	Ok(())
}

fn casts(old: &PropertyType, new: &PropertyType, no_table: bool) -> Result<(), String> {
	if !old.casts(new) {
		return Err(format!(
			"there is no conversion from {} to {}; there is one from a whole number to a decimal, from \
			 any single value to a text, from a text to an `enum`, and from a single value to a list",
			describe_type(old),
			describe_type(new)
		));
	}
	let by_table =
		matches!((old.scalar(), new.scalar()), (ScalarType::Text { .. }, ScalarType::Enum { .. }));
	match (by_table, no_table) {
		(true, true) => Err("from a text to an `enum` it takes a table: \"cast\": {\"from\": \
			 \"PROPERTY\", \"table\": {\"TEXT\": \"VARIANT\"}}"
			.into()),
		(false, false) => {
			Err("only a conversion from a text to an `enum` has a table: leave it out".into())
		},
		_ => Ok(()),
	}
}

fn draft_table(
	name: &str,
	table: &[(String, Spanned<String>)],
	new: &PropertyType,
) -> Result<CastTable, Issue> {
	let ScalarType::Enum { variants } = new.scalar() else { return Ok(CastTable::default()) };
	let mut rows = Vec::<(Description, u8)>::new();
	for (old, variant) in table {
		let issue = |message: String| Issue::new(variant.at, format!("`{name}`: {message}"));
		let found = variants.iter().position(|it| it.as_slice() == variant.value.as_bytes());
		let number = found.and_then(|at| u8::try_from(at).ok()).ok_or_else(|| {
			let names: Vec<_> = variants.iter().map(|it| text(it)).collect();
			let meant = did_you_mean(&variant.value, names.iter().map(String::as_str));
			issue(format!("there is no variant `{}`{meant}", variant.value))
		})?;
		let old = old.as_bytes().to_vec().try_into();
		rows.push((old.map_err(|_| issue("a text of the table is too long".into()))?, number));
	}
	let Some((_, first)) = table.first() else { return Ok(CastTable::default()) };
	let many = |_| Issue::new(first.at, format!("`{name}`: the table has too many texts"));
	rows.try_into().map_err(many)
}

fn default(json: &Spanned<Json>, new: &Property) -> Result<Value, String> {
	if matches!(new.kind.scalar(), ScalarType::Reference { .. } | ScalarType::DataObject) {
		return Err("a default is no reference and no stored object, which only an owner can \
			choose: write \"ask\": true"
			.into());
	}
	if new.unique {
		return Err("a default would give every entry the same value, and this is unique: write \
			\"ask\": true"
			.into());
	}
	value_from_json(&new.kind, &json.value, &Nameless)
}

/// Defaults name nothing.
struct Nameless;

impl Names for Nameless {
	fn class_id(&self, _: &str) -> Option<ClassId> {
		None
	}

	fn class_name(&self, _: ClassId) -> Option<String> {
		None
	}

	fn account(&self, _: &str) -> Option<[u8; 32]> {
		None
	}
}

/// A rule of the chain, as a file would say it. `old_name` knows the names of the version before.
pub(crate) fn to_file(
	rule: &Rule,
	kind: &PropertyType,
	old_name: &dyn Fn(PropertyId) -> Option<String>,
) -> Spanned<RuleFrom> {
	let name =
		|id: PropertyId| Spanned::nowhere(old_name(id).unwrap_or_else(|| format!("property_{id}")));
	Spanned::nowhere(match rule {
		Rule::Carry(Carry { from }) => RuleFrom::Carry(name(*from)),
		Rule::Cast(Cast { from, table }) => {
			let variant = |number: u8| {
				let scalar = Value::Single(Scalar::Enum(number));
				let single = PropertyType::Single(kind.scalar().clone());
				value_to_json(&single, &scalar).as_str().unwrap_or_default().to_string()
			};
			let rows = table.iter();
			let rows = rows.map(|(old, it)| (text(old), Spanned::nowhere(variant(*it))));
			RuleFrom::Cast { from: name(*from), table: rows.collect() }
		},
		Rule::Default(value) => RuleFrom::Default(Spanned::nowhere(value_to_json(kind, value))),
		Rule::Ask => RuleFrom::Ask,
	})
}

/// The member of `x-rome` that says a rule.
pub(crate) fn render(rule: &RuleFrom) -> (&'static str, Json) {
	match rule {
		RuleFrom::Carry(from) => ("carry", json!(from.value)),
		RuleFrom::Cast { from, table } if table.is_empty() => ("cast", json!(from.value)),
		RuleFrom::Cast { from, table } => {
			let rows: Map<_, _> =
				table.iter().map(|(old, new)| (old.clone(), json!(new.value))).collect();
			("cast", json!({ "from": from.value, "table": rows }))
		},
		RuleFrom::Default(value) => ("default", value.value.clone()),
		RuleFrom::Ask => ("ask", json!(true)),
	}
}
