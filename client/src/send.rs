//! Sends single transactions and waits for them.

use crate::{
	chain::Birth, Account, Call, Chain, Error, Event, Included, Refusal, Result, Tracker,
	Transaction,
};
use std::time::Duration;
use tokio::time::{sleep, Instant};

/// How often we look for a new block.
pub const LOOK: Duration = Duration::from_millis(200);

/// How long a transaction may wait before we hand it to the node again, in case that one forgot it.
const FORGOTTEN: Duration = Duration::from_secs(30);

/// How long there may be no block, or no finality, before we give up.
const HOPELESS: Duration = Duration::from_secs(300);

/// A transaction that worked.
#[derive(Clone, Debug)]
pub struct Sent {
	/// The block's height.
	pub number: u64,
	/// What it did, in order.
	pub events: Vec<Event>,
}

impl Sent {
	/// The first event of that name in the content directory.
	pub fn event<T: codec::Decode>(&self, name: &str) -> Result<T> {
		self.event_of("ContentDirectory", name)
	}

	/// The first event of that name in a pallet.
	pub fn event_of<T: codec::Decode>(&self, pallet: &str, name: &str) -> Result<T> {
		let event = self.events.iter().find(|event| event.is(pallet, name));
		event.ok_or_else(|| Error::Missing(format!("event {name} where it was due")))?.first()
	}
}

impl Included {
	/// What the transaction did; an error if it failed.
	pub fn outcome(self, metadata: &subxt::metadata::ArcMetadata) -> Result<Sent> {
		let failed = self.events.iter().find(|event| event.is("System", "ExtrinsicFailed"));
		match failed {
			Some(event) => Err(Error::Dispatch(Refusal::decode(&event.fields, metadata))),
			None => Ok(Sent { number: self.number, events: self.events }),
		}
	}
}

impl Chain {
	/// Sends `call` and waits until it is in a block, or in a final one.
	pub async fn send(&self, call: &Call, account: &Account, wait: bool) -> Result<Sent> {
		let sent = self.send_all(&[(call.clone(), account.clone())], wait).await?.pop();
		sent.unwrap_or_else(|| Err(Error::Missing("outcome of the transaction".into())))
	}

	/// Sends one transaction for each of these calls, in order, and waits for all. Fails as a whole only where
	/// nothing is known of their outcomes.
	pub async fn send_all(
		&self,
		calls: &[(Call, Account)],
		wait: bool,
	) -> Result<Vec<Result<Sent>>> {
		let mut tracker = Tracker::start(self).await?;
		let mut transactions = Vec::new();
		{
			// One after the other, or two transactions of an account would take the same nonce.
			let _turn = self.submitting.lock().await;
			let mut birth = self.birth().await?;
			for (call, account) in calls {
				let sent = self.submit_signed(call, account, &mut birth).await?;
				tracker.want(sent.0.hash);
				transactions.push(sent);
			}
		}
		self.wait_for_all(transactions, tracker, wait).await
	}

	/// Signs `call` and hands it in; says why it was refused, if it was.
	async fn submit_signed(
		&self,
		call: &Call,
		account: &Account,
		birth: &mut Birth,
	) -> Result<(Transaction, Option<Error>)> {
		/// How often a transaction is signed anew.
		const ATTEMPTS: usize = 3;
		let mut attempt = 1;
		loop {
			let nonce = self.rpc.next_nonce(&account.id().to_string()).await?;
			let signed = self.sign(call, account, nonce, *birth).await?;
			let error = match self.rpc.submit(&signed.bytes).await {
				Ok(_) => return Ok((signed, None)),
				Err(error) if error.is_already_known() => return Ok((signed, None)),
				Err(error @ Error::Refused { .. }) => error,
				Err(error) => return Err(error),
			};
			// The runtime was upgraded, or somebody else used the nonce meanwhile.
			if error.needs_new_signature() {
				self.fetch_runtime().await?;
				*birth = self.birth().await?;
			} else if !error.is_stale() {
				return Ok((signed, Some(error)));
			}
			if attempt == ATTEMPTS {
				return Ok((signed, Some(error)));
			}
			attempt += 1;
		}
	}

	pub(crate) async fn wait_for_all(
		&self,
		mut transactions: Vec<(Transaction, Option<Error>)>,
		mut tracker: Tracker,
		wait: bool,
	) -> Result<Vec<Result<Sent>>> {
		let start = Instant::now();
		let mut last_try = start;
		let mut last_block = start;
		loop {
			if tracker.advance(self).await? {
				last_block = Instant::now();
			}
			if last_block.elapsed() > HOPELESS {
				return Err(Error::Stuck(HOPELESS.as_secs() / 60));
			}
			let dead = |signed: &Transaction| tracker.best() > signed.dies_at;
			let open = transactions.iter().any(|(signed, refused)| {
				refused.is_none() && tracker.included(&signed.hash).is_none() && !dead(signed)
			});
			let last = transactions
				.iter()
				.filter_map(|(signed, _)| tracker.included(&signed.hash))
				.map(|included| included.number)
				.max();
			let done = match last {
				Some(number) if wait => tracker.is_final(self, number).await?,
				_ => true,
			};
			if !open && done {
				break;
			}
			if !open && start.elapsed() > HOPELESS {
				return Err(Error::NotFinal(HOPELESS.as_secs() / 60));
			}
			if last_try.elapsed() > FORGOTTEN {
				last_try = Instant::now();
				for (signed, refused) in &mut transactions {
					if refused.is_none() && tracker.included(&signed.hash).is_none() {
						match self.rpc.submit(&signed.bytes).await {
							Err(error @ Error::Refused { .. }) if error.needs_new_signature() => {
								*refused = Some(error);
							},
							_ => {},
						}
					}
				}
			}
			sleep(LOOK).await;
		}
		let runtime = self.runtime().await?;
		let outcomes = transactions.into_iter().map(|(signed, refused)| {
			match (tracker.included(&signed.hash), refused) {
				(Some(included), _) => included.clone().outcome(&runtime),
				(None, Some(error)) => Err(error),
				(None, None) => Err(Error::Expired(signed.hash)),
			}
		});
		Ok(outcomes.collect())
	}
}
