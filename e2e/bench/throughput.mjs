// Entity creations per second through a development node with blocks of 6 s, against transfers.
//
// Both kinds are signed beforehand by the same accounts, put into the pool faster than blocks take them
// out, and counted in the blocks that leave some behind: the full ones. They take turns on one node.

import { account, alice, bob, charlie, connect, eve } from "../lib/api.mjs";
import * as d from "../lib/directory.mjs";
import { startNode } from "../lib/node.mjs";
import { send } from "../lib/transactions.mjs";
import { sleep, until } from "../lib/wait.mjs";
import { machine, median, options, round } from "./figures.mjs";
import { batch, encode, signer, template } from "./raw.mjs";
import { Socket } from "./socket.mjs";

const { accounts, blocks, most } = options({
	// How many accounts send.
	accounts: 300,
	// How many full blocks to count of each kind.
	blocks: 3,
	// No block is expected to take in more.
	most: 9_000,
});

const SLOT_SECONDS = 6;
/** Enough for fees and deposits at the highest price that the fee adjustment reaches in this time. */
const ENDOWMENT = 2_000n * 10n ** 12n;
/** Identifiers have as many characters. */
const IDENTIFIER = "identifier-00000000";

/** One unique property. */
const smallSchema = d.schema({ identifier: [d.Text(32), "required", "unique"] });
const small = [[0, d.text(IDENTIFIER)]];

/** Ten properties: one unique, one indexed, one reference, seven plain. */
const tenSchema = d.schema({
	identifier: [d.Text(32), "required", "unique"],
	title: [d.Text(128), "indexed"],
	partOf: [d.Reference()],
	year: [d.Int()],
	duration: [d.Int()],
	kind: [d.Enum("feature", "short")],
	language: [d.Text(8)],
	country: [d.Text(8)],
	summary: [d.Text(256)],
	keywords: [d.TextList(32, 8)],
});
const ten = (series) => [
	[0, d.text(IDENTIFIER)],
	[1, d.text("Der müde Tod")],
	[2, d.reference(series)],
	[3, d.int(1921)],
	[4, d.int(5_880)],
	[5, d.enumeration(0)],
	[6, d.text("de")],
	[7, d.text("DE")],
	[8, d.text("A young woman asks Death for the life of her beloved.")],
	[9, d.texts("death", "love", "silent")],
];

const pool = `${most * (blocks + 2)}`;
const node = await startNode("throughput", [
	"--dev", "--alice",
	"--pool-limit", pool,
	"--pool-kbytes", "1000000",
	"--rpc-max-subscriptions-per-connection", "10000",
]);
const api = await connect(node);
const socket = await Socket.open(node.url);
const sign = signer(api);

const people = { proposer: eve, council: [alice, bob, charlie], root: alice };
const smallClass = await d.establish(api, d.newClass("Small", "Other"), smallSchema, people);
const tenClass = await d.establish(api, d.newClass("Ten", "Other"), tenSchema, people);
const create = (of, values, referenceable = false) =>
	api.tx.contentDirectory.createEntity(of, 1, values, referenceable);
const first = await send(api, create(tenClass, [[0, d.text("series")]], true), alice);
const series = first.event("contentDirectory", "EntityCreated").entity;

const senders = Array.from({ length: accounts }, (_, index) => account(`//Bench//${index}`));
const endow = senders.map(({ address }) => encode(api.tx.balances.transferKeepAlive(address, ENDOWMENT)));
for (let index = 0; index < endow.length; index += 100) {
	const nonce = (await api.rpc.system.accountNextIndex(alice.address)).toNumber();
	const transaction = sign(batch(api, endow.slice(index, index + 100)), alice, nonce);
	await socket.call("author_submitExtrinsic", transaction);
}
const last = senders[senders.length - 1].address;
await until("the accounts have funds", async () => !(await api.query.system.account(last)).data.free.isZero(), {
	seconds: 60,
});

