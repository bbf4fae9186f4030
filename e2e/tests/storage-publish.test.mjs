// `rome publish` and `rome get`: files go in and come back, whatever happens in between.
//
// ROME_E2E_INTERRUPTIONS says how often publishing is killed; `npm run test:storage-long` takes 40.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { alice, bob, charlie, eve } from "../lib/api.mjs";
import { removeAtExit } from "../lib/cleanup.mjs";
import { Cluster } from "../lib/cluster.mjs";
import * as d from "../lib/directory.mjs";
import { makeObject } from "../lib/objects.mjs";
import { succeed } from "../lib/process.mjs";
import { Rome } from "../lib/rome.mjs";
import { send } from "../lib/transactions.mjs";
import { until } from "../lib/wait.mjs";

const INTERRUPTIONS = Number(process.env.ROME_E2E_INTERRUPTIONS ?? 8);
/** The property that holds the object. */
const MEDIA = 2;

let cluster, cwd, rome, classId;

before(async () => {
	cluster = await Cluster.start({ slots: 4 });
	cwd = mkdtempSync(join(tmpdir(), "rome-publish-"));
	removeAtExit(cwd);
	rome = new Rome(cluster.node.url, "//Publisher", cwd);
	const draft = d.schema({
		identifier: [d.Text(64), "required", "unique"],
		name: [d.Text(128)],
		media: [{ Single: { DataObject: null } }],
	});
	classId = await d.establish(cluster.api, d.newClass("clip", "Video"), draft, {
		proposer: eve,
		council: [alice, bob, charlie],
		root: alice,
	});
});
after(() => cluster?.stop());

/** Writes a file and what is known about it. */
function file(name, size) {
	const { bytes, key } = makeObject(size, name);
	const paths = { file: join(cwd, `${name}.bin`), meta: join(cwd, `${name}.json`), back: join(cwd, `${name}.back`) };
	writeFileSync(paths.file, bytes);
	writeFileSync(paths.meta, JSON.stringify({ identifier: name, name: `The clip ${name}` }));
	return { name, bytes, key, ...paths };
}

const publish = ({ file: path, meta }) => ["publish", path, "--schema", "clip@1", "--meta", meta];

/** The entity that holds an object. */
async function entityOf({ name, key }) {
	const found = await cluster.api.call.contentDirectoryApi.entityByUnique(classId, 0, { Text: d.bytes(name) });
	const entity = found.unwrap();
	assert.deepEqual(d.byProperty(entity.entity)[MEDIA], d.asStored({ x: { Single: { DataObject: key.hash } } }).x);
	return entity;
}

/** Address of a file as Debian's `b3sum` prints it. */
const sum = async (path) => (await succeed("b3sum", ["--no-names", path])).trim();

/** That the object is stored with an entity, a pin and one use of it. */
async function isPublished(clip) {
	await entityOf(clip);
	const view = await cluster.storage.object(clip.key);
	assert.ok("stored" in view.state);
	assert.equal(view.sizeProved, true);
	const pin = await cluster.storage.pinOf(cluster.publisher.address, clip.key.hash);
	assert.equal(pin.uses, 1, "used once");
	const { serial } = (await cluster.api.call.contentDirectoryApi.entityByUnique(classId, 0, { Text: d.bytes(clip.name) })).unwrap().id;
	return `${classId}-${serial}`;
}

