//! Reads storage's tranches through their runtime API.

use crate::{pages::Pages, AccountId, Balance, Chain, Hash, Result};
use codec::{Decode, Encode};
use rome_primitives::{
	content::ObjectHash,
	storage::{
		api::{
			BackingView, ObjectView, ObjectsPage, PinQuote, PinView, PinsPage, ProviderView,
			ProvidersPage, StorageParameters, TrancheView, TranchesPage,
		},
		ObjectKey, ProviderId, TrancheId,
	},
};

/// A provider as it is read here.
pub type ProviderInfo = ProviderView<AccountId, Balance>;
/// A tranche as it is read here.
pub type TrancheInfo = TrancheView<AccountId>;
/// A pin as it is read here.
pub type PinInfo = PinView<AccountId, Balance>;
/// What a pin costs, as it is read here.
pub type QuoteInfo = PinQuote<Balance>;
/// What is added to pay, as it is read here.
pub type BackingInfo = BackingView<AccountId, Balance>;

/// Entries of a page: well below what the runtime gives at most.
pub const PAGE: u32 = 500;

/// The storage tranches at a block, or at the best one. Made by [`Chain::storage`] and [`Chain::storage_at`].
///
/// Every read fails where no node answers, and with [`Error::Missing`](crate::Error::Missing) on a chain that has
/// no storage. Reads at a block fail with an error that [`Error::is_state_gone`](crate::Error::is_state_gone)
/// knows when the node keeps its state no more.
#[derive(Clone, Copy)]
pub struct Storage<'a> {
	chain: &'a Chain,
	block: Option<Hash>,
}

impl Chain {
	/// The storage tranches at the best block.
	pub fn storage(&self) -> Storage<'_> {
		Storage { chain: self, block: None }
	}

	/// The storage tranches at this block.
	pub fn storage_at(&self, block: Hash) -> Storage<'_> {
		Storage { chain: self, block: Some(block) }
	}
}

impl Storage<'_> {
	async fn read<T: Decode>(&self, function: &str, arguments: impl Encode) -> Result<T> {
		self.chain.read_api(self.block, "StorageTranchesApi", function, arguments).await
	}

	/// The numbers that daemons and clients go by.
	pub async fn parameters(&self) -> Result<StorageParameters> {
		self.read("parameters", ()).await
	}

	/// One provider.
	pub async fn provider(&self, id: ProviderId) -> Result<Option<ProviderInfo>> {
		self.read("provider", id).await
	}

	/// The provider whose daemon signs with this key.
	pub async fn provider_of(&self, operator: &AccountId) -> Result<Option<ProviderInfo>> {
		self.read("provider_of", operator).await
	}

	/// All providers, in order of number.
	pub async fn providers(&self) -> Result<Vec<ProviderInfo>> {
		let mut pages = Pages::default();
		loop {
			let page: ProvidersPage<AccountId, Balance> =
				self.read("providers", (pages.after, PAGE)).await?;
			if !pages.add("providers", page.items, page.next)? {
				return Ok(pages.items);
			}
		}
	}

	/// One tranche with all its members.
	pub async fn tranche(&self, id: TrancheId) -> Result<Option<TrancheInfo>> {
		self.read("tranche", id).await
	}

	/// All tranches, in order of number.
	pub async fn tranches(&self) -> Result<Vec<TrancheInfo>> {
		let mut pages = Pages::default();
		loop {
			let page: TranchesPage<AccountId> = self.read("tranches", (pages.after, PAGE)).await?;
			if !pages.add("tranches", page.items, page.next)? {
				return Ok(pages.items);
			}
		}
	}

	/// One object.
	pub async fn object(&self, key: &ObjectKey) -> Result<Option<ObjectView>> {
		self.read("object", key).await
	}

	/// The objects registered under a hash, stored ones first.
	pub async fn objects_of(&self, hash: &ObjectHash) -> Result<Vec<ObjectView>> {
		self.read("objects_of", hash).await
	}

	/// A tranche's objects that lack replicas, one page.
	pub async fn incomplete(
		&self,
		tranche: TrancheId,
		after: Option<ObjectKey>,
		limit: u32,
	) -> Result<ObjectsPage> {
		self.read("incomplete", (tranche, after, limit)).await
	}

	/// All of a tranche's objects that lack replicas. Give a block, or they change between the pages.
	pub async fn all_incomplete(&self, tranche: TrancheId) -> Result<Vec<ObjectView>> {
		let mut pages = Pages::default();
		loop {
			let page = self.incomplete(tranche, pages.after, PAGE).await?;
			if !pages.add("incomplete", page.items, page.next)? {
				return Ok(pages.items);
			}
		}
	}

	/// The objects that a provider has confirmed, one page.
	pub async fn holdings(
		&self,
		provider: ProviderId,
		after: Option<ObjectKey>,
		limit: u32,
	) -> Result<ObjectsPage> {
		self.read("holdings", (provider, after, limit)).await
	}

	/// An account's pin on a hash.
	pub async fn pin(&self, account: &AccountId, hash: &ObjectHash) -> Result<Option<PinInfo>> {
		self.read("pin", (account, hash)).await
	}

	/// An account's pins, one page.
	pub async fn pins(
		&self,
		account: &AccountId,
		after: Option<ObjectHash>,
		limit: u32,
	) -> Result<PinsPage<AccountId, Balance>> {
		self.read("pins", (account, after, limit)).await
	}

	/// All of an account's pins.
	pub async fn all_pins(&self, account: &AccountId) -> Result<Vec<PinInfo>> {
		let mut pages = Pages::default();
		loop {
			let page = self.pins(account, pages.after, PAGE).await?;
			if !pages.add("pins", page.items, page.next)? {
				return Ok(pages.items);
			}
		}
	}

	/// Whether an account may upload an object: as the owner of a pin on it, or named by one.
	pub async fn may_upload(&self, account: &AccountId, key: &ObjectKey) -> Result<bool> {
		self.read("may_upload", (account, key)).await
	}

	/// What a pin of an object of `size` bytes for `eras` eras costs now.
	pub async fn quote(&self, size: u64, eras: u32) -> Result<QuoteInfo> {
		self.read("quote", (size, eras)).await
	}

	/// What is added to pay, and for which classes.
	pub async fn backing(&self) -> Result<BackingInfo> {
		self.read("backing", ()).await
	}
}
