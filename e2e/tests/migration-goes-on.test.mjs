// The migration of a class goes on after the node is killed, and over a runtime upgrade, while others write.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { u8aToHex } from "@polkadot/util";
import { batch, encode, signer, template, unbound } from "../bench/raw.mjs";
import { alice, bob, charlie, connect, dave, eve } from "../lib/api.mjs";
import { nextRuntime } from "../lib/binaries.mjs";
import * as d from "../lib/directory.mjs";
import { startDev } from "../lib/node.mjs";
import { blockEvents } from "../lib/transactions.mjs";
import { sleep, until } from "../lib/wait.mjs";

const people = { proposer: eve, council: [alice, bob, charlie], root: alice };
const COUNT = 6_000;
const BATCH = 1_500;
/** What others leave of a busy block: enough for a part of the entities only. In picoseconds. */
const ROOM = 50_000_000_000n;
/** The serial number of an entity that the sweep reaches last, and of one that asks for something. */
const LAST = COUNT;
const ASKING = COUNT + 1;
const PLACEHOLDER = "key-0000";
const first = d.schema({ key: [d.Text(8), "required", "unique"], note: [d.Text(16)] });
const second = d.schema({
	key: [d.Text(8), "required", "unique", d.carry(0)],
	note: [d.Text(8), d.carry(1)],
	stars: [d.Int(), d.fallback(d.int(5))],
});

let node, api, classId;
/** What Dave wrote: keys of entities, all of which have to be there in the end. */
const written = [];

const seal = () => node.rpc("engine_createBlock", true, true, null);
const pending = async () => (await node.rpc("author_pendingExtrinsics")).length;
/** Makes one block of the `count` transactions that wait, after an empty one if that ends a session. */
async function sealAll(count = 1) {
	await until(`${count} transactions wait`, async () => (await pending()) === count, { seconds: 30, everyMs: 50 });
	for (let blocks = 0; blocks < 2; blocks += 1) {
		const { hash } = await seal();
		const { extrinsics } = (await node.rpc("chain_getBlock", hash)).block;
		// The first one is the time.
		if (extrinsics.length === count + 1) return;
		assert.equal(extrinsics.length, 1, "a block takes all or nothing");
	}
	assert.fail("no block takes what waits");
}

/** Makes blocks until `work` is done. */
async function inBlocks(work) {
	let working = true;
	const loop = (async () => {
		while (working) {
			await seal();
			await sleep(20);
		}
	})();
	try {
		return await work();
	} finally {
		working = false;
		await loop;
	}
}

const nonceOf = async ({ address }) => (await api.rpc.system.accountNextIndex(address)).toNumber();
/** Signs a call and leaves it in the pool. */
const submit = async (call, who) =>
	node.rpc("author_submitExtrinsic", signer(api)(call, who, await nonceOf(who)));
const sweep = async () => (await api.call.contentDirectoryApi.maintenance(classId)).sweep.unwrapOr(null)?.toJSON();
const eventsAt = async (height, section) => blockEvents(api, await node.rpc("chain_getBlockHash", height), section);

/** Has Dave's next entity wait for a block. */
async function write() {
	const key = `dave-${`${written.length}`.padStart(3, "0")}`;
	await submit(encode(api.tx.contentDirectory.createEntity(classId, 2, [[0, d.text(key)]], false)), dave);
	written.push(key);
}

/** Root does `call` and says that it takes so much of a block, in picoseconds. */
const claiming = (refTime, call) => encode(api.tx.sudo.sudoUncheckedWeight(call, { refTime, proofSize: 0 }));
const wholeBlock = () => api.consts.system.blockWeights.maxBlock.refTime.toBigInt();

/** Has something wait for a block that leaves only {@link ROOM} of it. */
async function occupy() {
	// No transaction may take all of it alone.
	const half = (wholeBlock() - ROOM) / 2n;
	for (let count = 0; count < 2; count += 1) await submit(claiming(half, api.tx.system.setStorage([])), alice);
}

/** A block that is nearly full before the sweep gets its turn, with one transaction of Dave's and `others`. */
async function busyBlock(...others) {
	for (const [call, who] of others) await submit(encode(call), who);
	await occupy();
	await write();
	await sealAll(others.length + 3);
}

before(async () => {
	node = await startDev("manual", "--pool-kbytes", "100000");
	api = await inBlocks(() => connect(node));
	classId = await inBlocks(() => d.establish(api, d.newClass("Many", "Other"), first, people));
	const { createEntity } = api.tx.contentDirectory;
	const call = template(createEntity(classId, 1, [[0, d.text(PLACEHOLDER)]], false), PLACEHOLDER);
	for (let from = 0; from < COUNT; from += BATCH) {
		const calls = Array.from({ length: BATCH }, (_, index) => call(`key-${`${from + index}`.padStart(4, "0")}`));
		await submit(unbound(api, alice.address, batch(api, calls)), alice);
		await sealAll();
	}
	for (const [key, note] of [["last", "short"], ["asks", "a longer note"]]) {
		await submit(encode(createEntity(classId, 1, [[0, d.text(key)], [1, d.text(note)]], false)), dave);
	}
	await sealAll(2);
	await inBlocks(() => d.establish(api, d.nextVersion(classId, 1), second, people));
	const { stats } = (await api.call.contentDirectoryApi.classByName(d.bytes("Many"))).unwrap();
	assert.deepEqual(stats.byVersion.toJSON(), [[1, COUNT + 2], [2, 0]]);
});
after(async () => {
	await api?.disconnect();
	await node?.stop();
});

