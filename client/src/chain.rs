//! The chain: what is read from it, and transactions made for it.

use crate::{
	rpc::{Rpc, Settings},
	Account, AccountId, Balance, Call, Error, Event, Hash, Result,
};
use codec::{Compact, Decode, Encode};
use std::sync::{Arc, RwLock};
use subxt::{
	client::{OfflineClient, OfflineClientAtBlock},
	config::{
		substrate::{SpecVersionForRange, SubstrateExtrinsicParamsBuilder},
		SubstrateConfig,
	},
	events::Phase,
	metadata::{ArcMetadata, Metadata},
};
use tokio::sync::Mutex;

/// Blocks in which a transaction may be included: long enough for a full pool, short enough that one
/// that got lost is soon known to be dead.
pub const LIFETIME: u64 = 128;

/// The runtime, as the chain describes it.
pub struct Runtime {
	/// Its pallets, types and extensions.
	pub metadata: ArcMetadata,
	client: OfflineClientAtBlock<SubstrateConfig>,
}

/// A transaction that can be handed in.
#[derive(Clone, Debug)]
pub struct Transaction {
	/// As it is in a block.
	pub bytes: Vec<u8>,
	/// What it is followed by.
	pub hash: Hash,
	/// The last block that it can be in.
	pub dies_at: u64,
}

/// The block from which a transaction's lifetime counts.
#[derive(Clone, Copy, Debug)]
pub struct Birth {
	/// Its height.
	pub number: u64,
	/// Its hash.
	pub hash: Hash,
}

/// The chain, through one of several nodes.
pub struct Chain {
	/// The connection.
	pub rpc: Rpc,
	/// The runtime that transactions are made for.
	runtime: RwLock<Option<Arc<Runtime>>>,
	/// Runtimes of blocks, by version.
	pub(crate) runtimes: RwLock<Vec<(u32, Arc<Runtime>)>>,
	/// Held while transactions are given their nonces.
	pub(crate) submitting: Mutex<()>,
}

impl Chain {
	fn new(rpc: Rpc) -> Self {
		Self {
			rpc,
			runtime: RwLock::default(),
			runtimes: RwLock::default(),
			submitting: Mutex::default(),
		}
	}

	/// Connects to the first node that answers, as a command does: it is not waited for, once it answered
	/// its loss is borne for 20 seconds. What happens to the connection is told on standard error, unless
	/// `quiet`.
	pub async fn connect(urls: &[String], quiet: bool) -> Result<Self> {
		let settings = Settings::new(urls);
		let settings = if quiet { settings } else { settings.notices(|text| eprintln!("{text}")) };
		Self::open(settings).await
	}

	/// Connects to the first node that answers.
	pub async fn open(settings: Settings) -> Result<Self> {
		Ok(Self::new(Rpc::connect(settings).await?))
	}

	/// Each of the nodes as a chain of its own that never moves to another node, for questions whose answers
	/// are compared. None is connected to before it is asked; one that is away, or of another chain, gives an
	/// error then.
	pub fn each(&self) -> Vec<Self> {
		self.rpc.each().into_iter().map(Self::new).collect()
	}

	/// The hash of block 0, which says which chain this is.
	pub async fn genesis(&self) -> Result<Hash> {
		self.rpc.genesis().await
	}

	/// What a function of a runtime API gives at a block, or at the best one.
	pub async fn read_api<T: Decode>(
		&self,
		block: Option<Hash>,
		api: &str,
		function: &str,
		arguments: impl Encode,
	) -> Result<T> {
		let function = format!("{api}_{function}");
		let bytes = self.rpc.state_call(&function, &arguments.encode(), block).await?;
		Error::decode(&function, &bytes)
	}

	/// The runtime. Fetched once: reading alone does not take it.
	pub async fn runtime(&self) -> Result<Arc<Runtime>> {
		let known = self.runtime.read().ok().and_then(|slot| slot.clone());
		match known {
			Some(runtime) => Ok(runtime),
			None => self.fetch_runtime().await,
		}
	}

	/// Fetches the runtime anew, for example after it was upgraded.
	pub async fn fetch_runtime(&self) -> Result<Arc<Runtime>> {
		let runtime = Arc::new(self.runtime_at(None).await?);
		if let Ok(mut slot) = self.runtime.write() {
			*slot = Some(runtime.clone());
		}
		Ok(runtime)
	}

	/// The runtime that carries out what comes after a block, or after the best one.
	pub async fn runtime_at(&self, block: Option<Hash>) -> Result<Runtime> {
		let version = self.rpc.runtime_version(block).await?;
		let genesis = self.rpc.genesis().await?;
		let metadata = self.fetch_metadata(block).await?.arc();
		let config = SubstrateConfig::builder()
			.set_genesis_hash(genesis)
			.set_spec_version_for_block_ranges([SpecVersionForRange {
				block_range: 0..u64::MAX,
				spec_version: version.spec_version,
				transaction_version: version.transaction_version,
			}])
			.set_metadata_for_spec_versions([(version.spec_version, metadata.clone())])
			.build();
		let client = OfflineClient::new_with_config(config)
			.at_block(0u32)
			.map_err(|error| Error::Unsignable(error.to_string()))?;
		Ok(Runtime { metadata, client })
	}

	async fn fetch_metadata(&self, block: Option<Hash>) -> Result<Metadata> {
		const VERSION: u32 = 16;
		let what = "Metadata_metadata_at_version";
		let bytes = self.rpc.state_call(what, &VERSION.encode(), block).await?;
		// An optional byte string: 1, its length, and it.
		let input = &mut bytes.as_slice();
		if u8::decode(input).map_err(|error| Error::unreadable(what, error))? != 1 {
			return Err(Error::Missing(format!("metadata of version {VERSION}")));
		}
		Compact::<u32>::decode(input).map_err(|error| Error::unreadable(what, error))?;
		Metadata::decode_from(input).map_err(|error| Error::unreadable(what, error))
	}

