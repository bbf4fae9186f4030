// The council approves five grants, three agreed off chain and two by vote; the fund sets them aside and pays their
// milestones; and one query of the runtime API reports exactly that.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { blake2AsHex } from "@polkadot/util-crypto";
import { account, alice, bob, charlie, connect, dave, eve, ferdie } from "../lib/api.mjs";
import { approve, carriedOut, free, holds, milestones, numbers, propose, stateOf } from "../lib/council.mjs";
import { startDev } from "../lib/node.mjs";
import { ROME } from "../lib/storage.mjs";
import { send, sendExpecting } from "../lib/transactions.mjs";

/** Later than everything here. */
const DUE = 10_000;

/** The grants in order of their numbers. None of those who are paid has an account before. */
const grants = [
	{ title: "Subtitles for silent films", to: "//Grantee//1", amounts: [100n, 50n], link: "https://forum.example/t/1" },
	{ title: "A player for the browser", to: "//Grantee//2", amounts: [400n], link: "https://forum.example/t/2" },
	{ title: "Field recordings", to: "//Grantee//3", amounts: [30n, 30n, 40n], link: "https://forum.example/t/3" },
	{ title: "A mirror in the south", to: "//Grantee//4", amounts: [1_000n, 250n] },
	{ title: "Translations", to: "//Grantee//5", amounts: [75n] },
].map((grant) => ({
	...grant,
	to: account(grant.to).address,
	amounts: grant.amounts.map((amount) => amount * ROME),
	total: grant.amounts.reduce((sum, amount) => sum + amount, 0n) * ROME,
}));
const [offChain, byVote] = [grants.slice(0, 3), grants.slice(3)];
const totalOf = (some) => some.reduce((sum, { total }) => sum + total, 0n);

let node, api, calls, view, fund;

before(async () => {
	node = await startDev("instant");
	api = await connect(node);
	calls = api.tx.proposals;
	view = api.call.proposalsApi;
	fund = api.consts.treasury.potAccount.toString();
});
after(async () => {
	await api?.disconnect();
	await node?.stop();
});

/** The one query: all grants in numbers, and each one. */
async function report() {
	const { items, next, counts } = (await view.grants(null, 256)).toJSON();
	assert.equal(next, null, "all on one page");
	const { approved, recorded } = counts;
	return { items, counts: { approved, recorded, offChain: numbers(counts.offChain), byVote: numbers(counts.byVote) } };
}
const nothing = { approved: 0, active: 0, ended: 0, stopped: 0, total: 0n, paid: 0n };

/** Everything on the fund's account, set aside or not. */
async function wealth() {
	const { data } = await api.query.system.account(fund);
	return data.free.toBigInt() + data.reserved.toBigInt();
}

const record = ({ title, to, amounts, link }) =>
	calls.recordGrant(title, to, milestones(DUE, ...amounts), link, blake2AsHex(`the decision at ${link}`));

test("the fund is the treasury's account, and nothing is set aside", async () => {
	const told = (await view.fund()).toJSON();
	assert.equal(told.account, fund);
	for (const name of ["grants", "bounties", "rewards"]) assert.equal(told[name], 0, name);
	const least = api.consts.balances.existentialDeposit.toBigInt();
	assert.equal(BigInt(told.free), (await wealth()) - least, "all but what keeps the account alive");
	assert.deepEqual(await report(), { items: [], counts: { approved: 0, recorded: 0, offChain: nothing, byVote: nothing } });
});

test("three grants agreed off chain take effect once a majority has signed", async () => {
	await sendExpecting(api, "Proposals.NotAMember", record(offChain[0]), eve);
	for (const [id, grant] of offChain.entries()) {
		const before = await holds(api, fund);
		const recorded = (await send(api, record(grant), alice)).event("proposals", "GrantRecorded");
		assert.equal(recorded.grant.toNumber(), id);
		assert.equal((await report()).counts.recorded, 1);
		await sendExpecting(api, "Proposals.AlreadySigned", calls.countersignGrant(id), alice);
		await sendExpecting(api, "Proposals.NotAMember", calls.countersignGrant(id), dave);
		const waiting = (await view.grant(id)).toJSON();
		assert.deepEqual([waiting.signatures, waiting.needed], [1, 2]);
		assert.deepEqual(await holds(api, fund), before, "nothing is set aside yet");

		const signed = await send(api, calls.countersignGrant(id), bob);
		assert.equal(signed.event("proposals", "GrantApproved").total.toBigInt(), grant.total);
		assert.deepEqual(await holds(api, fund), { Grants: (before.Grants ?? 0n) + grant.total });
		await sendExpecting(api, "Proposals.GrantNotRecorded", calls.countersignGrant(id), charlie);
	}
});

