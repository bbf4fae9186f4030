// A release's node: its runtime refuses a transaction whose signer was shown other metadata than the chain's
// (RFC 78). Not for a node as it is built to be tested: that one has no hash in it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { merkleizeMetadata } from "@polkadot-api/merkleize-metadata";
import { u8aToHex } from "@polkadot/util";
import { alice, connect } from "../lib/api.mjs";
import { startDev } from "../lib/node.mjs";
import { send } from "../lib/transactions.mjs";

/** What a signing device shows amounts in. */
const token = { decimals: 12, tokenSymbol: "ROME" };

let node;
let api;
let hash;

before(async () => {
	node = await startDev("instant");
	api = await connect(node);
	const answer = await api.rpc.state.call("Metadata_metadata_at_version", "0x0f000000");
	const metadata = api.registry.createType("Option<Bytes>", answer.toU8a(true)).unwrap();
	hash = merkleizeMetadata(metadata.toU8a(true), token).digest();
});

after(async () => {
	await api?.disconnect();
	await node?.stop();
});

const remark = (metadataHash) =>
	send(api, api.tx.system.remark("0x01"), alice, { mode: 1, metadataHash: u8aToHex(metadataHash) });

test("a transaction signed over the metadata's hash gets in", async () => {
	await remark(hash);
});

test("one signed over another hash is refused", async () => {
	await assert.rejects(remark(hash.map((byte) => byte ^ 1)), /bad signature/);
});
