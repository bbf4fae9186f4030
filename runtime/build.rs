//! Compiles the runtime a second time, for Wasm, when it is built natively.

fn main() {
	#[cfg(all(feature = "std", feature = "metadata-hash"))]
	{
		// Symbol and decimals go into the hash: they are what an offline signer shows, and must
		// equal `TOKEN_SYMBOL` and `TOKEN_DECIMALS` of the runtime (a test compares them).
		substrate_wasm_builder::WasmBuilder::init_with_defaults()
			.enable_metadata_hash("ROME", 12)
			.build();
	}
	#[cfg(all(feature = "std", not(feature = "metadata-hash")))]
	substrate_wasm_builder::WasmBuilder::build_using_defaults();
}
