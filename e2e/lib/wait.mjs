// Waiting, always with a bound.

/** Resolves after `ms` milliseconds. */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Rejects with `what` in the message if `promise` takes longer than `ms`.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @param {string} what What was waited for.
 * @returns {Promise<T>}
 */
export async function within(promise, ms, what) {
	let timer;
	const bound = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`${what}: not within ${ms / 1000} s`)), ms);
	});
	try {
		return await Promise.race([promise, bound]);
	} finally {
		clearTimeout(timer);
	}
}

/**
 * Asks again and again until `ask` gives something truthy, and returns that. An `ask` that throws counts
 * as one that gave nothing; the last error ends up in the message.
 *
 * @template T
 * @param {string} what What is waited for.
 * @param {() => Promise<T> | T} ask
 * @param {{ seconds: number, everyMs?: number, giveUp?: () => string | undefined }} bounds `giveUp`
 *   says why waiting on is pointless, if it is.
 * @returns {Promise<T>}
 */
export async function until(what, ask, { seconds, everyMs = 200, giveUp = () => undefined }) {
	const deadline = Date.now() + seconds * 1000;
	let last;
	for (;;) {
		try {
			last = await ask();
			if (last) return last;
		} catch (error) {
			last = error;
		}
		const pointless = giveUp();
		if (pointless) throw new Error(`${what}: ${pointless}`);
		if (Date.now() > deadline) {
			const detail = last instanceof Error ? last.message : JSON.stringify(last);
			throw new Error(`${what}: not within ${seconds} s (last answer: ${detail})`);
		}
		await sleep(everyMs);
	}
}
