// The runtime is replaced while the chain runs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { u8aToHex } from "@polkadot/util";
import { alice, bob, charlie, connect, eve } from "../lib/api.mjs";
import { nextRuntime } from "../lib/binaries.mjs";
import * as d from "../lib/directory.mjs";
import { startDev } from "../lib/node.mjs";
import { send, sendExpecting, sudo } from "../lib/transactions.mjs";
import { until } from "../lib/wait.mjs";

let node, api, classId, entity, oldVersion;

const create = (identifier) =>
	api.tx.contentDirectory.createEntity(classId, 1, [[0, d.text(identifier)]], false);
const byIdentifier = (identifier) =>
	api.call.contentDirectoryApi.entityByUnique(classId, 0, { Text: d.bytes(identifier) });

// A new runtime may fill a block on its own, so its weight is left unchecked.
const setCode = (code) =>
	api.tx.sudo.sudoUncheckedWeight(api.tx.system.setCode(code), { refTime: 1, proofSize: 0 });

before(async () => {
	node = await startDev("instant");
	api = await connect(node);
	oldVersion = api.runtimeVersion.specVersion.toNumber();
	const draft = d.schema({ identifier: [d.Text(32), "required", "unique"] });
	classId = await d.establish(api, d.newClass("Kept", "Other"), draft, {
		proposer: eve,
		council: [alice, bob, charlie],
		root: alice,
	});
	const created = await send(api, create("before"), eve);
	entity = created.event("contentDirectory", "EntityCreated").entity;
});
after(async () => {
	await api?.disconnect();
	await node?.stop();
});

test("a runtime that is not newer is refused", async () => {
	const code = (await api.rpc.state.getStorage(":code")).unwrap().toHex();
	const receipt = await send(api, setCode(code), alice);
	const { sudoResult } = receipt.event("sudo", "Sudid");
	const { name } = api.registry.findMetaError(sudoResult.asErr.asModule);
	assert.equal(name, "SpecVersionNeedsToIncrease");
	await sendExpecting(api, "BadOrigin", api.tx.system.setCode(code), eve);
});

test("a newer runtime takes over, the state stays and content is still written", async () => {
	const code = u8aToHex(readFileSync(nextRuntime()));
	// Sent without a look at its events: the metadata changes in the middle of that block.
	const signed = await setCode(code).signAsync(alice, { nonce: -1 });
	await node.rpc("author_submitExtrinsic", signed.toHex());
	await until("the code is in place", async () => (await node.rpc("state_getStorage", "0x3a636f6465")) === code, {
		seconds: 60,
	});

	// The client follows by itself; what it signs names the new version.
	const newVersion = await until(
		"the client sees the new version",
		() => {
			const version = api.runtimeVersion.specVersion.toNumber();
			return version > oldVersion && version;
		},
		{ seconds: 30 },
	);
	assert.equal((await node.rpc("state_getRuntimeVersion")).specVersion, newVersion);
	const created = await send(api, create("after"), eve);
	const { entity: second } = created.event("contentDirectory", "EntityCreated");
	assert.equal(second.serial.toNumber(), entity.serial.toNumber() + 1);

	// After an upgrade @polkadot/api keeps only those runtime APIs that it has definitions of; a new
	// connection has all again.
	await api.disconnect();
	api = await connect(node);
	// The compiled-in version, asked from the code itself.
	assert.equal((await api.call.core.version()).specVersion.toNumber(), newVersion);
	assert.ok((await byIdentifier("before")).unwrap().id.eq(entity));
	assert.ok((await byIdentifier("after")).unwrap().id.eq(second));
	await sendExpecting(api, "ContentDirectory.DuplicateUnique", create("before"), eve);

	// Migrations have run.
	const { specVersion } = (await api.query.system.lastRuntimeUpgrade()).unwrap();
	assert.equal(specVersion.toNumber(), newVersion);
	const best = await node.best();
	for (let block = 0; block < 3; block += 1) {
		await send(api, api.tx.system.remark("0x00"), eve);
	}
	assert.ok((await node.best()) >= best + 3, "blocks go on");
});

test("the old runtime does not come back", async () => {
	await api.disconnect();
	await node.stop();
	await node.start();
	const { specVersion } = await node.rpc("state_getRuntimeVersion");
	assert.ok(specVersion > oldVersion, "after a restart as well");
});
