//! Signs calls and sends them, without waiting for more than their block.

use crate::support::Node;
use codec::{Compact, Decode, Encode};
use serde_json::json;
use std::{collections::HashMap, str::FromStr};
use subxt::{
	client::{OfflineClient, OfflineClientAtBlock},
	config::{
		substrate::{SpecVersionForRange, SubstrateExtrinsicParamsBuilder},
		SubstrateConfig,
	},
	ext::{
		scale_encode::{self, EncodeAsFields, FieldIter},
		scale_type_resolver::TypeResolver,
	},
	metadata::{ArcMetadata, Metadata},
	tx::Payload,
};
use subxt_signer::{sr25519::Keypair, SecretUri};

/// A call with its arguments encoded.
#[derive(Clone)]
pub struct Call {
	pallet: &'static str,
	name: &'static str,
	arguments: Arguments,
}

#[derive(Clone)]
pub struct Arguments(Vec<u8>);

impl EncodeAsFields for Arguments {
	fn encode_as_fields_to<R: TypeResolver>(
		&self,
		_: &mut dyn FieldIter<'_, R::TypeId>,
		_: &R,
		out: &mut Vec<u8>,
	) -> Result<(), scale_encode::Error> {
		out.extend_from_slice(&self.0);
		Ok(())
	}
}

impl Payload for Call {
	type CallData = Arguments;

	fn pallet_name(&self) -> &str {
		self.pallet
	}

	fn call_name(&self) -> &str {
		self.name
	}

	fn call_data(&self) -> &Arguments {
		&self.arguments
	}
}

impl Call {
	/// A call of the content directory.
	pub fn directory(name: &'static str, arguments: impl Encode) -> Self {
		Self { pallet: "ContentDirectory", name, arguments: Arguments(arguments.encode()) }
	}
}

/// The development accounts.
pub struct Wallet<'a> {
	node: &'a Node,
	client: OfflineClientAtBlock<SubstrateConfig>,
	metadata: ArcMetadata,
	nonces: HashMap<&'static str, u64>,
}

impl<'a> Wallet<'a> {
	pub fn open(node: &'a Node) -> Self {
		let version = node.result("state_getRuntimeVersion", json!([]));
		let number = |name: &str| version[name].as_u64().unwrap() as u32;
		let (spec_version, transaction_version) =
			(number("specVersion"), number("transactionVersion"));
		let genesis = node.result("chain_getBlockHash", json!([0]));
		let bytes = call_api(node, "Metadata_metadata_at_version", 16u32, None);
		let mut input = bytes.as_slice();
		assert_eq!(u8::decode(&mut input), Ok(1));
		Compact::<u32>::decode(&mut input).unwrap();
		let metadata = Metadata::decode_from(input).unwrap().arc();
		let config = SubstrateConfig::builder()
			.set_genesis_hash(genesis.as_str().unwrap().parse().unwrap())
			.set_spec_version_for_block_ranges([SpecVersionForRange {
				block_range: 0..u64::MAX,
				spec_version,
				transaction_version,
			}])
			.set_metadata_for_spec_versions([(spec_version, metadata.clone())])
			.build();
		let client = OfflineClient::new_with_config(config).at_block(0u32).unwrap();
		Self { node, client, metadata, nonces: HashMap::new() }
	}

	/// Sends a call of `who`; it may well be refused when it is carried out.
	pub fn send(&mut self, who: &'static str, call: Call) {
		let keypair = Keypair::from_uri(&SecretUri::from_str(who).unwrap()).unwrap();
		let address = keypair.public_key().to_account_id().to_string();
		let nonce = self.nonces.entry(who).or_insert_with(|| {
			let next = self.node.result("system_accountNextIndex", json!([address]));
			next.as_u64().unwrap()
		});
		let params = SubstrateExtrinsicParamsBuilder::<SubstrateConfig>::new()
			.nonce(*nonce)
			.immortal()
			.build();
		*nonce += 1;
		let mut signable = self.client.tx().create_signable_offline(&call, params).unwrap();
		let bytes = hex::encode(signable.sign(&keypair).unwrap().into_encoded());
		self.node.result("author_submitExtrinsic", json!([format!("0x{bytes}")]));
	}

	/// Sends a call as root.
	pub fn sudo(&mut self, call: &Call) {
		let pallet = self.metadata.pallet_by_name(call.pallet).unwrap();
		let variant = pallet.call_variant_by_name(call.name).unwrap();
		let mut bytes = vec![pallet.call_index(), variant.index];
		bytes.extend_from_slice(&call.arguments.0);
		self.send("//Alice", Call { pallet: "Sudo", name: "sudo", arguments: Arguments(bytes) });
	}

	/// Others have signed with the accounts meanwhile.
	pub fn forget_nonces(&mut self) {
		self.nonces.clear();
	}
}

/// What a function of the runtime API gives, after the best block or another.
pub fn call_api(node: &Node, function: &str, arguments: impl Encode, at: Option<&str>) -> Vec<u8> {
	let arguments = format!("0x{}", hex::encode(arguments.encode()));
	let answer = node.result("state_call", json!([function, arguments, at]));
	hex::decode(answer.as_str().unwrap().trim_start_matches("0x")).unwrap()
}
