// Storage on chain through @polkadot/api as published: every call of the runtime API, with no types bundle, and
// what a provider's life looks like there.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { stringToHex } from "@polkadot/util";
import { account, alice, bob, charlie, connect, dave, eve } from "../lib/api.mjs";
import { startDev } from "../lib/node.mjs";
import { makeObject } from "../lib/objects.mjs";
import { consent } from "../lib/signing.mjs";
import { ROME, Storage } from "../lib/storage.mjs";
import { send, sendExpecting, sudo } from "../lib/transactions.mjs";

const SLOT = 1n << 26n;
const owners = [bob, charlie, dave];
const operators = ["//Operator//1", "//Operator//2", "//Operator//3"].map(account);
const object = makeObject(1_000, "api");

let node, api, storage, tranche;
const providers = [];

before(async () => {
	node = await startDev("instant");
	api = await connect(node);
	storage = new Storage(api);
	await storage.endow(operators);
});
after(async () => {
	await api?.disconnect();
	await node?.stop();
});

/** How a provider stands. */
const stateOf = async (id) => Object.keys((await storage.provider(id)).state)[0];

test("a provider applies with its operator's consent, is verified, activated and joins a tranche", async () => {
	const endpoint = { Http: stringToHex("http://127.0.0.1:7070") };
	const declared = { storage: 1n << 40n, download: 1, upload: 1 };
	const { genesis } = storage;
	const foreign = consent(genesis, eve, operators[0]);
	const apply = (signature) => storage.tx.apply(operators[0].publicKey, signature, endpoint, declared, 2_000n * ROME);
	await sendExpecting(api, "StorageTranches.BadConsent", apply(foreign), bob);

	tranche = await storage.createTrancheByCouncil(3, SLOT, [alice, bob]);
	await sendExpecting(api, "BadOrigin", storage.tx.createTranche(3, SLOT), eve);
	for (const [index, owner] of owners.entries()) {
		const id = await storage.apply(owner, operators[index], `http://127.0.0.1:${7_070 + index}`);
		providers.push(id);
		assert.equal(await stateOf(id), "applied");
		await storage.attest(id, 1);
		await assert.rejects(storage.activate(id, { operator: 1, zone: 1 }), { name: "StorageTranches.NotVerified" });
		await storage.attest(id);
		assert.equal(await stateOf(id), "verified");
		await storage.activate(id, { operator: index + 1, zone: index + 1 });
		assert.equal(await stateOf(id), "active");
		await storage.join(id, tranche, 2, owner);
	}
});

test("every call of the runtime API is read with the chain's own types", async () => {
	await storage.pin([object.key], eve, { tranche, uploader: dave.address });
	const { storageTranchesApi: view } = api.call;
	const asked = new Set();
	const ask = async (name, ...values) => {
		asked.add(name);
		return (await view[name](...values)).toJSON();
	};
	const [first] = providers;

	const parameters = await ask("parameters");
	for (const name of ["uploadQuorum", "heartbeatInterval", "missedToSuspend", "missedToFail", "era", "maxTerm", "pendingBlocks"]) {
		assert.equal(typeof parameters[name], "number", name);
	}
	const provider = await ask("provider", first);
	assert.equal(provider.owner, bob.address);
	assert.deepEqual(provider.memberships, [[tranche, 2]]);
	assert.deepEqual(provider.domain, { operator: 1, zone: 1 });
	assert.deepEqual((await ask("providerOf", operators[0].address)).id, first);
	assert.equal(await ask("providerOf", eve.address), null);
	assert.equal(await ask("provider", 4_000_000), null);
	const one = await ask("providers", null, 2);
	assert.deepEqual(one.items.map(({ id }) => id), providers.slice(0, 2));
	assert.deepEqual((await ask("providers", one.next, 2)).items.map(({ id }) => id), providers.slice(2));

	const found = await ask("tranche", tranche);
	assert.equal(found.coverage, 3);
	assert.equal(found.members.length, 3);
	assert.equal(found.hasSpare, false, "three operators for three copies");
	assert.equal(found.counts.pending, 1);
	assert.deepEqual((await ask("tranches", null, 10)).items.find(({ id }) => id === tranche), found);

	const registered = await ask("object", object.key);
	assert.deepEqual(registered.key, object.key);
	assert.ok("pending" in registered.state);
	assert.deepEqual([...registered.assigned].sort(), providers);
	assert.equal(await ask("object", { ...object.key, size: 2 }), null);
	assert.deepEqual(await ask("objectsOf", object.key.hash), [registered]);
	assert.deepEqual((await ask("incomplete", tranche, null, 10)).items, [registered]);
	assert.deepEqual(await ask("holdings", first, null, 10), { items: [], next: null });

	const pin = await ask("pin", eve.address, object.key.hash);
	assert.equal(pin.uploader, dave.address);
	assert.equal(pin.overdue, false);
	assert.deepEqual((await ask("pins", eve.address, null, 10)).items, [pin]);
	assert.equal(await ask("pin", bob.address, object.key.hash), null);
	assert.equal(await ask("mayUpload", eve.address, object.key), true);
	assert.equal(await ask("mayUpload", dave.address, object.key), true);
	assert.equal(await ask("mayUpload", bob.address, object.key), false);
	const backing = await ask("backing");
	assert.deepEqual([backing.free, backing.classes], [0, []]);
	const quote = await ask("quote", 1_000_000, 4);
	assert.equal(quote.tranche, tranche);
	assert.ok(BigInt(quote.fee) > 0n && BigInt(quote.deposit) > 0n);

	assert.deepEqual([...asked].sort(), Object.keys(view).sort(), "and there are no others");
});

test("a limit on the price is kept", async () => {
	const other = makeObject(50_000, "price");
	const request = [{ key: other.key, tranche: null, eras: 4, uploader: null }];
	const { fee, deposit } = (await (await storage.view()).quote(other.key.size, 4)).toJSON();
	const [fees, deposits] = [BigInt(fee), BigInt(deposit)];
	await assert.rejects(send(api, storage.tx.pin(request, fees - 1n, deposits), eve), /StorageTranches/);
	await assert.rejects(send(api, storage.tx.pin(request, fees, deposits - 1n), eve), /StorageTranches/);
	const held = async () => (await api.query.system.account(eve.address)).data.reserved.toBigInt();
	const before = await held();
	await send(api, storage.tx.pin(request, fees, deposits), eve);
	assert.equal((await held()) - before, deposits);
	await storage.unpin([other.key.hash], eve);
	assert.equal(await held(), before, "the deposit comes back");
});

test("an object that is not stored cannot be named by an entity", async () => {
	assert.equal(await storage.pinOf(bob.address, object.key.hash), null);
	assert.ok("pending" in (await storage.object(object.key)).state);
});

test("what is blocked says why, and is let go again", async () => {
	const reason = stringToHex("a court said so");
	await sendExpecting(api, "BadOrigin", storage.tx.blockObject(object.key, reason), eve);
	await sudo(api, storage.tx.blockObject(object.key, reason), alice);
	assert.equal((await storage.object(object.key)).blocked, reason);
	await sudo(api, storage.tx.unblockObject(object.key), alice);
	assert.equal((await storage.object(object.key)).blocked, null);
});
