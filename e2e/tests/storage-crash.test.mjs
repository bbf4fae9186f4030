// kill -9 at random moments of uploads, replication and confirmation: nothing is corrupt afterwards, and nothing
// that was confirmed is missing.
//
// ROME_E2E_KILLS says how often; `npm run test:storage-long` takes 100.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Cluster } from "../lib/cluster.mjs";
import { keyOf, makeObject, makeObjects, serves } from "../lib/objects.mjs";
import { nameOf } from "../lib/storage.mjs";
import { sleep, until } from "../lib/wait.mjs";

const KILLS = Number(process.env.ROME_E2E_KILLS ?? 12);
/** What is drawn follows from the seed. */
const SEED = process.env.ROME_E2E_SEED ?? `${Date.now()}`;

let drawn = 0;
/** A number from 0 to 1. */
function random() {
	drawn += 1;
	return createHash("sha256").update(`${SEED}/${drawn}`).digest().readUInt32LE() / 2 ** 32;
}

let cluster;
const objects = [];

before(async () => {
	// Nobody shall be suspended for a restart.
	cluster = await Cluster.start({ providers: 4, slots: 4, parameters: { HeartbeatInterval: 40, MissedToSuspend: 5, MissedToFail: 10 } });
});
after(() => cluster?.stop());

test("daemons are killed while objects are uploaded, replicated and confirmed", { timeout: 3_600_000 }, async (t) => {
	t.diagnostic(`seed ${SEED}: ROME_E2E_SEED repeats it`);
	let killing = true;
	let failure;
	const publishing = (async () => {
		for (let round = 0; killing; round += 1) {
			const more = makeObjects(16, `crash/${round}`, 200_000);
			// One that takes longer to send and to fetch.
			more.push(makeObject(4_000_000, `crash/large/${round}`));
			await cluster.publish(more, { seconds: 120, width: 6 });
			objects.push(...more);
		}
	})().catch((error) => {
		failure = error;
	});
	for (let kill = 0; kill < KILLS && !failure; kill += 1) {
		await sleep(random() * 1_500);
		const daemon = cluster.daemons[Math.floor(random() * cluster.daemons.length)];
		await daemon.kill();
		await sleep(random() * 300);
		await daemon.start();
	}
	killing = false;
	await publishing;
	assert.equal(failure, undefined, failure?.message);
	t.diagnostic(`${KILLS} kills, ${objects.length} objects`);
	await cluster.storage.settled(cluster.tranche, { seconds: 180, objects: objects.length });
});

test("every confirmed replica is there, with the right bytes", async () => {
	const missing = [];
	for (const object of objects) {
		const { holders } = await cluster.storage.object(object.key);
		assert.equal(holders.length, 3);
		for (const id of holders) {
			const answer = await serves(cluster.daemonOf(id), object);
			if (answer !== true) missing.push(`${nameOf(object.key)} at ${id}: ${answer}`);
		}
	}
	assert.deepEqual(missing, []);
});

test("every stored file has the hash that it is named by", async () => {
	for (const daemon of cluster.daemons) {
		const files = daemon.objects();
		const { replicas } = await cluster.storage.provider(daemon.id);
		assert.ok(files.size >= replicas, `${daemon.name} has ${files.size} files for ${replicas} replicas`);
		const corrupt = [...files].filter(([hash, path]) => keyOf(readFileSync(path)).hash !== hash);
		assert.deepEqual(corrupt, []);
	}
});

test("nothing half-written is left, and nothing was damaged", async () => {
	for (const daemon of cluster.daemons) {
		await until(
			`${daemon.name} has no temporary files and put nothing aside`,
			() => {
				const left = daemon.files().filter((path) => /\/(temporary|quarantine)\//.test(path.slice(daemon.dataPath.length)));
				if (left.length > 0) throw new Error(left.slice(0, 5).join(", "));
				return true;
			},
			{ seconds: 60 },
		);
	}
});
