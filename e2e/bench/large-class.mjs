// A class that is measured when it is small and again when it is large.
//
// The entities come in by transactions, in blocks that are made when they are full: batches which root allows to
// weigh more than a block may, done as their owner. Every entity passes the same checks as any other. The node is
// started anew before each measurement, so that it has nothing in memory.

import { alice, bob, charlie, connect, eve } from "../lib/api.mjs";
import * as d from "../lib/directory.mjs";
import { startNode } from "../lib/node.mjs";
import { machine, round } from "./figures.mjs";
import { batch, signer, unbound } from "./raw.mjs";
import { Socket } from "./socket.mjs";

const NAME = "Large";

/** What a node has in memory when it is measured, and the options that it is started with for that. */
export const COLD = { name: "just started", options: [] };
/** Everything that fits: the start takes as long as reading the state does. */
export const WARM = { name: "cache filled", options: ["--warm-up-trie-cache", "blocking"] };

export class LargeClass {
	/** The class's name. */
	name = NAME;
	/** What starts, stops and asks the node. */
	node;
	/** The client; another one after each start of the node. */
	api;
	/** JSON-RPC over a websocket; likewise. */
	socket;
	/** The class's number. */
	id;

	/** A chain of its own with the class, which has no entities yet. */
	static async open(folder, draft) {
		const self = new LargeClass();
		self.node = await startNode(folder, ["--dev", "--alice", "--sealing", "manual", "--pool-kbytes", "1000000"]);
		await self.#connect();
		const people = { proposer: eve, council: [alice, bob, charlie], root: alice };
		let waiting = true;
		const sealed = self.#sealWhile(() => waiting);
		try {
			self.id = await d.establish(self.api, d.newClass(NAME, "Other"), draft, people);
		} finally {
			waiting = false;
			await sealed;
		}
		return self;
	}

	async #connect() {
		this.api = await connect(this.node);
		this.socket = await Socket.open(this.node.url);
	}

	async #disconnect() {
		this.socket.close();
		await this.api.disconnect();
	}

	/** Makes blocks while transactions of the preparation wait for them. */
	async #sealWhile(waiting) {
		while (waiting()) {
			await this.node.rpc("engine_createBlock", true, true, null);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	/** How many entities it has. */
	async #entities() {
		const found = await this.api.call.contentDirectoryApi.classByName(d.bytes(NAME));
		return found.unwrap().stats.entities.toNumber();
	}

	/**
	 * Fills the class from `from` up to `count`, `size` entities a block, with the calls that `callFor(number)`
	 * makes; returns the seconds that the blocks took.
	 */
	async fill(from, count, size, callFor) {
		const sign = signer(this.api);
		let nonce = (await this.api.rpc.system.accountNextIndex(alice.address)).toNumber();
		const started = Date.now();
		for (let first = from; first < count; first += size) {
			const calls = Array.from({ length: Math.min(size, count - first) }, (_, index) => callFor(first + index));
			const transaction = sign(unbound(this.api, alice.address, batch(this.api, calls)), alice, nonce);
			nonce += 1;
			await this.socket.call("author_submitExtrinsic", transaction);
			// The block in which a session ends has no room: the one after it takes the transaction.
			do {
				await this.socket.call("engine_createBlock", true, true, null);
			} while ((await this.socket.call("author_pendingExtrinsics")).length > 0);
			if (Math.floor((first - from) / size) % 20 === 0) {
				console.error(`${first + calls.length} of ${count} after ${round((Date.now() - started) / 1000, 0)} s`);
			}
		}
		const stored = await this.#entities();
		if (stored !== count) throw new Error(`${stored} entities are stored, not ${count}`);
		return (Date.now() - started) / 1000;
	}

	/** Starts the node anew. */
	async restart(more = []) {
		await this.#disconnect();
		await this.node.stop();
		await this.node.start({ more, seconds: 1_200 });
		await this.#connect();
	}

	/**
	 * Takes the measurement at each of the sizes, in ascending order, in each state of the node, and ends the node.
	 *
	 * @param {(from: number, count: number) => Promise<number>} fill Fills the class; the seconds it took.
	 * @param {(count: number) => Promise<object>} measure
	 */
	async compare(sizes, fill, measure, states = [COLD]) {
		const results = [];
		let seconds = 0;
		let count = 0;
		try {
			for (const next of sizes) {
				seconds += await fill(count, next);
				count = next;
				for (const { name, options } of states) {
					await this.restart(options);
					console.error(`measuring ${count} entities, ${name}`);
					results.push({ state: name, ...(await measure(count)) });
					console.error(`measured ${count} entities, ${name}`);
				}
			}
		} finally {
			await this.#disconnect();
			await this.node.stop();
		}
		return { seconds, results };
	}
}

/** Prints medians and 99th percentiles of two sizes side by side, for each state of the node, and all of it as JSON. */
export function report({ seconds, results }, { what, kinds, unit = "", about = "" }) {
	const most = Math.max(...results.map(({ count }) => count));
	console.log(machine());
	console.log(`${most} entities in ${round(seconds, 0)} s${about}`);
	for (const state of new Set(results.map((result) => result.state))) {
		const [few, many] = results.filter((result) => result.state === state);
		console.log(`\n${state}\n`);
		console.log(`| ${what} | median, ${few.count} entities | p99 | median, ${many.count} entities | p99 | ratio of the medians |`);
		console.log("| --- | --- | --- | --- | --- | --- |");
		for (const kind of kinds) {
			const cells = [few, many].flatMap((result) => [`${result[kind].median}${unit}`, `${result[kind].p99}${unit}`]);
			console.log(`| ${kind} | ${cells.join(" | ")} | ${round(many[kind].median / few[kind].median)} |`);
		}
	}
	console.log(JSON.stringify({ machine: machine(), seconds, results }));
}
