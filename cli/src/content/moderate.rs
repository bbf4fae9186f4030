//! What curators decide about entries, and how it is shown.

use super::show::Reader;
use crate::{
	accounts,
	args::{Global, ModerationArgs},
	failure::Failure,
	output::Output,
	schema::lookup::text,
};
use rome_client::{Call, Chain};
use rome_primitives::content::{Description, Moderation, Visibility};
use serde_json::json;

/// Shows, hides or freezes an entry.
pub(crate) async fn moderate(
	args: &ModerationArgs,
	action: Moderation,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let reason = args.reason.trim();
	if reason.is_empty() {
		return Err(
			Failure::usage("what curators decide needs a reason").hint("give --reason TEXT")
		);
	}
	let too_long = |_| {
		Failure::usage(format!("a reason has at most 256 bytes; this one has {}", reason.len()))
	};
	let reason: Description = reason.as_bytes().to_vec().try_into().map_err(too_long)?;
	let account = accounts::one(global)?;
	let chain = Chain::connect(&global.url, output.json).await?;
	let reader = Reader::new(&chain).await?;
	let info = reader.need(&args.id).await?;
	let call = Call::set_visibility(info.id, args.group, action, &reason);
	chain.send(&call, &account, global.wait).await?;
	let state = match action {
		Moderation::Show => "visible",
		Moderation::Hide => "hidden",
		Moderation::Freeze => "frozen",
	};
	let value = json!({ "id": info.id.to_string(), "visibility": state });
	output.result(value, || format!("{} is {state}", info.id));
	Ok(())
}

/// How far an entry is seen and changed, with the reason; nothing if it is as usual.
pub(crate) fn visibility_text(visibility: &Visibility) -> Option<String> {
	match visibility {
		Visibility::Visible => None,
		Visibility::Hidden { group, reason } => {
			Some(format!("hidden by curator group {group}: {}", text(reason)))
		},
		Visibility::Frozen { group, reason } => {
			Some(format!("frozen by curator group {group}: {}", text(reason)))
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn says_who_decided_it_and_why() {
		let reason: Description = b"Stolen.".to_vec().try_into().unwrap();
		assert_eq!(visibility_text(&Visibility::Visible), None);
		let hidden = Visibility::Hidden { group: 3, reason: reason.clone() };
		let frozen = Visibility::Frozen { group: 0, reason };
		assert_eq!(visibility_text(&hidden).as_deref(), Some("hidden by curator group 3: Stolen."));
		assert_eq!(visibility_text(&frozen).as_deref(), Some("frozen by curator group 0: Stolen."));
	}
}
