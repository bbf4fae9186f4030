// A chain, some providers of one tranche, and accounts to publish with: where tests of storage begin.

import { account, connect } from "./api.mjs";
import { newColossus } from "./colossus.mjs";
import { startDev } from "./node.mjs";
import { inParallel, put } from "./objects.mjs";
import { Endpoint } from "./proxy.mjs";
import { inBatches, nameOf, Storage } from "./storage.mjs";
import { until } from "./wait.mjs";

const MIB = 1n << 20n;

/** Heartbeats so close that a provider that is gone is known to be gone within half a minute. */
export const FAST = { HeartbeatInterval: 8, MissedToSuspend: 2, MissedToFail: 4 };

export class Cluster {
	/** @type {import("./colossus.mjs").Colossus[]} */
	daemons = [];

	/**
	 * @param {{ providers?: number, coverage?: number, slotBytes?: bigint, slots?: number[] | number,
	 *   sealing?: string, nodeArgs?: string[], parameters?: Record<string, number>, settings?: { limits?: object, duties?: object },
	 *   rpcOf?: (index: number, url: string) => string[] | Promise<string[]>,
	 *   publicPortOf?: (index: number) => Promise<number | undefined> | number | undefined, start?: boolean }} options
	 *   `slots`: of each provider. `rpcOf`: the endpoints that a daemon is given; two otherwise, or it would
	 *   delete nothing. `settings`: what each
	 *   daemon's configuration says besides. `start`: whether the daemons are started.
	 */
	static async start({
		providers = 4,
		coverage = 3,
		slotBytes = 64n * MIB,
		slots = 1,
		sealing = "interval=500",
		nodeArgs = [],
		parameters = FAST,
		settings = {},
		rpcOf,
		publicPortOf = () => undefined,
		start = true,
	} = {}) {
		const self = new Cluster();
		self.node = await startDev(sealing, ...nodeArgs);
		try {
			self.second = await Endpoint.open(self.node.url);
			self.api = await connect(self.node);
			self.storage = new Storage(self.api);
			self.genesis = self.storage.genesis;
			await self.storage.setParameters(parameters);
			self.tranche = await self.storage.createTranche(coverage, slotBytes);
			const indices = Array.from({ length: providers }, (_, index) => index);
			const people = indices.flatMap((index) => [`//Owner//${index}`, `//Operator//${index}`]);
			self.publisher = account("//Publisher");
			await self.storage.endow([self.publisher, ...people.map(account)]);
			for (const index of indices) {
				const rpc = await rpcOf?.(index, self.node.url);
				const publicPort = await publicPortOf(index);
				await self.admit(index, { rpc, publicPort, settings, start, slots: Array.isArray(slots) ? slots[index] : slots });
			}
			return self;
		} catch (error) {
			await self.stop();
			throw error;
		}
	}

	/** Takes in one more provider, from its application to its slots in the tranche. */
	async admit(index, { rpc = [this.node.url, this.second.url], publicPort, settings, slots = 1, start = true } = {}) {
		const daemon = await newColossus(`colossus-${index}`, { uri: `//Operator//${index}`, rpc, publicPort, settings });
		daemon.owner = account(`//Owner//${index}`);
		this.daemons.push(daemon);
		daemon.id = await this.storage.apply(daemon.owner, daemon.operator, daemon.endpoint);
		if (start) await daemon.start();
		await this.storage.attest(daemon.id);
		await this.storage.activate(daemon.id, { operator: index + 1, zone: (index % 3) + 1 });
		if (slots > 0) await this.storage.join(daemon.id, this.tranche, slots, daemon.owner);
		return daemon;
	}

	/** @returns The daemon of a provider. */
	daemonOf(id) {
		return this.daemons.find((daemon) => daemon.id === id);
	}

	/** Pins the objects that `account` has no pin on. */
	pin(objects, by = this.publisher, options = {}) {
		return this.storage.pin(objects.map(({ key }) => key), by, { tranche: this.tranche, ...options });
	}

	/**
	 * Uploads an object to `copies` of its assigned members that run, as a publisher does, trying again for as
	 * long as that makes sense.
	 */
	async upload(object, { by = this.publisher, copies = 2, seconds = 60 } = {}) {
		let done = new Set();
		await until(
			`${nameOf(object.key)} is uploaded to ${copies} members`,
			async () => {
				const view = await this.storage.object(object.key);
				if (view === null) throw new Error("it is not registered");
				done = new Set([...done, ...view.holders]);
				const refusals = [];
				for (const id of view.assigned) {
					if (done.size >= copies) break;
					const daemon = this.daemonOf(id);
					if (done.has(id) || !daemon?.running) continue;
					try {
						const { status, answer } = await put(this.genesis, daemon, object, by);
						if (status === 200 || status === 201) done.add(id);
						else refusals.push(`${daemon.name}: ${status} ${answer.message}`);
					} catch (error) {
						refusals.push(`${daemon.name}: ${error.message}`);
					}
				}
				if (done.size < copies) throw new Error(refusals.join("; ") || `only ${done.size} of ${view.assigned} run`);
				return true;
			},
			{ seconds },
		);
	}

	/** Pins and uploads objects, as many at a time as one transaction pins: an account has few on the way at once. */
	async publish(objects, { width = 8, ...options } = {}) {
		for (const batch of inBatches(objects)) {
			await this.pin(batch, options.by);
			await inParallel(batch, width, (object) => this.upload(object, options));
		}
	}

	/** Ends everything. */
	async stop() {
		await Promise.all(this.daemons.map((daemon) => daemon.stop("SIGKILL")));
		await this.api?.disconnect();
		await this.second?.close();
		await this.node.stop("SIGKILL");
	}
}
