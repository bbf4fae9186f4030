// What a row of `contentDirectory_select` costs in a class of 1,000 and of 1,000,000 entities: by equality, by
// range and in order.
//
// Every query asks for the same number of rows. In `serial`, neighbours in the index are neighbours in storage,
// as with dates; `scattered` and `shared` have each row of an answer anywhere in the class, and of `shared`
// each value is held by as many entities as an answer has rows.
//
// The entities come in by transactions, in blocks that are made when they are full: batches which root allows to
// weigh more than a block may, done as their owner. The node is started anew before each measurement, so that it
// has nothing in memory.

import { alice, bob, charlie, connect, eve } from "../lib/api.mjs";
import * as d from "../lib/directory.mjs";
import { startNode } from "../lib/node.mjs";
import { machine, median, options, quantile, round } from "./figures.mjs";
import { batch, numbersTemplate, signer, unbound } from "./raw.mjs";
import { Socket } from "./socket.mjs";

const { small, large, batch: batchSize, queries, rows } = options({
	small: 1_000,
	large: 1_000_000,
	// Entities in one block.
	batch: 4_000,
	// Queries of each kind.
	queries: 500,
	// Rows of each answer.
	rows: 100,
});
if (small % rows !== 0 || large % rows !== 0 || small <= rows || large <= small) {
	throw new Error("both numbers of entities are multiples of the rows, and more than these");
}

const CLASS = "Large";
const node = await startNode("select", ["--dev", "--alice", "--sealing", "manual", "--pool-kbytes", "1000000"]);
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
	serial: [d.Int(), "indexed"],
	scattered: [d.Int(), "indexed"],
	shared: [d.Int(), "indexed"],
	title: [d.Text(32)],
});
const classId = await d.establish(api, d.newClass(CLASS, "Other"), draft, {
	proposer: eve,
	council: [alice, bob, charlie],
	root: alice,
});
sealing = false;
await loop;

const PLACEHOLDERS = [0x1122334455667701n, 0x1122334455667702n, 0x1122334455667703n];
const call = numbersTemplate(
	api.tx.contentDirectory.createEntity(
		classId,
		1,
		[...PLACEHOLDERS.map((placeholder, property) => [property, d.int(placeholder)]), [3, d.text("a title of some length")]],
		false,
	),
	PLACEHOLDERS,
);
const sign = signer(api);

/** The numbers from `from` to below `to` in an order that has no order, the same each time. */
function shuffled(from, to) {
	const numbers = Array.from({ length: to - from }, (_, index) => from + index);
	let state = 12345;
	for (let index = numbers.length - 1; index > 0; index -= 1) {
		state = (Math.imul(state, 1103515245) + 12345) >>> 0;
		const other = state % (index + 1);
		[numbers[index], numbers[other]] = [numbers[other], numbers[index]];
	}
	return numbers;
}

/** Fills the class up to `count`; returns the seconds that the blocks took. */
async function fill(from, count) {
	nonce = (await api.rpc.system.accountNextIndex(alice.address)).toNumber();
	const scattered = shuffled(from, count);
	const shared = shuffled(from, count).map((number) => Math.floor(number / rows));
	const started = Date.now();
	for (let first = from; first < count; first += batchSize) {
		const calls = Array.from({ length: Math.min(batchSize, count - first) }, (_, index) => {
			const at = first + index - from;
			return call([first + index, scattered[at], shared[at]].map(BigInt));
		});
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
	const { classes } = await socket.call("contentDirectory_classes");
	const stored = classes.find(({ name }) => name === CLASS).entities;
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

/** What is asked, at a place from 0 to below 1 of the class. */
const KINDS = {
	"equality (shared)": (count, at) => ({ where: `shared = ${Math.floor(at * (count / rows))}` }),
	"range (serial)": (count, at) => between("serial", count, at),
	"range (scattered)": (count, at) => between("scattered", count, at),
	"in order (serial)": (count, at) => ordered("serial", count, at, ">=", "asc"),
	"in order (scattered)": (count, at) => ordered("scattered", count, at, ">=", "asc"),
	"in order, descending (scattered)": (count, at) => ordered("scattered", count, at, "<", "desc"),
	"the first in order (scattered)": () => ({ orderBy: "scattered" }),
	"the last in order (scattered)": () => ({ orderBy: "scattered desc" }),
};

function between(property, count, at) {
	const from = Math.floor(at * (count - rows));
	return { where: `${property} >= ${from} and ${property} < ${from + rows}` };
}

function ordered(property, count, at, comparison, direction) {
	const edge = Math.floor(at * (count - rows));
	const bound = comparison === "<" ? edge + rows : edge;
	return { where: `${property} ${comparison} ${bound}`, orderBy: `${property} ${direction}` };
}

/**
 * Asks many times, one after the other; returns microseconds for each row. Over HTTP, which sends an answer in one
 * piece: of a websocket's long ones, the end waits for the acknowledgement of the beginning, up to 40 ms.
 */
async function time(count, kind) {
	const microseconds = [];
	for (let index = 0; index < queries; index += 1) {
		const query = { class: CLASS, limit: rows, ...KINDS[kind](count, Math.random()) };
		if (index === 0) {
			const { access } = await node.rpc("contentDirectory_explain", query);
			if (access !== "index") throw new Error(`${kind} goes by ${access}`);
		}
		const started = process.hrtime.bigint();
		const { entities } = await node.rpc("contentDirectory_select", query);
		microseconds.push(Number(process.hrtime.bigint() - started) / 1e3 / rows);
		if (entities.length !== rows) throw new Error(`${kind}: ${entities.length} rows for ${JSON.stringify(query)}`);
	}
	return { median: round(median(microseconds)), p99: round(quantile(microseconds, 0.99)) };
}

async function measure(count) {
	// The first call compiles the runtime, and the next ones still find this program and the node cold.
	for (let index = 0; index < 500; index += 1) await node.rpc("contentDirectory_classes");
	const result = { count };
	for (const kind of Object.keys(KINDS)) result[kind] = await time(count, kind);
	return result;
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
console.log(`${large} entities in ${round(seconds, 0)} s; ${rows} rows in each answer; microseconds for a row`);
console.log(`| query | median, ${few.count} entities | p99 | median, ${many.count} entities | p99 | ratio of the medians |`);
console.log("| --- | --- | --- | --- | --- | --- |");
for (const kind of Object.keys(KINDS)) {
	const cells = [few, many].flatMap((result) => [`${result[kind].median}`, `${result[kind].p99}`]);
	console.log(`| ${kind} | ${cells.join(" | ")} | ${round(many[kind].median / few[kind].median)} |`);
}
console.log(JSON.stringify({ machine: machine(), seconds, rows, results }));
