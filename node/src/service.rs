//! The parts of a node and how they hold together.

use crate::{
	rpc::{self, FullDeps, GrandpaDeps},
	sealing::{self, Sealing},
};
use futures::{channel::mpsc, FutureExt, StreamExt};
use rome_runtime::{
	apis::RuntimeApi,
	opaque::{Block, Hash},
};
use sc_client_api::{AuxStore, Backend as _};
use sc_consensus_aura::{ImportQueueParams, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{FinalityProofProvider, SharedVoterState};
use sc_consensus_manual_seal::{
	consensus::{aura::AuraConsensusDataProvider, timestamp::SlotTimestampProvider},
	run_manual_seal, EngineCommand, ManualSealParams,
};
use sc_network::NetworkBackend;
use sc_service::{
	error::Error as ServiceError, BuildNetworkParams, ChainType, Configuration, PartialComponents,
	SpawnTasksParams, TaskManager, WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_blockchain::HeaderBackend;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use std::{pin::Pin, sync::Arc, time::Duration};

/// Executes the runtime. Only what every chain offers it: with other host functions in, a benchmark
/// could not run elsewhere.
type Executor = sc_executor::WasmExecutor<sp_io::SubstrateHostFunctions>;
/// The chain as the node sees it.
pub type FullClient = sc_service::TFullClient<Block, RuntimeApi, Executor>;
type FullBackend = sc_service::TFullBackend<Block>;
type FullSelectChain = sc_consensus::LongestChain<FullBackend, Block>;
type FullPool = TransactionPoolHandle<Block, FullClient>;
type GrandpaBlockImport =
	sc_consensus_grandpa::GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
type GrandpaLink = sc_consensus_grandpa::LinkHalf<Block, FullClient, FullSelectChain>;

/// How often GRANDPA's justifications are kept and asked for, in blocks.
const JUSTIFICATION_PERIOD: u32 = 512;

/// Where the database remembers how its blocks were made.
const SEALING_KEY: &[u8] = b"rome_sealing";

/// What only the running node needs, and the tools do not.
pub struct Extra {
	block_import: GrandpaBlockImport,
	grandpa_link: GrandpaLink,
	telemetry: Option<Telemetry>,
}

/// The parts that the node and its tools have in common.
pub type Parts = PartialComponents<
	FullClient,
	FullBackend,
	FullSelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	FullPool,
	Extra,
>;

/// Make the parts that the node and its tools have in common.
pub fn new_partial(config: &Configuration) -> Result<Parts, ServiceError> {
	let telemetry = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| -> Result<_, sc_telemetry::Error> {
			let worker = TelemetryWorker::new(16)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok((worker, telemetry))
		})
		.transpose()?;

	let executor = sc_service::new_wasm_executor(&config.executor);
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor,
			Vec::new(),
		)?;
	let client = Arc::new(client);

	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = sc_consensus::LongestChain::new(backend.clone());
	let transaction_pool = Arc::from(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (block_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.as_ref().map(|telemetry| telemetry.handle()),
	)?;

	let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
	let import_queue =
		sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
			block_import: block_import.clone(),
			justification_import: Some(Box::new(block_import.clone())),
			client: client.clone(),
			create_inherent_data_providers: move |_, ()| async move {
				let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
				let slot = sp_consensus_aura::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
					*timestamp,
					slot_duration,
				);
				Ok((slot, timestamp))
			},
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			check_for_equivocation: Default::default(),
			telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
			compatibility_mode: Default::default(),
		})?;

	Ok(PartialComponents {
		client,
		backend,
		task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: Extra { block_import, grandpa_link, telemetry },
	})
}

