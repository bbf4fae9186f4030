// Proposals through @polkadot/api: motions are for emergencies, root vetoes, a call that fails is recorded and
// retried, a bounty goes from its proposal to its prizes, and every call of the runtime API is read.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { account, alice, bob, charlie, connect, dave, eve, ferdie } from "../lib/api.mjs";
import {
	approve, carriedOut, free, height, holds, milestones, noted, passMotion, propose, stateOf, toBlock,
} from "../lib/council.mjs";
import { startDev } from "../lib/node.mjs";
import { ROME } from "../lib/storage.mjs";
import { blockEvents, errorName, send, sendExpecting, sudo } from "../lib/transactions.mjs";

const council = [alice, bob, charlie];
/** Have no account before. */
const [payee, worker] = ["//Payee", "//Worker"].map(account);
/** What a call of a proposal may weigh: far more than any here. */
const BOUND = { refTime: 100_000_000_000, proofSize: 10_000_000 };

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

const spend = (beneficiary, amount = 100n * ROME) => ({ Spend: { beneficiary, amount } });
const text = (hex) => Buffer.from(hex.slice(2), "hex").toString();
/** The error of a failed execution. */
const failure = (state) => errorName(api, state.asExecutionFailed.failure.asRefused);

test("a motion carries nothing but what stops something", async () => {
	const { propose: move, execute } = api.tx.council;
	const remark = api.tx.system.remarkWithEvent("0x00");
	const length = (call) => call.method.encodedLength;
	const closed = [
		remark,
		api.tx.contentDirectory.approveSchema(0),
		api.tx.contentDirectory.setClassStatus(0, "Open"),
		api.tx.parameters.setParameter({ Validators: { SessionLength: [null, 50] } }),
		api.tx.collatorSelection.addInvulnerable(eve.address),
		calls.releaseMilestone(0, 0),
		// What is allowed, in something that is not.
		api.tx.utility.batchAll([calls.veto(0)]),
	];
	for (const call of closed) {
		await sendExpecting(api, "System.CallFiltered", move(2, call, length(call)), bob);
		await sendExpecting(api, "System.CallFiltered", move(1, call, length(call)), bob);
	}
	for (const call of [remark, calls.veto(0)]) {
		await sendExpecting(api, "System.CallFiltered", execute(call, length(call)), bob);
	}
	// A batch, and another's account, lead to the same filter.
	const hidden = move(2, remark, length(remark));
	await sendExpecting(api, "System.CallFiltered", api.tx.utility.batchAll([hidden]), bob);
	await send(api, api.tx.proxy.addProxy(eve.address, "Any", 0), bob);
	const proxied = await send(api, api.tx.proxy.proxy(bob.address, null, hidden), eve);
	assert.equal(errorName(api, proxied.event("proxy", "ProxyExecuted").result.asErr), "System.CallFiltered");
	assert.equal((await api.query.council.proposals()).length, 0);
});

test("a motion of two thirds vetoes in the grace, and of one third does not", async () => {
	const proposal = await propose(api, spend(payee.address), dave);
	await approve(api, proposal, [alice, bob]);
	const { executeAt } = (await stateOf(api, proposal)).asApproved;
	const before = await height(api);
	assert.ok(executeAt.toNumber() > before, "it waits");
	await sendExpecting(api, "BadOrigin", calls.veto(proposal), charlie);

	// More blocks than the grace has go by here: what is to be vetoed waits longer.
	const [, { threshold, quorum, stake, votingPeriod }] = (await view.kinds()).find(([kind]) => kind.isSpend);
	await sudo(api, calls.setKindParameters("Spend", { threshold, quorum, stake, votingPeriod, grace: 30 }), alice);
	const other = await propose(api, spend(payee.address), dave);
	await approve(api, other, [alice, bob]);
	// By a single member it is carried out at once, and refused.
	const alone = api.tx.council.propose(1, calls.veto(other), calls.veto(other).method.encodedLength);
	const refused = (await send(api, alone, charlie)).event("council", "Executed");
	assert.equal(errorName(api, refused.result.asErr), "BadOrigin");
	assert.ok((await stateOf(api, other)).isApproved);
	await passMotion(api, calls.veto(other), [bob, charlie]);
	assert.ok((await stateOf(api, other)).isVetoed);
	await toBlock(api, (await height(api)) + 31, ferdie);
	assert.ok((await stateOf(api, other)).isVetoed);
	assert.ok((await stateOf(api, proposal)).isExecuted, "the first one was not stopped");
	assert.equal(await free(api, payee.address), 100n * ROME, "only that is paid");
	await sudo(api, calls.setKindParameters("Spend", { threshold, quorum, stake, votingPeriod, grace: 3 }), alice);
});

