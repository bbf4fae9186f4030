//! How `rome` and its commands are used: what `help` does where there is no help desk.

use crate::{
	args::Cli,
	failure::{did_you_mean, Failure},
	output::print_line,
};
use clap::CommandFactory;

/// Prints how the command that `words` name is used; without words, `rome` itself.
pub(super) fn usage(words: &[String]) -> Result<(), Failure> {
	print_line(&usage_of(words)?);
	Ok(())
}

fn usage_of(words: &[String]) -> Result<String, Failure> {
	let mut root = Cli::command();
	root.build();
	let mut command = &root;
	for (at, word) in words.iter().enumerate() {
		command = command.find_subcommand(word).ok_or_else(|| {
			let known = command.get_subcommands().map(|known| known.get_name());
			let meant = did_you_mean(word, known);
			let before = words.get(..at).unwrap_or_default();
			let asked: Vec<_> = before.iter().chain([word]).map(String::as_str).collect();
			let asked = asked.join(" ");
			Failure::usage(format!("there is no command `rome {asked}`{meant}")).hint(
				"`rome help` lists the commands; a question goes to the network's helpers with: rome help \
				 ask \"...\"",
			)
		})?;
	}
	Ok(command.clone().render_long_help().to_string())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn of(words: &[&str]) -> Result<String, Failure> {
		usage_of(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
	}

	#[test]
	fn every_command_says_how_it_is_used() {
		let root = of(&[]).unwrap();
		for command in ["schema", "content", "curator", "help"] {
			assert!(root.contains(&format!("\n  {command} ")), "{root}");
		}
		let list = of(&["schema", "list"]).unwrap();
		assert!(list.contains("Usage: rome schema list") && list.contains("--category"), "{list}");
		let ask = of(&["help", "ask"]).unwrap();
		assert!(ask.contains("Usage: rome help ask") && ask.contains("--subject"), "{ask}");
	}

	#[test]
	fn unknown_commands_are_named() {
		let error = of(&["content", "shw"]).unwrap_err();
		assert_eq!(
			error.to_string(),
			"there is no command `rome content shw`; did you mean `show`?"
		);
		assert_eq!(error.exit_code(), 2);
	}
}
