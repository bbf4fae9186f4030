//! The command line's grammar.

use crate::governance::args::{BountyCommand, FundCommand, GrantCommand, ProposalCommand};
use crate::help::HelpCommand;
use crate::storage::args::{
	BackingCommand, GetArgs, ObjectCommand, PinCommand, ProviderCommand, PublishArgs,
	TrancheCommand,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use rome_client::directory::PAGE;
use std::path::PathBuf;

/// Publishes, stores, finds and administers what is in Rome's content directory.
#[derive(Parser, Debug)]
#[command(
	name = "rome",
	version,
	propagate_version = true,
	// `help` is the help desk, and tells how commands are used as well.
	disable_help_subcommand = true,
	after_help = "Questions go to the network's helpers: rome help ask \"...\""
)]
pub(crate) struct Cli {
	#[command(flatten)]
	pub global: Global,
	#[command(subcommand)]
	pub command: Command,
}

/// What every command takes.
#[derive(Args, Debug, Clone)]
pub(crate) struct Global {
	/// A node's websocket address. Given several times, they are tried in order, and when one goes away
	/// the next takes over.
	#[arg(
		long,
		global = true,
		env = "ROME_URL",
		value_delimiter = ',',
		default_value = "ws://127.0.0.1:9944",
		value_name = "URL"
	)]
	pub url: Vec<String>,

	/// The account that signs: a seed phrase, a 0x seed, or a development account such as //Alice.
	/// What members of the council do together takes several: `schema approve`, `proposal vote`, `--council`.
	#[arg(long, global = true, env = "ROME_SURI", hide_env_values = true, value_name = "SURI")]
	pub suri: Vec<String>,

	/// The account that signs, as a JSON file that polkadot.js exported.
	#[arg(long, global = true, value_name = "FILE")]
	pub keystore: Option<PathBuf>,

	/// A file that holds the keystore's password; without it you are asked.
	#[arg(long, global = true, requires = "keystore", value_name = "FILE")]
	pub password_file: Option<PathBuf>,

	/// Prints JSON for programs instead of tables for people.
	#[arg(long, global = true)]
	pub json: bool,

	/// Waits until what was sent is final, not only in a block.
	#[arg(long, global = true)]
	pub wait: bool,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
	/// Makes, suggests, decides and shows schemas.
	#[command(subcommand)]
	Schema(SchemaCommand),
	/// Creates, imports, shows and changes entries.
	#[command(subcommand)]
	Content(ContentCommand),
	/// Makes and shows curator groups, which look after the entries of classes.
	#[command(subcommand)]
	Curator(CuratorCommand),
	/// Stores a file with the network's providers, and creates its entry. Can be interrupted and run again.
	Publish(PublishArgs),
	/// Fetches a stored file from whoever has it, verified. Can be interrupted and run again.
	Get(GetArgs),
	/// Pins objects: what keeps them stored.
	#[command(subcommand)]
	Pin(PinCommand),
	/// Applies with storage providers, shows and administers them.
	#[command(subcommand)]
	Provider(ProviderCommand),
	/// Shows and administers tranches, the groups of providers that keep objects.
	#[command(subcommand)]
	Tranche(TrancheCommand),
	/// What is added to providers' pay for what some classes' entries hold: shows it, names classes, and has it
	/// added.
	Backing {
		#[command(subcommand)]
		command: Option<BackingCommand>,
	},
	/// Shows objects, and keeps the take-down list.
	#[command(subcommand)]
	Object(ObjectCommand),
	/// What the council decides on: lists, shows and submits proposals, and votes on them.
	#[command(subcommand)]
	Proposal(ProposalCommand),
	/// Grants of the community fund: by vote, or agreed off chain; paid by milestones.
	#[command(subcommand)]
	Grant(GrantCommand),
	/// Bounties: sums for whoever does a piece of work best.
	#[command(subcommand)]
	Bounty(BountyCommand),
	/// The community fund: what is free, what is promised, what was paid.
	Fund {
		#[command(subcommand)]
		command: Option<FundCommand>,
	},
	/// The network's help desk: asks, lists and answers questions. Alone, or with a command's name, tells
	/// how commands are used.
	Help {
		#[command(subcommand)]
		command: Option<HelpCommand>,
	},
}

