//! `rome publish`: a file and its entry, in one command that can be interrupted and run again.
//!
//! Nothing is kept on disk about how far it is: the chain and the providers know. Everything that can be checked is
//! checked before anything is paid.

use super::{
	args::PublishArgs,
	pin::{hash_with_bar, limits, pin_object, quote_json, quote_text, Limits},
	text::{base, key_text},
	upload::Mission,
};
use crate::{
	accounts,
	args::Global,
	content::{misfit, need_property, parse_object, read_json, settle_left_overs},
	failure::Failure,
	output::{amount, Output},
	schema::lookup::{active_schema, name_of, Classes},
};
use rome_client::{
	directory::{ClassInfo, EntityInfo},
	storage::QuoteInfo,
	Account, AccountId, Call, Chain, Error,
};
use rome_primitives::{
	content::{
		ClassStatus, CreationPolicy, EntityId, EntityValues, PropertyId, PropertyType, Scalar,
		ScalarType, Schema, SchemaVersion, Value,
	},
	storage::{limits::MAX_OBJECT_BYTES, ObjectKey, ObjectState},
};
use serde_json::{json, Value as Json};
use std::path::Path;

/// The property that holds the file where there are several that could.
pub(super) const USUAL: &str = "associatedMedia";

/// What is to be published, checked as far as it can be.
struct Plan {
	class: ClassInfo,
	name: String,
	version: SchemaVersion,
	schema: Schema,
	property: PropertyId,
	values: EntityValues,
}

/// Runs the command.
pub(crate) async fn publish(
	args: &PublishArgs,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let account = accounts::one(global)?;
	let limits = limits(&args.term)?;
	check_file(&args.file)?;
	let meta = read_json(&args.meta)?;
	let chain = Chain::connect(&global.url, output.json).await?;
	let mut plan = plan(&chain, args, &meta).await?;
	let me = account.id();
	check_class(&chain, &plan, &me).await?;
	check_references(&chain, &plan, &me).await?;

	let key = hash_with_bar(&args.file, output).await?;
	plan.hold(&key)?;
	settle_left_overs(&chain, &account, output).await?;
	if let Some(info) = existing(&chain, &plan, &me, &key).await? {
		// An earlier run made the entry last: everything else was done before. Since then the pin may have run
		// out, and the object be lost.
		if !is_kept(&chain, &me, &key).await? {
			if args.dry_run {
				return dry_run(&chain, args, &key, &me, output).await;
			}
			output.note(&format!("{} is there, and its file is not kept any more", info.id));
			keep(&chain, &account, args, &key, &limits, output).await?;
		}
		return conclude(&chain, info.id, &key, true, output).await;
	}
	let (owned, quota) = chain.quota(plan.class.id, me).await?;
	if quota.is_some_and(|quota| owned >= quota) {
		return Err(Failure::new(format!(
			"the account has {owned} entries in `{}`, as many as it may have",
			plan.name
		))
		.hint("remove entries that are no longer needed, or ask the council for a higher quota"));
	}
	if args.dry_run {
		return dry_run(&chain, args, &key, &me, output).await;
	}
	keep(&chain, &account, args, &key, &limits, output).await?;
	let id = create(&chain, &account, &plan, &key, args.referenceable, global.wait).await?;
	conclude(&chain, id, &key, false, output).await
}

/// Whether the account has a pin on the object that is paid for, and the object is stored.
async fn is_kept(chain: &Chain, me: &AccountId, key: &ObjectKey) -> Result<bool, Failure> {
	let pin = chain.storage().pin(me, &key.hash).await?;
	let object = chain.storage().object(key).await?;
	let stored = object.is_some_and(|object| object.state == ObjectState::Stored);
	Ok(stored && pin.is_some_and(|pin| pin.key == *key && !pin.overdue))
}

