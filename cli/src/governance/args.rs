//! The grammar of what is about proposals, grants, bounties and the community fund.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What a proposal is called, and what it says.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct TextArgs {
	/// What it is called.
	#[arg(long)]
	pub title: Option<String>,
	/// What it says.
	#[arg(long, conflicts_with = "text_file")]
	pub text: Option<String>,
	/// A file with what it says; `-` reads it from standard input.
	#[arg(long, value_name = "FILE")]
	pub text_file: Option<PathBuf>,
}

/// Who gets a grant, and for what.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct GrantArgs {
	/// Who is paid.
	#[arg(long, value_name = "ACCOUNT")]
	pub beneficiary: Option<String>,
	/// A milestone, once for each, in order: how much in ROME, until when (a block, or +14d, +12h, +100
	/// from now on), and, if the benchmark oracle releases it, what it has to measure:
	/// provider/3,download,100MB/s,4 (target, metric, threshold, settled rounds in a row). Targets:
	/// provider/N, distributor/N, tranche/N, group/N, storage, distribution. Metrics: download, upload,
	/// firstByte (200ms), availability (99.9%).
	#[arg(long, value_name = "ROME:DUE[:BENCHMARK]", conflicts_with = "file")]
	pub milestone: Vec<String>,
	/// A TOML or JSON file instead: title, text, beneficiary, and milestones with amount, due and, if so,
	/// benchmark.
	#[arg(long, value_name = "FILE")]
	pub file: Option<PathBuf>,
}

/// On which terms a bounty is opened.
#[derive(Args, Debug, Clone)]
pub(crate) struct BountyArgs {
	/// What the fund gives, in ROME; others may add to it.
	#[arg(long, value_name = "ROME")]
	pub amount: String,
	/// How long work can be submitted: blocks, or a time as in 12h or 30d.
	#[arg(long, value_name = "TIME")]
	pub work: String,
	/// How long the judge has after that.
	#[arg(long, value_name = "TIME")]
	pub judgement: String,
	/// Who judges; without it, the council does.
	#[arg(long, value_name = "ACCOUNT")]
	pub judge: Option<String>,
	/// Paid to the judge out of the bounty, if there are winners, in ROME.
	#[arg(long, value_name = "ROME", requires = "judge")]
	pub fee: Option<String>,
	/// Held from the judge, and lost if it does not judge in time, in ROME.
	#[arg(long, value_name = "ROME", requires = "judge")]
	pub judge_stake: Option<String>,
	/// Held from each entrant, and lost by those who submit nothing, in ROME.
	#[arg(long, value_name = "ROME", default_value = "1")]
	pub entry_stake: String,
	/// Somebody who may enter; once for each. Without it, everyone may.
	#[arg(long, value_name = "ACCOUNT")]
	pub entrant: Vec<String>,
}

/// The kinds of proposals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum KindName {
	/// A text that the council agrees to.
	Signal,
	/// A grant with milestones.
	Grant,
	/// A bounty.
	Bounty,
	/// A payment at once.
	Spend,
	/// Approval of a suggested schema.
	ApproveSchema,
	/// Activation of an approved schema.
	ActivateSchema,
	/// A call with the council's authority.
	Dispatch,
	/// A call with root's authority.
	RootDispatch,
}

/// How proposals stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum StateName {
	/// Those that are voted on, or wait out their grace.
	Open,
	/// Those that are voted on.
	Active,
	/// Those that have passed and wait out their grace.
	Approved,
	/// Those that were carried out.
	Executed,
	/// Those that have passed and could not be carried out.
	Failed,
	/// Those that have not passed, were taken back or vetoed.
	Ended,
}

/// What a member of the council says to a proposal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum VoteName {
	/// For it.
	Approve,
	/// Against it.
	Reject,
	/// Present, and on no side.
	Abstain,
	/// Against it, and its stake is to be lost.
	Slash,
}

