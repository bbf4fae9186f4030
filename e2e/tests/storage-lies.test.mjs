// Disks, providers and nodes that do not tell the truth.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { removeAtExit } from "../lib/cleanup.mjs";
import { Cluster } from "../lib/cluster.mjs";
import { keyOf, makeObject, makeObjects, serves } from "../lib/objects.mjs";
import { freePort } from "../lib/process.mjs";
import { Endpoint, LyingProvider } from "../lib/proxy.mjs";
import { Rome } from "../lib/rome.mjs";
import { nameOf } from "../lib/storage.mjs";
import { sleep, until } from "../lib/wait.mjs";

const GROUP = 16 * 1024;

describe("bits that flip on disk", () => {
	let cluster, objects;
	before(async () => {
		cluster = await Cluster.start();
		objects = makeObjects(24, "flipped", 100_000);
		await cluster.publish(objects);
		await cluster.storage.settled(cluster.tranche, { seconds: 60, objects: objects.length });
	});
	after(() => cluster?.stop());

	test("are found by a scrub, reported lost and mended from a peer", { timeout: 300_000 }, async (t) => {
		const { storage, tranche, daemons } = cluster;
		const [victim] = daemons;
		const held = await storage.holdings(victim.id);
		const chosen = held.slice(0, 5).map(({ key }) => key);
		assert.equal(chosen.length, 5);
		for (const [index, key] of chosen.entries()) {
			const path = victim.fileOf(key);
			const bytes = readFileSync(path);
			bytes[(index * 7_919) % bytes.length] ^= 1 << index % 8;
			writeFileSync(path, bytes);
			assert.notEqual(keyOf(bytes).hash, key.hash);
		}
		const first = (await cluster.api.rpc.chain.getHeader()).number.toNumber();
		const { code, stdout, stderr } = await victim.command("scrub");
		t.diagnostic(`${stdout.trim().split("\n").at(-1)}`);
		for (const { hash } of chosen) assert.ok(`${stdout}${stderr}`.includes(hash.slice(2)), `the scrub names ${hash}: ${stdout}${stderr}`);
		assert.notEqual(code, null);

		const lost = await until(
			"the chain was told of every one",
			async () => {
				const reported = await eventsSince(cluster, first, "ReplicaLost");
				const keys = reported.filter(({ provider }) => provider === victim.id).map(({ key }) => nameOf(key));
				return chosen.every((key) => keys.includes(nameOf(key))) && keys;
			},
			{ seconds: 60, everyMs: 500 },
		);
		assert.equal(new Set(lost).size, chosen.length, "and of no other");
		await storage.settled(tranche, { seconds: 90, objects: objects.length });
		for (const { key, bytes } of objects) {
			for (const id of (await storage.object(key)).holders) {
				assert.equal(await serves(cluster.daemonOf(id), { key, bytes }), true, `${nameOf(key)} at ${id}`);
			}
		}
	});

	test("files that are gone at the start are reported first", { timeout: 300_000 }, async () => {
		const { storage, tranche, daemons } = cluster;
		const [, victim] = daemons;
		const { replicas } = await storage.provider(victim.id);
		await victim.kill();
		victim.loseDisk();
		const first = (await cluster.api.rpc.chain.getHeader()).number.toNumber();
		await victim.start();
		await until(
			"the chain was told",
			async () => {
				const reported = await eventsSince(cluster, first, "ReplicaLost");
				return reported.filter(({ provider }) => provider === victim.id).length >= replicas;
			},
			{ seconds: 60, everyMs: 500 },
		);
		await storage.settled(tranche, { seconds: 90, objects: objects.length });
		for (const { key } of await storage.holdings(victim.id)) {
			const object = objects.find((one) => one.key.hash === key.hash);
			assert.equal(await serves(victim, object), true);
		}
	});
});

/** The fields of all events of that name from block `first` on. */
async function eventsSince(cluster, first, name) {
	const { api } = cluster;
	const best = (await api.rpc.chain.getHeader()).number.toNumber();
	const found = [];
	for (let height = first; height <= best; height += 1) {
		const events = await (await api.at(await api.rpc.chain.getBlockHash(height))).query.system.events();
		for (const { event } of events) {
			if (event.section !== "storageTranches" || event.method !== name) continue;
			found.push(Object.fromEntries(event.data.names.map((field, index) => [field, event.data[index].toJSON()])));
		}
	}
	return found;
}

