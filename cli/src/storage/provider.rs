//! `rome provider`: storage providers, their lives on chain.

use super::{
	args::{DeclaredArgs, OperatorArgs, ProviderCommand},
	text::{address, need_provider, parse_endpoint, parse_size, size, state, state_word},
};
use crate::{
	accounts::{self, parse_account},
	args::Global,
	failure::Failure,
	governance::sudo,
	output::{amount, parse_amount, table, Output},
};
use codec::{Decode, Encode};
use rome_client::{calls::ProviderChanges, storage::ProviderInfo, Account, AccountId, Call, Chain};
use rome_primitives::{
	actors::{Declared, FailureDomain},
	signing::{self, OperatorConsent},
	storage::{limits::MAX_BATCH, ProviderId},
};
use serde_json::{json, Value as Json};
use sp_runtime::{AccountId32, MultiSignature};

/// Runs a command.
pub(crate) async fn run(
	command: ProviderCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	use ProviderCommand as Command;
	let online = Online { global, output };
	match command {
		Command::Apply { endpoint, operator, declared, stake, fund } => {
			online.apply(&endpoint, &operator, &declared, (&stake, fund.as_deref())).await
		},
		Command::Consent { owner, operator_suri } => online.consent(&owner, &operator_suri).await,
		Command::Update { id, endpoint, operator, declared, add_stake } => {
			let endpoint = endpoint.as_deref();
			online.update(id, endpoint, &operator, &declared, add_stake.as_deref()).await
		},
		Command::List => online.list().await,
		Command::Show { id } => online.show(id).await,
		Command::Cancel { id } => {
			online.own(id, Call::cancel_application(id), "is withdrawn; its stake is back").await
		},
		Command::Attest { id, blocks } => {
			let chain = online.connect().await?;
			let now = u32::try_from(chain.best().await?.number).unwrap_or(u32::MAX);
			let info = need_provider(&chain, id).await?;
			let declared = info.wanted.unwrap_or(info.declared);
			let call = Call::attest_provider(id, declared, now.saturating_add(blocks));
			online.by_root(&chain, id, call).await
		},
		Command::Activate { id, operator, zone } => {
			let chain = online.connect().await?;
			let call = Call::activate_provider(id, FailureDomain { operator, zone });
			online.by_root(&chain, id, call).await
		},
		Command::Suspend { id, reason } => {
			let call = Call::suspend_provider(id, reason_of(&reason)?);
			online.by_root(&online.connect().await?, id, call).await
		},
		Command::Reinstate { id } => {
			online.by_root(&online.connect().await?, id, Call::reinstate_provider(id)).await
		},
		Command::Evict { id, reason } => {
			let call = Call::evict_provider(id, reason_of(&reason)?);
			online.by_root(&online.connect().await?, id, call).await
		},
		Command::Maintenance { id, blocks: Some(blocks), .. } => {
			let told = format!("is away for at most {blocks} blocks");
			online.own(id, Call::begin_maintenance(id, blocks), &told).await
		},
		Command::Maintenance { id, blocks: None, .. } => {
			online.own(id, Call::end_maintenance(id), "is back").await
		},
		Command::Leave { id, finish: false } => {
			let told = "begins to leave; `rome provider show` tells what is left to hand over";
			online.own(id, Call::begin_leaving(id), told).await
		},
		Command::Leave { id, finish: true } => {
			online.own(id, Call::finish_leaving(id), "has left").await
		},
		Command::Claim { id } => online.claim(id).await,
		Command::Sweep { id, limit } => {
			let account = accounts::one(global)?;
			let chain = online.connect().await?;
			need_provider(&chain, id).await?;
			chain.send(&Call::sweep_provider(id, limit), &account, global.wait).await?;
			online.conclude(&chain, id, "is swept").await
		},
	}
}

/// A reason that the chain takes.
pub(super) fn reason_of(text: &str) -> Result<&str, Failure> {
	let text = text.trim();
	if text.is_empty() {
		return Err(Failure::usage("this needs a reason").hint("give --reason TEXT"));
	}
	if text.len() > 256 {
		return Err(Failure::usage(format!(
			"a reason has at most 256 bytes; this one has {}",
			text.len()
		)));
	}
	Ok(text)
}

/// A provider for programs.
pub(super) fn provider_json(info: &ProviderInfo) -> Json {
	let memberships = info.memberships.iter();
	json!({
		"id": info.id,
		"owner": info.owner.to_string(),
		"operator": info.operator.to_string(),
		"endpoint": address(&info.endpoint),
		"state": state_word(&info.state),
		"standing": state(&info.state),
		"domain": info.domain.map(|it| json!({ "operator": it.operator, "zone": it.zone })),
		"declared": {
			"storage": info.declared.storage,
			"download": info.declared.download,
			"upload": info.declared.upload,
		},
		"stake": info.stake.to_string(),
		"earned": info.earned.to_string(),
		"memberships": memberships
			.map(|(tranche, slots)| json!({ "tranche": tranche, "slots": slots }))
			.collect::<Vec<_>>(),
		"replicas": info.replicas,
		"bytes": info.bytes,
		"lastHeartbeat": info.last_heartbeat,
		"heartbeatDue": info.heartbeat_due,
	})
}

