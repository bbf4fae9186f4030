// JSON-RPC over one websocket, many requests at a time.

import WebSocket from "ws";

export class Socket {
	#socket;
	#waiting = new Map();
	#next = 1;

	static async open(url) {
		const self = new Socket();
		self.#socket = new WebSocket(url, { perMessageDeflate: false });
		self.#socket.on("message", (data) => {
			const { id, result, error } = JSON.parse(data.toString());
			const { resolve, reject } = self.#waiting.get(id);
			self.#waiting.delete(id);
			if (error) reject(new Error(`${error.message}: ${error.data ?? ""}`));
			else resolve(result);
		});
		self.#socket.on("close", () => {
			for (const { reject } of self.#waiting.values()) reject(new Error("the node closed the connection"));
		});
		await new Promise((resolve, reject) => self.#socket.once("open", resolve).once("error", reject));
		return self;
	}

	/** Calls a method. */
	call(method, ...params) {
		const id = this.#next;
		this.#next += 1;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			this.#socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
		});
	}

	/** Calls a method once for each list of parameters, `width` at a time. */
	async callAll(method, lists, width = 256) {
		const remaining = lists.values();
		const worker = async () => {
			for (const params of remaining) await this.call(method, ...params);
		};
		await Promise.all(Array.from({ length: width }, worker));
	}

	close() {
		this.#socket.close();
	}
}