#[derive(Subcommand, Debug)]
pub(crate) enum ProposalCommand {
	/// Lists proposals, the newest first: votes, and how much time is left.
	List {
		/// Only those that stand so.
		#[arg(long)]
		state: Option<StateName>,
		/// Only this kind.
		#[arg(long)]
		kind: Option<KindName>,
		/// At most this many.
		#[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
		limit: u32,
	},
	/// Shows a proposal: what it does, the votes and their reasons, and what it takes to pass.
	Show {
		/// The proposal's number.
		id: u32,
	},
	/// Submits a proposal, for a stake that comes back unless the council slashes it.
	#[command(subcommand)]
	Submit(Box<SubmitCommand>),
	/// Council: votes on a proposal, instead of what was voted before. Each --suri votes.
	Vote {
		/// The proposal's number.
		id: u32,
		/// The vote.
		vote: VoteName,
		/// Why, for everyone to read.
		#[arg(long, value_name = "TEXT")]
		reason: String,
	},
	/// Council: takes a vote back.
	Unvote {
		/// The proposal's number.
		id: u32,
	},
	/// Takes an own proposal back while it is voted on; its stake comes back.
	Cancel {
		/// The proposal's number.
		id: u32,
	},
	/// Ends a proposal that is voted on or waits out its grace. By sudo, unless --council is given.
	Veto {
		/// The proposal's number.
		id: u32,
		/// By a motion of two thirds of the council: an emergency.
		#[arg(long)]
		council: bool,
	},
	/// Does what is due: decides, carries out, or tries again. Anyone can; the chain does it by itself when a
	/// block has room.
	Execute {
		/// The proposal's number.
		id: u32,
	},
	/// Tells what each kind of proposal costs and needs.
	Kinds,
	/// The discussion of a proposal.
	Thread {
		/// The proposal's number.
		id: u32,
		#[command(subcommand)]
		command: ThreadCommand,
	},
}

#[derive(Subcommand, Debug)]
pub(crate) enum SubmitCommand {
	/// A text that the council agrees to.
	Signal {
		#[command(flatten)]
		text: TextArgs,
	},
	/// A grant with milestones.
	Grant {
		#[command(flatten)]
		text: TextArgs,
		#[command(flatten)]
		grant: GrantArgs,
	},
	/// A bounty.
	Bounty {
		#[command(flatten)]
		text: TextArgs,
		#[command(flatten)]
		bounty: Box<BountyArgs>,
	},
	/// A payment at once.
	Spend {
		#[command(flatten)]
		text: TextArgs,
		/// Who is paid.
		#[arg(long, value_name = "ACCOUNT")]
		to: String,
		/// How much, in ROME.
		#[arg(long, value_name = "ROME")]
		amount: String,
	},
	/// Approval of a suggested schema. Members of the council vote at once with `rome schema approve`.
	ApproveSchema {
		/// The suggestion's number.
		suggestion: u32,
		#[command(flatten)]
		text: TextArgs,
	},
	/// Activation of an approved schema. Members of the council vote at once with `rome schema activate`.
	ActivateSchema {
		/// The suggestion's number.
		suggestion: u32,
		#[command(flatten)]
		text: TextArgs,
	},
	/// A call, with the council's authority or root's. It is noted as a preimage with it, at no deposit.
	Dispatch {
		#[command(flatten)]
		text: TextArgs,
		/// The encoded call, as polkadot.js shows it: 0x...
		#[arg(long, value_name = "0x...", required_unless_present_any = ["call_file", "hash"])]
		call: Option<String>,
		/// A file with the encoded call's bytes.
		#[arg(long, value_name = "FILE", conflicts_with = "call")]
		call_file: Option<PathBuf>,
		/// The hash of a call that is noted already.
		#[arg(long, value_name = "HASH", requires = "len", conflicts_with_all = ["call", "call_file"])]
		hash: Option<String>,
		/// That call's length, in bytes.
		#[arg(long, value_name = "BYTES", requires = "hash")]
		len: Option<u32>,
		/// With root's authority: every member has to approve, and the grace is the longest.
		#[arg(long)]
		root: bool,
	},
}

/// Who may post.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct ModeArgs {
	/// Only the proposer, the council, and those allowed.
	#[arg(long)]
	pub closed: bool,
	/// Somebody who may post in a closed thread; once for each.
	#[arg(long, value_name = "ACCOUNT", requires = "closed")]
	pub allow: Vec<String>,
}

