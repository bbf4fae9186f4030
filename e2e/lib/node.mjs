// A node under test: its own ports, its own data, its log in a file, and gone when the test is.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { nodeBinary } from "./binaries.mjs";
import { freePort, Process, workDirectory } from "./process.mjs";
import { rpc } from "./rpc.mjs";
import { until } from "./wait.mjs";

export class Node extends Process {
	constructor(name, args, ports) {
		super(name);
		this.args = args;
		this.ports = ports;
		this.basePath = join(workDirectory(), name);
		mkdirSync(this.basePath, { recursive: true });
	}

	/** @returns {string} For websocket clients. */
	get url() {
		return `ws://127.0.0.1:${this.ports.rpc}`;
	}

	/** Calls an RPC method. */
	rpc(method, ...params) {
		return rpc(`http://127.0.0.1:${this.ports.rpc}`, method, params);
	}

	/** Starts it, again after [`stop`] if need be, this time with `more` arguments, and waits until it answers. */
	async start({ more = [], seconds = 120 } = {}) {
		this.launch(nodeBinary(), [
			"--base-path", this.basePath,
			"--rpc-port", `${this.ports.rpc}`,
			"--listen-addr", `/ip4/127.0.0.1/tcp/${this.ports.p2p}`,
			"--rpc-methods", "unsafe",
			"--no-prometheus",
			"--no-telemetry",
			"--no-mdns",
			...this.args,
			...more,
		]);
		await until(`${this.name} answers`, () => this.rpc("system_health"), {
			seconds,
			giveUp: () => this.ended(),
		});
		return this;
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