/// Pins the object and has it stored, as far as that is not done.
async fn keep(
	chain: &Chain,
	account: &Account,
	args: &PublishArgs,
	key: &ObjectKey,
	limits: &Limits,
	output: Output,
) -> Result<(), Failure> {
	pin_object(chain, account, key, &args.term, None, limits, output).await?;
	let mission = Mission { chain, account, file: &args.file, key: *key, output };
	mission.store().await.map(drop)
}

fn check_file(path: &Path) -> Result<(), Failure> {
	let failed =
		|error: std::io::Error| Failure::usage(format!("cannot read {}: {error}", path.display()));
	let found = std::fs::metadata(path).map_err(failed)?;
	std::fs::File::open(path).map_err(failed)?;
	if !found.is_file() {
		return Err(Failure::usage(format!("{} is no file", path.display())));
	}
	if found.len() == 0 {
		return Err(Failure::usage(format!("{} is empty", path.display()))
			.hint("an object has at least one byte"));
	}
	if found.len() > MAX_OBJECT_BYTES {
		return Err(Failure::usage(format!("{} is larger than 1 TiB", path.display()))
			.hint("publish it in parts"));
	}
	Ok(())
}

/// The class and version that `text` names, and the entry's values without the object.
async fn plan(chain: &Chain, args: &PublishArgs, meta: &Json) -> Result<Plan, Failure> {
	let (name, wanted) = match args.schema.split_once('@') {
		None => (args.schema.as_str(), None),
		Some((name, version)) => {
			let version: SchemaVersion = version.parse().map_err(|_| {
				Failure::usage(format!("`{version}` is no version"))
					.hint("write CLASS or CLASS@VERSION, for example video@1")
			})?;
			(name, Some(version))
		},
	};
	let classes = Classes::fetch(chain).await?;
	let class = classes.need(name)?.clone();
	let (version, schema) = active_schema(chain, &class).await?;
	if let Some(wanted) = wanted.filter(|wanted| *wanted != version) {
		return Err(Failure::new(format!(
			"entries of `{name}` are created as version {version}, not as version {wanted}"
		))
		.hint(format!("write the values for version {version}: `rome schema show {name}`")));
	}
	let property = object_property(&schema, name, args.property.as_deref())?;
	let values = parse_object(meta, name, &schema, &classes)?;
	let too_many = |_| Failure::new("there are too many values");
	let values = EntityValues(values.try_into().map_err(too_many)?);
	let name = name.to_string();
	let mut plan = Plan { class, name, version, schema, property, values };
	// Any hash will do for finding out whether the rest fits; one that is given has to be the file's.
	let given = plan.values.value(property).and_then(|value| value.scalars().first().cloned());
	let hash = match given {
		Some(Scalar::DataObject(hash)) => hash,
		_ => [0; 32],
	};
	plan.hold(&ObjectKey { hash, size: 1 })?;
	if hash == [0; 32] {
		plan.values.0.retain(|(id, _)| *id != property);
	}
	Ok(plan)
}

/// The property that holds the file's hash.
fn object_property(
	schema: &Schema,
	class: &str,
	named: Option<&str>,
) -> Result<PropertyId, Failure> {
	let holds = |kind: &PropertyType| matches!(kind.scalar(), ScalarType::DataObject);
	if let Some(name) = named {
		let property = need_property(schema, class, name)?;
		return match holds(&property.property.kind) {
			true => Ok(property.id),
			false => Err(Failure::new(format!("`{name}` of `{class}` holds no stored object"))
				.hint("`rome schema show` shows which properties do (type dataObject)")),
		};
	}
	let found: Vec<_> = schema.properties.iter().filter(|it| holds(&it.property.kind)).collect();
	let usual = found.iter().find(|it| it.property.name.as_slice() == USUAL.as_bytes());
	match (found.as_slice(), usual) {
		([], _) => Err(Failure::new(format!("no property of `{class}` holds a stored object"))
			.hint("use a class that has one: `rome schema list`, `rome schema show CLASS`")),
		([only], _) => Ok(only.id),
		(_, Some(usual)) => Ok(usual.id),
		(several, None) => {
			let names: Vec<_> = several.iter().map(|it| name_of(&it.property)).collect();
			Err(Failure::usage(format!("several properties of `{class}` hold stored objects"))
				.hint(format!("choose one with --property: {}", names.join(", "))))
		},
	}
}

