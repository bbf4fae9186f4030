// What a look-up by a unique value costs in a class of 1,000 and of 1,000,000 entities.
//
// The entities come in by transactions, in blocks that are made when they are full: batches which root
// allows to weigh more than a block may, done as their owner. Every entity passes the same checks as any
// other. The node is started anew before each measurement, so that it has nothing in memory.

import { u8aConcat, u8aToHex } from "@polkadot/util";
import { alice, bob, charlie, connect, eve } from "../lib/api.mjs";
import * as d from "../lib/directory.mjs";
import { startNode } from "../lib/node.mjs";
import { machine, median, options, quantile, round } from "./figures.mjs";
import { batch, signer, template, unbound } from "./raw.mjs";
import { Socket } from "./socket.mjs";

const { small, large, batch: batchSize, lookups } = options({
	small: 1_000,
	large: 1_000_000,
	// Entities in one block.
	batch: 5_000,
	// Look-ups of each kind.
	lookups: 2_000,
});

const identifier = (number) => `identifier-${`${number}`.padStart(8, "0")}`;
const PLACEHOLDER = "identifier-########";
const UNIQUE = 0;
const INDEXED = 1;

const node = await startNode("lookup", ["--dev", "--alice", "--sealing", "manual", "--pool-kbytes", "1000000"]);
let api = await connect(node);
let socket = await Socket.open(node.url);
let nonce;
let sealing = true;

/** Makes blocks while transactions of the preparation wait for them. */
async function sealLoop() {
	while (sealing) {
		await node.rpc("engine_createBlock", true, true, null);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
const loop = sealLoop();
const draft = d.schema({
	identifier: [d.Text(32), "required", "unique"],
	title: [d.Text(32), "indexed"],
});
const classId = await d.establish(api, d.newClass("Large", "Other"), draft, {
	proposer: eve,
	council: [alice, bob, charlie],
	root: alice,
});
sealing = false;
await loop;

const call = template(
	api.tx.contentDirectory.createEntity(
		classId,
		1,
		[[UNIQUE, d.text(PLACEHOLDER)], [INDEXED, d.text("title-of-#")]],
		false,
	),
	PLACEHOLDER,
);
const sign = signer(api);

/** How many entities the class has. */
const entities = async () =>
	(await api.call.contentDirectoryApi.classByName(d.bytes("Large"))).unwrap().stats.entities.toNumber();

/** Fills the class up to `count`; returns the seconds that the blocks took. */
async function fill(from, count) {
	nonce = (await api.rpc.system.accountNextIndex(alice.address)).toNumber();
	const started = Date.now();
	for (let first = from; first < count; first += batchSize) {
		const calls = Array.from({ length: Math.min(batchSize, count - first) }, (_, index) =>
			call(identifier(first + index)),
		);
		const transaction = sign(unbound(api, alice.address, batch(api, calls)), alice, nonce);
		nonce += 1;
		await socket.call("author_submitExtrinsic", transaction);
		// The block in which a session ends has no room: the one after it takes the transaction.
		do {
			await socket.call("engine_createBlock", true, true, null);
		} while ((await socket.call("author_pendingExtrinsics")).length > 0);
		if (Math.floor((first - from) / batchSize) % 20 === 0) {
			console.error(`${first + calls.length} of ${count} after ${round((Date.now() - started) / 1000, 0)} s`);
		}
	}
	const stored = await entities();
	if (stored !== count) throw new Error(`${stored} entities are stored, not ${count}`);
	return (Date.now() - started) / 1000;
}

/** Starts the node anew. */
async function restart() {
	await api.disconnect();
	socket.close();
	await node.stop();
	await node.start();
	api = await connect(node);
	socket = await Socket.open(node.url);
}

/** Calls a runtime API many times, one after the other; returns milliseconds. */
async function time(method, makeArguments, check) {
	const milliseconds = [];
	for (let index = 0; index < lookups; index += 1) {
		const bytes = u8aToHex(makeArguments());
		const started = process.hrtime.bigint();
		const answer = await socket.call("state_call", method, bytes);
		milliseconds.push(Number(process.hrtime.bigint() - started) / 1e6);
		check(answer);
	}
	return { median: round(median(milliseconds), 3), p99: round(quantile(milliseconds, 0.99), 3) };
}

const scalar = api.createType(api.call.contentDirectoryApi.entityByUnique.meta.params[2].type, {
	Text: d.bytes(PLACEHOLDER),
});
const prefix = u8aConcat(
	api.createType("u32", classId).toU8a(),
	api.createType("u16", UNIQUE).toU8a(),
);
/** The arguments of a look-up. */
const argumentsFor = (text) => {
	const value = Buffer.from(scalar.toU8a());
	value.write(text, value.indexOf(PLACEHOLDER), "latin1");
	return u8aConcat(prefix, value);
};

async function measure(count) {
	const found = (answer) => {
		if (!answer.startsWith("0x01")) throw new Error(`not found: ${answer}`);
	};
	const missing = (answer) => {
		if (answer !== "0x00") throw new Error(`found: ${answer}`);
	};
	const any = () => Math.floor(Math.random() * count);
	const method = "ContentDirectoryApi_entity_by_unique";
	// The first call compiles the runtime, and the next ones still find this program and the node cold.
	for (let index = 0; index < 500; index += 1) await socket.call("state_call", "Core_version", "0x");
	return {
		count,
		hit: await time(method, () => argumentsFor(identifier(any())), found),
		miss: await time(method, () => argumentsFor(identifier(any() + 90_000_000)), missing),
		"empty call": await time("Core_version", () => new Uint8Array(), () => undefined),
	};
}

const results = [];
let seconds = 0;
try {
	let count = 0;
	for (const next of [small, large]) {
		seconds += await fill(count, next);
		count = next;
		await restart();
		results.push(await measure(count));
	}
} finally {
	socket.close();
	await api.disconnect();
	await node.stop();
}

const [few, many] = results;
console.log(machine());
console.log(`${large} entities in ${round(seconds, 0)} s`);
console.log(`| look-up | median, ${few.count} entities | p99 | median, ${many.count} entities | p99 | ratio of the medians |`);
console.log("| --- | --- | --- | --- | --- | --- |");
for (const kind of ["hit", "miss", "empty call"]) {
	const cells = [few, many].flatMap((result) => [`${result[kind].median} ms`, `${result[kind].p99} ms`]);
	console.log(`| ${kind} | ${cells.join(" | ")} | ${round(many[kind].median / few[kind].median)} |`);
}
console.log(JSON.stringify({ machine: machine(), seconds, results }));