	/// A pallet's constant.
	pub async fn constant<T: Decode>(&self, pallet: &str, name: &str) -> Result<T> {
		let runtime = self.runtime().await?;
		let missing = || Error::Missing(format!("constant {pallet}.{name}"));
		let pallet = runtime.metadata.pallet_by_name(pallet).ok_or_else(missing)?;
		let constant = pallet.constant_by_name(name).ok_or_else(missing)?;
		Error::decode(name, constant.value())
	}

	/// A storage value without keys.
	pub async fn value<T: Decode>(&self, pallet: &str, name: &str) -> Result<Option<T>> {
		self.map_value(pallet, name, &[]).await
	}

	/// A value of a storage map whose hasher is the identity.
	pub async fn map_value<T: Decode>(
		&self,
		pallet: &str,
		name: &str,
		key: &[u8],
	) -> Result<Option<T>> {
		let mut full = sp_crypto_hashing::twox_128(pallet.as_bytes()).to_vec();
		full.extend(sp_crypto_hashing::twox_128(name.as_bytes()));
		full.extend_from_slice(key);
		let bytes = self.rpc.storage(&full, None).await?;
		bytes.map(|bytes| Error::decode(name, &bytes)).transpose()
	}

	/// An account's nonce and free balance at the best block.
	pub async fn account(&self, who: &AccountId) -> Result<(u32, Balance)> {
		let mut key = sp_crypto_hashing::blake2_128(&who.0).to_vec();
		key.extend_from_slice(&who.0);
		// nonce, consumers, providers, sufficients, free balance, ...
		let info: Option<(u32, u32, u32, u32, Balance)> =
			self.map_value("System", "Account", &key).await?;
		Ok(info.map_or((0, 0), |(nonce, _, _, _, free)| (nonce, free)))
	}

	/// A block to count a transaction's lifetime from: a final one, unless finality has fallen behind.
	pub async fn birth(&self) -> Result<Birth> {
		let missing =
			|hash| Error::unreadable("chain_getHeader", format!("there is no block {hash:?}"));
		let best = self.best_hash().await?;
		let best_header = self.rpc.header(best).await?.ok_or_else(|| missing(best))?;
		let last = self.rpc.finalized_hash().await?;
		let last_header = self.rpc.header(last).await?.ok_or_else(|| missing(last))?;
		Ok(if best_header.number.saturating_sub(last_header.number) < LIFETIME / 4 {
			Birth { number: last_header.number, hash: last }
		} else {
			Birth { number: best_header.number, hash: best }
		})
	}

	/// Signs `call` for `account`.
	pub async fn sign(
		&self,
		call: &Call,
		account: &Account,
		nonce: u64,
		birth: Birth,
	) -> Result<Transaction> {
		let runtime = self.runtime().await?;
		// Says which call it is that the chain lacks, before subxt would.
		call.encode(&runtime.metadata)?;
		let params = SubstrateExtrinsicParamsBuilder::<SubstrateConfig>::new()
			.nonce(nonce)
			.mortal_from_unchecked(LIFETIME, birth.number, birth.hash)
			.build();
		let unsignable = |error: subxt::error::ExtrinsicError| Error::Unsignable(error.to_string());
		let mut signable =
			runtime.client.tx().create_signable_offline(call, params).map_err(unsignable)?;
		let signed = signable.sign(&account.keypair).map_err(unsignable)?;
		let hash = signed.hash();
		Ok(Transaction { bytes: signed.into_encoded(), hash, dies_at: birth.number + LIFETIME - 1 })
	}

	/// The events of a block, with the transaction that each belongs to.
	pub async fn events(&self, block: Hash) -> Result<Vec<(u32, Event)>> {
		let runtime = self.runtime().await?;
		let events = self.all_events(block, &runtime).await?.into_iter();
		Ok(events
			.filter_map(|(phase, event)| match phase {
				Phase::ApplyExtrinsic(index) => Some((index, event)),
				_ => None,
			})
			.collect())
	}

	/// The events of a block that `runtime` carried out, also those of no transaction.
	pub async fn all_events(&self, block: Hash, runtime: &Runtime) -> Result<Vec<(Phase, Event)>> {
		let mut key = sp_crypto_hashing::twox_128(b"System").to_vec();
		key.extend(sp_crypto_hashing::twox_128(b"Events"));
		let bytes = self.rpc.storage(&key, Some(block)).await?.unwrap_or_default();
		let mut events = Vec::new();
		for event in runtime.client.events().from_bytes(bytes).iter() {
			let event = event.map_err(|error| Error::unreadable("System.Events", error))?;
			let phase = event.phase();
			let event = Event {
				pallet: event.pallet_name().into(),
				name: event.event_name().into(),
				fields: event.field_bytes().to_vec(),
			};
			events.push((phase, event));
		}
		Ok(events)
	}

	/// The weight (reference time, proof size) of a call.
	pub async fn call_weight(&self, call: &[u8]) -> Result<(u64, u64)> {
		let mut arguments = call.to_vec();
		(call.len() as u32).encode_to(&mut arguments);
		let what = "TransactionPaymentCallApi_query_call_info";
		let bytes = self.rpc.state_call(what, &arguments, None).await?;
		let (time, size): (Compact<u64>, Compact<u64>) = Error::decode(what, &bytes)?;
		Ok((time.0, size.0))
	}
}

impl std::ops::Deref for Runtime {
	type Target = ArcMetadata;

	fn deref(&self) -> &ArcMetadata {
		&self.metadata
	}
}