/// Refuse to seal on a chain that is not for development, and to open a database of one kind of
/// block-making in the other: blocks of the one are invalid in the other.
fn check_sealing(
	config: &Configuration,
	client: &FullClient,
	sealing: Option<Sealing>,
) -> Result<(), ServiceError> {
	let chain_type = config.chain_spec.chain_type();
	if let (Some(sealing), true) = (sealing, chain_type != ChainType::Development) {
		return Err(ServiceError::Other(format!(
			"--sealing {sealing} makes blocks that no other node accepts, so it works with a \
			 development chain only; `{}` is not one. Use it with --dev, or leave it out",
			config.chain_spec.name(),
		)));
	}

	let kind: &[u8] = if sealing.is_some() { b"sealed" } else { b"slots" };
	match client.get_aux(SEALING_KEY)? {
		Some(known) if known != kind => Err(ServiceError::Other(format!(
			"this database was made {}: {} or start over with `rome-node purge-chain`",
			if sealing.is_some() { "without --sealing" } else { "with --sealing" },
			if sealing.is_some() { "leave the option out," } else { "give the option again," },
		))),
		Some(_) => Ok(()),
		None => {
			// Databases from before this note, and new ones.
			client.insert_aux(&[(SEALING_KEY, kind)], &[])?;
			Ok(())
		},
	}
}