test("two grants are approved by vote, and set aside after their grace", async () => {
	for (const [index, grant] of byVote.entries()) {
		const before = await holds(api, fund);
		const action = { Grant: { beneficiary: grant.to, milestones: milestones(DUE, ...grant.amounts) } };
		const proposal = await propose(api, action, dave, { title: grant.title, text: "As discussed." });
		const { stake } = (await api.query.proposals.proposals(proposal)).unwrap();
		assert.deepEqual(await holds(api, dave.address), { ProposalStake: stake.toBigInt() });
		await approve(api, proposal, [alice, bob], "it makes more films accessible");
		assert.ok((await stateOf(api, proposal)).isApproved);
		assert.deepEqual(await holds(api, fund), before, "not before the grace has passed");
		assert.deepEqual(await holds(api, dave.address), {}, "the stake is back");
		assert.ok((await carriedOut(api, proposal, ferdie)).isExecuted);
		assert.deepEqual(await holds(api, fund), { Grants: before.Grants + grant.total });

		const { grant: stored } = (await view.grant(offChain.length + index)).toJSON();
		assert.deepEqual(stored.source, { vote: { proposal } });
	}
});

test("one query reports five grants, three agreed off chain and two by vote", async () => {
	const { counts, items } = await report();
	assert.deepEqual(counts, {
		approved: 5,
		recorded: 0,
		offChain: { ...nothing, approved: 3, active: 3, total: totalOf(offChain) },
		byVote: { ...nothing, approved: 2, active: 2, total: totalOf(byVote) },
	});
	for (const [id, grant] of grants.entries()) {
		const { id: number, grant: stored } = items[id];
		assert.equal(number, id);
		assert.equal(Buffer.from(stored.title.slice(2), "hex").toString(), grant.title);
		assert.equal(stored.beneficiary, grant.to);
		assert.equal(BigInt(stored.total), grant.total);
		assert.deepEqual(stored.milestones.map(({ terms }) => BigInt(terms.amount)), grant.amounts);
		assert.deepEqual(Object.keys(stored.source), [grant.link ? "offChain" : "vote"]);
		if (!grant.link) continue;
		assert.equal(Buffer.from(stored.source.offChain.link.slice(2), "hex").toString(), grant.link);
		assert.equal(stored.source.offChain.hash, blake2AsHex(`the decision at ${grant.link}`));
	}
});

test("nobody can spend what is set aside, nor promise it again", async () => {
	const free = BigInt((await view.fund()).toJSON().free);
	const tooMuch = { Spend: { beneficiary: eve.address, amount: free + 1_000n * ROME } };
	const proposal = await propose(api, tooMuch, bob);
	await approve(api, proposal, [alice, bob]);
	const state = await carriedOut(api, proposal, ferdie);
	const { index, error } = state.asExecutionFailed.failure.asRefused.asModule;
	assert.equal(api.registry.findMetaError({ index, error }).name, "InsufficientFunds");
	assert.deepEqual(await holds(api, fund), { Grants: totalOf(grants) });
});

test("the fund pays each milestone that two members have released, once", async () => {
	let open = totalOf(grants);
	for (const [id, { to, amounts }] of grants.entries()) {
		for (const [milestone, amount] of amounts.entries()) {
			const release = calls.releaseMilestone(id, milestone);
			const has = await free(api, to);
			await sendExpecting(api, "Proposals.NotAMember", release, eve);
			await send(api, release, alice);
			await sendExpecting(api, "Proposals.AlreadySigned", release, alice);
			await sendExpecting(api, "Proposals.NotReleased", calls.claimMilestone(id, milestone), eve);
			assert.equal(await free(api, to), has, "one member pays nothing");

			const before = await wealth();
			const receipt = await send(api, release, charlie);
			assert.equal(receipt.event("proposals", "MilestonePaid").amount.toBigInt(), amount);
			assert.equal(await free(api, to), has + amount);
			open -= amount;
			assert.equal((await holds(api, fund)).Grants ?? 0n, open);
			// The transaction's own fee goes to the fund, but for the author's share.
			const fee = receipt.event("transactionPayment", "TransactionFeePaid").actualFee.toBigInt();
			assert.equal(await wealth(), before - amount + (fee * 80n) / 100n, "what is paid is gone, and no more");
			await sendExpecting(api, "Proposals.MilestoneNotOpen", release, bob);
			await sendExpecting(api, "Proposals.MilestoneNotOpen", calls.claimMilestone(id, milestone), eve);
		}
	}
	assert.equal(open, 0n);
});

test("the same query reports what was paid", async () => {
	const { counts, items } = await report();
	assert.deepEqual(counts, {
		approved: 5,
		recorded: 0,
		offChain: { ...nothing, approved: 3, ended: 3, total: totalOf(offChain), paid: totalOf(offChain) },
		byVote: { ...nothing, approved: 2, ended: 2, total: totalOf(byVote), paid: totalOf(byVote) },
	});
	for (const { grant } of items) {
		assert.equal(BigInt(grant.paid), BigInt(grant.total));
		assert.equal(grant.open, 0);
		assert.ok(grant.milestones.every(({ state }) => "paid" in state), JSON.stringify(grant.milestones));
	}
	for (const { to, total } of grants) assert.equal(await free(api, to), total, "to the planck");
	assert.deepEqual(await holds(api, fund), {}, "nothing is left set aside");
});