#[derive(Subcommand, Debug)]
pub(crate) enum SchemaCommand {
	/// Writes a starter schema that explains itself.
	New {
		/// The class's name.
		name: String,
		/// What the class is about: video, audio, writtenMedia, image, person, organization, collection,
		/// help or other.
		#[arg(long, default_value = "other")]
		category: String,
		/// Where to write it; without it, NAME.v1.json. `-` prints it.
		#[arg(long, value_name = "FILE")]
		out: Option<PathBuf>,
	},
	/// Checks schema files without a node; says line, column and reason.
	Check {
		/// Schema files. Rules of a version 2 are checked against version 1 if that is among them.
		#[arg(required = true)]
		files: Vec<PathBuf>,
	},
	/// Suggests schemas: of new classes, or next versions of classes that exist.
	Suggest {
		/// Schema files.
		#[arg(required = true)]
		files: Vec<PathBuf>,
	},
	/// Supports a suggestion with a deposit, which comes back when it is decided.
	Endorse {
		/// The suggestion's number.
		id: u32,
		/// How much to put up, in ROME.
		#[arg(long, value_name = "ROME")]
		amount: String,
	},
	/// Takes an endorsement back.
	Unendorse {
		/// The suggestion's number.
		id: u32,
		/// Whose, if not your own (possible once the suggestion is decided).
		#[arg(long, value_name = "ACCOUNT")]
		endorser: Option<String>,
	},
	/// Council: proposes to approve suggestions, unless that is proposed already, and votes for it. The one
	/// that proposes puts up a stake, which comes back.
	Approve {
		/// The suggestions' numbers.
		#[arg(required = true)]
		ids: Vec<u32>,
		/// Why, for everyone to read.
		#[arg(long, value_name = "TEXT", default_value = "")]
		reason: String,
	},
	/// Council: moves and votes to reject suggestions, and closes the motions that have their majority.
	Reject {
		/// The suggestions' numbers.
		#[arg(required = true)]
		ids: Vec<u32>,
		/// Marks them as spam: the proposers lose their deposits.
		#[arg(long)]
		spam: bool,
	},
	/// Takes back an own suggestion that is not approved yet.
	Withdraw {
		/// The suggestion's number.
		id: u32,
	},
	/// Makes approved suggestions the active versions of their classes. By sudo, unless --council is given.
	Activate {
		/// The suggestions' numbers.
		#[arg(required = true)]
		ids: Vec<u32>,
		/// By a proposal, with the votes of those who sign: two thirds of the council decide.
		#[arg(long)]
		council: bool,
		/// Why the members vote for it, for everyone to read.
		#[arg(long, value_name = "TEXT", default_value = "", requires = "council")]
		reason: String,
	},
	/// Retires a version that no entry uses any more. By sudo, unless --council is given.
	Retire {
		/// The class's name.
		class: String,
		/// The version.
		#[arg(id = "schema_version", value_name = "VERSION")]
		version: u16,
		/// By a proposal, with the votes of those who sign: two thirds of the council decide.
		#[arg(long)]
		council: bool,
	},
	/// Lists classes and open suggestions.
	List {
		/// Only this category.
		#[arg(long)]
		category: Option<String>,
		/// Only what stands here in its life.
		#[arg(long)]
		status: Option<ListStatus>,
	},
	/// Prints a live schema as the JSON Schema file that it could have come from.
	Show {
		/// The class's name, with a version if not the active one: CLASS or CLASS@VERSION.
		#[arg(required_unless_present = "suggestion")]
		class: Option<String>,
		/// A suggestion's number instead.
		#[arg(long, conflicts_with = "class", value_name = "ID")]
		suggestion: Option<u32>,
	},
}

/// Where classes and suggestions stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum ListStatus {
	/// Suggestions that wait for the council.
	Suggested,
	/// Suggestions that wait for activation.
	Approved,
	/// Classes with an active version.
	Active,
}

