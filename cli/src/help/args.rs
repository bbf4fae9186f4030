//! The grammar of `rome help`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub(crate) enum HelpCommand {
	/// Asks a question. Everyone can read it; it costs a deposit, which comes back when it is removed.
	Ask {
		#[command(flatten)]
		text: TextArgs,
		/// What it is about, in a line; without it, the question's first line.
		#[arg(long, value_name = "LINE")]
		subject: Option<String>,
		/// The language that it is in, and the answer is wanted in: a BCP 47 tag such as en or pt-BR.
		#[arg(long, value_name = "TAG")]
		language: Option<String>,
		/// An entry that it is about, for example 3-17.
		#[arg(long, value_name = "ID")]
		about: Option<String>,
		/// Where else you can be reached. Everyone can read it, and it stays in the chain's past.
		#[arg(long, value_name = "TEXT")]
		contact: Option<String>,
	},
	/// Lists questions, the newest first.
	List(ListArgs),
	/// Shows a question and its answers.
	Show {
		/// The question's id, for example 8-3, or its number alone.
		id: String,
	},
	/// Helpers: answers a question.
	Answer {
		/// The question's id, for example 8-3, or its number alone.
		id: String,
		#[command(flatten)]
		text: TextArgs,
	},
	/// What to do with a command, as `rome help schema list` asks.
	#[command(external_subcommand)]
	Usage(Vec<String>),
}

/// A text, from the command line, a file or standard input.
#[derive(Args, Debug, Clone)]
pub(crate) struct TextArgs {
	/// The text; `-` reads it from standard input.
	#[arg(required_unless_present = "file")]
	pub text: Option<String>,
	/// A file that holds the text.
	#[arg(long, value_name = "FILE", conflicts_with = "text")]
	pub file: Option<PathBuf>,
}

/// Which questions are listed.
#[derive(Args, Debug, Clone)]
pub(crate) struct ListArgs {
	/// Only those without an answer.
	#[arg(long, conflicts_with = "answered")]
	pub open: bool,
	/// Only those with an answer.
	#[arg(long)]
	pub answered: bool,
	/// Only those of the account that --suri or --keystore names.
	#[arg(long)]
	pub mine: bool,
	/// Only those in this language.
	#[arg(long, value_name = "TAG")]
	pub language: Option<String>,
	/// At most this many.
	#[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
	pub limit: u32,
	/// Those before this one.
	#[arg(long, value_name = "ID")]
	pub after: Option<String>,
}
