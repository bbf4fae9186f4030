// An election in the middle of a vote, of a grace, of countersigning and of a bounty's judgement: members are elected by elections-phragmen
// on a development chain whose terms are made as short as they can be: a hundred blocks, ten minutes elsewhere.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { account, alice, bob, charlie, connect, dave, eve, ferdie } from "../lib/api.mjs";
import { approve, carriedOut, free, height, milestones, propose, stateOf, toBlock } from "../lib/council.mjs";
import { startDev } from "../lib/node.mjs";
import { ROME } from "../lib/storage.mjs";
import { blockEvents, send, sendExpecting, sudo } from "../lib/transactions.mjs";

/** The shortest term, in blocks. */
const TERM = 100;
/** Longer than what is left of the term when something is proposed. */
const [VOTING, GRACE] = [200, 40];
/** Have no account before. */
const [first, second] = ["//Payee//1", "//Payee//2"].map((uri) => account(uri).address);

let node, api, calls, view, election;
/** Proposals: one that is voted on across the election, one whose grace it falls into. */
let open, passed;

before(async () => {
	node = await startDev("instant");
	api = await connect(node);
	calls = api.tx.proposals;
	view = api.call.proposalsApi;
});
after(async () => {
	await api?.disconnect();
	await node?.stop();
});

const members = async () => (await api.query.council.members()).map((member) => member.toString()).sort();
const addresses = (...some) => some.map(({ address }) => address).sort();
const spend = (beneficiary) => ({ Spend: { beneficiary, amount: 100n * ROME } });
const verdict = () => calls.judge(0, { winners: [[ferdie.address, 1_000_000_000]] });
const bounty = async () => (await view.bounty(0)).toJSON().bounty;
const vote = (proposal, what) => calls.vote(proposal, what, "for a reason");
/** A proposal's votes as the runtime API tells them. */
async function standing(proposal) {
	const { tally, members: size, outcome, nextStep, votes } = (await view.proposal(proposal)).toJSON();
	return { tally, size, outcome, nextStep, counts: Object.fromEntries(votes.map(({ member, counts }) => [member, counts])) };
}

test("the first council's terms are made short", async () => {
	assert.deepEqual(await members(), addresses(alice, bob, charlie));
	await sudo(api, api.tx.parameters.setParameter({ Council: { TermDuration: [null, TERM] } }), alice);
	const [, parameters] = (await view.kinds()).find(([kind]) => kind.isSpend);
	const { threshold, quorum, stake } = parameters;
	const longer = { threshold, quorum, stake, votingPeriod: VOTING, grace: GRACE };
	await sudo(api, calls.setKindParameters("Spend", longer), alice);
	assert.ok((await height(api)) < TERM / 2, "the first term has hardly begun");
	election = TERM;
});

test("two stand for election, and a voter stands behind them", async () => {
	for (const candidate of [dave, eve]) {
		const count = (await api.query.elections.candidates()).length;
		await send(api, api.tx.elections.submitCandidacy(count), candidate);
	}
	await send(api, api.tx.elections.vote(addresses(dave, eve), 5_000n * ROME), ferdie);
	// Alice and Bob take back what each of them put behind themselves: nobody votes for them any more.
	for (const member of [alice, bob]) await send(api, api.tx.elections.removeVoter(), member);
});

test("a bounty waits for the council's verdict, and one member has given it", async () => {
	const terms = { judge: "Council", entrants: "Open", entryStake: ROME, workPeriod: 30, judgePeriod: TERM };
	const proposal = await propose(api, { Bounty: { terms, amount: 60n * ROME } }, ferdie, { title: "A logo" });
	await approve(api, proposal, [alice, bob]);
	assert.ok((await carriedOut(api, proposal, ferdie)).isExecuted);
	await send(api, calls.enter(0), ferdie);
	await send(api, calls.submitWork(0, "https://example.org/logo"), ferdie);
	await toBlock(api, (await bounty()).state.open.until, ferdie);
	await send(api, verdict(), alice);
	assert.ok("judging" in (await bounty()).state, "one of three does not decide");
});

