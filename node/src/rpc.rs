//! The RPC methods beyond those that every node serves.

mod content;

use futures::channel::mpsc;
use jsonrpsee::RpcModule;
use rome_primitives::content::api::ContentDirectoryApi;
use rome_runtime::{opaque::Block, AccountId, Balance, Hash, Nonce};
use sc_client_api::{AuxStore, BlockBackend};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_manual_seal::{
	rpc::{ManualSeal, ManualSealApiServer},
	EngineCommand,
};
use sc_rpc::SubscriptionTaskExecutor;
use sc_transaction_pool_api::TransactionPool;
use sp_api::ProvideRuntimeApi;
use sp_block_builder::BlockBuilder;
use sp_blockchain::{Error as BlockChainError, HeaderBackend, HeaderMetadata};
use std::{error::Error, sync::Arc};

/// What the GRANDPA methods need.
pub struct GrandpaDeps<Backend> {
	/// The votes of the running round.
	pub shared_voter_state: SharedVoterState,
	/// The voters.
	pub shared_authority_set: SharedAuthoritySet<Hash, rome_runtime::BlockNumber>,
	/// Justifications as they come.
	pub justification_stream: GrandpaJustificationStream<Block>,
	/// Proofs of finality.
	pub finality_provider: Arc<FinalityProofProvider<Backend, Block>>,
}

/// What the methods need.
pub struct FullDeps<Client, Pool, Backend> {
	/// The chain.
	pub client: Arc<Client>,
	/// The transactions.
	pub pool: Arc<Pool>,
	/// Finality. Absent where sealing decides it.
	pub grandpa: Option<GrandpaDeps<Backend>>,
	/// Where blocks are ordered, in manual sealing.
	pub manual_seal: Option<mpsc::Sender<EngineCommand<Hash>>>,
}

/// Put the methods together.
pub fn create_full<Client, Pool, Backend>(
	deps: FullDeps<Client, Pool, Backend>,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>>
where
	Client: ProvideRuntimeApi<Block>
		+ HeaderBackend<Block>
		+ HeaderMetadata<Block, Error = BlockChainError>
		+ BlockBackend<Block>
		+ AuxStore
		+ Send
		+ Sync
		+ 'static,
	Client::Api: substrate_frame_rpc_system::AccountNonceApi<Block, AccountId, Nonce>
		+ pallet_transaction_payment_rpc::TransactionPaymentRuntimeApi<Block, Balance>
		+ BlockBuilder<Block>
		+ ContentDirectoryApi<Block, AccountId, Balance>,
	Pool: TransactionPool<Block = Block> + 'static,
	Backend: sc_client_api::Backend<Block> + 'static,
{
	use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
	use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
	use substrate_frame_rpc_system::{System, SystemApiServer};

	let FullDeps { client, pool, grandpa, manual_seal } = deps;
	let mut module = RpcModule::new(());
	module.merge(System::new(client.clone(), pool).into_rpc())?;
	module.merge(content::module(client.clone())?)?;
	module.merge(TransactionPayment::new(client).into_rpc())?;
	if let Some(grandpa) = grandpa {
		module.merge(
			Grandpa::new(
				executor,
				grandpa.shared_authority_set,
				grandpa.shared_voter_state,
				grandpa.justification_stream,
				grandpa.finality_provider,
			)
			.into_rpc(),
		)?;
	}
	if let Some(orders) = manual_seal {
		module.merge(ManualSeal::new(orders).into_rpc())?;
	}
	Ok(module)
}
