// A storage daemon against what does the same with less: downloads against nginx with sendfile, uploads against
// `b3sum` and a synced `dd`, and the memory that it takes with many at once.
//
// scripts/bench-storage installs what this needs and runs it.

import { mkdirSync, openSync, closeSync, linkSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { randomFillSync } from "node:crypto";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { Cluster } from "../lib/cluster.mjs";
import { address, inParallel, makeObject, put } from "../lib/objects.mjs";
import { freePort, Process, succeed, workDirectory } from "../lib/process.mjs";
import { uploadToken } from "../lib/signing.mjs";
import { sleep, until } from "../lib/wait.mjs";
import { machine, median, options, round } from "./figures.mjs";

const given = options({
	// Rounds of everything that is timed.
	rounds: 5,
	// Size of a large object, in MiB.
	large: 1_024,
	// Small objects, and their size in bytes.
	small: 1_000,
	bytes: 100_000,
	// Connections that ask for small ones, and for how many seconds.
	connections: 32,
	seconds: 10,
	// At once, for the memory.
	uploads: 64,
	downloads: 256,
	// Size of an object that is uploaded for the memory, in MiB, and bytes a second of each connection.
	part: 8,
	rate: 262_144,
});
const LARGE = given.large << 20;
const GOALS = { download: 0.9, upload: 0.8, memory: 256 };
const MIB = 1 << 20;

const work = workDirectory();
const files = join(work, "files");
const root = join(work, "nginx");
for (const directory of [files, join(root, "objects"), join(root, "temporary")]) mkdirSync(directory, { recursive: true });

const hashOf = async (path) => `0x${(await succeed("b3sum", ["--no-names", path])).trim()}`;

/** A file of random bytes, with its key. */
async function largeFile(index) {
	const path = join(files, `large-${index}`);
	const file = openSync(path, "w");
	const piece = Buffer.alloc(4 * MIB);
	for (let written = 0; written < LARGE; written += piece.length) {
		writeSync(file, randomFillSync(piece), 0, Math.min(piece.length, LARGE - written));
	}
	closeSync(file);
	return { path, key: { hash: await hashOf(path), size: LARGE } };
}

/** Seconds of processor time that processes have taken. */
function processorSeconds(pids) {
	const ticks = pids.map((pid) => {
		const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
		return Number(fields[11]) + Number(fields[12]);
	});
	return ticks.reduce((sum, value) => sum + value, 0) / 100;
}

/** Debian's nginx on a port of its own, with nothing but files. */
async function startNginx() {
	const port = await freePort();
	const configuration = join(work, "nginx.conf");
	const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
		.map((name) => `\t${name}_temp_path ${join(root, "temporary", name)};`)
		.join("\n");
	writeFileSync(
		configuration,
		`${process.getuid() === 0 ? "user root;\n" : ""}daemon off;
worker_processes auto;
pid ${join(root, "pid")};
error_log stderr;
events { worker_connections 4096; }
http {
	access_log off;
	sendfile on;
	tcp_nopush on;
	tcp_nodelay on;
	keepalive_timeout 65;
	keepalive_requests 1000000000;
	default_type application/octet-stream;
${temporary}
	server {
		listen 127.0.0.1:${port} backlog=4096;
		root ${root};
	}
}
`,
	);
	const nginx = new Process("nginx");
	nginx.launch("/usr/sbin/nginx", ["-p", root, "-e", "stderr", "-c", configuration]);
	await until("nginx answers", async () => (await fetch(`http://127.0.0.1:${port}/`)).status > 0, {
		seconds: 20,
		giveUp: () => nginx.ended(),
	});
	const children = () =>
		readFileSync(`/proc/${nginx.pid}/task/${nginx.pid}/children`, "utf8").trim().split(" ").map(Number);
	return { process: nginx, endpoint: `http://127.0.0.1:${port}`, pids: children };
}

/** Runs each of the kinds in turn, `rounds` times, beginning with another one each time. */
async function alternate(kinds, measure) {
	const found = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
	const names = Object.keys(kinds);
	for (let index = 0; index < given.rounds; index += 1) {
		for (let turn = 0; turn < names.length; turn += 1) {
			const name = names[(index + turn) % names.length];
			found[name].push(await measure(kinds[name], index));
		}
	}
	return found;
}

const rows = [];
/** One line of the table: two ways to do the same, and how the first compares. */
function compare(what, unit, ours, theirs, goal, notes = "") {
	const ratio = median(ours) / median(theirs);
	rows.push({ what, unit, ours: median(ours), theirs: median(theirs), ratio, goal, met: ratio >= goal, all: { ours, theirs }, notes });
}

const cluster = await Cluster.start({
	providers: 3,
	start: false,
	sealing: "instant",
	slotBytes: 64n << 30n,
	// The daemon's own confirmation stores an object; nobody is missed who is not there.
	parameters: { UploadQuorum: 1, MaxPendingObjects: 100_000, HeartbeatInterval: 1_000_000 },
	// Everybody here has one address.
	settings: { limits: { requests_per_second: 1_000_000_000, connections_per_client: 4_096, uploads_per_client: 64 } },
});
let nginx;
try {
	// The other two are there on chain only: each object is assigned to all three, and nothing is replicated.
	const [daemon] = cluster.daemons;
	await daemon.start();
	const servers = { ours: { endpoint: daemon.endpoint, pids: () => [daemon.pid] } };
	const authorization = (key) =>
		uploadToken(cluster.genesis, { provider: daemon.operator.publicKey, key, by: cluster.publisher, expires: Date.now() + 600_000 });

	console.error(`making ${given.rounds} files of ${given.large} MiB`);
	const large = [];
	for (let index = 0; index < given.rounds; index += 1) large.push(await largeFile(index));
	await cluster.pin(large);

	console.error("uploading them");
	const uploaded = await alternate(
		{
			ours: async ({ path, key }) => {
				const args = ["-sS", "-f", "-o", "/dev/null", "-T", path, "-H", "Expect:", "-H", `Authorization: ${authorization(key)}`];
				await succeed("curl", [...args, address(daemon.endpoint, key)], { seconds: 600 });
			},
			theirs: async ({ path }) => {
				await succeed("b3sum", ["--no-names", path], { seconds: 600 });
				await succeed("dd", [`if=${path}`, `of=${join(files, "copy")}`, "bs=1M", "conv=fsync"], { seconds: 600 });
			},
		},
		async (upload, index) => {
			// What earlier rounds left to be written is not this one's, and the file is in memory for both.
			rmSync(join(files, "copy"), { force: true });
			await succeed("sync", [], { seconds: 600 });
			await succeed("dd", [`if=${large[index].path}`, "of=/dev/null", "bs=1M"], { seconds: 600 });
			const begun = process.hrtime.bigint();
			await upload(large[index]);
			return LARGE / MIB / (Number(process.hrtime.bigint() - begun) / 1e9);
		},
	);
	rmSync(join(files, "copy"), { force: true });
	compare(`upload of ${given.large} MiB / b3sum and dd with fsync`, "MiB/s", uploaded.ours, uploaded.theirs, GOALS.upload);

	console.error(`uploading ${given.small} objects of ${given.bytes} bytes`);
	const small = Array.from({ length: given.small }, (_, index) => makeObject(given.bytes, `small/${index}`));
	await cluster.pin(small);
	await inParallel(small, 8, async (object) => {
		const { status, answer } = await put(cluster.genesis, daemon, object, cluster.publisher);
		if (status > 201) throw new Error(`upload refused: ${status} ${JSON.stringify(answer)}`);
	});
	for (const { bytes, key } of small) writeFileSync(join(root, "objects", key.hash.slice(2)), bytes);
	linkSync(large[0].path, join(root, "objects", large[0].key.hash.slice(2)));
	nginx = await startNginx();
	servers.theirs = { endpoint: nginx.endpoint, pids: nginx.pids };

	const cost = { ours: [], theirs: [] };
	console.error("downloading the large one");
	const downloaded = await alternate(servers, async (server) => {
		const before = processorSeconds(server.pids());
		const speed = await succeed(
			"curl",
			["-sS", "-f", "-o", "/dev/null", "-w", "%{speed_download}", address(server.endpoint, large[0].key)],
			{ seconds: 600 },
		);
		cost[server === servers.ours ? "ours" : "theirs"].push(processorSeconds(server.pids()) - before);
		return Number(speed) / MIB;
	});
	const seconds = ({ ours, theirs }) => `processor time: ${round(median(ours), 3)} s, nginx ${round(median(theirs), 3)} s`;
	compare(`download of ${given.large} MiB / nginx`, "MiB/s", downloaded.ours, downloaded.theirs, GOALS.download, seconds(cost));

	console.error("downloading the small ones");
	const script = join(work, "paths.lua");
	const list = small.map(({ key }) => `"/objects/${key.hash.slice(2)}"`).join(",\n");
	writeFileSync(
		script,
		`local paths = {${list}}\nlocal next = 0\nfunction init(args) math.randomseed(7) end\n` +
			"function request() next = math.random(#paths); return wrk.format('GET', paths[next]) end\n" +
			"function done(summary, latency) io.write(string.format('RESULT %f %d %d\\n', summary.requests / (summary.duration / 1e6), " +
			"latency:percentile(99), summary.errors.status + summary.errors.read + summary.errors.timeout + summary.errors.connect)) end\n",
	);
	const latency = { ours: [], theirs: [] };
	const perRequest = { ours: [], theirs: [] };
	const many = await alternate(servers, async (server) => {
		const before = processorSeconds(server.pids());
		const printed = await succeed(
			"wrk",
			["-t", "2", "-c", `${given.connections}`, "-d", `${given.seconds}s`, "--timeout", "30s", "-s", script, server.endpoint],
			{ seconds: given.seconds + 60 },
		);
		const [, rate, p99, errors] = printed.match(/RESULT (\S+) (\S+) (\S+)/);
		if (Number(errors) > 0) throw new Error(`${errors} requests failed:\n${printed}`);
		const name = server === servers.ours ? "ours" : "theirs";
		latency[name].push(Number(p99) / 1000);
		perRequest[name].push(((processorSeconds(server.pids()) - before) * 1e6) / (Number(rate) * given.seconds));
		return Number(rate);
	});
	compare(
		`downloads of ${given.bytes} bytes, ${given.connections} connections / nginx`,
		"1/s",
		many.ours,
		many.theirs,
		GOALS.download,
		`99 % within ${round(median(latency.ours))} ms, nginx ${round(median(latency.theirs))} ms; ` +
			`processor time of one: ${round(median(perRequest.ours), 1)} us, nginx ${round(median(perRequest.theirs), 1)} us`,
	);
	await nginx.process.stop("SIGTERM", 10);

	console.error(`${given.uploads} uploads and ${given.downloads} downloads at once`);
	const parts = Array.from({ length: given.uploads }, (_, index) => makeObject(given.part * MIB, `part/${index}`));
	await cluster.pin(parts);
	await daemon.stop();
	await daemon.start();
	const idle = memory(daemon.pid);
	const { peak, most } = await crowd(daemon, parts, large[0], authorization);
	rows.push({
		what: `memory with ${given.uploads} uploads and ${given.downloads} downloads at once (idle: ${idle.rss} MiB)`,
		unit: "MiB",
		ours: peak.hwm,
		goal: GOALS.memory,
		met: peak.hwm < GOALS.memory && most >= given.uploads + given.downloads,
		notes: `${most} connections at once, ${peak.anonymous} MiB of it its own`,
	});
} finally {
	await nginx?.process.stop("SIGTERM", 10);
	await cluster.stop();
}

/** A process's memory, in MiB. */
function memory(pid) {
	const status = readFileSync(`/proc/${pid}/status`, "utf8");
	const field = (name) => Math.round(Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, "m"))[1]) / 1024);
	return { hwm: field("VmHWM"), rss: field("VmRSS"), anonymous: field("RssAnon") };
}