/// Start the node.
pub fn new_full<Network>(
	config: Configuration,
	sealing: Option<Sealing>,
) -> Result<TaskManager, ServiceError>
where
	Network: NetworkBackend<Block, Hash>,
{
	let PartialComponents {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: Extra { block_import, grandpa_link, mut telemetry },
	} = new_partial(&config)?;
	check_sealing(&config, &client, sealing)?;

	let metrics = Network::register_notification_metrics(
		config.prometheus_config.as_ref().map(|prometheus| &prometheus.registry),
	);
	let mut net_config = sc_network::config::FullNetworkConfiguration::<_, _, Network>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);
	let genesis_hash = client.info().genesis_hash;
	let grandpa_protocol =
		sc_consensus_grandpa::protocol_standard_name(&genesis_hash, &config.chain_spec);
	let (grandpa_protocol_config, grandpa_notifications) =
		sc_consensus_grandpa::grandpa_peers_set_config::<_, Network>(
			grandpa_protocol.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
	if sealing.is_none() {
		net_config.add_notification_protocol(grandpa_protocol_config);
	}
	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	));

	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		sc_service::build_network(BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	if config.offchain_worker.enabled {
		let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
			runtime_api_provider: client.clone(),
			keystore: Some(keystore_container.keystore()),
			offchain_db: backend.offchain_storage(),
			transaction_pool: Some(OffchainTransactionPoolFactory::new(transaction_pool.clone())),
			network_provider: Arc::new(network.clone()),
			is_validator: config.role.is_authority(),
			enable_http_requests: true,
			custom_extensions: |_| Vec::new(),
		})?;
		task_manager.spawn_handle().spawn(
			"offchain-workers-runner",
			"offchain-worker",
			workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
		);
	}

	let role = config.role;
	let force_authoring = config.force_authoring;
	let name = config.network.node_name.clone();
	let enable_grandpa = !config.disable_grandpa && sealing.is_none();
	let prometheus_registry = config.prometheus_registry().cloned();
	let shared_voter_state = SharedVoterState::empty();
	let (order, orders) = mpsc::channel::<EngineCommand<Hash>>(1_000);

	let rpc_builder = {
		let client = client.clone();
		let pool = transaction_pool.clone();
		let backend = backend.clone();
		let shared_voter_state = shared_voter_state.clone();
		let shared_authority_set = grandpa_link.shared_authority_set().clone();
		let justification_stream = grandpa_link.justification_stream();
		let manual_seal = (sealing == Some(Sealing::Manual)).then_some(order);
		Box::new(move |executor: sc_rpc::SubscriptionTaskExecutor| {
			let grandpa = enable_grandpa.then(|| GrandpaDeps {
				shared_voter_state: shared_voter_state.clone(),
				shared_authority_set: shared_authority_set.clone(),
				justification_stream: justification_stream.clone(),
				finality_provider: FinalityProofProvider::new_for_service(
					backend.clone(),
					Some(shared_authority_set.clone()),
				),
			});
			let deps = FullDeps {
				client: client.clone(),
				pool: pool.clone(),
				grandpa,
				manual_seal: manual_seal.clone(),
			};
			rpc::create_full(deps, executor).map_err(ServiceError::Application)
		})
	};

	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: client.clone(),
		backend,
		task_manager: &mut task_manager,
		keystore: keystore_container.keystore(),
		transaction_pool: transaction_pool.clone(),
		rpc_builder,
		network: network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;
	let telemetry = telemetry.as_ref().map(|telemetry| telemetry.handle());

	let proposer_factory = sc_basic_authorship::ProposerFactory::new(
		task_manager.spawn_handle(),
		client.clone(),
		transaction_pool.clone(),
		prometheus_registry.as_ref(),
		telemetry.clone(),
	);

	if let Some(sealing) = sealing {
		let orders: Pin<Box<dyn futures::Stream<Item = EngineCommand<Hash>> + Send>> = match sealing
		{
			Sealing::Manual => orders.boxed(),
			Sealing::Interval(every) => sealing::interval(every).boxed(),
			Sealing::Instant => sealing::instant(client.clone(), transaction_pool.clone()).boxed(),
		};
		log::info!("🧱 Sealing: {sealing}. Blocks take one slot each, whatever the clock says.");
		spawn_sealing(
			&task_manager,
			client,
			transaction_pool,
			select_chain,
			proposer_factory,
			orders,
		);
		return Ok(task_manager);
	}

	if role.is_authority() {
		let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
		let aura = sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(
			StartAuraParams {
				slot_duration,
				client,
				select_chain,
				block_import,
				proposer_factory,
				create_inherent_data_providers: move |_, ()| async move {
					let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
					let slot = sp_consensus_aura::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
						*timestamp,
						slot_duration,
					);
					Ok((slot, timestamp))
				},
				force_authoring,
				// Authors go on when finality does not: it takes a block to elect or remove a
				// validator.
				backoff_authoring_blocks: Option::<()>::None,
				keystore: keystore_container.keystore(),
				sync_oracle: sync_service.clone(),
				justification_sync_link: sync_service.clone(),
				block_proposal_slot_portion: SlotProportion::new(2f32 / 3f32),
				max_block_proposal_slot_portion: None,
				telemetry: telemetry.clone(),
				compatibility_mode: Default::default(),
			},
		)?;
		task_manager.spawn_essential_handle().spawn_blocking("aura", Some("block-authoring"), aura);
	}

	if enable_grandpa {
		let config = sc_consensus_grandpa::Config {
			gossip_duration: Duration::from_millis(333),
			justification_generation_period: JUSTIFICATION_PERIOD,
			observer_enabled: false,
			local_role: role,
			name: Some(name),
			// Only an authority votes.
			keystore: role.is_authority().then(|| keystore_container.keystore()),
			telemetry: telemetry.clone(),
			protocol_name: grandpa_protocol,
		};
		let voter = sc_consensus_grandpa::run_grandpa_voter(sc_consensus_grandpa::GrandpaParams {
			config,
			link: grandpa_link,
			network,
			sync: sync_service,
			notification_service: grandpa_notifications,
			voting_rule: sc_consensus_grandpa::VotingRulesBuilder::default().build(),
			prometheus_registry,
			shared_voter_state,
			telemetry,
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(transaction_pool),
		})?;
		task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	}

	Ok(task_manager)
}

type Proposers = sc_basic_authorship::ProposerFactory<FullPool, FullClient>;

/// Make a block for each order.
fn spawn_sealing(
	task_manager: &TaskManager,
	client: Arc<FullClient>,
	pool: Arc<FullPool>,
	select_chain: FullSelectChain,
	env: Proposers,
	commands_stream: Pin<Box<dyn futures::Stream<Item = EngineCommand<Hash>> + Send>>,
) {
	let params = ManualSealParams {
		// Not GRANDPA's: it would wait for a justification where the validators change.
		block_import: client.clone(),
		env,
		client: client.clone(),
		pool,
		commands_stream,
		select_chain,
		consensus_data_provider: Some(Box::new(AuraConsensusDataProvider::new(client.clone()))),
		create_inherent_data_providers: move |_, ()| {
			let client = client.clone();
			async move {
				// One slot after the best block's, whatever the clock says.
				SlotTimestampProvider::new_aura(client)
					.map_err(|error| -> Box<dyn std::error::Error + Send + Sync> { error.into() })
			}
		},
	};
	task_manager.spawn_essential_handle().spawn_blocking(
		"sealing",
		Some("block-authoring"),
		run_manual_seal(params),
	);
}
