// Uploads and requests that are refused, on a real chain, while others are served.

import assert from "node:assert/strict";
import { Agent, request as httpRequest } from "node:http";
import { connect as dial } from "node:net";
import { after, before, test } from "node:test";
import { randomAsU8a } from "@polkadot/util-crypto";
import { account } from "../lib/api.mjs";
import { Cluster } from "../lib/cluster.mjs";
import { address, makeObject, makeObjects, put, serves } from "../lib/objects.mjs";
import { isReceipt, statusIsSigned, uploadToken } from "../lib/signing.mjs";
import { sleep, until } from "../lib/wait.mjs";

let cluster, daemon, stranger;
/** Uploaded: to see that others are served. */
let served;

before(async () => {
	// With the limits that a daemon has if nobody changes them.
	cluster = await Cluster.start({ settings: { limits: { requests_per_second: 500 } } });
	stranger = account("//Stranger");
	await cluster.storage.endow([stranger, account("//Uploader")]);
	served = makeObjects(8, "served", 50_000);
	await cluster.publish(served);
	await cluster.storage.settled(cluster.tranche, { objects: served.length });
	const held = await Promise.all(cluster.daemons.map(async ({ id }) => (await cluster.storage.provider(id)).replicas));
	daemon = cluster.daemons[held.indexOf(Math.max(...held))];
});
after(() => cluster?.stop());

let drawn = 0;
/** A pinned object that is assigned to the daemon and that nobody has uploaded. */
async function assigned(size = 30_000) {
	for (;;) {
		drawn += 1;
		const object = makeObject(size, `abuse/${drawn}`);
		await cluster.pin([object]);
		if ((await cluster.storage.object(object.key)).assigned.includes(daemon.id)) return object;
	}
}

const token = (key, options = {}) =>
	uploadToken(cluster.genesis, { provider: daemon.operator.publicKey, key, by: cluster.publisher, ...options });

/** Uploads with this token and these bytes; its status, and that a refusal explains itself. */
async function attempt(object, options) {
	const { status, answer } = await put(cluster.genesis, daemon, object, cluster.publisher, options);
	if (status >= 400) {
		for (const field of ["error", "message", "hint"]) {
			assert.ok(typeof answer[field] === "string" && answer[field].length > 0, `${status}: ${JSON.stringify(answer)}`);
		}
	}
	return status;
}

/** A request as bytes; the status of its answer. */
function raw(text, { seconds = 10, end = false } = {}) {
	return new Promise((resolve, reject) => {
		const socket = dial(daemon.port, "127.0.0.1");
		let answer = "";
		const timer = setTimeout(() => socket.destroy(new Error(`no answer within ${seconds} s`)), seconds * 1000);
		socket.on("connect", () => (end ? socket.end(text) : socket.write(text)));
		socket.on("data", (data) => {
			answer += data.toString("latin1");
			const status = answer.match(/^HTTP\/1\.1 (\d+)/);
			if (!status) return;
			clearTimeout(timer);
			socket.destroy();
			resolve(Number(status[1]));
		});
		socket.on("error", reject).on("close", () => {
			clearTimeout(timer);
			reject(new Error(`closed after ${JSON.stringify(answer)}`));
		});
	});
}

test("a good token uploads once, and the receipt proves it", async () => {
	const object = await assigned();
	const by = cluster.publisher;
	const { status, answer } = await put(cluster.genesis, daemon, object, by);
	assert.equal(status, 201, JSON.stringify(answer));
	assert.deepEqual([answer.hash.replace(/^0x/, ""), answer.size], [object.key.hash.slice(2), object.key.size]);
	const names = { provider: daemon.operator.publicKey, uploader: by.publicKey, key: object.key };
	assert.ok(isReceipt(cluster.genesis, answer.receipt, names));
	assert.ok(!isReceipt(cluster.genesis, answer.receipt, { ...names, key: { ...object.key, size: object.key.size + 1 } }));
	assert.equal(await attempt(object), 200, "it was there");
});