struct Online<'a> {
	global: &'a Global,
	output: Output,
}

impl Online<'_> {
	async fn connect(&self) -> Result<Chain, Failure> {
		Ok(Chain::connect(&self.global.url, self.output.json).await?)
	}

	/// Tells how a provider stands after something was done.
	async fn conclude(&self, chain: &Chain, id: ProviderId, told: &str) -> Result<(), Failure> {
		let info = chain.storage().provider(id).await?;
		let value = info.as_ref().map_or_else(|| json!({ "id": id }), provider_json);
		self.output.result(value, || match &info {
			Some(info) => format!("provider {id} {told} ({})", state(&info.state)),
			None => format!("provider {id} {told}"),
		});
		Ok(())
	}

	/// Does something that a provider's owner, or its operator, may.
	async fn own(&self, id: ProviderId, call: Call, told: &str) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let chain = self.connect().await?;
		let info = need_provider(&chain, id).await?;
		if account.id() != info.owner && account.id() != info.operator {
			return Err(Failure::new(format!(
				"provider {id} belongs to {}, not to the account that signs",
				info.owner
			))
			.hint("sign with the owner's account (--suri or --keystore)"));
		}
		chain.send(&call, &account, self.global.wait).await?;
		self.conclude(&chain, id, told).await
	}

	/// Does something that root may.
	async fn by_root(&self, chain: &Chain, id: ProviderId, call: Call) -> Result<(), Failure> {
		need_provider(chain, id).await?;
		sudo(chain, &[call], self.global).await?;
		self.conclude(chain, id, "is changed").await
	}

	async fn apply(
		&self,
		endpoint: &str,
		operator: &OperatorArgs,
		declared: &DeclaredArgs,
		(stake, fund): (&str, Option<&str>),
	) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let endpoint = parse_endpoint(endpoint)?;
		let stake = parse_amount(stake).map_err(Failure::usage)?;
		let fund = fund.map(parse_amount).transpose().map_err(Failure::usage)?;
		let nothing = Declared { storage: 0, download: 0, upload: 0 };
		let declared = declare(declared, nothing)?;
		let Some(declared) =
			declared.filter(|it| it.storage > 0 && it.download > 0 && it.upload > 0)
		else {
			return Err(Failure::usage("say what the provider can do")
				.hint("give --storage 2TB --download 100MB --upload 100MB (a second)"));
		};
		let chain = self.connect().await?;
		let consented = consented(&chain, operator, &account.id()).await?;
		let Some((operator, consent)) = consented else {
			return Err(Failure::usage("say which key the provider's daemon has").hint(
				"give --operator-suri SURI, or --operator ACCOUNT --consent 0x... as `colossus init` prints \
				 them",
			));
		};
		if let Some(info) = chain.storage().provider_of(&operator).await? {
			return Err(Failure::new(format!("that operator's key is provider {}'s", info.id))
				.hint("each provider's daemon has a key of its own: `colossus init` makes one"));
		}
		let apply = Call::apply_provider(&operator, &consent, &endpoint, &declared, stake);
		let call = match fund {
			Some(amount) => {
				let runtime = chain.runtime().await?;
				Call::batch_all(&[apply, Call::transfer(&operator, amount)], &runtime)?
			},
			None => apply,
		};
		chain.send(&call, &account, self.global.wait).await?;
		let info = chain.storage().provider_of(&operator).await?;
		let (_, funds) = chain.account(&operator).await?;
		if funds == 0 {
			self.output.note(&format!(
				"the operator's account {operator} has nothing to pay its daemon's transactions with: send it \
				 some ROME, or the provider cannot confirm what it stores (--fund does so at once)"
			));
		}
		let value = info.as_ref().map_or(Json::Null, provider_json);
		self.output.result(value, || match &info {
			Some(info) => format!(
				"provider {} has applied; {} are held. It is verified, then activated by the conductor",
				info.id,
				amount(info.stake)
			),
			None => "the application is there".into(),
		});
		Ok(())
	}

	async fn consent(&self, owner: &str, secret: &str) -> Result<(), Failure> {
		let owner = parse_account(owner)?;
		let operator = operator_of(secret)?;
		let chain = self.connect().await?;
		let consent = hex::encode(sign_consent(&chain, &owner, &operator).await?.encode());
		let value =
			json!({ "operator": operator.id().to_string(), "consent": format!("0x{consent}") });
		self.output.result(value, || format!("--operator {} --consent 0x{consent}", operator.id()));
		Ok(())
	}

	async fn update(
		&self,
		id: ProviderId,
		endpoint: Option<&str>,
		operator: &OperatorArgs,
		declared: &DeclaredArgs,
		add_stake: Option<&str>,
	) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let endpoint = endpoint.map(parse_endpoint).transpose()?;
		let add_stake = add_stake.map(parse_amount).transpose().map_err(Failure::usage)?;
		let chain = self.connect().await?;
		let info = need_provider(&chain, id).await?;
		let changes = ProviderChanges {
			endpoint,
			declared: declare(declared, info.declared)?,
			operator: consented(&chain, operator, &info.owner).await?,
			add_stake: add_stake.unwrap_or(0),
		};
		if changes == ProviderChanges::default() {
			return Err(Failure::usage(format!("nothing changes in provider {id}")).hint(
				"give --endpoint, --storage, --download, --upload, --operator-suri or --add-stake",
			));
		}
		if account.id() != info.owner {
			return Err(Failure::new(format!("provider {id} belongs to {}", info.owner))
				.hint("sign with the owner's account (--suri or --keystore)"));
		}
		chain.send(&Call::update_provider(id, &changes), &account, self.global.wait).await?;
		self.conclude(&chain, id, "is changed").await
	}

	async fn list(&self) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let providers = chain.storage().providers().await?;
		let list: Vec<_> = providers.iter().map(provider_json).collect();
		self.output.result(json!(list), || {
			if providers.is_empty() {
				return "there are no providers".into();
			}
			let head = [
				"provider", "endpoint", "state", "operator", "zone", "tranches", "objects", "bytes",
			];
			let mut rows = table(&head);
			for info in &providers {
				let tranches: Vec<_> = info
					.memberships
					.iter()
					.map(|(tranche, slots)| format!("{tranche} ({slots})"))
					.collect();
				let number = |it: Option<u32>| it.map_or_else(String::new, |it| it.to_string());
				rows.add_row([
					info.id.to_string(),
					address(&info.endpoint),
					state(&info.state),
					number(info.domain.map(|it| it.operator)),
					number(info.domain.map(|it| it.zone)),
					tranches.join(", "),
					info.replicas.to_string(),
					size(info.bytes),
				]);
			}
			rows.trim_fmt()
		});
		Ok(())
	}

	async fn show(&self, id: ProviderId) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let info = need_provider(&chain, id).await?;
		self.output.result(provider_json(&info), || {
			let mut rows = table(&["provider", &id.to_string()]);
			let mut row = |name: &str, value: String| {
				rows.add_row([name.to_string(), value]);
			};
			row("state", state(&info.state));
			row("endpoint", address(&info.endpoint));
			row("owner", info.owner.to_string());
			row("operator key", info.operator.to_string());
			row(
				"attested",
				match info.domain {
					Some(it) => format!("operator {}, zone {}", it.operator, it.zone),
					None => "nothing yet".into(),
				},
			);
			let Declared { storage, download, upload } = info.declared;
			row(
				"declared",
				format!("{}, {}/s down, {}/s up", size(storage), size(download), size(upload)),
			);
			row("stake", amount(info.stake));
			row("earned", amount(info.earned));
			for (tranche, slots) in &info.memberships {
				row(
					"member of",
					format!("tranche {tranche}, {}", crate::output::count((*slots).into(), "slot")),
				);
			}
			row(
				"holds",
				format!(
					"{}, {}",
					crate::output::count(info.replicas as usize, "object"),
					size(info.bytes)
				),
			);
			let due = if info.heartbeat_due { ", the next one is due" } else { "" };
			row("last heartbeat", format!("block {}{due}", info.last_heartbeat));
			rows.trim_fmt()
		});
		Ok(())
	}

	async fn claim(&self, id: ProviderId) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let chain = self.connect().await?;
		let before = need_provider(&chain, id).await?;
		let block = chain.best_hash().await?;
		let storage = chain.storage_at(block);
		let (mut after, mut claimed) = (None, 0);
		loop {
			let page = storage.holdings(id, after, MAX_BATCH).await?;
			let keys: Vec<_> = page.items.iter().map(|object| object.key).collect();
			if !keys.is_empty() {
				chain.send(&Call::claim_pay(id, &keys), &account, self.global.wait).await?;
				claimed += keys.len();
			}
			if page.next.is_none() || page.next == after {
				break;
			}
			after = page.next;
		}
		let value = json!({ "id": id, "objects": claimed, "owner": before.owner.to_string() });
		self.output.result(value, || {
			let objects = crate::output::count(claimed, "object");
			format!("the pay for {objects} is claimed for {}", before.owner)
		});
		Ok(())
	}
}

