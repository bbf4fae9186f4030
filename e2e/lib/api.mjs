// @polkadot/api as published: no types bundle, no custom types, no custom RPC.

import { ApiPromise, Keyring, WsProvider } from "@polkadot/api";
import { cryptoWaitReady } from "@polkadot/util-crypto";
import { within } from "./wait.mjs";

/**
 * Connects to a node.
 *
 * @param {{ url: string, name: string }} node
 */
export async function connect(node) {
	const provider = new WsProvider(node.url, 1_000);
	const api = new ApiPromise({ provider, noInitWarn: true });
	return within(api.isReadyOrError, 30_000, `@polkadot/api connects to ${node.name}`);
}

await cryptoWaitReady();
const keyring = new Keyring({ type: "sr25519" });

/** A key pair from a secret URI such as `//Alice`. */
export const account = (uri) => keyring.addFromUri(uri);

export const alice = account("//Alice");
export const bob = account("//Bob");
export const charlie = account("//Charlie");
export const dave = account("//Dave");
export const eve = account("//Eve");
export const ferdie = account("//Ferdie");
