// A network of validators on one machine: it loses one and takes in another.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { u8aToHex } from "@polkadot/util";
import { alice, bob, charlie, connect, eve } from "../lib/api.mjs";
import { passProposal } from "../lib/council.mjs";
import { startNode } from "../lib/node.mjs";
import { send, sudo } from "../lib/transactions.mjs";
import { until } from "../lib/wait.mjs";

/** Each with a network key of its own, so that the first one's address is known to the others. */
const validator = (name, index, ...more) =>
	startNode(name, [
		"--chain", "local",
		"--validator",
		"--node-key", `${index}`.padStart(64, "0"),
		...more,
	]);

/** A session change needs an answer from the chain within this many seconds. */
const SOON = 120;

const nodes = {};
let api;

/** The accounts that validate in the current session. */
const validators = async () => (await api.query.session.validators()).map((id) => id.toString());

/** Every node of `names` finalises `blocks` more blocks, all the same ones. */
async function finalises(names, blocks) {
	const start = await nodes[names[0]].finalized();
	const target = start + blocks;
	const hashes = [];
	for (const name of names) {
		await until(`${name} finalises block ${target}`, async () => (await nodes[name].finalized()) >= target, {
			seconds: SOON,
			everyMs: 500,
		});
		hashes.push(await nodes[name].rpc("chain_getBlockHash", target));
	}
	assert.equal(new Set(hashes).size, 1, "all finalise the same");
}

before(async () => {
	nodes.alice = await validator("alice", 1, "--alice");
	const bootnode = await nodes.alice.address();
	const others = ["bob", "charlie", "dave"].map(async (name, index) => {
		nodes[name] = await validator(name, index + 2, `--${name}`, "--bootnodes", bootnode);
	});
	await Promise.all(others);
	api = await connect(nodes.alice);
});
after(async () => {
	await api?.disconnect();
	await Promise.all(Object.values(nodes).map((node) => node.stop("SIGKILL")));
});

test("four validators finalise", async () => {
	assert.equal((await validators()).length, 4);
	await finalises(["alice", "bob", "charlie", "dave"], 2);
});

test("the council shortens the sessions", async () => {
	// A new validator is active after two session changes, and sessions are long by default.
	const short = { Validators: { SessionLength: [null, 5] } };
	await passProposal(api, api.tx.parameters.setParameter(short), [alice, bob]);
});

test("one is killed, and finality goes on", async () => {
	await nodes.dave.stop("SIGKILL");
	await finalises(["alice", "bob", "charlie"], 4);
});

test("a fifth node joins and follows the chain", async () => {
	nodes.eve = await validator("eve", 5, "--bootnodes", await nodes.alice.address());
	await until("it has caught up", async () => (await nodes.eve.finalized()) >= (await nodes.alice.finalized()), {
		seconds: SOON,
	});
	assert.equal(
		await nodes.eve.rpc("chain_getBlockHash", 0),
		await nodes.alice.rpc("chain_getBlockHash", 0),
	);
});

test("it sets session keys, the council adds it, and it validates", async () => {
	// A name without session keys is refused: it could not validate.
	const add = api.tx.collatorSelection.addInvulnerable(eve.address);
	await assert.rejects(sudo(api, add, alice), {
		name: "CollatorSelection.ValidatorNotRegistered",
	});

	// The proof says that the node has the keys and means them for this account.
	const owner = u8aToHex(eve.publicKey);
	const { keys, proof } = await nodes.eve.rpc("author_rotateKeysWithOwner", owner);
	await send(api, api.tx.session.setKeys(keys, proof), eve);
	await passProposal(api, add, [alice, bob]);
	await until("it is among the validators", async () => (await validators()).includes(eve.address), {
		seconds: SOON,
		everyMs: 1_000,
	});
	assert.equal((await validators()).length, 5);
});

test("it authors blocks, and finality now needs it", async () => {
	const author = await until(
		"it authors a block",
		async () => {
			const header = await api.derive.chain.getHeader(await api.rpc.chain.getBlockHash());
			return header.author?.toString() === eve.address && header;
		},
		{ seconds: SOON, everyMs: 1_000 },
	);
	const noted = await api.query.collatorSelection.lastAuthoredBlock(eve.address);
	assert.ok(noted.toNumber() >= author.number.toNumber(), "the chain knows its author");
	// Four of five make a quorum, and one is dead: without the new one's votes nothing is final.
	await finalises(["alice", "bob", "charlie", "eve"], 4);
});
