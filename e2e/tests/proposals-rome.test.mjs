// The same as proposals-grants, by the command line: five grants, three agreed off chain and two by vote, their
// milestones paid, and one command that reports exactly that. Besides a bounty, a call, vetoes and the fund.

import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { blake2AsHex } from "@polkadot/util-crypto";
import { account, alice, connect, eve, ferdie } from "../lib/api.mjs";
import { removeAtExit } from "../lib/cleanup.mjs";
import { free, holds, toBlock } from "../lib/council.mjs";
import { startDev } from "../lib/node.mjs";
import { Rome } from "../lib/rome.mjs";
import { ROME } from "../lib/storage.mjs";

/** Amounts in ROME. None of those who are paid has an account before. */
const grants = [
	{ title: "Subtitles for silent films", to: "//Grantee//1", amounts: [100, 50], link: "https://forum.example/t/1" },
	{ title: "A player for the browser", to: "//Grantee//2", amounts: [400], link: "https://forum.example/t/2" },
	{ title: "Field recordings", to: "//Grantee//3", amounts: [30.5, 40], link: "https://forum.example/t/3" },
	{ title: "A mirror in the south", to: "//Grantee//4", amounts: [1_000, 250] },
	{ title: "Translations", to: "//Grantee//5", amounts: [75] },
].map((grant) => ({ ...grant, total: grant.amounts.reduce((sum, amount) => sum + amount) }));
const [offChain, byVote] = [grants.slice(0, 3), grants.slice(3)];
const totalOf = (some) => some.reduce((sum, { total }) => sum + total, 0);

/** An amount in plancks, as the command line writes it for programs. */
const plancks = (amount) => (BigInt(Math.round(amount * 1_000)) * (ROME / 1_000n)).toString();

let node, api, rome, cwd, fund;

before(async () => {
	node = await startDev("instant");
	api = await connect(node);
	cwd = mkdtempSync(join(tmpdir(), "rome-proposals-"));
	removeAtExit(cwd);
	rome = new Rome(node.url, "//Dave", cwd);
	fund = api.consts.treasury.potAccount.toString();
});
after(async () => {
	await api?.disconnect();
	await node?.stop();
});

/** The options by which these sign. */
const by = (...names) => names.flatMap((name) => ["--suri", `//${name}`]);
const milestones = (amounts) => amounts.flatMap((amount) => ["--milestone", `${amount}:+14d`]);

/** A command that is refused, for a reason that it tells. */
async function refused(pattern, ...args) {
	const { code, stdout, stderr } = await rome.run(args);
	assert.equal(code, 1, `rome ${args.join(" ")}:\n${stdout}\n${stderr}`);
	assert.match(stderr, pattern);
}

/** Lets Alice and Bob approve a proposal; it passes with the second. */
async function pass(id) {
	const first = await rome.json("proposal", "vote", `${id}`, "approve", "--reason", "it helps", ...by("Alice"));
	assert.deepEqual([first.state, first.tally.approve, first.approvalsNeeded], ["active", 1, 2]);
	const second = await rome.json("proposal", "vote", `${id}`, "approve", "--reason", "so it does", ...by("Bob"));
	assert.equal(second.tally.approve, 2);
	assert.deepEqual(second.votes.map(({ vote, reason }) => [vote, reason]), [["approve", "it helps"], ["approve", "so it does"]]);
	return second;
}

/** The same, until it is carried out. */
async function carryOut(id) {
	const { nextStep, state } = await pass(id);
	if (state === "approved") await toBlock(api, nextStep, ferdie);
	const ended = await rome.json("proposal", "show", `${id}`);
	assert.equal(ended.state, "executed", JSON.stringify(ended));
	return ended;
}

test("three grants agreed off chain are recorded and countersigned", async () => {
	for (const [id, { title, to, amounts, link, total }] of offChain.entries()) {
		const decision = join(cwd, `decision-${id}.html`);
		writeFileSync(decision, `We agree: ${title}`);
		const terms = ["--title", title, "--beneficiary", to, ...milestones(amounts), "--link", link, "--hash-of", decision];
		await refused(/none of the accounts given is in the council/, "grant", "record", ...terms, ...by("Eve"));
		// One member after the other, or both with one command.
		let recorded;
		if (id === 0) {
			recorded = await rome.json("grant", "record", ...terms, ...by("Alice"));
			assert.deepEqual([recorded.state, recorded.signatures, recorded.needed], ["recorded", 1, 2]);
			assert.equal((await rome.json("grant", "report")).recorded, 1);
			recorded = await rome.json("grant", "countersign", `${id}`, ...by("Charlie"));
		} else {
			recorded = await rome.json("grant", "record", ...terms, ...by("Alice", "Bob"));
		}
		assert.equal(recorded.id, id);
		assert.equal(recorded.state, "active");
		assert.equal(recorded.beneficiary, account(to).address);
		assert.equal(recorded.total, plancks(total));
		assert.equal(recorded.open, recorded.total);
		assert.deepEqual(recorded.source, { kind: "offChain", link, hash: blake2AsHex(`We agree: ${title}`) });
	}
});

