// A node that is killed without warning goes on where it was.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { alice, connect, eve } from "../lib/api.mjs";
import { startDev } from "../lib/node.mjs";
import { send } from "../lib/transactions.mjs";
import { until } from "../lib/wait.mjs";

let node;

before(async () => {
	node = await startDev("interval=500");
});
after(() => node?.stop());

/** Sends a transfer and returns the block that has it. */
async function transfer() {
	const api = await connect(node);
	const { blockHash } = await send(api, api.tx.balances.transferKeepAlive(eve.address, 10n ** 12n), alice);
	const balance = (await api.query.system.account(eve.address)).data.free.toBigInt();
	await api.disconnect();
	const height = Number((await node.rpc("chain_getHeader", blockHash.toHex())).number);
	return { hash: blockHash.toHex(), height, balance };
}

test("kill -9 in the middle of making blocks loses nothing that was finalised", async () => {
	for (let round = 0; round < 2; round += 1) {
		const sent = await transfer();
		await until("the transfer is final", async () => (await node.finalized()) >= sent.height, {
			seconds: 30,
		});
		await node.stop("SIGKILL");
		assert.ok(!node.running);
		await node.start();

		assert.equal(await node.rpc("chain_getBlockHash", sent.height), sent.hash, "the same chain");
		const api = await connect(node);
		const { data } = await api.query.system.account(eve.address);
		assert.equal(data.free.toBigInt(), sent.balance, "the same state");
		await api.disconnect();
		const height = await node.best();
		await until("new blocks follow", async () => (await node.best()) > height + 2, { seconds: 30 });
	}
});
