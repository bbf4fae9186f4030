// A round trip through polkadot-api (PAPI), with types generated from the running node.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { getPolkadotSigner } from "polkadot-api/signer";
import WebSocket from "ws";
import * as accounts from "../lib/api.mjs";
import { startDev } from "../lib/node.mjs";
import { checkTypes, generateDescriptors } from "../lib/papi.mjs";
import { within } from "../lib/wait.mjs";

const PROGRAM = "papi/round-trip.mjs";
const signer = ({ publicKey, sign }) => getPolkadotSigner(publicKey, "Sr25519", (payload) => sign(payload));
const [alice, bob, eve] = [accounts.alice, accounts.bob, accounts.eve].map(signer);

let node, program, client, api, classId;

/** Bounds one step. */
const step = (name, body) => test(name, () => within(body(), 60_000, name));

before(async () => {
	node = await startDev("instant");
});
after(async () => {
	client?.destroy();
	await node?.stop();
});

test("types are generated from the node's metadata, and a client fits them", async () => {
	await generateDescriptors(node);
	await checkTypes(PROGRAM);
});

step("a schema is suggested, approved and activated", async () => {
	program = await import(`../${PROGRAM}`);
	({ client, api } = program.connect(node.url, WebSocket));
	const suggestion = await program.suggest(api, eve, "Song");
	assert.ok(await program.approve(api, [alice, bob], suggestion));
	classId = await program.activate(api, alice, suggestion);
});

step("an entity is created, looked up, changed and removed", async () => {
	const entity = await program.create(api, eve, classId, "one");
	const found = await program.lookUp(api, classId, "one");
	assert.deepEqual(found.id, entity);
	assert.equal(found.entity.owner, accounts.eve.address);
	assert.equal(found.entity.referenceable, true);
	await assert.rejects(program.create(api, alice, classId, "one"), {
		message: "Module.ContentDirectory.DuplicateUnique",
	});

	await program.rename(api, eve, entity, "two");
	assert.equal(await program.lookUp(api, classId, "one"), undefined);
	assert.deepEqual((await program.lookUp(api, classId, "two")).id, entity);

	await program.remove(api, eve, entity);
	assert.equal(await program.lookUp(api, classId, "two"), undefined);
	assert.deepEqual(await api.query.Balances.Holds.getValue(accounts.eve.address, { at: "best" }), []);
});
