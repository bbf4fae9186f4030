//! Compiles the runtime for Wasm.
//!
//! Not the runtime's own build script: whoever only tests the runtime natively then needs neither the Wasm
//! target nor the optimizer, and a change compiles it for both at the same time.

fn main() {
	let manifest = std::fs::canonicalize("../Cargo.toml")
		.expect("this crate lies in the folder of the runtime's");
	let builder = substrate_wasm_builder::WasmBuilder::new()
		.with_project(manifest)
		.expect("the path ends in Cargo.toml and was just found")
		.import_memory()
		.export_heap_base();
	// Symbol and decimals go into the hash: they are what an offline signer shows, and must equal
	// `TOKEN_SYMBOL` and `TOKEN_DECIMALS` of the runtime (a test of the runtime compares them).
	#[cfg(feature = "metadata-hash")]
	let builder = builder.enable_metadata_hash("ROME", 12);
	builder.build();
}