test("a token in the wrapping of browser wallets, and one of a named uploader", async () => {
	assert.equal(await attempt(await assigned(), {}), 201);
	const wrapped = await assigned();
	assert.equal(await attempt(wrapped, { token: token(wrapped.key, { wrapped: true }) }), 201);

	const uploader = account("//Uploader");
	for (;;) {
		drawn += 1;
		const object = makeObject(9_000, `abuse/${drawn}`);
		await cluster.pin([object], cluster.publisher, { uploader: uploader.address });
		if (!(await cluster.storage.object(object.key)).assigned.includes(daemon.id)) continue;
		assert.equal(await attempt(object, { token: token(object.key, { by: uploader }) }), 201);
		return;
	}
});

test("without, with another's, with an expired, with a replayed token", async () => {
	const object = await assigned();
	assert.equal(await attempt(object, { token: null }), 401, "without");
	assert.equal(await attempt(object, { token: "Rome AAAA" }), 401, "with nonsense");
	assert.equal(await attempt(object, { token: `Rome ${"A".repeat(7_000)}` }), 401, "with much nonsense");
	assert.equal(await attempt(object, { token: "Bearer x" }), 401, "with another kind");
	const good = token(object.key);
	const spoiled = `${good.slice(0, -3)}${good.at(-3) === "A" ? "B" : "A"}${good.slice(-2)}`;
	assert.equal(await attempt(object, { token: spoiled }), 401, "with a spoiled signature");
	assert.equal(await attempt(object, { token: token(object.key, { by: stranger }) }), 403, "with a stranger's");
	const [other] = cluster.daemons.filter((one) => one !== daemon);
	assert.equal(await attempt(object, { token: token(object.key, { provider: other.operator.publicKey }) }), 401, "for another provider");
	const genesis = `0x${"11".repeat(32)}`;
	const elsewhere = uploadToken(genesis, { provider: daemon.operator.publicKey, key: object.key, by: cluster.publisher });
	assert.equal(await attempt(object, { token: elsewhere }), 401, "of another chain");
	assert.equal(await attempt(object, { token: token(object.key, { expires: Date.now() - 120_000 }) }), 401, "expired");
	assert.equal(await attempt(object, { token: token(object.key, { expires: Date.now() + 10 * 365 * 86_400_000 }) }), 401, "for ten years");

	const nonce = randomAsU8a(16);
	const once = token(object.key, { nonce });
	assert.equal(await attempt(object, { token: once, body: Buffer.alloc(object.bytes.length) }), 422, "its first use fails");
	assert.equal(await attempt(object, { token: once }), 409, "replayed");
	assert.equal(await attempt(object), 201, "and a new one is good");
});

test("for other objects: unknown, assigned to others, another one's token", async () => {
	const unknown = makeObject(5_000, "unknown");
	assert.equal(await attempt(unknown), 404, "that nobody has pinned");
	const one = await assigned();
	const other = await assigned();
	assert.equal(await attempt(other, { token: token(one.key) }), 403, "with another object's token");
	for (let tries = 0; ; tries += 1) {
		assert.ok(tries < 50, "some object is assigned to the three others");
		const object = makeObject(4_000, `elsewhere/${tries}`);
		await cluster.pin([object]);
		if ((await cluster.storage.object(object.key)).assigned.includes(daemon.id)) continue;
		assert.equal(await attempt(object), 421, "assigned to others");
		return;
	}
});

