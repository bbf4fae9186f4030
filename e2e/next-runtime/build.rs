//! Compiles the runtime for Wasm with its feature `next-version`.
//!
//! In the same project and with the same dependencies as `rome-runtime-wasm` does: only the
//! runtime's crate is compiled again. The result lies beside the runtime's own,
//! `wbuild/rome-runtime/rome_runtime_next.compact.compressed.wasm`.

fn main() {
	let manifest = std::fs::canonicalize("../../runtime/Cargo.toml")
		.expect("the runtime is a member of the workspace that this is a member of");
	substrate_wasm_builder::WasmBuilder::new()
		.with_project(manifest)
		.expect("the path ends in Cargo.toml and was just found")
		.import_memory()
		.export_heap_base()
		.enable_feature("next-version")
		.set_file_name("rome_runtime_next")
		.build();
}
