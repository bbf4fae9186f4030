# shellcheck shell=bash
# The environment that every script works in. Sourced, never run; `source scripts/lib/env.sh` gives an
# interactive shell the same toolchain and target directory, so that nothing is compiled twice.

ROME_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
export ROME_ROOT

# Whatever is expensive to make lies outside the checkout: a fresh clone starts where the last one ended.
export ROME_CACHE="${ROME_CACHE:-$HOME/.cache/rome}"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$ROME_CACHE/target}"
# Debug assertions and the features of benchmarks and try-runtime change nearly every crate: they get a
# directory of their own, or each build would undo the other.
export ROME_TARGET_PALLETS="${ROME_TARGET_PALLETS:-$ROME_CACHE/target-pallets}"
export ROME_LOGS="${ROME_LOGS:-$ROME_CACHE/logs}"

# Oldest compiler that builds the workspace; the same as `rust-version` in Cargo.toml.
ROME_RUST_MIN=1.95
ROME_WASM_TARGET=wasm32v1-none
export ROME_RUST_MIN ROME_WASM_TARGET

# `scripts/setup` writes down which toolchain it chose: switching would compile everything again.
ROME_TOOLCHAIN_FILE="$ROME_CACHE/toolchain"

# rome_use_toolchain KIND: puts that toolchain first on PATH.
#   path     the cargo that is on PATH (rustup's, usually)
#   debian   Debian's own packages in /usr/bin
rome_use_toolchain() {
	case "$1" in
		debian) PATH="/usr/bin:$PATH" ;;
		path)
			# rustup's installer extends the PATH of login shells only.
			if ! command -v cargo >/dev/null && [ -x "$HOME/.cargo/bin/cargo" ]; then
				PATH="$HOME/.cargo/bin:$PATH"
			fi
			;;
		*) echo "error: unknown toolchain '$1' (path or debian)" >&2; return 1 ;;
	esac
	export PATH
}

# Tools that setup compiled itself come last: a user's own wins.
case ":$PATH:" in
	*":$ROME_CACHE/tools/bin:"*) ;;
	*) PATH="$PATH:$ROME_CACHE/tools/bin" ;;
esac
export PATH
if [ -r "$ROME_TOOLCHAIN_FILE" ]; then
	rome_use_toolchain "$(cat "$ROME_TOOLCHAIN_FILE")"
fi