/** All at once: uploads and downloads that each take `rate` bytes a second. */
async function crowd(daemon, parts, { key: largeKey }, authorization) {
	const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
	const piece = Math.max(4_096, Math.round(given.rate / 8));
	let [open, most, running, failed] = [0, 0, true, null];
	const count = (by) => {
		open += by;
		most = Math.max(most, open);
	};
	const upload = (object) =>
		new Promise((resolve, reject) => {
			const headers = { authorization: authorization(object.key), "content-length": object.bytes.length };
			const put = request(address(daemon.endpoint, object.key), { method: "PUT", agent, headers });
			put.on("error", reject).on("response", (response) => {
				count(-1);
				response.resume().on("end", () => (response.statusCode === 201 ? resolve() : reject(new Error(`upload: ${response.statusCode}`))));
			});
			count(1);
			(async () => {
				for (let at = 0; at < object.bytes.length && !put.destroyed; at += piece) {
					put.write(object.bytes.subarray(at, at + piece));
					await sleep(125);
				}
				put.end();
			})();
		});
	const download = () =>
		new Promise((resolve, reject) => {
			const get = request(address(daemon.endpoint, largeKey), { agent });
			get.on("error", (error) => (running ? reject(error) : resolve())).on("response", async (response) => {
				if (response.statusCode !== 200) return reject(new Error(`download: ${response.statusCode}`));
				count(1);
				response.pause();
				response.on("error", () => {});
				while (running && !response.destroyed) {
					let taken = 0;
					while (taken < piece) {
						const chunk = response.read();
						if (chunk === null) break;
						taken += chunk.length;
					}
					await sleep(125);
				}
				if (running) reject(new Error("a download was cut off"));
				count(-1);
				get.destroy();
				resolve();
			});
			get.end();
		});
	const peak = { hwm: 0, anonymous: 0 };
	const watch = setInterval(() => {
		if (!daemon.running) return;
		const now = memory(daemon.pid);
		for (const name of Object.keys(peak)) peak[name] = Math.max(peak[name], now[name]);
	}, 100);
	const downloads = Array.from({ length: given.downloads }, download).map((one) => one.catch((error) => (failed ??= error)));
	await sleep(2_000);
	await Promise.all(parts.map(upload)).catch((error) => (failed ??= error));
	running = false;
	await Promise.all(downloads);
	clearInterval(watch);
	agent.destroy();
	if (failed) throw failed;
	return { peak, most };
}

console.log(machine());
console.log("| what | colossus | the other | ratio | goal | met | besides |");
console.log("| --- | --- | --- | --- | --- | --- | --- |");
for (const { what, unit, ours, theirs, ratio, goal, met, notes } of rows) {
	const shown = (value) => (value === undefined ? "" : `${round(value, value < 100 ? 1 : 0).toLocaleString("en")} ${unit}`);
	const wanted = ratio === undefined ? `< ${goal} ${unit}` : `>= ${goal}`;
	console.log(`| ${what} | ${shown(ours)} | ${shown(theirs)} | ${ratio === undefined ? "" : round(ratio)} | ${wanted} | ${met ? "yes" : "NO"} | ${notes} |`);
}
console.log(JSON.stringify({ machine: machine(), given, rows }));
process.exit(rows.every(({ met }) => met) ? 0 : 1);