impl Plan {
	/// Puts the object into the values, and checks that they fit.
	fn hold(&mut self, key: &ObjectKey) -> Result<(), Failure> {
		match self.values.value(self.property) {
			Some(value) if value.scalars().contains(&Scalar::DataObject(key.hash)) => {},
			Some(_) => {
				return Err(Failure::new("the values name another object than the file")
					.hint("leave that property out of the values: it is filled in"));
			},
			None => {
				let scalar = Scalar::DataObject(key.hash);
				let single = self.schema.property(self.property).is_none_or(|property| {
					matches!(property.property.kind, PropertyType::Single(_))
				});
				let value = match single {
					true => Value::Single(scalar),
					false => Value::List(vec![scalar].try_into().unwrap_or_default()),
				};
				let too_many = |_| Failure::new("there are too many values");
				self.values.0.try_push((self.property, value)).map_err(too_many)?;
			},
		}
		self.values.sort();
		self.schema.check_values(&self.values).map_err(|error| misfit(&self.schema, error))
	}

	fn holds(&self, info: &EntityInfo, key: &ObjectKey) -> bool {
		let value = info.entity.values.value(self.property);
		value.is_some_and(|value| value.scalars().contains(&Scalar::DataObject(key.hash)))
	}
}

/// Whether the account may create entries of the class now.
async fn check_class(chain: &Chain, plan: &Plan, me: &AccountId) -> Result<(), Failure> {
	let class = &plan.class.class;
	match class.status {
		ClassStatus::Open => {},
		ClassStatus::Paused => {
			return Err(Failure::new(format!("the class `{}` is paused", plan.name))
				.hint("wait until the council opens it again (`rome schema list`)"));
		},
		ClassStatus::Retired => {
			return Err(Failure::new(format!("the class `{}` takes no new entries", plan.name))
				.hint("use another class (`rome schema list`)"));
		},
	}
	let may = match &class.config.creation {
		CreationPolicy::Anyone => true,
		CreationPolicy::Allowed(list) => list.contains(me),
		CreationPolicy::Curators(ids) => {
			let groups = chain.curator_groups().await?;
			groups.iter().any(|info| {
				ids.contains(&info.id) && info.group.active && info.group.members.contains(me)
			})
		},
	};
	if may {
		return Ok(());
	}
	Err(Failure::new(format!("the account may not create entries of `{}`", plan.name))
		.hint("the council puts accounts on the class's list, or into its curator groups"))
}

/// Whether what the values refer to is there.
async fn check_references(chain: &Chain, plan: &Plan, me: &AccountId) -> Result<(), Failure> {
	for (property, id) in plan.values.references() {
		let found = chain.entity(id).await?;
		let fits =
			found.as_ref().is_some_and(|it| it.entity.owner == *me || it.entity.referenceable);
		if !fits {
			let name = plan.schema.property(property).map(|it| name_of(&it.property));
			let why = if found.is_some() { "may not be referred to" } else { "does not exist" };
			return Err(Failure::new(format!("`{}`: {id} {why}", name.unwrap_or_default()))
				.hint("correct the values; nothing was sent"));
		}
	}
	Ok(())
}

