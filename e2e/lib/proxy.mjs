// What stands between a daemon and those it talks to: a node's websocket that goes away or lies, a provider
// that sends wrong bytes.

import { randomBytes } from "node:crypto";
import { createServer, request as forward } from "node:http";
import { createServer as createTcp } from "node:net";
import WebSocket, { WebSocketServer } from "ws";
import { freePort } from "./process.mjs";

/**
 * A websocket endpoint in front of a node. It can go away and come back on the same port, and lie.
 *
 * It passes for a node of its own: daemons ask nodes for their network identity, and what two names of one node say
 * they count as one opinion.
 */
export class Endpoint {
	#server;
	#identity = `12D3KooW${randomBytes(22).toString("hex")}`;
	/** The methods that were called, in order. */
	calls = [];

	/**
	 * @param {string} target The node's websocket.
	 * @param {number} port
	 * @param {(request: any, answer: any) => any} tamper Makes of a node's answer what the client gets.
	 */
	constructor(target, port, tamper) {
		this.target = target;
		this.port = port;
		this.tamper = tamper;
	}

	static async open(target, tamper = (_, answer) => answer) {
		const self = new Endpoint(target, await freePort(), tamper);
		await self.open();
		return self;
	}

	get url() {
		return `ws://127.0.0.1:${this.port}`;
	}

	/** Begins to listen. */
	open() {
		return new Promise((resolve, reject) => {
			this.#server = new WebSocketServer({ host: "127.0.0.1", port: this.port, perMessageDeflate: false });
			this.#server.once("listening", resolve).once("error", reject);
			this.#server.on("connection", (client) => this.#serve(client));
		});
	}

	/** Ends every connection and listens no more. */
	close() {
		return new Promise((resolve) => {
			if (!this.#server) return resolve();
			for (const client of this.#server.clients) client.terminate();
			this.#server.close(resolve);
			this.#server = undefined;
		});
	}

	#serve(client) {
		const node = new WebSocket(this.target, { perMessageDeflate: false });
		const requests = new Map();
		const early = [];
		client.on("message", (data) => {
			for (const request of [JSON.parse(data.toString())].flat()) {
				requests.set(request.id, request);
				this.calls.push(request.method);
			}
			if (node.readyState === WebSocket.OPEN) node.send(data.toString());
			else early.push(data.toString());
		});
		node.on("open", () => early.splice(0).forEach((message) => node.send(message)));
		node.on("message", (data) => {
			const message = JSON.parse(data.toString());
			const changed = [message].flat().map((answer) => {
				const request = requests.get(answer.id);
				requests.delete(answer.id);
				if (!request) return answer;
				if (request.method === "system_localPeerId") return { ...answer, result: this.#identity };
				return this.tamper(request, answer);
			});
			if (client.readyState === WebSocket.OPEN) client.send(JSON.stringify(Array.isArray(message) ? changed : changed[0]));
		});
		for (const [one, other] of [[client, node], [node, client]]) {
			one.on("close", () => other.terminate());
			one.on("error", () => other.terminate());
		}
	}
}

/**
 * A provider whose answers pass through here: its headers are its own, signatures included, and the bytes of
 * objects are changed.
 */
export class LyingProvider {
	#server;
	/** Of each answer that was changed: when it began, and how many bytes were sent from the wrong one on. */
	lies = [];
	/** Whether it lies. */
	lying = false;

	constructor(port) {
		this.port = port;
	}

	/**
	 * @param {{ isObject: (path: string) => boolean, wrongFrom?: number, pieceBytes?: number, pauseMs?: number }} options
	 *   `isObject`: which requests are answered with an object's bytes. `wrongFrom`: the first wrong byte of a body.
	 *   A body goes out in pieces with pauses, so that buffers hide nothing.
	 */
	async open(target, { isObject, wrongFrom = 40_000, pieceBytes = 2_048, pauseMs = 15 }) {
		this.#server = createServer((incoming, answer) => {
			const upstream = forward(
				{ host: "127.0.0.1", port: target, path: incoming.url, method: incoming.method, headers: incoming.headers },
				(response) => {
					answer.writeHead(response.statusCode, response.headers);
					const changes =
						this.lying && incoming.method === "GET" && response.statusCode < 300 && isObject(incoming.url);
					if (!changes) return response.pipe(answer);
					const chunks = [];
					response.on("data", (chunk) => chunks.push(chunk));
					response.on("end", () => this.#lie(Buffer.concat(chunks), answer, { wrongFrom, pieceBytes, pauseMs }));
				},
			);
			upstream.on("error", () => answer.destroy());
			incoming.pipe(upstream);
		});
		await new Promise((resolve, reject) => {
			this.#server.once("error", reject).listen(this.port, "127.0.0.1", resolve);
		});
	}

	#lie(body, answer, { wrongFrom, pieceBytes, pauseMs }) {
		const wrong = Math.min(wrongFrom, body.length - 1);
		body[wrong] ^= 1;
		const lie = { at: Date.now(), sent: 0, length: body.length, wrong, noticed: false };
		this.lies.push(lie);
		answer.on("close", () => {
			lie.noticed = lie.sent < body.length - wrong;
		});
		let next = 0;
		const step = () => {
			if (answer.destroyed) return;
			if (next >= body.length) return answer.end();
			const end = Math.min(next + pieceBytes, body.length);
			answer.write(body.subarray(next, end));
			lie.sent = Math.max(0, end - wrong);
			next = end;
			setTimeout(step, pauseMs);
		};
		step();
	}

	close() {
		return new Promise((resolve) => {
			if (!this.#server) return resolve();
			this.#server.closeAllConnections();
			this.#server.close(resolve);
		});
	}
}

/** Something that accepts connections and never answers. */
export async function silentServer() {
	const sockets = new Set();
	const server = createTcp((socket) => {
		sockets.add(socket);
		socket.on("error", () => {}).on("close", () => sockets.delete(socket));
	});
	const port = await freePort();
	await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
	return {
		port,
		close: () => {
			for (const socket of sockets) socket.destroy();
			return new Promise((resolve) => server.close(resolve));
		},
	};
}
