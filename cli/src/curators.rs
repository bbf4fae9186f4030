//! The `rome curator` commands.

use crate::{
	accounts::{self, parse_account},
	args::{CuratorCommand, Global},
	failure::Failure,
	governance::{administer, Measure},
	output::{table, Output},
	schema::lookup::{text, Classes},
};
use rome_client::{Call, Chain};
use rome_primitives::content::{ClassId, CuratorGroup, CuratorGroupId, Description};
use serde_json::json;
use subxt::utils::AccountId32;

type Group = CuratorGroup<AccountId32>;

/// Runs a command.
pub(crate) async fn run(
	command: CuratorCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let online = Online { global, output };
	match command {
		CuratorCommand::List => online.list().await,
		CuratorCommand::Create { name, member, class, council } => {
			online.create(&name, &member, &class, council).await
		},
		CuratorCommand::Update {
			id,
			name,
			add_member,
			remove_member,
			add_class,
			remove_class,
			active,
			council,
		} => {
			let changes = Changes {
				name: name.as_deref(),
				members: (&add_member, &remove_member),
				classes: (&add_class, &remove_class),
				active,
			};
			online.update(id, &changes, council).await
		},
	}
}

/// What changes in a group: lists are what is added and what is taken away.
struct Changes<'a> {
	name: Option<&'a str>,
	members: (&'a [String], &'a [String]),
	classes: (&'a [String], &'a [String]),
	active: Option<bool>,
}

struct Online<'a> {
	global: &'a Global,
	output: Output,
}

impl Online<'_> {
	async fn connect(&self) -> Result<Chain, Failure> {
		Ok(Chain::connect(&self.global.url, self.output.json).await?)
	}

	async fn list(&self) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let classes = Classes::fetch(&chain).await?;
		let groups = chain.curator_groups().await?;
		let class = |id: &ClassId| classes.name(*id).unwrap_or_else(|| format!("class {id}"));
		let list: Vec<_> = groups
			.iter()
			.map(|info| {
				let members = info.group.members.iter().map(ToString::to_string);
				json!({
					"id": info.id,
					"name": text(&info.group.name),
					"active": info.group.active,
					"members": members.collect::<Vec<_>>(),
					"classes": info.group.classes.iter().map(class).collect::<Vec<_>>(),
				})
			})
			.collect();
		self.output.result(json!(list), || {
			if groups.is_empty() {
				return "there are no curator groups".into();
			}
			let mut rows = table(&["group", "name", "active", "classes", "members"]);
			for info in &groups {
				let members: Vec<_> = info.group.members.iter().map(ToString::to_string).collect();
				let classes: Vec<_> = info.group.classes.iter().map(class).collect();
				rows.add_row([
					info.id.to_string(),
					text(&info.group.name),
					if info.group.active { "yes" } else { "no" }.into(),
					classes.join(", "),
					members.join("\n"),
				]);
			}
			rows.trim_fmt()
		});
		Ok(())
	}

	async fn create(
		&self,
		name: &str,
		members: &[String],
		classes: &[String],
		council: bool,
	) -> Result<(), Failure> {
		accounts::all(self.global)?;
		let chain = self.connect().await?;
		let known = Classes::fetch(&chain).await?;
		let mut group = Group {
			name: group_name(name)?,
			members: Default::default(),
			classes: Default::default(),
			active: true,
		};
		let changes =
			Changes { name: None, members: (members, &[]), classes: (classes, &[]), active: None };
		change(&mut group, &changes, &known)?;
		let title = format!("Create the curator group {name}");
		let measure = Measure::new(Call::create_curator_group(&group), title);
		let standing = administer(&chain, measure, council, self.global, self.output).await?;
		if let Some(votes) = standing.open() {
			self.output.result(standing.add_to(json!({})), || votes);
			return Ok(());
		}
		let groups = chain.curator_groups().await?;
		// Numbers are given in order: ours is the newest of these.
		let id = groups.iter().rev().find(|info| info.group == group).map(|info| info.id);
		self.output.result(json!({ "group": id }), || match id {
			Some(id) => format!("curator group {id} is created"),
			None => "the curator group is created".into(),
		});
		Ok(())
	}

	async fn update(
		&self,
		id: CuratorGroupId,
		changes: &Changes<'_>,
		council: bool,
	) -> Result<(), Failure> {
		accounts::all(self.global)?;
		let chain = self.connect().await?;
		let known = Classes::fetch(&chain).await?;
		let groups = chain.curator_groups().await?;
		let found = groups.into_iter().find(|info| info.id == id);
		let mut group = found.map(|info| info.group).ok_or_else(|| {
			Failure::new(format!("there is no curator group {id}"))
				.hint("`rome curator list` shows the groups")
		})?;
		let before = group.clone();
		change(&mut group, changes, &known)?;
		if group == before {
			return Err(Failure::usage(format!("nothing changes in curator group {id}")).hint(
				"give --name, --add-member, --remove-member, --add-class, --remove-class or --active",
			));
		}
		let title = format!("Change curator group {id} ({})", text(&group.name));
		let measure = Measure::new(Call::update_curator_group(id, &group), title);
		let standing = administer(&chain, measure, council, self.global, self.output).await?;
		if let Some(votes) = standing.open() {
			self.output.result(standing.add_to(json!({ "group": id })), || votes);
			return Ok(());
		}
		self.output.result(json!({ "group": id }), || format!("curator group {id} is changed"));
		Ok(())
	}
}

