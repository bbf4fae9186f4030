//! `rome fund`: the community fund, what is promised and what was paid.

use super::{
	args::FundCommand,
	text::{reward_word, rome, Clock},
};
use crate::{
	accounts,
	args::Global,
	failure::Failure,
	output::{amount, table, Output},
};
use rome_client::{
	governance::{BountyInfo, FundInfo, GrantNumbers, RewardInfo},
	Balance, Call, Chain, Hash,
};
use rome_primitives::governance::{Action, ProposalState, RewardKind};
use serde_json::{json, Value as Json};

/// Runs a command; without one, shows the fund.
pub(crate) async fn run(
	command: Option<FundCommand>,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let Some(FundCommand::TopUp { amount: text }) = command else {
		let chain = Chain::connect(&global.url, output.json).await?;
		return show(&chain, None, output).await;
	};
	let given = rome(&text)?;
	if given == 0 {
		return Err(Failure::usage("this gives nothing").hint("write how much, in ROME"));
	}
	let account = accounts::one(global)?;
	let chain = Chain::connect(&global.url, output.json).await?;
	chain.send(&Call::top_up_fund(given), &account, global.wait).await?;
	show(&chain, Some(format!("the fund has {} more", amount(given))), output).await
}

/// The fund, and what went in and out as far as the chain tells.
struct Books {
	fund: FundInfo,
	grants: GrantNumbers,
	bounties: Vec<BountyInfo>,
	rewards: Vec<(RewardKind, RewardInfo)>,
	/// Paid at once, by proposals that can still be read.
	spends: Balance,
}

impl Books {
	/// All of the same block, so that it adds up.
	async fn read(chain: &Chain, block: Hash) -> Result<Self, Failure> {
		let governance = chain.governance_at(block);
		let spent = governance
			.newest_proposals(usize::MAX, |line| {
				let done = matches!(line.proposal.state, ProposalState::Executed { .. });
				done && matches!(line.proposal.action, Action::Spend { .. })
			})
			.await?;
		let spends = spent.iter().map(|line| match &line.proposal.action {
			Action::Spend { amount, .. } => *amount,
			_ => 0,
		});
		Ok(Self {
			fund: governance.fund().await?,
			grants: governance.grant_counts().await?,
			bounties: governance.bounties().await?,
			rewards: governance.standing_rewards().await?,
			spends: sum(spends),
		})
	}

	fn earmarked(&self) -> Balance {
		sum([self.fund.grants, self.fund.bounties, self.fund.rewards])
	}

	fn contributed(&self) -> Balance {
		sum(self.bounties.iter().map(|info| info.bounty.contributed))
	}

	/// What was paid, by what for.
	fn paid(&self) -> [(&'static str, &'static str, Balance); 4] {
		[
			("grants", "grants", sum([self.grants.off_chain.paid, self.grants.by_vote.paid])),
			(
				"bounties",
				"bounties (prizes and fees)",
				sum(self.bounties.iter().map(|info| info.bounty.paid)),
			),
			(
				"rewards",
				"standing rewards (those set up now)",
				sum(self.rewards.iter().map(|(_, pool)| pool.paid)),
			),
			("spends", "spends (proposals that can still be read)", self.spends),
		]
	}

	fn json(&self) -> Json {
		let rewards = self.rewards.iter().map(|(kind, pool)| {
			json!({
				"reward": reward_word(*kind),
				"amount": pool.terms.amount.to_string(),
				"budget": pool.terms.budget.to_string(),
				"accountCap": pool.terms.account_cap.to_string(),
				"period": pool.terms.period,
				"until": pool.until,
				"left": pool.left.to_string(),
				"paid": pool.paid.to_string(),
			})
		});
		let out: serde_json::Map<String, Json> = self
			.paid()
			.into_iter()
			.map(|(word, _, units)| (word.to_string(), json!(units.to_string())))
			.collect();
		json!({
			"account": self.fund.account.to_string(),
			"free": self.fund.free.to_string(),
			"earmarked": {
				"grants": self.fund.grants.to_string(),
				"bounties": self.fund.bounties.to_string(),
				"rewards": self.fund.rewards.to_string(),
				"total": self.earmarked().to_string(),
			},
			"in": { "contributions": self.contributed().to_string() },
			"out": out,
			"standingRewards": rewards.collect::<Vec<_>>(),
		})
	}