test("root vetoes what is voted on and what has passed, and stakes come back", async () => {
	const before = await free(api, payee.address);
	const active = await propose(api, spend(payee.address), dave);
	const passed = await propose(api, spend(payee.address), dave);
	const { stake } = (await api.query.proposals.proposals(active)).unwrap();
	assert.deepEqual(await holds(api, dave.address), { ProposalStake: 3n * stake.toBigInt() }, "the second costs twice");
	await approve(api, passed, council);
	assert.ok((await stateOf(api, passed)).isApproved);
	await sendExpecting(api, "BadOrigin", calls.veto(passed), eve);
	await sudo(api, calls.veto(passed), alice);
	await sudo(api, calls.veto(active), alice);
	for (const proposal of [active, passed]) assert.ok((await stateOf(api, proposal)).isVetoed);
	assert.deepEqual(await holds(api, dave.address), {});
	await toBlock(api, (await height(api)) + 4, ferdie);
	assert.equal(await free(api, payee.address), before, "nothing is paid");
	await assert.rejects(sudo(api, calls.veto(passed), alice), { name: "Proposals.NothingToVeto" });
	await sendExpecting(api, "Proposals.ProposalDecided", calls.vote(active, "Approve", "late"), alice);
});

test("a call that fails is recorded, disturbs nothing, and is retried", async () => {
	// There is no such grant yet.
	const stop = calls.stopGrant((await api.query.proposals.nextGrantId()).toNumber());
	const proposal = await propose(api, await noted(api, stop, dave), dave, { title: "Stop the next grant" });
	const receipt = await send(api, calls.vote(proposal, "Approve", "why not"), alice);
	assert.equal(receipt.event("proposals", "Voted").vote.type, "Approve");
	await approve(api, proposal, [bob]);
	let state = await carriedOut(api, proposal, ferdie);
	assert.equal(failure(state), "Proposals.GrantNotFound");
	const failedAt = state.asExecutionFailed.at.toNumber();

	const retry = (bound) => calls.execute(proposal, bound);
	await sendExpecting(api, "Proposals.WeightBoundTooLow", retry({ refTime: 0, proofSize: 0 }), eve);
	const again = await send(api, retry(BOUND), eve);
	again.event("proposals", "ProposalExecutionFailed");
	state = await stateOf(api, proposal);
	assert.equal(failure(state), "Proposals.GrantNotFound");
	assert.equal(state.asExecutionFailed.at.toNumber(), failedAt, "the time for another attempt does not begin anew");

	const record = calls.recordGrant("Agreed", payee.address, milestones(10_000, ROME), "https://forum.example", "0x".padEnd(66, "1"));
	const { grant } = (await send(api, record, alice)).event("proposals", "GrantRecorded");
	const done = await send(api, retry(BOUND), eve);
	done.event("proposals", "ProposalExecuted");
	assert.ok(done.event("proposals", "GrantStopped").grant.eq(grant));
	assert.ok((await stateOf(api, proposal)).isExecuted);
	assert.ok((await view.grant(grant)).isNone, "it is off the record");
	await sendExpecting(api, "Proposals.NotDue", retry(BOUND), eve);
});

test("a call without the authority of its approvals, and one whose preimage is gone, are recorded", async () => {
	// Two thirds of the council are not root.
	const create = api.tx.balances.forceTransfer(fund, eve.address, ROME);
	const forced = await propose(api, await noted(api, create, dave), dave);
	await approve(api, forced, council);
	assert.equal(failure(await carriedOut(api, forced, ferdie)), "BadOrigin");
	await sendExpecting(api, "Proposals.PreimageMissing", calls.submit("Never noted", "", { Dispatch: { hash: "0x".padEnd(66, "2"), len: 4, root: false } }), dave);
});

