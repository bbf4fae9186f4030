// A node under test: its own ports, its own data, its log in a file, and gone when the test is.

import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeBinary } from "./binaries.mjs";
import { killAtExit, removeAtExit } from "./cleanup.mjs";
import { rpc } from "./rpc.mjs";
import { until } from "./wait.mjs";

/** A port that nobody listens on. */
function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer().once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
			server.close(() => resolve(port));
		});
	});
}

// Where the system can tie a child's life to ours, even our own SIGKILL leaves nothing behind.
const leash =
	spawnSync("setpriv", ["--pdeathsig", "KILL", "true"]).status === 0
		? ["setpriv", "--pdeathsig", "KILL", "--"]
		: [];

let directory;
/** One directory for everything that this process's nodes write. */
function workDirectory() {
	if (!directory) {
		directory = mkdtempSync(join(tmpdir(), "rome-e2e-"));
		removeAtExit(directory);
	}
	return directory;
}

export class Node {
	/** @type {import("node:child_process").ChildProcess | undefined} */
	#child;

	constructor(name, args, ports) {
		this.name = name;
		this.args = args;
		this.ports = ports;
		this.basePath = join(workDirectory(), name);
		this.logFile = join(workDirectory(), `${name}.log`);
		mkdirSync(this.basePath, { recursive: true });
	}

	/** @returns {string} For websocket clients. */
	get url() {
		return `ws://127.0.0.1:${this.ports.rpc}`;
	}

	/** @returns {boolean} */
	get running() {
		return this.#child !== undefined;
	}

	/** Calls an RPC method. */
	rpc(method, ...params) {
		return rpc(`http://127.0.0.1:${this.ports.rpc}`, method, params);
	}

	/** @returns {string} What the node printed. */
	get log() {
		return readFileSync(this.logFile, "utf8");
	}

	/** Starts it, again after [`stop`] if need be, this time with `more` arguments, and waits until it answers. */
	async start({ more = [], seconds = 120 } = {}) {
		const command = [
			...leash,
			nodeBinary(),
			"--base-path", this.basePath,
			"--rpc-port", `${this.ports.rpc}`,
			"--listen-addr", `/ip4/127.0.0.1/tcp/${this.ports.p2p}`,
			"--rpc-methods", "unsafe",
			"--no-prometheus",
			"--no-telemetry",
			"--no-mdns",
			...this.args,
			...more,
		];
		const log = openSync(this.logFile, "a");
		const child = spawn(command[0], command.slice(1), { stdio: ["ignore", log, log] });
		closeSync(log);
		killAtExit(child);
		this.#child = child;
		const gone = new Promise((resolve) => {
			child.once("error", (error) => resolve(error.message));
			child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? code}`));
		});
		let ending;
		this.gone = gone.then((how) => {
			ending = how;
			if (this.#child === child) this.#child = undefined;
		});
		await until(`${this.name} answers`, () => this.rpc("system_health"), {
			seconds,
			giveUp: () => ending && `${ending}\n${this.log.slice(-2_000)}\n(${this.logFile})`,
		});
		return this;
	}

	/** Ends it and waits until it is gone. */
	async stop(signal = "SIGTERM") {
		if (!this.#child) return;
		this.#child.kill(signal);
		const timer = setTimeout(() => this.#child?.kill("SIGKILL"), 130_000);
		await this.gone;
		clearTimeout(timer);
	}

	/** The address for other nodes' `--bootnodes`. */
	async address() {
		const peerId = await this.rpc("system_localPeerId");
		return `/ip4/127.0.0.1/tcp/${this.ports.p2p}/p2p/${peerId}`;
	}

	/** The height of the best block. */
	async best() {
		return Number((await this.rpc("chain_getHeader")).number);
	}

	/** The height of the last finalised block. */
	async finalized() {
		const hash = await this.rpc("chain_getFinalizedHead");
		return Number((await this.rpc("chain_getHeader", hash)).number);
	}
}

let count = 0;

/**
 * A node that runs and answers.
 *
 * @param {string} name For its log; a number is added.
 * @param {string[]} args What it is given besides ports, data directory and the like.
 */
export async function startNode(name, args) {
	count += 1;
	const ports = { rpc: await freePort(), p2p: await freePort() };
	return new Node(`${name}-${count}`, args, ports).start();
}

/** A development chain of its own, with the given way of making blocks. */
export const startDev = (sealing, ...args) =>
	startNode(`dev-${sealing.split("=")[0]}`, ["--dev", "--sealing", sealing, ...args]);
