//! `rome pin`: accounts' claims on objects.

use super::{
	args::{PinCommand, TermArgs},
	progress::Bytes,
	text::{hash_of, key_text, object_json, parse_hash, size},
	upload::Mission,
};
use crate::{
	accounts::{self, parse_account},
	args::Global,
	failure::Failure,
	output::{amount, parse_amount, table, Output},
};
use rome_client::{
	calls::PinRequest,
	storage::{PinInfo, QuoteInfo},
	upload::hash_file,
	Account, AccountId, Balance, Call, Chain,
};
use rome_primitives::storage::{limits::MAX_BATCH, ObjectKey, ObjectState};
use serde_json::{json, Value as Json};
use std::{path::Path, sync::Arc};
use tokio::task::spawn_blocking;

/// The most that somebody is ready to pay, and to have held.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Limits {
	fee: Option<Balance>,
	deposit: Option<Balance>,
}

/// The limits that the command line gives.
pub(super) fn limits(args: &TermArgs) -> Result<Limits, Failure> {
	let read = |text: &Option<String>| text.as_deref().map(parse_amount).transpose();
	Ok(Limits {
		fee: read(&args.max_fee).map_err(Failure::usage)?,
		deposit: read(&args.max_deposit).map_err(Failure::usage)?,
	})
}

/// The hash and size of a file, read once, with a bar.
pub(super) async fn hash_with_bar(path: &Path, output: Output) -> Result<ObjectKey, Failure> {
	let failed = |why: String| Failure::new(format!("cannot read {}: {why}", path.display()));
	let bytes = std::fs::metadata(path).map_err(|error| failed(error.to_string()))?.len();
	let bar = Arc::new(Bytes::new(bytes, "reading", output));
	let hashed = spawn_blocking({
		let (path, bar) = (path.to_path_buf(), bar.clone());
		move || hash_file(&path, |bytes| bar.add(bytes))
	});
	let key = hashed.await.map_err(|error| failed(error.to_string()))?;
	bar.end();
	key.map_err(|error| failed(error.to_string()))
}

/// A quote for programs.
pub(super) fn quote_json(quote: &QuoteInfo, size: u64, eras: u32) -> Json {
	json!({
		"size": size,
		"eras": eras,
		"fee": quote.fee.to_string(),
		"deposit": quote.deposit.to_string(),
		"tranche": quote.tranche,
		"era": quote.era,
	})
}

/// A quote for people.
pub(super) fn quote_text(quote: &QuoteInfo, eras: u32) -> String {
	// The rest of the era that runs comes on top.
	let until = u64::from(quote.era) + 1 + u64::from(eras);
	let fee = amount(quote.fee);
	let deposit = amount(quote.deposit);
	format!(
		"costs {fee} for {eras} eras (until era {until}); {deposit} are held until the pin goes"
	)
}

/// Pins an object for `account`, if that has not been done before.
pub(super) async fn pin_object(
	chain: &Chain,
	account: &Account,
	key: &ObjectKey,
	term: &TermArgs,
	uploader: Option<AccountId>,
	limits: &Limits,
	output: Output,
) -> Result<(), Failure> {
	let storage = chain.storage();
	if let Some(pin) = storage.pin(&account.id(), &key.hash).await? {
		return fits(&pin, key);
	}
	let quote = storage.quote(key.size, term.eras).await?;
	let known = storage.object(key).await?;
	let text = quote_text(&quote, term.eras);
	if known.is_none() && quote.tranche.is_none() && term.tranche.is_none() {
		return Err(Failure::new(format!("no tranche takes an object of {}", size(key.size)))
			.hint("`rome tranche list` shows how much room there is; try again later"));
	}
	check_limits(&quote, limits)?;
	let (_, free) = chain.account(&account.id()).await?;
	if free < quote.fee.saturating_add(quote.deposit) {
		return Err(Failure::new(format!("it {text}, and the account has {}", amount(free)))
			.hint("send ROME to it, choose fewer --eras, or sign with another account"));
	}
	output.note(&format!("{}: {text}", key_text(key)));
	let request = PinRequest { key: *key, tranche: term.tranche, eras: term.eras, uploader };
	let fee = limits.fee.unwrap_or(quote.fee);
	let deposit = limits.deposit.unwrap_or(quote.deposit);
	chain.send(&Call::pin(&[request], fee, deposit), account, false).await?;
	Ok(())
}

fn check_limits(quote: &QuoteInfo, limits: &Limits) -> Result<(), Failure> {
	if let Some(most) = limits.fee.filter(|most| *most < quote.fee) {
		return Err(Failure::new(format!(
			"the fee is {}, more than {}",
			amount(quote.fee),
			amount(most)
		))
		.hint("raise --max-fee, or choose fewer --eras"));
	}
	if let Some(most) = limits.deposit.filter(|most| *most < quote.deposit) {
		return Err(Failure::new(format!(
			"the deposit is {}, more than {}",
			amount(quote.deposit),
			amount(most)
		))
		.hint("raise --max-deposit"));
	}
	Ok(())
}