describe("a provider that sends wrong bytes", () => {
	let cluster;
	const liars = [];
	before(async () => {
		// The first of five stands behind something that can change what it sends.
		cluster = await Cluster.start({
			providers: 4,
			publicPortOf: async (index) => {
				if (index !== 0) return undefined;
				const port = await freePort();
				liars.push(new LyingProvider(port));
				return port;
			},
		});
		await liars[0].open(cluster.daemons[0].port, { isObject: (path) => path.startsWith("/objects/") });
	});
	after(async () => {
		await cluster?.stop();
		await liars[0]?.close();
	});

	const objects = Array.from({ length: 30 }, (_, index) => makeObject(160_000, `lies/${index}`));

	test("is found out by `rome get`, which gets the right bytes from others", { timeout: 300_000 }, async (t) => {
		const { storage, tranche, daemons } = cluster;
		const [liar] = daemons;
		await cluster.publish(objects);
		await storage.settled(tranche, { seconds: 90, objects: objects.length });
		const { replicas } = await storage.provider(liar.id);
		assert.ok(replicas > 5, `${replicas} with the liar`);
		liars[0].lying = true;
		const cwd = mkdtempSync(join(tmpdir(), "rome-lies-"));
		removeAtExit(cwd);
		const rome = new Rome(cluster.node.url, "//Publisher", cwd);
		const held = (await storage.holdings(liar.id)).map(({ key }) => key.hash);
		const honest = daemons.filter((daemon) => daemon !== liar);
		const chosen = objects.filter(({ key }) => held.includes(key.hash)).slice(0, 6);
		for (const { bytes, key } of chosen) {
			// Whoever answers first is asked first: the others answer once it has been found out.
			const before = liars[0].lies.length;
			for (const daemon of honest) daemon.freeze();
			const got = rome.json("get", key.hash.slice(2), "-o", "file", "--force");
			try {
				const noticed = () => liars[0].lies.slice(before).some((lie) => lie.noticed);
				await until("it was asked, lied and was found out", noticed, { seconds: 20, everyMs: 10 });
			} finally {
				for (const daemon of honest) daemon.freeze(false);
			}
			const { troubles } = await got;
			assert.ok(readFileSync(join(cwd, "file")).equals(bytes));
			assert.ok(troubles.length > 0, "it was found out");
			for (const { source } of troubles) assert.ok(source.includes(liar.endpoint), `${source} is to blame`);
		}
		t.diagnostic(`found out ${chosen.length} of ${chosen.length} times`);
		liars[0].lying = false;
		liars[0].lies = [];
	});

	test("is noticed by other daemons within 16 KiB and not used again", { timeout: 600_000 }, async (t) => {
		const { storage, tranche, daemons } = cluster;
		const [liar] = daemons;

		// Another one loses everything and fetches it again, from the liar as well.
		liars[0].lying = true;
		const victim = daemons[1];
		await victim.kill();
		victim.loseDisk();
		await victim.start();
		await until(
			"it has again what it lost",
			async () => {
				const held = (await storage.holdings(victim.id)).map(({ key }) => key.hash);
				const answers = await Promise.all(
					objects.filter(({ key }) => held.includes(key.hash)).map((object) => serves(victim, object)),
				);
				return liars[0].lies.length > 0 && answers.length > 0 && answers.every((answer) => answer === true);
			},
			{ seconds: 120, everyMs: 1_000 },
		);
		await storage.settled(tranche, { seconds: 120, objects: objects.length });

		const { lies } = liars[0];
		assert.ok(lies.length > 0, "it was asked, and lied");
		for (const lie of lies) {
			assert.ok(lie.noticed, `the connection was ended before all was sent: ${JSON.stringify(lie)}`);
			// A group of 16 KiB, what the pauses between two pieces let through, and the way back.
			assert.ok(lie.sent <= GROUP + 4 * 2_048, `${lie.sent} bytes were taken after the first wrong one`);
		}
		// Fetches that ran side by side may have met it at once; later ones do not.
		const [begun] = lies.map(({ at }) => at).sort((a, b) => a - b);
		const late = lies.filter(({ at }) => at > begun + 3_000);
		assert.deepEqual(late, [], "not used again");
		t.diagnostic(`${lies.length} answers with wrong bytes, at most ${Math.max(...lies.map(({ sent }) => sent))} bytes taken from one`);

		for (const object of objects) {
			const { holders } = await storage.object(object.key);
			for (const id of holders.filter((holder) => holder !== liar.id)) {
				assert.equal(await serves(cluster.daemonOf(id), object), true, "and no wrong byte was kept");
			}
		}
	});
});