test("a sweep takes what others leave of each block, and says how far it came", async () => {
	const migrate = [api.tx.sudo.sudo(api.tx.contentDirectory.migrateClass(classId, 2)), alice];
	await busyBlock(migrate);
	const { next: begun } = await sweep();
	await busyBlock();
	const { next, moved, asking, end } = await sweep();
	assert.ok(begun > 0 && next > begun && next < end, `${begun}, then ${next} of ${end}`);
	assert.deepEqual([moved, asking, end], [next, 0, COUNT + 2]);
	const events = await eventsAt(await node.best(), "contentDirectory");
	assert.equal(events.filter(([name]) => name === "EntityMigrated").length, next - begun);
	assert.deepEqual(
		events.filter(([name]) => name !== "EntityMigrated").map(([name, fields]) => [name, fields.next]),
		[["EntityCreated", undefined], ["MigrationProgressed", next]],
	);

	await busyBlock(migrate);
	const [[, { sudoResult }]] = (await eventsAt(await node.best(), "sudo")).filter(([, fields]) => fields.sudoResult.err);
	const { name } = api.registry.findMetaError(api.createType("DispatchError", sudoResult.err).asModule);
	assert.equal(name, "MigrationRunning");
});

test("kill -9 in the middle of a block loses no progress", async () => {
	const before = await sweep();
	assert.ok(before, "the sweep still runs");
	const height = await node.best();
	await occupy();
	// The node is killed while it makes a block.
	const unfinished = seal().catch(() => undefined);
	await sleep(20);
	await api.disconnect();
	await node.stop("SIGKILL");
	await unfinished;
	await node.start();
	api = await connect(node);
	assert.ok((await node.best()) >= height, "what was final is there");
	const after = await sweep();
	assert.ok(after && after.next >= before.next, `${after?.next} after ${before.next}`);
	await busyBlock();
	const later = await sweep();
	assert.ok(later && later.next > after.next, `${later?.next} after ${after.next}`);
});

test("a new runtime goes on with it", async () => {
	// The owner still changes what the sweep has not come to.
	const update = api.tx.contentDirectory.updateEntity({ class: classId, serial: LAST }, [[1, d.text("changed")]]);
	await busyBlock([update, dave]);

	const { specVersion: oldVersion } = await node.rpc("state_getRuntimeVersion");
	const code = u8aToHex(readFileSync(nextRuntime()));
	await submit(claiming((wholeBlock() * 8n) / 10n, api.tx.system.setCode(code)), alice);
	await sealAll();
	const { specVersion } = await node.rpc("state_getRuntimeVersion");
	assert.ok(specVersion > oldVersion);
	await api.disconnect();
	api = await connect(node);
	const after = await sweep();
	assert.ok(after && after.next < LAST, "the sweep still runs");
	await busyBlock();
	const later = await sweep();
	assert.ok(later && later.next > after.next, `${later?.next} after ${after.next}`);

	let height = await node.best();
	// Blocks with nothing but Dave's writing: at least some hundred entities in each.
	for (let blocks = 0; (await sweep()) && blocks < COUNT / 100; blocks += 1) {
		await write();
		await sealAll();
	}
	let finished;
	const asked = [];
	for (; height <= (await node.best()); height += 1) {
		for (const [name, fields] of await eventsAt(height, "contentDirectory")) {
			if (name === "EntityAsks") asked.push(fields);
			if (name === "MigrationFinished") finished = fields;
		}
	}
	assert.deepEqual(asked, [{ entity: { class: classId, serial: ASKING }, version: 2, properties: [1] }]);
	assert.deepEqual(finished, { class: classId, version: 2, moved: COUNT + 1, asking: 1 });
});

test("everything is there: what was moved and what was written meanwhile", async () => {
	const directory = api.call.contentDirectoryApi;
	const { stats } = (await directory.classByName(d.bytes("Many"))).unwrap();
	assert.deepEqual(stats.byVersion.toJSON(), [[1, 1], [2, COUNT + 1 + written.length]]);
	assert.ok(written.length > 5, "Dave's transactions got in");
	const byKey = async (key) => (await directory.entityByUnique(classId, 0, { Text: d.bytes(key) })).unwrap();
	for (const key of [...written, "key-0000", `key-${COUNT - 1}`]) {
		assert.equal((await byKey(key)).entity.version.toNumber(), 2, key);
	}
	const last = await byKey("last");
	assert.deepEqual(d.byProperty(last.entity), d.asStored({ 0: d.text("last"), 1: d.text("changed"), 2: d.int(5) }));
	assert.equal((await byKey("asks")).entity.version.toNumber(), 1);
});