/// The entry that an earlier run made. An error if somebody else holds what has to be unique.
async fn existing(
	chain: &Chain,
	plan: &Plan,
	me: &AccountId,
	key: &ObjectKey,
) -> Result<Option<EntityInfo>, Failure> {
	let mut unique = false;
	for property in plan.schema.properties.iter().filter(|it| it.property.unique) {
		let Some(value) = plan.values.value(property.id).and_then(Value::single) else { continue };
		unique = true;
		let found = chain.entity_by_unique(plan.class.id, property.id, value).await?;
		let Some(info) = found else { continue };
		if info.entity.owner == *me && plan.holds(&info, key) {
			return Ok(Some(info));
		}
		let name = name_of(&property.property);
		let whose = if info.entity.owner == *me { "an own entry" } else { "somebody else's entry" };
		return Err(Failure::new(format!(
			"{whose}, {}, has the same `{name}`, and holds another object",
			info.id
		))
		.hint(format!(
			"choose another `{name}`, or change that entry: `rome content edit {}`",
			info.id
		)));
	}
	if unique {
		return Ok(None);
	}
	// Nothing tells entries of this class apart but what they hold.
	let mut after = None;
	loop {
		let page =
			chain.entities_of(*me, plan.class.id, after, rome_client::directory::PAGE).await?;
		if let Some(info) = page.items.into_iter().find(|it| it.entity.values == plan.values) {
			return Ok(Some(info));
		}
		after = page.next;
		if after.is_none() {
			return Ok(None);
		}
	}
}

async fn create(
	chain: &Chain,
	account: &Account,
	plan: &Plan,
	key: &ObjectKey,
	referenceable: bool,
	wait: bool,
) -> Result<EntityId, Failure> {
	let call = Call::create_entity(plan.class.id, plan.version, &plan.values, referenceable);
	match chain.send(&call, account, wait).await {
		Ok(sent) => Ok(sent.event("EntityCreated")?),
		Err(Error::Dispatch(refusal)) if refusal.is_duplicate() => {
			// Another run of this command was faster.
			let found = existing(chain, plan, &account.id(), key).await?;
			found.map(|info| info.id).ok_or_else(|| Error::Dispatch(refusal).into())
		},
		Err(error) => Err(error.into()),
	}
}

async fn dry_run(
	chain: &Chain,
	args: &PublishArgs,
	key: &ObjectKey,
	me: &AccountId,
	output: Output,
) -> Result<(), Failure> {
	let quote: QuoteInfo = chain.storage().quote(key.size, args.term.eras).await?;
	let pinned = chain.storage().pin(me, &key.hash).await?.is_some();
	let mut value = quote_json(&quote, key.size, args.term.eras);
	value["hash"] = json!(hex::encode(key.hash));
	value["pinned"] = json!(pinned);
	output.result(value, || {
		let cost = match pinned {
			true => "is pinned already".to_string(),
			false => quote_text(&quote, args.term.eras),
		};
		format!("{}\n{cost}\neverything fits; nothing was sent", key_text(key))
	});
	Ok(())
}

async fn conclude(
	chain: &Chain,
	id: EntityId,
	key: &ObjectKey,
	there: bool,
	output: Output,
) -> Result<(), Failure> {
	let hash = hex::encode(key.hash);
	let holders =
		chain.storage().object(key).await?.map(|object| object.holders).unwrap_or_default();
	let mut links = Vec::new();
	for provider in holders {
		let info = chain.storage().provider(provider).await?;
		links.extend(
			info.and_then(|info| base(&info.endpoint)).map(|base| format!("{base}/objects/{hash}")),
		);
	}
	let deposit = chain.entity(id).await?.map_or(0, |info| info.entity.deposit);
	let value = json!({
		"id": id.to_string(), "hash": hash, "size": key.size, "links": links, "there": there,
	});
	output.result(value, || {
		let state = match there {
			true => "was published already".to_string(),
			false => format!("is published; {} are held for the entry", amount(deposit)),
		};
		let link = links.first().map_or_else(String::new, |link| format!("\n{link}"));
		format!("{id} {state}\n{}{link}\nfetch it with: rome get {id}", key_text(key))
	});
	Ok(())
}
