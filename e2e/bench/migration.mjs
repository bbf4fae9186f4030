// How long a class's entities take to migrate on a chain with blocks of 6 s, while accounts keep writing.
//
// The entities come in as in the look-up's measurement: batches that root allows to weigh more than a block
// may. Then a second version is activated, root starts the migration, and accounts create entities at a
// steady pace until it has finished. Every transaction of theirs is looked for in the blocks.

import { account, alice, bob, charlie, connect, eve } from "../lib/api.mjs";
import * as d from "../lib/directory.mjs";
import { startNode } from "../lib/node.mjs";
import { sudo } from "../lib/transactions.mjs";
import { sleep, until } from "../lib/wait.mjs";
import { machine, median, options, quantile, round } from "./figures.mjs";
import { batch, encode, signer, template, unbound } from "./raw.mjs";

const { entities, batch: batchSize, accounts, rate } = options({
	// Entities to migrate.
	entities: 100_000,
	// Entities created in one block.
	batch: 5_000,
	// How many accounts write meanwhile.
	accounts: 20,
	// How many transactions they send in a second, together.
	rate: 10,
});

const ENDOWMENT = 1_000n * 10n ** 12n;
const PLACEHOLDER = "identifier-########";
const identifier = (number) => `identifier-${`${number}`.padStart(8, "0")}`;
const first = d.schema({
	identifier: [d.Text(32), "required", "unique"],
	title: [d.Text(64), "indexed"],
	year: [d.Int()],
	kind: [d.Text(16)],
});
/** A property of each kind of rule: carried and renamed, cast by a table, cast to text, a default. */
const second = d.schema({
	identifier: [d.Text(32), "required", "unique", d.carry(0)],
	name: [d.Text(64), "indexed", d.carry(1)],
	year: [d.Text(8), d.cast(2)],
	kind: [d.Enum("feature", "short"), d.cast(3, { Feature: 0, Short: 1 })],
	language: [d.Text(8), d.fallback(d.text("de"))],
});
const people = { proposer: eve, council: [alice, bob, charlie], root: alice };

const node = await startNode("migration", ["--dev", "--alice", "--pool-kbytes", "1000000"]);
const api = await connect(node);
const { contentDirectory } = api.tx;
const directory = api.call.contentDirectoryApi;
const sign = signer(api);
const submit = (transaction) => node.rpc("author_submitExtrinsic", transaction);
const nonceOf = async ({ address }) => (await api.rpc.system.accountNextIndex(address)).toNumber();

/** Creates the entities that are to be migrated. */
async function fill(classId) {
	const values = [[0, d.text(PLACEHOLDER)], [1, d.text("Der müde Tod")], [2, d.int(1921)], [3, d.text("Feature")]];
	const call = template(contentDirectory.createEntity(classId, 1, values, false), PLACEHOLDER);
	for (let from = 0; from < entities; from += batchSize) {
		const count = Math.min(batchSize, entities - from);
		const calls = Array.from({ length: count }, (_, index) => call(identifier(from + index)));
		await submit(sign(unbound(api, alice.address, batch(api, calls)), alice, await nonceOf(alice)));
		await until("the batch is in a block", async () => (await node.rpc("author_pendingExtrinsics")).length === 0, {
			seconds: 120,
		});
		console.error(`${from + count} of ${entities} are created`);
	}
	const { stats } = (await directory.classByName(d.bytes("Large"))).unwrap();
	if (stats.entities.toNumber() !== entities) throw new Error(`${stats.entities} entities are stored`);
}

/** Accounts with funds. */
async function makeWriters() {
	const writers = Array.from({ length: accounts }, (_, index) => account(`//Writer//${index}`));
	const endow = writers.map(({ address }) => encode(api.tx.balances.transferKeepAlive(address, ENDOWMENT)));
	await submit(sign(batch(api, endow), alice, await nonceOf(alice)));
	const { address } = writers[accounts - 1];
	await until("they have funds", async () => !(await api.query.system.account(address)).data.free.isZero(), {
		seconds: 60,
	});
	return writers.map((writer) => ({ writer, nonce: 0 }));
}

