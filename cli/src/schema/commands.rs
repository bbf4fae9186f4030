//! The `rome schema` commands.

use super::{
	check::{check_files, Checked},
	listing::{class_json, class_table, suggestion_json, suggestion_table},
	live::{live_file, suggested_file},
	lookup::{need_suggestion, schema_of, Classes},
	parse::{category_by_name, category_name},
	render::render,
	starter::starter,
	suggest::target,
};
use crate::{
	accounts::{self, parse_account},
	args::{Global, ListStatus, SchemaCommand},
	failure::{did_you_mean, Failure},
	governance::{
		administer, decide, move_and_vote, schema_title, sudo, vote_reason, Matter, Measure, Share,
		Standing,
	},
	output::{amount, parse_amount, print_line, Output},
};
use rome_client::{directory::ClassInfo, governance::Action, Account, Call, Chain, Sent};
use rome_primitives::content::{is_name, Category, SuggestionId, SuggestionStatus};
use serde_json::json;
use std::{fs::OpenOptions, io::Write, path::PathBuf};

/// Runs a command.
pub(crate) async fn run(
	command: SchemaCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	match command {
		SchemaCommand::New { name, category, out } => new(&name, &category, out, output),
		SchemaCommand::Check { files } => check(&files, output),
		other => {
			let chain = Online { global, output };
			chain.run(other).await
		},
	}
}

fn category(text: &str) -> Result<Category, Failure> {
	category_by_name(text).ok_or_else(|| {
		let all = Category::ALL.map(category_name);
		Failure::usage(format!("`{text}` is no category{}", did_you_mean(text, all)))
			.hint(format!("there are {}", all.join(", ")))
	})
}

fn new(name: &str, about: &str, out: Option<PathBuf>, output: Output) -> Result<(), Failure> {
	if !is_name(name.as_bytes()) {
		return Err(Failure::usage(format!("`{name}` cannot be a class's name")).hint(
			"a name is an ASCII letter, then letters, digits and underscores, at most 64 in all",
		));
	}
	let file = starter(name, category(about)?);
	let path = out.unwrap_or_else(|| PathBuf::from(format!("{name}.v1.json")));
	if path.as_os_str() == "-" {
		print_line(&file);
		return Ok(());
	}
	let failed = |error: std::io::Error| {
		let failure = Failure::new(format!("cannot write {}: {error}", path.display()));
		if error.kind() == std::io::ErrorKind::AlreadyExists {
			return failure.hint("choose another file with --out, or remove that one");
		}
		failure
	};
	let mut writer = OpenOptions::new().write(true).create_new(true).open(&path).map_err(failed)?;
	writer.write_all(file.as_bytes()).map_err(failed)?;
	output.result(json!({ "file": path.display().to_string() }), || {
		format!("wrote {0}\nedit it, then: rome schema check {0}", path.display())
	});
	Ok(())
}

fn check(files: &[PathBuf], output: Output) -> Result<(), Failure> {
	let checked = check_files(files)?;
	let list: Vec<_> = checked
		.iter()
		.map(|Checked { path, file }| {
			json!({
				"file": path.display().to_string(),
				"class": file.class.value,
				"version": file.version.value,
				"properties": file.properties.len(),
			})
		})
		.collect();
	output.result(json!(list), || {
		let lines = checked.iter().map(|Checked { path, file }| {
			format!(
				"{}: fine: {} version {}, {} properties",
				path.display(),
				file.class.value,
				file.version.value,
				file.properties.len()
			)
		});
		lines.collect::<Vec<_>>().join("\n")
	});
	Ok(())
}

/// What comes after a suggestion, with who signs it.
fn approval(ids: &[SuggestionId]) -> String {
	format!(
		"the council decides next, each member with `--suri` or ROME_SURI: rome schema approve {} --suri \
		 SURI",
		listed(ids)
	)
}

