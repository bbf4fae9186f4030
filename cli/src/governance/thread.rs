//! `rome proposal thread`: the discussion of a proposal.

use super::{
	args::{BodyArgs, ModeArgs, ThreadCommand},
	decisions::need_proposal,
	show::mode_json,
	submit::account_list,
	text::{read_text, within, written, Clock},
};
use crate::{
	accounts,
	args::Global,
	failure::Failure,
	output::{amount, Output},
};
use rome_client::{governance::PostInfo, AccountId, Call, Chain};
use rome_primitives::governance::{limits::MAX_TEXT_BYTES, PostId, ProposalId, ThreadMode};
use serde_json::{json, Value as Json};

/// Runs a command on the discussion of a proposal.
pub(super) async fn thread(
	proposal: ProposalId,
	command: ThreadCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	use ThreadCommand as Command;
	let call = match &command {
		Command::List => return list(proposal, global, output).await,
		Command::Open { mode } => Call::open_thread(proposal, &mode_of(mode)?),
		Command::Mode { mode } => Call::set_thread_mode(proposal, &mode_of(mode)?),
		Command::Post { body } => Call::post(proposal, &body_of(body)?),
		Command::Edit { post, body } => Call::edit_post(proposal, *post, &body_of(body)?),
		Command::Delete { post } => Call::delete_post(proposal, *post),
	};
	let account = accounts::one(global)?;
	let chain = Chain::connect(&global.url, output.json).await?;
	let sent = chain.send(&call, &account, global.wait).await?;
	let mut value = json!({ "proposal": proposal });
	let told = match command {
		Command::Post { .. } => {
			let (_, post): (ProposalId, PostId) = sent.event_of("Proposals", "Posted")?;
			value["post"] = json!(post);
			format!("post {post} on proposal {proposal} is in block {}", sent.number)
		},
		Command::Edit { post, .. } => {
			value["post"] = json!(post);
			format!("post {post} on proposal {proposal} is changed")
		},
		Command::Delete { post } => {
			value["post"] = json!(post);
			format!("post {post} on proposal {proposal} is deleted")
		},
		Command::Open { mode } => {
			value["mode"] = mode_json(&mode_of(&mode)?);
			format!("the discussion of proposal {proposal} is open")
		},
		Command::Mode { mode } => {
			value["mode"] = mode_json(&mode_of(&mode)?);
			format!("who may post on proposal {proposal} is changed")
		},
		Command::List => return Ok(()),
	};
	output.result(value, || told);
	Ok(())
}

fn mode_of(args: &ModeArgs) -> Result<ThreadMode<AccountId>, Failure> {
	Ok(if args.closed { ThreadMode::Closed(account_list(&args.allow)?) } else { ThreadMode::Open })
}

/// What a post, or a piece of work, says.
pub(super) fn body_of(args: &BodyArgs) -> Result<String, Failure> {
	let text = match (&args.text, &args.file) {
		(Some(text), _) => text.clone(),
		(None, Some(path)) => read_text(path)?,
		(None, None) => String::new(),
	};
	let body = within(&text, MAX_TEXT_BYTES, "a text")?;
	if body.is_empty() {
		return Err(Failure::usage("the text is empty"));
	}
	Ok(body.to_string())
}

fn post_json(info: &PostInfo) -> Json {
	let post = &info.post;
	json!({
		"id": info.id,
		"author": post.author.to_string(),
		"body": post.body.as_ref().map(|body| written(body)),
		"posted": post.posted,
		"revisions": post.revisions,
		"history": format!("0x{}", hex::encode(post.history)),
		"deposit": post.deposit.to_string(),
	})
}

fn post_text(info: &PostInfo, clock: &Clock) -> String {
	let post = &info.post;
	let changed = match (post.revisions, post.body.is_some()) {
		(0, _) | (_, false) => "",
		_ => ", edited",
	};
	let body = match &post.body {
		Some(body) => written(body),
		None => "(deleted)".into(),
	};
	let at = clock.at(post.posted);
	let held = amount(post.deposit);
	format!("{}: {}, {at}{changed}; {held} held\n{body}", info.id, post.author)
}

async fn list(proposal: ProposalId, global: &Global, output: Output) -> Result<(), Failure> {
	let chain = Chain::connect(&global.url, output.json).await?;
	let posts = chain.governance().posts(proposal).await?;
	if posts.is_empty() && need_proposal(&chain, proposal).await?.thread.is_none() {
		return Err(Failure::new(format!("proposal {proposal} has no discussion yet")).hint(
			format!(
			"its proposer or a member of the council opens it: rome proposal thread {proposal} open"
		),
		));
	}
	let clock = Clock::read(&chain).await?;
	let list: Vec<_> = posts.iter().map(post_json).collect();
	output.result(json!(list), || {
		if posts.is_empty() {
			return "nobody has posted yet".into();
		}
		let posts: Vec<_> = posts.iter().map(|info| post_text(info, &clock)).collect();
		posts.join("\n\n")
	});
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use rome_primitives::governance::Post;

	#[test]
	fn posts_tell_what_became_of_them() {
		let clock = Clock { now: 10, millis: 6_000 };
		let mut info = PostInfo {
			id: 2,
			post: Post {
				author: AccountId::from([1; 32]),
				body: Some(b"Why\x1b[2J?".to_vec().try_into().unwrap()),
				posted: 8,
				revisions: 0,
				history: [0; 32],
				deposit: 1_000_000_000_000,
			},
		};
		let text = post_text(&info, &clock);
		assert!(text.contains("at block 8: 2 blocks (12 s) ago; 1 ROME held\nWhy[2J?"), "{text}");
		info.post.revisions = 1;
		assert!(post_text(&info, &clock).contains("edited"));
		info.post.body = None;
		let text = post_text(&info, &clock);
		assert!(text.contains("(deleted)") && !text.contains("edited"), "{text}");
		assert_eq!(post_json(&info)["body"], Json::Null);
	}

	#[test]
	fn modes_and_bodies() {
		let closed = ModeArgs { closed: true, allow: vec!["//Eve".into()] };
		assert!(matches!(mode_of(&closed).unwrap(), ThreadMode::Closed(list) if list.len() == 1));
		assert_eq!(mode_of(&ModeArgs::default()).unwrap(), ThreadMode::Open);
		let body = |text: &str| body_of(&BodyArgs { text: Some(text.into()), file: None });
		assert_eq!(body(" Hello\n").unwrap(), "Hello");
		assert!(body(" ").is_err() && body(&"x".repeat(4_097)).is_err());
	}
}
