//! `rome help show`.

use super::desk::{state, Answer, Desk, Request};
use crate::{
	args::Global,
	content::visibility_text,
	failure::Failure,
	output::{printable, Output},
};
use rome_client::Chain;
use serde_json::json;

/// Shows a question with its answers.
pub(super) async fn show(written: &str, global: &Global, output: Output) -> Result<(), Failure> {
	let chain = Chain::connect(&global.url, output.json).await?;
	let desk = Desk::find(&chain).await?;
	let request = desk.request(written).await?;
	let answers = desk.answers(request.id).await?;
	let mut value = request.json(answers.len());
	let said: Vec<_> = answers
		.iter()
		.map(|answer| {
			json!({
				"id": answer.id.to_string(),
				"owner": answer.owner.to_string(),
				"text": answer.text,
			})
		})
		.collect();
	value["answers"] = json!(said);
	output.result(value, || people(&request, &answers));
	Ok(())
}

fn people(request: &Request, answers: &[Answer]) -> String {
	let mut head = format!(
		"{} ({}) {}\nasked by {}",
		request.id,
		state(answers.len()),
		printable(&request.subject),
		request.owner
	);
	let more = [
		("in", &request.language),
		("about", &request.about),
		("to be reached at", &request.contact),
	];
	for (what, said) in more {
		if let Some(said) = said {
			head.push_str(&format!(", {what} {}", printable(said)));
		}
	}
	if let Some(state) = visibility_text(&request.visibility) {
		head.push_str(&format!("\n{}", printable(&state)));
	}
	let mut parts = vec![head, printable(&request.text)];
	for answer in answers {
		let said = format!("answer {} by {}", answer.id, answer.owner);
		parts.push(format!("{said}\n\n{}", printable(&answer.text)));
	}
	parts.join("\n\n")
}
