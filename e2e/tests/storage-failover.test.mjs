// Nodes that go away: downloads go on, daemons move to the next node, and catch up after a long absence even if
// the node has forgotten the blocks in between.
//
// ROME_E2E_AWAY says for how many seconds the endpoint is dead; `npm run test:storage-long` takes ten minutes.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Cluster } from "../lib/cluster.mjs";
import { makeObjects, serves } from "../lib/objects.mjs";
import { Endpoint } from "../lib/proxy.mjs";
import { Reader } from "../lib/reader.mjs";
import { sleep, until } from "../lib/wait.mjs";

const AWAY = Number(process.env.ROME_E2E_AWAY ?? 20);

describe("one of two endpoints dies", () => {
	let cluster, objects;
	const endpoints = [];
	before(async () => {
		cluster = await Cluster.start({
			rpcOf: async (_, url) => {
				const pair = [await Endpoint.open(url), await Endpoint.open(url)];
				endpoints.push(pair);
				return pair.map((endpoint) => endpoint.url);
			},
		});
		objects = makeObjects(20, "failover", 20_000);
		await cluster.publish(objects);
		await cluster.storage.settled(cluster.tranche, { objects: objects.length });
	});
	after(async () => {
		await cluster?.stop();
		await Promise.all(endpoints.flat().map((endpoint) => endpoint.close()));
	});

	test("the daemon moves to the next, downloads and work go on", { timeout: 1_200_000 }, async () => {
		const reader = Reader.start(cluster, objects);
		for (const [first] of endpoints) await first.close();
		const asked = endpoints.map(([, second]) => second.calls.length);
		await sleep(AWAY * 1000);
		for (const [index, [, second]] of endpoints.entries()) {
			assert.ok(second.calls.length > asked[index], `${cluster.daemons[index].name} uses its second endpoint`);
		}
		// What has to be done with the chain is done: heartbeats, and new objects.
		for (const { id } of cluster.daemons) assert.ok("active" in (await cluster.storage.provider(id)).state);
		const more = makeObjects(10, "failover/more", 20_000);
		await cluster.publish(more);
		await cluster.storage.settled(cluster.tranche, { objects: objects.length + more.length });
		await reader.stop();
		assert.deepEqual(reader.wrong, []);
		for (const daemon of cluster.daemons) {
			const [{ url }] = endpoints[cluster.daemons.indexOf(daemon)];
			assert.ok(daemon.log.includes(url.slice("ws://".length)), `${daemon.name} says which endpoint it lost`);
		}
		for (const [first] of endpoints) await first.open();
	});
});

describe("the only endpoint dies", () => {
	let cluster, objects, endpoint, away;
	const BLOCKS = 300;
	before(async () => {
		// Blocks so quick that 300 pass in a minute, on a node that keeps the state of 64; one missed
		// heartbeat shall not be the end of a provider.
		cluster = await Cluster.start({
			sealing: "interval=200",
			nodeArgs: ["--state-pruning", "64"],
			parameters: { HeartbeatInterval: 150, MissedToSuspend: 4, MissedToFail: 8 },
			rpcOf: async (index, url) => {
				if (index !== 0) return [url];
				endpoint = await Endpoint.open(url);
				return [endpoint.url];
			},
		});
		[away] = cluster.daemons;
		objects = makeObjects(30, "away", 20_000);
		await cluster.publish(objects);
		await cluster.storage.settled(cluster.tranche, { objects: objects.length });
	});
	after(async () => {
		await cluster?.stop();
		await endpoint?.close();
	});

	test(`for ${BLOCKS} blocks of a pruned node: it serves on and catches up`, { timeout: 600_000 }, async (t) => {
		const { storage, node } = cluster;
		const height = await node.best();
		const before = await storage.holdings(away.id);
		await endpoint.close();
		const reader = Reader.start(cluster, objects);

		// Meanwhile others publish, and some of what it holds is unpinned.
		const more = makeObjects(30, "meanwhile", 20_000);
		await cluster.publish(more);
		const gone = objects.splice(-8);
		// Nobody reads them any more.
		await sleep(2_000);
		await storage.unpin(gone.map(({ key }) => key.hash), cluster.publisher);
		await until(`${BLOCKS} blocks have passed`, async () => (await node.best()) >= height + BLOCKS, {
			seconds: 300,
			everyMs: 1_000,
		});
		await assert.rejects(node.rpc("state_getStorage", "0x00", await node.rpc("chain_getBlockHash", height)), /pruned|discarded|not found|unknown/i);
		for (const { key } of before) {
			const object = objects.find((one) => one.key.hash === key.hash);
			if (object) assert.equal(await serves(away, object), true, "downloads went on");
		}
		assert.match(away.log, /endpoint|connection|reconnect|unreachable/i);
		const metrics = await away.metrics();
		assert.ok(Object.keys(metrics).some((name) => /rpc|chain|endpoint/.test(name)), "its metrics speak of the chain");

		const back = Date.now();
		await endpoint.open();
		await storage.settled(cluster.tranche, { seconds: 120, objects: objects.length + more.length });
		const assigned = (await storage.holdings(away.id)).length;
		assert.ok(assigned > 0);
		t.diagnostic(`caught up ${(Date.now() - back) / 1000} s after its node was back; it holds ${assigned}`);
		await reader.stop();
		assert.deepEqual(reader.wrong, []);
		for (const object of more) {
			const { holders } = await storage.object(object.key);
			assert.equal(holders.length, 3);
			if (holders.includes(away.id)) assert.equal(await serves(away, object), true);
		}
	});
});
