// Nothing that a test starts outlives it, however the test ends.

import { rmSync } from "node:fs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
/** @type {Set<string>} */
const directories = new Set();

/** Kills `child` when this process ends. */
export function killAtExit(child) {
	children.add(child);
	child.once("exit", () => children.delete(child));
}

/** Removes `directory` when this process ends. */
export const removeAtExit = (directory) => directories.add(directory);

process.on("exit", (code) => {
	for (const child of children) child.kill("SIGKILL");
	// What failed is kept to be looked at.
	if (code !== 0 || process.env.ROME_E2E_KEEP) return;
	for (const directory of directories) {
		try {
			rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
		} catch {
			// A killed child may still be writing; what is left lies in the system's temporary directory.
		}
	}
});
for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]]) {
	process.on(signal, () => process.exit(code));
}
