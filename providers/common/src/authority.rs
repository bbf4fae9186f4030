//! What the HTTP side asks the chain, behind a narrow trait, and the answers' cache.

use futures::future::BoxFuture;
use rome_primitives::storage::ObjectKey;
use std::{
	collections::HashMap,
	hash::Hash,
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};
use tokio::sync::Semaphore;

/// An account's or operator's public key.
pub type AccountBytes = [u8; 32];

/// The chain cannot be asked at present.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the chain cannot be asked at present: {0}")]
pub struct Unavailable(pub String);

/// What the chain knows of an object, as seen by one provider.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObjectFacts {
	/// Whether this provider is to hold it, or holds it.
	pub ours: bool,
	/// Why it is on the take-down list, if it is.
	pub blocked: Option<String>,
}

/// The chain's word.
pub trait Authority: Send + Sync + 'static {
	/// An object that is registered.
	fn object(&self, key: ObjectKey) -> BoxFuture<'_, Result<Option<ObjectFacts>, Unavailable>>;

	/// Whether an account may upload an object.
	fn may_upload(
		&self,
		account: AccountBytes,
		key: ObjectKey,
	) -> BoxFuture<'_, Result<bool, Unavailable>>;

	/// Whether an account exists and has money.
	fn is_funded(&self, account: AccountBytes) -> BoxFuture<'_, Result<bool, Unavailable>>;

	/// Whether this is the operator key of an actor of the network that is not gone.
	fn is_peer(&self, operator: AccountBytes) -> BoxFuture<'_, Result<bool, Unavailable>>;
}

/// How long an answer counts. Short: a pin that was just made must be known in the next block.
const YES: Duration = Duration::from_secs(20);
const NO: Duration = Duration::from_secs(2);
/// Answers of a kind that are kept.
const ANSWERS: usize = 8_192;
/// Questions that wait for the chain at once.
const QUESTIONS: usize = 32;

struct Answers<K, V>(Mutex<HashMap<K, (V, Instant)>>);

impl<K: Eq + Hash, V: Clone> Answers<K, V> {
	fn new() -> Self {
		Self(Mutex::default())
	}

	fn get(&self, key: &K) -> Option<V> {
		let answers = self.0.lock().unwrap_or_else(|bad| bad.into_inner());
		let (value, until) = answers.get(key)?;
		(*until > Instant::now()).then(|| value.clone())
	}

	fn put(&self, key: K, value: V, keep: Duration) {
		let mut answers = self.0.lock().unwrap_or_else(|bad| bad.into_inner());
		let now = Instant::now();
		if answers.len() >= ANSWERS {
			answers.retain(|_, (_, until)| *until > now);
		}
		if answers.len() < ANSWERS {
			answers.insert(key, (value, now + keep));
		}
	}
}

/// An authority whose answers are remembered for some seconds, and that is asked a bounded number of
/// questions at once.
pub struct Cached {
	inner: Arc<dyn Authority>,
	questions: Semaphore,
	objects: Answers<ObjectKey, Option<ObjectFacts>>,
	uploads: Answers<(AccountBytes, ObjectKey), bool>,
	funded: Answers<AccountBytes, bool>,
	peers: Answers<AccountBytes, bool>,
}

impl Cached {
	/// Around `inner`.
	pub fn new(inner: Arc<dyn Authority>) -> Self {
		Self {
			inner,
			questions: Semaphore::new(QUESTIONS),
			objects: Answers::new(),
			uploads: Answers::new(),
			funded: Answers::new(),
			peers: Answers::new(),
		}
	}

	async fn ask<K: Eq + Hash + Clone, V: Clone>(
		&self,
		answers: &Answers<K, V>,
		key: K,
		good: impl Fn(&V) -> bool,
		question: BoxFuture<'_, Result<V, Unavailable>>,
	) -> Result<V, Unavailable> {
		if let Some(known) = answers.get(&key) {
			return Ok(known);
		}
		let gone = |_| Unavailable("shutting down".into());
		let turn = tokio::time::timeout(Duration::from_secs(10), self.questions.acquire());
		let Ok(turn) = turn.await else {
			return Err(Unavailable("too many questions wait for an answer".into()));
		};
		let _turn = turn.map_err(gone)?;
		let value = question.await?;
		answers.put(key, value.clone(), if good(&value) { YES } else { NO });
		Ok(value)
	}

	/// See [`Authority::object`].
	pub async fn object(&self, key: ObjectKey) -> Result<Option<ObjectFacts>, Unavailable> {
		let good = |facts: &Option<ObjectFacts>| facts.as_ref().is_some_and(|facts| facts.ours);
		self.ask(&self.objects, key, good, self.inner.object(key)).await
	}

	/// See [`Authority::may_upload`].
	pub async fn may_upload(
		&self,
		account: AccountBytes,
		key: ObjectKey,
	) -> Result<bool, Unavailable> {
		let question = self.inner.may_upload(account, key);
		self.ask(&self.uploads, (account, key), |may| *may, question).await
	}

	/// See [`Authority::is_funded`].
	pub async fn is_funded(&self, account: AccountBytes) -> Result<bool, Unavailable> {
		self.ask(&self.funded, account, |yes| *yes, self.inner.is_funded(account)).await
	}

	/// See [`Authority::is_peer`].
	pub async fn is_peer(&self, operator: AccountBytes) -> Result<bool, Unavailable> {
		self.ask(&self.peers, operator, |yes| *yes, self.inner.is_peer(operator)).await
	}
}