/// What a post says.
#[derive(Args, Debug, Clone)]
pub(crate) struct BodyArgs {
	/// What it says.
	#[arg(required_unless_present = "file", conflicts_with = "file")]
	pub text: Option<String>,
	/// A file with what it says; `-` reads it from standard input.
	#[arg(long, value_name = "FILE")]
	pub file: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum ThreadCommand {
	/// Opens it: the proposer may, and members of the council.
	Open {
		#[command(flatten)]
		mode: ModeArgs,
	},
	/// Lists the posts.
	List,
	/// Posts, for a deposit by size.
	Post {
		#[command(flatten)]
		body: BodyArgs,
	},
	/// Replaces what an own post says. The hash of what it said before stays.
	Edit {
		/// The post's number.
		post: u32,
		#[command(flatten)]
		body: BodyArgs,
	},
	/// Deletes an own post; a trace stays as long as the proposal.
	Delete {
		/// The post's number.
		post: u32,
	},
	/// Says who may post: everyone, unless --closed is given.
	Mode {
		#[command(flatten)]
		mode: ModeArgs,
	},
}

#[derive(Subcommand, Debug)]
pub(crate) enum GrantCommand {
	/// Lists the grants.
	List,
	/// Shows a grant and its milestones.
	Show {
		/// The grant's number.
		id: u32,
	},
	/// Proposes a grant: the council votes on it.
	Propose {
		#[command(flatten)]
		text: TextArgs,
		#[command(flatten)]
		grant: GrantArgs,
	},
	/// Council: puts a grant on record that was agreed elsewhere. With a majority's signatures it takes
	/// effect; each further --suri countersigns at once.
	Record {
		/// What it is called.
		#[arg(long)]
		title: Option<String>,
		#[command(flatten)]
		grant: GrantArgs,
		/// Where the decision is read.
		#[arg(long, value_name = "URL")]
		link: String,
		/// The hash of what is read there (BLAKE2b-256 or another of 32 bytes).
		#[arg(
			long,
			value_name = "HASH",
			required_unless_present = "hash_of",
			conflicts_with = "hash_of"
		)]
		hash: Option<String>,
		/// A copy of what is read there, to hash with BLAKE2b-256.
		#[arg(long, value_name = "FILE")]
		hash_of: Option<PathBuf>,
	},
	/// Council: signs a grant on record. Each --suri signs.
	Countersign {
		/// The grant's number.
		id: u32,
	},
	/// Council: releases a milestone, which is paid with a majority's signatures. Each --suri signs.
	Release {
		/// The grant's number.
		id: u32,
		/// The milestone's number, from 0.
		milestone: u32,
	},
	/// Has a milestone paid that is released, or whose benchmark is met. Anyone can.
	Claim {
		/// The grant's number.
		id: u32,
		/// The milestone's number, from 0.
		milestone: u32,
	},
	/// Stops what has not been paid of a grant, or takes it off the record. By sudo, unless --council is
	/// given.
	Stop {
		/// The grant's number.
		id: u32,
		/// By a motion of the council's majority: an emergency.
		#[arg(long)]
		council: bool,
	},
	/// Tells how many grants were approved, off chain and by vote, and what was paid.
	Report,
}

#[derive(Subcommand, Debug)]
pub(crate) enum BountyCommand {
	/// Lists the bounties.
	List,
	/// Shows a bounty, its entries and its prizes.
	Show {
		/// The bounty's number.
		id: u32,
	},
	/// Proposes a bounty: the council votes on it.
	Propose {
		#[command(flatten)]
		text: TextArgs,
		#[command(flatten)]
		bounty: Box<BountyArgs>,
	},
	/// Gives to a bounty; comes back if it fails.
	Fund {
		/// The bounty's number.
		id: u32,
		/// How much, in ROME.
		amount: String,
	},
	/// Gives a contributor back what is due from a bounty that has ended. Anyone can.
	Withdraw {
		/// The bounty's number.
		id: u32,
		/// Who; without it, the account that signs.
		#[arg(long, value_name = "ACCOUNT")]
		contributor: Option<String>,
	},
	/// Enters a bounty; its entry stake is held.
	Enter {
		/// The bounty's number.
		id: u32,
	},
	/// Ends an entry: the entrant's while the bounty is open, anyone's once it has ended.
	WithdrawEntry {
		/// The bounty's number.
		id: u32,
		/// Whose; without it, that of the account that signs.
		#[arg(long, value_name = "ACCOUNT")]
		entrant: Option<String>,
	},
	/// Submits work, or says where it is, instead of what was submitted before.
	Submit {
		/// The bounty's number.
		id: u32,
		#[command(flatten)]
		body: BodyArgs,
	},
	/// Accepts to judge a bounty; the judge's stake is held.
	Accept {
		/// The bounty's number.
		id: u32,
	},
	/// Judges a bounty: its judge, or each --suri of the council where that judges.
	Judge {
		/// The bounty's number.
		id: u32,
		/// A winner with a share: //Eve=60%; once for each.
		#[arg(long, value_name = "ACCOUNT=SHARE", required_unless_present = "none")]
		winner: Vec<String>,
		/// Nobody wins: everyone gets back what they gave.
		#[arg(long, conflicts_with = "winner")]
		none: bool,
	},
	/// Pays a winner's prize, or the judge's fee. Anyone can.
	Claim {
		/// The bounty's number.
		id: u32,
		/// Who is paid; without it, the account that signs.
		#[arg(long, value_name = "ACCOUNT")]
		account: Option<String>,
	},
}

#[derive(Subcommand, Debug)]
pub(crate) enum FundCommand {
	/// Gives to the fund.
	TopUp {
		/// How much, in ROME.
		amount: String,
	},
}
