//! The chains that the node knows by name, and the one in a file.

use rome_runtime::{SS58_PREFIX, TOKEN_DECIMALS, TOKEN_SYMBOL};
use rome_runtime_wasm::WASM_BINARY;
use sc_chain_spec::{ChainType, GenericChainSpec, Properties};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use std::path::PathBuf;

/// The chains' specification. The genesis state is the runtime's own: see its presets.
pub type ChainSpec = GenericChainSpec;

/// What wallets show: equal to what the runtime itself says.
fn properties() -> Properties {
	[
		("tokenSymbol".to_owned(), TOKEN_SYMBOL.into()),
		("tokenDecimals".to_owned(), TOKEN_DECIMALS.into()),
		("ss58Format".to_owned(), SS58_PREFIX.into()),
	]
	.into_iter()
	.collect()
}

fn wasm() -> Result<&'static [u8], String> {
	WASM_BINARY.ok_or_else(|| {
		"this node was built without its runtime (SKIP_WASM_BUILD was set): only chains from a file \
		 can be used; build it again without SKIP_WASM_BUILD"
			.to_owned()
	})
}

/// One validator, Alice.
pub fn development() -> Result<ChainSpec, String> {
	Ok(ChainSpec::builder(wasm()?, None)
		.with_name("Rome development")
		.with_id("rome_dev")
		.with_protocol_id("rome-dev")
		.with_chain_type(ChainType::Development)
		.with_genesis_config_preset_name(DEV_RUNTIME_PRESET)
		.with_properties(properties())
		.build())
}

/// Four validators: Alice, Bob, Charlie and Dave.
pub fn local() -> Result<ChainSpec, String> {
	Ok(ChainSpec::builder(wasm()?, None)
		.with_name("Rome local")
		.with_id("rome_local")
		.with_protocol_id("rome-local")
		.with_chain_type(ChainType::Local)
		.with_genesis_config_preset_name(LOCAL_TESTNET_RUNTIME_PRESET)
		.with_properties(properties())
		.build())
}

/// The chain called `id`: a name or the path of a JSON file.
pub fn load(id: &str) -> Result<ChainSpec, String> {
	match id {
		"dev" => development(),
		"local" => local(),
		"" => {
			Err("which chain? Use --dev for a development chain of one validator, --chain local \
		           for one of four, or --chain FILE for any other"
				.to_owned())
		},
		path => {
			let path = PathBuf::from(path);
			if !path.exists() {
				return Err(format!(
					"there is no chain called {path:?}: it is neither `dev` nor `local`, and there \
					 is no such file"
				));
			}
			ChainSpec::from_json_file(path)
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn named_chains_build_their_genesis() {
		for (id, validators) in [("dev", 1), ("local", 4)] {
			let spec = load(id).expect("the chain is known");
			let json: serde_json::Value =
				serde_json::from_str(&spec.as_json(false).expect("spec is valid"))
					.expect("spec is JSON");
			assert_eq!(json["properties"]["tokenSymbol"], "ROME");
			assert_eq!(json["properties"]["tokenDecimals"], 12);
			assert_eq!(json["properties"]["ss58Format"], 42);
			let patch = &json["genesis"]["runtimeGenesis"]["patch"];
			assert_eq!(
				patch["collatorSelection"]["invulnerables"].as_array().map(Vec::len),
				Some(validators),
			);
			// The raw form is the state that the runtime builds from the preset.
			let raw: serde_json::Value =
				serde_json::from_str(&spec.as_json(true).expect("genesis builds"))
					.expect("spec is JSON");
			assert!(raw["genesis"]["raw"]["top"].is_object());
		}
	}

	#[test]
	fn unknown_chains_are_refused_with_a_hint() {
		assert!(load("").err().expect("refused").contains("--dev"));
		assert!(load("/nowhere/rome.json").err().expect("refused").contains("no such file"));
	}
}
