// What the council decides: proposals, from the submission to the end.

import { errorName, Failed, send } from "./transactions.mjs";
import { until } from "./wait.mjs";

/** What a proposal to make `call` does: schemas have kinds of their own, everything else is a noted call. */
async function action(api, call, signer, root) {
	const { section, method, args } = call.method;
	if (section === "contentDirectory" && method === "approveSchema") return { ApproveSchema: { suggestion: args[0] } };
	if (section === "contentDirectory" && method === "activateSchema") return { ActivateSchema: { suggestion: args[0] } };
	const bytes = call.method.toHex();
	const hash = call.method.hash;
	const len = call.method.encodedLength;
	const status = await api.query.preimage.requestStatusFor(hash);
	if (status.isNone) await send(api, api.tx.preimage.notePreimage(bytes), signer);
	return { Dispatch: { hash, len, root } };
}

/** Submits a proposal; returns its number. */
export async function propose(api, action, signer, { title = "A proposal", text = "" } = {}) {
	const receipt = await send(api, api.tx.proposals.submit(title, text, action), signer);
	return receipt.event("proposals", "ProposalSubmitted").proposal;
}

/** Lets `members` approve a proposal, one after the other, until it is decided. */
export async function approve(api, proposal, members, reason = "because the test needs it") {
	for (const member of members) {
		const receipt = await send(api, api.tx.proposals.vote(proposal, "Approve", reason), member);
		if (receipt.events.some(({ section, method }) => section === "proposals" && method === "ProposalDecided")) return;
	}
}

/** How a proposal stands once it waits for nothing more. */
export async function ended(api, proposal, { seconds = 60 } = {}) {
	return until(
		`proposal ${proposal} has ended`,
		async () => {
			const { state } = (await api.query.proposals.proposals(proposal)).unwrap();
			return !state.isActive && !state.isApproved && state;
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
