// The types that PAPI's own command generates from a node's metadata.

import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { compactStripLength, hexToU8a } from "@polkadot/util";

const run = promisify(execFile);
const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The newest metadata version that PAPI and the node both know. */
const METADATA_VERSION = "0x10000000";

/** Runs a program of an installed package and returns what it printed; its output is the error. */
async function program(file, ...args) {
	try {
		const { stdout } = await run(process.execPath, [join("node_modules", file), ...args], { cwd: root, timeout: 240_000 });
		return stdout;
	} catch (error) {
		throw new Error(`${file} ${args.join(" ")}:\n${error.stdout}\n${error.stderr}`);
	}
}

/**
 * Generates `.papi/descriptors` from the node's metadata. The command's own way to fetch it needs a newer
 * Node.js than Debian 12 has, so it gets a file.
 */
export async function generateDescriptors(node) {
	const answer = await node.rpc("state_call", "Metadata_metadata_at_version", METADATA_VERSION);
	// An option of a byte string.
	const [, metadata] = compactStripLength(hexToU8a(answer).subarray(1));
	rmSync(join(root, ".papi"), { recursive: true, force: true });
	mkdirSync(join(root, ".papi"));
	writeFileSync(join(root, ".papi/rome.scale"), metadata);
	const config = {
		version: 0,
		descriptorPath: ".papi/descriptors",
		options: { noDescriptorsPackage: true },
		entries: { rome: { metadata: ".papi/rome.scale" } },
	};
	writeFileSync(join(root, ".papi/polkadot-api.json"), JSON.stringify(config));
	await program("polkadot-api/bin/cli.js", "generate", "--config", ".papi/polkadot-api.json");
}

/** Checks a program against the generated types. */
export const checkTypes = (file) =>
	program(
		"typescript/bin/tsc",
		..."--noEmit --allowJs --checkJs --strict --skipLibCheck".split(" "),
		..."--target es2022 --module esnext --moduleResolution bundler".split(" "),
		file,
	);
