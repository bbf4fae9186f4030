// Storage daemons under test: real processes with a data directory, a key and a port of their own.

import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { account } from "./api.mjs";
import { colossusBinary } from "./binaries.mjs";
import { execute, freePort, Process, succeed, workDirectory } from "./process.mjs";
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
	}

	/** What every one of its commands is told. */
	get #common() {
		return ["--data-dir", this.dataPath, "--key-file", this.keyFile, ...this.rpc.flatMap((url) => ["--rpc", url])];
	}

	/** Makes its data directory, as an operator does once. */
	async #make() {
		await succeed(colossusBinary(), ["init", ...this.#common]);
	}

	/** Starts it and waits until it answers. */
	async start({ seconds = 60, waits = true } = {}) {
		if (!existsSync(this.dataPath)) await this.#make();
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
	}

	/** Every file that it keeps, with its path. */
	files() {
		return readdirSync(this.dataPath, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
	}

	/** Where an object's bytes are. */
	fileOf({ hash }) {
		const name = hash.slice(2);
		return join(this.dataPath, "objects", name.slice(0, 2), name.slice(2, 4), name);
	}

	/** The files that hold objects' bytes, by hash. */
	objects() {
		const files = this.files().map((path) => [basename(path), path]);
		return new Map(files.filter(([name]) => /^[0-9a-f]{64}$/.test(name)).map(([name, path]) => [`0x${name}`, path]));
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