/// Whether a pin that is there is one on this object.
fn fits(pin: &PinInfo, key: &ObjectKey) -> Result<(), Failure> {
	let hash = hex::encode(key.hash);
	if pin.key != *key {
		return Err(Failure::new(format!(
			"the account has pinned that hash with a size of {} bytes, and it has {}",
			pin.key.size, key.size
		))
		.hint(format!("give that pin up: rome pin remove {hash}")));
	}
	if pin.overdue {
		return Err(Failure::new("the account's pin on it has run out")
			.hint(format!("pay for more eras: rome pin renew {hash} --eras N")));
	}
	Ok(())
}

/// Runs a command.
pub(crate) async fn run(
	command: PinCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let online = Online { global, output };
	match command {
		PinCommand::Quote { file, size, eras } => online.quote(file.as_deref(), size, eras).await,
		PinCommand::Add { what, size, uploader, term } => {
			online.add(&what, size, uploader.as_deref(), &term).await
		},
		PinCommand::Upload { file } => online.upload(&file).await,
		PinCommand::List { account } => online.list(account.as_deref()).await,
		PinCommand::Renew { hash, eras, account, max_fee } => {
			online.renew(&hash, eras, account.as_deref(), max_fee.as_deref()).await
		},
		PinCommand::Remove { hashes } => online.remove(&hashes).await,
		PinCommand::Sweep { limit } => {
			let account = accounts::one(global)?;
			let chain = online.connect().await?;
			chain.send(&Call::sweep_pins(limit), &account, global.wait).await?;
			output.result(json!({ "status": "done" }), || {
				"pins whose time is over are removed".into()
			});
			Ok(())
		},
	}
}

struct Online<'a> {
	global: &'a Global,
	output: Output,
}

