//! `colossus init`: what a provider begins with.

use crate::config::Config;
use codec::Encode;
use rome_client::{Chain, Settings};
use rome_primitives::signing::OperatorConsent;
use rome_provider::{
	key::OperatorKey,
	store::{Manifest, Store},
};
use sp_runtime::AccountId32;
use std::{
	fs,
	path::{Path, PathBuf},
	str::FromStr,
};

/// What `init` is told.
#[derive(clap::Args, Clone, Debug)]
pub struct Arguments {
	/// The data directory, by default `data` beside the configuration file.
	#[arg(long)]
	pub data: Option<PathBuf>,
	/// Websocket address of a node; give it twice or more, for nodes of different operators.
	#[arg(long = "rpc", required = true)]
	pub rpc: Vec<String>,
	/// The account that will stand for this provider: the operator key's consent to it is printed.
	#[arg(long)]
	pub owner: Option<String>,
	/// The chain's genesis hash, for the consent; asked of the endpoints by default.
	#[arg(long)]
	pub genesis: Option<String>,
}

/// Makes what is not there yet, and prints what is registered on chain.
pub async fn run(path: &Path, arguments: &Arguments) -> Result<(), String> {
	let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
	let folder = folder.unwrap_or(Path::new("."));
	fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
	let config = if path.exists() {
		let config = Config::read(path)?;
		println!("configuration  {} (was there)", path.display());
		config
	} else {
		let data = arguments.data.clone().unwrap_or_else(|| "data".into());
		let config = Config::new(data, "operator.key".into(), arguments.rpc.clone());
		fs::write(path, config.to_text())
			.map_err(|error| format!("{}: {error}", path.display()))?;
		println!("configuration  {}", path.display());
		Config::read(path)?
	};
	let key = if config.key.exists() {
		println!("operator key   {} (was there)", config.key.display());
		OperatorKey::read(&config.key)?
	} else {
		let mut entropy = [0; 16];
		getrandom::fill(&mut entropy).map_err(|error| error.to_string())?;
		let key = OperatorKey::create(&config.key, entropy)?;
		println!("operator key   {} (keep a copy in a safe place)", config.key.display());
		key
	};
	if Manifest::read(&config.data).is_ok() {
		println!("data           {} (was there)", config.data.display());
	} else {
		let manifest = Manifest::new("colossus", key.id().to_string());
		Store::create(&config.data, &manifest).map_err(|error| error.to_string())?;
		println!("data           {}", config.data.display());
	}
	println!("operator       {}", key.id());
	match &arguments.owner {
		Some(owner) => consent(arguments, &config, &key, owner).await,
		None => {
			println!("next           the same with --owner ACCOUNT prints the consent for `rome provider apply`");
			Ok(())
		},
	}
}

async fn consent(
	arguments: &Arguments,
	config: &Config,
	key: &OperatorKey,
	owner: &str,
) -> Result<(), String> {
	let owner = AccountId32::from_str(owner)
		.map_err(|error| format!("`{owner}` is no account's address: {error}"))?;
	let genesis = match &arguments.genesis {
		Some(text) => {
			let mut hash = [0; 32];
			hex::decode_to_slice(text.trim_start_matches("0x"), &mut hash)
				.map_err(|error| format!("`{text}` is no genesis hash: {error}"))?;
			hash
		},
		None => {
			let chain =
				Chain::open(Settings::new(&config.rpc)).await.map_err(|error| error.to_string())?;
			chain.genesis().await.map_err(|error| error.to_string())?.0
		},
	};
	let message = OperatorConsent { owner: owner.clone(), operator: key.id() };
	let signed = key.sign(&genesis, message);
	println!("owner          {owner}");
	println!("consent        0x{}", hex::encode(signed.signature.encode()));
	println!("next           rome provider apply --operator {} --consent 0x...", key.id());
	Ok(())
}
