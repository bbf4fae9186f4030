// Somebody else registers a publisher's bytes first, in every way that could be in the way.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { account, eve } from "../lib/api.mjs";
import { Cluster } from "../lib/cluster.mjs";
import { makeObject, put, serves } from "../lib/objects.mjs";
import { uploadToken } from "../lib/signing.mjs";
import { nameOf } from "../lib/storage.mjs";
import { until } from "../lib/wait.mjs";

const squatter = eve;
let cluster;

before(async () => {
	cluster = await Cluster.start();
	await cluster.storage.endow([squatter, account("//Third")]);
});
after(() => cluster?.stop());

/** That the object is with three members, and each gives it back. */
async function isKept(object) {
	const { holders } = await until(
		`${nameOf(object.key)} is with three`,
		async () => {
			const view = await cluster.storage.object(object.key);
			return view?.holders.length === 3 && view;
		},
		{ seconds: 60, everyMs: 500 },
	);
	for (const id of holders) assert.equal(await serves(cluster.daemonOf(id), object), true);
}

test("registered first with a wrong size: the publisher's object is another one", async () => {
	const object = makeObject(20_000, "wrong size");
	const wrong = { ...object.key, size: object.key.size + 1 };
	await cluster.storage.pin([wrong], squatter, { tranche: cluster.tranche });
	await cluster.publish([object]);
	await isKept(object);

	const found = await (await cluster.storage.view()).objectsOf(object.key.hash);
	const [first, second] = found.toJSON();
	assert.equal(found.length, 2);
	assert.deepEqual([first.key.size, second.key.size], [object.key.size, wrong.size], "the stored one comes first");
	assert.ok("stored" in first.state && "pending" in second.state);

	// Nobody can upload the bytes as what the squatter claimed.
	const view = await cluster.storage.object(wrong);
	const daemon = cluster.daemonOf(view.assigned[0]);
	const token = uploadToken(cluster.genesis, { provider: daemon.operator.publicKey, key: wrong, by: squatter });
	const { status } = await put(cluster.genesis, daemon, { bytes: object.bytes, key: wrong }, squatter, { token });
	assert.ok([200, 411, 422].includes(status), `${status}`);
	assert.equal((await cluster.storage.object(wrong)).holders.length, 0);
});

test("registered first and never uploaded: the publisher's own pin is enough to upload", async () => {
	const object = makeObject(30_000, "never uploaded");
	await cluster.storage.pin([object.key], squatter, { tranche: cluster.tranche, eras: 1 });
	await cluster.publish([object]);
	await isKept(object);
	const { pins } = await cluster.storage.object(object.key);
	assert.equal(pins, 2);
});

test("unpinned while others pin: it stays for as long as one does", async () => {
	const object = makeObject(40_000, "unpinned");
	const third = account("//Third");
	await cluster.publish([object], { by: squatter });
	await cluster.pin([object]);
	await cluster.pin([object], third);
	await cluster.storage.unpin([object.key.hash], squatter);
	await isKept(object);
	assert.equal((await cluster.storage.object(object.key)).pins, 2);
	assert.equal(await cluster.storage.pinOf(squatter.address, object.key.hash), null);
	await cluster.storage.unpin([object.key.hash], third);
	await isKept(object);

	// With its last pin it goes, from the chain and from the disks.
	const { holders } = await cluster.storage.object(object.key);
	await cluster.storage.unpin([object.key.hash], cluster.publisher);
	await until("the chain has forgotten it", async () => (await cluster.storage.object(object.key)) === null, {
		seconds: 60,
	});
	const daemons = holders.map((id) => cluster.daemonOf(id));
	await until(
		"nobody gives it any more",
		async () => (await Promise.all(daemons.map((daemon) => serves(daemon, object)))).every((answer) => answer !== true),
		// Daemons look for what can be deleted twice a minute.
		{ seconds: 120, everyMs: 1_000 },
	);
});

test("a stranger can neither upload nor unpin it", async () => {
	const object = makeObject(10_000, "stranger");
	await cluster.pin([object]);
	const { assigned } = await cluster.storage.object(object.key);
	const { status } = await put(cluster.genesis, cluster.daemonOf(assigned[0]), object, account("//Stranger"));
	assert.equal(status, 403);
	await assert.rejects(cluster.storage.unpin([object.key.hash], squatter), { name: "StorageTranches.PinNotFound" });
	await cluster.upload(object);
	await isKept(object);
});