/** Transactions that are sent and not yet seen in a block, with the time. */
const waiting = new Map();
const delays = [];
let sent = 0;

/** Has the writers send until `running` says no. */
async function write(classId, writers, running) {
	const call = template(contentDirectory.createEntity(classId, 2, [[0, d.text(PLACEHOLDER)]], false), PLACEHOLDER);
	const begun = Date.now();
	while (running()) {
		const from = writers[sent % accounts];
		const transaction = sign(call(identifier(90_000_000 + sent)), from.writer, from.nonce);
		from.nonce += 1;
		waiting.set(transaction, Date.now());
		await submit(transaction);
		sent += 1;
		await sleep(Math.max(0, begun + (sent * 1_000) / rate - Date.now()));
	}
}

/** What a block did: transactions of the writers, and entities moved until then. */
async function look(height) {
	const hash = await node.rpc("chain_getBlockHash", height);
	const { extrinsics } = (await node.rpc("chain_getBlock", hash)).block;
	let users = 0;
	for (const transaction of extrinsics.filter((transaction) => waiting.has(transaction))) {
		delays.push(Date.now() - waiting.get(transaction));
		waiting.delete(transaction);
		users += 1;
	}
	let moved;
	let finished = false;
	const events = await (await api.at(hash)).query.system.events();
	for (const { event } of events) {
		if (event.method === "ExtrinsicFailed") throw new Error(`a transaction failed in block ${height}`);
		if (event.method === "MigrationProgressed" || event.method === "MigrationFinished") moved = event.data.moved.toNumber();
		finished ||= event.method === "MigrationFinished";
	}
	return { height, users, moved, finished };
}

try {
	const classId = await d.establish(api, d.newClass("Large", "Other"), first, people);
	const writers = await makeWriters();
	await fill(classId);
	await d.establish(api, d.nextVersion(classId, 1), second, people);

	const begun = Date.now();
	const { blockHash } = await sudo(api, contentDirectory.migrateClass(classId, 2), alice);
	let height = Number((await node.rpc("chain_getHeader", blockHash.toHex())).number);
	let running = true;
	const writing = write(classId, writers, () => running);
	// A failure is told where it is waited for, and until then it only ends the writing.
	writing.catch(() => undefined);
	const blocks = [];
	let seconds;
	try {
		while (!blocks.at(-1)?.finished) {
			await until("the next block", async () => (await node.best()) >= height, { seconds: 120 });
			const block = await look(height);
			blocks.push(block);
			height += 1;
			console.error(`block ${block.height}: ${block.moved ?? "-"} moved, ${block.users} transactions`);
		}
		seconds = (Date.now() - begun) / 1_000;
	} finally {
		running = false;
		await writing;
	}
	// What was sent last is in one of the blocks that follow.
	await until(
		"all transactions are in blocks",
		async () => {
			for (; height <= (await node.best()); height += 1) await look(height);
			return waiting.size === 0;
		},
		{ seconds: 60 },
	);

	const { stats } = (await directory.classByName(d.bytes("Large"))).unwrap();
	const byVersion = Object.fromEntries(stats.byVersion.map(([version, count]) => [version.toNumber(), count.toNumber()]));
	if (byVersion[1] !== 0 || byVersion[2] !== entities + sent) throw new Error(JSON.stringify(byVersion));
	const moves = blocks.map(({ moved }, index) => moved - (blocks[index - 1]?.moved ?? 0)).filter((count) => count > 0);
	// The last one took what was left.
	const perBlock = median(moves.length > 1 ? moves.slice(0, -1) : moves);
	console.log(machine());
	console.log("| entities | minutes | blocks | entities in a block, median | users' transactions | waited, median | p99 |");
	console.log("| --- | --- | --- | --- | --- | --- | --- |");
	console.log(
		`| ${entities} | ${round(seconds / 60, 1)} | ${blocks.length} | ${perBlock} | ${sent} sent, ${delays.length} got in | ` +
			`${round(median(delays) / 1_000, 1)} s | ${round(quantile(delays, 0.99) / 1_000, 1)} s |`,
	);
} finally {
	await api.disconnect();
	await node.stop();
}