test("a file is published in one command, and comes back by its hash and by its entity", async () => {
	const clip = file("whole", 1_500_000);
	const { code, stdout, stderr } = await rome.run(publish(clip));
	assert.equal(code, 0, stderr);
	const id = await isPublished(clip);
	assert.ok(stdout.includes(id) || stdout.includes(`clip-${id.split("-")[1]}`), `prints the entity ${id}: ${stdout}`);
	assert.ok(stdout.includes(clip.key.hash.slice(2)), `prints the object's hash: ${stdout}`);
	assert.match(stdout, /https?:\/\//, "and a link");

	for (const what of [clip.key.hash.slice(2), id]) {
		rmSync(clip.back, { force: true });
		const got = await rome.run(["get", what, "-o", clip.back]);
		assert.equal(got.code, 0, got.stderr);
		assert.ok(readFileSync(clip.back).equals(clip.bytes));
		assert.equal(`0x${await sum(clip.back)}`, clip.key.hash);
	}
	// A file of one byte has a tree too.
	const tiny = file("tiny", 1);
	assert.equal((await rome.run(publish(tiny))).code, 0);
	await isPublished(tiny);
});

test("the same again changes nothing and says so", async () => {
	const clip = file("whole", 1_500_000);
	const entities = async () => (await cluster.api.call.contentDirectoryApi.classByName(d.bytes("clip"))).unwrap().stats.toJSON();
	const before = await entities();
	const { code, stderr } = await rome.run(publish(clip));
	assert.equal(code, 0, stderr);
	assert.deepEqual(await entities(), before);
	await isPublished(clip);
});

test("what a backed class holds is paid for beyond its pins, once an era", async () => {
	const { key, name } = file("whole", 1_500_000);
	const id = await isPublished({ key, name });
	const refused = await rome.run(["backing", "add", id]);
	assert.notEqual(refused.code, 0);
	assert.match(refused.stderr, /Nothing is added for what the entities of this class hold/);

	const council = new Rome(cluster.node.url, "//Alice", cwd);
	const { account, classes } = await council.json("backing", "class", "clip", "250", "--reason", "clips that matter");
	assert.deepEqual(classes, [{ class: "clip", percent: 250 }]);
	const empty = await rome.run(["backing", "add", id]);
	assert.match(empty.stderr, /not enough left to add/i);

	const { api } = cluster;
	const { fee } = await api.call.storageTranchesApi.quote(key.size, 1);
	const amount = (fee.toBigInt() * 250n) / 100n;
	await send(api, api.tx.balances.transferKeepAlive(account, amount * 3n), alice);
	const added = await rome.json("backing", "add", id);
	assert.equal(BigInt(added.sum), amount);
	assert.deepEqual(added.added.map(({ hash }) => `0x${hash}`), [key.hash]);
	const again = await rome.run(["backing", "add", id]);
	assert.match(again.stderr, /has been added to/);
	assert.equal(BigInt((await rome.json("backing")).free), amount * 2n);
});

test("killed anywhere and run again, it is complete and done once", { timeout: 1_800_000 }, async (t) => {
	const { ms } = await rome.run(publish(file("timed", 3_000_000)));
	let interrupted = 0;
	for (let index = 0; index < INTERRUPTIONS; index += 1) {
		const clip = file(`killed-${index}`, 3_000_000);
		const first = await rome.run(publish(clip), { killAfterMs: Math.round((ms * (index + 0.5)) / INTERRUPTIONS) });
		if (first.signal === "SIGKILL") interrupted += 1;
		const { code, stderr } = await rome.run(publish(clip));
		assert.equal(code, 0, `after ${index + 0.5}/${INTERRUPTIONS} of ${ms} ms: ${stderr}`);
		await isPublished(clip);
	}
	assert.ok(interrupted >= INTERRUPTIONS / 2, `${interrupted} of ${INTERRUPTIONS} were killed before they were done`);
	t.diagnostic(`${interrupted} of ${INTERRUPTIONS} killed on the way, at most ${ms} ms long`);
	const { pending } = (await cluster.storage.tranche(cluster.tranche)).counts;
	assert.equal(pending, 0);
});

test("while a provider is down, publishing and getting go on", { timeout: 300_000 }, async () => {
	const [down] = cluster.daemons;
	await down.kill();
	const clip = file("without-one", 2_000_000);
	const { code, stderr } = await rome.run(publish(clip));
	assert.equal(code, 0, stderr);
	const got = await rome.run(["get", clip.key.hash.slice(2), "-o", clip.back]);
	assert.equal(got.code, 0, got.stderr);
	assert.ok(readFileSync(clip.back).equals(clip.bytes));
	await down.start();
	await cluster.storage.settled(cluster.tranche, { seconds: 120 });
});

test("a download that breaks off goes on where it was", { timeout: 300_000 }, async (t) => {
	const clip = file("resumed", 60_000_000);
	const get = ["get", clip.key.hash.slice(2), "-o", clip.back];
	assert.equal((await rome.run(publish(clip))).code, 0);
	const { ms } = await rome.run(get);
	// How fast a machine is at the moment nobody knows: the middle of a download is searched for.
	let [early, late, there] = [0, ms * 2, 0];
	for (let tries = 0; tries < 14 && (there === 0 || there === clip.key.size); tries += 1) {
		const moment = (early + late) / 2;
		rmSync(clip.back, { force: true });
		await rome.run(get, { killAfterMs: Math.round(moment) });
		({ there } = await rome.json(...get));
		if (there === 0) early = moment;
		else late = moment;
		assert.equal(`0x${await sum(clip.back)}`, clip.key.hash);
	}
	assert.ok(there > 0 && there < clip.key.size, `${there} of ${clip.key.size} bytes were kept`);
	t.diagnostic(`${there} of ${clip.key.size} bytes were kept`);
});

test("curl gets it as well, from any holder", async () => {
	const clip = file("whole", 1_500_000);
	const { holders } = await until("it is with three", async () => {
		const view = await cluster.storage.object(clip.key);
		return view.holders.length === 3 && view;
	}, { seconds: 60 });
	for (const id of holders) {
		const { endpoint } = cluster.daemonOf(id);
		await succeed("curl", ["-sSf", "-o", clip.back, `${endpoint}/objects/${clip.key.hash.slice(2)}`]);
		assert.equal(`0x${await sum(clip.back)}`, clip.key.hash);
	}
});

test("what is not there is said plainly", async () => {
	const nothing = "ab".repeat(32);
	const { code, stderr } = await rome.run(["get", nothing, "-o", join(cwd, "nothing")]);
	assert.equal(code, 1);
	assert.match(stderr, new RegExp(nothing.slice(0, 8)));
});