describe("a node that lies", () => {
	let cluster, objects;
	/** Two ways to each daemon's node: the first may lie. */
	const endpoints = [];

	/** What the runtime API's answers become: everything is surplus, nothing is pinned, nothing is held. */
	function everythingIsSurplus(request, answer) {
		if (request.method !== "state_call" || typeof answer.result !== "string") return answer;
		const [name] = request.params;
		const { registry } = cluster.api;
		const lie = (type, change) => {
			const value = registry.createType(type, answer.result);
			return { ...answer, result: registry.createType(type, change(value.toJSON())).toHex() };
		};
		const types = typesOf(cluster.api);
		const surplus = (object) => object && { ...object, surplus: object.holders, assigned: [], pins: 0 };
		const page = ({ items, next }) => ({ items: items.map(surplus), next });
		if (name === "StorageTranchesApi_object") return { ...answer, result: "0x00" };
		if (name === "StorageTranchesApi_objects_of") return { ...answer, result: "0x00" };
		if (name === "StorageTranchesApi_holdings") return lie(types.holdings, page);
		if (name === "StorageTranchesApi_incomplete") return lie(types.incomplete, page);
		return answer;
	}

	before(async () => {
		cluster = await Cluster.start({
			providers: 4,
			rpcOf: async (_, url) => {
				const pair = [await Endpoint.open(url), await Endpoint.open(url)];
				endpoints.push(pair);
				return pair.map((endpoint) => endpoint.url);
			},
		});
		objects = makeObjects(30, "lying node", 20_000);
		await cluster.publish(objects);
		await cluster.storage.settled(cluster.tranche, { seconds: 60, objects: objects.length });
	});
	after(async () => {
		await cluster?.stop();
		await Promise.all(endpoints.flat().map((endpoint) => endpoint.close()));
	});

	/** Who holds what, by the chain and by the disks. */
	async function holdings() {
		const found = [];
		for (const daemon of cluster.daemons) {
			const keys = (await cluster.storage.holdings(daemon.id)).map(({ key }) => key);
			for (const key of keys) {
				const object = objects.find((one) => one.key.hash === key.hash);
				assert.equal(await serves(daemon, object), true, `${daemon.name} still has ${nameOf(key)}`);
			}
			found.push(keys.map(nameOf).sort());
		}
		return found;
	}

	/** Has every daemon look again at once: it starts anew. */
	async function restart() {
		for (const daemon of cluster.daemons) {
			await daemon.stop();
			await daemon.start();
		}
	}

	test("makes no daemon release or delete anything, alone or as one of two", { timeout: 600_000 }, async () => {
		const before = await holdings();
		assert.equal(before.flat().length, 3 * objects.length);
		let told = 0;
		for (const [first] of endpoints) {
			first.tamper = (request, answer) => {
				const changed = everythingIsSurplus(request, answer);
				if (changed !== answer) told += 1;
				return changed;
			};
		}
		await restart();
		await sleep(40_000);
		assert.ok(told > 0, "they were lied to");
		assert.deepEqual(await holdings(), before);

		for (const daemon of cluster.daemons) daemon.rpc = daemon.rpc.slice(0, 1);
		told = 0;
		await restart();
		await sleep(40_000);
		assert.ok(told > 0, "they were lied to");
		assert.deepEqual(await holdings(), before);
		const said = cluster.daemons.map((daemon) => daemon.log).join("\n");
		assert.match(said, /two endpoints that are different nodes are needed/, "and say that they keep it for want of a second one");
	});

	test("what two honest endpoints agree on is released and deleted", { timeout: 300_000 }, async () => {
		const { storage } = cluster;
		for (const [first] of endpoints) first.tamper = (_, answer) => answer;
		for (const [index, daemon] of cluster.daemons.entries()) daemon.rpc = endpoints[index].map(({ url }) => url);
		await restart();
		const gone = objects.slice(0, 10);
		const holders = await Promise.all(gone.map(async ({ key }) => (await storage.object(key)).holders));
		await storage.unpin(gone.map(({ key }) => key.hash), cluster.publisher);
		await until(
			"what nobody pins is deleted",
			async () => {
				const answers = await Promise.all(gone.flatMap((object, index) =>
					holders[index].map((id) => serves(cluster.daemonOf(id), object))));
				return answers.every((answer) => answer !== true);
			},
			{ seconds: 150, everyMs: 1_000 },
		);
		assert.deepEqual((await holdings()).flat().length, 3 * (objects.length - gone.length), "and nothing else");
	});
});

/** The names of the types that the runtime API returns, from the chain's own metadata. */
function typesOf(api) {
	const { apis } = api.runtimeMetadata.asLatest;
	const { methods } = apis.find(({ name }) => name.eq("StorageTranchesApi"));
	return Object.fromEntries(methods.map(({ name, output }) => [`${name}`, api.registry.createLookupType(output)]));
}
