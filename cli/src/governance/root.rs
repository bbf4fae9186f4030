//! What root does, by the chain's sudo account.

use crate::{accounts, args::Global, failure::Failure};
use rome_client::{decode_result, Call, Chain, Event};
use subxt::{metadata::ArcMetadata, utils::AccountId32};

/// Has root carry out `calls`, all or none, signed with the chain's sudo account.
pub(crate) async fn sudo(chain: &Chain, calls: &[Call], global: &Global) -> Result<(), Failure> {
	let account = accounts::one(global)?;
	let key: Option<AccountId32> = chain.value("Sudo", "Key").await?;
	if key != Some(account.id()) {
		let key = key.map_or_else(|| "there is none".into(), |key| format!("it is {key}"));
		return Err(Failure::new("the account that signs is not the chain's sudo account")
			.hint(format!("{key}; the council can do this as well: add --council")));
	}
	let runtime = chain.runtime().await?;
	let call = match calls {
		[call] => call.clone(),
		calls => Call::batch_all(calls, &runtime)?,
	};
	let sent = chain.send(&Call::sudo(&call, &runtime)?, &account, global.wait).await?;
	check_results(&sent.events, &runtime)
}

/// Fails if what a motion or sudo carried out did not work.
pub(super) fn check_results(events: &[Event], metadata: &ArcMetadata) -> Result<(), Failure> {
	for event in events {
		let result = if event.is("Council", "Executed") || event.is("Council", "MemberExecuted") {
			event.fields.get(32..)
		} else if event.is("Sudo", "Sudid") {
			Some(event.fields.as_slice())
		} else {
			None
		};
		if let Some(Err(refusal)) = result.map(|bytes| decode_result(bytes, metadata)) {
			return Err(rome_client::Error::Dispatch(refusal).into());
		}
	}
	Ok(())
}
