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
import { blockEvents, sudo } from "../lib/transactions.mjs";
import { sleep, within } from "../lib/wait.mjs";

const people = { proposer: eve, council: [alice, bob, charlie], root: alice };
const COUNT = 6_000;
const BATCH = 1_500;
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

const submit = (transaction) => node.rpc("author_submitExtrinsic", transaction);
const nonceOf = async ({ address }) => (await api.rpc.system.accountNextIndex(address)).toNumber();
const sweep = async () => (await api.call.contentDirectoryApi.maintenance(classId)).sweep.unwrapOr(null)?.toJSON();
const directoryEvents = async (height) =>
	blockEvents(api, await node.rpc("chain_getBlockHash", height), "contentDirectory");

/**
 * A block in which Dave writes, and in which something else takes most of the time: the sweep gets what is
 * left.
 */
async function busyBlock() {
	const key = `dave-${`${written.length}`.padStart(3, "0")}`;
	const create = api.tx.contentDirectory.createEntity(classId, 2, [[0, d.text(key)]], false);
	const most = api.consts.system.blockWeights.perClass.operational.maxExtrinsic.unwrap();
	const idle = api.tx.sudo.sudoUncheckedWeight(api.tx.system.setStorage([]), {
		refTime: (most.refTime.toBigInt() * 9n) / 10n,
		proofSize: 0,
	});
	const sign = signer(api);
	await submit(sign(encode(idle), alice, await nonceOf(alice)));
	await submit(sign(encode(create), dave, await nonceOf(dave)));
	written.push(key);
	const height = await node.best();
	await seal();
	assert.equal(await node.best(), height + 1);
}

before(async () => {
	node = await startDev("manual", "--pool-kbytes", "100000");
	api = await inBlocks(() => connect(node));
	classId = await inBlocks(() => d.establish(api, d.newClass("Many", "Other"), first, people));
	const { createEntity } = api.tx.contentDirectory;
	const call = template(createEntity(classId, 1, [[0, d.text(PLACEHOLDER)]], false), PLACEHOLDER);
	const sign = signer(api);
	for (let from = 0; from < COUNT; from += BATCH) {
		const calls = Array.from({ length: BATCH }, (_, index) => call(`key-${`${from + index}`.padStart(4, "0")}`));
		await submit(sign(unbound(api, alice.address, batch(api, calls)), alice, await nonceOf(alice)));
		do await seal();
		while ((await node.rpc("author_pendingExtrinsics")).length > 0);
	}
	for (const [key, note] of [["last", "short"], ["asks", "a longer note"]]) {
		const created = createEntity(classId, 1, [[0, d.text(key)], [1, d.text(note)]], false);
		await submit(sign(encode(created), dave, await nonceOf(dave)));
		await seal();
	}
	await inBlocks(() => d.establish(api, d.nextVersion(classId, 1), second, people));
	const { stats } = (await api.call.contentDirectoryApi.classByName(d.bytes("Many"))).unwrap();
	assert.deepEqual(stats.byVersion.toJSON(), [[1, COUNT + 2], [2, 0]]);
});
after(async () => {
	await api?.disconnect();
	await node?.stop();
});

test("a sweep gets what others leave of each block, and says how far it came", async () => {
	await inBlocks(() => sudo(api, api.tx.contentDirectory.migrateClass(classId, 2), alice));
	await busyBlock();
	await busyBlock();
	const { next, moved, asking, end } = await sweep();
	assert.ok(next > 0 && next < end, `${next} of ${end}`);
	assert.deepEqual([moved, asking, end], [next, 0, COUNT + 2]);
	const [created, ...events] = (await directoryEvents(await node.best())).filter(([name]) => name !== "EntityMigrated");
	assert.equal(created[0], "EntityCreated");
	assert.deepEqual(events, [["MigrationProgressed", { class: classId, version: 2, next, moved, asking }]]);

	// Others may not begin a second one, and the owner still changes what the sweep has not come to.
	await assert.rejects(
		inBlocks(() => sudo(api, api.tx.contentDirectory.migrateClass(classId, 2), alice)),
		{ name: "ContentDirectory.MigrationRunning" },
	);
});

test("kill -9 in the middle of a block loses no progress", async () => {
	const before = await sweep();
	assert.ok(before, "the sweep still runs");
	const height = await node.best();
	// The node is killed while it makes a block.
	const unfinished = seal().catch(() => undefined);
	await sleep(20);
	await node.stop("SIGKILL");
	await unfinished;
	await api.disconnect();
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
	const update = api.tx.contentDirectory.updateEntity({ class: classId, serial: LAST }, [[1, d.text("changed")]]);
	await submit(signer(api)(encode(update), dave, await nonceOf(dave)));
	await seal();
	const before = await sweep();
	assert.ok(before && before.next < LAST, "the sweep still runs");

	const oldVersion = api.runtimeVersion.specVersion.toNumber();
	const code = u8aToHex(readFileSync(nextRuntime()));
	const upgrade = api.tx.sudo.sudoUncheckedWeight(api.tx.system.setCode(code), {
		refTime: api.consts.system.blockWeights.perClass.operational.maxExtrinsic.unwrap().refTime.toBigInt() * 9n / 10n,
		proofSize: 0,
	});
	await submit((await upgrade.signAsync(alice, { nonce: -1 })).toHex());
	do await seal();
	while ((await node.rpc("state_getRuntimeVersion")).specVersion === oldVersion);
	await api.disconnect();
	api = await within(connect(node), 60_000, "a connection to the new runtime");
	const after = await sweep();
	assert.ok(after && after.next < LAST, "the sweep still runs");

	let height = await node.best();
	for (let blocks = 0; (await sweep()) && blocks < 200; blocks += 1) await busyBlock();
	let finished;
	const asked = [];
	for (; height <= (await node.best()); height += 1) {
		for (const [name, fields] of await directoryEvents(height)) {
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
	for (const key of [...written, "key-0000", "key-5999"]) {
		assert.equal((await byKey(key)).entity.version.toNumber(), 2, key);
	}
	const last = await byKey("last");
	assert.deepEqual(d.byProperty(last.entity), d.asStored({ 0: d.text("last"), 1: d.text("changed"), 2: d.int(5) }));
	assert.equal((await byKey("asks")).entity.version.toNumber(), 1);
});
