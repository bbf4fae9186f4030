//! Where the fees go.

use crate::{
	configs::{currency::TreasuryAccount, parameters::dynamic_params},
	AccountId, Authorship, Balances, Runtime,
};
use frame_support::traits::{
	fungible::{Balanced, Credit},
	tokens::imbalance::{ResolveTo, TryMerge},
	Currency, Get, Imbalance, OnUnbalanced,
};
use pallet_balances::NegativeImbalance as BalancesImbalance;

type NegativeImbalance = BalancesImbalance<Runtime>;

/// Everything to the treasury.
pub type ToTreasury = ResolveTo<TreasuryAccount, Balances>;

/// Everything to the treasury, from pallets that still deal in the older kind of imbalance.
pub struct TreasuryOnSlash;

impl OnUnbalanced<NegativeImbalance> for TreasuryOnSlash {
	fn on_nonzero_unbalanced(amount: NegativeImbalance) {
		Balances::resolve_creating(&TreasuryAccount::get(), amount);
	}
}

/// A share of each fee to the treasury; the rest, and the tip, to the author of the block.
pub struct FeesToTreasuryAndAuthor;

impl FeesToTreasuryAndAuthor {
	/// Divide `fee` into the treasury's part and the author's.
	fn split(
		fee: Credit<AccountId, Balances>,
	) -> (Credit<AccountId, Balances>, Credit<AccountId, Balances>) {
		let share = dynamic_params::fees::TreasuryShare::get() * fee.peek();
		fee.split(share)
	}

	/// Give `amount` to the author; to the treasury where there is no author, or where the amount
	/// would not even keep the author's account alive.
	fn pay_author(amount: Credit<AccountId, Balances>) {
		let rest = match Authorship::author() {
			Some(author) => Balances::resolve(&author, amount).err(),
			None => Some(amount),
		};
		if let Some(rest) = rest {
			ToTreasury::on_unbalanced(rest);
		}
	}
}

impl OnUnbalanced<Credit<AccountId, Balances>> for FeesToTreasuryAndAuthor {
	fn on_unbalanceds(mut fees_then_tips: impl Iterator<Item = Credit<AccountId, Balances>>)
	where
		Credit<AccountId, Balances>: TryMerge,
	{
		let Some(fee) = fees_then_tips.next() else { return };
		let (treasury, mut author) = Self::split(fee);
		for tip in fees_then_tips {
			author.subsume(tip);
		}
		ToTreasury::on_unbalanced(treasury);
		Self::pay_author(author);
	}

	fn on_nonzero_unbalanced(fee: Credit<AccountId, Balances>) {
		let (treasury, author) = Self::split(fee);
		ToTreasury::on_unbalanced(treasury);
		Self::pay_author(author);
	}
}