/// What is declared, where `before` was; nothing if nothing changes.
fn declare(args: &DeclaredArgs, before: Declared) -> Result<Option<Declared>, Failure> {
	let read = |text: &Option<String>, before: u64| match text {
		Some(text) => parse_size(text),
		None => Ok(before),
	};
	let declared = Declared {
		storage: read(&args.storage, before.storage)?,
		download: read(&args.download, before.download)?,
		upload: read(&args.upload, before.upload)?,
	};
	Ok((declared != before).then_some(declared))
}

fn operator_of(secret: &str) -> Result<Account, Failure> {
	Account::from_phrase(secret).map_err(|_| {
		Failure::usage("what --operator-suri (or ROME_OPERATOR_SURI) holds is no secret key")
			.hint("write a seed phrase, a seed of 64 hexadecimal digits after 0x, or as //Alice//colossus")
	})
}

async fn sign_consent(
	chain: &Chain,
	owner: &AccountId,
	operator: &Account,
) -> Result<MultiSignature, Failure> {
	let genesis = chain.genesis().await?.0;
	let message = consent_message(owner, &operator.id());
	Ok(operator.sign(&signing::payload(&genesis, &message)))
}

fn consent_message(owner: &AccountId, operator: &AccountId) -> OperatorConsent {
	OperatorConsent { owner: AccountId32::new(owner.0), operator: AccountId32::new(operator.0) }
}

