//! The grammar of what is about stored objects.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What publishing takes.
#[derive(Args, Debug, Clone)]
pub(crate) struct PublishArgs {
	/// The file.
	pub file: PathBuf,
	/// The class of its entry, with a version if not the active one: CLASS or CLASS@VERSION.
	#[arg(long, value_name = "CLASS[@V]")]
	pub schema: String,
	/// A JSON file with the entry's values; `-` reads them from standard input.
	#[arg(long, value_name = "FILE")]
	pub meta: PathBuf,
	/// The property that holds the file's hash; without it, the only one that can, or `associatedMedia`.
	#[arg(long)]
	pub property: Option<String>,
	/// Lets entries of other owners refer to the entry.
	#[arg(long)]
	pub referenceable: bool,
	#[command(flatten)]
	pub term: TermArgs,
	/// Checks everything, tells what it costs, and sends nothing.
	#[arg(long)]
	pub dry_run: bool,
}

/// How an object is pinned.
#[derive(Args, Debug, Clone)]
pub(crate) struct TermArgs {
	/// For how many eras it is paid for.
	#[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..))]
	pub eras: u32,
	/// The tranche that keeps it; without it, the chain chooses.
	#[arg(long, value_name = "ID")]
	pub tranche: Option<u32>,
	/// The most to pay, in ROME; without it, what the chain quotes.
	#[arg(long, value_name = "ROME")]
	pub max_fee: Option<String>,
	/// The most to have held, in ROME; without it, what the chain quotes.
	#[arg(long, value_name = "ROME")]
	pub max_deposit: Option<String>,
}

/// What fetching takes.
#[derive(Args, Debug, Clone)]
pub(crate) struct GetArgs {
	/// The object's hash (64 hexadecimal digits, as `b3sum` prints it), or the id of an entry that holds one.
	pub what: String,
	/// Where to write it; without it, a file called like the hash. `-` writes to standard output.
	#[arg(short, long, value_name = "FILE")]
	pub output: Option<PathBuf>,
	/// The entry's property that holds the hash, if there are several.
	#[arg(long)]
	pub property: Option<String>,
	/// Replaces a file that is there already.
	#[arg(long)]
	pub force: bool,
}

#[derive(Subcommand, Debug)]
pub(crate) enum PinCommand {
	/// Tells what pinning costs.
	Quote {
		/// A file, for its size.
		#[arg(required_unless_present = "size", conflicts_with = "size")]
		file: Option<PathBuf>,
		/// A size in bytes instead.
		#[arg(long, value_name = "BYTES", value_parser = clap::value_parser!(u64).range(1..))]
		size: Option<u64>,
		/// For how many eras.
		#[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..))]
		eras: u32,
	},
	/// Pins a file, or an object by its hash, without uploading it.
	Add {
		/// A file, or a hash.
		what: String,
		/// The object's size in bytes, with a hash that the chain does not know.
		#[arg(long, value_name = "BYTES", value_parser = clap::value_parser!(u64).range(1..))]
		size: Option<u64>,
		/// An account that may upload it besides the one that signs.
		#[arg(long, value_name = "ACCOUNT")]
		uploader: Option<String>,
		#[command(flatten)]
		term: TermArgs,
	},
	/// Uploads a file that is pinned: by its pin's owner, or by the uploader that the pin names.
	Upload {
		/// The file.
		file: PathBuf,
	},
	/// Lists an account's pins.
	List {
		/// Whose; without it, those of the account that signs.
		#[arg(long, value_name = "ACCOUNT")]
		account: Option<String>,
	},
	/// Pays for a pin for more eras. Anyone can.
	Renew {
		/// The object's hash.
		hash: String,
		/// For how many eras more.
		#[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
		eras: u32,
		/// Whose pin; without it, that of the account that signs.
		#[arg(long, value_name = "ACCOUNT")]
		account: Option<String>,
		/// The most to pay, in ROME; without it, what the chain quotes.
		#[arg(long, value_name = "ROME")]
		max_fee: Option<String>,
	},
	/// Gives pins up. The deposits come back; the objects go with their last pins.
	Remove {
		/// The objects' hashes.
		#[arg(required = true)]
		hashes: Vec<String>,
	},
	/// Removes pins whose time is over. Anyone can.
	Sweep {
		/// At most this many.
		#[arg(long, default_value_t = 100)]
		limit: u32,
	},
}

