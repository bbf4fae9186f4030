// How a development chain makes its blocks.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alice, bob, connect, eve } from "../lib/api.mjs";
import { startDev } from "../lib/node.mjs";
import { send, sudo } from "../lib/transactions.mjs";
import { sleep, until } from "../lib/wait.mjs";

/** Runs `body` with a node of its own. */
async function withDev(sealing, body) {
	const node = await startDev(sealing);
	let api;
	try {
		api = await connect(node);
		await body(node, api);
	} finally {
		await api?.disconnect();
		await node.stop();
	}
}

/** Numbers of accounts' transactions that blocks took in. */
const nonce = async (api, { address }) => (await api.query.system.account(address)).nonce.toNumber();

describe("instant", () => {
	test("makes a block for a transaction, and none without; 100 quick ones cross session changes", () =>
		withDev("instant", async (node, api) => {
			await sleep(3_000);
			assert.equal(await node.best(), 0, "no empty blocks");
			const started = Date.now();
			await send(api, api.tx.system.remark("0x00"), eve);
			assert.ok(Date.now() - started < 6_000, "before the slot would have come");
			assert.equal(await node.best(), 1);

			// No transaction fits into the block that changes the session, and with instant sealing
			// nothing but a transaction makes the next block: this is where such a chain would stop.
			const short = { Validators: { SessionLength: [null, 5] } };
			await sudo(api, api.tx.parameters.setParameter(short), alice);
			const session = (await api.query.session.currentIndex()).toNumber();
			const first = await nonce(api, bob);
			for (let index = 0; index < 100; index += 1) {
				await api.tx.system.remark("0x00").signAndSend(bob, { nonce: first + index });
			}
			await until("all are in blocks", async () => (await nonce(api, bob)) === first + 100, {
				seconds: 60,
			});
			assert.equal((await api.rpc.author.pendingExtrinsics()).length, 0);
			const now = (await api.query.session.currentIndex()).toNumber();
			assert.ok(now > session, `sessions changed: ${session} to ${now}`);
		}));
});

describe("interval", () => {
	test("makes a block every so many milliseconds, empty or not", () =>
		withDev("interval=500", async (node, api) => {
			await until("the first blocks", async () => (await node.best()) >= 2, { seconds: 20 });
			const [first, started] = [await node.best(), Date.now()];
			await sleep(5_000);
			const made = (await node.best()) - first;
			const expected = (Date.now() - started) / 500;
			assert.ok(made > expected * 0.5 && made < expected * 1.5, `${made} blocks, not ${expected}`);

			const before = await nonce(api, eve);
			await send(api, api.tx.system.remark("0x00"), eve);
			assert.equal(await nonce(api, eve), before + 1);
		}));
});

describe("manual", () => {
	test("makes a block when it is told to", () =>
		withDev("manual", async (node, api) => {
			await api.tx.system.remark("0x00").signAndSend(eve);
			await sleep(3_000);
			assert.equal(await node.best(), 0, "not by itself");
			assert.equal((await api.rpc.author.pendingExtrinsics()).length, 1);

			const { hash } = await node.rpc("engine_createBlock", false, true, null);
			assert.equal(await node.rpc("chain_getBlockHash", 1), hash);
			assert.equal(await nonce(api, eve), 1, "with what was waiting");
			assert.equal(await node.finalized(), 1, "final as asked");

			await assert.rejects(node.rpc("engine_createBlock", false, true, null), /empty/i);
			await node.rpc("engine_createBlock", true, false, null);
			assert.equal(await node.best(), 2, "empty as asked");
			assert.equal(await node.finalized(), 1, "not final as asked");
			await node.rpc("engine_finalizeBlock", await node.rpc("chain_getBlockHash", 2), null);
			assert.equal(await node.finalized(), 2);
		}));
});
