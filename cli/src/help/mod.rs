//! The `rome help` commands: the network's help desk.
//!
//! A question is an entry of the class `helpRequest`, which anyone may create; an answer is an entry of
//! `helpAnswer` that refers to it, in which nobody but the members of the help desk's curator group create.
//! So no one else can answer in the desk's name, and a helper needs no right over the asker's entry.

mod answer;
mod args;
mod ask;
mod desk;
mod list;
mod show;
mod texts;
mod usage;

pub(crate) use args::HelpCommand;

use crate::{args::Global, failure::Failure, output::Output};

/// Runs a command; without one, says how `rome` is used.
pub(crate) async fn run(
	command: Option<HelpCommand>,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	match command {
		None => usage::usage(&[]),
		Some(HelpCommand::Usage(words)) => usage::usage(&words),
		Some(HelpCommand::Ask { text, subject, language, about, contact }) => {
			let text = texts::read(&text)?;
			let question = ask::Question {
				subject: subject.as_deref(),
				text: &text,
				language: language.as_deref(),
				about: about.as_deref(),
				contact: contact.as_deref(),
			};
			ask::ask(&question, global, output).await
		},
		Some(HelpCommand::List(args)) => list::list(&args, global, output).await,
		Some(HelpCommand::Show { id }) => show::show(&id, global, output).await,
		Some(HelpCommand::Answer { id, text }) => {
			answer::answer(&id, &texts::read(&text)?, global, output).await
		},
	}
}