impl Online<'_> {
	async fn connect(&self) -> Result<Chain, Failure> {
		Ok(Chain::connect(&self.global.url, self.output.json).await?)
	}

	async fn quote(
		&self,
		file: Option<&Path>,
		bytes: Option<u64>,
		eras: u32,
	) -> Result<(), Failure> {
		let bytes = match (file, bytes) {
			(_, Some(bytes)) => bytes,
			(Some(path), None) => {
				let found = std::fs::metadata(path);
				found
					.map_err(|error| {
						Failure::usage(format!("cannot read {}: {error}", path.display()))
					})?
					.len()
			},
			(None, None) => return Err(Failure::usage("name a file, or give --size")),
		};
		let chain = self.connect().await?;
		let quote = chain.storage().quote(bytes, eras).await?;
		self.output.result(quote_json(&quote, bytes, eras), || {
			let place = match quote.tranche {
				Some(tranche) => format!("it would go to tranche {tranche}"),
				None => "no tranche takes a new object of that size now".into(),
			};
			format!("an object of {} {}\n{place}", size(bytes), quote_text(&quote, eras))
		});
		Ok(())
	}

	async fn add(
		&self,
		what: &str,
		bytes: Option<u64>,
		uploader: Option<&str>,
		term: &TermArgs,
	) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let limits = limits(term)?;
		let uploader = uploader.map(parse_account).transpose()?;
		let chain = self.connect().await?;
		let path = Path::new(what);
		let key = match (hash_of(what).filter(|_| !path.exists()), bytes) {
			(None, _) => hash_with_bar(path, self.output).await?,
			(Some(hash), Some(size)) => ObjectKey { hash, size },
			(Some(hash), None) => {
				let known = chain.storage().objects_of(&hash).await?;
				let stored = known.iter().find(|object| object.state == ObjectState::Stored);
				stored.map(|object| object.key).ok_or_else(|| {
					Failure::usage(
						"the network does not have that object, so its size is not known",
					)
					.hint("give its size in bytes with --size, or name the file")
				})?
			},
		};
		pin_object(&chain, &account, &key, term, uploader, &limits, self.output).await?;
		let object = chain.storage().object(&key).await?;
		let value = object.as_ref().map_or(Json::Null, object_json);
		self.output.result(value, || {
			let stored = object.is_some_and(|object| object.state == ObjectState::Stored);
			let next = if stored { "it is stored" } else { "upload it: rome pin upload FILE" };
			format!("{} is pinned; {next}", key_text(&key))
		});
		Ok(())
	}

	async fn upload(&self, file: &Path) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let key = hash_with_bar(file, self.output).await?;
		let chain = self.connect().await?;
		if !chain.storage().may_upload(&account.id(), &key).await? {
			return Err(Failure::new(format!(
				"the account that signs may not upload {}",
				key_text(&key)
			))
			.hint("pin it: `rome pin add FILE`, or have the pin's owner name this account with --uploader"));
		}
		let mission = Mission { chain: &chain, account: &account, file, key, output: self.output };
		let object = mission.store().await?;
		self.output.result(object_json(&object), || {
			let holders: Vec<_> = object.holders.iter().map(ToString::to_string).collect();
			format!("{} is stored by providers {}", key_text(&key), holders.join(", "))
		});
		Ok(())
	}

	async fn list(&self, account: Option<&str>) -> Result<(), Failure> {
		let account = match account {
			Some(text) => parse_account(text)?,
			None => accounts::one(self.global)?.id(),
		};
		let chain = self.connect().await?;
		let pins = chain.storage().all_pins(&account).await?;
		let list: Vec<_> = pins
			.iter()
			.map(|pin| {
				json!({
					"hash": hex::encode(pin.key.hash),
					"size": pin.key.size,
					"until": pin.until,
					"overdue": pin.overdue,
					"uses": pin.uses,
					"deposit": pin.deposit.to_string(),
					"uploader": pin.uploader.as_ref().map(ToString::to_string),
				})
			})
			.collect();
		self.output.result(json!(list), || {
			if pins.is_empty() {
				return format!("{account} has no pins");
			}
			let mut rows = table(&["hash", "size", "until era", "entries", "deposit", ""]);
			for pin in &pins {
				rows.add_row([
					hex::encode(pin.key.hash),
					size(pin.key.size),
					pin.until.to_string(),
					pin.uses.to_string(),
					amount(pin.deposit),
					if pin.overdue { "overdue" } else { "" }.into(),
				]);
			}
			rows.trim_fmt()
		});
		Ok(())
	}

	async fn renew(
		&self,
		hash: &str,
		eras: u32,
		whose: Option<&str>,
		most: Option<&str>,
	) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let hash = parse_hash(hash)?;
		let whose = whose.map(parse_account).transpose()?.unwrap_or_else(|| account.id());
		let most = most.map(parse_amount).transpose().map_err(Failure::usage)?;
		let chain = self.connect().await?;
		let pin = chain.storage().pin(&whose, &hash).await?.ok_or_else(|| {
			Failure::new(format!("{whose} has no pin on {}", hex::encode(hash)))
				.hint("`rome pin list --account ACCOUNT` shows an account's pins")
		})?;
		let quote = chain.storage().quote(pin.key.size, eras).await?;
		check_limits(&quote, &Limits { fee: most, deposit: None })?;
		let call = Call::renew_pin(&whose, &hash, eras, most.unwrap_or(quote.fee));
		chain.send(&call, &account, self.global.wait).await?;
		let until = chain.storage().pin(&whose, &hash).await?.map(|pin| pin.until);
		let value = json!({ "hash": hex::encode(hash), "until": until });
		self.output.result(value, || match until {
			Some(until) => format!("{} is paid for until era {until}", key_text(&pin.key)),
			None => "the pin has been removed meanwhile".into(),
		});
		Ok(())
	}

	async fn remove(&self, written: &[String]) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let hashes = written.iter().map(|text| parse_hash(text));
		let hashes = hashes.collect::<Result<Vec<_>, _>>()?;
		if hashes.len() > MAX_BATCH as usize {
			return Err(Failure::usage(format!("at most {MAX_BATCH} pins are removed at a time")));
		}
		let chain = self.connect().await?;
		for hash in &hashes {
			let pin = chain.storage().pin(&account.id(), hash).await?.ok_or_else(|| {
				Failure::new(format!("the account has no pin on {}", hex::encode(hash)))
					.hint("`rome pin list` shows its pins")
			})?;
			if pin.uses > 0 {
				let entries = crate::output::count(pin.uses as usize, "entry");
				return Err(Failure::new(format!(
					"{entries} of the account hold {}",
					hex::encode(hash)
				))
				.hint("remove or edit them first: `rome content remove ID`"));
			}
		}
		chain.send(&Call::unpin(&hashes), &account, self.global.wait).await?;
		let removed: Vec<_> = hashes.iter().map(hex::encode).collect();
		self.output.result(json!({ "removed": removed }), || {
			"the pins are removed; their deposits are back".into()
		});
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn pin(size: u64, overdue: bool) -> PinInfo {
		PinInfo {
			account: rome_client::AccountId::from([1; 32]),
			key: ObjectKey { hash: [7; 32], size },
			uploader: None,
			until: 9,
			deposit: 1,
			uses: 0,
			overdue,
		}
	}

	#[test]
	fn a_pin_that_is_there_counts_if_it_fits() {
		let key = ObjectKey { hash: [7; 32], size: 5 };
		assert!(fits(&pin(5, false), &key).is_ok());
		assert!(fits(&pin(6, false), &key).unwrap_err().to_string().contains("6 bytes"));
		let failure = fits(&pin(5, true), &key).unwrap_err();
		assert!(failure.advice().unwrap().contains("rome pin renew 0707"));
	}

	#[test]
	fn nobody_pays_more_than_they_said() {
		let quote = QuoteInfo { fee: 10, deposit: 20, tranche: None, era: 1 };
		let limits = |fee, deposit| Limits { fee, deposit };
		assert!(check_limits(&quote, &limits(None, None)).is_ok());
		assert!(check_limits(&quote, &limits(Some(10), Some(20))).is_ok());
		let fee = check_limits(&quote, &limits(Some(9), Some(20))).unwrap_err();
		assert!(fee.advice().unwrap().contains("--max-fee"));
		let deposit = check_limits(&quote, &limits(None, Some(19))).unwrap_err();
		assert!(deposit.advice().unwrap().contains("--max-deposit"));
	}
}