/// What a provider says that it can do.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct DeclaredArgs {
	/// Storage: bytes, or with a unit as in 500GB or 2TiB.
	#[arg(long, value_name = "BYTES")]
	pub storage: Option<String>,
	/// Download capacity: bytes a second, or with a unit as in 100MB.
	#[arg(long, value_name = "BYTES")]
	pub download: Option<String>,
	/// Upload capacity: bytes a second, or with a unit.
	#[arg(long, value_name = "BYTES")]
	pub upload: Option<String>,
}

/// A daemon's key, and its consent.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct OperatorArgs {
	/// The operator's secret, which signs the consent: a seed phrase, a 0x seed, or as //Alice//colossus.
	#[arg(long, env = "ROME_OPERATOR_SURI", hide_env_values = true, value_name = "SURI")]
	pub operator_suri: Option<String>,
	/// The operator's account, with a consent made elsewhere.
	#[arg(long, value_name = "ACCOUNT", requires = "consent")]
	pub operator: Option<String>,
	/// The operator's consent, as `colossus init` and `rome provider consent` print it: 0x...
	#[arg(long, value_name = "0x...", requires = "operator")]
	pub consent: Option<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum ProviderCommand {
	/// Applies with a storage provider.
	Apply {
		/// Where it is reached: http:// or https://, host, port.
		#[arg(long, value_name = "URL")]
		endpoint: String,
		#[command(flatten)]
		operator: OperatorArgs,
		#[command(flatten)]
		declared: DeclaredArgs,
		/// What is held as its stake, in ROME.
		#[arg(long, value_name = "ROME")]
		stake: String,
		/// Sent to the operator's account as well, which pays for its daemon's transactions, in ROME.
		#[arg(long, value_name = "ROME")]
		fund: Option<String>,
	},
	/// Prints the consent of a daemon's key to be a provider of an owner. Needs no node's account.
	Consent {
		/// The provider's owner.
		#[arg(long, value_name = "ACCOUNT")]
		owner: String,
		/// The operator's secret.
		#[arg(long, env = "ROME_OPERATOR_SURI", hide_env_values = true, value_name = "SURI")]
		operator_suri: String,
	},
	/// Changes a provider; what is not named stays.
	Update {
		/// The provider's number.
		id: u32,
		/// Where it is reached from now on.
		#[arg(long, value_name = "URL")]
		endpoint: Option<String>,
		#[command(flatten)]
		operator: OperatorArgs,
		#[command(flatten)]
		declared: DeclaredArgs,
		/// Held on top, in ROME.
		#[arg(long, value_name = "ROME")]
		add_stake: Option<String>,
	},
	/// Takes an application back.
	Cancel {
		/// The provider's number.
		id: u32,
	},
	/// Lists the providers.
	List,
	/// Shows a provider.
	Show {
		/// The provider's number.
		id: u32,
	},
	/// Sudo: verifies a provider for what it declares now, for so many blocks.
	Attest {
		/// The provider's number.
		id: u32,
		/// How many blocks from now on the verification counts.
		#[arg(long, default_value_t = 14_400)]
		blocks: u32,
	},
	/// Conductor (sudo): lets a verified provider go to work.
	Activate {
		/// The provider's number.
		id: u32,
		/// Whose it is, as a number.
		#[arg(long)]
		operator: u32,
		/// Where it stands, as a number.
		#[arg(long)]
		zone: u32,
	},
	/// Announces that a provider is away for a while, or back.
	Maintenance {
		/// The provider's number.
		id: u32,
		/// For how many blocks it is away.
		#[arg(long, required_unless_present = "end")]
		blocks: Option<u32>,
		/// It is back.
		#[arg(long, conflicts_with = "blocks")]
		end: bool,
	},
	/// Begins to leave, or is gone.
	Leave {
		/// The provider's number.
		id: u32,
		/// Ends the leaving, when everything is handed over or the notice is over.
		#[arg(long)]
		finish: bool,
	},
	/// Conductor (sudo): suspends a provider.
	Suspend {
		/// The provider's number.
		id: u32,
		/// Why, for everyone to read.
		#[arg(long)]
		reason: String,
	},
	/// Conductor (sudo): ends a suspension.
	Reinstate {
		/// The provider's number.
		id: u32,
	},
	/// Conductor (sudo): throws a provider out.
	Evict {
		/// The provider's number.
		id: u32,
		/// Why, for everyone to read.
		#[arg(long)]
		reason: String,
	},
	/// Has a provider's owner paid for what it holds. Anyone can.
	Claim {
		/// The provider's number.
		id: u32,
	},
	/// Takes void replicas of a failed provider away. Anyone can.
	Sweep {
		/// The provider's number.
		id: u32,
		/// At most this many.
		#[arg(long, default_value_t = 100)]
		limit: u32,
	},
}

