// Transactions: sent, seen in a block, and judged by their events.

import assert from "node:assert/strict";
import { within } from "./wait.mjs";

/** A transaction that is in a block but failed. `name` is the error's, as in `Balances.Expendability`. */
export class Failed extends Error {
	constructor(name) {
		super(`the transaction failed with ${name}`);
		this.name = name;
	}
}

/** The name of a dispatch error: `Pallet.Error`, or the kind of an error that belongs to no pallet. */
export function errorName(api, error) {
	if (error.isModule) {
		const { section, name } = api.registry.findMetaError(error.asModule);
		return `${section[0].toUpperCase()}${section.slice(1)}.${name}`;
	}
	return error.value?.toString() ? `${error.type}.${error.value}` : error.type;
}

/** What a block recorded about one transaction. */
export class Receipt {
	constructor(blockHash, blockNumber, events) {
		this.blockHash = blockHash;
		this.blockNumber = blockNumber;
		this.events = events.map(({ event }) => event);
	}

	/** The only event `section.method`, with its fields by name. */
	event(section, method) {
		const found = this.events.filter((event) => event.section === section && event.method === method);
		const all = this.events.map((event) => `${event.section}.${event.method}`);
		assert.equal(found.length, 1, `one ${section}.${method} among ${all.join(", ")}`);
		const [{ data }] = found;
		return Object.fromEntries(data.names.map((name, index) => [name, data[index]]));
	}
}

/**
 * Signs and sends `call`, waits until it is in a block and returns its {@link Receipt}.
 *
 * @throws {Failed} if it is in a block but failed.
 */
export function send(api, call, signer, { seconds = 60, ...options } = {}) {
	const what = `${call.method.section}.${call.method.method}`;
	let unsubscribe;
	const included = new Promise((resolve, reject) => {
		call
			.signAndSend(signer, { nonce: -1, ...options }, (result) => {
				if (result.isError) reject(new Error(`${what}: ${result.status.type}`));
				if (!result.status.isInBlock && !result.status.isFinalized) return;
				const blockHash = result.status.isInBlock ? result.status.asInBlock : result.status.asFinalized;
				if (result.dispatchError) reject(new Failed(errorName(api, result.dispatchError)));
				else resolve(new Receipt(blockHash, result.blockNumber?.toNumber(), result.events));
			})
			.then((stop) => {
				unsubscribe = stop;
			}, reject);
	});
	return within(included, seconds * 1000, what).finally(() => unsubscribe?.());
}

/** That `call` gets into a block and fails there with the error called `name`. */
export async function sendExpecting(api, name, call, signer) {
	await assert.rejects(send(api, call, signer), (error) => {
		assert.equal(error.name, name, error.message);
		return true;
	});
}

/** Everything of `section` that a block recorded, in transactions and besides them: `[name, fields]`. */
export async function blockEvents(api, blockHash, section) {
	const events = await (await api.at(blockHash)).query.system.events();
	return events
		.map(({ event }) => event)
		.filter((event) => event.section === section)
		.map(({ method, data }) => [
			method,
			Object.fromEntries(data.names.map((name, index) => [name, data[index].toJSON()])),
		]);
}

/** Has root, through sudo, do `call`, and checks that it worked: sudo itself succeeds either way. */
export async function sudo(api, call, signer) {
	const receipt = await send(api, api.tx.sudo.sudo(call), signer);
	const { sudoResult } = receipt.event("sudo", "Sudid");
	if (sudoResult.isErr) throw new Failed(errorName(api, sudoResult.asErr));
	return receipt;
}