test("two grants are proposed by anyone, one from a file, and approved by vote", async () => {
	const ids = [];
	for (const [index, { title, to, amounts, total }] of byVote.entries()) {
		let proposed;
		if (index === 0) {
			const text = ["--title", title, "--text", "As discussed."];
			proposed = await rome.json("grant", "propose", ...text, "--beneficiary", to, ...milestones(amounts));
		} else {
			const file = join(cwd, "grant.toml");
			const written = amounts.map((amount) => `[[milestones]]\namount = ${amount}\ndue = "+14d"\n`).join("");
			writeFileSync(file, `title = "${title}"\ntext = "As discussed."\nbeneficiary = "${to}"\n${written}`);
			proposed = await rome.json("proposal", "submit", "grant", "--file", file);
		}
		const { id, kind, state, text, action } = proposed;
		assert.deepEqual([kind, state, text, proposed.title], ["grant", "active", "As discussed.", title]);
		assert.equal(action.total, plancks(total));
		ids.push(id);
		await refused(/none of the accounts given is in the council/, "proposal", "vote", `${id}`, "approve", "--reason", "mine", ...by("Eve"));

		// The first is carried out by itself, the second because somebody has it done.
		if (index === 0) {
			await carryOut(id);
		} else {
			const { nextStep, state } = await pass(id);
			assert.equal(state, "approved");
			await refused(/Proposals::NotDue|nothing is due/i, "proposal", "execute", `${id}`, ...by("Eve"));
			await toBlock(api, nextStep - 1, ferdie);
			assert.equal((await rome.json("proposal", "execute", `${id}`, ...by("Eve"))).state, "executed");
		}
		const { source, total: set } = await rome.json("grant", "show", `${offChain.length + index}`);
		assert.deepEqual(source, { kind: "vote", proposal: id });
		assert.equal(set, plancks(total));
	}
	const listed = await rome.json("proposal", "list", "--kind", "grant");
	assert.deepEqual(listed.map(({ id }) => id), ids.reverse(), "the newest first");
	assert.ok(listed.every(({ state }) => state === "executed"));
});

/** What a report says of grants of one kind. */
const tally = (some, paid) => ({
	approved: some.length,
	active: paid ? 0 : some.length,
	ended: paid ? some.length : 0,
	stopped: 0,
	total: plancks(totalOf(some)),
	paid: plancks(paid ? totalOf(some) : 0),
});

test("one command reports five grants, three off chain and two by vote", async () => {
	const { text, ...report } = await rome.json("grant", "report");
	assert.equal(text, "5 grants approved, 3 off chain and 2 by vote");
	assert.deepEqual(report, {
		approved: 5,
		offChain: tally(offChain, false),
		byVote: tally(byVote, false),
		recorded: 0,
		total: plancks(totalOf(grants)),
		paid: "0",
		earmarked: plancks(totalOf(grants)),
	});
	const { earmarked } = await rome.json("fund");
	assert.equal(earmarked.grants, plancks(totalOf(grants)));
	assert.deepEqual(await holds(api, fund), { Grants: BigInt(earmarked.grants) });
	assert.deepEqual((await rome.json("grant", "list")).map(({ title }) => title), grants.map(({ title }) => title));
});

test("the fund pays each milestone that a majority has released, once", async () => {
	for (const [id, { to, amounts }] of grants.entries()) {
		for (const milestone of amounts.keys()) {
			const release = ["grant", "release", `${id}`, `${milestone}`];
			const first = await rome.json(...release, ...by("Alice"));
			assert.deepEqual([first.milestones[milestone].state, first.milestones[milestone].releasedBy], ["pending", [alice.address]]);
			const { milestones: after } = await rome.json(...release, ...by("Charlie"));
			assert.equal(after[milestone].state, "paid");
			await refused(/Proposals::MilestoneNotOpen|milestone is paid/i, ...release, ...by("Bob"));
		}
		const { state, paid, total } = await rome.json("grant", "show", `${id}`);
		assert.deepEqual([state, paid], ["ended", total]);
		assert.equal((await free(api, account(to).address)).toString(), total, "to the planck");
	}
});

test("the same command reports what was paid", async () => {
	const { text, ...report } = await rome.json("grant", "report");
	assert.equal(text, "5 grants approved, 3 off chain and 2 by vote");
	assert.deepEqual(report, {
		approved: 5,
		offChain: tally(offChain, true),
		byVote: tally(byVote, true),
		recorded: 0,
		total: plancks(totalOf(grants)),
		paid: plancks(totalOf(grants)),
		earmarked: "0",
	});
	const { out, earmarked } = await rome.json("fund");
	assert.equal(out.grants, plancks(totalOf(grants)));
	assert.equal(earmarked.total, "0");
	assert.deepEqual(await holds(api, fund), {});
	const { code, stdout } = await rome.run(["grant", "report"]);
	assert.equal(code, 0);
	assert.match(stdout, /^5 grants approved, 3 off chain and 2 by vote$/m);
	assert.match(stdout, /1945\.5 ROME paid, 0 ROME still earmarked/);
});

