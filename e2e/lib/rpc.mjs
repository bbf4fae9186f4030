// JSON-RPC over HTTP: for what has to work before, beside or without a client library.

/**
 * Calls `method` of the node at `url`.
 *
 * @param {string} url
 * @param {string} method
 * @param {unknown[]} params
 * @returns {Promise<any>}
 */
export async function rpc(url, method, params = []) {
	const response = await fetch(url, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
		signal: AbortSignal.timeout(30_000),
	});
	const answer = await response.json();
	if (answer.error) {
		const { code, message, data } = answer.error;
		throw new Error(`${method}: ${message} (${code})${data ? `: ${data}` : ""}`);
	}
	return answer.result;
}