test("two thirds of the council take the stake of what is only a nuisance", async () => {
	const proposal = await propose(api, spend(payee.address), dave);
	const { stake } = (await api.query.proposals.proposals(proposal)).unwrap();
	await send(api, calls.vote(proposal, "Slash", "spam"), alice);
	const slashed = (await send(api, calls.vote(proposal, "Slash", "spam"), bob)).event("proposals", "StakeSlashed");
	assert.equal(slashed.amount.toBigInt(), stake.toBigInt());
	assert.ok((await stateOf(api, proposal)).isSlashed);
	assert.deepEqual(await holds(api, dave.address), {});
});

test("a bounty goes from its proposal to its prizes", async () => {
	const [given, added, fee] = [100n * ROME, 50n * ROME, 5n * ROME];
	const [entryStake, judgeStake] = [10n * ROME, 200n * ROME];
	// As many blocks as what follows takes, and some to spare.
	const terms = {
		judge: { Account: { who: charlie.address, fee, stake: judgeStake } },
		entrants: "Open",
		entryStake,
		workPeriod: 30,
		judgePeriod: 30,
	};
	await send(api, api.tx.balances.transferKeepAlive(worker.address, 1_000n * ROME), dave);
	const proposal = await propose(api, { Bounty: { terms, amount: given } }, dave, { title: "A faster player" });
	await approve(api, proposal, [alice, bob]);
	const { at } = (await carriedOut(api, proposal, ferdie)).asExecuted;
	const events = await blockEvents(api, await api.rpc.chain.getBlockHash(at), "proposals");
	const { bounty } = events.find(([name]) => name === "BountyOpened")[1];
	const stored = async () => (await view.bounty(bounty)).toJSON();
	assert.deepEqual(await holds(api, fund), { Bounties: given });

	await sendExpecting(api, "Proposals.JudgeMissing", calls.enter(bounty), eve);
	await sendExpecting(api, "Proposals.NotTheJudge", calls.acceptJudging(bounty), bob);
	await send(api, calls.acceptJudging(bounty), charlie);
	assert.deepEqual(await holds(api, charlie.address), { Judge: judgeStake });
	await sendExpecting(api, "Proposals.JudgeEnters", calls.enter(bounty), charlie);
	await sendExpecting(api, "Proposals.ContributionTooSmall", calls.fundBounty(bounty, 1), ferdie);
	await send(api, calls.fundBounty(bounty, added), ferdie);
	assert.equal((await view.contribution(bounty, ferdie.address)).toBigInt(), added);
	assert.deepEqual(await holds(api, fund), { Bounties: given + added });
	for (const entrant of [eve, worker, bob]) await send(api, calls.enter(bounty), entrant);
	await sendExpecting(api, "Proposals.AlreadyEntered", calls.enter(bounty), eve);
	await send(api, calls.submitWork(bounty, "https://example.org/eve"), eve);
	await send(api, calls.submitWork(bounty, "https://example.org/worker"), worker);
	const judge = (...winners) => calls.judge(bounty, { winners: winners.map(([{ address }, percent]) => [address, percent * 10_000_000]) });
	await sendExpecting(api, "Proposals.BountyNotJudging", judge([eve, 60]), charlie);
	const { bounty: open } = await stored();
	assert.deepEqual([open.entries, open.submitted], [3, 2]);
	await toBlock(api, open.state.open.until, ferdie);

	await sendExpecting(api, "Proposals.BountyNotOpen", calls.enter(bounty), dave);
	await sendExpecting(api, "Proposals.NotTheJudge", judge([eve, 60]), alice);
	await sendExpecting(api, "Proposals.NotAWinner", judge([bob, 60]), charlie);
	await sendExpecting(api, "Proposals.BadShares", judge([eve, 60], [worker, 41]), charlie);
	await send(api, judge([eve, 60], [worker, 30]), charlie);

	const shared = given + added - fee;
	const prizes = [[eve, (shared * 60n) / 100n], [worker, (shared * 30n) / 100n], [charlie, fee]];
	const paid = prizes.reduce((sum, [, amount]) => sum + amount, 0n);
	// What the winners leave goes back to those who gave it, by what they gave.
	const back = ((given + added - paid) * added) / (given + added);
	assert.deepEqual(await holds(api, fund), { Bounties: paid + back });
	for (const [who, amount] of prizes) {
		const before = await free(api, who.address);
		await send(api, calls.claimPrize(bounty, who.address), dave);
		// The author of each block, Alice, gets a share of the fees; these get their prizes.
		assert.equal(await free(api, who.address), before + amount);
		await sendExpecting(api, "Proposals.PrizeNotFound", calls.claimPrize(bounty, who.address), dave);
	}
	const before = await free(api, ferdie.address);
	await send(api, calls.withdrawContribution(bounty, ferdie.address), dave);
	assert.equal(await free(api, ferdie.address), before + back);
	await sendExpecting(api, "Proposals.ContributionNotFound", calls.withdrawContribution(bounty, ferdie.address), dave);
	for (const [entrant, slashed] of [[eve, 0n], [worker, 0n], [bob, entryStake]]) {
		const left = await send(api, calls.withdrawEntry(bounty, entrant.address), dave);
		assert.equal(left.event("proposals", "EntryWithdrawn").slashed.toBigInt(), slashed);
		assert.deepEqual(await holds(api, entrant.address), {});
	}
	assert.deepEqual(await holds(api, charlie.address), {});
	assert.deepEqual(await holds(api, fund), {}, "nothing is left set aside");
	const { bounty: over } = await stored();
	assert.equal(BigInt(over.paid), paid);
	assert.equal(over.held, 0);
});

