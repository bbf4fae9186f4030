//! Compiles the runtime for Wasm.

fn main() {
	substrate_wasm_builder::WasmBuilder::build_using_defaults();
}