#[derive(Subcommand, Debug)]
pub(crate) enum ContentCommand {
	/// Creates an entry.
	Create {
		/// The class's name.
		class: String,
		/// The values: PROPERTY=VALUE. For a list, once for each item.
		values: Vec<String>,
		/// A JSON file with the values instead; `-` reads them from standard input.
		#[arg(long, conflicts_with = "values", value_name = "FILE")]
		file: Option<PathBuf>,
		/// Lets entries of other owners refer to it, which keeps it from being removed meanwhile.
		#[arg(long)]
		referenceable: bool,
	},
	/// Imports many entries through a mapping. Can be interrupted and run again: none is made twice.
	Import(ImportArgs),
	/// Keeps an SQLite database equal to the directory, for plain SQL. Can be ended at any time and run again.
	Mirror(MirrorArgs),
	/// Lists a class's entries.
	List {
		/// The class's name.
		class: String,
		/// Only those of this owner.
		#[arg(long, value_name = "ACCOUNT")]
		owner: Option<String>,
		/// Only those with this value in a unique or indexed property: PROPERTY=VALUE.
		#[arg(long = "where", value_name = "PROPERTY=VALUE", conflicts_with = "owner")]
		filter: Option<String>,
		/// At most this many.
		#[arg(long, default_value_t = 20)]
		limit: u32,
		/// Those that come after this entry.
		#[arg(long, value_name = "ID")]
		after: Option<String>,
		/// Reads all of them as this version, whichever they are stored as.
		#[arg(long = "as", id = "as_version", value_name = "VERSION", conflicts_with_all = ["owner", "filter"])]
		version: Option<u16>,
	},
	/// Finds a class's entries by a query: [PROPERTY, ... from] CLASS [as VERSION] [where CONDITION]
	/// [order by PROPERTY [desc]] [limit N].
	Select {
		/// The query, for example: name from video where datePublished >= 1966 and not name contains 'the'
		query: String,
		/// Says how the entries would be found, instead of finding them.
		#[arg(long)]
		explain: bool,
		/// At most this many; without it, the query's limit, or 20.
		#[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
		limit: Option<u32>,
		/// Goes on where an earlier answer ended.
		#[arg(long, value_name = "POSITION")]
		after: Option<String>,
	},
	/// Shows an entry.
	Show {
		/// The entry's id, for example 3-17.
		#[arg(required_unless_present = "by")]
		id: Option<String>,
		/// The value of a unique property instead: CLASS.PROPERTY=VALUE.
		#[arg(long, value_name = "CLASS.PROPERTY=VALUE", conflicts_with = "id")]
		by: Option<String>,
		/// Reads it as this later version of its schema.
		#[arg(long = "as", id = "as_version", value_name = "VERSION")]
		version: Option<u16>,
	},
	/// Changes an entry's values; those not named stay.
	Edit {
		/// The entry's id.
		id: String,
		/// The new values: PROPERTY=VALUE. For a list, once for each item.
		values: Vec<String>,
		/// A property to empty.
		#[arg(long, value_name = "PROPERTY")]
		clear: Vec<String>,
		/// Whether entries of other owners may refer to it from now on.
		#[arg(long, value_name = "true|false")]
		referenceable: Option<bool>,
	},
	/// Moves an entry, or a whole class, to a later version of the schema.
	Migrate(MigrateArgs),
	/// Curators: hides an entry from everyone but its owner.
	Hide(ModerationArgs),
	/// Curators: keeps an entry's owner from changing, removing and handing it over.
	Freeze(ModerationArgs),
	/// Curators: shows an entry again, hidden or frozen.
	#[command(visible_alias = "unfreeze")]
	Unhide(ModerationArgs),
	/// Removes an entry and returns its deposit.
	Remove {
		/// The entry's id.
		id: String,
	},
	/// Offers an entry to another account.
	Transfer {
		/// The entry's id.
		id: String,
		/// To whom.
		#[arg(long, value_name = "ACCOUNT", required_unless_present = "cancel")]
		to: Option<String>,
		/// Takes the offer back.
		#[arg(long, conflicts_with = "to")]
		cancel: bool,
	},
	/// Accepts an entry that was offered to you; you pay its deposit.
	Accept {
		/// The entry's id.
		id: String,
		/// The most you are ready to have held for it, in ROME; without it, what is held now.
		#[arg(long, value_name = "ROME")]
		max_deposit: Option<String>,
	},
}

/// What an import takes.
#[derive(Args, Debug, Clone)]
pub(crate) struct ImportArgs {
	/// The records: JSON (.json), NDJSON (.ndjson, .jsonl) or CSV (.csv).
	pub file: PathBuf,
	/// The mapping: which class, and which property comes from which field.
	#[arg(long, value_name = "FILE", required_unless_present = "legacy")]
	pub mapping: Option<PathBuf>,
	/// Takes each record as it is, as a free-form document (version 0), to be migrated later. JSON and
	/// NDJSON only.
	#[arg(long, requires = "class", conflicts_with = "mapping")]
	pub legacy: bool,
	/// The class that takes the documents.
	#[arg(long, requires = "legacy")]
	pub class: Option<String>,
	/// Sends the rest when some records are refused; without it nothing is sent then.
	#[arg(long)]
	pub skip_refused: bool,
	/// Checks everything and sends nothing.
	#[arg(long)]
	pub dry_run: bool,
	/// Ends when everything is in a block; without it, when that is final.
	#[arg(long)]
	pub no_finality: bool,
	/// Most entries in one transaction; without it, as many as fit a good part of a block.
	#[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
	pub batch_size: Option<u32>,
	/// Most transactions that wait for their block at a time.
	#[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=64))]
	pub in_flight: u32,
	/// Most entries to send a second; without it, as many as the chain takes.
	#[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
	pub rate: Option<u32>,
}

/// What a mirror takes.
#[derive(Args, Debug, Clone)]
pub(crate) struct MirrorArgs {
	/// The database: one that this command made, or a file that is not there yet.
	pub file: PathBuf,
	/// Ends when the database has come to the newest final block; without it, goes on until Ctrl-C.
	#[arg(long)]
	pub once: bool,
	/// Most entries to ask the node for at a time.
	#[arg(long, value_name = "N", default_value_t = PAGE, value_parser = clap::value_parser!(u32).range(1..=1000))]
	pub page: u32,
}

