# shellcheck shell=bash
# Measuring with runtimes' benchmarks. Source it, after env.sh and common.sh.

# Builds Rome's runtime as Wasm with its benchmarks, and the bencher.
build_benchmarks() {
	"$ROME_ROOT/scripts/setup" build
	# shellcheck source=scripts/lib/env.sh
	source "$ROME_ROOT/scripts/lib/env.sh"
	step "building the runtime with its benchmarks"
	CARGO_TARGET_DIR="$ROME_TARGET_PALLETS" cargo build --locked -p rome-runtime-wasm \
		--features rome-runtime-wasm/runtime-benchmarks
	step "building the bencher (some 10 minutes the first time)"
	# A runtime of its own that the benchmark command brings along is for measuring storage, not needed here.
	SKIP_WASM_BUILD=1 cargo build --release --locked -p rome-bencher
}

# Runs the bencher on a runtime that was built above, by its crate's name.
bencher() { # CRATE ARGUMENTS...
	local wasm="$1"
	shift
	# A development build leaves the plain Wasm only.
	"$CARGO_TARGET_DIR/release/rome-bencher" --genesis-builder runtime \
		--runtime "$ROME_TARGET_PALLETS/debug/wbuild/$wasm/${wasm//-/_}.wasm" "$@"
}