/// What comes after an approval, with who signs it.
fn activation(ids: &[SuggestionId]) -> String {
	format!(
		"next, sudo makes it active: rome schema activate {} --suri SURI; or two thirds of the council \
		 do, with --council",
		listed(ids)
	)
}

fn listed(ids: &[SuggestionId]) -> String {
	ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Commands that take the chain.
struct Online<'a> {
	global: &'a Global,
	output: Output,
}

impl Online<'_> {
	async fn connect(&self) -> Result<Chain, Failure> {
		Ok(Chain::connect(&self.global.url, self.output.json).await?)
	}

	async fn send(&self, chain: &Chain, call: &Call, account: &Account) -> Result<Sent, Failure> {
		Ok(chain.send(call, account, self.global.wait).await?)
	}

	async fn run(&self, command: SchemaCommand) -> Result<(), Failure> {
		match command {
			// Neither takes a chain.
			SchemaCommand::New { .. } | SchemaCommand::Check { .. } => Ok(()),
			SchemaCommand::Suggest { files } => self.suggest(&files).await,
			SchemaCommand::Endorse { id, amount } => self.endorse(id, &amount).await,
			SchemaCommand::Unendorse { id, endorser } => {
				let account = accounts::one(self.global)?;
				let endorser = match endorser {
					Some(text) => parse_account(&text)?,
					None => account.id(),
				};
				let chain = self.connect().await?;
				self.send(&chain, &Call::withdraw_endorsement(id, endorser), &account).await?;
				self.done(json!({ "suggestion": id }), "the endorsement's deposit is back")
			},
			SchemaCommand::Approve { ids, reason } => self.approve(&ids, &reason).await,
			SchemaCommand::Reject { ids, spam } => self.reject(&ids, spam).await,
			SchemaCommand::Withdraw { id } => {
				let account = accounts::one(self.global)?;
				let chain = self.connect().await?;
				need_suggestion(&chain, id).await?;
				self.send(&chain, &Call::withdraw_suggestion(id), &account).await?;
				self.done(json!({ "suggestion": id }), &format!("suggestion {id} is withdrawn"))
			},
			SchemaCommand::Activate { ids, council, reason } => {
				self.activate(&ids, council, &reason).await
			},
			SchemaCommand::Retire { class, version, council } => {
				self.retire(&class, version, council).await
			},
			SchemaCommand::List { category, status } => {
				self.list(category.as_deref(), status).await
			},
			SchemaCommand::Show { class, suggestion } => {
				self.show(class.as_deref(), suggestion).await
			},
		}
	}

	fn done(&self, value: serde_json::Value, people: &str) -> Result<(), Failure> {
		self.output.result(value, || people.to_string());
		Ok(())
	}

	async fn suggest(&self, paths: &[PathBuf]) -> Result<(), Failure> {
		let files = check_files(paths)?;
		let account = accounts::one(self.global)?;
		let chain = self.connect().await?;
		let classes = Classes::fetch(&chain).await?;
		let mut calls = Vec::new();
		for Checked { path, file } in &files {
			let (target, draft) = target(&chain, &classes, path, file).await?;
			calls.push(Call::suggest_schema(&target, &draft));
		}
		let runtime = chain.runtime().await?;
		let batch = match calls.as_slice() {
			[call] => call.clone(),
			calls => Call::batch_all(calls, &runtime)?,
		};
		let sent = self.send(&chain, &batch, &account).await?;
		let mut ids = Vec::<SuggestionId>::new();
		for event in &sent.events {
			if event.is("ContentDirectory", "SchemaSuggested") {
				ids.push(event.first()?);
			}
		}
		let list: Vec<_> = files
			.iter()
			.zip(&ids)
			.map(|(Checked { file, .. }, id)| {
				json!({ "suggestion": id, "class": file.class.value, "version": file.version.value })
			})
			.collect();
		self.output.result(json!(list), || {
			let mut lines: Vec<_> = files
				.iter()
				.zip(&ids)
				.map(|(Checked { file, .. }, id)| {
					format!("suggestion {id}: {} version {}", file.class.value, file.version.value)
				})
				.collect();
			lines.push(approval(&ids));
			lines.join("\n")
		});
		Ok(())
	}

	async fn endorse(&self, id: SuggestionId, text: &str) -> Result<(), Failure> {
		let units = parse_amount(text.trim_end_matches("ROME").trim()).map_err(Failure::usage)?;
		let account = accounts::one(self.global)?;
		let chain = self.connect().await?;
		need_suggestion(&chain, id).await?;
		self.send(&chain, &Call::endorse_schema(id, units), &account).await?;
		let value = json!({ "suggestion": id, "amount": units.to_string() });
		self.done(value, &format!("suggestion {id} is endorsed with {}", amount(units)))
	}

	/// Makes sure that each of these suggestions waits for the council.
	async fn need_undecided(&self, chain: &Chain, ids: &[SuggestionId]) -> Result<(), Failure> {
		for id in ids {
			let info = need_suggestion(chain, *id).await?;
			if info.suggestion.status != SuggestionStatus::Suggested {
				return Err(Failure::new(format!("suggestion {id} is approved already"))
					.hint(activation(&[*id])));
			}
		}
		Ok(())
	}

	async fn approve(&self, ids: &[SuggestionId], reason: &str) -> Result<(), Failure> {
		let reason = vote_reason(reason)?;
		let accounts = accounts::all(self.global)?;
		let chain = self.connect().await?;
		self.need_undecided(&chain, ids).await?;
		let mut matters = Vec::new();
		for id in ids {
			let title = schema_title(&chain, "Approve", *id).await?;
			matters.push(Matter::action(Action::ApproveSchema { suggestion: *id }, title));
		}
		let (global, output) = (self.global, self.output);
		let standings = decide(&chain, &matters, reason, &accounts, global, output).await?;
		self.tell(ids, &standings, "approve", "approved")
	}

	async fn reject(&self, ids: &[SuggestionId], spam: bool) -> Result<(), Failure> {
		let accounts = accounts::all(self.global)?;
		let chain = self.connect().await?;
		self.need_undecided(&chain, ids).await?;
		let calls: Vec<_> = ids.iter().map(|id| Call::reject_schema(*id, spam)).collect();
		let (share, output) = (Share::Majority, self.output);
		let standings = move_and_vote(&chain, &calls, share, &accounts, output).await?;
		self.tell(ids, &standings, "reject", "rejected")
	}

	fn tell(
		&self,
		ids: &[SuggestionId],
		standings: &[Standing],
		verb: &str,
		done: &str,
	) -> Result<(), Failure> {
		let list: Vec<_> = ids
			.iter()
			.zip(standings)
			.map(|(id, standing)| match standing {
				Standing::Done => json!({ "suggestion": id, "status": done }),
				standing => standing.add_to(json!({ "suggestion": id })),
			})
			.collect();
		self.output.result(json!(list), || {
			let lines = ids.iter().zip(standings).map(|(id, standing)| {
				let again = format!("rome schema {verb} {id} --suri SURI");
				match standing.unfinished(&again) {
					None => format!("suggestion {id} is {done}"),
					Some(votes) => format!("suggestion {id}: {votes}"),
				}
			});
			let mut lines: Vec<_> = lines.collect();
			let approved: Vec<_> = ids
				.iter()
				.zip(standings)
				.filter(|(_, standing)| verb == "approve" && **standing == Standing::Done)
				.map(|(id, _)| *id)
				.collect();
			if !approved.is_empty() {
				lines.push(activation(&approved));
			}
			lines.join("\n")
		});
		Ok(())
	}

	async fn activate(
		&self,
		ids: &[SuggestionId],
		council: bool,
		reason: &str,
	) -> Result<(), Failure> {
		let reason = vote_reason(reason)?;
		let accounts = accounts::all(self.global)?;
		if !council {
			accounts::one(self.global)?;
		}
		let chain = self.connect().await?;
		for id in ids {
			let info = need_suggestion(&chain, *id).await?;
			if info.suggestion.status != SuggestionStatus::Approved {
				return Err(Failure::new(format!("suggestion {id} is not approved yet"))
					.hint(approval(&[*id])));
			}
		}
		if council {
			let mut matters = Vec::new();
			for id in ids {
				let title = schema_title(&chain, "Activate", *id).await?;
				matters.push(Matter::action(Action::ActivateSchema { suggestion: *id }, title));
			}
			let (global, output) = (self.global, self.output);
			let standings = decide(&chain, &matters, reason, &accounts, global, output).await?;
			return self.tell(ids, &standings, "activate --council", "active");
		}
		let calls: Vec<_> = ids.iter().map(|id| Call::activate_schema(*id)).collect();
		sudo(&chain, &calls, self.global).await?;
		self.tell(ids, &vec![Standing::Done; ids.len()], "activate", "active")
	}

	async fn retire(&self, class: &str, version: u16, council: bool) -> Result<(), Failure> {
		accounts::all(self.global)?;
		let chain = self.connect().await?;
		let classes = Classes::fetch(&chain).await?;
		let info = classes.need(class)?;
		schema_of(&chain, info.id, version).await?;
		let title = format!("Retire {class} version {version}");
		let measure = Measure::new(Call::retire_schema(info.id, version), title);
		let standing = administer(&chain, measure, council, self.global, self.output).await?;
		let value = standing.add_to(json!({ "class": class, "version": version }));
		let again = format!("rome schema retire {class} {version} --council --suri SURI");
		match standing.unfinished(&again) {
			Some(votes) => self.done(value, &votes),
			None => self.done(value, &format!("{class} version {version} is retired")),
		}
	}

	async fn list(&self, about: Option<&str>, status: Option<ListStatus>) -> Result<(), Failure> {
		let about = about.map(category).transpose()?;
		let chain = self.connect().await?;
		let classes = Classes::fetch(&chain).await?;
		let listed: Vec<&ClassInfo> = classes
			.0
			.iter()
			.filter(|info| about.is_none_or(|about| info.class.config.category == about))
			.filter(|info| match status {
				None => true,
				Some(ListStatus::Active) => info.class.active_version.is_some(),
				Some(_) => false,
			})
			.collect();
		let suggestions = match status {
			Some(ListStatus::Active) => Vec::new(),
			Some(ListStatus::Suggested) => {
				chain.suggestions(about, Some(SuggestionStatus::Suggested)).await?
			},
			Some(ListStatus::Approved) => {
				chain.suggestions(about, Some(SuggestionStatus::Approved)).await?
			},
			None => chain.suggestions(about, None).await?,
		};
		let value = json!({
			"classes": listed.iter().map(|info| class_json(info)).collect::<Vec<_>>(),
			"suggestions": suggestions
				.iter()
				.map(|info| suggestion_json(info, &classes))
				.collect::<Vec<_>>(),
		});
		self.output.result(value, || {
			let mut parts = Vec::new();
			if !listed.is_empty() {
				parts.push(class_table(&listed));
			}
			if !suggestions.is_empty() {
				parts.push(suggestion_table(&suggestions, &classes));
			}
			if parts.is_empty() {
				parts.push(
					"there is nothing to list; `rome schema suggest FILE` starts a class".into(),
				);
			}
			parts.join("\n\n")
		});
		Ok(())
	}

	async fn show(&self, class: Option<&str>, suggestion: Option<u32>) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let classes = Classes::fetch(&chain).await?;
		let file = match (class, suggestion) {
			(_, Some(id)) => suggested_file(&chain, &classes, id).await?,
			(Some(class), None) => live_file(&chain, &classes, class).await?,
			(None, None) => return Err(Failure::usage("name a class or a suggestion")),
		};
		print_line(&render(&file));
		Ok(())
	}
}
