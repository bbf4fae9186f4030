// Motions of the council.

import { errorName, Failed, send } from "./transactions.mjs";

/** Far more than any motion here needs. */
const MAX_WEIGHT = { refTime: 500_000_000_000, proofSize: 1_000_000 };

/**
 * The first member proposes `call`, all vote for it, and the first closes the motion once enough have.
 *
 * @returns the receipt of the closing transaction.
 */
export async function passMotion(api, call, members) {
	const [proposer] = members;
	const length = call.method.encodedLength;
	const proposed = await send(
		api,
		api.tx.council.propose(members.length, call, length),
		proposer,
	);
	const { proposalIndex, proposalHash } = proposed.event("council", "Proposed");
	const vote = () => api.tx.council.vote(proposalHash, proposalIndex, true);
	await Promise.all(members.map((member) => send(api, vote(), member)));
	const closed = await send(
		api,
		api.tx.council.close(proposalHash, proposalIndex, MAX_WEIGHT, length),
		proposer,
	);
	const { result } = closed.event("council", "Executed");
	if (result.isErr) throw new Failed(errorName(api, result.asErr));
	return closed;
}
