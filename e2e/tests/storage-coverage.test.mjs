// Two of five providers lose their disks, and nobody does anything about it: every object comes back to its
// coverage, and was there all the time.
//
// ROME_E2E_OBJECTS says how many objects there are; `npm run test:storage-long` takes 1,000.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Cluster } from "../lib/cluster.mjs";
import { makeObjects, serves } from "../lib/objects.mjs";
import { Reader } from "../lib/reader.mjs";
import { Witness } from "../lib/truth.mjs";
import { until } from "../lib/wait.mjs";

const COUNT = Number(process.env.ROME_E2E_OBJECTS ?? 150);
/** Everything here takes longer with more objects. */
const SECONDS = 90 + COUNT * 0.3;

let cluster, objects;

const stateOf = async (daemon) => Object.keys((await cluster.storage.provider(daemon.id)).state)[0];

/** What every object's holders are, by provider. */
async function holdersByObject() {
	return Promise.all(objects.map(async ({ key }) => (await cluster.storage.object(key)).holders));
}

before(async () => {
	cluster = await Cluster.start({ providers: 5, nodeArgs: ["--state-pruning", "archive"] });
	objects = makeObjects(COUNT, "coverage", 16 * 1024);
});
after(() => cluster?.stop());

test("objects that two members got are soon with three", async (t) => {
	const begun = Date.now();
	await cluster.publish(objects);
	const uploaded = Date.now();
	await cluster.storage.settled(cluster.tranche, { seconds: SECONDS, objects: COUNT });
	t.diagnostic(`${COUNT} objects: ${(uploaded - begun) / 1000} s to pin and upload, ${(Date.now() - uploaded) / 1000} s to fill up`);
	for (const holders of await holdersByObject()) {
		assert.equal(new Set(holders).size, 3, `three different holders: ${holders}`);
	}
});

test("two providers die and lose their disks one after the other; all comes back by itself", { timeout: 1_800_000 }, async (t) => {
	const { storage, tranche, daemons } = cluster;
	const witness = await Witness.start(storage, tranche, objects.map(({ key }) => key));
	const reader = Reader.start(cluster, objects);
	for (const lost of [daemons[1], daemons[3]]) {
		const { replicas } = await storage.provider(lost.id);
		assert.ok(replicas > 0, "it held something");
		const height = await cluster.node.best();
		const begun = Date.now();
		await lost.kill();
		lost.loseDisk();
		// The counters read zero until the chain knows, so first it has to know.
		await until(`the chain fails ${lost.name}`, async () => (await stateOf(lost)) === "failed", { seconds: 90 });
		const known = Date.now();
		await storage.settled(tranche, { seconds: SECONDS, objects: COUNT });
		const [noticing, mending] = [(known - begun) / 1000, (Date.now() - known) / 1000];
		const blocks = (await cluster.node.best()) - height;
		t.diagnostic(`${lost.name} held ${replicas} of ${COUNT}: failed after ${noticing} s, all mended ${mending} s later, ${blocks} blocks in all`);
		assert.equal((await storage.provider(lost.id)).replicas, 0, "nothing counts that it held");
	}

	// A whole round of reads from the three that are left.
	const rounds = reader.rounds;
	await until("every object is read once more", () => reader.rounds >= rounds + 2, { seconds: SECONDS });
	await reader.stop();
	await witness.stop();
	assert.deepEqual(reader.wrong.slice(0, 5), [], `${reader.wrong.length} of ${reader.reads} reads went wrong`);
	assert.ok(reader.reads >= COUNT * 3, `${reader.reads} reads`);
	t.diagnostic(`${reader.reads} reads in the meantime, every one answered`);

	assert.deepEqual(witness.wrong.slice(0, 5), [], `wrong in ${witness.wrong.length} of ${witness.blocks.length} blocks`);
	const worst = Math.max(...witness.blocks.map(({ truth }) => truth));
	const least = Math.min(...witness.blocks.map((block) => block.least));
	assert.ok(worst > COUNT / 4, `objects were degraded in between: ${worst} at most`);
	assert.ok(least >= 2, `never below two holders: ${least}`);
	const heights = witness.blocks.map(({ height }) => height);
	assert.equal(heights.length, heights.at(-1) - heights[0] + 1, "every block was looked at");
	t.diagnostic(`${heights.length} blocks: degraded <= true <= degraded + unswept in each; at most ${worst} objects degraded`);
});

test("three distinct providers that run hold each object", async () => {
	const running = cluster.daemons.filter((daemon) => daemon.running);
	assert.equal(running.length, 3);
	const ids = running.map(({ id }) => id).sort();
	for (const holders of await holdersByObject()) assert.deepEqual([...holders].sort(), ids);
	for (const object of objects) {
		for (const daemon of running) assert.equal(await serves(daemon, object), true);
	}
});

test("a provider that failed comes back by a new verification only", async () => {
	const { storage, daemons, tranche } = cluster;
	const [, back] = daemons;
	await back.start();
	await until("it answers the chain", async () => (await back.metrics()) !== undefined, { seconds: 30 });
	assert.equal(await stateOf(back), "failed", "its daemon alone brings nothing back");
	await storage.attest(back.id);
	await storage.activate(back.id, { operator: 2, zone: 2 });
	assert.equal(await stateOf(back), "active");
	if ((await storage.provider(back.id)).memberships.length === 0) await storage.join(back.id, tranche, 1, back.owner);
	const more = makeObjects(20, "after", 4_096);
	await cluster.publish(more);
	await storage.settled(tranche, { seconds: 60, objects: COUNT + more.length });
	await until("it holds something again", async () => (await storage.provider(back.id)).replicas > 0, { seconds: 60 });
});