test("something is voted on, something has passed, and a grant is on record", async () => {
	await toBlock(api, election - 20, ferdie);
	open = await propose(api, spend(first), ferdie, { title: "Is voted on" });
	await send(api, vote(open, "Approve"), alice);
	await send(api, vote(open, "Reject"), charlie);
	passed = await propose(api, spend(second), ferdie, { title: "Has passed" });
	await approve(api, passed, [alice, bob]);
	const record = calls.recordGrant("Agreed", second, milestones(10_000, 5n * ROME), "https://forum.example", "0x".padEnd(66, "1"));
	await send(api, record, bob);

	const before = await standing(open);
	assert.deepEqual(before.tally, { approve: 1, reject: 1, abstain: 0, slash: 0 });
	assert.equal(before.size, 3);
	const { executeAt } = (await stateOf(api, passed)).asApproved;
	assert.ok(executeAt.toNumber() > election, `block ${executeAt} is after the election in ${election}`);
	assert.ok(before.nextStep > election, `the voting goes on until ${before.nextStep}`);
	assert.ok((await height(api)) < election, "the election has not been yet");
});

test("the term ends, and the council is another one", async () => {
	const before = await standing(open);
	await toBlock(api, election + 1, ferdie);
	const events = await blockEvents(api, await api.rpc.chain.getBlockHash(election), "elections");
	assert.ok(events.some(([name]) => name === "NewTerm"), JSON.stringify(events));
	assert.deepEqual(await members(), addresses(charlie, dave, eve));

	// Nothing was written: the tally is that of who is there now, and the clock goes on.
	const now = await standing(open);
	assert.deepEqual(now.tally, { approve: 0, reject: 1, abstain: 0, slash: 0 });
	assert.equal(now.size, 3);
	assert.equal(now.nextStep, before.nextStep);
	assert.deepEqual(now.counts, { [alice.address]: false, [charlie.address]: true });
	assert.equal((await view.grant(0)).toJSON().signatures, 0, "the signature of one who left counts no more");
});

test("a bounty is judged by the verdicts of the new council alone", async () => {
	await sendExpecting(api, "Proposals.NotAMember", verdict(), alice);
	await send(api, verdict(), dave);
	const { state, verdicts } = await bounty();
	assert.ok("judging" in state, "with the verdict of one who left there would be two");
	assert.deepEqual(verdicts.map(([member]) => member), [dave.address]);
	const judged = (await send(api, verdict(), eve)).event("proposals", "BountyJudged");
	assert.equal(judged.prizes.toBigInt(), 60n * ROME);
	assert.ok("judged" in (await bounty()).state);
});

test("those who left vote no more, and those who came decide", async () => {
	await sendExpecting(api, "Proposals.NotAMember", vote(open, "Approve"), alice);
	await send(api, vote(open, "Approve"), dave);
	assert.ok((await stateOf(api, open)).isActive, "with two of three votes cast, the third decides");
	const decided = (await send(api, vote(open, "Approve"), eve)).event("proposals", "ProposalDecided");
	assert.equal(decided.outcome.type, "Passed");
	assert.deepEqual(decided.tally.toJSON(), { approve: 2, reject: 1, abstain: 0, slash: 0 });
	assert.equal(decided.members.toNumber(), 3);
});

test("what had passed stays passed, and both are paid after their grace", async () => {
	assert.ok((await stateOf(api, passed)).isApproved);
	assert.ok((await carriedOut(api, passed, ferdie)).isExecuted);
	assert.equal(await free(api, second), 100n * ROME);
	assert.equal(await free(api, first), 0n, "its grace goes on");
	assert.ok((await carriedOut(api, open, ferdie)).isExecuted);
	assert.equal(await free(api, first), 100n * ROME);
});

test("a grant on record takes effect by the signatures of the new council alone", async () => {
	await sendExpecting(api, "Proposals.NotAMember", calls.countersignGrant(0), bob);
	await send(api, calls.countersignGrant(0), dave);
	const { grant, signatures } = (await view.grant(0)).toJSON();
	assert.ok("recorded" in grant.state, JSON.stringify(grant.state));
	assert.equal(signatures, 1);
	const approved = (await send(api, calls.countersignGrant(0), charlie)).event("proposals", "GrantApproved");
	assert.equal(approved.total.toBigInt(), 5n * ROME);
});