let number = 0;
const identifier = () => {
	number += 1;
	return `identifier-${`${number}`.padStart(8, "0")}`;
};
const smallCall = template(create(smallClass, small), IDENTIFIER);
const tenCall = template(create(tenClass, ten(series)), IDENTIFIER);
const transfer = encode(api.tx.balances.transferKeepAlive(bob.address, 1_000_000n));
const kinds = {
	"balances.transfer_keep_alive": () => transfer,
	"create_entity, 1 property (unique)": () => smallCall(identifier()),
	"create_entity, 10 properties (1 unique, 1 indexed, 1 reference)": () => tenCall(identifier()),
};

/** How many milliseconds the node took to build each block, by height. */
function buildTimes() {
	const found = node.log.matchAll(/Prepared block for proposing at (\d+) \((\d+) ms\)/g);
	return new Map([...found].map(([, height, ms]) => [Number(height), Number(ms)]));
}

const nonces = new Map(senders.map((sender) => [sender, 0]));

/** Fills blocks with one kind of call and returns what is known of each full one. */
async function measure(makeCall) {
	const count = most * blocks;
	const transactions = [];
	while (transactions.length < count) {
		for (const sender of senders) {
			const nonce = nonces.get(sender);
			transactions.push([sign(makeCall(), sender, nonce)]);
			nonces.set(sender, nonce + 1);
		}
	}
	const start = await node.best();
	const begun = Date.now();
	await socket.callAll("author_submitExtrinsic", transactions);
	const submitted = (Date.now() - begun) / 1000;
	await until("the pool is empty", async () => (await socket.call("author_pendingExtrinsics")).length === 0, {
		seconds: 600,
		everyMs: 2_000,
	});
	await sleep(2_000);

	const times = buildTimes();
	const found = [];
	for (let height = start + 1; height <= (await node.best()); height += 1) {
		const hash = await api.rpc.chain.getBlockHash(height);
		const [{ block }, weight, events] = await Promise.all([
			api.rpc.chain.getBlock(hash),
			api.query.system.blockWeight.at(hash),
			api.query.system.events.at(hash),
		]);
		const failed = events.filter(({ event }) => event.method === "ExtrinsicFailed").length;
		if (failed) throw new Error(`${failed} transactions failed in block ${height}`);
		found.push({
			height,
			transactions: block.extrinsics.filter((extrinsic) => extrinsic.isSigned).length,
			weight: weight.normal.refTime.toNumber() / 1e12,
			buildMs: times.get(height),
		});
	}
	// The first block came while transactions still arrived, and the last one took what was left.
	const taken = found.filter(({ transactions }) => transactions > 0).slice(1, -1);
	if (taken.length < 1) throw new Error(`no full block among ${JSON.stringify(found)}: raise --most`);
	return { submittedPerSecond: Math.round(transactions.length / submitted), blocks: taken };
}

const results = {};
try {
	for (const [kind, makeCall] of Object.entries(kinds)) {
		console.error(`${kind}: signing and sending`);
		const { submittedPerSecond, blocks: full } = await measure(makeCall);
		const perBlock = median(full.map(({ transactions }) => transactions));
		results[kind] = {
			perBlock,
			perSecond: round(perBlock / SLOT_SECONDS, 1),
			buildMs: median(full.map(({ buildMs }) => buildMs)),
			weightSeconds: round(median(full.map(({ weight }) => weight))),
			submittedPerSecond,
			blocks: full,
		};
	}
} finally {
	socket.close();
	await api.disconnect();
	await node.stop();
}

const base = results["balances.transfer_keep_alive"];
console.log(machine());
console.log("| transaction | in a 6 s block | per second | to transfers | weight of the block | time to build it |");
console.log("| --- | --- | --- | --- | --- | --- |");
for (const [kind, result] of Object.entries(results)) {
	const ratio = round(result.perBlock / base.perBlock);
	console.log(
		`| ${kind} | ${result.perBlock} | ${result.perSecond} | ${ratio} | ${result.weightSeconds} s | ${result.buildMs / 1000} s |`,
	);
}
console.log(JSON.stringify({ machine: machine(), results }));