fn group_name(name: &str) -> Result<Description, Failure> {
	name.as_bytes().to_vec().try_into().map_err(|_| {
		Failure::usage(format!("a group's name has at most 256 bytes; this one has {}", name.len()))
	})
}

fn change(group: &mut Group, changes: &Changes<'_>, known: &Classes) -> Result<(), Failure> {
	if let Some(name) = changes.name {
		group.name = group_name(name)?;
	}
	if let Some(active) = changes.active {
		group.active = active;
	}
	let (added, removed) = changes.members;
	for written in added {
		let account = parse_account(written)?;
		if !group.members.contains(&account) {
			let full = |_| Failure::new("a curator group has at most 64 members");
			group.members.try_push(account).map_err(full)?;
		}
	}
	for written in removed {
		let account = parse_account(written)?;
		if !group.members.contains(&account) {
			return Err(Failure::new(format!("{account} is no member of the group")));
		}
		group.members.retain(|member| *member != account);
	}
	let (added, removed) = changes.classes;
	for name in added {
		let class = known.need(name)?.id;
		if !group.classes.contains(&class) {
			let full = |_| Failure::new("a curator group looks after at most 64 classes");
			group.classes.try_push(class).map_err(full)?;
		}
	}
	for name in removed {
		let class = known.need(name)?.id;
		if !group.classes.contains(&class) {
			return Err(Failure::new(format!("the group does not look after `{name}`")));
		}
		group.classes.retain(|other| *other != class);
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn changes_what_is_named() {
		let known = Classes(Vec::new());
		let mut group = Group {
			name: group_name("Film").unwrap(),
			members: Default::default(),
			classes: Default::default(),
			active: true,
		};
		let none: &[String] = &[];
		let people = |added: &[&str], removed: &[&str]| -> (Vec<String>, Vec<String>) {
			(
				added.iter().map(ToString::to_string).collect(),
				removed.iter().map(ToString::to_string).collect(),
			)
		};
		let mut apply = |members: (Vec<String>, Vec<String>), active: Option<bool>| {
			let members = (members.0.as_slice(), members.1.as_slice());
			let changes = Changes { name: None, members, classes: (none, none), active };
			change(&mut group, &changes, &known).map(|()| (group.members.len(), group.active))
		};
		let twice = people(&["//Alice", "//Bob", "//Alice"], &[]);
		assert_eq!(apply(twice, None).unwrap(), (2, true));
		assert_eq!(apply(people(&[], &["//Alice"]), Some(false)).unwrap(), (1, false));
		let error = apply(people(&[], &["//Alice"]), None).unwrap_err();
		assert!(error.to_string().contains("no member"), "{error}");
		assert_eq!(text(&group.name), "Film");
	}
}
