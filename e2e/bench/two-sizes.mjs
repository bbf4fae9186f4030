// A small class and a large one of the same schema, on one chain, asked in turn.
//
// The entities come in by transactions, in blocks that are made when they are full: batches which root allows to
// weigh more than a block may, done as their owner. Every entity passes the same checks as any other. The node is
// started anew before it is measured, so that it has nothing in memory that it was not told to read. Each question
// goes to the one class and then to the other: whatever else the machine does meanwhile, it does to both.

import { alice, bob, charlie, connect, eve } from "../lib/api.mjs";
import * as d from "../lib/directory.mjs";
import { startNode } from "../lib/node.mjs";
import { machine, median, quantile, round } from "./figures.mjs";
import { batch, signer, unbound } from "./raw.mjs";
import { Socket } from "./socket.mjs";

/** What a node has in memory when it is measured, and the options that it is started with for that. */
export const COLD = { name: "just started", options: [] };
/** Everything that fits: the start takes as long as reading the state does. */
export const WARM = {
	name: "cache filled",
	options: ["--warm-up-trie-cache", "blocking", "--trie-cache-size", `${8 * 2 ** 30}`],
};

/**
 * @typedef {{ name: string, id: number, count: number }} Class
 * @typedef {{ call: () => Promise<any>, check: (answer: any) => void }} Question
 */

export class TwoSizes {
	/** What starts, stops and asks the node. */
	node;
	/** The client; another one after each start of the node. */
	api;
	/** JSON-RPC over a websocket; likewise. */
	socket;
	/** @type {Class[]} The small one and the large one. */
	classes = [];

	/** A chain of its own with the two classes, which have no entities yet. */
	static async open(folder, draft, counts) {
		const self = new TwoSizes();
		self.node = await startNode(folder, ["--dev", "--alice", "--sealing", "manual", "--pool-kbytes", "1000000"]);
		await self.#connect();
		const people = { proposer: eve, council: [alice, bob, charlie], root: alice };
		let waiting = true;
		const sealed = self.#sealWhile(() => waiting);
		try {
			for (const [index, name] of ["Small", "Large"].entries()) {
				const id = await d.establish(self.api, d.newClass(name, "Other"), draft, people);
				self.classes.push({ name, id, count: counts[index] });
			}
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

	/** How many entities a class has. */
	async #entities(name) {
		const found = await this.api.call.contentDirectoryApi.classByName(d.bytes(name));
		return found.unwrap().stats.entities.toNumber();
	}

	/**
	 * Fills a class, `size` entities a block, with the calls that `callFor(number)` makes; returns the seconds that
	 * the blocks took.
	 */
	async fill({ name, count }, size, callFor) {
		const sign = signer(this.api);
		let nonce = (await this.api.rpc.system.accountNextIndex(alice.address)).toNumber();
		const started = Date.now();
		for (let first = 0; first < count; first += size) {
			const calls = Array.from({ length: Math.min(size, count - first) }, (_, index) => callFor(first + index));
			const transaction = sign(unbound(this.api, alice.address, batch(this.api, calls)), alice, nonce);
			nonce += 1;
			await this.socket.call("author_submitExtrinsic", transaction);
			// The block in which a session ends has no room: the one after it takes the transaction.
			do {
				await this.socket.call("engine_createBlock", true, true, null);
			} while ((await this.socket.call("author_pendingExtrinsics")).length > 0);
			if (Math.floor(first / size) % 20 === 0) {
				console.error(`${first + calls.length} of ${count} after ${round((Date.now() - started) / 1000, 0)} s`);
			}
		}
		const stored = await this.#entities(name);
		if (stored !== count) throw new Error(`${stored} entities are stored, not ${count}`);
		return (Date.now() - started) / 1000;
	}

	/** Starts the node anew. */
	async #restart(more) {
		await this.#disconnect();
		await this.node.stop();
		await this.node.start({ more, seconds: 1_200 });
		await this.#connect();
		// The first call compiles the runtime, and the next ones still find this program and the node cold.
		for (let index = 0; index < 500; index += 1) await this.socket.call("state_call", "Core_version", "0x");
	}

	/** Asks a question of both classes in turn; returns what the answers took of each, in milliseconds. */
	async #time(question, times) {
		const milliseconds = this.classes.map(() => []);
		for (let turn = 0; turn < times; turn += 1) {
			for (let index = 0; index < this.classes.length; index += 1) {
				// Neither is always the one that comes second.
				const which = (turn + index) % this.classes.length;
				const { call, check } = question(this.classes[which]);
				const started = process.hrtime.bigint();
				const answer = await call();
				milliseconds[which].push(Number(process.hrtime.bigint() - started) / 1e6);
				check(answer);
			}
		}
		return milliseconds;
	}

	/**
	 * Asks all `questions` in each state of the node, prints medians and 99th percentiles, each multiplied by
	 * `scale`, as tables and as JSON, and ends the node.
	 *
	 * @param {Record<string, (of: Class) => Question>} questions
	 */
	async report(questions, { times, states = [COLD], scale = 1, unit, digits }) {
		const [small, large] = this.classes;
		const figures = {};
		const show = (values) => [median(values), quantile(values, 0.99)].map((value) => round(value * scale, digits));
		try {
			for (const { name, options } of states) {
				await this.#restart(options);
				console.error(`measuring, ${name}`);
				console.log(`\n${machine()}; ${name}; ${unit}\n`);
				console.log(`| | median of ${small.count} | p99 | median of ${large.count} | p99 | ratio of the medians |`);
				console.log("| --- | --- | --- | --- | --- | --- |");
				for (const [kind, question] of Object.entries(questions)) {
					const [few, many] = await this.#time(question, times);
					const ratio = round(median(many) / median(few));
					console.log(`| ${[kind, ...show(few), ...show(many), ratio].join(" | ")} |`);
					figures[name] = { ...figures[name], [kind]: { small: show(few), large: show(many), ratio } };
				}
				console.error(`measured, ${name}`);
			}
		} finally {
			await this.#disconnect();
			await this.node.stop();
		}
		console.log(JSON.stringify({ machine: machine(), small: small.count, large: large.count, unit, figures }));
	}
}
