// Where the things under test are. `scripts/test` says so; by hand, the usual build directory is tried.

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const release = join(
	process.env.CARGO_TARGET_DIR ?? join(homedir(), ".cache", "rome", "target"),
	"release",
);

function find(variable, usual, howToBuild) {
	const path = process.env[variable] ?? join(release, usual);
	if (!existsSync(path)) {
		throw new Error(`${path} does not exist: ${howToBuild}, or name another with ${variable}`);
	}
	return path;
}

/** The node. */
export const nodeBinary = () =>
	find("ROME_NODE", "rome-node", "build it with `cargo build --release`");

/** The command line. */
export const commandLine = () =>
	find("ROME_CLI", "rome", "build it with `cargo build --release`");

/** The storage daemon. */
export const colossusBinary = () =>
	find("ROME_COLOSSUS", "colossus", "build it with `cargo build --release`");

/** The runtime that the node has built in, with a higher spec version. */
export const nextRuntime = () =>
	find(
		"ROME_NEXT_RUNTIME",
		"wbuild/rome-runtime/rome_runtime_next.compact.compressed.wasm",
		"build it with `cargo build --release --workspace --exclude rome-bencher --exclude nfts-peer-runtime --exclude rome-runtime-fuzz`",
	);