test("too long, too short, with no length, with other bytes", async () => {
	const object = await assigned();
	const longer = Buffer.concat([object.bytes, Buffer.from("x")]);
	assert.equal(await attempt(object, { body: longer }), 413, "a byte too long");
	assert.equal(await attempt(object, { body: object.bytes.subarray(1) }), 422, "a byte too short");
	const other = Buffer.from(object.bytes);
	other[17_000] ^= 1;
	assert.equal(await attempt(object, { body: other }), 422, "one bit is another");
	const head = `PUT /objects/${object.key.hash.slice(2)} HTTP/1.1\r\nHost: x\r\nAuthorization: ${token(object.key)}\r\n`;
	assert.equal(await raw(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`), 411, "with no length");
	assert.equal(await raw(`${head}Content-Length: 99999999999999\r\n\r\n`), 413, "with far too much length");
	assert.equal(await attempt(object), 201, "and nothing of it is in the way");
	assert.equal(await serves(daemon, object), true);
});

test("an upload that breaks off leaves nothing and can be made again", async () => {
	const object = await assigned(2_000_000);
	await new Promise((resolve) => {
		const socket = dial(daemon.port, "127.0.0.1");
		socket.on("error", () => {}).on("close", resolve);
		const head = [`PUT /objects/${object.key.hash.slice(2)} HTTP/1.1`, "Host: x", `Authorization: ${token(object.key)}`];
		socket.write(`${head.join("\r\n")}\r\nContent-Length: ${object.bytes.length}\r\n\r\n`);
		socket.write(object.bytes.subarray(0, 1_000_000), () => setTimeout(() => socket.destroy(), 200));
	});
	assert.equal((await fetch(address(daemon.endpoint, object.key))).status, 404);
	await until("it is taken", async () => (await attempt(object)) === 201, { seconds: 30 });
});

test("path tricks lead nowhere", async () => {
	const hash = served[0].key.hash.slice(2);
	const paths = [
		"/objects/../../../../etc/passwd",
		"/objects/..%2f..%2f..%2f..%2fetc%2fpasswd",
		"/objects/%2e%2e/%2e%2e/etc/passwd",
		"/objects/....//....//etc/passwd",
		`/objects/${hash}/../../key`,
		`/objects/${hash}%00`,
		`/objects/${hash.toUpperCase()}`,
		`/objects/0x${hash}`,
		`/objects/${hash.slice(1)}`,
		`/objects/${hash}0`,
		`/objects/${"g".repeat(64)}`,
		`/objects//${hash}`,
		"//etc/passwd",
		"/objects/",
		`/objects/${"a".repeat(60_000)}`,
	];
	for (const path of paths) {
		const status = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
		assert.ok(status >= 400 && status < 500, `${path.slice(0, 90)}: ${status}`);
	}
	for (const path of ["/objects/../x", `/objects/${"g".repeat(64)}`]) {
		const status = await raw(`PUT ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Rome AAAA\r\nContent-Length: 1\r\n\r\nx`);
		assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
	}
});

test("ranges, conditions and what may be kept", async () => {
	const [object] = (await cluster.storage.holdings(daemon.id)).map(({ key }) => served.find((one) => one.key.hash === key.hash)).filter((one) => one?.key.size > 20_000);
	const url = address(daemon.endpoint, object.key);
	const get = async (headers, method = "GET") => {
		const response = await fetch(url, { headers, method });
		return { response, body: Buffer.from(await response.arrayBuffer()) };
	};
	const whole = await get({});
	assert.equal(whole.response.headers.get("etag"), `"${object.key.hash.slice(2)}"`);
	assert.match(whole.response.headers.get("cache-control"), /immutable/);
	assert.equal(whole.response.headers.get("access-control-allow-origin"), "*");
	const part = await get({ range: "bytes=1000-17999" });
	assert.equal(part.response.status, 206);
	assert.equal(part.response.headers.get("content-range"), `bytes 1000-17999/${object.key.size}`);
	assert.ok(part.body.equals(object.bytes.subarray(1_000, 18_000)));
	const last = await get({ range: "bytes=-7" });
	assert.ok(last.body.equals(object.bytes.subarray(-7)));
	assert.equal((await get({ range: `bytes=${object.key.size}-` })).response.status, 416);
	assert.equal((await get({ "if-none-match": `"${object.key.hash.slice(2)}"` })).response.status, 304);
	const head = await get({}, "HEAD");
	assert.equal(head.response.headers.get("content-length"), `${object.key.size}`);
	assert.equal(head.body.length, 0);
});

test("its status is signed and short", async () => {
	const nonce = randomAsU8a(32);
	const response = await fetch(`${daemon.endpoint}/status?nonce=${Buffer.from(nonce).toString("hex")}`);
	const text = await response.text();
	assert.equal(response.status, 200, text);
	assert.ok(Buffer.byteLength(text) <= 4_096, `${text.length} bytes`);
	const provider = daemon.operator.publicKey;
	assert.ok(statusIsSigned(cluster.genesis, JSON.parse(text).signed, { provider, nonce }));
	assert.ok(!statusIsSigned(cluster.genesis, JSON.parse(text).signed, { provider, nonce: randomAsU8a(32) }));
	assert.equal((await fetch(`${daemon.endpoint}/status?nonce=12`)).status, 400);
	const { paths } = await (await fetch(`${daemon.endpoint}/openapi.json`)).json();
	for (const path of ["/objects/{hash}", "/objects/{hash}/slice", "/status", "/health", "/metrics"]) {
		assert.ok(path in paths, path);
	}
});

test("1,000 slow connections keep nobody from being served", { timeout: 180_000 }, async (t) => {
	const object = await assigned(1_000_000);
	const sockets = [];
	// From 50 addresses: one alone is soon refused.
	const open = (index) =>
		new Promise((resolve) => {
			const localAddress = `127.0.7.${1 + (index % 50)}`;
			const socket = dial({ port: daemon.port, host: "127.0.0.1", localAddress });
			socket.on("error", () => resolve()).on("connect", () => resolve());
			sockets.push(socket);
			// Half send a request's head, half an upload's body, a byte at a time.
			const head = index % 2
				? `GET /objects/${served[0].key.hash.slice(2)} HTTP/1.1\r\nHost: x\r\nX-Slow: `
				: `PUT /objects/${object.key.hash.slice(2)} HTTP/1.1\r\nHost: x\r\nAuthorization: ${token(object.key)}\r\nContent-Length: 1000000\r\n\r\n`;
			socket.write(head);
		});
	for (let index = 0; index < 1_000; index += 50) {
		await Promise.all(Array.from({ length: 50 }, (_, part) => open(index + part)));
	}
	const dripping = setInterval(() => {
		for (const socket of sockets) if (socket.writable) socket.write("x");
	}, 1_000);
	try {
		const times = [];
		const mine = (await cluster.storage.holdings(daemon.id)).map(({ key }) => served.find((one) => one.key.hash === key.hash)).filter(Boolean);
		for (let round = 0; round < 40; round += 1) {
			const begun = Date.now();
			assert.equal(await serves(daemon, mine[round % mine.length]), true);
			times.push(Date.now() - begun);
			await sleep(100);
		}
		times.sort((a, b) => a - b);
		assert.ok(times.at(-2) < 1_000, `slowest answers: ${times.slice(-3)} ms`);
		t.diagnostic(`median ${times[20]} ms, slowest ${times.at(-1)} ms`);
		const other = await assigned();
		assert.equal(await attempt(other), 201, "and uploads go on");
		await until("the slow ones are cut off", () => sockets.filter((socket) => !socket.destroyed).length < 500, { seconds: 120 });
	} finally {
		clearInterval(dripping);
		for (const socket of sockets) socket.destroy();
	}
});

test("a connection that reads nothing does not stop others", async () => {
	const agent = new Agent({ keepAlive: true });
	const mine = (await cluster.storage.holdings(daemon.id)).map(({ key }) => served.find((one) => one.key.hash === key.hash)).filter(Boolean);
	const stalled = Array.from({ length: 50 }, () => {
		const request = httpRequest(address(daemon.endpoint, mine[0].key), { agent });
		// Its answer is never read.
		request.on("response", (response) => response.pause()).on("error", () => {}).end();
		return request;
	});
	try {
		for (const object of mine) assert.equal(await serves(daemon, object), true);
	} finally {
		for (const request of stalled) request.destroy();
		agent.destroy();
	}
});