test("every call of the runtime API is read with the chain's own types", async () => {
	const proposal = await propose(api, "Signal", eve, { title: "Grüße", text: "Let us greet each other." });
	await send(api, calls.openThread(proposal, { Closed: [dave.address] }), eve);
	await sendExpecting(api, "Proposals.NotAllowedToPost", calls.post(proposal, "Me too"), ferdie);
	await send(api, calls.post(proposal, "Why not?"), dave);
	await send(api, calls.editPost(proposal, 0, "Yes."), dave);
	await send(api, calls.vote(proposal, "Abstain", "no side to take"), charlie);
	const terms = { amount: ROME, budget: 10n * ROME, accountCap: 5n * ROME, period: 100 };
	await sudo(api, calls.setStandingReward("InformedVoting", terms), alice);
	await send(api, calls.topUp(7n * ROME), ferdie);

	const asked = new Set();
	const ask = async (name, ...values) => {
		asked.add(name);
		return (await view[name](...values)).toJSON();
	};
	const page = await ask("proposals", null, 2);
	assert.equal(page.items[0].id, proposal, "the newest first");
	assert.equal(page.items.length, 2);
	assert.equal((await ask("proposals", page.next, 1)).items[0].id, proposal - 2);
	const tallies = Object.fromEntries(page.tallies);
	assert.equal(tallies.Spend.vetoed, 3);
	assert.equal(tallies.Spend.slashed, 1);
	assert.equal(tallies.Bounty.executed, 1);
	assert.equal(tallies.Dispatch.failed, 3);
	const one = await ask("proposal", proposal);
	assert.equal(text(one.proposal.title), "Grüße");
	assert.deepEqual(one.tally, { approve: 0, reject: 0, abstain: 1, slash: 0 });
	assert.equal(one.outcome, "NoQuorum");
	assert.equal(text(one.votes[0].record.reason), "no side to take");
	assert.deepEqual(one.thread.mode, { closed: [dave.address] });
	assert.equal(await ask("proposal", 1_000_000), null);
	assert.equal((await ask("kinds")).length, 8);
	assert.equal((await ask("grants", null, 10)).counts.approved, 0);
	assert.equal(await ask("grant", 77), null);
	assert.equal((await ask("bounties", null, 10)).items.length, 1);
	assert.equal((await ask("bounty", 0)).bounty.proposal > 0, true);
	assert.equal(await ask("contribution", 0, ferdie.address), 0);
	const told = await ask("fund");
	assert.equal(told.account, fund);
	assert.equal(BigInt(told.rewards), 10n * ROME);
	const { items: [{ post }] } = await ask("posts", proposal, null, 10);
	assert.equal(text(post.body), "Yes.");
	assert.equal(post.revisions, 1);
	const [[kind, pool]] = await ask("standingRewards");
	assert.equal(kind, "InformedVoting");
	assert.equal(BigInt(pool.left), 10n * ROME);
	assert.deepEqual([...asked].sort(), Object.keys(view).sort());
	assert.equal(Object.keys(calls).length, 27, "all calls of the pallet");

	await sudo(api, calls.setStandingReward("InformedVoting", null), alice);
	assert.deepEqual(await holds(api, fund), {});
});
