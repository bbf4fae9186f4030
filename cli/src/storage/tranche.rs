//! `rome tranche`: groups of providers that keep a share of all objects.

use super::{
	args::TrancheCommand,
	text::{address, need_provider, parse_size, size, state, state_word},
};
use crate::{
	accounts,
	args::Global,
	failure::Failure,
	governance::{administer, Measure},
	output::{table, Output},
};
use rome_client::{storage::TrancheInfo, Call, Chain};
use rome_primitives::storage::{ProviderId, TrancheId};
use serde_json::{json, Value as Json};

/// Runs a command.
pub(crate) async fn run(
	command: TrancheCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	use TrancheCommand as Command;
	let online = Online { global, output };
	match command {
		Command::List => online.list().await,
		Command::Show { id } => online.show(id).await,
		Command::Create { coverage, slot, council } => {
			online.create(coverage, parse_size(&slot)?, council).await
		},
		Command::Update { accepting: None, coverage: None, id, .. } => {
			Err(Failure::usage(format!("nothing changes in tranche {id}"))
				.hint("give --accepting or --coverage"))
		},
		Command::Update { id, accepting, coverage, council } => {
			let call = Call::update_tranche(id, accepting, coverage);
			online.decide(id, call, council, ("Change", "is changed")).await
		},
		Command::Close { id, council } => {
			let told = "is closing; `rome tranche move` speeds up what every block does";
			online.decide(id, Call::close_tranche(id), council, ("Close", told)).await
		},
		Command::Join { id, provider, slots } => {
			let call = Call::join_tranche(provider, id, slots);
			online.own(id, provider, call, "is a member now").await
		},
		Command::Slots { id, slots, provider } => {
			let call = Call::change_slots(provider, id, slots);
			let told = if slots == 0 { "leaves the tranche" } else { "has other slots now" };
			online.own(id, provider, call, told).await
		},
		Command::Move { id, limit } => {
			let account = accounts::one(global)?;
			let chain = online.connect().await?;
			need_tranche(&chain, id).await?;
			chain.send(&Call::move_objects(id, limit), &account, global.wait).await?;
			online.conclude(&chain, id, "objects are moved").await
		},
	}
}

async fn need_tranche(chain: &Chain, id: TrancheId) -> Result<TrancheInfo, Failure> {
	chain.storage().tranche(id).await?.ok_or_else(|| {
		Failure::new(format!("there is no tranche {id}")).hint("`rome tranche list` shows them")
	})
}

/// A tranche for programs.
fn tranche_json(info: &TrancheInfo) -> Json {
	let counts = &info.counts;
	let members = info.members.iter().map(|member| {
		json!({
			"provider": member.provider,
			"operatorKey": member.operator.to_string(),
			"endpoint": address(&member.endpoint),
			"state": state_word(&member.state),
			"operator": member.domain.operator,
			"zone": member.domain.zone,
			"slots": member.slots,
			"placed": member.placed,
			"takesNew": member.takes_new,
			"full": member.full,
			"replicas": member.replicas,
			"bytes": member.bytes,
			"reserved": member.reserved,
			"unswept": member.unswept,
		})
	});
	json!({
		"id": info.id,
		"coverage": info.coverage,
		"slotBytes": info.slot_bytes,
		"accepting": info.accepting,
		"closing": info.closing,
		"objects": counts.objects,
		"bytes": counts.bytes,
		"pending": counts.pending,
		"filling": counts.filling,
		"degraded": counts.degraded,
		"unswept": counts.unswept,
		"capacity": info.capacity,
		"free": info.free,
		"hasSpare": info.has_spare,
		"members": members.collect::<Vec<_>>(),
	})
}

/// What is to be known about a tranche besides its numbers.
fn notes(info: &TrancheInfo) -> String {
	let mut notes = Vec::new();
	if info.closing {
		notes.push("closing");
	} else if !info.accepting {
		notes.push("takes no new objects");
	}
	if !info.has_spare {
		notes.push("no spare: one operator less, and it cannot keep its coverage");
	}
	notes.join("; ")
}

