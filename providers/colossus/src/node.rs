//! The chain, as all duties share it, and what it says about this provider.

use crate::metrics::DutyMetrics;
use futures::future::BoxFuture;
use rome_client::{
	storage::{ProviderInfo, TrancheInfo},
	AccountId, Chain, Head, Settings,
};
use rome_primitives::{
	actors::ActorState,
	storage::{api::StorageParameters, ObjectKey, ProviderId},
};
use rome_provider::{
	authority::{AccountBytes, Authority, ObjectFacts, Unavailable},
	key::OperatorKey,
};
use std::{sync::Arc, time::Duration};
use tokio::sync::{watch, Mutex};

/// How long a question waits for an endpoint to come back.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the chain says at one block.
#[derive(Clone, Debug)]
pub struct View {
	/// The block.
	pub head: Head,
	/// Height of the last finalized block.
	pub finalized: u64,
	/// This provider.
	pub me: ProviderInfo,
	/// Its tranches.
	pub tranches: Vec<TrancheInfo>,
	/// The numbers to go by.
	pub parameters: StorageParameters,
}

/// The chain and the operator.
pub struct Node {
	/// The operator key.
	pub key: OperatorKey,
	/// What the duties count.
	pub metrics: DutyMetrics,
	/// Held by whoever sends a transaction: one after the other.
	pub sending: Mutex<()>,
	chain: watch::Sender<Option<Arc<Chain>>>,
	view: watch::Sender<Option<Arc<View>>>,
}

impl Node {
	/// Not connected yet.
	pub fn new(key: OperatorKey, metrics: DutyMetrics) -> Arc<Self> {
		Arc::new(Self {
			key,
			metrics,
			sending: Mutex::new(()),
			chain: watch::Sender::new(None),
			view: watch::Sender::new(None),
		})
	}

	/// Connects to the first endpoint that answers, however long that takes, and gives the chain's genesis
	/// hash.
	pub async fn connect(&self, urls: &[String]) -> rome_client::Result<[u8; 32]> {
		let counter = self.metrics.rpc_notices.clone();
		let settings =
			Settings::new(urls).patience(PATIENCE).wait_for_first().notices(move |text| {
				counter.inc();
				tracing::warn!("endpoint: {text}");
			});
		let mut told = false;
		let chain = loop {
			match Chain::open(settings.clone()).await {
				Ok(chain) => break chain,
				Err(error @ rome_client::Error::WrongChain(_)) => return Err(error),
				Err(error) => {
					if !std::mem::replace(&mut told, true) {
						tracing::warn!(%error, "no endpoint answers; what is here is served meanwhile");
					}
					tokio::time::sleep(Duration::from_secs(1)).await;
				},
			}
		};
		let genesis = chain.genesis().await?;
		self.chain.send_replace(Some(Arc::new(chain)));
		Ok(genesis.0)
	}

	/// The chain, once connected.
	pub fn chain(&self) -> Option<Arc<Chain>> {
		self.chain.borrow().clone()
	}

	/// What the chain said last.
	pub fn view(&self) -> Option<Arc<View>> {
		self.view.borrow().clone()
	}

	/// To follow what the chain says.
	pub fn views(&self) -> watch::Receiver<Option<Arc<View>>> {
		self.view.subscribe()
	}

	/// Tells everybody what the chain says.
	pub fn publish(&self, view: Option<View>) {
		self.view.send_replace(view.map(Arc::new));
	}

	/// This provider's number.
	pub fn id(&self) -> Option<ProviderId> {
		self.view().map(|view| view.me.id)
	}

	fn reachable(&self) -> Result<Arc<Chain>, Unavailable> {
		self.chain().ok_or_else(|| Unavailable("no endpoint has answered yet".into()))
	}
}

fn unavailable(error: rome_client::Error) -> Unavailable {
	Unavailable(error.to_string())
}

/// Whether an actor still belongs to the network.
pub fn is_there(state: &ActorState) -> bool {
	!matches!(state, ActorState::Left | ActorState::Evicted)
}

impl Authority for Node {
	fn object(&self, key: ObjectKey) -> BoxFuture<'_, Result<Option<ObjectFacts>, Unavailable>> {
		Box::pin(async move {
			let chain = self.reachable()?;
			let found = chain.storage().object(&key).await.map_err(unavailable)?;
			let me = self.id();
			Ok(found.map(|object| ObjectFacts {
				ours: me.is_some_and(|me| {
					object.assigned.contains(&me) || object.holders.contains(&me)
				}),
				blocked: object.blocked.map(|why| String::from_utf8_lossy(&why).into_owned()),
			}))
		})
	}

	fn may_upload(
		&self,
		account: AccountBytes,
		key: ObjectKey,
	) -> BoxFuture<'_, Result<bool, Unavailable>> {
		Box::pin(async move {
			let chain = self.reachable()?;
			chain.storage().may_upload(&AccountId::from(account), &key).await.map_err(unavailable)
		})
	}

	fn is_funded(&self, account: AccountBytes) -> BoxFuture<'_, Result<bool, Unavailable>> {
		Box::pin(async move {
			let found = self.reachable()?.account(&AccountId::from(account)).await;
			Ok(found.map_err(unavailable)?.1 > 0)
		})
	}

	fn is_peer(&self, operator: AccountBytes) -> BoxFuture<'_, Result<bool, Unavailable>> {
		Box::pin(async move {
			let chain = self.reachable()?;
			let found = chain.storage().provider_of(&AccountId::from(operator)).await;
			Ok(found.map_err(unavailable)?.is_some_and(|provider| is_there(&provider.state)))
		})
	}
}