#[derive(Subcommand, Debug)]
pub(crate) enum TrancheCommand {
	/// Lists the tranches: coverage, how full they are, what lacks replicas.
	List,
	/// Shows a tranche and its members.
	Show {
		/// The tranche's number.
		id: u32,
	},
	/// Creates a tranche. By sudo, unless --council is given.
	Create {
		/// Replicas of each object.
		#[arg(long, default_value_t = 3)]
		coverage: u8,
		/// The size of a slot: bytes, or with a unit as in 100GB.
		#[arg(long, value_name = "BYTES")]
		slot: String,
		/// By a proposal, with the votes of those who sign: two thirds of the council decide.
		#[arg(long)]
		council: bool,
	},
	/// Changes a tranche; what is not named stays. By sudo, unless --council is given.
	Update {
		/// The tranche's number.
		id: u32,
		/// Whether new objects come here.
		#[arg(long, value_name = "true|false")]
		accepting: Option<bool>,
		/// Replicas of each object.
		#[arg(long)]
		coverage: Option<u8>,
		/// By a proposal, with the votes of those who sign: two thirds of the council decide.
		#[arg(long)]
		council: bool,
	},
	/// Has a tranche emptied, and ended. By sudo, unless --council is given.
	Close {
		/// The tranche's number.
		id: u32,
		/// By a proposal, with the votes of those who sign: two thirds of the council decide.
		#[arg(long)]
		council: bool,
	},
	/// Makes an own provider a member.
	Join {
		/// The tranche's number.
		id: u32,
		/// The provider's number.
		#[arg(long, value_name = "ID")]
		provider: u32,
		/// How many slots it takes.
		#[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16))]
		slots: u8,
	},
	/// Changes how many slots an own provider has. With 0 it leaves the tranche.
	Slots {
		/// The tranche's number.
		id: u32,
		/// How many.
		#[arg(value_parser = clap::value_parser!(u8).range(0..=16))]
		slots: u8,
		/// The provider's number.
		#[arg(long, value_name = "ID")]
		provider: u32,
	},
	/// Moves objects of a closing tranche to others. Anyone can.
	Move {
		/// The tranche's number.
		id: u32,
		/// At most this many.
		#[arg(long, default_value_t = 100)]
		limit: u32,
	},
}

#[derive(Subcommand, Debug)]
pub(crate) enum BackingCommand {
	/// Has what a class's entries hold be paid for beyond what its pins pay. By sudo, unless --council is given.
	Class {
		/// The class's name.
		class: String,
		/// How much is added for each era, in hundredths of the fee: 0 to 1000; 0 ends it.
		percent: u16,
		/// Why, for everyone to read.
		#[arg(long)]
		reason: String,
		/// By a proposal, with the votes of those who sign: two thirds of the council decide.
		#[arg(long)]
		council: bool,
	},
	/// Adds to the pay, for the era that runs, of all objects that entries of such classes hold. Anyone can, once
	/// an era for each object; what counts costs no fee.
	Add {
		/// The ids of the entries.
		#[arg(required = true)]
		entries: Vec<String>,
	},
}

#[derive(Subcommand, Debug)]
pub(crate) enum ObjectCommand {
	/// Shows an object: where it is kept, by whom, and how it stands.
	Show {
		/// The object's hash.
		hash: String,
	},
	/// Puts an object on the take-down list. By sudo, unless --council is given.
	Block {
		/// The object's hash.
		hash: String,
		/// Why, for everyone to read.
		#[arg(long)]
		reason: String,
		/// By a proposal, with the votes of those who sign: two thirds of the council decide.
		#[arg(long)]
		council: bool,
	},
	/// Takes an object off the take-down list. By sudo, unless --council is given.
	Unblock {
		/// The object's hash.
		hash: String,
		/// By a proposal, with the votes of those who sign: two thirds of the council decide.
		#[arg(long)]
		council: bool,
	},
}