/// How many objects lack replicas, as far as it is known.
fn degraded(info: &TrancheInfo) -> String {
	let counts = &info.counts;
	match counts.unswept {
		0 => counts.degraded.to_string(),
		unswept => {
			format!("{} to {}", counts.degraded, u64::from(counts.degraded) + u64::from(unswept))
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

	async fn conclude(&self, chain: &Chain, id: TrancheId, told: &str) -> Result<(), Failure> {
		let info = chain.storage().tranche(id).await?;
		let value = info.as_ref().map_or_else(|| json!({ "id": id }), tranche_json);
		self.output.result(value, || format!("tranche {id}: {told}"));
		Ok(())
	}

	async fn list(&self) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let tranches = chain.storage().tranches().await?;
		let list: Vec<_> = tranches.iter().map(tranche_json).collect();
		self.output.result(json!(list), || {
			if tranches.is_empty() {
				return "there are no tranches".into();
			}
			let head = [
				"tranche", "coverage", "members", "objects", "bytes", "pending", "filling",
				"degraded", "free", "",
			];
			let mut rows = table(&head);
			for info in &tranches {
				rows.add_row([
					info.id.to_string(),
					info.coverage.to_string(),
					info.members.len().to_string(),
					info.counts.objects.to_string(),
					size(info.counts.bytes),
					info.counts.pending.to_string(),
					info.counts.filling.to_string(),
					degraded(info),
					size(info.free),
					notes(info),
				]);
			}
			rows.trim_fmt()
		});
		Ok(())
	}

	async fn show(&self, id: TrancheId) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let info = need_tranche(&chain, id).await?;
		self.output.result(tranche_json(&info), || {
			let counts = &info.counts;
			let notes = notes(&info);
			let head = format!(
				"tranche {id}: coverage {}, slots of {}{}\n{} objects, {}; {} pending, {} filling, {} degraded; \
				 room for {} of {}",
				info.coverage,
				size(info.slot_bytes),
				if notes.is_empty() { String::new() } else { format!("; {notes}") },
				counts.objects,
				size(counts.bytes),
				counts.pending,
				counts.filling,
				degraded(&info),
				size(info.free),
				size(info.capacity),
			);
			if info.members.is_empty() {
				return format!("{head}\nit has no members");
			}
			let mut rows = table(&[
				"provider", "endpoint", "state", "operator", "zone", "slots", "objects", "bytes", "reserved", "",
			]);
			for member in &info.members {
				let mut notes = Vec::new();
				if member.full {
					notes.push("full".to_string());
				}
				if !member.placed {
					notes.push("not placed".into());
				} else if !member.takes_new && !member.full {
					notes.push("takes nothing new".into());
				}
				if member.unswept > 0 {
					notes.push(format!("{} to sweep", member.unswept));
				}
				rows.add_row([
					member.provider.to_string(),
					address(&member.endpoint),
					state(&member.state),
					member.domain.operator.to_string(),
					member.domain.zone.to_string(),
					member.slots.to_string(),
					member.replicas.to_string(),
					size(member.bytes),
					size(member.reserved),
					notes.join("; "),
				]);
			}
			format!("{head}\n{}", rows.trim_fmt())
		});
		Ok(())
	}

	async fn create(&self, coverage: u8, slot: u64, council: bool) -> Result<(), Failure> {
		let chain = self.connect().await?;
		let last = |tranches: &[TrancheInfo]| tranches.last().map(|info| info.id);
		let before = last(&chain.storage().tranches().await?);
		let title =
			format!("Create a tranche with coverage {coverage} and slots of {}", size(slot));
		let measure = Measure::new(Call::create_tranche(coverage, slot), title);
		let standing = administer(&chain, measure, council, self.global, self.output).await?;
		if let Some(votes) = standing.open() {
			self.output.result(standing.add_to(json!({})), || votes);
			return Ok(());
		}
		// Numbers are given in order.
		let id = last(&chain.storage().tranches().await?).filter(|id| Some(*id) != before);
		self.output.result(json!({ "tranche": id }), || match id {
			Some(id) => format!("tranche {id} is created"),
			None => "the tranche is created".into(),
		});
		Ok(())
	}

	/// Has the council or root do something: `verb` says what to a tranche, `told` that it is done.
	async fn decide(
		&self,
		id: TrancheId,
		call: Call,
		council: bool,
		(verb, told): (&str, &str),
	) -> Result<(), Failure> {
		let chain = self.connect().await?;
		need_tranche(&chain, id).await?;
		let measure = Measure::new(call, format!("{verb} tranche {id}"));
		let standing = administer(&chain, measure, council, self.global, self.output).await?;
		if let Some(votes) = standing.open() {
			self.output.result(standing.add_to(json!({ "id": id })), || votes);
			return Ok(());
		}
		self.conclude(&chain, id, told).await
	}

	/// Does something that a provider's owner may.
	async fn own(
		&self,
		id: TrancheId,
		provider: ProviderId,
		call: Call,
		told: &str,
	) -> Result<(), Failure> {
		let account = accounts::one(self.global)?;
		let chain = self.connect().await?;
		need_tranche(&chain, id).await?;
		let info = need_provider(&chain, provider).await?;
		if account.id() != info.owner {
			return Err(Failure::new(format!("provider {provider} belongs to {}", info.owner))
				.hint("sign with the owner's account (--suri or --keystore)"));
		}
		chain.send(&call, &account, self.global.wait).await?;
		self.conclude(&chain, id, &format!("provider {provider} {told}")).await
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_degraded_is_told_as_it_is_known() {
		let mut info = TrancheInfo {
			id: 0,
			coverage: 3,
			slot_bytes: 1,
			accepting: true,
			closing: false,
			counts: Default::default(),
			capacity: 0,
			free: 0,
			has_spare: true,
			members: Vec::new(),
		};
		assert_eq!((degraded(&info).as_str(), notes(&info).as_str()), ("0", ""));
		info.counts.degraded = 2;
		info.counts.unswept = 5;
		info.accepting = false;
		info.has_spare = false;
		assert_eq!(degraded(&info), "2 to 7");
		assert!(notes(&info).contains("no new objects; no spare"));
	}
}