	fn text(&self, clock: &Clock) -> String {
		let fund = &self.fund;
		let mut rows = table(&["", "amount"]);
		let mut row = |what: &str, units: Balance| {
			rows.add_row([what.to_string(), amount(units)]);
		};
		row("free", fund.free);
		row("earmarked for grants", fund.grants);
		row("earmarked for bounties", fund.bounties);
		row("earmarked for standing rewards", fund.rewards);
		row("in: contributions to bounties", self.contributed());
		for (_, what, units) in self.paid() {
			row(&format!("out: {what}"), units);
		}
		let mut parts = vec![format!("the community fund, {}\n{}", fund.account, rows.trim_fmt())];
		if !self.rewards.is_empty() {
			let mut rows = table(&[
				"standing reward",
				"pays",
				"left of the budget",
				"next period",
				"paid in all",
			]);
			for (kind, pool) in &self.rewards {
				rows.add_row([
					reward_word(*kind).to_string(),
					amount(pool.terms.amount),
					format!("{} of {}", amount(pool.left), amount(pool.terms.budget)),
					clock.at(pool.until),
					amount(pool.paid),
				]);
			}
			parts.push(rows.trim_fmt());
		}
		parts.join("\n\n")
	}
}

fn sum(amounts: impl IntoIterator<Item = Balance>) -> Balance {
	amounts.into_iter().fold(0, Balance::saturating_add)
}

async fn show(chain: &Chain, told: Option<String>, output: Output) -> Result<(), Failure> {
	let books = Books::read(chain, chain.best_hash().await?).await?;
	let clock = Clock::read(chain).await?;
	output.result(books.json(), || match told {
		Some(told) => format!("{told}\n{}", books.text(&clock)),
		None => books.text(&clock),
	});
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use rome_client::AccountId;
	use rome_primitives::governance::{GrantTally, RewardPool, StandingReward};

	const ROME: Balance = 1_000_000_000_000;

	#[test]
	fn the_books_tell_free_promised_and_paid() {
		let tally = |paid| GrantTally { paid, ..Default::default() };
		let terms =
			StandingReward { amount: ROME, budget: 9 * ROME, account_cap: 3 * ROME, period: 100 };
		let pool = RewardPool { terms, round: 1, until: 150, left: 8 * ROME, paid: ROME };
		let books = Books {
			fund: FundInfo {
				account: AccountId::from([1; 32]),
				free: 100 * ROME,
				grants: 20 * ROME,
				bounties: 0,
				rewards: 8 * ROME,
			},
			grants: GrantNumbers {
				approved: 2,
				off_chain: tally(3 * ROME),
				by_vote: tally(2 * ROME),
				recorded: 0,
			},
			bounties: Vec::new(),
			rewards: vec![(RewardKind::InformedVoting, pool)],
			spends: 4 * ROME,
		};
		let value = books.json();
		assert_eq!(value["earmarked"]["total"], (28 * ROME).to_string());
		assert_eq!(value["out"]["grants"], (5 * ROME).to_string());
		assert_eq!(value["out"]["rewards"], ROME.to_string());
		assert_eq!(value["out"]["spends"], (4 * ROME).to_string());
		let text = books.text(&Clock { now: 100, millis: 6_000 });
		for words in
			["100 ROME", "earmarked for grants", "8 ROME of 9 ROME", "in 50 blocks (5 min)"]
		{
			assert!(text.contains(words), "`{words}` is not in {text}");
		}
	}
}
