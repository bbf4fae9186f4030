// The command line, as its users run it.

import { commandLine } from "./binaries.mjs";
import { execute } from "./process.mjs";

/** `rome ...` against a node, signed by `suri`. */
export class Rome {
	/**
	 * @param {string} url The node's websocket.
	 * @param {string} suri
	 * @param {string} cwd Where it runs.
	 */
	constructor(url, suri, cwd) {
		this.url = url;
		this.suri = suri;
		this.cwd = cwd;
	}

	/** Runs it to its end, or until it is killed. */
	run(args, options = {}) {
		const env = { ...process.env, ROME_URL: this.url, ROME_SURI: this.suri };
		return execute(commandLine(), args, { cwd: this.cwd, env, ...options });
	}

	/** What it prints as JSON; it has to end well. */
	async json(...args) {
		const { code, signal, stdout, stderr } = await this.run(["--json", ...args]);
		if (code !== 0) throw new Error(`rome ${args.join(" ")} ended with ${signal ?? code}:\n${stdout}\n${stderr}`);
		return JSON.parse(stdout);
	}
}
