//! What clients read.

use super::run;
use crate::{Runtime, TxExtension, VERSION};
use sp_api::runtime_decl_for_metadata::Metadata;

#[test]
fn metadata_is_served_in_every_version_that_clients_ask_for() {
	run("development", |_| {
		let served = <Runtime as Metadata<crate::Block>>::metadata_versions();
		for version in [14u32, 15, 16] {
			assert!(served.contains(&version), "no metadata V{version}");
			let metadata = <Runtime as Metadata<crate::Block>>::metadata_at_version(version)
				.expect("it says it serves this version");
			// The magic number "meta" and the version.
			assert_eq!(&metadata[..4], b"meta");
			assert_eq!(u32::from(metadata[4]), version);
		}
		assert!(<Runtime as Metadata<crate::Block>>::metadata_at_version(13).is_none());
	});
}

#[test]
fn extensions_are_the_ones_that_wallets_know_in_the_order_they_sign() {
	use sp_runtime::traits::TransactionExtension;
	let names = TxExtension::metadata().into_iter().map(|e| e.identifier).collect::<Vec<_>>();
	assert_eq!(
		names,
		[
			"AuthorizeCall",
			"CheckNonZeroSender",
			"CheckSpecVersion",
			"CheckTxVersion",
			"CheckGenesis",
			"CheckMortality",
			"CheckNonce",
			"CheckWeight",
			"ChargeTransactionPayment",
			"CheckMetadataHash",
			"WeightReclaim",
		]
	);
	assert_eq!((VERSION.spec_name.as_ref(), VERSION.impl_name.as_ref()), ("rome", "rome-node"));
}

#[test]
fn no_pallet_has_an_index_that_signatures_of_messages_could_be_taken_for() {
	use frame_support::traits::PalletsInfoAccess;
	use rome_primitives::signing::RESERVED_PALLET_INDICES;
	let pallets = crate::AllPalletsWithSystem::infos();
	assert!(pallets.iter().any(|pallet| pallet.name == "StorageTranches"));
	for pallet in pallets {
		assert!(
			!RESERVED_PALLET_INDICES.iter().any(|index| usize::from(*index) == pallet.index),
			"{} has a reserved index",
			pallet.name
		);
	}
}