/// The operator's key and its consent to be `owner`'s, if any are given.
async fn consented(
	chain: &Chain,
	args: &OperatorArgs,
	owner: &AccountId,
) -> Result<Option<(AccountId, MultiSignature)>, Failure> {
	// What is written on the command line outdoes a secret in the environment.
	if let (Some(operator), Some(consent)) = (&args.operator, &args.consent) {
		let operator = parse_account(operator)?;
		let genesis = chain.genesis().await?.0;
		let consent = read_consent(consent, &genesis, owner, &operator)?;
		return Ok(Some((operator, consent)));
	}
	let Some(secret) = &args.operator_suri else { return Ok(None) };
	let operator = operator_of(secret)?;
	let consent = sign_consent(chain, owner, &operator).await?;
	Ok(Some((operator.id(), consent)))
}

/// The consent in `text`, checked.
fn read_consent(
	text: &str,
	genesis: &[u8; 32],
	owner: &AccountId,
	operator: &AccountId,
) -> Result<MultiSignature, Failure> {
	let wrong = |why: String| {
		Failure::usage(format!("the consent {why}")).hint(
			"make it with `colossus init` or `rome provider consent --owner OWNER`, for this owner and this \
			 network",
		)
	};
	let bytes = hex::decode(text.strip_prefix("0x").unwrap_or(text))
		.map_err(|_| wrong("is not 0x and hexadecimal digits".into()))?;
	let consent =
		MultiSignature::decode(&mut &bytes[..]).map_err(|_| wrong("is no signature".into()))?;
	let message = consent_message(owner, operator);
	match signing::verify(genesis, &message, &consent, &message.operator) {
		true => Ok(consent),
		false => Err(wrong(format!("is not {operator}'s for the owner {owner}"))),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_consent_is_checked_before_it_is_sent() {
		let (owner, other) = (AccountId::from([1; 32]), AccountId::from([2; 32]));
		let operator = Account::from_phrase("//Alice//colossus").unwrap();
		let message = consent_message(&owner, &operator.id());
		let consent = operator.sign(&signing::payload(&[9; 32], &message));
		let text = format!("0x{}", hex::encode(consent.encode()));
		let read = |text: &str, genesis: [u8; 32], owner| {
			read_consent(text, &genesis, owner, &operator.id()).map_err(|it| it.to_string())
		};
		assert_eq!(read(&text, [9; 32], &owner), Ok(consent));
		assert!(read(&text, [8; 32], &owner).unwrap_err().contains("is not"));
		assert!(read(&text, [9; 32], &other).unwrap_err().contains("is not"));
		assert!(read("0x12", [9; 32], &owner).unwrap_err().contains("no signature"));
		assert!(read("zz", [9; 32], &owner).unwrap_err().contains("hexadecimal"));
	}

	#[test]
	fn what_is_not_named_stays() {
		let before = Declared { storage: 1, download: 2, upload: 3 };
		assert_eq!(declare(&DeclaredArgs::default(), before).unwrap(), None);
		let args = DeclaredArgs { download: Some("1kB".into()), ..DeclaredArgs::default() };
		let after = declare(&args, before).unwrap().unwrap();
		assert_eq!(after, Declared { storage: 1, download: 1_000, upload: 3 });
	}
}
