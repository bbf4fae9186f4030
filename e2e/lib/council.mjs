// What the council decides: proposals, from the submission to the end, and its motions, for emergencies.

import { errorName, Failed, send } from "./transactions.mjs";
import { until } from "./wait.mjs";

/** Far more than any call here needs, and what a block has room for. */
const MAX_WEIGHT = { refTime: 500_000_000_000, proofSize: 1_000_000 };

/** Notes `call` as a preimage, if it is not, and tells what a proposal to make it does. */
export async function noted(api, call, signer, { root = false } = {}) {
	const { hash, encodedLength: len } = call.method;
	const status = await api.query.preimage.requestStatusFor(hash);
	if (status.isNone) await send(api, api.tx.preimage.notePreimage(call.method.toHex()), signer);
	return { Dispatch: { hash, len, root } };
}

/** What a proposal to make `call` does: schemas have kinds of their own, everything else is a noted call. */
async function action(api, call, signer, root) {
	const { section, method, args } = call.method;
	if (section === "contentDirectory" && method === "approveSchema") return { ApproveSchema: { suggestion: args[0] } };
	if (section === "contentDirectory" && method === "activateSchema") return { ActivateSchema: { suggestion: args[0] } };
	return noted(api, call, signer, { root });
}

/** Submits a proposal; returns its number. */
export async function propose(api, action, signer, { title = "A proposal", text = "" } = {}) {
	const receipt = await send(api, api.tx.proposals.submit(title, text, action), signer);
	return receipt.event("proposals", "ProposalSubmitted").proposal.toNumber();
}

/** Lets `members` approve a proposal, one after the other, until it is decided. */
export async function approve(api, proposal, members, reason = "because the test needs it") {
	for (const member of members) {
		const receipt = await send(api, api.tx.proposals.vote(proposal, "Approve", reason), member);
		if (receipt.events.some(({ section, method }) => section === "proposals" && method === "ProposalDecided")) return;
	}
}

/** How a proposal stands. */
export const stateOf = async (api, proposal) => (await api.query.proposals.proposals(proposal)).unwrap().state;

/** How a proposal stands once it waits for nothing more. */
export async function ended(api, proposal, { seconds = 60 } = {}) {
	return until(
		`proposal ${proposal} has ended`,
		async () => {
			const state = await stateOf(api, proposal);
			if (state.isActive || state.isApproved) throw new Error(JSON.stringify(state));
			return state;
		},
		{ seconds },
	);
}

/**
 * The first member proposes `call`, all approve it, and it is carried out.
 *
 * @returns {Promise<number>} the block in which that happened.
 * @throws {Failed} if it could not be carried out.
 */
export async function passProposal(api, call, members, { root = false } = {}) {
	const proposal = await propose(api, await action(api, call, members[0], root), members[0]);
	await approve(api, proposal, members);
	const state = await ended(api, proposal);
	if (state.isExecuted) return state.asExecuted.at.toNumber();
	const failure = state.isExecutionFailed && state.asExecutionFailed.failure;
	throw new Failed(failure?.isRefused ? errorName(api, failure.asRefused) : JSON.stringify(state));
}

/** The height of the best block. */
export const height = async (api) => (await api.rpc.chain.getHeader()).number.toNumber();

/** Has a chain that seals at once make blocks up to `block`, on which things wait that nobody sends. */
export async function toBlock(api, block, signer) {
	while ((await height(api)) < block) await send(api, api.tx.system.remark("0x00"), signer);
}

/** The same until a proposal waits for nothing more; how it stands then. */
export async function carriedOut(api, proposal, signer) {
	const state = await stateOf(api, proposal);
	if (state.isApproved) await toBlock(api, state.asApproved.executeAt.toNumber(), signer);
	return ended(api, proposal, { seconds: 5 });
}

/**
 * A motion, which is for emergencies: the first member proposes `call`, all vote for it, and the first closes the
 * motion.
 *
 * @returns the receipt of the closing transaction.
 * @throws {Failed} if what it carries did not work.
 */
export async function passMotion(api, call, members) {
	const [proposer] = members;
	const length = call.method.encodedLength;
	const proposed = await send(api, api.tx.council.propose(members.length, call, length), proposer);
	const { proposalIndex, proposalHash } = proposed.event("council", "Proposed");
	for (const member of members) await send(api, api.tx.council.vote(proposalHash, proposalIndex, true), member);
	const closing = api.tx.council.close(proposalHash, proposalIndex, MAX_WEIGHT, length);
	const closed = await send(api, closing, proposer);
	const { result } = closed.event("council", "Executed");
	if (result.isErr) throw new Failed(errorName(api, result.asErr));
	return closed;
}

/** What proposals hold from an account, by reason: from the fund's, what is set aside. */
export const holds = async (api, address) =>
	Object.fromEntries(
		(await api.query.balances.holds(address))
			.filter(({ id }) => id.isProposals)
			.map(({ id, amount }) => [id.asProposals.type, amount.toBigInt()]),
	);

/** An account's free balance. */
export const free = async (api, address) => (await api.query.system.account(address)).data.free.toBigInt();

/** Terms of milestones of these amounts, which the council releases. */
export const milestones = (due, ...amounts) => amounts.map((amount) => ({ amount, due, condition: "Council" }));

/** What the runtime API tells of numbers of grants, as numbers. */
export function numbers({ approved, active, ended, stopped, total, paid }) {
	return { approved, active, ended, stopped, total: BigInt(total), paid: BigInt(paid) };
}