test("anyone gives to the fund", async () => {
	const before = await rome.json("fund");
	assert.equal(before.account, fund);
	const now = await rome.json("fund", "top-up", "25", ...by("Ferdie"));
	assert.ok(BigInt(now.free) >= BigInt(before.free) + 25n * ROME, `${before.free}, then ${now.free}`);
});

test("a proposal is discussed, vetoed by root, and by the council in an emergency", async () => {
	for (const [veto, signers] of [[[], ["Alice"]], [["--council"], ["Bob", "Charlie"]]]) {
		const spend = ["proposal", "submit", "spend", "--title", "A gift", "--to", "//Nobody", "--amount", "10"];
		const { id, stake } = await rome.json(...spend);
		assert.notEqual(stake, "0");
		await rome.json("proposal", "thread", `${id}`, "open");
		const { post } = await rome.json("proposal", "thread", `${id}`, "post", "What for?", ...by("Eve"));
		const [said] = await rome.json("proposal", "thread", `${id}`, "list");
		assert.deepEqual([said.id, said.author, said.body], [post, eve.address, "What for?"]);
		await refused(/sudo|council/, "proposal", "veto", `${id}`, ...veto, ...by("Eve"));
		const vetoed = await rome.json("proposal", "veto", `${id}`, ...veto, ...by(...signers));
		assert.deepEqual([vetoed.state, vetoed.stake], ["vetoed", "0"]);
	}
	assert.equal(await free(api, account("//Nobody").address), 0n);
});

test("a call is noted, shown by its names, and made with the council's authority", async () => {
	const call = api.tx.parameters.setParameter({ Proposals: { MinContribution: [null, 2n * ROME] } }).method.toHex();
	const submit = ["proposal", "submit", "dispatch", "--title", "Contributions of 2 ROME", "--call", call];
	await refused(/no call of this chain/, ...submit.slice(0, -1), "0x00ff00");
	const { id, kind } = await rome.json(...submit);
	assert.equal(kind, "dispatch");
	const { action } = await rome.json("proposal", "show", `${id}`);
	assert.match(action.call, /Parameters\W+set_parameter/);
	await carryOut(id);
	const set = (await api.query.parameters.parameters({ Proposals: "MinContribution" })).unwrap();
	assert.equal(set.asProposals.asMinContribution.toBigInt(), 2n * ROME);
});

test("a bounty goes from its proposal to its prizes", async () => {
	const terms = ["--amount", "100", "--work", "40", "--judgement", "40", "--judge", "//Charlie", "--fee", "5"];
	const stakes = ["--judge-stake", "200", "--entry-stake", "10"];
	const proposed = await rome.json("bounty", "propose", "--title", "A logo", "--text", "Round.", ...terms, ...stakes);
	assert.equal(proposed.kind, "bounty");
	await carryOut(proposed.id);
	const [{ id, proposal, state, fromFund }] = await rome.json("bounty", "list");
	assert.deepEqual([proposal, state, fromFund], [proposed.id, "open", plancks(100)]);

	const bounty = (what, ...more) => rome.json("bounty", what, `${id}`, ...more);
	await refused(/Proposals::JudgeMissing|judge has not accepted/i, "bounty", "enter", `${id}`, ...by("Eve"));
	await bounty("accept", ...by("Charlie"));
	assert.equal((await bounty("fund", "50", ...by("Ferdie"))).contributed, plancks(50));
	await bounty("enter", ...by("Eve"));
	await bounty("enter", ...by("Bob"));
	const { entries, until } = await bounty("submit", "https://example.org/logo", ...by("Eve"));
	assert.deepEqual(entries.find(({ entrant }) => entrant === eve.address).work, "https://example.org/logo");
	await toBlock(api, until, ferdie);
	assert.equal((await bounty("show")).state, "judging");
	const judged = await bounty("judge", "--winner", "//Eve=60%", ...by("Charlie"));
	// 150, less the fee of 5, and 60 % of that; of the other 58 a third goes back to who gave a third.
	assert.deepEqual([judged.state, judged.prizes], ["judged", plancks(92)]);
	assert.equal(BigInt(judged.refunds), (58n * ROME) / 3n);

	const before = await free(api, eve.address);
	await bounty("claim", "--account", "//Eve");
	assert.equal(await free(api, eve.address), before + 87n * ROME);
	await bounty("claim", "--account", "//Charlie");
	await bounty("withdraw", "--contributor", "//Ferdie");
	await bounty("withdraw-entry", "--entrant", "//Eve");
	const over = await bounty("withdraw-entry", "--entrant", "//Bob");
	assert.deepEqual([over.held, over.paid, over.entries], ["0", plancks(92), []]);
	assert.deepEqual(await holds(api, fund), {}, "nothing is left set aside");
	assert.equal((await rome.json("fund")).out.bounties, plancks(92));
});
