//! What several members of the council sign with one command.

use crate::{args::Global, failure::Failure, output::Output};
use rome_client::{Account, Call, Chain, Error};

/// Has each account send `call`. That one of them came too late, for the others have settled it already, is no
/// failure: the chain tells that by one of the errors in `settled`. Gives how many did it.
pub(super) async fn each_signs(
	chain: &Chain,
	call: &Call,
	accounts: &[Account],
	settled: &[&str],
	global: &Global,
	output: Output,
) -> Result<usize, Failure> {
	let calls: Vec<_> = accounts.iter().map(|account| (call.clone(), account.clone())).collect();
	let mut done = 0;
	let mut late = Vec::new();
	for (outcome, account) in chain.send_all(&calls, global.wait).await?.into_iter().zip(accounts) {
		match outcome {
			Ok(_) => done += 1,
			Err(Error::Dispatch(refusal)) if settled.contains(&refusal.name.as_str()) => {
				late.push((account.id(), refusal));
			},
			Err(error) => return Err(error.into()),
		}
	}
	match late.first() {
		Some((_, refusal)) if done == 0 => Err(Error::Dispatch(refusal.clone()).into()),
		_ => {
			for (account, refusal) in &late {
				output.note(&format!("{account} was not needed: {}", refusal.sentence));
			}
			Ok(done)
		},
	}
}