/// What a migration takes.
#[derive(Args, Debug, Clone)]
pub(crate) struct MigrateArgs {
	/// The entry's id.
	#[arg(required_unless_present = "class", conflicts_with = "class")]
	pub id: Option<String>,
	/// The version that it becomes.
	#[arg(long, value_name = "VERSION", required_unless_present_any = ["status", "cancel"])]
	pub to: Option<u16>,
	/// A value that is asked for: PROPERTY=VALUE. For a list, once for each item.
	#[arg(long, value_name = "PROPERTY=VALUE", conflicts_with = "class")]
	pub set: Vec<String>,
	/// An optional property that is asked for and stays empty.
	#[arg(long, value_name = "PROPERTY", conflicts_with = "class")]
	pub clear: Vec<String>,
	/// From version 0: which property comes from which member of the document, as in an import.
	#[arg(long, value_name = "FILE", conflicts_with = "class")]
	pub mapping: Option<PathBuf>,
	/// As a curator, for this group.
	#[arg(long, value_name = "N", conflicts_with = "class")]
	pub group: Option<u32>,
	/// Sends without asking first.
	#[arg(long)]
	pub yes: bool,
	/// All entries of this class instead, some in every block. By sudo, unless --council is given.
	#[arg(long)]
	pub class: Option<String>,
	/// Shows how far the class's migration is, and which entries ask for something.
	#[arg(long, requires = "class")]
	pub status: bool,
	/// Ends the class's migration; what was moved stays so.
	#[arg(long, requires = "class", conflicts_with = "status")]
	pub cancel: bool,
	/// By a proposal, with the votes of those who sign: two thirds of the council decide. With --cancel by a
	/// motion of its majority: an emergency.
	#[arg(long, requires = "class")]
	pub council: bool,
}

/// What curators say of an entry.
#[derive(Args, Debug, Clone)]
pub(crate) struct ModerationArgs {
	/// The entry's id.
	pub id: String,
	/// The curator group that decides it.
	#[arg(long, value_name = "N")]
	pub group: u32,
	/// Why, for everyone to read.
	#[arg(long)]
	pub reason: String,
}

#[derive(Subcommand, Debug)]
pub(crate) enum CuratorCommand {
	/// Lists the groups, their members and their classes.
	List,
	/// Creates a group. By sudo, unless --council is given.
	Create {
		/// What it is called.
		name: String,
		/// A member; once for each.
		#[arg(long, value_name = "ACCOUNT")]
		member: Vec<String>,
		/// A class that it looks after; once for each.
		#[arg(long)]
		class: Vec<String>,
		/// By a proposal, with the votes of those who sign: two thirds of the council decide.
		#[arg(long)]
		council: bool,
	},
	/// Changes a group; what is not named stays. By sudo, unless --council is given.
	Update {
		/// The group's number.
		id: u32,
		/// What it is called from now on.
		#[arg(long)]
		name: Option<String>,
		/// Somebody who becomes a member; once for each.
		#[arg(long, value_name = "ACCOUNT")]
		add_member: Vec<String>,
		/// Somebody who is a member no longer; once for each.
		#[arg(long, value_name = "ACCOUNT")]
		remove_member: Vec<String>,
		/// A class that it looks after from now on; once for each.
		#[arg(long, value_name = "CLASS")]
		add_class: Vec<String>,
		/// A class that it looks after no longer; once for each.
		#[arg(long, value_name = "CLASS")]
		remove_class: Vec<String>,
		/// Whether its members may act.
		#[arg(long, value_name = "true|false")]
		active: Option<bool>,
		/// By a proposal, with the votes of those who sign: two thirds of the council decide.
		#[arg(long)]
		council: bool,
	},
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn the_grammar_is_sound() {
		Cli::command().debug_assert();
	}

	#[test]
	fn what_members_do_together_takes_several_accounts() {
		let vote =
			["rome", "proposal", "vote", "3", "approve", "--reason", "so", "--suri", "//Alice"];
		let cli = Cli::parse_from(vote.into_iter().chain(["--suri", "//Bob"]));
		assert_eq!(cli.global.suri, ["//Alice", "//Bob"]);
		assert!(matches!(cli.command, Command::Proposal(ProposalCommand::Vote { id: 3, .. })));
		let cli = Cli::parse_from(["rome", "fund"]);
		assert!(matches!(cli.command, Command::Fund { command: None }));
		let thread = ["rome", "proposal", "thread", "3", "post", "Why?"];
		let Command::Proposal(ProposalCommand::Thread { id, .. }) = Cli::parse_from(thread).command
		else {
			panic!("a thread")
		};
		assert_eq!(id, 3);
	}
}
