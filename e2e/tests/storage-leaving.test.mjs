// Members that leave, and members that are full.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Cluster } from "../lib/cluster.mjs";
import { makeObject, makeObjects } from "../lib/objects.mjs";
import { Reader } from "../lib/reader.mjs";
import { send, sendExpecting } from "../lib/transactions.mjs";
import { Witness } from "../lib/truth.mjs";
import { sleep, until } from "../lib/wait.mjs";

/** Those who run could hold everything twice over. */
const SECONDS = 180;

describe("leaving", () => {
	let cluster;
	before(async () => {
		cluster = await Cluster.start({ providers: 5, nodeArgs: ["--state-pruning", "archive"] });
	});
	after(() => cluster?.stop());

	test("a leaver gets out while uploads go on, and coverage never drops", { timeout: 600_000 }, async (t) => {
		const { storage, daemons, tranche } = cluster;
		const first = makeObjects(60, "leaving", 16 * 1024);
		await cluster.publish(first);
		await storage.settled(tranche, { seconds: SECONDS, objects: first.length });
		const [, , leaver] = daemons;
		const { replicas } = await storage.provider(leaver.id);
		assert.ok(replicas > 0, "it holds something");

		const witness = await Witness.start(storage, tranche, first.map(({ key }) => key));
		const reader = Reader.start(cluster, first);
		let uploading = true;
		const later = [];
		const uploads = (async () => {
			for (let round = 0; uploading; round += 1) {
				const objects = makeObjects(12, `meanwhile/${round}`, 8 * 1024);
				await cluster.publish(objects, { copies: 2 });
				later.push(...objects);
				await sleep(500);
			}
		})();
		const begun = Date.now();
		await send(cluster.api, storage.tx.beginLeaving(leaver.id), leaver.owner);
		await until("nothing is left with it", async () => (await storage.provider(leaver.id)).replicas === 0, {
			seconds: SECONDS,
			everyMs: 500,
		});
		t.diagnostic(`${replicas} replicas handed over in ${(Date.now() - begun) / 1000} s, beside ${later.length} uploads`);
		await send(cluster.api, storage.tx.finishLeaving(leaver.id), leaver.owner);
		assert.ok("left" in (await storage.provider(leaver.id)).state);
		assert.equal((await storage.provider(leaver.id)).stake, 0, "with its whole stake");
		uploading = false;
		await uploads;
		await storage.settled(tranche, { seconds: SECONDS, objects: first.length + later.length });
		await reader.stop();
		await witness.stop();

		assert.deepEqual(witness.wrong, []);
		const least = Math.min(...witness.blocks.map((block) => block.least));
		assert.ok(least >= 3, `never fewer than three holders, but ${least}`);
		assert.deepEqual(reader.wrong, []);
		assert.ok(later.length > 0);
		const { members } = await storage.tranche(tranche);
		assert.deepEqual(members.map(({ provider }) => provider).includes(leaver.id), false);
	});

	test("two leave where there is room for none: nothing is lowered, and new members let both out", { timeout: 600_000 }, async () => {
		const { storage, daemons, tranche } = cluster;
		const leavers = daemons.slice(0, 2);
		for (const leaver of leavers) await send(cluster.api, storage.tx.beginLeaving(leaver.id), leaver.owner);
		// Two members stay. Whatever goes, three copies of everything are there until the notice runs out.
		await sleep(15_000);
		const { counts } = await storage.tranche(tranche);
		assert.equal(counts.degraded + counts.unswept, 0, JSON.stringify(counts));
		const held = await Promise.all(leavers.map(async ({ id }) => (await storage.provider(id)).replicas));
		assert.ok(held[0] + held[1] >= counts.objects, `of every object a copy has to stay: ${held} of ${counts.objects}`);
		for (const [index, leaver] of leavers.entries()) {
			if (held[index] === 0) continue;
			await sendExpecting(cluster.api, "StorageTranches.NoticeRunning", storage.tx.finishLeaving(leaver.id), leaver.owner);
		}
		const index = daemons.length;
		await cluster.admit(index);
		await cluster.admit(index + 1);
		for (const leaver of leavers) {
			await until(`${leaver.name} is free`, async () => (await storage.provider(leaver.id)).replicas === 0, {
				seconds: SECONDS,
				everyMs: 500,
			});
			await send(cluster.api, storage.tx.finishLeaving(leaver.id), leaver.owner);
		}
		await storage.settled(tranche, { seconds: SECONDS });
	});
});

describe("a full member", () => {
	let cluster;
	const SLOT = 1n << 24n;
	/** Three of them fill a slot, nearly. */
	const LARGE = Math.floor(Number(SLOT) * 0.32);
	before(async () => {
		cluster = await Cluster.start({ providers: 4, slotBytes: SLOT });
	});
	after(() => cluster?.stop());

	const memberOf = async ({ id }) =>
		(await cluster.storage.tranche(cluster.tranche)).members.find(({ provider }) => provider === id);

	/** Publishes a large object that is not assigned to `left`: of several, the first that placement leaves to the others. */
	async function withoutOne(left) {
		for (let tries = 0; tries < 60; tries += 1) {
			const object = makeObject(LARGE, `full/${left.id}/${tries}`);
			await cluster.pin([object]);
			if (!(await cluster.storage.object(object.key)).assigned.includes(left.id)) {
				await cluster.upload(object);
				return object;
			}
			await cluster.storage.unpin([object.key.hash], cluster.publisher);
		}
		throw new Error(`placement leaves nothing to the others than ${left.name}`);
	}

	test("blocks nobody: new objects still reach their coverage", { timeout: 300_000 }, async (t) => {
		const { storage, tranche, daemons } = cluster;
		const [one, two, three, four] = daemons;
		const objects = [];
		for (const left of [one, two, three]) objects.push(await withoutOne(left));
		await storage.settled(tranche, { seconds: 60, objects: objects.length });
		const full = await memberOf(four);
		assert.deepEqual(
			(await Promise.all(daemons.map(memberOf))).map((member) => [member.full, member.takesNew]),
			[[false, true], [false, true], [false, true], [true, false]],
			JSON.stringify(full),
		);
		t.diagnostic(`one of four is full with ${full.bytes} of ${SLOT} bytes`);

		const more = makeObjects(20, "beyond", 30_000);
		await cluster.publish(more);
		await storage.settled(tranche, { seconds: 60, objects: objects.length + more.length });
		for (const { key } of more) {
			const { holders } = await storage.object(key);
			assert.deepEqual([...holders].sort(), [one.id, two.id, three.id].sort(), "with the three others");
		}
		assert.equal((await memberOf(four)).bytes, full.bytes, "what it had, it keeps");
	});
});
