// Storage daemons under test: real processes with a data directory, a key and a port of their own.

import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { account } from "./api.mjs";
import { colossusBinary } from "./binaries.mjs";
import { execute, freePort, Process, succeed, workDirectory } from "./process.mjs";
import { until } from "./wait.mjs";

/** What a test has no time for, or is not about: how long things wait, and how much one address may ask. */
const USUAL = {
	limits: { requests_per_second: 1_000_000 },
	duties: { compare_seconds: 5, release_after_seconds: 2, stalled_seconds: 15 },
};

/** A value as TOML has it: JSON does, for what is used here. */
const toml = (values) => Object.entries(values).map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`).join("");

export class Colossus extends Process {
	/**
	 * @param {string} name For its log and its directory.
	 * @param {{ uri: string, port: number, rpc: string[], publicPort?: number,
	 *   settings?: { limits?: object, duties?: object } }} options
	 *   `uri`: its operator key. `publicPort`: where clients reach it, if something stands before it.
	 *   `settings`: what its configuration says besides.
	 */
	constructor(name, { uri, port, rpc, publicPort, settings = {} }) {
		super(name);
		this.port = port;
		this.rpc = rpc;
		this.limits = { ...USUAL.limits, ...settings.limits };
		this.duties = { ...USUAL.duties, ...settings.duties };
		this.operator = account(uri);
		this.endpoint = `http://127.0.0.1:${publicPort ?? port}`;
		this.dataPath = join(workDirectory(), name);
		this.keyFile = join(workDirectory(), `${name}.key`);
		this.configFile = join(workDirectory(), `${name}.toml`);
		writeFileSync(this.keyFile, `${uri}\n`, { mode: 0o600 });
	}

	/** Writes its configuration as it is now; makes its data directory, as an operator does once. */
	async #prepare() {
		const { dataPath: data, keyFile: key, rpc } = this;
		const top = { data, key, rpc, listen: `127.0.0.1:${this.port}`, reserve_bytes: 0 };
		writeFileSync(this.configFile, `${toml(top)}\n[limits]\n${toml(this.limits)}\n[duties]\n${toml(this.duties)}`);
		if (!existsSync(data)) await succeed(colossusBinary(), ["init", "--config", this.configFile, "--rpc", rpc[0]]);
	}

	/** Starts it and waits until it answers. */
	async start({ seconds = 60, waits = true } = {}) {
		await this.#prepare();
		const lost = this.lost ? ["--disk-lost"] : [];
		this.lost = false;
		this.launch(colossusBinary(), ["run", "--config", this.configFile, ...lost], {
			env: { ...process.env, RUST_LOG: process.env.RUST_LOG ?? "info", NO_COLOR: "1" },
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
		return execute(colossusBinary(), [name, "--config", this.configFile, ...args]);
	}

	/** Loses its disk. Its operator says so at the next start. */
	loseDisk() {
		this.lost = true;
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
