// Objects: bytes that follow from a seed, and their way to providers and back.

import { createHash } from "node:crypto";
import { blake3 } from "@noble/hashes/blake3";
import { u8aToHex } from "@polkadot/util";
import { uploadToken } from "./signing.mjs";

/** What bytes are known by. */
export const keyOf = (bytes) => ({ hash: u8aToHex(blake3(bytes)), size: bytes.length });

/** `size` bytes that follow from `seed`, with their key. */
export function makeObject(size, seed) {
	const bytes = createHash("shake128", { outputLength: size }).update(`${seed}`).digest();
	return { bytes, key: keyOf(bytes) };
}

/** `count` objects of different sizes: those around the borders of the tree, and others. None so small that two
 * seeds might give the same. */
export function makeObjects(count, seed, largest = 48 * 1024) {
	const borders = [20, 1023, 1024, 1025, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 32 * 1024, 32 * 1024 + 1];
	return Array.from({ length: count }, (_, index) => {
		const size = index < borders.length ? borders[index] : 20 + ((index * 7_919) % largest);
		return makeObject(size, `${seed}/${index}`);
	});
}

/** An object's address at a provider. */
export const address = (endpoint, { hash }) => `${endpoint}/objects/${hash.slice(2)}`;

/** A request that says what went wrong on its way. */
async function request(url, options) {
	try {
		return await fetch(url, { signal: AbortSignal.timeout(30_000), ...options });
	} catch (error) {
		throw new Error(`${options?.method ?? "GET"} ${url}: ${error.cause?.message ?? error.message}`);
	}
}

/**
 * Uploads an object to one provider.
 *
 * @returns {Promise<{ status: number, answer: any }>} The answer in JSON, also of a refusal.
 */
export async function put(genesis, daemon, { bytes, key }, by, options = {}) {
	const { body = bytes, headers = {} } = options;
	// `null` is no token at all.
	const { token: authorization = uploadToken(genesis, { provider: daemon.operator.publicKey, key, by }) } = options;
	const response = await request(address(daemon.endpoint, key), {
		method: "PUT",
		headers: { ...(authorization && { authorization }), ...headers },
		body,
		...(options.signal && { signal: options.signal }),
	});
	return { status: response.status, answer: await response.json() };
}

/** Whether `daemon` gives exactly these bytes. Says why not, or throws where nobody answers. */
export async function serves(daemon, { bytes, key }) {
	const response = await request(address(daemon.endpoint, key));
	const body = Buffer.from(await response.arrayBuffer());
	if (response.status !== 200) return `${response.status} ${body.subarray(0, 200)}`;
	return body.equals(bytes) ? true : `${body.length} other bytes`;
}

/** Runs `work` on each of `items`, `width` at a time. */
export async function inParallel(items, width, work) {
	const remaining = items.values();
	const worker = async () => {
		for (const item of remaining) await work(item);
	};
	await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
