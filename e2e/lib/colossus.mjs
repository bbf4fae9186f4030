// Storage daemons under test: real processes with a data directory, a key and a port of their own.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { account } from "./api.mjs";
import { colossusBinary } from "./binaries.mjs";
import { execute, freePort, Process, workDirectory } from "./process.mjs";
import { until } from "./wait.mjs";

export class Colossus extends Process {
	/**
	 * @param {string} name For its log and its directory.
	 * @param {{ uri: string, port: number, rpc: string[], publicPort?: number, settings?: string[] }} options
	 *   `uri`: its operator key. `publicPort`: where clients reach it, if something stands before it.
	 */
	constructor(name, { uri, port, rpc, publicPort, settings = [] }) {
		super(name);
		this.port = port;
		this.rpc = rpc;
		this.settings = settings;
		this.operator = account(uri);
		this.endpoint = `http://127.0.0.1:${publicPort ?? port}`;
		this.dataPath = join(workDirectory(), name);
		this.keyFile = join(workDirectory(), `${name}.key`);
		writeFileSync(this.keyFile, `${uri}\n`, { mode: 0o600 });
		mkdirSync(this.dataPath, { recursive: true });
	}

	/** What every one of its commands is told. */
	get #common() {
		return ["--data-dir", this.dataPath, "--key-file", this.keyFile, ...this.rpc.flatMap((url) => ["--rpc", url])];
	}

	/** Starts it and waits until it answers. */
	async start({ seconds = 60, waits = true } = {}) {
		this.launch(colossusBinary(), ["run", ...this.#common, "--listen", `127.0.0.1:${this.port}`, ...this.settings], {
			env: { ...process.env, RUST_LOG: process.env.RUST_LOG ?? "info" },
		});
		if (waits) await this.answers({ seconds });
		return this;
	}

	/** Waits until it answers over HTTP. */
	answers({ seconds = 60 } = {}) {
		return until(`${this.name} answers`, async () => (await fetch(`http://127.0.0.1:${this.port}/health`)).ok, {
			seconds,
			everyMs: 50,
			giveUp: () => this.ended(),
		});
	}

	/** Ends it as a power cut would. */
	kill() {
		return this.stop("SIGKILL");
	}

	/** One of its other commands, run to its end. */
	command(name, ...args) {
		return execute(colossusBinary(), [name, ...this.#common, ...args]);
	}

	/** Loses its disk. */
	loseDisk() {
		rmSync(this.dataPath, { recursive: true, force: true });
		mkdirSync(this.dataPath, { recursive: true });
	}

	/** Every file that it keeps, with its path. */
	files() {
		return readdirSync(this.dataPath, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
	}

	/** The file that has an object's bytes. */
	fileOf({ hash, size }) {
		const found = this.files().filter((path) => path.includes(hash.slice(2)) && readFileSync(path).length === size);
		if (found.length !== 1) throw new Error(`${this.name} has ${found.length} files of ${hash}: ${found}`);
		return found[0];
	}

	/** Its metrics by name; series with labels by their whole name. */
	async metrics() {
		const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
		const lines = text.split("\n").filter((line) => line && !line.startsWith("#"));
		return Object.fromEntries(lines.map((line) => {
			const space = line.lastIndexOf(" ");
			return [line.slice(0, space), Number(line.slice(space + 1))];
		}));
	}
}

let count = 0;

/** A daemon that is not started yet. */
export async function newColossus(name, options) {
	count += 1;
	return new Colossus(`${name}-${count}`, { port: await freePort(), ...options });
}
